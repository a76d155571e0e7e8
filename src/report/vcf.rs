//! `<sample>.vcf.gz` with its index: the calls as an annotated VCF, for genome browsers, bcftools and other pipelines.

use std::fmt::Write as _;
use std::io::Write;

use super::ReportError;
use super::output::{Output, Place, Selection, Writer};
use super::vcf_info::{PREFIX, declaration, escaped};
use super::{file_stem, names};
use crate::drivers::{Call, CallStatus};
use crate::genome::{Allele, Chromosome, Event, chromosome_length};
use crate::sample::SampleResult;
use crate::text;
use crate::variants::{IndexedVcf, PlacedLine, indexed_vcf};

/// The calls as VCF.
pub(super) const VCF: Output = Output {
    name: "vcf",
    place: Place::Sample(".vcf.gz"),
    holds: "the calls with their annotation as VCF, bgzipped, in normal form and sorted",
    about: "The calls as an annotated VCF.",
    columns: &[],
    selection: Selection::Default,
    applies: |_| true,
    writer: Writer::Sample(|writer, result, _| write_vcf(writer, result)),
};

/// The index of [`VCF`]; it goes where the VCF goes.
pub(super) const VCF_INDEX: Output = Output {
    name: "vcf",
    place: Place::Sample(".vcf.gz.tbi"),
    holds: "its tabix index",
    writer: Writer::Sample(|writer, result, _| write_vcf_index(writer, result)),
    ..VCF
};

/// Writes `<sample>.vcf.gz`.
pub fn write_vcf(mut writer: impl Write, result: &SampleResult) -> Result<(), ReportError> {
    let bytes = annotated(result)?.vcf;
    writer.write_all(&bytes).map_err(ReportError::Write)
}

/// Writes `<sample>.vcf.gz.tbi`.
pub fn write_vcf_index(mut writer: impl Write, result: &SampleResult) -> Result<(), ReportError> {
    let bytes = annotated(result)?.index;
    writer.write_all(&bytes).map_err(ReportError::Write)
}

/// A field of INFO that `annotate` does not write: key without prefix, type, meaning.
const OWN_FIELDS: [(&str, &str, &str); 8] = [
    ("STATUS", "String", "Status of the call, as in the calls table"),
    (
        "VARIANT_KEY",
        "String",
        "The variant in one word, as in every table",
    ),
    (
        "REASONS",
        "String",
        "Codes of the reasons behind the status, joined by |",
    ),
    (
        "CALLER_FILTER",
        "String",
        "FILTER of the file that the call was read from",
    ),
    (
        "VAF_THRESHOLD",
        "Float",
        "The VAF threshold that was applied to this call",
    ),
    (
        "INHERITED_PROBABILITY",
        "Float",
        "Probability that the variant is inherited",
    ),
    (
        "EVENT",
        "String",
        "Named kind of the change: flt3_itd, kmt2a_ptd, calr_type1 and so on",
    ),
    (
        "ALLELIC_RATIO",
        "Float",
        "Mutated to wild type molecules, of FLT3-ITD",
    ),
];

/// Fields of INFO that `annotate` writes too, with its meaning.
const SHARED_FIELDS: [&str; 12] = [
    "GENE",
    "TRANSCRIPT",
    "EXON",
    "CONSEQUENCE",
    "HGVSC",
    "HGVSP",
    "COMMON_NAME",
    "RULE",
    "RULE_SETS",
    "SOURCE",
    "POPULATION_AF",
    "POPULATION",
];

/// Statuses that are no somatic variant to rely on, as FILTER; all others pass.
const FILTERS: [(CallStatus, &str); 4] = [
    (CallStatus::GermlineSuspected, "Looks inherited"),
    (
        CallStatus::ArtifactSuspected,
        "Looks like an error of sequencing or alignment",
    ),
    (
        CallStatus::BelowThreshold,
        "Below the threshold of VAF, depth or reads",
    ),
    (
        CallStatus::ReferenceMismatch,
        "REF of the record is not what the reference has",
    ),
];

/// Fields of INFO that VCF itself has for events.
const EVENT_FIELDS: [&str; 7] = [
    "##ALT=<ID=DEL,Description=\"Deletion\">",
    "##ALT=<ID=DUP,Description=\"Duplication\">",
    "##ALT=<ID=INS,Description=\"Insertion of bases that are not given\">",
    "##INFO=<ID=SVTYPE,Number=1,Type=String,Description=\"Type of structural variant\">",
    "##INFO=<ID=END,Number=1,Type=Integer,Description=\"End position of the variant\">",
    "##INFO=<ID=SVLEN,Number=A,Type=Integer,Description=\"Bases gained, or lost as a negative number\">",
    "##INFO=<ID=IMPRECISE,Number=0,Type=Flag,Description=\"The ends are not told to the base\">",
];

const FORMAT: [&str; 5] = [
    "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"0/1 where the record passes, else ./.; a place holder, no genotype\">",
    "##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"Fragments with the reference and the alternative allele\">",
    "##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"Fragments counted: the denominator of AF\">",
    "##FORMAT=<ID=AF,Number=A,Type=Float,Description=\"Variant allele fraction\">",
    "##FORMAT=<ID=SB,Number=4,Type=Integer,Description=\"Reference forward, reverse, alternative forward, reverse\">",
];

fn annotated(result: &SampleResult) -> Result<IndexedVcf, ReportError> {
    let mut calls: Vec<&Call> = result.calls.iter().collect();
    calls.sort_by(|a, b| a.variant.cmp(&b.variant));
    let lines: Vec<PlacedLine> = calls.into_iter().map(line).collect();
    indexed_vcf(&header(result), &lines).map_err(ReportError::Write)
}

fn header(result: &SampleResult) -> String {
    let program = format!("{} {}", result.program.name, result.program.version);
    let panel = &result.panel;
    let mut lines = vec![
        "##fileformat=VCFv4.3".to_owned(),
        "##FILTER=<ID=PASS,Description=\"All filters passed\">".to_owned(),
        format!("##source={program} analyze"),
        format!(
            "##hemoclone_panel={} {} ({})",
            text::terminal(&panel.name),
            text::terminal(&panel.version),
            panel.checksum
        ),
        format!("##hemoclone_rules={}", result.rules.name()),
    ];
    lines.extend(
        FILTERS
            .iter()
            .map(|(status, meaning)| format!("##FILTER=<ID={},Description=\"{meaning}\">", status.name())),
    );
    lines.extend(OWN_FIELDS.iter().map(|(key, kind, meaning)| {
        format!("##INFO=<ID={PREFIX}{key},Number=A,Type={kind},Description=\"hemoclone: {meaning}\">")
    }));
    lines.extend(SHARED_FIELDS.iter().filter_map(|key| declaration(key)));
    // Only a file that holds an event declares what events are told by.
    if result.calls.iter().any(|call| call.variant.event().is_some()) {
        lines.extend(EVENT_FIELDS.map(str::to_owned));
    }
    lines.extend(FORMAT.map(str::to_owned));
    lines.extend(Chromosome::all().map(|chromosome| {
        format!(
            "##contig=<ID={},length={},assembly={}>",
            chromosome.name(),
            chromosome_length(result.build, chromosome),
            result.build.name()
        )
    }));
    lines.push(format!(
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t{}",
        column_name(&result.sample)
    ));
    lines.join("\n") + "\n"
}

/// Returns the name of the sample's column, which cannot be empty.
fn column_name(sample: &str) -> String {
    if sample.is_empty() {
        file_stem(sample)
    } else {
        text::terminal(sample).into_owned()
    }
}

fn line(call: &Call) -> PlacedLine {
    let variant = &call.variant;
    let failed = FILTERS.iter().find(|(status, _)| *status == call.status);
    let mut line = format!(
        "{}\t{}\t.\t{}\t{}\t.\t{}\t",
        variant.chromosome().name(),
        variant.position(),
        variant.reference(),
        variant.alternate(),
        failed.map_or("PASS", |(status, _)| status.name()),
    );
    let info: Vec<String> = info(call)
        .into_iter()
        .filter_map(|(key, value)| Some(format!("{PREFIX}{key}={}", escaped(&text::terminal(&value?)))))
        .collect();
    line.push_str(&info.join(";"));
    if let Allele::Event(event) = variant {
        line.push_str(&symbolic(event));
    }
    push_counts(&mut line, call, failed.is_none());
    PlacedLine {
        contig: variant.chromosome().name(),
        start: variant.position(),
        end: variant.end(),
        line,
    }
}

fn info(call: &Call) -> [(&'static str, Option<String>); 20] {
    let joined = |parts: Vec<&str>| (!parts.is_empty()).then(|| parts.join("|"));
    let (consequence, population) = (&call.consequence, call.population.as_ref());
    [
        ("STATUS", Some(call.status.name().to_owned())),
        ("VARIANT_KEY", Some(call.variant.key())),
        (
            "REASONS",
            joined(call.reasons.iter().map(|r| r.code.name()).collect()),
        ),
        ("CALLER_FILTER", call.caller_filter.clone()),
        ("VAF_THRESHOLD", Some(float(call.vaf_threshold))),
        (
            "INHERITED_PROBABILITY",
            call.inheritance.map(|i| float(i.probability)),
        ),
        (
            "EVENT",
            consequence.event.as_ref().map(|e| e.name.name().to_owned()),
        ),
        ("ALLELIC_RATIO", call.allelic_ratio.map(|r| float(r.ratio))),
        ("GENE", Some(consequence.gene.clone())),
        ("TRANSCRIPT", Some(consequence.transcript.clone())),
        ("EXON", consequence.exon.clone()),
        (
            "CONSEQUENCE",
            joined(consequence.terms.iter().map(|t| t.name()).collect()),
        ),
        ("HGVSC", consequence.hgvs_c.clone()),
        ("HGVSP", consequence.hgvs_p.clone()),
        ("COMMON_NAME", call.common_name.clone()),
        ("RULE", call.rule.clone()),
        (
            "RULE_SETS",
            joined(call.rule_sets.iter().map(|set| set.name()).collect()),
        ),
        (
            "SOURCE",
            Some(names::sequence_source(consequence.source).to_owned()),
        ),
        ("POPULATION_AF", population.map(|p| p.frequency.to_string())),
        ("POPULATION", population.map(|p| p.field.clone())),
    ]
}

/// Returns the fields that VCF tells an event by.
fn symbolic(event: &Event) -> String {
    let mut text = format!(";SVTYPE={}", event.kind.name());
    if let Some((_, last)) = event.stretch {
        // Writing to a String cannot fail.
        let _ = write!(text, ";END={last}");
    }
    if let Some(length) = event.length_change() {
        let _ = write!(text, ";SVLEN={length}");
    }
    if !event.precise {
        text.push_str(";IMPRECISE");
    }
    text
}

/// Writes a fraction with at most six decimals, which is as much as a reader's 32-bit number holds.
fn float(fraction: f64) -> String {
    ((fraction * 1e6).round() / 1e6).to_string()
}

fn push_counts(line: &mut String, call: &Call, passes: bool) {
    let evidence = &call.evidence;
    let number = |n: Option<u32>| n.map_or_else(|| ".".to_owned(), |n| n.to_string());
    let depths = match (evidence.ref_count, evidence.alt_count) {
        (None, None) => ".".to_owned(),
        (reference, alternate) => format!("{},{}", number(reference), number(alternate)),
    };
    let vaf = evidence.vaf.map_or_else(|| ".".to_owned(), float);
    let (key, strands) = evidence.strands.map_or((String::new(), String::new()), |s| {
        let [rf, rr, af, ar] = [s.ref_forward, s.ref_reverse, s.alt_forward, s.alt_reverse];
        (":SB".to_owned(), format!(":{rf},{rr},{af},{ar}"))
    });
    let genotype = if passes { "0/1" } else { "./." };
    // Writing to a String cannot fail.
    let _ = write!(
        line,
        "\tGT:AD:DP:AF{key}\t{genotype}:{depths}:{}:{vaf}{strands}",
        number(evidence.depth)
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_annotate_writes_too_is_declared_alike() {
        for key in SHARED_FIELDS {
            let declared = declaration(key).unwrap();
            assert!(declared.starts_with(&format!("##INFO=<ID=HC_{key},Number=A")));
        }
        assert!(OWN_FIELDS.iter().all(|(key, _, _)| declaration(key).is_none()));
    }
}
