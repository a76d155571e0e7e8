//! Where another known somatic change of the sample lies, a clone is expected too.

use std::collections::BTreeMap;

use crate::genome::{Allele, as_count};

/// Standard deviation of the VAF of two mutations of one clone (assumption).
const SAME_CLONE_SPREAD: f64 = 0.04;
/// Steps of the VAF of a clone, 0.01 each.
const STEPS: u32 = 100;

/// Returns the VAF that a clone is tried at.
pub(super) fn steps() -> impl Iterator<Item = f64> {
    (1..STEPS).map(|i| f64::from(i) / f64::from(STEPS))
}

/// Makes weights that sum to 1.
pub(super) fn normalized(weights: impl Iterator<Item = f64>) -> Vec<f64> {
    let weights: Vec<f64> = weights.collect();
    let sum: f64 = weights.iter().sum();
    weights
        .into_iter()
        .map(|w| w / sum.max(f64::MIN_POSITIVE))
        .collect()
}

/// How likely each VAF is for another mutation of the clone whose mutation has the given one.
fn near(vaf: f64) -> Vec<f64> {
    normalized(steps().map(|f| {
        let distance = (f - vaf) / SAME_CLONE_SPREAD;
        (-0.5 * distance * distance).exp()
    }))
}

/// The known somatic changes of a sample with their VAF, summed up once: a file may hold thousands of them.
#[derive(Clone, Debug, Default)]
pub struct KnownClones {
    by_variant: BTreeMap<Allele, f64>,
    sum: Vec<f64>,
    /// The largest VAF and the one after it.
    largest: Vec<f64>,
}

impl KnownClones {
    /// Sums up changes; of two records of one variant the first counts.
    pub fn new(found: impl IntoIterator<Item = (Allele, f64)>) -> Self {
        let mut clones = Self::default();
        for (variant, vaf) in found {
            if clones.by_variant.contains_key(&variant) {
                continue;
            }
            clones.by_variant.insert(variant, vaf);
            add(&mut clones.sum, &near(vaf));
            clones.largest.push(vaf);
            clones.largest.sort_by(|a, b| b.total_cmp(a));
            clones.largest.truncate(2);
        }
        clones
    }

    /// Returns what is known besides a variant.
    pub fn besides(&self, variant: &Allele) -> OtherClones {
        let Some(own) = self.by_variant.get(variant) else {
            return OtherClones {
                count: self.by_variant.len(),
                largest: self.largest.first().copied(),
                sum: self.sum.clone(),
            };
        };
        let is_largest = self.largest.first().is_some_and(|l| l.total_cmp(own).is_eq());
        OtherClones {
            count: self.by_variant.len() - 1,
            largest: self.largest.get(usize::from(is_largest)).copied(),
            sum: self
                .sum
                .iter()
                .zip(near(*own))
                .map(|(all, own)| (all - own).max(0.0))
                .collect(),
        }
    }
}

/// The known somatic changes of a sample besides the one that is looked at.
#[derive(Clone, Debug, Default)]
pub struct OtherClones {
    count: usize,
    largest: Option<f64>,
    sum: Vec<f64>,
}

impl OtherClones {
    /// Sums up VAF.
    #[cfg(test)]
    pub(super) fn of(vafs: &[f64]) -> Self {
        let mut others = Self::default();
        for vaf in vafs {
            add(&mut others.sum, &near(*vaf));
            others.count += 1;
            others.largest = Some(others.largest.map_or(*vaf, |l| l.max(*vaf)));
        }
        others
    }

    /// Returns the largest VAF.
    pub const fn largest(&self) -> Option<f64> {
        self.largest
    }

    /// Returns how likely each VAF is for a mutation of one of the clones, whichever; `None` where there is none.
    pub fn mean(&self) -> Option<impl Iterator<Item = f64>> {
        let count = f64::from(as_count(self.count));
        (self.count > 0).then(|| self.sum.iter().map(move |sum| sum / count))
    }
}

fn add(sum: &mut Vec<f64>, more: &[f64]) {
    sum.resize(more.len(), 0.0);
    for (sum, more) in sum.iter_mut().zip(more) {
        *sum += more;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genome::{Build, Chromosome, Variant};

    #[test]
    fn what_is_known_besides_a_variant_is_the_sum_of_the_others() {
        let variant = |at| {
            let variant = Variant::new(Build::Grch38, Chromosome::X, at, "A", "C");
            Allele::from(variant.unwrap())
        };
        let vafs = [0.44, 0.02, 0.44, 0.3, 0.07];
        let found = || vafs.iter().zip(1..).map(|(vaf, at)| (variant(at), *vaf));
        // A record that stands in the file twice is one clone.
        let clones = KnownClones::new(found().chain(found()));
        for (own, _) in found() {
            let others: Vec<f64> = found().filter(|(v, _)| *v != own).map(|(_, vaf)| vaf).collect();
            let (actual, expected) = (clones.besides(&own), OtherClones::of(&others));
            assert_eq!(actual.largest(), expected.largest());
            let differences = actual.mean().unwrap().zip(expected.mean().unwrap());
            assert!(differences.into_iter().all(|(a, b)| (a - b).abs() < 1e-12));
        }
        assert_eq!(clones.besides(&variant(9)).count, 5);
        let one = KnownClones::new([(variant(1), 0.4)]);
        assert!(one.besides(&variant(1)).mean().is_none());
        assert_eq!(one.besides(&variant(1)).largest(), None);
        assert_eq!(one.by_variant.len(), 1);
    }

    /// One standard deviation (0.04) off, a normal density is exp(-1/2) = 0.6065 of its top, two off exp(-2) = 0.1353; that of 99 steps
    /// around 0.44 sums to 1 with a top of 0.0997 (`scipy.stats.norm.pdf(f, 0.44, 0.04)` scaled to a sum of 1).
    #[test]
    fn a_clone_is_expected_near_another_as_a_normal_density() {
        let near = near(0.44);
        let share = |percent: usize| format!("{:.4}", near[percent - 1] / near[43]);
        assert_eq!(
            [44, 40, 48, 36, 52].map(share),
            ["1.0000", "0.6065", "0.6065", "0.1353", "0.1353"]
        );
        assert_eq!(format!("{:.4}", near[43]), "0.0997");
        for vafs in [&[0.44][..], &[0.44, 0.1], &[0.44, 0.44, 0.3]] {
            let sum: f64 = OtherClones::of(vafs).mean().unwrap().sum();
            assert!((sum - 1.0).abs() < 1e-12, "{vafs:?}: {sum}");
        }
    }
}
