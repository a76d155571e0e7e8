//! Changes that a file tells by their kind and their ends: duplications, deletions, insertions of bases that are not given.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BaseSource, Build, Chromosome, Variant, WrittenEvent};

/// The longest event that is written out as a sequence, in bases: longer than any internal tandem duplication, shorter than most exons
/// with their introns.
const LONGEST_SEQUENCE: u32 = 1_000;

/// A change that is told by its kind and its ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// Genome build of the positions.
    pub build: Build,
    /// Chromosome.
    pub chromosome: Chromosome,
    /// The base before its stretch, or POS as its file gives it, 1-based.
    pub position: u32,
    /// The reference base there, `N` where the file does not give it.
    pub reference: String,
    /// ALT as VCF writes events of the kind, `<DUP>`; a breakend as its file writes it.
    pub alternate: String,
    /// What it is.
    pub kind: EventKind,
    /// First and last base that it repeats or removes, 1-based; `None` for an insertion and where no end is told.
    pub stretch: Option<(u32, u32)>,
    /// Bases gained or lost, those at the junction counted; `None` where nothing tells.
    pub length: Option<u32>,
    /// Bases at the junction: those inserted, or those between the two copies; `None` where there may be some that are not told.
    pub inserted: Option<String>,
    /// Whether its ends are told to the base.
    pub precise: bool,
    /// Last reference base that the record reaches, 1-based.
    pub end: u32,
    /// The allele in words, with type, length and end as its file gives them.
    pub written: String,
    /// The same by code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_coded: Option<WrittenEvent>,
}

/// What an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// A stretch twice in a row.
    Duplication,
    /// A stretch lost.
    Deletion,
    /// Bases put in.
    Insertion,
    /// A stretch turned round.
    Inversion,
    /// Another number of copies.
    CopyNumber,
    /// An end that is joined to another place.
    Breakend,
    /// Deleted by another allele of the file (`*`).
    Overlapped,
    /// Anything else.
    Other,
}

impl EventKind {
    /// Returns the name that VCF has for the kind.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Duplication => "DUP",
            Self::Deletion => "DEL",
            Self::Insertion => "INS",
            Self::Inversion => "INV",
            Self::CopyNumber => "CNV",
            Self::Breakend => "BND",
            Self::Overlapped => "*",
            Self::Other => "OTHER",
        }
    }
}

impl Event {
    /// Returns the event in one word, `GRCh38:chr13:28034100-28034160:DUP:60`.
    pub fn key(&self) -> String {
        let (first, last) = self.stretch.unwrap_or((self.position, self.end));
        format!(
            "{}:{}:{first}-{last}:{}:{}",
            self.build.name(),
            self.chromosome.name(),
            self.kind.name(),
            self.length.map_or_else(|| "?".to_owned(), |n| n.to_string())
        )
    }

    /// Returns the bases gained (positive) or lost; `None` where nothing tells.
    pub fn length_change(&self) -> Option<i64> {
        let length = i64::from(self.length?);
        match self.kind {
            EventKind::Duplication | EventKind::Insertion => Some(length),
            EventKind::Deletion => Some(-length),
            _ => None,
        }
    }

    /// Writes the event out in bases, left-aligned; `None` where it is long, not told to the base, or bases are not known.
    pub fn to_sequence(&self, bases: &dyn BaseSource) -> Option<Variant> {
        if !self.precise {
            return None;
        }
        let inserted = self.inserted.as_deref()?;
        let known = |first: u32, last: u32| {
            let known = bases.bases(self.chromosome, first..=last)?;
            String::from_utf8(known).ok()
        };
        let (at, reference, alternate) = match (self.kind, self.stretch) {
            (EventKind::Insertion, _) if !inserted.is_empty() => {
                let anchor = known(self.position, self.position)?;
                let alternate = format!("{anchor}{inserted}");
                (self.position, anchor, alternate)
            }
            (EventKind::Duplication | EventKind::Deletion, Some((first, last)))
                if first > 1 && last >= first && last - first < LONGEST_SEQUENCE =>
            {
                let whole = known(first - 1, last)?;
                let (anchor, stretch) = whole.split_at_checked(1)?;
                if self.kind == EventKind::Duplication {
                    (
                        first - 1,
                        anchor.to_owned(),
                        format!("{anchor}{stretch}{inserted}"),
                    )
                } else {
                    (first - 1, whole.clone(), format!("{anchor}{inserted}"))
                }
            }
            _ => return None,
        };
        let variant = Variant::new(self.build, self.chromosome, at, &reference, &alternate).ok()?;
        Some(variant.left_aligned(bases))
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = self.stretch.unwrap_or((self.position, self.end));
        write!(f, "{}:{first}-{last} {}", self.chromosome, self.alternate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genome::WrittenBases;

    const BASES: WrittenBases = WrittenBases(b"TACGGATTCANN");

    fn event(kind: EventKind, stretch: Option<(u32, u32)>, inserted: Option<&str>) -> Event {
        Event {
            build: Build::Grch38,
            chromosome: Chromosome::X,
            position: 3,
            reference: "C".into(),
            alternate: "<DUP>".into(),
            kind,
            stretch,
            length: Some(4),
            inserted: inserted.map(str::to_owned),
            precise: true,
            end: 7,
            written: String::new(),
            written_coded: None,
        }
    }

    #[test]
    fn writes_out_what_is_told_to_the_base() {
        for (kind, stretch, inserted, expected) in [
            (
                EventKind::Duplication,
                Some((4, 7)),
                Some(""),
                Some("chrX:3 C>CGGAT"),
            ),
            (
                EventKind::Duplication,
                Some((4, 7)),
                Some("AA"),
                Some("chrX:3 C>CGGATAA"),
            ),
            (
                EventKind::Deletion,
                Some((4, 7)),
                Some(""),
                Some("chrX:3 CGGAT>C"),
            ),
            (
                EventKind::Deletion,
                Some((4, 7)),
                Some("TT"),
                Some("chrX:4 GGA>T"),
            ),
            (EventKind::Insertion, None, Some("AA"), Some("chrX:3 C>CAA")),
            // Not told: bases at the junction, bases put in, the ends.
            (EventKind::Duplication, Some((4, 7)), None, None),
            (EventKind::Insertion, None, Some(""), None),
            (EventKind::Duplication, None, Some(""), None),
            // Bases that are not known, and a kind that has none.
            (EventKind::Duplication, Some((8, 11)), Some(""), None),
            (EventKind::Inversion, Some((4, 7)), Some(""), None),
        ] {
            let actual = event(kind, stretch, inserted).to_sequence(&BASES);
            let actual = actual.map(|v| v.to_string());
            assert_eq!(actual.as_deref(), expected, "{kind:?} {stretch:?} {inserted:?}");
        }
        let vague = Event {
            precise: false,
            ..event(EventKind::Duplication, Some((4, 7)), Some(""))
        };
        assert_eq!(vague.to_sequence(&BASES), None);
    }
}
