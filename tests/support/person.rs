//! A person of whom enough inherited variants are seen to be known again.

#![allow(dead_code, missing_docs, reason = "each test takes what it needs")]
#![allow(clippy::unwrap_used, reason = "a test may stop at what cannot be")]

use hemoclone::genome::{Build, Variant};
use hemoclone::transcript::{Annotator, CodingChange, transcripts_of};

use crate::vcf::VcfBuilder;

/// Four substitutions of each of five genes on five chromosomes.
pub fn variants() -> Vec<Variant> {
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
pub fn sample(name: &str, reference: u32) -> VcfBuilder {
    let mut file = VcfBuilder::grch38(name);
    for (index, v) in variants().iter().enumerate() {
        let chromosome = format!("chr{}", v.chromosome().name().trim_start_matches("chr"));
        let seen = if index % 2 == 0 { reference } else { 1 };
        let counts = (seen, 1000 - seen);
        file = file.call(&chromosome, v.position(), v.reference(), v.alternate(), counts);
    }
    file
}
