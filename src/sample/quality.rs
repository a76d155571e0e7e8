//! What the reads of a sample were good for: depth, how much of the panel was assessed, and what its errors look like.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::genes::{covered, is_assessed, reached_by};
use super::sex_depth::SexByDepth;
use super::{ErrorSign, IdentityHint, ReadsInput, Settings, Targets};
use crate::evidence::Coverage;
use crate::genome::Sex;

/// Share of the target from which a sample is assessed; between the two it is limited. Choices of this program: 1 base in 20
/// is less than an exon of most genes, and with half of the panel unseen "not detected" says nothing about the sample.
const ASSESSED: f64 = 0.95;
const HARDLY_ASSESSED: f64 = 0.5;

/// Whether a sample can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QualityVerdict {
    /// Nothing speaks against it.
    Pass,
    /// Part of the panel was not assessed, or the reads are marked by damage or another sample.
    Limited,
    /// Most of the panel was not assessed.
    Fail,
}

impl QualityVerdict {
    /// Returns the name used in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Limited => "limited",
            Self::Fail => "fail",
        }
    }
}

/// What limits the quality of a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QualityCode {
    /// No read over the panel passes the filters.
    NoReads,
    /// Part of the target was not assessed at the VAF threshold.
    PartlyAssessed,
    /// An excess of G>T errors on one read of the pair: oxidized DNA.
    Oxidation,
    /// An excess of C>T errors: deaminated DNA, as in old or fixed material.
    Deamination,
    /// An excess of another substitution.
    ErrorExcess,
    /// Genes whose reads fit another place of the genome as well.
    NotUnique,
    /// The depth of the X chromosome contradicts the sex given.
    SexContradicts,
    /// Signs of DNA of another person, or of files of two people.
    AnotherPerson,
}

impl QualityCode {
    /// Every code.
    pub const ALL: [Self; 8] = [
        Self::NoReads,
        Self::PartlyAssessed,
        Self::Oxidation,
        Self::Deamination,
        Self::ErrorExcess,
        Self::NotUnique,
        Self::SexContradicts,
        Self::AnotherPerson,
    ];

    /// Returns the name used in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoReads => "no_reads",
            Self::PartlyAssessed => "partly_assessed",
            Self::Oxidation => "oxidation",
            Self::Deamination => "deamination",
            Self::ErrorExcess => "error_excess",
            Self::NotUnique => "not_unique",
            Self::SexContradicts => "sex_contradicts",
            Self::AnotherPerson => "another_person",
        }
    }
}

/// One thing that limits the quality.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QualityReason {
    /// What it is.
    pub code: QualityCode,
    /// The values it rests on.
    pub detail: String,
}

/// What the reads of a sample were good for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SampleQuality {
    /// Whether the sample can be relied on.
    pub verdict: QualityVerdict,
    /// What limits it.
    pub reasons: Vec<QualityReason>,
    /// Reads over the panel that passed the filters.
    pub reads: u64,
    /// Bases of the target: coding bases and splice sites of all genes.
    pub target_bases: u32,
    /// Of them, those at which a clone at the VAF threshold would have been called with 95 % power.
    pub assessed_bases: u32,
    /// Their share, 0 to 1.
    pub assessed_share: Option<f64>,
    /// Median depth over the target, fragments.
    pub median_depth: Option<u32>,
    /// Smallest VAF that would have been called with 95 % power at half of the target's bases.
    pub detection_limit_median: Option<f64>,
    /// The same for 95 % of the target's bases.
    pub detection_limit_95: Option<f64>,
    /// Substitutions that the sample's errors have too much of.
    pub error_signs: Vec<ErrorSign>,
    /// Which sex the depth of the X chromosome speaks for; `None` where the panel has too little of it. A hint: no threshold follows it.
    pub sex_by_depth: Option<SexByDepth>,
}

impl SampleQuality {
    /// Sums up genes, depths and what the reads show.
    pub(super) fn new(
        reads: &ReadsInput,
        identity: &[IdentityHint],
        targets: &Targets<'_>,
        coverage: &Coverage,
        settings: &Settings,
        sex: Option<Sex>,
    ) -> Self {
        let looked_at = targets.genes.iter().flat_map(|g| &g.target);
        let target_bases: u32 = looked_at.map(|r| r.end() - r.start() + 1).sum();
        let (mut depths, mut limits) = (Vec::new(), Vec::new());
        let mut assessed_bases = 0;
        for target in &targets.genes {
            let chromosome = target.transcript.chromosome();
            for range in target
                .target
                .iter()
                .flat_map(|r| covered(coverage, chromosome, r))
            {
                let bases = range.last - range.first + 1;
                depths.push((f64::from(range.depth), bases));
                limits.push((range.limit.unwrap_or(1.0), bases));
                if is_assessed(&range, &settings.thresholds) {
                    assessed_bases += bases;
                }
            }
        }
        // What has no depth at all was not seen: a contig that the file does not have.
        let known: u32 = depths.iter().map(|(_, bases)| bases).sum();
        depths.push((0.0, target_bases.saturating_sub(known)));
        limits.push((1.0, target_bases.saturating_sub(known)));
        let limit = |limits: &mut Vec<(f64, u32)>, share| reached_by(limits, share).filter(|l| *l < 1.0);
        let assessed_share = (target_bases > 0).then(|| f64::from(assessed_bases) / f64::from(target_bases));
        let mut quality = Self {
            verdict: QualityVerdict::Pass,
            reasons: Vec::new(),
            reads: reads.reads,
            target_bases,
            assessed_bases,
            assessed_share,
            median_depth: (target_bases > 0)
                .then(|| reached_by(&mut depths, 0.5))
                .flatten()
                .map(whole),
            detection_limit_median: limit(&mut limits, 0.5),
            detection_limit_95: limit(&mut limits, 0.95),
            error_signs: reads.error_signs.clone(),
            sex_by_depth: SexByDepth::of(targets, coverage),
        };
        quality.judge(reads, identity, settings, sex);
        quality
    }

    fn judge(
        &mut self,
        reads: &ReadsInput,
        identity: &[IdentityHint],
        settings: &Settings,
        sex: Option<Sex>,
    ) {
        let mut reason = |code, detail| self.reasons.push(QualityReason { code, detail });
        if reads.reads == 0 {
            reason(QualityCode::NoReads, String::new());
        }
        let share = self.assessed_share.unwrap_or(0.0);
        if share < ASSESSED {
            let detail = format!(
                "{} / {} ({:.1} %), VAF {}",
                self.assessed_bases,
                self.target_bases,
                share * 100.0,
                settings.thresholds.min_vaf
            );
            reason(QualityCode::PartlyAssessed, detail);
        }
        for sign in &reads.error_signs {
            let code = match sign.substitution.as_str() {
                "G>T" | "C>A" => QualityCode::Oxidation,
                "C>T" | "G>A" => QualityCode::Deamination,
                _ => QualityCode::ErrorExcess,
            };
            let detail = format!("{} {:.1e} / {:.1e}", sign.substitution, sign.rate, sign.usual);
            reason(code, detail);
        }
        if !reads.not_unique.is_empty() {
            reason(QualityCode::NotUnique, reads.not_unique.join(", "));
        }
        if let Some(found) = self.sex_by_depth.filter(|found| found.contradicts(sex)) {
            let detail = format!("X / autosomes {:.2}", found.ratio);
            reason(QualityCode::SexContradicts, detail);
        }
        if !identity.is_empty() {
            let of_two = |hint: &IdentityHint| format!("{} / {}", hint.sites, hint.of);
            let detail: Vec<String> = identity.iter().map(of_two).collect();
            reason(QualityCode::AnotherPerson, detail.join("; "));
        }
        self.verdict = if share < HARDLY_ASSESSED {
            QualityVerdict::Fail
        } else if self.reasons.is_empty() {
            QualityVerdict::Pass
        } else {
            QualityVerdict::Limited
        };
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a depth, whole and not negative"
)]
fn whole(depth: f64) -> u32 {
    depth as u32
}
