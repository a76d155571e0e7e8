//! Introns, borders, UTRs and neighborhood: terms, region, exon and intron numbers.

#![allow(clippy::unwrap_used, reason = "helpers of a test: a panic is the failure")]

mod transcript_support;

use hemoclone::genome::{BaseSource, Build, Variant};
use hemoclone::transcript::{
    Annotator, CodingChange, Consequence, Region, SequenceSource, Strand, transcripts_of,
};
use transcript_support::MiniGenome;

fn from_c(gene: &str, c: &str) -> Consequence {
    let annotator = Annotator::new(Build::Grch38, None);
    let transcript = transcripts_of(gene, Build::Grch38)[0];
    let variant = CodingChange::parse(c)
        .unwrap()
        .to_variant(transcript, annotator.bases())
        .unwrap();
    annotator.annotate(&variant, transcript).unwrap()
}

fn terms(found: &Consequence) -> String {
    found.terms.iter().map(|t| t.name()).collect::<Vec<_>>().join(",")
}

#[test]
fn distance_to_the_exon_names_the_term() {
    for (c, expected, region) in [
        ("c.2597+1G>A", "splice_donor_variant", Region::SpliceSite),
        ("c.2597+2T>C", "splice_donor_variant", Region::SpliceSite),
        (
            "c.2597+3A>G",
            "splice_donor_region_variant,intron_variant",
            Region::SpliceRegion,
        ),
        (
            "c.2597+5G>A",
            "splice_donor_5th_base_variant,intron_variant",
            Region::SpliceRegion,
        ),
        (
            "c.2597+8G>A",
            "splice_region_variant,intron_variant",
            Region::SpliceRegion,
        ),
        ("c.2597+9G>A", "intron_variant", Region::Intron),
        ("c.2598-40G>A", "intron_variant", Region::Intron),
        (
            "c.2598-12G>A",
            "splice_polypyrimidine_tract_variant,intron_variant",
            Region::Intron,
        ),
        (
            "c.2598-3C>G",
            "splice_region_variant,splice_polypyrimidine_tract_variant,intron_variant",
            Region::SpliceRegion,
        ),
        ("c.2598-2A>G", "splice_acceptor_variant", Region::SpliceSite),
    ] {
        let found = from_c("DNMT3A", c);
        assert_eq!((terms(&found).as_str(), found.region), (expected, region), "{c}");
        assert_eq!(
            (found.hgvs_c.as_deref(), found.intron.as_deref()),
            (Some(c), Some("22/22"))
        );
        assert_eq!((found.exon, found.source), (None, SequenceSource::Coordinates));
    }
    assert_eq!(
        terms(&from_c("DNMT3A", "c.2598G>A")),
        "splice_region_variant,synonymous_variant"
    );
}

#[test]
fn the_tert_promoter_keeps_its_name() {
    let transcript = transcripts_of("TERT", Build::Grch38)[0];
    let variant = Variant::new(Build::Grch38, transcript.chromosome(), 1_295_113, "G", "A").unwrap();
    let found = Annotator::new(Build::Grch38, None)
        .annotate(&variant, transcript)
        .unwrap();
    assert_eq!(found.hgvs_c.as_deref(), Some("c.-124C>T"));
    assert_eq!(
        (terms(&found).as_str(), found.region),
        ("upstream_gene_variant", Region::Outside)
    );
}

#[test]
fn a_deletion_over_a_border_leaves_the_protein_open() {
    let genome = MiniGenome::new(3);
    let annotator = Annotator::with_source(
        Build::Grch38,
        Box::new(MiniGenome::new(3)),
        SequenceSource::Reference,
    );
    for transcript in &genome.transcripts {
        let count = transcript.exon_count();
        // An inner coding exon: all of it with two bases of either intron.
        let inner = (1..count.saturating_sub(1)).find(|i| {
            let exon = transcript.exons()[*i];
            transcript.c_position(exon.start).is_coding() && transcript.c_position(exon.end).is_coding()
        });
        let Some(index) = inner else { continue };
        let exon = transcript.exons()[index];
        let bases = genome
            .bases(transcript.chromosome(), exon.start - 3..=exon.end + 2)
            .unwrap();
        let reference = String::from_utf8(bases).unwrap();
        let variant = Variant::new(
            Build::Grch38,
            transcript.chromosome(),
            exon.start - 3,
            &reference,
            &reference[..1],
        )
        .unwrap();
        let found = annotator.annotate(&variant, transcript).unwrap();
        let number = index + 1;
        // Moved 3' over repeated bases, it can leave one of the two sites and reach further beyond the other.
        let actual = terms(&found);
        assert!(
            actual.starts_with("splice_acceptor") || actual.starts_with("splice_donor"),
            "{variant} {actual}"
        );
        assert!(actual.contains("coding_sequence_variant"), "{variant} {actual}");
        assert_eq!((found.region, found.protein_change), (Region::Coding, None));
        assert_eq!(found.exon, Some(format!("{number}/{count}")));
        let introns = [
            format!("{}-{number}/{}", number - 1, count - 1),
            format!("{number}/{}", count - 1),
        ];
        assert!(found.intron.is_some_and(|i| introns.contains(&i)), "{variant}");
        let lowest = if transcript.strand() == Strand::Plus {
            exon.start
        } else {
            exon.end
        };
        let first = transcript.c_position(lowest).base.unsigned_abs();
        let (low, high) = found.cds_range.unwrap();
        assert!((first..first + 9).contains(&low), "{variant}");
        assert_eq!(high, first + exon.length() - 1, "{variant}");
    }
}

#[test]
fn a_lost_stop_is_read_on_in_the_reference() {
    let genome = MiniGenome::new(3);
    let annotator = Annotator::with_source(
        Build::Grch38,
        Box::new(MiniGenome::new(3)),
        SequenceSource::Reference,
    );
    for transcript in &genome.transcripts {
        // The stop written into the mini genome is TGA; TTA is a leucine.
        let c = format!("c.{}G>T", transcript.cds_length() - 1);
        let variant = CodingChange::parse(&c)
            .unwrap()
            .to_variant(transcript, &genome)
            .unwrap();
        let found = annotator.annotate(&variant, transcript).unwrap();
        let start = format!("p.(Ter{}Leuext", transcript.residues() + 1);
        assert!(
            found.hgvs_p.as_deref().is_some_and(|p| p.starts_with(&start)),
            "{:?}",
            found.hgvs_p
        );
        assert!(terms(&found).starts_with("stop_lost"), "{}", terms(&found));
        let synonymous = format!("c.{}G>A", transcript.cds_length() - 1);
        let variant = CodingChange::parse(&synonymous)
            .unwrap()
            .to_variant(transcript, &genome)
            .unwrap();
        let found = annotator.annotate(&variant, transcript).unwrap();
        assert!(
            terms(&found).starts_with("stop_retained_variant") || terms(&found).contains("stop_retained")
        );
        assert_eq!(
            found.hgvs_p,
            Some(format!("p.(Ter{}=)", transcript.residues() + 1))
        );
    }
}
