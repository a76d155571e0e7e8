//! How large the clones are, by gene.

use serde::{Deserialize, Serialize};

use super::member::Member;
use crate::drivers::CallStatus;

/// Bins of a fraction, equally wide on a logarithmic scale.
pub(super) const BINS: usize = 24;

/// The first bin begins and the last ends here; what lies below is in the first.
pub(super) const RANGE: (f64, f64) = (0.005, 1.0);

/// Drivers and drivers to review, by gene and size.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Vafs(Vec<[u32; BINS]>);

impl Vafs {
    /// Counts the drivers of a sample.
    pub(super) fn add(&mut self, member: &Member) {
        self.0.resize(self.0.len().max(member.genes.len()), [0; BINS]);
        for seen in &member.calls {
            let is_driver = matches!(seen.status, CallStatus::Driver | CallStatus::DriverReview);
            let gene = self.0.get_mut(usize::from(seen.gene)).filter(|_| is_driver);
            if let (Some(gene), Some(vaf)) = (gene, seen.vaf) {
                gene[bin(vaf)] += 1;
            }
        }
    }

    /// Returns the counts, by gene in the order of the panel.
    pub(super) fn counts(&self) -> Vec<[u32; BINS]> {
        self.0.clone()
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place among the bins"
)]
fn bin(vaf: f64) -> usize {
    let (low, high) = RANGE;
    let place = (vaf / low).ln() / (high / low).ln() * BINS as f64;
    (place.max(0.0) as usize).min(BINS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_fall_into_bins() {
        for (vaf, expected) in [
            (0.0, 0),
            (0.005, 0),
            (0.0063, 1),
            (0.0707, 11),
            (0.0708, 12),
            (1.0, 23),
        ] {
            assert_eq!(bin(vaf), expected, "{vaf}");
        }
    }
}
