//! Takes the protein change over from the annotation of the input file, where no sequence of our own is there.

use crate::evidence::FileAnnotation;
use crate::transcript::{
    self, CodingChange, Consequence, ConsequenceNote, SequenceSource, Transcript, consequence_from_file,
};

/// How surely an annotation of the file speaks of the panel's transcript; the surest is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    /// The panel's accession with its version.
    Accession,
    /// Its Ensembl partner of MANE with its version.
    Partner,
    /// One of the two in another or no version, with the same c. name as ours.
    OtherVersion,
}

/// Returns `own` with terms and protein change as the file states them for the panel's transcript.
///
/// Gene, exon, region and c. position stay ours: they follow from coordinates. A change that only an exact version can
/// vouch for (MYD88 numbers 13 residues lower since NM_002468.5) is not taken from another version unless the c. name
/// proves that the two number alike. `None` where the file has no such annotation.
pub(super) fn take_over(
    own: &Consequence,
    annotations: &[FileAnnotation],
    transcript: &Transcript,
) -> Option<Consequence> {
    let (matched, annotation) = annotations
        .iter()
        .filter_map(|a| matching(own, a, transcript).map(|m| (m, a)))
        // `min_by_key` keeps the first of equals: the order of the file.
        .min_by_key(|(m, _)| *m)?;
    let terms = annotation.terms.join("&");
    let read = consequence_from_file(
        &transcript::FileAnnotation {
            hgvs_c: annotation.hgvs_c.as_deref(),
            hgvs_p: annotation.hgvs_p.as_deref(),
            consequence: Some(&terms),
            exon: annotation.exon.as_deref(),
            intron: None,
        },
        transcript,
    )?;
    let exact = matched != Match::OtherVersion;
    let mut taken = Consequence {
        terms: if read.terms.is_empty() {
            own.terms.clone()
        } else {
            read.terms
        },
        // An indel cannot be moved 3' without sequence: on the very transcript the file knows better.
        hgvs_c: if exact && own.note.is_some() {
            read.hgvs_c.or_else(|| own.hgvs_c.clone())
        } else {
            own.hgvs_c.clone()
        },
        hgvs_p: read.hgvs_p,
        hgvs_p_short: read.hgvs_p_short,
        protein_change: read.protein_change,
        source: SequenceSource::File,
        ..own.clone()
    };
    taken.set_note(ConsequenceNote::FromFile {
        source: annotation.source.name().to_owned(),
        transcript: annotation.transcript.clone().unwrap_or_else(|| "?".to_owned()),
    });
    Some(taken)
}

fn matching(own: &Consequence, annotation: &FileAnnotation, transcript: &Transcript) -> Option<Match> {
    let named = annotation.transcript.as_deref()?;
    if named == transcript.accession() {
        return Some(Match::Accession);
    }
    if Some(named) == transcript.ensembl() {
        return Some(Match::Partner);
    }
    let base = |accession: &str| accession.split('.').next().unwrap_or_default().to_owned();
    let related = base(named) == base(transcript.accession())
        || transcript.ensembl().is_some_and(|e| base(e) == base(named));
    let same_name = own.hgvs_c.is_some() && annotation.hgvs_c.as_deref().and_then(canonical) == own.hgvs_c;
    (related && same_name).then_some(Match::OtherVersion)
}

/// Returns a c. name as this program writes it: `c.1934dupG` is `c.1934dup`.
fn canonical(coding: &str) -> Option<String> {
    CodingChange::parse(coding).ok().map(|change| change.to_string())
}
