use super::notes::assumptions;
use super::tp53::{WhoTp53, who};
use super::{
    Answer, Classification, Rule, all, any, blasts_given, blasts_reach, cmml, first_match,
    fusion_not_understood, fusions_given, has_excess_blasts, no_cytopenia, not, notes, overlap,
};
use crate::myeloid::findings::Findings;
use crate::myeloid::limits::{
    AML_BLASTS, EXCESS_BLASTS, MANY_BLASTS, MDS_AML_BLASTS, OVERT_FIBROSIS, RING_SIDEROBLASTS,
};
use crate::panel::Text;
use crate::words::Phrase;

/// Smallest VAF of SF3B1 that defines the type (WHO 2022).
const SF3B1_VAF: f64 = 0.05;
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
const RULES: [Rule; 15] = [
    defining_genetics,
    bcr_abl1,
    cebpa,
    related,
    differentiation,
    cmml::who,
    no_cytopenia,
    bi_tp53,
    with_thrombocytosis,
    del5q,
    sf3b1,
    fibrosis,
    ib2,
    ib1,
    low_blasts,
];

/// Classifies by WHO 2022.
pub fn who5(findings: &Findings) -> Classification {
    let mut classification = first_match(findings, &RULES, assumptions(findings));
    let named = |start: &str| {
        classification
            .name
            .as_deref()
            .is_some_and(|n| n.starts_with(start))
    };
    if findings.dysplastic_lineages == Some(0) && named("MDS") {
        classification
            .notes
            .push(Text::from(Phrase::new("who5", "no_dysplasia_confirm")));
    }
    if let Some(known) = &classification.by_what_is_known {
        let more = [
            notes::changes_of(findings, known),
            notes::history_of_leukemia(findings, known),
        ];
        classification.notes.extend(more.into_iter().flatten());
    }
    classification
        .notes
        .extend(notes::fibrosis_with_low_blasts(findings));
    classification
}

fn with_thrombocytosis(findings: &Findings) -> Answer {
    overlap::with_thrombocytosis(findings, SF3B1_VAF, "MDS/MPN-SF3B1-T")
}

fn aml_blasts(findings: &Findings) -> Option<bool> {
    blasts_reach(findings, AML_BLASTS, AML_BLASTS)
}

fn low(findings: &Findings) -> Option<bool> {
    // Auer rods make MDS-IB2 whatever the blasts.
    let auer = Some(findings.auer_rods == Some(true));
    not(any(&[
        blasts_reach(findings, EXCESS_BLASTS.0, EXCESS_BLASTS.1),
        auer,
    ]))
}

fn defining_genetics(findings: &Findings) -> Answer {
    let fusion = findings.first_fusion(&DEFINING_FUSIONS);
    let Some(found) = fusion.or_else(|| findings.first_mutated(&["NPM1"])) else {
        return without_defining_genetics(findings);
    };
    if aml_blasts(findings) == Some(true) {
        return Answer::yes(
            format!("AML with {found}"),
            Text::filled(
                Phrase::new("who5", "fusion_with_aml_blasts"),
                &[("found", &found)],
            ),
        );
    }
    let name = format!("AML with {found} (judgement)");
    if needs_a_marrow(findings, fusion.is_some()) {
        return Answer::unknown(
            name,
            Text::filled(Phrase::new("who5", "fusion_without_marrow"), &[("found", &found)]),
        );
    }
    Answer::yes(
        name,
        Text::filled(
            Phrase::new("who5", "fusion_below_aml_blasts"),
            &[("found", &found)],
        ),
    )
}

/// Whether what defines AML was found without a marrow: a mutation may be a small clone. A rearrangement with a low count, or where
/// the counts are not known, is acute leukemia until a marrow says otherwise.
fn needs_a_marrow(findings: &Findings, rearranged: bool) -> bool {
    let leukemic_blood = findings.blood_blasts.is_some_and(|b| b >= MDS_AML_BLASTS);
    let quiet = findings.cytopenia().any() == Some(false);
    findings.marrow_blasts.is_none() && !leukemic_blood && (quiet || !rearranged)
}

/// NPM1 that was not looked at is a question where blasts are increased or a count is low, not in a person of whom nothing speaks
/// for leukemia.
fn without_defining_genetics(findings: &Findings) -> Answer {
    let is_question = findings.cytopenia().any() == Some(true) || has_excess_blasts(findings);
    if let Some(open) = fusion_not_understood(findings, Some(is_question)) {
        return open;
    }
    let asked = findings.drivers.is_some() && findings.cytopenia().any() == Some(true);
    if findings.is_open("NPM1") && (asked || has_excess_blasts(findings)) {
        return Answer::unknown("AML with NPM1", Text::from(Phrase::new("who5", "npm1_open")));
    }
    Answer::no(
        "AML with defining genetic abnormalities",
        Text::from(Phrase::new("who5", "none_known")),
    )
    .if_given(fusions_given(findings) && !findings.is_open("NPM1"))
}

fn bcr_abl1(findings: &Findings) -> Answer {
    let name = "AML with BCR::ABL1";
    let found = Some(findings.first_fusion(&["BCR::ABL1"]).is_some());
    Answer::of(
        all(&[found, aml_blasts(findings)]),
        name,
        Text::from(Phrase::new("who5", "bcr_abl1")),
    )
    .if_given(fusions_given(findings))
}

fn cebpa(findings: &Findings) -> Answer {
    let bzip = findings
        .drivers
        .iter()
        .flatten()
        .any(|d| d.gene == "CEBPA" && d.bzip);
    // A mutation not seen cannot make it this type; the later types say what to look for.
    let both_copies = findings.mutations("CEBPA", 0.0) >= 2 && !findings.cebpa_on_one_copy;
    let found = Some(bzip || both_copies);
    Answer::of(
        all(&[found, aml_blasts(findings)]),
        "AML with CEBPA",
        Text::from(Phrase::new("who5", "cebpa")),
    )
    .if_given(!findings.is_open("CEBPA") && (found == Some(false) || blasts_given(findings)))
}

fn related(findings: &Findings) -> Answer {
    let gene = findings.first_mutated(&RELATED_GENES);
    let karyotype = findings.chromosomes(|f| f.complex || f.myelodysplasia_related_who);
    let genes = findings.any_mutated(&RELATED_GENES);
    // A karyotype and genes that are not known leave leukemia open; of a history that is not given a note speaks.
    let history = Some(findings.prior_mds == Some(true));
    let criterion = any(&[history, genes, karyotype]);
    let why = match (findings.prior_mds, gene) {
        (Some(true), _) => Text::from(Phrase::new("who5", "after_mds")),
        (_, Some(gene)) => Text::filled(Phrase::new("who5", "related_gene"), &[("gene", &gene)]),
        _ => Text::from(Phrase::new("who5", "related_cytogenetics")),
    };
    Answer::of(
        all(&[criterion, aml_blasts(findings)]),
        "AML, myelodysplasia-related",
        why,
    )
    .if_given(criterion == Some(false) || blasts_given(findings))
}

fn differentiation(findings: &Findings) -> Answer {
    Answer::of(
        aml_blasts(findings),
        "AML, defined by differentiation",
        Text::from(Phrase::new("who5", "blasts_alone")),
    )
    .if_given(blasts_given(findings))
}

fn bi_tp53(findings: &Findings) -> Answer {
    let name = "MDS-biTP53";
    match who(findings) {
        WhoTp53::Biallelic => Answer::yes(name, Text::from(Phrase::new("who5", "bi_tp53"))),
        WhoTp53::Presumptive => Answer::yes(
            format!("{name} (presumptive)"),
            Text::from(Phrase::new("who5", "tp53_high_vaf")),
        ),
        WhoTp53::Not => Answer::no(name, Text::from(Phrase::new("who5", "tp53_no_or_one_hit"))),
        WhoTp53::Unknown => Answer::unknown(name, Text::from(Phrase::new("who5", "tp53_open"))),
    }
}

fn del5q(findings: &Findings) -> Answer {
    let isolated = findings.chromosomes(|f| f.isolated_del5q);
    Answer::of(
        all(&[low(findings), isolated]),
        "MDS-5q",
        Text::from(Phrase::new("who5", "del_5q")),
    )
}

fn sf3b1(findings: &Findings) -> Answer {
    let karyotype = not(findings.chromosomes(|f| f.del5q || f.monosomy7 || f.complex));
    let mutated = findings.mutated("SF3B1", SF3B1_VAF);
    let ringed = findings.ring_sideroblasts.map(|r| r >= RING_SIDEROBLASTS);
    let fits = all(&[low(findings), karyotype]);
    if mutated != Some(true) && ringed == Some(true) {
        // Table 3, footnote a.
        return Answer::of(
            fits,
            "MDS-LB with ring sideroblasts",
            Text::from(Phrase::new("who5", "ring_sideroblasts")),
        );
    }
    Answer::of(
        all(&[fits, mutated]),
        "MDS-SF3B1",
        Text::from(Phrase::new("who5", "sf3b1")),
    )
}

fn fibrosis(findings: &Findings) -> Answer {
    // Fibrosis that was not graded is no criterion; a biopsy may be lacking.
    let graded = Some(findings.fibrosis.is_some_and(|g| g >= OVERT_FIBROSIS));
    Answer::of(
        all(&[not(low(findings)), graded]),
        "MDS-f",
        Text::from(Phrase::new("who5", "blasts_with_fibrosis")),
    )
    .if_given(findings.fibrosis.is_some() || low(findings) == Some(true))
}

fn ib2(findings: &Findings) -> Answer {
    let auer = Some(findings.auer_rods == Some(true));
    Answer::of(
        any(&[blasts_reach(findings, MANY_BLASTS.0, MANY_BLASTS.1), auer]),
        "MDS-IB2",
        Text::from(Phrase::new("who5", "increased_blasts_2")),
    )
}

fn ib1(findings: &Findings) -> Answer {
    Answer::of(
        blasts_reach(findings, EXCESS_BLASTS.0, EXCESS_BLASTS.1),
        "MDS-IB1",
        Text::from(Phrase::new("who5", "increased_blasts_1")),
    )
}

fn low_blasts(findings: &Findings) -> Answer {
    let hypoplastic = findings.cellularity.is_some_and(|c| c <= HYPOPLASTIC);
    let name = if hypoplastic { "MDS-h" } else { "MDS-LB" };
    match findings.dysplastic_lineages {
        Some(0) => Answer::no(name, Text::from(Phrase::new("who5", "no_dysplasia"))),
        Some(n) if hypoplastic => Answer::yes(
            name,
            Text::filled(Phrase::new("who5", "hypoplastic"), &[("n", &n)]),
        ),
        Some(n) => Answer::yes(
            name,
            Text::filled(Phrase::new("who5", "dysplastic_lineages"), &[("n", &n)]),
        ),
        None => Answer::unknown(name, Text::from(Phrase::new("who5", "dysplasia_open"))),
    }
}
