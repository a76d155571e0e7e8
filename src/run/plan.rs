//! Which samples come out of which files, before anything is read in full: names must be known to be unique first.

mod content;
mod known;
mod names;
mod planned;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use rayon::prelude::*;

pub use content::Content;
pub(super) use content::holds_alignments;
pub(super) use names::SameReason;
pub use planned::{FilePlan, NormalPlan, SamplePlan};

pub(super) use self::known::beside;
use self::known::{clinical_file, known_by_name, normal_of_row, patient, previous_reports};
use self::names::{choose_names, refuse_equal_names};
use super::files::Files;
use super::job::Job;
use super::pipes;
use crate::sample::{SheetError, SheetRow};
use crate::variants::{ColumnFinder, FileColumns, Input, NamedColumns, ReportColumn};

/// Reads the header of every file and names its samples; samples whose name stands twice become errors of both files.
pub(super) fn plan(job: &Job) -> anyhow::Result<Vec<FilePlan>> {
    let (rows_of_file, bad_rows) = rows_by_file(job)?;
    let times = times_given(&job.request.inputs, &rows_of_file)?;
    let mut files: Vec<(PathBuf, Vec<&SheetRow>)> = rows_of_file.into_iter().collect();
    files.extend(times.keys().map(|input| ((*input).clone(), Vec::new())));
    let mut plans: Vec<FilePlan> = files
        .into_par_iter()
        .map(|(path, rows)| plan_of_file(path, &rows, job))
        .collect();
    plans.extend(bad_rows);
    plans.sort_by(|a, b| a.path.cmp(&b.path));
    refuse_given_twice(&mut plans, &times);
    choose_names(&mut plans, job);
    refuse_equal_names(&mut plans);
    if let Some(path) = &job.request.normal {
        let normal = NormalPlan {
            path: path.clone(),
            column: job.options().normal_column.clone(),
        };
        give_normal(&mut plans, &normal)?;
    }
    give_previous(&mut plans, &job.request.previous)?;
    refuse_own_normals(&mut plans, &job.files);
    Ok(plans)
}

/// Returns how often each argument is given that the sheet does not name. A file in the sheet and among the arguments is one file;
/// the same argument twice is an error, told once.
fn times_given<'a>(
    inputs: &'a [PathBuf],
    rows_of_file: &RowsByFile<'_>,
) -> anyhow::Result<BTreeMap<&'a PathBuf, usize>> {
    let only_given: Vec<&'a PathBuf> = inputs.iter().filter(|i| !rows_of_file.contains_key(*i)).collect();
    let given = only_given.iter().map(|path| path.as_path());
    pipes::refuse_twice(given.chain(rows_of_file.keys().map(PathBuf::as_path)))?;
    let mut times: BTreeMap<&PathBuf, usize> = BTreeMap::new();
    for input in only_given {
        *times.entry(input).or_default() += 1;
    }
    Ok(times)
}

/// Keeps files out that are given more than once.
fn refuse_given_twice(plans: &mut [FilePlan], times: &BTreeMap<&PathBuf, usize>) {
    for plan in plans.iter_mut().filter(|plan| plan.samples.is_ok()) {
        if let Some(times) = times.get(&plan.path).filter(|times| **times > 1) {
            plan.samples = Err(anyhow::anyhow!(
                "{}: is given {times} times: give it once; nothing was written for it",
                plan.path.display()
            ));
        }
    }
}

/// Reads the header of one file, for the rows of the sheet that name it.
fn plan_of_file(path: PathBuf, rows: &[&SheetRow], job: &Job) -> FilePlan {
    let input = job.files.input(&path);
    let is_named = !rows.is_empty();
    if holds_alignments(&path, &job.files) {
        return FilePlan {
            samples: samples_of_alignments(&path, rows, job),
            content: Content::Alignments,
            path,
            input,
            is_named,
        };
    }
    let content = Content::Variants;
    match job.files.variants(&path) {
        Ok(input) => FilePlan {
            samples: samples_of(&input, &path, rows, job).map_err(|e| told_by_sheet(e, &path, rows, job)),
            content,
            path,
            input,
            is_named,
        },
        Err(error) => FilePlan {
            samples: Err(told_by_sheet(error, &path, rows, job)),
            path,
            input,
            content,
            is_named,
        },
    }
}

/// Says which row of the sheet names a file that is not there.
fn told_by_sheet(error: anyhow::Error, path: &Path, rows: &[&SheetRow], job: &Job) -> anyhow::Error {
    // To open a pipe would wait for somebody who writes into it.
    let is_missing = !job.files.input(path).is_read_once() && job.files.open(path).is_err();
    match (rows, job.sheet()) {
        ([row, ..], Some((sheet, _))) if is_missing => error.context(format!(
            "sample sheet {}, line {}, sample {:?}",
            sheet.display(),
            row.line,
            row.sample
        )),
        _ => error,
    }
}

/// Keeps samples out whose matched normal is the very file, or the very column, that they are read from: nothing would be left.
fn refuse_own_normals(plans: &mut [FilePlan], files: &Files) {
    for plan in plans {
        let (path, content) = (&plan.path, plan.content);
        for sample in plan.samples.iter_mut().flatten() {
            let Some(normal) = &sample.normal else { continue };
            let is_other_column = content == Content::Variants
                && normal.column.is_some()
                && normal.column != sample.columns.tumor;
            let own = [Some(path), sample.reads.as_ref()];
            let is_own = own
                .into_iter()
                .flatten()
                .any(|own| files.is_same(own, &normal.path));
            if is_own && !is_other_column && sample.patient.is_ok() {
                sample.patient = Err(anyhow::anyhow!(
                    "the matched normal {} is the sample's own file; name the normal's file, or its column (--normal-column, column normal_sample of the sheet)",
                    normal.path.display()
                ));
            }
        }
    }
}

/// A normal on the command line belongs to one person: with several samples it must be said whose it is.
fn give_normal(plans: &mut [FilePlan], normal: &NormalPlan) -> anyhow::Result<()> {
    let mut samples: Vec<&mut SamplePlan> = plans
        .iter_mut()
        .flat_map(|p| p.samples.iter_mut().flatten())
        .collect();
    match samples.as_mut_slice() {
        [] => Ok(()),
        [only] => {
            only.normal.get_or_insert_with(|| normal.clone());
            Ok(())
        }
        several => bail!(super::UsageError(format!(
            "--normal is the matched normal of one sample, and this run has {}; name each sample's own in column normal of the sample sheet",
            several.len()
        ))),
    }
}

/// Earlier reports on the command line are of one person too.
fn give_previous(plans: &mut [FilePlan], previous: &[PathBuf]) -> anyhow::Result<()> {
    if previous.is_empty() {
        return Ok(());
    }
    let samples = plans.iter_mut().flat_map(|p| p.samples.iter_mut().flatten());
    let mut samples: Vec<&mut SamplePlan> = samples.collect();
    match samples.as_mut_slice() {
        [] => {}
        [only] => only.previous.extend_from_slice(previous),
        several => bail!(super::UsageError(format!(
            "--previous names earlier reports of one person, and this run has {} samples; name each sample's own in column previous of the sample sheet",
            several.len()
        ))),
    }
    Ok(())
}

/// The rows of a sheet by the file that they name.
type RowsByFile<'a> = BTreeMap<PathBuf, Vec<&'a SheetRow>>;

/// Groups the sheet's rows by the file they name; rows without a file only describe samples of other inputs. Rows that cannot be
/// used and name no file come as plans that fail.
fn rows_by_file<'a>(job: &'a Job) -> anyhow::Result<(RowsByFile<'a>, Vec<FilePlan>)> {
    let mut files: RowsByFile<'a> = BTreeMap::new();
    let Some((path, sheet)) = job.sheet() else {
        return Ok((files, Vec::new()));
    };
    let failed = |error: &SheetError| FilePlan {
        path: path.to_owned(),
        input: job.files.input(path),
        content: Content::Variants,
        samples: Err(error.clone().into()),
        is_named: true,
    };
    let mut bad = Vec::new();
    for row in &sheet.rows {
        match (&row.vcf, &row.bam) {
            (Some(vcf), _) => files.entry(beside(path, vcf, &job.files)).or_default().push(row),
            (None, Some(bam)) => files.entry(beside(path, bam, &job.files)).or_default().push(row),
            (None, None) if job.request.inputs.is_empty() && row.patient.is_err() => {
                bad.extend(row.patient.as_ref().err().map(failed));
            }
            (None, None) if job.request.inputs.is_empty() => bail!(super::UsageError(format!(
                "sample sheet {}, line {}: sample {} has no file in column vcf or bam, and no INPUT was given",
                path.display(),
                row.line,
                row.sample
            ))),
            (None, None) => {}
        }
    }
    Ok((files, bad))
}

#[cfg(not(feature = "alignments"))]
fn samples_of_alignments(path: &Path, _: &[&SheetRow], _: &Job) -> anyhow::Result<Vec<SamplePlan>> {
    bail!(
        "{}: holds alignments, which this build of the program cannot read; give a VCF, or build with the feature alignments",
        path.display()
    )
}

/// Names the sample of an alignment file: by the sheet, else by its read groups, else by the file.
#[cfg(feature = "alignments")]
fn samples_of_alignments(path: &Path, rows: &[&SheetRow], job: &Job) -> anyhow::Result<Vec<SamplePlan>> {
    let file = pipes::alignments_of(
        path,
        job.options().reference.as_deref(),
        job.options().reads.cram_decoder(),
    )
    .map_err(|e| told_by_sheet(e, path, rows, job))?;
    if !rows.is_empty() {
        let plan = |row: &&SheetRow| SamplePlan {
            name: row.sample.clone(),
            columns: NamedColumns::default(),
            normal: normal_of_row(row, job),
            patient: patient(Some(row), job),
            clinical: clinical_file(row, job),
            previous: previous_reports(row, job),
            reads: None,
        };
        return Ok(rows.iter().map(plan).collect());
    }
    let name = match file.samples.as_slice() {
        [] => names::stem(path),
        [only] => only.clone(),
        several => bail!(
            "{}: holds reads of {} samples (@RG SM: {}); split it (`samtools split`), or name it as one sample in a sample sheet",
            path.display(),
            several.len(),
            several.join(", ")
        ),
    };
    Ok(vec![known_by_name(name, NamedColumns::default(), job)])
}

fn samples_of(input: &Input, path: &Path, rows: &[&SheetRow], job: &Job) -> anyhow::Result<Vec<SamplePlan>> {
    let file = FileColumns::read(input)?;
    let finder = file.finder();
    if rows.is_empty() {
        let columns = finder.report(&job.columns)?;
        return Ok(columns
            .into_iter()
            .map(|c| described(c, &job.columns, path, job))
            .collect());
    }
    // A row that names no column of the file fails alone.
    let sample = |row: &&SheetRow| {
        sample_of_row(input, &finder, row, job).unwrap_or_else(|error| SamplePlan {
            name: row.sample.clone(),
            columns: NamedColumns::default(),
            normal: None,
            patient: Err(error),
            clinical: None,
            previous: Vec::new(),
            reads: None,
        })
    };
    Ok(rows.iter().map(sample).collect())
}

fn columns_of_row(row: &SheetRow, job: &Job) -> NamedColumns {
    NamedColumns {
        tumor: row.vcf_sample.clone().or_else(|| job.columns.tumor.clone()),
        normal: match row.normal {
            // With a file of its own, the name is that of a column there.
            Some(_) => None,
            None => row.normal_sample.clone().or_else(|| job.columns.normal.clone()),
        },
    }
}

fn sample_of_row(
    input: &Input,
    finder: &ColumnFinder<'_>,
    row: &SheetRow,
    job: &Job,
) -> anyhow::Result<SamplePlan> {
    let mut named = columns_of_row(row, job);
    let chosen = finder.report_of(&named, &row.sample)?.with_context(|| {
        format!(
            "{}: sample {:?} of the sheet (line {}) is none of its columns {}; name one in column vcf_sample",
            input.file_name(),
            row.sample,
            row.line,
            finder.columns()
        )
    })?;
    // Named from here on, so that the scan takes this column alone.
    named.tumor = chosen.column;
    named.normal = chosen.normal;
    Ok(SamplePlan {
        name: row.sample.clone(),
        columns: named,
        normal: normal_of_row(row, job),
        patient: patient(Some(row), job),
        clinical: clinical_file(row, job),
        previous: previous_reports(row, job),
        reads: job
            .sheet()
            .and_then(|(sheet, _)| row.bam.as_ref().map(|bam| beside(sheet, bam, &job.files))),
    })
}

/// Names a sample of a file that the sheet does not name, and looks up what the sheet knows of that name.
fn described(column: ReportColumn, named: &NamedColumns, path: &Path, job: &Job) -> SamplePlan {
    let name = column.column.clone().unwrap_or_else(|| names::stem(path));
    let normal = column.normal.or_else(|| named.normal.clone());
    let columns = NamedColumns {
        tumor: column.column,
        normal,
    };
    known_by_name(name, columns, job)
}
