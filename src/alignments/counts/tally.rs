//! Counts over a region: dense where reads agree with the reference, a list of observations where they do not.
//!
//! Nearly every base of a sample is the reference's. Such bases are added sixteen at a time to byte-wide counters, which are
//! emptied into wide ones before they can overflow; only what differs takes the slow way.

use super::cycle::{CycleDepth, CycleTally};
use super::observation::{BaseObservation, Clip, Disagreement, GROUPS, IndelChange, IndelObservation, Sight};
use crate::alignments::input::base_codes::is_known;
use crate::alignments::reads::filter::HIGH_QUALITY;
use crate::alignments::reads::kernel::{add_agreements, add_matches};
use crate::alignments::reads::pairing::FragmentSink;
use crate::alignments::reads::read::{AlignedRead, DELETED};

/// Shortest soft clip that is looked at.
const MIN_CLIP: usize = 8;
/// Distance to the end of a read, in bases, below which a base counts as near the end.
pub const NEAR_END: u32 = 10;
/// Mapping quality below which a read counts as poorly placed.
pub const POOR_MAPPING: u8 = 50;
/// Bases beside an indel from which on an aligner opens a read for it: a gap costs as much as some mismatches.
const OPENED: u32 = 12;

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
    /// Soft clips next to the region.
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
        self.start + u32::try_from(self.reference.len()).unwrap_or(u32::MAX)
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
        let Some((from, to)) = self.clipped(from, to) else {
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
        let Some((from, to)) = self.clipped(from, to) else {
            return;
        };
        let first_read = if left.second { right } else { left };
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
                let first_read = if left.second { right } else { left };
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

    /// Keeps the indels of a read; of a pair, those that the other mate shows too or does not cover.
    fn add_indels(&mut self, read: &AlignedRead, mate: Option<&AlignedRead>, fragment: u32) {
        let (start, end) = (self.start, self.end());
        let group = u8::try_from(read.group()).unwrap_or(0);
        let min_quality = self.min_quality;
        // A mate that ends shortly beside an indel, or within a copy that it gained, was aligned without it in any case.
        let covers = |after: u32, behind: u32, gained: u32| {
            let reach = OPENED + gained;
            mate.is_some_and(|m| m.first + reach <= after + 1 && behind + reach <= m.end())
        };
        let mut add = |after: u32, behind: u32, quality: u8, change: IndelChange| {
            let touches = after < end && behind >= start;
            let both = mate.is_some_and(|m| has_change(m, after, &change));
            let gained = match &change {
                IndelChange::Insertion(bases) => u32::try_from(bases.len()).unwrap_or(u32::MAX / 4),
                IndelChange::Deletion(_) | IndelChange::Replacement { .. } => 0,
            };
            if touches && quality >= min_quality && (both || !covers(after, behind, gained)) {
                self.indels.push(IndelObservation {
                    after,
                    change,
                    fragment,
                    group,
                    both,
                    mapping_quality: mate.map_or(read.mapping_quality, |m| {
                        m.mapping_quality.min(read.mapping_quality)
                    }),
                });
            }
        };
        for i in &read.insertions {
            add(
                i.after,
                i.after + 1,
                i.quality,
                IndelChange::Insertion(i.bases.clone()),
            );
        }
        for d in &read.deletions {
            add(
                d.after,
                d.after + d.length,
                d.quality,
                IndelChange::Deletion(d.length),
            );
        }
    }

    fn add_edges(&mut self, read: &AlignedRead) {
        let mut add = |which: usize, from: u32, to: u32| {
            let (from, to) = (from.max(self.start), to.min(self.start + self.length()));
            if from < to {
                self.edges[which][(from - self.start) as usize] += 1;
                self.edges[which][(to - self.start) as usize] -= 1;
            }
        };
        let (first, end) = (read.first, read.end());
        add(0, first, end);
        let middle = (end - first) / 2;
        add(1, first, first + NEAR_END.min(middle));
        add(1, end - NEAR_END.min(middle), end);
        if read.mapping_quality < POOR_MAPPING {
            add(2, first, end);
        }
    }

    fn length(&self) -> u32 {
        u32::try_from(self.reference.len()).unwrap_or(u32::MAX)
    }

    fn add_clips(&mut self, read: &AlignedRead, fragment: u32) {
        for (bases, column, left) in [
            (&read.left_clip, read.first, true),
            (&read.right_clip, read.end() - 1, false),
        ] {
            if bases.len() >= MIN_CLIP && column >= self.start && column < self.end() {
                self.clips.push(Clip {
                    column,
                    left,
                    bases: bases.clone(),
                    reverse: read.reverse,
                    fragment,
                });
            }
        }
    }

    fn add_details(&mut self, read: &AlignedRead, mate: Option<&AlignedRead>, fragment: u32) {
        if !read.insertions.is_empty() || !read.deletions.is_empty() {
            self.add_indels(read, mate, fragment);
        }
        if self.details {
            self.add_edges(read);
            if !read.left_clip.is_empty() || !read.right_clip.is_empty() {
                self.add_clips(read, fragment);
            }
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

impl Tally {
    fn add_right_indels(&mut self, left: &AlignedRead, right: &AlignedRead, fragment: u32) {
        let before = self.indels.len();
        self.add_indels(right, Some(left), fragment);
        let mut index = before;
        while index < self.indels.len() {
            if self.indels[index].both {
                self.indels.swap_remove(index);
            } else {
                index += 1;
            }
        }
    }
}

fn has_change(read: &AlignedRead, after: u32, change: &IndelChange) -> bool {
    match change {
        IndelChange::Insertion(bases) => read
            .insertions
            .iter()
            .any(|i| i.after == after && i.bases == *bases),
        IndelChange::Deletion(length) => read
            .deletions
            .iter()
            .any(|d| d.after == after && d.length == *length),
        IndelChange::Replacement { .. } => false,
    }
}

/// Whether a code says something: not N, another ambiguity code or a skipped column.
const fn is_allele(code: u8) -> bool {
    code == DELETED || is_known(code)
}
