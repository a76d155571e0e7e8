//! `hemoclone score plasma-cell`: stage and risk on the road MGUS → smoldering myeloma → myeloma.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use super::say;
use super::{Outcome, output};
use hemoclone::myeloid::table::MAX_ERRORS;
use hemoclone::patient::{Table, read_json, read_worksheet};
use hemoclone::plasma_cell::{COLUMNS, PlasmaResult, Settings, assess, row};
use hemoclone::report::{Languages, LanguagesError, write_plasma_html};
use hemoclone::run::{UsageError, counted};
use hemoclone::text;

/// Options of `hemoclone score plasma-cell`.
#[derive(Args, Clone, Debug)]
pub(crate) struct PlasmaCellArgs {
    /// Table with one row per visit, with a header: CSV, TSV or a workbook (xlsx, ods), or JSON; `-` reads standard input
    ///
    /// A patient with a row that cannot be used is named and left out, the others are written, and the exit code is 3.
    ///
    /// All columns but sample (or ID) are optional. The unit stands in the name (calcium_mg_dl) or in a column such as calcium_unit;
    /// it is never guessed.
    #[arg(value_name = "TABLE")]
    pub table: PathBuf,

    /// Where to write: everything as JSON where the name ends in .json, a page for people where it ends in .html, else one
    /// line per patient as TSV; `-` is standard output
    #[arg(short, long, value_name = "OUT")]
    pub output: PathBuf,

    /// Sheet of a workbook, by name or by number [default: the first]
    #[arg(long, value_name = "SHEET")]
    pub sheet: Option<String>,

    /// Overwrite the output
    #[arg(long)]
    pub force: bool,

    /// Correct calcium for albumin (calcium + 0.8 mg/dL per g/dL of albumin below 4)
    #[arg(long)]
    pub correct_calcium: bool,

    /// Languages of the page: en, ja or both; the first is shown first
    #[arg(long, value_name = "LIST", default_value = "en,ja")]
    pub lang: String,
}

/// Runs `hemoclone score plasma-cell`.
///
/// # Errors
///
/// Where the table cannot be read at all or the output cannot be written. Bad rows are named and the rest is written.
pub(super) fn run(args: &PlasmaCellArgs, quiet: bool) -> anyhow::Result<Outcome> {
    let to_stdout = args.output == Path::new("-");
    output::Inputs::default()
        .with([&*args.table])
        .refuse(&args.output)?;
    output::refuse_existing(&args.output, args.force)?;
    let out = to_stdout.then(output::stdout).transpose()?;
    let table = read(&args.table, args.sheet.as_deref())?;
    let name = name(&args.table);
    for said in table.notes.iter().chain(&table.unread_warning()) {
        tracing::warn!("{}", text::terminal(&format!("{name}: {said}")));
    }
    for error in table.errors.iter().take(MAX_ERRORS) {
        tracing::error!("{}", text::terminal(&error.to_string()));
    }
    match table.errors.len().saturating_sub(MAX_ERRORS) {
        0 => {}
        1 => tracing::error!("{}: 1 more row cannot be used", text::terminal(&name)),
        more => tracing::error!("{}: {more} more rows cannot be used", text::terminal(&name)),
    }
    let settings = Settings {
        correct_calcium: args.correct_calcium,
    };
    let results: Vec<PlasmaResult> = table
        .patients
        .iter()
        .filter_map(|visits| assess(visits, settings))
        .collect();
    let languages: Languages = args
        .lang
        .parse()
        .map_err(|e: LanguagesError| UsageError(e.to_string()))?;
    let write = |out: &mut dyn Write| {
        if has_extension(&args.output, &["html", "htm"]) {
            Ok(write_plasma_html(out, &results, &languages)?)
        } else if has_extension(&args.output, &["json"]) {
            write_json(out, &results)
        } else {
            write_tsv(out, &results)
        }
    };
    let assessed = counted(results.len(), "patient");
    tracing::info!("{name}: {assessed}");
    if let Some(mut out) = out {
        write(&mut out)?;
        out.flush()?;
    } else {
        output::write_whole(&args.output, write)?;
        say::line(&format!("{assessed} in {}", args.output.display()), quiet);
    }
    Ok(if table.errors.is_empty() {
        Outcome::Done
    } else {
        Outcome::SomeInputsFailed
    })
}

fn name(path: &Path) -> String {
    if path == Path::new("-") {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    }
}

/// Reads a table, or JSON where the name or the beginning says so.
fn read(path: &Path, worksheet: Option<&str>) -> anyhow::Result<Table> {
    let name = name(path);
    let file: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path).with_context(|| format!("cannot read {name}"))?)
    };
    let mut file = BufReader::new(file);
    let start = file.fill_buf().with_context(|| format!("cannot read {name}"))?;
    let first = start.iter().find(|b| !b.is_ascii_whitespace() && b.is_ascii());
    let is_json = has_extension(path, &["json", "jsonl", "ndjson"]) || matches!(first, Some(b'{' | b'['));
    Ok(if is_json {
        read_json(file, &name)?
    } else {
        read_worksheet(file, &name, worksheet)?
    })
}

fn has_extension(path: &Path, wanted: &[&str]) -> bool {
    path.extension()
        .is_some_and(|e| wanted.iter().any(|w| e.eq_ignore_ascii_case(w)))
}

fn write_json(out: &mut dyn Write, results: &[PlasmaResult]) -> anyhow::Result<()> {
    let text = serde_json::to_string_pretty(results)?;
    Ok(writeln!(out, "{}", text::json(&text))?)
}

fn write_tsv(out: &mut dyn Write, results: &[PlasmaResult]) -> anyhow::Result<()> {
    let mut tsv = csv::WriterBuilder::new().delimiter(b'\t').from_writer(out);
    tsv.write_record(COLUMNS.iter().map(|c| c.name))?;
    for result in results {
        tsv.write_record(row(result).iter().map(|cell| text::tsv(cell).into_owned()))?;
    }
    Ok(tsv.flush()?)
}
