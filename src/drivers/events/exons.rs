//! Whole exons lost or there twice, of any gene.

use super::Change;
use super::insertion::parts;
use crate::genome::{EventKind, Variant, VariantKind};
use crate::transcript::{EventName, NamedEvent, exons_touched, exons_within};

/// Names the loss of coding bases by an event, and the duplication of whole exons within a gene. Where all bases are told, only what holds a
/// whole exon has a name: the file's spelling makes no other event of it.
pub(super) fn name(change: Change<'_>) -> Option<NamedEvent> {
    if let Some(variant) = change.allele.sequence() {
        return of_sequence(variant, change);
    }
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

fn of_sequence(variant: &Variant, change: Change<'_>) -> Option<NamedEvent> {
    let (name, (first, last)) = match variant.kind() {
        VariantKind::Deletion => (EventName::ExonDeletion, (variant.position() + 1, variant.end())),
        VariantKind::Insertion => (EventName::ExonDuplication, parts(variant, change.bases)?.stretch?),
        _ => return None,
    };
    let exons = exons_within(change.transcript, first, last)?;
    let length = change.allele.length_change()?.unsigned_abs();
    Some(NamedEvent {
        length: u32::try_from(length).ok(),
        stretch: Some((first, last)),
        exons: Some(exons),
        ..NamedEvent::of(name)
    })
}
