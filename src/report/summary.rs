//! `summary.tsv`: one row per sample, so that a run can be read at a glance and runs can be put together.

use std::collections::BTreeMap;
use std::io::Write;

use super::output::{Output, Place, Selection, Writer};
use super::table::{Row as _, header_line, line, table};
use super::type_key::type_key;
use super::value::{Fraction, List, Number, Value};
use super::words::Label as _;
use super::{ReportError, file_stem, names};
use crate::drivers::CallStatus;
use crate::myeloid::CytogeneticRisk;
use crate::myeloid::assessment::{ElnSection, IpssmSection, IpssrSection};
use crate::myeloid::ccrs::CcrsGroup;
use crate::myeloid::chrs::ChrsGroup;
use crate::myeloid::eln::{ElnResult, ElnRisk};
use crate::myeloid::ipss_m::IpssmCategory;
use crate::myeloid::stage::{Stage, StageResult};
use crate::plasma_cell;
use crate::sample::{SCHEMA_VERSION, SampleResult};
use crate::text;

/// Name of the table with one row per sample.
pub const SUMMARY_FILE: &str = "summary.tsv";

/// The summary of a run.
pub(super) const SUMMARY: Output = Output {
    name: "summary",
    place: Place::Run(SUMMARY_FILE),
    holds: "one row per sample",
    about: "One row per sample, sorted by name.",
    columns: SummaryRow::COLUMNS,
    selection: Selection::Always,
    applies: |_| true,
    writer: Writer::Summary,
};

table! {
    /// One sample of a run.
    SummaryRow(result: &SampleResult) {
        /// Sample name as in the input.
        sample: String, "S1" => result.sample.clone();
        /// `present` (a driver at or above the threshold), `review` (only calls that a person must look at), `not_detected` (no driver,
        /// and every gene assessed: the same word as in the genes table) or `none_called` (no driver among the calls; genes that were
        /// not assessed, or not in full, are still open).
        ch: &'static str, "present" => names::ch_state(result.ch.state);
        /// `ch` in words.
        ch_label: &'static str, "Clonal hematopoiesis present" => result.ch.state.label().en();
        /// Number of drivers.
        drivers: usize, "2" => result.ch.drivers;
        /// Number of drivers to review.
        drivers_to_review: usize, "0" => result.ch.drivers_to_review;
        /// Genes with a driver, alphabetical.
        genes: List, "DNMT3A;TET2" => result.ch.genes.iter().collect();
        /// Gene of the largest driver clone, drivers to review among them.
        largest_gene: Option<String>, "DNMT3A" => result.ch.largest_gene.clone();
        /// VAF of the largest driver clone.
        largest_vaf: Option<Fraction>, "0.119458" => result.ch.largest_vaf.map(Fraction);
        /// Size class of the largest driver clone: `below_2_percent`, `2_to_10_percent` or `10_percent_or_more`.
        clone_size: Option<&'static str>, "10_percent_or_more" => result.ch.clone_size.map(names::clone_size);
        /// Whether a certain driver has a VAF of 20 % or more, which the Clonal Hematopoiesis Risk Score counts (Weeks 2023); empty
        /// without a certain driver of known VAF.
        vaf_at_least_20_percent: Option<bool>, "false" => result.ch.vaf_at_least_20_percent;
        /// Codes of what marks the sample as high-risk.
        high_risk: List, "two_or_more_drivers" => result.ch.high_risk.iter().map(|flag| &flag.code).collect();
        /// Calls with status `uncertain`.
        uncertain: usize, "1" => count(result, CallStatus::Uncertain);
        /// Calls with status `germline_suspected`.
        germline_suspected: usize, "3" => count(result, CallStatus::GermlineSuspected);
        /// Calls with status `artifact_suspected`.
        artifact_suspected: usize, "0" => count(result, CallStatus::ArtifactSuspected);
        /// Calls with status `below_threshold`.
        below_threshold: usize, "2" => count(result, CallStatus::BelowThreshold);
        /// Alleles on panel genes that are no sequence (`<DUP>`, breakends), so that no call could be made of them.
        unresolved: usize, "0" => result.unresolved.len();
        /// Calls with status `reference_mismatch`: records whose REF is not what the reference has.
        reference_mismatch: usize, "0" => count(result, CallStatus::ReferenceMismatch);
        /// Panel genes assessed at the threshold over their whole target, as the file shows or the laboratory states.
        genes_assessed: usize, "0" => result.ch.genes_assessed;
        /// Panel genes assessed over part of their target.
        genes_partly_assessed: usize, "0"
            => result.genes_partly_assessed();
        /// Panel genes of which nothing can be said beyond the calls.
        genes_not_assessed: usize, "33" => result.ch.genes_not_assessed;
        /// What the reads were good for: `pass`, `limited` or `fail`; empty without alignments.
        quality: Option<&'static str>, "pass" => result.quality.as_ref().map(|q| q.verdict.name());
        /// Codes of what limits the quality; empty without alignments.
        quality_reasons: Option<List>, "partly_assessed"
            => result.quality.as_ref().map(|q| q.reasons.iter().map(|r| r.code.name()).collect());
        /// Median depth over the target; empty without alignments.
        median_depth: Option<u32>, "812" => result.quality.as_ref().and_then(|q| q.median_depth);
        /// Share of the target at which a clone at the VAF threshold would have been called with 95 % power; empty without alignments.
        frac_assessed: Option<Fraction>, "0.993000" => result.quality.as_ref().and_then(|q| q.assessed_share).map(Fraction);
        /// Signs of DNA of another person, or of files of two people: `other_persons_dna`, `reads_disagree`, `normal_disagrees`.
        identity: List, "other_persons_dna" => result.identity.iter().map(|hint| hint.code.name()).collect();
        /// Samples of this run with the same inherited variants: one person twice, or a swapped sample.
        same_genotype_as: List, "S2" => List::default();
        /// Sex that the depth of the X chromosome speaks for, a hint; empty without alignments, and where it is unclear.
        sex_by_depth: Option<&'static str>, "male"
            => result.quality.as_ref().and_then(|q| q.sex_by_depth?.sex).map(names::sex);
        /// Sex as given by the user.
        sex: Option<&'static str>, "female" => result.sex.map(names::sex);
        /// Age in years as given by the user.
        age: Option<Number>, "71" => result.age.map(Number);
        /// Genome build of the positions.
        build: &'static str, "GRCh38" => result.build.name();
        /// Callers as recognized from the input files.
        callers: List, "Mutect2" => result.inputs.iter().map(|input| &input.caller).collect();
        /// Input files, without their folders.
        files: List, "s1.vcf.gz" => result.inputs.iter().map(|input| &input.file).collect();
        /// Records of the input files that lie on panel genes.
        panel_records: u64, "14" => result.inputs.iter().map(|input| input.panel_records).sum();
        /// Number of warnings about the input; the report has their text.
        warnings: usize, "0" => result.warnings.len();
        /// Rule set that decided.
        rules: &'static str, "consensus" => result.rules.name();
        /// Panel and its version.
        panel: String, "myeloid33 1.0.0" => format!("{} {}", result.panel.name, result.panel.version);
        /// Checksum of the panel's content: the same value means the same panel.
        panel_checksum: String, "95a4261fea9aa1b8e51d69d1c56b5b8fdf99ae962eede9a82c6bce83804ab348" => result.panel.checksum.clone();
        /// Stage on the myeloid road: `no_ch`, `chip`, `icus`, `ccus`, `mds`, `cmml` or `aml`; empty where it is not certain (see
        /// `stage_certainty`) or no clinical value was given.
        stage: Option<&'static str>, "ccus" => stage(result).and_then(|s| s.stage).map(Stage::key);
        /// `stage` in words.
        stage_label: Option<&'static str>, "CCUS" => stage(result).and_then(|s| s.stage).map(Stage::label);
        /// `certain`, `open` (several stages are possible), or `exclude_first` (one stage is possible on this road, but another disease
        /// must be excluded first); empty without clinical values.
        stage_certainty: Option<&'static str>, "open" => stage(result).map(stage_certainty);
        /// Stages still possible, in order; one where the stage is certain; empty without clinical values.
        possible_stages: Option<List>, "ccus;mds" => stage(result).map(|s| s.possible.iter().map(|s| s.key()).collect());
        /// Type by WHO 2022; empty where none matches or it is not certain.
        who5: Option<String>, "mds_sf3b1" => stage(result).and_then(|s| s.who5.name.as_deref()).map(type_key);
        /// `who5` as published.
        who5_label: Option<String>, "MDS-SF3B1" => stage(result).and_then(|s| s.who5.name.clone());
        /// Type by ICC 2022; empty where none matches or it is not certain.
        icc: Option<String>, "mds_sf3b1" => stage(result).and_then(|s| s.icc.name.as_deref()).map(type_key);
        /// `icc` as published.
        icc_label: Option<String>, "MDS-SF3B1" => stage(result).and_then(|s| s.icc.name.clone());
        /// Cytogenetic group of IPSS-R as the karyotype gives it.
        cyto_ipssr: Option<&'static str>, "Good"
            => result.myeloid.as_ref().and_then(|m| m.karyotype.as_ref()?.risk).map(CytogeneticRisk::label);
        /// IPSS-R; empty where a variable is missing or MDS is not possible.
        ipssr_score: Option<Number>, "3.5" => ipss_r(result).and_then(|s| s.result.score).map(|s| Number(s.score));
        /// Its category.
        ipssr_category: Option<&'static str>, "Int" => ipss_r(result).and_then(|s| s.result.score).map(|s| s.category.label());
        /// IPSS-R adjusted for age.
        ipssra_score: Option<Number>, "3.1" => ipss_r(result).and_then(|s| s.result.age_adjusted).map(|s| Number(s.score));
        /// Its category.
        ipssra_category: Option<&'static str>, "Int"
            => ipss_r(result).and_then(|s| s.result.age_adjusted).map(|s| s.category.label());
        /// IPSS-M as reported; empty where too much is missing or MDS is not possible.
        ipssm_score: Option<Number>, "-0.36" => ipss_m(result).and_then(|s| s.result.report.score).map(Number);
        /// Its category; also where the score is empty but its scenarios fall into one.
        ipssm_category: Option<&'static str>, "Moderate Low"
            => ipss_m(result).and_then(|s| s.result.report.category).map(IpssmCategory::label);
        /// IPSS-M if everything missing were at its best.
        ipssm_best: Option<Number>, "-0.8" => ipss_m(result).map(|s| Number(s.result.best.score));
        /// IPSS-M if everything missing were at its mean.
        ipssm_mean: Option<Number>, "-0.36" => ipss_m(result).map(|s| Number(s.result.mean.score));
        /// IPSS-M if everything missing were at its worst.
        ipssm_worst: Option<Number>, "0.2" => ipss_m(result).map(|s| Number(s.result.worst.score));
        /// CHRS; empty where a feature is missing, or neither CHIP nor CCUS is possible.
        chrs_score: Option<Number>, "10.5" => result.myeloid.as_ref().and_then(|m| m.chrs.as_ref()?.result.score).map(Number);
        /// Its group; also where the score is empty but every score still possible falls into one.
        chrs_group: Option<&'static str>, "Intermediate"
            => result.myeloid.as_ref().and_then(|m| m.chrs.as_ref()?.result.group).map(ChrsGroup::label);
        /// Its group if the genes of the score that are off the panel are not mutated; empty where there are none, or what else is missing decides.
        chrs_group_if_not_mutated: Option<&'static str>, "Low"
            => result.myeloid.as_ref().and_then(|m| m.chrs.as_ref()?.if_not_mutated.as_ref()?.group).map(ChrsGroup::label);
        /// CCRS; empty where a feature is missing or CCUS is not possible.
        ccrs_score: Option<Number>, "3" => result.myeloid.as_ref().and_then(|m| m.ccrs.as_ref()?.result.score).map(Number);
        /// Its group; also where the score is empty but every score still possible falls into one.
        ccrs_group: Option<&'static str>, "Intermediate"
            => result.myeloid.as_ref().and_then(|m| m.ccrs.as_ref()?.result.group).map(CcrsGroup::label);
        /// Its group if the genes of the score that are off the panel are not mutated; empty where there are none, or what else is missing decides.
        ccrs_group_if_not_mutated: Option<&'static str>, "Low"
            => result.myeloid.as_ref().and_then(|m| m.ccrs.as_ref()?.if_not_mutated.as_ref()?.group).map(CcrsGroup::label);
        /// ELN 2022 risk of AML; empty where what is not known decides or AML is not possible.
        eln_2022: Option<&'static str>, "Favorable" => eln(result).and_then(|e| e.eln_2022.risk).map(ElnRisk::label);
        /// Risks still possible by ELN 2022, the best first; empty where AML is not possible.
        eln_2022_possible: Option<List>, "Favorable;Intermediate" => eln(result).map(|e| possible(&e.eln_2022));
        /// ELN 2024 risk for less-intensive therapy; empty where what is not known decides or AML is not possible.
        eln_2024: Option<&'static str>, "Favorable" => eln(result).and_then(|e| e.eln_2024.risk).map(ElnRisk::label);
        /// Risks still possible by ELN 2024, the best first; empty where AML is not possible.
        eln_2024_possible: Option<List>, "Favorable;Adverse" => eln(result).map(|e| possible(&e.eln_2024));
        /// Number of contradictions between given values and calls, or between given values.
        contradictions: Option<usize>, "0" => result.myeloid.as_ref().map(|m| m.contradictions.len());
        /// Stage on the plasma-cell road; empty without values of that road.
        plasma_cell_stage: Option<&'static str>, "non_igm_mgus" => result.plasma_cell.as_ref().map(|p| p.stage.key());
        /// `plasma_cell_stage` in words.
        plasma_cell_stage_label: Option<String>, "Non-IgM MGUS"
            => result.plasma_cell.as_ref().and_then(|p| plasma_cell_label(p.stage));
        /// Whether missing values could change it: `complete`, `provisional` or `none`.
        plasma_cell_certainty: Option<&'static str>, "provisional"
            => result.plasma_cell.as_ref().map(|p| p.certainty.key());
        /// Whether the largest driver clone is one to review; empty without one.
        largest_to_review: Option<bool>, "false" => result.ch.largest_to_review;
        /// Version of the program.
        version: String, "0.1.0" => result.program.version.clone();
        /// What the names of the sample's files begin with: the sample's name, where it may be the name of a file.
        file_stem: String, "S1" => file_stem(&result.sample);
        /// Version of the layout of all outputs; the first number is raised where the meaning of a column changes.
        schema_version: &'static str, "2.2.0" => SCHEMA_VERSION;
    }
}

fn stage(result: &SampleResult) -> Option<&StageResult> {
    result.myeloid.as_ref().map(|myeloid| &myeloid.stage)
}

fn stage_certainty(result: &StageResult) -> &'static str {
    match (result.stage, result.possible.len()) {
        (Some(_), _) => "certain",
        (None, 1) => "exclude_first",
        (None, _) => "open",
    }
}

fn plasma_cell_label(stage: plasma_cell::Stage) -> Option<String> {
    plasma_cell::words(&format!("stage.{}", stage.key())).map(|words| words.en)
}

fn ipss_r(result: &SampleResult) -> Option<&IpssrSection> {
    result.myeloid.as_ref()?.ipss_r.as_ref()
}

fn ipss_m(result: &SampleResult) -> Option<&IpssmSection> {
    result.myeloid.as_ref()?.ipss_m.as_ref()
}

fn eln(result: &SampleResult) -> Option<&ElnSection> {
    result.myeloid.as_ref()?.eln.as_ref()
}

fn possible(result: &ElnResult) -> List {
    let [best, worst] = result.possible;
    let between = |risk: &ElnRisk| (best..=worst).contains(risk);
    [ElnRisk::Favorable, ElnRisk::Intermediate, ElnRisk::Adverse]
        .into_iter()
        .filter(between)
        .map(ElnRisk::label)
        .collect()
}

fn count(result: &SampleResult, status: CallStatus) -> usize {
    result.calls.iter().filter(|call| call.status == status).count()
}

/// Writes `summary.tsv`: one row per sample, in the order of [`SummaryLines`].
pub fn write_summary(writer: impl Write, rows: Vec<SummaryRow>) -> Result<(), ReportError> {
    let mut lines = SummaryLines::default();
    for row in rows {
        lines.insert(&row);
    }
    lines.write(writer)
}

/// The rows of a summary as written, by sample: those of earlier runs are kept to the byte.
///
/// The order is that of the bytes of the first cell, so that the table does not depend on the order of inputs or runs, and parts
/// of a run can be put together by sorting lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SummaryLines(BTreeMap<String, String>);

impl SummaryLines {
    /// Reads a summary; `None` for a table of another layout, or one that was cut.
    pub fn read(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        if lines.next()? != header_line(SummaryRow::COLUMNS) {
            return None;
        }
        let rows = lines.map(|line| {
            let values = values(line)?;
            let is_ours = values.last() == Some(&Value::Text(SCHEMA_VERSION.to_owned()));
            is_ours.then(|| (first_cell(line).to_owned(), line.to_owned()))
        });
        Some(Self(rows.collect::<Option<_>>()?))
    }

    /// Adds the row of a sample in the place of one that is there.
    pub fn insert(&mut self, row: &SummaryRow) {
        let line = line(row);
        self.0.insert(first_cell(&line).to_owned(), line);
    }

    /// Removes the row of a sample, if there is one; returns whether there was.
    pub fn remove(&mut self, sample: &str) -> bool {
        self.0.remove(&*text::cell(sample)).is_some()
    }

    /// Whether there is a row of a sample.
    pub fn has(&self, sample: &str) -> bool {
        self.0.contains_key(&*text::cell(sample))
    }

    /// Number of samples.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no sample.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the names of the samples, in order.
    pub fn samples(&self) -> impl Iterator<Item = String> {
        self.0.keys().map(|cell| text::from_cell(cell).into_owned())
    }

    /// Returns the rows as values, in the order of [`SummaryRow`]'s columns.
    pub fn rows(&self) -> Vec<Vec<Value>> {
        self.0.values().filter_map(|line| values(line)).collect()
    }

    /// Writes header and rows.
    pub fn write(&self, mut writer: impl Write) -> Result<(), ReportError> {
        let header = header_line(SummaryRow::COLUMNS);
        let lines = std::iter::once(&header).chain(self.0.values());
        for line in lines {
            writeln!(writer, "{line}").map_err(ReportError::Write)?;
        }
        writer.flush().map_err(ReportError::Write)
    }
}

/// Reads a line; `None` where it has another number of cells, or a cell is none of its column.
fn values(line: &str) -> Option<Vec<Value>> {
    let cells: Vec<&str> = line.split('\t').collect();
    let columns = SummaryRow::COLUMNS;
    let read = || {
        columns
            .iter()
            .zip(&cells)
            .map(|(c, cell)| Value::read(c.kind, cell))
            .collect()
    };
    (cells.len() == columns.len()).then(read).flatten()
}

fn first_cell(line: &str) -> &str {
    line.split('\t').next().unwrap_or_default()
}
