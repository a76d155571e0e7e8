//! The alleles of a gene as its codons read them: which codons a substitution lies in, and what two alleles of one may be.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use crate::evidence::SampleAllele;
use crate::genome::{BaseSource, Variant, VariantKind};
use crate::transcript::Transcript;

/// An allele of the file, or several of one molecule as one, as a gene's codons read it.
#[derive(Clone, Debug)]
pub(super) struct Reading<'a> {
    /// Place in the list of alleles; `None` for merged ones.
    pub index: Option<usize>,
    /// The allele; of several merged ones with the evidence that all of them have.
    pub allele: Cow<'a, SampleAllele>,
    /// The variants that were merged; empty for an allele of the file.
    pub members: Vec<Variant>,
    /// The merged variants that this allele is also a part of, while it exists without the others too.
    pub part_of: Vec<Variant>,
    /// Alleles of the same codon whose phase is not known.
    pub unphased: Vec<Unphased>,
}

/// Another allele of the same codon, not known to lie on the same molecule or on another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unphased {
    /// The other allele.
    pub with: Variant,
    /// Both read together; `None` where an intron or an unknown base lies between them.
    pub together: Option<Variant>,
    /// Whether this allele is so much the more frequent that it must exist without the other.
    pub surely_alone: bool,
}

/// What is needed to read codons.
pub(super) struct Codons<'t> {
    /// The gene's transcript.
    pub transcript: &'t Transcript,
    /// Reference bases, for those between two substitutions.
    pub bases: &'t dyn BaseSource,
}

impl Codons<'_> {
    /// Returns the codons of a substitution, counted from 0; `None` for another sort of change or outside the coding bases.
    pub(super) fn of(&self, variant: &Variant) -> Option<RangeInclusive<i32>> {
        if !matches!(variant.kind(), VariantKind::Snv | VariantKind::Mnv) {
            return None;
        }
        let (first, last) = (
            self.coding_base(variant.position())?,
            self.coding_base(variant.end())?,
        );
        // Both ends coding, but an intron between: no plain substitution.
        (first.abs_diff(last) == variant.end() - variant.position())
            .then(|| (first.min(last) - 1) / 3..=(first.max(last) - 1) / 3)
    }

    fn coding_base(&self, position: u32) -> Option<i32> {
        let c = self.transcript.c_position(position);
        (c.offset == 0 && !c.behind_stop && c.base > 0).then_some(c.base)
    }

    /// Puts substitutions that do not overlap into one; `None` across an intron or where a base between is not known.
    pub(super) fn together(&self, variants: &[&Variant]) -> Option<Variant> {
        let mut sorted: Vec<&Variant> = variants.to_vec();
        sorted.sort_unstable();
        let (first, last) = (sorted.first()?, sorted.last()?);
        let (start, end) = (first.position(), last.end());
        let apart = self.coding_base(start)?.abs_diff(self.coding_base(end)?);
        if apart != end.checked_sub(start)? {
            return None;
        }
        let mut reference = self.bases.bases_or_n(first.chromosome(), start..=end);
        let mut alternate = reference.clone();
        for variant in &sorted {
            let at = (variant.position() - start) as usize;
            let range = at..at + variant.reference().len();
            reference
                .get_mut(range.clone())?
                .copy_from_slice(variant.reference().as_bytes());
            alternate
                .get_mut(range)?
                .copy_from_slice(variant.alternate().as_bytes());
        }
        if reference.contains(&b'N') || alternate.contains(&b'N') {
            return None;
        }
        let (reference, alternate) = (
            String::from_utf8(reference).ok()?,
            String::from_utf8(alternate).ok()?,
        );
        Variant::new(first.build(), first.chromosome(), start, &reference, &alternate).ok()
    }
}

pub(super) fn overlap(a: &Variant, b: &Variant) -> bool {
    a.position() <= b.end() && b.position() <= a.end()
}

/// Whether two alleles are known to lie on different copies of the chromosome.
pub(super) fn apart(a: &SampleAllele, b: &SampleAllele) -> bool {
    let (Some(a), Some(b)) = (&a.phase, &b.phase) else {
        return false;
    };
    let known = !a.copies.is_empty() && !b.copies.is_empty();
    a.set == b.set && known && !a.copies.iter().any(|copy| b.copies.contains(copy))
}
