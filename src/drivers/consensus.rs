//! From the rules that match to a verdict: one published set decides, or the consensus of them.
//!
//! Consensus, argued gene by gene in `docs/rules.md`: a variant is a driver when Vlasschaert 2023 says so, or a
//! laboratory's own rule, or at least two voices among Bick 2020, Niroula 2021, the WHO encoding and our own statement for
//! IPSS-M genes. One voice is for review; our own statement alone makes a driver only where no published list covers the gene.
//! An exclusion that Vlasschaert 2023 states turns a driver of the other sets into a review. The panel may limit this for
//! a gene or a change, with the reason.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Reason, ReasonCode, RuleMatch};
use crate::panel::{
    ConsensusLimit, ConsensusState, ExcludedAs, PanelGene, RuleSet, RuleSetChoice, parse_rule_change,
};
use crate::transcript::{Consequence, SequenceSource, SoTerm};

/// What the chosen rules make of a variant, before evidence, germline and artifact tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VerdictState {
    /// A driver.
    Driver,
    /// The sets disagree: a person must look.
    Review,
    /// No driver.
    NotDriver,
    /// The protein change is not known, and a rule might match it.
    Unknown,
}

/// The verdict of the rules on a variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The verdict.
    pub state: VerdictState,
    /// Id of the rule that decided; for a review the one that spoke for a driver.
    pub rule: Option<String>,
    /// Every rule that matched, of every set, exclusions included.
    pub rules: Vec<RuleMatch>,
    /// The sets by which it is a driver.
    pub sets_for: Vec<RuleSet>,
    /// The published or local sets that have rules for the gene but do not call it a driver.
    pub sets_against: Vec<RuleSet>,
    /// What the exclusion that made it no driver takes it for.
    pub excluded_as: Option<ExcludedAs>,
    /// Why, in the order weighed.
    pub reasons: Vec<Reason>,
}

/// Sets that count as one voice each in the consensus. Vlasschaert and a laboratory's own rules need no second.
const VOICES: [RuleSet; 4] = [RuleSet::Bick, RuleSet::Niroula, RuleSet::Who, RuleSet::Ipssm];

/// Number of voices that make a driver.
const VOICES_NEEDED: usize = 2;

/// Published lists of clonal hematopoiesis; our own statement for IPSS-M genes is none.
const PUBLISHED: [RuleSet; 4] = [
    RuleSet::Bick,
    RuleSet::Vlasschaert,
    RuleSet::Niroula,
    RuleSet::Who,
];

/// Decides by the chosen set.
///
/// `matches` comes from [`match_rules`](super::match_rules), `undetermined` from
/// [`undetermined_rules`](super::undetermined_rules).
pub fn decide(
    choice: RuleSetChoice,
    gene: &PanelGene,
    consequence: &Consequence,
    matches: Vec<RuleMatch>,
    undetermined: &[&str],
) -> Verdict {
    let sets_for = sets_for(&matches);
    // Our statement for IPSS-M genes speaks only where the lists are silent: its silence is no vote.
    let sets_against = covering(gene)
        .filter(|set| *set != RuleSet::Ipssm && !sets_for.contains(set))
        .collect();
    let mut reasons = Vec::new();
    let mut state = match choice.set() {
        Some(set) if sets_for.contains(&set) => VerdictState::Driver,
        Some(_) => VerdictState::NotDriver,
        None => consensus(gene, &sets_for, &mut reasons),
    };
    let rule = deciding_rule(choice, &matches);
    if let (VerdictState::Driver | VerdictState::Review, Some(id)) = (state, &rule) {
        reasons.insert(0, reason(ReasonCode::RuleMatched, id));
        if let Some(text) = gene
            .rules
            .iter()
            .find(|r| r.id == *id)
            .and_then(|r| r.numbering.as_deref())
        {
            reasons.push(reason(ReasonCode::NumberingConverted, text));
        }
    }
    explain_matches(&matches, &mut reasons);
    if excluded_by(RuleSet::Local, &matches) {
        // A laboratory's exclusion is final, whichever set it listens to.
        state = VerdictState::NotDriver;
    } else if choice.set().is_none() {
        state = limit(state, gene, consequence, &matches, &mut reasons);
    }
    if matches!(state, VerdictState::Driver | VerdictState::Review) && may_keep_start(consequence) {
        state = VerdictState::Review;
        reasons.push(reason(ReasonCode::ProteinChangeUnknown, "start codon"));
    }
    if state == VerdictState::NotDriver {
        if relevant_undetermined(choice, gene, undetermined) {
            state = VerdictState::Unknown;
            reasons.push(reason(ReasonCode::ProteinChangeUnknown, &undetermined.join(",")));
        } else if matches.is_empty() {
            reasons.push(reason(ReasonCode::NoRuleMatched, choice.name()));
        }
    }
    Verdict {
        excluded_as: excluded_as(choice, state, &matches),
        state,
        rule: rule.filter(|_| matches!(state, VerdictState::Driver | VerdictState::Review)),
        rules: matches,
        sets_for,
        sets_against,
        reasons,
    }
}

/// Whether a lost start codon would be kept by bases before it that nobody gave: a deletion of c.1 behind an A leaves ATG as it was.
fn may_keep_start(consequence: &Consequence) -> bool {
    consequence.source == SequenceSource::None && consequence.terms.contains(&SoTerm::StartLost)
}

/// Returns what the exclusions that the choice listens to take a change for that is no driver.
fn excluded_as(choice: RuleSetChoice, state: VerdictState, matches: &[RuleMatch]) -> Option<ExcludedAs> {
    let heard = |m: &&RuleMatch| {
        let by_choice = choice.set().is_none_or(|set| m.sets.contains(&set));
        excludes(m) && (by_choice || m.sets.contains(&RuleSet::Local))
    };
    let is_none = state == VerdictState::NotDriver;
    matches
        .iter()
        .filter(heard)
        .find_map(|m| m.excluded_as)
        .filter(|_| is_none)
}

fn reason(code: ReasonCode, detail: &str) -> Reason {
    Reason {
        code,
        detail: detail.to_owned(),
    }
}

/// Exclusions that take a match back; those of a platform only mark it.
fn excludes(matched: &RuleMatch) -> bool {
    matched.exclude && !matched.platform_specific
}

fn excluded_by(set: RuleSet, matches: &[RuleMatch]) -> bool {
    matches.iter().any(|m| excludes(m) && m.sets.contains(&set))
}

/// Returns the sets with an including match and no excluding one.
fn sets_for(matches: &[RuleMatch]) -> Vec<RuleSet> {
    let excluded = |set: &RuleSet| matches.iter().any(|m| excludes(m) && m.sets.contains(set));
    RuleSet::ALL
        .into_iter()
        .filter(|set| {
            matches
                .iter()
                .any(|m| !m.exclude && !m.vaf_too_low && m.sets.contains(set))
        })
        .filter(|set| !excluded(set))
        .collect()
}

/// Returns the sets that have an including rule for the gene.
fn covering(gene: &PanelGene) -> impl Iterator<Item = RuleSet> {
    RuleSet::ALL
        .into_iter()
        .filter(|set| gene.rules.iter().any(|r| !r.exclude && r.sets.contains(set)))
}

fn consensus(gene: &PanelGene, sets_for: &[RuleSet], reasons: &mut Vec<Reason>) -> VerdictState {
    let names = |sets: &[RuleSet]| sets.iter().map(|s| s.name()).collect::<Vec<_>>().join(",");
    let voices: Vec<RuleSet> = sets_for.iter().copied().filter(|s| VOICES.contains(s)).collect();
    let decisive = sets_for
        .iter()
        .any(|s| matches!(s, RuleSet::Vlasschaert | RuleSet::Local));
    if decisive || voices.len() >= VOICES_NEEDED {
        reasons.push(reason(ReasonCode::ConsensusOfSets, &names(sets_for)));
        VerdictState::Driver
    } else if voices == [RuleSet::Ipssm] {
        reasons.push(reason(ReasonCode::IpssmOnly, &gene.symbol));
        if covering(gene).any(|s| PUBLISHED.contains(&s)) {
            VerdictState::Review
        } else {
            VerdictState::Driver
        }
    } else if voices.is_empty() {
        VerdictState::NotDriver
    } else {
        reasons.push(reason(ReasonCode::OneSetOnly, &names(&voices)));
        VerdictState::Review
    }
}

/// Returns the rule that decided: of the chosen set, or for the consensus of the weightiest set that speaks for it.
fn deciding_rule(choice: RuleSetChoice, matches: &[RuleMatch]) -> Option<String> {
    const WEIGHT: [RuleSet; 6] = [
        RuleSet::Local,
        RuleSet::Vlasschaert,
        RuleSet::Bick,
        RuleSet::Niroula,
        RuleSet::Who,
        RuleSet::Ipssm,
    ];
    let counted = sets_for(matches);
    WEIGHT
        .into_iter()
        .filter(|set| counted.contains(set) && choice.set().is_none_or(|chosen| chosen == *set))
        .find_map(|set| {
            matches
                .iter()
                .find(|m| !m.exclude && !m.vaf_too_low && m.sets.contains(&set))
        })
        .map(|m| m.id.clone())
}

fn explain_matches(matches: &[RuleMatch], reasons: &mut Vec<Reason>) {
    for matched in matches {
        if excludes(matched) {
            reasons.push(reason(ReasonCode::RuleExcluded, &matched.id));
        } else if matched.exclude {
            reasons.push(reason(ReasonCode::PlatformArtifact, &matched.id));
        } else if matched.vaf_too_low {
            reasons.push(reason(ReasonCode::RuleVafTooLow, &matched.id));
        }
    }
}

/// Applies what holds the consensus back: stated exclusions and the panel's own limits.
fn limit(
    state: VerdictState,
    gene: &PanelGene,
    consequence: &Consequence,
    matches: &[RuleMatch],
    reasons: &mut Vec<Reason>,
) -> VerdictState {
    let mut state = state;
    if state == VerdictState::Driver && excluded_by(RuleSet::Vlasschaert, matches) {
        state = VerdictState::Review;
    }
    for limit in &gene.consensus {
        let lowered = match limit.at_most {
            ConsensusState::Review if state == VerdictState::Driver => VerdictState::Review,
            ConsensusState::NotDriver if matches!(state, VerdictState::Driver | VerdictState::Review) => {
                VerdictState::NotDriver
            }
            _ => continue,
        };
        if applies(limit, consequence) {
            state = lowered;
            reasons.push(reason(ReasonCode::ConsensusLimit, &limit.note));
        }
    }
    state
}

fn applies(limit: &ConsensusLimit, consequence: &Consequence) -> bool {
    limit.changes.is_empty()
        || consequence.protein_change.as_ref().is_some_and(|found| {
            limit
                .changes
                .iter()
                .filter_map(|c| parse_rule_change(c))
                .any(|c| c.matches(found))
        })
}

/// Whether a rule that might match is one that the choice listens to.
fn relevant_undetermined(choice: RuleSetChoice, gene: &PanelGene, undetermined: &[&str]) -> bool {
    gene.rules
        .iter()
        .filter(|r| undetermined.contains(&r.id.as_str()))
        .any(|r| choice.set().is_none_or(|set| r.sets.contains(&set)))
}
