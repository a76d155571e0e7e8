//! Error rates of substitutions, learned from the sample's own target columns.
//!
//! A channel is a substitution as the sequencer read it (complemented on the reverse strand) in its trinucleotide, the place of
//! the read in its pair, and how the base was seen. What happens to a molecule before sequencing (deamination, oxidation) shows as
//! an excess of one substitution in one place of the pair; what the sequencer does, as an excess at lower quality. Rates are
//! shrunk towards the mean of their substitution, these towards that of their sight: a panel has some ten thousand columns,
//! too few for a thousand channels each on its own. The sequencing cycle is a factor on top (`cycle`).

use crate::alignments::counts::cycle::{CycleCounts, CycleDepth, CycleModel};
use crate::alignments::counts::observation::SIGHTS;
use crate::alignments::counts::substitution::{Column, Context, Exposure, total};
use crate::alignments::input::reference::base_index;

/// Trinucleotides times alternative bases.
const SUBSTITUTIONS: usize = 192;
/// Substitutions regardless of the neighbors.
const PLAIN: usize = 12;
/// Channels: substitution × place in the pair × sight.
const CHANNELS: usize = SUBSTITUTIONS * 2 * SIGHTS;

/// Errors per fragment and alternative base expected where the sample says nothing: base quality 25 and 37, and what two mates
/// share, which is damage. Three times the rate is that of any wrong base.
const PRIOR_RATES: [f64; SIGHTS] = [5e-4, 5e-5, 1e-5];
/// Weight of a coarser rate, in errors.
const PRIOR_ERRORS: f64 = 4.0;
/// Smallest rate believed, by sight: a sample that shows no error at all is a small sample.
const LOWEST_RATES: [f64; SIGHTS] = [2e-5, 2e-6, 1e-6];

/// Squared coefficient of variation of rates between sites of one channel that is supposed before anything is seen, and its
/// weight in pairs of errors.
const PRIOR_DISPERSION: f64 = 0.25;
const PRIOR_PAIRS: f64 = 8.0;
/// Largest fraction at which an allele counts as error when rates are learned; above it a clone or a germline variant.
const LARGEST_ERROR_FRACTION: f64 = 0.003;
/// Fragments up to which an allele counts as error whatever its fraction.
const FEW: u32 = 2;

/// Sums from which rates are learned.
#[derive(Clone, Debug)]
pub(crate) struct ErrorCounts {
    exposed: Vec<f64>,
    errors: Vec<f64>,
    /// By substitution: the sum of squared exposures and of ordered pairs of errors at one site.
    squares: Vec<f64>,
    pairs: Vec<f64>,
    /// Bases and errors by sequencing cycle.
    pub cycles: CycleCounts,
}

impl Default for ErrorCounts {
    fn default() -> Self {
        Self {
            exposed: vec![0.0; CHANNELS],
            errors: vec![0.0; CHANNELS],
            squares: vec![0.0; SUBSTITUTIONS],
            pairs: vec![0.0; SUBSTITUTIONS],
            cycles: CycleCounts::default(),
        }
    }
}

impl ErrorCounts {
    /// Adds a column: exposure and errors of its three alternative bases, but for those that are no error.
    pub(crate) fn add(&mut self, column: &Column<'_>) {
        let depth = total(&column.exposure);
        for alternate in column.alternates() {
            let seen = if column.is_plain() {
                Exposure::default()
            } else {
                column.seen(alternate)
            };
            let count = total(&seen);
            if count > FEW && f64::from(count) > LARGEST_ERROR_FRACTION * f64::from(depth) {
                continue;
            }
            let Some(plain) = substitution(column.context, alternate, false) else {
                continue;
            };
            self.squares[plain] += f64::from(depth).powi(2);
            self.pairs[plain] += f64::from(count) * f64::from(count.saturating_sub(1));
            for (cycle, sight) in column.sightings(alternate) {
                self.cycles.add_error(cycle, sight);
            }
            for (group, (exposed, errors)) in column.exposure.iter().zip(&seen).enumerate() {
                let Some(first) = channel(column.context, alternate, group) else {
                    continue;
                };
                for (sight, (exposed, errors)) in exposed.iter().zip(errors).enumerate() {
                    self.exposed[first + sight] += f64::from(*exposed);
                    self.errors[first + sight] += f64::from(*errors);
                }
            }
        }
    }

    /// Adds the sums of another part of the sample.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (mine, theirs) in [
            (&mut self.exposed, &other.exposed),
            (&mut self.errors, &other.errors),
            (&mut self.squares, &other.squares),
            (&mut self.pairs, &other.pairs),
        ] {
            mine.iter_mut().zip(theirs).for_each(|(a, b)| *a += b);
        }
        self.cycles.merge(&other.cycles);
    }

    /// Learns the rates.
    pub(crate) fn learn(&self) -> ErrorModel {
        let by_sight = self.rates_by_sight();
        let mut plain_rates = vec![0.0; PLAIN * 2 * SIGHTS];
        let (mut exposed, mut errors) = (plain_rates.clone(), plain_rates.clone());
        for channel in 0..CHANNELS {
            let plain = plain_channel(channel);
            exposed[plain] += self.exposed[channel];
            errors[plain] += self.errors[channel];
        }
        for (index, rate) in plain_rates.iter_mut().enumerate() {
            *rate = shrunk(errors[index], exposed[index], by_sight[index % SIGHTS]);
        }
        let rates: Vec<f64> = (0..CHANNELS)
            .map(|c| {
                shrunk(self.errors[c], self.exposed[c], plain_rates[plain_channel(c)])
                    .max(LOWEST_RATES[c % SIGHTS])
            })
            .collect();
        ErrorModel {
            dispersion: self.dispersion(),
            cycles: self.cycles.learn(),
            rates,
            plain_rates,
        }
    }

    fn rates_by_sight(&self) -> [f64; SIGHTS] {
        std::array::from_fn(|sight| {
            let sum = |values: &[f64]| values.iter().skip(sight).step_by(SIGHTS).sum::<f64>();
            shrunk(sum(&self.errors), sum(&self.exposed), PRIOR_RATES[sight])
        })
    }

    /// Moments: were all sites of a substitution alike, ordered pairs of errors at one site would number `Σ (n·rate)²`.
    fn dispersion(&self) -> f64 {
        let rate = |substitution: usize| {
            let channels = substitution * 2 * SIGHTS..(substitution + 1) * 2 * SIGHTS;
            let exposed: f64 = self.exposed[channels.clone()].iter().sum();
            let errors: f64 = self.errors[channels].iter().sum();
            if exposed > 0.0 { errors / exposed } else { 0.0 }
        };
        let (mut expected, mut seen) = (0.0, 0.0);
        for substitution in 0..SUBSTITUTIONS {
            // Half of the reads over a column are reverse and show the complement.
            let here = f64::midpoint(rate(substitution), rate(complemented(substitution)));
            expected += here.powi(2) * self.squares[substitution];
            seen += self.pairs[substitution];
        }
        let ratio = (seen + PRIOR_PAIRS * (1.0 + PRIOR_DISPERSION)) / (expected + PRIOR_PAIRS);
        (ratio - 1.0).clamp(0.01, 5.0)
    }
}

/// Returns the number of the same substitution as the other strand shows it.
const fn complemented(substitution: usize) -> usize {
    let (plain, before, behind) = (substitution / 16, substitution / 4 % 4, substitution % 4);
    let base = plain / 3;
    let mut alternate = plain % 3;
    if alternate >= base {
        alternate += 1;
    }
    let (base, alternate) = (complement(base), complement(alternate));
    let mut plain = base * 3 + alternate;
    if alternate > base {
        plain -= 1;
    }
    (plain * 4 + complement(behind)) * 4 + complement(before)
}

fn shrunk(errors: f64, exposed: f64, towards: f64) -> f64 {
    (errors + PRIOR_ERRORS) / (exposed + PRIOR_ERRORS / towards)
}

/// What the sample's errors look like.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorModel {
    /// Squared coefficient of variation of rates between sites.
    pub dispersion: f64,
    cycles: CycleModel,
    rates: Vec<f64>,
    plain_rates: Vec<f64>,
}

impl ErrorModel {
    /// Returns errors expected, and mean rates per fragment, by sight, for one alternative base at a column that single reads
    /// cover in these cycles.
    pub fn expected(
        &self,
        context: Context,
        alternate: u8,
        exposure: &Exposure,
        cycles: &CycleDepth,
    ) -> ([f64; SIGHTS], [f64; SIGHTS]) {
        let (mut means, mut rates) = ([0.0; SIGHTS], [0.0; SIGHTS]);
        let [middle, high] = self.cycles.factors_at(cycles);
        let factors = [middle, high, 1.0];
        for sight in 0..SIGHTS {
            let mut exposed = 0.0;
            for (group, sights) in exposure.iter().enumerate() {
                let rate = match channel(context, alternate, group) {
                    Some(first) => (self.rates[first + sight] * factors[sight]).max(LOWEST_RATES[sight]),
                    None => PRIOR_RATES[sight],
                };
                let n = f64::from(sights[sight]);
                means[sight] += n * rate;
                exposed += n;
                rates[sight] += rate / 4.0;
            }
            if exposed > 0.0 {
                rates[sight] = means[sight] / exposed;
            }
        }
        (means, rates)
    }

    /// Returns the rate of a substitution as sequenced, whatever its neighbors: bases as codes.
    pub fn plain_rate(&self, base: u8, alternate: u8, second: bool, sight: usize) -> Option<f64> {
        let plain = plain_substitution(base, alternate)?;
        self.plain_rates
            .get((plain * 2 + usize::from(second)) * SIGHTS + sight)
            .copied()
    }
}

/// Complement by index: A 0, C 1, G 2, T 3.
const fn complement(index: usize) -> usize {
    3 - index
}

fn plain_substitution(base: u8, alternate: u8) -> Option<usize> {
    let (base, alternate) = (base_index(base)?, base_index(alternate)?);
    (base != alternate).then(|| base * 3 + alternate - usize::from(alternate > base))
}

/// Returns the number of a substitution as sequenced.
fn substitution(context: Context, alternate: u8, reverse: bool) -> Option<usize> {
    // An unknown neighbor counts as A; there are few.
    let flank = |code| base_index(code).unwrap_or(0);
    let (mut before, mut base, mut behind) = (
        flank(context.before),
        base_index(context.base)?,
        flank(context.behind),
    );
    let mut alternate = base_index(alternate)?;
    if reverse {
        (before, behind) = (complement(behind), complement(before));
        base = complement(base);
        alternate = complement(alternate);
    }
    let plain = base * 3 + alternate - usize::from(alternate > base);
    Some((plain * 4 + before) * 4 + behind)
}

/// Returns the first of the channels (one a sight) of a substitution in a group of reads.
fn channel(context: Context, alternate: u8, group: usize) -> Option<usize> {
    let (reverse, second) = (group % 2 == 1, group / 2);
    Some((substitution(context, alternate, reverse)? * 2 + second) * SIGHTS)
}

fn plain_channel(channel: usize) -> usize {
    let (rest, sight) = (channel / SIGHTS, channel % SIGHTS);
    let (substitution, second) = (rest / 2, rest % 2);
    (substitution / 16 * 2 + second) * SIGHTS + sight
}
