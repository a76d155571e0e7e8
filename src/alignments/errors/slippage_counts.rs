//! What the sites of a sample show of slippage, class by class.

use std::collections::BTreeMap;

use super::repeats::{MOST_COPIES, RepeatClass};
use super::tail;

/// Steps, in units, whose rates are learned one by one; larger ones are derived from the largest.
pub(crate) const LEARNED_UNITS: i64 = 6;
/// Chance below which a site holds a variant rather than slippage.
const OUTLIER: f64 = 1e-5;
/// Fraction of a site's fragments above which an indel outside of repeats is no error.
const LARGEST_ERROR_FRACTION: f64 = 0.003;
/// Fraction above which a change of a run is a germline variant, however long the run.
pub(crate) const LARGEST_SLIPPAGE: f64 = 0.25;
/// Squared coefficient of variation of slippage rates between runs of one class.
pub(crate) const DISPERSION: f64 = 0.3;

/// A run of the reference: where it begins, its unit and its copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Contig number.
    pub contig: u32,
    /// First column, 0-based.
    pub start: u32,
    /// Bases of the unit.
    pub unit: u8,
    /// Copies in the reference.
    pub copies: u32,
}

impl Run {
    pub fn class(&self, units: i64) -> RepeatClass {
        self.slipping_from(0, units)
    }

    /// Returns the class of a step from an allele of the run that has so many units more than the reference.
    pub fn slipping_from(&self, gained: i64, units: i64) -> RepeatClass {
        let copies = (i64::from(self.copies) + gained).clamp(1, i64::from(MOST_COPIES));
        RepeatClass {
            unit: self.unit,
            copies: u32::try_from(copies).unwrap_or(MOST_COPIES),
            units,
        }
    }
}

/// Fragments and errors of one run that shows some.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Seen {
    contig: u32,
    start: u32,
    /// Fragments.
    pub exposed: u32,
    /// Errors among them.
    pub errors: u32,
}

/// What the sample shows at the sites of one class.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ClassCounts {
    /// Fragments at sites without errors.
    plain: f64,
    /// The other sites, each a possible variant.
    pub sites: Vec<Seen>,
    /// Runs of which nothing was counted here: so many fragments show the change that the person has it.
    germline: Vec<(u32, u32)>,
}

/// Whether the errors of a site can be slippage at a rate.
pub(crate) fn fits(exposed: u32, errors: u32, rate: f64) -> bool {
    tail::chance_of_at_least(errors, rate * f64::from(exposed), DISPERSION) > OUTLIER
}

impl ClassCounts {
    fn add(&mut self, seen: Seen) {
        if seen.errors == 0 {
            self.plain += f64::from(seen.exposed);
        } else {
            self.sites.push(seen);
        }
    }

    /// Returns fragments and errors of the sites that fit a rate, where one is given; the others hold variants.
    pub(crate) fn fitting(&self, rate: Option<f64>) -> (f64, f64) {
        self.sites
            .iter()
            .filter(|s| rate.is_none_or(|rate| fits(s.exposed, s.errors, rate)))
            .fold((self.plain, 0.0), |(n, k), s| {
                (n + f64::from(s.exposed), k + f64::from(s.errors))
            })
    }

    pub(crate) fn of(&self, run: &Run) -> Option<Seen> {
        let place = (run.contig, run.start);
        let index = self.sites.partition_point(|s| (s.contig, s.start) < place);
        let seen = *self.sites.get(index)?;
        ((seen.contig, seen.start) == place).then_some(seen)
    }
}

/// Sums from which slippage rates are learned.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct SlippageCounts {
    /// By class.
    pub classes: BTreeMap<RepeatClass, ClassCounts>,
    /// Every run that was looked at, with the fragments that span it.
    runs: Vec<Spanned>,
}

/// A run with the fragments that span it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Spanned {
    contig: u32,
    start: u32,
    fragments: u32,
}

impl SlippageCounts {
    /// Adds one run: fragments that span it, and those that gained or lost so many units.
    pub(crate) fn add_run(&mut self, run: Run, exposed: u32, changes: &BTreeMap<i64, u32>) {
        self.runs.push(Spanned {
            contig: run.contig,
            start: run.start,
            fragments: exposed,
        });
        for units in (-LEARNED_UNITS..=LEARNED_UNITS).filter(|u| *u != 0) {
            let errors = changes.get(&units).copied().unwrap_or(0);
            // The class is known in any case: its prior takes part in the curve.
            let counts = self.classes.entry(run.class(units)).or_default();
            if f64::from(errors) <= LARGEST_SLIPPAGE * f64::from(exposed) {
                counts.add(Seen {
                    contig: run.contig,
                    start: run.start,
                    exposed,
                    errors,
                });
            } else {
                counts.germline.push((run.contig, run.start));
            }
        }
    }

    /// Puts everything in the order in which it is looked up.
    pub(crate) fn sort(&mut self) {
        self.runs.sort_unstable();
        for counts in self.classes.values_mut() {
            counts.sites.sort_unstable();
        }
    }

    /// Returns what a run added to a class, to the last fragment: what is left without it must not hang on whether it showed errors.
    /// `None` for a run that was not looked at, or added nothing. Needs [`SlippageCounts::sort`].
    pub(crate) fn added(&self, class: RepeatClass, run: &Run) -> Option<Seen> {
        let counts = self.classes.get(&class)?;
        let place = (run.contig, run.start);
        counts.of(run).or_else(|| {
            let index = self.runs.partition_point(|r| (r.contig, r.start) < place);
            let spanned = self.runs.get(index)?;
            let is_counted = (spanned.contig, spanned.start) == place && !counts.germline.contains(&place);
            is_counted.then_some(Seen {
                contig: run.contig,
                start: run.start,
                exposed: spanned.fragments,
                errors: 0,
            })
        })
    }

    /// Adds columns outside of repeats, and the indels seen there that are few enough to be errors.
    pub(crate) fn add_outside(&mut self, units: i64, exposed: u64, errors: &[(u32, u32)]) {
        let counts = self.classes.entry(outside(units)).or_default();
        counts.plain += exposed as f64;
        for (count, depth) in errors {
            if *count <= 2 || f64::from(*count) <= LARGEST_ERROR_FRACTION * f64::from(*depth) {
                // Exposure was added with the columns.
                counts.sites.push(Seen {
                    contig: 0,
                    start: 0,
                    exposed: 0,
                    errors: *count,
                });
            }
        }
    }

    /// Adds the sums of another part of the sample.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (class, theirs) in &other.classes {
            let mine = self.classes.entry(*class).or_default();
            mine.plain += theirs.plain;
            mine.sites.extend_from_slice(&theirs.sites);
            mine.germline.extend_from_slice(&theirs.germline);
        }
        self.runs.extend_from_slice(&other.runs);
    }
}

/// Returns the class of changes outside of repeats.
pub(crate) const fn outside(units: i64) -> RepeatClass {
    RepeatClass {
        unit: 0,
        copies: 0,
        units,
    }
}
