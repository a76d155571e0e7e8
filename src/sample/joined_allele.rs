//! One allele made of several of one molecule: what is known of it is what holds for all of them.

use std::collections::HashSet;

use crate::evidence::{Evidence, MatchedNormal, SampleAllele};
use crate::genome::Variant;

/// Makes one allele of several: each thing known of it is what holds for all of them.
pub(super) fn joined(alleles: &[&SampleAllele], variant: Variant) -> Option<SampleAllele> {
    let first = alleles.first()?;
    let rarest = alleles.iter().min_by(|a, b| rarer(&a.evidence, &b.evidence))?;
    let populations: Option<Vec<_>> = alleles.iter().map(|a| a.population.as_ref()).collect();
    Some(SampleAllele {
        allele: variant.into(),
        file_allele: first.file_allele.clone(),
        evidence: rarest.evidence.clone(),
        recount: rarest.recount.clone(),
        normal: MatchedNormal::of_all(alleles.iter().map(|a| &a.normal)),
        caller_filter: joined_filters(alleles),
        population: populations.and_then(|p| {
            p.into_iter()
                .min_by(|a, b| a.frequency.total_cmp(&b.frequency))
                .cloned()
        }),
        // What the file says of each member is not true of the whole.
        annotations: Vec::new(),
        phase: rarest.phase.clone(),
        genotype: rarest.genotype.clone(),
    })
}

/// Orders by alternative count, then fraction; unknown comes first, since nothing is known of the whole then.
pub(super) fn rarer(a: &Evidence, b: &Evidence) -> std::cmp::Ordering {
    let known = |e: &Evidence| e.alt_count.is_some() || e.vaf.is_some();
    let counts = match (a.alt_count, b.alt_count) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => known(a).cmp(&known(b)),
    };
    let fraction = |e: &Evidence| e.vaf.unwrap_or(0.0);
    counts.then_with(|| fraction(a).total_cmp(&fraction(b)))
}

/// Joins the caller's filters, each name once; `PASS` where all pass, `None` where one was not filtered and none failed.
fn joined_filters(alleles: &[&SampleAllele]) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    let mut known: HashSet<&str> = HashSet::new();
    for name in alleles
        .iter()
        .filter_map(|a| a.caller_filter.as_deref())
        .flat_map(|f| f.split(';'))
    {
        if name != "PASS" && known.insert(name) {
            names.push(name);
        }
    }
    if !names.is_empty() {
        return Some(names.join(";"));
    }
    alleles
        .iter()
        .all(|a| a.caller_filter.is_some())
        .then(|| "PASS".to_owned())
}
