//! Files that grow row by row: whole in a new cohort; of a cohort that is there, what comes behind their rows.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::cli::output::{OutputSet, SetFile};
use hemoclone::cohort::tables::{self, CohortTable, GROWING, Rows};
use hemoclone::cohort::{Manifest, ParquetTable};
use hemoclone::report::value::Value;

/// Name of the file of members.
pub(super) const MEMBERS: &str = "members.jsonl";

/// Name of the matrix of samples and genes.
pub(super) const MATRIX: &str = "matrix.tsv";

/// Rows that are to come behind those of a file.
pub(super) struct Tail {
    pub name: String,
    pub rows: File,
}

impl Tail {
    /// Whether the file is one of Parquet, which ends with more than its rows.
    pub(super) fn is_parquet(&self) -> bool {
        Path::new(&self.name)
            .extension()
            .is_some_and(|ending| ending == "parquet")
    }
}

/// Opens a file of the set, or one for what comes behind the rows of the file that is there.
fn open(set: &mut OutputSet, path: &Path, is_there: bool) -> anyhow::Result<SetFile> {
    if is_there {
        SetFile::nameless(path)
    } else {
        set.open(path)
    }
}

/// A text file, and how long it is.
struct Text {
    name: String,
    file: BufWriter<SetFile>,
    bytes: u64,
}

impl Text {
    fn start(folder: &mut Folder<'_>, name: &str, header: Option<&str>) -> anyhow::Result<Self> {
        let file = open(folder.set, &folder.output.join(name), folder.is_there)?;
        let mut text = Self {
            name: name.to_owned(),
            file: BufWriter::new(file),
            bytes: folder.manifest.bytes.get(name).copied().unwrap_or_default(),
        };
        if let Some(header) = header.filter(|_| !folder.is_there) {
            text.line(header)?;
        }
        Ok(text)
    }

    fn line(&mut self, line: &str) -> io::Result<()> {
        self.bytes += line.len() as u64 + 1;
        self.file.write_all(line.as_bytes())?;
        self.file.write_all(b"\n")
    }

    fn finish(self, manifest: &mut Manifest) -> anyhow::Result<Tail> {
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        manifest.bytes.insert(self.name.clone(), self.bytes);
        Ok(Tail {
            name: self.name,
            rows: file.into_file(),
        })
    }
}

/// A table in its forms.
struct Table {
    name: &'static str,
    parquet: Option<ParquetTable<SetFile>>,
    text: Option<Text>,
    rows: u64,
}

impl Table {
    fn start(folder: &mut Folder<'_>, table: &CohortTable) -> anyhow::Result<Self> {
        let has = |form: &str| folder.manifest.forms.iter().any(|f| f == form);
        let (has_parquet, has_text) = (has("parquet"), has("tsv"));
        let mut parquet = None;
        if has_parquet {
            let path = folder.output.join(format!("{}.parquet", table.name));
            let file = open(folder.set, &path, folder.is_there)?;
            parquet = Some(ParquetTable::new(file, table.name, &table.columns)?);
        }
        let mut text = None;
        if has_text {
            let name = format!("{}.tsv", table.name);
            text = Some(Text::start(folder, &name, Some(&tables::header(table)))?);
        }
        let rows = folder.manifest.rows_of(table.name);
        Ok(Self {
            name: table.name,
            parquet,
            text,
            rows,
        })
    }

    fn add(&mut self, row: Vec<Value>) -> anyhow::Result<()> {
        if let Some(text) = &mut self.text {
            text.line(&tables::text_line(&row))?;
        }
        if let Some(parquet) = &mut self.parquet {
            parquet.add(row)?;
        }
        self.rows += 1;
        Ok(())
    }

    fn finish(self, manifest: &mut Manifest) -> anyhow::Result<Vec<Tail>> {
        let name = self.name;
        manifest.rows.insert(name.to_owned(), self.rows);
        let mut tails = Vec::new();
        if let Some(parquet) = self.parquet {
            let name = format!("{name}.parquet");
            let rows = parquet.finish()?.into_file();
            tails.push(Tail { name, rows });
        }
        if let Some(text) = self.text {
            tails.push(text.finish(manifest)?);
        }
        Ok(tails)
    }
}

/// Where the files are written.
pub(super) struct Folder<'a> {
    pub set: &'a mut OutputSet,
    pub output: &'a Path,
    pub manifest: &'a Manifest,
    /// Whether the files are there, and rows come behind theirs.
    pub is_there: bool,
}

/// All files that grow.
pub(super) struct Growing {
    tables: Vec<Table>,
    matrix: Text,
    members: Text,
    has_rows: bool,
}

impl Growing {
    pub(super) fn start(mut folder: Folder<'_>) -> anyhow::Result<Self> {
        let tables: anyhow::Result<Vec<Table>> = tables::tables()
            .into_iter()
            .take(GROWING)
            .map(|table| Table::start(&mut folder, &table))
            .collect();
        let header = tables::matrix_header(&folder.manifest.genes);
        Ok(Self {
            tables: tables?,
            matrix: Text::start(&mut folder, MATRIX, Some(&header))?,
            members: Text::start(&mut folder, MEMBERS, None)?,
            has_rows: false,
        })
    }

    /// Writes the rows of a report.
    pub(super) fn add(&mut self, rows: Rows) -> anyhow::Result<()> {
        self.has_rows = true;
        self.matrix.line(&rows.matrix_line())?;
        self.members.line(&rows.member.line()?)?;
        for (table, rows) in self.tables.iter_mut().zip(rows.tables) {
            for row in rows {
                table.add(row)?;
            }
        }
        Ok(())
    }

    /// Writes what is left, and notes in the manifest how long the files are, with these rows. Where no report was added, nothing comes behind
    /// any.
    pub(super) fn finish(self, manifest: &mut Manifest) -> anyhow::Result<Vec<Tail>> {
        let has_rows = self.has_rows;
        let mut tails = Vec::new();
        for table in self.tables {
            tails.extend(table.finish(manifest)?);
        }
        tails.push(self.matrix.finish(manifest)?);
        tails.push(self.members.finish(manifest)?);
        tails.retain(|_| has_rows);
        Ok(tails)
    }
}
