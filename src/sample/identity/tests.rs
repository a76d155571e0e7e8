use super::*;
use crate::evidence::FileAllele;
use crate::genome::Build;

/// A small generator: the tests need repeatable draws, not good ones.
struct Random(u64);

impl Random {
    fn fraction(&mut self) -> f64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        f64::from(u32::try_from((z ^ (z >> 31)) >> 32).unwrap()) / f64::from(u32::MAX)
    }

    fn binomial(&mut self, n: u32, p: f64) -> u32 {
        (0..n).map(|_| u32::from(self.fraction() < p)).sum()
    }
}

fn allele(index: u32, chromosome: &str, evidence: Evidence) -> SampleAllele {
    let chromosome = Chromosome::parse(chromosome).unwrap();
    let variant = Variant::new(Build::Grch38, chromosome, 1_000_000 + index, "A", "G").unwrap();
    SampleAllele {
        file_allele: FileAllele {
            contig: chromosome.name().into(),
            position: variant.position(),
            reference: "A".into(),
            alternate: "G".into(),
        },
        allele: variant.into(),
        evidence,
        recount: None,
        normal: MatchedNormal::None,
        caller_filter: Some("PASS".into()),
        population: None,
        annotations: Vec::new(),
        phase: None,
        genotype: None,
    }
}

fn counted(alternate: u32, depth: u32) -> Evidence {
    Evidence {
        ref_count: Some(depth - alternate),
        ..Evidence::from_counts(alternate, depth, "AD")
    }
}

const CHROMOSOMES: [&str; 5] = ["chr2", "chr4", "chr17", "chr20", "chrX"];

/// Twenty homozygous variants of one person, with a share of another's DNA.
fn sample(random: &mut Random, share: f64, error: f64) -> Vec<SampleAllele> {
    (0..20)
        .map(|i| {
            // Frequencies of alleles that are met homozygous.
            let frequency = 0.4 + 0.55 * random.fraction();
            let reference_copies = random.binomial(2, 1.0 - frequency);
            let expected = error + share * f64::from(reference_copies) / 2.0;
            let depth = 400 + random.binomial(800, 0.5);
            let reference = random.binomial(depth, expected);
            let chromosome = CHROMOSOMES[i as usize % CHROMOSOMES.len()];
            allele(i, chromosome, counted(depth - reference, depth))
        })
        .collect()
}

const SEQUENCER: Option<f64> = Some(1e-4);

#[test]
fn another_persons_dna_is_seen_and_measured() {
    let mut random = Random(1);
    for share in [0.03, 0.06, 0.15] {
        let found: Vec<f64> = (0..40)
            .flat_map(|_| hints(&sample(&mut random, share, 3e-4), SEQUENCER))
            .filter_map(|hint| hint.fraction)
            .collect();
        assert!(found.len() >= 38, "{share}: {}", found.len());
        let mean = found.iter().sum::<f64>() / found.len() as f64;
        assert!((mean / share - 1.0).abs() < 0.2, "{share}: {mean}");
        for estimate in found {
            assert!((0.5..2.0).contains(&(estimate / share)), "{share}: {estimate}");
        }
    }
}

#[test]
fn errors_alone_are_no_other_person() {
    let mut random = Random(2);
    // A sequencer, a caller that counts bad bases, and nanopores; the rate is known or not.
    for (error, rate) in [
        (3e-4, SEQUENCER),
        (4e-3, SEQUENCER),
        (4e-3, None),
        (0.03, None),
        (0.03, Some(3e-3)),
    ] {
        for _ in 0..40 {
            let found = hints(&sample(&mut random, 0.0, error), rate);
            assert!(found.is_empty(), "{error}: {found:?}");
        }
    }
}

#[test]
fn one_lost_chromosome_copy_and_one_duplicated_place_are_no_other_person() {
    let mut random = Random(3);
    let mut alleles = sample(&mut random, 0.0, 3e-4);
    // Loss of heterozygosity in most cells: every variant of the arm shows the same share of reference bases.
    for allele in &mut alleles {
        if allele.file_allele.contig == "17" || allele.file_allele.contig == "chr17" {
            allele.evidence = counted(900, 1000);
        }
    }
    alleles[0].evidence = counted(880, 1000);
    let changed = alleles
        .iter()
        .filter(|a| a.evidence.ref_count >= Some(100))
        .count();
    assert_eq!(changed, 5);
    assert_eq!(hints(&alleles, SEQUENCER), []);
}

#[test]
fn what_the_alignments_show_counts_before_what_the_file_says() {
    let mut random = Random(4);
    let mut alleles = sample(&mut random, 0.1, 3e-4);
    assert_eq!(hints(&alleles, SEQUENCER)[0].code, IdentityCode::OtherPersonsDna);
    for allele in &mut alleles {
        allele.recount = Some(counted(1000, 1000));
    }
    assert_eq!(hints(&alleles, SEQUENCER), []);
}

#[test]
fn a_filtered_variant_tells_nothing() {
    let mut random = Random(5);
    let mut alleles = sample(&mut random, 0.1, 3e-4);
    for allele in &mut alleles {
        allele.caller_filter = Some("map_qual".into());
    }
    assert_eq!(hints(&alleles, SEQUENCER), []);
    for allele in &mut alleles {
        allele.caller_filter = Some("germline;panel_of_normals".into());
    }
    assert_eq!(hints(&alleles, SEQUENCER).len(), 1);
}

/// `absent` of `of` heterozygous variants are not in the reads.
fn with_recounts(of: u32, absent: u32) -> Vec<SampleAllele> {
    (0..of)
        .map(|i| SampleAllele {
            recount: Some(counted(if i < absent { 1 } else { 48 }, 100)),
            ..allele(i, "chr4", counted(50, 100))
        })
        .collect()
}

#[test]
fn variants_of_one_person_and_reads_of_another() {
    let code = |alleles: &[SampleAllele]| hints(alleles, SEQUENCER).first().map(|h| (h.code, h.sites, h.of));
    let swapped = (IdentityCode::ReadsDisagree, 8, 20);
    assert_eq!(code(&with_recounts(20, 8)), Some(swapped));
    assert_eq!(
        code(&with_recounts(20, 4)),
        Some((IdentityCode::ReadsDisagree, 4, 20))
    );
    assert_eq!(code(&with_recounts(20, 3)), None, "fewer than a fifth");
    assert_eq!(
        code(&with_recounts(3, 3)),
        Some((IdentityCode::ReadsDisagree, 3, 3))
    );
    assert_eq!(code(&with_recounts(3, 2)), None, "two may be artifacts");
    let mut shallow = with_recounts(20, 8);
    for allele in &mut shallow {
        allele.recount = Some(counted(0, 19));
    }
    assert_eq!(code(&shallow), None);
}

fn with_normal(of: u32, absent: u32) -> Vec<SampleAllele> {
    (0..of)
        .map(|i| SampleAllele {
            normal: match (i < absent, i % 2 == 0) {
                (true, true) => MatchedNormal::NotCalled(40),
                (true, false) => MatchedNormal::Counted(counted(0, 40)),
                (false, _) => MatchedNormal::Counted(counted(20, 40)),
            },
            ..allele(i, "chr4", counted(50, 100))
        })
        .collect()
}

#[test]
fn a_normal_of_another_person() {
    let code = |alleles: &[SampleAllele]| hints(alleles, None).first().map(|h| (h.code, h.sites, h.of));
    assert_eq!(
        code(&with_normal(40, 16)),
        Some((IdentityCode::NormalDisagrees, 16, 40))
    );
    assert_eq!(
        code(&with_normal(40, 10)),
        Some((IdentityCode::NormalDisagrees, 10, 40))
    );
    assert_eq!(code(&with_normal(40, 9)), None, "a leukemia has as many");
    assert_eq!(code(&with_normal(11, 8)), None, "too few to tell");
    assert_eq!(code(&with_normal(12, 12)), None, "somatic calls alone");
    assert_eq!(code(&with_normal(12, 10)), None, "two shared");
    assert_eq!(
        code(&with_normal(12, 9)),
        Some((IdentityCode::NormalDisagrees, 9, 12))
    );
}
