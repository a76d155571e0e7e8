//! Copies of the panel's own genes: the partial tandem duplication of KMT2A, arms that are lost or gained, and lost heterozygosity.
//!
//! Depth and the fractions of heterozygous sites suggest and never prove: what follows from it is said to be confirmed, and no score takes it as a fact. The formulas and their
//! limits stand in docs/copy-number.md.

#[cfg(test)]
mod allele_tests;
mod alleles;
mod arms;
mod event;
mod model;
mod profile;
mod ptd;
mod robust;
mod shift;
mod shift_model;
mod shift_texts;
mod sites;
mod state;
#[cfg(test)]
mod tests;
mod texts;
mod tp53;

use crate::evidence::{ExonDepth, Junction};
use crate::genome::{Build, Chromosome, Sex, as_count};
use crate::transcript::Transcript;

pub use alleles::SiteInput;
pub use event::duplication_allele;
use model::rounded;
pub use model::{
    CopyGap, CopyNumber, CopyRegion, CopyState, DepthBasis, DepthRatio, GeneCopies, PartialDuplication,
    RegionCopies,
};
use profile::Profile;
pub use ptd::GENE as PTD_GENE;
pub use shift_model::{AlleleShift, CellsOfKind, ShiftGap, ShiftKind, Tp53Fraction, UsualSites, Within95};
pub use sites::{HeterozygousSite, SiteOrigin, heterozygous_sites};
pub use tp53::tp53_fraction;

/// Where a gene of the panel lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GenePlace {
    /// Gene symbol.
    pub gene: String,
    /// Chromosome.
    pub chromosome: Chromosome,
    /// First base that is looked at, 1-based.
    pub position: u32,
}

/// What copies are told by.
#[derive(Clone, Copy, Debug)]
pub struct CopyInput<'a> {
    /// The panel's genes that are looked at.
    pub places: &'a [GenePlace],
    /// Depth by exon.
    pub exons: &'a [ExonDepth],
    /// Places that reads join as the copies of a tandem duplication are.
    pub junctions: &'a [Junction],
    /// Whether the library is of amplicons.
    pub amplicons: bool,
    /// The transcript of KMT2A that exons are numbered on, where the panel has the gene.
    pub kmt2a: Option<&'a Transcript>,
    /// Genome build.
    pub build: Build,
    /// Sex as given.
    pub sex: Option<Sex>,
}

/// Assesses the copies of a sample.
pub fn assess(input: &CopyInput<'_>) -> CopyNumber {
    let made = Profile::new(input.exons, input.amplicons);
    let profile = made.as_ref().map_err(|gap| *gap);
    CopyNumber {
        basis: profile.ok().map(|p| p.basis),
        gap: profile.err(),
        normals: profile.ok().and_then(|p| p.normals),
        exons: profile.map_or(0, |p| as_count(p.units.len())),
        spread: profile.ok().map(|p| rounded(p.spread)),
        ptd: ptd::assess(profile, input.junctions, input.kmt2a),
        regions: arms::assess(profile, input.places, input.build, input.sex),
        genes: profile.map(genes).unwrap_or_default(),
        heterozygous: None,
        tp53: None,
    }
}

/// Says of a sample without alignments that no depth is known; what its heterozygous sites say is added to it.
pub fn without_depth(places: &[GenePlace], build: Build, sex: Option<Sex>) -> CopyNumber {
    CopyNumber {
        basis: None,
        gap: Some(CopyGap::NoReads),
        normals: None,
        exons: 0,
        spread: None,
        ptd: PartialDuplication::not_assessed(CopyGap::NoReads),
        regions: arms::assess(Err(CopyGap::NoReads), places, build, sex),
        genes: Vec::new(),
        heterozygous: None,
        tp53: None,
    }
}

/// Returns the depth of each gene, in the order of the exons.
fn genes(profile: &Profile<'_>) -> Vec<GeneCopies> {
    let mut names: Vec<&str> = profile.units.iter().map(|u| u.exon.gene.as_str()).collect();
    names.dedup();
    let copies = |gene: &str| {
        let (center, exons) = profile.center(|e| e.gene == gene)?;
        Some(GeneCopies {
            gene: gene.to_owned(),
            exons: as_count(exons),
            ratio: DepthRatio::of(center.value, (center.variance + profile.between).sqrt()),
        })
    };
    names.into_iter().filter_map(copies).collect()
}
