//! Which fragments show two alleles of a chunk.

use crate::genome::as_count;

/// The fragments that show an allele: their numbers within the chunk, ascending, and how many there are. The list may hold the first only.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fragments<'n> {
    /// Numbers.
    pub listed: &'n [u32],
    /// Fragments.
    pub count: u32,
}

/// How many fragments show each of two alleles, and both of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    /// The one.
    pub first: u32,
    /// The other.
    pub second: u32,
    /// Both.
    pub both: u32,
}

impl Fragments<'_> {
    /// Returns the last number up to which the list is whole.
    fn reached(&self) -> u32 {
        let listed = as_count(self.listed.len());
        if listed < self.count {
            self.listed.last().copied().unwrap_or(0)
        } else {
            u32::MAX
        }
    }

    fn up_to(&self, end: u32) -> &[u32] {
        &self.listed[..self.listed.partition_point(|n| *n <= end)]
    }

    /// Compares the lists as far as both reach: numbers behind the end of a cut one say nothing.
    pub(crate) fn shown_with(&self, other: &Self) -> Shown {
        let end = self.reached().min(other.reached());
        let (own, others) = (self.up_to(end), other.up_to(end));
        let both = own.iter().filter(|n| others.binary_search(n).is_ok());
        Shown {
            first: as_count(own.len()),
            second: as_count(others.len()),
            both: as_count(both.count()),
        }
    }
}
