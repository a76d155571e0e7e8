//! What lies beside the samples of a run: population frequencies, recurrent alleles, matched normals.

use std::sync::{Arc, OnceLock};

use anyhow::Context as _;

use super::error::Told;
use super::job::Job;
use super::messages::warn_of;
use super::plan::NormalPlan;
#[cfg(feature = "alignments")]
use super::plan::holds_alignments;
use crate::evidence::SampleAllele;
use crate::genome::{BaseSource, Build, Regions};
use crate::variants::{Input, NormalFile, PopulationFiles, RecurrentAlleles};

/// Something of one build that is opened when the first file of the build comes; a failure fails every file of it.
type Once<T> = OnceLock<Result<Option<Arc<T>>, Told>>;

/// Files of the run, by build.
#[derive(Debug)]
pub(super) struct Companions<'j> {
    job: &'j Job,
    population: [Once<PopulationFiles>; 2],
    recurrent: [Once<RecurrentAlleles>; 2],
    recurrent_bytes: OnceLock<Result<Vec<u8>, Told>>,
}

impl<'j> Companions<'j> {
    /// Makes the set; opens nothing yet.
    pub(super) fn new(job: &'j Job) -> Self {
        Self {
            job,
            population: Default::default(),
            recurrent: Default::default(),
            recurrent_bytes: OnceLock::new(),
        }
    }

    /// Returns the list of recurrent alleles, where one was given.
    pub(super) fn recurrent(
        &self,
        build: Build,
        bases: &dyn BaseSource,
    ) -> anyhow::Result<Option<Arc<RecurrentAlleles>>> {
        once(&self.recurrent[place(build)], || {
            let Some(path) = &self.job.options().recurrent else {
                return Ok(None);
            };
            let name = path.display().to_string();
            // Read once, for it may be a pipe, and for both builds.
            let bytes = self.recurrent_bytes.get_or_init(|| {
                self.job
                    .files
                    .read(path)
                    .with_context(|| format!("cannot read the recurrent alleles {name}"))
                    .map_err(|e| Told::new(&e))
            });
            let bytes = bytes.as_ref().map_err(Clone::clone)?;
            Ok(Some(RecurrentAlleles::read(
                bytes.as_slice(),
                &name,
                build,
                bases,
            )?))
        })
    }

    /// Puts population frequencies to alleles, where files were given; of several the highest stays.
    pub(super) fn add_population(
        &self,
        alleles: &mut [SampleAllele],
        build: Build,
        regions: &Regions,
        bases: &dyn BaseSource,
    ) -> anyhow::Result<()> {
        let files = once(&self.population[place(build)], || {
            if self.job.options().population.is_empty() {
                return Ok(None);
            }
            let inputs: Vec<Input> = self
                .job
                .options()
                .population
                .iter()
                .map(|p| self.job.files.input(p))
                .collect();
            Ok(Some(PopulationFiles::open(
                &inputs,
                &self.job.options().population_key,
                build,
                self.job.build,
                regions,
            )?))
        })?;
        let Some(files) = files else { return Ok(()) };
        for allele in alleles {
            let Some(variant) = allele.sequence() else {
                continue;
            };
            let variant = variant.clone().left_aligned(bases);
            let Some(found) = files.frequency(&variant, bases)? else {
                continue;
            };
            if allele
                .population
                .as_ref()
                .is_none_or(|own| found.frequency > own.frequency)
            {
                allele.population = Some(found);
            }
        }
        Ok(())
    }

    /// Puts what a matched normal shows to alleles, counted anew where it is given as alignments; returns its column.
    pub(super) fn add_normal(
        &self,
        alleles: &mut [SampleAllele],
        normal: &NormalPlan,
        build: Build,
        regions: &Regions,
        bases: &dyn BaseSource,
    ) -> anyhow::Result<Option<String>> {
        #[cfg(feature = "alignments")]
        if holds_alignments(&normal.path, &self.job.files) {
            super::reads::count_in_normal(self.job, &normal.path, alleles, build, bases)?;
            return Ok(None);
        }
        let input = self.job.files.variants(&normal.path)?;
        let found = NormalFile::read(
            &input,
            normal.column.as_deref(),
            build,
            self.job.build,
            regions,
            bases,
        )?;
        warn_of(&normal.path, &found.warnings);
        for allele in alleles {
            if let Some(variant) = allele.sequence() {
                allele.normal = found.of(&variant.clone().left_aligned(bases));
            }
        }
        Ok(found.column)
    }
}

const fn place(build: Build) -> usize {
    match build {
        Build::Grch37 => 0,
        Build::Grch38 => 1,
    }
}

fn once<T>(
    cell: &Once<T>,
    make: impl FnOnce() -> anyhow::Result<Option<T>>,
) -> anyhow::Result<Option<Arc<T>>> {
    cell.get_or_init(|| make().map(|made| made.map(Arc::new)).map_err(|e| Told::new(&e)))
        .clone()
        .map_err(Into::into)
}
