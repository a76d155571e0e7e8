//! The panel files inside the binary: genes, sources and the four panels.
//!
//! The files under `panels/` are what a laboratory reads and diffs; here they are only named.

/// A file of the repository's `panels/` folder.
pub(super) struct BundledFile {
    /// Path below the repository, shown in errors.
    pub path: &'static str,
    /// Content.
    pub text: &'static str,
}

macro_rules! file {
    ($name:literal) => {
        BundledFile {
            path: concat!("panels/", $name, ".toml"),
            text: include_str!(concat!("../../panels/", $name, ".toml")),
        }
    };
}

macro_rules! genes {
    ($($symbol:literal)*) => {
        &[$(($symbol, BundledFile {
            path: concat!("panels/genes/", $symbol, ".toml"),
            text: include_str!(concat!("../../panels/genes/", $symbol, ".toml")),
        }),)*]
    };
}

/// Names of the bundled panels, the default first.
pub const PANEL_NAMES: [&str; 4] = ["myeloid33", "ipssm31", "myeloid_mpn", "ch"];

static PANELS: [BundledFile; 4] = [
    file!("myeloid33"),
    file!("ipssm31"),
    file!("myeloid_mpn"),
    file!("ch"),
];

/// Sources of rules and facts, by key.
pub(super) static SOURCES: BundledFile = file!("sources");

/// Returns the file of a bundled panel.
pub(super) fn panel(name: &str) -> Option<&'static BundledFile> {
    PANEL_NAMES.iter().position(|n| *n == name).map(|i| &PANELS[i])
}

/// Returns the file of a bundled gene.
pub(super) fn gene(symbol: &str) -> Option<&'static BundledFile> {
    GENES.iter().find(|(s, _)| *s == symbol).map(|(_, f)| f)
}

/// Returns the symbols of all bundled genes in alphabetical order.
pub(super) fn gene_symbols() -> impl Iterator<Item = &'static str> {
    GENES.iter().map(|(s, _)| *s)
}

static GENES: &[(&str, BundledFile)] = genes! {
    "ASXL1" "ASXL2" "ATM" "BCOR" "BCORL1" "BRAF" "BRCC3" "CALR" "CBL" "CBLB" "CEBPA" "CHEK2" "CREBBP"
    "CSF1R" "CSF3R" "CTCF" "CUX1" "DDX41" "DNMT3A" "EP300" "ETNK1" "ETV6" "EZH2" "FLT3" "GATA1" "GATA2"
    "GATA3" "GNA13" "GNAS" "GNB1" "IDH1" "IDH2" "IKZF1" "JAK1" "JAK2" "JAK3" "KDM6A" "KIT" "KMT2A"
    "KMT2D" "KRAS" "LUC7L2" "MPL" "MYD88" "NF1" "NPM1" "NRAS" "PDS5B" "PHF6" "PPM1D" "PRPF40B" "PRPF8"
    "PTEN" "PTPN11" "RAD21" "RUNX1" "SETBP1" "SETD2" "SF1" "SF3A1" "SF3B1" "SH2B3" "SMC1A" "SMC3"
    "SRCAP" "SRSF2" "STAG1" "STAG2" "STAT3" "SUZ12" "TET2" "TP53" "U2AF1" "U2AF2" "UBA1" "WT1" "YLPM1" "ZBTB33"
    "ZNF318" "ZRSR2"
};
