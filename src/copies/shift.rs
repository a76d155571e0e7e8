//! How far the two alleles of heterozygous sites are off balance: likelihoods of the counts, what is usual in the sample, and the odds.
//!
//! The fraction of an allele that a clone has more of is 0.5 + *s*; which of the two the alternative is, is not known, so that each site
//! is a mixture of both. Counts are beta-binomial, with a mean (reads of the reference are aligned a little better) and a dispersion that
//! the sites of the other chromosomes tell. A site may also be none (see [`SiteOrigin::doubt`](super::SiteOrigin)): then its fraction is any.

use super::sites::HeterozygousSite;
use crate::evidence::statistics::beta_binomial_between;

/// Shifts that are tried: so many, so far apart, from one step up.
pub(super) const NODES: usize = 32;
pub(super) const STEP: f64 = 0.015;
/// Means of the alternative allele's fraction, and dispersions (correlation of two fragments of a site), that are tried.
const MEANS: [f64; 7] = [0.46, 0.47, 0.48, 0.49, 0.50, 0.51, 0.52];
const DISPERSIONS: [f64; 8] = [0.0002, 0.0005, 0.001, 0.002, 0.004, 0.008, 0.015, 0.03];
/// What is known of the mean before: reads of the reference are aligned a little better (assumption).
const USUAL_MEAN: f64 = 0.49;
const USUAL_MEAN_SPREAD: f64 = 0.012;
/// Chance that a site of another chromosome is itself off balance, beside the doubt whether it is one.
const ELSEWHERE: f64 = 0.1;
/// Weight, of the largest, below which a setting is not followed.
const NEGLIGIBLE: f64 = 0.02;

/// Returns the shift of a node.
pub(super) fn shift_of(node: usize) -> f64 {
    STEP * (node as f64 + 1.0)
}

/// Counts of the two alleles; whole numbers but for what is supposed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Counts {
    pub alternate: f64,
    pub depth: f64,
    /// Chance that it is no heterozygous site.
    pub doubt: f64,
}

impl From<&HeterozygousSite> for Counts {
    fn from(site: &HeterozygousSite) -> Self {
        Self {
            alternate: f64::from(site.alternate),
            depth: f64::from(site.depth()),
            doubt: site.origin.doubt(),
        }
    }
}

/// A mean and a dispersion that the sample may have.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Setting {
    mean: f64,
    dispersion: f64,
    /// Natural logarithm of its probability.
    weight: f64,
}

/// What is usual in a sample.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Usual {
    settings: Vec<Setting>,
}

impl Usual {
    /// Learns it from sites that are balanced, but for a few.
    pub(super) fn learned(sites: &[Counts]) -> Self {
        let mut settings = Vec::with_capacity(MEANS.len() * DISPERSIONS.len());
        for mean in MEANS {
            for dispersion in DISPERSIONS {
                let likelihood = |site: &Counts| {
                    let doubt = (site.doubt + ELSEWHERE).min(0.5);
                    ((1.0 - doubt) * over_even(site, mean, dispersion) + doubt).ln()
                };
                let off = (mean - USUAL_MEAN) / USUAL_MEAN_SPREAD;
                let weight = sites.iter().map(likelihood).sum::<f64>() - off * off / 2.0;
                settings.push(Setting {
                    mean,
                    dispersion,
                    weight,
                });
            }
        }
        let all = log_sum(settings.iter().map(|s| s.weight));
        let largest = settings
            .iter()
            .map(|s| s.weight)
            .fold(f64::NEG_INFINITY, f64::max);
        settings.retain(|s| s.weight >= largest + NEGLIGIBLE.ln());
        for setting in &mut settings {
            setting.weight -= all;
        }
        Self { settings }
    }

    /// Returns the mean fraction of the alternative allele where both are balanced.
    pub(super) fn mean(&self) -> f64 {
        self.average(|s| s.mean)
    }

    /// Returns the dispersion.
    pub(super) fn dispersion(&self) -> f64 {
        self.average(|s| s.dispersion)
    }

    fn average(&self, value: fn(&Setting) -> f64) -> f64 {
        let weights = || self.settings.iter().map(|s| s.weight.exp());
        let sum: f64 = self
            .settings
            .iter()
            .zip(weights())
            .map(|(s, w)| value(s) * w)
            .sum();
        sum / weights().sum::<f64>()
    }
}

/// What the counts of one site say under each setting, as logarithms over a fraction that may be any.
#[derive(Clone, Debug)]
pub(super) struct Told {
    doubt: f64,
    even: Vec<f64>,
    shifted: Vec<[f64; NODES]>,
}

impl Told {
    pub(super) fn of(counts: &Counts, usual: &Usual) -> Self {
        let within = |likelihood: f64| ((1.0 - counts.doubt) * likelihood + counts.doubt).ln();
        let even = |s: &Setting| within(over_even(counts, s.mean, s.dispersion));
        let shifted = |s: &Setting| {
            std::array::from_fn(|node| {
                let major = 0.5 + shift_of(node);
                let one = over_even(counts, biased(major, s.mean), s.dispersion);
                let other = over_even(counts, biased(1.0 - major, s.mean), s.dispersion);
                within(f64::midpoint(one, other))
            })
        };
        Self {
            doubt: counts.doubt,
            even: usual.settings.iter().map(even).collect(),
            shifted: usual.settings.iter().map(shifted).collect(),
        }
    }

    /// Whether the site itself shows a shift: likelier than none, and likelier than that it is no site.
    fn shows(&self, node: usize) -> bool {
        let best = |values: &mut dyn Iterator<Item = f64>| values.fold(f64::NEG_INFINITY, f64::max);
        let shifted = best(&mut self.shifted.iter().map(|of| of[node]));
        let even = best(&mut self.even.iter().copied());
        shifted > even && shifted.exp() > 2.0 * self.doubt
    }
}

/// How a group of sites compares with no shift at all.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Odds {
    /// Natural logarithm of the Bayes factor of a shift, of any size alike, over none.
    pub factor: f64,
    /// Probability of each shift, where there is one.
    pub shifts: [f64; NODES],
    /// Sites that show it.
    pub showing: usize,
}

impl Odds {
    /// Compares: the sites of which `moved` says so are off balance by one shift, the others of the region are not.
    pub(super) fn new(sites: &[Told], moved: impl Fn(usize) -> bool, usual: &Usual) -> Self {
        let settings = || usual.settings.iter().enumerate();
        let none = log_sum(settings().map(|(i, s)| s.weight + sites.iter().map(|t| t.even[i]).sum::<f64>()));
        let mut shifts = [0.0; NODES];
        for (node, value) in shifts.iter_mut().enumerate() {
            let told = |i: usize| {
                let of = |(at, site): (usize, &Told)| {
                    if moved(at) {
                        site.shifted[i][node]
                    } else {
                        site.even[i]
                    }
                };
                sites.iter().enumerate().map(of).sum::<f64>()
            };
            *value = log_sum(settings().map(|(i, s)| s.weight + told(i)));
        }
        let all = log_sum(shifts.iter().copied());
        let shifts = shifts.map(|value| (value - all).exp());
        let middle = quantile(&shifts, 0.5);
        let moved = sites.iter().enumerate().filter(|(at, _)| moved(*at));
        Self {
            factor: all - (NODES as f64).ln() - none,
            showing: moved.filter(|(_, site)| site.shows(middle)).count(),
            shifts,
        }
    }
}

/// Returns the node up to which so large a part of the probability lies.
pub(super) fn quantile(shifts: &[f64; NODES], part: f64) -> usize {
    let mut sum = 0.0;
    let below = shifts.iter().take_while(|p| {
        sum += **p;
        sum < part
    });
    below.count().min(NODES - 1)
}

/// Returns the counts of a site whose alleles are off balance by just so much.
pub(super) fn supposed(counts: &Counts, shift: f64, up: bool, mean: f64) -> Counts {
    let major = if up { 0.5 + shift } else { 0.5 - shift };
    Counts {
        alternate: counts.depth * biased(major, mean),
        ..*counts
    }
}

/// Returns the logarithm of a sum of exponentials.
pub(super) fn log_sum(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let largest = values.clone().fold(f64::NEG_INFINITY, f64::max);
    if largest == f64::NEG_INFINITY {
        return largest;
    }
    largest + values.map(|v| (v - largest).exp()).sum::<f64>().ln()
}

/// Returns the fraction that is seen of an allele with this share, where one of two balanced alleles is seen with the fraction `mean`.
pub(super) fn biased(share: f64, mean: f64) -> f64 {
    share * mean / (share * mean + (1.0 - share) * (1.0 - mean))
}

/// Returns the beta-binomial probability of the counts over that of any count, which is 1 / (depth + 1).
fn over_even(counts: &Counts, mean: f64, dispersion: f64) -> f64 {
    let concentration = 1.0 / dispersion - 1.0;
    beta_binomial_between(counts.alternate, counts.depth, mean, concentration) * (counts.depth + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::statistics::beta_binomial_probability;

    #[test]
    fn the_likelihood_is_the_beta_binomial() {
        for (k, n, mean, dispersion) in [
            (250_u32, 500_u32, 0.49, 0.001),
            (12, 40, 0.5, 0.03),
            (1900, 2000, 0.93, 0.0002),
            (3, 50, 0.02, 0.03),
        ] {
            let counts = Counts {
                alternate: f64::from(k),
                depth: f64::from(n),
                doubt: 0.0,
            };
            let expected = beta_binomial_probability(k, n, mean, 1.0 / dispersion - 1.0) * f64::from(n + 1);
            let actual = over_even(&counts, mean, dispersion);
            assert!(
                (actual / expected - 1.0).abs() < 1e-6,
                "{k}/{n}: {actual} {expected}"
            );
        }
    }

    fn site(alternate: u32, depth: u32) -> Counts {
        Counts {
            alternate: f64::from(alternate),
            depth: f64::from(depth),
            doubt: 0.02,
        }
    }

    #[test]
    fn what_is_usual_is_learned_and_outliers_are_not() {
        let even: Vec<Counts> = [480, 489, 501, 495, 477, 492, 485, 499, 490, 483]
            .map(|k| site(k, 1000))
            .to_vec();
        let usual = Usual::learned(&even);
        assert!((usual.mean() - 0.489).abs() < 0.006, "{}", usual.mean());
        assert!(usual.dispersion() < 0.002, "{}", usual.dispersion());
        let with_outliers = [even, vec![site(200, 1000), site(800, 1000)]].concat();
        assert!(Usual::learned(&with_outliers).dispersion() < 0.003);
        let noisy: Vec<Counts> = [380, 600, 450, 550, 420, 580, 500, 350]
            .map(|k| site(k, 1000))
            .to_vec();
        assert!(Usual::learned(&noisy).dispersion() > 0.008);
    }

    #[test]
    fn two_sites_that_agree_show_a_shift_and_one_does_not() {
        let usual = Usual::learned(&[486, 489, 501, 495, 477, 492].map(|k| site(k, 1000)));
        let odds = |counts: &[Counts]| {
            let told: Vec<Told> = counts.iter().map(|c| Told::of(c, &usual)).collect();
            Odds::new(&told, |_| true, &usual)
        };
        let two = odds(&[site(290, 1000), site(690, 1000)]);
        assert!(two.factor > 1000_f64.ln() && two.showing == 2, "{two:?}");
        let middle = shift_of(quantile(&two.shifts, 0.5));
        assert!((middle - 0.2).abs() < 0.02, "{middle}");
        let one = odds(&[site(290, 1000)]);
        assert!(one.factor < 100_f64.ln(), "{one:?}");
        let none = odds(&[site(490, 1000), site(495, 1000)]);
        assert!(none.factor < 0.0 && none.showing == 0, "{none:?}");
    }
}
