//! `<sample>.genes.tsv`: one row per panel gene, whether or not anything was found in it.

use std::io::Write;

use super::output::{Output, Place, Selection, Writer};
use super::table::{Row as _, table, write_table};
use super::value::Fraction;
use super::words::Label as _;
use super::{ReportError, names};
use crate::drivers::GeneResult;
use crate::sample::{SCHEMA_VERSION, SampleResult};

/// The table of genes.
pub(super) const GENES: Output = Output {
    name: "genes",
    place: Place::Sample(".genes.tsv"),
    holds: "one row per panel gene",
    about: "One row per panel gene, in alphabetical order, whether or not anything was found in it.",
    columns: GeneRow::COLUMNS,
    selection: Selection::Always,
    applies: |_| true,
    writer: Writer::Sample(|writer, result, _| write_genes(writer, result)),
};

/// Writes `<sample>.genes.tsv`: one row per panel gene.
pub fn write_genes(writer: impl Write, result: &SampleResult) -> Result<(), ReportError> {
    write_table(writer, result.genes.iter().map(|gene| GeneRow::new(result, gene)))
}

table! {
    /// One panel gene of one sample.
    GeneRow(result: &SampleResult, gene: &GeneResult) {
        /// Sample name as in the input.
        sample: String, "S1" => result.sample.clone();
        /// HGNC gene symbol.
        gene: String, "DNMT3A" => gene.gene.clone();
        /// What is known: `mutated` (a driver, or one to review), `undecided` (a record contradicts the reference),
        /// `no_driver` (calls, none of them a driver),
        /// `not_detected` (whole target covered, no driver), `partly_assessed` or `not_assessed` (the input does not say
        /// whether the gene was covered: no negative).
        state: &'static str, "mutated" => names::gene_state(gene.state);
        /// `state` in words.
        state_label: &'static str, "Mutated" => gene.state.label().en();
        /// Number of drivers.
        drivers: usize, "1" => gene.drivers;
        /// Number of drivers to review.
        drivers_to_review: usize, "0" => gene.drivers_to_review;
        /// Number of other calls.
        other_calls: usize, "2" => gene.other_calls;
        /// VAF of the largest driver or driver to review.
        largest_vaf: Option<Fraction>, "0.119458" => gene.largest_vaf.map(Fraction);
        /// RefSeq transcript of the panel.
        transcript: String, "NM_022552.5" => gene.transcript.clone();
        /// What the gene does.
        class: &'static str, "dna_methylation" => gene.class.name();
        /// What IPSS-M makes of the gene: `main`, `residual` or `none`.
        ipssm: &'static str, "main" => names::ipssm_role(gene.ipssm);
        /// Whether the Clonal Hematopoiesis Risk Score counts the gene as high-risk (Weeks 2023).
        chrs_high_risk: bool, "false" => gene.chrs_high_risk;
        /// Coding bases and splice sites of the gene, also those that `--targets` leaves out.
        target_bases: u32, "2827" => gene.target_bases;
        /// Bases of the target that the file shows with at least the minimum depth.
        assessed_bases: u32, "2827" => gene.assessed_bases;
        /// Lowest depth the file shows over the assessed bases.
        min_depth: Option<u32>, "212" => gene.min_depth;
        /// Smallest VAF that could have been called with 95 % power; only where depth is known over the target.
        detection_limit: Option<Fraction>, "0.029400" => gene.detection_limit.map(Fraction);
        /// The same for 95 % of the target's bases.
        detection_limit_95: Option<Fraction>, "0.021200" => gene.detection_limit_95.map(Fraction);
        /// Whether the laboratory states that the gene was covered in full, which the file does not show.
        coverage_stated: bool, "false" => gene.coverage_stated;
        /// Genome build of the positions.
        build: &'static str, "GRCh38" => result.build.name();
        /// Version of the layout of all outputs; the first number is raised where the meaning of a column changes.
        schema_version: &'static str, "2.2.0" => SCHEMA_VERSION;
    }
}
