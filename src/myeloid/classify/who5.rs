use super::tp53::{WhoTp53, who};
use super::{Answer, Classification, Rule, all, any, assumptions, blasts_reach, first_match, not};
use crate::myeloid::findings::Findings;

/// Smallest VAF of SF3B1 that defines the type (WHO 2022).
const SF3B1_VAF: f64 = 0.05;
/// Ring sideroblasts that may stand in for SF3B1, per cent (WHO 2022).
const RING_SIDEROBLASTS: f64 = 15.0;
/// Grade of fibrosis from which the type is MDS with fibrosis (WHO 2022: 2 to 3).
const FIBROSIS: u8 = 2;
/// Highest cellularity of hypoplastic MDS, per cent (WHO 2022; to be adjusted for age).
const HYPOPLASTIC: f64 = 25.0;

/// Rearrangements that define AML with any share of blasts (Khoury, Leukemia 2022;36:1703).
const DEFINING_FUSIONS: [&str; 8] = [
    "PML::RARA",
    "RUNX1::RUNX1T1",
    "CBFB::MYH11",
    "DEK::NUP214",
    "RBM15::MRTFA",
    "KMT2A-r",
    "MECOM-r",
    "NUP98-r",
];

/// Genes whose mutation makes AML myelodysplasia-related (Khoury 2022).
const RELATED_GENES: [&str; 8] = [
    "ASXL1", "BCOR", "EZH2", "SF3B1", "SRSF2", "STAG2", "U2AF1", "ZRSR2",
];

/// The rules in order (Khoury, Leukemia 2022;36:1703, Table 3 for MDS; the table of AML).
const RULES: [Rule; 13] = [
    defining_genetics,
    bcr_abl1,
    cebpa,
    related,
    differentiation,
    no_cytopenia,
    bi_tp53,
    del5q,
    sf3b1,
    fibrosis,
    ib2,
    ib1,
    low_blasts,
];

/// Classifies by WHO 2022.
pub fn who5(findings: &Findings) -> Classification {
    let mut notes = assumptions(findings);
    if findings.first_fusion(&["BCR::ABL1"]).is_some() && blasts_reach(findings, 20.0, 20.0) == Some(false) {
        notes.push("BCR::ABL1 below 20 % blasts is not AML: review".into());
    }
    let mut classification = first_match(findings, &RULES, notes);
    if classification.name.as_deref() == Some(NOT_MDS) {
        classification.name = None;
    }
    if findings.dysplastic_lineages == Some(0)
        && classification
            .name
            .as_deref()
            .is_some_and(|n| n.starts_with("MDS"))
    {
        classification
            .notes
            .push("no dysplasia: the type rests on genetics or blasts alone, confirm it".into());
    }
    classification
}

const NOT_MDS: &str = "not MDS";

fn aml_blasts(findings: &Findings) -> Option<bool> {
    blasts_reach(findings, 20.0, 20.0)
}

fn low(findings: &Findings) -> Option<bool> {
    // Auer rods make MDS-IB2 whatever the blasts.
    let auer = Some(findings.auer_rods == Some(true));
    not(any(&[blasts_reach(findings, 5.0, 2.0), auer]))
}

fn defining_genetics(findings: &Findings) -> Answer {
    let found = findings
        .first_fusion(&DEFINING_FUSIONS)
        .or_else(|| findings.first_mutated(&["NPM1"]));
    match found {
        None => Answer::no("AML with defining genetic abnormalities", "none found"),
        Some(found) if aml_blasts(findings) == Some(true) => Answer::yes(
            format!("AML with {found}"),
            format!("{found} and 20 % blasts or more"),
        ),
        Some(found) => Answer::yes(
            format!("AML with {found} (judgement)"),
            format!("{found} defines AML at any share of blasts; below 20 % clinical judgement is advised"),
        ),
    }
}

fn bcr_abl1(findings: &Findings) -> Answer {
    let name = "AML with BCR::ABL1";
    let found = Some(findings.first_fusion(&["BCR::ABL1"]).is_some());
    Answer::of(
        all(&[found, aml_blasts(findings)]),
        name,
        "BCR::ABL1 with 20 % blasts or more",
    )
}

fn cebpa(findings: &Findings) -> Answer {
    let bzip = findings
        .drivers
        .iter()
        .flatten()
        .any(|d| d.gene == "CEBPA" && d.bzip);
    let found = Some(bzip || findings.mutations("CEBPA", 0.0) >= 2);
    Answer::of(
        all(&[found, aml_blasts(findings)]),
        "AML with CEBPA",
        "CEBPA biallelic or in the bZIP domain, with 20 % blasts or more",
    )
}

fn related(findings: &Findings) -> Answer {
    let gene = findings.first_mutated(&RELATED_GENES);
    let karyotype = findings
        .karyotype
        .as_ref()
        .map(|k| k.flags.complex || k.flags.myelodysplasia_related_who);
    let genes = findings.drivers.as_ref().map(|_| gene.is_some());
    // What is not known cannot make it myelodysplasia-related; the differentiation type says what to look for.
    let criterion = Some(any(&[findings.prior_mds, genes, karyotype]) == Some(true));
    let why = match (findings.prior_mds, gene) {
        (Some(true), _) => "after a myelodysplastic disease, with 20 % blasts or more".to_owned(),
        (_, Some(gene)) => format!("{gene} mutated, with 20 % blasts or more"),
        _ => "myelodysplasia-related cytogenetics with 20 % blasts or more".to_owned(),
    };
    Answer::of(
        all(&[criterion, aml_blasts(findings)]),
        "AML, myelodysplasia-related",
        &why,
    )
}

fn differentiation(findings: &Findings) -> Answer {
    Answer::of(
        aml_blasts(findings),
        "AML, defined by differentiation",
        "20 % blasts or more and nothing that defines another type",
    )
}

fn no_cytopenia(findings: &Findings) -> Answer {
    match findings.cytopenia().any() {
        Some(true) => Answer::no(NOT_MDS, "cytopenia"),
        Some(false) => Answer::yes(NOT_MDS, "MDS needs a cytopenia"),
        None => Answer::unknown(NOT_MDS, "counts are missing; MDS needs a cytopenia"),
    }
}

fn bi_tp53(findings: &Findings) -> Answer {
    let name = "MDS-biTP53";
    match who(findings) {
        WhoTp53::Biallelic => Answer::yes(name, "two TP53 mutations, or one with loss of the other allele"),
        WhoTp53::Presumptive => Answer::yes(
            format!("{name} (presumptive)"),
            "one TP53 mutation with a VAF above 0.49",
        ),
        WhoTp53::Not => Answer::no(name, "TP53 not mutated, or one hit only"),
        WhoTp53::Unknown => Answer::unknown(name, "TP53 not assessed"),
    }
}

fn del5q(findings: &Findings) -> Answer {
    let isolated = findings.karyotype.as_ref().map(|k| k.flags.isolated_del5q);
    Answer::of(
        all(&[low(findings), isolated]),
        "MDS-5q",
        "low blasts and del(5q), alone or with one other change that is not -7/del(7q)",
    )
}

fn sf3b1(findings: &Findings) -> Answer {
    let karyotype = findings
        .karyotype
        .as_ref()
        .map(|k| !k.flags.del5q && !k.flags.monosomy7 && !k.flags.complex);
    let mutated = findings
        .drivers
        .as_ref()
        .map(|_| findings.mutations("SF3B1", SF3B1_VAF) > 0);
    let ringed = findings.ring_sideroblasts.map(|r| r >= RING_SIDEROBLASTS);
    let fits = all(&[low(findings), karyotype]);
    if mutated != Some(true) && ringed == Some(true) && mutated.is_none() {
        return Answer::of(
            fits,
            "MDS-LB with ring sideroblasts",
            "low blasts and 15 % ring sideroblasts or more, which stand in for SF3B1 not assessed",
        );
    }
    Answer::of(
        all(&[fits, mutated]),
        "MDS-SF3B1",
        "low blasts, SF3B1 with a VAF of 0.05 or more, no del(5q), -7 or complex karyotype",
    )
}

fn fibrosis(findings: &Findings) -> Answer {
    // Fibrosis that was not graded is no criterion; a biopsy may be lacking.
    let graded = Some(findings.fibrosis.is_some_and(|g| g >= FIBROSIS));
    Answer::of(
        all(&[not(low(findings)), graded]),
        "MDS-f",
        "increased blasts with fibrosis of grade 2 or 3",
    )
}

fn ib2(findings: &Findings) -> Answer {
    let auer = Some(findings.auer_rods == Some(true));
    Answer::of(
        any(&[blasts_reach(findings, 10.0, 5.0), auer]),
        "MDS-IB2",
        "10-19 % marrow or 5-19 % blood blasts, or Auer rods",
    )
}

fn ib1(findings: &Findings) -> Answer {
    Answer::of(
        blasts_reach(findings, 5.0, 2.0),
        "MDS-IB1",
        "5-9 % marrow or 2-4 % blood blasts",
    )
}

fn low_blasts(findings: &Findings) -> Answer {
    let hypoplastic = findings.cellularity.is_some_and(|c| c <= HYPOPLASTIC);
    let name = if hypoplastic { "MDS-h" } else { "MDS-LB" };
    match findings.dysplastic_lineages {
        Some(0) => Answer::no(name, "no lineage with 10 % dysplasia or more"),
        Some(n) if hypoplastic => Answer::yes(
            name,
            format!("low blasts, {n} dysplastic lineages, cellularity 25 % or less"),
        ),
        Some(n) => Answer::yes(name, format!("low blasts, {n} dysplastic lineages")),
        None => Answer::unknown(name, "dysplasia not assessed"),
    }
}
