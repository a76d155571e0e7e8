//! The tables of a comparison: one row a change, and one a stratum.

use super::evaluate::{ComparedChange, Why};
use super::metrics::{Figures, Stratum};
use super::requirement::Verdict;
use crate::report::table::table;
use crate::report::value::{Fraction, List};

/// Version of the layout of `comparison.json` and `changes.json`: the first number is raised where what a reader relies on changes its meaning
/// or goes, the second where something is added.
pub const COMPARISON_VERSION: &str = "1.0.0";

/// What stands for a stratum that is not parted.
const ALL: &str = "all";

table! {
    /// One change of the truth, or one allele beyond it.
    ChangeRow(change: &ComparedChange) {
        /// Sample as observed.
        sample: String, "S1" => change.sample.clone();
        /// `found`, `missed`, `not_assessed` (the observed says that it could not be seen there), `false` (observed, and none of a truth that lists all there is), `extra` (observed, and the truth does not list all there is).
        outcome: &'static str, "missed" => change.outcome.name();
        /// `snv`, `mnv`, `insertion`, `deletion`, `complex`, `event`.
        kind as "type": &'static str, "snv" => change.change.change_type().name();
        /// HGNC gene symbol, where truth or observed name it.
        gene: Option<String>, "JAK2" => change.gene.clone();
        /// What the change is called, where truth or observed say so.
        name: Option<String>, "p.V617F" => change.name.clone();
        /// Chromosome.
        chrom: String, "chr9" => change.change.chromosome().name().to_owned();
        /// 1-based position, left-aligned.
        pos: u32, "5073770" => change.change.columns().0;
        /// Reference allele; empty for an event.
        reference as "ref": Option<String>, "G" => change.change.columns().1;
        /// Alternative allele; `<gain:300>` for an event.
        alternate as "alt": String, "T" => change.change.columns().2;
        /// The change in one word.
        variant_key: String, "GRCh38:chr9:5073770:G:T" => change.change.key();
        /// True VAF.
        truth_vaf: Option<Fraction>, "0.050000" => change.truth_vaf.map(Fraction);
        /// Observed VAF; of pieces the smallest.
        observed_vaf: Option<Fraction>, "0.043600" => change.observed_vaf.map(Fraction);
        /// Lower end of the 95 % interval of the observed VAF.
        observed_vaf_low: Option<Fraction>, "0.035500" => change.interval.map(|i| Fraction(i.low));
        /// Its upper end.
        observed_vaf_high: Option<Fraction>, "0.053400" => change.interval.map(|i| Fraction(i.high));
        /// Whether the true VAF lies in the interval.
        in_interval: Option<bool>, "true" => change.in_interval();
        /// Smallest VAF that would have been called there with 95 % power, where the observed says.
        detection_limit: Option<Fraction>, "0.008000" => change.limit.map(Fraction);
        /// Whether the true VAF is at or above it.
        above_limit: Option<bool>, "true" => change.above_limit();
        /// `allele`, `haplotype` (other alleles that read the same bases), `event` (kind, place and size fit).
        matched_by: Option<&'static str>, "allele" => change.matched_by.map(super::matching::MatchedBy::name);
        /// The alleles that it was found as.
        found_as: List, "GRCh38:chr9:5073770:G:T" => change.found_as.iter().collect();
        /// `set_aside` with status or filter, `coverage_not_stated`, `off_panel`, `outside_targets`, `too_shallow`, `place_not_sure`.
        reasons: List, "set_aside: artifact_suspected" => change.why.iter().map(Why::text).collect();
    }
}

table! {
    /// The figures of all changes or of a part of them.
    MetricRow(stratum: &Stratum, figures: &Figures) {
        /// Type, or `all`.
        kind as "type": &'static str, "snv" => stratum.kind.map_or(ALL, super::change::ChangeType::name);
        /// VAF from (that is in it); empty where it does not part. Truth counts by its true VAF, what was observed by its observed VAF.
        vaf_from: Option<Fraction>, "0.020000" => stratum.vaf.map(|(low, _)| Fraction(low));
        /// VAF to (that is not in it, but for 1).
        vaf_to: Option<Fraction>, "0.050000" => stratum.vaf.map(|(_, high)| Fraction(high));
        /// Sample; empty where it does not part.
        sample: Option<String>, "S1" => stratum.sample.clone();
        /// Changes of the truth that were found.
        found: u32, "21" => figures.sensitivity.count;
        /// Changes of the truth that were missed.
        missed: u32, "1" => figures.sensitivity.total - figures.sensitivity.count;
        /// Changes of the truth that could not be seen: neither found nor missed.
        not_assessed: u32, "0" => figures.not_assessed;
        /// Found of found and missed.
        sensitivity: Option<Fraction>, "0.954545" => figures.sensitivity.value().map(Fraction);
        /// Lower end of its 95 % interval (Wilson score).
        sensitivity_low: Option<Fraction>, "0.782059" => figures.sensitivity.interval().map(|i| Fraction(i.low));
        /// Upper end.
        sensitivity_high: Option<Fraction>, "0.991930" => figures.sensitivity.interval().map(|i| Fraction(i.high));
        /// Observed alleles that are true; empty where the truth does not list all there is.
        observed_true: Option<u32>, "21" => (figures.precision.total > 0).then_some(figures.precision.count);
        /// Observed alleles that are false; empty likewise.
        observed_false: Option<u32>, "0" => (figures.precision.total > 0).then(|| figures.precision.total - figures.precision.count);
        /// Observed alleles of which the truth says nothing.
        extra: u32, "0" => figures.extra;
        /// True of true and false.
        precision: Option<Fraction>, "1.000000" => figures.precision.value().map(Fraction);
        /// Lower end of its 95 % interval (Wilson score).
        precision_low: Option<Fraction>, "0.845361" => figures.precision.interval().map(|i| Fraction(i.low));
        /// Upper end.
        precision_high: Option<Fraction>, "1.000000" => figures.precision.interval().map(|i| Fraction(i.high));
        /// Changes found of which both fractions are known.
        vaf_pairs: u32, "20" => figures.deviation.count();
        /// Mean of observed less true VAF.
        vaf_bias: Option<Fraction>, "-0.001200" => figures.deviation.bias().map(Fraction);
        /// Root of the mean square of the difference.
        vaf_rmse: Option<Fraction>, "0.006100" => figures.deviation.rmse().map(Fraction);
        /// Largest difference, whatever its sign.
        vaf_error: Option<Fraction>, "0.027300" => figures.deviation.largest().map(Fraction);
        /// Changes found whose true VAF lies in the observed 95 % interval.
        in_interval: u32, "19" => figures.in_interval.count;
        /// Changes found of which interval and true VAF are known.
        with_interval: u32, "20" => figures.in_interval.total;
        /// Share of them; 0.95 where intervals hold what they promise and the true fractions are exact.
        interval_coverage: Option<Fraction>, "0.950000" => figures.in_interval.value().map(Fraction);
        /// Changes at or above the detection limit of their place that were found.
        above_limit_found: u32, "18" => figures.above_limit.count;
        /// Changes at or above it that were missed.
        above_limit_missed: u32, "0" => figures.above_limit.total - figures.above_limit.count;
        /// Share found; 0.95 or more where limits hold what they promise.
        limit_sensitivity: Option<Fraction>, "1.000000" => figures.above_limit.value().map(Fraction);
    }
}

table! {
    /// One requirement.
    RequirementRow(verdict: &Verdict) {
        /// As written.
        requirement: String, "sensitivity>=0.99@vaf>=0.02" => verdict.requirement.clone();
        /// Whether it is met; what cannot be told is not.
        met: bool, "true" => verdict.is_met;
        /// The figure; empty where nothing is in its part.
        value: Option<Fraction>, "1.000000" => verdict.value.map(Fraction);
        /// Changes that speak against it.
        against: usize, "0" => verdict.against.len();
    }
}
