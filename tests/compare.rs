//! `hemoclone compare`: a truth beside what was observed, held against bcftools and Truvari.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/lab.rs"]
mod lab;
#[path = "support/outside.rs"]
mod outside;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use lab::Lab;
use serde_json::Value;

const HEADER: &str = "chrom\tpos\tref\talt\tvaf\n";

/// A record: position, REF, ALT, fragments with ALT and all.
type Record = (u32, String, String, (u32, u32));

fn record(position: u32, reference: &str, alternate: &str, counts: (u32, u32)) -> Record {
    (position, reference.to_owned(), alternate.to_owned(), counts)
}

/// Writes a VCF of chromosome 21 of GRCh38.
fn vcf(sample: &str, records: &[Record]) -> String {
    let mut text = String::from(
        "##fileformat=VCFv4.2\n##contig=<ID=chr21,length=46709983>\n\
         ##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n\
         ##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"Depths\">\n\
         ##FILTER=<ID=weak,Description=\"Weak\">\n",
    );
    writeln!(
        text,
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t{sample}"
    )
    .unwrap();
    let mut records = records.to_vec();
    records.sort();
    for (position, reference, alternate, (alt, depth)) in records {
        let rest = depth - alt;
        writeln!(
            text,
            "chr21\t{position}\t.\t{reference}\t{alternate}\t.\tPASS\t.\tGT:AD\t0/1:{rest},{alt}"
        )
        .unwrap();
    }
    text
}

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

/// Returns the JSON of a comparison that must end with this exit code.
fn compared(lab: &Lab, code: i32, arguments: &[&str]) -> Value {
    let all = [arguments, &["-o", "cmp", "--force"]].concat();
    let (actual, _, said) = run(lab, &all);
    assert_eq!(actual, code, "{said}");
    serde_json::from_slice(&fs::read(lab.path("cmp/comparison.json")).unwrap()).unwrap()
}

/// Returns the keys of an outcome.
fn keys(value: &Value, outcome: &str) -> BTreeSet<String> {
    let changes = value["changes"].as_array().unwrap().iter();
    let of = changes.filter(|c| c["outcome"] == outcome);
    of.map(|c| c["variant_key"].as_str().unwrap().to_owned())
        .collect()
}

fn total(value: &Value) -> &Value {
    &value["metrics"][0]
}

/// A sequence without order, the same at each run.
fn bases(length: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    // Repeats, in which indels have many places.
    let mut sequence = Vec::with_capacity(length);
    while sequence.len() < length {
        let unit = &b"ACGT"[(next() % 4) as usize..][..1];
        let times = if next() % 5 == 0 { 2 + next() % 6 } else { 1 };
        for _ in 0..times {
            sequence.extend_from_slice(unit);
        }
    }
    sequence.truncate(length);
    sequence
}

/// Writes a reference of chromosome 21 that is short, with its index.
fn reference(lab: &Lab) -> Vec<u8> {
    let sequence = bases(40_000);
    let mut fasta = String::from(">chr21\n");
    for line in sequence.chunks(60) {
        writeln!(fasta, "{}", String::from_utf8_lossy(line)).unwrap();
    }
    lab.write("ref.fa", fasta);
    sequence
}

/// Makes SNVs, insertions and deletions along the reference, each of which may be written further right in its repeat.
fn changes(sequence: &[u8], step: usize, longest: usize) -> Vec<Record> {
    let mut records = Vec::new();
    for (number, at) in (500..sequence.len() - 500).step_by(step).enumerate() {
        let position = u32::try_from(at + 1).unwrap();
        let anchor = char::from(sequence[at]);
        let length = 1 + (number * 7) % longest;
        let counts = (20 + u32::try_from(number % 40).unwrap() * 10, 1000);
        let text = |range: std::ops::Range<usize>| String::from_utf8(sequence[range].to_vec()).unwrap();
        records.push(match number % 3 {
            0 => {
                let other = if anchor == 'A' { "G" } else { "A" };
                record(position, &anchor.to_string(), other, counts)
            }
            // A duplication of what follows.
            1 => record(
                position,
                &anchor.to_string(),
                &format!("{anchor}{}", text(at + 1..at + 1 + length)),
                counts,
            ),
            _ => record(position, &text(at..at + 1 + length), &anchor.to_string(), counts),
        });
    }
    records
}

/// Writes a record in another way: with more bases on either side.
fn padded(sequence: &[u8], (position, reference, alternate, counts): &Record) -> Record {
    let at = *position as usize - 1;
    let (before, behind) = (3, 4);
    let left = String::from_utf8(sequence[at - before..at].to_vec()).unwrap();
    let end = at + reference.len();
    let right = String::from_utf8(sequence[end..end + behind].to_vec()).unwrap();
    (
        position - u32::try_from(before).unwrap(),
        format!("{left}{reference}{right}"),
        format!("{left}{alternate}{right}"),
        *counts,
    )
}

fn sh(folder: &Path, script: &str) -> String {
    let output = Command::new("sh")
        .args(["-euc", script])
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// The same alleles as `bcftools norm` and `bcftools isec` find: common, in the truth only, in the observed only. The observed are
/// written with more bases, so that nothing matches as it stands.
#[test]
fn agrees_with_bcftools_isec() {
    if !outside::programs(&["bcftools", "bgzip"]) {
        return;
    }
    let lab = Lab::new();
    let sequence = reference(&lab);
    let all = changes(&sequence, 90, 12);
    let truth: Vec<Record> = all
        .iter()
        .enumerate()
        .filter(|(i, _)| i % 5 != 0)
        .map(|(_, r)| r.clone())
        .collect();
    let observed: Vec<Record> = all
        .iter()
        .enumerate()
        .filter(|(i, _)| i % 7 != 0)
        .map(|(_, r)| padded(&sequence, r))
        .collect();
    lab.write("truth.vcf", vcf("S", &truth));
    lab.write("observed.vcf", vcf("S", &observed));
    let ours = compared(&lab, 0, &["truth.vcf", "observed.vcf", "-f", "ref.fa"]);
    sh(
        lab.path("").as_path(),
        "for f in truth observed; do bcftools norm -f ref.fa $f.vcf 2>/dev/null | bcftools sort 2>/dev/null | bgzip >$f.norm.vcf.gz; bcftools index $f.norm.vcf.gz; done
         bcftools isec -p isec truth.norm.vcf.gz observed.norm.vcf.gz",
    );
    let theirs = |file: &str| -> BTreeSet<String> {
        let text = sh(
            lab.path("isec").as_path(),
            &format!("bcftools query -f 'GRCh38:%CHROM:%POS:%REF:%ALT\\n' {file}"),
        );
        text.lines().map(str::to_owned).collect()
    };
    let [missed, extra, common] = ["0000.vcf", "0001.vcf", "0002.vcf"].map(theirs);
    assert!(common.len() > 250 && missed.len() > 40 && extra.len() > 60);
    assert_eq!(keys(&ours, "found"), common);
    assert_eq!(keys(&ours, "missed"), missed);
    assert_eq!(keys(&ours, "false"), extra);
    let sensitivity = total(&ours)["sensitivity"].as_f64().unwrap();
    assert!((sensitivity - common.len() as f64 / (common.len() + missed.len()) as f64).abs() < 1e-6);
}

/// The same counts as Truvari on insertions and deletions of 50 bases and more, of which it must be the same sequence.
#[test]
fn agrees_with_truvari() {
    if !outside::programs(&["truvari", "bgzip", "tabix"]) {
        return;
    }
    let lab = Lab::new();
    let sequence = reference(&lab);
    let long: Vec<Record> = changes(&sequence, 400, 1)
        .into_iter()
        .map(|(position, _, _, counts)| {
            let at = position as usize - 1;
            let text = |from: usize, to: usize| String::from_utf8(sequence[from..to].to_vec()).unwrap();
            let length = 50 + position as usize % 120;
            if position % 2 == 0 {
                record(position, &text(at, at + 1 + length), &text(at, at + 1), counts)
            } else {
                // Bases of elsewhere.
                let inserted = text(20_000 - length, 20_000);
                record(
                    position,
                    &text(at, at + 1),
                    &format!("{}{inserted}", text(at, at + 1)),
                    counts,
                )
            }
        })
        .collect();
    let without = |nth: usize| -> Vec<Record> {
        long.iter()
            .enumerate()
            .filter(|(i, _)| i % nth != 0)
            .map(|(_, r)| r.clone())
            .collect()
    };
    lab.write("truth.vcf", vcf("S", &without(5)));
    lab.write("observed.vcf", vcf("S", &without(7)));
    let ours = compared(&lab, 0, &["truth.vcf", "observed.vcf", "-f", "ref.fa"]);
    sh(
        lab.path("").as_path(),
        "for f in truth observed; do bgzip -k $f.vcf; tabix $f.vcf.gz; done
         truvari bench -b truth.vcf.gz -c observed.vcf.gz -f ref.fa -o bench --pctseq 1 --pctsize 1 --refdist 10 --sizemin 50 >bench.log 2>&1",
    );
    let theirs: Value = serde_json::from_slice(&fs::read(lab.path("bench/summary.json")).unwrap()).unwrap();
    let total = total(&ours);
    assert!(total["found"].as_u64().unwrap() > 50, "{total}");
    for (own, other) in [
        ("found", "TP-base"),
        ("missed", "FN"),
        ("observed_true", "TP-comp"),
        ("observed_false", "FP"),
    ] {
        assert_eq!(total[own], theirs[other], "{own}");
    }
}

#[test]
fn pieces_and_wholes_match_and_a_missing_piece_does_not() {
    let lab = Lab::new();
    let truth = [
        record(1_000_000, "AC", "TG", (100, 1000)),
        record(1_000_100, "ACG", "T", (100, 1000)),
        record(1_000_200, "G", "A", (100, 1000)),
        record(1_000_201, "T", "C", (100, 1000)),
        record(1_000_300, "GT", "CA", (100, 1000)),
    ];
    let observed = [
        record(1_000_000, "A", "T", (101, 1000)),
        record(1_000_001, "C", "G", (99, 1000)),
        record(1_000_100, "A", "T", (100, 1000)),
        record(1_000_100, "ACG", "A", (95, 1000)),
        record(1_000_200, "GT", "AC", (90, 1000)),
        record(1_000_300, "G", "C", (100, 1000)),
    ];
    lab.write("t.vcf", vcf("S", &truth));
    lab.write("o.vcf", vcf("S", &observed));
    let found = compared(&lab, 0, &["t.vcf", "o.vcf"]);
    let total = total(&found);
    assert_eq!((&total["found"], &total["missed"]), (&4.into(), &1.into()));
    assert_eq!(
        (&total["observed_true"], &total["observed_false"]),
        (&5.into(), &1.into())
    );
    // Of pieces the smallest fraction.
    let mnv = found["changes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["pos"] == 1_000_000)
        .unwrap();
    assert_eq!(
        (&mnv["matched_by"], &mnv["observed_vaf"]),
        (&"haplotype".into(), &0.099.into())
    );
}

/// Fragments drawn by chance: the 95 % intervals hold what they promise, and the observed fractions have no bias.
#[test]
fn intervals_are_held_against_the_truth() {
    let lab = Lab::new();
    let mut state = 88_172_645_463_325_252_u64;
    let mut uniform = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let (mut truth, mut observed) = (HEADER.to_owned(), Vec::new());
    for place in 0..600_u32 {
        let vaf = [0.02, 0.05, 0.1, 0.3][place as usize % 4];
        let alt = (0..1000).filter(|_| uniform() < vaf).count();
        let position = 1_000_000 + place * 1000;
        writeln!(truth, "chr21\t{position}\tA\tT\t{vaf}").unwrap();
        observed.push(record(position, "A", "T", (u32::try_from(alt).unwrap(), 1000)));
    }
    lab.write("t.tsv", truth);
    lab.write("o.vcf", vcf("S", &observed));
    let require = "interval_coverage>=0.93, interval_coverage<=0.97, vaf_bias<=0.001";
    let found = compared(&lab, 0, &["t.tsv", "o.vcf", "--require", require]);
    assert_eq!(total(&found)["with_interval"], 600);
    // An interval that is too narrow by far is told.
    let shifted: Vec<Record> = observed
        .into_iter()
        .map(|(p, r, a, (alt, depth))| (p, r, a, (alt + 15, depth)))
        .collect();
    lab.write("o.vcf", vcf("S", &shifted));
    compared(&lab, 1, &["t.tsv", "o.vcf", "--require", require]);
}

#[test]
fn requirements_decide_the_exit_code_and_name_what_fails() {
    let lab = Lab::new();
    let truth: Vec<Record> = (0..10)
        .map(|i| record(1_000_000 + i * 1000, "A", "T", (50, 1000)))
        .collect();
    let mut observed = truth.clone();
    lab.write("t.vcf", vcf("S", &truth));
    lab.write("o.vcf", vcf("S", &observed));
    let all = "sensitivity>=0.99@vaf>=0.02, precision>=0.99, vaf_error<=0.01";
    let (code, _, said) = run(&lab, &["t.vcf", "o.vcf", "--require", all]);
    assert_eq!(code, 0, "{said}");
    // A lost variant.
    lab.write("lost.vcf", vcf("S", &observed[1..]));
    let (code, _, said) = run(&lab, &["t.vcf", "lost.vcf", "--require", all, "--junit", "j.xml"]);
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("not met: sensitivity>=0.99@vaf>=0.02: 0.900000; 1 change against it"),
        "{said}"
    );
    assert!(
        said.contains("missed S: GRCh38:chr21:1000000:A:T, true VAF 0.0500"),
        "{said}"
    );
    let junit = fs::read_to_string(lab.path("j.xml")).unwrap();
    assert!(
        junit.contains("tests=\"3\" failures=\"1\"") && junit.contains("GRCh38:chr21:1000000:A:T"),
        "{junit}"
    );
    // A shifted fraction.
    observed[3].3 = (80, 1000);
    lab.write("shifted.vcf", vcf("S", &observed));
    let (code, _, said) = run(&lab, &["t.vcf", "shifted.vcf", "--require", all]);
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("not met: vaf_error<=0.01: 0.030000")
            && said.contains("1003000:A:T, true VAF 0.0500, observed VAF 0.0800"),
        "{said}"
    );
    // What cannot be told is not met.
    let (code, _, said) = run(
        &lab,
        &["t.vcf", "o.vcf", "--require", "sensitivity>=0.9@type=mnv"],
    );
    assert!(code == 1 && said.contains("nothing to tell it of"), "{said}");
    let (code, _, said) = run(
        &lab,
        &["t.vcf", "o.vcf", "--require", "precision>=0.9, sensitivty>=1"],
    );
    assert!(
        code == 2 && said.contains("part 2") && said.contains("(sensitivity?)"),
        "{said}"
    );
}

#[test]
fn what_does_not_pass_is_missed_and_says_so() {
    let lab = Lab::new();
    let truth = vcf("S", &[record(1_000_000, "A", "T", (50, 1000))]);
    lab.write("t.vcf", &truth);
    lab.write("o.vcf", truth.replace("PASS", "weak"));
    let found = compared(&lab, 0, &["t.vcf", "o.vcf"]);
    let change = &found["changes"][0];
    assert_eq!(change["outcome"], "missed");
    assert_eq!(change["reasons"][0], "set_aside: weak");
    assert_eq!(change["observed_vaf"], 0.05);
    let found = compared(&lab, 0, &["t.vcf", "o.vcf", "--any-filter"]);
    assert_eq!(found["changes"][0]["outcome"], "found");
}

#[test]
fn a_place_that_was_not_covered_is_neither_found_nor_missed() {
    let lab = Lab::new();
    let truth = [
        record(1_000_000, "A", "T", (50, 1000)),
        record(1_002_000, "A", "T", (50, 1000)),
        record(1_004_000, "A", "T", (50, 1000)),
    ];
    lab.write("t.vcf", vcf("S", &truth));
    // A gVCF that shows 5 reads over the first place, 800 over the second, and is silent on the third.
    let block = |from: u32, to: u32, depth: u32| {
        format!("chr21\t{from}\t.\tA\t<NON_REF>\t.\t.\tEND={to}\tGT:DP:MIN_DP\t0/0:{depth}:{depth}\n")
    };
    let header = vcf("S", &[]).replace(
        "##FILTER",
        "##INFO=<ID=END,Number=1,Type=Integer,Description=\"End\">\n##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"Depth\">\n##FORMAT=<ID=MIN_DP,Number=1,Type=Integer,Description=\"Depth\">\n##FILTER",
    );
    lab.write(
        "o.vcf",
        format!(
            "{header}{}{}",
            block(999_000, 1_000_500, 5),
            block(1_001_000, 1_003_000, 800)
        ),
    );
    let found = compared(&lab, 0, &["t.vcf", "o.vcf"]);
    let outcomes: Vec<(&Value, &Value, &Value)> = found["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| (&c["pos"], &c["outcome"], &c["reasons"]))
        .collect();
    let expected = serde_json::json!([
        [1_002_000, "missed", []],
        [1_004_000, "missed", ["coverage_not_stated"]],
        [1_000_000, "not_assessed", ["too_shallow"]]
    ]);
    assert_eq!(serde_json::json!(outcomes), expected);
    assert_eq!(total(&found)["above_limit_missed"], 1);
    let found = compared(
        &lab,
        0,
        &["t.vcf", "o.vcf", "--coverage-not-stated", "not-assessed"],
    );
    assert_eq!(total(&found)["not_assessed"], 2);
    // Outside of the regions nothing is said.
    lab.write("t.bed", "chr21\t1001999\t1002000\n");
    let found = compared(&lab, 0, &["t.vcf", "o.vcf", "-L", "t.bed"]);
    assert_eq!(
        (&total(&found)["missed"], &found["outside"]),
        (&1.into(), &2.into())
    );
}

#[test]
fn bad_input_is_named_and_the_others_are_done() {
    let lab = Lab::new();
    let good = vcf("S", &[record(1_000_000, "A", "T", (50, 1000))]);
    lab.write("o.vcf", &good);
    lab.write("broken.json", "{\"program\": ");
    lab.write("else.json", "{}");
    lab.write("t.tsv", format!("{HEADER}chr21\t1000000\tA\tT\t0.05\n"));
    let arguments = [
        "t.tsv",
        "o.vcf",
        "broken.json",
        "else.json",
        "gone.vcf",
        "-o",
        "cmp",
    ];
    let (code, _, said) = run(&lab, &arguments);
    assert_eq!(code, 3, "{said}");
    for expected in [
        "broken.json: no JSON",
        "else.json: no report of hemoclone",
        "gone.vcf: cannot be opened",
    ] {
        assert!(said.contains(expected), "{said}");
    }
    let found: Value = serde_json::from_slice(&fs::read(lab.path("cmp/comparison.json")).unwrap()).unwrap();
    assert_eq!(total(&found)["found"], 1);
    let (code, _, said) = run(&lab, &arguments);
    assert!(code == 2 && said.contains("--force"), "{said}");
    // Twice the same sample, a truth that says per cent, a truth of a sample that nobody observed, a truth that is nothing.
    lab.write("again.vcf", &good);
    let (code, _, said) = run(&lab, &["t.tsv", "o.vcf", "again.vcf"]);
    assert!(
        code == 3
            && said.contains("sample \"S\" was read from again.vcf already")
                | said.contains("read from o.vcf already"),
        "{said}"
    );
    lab.write("p.tsv", format!("{HEADER}chr21\t1000000\tA\tT\t5\n"));
    let (code, _, said) = run(&lab, &["p.tsv", "o.vcf"]);
    assert!(
        code == 3 && said.contains("p.tsv, line 2, column vaf: \"5\": a fraction lies between 0 and 1"),
        "{said}"
    );
    lab.write(
        "two.tsv",
        "sample\tchrom\tpos\tref\talt\nS\tchr21\t1000000\tA\tT\nR\tchr21\t5\tA\tT\n",
    );
    let (code, _, said) = run(&lab, &["two.tsv", "o.vcf"]);
    assert!(
        code == 3 && said.contains("sample \"R\" of the truth was not observed"),
        "{said}"
    );
    let (code, _, said) = run(&lab, &["HD830", "o.vcf"]);
    assert!(code == 2 && said.contains("the standards are HD829"), "{said}");
    let (code, _, said) = run(&lab, &["t.tsv", "o.vcf", "--accept"]);
    assert!(
        code == 2 && said.contains("--accept is for two folders"),
        "{said}"
    );
}

/// Names of samples run nowhere: not in a page, a table, a terminal or the XML of a CI.
#[test]
fn hostile_names_stay_names() {
    let lab = Lab::new();
    let name = "<script>alert(1)</script>&=cmd\u{1b}[31m";
    let text = vcf(name, &[record(1_000_000, "A", "T", (50, 1000))]);
    lab.write("t.vcf", &text);
    lab.write("o.vcf", vcf(name, &[record(1_000_001, "A", "T", (50, 1000))]));
    let (code, _, said) = run(
        &lab,
        &[
            "t.vcf",
            "o.vcf",
            "-o",
            "cmp",
            "--junit",
            "j.xml",
            "--require",
            "missed<=0",
        ],
    );
    assert_eq!(code, 1, "{said}");
    assert!(!said.contains('\u{1b}'), "{said:?}");
    for file in [
        "cmp/comparison.html",
        "cmp/comparison.tsv",
        "cmp/comparison.json",
        "j.xml",
    ] {
        let text = fs::read_to_string(lab.path(file)).unwrap();
        assert!(!text.contains('\u{1b}'), "{file}");
        assert!(text.contains("alert(1)"), "{file}");
        assert!(!text.contains("<script") || !file.ends_with("ml"), "{file}");
    }
}

/// The same bytes whatever the order of the inputs.
#[test]
fn the_order_of_inputs_changes_nothing() {
    let lab = Lab::new();
    lab.write("t.tsv", format!("{HEADER}chr21\t1000000\tA\tT\t0.05\n"));
    for name in ["a", "b", "c"] {
        lab.write(
            &format!("{name}.vcf"),
            vcf(
                name,
                &[
                    record(1_000_000, "A", "T", (50, 1000)),
                    record(1_000_700, "A", "T", (50, 1000)),
                ],
            ),
        );
    }
    let files = || {
        [
            "comparison.tsv",
            "metrics.tsv",
            "comparison.json",
            "comparison.html",
        ]
        .map(|f| fs::read(lab.path(&format!("cmp/{f}"))).unwrap())
    };
    compared(&lab, 0, &["t.tsv", "a.vcf", "b.vcf", "c.vcf"]);
    let one = files();
    let found = compared(&lab, 0, &["t.tsv", "c.vcf", "a.vcf", "b.vcf"]);
    assert!(one == files());
    assert_eq!(
        (&total(&found)["found"], &total(&found)["observed_false"]),
        (&3.into(), &3.into())
    );
}
