use crate::genome::{Build, Chromosome};
use crate::transcript::residue::translate_codon;

/// What the panel must know of transcripts to check rules and to print target regions.
///
/// The transcript table stands behind it; the panel asks through this trait so that it needs no part of that room.
pub trait TranscriptFacts {
    /// Returns the accessions with version that are known for a gene, MANE Select first; empty for an unknown gene.
    fn accessions(&self, gene: &str) -> Vec<String>;

    /// Returns what is known of one transcript.
    fn transcript(&self, gene: &str, accession: &str) -> Option<TranscriptFact>;

    /// Returns the coding parts of a transcript's exons on a build, 1-based inclusive in genomic order.
    fn coding_regions(
        &self,
        gene: &str,
        accession: &str,
        build: Build,
    ) -> Option<(Chromosome, Vec<(u32, u32)>)>;
}

/// One transcript, as far as a rule can contradict it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TranscriptFact {
    /// Length of the coding sequence in bases, stop codon included.
    pub cds_length: u32,
    /// Number of exons, those of the untranslated regions included.
    pub exons: u32,
    /// One-letter residues from the first on, without the stop; `X` where the base was not read; empty where the
    /// sequence is not known.
    pub protein: String,
}

impl TranscriptFact {
    /// Returns the number of residues.
    pub const fn residues(&self) -> u32 {
        (self.cds_length / 3).saturating_sub(1)
    }

    /// Returns the residue at a 1-based position, where its codon is known.
    pub fn residue(&self, position: u32) -> Option<char> {
        let index = usize::try_from(position).ok()?.checked_sub(1)?;
        self.protein
            .as_bytes()
            .get(index)
            .map(|b| char::from(*b))
            .filter(|c| *c != 'X')
    }
}

/// Translates a coding sequence by the standard code for [`TranscriptFact::protein`].
///
/// The first codon reads `M` whatever it is (WT1 starts at CTG); a codon with a base other than A, C, G or T reads `X`; the
/// stop codon and what follows is left out.
pub fn translate_for_facts(cds: &str) -> String {
    let mut protein = String::with_capacity(cds.len() / 3);
    let (codons, _) = cds.as_bytes().as_chunks::<3>();
    for (number, codon) in codons.iter().enumerate() {
        match translate_codon(*codon) {
            _ if number == 0 => protein.push('M'),
            b'*' => break,
            residue => protein.push(char::from(residue)),
        }
    }
    protein
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn translates_by_the_standard_code() {
        assert_eq!(translate_for_facts("CTGGCNTGGTAAATG"), "MXW");
    }

    #[test]
    fn counts_residues_without_the_stop() {
        let fact = TranscriptFact {
            cds_length: 12,
            exons: 1,
            protein: "MXW".into(),
        };
        assert_eq!(fact.residues(), 3);
        assert_eq!(fact.residue(3), Some('W'));
        assert_eq!(fact.residue(2), None);
        assert_eq!(fact.residue(4), None);
    }
}
