//! The drivers of a sample, the largest first, as the answer and the list of drivers take them.

use super::super::context::Context;
use super::super::format::percent;
use super::said::Said;
use crate::drivers::{Call, CallStatus};
use crate::report::words::first_phrases as phrases;

/// Genes that the answer names.
const NAMED: usize = 4;

/// Returns the drivers and the calls to review, the largest first, those of unknown VAF last.
pub(super) fn drivers<'r>(context: &Context<'r>) -> Vec<&'r Call> {
    let mut calls: Vec<&Call> = context
        .result
        .calls
        .iter()
        .filter(|c| c.status.is_driver_or_review())
        .collect();
    // Stable: calls of the same VAF keep their order along the genome.
    calls.sort_by(|a, b| {
        let vaf = |c: &Call| c.evidence.vaf.unwrap_or(-1.0);
        vaf(b).total_cmp(&vaf(a))
    });
    calls
}

/// Says which clones there are, and how large the largest is.
pub(super) fn said(context: &Context<'_>) -> Said {
    let all = drivers(context);
    let sure: Vec<&Call> = all
        .iter()
        .copied()
        .filter(|c| c.status == CallStatus::Driver)
        .collect();
    let in_doubt = all.len() - sure.len();
    if all.is_empty() {
        return Said::phrase(phrases::no_driver);
    }
    if sure.is_empty() {
        return Said::filled(
            phrases::only_review,
            &[("genes", &genes(&all)), ("vaf", &size(all[0]))],
        );
    }
    let phrase = match gene_names(&sure).len() {
        _ if sure.len() == 1 => phrases::one_clone,
        genes if genes > NAMED => phrases::many_clones,
        _ => phrases::clones,
    };
    let mut parts = vec![Said::filled(
        phrase,
        &[("genes", &genes(&sure)), ("vaf", &size(sure[0]))],
    )];
    if in_doubt > 0 {
        let n = Said::same(&in_doubt.to_string());
        parts.push(Said::filled(phrases::to_review, &[("n", &n)]));
    }
    let mut said = Said::joined(&parts, "; ", "、");
    if all[0].status == CallStatus::DriverReview {
        let note = phrases::largest_in_doubt;
        said = Said::new(format!("{} {}", said.en, note.en()), said.ja + note.ja());
    }
    said
}

/// Returns the genes, each once, the largest clone first.
fn gene_names<'c>(calls: &[&'c Call]) -> Vec<&'c str> {
    let mut names: Vec<&str> = Vec::new();
    for call in calls {
        let gene = call.consequence.gene.as_str();
        if !names.contains(&gene) {
            names.push(gene);
        }
    }
    names
}

/// Names the genes, as many as the answer holds.
fn genes(calls: &[&Call]) -> Said {
    let names = gene_names(calls);
    let rest = names.len().saturating_sub(NAMED);
    let mut list: Vec<Said> = names.iter().take(NAMED).map(|n| Said::same(n)).collect();
    if rest > 0 {
        let n = Said::same(&rest.to_string());
        list.push(Said::filled(phrases::more_genes, &[("n", &n)]));
    }
    let Some((end, before)) = list.split_last() else {
        return Said::default();
    };
    if before.is_empty() {
        return end.clone();
    }
    let before = Said::joined(before, ", ", "、");
    Said::joined(&[before, end.clone()], phrases::and.en(), phrases::and.ja())
}

/// Returns the VAF with its interval.
fn size(call: &Call) -> Said {
    let Some(vaf) = call.evidence.vaf else {
        return Said::phrase(phrases::vaf_not_known);
    };
    let vaf = percent(vaf);
    let Some(interval) = call.evidence.interval else {
        return Said::same(&vaf);
    };
    let range = super::super::format::percent_range(interval.low, interval.high);
    Said::new(format!("{vaf} ({range})"), format!("{vaf}（{range}）"))
}
