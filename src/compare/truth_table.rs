//! A truth as a table: one line a change.

use std::io::Read;

use super::change::{Change, ChangeType, LengthChange, LengthChangeKind};
use super::places::WrongReference;
use super::truth::{Truth, TruthRow, TruthVariant};
use crate::genome::{BaseSource, Build, Chromosome, Variant};
use crate::tables::{Dot, NamedLine, NamedTable, Unreadable, list, nearest, short};

/// Columns that are read; chrom and pos must be there.
const COLUMNS: [&str; 11] = [
    "sample", "build", "chrom", "pos", "ref", "alt", "type", "length", "vaf", "gene", "name",
];

/// Why a table cannot be used. Lines are 1-based; the header is line 1.
#[derive(Debug, thiserror::Error)]
pub enum TruthTableError {
    /// The file is no table, or a line has another number of cells than the header.
    #[error("truth {file}: {message}")]
    Table {
        /// File as given.
        file: String,
        /// What is wrong, with the line, and what to do.
        message: String,
    },
    /// A column is missing.
    #[error(
        "truth {file}: no column {column:?}{hint}; the first line must name the columns (found: {found})"
    )]
    Column {
        /// File as given.
        file: String,
        /// The column.
        column: &'static str,
        /// The column that may be meant.
        hint: String,
        /// Columns found.
        found: String,
    },
    /// A value cannot be used.
    #[error("truth {file}, line {line}, column {column}: {value:?}: {problem}")]
    Value {
        /// File as given.
        file: String,
        /// Line.
        line: u64,
        /// The column.
        column: &'static str,
        /// The value.
        value: String,
        /// What is wrong and what would be right.
        problem: String,
    },
    /// No line is on the build that is compared on.
    #[error("truth {file}: no change on {build}, on which the observed are; give the truth of that build")]
    Build {
        /// File as given.
        file: String,
        /// The build.
        build: Build,
    },
    /// An allele contradicts the reference.
    #[error("truth {file}, {source}")]
    Reference {
        /// File as given.
        file: String,
        /// What contradicts.
        #[source]
        source: Box<WrongReference>,
    },
}

impl Truth {
    /// Reads a table (TSV, CSV or a workbook); `file` is for messages. Lines of another build than `build`, where a column tells, are
    /// left out.
    pub fn read_table(
        reader: impl Read,
        file: &str,
        build: Build,
        bases: &dyn BaseSource,
    ) -> Result<Self, TruthTableError> {
        let table = |e: Unreadable| TruthTableError::Table {
            file: file.to_owned(),
            message: e.to_string(),
        };
        let mut named = NamedTable::new(reader).map_err(table)?;
        require_columns(file, &named)?;
        let dot = named.dot();
        let (mut rows, mut lines) = (Vec::new(), 0_u64);
        while let Some(cells) = named.next().map_err(table)? {
            lines += 1;
            let row = Line { file, cells, dot };
            rows.extend(row.read(build)?);
            if rows.iter().any(|r| r.sample.is_none()) && rows.iter().any(|r| r.sample.is_some()) {
                return Err(row.problem(
                    "sample",
                    "name the sample of each line, or of none: then all hold for every sample",
                ));
            }
        }
        if rows.is_empty() && lines > 0 {
            return Err(TruthTableError::Build {
                file: file.to_owned(),
                build,
            });
        }
        Self::of_rows(file.to_owned(), build, rows, bases).map_err(|source| TruthTableError::Reference {
            file: file.to_owned(),
            source: Box::new(source),
        })
    }
}

fn require_columns(file: &str, table: &NamedTable) -> Result<(), TruthTableError> {
    let Some(column) = table.lacks(&["chrom", "pos"]) else {
        return Ok(());
    };
    let columns = table.columns();
    let meant = nearest(column, columns.iter().map(String::as_str));
    Err(TruthTableError::Column {
        file: file.to_owned(),
        column,
        hint: meant.map_or_else(String::new, |name| {
            format!(" ({} is near: rename it)", short(name))
        }),
        found: list(columns),
    })
}

/// One line of the table.
struct Line<'a> {
    file: &'a str,
    cells: NamedLine<'a>,
    dot: Dot,
}

impl Line<'_> {
    fn get(&self, column: &str) -> Option<&str> {
        debug_assert!(COLUMNS.contains(&column));
        self.cells.get(column)
    }

    fn problem(&self, column: &'static str, problem: impl Into<String>) -> TruthTableError {
        TruthTableError::Value {
            file: self.file.to_owned(),
            line: self.cells.number,
            column,
            value: short(self.get(column).unwrap_or_default()).into_owned(),
            problem: problem.into(),
        }
    }

    /// Returns the change of the line; `None` where it is on the other build.
    fn read(&self, build: Build) -> Result<Option<TruthRow>, TruthTableError> {
        if let Some(named) = self.get("build") {
            let named: Build = named
                .parse()
                .map_err(|_| self.problem("build", "give grch37 or grch38"))?;
            if named != build {
                return Ok(None);
            }
        }
        let chromosome = self.get("chrom").and_then(Chromosome::parse).ok_or_else(|| {
            self.problem(
                "chrom",
                "no human chromosome: give 1 to 22, X, Y or M, with or without chr",
            )
        })?;
        let position = self
            .whole("pos")?
            .ok_or_else(|| self.problem("pos", "give a 1-based position"))?;
        let owned = |column| self.get(column).map(str::to_owned);
        Ok(Some(TruthRow {
            place: format!("line {}", self.cells.number),
            sample: owned("sample"),
            variant: TruthVariant {
                change: self.change(build, chromosome, position)?,
                gene: owned("gene"),
                name: owned("name"),
                vaf: self.vaf()?,
                phase: None,
            },
        }))
    }

    fn change(&self, build: Build, chromosome: Chromosome, position: u32) -> Result<Change, TruthTableError> {
        if let (Some(reference), Some(alternate)) = (self.get("ref"), self.get("alt")) {
            return Variant::new(build, chromosome, position, reference, alternate)
                .map(Change::Sequence)
                .map_err(|e| self.problem("alt", format!("{e}; one allele a line, as in a VCF")));
        }
        let kind = self.get("type").and_then(ChangeType::parse);
        let kind = match kind {
            Some(ChangeType::Event | ChangeType::Insertion) => LengthChangeKind::Gain,
            Some(ChangeType::Deletion) => LengthChangeKind::Loss,
            _ => {
                return Err(self.problem(
                    if self.get("ref").is_none() { "ref" } else { "alt" },
                    "give REF and ALT; an event without them needs a type (itd, ptd, dup, ins or del)",
                ));
            }
        };
        Ok(Change::Event(LengthChange {
            build,
            chromosome,
            position,
            kind,
            length: self.whole("length")?,
        }))
    }

    fn whole(&self, column: &'static str) -> Result<Option<u32>, TruthTableError> {
        let read = |value: &str| value.parse().ok().filter(|n| *n > 0);
        self.get(column)
            .map(|value| read(value).ok_or_else(|| self.problem(column, "give a whole number from 1 on")))
            .transpose()
    }

    fn vaf(&self) -> Result<Option<f64>, TruthTableError> {
        let Some(text) = self.get("vaf") else {
            return Ok(None);
        };
        match self.dot.number(text) {
            Ok(vaf) if (0.0..=1.0).contains(&vaf) => Ok(Some(vaf)),
            Ok(_) => Err(self.problem("vaf", "a fraction lies between 0 and 1: write 0.05 for 5 %")),
            Err(e) => Err(self.problem(
                "vaf",
                format!("this must be {}", e.wanted("a fraction such as 0.05")),
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::EmbeddedBases;

    fn read(text: &str) -> Result<Truth, TruthTableError> {
        let bases = EmbeddedBases::of(Build::Grch38);
        Truth::read_table(text.as_bytes(), "t.tsv", Build::Grch38, bases)
    }

    #[test]
    fn reads_alleles_events_and_samples() {
        let truth = read(
            "sample\tbuild\tchrom\tpos\tref\talt\ttype\tlength\tvaf\tgene\n\
             a\tgrch38\tchr2\t25234373\tC\tT\t\t\t0.05\tDNMT3A\n\
             a\thg19\t2\t25457242\tC\tT\t\t\t\t\n\
             b\thg38\t13\t28033909\t\t\tITD\t300\t.\tFLT3\n",
        )
        .unwrap();
        let names: Vec<_> = truth.samples.iter().map(|s| s.name.as_deref()).collect();
        assert_eq!(names, [Some("a"), Some("b")]);
        assert_eq!(truth.samples[0].variants.len(), 1);
        assert_eq!(truth.samples[0].variants[0].vaf, Some(0.05));
        assert_eq!(
            truth.samples[1].variants[0].change.key(),
            "GRCh38:chr13:28033909:<gain:300>"
        );
    }

    /// The first fraction held, whatever the second line said.
    #[test]
    fn a_change_with_two_fractions_has_none_that_is_known() {
        let line = |vaf: &str| format!("2\t25234373\tC\tT\t{vaf}\n");
        let read = |vafs: &[&str]| {
            let lines: String = vafs.iter().map(|vaf| line(vaf)).collect();
            read(&format!("chrom\tpos\tref\talt\tvaf\n{lines}")).unwrap()
        };
        for (vafs, expected, said) in [
            (&["0.05", "0.1"][..], None, "with 0.05 and 0.1 (line 3)"),
            (&["0.05", "0.1", "0.05"], None, "with 0.05 and 0.1 (line 3)"),
            (&["0.05", "0.05"], Some(0.05), "kept once"),
            (&["", "0.05", "."], Some(0.05), "kept once"),
        ] {
            let truth = read(vafs);
            let variants = &truth.samples[0].variants;
            assert_eq!(variants.len(), 1);
            assert_eq!(variants[0].vaf, expected, "{vafs:?}");
            assert!(
                truth.warnings[0].contains(said) || truth.warnings[1].contains(said),
                "{:?}",
                truth.warnings
            );
        }
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        let error = |text: &str| read(text).unwrap_err().to_string();
        let header = "chrom\tpos\tref\talt\tvaf\n";
        for (line, expected) in [
            (
                "2\t25234373\tC\tT\t5\n",
                "line 2, column vaf: \"5\": a fraction lies between 0 and 1",
            ),
            ("2\tx\tC\tT\t\n", "line 2, column pos: \"x\": give a whole number"),
            ("GL1\t5\tC\tT\t\n", "column chrom: \"GL1\": no human chromosome"),
            ("2\t25234373\tC\t\t\n", "column alt: \"\": give REF and ALT"),
            ("2\t25234373\tC\tT,G\t\n", "column alt: \"T,G\""),
            (
                "2\t25234373\tG\tT\t\n",
                "REF G of chr2:25234373 G>T is not what GRCh38 has there (C)",
            ),
        ] {
            let error = error(&format!("{header}{line}"));
            assert!(error.contains(expected), "{error}");
        }
        let mixed = error("sample\tchrom\tpos\tref\talt\na\t2\t25234373\tC\tT\n\t2\t25234373\tC\tA\n");
        assert!(
            mixed.contains("line 3, column sample: \"\": name the sample"),
            "{mixed}"
        );
        assert!(error("chr\tpos\n2\t3\n").contains("no column \"chrom\" (chr is near"));
        assert!(error("build\tchrom\tpos\tref\talt\nhg19\t2\t3\tC\tT\n").contains("no change on GRCh38"));
    }
}
