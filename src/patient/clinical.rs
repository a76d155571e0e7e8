//! What a laboratory or clinic knows of a patient beside the calls: counts, marrow, karyotype, history, and what it states
//! about single genes. One column each, in a sample sheet, a table of stages or a clinical JSON.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::karyotype::{CytogeneticRisk, Karyotype, KaryotypeError};

/// Values in the units of the formulas. `None` is "not known", which is never "no".
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Clinical {
    /// Hemoglobin, g/dL.
    pub hemoglobin: Option<f64>,
    /// Platelets, 10^9/L.
    pub platelets: Option<f64>,
    /// Neutrophils, 10^9/L.
    pub neutrophils: Option<f64>,
    /// White cells, 10^9/L.
    pub white_cells: Option<f64>,
    /// Monocytes of the blood, 10^9/L.
    pub monocytes: Option<f64>,
    /// Mean corpuscular volume, fL.
    pub mcv: Option<f64>,
    /// Red cell distribution width, per cent.
    pub rdw: Option<f64>,
    /// Marrow blasts, per cent.
    pub marrow_blasts: Option<f64>,
    /// Blood blasts, per cent.
    pub blood_blasts: Option<f64>,
    /// Lineages with dysplasia in 10 % of cells or more, 0 to 3.
    pub dysplastic_lineages: Option<u8>,
    /// Ring sideroblasts, per cent of erythroid precursors.
    pub ring_sideroblasts: Option<f64>,
    /// Marrow cellularity, per cent.
    pub cellularity: Option<f64>,
    /// Marrow fibrosis, grade 0 to 3.
    pub fibrosis: Option<u8>,
    /// Auer rods seen.
    pub auer_rods: Option<bool>,
    /// Karyotype, ISCN, as given.
    pub karyotype: Option<GivenKaryotype>,
    /// Gene fusions and rearrangements; an empty list means looked for and none.
    pub fusions: Option<Vec<String>>,
    /// Months that the cytopenia has lasted.
    pub cytopenia_months: Option<f64>,
    /// Months that the monocytosis has lasted.
    pub monocytosis_months: Option<f64>,
    /// Other causes of the cytopenia were excluded.
    pub causes_excluded: Option<bool>,
    /// Cytotoxic therapy or radiation for another disease before.
    pub prior_therapy: Option<bool>,
    /// Myelodysplastic disease before.
    pub prior_mds: Option<bool>,
    /// Cytogenetic group of IPSS-R as stated.
    pub cytogenetics: Option<CytogeneticRisk>,
    /// del(5q) as stated.
    pub del5q: Option<bool>,
    /// -7 or del(7q) as stated.
    pub del7_7q: Option<bool>,
    /// -17 or del(17p) as stated.
    pub del17_17p: Option<bool>,
    /// Complex karyotype as stated.
    pub complex: Option<bool>,
    /// Number of TP53 mutations as stated.
    pub tp53_mutations: Option<Tp53Count>,
    /// Largest VAF of TP53 as stated, 0 to 1.
    pub tp53_max_vaf: Option<f64>,
    /// Loss of heterozygosity at TP53, by copy loss or copy-neutral.
    pub tp53_loh: Option<bool>,
    /// An internal tandem duplication of FLT3 as stated.
    #[serde(default)]
    pub flt3_itd: Option<bool>,
    /// Genes stated mutated or not, by their column.
    pub genes: BTreeMap<Cow<'static, str>, bool>,
    /// Genes that the laboratory states were sequenced in full and deep enough, so that no call means not mutated; `all`
    /// for the whole panel.
    pub covered_genes: Vec<String>,
}

/// The word that stands for every gene of the panel.
pub(crate) const ALL_GENES: &str = "all";

impl Clinical {
    /// Whether anything is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether something is stated of a gene by its name: that it is mutated or not, or that it was covered.
    pub(crate) fn states(&self, gene: &str) -> bool {
        self.genes.contains_key(gene)
            || self.covered_genes.iter().any(|g| g == gene)
            || (gene == "TP53" && self.tp53_mutations.is_some())
    }

    /// Whether the laboratory states that a gene was covered.
    pub fn states_coverage_of(&self, gene: &str) -> bool {
        self.covered_genes
            .iter()
            .any(|g| g.eq_ignore_ascii_case(ALL_GENES) || g == gene)
    }
}

/// A karyotype as given, read once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenKaryotype {
    text: String,
    karyotype: Karyotype,
}

impl GivenKaryotype {
    /// Reads a karyotype in ISCN notation.
    ///
    /// # Errors
    ///
    /// Where it breaks, with the 1-based character.
    pub fn read(text: &str) -> Result<Self, KaryotypeError> {
        Ok(Self {
            karyotype: Karyotype::parse(text)?,
            text: text.to_owned(),
        })
    }

    /// Returns it as given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns what was read.
    pub fn karyotype(&self) -> &Karyotype {
        &self.karyotype
    }
}

impl FromStr for GivenKaryotype {
    type Err = KaryotypeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::read(text)
    }
}

impl Serialize for GivenKaryotype {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for GivenKaryotype {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for GivenKaryotype {
    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        String::json_schema(generator)
    }

    fn inline_schema() -> bool {
        true
    }
}

/// Number of TP53 mutations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Tp53Count {
    /// None.
    #[serde(rename = "0")]
    None,
    /// One.
    #[serde(rename = "1")]
    One,
    /// Two or more.
    #[serde(rename = "2 or more")]
    TwoOrMore,
}

impl Tp53Count {
    /// Returns the class of a number of mutations.
    pub const fn from_count(count: usize) -> Self {
        match count {
            0 => Self::None,
            1 => Self::One,
            _ => Self::TwoOrMore,
        }
    }

    /// Returns how many mutations there are for certain: of two or more, two.
    pub const fn at_least(self) -> usize {
        match self {
            Self::None => 0,
            Self::One => 1,
            Self::TwoOrMore => 2,
        }
    }

    /// Returns it as the published tables write it.
    pub const fn text(self) -> &'static str {
        match self {
            Self::None => "0",
            Self::One => "1",
            Self::TwoOrMore => "2 or more",
        }
    }

    /// Reads `0`, `1`, `2 or more`, or a number above one.
    pub fn from_text(text: &str) -> Option<Self> {
        if text.eq_ignore_ascii_case("2 or more") || text == ">=2" {
            return Some(Self::TwoOrMore);
        }
        let digits = text.strip_suffix(".0").unwrap_or(text);
        digits.parse::<u16>().ok().map(|n| Self::from_count(n.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_number_of_tp53_mutations() {
        for (text, expected) in [
            ("0", Some(Tp53Count::None)),
            ("1", Some(Tp53Count::One)),
            ("1.0", Some(Tp53Count::One)),
            ("2", Some(Tp53Count::TwoOrMore)),
            ("2 or more", Some(Tp53Count::TwoOrMore)),
            ("2 OR MORE", Some(Tp53Count::TwoOrMore)),
            ("7", Some(Tp53Count::TwoOrMore)),
            ("-1", None),
            ("mono", None),
            ("1.5", None),
        ] {
            assert_eq!(Tp53Count::from_text(text), expected, "{text}");
        }
    }
}
