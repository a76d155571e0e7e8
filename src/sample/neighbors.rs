//! Which alleles of a gene share a codon with which: looked up by codon, for a file may hold one record thousands of times.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::codons::{Codons, Reading, apart, overlap};
use crate::genome::Variant;

/// Substitutions by codon.
pub(super) struct Neighbors {
    codons: Vec<Option<RangeInclusive<i32>>>,
    /// By codon and variant the readings, in their order; of neighbors in it with the same phase the first alone.
    by_codon: BTreeMap<i32, BTreeMap<Variant, Vec<usize>>>,
}

impl Neighbors {
    /// Looks at the readings of one gene.
    pub(super) fn new(readings: &[Reading<'_>], codons: &Codons<'_>) -> Self {
        let mut neighbors = Self {
            codons: Vec::with_capacity(readings.len()),
            by_codon: BTreeMap::new(),
        };
        for (index, reading) in readings.iter().enumerate() {
            let variant = reading.allele.sequence();
            let of = variant.and_then(|v| codons.of(v));
            for (codon, variant) in of.clone().into_iter().flatten().zip(std::iter::repeat(variant)) {
                let Some(variant) = variant else { continue };
                let same = neighbors.by_codon.entry(codon).or_default();
                let places = same.entry(variant.clone()).or_default();
                let is_alike = |last: &usize| readings[*last].allele.phase == reading.allele.phase;
                if !places.last().is_some_and(is_alike) {
                    places.push(index);
                }
            }
            neighbors.codons.push(of);
        }
        neighbors
    }

    /// Returns the readings that share a codon with one and may lie on its molecule, of each variant the first, in their order.
    pub(super) fn of(&self, index: usize, readings: &[Reading<'_>]) -> Vec<usize> {
        let (Some(own), Some(variant)) = (&self.codons[index], readings[index].allele.sequence()) else {
            return Vec::new();
        };
        let mut found: BTreeMap<&Variant, usize> = BTreeMap::new();
        for (other, places) in self.by_codon.range(own.clone()).flat_map(|(_, same)| same) {
            if overlap(variant, other) {
                continue;
            }
            // Two alleles of one phase set alone are known to lie apart: the search ends soon.
            let may_be = |place: &&usize| !apart(&readings[index].allele, &readings[**place].allele);
            if let Some(place) = places.iter().find(may_be) {
                found.insert(other, *place);
            }
        }
        let mut places: Vec<usize> = found.into_values().collect();
        places.sort_unstable();
        places
    }

    /// Returns how many readings are kept for comparison.
    #[cfg(test)]
    pub(super) fn kept(&self) -> usize {
        self.by_codon
            .values()
            .flat_map(BTreeMap::values)
            .map(Vec::len)
            .sum()
    }
}
