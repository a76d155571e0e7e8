//! What no report can hold: it was changed by hand, and would be counted as if it were true.

use std::collections::HashSet;

use crate::drivers::Call;
use crate::genome::{Allele, Variant};
use crate::sample::SampleResult;

/// Returns the field at fault, and what is wrong with it.
pub(super) fn fault(result: &SampleResult) -> Option<(String, String)> {
    if result.sample.trim().is_empty() {
        let what = "no name: a sample without one cannot be told from others";
        return Some(("sample".to_owned(), what.to_owned()));
    }
    let mut seen = HashSet::new();
    for (i, call) in result.calls.iter().enumerate() {
        if let Some((field, what)) = fault_of_call(call) {
            return Some((format!("calls[{i}].{field}"), what));
        }
        if call.variant.build() != result.build {
            let what = format!("{}, and {} for the report", call.variant.build(), result.build);
            return Some((format!("calls[{i}].variant.build"), what));
        }
        let is_sequence = matches!(call.variant, Allele::Sequence(_));
        if is_sequence && !seen.insert((&call.variant, &call.consequence.gene)) {
            let what = format!(
                "{} is there already, and would be counted twice",
                call.variant.key()
            );
            return Some((format!("calls[{i}].variant"), what));
        }
    }
    if result.age.is_some_and(|age| !(0.0..=150.0).contains(&age)) {
        return Some(("age".to_owned(), "no age in years, 0 to 150".to_owned()));
    }
    None
}

fn fault_of_call(call: &Call) -> Option<(&'static str, String)> {
    if let Allele::Sequence(variant) = &call.variant
        && let Some(what) = fault_of_sequence(variant)
    {
        return Some(("variant", what));
    }
    let evidence = &call.evidence;
    if evidence.vaf.is_some_and(|vaf| !(0.0..=1.0).contains(&vaf)) {
        return Some(("evidence.vaf", "no fraction from 0 to 1".to_owned()));
    }
    match (evidence.alt_count, evidence.depth) {
        (Some(alt), Some(depth)) if alt > depth => Some((
            "evidence.alt_count",
            format!("{alt}, more than the depth {depth}"),
        )),
        _ => None,
    }
}

fn fault_of_sequence(variant: &Variant) -> Option<String> {
    let normal = Variant::new(
        variant.build(),
        variant.chromosome(),
        variant.position(),
        variant.reference(),
        variant.alternate(),
    );
    match normal {
        Err(error) => Some(error.to_string()),
        Ok(normal) if normal != *variant => Some(format!("{normal} is its shortest form")),
        Ok(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEMO: &str = include_str!("../../testdata/demo/expected/demo02-chip.json");

    #[test]
    fn a_sample_without_a_name_and_a_call_given_twice_are_faults() {
        let demo: SampleResult = serde_json::from_str(DEMO).unwrap();
        assert_eq!(fault(&demo), None);
        let mut nameless = demo.clone();
        nameless.sample = " ".to_owned();
        assert!(
            fault(&nameless).is_some_and(|(field, what)| field == "sample" && what.starts_with("no name"))
        );
        let mut twice = demo.clone();
        twice.calls.push(demo.calls[0].clone());
        let (field, what) = fault(&twice).unwrap();
        assert_eq!(field, format!("calls[{}].variant", demo.calls.len()));
        assert!(what.contains("is there already"), "{what}");
        // On another gene it is no second call of the same.
        let mut on_two_genes = twice;
        on_two_genes.calls.last_mut().unwrap().consequence.gene = "OTHER".to_owned();
        assert_eq!(fault(&on_two_genes), None);
    }
}
