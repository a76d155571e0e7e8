//! The main job from files to reports, through the command itself.

#![allow(clippy::unwrap_used, reason = "a test may stop at what cannot be")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

#[path = "support/vcf.rs"]
mod vcf;

use vcf::VcfBuilder;

/// A folder with inputs, and the command run in it.
struct Lab {
    folder: TempDir,
}

impl Lab {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::cargo_bin("hemoclone")
            .unwrap()
            .current_dir(self.folder.path())
            .args(arguments)
            .output()
            .unwrap()
    }

    /// Runs `analyze`, expects success, and returns a table of the output folder.
    fn table(&self, arguments: &[&str], file: &str) -> Table {
        let mut all = vec!["analyze", "-o", "out"];
        all.extend(arguments);
        let output = self.run(&all);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        Table::read(&self.path("out").join(file))
    }
}

/// A TSV with its header.
struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap();
        let mut lines = text
            .lines()
            .map(|l| l.split('\t').map(str::to_owned).collect::<Vec<_>>());
        Self {
            header: lines.next().unwrap(),
            rows: lines.collect(),
        }
    }

    fn get(&self, row: usize, column: &str) -> &str {
        &self.rows[row][self.header.iter().position(|h| h == column).unwrap()]
    }

    /// Returns the given columns of every row, joined by a blank.
    fn columns(&self, columns: &[&str]) -> Vec<String> {
        (0..self.rows.len())
            .map(|row| {
                columns
                    .iter()
                    .map(|c| self.get(row, c))
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect()
    }
}

/// Hotspots at their coordinates of both builds, as ClinVar and COSMIC list them.
#[test]
fn finds_hotspots_on_both_builds() {
    let lab = Lab::new();
    let grch38 = VcfBuilder::grch38("A")
        .call("chr2", 25_234_373, "C", "T", (1880, 120))
        .call("chr9", 5_073_770, "G", "T", (960, 40))
        .call("chr17", 7_674_220, "C", "T", (900, 100));
    let grch37 = VcfBuilder::grch37("B")
        .call("2", 25_457_242, "C", "T", (1880, 120))
        .call("9", 5_073_770, "G", "T", (960, 40))
        .call("17", 7_577_538, "C", "T", (900, 100));
    lab.write("a.vcf", grch38.text());
    lab.write("b.vcf", grch37.text());
    let columns = ["gene", "status", "hgvs_c", "hgvs_p", "depth", "alt_count", "vaf"];
    let expected = [
        "DNMT3A driver c.2645G>A p.(Arg882His) 2000 120 0.060000",
        "JAK2 driver c.1849G>T p.(Val617Phe) 1000 40 0.040000",
        "TP53 driver c.743G>A p.(Arg248Gln) 1000 100 0.100000",
    ];
    assert_eq!(lab.table(&["a.vcf"], "A.calls.tsv").columns(&columns), expected);
    assert_eq!(
        lab.table(&["b.vcf", "--force"], "B.calls.tsv").columns(&columns),
        expected
    );
    let summary = Table::read(&lab.path("out/summary.tsv"));
    assert_eq!(
        summary.columns(&["sample", "ch", "drivers", "largest_gene", "build"]),
        ["A present 3 TP53 GRCh38", "B present 3 TP53 GRCh37"]
    );
}

#[test]
fn each_status_has_its_reason() {
    let lab = Lab::new();
    let vcf = VcfBuilder::grch38("A")
        .call("chr2", 25_234_373, "C", "T", (980, 19))
        .call("chr17", 7_674_220, "C", "T", (510, 490))
        .call("chr20", 32_434_638, "A", "AG", (770, 30))
        .record(
            "chr4",
            105_275_794,
            "A",
            "G",
            "PASS",
            "gnomAD_AF=0.21",
            (300, 300),
        )
        .record("chr9", 5_073_770, "G", "T", "strand_bias", ".", (960, 40))
        .call("chr4", 105_235_001, "T", "C", (900, 100));
    lab.write("a.vcf", vcf.text());
    let actual = lab
        .table(&["a.vcf"], "A.calls.tsv")
        .columns(&["gene", "status", "reasons"]);
    let expected = [
        "JAK2 driver_review rule_matched;consensus_of_sets;caller_filter_artifact",
        "TP53 driver_review rule_matched;consensus_of_sets;germline_vaf;germline_gene",
        "ASXL1 driver_review rule_matched;consensus_of_sets;rule_excluded;homopolymer",
        "TET2 uncertain no_rule_matched",
        "TET2 germline_suspected no_rule_matched;population_frequency;germline_vaf",
        "DNMT3A below_threshold vaf_below_threshold;rule_matched;consensus_of_sets",
    ];
    assert_eq!(actual, expected);
}

/// STAG2 c.1810C>T p.(Arg604Ter), GRCh38 chrX:124063194.
#[test]
fn an_x_linked_gene_needs_four_percent_in_a_male() {
    let lab = Lab::new();
    lab.write(
        "a.vcf",
        VcfBuilder::grch38("A")
            .call("chrX", 124_063_194, "C", "T", (970, 30))
            .text(),
    );
    let status = |arguments: &[&str]| {
        let all: Vec<&str> = ["a.vcf", "--force"].iter().chain(arguments).copied().collect();
        lab.table(&all, "A.calls.tsv")
            .columns(&["gene", "status", "vaf_threshold"])
    };
    assert_eq!(status(&["--sex", "male"]), ["STAG2 below_threshold 0.040000"]);
    assert_eq!(status(&["--sex", "female"]), ["STAG2 driver 0.020000"]);
    assert_eq!(status(&[]), ["STAG2 driver_review 0.020000"]);
    assert_eq!(
        status(&["--sex", "male", "--min-vaf-x-linked-male", "0.03"]),
        ["STAG2 driver 0.030000"]
    );
}

#[test]
fn a_vcf_alone_proves_no_negative() {
    let lab = Lab::new();
    lab.write("a.vcf", VcfBuilder::grch38("A").text());
    let genes = lab.table(&["a.vcf"], "A.genes.tsv");
    assert_eq!(genes.rows.len(), 33);
    assert!((0..33).all(|row| genes.get(row, "state") == "not_assessed"));
    let summary = Table::read(&lab.path("out/summary.tsv"));
    assert_eq!(
        summary.columns(&["ch", "genes_assessed", "genes_not_assessed"]),
        ["none_called 0 33"]
    );
}

/// Reference blocks over the coding exons of JAK2's exon 14 alone, and over the whole gene.
#[test]
fn reference_blocks_make_a_gene_assessed() {
    let lab = Lab::new();
    let bed = lab.run(&["panel", "bed", "myeloid33", "--build", "grch38", "--padding", "2"]);
    let regions: Vec<(u32, u32)> = String::from_utf8(bed.stdout)
        .unwrap()
        .lines()
        .filter(|l| l.starts_with("chr9\t"))
        .map(|l| {
            let mut columns = l.split('\t').skip(1).map(|c| c.parse().unwrap());
            (columns.next().unwrap(), columns.next().unwrap())
        })
        .collect();
    let block = |depth: u32, regions: &[(u32, u32)]| {
        let mut text = VcfBuilder::grch38("A")
            .meta("##INFO=<ID=END,Number=1,Type=Integer,Description=\"End\">")
            .text();
        for (start, end) in regions {
            writeln!(
                text,
                "chr9\t{}\t.\tN\t<NON_REF>\t.\t.\tEND={end}\tGT:DP\t0/0:{depth}",
                start + 1
            )
            .unwrap();
        }
        text
    };
    let jak2 = |text: String| {
        lab.write("a.vcf", text);
        let genes = lab.table(&["a.vcf", "--force"], "A.genes.tsv");
        let row = (0..33).find(|r| genes.get(*r, "gene") == "JAK2").unwrap();
        ["state", "min_depth"]
            .map(|c| genes.get(row, c).to_owned())
            .join(" ")
    };
    assert_eq!(jak2(block(313, &regions)), "not_detected 313");
    assert_eq!(
        jak2(block(312, &regions)),
        "not_assessed 312",
        "depth 312 misses 2 % more than one time in twenty"
    );
    assert_eq!(jak2(block(313, &regions[1..])), "partly_assessed 313");
}

#[test]
fn the_output_does_not_depend_on_threads_or_order() {
    let lab = Lab::new();
    for sample in ["A", "B", "C", "D", "E"] {
        let vcf = VcfBuilder::grch38(sample).call("chr2", 25_234_373, "C", "T", (1880, 120));
        lab.write(&format!("{sample}.vcf"), vcf.text());
    }
    let tree = |output: &str, threads: &str, files: &[&str]| {
        let mut all = vec!["analyze", "-o", output, "-t", threads];
        all.extend(files);
        assert!(lab.run(&all).status.success());
        let mut found: Vec<(String, Vec<u8>)> = fs::read_dir(lab.path(output))
            .unwrap()
            .map(|e| e.unwrap())
            .map(|e| (e.file_name().into_string().unwrap(), fs::read(e.path()).unwrap()))
            .collect();
        found.sort();
        found
    };
    let one = tree("one", "1", &["A.vcf", "B.vcf", "C.vcf", "D.vcf", "E.vcf"]);
    let eight = tree("eight", "8", &["E.vcf", "C.vcf", "A.vcf", "D.vcf", "B.vcf"]);
    assert_eq!(one.len(), 5 * 6 + 1);
    assert!(one == eight);
}

#[test]
fn one_bad_sample_does_not_take_the_others_down() {
    let lab = Lab::new();
    lab.write(
        "good.vcf",
        VcfBuilder::grch38("good")
            .call("chr9", 5_073_770, "G", "T", (960, 40))
            .text(),
    );
    lab.write(
        "cut.vcf",
        VcfBuilder::grch38("cut").text() + "chr9\t5073770\t.\tG\n",
    );
    // The wrong build: GRCh38 has another base there.
    lab.write(
        "wrong.vcf",
        VcfBuilder::grch38("wrong")
            .call("chr9", 5_073_770, "A", "T", (960, 40))
            .text(),
    );
    lab.write("empty.vcf", "");
    let output = lab.run(&[
        "analyze",
        "-o",
        "out",
        "good.vcf",
        "cut.vcf",
        "wrong.vcf",
        "empty.vcf",
    ]);
    assert_eq!(output.status.code(), Some(3));
    let errors = String::from_utf8(output.stderr).unwrap();
    for part in [
        "cut.vcf: record 1",
        "at chr9:5073770 the file has A, GRCh38 has G",
        "empty.vcf: the file is empty",
        "1 sample reported, 3",
    ] {
        assert!(errors.contains(part), "{part} in {errors}");
    }
    let mut left: Vec<String> = fs::read_dir(lab.path("out"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    left.sort();
    assert_eq!(
        left,
        [
            "good.calls.tsv",
            "good.genes.tsv",
            "good.html",
            "good.json",
            "good.vcf.gz",
            "good.vcf.gz.tbi",
            "summary.tsv"
        ]
    );
}

#[test]
fn equal_sample_names_are_an_error_of_both_files() {
    let lab = Lab::new();
    lab.write("a.vcf", VcfBuilder::grch38("S").text());
    lab.write("b.vcf", VcfBuilder::grch38("S").text());
    lab.write("c.vcf", VcfBuilder::grch38("T").text());
    let output = lab.run(&["analyze", "-o", "out", "a.vcf", "b.vcf", "c.vcf"]);
    assert_eq!(output.status.code(), Some(3));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        errors
            .matches("sample name \"S\" comes from a.vcf and b.vcf")
            .count(),
        2,
        "{errors}"
    );
    assert!(lab.path("out/T.json").exists() && !lab.path("out/S.json").exists());
}

#[test]
fn reports_are_not_overwritten_unasked_and_a_failing_sample_keeps_no_old_one() {
    let lab = Lab::new();
    lab.write("a.vcf", VcfBuilder::grch38("A").text());
    assert!(lab.run(&["analyze", "-o", "out", "a.vcf"]).status.success());
    let again = lab.run(&["analyze", "-o", "out", "a.vcf"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8(again.stderr).unwrap().contains("give --force"));
    lab.write("a.vcf", VcfBuilder::grch38("A").text() + "chr9\tx\n");
    assert_eq!(
        lab.run(&["analyze", "-o", "out", "a.vcf", "--force"])
            .status
            .code(),
        Some(3)
    );
    assert!(
        !lab.path("out/A.json").exists(),
        "a report of an earlier run would look like this run's"
    );
}

#[test]
fn a_sample_sheet_names_samples_and_gives_sex() {
    let lab = Lab::new();
    fs::create_dir(lab.path("data")).unwrap();
    lab.write(
        "data/a.vcf",
        VcfBuilder::grch38("column")
            .call("chrX", 124_063_194, "C", "T", (970, 30))
            .text(),
    );
    lab.write(
        "data/samples.csv",
        "sample,vcf,sex,age,hb\nP-1,a.vcf,男性,71,13.1\n",
    );
    let calls = lab.table(&["-s", "data/samples.csv"], "P-1.calls.tsv");
    assert_eq!(calls.columns(&["sample", "status"]), ["P-1 below_threshold"]);
    let summary = Table::read(&lab.path("out/summary.tsv"));
    assert_eq!(summary.columns(&["sample", "sex", "age"]), ["P-1 male 71"]);
    let no_file = lab.run(&["analyze", "-o", "out2", "-s", "data/none.csv"]);
    assert_eq!(no_file.status.code(), Some(3));
    lab.write("bad.csv", "sample,vcf\nP-1\n");
    assert_eq!(
        lab.run(&["analyze", "-o", "out3", "-s", "bad.csv"]).status.code(),
        Some(3)
    );
}

#[test]
fn a_profile_sets_options_and_is_recorded() {
    let lab = Lab::new();
    lab.write(
        "a.vcf",
        VcfBuilder::grch38("A")
            .call("chr9", 5_073_770, "G", "T", (985, 15))
            .text(),
    );
    lab.write("lab.toml", "min-vaf = 0.01\nrules = \"bick\"\n");
    let calls = lab.table(&["a.vcf", "-c", "lab.toml"], "A.calls.tsv");
    assert_eq!(calls.columns(&["status", "vaf_threshold"]), ["driver 0.010000"]);
    let json = fs::read_to_string(lab.path("out/A.json")).unwrap();
    assert!(json.contains("\"min-vaf\": \"0.01\"") && json.contains("\"rules\": \"bick\""));
    let command_line_wins = lab.table(
        &["a.vcf", "-c", "lab.toml", "--min-vaf", "0.02", "--force"],
        "A.calls.tsv",
    );
    assert_eq!(command_line_wins.columns(&["status"]), ["below_threshold"]);
    lab.write("bad.toml", "min-waf = 1\n");
    assert_eq!(
        lab.run(&["analyze", "-o", "out", "a.vcf", "-c", "bad.toml", "--force"])
            .status
            .code(),
        Some(2)
    );
}

/// What every report of a laboratory says stands in its profile once; what a sheet says of a sample wins.
#[test]
fn a_profile_names_the_laboratory_on_every_report() {
    let lab = Lab::new();
    for name in ["A", "B"] {
        let text = VcfBuilder::grch38(name).call("chr9", 5_073_770, "G", "T", (900, 100));
        lab.write(&format!("{name}.vcf"), text.text());
    }
    lab.write(
        "lab.toml",
        "[report]\nlaboratory = \"L <1>\"\nspecimen = \"blood\"\n",
    );
    lab.write("s.csv", "sample,vcf,specimen\nA,A.vcf,marrow\nB,B.vcf,\n");
    let out = lab.run(&["analyze", "-s", "s.csv", "-c", "lab.toml", "-o", "out"]);
    assert!(out.status.success(), "{}", stderr(&out));
    for (name, specimen) in [("A", "marrow"), ("B", "blood")] {
        let json = fs::read_to_string(lab.path(&format!("out/{name}.json"))).unwrap();
        let result: serde_json::Value = serde_json::from_str(&json).unwrap();
        let expected = serde_json::json!({ "specimen": specimen, "laboratory": "L <1>" });
        assert_eq!(result["report"], expected);
        let page = fs::read_to_string(lab.path(&format!("out/{name}.html"))).unwrap();
        assert!(page.contains("<bdi>L &#60;1&#62;</bdi>"));
    }
    lab.write("bad.toml", "[report]\nlabratory = \"L\"\n");
    let out = lab.run(&["analyze", "-s", "s.csv", "-c", "bad.toml", "-o", "out2"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(
        stderr(&out).contains("did you mean laboratory?"),
        "{}",
        stderr(&out)
    );
}

/// MYD88 L265P of the literature is L252P on NM_002468.5; GRCh38 chr3:38141150 T>C.
#[test]
fn shows_the_name_clinicians_know() {
    let lab = Lab::new();
    let text = VcfBuilder::grch38("A")
        .meta("##contig=<ID=chr3,length=198295559>")
        .call("chr3", 38_141_150, "T", "C", (900, 100))
        .text();
    lab.write("a.vcf", text);
    let calls = lab.table(&["a.vcf", "-p", "ch"], "A.calls.tsv");
    assert_eq!(
        calls.columns(&["gene", "hgvs_p", "common_name"]),
        ["MYD88 p.(Leu252Pro) L265P"]
    );
}

#[test]
fn a_gene_without_sequence_takes_the_files_annotation_or_says_so() {
    let lab = Lab::new();
    let gnb1 = |info: &str| {
        let text = VcfBuilder::grch38("A")
            .meta("##contig=<ID=chr1,length=248956422>")
            .meta("##INFO=<ID=CSQ,Number=.,Type=String,Description=\"Format: Allele|Consequence|SYMBOL|Feature|HGVSc|HGVSp\">")
            .record("chr1", 1_806_515, "T", "C", "PASS", info, (900, 100))
            .text();
        lab.write("a.vcf", text);
        lab.table(&["a.vcf", "--force"], "A.calls.tsv").columns(&[
            "gene",
            "status",
            "hgvs_c",
            "hgvs_p",
            "sequence_source",
        ])
    };
    // Codon 76 is none of those inside the program.
    let csq = "CSQ=C|missense_variant|GNB1|NM_002074.5|NM_002074.5:c.227A>G|NP_002065.1:p.Asp76Gly";
    assert_eq!(gnb1(csq), ["GNB1 driver_review c.227A>G p.(Asp76Gly) file"]);
    assert_eq!(gnb1("."), ["GNB1 uncertain c.227A>G  none"]);
    // The same transcript in another version proves itself by the c. name, another c. name does not.
    let older = "CSQ=C|missense_variant|GNB1|NM_002074.4|NM_002074.4:c.227A>G|NP_002065.1:p.Asp76Gly";
    assert_eq!(gnb1(older), ["GNB1 driver_review c.227A>G p.(Asp76Gly) file"]);
    let shifted = "CSQ=C|missense_variant|GNB1|NM_002074.4|NM_002074.4:c.130A>G|NP_002065.1:p.Lys44Glu";
    assert_eq!(gnb1(shifted), ["GNB1 uncertain c.227A>G  none"]);
}

#[test]
fn hotspot_codons_of_genes_without_sequence_are_known_on_both_builds() {
    let lab = Lab::new();
    let calls = |name: &str, builder: VcfBuilder| {
        lab.write(&format!("{name}.vcf"), builder.text());
        lab.table(&[&format!("{name}.vcf"), "--force"], &format!("{name}.calls.tsv"))
            .columns(&["gene", "hgvs_p", "status", "ipssm_decision", "sequence_source"])
    };
    let of = |builder: VcfBuilder, places: [(&str, u32, &str, &str); 5]| {
        places.into_iter().fold(builder, |b, (chrom, pos, from, to)| {
            b.call(chrom, pos, from, to, (900, 100))
        })
    };
    let expected = [
        "ETNK1 p.(Asn155Ser) driver counted embedded",
        "GNB1 p.(Lys57Glu) driver counted embedded",
        "PRPF8 p.(Asp1598Asn) driver counted embedded",
        "PRPF8 p.(Cys1594Tyr) driver_review counted embedded",
        // A codon that is not proven: what it does is not known, and in this gene nothing but the hotspots counts.
        "PRPF8  uncertain not_counted none",
    ];
    let contigs = |builder: VcfBuilder| {
        [
            "chr1,length=248956422",
            "chr12,length=133275309",
            "chr17,length=83257441",
        ]
        .iter()
        .fold(builder, |b, c| b.meta(&format!("##contig=<ID={c}>")))
    };
    let mut new = calls(
        "new",
        of(
            contigs(VcfBuilder::grch38("new")),
            [
                ("chr1", 1_815_790, "T", "C"),
                ("chr12", 22_659_061, "A", "G"),
                ("chr17", 1_659_995, "C", "T"),
                ("chr17", 1_660_436, "C", "T"),
                ("chr17", 1_659_971, "C", "T"),
            ],
        ),
    );
    let mut expected = expected.map(str::to_owned).to_vec();
    new.sort();
    expected.sort();
    assert_eq!(new, expected);
    let contigs = |builder: VcfBuilder| {
        [
            "chr1,length=249250621",
            "chr12,length=133851895",
            "chr17,length=81195210",
        ]
        .iter()
        .fold(builder, |b, c| b.meta(&format!("##contig=<ID={c}>")))
    };
    let mut old = calls(
        "old",
        of(
            contigs(VcfBuilder::grch37("old")),
            [
                ("chr1", 1_747_229, "T", "C"),
                ("chr12", 22_811_995, "A", "G"),
                ("chr17", 1_563_289, "C", "T"),
                ("chr17", 1_563_730, "C", "T"),
                ("chr17", 1_563_265, "C", "T"),
            ],
        ),
    );
    old.sort();
    assert_eq!(old, expected);
}

/// Three records that agree with GRCh38, and further ones.
fn with_records(sample: &str, more: &[(&str, u32, &str, &str)]) -> String {
    let good = [
        ("chr2", 25_234_373, "C", "T"),
        ("chr4", 105_234_487, "T", "A"),
        ("chr9", 5_073_770, "G", "T"),
    ];
    let builder = [
        "chr2,length=242193529",
        "chr4,length=190214555",
        "chr17,length=83257441",
    ]
    .iter()
    .fold(VcfBuilder::grch38(sample), |b, c| {
        b.meta(&format!("##contig=<ID={c}>"))
    });
    let mut records: Vec<_> = good.iter().chain(more).copied().collect();
    records.sort_by_key(|(chrom, pos, ..)| (chrom[3..].parse::<u32>().unwrap(), *pos));
    records
        .into_iter()
        .fold(builder, |b, (chrom, pos, from, to)| {
            b.call(chrom, pos, from, to, (900, 100))
        })
        .text()
}

#[test]
fn one_record_that_contradicts_the_reference_does_not_spoil_its_sample() {
    let lab = Lab::new();
    // The second base of REF is G on GRCh38.
    lab.write(
        "one.vcf",
        with_records("one", &[("chr17", 7_675_088, "CA", "TT")]),
    );
    let calls = lab.table(&["one.vcf"], "one.calls.tsv");
    let actual = calls.columns(&["gene", "status", "reasons", "ipssm_decision", "ipssm_because"]);
    assert!(
        actual.contains(&"TP53 reference_mismatch reference_mismatch in_doubt reference_mismatch".to_owned()),
        "{actual:?}"
    );
    assert!(
        actual.iter().any(|row| row.starts_with("DNMT3A driver")),
        "{actual:?}"
    );
    let table = |file: &str, columns: &[&str]| Table::read(&lab.path("out").join(file)).columns(columns);
    assert!(table("one.genes.tsv", &["gene", "state"]).contains(&"TP53 undecided".to_owned()));
    assert_eq!(table("summary.tsv", &["sample", "reference_mismatch"]), ["one 1"]);
    let page = fs::read_to_string(lab.path("out/one.html")).unwrap();
    assert!(page.contains("Contradicts the reference") && page.contains("参照配列と不一致"));

    let annotated = lab.run(&["annotate", "one.vcf"]);
    let text = String::from_utf8(annotated.stdout).unwrap();
    assert!(annotated.status.success());
    let marked = text
        .lines()
        .filter(|l| l.contains("HC_REFERENCE_MISMATCH=TP53"))
        .count();
    let told = text.lines().filter(|l| l.contains("HC_GENE=DNMT3A")).count();
    assert_eq!((marked, told), (1, 1), "{text}");
}

#[test]
fn contradictions_in_one_of_two_or_two_of_five_refuse_the_sample() {
    let lab = Lab::new();
    let wrong = [("chr17", 7_675_088, "A", "T"), ("chr2", 25_234_374, "C", "T")];
    lab.write("two.vcf", with_records("two", &wrong));
    let output = lab.run(&["analyze", "-o", "out", "two.vcf"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("2 of the 5 records"), "{said}");
    assert!(!lab.path("out/two.json").exists());
    let output = lab.run(&["annotate", "two.vcf", "-o", "two.out.vcf"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(!lab.path("two.out.vcf").exists());
}

#[test]
fn no_build_and_a_contradicted_build_are_errors() {
    let lab = Lab::new();
    lab.write(
        "none.vcf",
        "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n",
    );
    let error = |arguments: &[&str]| {
        let output = lab.run(arguments);
        assert_eq!(output.status.code(), Some(3));
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(error(&["analyze", "-o", "out", "none.vcf"]).contains("give --build grch37 or --build grch38"));
    lab.write("a.vcf", VcfBuilder::grch38("A").text());
    let contradicted = error(&["analyze", "-o", "out2", "a.vcf", "--build", "grch37"]);
    assert!(contradicted.contains("GRCh38"), "{contradicted}");
    assert!(
        lab.run(&["analyze", "-o", "out3", "none.vcf", "--build", "grch37"])
            .status
            .success()
    );
}

fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn contents_of(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let content = |name: String| {
        let bytes = fs::read(folder.join(&name)).unwrap();
        (name, bytes)
    };
    names_in(folder).into_iter().map(content).collect()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

impl Lab {
    fn write_samples(&self, names: &[&str]) {
        for name in names {
            let text = VcfBuilder::grch38(name)
                .call("chr9", 5_073_770, "G", "T", (960, 40))
                .text();
            self.write(&format!("{name}.vcf"), text);
        }
    }
}

#[test]
fn a_second_run_adds_its_samples() {
    let lab = Lab::new();
    lab.write_samples(&["A", "B", "C"]);
    assert!(
        lab.run(&["analyze", "-o", "once", "C.vcf", "A.vcf", "B.vcf"])
            .status
            .success()
    );
    for file in ["C.vcf", "A.vcf", "B.vcf"] {
        let output = lab.run(&["analyze", "-o", "out", file]);
        assert!(output.status.success(), "{}", stderr(&output));
    }
    assert!(contents_of(&lab.path("out")) == contents_of(&lab.path("once")));
    // Again is an error, with --force only the row of this sample is another.
    let text = VcfBuilder::grch38("B").text();
    lab.write("B.vcf", text);
    let again = lab.run(&["analyze", "-o", "out", "B.vcf"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(
        stderr(&again).contains("B.calls.tsv is there already")
            || stderr(&again).contains("B.json is there already")
    );
    assert!(contents_of(&lab.path("out")) == contents_of(&lab.path("once")));
    assert!(
        lab.run(&["analyze", "-o", "out", "B.vcf", "--force"])
            .status
            .success()
    );
    let states = Table::read(&lab.path("out/summary.tsv")).columns(&["sample", "ch"]);
    assert_eq!(states, ["A present", "B none_called", "C present"]);
    // A sample that fails loses its report and its row.
    lab.write("B.vcf", VcfBuilder::grch38("B").text() + "chr9\tx\n");
    assert_eq!(
        lab.run(&["analyze", "-o", "out", "B.vcf", "--force"])
            .status
            .code(),
        Some(3)
    );
    let states = Table::read(&lab.path("out/summary.tsv")).columns(&["sample", "ch"]);
    assert_eq!(states, ["A present", "C present"]);
    assert!(names_in(&lab.path("out")).iter().all(|n| !n.starts_with("B.")));
}

#[test]
fn a_summary_of_another_layout_is_not_added_to() {
    let lab = Lab::new();
    lab.write_samples(&["A"]);
    fs::create_dir(lab.path("out")).unwrap();
    for other in ["sample\tch\nZ\tpresent\n", "", "\u{1f}\u{8b}", "sample"] {
        lab.write("out/summary.tsv", other);
        let output = lab.run(&["analyze", "-o", "out", "A.vcf"]);
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert!(
            stderr(&output).contains("summary.tsv has other columns"),
            "{}",
            stderr(&output)
        );
        assert_eq!(fs::read_to_string(lab.path("out/summary.tsv")).unwrap(), other);
        assert_eq!(names_in(&lab.path("out")), ["summary.tsv"]);
    }
    let output = lab.run(&["analyze", "-o", "out", "A.vcf", "--force"]);
    assert!(
        output.status.success() && stderr(&output).contains("written anew"),
        "{}",
        stderr(&output)
    );
    assert_eq!(
        Table::read(&lab.path("out/summary.tsv")).columns(&["sample"]),
        ["A"]
    );
}

/// What a program that was killed leaves: its lock, temporary files, a sample that lacks its last file, one that is complete but
/// in no summary.
#[test]
fn a_run_after_a_kill_cleans_up() {
    let lab = Lab::new();
    lab.write_samples(&["A", "B", "C", "D"]);
    assert!(
        lab.run(&["analyze", "-o", "once", "A.vcf", "B.vcf", "C.vcf", "D.vcf"])
            .status
            .success()
    );
    let killed = |out: &str| {
        assert!(lab.run(&["analyze", "-o", out, "A.vcf"]).status.success());
        for name in [
            "B.json",
            "B.calls.tsv",
            "B.genes.tsv",
            "B.html",
            "C.calls.tsv",
            "C.html",
        ] {
            fs::copy(lab.path("once").join(name), lab.path(out).join(name)).unwrap();
        }
        lab.write(&format!("{out}/.C.json.4194303.tmp"), "{\"sche");
        lab.write(&format!("{out}/.summary.tsv.77.tmp"), "sample\t");
        lab.write(&format!("{out}/.hemoclone.lock"), "\nB/\nC/\nD");
    };
    // The same run again, though nothing was forced.
    killed("same");
    let output = lab.run(&["analyze", "-o", "same", "B.vcf", "C.vcf", "D.vcf"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(contents_of(&lab.path("same")) == contents_of(&lab.path("once")));
    // Another run: what was complete gets its row, what was not is gone.
    killed("other");
    let output = lab.run(&["analyze", "-o", "other", "D.vcf"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let rows = Table::read(&lab.path("other/summary.tsv")).columns(&["sample"]);
    assert_eq!(rows, ["A", "B", "D"]);
    assert_eq!(names_in(&lab.path("other")).len(), 2 * 6 + 4 + 1);
    // Of a finished run nothing may be touched.
    killed("finished");
    let output = lab.run(&["analyze", "-o", "finished", "A.vcf"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
}

#[test]
fn runs_into_one_folder_wait_for_each_other() {
    let lab = Lab::new();
    let samples = ["A", "B", "C", "D", "E", "F"];
    lab.write_samples(&samples);
    let runs: Vec<_> = samples
        .iter()
        .map(|name| {
            std::process::Command::new(assert_cmd::cargo::cargo_bin("hemoclone"))
                .current_dir(lab.folder.path())
                .args(["analyze", "-o", "out", &format!("{name}.vcf")])
                .stderr(std::process::Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for run in runs {
        let output = run.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
    }
    assert_eq!(
        Table::read(&lab.path("out/summary.tsv")).columns(&["sample"]),
        samples
    );
    assert_eq!(names_in(&lab.path("out")).len(), samples.len() * 6 + 1);
}

/// Strelka2 calls every sample TUMOR and every file the same, in a folder for each.
#[test]
fn samples_of_one_name_are_named_by_their_files() {
    let lab = Lab::new();
    let text = VcfBuilder::grch38("TUMOR")
        .call("chr9", 5_073_770, "G", "T", (960, 40))
        .text();
    let mut files = Vec::new();
    for i in 0..12 {
        fs::create_dir_all(lab.path(&format!("P{i}/results"))).unwrap();
        files.push(format!("P{i}/results/somatic.vcf"));
        lab.write(&files[i], &text);
    }
    let inputs: Vec<&str> = files.iter().map(String::as_str).collect();
    let output = lab.run(&[&["analyze", "-o", "out"], &*inputs].concat());
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("all 12 files name their sample TUMOR"),
        "{}",
        stderr(&output)
    );
    let mut expected: Vec<String> = (0..12).map(|i| format!("P{i}")).collect();
    expected.sort();
    assert_eq!(
        Table::read(&lab.path("out/summary.tsv")).columns(&["sample"]),
        expected
    );
    let as_named = lab.run(&[&["analyze", "-o", "out2", "--name-by", "sample"], &*inputs].concat());
    assert_eq!(as_named.status.code(), Some(3));
    let errors = stderr(&as_named);
    assert_eq!(errors.lines().count(), 5, "{errors}");
    assert!(
        errors.contains("9 files more with equal sample names") && errors.contains("and 9 more"),
        "{errors}"
    );
    assert!(
        errors.contains("--name-by file") && errors.lines().all(|l| l.len() < 400),
        "{errors}"
    );
    // A profile says so too, and two files of one name that is no role need it.
    for (file, name) in [("x.vcf", "S"), ("y.vcf", "S")] {
        lab.write(file, VcfBuilder::grch38(name).text());
    }
    lab.write("lab.toml", "name-by = \"file\"\n");
    assert_eq!(
        lab.run(&["analyze", "-o", "out3", "x.vcf", "y.vcf"])
            .status
            .code(),
        Some(3)
    );
    let by_profile = lab.run(&["analyze", "-o", "out3", "x.vcf", "y.vcf", "-c", "lab.toml"]);
    assert!(by_profile.status.success(), "{}", stderr(&by_profile));
    assert_eq!(
        Table::read(&lab.path("out3/summary.tsv")).columns(&["sample"]),
        ["x", "y"]
    );
    // A genome in files of a chromosome each is one sample.
    for file in ["S.chr1.vcf", "S.chr2.vcf", "S.chrX.vcf"] {
        lab.write(file, VcfBuilder::grch38("S").text());
    }
    let split = lab.run(&["analyze", "-o", "out4", "S.chr1.vcf", "S.chr2.vcf", "S.chrX.vcf"]);
    assert_eq!(split.status.code(), Some(3), "{}", stderr(&split));
}

#[test]
fn a_sample_is_not_its_own_normal() {
    let lab = Lab::new();
    lab.write_samples(&["A"]);
    lab.write("s.csv", "sample,vcf,normal\nA,A.vcf,./A.vcf\n");
    for arguments in [&["A.vcf", "--normal", "A.vcf"][..], &["-s", "s.csv"]] {
        let output = lab.run(&[&["analyze", "-o", "out"], arguments].concat());
        assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
        assert!(
            stderr(&output).contains("is the sample's own file"),
            "{}",
            stderr(&output)
        );
    }
}

#[test]
fn says_what_it_did() {
    let lab = Lab::new();
    lab.write_samples(&["A", "B"]);
    let said = |arguments: &[&str]| {
        let output = lab.run(&[&["analyze", "--force"], arguments].concat());
        assert!(output.status.success() && output.stdout.is_empty());
        stderr(&output)
    };
    assert_eq!(said(&["A.vcf", "-o", "out"]), "1 sample reported in out\n");
    assert_eq!(
        said(&["A.vcf", "B.vcf", "-o", "out"]),
        "2 samples reported in out\n"
    );
    assert_eq!(said(&["A.vcf", "-o", "out", "-q"]), "");
    let verbose = said(&["A.vcf", "B.vcf", "-o", "out", "-v"]);
    assert_eq!(verbose.matches("GRCh38 (contig").count(), 2, "{verbose}");
    for part in [
        "sample \"A\"",
        "1 record on panel genes",
        "read whole",
        "1 driver",
        " s\n",
        "2 samples reported",
    ] {
        assert!(verbose.contains(part), "{part} in {verbose}");
    }
    lab.write("s.csv", "sample,vcf\nA,A.vcf\nP,none.vcf\n");
    let output = lab.run(&["analyze", "--force", "-s", "s.csv", "-o", "out"]);
    assert_eq!(output.status.code(), Some(3));
    let errors = stderr(&output);
    assert!(
        errors.contains("s.csv, line 3, sample \"P\": none.vcf: cannot be opened"),
        "{errors}"
    );
    assert!(
        errors.contains("1 sample reported, 1 input or sample failed"),
        "{errors}"
    );
}
