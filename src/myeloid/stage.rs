//! Stage from no clonal hematopoiesis to acute leukemia, with what would have to be known to tell neighbors apart.

mod table;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::classify::{Classification, icc, who5};
use super::findings::{Cytopenia, Findings};

pub use table::StageTable;

/// Months that a cytopenia must last (ICUS and CCUS; from memory).
const PERSISTENT_MONTHS: f64 = 4.0;
/// Blasts from which it is acute leukemia whatever else is found, per cent (WHO 2022; ICC 2022).
const AML_BLASTS: f64 = 20.0;

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
    /// Acute myeloid leukemia.
    Aml,
}

/// The stage, or the stages that are still possible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StageResult {
    /// The stage; `None` where more than one is possible.
    pub stage: Option<Stage>,
    /// The stages still possible, in order; one where the stage is known.
    pub possible: Vec<Stage>,
    /// Why.
    pub reasons: Vec<String>,
    /// What would have to be known.
    pub needed: Vec<String>,
    /// Which counts are low.
    pub cytopenia: Cytopenia,
    /// WHO 2022.
    pub who5: Classification,
    /// ICC 2022.
    pub icc: Classification,
}

impl Stage {
    /// Returns its name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NoCh => "no CH",
            Self::Chip => "CHIP",
            Self::Icus => "ICUS",
            Self::Ccus => "CCUS",
            Self::Mds => "MDS",
            Self::Aml => "AML",
        }
    }

    /// Returns its name in Japanese.
    pub const fn label_ja(self) -> &'static str {
        match self {
            Self::NoCh => "クローン性造血なし",
            Self::Chip => "クローン性造血(CHIP)",
            Self::Icus => "意義不明血球減少症(ICUS)",
            Self::Ccus => "意義不明クローン性血球減少症(CCUS)",
            Self::Mds => "骨髄異形成症候群／腫瘍(MDS)",
            Self::Aml => "急性骨髄性白血病(AML)",
        }
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
    decide(findings, &mut result);
    if let [only] = result.possible[..] {
        result.stage = Some(only);
    }
    result
}

fn decide(findings: &Findings, result: &mut StageResult) {
    let named = |c: &Classification, start: &str| c.name.as_deref().is_some_and(|n| n.starts_with(start));
    let blasts = [findings.marrow_blasts, findings.blood_blasts];
    if blasts.iter().flatten().any(|b| *b >= AML_BLASTS) {
        result.possible = vec![Stage::Aml];
        result.reasons.push("20 % blasts or more".into());
        return;
    }
    if named(&result.who5, "AML") || named(&result.icc, "AML") {
        result.possible = vec![Stage::Aml];
        result
            .reasons
            .push("genetics that define AML below 20 % blasts".into());
        return;
    }
    let clone = findings.clone_drivers().map(|d| !d.is_empty());
    let cytopenia = result.cytopenia.any();
    result.possible = by_clone_and_counts(clone, cytopenia);
    say_clone_and_counts(clone, cytopenia, result);
    if cytopenia != Some(false) {
        look_at_marrow(findings, clone, cytopenia, result);
    }
    if cytopenia == Some(true) && !result.possible.contains(&Stage::Mds) {
        look_at_duration(findings, clone, result);
    }
    result.possible.sort_unstable();
    result.possible.dedup();
}

/// Returns the stages before MDS that a clone and the counts allow; MDS is looked at apart.
fn by_clone_and_counts(clone: Option<bool>, cytopenia: Option<bool>) -> Vec<Stage> {
    let mut possible = Vec::new();
    for (stage, with_clone, with_cytopenia) in [
        (Stage::NoCh, false, false),
        (Stage::Chip, true, false),
        (Stage::Icus, false, true),
        (Stage::Ccus, true, true),
    ] {
        if clone.is_none_or(|c| c == with_clone) && cytopenia.is_none_or(|c| c == with_cytopenia) {
            possible.push(stage);
        }
    }
    possible
}

fn say_clone_and_counts(clone: Option<bool>, cytopenia: Option<bool>, result: &mut StageResult) {
    match clone {
        Some(true) => result.reasons.push("a driver at or above the threshold".into()),
        Some(false) => result.reasons.push("no driver at or above the threshold".into()),
        None => result.needed.push("sequencing of the myeloid genes".into()),
    }
    match cytopenia {
        Some(true) => result.reasons.push("cytopenia".into()),
        Some(false) => result.reasons.push("no cytopenia".into()),
        None => result
            .needed
            .push("hemoglobin with sex, neutrophils and platelets".into()),
    }
}

/// Decides between MDS and the stages without dysplasia.
fn look_at_marrow(
    findings: &Findings,
    clone: Option<bool>,
    cytopenia: Option<bool>,
    result: &mut StageResult,
) {
    let is_mds = |c: &Classification| c.name.as_deref().is_some_and(|n| n.starts_with("MDS"));
    if cytopenia == Some(true) && (is_mds(&result.who5) || is_mds(&result.icc)) {
        result.possible = vec![Stage::Mds];
        result
            .reasons
            .push("meets a type of MDS by WHO 2022 or ICC 2022".into());
        return;
    }
    let seen = findings.dysplastic_lineages.is_some() && findings.marrow_blasts.is_some();
    if seen && findings.dysplastic_lineages != Some(0) {
        result.possible.push(Stage::Mds);
        if cytopenia == Some(true) {
            result.possible.retain(|s| *s == Stage::Mds);
            result
                .reasons
                .push("dysplasia in 10 % of a lineage or more".into());
        }
        return;
    }
    if !seen {
        result.possible.push(Stage::Mds);
        let name = if clone == Some(false) { "ICUS" } else { "CCUS" };
        result.needed.push(format!(
            "marrow with dysplasia and blasts: {name} and MDS cannot be separated without it"
        ));
        return;
    }
    result.reasons.push("no dysplasia in 10 % of a lineage".into());
    let undecided = |c: &Classification| c.possible.iter().any(|n| n.starts_with("MDS"));
    if undecided(&result.who5) || undecided(&result.icc) {
        result.possible.push(Stage::Mds);
        result
            .needed
            .push("karyotype and genes that define MDS without dysplasia".into());
    }
}

/// A cytopenia must last and be without another cause before it is CCUS or ICUS.
fn look_at_duration(findings: &Findings, clone: Option<bool>, result: &mut StageResult) {
    let other = match clone {
        Some(true) => Stage::Chip,
        _ => Stage::NoCh,
    };
    match findings.cytopenia_months {
        Some(months) if months >= PERSISTENT_MONTHS => {}
        Some(_) => {
            result.possible.push(other);
            result
                .needed
                .push("counts again after 4 months: the cytopenia has not lasted yet".into());
        }
        None => {
            result.possible.push(other);
            result
                .needed
                .push("how long the cytopenia has lasted (4 months or more)".into());
        }
    }
    match findings.causes_excluded {
        Some(true) => {}
        Some(false) => {
            result.possible = vec![other];
            result.reasons.push("the cytopenia has another cause".into());
        }
        None => {
            result.possible.push(other);
            result.needed.push(
                "exclusion of B12/folate deficiency, hypothyroidism, cirrhosis with hypersplenism, aplastic anemia, PNH"
                    .into(),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::findings::Driver;
    use super::*;
    use crate::sample::Sex;

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

    fn normal() -> super::super::karyotype::KaryotypeAssessment {
        let karyotype = super::super::karyotype::Karyotype::parse("46,XX[20]").unwrap();
        super::super::karyotype::assess(&karyotype, Some(Sex::Female))
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

    #[test]
    fn says_what_is_needed() {
        let mut findings = ccus();
        findings.dysplastic_lineages = None;
        let actual = stage(&findings);
        assert!(actual.needed[0].contains("CCUS and MDS cannot be separated without it"));
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
