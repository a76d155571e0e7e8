//! The INFO fields that `hemoclone annotate` adds to a VCF.

use super::names;
use crate::drivers::{Verdict, VerdictState};
use crate::evidence::PopulationFrequency;
use crate::transcript::Consequence;

/// Begin of every key, so that fields of an earlier run can be told.
pub const PREFIX: &str = "HC_";

/// What a field holds of one gene's view on one allele.
type Value = fn(&Annotated<'_>) -> Option<String>;

/// One allele on one gene.
#[derive(Clone, Copy, Debug)]
pub struct Annotated<'a> {
    /// What it does.
    pub consequence: &'a Consequence,
    /// What the rules say of it.
    pub verdict: &'a Verdict,
    /// The name clinicians know.
    pub common_name: Option<&'a str>,
    /// How frequent it is in the population files.
    pub population: Option<&'a PopulationFrequency>,
}

/// The field that is a number. It is the allele's, so genes that overlap say the same.
const FREQUENCY: &str = "POPULATION_AF";

/// Keys without prefix, meaning, value. One value per ALT; genes that overlap are joined by `&`.
const FIELDS: [(&str, &str, Value); 13] = [
    ("GENE", "Panel gene", |a| Some(a.consequence.gene.clone())),
    ("TRANSCRIPT", "RefSeq transcript of the panel", |a| {
        Some(a.consequence.transcript.clone())
    }),
    ("EXON", "Exon and number of exons", |a| a.consequence.exon.clone()),
    (
        "CONSEQUENCE",
        "Sequence Ontology terms, most severe first, joined by |",
        |a| {
            Some(
                a.consequence
                    .terms
                    .iter()
                    .map(|t| t.name())
                    .collect::<Vec<_>>()
                    .join("|"),
            )
        },
    ),
    ("HGVSC", "HGVS on the transcript", |a| {
        a.consequence.hgvs_c.clone()
    }),
    ("HGVSP", "HGVS of the predicted protein", |a| {
        a.consequence.hgvs_p.clone()
    }),
    (
        "COMMON_NAME",
        "Name of the change in the numbering that clinicians know, where it differs",
        |a| a.common_name.map(str::to_owned),
    ),
    (
        "DRIVER",
        "Driver by the chosen rule set: driver, review (sets disagree), no, unknown (protein change not determined)",
        |a| Some(state(a.verdict.state).to_owned()),
    ),
    ("RULE", "Rule that decided", |a| a.verdict.rule.clone()),
    ("RULE_SETS", "Rule sets that call it a driver, joined by |", |a| {
        let sets: Vec<&str> = a.verdict.sets_for.iter().map(|s| s.name()).collect();
        (!sets.is_empty()).then(|| sets.join("|"))
    }),
    (
        "SOURCE",
        "Sequence that the consequence rests on: embedded, reference, bundle, file, coordinates, none",
        |a| Some(names::sequence_source(a.consequence.source).to_owned()),
    ),
    (
        FREQUENCY,
        "Highest allele frequency in the population files",
        |a| a.population.map(|p| p.frequency.to_string()),
    ),
    ("POPULATION", "File and INFO field of that frequency", |a| {
        a.population.map(|p| p.field.clone())
    }),
];

const fn state(state: VerdictState) -> &'static str {
    match state {
        VerdictState::Driver => "driver",
        VerdictState::Review => "review",
        VerdictState::NotDriver => "no",
        VerdictState::Unknown => "unknown",
    }
}

/// Key without prefix of the mark on a record whose REF is not what the reference has.
const MISMATCH: &str = "REFERENCE_MISMATCH";

/// Returns the field of a record whose REF is not what the reference has: nothing else is said of it.
pub fn mismatch_field(problem: &str) -> String {
    format!("{PREFIX}{MISMATCH}={}", escaped(problem))
}

/// Returns the header lines that declare the fields, without line feed.
pub fn header_lines() -> Vec<String> {
    let mismatch = format!(
        "##INFO=<ID={PREFIX}{MISMATCH},Number=1,Type=String,Description=\"hemoclone: REF is not what the reference has; the record was \
         not annotated\">"
    );
    let fields = FIELDS.iter().map(|(key, meaning, _)| declared(key, meaning));
    fields.chain([mismatch]).collect()
}

/// Returns the header line that declares one of the fields, by its key without prefix.
pub(super) fn declaration(key: &str) -> Option<String> {
    let (key, meaning, _) = FIELDS.iter().find(|(known, _, _)| *known == key)?;
    Some(declared(key, meaning))
}

fn declared(key: &str, meaning: &str) -> String {
    let kind = if key == FREQUENCY { "Float" } else { "String" };
    format!("##INFO=<ID={PREFIX}{key},Number=A,Type={kind},Description=\"hemoclone: {meaning}\">")
}

/// Returns the fields of a record, `HC_GENE=…;HC_TRANSCRIPT=…`; `alleles` has one list per ALT, of its genes. A field that
/// no allele has a value for is left out; `None` where no allele lies on a gene.
pub fn fields(alleles: &[Vec<Annotated<'_>>]) -> Option<String> {
    if alleles.iter().all(Vec::is_empty) {
        return None;
    }
    let field = |(key, _, value): &(&str, &str, Value)| {
        let of_allele = |genes: &Vec<Annotated<'_>>| {
            let values: Vec<String> = genes
                .iter()
                .map(|a| value(a).map_or_else(|| ".".to_owned(), |v| escaped(&v)))
                .collect();
            let told = values.iter().find(|v| *v != ".");
            if told.is_none() || *key == FREQUENCY {
                told.cloned().unwrap_or_else(|| ".".to_owned())
            } else {
                values.join("&")
            }
        };
        let values: Vec<String> = alleles.iter().map(of_allele).collect();
        values
            .iter()
            .any(|v| v != ".")
            .then(|| format!("{PREFIX}{key}={}", values.join(",")))
    };
    Some(FIELDS.iter().filter_map(field).collect::<Vec<_>>().join(";"))
}

/// Escapes what INFO gives a meaning to (VCF 4.3, section 1.2), and `&`, our own separator.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' => safe.push_str("%25"),
            ';' => safe.push_str("%3B"),
            '=' => safe.push_str("%3D"),
            ',' => safe.push_str("%2C"),
            '&' => safe.push_str("%26"),
            ' ' => safe.push_str("%20"),
            c if c.is_control() => safe.push('?'),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_what_info_gives_a_meaning() {
        assert_eq!(escaped("p.(Leu100=)"), "p.(Leu100%3D)");
        assert_eq!(escaped("a;b,c d&e%"), "a%3Bb%2Cc%20d%26e%25");
    }

    #[test]
    fn says_nothing_of_a_record_off_the_panel() {
        assert_eq!(fields(&[vec![], vec![]]), None);
    }
}
