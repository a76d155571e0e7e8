//! The partial tandem duplication as an allele of the sample, so that it goes the way of every call.

use super::model::{CopyState, PartialDuplication};
use crate::evidence::{CountsNote, Evidence, ExonDepth, FileAllele, MatchedNormal, SampleAllele};
use crate::genome::{Event, EventKind};
use crate::transcript::Transcript;

/// Returns the allele of a duplication that was detected or is suspected; `contig` is the name of its chromosome in the file.
///
/// The fraction of one that reads show is that of the junction among the fragments at the end of the last exon it repeats, or that
/// which the depth tells, whichever is larger: reads reach the junction only where it lies near an exon. One that depth alone
/// suggests has none.
pub fn duplication_allele(
    ptd: &PartialDuplication,
    exons: &[ExonDepth],
    transcript: &Transcript,
    contig: &str,
) -> Option<SampleAllele> {
    let is_told = match ptd.state {
        CopyState::Detected => true,
        CopyState::Suspected => false,
        _ => return None,
    };
    let (first_exon, last_exon) = ptd.exons?;
    let place = |number: u32| transcript.exons().get(number as usize - 1);
    let (a, b) = (place(first_exon)?, place(last_exon)?);
    let stretch = ptd.stretch.unwrap_or((a.start.min(b.start), a.end.max(b.end)));
    let depth = exons
        .iter()
        .find(|e| e.gene == transcript.gene() && e.exon == last_exon)
        .map(|e| e.depth);
    let evidence = evidence(ptd, is_told, depth.unwrap_or(0.0));
    let event = Event {
        build: transcript.build(),
        chromosome: transcript.chromosome(),
        position: stretch.0 - 1,
        reference: "N".to_owned(),
        alternate: "<DUP>".to_owned(),
        kind: EventKind::Duplication,
        stretch: Some(stretch),
        length: (is_told && ptd.split > 0).then_some(stretch.1 - stretch.0 + 1),
        inserted: None,
        precise: is_told && ptd.split > 0,
        end: stretch.1,
        written: format!("<DUP> e{first_exon}-e{last_exon}, {}", evidence.counts_from),
        written_coded: None,
    };
    Some(SampleAllele {
        file_allele: FileAllele {
            contig: contig.to_owned(),
            position: event.position,
            reference: event.reference.clone(),
            alternate: event.alternate.clone(),
        },
        allele: event.into(),
        evidence,
        recount: None,
        normal: MatchedNormal::None,
        caller_filter: is_told.then(|| "PASS".to_owned()),
        population: None,
        annotations: Vec::new(),
        phase: None,
        genotype: None,
    })
}

fn evidence(ptd: &PartialDuplication, is_told: bool, depth: f64) -> Evidence {
    if is_told {
        return of_reads(ptd, depth);
    }
    if ptd.stretch.is_none() {
        return Evidence::with_note(CountsNote::DepthAlone { ratio: ratio_of(ptd) });
    }
    Evidence {
        alt_count: Some(ptd.pairs),
        ..Evidence::with_note(CountsNote::OutwardPairs)
    }
}

fn of_reads(ptd: &PartialDuplication, depth: f64) -> Evidence {
    let fragments = ptd.split + ptd.pairs;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a depth is no larger than the reads of a file"
    )]
    let depth = (depth.round() as u32).max(fragments);
    let counted = Evidence::from_counts(fragments, depth, CountsNote::JunctionFragments);
    let told = ptd
        .ratio
        .filter(|_| ptd.cells.is_some())
        .map(|r| 1.0 - 1.0 / r.value);
    match told.filter(|told| counted.vaf.is_none_or(|vaf| *told > vaf)) {
        None => counted,
        Some(vaf) => Evidence {
            alt_count: Some(fragments),
            ..Evidence::from_fraction(
                vaf,
                Some(depth),
                CountsNote::JunctionFragmentsAndDepth { ratio: ratio_of(ptd) },
            )
        },
    }
}

/// Writes the ratio, the same in every language.
fn ratio_of(ptd: &PartialDuplication) -> String {
    ptd.ratio.map_or_else(
        || "?".to_owned(),
        |r| format!("{:.2} ({:.2}-{:.2})", r.value, r.low, r.high),
    )
}
