//! FLT3, NM_004119: internal tandem duplications, and the residues that inhibitors are given for or fail at.
//!
//! A duplication may begin or end in the introns beside exons 13 to 15; it is one where it repeats, or stands in, any base of the three.
//! Nearly all stand in exon 14 or 15: one that does not reach residue 572 has no domain, and goes to review.

use std::ops::RangeInclusive;

use super::Change;
use super::insertion::{Parts, parts};
use crate::genome::{Event, EventKind, Variant};
use crate::transcript::residue::reverse_complement;
use crate::transcript::{
    CdsPosition, CodingChange, CodingChangeKind, EventName, Flt3Domain, NamedEvent, ProteinChange,
    ProteinChangeKind, SoTerm, Transcript,
};

/// Exons that internal tandem duplications stand in: 14 and 15 (residues 569 to 649), and the end of 13 before them.
const EXONS: [usize; 3] = [13, 14, 15];
/// First and last exon of the stretch in which duplications begin and end.
pub(super) const REGION: (usize, usize) = (13, 15);
/// More bases gained are no internal tandem duplication: published ones have up to about 400 (assumption; 15 to 180 in Kayser 2009).
const LONGEST: u32 = 500;
/// Exons in which nearly all stand: of these it is said how small a clone would have been found.
const USUAL_EXONS: [usize; 2] = [14, 15];
/// Bases gained, shortest and longest of each class of which that is said. Kayser 2009 had 15 to 180; 300 is the longest of public
/// reference material (HD829).
pub(super) const LENGTHS: [(u32, u32); 5] = [(6, 30), (36, 54), (60, 120), (126, 198), (204, 300)];
/// Bases gained up to which a duplication is one of the usual: medians of 282, by the place of the insertion, are 33 to 107, and 269 of
/// them stand where it is at most 60 (Kayser 2009, Blood 114:2386, table 2, read). The number itself is our assumption: the end of a class.
pub(super) const USUAL: u32 = 120;
/// Fewer bases gained are no whole codon.
const SHORTEST: i64 = 3;

/// Returns the exons in which nearly all duplications stand, 1-based, in the order of the genome.
pub(super) fn usual_exons(transcript: &Transcript) -> Vec<RangeInclusive<u32>> {
    let exons = USUAL_EXONS.iter().filter_map(|n| transcript.exons().get(n - 1));
    let mut ranges: Vec<RangeInclusive<u32>> = exons.map(|e| e.start..=e.end).collect();
    ranges.sort_by_key(|r| *r.start());
    ranges
}

/// Names a change of FLT3.
pub(super) fn name(change: Change<'_>) -> Option<NamedEvent> {
    duplication(change).or_else(|| residue(change.consequence.protein_change.as_ref()?))
}

/// Names changes of the kinase domain: D835 and I836 (Bernard 2022, the panel's rule); N676 (Heidel 2006, Blood 107:293); F691L
/// (Smith 2012, Nature 485:260; gilteritinib: McMahon 2019, Cancer Discov 9:1050).
fn residue(change: &ProteinChange) -> Option<NamedEvent> {
    let touches =
        |residues: RangeInclusive<u32>| change.start <= *residues.end() && change.end >= *residues.start();
    if change.kind == ProteinChangeKind::Synonymous {
        return None;
    }
    let to = match &change.kind {
        ProteinChangeKind::Substitution { to } => Some(*to),
        _ => None,
    };
    let name = match (change.start, to) {
        (691, Some('L')) => EventName::Flt3F691l,
        (676, Some(_)) => EventName::Flt3N676,
        _ if touches(835..=836) => EventName::Flt3Tkd,
        _ => return None,
    };
    let makes_protein = !matches!(
        change.kind,
        ProteinChangeKind::Nonsense | ProteinChangeKind::Frameshift { .. }
    );
    makes_protein.then(|| NamedEvent::of(name))
}

fn duplication(change: Change<'_>) -> Option<NamedEvent> {
    match (change.allele.sequence(), change.allele.event()) {
        (Some(variant), _) => of_sequence(variant, change),
        (None, Some(event)) => of_event(event, change.transcript),
        (None, None) => None,
    }
}

/// Whether a range touches one of the exons; an insertion at the edge of one stands in it.
fn touches_exons(transcript: &Transcript, first: u32, last: u32) -> bool {
    EXONS
        .iter()
        .filter_map(|number| transcript.exons().get(number - 1))
        .any(|exon| first <= exon.end && last + 1 >= exon.start)
}

/// Whether the reading frame goes on behind a duplication, and no stop is among the new residues; `None` where an end of it lies in an intron,
/// for which bases splicing keeps is not known then.
fn in_frame(change: Change<'_>, length: u32, (first, last): (u32, u32), parts: &Parts) -> Option<bool> {
    let others = u32::try_from(parts.others.len()).ok()?;
    if parts.stretch.is_none() {
        // Bases that are lost too are made up for by as many of the new ones.
        if first < last && coding_bases(change.transcript, first, last).is_none() {
            return None;
        }
        let stops = change.consequence.terms.contains(&SoTerm::StopGained);
        return Some(length.is_multiple_of(3) && !stops);
    }
    let copied = coding_bases(change.transcript, first, last)?;
    // The protein was worked out from bases of an exon alone.
    let stops = copied == last - first + 1 && change.consequence.terms.contains(&SoTerm::StopGained);
    Some((copied + others).is_multiple_of(3) && !stops)
}

/// Returns how many bases of exons a stretch holds; `None` where an end of it lies in an intron.
fn coding_bases(transcript: &Transcript, first: u32, last: u32) -> Option<u32> {
    let (a, b) = (transcript.c_position(last), transcript.c_position(first));
    let base = |p: CdsPosition| u32::try_from(p.base).ok().filter(|_| p.offset == 0);
    base(b)?.checked_sub(base(a)?).map(|n| n + 1)
}

fn of_sequence(variant: &Variant, change: Change<'_>) -> Option<NamedEvent> {
    let gained = change.allele.length_change()?;
    if gained < SHORTEST {
        return None;
    }
    let parts = parts(variant, change.bases).unwrap_or_else(|| Parts {
        stretch: None,
        others: variant.alternate().to_owned(),
    });
    let (first, last) = parts.stretch.unwrap_or((variant.position(), variant.end()));
    let length = u32::try_from(gained).ok().filter(|n| *n <= LONGEST)?;
    if !touches_exons(change.transcript, first, last) {
        return None;
    }
    let residue = insertion_residue(change);
    Some(NamedEvent {
        length: Some(length),
        in_frame: in_frame(change, length, (first, last), &parts),
        stretch: parts.stretch,
        inserted: Some(transcript_strand(&parts.others)),
        residue,
        domain: residue.and_then(Flt3Domain::of_residue),
        ..NamedEvent::of(EventName::Flt3Itd)
    })
}

/// FLT3 lies on the minus strand.
fn transcript_strand(bases: &str) -> String {
    String::from_utf8_lossy(&reverse_complement(bases.as_bytes())).into_owned()
}

/// Returns the residue whose codon the first inserted base falls into, by the most 3' description; in an intron, that of the exon's edge.
fn insertion_residue(change: Change<'_>) -> Option<u32> {
    let coding = CodingChange::parse(change.consequence.hgvs_c.as_deref()?).ok()?;
    let before = match coding.kind {
        CodingChangeKind::Duplication => coding.end,
        _ => coding.start,
    };
    let base = u32::try_from(before.base).ok()?;
    Some(if before.offset == 0 {
        base / 3 + 1
    } else {
        base.div_ceil(3)
    })
}

fn of_event(event: &Event, transcript: &Transcript) -> Option<NamedEvent> {
    if event.length.is_some_and(|n| n > LONGEST) {
        return None;
    }
    let (first, last) = match event.kind {
        EventKind::Duplication => event.stretch?,
        EventKind::Insertion => (event.position, event.position),
        _ => return None,
    };
    if !touches_exons(transcript, first, last) {
        return None;
    }
    // On the minus strand the new bases stand before the first base of the stretch.
    let position = transcript.c_position(first);
    let residue = u32::try_from(position.base).ok().map(|base| base.div_ceil(3));
    Some(NamedEvent {
        length: event.length,
        in_frame: event
            .length
            .filter(|_| event.precise || event.kind == EventKind::Insertion)
            .and_then(|n| {
                let Some((first, last)) = event.stretch else {
                    return Some(n);
                };
                let junction = n.checked_sub(last - first + 1)?;
                Some(coding_bases(transcript, first, last)? + junction)
            })
            .map(|n| n.is_multiple_of(3)),
        stretch: event.stretch,
        inserted: event.inserted.as_deref().map(transcript_strand),
        residue,
        domain: residue.and_then(Flt3Domain::of_residue),
        ..NamedEvent::of(EventName::Flt3Itd)
    })
}
