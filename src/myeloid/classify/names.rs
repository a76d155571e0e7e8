use crate::panel::Text;

/// Japanese glosses of types by the beginning of their names, the longer before the shorter.
const GLOSSES: [(&str, &str); 43] = [
    ("MDS/MPN-SF3B1-T", "SF3B1変異と血小板増加を伴うMDS/MPN"),
    ("MDS/MPN-T-SF3B1", "SF3B1変異と血小板増加を伴うMDS/MPN"),
    (
        "MDS/MPN with ring sideroblasts and thrombocytosis",
        "環状鉄芽球と血小板増加を伴うMDS/MPN",
    ),
    ("CMUS", "意義不明のクローン性単球増加症"),
    ("CCMUS", "意義不明のクローン性血球減少・単球増加症"),
    ("MDS-LB with ring sideroblasts", "環状鉄芽球を伴う低芽球MDS"),
    ("MDS-LB", "低芽球MDS"),
    ("MDS-SF3B1", "SF3B1変異MDS"),
    ("MDS-5q", "del(5q) MDS"),
    ("MDS-del(5q)", "del(5q) MDS"),
    ("MDS-biTP53", "TP53両アレル性不活化MDS"),
    ("MDS-IB1", "芽球増加MDS 1型"),
    ("MDS-IB2", "芽球増加MDS 2型"),
    ("MDS-EB", "芽球増加MDS"),
    ("MDS-f", "線維化を伴うMDS"),
    ("MDS-h", "低形成MDS"),
    ("MDS with mutated TP53", "TP53変異MDS"),
    ("MDS, NOS without dysplasia", "異形成のないMDS、非特定"),
    ("MDS, NOS-SLD", "単一系統異形成MDS、非特定"),
    ("MDS, NOS-MLD", "多系統異形成MDS、非特定"),
    ("MDS/AML with mutated TP53", "TP53変異MDS/AML"),
    (
        "MDS/AML with myelodysplasia-related gene",
        "骨髄異形成関連遺伝子変異MDS/AML",
    ),
    (
        "MDS/AML with myelodysplasia-related cyto",
        "骨髄異形成関連染色体異常MDS/AML",
    ),
    ("MDS/AML", "MDS/AML、非特定"),
    ("CMML-1, myelodysplastic", "慢性骨髄単球性白血病1型、骨髄異形成型"),
    (
        "CMML-1, myeloproliferative",
        "慢性骨髄単球性白血病1型、骨髄増殖型",
    ),
    ("CMML-2, myelodysplastic", "慢性骨髄単球性白血病2型、骨髄異形成型"),
    (
        "CMML-2, myeloproliferative",
        "慢性骨髄単球性白血病2型、骨髄増殖型",
    ),
    ("CMML-1", "慢性骨髄単球性白血病1型"),
    ("CMML-2", "慢性骨髄単球性白血病2型"),
    ("CMML", "慢性骨髄単球性白血病"),
    ("AML, myelodysplasia-related", "骨髄異形成関連AML"),
    ("AML with myelodysplasia-related", "骨髄異形成関連AML"),
    ("AML, defined by differentiation", "分化により定義されるAML"),
    ("AML with defining genetic", "遺伝子異常により定義されるAML"),
    (
        "AML with a defining rearrangement",
        "遺伝子再構成により定義されるAML",
    ),
    (
        "AML with in-frame bZIP CEBPA",
        "CEBPA bZIP領域のインフレーム変異を伴うAML",
    ),
    ("AML with mutated NPM1", "NPM1変異を伴うAML"),
    ("AML with NPM1", "NPM1変異を伴うAML"),
    ("AML with CEBPA", "CEBPA変異を伴うAML"),
    ("AML, NOS", "AML、非特定"),
    ("AML", "急性骨髄性白血病"),
    ("not MDS", "MDSではない"),
];

/// Returns the name of a type in both languages: the published English name, in Japanese with a gloss behind it.
pub fn explained(name: &str) -> Text {
    Text {
        en: name.to_owned(),
        ja: gloss(name).map_or_else(|| name.to_owned(), |gloss| format!("{name}（{gloss}）")),
    }
}

fn gloss(name: &str) -> Option<String> {
    let (start, gloss) = GLOSSES.iter().find(|(start, _)| name.starts_with(start))?;
    let (name, judgement) = match name.strip_suffix(" (judgement)") {
        Some(name) => (name, "、臨床的判断を要する"),
        None => (name, ""),
    };
    // Every fusion that defines AML names a type of its own.
    let fusion = name.strip_prefix("AML with ").filter(|_| *start == "AML");
    Some(match fusion {
        Some(fusion) => format!("{fusion}を伴うAML{judgement}"),
        None => format!("{gloss}{judgement}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gloss_never_stands_behind_one_that_hides_it() {
        for (index, (start, gloss)) in GLOSSES.iter().enumerate() {
            let expected = format!("{start}（{gloss}）");
            assert_eq!(explained(start).ja, expected, "{index}");
        }
    }

    #[test]
    fn a_fusion_is_named_in_japanese_too() {
        for (name, expected) in [
            ("AML with PML::RARA", "AML with PML::RARA（PML::RARAを伴うAML）"),
            (
                "AML with KMT2A-r (judgement)",
                "AML with KMT2A-r (judgement)（KMT2A-rを伴うAML、臨床的判断を要する）",
            ),
            ("AML with NPM1", "AML with NPM1（NPM1変異を伴うAML）"),
            (
                "AML with NPM1 (judgement)",
                "AML with NPM1 (judgement)（NPM1変異を伴うAML、臨床的判断を要する）",
            ),
            (
                "CMML-2, myeloproliferative",
                "CMML-2, myeloproliferative（慢性骨髄単球性白血病2型、骨髄増殖型）",
            ),
            ("something else", "something else"),
        ] {
            assert_eq!(explained(name).ja, expected);
        }
    }
}
