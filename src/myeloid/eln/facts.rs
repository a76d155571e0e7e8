//! The answers to the questions of ELN from what is known of a patient.

use super::{ElnAnswers, ElnFinding, MYELODYSPLASIA_GENES, TP53_VAF};
use crate::myeloid::findings::Findings;

/// Fusions with an adverse risk but for those of KMT2A (Döhner 2022, table 6).
const ADVERSE_FUSIONS: [&str; 4] = ["DEK::NUP214", "BCR::ABL1", "KAT6A::CREBBP", "MECOM-r"];

/// Fusions beside which three changes do not make a karyotype complex (Döhner 2017, table 5, footnote: class-defining recurring changes).
const RECURRING: [&str; 8] = [
    "RUNX1::RUNX1T1",
    "CBFB::MYH11",
    "KMT2A-r",
    "KMT2A::MLLT3",
    "DEK::NUP214",
    "BCR::ABL1",
    "MECOM-r",
    "KAT6A::CREBBP",
];

/// Whether the leukemia is acute promyelocytic, of which ELN's risk says nothing.
pub fn is_acute_promyelocytic(findings: &Findings) -> bool {
    findings.first_fusion(&["PML::RARA", "RARA-r"]).is_some()
}

/// Returns the answers; whether FLT3 has an internal tandem duplication, findings do not say.
pub fn answers(findings: &Findings, flt3_itd: Option<bool>) -> ElnAnswers {
    let mut answers = ElnAnswers::default();
    let looked = looked_for_fusions(findings);
    let fusion = |names: &[&'static str]| findings.first_fusion(names).is_some();
    answers[ElnFinding::CoreBinding] = if fusion(&["RUNX1::RUNX1T1", "CBFB::MYH11"]) {
        Some(true)
    } else {
        looked.then_some(false)
    };
    let kmt2a = kmt2a(findings);
    answers[ElnFinding::Kmt2aMllt3] = match kmt2a {
        Kmt2a::Mllt3 => Some(true),
        // Counted with its partner open.
        Kmt2a::AnyPartner | Kmt2a::OtherPartner => Some(false),
        Kmt2a::None => looked.then_some(false),
    };
    answers[ElnFinding::Kmt2aPartnerOpen] = Some(matches!(kmt2a, Kmt2a::AnyPartner));
    answers[ElnFinding::AdverseFusion] = if matches!(kmt2a, Kmt2a::OtherPartner) || fusion(&ADVERSE_FUSIONS) {
        Some(true)
    } else if matches!(kmt2a, Kmt2a::AnyPartner) {
        None
    } else {
        looked.then_some(false)
    };
    answers[ElnFinding::AdverseKaryotype] = adverse_karyotype(findings, fusion(&RECURRING));
    answers[ElnFinding::Npm1] = findings.mutated("NPM1", 0.0);
    answers[ElnFinding::Flt3Itd] = match flt3_itd {
        // Without any mutation of the gene there is none of this kind.
        None if findings.mutated("FLT3", 0.0) == Some(false) => Some(false),
        known => known,
    };
    answers[ElnFinding::CebpaBzip] = cebpa_bzip(findings);
    answers[ElnFinding::Tp53] = findings.mutated("TP53", TP53_VAF);
    answers[ElnFinding::AnyTp53] = match (findings.mutated("TP53", TP53_VAF), findings.mutated("TP53", 0.0)) {
        // The table of 2024 gives no limit: a small clone is left open.
        (Some(false) | None, Some(true)) => None,
        (_, any) => any,
    };
    answers[ElnFinding::MyelodysplasiaGene] = any(findings, &MYELODYSPLASIA_GENES);
    answers[ElnFinding::Ras] = any(findings, &["NRAS", "KRAS"]);
    answers[ElnFinding::Idh1] = findings.mutated("IDH1", 0.0);
    answers[ElnFinding::Ddx41] = findings.mutated("DDX41", 0.0);
    answers
}

/// Whether no fusion found means that there is none: a karyotype read in full, or another search, and no name left unread.
fn looked_for_fusions(findings: &Findings) -> bool {
    let said = findings.karyotype.is_some() || findings.fusions_looked_for == Some(true);
    said && !findings.are_fusions_open()
}

enum Kmt2a {
    Mllt3,
    OtherPartner,
    /// The gene is rearranged, with which partner is not said.
    AnyPartner,
    None,
}

fn kmt2a(findings: &Findings) -> Kmt2a {
    let named: Vec<&String> = findings
        .fusions
        .iter()
        .filter(|f| f.starts_with("KMT2A::"))
        .collect();
    if named.iter().any(|f| *f == "KMT2A::MLLT3") {
        Kmt2a::Mllt3
    } else if !named.is_empty() {
        Kmt2a::OtherPartner
    } else if findings.first_fusion(&["KMT2A-r"]).is_none() {
        Kmt2a::None
    } else if findings
        .karyotype
        .as_ref()
        .is_some_and(|k| k.fusions.iter().any(|f| f == "KMT2A-r"))
    {
        // The breakpoints show another partner than 9p.
        Kmt2a::OtherPartner
    } else {
        Kmt2a::AnyPartner
    }
}

/// -7 is adverse, del(7q) is not (Döhner 2022): the statement that one of both is there says nothing.
fn adverse_karyotype(findings: &Findings, recurring: bool) -> Option<bool> {
    // Where there is no karyotype to count the gains in, complex is taken as it is stated.
    if findings.karyotype.is_none() && findings.stated_changes.complex == Some(true) && !recurring {
        return Some(true);
    }
    findings.chromosomes(|f| {
        f.monosomy5
            || f.del5q
            || f.monosomy7
            || f.abnormal_17p
            || f.monosomal
            || (f.complex_not_hyperdiploid && !recurring)
    })
}

fn cebpa_bzip(findings: &Findings) -> Option<bool> {
    let found = findings
        .drivers
        .iter()
        .flatten()
        .any(|d| d.gene == "CEBPA" && d.bzip);
    if found {
        return Some(true);
    }
    (!findings.is_open("CEBPA")).then_some(false)
}

/// Returns whether any of these genes is mutated; `None` where none is and one is not known, be it that it is not on the panel.
fn any(findings: &Findings, genes: &[&str]) -> Option<bool> {
    let answers: Vec<Option<bool>> = genes.iter().map(|gene| findings.mutated(gene, 0.0)).collect();
    if answers.contains(&Some(true)) {
        Some(true)
    } else if answers.contains(&None) {
        None
    } else {
        Some(false)
    }
}
