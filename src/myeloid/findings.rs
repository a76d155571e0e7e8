//! What is known of a patient for staging and classification. `None` is "not known", which is never "no".

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::limits::ADULT;
use crate::genome::Sex;
use crate::karyotype::{KaryotypeAssessment, KaryotypeFlags, StatedChanges};

/// Genes on the X chromosome of which a male has one copy: each lies there by its RefSeq alignment on both builds, PIGA by UniProt
/// P37287. Every gene that a panel calls X-linked is here, or a page would apply two thresholds to one variant.
pub const X_LINKED_GENES: [&str; 13] = [
    "ATRX", "BCOR", "BCORL1", "BRCC3", "GATA1", "KDM6A", "PHF6", "PIGA", "SMC1A", "STAG2", "UBA1", "ZBTB33",
    "ZRSR2",
];

/// Smallest VAF of a clone (WHO 2022; ICC 2022).
pub const CLONE_VAF: f64 = 0.02;
/// Smallest VAF of a clone with a mutation of an X-linked gene in a male (WHO 2022).
pub const CLONE_VAF_X_MALE: f64 = 0.04;

/// A driver mutation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Driver {
    /// Gene symbol.
    pub gene: String,
    /// VAF, 0 to 1.
    pub vaf: Option<f64>,
    /// For CEBPA: an in-frame mutation of the bZIP domain.
    pub bzip: bool,
}

impl Driver {
    /// Returns a mutation that is stated and was not called, with its VAF where that is stated too.
    pub(in crate::myeloid) fn stated(gene: &str, vaf: Option<f64>) -> Self {
        Self {
            gene: gene.to_owned(),
            vaf,
            bzip: false,
        }
    }
}

/// What is known of a patient.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// Sex.
    pub sex: Option<Sex>,
    /// Age, years.
    pub age: Option<f64>,
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
    /// Months that a monocytosis has lasted.
    pub monocytosis_months: Option<f64>,
    /// Driver mutations; `None` where sequencing was not done.
    pub drivers: Option<Vec<Driver>>,
    /// All mutations of CEBPA that were called lie on one copy of the gene.
    pub cebpa_on_one_copy: bool,
    /// Genes of which more mutations than those in `drivers` may be there: not covered in full, or with a call in doubt.
    pub open_genes: Vec<String>,
    /// Genes that rules or scores ask for and that were not looked at at all: they are not on the panel.
    pub off_panel: Vec<String>,
    /// Gene fusions and rearrangements found, `PML::RARA`, `KMT2A-r`, each by every name that a rule may ask for; empty where
    /// none was found or looked for.
    pub fusions: Vec<String>,
    /// Fusions were looked for by another method than the karyotype; `None` where nothing is said of how the findings were taken.
    pub fusions_looked_for: Option<bool>,
    /// Fusions found whose names are not understood.
    pub unknown_fusions: Vec<String>,
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
    /// Karyotype.
    pub karyotype: Option<KaryotypeAssessment>,
    /// Changes stated in columns of their own: they answer what the karyotype leaves open, or where there is none.
    pub stated_changes: StatedChanges,
    /// Loss of heterozygosity at TP53, by copy loss or copy-neutral.
    pub tp53_loh: Option<bool>,
    /// Months that the cytopenia has lasted.
    pub cytopenia_months: Option<f64>,
    /// Other causes of the cytopenia were excluded.
    pub causes_excluded: Option<bool>,
    /// Cytotoxic therapy or radiation for another disease before.
    pub prior_therapy: Option<bool>,
    /// Myelodysplastic disease before.
    pub prior_mds: Option<bool>,
}

/// Which counts are low (WHO 2022: Hb < 13 g/dL in men, < 12 in women; neutrophils < 1.8, platelets < 150 x 10^9/L).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cytopenia {
    /// Anemia.
    pub anemia: Option<bool>,
    /// Neutropenia.
    pub neutropenia: Option<bool>,
    /// Thrombocytopenia.
    pub thrombocytopenia: Option<bool>,
}

/// Hemoglobin below this is anemia in a man, g/dL (WHO 2022).
const HEMOGLOBIN_MALE: f64 = 13.0;
/// Hemoglobin below this is anemia in a woman, g/dL (WHO 2022).
const HEMOGLOBIN_FEMALE: f64 = 12.0;
/// Neutrophils below this are low, 10^9/L (WHO 2022).
const NEUTROPHILS: f64 = 1.8;
/// Platelets below this are low, 10^9/L (WHO 2022).
const PLATELETS: f64 = 150.0;

impl Cytopenia {
    /// Returns whether any count is low; `None` where none of the known is and one is not known.
    pub fn any(self) -> Option<bool> {
        let all = [self.anemia, self.neutropenia, self.thrombocytopenia];
        if all.contains(&Some(true)) {
            Some(true)
        } else if all.contains(&None) {
            None
        } else {
            Some(false)
        }
    }
}

impl Findings {
    /// Whether the person is a child or adolescent.
    pub fn is_child(&self) -> bool {
        self.age.is_some_and(|age| age < ADULT)
    }

    /// Returns which counts are low.
    pub fn cytopenia(&self) -> Cytopenia {
        let anemia = match (self.hemoglobin, self.sex) {
            (Some(hb), Some(Sex::Male)) => Some(hb < HEMOGLOBIN_MALE),
            (Some(hb), Some(Sex::Female)) => Some(hb < HEMOGLOBIN_FEMALE),
            // Without the sex only what holds for both is known.
            (Some(hb), None) if hb < HEMOGLOBIN_FEMALE => Some(true),
            (Some(hb), None) if hb >= HEMOGLOBIN_MALE => Some(false),
            _ => None,
        };
        Cytopenia {
            anemia,
            neutropenia: self.neutrophils.map(|n| n < NEUTROPHILS),
            thrombocytopenia: self.platelets.map(|p| p < PLATELETS),
        }
    }

    /// Returns the drivers that make a clone for certain; `None` where sequencing was not done.
    pub fn clone_drivers(&self) -> Option<Vec<&Driver>> {
        let drivers = self.drivers.as_ref()?;
        Some(
            drivers
                .iter()
                .filter(|d| self.makes_clone(d) == Some(true))
                .collect(),
        )
    }

    /// Whether a driver makes a clone; `None` where the sex decides and is not known.
    fn makes_clone(&self, driver: &Driver) -> Option<bool> {
        // A driver reported without its VAF is one: whoever reported it saw it.
        let Some(vaf) = driver.vaf else {
            return Some(true);
        };
        let (as_female, as_male) = if X_LINKED_GENES.contains(&driver.gene.as_str()) {
            (vaf >= CLONE_VAF, vaf >= CLONE_VAF_X_MALE)
        } else {
            (vaf >= CLONE_VAF, vaf >= CLONE_VAF)
        };
        match self.sex {
            Some(Sex::Male) => Some(as_male),
            Some(Sex::Female) => Some(as_female),
            None => (as_female == as_male).then_some(as_female),
        }
    }

    /// Whether a driver of an X-linked gene would be a clone in a woman but not in a man, and the sex is not known.
    pub fn sex_decides_clone(&self) -> bool {
        self.drivers
            .iter()
            .flatten()
            .any(|d| self.makes_clone(d).is_none())
    }

    /// Returns whether there is a clone; `None` where none was found and a gene or the sex is open.
    pub fn has_clone(&self) -> Option<bool> {
        if self.has_clonal_karyotype() || !self.fusions.is_empty() {
            return Some(true);
        }
        let drivers = self.clone_drivers()?;
        if drivers.is_empty() && (!self.open_genes.is_empty() || self.sex_decides_clone()) {
            return None;
        }
        Some(!drivers.is_empty())
    }

    /// Whether the karyotype shows a clone (ICC 2022: a clonal abnormality of the karyotype makes CCUS as a mutation does); the loss
    /// of Y alone, frequent with age, is none.
    pub fn has_clonal_karyotype(&self) -> bool {
        let read = |k: &KaryotypeAssessment| {
            k.clones
                .iter()
                .flat_map(|c| &c.abnormalities)
                .any(|a| a != "-Y" && !a.starts_with("-Y×"))
        };
        match &self.karyotype {
            Some(karyotype) => read(karyotype),
            None => self.stated_changes.any(),
        }
    }

    /// Returns whether the chromosomes show something, by a test that more findings can only make true: what the karyotype says, and
    /// where it is open or there is none what is stated. `None` where neither tells.
    pub fn chromosomes(&self, test: impl Fn(&KaryotypeFlags) -> bool) -> Option<bool> {
        let by_karyotype = self.karyotype.as_ref().and_then(|k| k.known(&test));
        by_karyotype.or_else(|| self.stated_changes.known(&test))
    }

    /// Whether rearrangements may be there that nobody has seen or understood: none was looked for but by a karyotype that is not read
    /// in full, or a name that was given is not understood.
    pub fn are_fusions_open(&self) -> bool {
        let shown = self.karyotype.as_ref().is_some_and(|k| k.open.is_none());
        !self.unknown_fusions.is_empty() || (self.fusions_looked_for == Some(false) && !shown)
    }

    /// Whether a gene may hold more mutations than those found.
    pub fn is_open(&self, gene: &str) -> bool {
        self.drivers.is_none() || self.open_genes.iter().any(|g| g == gene) || self.is_off_panel(gene)
    }

    /// Whether a gene was not looked at at all.
    pub fn is_off_panel(&self, gene: &str) -> bool {
        self.off_panel.iter().any(|g| g == gene)
    }

    /// Whether a gene is mutated with at least a VAF; `None` where no such mutation was found and the gene is open.
    pub fn mutated(&self, gene: &str, least_vaf: f64) -> Option<bool> {
        if self.mutations(gene, least_vaf) > 0 {
            Some(true)
        } else if self.is_open(gene) {
            None
        } else {
            Some(false)
        }
    }

    /// Whether any of these genes is mutated; `None` where none was found and one is open. Of a list that the panel holds in
    /// part, what it holds decides: the rest is named in a note.
    pub fn any_mutated(&self, genes: &[&str]) -> Option<bool> {
        let on_panel: Vec<&str> = genes.iter().copied().filter(|g| !self.is_off_panel(g)).collect();
        if on_panel.is_empty() {
            return None;
        }
        self.any_of(&on_panel)
    }

    /// Whether any of these genes is mutated; `None` where none was found and one is open or not on the panel.
    pub fn any_mutated_of_all(&self, genes: &[&str]) -> Option<bool> {
        self.any_of(genes)
    }

    fn any_of(&self, genes: &[&str]) -> Option<bool> {
        let states = || genes.iter().map(|g| self.mutated(g, 0.0));
        if states().any(|s| s == Some(true)) {
            Some(true)
        } else if states().any(|s| s.is_none()) {
            None
        } else {
            Some(false)
        }
    }

    /// Returns the mutations of a gene with at least a VAF; a mutation without VAF counts.
    pub fn mutations(&self, gene: &str, least_vaf: f64) -> usize {
        self.drivers
            .iter()
            .flatten()
            .filter(|d| d.gene == gene && d.vaf.is_none_or(|v| v >= least_vaf))
            .count()
    }

    /// Returns the first of these genes that is mutated.
    pub fn first_mutated(&self, genes: &[&'static str]) -> Option<&'static str> {
        genes.iter().copied().find(|g| self.mutations(g, 0.0) > 0)
    }

    /// Returns the first of these rearrangements that was found.
    pub fn first_fusion(&self, names: &[&'static str]) -> Option<&'static str> {
        names
            .iter()
            .copied()
            .find(|n| self.fusions.iter().any(|f| f.eq_ignore_ascii_case(n)))
    }

    /// Returns the largest VAF of a gene.
    pub fn largest_vaf(&self, gene: &str) -> Option<f64> {
        let vafs = self
            .drivers
            .iter()
            .flatten()
            .filter(|d| d.gene == gene)
            .filter_map(|d| d.vaf);
        vafs.max_by(f64::total_cmp)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cut_off_of_the_counts() {
        for (hemoglobin, sex, expected) in [
            (13.0, Some(Sex::Male), Some(false)),
            (12.9, Some(Sex::Male), Some(true)),
            (12.0, Some(Sex::Female), Some(false)),
            (11.9, Some(Sex::Female), Some(true)),
            (11.9, None, Some(true)),
            (12.0, None, None),
            (12.5, None, None),
            (13.0, None, Some(false)),
        ] {
            let findings = Findings {
                hemoglobin: Some(hemoglobin),
                sex,
                ..Findings::default()
            };
            assert_eq!(findings.cytopenia().anemia, expected, "{hemoglobin} {sex:?}");
        }
        let findings = |neutrophils, platelets| Findings {
            neutrophils: Some(neutrophils),
            platelets: Some(platelets),
            hemoglobin: Some(14.0),
            ..Findings::default()
        };
        assert_eq!(findings(1.8, 150.0).cytopenia().any(), Some(false));
        assert_eq!(findings(1.79, 150.0).cytopenia().any(), Some(true));
        assert_eq!(findings(1.8, 149.9).cytopenia().any(), Some(true));
        assert_eq!(Findings::default().cytopenia().any(), None);
    }

    /// A list that the panel holds in part is decided by what it holds, or left open, as the question asks.
    #[test]
    fn a_gene_that_is_not_on_the_panel_is_open() {
        let findings = Findings {
            drivers: Some(Vec::new()),
            off_panel: vec!["ZRSR2".into()],
            ..Findings::default()
        };
        assert_eq!(findings.any_mutated(&["SRSF2", "ZRSR2"]), Some(false));
        assert_eq!(findings.any_mutated_of_all(&["SRSF2", "ZRSR2"]), None);
        assert_eq!(findings.any_mutated(&["ZRSR2"]), None);
        assert_eq!(findings.mutated("ZRSR2", 0.0), None);
        assert_eq!(findings.has_clone(), Some(false));
    }

    #[test]
    fn a_clone_needs_2_percent_and_4_on_the_x_of_a_male() {
        let findings = |gene: &str, vaf, sex| Findings {
            sex,
            drivers: Some(vec![Driver {
                gene: gene.into(),
                vaf: Some(vaf),
                bzip: false,
            }]),
            ..Findings::default()
        };
        let clones = |gene: &str, vaf, sex| findings(gene, vaf, Some(sex)).clone_drivers().unwrap().len();
        assert_eq!(clones("TET2", 0.02, Sex::Male), 1);
        assert_eq!(clones("TET2", 0.0199, Sex::Male), 0);
        for gene in X_LINKED_GENES {
            assert_eq!(clones(gene, 0.039, Sex::Male), 0, "{gene}");
            assert_eq!(clones(gene, 0.04, Sex::Male), 1, "{gene}");
            assert_eq!(clones(gene, 0.02, Sex::Female), 1, "{gene}");
            // Between the two limits the sex decides.
            for (vaf, expected) in [
                (0.019, Some(false)),
                (0.02, None),
                (0.039, None),
                (0.04, Some(true)),
            ] {
                let unknown = findings(gene, vaf, None);
                assert_eq!(unknown.has_clone(), expected, "{gene} {vaf}");
                assert_eq!(unknown.sex_decides_clone(), expected.is_none());
            }
        }
        assert_eq!(findings("TET2", 0.03, None).has_clone(), Some(true));
    }
}
