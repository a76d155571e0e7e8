//! What is compared: a sequence, or an event that has no sequence of its own.

use serde::{Deserialize, Serialize};

use crate::evidence::FileAllele;
use crate::genome::{self, Allele, Build, Chromosome, Variant, VariantKind, WrittenEvent};

/// A change of the genome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Bases for bases.
    Sequence(Variant),
    /// A stretch that is doubled, added or gone, of which the bases are not told.
    Event(LengthChange),
}

/// A change that is told by place and length (`<DUP>`, an internal tandem duplication of a length): less than [`genome::Event`], for the
/// lines of a truth have no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LengthChange {
    /// Build of the place.
    pub build: Build,
    /// Chromosome.
    pub chromosome: Chromosome,
    /// 1-based place of its first base, as exact as the source has it.
    pub position: u32,
    /// What it is.
    pub kind: LengthChangeKind,
    /// Bases gained or lost, where it is known.
    pub length: Option<u32>,
}

/// What an event does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LengthChangeKind {
    /// Bases more: a duplication (ITD, PTD) or an insertion.
    Gain,
    /// Bases fewer.
    Loss,
}

/// Types of changes by which figures are parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeType {
    /// One base for another.
    Snv,
    /// Several bases for as many others.
    Mnv,
    /// Bases added.
    Insertion,
    /// Bases removed.
    Deletion,
    /// Bases replaced by another number of bases.
    Complex,
    /// A change without a sequence.
    Event,
}

impl ChangeType {
    /// Every type, in the order of reports.
    pub const ALL: [Self; 6] = [
        Self::Snv,
        Self::Mnv,
        Self::Insertion,
        Self::Deletion,
        Self::Complex,
        Self::Event,
    ];

    /// Returns the name used in tables and requirements.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Snv => "snv",
            Self::Mnv => "mnv",
            Self::Insertion => "insertion",
            Self::Deletion => "deletion",
            Self::Complex => "complex",
            Self::Event => "event",
        }
    }

    /// Returns the type of a name, as tables and people write it.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        Some(match name.as_str() {
            "snv" | "snp" => Self::Snv,
            "mnv" | "mnp" => Self::Mnv,
            "insertion" | "ins" => Self::Insertion,
            "deletion" | "del" => Self::Deletion,
            "complex" | "delins" | "indel" => Self::Complex,
            "event" | "itd" | "ptd" | "dup" | "duplication" | "tandem_duplication" => Self::Event,
            _ => return None,
        })
    }
}

impl Change {
    /// Returns the change that an allele is; `None` of what is neither sequence nor gain or loss.
    pub(super) fn of_allele(allele: &Allele) -> Option<Self> {
        match allele {
            Allele::Sequence(variant) => Some(Self::Sequence(variant.clone())),
            Allele::Event(event) => LengthChange::of(event).map(Self::Event),
        }
    }

    /// Returns its type.
    pub fn change_type(&self) -> ChangeType {
        match self {
            Self::Event(_) => ChangeType::Event,
            Self::Sequence(variant) => match variant.kind() {
                VariantKind::Snv => ChangeType::Snv,
                VariantKind::Mnv => ChangeType::Mnv,
                VariantKind::Insertion => ChangeType::Insertion,
                VariantKind::Deletion => ChangeType::Deletion,
                VariantKind::Delins => ChangeType::Complex,
            },
        }
    }

    /// Returns the chromosome.
    pub const fn chromosome(&self) -> Chromosome {
        match self {
            Self::Sequence(variant) => variant.chromosome(),
            Self::Event(event) => event.chromosome,
        }
    }

    /// Returns the build.
    pub const fn build(&self) -> Build {
        match self {
            Self::Sequence(variant) => variant.build(),
            Self::Event(event) => event.build,
        }
    }

    /// Returns the first and the last base (1-based, inclusive) that it touches.
    pub fn span(&self) -> (u32, u32) {
        match self {
            Self::Sequence(variant) => (variant.position(), variant.end()),
            Self::Event(event) => {
                let length = event.length.filter(|_| event.kind == LengthChangeKind::Loss);
                let more = length.unwrap_or(1).saturating_sub(1);
                (event.position, event.position.saturating_add(more))
            }
        }
    }

    /// Returns it in one word: the key of a variant, `GRCh38:chr13:28033909:<gain:300>` of an event.
    pub fn key(&self) -> String {
        match self {
            Self::Sequence(variant) => variant.key(),
            Self::Event(event) => format!(
                "{}:{}:{}:{}",
                event.build.name(),
                event.chromosome.name(),
                event.position,
                event.allele()
            ),
        }
    }

    /// Returns position, reference and alternative as a table has them; an event has no reference.
    pub fn columns(&self) -> (u32, Option<String>, String) {
        match self {
            Self::Sequence(v) => (
                v.position(),
                Some(v.reference().to_owned()),
                v.alternate().to_owned(),
            ),
            Self::Event(event) => (event.position, None, event.allele()),
        }
    }
}

impl LengthChange {
    fn allele(&self) -> String {
        let kind = match self.kind {
            LengthChangeKind::Gain => "gain",
            LengthChangeKind::Loss => "loss",
        };
        match self.length {
            Some(length) => format!("<{kind}:{length}>"),
            None => format!("<{kind}>"),
        }
    }

    /// Reads the event that a symbolic allele of a file names; `None` of `*`, breakends, inversions and the like, which gain and lose
    /// nothing that could be compared.
    ///
    /// `written` is the event of an [`UnresolvedAllele`](crate::sample::UnresolvedAllele), by code.
    pub(super) fn of_file(build: Build, allele: &FileAllele, written: Option<&WrittenEvent>) -> Option<Self> {
        let symbol = allele.alternate.strip_prefix('<')?.strip_suffix('>')?;
        let kind = match symbol.split(':').next()? {
            "DUP" | "INS" | "ITD" | "PTD" => LengthChangeKind::Gain,
            "DEL" => LengthChangeKind::Loss,
            _ => return None,
        };
        let (svlen, end) = match written {
            Some(WrittenEvent::Symbolic { svlen, end, .. }) => (svlen.as_deref(), end.as_deref()),
            _ => (None, None),
        };
        // Of several alleles, a record tells the lengths in a list.
        let number = |text: &str| {
            let is_part = |c: &char| c.is_ascii_digit() || *c == '-';
            let first: String = text.chars().take_while(is_part).collect();
            first.parse::<i64>().ok().map(i64::unsigned_abs)
        };
        let by_end = || Some(end.and_then(number)?.saturating_sub(u64::from(allele.position)));
        let length = svlen
            .and_then(number)
            .or_else(by_end)
            .and_then(|length| u32::try_from(length).ok())
            .filter(|length| *length > 0);
        Some(Self {
            build,
            chromosome: Chromosome::parse(&allele.contig)?,
            position: allele.position,
            kind,
            length,
        })
    }

    /// Returns what an event of a file gains or loses; `None` of one that does neither.
    fn of(event: &genome::Event) -> Option<Self> {
        let kind = match event.kind {
            genome::EventKind::Duplication | genome::EventKind::Insertion => LengthChangeKind::Gain,
            genome::EventKind::Deletion => LengthChangeKind::Loss,
            _ => return None,
        };
        Some(Self {
            build: event.build,
            chromosome: event.chromosome,
            position: event.position,
            kind,
            length: event.length,
        })
    }

    /// Returns the event that an insertion or deletion of a sequence is.
    pub(super) fn of_sequence(variant: &Variant) -> Option<Self> {
        let (lost, gained) = (variant.reference().len(), variant.alternate().len());
        let kind = match gained.cmp(&lost) {
            std::cmp::Ordering::Greater => LengthChangeKind::Gain,
            std::cmp::Ordering::Less => LengthChangeKind::Loss,
            std::cmp::Ordering::Equal => return None,
        };
        Some(Self {
            build: variant.build(),
            chromosome: variant.chromosome(),
            position: variant.position(),
            kind,
            length: u32::try_from(gained.abs_diff(lost)).ok(),
        })
    }

    /// Whether two sources may mean the same event: the same kind, places no more than 500 bases apart, and lengths of which the
    /// smaller is 70 % of the larger or more, where both are told (the defaults of Truvari: `--refdist 500 --pctsize 0.7`).
    pub fn may_be(&self, other: &Self) -> bool {
        const DISTANCE: u32 = 500;
        const SIZE: f64 = 0.7;
        let sizes_fit = match (self.length, other.length) {
            (Some(a), Some(b)) => f64::from(a.min(b)) >= SIZE * f64::from(a.max(b)),
            _ => true,
        };
        self.kind == other.kind
            && self.build == other.build
            && self.chromosome == other.chromosome
            && self.position.abs_diff(other.position) <= DISTANCE
            && sizes_fit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(alternate: &str) -> FileAllele {
        FileAllele {
            contig: "chr13".to_owned(),
            position: 28_033_900,
            reference: "A".to_owned(),
            alternate: alternate.to_owned(),
        }
    }

    #[test]
    fn reads_events_of_symbolic_alleles() {
        let of = |alternate: &str, svlen: Option<&str>, end: Option<&str>| {
            let written = WrittenEvent::Symbolic {
                alternate: alternate.to_owned(),
                svtype: None,
                svlen: svlen.map(str::to_owned),
                end: end.map(str::to_owned),
            };
            let event = LengthChange::of_file(Build::Grch38, &file(alternate), Some(&written))?;
            Some((event.kind, event.length))
        };
        assert_eq!(
            of("<DUP:TANDEM>", Some("48"), Some("28033948")),
            Some((LengthChangeKind::Gain, Some(48)))
        );
        assert_eq!(
            of("<DEL>", Some("-120,-7"), None),
            Some((LengthChangeKind::Loss, Some(120)))
        );
        assert_eq!(
            of("<DEL>", None, Some("28034000")),
            Some((LengthChangeKind::Loss, Some(100)))
        );
        assert_eq!(of("<INS>", None, None), Some((LengthChangeKind::Gain, None)));
        assert_eq!(of("<DEL>", Some("x"), None), Some((LengthChangeKind::Loss, None)));
        assert_eq!(of("<INV>", None, None), None);
        assert_eq!(of("*", None, None), None);
        let untold = LengthChange::of_file(Build::Grch38, &file("<DUP>"), None).unwrap();
        assert_eq!(untold.length, None);
    }

    #[test]
    fn events_are_the_same_within_distance_and_size() {
        let event = |position, length| LengthChange {
            build: Build::Grch38,
            chromosome: Chromosome::X,
            position,
            kind: LengthChangeKind::Gain,
            length,
        };
        let truth = event(1000, Some(300));
        assert!(truth.may_be(&event(1500, Some(210))) && truth.may_be(&event(500, None)));
        assert!(!truth.may_be(&event(1501, Some(300))) && !truth.may_be(&event(1000, Some(209))));
        let lost = LengthChange {
            kind: LengthChangeKind::Loss,
            ..truth.clone()
        };
        assert!(!truth.may_be(&lost));
    }
}
