//! Which reads and bases count: options of the command line, and the table `[reads]` of a profile.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

#[cfg(feature = "cli")]
use super::spellings;
use crate::alignments::{AlignmentFile, CramDecoder, EXCLUDED_FLAGS, ReadFilter};
use crate::evidence::CountedUnit;

/// Which reads and bases count: options of the command line, and the table `[reads]` of a profile.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct ReadOptions {
    /// Smallest mapping quality of a read [default: 20]
    #[cfg_attr(feature = "cli", arg(long, value_name = "N", allow_negative_numbers = true, value_parser = spellings::whole::<u8>, help_heading = "Reads and bases"))]
    pub min_mapping_quality: Option<u8>,
    /// Smallest base quality; a base below it is no vote [default: 20]
    #[cfg_attr(feature = "cli", arg(long, value_name = "N", allow_negative_numbers = true, value_parser = spellings::whole::<u8>, help_heading = "Reads and bases"))]
    pub min_base_quality: Option<u8>,
    /// SAM flags that exclude a read, decimal or hexadecimal [default: 0xF04, which is unmapped, secondary, failed, duplicate,
    /// supplementary]
    #[cfg_attr(feature = "cli", arg(long, value_name = "FLAGS", value_parser = parse_flags, help_heading = "Reads and bases"))]
    #[serde(deserialize_with = "flags_of_profile")]
    pub exclude_flags: Option<u16>,
    /// Largest NM (mismatches and indel bases) of a read
    #[cfg_attr(feature = "cli", arg(long, value_name = "N", allow_negative_numbers = true, value_parser = spellings::whole::<u32>, help_heading = "Reads and bases"))]
    pub max_mismatches: Option<u32>,
    /// Smallest number of raw reads behind a UMI consensus read (tags cD, or aD and bD) [default: 1]
    #[cfg_attr(feature = "cli", arg(long, value_name = "N", allow_negative_numbers = true, value_parser = spellings::whole::<u32>, help_heading = "Reads and bases"))]
    pub min_family_size: Option<u32>,
    /// Count duplex consensus reads only (aD and bD above 0)
    #[cfg_attr(feature = "cli", arg(long, help_heading = "Reads and bases"))]
    pub duplex_only: bool,
    /// Count each read, overlapping mates twice, instead of fragments
    #[cfg_attr(feature = "cli", arg(long, help_heading = "Reads and bases"))]
    pub count_reads: bool,
    /// What reads CRAM: safe (default) is written in memory-safe Rust; htslib is faster and reads CRAM 2, but has known faults that a
    /// hostile file can use: only for files that you trust (docs/security.md)
    #[cfg_attr(
        feature = "cli",
        arg(long, value_name = "NAME", value_enum, help_heading = "Reads and bases")
    )]
    pub cram_decoder: Option<CramDecoderName>,
}

/// Names of what reads CRAM.
#[allow(
    missing_docs,
    reason = "the help of the option says what they are; it would list them a second time"
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "kebab-case")]
pub enum CramDecoderName {
    Safe,
    Htslib,
}

fn parse_flags(text: &str) -> Result<u16, String> {
    let number = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => u16::from_str_radix(digits, 16),
        None => text.parse(),
    };
    number.map_err(|_| format!("{text:?} is no number of SAM flags, such as {EXCLUDED_FLAGS} or 0xF04"))
}

/// Reads flags as a number, or as text that may be hexadecimal.
fn flags_of_profile<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u16>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Flags {
        Number(u16),
        Text(String),
    }
    match Flags::deserialize(deserializer)? {
        Flags::Number(flags) => Ok(Some(flags)),
        Flags::Text(text) => parse_flags(&text).map(Some).map_err(D::Error::custom),
    }
}

impl ReadOptions {
    /// Puts these options over those of a profile.
    #[must_use]
    pub fn over(&self, profile: &Self) -> Self {
        Self {
            min_mapping_quality: self.min_mapping_quality.or(profile.min_mapping_quality),
            min_base_quality: self.min_base_quality.or(profile.min_base_quality),
            exclude_flags: self.exclude_flags.or(profile.exclude_flags),
            max_mismatches: self.max_mismatches.or(profile.max_mismatches),
            min_family_size: self.min_family_size.or(profile.min_family_size),
            duplex_only: self.duplex_only || profile.duplex_only,
            count_reads: self.count_reads || profile.count_reads,
            cram_decoder: self.cram_decoder.or(profile.cram_decoder),
        }
    }

    /// Returns what reads CRAM.
    pub const fn cram_decoder(&self) -> CramDecoder {
        match self.cram_decoder {
            Some(CramDecoderName::Htslib) => CramDecoder::Htslib,
            _ => CramDecoder::Safe,
        }
    }

    /// Returns what the counts of a file are counts of.
    pub const fn counted(&self) -> CountedUnit {
        if self.count_reads {
            CountedUnit::Reads
        } else {
            CountedUnit::Fragments
        }
    }

    /// Returns the options that differ from the defaults, by name.
    pub fn changed(&self) -> Vec<(&'static str, String)> {
        fn other<T: PartialEq + ToString>(given: Option<T>, usual: &T) -> Option<String> {
            given.filter(|g| g != usual).map(|g| g.to_string())
        }
        let usual = ReadFilter::default();
        let flags = self.exclude_flags.filter(|f| *f != usual.excluded_flags);
        [
            (
                "min-mapping-quality",
                other(self.min_mapping_quality, &usual.min_mapping_quality),
            ),
            (
                "min-base-quality",
                other(self.min_base_quality, &usual.min_base_quality),
            ),
            ("exclude-flags", flags.map(|f| format!("{f:#X}"))),
            ("max-mismatches", self.max_mismatches.map(|n| n.to_string())),
            (
                "min-family-size",
                other(self.min_family_size, &usual.min_family_size),
            ),
            ("duplex-only", self.duplex_only.then(|| "true".to_owned())),
            ("count-reads", self.count_reads.then(|| "true".to_owned())),
            (
                "cram-decoder",
                (self.cram_decoder() == CramDecoder::Htslib).then(|| "htslib".to_owned()),
            ),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }

    /// Returns the filter for a file.
    pub fn filter(&self, file: &AlignmentFile) -> ReadFilter {
        self.filter_from(file, &ReadFilter::default())
    }

    /// Returns the filter for a file, with what is `usual` where no option says otherwise.
    pub fn filter_from(&self, file: &AlignmentFile, usual: &ReadFilter) -> ReadFilter {
        ReadFilter {
            min_mapping_quality: self.min_mapping_quality.unwrap_or(usual.min_mapping_quality),
            min_base_quality: self.min_base_quality.unwrap_or(usual.min_base_quality),
            excluded_flags: self.exclude_flags.unwrap_or(usual.excluded_flags),
            max_mismatches: self.max_mismatches,
            min_family_size: self.min_family_size.unwrap_or(usual.min_family_size),
            duplex_only: self.duplex_only,
            consensus: file.consensus,
            keep_bases: false,
            mates_are_one: usual.mates_are_one && !self.count_reads,
            primers: usual.primers.clone(),
        }
    }
}
