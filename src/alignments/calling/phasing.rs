//! Which substitutions lie on the same molecules, and which on different ones.

use super::called_variant::CalledVariant;
use crate::alignments::counts::fragments::Fragments;
use crate::alignments::counts::substitution::share;

/// Fragments of the rarer of two alleles that must show the other too, for both to lie on one molecule. Not all can: a base of
/// low quality is no vote.
const TOGETHER: f64 = 0.8;
/// Share below which they lie on different molecules.
const APART: f64 = 0.1;
/// Fragments that must speak.
const FEWEST: u32 = 2;
/// Bases of a short fragment, as of cell-free DNA; longer ones reach other columns more often.
const USUAL_FRAGMENT: f64 = 170.0;

/// What the molecules say of two substitutions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Together,
    Apart,
    Unknown,
}

const fn listed(variant: &CalledVariant) -> Fragments<'_> {
    Fragments {
        listed: variant.fragments.as_slice(),
        count: variant.alt_count,
    }
}

fn relation(a: &CalledVariant, b: &CalledVariant) -> Relation {
    if a.contig != b.contig || a.chunk != b.chunk {
        return Relation::Unknown;
    }
    let distance = a.column.abs_diff(b.column);
    let shown = listed(a).shown_with(&listed(b));
    let fewer = shown.first.min(shown.second);
    if fewer < FEWEST {
        return Relation::Unknown;
    }
    let shared = shown.both;
    let share = share(shared, fewer);
    // Of fragments of a usual length over one column fewer reach another that is farther away.
    let reaching = (1.0 - f64::from(distance) / USUAL_FRAGMENT).max(0.0);
    if share >= TOGETHER * reaching && shared >= FEWEST {
        Relation::Together
    } else if share <= APART {
        Relation::Apart
    } else {
        Relation::Unknown
    }
}

/// Substitutions on the same molecules, and others that are known to lie on different ones.
struct PhaseSet {
    groups: Vec<Vec<usize>>,
}

/// Where a substitution lies among others of the same molecules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Phased {
    /// First column (0-based) of the set.
    pub first: u32,
    /// The copy of the chromosome within the set, from 0.
    pub copy: usize,
    /// Copies that the set tells apart, two at least.
    pub copies: usize,
}

impl Phased {
    /// Returns the phased genotype of a VCF: 1 at the copy.
    pub(crate) fn genotype(&self) -> String {
        let of_copy = |c| if c == self.copy { "1" } else { "0" };
        (0..self.copies).map(of_copy).collect::<Vec<_>>().join("|")
    }
}

/// Returns for each variant the set of substitutions, each at most `reach` columns from the next, that the molecules put together
/// or apart; `None` where they say nothing of it. Variants are in the order of the genome.
pub(crate) fn phases(variants: &[&CalledVariant], reach: u32) -> Vec<Option<Phased>> {
    let substitutions: Vec<usize> = (0..variants.len())
        .filter(|i| variants[*i].reference.len() == variants[*i].alternate.len())
        .collect();
    let near = |a: usize, b: usize| {
        let (a, b) = (variants[a], variants[b]);
        a.contig == b.contig && a.column.abs_diff(b.column) <= reach
    };
    let mut sets: Vec<PhaseSet> = Vec::new();
    for &index in &substitutions {
        // Along the genome: only the last sets can be near.
        let place = sets.iter().rposition(|set| {
            let mut members = set.groups.iter().flatten();
            members.any(|m| near(*m, index) && relation(variants[*m], variants[index]) != Relation::Unknown)
        });
        match place.and_then(|p| sets.get_mut(p)) {
            None => sets.push(PhaseSet {
                groups: vec![vec![index]],
            }),
            Some(set) => add(set, index, variants),
        }
    }
    let mut phases = vec![None; variants.len()];
    for set in sets.iter().filter(|s| s.groups.iter().flatten().count() > 1) {
        let first = set.groups.iter().flatten().min().map(|i| variants[*i].column);
        let Some(first) = first else { continue };
        for (copy, group) in set.groups.iter().enumerate() {
            for index in group {
                phases[*index] = Some(Phased {
                    first,
                    copy,
                    copies: set.groups.len().max(2),
                });
            }
        }
    }
    phases
}

/// Adds a substitution to the group that it lies on the molecules of; to a group of its own where it lies apart from all; where
/// anything is not known, it stays out.
fn add(set: &mut PhaseSet, index: usize, variants: &[&CalledVariant]) {
    let relations: Vec<Vec<Relation>> = set
        .groups
        .iter()
        .map(|g| {
            g.iter()
                .map(|m| relation(variants[*m], variants[index]))
                .collect()
        })
        .collect();
    let all = |r: &[Relation], wanted| r.iter().all(|x| *x == wanted);
    let together = relations.iter().position(|r| all(r, Relation::Together));
    let others_apart = |own: Option<usize>| {
        let mut others = relations.iter().enumerate().filter(|(i, _)| Some(*i) != own);
        others.all(|(_, r)| all(r, Relation::Apart))
    };
    if !others_apart(together) {
        return;
    }
    match together.and_then(|t| set.groups.get_mut(t)) {
        Some(group) => group.push(index),
        None => set.groups.push(vec![index]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn substitution(column: u32, chunk: u32, fragments: std::ops::Range<u32>) -> CalledVariant {
        CalledVariant {
            contig: 0,
            column,
            reference: "A".into(),
            alternate: "C".into(),
            quality: 100.0,
            filters: Vec::new(),
            depth: 100,
            ref_count: 90,
            alt_count: u32::try_from(fragments.len()).unwrap(),
            strands: [45, 45, 5, 5],
            orientations: None,
            both_mates: None,
            base_quality: None,
            mapping_quality: None,
            expected_errors: 0.0,
            forced: false,
            fragments: fragments.collect(),
            chunk,
            copies: false,
        }
    }

    #[test]
    fn molecules_say_what_lies_together() {
        let a = substitution(10, 0, 0..20);
        assert_eq!(relation(&a, &substitution(11, 0, 1..18)), Relation::Together);
        assert_eq!(relation(&a, &substitution(11, 0, 19..60)), Relation::Apart);
        assert_eq!(relation(&a, &substitution(11, 0, 10..30)), Relation::Unknown);
        assert_eq!(
            relation(&a, &substitution(11, 500, 0..20)),
            Relation::Unknown,
            "numbers of another chunk mean other fragments"
        );
    }

    /// 512 numbers are kept of each allele: the rest of the longer list must not count as absent.
    #[test]
    fn cut_lists_are_compared_as_far_as_both_reach() {
        let mut germline = substitution(10, 0, 0..512);
        germline.alt_count = 3000;
        let clone = substitution(11, 0, 100..2100);
        let mut clone_cut = clone.clone();
        clone_cut.fragments.truncate(512);
        assert_eq!(relation(&germline, &clone_cut), Relation::Together);
    }
}
