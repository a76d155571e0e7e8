//! What copies are told by, from the alignments of a sample: the depth of the panel's exons, and reads that join them.

use crate::alignments::{
    AlignmentFile, Background, CalledSample, JunctionRegion, Reference, TargetRegion, contig_by_any_name,
    target_depths,
};
use crate::evidence::{ExonDepth, Junction};
use crate::sample::{GeneTarget, ReadsInput, SiteAnnotator};

/// Returns where reads may join the copies of a partial tandem duplication; `None` without the gene.
pub(super) fn junction_region(file: &AlignmentFile, site: &SiteAnnotator<'_>) -> Option<JunctionRegion> {
    let (transcript, stretch) = site.targets.kmt2a()?;
    let contig = contig_by_any_name(file, transcript.chromosome().name())?;
    Some(JunctionRegion {
        region: TargetRegion {
            contig,
            start: stretch.start() - 1,
            end: *stretch.end(),
        },
        contig: file.contigs.get(contig as usize)?.name.clone(),
    })
}

/// Returns what copies are told by; the rest is empty.
pub(super) fn copies_input(
    file: &AlignmentFile,
    reference: &Reference,
    site: &SiteAnnotator<'_>,
    called: &CalledSample,
    background: &Background,
) -> ReadsInput {
    ReadsInput {
        exons: exon_depths(file, reference, site, called, background),
        junctions: junctions(called),
        amplicons: !called.primers.is_empty(),
        ..ReadsInput::default()
    }
}

/// Returns the depth of every exon of the panel that was looked at, genes in the panel's order.
fn exon_depths(
    file: &AlignmentFile,
    reference: &Reference,
    site: &SiteAnnotator<'_>,
    called: &CalledSample,
    background: &Background,
) -> Vec<ExonDepth> {
    let of_gene = |target: &GeneTarget<'_>| {
        let chromosome = target.transcript.chromosome();
        let contig = contig_by_any_name(file, chromosome.name()).filter(|c| reference.has(*c));
        let regions: Vec<TargetRegion> = contig
            .into_iter()
            .flat_map(|contig| {
                target.searched.iter().map(move |range| TargetRegion {
                    contig,
                    start: range.start() - 1,
                    end: *range.end(),
                })
            })
            .collect();
        target_depths(&called.depths, &regions, reference)
            .into_iter()
            .filter_map(|found| {
                let (first, last) = (found.region.start + 1, found.region.end);
                let exon = exon_of(target, first, last)?;
                Some(ExonDepth {
                    gene: target.gene.symbol.clone(),
                    exon,
                    chromosome,
                    first,
                    last,
                    depth: found.depth,
                    gc: found.gc?,
                    normal: background.normal_depth(&found.region),
                })
            })
            .collect::<Vec<_>>()
    };
    site.targets.genes.iter().flat_map(of_gene).collect()
}

/// Returns the number of the exon that a stretch lies in or beside.
fn exon_of(target: &GeneTarget<'_>, first: u32, last: u32) -> Option<u32> {
    (1..)
        .zip(target.transcript.exons())
        .find(|(_, exon)| exon.start <= last && first <= exon.end)
        .map(|(number, _)| number)
}

/// Returns the junctions of tandem duplications, 1-based.
fn junctions(called: &CalledSample) -> Vec<Junction> {
    let of_panel = called.junctions.iter().map(|j| Junction {
        first: j.first + 1,
        last: j.end,
        split: j.split,
        pairs: j.pairs,
    });
    of_panel.collect()
}
