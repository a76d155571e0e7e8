//! A sample of a cohort in a few hundred bytes: all that the tables over samples are made of.
//!
//! The members of a cohort are kept beside its tables, a line of JSON each, so that a batch can be added without a look at the reports
//! of those before. Everything over samples is a function of the set of members, in no order.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::drivers::{Call, CallStatus, GeneResult, GeneState, ReasonCode};
use crate::genome::Sex;
use crate::report::names;
use crate::sample::{QualityVerdict, SampleResult, is_carried};
use crate::text;

/// Beginning of the SHA-256 of a report: 16 hexadecimal digits, which two reports share only where they are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest(pub(super) u64);

impl Digest {
    /// Returns the digest of the bytes of a report.
    pub fn of(json: &[u8]) -> Self {
        let digest = Sha256::digest(json);
        Self(
            digest
                .iter()
                .take(8)
                .fold(0, |all, byte| all << 8 | u64::from(*byte)),
        )
    }
}

impl TryFrom<String> for Digest {
    type Error = String;

    fn try_from(digits: String) -> Result<Self, String> {
        let number = u64::from_str_radix(&digits, 16).map(Self);
        number.map_err(|_| format!("digest {digits:?} is not 16 hexadecimal digits"))
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        format!("{:016x}", digest.0)
    }
}

/// One sample of a cohort.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Sample name.
    pub sample: String,
    /// Beginning of the SHA-256 of the report: the same report again adds nothing.
    pub digest: Digest,
    /// Batch or run, where it was given.
    pub batch: Option<String>,
    /// Its page, relative to the folder of the cohort, where it was there.
    pub page: Option<String>,
    /// Sex as given.
    pub sex: Option<Sex>,
    /// Age in years as given.
    pub age: Option<f64>,
    /// Whether clonal hematopoiesis was found, as in the summary.
    pub ch: String,
    /// Stage on the myeloid road.
    pub stage: Option<String>,
    /// What the reads were good for; `None` without alignments.
    pub quality: Option<QualityVerdict>,
    /// Codes of what limits it, and signs of another person's DNA.
    pub doubts: Vec<String>,
    /// Median depth over the target, or over the calls where no alignments were read.
    pub depth: Option<u32>,
    /// Whether `depth` is that over the target.
    pub depth_of_target: bool,
    /// Share of the target that was assessed.
    pub assessed: Option<f64>,
    /// Callers of its input files.
    pub callers: Vec<String>,
    /// Version of the program that wrote the report.
    pub version: String,
    /// What is known of each gene, in the order of the panel.
    pub genes: Vec<Gene>,
    /// Its alleles.
    pub calls: Vec<Seen>,
}

/// What is known of a gene in a sample.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gene(pub State, pub Known, pub Option<f64>);

/// State of a gene, drivers and drivers to review apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum State {
    /// Has a driver.
    #[serde(rename = "m")]
    Driver,
    /// Has drivers to review, and none that is certain.
    #[serde(rename = "r")]
    Review,
    /// A record contradicts the reference.
    #[serde(rename = "u")]
    Undecided,
    /// Has other calls.
    #[serde(rename = "c")]
    NoDriver,
    /// Assessed throughout; no call.
    #[serde(rename = "n")]
    NotDetected,
    /// Assessed in part; no driver.
    #[serde(rename = "p")]
    PartlyAssessed,
    /// Not assessed.
    #[serde(rename = "a")]
    NotAssessed,
}

/// Whether the whole target of a gene was assessed, whatever was found in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Known {
    /// It was, as the file shows.
    #[serde(rename = "y")]
    Shown,
    /// It was, as the laboratory states.
    #[serde(rename = "s")]
    Stated,
    /// It was not, or nobody says.
    #[serde(rename = "")]
    No,
}

/// An allele of a sample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// `build:chrom:pos:ref:alt`.
    #[serde(rename = "k")]
    pub key: String,
    /// Gene, as its place in the panel.
    #[serde(rename = "g")]
    pub gene: u16,
    /// Its short name: protein change, coding change, or nothing.
    #[serde(rename = "n", default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The coding change, where it is not the short name.
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    pub coding: Option<String>,
    /// What it was taken for.
    #[serde(rename = "s")]
    pub status: CallStatus,
    /// Fraction.
    #[serde(rename = "v", default, skip_serializing_if = "Option::is_none")]
    pub vaf: Option<f64>,
    /// Alternative fragments and depth.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<(u32, u32)>,
    /// Fragments by strand: reference forward and reverse, alternative forward and reverse.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub strands: Option<[u32; 4]>,
    /// Whether a rule calls the change a driver, whatever speaks against it in the sample.
    #[serde(rename = "d", default, skip_serializing_if = "is_false")]
    pub is_listed: bool,
    /// Whether a filter of the sample doubts it: strands, sequence around it, quality, the caller.
    #[serde(rename = "x", default, skip_serializing_if = "is_false")]
    pub is_doubted: bool,
    /// Whether it tells persons apart: a substitution that most cells carry.
    #[serde(rename = "i", default, skip_serializing_if = "is_false")]
    pub is_carried: bool,
}

/// Reasons that speak for an error. That an earlier list of a cohort named the allele is none: it would confirm itself.
const DOUBTS: [ReasonCode; 12] = [
    ReasonCode::RuleVafTooLow,
    ReasonCode::PlatformArtifact,
    ReasonCode::CallerFilterArtifact,
    ReasonCode::StrandBias,
    ReasonCode::BothStrands,
    ReasonCode::OrientationBias,
    ReasonCode::BothOrientations,
    ReasonCode::Homopolymer,
    ReasonCode::LowComplexity,
    ReasonCode::Clustered,
    ReasonCode::LowBaseQuality,
    ReasonCode::LowMappingQuality,
];

#[allow(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// What is known of a sample beside its report.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// Batch or run.
    pub batch: Option<String>,
    /// Its page, relative to the folder of the cohort.
    pub page: Option<String>,
}

impl Member {
    /// Takes from a report what is counted over samples; `json` are its bytes.
    pub fn new(result: &SampleResult, json: &[u8], beside: Beside) -> Self {
        let quality = result.quality.as_ref();
        let depth_of_target = quality.and_then(|q| q.median_depth);
        let limits = quality.into_iter().flat_map(|q| &q.reasons);
        let doubts = limits.map(|reason| reason.code.name().to_owned());
        let hints = result.identity.iter().map(|hint| hint.code.name().to_owned());
        Self {
            sample: result.sample.clone(),
            digest: Digest::of(json),
            batch: beside.batch,
            page: beside.page,
            sex: result.sex,
            age: result.age,
            ch: names::ch_state(result.ch.state).to_owned(),
            stage: stage(result),
            quality: quality.map(|q| q.verdict),
            doubts: doubts.chain(hints).collect(),
            depth: depth_of_target.or_else(|| median(result.calls.iter().filter_map(|c| c.evidence.depth))),
            depth_of_target: depth_of_target.is_some(),
            assessed: quality.and_then(|q| q.assessed_share),
            callers: result.inputs.iter().map(|input| input.caller.clone()).collect(),
            version: result.program.version.clone(),
            genes: result.genes.iter().map(Gene::new).collect(),
            calls: seen(result),
        }
    }

    /// Returns its line in the file of members, without line feed: JSON in which nothing is unprintable.
    ///
    /// # Errors
    ///
    /// None that a member brings about.
    pub fn line(&self) -> Result<String, serde_json::Error> {
        Ok(text::json(&serde_json::to_string(self)?).into_owned())
    }

    /// Whether the sample failed: too little of the panel was assessed.
    pub fn is_failed(&self) -> bool {
        self.quality == Some(QualityVerdict::Fail)
    }

    /// Returns the number of genes with a driver.
    pub fn mutated_genes(&self) -> usize {
        self.genes.iter().filter(|gene| gene.0 == State::Driver).count()
    }
}

fn stage(result: &SampleResult) -> Option<String> {
    let stage = result.myeloid.as_ref()?.stage.stage?;
    Some(stage.key().to_owned())
}

/// Returns the lower median.
fn median(values: impl Iterator<Item = u32>) -> Option<u32> {
    let mut values: Vec<u32> = values.collect();
    values.sort_unstable();
    values.get(values.len().saturating_sub(1) / 2).copied()
}

fn seen(result: &SampleResult) -> Vec<Seen> {
    let place = |gene: &str| result.genes.iter().position(|g| g.gene == gene);
    let seen = |call: &Call| {
        let gene = u16::try_from(place(&call.consequence.gene)?).ok()?;
        Some(Seen::new(call, gene))
    };
    result.calls.iter().filter_map(seen).collect()
}

impl Gene {
    fn new(gene: &GeneResult) -> Self {
        let state = match gene.state {
            GeneState::Mutated if gene.drivers > 0 => State::Driver,
            GeneState::Mutated => State::Review,
            GeneState::Undecided => State::Undecided,
            GeneState::NoDriver => State::NoDriver,
            GeneState::NotDetected => State::NotDetected,
            GeneState::PartlyAssessed => State::PartlyAssessed,
            GeneState::NotAssessed => State::NotAssessed,
        };
        let known = match (gene.is_assessed(), gene.coverage_stated) {
            (true, _) => Known::Shown,
            (false, true) => Known::Stated,
            (false, false) => Known::No,
        };
        // Of a gene with a driver its fraction, of any other what could have been seen.
        let number = match state {
            State::Driver | State::Review => gene.largest_vaf,
            _ => gene.detection_limit,
        };
        Self(state, known, number.map(rounded))
    }

    /// Whether the whole target was assessed.
    pub fn is_known(self) -> bool {
        self.1 != Known::No
    }

    /// Returns the cell of the matrix: state and, behind a colon, the largest VAF or the detection limit, or `stated`.
    pub fn cell(self) -> String {
        let name = match self.0 {
            State::Driver => "mutated",
            State::Review => "review",
            State::Undecided => "undecided",
            State::NoDriver => "no_driver",
            State::NotDetected => "not_detected",
            State::PartlyAssessed => return "partly_assessed".to_owned(),
            State::NotAssessed => return "not_assessed".to_owned(),
        };
        match (self.2, self.1) {
            (Some(number), _) => format!("{name}:{number:.6}"),
            (None, Known::Stated) => format!("{name}:stated"),
            (None, _) => name.to_owned(),
        }
    }
}

/// Six decimals, as in the tables.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

impl Seen {
    fn new(call: &Call, gene: u16) -> Self {
        let evidence = &call.evidence;
        let consequence = &call.consequence;
        let name = consequence.change();
        Self {
            key: call.variant.key(),
            gene,
            coding: consequence.hgvs_c.clone().filter(|c| Some(c.as_str()) != name),
            name: name.unwrap_or_default().to_owned(),
            status: call.status,
            vaf: evidence.vaf.map(rounded),
            counts: evidence.alt_count.zip(evidence.depth),
            strands: evidence
                .strands
                .map(|s| [s.ref_forward, s.ref_reverse, s.alt_forward, s.alt_reverse]),
            is_listed: !call.rule_sets.is_empty(),
            is_doubted: call.reasons.iter().any(|reason| DOUBTS.contains(&reason.code)),
            is_carried: is_carried(call),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::read::read_json;

    const DEMO: &[u8] = include_bytes!("../../testdata/demo/expected/demo02-chip.json");

    #[test]
    fn keeps_what_is_counted_and_reads_back_equal() {
        let result = read_json(DEMO, "S.json").unwrap();
        let member = Member::new(&result, DEMO, Beside::default());
        let line = member.line().unwrap();
        assert_eq!(serde_json::from_str::<Member>(&line).unwrap(), member);
        assert_eq!(member.genes.len(), result.genes.len());
        assert_eq!(member.calls.len(), result.calls.len());
        assert_eq!(member.mutated_genes(), result.ch.genes.len());
        assert!(line.len() < 6000, "{}", line.len());
    }

    #[test]
    fn cells_of_the_matrix_say_what_is_known() {
        for (gene, expected) in [
            (
                Gene(State::Driver, Known::No, Some(0.119_458)),
                "mutated:0.119458",
            ),
            (
                Gene(State::NotDetected, Known::Shown, Some(0.0212)),
                "not_detected:0.021200",
            ),
            (
                Gene(State::NotDetected, Known::Stated, None),
                "not_detected:stated",
            ),
            (Gene(State::NoDriver, Known::No, None), "no_driver"),
            (Gene(State::NotAssessed, Known::No, None), "not_assessed"),
        ] {
            assert_eq!(gene.cell(), expected);
        }
    }

    #[test]
    fn the_lower_median() {
        assert_eq!(median([5, 1, 9].into_iter()), Some(5));
        assert_eq!(median([5, 1].into_iter()), Some(1));
        assert_eq!(median([].into_iter()), None);
    }
}
