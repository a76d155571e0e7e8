//! What a laboratory or clinic knows of a patient beside the calls: counts, marrow, karyotype, history, and what it states
//! about single genes. One column each, in a sample sheet, a table of stages or a clinical JSON.

mod columns;
mod stated;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::CytogeneticRisk;
use super::findings::Findings;
use super::ipss_m::Tp53Mutations;
use crate::genome::Sex;
use crate::karyotype::{Fusion, FusionName, Karyotype, KaryotypeAssessment, assess};

pub use columns::{ClinicalColumns, FIELDS, FURTHER_GENES, Field, Kind};

/// Values in the units of the formulas. `None` is "not known", which is never "no".
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Clinical {
    /// Hemoglobin, g/dL.
    pub hemoglobin: Option<f64>,
    /// Platelets, 10^9/L.
    pub platelets: Option<f64>,
    /// Neutrophils, 10^9/L.
    pub neutrophils: Option<f64>,
    /// White cells, 10^9/L.
    pub white_cells: Option<f64>,
    /// Monocytes of the blood, 10^9/L.
    pub monocytes: Option<f64>,
    /// Mean corpuscular volume, fL.
    pub mcv: Option<f64>,
    /// Red cell distribution width, per cent.
    pub rdw: Option<f64>,
    /// Marrow blasts, per cent.
    pub marrow_blasts: Option<f64>,
    /// Blood blasts, per cent.
    pub blood_blasts: Option<f64>,
    /// Lineages with dysplasia in 10 % of cells or more, 0 to 3.
    pub dysplastic_lineages: Option<u8>,
    /// Ring sideroblasts, per cent of erythroid precursors.
    pub ring_sideroblasts: Option<f64>,
    /// Marrow cellularity, per cent.
    pub cellularity: Option<f64>,
    /// Marrow fibrosis, grade 0 to 3.
    pub fibrosis: Option<u8>,
    /// Auer rods seen.
    pub auer_rods: Option<bool>,
    /// Karyotype, ISCN, as given.
    pub karyotype: Option<String>,
    /// Gene fusions and rearrangements; an empty list means looked for and none.
    pub fusions: Option<Vec<String>>,
    /// Months that the cytopenia has lasted.
    pub cytopenia_months: Option<f64>,
    /// Months that the monocytosis has lasted.
    pub monocytosis_months: Option<f64>,
    /// Other causes of the cytopenia were excluded.
    pub causes_excluded: Option<bool>,
    /// Cytotoxic therapy or radiation for another disease before.
    pub prior_therapy: Option<bool>,
    /// Myelodysplastic disease before.
    pub prior_mds: Option<bool>,
    /// Cytogenetic group of IPSS-R as stated.
    pub cytogenetics: Option<CytogeneticRisk>,
    /// del(5q) as stated.
    pub del5q: Option<bool>,
    /// -7 or del(7q) as stated.
    pub del7_7q: Option<bool>,
    /// -17 or del(17p) as stated.
    pub del17_17p: Option<bool>,
    /// Complex karyotype as stated.
    pub complex: Option<bool>,
    /// Number of TP53 mutations as stated.
    pub tp53_mutations: Option<Tp53Mutations>,
    /// Largest VAF of TP53 as stated, 0 to 1.
    pub tp53_max_vaf: Option<f64>,
    /// Loss of heterozygosity at TP53, by copy loss or copy-neutral.
    pub tp53_loh: Option<bool>,
    /// An internal tandem duplication of FLT3 as stated.
    #[serde(default)]
    pub flt3_itd: Option<bool>,
    /// Genes stated mutated or not, by their column.
    pub genes: BTreeMap<String, bool>,
    /// Genes that the laboratory states were sequenced in full and deep enough, so that no call means not mutated; `all`
    /// for the whole panel.
    pub covered_genes: Vec<String>,
}

/// The word that stands for every gene of the panel.
pub(in crate::myeloid) const ALL_GENES: &str = "all";

impl Clinical {
    /// Whether anything is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether the laboratory states that a gene was covered.
    pub fn states_coverage_of(&self, gene: &str) -> bool {
        self.covered_genes
            .iter()
            .any(|g| g.eq_ignore_ascii_case(ALL_GENES) || g == gene)
    }

    /// Returns the findings that staging and classification start from; drivers are not known to it.
    pub fn findings(&self, sex: Option<Sex>, age: Option<f64>) -> Findings {
        let text = self.karyotype.as_deref();
        // Read when it was taken in: here it can be read again.
        let karyotype = text
            .and_then(|k| Karyotype::parse(k).ok())
            .map(|k| assess(&k, sex));
        let (fusions, unknown_fusions) = self.fusions(karyotype.as_ref());
        Findings {
            sex,
            age,
            hemoglobin: self.hemoglobin,
            platelets: self.platelets,
            neutrophils: self.neutrophils,
            white_cells: self.white_cells,
            monocytes: self.monocytes,
            monocytosis_months: self.monocytosis_months,
            drivers: None,
            open_genes: Vec::new(),
            off_panel: Vec::new(),
            fusions,
            fusions_looked_for: Some(self.fusions.is_some()),
            unknown_fusions,
            marrow_blasts: self.marrow_blasts,
            blood_blasts: self.blood_blasts,
            dysplastic_lineages: self.dysplastic_lineages,
            ring_sideroblasts: self.ring_sideroblasts,
            cellularity: self.cellularity,
            fibrosis: self.fibrosis,
            auer_rods: self.auer_rods,
            karyotype,
            tp53_loh: self.tp53_loh,
            cytopenia_months: self.cytopenia_months,
            causes_excluded: self.causes_excluded,
            prior_therapy: self.prior_therapy,
            prior_mds: self.prior_mds,
        }
    }

    /// Returns the fusions given and those that the karyotype shows, by every name that a rule may ask for, and the names
    /// given that are not understood.
    fn fusions(&self, karyotype: Option<&KaryotypeAssessment>) -> (Vec<String>, Vec<String>) {
        let mut known: Vec<String> = Vec::new();
        let mut unknown = Vec::new();
        let mut take = |fusion: &Fusion| {
            for name in fusion.names() {
                if !known.iter().any(|k| k == name) {
                    known.push(name.to_owned());
                }
            }
        };
        for text in self.fusions.iter().flatten() {
            match FusionName::read(text) {
                Some(fusion) => take(&fusion),
                None => unknown.push(text.clone()),
            }
        }
        if let Some(karyotype) = karyotype {
            karyotype
                .fusions
                .iter()
                .filter_map(|f| FusionName::read(f))
                .for_each(|f| take(&f));
        }
        (known, unknown)
    }
}
