//! How far records reach whose allele is symbolic: what END, SVLEN and LEN say that cannot be.

use super::record::{Record, Site};
pub(super) use crate::evidence::SpanOddity as OddSpan;

/// Alleles that replace a stretch of the reference.
const SPANS: [&[u8]; 4] = [b"<DEL", b"<DUP", b"<INV", b"<CN"];

/// Alleles that replace no stretch of it: insertions, and the places that translocations join.
const POINTS: [&[u8]; 4] = [b"<INS", b"<BND", b"<TRA", b"<CTX"];

/// Whether an end and a length differ by more than callers do that average over reads: ten bases and a tenth.
pub(super) fn contradict(stretch: i64, length: i64) -> bool {
    let (shorter, longer) = (stretch.min(length), stretch.max(length));
    longer - shorter > 10 && longer - shorter > longer / 10
}

/// Finds what is wrong with the span of a record on a contig that ends at `contig_end`.
pub(super) fn odd_span(site: &Site<'_>, contig_end: u32) -> Option<OddSpan> {
    let alternates = site.alternates();
    if alternates != b"." && !alternates.contains(&b'<') {
        return None;
    }
    let columns = site.symbolic_columns();
    // VCF writes a telomere as the position behind the last base.
    let last = i64::from(contig_end) + 1;
    let start = i64::from(site.position);
    let of_alleles = stated_stretch(columns.info, start, last)
        .and_then(|stretch| check_alleles(alternates, columns.info, stretch, start, last));
    match of_alleles {
        Ok(()) => odd_block(&columns.lengths, start, last),
        Err(odd) => Some(odd),
    }
}

/// Returns the value of a key of INFO, as `END=`, where it has one.
fn value<'i>(info: &'i [u8], key: &[u8]) -> Option<&'i [u8]> {
    let mut fields = info.split(|&b| b == b';');
    let value = fields.find_map(|field| field.strip_prefix(key));
    value.filter(|v| !matches!(*v, b"" | b"."))
}

/// Returns how far END lies behind the position; `None` where it does not say how far the record reaches.
fn stated_stretch(info: &[u8], start: i64, last: i64) -> Result<Option<i64>, OddSpan> {
    let Some(end) = value(info, b"END=") else {
        return Ok(None);
    };
    let end = number(end).ok_or(OddSpan::Unreadable)?;
    // An insertion ends where it begins, or before.
    if end < start - 1 || end < 0 {
        return Err(OddSpan::Backwards);
    }
    if end > last {
        return Err(OddSpan::BehindContig);
    }
    Ok(Some(end - start).filter(|stretch| *stretch > 0))
}

/// Holds the length of each allele against the stretch that END states.
fn check_alleles(
    alternates: &[u8],
    info: &[u8],
    stretch: Option<i64>,
    start: i64,
    last: i64,
) -> Result<(), OddSpan> {
    let is_stated = stretch.is_some();
    let lengths: Vec<&[u8]> =
        value(info, b"SVLEN=").map_or_else(Vec::new, |v| v.split(|&b| b == b',').collect());
    let mut longest = 0;
    let mut all_told = true;
    for (i, allele) in alternates.split(|&b| b == b',').enumerate() {
        if !SPANS.iter().any(|name| allele.starts_with(name)) {
            if !is_stated && is_of_unknown_kind(allele) {
                return Err(OddSpan::UnknownKind);
            }
            continue;
        }
        // Number=1 before VCF 4.4: one length for all.
        let length = lengths
            .get(i)
            .or_else(|| lengths.first().filter(|_| lengths.len() == 1))
            .filter(|length| **length != b".");
        let Some(length) = length else {
            if is_stated {
                all_told = false;
                continue;
            }
            return Err(OddSpan::NotStated);
        };
        let length = number(length).ok_or(OddSpan::Unreadable)?;
        // Before VCF 4.4 a deletion's is negative.
        let is_loss = !allele.starts_with(b"<DUP");
        // The length of an inversion was the difference of the alleles, zero, before VCF 4.4.
        if (length == 0 && !is_stated) || (length < 0 && !is_loss) {
            return Err(OddSpan::Unreadable);
        }
        if start.saturating_add(length.saturating_abs()) > last {
            return Err(OddSpan::BehindContig);
        }
        longest = longest.max(length.saturating_abs());
    }
    // The end is that of the longest allele.
    if let Some(stretch) = stretch
        && all_told
        && longest > 0
        && contradict(stretch, longest)
    {
        return Err(OddSpan::Contradiction);
    }
    Ok(())
}

fn is_of_unknown_kind(allele: &[u8]) -> bool {
    let is_point = POINTS.iter().any(|name| allele.starts_with(name));
    let text = std::str::from_utf8(allele).unwrap_or("<");
    text.starts_with('<') && !is_point && !Record::is_no_variant(text)
}

/// Finds what is wrong with the lengths of a reference block, one in each sample (VCF 4.5).
fn odd_block(lengths: &[&[u8]], start: i64, last: i64) -> Option<OddSpan> {
    lengths
        .iter()
        .filter(|length| !matches!(**length, b"" | b"."))
        .find_map(|length| match number(length) {
            Some(length) if length >= 1 && start.saturating_add(length - 1) <= last => None,
            Some(length) if length >= 1 => Some(OddSpan::BehindContig),
            _ => Some(OddSpan::Unreadable),
        })
}

fn number(text: &[u8]) -> Option<i64> {
    std::str::from_utf8(text).ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_end_and_lengths_cannot_say() {
        use OddSpan::{Backwards, BehindContig, Contradiction, NotStated, UnknownKind, Unreadable};

        for (alternates, info, format, expected) in [
            ("<DEL>", "SVTYPE=DEL", "GT\t0/1", Some(NotStated)),
            ("<DEL>", ".", "GT\t0/1", Some(NotStated)),
            ("<DEL>", "SVLEN=.;END=.", "GT\t0/1", Some(NotStated)),
            ("<DUP:TANDEM>", "END=10", "GT\t0/1", Some(NotStated)),
            ("A,<DEL>", "SVLEN=.,.", "GT\t0/1", Some(NotStated)),
            ("<DEL>", "SVLEN=-200", "GT\t0/1", None),
            ("<DEL>", "SVLEN=200", "GT\t0/1", None),
            ("<DEL>", "END=300", "GT\t0/1", None),
            ("<INV>", "SVLEN=-200", "GT\t0/1", None),
            ("<INV>", "SVLEN=0;END=300", "GT\t0/1", None),
            ("<DEL>", "END=300;SVLEN=-290", "GT\t0/1", None),
            ("<DEL>", "END=300;SVLEN=-299", "GT\t0/1", None),
            ("<DEL>", "END=300;SVLEN=-900", "GT\t0/1", Some(Contradiction)),
            ("<DUP>", "END=900;SVLEN=90", "GT\t0/1", Some(Contradiction)),
            ("<DEL>,<DUP>", "END=300;SVLEN=90,290", "GT\t0/1", None),
            ("<DEL>,<CNV>", "END=300;SVLEN=90,.", "GT\t0/1", None),
            ("<FOO>", "SVLEN=90", "GT\t0/1", Some(UnknownKind)),
            ("<FOO>", ".", "GT\t0/1", Some(UnknownKind)),
            ("<FOO>", "END=90", "GT\t0/1", None),
            ("A,<FOO:BAR>", "SVLEN=.,90", "GT\t0/1", Some(UnknownKind)),
            ("<INS:ME>", "SVLEN=90", "GT\t0/1", None),
            ("<NON_REF>", "SVLEN=90", "GT\t0/1", None),
            ("<DUP>", "SVLEN=-200", "GT\t0/1", Some(Unreadable)),
            ("<DEL>", "SVLEN=0", "GT\t0/1", Some(Unreadable)),
            ("<DEL>", "SVLEN=long", "GT\t0/1", Some(Unreadable)),
            ("<DEL>", "SVLEN=2e3;END=50", "GT\t0/1", Some(Unreadable)),
            ("<DEL>", "END=x;SVLEN=5", "GT\t0/1", Some(Unreadable)),
            ("<DEL>", "END=5;SVLEN=5", "GT\t0/1", Some(Backwards)),
            ("<DEL>", "END=-5", "GT\t0/1", Some(Backwards)),
            ("<DEL>", "END=99999999999", "GT\t0/1", Some(BehindContig)),
            ("<DEL>", "SVLEN=-99999999999", "GT\t0/1", Some(BehindContig)),
            ("<DEL>", "SVLEN=991", "GT\t0/1", None),
            ("<DEL>", "SVLEN=992", "GT\t0/1", Some(BehindContig)),
            ("<INS>", ".", "GT\t0/1", None),
            ("<INS>", "END=9;SVLEN=5000", "GT\t0/1", None),
            ("T", "END=x;SVLEN=x", "GT\t0/1", None),
            ("<NON_REF>", "END=50", "GT\t0/0", None),
            (".", "END=5000", "GT\t0/0", Some(BehindContig)),
            ("<*>", ".", "GT:LEN\t0/0:91\t0/0:.\t.", None),
            ("<*>", ".", "GT:LEN\t0/0:91\t0/0:-5", Some(Unreadable)),
            ("<*>", ".", "GT:LEN\t0/0:many", Some(Unreadable)),
            ("<*>", ".", "GT:LEN\t0/0:99999999999", Some(BehindContig)),
        ] {
            let line = format!("chr1\t10\t.\tA\t{alternates}\t.\t.\t{info}\t{format}");
            let actual = odd_span(&Site::parse(line.as_bytes()).unwrap(), 1000);
            assert_eq!(actual, expected, "{line}");
        }
    }
}
