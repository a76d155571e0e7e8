//! `<sample>.hotspots.tsv`: one row per hotspot allele of the panel's rules, counted whether or not a read shows it.

use std::io::Write;

use super::ReportError;
use super::output::{Output, Place, Selection, Writer};
use super::table::{Row as _, table, write_table};
use super::value::Fraction;
use super::words::Label as _;
use crate::evidence::Evidence;
use crate::sample::{EventLimit, HotspotResult, SCHEMA_VERSION, SampleResult};

/// The table of hotspots.
pub(super) const HOTSPOTS: Output = Output {
    name: "hotspots",
    place: Place::Sample(".hotspots.tsv"),
    holds: "one row per hotspot allele of the panel's rules, and per length of duplications that are sought; of alignments (BAM, CRAM)",
    about: "One row per hotspot allele that the panel's rules list, along the genome, counted whether or not a read shows it, \
            then one per length class of the duplications that are sought (FLT3-ITD). Only of alignments (BAM, CRAM).",
    columns: HotspotRow::COLUMNS,
    selection: Selection::Always,
    applies: |result| result.quality.is_some(),
    writer: Writer::Sample(|writer, result, _| write_hotspots(writer, result)),
};

/// What a row tells of.
#[derive(Clone, Copy)]
enum Sought<'a> {
    Allele(&'a HotspotResult),
    Event(&'a EventLimit),
}

impl<'a> Sought<'a> {
    fn allele(self) -> Option<&'a HotspotResult> {
        match self {
            Self::Allele(spot) => Some(spot),
            Self::Event(_) => None,
        }
    }

    fn event(self) -> Option<&'a EventLimit> {
        match self {
            Self::Allele(_) => None,
            Self::Event(limit) => Some(limit),
        }
    }

    fn evidence(self) -> Option<&'a Evidence> {
        self.allele()?.evidence.as_ref()
    }

    /// Returns what both have, or one of them under another name.
    fn of<T>(self, allele: impl Fn(&'a HotspotResult) -> T, event: impl Fn(&'a EventLimit) -> T) -> T {
        match self {
            Self::Allele(spot) => allele(spot),
            Self::Event(limit) => event(limit),
        }
    }
}

/// Writes `<sample>.hotspots.tsv`: one row per hotspot allele, then one per length class of a duplication that was sought.
pub fn write_hotspots(writer: impl Write, result: &SampleResult) -> Result<(), ReportError> {
    let alleles = result.hotspots.iter().map(Sought::Allele);
    let events = result.event_limits.iter().map(Sought::Event);
    write_table(
        writer,
        alleles
            .chain(events)
            .map(|sought| HotspotRow::new(result, sought)),
    )
}

table! {
    /// One hotspot allele of one sample.
    HotspotRow(result: &SampleResult, sought: Sought<'_>) {
        /// Sample name as in the input.
        sample: String, "S1" => result.sample.clone();
        /// HGNC gene symbol.
        gene: String, "JAK2" => sought.of(|s| &s.gene, |e| &e.gene).clone();
        /// HGVS of the coding change on the panel's transcript.
        hgvs_c: Option<String>, "c.1849G>T" => sought.allele().and_then(|s| s.hgvs_c.clone());
        /// HGVS of the predicted protein change, one-letter residues.
        hgvs_p_short: Option<String>, "p.V617F" => sought.allele().and_then(|s| s.hgvs_p.clone());
        /// Chromosome, UCSC name on both builds.
        chrom: String, "chr9" => sought.of(|s| s.variant.chromosome(), |e| e.chromosome).name().to_owned();
        /// Position, 1-based, plus strand; of a duplication the first base at which a copy may begin.
        pos: u32, "5073770" => sought.of(|s| s.variant.position(), |e| e.stretch.0);
        /// Reference allele, `N` of a duplication.
        reference as "ref": String, "G" => sought.of(|s| s.variant.reference(), |_| "N").to_owned();
        /// Alternative allele, `<DUP:TANDEM>` of a duplication.
        alternate as "alt": String, "T" => sought.of(|s| s.variant.alternate(), |_| "<DUP:TANDEM>").to_owned();
        /// Id of the first rule that lists the allele.
        rule: String, "JAK2-V617F" => sought.of(|s| &s.rule, |e| &e.rule).clone();
        /// `called` (it stands among the calls), `below_limit` (fragments show it, too few or too doubtful for a call),
        /// `not_detected` (no fragment shows it, and a clone at the VAF threshold would have been called) or `not_assessed`.
        state: &'static str, "not_detected" => sought.of(|s| s.state, |e| e.state).name();
        /// `state` in words.
        state_label: &'static str, "Not detected" => sought.of(|s| s.state, |e| e.state).label().en();
        /// Fragments counted, of any allele; empty where the place was not looked at.
        depth: Option<u32>, "812" => sought.evidence().and_then(|e| e.depth);
        /// Fragments with the allele.
        alt_count: Option<u32>, "0" => sought.evidence().and_then(|e| e.alt_count);
        /// Variant allele fraction.
        vaf: Option<Fraction>, "0.000000" => sought.evidence().and_then(|e| e.vaf).map(Fraction);
        /// Lower end of the 95 % Wilson interval of `vaf`.
        vaf_low: Option<Fraction>, "0.000000" => sought.evidence().and_then(|e| e.interval).map(|i| Fraction(i.low));
        /// Upper end of the 95 % Wilson interval of `vaf`.
        vaf_high: Option<Fraction>, "0.004709" => sought.evidence().and_then(|e| e.interval).map(|i| Fraction(i.high));
        /// Smallest VAF of this allele that would have been called with 95 % power, of a duplication wherever it begins and ends; empty where
        /// none would, or it was not assessed.
        detection_limit: Option<Fraction>, "0.007735" => sought.of(|s| s.detection_limit, |e| e.detection_limit).map(Fraction);
        /// Name of the duplication, of which each length class has a row; empty for an allele.
        event: Option<&'static str>, "flt3_itd" => sought.event().map(|e| e.event.name());
        /// Fewest bases that the duplication gains.
        event_shortest: Option<u32>, "60" => sought.event().map(|e| e.shortest);
        /// Most bases that the duplication gains.
        event_longest: Option<u32>, "120" => sought.event().map(|e| e.longest);
        /// Genome build of the positions.
        build: &'static str, "GRCh38" => result.build.name();
        /// The variant in one word, `build:chrom:pos:ref:alt`: the same in every table, and in the annotated VCF.
        variant_key: String, "GRCh38:chr9:5073770:G:T" => sought.of(|s| s.variant.key(), |e| event_key(result, e));
        /// Version of the layout of all outputs; the first number is raised where the meaning of a column changes.
        schema_version: &'static str, "2.2.0" => SCHEMA_VERSION;
    }
}

/// Names the duplications of a row in one word.
fn event_key(result: &SampleResult, limit: &EventLimit) -> String {
    let ((first, last), build) = (limit.stretch, result.build.name());
    let (chromosome, lengths) = (limit.chromosome.name(), (limit.shortest, limit.longest));
    format!(
        "{build}:{chromosome}:{first}-{last}:DUP:{}-{}",
        lengths.0, lengths.1
    )
}
