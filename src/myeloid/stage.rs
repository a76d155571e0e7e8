//! Stage from no clonal hematopoiesis to acute leukemia, with what would have to be known to tell neighbors apart.

mod table;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::classify::{Classification, icc, who5};
use super::findings::{Cytopenia, Findings};
use crate::panel::Text;
use crate::sample::Sex;

pub use table::StageTable;
pub(in crate::myeloid) use table::drivers;

/// Months that a cytopenia must last (ICUS and CCUS; from memory).
const PERSISTENT_MONTHS: f64 = 4.0;
/// Blasts from which it is acute leukemia whatever else is found, per cent (WHO 2022; ICC 2022).
pub(super) const AML_BLASTS: f64 = 20.0;

/// Hemoglobin above this points to polycythemia vera in a man, g/dL (WHO 2016: Arber, Blood 2016;127:2391, table 4).
const HIGH_HEMOGLOBIN_MALE: f64 = 16.5;
/// The same in a woman.
const HIGH_HEMOGLOBIN_FEMALE: f64 = 16.0;
/// Platelets from which essential thrombocythemia is thought of, 10^9/L (WHO 2016: Arber, Blood 2016;127:2391,
/// table 5; the same in WHO 2022 and ICC 2022, as a table of Blood compares them).
const HIGH_PLATELETS: f64 = 450.0;

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

    /// Returns its name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NoCh => "no CH",
            Self::Chip => "CHIP",
            Self::Icus => "ICUS",
            Self::Ccus => "CCUS",
            Self::Mds => "MDS",
            Self::Cmml => "CMML",
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
            Self::Cmml => "慢性骨髄単球性白血病(CMML)",
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
    let elsewhere = points_to_mpn(findings);
    if let [only] = result.possible[..]
        && (!elsewhere || only == Stage::Aml)
    {
        result.stage = Some(only);
    }
    if elsewhere {
        result.needs(
            "exclusion of a myeloproliferative neoplasm: JAK2, CALR or MPL is mutated and hemoglobin or platelets are high (above 16.5 \
             g/dL in men, 16.0 in women; 450 x 10^9/L or more)",
            "骨髄増殖性腫瘍の除外：JAK2・CALR・MPLの変異があり、ヘモグロビン(男性16.5、女性16.0 g/dL超)または血小板(450×10^9/L以上)が高値",
        );
    }
    result
}

/// Whether a driver of myeloproliferative neoplasms goes with high counts: CHIP and CCUS are diagnoses of those without
/// another myeloid neoplasm (WHO 2022).
fn points_to_mpn(findings: &Findings) -> bool {
    let hemoglobin = match findings.sex {
        Some(Sex::Male) => HIGH_HEMOGLOBIN_MALE,
        // The lower limit where the sex is not known: it only asks for a look.
        Some(Sex::Female) | None => HIGH_HEMOGLOBIN_FEMALE,
    };
    let high = findings.hemoglobin.is_some_and(|hb| hb > hemoglobin)
        || findings.platelets.is_some_and(|p| p >= HIGH_PLATELETS);
    high && findings.first_mutated(&["JAK2", "CALR", "MPL"]).is_some()
}

impl StageResult {
    fn because(&mut self, en: &str, ja: &str) {
        self.reasons.push(Text::new(en, ja));
    }

    fn needs(&mut self, en: &str, ja: &str) {
        self.needed.push(Text::new(en, ja));
    }

    /// Whether a stage is known, or still possible.
    pub fn could_be(&self, stage: Stage) -> bool {
        self.possible.contains(&stage)
    }
}

fn decide(findings: &Findings, result: &mut StageResult) {
    let named = |c: &Classification, start: &str| c.name.as_deref().is_some_and(|n| n.starts_with(start));
    let blasts = [findings.marrow_blasts, findings.blood_blasts];
    if blasts.iter().flatten().any(|b| *b >= AML_BLASTS) {
        result.possible = vec![Stage::Aml];
        result.because("20 % blasts or more", "芽球20%以上");
        return;
    }
    if named(&result.who5, "AML") || named(&result.icc, "AML") {
        result.possible = vec![Stage::Aml];
        result.because(
            "genetics that define AML below 20 % blasts",
            "芽球20%未満でもAMLを定義する遺伝子異常",
        );
        return;
    }
    if result.who5.is_surely("CMML") || result.icc.is_surely("CMML") {
        result.possible = vec![Stage::Cmml];
        result.because(
            "meets CMML by WHO 2022 or ICC 2022",
            "WHO 2022またはICC 2022のCMMLに合致",
        );
        return;
    }
    let clone = findings.has_clone();
    let cytopenia = result.cytopenia.any();
    result.possible = by_clone_and_counts(clone, cytopenia);
    say_clone_and_counts(findings, clone, cytopenia, result);
    if cytopenia != Some(false) {
        look_at_marrow(findings, clone, cytopenia, result);
    }
    if cytopenia == Some(true) && !result.possible.contains(&Stage::Mds) {
        look_at_duration(findings, clone, result);
    }
    look_at_monocytes(result);
    result.possible.sort_unstable();
    result.possible.dedup();
}

/// CMML that is not certain stays possible.
fn look_at_monocytes(result: &mut StageResult) {
    if result.who5.could_be("CMML") || result.icc.could_be("CMML") {
        result.possible.push(Stage::Cmml);
        result.needs(
            "white cells, how long the monocytosis has lasted (3 months or more) and the marrow, to decide on CMML",
            "CMMLの判定には白血球数、単球増加の持続期間(3か月以上)と骨髄所見が必要",
        );
    }
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

fn say_clone_and_counts(
    findings: &Findings,
    clone: Option<bool>,
    cytopenia: Option<bool>,
    result: &mut StageResult,
) {
    match clone {
        Some(true) if findings.clone_drivers().is_none_or(|d| d.is_empty()) => {
            result.because("a clonal karyotype", "クローン性の染色体異常あり");
        }
        Some(true) => result.because("a driver at or above the threshold", "閾値以上のドライバー変異あり"),
        Some(false) => result.because("no driver at or above the threshold", "閾値以上のドライバー変異なし"),
        None if findings.drivers.is_some() => result.needs(
            "coverage of the genes without a driver, or a decision on the calls in doubt: a clone is not excluded",
            "ドライバー変異のない遺伝子の被覆情報、または要確認変異の判断：クローンは否定されていない",
        ),
        None => result.needs("sequencing of the myeloid genes", "骨髄系遺伝子のシーケンス"),
    }
    match cytopenia {
        Some(true) => result.because("cytopenia", "血球減少あり"),
        Some(false) => result.because("no cytopenia", "血球減少なし"),
        None => result.needs(
            "hemoglobin with sex, neutrophils and platelets",
            "ヘモグロビン(と性別)、好中球、血小板",
        ),
    }
}

/// Decides between MDS and the stages without dysplasia.
fn look_at_marrow(
    findings: &Findings,
    clone: Option<bool>,
    cytopenia: Option<bool>,
    result: &mut StageResult,
) {
    if cytopenia == Some(true) && (result.who5.is_surely("MDS") || result.icc.is_surely("MDS")) {
        result.possible = vec![Stage::Mds];
        result.because(
            "meets a type of MDS by WHO 2022 or ICC 2022",
            "WHO 2022またはICC 2022のMDS病型に合致",
        );
        return;
    }
    let seen = findings.dysplastic_lineages.is_some() && findings.marrow_blasts.is_some();
    if seen && findings.dysplastic_lineages != Some(0) {
        result.possible.push(Stage::Mds);
        if cytopenia == Some(true) {
            result.possible.retain(|s| *s == Stage::Mds);
            result.because(
                "dysplasia in 10 % of a lineage or more",
                "1系統以上で10%以上の異形成",
            );
        }
        return;
    }
    if !seen {
        result.possible.push(Stage::Mds);
        let name = match clone {
            Some(true) => "CCUS",
            Some(false) => "ICUS",
            None => "ICUS/CCUS",
        };
        result.needs(
            &format!("marrow with dysplasia and blasts: {name} and MDS cannot be separated without it"),
            &format!("骨髄検査(異形成と芽球)：これがなければ{name}とMDSは区別できない"),
        );
        return;
    }
    result.because(
        "no dysplasia in 10 % of a lineage",
        "10%以上の異形成を示す系統なし",
    );
    if result.who5.could_be("MDS") || result.icc.could_be("MDS") {
        result.possible.push(Stage::Mds);
        result.needs(
            "karyotype and genes that define MDS without dysplasia",
            "異形成なしでMDSを定義する核型と遺伝子",
        );
    }
}

/// A cytopenia must last and be without another cause before it is CCUS or ICUS.
fn look_at_duration(findings: &Findings, clone: Option<bool>, result: &mut StageResult) {
    let others: &[Stage] = match clone {
        Some(true) => &[Stage::Chip],
        Some(false) => &[Stage::NoCh],
        None => &[Stage::NoCh, Stage::Chip],
    };
    match findings.cytopenia_months {
        Some(months) if months >= PERSISTENT_MONTHS => {}
        Some(_) => {
            result.possible.extend(others);
            result.needs(
                "counts again after 4 months: the cytopenia has not lasted yet",
                "4か月後の血球数再検：血球減少はまだ持続していない",
            );
        }
        None => {
            result.possible.extend(others);
            result.needs(
                "how long the cytopenia has lasted (4 months or more)",
                "血球減少の持続期間(4か月以上)",
            );
        }
    }
    match findings.causes_excluded {
        Some(true) => {}
        Some(false) => {
            result.possible = others.to_vec();
            result.because("the cytopenia has another cause", "血球減少には他の原因がある");
        }
        None => {
            result.possible.extend(others);
            result.needs(
                "exclusion of B12/folate deficiency, hypothyroidism, cirrhosis with hypersplenism, aplastic anemia, PNH",
                "ビタミンB12・葉酸欠乏、甲状腺機能低下症、肝硬変・脾機能亢進、再生不良性貧血、PNHの除外",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::findings::Driver;
    use super::*;

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
