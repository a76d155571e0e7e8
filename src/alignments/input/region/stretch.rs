//! Stretches of a genome, and how the work on them is divided.

use crate::alignments::input::format::AlignmentFormat;

/// A stretch of a contig, 0-based half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TargetRegion {
    /// Number of the contig in the header.
    pub contig: u32,
    /// First column.
    pub start: u32,
    /// Column behind the last.
    pub end: u32,
}

/// Longest stretch that is counted at once.
const LONGEST: u32 = 2048;
/// Targets closer than this are counted at once: a read pair reaches from one to the other.
const NEAR: u32 = 256;
/// Stretches closer than this are fetched at once: reading on costs less than jumping. An index of BAM knows where the reads
/// of each 16,384 columns begin, so that a jump decodes from there; a slice of CRAM holds ten thousand reads.
const FETCH_GAP_BAM: u32 = 1 << 14;
const FETCH_GAP_CRAM: u32 = 50_000;
/// Chunks of a span at the most, so that threads have something to share.
const LONGEST_SPAN: usize = 32;

/// A stretch that is counted at once, with the targets in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// The whole stretch.
    pub region: TargetRegion,
    /// The targets within.
    pub targets: Vec<TargetRegion>,
}

/// Chunks whose reads are fetched in one go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// The chunks in order.
    pub chunks: Vec<Chunk>,
}

impl Span {
    /// Returns the stretch from its first chunk to its last.
    pub(crate) fn region(&self) -> Option<TargetRegion> {
        let (first, last) = (self.chunks.first()?, self.chunks.last()?);
        Some(TargetRegion {
            end: last.region.end,
            ..first.region
        })
    }
}

/// Merges regions that overlap or touch, in order.
pub(crate) fn merged(mut regions: Vec<TargetRegion>) -> Vec<TargetRegion> {
    regions.retain(|r| r.start < r.end);
    regions.sort_unstable();
    let mut merged: Vec<TargetRegion> = Vec::with_capacity(regions.len());
    for region in regions {
        match merged.last_mut() {
            Some(last) if last.contig == region.contig && region.start <= last.end => {
                last.end = last.end.max(region.end);
            }
            _ => merged.push(region),
        }
    }
    merged
}

/// Divides merged regions into chunks: near ones together, long ones in pieces.
pub(crate) fn chunks(regions: &[TargetRegion]) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    for region in regions {
        let mut start = region.start;
        while start < region.end {
            let piece = TargetRegion {
                start,
                end: region.end.min(start.saturating_add(LONGEST)),
                ..*region
            };
            match chunks.last_mut() {
                Some(last)
                    if last.region.contig == piece.contig
                        && piece.start - last.region.end < NEAR
                        && piece.end - last.region.start <= LONGEST =>
                {
                    last.region.end = piece.end;
                    last.targets.push(piece);
                }
                _ => chunks.push(Chunk {
                    region: piece,
                    targets: vec![piece],
                }),
            }
            start = piece.end;
        }
    }
    chunks
}

/// Returns what lies beside merged targets, so many columns on each side, within a stretch and outside of every target; chunks without targets.
pub(crate) fn beside(targets: &[TargetRegion], reach: u32, within: &TargetRegion) -> Vec<Chunk> {
    let near = |t: &&TargetRegion| t.contig == within.contig && t.end > within.start && t.start < within.end;
    let reached = targets.iter().filter(near).map(|t| TargetRegion {
        start: t.start.saturating_sub(reach).max(within.start),
        end: t.end.saturating_add(reach).min(within.end),
        ..*t
    });
    let mut chunks = Vec::new();
    for region in merged(reached.collect()) {
        let mut start = region.start;
        let held = targets
            .iter()
            .filter(|t| t.contig == region.contig && t.end > region.start && t.start < region.end);
        // What lies behind the last target comes with an empty one at the end.
        let end = TargetRegion {
            start: region.end,
            ..region
        };
        for target in held.chain([&end]) {
            if start < target.start {
                chunks.push(Chunk {
                    region: TargetRegion {
                        start,
                        end: target.start,
                        ..region
                    },
                    targets: Vec::new(),
                });
            }
            start = start.max(target.end);
        }
    }
    chunks
}

/// Groups chunks into spans: those that lie close together, but not so many that threads would have nothing to share.
pub(crate) fn spans(chunks: Vec<Chunk>, format: AlignmentFormat) -> Vec<Span> {
    let gap = match format {
        AlignmentFormat::Cram => FETCH_GAP_CRAM,
        _ => FETCH_GAP_BAM,
    };
    let most = (chunks.len() / 32).max(LONGEST_SPAN);
    let mut spans: Vec<Span> = Vec::new();
    for chunk in chunks {
        match spans.last_mut() {
            Some(span)
                if span.chunks.len() < most
                    && span.chunks.last().is_some_and(|last| {
                        // What overlaps, as the places of two duplications may, is read by itself.
                        last.region.contig == chunk.region.contig
                            && last.region.end <= chunk.region.start
                            && chunk.region.start - last.region.end < gap
                    }) =>
            {
                span.chunks.push(chunk);
            }
            _ => spans.push(Span { chunks: vec![chunk] }),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(start: u32, end: u32) -> TargetRegion {
        TargetRegion {
            contig: 0,
            start,
            end,
        }
    }

    #[test]
    fn merges_what_touches() {
        let actual = merged(vec![region(30, 40), region(10, 20), region(20, 25), region(7, 7)]);
        assert_eq!(actual, [region(10, 25), region(30, 40)]);
    }

    /// The places of two duplications may overlap; the distance between them was taken without asking.
    #[test]
    fn chunks_that_overlap_are_read_by_themselves() {
        let chunk = |start, end| Chunk {
            region: region(start, end),
            targets: vec![region(start, end)],
        };
        let (first, second) = (chunk(100, 400), chunk(350, 600));
        let actual = spans(vec![first.clone(), second.clone()], AlignmentFormat::Bam);
        let chunks: Vec<_> = actual.into_iter().map(|span| span.chunks).collect();
        assert_eq!(chunks, [vec![first], vec![second]]);
    }

    #[test]
    fn what_lies_beside_targets_is_within_the_stretch_and_outside_of_them() {
        let targets = [
            region(50, 60),
            region(100, 200),
            region(210, 300),
            region(900, 1000),
        ];
        let chunks = beside(&targets, 40, &region(90, 970));
        let regions: Vec<_> = chunks.iter().map(|c| (c.region.start, c.region.end)).collect();
        assert_eq!(regions, [(90, 100), (200, 210), (300, 340), (860, 900)]);
        assert!(
            beside(
                &targets,
                40,
                &TargetRegion {
                    contig: 1,
                    ..region(0, 5000)
                }
            )
            .is_empty()
        );
    }

    #[test]
    fn every_target_column_is_in_one_chunk() {
        let regions = [region(0, 5000), region(5100, 5200), region(9000, 9001)];
        let chunks = chunks(&regions);
        let mut columns: Vec<u32> = chunks
            .iter()
            .flat_map(|c| c.targets.iter())
            .flat_map(|t| t.start..t.end)
            .collect();
        columns.sort_unstable();
        let expected: Vec<u32> = (0..5000).chain(5100..5200).chain(9000..9001).collect();
        assert_eq!(columns, expected);
        assert!(chunks.iter().all(|c| c.region.end - c.region.start <= LONGEST));
        let spans = spans(chunks.clone(), AlignmentFormat::Bam);
        assert_eq!(
            spans.into_iter().flat_map(|s| s.chunks).collect::<Vec<_>>(),
            chunks
        );
    }
}
