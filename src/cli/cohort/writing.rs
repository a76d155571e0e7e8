//! A cohort in the making: files that grow row by row, and those over all samples at the end.

use std::fmt::Write as _;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::alleles::{AlleleFiles, RECURRENT};
use super::earlier::{COUNTS, Earlier, MANIFEST};
use super::growing::{Folder, Growing, MATRIX, MEMBERS, Tail};
use super::names::files;
use super::reading::Report;
use super::undo::{UNDO, Undo, put_behind};
use crate::cli::output::{OutputFolder, OutputSet, remove_if_there};
use hemoclone::cohort::page::write_page;
use hemoclone::cohort::tables::{self, CohortTable};
use hemoclone::cohort::{Counted, Manifest, Summary};
use hemoclone::report::Languages;
use hemoclone::report::read::Basis;
use hemoclone::run::counted;

const PAGE: &str = "cohort.html";
const ARTIFACTS: &str = "artifacts.toml";
const COLUMNS: &str = "columns.tsv";

/// Whether a file of this name may be one that a run which was killed was writing.
pub(super) fn is_ours(name: &str) -> bool {
    let all = ["parquet".to_owned(), "tsv".to_owned()];
    let others = [
        MANIFEST, MEMBERS, COUNTS, MATRIX, PAGE, RECURRENT, ARTIFACTS, COLUMNS, UNDO,
    ];
    others.contains(&name) || files(&all).any(|file| file == name)
}

/// A cohort in the making. Dropped before it is finished, it leaves the folder as it was.
pub(super) struct Writing {
    set: OutputSet,
    output: PathBuf,
    manifest: Manifest,
    basis: Basis,
    /// Manifest of the cohort that is added to, as it stands.
    earlier: Option<String>,
    /// Whether files over all samples may be newer than the rest.
    is_mixed: bool,
    growing: Growing,
    counted: Counted,
    added: usize,
    again: usize,
}

impl Writing {
    /// Starts a new cohort.
    pub(super) fn new(output: &Path, manifest: Manifest, basis: Basis) -> anyhow::Result<Self> {
        let counted = Counted::new(manifest.genes.clone());
        Self::start(output, manifest, basis, counted, None)
    }

    /// Starts with what a cohort holds already.
    pub(super) fn go_on(output: &Path, earlier: Earlier, counted: Counted) -> anyhow::Result<Self> {
        let is_mixed = earlier.is_mixed;
        let writing = Self::start(
            output,
            earlier.manifest,
            earlier.basis,
            counted,
            Some(earlier.text),
        )?;
        Ok(Self { is_mixed, ..writing })
    }

    fn start(
        output: &Path,
        manifest: Manifest,
        basis: Basis,
        counted: Counted,
        earlier: Option<String>,
    ) -> anyhow::Result<Self> {
        let mut set = OutputSet::default();
        let growing = Growing::start(Folder {
            set: &mut set,
            output,
            manifest: &manifest,
            is_there: earlier.is_some(),
        })?;
        Ok(Self {
            set,
            output: output.to_owned(),
            manifest,
            basis,
            earlier,
            is_mixed: false,
            growing,
            counted,
            added: 0,
            again: 0,
        })
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
        match self.counted.totals.digest_of(&rows.member.sample) {
            Some(digest) if digest == rows.member.digest => {
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
        self.counted.add(&rows.member);
        self.growing.add(rows)?;
        self.added += 1;
        Ok(Ok(()))
    }

    /// Whether the files have to be written.
    pub(super) const fn has_news(&self) -> bool {
        self.added > 0 || self.is_mixed
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
            self.counted.totals.samples(),
            output.display()
        );
        // Writing to a String cannot fail.
        if self.again > 0 {
            let were = if self.again == 1 { "was" } else { "were" };
            let _ = write!(text, "; {} {were} in it already", counted(self.again, "report"));
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
        let tails = self.growing.finish(&mut self.manifest)?;
        self.manifest.samples = self.counted.totals.samples() as u64;
        let forms = &self.manifest.forms;
        let manifest = self.manifest.text();
        let mut alleles = AlleleFiles::start(&mut self.set, folder, forms)?;
        let counts = self.set.open(&folder.join(COUNTS))?;
        let counted = &self.counted;
        let (summary, written) = rayon::join(
            || {
                let summary = counted.totals.summary(|row| alleles.add(row))?;
                alleles.finish()?;
                anyhow::Ok(summary)
            },
            || counted.write(&manifest, BufWriter::new(counts)),
        );
        let summary = summary?;
        written?;
        let set = &mut self.set;
        write_tables(set, folder, &summary)?;
        set.write(&folder.join(ARTIFACTS), |w| {
            Ok(w.write_all(
                summary
                    .artifacts
                    .panel(summary.samples, &self.manifest)
                    .as_bytes(),
            )?)
        })?;
        set.write(&folder.join(COLUMNS), |w| Ok(tables::write_dictionary(w)?))?;
        set.write(&folder.join(PAGE), |w| {
            let shown = &self.counted.shown;
            Ok(write_page(w, &summary, shown, &self.manifest, languages)?)
        })?;
        set.write(&folder.join(MANIFEST), |w| Ok(w.write_all(manifest.as_bytes())?))?;
        match &self.earlier {
            Some(earlier) => grow(&self.output, earlier, &tails, self.set),
            None => replace(&self.output, &self.manifest.forms, self.set, folder),
        }
    }
}

/// Writes the tables over all samples, but that of the alleles.
fn write_tables(set: &mut OutputSet, folder: &OutputFolder, summary: &Summary) -> anyhow::Result<()> {
    for table in tables::tables().into_iter().filter(is_over_all) {
        let path = folder.join(&format!("{}.tsv", table.name));
        set.write(&path, |w| Ok(summary.write(table.name, w)?))?;
    }
    Ok(())
}

/// Puts the rows of the batch behind those that are there, and gives the other files their names. What fails is taken back.
fn grow(output: &Path, earlier: &str, tails: &[Tail], set: OutputSet) -> anyhow::Result<()> {
    let undo = Undo::note(output, earlier, tails)?;
    // Each waits for the disk: together they wait once.
    if let Err(error) = tails.par_iter().try_for_each(|tail| put_behind(output, tail)) {
        // Where it cannot be taken back now, the next run does it.
        if undo.roll_back().is_ok() {
            undo.remove()?;
        }
        return Err(error);
    }
    set.commit()?;
    undo.remove()
}

/// Gives the files of a new cohort their names, and removes those of another one.
fn replace(output: &Path, forms: &[String], set: OutputSet, folder: &mut OutputFolder) -> anyhow::Result<()> {
    // From here on the folder holds files of two cohorts until the last has its name.
    folder.announce(std::iter::once("cohort"))?;
    remove_if_there(&output.join(UNDO))?;
    let all = ["parquet".to_owned(), "tsv".to_owned()];
    let kept: Vec<String> = files(forms).collect();
    // Of a cohort that had other forms: they would be of other samples.
    let over_all: Vec<String> = tables::tables()
        .iter()
        .filter(|table| is_over_all(table))
        .map(|table| format!("{}.tsv", table.name))
        .collect();
    let stale: Vec<String> = files(&all)
        .filter(|file| !kept.contains(file) && !over_all.contains(file))
        .collect();
    for file in stale {
        remove_if_there(&output.join(&file))?;
    }
    set.commit()
}

/// Whether a table is one over all samples that is always written, as text.
fn is_over_all(table: &CohortTable) -> bool {
    !table.parquet
}
