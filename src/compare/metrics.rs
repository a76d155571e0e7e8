//! Figures over all changes and over parts of them: by type, by fraction, by both, by sample.

use super::change::ChangeType;
use super::evaluate::{ComparedChange, Comparison, CountedAllele, Outcome};
use super::figures::{Deviation, Share};

/// Which changes are counted; what is not set does not part them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stratum {
    /// Type.
    pub kind: Option<ChangeType>,
    /// Fractions, from the first up to but not including the second, 1 included in the last. Of the truth the true one counts, of what
    /// was observed the observed one; a change without is in none.
    pub vaf: Option<(f64, f64)>,
    /// Sample.
    pub sample: Option<String>,
}

/// The figures of a stratum.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// Changes of the truth found, of those found and missed.
    pub sensitivity: Share,
    /// Changes of the truth that could not be seen.
    pub not_assessed: u32,
    /// Observed alleles that are true, of all that count; nothing where the truth does not list all there is.
    pub precision: Share,
    /// Observed alleles of which the truth says nothing.
    pub extra: u32,
    /// Observed less true fraction.
    pub deviation: Deviation,
    /// True fractions within the observed 95 % interval.
    pub in_interval: Share,
    /// Changes at or above the detection limit of their place that were found, of those found and missed.
    pub above_limit: Share,
}

/// Bounds of the fractions by which figures are parted: the threshold of CHIP, the size from which clones are found by all assays, a
/// large clone, and the fraction that the CHRS counts.
pub const VAF_BINS: [f64; 4] = [0.02, 0.05, 0.10, 0.20];

impl Stratum {
    fn holds(&self, sample: &str, kind: ChangeType, vaf: Option<f64>) -> bool {
        self.kind.is_none_or(|k| k == kind)
            && self.sample.as_deref().is_none_or(|s| s == sample)
            && self.vaf.is_none_or(|(low, high)| {
                vaf.is_some_and(|vaf| low <= vaf && (vaf < high || (high >= 1.0 && vaf <= 1.0)))
            })
    }

    /// Returns the parts that figures are told of: all, by type, by fraction, by both, by sample.
    pub fn all(comparison: &Comparison, bins: &[f64]) -> Vec<Self> {
        let edges: Vec<f64> = [&[0.0], bins, &[1.0]].concat();
        let bins: Vec<(f64, f64)> = edges.windows(2).map(|pair| (pair[0], pair[1])).collect();
        let kinds = || ChangeType::ALL.into_iter().map(Some);
        let of = |kind, vaf, sample: Option<&String>| Self {
            kind,
            vaf,
            sample: sample.cloned(),
        };
        let mut strata = vec![Self::default()];
        strata.extend(kinds().map(|kind| of(kind, None, None)));
        strata.extend(bins.iter().map(|bin| of(None, Some(*bin), None)));
        strata.extend(kinds().flat_map(|kind| bins.iter().map(move |bin| of(kind, Some(*bin), None))));
        if comparison.samples.len() > 1 {
            strata.extend(comparison.samples.iter().map(|name| of(None, None, Some(name))));
        }
        strata
    }
}

impl Figures {
    /// Returns the figures of a stratum; `None` where nothing is in it.
    pub fn of(comparison: &Comparison, stratum: &Stratum) -> Option<Self> {
        let change = |c: &&ComparedChange| stratum.holds(&c.sample, c.change.change_type(), vaf_of(c));
        let counted = |a: &&CountedAllele| stratum.holds(&a.sample, a.kind, a.vaf);
        Self::over(
            comparison.is_complete,
            comparison.changes.iter().filter(change),
            comparison.counted.iter().filter(counted),
        )
    }

    /// Counts changes and observed alleles; `None` where there are none.
    pub(super) fn over<'c>(
        is_complete: bool,
        changes: impl Iterator<Item = &'c ComparedChange>,
        counted: impl Iterator<Item = &'c CountedAllele>,
    ) -> Option<Self> {
        let mut figures = Self::default();
        let mut is_empty = true;
        for change in changes {
            is_empty = false;
            figures.add(change);
        }
        for allele in counted {
            is_empty = false;
            if is_complete {
                figures.precision.add(allele.is_true);
            }
        }
        (!is_empty).then_some(figures)
    }

    fn add(&mut self, change: &ComparedChange) {
        match change.outcome {
            Outcome::Found | Outcome::Missed => {
                let found = change.outcome == Outcome::Found;
                self.sensitivity.add(found);
                if change.above_limit() == Some(true) {
                    self.above_limit.add(found);
                }
                if !found {
                    return;
                }
                if let (Some(truth), Some(observed)) = (change.truth_vaf, change.observed_vaf) {
                    self.deviation.add(truth, observed);
                }
                if let Some(inside) = change.in_interval() {
                    self.in_interval.add(inside);
                }
            }
            Outcome::NotAssessed => self.not_assessed += 1,
            Outcome::Extra => self.extra += 1,
            Outcome::False => {}
        }
    }
}

/// Returns the fraction by which a change is parted: the true one, or the observed one where the truth has none.
pub(super) fn vaf_of(change: &ComparedChange) -> Option<f64> {
    match change.outcome {
        Outcome::False | Outcome::Extra => change.observed_vaf,
        Outcome::Found | Outcome::Missed | Outcome::NotAssessed => change.truth_vaf,
    }
}
