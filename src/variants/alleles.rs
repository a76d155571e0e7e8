//! The alleles of a file, whatever its samples: for counting them elsewhere.

use std::ops::ControlFlow;

use super::error::ScanError;
use super::input::Input;
use super::reader::Reader;
use super::record::Record;
use crate::evidence::FileAllele;

/// Returns every alternative allele of a file that is a sequence, in its order.
pub fn alleles_of_file(input: &Input) -> Result<Vec<FileAllele>, ScanError> {
    let mut reader = Reader::open(input, 1)?;
    let mut alleles = Vec::new();
    reader.for_each(None, &mut |record, _, _| {
        for alternate in &record.alternates {
            let is_sequence = !alternate.is_empty() && alternate.bytes().all(|b| b"ACGTNacgtn".contains(&b));
            if is_sequence && !Record::is_no_variant(alternate) {
                alleles.push(FileAllele {
                    contig: record.contig.to_owned(),
                    position: record.position,
                    reference: record.reference.to_owned(),
                    alternate: (*alternate).to_owned(),
                });
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(alleles)
}
