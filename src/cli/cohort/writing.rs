//! A cohort in the making: files that grow row by row, and those over all samples at the end.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::earlier::{Earlier, MANIFEST, MEMBERS};
use super::names::files;
use super::reading::Report;
use crate::cli::output::{OutputFolder, OutputSet, SetFile, remove_if_there};
use hemoclone::cohort::page::{Shown, write_page};
use hemoclone::cohort::tables::{self, CohortTable, GROWING, Rows};
use hemoclone::cohort::{Manifest, Member, ParquetTable, Totals};
use hemoclone::report::Languages;
use hemoclone::report::read::Basis;
use hemoclone::report::table::Row as _;
use hemoclone::run::counted;

const MATRIX: &str = "matrix.tsv";
const PAGE: &str = "cohort.html";
const RECURRENT: &str = "recurrent.tsv";
const ARTIFACTS: &str = "artifacts.toml";
const COLUMNS: &str = "columns.tsv";

/// Whether a file of this name may be one that a run which was killed was writing.
pub(super) fn is_ours(name: &str) -> bool {
    let all = ["parquet".to_owned(), "tsv".to_owned()];
    [MANIFEST, MEMBERS, MATRIX, PAGE, RECURRENT, ARTIFACTS, COLUMNS].contains(&name)
        || files(&all).any(|file| file == name)
}

/// A table that grows.
struct Growing {
    table: CohortTable,
    parquet: Option<ParquetTable<SetFile>>,
    text: Option<BufWriter<SetFile>>,
    rows: u64,
}

/// A cohort in the making. Dropped before it is finished, it leaves the folder as it was.
pub(super) struct Writing {
    set: OutputSet,
    output: PathBuf,
    manifest: Manifest,
    basis: Basis,
    tables: Vec<Growing>,
    matrix: BufWriter<SetFile>,
    members: BufWriter<SetFile>,
    /// Digest of each sample's report.
    known: HashMap<Box<str>, Box<str>>,
    totals: Totals,
    shown: Shown,
    added: usize,
    again: usize,
}

impl Writing {
    /// Starts a new cohort.
    pub(super) fn new(output: &Path, manifest: Manifest, basis: Basis) -> anyhow::Result<Self> {
        Self::start(output, manifest, basis, None)
    }

    /// Starts with what a cohort holds already.
    #[allow(clippy::needless_pass_by_value, reason = "what was there is taken over")]
    pub(super) fn go_on(output: &Path, earlier: Earlier) -> anyhow::Result<Self> {
        let mut writing = Self::start(
            output,
            earlier.manifest.clone(),
            earlier.basis.clone(),
            Some(&earlier),
        )?;
        earlier.members(|member, line| {
            writing.members.write_all(line.as_bytes())?;
            writing.count(&member);
            Ok(())
        })?;
        Ok(writing)
    }

    fn start(
        output: &Path,
        manifest: Manifest,
        basis: Basis,
        earlier: Option<&Earlier>,
    ) -> anyhow::Result<Self> {
        let mut set = OutputSet::default();
        let tables: anyhow::Result<Vec<Growing>> = tables::tables()
            .into_iter()
            .take(GROWING)
            .map(|table| Growing::start(&mut set, output, table, &manifest, earlier))
            .collect();
        let tables = tables?;
        let header = tables::matrix_header(&manifest.genes);
        let matrix = text_table(&mut set, output, MATRIX, &header, earlier)?;
        let members = BufWriter::new(set.open(&output.join(MEMBERS))?);
        Ok(Self {
            set,
            output: output.to_owned(),
            totals: Totals::new(manifest.genes.clone()),
            manifest,
            basis,
            tables,
            matrix,
            members,
            known: HashMap::new(),
            shown: Shown::default(),
            added: 0,
            again: 0,
        })
    }

    fn count(&mut self, member: &Member) {
        self.totals.add(member);
        self.shown.add(member);
        self.known
            .insert(member.sample.as_str().into(), member.digest.as_str().into());
    }

    /// Adds a report, or says why it cannot be. An error of writing ends it all.
    pub(super) fn add(&mut self, report: Report) -> anyhow::Result<Result<(), String>> {
        if let Err(error) = self.basis.check(&report.basis, &report.file) {
            return Ok(Err(error.to_string()));
        }
        let Report {
            rows, file, genes, ..
        } = report;
        if genes != self.manifest.genes {
            let problem = "field \"genes\" lists other genes than those of the others, although the panel is the same; was it changed by hand? analyze the sample again";
            return Ok(Err(format!("{file}: {problem}")));
        }
        match self.known.get(rows.member.sample.as_str()) {
            Some(digest) if **digest == *rows.member.digest => {
                self.again += 1;
                return Ok(Ok(()));
            }
            Some(_) => {
                let problem = "another report of this sample is in the cohort already; name the samples apart, or make the cohort anew from all reports (--force)";
                return Ok(Err(format!(
                    "{file}: field \"sample\" is {:?}: {problem}",
                    rows.member.sample
                )));
            }
            None => {}
        }
        self.write(rows)?;
        Ok(Ok(()))
    }

    fn write(&mut self, rows: Rows) -> anyhow::Result<()> {
        writeln!(self.matrix, "{}", rows.matrix_line())?;
        serde_json::to_writer(&mut self.members, &rows.member)?;
        writeln!(self.members)?;
        self.count(&rows.member);
        for (table, rows) in self.tables.iter_mut().zip(rows.tables) {
            for row in rows {
                table.add(row)?;
            }
        }
        self.added += 1;
        Ok(())
    }

    /// Returns how many samples were added.
    pub(super) const fn added(&self) -> usize {
        self.added
    }

    /// Returns how many reports were there already.
    pub(super) const fn known_again(&self) -> usize {
        self.again
    }

    /// Says what was done.
    pub(super) fn told(&self, output: &Path, skipped: usize) -> String {
        let mut text = format!(
            "{} added, {} in the cohort {}",
            counted(self.added, "sample"),
            self.known.len(),
            output.display()
        );
        // Writing to a String cannot fail.
        if self.again > 0 {
            let _ = write!(text, "; {} were in it already", counted(self.again, "report"));
        }
        if skipped > 0 {
            let _ = write!(
                text,
                "; {} no reports by their names",
                counted(skipped, "JSON file")
            );
        }
        text
    }

    /// Writes what is over all samples, and gives every file its name.
    pub(super) fn finish(mut self, folder: &mut OutputFolder, languages: &Languages) -> anyhow::Result<()> {
        let summary = self.totals.summary();
        self.manifest.samples = self.known.len() as u64;
        for table in self.tables {
            self.manifest.rows.insert(table.table.name.to_owned(), table.rows);
            table.finish()?;
        }
        for writer in [&mut self.matrix, &mut self.members] {
            writer.flush()?;
        }
        let set = &mut self.set;
        let has = |form: &str| self.manifest.forms.iter().any(|f| f == form);
        for table in tables::tables().into_iter().skip(GROWING) {
            if has("tsv") || !table.parquet {
                let path = folder.join(&format!("{}.tsv", table.name));
                set.write(&path, |w| Ok(summary.write(table.name, w)?))?;
            }
            if has("parquet") && table.parquet {
                let file = set.open(&folder.join(&format!("{}.parquet", table.name)))?;
                let mut parquet = ParquetTable::new(file, table.name, &table.columns)?;
                summary
                    .variants
                    .iter()
                    .try_for_each(|row| parquet.add(row.values()))?;
                parquet.finish()?;
            }
        }
        set.write(&folder.join(RECURRENT), |w| Ok(summary.write_recurrent(w)?))?;
        set.write(&folder.join(ARTIFACTS), |w| {
            Ok(w.write_all(summary.artifact_panel(&self.manifest).as_bytes())?)
        })?;
        set.write(&folder.join(COLUMNS), |w| Ok(tables::write_dictionary(w)?))?;
        set.write(&folder.join(PAGE), |w| {
            Ok(write_page(w, &summary, &self.shown, &self.manifest, languages)?)
        })?;
        set.write(&folder.join(MANIFEST), |w| {
            Ok(w.write_all(self.manifest.text().as_bytes())?)
        })?;
        // From here on the folder holds files of two cohorts until the last has its name.
        folder.announce(std::iter::once("cohort"))?;
        let all = ["parquet".to_owned(), "tsv".to_owned()];
        let kept: Vec<String> = files(&self.manifest.forms).collect();
        // Of a cohort that had other forms: they would be of other samples.
        let stale: Vec<String> = files(&all)
            .filter(|file| !kept.contains(file) && !is_over_all(file))
            .collect();
        for file in stale {
            remove_if_there(&self.output.join(&file))?;
        }
        self.set.commit()
    }
}

/// Whether a file is one over all samples that is always written.
fn is_over_all(file: &str) -> bool {
    let always = |table: &CohortTable| !table.parquet && file == format!("{}.tsv", table.name);
    tables::tables().iter().any(always)
}

/// Starts a text table with what an earlier one holds.
fn text_table(
    set: &mut OutputSet,
    output: &Path,
    name: &str,
    header: &str,
    earlier: Option<&Earlier>,
) -> anyhow::Result<BufWriter<SetFile>> {
    let mut file = set.open(&output.join(name))?;
    let Some(earlier) = earlier else {
        writeln!(file, "{header}")?;
        return Ok(BufWriter::new(file));
    };
    let mut reader = BufReader::new(earlier.file(name)?);
    let mut found = String::new();
    reader.read_line(&mut found)?;
    if found.trim_end_matches('\n') != header {
        bail!(
            "{}: the first line names other columns than this version writes; make the cohort anew from all reports (--force)",
            output.join(name).display()
        );
    }
    writeln!(file, "{header}")?;
    io::copy(&mut reader, &mut file)?;
    Ok(BufWriter::new(file))
}

impl Growing {
    fn start(
        set: &mut OutputSet,
        output: &Path,
        table: CohortTable,
        manifest: &Manifest,
        earlier: Option<&Earlier>,
    ) -> anyhow::Result<Self> {
        let has = |form: &str| manifest.forms.iter().any(|f| f == form);
        let rows = manifest.rows_of(table.name);
        let mut parquet = None;
        if has("parquet") {
            let name = format!("{}.parquet", table.name);
            let mut new = ParquetTable::new(set.open(&output.join(&name))?, table.name, &table.columns)?;
            if let Some(earlier) = earlier {
                let file: File = earlier.file(&name)?;
                let path = output.join(&name);
                new.take_over(&file, rows)
                    .with_context(|| path.display().to_string())?;
            }
            parquet = Some(new);
        }
        let mut text = None;
        if has("tsv") {
            let name = format!("{}.tsv", table.name);
            text = Some(text_table(set, output, &name, &tables::header(&table), earlier)?);
        }
        Ok(Self {
            table,
            parquet,
            text,
            rows,
        })
    }

    fn add(&mut self, row: Vec<hemoclone::report::value::Value>) -> anyhow::Result<()> {
        if let Some(text) = &mut self.text {
            writeln!(text, "{}", tables::text_line(&row))?;
        }
        if let Some(parquet) = &mut self.parquet {
            parquet.add(row)?;
        }
        self.rows += 1;
        Ok(())
    }

    fn finish(self) -> anyhow::Result<()> {
        if let Some(parquet) = self.parquet {
            parquet.finish()?;
        }
        if let Some(mut text) = self.text {
            text.flush()?;
        }
        Ok(())
    }
}
