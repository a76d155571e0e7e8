//! Whole exons lost or there twice, of any gene.

use super::Change;
use crate::genome::EventKind;
use crate::transcript::{EventName, NamedEvent, exons_touched, exons_within};

/// Names the loss of coding bases by an event, and the duplication of whole exons within a gene.
pub(super) fn name(change: Change<'_>) -> Option<NamedEvent> {
    let event = change.allele.event()?;
    let (first, last) = event.stretch?;
    change.consequence.cds_range?;
    let transcript = change.transcript;
    let (name, exons) = match event.kind {
        EventKind::Deletion => (EventName::ExonDeletion, exons_touched(transcript, first, last)?),
        EventKind::Duplication => {
            let span = transcript.span();
            // More than the gene is twice: another number of copies, and nothing within the gene is changed.
            if first <= *span.start() || last >= *span.end() {
                return None;
            }
            (EventName::ExonDuplication, exons_within(transcript, first, last)?)
        }
        _ => return None,
    };
    Some(NamedEvent {
        length: event.length,
        stretch: event.stretch,
        exons: Some(exons),
        ..NamedEvent::of(name)
    })
}
