//! The outputs for other programs: VCF, MAF, workbook, MultiQC, schemas; read by readers that are not ours where these are at hand.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/lab.rs"]
mod lab;
#[path = "support/outside.rs"]
mod outside;
#[path = "support/vcf.rs"]
mod vcf;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use lab::Lab;
use vcf::VcfBuilder;

/// Two people: a driver, a long deletion, an insertion, one below the threshold; and one on the other build.
fn two_people() -> Lab {
    let lab = Lab::new();
    let one = VcfBuilder::grch38("検体A")
        .call("chr17", 7_674_220, "C", "T", (900, 100))
        .call("chr2", 25_234_373, "C", "T", (1880, 120))
        .call("chr2", 25_234_380, "T", "TA", (950, 50))
        .call("chr9", 5_073_770, "G", "T", (995, 5))
        .record("chr4", 105_234_891, "C", "T", "weird;bias", ".", (900, 100));
    let other = VcfBuilder::grch37("b").call("17", 7_577_538, "C", "T", (900, 100));
    lab.write("a.vcf", one.text());
    lab.write("b.vcf", other.text());
    lab
}

fn analyze(lab: &Lab, arguments: &[&str]) {
    let mut all = vec!["analyze", "-o", "out"];
    all.extend(arguments);
    let output = lab.run(&all);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

fn refusal(lab: &Lab, arguments: &[&str]) -> String {
    let output = lab.run(arguments);
    assert_eq!(output.status.code(), Some(2));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read(&path).unwrap())
        })
        .collect()
}

fn unzipped(path: &Path) -> String {
    let mut text = String::new();
    let file = fs::File::open(path).unwrap();
    flate2::read::MultiGzDecoder::new(file)
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// Rows of a table as name = value.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let row = |line: &str| {
        let cells = line.split('\t').map(str::to_owned);
        header.iter().map(|&name| name.to_owned()).zip(cells).collect()
    };
    lines.map(row).collect()
}

fn run(program: &str, arguments: &[&str]) -> (String, String) {
    let output = Command::new(program).args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{program} {arguments:?}: {said}");
    (String::from_utf8_lossy(&output.stdout).into_owned(), said)
}

/// Python with the modules, `HEMOCLONE_PYTHON` before the system's; skips where one is absent.
fn python(modules: &[&str]) -> Option<String> {
    let program = std::env::var("HEMOCLONE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has = |module: &&&str| {
        let command = Command::new(&program)
            .arg(script())
            .args(["has", module])
            .output();
        command.is_ok_and(|output| output.status.success())
    };
    match modules.iter().find(|module| !has(module)) {
        None => Some(program),
        Some(module) => {
            outside::skip(format_args!(
                "{program} has no module {module} (pip install {module}; HEMOCLONE_PYTHON names another python)"
            ));
            None
        }
    }
}

fn script() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/read_formats.py")
}

fn read_by(program: &str, arguments: &[&str]) -> String {
    let script = script();
    let mut all = vec![script.to_str().unwrap()];
    all.extend(arguments);
    run(program, &all).0
}

#[test]
fn formats_choose_the_files() {
    let lab = two_people();
    let names = |formats: &[&str]| {
        let _ = fs::remove_dir_all(lab.path("out"));
        analyze(&lab, &[&["b.vcf"][..], formats].concat());
        files(&lab.path("out")).into_keys().collect::<Vec<_>>()
    };
    let always = ["b.calls.tsv", "b.genes.tsv", "b.json", "summary.tsv"];
    assert_eq!(names(&["--formats", ""]), always);
    let default = names(&[]);
    assert_eq!(
        default,
        [
            "b.calls.tsv",
            "b.genes.tsv",
            "b.html",
            "b.json",
            "b.vcf.gz",
            "b.vcf.gz.tbi",
            "summary.tsv"
        ]
    );
    let all = names(&["--formats", "all"]);
    for file in [
        "hemoclone.maf",
        "hemoclone.xlsx",
        "hemoclone_genes_mqc.json",
        "hemoclone_mqc.json",
        "hemoclone_vaf_mqc.json",
    ] {
        assert!(all.iter().any(|name| name == file), "{all:?}");
    }
    let said = refusal(&lab, &["analyze", "b.vcf", "-o", "out", "--formats", "pdf"]);
    assert!(
        said.contains("\"pdf\" is no output; there are fhir, html, maf, mqc, vcf, xlsx"),
        "{said}"
    );
    lab.write("lab.toml", "formats = \"maf\"\n");
    assert!(names(&["-c", "lab.toml"]).contains(&"hemoclone.maf".to_owned()));
}

#[test]
fn the_same_input_gives_the_same_bytes_in_every_format() {
    let lab = two_people();
    let outputs = ["1", "4"].map(|threads| {
        let _ = fs::remove_dir_all(lab.path("out"));
        analyze(&lab, &["a.vcf", "b.vcf", "--formats", "all", "-t", threads]);
        // A date of today would differ from second to second.
        std::thread::sleep(std::time::Duration::from_millis(1100));
        files(&lab.path("out"))
    });
    for (name, bytes) in &outputs[0] {
        assert!(outputs[1][name] == *bytes, "{name}");
    }
    assert_eq!(outputs[0].len(), outputs[1].len());
}

#[test]
fn files_of_the_run_hold_every_sample_of_the_folder() {
    let lab = two_people();
    analyze(&lab, &["a.vcf", "--formats", "all"]);
    let samples = || {
        let text = fs::read_to_string(lab.path("out/hemoclone_mqc.json")).unwrap();
        let content: serde_json::Value = serde_json::from_str(&text).unwrap();
        content["data"]
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(samples(), ["検体A"]);
    let maf = || fs::read_to_string(lab.path("out/hemoclone.maf")).unwrap();
    let before = (maf(), fs::read(lab.path("out/hemoclone.xlsx")).unwrap());
    // What was asked for once stays in step with the summary.
    analyze(&lab, &["b.vcf"]);
    assert_eq!(samples(), ["b", "検体A"]);
    assert_ne!(fs::read(lab.path("out/hemoclone.xlsx")).unwrap(), before.1);
    assert!(maf().contains("\tGRCh37\t17\t7577538\t") && maf().contains(before.0.lines().nth(1).unwrap()));
    // A sample that fails the second time is in none of them.
    lab.write("a.vcf", "##fileformat=VCFv4.2\n##contig=<ID=chr2,length=242193529>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t検体A\nchr2\tx\n");
    assert_eq!(
        lab.run(&["analyze", "a.vcf", "-o", "out", "--force"])
            .status
            .code(),
        Some(3)
    );
    assert_eq!(samples(), ["b"]);
    assert!(!maf().contains("検体A"));
}

#[test]
fn the_annotated_vcf_holds_every_call_and_reads_back_as_the_same_result() {
    let lab = two_people();
    analyze(&lab, &["a.vcf"]);
    let text = unzipped(&lab.path("out/検体A.vcf.gz"));
    let header: Vec<&str> = text.lines().take_while(|line| line.starts_with("##")).collect();
    assert!(header.contains(&"##fileformat=VCFv4.3"));
    let source = format!("##source=hemoclone {} analyze", env!("CARGO_PKG_VERSION"));
    assert_eq!(header[2], source);
    let records: Vec<Vec<&str>> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
        .collect();
    let calls = rows(&fs::read_to_string(lab.path("out/検体A.calls.tsv")).unwrap());
    assert_eq!(records.len(), calls.len());
    let chromosomes: Vec<&str> = records.iter().map(|record| record[0]).collect();
    assert_eq!(chromosomes, ["chr2", "chr2", "chr4", "chr9", "chr17"]);
    for record in &records {
        let info: BTreeMap<&str, &str> = record[7]
            .split(';')
            .filter_map(|field| field.split_once('='))
            .collect();
        let key = format!("GRCh38:{}:{}:{}:{}", record[0], record[1], record[3], record[4]);
        assert_eq!(info["HC_VARIANT_KEY"], key);
        let call = calls.iter().find(|call| call["variant_key"] == key).unwrap();
        assert_eq!(info["HC_STATUS"], call["status"]);
        let vaf: f64 = record[9].split(':').nth(3).unwrap().parse().unwrap();
        assert_eq!(format!("{vaf:.6}"), call["vaf"]);
        let passes = matches!(&*call["status"], "driver" | "driver_review" | "uncertain");
        assert_eq!(record[6] == "PASS", passes, "{key}");
        // Everything that is used is declared.
        for key in info.keys() {
            let declared = format!("##INFO=<ID={key},");
            assert!(header.iter().any(|line| line.starts_with(&declared)), "{key}");
        }
    }
    assert!(text.contains("HC_CALLER_FILTER=weird%3Bbias"));
    let statuses = |folder: &str| {
        let table = fs::read_to_string(lab.path(&format!("{folder}/検体A.calls.tsv"))).unwrap();
        let calls = rows(&table);
        let of = |call: &BTreeMap<String, String>| {
            [&call["variant_key"], &call["hgvs_p"], &call["vaf"]].map(String::clone)
        };
        calls.iter().map(of).collect::<BTreeSet<_>>()
    };
    let again = lab.run(&["analyze", "out/検体A.vcf.gz", "-o", "again"]);
    assert!(again.status.success());
    assert_eq!(statuses("again"), statuses("out"));
}

#[test]
fn bcftools_reads_the_annotated_vcf_without_a_word() {
    if !outside::programs(&["bcftools"]) {
        return;
    }
    let lab = two_people();
    analyze(&lab, &["a.vcf"]);
    let file = lab.path("out/検体A.vcf.gz");
    let file = file.to_str().unwrap();
    let (all, said) = run("bcftools", &["view", "--no-version", file]);
    assert_eq!(said, "");
    assert_eq!(all, unzipped(Path::new(file)));
    let (statistics, said) = run("bcftools", &["stats", file]);
    assert_eq!(said, "");
    assert!(statistics.contains("number of records:\t5"), "{statistics}");
    // By the index.
    let (some, said) = run(
        "bcftools",
        &[
            "query",
            "-r",
            "chr2:25234374-25234400,chr17",
            "-f",
            "%POS %INFO/HC_GENE\n",
            file,
        ],
    );
    assert_eq!((&*some, &*said), ("25234380 DNMT3A\n7674220 TP53\n", ""));
    let bcf = lab.path("x.bcf");
    let (_, said) = run("bcftools", &["view", "-Ob", "-o", bcf.to_str().unwrap(), file]);
    assert_eq!(said, "");
}

#[test]
fn annotate_writes_bcf() {
    let lab = two_people();
    for name in ["x.bcf", "x.vcf"] {
        let output = lab.run(&["annotate", "a.vcf", "-o", name]);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let file = fs::File::open(lab.path("x.bcf")).unwrap();
    let mut magic = [0; 5];
    flate2::read::MultiGzDecoder::new(file)
        .read_exact(&mut magic)
        .unwrap();
    assert_eq!(&magic, b"BCF\x02\x02");
    if !outside::programs(&["bcftools"]) {
        return;
    }
    let view = |name: &str| run("bcftools", &["view", "-H", lab.path(name).to_str().unwrap()]).0;
    assert!(view("x.bcf").contains("HC_GENE=DNMT3A"));
    assert_eq!(view("x.bcf"), view("x.vcf"));
}

#[test]
fn a_callers_file_of_the_name_of_an_annotated_vcf_is_neither_replaced_nor_removed() {
    let lab = Lab::new();
    let text = VcfBuilder::grch38("S")
        .call("chr2", 25_234_373, "C", "T", (1880, 120))
        .text();
    lab.write("in.vcf", &text);
    lab.write_bgzf("S.vcf.gz", &text);
    let before = fs::read(lab.path("S.vcf.gz")).unwrap();
    for input in ["S.vcf.gz", "in.vcf"] {
        for more in [&[][..], &["--force"]] {
            let said = refusal(&lab, &[&["analyze", input, "-o", "."][..], more].concat());
            assert!(said.contains("S.vcf.gz"), "{said}");
            assert!(said.contains("another --output"), "{said}");
        }
        let output = lab.run(&["analyze", input, "-o", ".", "--formats", "html", "--force"]);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    assert_eq!(fs::read(lab.path("S.vcf.gz")).unwrap(), before);
    // Our own goes where it is no longer wanted.
    analyze(&lab, &["in.vcf"]);
    assert!(lab.path("out/S.vcf.gz.tbi").exists());
    analyze(&lab, &["in.vcf", "--force", "--formats", "html"]);
    assert!(!lab.path("out/S.vcf.gz").exists() && !lab.path("out/S.vcf.gz.tbi").exists());
}

/// What maftools' `read.maf` and cBioPortal's importer demand of each row.
#[test]
fn the_maf_follows_the_rules_of_its_readers() {
    let lab = two_people();
    analyze(&lab, &["a.vcf", "b.vcf", "--formats", "maf"]);
    let text = fs::read_to_string(lab.path("out/hemoclone.maf")).unwrap();
    assert!(text.starts_with("Hugo_Symbol\t"));
    let rows = rows(&text);
    // maftools: validateMaf's required fields.
    for column in [
        "Hugo_Symbol",
        "Chromosome",
        "Start_Position",
        "End_Position",
        "Reference_Allele",
        "Tumor_Seq_Allele2",
        "Variant_Classification",
        "Variant_Type",
        "Tumor_Sample_Barcode",
    ] {
        assert!(rows.iter().all(|row| !row[column].is_empty()), "{column}");
    }
    for row in &rows {
        let number = |column: &str| row[column].parse::<u32>().unwrap();
        let (start, end) = (number("Start_Position"), number("End_Position"));
        let length = u32::try_from(row["Reference_Allele"].len()).unwrap();
        match &*row["Variant_Type"] {
            "INS" if row["Reference_Allele"] == "-" => assert_eq!(end, start + 1),
            _ => assert_eq!(end, start + length - 1),
        }
        assert_eq!(number("t_depth"), number("t_ref_count") + number("t_alt_count"));
        assert!(!row["Chromosome"].starts_with("chr"));
        assert!(["SNP", "DNP", "TNP", "ONP", "INS", "DEL"].contains(&&*row["Variant_Type"]));
    }
    let of = |key: &str| rows.iter().find(|row| row["variant_key"] == key).unwrap();
    let driver = of("GRCh38:chr2:25234373:C:T");
    assert_eq!(driver["Variant_Classification"], "Missense_Mutation");
    assert_eq!(driver["HGVSp_Short"], "p.R882H");
    assert_eq!(driver["Mutation_Status"], "Somatic");
    assert_eq!(driver["Tumor_Sample_Barcode"], "検体A");
    let inserted = of("GRCh38:chr2:25234380:T:TA");
    assert_eq!(
        [
            &inserted["Variant_Classification"],
            &inserted["Reference_Allele"],
            &inserted["Tumor_Seq_Allele2"]
        ],
        ["Frame_Shift_Ins", "-", "A"]
    );
    // Below the threshold is no mutation of the sample.
    assert!(rows.iter().all(|row| row["Hugo_Symbol"] != "JAK2"));
}

#[test]
fn another_library_reads_the_maf() {
    let Some(python) = python(&["fuc"]) else {
        return;
    };
    let lab = two_people();
    analyze(&lab, &["a.vcf", "b.vcf", "--formats", "maf"]);
    let text = read_by(&python, &["maf", lab.path("out/hemoclone.maf").to_str().unwrap()]);
    let read: serde_json::Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    assert_eq!(read["b"], serde_json::json!({"Missense_Mutation": 1}));
    assert_eq!(read["検体A"]["Missense_Mutation"], 2);
    assert_eq!(read["検体A"]["Frame_Shift_Ins"], 1);
}

#[test]
fn another_library_reads_the_workbook() {
    let Some(python) = python(&["openpyxl"]) else {
        return;
    };
    let lab = two_people();
    // A name that a spreadsheet would run.
    let hostile = VcfBuilder::grch38("=1+1").call("chr2", 25_234_373, "C", "T", (1880, 120));
    lab.write("c.vcf", hostile.text());
    analyze(&lab, &["a.vcf", "b.vcf", "c.vcf", "--formats", "xlsx"]);
    let text = read_by(
        &python,
        &["xlsx", lab.path("out/hemoclone.xlsx").to_str().unwrap()],
    );
    let lines: Vec<Vec<serde_json::Value>> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let titles: Vec<&str> = lines
        .iter()
        .filter(|line| line[0] == "sheet")
        .map(|line| line[1].as_str().unwrap())
        .collect();
    assert_eq!(titles, ["summary", "calls", "genes", "methods"]);
    let sheet = |title: &str| -> Vec<Vec<serde_json::Value>> {
        let start = lines
            .iter()
            .position(|line| line[0] == "sheet" && line[1] == title)
            .unwrap();
        assert_eq!((&lines[start][2], &lines[start][3]), (&"B2".into(), &true.into()));
        let rest = lines[start + 1..].iter().take_while(|line| line[0] != "sheet");
        rest.cloned().collect()
    };
    let summary = sheet("summary");
    let table = fs::read_to_string(lab.path("out/summary.tsv")).unwrap();
    let place = |name: &str| summary[0].iter().position(|cell| cell == name).unwrap();
    for (row, line) in summary.iter().zip(table.lines()) {
        for (cell, text) in row.iter().zip(line.split('\t')) {
            match cell {
                serde_json::Value::Null => assert_eq!(text, ""),
                serde_json::Value::Number(number) => {
                    assert!((number.as_f64().unwrap() - text.parse::<f64>().unwrap()).abs() < 1e-9);
                }
                serde_json::Value::Bool(yes) => assert_eq!(text, yes.to_string()),
                other => assert_eq!(other, text),
            }
        }
    }
    assert_eq!(summary[1][0], "'=1+1");
    assert!(summary[1][place("largest_vaf")].is_f64() && summary[1][place("drivers")].is_number());
    assert_eq!(sheet("calls").len(), 1 + 5 + 1 + 1);
    assert_eq!(sheet("genes").len(), 1 + 3 * 33);
    let methods = sheet("methods");
    for item in ["panel", "rules", "empty cells", "stage_certainty", "variant_key"] {
        assert!(methods.iter().any(|row| row[1] == item), "{item}");
    }
}

#[test]
fn multiqc_shows_our_sections() {
    let Some(python) = python(&["multiqc"]) else {
        return;
    };
    let lab = two_people();
    let gvcf = "##INFO=<ID=END,Number=1,Type=Integer,Description=\"End\">";
    let covered = VcfBuilder::grch38("covered")
        .meta(gvcf)
        .call("chr2", 25_234_373, "C", "T", (1880, 120));
    lab.write("c.vcf", covered.text());
    analyze(&lab, &["a.vcf", "b.vcf", "c.vcf", "--formats", "mqc"]);
    let (out, report) = (lab.path("out"), lab.path("multiqc"));
    let text = read_by(
        &python,
        &["multiqc", out.to_str().unwrap(), report.to_str().unwrap()],
    );
    let read: serde_json::Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    let general = read["general"].to_string();
    for part in [
        "検体A",
        "covered",
        "\"largest_vaf\"",
        "Clonal hematopoiesis present",
    ] {
        assert!(general.contains(part), "{part} not in {general}");
    }
    let plots = read["plots"].to_string();
    for plot in ["hemoclone_vaf_plot", "hemoclone_genes_plot"] {
        assert!(plots.contains(plot), "{plots}");
    }
    assert!(read["sections"].to_string().contains("Drivers"), "{read}");
}

#[test]
fn json_fits_the_schemas_and_nothing_else_does() {
    let Some(python) = python(&["jsonschema"]) else {
        return;
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let results: Vec<PathBuf> = ["demo", "alignments"]
        .iter()
        .flat_map(|folder| fs::read_dir(root.join("testdata").join(folder).join("expected")).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension().is_some_and(|e| e == "json") && !path.to_string_lossy().contains("_mqc")
        })
        .collect();
    assert!(results.len() > 10);
    let lab = Lab::new();
    let panels: Vec<PathBuf> = ["myeloid33", "ch", "ipssm31"]
        .iter()
        .map(|panel| {
            let output = lab.run(&["panel", "show", panel, "--format", "json"]);
            assert!(output.status.success());
            lab.write(panel, output.stdout);
            lab.path(panel)
        })
        .collect();
    for (schema, files) in [("sample-result", &results), ("panel", &panels)] {
        let schema = root.join(format!("schemas/{schema}.schema.json"));
        let mut arguments = vec!["schema", schema.to_str().unwrap()];
        arguments.extend(files.iter().map(|file| file.to_str().unwrap()));
        assert!(read_by(&python, &arguments).contains("fit urn:hemoclone:schema:"));
    }
}

#[test]
fn pandas_sees_the_cells_that_cut_sees() {
    let Some(python) = python(&["pandas"]) else {
        return;
    };
    let lab = Lab::new();
    let hostile = VcfBuilder::grch38("#a\"b").record("chr2", 25_234_373, "C", "T", "\"x", ".", (1880, 120));
    lab.write("a.vcf", hostile.text());
    analyze(&lab, &["a.vcf"]);
    for table in ["summary.tsv", "%23a%22b.calls.tsv", "%23a%22b.genes.tsv"] {
        let path = lab.path(&format!("out/{table}"));
        let text = fs::read_to_string(&path).unwrap();
        let mut lines = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
        let header = lines.next().unwrap();
        let expected = serde_json::json!([header, lines.collect::<Vec<_>>()]);
        let actual: serde_json::Value =
            serde_json::from_str(&read_by(&python, &["table", path.to_str().unwrap()])).unwrap();
        assert_eq!(actual, expected, "{table}");
    }
}
