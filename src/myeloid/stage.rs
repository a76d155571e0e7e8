//! Stage from no clonal hematopoiesis to acute leukemia, with what would have to be known to tell neighbors apart.

mod decide;
mod elsewhere;
mod table;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::classify::{Classification, icc, who5};
use super::findings::{Cytopenia, Findings};
use crate::panel::Text;
use crate::words::Phrase;

pub use elsewhere::high_counts;
pub use table::StageTable;

/// Stage on the myeloid road.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Stage {
    /// No clonal hematopoiesis at the threshold, no cytopenia.
    #[serde(rename = "no CH")]
    NoCh,
    /// Clonal hematopoiesis of indeterminate potential: a clone, counts normal.
    Chip,
    /// Idiopathic cytopenia of undetermined significance: cytopenia, no clone, no dysplasia.
    Icus,
    /// Clonal cytopenia of undetermined significance: a clone and cytopenia, no dysplasia.
    Ccus,
    /// Myelodysplastic neoplasm.
    Mds,
    /// Chronic myelomonocytic leukemia, beside the road.
    Cmml,
    /// Acute myeloid leukemia.
    Aml,
}

/// The stage, or the stages that are still possible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StageResult {
    /// The stage; `None` where more than one is possible, or where a disease beside the road must be excluded first.
    pub stage: Option<Stage>,
    /// The stages still possible, in order; one where the stage is known.
    pub possible: Vec<Stage>,
    /// Why.
    pub reasons: Vec<Text>,
    /// What would have to be known.
    pub needed: Vec<Text>,
    /// Which counts are low.
    pub cytopenia: Cytopenia,
    /// WHO 2022.
    pub who5: Classification,
    /// ICC 2022.
    pub icc: Classification,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 7] = [
        Self::NoCh,
        Self::Chip,
        Self::Icus,
        Self::Ccus,
        Self::Mds,
        Self::Cmml,
        Self::Aml,
    ];

    /// Returns its name in tables.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NoCh => "no_ch",
            Self::Chip => "chip",
            Self::Icus => "icus",
            Self::Ccus => "ccus",
            Self::Mds => "mds",
            Self::Cmml => "cmml",
            Self::Aml => "aml",
        }
    }

    /// Returns its name in words.
    pub const fn words(self) -> Phrase {
        match self {
            Self::NoCh => Phrase::new("Stage", "NoCh"),
            Self::Chip => Phrase::new("Stage", "Chip"),
            Self::Icus => Phrase::new("Stage", "Icus"),
            Self::Ccus => Phrase::new("Stage", "Ccus"),
            Self::Mds => Phrase::new("Stage", "Mds"),
            Self::Cmml => Phrase::new("Stage", "Cmml"),
            Self::Aml => Phrase::new("Stage", "Aml"),
        }
    }

    /// Returns its English name, as published tables write it.
    pub fn label(self) -> &'static str {
        self.words().en()
    }
}

/// Returns the stage with both classifications.
pub fn stage(findings: &Findings) -> StageResult {
    let (who5, icc) = (who5(findings), icc(findings));
    let mut result = StageResult {
        stage: None,
        possible: Vec::new(),
        reasons: Vec::new(),
        needed: Vec::new(),
        cytopenia: findings.cytopenia(),
        who5,
        icc,
    };
    decide::decide(findings, &mut result);
    let elsewhere = elsewhere::to_be_excluded(findings, &result);
    if let [only] = result.possible[..]
        && (elsewhere.is_empty() || only == Stage::Aml)
    {
        result.stage = Some(only);
    }
    if result.stage != Some(Stage::Aml) {
        result.needed.extend(elsewhere);
    }
    result
}

impl StageResult {
    fn because(&mut self, en: &str, ja: &str) {
        self.reasons.push(Text::new(en, ja));
    }

    fn needs(&mut self, en: &str, ja: &str) {
        self.needed.push(Text::new(en, ja));
    }

    /// Whether the stage is known, and one of these.
    pub fn is_certainly(&self, stages: &[Stage]) -> bool {
        self.stage.is_some_and(|s| stages.contains(&s))
    }

    /// Whether a stage is known, or still possible.
    pub fn could_be(&self, stage: Stage) -> bool {
        self.possible.contains(&stage)
    }
}

#[cfg(test)]
mod tests {
    use super::super::findings::Driver;
    use super::*;
    use crate::genome::Sex;

    fn driver(gene: &str, vaf: f64) -> Driver {
        Driver {
            gene: gene.into(),
            vaf: Some(vaf),
            bzip: false,
        }
    }

    /// Normal counts, sequenced without a driver.
    fn healthy() -> Findings {
        Findings {
            sex: Some(Sex::Female),
            hemoglobin: Some(13.0),
            platelets: Some(200.0),
            neutrophils: Some(3.0),
            drivers: Some(Vec::new()),
            ..Findings::default()
        }
    }

    /// A clone and anemia, marrow seen without dysplasia, lasting, unexplained.
    fn ccus() -> Findings {
        Findings {
            hemoglobin: Some(10.0),
            drivers: Some(vec![driver("TET2", 0.2)]),
            marrow_blasts: Some(2.0),
            blood_blasts: Some(0.0),
            dysplastic_lineages: Some(0),
            karyotype: Some(normal()),
            cytopenia_months: Some(4.0),
            causes_excluded: Some(true),
            ..healthy()
        }
    }

    fn normal() -> crate::karyotype::KaryotypeAssessment {
        let karyotype = crate::karyotype::Karyotype::parse("46,XX[20]").unwrap();
        crate::karyotype::assess(&karyotype, Some(Sex::Female))
    }

    type Set = fn(&mut Findings);

    #[test]
    fn every_row_of_the_stage_table() {
        let rows: [(Set, &[Stage]); 15] = [
            (|f| *f = healthy(), &[Stage::NoCh]),
            (
                |f| {
                    *f = healthy();
                    f.drivers = Some(vec![driver("TET2", 0.02)]);
                },
                &[Stage::Chip],
            ),
            (
                |f| {
                    *f = healthy();
                    f.drivers = Some(vec![driver("TET2", 0.019)]);
                },
                &[Stage::NoCh],
            ),
            (|_| (), &[Stage::Ccus]),
            (|f| f.drivers = Some(Vec::new()), &[Stage::Icus]),
            (|f| f.dysplastic_lineages = Some(1), &[Stage::Mds]),
            (|f| f.marrow_blasts = Some(20.0), &[Stage::Aml]),
            (|f| f.blood_blasts = Some(20.0), &[Stage::Aml]),
            (|f| f.drivers = Some(vec![driver("NPM1", 0.3)]), &[Stage::Aml]),
            (|f| f.drivers = Some(vec![driver("SF3B1", 0.3)]), &[Stage::Mds]),
            (|f| f.marrow_blasts = Some(5.0), &[Stage::Mds]),
            (|f| f.dysplastic_lineages = None, &[Stage::Ccus, Stage::Mds]),
            (|f| f.cytopenia_months = Some(3.9), &[Stage::Chip, Stage::Ccus]),
            (|f| f.causes_excluded = None, &[Stage::Chip, Stage::Ccus]),
            (|f| f.causes_excluded = Some(false), &[Stage::Chip]),
        ];
        for (index, (set, expected)) in rows.into_iter().enumerate() {
            let mut findings = ccus();
            set(&mut findings);
            let actual = stage(&findings);
            assert_eq!(actual.possible, expected, "row {index}: {actual:?}");
            assert_eq!(
                actual.stage,
                (expected.len() == 1).then_some(expected[0]),
                "row {index}"
            );
        }
    }

    /// Hemoglobin, platelets, sex, gene, whether CHIP is certain.
    #[test]
    fn high_counts_with_a_driver_of_mpn_are_not_chip_yet() {
        for (hemoglobin, platelets, sex, gene, certain) in [
            (16.5, 449.0, Some(Sex::Male), "JAK2", true),
            (16.6, 200.0, Some(Sex::Male), "JAK2", false),
            (16.0, 200.0, Some(Sex::Female), "JAK2", true),
            (16.1, 200.0, Some(Sex::Female), "JAK2", false),
            (16.1, 200.0, None, "JAK2", false),
            (14.0, 450.0, Some(Sex::Male), "CALR", false),
            (14.0, 450.0, Some(Sex::Male), "MPL", false),
            (18.0, 600.0, Some(Sex::Male), "TET2", true),
        ] {
            let findings = Findings {
                hemoglobin: Some(hemoglobin),
                platelets: Some(platelets),
                sex,
                drivers: Some(vec![driver(gene, 0.3)]),
                ..healthy()
            };
            let actual = stage(&findings);
            assert_eq!(actual.possible, [Stage::Chip]);
            assert_eq!(
                actual.stage,
                certain.then_some(Stage::Chip),
                "{hemoglobin} {platelets} {gene}"
            );
            assert_eq!(actual.needed.len(), usize::from(!certain));
        }
    }

    #[test]
    fn says_what_is_needed() {
        let mut findings = ccus();
        findings.dysplastic_lineages = None;
        let actual = stage(&findings);
        assert!(
            actual.needed[0]
                .en
                .contains("CCUS and MDS cannot be separated without it")
        );
        let unknown = stage(&Findings::default());
        assert_eq!(unknown.stage, None);
        assert_eq!(unknown.needed.len(), 3, "{:?}", unknown.needed);
        let unsequenced = Findings {
            drivers: None,
            ..healthy()
        };
        assert_eq!(stage(&unsequenced).possible, [Stage::NoCh, Stage::Chip]);
    }
}
