//! The truth beside what was observed: each change of the truth found, missed or not assessed, each allele beyond it false or extra.

use std::collections::HashMap;

use serde::Serialize;

use super::change::{Change, ChangeType};
use super::matching::{MatchedBy, Piece, matched};
use super::observed::{Assessed, NotAssessed, Observed, ObservedAllele};
use super::places::Places;
use super::truth::{Truth, TruthSample, TruthVariant};
use crate::evidence::Interval;
use crate::genome::{BaseSource, Regions, overlaps};
use crate::report::read::Basis;
use crate::tables::list;

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A change of the truth that was not observed, where it would have been seen, or nothing says that it would not.
    Missed,
    /// An allele that was observed and is none of the truth, which lists all there is.
    False,
    /// A change of the truth of which the observed says that it could not be seen: neither found nor missed.
    NotAssessed,
    /// A change of the truth that was observed.
    Found,
    /// An allele that was observed, of which the truth says nothing because it does not list all there is.
    Extra,
}

impl Outcome {
    /// Every outcome, in the order of reports: what asks for a look comes first.
    pub const ALL: [Self; 5] = [
        Self::Missed,
        Self::False,
        Self::NotAssessed,
        Self::Found,
        Self::Extra,
    ];

    /// Returns the name used in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Missed => "missed",
            Self::False => "false",
            Self::NotAssessed => "not_assessed",
            Self::Found => "found",
            Self::Extra => "extra",
        }
    }
}

/// Why a change counts as what it does, where that is not plain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It stands among the observed, but was set aside: by which status or filter.
    SetAside(String),
    /// The observed does not say whether it looked there.
    CoverageNotStated,
    /// It would not have been seen.
    NotAssessed(NotAssessed),
    /// Its place in a repeat is not sure, for the bases before it are not known.
    PlaceNotSure,
}

impl Why {
    /// Returns the code used in tables.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::SetAside(_) => "set_aside",
            Self::CoverageNotStated => "coverage_not_stated",
            Self::NotAssessed(why) => why.code(),
            Self::PlaceNotSure => "place_not_sure",
        }
    }

    /// Returns code and detail.
    pub fn text(&self) -> String {
        match self {
            Self::SetAside(state) => format!("{}: {state}", self.code()),
            _ => self.code().to_owned(),
        }
    }
}

/// One change with what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedChange {
    /// Sample as observed.
    pub sample: String,
    /// What became of it.
    pub outcome: Outcome,
    /// The change: of the truth, or as observed where the truth has none.
    pub change: Change,
    /// Gene, where truth or observed name it.
    pub gene: Option<String>,
    /// What it is called, where truth or observed say so.
    pub name: Option<String>,
    /// True fraction.
    pub truth_vaf: Option<f64>,
    /// Observed fraction; of pieces the smallest, for no haplotype is more frequent than a piece of it.
    pub observed_vaf: Option<f64>,
    /// 95 % interval of the observed fraction.
    pub interval: Option<Interval>,
    /// Smallest fraction that would have been seen there with 95 % power, where the observed says.
    pub limit: Option<f64>,
    /// By what it was found.
    pub matched_by: Option<MatchedBy>,
    /// The alleles that it was found as.
    pub found_as: Vec<String>,
    /// Reasons.
    pub why: Vec<Why>,
}

impl ComparedChange {
    /// Whether the true fraction lies in the observed interval; `None` where either is not known.
    pub fn in_interval(&self) -> Option<bool> {
        let (vaf, interval) = (self.truth_vaf?, self.interval?);
        Some(interval.low <= vaf && vaf <= interval.high)
    }

    /// Whether the true fraction lies at or above the detection limit of its place.
    pub fn above_limit(&self) -> Option<bool> {
        Some(self.truth_vaf? >= self.limit?)
    }
}

/// An observed allele that counts: by it precision is told.
#[derive(Clone, Debug, PartialEq)]
pub struct CountedAllele {
    /// Sample.
    pub sample: String,
    /// Type.
    pub kind: ChangeType,
    /// Gene.
    pub gene: Option<String>,
    /// Observed fraction.
    pub vaf: Option<f64>,
    /// Whether it is one of the truth.
    pub is_true: bool,
}

/// How to compare.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// Where to look; anywhere without.
    pub regions: Option<Regions>,
    /// What is observed and not in the truth is extra, not false: the truth does not list all there is.
    pub partial: bool,
    /// A change that was not observed is not assessed where the observed does not say that it looked; it is missed otherwise.
    pub unstated_is_open: bool,
}

/// What a comparison found.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// The truth, its file or name.
    pub truth: String,
    /// Samples compared, by name.
    pub samples: Vec<String>,
    /// Whether the truth lists all there is, so that precision can be told.
    pub is_complete: bool,
    /// Changes, by outcome, sample and place.
    pub changes: Vec<ComparedChange>,
    /// Observed alleles that count.
    pub counted: Vec<CountedAllele>,
    /// Changes and alleles outside of the regions, of which nothing is said.
    pub outside: usize,
    /// What a reader must know.
    pub warnings: Vec<String>,
    /// Samples of the truth that were not observed.
    pub absent: Vec<String>,
}

/// Compares the samples of a truth with those observed.
///
/// Samples go together by name; where no name is the same, a truth of one sample holds for every one observed (a reference standard
/// and its replicates).
pub fn compare(truth: &Truth, observed: &[Observed], terms: &Terms, bases: &dyn BaseSource) -> Comparison {
    let mut comparison = Comparison {
        truth: truth.source.clone(),
        is_complete: truth.is_complete && !terms.partial,
        warnings: truth.warnings.clone(),
        ..Comparison::default()
    };
    let (pairs, absent, unmatched) = paired(truth, observed);
    comparison.absent = absent;
    if !unmatched.is_empty() {
        let names = list(&unmatched);
        comparison
            .warnings
            .push(format!("not in the truth, and not compared: {names}"));
    }
    comparison.warnings.extend(mixed(observed));
    for (sample, observed) in pairs {
        let named = |warning: &String| format!("{}: {warning}", observed.file);
        comparison.warnings.extend(observed.warnings.iter().map(named));
        comparison.samples.push(observed.name.clone());
        Pair {
            truth: sample,
            observed,
            terms,
            bases,
        }
        .add_to(&mut comparison);
    }
    if terms.partial || !truth.is_complete {
        for change in &mut comparison.changes {
            if change.outcome == Outcome::False {
                change.outcome = Outcome::Extra;
            }
        }
    }
    let place = |c: &ComparedChange| {
        let (start, _) = c.change.span();
        (
            c.outcome,
            c.sample.clone(),
            c.change.chromosome(),
            start,
            c.change.key(),
        )
    };
    comparison.changes.sort_by_cached_key(place);
    comparison
}

/// Names reports that were not made as the first one was: with another panel, other rules or thresholds.
fn mixed(observed: &[Observed]) -> Vec<String> {
    let mut reports = observed.iter().filter_map(|o| Some((o, o.basis.as_ref()?)));
    let Some((first, basis)) = reports.next() else {
        return Vec::new();
    };
    let differing = |(other, its): (&Observed, &Basis)| {
        let mut pairs = basis.fields().zip(its.fields());
        let ((field, expected), (_, found)) = pairs.find(|(own, other)| own != other)?;
        Some(format!(
            "{}: {field} is {found}, and {expected} in {}: the figures are of both",
            other.file, first.file
        ))
    };
    reports.filter_map(differing).collect()
}

type Pairs<'a> = Vec<(&'a TruthSample, &'a Observed)>;

/// Returns the samples that go together, those of the truth that were not observed, and those observed that the truth has not.
fn paired<'a>(truth: &'a Truth, observed: &'a [Observed]) -> (Pairs<'a>, Vec<String>, Vec<String>) {
    let by_name = |sample: &'a Observed| {
        let of_name = |t: &&TruthSample| t.name.as_deref() == Some(sample.name.as_str());
        truth.samples.iter().find(of_name)
    };
    let meets = observed.iter().any(|sample| by_name(sample).is_some());
    let for_all = truth.samples.iter().find(|t| t.name.is_none());
    let single = match truth.samples.as_slice() {
        [only] if !meets => Some(only),
        _ => for_all,
    };
    let (mut pairs, mut unmatched) = (Vec::new(), Vec::new());
    for sample in observed {
        match by_name(sample).or(single) {
            Some(known) => pairs.push((known, sample)),
            None => unmatched.push(sample.name.clone()),
        }
    }
    let is_absent = |t: &&TruthSample| !pairs.iter().any(|(known, _)| known.name == t.name);
    let absent = truth.samples.iter().filter(is_absent);
    let absent = absent.map(|t| t.name.clone().unwrap_or_else(|| truth.source.clone()));
    let absent = absent.collect();
    (pairs, absent, unmatched)
}

/// One sample of the truth beside one observed.
struct Pair<'a> {
    truth: &'a TruthSample,
    observed: &'a Observed,
    terms: &'a Terms,
    bases: &'a dyn BaseSource,
}

impl Pair<'_> {
    fn add_to(&self, comparison: &mut Comparison) {
        let inside = |change: &Change| {
            let (first, last) = change.span();
            let regions = self.terms.regions.as_ref();
            regions.is_none_or(|r| overlaps(r.of(change.chromosome()), first, last))
        };
        let (truths, beyond): (Vec<&TruthVariant>, Vec<_>) =
            self.truth.variants.iter().partition(|v| inside(&v.change));
        let counts: Vec<&ObservedAllele> = self.observed.alleles.iter().filter(|a| a.counts).collect();
        let aside = self.observed.alleles.iter().filter(|a| !a.counts);
        let aside: HashMap<String, &ObservedAllele> = aside.map(|a| (a.change.key(), a)).collect();
        let mut groups = matched(&truth_pieces(&truths), &pieces(&counts), self.bases);
        groups.sort_by(|a, b| a.truths.cmp(&b.truths));
        let mut found: Vec<Option<(MatchedBy, Vec<&ObservedAllele>)>> = vec![None; truths.len()];
        let mut is_true = vec![false; counts.len()];
        for group in &groups {
            for place in &group.observed {
                is_true[*place] = true;
            }
            for truth in &group.truths {
                found[*truth] = Some((group.by, group.observed.iter().map(|i| counts[*i]).collect()));
            }
        }
        comparison.outside += beyond.len();
        for (truth, found) in truths.into_iter().zip(found) {
            comparison.changes.push(match found {
                Some((by, alleles)) => self.found(truth, by, &alleles),
                None => self.not_found(truth, &aside),
            });
        }
        for (allele, is_true) in counts.into_iter().zip(is_true) {
            if !is_true && !inside(&allele.change) {
                comparison.outside += 1;
                continue;
            }
            comparison.counted.push(self.counted(allele, is_true));
            if !is_true {
                comparison.changes.push(self.beyond(allele));
            }
        }
    }

    fn of_truth(&self, truth: &TruthVariant, outcome: Outcome) -> ComparedChange {
        let limit = match self.observed.assessed(&truth.change, truth.vaf) {
            Assessed::Yes(limit) | Assessed::No(_, limit) => limit,
            Assessed::NotStated => None,
        };
        ComparedChange {
            sample: self.observed.name.clone(),
            outcome,
            change: truth.change.clone(),
            gene: truth.gene.clone(),
            name: truth.name.clone(),
            truth_vaf: truth.vaf,
            observed_vaf: None,
            interval: None,
            limit,
            matched_by: None,
            found_as: Vec::new(),
            why: Vec::new(),
        }
    }

    fn found(&self, truth: &TruthVariant, by: MatchedBy, alleles: &[&ObservedAllele]) -> ComparedChange {
        let smallest = alleles
            .iter()
            .filter(|a| a.vaf.is_some())
            .min_by(|a, b| a.vaf.unwrap_or(1.0).total_cmp(&b.vaf.unwrap_or(1.0)));
        let mut change = self.of_truth(truth, Outcome::Found);
        change.gene = change
            .gene
            .or_else(|| alleles.iter().find_map(|a| a.gene.clone()));
        change.name = change
            .name
            .or_else(|| alleles.iter().find_map(|a| a.name.clone()));
        change.observed_vaf = smallest.and_then(|a| a.vaf);
        change.interval = smallest.and_then(|a| a.interval);
        change.matched_by = Some(by);
        change.found_as = alleles.iter().map(|a| a.change.key()).collect();
        change
    }

    fn not_found(&self, truth: &TruthVariant, aside: &HashMap<String, &ObservedAllele>) -> ComparedChange {
        let mut change = self.of_truth(truth, Outcome::Missed);
        if let Some(aside) = aside.get(&truth.change.key()) {
            change.gene = change.gene.or_else(|| aside.gene.clone());
            change.name = change.name.or_else(|| aside.name.clone());
            change.observed_vaf = aside.vaf;
            change.interval = aside.interval;
            change.why.push(Why::SetAside(aside.state.clone()));
            return change;
        }
        match self.observed.assessed(&truth.change, truth.vaf) {
            Assessed::Yes(_) => {}
            Assessed::No(why, _) => {
                change.outcome = Outcome::NotAssessed;
                change.why.push(Why::NotAssessed(why));
            }
            Assessed::NotStated => {
                if self.terms.unstated_is_open {
                    change.outcome = Outcome::NotAssessed;
                }
                change.why.push(Why::CoverageNotStated);
            }
        }
        change.why.extend(self.place_not_sure(&truth.change));
        change
    }

    /// An indel may stand elsewhere in its repeat where bases are not known; then a difference may be one of writing only.
    fn place_not_sure(&self, change: &Change) -> Option<Why> {
        let places = Places { bases: self.bases };
        let Change::Sequence(variant) = change else {
            return None;
        };
        let is_indel = variant.reference().len() != variant.alternate().len();
        (is_indel && !places.knows(variant)).then_some(Why::PlaceNotSure)
    }

    fn counted(&self, allele: &ObservedAllele, is_true: bool) -> CountedAllele {
        CountedAllele {
            sample: self.observed.name.clone(),
            kind: allele.change.change_type(),
            gene: allele.gene.clone(),
            vaf: allele.vaf,
            is_true,
        }
    }

    fn beyond(&self, allele: &ObservedAllele) -> ComparedChange {
        ComparedChange {
            sample: self.observed.name.clone(),
            outcome: Outcome::False,
            change: allele.change.clone(),
            gene: allele.gene.clone(),
            name: allele.name.clone(),
            truth_vaf: None,
            observed_vaf: allele.vaf,
            interval: allele.interval,
            limit: None,
            matched_by: None,
            found_as: Vec::new(),
            why: self.place_not_sure(&allele.change).into_iter().collect(),
        }
    }
}

fn truth_pieces<'a>(truths: &[&'a TruthVariant]) -> Vec<Piece<'a>> {
    let piece = |truth: &&'a TruthVariant| Piece {
        change: &truth.change,
        interval: None,
        phase: truth.phase.as_ref(),
    };
    truths.iter().map(piece).collect()
}

fn pieces<'a>(alleles: &[&'a ObservedAllele]) -> Vec<Piece<'a>> {
    let piece = |allele: &&'a ObservedAllele| Piece {
        change: &allele.change,
        interval: allele.interval,
        phase: allele.phase.as_ref(),
    };
    alleles.iter().map(piece).collect()
}
