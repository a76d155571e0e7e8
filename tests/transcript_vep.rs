//! Annotations that Ensembl VEP left in public files: c., p., exon, intron and terms on our transcripts.

#![allow(clippy::unwrap_used, reason = "helpers of a test: a panic is the failure")]

#[path = "support/outside.rs"]
mod outside;

use hemoclone::genome::{Build, Chromosome, Variant};
use hemoclone::transcript::{Annotator, FileAnnotation, SoTerm, consequence_from_file, transcripts};

const FILES: [(&str, Build); 4] = [
    ("vep_csq_tp53_hg38.vcf", Build::Grch38),
    ("multi_allelic_csq_hg38.vcf", Build::Grch38),
    ("sentieon_tnhaplotyper2_csq_hg38.vcf", Build::Grch38),
    ("sage2_three_samples_csq_head.vcf", Build::Grch38),
];

fn bare(accession: &str) -> &str {
    accession.split('.').next().unwrap_or(accession)
}

#[test]
fn agrees_with_vep() {
    let Some(folder) = outside::shared("testinputs/vcf") else {
        return;
    };
    let (mut compared, mut different) = (0, Vec::new());
    for (file, build) in FILES {
        let Ok(text) = std::fs::read_to_string(folder.join(file)) else {
            outside::skip_part(format_args!("{file} is absent"));
            continue;
        };
        let annotator = Annotator::new(build, None);
        let format = text.lines().find(|l| l.starts_with("##INFO=<ID=CSQ")).unwrap();
        let names: Vec<&str> = format
            .split("Format: ")
            .nth(1)
            .unwrap()
            .trim_end_matches("\">")
            .split('|')
            .collect();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            let Some(csq) = fields[7].split(';').find_map(|f| f.strip_prefix("CSQ=")) else {
                continue;
            };
            let Some(chromosome) = Chromosome::parse(fields[0]) else {
                continue;
            };
            for entry in csq.split(',') {
                let values: Vec<&str> = entry.split('|').collect();
                let get = |name: &str| {
                    names
                        .iter()
                        .position(|n| *n == name)
                        .and_then(|i| values.get(i))
                        .copied()
                        .unwrap_or("")
                };
                let feature = bare(get("Feature"));
                let transcript = transcripts().iter().find(|t| {
                    t.build() == build
                        && (bare(t.accession()) == feature || t.ensembl().map(bare) == Some(feature))
                });
                let Some(transcript) = transcript else { continue };
                let alternate = fields[4].split(',').find(|alt| {
                    alt.contains(get("Allele").trim_start_matches('-'))
                        && !alt.contains('<')
                        && !alt.contains('*')
                });
                let Some(alternate) = alternate else { continue };
                let Ok(variant) = Variant::new(
                    build,
                    chromosome,
                    fields[1].parse().unwrap(),
                    fields[3],
                    alternate,
                ) else {
                    continue;
                };
                let ours = match annotator.annotate(&variant, transcript) {
                    Ok(ours) => ours,
                    Err(error) => {
                        different.push(format!("{file} {error}"));
                        continue;
                    }
                };
                compared += 1;
                let theirs = FileAnnotation {
                    hgvs_c: Some(get("HGVSc")),
                    hgvs_p: Some(get("HGVSp")),
                    consequence: Some(get("Consequence")),
                    exon: Some(get("EXON")),
                    intron: Some(get("INTRON")),
                };
                let theirs = consequence_from_file(&theirs, transcript).unwrap();
                let c = if theirs.hgvs_c.is_none() {
                    None
                } else {
                    ours.hgvs_c.clone()
                };
                let terms: Vec<SoTerm> = theirs.terms.clone();
                let same = c == theirs.hgvs_c
                    && ours.protein_change == theirs.protein_change
                    && ours.exon == theirs.exon
                    && ours.intron == theirs.intron
                    && ours.terms == terms;
                if !same {
                    different.push(format!(
                        "{file} {} {variant}\n  vep  {:?} {:?} {:?} {:?} {:?}\n  ours {:?} {:?} {:?} {:?} {:?}",
                        transcript.gene(), theirs.hgvs_c, theirs.hgvs_p, theirs.exon, theirs.intron, get("Consequence"),
                        ours.hgvs_c, ours.hgvs_p, ours.exon, ours.intron, ours.terms.iter().map(|t| t.name()).collect::<Vec<_>>(),
                    ));
                }
            }
        }
    }
    println!("{compared} compared");
    for line in &different {
        println!("{line}");
    }
    assert!(different.is_empty(), "{} differ", different.len());
}
