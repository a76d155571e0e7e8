//! Rules in words for people, and the table of docs/rules.md, which is made here so that it cannot drift.

use std::fmt::Write as _;

use super::model::{ConsensusState, Panel, PanelGene, Rule, RuleKind, VariantClass};
use super::rule_set::RuleSet;

/// Lists longer than this are counted in tables instead of written out.
const LIST_SHOWN: usize = 6;

impl Rule {
    /// Returns what the rule matches in one line; lists are written out whole when `full`.
    pub fn describe(&self, full: bool) -> String {
        let mut text = describe_kind(&self.kind, full);
        if let Some(vaf) = self.min_vaf {
            let _ = write!(text, ", VAF >= {vaf:.2}");
        }
        if let Some(vaf) = self.below_vaf {
            let _ = write!(text, ", VAF < {vaf:.2}");
        }
        text
    }
}

fn describe_kind(kind: &RuleKind, full: bool) -> String {
    match kind {
        RuleKind::Anywhere { classes } => class_words(classes),
        RuleKind::Residues { classes, ranges } => {
            let ranges: Vec<String> = ranges
                .iter()
                .map(|(a, b)| if a == b { a.to_string() } else { format!("{a}-{b}") })
                .collect();
            format!("{} of residues {}", class_words(classes), ranges.join(", "))
        }
        RuleKind::Exons { classes, exons } => {
            let exons: Vec<String> = exons.iter().map(ToString::to_string).collect();
            format!("{} of exon {}", class_words(classes), exons.join(", "))
        }
        RuleKind::Substitutions { changes } => list(changes, "substitutions", full),
        RuleKind::AnySubstitutionAt { residues } => {
            format!("any substitution of {}", list(residues, "residues", full))
        }
        RuleKind::InframeList { changes } => list(changes, "in-frame changes", full),
        RuleKind::InframeIn {
            range,
            insertions,
            deletions,
        } => {
            let what = match (insertions, deletions) {
                (true, true) => "in-frame change",
                (true, false) => "in-frame insertion or duplication",
                _ => "in-frame deletion",
            };
            format!("{what} at residues {}-{}", range.0, range.1)
        }
        RuleKind::CdsInsertions { after, frameshift } => {
            let places: Vec<String> = after.iter().map(|b| format!("c.{b}_{}", b + 1)).collect();
            let what = if *frameshift {
                "frameshift insertion"
            } else {
                "insertion"
            };
            format!("{what} at {}", places.join(", "))
        }
        RuleKind::FrameshiftAt { changes }
        | RuleKind::StopAt { changes }
        | RuleKind::CodingChanges { changes } => list(changes, "changes", full),
        RuleKind::Events { events } => {
            let labels: Vec<&str> = events.iter().map(|e| e.label()).collect();
            labels.join(", ")
        }
    }
}

fn list(items: &[String], what: &str, full: bool) -> String {
    if full || items.len() <= LIST_SHOWN {
        items.join(" ")
    } else {
        format!("{} listed {what}", items.len())
    }
}

fn class_words(classes: &[VariantClass]) -> String {
    let words: Vec<&str> = classes
        .iter()
        .map(|c| match c {
            VariantClass::Frameshift => "frameshift",
            VariantClass::StopGained => "stop",
            VariantClass::SpliceSite => "splice site",
            VariantClass::SpliceDonorRegion => "donor region",
            VariantClass::StartLost => "start lost",
            VariantClass::StopLost => "stop lost",
            VariantClass::Missense => "missense",
            VariantClass::Inframe => "in-frame",
        })
        .collect();
    words.join(", ")
}

/// Returns a Markdown table of what each set says of each gene, and what the consensus comes to.
pub fn rules_markdown(panel: &Panel) -> String {
    let mut text = String::from(
        "| gene | Bick | Vlasschaert | Niroula | WHO | own statement (IPSS-M) | consensus |\n|---|---|---|---|---|---|---|\n",
    );
    let local = panel
        .genes
        .iter()
        .any(|g| g.rules.iter().any(|r| r.sets.contains(&RuleSet::Local)));
    for gene in &panel.genes {
        let mut cells = vec![format!("{}<br>{}", gene.symbol, gene.transcript)];
        for set in [
            RuleSet::Bick,
            RuleSet::Vlasschaert,
            RuleSet::Niroula,
            RuleSet::Who,
            RuleSet::Ipssm,
        ] {
            cells.push(cell(gene, set));
        }
        let mut consensus = consensus_words(gene);
        if local {
            let own = cell(gene, RuleSet::Local);
            if own != "-" {
                consensus = format!("local rules: {own}<br>{consensus}");
            }
        }
        cells.push(consensus);
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    text
}

fn cell(gene: &PanelGene, set: RuleSet) -> String {
    let stated = |exclude: bool| {
        gene.rules
            .iter()
            .filter(move |r| r.exclude == exclude && r.platforms.is_empty() && r.sets.contains(&set))
    };
    let mut parts: Vec<String> = stated(false).map(|r| r.describe(false)).collect();
    parts.extend(stated(true).map(|r| format!("not {}", r.describe(false))));
    if parts.is_empty() {
        "-".to_owned()
    } else {
        // A stop is written with an asterisk, which Markdown would take for emphasis.
        parts.join("; ").replace('*', "\\*")
    }
}

/// Returns the note of the gene, or what follows from which sets have rules.
fn consensus_words(gene: &PanelGene) -> String {
    let mut parts = Vec::new();
    parts.push(gene.consensus_note.clone().unwrap_or_else(|| generic_words(gene)));
    for limit in &gene.consensus {
        let what = match limit.at_most {
            ConsensusState::Review => "At most review",
            ConsensusState::NotDriver => "Never a driver",
        };
        let whom = if limit.changes.is_empty() {
            String::new()
        } else {
            format!(" ({})", limit.changes.join(", "))
        };
        parts.push(format!("{what}{whom}: {}.", limit.note.trim_end_matches('.')));
    }
    parts.join(" ").replace('*', "\\*")
}

/// The name that the table's head gives a set.
const fn author(set: RuleSet) -> &'static str {
    match set {
        RuleSet::Bick => "Bick",
        RuleSet::Vlasschaert => "Vlasschaert",
        RuleSet::Niroula => "Niroula",
        RuleSet::Who => "WHO",
        RuleSet::Ipssm => "our statement",
        RuleSet::Local => "the laboratory",
    }
}

fn generic_words(gene: &PanelGene) -> String {
    let states = |set: RuleSet| -> Vec<&RuleKind> {
        gene.rules
            .iter()
            .filter(|r| !r.exclude && r.sets.contains(&set))
            .map(|r| &r.kind)
            .collect()
    };
    let published = [
        RuleSet::Bick,
        RuleSet::Vlasschaert,
        RuleSet::Niroula,
        RuleSet::Who,
    ];
    let stating: Vec<RuleSet> = published.into_iter().filter(|s| !states(*s).is_empty()).collect();
    match stating.as_slice() {
        [] => "No set has rules: calls stay uncertain.".to_owned(),
        [RuleSet::Vlasschaert] => "Vlasschaert decides.".to_owned(),
        [one] => format!("Only {} has rules: review.", author(*one)),
        [first, rest @ ..] if rest.iter().all(|s| states(*s) == states(*first)) => {
            "The lists that have the gene agree: driver.".to_owned()
        }
        sets if sets.contains(&RuleSet::Vlasschaert) => {
            "Driver: what Vlasschaert states, or two others together. Review: what one of the others adds."
                .to_owned()
        }
        _ => "Driver: what two lists state together. Review: what one states.".to_owned(),
    }
}
