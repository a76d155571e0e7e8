//! What laboratories write in words: that a culture gave no karyotype, or that it is normal.

use super::Karyotype;

/// Words for "no result", in lower case without blanks and signs. That the karyotype is normal none of them says.
const NO_RESULT: [&str; 29] = [
    "failed",
    "failure",
    "culturefailure",
    "culturefailed",
    "failedculture",
    "failedcytogenetics",
    "cytogeneticsfailed",
    "karyotypefailed",
    "nogrowth",
    "noresult",
    "nometaphase",
    "nometaphases",
    "nomitosis",
    "nomitoses",
    "noanalyzablemetaphases",
    "noanalysablemetaphases",
    "noevaluablemetaphases",
    "insufficient",
    "insufficientmetaphases",
    "notevaluable",
    "notinformative",
    "unsuccessful",
    "分裂像なし",
    "分裂像得られず",
    "分裂像が得られず",
    "核分裂像なし",
    "培養不良",
    "培養失敗",
    "判定不能",
];

/// Words for a normal karyotype, in the same way.
const NORMAL: [&str; 24] = [
    "normal",
    "normalkaryotype",
    "normalmalekaryotype",
    "normalfemalekaryotype",
    "karyotypenormal",
    "normalcytogenetics",
    "cytogeneticallynormal",
    "normalmale",
    "normalfemale",
    "diploid",
    "diploidkaryotype",
    "noabnormality",
    "noabnormalities",
    "nochromosomalabnormality",
    "nochromosomalabnormalities",
    "noclonalabnormality",
    "noclonalabnormalities",
    "正常",
    "正常核型",
    "核型正常",
    "正常男性核型",
    "正常女性核型",
    "異常なし",
    "染色体異常なし",
];

fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether a text says in words that the karyotype is normal.
pub(super) fn is_normal(text: &str) -> bool {
    NORMAL.contains(&plain(text).as_str())
}

impl Karyotype {
    /// Whether a text says that no karyotype was obtained: it is then not known, and no error of notation.
    pub fn is_without_result(text: &str) -> bool {
        NO_RESULT.contains(&plain(text).as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_no_result_are_known_and_a_karyotype_is_none_of_them() {
        for text in [
            "no growth",
            "No metaphases.",
            "FAILED",
            "culture failure",
            "分裂像なし",
            "判定不能。",
        ] {
            assert!(Karyotype::is_without_result(text), "{text}");
        }
        for text in ["46,XX[20]", "normal", "fail-safe", "", "-7", "no abnormality"] {
            assert!(!Karyotype::is_without_result(text), "{text}");
        }
    }
}
