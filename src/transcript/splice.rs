//! Terms that follow from the distance to introns.

use super::change::Change;
use super::consequence::SoTerm;
use super::model::Transcript;

/// First and last oriented position; an insertion has its end one before its start, as in VEP.
#[derive(Clone, Copy)]
struct Span {
    start: i64,
    end: i64,
}

impl Span {
    const fn touches(self, first: i64, last: i64) -> bool {
        self.end >= first && self.start <= last
    }

    const fn is_insertion(self) -> bool {
        self.start > self.end
    }
}

/// Returns the terms that follow from the distance to introns alone.
///
/// Distances as in Ensembl VEP: donor and acceptor are the two intron bases next to the exon, an insertion counts when it
/// parts them; splice region 1 to 3 bases of the exon and 3 to 8 of the intron; donor region bases 3 to 6 and the fifth by
/// its own name; polypyrimidine tract bases -3 to -17.
pub(super) fn splice_terms(transcript: &Transcript, change: &Change) -> Vec<SoTerm> {
    let span = Span {
        start: change.start,
        end: change.end - 1,
    };
    let mut terms = Vec::new();
    let ends = transcript.exons().len().saturating_sub(1);
    // Introns whose neighborhood the change can reach: from the exon at or before its first base on.
    let first = first_intron(transcript, span.start.min(span.end) - 3);
    for index in first..ends {
        let intron = (
            transcript.oriented_exon(index).1 + 1,
            transcript.oriented_exon(index + 1).0 - 1,
        );
        if intron.0 - 3 > span.start.max(span.end) {
            break;
        }
        intron_terms(span, intron, &mut terms);
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

fn first_intron(transcript: &Transcript, oriented: i64) -> usize {
    let exons = transcript.exons().len();
    let (mut low, mut high) = (0, exons);
    while low < high {
        let middle = usize::midpoint(low, high);
        if transcript.oriented_exon(middle).0 <= oriented {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low.saturating_sub(1)
}

fn intron_terms(span: Span, (first, last): (i64, i64), terms: &mut Vec<SoTerm>) {
    let donor = span.touches(first, first + 1);
    let acceptor = span.touches(last - 1, last);
    if donor {
        terms.push(SoTerm::SpliceDonor);
    }
    if acceptor {
        terms.push(SoTerm::SpliceAcceptor);
    }
    let fifth = span.touches(first + 4, first + 4);
    let donor_region = span.touches(first + 2, first + 5);
    if !donor && fifth {
        terms.push(SoTerm::SpliceDonorFifthBase);
    } else if !donor && donor_region {
        terms.push(SoTerm::SpliceDonorRegion);
    }
    if span.touches(last - 16, last - 2) && !acceptor {
        terms.push(SoTerm::SplicePolypyrimidine);
    }
    let at_edge = span.is_insertion()
        && (span.start == first || span.end == last || span.start == first + 2 || span.end == last - 2);
    let region = span.touches(first - 3, first - 1)
        || span.touches(first + 2, first + 7)
        || span.touches(last - 7, last - 2)
        || span.touches(last + 1, last + 3)
        || at_edge;
    // The narrower names of the donor side stand for the region.
    let named = !span.touches(first - 3, first - 1) && (fifth || donor_region) && !acceptor;
    if region && !donor && !acceptor && !named {
        terms.push(SoTerm::SpliceRegion);
    }
    let inside = span.touches(first + 2, last - 2)
        || span.is_insertion() && (span.start == first + 2 || span.end == last - 2);
    if inside {
        terms.push(SoTerm::Intron);
    }
}
