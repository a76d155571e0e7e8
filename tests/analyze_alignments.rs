//! From alignments to reports, through the command itself. The reference is chr21 at its true length: the program's own bases of RUNX1
//! and U2AF1 at their places, N elsewhere.

#![cfg(feature = "alignments")]
#![allow(clippy::unwrap_used, reason = "a test may stop at what cannot be")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use hemoclone::genome::Build;
use tempfile::TempDir;

#[path = "support/reads.rs"]
mod reads;

use reads::{Random, ReadSet, human_chromosome};

/// GRCh38.
const CHR21: usize = 46_709_983;
/// R201* and D198N of RUNX1 (exon 6), S34F of U2AF1 and its place in the false copy.
const R201: usize = 34_859_486;
const S34: usize = 43_104_346;
const S34_COPY: usize = 6_496_024;

/// A folder with reference and reads, and the command run in it.
struct Lab {
    folder: TempDir,
    reads: ReadSet,
    random: Random,
}

impl Lab {
    fn new() -> Self {
        let reads = ReadSet {
            contigs: vec![("chr21".to_owned(), human_chromosome(Build::Grch38, "21"))],
            lines: Vec::new(),
            header_lines: vec!["@RG\tID:r\tSM:person".to_owned()],
        };
        Self {
            folder: tempfile::tempdir().unwrap(),
            reads,
            random: Random::new(7),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Pairs of 60-base reads over a place, half of them with the second read in front.
    fn pile(&mut self, prefix: &str, at: usize, pairs: usize, mapping_quality: u8) {
        for i in 0..pairs {
            let first = at - 40 + self.random.below(35);
            let second = first + 8 + self.random.below(10);
            let begin = self.reads.lines.len();
            self.reads.add_pair(&format!("{prefix}{i}"), 0, first, second, 50);
            for line in &mut self.reads.lines[begin..] {
                line.mapping_quality = mapping_quality;
                if i % 2 == 1 {
                    line.flags ^= 0xC0;
                }
            }
        }
    }

    /// Gives a base to the first `carriers` pairs of a pile.
    fn mutate(&mut self, prefix: &str, at: usize, base: u8, carriers: usize) {
        let number = |name: &str| name.strip_prefix(prefix).and_then(|n| n.parse::<usize>().ok());
        self.reads.substitute(0, at, base, |line| {
            number(&line.name).is_some_and(|n| n < carriers)
        });
    }

    fn write(&self) {
        self.reads.write_fasta(self.folder.path());
        self.reads.write_bam(&self.path("person.bam"));
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::cargo_bin("hemoclone")
            .unwrap()
            .current_dir(self.folder.path())
            .args(["analyze", "-o", "out", "--force"])
            .args(arguments)
            .output()
            .unwrap()
    }

    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let log = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{log}");
        log
    }

    fn table(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        rows(&self.path("out").join(name))
    }

    fn json(&self, sample: &str) -> serde_json::Value {
        serde_json::from_slice(&fs::read(self.path("out").join(format!("{sample}.json"))).unwrap()).unwrap()
    }
}

fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .from_path(path)
        .unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

fn row<'r>(rows: &'r [BTreeMap<String, String>], key: &str, value: &str) -> &'r BTreeMap<String, String> {
    rows.iter()
        .find(|r| r[key] == value)
        .unwrap_or_else(|| panic!("{key} {value}: {rows:#?}"))
}

#[test]
fn a_bam_becomes_a_report() {
    let mut lab = Lab::new();
    lab.pile("a", R201, 600, 60);
    lab.mutate("a", R201, b'A', 30);
    lab.write();
    lab.done(&["person.bam", "-f", "reference.fa", "--sex", "male"]);
    let calls = lab.table("person.calls.tsv");
    let call = row(&calls, "pos", "34859486");
    assert_eq!(
        [
            "gene",
            "status",
            "hgvs_p",
            "depth",
            "alt_count",
            "caller_filter",
            "counts_from"
        ]
        .map(|k| call[k].as_str()),
        [
            "RUNX1",
            "driver",
            "p.(Arg201Ter)",
            "600",
            "30",
            "PASS",
            "fragments (alignments)"
        ]
    );
    assert_eq!(calls.len(), 1, "{calls:#?}");
    let result = lab.json("person");
    assert_eq!(result["inputs"][0]["format"], "bam");
    assert_eq!(result["inputs"][0]["caller"], "hemoclone");
    assert_eq!(result["inputs"][0]["indexed"], true);
    assert_eq!(result["inputs"][0]["reads"], 1200);
    assert_eq!(result["quality"]["verdict"], "fail", "one exon of a panel");
    let page = fs::read_to_string(lab.path("out/person.html")).unwrap();
    assert!(page.contains("Quality of the alignments") && page.contains("アラインメントの品質"));
}

/// Every read over the site is counted by hand from the reads that were written.
#[test]
fn reads_over_a_driver_are_drawn_where_asked_for() {
    let mut lab = Lab::new();
    lab.pile("a", R201, 600, 60);
    lab.mutate("a", R201, b'A', 30);
    lab.write();
    lab.done(&["person.bam", "-f", "reference.fa"]);
    assert_eq!(lab.json("person")["pileups"], serde_json::Value::Null);
    lab.done(&["person.bam", "-f", "reference.fa", "--pileups"]);
    let result = lab.json("person");
    let [drawn] = &result["pileups"].as_array().unwrap()[..] else {
        panic!("{}", result["pileups"]);
    };
    assert_eq!(drawn["variant_key"], "GRCh38:chr21:34859486:G:A");
    let over: Vec<_> = lab
        .reads
        .lines
        .iter()
        .filter(|line| line.position <= R201 && R201 < line.position + line.bases.len())
        .collect();
    let with = over
        .iter()
        .filter(|l| l.bases.as_bytes()[R201 - l.position] == b'A')
        .count();
    assert_eq!(
        [&drawn["reads_with"], &drawn["reads_without"]].map(|n| n.as_u64().unwrap()),
        [with as u64, (over.len() - with) as u64]
    );
    let rows = drawn["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 20);
    let column = drawn["position"].as_u64().unwrap() - drawn["first"].as_u64().unwrap();
    let column = usize::try_from(column).unwrap();
    for row in rows {
        let base = row["bases"].as_str().unwrap().as_bytes()[column];
        assert_eq!(base == b'A', row["has_variant"].as_bool().unwrap(), "{row}");
    }
    let page = fs::read_to_string(lab.path("out/person.html")).unwrap();
    assert!(page.contains("<svg class=\"reads\""));
    assert!(page.contains(&format!("With the variant 12 of {with} reads")));
}

#[test]
fn every_hotspot_is_counted_and_a_negative_carries_its_limit() {
    let mut lab = Lab::new();
    lab.pile("a", R201, 600, 60);
    lab.mutate("a", 34_859_495, b'T', 1);
    lab.write();
    lab.done(&["person.bam", "-f", "reference.fa"]);
    let spots = lab.table("person.hotspots.tsv");
    let seen_once = row(&spots, "hgvs_p_short", "p.D198N");
    assert_eq!(
        (seen_once["state"].as_str(), seen_once["alt_count"].as_str()),
        ("below_limit", "1")
    );
    let unseen = row(&spots, "hgvs_p_short", "p.R201Q");
    assert_eq!(
        (unseen["state"].as_str(), unseen["alt_count"].as_str()),
        ("not_detected", "0")
    );
    // Three of 600 with 95 % power: R, uniroot over pbinom(2, 600, f) = 0.05 gives 0.01045.
    let limit: f64 = unseen["detection_limit"].parse().unwrap();
    assert!((0.01045..0.0150).contains(&limit), "{limit}");
    let elsewhere = row(&spots, "hgvs_p_short", "p.V617F");
    assert_eq!(
        (elsewhere["state"].as_str(), elsewhere["depth"].as_str()),
        ("not_assessed", "")
    );
}

#[test]
fn without_reads_on_the_panel_nothing_is_negative() {
    let mut lab = Lab::new();
    lab.pile("a", 20_000_000, 5, 60);
    lab.write();
    let log = lab.done(&["person.bam", "-f", "reference.fa"]);
    assert!(log.contains("no read passes the filters over the panel"), "{log}");
    assert!(
        lab.table("person.genes.tsv")
            .iter()
            .all(|g| g["state"] == "not_assessed")
    );
    assert!(
        lab.table("person.hotspots.tsv")
            .iter()
            .all(|h| h["state"] == "not_assessed")
    );
    let summary = &lab.table("summary.tsv")[0];
    assert_eq!(summary["quality"], "fail");
    assert!(summary["quality_reasons"].contains("no_reads"));
}

#[test]
fn the_false_copy_of_u2af1_is_counted_too() {
    let mut lab = Lab::new();
    // Exon 2 stands at both places; half of the reads at each, of mapping quality 0.
    let (first, last) = (S34 - 60, S34 + 85);
    let offset = S34 - S34_COPY;
    let exon = lab.reads.contigs[0].1[first - 1..last].to_vec();
    lab.reads.contigs[0].1[first - offset - 1..last - offset].copy_from_slice(&exon);
    lab.pile("a", S34, 400, 0);
    lab.pile("b", S34_COPY, 400, 0);
    lab.mutate("a", S34, b'A', 40);
    lab.mutate("b", S34_COPY, b'A', 24);
    lab.write();
    let log = lab.done(&["person.bam", "-f", "reference.fa"]);
    assert!(
        log.contains("U2AF1: the reference holds a second, false copy"),
        "{log}"
    );
    let calls = lab.table("person.calls.tsv");
    let call = row(&calls, "pos", "43104346");
    assert_eq!(
        ["status", "depth", "alt_count", "counts_from"].map(|k| call[k].as_str()),
        [
            "driver",
            "800",
            "64",
            "fragments (alignments), both copies of the locus"
        ]
    );
    fs::write(lab.path("t.bed"), format!("chr21\t{}\t{}\n", S34 - 40, S34 + 40)).unwrap();
    let output = Command::cargo_bin("hemoclone")
        .unwrap()
        .current_dir(lab.folder.path())
        .args(["call", "person.bam", "-f", "reference.fa", "-L", "t.bed"])
        .output()
        .unwrap();
    let records = String::from_utf8(output.stdout).unwrap();
    assert!(records.contains("\t43104346\t.\tG\tA\t"), "{records}");
    assert!(records.contains(":736,64:800:"), "{records}");
    assert!(String::from_utf8(output.stderr).unwrap().contains("false copy"));
}

/// An indel among reads that the aligner shared between both copies.
#[test]
fn an_indel_in_the_false_copy_of_u2af1_is_counted_too() {
    let mut lab = Lab::new();
    let (first, last) = (S34 - 60, S34 + 85);
    let offset = S34 - S34_COPY;
    let exon = lab.reads.contigs[0].1[first - 1..last].to_vec();
    lab.reads.contigs[0].1[first - offset - 1..last - offset].copy_from_slice(&exon);
    lab.pile("a", S34, 400, 0);
    lab.pile("b", S34_COPY, 400, 0);
    // Four bases lost: by 40 pairs at the true place, 24 at the other.
    for (prefix, at, carriers) in [("a", S34, 40), ("b", S34_COPY, 24)] {
        for line in &mut lab.reads.lines {
            let number = line
                .name
                .strip_prefix(prefix)
                .and_then(|n| n.parse::<usize>().ok());
            let Some(before) = at.checked_sub(line.position).filter(|b| (1..46).contains(b)) else {
                continue;
            };
            if number.is_some_and(|n| n < carriers) {
                line.bases.replace_range(before..before + 4, "");
                line.qualities.truncate(46);
                line.cigar = format!("{before}M4D{}M", 46 - before);
            }
        }
    }
    lab.write();
    lab.done(&["person.bam", "-f", "reference.fa"]);
    let calls = lab.table("person.calls.tsv");
    let call = calls
        .iter()
        .find(|c| c["ref"].len() == c["alt"].len() + 4)
        .unwrap_or_else(|| panic!("{calls:#?}"));
    assert_eq!(
        call["counts_from"],
        "fragments (alignments), both copies of the locus"
    );
    let count = |key: &str| call[key].parse::<f64>().unwrap();
    // Pairs that reach far enough: most of 800, and of 64.
    assert!(count("depth") > 600.0, "{call:#?}");
    let fraction = count("alt_count") / count("depth");
    assert!((fraction - 0.08).abs() < 0.015, "{call:#?}");
}

#[test]
fn a_masked_copy_is_left_alone_and_lost_reads_are_named() {
    let mut lab = Lab::new();
    lab.pile("a", S34, 400, 0);
    lab.write();
    let log = lab.done(&["person.bam", "-f", "reference.fa"]);
    assert!(!log.contains("false copy"), "{log}");
    let quality = &lab.json("person")["quality"];
    let not_unique = quality["reasons"]
        .as_array()
        .unwrap()
        .iter()
        .find(|r| r["code"] == "not_unique");
    assert_eq!(not_unique.unwrap()["detail"], "U2AF1");
}

#[test]
fn changes_of_one_codon_on_the_same_fragments_are_one() {
    let mut lab = Lab::new();
    lab.pile("a", R201, 600, 60);
    // Codon 201 on the minus strand: 34859484-34859486.
    lab.mutate("a", R201, b'A', 60);
    let other = match lab.reads.reference(0, R201 - 1, R201 - 1).as_str() {
        "A" => b'G',
        _ => b'A',
    };
    lab.mutate("a", R201 - 1, other, 60);
    lab.write();
    lab.done(&["person.bam", "-f", "reference.fa"]);
    let calls = lab.table("person.calls.tsv");
    assert_eq!(calls.len(), 1, "{calls:#?}");
    assert!(calls[0]["reasons"].contains("merged_mnv"));
    assert_eq!((calls[0]["ref"].len(), calls[0]["alt_count"].as_str()), (2, "60"));
}

#[test]
fn calls_of_a_variant_file_are_counted_anew() {
    let mut lab = Lab::new();
    lab.pile("a", R201, 600, 60);
    lab.mutate("a", R201, b'A', 30);
    lab.mutate("a", 34_859_495, b'T', 30);
    lab.write();
    let record = |position, reference, alternate, ad| {
        format!("chr21\t{position}\t.\t{reference}\t{alternate}\t.\tPASS\t.\tGT:AD\t0/1:{ad}\n")
    };
    let vcf = format!(
        "##fileformat=VCFv4.3\n##contig=<ID=chr21,length={CHR21}>\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"x\">\n\
         ##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"x\">\n\
         #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tperson\n{}{}",
        record(34_859_480, "G", "C", "300,200"),
        record(R201, "G", "A", "560,31"),
    );
    // The record's reference base must be the sequence's.
    let base = lab.reads.reference(0, 34_859_480, 34_859_480);
    let alternate = if base == "C" { "T" } else { "C" };
    let vcf = vcf.replace("34859480\t.\tG\tC", &format!("34859480\t.\t{base}\t{alternate}"));
    fs::write(lab.path("calls.vcf"), vcf).unwrap();
    fs::write(
        lab.path("samples.csv"),
        "sample,vcf,bam\nP1,calls.vcf,person.bam\n",
    )
    .unwrap();
    lab.done(&["-s", "samples.csv", "-f", "reference.fa"]);
    let calls = lab.table("P1.calls.tsv");
    let agreeing = row(&calls, "pos", "34859486");
    assert_eq!(
        ["alt_count", "recount_alt_count", "recount_depth"].map(|k| agreeing[k].as_str()),
        ["31", "30", "600"]
    );
    assert!(!agreeing["reasons"].contains("reads_disagree"));
    let absent = row(&calls, "pos", "34859480");
    assert_eq!(absent["recount_alt_count"], "0");
    assert!(absent["reasons"].contains("reads_disagree"), "{absent:#?}");
    let only_reads = row(&calls, "pos", "34859495");
    assert_eq!(only_reads["counts_from"], "fragments (alignments)");
    assert_eq!(lab.json("P1")["inputs"].as_array().unwrap().len(), 2);
}

/// Several bases at once: an MNV is on the fragments that show all of them, not on those that show its rarest base; a change of two
/// bases into three is found whatever the aligner made of it, and its pieces are no variants of their own.
#[test]
fn mnvs_and_delins_of_a_variant_file_are_counted_as_a_whole() {
    const DELINS: usize = 34_859_502;
    let mut lab = Lab::new();
    lab.pile("a", R201, 600, 60);
    let number = |line: &reads::SamLine| line.name[1..].parse::<usize>().unwrap();
    let other = |base: &str| if base == "A" { b'C' } else { b'A' };
    let [first, second] = [R201, R201 + 1].map(|at| other(&lab.reads.reference(0, at, at)));
    lab.reads.substitute(0, R201, first, |l| number(l) < 50);
    lab.reads.substitute(0, R201 + 1, second, |l| {
        number(l) < 30 || (50..80).contains(&number(l))
    });
    let lost = lab.reads.reference(0, DELINS, DELINS + 1);
    // First and last base differ from those lost.
    let gained: String = [other(&lost[..1]), b'G', other(&lost[1..])]
        .map(char::from)
        .iter()
        .collect();
    for line in lab
        .reads
        .lines
        .iter_mut()
        .filter(|l| (100..160).contains(&number(l)))
    {
        let before = DELINS - line.position;
        if before + 3 >= line.bases.len() {
            continue; // Ends before it, or within: the read stays as it is.
        }
        line.bases.replace_range(before..before + 2, &gained);
        line.bases.pop();
        line.cigar = format!("{}M1I{}M", before + 2, 50 - before - 3);
    }
    lab.write();
    let whole = format!("{}{}", char::from(first), char::from(second));
    let record = |position: usize, reference: &str, alternate: &str, ad| {
        format!("chr21\t{position}\t.\t{reference}\t{alternate}\t.\tPASS\t.\tGT:AD\t0/1:{ad}\n")
    };
    let vcf = format!(
        "##fileformat=VCFv4.3\n##contig=<ID=chr21,length={CHR21}>\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"x\">\n\
         ##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"x\">\n\
         #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tperson\n{}{}",
        record(R201, &lab.reads.reference(0, R201, R201 + 1), &whole, "570,30"),
        record(DELINS, &lost, &gained, "540,60"),
    );
    fs::write(lab.path("calls.vcf"), vcf).unwrap();
    fs::write(
        lab.path("samples.csv"),
        "sample,vcf,bam\nP1,calls.vcf,person.bam\n",
    )
    .unwrap();
    lab.done(&["-s", "samples.csv", "-f", "reference.fa"]);
    let calls = lab.table("P1.calls.tsv");
    let mnv = row(&calls, "alt", &whole);
    assert_eq!(mnv["recount_alt_count"], "30", "{mnv:#?}");
    let delins = row(&calls, "alt", &gained);
    let count = |key: &str| delins[key].parse::<f64>().unwrap();
    let fraction = count("recount_alt_count") / count("recount_depth");
    assert!((0.08..0.12).contains(&fraction), "{delins:#?}");
    assert!(!delins["reasons"].contains("reads_disagree"));
    // What is left are the two substitutions, of which the MNV holds but a part.
    let own: Vec<&str> = calls
        .iter()
        .filter(|c| c["counts_from"] == "fragments (alignments)")
        .map(|c| c["pos"].as_str())
        .collect();
    assert_eq!(own, [""; 0], "{calls:#?}");
}

/// The normal as alignments: every allele of the sample is counted in it, of alignments and of a variant file.
#[test]
fn alleles_are_counted_in_the_alignments_of_the_normal() {
    const INHERITED: usize = 34_859_495;
    let mut lab = Lab::new();
    lab.pile("a", R201, 600, 60);
    lab.mutate("a", R201, b'A', 60);
    let base = if lab.reads.reference(0, INHERITED, INHERITED) == "T" {
        b'C'
    } else {
        b'T'
    };
    lab.mutate("a", INHERITED, base, 300);
    lab.write();
    let mut normal = Lab::new();
    normal.pile("a", R201, 200, 60);
    normal.mutate("a", INHERITED, base, 100);
    normal.reads.write_bam(&lab.path("normal.bam"));
    let check = |sample: &str| {
        let calls = lab.table(&format!("{sample}.calls.tsv"));
        let clone = row(&calls, "pos", "34859486");
        assert!(clone["reasons"].contains("absent_in_normal"), "{clone:#?}");
        assert_eq!([&clone["normal_alt_count"], &clone["normal_depth"]], ["0", "200"]);
        let inherited = row(&calls, "pos", "34859495");
        assert!(inherited["reasons"].contains("in_normal"), "{inherited:#?}");
        assert_eq!(inherited["status"], "germline_suspected", "{inherited:#?}");
        let vaf: f64 = inherited["normal_vaf"].parse().unwrap();
        assert!((0.4..0.6).contains(&vaf), "{vaf}");
    };
    lab.done(&["person.bam", "-f", "reference.fa", "--normal", "normal.bam"]);
    check("person");
    let record = |position: usize, alternate: u8, ad: &str| {
        let reference = lab.reads.reference(0, position, position);
        let alternate = char::from(alternate);
        format!("chr21\t{position}\t.\t{reference}\t{alternate}\t.\tPASS\t.\tGT:AD\t0/1:{ad}\n")
    };
    let vcf = format!(
        "##fileformat=VCFv4.3\n##contig=<ID=chr21,length={CHR21}>\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"x\">\n\
         ##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"x\">\n\
         #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tv\n{}{}",
        record(R201, b'A', "540,60"),
        record(INHERITED, base, "300,300"),
    );
    fs::write(lab.path("calls.vcf"), vcf).unwrap();
    lab.done(&["calls.vcf", "-f", "reference.fa", "--normal", "normal.bam"]);
    check("v");
    let output = lab.run(&["calls.vcf", "--normal", "normal.bam"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("give --reference"));
}

#[test]
fn a_profile_says_which_reads_count_and_the_command_line_wins() {
    let mut lab = Lab::new();
    lab.pile("a", R201, 600, 60);
    lab.mutate("a", R201, b'A', 30);
    lab.write();
    fs::write(lab.path("lab.toml"), "[reads]\nmin-mapping-quality = 61\n").unwrap();
    let arguments = ["person.bam", "-f", "reference.fa", "--config", "lab.toml"];
    let log = lab.done(&arguments);
    assert!(log.contains("no read passes the filters"), "{log}");
    let settings = &lab.json("person")["settings"]["overrides"];
    assert_eq!(settings["min-mapping-quality"], "61");
    lab.done(&[&arguments[..], &["--min-mapping-quality", "60"]].concat());
    let calls = lab.table("person.calls.tsv");
    assert_eq!(row(&calls, "pos", "34859486")["alt_count"], "30");
}

#[test]
fn wrong_use_and_wrong_files_are_said_plainly() {
    let mut lab = Lab::new();
    lab.pile("a", R201, 10, 60);
    lab.write();
    let failed = |arguments: &[&str], code: i32, text: &str| {
        let output = lab.run(arguments);
        let log = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{log}");
        assert!(log.contains(text), "{log}");
    };
    failed(&["person.bam"], 2, "give --reference");
    let bytes = fs::read(lab.path("person.bam")).unwrap();
    fs::write(lab.path("cut.bam"), &bytes[..bytes.len() - 40]).unwrap();
    failed(&["cut.bam", "-f", "reference.fa"], 3, "cut off");
    let mut two = lab.reads.clone();
    two.header_lines.push("@RG\tID:s\tSM:another".to_owned());
    two.write_bam(&lab.path("two.bam"));
    failed(&["two.bam", "-f", "reference.fa"], 3, "person, another");
    lab.reads.write_sam(&lab.path("plain.sam"));
    // What counts is the order of the reads, not what the header says of it.
    let plain = fs::read_to_string(lab.path("plain.sam")).unwrap();
    let (header, reads): (Vec<&str>, Vec<&str>) = plain.lines().partition(|l| l.starts_with('@'));
    let reversed: Vec<&str> = header.into_iter().chain(reads.into_iter().rev()).collect();
    let unsorted = reversed.join("\n") + "\n";
    fs::write(lab.path("unsorted.sam"), unsorted).unwrap();
    failed(&["unsorted.sam", "-f", "reference.fa"], 3, "not sorted");
}

/// An artifact of 1 % at one site in every sample, a clone of the same fraction beside it in one.
#[test]
fn an_error_of_the_site_in_normals_is_no_call_and_a_clone_elsewhere_is() {
    let (site, clone) = (34_859_500, 34_859_480);
    let mut lab = Lab::new();
    let other = |lab: &Lab, at: usize| {
        if lab.reads.reference(0, at, at) == "A" {
            b'C'
        } else {
            b'A'
        }
    };
    let (wrong, true_base) = (other(&lab, site), other(&lab, clone));
    let mut normals = Vec::new();
    for (normal, person) in [("n1.bam", 9), ("n2.bam", 12), ("n3.bam", 10)] {
        lab.reads.lines.clear();
        lab.pile("a", R201, 900, 60);
        lab.mutate("a", site, wrong, person);
        // One of the normals has the very clone that is looked for: it must not hide it.
        if normal == "n2.bam" {
            lab.mutate("a", clone, true_base, 40);
        }
        lab.reads.write_bam(&lab.path(normal));
        normals.push(normal);
    }
    lab.reads.lines.clear();
    lab.pile("a", R201, 900, 60);
    lab.mutate("a", site, wrong, 12);
    lab.mutate("a", clone, true_base, 12);
    lab.write();
    fs::write(lab.path("exon.bed"), "chr21\t34859464\t34859510\n").unwrap();
    let command = |arguments: &[&str]| {
        let mut command = Command::cargo_bin("hemoclone").unwrap();
        let output = command
            .current_dir(lab.folder.path())
            .args(arguments)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    };
    let place = ["-f", "reference.fa", "-L", "exon.bed"];
    let learn = ["background", "n1.bam", "n2.bam", "n3.bam", "-o", "background.tsv"];
    command(&[&learn[..], &place].concat());
    let table = fs::read_to_string(lab.path("background.tsv")).unwrap();
    let of_site = table.lines().find(|l| l.contains("34859500")).unwrap();
    // The normal with most, 12 of 900, is left out.
    assert!(of_site.ends_with("\t1800\t19\t3"), "{table}");
    let passing = |text: &str, at: usize| {
        let start = format!("chr21\t{at}\t");
        text.lines()
            .any(|l| l.starts_with(&start) && l.contains("\tPASS\t"))
    };
    let before = command(&[&["call", "person.bam"][..], &place].concat());
    assert!(passing(&before, site) && passing(&before, clone), "{before}");
    let after = command(
        &[
            &["call", "person.bam", "--background", "background.tsv"][..],
            &place,
        ]
        .concat(),
    );
    assert!(!passing(&after, site) && passing(&after, clone), "{after}");
}

/// The change of five neighboring bases of a public sample (17:7577537-7577541 of GRCh37): its parts were evidence against each
/// other, and none was called.
#[test]
fn neighboring_changes_of_two_codons_are_one_call_with_one_name() {
    const FIRST: usize = 7_577_537;
    let mut lab = Lab::new();
    lab.reads.contigs = vec![("17".to_owned(), human_chromosome(Build::Grch37, "17"))];
    // Codons 247 and 248 on the minus strand, AAC CGG.
    assert_eq!(lab.reads.reference(0, FIRST - 1, FIRST + 5), "TCCGGTT");
    lab.pile("a", FIRST + 2, 600, 60);
    for (offset, base) in [(0, b'G'), (1, b'G'), (3, b'T'), (4, b'A')] {
        lab.mutate("a", FIRST + offset, base, 294);
    }
    lab.write();
    lab.done(&["person.bam", "-f", "reference.fa"]);
    let calls = lab.table("person.calls.tsv");
    assert_eq!(calls.len(), 1, "{calls:#?}");
    assert_eq!(calls[0]["hgvs_p"], "p.(Asn247_Arg248delinsIlePro)", "{calls:#?}");
    assert_eq!(calls[0]["alt_count"], "294");
    assert_eq!(calls[0]["caller_filter"], "PASS");
}

/// Makes one read in five go on, behind a place, with what lies nowhere near, as of a long insertion.
fn clip_behind(lab: &mut Lab, place: usize) {
    let foreign = "ACGGTTCAGCATCGGATTACCAGTGCATTGACCGTACGATTGC";
    for line in &mut lab.reads.lines {
        let number: usize = line.name[1..].parse().unwrap();
        let kept = (place + 1).saturating_sub(line.position);
        if number.is_multiple_of(5) && (15..30).contains(&kept) {
            line.cigar = format!("{kept}M{}S", 50 - kept);
            line.bases.replace_range(kept.., &foreign[..50 - kept]);
        }
    }
    lab.write();
}

/// The gene's limit does not hold.
#[test]
fn a_gene_with_clipped_reads_that_nothing_explains_is_not_negative() {
    let mut lab = Lab::new();
    lab.pile("a", R201, 600, 60);
    lab.write();
    lab.done(&["person.bam", "-f", "reference.fa"]);
    let assessed = |lab: &Lab| -> u32 {
        let genes = lab.table("person.genes.tsv");
        row(&genes, "gene", "RUNX1")["assessed_bases"].parse().unwrap()
    };
    let before = assessed(&lab);
    clip_behind(&mut lab, R201);
    let log = lab.done(&["person.bam", "-f", "reference.fa"]);
    assert!(
        log.contains(&format!("chr21:{R201}: ")) && log.contains("no detection limit holds"),
        "{log}"
    );
    assert!(assessed(&lab) < before, "{before}");
}

/// What lies there may be any hotspot too.
#[test]
fn a_hotspot_beside_clipped_reads_that_nothing_explains_is_not_assessed() {
    let mut lab = Lab::new();
    lab.pile("a", S34, 600, 60);
    lab.write();
    let spots = |lab: &Lab| -> Vec<(bool, String)> {
        lab.done(&["person.bam", "-f", "reference.fa"]);
        let spots = lab.table("person.hotspots.tsv");
        let near = spots.iter().filter(|s| s["pos"] == S34.to_string());
        near.map(|s| (s["detection_limit"].is_empty(), s["state"].clone()))
            .collect()
    };
    let before = spots(&lab);
    assert!(!before.is_empty());
    assert!(
        before
            .iter()
            .all(|(is_void, state)| !is_void && state != "not_assessed"),
        "{before:?}"
    );
    clip_behind(&mut lab, S34);
    let after = spots(&lab);
    assert_eq!(after, vec![(true, "not_assessed".to_owned()); before.len()]);
}
