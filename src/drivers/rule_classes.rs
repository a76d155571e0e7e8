//! The classes of variants that rules speak of, from the terms and the protein change of a consequence.

use crate::genome::Allele;
use crate::panel::VariantClass;
use crate::transcript::{Consequence, ProteinChange, ProteinChangeKind, Region, SoTerm};

/// Returns the classes that are certain, from the terms and the protein change.
pub(super) fn classes(consequence: &Consequence) -> Vec<VariantClass> {
    let mut classes: Vec<VariantClass> = consequence
        .terms
        .iter()
        .filter_map(|term| class_of_term(*term, consequence))
        .collect();
    if let Some(change) = &consequence.protein_change {
        // The protein change says more than the terms: a delins of equal length is missense, an insertion may hold a stop.
        classes.retain(|c| !matches!(c, VariantClass::Missense | VariantClass::Inframe));
        classes.extend(class_of_change(change));
    }
    classes.sort_unstable();
    classes.dedup();
    classes
}

fn class_of_term(term: SoTerm, consequence: &Consequence) -> Option<VariantClass> {
    match term {
        SoTerm::Frameshift => Some(VariantClass::Frameshift),
        SoTerm::StopGained => Some(VariantClass::StopGained),
        SoTerm::SpliceAcceptor | SoTerm::SpliceDonor => {
            splices_coding(consequence).then_some(VariantClass::SpliceSite)
        }
        SoTerm::SpliceDonorFifthBase => {
            splices_coding(consequence).then_some(VariantClass::SpliceDonorRegion)
        }
        SoTerm::SpliceDonorRegion | SoTerm::SpliceRegion => (is_donor_indel(consequence)
            && splices_coding(consequence))
        .then_some(VariantClass::SpliceDonorRegion),
        SoTerm::StartLost => Some(VariantClass::StartLost),
        SoTerm::StopLost => Some(VariantClass::StopLost),
        SoTerm::Missense => Some(VariantClass::Missense),
        SoTerm::InframeInsertion | SoTerm::InframeDeletion | SoTerm::ProteinAltering => {
            Some(VariantClass::Inframe)
        }
        _ => None,
    }
}

fn class_of_change(change: &ProteinChange) -> Option<VariantClass> {
    match &change.kind {
        ProteinChangeKind::Synonymous => None,
        ProteinChangeKind::Substitution { .. } => Some(VariantClass::Missense),
        ProteinChangeKind::Nonsense => Some(VariantClass::StopGained),
        ProteinChangeKind::Frameshift { .. } => Some(VariantClass::Frameshift),
        ProteinChangeKind::Insertion { residues } | ProteinChangeKind::Delins { residues }
            if residues.contains('*') =>
        {
            Some(VariantClass::StopGained)
        }
        ProteinChangeKind::Delins { residues } if same_length(change, residues) => {
            Some(VariantClass::Missense)
        }
        ProteinChangeKind::Deletion
        | ProteinChangeKind::Duplication
        | ProteinChangeKind::Insertion { .. }
        | ProteinChangeKind::Delins { .. } => Some(VariantClass::Inframe),
        ProteinChangeKind::StartLost => Some(VariantClass::StartLost),
        ProteinChangeKind::Extension { .. } => Some(VariantClass::StopLost),
    }
}

/// Whether the coding name is that of an insertion, deletion or duplication that begins among bases three to six of an intron, or that
/// inserts between the second and the third: what a duplication doubles is inserted behind its last base.
fn is_donor_indel(consequence: &Consequence) -> bool {
    let name = consequence.hgvs_c.as_deref().unwrap_or_default();
    let offset = |part: &str| {
        let digits: String = part
            .split_once('+')?
            .1
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        digits.parse::<u32>().ok()
    };
    let is = |what: &str| name.contains(what);
    let (first, last) = name.split_once('_').unwrap_or((name, name));
    match offset(first) {
        Some(3..=6) => is("del") || is("ins") || is("dup"),
        Some(2) if is("ins") => !is("del"),
        Some(1..=2) => is("dup") && offset(last).is_some_and(|last| (2..=6).contains(&last)),
        _ => false,
    }
}

/// A splice site counts where the exon next to it is coding: `c.1934+1G>A`, but not `c.-12+1G>A` or `c.*5-1G>A`.
fn splices_coding(consequence: &Consequence) -> bool {
    consequence
        .hgvs_c
        .as_deref()
        .is_none_or(|c| coding_base(c).is_some())
}

/// Returns what a coding variant without known protein change might be.
pub(super) fn open_classes(consequence: &Consequence, variant: &Allele) -> Vec<VariantClass> {
    let settled = consequence
        .terms
        .iter()
        .any(|t| !matches!(t, SoTerm::CodingSequence | SoTerm::SpliceRegion));
    if consequence.region != Region::Coding || settled {
        return Vec::new();
    }
    let Some(difference) = variant.length_change().map(i64::unsigned_abs) else {
        return Vec::new();
    };
    if difference == 0 {
        vec![VariantClass::Missense, VariantClass::StopGained]
    } else if difference.is_multiple_of(3) {
        vec![VariantClass::Inframe, VariantClass::StopGained]
    } else {
        vec![VariantClass::Frameshift]
    }
}

pub(super) fn same_length(change: &ProteinChange, residues: &str) -> bool {
    residues.len() == (change.end - change.start + 1) as usize
}

/// Returns the first coding base of an HGVS c. description: 1934 of `c.1934+1G>A`; `None` before and behind the CDS.
pub(super) fn coding_base(hgvs_c: &str) -> Option<u32> {
    let text = hgvs_c.strip_prefix("c.")?;
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::SequenceSource;

    #[test]
    fn a_term_alone_tells_the_class() {
        use VariantClass::{
            Frameshift, Inframe, Missense, SpliceDonorRegion, SpliceSite, StartLost, StopGained, StopLost,
        };
        for term in SoTerm::ALL {
            let expected: &[VariantClass] = match term.name() {
                "frameshift_variant" => &[Frameshift],
                "stop_gained" => &[StopGained],
                "splice_acceptor_variant" | "splice_donor_variant" => &[SpliceSite],
                "splice_donor_5th_base_variant" => &[SpliceDonorRegion],
                "start_lost" => &[StartLost],
                "stop_lost" => &[StopLost],
                "missense_variant" => &[Missense],
                "inframe_insertion" | "inframe_deletion" | "protein_altering_variant" => &[Inframe],
                _ => &[],
            };
            let consequence = Consequence {
                terms: vec![*term],
                ..Consequence::of_nothing_known(SequenceSource::File)
            };
            assert_eq!(classes(&consequence), expected, "{}", term.name());
        }
    }

    #[test]
    fn the_protein_change_says_more_than_the_terms() {
        use VariantClass::{Frameshift, Inframe, Missense, SpliceSite, StartLost, StopGained, StopLost};
        let cases: [(&[SoTerm], &str, &[VariantClass]); 14] = [
            (
                &[SoTerm::SpliceDonor, SoTerm::Missense],
                "K10L",
                &[SpliceSite, Missense],
            ),
            (
                &[SoTerm::StopGained, SoTerm::InframeDeletion],
                "K10del",
                &[StopGained, Inframe],
            ),
            (&[SoTerm::InframeDeletion], "K10_L11delinsAG", &[Missense]),
            (&[SoTerm::Missense], "K10_L12delinsAG", &[Inframe]),
            (&[SoTerm::ProteinAltering], "K10_L11delinsAGR", &[Inframe]),
            (&[SoTerm::InframeInsertion], "K10_L11insA*", &[StopGained]),
            (&[SoTerm::ProteinAltering], "K10_L11delinsA*", &[StopGained]),
            (&[SoTerm::Missense], "K10=", &[]),
            (&[], "K10*", &[StopGained]),
            (&[], "K10fs", &[Frameshift]),
            (&[], "K10_L11insAG", &[Inframe]),
            (&[], "K10dup", &[Inframe]),
            (&[], "M1?", &[StartLost]),
            (&[], "*10Lext*3", &[StopLost]),
        ];
        for (terms, change, expected) in cases {
            let consequence = Consequence {
                terms: terms.to_vec(),
                ..Consequence::of_change(change)
            };
            assert!(consequence.protein_change.is_some(), "{change}");
            assert_eq!(classes(&consequence), expected, "{terms:?} {change}");
        }
    }
}
