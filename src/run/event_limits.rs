//! How small a clone with a duplication that has a name would have been found in alignments.

use crate::alignments::{
    AlignmentError, AlignmentFile, CallOptions, CalledSample, Reference, TargetRegion, contig_by_any_name,
    duplication_limits,
};
use crate::drivers::{SoughtDuplication, sought_duplication};
use crate::evidence::statistics::rounded_limit;
use crate::panel::{PanelGene, RuleKind};
use crate::sample::{EventLimit, GeneTarget, HotspotState, SiteAnnotator};

/// Returns the limits of all duplications that are sought in the genes of a panel.
pub(super) fn event_limits(
    file: &AlignmentFile,
    reference: &Reference,
    calling: (&CallOptions, &CalledSample),
    site: &SiteAnnotator<'_>,
) -> Result<Vec<EventLimit>, AlignmentError> {
    let mut limits = Vec::new();
    for target in &site.targets.genes {
        let Some(sought) = sought_duplication(target.transcript) else {
            continue;
        };
        let lengths: Vec<u32> = sought.lengths.iter().flat_map(|(a, b)| [*a, *b]).collect();
        let exons = regions(file, reference, target, &sought);
        let found = duplication_limits(file, reference, calling, &exons, &lengths)?;
        limits.extend(classes(target, &sought, &found));
    }
    Ok(limits)
}

/// Returns the exons in the file's own numbers; none where the file or the targets hold only some of their bases.
fn regions(
    file: &AlignmentFile,
    reference: &Reference,
    target: &GeneTarget<'_>,
    sought: &SoughtDuplication,
) -> Vec<TargetRegion> {
    let contig = contig_by_any_name(file, target.transcript.chromosome().name());
    let Some(contig) = contig.filter(|c| reference.has(*c)) else {
        return Vec::new();
    };
    let covered = |exon: &std::ops::RangeInclusive<u32>| {
        let mut within = target.target.iter();
        within.any(|t| t.start() <= exon.start() && exon.end() <= t.end())
    };
    if !sought.exons.iter().all(covered) {
        return Vec::new();
    }
    let region = |exon: &std::ops::RangeInclusive<u32>| TargetRegion {
        contig,
        start: exon.start() - 1,
        end: *exon.end(),
    };
    sought.exons.iter().map(region).collect()
}

/// Makes one limit of those of the shortest and the longest length of each class.
fn classes<'a>(
    target: &'a GeneTarget<'_>,
    sought: &'a SoughtDuplication,
    found: &'a [Option<f64>],
) -> impl Iterator<Item = EventLimit> + 'a {
    let first = sought.exons.first().map_or(0, |e| *e.start());
    let last = sought.exons.last().map_or(0, |e| *e.end());
    let rule = naming_rule(target.gene, sought);
    let pairs = sought.lengths.iter().zip(found.chunks_exact(2));
    pairs.map(move |((shortest, longest), limits)| EventLimit {
        gene: target.gene.symbol.clone(),
        event: sought.name,
        shortest: *shortest,
        longest: *longest,
        chromosome: target.transcript.chromosome(),
        stretch: (first, last),
        rule: rule.clone(),
        state: HotspotState::NotAssessed,
        detection_limit: limits[0].zip(limits[1]).map(|(a, b)| rounded_limit(a.max(b))),
    })
}

fn naming_rule(gene: &PanelGene, sought: &SoughtDuplication) -> String {
    let names =
        |kind: &RuleKind| matches!(kind, RuleKind::Events { events } if events.contains(&sought.name));
    let rule = gene.rules.iter().find(|r| !r.exclude && names(&r.kind));
    rule.map(|r| r.id.clone()).unwrap_or_default()
}
