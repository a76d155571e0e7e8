use super::tp53::{icc_multi_hit, icc_mutated};
use super::{Answer, Classification, Rule, all, assumptions, blasts_reach, first_match, not};
use crate::myeloid::findings::Findings;

/// Smallest VAF of SF3B1 that defines the type (ICC 2022).
const SF3B1_VAF: f64 = 0.10;

/// Rearrangements that define AML from 10 % blasts on (Arber, Blood 2022;140:1200, Table 25).
const DEFINING_FUSIONS: [&str; 9] = [
    "PML::RARA",
    "RARA-r",
    "RUNX1::RUNX1T1",
    "CBFB::MYH11",
    "DEK::NUP214",
    "KMT2A-r",
    "MECOM-r",
    "NUP98-r",
    "RBM15::MRTFA",
];

/// Genes whose mutation is myelodysplasia-related (Arber 2022, Table 25).
const RELATED_GENES: [&str; 9] = [
    "ASXL1", "BCOR", "EZH2", "RUNX1", "SF3B1", "SRSF2", "STAG2", "U2AF1", "ZRSR2",
];

/// The rules in order (Arber, Blood 2022;140:1200; the rows of MDS from memory, as compared in J Hematol Oncol 2024).
const RULES: [Rule; 16] = [
    defining_fusion,
    npm1,
    cebpa,
    bcr_abl1,
    tp53_with_blasts,
    related_gene,
    related_cytogenetics,
    not_otherwise,
    no_cytopenia,
    mds_tp53,
    excess_blasts,
    del5q,
    sf3b1,
    without_dysplasia,
    single_lineage,
    multilineage,
];

const NOT_MDS: &str = "not MDS";

/// Classifies by ICC 2022.
pub fn icc(findings: &Findings) -> Classification {
    let mut notes = assumptions(findings);
    if findings.first_fusion(&["BCR::ABL1"]).is_some() && blasts_reach(findings, 20.0, 20.0) == Some(false) {
        notes.push("BCR::ABL1 below 20 % blasts is not AML: review".into());
    }
    let mut classification = first_match(findings, &RULES, notes);
    if classification.name.as_deref() == Some(NOT_MDS) {
        classification.name = None;
    }
    classification
}

fn ten_percent(findings: &Findings) -> Option<bool> {
    blasts_reach(findings, 10.0, 10.0)
}

/// Returns `AML` from 20 % blasts on, else `MDS/AML`.
fn by_blasts(findings: &Findings) -> &'static str {
    if blasts_reach(findings, 20.0, 20.0) == Some(true) {
        "AML"
    } else {
        "MDS/AML"
    }
}

fn defining_fusion(findings: &Findings) -> Answer {
    match findings.first_fusion(&DEFINING_FUSIONS) {
        None => Answer::no("AML with a defining rearrangement", "none found"),
        Some(found) => Answer::of(
            ten_percent(findings),
            &format!("AML with {found}"),
            &format!("{found} with 10 % blasts or more"),
        ),
    }
}

fn npm1(findings: &Findings) -> Answer {
    let mutated = Some(findings.mutations("NPM1", 0.0) > 0);
    Answer::of(
        all(&[mutated, ten_percent(findings)]),
        "AML with mutated NPM1",
        "NPM1 with 10 % blasts or more",
    )
}

fn cebpa(findings: &Findings) -> Answer {
    let bzip = findings
        .drivers
        .iter()
        .flatten()
        .any(|d| d.gene == "CEBPA" && d.bzip);
    Answer::of(
        all(&[Some(bzip), ten_percent(findings)]),
        "AML with in-frame bZIP CEBPA",
        "in-frame bZIP CEBPA with 10 % blasts or more",
    )
}

fn bcr_abl1(findings: &Findings) -> Answer {
    let found = Some(findings.first_fusion(&["BCR::ABL1"]).is_some());
    Answer::of(
        all(&[found, blasts_reach(findings, 20.0, 20.0)]),
        "AML with BCR::ABL1",
        "BCR::ABL1 with 20 % blasts or more",
    )
}

fn tp53_with_blasts(findings: &Findings) -> Answer {
    Answer::of(
        all(&[ten_percent(findings), icc_mutated(findings)]),
        &format!("{} with mutated TP53", by_blasts(findings)),
        "any TP53 mutation with a VAF of 0.10 or more, with 10 % blasts or more",
    )
}

fn related_gene(findings: &Findings) -> Answer {
    let gene = findings.first_mutated(&RELATED_GENES);
    let mutated = findings.drivers.as_ref().map(|_| gene.is_some());
    Answer::of(
        all(&[ten_percent(findings), mutated]),
        &format!(
            "{} with myelodysplasia-related gene mutation",
            by_blasts(findings)
        ),
        &format!(
            "{} with 10 % blasts or more",
            gene.unwrap_or("a myelodysplasia-related gene")
        ),
    )
}

fn related_cytogenetics(findings: &Findings) -> Answer {
    let related = findings
        .karyotype
        .as_ref()
        .map(|k| k.flags.complex || k.flags.myelodysplasia_related_icc);
    Answer::of(
        all(&[ten_percent(findings), related]),
        &format!(
            "{} with myelodysplasia-related cytogenetic abnormalities",
            by_blasts(findings)
        ),
        "complex karyotype or a myelodysplasia-related change, with 10 % blasts or more",
    )
}

fn not_otherwise(findings: &Findings) -> Answer {
    Answer::of(
        ten_percent(findings),
        &format!("{}, NOS", by_blasts(findings)),
        "10 % blasts or more and nothing that defines another type",
    )
}

fn no_cytopenia(findings: &Findings) -> Answer {
    match findings.cytopenia().any() {
        Some(true) => Answer::no(NOT_MDS, "cytopenia"),
        Some(false) => Answer::yes(NOT_MDS, "MDS needs a cytopenia"),
        None => Answer::unknown(NOT_MDS, "counts are missing; MDS needs a cytopenia"),
    }
}

fn mds_tp53(findings: &Findings) -> Answer {
    Answer::of(
        icc_multi_hit(findings),
        "MDS with mutated TP53",
        "multi-hit TP53: two mutations with a VAF of 0.10 or more, or one with loss, VAF above 0.50, or complex karyotype",
    )
}

fn excess_blasts(findings: &Findings) -> Answer {
    Answer::of(
        blasts_reach(findings, 5.0, 2.0),
        "MDS-EB",
        "5-9 % marrow or 2-9 % blood blasts",
    )
}

fn del5q(findings: &Findings) -> Answer {
    let isolated = findings.karyotype.as_ref().map(|k| k.flags.isolated_del5q);
    Answer::of(
        isolated,
        "MDS-del(5q)",
        "low blasts and del(5q), alone or with one other change that is not -7/del(7q)",
    )
}

fn sf3b1(findings: &Findings) -> Answer {
    let fits = findings.karyotype.as_ref().map(|k| {
        let f = &k.flags;
        !f.isolated_del5q && !f.del7_7q && !f.abnormal_3q26 && !f.complex
    });
    let mutated = findings
        .drivers
        .as_ref()
        .map(|_| findings.mutations("SF3B1", SF3B1_VAF) > 0 && findings.mutations("RUNX1", 0.0) == 0);
    Answer::of(
        all(&[mutated, fits, not(icc_multi_hit(findings))]),
        "MDS-SF3B1",
        "low blasts, SF3B1 with a VAF of 0.10 or more, no RUNX1, and a karyotype that allows it",
    )
}

fn without_dysplasia(findings: &Findings) -> Answer {
    let none = findings.dysplastic_lineages.map(|n| n == 0);
    let karyotype = findings
        .karyotype
        .as_ref()
        .map(|k| k.flags.del7_7q || k.flags.complex);
    Answer::of(
        all(&[none, karyotype]),
        "MDS, NOS without dysplasia",
        "no dysplasia, but -7/del(7q) or a complex karyotype",
    )
}

fn single_lineage(findings: &Findings) -> Answer {
    let one = findings.dysplastic_lineages.map(|n| n == 1);
    Answer::of(one, "MDS, NOS-SLD", "one dysplastic lineage")
}

fn multilineage(findings: &Findings) -> Answer {
    let more = findings.dysplastic_lineages.map(|n| n >= 2);
    Answer::of(more, "MDS, NOS-MLD", "two dysplastic lineages or more")
}
