//! Everything over the samples of a cohort, from its members in any order.

use std::collections::BTreeMap;

use super::batches::{BatchRow, Batches};
use super::kinship::{Kinship, KinshipRow};
use super::member::Member;
use super::outliers::{OutlierRow, Outliers};
use super::pairs::{PairRow, Pairs};
use super::prevalence::{Prevalence, PrevalenceRow, PublishedRow};
use super::vafs::{BINS, Vafs};
use super::variants::{VariantRow, Variants};

/// What is counted while the members go by.
#[derive(Clone, Debug, Default)]
pub struct Totals {
    genes: Vec<String>,
    samples: u32,
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
    /// Every allele, with how often it recurs.
    pub variants: Vec<VariantRow>,
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

    /// Counts a member.
    pub fn add(&mut self, member: &Member) {
        self.samples += 1;
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

    /// Returns the number of different alleles so far.
    pub fn alleles(&self) -> usize {
        self.variants.len()
    }

    /// Makes the tables.
    pub fn summary(&self) -> Summary {
        let variants = self
            .variants
            .rows(&self.genes, self.samples, &self.batches.samples());
        Summary {
            genes: self.genes.clone(),
            samples: self.samples,
            failed: self.failed,
            versions: self.versions.clone(),
            callers: self.callers.clone(),
            prevalence: self.prevalence.rows(&self.genes),
            published: self.prevalence.against_published(),
            pairs: self.pairs.rows(&self.genes),
            variants,
            kinship: self.kinship.rows(&self.variants),
            outliers: self.outliers.rows(),
            batches: self.batches.rows(),
            vafs: self.vafs.counts(),
        }
    }
}
