//! How likely the reads of one clone at its visits are, given its size at each of them.

use statrs::function::gamma::ln_gamma;

/// Spread of the counts beyond that of drawing reads, as the concentration α + β of a beta-binomial; `None` for the binomial.
pub(super) type Concentration = Option<f64>;

/// Fractions are kept from 0 and 1, where no count but one is possible.
const LEAST: f64 = 1e-12;

/// What one visit says of a clone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sight {
    /// So many of `depth` fragments show it.
    Counted {
        /// Fragments with the variant.
        alt: u32,
        /// All fragments.
        depth: u32,
    },
    /// It was looked for and not called: fewer than `least` of `depth` fragments showed it.
    Fewer {
        /// Fragments that a call needs.
        least: u32,
        /// All fragments, or as many as give the detection limit that the report states.
        depth: u32,
    },
}

impl Sight {
    /// Returns the logarithm of the probability at a VAF, but for what the VAF does not change (the number of ways to draw the fragments).
    pub(super) fn log_probability(self, vaf: f64, concentration: Concentration) -> f64 {
        let vaf = vaf.clamp(LEAST, 1.0 - LEAST);
        match self {
            Self::Counted { alt, depth } => log_mass(alt, depth, vaf, concentration),
            Self::Fewer { least, depth } => log_chance_of_fewer(least, depth, vaf, concentration),
        }
    }
}

/// Returns the logarithm of the probability of `alt` of `depth` fragments in one order of drawing.
fn log_mass(alt: u32, depth: u32, vaf: f64, concentration: Concentration) -> f64 {
    let (k, n) = (f64::from(alt), f64::from(depth));
    match concentration {
        None => k * vaf.ln() + (n - k) * (-vaf).ln_1p(),
        Some(both) => {
            let (alpha, beta) = (vaf * both, (1.0 - vaf) * both);
            let rising = |from: f64, by: f64| ln_gamma(from + by) - ln_gamma(from);
            rising(alpha, k) + rising(beta, n - k) - rising(both, n)
        }
    }
}

/// Returns the logarithm of the probability of fewer than `least` of `depth` fragments, by the ratio of neighbours.
fn log_chance_of_fewer(least: u32, depth: u32, vaf: f64, concentration: Concentration) -> f64 {
    let n = f64::from(depth);
    let ratio = |k: f64| match concentration {
        None => (n - k) / (k + 1.0) * vaf / (1.0 - vaf),
        Some(both) => {
            let (alpha, beta) = (vaf * both, (1.0 - vaf) * both);
            (n - k) / (k + 1.0) * (k + alpha) / (n - k - 1.0 + beta)
        }
    };
    let (mut term, mut sum) = (1.0, 0.0);
    for k in 0..least.min(depth.saturating_add(1)) {
        sum += term;
        term *= ratio(f64::from(k));
    }
    log_mass(0, depth, vaf, concentration) + sum.ln()
}

/// A clone that grows along a logistic curve: its VAF at time t is `ceiling` / (1 + exp(-(`level` + `rate` · t))).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Curve {
    /// Logit of the share of `ceiling` at time 0.
    pub level: f64,
    /// Change of the logit per year.
    pub rate: f64,
    /// VAF of a clone of all cells: 0.5 where one of two copies carries the variant, 1 where all do.
    pub ceiling: f64,
}

impl Curve {
    /// Returns the VAF at a time, in years.
    pub(super) fn vaf(&self, time: f64) -> f64 {
        self.ceiling * sigmoid(self.level + self.rate * time)
    }
}

/// Returns 1 / (1 + exp(-x)).
pub(super) fn sigmoid(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + (-x).exp())
    } else {
        x.exp() / (1.0 + x.exp())
    }
}

/// Returns the logarithm of the odds of a share.
pub(super) fn logit(share: f64) -> f64 {
    share.ln() - (-share).ln_1p()
}

/// The visits of one clone, at times in years.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sights {
    /// Time and what was seen, in order of time.
    pub of: Vec<(f64, Sight)>,
    /// VAF of a clone of all cells.
    pub ceiling: f64,
}

impl Sights {
    /// Returns the logarithm of the likelihood of a curve.
    pub(super) fn log_likelihood(&self, level: f64, rate: f64, concentration: Concentration) -> f64 {
        let curve = Curve {
            level,
            rate,
            ceiling: self.ceiling,
        };
        let each = |(time, sight): &(f64, Sight)| sight.log_probability(curve.vaf(*time), concentration);
        self.of.iter().map(each).sum()
    }
}
