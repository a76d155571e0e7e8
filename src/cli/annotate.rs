//! `hemoclone annotate`: a VCF or BCF with transcript and driver annotation added, every record in its place.

use std::io::Write;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use clap::Args;

use super::output::{Inputs, OutputFile, refuse_existing, stdout, write_whole_file};
use super::{Outcome, say, threads};
use hemoclone::evidence::Evidence;
use hemoclone::genome::{Allele, Build, Regions};
use hemoclone::panel::{RuleSetChoice, RuleSetChoiceError};
use hemoclone::report::vcf_info::{Annotated, PREFIX, fields, header_lines, mismatch_field};
use hemoclone::run::{
    DEFAULT_PANEL, Files, Options, PanelSource, UsageError, check_source, counted, explained, pipes, remote,
    spellings, warn_of,
};
use hemoclone::sample::{SiteAnnotator, SiteOnGene, says_wrong_file};
use hemoclone::transcript::AnnotateError;
use hemoclone::variants::{
    Annotate, Input, OutputFormat, PopulationFiles, Rewrite, RewriteError, SiteAllele, VcfWriter, rewrite,
};

/// Options of `hemoclone annotate`.
#[derive(Clone, Debug, Args)]
pub(crate) struct AnnotateArgs {
    /// VCF or BCF file, compressed or not; `-` is standard input
    #[arg(value_name = "IN")]
    input: PathBuf,
    /// VCF to write: BCF where the name ends in .bcf, compressed (BGZF) where in .gz or .bgz; `-` is standard output
    #[arg(short, long, value_name = "OUT", default_value = "-")]
    output: PathBuf,
    /// Reference FASTA with its index (.fai): annotates genes without embedded sequence
    #[arg(short = 'f', long, value_name = "FASTA")]
    reference: Option<PathBuf>,
    /// Panel: myeloid33 (default), ipssm31, myeloid_mpn, ch, a TOML file, or a bundle
    #[arg(short, long, value_name = "NAME|FILE")]
    panel: Option<String>,
    /// Genome build, when it cannot be read from the header
    #[arg(long, value_name = "BUILD", value_parser = spellings::build())]
    build: Option<String>,
    /// Rule set that decides what a driver is [default: consensus]
    #[arg(long, value_name = "NAME", value_parser = ["consensus", "bick", "vlasschaert", "niroula", "who", "local"])]
    rules: Option<String>,
    /// Sequencing platform whose known artifacts the panel excludes: ukb-exome, aou-genome, or one of your own panel
    #[arg(long, value_name = "NAME")]
    platform: Option<String>,
    /// Population frequencies, a VCF or BCF with index (gnomAD, ToMMo, ...); may be given several times (a file a chromosome)
    #[arg(long, value_name = "FILE")]
    population: Vec<PathBuf>,
    /// INFO field of the population files to read, may be given several times [default: AF and those of the largest populations]
    #[arg(long, value_name = "KEY", requires = "population")]
    population_key: Vec<String>,
    /// Threads for compression and decompression [default: what the scheduler granted, else all]
    #[arg(short, long, value_name = "N", allow_negative_numbers = true, value_parser = spellings::threads)]
    threads: Option<NonZeroUsize>,
    /// A laboratory's profile in TOML: reference, panel, build, rules, platform, population, population-key, threads; the command line
    /// wins
    #[arg(short, long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Overwrite the output
    #[arg(long)]
    force: bool,
}

impl AnnotateArgs {
    fn inputs(&self) -> Inputs {
        let files = [&self.input]
            .into_iter()
            .chain(&self.reference)
            .chain(&self.population)
            .chain(&self.config);
        let panel = self.panel.as_deref().map(Path::new);
        Inputs::default().with(files.map(PathBuf::as_path).chain(panel))
    }
}

/// Runs the subcommand.
pub(super) fn run(args: &AnnotateArgs, quiet: bool) -> anyhow::Result<Outcome> {
    let args = &args.over_profile()?;
    args.inputs().refuse(&args.output)?;
    let inputs = || {
        [&args.input]
            .into_iter()
            .chain(&args.population)
            .map(PathBuf::as_path)
    };
    remote::refuse(inputs())?;
    pipes::refuse_twice(inputs())?;
    refuse_existing(&args.output, args.force)?;
    let source = PanelSource::open(args.panel.as_deref().unwrap_or(DEFAULT_PANEL))?;
    let rules = match &args.rules {
        Some(name) => name
            .parse()
            .map_err(|e: RuleSetChoiceError| UsageError(e.to_string()))?,
        None => RuleSetChoice::default(),
    };
    let threads = threads::count(args.threads)?;
    let job = Job {
        platform: args
            .platform
            .as_deref()
            .map(|name| source.platform(name))
            .transpose()?,
        args,
        source: &source,
        rules,
        threads,
        checks: Checks::default(),
    };
    if args.output == Path::new("-") {
        job.write(&mut stdout()?)?;
        return Ok(Outcome::Done);
    }
    let mut records = 0;
    write_whole_file(&args.output, |file| {
        records = job.write_as_named(file)?;
        Ok(())
    })?;
    let records = counted(usize::try_from(records).unwrap_or(usize::MAX), "record");
    say::line(&format!("{records} in {}", args.output.display()), quiet);
    Ok(Outcome::Done)
}

impl AnnotateArgs {
    /// Puts what the profile says under what the command line says.
    fn over_profile(&self) -> anyhow::Result<Self> {
        let Some(path) = &self.config else {
            return Ok(self.clone());
        };
        let taken = [
            ("reference", self.reference.is_none()),
            ("population", self.population.is_empty()),
        ];
        let profile =
            Options::of_profile_taking(path, &Files::default(), |key| taken.contains(&(key, true)))?;
        let mut args = self.clone();
        args.reference = args.reference.or(profile.reference);
        args.panel = args.panel.or(profile.panel);
        args.build = args.build.or(profile.build);
        args.rules = args.rules.or(profile.rules);
        args.platform = args.platform.or(profile.platform);
        args.threads = args.threads.or(profile.threads);
        if args.population.is_empty() {
            args.population = profile.population;
        }
        if args.population_key.is_empty() {
            args.population_key = profile.population_key;
        }
        Ok(args)
    }
}

struct Job<'a> {
    args: &'a AnnotateArgs,
    source: &'a PanelSource,
    rules: RuleSetChoice,
    platform: Option<String>,
    threads: usize,
    checks: Checks,
}

/// How many records on the panel were compared with the reference, and how many contradict it.
#[derive(Debug, Default)]
struct Checks {
    checked: AtomicUsize,
    contradicting: AtomicUsize,
}

impl Checks {
    /// Counts a record, and returns whether it agrees.
    fn count(&self, agrees: bool) {
        self.checked.fetch_add(1, Ordering::Relaxed);
        if !agrees {
            self.contradicting.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Refuses a file of which too much contradicts; returns how many records do.
    fn verdict(&self, file: &Path) -> anyhow::Result<usize> {
        let (checked, contradicting) = (
            self.checked.load(Ordering::Relaxed),
            self.contradicting.load(Ordering::Relaxed),
        );
        anyhow::ensure!(
            !says_wrong_file(contradicting, checked),
            "{}: REF of {contradicting} of the {checked} records on the panel that could be checked does not match the reference: most \
             likely another genome build (--build) or another reference",
            file.display()
        );
        Ok(contradicting)
    }
}

impl Job<'_> {
    /// Writes the records in the format that the name of the output says; returns how many they are.
    fn write_as_named(&self, file: OutputFile) -> anyhow::Result<u64> {
        let mut out = VcfWriter::new(file, OutputFormat::of_path(&self.args.output), self.threads)?;
        let records = self.write(&mut out)?;
        out.finish()?;
        Ok(records)
    }

    fn write(&self, out: &mut dyn Write) -> anyhow::Result<u64> {
        let started = Instant::now();
        let build = self.args.build.as_deref().map(str::parse).transpose()?;
        let what = Rewrite {
            prefix: PREFIX,
            header: &header_lines(),
            build,
            threads: self.threads,
        };
        let input = Input::from_argument(&self.args.input);
        let done =
            rewrite(&input, &what, &|build| self.annotation(build), out).map_err(|error| match error {
                RewriteError::Output(e) => anyhow::Error::from(e),
                other => other.into(),
            })?;
        let contradicting = self.checks.verdict(&self.args.input)?;
        if contradicting > 0 {
            tracing::warn!(
                "{}: REF of {contradicting} records does not match the reference: marked, not annotated",
                self.args.input.display()
            );
        }
        warn_of(&self.args.input, done.warnings);
        out.flush()?;
        tracing::info!(
            "{}: {}, {}, {}, {} compared with the reference, {:.1} s",
            self.args.input.display(),
            format_args!("{} ({})", done.build.build.name(), done.build.from),
            done.caller.name(),
            counted(usize::try_from(done.records).unwrap_or(usize::MAX), "record"),
            self.checks.checked.load(Ordering::Relaxed),
            started.elapsed().as_secs_f64()
        );
        Ok(done.records)
    }

    /// Makes what annotates the records of one build.
    fn annotation(&self, build: Build) -> Result<(Regions, Box<Annotate<'_>>), String> {
        let reference = self.args.reference.as_deref();
        let annotator = self
            .source
            .annotator(build, reference)
            .map_err(|e| explained(&e))?;
        let targets = self.source.targets(build, None).map_err(|e| e.to_string())?;
        let regions = targets.regions().with(&targets.event_regions());
        let site = SiteAnnotator {
            targets,
            annotator: Arc::new(annotator),
            rules: self.rules,
            platform: self.platform.clone(),
        };
        let inputs: Vec<Input> = self
            .args
            .population
            .iter()
            .map(|p| Input::from_argument(p))
            .collect();
        let given = self.args.build.as_deref().and_then(|name| name.parse().ok());
        let population = PopulationFiles::open(&inputs, &self.args.population_key, build, given, &regions)
            .map_err(|e| e.to_string())?;
        let annotate = move |alleles: &[SiteAllele]| info_of(&site, &population, &self.checks, alleles);
        Ok((regions, Box::new(annotate)))
    }
}

fn info_of(
    site: &SiteAnnotator<'_>,
    population: &PopulationFiles,
    checks: &Checks,
    alleles: &[SiteAllele],
) -> Result<Option<String>, String> {
    let written = |allele: &SiteAllele| match &allele.allele {
        Allele::Sequence(variant) => Some(variant.clone()),
        Allele::Event(event) => event.to_sequence(site.annotator.bases()),
    };
    let annotate = |allele: &SiteAllele| match (written(allele), &allele.allele) {
        (Some(variant), _) => site.annotate(&variant, &allele.annotations),
        (None, Allele::Event(event)) => Ok(site.place(event)),
        (None, Allele::Sequence(_)) => Ok(Vec::new()),
    };
    let sites: Result<Vec<Vec<SiteOnGene<'_, '_>>>, AnnotateError> = alleles.iter().map(annotate).collect();
    let sites = match sites {
        Ok(sites) => sites,
        Err(error @ AnnotateError::ReferenceMismatch { .. }) => {
            checks.count(false);
            return Ok(Some(mismatch_field(&error.to_string())));
        }
        Err(error) => return Err(error.to_string()),
    };
    let checked = |allele: &SiteAllele| {
        allele
            .allele
            .sequence()
            .is_some_and(|v| site.annotator.can_check(v))
    };
    if sites.iter().any(|genes| !genes.is_empty()) && alleles.iter().any(checked) {
        checks.count(true);
    }
    fields_of(site, population, &sites)
}

/// Writes the fields of a record from what its alleles do to the genes: the rulings, and how frequent they are.
fn fields_of(
    site: &SiteAnnotator<'_>,
    population: &PopulationFiles,
    sites: &[Vec<SiteOnGene<'_, '_>>],
) -> Result<Option<String>, String> {
    let ruled: Vec<Vec<_>> = sites
        .iter()
        .map(|genes| {
            let rule = |s: &SiteOnGene<'_, '_>| {
                let gene = s.target.gene;
                (
                    site.rule(gene, s, &Evidence::default()).verdict,
                    gene.common_name(&s.consequence),
                )
            };
            genes.iter().map(rule).collect()
        })
        .collect();
    let bases = site.annotator.bases();
    let frequency = |genes: &Vec<SiteOnGene<'_, '_>>| match genes.first() {
        Some(SiteOnGene {
            variant: Allele::Sequence(variant),
            ..
        }) => population.frequency(variant, bases).map_err(|e| e.to_string()),
        _ => Ok(None),
    };
    let frequencies: Vec<_> = sites.iter().map(frequency).collect::<Result<_, _>>()?;
    let annotated: Vec<Vec<Annotated<'_>>> = sites
        .iter()
        .zip(&ruled)
        .zip(&frequencies)
        .map(|((genes, ruled), population)| {
            genes
                .iter()
                .zip(ruled)
                .map(|(s, (verdict, name))| Annotated {
                    consequence: &s.consequence,
                    verdict,
                    common_name: name.as_deref(),
                    population: population.as_ref(),
                })
                .collect()
        })
        .collect();
    check_source(bases).map_err(|e| e.to_string())?;
    Ok(fields(&annotated))
}
