//! What staging and classification start from, of the clinical values.

use super::findings::Findings;
use crate::genome::Sex;
use crate::karyotype::{Fusion, FusionName, KaryotypeAssessment, StatedChanges, assess};
use crate::patient::Clinical;

impl Clinical {
    /// Returns the findings that staging and classification start from; drivers are not known to it.
    pub fn findings(&self, sex: Option<Sex>, age: Option<f64>) -> Findings {
        let karyotype = self
            .karyotype
            .as_ref()
            .map(|given| assess(given.karyotype(), sex));
        let (fusions, unknown_fusions) = fusions(self, karyotype.as_ref());
        Findings {
            cebpa_on_one_copy: false,
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
            stated_changes: StatedChanges {
                del5q: self.del5q,
                del7_7q: self.del7_7q,
                del17_17p: self.del17_17p,
                complex: self.complex,
            },
            // A stated loss of 17p is a loss of the other TP53 allele, whatever is said of loss of heterozygosity (Bernard 2022; WHO
            // 2022 counts copy loss and copy-neutral loss alike).
            tp53_loh: self.del17_17p.filter(|lost| *lost).or(self.tp53_loh),
            cytopenia_months: self.cytopenia_months,
            causes_excluded: self.causes_excluded,
            prior_therapy: self.prior_therapy,
            prior_mds: self.prior_mds,
        }
    }
}

/// Returns the fusions given and those that the karyotype shows, by every name that a rule may ask for, and the names
/// given that are not understood.
fn fusions(given: &Clinical, karyotype: Option<&KaryotypeAssessment>) -> (Vec<String>, Vec<String>) {
    let mut known: Vec<String> = Vec::new();
    let mut unknown = Vec::new();
    let mut take = |fusion: &Fusion| {
        for name in fusion.names() {
            if !known.iter().any(|k| k == name) {
                known.push(name.to_owned());
            }
        }
    };
    for text in given.fusions.iter().flatten() {
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
