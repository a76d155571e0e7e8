use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::IpssmGene;

/// A variable of the IPSS-M model, by its published name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum IpssmVariable {
    /// Hemoglobin, g/dL.
    #[serde(rename = "HB1")]
    Hemoglobin,
    /// Platelets, 10^11/L, at most 2.5.
    #[serde(rename = "TRANSF_PLT100")]
    Platelets,
    /// Marrow blasts, per cent divided by 5, at most 4.
    #[serde(rename = "BLAST5")]
    Blasts,
    /// Cytogenetic group of IPSS-R, 0 to 4.
    #[serde(rename = "CYTOVEC")]
    Cytogenetics,
    /// More than one hit of TP53.
    #[serde(rename = "TP53multi")]
    Tp53Multi,
    /// SF3B1 with isolated del(5q).
    #[serde(rename = "SF3B1_5q")]
    Sf3b1Del5q,
    /// SF3B1 without del(5q) and without a mutation that cancels its good prognosis.
    #[serde(rename = "SF3B1_alpha")]
    Sf3b1Alpha,
    /// Number of mutated residual genes, at most 2.
    #[serde(rename = "nRes2")]
    Residual,
    /// A gene with a weight of its own.
    #[serde(untagged)]
    Gene(IpssmGene),
}

/// Weight of a variable, its mean in the cohort of the model, and the best and worst it can be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VariableSpec {
    /// The variable.
    pub variable: IpssmVariable,
    /// Natural logarithm of the hazard ratio of one unit.
    pub beta: f64,
    /// Mean in the cohort.
    pub mean: f64,
    /// Value with the lowest hazard.
    pub best: f64,
    /// Value with the highest hazard.
    pub worst: f64,
}

/// Most marrow blasts that count, per cent (published implementation).
pub(super) const BLAST_CAP: f64 = 20.0;
/// Most platelets that count, 10^9/L (Bernard 2022).
pub(super) const PLATELET_CAP: f64 = 250.0;
/// A TP53 VAF above this, strictly, counts as loss of the other allele (published implementation).
pub(super) const TP53_LOH_VAF: f64 = 0.55;
/// Mean number of mutated residual genes, at most 2, in the cohort (Bernard 2022, supplement).
pub(super) const RESIDUAL_MEAN: f64 = 0.388;
/// Most residual genes that count (Bernard 2022).
pub(super) const RESIDUAL_CAP: usize = 2;

const fn spec(variable: IpssmVariable, beta: f64, mean: f64, best: f64, worst: f64) -> VariableSpec {
    VariableSpec {
        variable,
        beta,
        mean,
        best,
        worst,
    }
}

const fn gene(gene: IpssmGene, beta: f64, mean: f64) -> VariableSpec {
    spec(IpssmVariable::Gene(gene), beta, mean, 0.0, 1.0)
}

/// The model: Bernard 2022, supplementary table of weights, as both published implementations carry it. The order is
/// theirs, so that the sum is taken in the same order. Best and worst of the residual genes follow from the data.
pub(super) const MODEL: [VariableSpec; 22] = [
    spec(IpssmVariable::Hemoglobin, -0.171, 9.87, 20.0, 4.0),
    spec(IpssmVariable::Platelets, -0.222, 1.41, 2.5, 0.0),
    spec(IpssmVariable::Blasts, 0.352, 0.922, 0.0, 4.0),
    spec(IpssmVariable::Cytogenetics, 0.287, 1.39, 0.0, 4.0),
    spec(IpssmVariable::Tp53Multi, 1.18, 0.071, 0.0, 1.0),
    gene(IpssmGene::Flt3, 0.798, 0.0108),
    gene(IpssmGene::MllPtd, 0.798, 0.0247),
    spec(IpssmVariable::Sf3b1Del5q, 0.504, 0.0166, 0.0, 1.0),
    gene(IpssmGene::Npm1, 0.43, 0.0112),
    gene(IpssmGene::Runx1, 0.423, 0.126),
    gene(IpssmGene::Nras, 0.417, 0.0362),
    gene(IpssmGene::Etv6, 0.391, 0.0216),
    gene(IpssmGene::Idh2, 0.379, 0.0429),
    gene(IpssmGene::Cbl, 0.295, 0.0473),
    gene(IpssmGene::Ezh2, 0.27, 0.0588),
    gene(IpssmGene::U2af1, 0.247, 0.0866),
    gene(IpssmGene::Srsf2, 0.239, 0.158),
    gene(IpssmGene::Dnmt3a, 0.221, 0.161),
    gene(IpssmGene::Asxl1, 0.213, 0.252),
    gene(IpssmGene::Kras, 0.202, 0.0271),
    spec(IpssmVariable::Sf3b1Alpha, -0.0794, 0.186, 1.0, 0.0),
    spec(IpssmVariable::Residual, 0.231, RESIDUAL_MEAN, 0.0, 2.0),
];

impl IpssmVariable {
    /// Returns the specification of every variable, in the order of the model.
    pub const fn specs() -> &'static [VariableSpec; 22] {
        &MODEL
    }

    /// Returns the name of the published implementations.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Hemoglobin => "HB1",
            Self::Platelets => "TRANSF_PLT100",
            Self::Blasts => "BLAST5",
            Self::Cytogenetics => "CYTOVEC",
            Self::Tp53Multi => "TP53multi",
            Self::Sf3b1Del5q => "SF3B1_5q",
            Self::Sf3b1Alpha => "SF3B1_alpha",
            Self::Gene(gene) => gene.column(),
            Self::Residual => "nRes2",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_value_never_scores_above_the_worst() {
        for s in &MODEL {
            assert!(s.best * s.beta < s.worst * s.beta, "{s:?}");
        }
    }

    #[test]
    fn holds_all_31_genes() {
        let own = MODEL
            .iter()
            .filter(|s| matches!(s.variable, IpssmVariable::Gene(_)))
            .count();
        // Fourteen genes by themselves, TP53 and SF3B1 through what is built from them, fifteen residual.
        assert_eq!(own + 2 + IpssmGene::RESIDUAL.len(), 31);
    }
}
