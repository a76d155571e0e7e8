//! What the panel's rules say of a protein, place by place: stretches that a rule covers and residues that a rule names.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::panel::{PanelGene, Rule, RuleKind, parse_residue, parse_rule_change};

/// A protein as the driver rules of its gene see it. Residues are 1-based on the gene's transcript.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProteinMap {
    /// Length in residues.
    pub residues: u32,
    /// Stretches within which a rule takes any change of its classes for a driver.
    pub regions: Vec<RuleRegion>,
    /// Residues that rules name one by one.
    pub hotspots: Vec<RuleHotspots>,
}

/// A stretch that a rule covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RuleRegion {
    /// First residue.
    pub first: u32,
    /// Last residue.
    pub last: u32,
    /// Id of the rule.
    pub rule: String,
    /// Keys of the sources.
    pub sources: Vec<String>,
}

/// Residues that a rule names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RuleHotspots {
    /// The residues, ascending, each once.
    pub residues: Vec<u32>,
    /// Id of the rule.
    pub rule: String,
    /// Keys of the sources.
    pub sources: Vec<String>,
}

impl ProteinMap {
    /// Returns the map of a gene; `None` where no rule names a place of the protein.
    pub fn new(gene: &PanelGene, residues: u32) -> Option<Self> {
        let including = || gene.rules.iter().filter(|rule| !rule.exclude);
        let regions: Vec<RuleRegion> = including()
            .flat_map(|rule| {
                ranges(&rule.kind).into_iter().map(|(first, last)| RuleRegion {
                    first,
                    last,
                    rule: rule.id.clone(),
                    sources: rule.sources.clone(),
                })
            })
            .collect();
        let hotspots: Vec<RuleHotspots> = including().filter_map(hotspots).collect();
        (!regions.is_empty() || !hotspots.is_empty()).then_some(Self {
            residues,
            regions,
            hotspots,
        })
    }

    /// Returns the keys of the sources, those of several rules as often.
    pub fn sources(&self) -> impl Iterator<Item = &String> {
        let regions = self.regions.iter().flat_map(|r| &r.sources);
        regions.chain(self.hotspots.iter().flat_map(|h| &h.sources))
    }
}

fn ranges(kind: &RuleKind) -> Vec<(u32, u32)> {
    match kind {
        RuleKind::Residues { ranges, .. } => ranges.clone(),
        RuleKind::InframeIn { range, .. } => vec![*range],
        _ => Vec::new(),
    }
}

fn hotspots(rule: &Rule) -> Option<RuleHotspots> {
    let mut residues: Vec<u32> = match &rule.kind {
        RuleKind::Substitutions { changes }
        | RuleKind::InframeList { changes }
        | RuleKind::FrameshiftAt { changes }
        | RuleKind::StopAt { changes } => changes
            .iter()
            .filter_map(|c| parse_rule_change(c))
            .map(|c| c.change.start)
            .collect(),
        RuleKind::AnySubstitutionAt { residues } => residues
            .iter()
            .filter_map(|r| parse_residue(r))
            .map(|(_, position)| position)
            .collect(),
        _ => return None,
    };
    residues.sort_unstable();
    residues.dedup();
    Some(RuleHotspots {
        residues,
        rule: rule.id.clone(),
        sources: rule.sources.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::panel::{RuleSet, VariantClass};

    fn list(list: &[&str]) -> Vec<String> {
        list.iter().map(|s| (*s).to_owned()).collect()
    }

    #[test]
    fn places_what_rules_name_and_leaves_out_what_they_exclude() {
        let rule = |id, kind| Rule::of_kind(id, &[RuleSet::Bick], kind);
        let mut gene = PanelGene::of_no_rules("GENE");
        let classes = vec![VariantClass::Missense];
        gene.rules = vec![
            rule(
                "domain",
                RuleKind::Residues {
                    classes: classes.clone(),
                    ranges: vec![(5, 9), (20, 30)],
                },
            ),
            rule(
                "list",
                RuleKind::Substitutions {
                    changes: list(&["R82H", "R82C", "K10L"]),
                },
            ),
            rule(
                "at",
                RuleKind::AnySubstitutionAt {
                    residues: list(&["Q61"]),
                },
            ),
            rule("anywhere", RuleKind::Anywhere { classes }),
            Rule {
                exclude: true,
                ..rule(
                    "not",
                    RuleKind::StopAt {
                        changes: list(&["R90*"]),
                    },
                )
            },
        ];
        let map = ProteinMap::new(&gene, 100).unwrap();
        let regions: Vec<_> = map.regions.iter().map(|r| (r.first, r.last, &*r.rule)).collect();
        assert_eq!(regions, [(5, 9, "domain"), (20, 30, "domain")]);
        let spots: Vec<_> = map.hotspots.iter().map(|h| (&h.residues[..], &*h.rule)).collect();
        assert_eq!(spots, [(&[10, 82][..], "list"), (&[61], "at")]);
        gene.rules.truncate(0);
        assert_eq!(ProteinMap::new(&gene, 100), None);
    }
}
