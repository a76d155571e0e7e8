//! `hemoclone serial`: samples of a person over time, from reports as `analyze` writes them.

#![allow(clippy::expect_used, clippy::unwrap_used)] // Helpers of tests, outside the functions that clippy exempts.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use hemoclone::evidence::Evidence;
use predicates::prelude::*;
use serde_json::{Value, json};

const DEMO: &str = include_str!("../testdata/demo/expected/demo02-chip.json");

/// A report of the demo with one DNMT3A clone of so many fragments, collected on a day.
fn report(sample: &str, collected: &str, alt: u32, depth: u32) -> Value {
    let mut report: Value = serde_json::from_str(DEMO).unwrap();
    report["sample"] = sample.into();
    report["age"] = Value::Null;
    report["report"] = json!({"collected": collected});
    let call = report["calls"]
        .as_array()
        .unwrap()
        .iter()
        .find(|call| call["consequence"]["gene"] == "DNMT3A")
        .unwrap()
        .clone();
    report["calls"] = json!([call]);
    count(&mut report, 0, alt, depth);
    report
}

fn count(report: &mut Value, call: usize, alt: u32, depth: u32) {
    report["calls"][call]["evidence"] =
        serde_json::to_value(Evidence::from_counts(alt, depth, "AD")).unwrap();
}

/// Adds a clone with the same annotation at another place.
fn add_clone(report: &mut Value, gene: &str, position: u32, alt: u32, depth: u32) {
    let mut call = report["calls"][0].clone();
    call["variant"]["position"] = position.into();
    call["consequence"]["gene"] = gene.into();
    report["calls"].as_array_mut().unwrap().push(call);
    let last = report["calls"].as_array().unwrap().len() - 1;
    count(report, last, alt, depth);
}

/// Takes the calls away; `limit`: what the gene could have shown.
fn without_clone(report: &mut Value, limit: Option<f64>) {
    report["calls"] = json!([]);
    for gene in report["genes"].as_array_mut().unwrap() {
        gene["coverage_stated"] = false.into();
        gene["state"] = "not_assessed".into();
        if let Some(limit) = limit {
            gene["detection_limit"] = limit.into();
            gene["state"] = "not_detected".into();
        }
    }
}

struct Lab(tempfile::TempDir);

impl Lab {
    fn new(reports: &[(&str, &Value)]) -> Self {
        let lab = Self(tempfile::tempdir().unwrap());
        for (name, report) in reports {
            lab.write(name, &report.to_string());
        }
        lab
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).unwrap();
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("hemoclone").unwrap();
        command.current_dir(self.path()).arg("serial").args(arguments);
        command
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.read(name)).unwrap()
    }
}

fn is(file: &str, ending: &str) -> bool {
    Path::new(file).extension().is_some_and(|found| found == ending)
}

fn near(actual: &Value, expected: f64, tolerance: f64) {
    let value = actual.as_f64().unwrap_or(f64::NAN);
    assert!((value - expected).abs() < tolerance, "{value} {expected}");
}

/// The clone "steady" of benches/serial/growth_scipy.py, a few days off.
#[test]
fn growth_of_a_clone_equals_scipy() {
    let reports = [
        report("A1", "2020-01-01", 20, 1000),
        report("A2", "2020-12-31", 31, 1200),
        report("A3", "2022-07-02", 52, 1100),
        report("A4", "2024-01-01", 90, 1300),
    ];
    let names = ["A1.json", "A2.json", "A3.json", "A4.json"];
    let pairs: Vec<(&str, &Value)> = names.into_iter().zip(&reports).collect();
    let lab = Lab::new(&pairs);
    let given = [&names[..], &["--concentration", "800", "-o", "given"]].concat();
    lab.command(&given).assert().success();
    let rate = lab.json("given/A1.serial.json")["clones"][0]["growth"]["rate"].clone();
    for (end, expected) in [("value", 0.341_099), ("low", 0.182_656), ("high", 0.508_887)] {
        near(&rate[end], expected, 1e-3);
    }
    lab.command(&["A1.json", "A2.json", "A3.json", "A4.json", "-o", "out"])
        .assert()
        .success();
    let result = lab.json("out/A1.serial.json");
    let clone = &result["clones"][0];
    let growth = &clone["growth"];
    near(&growth["rate"]["value"], 0.345_997, 1e-3);
    near(&growth["per_year"]["value"], f64::exp_m1(0.345_997), 2e-3);
    near(
        &growth["doubling_years"]["value"],
        std::f64::consts::LN_2 / 0.345_997,
        0.01,
    );
    near(&growth["arrivals"][0]["years"]["value"], 1.220_875, 0.02);
    assert_eq!(
        (&clone["course"], &growth["direction"], &clone["response"]),
        (&json!("persistent"), &json!("growing"), &json!("rise"))
    );
    assert_eq!(clone["assumption"], "heterozygous");
    // The order of inputs does not matter, and a folder of reports is as good as their names.
    lab.command(&["A3.json", "A1.json", "A4.json", "A2.json", "-o", "other"])
        .assert()
        .success();
    lab.command(&[".", "-o", "folder"]).assert().success();
    for file in [
        "json",
        "html",
        "clones.tsv",
        "sights.tsv",
        "visits.tsv",
        "pairs.tsv",
    ] {
        let name = format!("A1.serial.{file}");
        assert_eq!(
            lab.read(&format!("out/{name}")),
            lab.read(&format!("other/{name}")),
            "{file}"
        );
        assert_eq!(
            lab.read(&format!("out/{name}")),
            lab.read(&format!("folder/{name}")),
            "{file}"
        );
    }
    // Nothing is overwritten without being asked.
    lab.command(&["A1.json", "A2.json", "-o", "out"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("--force"));
    lab.command(&["A1.json", "A2.json", "-o", "out", "--force"])
        .assert()
        .success();
}

#[test]
fn below_detection_is_a_bound_and_what_was_not_assessed_says_nothing() {
    let (mut first, mut third) = (report("A", "2020-01-01", 1, 1), report("A", "2022-01-01", 1, 1));
    without_clone(&mut first, Some(0.01));
    without_clone(&mut third, None);
    let (second, fourth) = (
        report("A", "2021-01-01", 40, 1000),
        report("A", "2023-01-01", 80, 1000),
    );
    let lab = Lab::new(&[
        ("1.json", &first),
        ("2.json", &second),
        ("3.json", &third),
        ("4.json", &fourth),
    ]);
    lab.command(&["1.json", "2.json", "3.json", "4.json", "-o", "out"])
        .assert()
        .success();
    let clone = lab.json("out/A.serial.json")["clones"][0].clone();
    let states: Vec<&str> = clone["sights"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["below_detection", "seen", "not_assessed", "seen"]);
    assert_eq!(clone["course"], "new");
    assert_eq!(
        (&clone["growth"]["counted"], &clone["growth"]["bounded"]),
        (&json!(2), &json!(1))
    );
    // No VAF of zero anywhere.
    assert_eq!(clone["sights"][0]["vaf"], Value::Null);
    assert_eq!(clone["sights"][0]["detection_limit"], 0.01);
    let table = lab.read("out/A.serial.sights.tsv");
    assert!(
        table.contains("below_detection\t\t\t\t\t\t\t0.010000\tgene"),
        "{table}"
    );
    let page = lab.read("out/A.serial.html");
    assert!(
        page.contains("below 1.00 %") && page.contains("1.00 %未満") && page.contains("未評価"),
        "{page}"
    );
    // The laboratory's own limit stands in where the report shows no depth.
    lab.command(&[
        "1.json",
        "2.json",
        "3.json",
        "4.json",
        "-o",
        "given",
        "--detection-limit",
        "0.02",
    ])
    .assert()
    .success();
    let clone = lab.json("given/A.serial.json")["clones"][0].clone();
    assert_eq!(
        (&clone["sights"][2]["limit_from"], &clone["course"]),
        (&json!("given"), &json!("intermittent"))
    );
}

/// A forced call has a record whether or not a fragment shows the allele.
#[test]
fn a_record_without_a_fragment_is_no_sight_of_zero() {
    let with = |date: &str, alt, depth| {
        let mut report = report("A", date, alt, depth);
        report["calls"][0]["status"] = "below_threshold".into();
        report
    };
    let (first, second) = (with("2020-01-01", 0, 900), with("2021-01-01", 2, 900));
    let (third, mut fourth) = (report("A", "2022-01-01", 40, 1000), with("2023-01-01", 0, 900));
    fourth["calls"][0]["evidence"] = serde_json::to_value(Evidence::from_fraction(0.0, None, "AF")).unwrap();
    let lab = Lab::new(&[
        ("1.json", &first),
        ("2.json", &second),
        ("3.json", &third),
        ("4.json", &fourth),
    ]);
    lab.command(&["1.json", "2.json", "3.json", "4.json", "-o", "out"])
        .assert()
        .success();
    let clone = lab.json("out/A.serial.json")["clones"][0].clone();
    let sights = clone["sights"].as_array().unwrap();
    let states: Vec<&str> = sights.iter().map(|s| s["state"].as_str().unwrap()).collect();
    assert_eq!(
        states,
        ["below_detection", "below_detection", "seen", "not_assessed"]
    );
    assert!(
        sights
            .iter()
            .filter(|s| s["state"] != "seen")
            .all(|s| s["vaf"].is_null())
    );
    // Seen once: a lower bound, and no likeliest growth.
    let per_year = &clone["growth"]["per_year"];
    assert!(
        per_year["value"].is_null() && per_year["high"].is_null(),
        "{per_year}"
    );
    assert!(per_year["low"].as_f64().unwrap() > 0.5, "{per_year}");
}

#[test]
fn a_treated_clone_falls_and_comes_back() {
    let mut cleared = report("A", "2021-01-01", 1, 1);
    without_clone(&mut cleared, Some(0.005));
    let (large, back) = (
        report("A", "2020-01-01", 300, 1000),
        report("A", "2021-07-01", 60, 1000),
    );
    let lab = Lab::new(&[("1.json", &large), ("2.json", &cleared), ("3.json", &back)]);
    lab.command(&["1.json", "2.json", "-o", "fall"])
        .assert()
        .success();
    let clone = lab.json("fall/A.serial.json")["clones"][0].clone();
    assert_eq!(
        (&clone["response"], &clone["course"]),
        (&json!("cleared"), &json!("lost"))
    );
    assert_eq!(clone["folds"][0]["fold"]["value"], Value::Null);
    assert!(clone["folds"][0]["fold"]["high"].as_f64().unwrap() < 0.05);
    lab.command(&["1.json", "2.json", "3.json", "-o", "back"])
        .assert()
        .success();
    assert_eq!(lab.json("back/A.serial.json")["clones"][0]["response"], "relapse");
}

#[test]
fn sizes_decide_the_order_of_clones_where_they_can() {
    let mut first = report("A", "2020-01-01", 450, 1000);
    add_clone(&mut first, "TET2", 25_234_400, 300, 1000);
    add_clone(&mut first, "ASXL1", 25_234_500, 30, 1000);
    let mut second = report("A", "2021-01-01", 460, 1000);
    add_clone(&mut second, "TET2", 25_234_400, 320, 1000);
    add_clone(&mut second, "ASXL1", 25_234_500, 35, 1000);
    let lab = Lab::new(&[("1.json", &first), ("2.json", &second)]);
    lab.command(&["1.json", "2.json", "-o", "out"]).assert().success();
    let result = lab.json("out/A.serial.json");
    let relation = |first: &str, second: &str| {
        let pair = result["pairs"].as_array().unwrap().iter().find(|p| {
            p["first"].as_str().unwrap().contains(first) && p["second"].as_str().unwrap().contains(second)
        });
        pair.unwrap()["relation"].as_str().unwrap().to_owned()
    };
    // 90 % and 60 % of the cells; the small one may lie anywhere.
    assert_eq!(relation("25234373", "25234400"), "second_in_first");
    assert_eq!(relation("25234400", "25234500"), "cannot_be_told");
}

#[test]
fn what_cannot_be_put_together_is_named() {
    let good = report("A", "2020-01-01", 20, 1000);
    let mut dateless = report("A", "2021-01-01", 30, 1000);
    dateless["report"] = json!({"patient_id": "7"});
    let odd = report("A", "spring", 30, 1000);
    let mut other = report("B", "2021-01-01", 30, 1000);
    other["report"]["patient_id"] = "8".into();
    let mut one = good.clone();
    one["report"]["patient_id"] = "7".into();
    let mut build = report("A", "2021-01-01", 30, 1000);
    build["build"] = "GRCh37".into();
    build["calls"][0]["variant"]["build"] = "GRCh37".into();
    let mut early = report("A", "2021-01-01", 30, 1000);
    early["report"]["received"] = "2020-12-01".into();
    let mut aged = report("A", "2021-01-01", 30, 1000);
    aged["age"] = 80.into();
    let mut young = good.clone();
    young["age"] = 60.into();
    let lab = Lab::new(&[
        ("good.json", &good),
        ("dateless.json", &dateless),
        ("odd.json", &odd),
        ("other.json", &other),
        ("one.json", &one),
        ("build.json", &build),
        ("early.json", &early),
        ("aged.json", &aged),
        ("young.json", &young),
        ("twin.json", &good),
        ("none.json", &json!({"a": 1})),
    ]);
    for (files, said) in [
        (
            ["good.json", "dateless.json"],
            "dateless.json: no date of collection; give one in a sheet",
        ),
        (
            ["good.json", "odd.json"],
            "odd.json: field \"report.collected\": \"spring\" is not a date YYYY-MM-DD",
        ),
        (
            ["one.json", "other.json"],
            "one.json and other.json are of different persons: patient_id is 7 and 8",
        ),
        (
            ["good.json", "build.json"],
            "good.json is on GRCh38 and build.json on GRCh37",
        ),
        (
            ["good.json", "early.json"],
            "early.json: collected 2021-01-01 contradicts received 2020-12-01",
        ),
        (
            ["young.json", "aged.json"],
            "aged.json: age 80 at 2021-01-01 contradicts age 60",
        ),
        (
            ["good.json", "twin.json"],
            "good.json and twin.json are two reports of one visit, 2020-01-01",
        ),
        (["good.json", "none.json"], "none.json: no report of hemoclone"),
        (["good.json", "gone.json"], "cannot read gone.json"),
    ] {
        let [first, second] = files;
        lab.command(&[first, second, "-o", "out"])
            .assert()
            .code(3)
            .stderr(predicate::str::contains(said));
        assert!(!lab.path().join("out/A.serial.json").exists(), "{said}");
    }
    // The rest is done, and the page says that a visit is missing.
    let third = report("A", "2022-01-01", 40, 1000);
    lab.write("third.json", &third.to_string());
    lab.command(&["good.json", "odd.json", "third.json", "none.json", "-o", "rest"])
        .assert()
        .code(3);
    let warnings = lab.json("rest/A.serial.json")["warnings"].clone();
    assert_eq!(
        warnings[0],
        json!({"code": "visit_left_out", "detail": "odd.json, none.json"})
    );
    lab.command(&["-o", "out"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("no report given"));
    lab.command(&["good.json", "third.json", "-o", "x", "--detection-limit", "2"])
        .assert()
        .code(2);
}

#[test]
fn a_sheet_says_whose_each_report_is_and_when() {
    let undated = |sample: &str, alt| {
        let mut report = report(sample, "x", alt, 1000);
        report["report"] = json!({});
        report
    };
    let (a, b, c, d) = (
        undated("S1", 20),
        undated("S2", 40),
        undated("S3", 30),
        undated("S4", 20),
    );
    let lab = Lab::new(&[("S1.json", &a), ("S2.json", &b), ("S3.json", &c), ("S4.json", &d)]);
    lab.write("sheet.csv", "json,person,collected\nS1.json,Ann,2020-01-01\nS2.json,Ann,2021-01-01\nS3.json,Bob,2020-01-01\nS4.json,Bob,2021-02-30\n");
    lab.command(&["-s", "sheet.csv", "-o", "out"])
        .assert()
        .code(3)
        .stderr(predicate::str::contains(
            "sheet.csv, line 5, column collected: \"2021-02-30\" is not a date",
        ))
        .stderr(predicate::str::contains("S3.json: the only visit of Bob"));
    assert_eq!(
        lab.json("out/Ann.serial.json")["visits"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert!(!lab.path().join("out/Bob.serial.json").exists());
    // By the name of the sample, for files that are given.
    lab.write(
        "names.csv",
        "sample;person;collected\nS1;Ann;2020-01-01\nS2;Ann;2021-01-01\n",
    );
    lab.command(&["S1.json", "S2.json", "-s", "names.csv", "-o", "names"])
        .assert()
        .success();
    assert_eq!(
        lab.read("out/Ann.serial.clones.tsv"),
        lab.read("names/Ann.serial.clones.tsv")
    );
}

/// Two rows of a sheet with one file: its growth would be that of nothing.
#[test]
fn one_report_is_not_two_visits() {
    let mut report = report("S1", "x", 20, 1000);
    report["report"] = json!({});
    let lab = Lab::new(&[("S1.json", &report), ("copy.json", &report)]);
    lab.write(
        "sheet.csv",
        "json,person,collected\nS1.json,Ann,2020-01-01\ncopy.json,Ann,2021-01-01\n",
    );
    lab.command(&["-s", "sheet.csv", "-o", "out"])
        .assert()
        .code(3)
        .stderr(predicate::str::contains(
            "S1.json and copy.json are one and the same report, and are given with two dates, 2020-01-01 and 2021-01-01",
        ));
    assert!(!lab.path().join("out/Ann.serial.json").exists());
}

#[test]
fn hostile_names_harm_neither_page_nor_tables() {
    let name = "=cmd|'/c x'!A1</title><script>alert(1)</script>\u{1b}[31m\t../../x";
    let reports = ["2020-01-01", "2021-01-01"].map(|date| {
        let mut report = report(name, date, 30, 1000);
        report["calls"][0]["consequence"]["hgvs_p_short"] = "<svg onload=alert(1)>".into();
        report["calls"][0]["consequence"]["gene"] = "<b>\"&\n".into();
        report["report"]["specimen"] = "<img src=x>".into();
        report
    });
    let lab = Lab::new(&[("1.json", &reports[0]), ("2.json", &reports[1])]);
    lab.command(&["1.json", "2.json", "-o", "out"]).assert().success();
    let files: Vec<String> = fs::read_dir(lab.path().join("out"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(files.len(), 6, "{files:?}");
    for file in files {
        let text = lab.read(&format!("out/{file}"));
        if is(&file, "html") {
            for bad in ["<script", "<svg onload", "<img", "<b>\"&"] {
                assert!(!text.contains(bad), "{bad}");
            }
        }
        if is(&file, "tsv") {
            let cells: Vec<usize> = text.lines().map(|line| line.split('\t').count()).collect();
            assert!(cells.iter().all(|n| *n == cells[0]), "{file}: {cells:?}");
            assert!(
                !text.contains('\u{1b}') && !text.lines().any(|line| line.starts_with('=')),
                "{file}"
            );
        }
    }
}

#[test]
fn the_page_is_whole_in_both_languages() {
    let mut reports: Vec<Value> = (0..4)
        .map(|i| report("A", &format!("202{i}-01-01"), 20 + 30 * i, 1000))
        .collect();
    for (i, report) in reports.iter_mut().enumerate() {
        report["myeloid"]["given"]["hemoglobin"] = (13.0 - i as f64).into();
    }
    reports[3]["panel"]["checksum"] = "00000000".into();
    let names = ["1.json", "2.json", "3.json", "4.json"];
    let lab = Lab::new(&names.into_iter().zip(&reports).collect::<Vec<_>>());
    lab.command(&["1.json", "2.json", "3.json", "4.json", "-o", "out"])
        .assert()
        .success();
    let page = lab.read("out/A.serial.html");
    for said in [
        "Clones over time",
        "クローンの経時的変化",
        "Panels differ",
        "パネルが異なります",
        "Hb, g/dL",
        "<svg class=\"serial\"",
        "10.1038/s41586-022-04785-z",
    ] {
        assert!(page.contains(said), "{said}");
    }
    for bad in ["http://www.w3.org/1999", "<script", "src=", "NaN", "inf"] {
        let rest = page.replace("info", "");
        assert!(!rest.contains(bad), "{bad}");
    }
    assert_eq!(page.matches("<text").count(), page.matches("</text>").count());
    if let Some(folder) = std::env::var_os("HEMOCLONE_PAGES") {
        fs::write(Path::new(&folder).join("serial.html"), &page).unwrap();
    }
    lab.command(&["1.json", "2.json", "-o", "ja", "--lang", "ja"])
        .assert()
        .success();
    let japanese = lab.read("ja/A.serial.html");
    assert!(!japanese.contains("lang=\"en\"") && japanese.contains("年間増殖率"));
}
