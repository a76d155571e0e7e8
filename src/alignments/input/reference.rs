//! The reference bases of an alignment file, as base codes.

use std::path::Path;

use super::base_codes::UNKNOWN;
use super::error::AlignmentError;
use super::file::AlignmentFile;
use crate::genome::ContigFasta;

/// A FASTA whose contigs were matched with those of an alignment file.
#[derive(Debug)]
pub struct Reference {
    fasta: ContigFasta,
    /// Place in the FASTA by contig of the alignment file.
    places: Vec<Option<usize>>,
}

impl Reference {
    /// Opens a FASTA and compares the lengths of the contigs that both have.
    pub fn open(fasta: &Path, file: &AlignmentFile) -> Result<Self, AlignmentError> {
        let fasta = ContigFasta::open(fasta)?;
        let wrong = |problem: String| AlignmentError::WrongReference {
            path: file.path.clone(),
            problem,
        };
        let mut places = Vec::with_capacity(file.contigs.len());
        for contig in &file.contigs {
            let place = fasta.place(&contig.name);
            if let Some((_, length)) = place.and_then(|p| fasta.contigs().get(p))
                && *length != contig.length
            {
                return Err(wrong(format!(
                    "contig {} has {} bases in the header and {length} in {}",
                    contig.name,
                    contig.length,
                    fasta.path().display()
                )));
            }
            places.push(place);
        }
        if places.iter().all(Option::is_none) {
            return Err(wrong(format!(
                "{} has none of its contigs (the first is {:?})",
                fasta.path().display(),
                file.contigs.first().map_or("", |c| c.name.as_str())
            )));
        }
        Ok(Self { fasta, places })
    }

    /// Returns whether the FASTA has a contig.
    pub fn has(&self, contig: u32) -> bool {
        self.places.get(contig as usize).is_some_and(Option::is_some)
    }

    /// Returns an error where the FASTA could not be read at some place that was asked for: bases of it were taken for unknown.
    pub fn check(&self) -> Result<(), AlignmentError> {
        match self.fasta.failure() {
            Some(error) => Err(error.into()),
            None => Ok(()),
        }
    }

    /// Returns the base codes of columns `start..end` (0-based) of a contig; what the FASTA does not have is unknown.
    pub fn codes(&self, contig: u32, start: u32, end: u32) -> Vec<u8> {
        let length = end.saturating_sub(start) as usize;
        let place = self.places.get(contig as usize).copied().flatten();
        let bases = place.and_then(|place| {
            let last = end.min(self.fasta.contigs().get(place)?.1);
            self.fasta.bases(place, start + 1..=last)
        });
        let mut codes: Vec<u8> = bases.unwrap_or_default().into_iter().map(code).collect();
        codes.resize(length, UNKNOWN);
        codes
    }
}

/// Returns the code of a base letter.
pub(crate) const fn code(letter: u8) -> u8 {
    match letter {
        b'A' => 1,
        b'C' => 2,
        b'G' => 4,
        b'T' => 8,
        _ => UNKNOWN,
    }
}

/// Returns the letter of a base code.
pub(crate) const fn letter(code: u8) -> u8 {
    match code {
        1 => b'A',
        2 => b'C',
        4 => b'G',
        8 => b'T',
        _ => b'N',
    }
}

/// Returns the place of a base code in A, C, G, T; `None` for anything that is no base.
pub(crate) const fn base_index(code: u8) -> Option<usize> {
    match code {
        1 => Some(0),
        2 => Some(1),
        4 => Some(2),
        8 => Some(3),
        _ => None,
    }
}
