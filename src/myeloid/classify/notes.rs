//! What had to be assumed, what was not given and could change the type, and what excludes nothing.

use super::{blasts_reach, seen_blasts_reach, tp53};
use crate::myeloid::findings::Findings;
use crate::myeloid::limits::{
    AML_BLASTS, EXCESS_BLASTS, LEUKOCYTOSIS, MDS_AML_BLASTS, OVERT_FIBROSIS, THROMBOCYTOSIS, high_hemoglobin,
};
use crate::panel::Text;

/// Returns what had to be assumed.
pub(super) fn assumptions(findings: &Findings) -> Vec<Text> {
    let mut notes = Vec::new();
    let mut note = |when: bool, en: &str, ja: &str| {
        if when {
            notes.push(Text::new(en, ja));
        }
    };
    let no_marrow = findings.marrow_blasts.is_none();
    let quiet = findings.cytopenia().any() == Some(false) && !has_a_finding(findings);
    note(
        no_marrow && quiet,
        "marrow blasts not given: with normal counts they are taken as not increased",
        "骨髄芽球の記載なし：血球数が正常のため増加はないものとした",
    );
    note(
        no_marrow && !quiet,
        "marrow blasts not given: their increase, and an acute leukemia, are not excluded",
        "骨髄芽球の記載なし：芽球増加および急性白血病は否定できない",
    );
    note(
        !no_marrow && findings.blood_blasts.is_none(),
        "blood blasts not given: decided by the marrow alone",
        "末梢血芽球の記載なし：骨髄のみで判定",
    );
    note(
        findings.monocytes.is_none(),
        "monocytes not given: CMML was not looked for",
        "単球数の記載なし：CMMLは検討していない",
    );
    on_person(findings, &mut note);
    note(
        findings.first_fusion(&["BCR::ABL1"]).is_some()
            && blasts_reach(findings, AML_BLASTS, AML_BLASTS) == Some(false),
        "BCR::ABL1 below 20 % blasts is not AML: review",
        "BCR::ABL1陽性で芽球20%未満はAMLではない：要検討",
    );
    note(
        findings.fibrosis.is_none()
            && findings.cytopenia().any() == Some(true)
            && findings.first_mutated(&["JAK2", "CALR", "MPL"]).is_some(),
        "fibrosis not given: with JAK2, CALR or MPL mutated primary myelofibrosis is not excluded",
        "線維化の記載なし：JAK2・CALR・MPL変異があり、原発性骨髄線維症は否定できない",
    );
    on_leukemia(findings, &mut note);
    notes.extend(on_counts(findings));
    notes.extend(on_what_is_open(findings));
    notes
}

/// What the person's age and history add to a type.
fn on_person(findings: &Findings, note: &mut impl FnMut(bool, &str, &str)) {
    note(
        findings.is_child(),
        "a child or adolescent: WHO 2022 has types of MDS of its own for them (with low and with increased blasts); the types here are those \
         of adults, and so are the limits of counts and the scores",
        "小児・思春期の症例：WHO 2022には小児MDSの病型(低芽球・芽球増加)が別にあり、ここに示す病型、血球数の基準値、スコアは成人のもの",
    );
    note(
        findings.prior_therapy == Some(true),
        "after cytotoxic therapy: qualify as post cytotoxic therapy (WHO) / therapy-related (ICC)",
        "細胞傷害性治療後：治療後(WHO)／治療関連(ICC)と付記する",
    );
    note(
        findings.prior_mds == Some(true),
        "progressed from a myelodysplastic disease: a qualifier in ICC",
        "骨髄異形成性疾患からの進展：ICCでは付記事項",
    );
}

/// Whether anything but a count asks for a marrow.
fn has_a_finding(findings: &Findings) -> bool {
    super::holds_what_defines_aml(findings) || super::has_excess_blasts(findings)
}

/// Where blasts are many, what was not given and could name another type.
fn on_leukemia(findings: &Findings, note: &mut impl FnMut(bool, &str, &str)) {
    let many = seen_blasts_reach(findings, MDS_AML_BLASTS, MDS_AML_BLASTS) == Some(true);
    note(
        many && findings.drivers.is_none(),
        "genes not sequenced: a type that a mutation defines (NPM1, CEBPA, TP53, myelodysplasia-related genes) is not excluded",
        "遺伝子検査なし：変異(NPM1、CEBPA、TP53、骨髄異形成関連遺伝子)により定義される病型は否定できない",
    );
}

/// High counts ask for their own explanation, whatever the drivers.
fn on_counts(findings: &Findings) -> Option<Text> {
    if seen_blasts_reach(findings, AML_BLASTS, AML_BLASTS) == Some(true) {
        return None;
    }
    let reaches = |value: Option<f64>, limit: f64| value.is_some_and(|v| v >= limit);
    let hemoglobin = high_hemoglobin(findings.sex);
    let high: Vec<(String, String)> = [
        (
            reaches(findings.platelets, THROMBOCYTOSIS),
            format!("platelets of {THROMBOCYTOSIS} x 10^9/L or more"),
            format!("血小板{THROMBOCYTOSIS}×10^9/L以上"),
        ),
        (
            reaches(findings.white_cells, LEUKOCYTOSIS),
            format!("white cells of {LEUKOCYTOSIS} x 10^9/L or more"),
            format!("白血球{LEUKOCYTOSIS}×10^9/L以上"),
        ),
        (
            findings.hemoglobin.is_some_and(|hb| hb > hemoglobin),
            format!("hemoglobin above {hemoglobin:.1} g/dL"),
            format!("ヘモグロビン{hemoglobin:.1} g/dL超"),
        ),
    ]
    .into_iter()
    .filter(|(is_high, _, _)| *is_high)
    .map(|(_, en, ja)| (en, ja))
    .collect();
    let (en, ja): (Vec<String>, Vec<String>) = high.into_iter().unzip();
    (!en.is_empty()).then(|| {
        Text::new(
            format!(
                "{}: a reactive cause and a myeloproliferative neoplasm are to be excluded",
                en.join(", ")
            ),
            format!("{}：反応性の原因と骨髄増殖性腫瘍の除外が必要", ja.join("、")),
        )
    })
}

/// Fusions of AML with other defined genetic alterations (Khoury, Leukemia 2022;36:1703: CBFA2T3::GLIS2 seen in an extract, the others
/// from memory). It asks for no share of blasts by a public table of both systems (PMC10345021, Table 1); below 20 % the note says so,
/// and that the type given by the rules does not know of it.
const OTHER_DEFINED: [&str; 5] = [
    "CBFA2T3::GLIS2",
    "KAT6A::CREBBP",
    "FUS::ERG",
    "ETV6::MNX1",
    "NPM1::MLF1",
];

/// Returns which names of fusions could not be used, and whether the second hit of TP53 was looked at.
fn on_what_is_open(findings: &Findings) -> Vec<Text> {
    let mut notes: Vec<Text> = findings
        .unknown_fusions
        .iter()
        .map(|name| {
            Text::new(
                format!(
                    "fusion {name} is not understood and was not used: a type that it defines is not excluded"
                ),
                format!(
                    "融合遺伝子「{name}」は解釈できず使用していない：それにより定義される病型は否定できない"
                ),
            )
        })
        .collect();
    let increased = seen_blasts_reach(findings, EXCESS_BLASTS.0, EXCESS_BLASTS.1) == Some(true);
    let not_given = findings.fusions_looked_for == Some(false) && findings.unknown_fusions.is_empty();
    if increased && not_given && findings.fusions.is_empty() {
        notes.push(Text::new(
            "fusions not given: a rearrangement that defines AML and that a karyotype does not show is not excluded",
            "融合遺伝子の記載なし：核型に現れない、AMLを定義する再構成は否定できない",
        ));
    }
    notes.extend(on_other_defined(findings));
    if tp53::is_loss_open(findings) {
        notes.push(Text::new(
            "one TP53 mutation: loss of the other allele, copy-neutral too, was not looked at, and would make it multi-hit",
            "TP53変異1個：他アレルの欠失(コピー中立性を含む)は評価されておらず、あれば多重ヒットとなる",
        ));
    }
    notes
}

/// Returns what is said of a fusion that WHO names and no rule here has.
fn on_other_defined(findings: &Findings) -> Option<Text> {
    let found = findings.first_fusion(&OTHER_DEFINED)?;
    if blasts_reach(findings, AML_BLASTS, AML_BLASTS) == Some(true) {
        return Some(Text::new(
            format!(
                "{found}: WHO 2022 has it under AML with other defined genetic alterations, which is no rule here"
            ),
            format!(
                "{found}：WHO 2022では「その他の定義された遺伝子異常を伴うAML」に含まれるが、本規則には含まない"
            ),
        ));
    }
    Some(Text::new(
        format!(
            "{found}: WHO 2022 has it under AML with other defined genetic alterations, at any share of blasts by a public table; no \
             rule here has it, so that AML is not excluded: a hematopathologist decides"
        ),
        format!(
            "{found}：WHO 2022では「その他の定義された遺伝子異常を伴うAML」に含まれ、公開された表では芽球割合を問わない。本規則には含まないためAMLは否定できず、血液病理医の判断を要する"
        ),
    ))
}

/// Type of WHO 2022 by what is known, and each finding that was not given and would change it: its state, what it would make of
/// the type (Khoury, Leukemia 2022;36:1703, Table 3).
struct Change {
    from: &'static [&'static str],
    given: fn(&Findings) -> bool,
    en: &'static str,
    ja: &'static str,
}

const CHANGES: [Change; 4] = [
    Change {
        from: &["MDS-IB1", "MDS-IB2"],
        given: |f| f.fibrosis.is_some(),
        en: "fibrosis (grade 2 or 3: MDS-f)",
        ja: "線維化(グレード2〜3ならMDS-f)",
    },
    Change {
        from: &["MDS-IB1", "MDS-LB", "MDS-h", "MDS-5q", "MDS-SF3B1"],
        given: |f| f.auer_rods.is_some(),
        en: "Auer rods (seen: MDS-IB2)",
        ja: "Auer小体(あればMDS-IB2)",
    },
    Change {
        from: &["MDS-LB"],
        given: |f| f.cellularity.is_some(),
        en: "cellularity (25 % or less for the age: MDS-h)",
        ja: "細胞密度(年齢補正で25%以下ならMDS-h)",
    },
    Change {
        from: &["MDS-LB", "MDS-h"],
        given: |f| f.ring_sideroblasts.is_some(),
        en: "ring sideroblasts (15 % or more: MDS-LB with ring sideroblasts)",
        ja: "環状鉄芽球(15%以上なら環状鉄芽球を伴うMDS-LB)",
    },
];

/// Returns which findings were not given that would change a type of WHO 2022.
pub(super) fn changes_of(findings: &Findings, name: &str) -> Option<Text> {
    let ringed = name.ends_with("ring sideroblasts");
    let open = || {
        CHANGES.iter().filter(|c| {
            let named = c
                .from
                .iter()
                .any(|from| name == *from || (ringed && name.starts_with(from)));
            // Sideroblasts and cellularity no longer matter where the sideroblasts decided.
            let decided = ringed && c.from.contains(&"MDS-LB") && !c.from.contains(&"MDS-5q");
            named && !decided && !(c.given)(findings)
        })
    };
    let list =
        |word: fn(&Change) -> &'static str, join: &str| open().map(word).collect::<Vec<_>>().join(join);
    let (en, ja) = (list(|c| c.en, ", "), list(|c| c.ja, "、"));
    (!en.is_empty()).then(|| {
        Text::new(
            format!("not given, and could change the type: {en}"),
            format!("記載がなく、病型を変えうる所見：{ja}"),
        )
    })
}

/// A history that is not given is no history only as far as is known (Khoury 2022: AML, myelodysplasia-related after MDS or
/// MDS/MPN).
pub(super) fn history_of_leukemia(findings: &Findings, name: &str) -> Option<Text> {
    (findings.prior_mds.is_none() && name == "AML, defined by differentiation").then(|| {
        Text::new(
            "a history of MDS or MDS/MPN is not given: with one WHO 2022 calls it AML, myelodysplasia-related",
            "MDSまたはMDS/MPNの既往の記載なし：既往があればWHO 2022では骨髄異形成関連AML",
        )
    })
}

/// Fibrosis with low blasts is no criterion of MDS: other diseases come first (PMF: ICC 2022, table of PMF, read).
pub(super) fn fibrosis_with_low_blasts(findings: &Findings) -> Option<Text> {
    let overt = findings.fibrosis.is_some_and(|g| g >= OVERT_FIBROSIS);
    (overt && !super::has_excess_blasts(findings)).then(|| {
        Text::new(
            "fibrosis of grade 2 or 3 with low blasts: exclude primary myelofibrosis and a reactive fibrosis",
            "低芽球でグレード2〜3の線維化：原発性骨髄線維症と反応性線維化の除外が必要",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genome::Sex;

    /// Just below, on and just above each limit. A woman's hemoglobin was held against the limit of men.
    #[test]
    fn high_counts_begin_at_their_limits() {
        let rows: [(Option<Sex>, [f64; 3], &str); 12] = [
            (Some(Sex::Male), [16.5, 449.9, 12.9], ""),
            (Some(Sex::Male), [16.6, 449.9, 12.9], "hemoglobin"),
            (Some(Sex::Female), [16.0, 449.9, 12.9], ""),
            (Some(Sex::Female), [16.1, 449.9, 12.9], "hemoglobin"),
            (None, [16.0, 449.9, 12.9], ""),
            (None, [16.1, 449.9, 12.9], "hemoglobin"),
            (Some(Sex::Male), [14.0, 450.0, 12.9], "platelets"),
            (Some(Sex::Male), [14.0, 450.1, 12.9], "platelets"),
            (Some(Sex::Male), [14.0, 449.9, 13.0], "white cells"),
            (Some(Sex::Male), [14.0, 449.9, 13.1], "white cells"),
            (Some(Sex::Male), [14.0, 450.0, 13.0], "platelets white cells"),
            (
                Some(Sex::Female),
                [16.1, 450.0, 13.0],
                "platelets white cells hemoglobin",
            ),
        ];
        for (sex, [hemoglobin, platelets, white_cells], expected) in rows {
            let findings = Findings {
                sex,
                hemoglobin: Some(hemoglobin),
                platelets: Some(platelets),
                white_cells: Some(white_cells),
                ..Findings::default()
            };
            let note = on_counts(&findings);
            let text = note.as_ref().map_or("", |n| n.en.as_str());
            let said: Vec<&str> = ["platelets of", "white cells of", "hemoglobin above"]
                .into_iter()
                .filter(|words| text.contains(words))
                .map(|words| words.rsplit_once(' ').map_or(words, |(first, _)| first))
                .collect();
            assert_eq!(
                said.join(" "),
                expected,
                "{sex:?} {hemoglobin} {platelets} {white_cells}"
            );
            if said.contains(&"hemoglobin") {
                let limit = if sex == Some(Sex::Male) { "16.5" } else { "16.0" };
                assert!(text.contains(limit), "{text}");
            }
            let japanese = note.as_ref().map_or("", |n| n.ja.as_str());
            for (en, ja) in [
                ("platelets", "血小板"),
                ("white", "白血球"),
                ("hemoglobin", "ヘモグロビン"),
            ] {
                assert_eq!(text.contains(en), japanese.contains(ja), "{text} {japanese}");
            }
        }
        assert_eq!(on_counts(&Findings::default()), None);
    }

    #[test]
    fn acute_leukemia_explains_its_counts() {
        for (marrow, said) in [(19.9, true), (20.0, false)] {
            let findings = Findings {
                platelets: Some(450.0),
                marrow_blasts: Some(marrow),
                ..Findings::default()
            };
            assert_eq!(on_counts(&findings).is_some(), said, "{marrow}");
        }
    }
}
