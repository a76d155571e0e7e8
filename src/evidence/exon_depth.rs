//! How deep the reads lie over each exon, and pairs of places that reads join: what copy numbers are told by.

use crate::genome::Chromosome;

/// The depth over the looked-at part of one exon.
#[derive(Clone, Debug, PartialEq)]
pub struct ExonDepth {
    /// Gene symbol.
    pub gene: String,
    /// Number of the exon on the panel's transcript.
    pub exon: u32,
    /// Chromosome.
    pub chromosome: Chromosome,
    /// First base that was looked at, 1-based.
    pub first: u32,
    /// Last base.
    pub last: u32,
    /// Mean depth in fragments.
    pub depth: f64,
    /// Share of G and C among the bases of it and around it, 0 to 1.
    pub gc: f64,
    /// What normals of the same assay show here.
    pub normal: Option<NormalDepth>,
}

/// The depth of a target in normals, as the natural logarithm of its ratio to the median target of each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NormalDepth {
    /// Mean of the logarithms.
    pub mean: f64,
    /// Their standard deviation.
    pub spread: f64,
    /// How many normals.
    pub normals: u32,
}

/// Two places that fragments join as the copies of a tandem duplication are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Junction {
    /// First base that is there twice, 1-based: to the base where reads are split, else about.
    pub first: u32,
    /// Last base that is there twice.
    pub last: u32,
    /// Fragments with a read that is split between the two.
    pub split: u32,
    /// Fragments whose mates lie on the two sides and face away from each other.
    pub pairs: u32,
}
