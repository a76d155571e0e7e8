//! Whose DNA is it? What a report says of DNA of another person and of two samples of one person.

#![allow(clippy::unwrap_used, reason = "a test may stop at what cannot be")]

use std::fs;

#[path = "support/lab.rs"]
mod lab;
#[path = "support/vcf.rs"]
mod vcf;

use hemoclone::genome::{Build, Variant};
use hemoclone::transcript::{Annotator, CodingChange, transcripts_of};
use lab::Lab;
use vcf::VcfBuilder;

/// Four substitutions of each of five genes on five chromosomes.
fn variants() -> Vec<Variant> {
    let annotator = Annotator::new(Build::Grch38, None);
    let genes = ["DNMT3A", "TET2", "JAK2", "TP53", "ASXL1"];
    let of_gene = |gene: &str| -> Vec<Variant> {
        let transcript = transcripts_of(gene, Build::Grch38)[0];
        let here = |n: u32| {
            let change = CodingChange::parse(&format!("c.{n}A>G")).ok()?;
            change.to_variant(transcript, annotator.bases()).ok()
        };
        (100..900).step_by(37).filter_map(here).take(4).collect()
    };
    let found: Vec<Variant> = genes.into_iter().flat_map(of_gene).collect();
    assert_eq!(found.len(), 20);
    found
}

/// A sample homozygous for every variant; of every second the reference shows too, as fragments of 1,000.
fn sample(name: &str, reference: u32) -> VcfBuilder {
    let mut file = VcfBuilder::grch38(name);
    for (index, v) in variants().iter().enumerate() {
        let chromosome = format!("chr{}", v.chromosome().name().trim_start_matches("chr"));
        let seen = if index % 2 == 0 { reference } else { 1 };
        let counts = (seen, 1000 - seen);
        file = file.call(&chromosome, v.position(), v.reference(), v.alternate(), counts);
    }
    file
}

#[test]
fn dna_of_another_person_is_said_in_both_languages_and_in_the_summary() {
    let lab = Lab::new();
    lab.write("a.vcf", sample("A", 40).text());
    lab.write("b.vcf", sample("B", 1).text());
    let result = lab.result("A", &["a.vcf", "b.vcf", "--lang", "en,ja"]);
    let hint = &result["identity"][0];
    assert_eq!(hint["code"], "other_persons_dna");
    let fraction = hint["fraction"].as_f64().unwrap();
    assert!(
        (0.03..0.09).contains(&fraction),
        "heterozygous or homozygous: {fraction}"
    );
    assert_eq!(
        (hint["sites"].as_u64(), hint["of"].as_u64()),
        (Some(10), Some(20))
    );
    let page = fs::read_to_string(lab.path("out/A.html")).unwrap();
    assert!(page.contains("another person"), "English");
    assert!(page.contains("別人に由来する可能性"), "Japanese");
    let page = fs::read_to_string(lab.path("out/B.html")).unwrap();
    assert!(!page.contains("Whose DNA is it?"));
    let summary = fs::read_to_string(lab.path("out/summary.tsv")).unwrap();
    let rows: Vec<Vec<&str>> = summary.lines().map(|l| l.split('\t').collect()).collect();
    let column = |name: &str| rows[0].iter().position(|c| *c == name).unwrap();
    let (identity, same) = (column("identity"), column("same_genotype_as"));
    assert_eq!(
        (rows[1][identity], rows[2][identity]),
        ("other_persons_dna", "none")
    );
    assert_eq!((rows[1][same], rows[2][same]), ("B", "A"));
}
