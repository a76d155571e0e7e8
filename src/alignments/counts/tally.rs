//! Counts over a region: dense where reads agree with the reference, a list of observations where they do not.
//!
//! Nearly every base of a sample is the reference's. Such bases are added sixteen at a time to byte-wide counters, which are
//! emptied into wide ones before they can overflow; only what differs takes the slow way.

mod marks;

use super::cycle::{CycleDepth, CycleTally};
use super::observation::{BaseObservation, Clip, Disagreement, GROUPS, IndelObservation, Sight};
use crate::alignments::input::base_codes::is_known;
use crate::alignments::reads::filter::HIGH_QUALITY;
use crate::alignments::reads::kernel::{add_agreements, add_matches};
use crate::alignments::reads::pairing::FragmentSink;
use crate::alignments::reads::read::{AlignedRead, DELETED};
use crate::genome::as_count;

/// Distance to the end of a read, in bases, below which a base counts as near the end.
pub(crate) const NEAR_END: u32 = 10;
/// Mapping quality below which a read counts as poorly placed.
pub(crate) const POOR_MAPPING: u8 = 50;

/// Columns that agree with the reference, for one group of reads.
#[derive(Clone, Debug, Default)]
struct Lane {
    /// Seen by one read.
    all: Vec<u8>,
    /// Of them, with high quality.
    high: Vec<u8>,
    /// Seen by both mates.
    both: Vec<u8>,
    /// Additions since the bytes were emptied.
    added: u8,
}

/// Counts of the reference base at each column, for one group of reads.
#[derive(Clone, Debug, Default)]
pub struct ReferenceCounts {
    /// Seen by one read.
    pub all: Vec<u32>,
    /// Of them, with high quality.
    pub high: Vec<u32>,
    /// Seen by both mates.
    pub both: Vec<u32>,
}

/// Counts over one region of one contig.
#[derive(Debug)]
pub struct Tally {
    /// First column, 0-based.
    pub start: u32,
    /// Reference base codes; an unknown base is [`UNKNOWN`](crate::alignments::input::base_codes::UNKNOWN), which no column of a read equals.
    pub reference: Vec<u8>,
    /// Reference base counts by group.
    pub counts: [ReferenceCounts; GROUPS],
    /// Everything else, unsorted.
    pub observations: Vec<BaseObservation>,
    /// Mates at odds.
    pub disagreements: Vec<Disagreement>,
    /// Insertions and deletions that touch the region.
    pub indels: Vec<IndelObservation>,
    /// Soft clips in the region and beside it.
    pub clips: Vec<Clip>,
    /// Changes in the number of reads, of those near their end, and of those poorly placed, by column and one behind.
    edges: [Vec<i32>; 3],
    /// Cycles of what one read alone shows, where details are kept.
    pub cycles: Option<CycleTally>,
    lanes: [Lane; GROUPS],
    min_quality: u8,
    details: bool,
    fragments: u32,
    scratch: Vec<(u32, u8, u8)>,
}

impl Tally {
    /// Makes an empty tally over `reference` from column `start`. Without `details` clips and read edges are not kept.
    pub fn new(start: u32, reference: Vec<u8>, min_quality: u8, details: bool) -> Self {
        let length = reference.len();
        let lane = || Lane {
            all: vec![0; length],
            high: vec![0; length],
            both: vec![0; length],
            added: 0,
        };
        let counts = || ReferenceCounts {
            all: vec![0; length],
            high: vec![0; length],
            both: vec![0; length],
        };
        let edges = || vec![0; if details { length + 1 } else { 0 }];
        Self {
            start,
            reference,
            counts: std::array::from_fn(|_| counts()),
            observations: Vec::new(),
            disagreements: Vec::new(),
            indels: Vec::new(),
            clips: Vec::new(),
            edges: std::array::from_fn(|_| edges()),
            cycles: details.then(|| CycleTally::new(length)),
            lanes: std::array::from_fn(|_| lane()),
            min_quality,
            details,
            fragments: 0,
            scratch: Vec::new(),
        }
    }

    /// Returns the column behind the last.
    pub fn end(&self) -> u32 {
        self.start + as_count(self.reference.len())
    }

    /// Empties the byte counters; to be called once when all fragments are in.
    pub fn settle(&mut self) {
        for group in 0..GROUPS {
            self.empty(group);
        }
        self.observations
            .sort_unstable_by_key(|o| (o.column, o.code, o.fragment));
        self.disagreements.sort_unstable_by_key(|d| (d.column, d.code));
        if let Some(cycles) = &mut self.cycles {
            cycles.settle();
        }
        for edges in &mut self.edges {
            let mut depth = 0;
            for change in edges {
                depth += *change;
                *change = depth;
            }
        }
    }

    /// Returns reads over a column, those near their end there, and those poorly placed; whatever their base quality.
    pub fn reads_at(&self, column: usize) -> [u32; 3] {
        std::array::from_fn(|i| {
            let depth = self.edges[i].get(column).copied().unwrap_or(0);
            u32::try_from(depth).unwrap_or(0)
        })
    }

    /// Returns the reads that alone cover a column by their cycle there; nothing without details.
    pub fn cycles_at(&self, column: usize) -> CycleDepth {
        self.cycles.as_ref().map(|c| c.at(column)).unwrap_or_default()
    }

    fn empty(&mut self, group: usize) {
        let (lane, wide) = (&mut self.lanes[group], &mut self.counts[group]);
        for (bytes, sums) in [
            (&mut lane.all, &mut wide.all),
            (&mut lane.high, &mut wide.high),
            (&mut lane.both, &mut wide.both),
        ] {
            for (byte, sum) in bytes.iter_mut().zip(sums) {
                *sum += u32::from(*byte);
                *byte = 0;
            }
        }
        lane.added = 0;
    }

    /// Makes room for one more addition to a group's byte counters.
    fn make_room(&mut self, group: usize) {
        if self.lanes[group].added == u8::MAX {
            self.empty(group);
        }
        self.lanes[group].added += 1;
    }

    /// Returns the part of columns `from..to` within the region, as columns of the contig.
    fn clipped(&self, from: u32, to: u32) -> Option<(u32, u32)> {
        let (from, to) = (from.max(self.start), to.min(self.end()));
        (from < to).then_some((from, to))
    }

    /// Adds the columns `from..to` that one read alone covers.
    fn add_alone(&mut self, read: &AlignedRead, from: u32, to: u32, fragment: u32) {
        let (of_sample, behind) = read.counted;
        let Some((from, to)) = self.clipped(from.max(of_sample), to.min(behind)) else {
            return;
        };
        if let Some(cycles) = &mut self.cycles {
            cycles.add(read, (from, to), self.start);
            cycles.add_qualities(read, (from, to), fragment, self.min_quality);
        }
        let group = read.group();
        self.make_room(group);
        let at = (from - self.start) as usize..(to - self.start) as usize;
        let of_read = (from - read.first) as usize..(to - read.first) as usize;
        let lane = &mut self.lanes[group];
        let mut differing = std::mem::take(&mut self.scratch);
        differing.clear();
        add_matches(
            &read.codes[of_read.clone()],
            &read.qualities[of_read],
            &self.reference[at.clone()],
            &mut lane.all[at.clone()],
            &mut lane.high[at],
            self.min_quality,
            &mut differing,
        );
        // A deletion of many columns is one event, and looked at as such.
        let mismatches = differing.iter().filter(|(_, code, _)| *code != DELETED).count();
        let others = u8::try_from(mismatches).unwrap_or(u8::MAX).saturating_sub(1);
        for (index, code, quality) in &differing {
            let column = from + index;
            self.observe(
                read,
                column,
                *code,
                fragment,
                Seen {
                    sight: if *quality >= HIGH_QUALITY {
                        Sight::High
                    } else {
                        Sight::Middle
                    },
                    group,
                    quality: *quality,
                    mapping_quality: read.mapping_quality,
                    others,
                },
            );
        }
        self.scratch = differing;
    }

    fn observe(&mut self, read: &AlignedRead, column: u32, code: u8, fragment: u32, seen: Seen) {
        if !is_allele(code) {
            return;
        }
        let narrow = |n: u32| u16::try_from(n).unwrap_or(u16::MAX);
        self.observations.push(BaseObservation {
            column: column - self.start,
            fragment,
            cycle: narrow(read.cycle(column)),
            from_end: narrow(read.distance_to_end(column)),
            code,
            sight: seen.sight,
            group: u8::try_from(seen.group).unwrap_or(0),
            quality: seen.quality,
            mapping_quality: seen.mapping_quality,
            others: seen.others,
        });
    }

    /// Adds the columns that both mates cover.
    fn add_both(&mut self, left: &AlignedRead, right: &AlignedRead, from: u32, to: u32, fragment: u32) {
        // What a primer hides of one mate it hides of the other.
        let of_sample = left.counted.0.min(right.counted.0);
        let behind = left.counted.1.max(right.counted.1);
        let Some((from, to)) = self.clipped(from.max(of_sample), to.min(behind)) else {
            return;
        };
        let first_read = AlignedRead::first_of(left, right);
        let group = first_read.group();
        self.make_room(group);
        let slice = |read: &AlignedRead| (from - read.first) as usize..(to - read.first) as usize;
        let at = (from - self.start) as usize..(to - self.start) as usize;
        let mut odd = std::mem::take(&mut self.scratch);
        odd.clear();
        add_agreements(
            [&left.codes[slice(left)], &right.codes[slice(right)]],
            [&left.qualities[slice(left)], &right.qualities[slice(right)]],
            &self.reference[at.clone()],
            &mut self.lanes[group].both[at],
            self.min_quality,
            &mut odd,
        );
        let reference = &self.reference[(from - self.start) as usize..];
        let differing = odd.iter().filter(|(index, code, quality)| {
            *quality >= self.min_quality && *code != reference[*index as usize] && *code != DELETED
        });
        let others = u8::try_from(differing.count())
            .unwrap_or(u8::MAX)
            .saturating_sub(1);
        for &(index, _, _) in &odd {
            self.settle_column(left, right, from + index, fragment, others);
        }
        self.scratch = odd;
    }

    /// Decides one column that two mates cover and that is not plainly the reference in both.
    fn settle_column(
        &mut self,
        left: &AlignedRead,
        right: &AlignedRead,
        column: u32,
        fragment: u32,
        others: u8,
    ) {
        let base = |read: &AlignedRead| {
            let index = (column - read.first) as usize;
            (read.codes[index], read.qualities[index])
        };
        let ((a, qa), (b, qb)) = (base(left), base(right));
        let seen = |code: u8, quality: u8| quality >= self.min_quality && is_allele(code);
        let (seen_a, seen_b) = (seen(a, qa), seen(b, qb));
        let index = (column - self.start) as usize;
        let reference = self.reference[index];
        match (seen_a, seen_b) {
            (true, true) if a == b => {
                let better = if qa >= qb { left } else { right };
                let first_read = AlignedRead::first_of(left, right);
                let group = first_read.group();
                if a == reference {
                    self.counts[group].both[index] += 1;
                } else {
                    self.observe(
                        better,
                        column,
                        a,
                        fragment,
                        Seen {
                            sight: Sight::Both,
                            group,
                            quality: qa.max(qb),
                            mapping_quality: left.mapping_quality.min(right.mapping_quality),
                            others,
                        },
                    );
                }
            }
            (true, true) => self.disagreements.push(Disagreement {
                column: column - self.start,
                code: if a == reference { b } else { a },
            }),
            (true, false) => self.one_sees(left, column, a, qa, fragment, others),
            (false, true) => self.one_sees(right, column, b, qb, fragment, others),
            (false, false) => {}
        }
    }

    fn one_sees(
        &mut self,
        read: &AlignedRead,
        column: u32,
        code: u8,
        quality: u8,
        fragment: u32,
        others: u8,
    ) {
        if let Some(cycles) = &mut self.cycles {
            cycles.add_qualities(read, (column, column + 1), fragment, self.min_quality);
        }
        let group = read.group();
        let index = (column - self.start) as usize;
        let high = quality >= HIGH_QUALITY;
        if code == self.reference[index] {
            self.counts[group].all[index] += 1;
            self.counts[group].high[index] += u32::from(high);
        } else {
            self.observe(
                read,
                column,
                code,
                fragment,
                Seen {
                    sight: if high { Sight::High } else { Sight::Middle },
                    group,
                    quality,
                    mapping_quality: read.mapping_quality,
                    others,
                },
            );
        }
    }

    fn next_fragment(&mut self) -> u32 {
        self.fragments = self.fragments.wrapping_add(1);
        self.fragments
    }
}

/// What is known of an observation besides its place.
#[derive(Clone, Copy)]
struct Seen {
    sight: Sight,
    group: usize,
    quality: u8,
    mapping_quality: u8,
    others: u8,
}

impl FragmentSink for Tally {
    fn single(&mut self, read: &AlignedRead) {
        let fragment = self.next_fragment();
        self.add_alone(read, read.first, read.end(), fragment);
        self.add_details(read, None, fragment);
    }

    fn pair(&mut self, left: &AlignedRead, right: &AlignedRead) {
        let fragment = self.next_fragment();
        let (from, to) = (left.first.max(right.first), left.end().min(right.end()));
        if from >= to {
            self.add_alone(left, left.first, left.end(), fragment);
            self.add_alone(right, right.first, right.end(), fragment);
        } else {
            self.add_alone(left, left.first, from, fragment);
            self.add_alone(left, to, left.end(), fragment);
            self.add_alone(right, right.first, from, fragment);
            self.add_alone(right, to, right.end(), fragment);
            self.add_both(left, right, from, to, fragment);
        }
        self.add_details(left, Some(right), fragment);
        // What both show was kept with the left mate.
        if !right.insertions.is_empty() || !right.deletions.is_empty() {
            self.add_right_indels(left, right, fragment);
        }
        if self.details {
            self.add_edges(right);
            self.add_clips(right, fragment);
        }
    }
}

/// Whether a code says something: not N, another ambiguity code or a skipped column.
const fn is_allele(code: u8) -> bool {
    code == DELETED || is_known(code)
}
