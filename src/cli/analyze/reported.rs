//! What the run keeps of a sample whose reports are written, and the rows that it makes of all of them.

use hemoclone::report::{self, SummaryRow};
use hemoclone::sample::{Genotype, SampleResult, same_persons};

/// What the run keeps of a sample whose reports are written.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Reported {
    /// Its row in the summary.
    pub row: SummaryRow,
    /// What tells whether another sample is of the same person.
    pub genotype: Genotype,
}

impl Reported {
    /// Takes what is kept.
    pub(in crate::cli) fn new(result: &SampleResult) -> Self {
        Self {
            row: SummaryRow::new(result),
            genotype: Genotype::of(result),
        }
    }
}

/// Returns the rows of the summary, each with the other samples that seem to be of the same person.
pub(in crate::cli) fn summary_rows(reported: Vec<Reported>) -> Vec<SummaryRow> {
    let genotypes: Vec<&Genotype> = reported.iter().map(|r| &r.genotype).collect();
    let same = same_persons(&genotypes);
    let names: Vec<String> = reported.iter().map(|r| r.row.sample.clone()).collect();
    let alike = same.iter().filter(|others| !others.is_empty()).count();
    if alike > 0 {
        tracing::warn!(
            "{alike} samples have the inherited variants of another sample of this run: one person twice, or a swapped sample; see same_genotype_as in {}",
            report::SUMMARY_FILE
        );
    }
    let with_others = |(mut one, others): (Reported, Vec<usize>)| {
        let mut others: Vec<&String> = others.into_iter().map(|i| &names[i]).collect();
        others.sort();
        one.row.same_genotype_as = others.into_iter().collect();
        one.row
    };
    reported.into_iter().zip(same).map(with_others).collect()
}
