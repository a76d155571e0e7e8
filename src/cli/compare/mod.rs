//! `hemoclone compare`: what was observed beside what is true, or two folders of reports beside each other.

mod folders;
mod sources;
mod truths;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use self::sources::Sources;
use super::Outcome;
use super::output::{Inputs, OutputSet, refuse_existing, stdout, write_whole};
use super::say;
use hemoclone::compare::{Requirement, RequirementError, Terms, Told, VAF_BINS, compare, read_requirements};
use hemoclone::genome::Regions;
use hemoclone::report::{Languages, LanguagesError};
use hemoclone::run::{UsageError, counted, spellings};

/// Options of `hemoclone compare`.
#[derive(Args, Clone, Debug)]
pub(crate) struct CompareArgs {
    /// What is true: a VCF or BCF, a table (TSV, CSV, a workbook), or the name of a reference standard (HD829); to see what changed, an
    /// earlier folder of reports, or one report
    #[arg(value_name = "TRUTH")]
    pub truth: PathBuf,

    /// What was observed: reports of `analyze` (<sample>.json), VCF or BCF files of any caller, or a folder of either
    ///
    /// Samples go together by name. A truth of one sample, of whose name none is observed, holds for every sample observed.
    #[arg(value_name = "OBSERVED", required = true)]
    pub observed: Vec<PathBuf>,

    /// Folder for comparison.tsv, metrics.tsv, comparison.json and comparison.html, or changes.*; without it the figures are printed
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,

    /// Reference FASTA with its index (.fai): indels are left-aligned anywhere, not only within the genes that the program has bases of
    #[arg(short = 'f', long, value_name = "FASTA")]
    pub reference: Option<PathBuf>,

    /// Compare over these regions only (BED)
    #[arg(short = 'L', long, value_name = "BED")]
    pub targets: Option<PathBuf>,

    /// Genome build, when it cannot be read from a header
    #[arg(long, value_name = "BUILD", value_parser = spellings::build())]
    pub build: Option<String>,

    /// The truth does not list all there is: what is observed beside it is extra, not false, and precision is not told
    #[arg(long)]
    pub partial_truth: bool,

    /// Count calls and records whatever their status or FILTER; else those that a report sets aside, and filters other than PASS, do not
    #[arg(long)]
    pub any_filter: bool,

    /// What a change is that was not observed, where the observed does not say whether it looked there
    #[arg(long, value_enum, default_value_t = Unstated::Missed, value_name = "WHAT")]
    pub coverage_not_stated: Unstated,

    /// Bounds of the VAF by which figures are parted, ascending [default: 0.02,0.05,0.1,0.2]
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = spellings::fraction)]
    pub vaf_bins: Vec<f64>,

    /// What must hold, else the exit code is 1: "sensitivity>=0.99@vaf>=0.02, precision>=0.99"; may be given several times
    ///
    /// Figures: sensitivity, precision, f1, missed, false, not_assessed, vaf_bias, vaf_rmse, vaf_error, interval_coverage,
    /// limit_sensitivity, and sensitivity_low and precision_low, the lower ends of their 95 % intervals. Behind @, joined by &: vaf>=0.02,
    /// type=snv|mnv, gene=TET2, sample=NAME.
    #[arg(long, value_name = "TEXT")]
    pub require: Vec<String>,

    /// Write what must hold, and what came of it, for a CI (JUnit XML)
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,

    /// Of two folders of reports: how far a number may lie from the earlier one, by its field: vaf=0.001, depth=5%; may be given several times
    #[arg(long, value_name = "FIELD=NUMBER")]
    pub tolerance: Vec<String>,

    /// Of two folders of reports: a field that may differ, such as panel.version or warnings; may be given several times
    #[arg(long, value_name = "FIELD")]
    pub ignore: Vec<String>,

    /// Of two folders of reports: put the observed reports in the place of the earlier ones
    #[arg(long)]
    pub accept: bool,

    /// Languages of the HTML page, the first shown first
    #[arg(long, value_name = "LIST", default_value = "en,ja")]
    pub lang: String,

    /// Overwrite the outputs
    #[arg(long)]
    pub force: bool,
}

/// What a change is that was not observed where nobody says whether it could be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Unstated {
    /// Missed
    Missed,
    /// Not assessed
    NotAssessed,
}

/// Runs `hemoclone compare`.
pub(super) fn run(args: &CompareArgs, quiet: bool) -> anyhow::Result<Outcome> {
    let languages: Languages = args
        .lang
        .parse()
        .map_err(|e: LanguagesError| UsageError(e.to_string()))?;
    if truths::is_reports(&args.truth) {
        return folders::run(args, &languages, quiet);
    }
    args.refuse_options_of_folders()?;
    let requirements = args.requirements()?;
    let terms = Terms {
        regions: args.targets.as_deref().map(regions).transpose()?,
        partial: args.partial_truth,
        unstated_is_open: args.coverage_not_stated == Unstated::NotAssessed,
    };
    let outputs = args.outputs(&[
        "comparison.tsv",
        "metrics.tsv",
        "comparison.json",
        "comparison.html",
    ])?;
    let sources = Sources::new(args)?;
    let mut all_read = true;
    let observed = sources.observed(&args.observed, &mut all_read)?;
    let truth = truths::read(args, &sources, &observed)?;
    refuse_untellable(&requirements, truth.is_complete && !args.partial_truth)?;
    let comparison = compare(&truth, &observed, &terms, sources.bases(truth.build)?);
    sources.check()?;
    for warning in &comparison.warnings {
        tracing::warn!("{warning}");
    }
    for name in &comparison.absent {
        tracing::error!(
            "sample {name:?} of the truth was not observed; give its report or file, or take it out of the truth"
        );
    }
    all_read &= comparison.absent.is_empty();
    anyhow::ensure!(
        !comparison.samples.is_empty(),
        "no sample of {} was observed; samples go together by name",
        truth.source
    );
    let verdicts: Vec<_> = requirements.iter().map(|r| r.judge(&comparison)).collect();
    let bins: &[f64] = if args.vaf_bins.is_empty() {
        &VAF_BINS
    } else {
        &args.vaf_bins
    };
    let told = Told::new(comparison, bins, verdicts);
    write(&told, args, &outputs, &languages, quiet)?;
    Ok(ended(&told, all_read))
}

impl CompareArgs {
    fn requirements(&self) -> Result<Vec<Requirement>, UsageError> {
        let read =
            |text: &String| read_requirements(text).map_err(|e: RequirementError| UsageError(e.to_string()));
        Ok(self
            .require
            .iter()
            .map(read)
            .collect::<Result<Vec<_>, _>>()?
            .concat())
    }

    fn refuse_options_of_folders(&self) -> Result<(), UsageError> {
        let given = [
            ("--tolerance", !self.tolerance.is_empty()),
            ("--ignore", !self.ignore.is_empty()),
            ("--accept", self.accept),
        ];
        match given.iter().find(|(_, given)| *given) {
            Some((option, _)) => Err(UsageError(format!(
                "{option} is for two folders of reports, and {} is none; leave it out",
                self.truth.display()
            ))),
            None if self.vaf_bins.windows(2).any(|pair| pair[0] >= pair[1]) => Err(UsageError(
                "--vaf-bins: give ascending fractions, such as 0.02,0.1".to_owned(),
            )),
            None => Ok(()),
        }
    }

    /// Returns the files to write, none of which may be there, or be an input.
    fn outputs(&self, names: &[&str]) -> anyhow::Result<Vec<PathBuf>> {
        let files = [Some(&self.truth), self.reference.as_ref(), self.targets.as_ref()];
        let inputs = Inputs::default().with(
            files
                .into_iter()
                .flatten()
                .chain(&self.observed)
                .map(PathBuf::as_path),
        );
        let folder = self
            .output
            .iter()
            .flat_map(|dir| names.iter().map(|name| dir.join(name)));
        let outputs: Vec<PathBuf> = folder.collect();
        for path in outputs.iter().chain(&self.junit) {
            inputs.refuse(path)?;
            refuse_existing(path, self.force)?;
        }
        Ok(outputs)
    }
}

fn regions(path: &Path) -> anyhow::Result<Regions> {
    let file =
        std::fs::File::open(path).with_context(|| format!("cannot read the targets {}", path.display()))?;
    Regions::read_bed(std::io::BufReader::new(file)).with_context(|| format!("targets {}", path.display()))
}

fn refuse_untellable(requirements: &[Requirement], lists_all: bool) -> Result<(), UsageError> {
    match requirements.iter().find(|r| r.needs_all() && !lists_all) {
        Some(requirement) => Err(UsageError(format!(
            "--require: {requirement} cannot be told, for the truth does not list all there is; ask for sensitivity or missed, or give a truth that does"
        ))),
        None => Ok(()),
    }
}

/// Writes the files, or prints the figures.
fn write(
    told: &Told,
    args: &CompareArgs,
    outputs: &[PathBuf],
    languages: &Languages,
    quiet: bool,
) -> anyhow::Result<()> {
    if let [changes, metrics, json, page] = outputs {
        make_folder(args)?;
        let mut set = OutputSet::default();
        set.write(changes, |out| Ok(told.write_changes(out)?))?;
        set.write(metrics, |out| Ok(told.write_metrics(out)?))?;
        set.write(json, |out| Ok(told.write_json(out)?))?;
        set.write(page, |out| Ok(told.write_html(out, languages)?))?;
        set.commit()?;
    }
    if let Some(path) = &args.junit {
        write_whole(path, |out| Ok(told.write_junit(out)?))?;
    }
    if args.output.is_none() {
        let mut out = stdout()?;
        told.write_metrics(&mut out)?;
        out.flush()?;
    }
    say::line(&told.summary(), quiet);
    Ok(())
}

/// Makes the folder for the outputs.
fn make_folder(args: &CompareArgs) -> anyhow::Result<()> {
    match &args.output {
        Some(folder) => std::fs::create_dir_all(folder).with_context(|| {
            format!(
                "cannot make the folder {}; give another --output",
                folder.display()
            )
        }),
        None => Ok(()),
    }
}

/// Tells the requirements that are not met, with what speaks against them; the exit code follows.
fn ended(told: &Told, all_read: bool) -> Outcome {
    let mut all_met = true;
    for verdict in told.verdicts.iter().filter(|v| !v.is_met) {
        all_met = false;
        let value = verdict
            .value
            .map_or_else(|| "nothing to tell it of".to_owned(), |v| format!("{v:.6}"));
        let mut errors = say::Errors::new("change against it", "changes against it");
        tracing::error!(
            "not met: {}: {value}; {}",
            verdict.requirement,
            counted(verdict.against.len(), "change") + " against it"
        );
        for line in told.against(verdict) {
            errors.tell(&line);
        }
        errors.finish();
    }
    match (all_read, all_met) {
        (false, _) => Outcome::SomeInputsFailed,
        (true, false) => Outcome::No,
        (true, true) => Outcome::Done,
    }
}
