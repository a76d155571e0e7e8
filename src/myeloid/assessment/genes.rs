//! Which genes are mutated, which are not, and which are not known, from calls, coverage and statements.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::SequencedSample;
use crate::drivers::{Call, CallStatus, IpssmDecision, ReasonCode};
use crate::myeloid::ccrs::SPLICING_GENES;
use crate::myeloid::chrs::HIGH_RISK_GENES;
use crate::myeloid::findings::Driver;
use crate::panel::Text;
use crate::patient::Clinical;
use crate::patient::Tp53Count;
use crate::transcript::ProteinChangeKind;

/// Residues of the bZIP domain of CEBPA (UniProt P49715, entry version 222, read).
const CEBPA_BZIP: std::ops::RangeInclusive<u32> = 282..=345;

/// What the state of a gene rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GeneBasis {
    /// Stated by the user.
    Given,
    /// A driver among the calls.
    Call,
    /// The input shows enough depth over the whole target.
    Covered,
    /// The laboratory states that the gene was covered.
    StatedCovered,
    /// A call is in doubt: a person must decide.
    InDoubt,
    /// Part of the target was covered.
    PartlyCovered,
    /// The input does not show that the gene was covered.
    NotCovered,
    /// Not on the panel.
    NotOnPanel,
    /// A kind of change that variant calls do not show.
    NotLookedFor,
    /// A kind of change that the depth of exons does not show, down to a limit.
    NotSeenByDepth,
    /// The gene was covered, but the reads would not have shown a kind of change of it.
    NotShownByReads,
}

/// What is known of a gene.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GeneState {
    /// Whether it is mutated.
    pub mutated: Option<bool>,
    /// Why.
    pub basis: GeneBasis,
}

/// Returns what calls, coverage and the statement on coverage say of a gene; statements on mutations come before it.
pub(super) fn state(sample: &SequencedSample<'_>, clinical: &Clinical, gene: &str) -> GeneState {
    let of = |mutated, basis| GeneState { mutated, basis };
    let has = |status| calls_of(sample.calls, gene).any(|c| c.status == status);
    if sample.genes.iter().all(|g| g.gene != gene) {
        return of(None, GeneBasis::NotOnPanel);
    }
    if has(CallStatus::Driver) {
        of(Some(true), GeneBasis::Call)
    } else if has(CallStatus::DriverReview) || undecided(sample.calls, gene) {
        of(None, GeneBasis::InDoubt)
    } else {
        without_calls(sample, clinical, gene)
    }
}

/// Whether a gene has a call of which it is not known what it does.
fn undecided(calls: &[Call], gene: &str) -> bool {
    calls_of(calls, gene).any(|c| {
        c.status == CallStatus::ReferenceMismatch
            || (matches!(c.status, CallStatus::Uncertain | CallStatus::GermlineSuspected)
                && c.reasons
                    .iter()
                    .any(|r| r.code == ReasonCode::ProteinChangeUnknown))
    })
}

/// Returns what coverage and the statement on it say of a gene.
fn without_calls(sample: &SequencedSample<'_>, clinical: &Clinical, gene: &str) -> GeneState {
    let of = |mutated, basis| GeneState { mutated, basis };
    let Some(result) = sample.genes.iter().find(|g| g.gene == gene) else {
        return of(None, GeneBasis::NotOnPanel);
    };
    if result.is_assessed() {
        of(Some(false), GeneBasis::Covered)
    } else if clinical.states_coverage_of(gene) {
        of(Some(false), GeneBasis::StatedCovered)
    } else if result.assessed_bases > 0 {
        of(None, GeneBasis::PartlyCovered)
    } else {
        of(None, GeneBasis::NotCovered)
    }
}

/// Returns what calls, coverage and the statement on coverage say of a gene to IPSS-M, which counts every oncogenic mutation: an
/// undecided call leaves the gene in doubt.
pub(super) fn ipssm_state(sample: &SequencedSample<'_>, clinical: &Clinical, gene: &str) -> GeneState {
    let of = |mutated, basis| GeneState { mutated, basis };
    let has = |decision| ipssm_calls(sample.calls, gene, decision).next().is_some();
    if has(IpssmDecision::Counted) {
        return of(Some(true), GeneBasis::Call);
    }
    if has(IpssmDecision::InDoubt) {
        return of(None, GeneBasis::InDoubt);
    }
    match state(sample, clinical, gene) {
        // A driver of clonal hematopoiesis that does not count, for a reason that the column says, is no doubt.
        GeneState {
            basis: GeneBasis::Call | GeneBasis::InDoubt,
            ..
        } => without_calls(sample, clinical, gene),
        other => other,
    }
}

/// Returns the calls on a gene of which IPSS-M makes this.
pub(super) fn ipssm_calls<'a>(
    calls: &'a [Call],
    gene: &str,
    decision: IpssmDecision,
) -> impl Iterator<Item = &'a Call> {
    calls_of(calls, gene).filter(move |c| c.ipssm.as_ref().is_some_and(|o| o.decision == decision))
}

/// Whether a driver, sure or to be reviewed, lies in a gene of inherited predisposition and fits an inherited variant.
pub(super) fn may_be_inherited(calls: &[Call]) -> bool {
    calls.iter().any(|c| {
        c.status.is_driver_or_review() && c.reasons.iter().any(|r| r.code == ReasonCode::GermlineGene)
    })
}

/// Returns the calls on a gene.
pub(super) fn calls_of<'a>(calls: &'a [Call], gene: &str) -> impl Iterator<Item = &'a Call> {
    calls.iter().filter(move |c| c.consequence.gene == gene)
}

/// Returns the certain drivers of a gene.
pub(super) fn drivers_of<'a>(calls: &'a [Call], gene: &str) -> impl Iterator<Item = &'a Call> {
    calls_of(calls, gene).filter(|c| c.status == CallStatus::Driver)
}

/// Drivers and open genes of a sample.
#[derive(Debug)]
pub(super) struct Genes {
    /// Drivers by calls, then by statement.
    pub drivers: Vec<Driver>,
    /// Panel genes that may hold more.
    pub open: Vec<String>,
    /// Genes that rules and scores ask for, not on the panel and not stated.
    pub off_panel: Vec<String>,
}

/// Genes that the classifications and the exclusion of myeloproliferative neoplasms ask for beside those of CHRS and CCRS.
const ASKED_GENES: [&str; 11] = [
    "ASXL1", "BCOR", "CALR", "EZH2", "MPL", "NPM1", "RUNX1", "SF3B1", "STAG2", "TP53", "U2AF1",
];

/// Returns the genes that somebody asks for, that the panel does not hold and of which nothing is stated.
fn off_panel(sample: &SequencedSample<'_>, clinical: &Clinical) -> Vec<String> {
    asked_genes()
        .into_iter()
        .filter(|g| !clinical.states(g) && sample.genes.iter().all(|r| r.gene != *g))
        .map(str::to_owned)
        .collect()
}

/// Returns the genes that scores, classifications and the exclusion of other diseases ask for, in alphabetical order.
pub fn asked_genes() -> Vec<&'static str> {
    let mut genes: Vec<&str> = HIGH_RISK_GENES
        .into_iter()
        .chain(SPLICING_GENES)
        .chain(ASKED_GENES)
        .collect();
    genes.sort_unstable();
    genes.dedup();
    genes
}

impl Genes {
    pub(super) fn new(sample: &SequencedSample<'_>, clinical: &Clinical) -> Self {
        let drivers = sample.calls.iter().filter(|c| c.status == CallStatus::Driver);
        let mut genes = Self {
            drivers: drivers.map(driver).collect(),
            open: sample
                .genes
                .iter()
                .map(|g| g.gene.as_str())
                .filter(|g| is_open(sample, clinical, g))
                .map(str::to_owned)
                .collect(),
            off_panel: off_panel(sample, clinical),
        };
        for (column, mutated) in &clinical.genes {
            genes.state(column, *mutated);
        }
        if let Some(count) = clinical.tp53_mutations {
            genes.state_tp53(count, clinical.tp53_max_vaf);
        }
        genes
    }

    /// Takes in a statement on a gene.
    fn state(&mut self, gene: &str, mutated: bool) {
        // The partial tandem duplication is no mutation that stages or counts of mutations know.
        if gene == "MLL_PTD" {
            return;
        }
        if !mutated {
            self.drivers.retain(|d| d.gene != gene);
            self.open.retain(|g| g != gene);
        } else if !self.drivers.iter().any(|d| d.gene == gene) {
            self.drivers.push(Driver::stated(gene, None));
        }
    }

    /// Takes in the stated number of TP53 mutations.
    fn state_tp53(&mut self, count: Tp53Count, vaf: Option<f64>) {
        let wanted = count.at_least();
        let mut found: Vec<Driver> = self
            .drivers
            .iter()
            .filter(|d| d.gene == "TP53")
            .cloned()
            .collect();
        // The largest stay where fewer are stated than were called.
        found.sort_by(|a, b| b.vaf.unwrap_or(1.0).total_cmp(&a.vaf.unwrap_or(1.0)));
        if count != Tp53Count::TwoOrMore {
            found.truncate(wanted);
        }
        while found.len() < wanted {
            // The stated VAF is the largest of the gene; no mutation that was not called can be above it.
            found.push(Driver::stated("TP53", vaf));
        }
        self.drivers.retain(|d| d.gene != "TP53");
        self.drivers.extend(found);
        self.open.retain(|g| g != "TP53");
    }

    /// Returns what must be said of genes that were not looked at and of calls that do not count.
    pub(super) fn notes(&self, sample: &SequencedSample<'_>) -> Vec<Text> {
        let mut notes = Vec::new();
        let mut note = |list: &[&str], en: &str, ja: &str| {
            if !list.is_empty() {
                let list = list.join(", ");
                notes.push(Text::new(format!("{en}: {list}"), format!("{ja}：{list}")));
            }
        };
        let open: Vec<&str> = self.open.iter().map(String::as_str).collect();
        note(
            &open,
            "Not known to be without a further mutation (not covered in full, or a call in doubt)",
            "さらなる変異の有無が不明な遺伝子（全域がカバーされていない、または要確認の変異あり）",
        );
        let off_panel: Vec<&str> = self.off_panel.iter().map(String::as_str).collect();
        note(
            &off_panel,
            "Not on the panel, so not known to be without a mutation (CHRS and CCRS give a range; a type or disease that such a \
             mutation defines is not excluded). Where they were sequenced, state that they were covered, or whether they are mutated, \
             or use a panel that holds them",
            "パネルに含まれず変異の有無が不明な遺伝子（CHRS・CCRSは範囲で示し、その変異により定義される病型・疾患は否定できない。解析済みであれば、カバー済みの遺伝子または変異の有無として入力するか、その遺伝子を含むパネルを使用する）",
        );
        let mut uncertain: Vec<&str> = sample
            .calls
            .iter()
            .filter(|c| c.status == CallStatus::Uncertain)
            .map(|c| c.consequence.gene.as_str())
            .collect();
        uncertain.sort_unstable();
        uncertain.dedup();
        note(
            &uncertain,
            "Calls that match no driver rule are not counted as mutations",
            "ドライバー規則に一致しない変異は算入していない",
        );
        notes
    }
}

/// Whether a gene may hold more drivers than those called.
pub(super) fn is_open(sample: &SequencedSample<'_>, clinical: &Clinical, gene: &str) -> bool {
    let in_doubt = calls_of(sample.calls, gene).any(|c| c.status == CallStatus::DriverReview)
        || undecided(sample.calls, gene);
    let covered = sample.genes.iter().any(|g| g.gene == gene && g.is_assessed());
    in_doubt || !(covered || clinical.states_coverage_of(gene))
}

fn driver(call: &Call) -> Driver {
    Driver {
        gene: call.consequence.gene.clone(),
        vaf: call.evidence.vaf,
        bzip: is_in_frame_bzip(call),
    }
}

/// Whether a call changes the bZIP domain of CEBPA in frame.
fn is_in_frame_bzip(call: &Call) -> bool {
    let Some(change) = &call.consequence.protein_change else {
        return false;
    };
    let in_frame = matches!(
        change.kind,
        ProteinChangeKind::Substitution { .. }
            | ProteinChangeKind::Deletion
            | ProteinChangeKind::Duplication
            | ProteinChangeKind::Insertion { .. }
            | ProteinChangeKind::Delins { .. }
    );
    call.consequence.gene == "CEBPA"
        && in_frame
        && change.start <= *CEBPA_BZIP.end()
        && change.end >= *CEBPA_BZIP.start()
}
