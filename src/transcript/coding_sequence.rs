use super::residue::reverse_complement;
use super::{Strand, Transcript};
use crate::genome::BaseSource;

/// Returns the coding sequence in transcript direction, `N` where the source does not know it.
pub(crate) fn coding_sequence(transcript: &Transcript, bases: &dyn BaseSource) -> Vec<u8> {
    let plus: Vec<u8> = transcript
        .coding_regions(0)
        .into_iter()
        .flat_map(|r| bases.bases_or_n(transcript.chromosome(), r))
        .collect();
    match transcript.strand() {
        Strand::Plus => plus,
        Strand::Minus => reverse_complement(&plus),
    }
}
