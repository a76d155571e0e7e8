//! `hemoclone serial`: samples of one person over time.

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Outcome;
use super::output::{Inputs, OutputFolder, OutputSet, refuse_existing_file};
use super::report_files::{file_name, report_paths};
use super::say::{self, Errors};
use super::serial_sheet::{Sheet, SheetRow};
use hemoclone::report::read::read_json;
use hemoclone::report::{Languages, LanguagesError, file_stem};
use hemoclone::run::{UsageError, counted};
use hemoclone::serial::{Person, SERIAL_FILES, SerialError, SerialInput, Settings, persons, serial};
use hemoclone::text;

/// Options of `hemoclone serial`.
#[derive(Args, Clone, Debug)]
pub(crate) struct SerialArgs {
    /// Reports of one person (`<sample>.json` of analyze), or a folder of them
    ///
    /// Each needs a date of collection: column collected of the sample sheet of analyze, or of --samples here. Reports of several persons
    /// need --samples.
    #[arg(value_name = "JSON")]
    pub inputs: Vec<PathBuf>,

    /// Table that says whose each report is and when the sample was collected: CSV, TSV or a workbook
    ///
    /// Columns: json (a file, beside the sheet) or sample (the name in a report given as JSON), person, collected (YYYY-MM-DD). Each person
    /// gets files of its own.
    #[arg(short, long, value_name = "FILE")]
    pub samples: Option<PathBuf>,

    /// Table of mutations without reports, as papers and older reports have them: CSV, TSV or a workbook
    ///
    /// Columns: person, gene and change (or chrom, pos, ref, alt), collected, years or age, and alt_count and depth, or vaf (vaf_percent) with depth;
    /// a row is a visit, or holds several (vaf_1, age_1, vaf_2, age_2). Each mutation gets a row in <table>.growth.tsv.
    #[arg(long, value_name = "FILE")]
    pub table: Option<PathBuf>,

    /// Fragments at every visit of --table that has a VAF and no depth, as the mean depth of the assay gives them
    ///
    /// Without it, such a VAF is shown, and no growth rests on it.
    #[arg(long, value_name = "N", requires = "table")]
    pub depth: Option<NonZeroU32>,

    /// Sheet of a workbook, by name or by number [default: the first]
    #[arg(long, value_name = "SHEET")]
    pub sheet: Option<String>,

    /// Folder to write to; made if it is not there
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,

    /// Detection limit (VAF, 0 to 1) of visits whose report shows no depth, as the laboratory validated it
    ///
    /// Without it a clone that such a report does not list is not assessed there.
    #[arg(long, value_name = "FRACTION")]
    pub detection_limit: Option<f64>,

    /// Spread of the counts beyond drawing reads: concentration (α + β) of the beta-binomial, as technical replicates give it
    ///
    /// Without it the spread is taken from how far the counts lie from their curves; where nothing tells, 500 is assumed.
    #[arg(long, value_name = "NUMBER")]
    pub concentration: Option<f64>,

    /// Languages of the page: en, ja or both; the first is shown first
    #[arg(long, value_name = "LIST", default_value = "en,ja")]
    pub lang: String,

    /// Overwrite files of an earlier run
    #[arg(long)]
    pub force: bool,
}

/// Runs `hemoclone serial`.
///
/// # Errors
///
/// Wrong use, a sheet that cannot be read, or an output that cannot be written. What is wrong with reports and persons is told, and the
/// others are written.
pub(super) fn run(args: &SerialArgs, quiet: bool) -> anyhow::Result<Outcome> {
    let settings = settings(args)?;
    let languages: Languages = args
        .lang
        .parse()
        .map_err(|e: LanguagesError| UsageError(e.to_string()))?;
    let sheet = args
        .samples
        .as_deref()
        .map(|path| Sheet::read(path, args.sheet.as_deref()))
        .transpose()?;
    let files = files(args, sheet.as_ref())?;
    let mut errors = Errors::new("report or person failed", "reports or persons failed");
    let mut failed = 0;
    let mut tell = |message: &str| {
        errors.tell(&text::terminal(message));
        failed += 1;
    };
    let read = read(&files, sheet.as_ref(), &mut tell);
    let mut done = Vec::new();
    // Without a sheet that names persons, all reports are of one.
    let is_one = sheet.iter().flat_map(|s| &s.rows).all(|row| row.person.is_none());
    for (name, person) in persons(read.inputs) {
        match person {
            Ok(mut person) => {
                person.left_out.iter().for_each(|error| tell(&error.to_string()));
                let own = read.unreadable.iter().filter(|u| u.is_of(&name, is_one));
                person.left_out.extend(own.map(Unreadable::error));
                done.push(person);
            }
            Err(problems) => problems.iter().for_each(|error| tell(&error.to_string())),
        }
    }
    errors.finish();
    write(args, &files, &done, settings, &languages)?;
    let written = format!("{} written", counted(done.len(), "person"));
    if failed > 0 {
        tracing::error!("{written}, {}", counted(failed, "problem"));
        return Ok(Outcome::SomeInputsFailed);
    }
    say::line(&format!("{written} in {}", args.output.display()), quiet);
    Ok(Outcome::Done)
}

pub(super) fn settings(args: &SerialArgs) -> Result<Settings, UsageError> {
    if let Some(limit) = args
        .detection_limit
        .filter(|limit| !(*limit > 0.0 && *limit < 1.0))
    {
        return Err(UsageError(format!(
            "--detection-limit {limit} is no VAF between 0 and 1; give 0.02 for 2 %"
        )));
    }
    if let Some(given) = args
        .concentration
        .filter(|given| !(given.is_finite() && *given >= 1.0))
    {
        return Err(UsageError(format!(
            "--concentration {given} is no number of 1 or more"
        )));
    }
    Ok(Settings {
        concentration: args.concentration,
        detection_limit: args.detection_limit,
    })
}

/// Returns the reports to read, each once, in a fixed order.
fn files(args: &SerialArgs, sheet: Option<&Sheet>) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for input in &args.inputs {
        if input.is_dir() {
            files.extend(reports_in(input)?);
        } else {
            files.push(input.clone());
        }
    }
    files.extend(
        sheet
            .iter()
            .flat_map(|sheet| &sheet.rows)
            .filter_map(|row| row.json.clone()),
    );
    files.sort();
    files.dedup();
    if files.is_empty() {
        return Err(UsageError(
            "no report given: give <sample>.json files of analyze, a folder of them, or --samples".into(),
        )
        .into());
    }
    Ok(files)
}

/// Returns the reports in a folder, without what this command wrote there.
fn reports_in(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut reports = report_paths(folder)?;
    reports.retain(|path| {
        let name = file_name(path);
        !SERIAL_FILES.iter().any(|file| name.ends_with(file.suffix))
    });
    Ok(reports)
}

/// What was read.
struct Read {
    inputs: Vec<SerialInput>,
    unreadable: Vec<Unreadable>,
}

/// A report that cannot be read, and of whom it is as far as a sheet says.
struct Unreadable {
    file: String,
    reason: String,
    of: Option<String>,
}

impl Unreadable {
    /// Whether it was to be a visit of a person; `is_one`: there is only one.
    fn is_of(&self, person: &str, is_one: bool) -> bool {
        is_one || self.of.as_deref() == Some(person)
    }

    fn error(&self) -> SerialError {
        SerialError::Unreadable {
            file: self.file.clone(),
            reason: self.reason.clone(),
        }
    }
}

fn read(files: &[PathBuf], sheet: Option<&Sheet>, tell: &mut dyn FnMut(&str)) -> Read {
    let mut read = Read {
        inputs: Vec::new(),
        unreadable: Vec::new(),
    };
    let rows = sheet.iter().flat_map(|s| &s.rows);
    let mut unused: BTreeMap<u64, &SheetRow> = rows.map(|row| (row.line, row)).collect();
    for path in files {
        let row = match read_one(path, sheet) {
            Ok((input, row)) => {
                read.inputs.push(input);
                row
            }
            Err(failed) => {
                tell(&failed.reason);
                let row = sheet.and_then(|sheet| sheet.row_of_file(path));
                read.unreadable.push(failed);
                row
            }
        };
        if let Some(row) = row {
            unused.remove(&row.line);
        }
    }
    if let Some(sheet) = sheet {
        tell_of_rows(sheet, unused.into_values(), tell);
    }
    read
}

/// Reads one report, with its row of the sheet.
fn read_one<'s>(
    path: &Path,
    sheet: Option<&'s Sheet>,
) -> Result<(SerialInput, Option<&'s SheetRow>), Unreadable> {
    let file = path.display().to_string();
    let of_file = sheet.and_then(|sheet| sheet.row_of_file(path));
    let failed = |reason: String| Unreadable {
        file: file.clone(),
        reason,
        of: of_file.and_then(|row| row.person.clone()),
    };
    let json = fs::read(path).map_err(|error| failed(format!("cannot read {file}: {error}")))?;
    let result = read_json(&json, &file).map_err(|error| failed(error.to_string()))?;
    let row = sheet.and_then(|sheet| sheet.row_of(path, &result.sample));
    if let (Some(sheet), None) = (sheet, row) {
        return Err(failed(format!(
            "{file}: sample {:?} stands in no row of {}; add it with person and collected, or leave the file out",
            result.sample, sheet.name
        )));
    }
    let input = SerialInput {
        file,
        result,
        person: row.and_then(|row| row.person.clone()),
        collected: row.and_then(|row| row.collected),
    };
    Ok((input, row))
}

/// Tells of rows that cannot be used, and of those whose report was not given.
fn tell_of_rows<'s>(sheet: &Sheet, unused: impl Iterator<Item = &'s SheetRow>, tell: &mut dyn FnMut(&str)) {
    for error in &sheet.errors {
        tell(error);
    }
    for row in unused {
        let sample = row.sample.as_deref().unwrap_or_default();
        tell(&format!(
            "{}, line {}: no report of sample {sample:?} was given; give its JSON",
            sheet.name, row.line
        ));
    }
}

/// Writes the files of all persons, each whole or not at all.
fn write(
    args: &SerialArgs,
    inputs: &[PathBuf],
    done: &[Person],
    settings: Settings,
    languages: &Languages,
) -> anyhow::Result<()> {
    if done.is_empty() {
        return Ok(());
    }
    let read = inputs.iter().map(PathBuf::as_path).chain(args.samples.as_deref());
    let read = Inputs::default().with(read);
    let paths = |person: &Person| {
        let stem = file_stem(&person.name);
        SERIAL_FILES
            .iter()
            .map(move |file| (args.output.join(format!("{stem}{}", file.suffix)), file))
    };
    for (path, _) in done.iter().flat_map(paths) {
        read.refuse(&path)?;
        refuse_existing_file(&path, args.force)?;
    }
    let is_own = |name: &str| SERIAL_FILES.iter().any(|file| name.ends_with(file.suffix));
    let folder = OutputFolder::open(&args.output, is_own)?;
    for person in done {
        let result = serial(person, settings);
        let mut set = OutputSet::default();
        for (path, file) in paths(person) {
            set.write(&path, |writer| Ok((file.writer)(writer, &result, languages)?))?;
        }
        set.commit()?;
    }
    drop(folder);
    Ok(())
}
