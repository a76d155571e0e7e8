//! `hemoclone score plasma-cell`: files, exit codes, messages.

#![allow(clippy::expect_used, clippy::unwrap_used)] // Helpers of tests, outside the functions that clippy exempts.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use predicates::prelude::*;

fn score(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("hemoclone").unwrap();
    command.current_dir(folder).args(["score", "plasma-cell"]);
    command
}

const TABLE: &str = "sample\tplasma_cells\thb_g_dl\nA\t60\t\nB\t12\t120\nC\t12\t14\n";

#[test]
fn a_bad_row_is_named_and_the_others_are_written() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("t.tsv"), TABLE).unwrap();
    score(folder.path())
        .args(["t.tsv", "-o", "o.tsv"])
        .assert()
        .code(3)
        .stderr(predicate::str::contains("t.tsv, line 3, column hb_g_dl: \"120\""));
    let text = fs::read_to_string(folder.path().join("o.tsv")).unwrap();
    let samples: Vec<&str> = text.lines().map(|l| l.split('\t').next().unwrap()).collect();
    assert_eq!(samples, ["sample", "A", "C"]);
    // An output is never overwritten without being asked.
    score(folder.path())
        .args(["t.tsv", "-o", "o.tsv"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("--force"));
    score(folder.path())
        .args(["t.tsv", "-o", "o.tsv", "--force"])
        .assert()
        .code(3);
}

#[test]
fn json_in_and_out_and_the_same_bytes_twice() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("t.json"),
        r#"[{"sample": "A", "plasma_cells": 12, "calcium_mg_dl": 10.5, "albumin_g_dl": 3.0}]"#,
    )
    .unwrap();
    for out in ["a.json", "b.json"] {
        score(folder.path())
            .args(["t.json", "-o", out])
            .assert()
            .success();
    }
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("a.json"), read("b.json"));
    let stage = |text: &str| {
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        value[0]["stage"].as_str().unwrap().to_owned()
    };
    assert_eq!(stage(&read("a.json")), "smm");
    score(folder.path())
        .args(["t.json", "-o", "c.json", "--correct-calcium"])
        .assert()
        .success();
    assert_eq!(stage(&read("c.json")), "mm");
}

#[test]
fn standard_input_to_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    score(folder.path())
        .args(["-", "-o", "-"])
        .write_stdin("sample,plasma_cells,mood\nA,60,good\n")
        .assert()
        .success()
        .stdout(predicate::str::contains("A\t\t1\tmm\tMultiple myeloma (MM)"))
        .stderr(predicate::str::contains("unknown column mood is not used"));
    score(folder.path())
        .args(["none.tsv", "-o", "-"])
        .assert()
        .code(3)
        .stderr(predicate::str::contains("cannot read none.tsv"));
}

/// Every stage of the road, a contradiction and hostile text, as a page.
#[test]
fn a_page_holds_every_patient_in_both_languages_and_nothing_foreign() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("t.tsv"),
        "sample\tdate\tm_protein_g_dl\theavy_chain\tplasma_cells\thb_g_dl\thb_lln_g_dl\tcalcium_mmol_l\tmri_lesions\n\
         mgus<script>alert(1)</script>\t\t1.0\tIgG\t5\t13\t12\t2.3\t0\n\
         smm\t2025-01-10\t3.2\tIgG\t25\t12.8\t12\t2.3\t1\n\
         smm\t2025-06-20\t3.8\t\t\t12.1\t\t2.3\t\n\
         mm\t\t1.0\tIgA\t30\t9.1\t12\t2.9\t4\n\
         odd\t\t1.0\tIgA\t0\t9.1\t12\t2.9\t4\n",
    )
    .unwrap();
    let write = |out: &str, lang: &str| {
        score(folder.path())
            .args(["t.tsv", "-o", out, "--lang", lang])
            .assert()
            .success();
        fs::read_to_string(folder.path().join(out)).unwrap()
    };
    let page = write("o.html", "en,ja");
    for expected in [
        "mgus&#60;script&#62;",
        "Smoldering multiple myeloma (SMM)",
        "無症候性（くすぶり型）多発性骨髄腫（SMM）",
        "Multiple myeloma",
        "意義不明の単クローン性ガンマグロブリン血症",
        "The M protein is evolving",
        "Contradictions and cautions",
        "矛盾と注意",
        "Rajkumar SV et al.",
        "AQUILA",
        "does not replace",
        "本レポートは診断を確定するものではありません。",
        "IgG（2025-01-10の値）",
        "href=\"#ref-1\"",
        "id=\"ref-1\"",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
    // Five rows, four patients.
    assert_eq!(page.matches("<section id=\"patient-").count(), 4);
    assert_eq!(page.matches("class=\"road\"").count(), 4);
    assert!(!page.contains("<script") && !page.contains("http://www.w3.org/1999"));
    for place in ["{p}", "{n}", "{a}", "{b}", "{date}", "{input}", "{list}"] {
        assert!(!page.contains(place), "{place}");
    }
    // Every reference leads somewhere.
    for target in page.split("href=\"#").skip(1).filter_map(|t| t.split('"').next()) {
        assert!(page.contains(&format!("id=\"{target}\"")), "{target}");
    }
    let japanese = write("ja.html", "ja");
    assert!(japanese.contains("<html lang=\"ja\">") && !japanese.contains("lang=\"en\""));
    score(folder.path())
        .args(["t.tsv", "-o", "x.html", "--lang", "de"])
        .assert()
        .code(2);
}
