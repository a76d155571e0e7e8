//! Changes that are somatic often enough that a VAF near one half alone does not make them inherited.

use super::RuleMatch;
use crate::panel::{PanelGene, RuleKind, RuleSet};
use crate::transcript::{Consequence, SoTerm};

/// Genes whose truncations are never called inherited (ArCH pipeline, PostPipelineFilters).
const SOMATIC_TRUNCATIONS: [&str; 4] = ["DNMT3A", "TET2", "ASXL1", "PPM1D"];

/// Published sets that must list a change by name before it counts as a hotspot.
const LISTED_BY: usize = 2;

/// Whether a change is a known somatic one: a truncation in a gene of the list above, or a change that at least two
/// published sets name (a residue or an exact change; a range of residues is no name).
pub fn is_known_somatic(gene: &PanelGene, consequence: &Consequence, matches: &[RuleMatch]) -> bool {
    truncates(gene, consequence) || listed_by_name(gene, matches)
}

fn truncates(gene: &PanelGene, consequence: &Consequence) -> bool {
    let truncating = [
        SoTerm::StopGained,
        SoTerm::Frameshift,
        SoTerm::SpliceDonor,
        SoTerm::SpliceAcceptor,
    ];
    SOMATIC_TRUNCATIONS.contains(&gene.symbol.as_str())
        && consequence.terms.iter().any(|t| truncating.contains(t))
}

fn listed_by_name(gene: &PanelGene, matches: &[RuleMatch]) -> bool {
    let names = |id: &str| gene.rules.iter().any(|r| r.id == id && is_name(&r.kind));
    let mut sets: Vec<RuleSet> = matches
        .iter()
        .filter(|m| !m.exclude && !m.vaf_too_low && names(&m.id))
        .flat_map(|m| m.sets.iter().copied())
        .filter(|s| !matches!(s, RuleSet::Ipssm))
        .collect();
    sets.sort();
    sets.dedup();
    let excluded = matches.iter().any(|m| m.exclude && !m.platform_specific);
    sets.len() >= LISTED_BY && !excluded
}

fn is_name(kind: &RuleKind) -> bool {
    match kind {
        RuleKind::Substitutions { .. }
        | RuleKind::AnySubstitutionAt { .. }
        | RuleKind::InframeList { .. }
        | RuleKind::CdsInsertions { .. }
        | RuleKind::CodingChanges { .. }
        | RuleKind::FrameshiftAt { .. }
        | RuleKind::Events { .. }
        | RuleKind::StopAt { .. } => true,
        RuleKind::Anywhere { .. }
        | RuleKind::Residues { .. }
        | RuleKind::Exons { .. }
        | RuleKind::InframeIn { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::panel::{Rule, VariantClass};
    use crate::transcript::SequenceSource;
    use RuleSet::{Bick, Ipssm, Niroula, Vlasschaert};

    /// A gene with rules that name a change, and one that gives a range of residues.
    fn gene(symbol: &str) -> PanelGene {
        let named = |id| {
            let changes = vec!["K10L".to_owned()];
            Rule::of_kind(id, &[], RuleKind::Substitutions { changes })
        };
        let range = RuleKind::Residues {
            classes: vec![VariantClass::Missense],
            ranges: vec![(1, 20)],
        };
        PanelGene {
            rules: vec![Rule::of_kind("range", &[], range), named("a"), named("b")],
            ..PanelGene::of_no_rules(symbol)
        }
    }

    #[test]
    fn two_published_sets_must_name_the_change() {
        let of = |id, sets: &[RuleSet]| RuleMatch::of(id, sets);
        let elsewhere = |sets: &[RuleSet]| RuleMatch::of_exclusion("b", sets, true);
        for (matches, expected) in [
            (vec![], false),
            (vec![of("a", &[Bick])], false),
            (vec![of("a", &[Bick]), of("b", &[Bick])], false),
            (vec![of("a", &[Bick]), of("b", &[Niroula])], true),
            (vec![of("a", &[Bick, Niroula])], true),
            (vec![of("a", &[Bick, Niroula, Vlasschaert])], true),
            // Our own statement is no published list.
            (vec![of("a", &[Bick, Ipssm])], false),
            (vec![of("a", &[Ipssm])], false),
            (vec![of("a", &[Bick, Niroula, Ipssm])], true),
            // A range is no name.
            (vec![of("range", &[Bick, Niroula])], false),
            (vec![of("a", &[Bick]), of("range", &[Niroula])], false),
            // What asks for more, and what excludes, names nothing.
            (
                vec![of("a", &[Bick]), RuleMatch::of_too_low_a_vaf("b", &[Niroula])],
                false,
            ),
            (vec![of("a", &[Bick]), elsewhere(&[Niroula])], false),
            // An exclusion of another platform only marks, any other takes the name back.
            (vec![of("a", &[Bick, Niroula]), elsewhere(&[Vlasschaert])], true),
            (
                vec![
                    of("a", &[Bick, Niroula]),
                    RuleMatch::of_exclusion("b", &[Vlasschaert], false),
                ],
                false,
            ),
        ] {
            let consequence = Consequence::of_change("K10L");
            let actual = is_known_somatic(&gene("JAK2"), &consequence, &matches);
            assert_eq!(actual, expected, "{matches:?}");
        }
    }

    #[test]
    fn truncations_of_four_genes_are_never_called_inherited() {
        for (symbol, term, expected) in [
            ("DNMT3A", SoTerm::StopGained, true),
            ("TET2", SoTerm::Frameshift, true),
            ("ASXL1", SoTerm::SpliceDonor, true),
            ("PPM1D", SoTerm::SpliceAcceptor, true),
            ("DNMT3A", SoTerm::Missense, false),
            ("TET2", SoTerm::InframeDeletion, false),
            ("ASXL1", SoTerm::SpliceRegion, false),
            ("RUNX1", SoTerm::StopGained, false),
            ("TP53", SoTerm::Frameshift, false),
        ] {
            let consequence = Consequence {
                terms: vec![SoTerm::Synonymous, term],
                ..Consequence::of_nothing_known(SequenceSource::Embedded)
            };
            let actual = is_known_somatic(&gene(symbol), &consequence, &[]);
            assert_eq!(actual, expected, "{symbol} {term:?}");
        }
    }
}
