//! Options of `analyze`, from the command line and the profile, resolved into one job.

use std::fs;
use std::io::BufReader;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use indexmap::IndexMap;

#[cfg(feature = "alignments")]
use super::background::BackgroundOption;
use super::panel_source::PanelSource;
use super::plan::{NameBy, NormalPlan};
use super::profile::{Files, Profile};
#[cfg(feature = "alignments")]
use super::read_options::ReadArgs;
use super::{UsageError, pipes, spellings, threads};
use crate::genome::Sex;
use crate::genome::{Build, BuildNameError, Regions};
use crate::panel::{Filters, Panel, RuleSet, RuleSetChoice, Thresholds};
use crate::plasma_cell;
use crate::report::Languages;
use crate::sample::{SampleSheet, Settings};
use crate::text;
use crate::variants::NamedColumns;

/// Options of `hemoclone analyze`.
#[derive(Debug, Args)]
pub struct AnalyzeArgs {
    /// VCF or BCF files of any caller, compressed or not, and BAM or CRAM files; `-` is standard input; VCF and BCF may come through a pipe
    #[arg(value_name = "INPUT", required_unless_present = "samples")]
    pub inputs: Vec<PathBuf>,
    /// Folder for the reports; made when it is not there
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// Sample sheet, CSV, TSV or a workbook (xlsx, ods): sample, vcf, sex, age, … (see docs/sample-sheet.md); with it INPUT may be left out
    #[arg(short, long, value_name = "FILE")]
    pub samples: Option<PathBuf>,
    /// Worksheet of a workbook given as sample sheet, by name or by number [default: the first]
    #[arg(long, value_name = "SHEET", requires = "samples")]
    pub sheet: Option<String>,
    /// Clinical values of the samples, JSON with the names of the sheet's columns (see `hemoclone schema clinical`)
    #[arg(long, value_name = "FILE")]
    pub clinical: Option<PathBuf>,
    /// Correct calcium for albumin (calcium + 0.8 mg/dL per g/dL of albumin below 4), on the plasma-cell road
    #[arg(long)]
    correct_calcium: bool,
    /// Reference FASTA with its index (.fai); needed for BAM and CRAM. Annotates genes without embedded sequence and checks the build
    #[arg(short = 'f', long, value_name = "FASTA")]
    reference: Option<PathBuf>,
    /// Panel: myeloid33 (default), ipssm31, ch, or a TOML file
    #[arg(short, long, value_name = "NAME|FILE")]
    panel: Option<String>,
    /// Restrict to these regions (BED): the rest of the panel counts as not looked at
    #[arg(short = 'L', long, value_name = "BED")]
    targets: Option<PathBuf>,
    /// Genome build, when it cannot be read from the header
    #[arg(long, value_name = "BUILD", value_parser = spellings::build())]
    build: Option<String>,
    /// Rule set that decides what a driver is: consensus (default), bick, vlasschaert, niroula, who, local (your own)
    #[arg(long, value_name = "NAME", value_parser = ["consensus", "bick", "vlasschaert", "niroula", "who", "local"])]
    rules: Option<String>,
    /// Smallest VAF of a driver, 0 to 1 [panel: 0.02]
    #[arg(long, value_name = "FRACTION", allow_negative_numbers = true, value_parser = spellings::number)]
    min_vaf: Option<f64>,
    /// Smallest VAF in a male for a gene on X, 0 to 1 [panel: 0.04]
    #[arg(long, value_name = "FRACTION", allow_negative_numbers = true, value_parser = spellings::number)]
    min_vaf_x_linked_male: Option<f64>,
    /// Smallest depth for a decision [panel: 20]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = spellings::whole::<u32>)]
    min_depth: Option<u32>,
    /// Smallest number of alternative fragments [panel: 3]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = spellings::whole::<u32>)]
    min_alt: Option<u32>,
    /// Population frequencies, a VCF or BCF with index (gnomAD, ToMMo, ...); may be given several times (a file a chromosome)
    #[arg(long, value_name = "FILE")]
    population: Vec<PathBuf>,
    /// INFO field of the population files to read, may be given several times [default: AF and those of the largest populations]
    #[arg(long, value_name = "KEY", requires = "population")]
    population_key: Vec<String>,
    /// VCF, BCF, BAM or CRAM of the matched normal of the one sample of this run (of several: column `normal` of the sample sheet)
    #[arg(long, value_name = "FILE")]
    normal: Option<PathBuf>,
    /// Alleles that other samples hold, TSV: chrom, pos, ref, alt, samples_with, samples (see docs/filters.md)
    #[arg(long, value_name = "FILE")]
    recurrent: Option<PathBuf>,
    /// Sequencing platform whose known artifacts the panel excludes: ukb-exome, aou-genome, or one of your own panel
    #[arg(long, value_name = "NAME")]
    platform: Option<String>,
    /// Set a filter, or switch it off: --filter strand_sor=4 --filter dust=off; may be given several times (docs/filters.md)
    #[arg(long, value_name = "NAME=VALUE")]
    filter: Vec<String>,
    /// Sex of every sample that the sample sheet says nothing about
    #[arg(long, value_name = "SEX", value_parser = spellings::sex())]
    sex: Option<String>,
    /// Sample column to report on, where a file holds a pair that is not recognised
    #[arg(long, value_name = "NAME")]
    tumor_column: Option<String>,
    /// Sample column of the matched normal, in the same file or in that of --normal
    #[arg(long, value_name = "NAME")]
    normal_column: Option<String>,
    /// What names a sample that no sample sheet names: its column or read group (sample), or its file (file) [default: the file
    /// where all files hold the same name, as TUMOR, else the sample]
    #[arg(long, value_name = "WHAT", value_enum)]
    name_by: Option<NameBy>,
    /// Languages of the HTML report: en, ja or both; the first is shown first [default: en,ja]
    #[arg(long, value_name = "LIST")]
    lang: Option<String>,
    /// Threads; the output does not depend on them [default: what the scheduler granted, else all]
    #[arg(short, long, value_name = "N", allow_negative_numbers = true, value_parser = spellings::threads)]
    threads: Option<NonZeroUsize>,
    /// A laboratory's profile in TOML: these options but the files of a run (INPUT, --output, --samples, --sheet, --clinical, --normal)
    /// and --force; the command line wins
    #[arg(short, long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Overwrite reports of the samples of this run; without it they are an error. Those of other samples stay either way
    #[arg(long)]
    force: bool,
    #[cfg(feature = "alignments")]
    #[command(flatten)]
    pub reads: ReadArgs,
    #[cfg(feature = "alignments")]
    #[command(flatten)]
    pub background: BackgroundOption,
}

/// What the arguments and the profile come to.
#[derive(Debug)]
pub struct Job {
    pub output: PathBuf,
    pub source: PanelSource,
    pub checksum: String,
    pub rules: RuleSetChoice,
    pub settings: Settings,
    pub plasma_cell: plasma_cell::Settings,
    pub build: Option<Build>,
    pub targets: Option<Regions>,
    pub reference: Option<PathBuf>,
    pub population: Vec<PathBuf>,
    pub population_keys: Vec<String>,
    pub recurrent: Option<PathBuf>,
    pub languages: Languages,
    pub name_by: Option<NameBy>,
    pub threads: usize,
    pub force: bool,
    /// Sex of every sample of which nothing else says it.
    pub sex: Option<Sex>,
    /// Tumor and normal column of every file.
    pub columns: NamedColumns,
    /// What is read beside the samples.
    files: Vec<PathBuf>,
    #[cfg(feature = "alignments")]
    pub reads: ReadArgs,
    #[cfg(feature = "alignments")]
    pub background: BackgroundOption,
}

/// Resolves the options: command line before profile before panel.
pub fn resolve(args: &AnalyzeArgs) -> anyhow::Result<Job> {
    let Some(path) = &args.config else {
        return resolved(args, Profile::default());
    };
    let taken = [
        ("reference", args.reference.is_none()),
        ("targets", args.targets.is_none()),
        ("recurrent", args.recurrent.is_none()),
        #[cfg(feature = "alignments")]
        ("background", args.background.background.is_none()),
        ("population", args.population.is_empty()),
    ];
    let profile = Profile::read_taking(path, &taken)?;
    resolved(args, profile).with_context(|| format!("with the profile {}", path.display()))
}

fn resolved(args: &AnalyzeArgs, profile: Profile) -> anyhow::Result<Job> {
    let given = over_profile(args, profile);
    let mut overrides = IndexMap::new();
    if let Some(config) = &args.config {
        overrides.insert("config".to_owned(), file_name(config));
    }
    let source = opened(given.panel.as_deref().unwrap_or("myeloid33"), &mut overrides)?;
    let thresholds = thresholds(&given, source.panel.thresholds, &mut overrides)?;
    let filters = filters(&given, &args.filter, source.panel.filters.clone(), &mut overrides)?;
    let platform = given.platform.as_deref();
    let platform = platform.map(|name| source.platform(name)).transpose()?;
    note_companions(&given, &mut overrides);
    #[cfg(feature = "alignments")]
    note_reads(&given, &mut overrides);
    let columns = NamedColumns {
        tumor: given.tumor_column.clone(),
        // With a file of its own, the name is that of a column there.
        normal: given.normal_column.clone().filter(|_| args.normal.is_none()),
    };
    let files = files(&given);
    Ok(Job {
        sex: sex(&given)?,
        columns,
        output: args.output.clone(),
        checksum: source.panel.checksum(),
        rules: rules(&given, &source.panel)?,
        settings: Settings {
            thresholds,
            filters,
            platform,
            population: given.population.0.iter().map(|p| file_name(p)).collect(),
            recurrent: given.recurrent.as_deref().map(file_name),
            reference: given.reference.as_deref().map(file_name),
            targets: given.targets.as_deref().map(file_name),
            overrides,
        },
        plasma_cell: plasma_cell::Settings {
            correct_calcium: given.correct_calcium.unwrap_or_default(),
        },
        build: build(given.build.as_deref())?,
        targets: given.targets.as_deref().map(read_targets).transpose()?,
        reference: given.reference,
        population: given.population.0,
        population_keys: given.population_key,
        recurrent: given.recurrent,
        languages: languages(given.lang.as_deref())?,
        name_by: given.name_by,
        threads: threads::count(given.threads)?,
        force: args.force,
        files,
        #[cfg(feature = "alignments")]
        reads: given.reads,
        #[cfg(feature = "alignments")]
        background: BackgroundOption {
            background: given.background,
        },
        source,
    })
}

fn build(name: Option<&str>) -> Result<Option<Build>, UsageError> {
    name.map(|name| {
        name.parse()
            .map_err(|e: BuildNameError| UsageError(e.to_string()))
    })
    .transpose()
}

fn languages(list: Option<&str>) -> Result<Languages, UsageError> {
    let languages = list.map_or(Ok(Languages::default()), str::parse);
    languages.map_err(|e: crate::report::LanguagesError| UsageError(e.to_string()))
}

/// Returns the files that options name, as far as there are any of that name.
fn files(given: &Profile) -> Vec<PathBuf> {
    let panel = given.panel.as_ref().map(PathBuf::from);
    let named = [&panel, &given.reference, &given.targets, &given.recurrent];
    #[cfg(feature = "alignments")]
    let named = named.into_iter().chain([&given.background]);
    #[cfg(not(feature = "alignments"))]
    let named = named.into_iter();
    named.flatten().chain(&given.population.0).cloned().collect()
}

impl Job {
    /// Returns the files that are read beside the samples.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(PathBuf::as_path)
    }
}

/// Puts the command line over the profile.
fn over_profile(args: &AnalyzeArgs, profile: Profile) -> Profile {
    Profile {
        panel: args.panel.clone().or(profile.panel),
        reference: args.reference.clone().or(profile.reference),
        targets: args.targets.clone().or(profile.targets),
        build: args.build.clone().or(profile.build),
        rules: args.rules.clone().or(profile.rules),
        min_vaf: args.min_vaf.or(profile.min_vaf),
        min_vaf_x_linked_male: args.min_vaf_x_linked_male.or(profile.min_vaf_x_linked_male),
        min_depth: args.min_depth.or(profile.min_depth),
        min_alt: args.min_alt.or(profile.min_alt),
        population: if args.population.is_empty() {
            profile.population
        } else {
            Files(args.population.clone())
        },
        population_key: if args.population_key.is_empty() {
            profile.population_key
        } else {
            args.population_key.clone()
        },
        recurrent: args.recurrent.clone().or(profile.recurrent),
        correct_calcium: args.correct_calcium.then_some(true).or(profile.correct_calcium),
        platform: args.platform.clone().or(profile.platform),
        filters: profile.filters,
        #[cfg(feature = "alignments")]
        background: args.background.background.clone().or(profile.background),
        #[cfg(feature = "alignments")]
        reads: args.reads.over(&profile.reads),
        #[cfg(feature = "alignments")]
        call: profile.call,
        sex: args.sex.clone().or(profile.sex),
        tumor_column: args.tumor_column.clone().or(profile.tumor_column),
        normal_column: args.normal_column.clone().or(profile.normal_column),
        name_by: args.name_by.or(profile.name_by),
        lang: args.lang.clone().or(profile.lang),
        threads: args.threads.or(profile.threads),
    }
}

/// Returns the sex given for all samples.
fn sex(given: &Profile) -> Result<Option<Sex>, UsageError> {
    let read = |text: &String| {
        Sex::read(text)
            .ok_or_else(|| UsageError(format!("profile: sex {text:?} is not female, male, F or M")))
    };
    given.sex.as_ref().map(read).transpose()
}

/// Returns the chosen rule set; the laboratory's own needs a rule to decide by.
fn rules(given: &Profile, panel: &Panel) -> Result<RuleSetChoice, UsageError> {
    let Some(name) = &given.rules else {
        return Ok(RuleSetChoice::default());
    };
    let choice: RuleSetChoice = name
        .parse()
        .map_err(|e: crate::panel::RuleSetChoiceError| UsageError(e.to_string()))?;
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
    given: &Profile,
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
    given: &Profile,
    arguments: &[String],
    mut filters: Filters,
    overrides: &mut IndexMap<String, String>,
) -> Result<Filters, UsageError> {
    let mut changed = Vec::new();
    for (name, value) in &given.filters {
        let set = filters.set_toml(name, value);
        set.map_err(|e| UsageError(format!("profile, [filters]: {e}")))?;
        changed.push(name.clone());
    }
    for text in arguments {
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
fn note_companions(given: &Profile, overrides: &mut IndexMap<String, String>) {
    let population: Vec<String> = given.population.0.iter().map(|p| file_name(p)).collect();
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
        ("platform", given.platform.clone()),
        (
            "correct-calcium",
            given
                .correct_calcium
                .filter(|correct| *correct)
                .map(|_| "true".to_owned()),
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
fn note_reads(given: &Profile, overrides: &mut IndexMap<String, String>) {
    for (name, value) in given.reads.changed() {
        overrides.insert(name.to_owned(), value);
    }
    if let Some(path) = &given.background {
        overrides.insert("background".to_owned(), file_name(path));
    }
}

/// Opens the panel; of a bundle the checksum is recorded, since the panel's own does not cover transcripts and bases.
fn opened(name: &str, overrides: &mut IndexMap<String, String>) -> anyhow::Result<PanelSource> {
    let source = PanelSource::open(name)?;
    if let Some(bundle) = &source.bundle {
        let what = format!("{} {}", file_name(Path::new(name)), bundle.checksum);
        overrides.insert("panel bundle".to_owned(), what);
    }
    Ok(source)
}

/// Reads the sample sheet and warns of columns nobody reads.
pub fn read_sheet(path: &Path, worksheet: Option<&str>) -> anyhow::Result<SampleSheet> {
    let (file, name) =
        pipes::open_once(path).with_context(|| format!("cannot read the sample sheet {}", path.display()))?;
    let sheet = SampleSheet::of_worksheet(file, &name, worksheet)?;
    for warning in &sheet.warnings {
        tracing::warn!("{}", text::terminal(&format!("sample sheet {name}: {warning}")));
    }
    Ok(sheet)
}

fn read_targets(path: &Path) -> anyhow::Result<Regions> {
    let file = fs::File::open(path).with_context(|| format!("cannot read the targets {}", path.display()))?;
    Regions::read_bed(BufReader::new(file)).with_context(|| format!("targets {}", path.display()))
}

impl AnalyzeArgs {
    /// Returns the files that only the command line names.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        [&self.samples, &self.clinical, &self.config, &self.normal]
            .into_iter()
            .flatten()
            .map(PathBuf::as_path)
    }

    /// Returns the matched normal given for the one sample of the run.
    pub fn normal(&self) -> Option<NormalPlan> {
        self.normal.as_ref().map(|path| NormalPlan {
            path: path.clone(),
            column: self.normal_column.clone(),
        })
    }
}

/// Returns the last part of a path, so that results do not depend on the machine's folders.
fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |n| n.to_string_lossy().into_owned(),
    )
}
