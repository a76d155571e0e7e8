//! Whether a premature stop escapes nonsense-mediated decay.

use super::protein::{ProteinChange, ProteinChangeKind};
use super::spliced::{Edit, Spliced};
use crate::genome::as_distance;

/// A premature stop this close before the last exon junction does not trigger nonsense-mediated decay: 50 nucleotides
/// (Nagy and Maquat, Trends Biochem Sci 1998;23:198).
const NMD_DISTANCE: i64 = 50;

/// The rule of the last exon and the 50 nucleotides before it, for a premature stop whose place is known.
///
/// `start` is where translation of the edited transcript begins.
pub(super) fn nmd_escape(
    spliced: &Spliced,
    edit: &Edit<'_>,
    start: usize,
    change: Option<&ProteinChange>,
) -> Option<bool> {
    let change = change?;
    let index = change.start as usize - 1;
    let stop = match &change.kind {
        ProteinChangeKind::Nonsense => index,
        ProteinChangeKind::Frameshift {
            stop_after: Some(n), ..
        } => index + *n as usize - 1,
        ProteinChangeKind::Insertion { residues } if residues.ends_with('*') => index + residues.len(),
        ProteinChangeKind::Delins { residues } if residues.ends_with('*') && change.reference_end != '*' => {
            index + residues.len() - 1
        }
        _ => return None,
    };
    let Some(junction) = spliced.last_junction else {
        return Some(true);
    };
    // Measured on the edited transcript, whose last exon begins as much later as the edit adds before it.
    let mut junction = as_distance(junction);
    if as_distance(edit.from) < junction {
        junction += edit.delta();
    }
    let place = as_distance(start + 3 * stop);
    Some(place >= junction - NMD_DISTANCE)
}
