//! `hemoclone samplesheet`: what a workflow engine asks of a sample sheet, so that none has to read one itself.

use std::collections::BTreeMap;
use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{Cursor, Read as _, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use clap::{ArgMatches, Args, CommandFactory as _, Subcommand};

use super::output::stdout;
use super::{Cli, Outcome, say};
use hemoclone::panel::PANEL_NAMES;
use hemoclone::report::FailedRow;
use hemoclone::run::batches::{BatchPlan, Limits, Located, Places, Staged, candidates, locate, plan_batches};
use hemoclone::run::{Files, Options, Request, UsageError, counted};
use hemoclone::sample::{SampleSheet, SheetCells};

/// Options of a workflow that `analyze` gets from elsewhere: the batch, the engine, or nowhere.
const NOT_PASSED_ON: [&str; 7] = [
    "inputs", "samples", "sheet", "clinical", "normal", "previous", "threads",
];

/// Where files come from that an engine hands over: folders with numbers in this one.
const STAGED: &str = "staged";

/// The same of the files that the options name.
const STAGED_OPTIONS: &str = "staged_options";

/// Checks a sample sheet, and says what its files are.
#[derive(Args, Debug)]
pub(crate) struct SamplesheetArgs {
    #[command(subcommand)]
    command: SamplesheetCommand,
}

#[derive(Debug, Subcommand)]
enum SamplesheetCommand {
    /// Check every row and file, and group the samples into batches; exit code 3 where a sample cannot be analyzed
    Check(Box<CheckArgs>),
    /// Print every path that may be a file of the sheet, of the options or an index beside one, as a JSON array: for an engine that looks itself which are there
    Files(Box<CheckArgs>),
}

#[derive(Args, Debug)]
struct CheckArgs {
    /// The sheet with the options of `analyze`: every file that they name is part of the plan.
    #[command(flatten)]
    request: Request,
    /// Print the plan as JSON: batches with their sheets and files, options for analyze, samples that cannot be analyzed
    #[arg(long)]
    json: bool,
    /// Most bytes of input in a batch, as 500M or 2G; a larger sample is a batch of its own
    #[arg(long, value_name = "SIZE", default_value = "200M", value_parser = read_size)]
    batch_bytes: u64,
    /// Most samples in a batch
    #[arg(long, value_name = "N", default_value_t = 200)]
    batch_samples: usize,
    /// The engine hands file number N over in the folder staged/N of the task, and those of the options in staged_options/N; without it, tasks find files by their paths
    #[arg(long)]
    stage: bool,
    /// Folder or address in which the sheet lies, for its relative paths [default: where it is]
    #[arg(long, value_name = "DIR")]
    sheet_folder: Option<String>,
    /// Folder or address that other relative paths start from [default: the working folder]
    #[arg(long, value_name = "DIR")]
    working_folder: Option<String>,
    /// Folder or address in which the profile lies (--config), for its relative paths [default: where it is]
    #[arg(long, value_name = "DIR", requires = "config")]
    config_folder: Option<String>,
    /// Files that are there, a JSON object of paths and bytes; without it the disk is asked
    #[arg(long, value_name = "JSON")]
    sizes: Option<PathBuf>,
}

/// Runs the subcommand.
pub(crate) fn run(args: &SamplesheetArgs, quiet: bool) -> anyhow::Result<Outcome> {
    match &args.command {
        SamplesheetCommand::Check(args) => check(args, quiet),
        SamplesheetCommand::Files(args) => files(args).map(|()| Outcome::Done),
    }
}

/// A sheet as read, and where its files are looked up.
struct Opened {
    sheet: SampleSheet,
    cells: SheetCells,
    places: Places,
    /// Files of the options, each with its key and its path or address.
    options: Vec<(&'static str, String)>,
}

impl Opened {
    fn new(args: &CheckArgs) -> anyhow::Result<Self> {
        let request = &args.request;
        let path = sheet_of(request)?;
        let (mut file, name): (Box<dyn std::io::Read>, _) = if path == Path::new("-") {
            (Box::new(std::io::stdin()), "standard input".to_owned())
        } else {
            let context = || format!("cannot read the sample sheet {}", path.display());
            let file = fs::File::open(path).with_context(context)?;
            (Box::new(file), path.display().to_string())
        };
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)
            .with_context(|| format!("cannot read the sample sheet {name}"))?;
        let worksheet = request.sheet.as_deref();
        let places = places(args, path)?;
        Ok(Self {
            sheet: SampleSheet::of_worksheet(Cursor::new(&bytes), &name, worksheet)?,
            cells: SheetCells::read(Cursor::new(&bytes), &name, worksheet)?,
            options: option_files(args, &places)?,
            places,
        })
    }

    fn locate_options(&self, size: &dyn Fn(&str) -> Option<u64>) -> anyhow::Result<Vec<Located>> {
        let located = self.options.iter().map(|(key, path)| {
            locate(std::slice::from_ref(path), size)
                .ok_or_else(|| anyhow!("--{key}: {path} is no file that is there; check the path"))
        });
        located.collect()
    }
}

/// Returns the sheet; refuses what a workflow cannot hand to each of its tasks.
fn sheet_of(request: &Request) -> Result<&Path, UsageError> {
    let refuse = |what: &str, instead: &str| {
        Err(UsageError(format!(
            "{what} cannot be shared by the batches of a sheet; {instead}"
        )))
    };
    if !request.inputs.is_empty() {
        return refuse("INPUT", "name the file in column vcf or bam");
    }
    if request.clinical.is_some() {
        return refuse("--clinical", "name the file of each sample in column clinical");
    }
    if request.normal.is_some() {
        return refuse("--normal", "name the file of each sample in column normal");
    }
    if !request.previous.is_empty() {
        return refuse("--previous", "name the reports of each sample in column previous");
    }
    let sheet = request.samples.as_deref();
    sheet.ok_or_else(|| UsageError("give the sample sheet (--samples)".to_owned()))
}

fn places(args: &CheckArgs, sheet: &Path) -> anyhow::Result<Places> {
    let working = match &args.working_folder {
        Some(folder) => folder.clone(),
        None => unicode(
            env::current_dir()
                .context("the working folder is gone")?
                .as_os_str(),
        )?,
    };
    let sheet = match &args.sheet_folder {
        Some(folder) => folder.clone(),
        None if sheet == Path::new("-") => working.clone(),
        None => {
            let sheet = std::path::absolute(sheet)?;
            unicode(sheet.parent().unwrap_or(Path::new("/")).as_os_str())?
        }
    };
    Ok(Places { sheet, working })
}

/// Returns the files that the options name, those of the profile among them: it is read here, for the tasks get its files by
/// their new names.
fn option_files(args: &CheckArgs, places: &Places) -> anyhow::Result<Vec<(&'static str, String)>> {
    let (request, given) = (&args.request, &args.request.options);
    let own: Vec<&str> = given.files().map(|(key, _)| key).collect();
    let mut files = Vec::new();
    let named = |path: &Path| Ok::<_, anyhow::Error>(places.of_option(&unicode(path.as_os_str())?));
    for (key, path) in given.files() {
        files.push((key, named(path)?));
    }
    let is_file = |panel: &&String| !PANEL_NAMES.contains(&panel.as_str());
    if let Some(panel) = given.panel.as_ref().filter(is_file) {
        files.push(("panel", named(Path::new(panel))?));
    }
    if let Some(config) = &request.config {
        let beside = Places {
            working: args
                .config_folder
                .clone()
                .unwrap_or_else(|| places.working.clone()),
            ..Places::default()
        };
        let named = |path: &Path| Ok::<_, anyhow::Error>(beside.of_option(&unicode(path.as_os_str())?));
        files.push(("config", named(config)?));
        // Whether they are there is asked like that of the others.
        let profile = Options::of_profile_taking(config, &Files::default(), |_| false)?;
        for (key, path) in profile.files().filter(|(key, _)| !own.contains(key)) {
            files.push((key, named(path)?));
        }
        if let (None, Some(panel)) = (&given.panel, profile.panel.as_ref().filter(is_file)) {
            files.push(("panel", named(Path::new(panel))?));
        }
    }
    Ok(files)
}

fn unicode(path: &OsStr) -> anyhow::Result<String> {
    let text = path.to_str().map(str::to_owned);
    text.with_context(|| {
        format!(
            "{} is no text in UTF-8; rename it, for a plan of a workflow is text",
            path.display()
        )
    })
}

fn files(args: &CheckArgs) -> anyhow::Result<()> {
    let opened = Opened::new(args)?;
    let of_sheet = opened.sheet.rows.iter().flat_map(|row| {
        let names = row.files().map(|(_, name)| opened.places.of_sheet(name));
        names.collect::<Vec<_>>()
    });
    let of_options = opened.options.iter().map(|(_, path)| vec![path.clone()]);
    let mut paths: Vec<String> = of_sheet
        .chain(of_options)
        .flat_map(|paths| candidates(&paths).collect::<Vec<_>>())
        .collect();
    paths.sort();
    paths.dedup();
    print(&paths)
}

fn check(args: &CheckArgs, quiet: bool) -> anyhow::Result<Outcome> {
    let opened = Opened::new(args)?;
    let listed = args.sizes.as_deref().map(read_sizes).transpose()?;
    let size = |path: &str| match &listed {
        Some(listed) => listed.get(path).copied(),
        None => fs::metadata(path)
            .ok()
            .filter(fs::Metadata::is_file)
            .map(|m| m.len()),
    };
    let folder = args.stage.then_some(STAGED);
    let limits = Limits {
        bytes: args.batch_bytes,
        samples: args.batch_samples.max(1),
    };
    let located = opened.locate_options(&size)?;
    let of_options = args.stage.then_some(STAGED_OPTIONS);
    let (options, names) = Staged::of(located.iter(), of_options, "options");
    let keys = opened
        .options
        .iter()
        .map(|(key, path)| (*key, names[path].clone()));
    let (batches, failed) = plan_batches(
        &opened.sheet,
        &opened.cells,
        &opened.places,
        &size,
        limits,
        folder,
    );
    let plan = BatchPlan {
        version: env!("CARGO_PKG_VERSION"),
        warnings: opened.sheet.warnings,
        arguments: arguments(&matches_of_check()?, keys.collect()),
        options,
        batches,
        failed,
    };
    tell(&plan, args.json, quiet)?;
    Ok(if plan.failed.is_empty() {
        Outcome::Done
    } else {
        Outcome::SomeInputsFailed
    })
}

/// Prints the plan, or what it comes to.
fn tell(plan: &BatchPlan, json: bool, quiet: bool) -> anyhow::Result<()> {
    for warning in &plan.warnings {
        tracing::warn!("{warning}");
    }
    for FailedRow { sample, reason, .. } in &plan.failed {
        tracing::error!("sample {sample:?}: {reason}");
    }
    if json {
        return print(plan);
    }
    let samples: usize = plan.batches.iter().map(|batch| batch.samples.len()).sum();
    let batches = match plan.batches.len() {
        1 => "1 batch".to_owned(),
        n => format!("{n} batches"),
    };
    let failed = match plan.failed.len() {
        0 => String::new(),
        n => format!("; {} cannot be analyzed", counted(n, "sample")),
    };
    say::line(
        &format!("{} in {batches}{failed}", counted(samples, "sample")),
        quiet,
    );
    Ok(())
}

fn print(value: &impl serde::Serialize) -> anyhow::Result<()> {
    let mut out = stdout()?;
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    out.flush()?;
    Ok(())
}

fn read_sizes(path: &Path) -> anyhow::Result<BTreeMap<String, u64>> {
    let bytes = fs::read(path).with_context(|| format!("cannot read the sizes {}", path.display()))?;
    serde_json::from_slice(&bytes)
        .with_context(|| format!("{}: is no JSON object of paths and bytes", path.display()))
}

/// Reads a size: a number of bytes, with K, M, G or T behind it thousands of them.
fn read_size(text: &str) -> Result<u64, String> {
    let wanted = || "write a size such as 500M or 2G".to_owned();
    let text = text.trim();
    let (number, factor) = match text.char_indices().last() {
        Some((at, 'k' | 'K')) => (&text[..at], 1_000),
        Some((at, 'm' | 'M')) => (&text[..at], 1_000_000),
        Some((at, 'g' | 'G')) => (&text[..at], 1_000_000_000),
        Some((at, 't' | 'T')) => (&text[..at], 1_000_000_000_000),
        _ => (text, 1),
    };
    let number: u64 = number.parse().map_err(|_| wanted())?;
    number.checked_mul(factor).ok_or_else(wanted)
}

/// Returns the arguments of this very command, as clap understood them.
fn matches_of_check() -> anyhow::Result<ArgMatches> {
    let matches = Cli::command().try_get_matches_from(env::args_os())?;
    let of = |name: &str, matches: &ArgMatches| matches.subcommand_matches(name).cloned();
    let matches = of("samplesheet", &matches).and_then(|m| of("check", &m));
    matches.context("the command line is another one than that of the plan")
}

/// Returns the options of `analyze` that were given, those that name files with the names that the tasks know them by.
fn arguments(given: &ArgMatches, files: Vec<(&'static str, String)>) -> Vec<String> {
    let command = Request::augment_args(clap::Command::new("analyze"));
    let mut arguments = Vec::new();
    for arg in command.get_arguments() {
        let id = arg.get_id().as_str();
        let is_given = given.value_source(id) == Some(clap::parser::ValueSource::CommandLine);
        let key = arg.get_long().unwrap_or(id);
        let is_file = files.iter().any(|(file, _)| *file == key);
        if !is_given || is_file || NOT_PASSED_ON.contains(&id) {
            continue;
        }
        if arg.get_action().takes_values() {
            let values = given.get_raw(id).into_iter().flatten();
            arguments.extend(values.map(|value| format!("--{key}={}", lossy(value))));
        } else {
            arguments.push(format!("--{key}"));
        }
    }
    arguments.extend(files.into_iter().map(|(key, name)| format!("--{key}={name}")));
    arguments
}

fn lossy(value: &OsStr) -> String {
    OsString::from(value).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        assert_eq!(read_size("500"), Ok(500));
        assert_eq!(read_size("2k"), Ok(2_000));
        assert_eq!(read_size(" 200M "), Ok(200_000_000));
        assert_eq!(read_size("3T"), Ok(3_000_000_000_000));
        for bad in ["", "M", "1.5G", "-1", "99999999999T"] {
            assert!(read_size(bad).is_err(), "{bad:?}");
        }
    }
}
