//! Are two samples of one person? Told by the inherited variants that they share.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::SampleResult;
use super::identity::{CLEARLY_PRESENT, seen};
use crate::drivers::Call;
use crate::genome::{Allele, VariantKind};

/// The inherited variants of a sample, as hash values: enough to tell whether another sample is of the same person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Genotype(Vec<u64>);

/// Variants that both samples need, and the share of all that they must have in common. Brothers and sisters share three
/// quarters, strangers half.
const TELLING: usize = 12;

const SAME: f64 = 0.9;

impl Genotype {
    /// Returns the substitutions of a sample that most of its cells carry.
    pub fn of(result: &SampleResult) -> Self {
        let carried = result.calls.iter().filter(|call| is_carried(call));
        let hashes: BTreeSet<u64> = carried.map(|call| hash(&call.variant)).collect();
        Self(hashes.into_iter().collect())
    }

    /// Whether two samples seem to be of one person.
    pub fn is_same_person(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.0.len(), other.0.len());
        if mine.min(theirs) < TELLING || (mine.min(theirs) as f64) < SAME * mine.max(theirs) as f64 {
            return false;
        }
        let (mut common, mut rest) = (0, other.0.as_slice());
        for variant in &self.0 {
            rest = &rest[rest.partition_point(|v| v < variant)..];
            common += usize::from(rest.first() == Some(variant));
        }
        common as f64 >= SAME * (mine + theirs - common) as f64
    }
}

/// Whether most of a sample's cells carry the substitution of a call, so that it tells persons apart.
pub(crate) fn is_carried(call: &Call) -> bool {
    let is_substitution = call
        .variant
        .sequence()
        .is_some_and(|v| v.kind() == VariantKind::Snv);
    is_substitution && seen(&call.evidence).is_some_and(|vaf| vaf >= CLEARLY_PRESENT)
}

fn hash(variant: &Allele) -> u64 {
    let mut hasher = DefaultHasher::new();
    variant.hash(&mut hasher);
    hasher.finish()
}

/// Returns, for each sample, the others that seem to be of the same person.
pub fn same_persons(genotypes: &[&Genotype]) -> Vec<Vec<usize>> {
    let mut same = vec![Vec::new(); genotypes.len()];
    for (i, one) in genotypes.iter().enumerate() {
        for (j, other) in genotypes.iter().enumerate().skip(i + 1) {
            if one.is_same_person(other) {
                same[i].push(j);
                same[j].push(i);
            }
        }
    }
    same
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_person_twice() {
        let of = |from: u64, to: u64| Genotype((from..to).collect());
        let same = |a: &Genotype, b: &Genotype| same_persons(&[a, b]) == [vec![1], vec![0]];
        assert!(same(&of(0, 60), &of(0, 60)));
        assert!(same(&of(0, 60), &of(3, 60)));
        assert!(same(&of(0, 60), &of(6, 60)), "54 of 60");
        assert!(!same(&of(0, 60), &of(7, 60)), "53 of 60");
        assert!(!same(&of(0, 60), &of(20, 80)), "40 of 80: brothers");
        assert!(!same(&of(0, 11), &of(0, 11)), "too few to tell");
        assert!(!same(&Genotype::default(), &Genotype::default()));
        let three = same_persons(&[&of(0, 60), &of(100, 160), &of(1, 61)]);
        assert_eq!(three, [vec![2], vec![], vec![0]]);
    }
}
