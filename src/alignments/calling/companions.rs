//! Substitutions that lie on the same molecules: the mismatches of a read that belong to one haplotype are no evidence against it.
//!
//! What remains such evidence is another copy of the sequence, whose reads differ from the reference wherever they lie: there the
//! mismatches that go together do not end.

use crate::alignments::counts::substitution::{SiteAllele, share};
use crate::alignments::input::region::TargetRegion;

/// Columns on each side of an allele in which others explain mismatches of its reads.
const REACH: u32 = 100;
/// Share of an allele's fragments that must show another one.
const SHOWN_WITH: f64 = 0.5;
/// Columns that a haplotype of its own spans at the most, and the share of its target.
const LONGEST: u32 = 100;
const SHARE_OF_TARGET: f64 = 0.6;
/// Fraction from which a haplotype of any length is one of the person, not of a copy that some reads strayed from.
const INHERITED: f64 = 0.2;
/// Times as many fragments that show an allele from which on it does not belong to the rarer one alone.
const MORE_FREQUENT: u32 = 2;
/// Other mismatches per read below which nothing needs to be explained.
const FEW: f64 = 1.0;

/// Takes from each allele's count of other mismatches those that are alleles of the same molecules.
///
/// `alleles` are in the order of their chunks and columns, those of a chunk together; `targets` in that of the genome.
pub(crate) fn explain_mismatches(alleles: &mut [SiteAllele], targets: &[TargetRegion]) {
    let explained: Vec<u32> = (0..alleles.len())
        .map(|i| explained(alleles, i, targets))
        .collect();
    for (allele, explained) in alleles.iter_mut().zip(explained) {
        allele.reads.other_mismatches = allele.reads.other_mismatches.saturating_sub(explained);
    }
}

/// Returns how many of the other mismatches of an allele's reads other alleles are.
fn explained(alleles: &[SiteAllele], index: usize, targets: &[TargetRegion]) -> u32 {
    let own = &alleles[index];
    if f64::from(own.reads.other_mismatches) < FEW * f64::from(own.count()) {
        return 0;
    }
    let (mut of_others, mut of_haplotype) = (0.0, 0.0);
    for other in before(alleles, index, REACH).chain(behind(alleles, index, REACH)) {
        let together = shared(own, other);
        if together >= SHOWN_WITH {
            let mismatches = together * f64::from(own.count());
            if is_like(own, other) {
                of_haplotype += mismatches;
            } else if other.count() > own.count() {
                of_others += mismatches;
            }
        }
    }
    if own.vaf() >= INHERITED || is_short(alleles, index, targets) {
        of_others += of_haplotype;
    }
    rounded(of_others)
}

/// Whether about as many fragments show another allele, so that it may lie on the same molecules only.
fn is_like(own: &SiteAllele, other: &SiteAllele) -> bool {
    other.count() < MORE_FREQUENT * own.count() && own.count() < MORE_FREQUENT * other.count()
}

/// Whether what goes together with an allele, and what goes with that, ends after a few columns and within the target.
fn is_short(alleles: &[SiteAllele], index: usize, targets: &[TargetRegion]) -> bool {
    let own = &alleles[index];
    let place = targets.partition_point(|t| (t.contig, t.start) <= (own.contig, own.column));
    let target = place
        .checked_sub(1)
        .map_or(u32::MAX, |i| targets[i].end - targets[i].start);
    let longest = f64::from(LONGEST).min(SHARE_OF_TARGET * f64::from(target));
    let (mut first, mut last) = (own, own);
    for other in before(alleles, index, REACH + LONGEST) {
        if first.column - other.column <= REACH && is_like(own, other) && shared(first, other) >= SHOWN_WITH {
            first = other;
        }
    }
    for other in behind(alleles, index, REACH + LONGEST) {
        if other.column - last.column <= REACH && is_like(own, other) && shared(last, other) >= SHOWN_WITH {
            last = other;
        }
    }
    f64::from(last.column - first.column + 1) <= longest
}

/// Returns the alleles before one, nearest first, of the same chunk and not far away.
fn before(alleles: &[SiteAllele], index: usize, reach: u32) -> impl Iterator<Item = &SiteAllele> {
    let own = &alleles[index];
    let of_own = alleles[..index]
        .iter()
        .rev()
        .take_while(move |a| is_near(own, a, reach));
    // Two bases of one column are no companions.
    of_own.filter(|a| a.column != own.column)
}

/// Returns the alleles behind one, nearest first, of the same chunk and not far away.
fn behind(alleles: &[SiteAllele], index: usize, reach: u32) -> impl Iterator<Item = &SiteAllele> {
    let own = &alleles[index];
    let of_own = alleles[index + 1..]
        .iter()
        .take_while(move |a| is_near(own, a, reach));
    of_own.filter(|a| a.column != own.column)
}

fn is_near(own: &SiteAllele, other: &SiteAllele, reach: u32) -> bool {
    (other.contig, other.chunk) == (own.contig, own.chunk) && other.column.abs_diff(own.column) <= reach
}

/// Returns the share of one allele's fragments that show another.
fn shared(own: &SiteAllele, other: &SiteAllele) -> f64 {
    let shown = own.fragments().shown_with(&other.fragments());
    share(shown.both, shown.first)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of mismatches"
)]
fn rounded(mismatches: f64) -> u32 {
    mismatches.round() as u32
}
