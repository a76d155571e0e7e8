//! What a request comes to: every name of it understood, panel, sample sheet and targets read.

use std::fmt::Display;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::Context;
use indexmap::IndexMap;

use super::artifacts;
use super::error::RunError;
use super::files::Files;
use super::options::{Options, Request};
use super::panel_source::{PanelFile, PanelSource};
use super::threads::allowed;
use super::{UsageError, pipes, remote};
use crate::genome::Sex;
use crate::genome::{Build, Regions};
use crate::panel::{Filters, PANEL_NAMES, Panel, RuleSet, RuleSetChoice, Thresholds};
use crate::plasma_cell;
use crate::report::Languages;
use crate::report::outputs::Formats;
use crate::sample::{SampleSheet, Settings};
use crate::text;
use crate::variants::NamedColumns;

/// The panel where none is named.
pub const DEFAULT_PANEL: &str = PANEL_NAMES[0];

/// A request that is ready to be run.
#[derive(Debug)]
pub struct Job {
    /// What was asked for, its options put over those of the profile.
    pub request: Request,
    /// Where files are that are no files on disk.
    pub files: Files,
    /// The panel with its transcripts.
    pub source: PanelSource,
    /// Checksum of the panel.
    pub checksum: String,
    /// Which rule set decides.
    pub rules: RuleSetChoice,
    /// Thresholds and filters as every report shows them.
    pub settings: Settings,
    /// Settings of the plasma-cell road.
    pub plasma_cell: plasma_cell::Settings,
    /// The build where it was given.
    pub build: Option<Build>,
    /// The regions to which the panel is restricted.
    pub targets: Option<Regions>,
    /// Languages of the page.
    pub languages: Languages,
    /// Outputs to write.
    pub formats: Formats,
    /// Sex of every sample of which nothing else says it.
    pub sex: Option<Sex>,
    /// Tumor and normal column of every file.
    pub columns: NamedColumns,
    /// The sample sheet.
    pub sheet: Option<SampleSheet>,
}

impl Job {
    /// Understands a request: what it says before its profile, and that before the panel.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Usage`](super::ErrorKind::Usage) where options contradict each other or are none; else what cannot be read.
    pub fn new(request: Request, files: Files) -> Result<Self, RunError> {
        Ok(Self::understood(request, files)?)
    }

    fn understood(request: Request, files: Files) -> anyhow::Result<Self> {
        let mut job = match request.config.clone() {
            None => resolved(request, files)?,
            Some(path) => {
                let own = &request.options;
                let is_taken = |key: &str| own.files().all(|(given, _)| given != key);
                let profile = Options::of_profile_taking(&path, &files, is_taken)?;
                let options = request.options.over(profile);
                resolved(Request { options, ..request }, files)
                    .with_context(|| format!("with the profile {}", path.display()))?
            }
        };
        #[cfg(feature = "remote")]
        if job.options().remote {
            remote::allow();
        }
        // From here on an address is known without its secrets.
        for path in job.request.inputs.iter_mut().chain(&mut job.request.normal) {
            *path = remote::entered(path);
        }
        let inputs = job.request.inputs.iter().map(PathBuf::as_path);
        pipes::refuse_twice(inputs.chain(job.request.files()))?;
        job.sheet = job.read_sheet()?;
        Ok(job)
    }

    /// Returns how samples are reported on.
    pub const fn options(&self) -> &Options {
        &self.request.options
    }

    /// Returns the sample sheet with its path.
    pub fn sheet(&self) -> Option<(&Path, &SampleSheet)> {
        self.request.samples.as_deref().zip(self.sheet.as_ref())
    }

    /// Returns the files that are read beside the samples, as far as there are any of their names.
    pub fn named_files(&self) -> impl Iterator<Item = &Path> {
        let panel = self.options().panel.as_deref().map(Path::new);
        let of_options = self.options().files().map(|(_, file)| file.as_path());
        self.request.files().chain(panel).chain(of_options)
    }

    /// Reads the sample sheet and warns of columns nobody reads.
    fn read_sheet(&self) -> anyhow::Result<Option<SampleSheet>> {
        let Some(path) = &self.request.samples else {
            return Ok(None);
        };
        let opened = self.files.open_once(path);
        let (file, name) =
            opened.with_context(|| format!("cannot read the sample sheet {}", path.display()))?;
        let sheet = SampleSheet::of_worksheet(file, &name, self.request.sheet.as_deref())?;
        for warning in &sheet.warnings {
            tracing::warn!("{}", text::terminal(&format!("sample sheet {name}: {warning}")));
        }
        Ok(Some(sheet))
    }
}

/// Understands the options of a request.
fn resolved(request: Request, files: Files) -> anyhow::Result<Job> {
    let given = &request.options;
    let mut overrides = IndexMap::new();
    if let Some(config) = &request.config {
        overrides.insert("config".to_owned(), file_name(config));
    }
    let mut source = opened(given.panel.as_deref(), &files, &mut overrides)?;
    if let Some(path) = &given.artifacts {
        artifacts::add(path, &files, &mut source.panel)?;
    }
    let thresholds = thresholds(given, source.panel.thresholds, &mut overrides)?;
    let filters = filters(given, source.panel.filters.clone(), &mut overrides)?;
    let platform = given.platform.as_deref();
    let platform = platform.map(|name| source.platform(name)).transpose()?;
    let population: Vec<String> = given.population.iter().map(|p| file_name(p)).collect();
    note_companions(given, &population, &mut overrides);
    #[cfg(feature = "alignments")]
    note_reads(given, &mut overrides);
    let columns = NamedColumns {
        tumor: given.tumor_column.clone(),
        // With a file of its own, the name is that of a column there.
        normal: given.normal_column.clone().filter(|_| request.normal.is_none()),
    };
    let targets = given.targets.as_deref();
    let targets = targets.map(|path| read_targets(path, &files)).transpose()?;
    allowed(given.threads)?;
    Ok(Job {
        sex: sex(given)?,
        columns,
        checksum: source.panel.checksum(),
        rules: rules(given, &source.panel)?,
        settings: Settings {
            thresholds,
            filters,
            platform,
            population,
            recurrent: given.recurrent.as_deref().map(file_name),
            reference: given.reference.as_deref().map(file_name),
            targets: given.targets.as_deref().map(file_name),
            overrides,
        },
        plasma_cell: plasma_cell::Settings {
            correct_calcium: given.correct_calcium,
        },
        build: read(given.build.as_deref())?,
        targets,
        languages: read(given.lang.as_deref())?.unwrap_or_default(),
        formats: read(given.formats.as_deref())?.unwrap_or_default(),
        sheet: None,
        source,
        files,
        request,
    })
}

/// Reads the value of an option that may be left out.
fn read<T: FromStr<Err: Display>>(text: Option<&str>) -> Result<Option<T>, UsageError> {
    let read = text.map(str::parse).transpose();
    read.map_err(|e: T::Err| UsageError(e.to_string()))
}

/// Returns the sex given for all samples.
fn sex(given: &Options) -> Result<Option<Sex>, UsageError> {
    let read = |text: &String| {
        Sex::read(text)
            .ok_or_else(|| UsageError(format!("profile: sex {text:?} is not female, male, F or M")))
    };
    given.sex.as_ref().map(read).transpose()
}

/// Returns the chosen rule set; the laboratory's own needs a rule to decide by.
fn rules(given: &Options, panel: &Panel) -> Result<RuleSetChoice, UsageError> {
    let Some(choice) = read(given.rules.as_deref())? else {
        return Ok(RuleSetChoice::default());
    };
    let mut rules = panel.genes.iter().flat_map(|g| &g.rules);
    if choice == RuleSetChoice::Local && !rules.any(|r| r.sets.contains(&RuleSet::Local)) {
        return Err(UsageError(format!(
            "--rules local: panel {} has no rule of the set local; add some to a panel file of your own",
            panel.name
        )));
    }
    Ok(choice)
}

/// Puts the given cut-offs over the panel's, and records each.
fn thresholds(
    given: &Options,
    mut thresholds: Thresholds,
    overrides: &mut IndexMap<String, String>,
) -> Result<Thresholds, UsageError> {
    for (option, value, place) in [
        ("min-vaf", given.min_vaf, &mut thresholds.min_vaf),
        (
            "min-vaf-x-linked-male",
            given.min_vaf_x_linked_male,
            &mut thresholds.min_vaf_x_linked_male,
        ),
    ] {
        let Some(fraction) = value else { continue };
        if !(0.0..=1.0).contains(&fraction) {
            return Err(UsageError(format!(
                "--{option} {fraction} is no fraction from 0 to 1"
            )));
        }
        overrides.insert(option.to_owned(), fraction.to_string());
        *place = fraction;
    }
    for (option, value, place) in [
        ("min-depth", given.min_depth, &mut thresholds.min_depth),
        ("min-alt", given.min_alt, &mut thresholds.min_alt),
    ] {
        if let Some(count) = value {
            overrides.insert(option.to_owned(), count.to_string());
            *place = count;
        }
    }
    Ok(thresholds)
}

/// Puts the profile's and then the command line's filters over the panel's, and records each.
fn filters(
    given: &Options,
    mut filters: Filters,
    overrides: &mut IndexMap<String, String>,
) -> Result<Filters, UsageError> {
    let mut changed = Vec::new();
    for (name, value) in &given.filters {
        let set = filters.set_toml(name, value);
        set.map_err(|e| UsageError(format!("profile, [filters]: {e}")))?;
        changed.push(name.clone());
    }
    for text in &given.filter {
        let name = filters.set_text(text);
        changed.push(name.map_err(|e| UsageError(format!("--filter: {e}")))?);
    }
    if let (Some(from), Some(to)) = (filters.germline_from, filters.germline_to)
        && from > to
    {
        return Err(UsageError(format!(
            "filters germline_from = {from} and germline_to = {to} leave no window"
        )));
    }
    for (name, value) in filters.pairs() {
        if changed.iter().any(|c| c == name) {
            overrides.insert(format!("filter {name}"), value);
        }
    }
    Ok(filters)
}

/// Records what is read beside the samples, so that every report shows it.
fn note_companions(given: &Options, population: &[String], overrides: &mut IndexMap<String, String>) {
    let notes = [
        (
            "population",
            (!population.is_empty()).then(|| population.join(", ")),
        ),
        (
            "population-key",
            (!given.population_key.is_empty()).then(|| given.population_key.join(", ")),
        ),
        ("recurrent", given.recurrent.as_deref().map(file_name)),
        ("artifacts", given.artifacts.as_deref().map(file_name)),
        ("platform", given.platform.clone()),
        (
            "correct-calcium",
            given.correct_calcium.then(|| "true".to_owned()),
        ),
    ];
    for (name, value) in notes {
        if let Some(value) = value {
            overrides.insert(name.to_owned(), value);
        }
    }
}

/// Records which reads and bases of alignments count.
#[cfg(feature = "alignments")]
fn note_reads(given: &Options, overrides: &mut IndexMap<String, String>) {
    for (name, value) in given.reads.changed() {
        overrides.insert(name.to_owned(), value);
    }
    if let Some(path) = &given.background {
        overrides.insert("background".to_owned(), file_name(path));
    }
    if let Some(path) = &given.primers {
        overrides.insert("primers".to_owned(), file_name(path));
    }
}

/// Opens the panel; of a bundle the checksum is recorded, since the panel's own does not cover transcripts and bases.
fn opened(
    name: Option<&str>,
    files: &Files,
    overrides: &mut IndexMap<String, String>,
) -> anyhow::Result<PanelSource> {
    let name = name.unwrap_or(DEFAULT_PANEL);
    let path = Path::new(name);
    let source = match files.bytes_of(path) {
        Some(bytes) => PanelSource::of(&PanelFile::of(path, bytes.to_vec()))?,
        None => PanelSource::open(name)?,
    };
    if let Some(bundle) = &source.bundle {
        let what = format!("{} {}", file_name(path), bundle.checksum);
        overrides.insert("panel bundle".to_owned(), what);
    }
    Ok(source)
}

fn read_targets(path: &Path, files: &Files) -> anyhow::Result<Regions> {
    let file = files
        .open(path)
        .with_context(|| format!("cannot read the targets {}", path.display()))?;
    Regions::read_bed(BufReader::new(file)).with_context(|| format!("targets {}", path.display()))
}

/// Returns the last part of a path, so that results do not depend on the machine's folders.
fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |n| n.to_string_lossy().into_owned(),
    )
}
