//! Where reads are looked at: options that `count`, `call` and `background` share, and the files that they name.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use super::threads;
use hemoclone::alignments::{
    Access, AlignmentFile, PrimerChoice, ReadFilter, Reference, TargetRegion, panel_regions, primers_of,
    read_bed, recognized,
};
use hemoclone::run::{
    DEFAULT_PANEL, Files, Options, PanelSource, ReadOptions, UsageError, pipes, remote, spellings,
};
use hemoclone::variants::Input;

/// Where to look.
#[derive(Clone, Debug, Args)]
pub(super) struct PlaceArgs {
    /// Reference FASTA that the reads were aligned to, with its index (.fai)
    #[arg(short = 'f', long, value_name = "FASTA", required_unless_present = "config")]
    reference: Option<PathBuf>,
    /// Target regions (BED) of any genome; default: the coding exons and splice sites of the panel
    #[arg(short = 'L', long, value_name = "BED")]
    targets: Option<PathBuf>,
    /// Panel that gives the targets where no BED does [default: myeloid33]
    #[arg(short, long, value_name = "NAME|FILE")]
    panel: Option<String>,
    /// Genome build of the panel's targets, when it cannot be read from the header
    #[arg(long, value_name = "BUILD", value_parser = spellings::build())]
    build: Option<String>,
    /// Primers of an amplicon library (BED; the sixth column may name the strand): their bases are not counted. `learn`: from where
    /// reads begin, if that plainly is as in amplicons; `none`: there are none [default: learn; of count: none]
    #[arg(long, value_name = "BED")]
    primers: Option<PathBuf>,
    /// Read files at addresses over the network: https://, s3:// and gs://, of which only what the targets need is fetched (docs/remote.md)
    #[cfg(feature = "remote")]
    #[arg(long)]
    remote: bool,
    /// A laboratory's profile in TOML: reference, targets, panel, build, threads and the table reads; the command line wins
    #[arg(short, long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// An alignment file that is ready to be counted.
#[derive(Debug)]
pub(super) struct OpenedReads {
    /// The file.
    pub file: AlignmentFile,
    /// Its reference.
    pub reference: Reference,
    /// The targets on its contigs.
    pub targets: Vec<TargetRegion>,
    /// Name for the sample: that of the read groups, else of the file.
    pub sample: String,
    /// What was said of primers.
    primers: Option<PrimerChoice>,
}

impl OpenedReads {
    /// Returns which reads and bases count, with the primers given, or `usual` where nothing is said of them; says on the log what
    /// was found.
    pub(super) fn filter(&self, reads: &ReadOptions, usual: &PrimerChoice) -> anyhow::Result<ReadFilter> {
        let filter = reads.filter(&self.file);
        let choice = self.primers.as_ref().unwrap_or(usual);
        let primers = primers_of(&self.file, &self.targets, choice, &filter)?;
        if let Some(told) = primers.told() {
            tracing::info!("{}: {told}", self.file.path.display());
        }
        Ok(filter.with_primers(primers))
    }

    /// Returns how the reads are reached, for those who want to know.
    pub(super) fn how_read(&self) -> &'static str {
        match self.file.access() {
            Access::Index => "read by its index",
            _ => "read whole",
        }
    }
}

impl PlaceArgs {
    /// Reads the profile, where one was given, and puts what it says under what the command line says.
    pub(super) fn over_profile(&self) -> anyhow::Result<(Self, Options)> {
        let profile = match &self.config {
            Some(path) => {
                let taken = [
                    ("reference", self.reference.is_none()),
                    ("targets", self.targets.is_none()),
                    ("primers", self.primers.is_none()),
                ];
                Options::of_profile_taking(path, &Files::default(), |key| taken.contains(&(key, true)))?
            }
            None => Options::default(),
        };
        let place = Self {
            reference: self.reference.clone().or_else(|| profile.reference.clone()),
            targets: self.targets.clone().or_else(|| profile.targets.clone()),
            panel: self.panel.clone().or_else(|| profile.panel.clone()),
            build: self.build.clone().or_else(|| profile.build.clone()),
            primers: self.primers.clone().or_else(|| profile.primers.clone()),
            #[cfg(feature = "remote")]
            remote: self.remote || profile.remote,
            config: self.config.clone(),
        };
        Ok((place, profile))
    }

    /// Returns what is said of primers; the default where nothing is.
    pub(super) fn primers(&self) -> PrimerChoice {
        self.primers
            .as_deref()
            .map_or_else(PrimerChoice::default, PrimerChoice::of)
    }

    /// Returns the profile given.
    pub(super) fn config(&self) -> Option<&Path> {
        self.config.as_deref()
    }

    /// Returns the reference.
    pub(super) fn reference(&self) -> Result<&Path, UsageError> {
        self.reference.as_deref().ok_or_else(|| {
            UsageError("no reference: give --reference, or the key reference in the profile".to_owned())
        })
    }

    /// Returns the files that these options name.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        let named = [self.reference.as_deref(), self.targets.as_deref(), self.config()];
        let primers = self.primers.as_deref();
        named
            .into_iter()
            .flatten()
            .chain(primers.filter(|p| PrimerChoice::of(p).file().is_some()))
            .chain(self.panel.as_deref().map(Path::new))
    }

    /// Opens a file and finds the targets in it; says on the log what costs time or trust. What comes through a pipe is copied
    /// first: targets are read from several places at once.
    pub(super) fn open(&self, path: &Path, reads: &ReadOptions) -> anyhow::Result<OpenedReads> {
        #[cfg(feature = "remote")]
        if self.remote {
            remote::allow();
        }
        let path = &remote::entered(path);
        let file = pipes::alignments_of(path, Some(self.reference()?), reads.cram_decoder())?;
        let reference = Reference::open(self.reference()?, &file)?;
        let targets = match &self.targets {
            Some(bed) => read_bed(bed, &file)?,
            None => self.panel_targets(&file)?,
        };
        file.can_use_index(&targets);
        let is_pipe = Input::from_argument(path).is_read_once();
        if let (false, Some(warning)) = (is_pipe, file.access_warning()) {
            tracing::warn!("{}: {warning}", path.display());
        }
        if let Some(target) = targets.iter().find(|t| !reference.has(t.contig)) {
            let name = file.contigs.get(target.contig as usize).map_or("", |c| &c.name);
            return Err(UsageError(format!(
                "{}: targets lie on contig {name:?}, which {} does not have",
                file.path.display(),
                self.reference()?.display()
            ))
            .into());
        }
        Ok(OpenedReads {
            sample: sample_name(&file, path),
            primers: self.primers.as_deref().map(PrimerChoice::of),
            file,
            reference,
            targets,
        })
    }

    fn panel_targets(&self, file: &AlignmentFile) -> anyhow::Result<Vec<TargetRegion>> {
        let build = self.build.as_deref().map(str::parse).transpose()?;
        let build = recognized(file, build)
            .map(|r| r.build)
            .context("give the targets with --targets, or --build")?;
        let source = PanelSource::open(self.panel.as_deref().unwrap_or(DEFAULT_PANEL))?;
        let targets = source.targets(build, None)?;
        panel_regions(file, &targets.regions()).with_context(|| format!("panel {}", source.panel.name))
    }
}

/// Returns the name of the sample of a file that was given as `path`: that of its read groups where they agree, else that of the
/// file.
fn sample_name(file: &AlignmentFile, path: &Path) -> String {
    match file.samples.as_slice() {
        [only] => only.clone(),
        // The number that the shell gives to a pipe changes from run to run.
        _ if Input::from_argument(path).file_name() == "-" => "stdin".to_owned(),
        _ => path
            .file_stem()
            .map_or_else(|| "sample".to_owned(), |s| s.to_string_lossy().into_owned()),
    }
}

/// Threads as an option.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct ThreadArgs {
    /// Threads [default: what the scheduler granted, else all]
    #[arg(short, long, value_name = "N", allow_negative_numbers = true, value_parser = spellings::threads)]
    threads: Option<NonZeroUsize>,
}

impl ThreadArgs {
    /// Puts this option over that of a profile.
    #[must_use]
    pub(super) fn over(self, profile: &Options) -> Self {
        Self {
            threads: self.threads.or(profile.threads),
        }
    }

    /// Runs work on a pool of so many threads.
    pub(super) fn run<T: Send>(self, work: impl FnOnce() -> T + Send) -> anyhow::Result<T> {
        Ok(threads::pool(threads::count(self.threads)?)?.install(work))
    }
}
