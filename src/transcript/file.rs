//! Reads the annotation that an input file carries into the form of our own.

use super::coding::{CodingChange, CodingChangeKind};
use super::consequence::{Consequence, Region, SequenceSource, SoTerm};
use super::model::Transcript;
use super::position::CdsPosition;
use super::protein::{ProteinChange, ProteinChangeKind};

/// What a file's own annotation says of a variant on one transcript. Each text as it stands in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileAnnotation<'a> {
    /// HGVS c. with or without accession.
    pub hgvs_c: Option<&'a str>,
    /// HGVS p. in any of the forms of [`ProteinChange::parse`].
    pub hgvs_p: Option<&'a str>,
    /// Sequence Ontology terms, joined by `&` or `,`.
    pub consequence: Option<&'a str>,
    /// Exon as the file numbers it, `13/13`.
    pub exon: Option<&'a str>,
    /// Intron as the file numbers it.
    pub intron: Option<&'a str>,
}

/// Reads the annotation that a file carries for `transcript`.
///
/// The caller has matched the file's transcript with ours. Nothing is computed beyond the reading: place and coding range
/// follow from the c. text, the terms are the file's. `None` where neither c. nor p. nor a term could be read.
pub fn consequence_from_file(
    annotation: &FileAnnotation<'_>,
    transcript: &Transcript,
) -> Option<Consequence> {
    let given = |text: Option<&str>| {
        text.map(str::trim)
            .filter(|t| !matches!(*t, "" | "." | "-"))
            .map(str::to_owned)
    };
    let coding = annotation.hgvs_c.and_then(|text| CodingChange::parse(text).ok());
    let change = annotation.hgvs_p.and_then(ProteinChange::parse);
    let mut terms: Vec<SoTerm> = annotation
        .consequence
        .unwrap_or_default()
        .split(['&', ','])
        .filter_map(|term| SoTerm::parse(term.trim()))
        .collect();
    terms.sort_unstable();
    terms.dedup();
    if terms.is_empty() {
        terms.extend(change.as_ref().map(term_of));
    }
    if coding.is_none() && change.is_none() && terms.is_empty() {
        return None;
    }
    Some(Consequence {
        gene: transcript.gene().to_owned(),
        transcript: transcript.accession().to_owned(),
        region: coding.as_ref().map_or_else(|| region_of_terms(&terms), region_of),
        exon: given(annotation.exon),
        intron: given(annotation.intron),
        terms,
        hgvs_c: coding.as_ref().map(ToString::to_string),
        hgvs_p: change.as_ref().map(ProteinChange::long),
        hgvs_p_short: change.as_ref().map(ProteinChange::short),
        protein_change: change,
        cds_range: coding.as_ref().and_then(cds_range),
        nmd_escape: None,
        source: SequenceSource::File,
        note: None,
        note_coded: Vec::new(),
        event: None,
    })
}

/// The term that a protein change itself states, for files that carry HGVS without terms.
fn term_of(change: &ProteinChange) -> SoTerm {
    match &change.kind {
        ProteinChangeKind::Synonymous if change.reference_start == '*' => SoTerm::StopRetained,
        ProteinChangeKind::Synonymous => SoTerm::Synonymous,
        ProteinChangeKind::Substitution { .. } => SoTerm::Missense,
        ProteinChangeKind::Nonsense => SoTerm::StopGained,
        ProteinChangeKind::Frameshift { .. } => SoTerm::Frameshift,
        ProteinChangeKind::Deletion => SoTerm::InframeDeletion,
        ProteinChangeKind::Insertion { residues } | ProteinChangeKind::Delins { residues }
            if residues.contains('*') =>
        {
            SoTerm::StopGained
        }
        ProteinChangeKind::Insertion { .. } | ProteinChangeKind::Duplication => SoTerm::InframeInsertion,
        ProteinChangeKind::Delins { .. } => SoTerm::ProteinAltering,
        ProteinChangeKind::StartLost => SoTerm::StartLost,
        ProteinChangeKind::Extension { .. } => SoTerm::StopLost,
    }
}

fn region_of(change: &CodingChange) -> Region {
    // The two positions of an insertion, and the ends of a range: the more central one decides.
    let of = |p: CdsPosition| match p.offset.unsigned_abs() {
        0 if p.behind_stop => Region::ThreePrimeUtr,
        0 if p.base < 0 => Region::FivePrimeUtr,
        0 => Region::Coding,
        1 | 2 => Region::SpliceSite,
        3..=8 => Region::SpliceRegion,
        _ => Region::Intron,
    };
    let rank = |region: Region| match region {
        Region::Coding => 0,
        Region::SpliceSite => 1,
        Region::FivePrimeUtr | Region::ThreePrimeUtr => 2,
        Region::SpliceRegion => 3,
        Region::Intron => 4,
        Region::Outside => 5,
    };
    let (first, last) = (of(change.start), of(change.end));
    if rank(first) <= rank(last) { first } else { last }
}

fn region_of_terms(terms: &[SoTerm]) -> Region {
    match terms.first() {
        Some(SoTerm::SpliceAcceptor | SoTerm::SpliceDonor) => Region::SpliceSite,
        Some(SoTerm::FivePrimeUtr) => Region::FivePrimeUtr,
        Some(SoTerm::ThreePrimeUtr) => Region::ThreePrimeUtr,
        Some(
            SoTerm::SpliceDonorFifthBase
            | SoTerm::SpliceRegion
            | SoTerm::SpliceDonorRegion
            | SoTerm::SplicePolypyrimidine,
        ) => Region::SpliceRegion,
        Some(SoTerm::Intron) => Region::Intron,
        Some(SoTerm::Upstream | SoTerm::Downstream | SoTerm::Intergenic | SoTerm::TranscriptAblation) => {
            Region::Outside
        }
        _ => Region::Coding,
    }
}

fn cds_range(change: &CodingChange) -> Option<(u32, u32)> {
    let coding = |p: CdsPosition| p.is_coding().then(|| p.base.unsigned_abs());
    let (first, last) = (coding(change.start), coding(change.end));
    match (first, last, &change.kind) {
        (Some(first), Some(last), _) => Some((first, last)),
        // At an exon border only one of the two neighbors is coding.
        (Some(at), None, _) | (None, Some(at), _)
            if !matches!(change.kind, CodingChangeKind::Insertion(_)) =>
        {
            Some((at, at))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::transcript;
    use super::*;
    use crate::genome::Build;

    #[test]
    fn reads_what_vep_writes() {
        let transcript = transcript("NM_022552.5", Build::Grch38).unwrap();
        let annotation = FileAnnotation {
            hgvs_c: Some("ENST00000321117.10:c.2645G>A"),
            hgvs_p: Some("ENSP00000324375.5:p.Arg882His"),
            consequence: Some("splice_region_variant&missense_variant"),
            exon: Some("23/23"),
            intron: Some(""),
        };
        let actual = consequence_from_file(&annotation, transcript).unwrap();
        assert_eq!(actual.hgvs_c.as_deref(), Some("c.2645G>A"));
        assert_eq!(actual.hgvs_p.as_deref(), Some("p.(Arg882His)"));
        assert_eq!(actual.hgvs_p_short.as_deref(), Some("p.R882H"));
        assert_eq!(actual.terms, [SoTerm::Missense, SoTerm::SpliceRegion]);
        assert_eq!(
            (actual.region, actual.cds_range),
            (Region::Coding, Some((2645, 2645)))
        );
        assert_eq!((actual.exon.as_deref(), actual.intron), (Some("23/23"), None));
        assert_eq!(actual.source, SequenceSource::File);
    }

    #[test]
    fn synonymous_and_splice_and_nothing() {
        let transcript = transcript("NM_022552.5", Build::Grch38).unwrap();
        let read = |c, p, so| {
            let annotation = FileAnnotation {
                hgvs_c: c,
                hgvs_p: p,
                consequence: so,
                exon: None,
                intron: None,
            };
            consequence_from_file(&annotation, transcript)
        };
        let synonymous = read(Some("c.27C>T"), Some("p.Pro9%3D"), None).unwrap();
        assert_eq!(synonymous.terms, [SoTerm::Synonymous]);
        let splice = read(Some("c.2597+1G>A"), Some(""), Some("splice_donor_variant")).unwrap();
        assert_eq!((splice.region, splice.protein_change), (Region::SpliceSite, None));
        assert_eq!(read(Some("."), Some("."), Some("")), None);
    }
}
