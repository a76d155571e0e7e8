//! `hemoclone cohort`: any order and split, batches, bad inputs, and what other programs make of its files.

#![cfg(all(feature = "cli", feature = "cohort"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/cohorts.rs"]
mod cohorts;
#[path = "support/lab.rs"]
mod lab;
#[path = "support/outside.rs"]
mod outside;
#[path = "support/simulated.rs"]
mod simulated;
#[path = "support/vcf.rs"]
mod vcf;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use cohorts::{cohort, said, simulate};
use lab::Lab;
use proptest::prelude::*;
use serde_json::Value;
use vcf::VcfBuilder;

/// Tables that grow: their rows come in the order of the batches.
const GROWING: [&str; 5] = [
    "samples.tsv",
    "calls.tsv",
    "genes.tsv",
    "matrix.tsv",
    "members.jsonl",
];

/// Every file of a folder; of those that grow, the lines behind the first in order, and of Parquet nothing, whose groups follow the
/// batches (its rows are compared where DuckDB is there).
fn content(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: BTreeMap<String, Vec<u8>> = entries
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                fs::read(&path).unwrap(),
            )
        })
        .collect();
    for name in GROWING {
        let text = String::from_utf8(files[name].clone()).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        lines.sort_unstable();
        files.insert(name.to_owned(), lines.join("\n").into_bytes());
    }
    files
}

/// Without the counts too, which number alleles and samples in the order in which they came.
fn all_but_parquet(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = content(folder);
    files.retain(|name, _| !name.ends_with(".parquet") || name == "variants.parquet");
    files.remove("cohort.counts");
    files
}

/// Names of files that are not the same.
fn different(actual: &BTreeMap<String, Vec<u8>>, expected: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let names: BTreeSet<&String> = actual.keys().chain(expected.keys()).collect();
    let differ = names
        .into_iter()
        .filter(|name| actual.get(*name) != expected.get(*name));
    differ.cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    /// The same cohort from whatever order the reports are given in, and into whatever batches they are split.
    #[test]
    fn any_order_and_any_split_make_the_same_cohort(order in Just((490..514).collect::<Vec<u64>>()).prop_shuffle(), cuts in prop::collection::vec(1_usize..23, 0..3)) {
        let lab = Lab::new();
        simulate(&lab, "r", 490..514);
        cohort(&lab, &["r", "-o", "whole"]);
        let names: Vec<String> = order.iter().map(|number| format!("r/P{number:06}.json")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        cohort(&lab, &[names.as_slice(), &["-o", "order", "-t", "2"]].concat());
        prop_assert_eq!(different(&content(&lab.path("order")), &content(&lab.path("whole"))), [""; 0]);
        let mut cuts = cuts;
        cuts.sort_unstable();
        let mut from = 0;
        for cut in cuts.into_iter().chain([names.len()]) {
            if cut > from {
                cohort(&lab, &[&names[from..cut], &["-o", "split"]].concat());
            }
            from = cut.max(from);
        }
        prop_assert_eq!(different(&all_but_parquet(&lab.path("split")), &all_but_parquet(&lab.path("whole"))), [""; 0]);
    }
}

#[test]
fn a_report_that_is_there_already_adds_nothing() {
    let lab = Lab::new();
    simulate(&lab, "r", 0..12);
    cohort(&lab, &["r", "-o", "c"]);
    let before = content(&lab.path("c"));
    let text = cohort(&lab, &["r", "-o", "c"]);
    assert!(
        text.contains("0 samples added, 12 in the cohort") && text.contains("12 reports were in it already"),
        "{text}"
    );
    assert_eq!(different(&content(&lab.path("c")), &before), [""; 0]);
}

/// Changes a report in the folder.
fn change(lab: &Lab, file: &str, change: impl FnOnce(&mut Value)) {
    let mut report: Value = serde_json::from_slice(&fs::read(lab.path(file)).unwrap()).unwrap();
    change(&mut report);
    lab.write(file, report.to_string());
}

#[test]
fn bad_inputs_are_named_and_the_rest_is_done() {
    let lab = Lab::new();
    simulate(&lab, "r", 0..9);
    change(&lab, "r/P000000.json", |r| {
        r["panel"]["checksum"] = "00000000".into();
    });
    change(&lab, "r/P000001.json", |r| r["schema_version"] = "1.0.0".into());
    change(&lab, "r/P000002.json", |r| r["build"] = "GRCh37".into());
    change(&lab, "r/P000003.json", |r| {
        r["settings"]["thresholds"]["min_vaf"] = 0.01.into();
    });
    change(&lab, "r/P000004.json", |r| r["sample"] = "P000005".into());
    let cut = fs::read(lab.path("r/P000006.json")).unwrap();
    lab.write("r/P000006.json", &cut[..500]);
    lab.write("r/other.json", "{\"a\": 1}");
    lab.write("r/hemoclone_mqc.json", "{}");
    let output = lab.run(&["cohort", "r", "gone.json", "-o", "c"]);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(3), "{text}");
    for wanted in [
        "P000000.json: field \"panel.checksum\" is 00000000, and 732aff85c8761b01",
        "P000001.json: field \"schema_version\" is \"1.0.0\", and this version reads",
        "P000002.json: field \"calls[0].variant.build\"",
        "P000003.json: field \"settings.thresholds.min_vaf\" is 0.01, and 0.02 in the others",
        "P000005.json: field \"sample\" is \"P000005\": another report of this sample",
        "P000006.json: no JSON",
        "other.json: no report of a sample; skipped",
        "gone.json: cannot be read",
        "3 samples added, 3 in the cohort",
    ] {
        assert!(text.contains(wanted), "{wanted:?} is not in {text}");
    }
    let samples = fs::read_to_string(lab.path("c/samples.tsv")).unwrap();
    let names: Vec<&str> = samples
        .lines()
        .skip(1)
        .map(|line| line.split('\t').next().unwrap())
        .collect();
    assert_eq!(names, ["P000005", "P000007", "P000008"]);
}

/// A file that was named must be a report; one that only stands in a folder need not be.
#[test]
fn without_a_report_nothing_is_written() {
    let lab = Lab::new();
    lab.write("a.json", "{}");
    let output = lab.run(&["cohort", "a.json", "-o", "c"]);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(3), "{text}");
    assert!(
        text.contains("a.json: no report of hemoclone") && text.contains("nothing was written"),
        "{text}"
    );
    assert_eq!(fs::read_dir(lab.path("c")).unwrap().count(), 0);
}

/// The first by name is of another panel: the others are not thrown out for it.
#[test]
fn most_of_the_reports_decide_what_belongs_together() {
    let lab = Lab::new();
    simulate(&lab, "r", 0..6);
    change(&lab, "r/P000000.json", |r| {
        r["panel"]["checksum"] = "00000000".into();
    });
    let output = lab.run(&["cohort", "r", "-o", "c"]);
    assert!(said(&output).contains("5 samples added"), "{}", said(&output));
}

#[test]
fn a_folder_whose_cohort_does_not_fit_is_left_as_it_is() {
    let lab = Lab::new();
    simulate(&lab, "r", 0..4);
    simulate(&lab, "more", 4..6);
    cohort(&lab, &["r", "-o", "c"]);
    let refused = |wanted: &str, code: i32, arguments: &[&str]| {
        let before: Vec<_> = content_raw(&lab.path("c"));
        let output = lab.run(&[&["cohort", "more", "-o", "c"], arguments].concat());
        let text = said(&output);
        assert_eq!(output.status.code(), Some(code), "{text}");
        assert!(text.contains(wanted), "{text}");
        assert!(
            content_raw(&lab.path("c")) == before,
            "the folder has changed: {text}"
        );
    };
    refused("the cohort has parquet,tsv", 2, &["--tables", "tsv"]);
    let members = fs::read_to_string(lab.path("c/members.jsonl")).unwrap();
    lab.write(
        "c/members.jsonl",
        members.split_inclusive('\n').skip(1).collect::<String>(),
    );
    refused(
        "in cohort.json: it was changed or cut; make the cohort anew",
        3,
        &[],
    );
    lab.write("c/members.jsonl", format!("{members}x\n"));
    refused(
        "in cohort.json: it was changed or cut; make the cohort anew",
        3,
        &[],
    );
    // Of the same length, where nothing but its lines tells.
    let counts = fs::read(lab.path("c/cohort.counts")).unwrap();
    fs::remove_file(lab.path("c/cohort.counts")).unwrap();
    lab.write("c/members.jsonl", members.replacen('{', "x", 1));
    refused("members.jsonl, line 1", 3, &[]);
    lab.write("c/members.jsonl", members.replacen("P000001", "P000000", 1));
    refused("members.jsonl: 3 samples, and 4 in cohort.json", 3, &[]);
    lab.write("c/members.jsonl", members);
    lab.write("c/cohort.counts", counts);
    let calls = fs::read(lab.path("c/calls.parquet")).unwrap();
    lab.write("c/calls.parquet", &calls[..calls.len() / 2]);
    refused("calls.parquet", 3, &[]);
    lab.write("c/calls.parquet", calls);
    let text = fs::read_to_string(lab.path("c/genes.tsv")).unwrap();
    lab.write("c/genes.tsv", text.replacen("gene\t", "symbol\t", 1));
    refused("genes.tsv: the first line names other columns", 3, &[]);
    // Made anew, nothing of it is left.
    cohort(&lab, &["more", "-o", "c", "--force", "--tables", "tsv"]);
    assert!(!lab.path("c/calls.parquet").exists() && lab.path("c/calls.tsv").exists());
}

fn content_raw(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries
        .map(|p| (p.display().to_string(), fs::read(&p).unwrap()))
        .collect();
    files.sort();
    files
}

/// A sample of this name has its report where the manifest would go.
#[test]
fn a_report_is_never_overwritten() {
    let lab = Lab::new();
    simulate(&lab, "r", 0..1);
    fs::rename(lab.path("r/P000000.json"), lab.path("r/cohort.json")).unwrap();
    let output = lab.run(&["cohort", "r", "-o", "r", "--force"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("is the report of a sample, and would be overwritten"));
}

fn column(table: &str, name: &str) -> Vec<String> {
    let mut lines = table.lines();
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

#[test]
fn an_artifact_of_one_run_twins_and_failed_samples_are_found() {
    let lab = Lab::new();
    simulate(&lab, "r", 300..700);
    let rows = (300..700).map(|n| format!("P{n:06},{}\n", simulated::batch(n)));
    lab.write("b.csv", format!("sample,run\n{}", rows.collect::<String>()));
    cohort(&lab, &["r", "-o", "c", "--batches", "b.csv"]);
    let read = |name: &str| fs::read_to_string(lab.path(&format!("c/{name}"))).unwrap();
    let variants = read("variants.tsv");
    let of_run: Vec<usize> = (0..)
        .zip(column(&variants, "batch_effect"))
        .filter(|(_, e)| e == "true")
        .map(|(i, _)| i)
        .collect();
    let keys = column(&variants, "variant_key");
    assert_eq!(
        of_run.iter().map(|i| keys[*i].as_str()).collect::<Vec<_>>(),
        ["GRCh38:chr21:5000:G:T"]
    );
    assert_eq!(column(&variants, "batch")[of_run[0]], "run3");
    let likely: Vec<String> = keys
        .iter()
        .zip(column(&variants, "kind"))
        .filter(|(_, kind)| kind == "likely_artifact")
        .map(|(key, _)| key.clone())
        .collect();
    assert_eq!(likely, ["GRCh38:chr21:5000:G:T", "GRCh38:chr20:32434638:A:AG"]);
    let relatives = read("relatives.tsv");
    assert_eq!(
        (column(&relatives, "sample_a"), column(&relatives, "sample_b")),
        (vec!["P000498".to_owned()], vec!["P000499".to_owned()])
    );
    let quality = column(&read("samples.tsv"), "quality");
    let failed = quality.iter().filter(|q| *q == "fail").count();
    assert!(failed > 0);
    let page = read("cohort.html");
    assert!(page.contains(&format!("\"failed\":{failed},")));
}

/// What the cohort learned goes back into `analyze`: as a list of recurrent alleles, and as a panel that excludes the artifacts.
#[test]
fn analyze_takes_the_lists_of_a_cohort() {
    let lab = Lab::new();
    for i in 0..12 {
        let name = format!("S{i:02}");
        let call = VcfBuilder::grch38(&name).call("chr20", 32_434_638, "A", "AG", (970 + i, 30));
        lab.write(
            &format!("{name}.vcf"),
            call.call("chr2", 25_234_373, "C", "T", (800, 50 + 30 * i)).text(),
        );
    }
    let inputs: Vec<String> = (0..12).map(|i| format!("S{i:02}.vcf")).collect();
    let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
    assert!(
        lab.run(&[&["analyze", "-o", "r"], inputs.as_slice()].concat())
            .status
            .success()
    );
    cohort(&lab, &["r", "-o", "c"]);
    let page = fs::read_to_string(lab.path("c/cohort.html")).unwrap();
    assert!(page.contains("../r/S00.html"), "links to the reports");
    let recurrent = fs::read_to_string(lab.path("c/recurrent.tsv")).unwrap();
    assert_eq!(column(&recurrent, "variant_key"), ["GRCh38:chr20:32434638:A:AG"]);
    for list in ["c/recurrent.tsv", "c/variants.tsv"] {
        let result = lab.result("S00", &["S00.vcf", "--recurrent", list]);
        let reasons = result["calls"].to_string();
        assert!(reasons.contains("recurrent"), "{list}: {reasons}");
    }
    let status = |result: &Value| {
        let calls = result["calls"].as_array().unwrap();
        let of_gene = |gene: &str| {
            calls
                .iter()
                .find(|c| c["consequence"]["gene"] == gene)
                .unwrap()
                .clone()
        };
        ["ASXL1", "DNMT3A"].map(|gene| of_gene(gene)["status"].as_str().unwrap().to_owned())
    };
    let plain = lab.result("S00", &["S00.vcf"]);
    assert_ne!(status(&plain)[0], "artifact_suspected");
    for option in ["-p", "--artifacts"] {
        let result = lab.result("S00", &["S00.vcf", option, "c/artifacts.toml"]);
        assert_eq!(status(&result), ["artifact_suspected", "driver"], "{option}");
        assert_ne!(
            result["panel"]["checksum"], plain["panel"]["checksum"],
            "{option}"
        );
    }
    // Beside another panel, which keeps its name and its genes.
    let wide = lab.result("S00", &["S00.vcf", "-p", "ch", "--artifacts", "c/artifacts.toml"]);
    assert_eq!(status(&wide), ["artifact_suspected", "driver"]);
    assert_eq!(wide["panel"]["name"], "ch");
    assert_eq!(wide["settings"]["overrides"]["artifacts"], "artifacts.toml");
    lab.write("profile.toml", "artifacts = \"c/artifacts.toml\"\n");
    let by_profile = lab.result("S00", &["S00.vcf", "-c", "profile.toml"]);
    assert_eq!(status(&by_profile)[0], "artifact_suspected");
    // Twice the same, another table, nothing.
    let twice = ["-p", "c/artifacts.toml", "--artifacts", "c/artifacts.toml"];
    for (arguments, expected) in [
        (&twice[..], "already"),
        (&["--artifacts", "c/recurrent.tsv"], "recurrent.tsv"),
        (&["--artifacts", "none.toml"], "none.toml"),
    ] {
        let output = lab.run(&[&["analyze", "--force", "-o", "out", "S00.vcf"], arguments].concat());
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && said.contains(expected), "{said}");
    }
}

/// Python with the modules, `HEMOCLONE_PYTHON` before the system's; skips where one is absent.
fn python(modules: &[&str]) -> Option<String> {
    let program = std::env::var("HEMOCLONE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    for module in modules {
        let found = Command::new(&program)
            .args(["-c", &format!("import {module}")])
            .output();
        if !found.is_ok_and(|output| output.status.success()) {
            outside::skip(format_args!(
                "{program} has no module {module} (pip install {module}; HEMOCLONE_PYTHON names another python)"
            ));
            return None;
        }
    }
    Some(program)
}

fn run_python(program: &str, lab: &Lab, script: &str) -> String {
    let output = Command::new(program)
        .current_dir(lab.path(""))
        .args(["-c", script])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", said(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// DuckDB and Polars read the same rows from Parquet, of one batch and of three, as DuckDB reads from the text.
#[test]
fn duckdb_and_polars_read_the_parquet() {
    let Some(program) = python(&["duckdb", "polars"]) else {
        return;
    };
    let lab = Lab::new();
    for (folder, numbers) in [("a", 0..40), ("b", 40..41), ("c", 41..70)] {
        simulate(&lab, folder, numbers);
        cohort(&lab, &[folder, "-o", "split"]);
    }
    cohort(&lab, &["a", "b", "c", "-o", "whole"]);
    let text = run_python(
        &program,
        &lab,
        r#"
import duckdb, polars
for table in ["samples", "calls", "genes", "variants"]:
    read = lambda folder: duckdb.sql(f"select * from '{folder}/{table}.parquet' order by all").fetchall()
    whole, split = read("whole"), read("split")
    assert whole == split and whole, table
    frame = polars.read_parquet(f"whole/{table}.parquet")
    assert frame.height == len(whole), table
    columns = frame.columns
    header = open(f"whole/{table}.tsv", encoding="utf-8").readline().rstrip("\n").split("\t")
    assert columns == header, table
    # The cells of the text are those values, as documented: empty for null, lists joined, six decimals.
    lines = [line.rstrip("\n").split("\t") for line in open(f"whole/{table}.tsv", encoding="utf-8")][1:]
    kinds = {row[1]: row[2] for row in (line.rstrip("\n").split("\t") for line in open("whole/columns.tsv", encoding="utf-8")) if row[0] == table}
    def cell(value, kind):
        if value is None: return ""
        if kind == "list": return ";".join(value) or "none"
        if kind == "fraction": return f"{value:.6f}"
        if kind == "boolean": return str(value).lower()
        return value if kind == "text" else None
    compared = 0
    for row, line in zip(frame.rows(), lines, strict=True):
        for name, value, text in zip(columns, row, line, strict=True):
            wanted = cell(value, kinds[name])
            if wanted is None: assert float(text) == value, (name, text, value)
            else: assert text == wanted or "\\" in text or text.startswith("'"), (table, name, text, wanted)
            compared += 1
    print(table, len(whole), compared > 0)
"#,
    );
    assert_eq!(text.lines().count(), 4, "{text}");
}

/// The questions of docs/cohort.md with their answers, over the cohort that it names.
#[test]
fn the_questions_of_the_book_have_the_answers_it_gives() {
    let Some(program) = python(&["duckdb"]) else {
        return;
    };
    let lab = Lab::new();
    simulate(&lab, "reports", 0..600);
    let rows = (0..600).map(|n| format!("P{n:06}\t{}\n", simulated::batch(n)));
    lab.write(
        "batches.tsv",
        format!("sample\tbatch\n{}", rows.collect::<String>()),
    );
    cohort(&lab, &["reports", "-o", "cohort", "--batches", "batches.tsv"]);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cohort.md");
    let book = fs::read_to_string(&path).unwrap();
    let mut answered = String::new();
    let mut parts = book.split("```sql\n");
    answered.push_str(parts.next().unwrap());
    let mut questions = 0;
    for part in parts {
        let (query, rest) = part.split_once("```").unwrap();
        let (between, answer) = rest.split_once("```text\n").unwrap();
        let (_, behind) = answer.split_once("```").unwrap();
        let script = format!("query = {query:?}\n{ANSWER}");
        let answer = run_python(&program, &lab, &script);
        answered.extend([
            "```sql\n",
            query,
            "```",
            between,
            "```text\n",
            answer.as_str(),
            "```",
            behind,
        ]);
        questions += 1;
    }
    assert!(questions >= 5, "{questions} questions");
    if std::env::var_os("HEMOCLONE_UPDATE").is_some() {
        fs::write(path, answered).unwrap();
    } else {
        assert_eq!(answered, book, "HEMOCLONE_UPDATE=1 writes the answers anew");
    }
}

/// Prints the answer to a query as it stands in the book.
const ANSWER: &str = r#"
import duckdb
answer = duckdb.sql(query)
print("\t".join(answer.columns))
for row in answer.fetchall():
    print("\t".join("" if v is None else f"{v:.4f}" if isinstance(v, float) else str(v) for v in row))
"#;

/// The page in a browser: it draws its figures, says no error, and shows hostile names as text.
#[test]
fn the_page_draws_itself_in_a_browser() {
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    if !Path::new(&chromium).exists() {
        outside::skip(format_args!(
            "{chromium} is absent (CHROMIUM names another browser)"
        ));
        return;
    }
    let lab = Lab::new();
    simulate(&lab, "r", 0..60);
    change(&lab, "r/P000001.json", |r| {
        r["sample"] = "<img src=x onerror=document.title=1>".into();
    });
    cohort(&lab, &["r", "-o", "c", "--batch", "run 1"]);
    let page = format!("file://{}", lab.path("c/cohort.html").display());
    let output = Command::new(chromium)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--virtual-time-budget=5000",
            "--dump-dom",
            &page,
        ])
        .output()
        .unwrap();
    let dom = String::from_utf8_lossy(&output.stdout);
    for wanted in [
        "Cohort: clonal hematopoiesis",
        "60 of 60 samples",
        "&lt;img src=x onerror=document.title=1&gt;",
        "run 1",
        "Jaiswal 2014",
    ] {
        assert!(dom.contains(wanted), "{wanted}");
    }
    assert!(dom.matches("<svg").count() >= 4, "figures");
    assert!(!dom.contains("<img"), "a name became an element");
}
