//! `summary.tsv`: one row per sample, so that a run can be read at a glance and runs can be put together.

use std::collections::BTreeMap;
use std::io::Write;

use super::table::{Cell as _, Fraction, List, Number, Row as _, table, write_table};
use super::{ReportError, names};
use crate::drivers::CallStatus;
use crate::myeloid::CytogeneticRisk;
use crate::myeloid::assessment::{ElnSection, IpssmSection, IpssrSection};
use crate::myeloid::ccrs::CcrsGroup;
use crate::myeloid::chrs::ChrsGroup;
use crate::myeloid::eln::{ElnResult, ElnRisk};
use crate::myeloid::ipss_m::IpssmCategory;
use crate::myeloid::stage::Stage;
use crate::sample::SampleResult;

table! {
    /// One sample of a run.
    SummaryRow(result: &SampleResult) {
        /// Sample name as in the input.
        sample: String, "S1" => result.sample.clone();
        /// `present` (a driver at or above the threshold), `review` (only calls that a person must look at) or
        /// `not_detected` (no driver among the calls; what was not assessed is still open).
        ch: &'static str, "present" => names::ch_state(result.ch.state);
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
        /// Whether a certain driver has a VAF of 20 % or more, which the Clonal Hematopoiesis Risk Score counts (Weeks 2023).
        vaf_at_least_20_percent: bool, "false" => result.ch.vaf_at_least_20_percent;
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
        /// Codes of what limits the quality.
        quality_reasons: List, "low_depth"
            => result.quality.iter().flat_map(|q| &q.reasons).map(|r| r.code.name()).collect();
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
        panel_checksum: String, "1c291ca3" => result.panel.checksum.clone();
        /// Stage on the myeloid road; empty where it is not certain or no clinical value was given.
        stage: Option<&'static str>, "CCUS" => result.myeloid.as_ref().and_then(|m| m.stage.stage).map(Stage::label);
        /// Stages still possible, in order; one where the stage is certain.
        possible_stages: List, "CCUS;MDS" => result.myeloid.iter().flat_map(|m| &m.stage.possible).map(|s| s.label()).collect();
        /// Type by WHO 2022; empty where none matches or it is not certain.
        who5: Option<String>, "MDS-SF3B1" => result.myeloid.as_ref().and_then(|m| m.stage.who5.name.clone());
        /// Type by ICC 2022; empty where none matches or it is not certain.
        icc: Option<String>, "MDS-SF3B1" => result.myeloid.as_ref().and_then(|m| m.stage.icc.name.clone());
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
        /// Risks still possible by ELN 2022, the best first.
        eln_2022_possible: List, "Favorable;Intermediate" => eln(result).map(|e| possible(&e.eln_2022)).unwrap_or_default();
        /// ELN 2024 risk for less-intensive therapy; empty where what is not known decides or AML is not possible.
        eln_2024: Option<&'static str>, "Favorable" => eln(result).and_then(|e| e.eln_2024.risk).map(ElnRisk::label);
        /// Risks still possible by ELN 2024, the best first.
        eln_2024_possible: List, "Favorable;Adverse" => eln(result).map(|e| possible(&e.eln_2024)).unwrap_or_default();
        /// Number of contradictions between given values and calls, or between given values.
        contradictions: Option<usize>, "0" => result.myeloid.as_ref().map(|m| m.contradictions.len());
        /// Stage on the plasma-cell road, as a key.
        plasma_cell_stage: Option<&'static str>, "non_igm_mgus" => result.plasma_cell.as_ref().map(|p| p.stage.key());
        /// Whether missing values could change it: `complete`, `provisional` or `none`.
        plasma_cell_certainty: Option<&'static str>, "provisional"
            => result.plasma_cell.as_ref().map(|p| p.certainty.key());
        /// Whether the largest driver clone is one to review.
        largest_to_review: bool, "false" => result.ch.largest_to_review;
        /// Version of the program.
        version: String, "0.1.0" => result.program.version.clone();
    }
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
        if lines.next()? != header() {
            return None;
        }
        let rows = lines.map(|line| {
            let is_whole = line.split('\t').count() == SummaryRow::COLUMNS.len();
            is_whole.then(|| (first_cell(line).to_owned(), line.to_owned()))
        });
        Some(Self(rows.collect::<Option<_>>()?))
    }

    /// Adds the row of a sample in the place of one that is there.
    pub fn insert(&mut self, row: SummaryRow) -> Result<(), ReportError> {
        let line = line_of(row)?;
        self.0.insert(first_cell(&line).to_owned(), line);
        Ok(())
    }

    /// Removes the row of a sample, if there is one; returns whether there was.
    pub fn remove(&mut self, sample: &str) -> bool {
        self.0.remove(&quoted(sample)).is_some()
    }

    /// Whether there is a row of a sample.
    pub fn has(&self, sample: &str) -> bool {
        self.0.contains_key(&quoted(sample))
    }

    /// Number of samples.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no sample.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Writes header and rows.
    pub fn write(&self, mut writer: impl Write) -> Result<(), ReportError> {
        let header = header();
        let lines = std::iter::once(&header).chain(self.0.values());
        for line in lines {
            writeln!(writer, "{line}").map_err(ReportError::Write)?;
        }
        writer.flush().map_err(ReportError::Write)
    }
}

fn header() -> String {
    let names: Vec<&str> = SummaryRow::COLUMNS.iter().map(|column| column.name).collect();
    names.join("\t")
}

fn first_cell(line: &str) -> &str {
    line.split('\t').next().unwrap_or_default()
}

/// Returns a name as the first cell of a line.
fn quoted(sample: &str) -> String {
    let mut line = csv::WriterBuilder::new().delimiter(b'\t').from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = line.write_record([sample.to_owned().cell().as_ref(), ""]);
    let line = line.into_inner().unwrap_or_default();
    first_cell(String::from_utf8_lossy(&line).trim_end_matches('\n')).to_owned()
}

fn line_of(row: SummaryRow) -> Result<String, ReportError> {
    let mut text = Vec::new();
    write_table(&mut text, [row])?;
    let text = String::from_utf8_lossy(&text);
    Ok(text.lines().nth(1).unwrap_or_default().to_owned())
}
