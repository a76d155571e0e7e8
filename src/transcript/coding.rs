//! HGVS c. notation: written for a change, read from text, and turned back into a variant.

use super::change::{Change, Window};
use super::model::{Strand, Transcript};
use super::position::CdsPosition;
use super::residue::reverse_complement;
use crate::genome::{BaseSource, Variant, VariantError};

/// A change in HGVS c. notation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodingChange {
    /// First position (for an insertion the one before it).
    pub start: CdsPosition,
    /// Last position (for an insertion the one behind it); equals `start` for one base.
    pub end: CdsPosition,
    /// What happens.
    pub kind: CodingChangeKind,
}

/// What happens in a [`CodingChange`]. Bases are in transcript direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodingChangeKind {
    /// One base for another, `A>G`.
    Substitution {
        /// The base of the reference.
        from: char,
        /// The new base.
        to: char,
    },
    /// `del`.
    Deletion,
    /// `dup`.
    Duplication,
    /// `ins` with its bases.
    Insertion(String),
    /// `delins` with its bases.
    Delins(String),
    /// `inv`.
    Inversion,
}

/// Why an HGVS c. text makes no variant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodingChangeError {
    /// Not in the grammar.
    #[error(
        "{0:?} is no HGVS c. change: write it like c.2645G>A, c.1934dup, c.12_14del, c.5_6insA or c.1-3C>T"
    )]
    Syntax(String),
    /// The transcript has no such position.
    #[error("{accession} has no position c.{position}")]
    Position {
        /// The transcript.
        accession: String,
        /// The position.
        position: CdsPosition,
    },
    /// Bases needed to write the variant are not known.
    #[error("{0}: the reference bases there are not known; give --reference")]
    Bases(String),
    /// The base named does not stand in the reference.
    #[error("{text}: the reference has {found} there")]
    Reference {
        /// The change as given.
        text: String,
        /// The base in transcript direction.
        found: char,
    },
    /// The alleles make no variant.
    #[error(transparent)]
    Variant(#[from] VariantError),
}

impl CodingChange {
    /// Reads `c.2645G>A`, `NM_015338.6:c.1934dup`, `c.12_14del`, `c.12_14delACG`, `c.5_6insA`, `c.123+1_124-1delinsT`,
    /// `c.5_8inv`.
    pub fn parse(text: &str) -> Result<Self, CodingChangeError> {
        let change = text.rsplit_once(':').map_or(text, |(_, change)| change);
        change
            .strip_prefix("c.")
            .and_then(Self::read)
            .ok_or_else(|| CodingChangeError::Syntax(text.to_owned()))
    }

    fn read(text: &str) -> Option<Self> {
        let (start, rest) = CdsPosition::read(text)?;
        let (end, rest) = match rest.strip_prefix('_') {
            Some(rest) => CdsPosition::read(rest)?,
            None => (start, rest),
        };
        let sequence = |bases: &str| {
            (!bases.is_empty() && bases.bytes().all(|b| b"ACGT".contains(&b))).then(|| bases.to_owned())
        };
        let kind = if let Some((from, to)) = rest.split_once('>') {
            let (from, to) = (sequence(from)?, sequence(to)?);
            if start != end || from.len() != 1 || to.len() != 1 {
                return None;
            }
            CodingChangeKind::Substitution {
                from: from.chars().next()?,
                to: to.chars().next()?,
            }
        } else if let Some((_, bases)) = rest.strip_prefix("del").and_then(|r| r.split_once("ins")) {
            CodingChangeKind::Delins(sequence(bases)?)
        } else if rest.starts_with("del") {
            CodingChangeKind::Deletion
        } else if rest.starts_with("dup") {
            CodingChangeKind::Duplication
        } else if let Some(bases) = rest.strip_prefix("ins") {
            CodingChangeKind::Insertion(sequence(bases).filter(|_| start != end)?)
        } else if rest == "inv" && start != end {
            CodingChangeKind::Inversion
        } else {
            return None;
        };
        Some(Self { start, end, kind })
    }

    /// Makes the variant, left-aligned, with the bases of the source.
    pub fn to_variant(
        &self,
        transcript: &Transcript,
        bases: &dyn BaseSource,
    ) -> Result<Variant, CodingChangeError> {
        let at = |position: CdsPosition| {
            transcript
                .genomic_position(position)
                .ok_or_else(|| CodingChangeError::Position {
                    accession: transcript.accession().to_owned(),
                    position,
                })
        };
        let (first, last) = (at(self.start)?, at(self.end)?);
        let (low, high) = (first.min(last), first.max(last));
        let (position, reference, alternate) = self.alleles(transcript, bases, (low, high))?;
        let (reference, alternate) = (
            String::from_utf8_lossy(&reference),
            String::from_utf8_lossy(&alternate),
        );
        let variant = Variant::new(
            transcript.build(),
            transcript.chromosome(),
            position,
            &reference,
            &alternate,
        )?;
        Ok(variant.left_aligned(bases))
    }

    /// Returns position, REF and ALT of the genome for a change that lies from `low` to `high`.
    fn alleles(
        &self,
        transcript: &Transcript,
        bases: &dyn BaseSource,
        (low, high): (u32, u32),
    ) -> Result<(u32, Vec<u8>, Vec<u8>), CodingChangeError> {
        let unknown = || CodingChangeError::Bases(self.to_string());
        let plus = |sequence: &str| match transcript.strand() {
            Strand::Plus => sequence.as_bytes().to_vec(),
            Strand::Minus => reverse_complement(sequence.as_bytes()),
        };
        // One base before, as VCF anchors indels.
        let fetch = |low: u32, high: u32| {
            bases
                .bases(transcript.chromosome(), low..=high)
                .ok_or_else(unknown)
        };
        Ok(match &self.kind {
            CodingChangeKind::Substitution { from, to } => {
                let expected = plus(&from.to_string());
                let found = bases.bases_or_n(transcript.chromosome(), low..=low);
                if found != expected && found != b"N" {
                    let found = char::from(plus(&String::from_utf8_lossy(&found))[0]);
                    return Err(CodingChangeError::Reference {
                        text: self.to_string(),
                        found,
                    });
                }
                (low, expected, plus(&to.to_string()))
            }
            CodingChangeKind::Deletion => {
                let reference = fetch(low - 1, high)?;
                let anchor = reference[..1].to_vec();
                (low - 1, reference, anchor)
            }
            CodingChangeKind::Duplication => {
                let reference = fetch(low - 1, high)?;
                (low - 1, reference[..1].to_vec(), reference)
            }
            CodingChangeKind::Insertion(inserted) => {
                let anchor = fetch(low, low)?;
                (low, anchor.clone(), [anchor, plus(inserted)].concat())
            }
            CodingChangeKind::Delins(inserted) => (low, fetch(low, high)?, plus(inserted)),
            CodingChangeKind::Inversion => {
                let reference = fetch(low, high)?;
                let inverted = reverse_complement(&reference);
                (low, reference, inverted)
            }
        })
    }
}

impl std::fmt::Display for CodingChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "c.{}", self.start)?;
        if self.start != self.end {
            write!(f, "_{}", self.end)?;
        }
        match &self.kind {
            CodingChangeKind::Substitution { from, to } => write!(f, "{from}>{to}"),
            CodingChangeKind::Deletion => f.write_str("del"),
            CodingChangeKind::Duplication => f.write_str("dup"),
            CodingChangeKind::Insertion(bases) => write!(f, "ins{bases}"),
            CodingChangeKind::Delins(bases) => write!(f, "delins{bases}"),
            CodingChangeKind::Inversion => f.write_str("inv"),
        }
    }
}

/// Describes a change in HGVS c. notation, and whether an insertion could be a duplication of bases that are not known.
pub(super) fn describe(
    transcript: &Transcript,
    change: &Change,
    bases: &mut Window<'_>,
) -> Option<(CodingChange, bool)> {
    let at = |oriented: i64| transcript.unorient(oriented).map(|p| transcript.c_position(p));
    let text = |bases: &[u8]| bases.iter().copied().map(char::from).collect::<String>();
    let inserted = &change.inserted;
    let mut doubtful = false;
    let (start, end, kind) = if change.is_insertion() {
        let repeated = change.duplicates(bases);
        doubtful = repeated.is_none();
        if repeated == Some(true) {
            let length = i64::try_from(inserted.len()).ok()?;
            (
                change.start - length,
                change.start - 1,
                CodingChangeKind::Duplication,
            )
        } else {
            (
                change.start - 1,
                change.start,
                CodingChangeKind::Insertion(text(inserted)),
            )
        }
    } else {
        let kind = match (change.deleted.as_slice(), inserted.as_slice()) {
            ([from], [to]) => CodingChangeKind::Substitution {
                from: char::from(*from),
                to: char::from(*to),
            },
            (_, []) => CodingChangeKind::Deletion,
            _ if change.is_inversion() => CodingChangeKind::Inversion,
            _ => CodingChangeKind::Delins(text(inserted)),
        };
        (change.start, change.end - 1, kind)
    };
    Some((
        CodingChange {
            start: at(start)?,
            end: at(end)?,
            kind,
        },
        doubtful,
    ))
}
