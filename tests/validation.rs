//! Published variant annotations against ours: c. for every gene, p. where the sequence is inside the program.

#[path = "support/outside.rs"]
mod outside;

use std::collections::BTreeSet;
use std::path::Path;

use hemoclone::genome::{Build, Chromosome, Variant};
use hemoclone::transcript::{Annotator, ManeStatus, ProteinChange, SoTerm, transcripts_of};

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
///
/// `classes` takes the rows whose published column is a class, the others those with c. or p.
fn documented(classes: bool) -> std::io::Result<BTreeSet<String>> {
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
        .filter(|row| (row.contains("| c.") || row.contains("| p.")) != classes)
        .collect())
}

#[test]
fn published_annotations_agree() {
    let Some(path) = outside::shared("facts/validation.tsv") else {
        return;
    };
    let text = std::fs::read_to_string(path).unwrap();
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
    let expected = documented(false).unwrap();
    let new: Vec<_> = actual.difference(&expected).collect();
    let gone: Vec<_> = expected.difference(&actual).collect();
    assert!(c_checked > 6_000 && p_checked > 10_000);
    assert!(
        new.is_empty() && gone.is_empty(),
        "new: {new:#?}\ngone: {gone:#?}"
    );
}

/// Whether the published class names one of our terms; `None` for classes that say nothing definite.
fn class_agrees(published: &str, terms: &[SoTerm]) -> Option<bool> {
    use SoTerm as T;
    let any = |wanted: &[T]| Some(wanted.iter().any(|t| terms.contains(t)));
    match published {
        "Missense_Mutation" => any(&[T::Missense]),
        "Nonsense_Mutation" | "nonsense" => any(&[T::StopGained]),
        "Frame_Shift_Del" | "Frame_Shift_Ins" => any(&[T::Frameshift]),
        "In_Frame_Del" | "In_Frame_Ins" => {
            any(&[T::InframeDeletion, T::InframeInsertion, T::ProteinAltering])
        }
        "Splice_Site" => any(&[T::SpliceDonor, T::SpliceAcceptor]),
        "Silent" => any(&[T::Synonymous, T::StopRetained]),
        other => {
            let published: Vec<T> = other.split(['&', ',']).filter_map(T::parse).collect();
            (!published.is_empty()).then(|| published.iter().all(|t| terms.contains(t)))
        }
    }
}

#[test]
fn published_classes_agree() {
    let Some(path) = outside::shared("facts/validation.tsv") else {
        return;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let annotators = Build::ALL.map(|build| Annotator::new(build, None));
    let (mut compared, mut different) = (0, BTreeSet::new());
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let (gene, position, class, source) = (fields[0], fields[3], fields[9], fields[10]);
        let index = usize::from(fields[1] == "GRCh38");
        let (build, annotator) = (Build::ALL[index], &annotators[index]);
        let transcript = transcripts_of(gene, build)[0];
        // ClinVar lists the classes of all isoforms together.
        if !annotator.has_sequence(transcript) || source.contains("ClinVar") {
            continue;
        }
        let chromosome = Chromosome::parse(fields[2]).unwrap();
        let variant =
            Variant::new(build, chromosome, position.parse().unwrap(), fields[4], fields[5]).unwrap();
        let ours = annotator.annotate(&variant, transcript).unwrap();
        let Some(agrees) = class_agrees(class, &ours.terms) else {
            continue;
        };
        compared += 1;
        if !agrees {
            let ours: Vec<_> = ours.terms.iter().map(|t| t.name()).collect();
            different.insert(format!(
                "{gene} | {build} | {variant} | {class} | {}",
                ours.join(",")
            ));
        }
    }
    println!(
        "{compared} classes compared, {} differ as documented",
        different.len()
    );
    let expected = documented(true).unwrap();
    let new: Vec<_> = different.difference(&expected).collect();
    let gone: Vec<_> = expected.difference(&different).collect();
    assert!(compared > 5_000);
    assert!(
        new.is_empty() && gone.is_empty(),
        "new: {new:#?}\ngone: {gone:#?}"
    );
}
