//! Which named kind a change is: one file a gene or kind, each a pure function of what the change is and does.
//!
//! Residues and exons are those of the transcripts named; on another transcript nothing is named.

mod exons;
mod flt3;
mod indels;
mod insertion;
mod kmt2a;

pub use insertion::slack;

use std::ops::RangeInclusive;

use crate::genome::{Allele, BaseSource};
use crate::transcript::{Consequence, EventName, NamedEvent, Transcript};

/// What is looked at to name a change.
#[derive(Clone, Copy)]
struct Change<'a> {
    allele: &'a Allele,
    consequence: &'a Consequence,
    transcript: &'a Transcript,
    bases: &'a dyn BaseSource,
}

/// Returns the stretch of a gene, introns and all, in which an event may begin and end, 1-based; `None` for a gene that has none of its own.
pub fn event_region(transcript: &Transcript) -> Option<RangeInclusive<u32>> {
    let accession = transcript.accession().split('.').next().unwrap_or_default();
    let (first, last) = match accession {
        "NM_004119" => flt3::REGION,
        "NM_001197104" | "NM_005933" => kmt2a::REGION,
        _ => return None,
    };
    let (first, last) = (
        transcript.exons().get(first - 1)?,
        transcript.exons().get(last - 1)?,
    );
    Some(first.start.min(last.start)..=first.end.max(last.end))
}

/// Duplications of which a negative must say how small a clone would have been found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoughtDuplication {
    /// What they are called.
    pub name: EventName,
    /// Exons in which their copies begin and end, 1-based, in the order of the genome.
    pub exons: Vec<RangeInclusive<u32>>,
    /// Bases gained, shortest and longest of each class.
    pub lengths: &'static [(u32, u32)],
}

/// Bases gained up to which an internal tandem duplication of FLT3 is one of the usual.
pub const USUAL_FLT3_ITD: u32 = flt3::USUAL;

/// Returns the duplications that are sought in a gene; `None` for a gene that has none.
pub fn sought_duplication(transcript: &Transcript) -> Option<SoughtDuplication> {
    let accession = transcript.accession().split('.').next().unwrap_or_default();
    (accession == "NM_004119").then(|| SoughtDuplication {
        name: EventName::Flt3Itd,
        exons: flt3::usual_exons(transcript),
        lengths: &flt3::LENGTHS,
    })
}

/// Names a change; `None` for one whose kind has no name.
pub fn name_event(
    allele: &Allele,
    consequence: &Consequence,
    transcript: &Transcript,
    bases: &dyn BaseSource,
) -> Option<NamedEvent> {
    let change = Change {
        allele,
        consequence,
        transcript,
        bases,
    };
    let accession = transcript.accession().split('.').next().unwrap_or_default();
    match accession {
        "NM_004119" => flt3::name(change),
        "NM_001197104" | "NM_005933" => kmt2a::name(change),
        _ => indels::name(accession, change),
    }
    .or_else(|| exons::name(change))
}
