use std::cmp::Reverse;

use super::{TranscriptFact, TranscriptFacts, translate_for_facts};
use crate::genome::{Build, Chromosome, as_count};
use crate::transcript::{EmbeddedBases, ManeStatus, coding_sequence, transcript, transcripts_of};

/// The transcript table and sequences inside the program, as the panel asks for them.
#[derive(Clone, Copy, Debug, Default)]
pub struct BuiltInTranscripts;

impl TranscriptFacts for BuiltInTranscripts {
    fn accessions(&self, gene: &str) -> Vec<String> {
        let mut known = transcripts_of(gene, Build::Grch38);
        known.sort_by_key(|t| (Reverse(t.mane() == ManeStatus::Select), t.accession().to_owned()));
        known.into_iter().map(|t| t.accession().to_owned()).collect()
    }

    fn transcript(&self, gene: &str, accession: &str) -> Option<TranscriptFact> {
        let transcript = transcript(accession, Build::Grch38).filter(|t| t.gene() == gene)?;
        let cds = coding_sequence(transcript, EmbeddedBases::of(transcript.build()));
        let protein = if cds.iter().all(|b| *b == b'N') {
            String::new()
        } else {
            translate_for_facts(&String::from_utf8_lossy(&cds))
        };
        Some(TranscriptFact {
            cds_length: as_count(cds.len()),
            exons: as_count(transcript.exon_count()),
            protein,
        })
    }

    fn coding_regions(
        &self,
        gene: &str,
        accession: &str,
        build: Build,
    ) -> Option<(Chromosome, Vec<(u32, u32)>)> {
        let transcript = transcript(accession, build).filter(|t| t.gene() == gene)?;
        let regions = transcript
            .coding_regions(0)
            .into_iter()
            .map(std::ops::RangeInclusive::into_inner)
            .collect();
        Some((transcript.chromosome(), regions))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_panel_sees_mane_first_and_the_protein() {
        let accessions = BuiltInTranscripts.accessions("RUNX1");
        assert_eq!(accessions.first().map(String::as_str), Some("NM_001754.5"));
        let jak2 = BuiltInTranscripts.transcript("JAK2", "NM_004972.4").unwrap();
        assert_eq!((jak2.residues(), jak2.residue(617)), (1132, Some('V')));
        assert!(BuiltInTranscripts.transcript("TET2", "NM_004972.4").is_none());
    }
}
