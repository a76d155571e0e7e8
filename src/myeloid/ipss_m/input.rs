use std::ops::{Index, IndexMut};

use super::IpssmGene;
use super::model::{BLAST_CAP, PLATELET_CAP, RESIDUAL_CAP, RESIDUAL_MEAN, TP53_LOH_VAF};
use crate::myeloid::CytogeneticRisk;
use crate::patient::Tp53Count;

/// Whether each gene is mutated; `None` where the gene was not assessed, which is not the same as not mutated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct GeneStates([Option<bool>; IpssmGene::ALL.len()]);

impl GeneStates {
    /// Every gene assessed, none mutated.
    pub const UNMUTATED: Self = Self([Some(false); IpssmGene::ALL.len()]);
}

impl Index<IpssmGene> for GeneStates {
    type Output = Option<bool>;

    fn index(&self, gene: IpssmGene) -> &Option<bool> {
        &self.0[gene as usize]
    }
}

impl IndexMut<IpssmGene> for GeneStates {
    fn index_mut(&mut self, gene: IpssmGene) -> &mut Option<bool> {
        &mut self.0[gene as usize]
    }
}

/// What IPSS-M is computed from. `None` is "not known".
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct IpssmInput {
    /// Hemoglobin, g/dL.
    pub hemoglobin: Option<f64>,
    /// Platelets, 10^9/L.
    pub platelets: Option<f64>,
    /// Marrow blasts, per cent.
    pub marrow_blasts: Option<f64>,
    /// Cytogenetic group of IPSS-R.
    pub cytogenetics: Option<CytogeneticRisk>,
    /// Best and worst group that are possible where the group is not known; `None`: any.
    pub cytogenetics_range: Option<[CytogeneticRisk; 2]>,
    /// del(5q) present.
    pub del5q: Option<bool>,
    /// -7 or del(7q) present.
    pub del7_7q: Option<bool>,
    /// -17 or del(17p) present.
    pub del17_17p: Option<bool>,
    /// Complex karyotype.
    pub complex: Option<bool>,
    /// Number of TP53 mutations.
    pub tp53_mutations: Option<Tp53Count>,
    /// Largest VAF of a TP53 mutation, 0 to 1.
    pub tp53_max_vaf: Option<f64>,
    /// Loss of heterozygosity at TP53.
    pub tp53_loh: Option<bool>,
    /// The other genes.
    pub genes: GeneStates,
}

/// Whether hemoglobin is held within limits before it is weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum HemoglobinLimits {
    /// Held within 4 to 20 g/dL, as the published R package does.
    #[default]
    Published,
    /// Taken as it is, as in the scores printed for the published cohort and in the web calculator.
    None,
}

/// The variables of the model but the residual genes, in the order of the model.
pub(super) type ModelValues = [Option<f64>; 21];

/// Lowest and highest hemoglobin that counts, g/dL (published R package).
const HEMOGLOBIN_LIMITS: (f64, f64) = (4.0, 20.0);

/// Mutations that take from SF3B1 its good prognosis (Bernard 2022: `SF3B1_alpha`).
const AGAINST_SF3B1_ALPHA: [IpssmGene; 6] = [
    IpssmGene::Srsf2,
    IpssmGene::Stag2,
    IpssmGene::Bcor,
    IpssmGene::Bcorl1,
    IpssmGene::Runx1,
    IpssmGene::Nras,
];

impl IpssmInput {
    /// Returns whether SF3B1 goes with isolated del(5q).
    pub fn sf3b1_del5q(&self) -> Option<bool> {
        let others = [self.del7_7q, self.complex];
        if self.genes[IpssmGene::Sf3b1] == Some(true)
            && self.del5q == Some(true)
            && others.iter().all(|o| *o == Some(false))
        {
            Some(true)
        } else if self.genes[IpssmGene::Sf3b1] == Some(false)
            || self.del5q == Some(false)
            || others.contains(&Some(true))
        {
            Some(false)
        } else {
            None
        }
    }

    /// Returns whether SF3B1 stands alone in the sense of the model.
    pub fn sf3b1_alpha(&self) -> Option<bool> {
        let with_del5q = self.sf3b1_del5q();
        let others = || AGAINST_SF3B1_ALPHA.iter().map(|g| self.genes[*g]);
        if self.genes[IpssmGene::Sf3b1] == Some(false)
            || with_del5q == Some(true)
            || others().any(|o| o == Some(true))
        {
            Some(false)
        } else if self.genes[IpssmGene::Sf3b1] == Some(true)
            && with_del5q == Some(false)
            && others().all(|o| o == Some(false))
        {
            Some(true)
        } else {
            None
        }
    }

    /// Returns whether TP53 lost its other allele: as given, or concluded from a VAF above 0.55 or a loss of 17p.
    pub fn tp53_loss(&self) -> Option<bool> {
        if self.tp53_max_vaf.is_some_and(|v| v > TP53_LOH_VAF) || self.del17_17p == Some(true) {
            Some(true)
        } else {
            self.tp53_loh
        }
    }

    /// Returns whether TP53 took more than one hit.
    pub fn tp53_multi(&self) -> Option<bool> {
        match (self.tp53_mutations?, self.tp53_loss()) {
            (Tp53Count::None, _) => Some(false),
            (Tp53Count::TwoOrMore, _) => Some(true),
            (Tp53Count::One, loss) => loss,
        }
    }

    /// Returns the variables of the model but the residual genes, in its order.
    pub(super) fn model_values(&self, limits: HemoglobinLimits) -> ModelValues {
        let flag = |value: Option<bool>| value.map(|v| f64::from(u8::from(v)));
        let gene = |gene| flag(self.genes[gene]);
        let hemoglobin = |hb: f64| match limits {
            HemoglobinLimits::Published => hb.clamp(HEMOGLOBIN_LIMITS.0, HEMOGLOBIN_LIMITS.1),
            HemoglobinLimits::None => hb,
        };
        [
            self.hemoglobin.map(hemoglobin),
            self.platelets.map(|p| p.min(PLATELET_CAP) / 100.0),
            self.marrow_blasts.map(|b| b.min(BLAST_CAP) / 5.0),
            self.cytogenetics.map(|c| f64::from(c.points())),
            flag(self.tp53_multi()),
            gene(IpssmGene::Flt3),
            gene(IpssmGene::MllPtd),
            flag(self.sf3b1_del5q()),
            gene(IpssmGene::Npm1),
            gene(IpssmGene::Runx1),
            gene(IpssmGene::Nras),
            gene(IpssmGene::Etv6),
            gene(IpssmGene::Idh2),
            gene(IpssmGene::Cbl),
            gene(IpssmGene::Ezh2),
            gene(IpssmGene::U2af1),
            gene(IpssmGene::Srsf2),
            gene(IpssmGene::Dnmt3a),
            gene(IpssmGene::Asxl1),
            gene(IpssmGene::Kras),
            flag(self.sf3b1_alpha()),
        ]
    }

    /// Returns the number of mutated residual genes, at most 2: best, mean and worst over the genes not assessed.
    ///
    /// The mean adds to what is known the cohort's mean, by the share of genes not assessed and by the room left below 2
    /// (published implementation).
    pub fn residual(&self) -> [f64; 3] {
        let states = IpssmGene::RESIDUAL.map(|g| self.genes[g]);
        let missing = states.iter().filter(|s| s.is_none()).count();
        let mutated = states.iter().filter(|s| **s == Some(true)).count();
        let best = mutated.min(RESIDUAL_CAP);
        let worst = (mutated + missing).min(RESIDUAL_CAP);
        // At most fifteen genes, so the numbers are exact.
        let (n, m) = (mutated as f64, missing as f64);
        let cap = RESIDUAL_CAP as f64;
        let expected = (cap - n) / cap * (m / IpssmGene::RESIDUAL.len() as f64) * RESIDUAL_MEAN;
        [best as f64, best as f64 + expected.max(0.0), worst as f64]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> IpssmInput {
        IpssmInput {
            del5q: Some(false),
            del7_7q: Some(false),
            del17_17p: Some(false),
            complex: Some(false),
            genes: GeneStates::UNMUTATED,
            ..IpssmInput::default()
        }
    }

    #[test]
    fn sf3b1_with_del5q_follows_each_line_of_the_rule() {
        let rows = [
            // SF3B1, del5q, del7_7q, complex, expected
            (Some(false), None, None, None, Some(false)),
            (None, Some(false), None, None, Some(false)),
            (None, Some(true), Some(true), None, Some(false)),
            (Some(true), Some(true), None, Some(true), Some(false)),
            (Some(true), Some(true), Some(false), Some(false), Some(true)),
            (Some(true), Some(true), None, Some(false), None),
            (Some(true), Some(true), Some(false), None, None),
            (Some(true), None, Some(false), Some(false), None),
            (None, Some(true), Some(false), Some(false), None),
        ];
        for (sf3b1, del5q, del7_7q, complex, expected) in rows {
            let mut input = IpssmInput {
                del5q,
                del7_7q,
                complex,
                ..known()
            };
            input.genes[IpssmGene::Sf3b1] = sf3b1;
            assert_eq!(
                input.sf3b1_del5q(),
                expected,
                "{sf3b1:?} {del5q:?} {del7_7q:?} {complex:?}"
            );
        }
    }

    #[test]
    fn sf3b1_alone_falls_to_each_of_the_six_genes() {
        let mut input = known();
        input.genes[IpssmGene::Sf3b1] = Some(true);
        assert_eq!(input.sf3b1_alpha(), Some(true));
        for gene in AGAINST_SF3B1_ALPHA {
            let mut with = input;
            with.genes[gene] = Some(true);
            assert_eq!(with.sf3b1_alpha(), Some(false), "{gene:?}");
            with.genes[gene] = None;
            assert_eq!(with.sf3b1_alpha(), None, "{gene:?}");
            with.genes[IpssmGene::Sf3b1] = Some(false);
            assert_eq!(with.sf3b1_alpha(), Some(false), "{gene:?}");
        }
        // With del(5q) and a complex karyotype it is alone again: the published rule says so.
        input.del5q = Some(true);
        assert_eq!(input.sf3b1_alpha(), Some(false));
        input.complex = Some(true);
        assert_eq!(input.sf3b1_alpha(), Some(true));
    }

    #[test]
    fn tp53_follows_each_line_of_the_rule() {
        use Tp53Count::{None as Zero, One, TwoOrMore};
        let rows = [
            // mutations, largest VAF, 17p loss, LOH, expected
            (Some(Zero), None, None, Some(true), Some(false)),
            (Some(One), Some(0.1), Some(false), Some(false), Some(false)),
            (Some(One), Some(0.1), Some(false), Some(true), Some(true)),
            (Some(One), Some(0.1), Some(true), Some(false), Some(true)),
            (Some(One), Some(0.551), Some(false), Some(false), Some(true)),
            (Some(One), Some(0.55), Some(false), Some(false), Some(false)),
            (Some(One), Some(0.55), Some(false), None, None),
            (Some(TwoOrMore), None, None, None, Some(true)),
            (None, Some(0.9), Some(true), Some(true), None),
        ];
        for (tp53_mutations, tp53_max_vaf, del17_17p, tp53_loh, expected) in rows {
            let input = IpssmInput {
                del17_17p,
                tp53_mutations,
                tp53_max_vaf,
                tp53_loh,
                ..known()
            };
            assert_eq!(input.tp53_multi(), expected, "{input:?}");
        }
    }

    #[test]
    fn counts_residual_genes_with_and_without_gaps() {
        let with = |mutated: usize, missing: usize| {
            let mut input = known();
            for gene in &IpssmGene::RESIDUAL[..mutated] {
                input.genes[*gene] = Some(true);
            }
            for gene in &IpssmGene::RESIDUAL[mutated..mutated + missing] {
                input.genes[*gene] = None;
            }
            input.residual()
        };
        for (mutated, missing, expected) in [
            (0, 0, [0.0, 0.0, 0.0]),
            (1, 0, [1.0, 1.0, 1.0]),
            (3, 0, [2.0, 2.0, 2.0]),
            (0, 15, [0.0, 0.388, 2.0]),
            (1, 2, [1.0, 1.025_866_667, 2.0]),
            (1, 3, [1.0, 1.0388, 2.0]),
            (3, 2, [2.0, 2.0, 2.0]),
            (0, 1, [0.0, 0.025_866_667, 1.0]),
        ] {
            let actual = with(mutated, missing);
            for (a, e) in actual.iter().zip(expected) {
                assert!((a - e).abs() < 1e-8, "{mutated} {missing}: {actual:?}");
            }
        }
    }
}
