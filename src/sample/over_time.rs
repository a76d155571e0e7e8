//! A person's clones over several visits: typed values and codes; words come with the page.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::made_by::PanelRecord;
use crate::drivers::CallStatus;
use crate::evidence::Interval;
use crate::genome::Allele;
use crate::myeloid::stage::Stage;
use crate::patient::Date;

/// What earlier reports of the person say beside this one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct History {
    /// What the counts were taken to vary by.
    pub noise: NoiseRecord,
    /// The visits, in order of date; the last is this report.
    pub visits: Vec<VisitRecord>,
    /// The clones of all visits, the largest at its last sight first.
    pub clones: Vec<CloneRecord>,
    /// Changes of stage, type and risk group between visits.
    pub changes: Vec<ChangeRecord>,
    /// What a reader must know of the reports that were put together.
    pub warnings: Vec<SerialWarning>,
}

/// What the counts of fragments vary by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NoiseRecord {
    /// The distribution of the counts.
    pub likelihood: LikelihoodKind,
    /// How it was chosen.
    pub from: NoiseSource,
    /// Concentration α + β of the beta-binomial; `None` for the binomial.
    pub concentration: Option<f64>,
    /// Variance of the counts over that of drawing reads; `None` where no visit tells it.
    pub inflation: Option<f64>,
    /// Counts beyond the two that each curve takes up.
    pub degrees_of_freedom: u32,
}

/// A distribution of counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LikelihoodKind {
    /// Reads are drawn, and nothing else varies.
    Binomial,
    /// Visits differ by more than drawing reads.
    BetaBinomial,
}

/// How the distribution was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoiseSource {
    /// No visit tells: a moderate spread was assumed.
    Assumed,
    /// From how far the counts of this person lie from their curves.
    Data,
    /// Given by the user.
    Given,
}

/// One visit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VisitRecord {
    /// When the sample was collected.
    pub date: Date,
    /// Years since the first visit.
    pub years: f64,
    /// Sample name of the report.
    pub sample: String,
    /// File name of the report, without its folder.
    pub file: String,
    /// Kind of specimen, as given.
    pub specimen: Option<String>,
    /// Age in years, as given.
    pub age: Option<f64>,
    /// The panel used.
    pub panel: PanelRecord,
    /// Version of the program that wrote the report.
    pub version: String,
    /// Counts of the blood and marrow, as given.
    pub counts: Counts,
    /// Stage on the myeloid road; `None` where it is not certain or nothing clinical was given.
    pub stage: Option<Stage>,
    /// Stages still possible; empty where nothing clinical was given.
    pub possible_stages: Vec<Stage>,
    /// Type by WHO 2022, as published.
    pub who5: Option<String>,
    /// Type by ICC 2022, as published.
    pub icc: Option<String>,
    /// Scores and risk groups, those that were assessed.
    pub scores: Vec<ScoreRecord>,
}

/// Counts at a visit; `None` is not given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// Hemoglobin, g/dL.
    pub hemoglobin: Option<f64>,
    /// Platelets, 10^9/L.
    pub platelets: Option<f64>,
    /// Neutrophils, 10^9/L.
    pub neutrophils: Option<f64>,
    /// White cells, 10^9/L.
    pub white_cells: Option<f64>,
    /// Monocytes of the blood, 10^9/L.
    pub monocytes: Option<f64>,
    /// Marrow blasts, per cent.
    pub marrow_blasts: Option<f64>,
    /// M protein of the serum, g/dL.
    #[serde(default)]
    pub m_protein: Option<f64>,
}

/// A score at a visit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScoreRecord {
    /// `ipss_r`, `ipss_m`, `chrs`, `ccrs`, `eln_2022`, `eln_2024`.
    pub name: String,
    /// The score; `None` where too much is missing, and for ELN, which has none.
    pub score: Option<f64>,
    /// Its risk group, as published.
    pub group: Option<String>,
}

/// One clone: one variant over the visits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CloneRecord {
    /// The variant in one word, `GRCh38:chr2:25234373:C:T`.
    pub key: String,
    /// The variant.
    pub variant: Allele,
    /// Gene symbol.
    pub gene: String,
    /// HGVS of the coding change.
    pub hgvs_c: Option<String>,
    /// HGVS of the protein change, one-letter residues.
    pub hgvs_p: Option<String>,
    /// The name clinicians know.
    pub common_name: Option<String>,
    /// How the size of the clone follows from its VAF.
    pub assumption: Assumption,
    /// VAF of a clone of all cells under that assumption: 0.5 or 1.
    pub ceiling: f64,
    /// What each visit says, in order of date.
    pub sights: Vec<SightRecord>,
    /// New, lost, or there all the time.
    pub course: Course,
    /// Whether visits before the first sight did not assess it: then "persistent" does not mean that it was there before.
    pub unknown_before: bool,
    /// Whether visits after its last assessment did not assess it.
    pub unknown_after: bool,
    /// Growth; `None` where fewer than two visits speak.
    pub growth: Option<GrowthRecord>,
    /// Change of the VAF from the first assessed visit, from the largest and from the smallest before the last, to the last.
    pub folds: Vec<FoldRecord>,
    /// What the changes amount to.
    pub response: Response,
}

/// How the size of a clone follows from its VAF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Assumption {
    /// One of two copies carries it: the share of cells is twice the VAF. Loss of the other copy is not known and would halve it.
    Heterozygous,
    /// On X in a male, or on Y: the share of cells is the VAF.
    OneCopy,
    /// On X, and the sex was not given: taken as one of two copies.
    SexUnknown,
    /// The VAF lies above one half at a visit: the other copy is lost or replaced (LOH) in part of the cells. The growth is that of the VAF, and
    /// the share of cells lies between the VAF and twice the VAF.
    MoreThanHalf,
    /// On the mitochondrial genome, of which a cell has many copies: the growth is that of the VAF.
    ManyCopies,
}

/// What one visit says of a clone.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SightRecord {
    /// Date of the visit.
    pub date: Date,
    /// Years since the first visit.
    pub years: f64,
    /// What is known.
    pub state: SightState,
    /// Status of the call there; `None` without a call.
    pub status: Option<CallStatus>,
    /// Fragments with the variant.
    pub alt_count: Option<u32>,
    /// All fragments.
    pub depth: Option<u32>,
    /// Variant allele fraction, 0 to 1; never filled with zero.
    pub vaf: Option<f64>,
    /// 95 % Wilson interval of `vaf`.
    pub interval: Option<Interval>,
    /// Smallest VAF that would have been called there with 95 % power; of a visit below detection.
    pub detection_limit: Option<f64>,
    /// Where the limit comes from.
    pub limit_from: Option<LimitSource>,
    /// Why it was not assessed.
    pub not_assessed: Option<NotAssessed>,
    /// Whether the growth rests on this visit.
    pub is_used: bool,
}

/// What is known of a clone at a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SightState {
    /// It was seen, above or below the threshold of the panel.
    Seen,
    /// It was looked for and is below the detection limit: a bound, never zero.
    BelowDetection,
    /// Nothing can be said.
    NotAssessed,
}

/// Where a detection limit comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LimitSource {
    /// The reads at the place itself.
    Place,
    /// The lowest depth over the target of the gene.
    Gene,
    /// The laboratory states that the gene was covered: the VAF threshold of the panel was taken as the limit.
    Stated,
    /// Given by the user for reports that show no depth.
    Given,
}

/// Why a clone was not assessed at a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NotAssessed {
    /// The gene is not on the panel of that visit.
    OffPanel,
    /// The report does not say whether the place was covered.
    CoverageUnknown,
    /// The place was covered too thinly for any clone.
    TooThin,
    /// An allele that overlaps it was written: it may hold the variant, or hide it.
    Overlapping,
    /// The record contradicts the reference.
    ReferenceMismatch,
}

/// The course of a clone over the visits that assessed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Course {
    /// Only one visit assessed it.
    OneVisit,
    /// Seen at every visit that assessed it.
    Persistent,
    /// Below detection first, then seen to the end.
    New,
    /// Seen first, below detection at the end.
    Lost,
    /// Seen, below detection and seen again, or the other way round.
    Intermittent,
}

/// Growth along a logistic curve.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GrowthRecord {
    /// Change of the logit of the clone's share per year, with its 95 % profile-likelihood interval.
    pub rate: Bounded,
    /// The same as growth per year of a small clone, exp(rate) − 1: 0.12 is +12 % a year.
    pub per_year: Bounded,
    /// What the interval shows.
    pub direction: Direction,
    /// Years in which a small clone doubles, ln 2 / rate; `None` where it does not grow. An end is `None` where growth is not shown.
    pub doubling_years: Option<Bounded>,
    /// Years in which a small clone halves; `None` where it does not shrink.
    pub halving_years: Option<Bounded>,
    /// When the curve reaches a VAF; none where it is there.
    pub arrivals: Vec<ArrivalRecord>,
    /// Points of the curve over the visits.
    pub curve: Vec<CurvePoint>,
    /// Visits that counted the clone.
    pub counted: u32,
    /// Visits below detection, which bound it.
    pub bounded: u32,
}

/// A value with its 95 % interval; an end that the data do not give is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bounded {
    /// The likeliest value; `None` where only a bound is known.
    pub value: Option<f64>,
    /// Lower end.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

/// What an interval shows of a growth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The whole interval lies above zero.
    Growing,
    /// The whole interval lies below zero.
    Shrinking,
    /// It holds zero: neither is shown.
    NotShown,
}

/// When a clone reaches a VAF if it goes on as it did, in years from its last assessed visit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ArrivalRecord {
    /// The VAF.
    pub vaf: f64,
    /// Years until then; `None` where it is not expected within fifty years. `low` is the earliest, `high` the latest; `None` beyond fifty years.
    pub years: Bounded,
}

/// A point of a curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CurvePoint {
    /// Years since the first visit.
    pub years: f64,
    /// VAF of the likeliest curve.
    pub vaf: f64,
    /// Lower end of its 95 % interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

/// Change of a VAF between two visits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FoldRecord {
    /// What the earlier visit is.
    pub since: Since,
    /// The earlier visit.
    pub from: Date,
    /// The later visit.
    pub to: Date,
    /// Later VAF over earlier VAF, with its 95 % profile-likelihood interval.
    pub fold: Bounded,
}

/// What an earlier visit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Since {
    /// The first that assessed the clone.
    First,
    /// The one with the largest VAF.
    Peak,
    /// The one with the smallest VAF, or below detection, after the peak.
    Nadir,
}

/// What the changes of a VAF amount to, by their intervals alone; no guideline sets a fold for clonal hematopoiesis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// Fewer than two visits speak.
    NotAssessed,
    /// No change is shown.
    NoChange,
    /// Larger than at the first visit.
    Rise,
    /// Smaller than at its largest.
    Fall,
    /// Smaller than at its largest, and now below detection.
    Cleared,
    /// It had fallen, and has risen again.
    Relapse,
}

/// What the sizes of two clones say of each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PairRecord {
    /// Key of the first variant.
    pub first: String,
    /// Key of the second variant.
    pub second: String,
    /// What they say.
    pub relation: Relation,
    /// Visit at which the two together make up more than all cells.
    pub together: Option<Date>,
    /// Visit at which the first is the larger.
    pub first_larger: Option<Date>,
    /// Visit at which the second is the larger.
    pub second_larger: Option<Date>,
}

/// Order of two clones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Cells of the second are cells of the first, which came first.
    SecondInFirst,
    /// Cells of the first are cells of the second, which came first.
    FirstInSecond,
    /// Some cells carry both; which came first cannot be told.
    ShareCells,
    /// Neither lies within the other.
    Separate,
    /// The sizes contradict each other under the assumptions: a copy is lost or gained, or a variant arose twice.
    Contradictory,
    /// The sizes do not tell.
    CannotBeTold,
}

/// A change between two visits, of what is known at both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeRecord {
    /// `stage`, `who5`, `icc`, or the name of a score.
    pub item: String,
    /// The earlier visit.
    pub from_date: Date,
    /// The later visit.
    pub to_date: Date,
    /// Value at the earlier visit: key of a stage, type or group as published.
    pub from: String,
    /// Value at the later visit.
    pub to: String,
}

/// What a reader must know of the reports that were put together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SerialWarning {
    /// What it is.
    pub code: WarningCode,
    /// Files and values.
    pub detail: String,
}

/// What may make visits hard to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WarningCode {
    /// Reports that could not be used.
    VisitLeftOut,
    /// Panels differ: a gene that one lacks was not assessed there.
    PanelsDiffer,
    /// Rules or thresholds differ.
    SettingsDiffer,
    /// Specimens differ: the VAF in marrow and blood need not be the same.
    SpecimensDiffer,
    /// Some reports name the person and some do not.
    PersonNotNamed,
    /// Inherited variants of one report are absent from another: perhaps another person.
    GenotypesDiffer,
    /// Versions of the program differ.
    VersionsDiffer,
    /// Callers differ, which count fragments each in their way.
    CallersDiffer,
}
