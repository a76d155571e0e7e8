//! Population frequencies of a file of their own (gnomAD, ToMMo, 1000 Genomes): read through its index, window by window, as
//! the samples ask for them.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

use super::error::ScanError;
use super::header::Header;
use super::index::FittingIndex;
use super::input::Input;
use super::population::{is_frequency, of_allele};
use super::reader::Reader;
use super::record::Record;
use crate::evidence::PopulationFrequency;
use crate::genome::{BaseSource, Build, Chromosome, Regions, Variant};

/// INFO keys that are read where the user names none, lower case: the frequency over all, and the highest of the large
/// populations. Those of single small populations are left out: a handful of carriers there is no frequency.
const KEYS: [&str; 10] = [
    "af",
    "af_popmax",
    "af_grpmax",
    "popmax_af",
    "grpmax_af",
    "af_joint",
    "af_grpmax_joint",
    "gnomad_af",
    "max_af",
    "af_max",
];

/// Width of the windows in which a file is read: one interval of the linear index of tabix.
const WINDOW: u32 = 1 << 14;

/// Bases around a window that belong to it: indels of the file that are not left-aligned stand farther right.
const MARGIN: u32 = 100;

/// Why population frequencies cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PopulationError {
    /// The file cannot be read.
    // No source: the message holds its own already.
    #[error("population file: {0}")]
    Scan(ScanError),
    /// The file is on another build.
    #[error("population file {file} is on {found}, the calls are on {wanted}; give the file of {wanted}")]
    Build {
        /// The file.
        file: String,
        /// Its build.
        found: Build,
        /// That of the calls.
        wanted: Build,
    },
    /// The header declares no frequency, or not the one asked for.
    #[error(
        "population file {file} has no INFO field {wanted}; frequencies it declares: {declared}; name one with --population-key"
    )]
    Key {
        /// The file.
        file: String,
        /// What was looked for.
        wanted: String,
        /// What looks like a frequency.
        declared: String,
    },
    /// A reference allele is another than the reference sequence.
    #[error(
        "population file {file}: REF of {site} is {found}, the reference of {build} has {expected}: the file is of another build, or damaged"
    )]
    Reference {
        /// The file.
        file: String,
        /// Contig and position.
        site: String,
        /// The build of the calls.
        build: Build,
        /// REF of the file.
        found: String,
        /// Bases of the reference.
        expected: String,
    },
}

impl From<ScanError> for PopulationError {
    fn from(error: ScanError) -> Self {
        Self::Scan(error)
    }
}

/// Files of population frequencies on one build; of several frequencies of an allele the highest counts.
pub struct PopulationFiles {
    build: Build,
    files: Vec<PopulationFile>,
    /// Where the panel looks, widened.
    regions: Regions,
    windows: Mutex<HashMap<(Chromosome, u32), Arc<Window>>>,
}

type Window = HashMap<Variant, PopulationFrequency>;

struct PopulationFile {
    input: Input,
    index: FittingIndex,
    keys: Vec<String>,
}

impl PopulationFiles {
    /// Opens the files: each must have an index, be on the build, and declare a frequency. `keys` are the INFO keys wanted;
    /// none: those of a frequency over all and of the largest populations. `given` is the build where the user names it, for
    /// a header that does not tell.
    pub fn open(
        inputs: &[Input],
        keys: &[String],
        build: Build,
        given: Option<Build>,
        regions: &Regions,
    ) -> Result<Self, PopulationError> {
        let files = inputs
            .iter()
            .map(|input| PopulationFile::open(input, keys, build, given))
            .collect::<Result<_, _>>()?;
        let widened = regions.chromosomes().flat_map(|chromosome| {
            let wide = move |&(first, last): &(u32, u32)| {
                (
                    chromosome,
                    first.saturating_sub(MARGIN).max(1)..=last.saturating_add(MARGIN),
                )
            };
            regions.of(chromosome).iter().map(wide)
        });
        Ok(Self {
            build,
            files,
            regions: Regions::new(widened),
            windows: Mutex::default(),
        })
    }

    /// Returns the highest frequency of a left-aligned variant, and where it stands; an MNV that no file has as such is at most
    /// as frequent as the rarest of its substitutions, where all of them are there.
    pub fn frequency(
        &self,
        variant: &Variant,
        bases: &dyn BaseSource,
    ) -> Result<Option<PopulationFrequency>, PopulationError> {
        if self.files.is_empty() {
            return Ok(None);
        }
        if let Some(found) = self.window_of(variant, bases)?.get(variant) {
            return Ok(Some(found.clone()));
        }
        let mut rarest: Option<PopulationFrequency> = None;
        for part in variant.substitutions() {
            let Some(found) = self.window_of(&part, bases)?.get(&part).cloned() else {
                return Ok(None);
            };
            if rarest.as_ref().is_none_or(|r| found.frequency < r.frequency) {
                rarest = Some(found);
            }
        }
        Ok(rarest.map(|r| PopulationFrequency {
            field: format!("{} (rarest substitution)", r.field),
            ..r
        }))
    }

    fn window_of(&self, variant: &Variant, bases: &dyn BaseSource) -> Result<Arc<Window>, PopulationError> {
        let key = (variant.chromosome(), variant.position() / WINDOW);
        if let Ok(windows) = self.windows.lock()
            && let Some(window) = windows.get(&key)
        {
            return Ok(Arc::clone(window));
        }
        let window = Arc::new(self.read_window(key, bases)?);
        if let Ok(mut windows) = self.windows.lock() {
            windows.insert(key, Arc::clone(&window));
        }
        Ok(window)
    }

    fn read_window(
        &self,
        (chromosome, number): (Chromosome, u32),
        bases: &dyn BaseSource,
    ) -> Result<Window, PopulationError> {
        let first = (number * WINDOW).saturating_sub(MARGIN).max(1);
        let last = number
            .saturating_add(1)
            .saturating_mul(WINDOW)
            .saturating_add(MARGIN);
        let parts = self.regions.intersect(chromosome, &[first..=last]);
        let regions = Regions::new(parts.into_iter().map(|part| (chromosome, part)));
        let mut window = Window::new();
        for file in &self.files {
            file.read(self.build, &regions, bases, &mut window)?;
        }
        Ok(window)
    }
}

impl std::fmt::Debug for PopulationFiles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PopulationFiles")
            .field("build", &self.build)
            .finish_non_exhaustive()
    }
}

impl PopulationFile {
    fn open(
        input: &Input,
        keys: &[String],
        wanted: Build,
        given: Option<Build>,
    ) -> Result<Self, PopulationError> {
        if input.is_read_once() {
            return Err(ScanError::NoIndex {
                file: input.display(),
                problem: "it is a pipe, and only a file has an index".into(),
            }
            .into());
        }
        let mut reader = Reader::open(input, 1)?;
        let recognized = reader.recognize_build(given)?;
        if recognized.build != wanted {
            return Err(PopulationError::Build {
                file: input.display(),
                found: recognized.build,
                wanted,
            });
        }
        let keys = chosen_keys(&reader.header, keys).map_err(|(wanted, declared)| PopulationError::Key {
            file: input.display(),
            wanted,
            declared,
        })?;
        Ok(Self {
            index: reader.index()?,
            input: input.clone(),
            keys,
        })
    }

    fn read(
        &self,
        build: Build,
        regions: &Regions,
        bases: &dyn BaseSource,
        window: &mut Window,
    ) -> Result<(), PopulationError> {
        let mut reader = Reader::open(&self.input, 1)?;
        let mut wrong = None;
        reader.for_each_indexed(&self.index, regions, &mut |record, _, _| {
            wrong = self.contradiction(record, build, bases);
            if wrong.is_some() {
                return Ok(ControlFlow::Break(()));
            }
            self.take(record, build, bases, window);
            Ok(ControlFlow::Continue(()))
        })?;
        wrong.map_or(Ok(()), Err)
    }

    fn take(&self, record: &Record<'_>, build: Build, bases: &dyn BaseSource, window: &mut Window) {
        let Some(chromosome) = Chromosome::parse(record.contig) else {
            return;
        };
        for (index, alternate) in record.alternates.iter().enumerate() {
            let variant = Variant::new(build, chromosome, record.position, record.reference, alternate);
            let (Ok(variant), Some(found)) = (variant, self.highest(record, index + 1)) else {
                continue;
            };
            let known = window
                .entry(variant.left_aligned(bases))
                .or_insert_with(|| found.clone());
            if found.frequency > known.frequency {
                *known = found;
            }
        }
    }

    fn highest(&self, record: &Record<'_>, allele: usize) -> Option<PopulationFrequency> {
        let values = self.keys.iter().filter_map(|key| {
            let value = of_allele(record, allele, record.info.get(key)?)?;
            (0.0..=1.0).contains(&value).then_some((value, key))
        });
        let (frequency, key) = values.max_by(|a, b| a.0.total_cmp(&b.0))?;
        // A resource's own filter says that its reads are not trusted; the frequency is told with it.
        let filter = match record.filter {
            "." | "PASS" | "" => String::new(),
            names => format!(" [{names}]"),
        };
        let field = format!("{} INFO/{key}{filter}", self.input.file_name());
        Some(PopulationFrequency { frequency, field })
    }

    fn contradiction(
        &self,
        record: &Record<'_>,
        build: Build,
        bases: &dyn BaseSource,
    ) -> Option<PopulationError> {
        let chromosome = Chromosome::parse(record.contig)?;
        let length = u32::try_from(record.reference.len()).ok()?;
        let last = record.position.checked_add(length)?.checked_sub(1)?;
        let expected = bases.bases(chromosome, record.position..=last)?;
        let found = record.reference.to_ascii_uppercase();
        let differs = |(a, b): (&u8, u8)| *a != b && *a != b'N' && b != b'N';
        expected
            .iter()
            .zip(found.bytes())
            .any(differs)
            .then(|| PopulationError::Reference {
                file: self.input.display(),
                site: format!("{}:{}", record.contig, record.position),
                build,
                found,
                expected: String::from_utf8_lossy(&expected).into_owned(),
            })
    }
}

/// Returns the keys to read; the error is what was looked for, and what the header declares that looks like a frequency.
fn chosen_keys(header: &Header, wanted: &[String]) -> Result<Vec<String>, (String, String)> {
    let mut declared: Vec<&String> = header.infos.keys().collect();
    declared.sort_unstable();
    let like: Vec<&str> = declared
        .iter()
        .filter(|k| {
            is_frequency(k)
                || k.to_ascii_lowercase()
                    .split('_')
                    .any(|w| w == "af" || w.starts_with("faf"))
        })
        .map(|k| k.as_str())
        .collect();
    let listed = || {
        if like.is_empty() {
            "none".to_owned()
        } else {
            like.join(", ")
        }
    };
    if let Some(absent) = wanted.iter().find(|k| !declared.contains(k)) {
        return Err((absent.clone(), listed()));
    }
    if !wanted.is_empty() {
        return Ok(wanted.to_vec());
    }
    let known = |k: &&&String| KEYS.contains(&k.to_ascii_lowercase().as_str());
    let mut keys: Vec<String> = declared.iter().filter(known).map(|k| (*k).clone()).collect();
    if keys.is_empty() {
        keys = declared
            .iter()
            .filter(|k| is_frequency(k))
            .map(|k| (*k).clone())
            .collect();
    }
    if keys.is_empty() {
        return Err(("AF".to_owned(), listed()));
    }
    Ok(keys)
}
