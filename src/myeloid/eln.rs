//! Genetic risk of acute myeloid leukemia by the European LeukemiaNet: the classification of 2022 (Döhner, Blood 2022;140:1345, table 6),
//! made on patients with intensive chemotherapy, and that of 2024 for less-intensive therapy (Döhner, Blood 2024;144:2169, table 1).
//!
//! Every finding is yes, no or not known. What is not known is taken both ways: the risk is given where every way leads to one.

mod facts;
mod table;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use facts::{answers, is_acute_promyelocytic};
pub use table::ElnTable;

/// Smallest VAF of a TP53 mutation that makes the risk adverse (Döhner 2022, table 6, footnote: at least 10 %).
pub const TP53_VAF: f64 = 0.1;

/// Genes related to myelodysplasia (Döhner 2022, table 6).
pub const MYELODYSPLASIA_GENES: [&str; 9] = [
    "ASXL1", "BCOR", "EZH2", "RUNX1", "SF3B1", "SRSF2", "STAG2", "U2AF1", "ZRSR2",
];

/// Risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // Names say it.
pub enum ElnRisk {
    Favorable,
    Intermediate,
    Adverse,
}

impl ElnRisk {
    /// The risks from the best to the worst.
    pub const ALL: [Self; 3] = [Self::Favorable, Self::Intermediate, Self::Adverse];

    /// Returns its name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Favorable => "Favorable",
            Self::Intermediate => "Intermediate",
            Self::Adverse => "Adverse",
        }
    }

    /// Returns the median overall survival after intensive chemotherapy by the risk of 2022, months; `None` where it was not reached
    /// (513 patients of Beat AML: Lachowiez, Blood Adv 2023;7:1899, abstract).
    pub const fn median_survival_months(self) -> Option<f64> {
        match self {
            Self::Favorable => None,
            Self::Intermediate => Some(16.8),
            Self::Adverse => Some(9.7),
        }
    }
}

/// What the classifications ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ElnFinding {
    /// `RUNX1::RUNX1T1` or `CBFB::MYH11`.
    CoreBinding,
    /// t(9;11), `KMT2A::MLLT3`.
    Kmt2aMllt3,
    /// A rearrangement of KMT2A of which the partner is not said: t(9;11) or an adverse one.
    Kmt2aPartnerOpen,
    /// t(6;9), KMT2A with another partner, t(9;22), t(8;16), inv(3), t(3;3) or MECOM with another partner.
    AdverseFusion,
    /// -5, del(5q), -7, -17, an abnormal 17p, a complex or a monosomal karyotype.
    AdverseKaryotype,
    /// A mutation of NPM1.
    Npm1,
    /// An internal tandem duplication of FLT3.
    Flt3Itd,
    /// An in-frame mutation of the bZIP domain of CEBPA.
    CebpaBzip,
    /// A mutation of TP53 with a VAF of at least 10 %.
    Tp53,
    /// Any mutation of TP53.
    AnyTp53,
    /// A mutation of a gene related to myelodysplasia.
    MyelodysplasiaGene,
    /// A mutation of NRAS or KRAS.
    Ras,
    /// A mutation of IDH1.
    Idh1,
    /// A mutation of DDX41.
    Ddx41,
}

impl ElnFinding {
    /// Every finding, in the order of the variants.
    pub const ALL: [Self; 14] = [
        Self::CoreBinding,
        Self::Kmt2aMllt3,
        Self::Kmt2aPartnerOpen,
        Self::AdverseFusion,
        Self::AdverseKaryotype,
        Self::Npm1,
        Self::Flt3Itd,
        Self::CebpaBzip,
        Self::Tp53,
        Self::AnyTp53,
        Self::MyelodysplasiaGene,
        Self::Ras,
        Self::Idh1,
        Self::Ddx41,
    ];

    /// Returns its name in English.
    pub const fn label(self) -> &'static str {
        match self {
            Self::CoreBinding => "t(8;21) or inv(16)/t(16;16)",
            Self::Kmt2aMllt3 => "t(9;11)/KMT2A::MLLT3",
            Self::Kmt2aPartnerOpen => "KMT2A rearranged with a partner that is not said",
            Self::AdverseFusion => "adverse fusion",
            Self::AdverseKaryotype => "adverse karyotype",
            Self::Npm1 => "NPM1",
            Self::Flt3Itd => "FLT3-ITD",
            Self::CebpaBzip => "CEBPA bZIP in frame",
            Self::Tp53 => "TP53 with a VAF of 10 % or more",
            Self::AnyTp53 => "TP53",
            Self::MyelodysplasiaGene => "myelodysplasia-related gene",
            Self::Ras => "NRAS or KRAS",
            Self::Idh1 => "IDH1",
            Self::Ddx41 => "DDX41",
        }
    }
}

/// The answer to every question; `None` is "not known".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ElnAnswers([Option<bool>; ElnFinding::ALL.len()]);

impl std::ops::Index<ElnFinding> for ElnAnswers {
    type Output = Option<bool>;

    fn index(&self, finding: ElnFinding) -> &Self::Output {
        &self.0[finding as usize]
    }
}

impl std::ops::IndexMut<ElnFinding> for ElnAnswers {
    fn index_mut(&mut self, finding: ElnFinding) -> &mut Self::Output {
        &mut self.0[finding as usize]
    }
}

/// Risk by one classification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ElnResult {
    /// The risk; `None` where what is not known decides.
    pub risk: Option<ElnRisk>,
    /// The best and the worst risk still possible.
    pub possible: [ElnRisk; 2],
    /// Findings that are there, those that the classification asks for.
    pub found: Vec<ElnFinding>,
    /// What is not known and could change the risk.
    pub open: Vec<ElnFinding>,
}

/// Returns the genes that the classifications ask for.
pub fn asked_genes() -> impl Iterator<Item = &'static str> {
    ["NPM1", "FLT3", "CEBPA", "TP53", "NRAS", "KRAS", "IDH1", "DDX41"]
        .into_iter()
        .chain(MYELODYSPLASIA_GENES)
}

/// Returns whether the classification of 2022 asks for a gene.
pub fn is_asked_2022(gene: &str) -> bool {
    ["NPM1", "FLT3", "CEBPA", "TP53"].contains(&gene) || MYELODYSPLASIA_GENES.contains(&gene)
}

/// Returns whether the classification of 2024 asks for a gene.
pub fn is_asked_2024(gene: &str) -> bool {
    ["FLT3", "TP53", "NRAS", "KRAS", "IDH1", "DDX41"].contains(&gene)
}

/// Questions of a classification, and its answer to yes and no.
struct Rule {
    asks: &'static [ElnFinding],
    risk: fn(&dyn Fn(ElnFinding) -> bool) -> ElnRisk,
}

/// Returns the risk by the classification of 2022.
pub fn eln_2022(answers: &ElnAnswers) -> ElnResult {
    evaluate(
        answers,
        &Rule {
            asks: &[
                ElnFinding::CoreBinding,
                ElnFinding::Kmt2aMllt3,
                ElnFinding::Kmt2aPartnerOpen,
                ElnFinding::AdverseFusion,
                ElnFinding::AdverseKaryotype,
                ElnFinding::Npm1,
                ElnFinding::Flt3Itd,
                ElnFinding::CebpaBzip,
                ElnFinding::Tp53,
                ElnFinding::MyelodysplasiaGene,
            ],
            risk: risk_2022,
        },
    )
}

/// Returns the risk by the classification of 2024 for less-intensive therapy.
pub fn eln_2024(answers: &ElnAnswers) -> ElnResult {
    evaluate(
        answers,
        &Rule {
            asks: &[
                ElnFinding::AnyTp53,
                ElnFinding::Idh1,
                ElnFinding::Ddx41,
                ElnFinding::Flt3Itd,
                ElnFinding::Ras,
            ],
            risk: risk_2024,
        },
    )
}

/// Döhner 2022, table 6. Genes related to myelodysplasia are not adverse beside a favorable type; t(9;11) goes before rare adverse
/// mutations; NPM1 with adverse cytogenetics is adverse.
fn risk_2022(has: &dyn Fn(ElnFinding) -> bool) -> ElnRisk {
    if has(ElnFinding::CoreBinding) {
        ElnRisk::Favorable
    } else if has(ElnFinding::AdverseFusion) || has(ElnFinding::AdverseKaryotype) {
        ElnRisk::Adverse
    } else if has(ElnFinding::Kmt2aMllt3) || has(ElnFinding::Kmt2aPartnerOpen) {
        ElnRisk::Intermediate
    } else if has(ElnFinding::Tp53) {
        ElnRisk::Adverse
    } else if (has(ElnFinding::Npm1) && !has(ElnFinding::Flt3Itd)) || has(ElnFinding::CebpaBzip) {
        ElnRisk::Favorable
    } else if has(ElnFinding::MyelodysplasiaGene) {
        ElnRisk::Adverse
    } else {
        ElnRisk::Intermediate
    }
}

/// Döhner 2024, table 1. NPM1 and IDH2 are favorable without FLT3-ITD, NRAS and KRAS, as everything else is then.
fn risk_2024(has: &dyn Fn(ElnFinding) -> bool) -> ElnRisk {
    if has(ElnFinding::AnyTp53) {
        ElnRisk::Adverse
    } else if has(ElnFinding::Idh1) || has(ElnFinding::Ddx41) {
        ElnRisk::Favorable
    } else if has(ElnFinding::Flt3Itd) || has(ElnFinding::Ras) {
        ElnRisk::Intermediate
    } else {
        ElnRisk::Favorable
    }
}

/// Takes everything that is not known both ways.
fn evaluate(answers: &ElnAnswers, rule: &Rule) -> ElnResult {
    let unknown: Vec<ElnFinding> = rule
        .asks
        .iter()
        .copied()
        .filter(|f| answers[*f].is_none())
        .collect();
    let risk_of = |ways: usize| {
        (rule.risk)(&|finding| {
            answers[finding].unwrap_or_else(|| {
                let place = unknown.iter().position(|f| *f == finding);
                place.is_some_and(|place| ways & (1 << place) != 0)
            })
        })
    };
    let ways = 1_usize << unknown.len();
    let risks: Vec<ElnRisk> = (0..ways).map(risk_of).collect();
    let best = risks.iter().min().copied().unwrap_or(ElnRisk::Favorable);
    let worst = risks.iter().max().copied().unwrap_or(ElnRisk::Adverse);
    let decides = |place: usize| (0..ways).any(|way| risks[way] != risks[way ^ (1 << place)]);
    ElnResult {
        risk: (best == worst).then_some(best),
        possible: [best, worst],
        found: rule
            .asks
            .iter()
            .copied()
            .filter(|f| answers[*f] == Some(true))
            .collect(),
        open: (0..unknown.len())
            .filter(|place| decides(*place))
            .map(|place| unknown[place])
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything looked for and nothing found, but for these.
    fn with(found: &[ElnFinding], open: &[ElnFinding]) -> ElnAnswers {
        let mut answers = ElnAnswers::default();
        for finding in ElnFinding::ALL {
            answers[finding] = if open.contains(&finding) {
                None
            } else {
                Some(found.contains(&finding))
            };
        }
        answers
    }

    use ElnFinding::{
        AdverseFusion, AdverseKaryotype, AnyTp53, CebpaBzip, CoreBinding, Ddx41, Flt3Itd, Idh1, Kmt2aMllt3,
        Kmt2aPartnerOpen, MyelodysplasiaGene, Npm1, Ras, Tp53,
    };
    use ElnRisk::{Adverse, Favorable, Intermediate};

    #[test]
    fn every_row_of_the_table_of_2022() {
        for (found, expected) in [
            (&[][..], Intermediate),
            (&[CoreBinding], Favorable),
            (&[CoreBinding, Flt3Itd], Favorable),
            (&[CoreBinding, MyelodysplasiaGene], Favorable),
            (&[Npm1], Favorable),
            (&[Npm1, Flt3Itd], Intermediate),
            (&[Flt3Itd], Intermediate),
            (&[Flt3Itd, MyelodysplasiaGene], Adverse),
            (&[CebpaBzip], Favorable),
            (&[CebpaBzip, MyelodysplasiaGene], Favorable),
            (&[Npm1, MyelodysplasiaGene], Favorable),
            (&[Npm1, AdverseKaryotype], Adverse),
            (&[Npm1, Tp53], Adverse),
            (&[Kmt2aMllt3], Intermediate),
            (&[Kmt2aMllt3, MyelodysplasiaGene], Intermediate),
            (&[Kmt2aPartnerOpen, AdverseFusion], Adverse),
            (&[AdverseFusion], Adverse),
            (&[AdverseKaryotype], Adverse),
            (&[MyelodysplasiaGene], Adverse),
            (&[Tp53], Adverse),
            (&[Ras, Idh1, Ddx41], Intermediate),
        ] {
            assert_eq!(eln_2022(&with(found, &[])).risk, Some(expected), "{found:?}");
        }
    }

    #[test]
    fn every_row_of_the_table_of_2024() {
        for (found, expected) in [
            (&[][..], Favorable),
            (&[Npm1], Favorable),
            (&[Npm1, Flt3Itd], Intermediate),
            (&[Ras], Intermediate),
            (&[Flt3Itd], Intermediate),
            (&[Idh1, Ras, Flt3Itd], Favorable),
            (&[Ddx41], Favorable),
            (&[AnyTp53], Adverse),
            (&[AnyTp53, Idh1], Adverse),
            (&[AdverseKaryotype], Favorable),
        ] {
            assert_eq!(eln_2024(&with(found, &[])).risk, Some(expected), "{found:?}");
        }
    }

    #[test]
    fn what_is_not_known_leaves_a_range_and_is_named() {
        let itd_open = eln_2022(&with(&[Npm1], &[Flt3Itd]));
        assert_eq!(
            (itd_open.risk, itd_open.possible),
            (None, [Favorable, Intermediate])
        );
        assert_eq!(itd_open.open, [Flt3Itd]);
        // A core-binding leukemia is favorable whatever else is not known.
        let sure = eln_2022(&with(&[CoreBinding], &[Npm1, Flt3Itd, Tp53, AdverseKaryotype]));
        assert_eq!((sure.risk, sure.open), (Some(Favorable), Vec::new()));
        let nothing = eln_2022(&ElnAnswers::default());
        assert_eq!((nothing.risk, nothing.possible), (None, [Favorable, Adverse]));
        assert_eq!(nothing.open.len(), 10);
        let partner = eln_2022(&with(&[Kmt2aPartnerOpen, Npm1], &[AdverseFusion]));
        assert_eq!(
            (partner.possible, partner.open),
            ([Intermediate, Adverse], vec![AdverseFusion])
        );
        let less = eln_2024(&with(&[AnyTp53], &[Ras, Idh1]));
        assert_eq!((less.risk, less.open), (Some(Adverse), Vec::new()));
    }
}
