//! Long tandem duplications (as of FLT3), counted at the junction of the two copies, which a few other bases may part.
//!
//! A read of the usual length does not span a long duplication, so that it cannot be laid on the changed sequence from unchanged
//! bases on either side. But it can pass the junction, from the end of the first copy into the start of the second, where an
//! aligner clips it. Of each changed molecule one read position set passes the junction; of every molecule as many pass the end
//! of the last copy into the unchanged bases, and the start of the first. So junction fragments divided by the mean of those
//! two is the fraction of changed molecules. With bases between the copies more read positions touch the junction; those that
//! reach half of these bases farther are as many.
//!
//! Mates of one molecule at the junction may be aligned apart, each on its own copy: fragments are told by the names of their reads.

use std::collections::HashMap;

use rust_htslib::bam::Record;

use crate::alignments::counts::indel::Indel;
use crate::alignments::counts::observation::IndelChange;
use crate::alignments::input::reference::Reference;
use crate::alignments::input::region::{Chunk, TargetRegion};
use crate::alignments::reads::filter::ReadFilter;
use crate::alignments::reads::read::AlignedRead;
use crate::alignments::reads::visit::ChunkVisitor;

/// Length from which a duplication is counted at its junction, in bases.
pub(crate) const SHORTEST: usize = 60;
/// Bases between the copies at the most, and bases of a copy at least: otherwise it is any insertion.
const LONGEST_FILLER: usize = 32;
const SHORTEST_COPY: usize = 30;
/// Bases compared behind a boundary.
const COMPARED: usize = 40;
/// Bases on each side of a boundary that a read needs.
pub(crate) const REACH: usize = 8;
/// Columns before a boundary at which an aligner may already have clipped a read.
const CLIPPED_EARLY: u32 = 8;
/// Share of the compared bases of quality 20 or more that must fit.
const FIT: f64 = 0.9;
/// Columns on each side whose bases are kept.
const FLANK: u32 = 64;

/// A long tandem duplication and where it begins and ends.
#[derive(Clone, Debug)]
pub(crate) struct TandemSite {
    /// The duplication as an insertion in leftmost form.
    pub indel: Indel,
    /// First column of the duplicated stretch.
    first: u32,
    /// Column behind it, and behind the bases that go on like its start.
    behind: u32,
    /// Bases gained.
    length: u32,
    /// Bases between the two copies that belong to neither.
    filler: Vec<u8>,
}

impl TandemSite {
    /// Returns the site of an indel, if it is a long tandem duplication.
    pub(crate) fn of(indel: &Indel, reference: &Reference) -> Option<Self> {
        let IndelChange::Insertion(bases) = &indel.change else {
            return None;
        };
        let slack = indel.slack(reference);
        let length = u32::try_from(bases.len()).ok()?;
        // In its leftmost form the insertion begins like what follows it, as far as it is a copy of that.
        let filler = bases.get(slack as usize..).unwrap_or_default().to_vec();
        let is_copy = filler.len() <= LONGEST_FILLER && slack as usize >= SHORTEST_COPY;
        (bases.len() >= SHORTEST && is_copy).then(|| Self {
            indel: indel.clone(),
            first: indel.after + 1,
            behind: indel.after + 1 + slack,
            length,
            filler,
        })
    }

    /// Returns the columns at which reads of the junction leave the reference: the first of the stretch, and the one behind it.
    pub(crate) const fn ends(&self) -> [u32; 2] {
        [self.first, self.behind]
    }

    /// Returns the chunk that a reader must visit.
    pub(crate) fn chunk(&self) -> Chunk {
        let region = TargetRegion {
            contig: self.indel.contig,
            start: self.first.saturating_sub(1),
            end: self.behind + 1,
        };
        Chunk {
            region,
            targets: vec![region],
        }
    }
}

/// Fragments at the junction and at the outer boundaries of a duplication.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TandemCounts {
    /// Fragments that show the junction of the copies.
    pub shown: u32,
    /// Those of them that reach far enough beyond it to be compared with the boundaries, forward and reverse.
    pub junction: [u32; 2],
    /// Fragments that pass the start of the stretch from unchanged bases.
    pub start: u32,
    /// Fragments that pass the end of the stretch into unchanged bases.
    pub end: u32,
    /// Sum of mapping qualities of the fragments that show the junction.
    pub mapping_quality: u64,
}

impl TandemCounts {
    /// Returns the fragments of changed molecules, as many of each as of others.
    pub(crate) fn alternate(&self) -> u32 {
        self.junction[0] + self.junction[1]
    }

    /// Returns the fragments of all molecules: the mean of both boundaries, and no less than those of changed ones.
    pub(crate) fn depth(&self) -> u32 {
        self.start.midpoint(self.end).max(self.alternate())
    }
}

/// Counts the fragments of one duplication.
#[derive(Debug)]
pub(crate) struct TandemCount {
    filter: ReadFilter,
    judge: Judge,
    /// The read at hand; its memory is used again.
    read: AlignedRead,
    site: TandemSite,
    /// What fragments pass, by the names of their reads; those that pass something.
    fragments: HashMap<Vec<u8>, Fragment>,
}

/// A fragment with what its reads pass.
#[derive(Clone, Copy, Debug)]
struct Fragment {
    passed: Passed,
    /// Strand of the first read of the pair, or of the one that there is.
    reverse: bool,
    /// The lower of two.
    mapping_quality: u8,
}

impl TandemCount {
    /// Makes the visitor of a site.
    pub(crate) fn new(site: &TandemSite, reference: &Reference, filter: &ReadFilter) -> Self {
        let codes = |start: u32, end: u32| reference.codes(site.indel.contig, start, end);
        let before = site.first.saturating_sub(FLANK);
        let filter = ReadFilter {
            keep_bases: true,
            ..filter.clone()
        };
        Self {
            filter,
            judge: Judge {
                first: site.first,
                behind: site.behind,
                length: site.length,
                behind_end: codes(site.behind, site.behind + FLANK),
                again: if site.filler.is_empty() {
                    codes(site.behind - site.length, site.behind - site.length + FLANK)
                } else {
                    [site.filler.clone(), codes(site.first, site.first + FLANK)].concat()
                },
                before_start: codes(before, site.first),
                end_of_copy: if site.filler.is_empty() {
                    let end = site.first + site.length;
                    codes(end.saturating_sub(FLANK), end)
                } else {
                    let end = codes(site.behind.saturating_sub(FLANK), site.behind);
                    [end, site.filler.clone()].concat()
                },
                between: site.filler.len(),
            },
            site: site.clone(),
            read: AlignedRead::default(),
            fragments: HashMap::new(),
        }
    }
}

impl ChunkVisitor for TandemCount {
    type Output = (TandemSite, TandemCounts);

    fn take(&mut self, record: &Record) {
        if !self.read.fill(record, &self.filter) {
            return;
        }
        let passed = self.judge.passed(&self.read);
        if !(passed.junction || passed.start || passed.end) {
            return;
        }
        let read = Fragment {
            passed,
            reverse: self.read.reverse,
            mapping_quality: self.read.mapping_quality,
        };
        let mut name = record.qname().to_vec();
        if !self.filter.mates_are_one {
            name.extend(record.flags().to_le_bytes());
        }
        self.fragments
            .entry(name)
            .and_modify(|known| known.add(read, record.is_first_in_template()))
            .or_insert(read);
    }

    fn finish(self) -> Self::Output {
        let mut counts = TandemCounts::default();
        for fragment in self.fragments.values() {
            counts.add(*fragment);
        }
        (self.site, counts)
    }
}

impl Fragment {
    /// Takes in what another read of the fragment passes.
    fn add(&mut self, other: Self, is_first: bool) {
        self.passed.junction |= other.passed.junction;
        self.passed.reaches |= other.passed.reaches;
        self.passed.start |= other.passed.start;
        self.passed.end |= other.passed.end;
        self.mapping_quality = self.mapping_quality.min(other.mapping_quality);
        if is_first {
            self.reverse = other.reverse;
        }
    }
}

impl TandemCounts {
    fn add(&mut self, fragment: Fragment) {
        let passed = fragment.passed;
        self.shown += u32::from(passed.junction);
        self.junction[usize::from(fragment.reverse)] += u32::from(passed.reaches);
        self.mapping_quality += u64::from(passed.junction) * u64::from(fragment.mapping_quality);
        self.start += u32::from(passed.start);
        self.end += u32::from(passed.end);
    }
}

#[derive(Debug)]
struct Judge {
    first: u32,
    behind: u32,
    length: u32,
    /// Bases behind the stretch, and those that follow where a copy begins anew.
    behind_end: Vec<u8>,
    again: Vec<u8>,
    /// Bases before the stretch, and those at the end of a copy.
    before_start: Vec<u8>,
    end_of_copy: Vec<u8>,
    /// Number of bases between the copies.
    between: usize,
}

/// What a read passes.
#[allow(clippy::struct_excessive_bools, reason = "a fragment may pass each of them")]
#[derive(Clone, Copy, Debug, Default)]
struct Passed {
    junction: bool,
    /// The junction, so far that as many reads do as pass a boundary.
    reaches: bool,
    start: bool,
    end: bool,
}

impl Judge {
    fn passed(&self, read: &AlignedRead) -> Passed {
        let mut passed = Passed::default();
        let known = read.known_bases();
        let bases = || {
            let all = read
                .bases
                .iter()
                .copied()
                .zip(read.base_qualities.iter().copied());
            all.take(known.end)
        };
        if let Some(offset) = offset_near_end(read, self.behind - 1)
            && (offset + 1).saturating_sub(known.start) >= REACH
        {
            let following: Vec<(u8, u8)> = bases().skip(offset + 1).take(COMPARED).collect();
            let (flank, again) = (
                fits(following.iter(), self.behind_end.iter()),
                fits(following.iter(), self.again.iter()),
            );
            passed.end |= flank && !again;
            passed.junction |= again && !flank;
            passed.reaches |= again && !flank && following.len() >= REACH + self.between / 2;
        }
        if let Some(offset) = offset_near_start(read, self.first)
            && known.end.saturating_sub(offset) >= REACH
        {
            let from = offset.saturating_sub(COMPARED).max(known.start).min(offset);
            let preceding: Vec<(u8, u8)> = bases().skip(from).take(offset - from).collect();
            let (flank, again) = (
                fits(preceding.iter().rev(), self.before_start.iter().rev()),
                fits(preceding.iter().rev(), self.end_of_copy.iter().rev()),
            );
            passed.start |= flank && !again;
            passed.junction |= again && !flank;
            passed.reaches |= again && !flank && preceding.len() >= REACH + self.between.div_ceil(2);
        }
        // Where the aligner wrote the insertion, both boundaries look unchanged.
        let written = read.insertions.iter().any(|i| {
            u32::try_from(i.bases.len()) == Ok(self.length)
                && i.after + 1 >= self.first
                && i.after < self.behind
        });
        passed.junction |= written;
        passed.reaches |= written;
        passed
    }
}

/// Returns the read offset of a column, also where the read was clipped a few bases before it: in a clip bases follow one another.
fn offset_near_end(read: &AlignedRead, column: u32) -> Option<usize> {
    let beyond = (column + 1).saturating_sub(read.end());
    if beyond == 0 || beyond > CLIPPED_EARLY || read.right_clip.is_empty() {
        return read.offset_of_base(column);
    }
    let last = read.offset_of_base(read.end() - 1)?;
    Some(last + beyond as usize)
}

/// Returns the same where the read's aligned part begins a few bases behind the column.
fn offset_near_start(read: &AlignedRead, column: u32) -> Option<usize> {
    let missing = read.first.saturating_sub(column);
    if missing == 0 || missing > CLIPPED_EARLY {
        return read.offset_of_base(column);
    }
    read.left_clip.len().checked_sub(missing as usize)
}

/// Whether the good bases of a read fit a sequence, and there are enough of them.
fn fits<'a>(read: impl Iterator<Item = &'a (u8, u8)>, expected: impl Iterator<Item = &'a u8>) -> bool {
    let (mut good, mut fitting) = (0_usize, 0_usize);
    for ((base, quality), expected) in read.zip(expected) {
        if *quality >= 20 {
            good += 1;
            fitting += usize::from(base == expected);
        }
    }
    good >= REACH && fitting as f64 >= FIT * good as f64
}
