//! Does IPSS-M count a call? A question of its own, beside the sets for clonal hematopoiesis: the study behind the model took every
//! oncogenic mutation of a gene, so the panel states what that is (`[[gene.oncogenic]]`), and any published list that speaks for a change
//! counts too. An undecided call leaves the gene in doubt and is never a zero.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::consensus::lost_frame;
use super::flags::{Flag, Weight};
use super::inheritance::Inheritance;
use super::{ReasonCode, RuleMatch, match_list, undetermined_list};
use crate::evidence::Evidence;
use crate::genome::Allele;
use crate::panel::{Filters, OtherChanges, PanelGene, Rule, RuleKind, RuleSet, Thresholds, VariantClass};
use crate::transcript::{Consequence, Impact, Region, SequenceSource, SoTerm};

/// What IPSS-M makes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IpssmDecision {
    /// Counts as a mutation of its gene.
    Counted,
    /// May count: the gene is in doubt.
    InDoubt,
    /// Does not count.
    NotCounted,
}

impl IpssmDecision {
    /// Returns the name used in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Counted => "counted",
            Self::InDoubt => "in_doubt",
            Self::NotCounted => "not_counted",
        }
    }
}

/// Why IPSS-M counts a call, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IpssmReason {
    /// A rule of the panel says that the change is oncogenic.
    OncogenicRule,
    /// A published list, or the laboratory, calls it a driver.
    DriverList,
    /// A rule matches, and the variant is inherited in a gene of predisposition: the study would have counted it.
    InheritedPredisposition,
    /// No rule matches; in this gene other changes may be oncogenic.
    NoRuleMatched,
    /// No rule matches; in this gene nothing else is oncogenic.
    OnlyRulesCount,
    /// The protein is not changed.
    ProteinUnchanged,
    /// What the change does is not known.
    ProteinChangeUnknown,
    /// The panel or a list excludes the change.
    Excluded,
    /// The VAF is below the smallest that counts.
    BelowVaf,
    /// Too few reads.
    FewReads,
    /// The fraction is not known.
    VafUnknown,
    /// Common in the population.
    Population,
    /// Present in the matched normal.
    InNormal,
    /// Likely inherited, and known by its domain only.
    LikelyInherited,
    /// May be an error of sequencing.
    Artifact,
    /// Another change of the codon, and the phase decides.
    PhaseUnknown,
    /// A named event that is not in frame, or holds a stop, as told.
    OutOfFrame,
    /// The record contradicts the reference.
    ReferenceMismatch,
}

impl IpssmReason {
    /// Every reason.
    pub const ALL: [Self; 18] = [
        Self::OncogenicRule,
        Self::DriverList,
        Self::InheritedPredisposition,
        Self::NoRuleMatched,
        Self::OnlyRulesCount,
        Self::ProteinUnchanged,
        Self::ProteinChangeUnknown,
        Self::Excluded,
        Self::BelowVaf,
        Self::FewReads,
        Self::VafUnknown,
        Self::Population,
        Self::InNormal,
        Self::LikelyInherited,
        Self::Artifact,
        Self::PhaseUnknown,
        Self::OutOfFrame,
        Self::ReferenceMismatch,
    ];

    /// Returns the name used in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OncogenicRule => "oncogenic_rule",
            Self::DriverList => "driver_list",
            Self::InheritedPredisposition => "inherited_predisposition",
            Self::NoRuleMatched => "no_rule_matched",
            Self::OnlyRulesCount => "only_rules_count",
            Self::ProteinUnchanged => "protein_unchanged",
            Self::ProteinChangeUnknown => "protein_change_unknown",
            Self::Excluded => "excluded",
            Self::BelowVaf => "below_vaf",
            Self::FewReads => "few_reads",
            Self::VafUnknown => "vaf_unknown",
            Self::Population => "population",
            Self::InNormal => "in_normal",
            Self::LikelyInherited => "likely_inherited",
            Self::Artifact => "artifact",
            Self::PhaseUnknown => "phase_unknown",
            Self::OutOfFrame => "out_of_frame",
            Self::ReferenceMismatch => "reference_mismatch",
        }
    }
}

/// What IPSS-M makes of a call, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IpssmOpinion {
    /// The decision.
    pub decision: IpssmDecision,
    /// Why.
    pub because: IpssmReason,
    /// The rule that it rests on, where one matches.
    pub rule: Option<String>,
    /// The values behind the reason, or the remark of the rule.
    pub detail: String,
}

/// How surely a rule that matches speaks for an oncogenic change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// A change anywhere in a domain or a range.
    Domain,
    /// A truncation.
    Truncation,
    /// A change or residue by its name.
    Named,
}

/// The rule that speaks for an oncogenic change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oncogenic {
    rule: String,
    detail: String,
    /// How surely.
    pub strength: Strength,
    of_panel: bool,
}

/// What the rules say of a change, whatever the reads show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OncogenicVerdict {
    /// The rule that speaks for it.
    pub matched: Option<Oncogenic>,
    excluded: Option<(String, bool)>,
    undetermined: bool,
}

/// Asks the panel's rules for oncogenic changes, then the driver rules that matched already.
///
/// Exclusions of a platform other than `platform` say nothing here, as in [`match_list`].
pub fn look_up(
    gene: &PanelGene,
    consequence: &Consequence,
    variant: &Allele,
    evidence: &Evidence,
    platform: Option<&str>,
    drivers: &[RuleMatch],
) -> OncogenicVerdict {
    let own = match_list(&gene.oncogenic, consequence, variant, evidence, platform);
    let named = |list: &[RuleMatch], rules: &[Rule], of_panel: bool| {
        let found = list.iter().filter(|m| !m.exclude && !m.vaf_too_low);
        found
            .filter_map(|m| {
                let rule = rules.iter().find(|r| r.id == m.id)?;
                Some(Oncogenic {
                    rule: m.id.clone(),
                    detail: m.note.clone().unwrap_or_default(),
                    strength: strength(rule, consequence),
                    of_panel,
                })
            })
            .max_by_key(|o| o.strength)
    };
    let (by_panel, by_list) = (
        named(&own, &gene.oncogenic, true),
        named(drivers, &gene.rules, false),
    );
    // A list that names the change is a surer ground than the domain it lies in.
    let matched = match (by_panel, by_list) {
        (Some(a), Some(b)) => Some(if b.strength > a.strength { b } else { a }),
        (a, b) => a.or(b),
    };
    let excluded = own
        .iter()
        .find(|m| m.exclude && !m.platform_specific)
        .map(|m| (m.id.clone(), true))
        .or_else(|| {
            let of_list = drivers.iter().filter(|m| m.exclude && !m.platform_specific);
            of_list
                .map(|m| (m.id.clone(), m.sets.contains(&RuleSet::Local)))
                .max_by_key(|(_, surely)| *surely)
        });
    OncogenicVerdict {
        matched,
        excluded,
        undetermined: !undetermined_list(&gene.oncogenic, consequence, variant).is_empty(),
    }
}

fn strength(rule: &Rule, consequence: &Consequence) -> Strength {
    let truncates = consequence.impact() == Impact::High;
    match &rule.kind {
        RuleKind::Anywhere { classes }
        | RuleKind::Residues { classes, .. }
        | RuleKind::Exons { classes, .. }
            if truncates && !classes.contains(&VariantClass::Missense) =>
        {
            Strength::Truncation
        }
        RuleKind::Anywhere { .. }
        | RuleKind::Residues { .. }
        | RuleKind::Exons { .. }
        | RuleKind::InframeIn { .. } => Strength::Domain,
        _ => Strength::Named,
    }
}

/// What the decision looks at.
#[derive(Clone, Copy, Debug)]
pub struct OpinionInput<'a> {
    /// The gene.
    pub gene: &'a PanelGene,
    /// What the change does.
    pub consequence: &'a Consequence,
    /// What the rules say.
    pub verdict: &'a OncogenicVerdict,
    /// Evidence of the sample.
    pub evidence: &'a Evidence,
    /// Thresholds; the higher one of X-linked genes in males belongs to the definition of CHIP and is not asked.
    pub thresholds: &'a Thresholds,
    /// The values of the filters.
    pub filters: &'a Filters,
    /// What speaks to inheritance.
    pub germline: &'a [Flag],
    /// What speaks for an error.
    pub artifact: &'a [Flag],
    /// How likely it is inherited.
    pub inheritance: Option<&'a Inheritance>,
    /// Whether the phase to another change of the codon decides.
    pub phase_decides: bool,
}

/// Probability of "inherited" from which a change known by its domain alone is in doubt.
const LIKELY_INHERITED: f64 = 0.9;

/// Returns what IPSS-M makes of a call; `None` for a gene that it does not know.
pub fn opinion(input: &OpinionInput<'_>) -> Option<IpssmOpinion> {
    if !input.gene.is_ipssm() {
        return None;
    }
    let verdict = input.verdict;
    let say = |decision, because, rule: Option<&str>, detail: &str| IpssmOpinion {
        decision,
        because,
        rule: rule.map(str::to_owned),
        detail: detail.to_owned(),
    };
    let first = match (&verdict.matched, &verdict.excluded) {
        // The panel's own exclusions and a laboratory's are final; a published list's is a doubt about what another one names.
        (_, Some((rule, true))) => {
            return Some(say(
                IpssmDecision::NotCounted,
                IpssmReason::Excluded,
                Some(rule),
                "",
            ));
        }
        (Some(_), Some((rule, false))) => say(IpssmDecision::InDoubt, IpssmReason::Excluded, Some(rule), ""),
        (Some(matched), None) => {
            let because = if matched.of_panel {
                IpssmReason::OncogenicRule
            } else {
                IpssmReason::DriverList
            };
            say(
                IpssmDecision::Counted,
                because,
                Some(&matched.rule),
                &matched.detail,
            )
        }
        (None, _) => unmatched(input),
    };
    if first.decision == IpssmDecision::NotCounted {
        return Some(first);
    }
    let rule = first.rule.clone();
    let weighed = reads(input)
        .or_else(|| inherited(input))
        .or_else(|| doubts(input));
    Some(match weighed {
        None => first,
        // A doubt adds nothing to a doubt; what speaks against settles it.
        Some((IpssmDecision::InDoubt, ..)) if first.decision == IpssmDecision::InDoubt => first,
        Some((decision, because, detail)) => say(decision, because, rule.as_deref(), &detail),
    })
}

/// Returns what becomes of a change that no rule matches.
fn unmatched(input: &OpinionInput<'_>) -> IpssmOpinion {
    let (decision, because) = if input.verdict.undetermined {
        (IpssmDecision::InDoubt, IpssmReason::ProteinChangeUnknown)
    } else {
        match (effect(input.consequence), input.gene.oncogenic_other) {
            (Effect::None, _) => (IpssmDecision::NotCounted, IpssmReason::ProteinUnchanged),
            (_, OtherChanges::NotCounted) => (IpssmDecision::NotCounted, IpssmReason::OnlyRulesCount),
            (Effect::Unknown, _) => (IpssmDecision::InDoubt, IpssmReason::ProteinChangeUnknown),
            (Effect::Changed, _) => (IpssmDecision::InDoubt, IpssmReason::NoRuleMatched),
        }
    };
    IpssmOpinion {
        decision,
        because,
        rule: None,
        detail: String::new(),
    }
}

enum Effect {
    Changed,
    Unknown,
    None,
}

fn effect(consequence: &Consequence) -> Effect {
    let undetermined = consequence.terms.contains(&SoTerm::CodingSequence) || consequence.terms.is_empty();
    if consequence.impact() >= Impact::Moderate {
        Effect::Changed
    } else if consequence.region == Region::Coding
        && (undetermined || consequence.source == SequenceSource::None)
    {
        Effect::Unknown
    } else {
        Effect::None
    }
}

type Weighed = (IpssmDecision, IpssmReason, String);

/// Is there enough of it?
fn reads(input: &OpinionInput<'_>) -> Option<Weighed> {
    let thresholds = input.thresholds;
    let Some(vaf) = input.evidence.vaf else {
        return Some((
            IpssmDecision::InDoubt,
            IpssmReason::VafUnknown,
            input.evidence.counts_from.clone(),
        ));
    };
    if vaf < thresholds.min_vaf {
        let detail = format!("{vaf:.4} < {}", thresholds.min_vaf);
        return Some((IpssmDecision::NotCounted, IpssmReason::BelowVaf, detail));
    }
    let thin = input.evidence.depth.is_some_and(|d| d < thresholds.min_depth)
        || input.evidence.alt_count.is_some_and(|n| n < thresholds.min_alt);
    thin.then(|| {
        let number = |n: Option<u32>| n.map_or_else(|| "?".to_owned(), |n| n.to_string());
        let detail = format!(
            "{}/{}",
            number(input.evidence.alt_count),
            number(input.evidence.depth)
        );
        (IpssmDecision::InDoubt, IpssmReason::FewReads, detail)
    })
}

/// Is it inherited? The study had no normals: what is inherited in a gene of predisposition and oncogenic was counted.
fn inherited(input: &OpinionInput<'_>) -> Option<Weighed> {
    let strength = input.verdict.matched.as_ref().map(|m| m.strength);
    let flag = |code| {
        input
            .germline
            .iter()
            .find(|f| f.reason.code == code)
            .map(|f| (f.weight, f.reason.detail.clone()))
    };
    let population = flag(ReasonCode::PopulationFrequency);
    match (population, strength) {
        (Some((Weight::Decisive, detail)), _) | (Some((Weight::Doubt, detail)), None) => {
            return Some((IpssmDecision::NotCounted, IpssmReason::Population, detail));
        }
        (Some((Weight::Doubt, detail)), Some(Strength::Domain)) => {
            return Some((IpssmDecision::InDoubt, IpssmReason::Population, detail));
        }
        _ => {}
    }
    if let Some((Weight::Decisive, detail)) = flag(ReasonCode::InNormal) {
        let (decision, because) = match strength {
            None => (IpssmDecision::NotCounted, IpssmReason::InNormal),
            Some(_) if input.gene.germline_predisposition => {
                (IpssmDecision::Counted, IpssmReason::InheritedPredisposition)
            }
            Some(_) => (IpssmDecision::InDoubt, IpssmReason::InNormal),
        };
        return Some((decision, because, detail));
    }
    let likely = input.inheritance.filter(|i| i.probability >= LIKELY_INHERITED)?;
    (strength == Some(Strength::Domain)).then(|| {
        let detail = format!("P(inherited) = {}", likely.shown());
        (IpssmDecision::InDoubt, IpssmReason::LikelyInherited, detail)
    })
}

/// May it be an error, or another change than it looks?
fn doubts(input: &OpinionInput<'_>) -> Option<Weighed> {
    if input.phase_decides {
        return Some((IpssmDecision::InDoubt, IpssmReason::PhaseUnknown, String::new()));
    }
    if let Some(event) = lost_frame(input.consequence) {
        return Some((IpssmDecision::InDoubt, IpssmReason::OutOfFrame, event.to_string()));
    }
    let codes: Vec<&str> = input
        .artifact
        .iter()
        .filter(|f| f.weight >= Weight::Review && !strong_in_run(input, f))
        .map(|f| f.reason.code.name())
        .collect();
    (!codes.is_empty()).then(|| (IpssmDecision::InDoubt, IpssmReason::Artifact, codes.join(", ")))
}

/// VAF from which an insertion or deletion in a run of one base that a rule names is believed here (ArCH takes it for ASXL1 G646fs).
const RUN_VAF: f64 = 0.05;

/// Whether a doubt is only that the change lies in a run of one base, and there is more of it than slippage makes.
fn strong_in_run(input: &OpinionInput<'_>, flag: &Flag) -> bool {
    let enough = input
        .evidence
        .alt_count
        .zip(input.filters.homopolymer_min_alt)
        .is_some_and(|(alt, least)| alt >= least);
    flag.reason.code == ReasonCode::Homopolymer && enough && input.evidence.vaf.is_some_and(|v| v >= RUN_VAF)
}

#[cfg(test)]
mod tests;
