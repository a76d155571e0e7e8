//! Everything over the samples of a cohort, from its members in any order.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::artifact_panel::ArtifactRules;
use super::batches::{BatchRow, Batches};
use super::kinship::{Kinship, KinshipRow};
use super::member::{Digest, Member};
use super::names::Names;
use super::outliers::{OutlierRow, Outliers};
use super::pairs::{PairRow, Pairs};
use super::prevalence::{Prevalence, PrevalenceRow, PublishedRow};
use super::vafs::{BINS, Vafs};
use super::variants::{VariantRow, Variants};
use crate::genome::as_count;

/// Alleles that a page lists; the table has all.
const LISTED: usize = 500;

/// What is counted while the members go by: a few hundred bytes for each sample, and for each allele.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Totals {
    genes: Vec<String>,
    /// Samples in the order in which they came, and the digests of their reports.
    names: Names,
    digests: Vec<u64>,
    failed: u32,
    versions: BTreeMap<String, u32>,
    callers: BTreeMap<String, u32>,
    prevalence: Prevalence,
    pairs: Pairs,
    variants: Variants,
    kinship: Kinship,
    outliers: Outliers,
    batches: Batches,
    vafs: Vafs,
}

/// The tables over all samples.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// Genes of the panel, in its order.
    pub genes: Vec<String>,
    /// Number of samples.
    pub samples: u32,
    /// Samples whose reads were good for little (quality `fail`).
    pub failed: u32,
    /// Samples by version of the program.
    pub versions: BTreeMap<String, u32>,
    /// Input files by caller.
    pub callers: BTreeMap<String, u32>,
    /// Prevalence by gene, age and sex.
    pub prevalence: Vec<PrevalenceRow>,
    /// Published figures beside those of the cohort.
    pub published: Vec<PublishedRow>,
    /// Genes that are mutated together or apart.
    pub pairs: Vec<PairRow>,
    /// Number of different alleles.
    pub alleles: usize,
    /// The first alleles of several samples that are not inherited.
    pub recurrent: Vec<VariantRow>,
    /// What excludes the likely artifacts.
    pub artifacts: ArtifactRules,
    /// Samples of one person and of relatives.
    pub kinship: Vec<KinshipRow>,
    /// Samples that differ in depth or quality.
    pub outliers: Vec<OutlierRow>,
    /// Batches or runs.
    pub batches: Vec<BatchRow>,
    /// Drivers and drivers to review by gene, in bins of their VAF.
    pub vafs: Vec<[u32; BINS]>,
}

impl Totals {
    /// Starts with the genes of the panel, in its order.
    pub fn new(genes: Vec<String>) -> Self {
        Self {
            genes,
            ..Self::default()
        }
    }

    /// Returns the digest of the report of a sample that was counted.
    pub fn digest_of(&self, sample: &str) -> Option<Digest> {
        let place = self.names.find(sample)?;
        self.digests.get(place as usize).copied().map(Digest)
    }

    /// Returns the number of samples.
    pub const fn samples(&self) -> usize {
        self.names.len()
    }

    /// Returns the genes of the panel, in its order.
    pub fn genes(&self) -> &[String] {
        &self.genes
    }

    /// Counts a member; one whose name was counted already counts no more.
    pub fn add(&mut self, member: &Member) {
        if self.names.find(&member.sample).is_some() {
            return;
        }
        self.names.place(&member.sample);
        self.digests.push(member.digest.0);
        self.failed += u32::from(member.is_failed());
        *self.versions.entry(member.version.clone()).or_default() += 1;
        for caller in &member.callers {
            *self.callers.entry(caller.clone()).or_default() += 1;
        }
        self.prevalence.add(member);
        self.pairs.add(member);
        self.outliers.add(member);
        self.batches.add(member);
        self.vafs.add(member);
        let places = self.variants.add(member);
        self.kinship.add(member, &places);
    }

    /// Makes the tables; that of the alleles, which is as long as there are alleles, goes by row by row.
    ///
    /// # Errors
    ///
    /// The first error of `each`.
    pub fn summary<E: Send>(
        &self,
        mut each: impl FnMut(&VariantRow) -> Result<(), E> + Send,
    ) -> Result<Summary, E> {
        let samples = as_count(self.samples());
        let alleles = || {
            let mut recurrent = Vec::new();
            let mut artifacts = ArtifactRules::default();
            for row in self.variants.rows(&self.genes, samples, &self.batches.samples()) {
                each(&row)?;
                artifacts.add(&row);
                if recurrent.len() < LISTED && !matches!(row.kind, "inherited" | "single") {
                    recurrent.push(row);
                }
            }
            Ok((recurrent, artifacts))
        };
        // The two that take their time.
        let (alleles, kinship) = rayon::join(alleles, || self.kinship.rows(&self.names, &self.variants));
        let (recurrent, artifacts) = alleles?;
        Ok(Summary {
            genes: self.genes.clone(),
            samples,
            failed: self.failed,
            versions: self.versions.clone(),
            callers: self.callers.clone(),
            prevalence: self.prevalence.rows(&self.genes),
            published: self.prevalence.against_published(),
            pairs: self.pairs.rows(&self.genes),
            alleles: self.variants.len(),
            recurrent,
            artifacts,
            kinship,
            outliers: self.outliers.rows(&self.names),
            batches: self.batches.rows(),
            vafs: self.vafs.counts(),
        })
    }
}
