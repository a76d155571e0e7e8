//! `hemoclone compare` on reports: a reference standard through `analyze`, and two folders beside each other.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/lab.rs"]
mod lab;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use lab::Lab;
use serde_json::{Value, json};

/// Runs the command; returns exit code, standard output and standard error.
fn run(lab: &Lab, arguments: &[&str]) -> (i32, String, String) {
    let all = [&["compare"], arguments].concat();
    let output = lab.run(&all);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (
        output.status.code().unwrap(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

/// Lengths of chromosomes of GRCh38 (Genome Reference Consortium).
const LENGTHS: [(&str, u32); 15] = [
    ("1", 248_956_422),
    ("2", 242_193_529),
    ("3", 198_295_559),
    ("4", 190_214_555),
    ("5", 181_538_259),
    ("7", 159_345_973),
    ("9", 138_394_717),
    ("11", 135_086_622),
    ("12", 133_275_309),
    ("13", 114_364_328),
    ("15", 101_991_189),
    ("17", 83_257_441),
    ("20", 64_444_167),
    ("21", 46_709_983),
    ("X", 156_040_895),
];

/// The reference standard as a caller would write it, at a depth of 2,000: fractions as certified, but for one of JAK2.
fn standard(jak2: Option<f64>) -> String {
    let mut text = String::from("##fileformat=VCFv4.2\n");
    for (name, length) in LENGTHS {
        writeln!(text, "##contig=<ID=chr{name},length={length}>").unwrap();
    }
    text.push_str(
        "##INFO=<ID=SVTYPE,Number=1,Type=String,Description=\"Type\">\n##INFO=<ID=SVLEN,Number=1,Type=Integer,Description=\"Length\">\n\
         ##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"Depths\">\n\
         #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tHD\n",
    );
    let table =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("panels/reference-standards.tsv"))
            .unwrap();
    let mut rows: Vec<(usize, u32, String)> = Vec::new();
    for line in table.lines().filter(|line| line.starts_with("HD829\t")) {
        let cells: Vec<&str> = line.split('\t').collect();
        let (gene, name, chrom, position) = (cells[1], cells[2], cells[5], cells[7]);
        let certified: f64 = cells[11].parse().unwrap();
        let vaf = if (gene, name) == ("JAK2", "p.V617F") {
            jak2
        } else {
            Some(certified)
        };
        let Some(vaf) = vaf else { continue };
        let (reference, alternate, info) = match cells[8] {
            "" => ("G", "<DUP:TANDEM>", "SVTYPE=DUP;SVLEN=284"),
            reference => (reference, cells[9], "."),
        };
        let alt = (vaf * 2000.0).round();
        let order = LENGTHS
            .iter()
            .position(|(name, _)| chrom == format!("chr{name}"))
            .unwrap();
        let record = format!(
            "{chrom}\t{position}\t.\t{reference}\t{alternate}\t.\tPASS\t{info}\tGT:AD\t0/1:{},{alt}\n",
            2000.0 - alt
        );
        rows.push((order, position.parse().unwrap(), record));
    }
    rows.sort();
    for (_, _, record) in rows {
        text.push_str(&record);
    }
    text
}

fn analyzed(lab: &Lab, vcf: String) {
    lab.write("hd.vcf", vcf);
    lab.result("HD", &["hd.vcf"]);
}

#[test]
fn a_reference_standard_is_found_and_a_lost_hotspot_or_a_shifted_fraction_is_told() {
    let lab = Lab::new();
    analyzed(&lab, standard(Some(0.05)));
    let require = "sensitivity>=0.99@vaf>=0.02, vaf_error<=0.01";
    let (code, _, said) = run(&lab, &["HD829", "out", "--require", require, "-o", "cmp"]);
    assert_eq!(code, 0, "{said}");
    let found: Value = serde_json::from_slice(&fs::read(lab.path("cmp/comparison.json")).unwrap()).unwrap();
    // ABL1 and GATA1 are no genes of the default panel.
    assert_eq!(
        (
            &found["metrics"][0]["found"],
            &found["metrics"][0]["not_assessed"]
        ),
        (&20.into(), &2.into())
    );
    assert_eq!(
        (&found["metrics"][0]["missed"], &found["truth_lists_all"]),
        (&0.into(), &false.into())
    );
    let itd = found["changes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["type"] == "event")
        .unwrap();
    assert_eq!(
        (&itd["outcome"], &itd["matched_by"]),
        (&"found".into(), &"event".into())
    );
    // Its page is whole, in both languages, and asks nothing of the network.
    let page = fs::read_to_string(lab.path("cmp/comparison.html")).unwrap();
    for part in [
        "<svg class=\"plot\"",
        "lang=\"ja\"",
        "p.V617F",
        "すべての要件を満たしています",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("http:") && !page.contains("https:") && !page.contains("<script"));
    if let Ok(folder) = std::env::var("HEMOCLONE_PAGES") {
        fs::copy(
            lab.path("cmp/comparison.html"),
            Path::new(&folder).join("comparison.html"),
        )
        .unwrap();
    }
    // Precision cannot be told of a truth that does not list all there is.
    let (code, _, said) = run(&lab, &["HD829", "out", "--require", "precision>=0.9"]);
    assert!(code == 2 && said.contains("does not list all there is"), "{said}");
    // Lost, and shifted.
    analyzed(&lab, standard(None));
    let (code, _, said) = run(&lab, &["hd829", "out", "--require", require]);
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("missed HD: JAK2 p.V617F GRCh38:chr9:5073770:G:T"),
        "{said}"
    );
    analyzed(&lab, standard(Some(0.07)));
    let (code, _, said) = run(&lab, &["HD829", "out", "--require", require]);
    assert!(
        code == 1 && said.contains("not met: vaf_error<=0.01: 0.020000"),
        "{said}"
    );
    // The report is below the threshold of the panel: the call is there, but set aside.
    analyzed(&lab, standard(Some(0.01)));
    let (code, _, said) = run(&lab, &["HD829", "out", "--require", require]);
    assert!(code == 1 && said.contains("set_aside: below_threshold"), "{said}");
}

/// A report of alignments says of hotspots and genes down to which fraction it would have seen a clone: missed above it, missed below it,
/// and left out of the analysis are three answers.
#[test]
fn detection_limits_are_held_against_the_truth() {
    let lab = Lab::new();
    let report =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/alignments/expected/demo11-bam-drivers.json");
    fs::copy(report, lab.path("bam.json")).unwrap();
    let rows = [
        "chr9\t5073770\tG\tT\t0.03",
        // Hotspots that were counted and not called.
        "chr2\t25234286\tC\tT\t0.05",
        "chr2\t25234316\tA\tT\t0.005",
        // TP53 is not among the targets of the run, and of ASXL1 another part.
        "chr17\t7674241\tG\tA\t0.05",
        "chr20\t32435100\tG\tT\t0.05",
        // No gene of the panel.
        "chr9\t130872896\tC\tT\t0.05",
    ];
    lab.write(
        "t.tsv",
        format!("chrom\tpos\tref\talt\tvaf\n{}\n", rows.join("\n")),
    );
    let arguments = [
        "t.tsv",
        "bam.json",
        "--partial-truth",
        "--require",
        "limit_sensitivity>=0.95",
        "-o",
        "cmp",
    ];
    let (code, _, said) = run(&lab, &arguments);
    assert!(
        code == 1 && said.contains("not met: limit_sensitivity>=0.95: 0.500000; 1 change against it"),
        "{said}"
    );
    let found: Value = serde_json::from_slice(&fs::read(lab.path("cmp/comparison.json")).unwrap()).unwrap();
    let told = |position: u64| {
        let mut changes = found["changes"].as_array().unwrap().iter();
        let change = changes.find(|c| c["pos"] == position).unwrap();
        json!([change["outcome"], change["above_limit"], change["reasons"]])
    };
    assert_eq!(told(5_073_770), json!(["found", true, []]));
    assert_eq!(told(25_234_286), json!(["missed", true, []]));
    assert_eq!(told(25_234_316), json!(["missed", false, []]));
    assert_eq!(
        told(7_674_241),
        json!(["not_assessed", null, ["outside_targets"]])
    );
    assert_eq!(told(32_435_100), json!(["missed", null, ["coverage_not_stated"]]));
    assert_eq!(told(130_872_896), json!(["not_assessed", null, ["off_panel"]]));
}

/// Reports that were made by other rules are compared, and named.
#[test]
fn reports_of_other_panels_are_not_mixed_silently() {
    let lab = folders();
    change(&lab, "demo06-jak2.json", |report| {
        report["panel"]["checksum"] = json!("other");
    });
    lab.write("t.tsv", "chrom\tpos\tref\talt\tvaf\nchr9\t5073770\tG\tT\t0.3\n");
    let (code, _, said) = run(&lab, &["t.tsv", "new"]);
    assert!(
        code == 0 && said.contains("demo06-jak2.json: panel.checksum is other, and "),
        "{said}"
    );
}

/// Two folders of the demo's reports.
fn folders() -> Lab {
    let lab = Lab::new();
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/demo/expected");
    for folder in ["old", "new"] {
        fs::create_dir(lab.path(folder)).unwrap();
        for name in ["demo02-chip", "demo06-jak2"] {
            for end in ["json", "calls.tsv"] {
                let file = format!("{name}.{end}");
                fs::copy(expected.join(&file), lab.path(folder).join(&file)).unwrap();
            }
        }
        fs::copy(
            expected.join("hemoclone_mqc.json"),
            lab.path(folder).join("hemoclone_mqc.json"),
        )
        .unwrap();
    }
    lab
}

/// Changes a report of the new folder.
fn change(lab: &Lab, file: &str, change: impl FnOnce(&mut Value)) {
    let path = lab.path(&format!("new/{file}"));
    let mut value: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    change(&mut value);
    fs::write(path, serde_json::to_string_pretty(&value).unwrap()).unwrap();
}

#[test]
fn two_folders_that_are_alike_say_so_and_a_changed_field_is_named() {
    let lab = folders();
    let (code, table, said) = run(&lab, &["old", "new"]);
    assert!(code == 0 && table.lines().count() == 1, "{said}{table}");
    assert!(said.contains("changed: 0 of 2 samples"), "{said}");
    change(&lab, "demo02-chip.json", |report| {
        let vaf = report["calls"][0]["evidence"]["vaf"].as_f64().unwrap();
        report["calls"][0]["evidence"]["vaf"] = json!(vaf + 0.0005);
        report["program"]["version"] = json!("9.9.9");
    });
    let (code, table, said) = run(&lab, &["old", "new", "--junit", "j.xml"]);
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("demo02-chip: calls GRCh38:") && said.contains("evidence.vaf changed: "),
        "{said}"
    );
    let rows: Vec<Vec<&str>> = table
        .lines()
        .skip(1)
        .map(|line| line.split('\t').collect())
        .collect();
    assert_eq!(rows.len(), 2, "{table}");
    assert_eq!((rows[0][1], rows[0][2]), ("provenance", "false"));
    assert_eq!(
        (rows[1][1], rows[1][2], rows[1][5]),
        ("changed", "true", "evidence.vaf")
    );
    let junit = fs::read_to_string(lab.path("j.xml")).unwrap();
    assert!(junit.contains("tests=\"2\" failures=\"1\""), "{junit}");
    // Within its tolerance it is told, and does not count.
    let (code, table, said) = run(&lab, &["old", "new", "--tolerance", "vaf=0.001", "-o", "cmp"]);
    assert!(code == 0 && table.is_empty(), "{said}{table}");
    let text = fs::read_to_string(lab.path("cmp/changes.tsv")).unwrap();
    assert!(text.contains("tolerated\tfalse\tcalls"), "{text}");
    let page = fs::read_to_string(lab.path("cmp/changes.html")).unwrap();
    assert!(page.contains("2検体に変更はありません"), "{page}");
    let (code, _, said) = run(
        &lab,
        &["old", "new", "--tolerance", "vaf=0.0001", "-o", "cmp", "--force"],
    );
    assert_eq!(code, 1, "{said}");
    if let Ok(folder) = std::env::var("HEMOCLONE_PAGES") {
        fs::copy(
            lab.path("cmp/changes.html"),
            Path::new(&folder).join("changes.html"),
        )
        .unwrap();
    }
    let (code, _, said) = run(&lab, &["old", "new", "--tolerance", "vaf"]);
    assert!(code == 2 && said.contains("vaf=0.001"), "{said}");
    let (code, _, said) = run(&lab, &["old", "new", "--require", "precision>=1"]);
    assert!(code == 2 && said.contains("--require is for a truth"), "{said}");
    let (code, _, said) = run(&lab, &["old", "new/demo02-chip.json"]);
    assert!(code == 2 && said.contains("of the same kind"), "{said}");
    let (code, _, said) = run(
        &lab,
        &[
            "old/demo02-chip.json",
            "new/demo02-chip.json",
            "--ignore",
            "calls.evidence",
        ],
    );
    assert_eq!(code, 0, "{said}");
}

/// Names and values that break tables, run in spreadsheets or steer terminals, in a report that changed and in one that is new.
#[test]
fn hostile_values_of_reports_stay_values() {
    let lab = folders();
    let hostile = "=cmd|' /C calc'!A0<script>alert(1)</script>\u{1b}[31m\u{202e}\t\n";
    for (file, sample) in [("demo02-chip.json", "demo02-chip"), ("hostile.json", hostile)] {
        if !lab.path(&format!("new/{file}")).exists() {
            fs::copy(lab.path("new/demo02-chip.json"), lab.path(&format!("new/{file}"))).unwrap();
        }
        change(&lab, file, |report| {
            report["sample"] = json!(sample);
            report["calls"][0]["consequence"]["hgvs_p_short"] = json!(hostile);
            report["calls"][0]["consequence"]["gene"] = json!(hostile);
            report["inputs"][0]["caller"] = json!(hostile);
        });
    }
    let arguments = ["old", "new", "-o", "cmp", "--junit", "cmp.xml"];
    let (code, _, said) = run(&lab, &arguments);
    assert_eq!(code, 1, "{said}");
    assert!(!said.contains(['\u{1b}', '\u{202e}']), "{said}");
    for file in [
        "cmp/changes.tsv",
        "cmp/changes.html",
        "cmp/changes.json",
        "cmp.xml",
    ] {
        let text = fs::read_to_string(lab.path(file)).unwrap();
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{file}");
        assert!(!file.ends_with("ml") || !text.contains("<script"), "{file}");
        if Path::new(file).extension().is_some_and(|ending| ending == "tsv") {
            let columns = text.lines().next().unwrap().split('\t').count();
            for line in text.lines() {
                assert_eq!(line.split('\t').count(), columns, "{line}");
                assert!(line.split('\t').all(|cell| !cell.starts_with('=')), "{line}");
            }
        }
    }
}

#[test]
fn missing_and_further_samples_are_named_and_accepting_renews_the_reference() {
    let lab = folders();
    change(&lab, "demo02-chip.json", |report| report["calls"] = json!([]));
    fs::remove_file(lab.path("new/demo06-jak2.json")).unwrap();
    let more = fs::read_to_string(lab.path("new/demo02-chip.json")).unwrap();
    fs::write(
        lab.path("new/more.json"),
        more.replace("\"sample\": \"demo02-chip\"", "\"sample\": \"more\""),
    )
    .unwrap();
    fs::write(lab.path("new/demo02-chip.calls.tsv"), "new\n").unwrap();
    fs::write(lab.path("new/other.txt"), "other\n").unwrap();
    fs::write(lab.path("old/keep.txt"), "kept\n").unwrap();
    let (code, _, said) = run(&lab, &["old", "new"]);
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("demo06-jak2: no report any more") && said.contains("more: had no report"),
        "{said}"
    );
    // A report that cannot be read: nothing is accepted.
    fs::write(lab.path("new/cut.json"), "{").unwrap();
    let before = fs::read(lab.path("old/demo02-chip.json")).unwrap();
    let (code, _, said) = run(&lab, &["old", "new", "--accept"]);
    assert!(
        code == 3 && said.contains("new/cut.json: no JSON") && said.contains("nothing was accepted"),
        "{said}"
    );
    assert_eq!(fs::read(lab.path("old/demo02-chip.json")).unwrap(), before);
    fs::remove_file(lab.path("new/cut.json")).unwrap();
    let (code, _, said) = run(&lab, &["old", "new", "--accept"]);
    assert!(code == 0 && said.contains("1 report removed"), "{said}");
    let mut names: Vec<String> = fs::read_dir(lab.path("old"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let expected = [
        "demo02-chip.calls.tsv",
        "demo02-chip.json",
        "demo06-jak2.calls.tsv",
        "hemoclone_mqc.json",
        "keep.txt",
        "more.json",
    ];
    assert_eq!(names, expected);
    assert_eq!(
        fs::read_to_string(lab.path("old/demo02-chip.calls.tsv")).unwrap(),
        "new\n"
    );
    assert_eq!(run(&lab, &["old", "new"]).0, 0);
    // The first reference: into a folder that is not there, or is empty.
    let (code, _, said) = run(&lab, &["first", "new", "--accept"]);
    assert!(code == 0 && said.contains("accepted: 2 files written"), "{said}");
    assert_eq!(run(&lab, &["first", "new"]).0, 0);
    let (code, _, said) = run(&lab, &["old", "old", "--accept"]);
    assert!(code == 3 && said.contains("are one folder"), "{said}");
}

/// The script of workflows/ci, over the demo's samples: fine, then a requirement that is not met, then a changed report.
#[test]
fn the_script_for_a_ci_ends_with_the_worst_answer() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lab = Lab::new();
    fs::create_dir(lab.path("reference")).unwrap();
    lab.write("reference/hd.vcf", standard(Some(0.05)));
    lab.write("reference/samples.csv", "sample,vcf\nHD,hd.vcf\n");
    let check = || {
        let output = std::process::Command::new(root.join("workflows/ci/check-reference"))
            .args(["reference", "out"])
            .current_dir(lab.path(""))
            .env("HEMOCLONE", assert_cmd::cargo::cargo_bin("hemoclone"))
            .env("TRUTH", "HD829")
            .output()
            .unwrap();
        (
            output.status.code().unwrap(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    lab.write(
        "reference/require.txt",
        "# of the kit\nsensitivity>=0.99@vaf>=0.02\n\nvaf_error<=0.02\n",
    );
    let (code, said) = check();
    assert!(code == 0 && said.contains("requirements met: 2 of 2"), "{said}");
    let (code, _, said) = run(&lab, &["HD829", "out/reports", "--require", "missed<=0"]);
    assert_eq!(code, 0, "{said}");
    lab.write("reference/require.txt", "sensitivity>=0.99\nnot_assessed<=0\n");
    let (code, said) = check();
    assert!(
        code == 1 && said.contains("not met: not_assessed<=0: 2.000000"),
        "{said}"
    );
    let junit = fs::read_to_string(lab.path("out/truth.xml")).unwrap();
    assert!(junit.contains("tests=\"2\" failures=\"1\""), "{junit}");
    // The accepted reports have another fraction.
    lab.write("reference/require.txt", "");
    fs::create_dir(lab.path("reference/accepted")).unwrap();
    let report = fs::read_to_string(lab.path("out/reports/HD.json")).unwrap();
    let changed = report.replacen("\"vaf\": 0.05,", "\"vaf\": 0.0505,", 1);
    assert_ne!(report, changed);
    lab.write("reference/accepted/HD.json", changed);
    let (code, said) = check();
    assert!(
        code == 1 && said.contains("evidence.vaf changed: 0.0505 -> 0.05"),
        "{said}"
    );
    lab.write("reference/tolerance.txt", "vaf=0.001\nignore warnings\n");
    let (code, said) = check();
    assert_eq!(code, 0, "{said}");
}
