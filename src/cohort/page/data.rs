//! The data of the page: samples, as many as a browser draws, and the tables over all of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::manifest::Manifest;
use super::super::member::{Gene, Member, Seen, State};
use super::super::summary::Summary;
use super::super::vafs::RANGE;
use crate::drivers::CallStatus;
use crate::genome::Sex;
use crate::report::table::Row;
use crate::report::value;
use crate::sample::QualityVerdict;

/// Samples that a page shows one by one.
const SHOWN: usize = 5000;

/// Samples of the page: where there are more than it can show, those that failed come first, then those with a driver; by name.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Shown(BTreeMap<(u8, String), String>);

impl Shown {
    /// Takes in a sample.
    pub fn add(&mut self, member: &Member) {
        let class = match (member.is_failed(), member.mutated_genes()) {
            (true, _) => 0,
            (false, 1..) => 1,
            (false, 0) => 2,
        };
        let key = (class, member.sample.clone());
        let is_full = self.0.len() >= SHOWN;
        if is_full && self.0.last_key_value().is_some_and(|(last, _)| *last < key) {
            return;
        }
        // As text, a tenth of the size of its values.
        self.0.insert(key, sample(member).to_string());
        if self.0.len() > SHOWN {
            self.0.pop_last();
        }
    }
}

fn sample(member: &Member) -> Value {
    let letters: String = member.genes.iter().map(|gene| letter(*gene)).collect();
    let limits: Vec<Option<f64>> = member.genes.iter().map(|gene| gene.2).collect();
    let drivers = member.calls.iter().filter(|seen| is_driver(seen));
    json!({
        "n": member.sample,
        "p": member.page,
        "b": member.batch,
        "x": member.sex.map(|sex| match sex { Sex::Female => "f", Sex::Male => "m" }),
        "a": member.age,
        "c": member.ch,
        "s": member.stage,
        "q": member.quality.map(QualityVerdict::name),
        "d": member.depth,
        "t": member.depth_of_target,
        "f": member.assessed,
        "w": member.doubts,
        "k": member.calls.len(),
        "g": letters,
        "v": if limits.iter().all(Option::is_none) { Value::Null } else { json!(limits) },
        "o": drivers.map(|seen| json!([seen.gene, seen.name, seen.vaf])).collect::<Vec<_>>(),
    })
}

fn is_driver(seen: &Seen) -> bool {
    matches!(seen.status, CallStatus::Driver | CallStatus::DriverReview)
}

/// A gene in a letter: `m`utated, `r`eview, `u`ndecided, `n`ot detected (and other calls alone, where it was assessed), `s`tated, `c`alls
/// without being assessed, `p`artly, `a` not assessed.
fn letter(gene: Gene) -> char {
    match gene.0 {
        State::Driver => 'm',
        State::Review => 'r',
        State::Undecided => 'u',
        State::NotDetected | State::NoDriver if gene.1 == super::super::member::Known::Stated => 's',
        State::NotDetected => 'n',
        State::NoDriver if gene.is_known() => 'n',
        State::NoDriver => 'c',
        State::PartlyAssessed => 'p',
        State::NotAssessed => 'a',
    }
}

/// Returns rows as arrays of values, and their columns by name.
fn rows<'r, R: Row + 'r>(rows: impl Iterator<Item = &'r R>) -> Value {
    let columns: Vec<&str> = R::COLUMNS.iter().map(|column| column.name).collect();
    let rows: Vec<Vec<Value>> = rows
        .map(|row| row.values().iter().map(value::Value::json).collect())
        .collect();
    json!({"columns": columns, "rows": rows})
}

/// Returns the data of the page.
pub(super) fn json(
    summary: &Summary,
    shown: &Shown,
    manifest: &Manifest,
) -> Result<String, serde_json::Error> {
    let rest = serde_json::to_string(&json!({
        "total": summary.samples,
        "failed": summary.failed,
        "basis": manifest.basis,
        "versions": summary.versions,
        "callers": summary.callers,
        "genes": summary.genes,
        "prevalence": rows(summary.prevalence.iter()),
        "published": rows(summary.published.iter()),
        "pairs": rows(summary.pairs.iter()),
        "variants": rows(summary.recurrent.iter()),
        "alleles": summary.alleles,
        "relatives": rows(summary.kinship.iter()),
        "outliers": rows(summary.outliers.iter()),
        "batches": rows(summary.batches.iter()),
        "vafs": summary.vafs,
        "vaf_range": RANGE,
    }))?;
    let samples: Vec<&str> = shown.0.values().map(String::as_str).collect();
    // The samples are JSON already: they go in front of the first field.
    Ok(rest.replacen('{', &format!("{{\"samples\":[{}],", samples.join(",")), 1))
}

#[cfg(test)]
mod tests {
    use super::super::super::member::Known;
    use super::super::super::tests_support::{gene, member};
    use super::*;

    #[test]
    fn more_samples_than_a_page_shows_leave_those_without_a_finding_out() {
        let mut shown = Shown::default();
        for i in (0..SHOWN + 10).rev() {
            let state = if i % 100 == 0 {
                State::Driver
            } else {
                State::NotAssessed
            };
            shown.add(&member(&format!("S{i:05}"), vec![gene(state, Known::No)]));
        }
        assert_eq!(shown.0.len(), SHOWN);
        let with_driver = shown.0.keys().filter(|key| key.0 == 1).count();
        assert_eq!(with_driver, 51);
        // 4,949 places are left for the others, of which 50 among the first 5,000 have a driver.
        assert_eq!(shown.0.keys().next_back().unwrap().1, "S04998");
    }

    #[test]
    fn a_gene_that_nobody_looked_at_is_not_negative() {
        for (state, known, expected) in [
            (State::NotDetected, Known::Shown, 'n'),
            (State::NotDetected, Known::Stated, 's'),
            (State::NoDriver, Known::Shown, 'n'),
            (State::NoDriver, Known::No, 'c'),
            (State::NotAssessed, Known::No, 'a'),
        ] {
            assert_eq!(letter(gene(state, known)), expected);
        }
    }
}
