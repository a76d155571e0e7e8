//! A list of alleles that other samples hold: of a cohort, or of a panel of normals.

use std::collections::HashMap;
use std::io::Read;

use crate::evidence::Recurrence;
use crate::genome::{BaseSource, Build, Chromosome, Variant};
use crate::tables::{Dot, NamedLine, NamedTable, Unreadable, list, short};

/// Columns that must be there. `mean_vaf` and `build` may.
const REQUIRED: [&str; 6] = ["chrom", "pos", "ref", "alt", "samples_with", "samples"];

/// Why a list cannot be used. Lines are 1-based; the header is line 1.
#[derive(Debug, thiserror::Error)]
pub enum RecurrentError {
    /// The file is no table, or a row has another number of cells than the header.
    #[error("recurrent alleles {file}: {message}")]
    Table {
        /// File as given.
        file: String,
        /// What is wrong, with the line, and what to do.
        message: String,
    },
    /// A column is missing.
    #[error(
        "recurrent alleles {file}: no column {column:?}; the first line must name the columns (found: {found})"
    )]
    Column {
        /// File as given.
        file: String,
        /// The column.
        column: &'static str,
        /// Columns found.
        found: String,
    },
    /// A value cannot be used.
    #[error("recurrent alleles {file}, line {line}, column {column}: {value:?}: {problem}")]
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
    /// No row is on the build of the calls.
    #[error(
        "recurrent alleles {file}: no allele of {build}, on which the calls are; give the list of that build"
    )]
    Build {
        /// File as given.
        file: String,
        /// The build.
        build: Build,
    },
}

/// Alleles of one build, left-aligned, with how often they were seen.
#[derive(Debug, Default)]
pub struct RecurrentAlleles {
    alleles: HashMap<Variant, (Recurrence, u64)>,
}

impl RecurrentAlleles {
    /// Reads a list; `file` is only for messages. Rows of the other build are left out where a column `build` tells; in any
    /// case REF must be what the reference has where its bases are known.
    pub fn read(
        reader: impl Read,
        file: &str,
        build: Build,
        bases: &dyn BaseSource,
    ) -> Result<Self, RecurrentError> {
        let table = |e: Unreadable| RecurrentError::Table {
            file: file.to_owned(),
            message: e.to_string(),
        };
        let mut lines = NamedTable::new(reader).map_err(table)?;
        if let Some(column) = lines.lacks(&REQUIRED) {
            return Err(RecurrentError::Column {
                file: file.to_owned(),
                column,
                found: list(lines.columns()),
            });
        }
        let dot = lines.dot();
        let mut found = Self::default();
        let mut rows = 0_u64;
        while let Some(line) = lines.next().map_err(table)? {
            let row = Row { file, line, dot };
            rows += 1;
            if let Some((variant, seen)) = row.read(build, bases)? {
                found.add(variant, seen, &row)?;
            }
        }
        if found.alleles.is_empty() && rows > 0 {
            return Err(RecurrentError::Build {
                file: file.to_owned(),
                build,
            });
        }
        Ok(found)
    }

    fn add(&mut self, variant: Variant, seen: Recurrence, row: &Row<'_>) -> Result<(), RecurrentError> {
        if let Some((_, first)) = self.alleles.get(&variant) {
            let problem = format!("{variant} stands in line {first} too: join the two");
            return Err(row.problem("alt", problem));
        }
        self.alleles.insert(variant, (seen, row.line.number));
        Ok(())
    }

    /// Returns how often a left-aligned variant was seen.
    pub fn of(&self, variant: &Variant) -> Option<&Recurrence> {
        self.alleles.get(variant).map(|(seen, _)| seen)
    }
}

/// One line of the list.
struct Row<'a> {
    file: &'a str,
    line: NamedLine<'a>,
    dot: Dot,
}

impl Row<'_> {
    fn get(&self, column: &str) -> Option<&str> {
        self.line.get(column)
    }

    fn problem(&self, column: &'static str, problem: impl Into<String>) -> RecurrentError {
        RecurrentError::Value {
            file: self.file.to_owned(),
            line: self.line.number,
            column,
            value: short(self.get(column).unwrap_or_default()).into_owned(),
            problem: problem.into(),
        }
    }

    fn count(&self, column: &'static str) -> Result<u32, RecurrentError> {
        let value = self.get(column).and_then(|v| v.parse().ok());
        value.ok_or_else(|| self.problem(column, "give a whole number"))
    }

    fn read(
        &self,
        build: Build,
        bases: &dyn BaseSource,
    ) -> Result<Option<(Variant, Recurrence)>, RecurrentError> {
        if let Some(named) = self.get("build") {
            let named: Build = named
                .parse()
                .map_err(|_| self.problem("build", "give grch37 or grch38"))?;
            if named != build {
                return Ok(None);
            }
        }
        let contig = self.get("chrom").unwrap_or_default();
        let chromosome = Chromosome::parse(contig).ok_or_else(|| {
            self.problem(
                "chrom",
                "no human chromosome: give 1 to 22, X, Y or M, with or without chr",
            )
        })?;
        let (reference, alternate) = (
            self.get("ref").unwrap_or_default(),
            self.get("alt").unwrap_or_default(),
        );
        let variant = Variant::new(build, chromosome, self.count("pos")?, reference, alternate)
            .map_err(|e| self.problem("alt", format!("{e}; one allele a line")))?;
        self.check_reference(&variant, bases)?;
        let (samples_with, samples) = (self.count("samples_with")?, self.count("samples")?);
        if samples_with > samples {
            return Err(self.problem("samples_with", format!("more than the {samples} samples")));
        }
        let mean_vaf = match self.get("mean_vaf") {
            None => None,
            Some(text) => match self.dot.number(text) {
                Ok(vaf) if (0.0..=1.0).contains(&vaf) => Some(vaf),
                _ => return Err(self.problem("mean_vaf", "give a fraction from 0 to 1")),
            },
        };
        let seen = Recurrence {
            samples_with,
            samples,
            mean_vaf,
        };
        Ok(Some((variant.left_aligned(bases), seen)))
    }

    fn check_reference(&self, variant: &Variant, bases: &dyn BaseSource) -> Result<(), RecurrentError> {
        let known = bases.bases(variant.chromosome(), variant.position()..=variant.end());
        let differs = |(a, b): (&u8, u8)| *a != b && *a != b'N' && b != b'N';
        match known {
            Some(known) if known.iter().zip(variant.reference().bytes()).any(differs) => {
                let expected = String::from_utf8_lossy(&known).into_owned();
                let build = variant.build();
                Err(self.problem(
                    "ref",
                    format!("the reference of {build} has {expected}: is the list of another build?"),
                ))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genome::NoBases;

    const HEADER: &str = "chrom\tpos\tref\talt\tsamples_with\tsamples\tmean_vaf\tbuild\n";

    fn read(rows: &str) -> Result<RecurrentAlleles, RecurrentError> {
        let text = format!("{HEADER}{rows}");
        RecurrentAlleles::read(text.as_bytes(), "list.tsv", Build::Grch38, &NoBases)
    }

    #[test]
    fn reads_alleles_of_the_build() {
        let rows = "chr1\t10\tA\tC\t7\t100\t0.03\tgrch38\n1\t11\tA\tC\t7\t100\t.\tgrch37\n";
        let list = read(rows).unwrap();
        let variant = Variant::new(Build::Grch38, Chromosome::parse("1").unwrap(), 10, "A", "C").unwrap();
        let expected = Recurrence {
            samples_with: 7,
            samples: 100,
            mean_vaf: Some(0.03),
        };
        assert_eq!(list.of(&variant), Some(&expected));
        assert_eq!(list.alleles.len(), 1);
    }

    #[test]
    fn names_line_and_column_of_what_is_wrong() {
        for (row, wanted) in [
            ("chrZ\t10\tA\tC\t7\t100\t\t\n", "line 2, column chrom"),
            ("1\tx\tA\tC\t7\t100\t\t\n", "line 2, column pos"),
            ("1\t10\tA\tC,G\t7\t100\t\t\n", "one allele a line"),
            ("1\t10\tA\tC\t101\t100\t\t\n", "more than the 100 samples"),
            ("1\t10\tA\tC\t7\t100\t3\t\n", "fraction from 0 to 1"),
            ("1\t10\tA\tC\t7\t100\t\thg16\n", "column build"),
            (
                "1\t10\tA\tC\t7\t100\t\t\n1\t10\tA\tC\t7\t100\t\t\n",
                "stands in line 2 too",
            ),
            ("1\t10\tA\tC\t7\t100\t\tgrch37\n", "no allele of GRCh38"),
        ] {
            let message = read(row).unwrap_err().to_string();
            assert!(message.contains(wanted), "{row:?}: {message}");
        }
        let no_column = RecurrentAlleles::read(&b"chrom\tpos\n"[..], "list.tsv", Build::Grch38, &NoBases);
        assert!(no_column.unwrap_err().to_string().contains("\"ref\""));
    }
}
