//! Haplotypes: what the bases of a stretch read once alleles stand in it. Two sets of alleles are the same change where the bases are.
//!
//! A change of several bases is written as one allele by one caller and in pieces by another, and an indel in a repeat has many
//! places. Bases decide. A reference base that is not known stands for itself: two haplotypes that keep it are alike there, and none
//! is like it.

use std::collections::HashMap;

use crate::genome::{BaseSource, Variant, as_count};

/// What an allele does, without the bases that it shares with the reference: `start..end` (1-based, end exclusive) becomes `bases`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit<'v> {
    /// First base that goes; of an insertion the base behind it.
    pub start: u32,
    /// The base behind the last one that goes.
    pub end: u32,
    /// What comes in their place.
    pub bases: &'v [u8],
}

impl<'v> Edit<'v> {
    pub(super) fn of(variant: &'v Variant) -> Self {
        let (reference, alternate) = (variant.reference().as_bytes(), variant.alternate().as_bytes());
        let common = |pairs: &mut dyn Iterator<Item = (&u8, &u8)>| pairs.take_while(|(r, a)| r == a).count();
        let first = common(&mut reference.iter().zip(alternate));
        let rest = (&reference[first..], &alternate[first..]);
        let last = common(&mut rest.0.iter().rev().zip(rest.1.iter().rev()));
        let at = |offset: usize| variant.position() + as_count(offset);
        Self {
            start: at(first),
            end: at(reference.len() - last),
            bases: &alternate[first..alternate.len() - last],
        }
    }

    /// Whether two edits cannot be on one haplotype, or not in one order only.
    fn excludes(&self, other: &Self) -> bool {
        let both_insert_here = self.start == self.end && (self.start, self.end) == (other.start, other.end);
        both_insert_here || (self.start < other.end && other.start < self.end)
    }
}

/// One base of a haplotype.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Base {
    Known(u8),
    /// The reference base of a position, whatever it is.
    Reference(u32),
}

/// The bases of a stretch with alleles in them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Haplotype(Vec<Base>);

/// The reference of a stretch, as far as a source or the alleles on it tell.
#[derive(Debug)]
pub(super) struct Stretch {
    start: u32,
    reference: Vec<Base>,
}

impl Stretch {
    /// Takes the stretch that alleles of one chromosome cover; `None` without any.
    pub(super) fn over(variants: &[&Variant], bases: &dyn BaseSource) -> Option<Self> {
        let start = variants.iter().map(|v| v.position()).min()?;
        let end = variants.iter().map(|v| v.end()).max()?;
        let chromosome = variants.first()?.chromosome();
        let known = bases.bases_or_n(chromosome, start..=end);
        let mut stated: HashMap<u32, u8> = HashMap::new();
        for variant in variants {
            stated.extend((variant.position()..).zip(variant.reference().bytes()));
        }
        let reference = (start..).zip(known).map(|(position, base)| {
            let base = if base == b'N' {
                stated.get(&position).copied().unwrap_or(base)
            } else {
                base
            };
            match base {
                b'N' => Base::Reference(position),
                base => Base::Known(base),
            }
        });
        Some(Self {
            start,
            reference: reference.collect(),
        })
    }

    /// Returns the bases of the stretch with these alleles in it; `None` where they exclude each other.
    pub(super) fn with(&self, variants: &[&Variant]) -> Option<Haplotype> {
        let mut edits: Vec<Edit<'_>> = variants.iter().map(|v| Edit::of(v)).collect();
        edits.sort_by_key(|edit| (edit.start, edit.end));
        if edits.windows(2).any(|pair| pair[0].excludes(&pair[1])) {
            return None;
        }
        let place = |position: u32| (position.saturating_sub(self.start) as usize).min(self.reference.len());
        let mut haplotype = Vec::with_capacity(self.reference.len());
        let mut behind = 0;
        for edit in &edits {
            haplotype.extend_from_slice(self.reference.get(behind..place(edit.start))?);
            haplotype.extend(edit.bases.iter().map(|base| Base::Known(*base)));
            behind = place(edit.end);
        }
        haplotype.extend_from_slice(self.reference.get(behind..)?);
        Some(Haplotype(haplotype))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genome::{Build, Chromosome, NoBases};

    fn variant(position: u32, reference: &str, alternate: &str) -> Variant {
        Variant::new(Build::Grch38, Chromosome::X, position, reference, alternate).unwrap()
    }

    fn alike(one: &[Variant], other: &[Variant]) -> bool {
        let (one, other): (Vec<&Variant>, Vec<&Variant>) = (one.iter().collect(), other.iter().collect());
        let stretch = Stretch::over(&[one.clone(), other.clone()].concat(), &NoBases).unwrap();
        let (one, other) = (stretch.with(&one), stretch.with(&other));
        one.is_some() && one == other
    }

    #[test]
    fn pieces_are_the_whole_where_the_bases_are() {
        let mnv = [variant(10, "AC", "TG")];
        assert!(alike(&mnv, &[variant(10, "A", "T"), variant(11, "C", "G")]));
        assert!(!alike(&mnv, &[variant(10, "A", "T"), variant(11, "C", "T")]));
        assert!(!alike(&mnv, &[variant(10, "A", "T")]));
        // A base between them that nobody names is the reference's in both.
        let far = [variant(10, "ACG", "TCA")];
        assert!(alike(&far, &[variant(10, "A", "T"), variant(12, "G", "A")]));
        let delins = [variant(10, "ACG", "T")];
        assert!(alike(&delins, &[variant(10, "A", "T"), variant(10, "ACG", "A")]));
        assert!(!alike(&delins, &[variant(10, "AC", "A")]));
    }

    #[test]
    fn alleles_on_the_same_bases_exclude_each_other() {
        assert!(!alike(
            &[variant(10, "A", "T"), variant(10, "A", "G")],
            &[variant(10, "A", "T")]
        ));
        assert!(!alike(
            &[variant(10, "A", "AT"), variant(10, "A", "AG")],
            &[variant(10, "A", "ATG")]
        ));
    }
}
