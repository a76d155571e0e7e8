//! `<sample>.hotspots.tsv`: one row per hotspot allele of the panel's rules, counted whether or not a read shows it.

use std::io::Write;

use super::ReportError;
use super::output::{Output, Place, Selection, Writer};
use super::table::{Row as _, table, write_table};
use super::value::Fraction;
use super::words::Label as _;
use crate::sample::{HotspotResult, SCHEMA_VERSION, SampleResult};

/// The table of hotspots.
pub(super) const HOTSPOTS: Output = Output {
    name: "hotspots",
    place: Place::Sample(".hotspots.tsv"),
    holds: "one row per hotspot allele of the panel's rules; of alignments (BAM, CRAM)",
    about: "One row per hotspot allele that the panel's rules list, along the genome, counted whether or not a read shows it. \
            Only of alignments (BAM, CRAM).",
    columns: HotspotRow::COLUMNS,
    selection: Selection::Always,
    applies: |result| result.quality.is_some(),
    writer: Writer::Sample(|writer, result, _| write_hotspots(writer, result)),
};

/// Writes `<sample>.hotspots.tsv`: one row per hotspot allele.
pub fn write_hotspots(writer: impl Write, result: &SampleResult) -> Result<(), ReportError> {
    write_table(
        writer,
        result.hotspots.iter().map(|spot| HotspotRow::new(result, spot)),
    )
}

table! {
    /// One hotspot allele of one sample.
    HotspotRow(result: &SampleResult, spot: &HotspotResult) {
        /// Sample name as in the input.
        sample: String, "S1" => result.sample.clone();
        /// HGNC gene symbol.
        gene: String, "JAK2" => spot.gene.clone();
        /// HGVS of the coding change on the panel's transcript.
        hgvs_c: Option<String>, "c.1849G>T" => spot.hgvs_c.clone();
        /// HGVS of the predicted protein change, one-letter residues.
        hgvs_p_short: Option<String>, "p.V617F" => spot.hgvs_p.clone();
        /// Chromosome, UCSC name on both builds.
        chrom: String, "chr9" => spot.variant.chromosome().name().to_owned();
        /// Position, 1-based, plus strand.
        pos: u32, "5073770" => spot.variant.position();
        /// Reference allele.
        reference as "ref": String, "G" => spot.variant.reference().to_owned();
        /// Alternative allele.
        alternate as "alt": String, "T" => spot.variant.alternate().to_owned();
        /// Id of the first rule that lists the allele.
        rule: String, "JAK2-V617F" => spot.rule.clone();
        /// `called` (it stands among the calls), `below_limit` (fragments show it, too few or too doubtful for a call),
        /// `not_detected` (no fragment shows it, and a clone at the VAF threshold would have been called) or `not_assessed`.
        state: &'static str, "not_detected" => spot.state.name();
        /// `state` in words.
        state_label: &'static str, "Not detected" => spot.state.label().en;
        /// Fragments counted, of any allele; empty where the place was not looked at.
        depth: Option<u32>, "812" => spot.evidence.as_ref().and_then(|e| e.depth);
        /// Fragments with the allele.
        alt_count: Option<u32>, "0" => spot.evidence.as_ref().and_then(|e| e.alt_count);
        /// Variant allele fraction.
        vaf: Option<Fraction>, "0.000000" => spot.evidence.as_ref().and_then(|e| e.vaf).map(Fraction);
        /// Lower end of the 95 % Wilson interval of `vaf`.
        vaf_low: Option<Fraction>, "0.000000" => spot.evidence.as_ref().and_then(|e| e.interval).map(|i| Fraction(i.low));
        /// Upper end of the 95 % Wilson interval of `vaf`.
        vaf_high: Option<Fraction>, "0.004709" => spot.evidence.as_ref().and_then(|e| e.interval).map(|i| Fraction(i.high));
        /// Smallest VAF of this allele that would have been called with 95 % power; empty where none would.
        detection_limit: Option<Fraction>, "0.007735" => spot.detection_limit.map(Fraction);
        /// Genome build of the positions.
        build: &'static str, "GRCh38" => result.build.name();
        /// The variant in one word, `build:chrom:pos:ref:alt`: the same in every table, and in the annotated VCF.
        variant_key: String, "GRCh38:chr9:5073770:G:T" => spot.variant.key();
        /// Version of the layout of all outputs; the first number is raised where the meaning of a column changes.
        schema_version: &'static str, "2.0.0" => SCHEMA_VERSION;
    }
}
