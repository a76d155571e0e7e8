//! Matching driver rules: which rules of which sets a consequence falls under.
//!
//! Pure: nothing is read but the gene's rules, the consequence and the evidence. A rule matches, does not match, or could
//! match if the protein change were known; the last is kept apart so that ignorance is never taken for a negative.

use super::rule_classes::{classes, coding_base, open_classes, same_length};
use super::rule_match::RuleMatch;
use crate::evidence::Evidence;
use crate::genome::{Allele, VariantKind};
use crate::panel::{PanelGene, Rule, RuleKind, VariantClass, parse_residue, parse_rule_change};
use crate::transcript::{
    Consequence, EventName, NamedEvent, ProteinChange, ProteinChangeKind, SequenceSource, SoTerm,
};

/// Returns every rule of the gene that the variant falls under, of every set, exclusions included, in the panel's order.
///
/// Substitutions compare reference residue, position and new residue, so that a rule stated on another transcript cannot
/// match by position alone. An in-frame change matches a range that it touches with any residue, the two neighbors of an
/// insertion included; any other change by its first residue. A splice site belongs to the exon that it abuts and, in a range,
/// to the residue of the coding base next to it; splice sites between untranslated exons match no rule.
/// Exclusions of a platform other than `platform` only mark the call.
pub fn match_rules(
    gene: &PanelGene,
    consequence: &Consequence,
    variant: &Allele,
    evidence: &Evidence,
    platform: Option<&str>,
) -> Vec<RuleMatch> {
    match_list(&gene.rules, consequence, variant, evidence, platform)
}

/// Returns every rule of a list that the variant falls under, as [`match_rules`] does.
pub fn match_list(
    rules: &[Rule],
    consequence: &Consequence,
    variant: &Allele,
    evidence: &Evidence,
    platform: Option<&str>,
) -> Vec<RuleMatch> {
    let view = View::new(consequence, variant);
    rules
        .iter()
        .filter(|rule| view.outcome(rule) == Outcome::Yes)
        .filter(|rule| !exclusion_lifted(rule, evidence))
        .map(|rule| RuleMatch {
            id: rule.id.clone(),
            sets: rule.sets.clone(),
            sources: rule.sources.clone(),
            exclude: rule.exclude,
            platform_specific: on_another_platform(rule, platform),
            excluded_as: rule.excluded_as,
            vaf_too_low: vaf_too_low(rule, evidence),
            note: rule.note.clone(),
        })
        .collect()
}

/// Returns the ids of including rules that the variant might fall under if its protein change were known.
pub fn undetermined_rules<'a>(
    gene: &'a PanelGene,
    consequence: &Consequence,
    variant: &Allele,
) -> Vec<&'a str> {
    undetermined_list(&gene.rules, consequence, variant)
}

/// Returns the ids of including rules of a list that the variant might fall under if its protein change were known.
pub fn undetermined_list<'a>(rules: &'a [Rule], consequence: &Consequence, variant: &Allele) -> Vec<&'a str> {
    let view = View::new(consequence, variant);
    rules
        .iter()
        .filter(|rule| !rule.exclude && view.outcome(rule) == Outcome::Possible)
        .map(|rule| rule.id.as_str())
        .collect()
}

/// An exclusion of some platforms holds on these alone.
fn on_another_platform(rule: &Rule, platform: Option<&str>) -> bool {
    !rule.platforms.is_empty() && !rule.platforms.iter().any(|p| Some(p.as_str()) == platform)
}

/// An exclusion with a VAF below which it holds does not hold at that VAF and above.
fn exclusion_lifted(rule: &Rule, evidence: &Evidence) -> bool {
    match (rule.exclude, rule.below_vaf, evidence.vaf) {
        (true, Some(below), Some(vaf)) => vaf >= below,
        _ => false,
    }
}

fn vaf_too_low(rule: &Rule, evidence: &Evidence) -> bool {
    rule.min_vaf
        .is_some_and(|min| evidence.vaf.is_none_or(|vaf| vaf < min))
}

/// Whether a rule matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Yes,
    No,
    Possible,
}

impl Outcome {
    const fn of(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }

    const fn possible(self) -> Self {
        match self {
            Self::Yes => Self::Possible,
            other => other,
        }
    }
}

/// A consequence as rules see it.
struct View<'a> {
    change: Option<&'a ProteinChange>,
    /// Classes that are certain.
    classes: Vec<VariantClass>,
    /// Classes that are possible because the protein change is not known.
    open: Vec<VariantClass>,
    /// Residues touched, first and last; from the protein change, else from the coding position.
    residues: Option<(u32, u32)>,
    /// First residue for rules that go by it.
    first: Option<u32>,
    /// Exons touched or abutted.
    exons: Vec<u32>,
    hgvs_c: Option<&'a str>,
    event: Option<&'a NamedEvent>,
    /// Whether the c. name is sure to be the most 3' one.
    place_is_known: bool,
    /// Whether place and class are exact although the protein change is not known.
    single_base: bool,
}

impl<'a> View<'a> {
    fn new(consequence: &'a Consequence, variant: &Allele) -> Self {
        let change = consequence.protein_change.as_ref();
        let classes = classes(consequence);
        let open = if change.is_none() {
            open_classes(consequence, variant)
        } else {
            Vec::new()
        };
        let by_codon = consequence
            .cds_range
            .map(|(first, last)| (first.div_ceil(3), last.div_ceil(3)))
            .or_else(|| {
                let base = coding_base(consequence.hgvs_c.as_deref()?)?;
                Some((base.div_ceil(3), base.div_ceil(3)))
            });
        let residues = change.map(|c| (c.start, c.end)).or(by_codon);
        let is_snv = variant.sequence().is_some_and(|v| v.kind() == VariantKind::Snv);
        Self {
            change,
            first: residues.map(|r| r.0),
            residues,
            exons: exons(consequence),
            hgvs_c: consequence.hgvs_c.as_deref(),
            event: consequence.event.as_ref(),
            place_is_known: is_snv
                || matches!(
                    consequence.source,
                    SequenceSource::Embedded | SequenceSource::Reference | SequenceSource::Bundle
                ),
            single_base: is_snv,
            classes,
            open,
        }
    }

    fn outcome(&self, rule: &Rule) -> Outcome {
        match &rule.kind {
            RuleKind::Anywhere { classes } => self.by_class(classes, |_| true),
            RuleKind::Exons { classes, exons } => {
                self.by_class(classes, |_| self.exons.iter().any(|e| exons.contains(e)))
            }
            RuleKind::Residues { classes, ranges } => self.by_residue(classes, ranges),
            RuleKind::Substitutions { changes } => self.substitutions(changes),
            RuleKind::AnySubstitutionAt { residues } => self.any_substitution(residues),
            RuleKind::InframeIn {
                range,
                insertions,
                deletions,
            } => self.inframe_in(*range, *insertions, *deletions),
            RuleKind::CdsInsertions { after, frameshift } => self.cds_insertion(after, *frameshift),
            RuleKind::InframeList { changes } => self.listed(changes, VariantClass::Inframe),
            RuleKind::FrameshiftAt { changes } => self.listed(changes, VariantClass::Frameshift),
            RuleKind::StopAt { changes } => self.listed(changes, VariantClass::StopGained),
            RuleKind::CodingChanges { changes } => self.coding_change(changes),
            RuleKind::Events { events } => self.named(events),
        }
    }

    /// An indel whose most 3' place is not known may be a listed one under another name.
    fn coding_change(&self, listed: &[String]) -> Outcome {
        match self.hgvs_c {
            Some(name) if listed.iter().any(|c| c == name) => Outcome::Yes,
            Some(_) if self.place_is_known => Outcome::No,
            _ => Outcome::Possible,
        }
    }

    /// The frame of an event is weighed apart: one that is lost puts it up for review.
    fn named(&self, wanted: &[EventName]) -> Outcome {
        Outcome::of(self.event.is_some_and(|event| wanted.contains(&event.name)))
    }

    /// Matches by class and a test of the place.
    fn by_class(&self, wanted: &[VariantClass], place: impl Fn(VariantClass) -> bool) -> Outcome {
        let fits = |class: &&VariantClass| wanted.contains(class) && place(**class);
        if self.classes.iter().any(|c| fits(&c)) {
            Outcome::Yes
        } else if self.open.iter().any(|c| fits(&c)) {
            Outcome::Possible
        } else {
            Outcome::No
        }
    }

    fn by_residue(&self, wanted: &[VariantClass], ranges: &[(u32, u32)]) -> Outcome {
        let outcome = self.by_class(wanted, |class| match class {
            VariantClass::Inframe => ranges.iter().any(|r| self.touches(*r)),
            _ => self
                .first
                .is_some_and(|p| ranges.iter().any(|r| r.0 <= p && p <= r.1)),
        });
        let exact =
            self.change.is_some() || self.single_base || self.classes.contains(&VariantClass::SpliceSite);
        if exact { outcome } else { outcome.possible() }
    }

    fn touches(&self, range: (u32, u32)) -> bool {
        self.residues
            .is_some_and(|(first, last)| first <= range.1 && range.0 <= last)
    }

    /// Whether the first residue number of a listed change is one that the variant touches: saves reading long lists.
    fn near(&self, listed: &str) -> bool {
        let first = listed
            .bytes()
            .skip_while(|b| !b.is_ascii_digit())
            .take_while(u8::is_ascii_digit)
            .fold(0_u32, |n, b| {
                n.saturating_mul(10).saturating_add(u32::from(b - b'0'))
            });
        // An unknown change is placed by its codons, which a listed one may begin before.
        self.touches((first, first)) || self.change.is_none()
    }

    fn has(&self, class: VariantClass) -> bool {
        self.classes.contains(&class) || self.open.contains(&class)
    }

    fn substitutions(&self, listed: &[String]) -> Outcome {
        let changes = || {
            listed
                .iter()
                .filter(|c| self.near(c))
                .filter_map(|c| parse_rule_change(c))
        };
        match self.change {
            Some(change) => Outcome::of(changes().any(|c| {
                let ProteinChangeKind::Substitution { to } = c.change.kind else {
                    return false;
                };
                replaced(change, c.change.reference_start, c.change.start) == Some(to)
            })),
            None => Outcome::of(
                self.has(VariantClass::Missense)
                    && changes().any(|c| self.touches((c.change.start, c.change.start))),
            )
            .possible(),
        }
    }

    fn any_substitution(&self, listed: &[String]) -> Outcome {
        let mut residues = listed
            .iter()
            .filter(|r| self.near(r))
            .filter_map(|r| parse_residue(r));
        match self.change {
            Some(change) => Outcome::of(
                residues.any(|(letter, p)| replaced(change, letter, p).is_some_and(|to| to != letter)),
            ),
            None => {
                Outcome::of(self.has(VariantClass::Missense) && residues.any(|(_, p)| self.touches((p, p))))
                    .possible()
            }
        }
    }

    fn listed(&self, listed: &[String], class: VariantClass) -> Outcome {
        let mut changes = listed
            .iter()
            .filter(|c| self.near(c))
            .filter_map(|c| parse_rule_change(c));
        match self.change {
            Some(change) => Outcome::of(changes.any(|c| c.matches(change))),
            None => {
                Outcome::of(self.has(class) && changes.any(|c| self.touches((c.change.start, c.change.end))))
                    .possible()
            }
        }
    }

    fn inframe_in(&self, range: (u32, u32), insertions: bool, deletions: bool) -> Outcome {
        if !self.touches(range) {
            return Outcome::No;
        }
        let Some(change) = self.change else {
            return Outcome::of(self.has(VariantClass::Inframe)).possible();
        };
        let (longer, shorter) = length_change(change);
        Outcome::of(
            is_inframe(change)
                && ((insertions && longer) || (deletions && shorter) || (insertions && deletions)),
        )
    }

    fn cds_insertion(&self, after: &[u32], frameshift: bool) -> Outcome {
        let Some((first, last)) = self.hgvs_c.and_then(insertion_place) else {
            return Outcome::No;
        };
        // A duplication of a_b is the same sequence as an insertion behind any base from a-1 to b.
        let placed = after.iter().any(|a| first <= *a && *a <= last);
        Outcome::of(placed && (!frameshift || self.has(VariantClass::Frameshift)))
    }
}

/// Returns the residue that stands at `position` after the change, where the change replaces residues one by one.
fn replaced(change: &ProteinChange, reference: char, position: u32) -> Option<char> {
    let wrong_reference = (position == change.start && reference != change.reference_start)
        || (position == change.end && reference != change.reference_end);
    if position < change.start || position > change.end || wrong_reference {
        return None;
    }
    match &change.kind {
        ProteinChangeKind::Substitution { to } => Some(*to),
        // Two adjacent substitutions on one molecule: each counts as what it is.
        ProteinChangeKind::Delins { residues } if same_length(change, residues) => {
            residues.chars().nth((position - change.start) as usize)
        }
        _ => None,
    }
}

fn is_inframe(change: &ProteinChange) -> bool {
    match &change.kind {
        ProteinChangeKind::Deletion | ProteinChangeKind::Duplication => true,
        ProteinChangeKind::Insertion { residues } | ProteinChangeKind::Delins { residues } => {
            !residues.contains('*')
        }
        _ => false,
    }
}

/// Returns whether a change makes the protein longer, and whether it makes it shorter.
fn length_change(change: &ProteinChange) -> (bool, bool) {
    match &change.kind {
        ProteinChangeKind::Duplication | ProteinChangeKind::Insertion { .. } => (true, false),
        ProteinChangeKind::Deletion => (false, true),
        ProteinChangeKind::Delins { residues } => {
            let span = (change.end - change.start + 1) as usize;
            (residues.len() > span, residues.len() < span)
        }
        _ => (false, false),
    }
}

/// Returns the exons a variant touches; a splice site belongs to the exon it abuts.
fn exons(consequence: &Consequence) -> Vec<u32> {
    let numbers = |text: &str| -> Option<(u32, u32)> {
        let (range, _) = text.split_once('/')?;
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        Some((first.parse().ok()?, last.parse().ok()?))
    };
    let mut exons: Vec<u32> = consequence
        .exon
        .as_deref()
        .and_then(numbers)
        .map_or_else(Vec::new, |(first, last)| (first..=last).collect());
    if let Some((first, last)) = consequence.intron.as_deref().and_then(numbers) {
        if consequence.terms.contains(&SoTerm::SpliceDonor) {
            exons.push(first);
        }
        if consequence.terms.contains(&SoTerm::SpliceAcceptor) {
            exons.push(last + 1);
        }
    }
    exons
}

/// Returns the first and last coding base that an insertion may be said to stand behind.
fn insertion_place(hgvs_c: &str) -> Option<(u32, u32)> {
    let text = hgvs_c.strip_prefix("c.")?;
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '_')?;
    let (place, what) = text.split_at(end);
    let (first, last) = place.split_once('_').unwrap_or((place, place));
    let (first, last): (u32, u32) = (first.parse().ok()?, last.parse().ok()?);
    if what.starts_with("ins") {
        Some((first, first))
    } else if what.starts_with("dup") {
        Some((first.checked_sub(1)?, last))
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
