use std::cmp::Ordering;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BaseSource, Build, Chromosome, Event, Variant};

/// What stands in place of the reference: other bases, or something that is told by its kind and its ends.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
// An event has every field of a variant and more: it must be tried first.
#[serde(untagged)]
pub enum Allele {
    /// An event whose bases the file does not give.
    Event(Event),
    /// Bases for bases.
    Sequence(Variant),
}

impl Allele {
    /// Returns the allele where it is a sequence.
    pub const fn sequence(&self) -> Option<&Variant> {
        match self {
            Self::Sequence(variant) => Some(variant),
            Self::Event(_) => None,
        }
    }

    /// Returns the allele where it is an event.
    pub const fn event(&self) -> Option<&Event> {
        match self {
            Self::Sequence(_) => None,
            Self::Event(event) => Some(event),
        }
    }

    /// Returns the build of the positions.
    pub const fn build(&self) -> Build {
        match self {
            Self::Sequence(variant) => variant.build(),
            Self::Event(event) => event.build,
        }
    }

    /// Returns the chromosome.
    pub const fn chromosome(&self) -> Chromosome {
        match self {
            Self::Sequence(variant) => variant.chromosome(),
            Self::Event(event) => event.chromosome,
        }
    }

    /// Returns the position, 1-based: of the first base of REF, as VCF gives it.
    pub const fn position(&self) -> u32 {
        match self {
            Self::Sequence(variant) => variant.position(),
            Self::Event(event) => event.position,
        }
    }

    /// Returns the last reference base that it reaches, 1-based.
    pub fn end(&self) -> u32 {
        match self {
            Self::Sequence(variant) => variant.end(),
            Self::Event(event) => event.end.max(event.position),
        }
    }

    /// Returns REF: the bases, of an event the one at its position.
    pub fn reference(&self) -> &str {
        match self {
            Self::Sequence(variant) => variant.reference(),
            Self::Event(event) => &event.reference,
        }
    }

    /// Returns ALT: the bases, or the symbol of an event, `<DUP>`.
    pub fn alternate(&self) -> &str {
        match self {
            Self::Sequence(variant) => variant.alternate(),
            Self::Event(event) => &event.alternate,
        }
    }

    /// Returns the allele in one word, `GRCh38:chr2:25234373:C:T` or `GRCh38:chr13:28034100-28034160:DUP:60`.
    pub fn key(&self) -> String {
        match self {
            Self::Sequence(variant) => variant.key(),
            Self::Event(event) => event.key(),
        }
    }

    /// Returns the bases gained (positive) or lost; `None` where an event does not tell.
    pub fn length_change(&self) -> Option<i64> {
        match self {
            Self::Sequence(variant) => {
                let length = |bases: &str| i64::try_from(bases.len()).ok();
                Some(length(variant.alternate())? - length(variant.reference())?)
            }
            Self::Event(event) => event.length_change(),
        }
    }

    /// Returns the allele with a sequence moved as far left as the reference allows.
    #[must_use]
    pub fn left_aligned(self, bases: &dyn BaseSource) -> Self {
        match self {
            Self::Sequence(variant) => Self::Sequence(variant.left_aligned(bases)),
            event @ Self::Event(_) => event,
        }
    }
}

impl Ord for Allele {
    /// Orders along the genome, then by the alleles; of one place and alleles a sequence comes first.
    fn cmp(&self, other: &Self) -> Ordering {
        let place = |a: &Self| (a.build(), a.chromosome(), a.position());
        place(self)
            .cmp(&place(other))
            .then_with(|| (self.reference(), self.alternate()).cmp(&(other.reference(), other.alternate())))
            .then_with(|| self.event().cmp(&other.event()))
    }
}

impl PartialOrd for Allele {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Allele {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sequence(variant) => variant.fmt(f),
            Self::Event(event) => event.fmt(f),
        }
    }
}

impl From<Variant> for Allele {
    fn from(variant: Variant) -> Self {
        Self::Sequence(variant)
    }
}

impl From<Event> for Allele {
    fn from(event: Event) -> Self {
        Self::Event(event)
    }
}
