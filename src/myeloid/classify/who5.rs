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
        classification.notes.push(Text::new(
            "no dysplasia: the type rests on genetics or blasts alone, confirm it",
            "異形成なし：病型は遺伝子異常または芽球のみに基づくため確認を要する",
        ));
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
            Text::new(
                format!("{found} and 20 % blasts or more"),
                format!("{found}があり芽球20%以上"),
            ),
        );
    }
    let name = format!("AML with {found} (judgement)");
    if needs_a_marrow(findings, fusion.is_some()) {
        return Answer::unknown(
            name,
            Text::new(
                format!(
                    "{found}, but no marrow was looked at: whether it is leukemia or a clone cannot be told"
                ),
                format!("{found}があるが骨髄所見がなく、白血病かクローンのみかは判定できない"),
            ),
        );
    }
    Answer::yes(
        name,
        Text::new(
            format!("{found} defines AML at any share of blasts; below 20 % clinical judgement is advised"),
            format!("{found}は芽球割合によらずAMLを定義する。20%未満では臨床的判断が推奨される"),
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
        return Answer::unknown(
            "AML with NPM1",
            Text::new("NPM1 not assessed in full", "NPM1は全域が評価されていない"),
        );
    }
    Answer::no(
        "AML with defining genetic abnormalities",
        Text::new("none known", "判明しているものなし"),
    )
    .if_given(fusions_given(findings) && !findings.is_open("NPM1"))
}

fn bcr_abl1(findings: &Findings) -> Answer {
    let name = "AML with BCR::ABL1";
    let found = Some(findings.first_fusion(&["BCR::ABL1"]).is_some());
    Answer::of(
        all(&[found, aml_blasts(findings)]),
        name,
        Text::new("BCR::ABL1 with 20 % blasts or more", "BCR::ABL1があり芽球20%以上"),
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
        Text::new(
            "CEBPA biallelic or in the bZIP domain, with 20 % blasts or more",
            "CEBPA両アレル性またはbZIP領域の変異があり芽球20%以上",
        ),
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
        (Some(true), _) => Text::new(
            "after a myelodysplastic disease, with 20 % blasts or more",
            "骨髄異形成性疾患の既往があり芽球20%以上",
        ),
        (_, Some(gene)) => Text::new(
            format!("{gene} mutated, with 20 % blasts or more"),
            format!("{gene}変異があり芽球20%以上"),
        ),
        _ => Text::new(
            "myelodysplasia-related cytogenetics with 20 % blasts or more",
            "骨髄異形成関連の染色体異常があり芽球20%以上",
        ),
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
        Text::new(
            "20 % blasts or more and nothing that defines another type",
            "芽球20%以上で、他の病型を定義する所見なし",
        ),
    )
    .if_given(blasts_given(findings))
}

fn bi_tp53(findings: &Findings) -> Answer {
    let name = "MDS-biTP53";
    match who(findings) {
        WhoTp53::Biallelic => Answer::yes(
            name,
            Text::new(
                "two TP53 mutations, or one with loss of the other allele",
                "TP53変異2個、または1個と他アレルの欠失",
            ),
        ),
        WhoTp53::Presumptive => Answer::yes(
            format!("{name} (presumptive)"),
            Text::new(
                "one TP53 mutation with a VAF above 0.49",
                "VAF 0.49を超えるTP53変異1個",
            ),
        ),
        WhoTp53::Not => Answer::no(
            name,
            Text::new(
                "TP53 not mutated, or one hit only",
                "TP53変異なし、または1ヒットのみ",
            ),
        ),
        WhoTp53::Unknown => Answer::unknown(
            name,
            Text::new("TP53 not assessed in full", "TP53は全域が評価されていない"),
        ),
    }
}

fn del5q(findings: &Findings) -> Answer {
    let isolated = findings.chromosomes(|f| f.isolated_del5q);
    Answer::of(
        all(&[low(findings), isolated]),
        "MDS-5q",
        Text::new(
            "low blasts and del(5q), alone or with one other change that is not -7/del(7q)",
            "低芽球でdel(5q)単独、または-7/del(7q)以外の異常1個を伴う",
        ),
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
            Text::new(
                "low blasts and 15 % ring sideroblasts or more, which stand in for a mutation of SF3B1",
                "低芽球で環状鉄芽球15%以上(SF3B1変異に代わる)",
            ),
        );
    }
    Answer::of(
        all(&[fits, mutated]),
        "MDS-SF3B1",
        Text::new(
            "low blasts, SF3B1 with a VAF of 0.05 or more, no del(5q), -7 or complex karyotype",
            "低芽球、SF3B1変異VAF 0.05以上、del(5q)・-7・複雑核型なし",
        ),
    )
}

fn fibrosis(findings: &Findings) -> Answer {
    // Fibrosis that was not graded is no criterion; a biopsy may be lacking.
    let graded = Some(findings.fibrosis.is_some_and(|g| g >= OVERT_FIBROSIS));
    Answer::of(
        all(&[not(low(findings)), graded]),
        "MDS-f",
        Text::new(
            "increased blasts with fibrosis of grade 2 or 3",
            "芽球増加とグレード2〜3の線維化",
        ),
    )
    .if_given(findings.fibrosis.is_some() || low(findings) == Some(true))
}

fn ib2(findings: &Findings) -> Answer {
    let auer = Some(findings.auer_rods == Some(true));
    Answer::of(
        any(&[blasts_reach(findings, MANY_BLASTS.0, MANY_BLASTS.1), auer]),
        "MDS-IB2",
        Text::new(
            "10-19 % marrow or 5-19 % blood blasts, or Auer rods",
            "骨髄芽球10〜19%、末梢血芽球5〜19%、またはAuer小体",
        ),
    )
}

fn ib1(findings: &Findings) -> Answer {
    Answer::of(
        blasts_reach(findings, EXCESS_BLASTS.0, EXCESS_BLASTS.1),
        "MDS-IB1",
        Text::new(
            "5-9 % marrow or 2-4 % blood blasts",
            "骨髄芽球5〜9%または末梢血芽球2〜4%",
        ),
    )
}

fn low_blasts(findings: &Findings) -> Answer {
    let hypoplastic = findings.cellularity.is_some_and(|c| c <= HYPOPLASTIC);
    let name = if hypoplastic { "MDS-h" } else { "MDS-LB" };
    match findings.dysplastic_lineages {
        Some(0) => Answer::no(
            name,
            Text::new(
                "no lineage with 10 % dysplasia or more",
                "10%以上の異形成を示す系統なし",
            ),
        ),
        Some(n) if hypoplastic => Answer::yes(
            name,
            Text::new(
                format!("low blasts, {n} dysplastic lineages, cellularity 25 % or less"),
                format!("低芽球、異形成{n}系統、細胞密度25%以下"),
            ),
        ),
        Some(n) => Answer::yes(
            name,
            Text::new(
                format!("low blasts, {n} dysplastic lineages"),
                format!("低芽球、異形成{n}系統"),
            ),
        ),
        None => Answer::unknown(name, Text::new("dysplasia not assessed", "異形成は未評価")),
    }
}
