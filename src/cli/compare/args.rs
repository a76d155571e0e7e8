//! What is typed behind `hemoclone compare`.

use std::fs;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use crate::cli::output::{Inputs, refuse_existing};
use hemoclone::compare::{Requirement, RequirementError, read_requirements};
use hemoclone::run::{UsageError, spellings};

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

    /// Two folders of reports
    #[command(flatten)]
    pub folders: FolderArgs,

    /// Languages of the HTML page, the first shown first
    #[arg(long, value_name = "LIST", default_value = "en,ja")]
    pub lang: String,

    /// Overwrite the outputs
    #[arg(long)]
    pub force: bool,
}

/// Options of two folders of reports.
#[derive(Args, Clone, Debug)]
pub(crate) struct FolderArgs {
    /// Of two folders of reports: how far a number may lie from the earlier one, by its field: vaf=0.001, depth=5%; may be given several times
    #[arg(long, value_name = "FIELD=NUMBER")]
    pub tolerance: Vec<String>,

    /// Of two folders of reports: a field that may differ, such as panel.version or warnings; may be given several times
    #[arg(long, value_name = "FIELD")]
    pub ignore: Vec<String>,

    /// Of two folders of reports: put the observed reports in the place of the earlier ones
    #[arg(long)]
    pub accept: bool,
}

/// What a change is that was not observed where nobody says whether it could be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Unstated {
    /// Missed
    Missed,
    /// Not assessed
    NotAssessed,
}

impl CompareArgs {
    pub(super) fn requirements(&self) -> Result<Vec<Requirement>, UsageError> {
        let read =
            |text: &String| read_requirements(text).map_err(|e: RequirementError| UsageError(e.to_string()));
        Ok(self
            .require
            .iter()
            .map(read)
            .collect::<Result<Vec<_>, _>>()?
            .concat())
    }

    pub(super) fn refuse_options_of_folders(&self) -> Result<(), UsageError> {
        let given = [
            ("--tolerance", !self.folders.tolerance.is_empty()),
            ("--ignore", !self.folders.ignore.is_empty()),
            ("--accept", self.folders.accept),
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
    pub(super) fn outputs(&self, names: &[&str]) -> anyhow::Result<Vec<PathBuf>> {
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

    /// Makes the folder for the outputs.
    pub(super) fn make_folder(&self) -> anyhow::Result<()> {
        match &self.output {
            Some(folder) => fs::create_dir_all(folder).with_context(|| {
                format!(
                    "cannot make the folder {}; give another --output",
                    folder.display()
                )
            }),
            None => Ok(()),
        }
    }
}
