//! Bases that a record writes as `=`, the same as the reference (SAM specification 1.6, section 1.4, SEQ; `samtools calmd -e` writes
//! them): spelled out before anything counts, for their code is that of a deleted column.

use std::sync::OnceLock;

use rust_htslib::bam::Record;

use super::read_facts::lay_out;
use crate::alignments::input::error::AlignmentError;
use crate::alignments::input::file::AlignmentFile;
use crate::alignments::input::reference::{Reference, letter};
use crate::genome::as_count;

/// Spells out the records of a file; its reference is opened when one needs it.
#[derive(Debug)]
pub(crate) struct SameBases<'f> {
    file: &'f AlignmentFile,
    reference: OnceLock<Reference>,
}

impl<'f> SameBases<'f> {
    /// Makes what is needed for the records of a file.
    pub(crate) fn new(file: &'f AlignmentFile) -> Self {
        Self {
            file,
            reference: OnceLock::new(),
        }
    }

    /// Gives every `=` of a record the base of its column. An inserted or clipped one has no column and becomes N.
    pub(crate) fn spell_out(&self, record: &mut Record) -> Result<(), AlignmentError> {
        if !has_same(record) {
            return Ok(());
        }
        let (Ok(contig), Ok(first)) = (u32::try_from(record.tid()), u32::try_from(record.pos())) else {
            return Ok(());
        };
        let reference = self.reference()?;
        let mut bases = record.seq().as_bytes();
        let mut blocks = Vec::new();
        lay_out(record.raw_cigar(), first, bases.len(), &mut blocks);
        for block in blocks {
            let end = block.column + as_count(block.length);
            let codes = reference.codes(contig, block.column, end);
            let stretch = &mut bases[block.offset..block.offset + block.length];
            for (base, code) in stretch.iter_mut().zip(codes) {
                if *base == b'=' {
                    *base = letter(code);
                }
            }
        }
        reference.check()?;
        for base in bases.iter_mut().filter(|b| **b == b'=') {
            *base = b'N';
        }
        let (name, cigar) = (record.qname().to_vec(), record.cigar().take());
        let qualities = record.qual().to_vec();
        record.set(&name, Some(&cigar), &bases, &qualities);
        Ok(())
    }

    fn reference(&self) -> Result<&Reference, AlignmentError> {
        if let Some(reference) = self.reference.get() {
            return Ok(reference);
        }
        let fasta = self
            .file
            .reference
            .as_deref()
            .ok_or_else(|| AlignmentError::WrongReference {
                path: self.file.path.clone(),
                problem: "has bases written as `=` (the same as the reference), and no reference was given"
                    .to_owned(),
            })?;
        let reference = Reference::open(fasta, self.file)?;
        Ok(self.reference.get_or_init(|| reference))
    }
}

/// Whether a record has a base written as `=`: a nibble of 0, but for the one that fills the last byte of an odd length.
fn has_same(record: &Record) -> bool {
    let sequence = record.seq();
    let whole = record.seq_len() / 2;
    let (pairs, last) = sequence.encoded.split_at(whole);
    // Without an early end the compiler looks at many bytes at once; nearly no record has one.
    let lowest = pairs
        .iter()
        .fold(u8::MAX, |lowest, byte| lowest.min(byte >> 4).min(byte & 0x0f));
    lowest == 0 || last.first().is_some_and(|byte| byte >> 4 == 0)
}
