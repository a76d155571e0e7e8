//! Keys of the types of both classifications.

/// Words that name no type: "AML with mutated NPM1" (ICC 2022) and "AML with NPM1" (WHO 2022) are one key.
const FILLERS: [&str; 2] = ["with", "mutated"];

/// Returns the key of a type, `aml_npm1`: its words in small letters, joined by `_`.
pub(super) fn type_key(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    let words = words.map(str::to_ascii_lowercase);
    let words: Vec<String> = words
        .filter(|word| !word.is_empty() && !FILLERS.contains(&word.as_str()))
        .collect();
    words.join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_keys() {
        for (name, key) in [
            ("AML with mutated NPM1", "aml_npm1"),
            ("AML with NPM1", "aml_npm1"),
            ("AML with PML::RARA", "aml_pml_rara"),
            ("AML with KMT2A-r (judgement)", "aml_kmt2a_r_judgement"),
            ("MDS-SF3B1", "mds_sf3b1"),
            ("MDS-del(5q)", "mds_del_5q"),
            ("MDS/AML with mutated TP53", "mds_aml_tp53"),
            ("MDS, NOS-MLD", "mds_nos_mld"),
            ("CMML-1, myelodysplastic", "cmml_1_myelodysplastic"),
        ] {
            assert_eq!(type_key(name), key);
        }
    }
}
