//! What was called, as the analysis takes it: alleles with evidence and phase, depths with detection limits.

use std::collections::BTreeSet;

use super::detection::DetectionLimits;
use super::file::AlignmentFile;
use super::judge::CalledVariant;
use super::substitution::total;
use super::survey::ColumnDepth;
use crate::evidence::statistics::rounded_limit;
use crate::evidence::{
    Coverage, DepthRange, Evidence, FileAllele, MatchedNormal, OrientationCounts, Phase, SampleAllele,
    StrandCounts,
};
use crate::genome::{Build, Chromosome, Variant};

/// Columns between two substitutions up to which they may share a codon.
const CODON_REACH: u32 = 2;
/// Fragments of the rarer of two alleles that must show the other too, for both to lie on one molecule. Not all can: a base of
/// low quality is no vote.
const TOGETHER: f64 = 0.8;
/// Share below which they lie on different molecules.
const APART: f64 = 0.1;
/// Fragments that must speak.
const FEWEST: usize = 2;

/// Returns the evidence of a variant; `counts_from` says what was counted.
pub fn evidence(variant: &CalledVariant, counts_from: &str) -> Evidence {
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
        ..Evidence::from_counts(
            variant.alt_count,
            variant.depth,
            if variant.copies {
                format!("{counts_from}, both copies of the locus")
            } else {
                counts_from.to_owned()
            },
        )
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
    counts_from: &str,
) -> Vec<SampleAllele> {
    let phases = phases(file, variants);
    let allele = |(called, phase): (&&CalledVariant, Option<Phase>)| {
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
        Some(SampleAllele {
            variant: Some(variant_of(file, build, called)?),
            file_allele: FileAllele {
                contig,
                position: called.column + 1,
                reference: called.reference.clone(),
                alternate: called.alternate.clone(),
            },
            not_a_sequence: None,
            evidence: evidence(called, counts_from),
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

/// What the molecules say of two substitutions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Together,
    Apart,
    Unknown,
}

fn relation(a: &CalledVariant, b: &CalledVariant) -> Relation {
    if a.contig != b.contig || a.chunk != b.chunk {
        return Relation::Unknown;
    }
    // The lists may be cut: only the numbers that both lists reach can be compared.
    let reached = |v: &CalledVariant| -> u32 {
        let listed = u32::try_from(v.fragments.len()).unwrap_or(u32::MAX);
        if listed < v.alt_count {
            v.fragments.last().copied().unwrap_or(0)
        } else {
            u32::MAX
        }
    };
    let end = reached(a).min(reached(b));
    let of =
        |v: &CalledVariant| -> BTreeSet<u32> { v.fragments.iter().copied().filter(|n| *n <= end).collect() };
    let (a, b) = (of(a), of(b));
    let fewer = a.len().min(b.len());
    if fewer < FEWEST {
        return Relation::Unknown;
    }
    let shared = a.intersection(&b).count();
    let share = shared as f64 / fewer as f64;
    if share >= TOGETHER && shared >= FEWEST {
        Relation::Together
    } else if share <= APART {
        Relation::Apart
    } else {
        Relation::Unknown
    }
}

/// Substitutions on the same molecules, and others that are known to lie on different ones.
struct PhaseSet {
    groups: Vec<Vec<usize>>,
}

fn phases(file: &AlignmentFile, variants: &[&CalledVariant]) -> Vec<Option<Phase>> {
    let substitutions: Vec<usize> = (0..variants.len())
        .filter(|i| variants[*i].reference.len() == variants[*i].alternate.len())
        .collect();
    let near = |a: usize, b: usize| {
        let (a, b) = (variants[a], variants[b]);
        a.contig == b.contig && a.column.abs_diff(b.column) <= CODON_REACH
    };
    let mut sets: Vec<PhaseSet> = Vec::new();
    for &index in &substitutions {
        // Along the genome: only the last sets can be near.
        let place = sets.iter().rposition(|set| {
            let mut members = set.groups.iter().flatten();
            members.any(|m| near(*m, index) && relation(variants[*m], variants[index]) != Relation::Unknown)
        });
        match place.and_then(|p| sets.get_mut(p)) {
            None => sets.push(PhaseSet {
                groups: vec![vec![index]],
            }),
            Some(set) => add(set, index, variants),
        }
    }
    let mut phases = vec![None; variants.len()];
    for set in sets.iter().filter(|s| s.groups.iter().flatten().count() > 1) {
        let first = set.groups.iter().flatten().min().map(|i| variants[*i]);
        let Some(first) = first else { continue };
        let name = file
            .contigs
            .get(first.contig as usize)
            .map_or("", |c| c.name.as_str());
        for (copy, group) in set.groups.iter().enumerate() {
            let genotype: Vec<&str> = (0..set.groups.len().max(2))
                .map(|c| if c == copy { "1" } else { "0" })
                .collect();
            for index in group {
                phases[*index] = Some(Phase {
                    set: format!("{name}:{}", first.column + 1),
                    genotype: genotype.join("|"),
                    copies: vec![copy],
                });
            }
        }
    }
    phases
}

/// Adds a substitution to the group that it lies on the molecules of; to a group of its own where it lies apart from all; where
/// anything is not known, it stays out.
fn add(set: &mut PhaseSet, index: usize, variants: &[&CalledVariant]) {
    let relations: Vec<Vec<Relation>> = set
        .groups
        .iter()
        .map(|g| {
            g.iter()
                .map(|m| relation(variants[*m], variants[index]))
                .collect()
        })
        .collect();
    let all = |r: &[Relation], wanted| r.iter().all(|x| *x == wanted);
    let together = relations.iter().position(|r| all(r, Relation::Together));
    let others_apart = |own: Option<usize>| {
        let mut others = relations.iter().enumerate().filter(|(i, _)| Some(*i) != own);
        others.all(|(_, r)| all(r, Relation::Apart))
    };
    if !others_apart(together) {
        return;
    }
    match together.and_then(|t| set.groups.get_mut(t)) {
        Some(group) => group.push(index),
        None => set.groups.push(vec![index]),
    }
}

/// Returns depths with the limits of their bases, by chromosome; columns on other contigs are left out.
pub fn coverage(file: &AlignmentFile, depths: &[ColumnDepth], limits: &mut DetectionLimits<'_>) -> Coverage {
    let chromosomes: Vec<Option<Chromosome>> =
        file.contigs.iter().map(|c| Chromosome::parse(&c.name)).collect();
    let range = |column: &ColumnDepth| {
        let chromosome = chromosomes.get(column.contig as usize).copied().flatten()?;
        let position = column.column + 1;
        let range = DepthRange {
            first: position,
            last: position,
            depth: total(&column.exposure),
            limit: Some(rounded_limit(limits.of_column(column).unwrap_or(1.0))),
        };
        Some((chromosome, range))
    };
    Coverage::new(depths.iter().filter_map(range))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn substitution(column: u32, chunk: u32, fragments: std::ops::Range<u32>) -> CalledVariant {
        CalledVariant {
            contig: 0,
            column,
            reference: "A".into(),
            alternate: "C".into(),
            quality: 100.0,
            filters: Vec::new(),
            depth: 100,
            ref_count: 90,
            alt_count: u32::try_from(fragments.len()).unwrap(),
            strands: [45, 45, 5, 5],
            orientations: None,
            both_mates: None,
            base_quality: None,
            mapping_quality: None,
            expected_errors: 0.0,
            forced: false,
            fragments: fragments.collect(),
            chunk,
            copies: false,
        }
    }

    #[test]
    fn molecules_say_what_lies_together() {
        let a = substitution(10, 0, 0..20);
        assert_eq!(relation(&a, &substitution(11, 0, 1..18)), Relation::Together);
        assert_eq!(relation(&a, &substitution(11, 0, 19..60)), Relation::Apart);
        assert_eq!(relation(&a, &substitution(11, 0, 10..30)), Relation::Unknown);
        assert_eq!(
            relation(&a, &substitution(11, 500, 0..20)),
            Relation::Unknown,
            "numbers of another chunk mean other fragments"
        );
    }

    /// 512 numbers are kept of each allele: the rest of the longer list must not count as absent.
    #[test]
    fn cut_lists_are_compared_as_far_as_both_reach() {
        let mut germline = substitution(10, 0, 0..512);
        germline.alt_count = 3000;
        let clone = substitution(11, 0, 100..2100);
        let mut clone_cut = clone.clone();
        clone_cut.fragments.truncate(512);
        assert_eq!(relation(&germline, &clone_cut), Relation::Together);
    }
}
