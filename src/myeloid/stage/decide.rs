//! Which stages are possible, why, and what would tell them apart.

use super::{Stage, StageResult};
use crate::myeloid::classify::{Classification, has_excess_blasts, holds_what_defines_aml};
use crate::myeloid::findings::Findings;
use crate::myeloid::limits::{AML_BLASTS, EXCESS_BLASTS};

/// Months that a cytopenia must last. CCUS: Arber, Blood 2022;140:1200, section on CCUS, seen as extracted in the public repository
/// ngs_evidence_layer; Khoury, Leukemia 2022;36:1703 asks for a persistent one without a number. ICUS: public notes on the
/// ESMO guideline of MDS, 2021 (older definitions ask for six months).
const PERSISTENT_MONTHS: f64 = 4.0;

pub(super) fn decide(findings: &Findings, result: &mut StageResult) {
    if is_leukemia(findings, result) {
        return;
    }
    let named = |c: &Classification, start: &str| c.name.as_deref().is_some_and(|n| n.starts_with(start));
    if named(&result.who5, "MDS/MPN") || named(&result.icc, "MDS/MPN") {
        // The road holds no stage for it: what must be looked at is said beside it.
        result.possible = vec![Stage::Mds];
        result.because(
            "meets MDS/MPN with thrombocytosis by WHO 2022 or ICC 2022",
            "WHO 2022またはICC 2022の血小板増加を伴うMDS/MPNに合致",
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
    by_clone_counts_and_marrow(findings, result);
    result.possible.sort_unstable();
    result.possible.dedup();
}

/// Whether it is acute leukemia, or was told to be open between that and a clone.
fn is_leukemia(findings: &Findings, result: &mut StageResult) -> bool {
    let named = |c: &Classification| c.name.as_deref().is_some_and(|n| n.starts_with("AML"));
    let blasts = [findings.marrow_blasts, findings.blood_blasts];
    if blasts.iter().flatten().any(|b| *b >= AML_BLASTS) {
        result.possible = vec![Stage::Aml];
        result.because("20 % blasts or more", "芽球20%以上");
        return true;
    }
    if !named(&result.who5) && !named(&result.icc) {
        return false;
    }
    let quiet = result.cytopenia.any() == Some(false) && !has_excess_blasts(findings);
    if quiet && !named(&result.icc) {
        result.possible = vec![Stage::Chip, Stage::Aml];
        result.because(
            "genetics that define AML at any share of blasts by WHO 2022, with normal counts and low blasts",
            "WHO 2022では芽球割合によらずAMLを定義する遺伝子異常があるが、血球数は正常で低芽球",
        );
        result.needs(
            "judgment of a hematologist: WHO 2022 names AML by the genetics alone, ICC 2022 asks for 10 % blasts",
            "血液内科の臨床的判断：WHO 2022は遺伝子異常のみでAMLとし、ICC 2022は芽球10%以上を求める",
        );
        return true;
    }
    result.possible = vec![Stage::Aml];
    result.because(
        "genetics that define AML below 20 % blasts",
        "芽球20%未満でもAMLを定義する遺伝子異常",
    );
    true
}

fn by_clone_counts_and_marrow(findings: &Findings, result: &mut StageResult) {
    let clone = findings.has_clone();
    let cytopenia = result.cytopenia.any();
    result.possible = by_clone_and_counts(clone, cytopenia);
    say_clone_and_counts(findings, clone, cytopenia, result);
    if cytopenia == Some(false) {
        look_at_marrow_without_cytopenia(findings, result);
    } else {
        look_at_marrow(findings, clone, cytopenia, result);
    }
    if cytopenia == Some(true)
        && result
            .possible
            .iter()
            .any(|s| matches!(s, Stage::Icus | Stage::Ccus))
    {
        look_at_duration(findings, clone, result);
    }
    look_at_open_leukemia(findings, result);
    look_at_monocytes(result);
}

/// Blasts or genetics that could be acute leukemia where no marrow was looked at.
fn look_at_open_leukemia(findings: &Findings, result: &mut StageResult) {
    if findings.marrow_blasts.is_some() {
        return;
    }
    if findings.blood_blasts.is_some_and(|b| b >= EXCESS_BLASTS.1) {
        result.possible = vec![Stage::Mds, Stage::Aml];
        result.needs(
            "a marrow soon: blasts in the blood",
            "早急な骨髄検査：末梢血に芽球を認める",
        );
    } else if holds_what_defines_aml(findings) {
        result.possible.push(Stage::Aml);
        result.needs(
            "a marrow soon: the genetics found define acute leukemia where blasts are there (WHO 2022 at any share, ICC 2022 from 10 % on)",
            "早急な骨髄検査：検出された遺伝子異常は、芽球があれば急性白血病を定義する(WHO 2022は割合を問わず、ICC 2022は10%以上)",
        );
    }
}

/// CMML that is not certain stays possible; a clonal monocytosis short of it is said.
fn look_at_monocytes(result: &mut StageResult) {
    if result.who5.could_be("CMML") || result.icc.could_be("CMML") {
        result.possible.push(Stage::Cmml);
        result.needs(
            "white cells, how long the monocytosis has lasted (3 months or more) and the marrow, to decide on CMML",
            "CMMLの判定には白血球数、単球増加の持続期間(3か月以上)と骨髄所見が必要",
        );
    }
    match result.icc.name.as_deref() {
        Some("CMUS") => result.because(
            "clonal monocytosis of undetermined significance (CMUS, ICC 2022)",
            "意義不明のクローン性単球増加症(CMUS、ICC 2022)",
        ),
        Some("CCMUS") => result.because(
            "clonal cytopenia and monocytosis of undetermined significance (CCMUS, ICC 2022)",
            "意義不明のクローン性血球減少・単球増加症(CCMUS、ICC 2022)",
        ),
        _ => {}
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
    let driver = findings.clone_drivers().is_some_and(|d| !d.is_empty());
    match clone {
        Some(true) if !driver && findings.has_clonal_karyotype() => {
            result.because("a clonal karyotype", "クローン性の染色体異常あり");
        }
        Some(true) if !driver => {
            result.because("a rearrangement of a myeloid neoplasm", "骨髄系腫瘍の再構成あり");
        }
        Some(true) => result.because(
            "a driver at or above the threshold",
            "閾値以上のドライバー変異あり",
        ),
        Some(false) => result.because(
            "no driver at or above the threshold",
            "閾値以上のドライバー変異なし",
        ),
        None => say_what_a_clone_needs(findings, result),
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

fn say_what_a_clone_needs(findings: &Findings, result: &mut StageResult) {
    if findings.sex_decides_clone() {
        result.needs(
            "the sex: a mutation of an X-linked gene is a clone from a VAF of 0.02 on in women, 0.04 in men",
            "性別：X染色体上の遺伝子の変異は、女性ではVAF 0.02以上、男性では0.04以上でクローンとする",
        );
    }
    if findings.drivers.is_none() {
        result.needs("sequencing of the myeloid genes", "骨髄系遺伝子のシーケンス");
    } else if !findings.open_genes.is_empty() {
        result.needs(
            "coverage of the genes without a driver, or a decision on the calls in doubt: a clone is not excluded",
            "ドライバー変異のない遺伝子のカバレッジ情報、または要確認変異の判断：クローンは否定されていない",
        );
    }
}

/// A marrow of a person without cytopenia: increased blasts are no CHIP, dysplasia alone is no MDS.
fn look_at_marrow_without_cytopenia(findings: &Findings, result: &mut StageResult) {
    if has_excess_blasts(findings) {
        result.possible = vec![Stage::Mds];
        result.because(
            "blasts of 5 % or more in the marrow, 2 % in the blood, or Auer rods",
            "骨髄芽球5%以上、末梢血芽球2%以上、またはAuer小体あり",
        );
    } else if findings.dysplastic_lineages.is_some_and(|n| n >= 1) {
        result.because(
            "dysplasia without a cytopenia is no MDS (idiopathic dysplasia of undetermined significance: Valent, Oncotarget 2017;8:73483)",
            "血球減少のない異形成はMDSではない(意義不明の異形成、IDUS：Valent, Oncotarget 2017;8:73483)",
        );
    }
}

/// Decides between MDS and the stages without dysplasia.
fn look_at_marrow(
    findings: &Findings,
    clone: Option<bool>,
    cytopenia: Option<bool>,
    result: &mut StageResult,
) {
    let dysplastic = findings.dysplastic_lineages.is_some_and(|n| n >= 1);
    if cytopenia == Some(true) && (result.who5.is_surely("MDS") || result.icc.is_surely("MDS")) {
        result.possible = vec![Stage::Mds];
        result.because(
            "meets a type of MDS by WHO 2022 or ICC 2022",
            "WHO 2022またはICC 2022のMDS病型に合致",
        );
        look_at_missing_blasts(findings, result);
        look_at_causes_of_dysplasia(findings, clone, result);
        return;
    }
    let seen = findings.dysplastic_lineages.is_some() && findings.marrow_blasts.is_some();
    if seen && dysplastic {
        result.possible.push(Stage::Mds);
        if cytopenia == Some(true) {
            result.possible.retain(|s| *s == Stage::Mds);
            result.because(
                "dysplasia in 10 % of a lineage or more",
                "1系統以上で10%以上の異形成",
            );
            look_at_causes_of_dysplasia(findings, clone, result);
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
            "karyotype, genes and loss of the other TP53 allele that define MDS without dysplasia",
            "異形成なしでMDSを定義する核型、遺伝子、TP53他アレル欠失の評価",
        );
    }
}

/// Dysplasia was seen, but the blasts were not counted.
fn look_at_missing_blasts(findings: &Findings, result: &mut StageResult) {
    if findings.marrow_blasts.is_none() {
        result.needs(
            "marrow blasts: 20 % or more would be acute leukemia",
            "骨髄芽球の割合：20%以上であれば急性白血病",
        );
    }
}

/// Beginnings of the types of MDS that a genetic finding defines.
const DEFINED_BY_GENETICS: [&str; 6] = [
    "MDS-5q",
    "MDS-del(5q)",
    "MDS-SF3B1",
    "MDS-biTP53",
    "MDS with mutated TP53",
    "MDS, NOS without dysplasia",
];

/// Dysplasia has other causes than MDS (lecture, section 3.3; Valent, Oncotarget 2017;8:73483): without a clone, increased blasts or
/// defining genetics it is MDS only where they were excluded.
fn look_at_causes_of_dysplasia(findings: &Findings, clone: Option<bool>, result: &mut StageResult) {
    let defined = [&result.who5, &result.icc].into_iter().any(|c| {
        let known = c.by_what_is_known.as_deref();
        known.is_some_and(|n| DEFINED_BY_GENETICS.iter().any(|d| n.starts_with(d)))
    });
    if findings.causes_excluded == Some(true) || has_excess_blasts(findings) || defined {
        return;
    }
    result.needs(
        "exclusion of other causes of cytopenia and dysplasia (B12, folate, copper, alcohol, drugs, infection, autoimmune disease)",
        "血球減少・異形成の他の原因(ビタミンB12・葉酸・銅欠乏、アルコール、薬剤、感染症、自己免疫疾患)の除外",
    );
    if clone != Some(true) {
        result.possible.extend(by_clone_and_counts(clone, Some(true)));
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
            let is_known = |s: &Stage| matches!(s, Stage::Icus | Stage::Ccus);
            result.possible.retain(|s| !is_known(s));
            result.possible.extend(others);
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
