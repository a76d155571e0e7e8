//! Hotspots: the alleles that the panel's rules list one by one. Each is counted in alignments whether or not a read shows it,
//! so that a negative carries a number.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::SiteAnnotator;
use crate::drivers::match_rules;
use crate::evidence::Evidence;
use crate::genome::Variant;
use crate::panel::{PanelGene, RuleKind, Thresholds, parse_residue, parse_rule_change};
use crate::transcript::{CdsPosition, CodingChange};

/// Insertions and deletions that rules mean by residue or exon and that people name one by one, as c. of the panel's
/// transcripts. NPM1 types A, B and D: Falini 2005 (N Engl J Med 352:254); CALR types 1 and 2: Klampfl 2013 (N Engl J Med
/// 369:2379); ASXL1 c.1934dup: Gelsi-Boyer 2009 (Br J Haematol 145:788); SRSF2 P95_R102del: Makishima 2012 (Blood 119:3203).
const INDELS: [(&str, &str); 7] = [
    ("NPM1", "c.860_863dup"),
    ("NPM1", "c.863_864insCATG"),
    ("NPM1", "c.863_864insCCTG"),
    ("CALR", "c.1099_1150del"),
    ("CALR", "c.1154_1155insTTGTC"),
    ("ASXL1", "c.1934dup"),
    ("SRSF2", "c.284_307del"),
];

/// An allele that rules list.
#[derive(Clone, Debug, PartialEq)]
pub struct Hotspot {
    /// Gene symbol.
    pub gene: String,
    /// The variant, left-aligned.
    pub variant: Variant,
    /// HGVS of the coding change.
    pub hgvs_c: Option<String>,
    /// HGVS of the protein change, one-letter residues.
    pub hgvs_p: Option<String>,
    /// Id of the first rule that lists it.
    pub rule: String,
}

/// A hotspot as counted.
#[derive(Clone, Debug, PartialEq)]
pub struct HotspotCount {
    /// The allele.
    pub hotspot: Hotspot,
    /// Counts; `None` where the place was not looked at.
    pub evidence: Option<Evidence>,
    /// Whether the caller called it.
    pub called: bool,
    /// Smallest VAF that would have been called with 95 % power.
    pub limit: Option<f64>,
}

/// What is known of a hotspot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HotspotState {
    /// Called: it stands among the calls.
    Called,
    /// Fragments show it, too few or too doubtful for a call.
    BelowLimit,
    /// No fragment shows it, and a clone at the threshold would have been called.
    NotDetected,
    /// A clone at the threshold would not have been called with 95 % power.
    NotAssessed,
}

impl HotspotState {
    /// Every state.
    pub const ALL: [Self; 4] = [
        Self::Called,
        Self::BelowLimit,
        Self::NotDetected,
        Self::NotAssessed,
    ];

    /// Returns the name used in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Called => "called",
            Self::BelowLimit => "below_limit",
            Self::NotDetected => "not_detected",
            Self::NotAssessed => "not_assessed",
        }
    }
}

/// One hotspot allele in one sample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HotspotResult {
    /// Gene symbol.
    pub gene: String,
    /// The variant, left-aligned.
    pub variant: Variant,
    /// HGVS of the coding change.
    pub hgvs_c: Option<String>,
    /// HGVS of the protein change, one-letter residues.
    pub hgvs_p: Option<String>,
    /// Id of the first rule that lists it.
    pub rule: String,
    /// What is known.
    pub state: HotspotState,
    /// Counts, `None` where the place was not looked at.
    pub evidence: Option<Evidence>,
    /// Smallest VAF that would have been called with 95 % power; `None` where none would.
    pub detection_limit: Option<f64>,
}

/// Lists the hotspots of a panel within its targets, by gene and place.
pub fn hotspots(site: &SiteAnnotator<'_>) -> Vec<Hotspot> {
    let mut found: Vec<Hotspot> = Vec::new();
    for target in &site.targets.genes {
        let gene = target.gene;
        for residue in listed_residues(gene) {
            for variant in codon_snvs(site, target.transcript, residue) {
                found.extend(hotspot(site, gene, &variant, true));
            }
        }
        for (_, change) in INDELS.iter().filter(|(symbol, _)| *symbol == gene.symbol) {
            let variant = CodingChange::parse(change)
                .ok()
                .and_then(|c| c.to_variant(target.transcript, site.annotator.bases()).ok());
            if let Some(variant) = variant {
                found.extend(hotspot(site, gene, &variant, false));
            }
        }
    }
    found.sort_by(|a, b| (&a.variant, &a.gene).cmp(&(&b.variant, &b.gene)));
    found.dedup_by(|a, b| (&a.variant, &a.gene) == (&b.variant, &b.gene));
    found
}

/// Returns the residues at which rules list substitutions or stops.
fn listed_residues(gene: &PanelGene) -> BTreeSet<u32> {
    let rules = gene.rules.iter().filter(|r| !r.exclude);
    rules
        .flat_map(|rule| match &rule.kind {
            RuleKind::Substitutions { changes } | RuleKind::StopAt { changes } => changes
                .iter()
                .filter_map(|c| parse_rule_change(c).map(|c| c.change.start))
                .collect(),
            RuleKind::AnySubstitutionAt { residues } => residues
                .iter()
                .filter_map(|r| parse_residue(r).map(|(_, position)| position))
                .collect::<Vec<u32>>(),
            _ => Vec::new(),
        })
        .collect()
}

/// Returns the nine single-base changes of a codon; fewer where bases are not known.
fn codon_snvs(
    site: &SiteAnnotator<'_>,
    transcript: &crate::transcript::Transcript,
    residue: u32,
) -> Vec<Variant> {
    let Ok(last) = i32::try_from(residue * 3) else {
        return Vec::new();
    };
    let places = (last - 2..=last).filter_map(|base| {
        transcript.genomic_position(CdsPosition {
            base,
            offset: 0,
            behind_stop: false,
        })
    });
    places
        .filter_map(|position| {
            let base = site.annotator.bases().base(transcript.chromosome(), position)?;
            Some((position, char::from(base).to_string()))
        })
        .flat_map(|(position, reference)| {
            let others = ["A", "C", "G", "T"]
                .into_iter()
                .filter(|b| *b != reference.clone());
            others
                .filter_map(|alternate| {
                    let (build, chromosome) = (site.targets.build, transcript.chromosome());
                    Variant::new(build, chromosome, position, &reference, alternate).ok()
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Makes a hotspot of a variant where a rule that includes it matches; `listed`: one that lists alleles.
fn hotspot(site: &SiteAnnotator<'_>, gene: &PanelGene, variant: &Variant, listed: bool) -> Option<Hotspot> {
    let sites = site.annotate(variant, &[]).ok()?;
    let on_gene = sites.into_iter().find(|s| s.target.gene.symbol == gene.symbol)?;
    let matches = match_rules(
        gene,
        &on_gene.consequence,
        &on_gene.variant,
        &Evidence::default(),
        site.platform.as_deref(),
    );
    let lists = |id: &str| {
        gene.rules.iter().any(|r| {
            r.id == id
                && matches!(
                    r.kind,
                    RuleKind::Substitutions { .. }
                        | RuleKind::StopAt { .. }
                        | RuleKind::AnySubstitutionAt { .. }
                )
        })
    };
    let rule = matches
        .into_iter()
        .find(|m| !m.exclude && (!listed || lists(&m.id)))?;
    Some(Hotspot {
        gene: gene.symbol.clone(),
        hgvs_c: on_gene.consequence.hgvs_c,
        hgvs_p: on_gene.consequence.hgvs_p_short,
        variant: on_gene.variant.sequence()?.clone(),
        rule: rule.id,
    })
}

/// Decides what is known of each hotspot.
pub(super) fn results(counts: Vec<HotspotCount>, thresholds: &Thresholds) -> Vec<HotspotResult> {
    let result = |count: HotspotCount| {
        let state = state_of(&count, thresholds);
        let Hotspot {
            gene,
            variant,
            hgvs_c,
            hgvs_p,
            rule,
        } = count.hotspot;
        HotspotResult {
            gene,
            variant,
            hgvs_c,
            hgvs_p,
            rule,
            state,
            evidence: count.evidence,
            detection_limit: count.limit,
        }
    };
    counts.into_iter().map(result).collect()
}

fn state_of(count: &HotspotCount, thresholds: &Thresholds) -> HotspotState {
    let seen = |e: &Evidence| e.alt_count.is_some_and(|n| n > 0);
    let deep = |e: &Evidence| e.depth.is_some_and(|d| d >= thresholds.min_depth);
    match &count.evidence {
        _ if count.called => HotspotState::Called,
        Some(e) if seen(e) => HotspotState::BelowLimit,
        Some(e) if deep(e) && count.limit.is_some_and(|l| l <= thresholds.min_vaf) => {
            HotspotState::NotDetected
        }
        _ => HotspotState::NotAssessed,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::genome::Build;
    use crate::panel::{Panel, RuleSetChoice};
    use crate::sample::Targets;
    use crate::transcript::Annotator;

    fn of_panel(build: Build) -> Vec<Hotspot> {
        let panel = Panel::bundled("myeloid33").unwrap();
        let site = SiteAnnotator {
            targets: Targets::new(&panel, build, None).unwrap(),
            annotator: Arc::new(Annotator::new(build, None)),
            rules: RuleSetChoice::default(),
            platform: None,
        };
        hotspots(&site)
    }

    /// COSMIC and ClinVar know them by these places on GRCh38.
    #[test]
    fn well_known_hotspots_are_listed() {
        let found = of_panel(Build::Grch38);
        let has = |gene: &str, variant: &str| {
            assert!(
                found
                    .iter()
                    .any(|h| h.gene == gene && h.variant.to_string().contains(variant)),
                "{gene} {variant}"
            );
        };
        has("JAK2", "5073770 G>T");
        has("DNMT3A", "25234373 C>T");
        has("U2AF1", "43104346 G>A");
        has("SF3B1", "197402110 T>C");
        for (gene, change) in [("NPM1", "c.860_863dup"), ("ASXL1", "c.1934dup")] {
            assert!(
                found
                    .iter()
                    .any(|h| h.gene == gene && h.hgvs_c.as_deref() == Some(change)),
                "{gene} {change}"
            );
        }
    }

    #[test]
    fn a_hotspot_without_reads_is_negative_only_where_it_was_assessed() {
        let thresholds = Panel::bundled("myeloid33").unwrap().thresholds;
        let hotspot = of_panel(Build::Grch38).remove(0);
        let state = |alt, depth, limit, called| {
            state_of(
                &HotspotCount {
                    hotspot: hotspot.clone(),
                    evidence: Some(Evidence::from_counts(alt, depth, "fragments")),
                    called,
                    limit,
                },
                &thresholds,
            )
        };
        assert_eq!(state(0, 1000, Some(0.008), false), HotspotState::NotDetected);
        assert_eq!(state(0, 100, Some(0.07), false), HotspotState::NotAssessed);
        assert_eq!(state(0, 0, None, false), HotspotState::NotAssessed);
        assert_eq!(state(1, 1000, Some(0.008), false), HotspotState::BelowLimit);
        assert_eq!(state(50, 1000, Some(0.008), true), HotspotState::Called);
    }
}
