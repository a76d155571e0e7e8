//! What reads show beside single bases: indels, clips, and where they end.

use super::{NEAR_END, POOR_MAPPING, Tally};
use crate::alignments::counts::indel::LONG;
use crate::alignments::counts::observation::{Clip, IndelChange, IndelObservation};
use crate::alignments::reads::read::AlignedRead;
use crate::genome::as_count;

/// Shortest soft clip that is looked at.
const MIN_CLIP: usize = 8;
/// Bases beside an indel from which on an aligner opens a read for it: a gap costs as much as some mismatches.
const OPENED: u32 = 12;
/// Columns beside the region in which clips are kept: a read over the region may be clipped outside of it, where a copy begins or ends.
const BESIDE: u32 = 400;

impl Tally {
    /// Keeps the indels of a read; of a pair, those that the other mate shows too or does not cover.
    pub(super) fn add_indels(&mut self, read: &AlignedRead, mate: Option<&AlignedRead>, fragment: u32) {
        let (start, end) = (self.start, self.end());
        let group = u8::try_from(read.group()).unwrap_or(0);
        let min_quality = self.min_quality;
        // A mate that ends shortly beside an indel, or within a copy that it gained, was aligned without it in any case.
        let covers = |after: u32, behind: u32, gained: u32| {
            let reach = OPENED + gained;
            mate.is_some_and(|m| m.first + reach <= after + 1 && behind + reach <= m.end())
        };
        let mut add = |after: u32, behind: u32, quality: u8, change: IndelChange| {
            let both = mate.is_some_and(|m| has_change(m, after, &change));
            let gained = match &change {
                IndelChange::Insertion(bases) => u32::try_from(bases.len()).unwrap_or(u32::MAX / 4),
                IndelChange::Deletion(_) | IndelChange::Replacement { .. } => 0,
            };
            // Of a stretch that is there twice the insertion is written before its first copy, and the copy may reach into the region.
            let copied = if gained as usize >= LONG { gained } else { 0 };
            let touches = after < end && behind + copied >= start;
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

    pub(super) fn add_edges(&mut self, read: &AlignedRead) {
        let mut add = |which: usize, from: u32, to: u32| {
            let (from, to) = (from.max(self.start), to.min(self.start + self.length()));
            if from < to {
                self.edges[which][(from - self.start) as usize] += 1;
                self.edges[which][(to - self.start) as usize] -= 1;
            }
        };
        let (first, end) = read.counted;
        add(0, first, end);
        let middle = (end - first) / 2;
        // A read that ends with a primer does not end there by chance.
        let [left, right] = read.at_primer.map(|at| if at { 0 } else { NEAR_END.min(middle) });
        add(1, first, first + left);
        add(1, end - right, end);
        if read.mapping_quality < POOR_MAPPING {
            add(2, first, end);
        }
    }

    fn length(&self) -> u32 {
        as_count(self.reference.len())
    }

    pub(super) fn add_clips(&mut self, read: &AlignedRead, fragment: u32) {
        for (bases, column, left) in [
            (&read.left_clip, read.first, true),
            (&read.right_clip, read.end() - 1, false),
        ] {
            // Beside a primer lies what the library adds: an adapter, a tag, the primer's own bases.
            let at_primer = read.at_primer[usize::from(!left)];
            let is_near = column + BESIDE >= self.start && column < self.end() + BESIDE;
            if bases.len() >= MIN_CLIP && !at_primer && is_near {
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

    pub(super) fn add_details(&mut self, read: &AlignedRead, mate: Option<&AlignedRead>, fragment: u32) {
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

    pub(super) fn add_right_indels(&mut self, left: &AlignedRead, right: &AlignedRead, fragment: u32) {
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
