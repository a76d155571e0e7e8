//! Which samples come out of which files, before anything is read in full: names must be known to be unique first.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use flate2::read::MultiGzDecoder;
use rayon::prelude::*;

use crate::sample::{Patient, SampleSheet, Sex, SheetRow};
use crate::variants::{Input, NamedColumns, ReportColumn, report_columns};

/// One sample to report on.
#[derive(Debug)]
pub struct SamplePlan {
    /// Name of the reports.
    pub name: String,
    /// Its column and that of its normal; no names for a file without columns.
    pub columns: NamedColumns,
    /// The matched normal, where it has a file of its own.
    pub normal: Option<NormalPlan>,
    /// What is known of the person, or the bad value that keeps the sample out.
    pub patient: anyhow::Result<Patient>,
    /// The clinical file that the sheet names for it.
    pub clinical: Option<PathBuf>,
    /// The same sample's alignments, beside a variant file.
    #[cfg_attr(
        not(feature = "alignments"),
        allow(dead_code, reason = "only alignments are read from it")
    )]
    pub reads: Option<PathBuf>,
}

/// A matched normal in a file of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct NormalPlan {
    /// The file.
    pub path: PathBuf,
    /// Its column there; the only one where it is not named.
    pub column: Option<String>,
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Variants: VCF or BCF.
    Variants,
    /// Alignments: BAM, CRAM or SAM.
    Alignments,
}

/// One file with its samples, or why it cannot be used.
#[derive(Debug)]
pub struct FilePlan {
    /// The file as given.
    pub path: PathBuf,
    /// The file.
    pub input: Input,
    /// What it holds.
    pub content: Content,
    /// Its samples, or the error that keeps the whole file out.
    pub samples: anyhow::Result<Vec<SamplePlan>>,
}

impl FilePlan {
    /// Returns the first alignment file that is to be read; none where the file cannot be used anyway.
    #[cfg(feature = "alignments")]
    pub fn alignments(&self) -> Option<&Path> {
        match self.content {
            Content::Alignments => self.samples.is_ok().then_some(&*self.path),
            Content::Variants => self.samples.iter().flatten().find_map(|s| {
                let normal = s.normal.as_ref().map(|n| n.path.as_path());
                s.reads
                    .as_deref()
                    .or_else(|| normal.filter(|path| holds_alignments(path)))
            }),
        }
    }
}

/// What the plan is made from.
#[derive(Debug)]
pub struct Request<'a> {
    /// INPUT arguments.
    pub inputs: &'a [PathBuf],
    /// The sample sheet with its path.
    pub sheet: Option<(&'a Path, &'a SampleSheet)>,
    /// Reference FASTA, for CRAM.
    #[cfg(feature = "alignments")]
    pub reference: Option<&'a Path>,
    /// What reads CRAM.
    #[cfg(feature = "alignments")]
    pub cram_decoder: crate::alignments::CramDecoder,
    /// Sex of every sample that the sheet says nothing about.
    pub sex: Option<Sex>,
    /// Tumor and normal column given on the command line.
    pub columns: NamedColumns,
    /// Matched normal given on the command line: of the one sample of the run.
    pub normal: Option<NormalPlan>,
}

/// Reads the header of every file and names its samples; samples whose name stands twice become errors of both files.
pub fn plan(request: &Request<'_>) -> anyhow::Result<Vec<FilePlan>> {
    let rows_of_file = rows_by_file(request)?;
    let mut files: Vec<(PathBuf, Vec<&SheetRow>)> = rows_of_file.into_iter().collect();
    for input in request.inputs {
        // A file in the sheet and among the arguments is one file; the same argument twice is two, and an error below.
        if !files.iter().any(|(path, rows)| path == input && !rows.is_empty()) {
            files.push((input.clone(), Vec::new()));
        }
    }
    if files.iter().filter(|(path, _)| path.as_os_str() == "-").count() > 1 {
        bail!(super::UsageError(
            "`-` (standard input) is given more than once; it holds one file".into()
        ));
    }
    let mut plans: Vec<FilePlan> = files
        .into_par_iter()
        .map(|(path, rows)| {
            let input = Input::from_argument(&path);
            if holds_alignments(&path) {
                return FilePlan {
                    samples: samples_of_alignments(&path, &rows, request),
                    content: Content::Alignments,
                    path,
                    input,
                };
            }
            let content = Content::Variants;
            match readable_twice(input.clone()) {
                Ok(input) => FilePlan {
                    samples: samples_of(&input, &path, &rows, request),
                    content,
                    path,
                    input,
                },
                Err(error) => FilePlan {
                    path,
                    input,
                    content,
                    samples: Err(error),
                },
            }
        })
        .collect();
    plans.sort_by(|a, b| a.path.cmp(&b.path));
    refuse_equal_names(&mut plans);
    if let Some(normal) = &request.normal {
        give_normal(&mut plans, normal)?;
    }
    Ok(plans)
}

/// The header is read before the records are: what comes through a pipe is kept in a file without a name, which is gone
/// with the program however it ends.
pub(super) fn readable_twice(input: Input) -> anyhow::Result<Input> {
    if !input.is_read_once() {
        return Ok(input);
    }
    let file = tempfile::tempfile().context("cannot make a temporary file; name another folder in TMPDIR")?;
    Ok(input.spool(file)?)
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

/// Groups the sheet's rows by the file they name; rows without a file only describe samples of other inputs.
fn rows_by_file<'a>(request: &Request<'a>) -> anyhow::Result<BTreeMap<PathBuf, Vec<&'a SheetRow>>> {
    let mut files: BTreeMap<PathBuf, Vec<&SheetRow>> = BTreeMap::new();
    let Some((path, sheet)) = request.sheet else {
        return Ok(files);
    };
    for row in &sheet.rows {
        match (&row.vcf, &row.bam) {
            (Some(vcf), _) => files.entry(beside(path, vcf)).or_default().push(row),
            (None, Some(bam)) => files.entry(beside(path, bam)).or_default().push(row),
            (None, None) if request.inputs.is_empty() => bail!(super::UsageError(format!(
                "sample sheet {}, line {}: sample {} has no file in column vcf or bam, and no INPUT was given",
                path.display(),
                row.line,
                row.sample
            ))),
            (None, None) => {}
        }
    }
    Ok(files)
}

/// Looks a path of the sheet up beside the sheet first, then in the working folder.
fn beside(sheet: &Path, file: &str) -> PathBuf {
    let joined = sheet.parent().unwrap_or(Path::new("")).join(file);
    if joined.exists() {
        joined
    } else {
        PathBuf::from(file)
    }
}

/// Whether a file begins as BAM, CRAM or SAM does. What cannot be read is left to the reader of variants to complain about.
pub(super) fn holds_alignments(path: &Path) -> bool {
    if path.as_os_str() == "-" {
        return false;
    }
    let starts = |reader: &mut dyn Read| {
        let mut start = Vec::new();
        // A cut or broken file is recognized by what can be read of it.
        _ = reader.take(4).read_to_end(&mut start);
        start
    };
    let Ok(mut file) = File::open(path) else {
        return false;
    };
    let start = starts(&mut file);
    let is_text = |s: &[u8]| {
        [b"@HD\t", b"@SQ\t", b"@RG\t", b"@PG\t", b"@CO\t"]
            .iter()
            .any(|t| s == *t)
    };
    if start.starts_with(&[0x1f, 0x8b]) {
        let Ok(file) = File::open(path) else { return false };
        let inflated = starts(&mut MultiGzDecoder::new(file));
        return inflated == b"BAM\x01" || is_text(&inflated);
    }
    start == b"CRAM" || is_text(&start)
}

#[cfg(not(feature = "alignments"))]
fn samples_of_alignments(path: &Path, _: &[&SheetRow], _: &Request<'_>) -> anyhow::Result<Vec<SamplePlan>> {
    bail!(
        "{}: holds alignments, which this build of the program cannot read; give a VCF, or build with the feature alignments",
        path.display()
    )
}

/// Names the sample of an alignment file: by the sheet, else by its read groups, else by the file.
#[cfg(feature = "alignments")]
fn samples_of_alignments(
    path: &Path,
    rows: &[&SheetRow],
    request: &Request<'_>,
) -> anyhow::Result<Vec<SamplePlan>> {
    let file = crate::alignments::AlignmentFile::open(path, request.reference, request.cram_decoder)?;
    let plan = |name: String, row: Option<&SheetRow>| SamplePlan {
        name,
        columns: NamedColumns::default(),
        normal: row.and_then(|r| normal_of_row(r, request)),
        patient: patient(row, request),
        clinical: row.and_then(|r| clinical_file(r, request)),
        reads: None,
    };
    if !rows.is_empty() {
        return Ok(rows
            .iter()
            .map(|row| plan(row.sample.clone(), Some(row)))
            .collect());
    }
    let name = match file.samples.as_slice() {
        [] => stem(path),
        [only] => only.clone(),
        several => bail!(
            "{}: holds reads of {} samples (@RG SM: {}); split it (`samtools split`), or name it as one sample in a sample sheet",
            path.display(),
            several.len(),
            several.join(", ")
        ),
    };
    let row = request
        .sheet
        .and_then(|(_, sheet)| sheet.rows.iter().find(|r| r.sample == name));
    Ok(vec![plan(name, row)])
}

fn samples_of(
    input: &Input,
    path: &Path,
    rows: &[&SheetRow],
    request: &Request<'_>,
) -> anyhow::Result<Vec<SamplePlan>> {
    if rows.is_empty() {
        let columns = report_columns(input, &request.columns)?;
        return Ok(columns
            .into_iter()
            .map(|c| described(c, &request.columns, path, request))
            .collect());
    }
    rows.iter()
        .map(|row| sample_of_row(input, row, request))
        .collect()
}

fn sample_of_row(input: &Input, row: &SheetRow, request: &Request<'_>) -> anyhow::Result<SamplePlan> {
    let mut named = NamedColumns {
        tumor: row.vcf_sample.clone().or_else(|| request.columns.tumor.clone()),
        normal: match row.normal {
            // With a file of its own, the name is that of a column there.
            Some(_) => None,
            None => row
                .normal_sample
                .clone()
                .or_else(|| request.columns.normal.clone()),
        },
    };
    let columns = report_columns(input, &named)?;
    let chosen = match columns.as_slice() {
        [only] => only,
        several => several.iter().find(|c| c.column.as_ref() == Some(&row.sample)).with_context(|| {
            let in_file: Vec<&str> = several.iter().filter_map(|c| c.column.as_deref()).collect();
            format!(
                "{}: sample {:?} of the sheet (line {}) is none of its columns {}; name one in column vcf_sample",
                input.file_name(),
                row.sample,
                row.line,
                in_file.join(", ")
            )
        })?,
    };
    // Named from here on, so that the scan takes this column alone.
    named.tumor.clone_from(&chosen.column);
    named.normal.clone_from(&chosen.normal);
    Ok(SamplePlan {
        name: row.sample.clone(),
        columns: named,
        normal: normal_of_row(row, request),
        patient: patient(Some(row), request),
        clinical: clinical_file(row, request),
        reads: request
            .sheet
            .and_then(|(sheet, _)| row.bam.as_ref().map(|bam| beside(sheet, bam))),
    })
}

fn patient(row: Option<&SheetRow>, request: &Request<'_>) -> anyhow::Result<Patient> {
    let known = row.map(|r| r.patient.clone()).transpose()?.unwrap_or_default();
    Ok(Patient {
        sex: known.sex.or(request.sex),
        ..known
    })
}

fn normal_of_row(row: &SheetRow, request: &Request<'_>) -> Option<NormalPlan> {
    let (sheet, _) = request.sheet?;
    row.normal.as_ref().map(|file| NormalPlan {
        path: beside(sheet, file),
        column: row.normal_sample.clone(),
    })
}

/// Names a sample of a file that the sheet does not name, and looks up what the sheet knows of that name.
fn described(column: ReportColumn, named: &NamedColumns, path: &Path, request: &Request<'_>) -> SamplePlan {
    let name = column.column.clone().unwrap_or_else(|| stem(path));
    let row = request
        .sheet
        .and_then(|(_, sheet)| sheet.rows.iter().find(|r| r.sample == name));
    let normal = column.normal.or_else(|| named.normal.clone());
    SamplePlan {
        columns: NamedColumns {
            tumor: column.column,
            normal,
        },
        normal: row.and_then(|r| normal_of_row(r, request)),
        patient: patient(row, request),
        clinical: row.and_then(|r| clinical_file(r, request)),
        reads: None,
        name,
    }
}

fn clinical_file(row: &SheetRow, request: &Request<'_>) -> Option<PathBuf> {
    let (sheet, _) = request.sheet?;
    row.clinical.as_deref().map(|file| beside(sheet, file))
}

/// Returns the file name without the endings of variant and alignment files: the name of a sample that has no column.
fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let lower = name.to_lowercase();
    let ending = [
        ".vcf.gz", ".vcf.bgz", ".vcf", ".bcf", ".gvcf.gz", ".gvcf", ".bam", ".cram", ".sam",
    ]
    .iter()
    .find(|e| lower.ends_with(**e));
    let stem = ending.map_or(&*name, |e| &name[..name.len() - e.len()]);
    if path == Path::new("-") || stem.is_empty() {
        "stdin".to_owned()
    } else {
        stem.to_owned()
    }
}

fn refuse_equal_names(plans: &mut [FilePlan]) {
    let mut holders: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for plan in plans.iter() {
        for sample in plan.samples.iter().flatten() {
            holders
                .entry(sample.name.clone())
                .or_default()
                .push(plan.path.display().to_string());
        }
    }
    holders.retain(|_, files| files.len() > 1);
    for plan in plans {
        let Ok(samples) = &plan.samples else { continue };
        if let Some((name, files)) = samples.iter().find_map(|s| holders.get_key_value(&s.name)) {
            let path = plan.path.display();
            let remedy = if files.iter().all(|f| *f == files[0]) {
                format!(
                    "stands {} times in {path}: give the file once, or rename its columns (`bcftools reheader -s`)",
                    files.len()
                )
            } else {
                format!(
                    "comes from {}; give each its own name in a sample sheet (--samples)",
                    files.join(" and ")
                )
            };
            plan.samples = Err(anyhow::anyhow!(
                "{path}: sample name {name:?} {remedy}, nothing was written for it"
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_columns_is_named_after_itself() {
        assert_eq!(stem(Path::new("x/P1.lofreq.vcf.gz")), "P1.lofreq");
        assert_eq!(stem(Path::new("P1.VCF")), "P1");
        assert_eq!(stem(Path::new("-")), "stdin");
        assert_eq!(stem(Path::new("plain")), "plain");
        assert_eq!(stem(Path::new("x/P2.dedup.bam")), "P2.dedup");
    }
}
