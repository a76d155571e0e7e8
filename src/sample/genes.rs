//! What is known of each gene of the panel in a sample: its calls, and where a clone would have been seen.

use std::ops::RangeInclusive;

use super::targets::GeneTarget;
use super::{GeneResult, detection_limit};
use crate::drivers::{Call, CallStatus};
use crate::evidence::{Coverage, DepthRange};
use crate::genome::Chromosome;
use crate::panel::Thresholds;

/// Makes the results of genes.
#[derive(Clone, Copy, Debug)]
pub struct GeneJudge<'a> {
    /// Cut-offs in force.
    pub thresholds: &'a Thresholds,
    /// Depths that the file shows.
    pub coverage: &'a Coverage,
}

impl GeneJudge<'_> {
    /// Returns what is known of a gene, from the calls of the whole sample.
    pub fn result(&self, target: &GeneTarget<'_>, calls: &[Call]) -> GeneResult {
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
            .filter(|c| matches!(c.status, CallStatus::Driver | CallStatus::DriverReview))
            .filter_map(|c| c.evidence.vaf)
            .fold(None, |best: Option<f64>, v| Some(best.map_or(v, |b| b.max(v))));
        let other_calls = own.len() - drivers - drivers_to_review;
        GeneResult {
            gene: gene.symbol.clone(),
            transcript: gene.transcript.clone(),
            class: gene.class,
            ipssm: gene.ipssm,
            chrs_high_risk: gene.chrs_high_risk,
            state: GeneResult::state_of(
                drivers + drivers_to_review,
                other_calls,
                seen.target_bases,
                seen.assessed_bases,
            ),
            drivers,
            drivers_to_review,
            other_calls,
            largest_vaf,
            target_bases: seen.target_bases,
            assessed_bases: seen.assessed_bases,
            min_depth: seen.min_depth,
            detection_limit: seen.detection_limit,
            facts: gene.facts.clone(),
        }
    }

    /// Counts the target bases at which a clone at the VAF threshold would have been seen with 95 % power.
    fn assessed(&self, target: &GeneTarget<'_>) -> TargetCoverage {
        let thresholds = self.thresholds;
        let chromosome = target.transcript.chromosome();
        let (mut target_bases, mut known_bases, mut assessed_bases) = (0, 0, 0);
        let mut min_depth: Option<u32> = None;
        for range in &target.target {
            target_bases += range.end() - range.start() + 1;
            for DepthRange { first, last, depth } in covered(self.coverage, chromosome, range) {
                let bases = last - first + 1;
                known_bases += bases;
                min_depth = Some(min_depth.map_or(depth, |m| m.min(depth)));
                let limit = detection_limit(depth, thresholds.min_alt);
                if depth >= thresholds.min_depth && limit.is_some_and(|l| l <= thresholds.min_vaf) {
                    assessed_bases += bases;
                }
            }
        }
        // A limit for the gene is a statement on all of it.
        let whole = known_bases == target_bases && target_bases > 0;
        let detection_limit = min_depth
            .filter(|_| whole)
            .and_then(|d| detection_limit(d, thresholds.min_alt));
        TargetCoverage {
            target_bases,
            assessed_bases,
            min_depth,
            detection_limit,
        }
    }
}

struct TargetCoverage {
    target_bases: u32,
    assessed_bases: u32,
    min_depth: Option<u32>,
    detection_limit: Option<f64>,
}

/// Returns the stretches of known depth within a range.
fn covered(
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
            depth: r.depth,
        })
}
