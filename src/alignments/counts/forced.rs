//! Alleles that are counted whether or not a read shows them.

use super::indel::Indel;
use super::observation::IndelChange;
use crate::alignments::input::reference::code;

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Simplest {
    /// Contig, column and code of the new base.
    Substitution((u32, u32, u8)),
    /// Anything else: counted by haplotypes.
    Indel(Indel),
}

/// Returns the form in which an allele is counted; `None` where it changes nothing, is no sequence, or has no base before it.
pub(crate) fn simplest(allele: &ForcedAllele) -> Option<Simplest> {
    let codes = |s: &str| s.bytes().map(code).collect::<Vec<u8>>();
    let (reference, alternate) = (codes(&allele.reference), codes(&allele.alternate));
    let tail = shared(reference.iter().rev(), alternate.iter().rev());
    let (lost, gained) = (
        &reference[..reference.len() - tail],
        &alternate[..alternate.len() - tail],
    );
    let head = shared(lost.iter(), gained.iter());
    let (lost, gained) = (&lost[head..], &gained[head..]);
    let column = allele.column + u32::try_from(head).ok()?;
    let change = match (lost, gained) {
        ([], []) => return None,
        ([_], [base]) => return Some(Simplest::Substitution((allele.contig, column, *base))),
        ([], gained) => IndelChange::Insertion(gained.to_vec()),
        (lost, []) => IndelChange::Deletion(u32::try_from(lost.len()).ok()?),
        (lost, gained) => IndelChange::Replacement {
            lost: u32::try_from(lost.len()).ok()?,
            gained: gained.to_vec(),
        },
    };
    Some(Simplest::Indel(Indel {
        contig: allele.contig,
        after: column.checked_sub(1)?,
        change,
    }))
}

fn shared<'b>(a: impl Iterator<Item = &'b u8>, b: impl Iterator<Item = &'b u8>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(column: u32, reference: &str, alternate: &str) -> Option<Simplest> {
        simplest(&ForcedAllele {
            contig: 0,
            column,
            reference: reference.to_owned(),
            alternate: alternate.to_owned(),
        })
    }

    fn indel(after: u32, change: IndelChange) -> Simplest {
        Simplest::Indel(Indel {
            contig: 0,
            after,
            change,
        })
    }

    #[test]
    fn alleles_lose_what_both_share() {
        assert_eq!(of(9, "A", "G"), Some(Simplest::Substitution((0, 9, 4))));
        assert_eq!(of(9, "CAT", "CGT"), Some(Simplest::Substitution((0, 10, 4))));
        assert_eq!(
            of(9, "A", "AGG"),
            Some(indel(9, IndelChange::Insertion(vec![4, 4])))
        );
        assert_eq!(of(9, "AGG", "A"), Some(indel(9, IndelChange::Deletion(2))));
        let replaced = |lost, gained: &[u8]| IndelChange::Replacement {
            lost,
            gained: gained.to_vec(),
        };
        assert_eq!(of(9, "AC", "GT"), Some(indel(8, replaced(2, &[4, 8]))));
        assert_eq!(of(9, "TACT", "TGTT"), Some(indel(9, replaced(2, &[4, 8]))));
        assert_eq!(of(9, "ACT", "G"), Some(indel(8, replaced(3, &[4]))));
        assert_eq!(of(9, "A", "A"), None);
        assert_eq!(of(0, "AC", "G"), None, "no base before it");
    }
}
