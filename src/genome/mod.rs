//! Genome builds, chromosome names, variants and reference bases: the ground every other room stands on.

mod allele;
mod bgzip;
mod build;
mod build_source;
mod chromosome;
mod chromosome_lengths;
mod contigs;
mod data_file;
mod event;
mod event_words;
mod fasta;
mod fasta_bytes;
mod fasta_layout;
mod file_size;
mod other_contigs;
mod reference;
mod reference_error;
mod regions;
mod sequence;
mod sex;
mod variant;

pub use allele::Allele;
pub use build::{Build, BuildNameError};
pub use build_source::{BuildDoubt, BuildSource};
pub use chromosome::Chromosome;
pub use chromosome_lengths::{Foreign, chromosome_length};
pub use contigs::{BuildError, ContigLine, RecognizedBuild, build_of_accession, recognize};
pub(crate) use data_file::{DataFile, failure_of_mirror, index_of_mirror, is_mirror};
#[cfg(feature = "remote")]
pub(crate) use data_file::{Fill, mirror};
pub use event::{Event, EventKind};
pub use event_words::WrittenEvent;
pub use fasta::ContigFasta;
pub use file_size::{ChangedFile, FileSize};
pub use other_contigs::is_other_contig;
pub use reference::ReferenceFasta;
pub use reference_error::ReferenceFastaError;
pub use regions::{BedError, Regions, overlaps};
#[cfg(test)]
pub(crate) use sequence::WrittenBases;
pub use sequence::{BaseSource, NoBases};
pub(crate) use sequence::{as_count, as_distance, as_index};
pub use sex::Sex;
pub use variant::{Variant, VariantError, VariantKind};
