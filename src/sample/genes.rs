//! What is known of each gene of the panel in a sample: its calls, and where a clone would have been seen.

use std::ops::RangeInclusive;

use super::detection_limit;
use super::targets::GeneTarget;
use crate::drivers::GeneResult;
use crate::drivers::{Call, CallStatus};
use crate::drivers::{GeneState, ProteinMap};
use crate::evidence::{Coverage, DepthRange};
use crate::genome::Chromosome;
use crate::panel::Thresholds;

/// Makes the results of genes.
#[derive(Clone, Copy, Debug)]
pub(super) struct GeneJudge<'a> {
    /// Cut-offs in force.
    pub thresholds: &'a Thresholds,
    /// Depths that the file shows.
    pub coverage: &'a Coverage,
}

impl GeneJudge<'_> {
    /// Returns what is known of a gene, from the calls of the whole sample.
    pub(super) fn result(&self, target: &GeneTarget<'_>, calls: &[Call]) -> GeneResult {
        let gene = target.gene;
        let own: Vec<&Call> = calls
            .iter()
            .filter(|c| c.consequence.gene == gene.symbol)
            .collect();
        let count = |status| own.iter().filter(|c| c.status == status).count();
        let (drivers, drivers_to_review) = (count(CallStatus::Driver), count(CallStatus::DriverReview));
        let seen = self.assessed(target);
        let largest_vaf = own
            .iter()
            .filter(|c| c.status.is_driver_or_review())
            .filter_map(|c| c.evidence.vaf)
            .fold(None, |best: Option<f64>, v| Some(best.map_or(v, |b| b.max(v))));
        let other_calls = own.len() - drivers - drivers_to_review;
        let contradicted = own.iter().any(|c| c.status == CallStatus::ReferenceMismatch);
        let state = GeneResult::state_of(
            drivers + drivers_to_review,
            other_calls,
            target.gene_bases,
            seen.assessed_bases,
        );
        GeneResult {
            gene: gene.symbol.clone(),
            transcript: gene.transcript.clone(),
            class: gene.class,
            ipssm: gene.ipssm,
            chrs_high_risk: gene.chrs_high_risk,
            state: if contradicted && state != GeneState::Mutated {
                GeneState::Undecided
            } else {
                state
            },
            drivers,
            drivers_to_review,
            other_calls,
            largest_vaf,
            target_bases: target.gene_bases,
            targeted_bases: (seen.target_bases < target.gene_bases).then_some(seen.target_bases),
            assessed_bases: seen.assessed_bases,
            coverage_stated: false,
            min_depth: seen.min_depth,
            detection_limit: seen.detection_limit,
            detection_limit_95: seen.detection_limit_95,
            facts: if drivers + drivers_to_review > 0 {
                gene.facts.clone()
            } else {
                Vec::new()
            },
            protein: (drivers + drivers_to_review > 0)
                .then(|| ProteinMap::new(gene, residues(target)))
                .flatten(),
        }
    }

    /// Counts the target bases at which a clone at the VAF threshold would have been seen with 95 % power.
    fn assessed(&self, target: &GeneTarget<'_>) -> TargetCoverage {
        let thresholds = self.thresholds;
        let chromosome = target.transcript.chromosome();
        let (mut target_bases, mut known_bases, mut assessed_bases) = (0, 0, 0);
        let mut min_depth: Option<u32> = None;
        let mut limits: Vec<(f64, u32)> = Vec::new();
        for range in &target.target {
            target_bases += range.end() - range.start() + 1;
            for known in covered(self.coverage, chromosome, range) {
                let bases = known.last - known.first + 1;
                known_bases += bases;
                min_depth = Some(min_depth.map_or(known.depth, |m| m.min(known.depth)));
                let limit = limit_of(&known, thresholds);
                limits.push((limit.unwrap_or(NO_LIMIT), bases));
                if is_assessed(&known, thresholds) {
                    assessed_bases += bases;
                }
            }
        }
        // A limit for the gene is a statement on all of it.
        let whole = known_bases == target_bases && target_bases > 0;
        let limit_of_share = |share| {
            let limit = whole.then(|| reached_by(&mut limits.clone(), share))?;
            limit.filter(|l| *l < NO_LIMIT)
        };
        TargetCoverage {
            target_bases,
            assessed_bases,
            min_depth,
            detection_limit: limit_of_share(1.0),
            detection_limit_95: limit_of_share(0.95),
        }
    }
}

/// Returns the length of a gene's protein.
fn residues(target: &GeneTarget<'_>) -> u32 {
    let coding = target.transcript.coding_regions(0);
    let bases: u32 = coding.iter().map(|r| r.end() - r.start() + 1).sum();
    // The stop codon is no residue.
    (bases / 3).saturating_sub(1)
}

/// Stands for bases at which no clone would have been called.
const NO_LIMIT: f64 = 1.0;

/// Returns the detection limit of a stretch: the caller's own where it says, else that of the depth alone.
fn limit_of(range: &DepthRange, thresholds: &Thresholds) -> Option<f64> {
    match range.limit {
        Some(limit) => (limit < NO_LIMIT).then_some(limit),
        None => detection_limit(range.depth, thresholds.min_alt),
    }
}

/// Whether a clone at the VAF threshold would have been called over a stretch with 95 % power.
pub(super) fn is_assessed(range: &DepthRange, thresholds: &Thresholds) -> bool {
    range.depth >= thresholds.min_depth
        && limit_of(range, thresholds).is_some_and(|l| l <= thresholds.min_vaf)
}

/// Returns the smallest limit that holds for a share of the bases.
pub(super) fn reached_by(limits: &mut [(f64, u32)], share: f64) -> Option<f64> {
    limits.sort_by(|a, b| a.0.total_cmp(&b.0));
    let all: u32 = limits.iter().map(|(_, bases)| bases).sum();
    let wanted = f64::from(all) * share;
    let mut sum = 0;
    limits
        .iter()
        .find(|(_, bases)| {
            sum += bases;
            f64::from(sum) >= wanted
        })
        .map(|(limit, _)| *limit)
}

struct TargetCoverage {
    target_bases: u32,
    assessed_bases: u32,
    min_depth: Option<u32>,
    detection_limit: Option<f64>,
    detection_limit_95: Option<f64>,
}

/// Returns the stretches of known depth within a range.
pub(super) fn covered(
    coverage: &Coverage,
    chromosome: Chromosome,
    range: &RangeInclusive<u32>,
) -> impl Iterator<Item = DepthRange> {
    let (start, end) = (*range.start(), *range.end());
    let ranges = coverage.of(chromosome);
    let first = ranges.partition_point(|r| r.last < start);
    ranges[first..]
        .iter()
        .take_while(move |r| r.first <= end)
        .map(move |r| DepthRange {
            first: r.first.max(start),
            last: r.last.min(end),
            ..*r
        })
}
