use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::made_by::{PanelRecord, Program};
use super::over_time::History;
use super::{EventLimit, HotspotResult, IdentityHint, SampleQuality, Settings};
use crate::copies::CopyNumber;
use crate::drivers::{Call, GeneResult};
use crate::evidence::FileAllele;
use crate::evidence::{Evidence, Pileup, Warning};
use crate::genome::{Build, BuildSource, Sex, WrittenEvent};
use crate::myeloid::assessment::MyeloidResult;
use crate::myeloid::next_steps::BackgroundStatement;
use crate::panel::RuleSetChoice;
use crate::patient::ReportIdentity;
use crate::plasma_cell::PlasmaResult;

/// Everything that was found for one sample: the only thing a report reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SampleResult {
    /// Version of this layout; a change that breaks readers raises the first number.
    pub schema_version: String,
    /// The program that wrote it.
    pub program: Program,
    /// Sample name as in the input.
    pub sample: String,
    /// Sex as given by the user; decides the X-linked threshold.
    pub sex: Option<Sex>,
    /// Age in years as given by the user.
    pub age: Option<f64>,
    /// What the report names beside them, as given.
    #[serde(default, skip_serializing_if = "ReportIdentity::is_empty")]
    pub report: ReportIdentity,
    /// The files that were read.
    pub inputs: Vec<InputRecord>,
    /// Genome build of the positions.
    pub build: Build,
    /// The panel used.
    pub panel: PanelRecord,
    /// The rule set that decided.
    pub rules: RuleSetChoice,
    /// Cut-offs and options that were in force.
    pub settings: Settings,
    /// The answer for the sample.
    pub ch: ChSummary,
    /// Calls on panel genes, drivers first, then by position.
    pub calls: Vec<Call>,
    /// Alleles on panel genes that are no sequence (`<DUP>`, `*`, breakends), so that no call could be made of them.
    pub unresolved: Vec<UnresolvedAllele>,
    /// One entry per panel gene, in alphabetical order.
    pub genes: Vec<GeneResult>,
    /// Copies of the panel's genes as depth tells them: suggested, to be confirmed; of alignments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copies: Option<CopyNumber>,
    /// Stage, classifications and scores of the myeloid road; where anything clinical is known.
    pub myeloid: Option<MyeloidResult>,
    /// Stage and risk of the plasma-cell road; where any of its values is known.
    pub plasma_cell: Option<PlasmaResult>,
    /// What is taught about the mutated genes and the stage, by code.
    #[serde(default)]
    pub background: Vec<BackgroundStatement>,
    /// Signs of DNA of another person, or of files of two people; none seen is no proof of the contrary.
    pub identity: Vec<IdentityHint>,
    /// What the reads were good for; `None` without alignments.
    pub quality: Option<SampleQuality>,
    /// Every hotspot allele of the panel's rules, counted whether or not a read shows it; empty without alignments.
    pub hotspots: Vec<HotspotResult>,
    /// Duplications that were sought in alignments, by length, with the smallest clone that would have been found; empty without
    /// alignments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub event_limits: Vec<EventLimit>,
    /// Some of the reads over the largest drivers; only where asked for (`--pileups`), of alignments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pileups: Vec<Pileup>,
    /// The person's earlier visits and this one; only where earlier reports were given (`--previous`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history: Option<Box<History>>,
    /// What a reader must know about the input: undeclared tags, missing contig lines, no index, recovered problems.
    pub warnings: Vec<String>,
    /// The same by code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings_coded: Vec<Warning>,
    /// The sources that rules and facts of this result cite, by key.
    pub sources: IndexMap<String, SourceRecord>,
}

impl SampleResult {
    /// Returns how many panel genes were assessed over part of their target, whatever was found in them.
    pub fn genes_partly_assessed(&self) -> usize {
        self.genes
            .len()
            .saturating_sub(self.ch.genes_assessed + self.ch.genes_not_assessed)
    }
}

/// One input file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InputRecord {
    /// File name without its folder, so that the result does not depend on the machine.
    pub file: String,
    /// `vcf`, `vcf.gz`, `bcf`, `bam`, `cram`, `sam`.
    pub format: String,
    /// The caller as recognised from header and fields, `Mutect2`; `generic` where none was.
    pub caller: String,
    /// The sample column that was read; `None` for a file without sample columns.
    pub column: Option<String>,
    /// The sample column taken as the matched normal.
    pub normal_column: Option<String>,
    /// File of the matched normal, where it is another one.
    pub normal_file: Option<String>,
    /// Records of the file that lie on panel genes; of alignments, alleles that were looked at.
    pub panel_records: u64,
    /// Whether an index let the program read only the panel's regions.
    pub indexed: bool,
    /// Reads over the panel that passed the filters; of alignments.
    pub reads: Option<u64>,
    /// How the build was recognised.
    pub build_from: String,
    /// The same by code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub build_from_coded: Option<BuildSource>,
}

/// Whether clonal hematopoiesis was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChState {
    /// At least one driver at or above the threshold.
    Present,
    /// No certain driver, but at least one call that a person must look at.
    Review,
    /// No driver, and every panel gene was assessed at the threshold: looked for and absent, down to the detection limits of the genes.
    NotDetected,
    /// No driver among the calls; genes that were not assessed, or not in full, are still open.
    NoneCalled,
}

/// Size class of the largest clone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum CloneSize {
    /// VAF below 2 %: below the definition of CHIP.
    #[serde(rename = "below_2_percent")]
    Below2Percent,
    /// VAF 2 % to below 10 %.
    #[serde(rename = "2_to_10_percent")]
    From2To10Percent,
    /// VAF 10 % or more (large clone).
    #[serde(rename = "10_percent_or_more")]
    From10Percent,
}

/// The answer for a sample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChSummary {
    /// Whether clonal hematopoiesis was found at the threshold.
    pub state: ChState,
    /// Number of calls with status `driver`.
    pub drivers: usize,
    /// Number of calls with status `driver_review`.
    pub drivers_to_review: usize,
    /// Genes with at least one driver, alphabetical.
    pub genes: Vec<String>,
    /// VAF of the largest driver clone, those to review among them, 0 to 1.
    pub largest_vaf: Option<f64>,
    /// Gene of the largest driver clone.
    pub largest_gene: Option<String>,
    /// Whether the largest driver clone is one to review; `None` without one.
    #[serde(default)]
    pub largest_to_review: Option<bool>,
    /// Size class of the largest driver clone.
    pub clone_size: Option<CloneSize>,
    /// Whether a certain driver has VAF >= 0.20, which the Clonal Hematopoiesis Risk Score counts (Weeks 2023); `None` without a
    /// certain driver of known VAF.
    pub vaf_at_least_20_percent: Option<bool>,
    /// What marks the sample as high-risk.
    pub high_risk: Vec<HighRiskFlag>,
    /// Panel genes that were assessed at the threshold over their whole target, as the file shows or the laboratory states.
    pub genes_assessed: usize,
    /// Panel genes of which nothing can be said beyond the calls.
    pub genes_not_assessed: usize,
}

/// A mark of higher risk, with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HighRiskFlag {
    /// `chrs_high_risk_gene`, `two_or_more_drivers`, `vaf_at_least_20_percent`.
    pub code: String,
    /// Genes or values behind it.
    pub detail: String,
    /// Key of the source.
    pub source: String,
}

/// An allele on a panel gene that could not be made a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UnresolvedAllele {
    /// Panel genes at its position.
    pub genes: Vec<String>,
    /// The allele as the file writes it.
    pub file_allele: FileAllele,
    /// Read evidence of this sample.
    pub evidence: Evidence,
    /// FILTER of the caller.
    pub caller_filter: Option<String>,
    /// Why no call could be made.
    pub why: String,
    /// The same by code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why_coded: Option<WrittenEvent>,
}

/// A source as cited in a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourceRecord {
    /// Citation as printed.
    pub citation: String,
    /// DOI or PubMed id.
    pub doi: Option<String>,
}
