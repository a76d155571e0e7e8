//! KMT2A: the partial tandem duplication, of exons 2 or 3 to 8, 9, 10 or 11 (exons as MANE numbers them, on NM_001197104 and NM_005933 alike
//! up to exon 13). Its ends lie in the introns.

use super::Change;
use crate::genome::EventKind;
use crate::transcript::{EventName, NamedEvent, exons_within};

/// Exons that it begins with.
const FIRST: std::ops::RangeInclusive<u32> = 2..=3;
/// Exons that it ends with.
const LAST: std::ops::RangeInclusive<u32> = 8..=11;

/// First and last exon of the stretch in which its ends lie.
pub(super) const REGION: (usize, usize) = (1, 12);

/// Names the partial tandem duplication.
pub(super) fn name(change: Change<'_>) -> Option<NamedEvent> {
    let event = change.allele.event()?;
    let (first, last) = event.stretch.filter(|_| event.kind == EventKind::Duplication)?;
    let exons = exons_within(change.transcript, first, last)?;
    (FIRST.contains(&exons.0) && LAST.contains(&exons.1)).then(|| NamedEvent {
        length: event.length,
        stretch: event.stretch,
        exons: Some(exons),
        ..NamedEvent::of(EventName::Kmt2aPtd)
    })
}
