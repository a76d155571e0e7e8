//! From the rules that match to a verdict: one published set decides, or the consensus of them.
//!
//! Consensus, argued gene by gene in `docs/rules.md`: a variant is a driver when Vlasschaert 2023 says so, or a
//! laboratory's own rule, or at least two voices among Bick 2020, Niroula 2021, the WHO encoding and our own statement for
//! IPSS-M genes. One voice is for review; our own statement alone makes a driver only where no published list covers the gene.
//! An exclusion that Vlasschaert 2023 states turns a driver of the other sets into a review. The panel may limit this for
//! a gene or a change, with the reason.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Reason, ReasonCode, ReasonValues, RuleMatch};
use crate::panel::{
    ConsensusLimit, ConsensusState, ExcludedAs, PanelGene, RuleSet, RuleSetChoice, parse_rule_change,
};
use crate::transcript::{Consequence, NamedEvent, SequenceSource, SoTerm};

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
#[derive(Clone, Debug, PartialEq)]
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

/// Published lists of clonal hematopoiesis; our own statement is none.
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
    // Our own statement speaks only where the lists are silent: its silence is no vote.
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
        reasons.insert(0, rule_reason(ReasonCode::RuleMatched, id));
        reasons.extend(numbering(gene, id));
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
        let values = ReasonValues::StartCodon;
        reasons.push(Reason::new(ReasonCode::ProteinChangeUnknown, values));
    }
    if let (VerdictState::Driver | VerdictState::Review, Some(event)) = (state, lost_frame(consequence)) {
        state = VerdictState::Review;
        reasons.push(Reason::new(ReasonCode::OutOfFrame, event.to_string()));
    }
    if state == VerdictState::NotDriver {
        if relevant_undetermined(choice, gene, undetermined) {
            state = VerdictState::Unknown;
            let values = ReasonValues::rules(undetermined);
            reasons.push(Reason::new(ReasonCode::ProteinChangeUnknown, values));
        } else if matches.is_empty() {
            let values = ReasonValues::Choice { rules: choice };
            reasons.push(Reason::new(ReasonCode::NoRuleMatched, values));
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

/// Says how the residue numbers of a rule were brought to the panel's transcript, where they were.
fn numbering(gene: &PanelGene, id: &str) -> Option<Reason> {
    let rule = gene.rules.iter().find(|r| r.id == id)?;
    let text = rule.numbering.as_deref()?;
    Some(Reason::new(ReasonCode::NumberingConverted, text))
}

/// Whether a lost start codon would be kept by bases before it that nobody gave: a deletion of c.1 behind an A leaves ATG as it was.
fn may_keep_start(consequence: &Consequence) -> bool {
    consequence.source == SequenceSource::None && consequence.terms.contains(&SoTerm::StartLost)
}

/// Returns the named event of a change after which the reading frame does not go on, or whose new residues hold a stop.
pub(super) fn lost_frame(consequence: &Consequence) -> Option<&NamedEvent> {
    consequence
        .event
        .as_ref()
        .filter(|event| event.in_frame == Some(false))
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

fn rule_reason(code: ReasonCode, id: &str) -> Reason {
    Reason::new(code, ReasonValues::Rule { id: id.to_owned() })
}

fn sets_reason(code: ReasonCode, sets: &[RuleSet]) -> Reason {
    Reason::new(code, ReasonValues::Sets { sets: sets.to_vec() })
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
    let voices: Vec<RuleSet> = sets_for.iter().copied().filter(|s| VOICES.contains(s)).collect();
    let decisive = sets_for
        .iter()
        .any(|s| matches!(s, RuleSet::Vlasschaert | RuleSet::Local));
    if decisive || voices.len() >= VOICES_NEEDED {
        reasons.push(sets_reason(ReasonCode::ConsensusOfSets, sets_for));
        VerdictState::Driver
    } else if voices == [RuleSet::Ipssm] {
        let values = ReasonValues::Gene {
            gene: gene.symbol.clone(),
        };
        reasons.push(Reason::new(ReasonCode::IpssmOnly, values));
        if covering(gene).any(|s| PUBLISHED.contains(&s)) {
            VerdictState::Review
        } else {
            VerdictState::Driver
        }
    } else if voices.is_empty() {
        VerdictState::NotDriver
    } else {
        reasons.push(sets_reason(ReasonCode::OneSetOnly, &voices));
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
            reasons.push(rule_reason(ReasonCode::RuleExcluded, &matched.id));
        } else if matched.exclude {
            reasons.push(rule_reason(ReasonCode::PlatformArtifact, &matched.id));
        } else if matched.vaf_too_low {
            reasons.push(rule_reason(ReasonCode::RuleVafTooLow, &matched.id));
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
            reasons.push(Reason::new(ReasonCode::ConsensusLimit, limit.note.as_str()));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::panel::{Rule, RuleKind};
    use RuleSet::{Bick, Local, Niroula, Vlasschaert, Who};

    fn gene(rules: Vec<Rule>) -> PanelGene {
        PanelGene {
            rules,
            ..PanelGene::of_no_rules("GENE")
        }
    }

    fn judge(choice: RuleSetChoice, gene: &PanelGene, matches: Vec<RuleMatch>) -> Verdict {
        decide(choice, gene, &Consequence::of_change("K10L"), matches, &[])
    }

    fn codes(verdict: &Verdict) -> Vec<(&str, &str)> {
        let reasons = verdict.reasons.iter();
        reasons.map(|r| (r.code.name(), r.detail.as_str())).collect()
    }

    #[test]
    fn the_numbering_told_is_that_of_the_rule_that_decided() {
        let rule = |id, numbering: Option<&str>| {
            let changes = vec!["K10L".to_owned()];
            Rule {
                numbering: numbering.map(str::to_owned),
                ..Rule::of_kind(id, &[Vlasschaert], RuleKind::Substitutions { changes })
            }
        };
        let of = |own| {
            let gene = gene(vec![rule("other", Some("by another")), rule("own", own)]);
            let verdict = judge(
                RuleSetChoice::Consensus,
                &gene,
                vec![RuleMatch::of("own", &[Vlasschaert])],
            );
            verdict
                .reasons
                .into_iter()
                .filter(|r| r.code == ReasonCode::NumberingConverted)
                .map(|r| r.detail)
                .collect::<Vec<_>>()
        };
        assert_eq!(of(Some("by its own")), ["by its own"]);
        assert_eq!(of(None), [""; 0]);
    }

    #[test]
    fn a_start_is_in_doubt_where_it_is_lost_and_no_sequence_is_known() {
        let state = |source, term| {
            let consequence = Consequence {
                terms: vec![term],
                ..Consequence::of_nothing_known(source)
            };
            let matches = vec![RuleMatch::of("own", &[Vlasschaert])];
            decide(
                RuleSetChoice::Consensus,
                &gene(vec![]),
                &consequence,
                matches,
                &[],
            )
            .state
        };
        let (none, embedded) = (SequenceSource::None, SequenceSource::Embedded);
        assert_eq!(state(none, SoTerm::StartLost), VerdictState::Review);
        assert_eq!(state(embedded, SoTerm::StartLost), VerdictState::Driver);
        assert_eq!(state(none, SoTerm::StopGained), VerdictState::Driver);
    }

    #[test]
    fn what_an_exclusion_takes_a_change_for_is_told_where_it_is_heard_and_decides() {
        let taken = |set, platform_specific| RuleMatch {
            excluded_as: Some(ExcludedAs::Artifact),
            ..RuleMatch::of_exclusion("excluded", &[set], platform_specific)
        };
        let artifact = Some(ExcludedAs::Artifact);
        for (choice, matches, expected) in [
            (RuleSetChoice::Consensus, vec![taken(Bick, false)], artifact),
            // An exclusion of another platform only marks.
            (RuleSetChoice::Consensus, vec![taken(Bick, true)], None),
            (RuleSetChoice::Bick, vec![taken(Bick, true)], None),
            (RuleSetChoice::Bick, vec![taken(Bick, false)], artifact),
            // One set does not hear another, but every one hears the laboratory.
            (RuleSetChoice::Who, vec![taken(Bick, false)], None),
            (RuleSetChoice::Who, vec![taken(Local, false)], artifact),
            (RuleSetChoice::Who, vec![taken(Local, true)], None),
            // What is a driver all the same is not taken for anything else.
            (
                RuleSetChoice::Consensus,
                vec![taken(Bick, false), RuleMatch::of("own", &[Vlasschaert])],
                None,
            ),
        ] {
            let actual = judge(choice, &gene(vec![]), matches.clone()).excluded_as;
            assert_eq!(actual, expected, "{choice} {matches:?}");
        }
    }

    #[test]
    fn a_set_speaks_by_an_including_match_that_holds_and_no_exclusion() {
        let including = || RuleMatch::of("in", &[Vlasschaert]);
        let too_low = || RuleMatch::of_too_low_a_vaf("low", &[Vlasschaert]);
        let excluding = |set, elsewhere| RuleMatch::of_exclusion("out", &[set], elsewhere);
        for (matches, expected) in [
            (vec![including()], vec![Vlasschaert]),
            (vec![too_low()], vec![]),
            (vec![too_low(), including()], vec![Vlasschaert]),
            (vec![excluding(Vlasschaert, true)], vec![]),
            (vec![including(), excluding(Vlasschaert, true)], vec![Vlasschaert]),
            (vec![including(), excluding(Vlasschaert, false)], vec![]),
            (vec![including(), excluding(Bick, false)], vec![Vlasschaert]),
        ] {
            let actual = judge(RuleSetChoice::Consensus, &gene(vec![]), matches.clone()).sets_for;
            assert_eq!(actual, expected, "{matches:?}");
        }
    }

    #[test]
    fn the_rule_told_is_of_the_set_that_decides_and_holds() {
        let of = |id, set| RuleMatch::of(id, &[set]);
        for (choice, matches, expected) in [
            (
                RuleSetChoice::Consensus,
                vec![of("w", Who), of("v", Vlasschaert)],
                "v",
            ),
            (RuleSetChoice::Who, vec![of("v", Vlasschaert), of("w", Who)], "w"),
            (
                RuleSetChoice::Niroula,
                vec![of("b", Bick), of("n", Niroula), of("w", Who)],
                "n",
            ),
            // A rule that asks for more, or that excludes elsewhere, did not decide.
            (
                RuleSetChoice::Consensus,
                vec![
                    RuleMatch::of_too_low_a_vaf("low", &[Vlasschaert]),
                    RuleMatch::of_exclusion("out", &[Vlasschaert], true),
                    of("v", Vlasschaert),
                ],
                "v",
            ),
        ] {
            let actual = judge(choice, &gene(vec![]), matches).rule;
            assert_eq!(actual.as_deref(), Some(expected), "{choice}");
        }
        let of_another = judge(RuleSetChoice::Who, &gene(vec![]), vec![of("v", Vlasschaert)]);
        assert_eq!(of_another.rule, None);
    }

    #[test]
    fn a_limit_lowers_the_consensus_and_never_raises_it() {
        let driver = || vec![RuleMatch::of("v", &[Vlasschaert])];
        let review = || vec![RuleMatch::of("n", &[Niroula])];
        let limited = |at_most, changes: &[&str], matches| {
            let gene = PanelGene {
                consensus: vec![ConsensusLimit {
                    at_most,
                    changes: changes.iter().map(|c| (*c).to_owned()).collect(),
                    note: "why".to_owned(),
                }],
                ..gene(vec![])
            };
            let verdict = judge(RuleSetChoice::Consensus, &gene, matches);
            let told = codes(&verdict).contains(&("consensus_limit", "why"));
            (verdict.state, told)
        };
        let (no, at_review) = (ConsensusState::NotDriver, ConsensusState::Review);
        for (at_most, changes, matches, expected) in [
            (at_review, &[] as &[&str], driver(), (VerdictState::Review, true)),
            (at_review, &["K10L"], driver(), (VerdictState::Review, true)),
            (at_review, &["K10R"], driver(), (VerdictState::Driver, false)),
            // What is no more than that already is left as it is, and nothing is told.
            (at_review, &[], review(), (VerdictState::Review, false)),
            (at_review, &[], vec![], (VerdictState::NotDriver, false)),
            (no, &[], driver(), (VerdictState::NotDriver, true)),
            (no, &[], review(), (VerdictState::NotDriver, true)),
            (no, &[], vec![], (VerdictState::NotDriver, false)),
        ] {
            let actual = limited(at_most, changes, matches);
            assert_eq!(actual, expected, "{at_most:?} {changes:?}");
        }
    }
}
