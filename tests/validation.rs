//! Published variant annotations against ours: c. for every gene, p. where the sequence is inside the program.

use std::path::Path;

use hemoclone::genome::{Build, Chromosome, Variant};
use hemoclone::transcript::{Annotator, ManeStatus, ProteinChange, transcripts_of};

/// Writes c. as we do: the bases behind del and dup are left out.
fn plain_c(text: &str) -> String {
    let text = text.rsplit_once(':').map_or(text, |(_, c)| c);
    for keyword in ["dup", "del"] {
        if let Some(at) = text.find(keyword) {
            let (head, tail) = text.split_at(at + 3);
            return match tail.find("ins") {
                Some(ins) => format!("{head}{}", &tail[ins..]),
                None => head.to_owned(),
            };
        }
    }
    text.to_owned()
}

#[test]
fn published_annotations_agree() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/facts/validation.tsv");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is not there", path.display());
        return;
    };
    let annotators = Build::ALL.map(|build| Annotator::new(build, None));
    let (mut c_checked, mut p_checked, mut disagreements) = (0, 0, Vec::new());
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [
            gene,
            build,
            chromosome,
            position,
            reference,
            alternate,
            _,
            hgvs_c,
            hgvs_p,
            ..,
        ] = fields[..]
        else {
            panic!("{line}");
        };
        let (build, annotator) = if build == "GRCh37" {
            (Build::Grch37, &annotators[0])
        } else {
            (Build::Grch38, &annotators[1])
        };
        let transcript = transcripts_of(gene, build)[0];
        assert_eq!(transcript.mane(), ManeStatus::Select);
        let chromosome = Chromosome::parse(chromosome).unwrap();
        let Ok(variant) = Variant::new(build, chromosome, position.parse().unwrap(), reference, alternate)
        else {
            disagreements.push(format!(
                "{gene} {build} {position} {reference}>{alternate} no variant"
            ));
            continue;
        };
        let key = format!("{gene} {build} {variant}");
        let found = match annotator.annotate(&variant, transcript) {
            Ok(found) => found,
            Err(error) => {
                disagreements.push(format!("{key} error {error}"));
                continue;
            }
        };
        if hgvs_c != "." {
            c_checked += 1;
            let ours = found.hgvs_c.as_deref().unwrap_or(".");
            if ours != plain_c(hgvs_c) {
                disagreements.push(format!("{key} c {hgvs_c} ours {ours}"));
            }
        }
        if let Some(theirs) = ProteinChange::parse(hgvs_p)
            && annotator.has_sequence(transcript)
        {
            p_checked += 1;
            if found.protein_change.as_ref() != Some(&theirs) {
                let ours = found.hgvs_p_short.as_deref().unwrap_or(".");
                disagreements.push(format!("{key} p {hgvs_p} ours {ours} ({:?})", found.hgvs_c));
            }
        }
    }
    println!("{c_checked} c. and {p_checked} p. compared");
    for d in &disagreements {
        println!("{d}");
    }
    assert!(disagreements.is_empty(), "{} disagreements", disagreements.len());
}
