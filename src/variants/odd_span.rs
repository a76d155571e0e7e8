//! How far records reach whose allele is symbolic: what END, SVLEN and LEN say that cannot be.

use super::record::Site;

/// What is wrong with the span of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OddSpan {
    /// Nothing says how far a deletion, duplication or inversion reaches.
    NotStated,
    /// A length or an end that is no number, or a length below one.
    Unreadable,
    /// The end lies before the position.
    Backwards,
    /// It reaches behind the end of its contig.
    BehindContig,
}

impl OddSpan {
    /// Returns what to say of such records.
    pub const fn text(self) -> &'static str {
        match self {
            Self::NotStated => {
                "symbolic alleles whose end nothing tells (neither INFO END behind POS nor SVLEN): only their first base was looked at"
            }
            Self::Unreadable => {
                "symbolic alleles or blocks with an END, SVLEN or LEN that is no length: it was not used; correct the records"
            }
            Self::Backwards => {
                "symbolic alleles or blocks with an END before POS: it was not used; correct the records"
            }
            Self::BehindContig => {
                "symbolic alleles or blocks that reach behind the end of their contig: correct END, SVLEN or LEN; is the build right?"
            }
        }
    }
}

/// Alleles that replace a stretch of the reference.
const SPANS: [&[u8]; 4] = [b"<DEL", b"<DUP", b"<INV", b"<CN"];

/// Finds what is wrong with the span of a record on a contig that ends at `contig_end`.
pub(super) fn odd_span(site: &Site<'_>, contig_end: u32) -> Option<OddSpan> {
    let alternates = site.alternates();
    if alternates != b"." && !alternates.contains(&b'<') {
        return None;
    }
    let columns = site.symbolic_columns();
    let value = |key: &[u8]| {
        let mut fields = columns.info.split(|&b| b == b';');
        let value = fields.find_map(|field| field.strip_prefix(key));
        value.filter(|v| !matches!(*v, b"" | b"."))
    };
    let mut is_stated = false;
    // VCF writes a telomere as the position behind the last base.
    let last = i64::from(contig_end) + 1;
    let start = i64::from(site.position);
    if let Some(end) = value(b"END=") {
        let Some(end) = number(end) else {
            return Some(OddSpan::Unreadable);
        };
        // An insertion ends where it begins, or before.
        if end < start - 1 || end < 0 {
            return Some(OddSpan::Backwards);
        }
        if end > last {
            return Some(OddSpan::BehindContig);
        }
        is_stated = end > start;
    }
    let lengths: Vec<&[u8]> = value(b"SVLEN=").map_or_else(Vec::new, |v| v.split(|&b| b == b',').collect());
    for (i, allele) in alternates.split(|&b| b == b',').enumerate() {
        if !SPANS.iter().any(|name| allele.starts_with(name)) {
            continue;
        }
        // Number=1 before VCF 4.4: one length for all.
        let length = lengths
            .get(i)
            .or_else(|| lengths.first().filter(|_| lengths.len() == 1))
            .filter(|length| **length != b".");
        let Some(length) = length else {
            if is_stated {
                continue;
            }
            return Some(OddSpan::NotStated);
        };
        // Before VCF 4.4 a deletion's is negative.
        let is_loss = !allele.starts_with(b"<DUP");
        match number(length) {
            // The length of an inversion was the difference of the alleles, zero, before VCF 4.4.
            Some(length) if (length == 0 && !is_stated) || (length < 0 && !is_loss) => {
                return Some(OddSpan::Unreadable);
            }
            Some(length) if start.saturating_add(length.saturating_abs()) > last => {
                return Some(OddSpan::BehindContig);
            }
            Some(_) => {}
            None => return Some(OddSpan::Unreadable),
        }
    }
    odd_block(&columns.lengths, start, last)
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
        use OddSpan::{Backwards, BehindContig, NotStated, Unreadable};

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
