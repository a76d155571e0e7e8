//! Depth over the wanted regions as far as the file shows it: reference blocks of a gVCF and the depths of its records.

use std::collections::BTreeMap;

use crate::genome::Chromosome;

/// A stretch of one depth, 1-based inclusive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DepthRange {
    /// First base.
    pub first: u32,
    /// Last base.
    pub last: u32,
    /// Reads or fragments over each base of it, as the caller counts them; the lowest of a block.
    pub depth: u32,
    /// Smallest VAF that would have been called there with 95 % power, 1 where none would; `None` where only the depth is known.
    pub limit: Option<f64>,
}

/// Sorted ranges that do not overlap, by chromosome. Empty for a file that states no reference.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    ranges: BTreeMap<Chromosome, Vec<DepthRange>>,
}

impl Coverage {
    /// Makes a coverage of ranges that do not overlap, ascending within each chromosome; equal neighbors become one.
    pub fn new(ranges: impl IntoIterator<Item = (Chromosome, DepthRange)>) -> Self {
        let mut by_chromosome: BTreeMap<Chromosome, Vec<DepthRange>> = BTreeMap::new();
        for (chromosome, range) in ranges {
            let list = by_chromosome.entry(chromosome).or_default();
            match list.last_mut() {
                Some(end)
                    if (end.depth, end.limit) == (range.depth, range.limit)
                        && end.last.checked_add(1) == Some(range.first) =>
                {
                    end.last = range.last;
                }
                _ => list.push(range),
            }
        }
        Self {
            ranges: by_chromosome,
        }
    }

    /// Returns whether the file shows no depth at all.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// Returns the ranges of a chromosome.
    pub fn of(&self, chromosome: Chromosome) -> &[DepthRange] {
        self.ranges.get(&chromosome).map_or(&[], Vec::as_slice)
    }

    /// Returns the lowest depth over a range; `None` where the file does not say it of every base.
    pub fn least_depth(&self, chromosome: Chromosome, range: std::ops::RangeInclusive<u32>) -> Option<u32> {
        range
            .map(|position| self.depth_at(chromosome, position))
            .try_fold(u32::MAX, |least, depth| depth.map(|d| least.min(d)))
    }

    /// Returns the depth at a base; `None` where the file does not say.
    pub fn depth_at(&self, chromosome: Chromosome, position: u32) -> Option<u32> {
        let ranges = self.of(chromosome);
        let at = ranges.partition_point(|r| r.last < position);
        ranges.get(at).filter(|r| r.first <= position).map(|r| r.depth)
    }
}

/// Collects ranges in any order; where several cover a base the deepest counts.
#[derive(Clone, Debug, Default)]
pub(crate) struct CoverageBuilder {
    blocks: bool,
    ranges: BTreeMap<Chromosome, Vec<DepthRange>>,
}

impl CoverageBuilder {
    /// Adds a reference block, cut to the wanted ranges.
    pub(crate) fn add_block(&mut self, chromosome: Chromosome, wanted: &[(u32, u32)], range: DepthRange) {
        self.blocks = true;
        self.add(chromosome, wanted, range);
    }

    /// Adds the depth of a variant record; it counts only in a file that has reference blocks too.
    pub(crate) fn add(&mut self, chromosome: Chromosome, wanted: &[(u32, u32)], range: DepthRange) {
        let list = self.ranges.entry(chromosome).or_default();
        let start = wanted.partition_point(|w| w.1 < range.first);
        for &(first, last) in wanted[start..].iter().take_while(|w| w.0 <= range.last) {
            let piece = DepthRange {
                first: first.max(range.first),
                last: last.min(range.last),
                ..range
            };
            match list.last_mut() {
                Some(end) if end.depth == piece.depth && end.last.checked_add(1) == Some(piece.first) => {
                    end.last = piece.last;
                }
                _ => list.push(piece),
            }
        }
    }

    /// Counts the depths of records even where the file has no reference blocks: of a normal, where it was looked at all.
    pub(crate) fn count_records(&mut self) {
        self.blocks = true;
    }

    /// Sorts and flattens.
    pub(crate) fn finish(self) -> Coverage {
        if !self.blocks {
            return Coverage::default();
        }
        let ranges = self
            .ranges
            .into_iter()
            .map(|(c, list)| (c, flatten(list)))
            .filter(|(_, l)| !l.is_empty());
        Coverage {
            ranges: ranges.collect(),
        }
    }
}

fn flatten(mut list: Vec<DepthRange>) -> Vec<DepthRange> {
    list.sort_unstable_by_key(|r| (r.first, r.last));
    if list.windows(2).all(|w| w[0].last < w[1].first) {
        return list;
    }
    // Sweep: depths of the open ranges, by depth, with how many have it.
    let mut events: Vec<(u32, bool, u32)> = Vec::with_capacity(list.len() * 2);
    for range in &list {
        events.push((range.first, true, range.depth));
        events.push((range.last.saturating_add(1), false, range.depth));
    }
    events.sort_unstable();
    let mut open: BTreeMap<u32, u32> = BTreeMap::new();
    let mut flat: Vec<DepthRange> = Vec::new();
    let mut from = 0;
    let mut events = events.into_iter().peekable();
    while let Some((at, opens, depth)) = events.next() {
        if opens {
            *open.entry(depth).or_default() += 1;
        } else if let Some(count) = open.get_mut(&depth) {
            *count -= 1;
            if *count == 0 {
                open.remove(&depth);
            }
        }
        let Some(&(next, _, _)) = events.peek() else { break };
        if next == at {
            continue;
        }
        from = at.max(from);
        if let Some((&depth, _)) = open.last_key_value() {
            let piece = DepthRange {
                first: from,
                last: next - 1,
                depth,
                limit: None,
            };
            match flat.last_mut() {
                Some(end) if end.depth == depth && end.last + 1 == piece.first => end.last = piece.last,
                _ => flat.push(piece),
            }
        }
        from = next;
    }
    flat
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flattens_and_clips() {
        let mut builder = CoverageBuilder::default();
        let wanted = [(10, 20), (30, 40)];
        let range = |first, last, depth| DepthRange {
            first,
            last,
            depth,
            limit: None,
        };
        builder.add_block(Chromosome::X, &wanted, range(1, 35, 100));
        builder.add(Chromosome::X, &wanted, range(15, 16, 120));
        builder.add(Chromosome::X, &wanted, range(33, 33, 20));
        let actual = builder.finish();
        let expected = [
            range(10, 14, 100),
            range(15, 16, 120),
            range(17, 20, 100),
            range(30, 35, 100),
        ];
        assert_eq!(actual.of(Chromosome::X), expected);
        assert_eq!(actual.depth_at(Chromosome::X, 16), Some(120));
        assert_eq!(actual.depth_at(Chromosome::X, 36), None);
    }

    #[test]
    fn shows_nothing_without_reference_blocks() {
        let mut builder = CoverageBuilder::default();
        builder.add(
            Chromosome::X,
            &[(1, 9)],
            DepthRange {
                first: 2,
                last: 2,
                depth: 5,
                limit: None,
            },
        );
        assert!(builder.finish().is_empty());
    }
}
