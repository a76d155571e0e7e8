//! Where the panel looks: coding bases and the intron bases beside them, per gene and build.

use std::ops::RangeInclusive;

use crate::copies::PTD_GENE;
use crate::drivers::event_region;
use crate::genome::{Build, Chromosome, Regions};
use crate::panel::{Panel, PanelGene};
use crate::transcript::{self, Transcript};

/// Intron bases beside each coding exon that are looked at: the splice sites and the splice region (VEP: 8 bases).
pub(super) const PADDING: u32 = 8;

/// Intron bases beside each coding exon that count as target: the splice sites themselves.
const SPLICE_SITE: u32 = 2;

/// One gene's target on one build.
#[derive(Clone, Debug)]
pub struct GeneTarget<'p> {
    /// The panel's entry.
    pub gene: &'p PanelGene,
    /// Its transcript on this build.
    pub transcript: &'p Transcript,
    /// What a call may lie in: coding bases with eight intron bases on each side, 1-based inclusive, ascending.
    pub searched: Vec<RangeInclusive<u32>>,
    /// What must be covered to call the gene assessed: coding bases and splice sites, limited to `--targets`.
    pub target: Vec<RangeInclusive<u32>>,
    /// Coding bases and splice sites of the whole gene, also those outside of `--targets`.
    pub gene_bases: u32,
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
    /// Returns the transcript of KMT2A and the stretch in which its partial tandem duplication lies, 1-based; `None` where the gene is not
    /// looked at, or its exons go by numbers that are not known.
    pub fn kmt2a(&self) -> Option<(&'p Transcript, RangeInclusive<u32>)> {
        let mut genes = self.genes.iter();
        let target = genes.find(|g| g.gene.symbol == PTD_GENE && !g.searched.is_empty())?;
        Some((target.transcript, event_region(target.transcript)?))
    }

    /// Finds the transcripts of a panel and limits their regions to `within`, the user's target BED.
    pub fn new(panel: &'p Panel, build: Build, within: Option<&Regions>) -> Result<Self, NoTranscript> {
        Self::with_transcripts(panel, build, within, &|accession, build| {
            transcript::transcript(accession, build)
        })
    }

    /// Does the same with transcripts from elsewhere than the table inside the program.
    pub fn with_transcripts(
        panel: &'p Panel,
        build: Build,
        within: Option<&Regions>,
        find: &dyn Fn(&str, Build) -> Option<&'p Transcript>,
    ) -> Result<Self, NoTranscript> {
        let gene_target = |gene: &'p PanelGene| {
            let transcript = find(&gene.transcript, build).ok_or_else(|| NoTranscript {
                gene: gene.symbol.clone(),
                transcript: gene.transcript.clone(),
                build,
            })?;
            let limited = |ranges: Vec<RangeInclusive<u32>>| match within {
                Some(regions) => regions.intersect(transcript.chromosome(), &ranges),
                None => ranges,
            };
            let whole = with_splice_sites(transcript.coding_regions(0));
            Ok(GeneTarget {
                gene,
                transcript,
                searched: limited(transcript.coding_regions(PADDING)),
                gene_bases: whole.iter().map(|r| r.end() - r.start() + 1).sum(),
                target: limited(whole),
            })
        };
        Ok(Self {
            build,
            genes: panel.genes.iter().map(gene_target).collect::<Result<_, _>>()?,
        })
    }

    /// Returns everything that is searched, for readers that can skip the rest of a file.
    pub fn regions(&self) -> Regions {
        let ranges = |g: &GeneTarget<'_>| {
            g.searched.clone().into_iter().map({
                let chromosome = g.transcript.chromosome();
                move |r| (chromosome, r)
            })
        };
        Regions::new(self.genes.iter().flat_map(ranges))
    }

    /// Returns the stretches, introns and all, in which events of the panel's genes begin and end.
    pub fn event_regions(&self) -> Regions {
        let region = |g: &GeneTarget<'_>| {
            let region = event_region(g.transcript).filter(|_| !g.searched.is_empty())?;
            Some((g.transcript.chromosome(), region))
        };
        Regions::new(self.genes.iter().filter_map(region))
    }

    /// Returns the genes of which a range holds any base, those of introns among them, within the user's targets.
    pub fn reached(
        &self,
        chromosome: Chromosome,
        range: &RangeInclusive<u32>,
    ) -> impl Iterator<Item = &GeneTarget<'p>> {
        let range = range.clone();
        self.genes.iter().filter(move |g| {
            let span = g.transcript.span();
            g.transcript.chromosome() == chromosome
                && !g.searched.is_empty()
                && span.start() <= range.end()
                && range.start() <= span.end()
        })
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

/// Adds the splice sites to coding regions: two bases on each side that borders another exon, none at the two ends.
fn with_splice_sites(regions: Vec<RangeInclusive<u32>>) -> Vec<RangeInclusive<u32>> {
    let last = regions.len().saturating_sub(1);
    let widen = |(index, region): (usize, RangeInclusive<u32>)| {
        let (first, end) = region.into_inner();
        let before = if index == 0 { 0 } else { SPLICE_SITE };
        let behind = if index == last { 0 } else { SPLICE_SITE };
        first - before..=end + behind
    };
    regions.into_iter().enumerate().map(widen).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_coding_bases_and_splice_sites() {
        let panel = Panel::bundled("myeloid33").unwrap();
        for build in Build::ALL {
            let targets = Targets::new(&panel, build, None).unwrap();
            assert_eq!(targets.genes.len(), 33);
            for target in &targets.genes {
                let bases: u32 = target.target.iter().map(|r| r.end() - r.start() + 1).sum();
                let exons = u32::try_from(target.target.len()).unwrap();
                assert_eq!(
                    bases,
                    target.transcript.cds_length() + 4 * (exons - 1),
                    "{} {build}",
                    target.gene.symbol
                );
            }
        }
    }

    #[test]
    fn a_target_bed_limits_what_is_searched() {
        let panel = Panel::bundled("myeloid33").unwrap();
        let jak2_v617 = Regions::new([(
            crate::genome::Chromosome::parse("9").unwrap(),
            5_073_770..=5_073_770,
        )]);
        let targets = Targets::new(&panel, Build::Grch38, Some(&jak2_v617)).unwrap();
        let searched: Vec<_> = targets.genes.iter().flat_map(|g| g.searched.clone()).collect();
        assert_eq!(searched, [5_073_770..=5_073_770]);
        // One base of JAK2 does not make the gene assessed.
        let jak2 = targets.genes.iter().find(|g| g.gene.symbol == "JAK2").unwrap();
        assert!(jak2.gene_bases > 3_000, "{}", jak2.gene_bases);
    }
}
