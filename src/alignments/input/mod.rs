//! A file of reads, its header and index, the regions that are wanted of it, and the reference: what is read, before a read is understood.

pub(super) mod bam_header;
pub(super) mod base_codes;
pub(super) mod cigar;
pub(super) mod cram;
pub(super) mod error;
pub(super) mod file;
pub(super) mod format;
pub(super) mod header;
pub(super) mod human;
pub(super) mod index;
pub(super) mod reference;
pub(super) mod region;
pub(super) mod source;
