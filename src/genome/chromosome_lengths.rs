//! Lengths of chromosomes, by which the genome of a file is told.

use super::{Build, Chromosome};

/// Lengths in bases of chromosomes 1 to 22, X, Y.
type Lengths = [u64; 24];

/// GRCh37, GenBank assembly GCA_000001405.1 (UCSC hg19 has the same).
const GRCH37: Lengths = [
    249_250_621,
    243_199_373,
    198_022_430,
    191_154_276,
    180_915_260,
    171_115_067,
    159_138_663,
    146_364_022,
    141_213_431,
    135_534_747,
    135_006_516,
    133_851_895,
    115_169_878,
    107_349_540,
    102_531_392,
    90_354_753,
    81_195_210,
    78_077_248,
    59_128_983,
    63_025_520,
    48_129_895,
    51_304_566,
    155_270_560,
    59_373_566,
];

/// GRCh38, GenBank assembly GCA_000001405.15 (UCSC hg38 has the same).
const GRCH38: Lengths = [
    248_956_422,
    242_193_529,
    198_295_559,
    190_214_555,
    181_538_259,
    170_805_979,
    159_345_973,
    145_138_636,
    138_394_717,
    133_797_422,
    135_086_622,
    133_275_309,
    114_364_328,
    107_043_718,
    101_991_189,
    90_338_345,
    83_257_441,
    80_373_285,
    58_617_616,
    64_444_167,
    46_709_983,
    50_818_468,
    156_040_895,
    57_227_415,
];

/// T2T-CHM13 v2.0, GenBank assembly GCA_009914755.4 (v1.1 has the same chromosomes but Y).
const CHM13: Lengths = [
    248_387_328,
    242_696_752,
    201_105_948,
    193_574_945,
    182_045_439,
    172_126_628,
    160_567_428,
    146_259_331,
    150_617_247,
    134_758_134,
    135_127_769,
    133_324_548,
    113_566_686,
    101_161_492,
    99_753_195,
    96_330_374,
    84_276_897,
    80_542_538,
    61_707_364,
    66_210_255,
    45_090_682,
    51_324_926,
    154_259_566,
    62_460_029,
];

/// NCBI36, UCSC hg18.
const NCBI36: Lengths = [
    247_249_719,
    242_951_149,
    199_501_827,
    191_273_063,
    180_857_866,
    170_899_992,
    158_821_424,
    146_274_826,
    140_273_252,
    135_374_737,
    134_452_384,
    132_349_534,
    114_142_980,
    106_368_585,
    100_338_915,
    88_827_254,
    78_774_742,
    76_117_153,
    63_811_651,
    62_435_964,
    46_944_323,
    49_691_432,
    154_913_754,
    57_772_954,
];

/// First chromosome lengths of other genomes: chromosome number (23 for X), length, name.
const OTHERS: [(u8, u64, Foreign); 14] = [
    // T2T-CHM13 v1.0, UCSC hub.
    (1, 248_387_497, Foreign::Chm13),
    (2, 242_696_747, Foreign::Chm13),
    // GRCm38 (mm10), GenBank assembly GCA_000001635.2.
    (1, 195_471_971, Foreign::Grcm38),
    (2, 182_113_224, Foreign::Grcm38),
    (3, 160_039_680, Foreign::Grcm38),
    (11, 122_082_543, Foreign::Grcm38),
    (19, 61_431_566, Foreign::Grcm38),
    (23, 171_031_299, Foreign::Grcm38),
    // GRCm39 (mm39), GenBank assembly GCA_000001635.9.
    (1, 195_154_279, Foreign::Grcm39),
    (2, 181_755_017, Foreign::Grcm39),
    (3, 159_745_316, Foreign::Grcm39),
    (11, 121_973_369, Foreign::Grcm39),
    (19, 61_420_004, Foreign::Grcm39),
    (23, 169_476_592, Foreign::Grcm39),
];

/// A genome that the panel has no coordinates for, recognized to be refused by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Foreign {
    /// The telomere-to-telomere human genome.
    Chm13,
    /// The human genome of 2006.
    Ncbi36,
    /// Mouse, mm10.
    Grcm38,
    /// Mouse, mm39.
    Grcm39,
}

impl Foreign {
    /// Returns the name and what the user can do.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Chm13 => "T2T-CHM13: lift the calls over to GRCh38, or call on GRCh38",
            Self::Ncbi36 => "NCBI36 (hg18): lift the calls over to GRCh37 or GRCh38 first",
            Self::Grcm38 => "the mouse genome GRCm38 (mm10): the panels are human",
            Self::Grcm39 => "the mouse genome GRCm39 (mm39): the panels are human",
        }
    }
}

/// Returns the length of a chromosome; the mitochondrial genome is the same on both builds (16,569, rCRS).
pub fn chromosome_length(build: Build, chromosome: Chromosome) -> u32 {
    let table = match build {
        Build::Grch37 => &GRCH37,
        Build::Grch38 => &GRCH38,
    };
    table
        .get(usize::from(chromosome.index()) - 1)
        .and_then(|&n| u32::try_from(n).ok())
        .unwrap_or(16_569)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Genome {
    Ours(Build),
    Foreign(Foreign),
}

pub(super) fn genome_of_length(chromosome: Chromosome, length: u64) -> Option<Genome> {
    let index = usize::from(chromosome.index()) - 1;
    let tables = [
        (&GRCH37, Genome::Ours(Build::Grch37)),
        (&GRCH38, Genome::Ours(Build::Grch38)),
        (&CHM13, Genome::Foreign(Foreign::Chm13)),
        (&NCBI36, Genome::Foreign(Foreign::Ncbi36)),
    ];
    tables
        .into_iter()
        .find(|(table, _)| table.get(index) == Some(&length))
        .map(|(_, genome)| genome)
        .or_else(|| {
            OTHERS
                .iter()
                .find(|(n, l, _)| *n == chromosome.index() && *l == length)
                .map(|(_, _, f)| Genome::Foreign(*f))
        })
}

pub(super) fn genome_name(genome: Genome) -> &'static str {
    match genome {
        Genome::Ours(build) => build.name(),
        Genome::Foreign(Foreign::Chm13) => "T2T-CHM13",
        Genome::Foreign(Foreign::Ncbi36) => "NCBI36",
        Genome::Foreign(Foreign::Grcm38) => "GRCm38",
        Genome::Foreign(Foreign::Grcm39) => "GRCm39",
    }
}
