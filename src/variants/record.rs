//! One record as slices of its line. Nothing is copied, nothing is parsed that is not asked for.

use super::error::RecordProblem;

/// POS is a 32-bit signed number in BCF and in the tabix index.
const LARGEST_POSITION: u32 = i32::MAX as u32;

/// A record: the columns of a line.
#[derive(Clone, Debug)]
pub(crate) struct Record<'a> {
    pub contig: &'a str,
    pub position: u32,
    pub reference: &'a str,
    pub alternates: Vec<&'a str>,
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

impl<'a> Site<'a> {
    /// Reads CHROM and POS of a line.
    pub fn parse(line: &'a [u8]) -> Result<Self, RecordProblem> {
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

    /// Returns the last reference base: by REF, or by INFO END where an allele is symbolic or absent.
    pub fn end(&self) -> u32 {
        let (_, rest) = column(self.rest);
        let (reference, rest) = column(rest);
        let length = u32::try_from(reference.len()).unwrap_or(u32::MAX).max(1);
        let end = self.position.saturating_add(length - 1);
        let (alternates, rest) = column(rest);
        if alternates != b"." && !alternates.contains(&b'<') {
            return end;
        }
        let (_, rest) = column(rest);
        let (_, rest) = column(rest);
        let (info, _) = column(rest);
        info.split(|&b| b == b';')
            .find_map(|field| field.strip_prefix(b"END="))
            .and_then(|v| std::str::from_utf8(v).ok()?.parse::<u32>().ok())
            .map_or(end, |e| e.max(end))
    }
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
    pub fn parse(line: &'a str) -> Result<Self, RecordProblem> {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        let (contig, position) = (next(), next());
        let position = parse_position(position.as_bytes())?;
        let (_id, reference, alternates, _quality, filter, info, format) =
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
    pub fn end(&self) -> u32 {
        let length = u32::try_from(self.reference.len()).unwrap_or(u32::MAX).max(1);
        let end = self.position.saturating_add(length - 1);
        if self.alternates.iter().any(|a| *a == "." || a.starts_with('<')) {
            return self
                .info
                .get("END")
                .and_then(|v| v.parse::<u32>().ok())
                .map_or(end, |e| e.max(end));
        }
        end
    }

    /// Returns whether an allele says "anything else" (`<NON_REF>`, `<*>`) or "nothing" (`.`): no variant.
    pub fn is_no_variant(alternate: &str) -> bool {
        matches!(alternate, "." | "<NON_REF>" | "<*>" | "<X>" | "X" | "<REF>")
    }

    /// Returns whether the record only states reference: a block of a gVCF or a single reference position.
    pub fn is_reference_block(&self) -> bool {
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
    pub fn new(text: &'a str) -> Self {
        let pairs = text
            .split(';')
            .filter(|f| !f.is_empty() && *f != ".")
            .map(|f| f.split_once('=').unwrap_or((f, "")))
            .collect();
        Self { text, pairs }
    }

    /// Returns the value of a key; `None` where it is absent, a flag, or `.`.
    pub fn get(&self, key: &str) -> Option<&'a str> {
        self.pairs
            .iter()
            .find(|(k, _)| *k == key)
            .map(|(_, v)| *v)
            .filter(|v| !v.is_empty() && *v != ".")
    }

    /// Returns keys and values in file order; a flag has an empty value.
    pub fn pairs(&self) -> impl Iterator<Item = (&'a str, &'a str)> + '_ {
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
