//! Primers of amplicons: their bases are those of the oligonucleotide, not of the sample, and count for nothing.
//!
//! A molecule of an amplicon begins with one primer and ends with another, and so do the reads: the one at the 5' end of a read,
//! the other where the read goes through to the end of its molecule. Which primers a read has is told by the ends of its molecule,
//! not by where primers lie: what a read shows under the primers of *other* amplicons is of the sample.

use std::path::{Path, PathBuf};

use crate::alignments::input::error::{AlignmentError, TargetError};
use crate::alignments::input::region::PrimerRegion;
use crate::evidence::Warning;

/// Bases by which an end of a read may miss the end of its primer, as in `samtools ampliconclip`: primers lose bases in synthesis.
const TOLERANCE: u32 = 5;

/// What is known of a library's primers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PrimerChoice {
    /// Nothing: they are learned where the reads plainly begin as those of amplicons.
    #[default]
    Learn,
    /// There are none, whatever the reads look like.
    None,
    /// A BED file of them.
    Bed(PathBuf),
}

impl PrimerChoice {
    /// Words that stand for a choice where a file may be named.
    pub const LEARN: &'static str = "learn";
    /// See [`PrimerChoice::LEARN`].
    pub const NONE: &'static str = "none";

    /// Returns what an option says: one of the words, or a file.
    pub fn of(path: &Path) -> Self {
        match path.to_str() {
            Some(Self::LEARN) => Self::Learn,
            Some(Self::NONE) => Self::None,
            _ => Self::Bed(path.to_path_buf()),
        }
    }

    /// Returns the file, if it is one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Bed(path) => Some(path),
            Self::Learn | Self::None => None,
        }
    }
}

/// Why primers are not known.
#[derive(Debug, thiserror::Error)]
pub enum PrimerError {
    /// Their file cannot be used.
    #[error("primers: {0}")]
    Bed(#[from] TargetError),
    /// The reads cannot be read.
    #[error(transparent)]
    Reads(#[from] AlignmentError),
}

/// Where primers come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PrimerOrigin {
    /// There are none: the library is no amplicons, or nobody knows.
    #[default]
    None,
    /// From a BED file.
    Given,
    /// From the starts of reads; bases of each.
    Learned(u32),
}

/// Primers by contig: those at the left end of molecules, and those at the right end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Primers {
    /// Contig, start, end; sorted.
    left: Vec<(u32, u32, u32)>,
    /// The same for the right ends.
    right: Vec<(u32, u32, u32)>,
    /// Bases of the longest.
    longest: u32,
    origin: PrimerOrigin,
}

/// The ends of a read and of its molecule on the reference, as far as the record tells them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ends {
    /// Contig number.
    pub contig: u32,
    /// First aligned column of the read and the column behind its last.
    pub read: (u32, u32),
    /// Soft-clipped bases before and behind it.
    pub clips: (u32, u32),
    /// Whether the read is on the reverse strand.
    pub reverse: bool,
    /// First column of the molecule and the column behind its last, where both mates lie as those of one molecule do.
    pub molecule: Option<(u32, u32)>,
}

impl Primers {
    /// Makes primers of regions; one without a strand may stand at either end of a molecule.
    pub(crate) fn new(regions: &[PrimerRegion], origin: PrimerOrigin) -> Self {
        let of_end = |reverse: bool| {
            let here = regions.iter().filter(|p| p.reverse.is_none_or(|r| r == reverse));
            let mut all: Vec<(u32, u32, u32)> = here
                .map(|p| (p.region.contig, p.region.start, p.region.end))
                .collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        let lengths = regions.iter().map(|p| p.region.end - p.region.start);
        Self {
            left: of_end(false),
            right: of_end(true),
            longest: lengths.max().unwrap_or(0),
            origin: if regions.is_empty() {
                PrimerOrigin::None
            } else {
                origin
            },
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.left.is_empty() && self.right.is_empty()
    }

    /// Returns where they come from.
    pub fn origin(&self) -> PrimerOrigin {
        self.origin
    }

    /// Says in one line what was done; `None` where there are no primers.
    pub fn told(&self) -> Option<String> {
        match self.origin {
            PrimerOrigin::None => None,
            PrimerOrigin::Given => Some(format!(
                "bases of {} primers are not counted; rules on strands are off",
                self.places()
            )),
            PrimerOrigin::Learned(length) => Some(self.learned(length).to_string()),
        }
    }

    /// Says that primers of so many bases were learned.
    pub fn learned(&self, length: u32) -> Warning {
        Warning::PrimersLearned {
            places: self.places(),
            length,
        }
    }

    fn places(&self) -> usize {
        let places: std::collections::BTreeSet<_> = self.left.iter().chain(&self.right).collect();
        places.len()
    }

    /// Returns the first column behind the primer with which a read begins on its left, and the column of the primer with which it
    /// ends on its right.
    pub(crate) fn of(&self, ends: &Ends) -> (Option<u32>, Option<u32>) {
        let (first, end) = ends.read;
        let (left, right) = if ends.reverse {
            let through = ends
                .molecule
                .and_then(|(start, _)| self.left_at(ends.contig, start, None));
            // Where the mate was clipped, the read's own end says it.
            let through = through.or_else(|| self.left_at(ends.contig, first, Some(ends.clips.0)));
            (through, self.right_at(ends.contig, end, Some(ends.clips.1)))
        } else {
            let through = ends
                .molecule
                .and_then(|(_, behind)| self.right_at(ends.contig, behind, None));
            let through = through.or_else(|| self.right_at(ends.contig, end, Some(ends.clips.1)));
            (self.left_at(ends.contig, first, Some(ends.clips.0)), through)
        };
        // A read that ends before the far primer does not show it.
        (
            left.filter(|column| *column >= first),
            right.filter(|column| *column <= end),
        )
    }

    /// Returns the end of the left primer at which something begins: the one whose start is nearest.
    fn left_at(&self, contig: u32, first: u32, clip: Option<u32>) -> Option<u32> {
        let reach = self.longest.saturating_add(clip.unwrap_or(0));
        let from = (contig, first.saturating_sub(reach), 0);
        let candidates = &self.left[self.left.partition_point(|p| *p < from)..];
        let near = candidates.iter().take_while(|(c, start, _)| {
            *c == contig && *start <= first.saturating_add(TOLERANCE).saturating_add(clip.unwrap_or(0))
        });
        near.filter(|(_, start, end)| {
            let inside = |at: u32| at.saturating_add(TOLERANCE) >= *start && at <= *end;
            is_at(clip, inside(first), first.abs_diff(*start), |clip| {
                first.checked_sub(clip).is_some_and(inside)
            })
        })
        .min_by_key(|(_, start, end)| (start.abs_diff(first), std::cmp::Reverse(*end)))
        .map(|(_, _, end)| *end)
    }

    /// Returns the start of the right primer with which something ends: the one whose end is nearest.
    fn right_at(&self, contig: u32, behind: u32, clip: Option<u32>) -> Option<u32> {
        let reach = self.longest + TOLERANCE;
        let from = (contig, behind.saturating_sub(reach), 0);
        let most = behind.saturating_add(clip.unwrap_or(0));
        let candidates = &self.right[self.right.partition_point(|p| *p < from)..];
        let near = candidates
            .iter()
            .take_while(|(c, start, _)| *c == contig && *start <= most);
        near.filter(|(_, start, end)| {
            let inside = |at: u32| at >= *start && at <= end.saturating_add(TOLERANCE);
            is_at(clip, inside(behind), behind.abs_diff(*end), |clip| {
                inside(behind.saturating_add(clip))
            })
        })
        .min_by_key(|(_, start, end)| (end.abs_diff(behind), *start))
        .map(|(_, start, _)| *start)
    }
}

/// Whether an end lies at a primer: within it, or at its outer edge. Behind a longer clip only the unclipped end can say so: an
/// insertion that the aligner clipped ends anywhere.
fn is_at(clip: Option<u32>, inside: bool, from_edge: u32, unclipped: impl Fn(u32) -> bool) -> bool {
    match clip {
        None | Some(0) => inside,
        Some(clip) => (inside && clip <= TOLERANCE) || from_edge <= TOLERANCE || unclipped(clip),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alignments::input::region::TargetRegion;

    fn primer(start: u32, end: u32, reverse: Option<bool>) -> PrimerRegion {
        PrimerRegion {
            region: TargetRegion {
                contig: 0,
                start,
                end,
            },
            reverse,
        }
    }

    fn ends(read: (u32, u32), reverse: bool, molecule: Option<(u32, u32)>) -> Ends {
        Ends {
            contig: 0,
            read,
            clips: (0, 0),
            reverse,
            molecule,
        }
    }

    /// Two amplicons that overlap: 100–270 and 214–384, primers of 22 bases.
    fn tiled() -> Primers {
        let primers = [
            primer(100, 122, Some(false)),
            primer(248, 270, Some(true)),
            primer(214, 236, Some(false)),
            primer(362, 384, Some(true)),
        ];
        Primers::new(&primers, PrimerOrigin::Given)
    }

    #[test]
    fn a_read_loses_the_primers_of_its_own_molecule_alone() {
        let primers = tiled();
        let molecule = Some((100, 270));
        // Reads of 150 bases: forward from 100, reverse to 270. Each passes 214–236, the primer of the other amplicon.
        assert_eq!(
            primers.of(&ends((100, 250), false, molecule)),
            (Some(122), Some(248))
        );
        assert_eq!(
            primers.of(&ends((120, 270), true, molecule)),
            (Some(122), Some(248))
        );
        // Shorter reads do not reach the far primer.
        assert_eq!(primers.of(&ends((100, 200), false, molecule)), (Some(122), None));
        assert_eq!(primers.of(&ends((170, 270), true, molecule)), (None, Some(248)));
        // Without a mate the read's own end says it.
        assert_eq!(primers.of(&ends((100, 270), false, None)), (Some(122), Some(248)));
        assert_eq!(primers.of(&ends((100, 230), false, None)), (Some(122), None));
    }

    #[test]
    fn an_end_may_miss_its_primer_by_five_bases() {
        let primers = tiled();
        for first in 95..=122 {
            assert_eq!(
                primers.of(&ends((first, 200), false, None)).0,
                Some(122),
                "{first}"
            );
        }
        for first in [94, 123, 150] {
            assert_eq!(primers.of(&ends((first, 200), false, None)).0, None, "{first}");
        }
        for end in 248..=275 {
            assert_eq!(primers.of(&ends((180, end), true, None)).1, Some(248), "{end}");
        }
        assert_eq!(primers.of(&ends((180, 276), true, None)).1, None);
    }

    #[test]
    fn a_clipped_end_within_a_primer_is_no_end_of_a_molecule() {
        let primers = tiled();
        let clipped = |first, clip| Ends {
            clips: (clip, 0),
            ..ends((first, 300), false, None)
        };
        // Forty bases of a duplication before an aligned part that begins within the primer of another amplicon.
        assert_eq!(primers.of(&clipped(225, 40)).0, None);
        // A mismatch of the primer, a primer that was clipped before, and a tag before the primer.
        assert_eq!(primers.of(&clipped(217, 3)).0, Some(236));
        assert_eq!(primers.of(&clipped(236, 22)).0, Some(236));
        assert_eq!(primers.of(&clipped(214, 10)).0, Some(236));
    }

    #[test]
    fn without_a_strand_a_primer_stands_at_either_end() {
        let primers = Primers::new(&[primer(100, 120, None)], PrimerOrigin::Given);
        assert_eq!(primers.of(&ends((100, 200), false, None)).0, Some(120));
        assert_eq!(primers.of(&ends((10, 120), true, None)).1, Some(100));
        assert!(Primers::new(&[], PrimerOrigin::Given).told().is_none());
    }

    #[test]
    fn of_two_primers_the_nearer_one_holds() {
        let primers = Primers::new(
            &[primer(100, 122, Some(false)), primer(104, 130, Some(false))],
            PrimerOrigin::Given,
        );
        assert_eq!(primers.of(&ends((100, 200), false, None)).0, Some(122));
        assert_eq!(primers.of(&ends((104, 200), false, None)).0, Some(130));
    }
}
