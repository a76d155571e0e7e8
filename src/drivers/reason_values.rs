//! What a reason rests on, typed. As text it is what the column of reasons and `detail` hold; words of other languages are the report's.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::evidence::{CountsNote, Evidence};
use crate::genome::Build;
use crate::panel::{RuleSet, RuleSetChoice};

/// The values behind a reason.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the line above a variant says what its fields are")]
pub enum ReasonValues {
    /// The code says it all.
    #[default]
    Nothing,
    /// Words of a stranger, of a panel or of a file, as they stand there.
    AsWritten { text: String },
    /// A rule of the panel.
    Rule { id: String },
    /// Rules of the panel.
    Rules { ids: Vec<String> },
    /// Rule sets, or one.
    Sets { sets: Vec<RuleSet> },
    /// The rule set or consensus that decides.
    Choice { rules: RuleSetChoice },
    /// A gene.
    Gene { gene: String },
    /// A gene and the threshold that was applied to it, VAF from 0 to 1.
    GeneThreshold { gene: String, threshold: f64 },
    /// A VAF below a threshold, both from 0 to 1.
    VafBelow { vaf: f64, threshold: f64 },
    /// The same, where the threshold holds in males only.
    VafBelowInMale { vaf: f64, threshold: f64 },
    /// A VAF at or above a limit.
    VafFrom { vaf: f64, limit: f64 },
    /// A VAF within a window, ends included.
    VafWithin { vaf: f64, from: f64, to: f64 },
    /// A VAF alone.
    Vaf { vaf: f64 },
    /// A number below the least that is wanted.
    CountBelow { count: u32, least: u32 },
    /// A number at or above a limit.
    CountFrom { count: usize, limit: u32 },
    /// A length above a limit, bases.
    LengthAbove { length: u32, limit: u32 },
    /// A number alone.
    Count { count: usize },
    /// A mean quality below the least that is wanted, Phred.
    QualityBelow { quality: f64, least: f64 },
    /// The field that a number came from.
    CountsFrom {
        field: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Box<CountsNote>>,
    },
    /// The start codon is lost, and bases before it could make another.
    StartCodon,
    /// Fragments of both alleles by strand, forward and reverse, with p of Fisher's exact test and the symmetric odds ratio.
    Strands {
        alt: [u32; 2],
        reference: [u32; 2],
        p: f64,
        sor: f64,
    },
    /// Fragments of the variant by strand, and how many are wanted on each.
    StrandSupport { alt: [u32; 2], least: u32 },
    /// Fragments of both alleles by orientation, F1R2 and F2R1, with p of Fisher's exact test.
    Orientations {
        alt: [u32; 2],
        reference: [u32; 2],
        p: f64,
    },
    /// The same, and how many are wanted in each.
    OrientationSupport {
        alt: [u32; 2],
        reference: [u32; 2],
        least: u32,
    },
    /// Calls within a stretch of so many bases.
    Crowded { calls: usize, bases: u32 },
    /// A run of one base.
    Run { base: char, length: u32 },
    /// A run of one base that the change makes.
    CompletedRun { base: char, length: u32 },
    /// DUST score, 0 to 100, and the limit it reaches.
    Dust { score: f64, limit: f64 },
    /// Samples that hold the allele, of how many, with their mean VAF.
    Recurrence {
        samples_with: u32,
        samples: u32,
        mean_vaf: Option<f64>,
    },
    /// A VAF that fits a heterozygous inherited variant with this p, and how likely it is inherited (as shown: `0.12`, `< 0.01`).
    Heterozygous {
        vaf: f64,
        p: f64,
        inherited: Option<String>,
    },
    /// A VAF from which an inherited variant is homozygous, and how likely it is inherited (as shown).
    Homozygous {
        vaf: f64,
        from: f64,
        inherited: Option<String>,
    },
    /// The matched normal was called without the variant, at this depth.
    NotCalledInNormal { depth: u32 },
    /// The matched normal was called with the variant; nothing was counted.
    CalledInNormal,
    /// Fragments with the variant, of how many.
    Share { alt: u32, depth: u32 },
    /// A frequency of a population, 0 to 1, and the field that holds it.
    Population { field: String, frequency: f64 },
    /// A VAF, and what the sample's alignments show.
    Recounted {
        vaf: f64,
        recounted: f64,
        alt: u32,
        depth: u32,
    },
    /// Another record of the same variant.
    Record {
        position: u32,
        reference: String,
        alternate: String,
        counts_from: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Box<CountsNote>>,
    },
    /// Changes that were read together, each in one word.
    Members { changes: Vec<String> },
    /// A change of the same codon, and what both together would make of the protein.
    Together { change: String, protein: String },
    /// The base of a record's REF and the one of the reference there.
    ReferenceBases {
        gene: String,
        place: String,
        found: char,
        build: Build,
        expected: char,
    },
}

impl ReasonValues {
    /// Returns where the counts of an allele came from.
    pub(crate) fn counts_of(evidence: &Evidence) -> Self {
        Self::CountsFrom {
            field: evidence.counts_from.clone(),
            note: evidence.counts_note.clone(),
        }
    }
}

impl From<String> for ReasonValues {
    fn from(text: String) -> Self {
        if text.is_empty() {
            Self::Nothing
        } else {
            Self::AsWritten { text }
        }
    }
}

impl From<&str> for ReasonValues {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl fmt::Display for ReasonValues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => Ok(()),
            Self::AsWritten { text: word }
            | Self::Rule { id: word }
            | Self::Gene { gene: word }
            | Self::CountsFrom { field: word, .. } => f.write_str(word),
            Self::Rules { ids } => f.write_str(&ids.join(",")),
            Self::Sets { sets } => {
                let names: Vec<_> = sets.iter().map(|s| s.name()).collect();
                f.write_str(&names.join(","))
            }
            Self::Choice { rules } => f.write_str(rules.name()),
            Self::Members { changes } => f.write_str(&changes.join(" + ")),
            Self::Together { change, protein } => write!(f, "{change}: {protein}"),
            Self::StartCodon => f.write_str("start codon"),
            Self::Crowded { calls, bases } => write!(f, "{calls} within {bases} bases"),
            Self::Run { base, length } => write!(f, "{base} x {length}"),
            Self::CompletedRun { base, length } => write!(f, "completes {base} x {length}"),
            Self::NotCalledInNormal { depth } => write!(f, "not called, depth {depth}"),
            Self::CalledInNormal => f.write_str("called, no read counts"),
            Self::Record {
                position,
                reference,
                alternate,
                counts_from,
                ..
            } => {
                write!(f, "{position} {reference}>{alternate} {counts_from}")
            }
            Self::ReferenceBases {
                gene,
                place,
                found,
                build,
                expected,
            } => write!(
                f,
                "{gene}: REF does not match at {place}: the file has {found}, {build} has {expected}; most likely the file is on another \
                 genome build (--build) or the reference is another one"
            ),
            _ => self.fmt_numbers(f),
        }
    }
}

impl ReasonValues {
    /// Names rules of the panel.
    pub(super) fn rules(ids: &[&str]) -> Self {
        Self::Rules {
            ids: ids.iter().map(|id| (*id).to_owned()).collect(),
        }
    }

    fn fmt_numbers(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::GeneThreshold { gene, threshold } => write!(f, "{gene} {threshold}"),
            Self::VafBelow { vaf, threshold } => write!(f, "{vaf:.4} < {threshold}"),
            Self::VafBelowInMale { vaf, threshold } => write!(f, "{vaf:.4} < {threshold} in a male"),
            Self::VafFrom { vaf, limit } => write!(f, "VAF {vaf:.4} >= {limit}"),
            Self::VafWithin { vaf, from, to } => write!(f, "VAF {vaf:.4} in {from} to {to}"),
            Self::Vaf { vaf } => write!(f, "VAF {vaf:.4}"),
            Self::CountBelow { count, least } => write!(f, "{count} < {least}"),
            Self::CountFrom { count, limit } => write!(f, "{count} >= {limit}"),
            Self::LengthAbove { length, limit } => write!(f, "{length} > {limit}"),
            Self::Count { count } => write!(f, "{count}"),
            Self::QualityBelow { quality, least } => write!(f, "{quality:.1} < {least}"),
            Self::Dust { score, limit } => write!(f, "DUST {score:.0} >= {limit}"),
            Self::Share { alt, depth } => write!(f, "{alt}/{depth}"),
            Self::Population { field, frequency } => write!(f, "{field} {frequency:.6}"),
            Self::Recounted {
                vaf,
                recounted,
                alt,
                depth,
            } => {
                write!(f, "{vaf:.4}, recounted {recounted:.4} ({alt} of {depth})")
            }
            Self::Recurrence {
                samples_with,
                samples,
                mean_vaf,
            } => {
                write!(f, "{samples_with} of {samples} samples")?;
                mean_vaf.map_or(Ok(()), |vaf| write!(f, ", mean VAF {vaf:.4}"))
            }
            _ => self.fmt_alleles(f),
        }
    }

    fn fmt_alleles(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Strands {
                alt,
                reference,
                p,
                sor,
            } => write!(
                f,
                "alt {}+/{}-, ref {}+/{}-, p = {p:.1e}, SOR {sor:.2}",
                alt[0], alt[1], reference[0], reference[1]
            ),
            Self::StrandSupport { alt, least } => {
                write!(f, "alt {}+/{}-, {least} wanted on each", alt[0], alt[1])
            }
            Self::Orientations { alt, reference, p } => {
                orientations(f, *alt, *reference)?;
                write!(f, ", p = {p:.1e}")
            }
            Self::OrientationSupport {
                alt,
                reference,
                least,
            } => {
                orientations(f, *alt, *reference)?;
                write!(f, ", {least} wanted in each")
            }
            Self::Heterozygous { vaf, p, inherited } => {
                write!(f, "VAF {vaf:.4} fits 0.5, p = {p:.3}")?;
                probability(f, inherited.as_deref())
            }
            Self::Homozygous { vaf, from, inherited } => {
                write!(f, "VAF {vaf:.4} >= {from}")?;
                probability(f, inherited.as_deref())
            }
            // The two above have the others.
            _ => Ok(()),
        }
    }
}

fn orientations(f: &mut fmt::Formatter<'_>, alt: [u32; 2], reference: [u32; 2]) -> fmt::Result {
    write!(
        f,
        "alt F1R2 {} F2R1 {}, ref F1R2 {} F2R1 {}",
        alt[0], alt[1], reference[0], reference[1]
    )
}

fn probability(f: &mut fmt::Formatter<'_>, shown: Option<&str>) -> fmt::Result {
    shown.map_or(Ok(()), |shown| write!(f, "; P(inherited) {}", as_relation(shown)))
}

/// Returns `= 0.12`, and `< 0.01` as it is.
fn as_relation(shown: &str) -> String {
    if shown.starts_with(['<', '>']) {
        shown.to_owned()
    } else {
        format!("= {shown}")
    }
}
