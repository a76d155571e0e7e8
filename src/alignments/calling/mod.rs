//! From counts to calls: the survey of the targets, realignment at indels, judgment, filters and phase.

pub(super) mod background_counts;
pub(super) mod call;
pub(super) mod called_variant;
pub(super) mod clips;
pub(super) mod companions;
pub(super) mod complex;
pub(super) mod copied_columns;
pub(super) mod copies;
pub(super) mod haplotype_counts;
pub(super) mod indel_site;
pub(super) mod judge;
pub(super) mod lost_reads;
pub(super) mod options;
pub(super) mod phasing;
pub(super) mod realign;
pub(super) mod sites;
pub(super) mod survey;
pub(super) mod tandem;
pub(super) mod vcf;
pub(super) mod verdict;
