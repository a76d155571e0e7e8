//! BAM and CRAM: from reads to counts, calls and the clone that could not have been seen.
//!
//! Columns are 0-based and half-open here, as in BAM; what leaves the room is 1-based. Only this room names htslib,
//! which reads BAM and SAM; CRAM is read by `cram`.

mod alleles;
mod background;
mod bam_header;
mod call;
mod complex;
mod copies;
mod count;
mod cram;
mod cycle;
mod damage;
mod detection;
mod error;
mod error_model;
mod file;
mod filter;
mod forced;
mod haplotype_counts;
mod indel;
mod index;
mod judge;
mod kernel;
mod observation;
mod pairing;
mod pileup;
mod prior;
mod read;
mod read_facts;
mod readcount;
mod realign;
mod reference;
mod region;
mod repeats;
mod same_bases;
mod slippage;
mod slippage_curve;
mod source;
mod substitution;
mod survey;
mod tail;
mod tally;
mod tandem;
mod vcf;
mod verdict;
mod visit;

pub use alleles::{coverage, evidence, sample_alleles, variant_of};
pub use background::{Background, BackgroundCounts, BackgroundError};
pub use call::{CallOptions, CalledSample, DEFAULT_QUALITY, call};
pub use copies::{CopiedColumns, FALSE_COPIES, FalseCopy, depths_of_any_mapping_quality};
pub use count::{COUNT_COLUMNS, ColumnCounts, CountError, column_counts, write_count_rows};
pub use damage::{ErrorExcess, error_excess, usual_error_rate};
pub use detection::{CallingRule, DetectionLimits, POWER, Site, indel_limit};
pub use error::{AlignmentError, TargetError};
pub use file::{Access, AlignmentFile, AlignmentFormat, Contig, CramDecoder};
pub use filter::{EXCLUDED_FLAGS, ReadFilter};
pub use forced::ForcedAllele;
pub use judge::CalledVariant;
pub use readcount::{READCOUNT_EXCLUDED_FLAGS, readcount_filter, write_readcount};
pub use reference::Reference;
pub use region::{TargetRegion, contig_by_any_name, merged, read_bed};
pub use substitution::{Context, Exposure};
pub use survey::ColumnDepth;
pub use vcf::write_calls;
pub use verdict::CallFilter;
