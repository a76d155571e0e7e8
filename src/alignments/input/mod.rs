//! A file of reads, its header and index, the regions that are wanted of it, and the reference: what is read, before a read is understood.

pub mod bam_header;
pub mod base_codes;
pub mod cigar;
pub mod cram;
pub mod error;
pub mod file;
pub mod format;
pub mod header;
pub mod human;
pub mod index;
pub mod reference;
pub mod region;
pub mod source;
