//! `hemoclone serial --table`: growth of mutations of a plain table.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use assert_cmd::Command;
use predicates::prelude::*;
use tempfile::TempDir;

struct Lab(TempDir);

impl Lab {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        Self(folder)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("hemoclone").unwrap();
        command.current_dir(self.0.path()).arg("serial").args(arguments);
        command
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).unwrap()
    }

    fn column(&self, file: &str, name: &str) -> Vec<String> {
        let text = self.read(file);
        let mut lines = text.lines();
        let place = lines
            .next()
            .unwrap()
            .split('\t')
            .position(|column| column == name)
            .unwrap();
        lines
            .map(|line| line.split('\t').nth(place).unwrap().to_owned())
            .collect()
    }
}

/// As papers have it: persons, ages, counts at places that are known, one of them on X.
const PAPER: &str = "\
participant_id,sex,gene,protein_change,chromosome,age,alt_reads,dp
17,M,SRSF2,p.P95H,17,61.0,14,1580
17,M,SRSF2,p.P95H,17,65.2,48,1490
17,M,SRSF2,p.P95H,17,69.5,198,1610
17,M,ZRSR2,p.R126*,X,61.0,20,1500
17,M,ZRSR2,p.R126*,X,69.5,120,1500
18,F,TET2,p.R1516*,4,70.1,31,1600
18,F,TET2,p.R1516*,4,64.2,0,1700
19,F,DNMT3A,p.R882H,2,70.1,31,1600
";

#[test]
fn a_table_of_a_paper_gives_growth_of_each_mutation() {
    let lab = Lab::new(&[("paper.csv", PAPER)]);
    lab.command(&["--table", "paper.csv", "-o", "out"])
        .assert()
        .success();
    let column = |name: &str| lab.column("out/paper.growth.tsv", name);
    assert_eq!(column("gene"), ["SRSF2", "ZRSR2", "TET2", "DNMT3A"]);
    assert_eq!(
        column("assumption"),
        ["heterozygous", "one_copy", "heterozygous", "heterozygous"]
    );
    assert_eq!(column("direction"), ["growing", "growing", "growing", ""]);
    assert_eq!(column("why_no_growth"), ["", "", "", "one_visit"]);
    assert_eq!(column("counted_visits"), ["3", "2", "1", "1"]);
    // One count behind a bound has a lower end and no likeliest value.
    let growth = column("growth_per_year");
    assert!(
        growth[0].parse::<f64>().unwrap() > 0.25 && growth[2].is_empty(),
        "{growth:?}"
    );
    let states = lab.column("out/paper.growth.sights.tsv", "state");
    assert_eq!(
        states.iter().filter(|state| *state == "below_detection").count(),
        1
    );
    // The order of rows says nothing, nor does the form of the file.
    let mut lines: Vec<&str> = PAPER.lines().collect();
    lines[1..].reverse();
    fs::write(
        lab.0.path().join("turned.csv"),
        lines.join("\r\n").replace(',', "\t"),
    )
    .unwrap();
    lab.command(&["--table", "turned.csv", "-o", "out"])
        .assert()
        .success();
    assert_eq!(
        lab.read("out/turned.growth.tsv"),
        lab.read("out/paper.growth.tsv")
    );
    lab.command(&["--table", "paper.csv", "-o", "out"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("--force"));
}

#[test]
fn rows_that_cannot_be_used_are_named_and_the_rest_is_done() {
    let table = "person,gene,collected,vaf_percent,depth\n1,TET2,2015-03-01,1.2,1200\n1,TET2,2019-03-01,2.9,1100\n\
        1,TET2,2019-03-01,3.1,1100\n2,TET2,2015-02-30,1.2,1200\n2,ASXL1,2015-03-01,2,1000\n2,ASXL1,2018-03-01,4,1000\n";
    let lab = Lab::new(&[("t.csv", table)]);
    lab.command(&["--table", "t.csv", "-o", "out"])
        .assert()
        .code(3)
        .stderr(predicate::str::contains(
            "t.csv, line 5, column collected: \"2015-02-30\" is not a date",
        ))
        .stderr(predicate::str::contains(
            "t.csv, lines 3 and 4: 1, TET2: two rows of one visit",
        ));
    assert_eq!(lab.column("out/t.growth.tsv", "gene"), ["ASXL1"]);
}

#[test]
fn what_is_no_such_table_is_refused_and_nothing_is_written() {
    let lab = Lab::new(&[
        ("percent.csv", "gene,age,vaf\nTET2,60,0.8\nTET2,65,12.5\n"),
        ("none.csv", "a,b\n1,2\n"),
        ("empty.csv", ""),
        ("report.json", "{\"a\": 1}"),
        ("bad.csv", "gene,age,vaf,depth\nTET2,x,0.1,1000\n"),
    ]);
    for (arguments, code, said) in [
        (
            &["--table", "percent.csv"][..],
            3,
            "are these per cent? Then name the column vaf_percent",
        ),
        (
            &["--table", "none.csv"],
            3,
            "no column vaf, vaf_percent or alt_count",
        ),
        (&["--table", "empty.csv"], 3, "empty.csv"),
        (&["--table", "report.json"], 3, "report.json"),
        (
            &["--table", "bad.csv"],
            3,
            "no mutation that can be used; nothing was written",
        ),
        (&["--table", "gone.csv"], 3, "cannot read the table gone.csv"),
        (&["--table", "."], 3, "."),
        (
            &["--table", "bad.csv", "report.json"],
            2,
            "give it without reports",
        ),
        (&["--depth", "1000", "report.json"], 2, "--table"),
        (&["--table", "bad.csv", "--depth", "0"], 2, "--depth"),
        (
            &["--table", "bad.csv", "--detection-limit", "2"],
            2,
            "no VAF between 0 and 1",
        ),
    ] {
        let mut all = arguments.to_vec();
        all.extend(["-o", "out"]);
        lab.command(&all)
            .assert()
            .code(code)
            .stderr(predicate::str::contains(said));
        assert!(!lab.0.path().join("out").exists(), "{said}");
    }
}

/// Fractions alone: with the mean depth of the assay they are worth counts, and below detection is a bound by the limit that is given.
#[test]
fn fractions_without_depth_take_that_of_the_assay() {
    let wide = "Patient ID;Gene;VAF 1 (%);Age 1;VAF 2 (%);Age 2;VAF 3 (%);Age 3\n\
        A;DNMT3A;2,1;60;5,0;65,5;10,4;70\nB;TET2;not detected;60;1,9;65,5;4,0;70\n";
    let lab = Lab::new(&[("wide.csv", wide)]);
    lab.command(&["--table", "wide.csv", "-o", "plain"])
        .assert()
        .success();
    assert_eq!(
        lab.column("plain/wide.growth.tsv", "why_no_growth"),
        ["no_depth", "no_depth"]
    );
    lab.command(&[
        "--table",
        "wide.csv",
        "-o",
        "out",
        "--depth",
        "1000",
        "--detection-limit",
        "0.01",
    ])
    .assert()
    .success();
    assert_eq!(
        lab.column("out/wide.growth.tsv", "direction"),
        ["growing", "growing"]
    );
    assert_eq!(lab.column("out/wide.growth.tsv", "depth_given"), ["true", "true"]);
    assert_eq!(lab.column("out/wide.growth.tsv", "bounded_visits"), ["0", "1"]);
}

#[test]
fn hostile_texts_stay_text() {
    let table = "person,gene,change,age,vaf,depth\n=cmd|'/c x'!A1,<b>,\"p.\u{1b}[31m\u{202e}\",60,0.02,1000\n=cmd|'/c x'!A1,<b>,\"p.\u{1b}[31m\u{202e}\",65,0.05,1000\n";
    let lab = Lab::new(&[("=t.csv", table)]);
    lab.command(&["--table", "=t.csv", "-o", "out"])
        .assert()
        .success();
    for entry in fs::read_dir(lab.0.path().join("out")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        assert!(
            !text.contains(['\u{1b}', '\u{202e}']) && !text.lines().any(|line| line.starts_with('=')),
            "{text}"
        );
    }
}
