//! `hemoclone annotate`: what is added, and that nothing else changes.

#![allow(clippy::unwrap_used, reason = "a test may stop at what cannot be")]

use std::fs;

use assert_cmd::Command;

#[path = "support/vcf.rs"]
mod vcf;

use vcf::VcfBuilder;

fn annotate(input: &str, more: &[&str]) -> String {
    let output = Command::cargo_bin("hemoclone")
        .unwrap()
        .args(["annotate", "-"])
        .args(more)
        .write_stdin(input)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn records(text: &str) -> Vec<&str> {
    text.lines().filter(|l| !l.starts_with('#')).collect()
}

fn info<'a>(record: &'a str, key: &str) -> Option<&'a str> {
    let column = record.split('\t').nth(7)?;
    column
        .split(';')
        .find_map(|f| f.strip_prefix(key)?.strip_prefix('='))
}

fn sample() -> String {
    VcfBuilder::grch38("A")
        .record("chr2", 1000, "A", "C", "PASS", "DP=7", (10, 5))
        .record("chr2", 25_234_373, "C", "T,G", "PASS", "DP=9", (10, 5))
        .record("chr9", 5_073_770, "G", "T", "PASS", ".", (10, 5))
        .record("chrX", 124_063_194, "C", "<DEL>", "PASS", ".", (10, 5))
        .text()
}

#[test]
fn adds_fields_on_the_panel_and_changes_nothing_else() {
    let input = sample();
    let actual = annotate(&input, &[]);
    let (before, after) = (records(&input), records(&actual));
    assert_eq!(after.len(), 4);
    assert_eq!(after[0], before[0]);
    assert_eq!(after[3], before[3], "a symbolic allele has no annotation");
    assert_eq!(info(after[1], "DP"), Some("9"));
    assert_eq!(info(after[1], "HC_GENE"), Some("DNMT3A,DNMT3A"));
    assert_eq!(info(after[1], "HC_HGVSP"), Some("p.(Arg882His),p.(Arg882Pro)"));
    assert_eq!(info(after[1], "HC_DRIVER"), Some("driver,driver"));
    assert_eq!(info(after[2], "HC_HGVSC"), Some("c.1849G>T"));
    assert!(
        after[2].contains("\tPASS\tHC_GENE=JAK2;"),
        "the dot of an empty INFO goes"
    );
    let columns = |r: &str| {
        r.split('\t')
            .enumerate()
            .filter(|(i, _)| *i != 7)
            .map(|(_, c)| c.to_owned())
            .collect::<Vec<_>>()
    };
    for (b, a) in before.iter().zip(&after) {
        assert_eq!(columns(b), columns(a));
    }
}

#[test]
fn annotating_twice_is_annotating_once() {
    let once = annotate(&sample(), &[]);
    assert_eq!(annotate(&once, &[]), once);
    let with_other_rules = annotate(&once, &["--rules", "who"]);
    assert_eq!(
        info(records(&with_other_rules)[2], "HC_DRIVER"),
        Some("no"),
        "JAK2 is not among the WHO genes"
    );
}

#[test]
fn compressed_output_is_the_same_text_for_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, threads: &str| {
        let path = folder.path().join(name);
        let mut command = Command::cargo_bin("hemoclone").unwrap();
        command
            .args(["annotate", "-", "-t", threads, "-o"])
            .arg(&path)
            .write_stdin(sample())
            .assert()
            .success();
        fs::read(path).unwrap()
    };
    assert_eq!(write("one.vcf.gz", "1"), write("four.vcf.gz", "4"));
    assert_eq!(
        String::from_utf8(write("plain.vcf", "1")).unwrap(),
        annotate(&sample(), &[])
    );
}

#[test]
fn an_output_that_is_there_stays_and_a_failure_leaves_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.vcf");
    fs::write(&path, "mine").unwrap();
    let run = |input: String, more: &[&str]| {
        let mut command = Command::cargo_bin("hemoclone").unwrap();
        command
            .args(["annotate", "-", "-o"])
            .arg(&path)
            .args(more)
            .write_stdin(input)
            .output()
            .unwrap()
            .status
            .code()
    };
    assert_eq!(run(sample(), &[]), Some(2));
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    assert_eq!(run(sample() + "chr9\t1\n", &["--force"]), Some(3));
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "no temporary file is left"
    );
}

#[test]
fn numbers_are_declared_as_numbers() {
    let actual = annotate(&sample(), &[]);
    let declared = |key: &str| {
        let start = format!("##INFO=<ID={key},");
        actual.lines().find(|l| l.starts_with(&start)).unwrap().to_owned()
    };
    assert!(declared("HC_POPULATION_AF").contains("Number=A,Type=Float"));
    assert!(declared("HC_EXON").contains("Number=A,Type=String"));
}

#[test]
fn the_name_of_the_output_chooses_its_format() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("in.vcf"), sample()).unwrap();
    let run = |arguments: &[&str]| {
        let output = Command::cargo_bin("hemoclone")
            .unwrap()
            .args(arguments)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        output.stdout
    };
    let text = run(&["annotate", &path("in.vcf")]);
    for (name, magic) in [
        ("o.bcf", &[0x1f, 0x8b][..]),
        ("o.BCF", &[0x1f, 0x8b]),
        ("o.vcf.gz", &[0x1f, 0x8b]),
        ("o.vcf.bgz", &[0x1f, 0x8b]),
        ("o.vcf", b"##"),
        ("o.txt", b"##"),
    ] {
        run(&["annotate", &path("in.vcf"), "-o", &path(name)]);
        assert!(fs::read(path(name)).unwrap().starts_with(magic), "{name}");
        // Read back and annotated again, it is the same text.
        let again = run(&["annotate", &path(name)]);
        assert_eq!(
            records(std::str::from_utf8(&again).unwrap()),
            records(std::str::from_utf8(&text).unwrap()),
            "{name}"
        );
    }
}
