//! Short insertions and deletions that have names: CALR, NPM1, CEBPA, JAK2, KIT, SRSF2.

use std::ops::RangeInclusive;

use super::Change;
use crate::transcript::{Consequence, EventName, NamedEvent, ProteinChange, ProteinChangeKind};

/// Residues of the bZIP domain of CEBPA (UniProt P49715, entry version 222, read).
const CEBPA_BZIP: RangeInclusive<u32> = 282..=345;
/// Residues of exon 12 of JAK2 that changes of polycythemia vera lie in (Scott 2007, N Engl J Med 356:459: 536 to 547).
const JAK2_EXON12: RangeInclusive<u32> = 536..=547;
/// Residues of exon 8 of KIT around D419 at which bases are lost or put in (Gari 1999, Br J Haematol 105:894).
const KIT_EXON8: RangeInclusive<u32> = 411..=424;

/// Names a change by the accession of its transcript, without version.
pub(super) fn name(accession: &str, change: Change<'_>) -> Option<NamedEvent> {
    let consequence = change.consequence;
    let name = match accession {
        "NM_004343" => calr(change),
        "NM_002520" => npm1(consequence),
        "NM_004364" => in_frame_at(consequence, &CEBPA_BZIP, true).then_some(EventName::CebpaBzipInFrame),
        "NM_004972" => in_frame_at(consequence, &JAK2_EXON12, true).then_some(EventName::Jak2Exon12),
        "NM_000222" => in_frame_at(consequence, &KIT_EXON8, false).then_some(EventName::KitExon8),
        "NM_003016" | "NM_001195427" => {
            (consequence.hgvs_p_short.as_deref() == Some("p.P95_R102del")).then_some(EventName::Srsf2Deletion)
        }
        _ => None,
    }?;
    let length = change.allele.length_change().filter(|n| *n != 0);
    Some(NamedEvent {
        length: length.and_then(|n| u32::try_from(n.unsigned_abs()).ok()),
        ..NamedEvent::of(name)
    })
}

/// Whether residues are changed in frame, by substitution too where wanted.
fn in_frame_at(consequence: &Consequence, residues: &RangeInclusive<u32>, substitutions: bool) -> bool {
    let Some(change) = &consequence.protein_change else {
        return false;
    };
    let in_frame = match &change.kind {
        ProteinChangeKind::Substitution { .. } => substitutions,
        ProteinChangeKind::Insertion { residues } | ProteinChangeKind::Delins { residues } => {
            !residues.contains('*')
        }
        ProteinChangeKind::Deletion | ProteinChangeKind::Duplication => true,
        _ => false,
    };
    in_frame && change.start <= *residues.end() && change.end >= *residues.start()
}

/// Types of NPM1 by their change (Falini 2005, N Engl J Med 352:254, the types with a letter there).
fn npm1(consequence: &Consequence) -> Option<EventName> {
    match consequence.hgvs_c.as_deref()? {
        "c.860_863dup" => Some(EventName::Npm1TypeA),
        "c.863_864insCATG" => Some(EventName::Npm1TypeB),
        "c.863_864insCCTG" => Some(EventName::Npm1TypeD),
        _ => is_frameshift_at(consequence, 286..=294).then_some(EventName::Npm1Other),
    }
}

fn frameshift(consequence: &Consequence) -> Option<&ProteinChange> {
    let change = consequence.protein_change.as_ref()?;
    matches!(change.kind, ProteinChangeKind::Frameshift { .. }).then_some(change)
}

fn is_frameshift_at(consequence: &Consequence, residues: RangeInclusive<u32>) -> bool {
    frameshift(consequence).is_some_and(|change| residues.contains(&change.start))
}

/// Last residue, and first one, of a frameshift that is taken for like type 1 or like type 2. The published classes go by the helix that the
/// residues are likely to make (Pietra 2016, Leukemia 30:431; Lasho 2018, Am J Hematol 93:E127), or the acid ones that are left; ours, by where
/// the frame is lost, is an assumption: near L367, where type 1 loses it, nearly no acid residue of exon 9 is left, near K385, where type 2
/// does, about half are. What lies between is given no class.
const LIKE_TYPE_1: RangeInclusive<u32> = 352..=370;
const LIKE_TYPE_2: RangeInclusive<u32> = 380..=392;

/// Names frameshifts of exon 9 of CALR into the one frame that makes the new end.
fn calr(named: Change<'_>) -> Option<EventName> {
    let consequence = named.consequence;
    match consequence.hgvs_c.as_deref()? {
        "c.1099_1150del" => return Some(EventName::CalrType1),
        "c.1154_1155insTTGTC" => return Some(EventName::CalrType2),
        _ => {}
    }
    let change = frameshift(consequence)?;
    // Both types, and all others of the neoplasms, go on in one frame (Klampfl 2013, N Engl J Med 369:2379): that of two bases more.
    if named.allele.length_change()?.rem_euclid(3) != 2 {
        return None;
    }
    if LIKE_TYPE_1.contains(&change.start) {
        Some(EventName::CalrType1Like)
    } else if LIKE_TYPE_2.contains(&change.start) {
        Some(EventName::CalrType2Like)
    } else {
        None
    }
}
