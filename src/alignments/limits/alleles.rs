//! What was called, as the analysis takes it: alleles with evidence and phase, depths with detection limits.

use super::detection::DetectionLimits;
use crate::alignments::calling::called_variant::CalledVariant;
use crate::alignments::calling::clips::UnexplainedClips;
use crate::alignments::calling::phasing::{Phased, phases};
use crate::alignments::counts::column_depth::ColumnDepth;
use crate::alignments::counts::substitution::total;
use crate::alignments::input::file::AlignmentFile;
use crate::evidence::statistics::rounded_limit;
use crate::evidence::{
    CountedUnit, Coverage, DepthRange, Evidence, FileAllele, MatchedNormal, OrientationCounts, Phase,
    SampleAllele, StrandCounts,
};
use crate::genome::{Build, Chromosome, Variant};

/// Columns between two substitutions up to which they may share a codon.
const CODON_REACH: u32 = 2;

/// Returns the evidence of a variant; `unit` says what was counted.
pub fn evidence(variant: &CalledVariant, unit: CountedUnit) -> Evidence {
    let [ref_forward, ref_reverse, alt_forward, alt_reverse] = variant.strands;
    Evidence {
        ref_count: Some(variant.ref_count),
        strands: Some(StrandCounts {
            ref_forward,
            ref_reverse,
            alt_forward,
            alt_reverse,
        }),
        orientations: variant
            .orientations
            .map(|[ref_f1r2, ref_f2r1, alt_f1r2, alt_f2r1]| OrientationCounts {
                ref_f1r2,
                ref_f2r1,
                alt_f1r2,
                alt_f2r1,
            }),
        base_quality: variant.base_quality,
        // Between two copies an aligner cannot choose: its quality of 0 says nothing of the allele.
        mapping_quality: variant.mapping_quality.filter(|_| !variant.copies),
        ..Evidence::from_counts(variant.alt_count, variant.depth, unit.note(variant.copies))
    }
}

/// Returns the variant in normal form; `None` on a contig that is no human chromosome.
pub fn variant_of(file: &AlignmentFile, build: Build, called: &CalledVariant) -> Option<Variant> {
    let chromosome = Chromosome::parse(&file.contigs.get(called.contig as usize)?.name)?;
    let position = called.column.checked_add(1)?;
    Variant::new(build, chromosome, position, &called.reference, &called.alternate).ok()
}

/// Makes alleles of variants, those that share molecules phased.
pub fn sample_alleles(
    file: &AlignmentFile,
    build: Build,
    variants: &[&CalledVariant],
    unit: CountedUnit,
) -> Vec<SampleAllele> {
    let phases = phases(variants, CODON_REACH);
    let allele = |(called, phase): (&&CalledVariant, Option<Phased>)| {
        let contig = file.contigs.get(called.contig as usize)?.name.clone();
        let filter = if called.filters.is_empty() {
            "PASS".to_owned()
        } else {
            called
                .filters
                .iter()
                .map(|f| f.name())
                .collect::<Vec<_>>()
                .join(";")
        };
        let file_allele = FileAllele {
            contig,
            position: called.column + 1,
            reference: called.reference.clone(),
            alternate: called.alternate.clone(),
        };
        let phase = phase.map(|p| Phase {
            set: format!("{}:{}", file_allele.contig, p.first + 1),
            genotype: p.genotype(),
            copies: vec![p.copy],
        });
        Some(SampleAllele {
            allele: variant_of(file, build, called)?.into(),
            file_allele,
            evidence: evidence(called, unit),
            recount: None,
            normal: MatchedNormal::None,
            caller_filter: Some(filter),
            population: None,
            annotations: Vec::new(),
            phase,
            genotype: None,
        })
    };
    variants.iter().zip(phases).filter_map(allele).collect()
}

/// Returns depths with the limits of their bases, by chromosome; columns on other contigs are left out. Around clipped reads
/// that nothing explains there is no limit below 1: what hides there may have any fraction.
pub fn coverage(
    file: &AlignmentFile,
    depths: &[ColumnDepth],
    unexplained: &[UnexplainedClips],
    limits: &mut DetectionLimits<'_>,
) -> Coverage {
    let is_void = |column: &ColumnDepth| {
        let mut clips = unexplained.iter();
        clips.any(|c| c.void(column.contig, column.column, column.column + 1))
    };
    let chromosomes: Vec<Option<Chromosome>> =
        file.contigs.iter().map(|c| Chromosome::parse(&c.name)).collect();
    let range = |column: &ColumnDepth| {
        let chromosome = chromosomes.get(column.contig as usize).copied().flatten()?;
        let position = column.column + 1;
        let limit = limits.of_column(column).filter(|_| !is_void(column));
        let range = DepthRange {
            first: position,
            last: position,
            depth: total(&column.exposure),
            limit: Some(rounded_limit(limit.unwrap_or(1.0))),
        };
        Some((chromosome, range))
    };
    Coverage::new(depths.iter().filter_map(range))
}
