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
use std::process::Command;

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
    lab.write(
        "many.vcf",
        format!("{text}{}", format!("{record}\n").repeat(2000)),
    );
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
        assert_eq!(
            result["unresolved"].as_array().unwrap().len(),
            unresolved,
            "{info}"
        );
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
    assert!(
        text.contains(&format!("{name}.tbi: ")) && !text.contains('…'),
        "{text}"
    );
}

#[test]
fn a_cell_that_is_no_number_gets_a_remedy_of_its_kind() {
    let lab = Lab::new();
    lab.write("a.vcf", dnmt3a("S").text());
    for (cell, words) in [
        ("9.5 g/dL", "leave its unit out of the cell"),
        ("<10", "on the side of the limit"),
        ("abc", "is not a number; give hemoglobin from 1.5 to 25 g/dL"),
        ("96", "name the column hb_g_l"),
    ] {
        lab.write("s.csv", format!("sample,vcf,hb\nS,a.vcf,{cell}\n"));
        let (code, text) = said(&lab, &["analyze", "-s", "s.csv", "-o", "out", "--force"]);
        assert_eq!(code, 3, "{text}");
        assert!(text.contains(words) && text.contains("line 2"), "{cell}: {text}");
        assert_eq!(
            text.contains("hb_g_l"),
            cell == "96" || cell.contains('/'),
            "{text}"
        );
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
    for words in [
        "another file, P1.vcf",
        "--name-by file",
        "another --output",
        "would destroy",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    for same in ["P1.vcf", "x/P1.vcf"] {
        let (code, text) = said(&lab, &["analyze", same, "-o", "out"]);
        assert_eq!(code, 2, "{text}");
        assert!(
            text.contains("give --force to overwrite it") && text.contains("another --output"),
            "{text}"
        );
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
    let (code, text) = said(
        &lab,
        &["analyze", "-o", "two", "P01.vcf", "P02.vcf", "one.vcf", "two.vcf"],
    );
    assert_eq!(code, 3, "{text}");
    assert!(
        text.contains("sample name \"A\"") && lab.path("two/P01.json").exists(),
        "{text}"
    );
}

/// Runs a line of the shell, `$HC` being the program; returns exit code, standard output and error.
#[cfg(unix)]
fn shell(lab: &Lab, line: &str) -> (i32, String, String) {
    let output = Command::new("bash")
        .current_dir(lab.path(""))
        .env("HC", assert_cmd::cargo::cargo_bin("hemoclone"))
        .args(["-c", line])
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code().unwrap_or(-1),
        text(&output.stdout),
        text(&output.stderr),
    )
}

/// `annotate - -o a.vcf --force < a.vcf` ate its input.
#[test]
#[cfg(unix)]
fn a_file_at_standard_input_is_not_written_over() {
    let lab = Lab::new();
    let text = dnmt3a("S").text();
    lab.write("k.csv", "ID,karyotype\nA,\"46,XX[20]\"\n");
    let table = fs::read_to_string(lab.path("k.csv")).unwrap();
    for (file, command) in [
        ("a.vcf", "annotate - -o a.vcf --force < a.vcf"),
        ("a.vcf", "annotate - -o ./b.vcf --force < a.vcf"),
        ("k.csv", "score karyotype - -o k.csv --force < k.csv"),
        ("k.csv", "score plasma-cell - -o k.csv --force < k.csv"),
        ("summary.tsv", "analyze -s - -o . --force < summary.tsv"),
    ] {
        lab.write("a.vcf", &text);
        lab.write("summary.tsv", "sample\tvcf\nS\ta.vcf\n");
        let _ = fs::remove_file(lab.path("b.vcf"));
        fs::hard_link(lab.path("a.vcf"), lab.path("b.vcf")).unwrap();
        let before = fs::read(lab.path(file)).unwrap();
        let (code, _, text) = shell(&lab, &format!("\"$HC\" {command}"));
        assert_eq!(code, 2, "{command}: {text}");
        assert!(text.contains("as standard input"), "{command}: {text}");
        assert!(fs::read(lab.path(file)).unwrap() == before, "{command}");
    }
    let (code, _, text) = shell(&lab, "\"$HC\" annotate - -o c.vcf < a.vcf");
    assert_eq!(code, 0, "{text}");
    assert_eq!(fs::read_to_string(lab.path("k.csv")).unwrap(), table);
}

#[test]
#[cfg(unix)]
fn standard_input_holds_one_file() {
    let lab = Lab::new();
    lab.write("a.vcf", dnmt3a("S").text());
    lab.write("s.csv", "sample,vcf,hb\nS,a.vcf,9.5\n");
    lab.write("c.json", "{\"hb\": 9.5}");
    for command in [
        "vaf - -",
        "cat a.vcf | vaf - /dev/stdin",
        "analyze - -s - -o out",
        "analyze - -o out --clinical -",
    ] {
        let command = match command.strip_prefix("cat a.vcf | ") {
            Some(rest) => format!("cat a.vcf | \"$HC\" {rest}"),
            None => format!("\"$HC\" {command} < a.vcf"),
        };
        let (code, out, text) = shell(&lab, &command);
        assert_eq!(code, 2, "{command}: {text}");
        assert!(
            text.contains("given more than once") && out.is_empty(),
            "{command}: {text}"
        );
    }
    for command in [
        "cat s.csv | \"$HC\" analyze -s - -o out",
        "\"$HC\" analyze a.vcf --clinical - -o out2 < c.json",
    ] {
        let (code, _, text) = shell(&lab, command);
        assert_eq!(code, 0, "{command}: {text}");
    }
    let sheet = "printf 'sample,vcf,hb\\nS,a.vcf,x\\n' | \"$HC\" analyze -s - -o out3";
    let (code, _, text) = shell(&lab, sheet);
    assert_eq!(code, 3, "{text}");
    assert!(
        text.contains("sample sheet standard input, line 2, column hb"),
        "{text}"
    );
}

#[test]
#[cfg(target_os = "linux")]
fn what_cannot_be_read_or_written_is_told_once() {
    let lab = Lab::new();
    lab.write("a.vcf", dnmt3a("S").text());
    for command in ["vaf a.vcf", "vaf a.vcf a.vcf", "annotate a.vcf", "panel list"] {
        let (code, _, text) = shell(&lab, &format!("\"$HC\" {command} > /dev/full"));
        assert_eq!(code, 3, "{command}: {text}");
        assert_eq!(text.matches("cannot write").count(), 1, "{command}: {text}");
        assert_eq!(text.lines().count(), 1, "{command}: {text}");
    }
    let (code, text) = said(&lab, &["vaf", "none.vcf", "none.vcf"]);
    assert!(code == 3 && text.lines().count() == 1, "{text}");
    let (code, text) = said(&lab, &["analyze", "a.vcf", "a.vcf", "-o", "out"]);
    assert_eq!(code, 3, "{text}");
    assert_eq!(
        text.matches("a.vcf: is given 2 times: give it once").count(),
        1,
        "{text}"
    );
    assert!(
        text.lines().count() == 2 && !lab.path("out/S.json").exists(),
        "{text}"
    );
    let (code, text) = said(&lab, &["analyze", "none.vcf", "none.vcf", "-o", "out"]);
    assert!(code == 3 && text.matches("none.vcf").count() == 1, "{text}");
}

#[test]
fn a_file_on_another_genome_is_told_in_plain_words() {
    let lab = Lab::new();
    let mut file = VcfBuilder::grch38("S");
    for position in 25_234_370..25_234_376 {
        file = file.call("chr2", position, "A", "T", (80, 20));
    }
    lab.write("a.vcf", file.text());
    let (code, text) = said(&lab, &["analyze", "a.vcf", "-o", "out"]);
    assert_eq!(code, 3, "{text}");
    for words in [
        "of the 6 records that could be checked on panel genes is not what the reference has",
        "on DNMT3A: at chr2:",
        "give --build",
        "give it with --reference",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert_eq!(text.matches("DNMT3A").count(), 1, "{text}");
}

#[test]
#[cfg(unix)]
fn a_reference_that_cannot_be_used_is_told_in_our_words() {
    let lab = Lab::new();
    lab.write("a.vcf", dnmt3a("S").text());
    lab.write("ref.fa", ">chr2\nACGT\n");
    let (code, _, text) = shell(&lab, "\"$HC\" annotate a.vcf -f <(cat ref.fa)");
    assert_eq!(code, 3, "{text}");
    assert!(
        text.contains("cannot come through a pipe") && !text.contains(".fai"),
        "{text}"
    );
    lab.write("ref.fa.fai", "chr2\tx\t6\t4\t5\n");
    let (code, text) = said(&lab, &["annotate", "a.vcf", "-f", "ref.fa"]);
    assert_eq!(code, 3, "{text}");
    assert!(
        text.contains("ref.fa.fai, line 1: LENGTH \"x\" is not a whole number; make it anew"),
        "{text}"
    );
    assert_eq!(text.matches("LENGTH").count(), 1, "{text}");
}

#[test]
fn a_panel_file_that_cannot_be_read_is_told_in_our_words() {
    let lab = Lab::new();
    let start = "name = \"ours\"\nversion = \"1\"\ngenes = [\"DNMT3A\"]\n";
    for (text, words) in [
        (
            format!("{start}threshold = 3\n"),
            "p.toml:4:1: field \"threshold\" is not known here; did you mean \"thresholds\"? (known here: name, ",
        ),
        (
            format!("{start}[thresholds]\nmin_vaf = \"x\"\n"),
            "p.toml:5:11: min_vaf = \"x\": must be a number with a decimal point",
        ),
        (
            "name = \"ours\"\nversion = 1\n".to_owned(),
            "p.toml:2:11: version = 1: must be text in quotation marks",
        ),
        (format!("{start}genes = [\"TET2\"]\n"), "stands twice; remove one"),
        (
            format!("{start}[[gene]]\nsymbol = \"TET2\"\nx_linked = \"no\"\n"),
            "must be true or false",
        ),
        ("name = ours\n".to_owned(), "text stands in quotation marks"),
        (
            format!("{start}[thresholds]\nmin_vaf = 2%\n"),
            "write one number with a decimal point and without a unit",
        ),
    ] {
        lab.write("p.toml", &text);
        for arguments in [
            &["panel", "check", "p.toml"][..],
            &["annotate", "a.vcf", "-p", "p.toml"],
        ] {
            let (code, said) = said(&lab, arguments);
            assert_eq!(code, 3, "{text}: {said}");
            assert!(said.contains(words), "{text}: {said}");
            assert!(!said.contains('`'), "{said}");
        }
    }
}

#[test]
fn what_stands_twice_in_a_table_is_named_with_both_places() {
    let lab = Lab::new();
    lab.write(
        "t.csv",
        "ID,karyotype\nA,\"46,XX[20]\"\nB,\"46,XX[20]\"\nA,\"46,XX[20]\"\nB,\"46,XX[20]\"\n",
    );
    for model in ["karyotype", "stage", "eln"] {
        let (code, text) = said(&lab, &["score", model, "t.csv", "-o", "-"]);
        assert_eq!(code, 0, "{text}");
        assert!(
            text.contains("ID \"A\" stands in lines 2 and 4, and 1 more row likewise"),
            "{text}"
        );
    }
    lab.write("h.csv", "ID,karyotype,note,Note\nA,\"46,XX[20]\",a,b\n");
    let (code, text) = said(&lab, &["score", "karyotype", "h.csv", "-o", "-"]);
    assert_eq!(code, 3, "{text}");
    assert!(text.contains("columns 3 and 4"), "{text}");
    lab.write("s.csv", "sample,vcf,hb,x,hb\nS,a.vcf,9,1,9\n");
    let (code, text) = said(&lab, &["analyze", "-s", "s.csv", "-o", "out"]);
    assert_eq!(code, 3, "{text}");
    assert!(text.contains("(columns 3 and 5)"), "{text}");
}

#[test]
fn every_command_on_variants_says_build_and_caller() {
    let lab = Lab::new();
    lab.write("a.vcf", dnmt3a("S").text());
    for arguments in [
        &["annotate", "a.vcf", "-o", "o.vcf", "-v"][..],
        &["vaf", "a.vcf", "-v"],
        &["analyze", "a.vcf", "-o", "out", "-v"],
    ] {
        let (code, text) = said(&lab, arguments);
        assert_eq!(code, 0, "{text}");
        assert!(
            text.contains("GRCh38 (contig") && text.contains("Mutect2"),
            "{text}"
        );
    }
}
