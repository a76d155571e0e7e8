//! Which alleles of the truth are among those observed, in one sample: by allele, then by the bases that result, then as events.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::change::{Change, LengthChange};
use super::haplotype::{Edit, Haplotype, Stretch};
use crate::evidence::{Interval, Phase};
use crate::genome::{BaseSource, Variant};

/// An allele to be matched, with what tells whether pieces can be one haplotype.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'a> {
    /// What it is; sequences left-aligned.
    pub change: &'a Change,
    /// Interval of its VAF.
    pub interval: Option<Interval>,
    /// Its phase.
    pub phase: Option<&'a Phase>,
}

/// By what a truth was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchedBy {
    /// The same allele.
    Allele,
    /// Other alleles that read the same bases.
    Haplotype,
    /// An event of the kind, near and of the size.
    Event,
}

impl MatchedBy {
    /// Returns the name used in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Allele => "allele",
            Self::Haplotype => "haplotype",
            Self::Event => "event",
        }
    }
}

/// Truths and observed alleles that are the same, by their places in the lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub by: MatchedBy,
    pub truths: Vec<usize>,
    pub observed: Vec<usize>,
}

/// Edits further apart are not read as one haplotype: no caller joins them.
const GAP: u32 = 50;

/// Longer alleles are compared as alleles only.
const LONGEST: u32 = 1000;

/// Most alleles of one haplotype.
const PIECES: usize = 6;

/// Most sets of alleles that are looked at on each side of a cluster; more alleles than make so many lie nowhere but in artifacts.
const SETS: usize = 20_000;

/// Matches the alleles of one sample.
pub(super) fn matched(truths: &[Piece<'_>], observed: &[Piece<'_>], bases: &dyn BaseSource) -> Vec<Group> {
    let mut groups = by_allele(truths, observed);
    let (mut open, mut left) = rest(truths, observed, &groups);
    groups.extend(by_haplotype(truths, observed, (&open, &left), bases));
    (open, left) = rest(truths, observed, &groups);
    groups.extend(by_event(truths, observed, &open, left));
    groups
}

/// Returns the places that no group holds, of the truths and of what was observed.
fn rest(truths: &[Piece<'_>], observed: &[Piece<'_>], groups: &[Group]) -> (Vec<usize>, Vec<usize>) {
    let without = |all: usize, taken: Vec<usize>| {
        let mut free = vec![true; all];
        for place in taken {
            free[place] = false;
        }
        (0..all).filter(|i| free[*i]).collect()
    };
    let taken = |side: fn(&Group) -> &Vec<usize>| groups.iter().flat_map(|g| side(g).clone()).collect();
    (
        without(truths.len(), taken(|g| &g.truths)),
        without(observed.len(), taken(|g| &g.observed)),
    )
}

fn by_allele(truths: &[Piece<'_>], observed: &[Piece<'_>]) -> Vec<Group> {
    let mut places: HashMap<&Variant, usize> = HashMap::new();
    for (place, piece) in observed.iter().enumerate() {
        if let Change::Sequence(variant) = piece.change {
            places.entry(variant).or_insert(place);
        }
    }
    let of = |(truth, piece): (usize, &Piece<'_>)| {
        let Change::Sequence(variant) = piece.change else {
            return None;
        };
        let place = places.get(variant)?;
        Some(Group {
            by: MatchedBy::Allele,
            truths: vec![truth],
            observed: vec![*place],
        })
    };
    truths.iter().enumerate().filter_map(of).collect()
}

fn by_event(
    truths: &[Piece<'_>],
    observed: &[Piece<'_>],
    open: &[usize],
    mut left: Vec<usize>,
) -> Vec<Group> {
    let event = |piece: &Piece<'_>| match piece.change {
        Change::Event(event) => Some(event.clone()),
        Change::Sequence(variant) => LengthChange::of_sequence(variant),
    };
    let mut groups = Vec::new();
    for &truth in open {
        let Some(wanted) = event(&truths[truth]) else {
            continue;
        };
        // Two sequences that differ are two changes: one side must be without.
        let has_none = |i: usize| {
            matches!(truths[truth].change, Change::Event(_)) || matches!(observed[i].change, Change::Event(_))
        };
        let distance = |i: usize| {
            let found = event(&observed[i]).filter(|found| has_none(i) && wanted.may_be(found))?;
            Some(found.position.abs_diff(wanted.position))
        };
        let nearest = left.iter().filter_map(|&i| Some((distance(i)?, i))).min();
        if let Some((_, place)) = nearest {
            left.retain(|i| *i != place);
            groups.push(Group {
                by: MatchedBy::Event,
                truths: vec![truth],
                observed: vec![place],
            });
        }
    }
    groups
}

/// One allele of a cluster.
#[derive(Clone, Copy)]
struct Member<'a> {
    variant: &'a Variant,
    /// Its place in the list it came from.
    place: usize,
    is_truth: bool,
}

fn by_haplotype<'a>(
    truths: &[Piece<'a>],
    observed: &[Piece<'a>],
    (open, left): (&[usize], &[usize]),
    bases: &dyn BaseSource,
) -> Vec<Group> {
    let of = |pieces: &[Piece<'a>], places: &[usize], is_truth| -> Vec<Member<'a>> {
        let member = |place: &usize| match pieces[*place].change {
            Change::Sequence(variant) if variant.end() - variant.position() < LONGEST => Some(Member {
                variant,
                place: *place,
                is_truth,
            }),
            _ => None,
        };
        places.iter().filter_map(member).collect()
    };
    let mut members = [of(truths, open, true), of(observed, left, false)].concat();
    members.sort_by_key(|m| {
        (
            m.variant.chromosome(),
            Edit::of(m.variant).start,
            m.variant.clone(),
        )
    });
    let mut groups = Vec::new();
    for cluster in clusters(&members) {
        groups.extend(in_cluster(cluster, truths, observed, bases));
    }
    groups
}

/// Parts sorted alleles where no edit is near the next one.
fn clusters<'m, 'v>(members: &'m [Member<'v>]) -> Vec<&'m [Member<'v>]> {
    let mut parts = Vec::new();
    let (mut begin, mut end) = (0, 0);
    for (place, member) in members.iter().enumerate() {
        let edit = Edit::of(member.variant);
        let is_far = place > begin
            && (members[place - 1].variant.chromosome() != member.variant.chromosome()
                || edit.start > end + GAP);
        if is_far {
            parts.push(&members[begin..place]);
            (begin, end) = (place, 0);
        }
        end = end.max(edit.end);
    }
    parts.push(&members[begin..]);
    parts
}

fn in_cluster(
    cluster: &[Member<'_>],
    truths: &[Piece<'_>],
    observed: &[Piece<'_>],
    bases: &dyn BaseSource,
) -> Vec<Group> {
    let (wanted, found): (Vec<Member<'_>>, Vec<Member<'_>>) = cluster.iter().partition(|m| m.is_truth);
    let all: Vec<&Variant> = cluster.iter().map(|m| m.variant).collect();
    let Some(stretch) = Stretch::over(&all, bases).filter(|_| !wanted.is_empty() && !found.is_empty()) else {
        return Vec::new();
    };
    let wanted = sets(&wanted, truths, &stretch);
    let mut by_bases: HashMap<Haplotype, Vec<Vec<usize>>> = HashMap::new();
    for (haplotype, set) in sets(&found, observed, &stretch) {
        match by_bases.entry(haplotype) {
            Entry::Occupied(mut there) => there.get_mut().push(set),
            Entry::Vacant(free) => drop(free.insert(vec![set])),
        }
    }
    let mut pairs: Vec<(Vec<usize>, &Vec<usize>)> = Vec::new();
    for (haplotype, set) in wanted {
        for other in by_bases.get(&haplotype).into_iter().flatten() {
            pairs.push((set.clone(), other));
        }
    }
    // The fewest alleles explain it best; the order of the lists decides among equals.
    pairs.sort_by_key(|(truths, observed)| {
        (truths.len() + observed.len(), truths.clone(), (*observed).clone())
    });
    let mut groups: Vec<Group> = Vec::new();
    for (truths, observed) in pairs {
        let taken = groups.iter().any(|g| {
            g.truths.iter().any(|t| truths.contains(t)) || g.observed.iter().any(|o| observed.contains(o))
        });
        if !taken {
            groups.push(Group {
                by: MatchedBy::Haplotype,
                truths,
                observed: observed.clone(),
            });
        }
    }
    groups
}

/// Returns the sets of alleles that can be one haplotype, with their bases.
fn sets(members: &[Member<'_>], pieces: &[Piece<'_>], stretch: &Stretch) -> Vec<(Haplotype, Vec<usize>)> {
    let mut found = Vec::new();
    let mut grown: Vec<Vec<usize>> = (0..members.len()).map(|i| vec![i]).collect();
    for size in 1..=PIECES {
        let mut next = Vec::new();
        for set in grown {
            let variants: Vec<&Variant> = set.iter().map(|i| members[*i].variant).collect();
            let Some(haplotype) = stretch.with(&variants) else {
                continue;
            };
            found.push((haplotype, set.iter().map(|i| members[*i].place).collect()));
            let last = set.last().copied().unwrap_or_default();
            for more in last + 1..members.len() {
                let fits = |i: &usize| {
                    let (one, other) = (&pieces[members[*i].place], &pieces[members[more].place]);
                    can_be_one_haplotype(one, other)
                };
                if size < PIECES && set.iter().all(fits) {
                    next.push([set.as_slice(), &[more]].concat());
                }
            }
        }
        grown = next;
        if found.len() + grown.len() > SETS {
            break;
        }
    }
    found
}

/// Whether two alleles can lie on one haplotype: their VAFs do not contradict it, nor does their phase.
fn can_be_one_haplotype(one: &Piece<'_>, other: &Piece<'_>) -> bool {
    let vafs_meet = match (one.interval, other.interval) {
        (Some(a), Some(b)) => a.low <= b.high && b.low <= a.high,
        _ => true,
    };
    let phases_meet = match (one.phase, other.phase) {
        (Some(a), Some(b)) if a.set == b.set && !a.copies.is_empty() && !b.copies.is_empty() => {
            a.copies.iter().any(|copy| b.copies.contains(copy))
        }
        _ => true,
    };
    vafs_meet && phases_meet
}

#[cfg(test)]
mod tests {
    use std::slice;

    use super::*;
    use crate::evidence::wilson_95;
    use crate::genome::{Build, Chromosome, NoBases};

    fn change(position: u32, reference: &str, alternate: &str) -> Change {
        Change::Sequence(Variant::new(Build::Grch38, Chromosome::X, position, reference, alternate).unwrap())
    }

    fn groups(
        truths: &[Change],
        observed: &[(Change, Option<(u32, u32)>)],
    ) -> Vec<(MatchedBy, Vec<usize>, Vec<usize>)> {
        let truths: Vec<Piece<'_>> = truths
            .iter()
            .map(|change| Piece {
                change,
                interval: None,
                phase: None,
            })
            .collect();
        let observed: Vec<Piece<'_>> = observed
            .iter()
            .map(|(change, counts)| Piece {
                change,
                interval: counts.and_then(|(alt, depth)| wilson_95(alt, depth)),
                phase: None,
            })
            .collect();
        matched(&truths, &observed, &NoBases)
            .into_iter()
            .map(|g| (g.by, g.truths, g.observed))
            .collect()
    }

    #[test]
    fn pieces_match_the_whole_and_the_whole_its_pieces() {
        let (mnv, first, second) = (change(10, "AC", "TG"), change(10, "A", "T"), change(11, "C", "G"));
        let pieces = [
            (first.clone(), Some((50, 1000))),
            (second.clone(), Some((52, 1000))),
        ];
        let expected = vec![(MatchedBy::Haplotype, vec![0], vec![0, 1])];
        assert_eq!(groups(slice::from_ref(&mnv), &pieces), expected);
        let expected = vec![(MatchedBy::Haplotype, vec![0, 1], vec![0])];
        assert_eq!(groups(&[first.clone(), second], &[(mnv.clone(), None)]), expected);
        // One of the pieces is not the whole.
        assert_eq!(groups(&[mnv], &[(first, None)]), []);
    }

    /// Two changes of 5 and 40 % of the molecules are no change of both.
    #[test]
    fn pieces_of_other_clones_are_not_joined() {
        let observed = [
            (change(10, "A", "T"), Some((50, 1000))),
            (change(11, "C", "G"), Some((400, 1000))),
        ];
        assert_eq!(groups(&[change(10, "AC", "TG")], &observed), []);
    }

    #[test]
    fn an_allele_is_matched_once() {
        let snv = change(10, "A", "T");
        let expected = vec![(MatchedBy::Allele, vec![0], vec![0])];
        assert_eq!(
            groups(
                slice::from_ref(&snv),
                &[(snv.clone(), None), (change(900, "A", "G"), None)]
            ),
            expected
        );
    }

    #[test]
    fn a_duplication_without_bases_is_a_long_insertion() {
        let event = Change::Event(LengthChange {
            build: Build::Grch38,
            chromosome: Chromosome::X,
            position: 1000,
            kind: super::super::change::LengthChangeKind::Gain,
            length: Some(30),
        });
        let inserted = change(1020, "A", &format!("A{}", "C".repeat(33)));
        let short = change(1000, "A", "AC");
        let expected = vec![(MatchedBy::Event, vec![0], vec![1])];
        assert_eq!(
            groups(
                slice::from_ref(&event),
                &[(short, None), (inserted.clone(), None)]
            ),
            expected
        );
        let expected = vec![(MatchedBy::Event, vec![0], vec![0])];
        assert_eq!(groups(&[inserted], &[(event, None)]), expected);
    }

    struct Text(Vec<u8>);

    impl BaseSource for Text {
        fn bases(&self, _: Chromosome, range: std::ops::RangeInclusive<u32>) -> Option<Vec<u8>> {
            let range = *range.start() as usize - 1..*range.end() as usize;
            self.0.get(range).map(<[u8]>::to_vec)
        }
    }

    /// Makes alleles one behind the other, and the bases that they result in over the stretch that they cover.
    fn pieces_and_whole(text: &Text, edits: &[(u8, u8, String)]) -> Option<(Vec<Change>, Change)> {
        let (mut at, mut read) = (20, String::new());
        let mut pieces = Vec::new();
        let letters = |range: std::ops::Range<usize>| String::from_utf8_lossy(&text.0[range]).into_owned();
        for (gap, removed, inserted) in edits {
            let begin = at + 1 + usize::from(*gap);
            let end = begin + usize::from(*removed);
            read.push_str(&letters(at..begin));
            read.push_str(inserted);
            // One base before it, as VCF has it.
            let (reference, anchor) = (letters(begin - 1..end), letters(begin - 1..begin));
            let position = u32::try_from(begin).ok()?;
            let piece = Variant::new(
                Build::Grch38,
                Chromosome::X,
                position,
                &reference,
                &format!("{anchor}{inserted}"),
            );
            pieces.push(Change::Sequence(piece.ok()?));
            at = end;
        }
        read.push_str(&letters(at..at + 1));
        let whole = Variant::new(Build::Grch38, Chromosome::X, 21, &letters(20..at + 1), &read).ok()?;
        Some((pieces, Change::Sequence(whole)))
    }

    proptest::proptest! {
        /// Whatever is changed, one allele with all of it is the same as its parts.
        #[test]
        fn every_whole_matches_its_parts(
            reference in "[AC]{80}|[ACGT]{80}",
            edits in proptest::collection::vec((1_u8..6, 0_u8..4, "[ACGT]{0,3}"), 2..4),
        ) {
            let text = Text(reference.into_bytes());
            let Some((parts, whole)) = pieces_and_whole(&text, &edits) else { return Ok(()) };
            let expected = if parts.contains(&whole) { MatchedBy::Allele } else { MatchedBy::Haplotype };
            let piece = |change| Piece { change, interval: None, phase: None };
            let parts: Vec<Piece<'_>> = parts.iter().map(piece).collect();
            let found = matched(&[piece(&whole)], &parts, &text);
            proptest::prop_assert_eq!(found.len(), 1);
            proptest::prop_assert_eq!(found[0].by, expected);
        }
    }
}
