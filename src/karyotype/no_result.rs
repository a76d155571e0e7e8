//! What laboratories write where a culture gave no karyotype.

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

impl Karyotype {
    /// Whether a text says that no karyotype was obtained: it is then not known, and no error of notation.
    pub fn is_without_result(text: &str) -> bool {
        let plain: String = text
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        NO_RESULT.contains(&plain.as_str())
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
