//! WHO 2022 (5th edition) and ICC 2022 classification, each as an ordered list of rules that say why they match or not.

mod cmml;
mod icc;
mod names;
mod tp53;
mod who5;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::findings::Findings;
use crate::panel::Text;

pub use icc::icc;
pub use names::explained;
pub use who5::who5;

/// What a classification says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Classification {
    /// The type; `None` where no rule matches or an earlier rule cannot be decided.
    pub name: Option<String>,
    /// Types that an undecided earlier rule, or the match after it, could give.
    pub possible: Vec<String>,
    /// The type that what is known gives, if nothing that is missing changes it; `None` where no rule matches.
    pub by_what_is_known: Option<String>,
    /// Each rule up to the match, in order.
    pub rules: Vec<RuleTrace>,
    /// Doubts and assumptions.
    pub notes: Vec<Text>,
}

/// What came of one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RuleTrace {
    /// The type it gives.
    pub name: String,
    /// Whether it matched; `None` where a finding it needs is missing.
    pub matched: Option<bool>,
    /// Why.
    pub why: Text,
}

impl Classification {
    /// Whether the type, or every type that is still possible, begins like this.
    pub fn is_surely(&self, start: &str) -> bool {
        match &self.name {
            Some(name) => name.starts_with(start),
            None => self.by_what_is_known.is_some() && self.possible.iter().all(|n| n.starts_with(start)),
        }
    }

    /// Whether a type that begins like this is still possible.
    pub fn could_be(&self, start: &str) -> bool {
        self.name
            .iter()
            .chain(&self.possible)
            .any(|n| n.starts_with(start))
    }
}

/// Answer of one rule: whether it matched, the type it gives, and why.
pub(super) struct Answer {
    matched: Option<bool>,
    name: String,
    why: Text,
}

impl Answer {
    fn of(matched: Option<bool>, name: impl Into<String>, why: Text) -> Self {
        Self {
            matched,
            name: name.into(),
            why,
        }
    }

    fn yes(name: impl Into<String>, why: Text) -> Self {
        Self::of(Some(true), name, why)
    }

    fn no(name: impl Into<String>, why: Text) -> Self {
        Self::of(Some(false), name, why)
    }

    fn unknown(name: impl Into<String>, why: Text) -> Self {
        Self::of(None, name, why)
    }
}

/// One rule of an ordered list.
pub(super) type Rule = fn(&Findings) -> Answer;

/// A rule that ends the list without a type.
const NOT_MDS: &str = "not MDS";

/// Goes through the rules; the first that matches decides, unless one before it could not be decided.
fn first_match(findings: &Findings, rules: &[Rule], mut notes: Vec<Text>) -> Classification {
    let mut trace = Vec::new();
    let mut possible = Vec::new();
    let mut name = None;
    for rule in rules {
        let answer = rule(findings);
        trace.push(RuleTrace {
            name: answer.name.clone(),
            matched: answer.matched,
            why: answer.why,
        });
        match answer.matched {
            Some(true) => {
                name = Some(answer.name);
                break;
            }
            Some(false) => {}
            None => possible.push(answer.name),
        }
    }
    let by_what_is_known = name.clone().filter(|n| n != NOT_MDS);
    if !possible.is_empty() {
        notes.push(Text::new(
            "an earlier rule lacks a finding; the type is not certain",
            "先行する規則に必要な所見が不足しており、病型は確定しない",
        ));
        possible.extend(name.take());
    }
    Classification {
        name: name.filter(|n| n != NOT_MDS),
        possible,
        by_what_is_known,
        rules: trace,
        notes,
    }
}

/// All are true: `Some(true)`; one is false: `Some(false)`; else not known.
fn all(parts: &[Option<bool>]) -> Option<bool> {
    if parts.contains(&Some(false)) {
        Some(false)
    } else if parts.contains(&None) {
        None
    } else {
        Some(true)
    }
}

/// One is true: `Some(true)`; all are false: `Some(false)`; else not known.
fn any(parts: &[Option<bool>]) -> Option<bool> {
    all(&parts.iter().map(|p| p.map(|v| !v)).collect::<Vec<_>>()).map(|v| !v)
}

fn not(part: Option<bool>) -> Option<bool> {
    part.map(|v| !v)
}

/// Whether marrow or blood blasts reach these shares, per cent. Blood blasts not given are taken as below.
fn blasts_reach(findings: &Findings, marrow: f64, blood: f64) -> Option<bool> {
    if findings.blood_blasts.is_some_and(|b| b >= blood) {
        return Some(true);
    }
    findings.marrow_blasts.map(|m| m >= marrow)
}

/// MDS needs a cytopenia; without one the list ends.
fn no_cytopenia(findings: &Findings) -> Answer {
    match findings.cytopenia().any() {
        Some(true) => Answer::no(NOT_MDS, Text::new("cytopenia", "血球減少あり")),
        Some(false) => Answer::yes(
            NOT_MDS,
            Text::new("MDS needs a cytopenia", "MDSには血球減少が必要"),
        ),
        None => Answer::unknown(
            NOT_MDS,
            Text::new(
                "counts are missing; MDS needs a cytopenia",
                "血球数が不足。MDSには血球減少が必要",
            ),
        ),
    }
}

/// Returns what had to be assumed.
fn assumptions(findings: &Findings) -> Vec<Text> {
    let mut notes = Vec::new();
    let mut note = |when: bool, en: &str, ja: &str| {
        if when {
            notes.push(Text::new(en, ja));
        }
    };
    note(
        findings.blood_blasts.is_none(),
        "blood blasts not given: decided by the marrow alone",
        "末梢血芽球の記載なし：骨髄のみで判定",
    );
    note(
        findings.monocytes.is_none(),
        "monocytes not given: CMML was not looked for",
        "単球数の記載なし：CMMLは検討していない",
    );
    note(
        findings.prior_therapy == Some(true),
        "after cytotoxic therapy: qualify as post cytotoxic therapy (WHO) / therapy-related (ICC)",
        "細胞障害性治療後：治療後(WHO)／治療関連(ICC)と付記する",
    );
    note(
        findings.prior_mds == Some(true),
        "progressed from a myelodysplastic disease: a qualifier in ICC",
        "骨髄異形成性疾患からの進展：ICCでは付記事項",
    );
    note(
        findings.first_fusion(&["BCR::ABL1"]).is_some() && blasts_reach(findings, 20.0, 20.0) == Some(false),
        "BCR::ABL1 below 20 % blasts is not AML: review",
        "BCR::ABL1陽性で芽球20%未満はAMLではない：要検討",
    );
    notes.extend(on_what_is_open(findings));
    notes
}

/// Fusions of AML with other defined genetic alterations (Khoury, Leukemia 2022;36:1703; from memory, and sources differ on the
/// share of blasts it asks for).
const OTHER_DEFINED: [&str; 5] = [
    "CBFA2T3::GLIS2",
    "KAT6A::CREBBP",
    "FUS::ERG",
    "ETV6::MNX1",
    "NPM1::MLF1",
];

/// Returns which names of fusions could not be used, and whether the second hit of TP53 was looked at.
fn on_what_is_open(findings: &Findings) -> Vec<Text> {
    let mut notes: Vec<Text> = findings
        .unknown_fusions
        .iter()
        .map(|name| {
            Text::new(
                format!(
                    "fusion {name} is not understood and was not used: a type that it defines is not excluded"
                ),
                format!(
                    "融合遺伝子「{name}」は解釈できず使用していない：それにより定義される病型は否定できない"
                ),
            )
        })
        .collect();
    let leukemic = blasts_reach(findings, 20.0, 20.0) == Some(true);
    if leukemic && findings.fusions_looked_for == Some(false) && findings.fusions.is_empty() {
        notes.push(Text::new(
            "fusions not given: a rearrangement that defines AML and that a karyotype does not show is not excluded",
            "融合遺伝子の記載なし：核型に現れない、AMLを定義する再構成は否定できない",
        ));
    }
    if let Some(found) = findings.first_fusion(&OTHER_DEFINED).filter(|_| leukemic) {
        notes.push(Text::new(
            format!("{found}: WHO 2022 has it under AML with other defined genetic alterations, which is no rule here"),
            format!("{found}：WHO 2022では「その他の定義された遺伝子異常を伴うAML」に含まれるが、本規則には含まない"),
        ));
    }
    if tp53::is_loss_open(findings) {
        notes.push(Text::new(
            "one TP53 mutation: loss of the other allele, copy-neutral too, was not looked at, and would make it multi-hit",
            "TP53変異1個：他アレルの欠失(コピー中立性を含む)は評価されておらず、あれば多重ヒットとなる",
        ));
    }
    notes
}
