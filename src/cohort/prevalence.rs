//! How many have a driver, by gene, age and sex.
//!
//! Whoever was not looked at is in no denominator: a share is taken among the samples in which the gene was assessed throughout, whatever
//! was found. Were those with a driver counted and those "not assessed" left out, everybody assessed would have a driver.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::member::{Member, State};
use super::published::STUDIES;
use crate::evidence::statistics::fisher_exact_two_sided;
use crate::evidence::wilson_95;
use crate::genome::Sex;
use crate::report::table::table;
use crate::report::value::Fraction;

/// First ages of the bands, in years; the last has no end. Those above 70 are those of Jaiswal 2014.
const BANDS: [(u32, &str); 7] = [
    (0, "0-39"),
    (40, "40-49"),
    (50, "50-59"),
    (60, "60-69"),
    (70, "70-79"),
    (80, "80-89"),
    (90, "90+"),
];

/// Every age, then an age that is not known, behind the bands by their number.
const ALL_AGES: u8 = 7;
const UNKNOWN_AGE: u8 = 8;

/// Groups by sex, in the order of the table.
const SEXES: [&str; 4] = ["all", "female", "male", "unknown"];
const ALL_SEXES: u8 = 0;

/// Stands for any gene of the panel.
pub(super) const ANY_GENE: &str = "any";

/// Returns the number of the band of an age in years.
fn age_band(age: Option<f64>) -> u8 {
    let bands = (0..ALL_AGES).zip(BANDS).rev();
    let band = |age: f64| bands.clone().find(|(_, (first, _))| age >= f64::from(*first));
    age.and_then(band).map_or(UNKNOWN_AGE, |(number, _)| number)
}

fn band_name(band: u8) -> &'static str {
    match (band, BANDS.get(usize::from(band))) {
        (_, Some((_, name))) => name,
        (ALL_AGES, None) => "all",
        _ => "unknown",
    }
}

const fn sex(sex: Option<Sex>) -> u8 {
    match sex {
        Some(Sex::Female) => 1,
        Some(Sex::Male) => 2,
        None => 3,
    }
}

/// Samples of a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Group {
    /// All.
    pub samples: u32,
    /// Those with a driver, assessed or not.
    pub found: u32,
    /// Those assessed throughout.
    pub assessed: u32,
    /// Of them, those with a driver.
    pub with_driver: u32,
    /// Of them, those with drivers to review, and none that is certain.
    pub with_review: u32,
}

impl Group {
    fn add(&mut self, is_assessed: bool, has_driver: bool, has_review: bool) {
        self.samples += 1;
        self.found += u32::from(has_driver);
        if is_assessed {
            self.assessed += 1;
            self.with_driver += u32::from(has_driver);
            self.with_review += u32::from(has_review && !has_driver);
        }
    }
}

/// Counts of every group: gene as its place in the panel (`None` for any), band and sex by their numbers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Prevalence {
    groups: BTreeMap<(Option<usize>, u8, u8), Group>,
    /// Of the studies, in their order.
    studies: Vec<Group>,
}

impl Prevalence {
    /// Counts a sample.
    pub(super) fn add(&mut self, member: &Member) {
        let is_assessed = member.genes.iter().all(|gene| gene.is_known());
        let has = |state| member.genes.iter().any(|gene| gene.0 == state);
        let any = (is_assessed, has(State::Driver), has(State::Review));
        self.count(member, None, any);
        for (place, gene) in member.genes.iter().enumerate() {
            let own = (gene.is_known(), gene.0 == State::Driver, gene.0 == State::Review);
            self.count(member, Some(place), own);
        }
        self.studies.resize(STUDIES.len(), Group::default());
        for (study, group) in STUDIES.iter().zip(&mut self.studies) {
            if member.age.is_some_and(|age| study.holds(age)) {
                group.add(any.0, any.1, any.2);
            }
        }
    }

    fn count(
        &mut self,
        member: &Member,
        gene: Option<usize>,
        (assessed, driver, review): (bool, bool, bool),
    ) {
        for band in [ALL_AGES, age_band(member.age)] {
            for sex in [ALL_SEXES, sex(member.sex)] {
                let group = self.groups.entry((gene, band, sex)).or_default();
                group.add(assessed, driver, review);
            }
        }
    }

    /// Returns the rows, any gene first, then in the order of the panel.
    pub(super) fn rows(&self, genes: &[String]) -> Vec<PrevalenceRow> {
        let row = |((gene, band, sex), group): (&(Option<usize>, u8, u8), &Group)| {
            let gene = gene.map_or(Some(ANY_GENE), |place| genes.get(place).map(String::as_str))?;
            let sex = SEXES.get(usize::from(*sex))?;
            Some(PrevalenceRow::new(gene, band_name(*band), sex, group))
        };
        self.groups.iter().filter_map(row).collect()
    }

    /// Returns the comparison with published figures, where the cohort has samples of that age that were assessed.
    pub(super) fn against_published(&self) -> Vec<PublishedRow> {
        let groups = STUDIES.iter().zip(&self.studies);
        groups
            .map(|(study, group)| PublishedRow::new(study, group))
            .collect()
    }
}

fn share(count: u32, total: u32) -> Option<Fraction> {
    (total > 0).then(|| Fraction(f64::from(count) / f64::from(total)))
}

fn low(count: u32, total: u32) -> Option<Fraction> {
    wilson_95(count, total).map(|interval| Fraction(interval.low))
}

fn high(count: u32, total: u32) -> Option<Fraction> {
    wilson_95(count, total).map(|interval| Fraction(interval.high))
}

table! {
    /// Prevalence in one group.
    PrevalenceRow(gene: &str, band: &'static str, sex: &'static str, group: &Group) {
        /// HGNC gene symbol, or `any` for at least one gene of the panel.
        gene: String, "DNMT3A" => gene.to_owned();
        /// Age in years, both ends included; `all` for every sample, `unknown` where no age was given.
        age_band: &'static str, "70-79" => band;
        /// `female`, `male`, `unknown`, or `all` for every sample.
        sex: &'static str, "all" => sex;
        /// Samples of the group.
        samples: u32, "812" => group.samples;
        /// Of them, those in which the gene (for `any`, every gene) was assessed at the threshold over its whole target, as the file shows
        /// or the laboratory states: the denominator of `prevalence`.
        assessed: u32, "640" => group.assessed;
        /// Of the assessed, those with a driver.
        with_driver: u32, "61" => group.with_driver;
        /// Of the assessed, those with drivers to review and none that is certain; in neither numerator.
        with_review: u32, "9" => group.with_review;
        /// `with_driver / assessed`; empty where none was assessed.
        prevalence: Option<Fraction>, "0.095313" => share(group.with_driver, group.assessed);
        /// Lower end of its 95 % Wilson interval.
        prevalence_low: Option<Fraction>, "0.074907" => low(group.with_driver, group.assessed);
        /// Upper end of its 95 % Wilson interval.
        prevalence_high: Option<Fraction>, "0.120562" => high(group.with_driver, group.assessed);
        /// Samples of the group with a driver, assessed throughout or not.
        found: u32, "70" => group.found;
        /// `found / samples`: no prevalence, for what was not assessed may hide more; at least so many were found.
        frac_found: Fraction, "0.086207" => Fraction(f64::from(group.found) / f64::from(group.samples.max(1)));
    }
}

table! {
    /// A published figure beside that of the cohort.
    PublishedRow(study: &super::published::Study, group: &Group) {
        /// The study.
        study: &'static str, "Jaiswal 2014" => study.name;
        /// Age in years, both ends included.
        age_band: &'static str, "70-79" => study.band;
        /// Persons with a mutation; empty where only a rounded share was seen.
        published_with: Option<u32>, "219" => study.counts.map(|(with, _)| with);
        /// Persons.
        published_persons: Option<u32>, "2300" => study.counts.map(|(_, of)| of);
        /// Share as published.
        published: Fraction, "0.095000" => Fraction(study.share);
        /// Lower end of the 95 % Wilson interval of the published counts.
        published_low: Option<Fraction>, "0.083890" => study.counts.and_then(|(with, of)| low(with, of));
        /// Upper end of the 95 % Wilson interval of the published counts.
        published_high: Option<Fraction>, "0.107872" => study.counts.and_then(|(with, of)| high(with, of));
        /// Samples of the cohort of that age that were assessed in every gene.
        assessed: u32, "310" => group.assessed;
        /// Of them, those with a driver.
        with_driver: u32, "48" => group.with_driver;
        /// Their share.
        prevalence: Option<Fraction>, "0.154839" => share(group.with_driver, group.assessed);
        /// Lower end of its 95 % Wilson interval.
        prevalence_low: Option<Fraction>, "0.118906" => low(group.with_driver, group.assessed);
        /// Upper end of its 95 % Wilson interval.
        prevalence_high: Option<Fraction>, "0.199205" => high(group.with_driver, group.assessed);
        /// Two-sided p-value of Fisher's exact test of both counts; empty where either has none.
        p: Option<super::Probability>, "0.0013" => study.counts.filter(|_| group.assessed > 0)
            .map(|(with, of)| super::Probability(fisher_exact_two_sided([[with, of - with], [group.with_driver, group.assessed - group.with_driver]])));
        /// What to keep in mind beside the figure.
        note: &'static str, "whole exomes" => study.note;
        /// Where the figure was read.
        source: &'static str, "doi:10.1056/NEJMoa1408617" => study.source;
    }
}

#[cfg(test)]
mod tests {
    use super::super::member::Known;
    use super::super::tests_support::{gene, member};
    use super::*;

    #[test]
    fn bands_have_both_ends() {
        for (age, expected) in [
            (Some(0.0), "0-39"),
            (Some(39.9), "0-39"),
            (Some(40.0), "40-49"),
            (Some(79.99), "70-79"),
            (Some(108.0), "90+"),
            (None, "unknown"),
        ] {
            assert_eq!(band_name(age_band(age)), expected);
        }
    }

    /// A VCF without depths: drivers are seen, and nobody was assessed.
    #[test]
    fn drivers_among_samples_that_were_not_assessed_are_no_prevalence() {
        let mut counts = Prevalence::default();
        for i in 0..4 {
            let state = if i == 0 { State::Driver } else { State::NotAssessed };
            counts.add(&member(&format!("S{i}"), vec![gene(state, Known::No)]));
        }
        let rows = counts.rows(&["TET2".to_owned()]);
        let all = rows
            .iter()
            .find(|r| r.gene == "TET2" && r.age_band == "all" && r.sex == "all")
            .unwrap();
        assert_eq!((all.samples, all.assessed, all.prevalence), (4, 0, None));
        assert_eq!((all.found, all.frac_found), (1, Fraction(0.25)));
    }

    #[test]
    fn the_share_is_taken_among_the_assessed() {
        let mut counts = Prevalence::default();
        for (state, known) in [
            (State::Driver, Known::Shown),
            (State::Driver, Known::No),
            (State::NotDetected, Known::Shown),
            (State::NotDetected, Known::Stated),
            (State::Review, Known::Shown),
            (State::NotAssessed, Known::No),
        ] {
            counts.add(&member("S", vec![gene(state, known)]));
        }
        let rows = counts.rows(&["TET2".to_owned()]);
        for name in ["TET2", "any"] {
            let all = rows
                .iter()
                .find(|r| r.gene == name && r.age_band == "all" && r.sex == "all")
                .unwrap();
            assert_eq!(
                (all.assessed, all.with_driver, all.with_review),
                (4, 1, 1),
                "{name}"
            );
            assert_eq!(all.prevalence, Some(Fraction(0.25)));
            // scipy 1.11: proportion_confint(1, 4, method="wilson") is 0.0456, 0.6994.
            assert!((all.prevalence_low.unwrap().0 - 0.0456).abs() < 1e-4);
        }
    }
}
