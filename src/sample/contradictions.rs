//! Records whose REF is not what the reference has: each is marked, and only many of them say "wrong build or file".

use super::site::SiteAnnotator;
use crate::drivers::{
    Call, CallStatus, IpssmDecision, IpssmOpinion, IpssmReason, Reason, ReasonCode, ReasonValues,
};
use crate::evidence::{FileAllele, SampleAllele, Warning};
use crate::genome::Variant;
use crate::panel::Thresholds;
use crate::transcript::{AnnotateError, ConsequenceNote};

/// Share of the checked records from which one contradiction says that build or file is wrong.
///
/// On another build a record agrees at one base in four by chance: three of four contradict. A single wrong record among four is the
/// record's own fault.
const WRONG_FILE: f64 = 0.5;
/// Share from which two contradictions and more say so.
const WRONG_FILE_SEVERAL: f64 = 0.25;

/// Whether this many contradictions among the checked records say that build or file is wrong.
pub fn says_wrong_file(contradicting: usize, checked: usize) -> bool {
    // Numbers of records on a panel: far below where a float loses one.
    let share = contradicting as f64 / checked.max(1) as f64;
    contradicting > 0 && (share >= WRONG_FILE || (contradicting >= 2 && share >= WRONG_FILE_SEVERAL))
}

/// Too many records contradict the reference sequence: the sample cannot be analyzed.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.text())]
pub struct AnalysisError {
    /// The first such allele as its file writes it.
    allele: Box<FileAllele>,
    /// How many contradict.
    contradicting: usize,
    /// How many were checked.
    checked: usize,
    /// What is wrong with the first.
    because: Box<AnnotateError>,
}

impl AnalysisError {
    fn text(&self) -> String {
        let first = allele_text(&self.allele);
        let AnnotateError::ReferenceMismatch {
            gene,
            build,
            chromosome,
            position,
            expected,
            found,
        } = &*self.because
        else {
            return format!("{first}: {}", self.because);
        };
        let Self {
            contradicting,
            checked,
            ..
        } = self;
        format!(
            "REF of {contradicting} of the {checked} records that could be checked on panel genes is not what the reference has there \
             (first {first} on {gene}: at {chromosome}:{position} the file has {found}, {build} has {expected}); most likely the file \
             is on another genome build (give --build), or was called on another reference (give it with --reference). A sample is \
             refused where REF is wrong in half of the records, or in two and a quarter of them"
        )
    }
}

fn allele_text(allele: &FileAllele) -> String {
    format!(
        "{}:{} {}>{}",
        allele.contig, allele.position, allele.reference, allele.alternate
    )
}

/// The records of a sample that contradict the reference, and how many were checked.
#[derive(Debug)]
pub(super) struct Contradictions<'a> {
    site: &'a SiteAnnotator<'a>,
    checked: usize,
    found: Vec<(&'a SampleAllele, &'a Variant, AnnotateError)>,
}

impl<'a> Contradictions<'a> {
    pub(super) const fn new(site: &'a SiteAnnotator<'a>) -> Self {
        Self {
            site,
            checked: 0,
            found: Vec::new(),
        }
    }

    /// Takes in a record that does not contradict; it counts where it lies on the panel and a base could be compared.
    pub(super) fn agrees(&mut self, variant: &Variant, on_panel: bool) {
        if on_panel && self.site.annotator.can_check(variant) {
            self.checked += 1;
        }
    }

    /// Takes in a record that contradicts.
    pub(super) fn add(&mut self, allele: &'a SampleAllele, variant: &'a Variant, error: AnnotateError) {
        self.checked += 1;
        self.found.push((allele, variant, error));
    }

    /// Refuses the sample where the contradictions say that build or file is wrong.
    pub(super) fn refuse_wrong_file(&self) -> Result<(), AnalysisError> {
        let Some((allele, _, error)) = self.found.first() else {
            return Ok(());
        };
        let foreign = matches!(error, AnnotateError::Elsewhere { .. });
        if !foreign && !says_wrong_file(self.found.len(), self.checked) {
            return Ok(());
        }
        Err(AnalysisError {
            allele: Box::new(allele.file_allele.clone()),
            contradicting: self.found.len(),
            checked: self.checked,
            because: Box::new(error.clone()),
        })
    }

    /// Returns what the report must say of them.
    pub(super) fn warning(&self) -> Option<Warning> {
        let (allele, ..) = self.found.first()?;
        Some(Warning::ReferenceContradicted {
            records: self.found.len(),
            checked: self.checked,
            first: allele_text(&allele.file_allele),
        })
    }

    /// Makes the calls that only say what is wrong, one per record and gene.
    pub(super) fn calls(&self, thresholds: &Thresholds) -> Vec<Call> {
        let mut calls = Vec::new();
        for (allele, variant, error) in &self.found {
            let range = variant.position()..=variant.end();
            for target in self.site.targets.overlapping(variant.chromosome(), &range) {
                let mut consequence = self.site.annotator.place(variant, target.transcript);
                consequence.set_note(note_of(error));
                let ipssm = IpssmOpinion {
                    decision: IpssmDecision::InDoubt,
                    because: IpssmReason::ReferenceMismatch,
                    rule: None,
                    detail: error.to_string(),
                };
                calls.push(Call {
                    variant: (*variant).clone().into(),
                    allelic_ratio: None,
                    phase: allele.phase.clone(),
                    file_allele: allele.file_allele.clone(),
                    consequence,
                    common_name: None,
                    evidence: allele.evidence.clone(),
                    recount: allele.recount.clone(),
                    normal: allele.normal.evidence().cloned(),
                    caller_filter: allele.caller_filter.clone(),
                    population: allele.population.clone(),
                    status: CallStatus::ReferenceMismatch,
                    rule: None,
                    rules: Vec::new(),
                    rule_sets: Vec::new(),
                    rule_sets_against: Vec::new(),
                    ipssm_gene: target.gene.is_ipssm(),
                    ipssm: target.gene.is_ipssm().then_some(ipssm),
                    inheritance: None,
                    vaf_threshold: thresholds.min_vaf,
                    reasons: vec![Reason::new(ReasonCode::ReferenceMismatch, values_of(error))],
                });
            }
        }
        calls
    }
}

fn note_of(error: &AnnotateError) -> ConsequenceNote {
    match error {
        AnnotateError::ReferenceMismatch {
            gene,
            build,
            chromosome,
            position,
            expected,
            found,
        } => ConsequenceNote::ReferenceMismatch {
            gene: gene.clone(),
            place: format!("{chromosome}:{position}"),
            found: *found,
            build: *build,
            expected: *expected,
        },
        AnnotateError::Elsewhere { .. } => ConsequenceNote::Elsewhere {
            problem: error.to_string(),
        },
    }
}

/// Returns the bases that contradict each other; of any other error its words.
fn values_of(error: &AnnotateError) -> ReasonValues {
    match note_of(error) {
        ConsequenceNote::ReferenceMismatch {
            gene,
            place,
            found,
            build,
            expected,
        } => ReasonValues::ReferenceBases {
            gene,
            place,
            found,
            build,
            expected,
        },
        _ => error.to_string().into(),
    }
}
