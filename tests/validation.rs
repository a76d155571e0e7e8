//! Published variant annotations against ours: c. for every gene, p. where the sequence is inside the program.

use std::collections::BTreeSet;
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

/// The rows of the tables in docs/differences-hgvs.md that stand under "Published annotations", without their reasons.
fn documented() -> std::io::Result<BTreeSet<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/differences-hgvs.md");
    let text = std::fs::read_to_string(path)?;
    Ok(text
        .lines()
        .filter(|line| line.contains("| GRCh3"))
        .map(|line| {
            line.trim()
                .trim_matches('|')
                .split('|')
                .map(str::trim)
                .collect::<Vec<_>>()
                .join(" | ")
        })
        .collect())
}

#[test]
fn published_annotations_agree() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/facts/validation.tsv");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is not there", path.display());
        return;
    };
    let annotators = Build::ALL.map(|build| Annotator::new(build, None));
    let (mut c_checked, mut p_checked, mut actual) = (0, 0, BTreeSet::new());
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
        let index = usize::from(build == "GRCh38");
        let (build, annotator) = (Build::ALL[index], &annotators[index]);
        let transcript = transcripts_of(gene, build)[0];
        assert_eq!(transcript.mane(), ManeStatus::Select);
        let chromosome = Chromosome::parse(chromosome).unwrap();
        let variant =
            Variant::new(build, chromosome, position.parse().unwrap(), reference, alternate).unwrap();
        let found = annotator.annotate(&variant, transcript).unwrap();
        let mut disagree = |published: &str, ours: Option<&str>| {
            let ours = ours.unwrap_or("not determined");
            actual.insert(format!("{gene} | {build} | {variant} | {published} | {ours}"));
        };
        if hgvs_c != "." {
            c_checked += 1;
            if found.hgvs_c != Some(plain_c(hgvs_c)) {
                disagree(hgvs_c, found.hgvs_c.as_deref());
            }
        }
        if let Some(theirs) = ProteinChange::parse(hgvs_p)
            && annotator.has_sequence(transcript)
        {
            p_checked += 1;
            if found.protein_change.as_ref() != Some(&theirs) {
                disagree(hgvs_p, found.hgvs_p_short.as_deref());
            }
        }
    }
    println!(
        "{c_checked} c. and {p_checked} p. compared, {} differ as documented",
        actual.len()
    );
    let expected = documented().unwrap();
    let new: Vec<_> = actual.difference(&expected).collect();
    let gone: Vec<_> = expected.difference(&actual).collect();
    assert!(c_checked > 6_000 && p_checked > 10_000);
    assert!(
        new.is_empty() && gone.is_empty(),
        "new: {new:#?}\ngone: {gone:#?}"
    );
}
