use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Build;

/// A human chromosome, whatever the file calls it: `chr17`, `17` and `NC_000017.11` are the same.
///
/// Ordered as in a karyotype: 1 to 22, X, Y, mitochondrial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(into = "String", try_from = "String")]
#[schemars(with = "String")]
pub struct Chromosome(u8);

/// RefSeq versions of the chromosomes in GRCh37 (in GRCh38 each is one higher), NCBI assembly GCF_000001405.13.
pub(super) const GRCH37_VERSIONS: [u8; 24] = [
    10, 11, 11, 11, 9, 11, 13, 10, 11, 10, 9, 11, 10, 8, 9, 9, 10, 9, 9, 10, 8, 10, 10, 9,
];

/// Number of the GenBank accession of chromosome 1, CM000663; version 1 is of GRCh37, version 2 of GRCh38.
const FIRST_GENBANK: u32 = 663;

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
    /// Accepts UCSC (`chr1`, `chrM`), Ensembl (`1`, `MT`), RefSeq (`NC_000001.10`, `NC_012920.1`) and GenBank (`CM000663.1`,
    /// `J01415.2`) names. An accession must be of GRCh37 or GRCh38, or have no version: of which of them is another question.
    pub fn parse(name: &str) -> Option<Self> {
        if name.starts_with("NC_") || name.starts_with("CM0") || name.starts_with("J01415") {
            return Self::of_accession(name);
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

    fn of_accession(name: &str) -> Option<Self> {
        let (accession, version) = match name.split_once('.') {
            Some((accession, version)) => (accession, Some(version)),
            None => (name, None),
        };
        if matches!(
            (accession, version),
            ("NC_012920", None | Some("1")) | ("J01415", None | Some("2"))
        ) {
            return Some(Self::M);
        }
        let digits = accession
            .strip_prefix("NC_")
            .or_else(|| accession.strip_prefix("CM"))?;
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let first = if accession.starts_with("NC_") {
            1
        } else {
            FIRST_GENBANK
        };
        let number = digits.parse::<u32>().ok()?.checked_sub(first)? + 1;
        let chromosome = u8::try_from(number).ok().filter(|n| *n <= Self::Y.0).map(Self)?;
        let known = version.is_none_or(|v| chromosome.build_of_version(accession, v).is_some());
        known.then_some(chromosome)
    }

    /// Returns the build that a version of a chromosome's accession belongs to.
    fn build_of_version(self, accession: &str, version: &str) -> Option<Build> {
        let old = if accession.starts_with("NC_") {
            *GRCH37_VERSIONS.get(usize::from(self.0) - 1)?
        } else {
            1
        };
        match version.parse::<u8>().ok()?.checked_sub(old)? {
            0 => Some(Build::Grch37),
            1 => Some(Build::Grch38),
            _ => None,
        }
    }

    /// Returns the build that an accession with version belongs to; `None` for every other name.
    pub(super) fn build_of_accession(name: &str) -> Option<Build> {
        let (accession, version) = name.split_once('.')?;
        // The mitochondrial sequence is the same in both.
        let chromosome = Self::of_accession(name).filter(|c| *c != Self::M)?;
        chromosome.build_of_version(accession, version)
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
        for name in [
            "chr17",
            "17",
            "NC_000017.10",
            "NC_000017.11",
            "NC_000017",
            "CM000679.1",
            "CM000679.2",
        ] {
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
    fn every_accession_tells_its_build() {
        for (n, old) in (1..=24).zip(GRCH37_VERSIONS) {
            let name = |version: u8| format!("NC_{n:06}.{version}");
            let genbank = |version: u8| format!("CM{:06}.{version}", FIRST_GENBANK + n - 1);
            let chromosome = Chromosome::parse(&name(old)).unwrap();
            assert_eq!(u32::from(chromosome.index()), n);
            for (version, build) in [(old, Build::Grch37), (old + 1, Build::Grch38)] {
                assert_eq!(Chromosome::build_of_accession(&name(version)), Some(build));
                let genbank = genbank(version - old + 1);
                assert_eq!(Chromosome::build_of_accession(&genbank), Some(build));
                assert_eq!(Chromosome::parse(&genbank), Some(chromosome));
            }
            for version in [old - 1, old + 2] {
                assert_eq!(Chromosome::parse(&name(version)), None);
            }
        }
        assert_eq!(Chromosome::parse("J01415.2"), Some(Chromosome::M));
        assert_eq!(Chromosome::build_of_accession("NC_012920.1"), None);
        assert_eq!(Chromosome::build_of_accession("chr2"), None);
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
            "NC_000017.12",
            "NC_000002.13",
            "NC_000002.10",
            "NC_000002.x",
            "NC_000002.",
            "CM000679.3",
            "CM000662.1",
            "CM000687.1",
            "NC_012920.2",
            "demo20",
        ] {
            assert_eq!(Chromosome::parse(name), None, "{name}");
        }
    }
}
