use super::Variant;

/// What stands in place of the reference: other bases, or something that is told by its kind and its ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allele {
    /// Bases for bases.
    Sequence(Variant),
    /// An event whose bases the file does not give.
    Event(Event),
}

/// An allele that is no sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What it is: an overlapping deletion, a symbolic allele, a breakend; with type, length and end as given.
    pub written: String,
    /// Last reference base that it reaches, 1-based.
    pub end: u32,
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
}

impl From<Variant> for Allele {
    fn from(variant: Variant) -> Self {
        Self::Sequence(variant)
    }
}
