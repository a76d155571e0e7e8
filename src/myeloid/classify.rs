//! WHO 2022 (5th edition) and ICC 2022 classification, each as an ordered list of rules that say why they match or not.

mod cmml;
mod icc;
mod names;
mod notes;
mod overlap;
mod tp53;
mod who5;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::findings::Findings;
use super::limits::{AML_BLASTS, EXCESS_BLASTS, MDS_AML_BLASTS};
use crate::panel::Text;
use crate::words::Phrase;

pub(super) use cmml::OTHER_DISEASE;
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
    /// It was passed over: what it asks for was not given, and nothing else makes a question of it. That is no finding against it.
    #[serde(default)]
    pub not_looked_for: bool,
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
    /// Whether what it asks for was given.
    given: bool,
    name: String,
    why: Text,
}

impl Answer {
    fn of(matched: Option<bool>, name: impl Into<String>, why: Text) -> Self {
        Self {
            matched,
            given: true,
            name: name.into(),
            why,
        }
    }

    /// Marks a rule that does not match as passed over where what it asks for was not given.
    fn if_given(self, given: bool) -> Self {
        Self { given, ..self }
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
            not_looked_for: !answer.given && answer.matched == Some(false),
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
        notes.push(Text::from(Phrase::new("classification", "earlier_rule_open")));
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

/// Rearrangements that define AML from 10 % blasts on (Arber, Blood 2022;140:1200, Table 25); WHO 2022 has the first eight but
/// for `RARA-r` at any share (Khoury, Leukemia 2022;36:1703).
const DEFINING_FUSIONS: [&str; 17] = [
    "PML::RARA",
    "RARA-r",
    "RUNX1::RUNX1T1",
    "CBFB::MYH11",
    "DEK::NUP214",
    "KMT2A-r",
    "MECOM-r",
    "NUP98-r",
    "RBM15::MRTFA",
    // "Other rare recurring translocations" of the same table, as listed in Ann Hematol 2024;103:1103.
    "PRDM16::RPN1",
    "NPM1::MLF1",
    "ETV6::MNX1",
    "KAT6A::CREBBP",
    "PICALM::MLLT10",
    "FUS::ERG",
    "RUNX1::CBFA2T3",
    "CBFA2T3::GLIS2",
];

/// Whether something was found that defines AML where the blasts are enough.
pub(super) fn holds_what_defines_aml(findings: &Findings) -> bool {
    findings.mutations("NPM1", 0.0) > 0 || findings.first_fusion(&DEFINING_FUSIONS).is_some()
}

/// Whether marrow or blood blasts reach these shares, per cent; not known without a marrow. Blood blasts not given are taken as
/// below.
fn seen_blasts_reach(findings: &Findings, marrow: f64, blood: f64) -> Option<bool> {
    if findings.blood_blasts.is_some_and(|b| b >= blood) {
        return Some(true);
    }
    findings.marrow_blasts.map(|m| m >= marrow)
}

/// The same; where there is no marrow, only what the other findings make a question of is open. Nobody looks into the marrow of
/// a person with normal counts, and a low count alone does not make an acute leukemia of which nothing was seen: a note says
/// that no marrow is there.
fn blasts_reach(findings: &Findings, marrow: f64, blood: f64) -> Option<bool> {
    match seen_blasts_reach(findings, marrow, blood) {
        None if !is_a_question(findings, marrow) => Some(false),
        seen => seen,
    }
}

/// Whether a marrow that was not looked at could hold this share of blasts for all that is known.
fn is_a_question(findings: &Findings, share: f64) -> bool {
    let seen_in_blood =
        findings.blood_blasts.is_some_and(|b| b >= EXCESS_BLASTS.1) || findings.auer_rods == Some(true);
    let cytopenia = findings.cytopenia().any();
    if share >= MDS_AML_BLASTS && holds_what_defines_aml(findings) {
        // Then it would be the type that this defines, which has its own rule.
        false
    } else if share >= AML_BLASTS {
        seen_in_blood
    } else if share >= MDS_AML_BLASTS {
        seen_in_blood || cytopenia == Some(true)
    } else {
        seen_in_blood || cytopenia != Some(false)
    }
}

/// Whether rearrangements were looked for, and what was found is understood.
fn fusions_given(findings: &Findings) -> bool {
    !findings.are_fusions_open()
}

/// The answer of a rule that asks for a rearrangement where only names were given that are not understood: any may be one it asks for.
fn fusion_not_understood(findings: &Findings, enough_blasts: Option<bool>) -> Option<Answer> {
    let name = findings.unknown_fusions.first()?;
    (enough_blasts != Some(false)).then(|| {
        Answer::unknown(
            "AML with a defining rearrangement",
            Text::filled(
                Phrase::new("classification", "fusion_not_understood"),
                &[("name", &name)],
            ),
        )
    })
}

/// Whether blasts were counted in the marrow, or seen in the blood.
fn blasts_given(findings: &Findings) -> bool {
    findings.marrow_blasts.is_some() || findings.blood_blasts.is_some()
}

/// Whether blasts are increased: 5 % in the marrow or 2 % in the blood (WHO 2022; ICC 2022), or Auer rods were seen.
pub(super) fn has_excess_blasts(findings: &Findings) -> bool {
    seen_blasts_reach(findings, EXCESS_BLASTS.0, EXCESS_BLASTS.1) == Some(true)
        || findings.auer_rods == Some(true)
}

/// MDS needs a cytopenia; without one the list ends.
fn no_cytopenia(findings: &Findings) -> Answer {
    match findings.cytopenia().any() {
        Some(true) => Answer::no(NOT_MDS, Text::from(Phrase::new("classification", "cytopenia"))),
        Some(false) => Answer::yes(
            NOT_MDS,
            Text::from(Phrase::new("classification", "mds_needs_cytopenia")),
        ),
        None => Answer::unknown(
            NOT_MDS,
            Text::from(Phrase::new("classification", "counts_missing")),
        ),
    }
}
