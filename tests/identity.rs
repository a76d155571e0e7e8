//! Whose DNA is it? What a report says of DNA of another person and of two samples of one person.

#![allow(clippy::unwrap_used, reason = "a test may stop at what cannot be")]

use std::fs;

#[path = "support/lab.rs"]
mod lab;
#[path = "support/person.rs"]
mod person;
#[path = "support/vcf.rs"]
mod vcf;

use lab::Lab;
use person::sample;

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
