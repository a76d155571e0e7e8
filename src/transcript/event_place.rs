//! What an event does to a transcript, from coordinates alone.

use super::consequence::{Consequence, Region, SequenceSource, SoTerm};
use super::model::{Strand, Transcript};
use super::note::ConsequenceNote;
use crate::genome::{Event, EventKind};

/// Says what the coordinates of an event tell of a transcript.
pub fn place_event(event: &Event, transcript: &Transcript) -> Consequence {
    let (first, last) = event.stretch.unwrap_or((event.position, event.end));
    let coding = coding_range(transcript, first, last);
    Consequence {
        gene: transcript.gene().to_owned(),
        transcript: transcript.accession().to_owned(),
        region: if coding.is_some() {
            Region::Coding
        } else {
            Region::Intron
        },
        exon: exons_touched(transcript, first, last).map(|(a, b)| numbered(a, b, transcript.exon_count())),
        intron: None,
        terms: term(event, transcript, (first, last)).into_iter().collect(),
        hgvs_c: hgvs_c(event, transcript),
        hgvs_p: None,
        hgvs_p_short: None,
        protein_change: None,
        cds_range: coding,
        nmd_escape: None,
        source: SequenceSource::Coordinates,
        note: Some(event.written.clone()),
        note_coded: event
            .written_coded
            .clone()
            .map(|event| ConsequenceNote::Event { event })
            .into_iter()
            .collect(),
        event: None,
    }
}

fn term(event: &Event, transcript: &Transcript, (first, last): (u32, u32)) -> Option<SoTerm> {
    let span = transcript.span();
    match event.kind {
        EventKind::Duplication | EventKind::Insertion => Some(SoTerm::FeatureElongation),
        EventKind::Deletion if first <= *span.start() && last >= *span.end() => {
            Some(SoTerm::TranscriptAblation)
        }
        EventKind::Deletion => Some(SoTerm::FeatureTruncation),
        _ => None,
    }
}

/// Names a duplication or deletion that is told to the base and has no bases at its junction that are not known.
fn hgvs_c(event: &Event, transcript: &Transcript) -> Option<String> {
    let (first, last) = event.stretch.filter(|_| event.precise)?;
    let what = match (event.kind, event.inserted.as_deref()) {
        (EventKind::Duplication, Some("")) => "dup",
        (EventKind::Deletion, Some("")) => "del",
        _ => return None,
    };
    let (from, to) = match transcript.strand() {
        Strand::Plus => (first, last),
        Strand::Minus => (last, first),
    };
    let span = transcript.span();
    // HGVS has no c. name for what lies outside of the transcript.
    if !span.contains(&first) || !span.contains(&last) {
        return None;
    }
    let (from, to) = (transcript.c_position(from), transcript.c_position(to));
    Some(format!("c.{from}_{to}{what}"))
}

/// Returns first and last exon, from 1 in transcript direction, of which a stretch holds a base.
pub fn exons_touched(transcript: &Transcript, first: u32, last: u32) -> Option<(u32, u32)> {
    exons_where(transcript, |start, end| first <= end && start <= last)
}

/// Returns first and last exon, from 1 in transcript direction, that lie in a stretch in whole.
pub fn exons_within(transcript: &Transcript, first: u32, last: u32) -> Option<(u32, u32)> {
    exons_where(transcript, |start, end| first <= start && end <= last)
}

fn exons_where(transcript: &Transcript, fits: impl Fn(u32, u32) -> bool) -> Option<(u32, u32)> {
    let numbers = || {
        (1..)
            .zip(transcript.exons())
            .filter(|(_, e)| fits(e.start, e.end))
    };
    let first = numbers().next()?.0;
    let last = numbers().last()?.0;
    Some((first, last))
}

fn numbered(first: u32, last: u32, count: usize) -> String {
    if first == last {
        format!("{first}/{count}")
    } else {
        format!("{first}-{last}/{count}")
    }
}

/// Returns first and last coding base that a stretch holds, 1-based.
fn coding_range(transcript: &Transcript, first: u32, last: u32) -> Option<(u32, u32)> {
    let held = transcript.coding_regions(0).into_iter().filter_map(|region| {
        let (a, b) = ((*region.start()).max(first), (*region.end()).min(last));
        (a <= b).then_some([a, b])
    });
    let bases: Vec<u32> = held
        .flatten()
        .filter_map(|position| u32::try_from(transcript.c_position(position).base).ok())
        .collect();
    Some((*bases.iter().min()?, *bases.iter().max()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genome::{Build, Chromosome};
    use crate::transcript::transcript;

    fn placed(accession: &str, kind: EventKind, first: u32, last: u32) -> Consequence {
        let transcript = transcript(accession, Build::Grch38).unwrap();
        let event = Event {
            build: Build::Grch38,
            chromosome: transcript.chromosome(),
            position: first - 1,
            reference: "N".into(),
            alternate: format!("<{}>", kind.name()),
            kind,
            stretch: Some((first, last)),
            length: Some(last - first + 1),
            inserted: Some(String::new()),
            precise: true,
            end: last,
            written: String::new(),
            written_coded: None,
        };
        place_event(&event, transcript)
    }

    /// KMT2A exons 2 to 8, from intron 1 to intron 8.
    #[test]
    fn a_duplication_of_exons_is_named_by_its_ends_in_the_introns() {
        let transcript = transcript("NM_001197104.2", Build::Grch38).unwrap();
        assert_eq!(transcript.chromosome(), Chromosome::parse("11").unwrap());
        let (two, eight) = (transcript.exons()[1], transcript.exons()[7]);
        let consequence = placed(
            "NM_001197104.2",
            EventKind::Duplication,
            two.start - 100,
            eight.end + 50,
        );
        assert_eq!(consequence.exon.as_deref(), Some("2-8/36"));
        assert_eq!(consequence.region, Region::Coding);
        assert_eq!(consequence.hgvs_c.as_deref(), Some("c.433-100_4086+50dup"));
        assert_eq!(consequence.terms, [SoTerm::FeatureElongation]);
        assert_eq!(consequence.cds_range, Some((433, 4086)));
    }

    /// On the minus strand the stretch's last base comes first.
    #[test]
    fn a_deletion_on_the_minus_strand() {
        let transcript = transcript("NM_004119.3", Build::Grch38).unwrap();
        let (fourteen, fifteen) = (transcript.exons()[13], transcript.exons()[14]);
        let consequence = placed(
            "NM_004119.3",
            EventKind::Deletion,
            fifteen.start - 20,
            fourteen.end + 10,
        );
        assert_eq!(consequence.exon.as_deref(), Some("14-15/24"));
        assert_eq!(consequence.hgvs_c.as_deref(), Some("c.1705-10_1942+20del"));
        assert_eq!(consequence.terms, [SoTerm::FeatureTruncation]);
        let whole = transcript.span();
        let gone = placed(
            "NM_004119.3",
            EventKind::Deletion,
            whole.start() - 5,
            whole.end() + 5,
        );
        assert_eq!(gone.terms, [SoTerm::TranscriptAblation]);
        assert_eq!(gone.hgvs_c, None);
    }
}
