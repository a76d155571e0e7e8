//! Fragments that join two places of a contig as the copies of a tandem duplication are joined: the end of one to the start of the next.

use std::collections::BTreeMap;

use rust_htslib::bam::record::{Aux, Record};

use super::filter::ReadFilter;
use super::read::{FLAG_MATE_REVERSE, FLAG_MATE_UNMAPPED, FLAG_PAIRED, FLAG_REVERSE};
use crate::alignments::input::cigar::reference_length;
use crate::alignments::input::region::TargetRegion;

/// Columns that the two places are apart at least: shorter duplications are found as insertions.
const NEAREST: u32 = 1_000;
/// Bases of a read that must lie on the other side of the junction.
const CLIPPED: u32 = 15;
/// Columns within which the places of split reads are one junction, aligners differing by what both sides share; and of pairs, an
/// insert apart.
const SAME_SPLIT: u32 = 10;
const SAME_PAIRS: u32 = 1_000;
/// Places that are looked at: where there are more, the library is made so that mates face away from each other. And junctions that are told.
const MOST: usize = 3_000;
const GROUPS: usize = 10;

/// Where junctions are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JunctionRegion {
    /// The stretch in which both sides lie.
    pub region: TargetRegion,
    /// Name of its contig in the file.
    pub contig: String,
}

/// What one fragment shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct JoinedFragment {
    name: Vec<u8>,
    contig: u32,
    /// First column (0-based) of the stretch that is there twice, and the column behind it.
    first: u32,
    end: u32,
    split: bool,
}

/// A junction with the fragments that show it, columns 0-based half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TandemJunction {
    /// Contig number.
    pub contig: u32,
    /// First column of the stretch that is there twice.
    pub first: u32,
    /// Column behind it.
    pub end: u32,
    /// Fragments with a split read.
    pub split: u32,
    /// Other fragments, whose mates lie on the two sides.
    pub pairs: u32,
}

/// Returns what a record shows within a stretch; `None` for nearly every one.
pub(crate) fn joined(
    record: &Record,
    wanted: &JunctionRegion,
    filter: &ReadFilter,
) -> Option<JoinedFragment> {
    let within = &wanted.region;
    let contig = u32::try_from(record.tid()).ok()?;
    let start = u32::try_from(record.pos()).ok()?;
    if contig != within.contig
        || record.flags() & filter.excluded_flags != 0
        || record.mapq() < filter.min_mapping_quality
    {
        return None;
    }
    let end = start.saturating_add(reference_length(record.raw_cigar()));
    let (first, behind, split) = split(record, &wanted.contig, (start, end), filter)
        .map(|(a, b)| (a, b, true))
        .or_else(|| apart(record, start, end).map(|(a, b)| (a, b, false)))?;
    (first >= within.start && behind <= within.end && behind - first >= NEAREST).then(|| JoinedFragment {
        name: record.qname().to_vec(),
        contig,
        first,
        end: behind,
        split,
    })
}

/// Returns the stretch that a split read goes round: aligned to its end, then from its start.
fn split(record: &Record, name: &str, (start, end): (u32, u32), filter: &ReadFilter) -> Option<(u32, u32)> {
    let own = clips(record.raw_cigar());
    if own.iter().all(|clipped| *clipped < CLIPPED) {
        return None;
    }
    let Ok(Aux::String(others)) = record.aux(b"SA") else {
        return None;
    };
    let mut parts = others.split(';').filter(|part| !part.is_empty());
    // Of a read in three pieces the order is not known.
    let (Some(part), None) = (parts.next(), parts.next()) else {
        return None;
    };
    let fields: Vec<&str> = part.split(',').collect();
    let [contig, position, strand, cigar, quality, ..] = fields.as_slice() else {
        return None;
    };
    let other_start = position.parse::<u32>().ok()?.checked_sub(1)?;
    let same_strand = (*strand == "-") == (record.flags() & FLAG_REVERSE != 0);
    if !same_strand || *contig != name || quality.parse::<u8>().ok()? < filter.min_mapping_quality {
        return None;
    }
    let other = packed(cigar)?;
    let other_end = other_start.saturating_add(reference_length(&other));
    let others = clips(&other);
    // The part that is clipped behind comes first in the molecule.
    if own[1] >= CLIPPED && others[0] >= CLIPPED && other_start < start {
        Some((other_start, end))
    } else if own[0] >= CLIPPED && others[1] >= CLIPPED && start < other_start {
        Some((start, other_end))
    } else {
        None
    }
}

/// Returns the bases clipped before and behind an alignment.
fn clips(cigar: &[u32]) -> [u32; 2] {
    let clipped = |ops: &mut dyn Iterator<Item = &u32>| -> u32 {
        ops.take_while(|op| matches!(*op & 15, 4 | 5))
            .map(|op| op >> 4)
            .sum()
    };
    [clipped(&mut cigar.iter()), clipped(&mut cigar.iter().rev())]
}

/// Reads a CIGAR as BAM packs it.
fn packed(text: &str) -> Option<Vec<u32>> {
    let mut ops = Vec::new();
    let mut length = 0_u32;
    for c in text.bytes() {
        if c.is_ascii_digit() {
            length = length.checked_mul(10)?.checked_add(u32::from(c - b'0'))?;
        } else {
            let op = b"MIDNSHP=X".iter().position(|known| *known == c)?;
            ops.push(length.checked_mul(16)? | u32::try_from(op).ok()?);
            length = 0;
        }
    }
    Some(ops)
}

/// Returns the stretch that mates which face away from each other lie in.
fn apart(record: &Record, start: u32, end: u32) -> Option<(u32, u32)> {
    let flags = record.flags();
    if flags & FLAG_PAIRED == 0 || flags & FLAG_MATE_UNMAPPED != 0 || record.mtid() != record.tid() {
        return None;
    }
    let mate = u32::try_from(record.mpos()).ok()?;
    match (flags & FLAG_REVERSE != 0, flags & FLAG_MATE_REVERSE != 0) {
        // This one runs to the end of the first copy, its mate lies at the start of the second.
        (false, true) if mate < start => Some((mate, end)),
        // The mate's length is not known; its start stands for its end.
        (true, false) if mate > end => Some((start, mate)),
        _ => None,
    }
}

/// Where fragments show a junction, and how many do so alike.
#[derive(Clone, Copy, Debug)]
struct Place {
    contig: u32,
    first: u32,
    end: u32,
    fragments: u32,
}

impl Place {
    fn is_near(&self, other: &Self, reach: u32) -> bool {
        self.contig == other.contig
            && self.first.abs_diff(other.first) <= reach
            && self.end.abs_diff(other.end) <= reach
    }
}

/// Brings fragments together by junction, those with most fragments first.
pub(crate) fn junctions(fragments: &[JoinedFragment]) -> Vec<TandemJunction> {
    // A fragment may be met in several chunks and at both mates: once is enough, and split tells more.
    let mut by_name: BTreeMap<&[u8], &JoinedFragment> = BTreeMap::new();
    for fragment in fragments {
        let known = by_name.entry(&fragment.name).or_insert(fragment);
        if fragment.split && !known.split {
            *known = fragment;
        }
    }
    let of = |split: bool| places(by_name.values().copied().filter(|f| f.split == split));
    let (mut split, mut pairs) = (of(true), of(false));
    let junction = |seed: &Place, split, pairs| TandemJunction {
        contig: seed.contig,
        first: seed.first,
        end: seed.end,
        split,
        pairs,
    };
    let mut found = Vec::new();
    for (seed, count) in grouped(&mut split, SAME_SPLIT) {
        found.push(junction(&seed, count, take(&mut pairs, &seed, SAME_PAIRS)));
    }
    for (seed, count) in grouped(&mut pairs, SAME_PAIRS) {
        found.push(junction(&seed, 0, count));
    }
    found.sort_by_key(|j| (std::cmp::Reverse(j.split + j.pairs), j.contig, j.first, j.end));
    found
}

/// Returns the places of fragments in order; none where there are too many.
fn places<'f>(fragments: impl Iterator<Item = &'f JoinedFragment>) -> Vec<Place> {
    let mut counts: BTreeMap<(u32, u32, u32), u32> = BTreeMap::new();
    for fragment in fragments {
        *counts
            .entry((fragment.contig, fragment.first, fragment.end))
            .or_default() += 1;
    }
    if counts.len() > MOST {
        return Vec::new();
    }
    let place = |((contig, first, end), fragments)| Place {
        contig,
        first,
        end,
        fragments,
    };
    counts.into_iter().map(place).collect()
}

/// Groups places, the largest group first, and takes them out; each with the place in it that most fragments show.
fn grouped(list: &mut Vec<Place>, reach: u32) -> Vec<(Place, u32)> {
    let mut found = Vec::new();
    while found.len() < GROUPS {
        let size = |seed: &Place| -> u32 {
            let near = list.iter().filter(|p| p.is_near(seed, reach));
            near.map(|p| p.fragments).sum()
        };
        // Of the same size the one most shown, then the first.
        let best = list
            .iter()
            .map(|seed| (size(seed), seed.fragments, *seed))
            .reduce(|best, next| {
                if (next.0, next.1) > (best.0, best.1) {
                    next
                } else {
                    best
                }
            });
        let Some((.., seed)) = best else { break };
        let count = take(list, &seed, reach);
        found.push((seed, count));
    }
    found
}

/// Takes the fragments at a place out of a list.
fn take(list: &mut Vec<Place>, seed: &Place, reach: u32) -> u32 {
    let near = list.iter().filter(|p| p.is_near(seed, reach));
    let count = near.map(|p| p.fragments).sum();
    list.retain(|p| !p.is_near(seed, reach));
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fragment(number: u32, first: u32, end: u32, split: bool) -> JoinedFragment {
        JoinedFragment {
            name: number.to_le_bytes().to_vec(),
            contig: 0,
            first,
            end,
            split,
        }
    }

    #[test]
    fn fragments_of_one_junction_come_together_and_count_once() {
        let mut fragments: Vec<JoinedFragment> = (0..4).map(|i| fragment(i, 1000, 5000, true)).collect();
        // Aligners differ by what both sides share; a mate of the first is no fragment of its own.
        fragments.push(fragment(4, 1003, 5003, true));
        fragments.push(fragment(0, 700, 5300, false));
        fragments.extend((5..8).map(|i| fragment(i, 1200, 4800 + i, false)));
        fragments.push(fragment(9, 20_000, 90_000, true));
        let expected = |first, end, split, pairs| TandemJunction {
            contig: 0,
            first,
            end,
            split,
            pairs,
        };
        assert_eq!(
            junctions(&fragments),
            [expected(1000, 5000, 5, 3), expected(20_000, 90_000, 1, 0)]
        );
    }

    #[test]
    fn a_library_whose_mates_face_away_shows_nothing() {
        let many = u32::try_from(MOST).unwrap() + 1;
        let fragments: Vec<JoinedFragment> = (0..many).map(|i| fragment(i, 1000 + i, 9000, false)).collect();
        assert!(junctions(&fragments).is_empty());
    }

    #[test]
    fn a_cigar_is_read_as_it_is_packed() {
        assert_eq!(packed("45S55M"), Some(vec![45 << 4 | 4, 55 << 4]));
        assert_eq!(clips(&packed("5H45S50M3S").unwrap()), [50, 3]);
        assert_eq!(packed("45Q"), None);
        assert_eq!(packed("99999999999M"), None);
    }
}
