//! Copies of the panel's own genes: the partial tandem duplication of KMT2A, and arms that are lost or gained.
//!
//! Depth suggests and never proves: what follows from it is said to be confirmed, and no score takes it as a fact. The formulas and their
//! limits stand in docs/copy-number.md.

mod arms;
mod event;
mod model;
mod profile;
mod ptd;
mod robust;
#[cfg(test)]
mod tests;
mod texts;

use crate::evidence::{ExonDepth, Junction};
use crate::genome::{Build, Sex, as_count};
use crate::transcript::Transcript;

pub use event::duplication_allele;
use model::rounded;
pub use model::{
    CopyGap, CopyNumber, CopyRegion, CopyState, DepthBasis, DepthRatio, GeneCopies, PartialDuplication,
    RegionCopies,
};
use profile::Profile;
pub use ptd::GENE as PTD_GENE;

/// What copies are told by.
#[derive(Clone, Copy, Debug)]
pub struct CopyInput<'a> {
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
        regions: arms::assess(profile, input.exons, input.build, input.sex),
        genes: profile.map(genes).unwrap_or_default(),
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
