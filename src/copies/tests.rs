//! Made samples: 12 autosomal genes of 30 exons, KMT2A of 36, and two genes on 17p.

use super::*;
use crate::evidence::NormalDepth;
use crate::genome::Chromosome;
use crate::transcript::transcript;

/// Exons whose depth goes up and down by `spread`, the same for the same exon; `change` gives the factor of each.
pub(super) fn exons(depth: f64, spread: f64, change: impl Fn(&str, u32) -> f64) -> Vec<ExonDepth> {
    let mut exons = Vec::new();
    let mut state = 7_u64;
    let mut add = |gene: &str, chromosome: &str, start: u32, count: u32| {
        for exon in 1..=count {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            // Even over an interval of twice the root of three spreads.
            let off = ((state >> 33) as f64 / f64::from(1_u32 << 31) - 0.5) * 12.0_f64.sqrt() * spread;
            let gc = 0.3 + 0.4 * ((state >> 11) % 1000) as f64 / 1000.0;
            exons.push(ExonDepth {
                gene: gene.to_owned(),
                exon,
                chromosome: Chromosome::parse(chromosome).unwrap(),
                first: start + 1000 * exon,
                last: start + 1000 * exon + 149,
                depth: depth * off.exp() * change(gene, exon),
                gc,
                normal: None,
            });
        }
    };
    for gene in ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L"] {
        add(gene, "1", 1_000_000, 30);
    }
    add("KMT2A", "11", 118_000_000, 36);
    add("TP53", "17", 7_600_000, 11);
    add("PRPF8", "17", 1_600_000, 42);
    add("STAG2", "X", 124_000_000, 32);
    exons
}

/// The genes of exons.
pub(super) fn places(exons: &[ExonDepth]) -> Vec<GenePlace> {
    let mut places: Vec<GenePlace> = Vec::new();
    for exon in exons {
        if places.iter().all(|p| p.gene != exon.gene) {
            places.push(GenePlace {
                gene: exon.gene.clone(),
                chromosome: exon.chromosome,
                position: exon.first,
            });
        }
    }
    places
}

pub(super) fn told(exons: &[ExonDepth], sex: Option<Sex>) -> CopyNumber {
    with_junctions(exons, &[], sex)
}

fn with_junctions(exons: &[ExonDepth], junctions: &[Junction], sex: Option<Sex>) -> CopyNumber {
    assess(&CopyInput {
        places: &places(exons),
        exons,
        junctions,
        amplicons: false,
        kmt2a: transcript("NM_001197104.2", Build::Grch38),
        build: Build::Grch38,
        sex,
    })
}

fn region(told: &CopyNumber, region: CopyRegion) -> &RegionCopies {
    told.regions.iter().find(|r| r.region == region).unwrap()
}

#[test]
fn nothing_is_suspected_where_nothing_is_changed() {
    let copies = told(&exons(500.0, 0.1, |_, _| 1.0), Some(Sex::Female));
    assert_eq!(copies.basis, Some(DepthBasis::Sample));
    assert_eq!((copies.ptd.state, copies.ptd.gap), (CopyState::NotDetected, None));
    let limit = copies.ptd.limit.unwrap();
    assert!((0.3..0.8).contains(&limit), "{limit}");
    assert_eq!(copies.suspected().count(), 0);
    let seventeen = region(&copies, CopyRegion::Loss17p);
    assert_eq!(seventeen.genes, ["TP53", "PRPF8"]);
    assert_eq!(seventeen.state, CopyState::NotDetected);
    assert_eq!(region(&copies, CopyRegion::Loss7q).gap, Some(CopyGap::FewOfGene));
}

#[test]
fn a_duplication_in_most_cells_is_suspected_with_its_exons() {
    for last in [8, 10] {
        let of = |gene: &str, exon: u32| {
            if gene == "KMT2A" && (3..=last).contains(&exon) {
                1.4
            } else {
                1.0
            }
        };
        let ptd = told(&exons(500.0, 0.08, of), None).ptd;
        assert_eq!((ptd.state, ptd.exons), (CopyState::Suspected, Some((3, last))));
        let ratio = ptd.ratio.unwrap();
        assert!(ratio.low < 1.4 && 1.4 < ratio.high, "{ratio:?}");
        assert!((ptd.cells.unwrap() - 0.8).abs() < 0.2, "{ptd:?}");
    }
}

#[test]
fn a_low_end_of_the_gene_is_no_duplication() {
    let of = |gene: &str, exon: u32| if gene == "KMT2A" && exon >= 12 { 0.6 } else { 1.0 };
    let ptd = told(&exons(500.0, 0.08, of), None).ptd;
    assert_eq!(
        (ptd.state, ptd.gap),
        (CopyState::NotAssessed, Some(CopyGap::ReferenceLow))
    );
}

#[test]
fn a_gain_of_the_whole_gene_is_no_duplication() {
    let of = |gene: &str, _: u32| if gene == "KMT2A" { 1.5 } else { 1.0 };
    assert_eq!(
        told(&exons(500.0, 0.08, of), None).ptd.state,
        CopyState::NotDetected
    );
}

#[test]
fn a_loss_of_17p_is_suspected_with_its_cells() {
    let of = |gene: &str, _: u32| {
        if ["TP53", "PRPF8"].contains(&gene) {
            0.75
        } else {
            1.0
        }
    };
    let copies = told(&exons(500.0, 0.08, of), None);
    let loss = region(&copies, CopyRegion::Loss17p);
    assert_eq!(loss.state, CopyState::Suspected);
    assert!((loss.cells.unwrap() - 0.5).abs() < 0.1, "{loss:?}");
    // A gain is not what is asked for.
    let gain = |gene: &str, _: u32| {
        if ["TP53", "PRPF8"].contains(&gene) {
            1.3
        } else {
            1.0
        }
    };
    let copies = told(&exons(500.0, 0.08, gain), None);
    assert_eq!(region(&copies, CopyRegion::Loss17p).state, CopyState::NotDetected);
}

#[test]
fn a_lost_x_is_told_in_women_only() {
    let half = |gene: &str, _: u32| if gene == "STAG2" { 0.5 } else { 1.0 };
    let exons = exons(500.0, 0.08, half);
    let of = |sex| {
        let copies = told(&exons, sex);
        let x = region(&copies, CopyRegion::LossX).clone();
        (x.state, x.gap)
    };
    assert_eq!(of(Some(Sex::Female)), (CopyState::Suspected, None));
    assert_eq!(
        of(Some(Sex::Male)),
        (CopyState::NotAssessed, Some(CopyGap::OneCopy))
    );
    assert_eq!(of(None), (CopyState::NotAssessed, Some(CopyGap::SexUnknown)));
}

#[test]
fn what_cannot_be_told_is_said() {
    let gap = |exons: &[ExonDepth], amplicons| {
        assess(&CopyInput {
            places: &places(exons),
            exons,
            junctions: &[],
            amplicons,
            kmt2a: transcript("NM_001197104.2", Build::Grch38),
            build: Build::Grch38,
            sex: None,
        })
    };
    let usual = exons(500.0, 0.1, |_, _| 1.0);
    for (copies, expected) in [
        (gap(&exons(60.0, 0.1, |_, _| 1.0), false), CopyGap::LowDepth),
        (gap(&usual[..50], false), CopyGap::FewExons),
        (gap(&[], false), CopyGap::FewExons),
        (gap(&usual, true), CopyGap::Amplicons),
    ] {
        assert_eq!((copies.gap, copies.basis), (Some(expected), None));
        assert_eq!(copies.ptd.gap, Some(expected));
        assert!(copies.regions.iter().all(|r| r.state == CopyState::NotAssessed));
    }
    // So noisy that not even all cells would show.
    let noisy = gap(&exons(500.0, 0.6, |_, _| 1.0), false);
    assert_eq!(
        (noisy.ptd.state, noisy.ptd.gap),
        (CopyState::NotAssessed, Some(CopyGap::Noise))
    );
}

#[test]
fn normals_take_out_what_is_the_assays_own() {
    let mut sample = exons(500.0, 0.4, |gene, exon| {
        if gene == "KMT2A" && (3..=8).contains(&exon) {
            1.2
        } else {
            1.0
        }
    });
    let usual = exons(500.0, 0.4, |_, _| 1.0);
    assert_ne!(told(&sample, None).ptd.state, CopyState::Suspected);
    for (exon, usual) in sample.iter_mut().zip(&usual) {
        exon.normal = Some(NormalDepth {
            mean: (usual.depth / 500.0).ln(),
            spread: 0.04,
            normals: 8,
        });
    }
    let copies = told(&sample, None);
    assert_eq!(
        (copies.basis, copies.normals),
        (Some(DepthBasis::Normals), Some(8))
    );
    assert_eq!(copies.ptd.state, CopyState::Suspected);
}

/// KMT2A on GRCh38: a stretch that holds exons 3 to 9, and one that holds 3 to 7 only.
#[test]
fn split_reads_detect_and_pairs_alone_suggest() {
    let transcript = transcript("NM_001197104.2", Build::Grch38).unwrap();
    let exon = |n: usize| transcript.exons()[n - 1];
    let junction = |last: usize, split, pairs| Junction {
        first: exon(3).start - 100,
        last: exon(last).end + 100,
        split,
        pairs,
    };
    let even = exons(500.0, 0.1, |_, _| 1.0);
    let state = |j: Junction| with_junctions(&even, &[j], None).ptd.state;
    assert_eq!(state(junction(9, 3, 0)), CopyState::Detected);
    assert_eq!(state(junction(9, 1, 5)), CopyState::Detected);
    assert_eq!(state(junction(9, 0, 5)), CopyState::Suspected);
    assert_eq!(state(junction(9, 2, 1)), CopyState::NotDetected);
    assert_eq!(
        state(junction(7, 30, 30)),
        CopyState::NotDetected,
        "no known duplication ends there"
    );

    let ptd = with_junctions(&even, &[junction(9, 40, 10)], None).ptd;
    let allele = duplication_allele(&ptd, &even, transcript, "11").unwrap();
    let event = allele.event().unwrap();
    assert!(event.precise && event.stretch == ptd.stretch);
    assert_eq!(allele.evidence.alt_count, Some(50));
    assert!(
        (allele.evidence.vaf.unwrap() - 0.1).abs() < 0.02,
        "{:?}",
        allele.evidence
    );
}

#[test]
fn what_depth_suggests_has_no_fraction() {
    let of = |gene: &str, exon: u32| {
        if gene == "KMT2A" && (3..=8).contains(&exon) {
            1.4
        } else {
            1.0
        }
    };
    let exons = exons(500.0, 0.08, of);
    let ptd = told(&exons, None).ptd;
    let transcript = transcript("NM_001197104.2", Build::Grch38).unwrap();
    let allele = duplication_allele(&ptd, &exons, transcript, "11").unwrap();
    assert_eq!((allele.evidence.vaf, allele.evidence.alt_count), (None, None));
    assert!(!allele.event().unwrap().precise);
    assert!(matches!(
        allele.evidence.counts_note.as_deref(),
        Some(crate::evidence::CountsNote::DepthAlone { .. })
    ));
    let nothing = told(&self::exons(500.0, 0.08, |_, _| 1.0), None).ptd;
    assert!(duplication_allele(&nothing, &exons, transcript, "11").is_none());
}
