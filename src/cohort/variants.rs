//! How often each allele is seen, and whether it looks like an error, a clone or an inherited variant.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::Probability;
use super::artifact::{Evidence, Odds};
use super::member::{Member, Seen};
use super::multiple::benjamini_hochberg;
use super::names::Names;
use crate::drivers::CallStatus;
use crate::evidence::statistics::fisher_exact_two_sided;
use crate::report::table::table;
use crate::report::value::{Fraction, Number};

/// Odds from which an allele is named a likely artifact, and below the inverse of which a likely true change. A choice of this program.
const LIKELY: f64 = 10.0;

/// Carriers from which an allele is tested for belonging to a batch.
const TESTED: u32 = 3;

/// Share of false findings among the batch effects named.
const FALSE_FINDINGS: f64 = 0.05;

/// An allele over all samples. Whole numbers only, so that nothing depends on their order.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Tally {
    gene: u16,
    /// Its name and its coding change, by their numbers among the texts.
    name: u32,
    coding: Option<u32>,
    carriers: u32,
    drivers: u32,
    artifacts: u32,
    doubted: u32,
    inherited: u32,
    below: u32,
    is_listed: bool,
    /// Number of fractions, their sum and that of their squares, in millionths: 64 bits hold those of 18 million carriers.
    vaf: (u32, u64, u64),
    evidence: Evidence,
    /// Carriers by batch, where batches are known.
    batches: SmallVec<[(u32, u32); 2]>,
    /// Whether it tells persons apart.
    pub carried: u32,
}

/// Every allele of the cohort, by key.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Variants {
    keys: Names,
    tallies: Vec<Tally>,
    /// Names and coding changes.
    texts: Names,
    batches: Names,
}

/// Carriers and samples, by batch.
#[derive(Clone, Copy, Debug)]
struct Batch<'a> {
    name: &'a str,
    samples: u32,
}

/// An allele as it stands in the table.
struct Allele<'a> {
    key: &'a str,
    gene: &'a str,
    name: &'a str,
    coding: Option<&'a str>,
    tally: &'a Tally,
    odds: Option<Odds>,
}

impl Variants {
    /// Counts the alleles of a sample; returns their places, in the order of its calls. A record that contradicts the reference is none, and
    /// an allele that lies on two genes, so that the sample has two calls of it, has one carrier more.
    pub(super) fn add(&mut self, member: &Member) -> Vec<Option<u32>> {
        let batch = member.batch.as_deref().map(|name| self.batches.place(name));
        let mut places: Vec<Option<u32>> = Vec::with_capacity(member.calls.len());
        for seen in &member.calls {
            let place = (seen.status != CallStatus::ReferenceMismatch).then(|| self.place(seen));
            if let Some(place) = place {
                let again = places.contains(&Some(place));
                self.count(place, seen, batch, again);
            }
            places.push(place);
        }
        places
    }

    fn place(&mut self, seen: &Seen) -> u32 {
        let place = self.keys.place(&seen.key);
        if place as usize == self.tallies.len() {
            self.tallies.push(Tally::default());
        }
        place
    }

    fn count(&mut self, place: u32, seen: &Seen, batch: Option<u32>, again: bool) {
        if let Some(tally) = self.tallies.get_mut(place as usize) {
            tally.take_name(seen, &mut self.texts);
            if !again {
                tally.add(seen, batch);
            }
        }
    }

    /// Returns an allele.
    pub(super) fn get(&self, place: u32) -> Option<&Tally> {
        self.tallies.get(place as usize)
    }

    /// Returns the number of different alleles.
    pub(super) const fn len(&self) -> usize {
        self.tallies.len()
    }

    /// Returns the rows one after the other, the allele with most carriers first. `batches` has the samples of each batch.
    pub(super) fn rows<'a>(
        &'a self,
        genes: &'a [String],
        samples: u32,
        batches: &'a BTreeMap<String, u32>,
    ) -> impl Iterator<Item = VariantRow> + 'a {
        let mut sorted: Vec<(&Tally, &str)> = self.tallies.iter().zip(self.keys.iter()).collect();
        sorted.sort_unstable_by(|a, b| b.0.carriers.cmp(&a.0.carriers).then_with(|| a.1.cmp(b.1)));
        // Those that are tested have most carriers, and come first.
        let tested = sorted.partition_point(|(tally, _)| tally.carriers >= TESTED);
        let tests: Vec<Option<BatchTest<'_>>> = sorted[..tested]
            .iter()
            .map(|(tally, _)| self.batch_test(tally, samples, batches))
            .collect();
        let p: Vec<f64> = tests.iter().flatten().map(|test| test.p).collect();
        let mut q = benjamini_hochberg(&p).into_iter();
        let tests = tests.into_iter().chain(std::iter::repeat_with(|| None));
        sorted.into_iter().zip(tests).map(move |((tally, key), test)| {
            let test = test.and_then(|test| Some((test, q.next()?)));
            let allele = Allele {
                key,
                gene: genes.get(usize::from(tally.gene)).map_or("", String::as_str),
                name: self.texts.get(tally.name),
                coding: tally.coding.map(|place| self.texts.get(place)),
                tally,
                odds: tally.odds(),
            };
            VariantRow::new(&allele, samples, test.as_ref())
        })
    }

    /// Tests whether the batch in which an allele is most frequent has more of it than the others.
    fn batch_test<'a>(
        &'a self,
        tally: &Tally,
        samples: u32,
        batches: &BTreeMap<String, u32>,
    ) -> Option<BatchTest<'a>> {
        if tally.carriers < TESTED || batches.len() < 2 {
            return None;
        }
        let of = |(place, with): &(u32, u32)| {
            let name = self.batches.get(*place);
            let samples = *batches.get(name)?;
            Some((Batch { name, samples }, *with))
        };
        let share = |(batch, with): &(Batch<'_>, u32)| f64::from(*with) / f64::from(batch.samples.max(1));
        let (batch, with) = tally
            .batches
            .iter()
            .filter_map(of)
            .max_by(|a, b| share(a).total_cmp(&share(b)).then_with(|| b.0.name.cmp(a.0.name)))?;
        let elsewhere = tally.carriers.saturating_sub(with);
        let others = samples.saturating_sub(batch.samples);
        let p = fisher_exact_two_sided([
            [with, batch.samples.saturating_sub(with)],
            [elsewhere, others.saturating_sub(elsewhere)],
        ]);
        Some(BatchTest { batch, with, p })
    }
}

/// The batch in which an allele is most frequent.
struct BatchTest<'a> {
    batch: Batch<'a>,
    with: u32,
    p: f64,
}

impl Tally {
    /// Takes over how a sample names the allele. It may lie on two genes, and versions of the program may name it otherwise: the first gene of the
    /// panel and the first names in order decide, whichever sample comes first.
    fn take_name(&mut self, seen: &Seen, texts: &mut Names) {
        let known = (
            self.gene,
            texts.get(self.name),
            self.coding.map(|place| texts.get(place)),
        );
        if self.carriers == 0 || (seen.gene, seen.name.as_str(), seen.coding.as_deref()) < known {
            self.gene = seen.gene;
            self.name = texts.place(&seen.name);
            self.coding = seen.coding.as_deref().map(|coding| texts.place(coding));
        }
    }

    fn add(&mut self, seen: &Seen, batch: Option<u32>) {
        self.carriers += 1;
        self.drivers += u32::from(matches!(
            seen.status,
            CallStatus::Driver | CallStatus::DriverReview
        ));
        self.artifacts += u32::from(seen.status == CallStatus::ArtifactSuspected);
        self.doubted += u32::from(seen.is_doubted);
        self.inherited += u32::from(seen.status == CallStatus::GermlineSuspected);
        self.below += u32::from(seen.status == CallStatus::BelowThreshold);
        self.is_listed |= seen.is_listed;
        self.carried += u32::from(seen.is_carried);
        if let Some(vaf) = seen.vaf {
            let millionths = millionths(vaf);
            self.vaf.0 += 1;
            self.vaf.1 += millionths;
            self.vaf.2 = self.vaf.2.saturating_add(millionths.saturating_mul(millionths));
        }
        if let Some((alternative, depth)) = seen.counts.filter(|(alternative, _)| *alternative > 0) {
            self.evidence.add(alternative, depth, seen.strands);
        }
        if let Some(batch) = batch {
            match self.batches.iter_mut().find(|(place, _)| *place == batch) {
                Some((_, with)) => *with += 1,
                None => self.batches.push((batch, 1)),
            }
        }
    }

    fn mean(&self) -> Option<f64> {
        let (count, sum, _) = self.vaf;
        (count > 0).then(|| sum as f64 / 1e6 / f64::from(count))
    }

    /// Standard deviation of the fractions; `None` for fewer than two.
    fn spread(&self) -> Option<f64> {
        let (count, sum, squares) = self.vaf;
        let n = u128::from(count);
        // n Σx² − (Σx)² is a whole number: nothing cancels.
        let whole = (n * u128::from(squares)).checked_sub(u128::from(sum) * u128::from(sum))?;
        (count > 1).then(|| (whole as f64 / (f64::from(count) * f64::from(count - 1))).sqrt() / 1e6)
    }

    /// Whether most carriers have it as one has an inherited variant.
    fn looks_inherited(&self) -> bool {
        2 * self.inherited.max(self.carried) > self.carriers
    }

    fn odds(&self) -> Option<Odds> {
        let recurs = self.carriers > 1 && !self.looks_inherited();
        recurs.then(|| self.evidence.odds(self.carriers, self.doubted, self.is_listed))
    }
}

impl Allele<'_> {
    /// Returns the coding change, which is the name where there is no protein change.
    fn coding(&self) -> Option<String> {
        let named = Some(self.name).filter(|name| !name.is_empty() && !name.starts_with("p."));
        self.coding.or(named).map(str::to_owned)
    }

    fn kind(&self) -> &'static str {
        if self.tally.looks_inherited() {
            return "inherited";
        }
        match self.odds {
            None => "single",
            Some(odds) if odds.odds >= LIKELY => "likely_artifact",
            Some(odds) if odds.odds <= 1.0 / LIKELY => "likely_true",
            Some(_) => "unclear",
        }
    }

    /// Returns one of the odds with three digits.
    fn odds(&self, of: fn(&Odds) -> f64) -> Option<Number> {
        self.odds.as_ref().map(|odds| three_digits(of(odds)))
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a fraction in millionths"
)]
fn millionths(vaf: f64) -> u64 {
    (vaf * 1e6).round() as u64
}

/// Rounds to three significant digits.
fn three_digits(value: f64) -> Number {
    Number(format!("{value:.2e}").parse().unwrap_or(value))
}

fn part(key: &str, place: usize) -> String {
    key.split(':').nth(place).unwrap_or_default().to_owned()
}

table! {
    /// One allele over all samples.
    VariantRow(allele: &Allele<'_>, samples: u32, batch: Option<&(BatchTest<'_>, f64)>) {
        /// Chromosome, UCSC name on both builds.
        chrom: String, "chr20" => part(allele.key, 1);
        /// Position of the normalized variant, 1-based, plus strand.
        pos: u64, "32434638" => part(allele.key, 2).parse().unwrap_or_default();
        /// Reference allele, trimmed; an indel keeps the one base before it.
        reference as "ref": String, "A" => part(allele.key, 3);
        /// Alternative allele.
        alternate as "alt": String, "AG" => part(allele.key, 4);
        /// Samples with the allele, whatever it was taken for; `--recurrent` reads this.
        samples_with: u32, "57" => allele.tally.carriers;
        /// Samples of the cohort, whether or not the place was looked at: the input of a sample does not always say.
        samples: u32, "812" => samples;
        /// Mean VAF over the samples that have the allele.
        mean_vaf: Option<Fraction>, "0.031000" => allele.tally.mean().map(Fraction);
        /// Genome build of the position.
        build: String, "GRCh38" => part(allele.key, 0);
        /// The variant in one word, as in the calls table.
        variant_key: String, "GRCh38:chr20:32434638:A:AG" => allele.key.to_owned();
        /// HGNC gene symbol; the first of the panel where two genes share the allele.
        gene: String, "ASXL1" => allele.gene.to_owned();
        /// Protein change, or the coding change where there is none.
        name: Option<String>, "p.G646Wfs*12" => (!allele.name.is_empty()).then(|| allele.name.to_owned());
        /// Coding change; empty where it could not be determined.
        coding: Option<String>, "c.1934dup" => allele.coding();
        /// Standard deviation of the VAF over these samples; empty for fewer than two.
        sd_vaf: Option<Fraction>, "0.006100" => allele.tally.spread().map(Fraction);
        /// Samples in which it is a driver or a driver to review.
        as_driver: u32, "12" => allele.tally.drivers;
        /// Samples in which it was taken for an artifact.
        as_artifact: u32, "31" => allele.tally.artifacts;
        /// Samples in which it was taken for inherited.
        as_inherited: u32, "0" => allele.tally.inherited;
        /// Samples in which it is below the thresholds.
        below_threshold: u32, "14" => allele.tally.below;
        /// Whether a rule of any set calls the change a driver.
        is_listed: bool, "true" => allele.tally.is_listed;
        /// `inherited` (in most carriers), `likely_artifact`, `unclear` or `likely_true` by `artifact_odds`, `single` for one carrier.
        kind: &'static str, "likely_artifact" => allele.kind();
        /// Odds that it is an error; empty for one carrier and for an inherited variant. Held against simulated alleles from 10 on and up to 0.1, a guide for the eye between (docs/cohort.md).
        artifact_odds: Option<Number>, "41.3" => allele.odds(|odds| odds.odds);
        /// Its factor from the fractions: one rate in every sample, or a clone of its own size in each.
        odds_fractions: Option<Number>, "880" => allele.odds(|odds| odds.fractions);
        /// Its factor from the strands, pooled over samples.
        odds_strands: Option<Number>, "0.51" => allele.odds(|odds| odds.strands);
        /// Its factor from what filters said in the samples.
        odds_filters: Option<Number>, "4.2" => allele.odds(|odds| odds.filters);
        /// Its factor from recurring: a listed change is selected for, another is not.
        odds_recurs: Option<Number>, "0.02" => allele.odds(|odds| odds.recurs);
        /// Batch in which it is most frequent; empty without batches and for fewer than three carriers.
        batch: Option<String>, "run17" => batch.map(|(test, _)| test.batch.name.to_owned());
        /// Samples of that batch with the allele.
        batch_with: Option<u32>, "40" => batch.map(|(test, _)| test.with);
        /// Samples of that batch.
        batch_samples: Option<u32>, "48" => batch.map(|(test, _)| test.batch.samples);
        /// Two-sided p-value of Fisher's exact test of that batch against all others, held against the number of alleles tested
        /// (Benjamini and Hochberg 1995). The batch was chosen for its share, so that it is somewhat too small.
        batch_q: Option<Probability>, "1e-6" => batch.map(|(_, q)| Probability(*q));
        /// Whether `batch_q` is below 0.05: an effect of the batch, unless its persons differ.
        batch_effect: Option<bool>, "true" => batch.map(|(_, q)| *q < FALSE_FINDINGS);
    }
}

impl VariantRow {
    /// Whether `analyze --recurrent` should doubt it: seen in several samples, neither inherited nor likely true.
    pub fn is_recurrent_doubt(&self) -> bool {
        matches!(self.kind, "likely_artifact" | "unclear")
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{member, seen};
    use super::*;

    fn rows(members: &[Member]) -> Vec<VariantRow> {
        let mut variants = Variants::default();
        let mut batches = BTreeMap::new();
        for member in members {
            variants.add(member);
            if let Some(batch) = &member.batch {
                *batches.entry(batch.clone()).or_default() += 1;
            }
        }
        let samples = u32::try_from(members.len()).unwrap();
        variants.rows(&["TET2".to_owned()], samples, &batches).collect()
    }

    fn carriers(counts: &[(u32, u32)], status: CallStatus) -> Vec<Member> {
        let one = |(i, counts): (usize, &(u32, u32))| {
            let mut member = member(&format!("S{i}"), vec![]);
            member.calls.push(seen("GRCh38:chr4:100:A:C", *counts, status));
            member
        };
        counts.iter().enumerate().map(one).collect()
    }

    #[test]
    fn counts_mean_and_spread() {
        let rows = rows(&carriers(
            &[(20, 1000), (40, 1000), (60, 1000)],
            CallStatus::Uncertain,
        ));
        let row = &rows[0];
        assert_eq!(
            (row.samples_with, row.samples, row.chrom.as_str(), row.pos),
            (3, 3, "chr4", 100)
        );
        assert_eq!(row.mean_vaf, Some(Fraction(0.04)));
        assert!((row.sd_vaf.unwrap().0 - 0.02).abs() < 1e-12);
    }

    #[test]
    fn one_is_no_recurrence_and_an_inherited_one_no_artifact() {
        assert_eq!(
            rows(&carriers(&[(20, 1000)], CallStatus::Uncertain))[0].kind,
            "single"
        );
        let inherited = &rows(&carriers(
            &[(500, 1000), (480, 1000), (510, 1000)],
            CallStatus::GermlineSuspected,
        ))[0];
        assert_eq!((inherited.kind, inherited.artifact_odds), ("inherited", None));
        let error = &rows(&carriers(
            &[(30, 1000), (31, 1000), (29, 1000), (30, 990)],
            CallStatus::ArtifactSuspected,
        ))[0];
        assert_eq!(error.kind, "likely_artifact");
        assert!(error.is_recurrent_doubt());
    }

    #[test]
    fn an_allele_of_one_run_is_an_effect_of_it() {
        let mut members = carriers(&[(30, 1000); 12], CallStatus::Uncertain);
        for i in 0..60 {
            members.push(member(&format!("T{i}"), vec![]));
        }
        for (i, member) in members.iter_mut().enumerate() {
            member.batch = Some(if i < 14 { "run2" } else { "run1" }.to_owned());
        }
        let row = &rows(&members)[0];
        assert_eq!(
            (row.batch.as_deref(), row.batch_with, row.batch_samples),
            (Some("run2"), Some(12), Some(14))
        );
        assert_eq!(row.batch_effect, Some(true));
    }

    #[test]
    fn an_allele_on_two_genes_has_one_carrier_a_sample() {
        let mut members = carriers(&[(30, 1000), (32, 1000)], CallStatus::Uncertain);
        for member in &mut members {
            let mut other = member.calls[0].clone();
            other.gene = 1;
            member.calls.push(other);
        }
        let rows = rows(&members);
        assert_eq!(
            (rows.len(), rows[0].samples_with, rows[0].gene.as_str()),
            (1, 2, "TET2")
        );
    }

    #[test]
    fn a_contradiction_of_the_reference_is_no_allele() {
        assert!(rows(&carriers(&[(30, 1000)], CallStatus::ReferenceMismatch)).is_empty());
    }
}
