use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::shift_model::{AlleleShift, Tp53Fraction, UsualSites};
pub use super::state::CopyState;
use crate::evidence::Z_975;

/// What the depth of the panel's exons and its heterozygous sites say of copies: told by sequencing, to be confirmed by other methods.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CopyNumber {
    /// What the usual depth of an exon is taken from; `None` where depth was not assessed.
    pub basis: Option<DepthBasis>,
    /// Why depth was not assessed.
    pub gap: Option<CopyGap>,
    /// Normals behind the usual depth, the fewest of any exon.
    pub normals: Option<u32>,
    /// Exons that were compared.
    pub exons: u32,
    /// Spread of one exon's depth, as a share of it: the median over the exons.
    pub spread: Option<f64>,
    /// The partial tandem duplication of KMT2A.
    pub ptd: PartialDuplication,
    /// Arms and chromosomes whose loss or gain matters in myeloid neoplasms.
    pub regions: Vec<RegionCopies>,
    /// Every gene that was compared.
    pub genes: Vec<GeneCopies>,
    /// What is usual of the heterozygous sites; `None` in reports of versions that did not look at them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heterozygous: Option<UsualSites>,
    /// A TP53 mutation in more than half of the fragments, which speaks for the loss of its other allele by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tp53: Option<Tp53Fraction>,
}

/// What the usual depth of an exon is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DepthBasis {
    /// Normals of the same assay (`hemoclone background`).
    Normals,
    /// The other exons of the sample.
    Sample,
}

/// Why nothing can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CopyGap {
    /// The depth is too low.
    LowDepth,
    /// Too few exons or genes to know what is usual.
    FewExons,
    /// The library is of amplicons, and there are no normals of it.
    Amplicons,
    /// None or too few exons of the genes that matter.
    FewOfGene,
    /// Depth varies so much that not even a change in all cells would have been seen.
    Noise,
    /// The exons it is held against are fewer than usual: another rearrangement may lie in the gene.
    ReferenceLow,
    /// It depends on the sex, which is not given.
    SexUnknown,
    /// There is one copy only to begin with.
    OneCopy,
    /// No alignments were read: a file of variants tells no depth of exons.
    NoReads,
}

impl CopyGap {
    /// Every reason.
    pub const ALL: [Self; 9] = [
        Self::LowDepth,
        Self::FewExons,
        Self::Amplicons,
        Self::FewOfGene,
        Self::Noise,
        Self::ReferenceLow,
        Self::SexUnknown,
        Self::OneCopy,
        Self::NoReads,
    ];

    /// Returns the name used in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LowDepth => "low_depth",
            Self::FewExons => "few_exons",
            Self::Amplicons => "amplicons",
            Self::FewOfGene => "few_of_gene",
            Self::Noise => "noise",
            Self::ReferenceLow => "reference_low",
            Self::SexUnknown => "sex_unknown",
            Self::OneCopy => "one_copy",
            Self::NoReads => "no_reads",
        }
    }
}

/// A ratio of depths with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DepthRatio {
    /// The ratio; 1 is usual.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl DepthRatio {
    /// Makes it of a logarithm and its standard error.
    pub(super) fn of(value: f64, error: f64) -> Self {
        Self {
            value: rounded(value.exp()),
            low: rounded((value - Z_975 * error).exp()),
            high: rounded((value + Z_975 * error).exp()),
        }
    }
}

/// Standard errors that stand for a power of 95 %.
pub(super) const POWER: f64 = 1.645;

/// Rounds to three digits: the rest is chance.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// The partial tandem duplication of KMT2A.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PartialDuplication {
    /// What was found.
    pub state: CopyState,
    /// Why nothing can be said.
    pub gap: Option<CopyGap>,
    /// First and last exon that it repeats, as far as told.
    pub exons: Option<(u32, u32)>,
    /// Depth of the exons that it repeats over that of exons 12 and following.
    pub ratio: Option<DepthRatio>,
    /// Share of the cells that carry it, where one allele holds the exons twice, 0 to 1; of a suspected one.
    pub cells: Option<f64>,
    /// Smallest share of cells whose depth would have been seen with 95 % power.
    pub limit: Option<f64>,
    /// First and last base that is there twice, where reads show it.
    pub stretch: Option<(u32, u32)>,
    /// Fragments with a read that is split between its two copies.
    pub split: u32,
    /// Fragments whose mates face away from each other over it.
    pub pairs: u32,
}

impl PartialDuplication {
    /// Says that nothing can be said.
    pub(super) const fn not_assessed(gap: CopyGap) -> Self {
        Self {
            state: CopyState::NotAssessed,
            gap: Some(gap),
            exons: None,
            ratio: None,
            cells: None,
            limit: None,
            stretch: None,
            split: 0,
            pairs: 0,
        }
    }
}

/// A change of an arm or a chromosome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum CopyRegion {
    /// Loss on 5q.
    #[serde(rename = "loss_5q")]
    Loss5q,
    /// Loss on 7q.
    #[serde(rename = "loss_7q")]
    Loss7q,
    /// Loss on 17p, where TP53 lies.
    #[serde(rename = "loss_17p")]
    Loss17p,
    /// Loss on 20q.
    #[serde(rename = "loss_20q")]
    Loss20q,
    /// Loss of an X of two.
    #[serde(rename = "loss_x")]
    LossX,
    /// Gain of chromosome 8.
    #[serde(rename = "gain_8")]
    Gain8,
}

impl CopyRegion {
    /// Every region, along the genome.
    pub const ALL: [Self; 6] = [
        Self::Loss5q,
        Self::Loss7q,
        Self::Gain8,
        Self::Loss17p,
        Self::Loss20q,
        Self::LossX,
    ];

    /// Returns the name used in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Loss5q => "loss_5q",
            Self::Loss7q => "loss_7q",
            Self::Loss17p => "loss_17p",
            Self::Loss20q => "loss_20q",
            Self::LossX => "loss_x",
            Self::Gain8 => "gain_8",
        }
    }
}

/// What depth and heterozygous sites say of an arm or a chromosome, as far as the panel has genes on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RegionCopies {
    /// The change that is asked for.
    pub region: CopyRegion,
    /// What depth says; never `detected`.
    pub state: CopyState,
    /// Why depth says nothing.
    pub gap: Option<CopyGap>,
    /// The panel's genes there: only of them is spoken.
    pub genes: Vec<String>,
    /// Their exons that were compared.
    pub exons: u32,
    /// Their depth over that of the other autosomes.
    pub ratio: Option<DepthRatio>,
    /// Share of the cells that carry it, where one copy is lost or gained, 0 to 1; of a suspected change.
    pub cells: Option<f64>,
    /// Smallest share of cells that would have been seen with 95 % power.
    pub limit: Option<f64>,
    /// Whether the karyotype or the laboratory states it; `None` where nothing is stated.
    #[serde(default)]
    pub stated: Option<bool>,
    /// What the heterozygous sites say of the two alleles there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<AlleleShift>,
}

/// The depth of a gene.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GeneCopies {
    /// Gene symbol.
    pub gene: String,
    /// Exons that were compared.
    pub exons: u32,
    /// Its depth over that of the median autosomal exon.
    pub ratio: DepthRatio,
}
