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
        | RuleKind::StopAt { .. } => true,
        RuleKind::Anywhere { .. }
        | RuleKind::Residues { .. }
        | RuleKind::Exons { .. }
        | RuleKind::InframeIn { .. } => false,
    }
}
