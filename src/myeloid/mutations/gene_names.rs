//! Genes by every name that a report may use for them.

use std::sync::OnceLock;

use crate::karyotype::FusionName;
use crate::panel::bundled_genes;
use crate::tables::nearest;

/// Genes beside those of the panels that a report may name: the others of the published rule lists of clonal hematopoiesis and of the
/// transcript table, then genes of myeloid and myeloma panels. A mutation of one counts as a mutation; nothing else follows from this list.
const FURTHER: [&str; 50] = [
    "BAX", "CCDC115", "CCL22", "EED", "IGLL5", "IKZF2", "IKZF3", "MAGEC3", "MDM4", "MTA2", "NXF1", "PDSS2",
    "PHIP", "PIGA", "SETDB1", "SIK3", "SPRED2", "SRSF1", "ZNF234", "ATRX", "NOTCH1", "STAT5B", "TERT",
    "TET1", "UBA1", "ANKRD26", "ASXL3", "CDKN2A", "CSNK1A1", "DIS3", "FBXW7", "HRAS", "IL7R", "KDM5A",
    "KMT2B", "KMT2C", "MECOM", "NFE2", "PAX5", "PTPRD", "RB1", "RIT1", "RRAS", "SAMD9", "SAMD9L", "SMC5",
    "TENT5C", "TYK2", "XPO1", "ZEB2",
];

/// Older and other names of genes (HGNC, previous and alias symbols); those of partners in fusions stand with the fusions.
const OTHER_NAMES: [(&str, &str); 41] = [
    ("P53", "TP53"),
    ("MLL2", "KMT2D"),
    ("MLL3", "KMT2C"),
    ("MLL4", "KMT2B"),
    ("FAM46C", "TENT5C"),
    ("SFRS2", "SRSF2"),
    ("SC35", "SRSF2"),
    ("SF3B155", "SF3B1"),
    ("SAP155", "SF3B1"),
    ("U2AF35", "U2AF1"),
    ("U2AF65", "U2AF2"),
    ("U2AF1RS2", "ZRSR2"),
    ("U2AF1L2", "ZRSR2"),
    ("URP", "ZRSR2"),
    ("UTX", "KDM6A"),
    ("LNK", "SH2B3"),
    ("SHP2", "PTPN11"),
    ("CKIT", "KIT"),
    ("CD117", "KIT"),
    ("CD135", "FLT3"),
    ("FLK2", "FLT3"),
    ("CMPL", "MPL"),
    ("TPOR", "MPL"),
    ("CCBL", "CBL"),
    ("CBL2", "CBL"),
    ("GCSFR", "CSF3R"),
    ("CFMS", "CSF1R"),
    ("WIP1", "PPM1D"),
    ("P300", "EP300"),
    ("BRCC36", "BRCC3"),
    ("NPM", "NPM1"),
    ("NPM1C", "NPM1"),
    ("CEBP", "CEBPA"),
    ("CEBPALPHA", "CEBPA"),
    ("SA1", "STAG1"),
    ("SA2", "STAG2"),
    ("HR21", "RAD21"),
    ("ENX1", "EZH2"),
    ("MMAC1", "PTEN"),
    ("CK1A", "CSNK1A1"),
    ("CRM1", "XPO1"),
];

/// Returns every symbol that is known, in alphabetical order.
fn known() -> &'static [&'static str] {
    static KNOWN: OnceLock<Vec<&'static str>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut all: Vec<&str> = bundled_genes().into_iter().chain(FURTHER).collect();
        all.sort_unstable();
        all.dedup();
        all
    })
}

/// Returns the symbol of today of a gene by any of its names, in any case, hyphens and blanks left out; `None` where it is not known.
///
/// A hyphen at an end is none of the name: `NPM1-` says that the gene is not mutated.
pub(super) fn symbol(name: &str) -> Option<&'static str> {
    if name.starts_with('-') || name.ends_with('-') {
        return None;
    }
    let name: String = name
        .chars()
        .filter(|c| !matches!(c, '-' | '_' | ' '))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let of = |symbol: &str| known().binary_search(&symbol).ok().map(|i| known()[i]);
    of(&name)
        .or_else(|| {
            OTHER_NAMES
                .iter()
                .find(|(other, _)| *other == name)
                .and_then(|(_, s)| of(s))
        })
        .or_else(|| of(FusionName::symbol_of_today(&name)))
}

/// Parts a name with something written behind it without a blank, `JAK2V617F`, `FLT3ITD`: the longest gene that it begins with, and the
/// rest.
pub(super) fn beginning(word: &str) -> Option<(&'static str, &str)> {
    let ends = word.char_indices().map(|(i, _)| i).skip(2);
    ends.filter(|end| word[..*end].ends_with(|c: char| c.is_ascii_alphanumeric()))
        .filter_map(|end| Some((symbol(&word[..end])?, &word[end..])))
        .last()
}

/// Returns the known gene that a misspelled name is nearest to.
pub(super) fn nearest_gene(name: &str) -> Option<&'static str> {
    let others = OTHER_NAMES.iter().map(|(other, _)| *other);
    let near = nearest(name, known().iter().copied().chain(others))?;
    symbol(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_to_a_known_gene() {
        for (other, today) in OTHER_NAMES {
            assert_eq!(symbol(other), Some(today), "{other}");
            assert!(known().binary_search(&other).is_err(), "{other} is a gene itself");
        }
        for (name, expected) in [
            ("jak2", Some("JAK2")),
            ("MLL", Some("KMT2A")),
            ("AML1", Some("RUNX1")),
            ("N-RAS", Some("NRAS")),
            ("c-KIT", Some("KIT")),
            ("FAM46C", Some("TENT5C")),
            ("DNMT3", None),
            ("TTN", None),
            ("01", None),
            ("NPM1-", None),
            ("", None),
        ] {
            assert_eq!(symbol(name), expected, "{name}");
        }
    }

    #[test]
    fn a_misspelled_gene_has_a_nearest() {
        for (name, expected) in [
            ("DMNT3A", "DNMT3A"),
            ("DNMT3", "DNMT3A"),
            ("ASLX1", "ASXL1"),
            ("SFRS", "SRSF2"),
        ] {
            assert_eq!(nearest_gene(name), Some(expected), "{name}");
        }
        assert_eq!(beginning("JAK2V617F"), Some(("JAK2", "V617F")));
        assert_eq!(beginning("BCORL1R1"), Some(("BCORL1", "R1")));
        assert_eq!(beginning("XYZ12"), None);
    }
}
