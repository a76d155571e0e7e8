//! Alleles that are counted whether or not a read shows them.

use super::indel::Indel;
use super::observation::IndelChange;
use super::reference::code;

/// An allele to be counted in any case: letters as in a VCF record, trimmed or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForcedAllele {
    /// Contig number.
    pub contig: u32,
    /// First column of the reference allele, 0-based.
    pub column: u32,
    /// Reference allele, letters.
    pub reference: String,
    /// Alternative allele, letters.
    pub alternate: String,
}

/// An allele in the form in which it is counted.
pub enum Simplest {
    /// Contig, column and code of each new base.
    Substitutions(Vec<(u32, u32, u8)>),
    /// A pure insertion or deletion.
    Indel(Indel),
}

/// Reads an allele as one or more substitutions, or as a pure insertion or deletion; `None` for anything else.
pub fn simplest(allele: &ForcedAllele) -> Option<Simplest> {
    let codes = |s: &str| s.bytes().map(code).collect::<Vec<u8>>();
    let (reference, alternate) = (codes(&allele.reference), codes(&allele.alternate));
    if reference.len() == alternate.len() {
        let pairs = reference.iter().zip(&alternate).zip(allele.column..);
        let list: Vec<_> = pairs
            .filter(|((a, b), _)| a != b)
            .map(|((_, b), column)| (allele.contig, column, *b))
            .collect();
        return Some(Simplest::Substitutions(list));
    }
    let shared = reference
        .iter()
        .zip(&alternate)
        .take_while(|(a, b)| a == b)
        .count();
    let (short, long) = (
        reference.len().min(alternate.len()),
        reference.len().max(alternate.len()),
    );
    let shared = shared.min(short);
    // What is left of the shorter must be a common tail.
    let tail = short - shared;
    if shared == 0 || reference[reference.len() - tail..] != alternate[alternate.len() - tail..] {
        return None;
    }
    let after = allele.column + u32::try_from(shared).ok()? - 1;
    let change = if reference.len() == long {
        IndelChange::Deletion(u32::try_from(long - short).ok()?)
    } else {
        IndelChange::Insertion(alternate[shared..alternate.len() - tail].to_vec())
    };
    Some(Simplest::Indel(Indel {
        contig: allele.contig,
        after,
        change,
    }))
}
