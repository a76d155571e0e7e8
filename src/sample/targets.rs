//! Where the panel looks: coding bases and the intron bases beside them, per gene and build.

use std::ops::RangeInclusive;

use crate::genome::{Build, Chromosome, Regions};
use crate::panel::{Panel, PanelGene};
use crate::transcript::{self, Transcript};

/// Intron bases beside each coding exon that are looked at: the splice sites and the splice region (VEP: 8 bases).
pub const PADDING: u32 = 8;

/// Intron bases beside each coding exon that count as target: the splice sites themselves.
const SPLICE_SITE: u32 = 2;

/// One gene's target on one build.
#[derive(Clone, Debug)]
pub struct GeneTarget<'p> {
    /// The panel's entry.
    pub gene: &'p PanelGene,
    /// Its transcript on this build.
    pub transcript: &'static Transcript,
    /// What a call may lie in: coding bases with [`PADDING`], 1-based inclusive, ascending.
    pub searched: Vec<RangeInclusive<u32>>,
    /// What must be covered to call the gene assessed: coding bases and splice sites, limited to `--targets`.
    pub target: Vec<RangeInclusive<u32>>,
}

/// A panel gene whose transcript is not in the transcript table of the build.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("gene {gene}: transcript {transcript} is not in the table for {build}; see `hemoclone panel show`")]
pub struct NoTranscript {
    /// The gene.
    pub gene: String,
    /// The accession.
    pub transcript: String,
    /// The build.
    pub build: Build,
}

/// The targets of a whole panel on one build.
#[derive(Clone, Debug)]
pub struct Targets<'p> {
    /// The build.
    pub build: Build,
    /// One entry per gene, in the panel's order.
    pub genes: Vec<GeneTarget<'p>>,
}

impl<'p> Targets<'p> {
    /// Finds the transcripts of a panel and limits their regions to `within`, the user's target BED.
    pub fn new(panel: &'p Panel, build: Build, within: Option<&Regions>) -> Result<Self, NoTranscript> {
        let gene_target = |gene: &'p PanelGene| {
            let transcript = transcript::transcript(&gene.transcript, build).ok_or_else(|| NoTranscript {
                gene: gene.symbol.clone(),
                transcript: gene.transcript.clone(),
                build,
            })?;
            let limited = |ranges: Vec<RangeInclusive<u32>>| match within {
                Some(regions) => regions.intersect(transcript.chromosome(), &ranges),
                None => ranges,
            };
            Ok(GeneTarget {
                gene,
                transcript,
                searched: limited(transcript.coding_regions(PADDING)),
                target: limited(transcript.coding_regions(SPLICE_SITE)),
            })
        };
        Ok(Self {
            build,
            genes: panel.genes.iter().map(gene_target).collect::<Result<_, _>>()?,
        })
    }

    /// Returns everything that is searched, for readers that can skip the rest of a file.
    pub fn regions(&self) -> crate::variants::Regions {
        crate::variants::Regions::new(
            self.genes
                .iter()
                .flat_map(|g| g.searched.iter().map(|r| (g.transcript.chromosome(), r.clone()))),
        )
    }

    /// Returns the genes whose searched region a range overlaps.
    pub fn overlapping(
        &self,
        chromosome: Chromosome,
        range: &RangeInclusive<u32>,
    ) -> impl Iterator<Item = &GeneTarget<'p>> {
        let range = range.clone();
        self.genes.iter().filter(move |g| {
            g.transcript.chromosome() == chromosome
                && g.searched
                    .iter()
                    .any(|r| r.start() <= range.end() && range.start() <= r.end())
        })
    }
}
