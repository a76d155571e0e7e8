//! Changes named again without their breakpoints, which ISCN leaves out where the karyotype has them already:
//! `46,XX,del(5)(q13q33)[10]/47,XX,del(5),+8[5]`, `der(7)t(7;12)(q22;p13),der(12)t(7;12)`.

use super::model::{Abnormality, AbnormalityBody, CellClone, Karyotype, Segment, SegmentKind};
use super::note::KaryotypeNote;

/// Fills in the breakpoints that stand elsewhere in the karyotype, with a note; what could be either of two stays as it is.
pub(super) fn with_breakpoints(karyotype: &Karyotype, notes: &mut Vec<KaryotypeNote>) -> Karyotype {
    let written: Vec<Segment> = karyotype
        .clones
        .iter()
        .flat_map(|c| &c.abnormalities)
        .flat_map(segments)
        .filter(|s| !is_short(s))
        .cloned()
        .collect();
    let derivatives: Vec<Vec<Segment>> = karyotype
        .clones
        .iter()
        .flat_map(|c| &c.abnormalities)
        .map(segments)
        .filter(|list| list.len() > 1 && list[0].kind == SegmentKind::Derivative)
        .map(<[Segment]>::to_vec)
        .collect();
    let mut whole = karyotype.clone();
    for clone in &mut whole.clones {
        let own = clone.clone();
        for abnormality in &mut clone.abnormalities {
            let before = abnormality.to_string();
            fill(abnormality, &own, &written);
            spell_out(abnormality, &derivatives);
            let note = KaryotypeNote::AsElsewhere {
                written: before.clone(),
                read: abnormality.to_string(),
            };
            if before != abnormality.to_string() && !notes.contains(&note) {
                notes.push(note);
            }
        }
    }
    whole
}

fn fill(abnormality: &mut Abnormality, clone: &CellClone, written: &[Segment]) {
    let AbnormalityBody::Structure { segments: list, .. } = &mut abnormality.body else {
        return;
    };
    for (index, segment) in list.iter_mut().enumerate() {
        // Beside its full name in the same clone it is the other chromosome of the pair: `del(5)(q13q33),del(5)`.
        let beside = index == 0
            && clone.abnormalities.iter().any(|other| {
                segments(other)
                    .first()
                    .is_some_and(|s| !is_short(s) && means(segment, s))
            });
        if beside || !is_short(segment) {
            continue;
        }
        let mut meant = written.iter().filter(|s| means(segment, s));
        if let Some(first) = meant.next()
            && meant.all(|s| s.breakpoints == first.breakpoints)
        {
            segment.breakpoints.clone_from(&first.breakpoints);
        }
    }
}

/// Spells out a derivative chromosome that is named alone: `der(5)` beside `der(5)t(5;17)(q13;p11)`.
fn spell_out(abnormality: &mut Abnormality, derivatives: &[Vec<Segment>]) {
    let AbnormalityBody::Structure { segments: list, .. } = &mut abnormality.body else {
        return;
    };
    let [only] = &list[..] else {
        return;
    };
    if only.kind != SegmentKind::Derivative || !only.breakpoints.is_empty() {
        return;
    }
    let mut meant = derivatives
        .iter()
        .filter(|d| d[0].chromosomes == only.chromosomes);
    if let Some(first) = meant.next()
        && meant.all(|d| d == first)
    {
        list.clone_from(first);
    }
}

fn segments(abnormality: &Abnormality) -> &[Segment] {
    match &abnormality.body {
        AbnormalityBody::Structure { segments, .. } => segments,
        AbnormalityBody::Chromosome(_) | AbnormalityBody::Heteromorphism(_) => &[],
    }
}

/// Whether breakpoints are left out: `del(5)`. Of `del(5)(q)` they are written, as far as they were seen: it may be another deletion.
fn is_short(segment: &Segment) -> bool {
    segment.breakpoints.is_empty()
}

/// Whether a short name can mean a full one: the same kind of the same chromosomes.
fn means(short: &Segment, full: &Segment) -> bool {
    short.kind == full.kind && !short.chromosomes.is_empty() && short.chromosomes == full.chromosomes
}
