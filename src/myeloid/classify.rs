//! WHO 2022 (5th edition) and ICC 2022 classification, each as an ordered list of rules that say why they match or not.

mod icc;
mod tp53;
mod who5;

use schemars::JsonSchema;
use serde::Serialize;

use super::findings::Findings;

pub use icc::icc;
pub use who5::who5;

/// What a classification says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Classification {
    /// The type; `None` where no rule matches or an earlier rule cannot be decided.
    pub name: Option<String>,
    /// Types that an undecided earlier rule, or the match after it, could give.
    pub possible: Vec<String>,
    /// Each rule up to the match, in order.
    pub rules: Vec<RuleTrace>,
    /// Doubts and assumptions.
    pub notes: Vec<String>,
}

/// What came of one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RuleTrace {
    /// The type it gives.
    pub name: String,
    /// Whether it matched; `None` where a finding it needs is missing.
    pub matched: Option<bool>,
    /// Why.
    pub why: String,
}

/// Answer of one rule: whether it matched, the type it gives, and why.
pub(super) struct Answer {
    matched: Option<bool>,
    name: String,
    why: String,
}

impl Answer {
    fn yes(name: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            matched: Some(true),
            name: name.into(),
            why: why.into(),
        }
    }

    fn no(name: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            matched: Some(false),
            name: name.into(),
            why: why.into(),
        }
    }

    fn unknown(name: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            matched: None,
            name: name.into(),
            why: why.into(),
        }
    }

    fn of(matched: Option<bool>, name: &str, why: &str) -> Self {
        Self {
            matched,
            name: name.into(),
            why: why.into(),
        }
    }
}

/// One rule of an ordered list.
pub(super) type Rule = fn(&Findings) -> Answer;

/// Goes through the rules; the first that matches decides, unless one before it could not be decided.
fn first_match(findings: &Findings, rules: &[Rule], mut notes: Vec<String>) -> Classification {
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
    if !possible.is_empty() {
        notes.push("an earlier rule lacks a finding; the type is not certain".into());
        possible.extend(name.take());
    }
    Classification {
        name,
        possible,
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

/// Returns what had to be assumed.
fn assumptions(findings: &Findings) -> Vec<String> {
    let mut notes = Vec::new();
    if findings.blood_blasts.is_none() {
        notes.push("blood blasts not given: decided by the marrow alone".into());
    }
    if findings.prior_therapy == Some(true) {
        notes.push(
            "after cytotoxic therapy: qualify as post cytotoxic therapy (WHO) / therapy-related (ICC)".into(),
        );
    }
    if findings.prior_mds == Some(true) {
        notes.push("progressed from a myelodysplastic disease: a qualifier in ICC".into());
    }
    notes
}
