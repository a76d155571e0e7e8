//! The options of `analyze`: one list for the command line, for a laboratory's profile and for a program that uses the library.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use serde::{Deserialize, Deserializer};

#[cfg(feature = "alignments")]
use super::read_options::ReadOptions;
#[cfg(feature = "cli")]
use super::spellings;

/// What is to be reported on, and how.
///
/// A path is that of a file on disk, or the name of one that [`super::Files`] holds.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct Request {
    /// VCF or BCF files of any caller, compressed or not, and BAM or CRAM files; `-` is standard input; VCF and BCF may come through a pipe
    #[cfg_attr(
        feature = "cli",
        arg(value_name = "INPUT", required_unless_present = "samples")
    )]
    pub inputs: Vec<PathBuf>,
    /// Sample sheet, CSV, TSV or a workbook (xlsx, ods): sample, vcf, sex, age, … (see docs/sample-sheet.md); with it INPUT may be left out
    #[cfg_attr(feature = "cli", arg(short, long, value_name = "FILE"))]
    pub samples: Option<PathBuf>,
    /// Worksheet of a workbook given as sample sheet, by name or by number [default: the first]
    #[cfg_attr(feature = "cli", arg(long, value_name = "SHEET", requires = "samples"))]
    pub sheet: Option<String>,
    /// Clinical values of the samples, JSON with the names of the sheet's columns (see `hemoclone schema clinical`)
    #[cfg_attr(feature = "cli", arg(long, value_name = "FILE"))]
    pub clinical: Option<PathBuf>,
    /// VCF, BCF, BAM or CRAM of the matched normal of the one sample of this run (of several: column `normal` of the sample sheet)
    #[cfg_attr(feature = "cli", arg(long, value_name = "FILE"))]
    pub normal: Option<PathBuf>,
    /// Earlier reports (`<sample>.json`) of the person whose one sample this run has; of several, column `previous` of the sample sheet
    #[cfg_attr(feature = "cli", arg(long, value_name = "JSON", num_args = 1..))]
    pub previous: Vec<PathBuf>,
    /// How: every option that a profile may set too.
    #[cfg_attr(feature = "cli", command(flatten))]
    pub options: Options,
    /// A laboratory's profile in TOML: these options but the files of a run (INPUT, --output, --samples, --sheet, --clinical, --normal)
    /// and --force; the command line wins
    #[cfg_attr(feature = "cli", arg(short, long, value_name = "FILE"))]
    pub config: Option<PathBuf>,
}

impl Request {
    /// Returns the files that the request itself names, other than INPUT.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        [&self.samples, &self.clinical, &self.config, &self.normal]
            .into_iter()
            .flatten()
            .chain(&self.previous)
            .map(PathBuf::as_path)
    }
}

/// How samples are reported on. A field is an option: `--name` on the command line, whose help is the comment, and the key `name` of a
/// profile.
///
/// One profile serves every command: each takes what it knows.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Options {
    /// Panel: myeloid33 (default), ipssm31, myeloid_mpn, ch, or a TOML file
    #[cfg_attr(feature = "cli", arg(short, long, value_name = "NAME|FILE"))]
    pub panel: Option<String>,
    /// Reference FASTA with its index (.fai); needed for BAM and CRAM. Annotates genes without embedded sequence and checks the build
    #[cfg_attr(feature = "cli", arg(short = 'f', long, value_name = "FASTA"))]
    pub reference: Option<PathBuf>,
    /// Restrict to these regions (BED): the rest of the panel counts as not looked at
    #[cfg_attr(feature = "cli", arg(short = 'L', long, value_name = "BED"))]
    pub targets: Option<PathBuf>,
    /// Genome build, when it cannot be read from the header
    #[cfg_attr(
        feature = "cli",
        arg(long, value_name = "BUILD", value_parser = spellings::build())
    )]
    pub build: Option<String>,
    /// Rule set that decides what a driver is: consensus (default), bick, vlasschaert, niroula, who, local (your own)
    #[cfg_attr(
        feature = "cli",
        arg(long, value_name = "NAME", value_parser = ["consensus", "bick", "vlasschaert", "niroula", "who", "local"])
    )]
    pub rules: Option<String>,
    /// Smallest VAF of a driver, 0 to 1 [panel: 0.02]
    #[cfg_attr(
        feature = "cli",
        arg(long, value_name = "FRACTION", allow_negative_numbers = true, value_parser = spellings::number)
    )]
    pub min_vaf: Option<f64>,
    /// Smallest VAF in a male for a gene on X, 0 to 1 [panel: 0.04]
    #[cfg_attr(
        feature = "cli",
        arg(long, value_name = "FRACTION", allow_negative_numbers = true, value_parser = spellings::number)
    )]
    pub min_vaf_x_linked_male: Option<f64>,
    /// Smallest depth for a decision [panel: 20]
    #[cfg_attr(
        feature = "cli",
        arg(long, value_name = "N", allow_negative_numbers = true, value_parser = spellings::whole::<u32>)
    )]
    pub min_depth: Option<u32>,
    /// Smallest number of alternative fragments [panel: 3]
    #[cfg_attr(
        feature = "cli",
        arg(long, value_name = "N", allow_negative_numbers = true, value_parser = spellings::whole::<u32>)
    )]
    pub min_alt: Option<u32>,
    /// Population frequencies, a VCF or BCF with index (gnomAD, ToMMo, ...); may be given several times (a file a chromosome)
    #[cfg_attr(feature = "cli", arg(long, value_name = "FILE"))]
    #[serde(deserialize_with = "one_or_many")]
    pub population: Vec<PathBuf>,
    /// INFO field of the population files to read, may be given several times [default: AF and those of the largest populations]
    #[cfg_attr(feature = "cli", arg(long, value_name = "KEY", requires = "population"))]
    pub population_key: Vec<String>,
    /// Alleles that other samples hold, TSV: chrom, pos, ref, alt, samples_with, samples (see docs/filters.md)
    #[cfg_attr(feature = "cli", arg(long, value_name = "FILE"))]
    pub recurrent: Option<PathBuf>,
    /// Likely artifacts of a cohort (`artifacts.toml`): their excluding rules are added to the panel
    #[cfg_attr(feature = "cli", arg(long, value_name = "TOML"))]
    pub artifacts: Option<PathBuf>,
    /// Correct calcium for albumin (calcium + 0.8 mg/dL per g/dL of albumin below 4), on the plasma-cell road
    #[cfg_attr(feature = "cli", arg(long))]
    pub correct_calcium: bool,
    /// Sequencing platform whose known artifacts the panel excludes: ukb-exome, aou-genome, or one of your own panel
    #[cfg_attr(feature = "cli", arg(long, value_name = "NAME"))]
    pub platform: Option<String>,
    /// Set a filter, or switch it off: --filter strand_sor=4 --filter dust=off; may be given several times (docs/filters.md)
    #[cfg_attr(feature = "cli", arg(long, value_name = "NAME=VALUE"))]
    #[serde(skip)]
    pub filter: Vec<String>,
    /// The same in a profile: a table of names and values. What `filter` says wins.
    #[cfg_attr(feature = "cli", arg(skip))]
    pub filters: IndexMap<String, toml::Value>,
    /// Which reads and bases count: in a profile a table of the options under that heading.
    #[cfg(feature = "alignments")]
    #[cfg_attr(feature = "cli", command(flatten))]
    pub reads: ReadOptions,
    /// Errors of single sites in normals, a table made by `hemoclone background`
    #[cfg(feature = "alignments")]
    #[cfg_attr(
        feature = "cli",
        arg(long, value_name = "FILE", help_heading = "Reads and bases")
    )]
    pub background: Option<PathBuf>,
    /// Draw some of the reads over each driver on the page (alignments only)
    #[cfg(feature = "alignments")]
    #[cfg_attr(feature = "cli", arg(long, help_heading = "Reads and bases"))]
    pub pileups: bool,
    /// Primers of an amplicon library (BED; the sixth column may name the strand): their bases are not counted. `learn`: from where
    /// reads begin, if that plainly is as in amplicons; `none`: there are none [default: learn]
    #[cfg(feature = "alignments")]
    #[cfg_attr(
        feature = "cli",
        arg(long, value_name = "BED", help_heading = "Reads and bases")
    )]
    pub primers: Option<PathBuf>,
    /// Options of `call` that `analyze` has with another meaning: a table of their own in a profile.
    #[cfg(feature = "alignments")]
    #[cfg_attr(feature = "cli", arg(skip))]
    pub call: CallProfile,
    /// What every report of a laboratory says where sheet and clinical file say nothing: a table of a profile.
    #[cfg_attr(feature = "cli", arg(skip))]
    pub report: ReportProfile,
    /// Sex of every sample that the sample sheet says nothing about
    #[cfg_attr(
        feature = "cli",
        arg(long, value_name = "SEX", value_parser = spellings::sex())
    )]
    pub sex: Option<String>,
    /// Sample column to report on, where a file holds a pair that is not recognised
    #[cfg_attr(feature = "cli", arg(long, value_name = "NAME"))]
    pub tumor_column: Option<String>,
    /// Sample column of the matched normal, in the same file or in that of --normal
    #[cfg_attr(feature = "cli", arg(long, value_name = "NAME"))]
    pub normal_column: Option<String>,
    /// What names a sample that no sample sheet names: its column or read group (sample), or its file (file) [default: the file
    /// where all files hold the same name, as TUMOR, else the sample]
    #[cfg_attr(feature = "cli", arg(long, value_name = "WHAT", value_enum))]
    pub name_by: Option<NameBy>,
    /// Languages of the HTML report: en, ja or both; the first is shown first [default: en,ja]
    #[cfg_attr(feature = "cli", arg(long, value_name = "LIST"))]
    pub lang: Option<String>,
    /// Files to write beside JSON and tables: html, vcf, mqc, maf, xlsx; `default` (html,vcf) and `all` stand for several
    #[cfg_attr(feature = "cli", arg(long, value_name = "LIST"))]
    pub formats: Option<String>,
    /// Read files at addresses over the network: https://, s3:// and gs://, BAM, CRAM, VCF and BCF with their index, of which only what is
    /// needed is fetched (docs/remote.md)
    #[cfg(feature = "remote")]
    #[cfg_attr(feature = "cli", arg(long))]
    pub remote: bool,
    /// Threads; the output does not depend on them [default: what the scheduler granted, else all]
    #[cfg_attr(
        feature = "cli",
        arg(short, long, value_name = "N", allow_negative_numbers = true, value_parser = spellings::threads)
    )]
    pub threads: Option<NonZeroUsize>,
}

impl Options {
    /// Puts these options over those of a profile: what is given here wins.
    #[must_use]
    pub fn over(self, profile: Self) -> Self {
        Self {
            panel: self.panel.or(profile.panel),
            reference: self.reference.or(profile.reference),
            targets: self.targets.or(profile.targets),
            build: self.build.or(profile.build),
            rules: self.rules.or(profile.rules),
            min_vaf: self.min_vaf.or(profile.min_vaf),
            min_vaf_x_linked_male: self.min_vaf_x_linked_male.or(profile.min_vaf_x_linked_male),
            min_depth: self.min_depth.or(profile.min_depth),
            min_alt: self.min_alt.or(profile.min_alt),
            population: first_given(self.population, profile.population),
            population_key: first_given(self.population_key, profile.population_key),
            recurrent: self.recurrent.or(profile.recurrent),
            artifacts: self.artifacts.or(profile.artifacts),
            correct_calcium: self.correct_calcium || profile.correct_calcium,
            platform: self.platform.or(profile.platform),
            filter: first_given(self.filter, profile.filter),
            filters: if self.filters.is_empty() {
                profile.filters
            } else {
                self.filters
            },
            #[cfg(feature = "alignments")]
            reads: self.reads.over(&profile.reads),
            #[cfg(feature = "alignments")]
            background: self.background.or(profile.background),
            #[cfg(feature = "alignments")]
            pileups: self.pileups || profile.pileups,
            #[cfg(feature = "alignments")]
            primers: self.primers.or(profile.primers),
            #[cfg(feature = "alignments")]
            call: profile.call,
            report: profile.report,
            sex: self.sex.or(profile.sex),
            tumor_column: self.tumor_column.or(profile.tumor_column),
            normal_column: self.normal_column.or(profile.normal_column),
            name_by: self.name_by.or(profile.name_by),
            lang: self.lang.or(profile.lang),
            formats: self.formats.or(profile.formats),
            #[cfg(feature = "remote")]
            remote: self.remote || profile.remote,
            threads: self.threads.or(profile.threads),
        }
    }

    /// Returns every option that names a file, by its key; the panel is not among them, for it may be one of the program.
    pub fn files(&self) -> impl Iterator<Item = (&'static str, &PathBuf)> {
        let one_each = [
            ("reference", &self.reference),
            ("targets", &self.targets),
            ("recurrent", &self.recurrent),
            ("artifacts", &self.artifacts),
            #[cfg(feature = "alignments")]
            ("background", &self.background),
        ];
        #[cfg(feature = "alignments")]
        let primers = self.primers.as_ref().filter(|p| names_file(p));
        #[cfg(not(feature = "alignments"))]
        let primers = None;
        let population = self.population.iter().map(|file| ("population", file));
        one_each
            .into_iter()
            .filter_map(|(key, file)| Some((key, file.as_ref()?)))
            .chain(primers.map(|file| ("primers", file)))
            .chain(population)
    }

    /// The same, to be changed.
    pub(super) fn files_mut(&mut self) -> impl Iterator<Item = &mut PathBuf> {
        let files = [
            &mut self.reference,
            &mut self.targets,
            &mut self.recurrent,
            &mut self.artifacts,
            #[cfg(feature = "alignments")]
            &mut self.background,
        ];
        #[cfg(feature = "alignments")]
        let primers = self.primers.as_mut().filter(|p| names_file(p));
        #[cfg(not(feature = "alignments"))]
        let primers = None;
        files
            .into_iter()
            .flatten()
            .chain(primers)
            .chain(&mut self.population)
    }
}

/// Whether what is said of primers is a file, and no word.
#[cfg(feature = "alignments")]
fn names_file(primers: &std::path::Path) -> bool {
    crate::alignments::PrimerChoice::of(primers).file().is_some()
}

fn first_given<T>(one: Vec<T>, other: Vec<T>) -> Vec<T> {
    if one.is_empty() { other } else { one }
}

/// What names a sample that no sheet names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum NameBy {
    /// Its column, or the read group of its alignments.
    Sample,
    /// Its file: the name without its ending, with the folders that tell files of one name apart.
    File,
}

/// The table `[report]` of a profile: text that is printed as given, the same for every sample that says nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct ReportProfile {
    /// The laboratory.
    pub laboratory: Option<String>,
    /// Who asks for the reports.
    pub requester: Option<String>,
    /// Kind of specimen.
    pub specimen: Option<String>,
}

/// The table `[call]` of a profile: what passes in `call`. `min-vaf` of `analyze` is the smallest of a driver, and far above.
#[cfg(feature = "alignments")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
#[allow(clippy::struct_field_names, reason = "names of the command line")]
pub struct CallProfile {
    /// `--min-quality`.
    pub min_quality: Option<f64>,
    /// `--min-alt`.
    pub min_alt: Option<u32>,
    /// `--min-vaf`.
    pub min_vaf: Option<f64>,
}

/// Reads one file or a list of them.
fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<PathBuf>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMany {
        One(PathBuf),
        Many(Vec<PathBuf>),
    }
    Ok(match OneOrMany::deserialize(deserializer)? {
        OneOrMany::One(file) => vec![file],
        OneOrMany::Many(files) => files,
    })
}
