//! From counts to calls: the survey of the targets, realignment at indels, judgment, filters and phase.

pub mod background_counts;
pub mod call;
pub mod called_variant;
pub mod clips;
pub mod companions;
pub mod complex;
pub mod copied_columns;
pub mod copies;
pub mod haplotype_counts;
pub mod indel_site;
pub mod judge;
pub mod lost_reads;
pub mod options;
pub mod phasing;
pub mod realign;
pub mod sites;
pub mod survey;
pub mod tandem;
pub mod vcf;
pub mod verdict;
