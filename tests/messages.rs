//! What the program says of inputs that are not what they should be: once, of the right thing, and with a way out.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

#[path = "support/lab.rs"]
mod lab;
#[path = "support/vcf.rs"]
mod vcf;

use std::fs;

use lab::{Lab, call_at, detail};
use vcf::VcfBuilder;

/// Exit code and standard error of a run.
fn said(lab: &Lab, arguments: &[&str]) -> (i32, String) {
    let output = lab.run(arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code().unwrap(), said)
}

fn dnmt3a(sample: &str) -> VcfBuilder {
    VcfBuilder::grch38(sample).call("chr2", 25_234_373, "C", "T", (80, 20))
}

#[test]
fn a_record_that_repeats_is_told_once() {
    let lab = Lab::new();
    let text = dnmt3a("S").text();
    let record = text.lines().last().unwrap();
    lab.write("many.vcf", format!("{text}{}", format!("{record}\n").repeat(2000)));
    let result = lab.result("S", &["many.vcf"]);
    let told = detail(call_at(&result, 25_234_373), "duplicate_record").unwrap();
    assert!(told.ends_with("(2000 times)"), "{told}");
    for file in ["S.calls.tsv", "S.html"] {
        let text = fs::read_to_string(lab.path(&format!("out/{file}"))).unwrap();
        assert!(text.matches("DNMT3A").count() < 200, "{file}");
        assert!(text.matches("duplicate_record").count() <= 3, "{file}");
        assert!(text.contains("2000 times"), "{file}");
    }
}

#[test]
fn symbolic_records_alone_are_looked_at_with_a_warning() {
    let lab = Lab::new();
    for (allele, info, words, unresolved) in [
        ("<DEL>", ".", "whose end nothing tells", 1),
        ("<DEL>", "END=500", "END before POS", 1),
        ("<DEL>", "SVLEN=x", "that is no length", 1),
        ("<FOO>", "SVLEN=150000", "of a kind other than DEL", 1),
        ("<DEL>", "END=25235000;SVLEN=150000", "tell different ends", 1),
    ] {
        let text = VcfBuilder::grch38("S")
            .meta("##INFO=<ID=SVLEN,Number=A,Type=Integer,Description=\"l\">")
            .meta("##INFO=<ID=END,Number=1,Type=Integer,Description=\"e\">")
            .record("chr2", 25_234_373, "C", allele, "PASS", info, (80, 20))
            .text();
        lab.write("a.vcf", text);
        let result = lab.result("S", &["a.vcf"]);
        let warnings = result["warnings"].to_string();
        assert!(warnings.contains(words), "{allele} {info}: {warnings}");
        assert!(!warnings.contains("not looked at"), "{warnings}");
        assert_eq!(result["unresolved"].as_array().unwrap().len(), unresolved, "{info}");
    }
}

#[test]
fn an_index_that_cannot_be_used_is_named_with_the_whole_reason() {
    let lab = Lab::new();
    let name = "patient_with_a_name_that_is_rather_long_as_in_laboratories.vcf.gz";
    lab.write_bgzf(name, &dnmt3a("S").text());
    lab.write("other.vcf.gz", "");
    lab.write_indexed(
        "other.vcf.gz",
        &dnmt3a("S").call("chr4", 105_234_486, "C", "T", (80, 20)).text(),
    );
    fs::copy(lab.path("other.vcf.gz.tbi"), lab.path(&format!("{name}.tbi"))).unwrap();
    let (code, text) = said(&lab, &["analyze", name, "-o", "out"]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains(&format!("{name}.tbi: ")) && !text.contains('…'), "{text}");
}

#[test]
fn a_cell_that_is_no_number_gets_a_remedy_of_its_kind() {
    let lab = Lab::new();
    lab.write("a.vcf", dnmt3a("S").text());
    for (cell, words) in [
        ("9.5 g/dL", "leave its unit out of the cell"),
        ("<10", "enter the limit itself"),
        ("abc", "is not a number; give a hemoglobin"),
        ("96", "call the column hb_g_l"),
    ] {
        lab.write("s.csv", format!("sample,vcf,hb\nS,a.vcf,{cell}\n"));
        let (code, text) = said(&lab, &["analyze", "-s", "s.csv", "-o", "out", "--force"]);
        assert_eq!(code, 3, "{text}");
        assert!(text.contains(words) && text.contains("line 2"), "{cell}: {text}");
        assert_eq!(text.contains("hb_g_l"), cell == "96" || cell.contains('/'), "{text}");
    }
}

/// The way out was --force, which destroyed the report of another patient.
#[test]
fn a_report_of_another_file_is_not_to_be_overwritten() {
    let lab = Lab::new();
    fs::create_dir_all(lab.path("x")).unwrap();
    for file in ["P1.vcf", "P2.vcf", "x/P1.vcf"] {
        lab.write(file, dnmt3a("TUMOR").text());
    }
    assert_eq!(said(&lab, &["analyze", "P1.vcf", "-o", "out"]).0, 0);
    let before = fs::read(lab.path("out/TUMOR.json")).unwrap();
    let (code, text) = said(&lab, &["analyze", "P2.vcf", "-o", "out"]);
    assert_eq!(code, 2, "{text}");
    for words in ["another file, P1.vcf", "--name-by file", "another --output", "would destroy"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    for same in ["P1.vcf", "x/P1.vcf"] {
        let (code, text) = said(&lab, &["analyze", same, "-o", "out"]);
        assert_eq!(code, 2, "{text}");
        assert!(text.contains("give --force to overwrite it") && text.contains("another --output"), "{text}");
    }
    assert_eq!(fs::read(lab.path("out/TUMOR.json")).unwrap(), before);
    let (code, text) = said(&lab, &["analyze", "P2.vcf", "-o", "out", "--name-by", "file"]);
    assert_eq!(code, 0, "{text}");
}

#[test]
fn only_the_files_whose_names_collide_are_named_by_the_file() {
    let lab = Lab::new();
    let mut inputs: Vec<String> = (1..=30).map(|i| format!("P{i:02}.vcf")).collect();
    for file in &inputs {
        lab.write(file, dnmt3a("TUMOR").text());
    }
    for (file, sample) in [("other.vcf", "OTHER"), ("one.vcf", "A"), ("two.vcf", "A")] {
        lab.write(file, dnmt3a(sample).text());
    }
    inputs.push("other.vcf".to_owned());
    let mut arguments = vec!["analyze", "-o", "out"];
    arguments.extend(inputs.iter().map(String::as_str));
    let (code, text) = said(&lab, &arguments);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("30 of 31 files name their sample TUMOR"), "{text}");
    assert!(lab.path("out/P30.json").exists() && lab.path("out/OTHER.json").exists());
    assert!(!lab.path("out/TUMOR.json").exists() && !lab.path("out/other.json").exists());
    // Two files of one person's name may be one sample by two callers.
    let (code, text) = said(&lab, &["analyze", "-o", "two", "P01.vcf", "P02.vcf", "one.vcf", "two.vcf"]);
    assert_eq!(code, 3, "{text}");
    assert!(text.contains("sample name \"A\"") && lab.path("two/P01.json").exists(), "{text}");
}
