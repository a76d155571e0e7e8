//! What told the genome build of a file, and what speaks against it.

use super::Build;
use crate::text::sayings;

sayings! {
    /// How a build was recognized.
    pub enum BuildSource {
        ContigLength { contig: String, length: u64, genome: String } = "contig {contig} has the length {length} of {genome}";
        ContigAccession { contig: String, genome: String } = "contig {contig} is of {genome}";
        Named { by: String, genome: String } = "{by} names {genome}";
        Stated = "--build";
    }
}

sayings! {
    /// Why a build that the user stated is not sure.
    pub enum BuildDoubt {
        OtherBuild { source: BuildSource, given: Build } = "{source}, but --build {given} was given";
        OtherLengths { given: Build } = "the contig lengths are not those of {given}: taken on the word of --build";
    }
}

#[cfg(test)]
impl crate::text::Examples for Build {
    fn examples() -> Vec<Self> {
        vec![Self::Grch38, Self::Grch37]
    }
}
