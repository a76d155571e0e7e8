//! `hemoclone score plasma-cell`: stage and risk on the road MGUS → smoldering myeloma → myeloma.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use super::{Outcome, UsageError, output};
use crate::plasma_cell::{COLUMNS, PlasmaResult, Settings, Table, assess, read_json, read_table, row};
use crate::report::{Languages, LanguagesError, write_plasma_html};

/// Options of `hemoclone score plasma-cell`.
#[derive(Args, Clone, Debug)]
pub struct PlasmaCellArgs {
    /// Table with one row per visit: CSV or TSV with a header, or JSON where the name ends in .json or .jsonl; `-` reads a
    /// table from standard input
    ///
    /// Columns: sample, date, m_protein_g_dl, heavy_chain, light_chain, urine_m_protein_mg_24h, kappa_flc_mg_l,
    /// lambda_flc_mg_l, flc_ratio, plasma_cells, calcium_mmol_l, creatinine_umol_l, egfr, hb_g_dl, hb_lln_g_dl, bone_lesions,
    /// mri_lesions, fish and more, all but sample optional. The unit stands in the name or in a column such as
    /// calcium_unit; it is never guessed.
    #[arg(value_name = "TABLE")]
    pub table: PathBuf,

    /// Where to write: everything as JSON where the name ends in .json, a page for people where it ends in .html, else one
    /// line per patient as TSV; `-` is standard output
    #[arg(short, long, value_name = "OUT")]
    pub output: PathBuf,

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
pub fn run(args: &PlasmaCellArgs) -> anyhow::Result<Outcome> {
    let to_stdout = args.output == Path::new("-");
    output::Inputs::default()
        .with([&*args.table])
        .refuse(&args.output)?;
    output::refuse_existing(&args.output, args.force)?;
    let table = read(&args.table)?;
    if !table.unknown_columns.is_empty() {
        tracing::warn!(
            "{}: columns that were not read: {}",
            args.table.display(),
            table.unknown_columns.join(", ")
        );
    }
    for error in &table.errors {
        tracing::error!("{error}");
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
    if to_stdout {
        let mut out = output::stdout(output::Audience::Programs)?;
        write(&mut out)?;
        out.flush()?;
    } else {
        output::write_whole(&args.output, write)?;
    }
    Ok(if table.errors.is_empty() {
        Outcome::Done
    } else {
        Outcome::SomeInputsFailed
    })
}

fn read(path: &Path) -> anyhow::Result<Table> {
    if path == Path::new("-") {
        return Ok(read_table(io::stdin().lock(), "standard input")?);
    }
    let name = path.display().to_string();
    let file: Box<dyn Read> = Box::new(File::open(path).with_context(|| format!("cannot read {name}"))?);
    Ok(if has_extension(path, &["json", "jsonl", "ndjson"]) {
        read_json(file, &name)?
    } else {
        read_table(file, &name)?
    })
}

fn has_extension(path: &Path, wanted: &[&str]) -> bool {
    path.extension()
        .is_some_and(|e| wanted.iter().any(|w| e.eq_ignore_ascii_case(w)))
}

fn write_json(out: &mut dyn Write, results: &[PlasmaResult]) -> anyhow::Result<()> {
    serde_json::to_writer_pretty(&mut *out, results)?;
    Ok(writeln!(out)?)
}

fn write_tsv(out: &mut dyn Write, results: &[PlasmaResult]) -> anyhow::Result<()> {
    let mut tsv = csv::WriterBuilder::new().delimiter(b'\t').from_writer(out);
    tsv.write_record(COLUMNS.iter().map(|c| c.name))?;
    for result in results {
        tsv.write_record(row(result))?;
    }
    Ok(tsv.flush()?)
}
