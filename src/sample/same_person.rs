//! Are two samples of one person? Told by the inherited variants that they share.

use std::collections::{BTreeSet, HashMap};
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

/// Returns, for each sample, the others that seem to be of the same person, in order.
///
/// Only samples that share one of their rarest variants are compared, a tenth of each and one more. In one order of all variants, let the first of two such
/// tenths end before the other does. Had the two no variant in common, everything that both samples have would lie behind that end, and that are fewer
/// variants than one person's samples share. Of a hundred thousand strangers hardly any are compared.
pub fn same_persons(genotypes: &[&Genotype]) -> Vec<Vec<usize>> {
    let mut frequency: HashMap<u64, usize> = HashMap::new();
    for variant in genotypes.iter().flat_map(|genotype| &genotype.0) {
        *frequency.entry(*variant).or_default() += 1;
    }
    let mut same = vec![Vec::new(); genotypes.len()];
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    for (i, one) in genotypes.iter().enumerate().filter(|(_, g)| g.0.len() >= TELLING) {
        let mut rarest = one.0.clone();
        rarest.sort_unstable_by_key(|variant| (frequency[variant], *variant));
        rarest.truncate(prefix(rarest.len()));
        let before: BTreeSet<usize> = rarest
            .iter()
            .filter_map(|v| holders.get(v))
            .flatten()
            .copied()
            .collect();
        for j in before {
            if one.is_same_person(genotypes[j]) {
                same[i].push(j);
                same[j].push(i);
            }
        }
        for variant in rarest {
            holders.entry(variant).or_default().push(i);
        }
    }
    same
}

/// Returns how many of the rarest of so many variants cannot all be missing in another sample of the same person.
fn prefix(variants: usize) -> usize {
    // Nine tenths as in SAME, rounded down, for what is compared too much does no harm.
    variants - variants * 9 / 10 + 1
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
    /// Against every pair compared: people who share most variants, some, few; of many sizes.
    #[test]
    fn no_pair_is_missed() {
        let mut state = 7_u64;
        let mut random = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let mut genotypes: Vec<Genotype> = Vec::new();
        for i in 0..300 {
            let mut variants: BTreeSet<u64> = if i % 3 == 0 || i < 10 {
                (0..10 + random(60)).map(|_| random(90)).collect()
            } else {
                genotypes[usize::try_from(random(i)).unwrap()]
                    .0
                    .iter()
                    .copied()
                    .collect()
            };
            for _ in 0..random(5) {
                variants.insert(random(90));
                let first = variants.iter().nth(usize::try_from(random(8)).unwrap()).copied();
                first.map(|variant| variants.remove(&variant));
            }
            genotypes.push(Genotype(variants.into_iter().collect()));
        }
        let genotypes: Vec<&Genotype> = genotypes.iter().collect();
        let others = |i: usize| {
            let is_same = |j: &usize| *j != i && genotypes[i].is_same_person(genotypes[*j]);
            (0..genotypes.len()).filter(is_same).collect::<Vec<_>>()
        };
        let expected: Vec<Vec<usize>> = (0..genotypes.len()).map(others).collect();
        let pairs: usize = expected.iter().map(Vec::len).sum();
        assert!(pairs > 100, "{pairs}");
        assert_eq!(same_persons(&genotypes), expected);
    }
}
