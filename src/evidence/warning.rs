//! What a reader must know about the files of a sample.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::FileOddity;
use crate::genome::{Build, BuildDoubt};
use crate::text::sayings;

sayings! {
    /// A warning about the input of a sample.
    pub enum Warning {
        // Files of variants.
        OddFile { oddity: FileOddity, times: u64, first: Option<String> } = "{oddity}{}", Times(*times, first.as_deref());
        BuildOnTrust { doubt: BuildDoubt } = "genome build: {:?}", doubt.to_string();
        OddSpans { oddity: SpanOddity, records: u64, first: String } = "{oddity}: {} (first {first})", Records(*records);
        OffPanel { records: u64, first: String } =
            "no record lies on a chromosome that is looked at: {} elsewhere (first {first}); nothing of the panel could be seen in this file",
            Records(*records);
        UnknownContig { contig: String, build: Build, records: u64, first: u32 } =
            "contig {contig:?} is no chromosome of {build}: {} (first at {first}) not looked at; rename it (`bcftools annotate --rename-chrs`)",
            Records(*records);
        BehindContigEnd { contig: String, end: u32, build: Build, records: u64, first: u32 } =
            "contig {contig:?} ends at {end} on {build}: {} behind it (first at {first}) not looked at; is the build right?",
            Records(*records);
        FurtherContigs { build: Build, records: u64 } =
            "further contigs that are no chromosomes of {build}: {} not looked at", Records(*records);
        Telomeres { records: u64, first: String } =
            "position 0, or the one behind the last, is a telomere and holds no base: {} there (first {first}) not looked at",
            Records(*records);
        ReferenceContradicted { records: usize, checked: usize, first: String } =
            "records that contradict the reference: {records} of {checked} checked, first {first}";
        // Alignments.
        BuildStated { doubt: BuildDoubt } = "{doubt}";
        SeveralSamples { samples: Vec<String> } =
            "the read groups name {} samples ({}); all reads were counted as one sample, not those of {} alone",
            samples.len(), samples.join(", "), samples.first().map_or("", String::as_str);
        NoIndex = "no index: the whole file is read; `samtools index` makes one";
        NoIndexOfSam = "no index: the whole file is read";
        OldIndex = "the index is older than the file and is not used; `samtools index` makes it anew";
        WrongIndex { problem: String } =
            "the index is damaged or another file's and is not used ({problem}): the whole file is read; `samtools index` makes it anew";
        ContigsMissing { contigs: Vec<String> } =
            "the file or the reference has no {}: genes on it are not assessed", contigs.join(", ");
        NoReads = "no read passes the filters over the panel: nothing could be seen";
        FalseCopy { gene: String, place: String } =
            "{gene}: the reference holds a second, false copy ({place}) that is not masked; fragments of both copies were counted, \
             whatever their mapping quality, and summed";
        ClippedReads { place: String, clipped: u32, reads: u32, before: bool, bases: String } =
            "{place}: {clipped} of {reads} reads are clipped {} it alike ({bases}), and no variant found explains it: a long insertion, \
             a duplication or a rearrangement may lie there, and no detection limit holds around it; look at the reads, or use a \
             caller of structural variants", if *before { "before" } else { "behind" };
        NoBaseQualities { reads: u64, assumed: u8 } =
            "{reads} reads have no base qualities (QUAL is *): each of their bases was taken to have quality {assumed}; \
             what is rare cannot be told from errors so well as with qualities";
        PrimersLearned { places: usize, length: u32 } =
            "the reads begin at {places} places as those of amplicons do: {length} bases there are taken for primers and not \
             counted, rules on strands are off; give the primers with --primers BED, or say --primers none";
        PrimersOfOthers { at_primers: u64, reads: u64 } =
            "only {at_primers} of {reads} reads begin or end at one of the primers given: are they those of this library and genome build?";
    }
}

/// How far records reach whose allele is symbolic: what END, SVLEN and LEN say that cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SpanOddity {
    /// Nothing says how far a deletion, duplication or inversion reaches.
    NotStated,
    /// The same of an allele whose kind nobody knows, whatever its SVLEN, which may be that of an insertion.
    UnknownKind,
    /// The end and the length contradict each other.
    Contradiction,
    /// A length or an end that is no number, or a length below one.
    Unreadable,
    /// The end lies before the position.
    Backwards,
    /// It reaches behind the end of its contig.
    BehindContig,
}

impl fmt::Display for SpanOddity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotStated => {
                "symbolic alleles whose end nothing tells (neither INFO END behind POS nor SVLEN): only their first base was looked at"
            }
            Self::UnknownKind => {
                "symbolic alleles of a kind other than DEL, DUP, INV, CNV and INS without an INFO END behind POS, which alone could tell how far they reach: only their first base was looked at"
            }
            Self::Contradiction => {
                "symbolic alleles whose END and SVLEN tell different ends: END was used; correct the records"
            }
            Self::Unreadable => {
                "symbolic alleles or blocks with an END, SVLEN or LEN that is no length: it was not used; correct the records"
            }
            Self::Backwards => {
                "symbolic alleles or blocks with an END before POS: it was not used; correct the records"
            }
            Self::BehindContig => {
                "symbolic alleles or blocks that reach behind the end of their contig: correct END, SVLEN or LEN; is the build right?"
            }
        })
    }
}

/// How often something was met, with the first example.
struct Times<'t>(u64, Option<&'t str>);

impl fmt::Display for Times<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self(1, None) => Ok(()),
            Self(1, Some(first)) => write!(f, ": {first:?}"),
            Self(n, None) => write!(f, " ({n} times)"),
            Self(n, Some(first)) => write!(f, " ({n} times, first {first:?})"),
        }
    }
}

/// A number of records.
struct Records(u64);

impl fmt::Display for Records {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            1 => f.write_str("1 record"),
            n => write!(f, "{n} records"),
        }
    }
}

#[cfg(test)]
mod examples {
    use super::{FileOddity, SpanOddity};
    use crate::text::Examples;

    impl Examples for SpanOddity {
        fn examples() -> Vec<Self> {
            vec![
                Self::NotStated,
                Self::UnknownKind,
                Self::Contradiction,
                Self::Unreadable,
                Self::Backwards,
                Self::BehindContig,
            ]
        }
    }

    impl Examples for FileOddity {
        fn examples() -> Vec<Self> {
            Self::ALL.to_vec()
        }
    }
}
