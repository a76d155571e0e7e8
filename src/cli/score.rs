//! `hemoclone score`: prognostic scores of a table of patients, no sequencing needed.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};

use super::output::{Inputs, refuse_existing, stdout, write_whole};
use super::say;
use super::{Outcome, score_plasma_cell};
use hemoclone::myeloid::KaryotypeTable;
use hemoclone::myeloid::ccrs::CcrsTable;
use hemoclone::myeloid::chrs::ChrsTable;
use hemoclone::myeloid::eln::ElnTable;
use hemoclone::myeloid::ipss_m::{HemoglobinLimits, IpssmTable, IpssmTableOptions};
use hemoclone::myeloid::ipss_r::IpssrTable;
use hemoclone::myeloid::stage::StageTable;
use hemoclone::myeloid::table::{Scored, TableModel, delimiter_of, score_table};
use hemoclone::patient::{
    CountUnit, Header, HemoglobinUnit, Reader, StatedUnits, TableError, TableReader, columns_help,
};
use hemoclone::text;

/// Options of `hemoclone score`.
#[derive(Args, Clone, Debug)]
pub(crate) struct ScoreArgs {
    /// Which score
    #[command(subcommand)]
    pub model: ScoreModel,
}

/// The scores there are.
#[derive(Subcommand, Clone, Debug)]
pub(crate) enum ScoreModel {
    /// Molecular prognostic score of MDS (Bernard 2022), with best, mean and worst where data are missing
    ///
    /// Columns as in the published R package and web calculator, by column ID.
    #[command(name = "ipss-m", after_long_help = columns_help(Reader::IpssM))]
    IpssM(IpssmArgs),
    /// Revised prognostic score of MDS and its age-adjusted form (Greenberg 2012)
    ///
    /// Columns as in the published web calculator, by column ID; without age there is no age-adjusted score.
    #[command(name = "ipss-r", after_long_help = columns_help(Reader::IpssR))]
    IpssR(TableArgs),
    /// Cytogenetic group of IPSS-R, and the findings that IPSS-M asks for, of karyotypes in ISCN notation
    ///
    /// By column ID; the sex is needed for 45,X.
    #[command(after_long_help = columns_help(Reader::Karyotype))]
    Karyotype(TableArgs),
    /// Stage (no CH, CHIP, ICUS, CCUS, MDS, AML), WHO 2022 and ICC 2022 side by side, what to do next
    ///
    /// All columns but ID may be absent. Mutations are a list such as `TET2:0.12;JAK2 V617F`, or none; fusions such as `PML::RARA`.
    #[command(after_long_help = columns_help(Reader::Stage))]
    Stage(TableArgs),
    /// Risk of a myeloid neoplasm in clonal hematopoiesis, CHRS (Weeks 2023)
    ///
    /// By column ID, with genes or mutations (`DNMT3A;TET2:0.12`, one for each mutation), or in their place single_dnmt3a,
    /// high_risk_mutation and n_mutations.
    #[command(after_long_help = columns_help(Reader::Chrs))]
    Chrs(TableArgs),
    /// Risk of a myeloid neoplasm in clonal cytopenia (CCUS), CCRS (Xie 2024)
    ///
    /// By column ID, with genes or mutations (`SRSF2;TET2`, one for each mutation), or in their place splicing_mutation and
    /// n_mutations.
    #[command(after_long_help = columns_help(Reader::Ccrs))]
    Ccrs(TableArgs),
    /// Genetic risk of acute myeloid leukemia: ELN 2022, and ELN 2024 for less-intensive therapy
    ///
    /// All columns but ID may be absent; what is not given leaves a range. Mutations or genes are a list such as
    /// `NPM1;FLT3-ITD;TP53:0.12`, or none; fusions such as `KMT2A::MLLT3`, or none.
    #[command(after_long_help = columns_help(Reader::Eln))]
    Eln(TableArgs),
    /// Plasma-cell disorders: MGUS, smoldering myeloma, myeloma, with the risk models side by side
    #[command(name = "plasma-cell", after_long_help = columns_help(Reader::PlasmaCell))]
    PlasmaCell(score_plasma_cell::PlasmaCellArgs),
}

/// Input, output and units, the same for every score.
#[derive(Args, Clone, Debug)]
pub(crate) struct TableArgs {
    /// Table with one row per patient, with a header: CSV, TSV or a workbook (xlsx, ods); `-` reads standard input
    ///
    /// The name of a patient is column ID, or sample. A row that cannot be used is named and left out, the others are scored, and
    /// the exit code is 3.
    #[arg(value_name = "TABLE")]
    pub table: PathBuf,

    /// Where to write the scores: TSV where the name ends in .tsv or .txt, else CSV; `-` is standard output
    #[arg(short, long, value_name = "OUT")]
    pub output: PathBuf,

    /// Sheet of a workbook, by name or by number [default: the first]
    #[arg(long, value_name = "SHEET")]
    pub sheet: Option<String>,

    /// Overwrite the output
    #[arg(long)]
    pub force: bool,

    /// Unit of hemoglobin where the column name says none [default: g/dL]
    #[arg(long, value_name = "UNIT")]
    pub hb_unit: Option<HbUnitName>,

    /// Unit of the cell counts where the column name says none [default: 10^9/L]
    #[arg(long, value_name = "UNIT")]
    pub count_unit: Option<CountUnitName>,
}

/// Units of hemoglobin as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum HbUnitName {
    /// Grams per deciliter
    #[value(name = "g/dL")]
    GramsPerDeciliter,
    /// Grams per liter
    #[value(name = "g/L")]
    GramsPerLiter,
}

/// Units of cell counts as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CountUnitName {
    /// 10^9 per liter
    #[value(name = "10^9/L")]
    GigaPerLiter,
    /// Cells per microliter
    #[value(name = "/uL")]
    PerMicroliter,
}

/// Options of `hemoclone score ipss-m`.
#[derive(Args, Clone, Debug)]
pub(crate) struct IpssmArgs {
    /// Input, output, units
    #[command(flatten)]
    pub table: TableArgs,

    /// Take hemoglobin as it is instead of holding it within 4 to 20 g/dL as the R package does
    ///
    /// The scores printed for the published cohort and those of the web calculator are made so.
    #[arg(long)]
    pub unclamped_hb: bool,

    /// Write what each variable contributes too
    #[arg(long)]
    pub contributions: bool,
}

impl TableArgs {
    /// Returns the units stated.
    fn units(&self) -> StatedUnits {
        StatedUnits {
            hemoglobin: self.hb_unit.map(|unit| match unit {
                HbUnitName::GramsPerDeciliter => HemoglobinUnit::GramsPerDeciliter,
                HbUnitName::GramsPerLiter => HemoglobinUnit::GramsPerLiter,
            }),
            counts: self.count_unit.map(|unit| match unit {
                CountUnitName::GigaPerLiter => CountUnit::GigaPerLiter,
                CountUnitName::PerMicroliter => CountUnit::PerMicroliter,
            }),
        }
    }
}

/// Runs `hemoclone score`; not every row may be readable. What could not is named in the output and on standard
/// error.
pub(super) fn run(args: &ScoreArgs, quiet: bool) -> anyhow::Result<Outcome> {
    let all_read = match &args.model {
        ScoreModel::PlasmaCell(args) => return score_plasma_cell::run(args, quiet),
        ScoreModel::IpssM(args) => run_ipss_m(args, quiet),
        ScoreModel::IpssR(args) => run_ipss_r(args, quiet),
        ScoreModel::Stage(args) => {
            let (model, all_read) = run_table(args, quiet, |header| StageTable::new(header, args.units()))?;
            match model.undecided() {
                0 => {}
                1 => tracing::warn!("1 row has more than one possible stage; column needed says why"),
                rows => {
                    tracing::warn!("{rows} rows have more than one possible stage; column needed says why");
                }
            }
            let unknown = model.unknown_fusions();
            if !unknown.is_empty() {
                tracing::warn!(
                    "fusions that are not understood were not used; write them as in PML::RARA, KMT2A-r or t(8;21)(q22;q22): {}",
                    unknown.join(", ")
                );
            }
            Ok(all_read)
        }
        ScoreModel::Chrs(args) => run_table(args, quiet, ChrsTable::new).map(|done| done.1),
        ScoreModel::Ccrs(args) => {
            run_table(args, quiet, |header| CcrsTable::new(header, args.units())).map(|done| done.1)
        }
        ScoreModel::Eln(args) => {
            run_table(args, quiet, |header| ElnTable::new(header, args.units())).map(|done| done.1)
        }
        ScoreModel::Karyotype(args) => run_karyotype(args, quiet),
    }?;
    Ok(if all_read {
        Outcome::Done
    } else {
        Outcome::SomeInputsFailed
    })
}

fn run_karyotype(args: &TableArgs, quiet: bool) -> anyhow::Result<bool> {
    let (model, all_read) = run_table(args, quiet, KaryotypeTable::new)?;
    let path = args.table.display().to_string();
    let path = text::terminal(&path);
    match model.unreadable() {
        0 => {}
        1 => tracing::error!("{path}: 1 karyotype cannot be read; its row says why"),
        more => tracing::error!("{path}: {more} karyotypes cannot be read; their rows say why"),
    }
    Ok(all_read && model.unreadable() == 0)
}

fn run_ipss_m(args: &IpssmArgs, quiet: bool) -> anyhow::Result<bool> {
    let options = IpssmTableOptions {
        units: args.table.units(),
        hemoglobin_limits: if args.unclamped_hb {
            HemoglobinLimits::None
        } else {
            HemoglobinLimits::Published
        },
        contributions: args.contributions,
    };
    let done = run_table(&args.table, quiet, |header| {
        let model = IpssmTable::new(header, options)?;
        let absent = model.absent_columns();
        if !absent.is_empty() {
            warn(&format!(
                "{}: no column {}; taken as not known for every row",
                header.path(),
                absent.join(", ")
            ));
        }
        Ok(model)
    })?;
    Ok(done.1)
}

fn run_ipss_r(args: &TableArgs, quiet: bool) -> anyhow::Result<bool> {
    let done = run_table(args, quiet, |header| {
        let model = IpssrTable::new(header, args.units())?;
        if !model.has_age() {
            warn(&format!(
                "{}: no column AGE; no age-adjusted score",
                header.path()
            ));
        }
        Ok(model)
    })?;
    Ok(done.1)
}

/// Reads the table, scores it and writes the answer, whole or not at all; returns whether every row could be used.
fn run_table<M: TableModel>(
    args: &TableArgs,
    quiet: bool,
    model: impl FnOnce(&Header) -> Result<M, TableError>,
) -> anyhow::Result<(M, bool)> {
    let to_stdout = args.output == Path::new("-");
    Inputs::default().with([&*args.table]).refuse(&args.output)?;
    refuse_existing(&args.output, args.force)?;
    let out = to_stdout.then(stdout).transpose()?;
    let (input, name) = open(&args.table)?;
    let mut reader = TableReader::of_worksheet(input, &name, args.sheet.as_deref())?;
    for note in reader.notes() {
        warn(&format!("{name}: {note}"));
    }
    let model = model(reader.header())?;
    if let Some(warning) = reader.header().unread_warning() {
        warn(&format!("{name}: {warning}"));
    }
    let delimiter = delimiter_of(&args.output.to_string_lossy());
    let mut scored = Ok(Scored::default());
    let mut score = |out: &mut dyn Write| -> anyhow::Result<()> {
        scored = match scored_by(&mut reader, &model, out, delimiter, &name).map_err(anyhow::Error::downcast)
        {
            // Of the output, whose file is named by whoever writes it.
            Err(Ok(TableError::Write(error))) => {
                return Err(match error.into_kind() {
                    csv::ErrorKind::Io(error) => error.into(),
                    other => anyhow::anyhow!("{other:?}"),
                });
            }
            Err(Ok(error)) => Err(error.into()),
            Err(Err(error)) => Err(error),
            Ok(scored) => Ok(scored),
        };
        // What is wrong with the input is no failure to write; an empty file is not put in its place either.
        anyhow::ensure!(scored.is_ok());
        Ok(())
    };
    let written = if let Some(mut out) = out {
        score(&mut out).and_then(|()| Ok(out.flush()?))
    } else {
        write_whole(&args.output, score)
    };
    let scored = scored?;
    written?;
    let done = format!("{} scored", rows(scored.rows - scored.failed));
    tracing::info!("{name}: {done}");
    if !to_stdout {
        say::line(&format!("{done} in {}", args.output.display()), quiet);
    }
    Ok((model, scored.failed == 0))
}

/// Scores the table and names what cannot be used; one of which no row can be is an error.
fn scored_by(
    reader: &mut TableReader,
    model: &impl TableModel,
    out: &mut dyn Write,
    delimiter: u8,
    name: &str,
) -> anyhow::Result<Scored> {
    let scored = score_table(reader, model, out, delimiter)?;
    if let Some(message) = scored.repeated.message() {
        warn(&format!("{name}: {message}"));
    }
    for message in scored.messages(name) {
        tracing::error!("{}", text::terminal(&message));
    }
    anyhow::ensure!(
        scored.failed < scored.rows,
        "{name}: no row can be used; nothing was written"
    );
    Ok(scored)
}

fn rows(count: u64) -> String {
    format!("{count} row{}", if count == 1 { "" } else { "s" })
}

fn warn(message: &str) {
    tracing::warn!("{}", text::terminal(message));
}

fn open(path: &Path) -> anyhow::Result<(Box<dyn Read>, String)> {
    if path == Path::new("-") {
        return Ok((Box::new(io::stdin().lock()), "standard input".into()));
    }
    let name = path.display().to_string();
    let file = File::open(path).with_context(|| format!("cannot read {name}"))?;
    Ok((Box::new(file), name))
}
