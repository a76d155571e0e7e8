use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A gene of IPSS-M with a yes or no; TP53, the 31st, has inputs of its own.
///
/// Bernard 2022: 16 genes with a weight of their own (TP53 and SF3B1 through variables built from them) and 15 residual
/// ones that are counted. TET2 and JAK2 are not in the model.
#[allow(missing_docs)] // Gene symbols.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum IpssmGene {
    /// Partial tandem duplication of KMT2A.
    #[serde(rename = "MLL_PTD")]
    MllPtd,
    /// Internal tandem duplication or tyrosine kinase domain mutation.
    Flt3,
    Asxl1,
    Bcor,
    Bcorl1,
    Cbl,
    Cebpa,
    Dnmt3a,
    Etv6,
    Ezh2,
    Idh1,
    Idh2,
    Kras,
    Nf1,
    Npm1,
    Nras,
    Runx1,
    Setbp1,
    Sf3b1,
    Srsf2,
    Stag2,
    U2af1,
    Etnk1,
    Gata2,
    Gnb1,
    Phf6,
    Ppm1d,
    Prpf8,
    Ptpn11,
    Wt1,
}

impl IpssmGene {
    /// The genes in the order of the published example table.
    pub const ALL: [Self; 30] = [
        Self::MllPtd,
        Self::Flt3,
        Self::Asxl1,
        Self::Bcor,
        Self::Bcorl1,
        Self::Cbl,
        Self::Cebpa,
        Self::Dnmt3a,
        Self::Etv6,
        Self::Ezh2,
        Self::Idh1,
        Self::Idh2,
        Self::Kras,
        Self::Nf1,
        Self::Npm1,
        Self::Nras,
        Self::Runx1,
        Self::Setbp1,
        Self::Sf3b1,
        Self::Srsf2,
        Self::Stag2,
        Self::U2af1,
        Self::Etnk1,
        Self::Gata2,
        Self::Gnb1,
        Self::Phf6,
        Self::Ppm1d,
        Self::Prpf8,
        Self::Ptpn11,
        Self::Wt1,
    ];

    /// The 15 genes of which only the number mutated counts (Bernard 2022, supplement: `Nres`).
    pub const RESIDUAL: [Self; 15] = [
        Self::Bcor,
        Self::Bcorl1,
        Self::Cebpa,
        Self::Etnk1,
        Self::Gata2,
        Self::Gnb1,
        Self::Idh1,
        Self::Nf1,
        Self::Phf6,
        Self::Ppm1d,
        Self::Prpf8,
        Self::Ptpn11,
        Self::Setbp1,
        Self::Stag2,
        Self::Wt1,
    ];

    /// Returns the column of the published tables: the gene symbol, or `MLL_PTD`.
    pub const fn column(self) -> &'static str {
        match self {
            Self::MllPtd => "MLL_PTD",
            Self::Flt3 => "FLT3",
            Self::Asxl1 => "ASXL1",
            Self::Bcor => "BCOR",
            Self::Bcorl1 => "BCORL1",
            Self::Cbl => "CBL",
            Self::Cebpa => "CEBPA",
            Self::Dnmt3a => "DNMT3A",
            Self::Etv6 => "ETV6",
            Self::Ezh2 => "EZH2",
            Self::Idh1 => "IDH1",
            Self::Idh2 => "IDH2",
            Self::Kras => "KRAS",
            Self::Nf1 => "NF1",
            Self::Npm1 => "NPM1",
            Self::Nras => "NRAS",
            Self::Runx1 => "RUNX1",
            Self::Setbp1 => "SETBP1",
            Self::Sf3b1 => "SF3B1",
            Self::Srsf2 => "SRSF2",
            Self::Stag2 => "STAG2",
            Self::U2af1 => "U2AF1",
            Self::Etnk1 => "ETNK1",
            Self::Gata2 => "GATA2",
            Self::Gnb1 => "GNB1",
            Self::Phf6 => "PHF6",
            Self::Ppm1d => "PPM1D",
            Self::Prpf8 => "PRPF8",
            Self::Ptpn11 => "PTPN11",
            Self::Wt1 => "WT1",
        }
    }

    /// Returns the gene of a column name or symbol, in any case; KMT2A stands for its partial tandem duplication.
    pub fn from_column(name: &str) -> Option<Self> {
        if ["KMT2A_PTD", "KMT2A-PTD"]
            .iter()
            .any(|n| n.eq_ignore_ascii_case(name))
        {
            return Some(Self::MllPtd);
        }
        Self::ALL
            .into_iter()
            .find(|g| g.column().eq_ignore_ascii_case(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_gene_has_its_place_and_its_name() {
        for (index, gene) in IpssmGene::ALL.into_iter().enumerate() {
            assert_eq!(gene as usize, index);
            assert_eq!(IpssmGene::from_column(&gene.column().to_lowercase()), Some(gene));
        }
        assert_eq!(IpssmGene::from_column("KMT2A_PTD"), Some(IpssmGene::MllPtd));
        assert_eq!(IpssmGene::from_column("TET2"), None);
        assert_eq!(IpssmGene::from_column("JAK2"), None);
    }
}
