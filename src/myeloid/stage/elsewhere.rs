//! Diseases beside the road: what must be excluded before CHIP, CCUS or MDS is said. CHIP and CCUS are diagnoses of those without
//! another myeloid neoplasm (Khoury, Leukemia 2022;36:1703).

use super::{Stage, StageResult};
use crate::genome::Sex;
use crate::myeloid::classify::{OTHER_DISEASE, has_excess_blasts};
use crate::myeloid::findings::Findings;
use crate::myeloid::limits::{
    HIGH_WHITE_CELLS, LEUKOCYTOSIS, OVERT_FIBROSIS, THROMBOCYTOSIS, high_hemoglobin,
};
use crate::panel::Text;
use crate::patient::tidy;

/// Share of monocytes from which it is not that, but CMML (the same tables).
const MONOCYTES: f64 = 0.10;
/// Least share of neutrophils that counts as a neutrophilia here (an assumption: the tables say "increased neutrophils and their
/// precursors").
const NEUTROPHILS: f64 = 0.5;
/// White cells from which chronic neutrophilic leukemia is thought of, 10^9/L (WHO 2016: table of CNL and aCML, Blood 2017;129:715,
/// read).
const NEUTROPHILIC_WHITE_CELLS: f64 = 25.0;

/// Genes whose mutations drive myeloproliferative neoplasms.
const MPN_GENES: [&str; 3] = ["JAK2", "CALR", "MPL"];

/// Returns what must be excluded; empty where nothing points beside the road.
pub(super) fn to_be_excluded(findings: &Findings, result: &StageResult) -> Vec<Text> {
    [
        of_childhood(findings, result),
        mpn_by_counts(findings),
        mpn_by_fibrosis(findings),
        mpn_not_looked_for(findings),
        rearranged(findings),
        overlap_by_name(result),
        neutrophilia(findings, result),
        thrombocytosis(findings, result),
        excess_blasts(findings, result),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Monocytes of a child: juvenile myelomonocytic leukemia (WHO 2016: Arber, Blood 2016;127:2391, Table 14, read) comes before CMML, which is a
/// disease of adults.
fn of_childhood(findings: &Findings, result: &StageResult) -> Option<Text> {
    (findings.is_child() && result.possible.contains(&Stage::Cmml)).then(|| {
        Text::new(
            "a pediatric hematologist: a monocytosis with a clone is juvenile myelomonocytic leukemia in a child rather than CMML (spleen, fetal \
             hemoglobin, germline of PTPN11, NF1, CBL, KRAS and NRAS)",
            "小児血液専門医：小児でクローンを伴う単球増加はCMMLではなく若年性骨髄単球性白血病(JMML)を考える(脾腫、胎児ヘモグロビン、PTPN11・NF1・CBL・KRAS・NRASの生殖細胞系列の評価)",
        )
    })
}

/// Whether hemoglobin, platelets and white cells are above the limits from which a myeloproliferative neoplasm is thought of.
pub fn high_counts(
    sex: Option<Sex>,
    hemoglobin: Option<f64>,
    platelets: Option<f64>,
    white_cells: Option<f64>,
) -> [bool; 3] {
    [
        hemoglobin.is_some_and(|hb| hb > high_hemoglobin(sex)),
        reaches(platelets, THROMBOCYTOSIS),
        reaches(white_cells, HIGH_WHITE_CELLS),
    ]
}

fn high_counts_of(findings: &Findings) -> [bool; 3] {
    high_counts(
        findings.sex,
        findings.hemoglobin,
        findings.platelets,
        findings.white_cells,
    )
}

fn reaches(value: Option<f64>, limit: f64) -> bool {
    value.is_some_and(|v| v >= limit)
}

fn has_fibrosis(findings: &Findings) -> bool {
    findings.fibrosis.is_some_and(|g| g >= OVERT_FIBROSIS)
}

fn mpn_by_counts(findings: &Findings) -> Option<Text> {
    let high = high_counts_of(findings).contains(&true);
    (high && findings.first_mutated(&MPN_GENES).is_some()).then(|| {
        Text::new(
            "exclusion of a myeloproliferative neoplasm by a hematologist: JAK2, CALR or MPL is mutated and counts are high (hemoglobin \
             above 16.5 g/dL in men, 16.0 in women; platelets of 450, white cells of 11 x 10^9/L or more)",
            "血液内科による骨髄増殖性腫瘍の除外：JAK2・CALR・MPLの変異があり、ヘモグロビン(男性16.5、女性16.0 g/dL超)、血小板(450×10^9/L以上)または白血球(11×10^9/L以上)が高値",
        )
    })
}

fn mpn_by_fibrosis(findings: &Findings) -> Option<Text> {
    let found = findings.first_mutated(&MPN_GENES)?;
    if has_fibrosis(findings) {
        return Some(Text::new(
            format!(
                "exclusion of primary myelofibrosis by a hematologist: {found} is mutated and the marrow is fibrotic (grade 2 or 3)"
            ),
            format!(
                "血液内科による原発性骨髄線維症の除外：{found}変異があり、骨髄線維化(グレード2〜3)を認める"
            ),
        ));
    }
    None
}

/// High counts where the genes of myeloproliferative neoplasms were not looked at.
fn mpn_not_looked_for(findings: &Findings) -> Option<Text> {
    let none_found = findings.first_mutated(&MPN_GENES).is_none();
    let open: Vec<&str> = MPN_GENES.into_iter().filter(|g| findings.is_open(g)).collect();
    let [hemoglobin, platelets, _] = high_counts_of(findings);
    ((hemoglobin || platelets) && none_found && !open.is_empty()).then(|| {
        let genes = open.join(", ");
        Text::new(
            format!("exclusion of a myeloproliferative neoplasm: hemoglobin or platelets are high, and not looked at in full: {genes}"),
            format!("骨髄増殖性腫瘍の除外：ヘモグロビンまたは血小板が高値で、{genes}の評価が不十分"),
        )
    })
}

/// Rearrangements of other diseases below the blasts of acute leukemia (WHO 2022; ICC 2022).
fn rearranged(findings: &Findings) -> Option<Text> {
    let found = findings.first_fusion(&OTHER_DISEASE)?;
    Some(if found == "BCR::ABL1" {
        Text::new(
            "exclusion of chronic myeloid leukemia by a hematologist: BCR::ABL1 was found",
            "血液内科による慢性骨髄性白血病の除外：BCR::ABL1陽性",
        )
    } else {
        Text::new(
            format!(
                "exclusion of a myeloid/lymphoid neoplasm with a tyrosine kinase fusion by a hematologist: {found} was found"
            ),
            format!("血液内科によるチロシンキナーゼ融合遺伝子を伴う骨髄性／リンパ性腫瘍の除外：{found}陽性"),
        )
    })
}

fn is_named(result: &StageResult, start: &str) -> bool {
    [&result.who5, &result.icc].into_iter().any(|c| c.could_be(start))
}

fn overlap_by_name(result: &StageResult) -> Option<Text> {
    is_named(result, "MDS/MPN").then(|| {
        Text::new(
            "a hematologist: thrombocytosis with anemia and SF3B1 or ring sideroblasts is an MDS/MPN (with SF3B1 mutation and \
             thrombocytosis), not MDS, where no other cause raises the platelets",
            "血液内科：貧血とSF3B1変異または環状鉄芽球を伴う血小板増加は、他の原因がなければMDSではなくMDS/MPN(SF3B1変異と血小板増加を伴う)",
        )
    })
}

/// Many white cells with a cytopenia or dysplasia.
fn neutrophilia(findings: &Findings, result: &StageResult) -> Option<Text> {
    let white = findings.white_cells?;
    let ill = findings.dysplastic_lineages.is_some_and(|n| n >= 1)
        || (result.cytopenia.any() == Some(true) && findings.has_clone() == Some(true));
    let of_neutrophils = findings
        .neutrophils
        .is_none_or(|n| n >= tidy(NEUTROPHILS * white))
        && findings.monocytes.is_none_or(|m| m < tidy(MONOCYTES * white));
    if !of_neutrophils || result.possible == [Stage::Cmml] {
        return None;
    }
    if white >= LEUKOCYTOSIS && ill {
        return Some(Text::new(
            "a hematologist: white cells of 13 x 10^9/L or more with dysplasia or a cytopenia may be an MDS/MPN with neutrophilia (WHO \
             2022; ICC 2022: atypical CML); count neutrophil precursors (10 % or more), exclude BCR::ABL1",
            "血液内科：白血球13×10^9/L以上で異形成または血球減少を伴う場合、好中球増加を伴うMDS/MPN(WHO 2022；ICC 2022では非定型CML)の可能性。好中球前駆細胞(10%以上)の算定とBCR::ABL1の除外を行う",
        ));
    }
    (white >= NEUTROPHILIC_WHITE_CELLS && findings.has_clone() != Some(false)).then(|| {
        Text::new(
            "a hematologist: white cells of 25 x 10^9/L or more may be a chronic neutrophilic or another myeloid leukemia; exclude \
             BCR::ABL1 and look at CSF3R",
            "血液内科：白血球25×10^9/L以上は慢性好中球性白血病など骨髄系腫瘍の可能性。BCR::ABL1の除外とCSF3Rの検討を行う",
        )
    })
}

/// Many platelets in what would be MDS; the type with an isolated del(5q) may have them (ICC 2022).
fn thrombocytosis(findings: &Findings, result: &StageResult) -> Option<Text> {
    let isolated = findings.chromosomes(|f| f.isolated_del5q) == Some(true);
    let asked = reaches(findings.platelets, THROMBOCYTOSIS)
        && result.possible.contains(&Stage::Mds)
        && findings.dysplastic_lineages.is_some_and(|n| n >= 1)
        && !isolated
        && !is_named(result, "MDS/MPN");
    asked.then(|| {
        Text::new(
            "a hematologist: platelets of 450 x 10^9/L or more with dysplasia may be an MDS/MPN or a myeloproliferative neoplasm",
            "血液内科：血小板450×10^9/L以上で異形成を伴う場合、MDS/MPNまたは骨髄増殖性腫瘍の可能性",
        )
    })
}

/// Increased blasts without a cytopenia are no type of MDS, and not CHIP, which excludes a blood cancer (Khoury 2022).
fn excess_blasts(findings: &Findings, result: &StageResult) -> Option<Text> {
    (has_excess_blasts(findings) && result.cytopenia.any() == Some(false)).then(|| {
        Text::new(
            "a hematologist and a new marrow: blasts of 5 % or more in the marrow or 2 % in the blood without a cytopenia are not CHIP, \
             and MDS asks for a cytopenia; exclude growth factors, a recovering marrow, MPN, MDS/MPN and a beginning acute leukemia",
            "血液内科での骨髄再検：血球減少のない芽球増加(骨髄5%以上または末梢血2%以上)はCHIPではなく、MDSには血球減少が必要。G-CSF投与、骨髄回復期、MPN、MDS/MPN、急性白血病の初期を除外する",
        )
    })
}
