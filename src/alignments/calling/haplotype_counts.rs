//! What the fragments over a site of indels come to, haplotype by haplotype.

/// Fragments of a site by haplotype; index 0 is the reference.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct HaplotypeCounts {
    /// That pass the left junction.
    pub left: Vec<u32>,
    /// That pass the right junction.
    pub right: Vec<u32>,
    /// That can be told at all.
    pub either: Vec<u32>,
    /// Of these, on the forward strand.
    pub forward: Vec<u32>,
    /// Of these, near the end of their reads.
    pub near_end: Vec<u32>,
    /// Sum of their mapping qualities.
    pub mapping_quality: Vec<u64>,
}

impl HaplotypeCounts {
    /// Makes empty counts.
    pub(crate) fn new(haplotypes: usize) -> Self {
        Self {
            left: vec![0; haplotypes],
            right: vec![0; haplotypes],
            either: vec![0; haplotypes],
            forward: vec![0; haplotypes],
            near_end: vec![0; haplotypes],
            mapping_quality: vec![0; haplotypes],
        }
    }

    /// Adds the counts of another place with the same haplotypes.
    pub(crate) fn add(&mut self, other: &Self) {
        for (mine, theirs) in [
            (&mut self.left, &other.left),
            (&mut self.right, &other.right),
            (&mut self.either, &other.either),
            (&mut self.forward, &other.forward),
            (&mut self.near_end, &other.near_end),
        ] {
            mine.iter_mut().zip(theirs).for_each(|(a, b)| *a += b);
        }
        let qualities = self.mapping_quality.iter_mut().zip(&other.mapping_quality);
        qualities.for_each(|(a, b)| *a += b);
    }

    /// Returns the counts at the junction that more fragments pass.
    pub(crate) fn junction(&self) -> &[u32] {
        let sum = |counts: &[u32]| counts.iter().sum::<u32>();
        if sum(&self.left) >= sum(&self.right) {
            &self.left
        } else {
            &self.right
        }
    }
}
