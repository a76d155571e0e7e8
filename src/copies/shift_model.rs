//! What the heterozygous sites of a sample say, region by region.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::state::CopyState;

/// A number with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Within95 {
    /// The number.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// What is usual of the heterozygous sites of a sample.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UsualSites {
    /// Sites that were looked at, over the whole panel.
    pub sites: u32,
    /// Mean fraction of the alternative allele where both are balanced; `None` with too few sites.
    pub mean: Option<f64>,
    /// Correlation of two fragments of a site, which is how much more than drawing fragments the fractions vary.
    pub dispersion: Option<f64>,
}

/// Why heterozygous sites say nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShiftGap {
    /// The file holds next to no inherited variants, as one of a caller of somatic variants alone.
    NoGermlineSites,
    /// Fewer heterozygous sites in the region than are needed: most are homozygous in everybody, and of a large clone all look so.
    FewSites,
    /// Too few sites on other chromosomes to know how much is usual.
    FewReferenceSites,
    /// The sample holds another person's DNA.
    MixedDna,
    /// It depends on the sex, which is not given.
    SexUnknown,
    /// There is one copy only to begin with.
    OneCopy,
    /// The sites vary too much: not even a large clone would have been seen.
    Noise,
    /// Something is off balance, but not enough to be told from chance, or at one site alone.
    Inconclusive,
}

impl ShiftGap {
    /// Every reason.
    pub const ALL: [Self; 8] = [
        Self::NoGermlineSites,
        Self::FewSites,
        Self::FewReferenceSites,
        Self::MixedDna,
        Self::SexUnknown,
        Self::OneCopy,
        Self::Noise,
        Self::Inconclusive,
    ];

    /// Returns the name used in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoGermlineSites => "no_germline_sites",
            Self::FewSites => "few_sites",
            Self::FewReferenceSites => "few_reference_sites",
            Self::MixedDna => "mixed_dna",
            Self::SexUnknown => "sex_unknown",
            Self::OneCopy => "one_copy",
            Self::Noise => "noise",
            Self::Inconclusive => "inconclusive",
        }
    }
}

/// What brings the alleles off balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShiftKind {
    /// One copy is lost: the depth is down.
    Loss,
    /// One copy is lost and the other there twice: the depth is as usual.
    CopyNeutral,
    /// A third copy: the depth is up.
    Gain,
    /// One of them; the depth does not tell which, or is not known.
    Imbalance,
}

impl ShiftKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Loss, Self::CopyNeutral, Self::Gain, Self::Imbalance];

    /// Returns the name used in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Loss => "loss",
            Self::CopyNeutral => "copy_neutral",
            Self::Gain => "gain",
            Self::Imbalance => "imbalance",
        }
    }
}

/// The share of cells that a change must be in to explain a shift.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CellsOfKind {
    /// The change.
    pub kind: ShiftKind,
    /// How likely it is among the three by depth, each alike before; a third each, or a half, where depth says nothing.
    pub probability: f64,
    /// Share of the cells, 0 to 1, where all others have two copies and the change is of one kind.
    pub cells: Within95,
}

/// What the heterozygous sites of a region say of its two alleles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AlleleShift {
    /// What was found; never `detected`.
    pub state: CopyState,
    /// Why nothing can be said.
    pub gap: Option<ShiftGap>,
    /// Heterozygous sites of the region.
    pub sites: u32,
    /// Sites that show the shift.
    pub shifted: u32,
    /// Genes that the sites lie in; of a suspected shift those that show it.
    pub genes: Vec<String>,
    /// The gene that a suspected shift is confined to, where sites of other genes of the region speak against it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_in: Option<String>,
    /// Distance of the allele fraction from balance, 0 to 0.5; of a suspected shift.
    pub shift: Option<Within95>,
    /// Decimal logarithm of the Bayes factor of a shift over none.
    pub odds: Option<f64>,
    /// What brings the alleles off balance; of a suspected shift.
    pub kind: Option<ShiftKind>,
    /// Share of cells by each change that may explain it.
    pub cells: Vec<CellsOfKind>,
    /// Smallest share of cells with a loss of one allele, by lost copy or copy-neutral, that would have been seen with 95 % power.
    pub limit: Option<f64>,
}

impl AlleleShift {
    /// Says that nothing can be said.
    pub(super) const fn not_assessed(gap: ShiftGap) -> Self {
        Self {
            state: CopyState::NotAssessed,
            gap: Some(gap),
            sites: 0,
            shifted: 0,
            genes: Vec::new(),
            only_in: None,
            shift: None,
            odds: None,
            kind: None,
            cells: Vec::new(),
            limit: None,
        }
    }

    /// Whether TP53 may have lost an allele, of a shift of 17p: one is suspected, not told to be a gain, nor confined to another gene.
    pub(super) fn may_be_loss_of_tp53(&self) -> bool {
        self.state == CopyState::Suspected
            && self.kind != Some(ShiftKind::Gain)
            && self.only_in.as_deref().is_none_or(|gene| gene == "TP53")
    }
}

/// A TP53 mutation in more than half of the fragments: in some cells its other allele is lost, or it is inherited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tp53Fraction {
    /// The mutation, protein change where there is one.
    pub change: String,
    /// Its VAF with the 95 % interval.
    pub vaf: Within95,
    /// Smallest share of cells without the other allele that explains it, 0 to 1: every cell mutated, the allele replaced.
    pub cells_at_least: f64,
}
