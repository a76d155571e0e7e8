//! One record as slices of its line. Nothing is copied, nothing is parsed that is not asked for.

use super::error::RecordProblem;
use crate::genome::as_count;

/// POS is a 32-bit signed number in BCF and in the tabix index.
const LARGEST_POSITION: u32 = i32::MAX as u32;

/// A record: the columns of a line.
#[derive(Clone, Debug)]
pub(crate) struct Record<'a> {
    pub contig: &'a str,
    pub position: u32,
    pub reference: &'a str,
    pub alternates: Vec<&'a str>,
    pub quality: &'a str,
    pub filter: &'a str,
    pub info: Info<'a>,
    pub format: Vec<&'a str>,
    pub cells: Vec<&'a str>,
}

/// The start of a line: enough to know whether the record is wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Site<'a> {
    pub contig: &'a [u8],
    pub position: u32,
    rest: &'a [u8],
}

/// What tells how far a symbolic allele or a block reaches.
pub(crate) struct SymbolicColumns<'a> {
    /// The column INFO.
    pub info: &'a [u8],
    /// FORMAT `LEN` of the samples that have it.
    pub lengths: Vec<&'a [u8]>,
}

impl<'a> Site<'a> {
    /// Reads CHROM and POS of a line.
    pub(super) fn parse(line: &'a [u8]) -> Result<Self, RecordProblem> {
        let (contig, rest) = column(line);
        if contig.is_empty() {
            return Err(RecordProblem::new("CHROM", contig, "empty", "correct the line"));
        }
        let (position, rest) = column(rest);
        let position = parse_position(position)?;
        Ok(Self {
            contig,
            position,
            rest,
        })
    }

    /// Returns the last reference base that every index knows: by REF, or by INFO END where an allele is symbolic or absent. What
    /// VCF 4.4 and 4.5 added only newer ones do.
    pub(super) fn indexed_end(&self) -> u32 {
        let mut columns = self.rest.split(|&b| b == b'\t');
        let mut next = || columns.next().unwrap_or_default();
        let (_id, reference, alternates, _quality, _filter, info) =
            (next(), next(), next(), next(), next(), next());
        let own = last_base(self.position, reference.len());
        if alternates != b"." && !alternates.contains(&b'<') {
            return own;
        }
        let end = info
            .split(|&b| b == b';')
            .find_map(|field| field.strip_prefix(b"END="));
        end.and_then(number).map_or(own, |end| end.max(own))
    }

    /// Returns the column ALT.
    pub(super) fn alternates(&self) -> &'a [u8] {
        let (_, rest) = column(self.rest);
        column(column(rest).1).0
    }

    /// Returns the columns that tell how far a symbolic allele or a block reaches.
    pub(super) fn symbolic_columns(&self) -> SymbolicColumns<'a> {
        let mut columns = self.rest.split(|&b| b == b'\t').skip(5);
        let info = columns.next().unwrap_or_default();
        let format = columns.next().unwrap_or_default();
        let place = format.split(|&b| b == b':').position(|key| key == b"LEN");
        let lengths = place.map_or_else(Vec::new, |place| {
            columns
                .filter_map(|cell| cell.split(|&b| b == b':').nth(place))
                .collect()
        });
        SymbolicColumns { info, lengths }
    }

    /// Returns the last reference base: by REF, or by INFO and FORMAT where an allele is symbolic or absent.
    pub(super) fn end(&self) -> u32 {
        let (_, rest) = column(self.rest);
        let (reference, rest) = column(rest);
        let own = last_base(self.position, reference.len());
        let (alternates, rest) = column(rest);
        if alternates != b"." && !alternates.contains(&b'<') {
            return own;
        }
        let (_, rest) = column(rest);
        let (_, rest) = column(rest);
        let (info, rest) = column(rest);
        let reach = symbolic_end(self.position, own, alternates, info);
        let (format, mut cells) = column(rest);
        let Some(place) = format.split(|&b| b == b':').position(|k| k == b"LEN") else {
            return reach;
        };
        let mut end = reach;
        while !cells.is_empty() {
            let (cell, rest) = column(cells);
            let length = cell.split(|&b| b == b':').nth(place).and_then(number);
            end = end.max(block_end(self.position, own, length));
            cells = rest;
        }
        end
    }
}

/// Returns the last of the bases that begin at a position.
fn last_base(position: u32, length: usize) -> u32 {
    let length = as_count(length).max(1);
    position.saturating_add(length - 1)
}

/// Returns the last base of a reference block of VCF 4.5, whose length stands in the sample (FORMAT `LEN`).
fn block_end(position: u32, own: u32, length: Option<u32>) -> u32 {
    length.map_or(own, |n| position.saturating_add(n.saturating_sub(1)).max(own))
}

/// Returns the last base by INFO `END`, else by `SVLEN`, one of each ALT: from VCF 4.4 on END is redundant and SVLEN positive,
/// before that a deletion's is negative. The length of an insertion is none of the reference.
fn symbolic_end(position: u32, own: u32, alternates: &[u8], info: &[u8]) -> u32 {
    let value = |key: &[u8]| {
        info.split(|&b| b == b';')
            .find_map(|field| field.strip_prefix(key))
    };
    if let Some(end) = value(b"END=").and_then(number).filter(|end| *end > own) {
        return end;
    }
    let Some(lengths) = value(b"SVLEN=") else {
        return own;
    };
    let lengths: Vec<&[u8]> = lengths.split(|&b| b == b',').collect();
    let mut end = own;
    for (i, allele) in alternates.split(|&b| b == b',').enumerate() {
        let is_span = [&b"<DEL"[..], b"<DUP", b"<INV", b"<CN"]
            .iter()
            .any(|name| allele.starts_with(name));
        // Number=1 before VCF 4.4: one length for all.
        let length = lengths
            .get(i)
            .or_else(|| lengths.first().filter(|_| lengths.len() == 1));
        let length = length.and_then(|l| number(l.strip_prefix(b"-").unwrap_or(l)));
        if let Some(length) = length.filter(|_| is_span) {
            end = end.max(position.saturating_add(length));
        }
    }
    end
}

fn number(text: &[u8]) -> Option<u32> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

fn parse_position(text: &[u8]) -> Result<u32, RecordProblem> {
    std::str::from_utf8(text)
        .ok()
        .filter(|t| t.bytes().all(|b| b.is_ascii_digit()))
        .and_then(|t| t.parse().ok())
        .filter(|&p| p <= LARGEST_POSITION)
        .ok_or_else(|| {
            RecordProblem::new(
                "POS",
                text,
                "not a position (a whole number from 0 to 2147483647)",
                "correct the line",
            )
        })
}

/// BCF, and with it every tool of htslib, numbers 65,535 alleles and INFO fields and 255 FORMAT fields; more are damage, and would take memory
/// and time by the square.
fn check_counts(alternates: &str, info: &str, format: &str) -> Result<(), RecordProblem> {
    let exceeds = |text: &str, separator: u8, most: usize| {
        memchr::memchr_iter(separator, text.as_bytes())
            .nth(most - 1)
            .is_some()
    };
    for (field, text, separator, most, problem) in [
        ("ALT", alternates, b',', 65_534, "more than 65,534 alleles"),
        ("INFO", info, b';', 65_535, "more than 65,535 fields"),
        ("FORMAT", format, b':', 255, "more than 255 fields"),
    ] {
        if exceeds(text, separator, most) {
            return Err(RecordProblem::new(
                field,
                text.as_bytes(),
                problem,
                "correct the line",
            ));
        }
    }
    Ok(())
}

/// Splits off the first tab-separated column.
fn column(line: &[u8]) -> (&[u8], &[u8]) {
    match memchr::memchr(b'\t', line) {
        Some(at) => (&line[..at], &line[at + 1..]),
        None => (line, &[]),
    }
}

impl<'a> Record<'a> {
    /// Takes a whole line apart; the number of columns was checked before.
    pub(super) fn parse(line: &'a str) -> Result<Self, RecordProblem> {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        let (contig, position) = (next(), next());
        let position = parse_position(position.as_bytes())?;
        let (_id, reference, alternates, quality, filter, info, format) =
            (next(), next(), next(), next(), next(), next(), next());
        let cells: Vec<&str> = columns.collect();
        check_counts(alternates, info, format)?;
        if reference.is_empty() {
            return Err(RecordProblem::new("REF", b"", "empty", "correct the line"));
        }
        if alternates.is_empty() || alternates.split(',').any(str::is_empty) {
            return Err(RecordProblem::new(
                "ALT",
                alternates.as_bytes(),
                "an empty allele",
                "correct the line; `.` stands for no alternative allele",
            ));
        }
        Ok(Self {
            contig,
            position,
            reference,
            alternates: alternates.split(',').collect(),
            quality,
            filter: if filter.is_empty() { "." } else { filter },
            info: Info::new(info),
            format: if format.is_empty() || format == "." {
                Vec::new()
            } else {
                format.split(':').collect()
            },
            cells,
        })
    }

    /// Returns the last reference base as [`Site::end`] does.
    pub(super) fn end(&self) -> u32 {
        let samples = (0..self.cells.len()).map(|column| self.end_in(Some(column)));
        samples.fold(self.end_in(None), u32::max)
    }

    /// Returns the last reference base as it is in a sample: a reference block has a length in each (VCF 4.5).
    pub(super) fn end_in(&self, column: Option<usize>) -> u32 {
        let own = last_base(self.position, self.reference.len());
        if !self.alternates.iter().any(|a| *a == "." || a.starts_with('<')) {
            return own;
        }
        let place = self.format.iter().position(|k| *k == "LEN");
        if let (Some(place), Some(column)) = (place, column) {
            let value = self.cells.get(column).and_then(|cell| cell.split(':').nth(place));
            let length = value.and_then(|v| number(v.trim().as_bytes()));
            return block_end(self.position, own, length);
        }
        symbolic_end(
            self.position,
            own,
            self.alternates.join(",").as_bytes(),
            self.info.text.as_bytes(),
        )
    }

    /// Returns whether an allele says "anything else" (`<NON_REF>`, `<*>`) or "nothing" (`.`): no variant.
    pub(super) fn is_no_variant(alternate: &str) -> bool {
        matches!(alternate, "." | "<NON_REF>" | "<*>" | "<X>" | "X" | "<REF>")
    }

    /// Returns whether the record only states reference: a block of a gVCF or a single reference position.
    pub(super) fn is_reference_block(&self) -> bool {
        self.alternates.iter().all(|a| Self::is_no_variant(a))
    }
}

/// The INFO column, taken apart once: dialects ask it for dozens of keys.
#[derive(Clone, Debug)]
pub(crate) struct Info<'a> {
    /// The column as written.
    pub text: &'a str,
    pairs: Vec<(&'a str, &'a str)>,
}

impl<'a> Info<'a> {
    /// Takes the column apart.
    pub(super) fn new(text: &'a str) -> Self {
        let pairs = text
            .split(';')
            .filter(|f| !f.is_empty() && *f != ".")
            .map(|f| f.split_once('=').unwrap_or((f, "")))
            .collect();
        Self { text, pairs }
    }

    /// Returns the value of a key; `None` where it is absent, a flag, or `.`.
    pub(super) fn get(&self, key: &str) -> Option<&'a str> {
        self.pairs
            .iter()
            .find(|(k, _)| *k == key)
            .map(|(_, v)| *v)
            .filter(|v| !v.is_empty() && *v != ".")
    }

    /// Whether a key is there, with a value or as a flag.
    pub(super) fn has(&self, key: &str) -> bool {
        self.pairs.iter().any(|(k, _)| *k == key)
    }

    /// Returns keys and values in file order; a flag has an empty value.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&'a str, &'a str)> + '_ {
        self.pairs.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_columns_and_info() {
        let record =
            Record::parse("chr1\t10\t.\tAC\tA,<DEL>\t.\t.\tEND=20;DB;X=.\tGT:AD\t0/1:1,2\t.").unwrap();
        assert_eq!((record.contig, record.position, record.end()), ("chr1", 10, 20));
        assert_eq!(record.alternates, ["A", "<DEL>"]);
        assert_eq!(record.info.get("X"), None);
        assert_eq!(record.cells, ["0/1:1,2", "."]);
        let site = Site::parse(b"chr1\t10\t.\tAC\t<NON_REF>\t.\t.\tEND=20").unwrap();
        assert_eq!((site.position, site.end()), (10, 20));
    }

    #[test]
    fn symbolic_alleles_reach_by_svlen_and_blocks_by_len() {
        for (alternates, info, format, expected) in [
            ("<DEL>", "SVTYPE=DEL;SVLEN=-200", "GT\t0/1", 210),
            ("<DEL>", "SVTYPE=DEL;SVLEN=200", "GT\t0/1", 210),
            ("<DEL>", "SVLEN=-200;END=300", "GT\t0/1", 300),
            ("<DEL>", "SVLEN=-200;END=10", "GT\t0/1", 210),
            ("<INS>,<DUP:TANDEM>", "SVLEN=5000,30", "GT\t0/1", 40),
            ("<INS>", "SVLEN=5000", "GT\t0/1", 10),
            ("<CNV>,<DEL>", "SVLEN=.,7", "GT\t0/1", 17),
            ("T", "SVLEN=200;END=300", "GT\t0/1", 10),
            ("<*>", ".", "GT:LEN\t0/0:91\t0/0:5\t.", 100),
            ("<*>", "END=50", "GT:DP:LEN\t0/0:1:.\t0/0:1", 50),
            ("<NON_REF>", "END=50", "GT\t0/0", 50),
            ("<DEL>", "SVLEN=x;END=99999999999", "GT\t0/1", 10),
        ] {
            let line = format!("chr1\t10\t.\tA\t{alternates}\t.\t.\t{info}\t{format}");
            assert_eq!(Site::parse(line.as_bytes()).unwrap().end(), expected, "{line}");
            assert_eq!(Record::parse(&line).unwrap().end(), expected, "{line}");
        }
        let record = Record::parse("chr1\t10\t.\tA\t<*>\t.\t.\tEND=100\tGT:LEN\t0/0:91\t0/0:5\t.").unwrap();
        assert_eq!([0, 1, 2].map(|c| record.end_in(Some(c))), [100, 14, 10]);
    }

    #[test]
    fn rejects_positions_that_are_none() {
        for position in ["", "x", "-1", "+5", "1.5", "99999999999"] {
            let line = format!("chr1\t{position}\t.\tA\tC\t.\t.\t.");
            assert_eq!(
                Site::parse(line.as_bytes()).unwrap_err().field,
                "POS",
                "{position:?}"
            );
        }
    }
}
