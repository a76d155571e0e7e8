//! `<sample>.calls.tsv`: one row per call, everything that was decided and what it rests on.

use std::io::Write;

use super::ReportError;
use super::output::{Output, Place, Selection, Writer};
use super::table::{Row as _, table, write_table};
use super::value::{Fraction, List, Number};
use super::words::Label as _;
use crate::drivers::Call;
use crate::sample::{SCHEMA_VERSION, SampleResult};
use crate::transcript::Flt3Domain;

/// The table of calls.
pub(super) const CALLS: Output = Output {
    name: "calls",
    place: Place::Sample(".calls.tsv"),
    holds: "one row per call",
    about: "One row per call on a panel gene, drivers first, then by position. Nothing is dropped silently.",
    columns: CallRow::COLUMNS,
    selection: Selection::Always,
    applies: |_| true,
    writer: Writer::Sample(|writer, result, _| write_calls(writer, result)),
};

/// Writes `<sample>.calls.tsv`: one row per call, in the order of the result.
pub fn write_calls(writer: impl Write, result: &SampleResult) -> Result<(), ReportError> {
    write_table(writer, result.calls.iter().map(|call| CallRow::new(result, call)))
}

table! {
    /// One call of one sample.
    CallRow(result: &SampleResult, call: &Call) {
        /// Sample name as in the input.
        sample: String, "S1" => result.sample.clone();
        /// HGNC gene symbol.
        gene: String, "DNMT3A" => call.consequence.gene.clone();
        /// Chromosome, UCSC name on both builds.
        chrom: String, "chr2" => call.variant.chromosome().name().to_owned();
        /// Position of the normalized variant, 1-based, plus strand.
        pos: u32, "25234373" => call.variant.position();
        /// Reference allele, trimmed; an indel keeps the one base before it.
        reference as "ref": String, "C" => call.variant.reference().to_owned();
        /// Alternative allele.
        alternate as "alt": String, "T" => call.variant.alternate().to_owned();
        /// `driver`, `driver_review`, `uncertain`, `germline_suspected`, `artifact_suspected`, `below_threshold` or
        /// `reference_mismatch`.
        status: &'static str, "driver" => call.status.name();
        /// Id of the driver rule that decided; empty where none matched.
        rule: Option<String>, "DNMT3A-missense" => call.rule.clone();
        /// Rule sets by which the variant is a driver.
        rule_sets: List, "bick;vlasschaert" => call.rule_sets.iter().collect();
        /// RefSeq transcript that all numbering of the row refers to.
        transcript: String, "NM_022552.5" => call.consequence.transcript.clone();
        /// Exon number and count in transcript direction.
        exon: Option<String>, "23/23" => call.consequence.exon.clone();
        /// Sequence Ontology terms, most severe first, as VEP spells them; empty where not determined.
        consequence: Option<List>, "missense_variant"
            => (!call.consequence.terms.is_empty()).then(|| call.consequence.terms.iter().map(|t| t.name()).collect());
        /// HGVS of the coding change on the transcript.
        hgvs_c: Option<String>, "c.2645G>A" => call.consequence.hgvs_c.clone();
        /// HGVS of the predicted protein change; empty where there is none or it could not be determined (see `note`).
        hgvs_p: Option<String>, "p.(Arg882His)" => call.consequence.hgvs_p.clone();
        /// The name clinicians know where it differs from the transcript's numbering.
        common_name: Option<String>, "L265P" => call.common_name.clone();
        /// Fragments (or reads, as the caller counts them) behind the fraction: the denominator of `vaf`.
        depth: Option<u32>, "812" => call.evidence.depth;
        /// Fragments with the alternative allele.
        alt_count: Option<u32>, "97" => call.evidence.alt_count;
        /// Variant allele fraction, 0 to 1: `alt_count / depth`, or the caller's fraction where it writes no counts.
        vaf: Option<Fraction>, "0.119458" => call.evidence.vaf.map(Fraction);
        /// Lower end of the 95 % Wilson interval of `vaf`; empty without counts.
        vaf_low: Option<Fraction>, "0.098923" => call.evidence.interval.map(|i| Fraction(i.low));
        /// Upper end of the 95 % Wilson interval of `vaf`; empty without counts.
        vaf_high: Option<Fraction>, "0.143577" => call.evidence.interval.map(|i| Fraction(i.high));
        /// FILTER of the caller; empty where the file has `.`.
        caller_filter: Option<String>, "PASS" => call.caller_filter.clone();
        /// Codes of every reason behind the status, in the order they were weighed (see docs/output-files.md).
        reasons: List, "rule_matched;consensus_of_sets" => call.reasons.iter().map(|r| r.code.name()).collect();
        /// The variant in one word, `build:chrom:pos:ref:alt`: the same in every table, and in the annotated VCF.
        variant_key: String, "GRCh38:chr2:25234373:C:T" => call.variant.key();
        /// `status` in words.
        status_label: &'static str, "Driver" => call.status.label().en();
        /// Genome build of the positions.
        build: &'static str, "GRCh38" => call.variant.build().name();
        /// Where in the transcript the variant lies.
        region: &'static str, "coding" => super::names::region(call.consequence.region);
        /// Intron number and count in transcript direction.
        intron: Option<String>, "22/22" => call.consequence.intron.clone();
        /// VEP's impact of the most severe term: `HIGH`, `MODERATE`, `LOW` or `MODIFIER`.
        impact: &'static str, "MODERATE" => super::names::impact(call.consequence.impact());
        /// HGVS of the predicted protein change, one-letter residues.
        hgvs_p_short: Option<String>, "p.R882H" => call.consequence.hgvs_p_short.clone();
        /// Fragments with the reference allele.
        ref_count: Option<u32>, "715" => call.evidence.ref_count;
        /// Alternative fragments on the forward strand.
        alt_forward: Option<u32>, "50" => call.evidence.strands.map(|s| s.alt_forward);
        /// Alternative fragments on the reverse strand.
        alt_reverse: Option<u32>, "47" => call.evidence.strands.map(|s| s.alt_reverse);
        /// Reference fragments on the forward strand.
        ref_forward: Option<u32>, "360" => call.evidence.strands.map(|s| s.ref_forward);
        /// Reference fragments on the reverse strand.
        ref_reverse: Option<u32>, "355" => call.evidence.strands.map(|s| s.ref_reverse);
        /// Mean or median base quality (phred) of the alternative allele, as the caller defines it.
        base_quality: Option<Number>, "34.5" => call.evidence.base_quality.map(Number);
        /// Mean or median mapping quality (phred) of the alternative reads, as the caller defines it.
        mapping_quality: Option<Number>, "60" => call.evidence.mapping_quality.map(Number);
        /// Depth of the matched normal.
        normal_depth: Option<u32>, "402" => call.normal.as_ref().and_then(|n| n.depth);
        /// Alternative fragments of the matched normal.
        normal_alt_count: Option<u32>, "0" => call.normal.as_ref().and_then(|n| n.alt_count);
        /// Variant allele fraction of the matched normal.
        normal_vaf: Option<Fraction>, "0.000000" => call.normal.as_ref().and_then(|n| n.vaf).map(Fraction);
        /// Highest population allele frequency that the file carries.
        population_af: Option<Fraction>, "0.000032" => call.population.as_ref().map(|p| Fraction(p.frequency));
        /// Field that the population frequency was read from.
        population_field: Option<String>, "INFO/gnomAD_AF" => call.population.as_ref().map(|p| p.field.clone());
        /// Fields of the file that the counts or the fraction came from.
        counts_from: String, "AD" => call.evidence.counts_from.clone();
        /// The fraction that the caller itself printed, where it prints one.
        caller_vaf: Option<Fraction>, "0.121000" => call.evidence.caller_vaf.map(Fraction);
        /// Fragments counted anew in the sample's alignments; empty where none came with the calls.
        recount_depth: Option<u32>, "798" => call.recount.as_ref().and_then(|e| e.depth);
        /// Fragments with the alternative allele, counted anew in the alignments.
        recount_alt_count: Option<u32>, "95" => call.recount.as_ref().and_then(|e| e.alt_count);
        /// Variant allele fraction counted anew in the alignments.
        recount_vaf: Option<Fraction>, "0.119048" => call.recount.as_ref().and_then(|e| e.vaf).map(Fraction);
        /// The VAF threshold that was applied to this call.
        vaf_threshold: Fraction, "0.020000" => Fraction(call.vaf_threshold);
        /// Rule sets that cover the gene but do not call this a driver.
        rule_sets_against: List, "who" => call.rule_sets_against.iter().collect();
        /// Ids of every rule that matched, of any set, exclusions included.
        rules: List, "DNMT3A-missense;DNMT3A-R882" => call.rules.iter().map(|r| &r.id).collect();
        /// Whether the gene is one of the 31 of IPSS-M, so that its oncogenic mutation counts there.
        ipssm_gene: bool, "true" => call.ipssm_gene;
        /// What IPSS-M makes of the call: `counted`, `in_doubt` or `not_counted`; empty for a gene that it does not know.
        ipssm_decision: Option<&'static str>, "counted" => call.ipssm.as_ref().map(|o| o.decision.name());
        /// Why, as a code.
        ipssm_because: Option<&'static str>, "oncogenic_rule" => call.ipssm.as_ref().map(|o| o.because.name());
        /// Id of the rule that it rests on.
        ipssm_rule: Option<String>, "SF3B1-oncogenic-heat" => call.ipssm.as_ref().and_then(|o| o.rule.clone());
        /// Probability that the variant is inherited, 0 to 1 (see docs/status.md); its parts stand in the JSON.
        inherited_probability: Option<Fraction>, "0.012000" => call.inheritance.map(|i| Fraction(i.probability));
        /// The same before the reads were looked at.
        inherited_prior: Option<Fraction>, "0.001000" => call.inheritance.map(|i| Fraction(i.prior));
        /// Whether a premature stop escapes nonsense-mediated decay; empty where there is no premature stop or its place is unknown.
        nmd_escape: Option<bool>, "false" => call.consequence.nmd_escape;
        /// Where consequence and protein change came from: `embedded`, `reference`, `bundle`, `file`, `coordinates` or `none`.
        sequence_source: &'static str, "embedded" => super::names::sequence_source(call.consequence.source);
        /// What could not be determined, and what to do about it.
        note: Option<String>, "protein change not determined: give --reference" => call.consequence.note.clone();
        /// Values behind the reasons, in the same order, each `code: value`; reasons without a value are left out.
        reason_details: List, "rule_matched: DNMT3A-missense"
            => call.reasons.iter().filter(|r| !r.detail.is_empty()).map(|r| format!("{}: {}", r.code.name(), r.detail)).collect();
        /// Named kind of the change: `flt3_itd`, `kmt2a_ptd`, `calr_type1` and so on; empty for one without.
        event: Option<&'static str>, "flt3_itd" => call.consequence.event.as_ref().map(|e| e.name.name());
        /// Bases gained or lost, of a named kind.
        event_length: Option<u32>, "60" => call.consequence.event.as_ref().and_then(|e| e.length);
        /// Whether the reading frame goes on behind it without a stop; empty where that is not known: its ends are not told to the base, or one
        /// lies in an intron.
        event_in_frame: Option<bool>, "true" => call.consequence.event.as_ref().and_then(|e| e.in_frame);
        /// First base, 1-based, that is there twice or lost.
        event_first: Option<u32>, "28034105" => call.consequence.event.as_ref().and_then(|e| e.stretch).map(|s| s.0);
        /// Last base that is there twice or lost.
        event_last: Option<u32>, "28034164" => call.consequence.event.as_ref().and_then(|e| e.stretch).map(|s| s.1);
        /// First and last whole exon that is there twice or lost.
        event_exons: Option<String>, "2-8" => call.consequence.event.as_ref().and_then(|e| e.exons).map(|(a, b)| format!("{a}-{b}"));
        /// Bases between the two copies, in transcript direction, or those of an insertion that is no copy.
        event_inserted: Option<String>, "GGA" => call.consequence.event.as_ref().and_then(|e| e.inserted.clone()).filter(|b| !b.is_empty());
        /// Residue whose place the first inserted base takes.
        event_residue: Option<u32>, "600" => call.consequence.event.as_ref().and_then(|e| e.residue);
        /// Part of FLT3 that holds it: `jmd`, `jmd_hinge`, `tkd1_beta1` and so on (Kayser 2009).
        event_domain: Option<&'static str>, "jmd" => call.consequence.event.as_ref().and_then(|e| e.domain).map(Flt3Domain::name);
        /// Mutated to wild type molecules, of FLT3-ITD; several in one sample share the wild type.
        allelic_ratio: Option<Number>, "0.25" => call.allelic_ratio.map(|r| Number(r.ratio));
        /// Lower end of its 95 % interval.
        allelic_ratio_low: Option<Number>, "0.21" => call.allelic_ratio.and_then(|r| r.low).map(Number);
        /// Upper end of its 95 % interval.
        allelic_ratio_high: Option<Number>, "0.29" => call.allelic_ratio.and_then(|r| r.high).map(Number);
        /// Contig name in the file.
        file_contig: String, "2" => call.file_allele.contig.clone();
        /// POS in the file, 1-based.
        file_pos: u32, "25234373" => call.file_allele.position;
        /// REF in the file.
        file_ref: String, "C" => call.file_allele.reference.clone();
        /// ALT in the file.
        file_alt: String, "T" => call.file_allele.alternate.clone();
        /// Version of the layout of all outputs; the first number is raised where the meaning of a column changes.
        schema_version: &'static str, "2.2.0" => SCHEMA_VERSION;
    }
}
