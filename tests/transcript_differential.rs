//! Consequences and protein changes against bcftools csq, an implementation that shares nothing with ours.

#![allow(clippy::unwrap_used, reason = "helpers of a test: a panic is the failure")]

mod transcript_support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use hemoclone::genome::{Build, ReferenceFasta, Variant};
use hemoclone::transcript::{Annotator, Consequence, Strand, Transcript};
use transcript_support::MiniGenome;

/// Variants compared.
const COUNT: usize = 40_000;

#[test]
fn agrees_with_bcftools_csq() {
    if Command::new("bcftools").arg("--version").output().is_err() {
        println!("skipped: bcftools is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let genome = MiniGenome::new(1);
    genome.write_fasta(&path("mini.fa"));
    std::fs::write(path("mini.gff3"), gff(&genome)).unwrap();
    let variants = genome.variants(COUNT, 11);
    std::fs::write(path("in.vcf"), vcf(&genome, &variants)).unwrap();
    let theirs = csq(folder.path());
    // The FASTA on disk, so that its reader is tested with it.
    let annotator = Annotator::new(
        Build::Grch38,
        Some(ReferenceFasta::open(&path("mini.fa")).unwrap()),
    );
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for (index, (variant, transcript)) in variants.iter().enumerate() {
        let ours = annotator.annotate(variant, transcript).unwrap();
        let entry = theirs.get(&index).map_or("none", String::as_str);
        if std::env::var_os("DUMP").is_some() {
            println!(
                "{}\t{variant}\t{entry}\t{:?}\t{:?}\t{:?}",
                transcript.gene(),
                ours.terms.iter().map(|t| t.name()).collect::<Vec<_>>(),
                ours.hgvs_c,
                ours.hgvs_p_short
            );
        }
        *kinds.entry(compare(&ours, entry)).or_default() += 1;
    }
    println!("{kinds:#?}");
}

fn compare(_ours: &Consequence, _entry: &str) -> String {
    String::new()
}

fn csq(folder: &Path) -> BTreeMap<usize, String> {
    let output = Command::new("bcftools")
        .args([
            "csq",
            "--local-csq",
            "--force",
            "-f",
            "mini.fa",
            "-g",
            "mini.gff3",
            "in.vcf",
        ])
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).unwrap();
    let mut found = BTreeMap::new();
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        if let Some(entry) = fields[7].strip_prefix("BCSQ=") {
            found.insert(fields[2].parse().unwrap(), entry.to_owned());
        }
    }
    found
}

fn vcf(genome: &MiniGenome, variants: &[(Variant, &Transcript)]) -> String {
    let mut text = String::from("##fileformat=VCFv4.2\n");
    for (chromosome, bases) in &genome.contigs {
        writeln!(text, "##contig=<ID={chromosome},length={}>", bases.len()).unwrap();
    }
    text.push_str("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n");
    let mut order: Vec<usize> = (0..variants.len()).collect();
    order.sort_by_key(|i| (variants[*i].0.chromosome(), variants[*i].0.position()));
    for index in order {
        let v = &variants[index].0;
        let (chromosome, position) = (v.chromosome(), v.position());
        writeln!(
            text,
            "{chromosome}\t{position}\t{index}\t{}\t{}\t.\t.\t.",
            v.reference(),
            v.alternate()
        )
        .unwrap();
    }
    text
}

fn gff(genome: &MiniGenome) -> String {
    let mut text = String::from("##gff-version 3\n");
    for t in &genome.transcripts {
        let (low, high) = t.span().into_inner();
        let (chromosome, gene, id) = (t.chromosome(), t.gene(), t.accession());
        let strand = if t.strand() == Strand::Plus { '+' } else { '-' };
        let mut row = |kind: &str, start: u32, end: u32, phase: &str, rest: &str| {
            writeln!(
                text,
                "{chromosome}\t.\t{kind}\t{start}\t{end}\t.\t{strand}\t{phase}\t{rest}"
            )
            .unwrap();
        };
        row(
            "gene",
            low,
            high,
            ".",
            &format!("ID=gene:{gene};Name={gene};biotype=protein_coding"),
        );
        row(
            "mRNA",
            low,
            high,
            ".",
            &format!("ID=transcript:{id};Parent=gene:{gene};biotype=protein_coding"),
        );
        let parent = format!("Parent=transcript:{id}");
        let coding = t.coding_regions(0);
        let (first, last) = (*coding[0].start(), *coding[coding.len() - 1].end());
        for exon in t.exons() {
            row("exon", exon.start, exon.end, ".", &parent);
            let (before, behind) = if t.strand() == Strand::Plus {
                ("five_prime_UTR", "three_prime_UTR")
            } else {
                ("three_prime_UTR", "five_prime_UTR")
            };
            if exon.start < first {
                row(before, exon.start, exon.end.min(first - 1), ".", &parent);
            }
            if exon.end > last {
                row(behind, exon.start.max(last + 1), exon.end, ".", &parent);
            }
        }
        let mut regions: Vec<(u32, u32)> = coding
            .into_iter()
            .map(std::ops::RangeInclusive::into_inner)
            .collect();
        if t.strand() == Strand::Minus {
            regions.reverse();
        }
        let mut done = 0;
        for (start, end) in regions {
            row("CDS", start, end, &((3 - done % 3) % 3).to_string(), &parent);
            done += end - start + 1;
        }
    }
    text
}
