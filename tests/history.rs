//! `analyze --previous`: the earlier reports of a person beside a new one.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/lab.rs"]
mod lab;
#[path = "support/vcf.rs"]
mod vcf;

use std::fs;

use hemoclone::report::read::read_json;
use hemoclone::report::{Languages, write_html};
use hemoclone::sample::SampleResult;
use hemoclone::serial::{SerialInput, history};
use lab::Lab;
use serde_json::Value;
use vcf::VcfBuilder;

/// DNMT3A p.R882H.
const R882H: (&str, u32, &str, &str) = ("chr2", 25_234_373, "C", "T");

const HEADER: &str = "sample,vcf,patient_id,collected,age,hb,anc,plt,m_protein_g_dl\n";

fn vcf_of(sample: &str, alternate: u32) -> String {
    let (chrom, position, reference, alt) = R882H;
    VcfBuilder::grch38(sample)
        .call(chrom, position, reference, alt, (1000 - alternate, alternate))
        .text()
}

/// A lab with the report of a first visit, 3.1 % in January 2024, in `old`, and the file of a second one.
fn lab() -> Lab {
    let lab = Lab::new();
    lab.write("a.vcf", vcf_of("A", 31));
    lab.write("b.vcf", vcf_of("B", 84));
    lab.write(
        "a.csv",
        format!("{HEADER}A,a.vcf,P7,2024-01-10,71,12.9,3.1,210,0.8\n"),
    );
    lab.write(
        "b.csv",
        format!("{HEADER}B,b.vcf,P7,2025-01-10,72,11.2,2.4,180,1.1\n"),
    );
    succeed(&lab, &["analyze", "-s", "a.csv", "-o", "old"]);
    lab
}

fn succeed(lab: &Lab, arguments: &[&str]) {
    let output = lab.run(arguments);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Runs, expects this code, and returns what is said.
fn refused(lab: &Lab, code: i32, arguments: &[&str]) -> String {
    let output = lab.run(arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}

fn json(lab: &Lab, file: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(lab.path(file)).unwrap()).unwrap()
}

/// Every text of a page in one language, without its marks.
fn plain(page: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for letter in page.chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    text
}

#[test]
fn a_report_tells_what_earlier_reports_of_the_person_say() {
    let lab = lab();
    succeed(
        &lab,
        &["analyze", "-s", "b.csv", "-o", "out", "--previous", "old/A.json"],
    );
    let history = &json(&lab, "out/B.json")["history"];
    let clone = &history["clones"][0];
    assert_eq!(clone["sights"][0]["vaf"], 0.031);
    assert_eq!(clone["sights"][1]["vaf"], 0.084);
    let growth = &clone["growth"]["per_year"];
    // 8.4 % and 3.1 % a year and a day apart, of clones that can fill one half.
    assert!((growth["value"].as_f64().unwrap() - 2.0).abs() < 0.06, "{growth}");
    assert!(
        growth["low"].as_f64().unwrap() > 0.4 && growth["high"].as_f64().unwrap() > 3.0,
        "{growth}"
    );
    assert_eq!(history["visits"][0]["counts"]["m_protein"], 0.8);
    assert_eq!(history["visits"][1]["counts"]["hemoglobin"], 11.2);
    assert_eq!(history["visits"][1]["file"], "B.json");

    let page = fs::read_to_string(lab.path("out/B.html")).unwrap();
    let first = page.split("<div class=\"contents\">").next().unwrap();
    let first = plain(first);
    for line in [
        "DNMT3A p.R882H: 3.10 % (2024-01-10) → 8.40 %, growth +19",
        "DNMT3A p.R882H：前回3.10 %（2024-01-10）→ 今回8.40 %、年間増殖率+19",
    ] {
        assert!(first.contains(line), "{line}");
    }
    assert!(page.contains("id=\"history\"") && page.contains("svg class=\"serial\""));
    assert!(
        page.contains("M, g/dL") && page.contains("Hb, g/dL"),
        "the counts beneath"
    );

    // Without earlier reports nothing of it is there.
    succeed(&lab, &["analyze", "-s", "b.csv", "-o", "plain"]);
    assert_eq!(json(&lab, "plain/B.json").get("history"), None);
    let page = fs::read_to_string(lab.path("plain/B.html")).unwrap();
    assert!(!page.contains("id=\"history\"") && !page.contains("svg.serial"));
}

#[test]
fn a_clone_that_is_gone_is_below_its_limit_or_not_assessed_and_never_zero() {
    let lab = lab();
    lab.write(
        "gone.vcf",
        VcfBuilder::grch38("B")
            .call("chr9", 5_073_770, "G", "T", (900, 100))
            .text(),
    );
    lab.write(
        "gone.csv",
        "sample,vcf,patient_id,collected\nB,gone.vcf,P7,2025-01-10\n",
    );
    succeed(
        &lab,
        &[
            "analyze",
            "-s",
            "gone.csv",
            "-o",
            "out",
            "--previous",
            "old/A.json",
        ],
    );
    let page = plain(&fs::read_to_string(lab.path("out/B.html")).unwrap());
    assert!(
        page.contains("DNMT3A p.R882H: 3.10 % (2024-01-10) → not assessed"),
        "a file of variants does not say where it looked"
    );
}

#[test]
fn a_sheet_names_the_earlier_reports_of_each_sample() {
    let lab = lab();
    lab.write("c.vcf", vcf_of("C", 60));
    lab.write(
        "c.csv",
        "sample,vcf,patient_id,collected\nC,c.vcf,P7,2024-07-01\n",
    );
    succeed(&lab, &["analyze", "-s", "c.csv", "-o", "old"]);
    lab.write(
        "both.csv",
        "sample,vcf,patient_id,collected,previous\nB,b.vcf,P7,2025-01-10,old/A.json | old/C.json;\nD,a.vcf,P8,2025-01-10,\n",
    );
    succeed(&lab, &["analyze", "-s", "both.csv", "-o", "out"]);
    let dates: Vec<String> = json(&lab, "out/B.json")["history"]["visits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|visit| visit["date"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(dates, ["2024-01-10", "2024-07-01", "2025-01-10"]);
    assert_eq!(json(&lab, "out/D.json").get("history"), None);

    // Workflows get the files of the column, each by its name.
    let plan = lab.run(&["samplesheet", "check", "-s", "both.csv", "--json"]);
    let plan: Value = serde_json::from_slice(&plan.stdout).unwrap();
    let batch = &plan["batches"][0];
    let files = batch["files"].as_array().unwrap();
    for file in ["old/A.json", "old/C.json"] {
        assert!(
            files.iter().any(|f| f.as_str().unwrap().ends_with(file)),
            "{batch}"
        );
    }
    assert!(
        batch["sheet"].as_str().unwrap().contains("old/A.json|/"),
        "{batch}"
    );
    lab.write(
        "lost.csv",
        "sample,vcf,patient_id,collected,previous\nB,b.vcf,P7,2025-01-10,old/none.json\n",
    );
    let said = refused(&lab, 3, &["samplesheet", "check", "-s", "lost.csv"]);
    assert!(
        said.contains("column previous") && said.contains("old/none.json"),
        "{said}"
    );
    let said = refused(
        &lab,
        2,
        &[
            "samplesheet",
            "check",
            "-s",
            "both.csv",
            "--previous",
            "old/A.json",
        ],
    );
    assert!(said.contains("column previous"), "{said}");
}

#[test]
fn reports_that_cannot_be_earlier_ones_of_this_person_are_named() {
    let lab = lab();
    let report = json(&lab, "old/A.json");
    let write = |name: &str, change: &dyn Fn(&mut Value)| {
        let mut changed = report.clone();
        change(&mut changed);
        lab.write(name, changed.to_string());
    };
    write("person.json", &|r| r["report"]["patient_id"] = "P8".into());
    write("later.json", &|r| r["report"]["collected"] = "2025-02-01".into());
    write("same.json", &|r| r["report"]["collected"] = "2025-01-10".into());
    write("undated.json", &|r| r["report"]["collected"] = Value::Null);
    write("old-age.json", &|r| r["age"] = 40.into());
    lab.write("none.json", "{\"what\": 1}");
    lab.write("empty.json", "");
    let args = |file: &'static str| ["analyze", "-s", "b.csv", "-o", "out", "--previous", file];
    for (file, expected) in [
        ("person.json", "different persons: patient_id is P8 and P7"),
        (
            "later.json",
            "later.json: collected 2025-02-01, after this sample of 2025-01-10",
        ),
        ("same.json", "two reports of one visit, 2025-01-10"),
        ("undated.json", "undated.json: no date of collection"),
        ("old-age.json", "contradicts"),
        ("none.json", "none.json"),
        ("empty.json", "empty.json"),
        ("missing.json", "cannot read the earlier report missing.json"),
        ("b.vcf", "b.vcf"),
    ] {
        let said = refused(&lab, 3, &args(file));
        assert!(said.contains(expected), "{file}: {said}");
        assert!(!lab.path("out/B.json").exists(), "{file}");
    }
    // Of two samples nobody knows whose they are, and no output overwrites what is read.
    let two = [
        "analyze",
        "a.vcf",
        "b.vcf",
        "-o",
        "out",
        "--previous",
        "old/A.json",
    ];
    assert!(refused(&lab, 2, &two).contains("column previous"));
    let onto = [
        "analyze",
        "-s",
        "a.csv",
        "-o",
        "old",
        "--force",
        "--previous",
        "old/A.json",
    ];
    assert!(refused(&lab, 2, &onto).contains("A.json"));
}

/// A report with inherited variants at these places beside its clone.
fn with_inherited(report: &Value, places: [u32; 3]) -> SampleResult {
    let mut report = report.clone();
    let calls = report["calls"].as_array_mut().unwrap();
    for place in places {
        let mut call = calls[0].clone();
        call["variant"]["position"] = place.into();
        call["status"] = "germline_suspected".into();
        calls.push(call);
    }
    read_json(report.to_string().as_bytes(), "report").unwrap()
}

#[test]
fn other_inherited_variants_are_told_before_any_growth() {
    let lab = lab();
    succeed(&lab, &["analyze", "-s", "b.csv", "-o", "out"]);
    let (old, new) = (json(&lab, "old/A.json"), json(&lab, "out/B.json"));
    let first_page = |places: [u32; 3]| {
        let mut new = with_inherited(&new, [25_240_001, 25_240_002, 25_240_003]);
        let earlier = SerialInput {
            file: "A.json".to_owned(),
            result: with_inherited(&old, places),
            person: None,
            collected: None,
        };
        new.history = Some(Box::new(history(&new, "B.json", vec![earlier]).unwrap()));
        let mut page = Vec::new();
        write_html(&mut page, &new, &Languages::default()).unwrap();
        let page = String::from_utf8(page).unwrap();
        plain(page.split("<div class=\"contents\">").next().unwrap())
    };
    let other = first_page([25_240_011, 25_240_012, 25_240_013]);
    assert!(other.contains("The inherited variants differ"), "{other}");
    assert!(other.contains("別人の検体の可能性"), "{other}");
    assert!(!other.contains("growth +"), "{other}");
    let same = first_page([25_240_001, 25_240_002, 25_240_003]);
    assert!(
        !same.contains("The inherited variants differ") && same.contains("growth +"),
        "{same}"
    );
}
