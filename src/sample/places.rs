//! How the alleles of one sample lie to each other in its file: several of one place, too many in a stretch.

use std::collections::{BTreeMap, BTreeSet};

use super::Settings;
use crate::drivers::filters::{Cluster, clusters};
use crate::evidence::FileAllele;
use crate::genome::Variant;
use crate::variants::SampleAllele;

/// What filters ask of a sample's alleles together.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Stretches with too many calls.
    pub clusters: Vec<Cluster>,
    /// Alleles with enough fragments, by contig, position and reference of the record.
    alternates: BTreeMap<(String, u32, String), usize>,
}

impl Places {
    /// Looks at the alleles that pass the panel's thresholds; the rest is noise of the caller.
    pub(super) fn new(alleles: &[SampleAllele], settings: &Settings) -> Self {
        let thresholds = &settings.thresholds;
        let enough = |a: &&SampleAllele| {
            let evidence = &a.evidence;
            evidence.vaf.is_some_and(|v| v >= thresholds.min_vaf)
                && evidence.alt_count.is_none_or(|n| n >= thresholds.min_alt)
                && evidence.depth.is_none_or(|d| d >= thresholds.min_depth)
        };
        let mut alternates = BTreeMap::new();
        // A variant that stands in the file twice is one.
        let mut variants: BTreeSet<&Variant> = BTreeSet::new();
        for allele in alleles.iter().filter(enough) {
            let Some(variant) = allele.sequence() else {
                continue;
            };
            if variants.insert(variant) {
                *alternates.entry(key(&allele.file_allele)).or_default() += 1;
            }
        }
        let places = variants.iter().map(|v| (v.chromosome(), v.position())).collect();
        Self {
            clusters: clusters(places, &settings.filters),
            alternates,
        }
    }

    /// Returns how many alternative alleles the sample holds at the place of an allele; 0 where it holds too little of any.
    pub(super) fn alternates(&self, allele: &FileAllele) -> usize {
        self.alternates.get(&key(allele)).copied().unwrap_or_default()
    }
}

fn key(allele: &FileAllele) -> (String, u32, String) {
    (
        allele.contig.clone(),
        allele.position,
        allele.reference.to_ascii_uppercase(),
    )
}
