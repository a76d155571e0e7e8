use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A human chromosome, whatever the file calls it: `chr17`, `17` and `NC_000017.11` are the same.
///
/// Ordered as in a karyotype: 1 to 22, X, Y, mitochondrial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(into = "String", try_from = "String")]
#[schemars(with = "String")]
pub struct Chromosome(u8);

const NAMES: [&str; 25] = [
    "chr1", "chr2", "chr3", "chr4", "chr5", "chr6", "chr7", "chr8", "chr9", "chr10", "chr11", "chr12",
    "chr13", "chr14", "chr15", "chr16", "chr17", "chr18", "chr19", "chr20", "chr21", "chr22", "chrX", "chrY",
    "chrM",
];

impl Chromosome {
    /// The X chromosome.
    pub const X: Self = Self(23);
    /// The Y chromosome.
    pub const Y: Self = Self(24);
    /// The mitochondrial genome.
    pub const M: Self = Self(25);

    /// Returns every chromosome in karyotype order.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=25).map(Self)
    }

    /// Reads a contig name; `None` for decoys, unplaced scaffolds and anything that is no human chromosome.
    ///
    /// Accepts UCSC (`chr1`, `chrM`), Ensembl (`1`, `MT`) and RefSeq (`NC_000001.10`, `NC_012920.1`) names. The version
    /// of a RefSeq accession is not judged here: it tells the build, which is another question.
    pub fn parse(name: &str) -> Option<Self> {
        if let Some(accession) = name.strip_prefix("NC_") {
            let number = accession.split('.').next()?;
            if number.len() != 6 || !number.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            return match number.parse::<u32>().ok()? {
                n @ 1..=24 => u8::try_from(n).ok().map(Self),
                12920 => Some(Self::M),
                _ => None,
            };
        }
        let bare = name
            .strip_prefix("chr")
            .or_else(|| name.strip_prefix("Chr"))
            .or_else(|| name.strip_prefix("CHR"))
            .unwrap_or(name);
        match bare {
            "X" | "x" => Some(Self::X),
            "Y" | "y" => Some(Self::Y),
            "M" | "MT" => Some(Self::M),
            // A leading zero or a sign would parse as a number but is nobody's chromosome name.
            digits if !digits.starts_with(['0', '+']) => match digits.parse::<u8>() {
                Ok(n @ 1..=22) => Some(Self(n)),
                _ => None,
            },
            _ => None,
        }
    }

    /// Returns the UCSC name, which every output uses on both builds.
    pub const fn name(self) -> &'static str {
        NAMES[self.0 as usize - 1]
    }

    /// Returns the Ensembl name, `17` or `MT`.
    pub fn ensembl_name(self) -> &'static str {
        if self == Self::M { "MT" } else { &self.name()[3..] }
    }

    /// Returns the place in the karyotype, 1 to 25.
    pub const fn index(self) -> u8 {
        self.0
    }
}

impl fmt::Display for Chromosome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl From<Chromosome> for String {
    fn from(chromosome: Chromosome) -> Self {
        chromosome.name().to_owned()
    }
}

impl TryFrom<String> for Chromosome {
    type Error = String;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::parse(&name).ok_or_else(|| format!("{name:?} is no human chromosome"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_ucsc_ensembl_and_refseq_names() {
        for name in ["chr17", "17", "NC_000017.10", "NC_000017.11"] {
            assert_eq!(
                Chromosome::parse(name).map(Chromosome::name),
                Some("chr17"),
                "{name}"
            );
        }
        assert_eq!(Chromosome::parse("MT"), Some(Chromosome::M));
        assert_eq!(Chromosome::parse("NC_012920.1"), Some(Chromosome::M));
        assert_eq!(Chromosome::parse("NC_000023.11"), Some(Chromosome::X));
    }

    #[test]
    fn rejects_everything_else() {
        for name in [
            "",
            "chr",
            "chr0",
            "chr23",
            "01",
            "+1",
            "chr1_KI270706v1_random",
            "GL000207.1",
            "NC_000025.1",
            "NC_1.1",
            "demo20",
        ] {
            assert_eq!(Chromosome::parse(name), None, "{name}");
        }
    }
}
