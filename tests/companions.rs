//! What lies beside a sample's calls: population frequencies, a matched normal, alleles of other samples.

#![allow(clippy::unwrap_used, reason = "a test may stop at what cannot be")]

use std::fmt::Write as _;

#[path = "support/lab.rs"]
mod lab;
#[path = "support/vcf.rs"]
mod vcf;

use lab::{Lab, call_at, detail, reasons};
use vcf::VcfBuilder;

/// DNMT3A R882H at 6 %, a TET2 missense at 30 %, ASXL1 c.1934dup at 20 %, JAK2 V617F at 4 %.
fn sample() -> VcfBuilder {
    VcfBuilder::grch38("A")
        .call("chr2", 25_234_373, "C", "T", (1880, 120))
        .call("chr4", 105_275_794, "A", "G", (700, 300))
        .call("chr20", 32_434_638, "A", "AG", (800, 200))
        .call("chr9", 5_073_770, "G", "T", (960, 40))
}

/// A population file with bare contig names and the lengths of a build.
fn population(grch38: bool, infos: &str, records: &[&str]) -> String {
    let lengths = if grch38 {
        [
            ("2", 242_193_529),
            ("4", 190_214_555),
            ("9", 138_394_717),
            ("20", 64_444_167),
        ]
    } else {
        [
            ("2", 243_199_373),
            ("4", 191_154_276),
            ("9", 141_213_431),
            ("20", 63_025_520),
        ]
    };
    let mut text = String::from("##fileformat=VCFv4.2\n##FILTER=<ID=AC0,Description=\"No carrier\">\n");
    for (name, length) in lengths {
        writeln!(text, "##contig=<ID={name},length={length}>").unwrap();
    }
    for key in infos.split_whitespace() {
        writeln!(
            text,
            "##INFO=<ID={key},Number=A,Type=Float,Description=\"{key}\">"
        )
        .unwrap();
    }
    text.push_str("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n");
    for record in records {
        text.push_str(&record.replace(' ', "\t"));
        text.push('\n');
    }
    text
}

const GNOMAD: [&str; 4] = [
    "2 25234373 . C G,T . PASS AF=0.4,0.0004;AF_grpmax=.,0.002;faf95=0,0.0001",
    "4 105275794 . A G . PASS AF=0.21;AF_grpmax=0.3",
    "9 5073770 . G T . AC0 AF=0.00001",
    // c.1934dup at the right end of its run.
    "20 32434645 . G GG . PASS AF=0.003",
];

#[test]
fn frequencies_come_from_a_file_and_hotspots_are_rescued() {
    let lab = Lab::new();
    lab.write("a.vcf", sample().text());
    lab.write_indexed("pop.vcf.gz", &population(true, "AF AF_grpmax faf95", &GNOMAD));
    let result = lab.result("A", &["a.vcf", "--population", "pop.vcf.gz"]);
    let r882h = call_at(&result, 25_234_373);
    assert_eq!(r882h["status"], "driver");
    assert_eq!(
        detail(r882h, "population_rescued").unwrap(),
        "pop.vcf.gz INFO/AF_grpmax 0.002000"
    );
    let common = call_at(&result, 105_275_794);
    assert_eq!(common["status"], "germline_suspected");
    assert_eq!(common["population"]["frequency"], 0.3);
    let dup = call_at(&result, 32_434_638);
    assert_eq!(
        dup["population"]["field"], "pop.vcf.gz INFO/AF",
        "matched in normal form"
    );
    let rare = call_at(&result, 5_073_770);
    assert_eq!(rare["population"]["field"], "pop.vcf.gz INFO/AF [AC0]");
    assert!(detail(rare, "population_rescued").is_none());
    assert_eq!(result["settings"]["population"][0], "pop.vcf.gz");
}

#[test]
fn the_key_can_be_named_and_the_highest_of_file_and_record_counts() {
    let lab = Lab::new();
    let own = VcfBuilder::grch38("A").record(
        "chr4",
        105_275_794,
        "A",
        "G",
        "PASS",
        "gnomAD_AF=0.0009",
        (700, 300),
    );
    lab.write("a.vcf", own.text());
    lab.write_indexed(
        "pop.vcf.gz",
        &population(
            true,
            "AF faf95",
            &["4 105275794 . A G . PASS AF=0.21;faf95=0.0001"],
        ),
    );
    let field = |arguments: &[&str]| {
        let all: Vec<&str> = ["a.vcf", "--population", "pop.vcf.gz"]
            .iter()
            .chain(arguments)
            .copied()
            .collect();
        let result = lab.result("A", &all);
        call_at(&result, 105_275_794)["population"]["field"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(field(&[]), "pop.vcf.gz INFO/AF");
    assert_eq!(field(&["--population-key", "faf95"]), "INFO/gnomAD_AF");
    let said = lab.refusal(
        3,
        &[
            "a.vcf",
            "--population",
            "pop.vcf.gz",
            "--population-key",
            "AF_eas",
        ],
    );
    assert!(
        said.contains("no INFO field AF_eas") && said.contains("AF, faf95"),
        "{said}"
    );
}

#[test]
fn annotate_writes_the_frequency_and_where_it_stands() {
    let lab = Lab::new();
    let calls = sample()
        .record("chr2", 25_234_372, "G", "A", "PASS", ".", (10, 5))
        .text();
    lab.write("a.vcf", calls);
    lab.write_indexed("pop.vcf.gz", &population(true, "AF AF_grpmax faf95", &GNOMAD));
    let output = lab.run(&["annotate", "a.vcf", "--population", "pop.vcf.gz"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let line = |position: &str| text.lines().find(|l| l.contains(position)).unwrap().to_owned();
    let dup = line("\t32434638\t");
    assert!(
        dup.contains("HC_POPULATION_AF=0.003;HC_POPULATION=pop.vcf.gz%20INFO/AF"),
        "{dup}"
    );
    assert!(
        !line("\t25234372\t").contains("HC_POPULATION"),
        "not in the file: no frequency"
    );
    lab.write_indexed("37.vcf.gz", &population(false, "AF", &GNOMAD));
    let refused = lab.run(&["annotate", "a.vcf", "--population", "37.vcf.gz"]);
    assert_eq!(refused.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("on GRCh37"));
}

#[test]
fn an_mnv_is_as_rare_as_its_rarest_substitution() {
    let lab = Lab::new();
    // JAK2 c.1849_1850delinsTA on two known substitutions.
    lab.write(
        "a.vcf",
        VcfBuilder::grch38("A")
            .call("chr9", 5_073_770, "GT", "TA", (960, 40))
            .text(),
    );
    let both = [
        "9 5073770 . G T . PASS AF=0.02",
        "9 5073771 . T A . PASS AF=0.005",
    ];
    lab.write_indexed("both.vcf.gz", &population(true, "AF", &both));
    lab.write_indexed("one.vcf.gz", &population(true, "AF", &both[..1]));
    let result = lab.result("A", &["a.vcf", "--population", "both.vcf.gz"]);
    let call = call_at(&result, 5_073_770);
    assert_eq!(call["population"]["frequency"], 0.005);
    let result = lab.result("A", &["a.vcf", "--population", "one.vcf.gz"]);
    assert!(call_at(&result, 5_073_770)["population"].is_null());
}

#[test]
fn files_by_chromosome_are_given_together() {
    let lab = Lab::new();
    lab.write("a.vcf", sample().text());
    lab.write_indexed("2.vcf.gz", &population(true, "AF", &GNOMAD[..1]));
    lab.write_indexed("4.vcf.gz", &population(true, "AF", &GNOMAD[1..2]));
    lab.write("lab.toml", "population = [\"2.vcf.gz\", \"4.vcf.gz\"]\n");
    let result = lab.result("A", &["a.vcf", "--config", "lab.toml"]);
    assert_eq!(call_at(&result, 25_234_373)["population"]["frequency"], 0.0004);
    assert_eq!(call_at(&result, 105_275_794)["population"]["frequency"], 0.21);
    assert_eq!(result["settings"]["population"].as_array().unwrap().len(), 2);
}

#[test]
fn a_population_file_that_does_not_tell_its_build_takes_the_given_one() {
    let lab = Lab::new();
    lab.write("a.vcf", sample().text());
    let text = population(true, "AF", &GNOMAD);
    let silent: String = text
        .lines()
        .filter(|l| !l.starts_with("##contig"))
        .fold(String::new(), |all, line| all + line + "\n");
    lab.write_indexed("silent.vcf.gz", &silent);
    let said = lab.refusal(3, &["a.vcf", "--population", "silent.vcf.gz"]);
    assert!(
        said.contains("silent.vcf.gz") && said.contains("--build"),
        "{said}"
    );
    let result = lab.result(
        "A",
        &["a.vcf", "--population", "silent.vcf.gz", "--build", "grch38"],
    );
    assert_eq!(call_at(&result, 105_275_794)["population"]["frequency"], 0.21);
}

#[test]
fn a_population_file_that_cannot_be_trusted_is_an_error() {
    let lab = Lab::new();
    lab.write("a.vcf", sample().text());
    let refused = |file: &str, words: &[&str]| {
        let said = lab.refusal(3, &["a.vcf", "--population", file]);
        assert!(words.iter().all(|w| said.contains(w)), "{file}: {said}");
        assert!(!lab.path("out/A.json").exists(), "{file}: no report without it");
    };
    lab.write_bgzf("bare.vcf.gz", &population(true, "AF", &GNOMAD));
    refused("bare.vcf.gz", &["there is no index", "tabix"]);
    lab.write("plain.vcf", population(true, "AF", &GNOMAD));
    refused("plain.vcf", &["not compressed by bgzip"]);
    lab.write_indexed("37.vcf.gz", &population(false, "AF", &GNOMAD));
    refused("37.vcf.gz", &["on GRCh37", "on GRCh38"]);
    lab.write_indexed(
        "key.vcf.gz",
        &population(true, "AC", &["2 25234373 . C T . PASS AC=3"]),
    );
    refused("key.vcf.gz", &["no INFO field AF", "--population-key"]);
    lab.write_indexed(
        "ref.vcf.gz",
        &population(true, "AF", &["2 25234373 . G T . PASS AF=0.1"]),
    );
    refused("ref.vcf.gz", &["REF of 2:25234373 is G", "has C"]);
    refused("nowhere.vcf.gz", &["cannot be opened"]);
    // Cut behind the last record, and an index of another file.
    lab.write_indexed("cut.vcf.gz", &population(true, "AF", &GNOMAD));
    let whole = std::fs::read(lab.path("cut.vcf.gz")).unwrap();
    lab.write("cut.vcf.gz", &whole[..whole.len() - 28]);
    refused("cut.vcf.gz", &["closing block"]);
    lab.write_indexed("short.vcf.gz", &population(true, "AF", &GNOMAD[..1]));
    lab.write_bgzf("other.vcf.gz", &population(true, "AF", &GNOMAD));
    std::fs::copy(lab.path("short.vcf.gz.tbi"), lab.path("other.vcf.gz.tbi")).unwrap();
    refused(
        "other.vcf.gz",
        &["index other.vcf.gz.tbi cannot be used", "tabix"],
    );
    // The other way round: the index reaches farther than the file.
    lab.write_indexed("longer.vcf.gz", &population(true, "AF", &GNOMAD));
    lab.write_bgzf("shorter.vcf.gz", &population(true, "AF", &GNOMAD[..3]));
    std::fs::copy(lab.path("longer.vcf.gz.tbi"), lab.path("shorter.vcf.gz.tbi")).unwrap();
    refused(
        "shorter.vcf.gz",
        &["index shorter.vcf.gz.tbi cannot be used", "tabix"],
    );
}

#[test]
fn the_normals_own_file_is_read_for_the_same_allele() {
    let lab = Lab::new();
    lab.write("a.vcf", sample().text());
    let normal = VcfBuilder::grch38("N")
        .call("chr4", 105_275_794, "A", "G", (31, 29))
        // The duplication at the other end of its run.
        .call("chr20", 32_434_645, "G", "GG", (57, 3))
        .call("chr9", 5_073_770, "G", "A", (60, 1));
    lab.write("n.vcf", normal.text());
    let result = lab.result("A", &["a.vcf", "--normal", "n.vcf"]);
    let inherited = call_at(&result, 105_275_794);
    assert_eq!(inherited["status"], "germline_suspected");
    assert_eq!(detail(inherited, "in_normal").unwrap(), "29/60");
    assert_eq!(inherited["normal"]["alt_count"], 29);
    assert_eq!(detail(call_at(&result, 32_434_638), "in_normal").unwrap(), "3/60");
    assert_eq!(
        detail(call_at(&result, 5_073_770), "absent_in_normal").unwrap(),
        "not called, depth 61",
        "another allele of the place shows that it was looked at"
    );
    let silent = call_at(&result, 25_234_373);
    assert!(
        detail(silent, "normal_not_assessed").is_some(),
        "{:?}",
        reasons(silent)
    );
    assert_eq!(silent["status"], "driver");
    assert_eq!(result["inputs"][0]["normal_file"], "n.vcf");
    assert_eq!(result["inputs"][0]["normal_column"], "N");
}

#[test]
fn absence_in_the_normal_needs_depth_over_the_whole_change() {
    let lab = Lab::new();
    // TP53 R248Q at one half, where inheritance must be thought of, and a deletion in JAK2.
    let calls = VcfBuilder::grch38("A")
        .call("chr17", 7_674_220, "C", "T", (500, 500))
        .call("chr9", 5_073_770, "GTCT", "G", (500, 500));
    lab.write("a.vcf", calls.text());
    let blocks = |end: u32| {
        let mut text = VcfBuilder::grch38("N")
            .meta("##INFO=<ID=END,Number=1,Type=Integer,Description=\"End\">")
            .text();
        text.push_str("chr17\t7674000\t.\tN\t<NON_REF>\t.\t.\tEND=7674400\tGT:DP\t0/0:55\n");
        writeln!(
            text,
            "chr9\t5073700\t.\tN\t<NON_REF>\t.\t.\tEND={end}\tGT:DP\t0/0:44"
        )
        .unwrap();
        text
    };
    lab.write("n.g.vcf", blocks(5_073_773));
    let result = lab.result("A", &["a.vcf", "--normal", "n.g.vcf"]);
    let snv = call_at(&result, 7_674_220);
    assert_eq!(detail(snv, "absent_in_normal").unwrap(), "not called, depth 55");
    assert_eq!(snv["status"], "driver", "a clean normal rules inheritance out");
    assert!(snv["normal"].is_null(), "a block counts no alternative reads");
    assert_eq!(
        detail(call_at(&result, 5_073_770), "absent_in_normal").unwrap(),
        "not called, depth 44"
    );
    let nothing = blocks(5_073_773).replace("0/0:55", "0/0:0");
    lab.write("n.g.vcf", nothing);
    let result = lab.result("A", &["a.vcf", "--normal", "n.g.vcf"]);
    let unseen = call_at(&result, 7_674_220);
    assert!(
        detail(unseen, "normal_not_assessed").is_some(),
        "no read is no look"
    );
    assert_eq!(unseen["status"], "driver_review");
    lab.write("n.g.vcf", blocks(5_073_772));
    let result = lab.result("A", &["a.vcf", "--normal", "n.g.vcf"]);
    assert!(detail(call_at(&result, 5_073_770), "normal_not_assessed").is_some());
}

#[test]
fn a_genotype_of_the_normal_is_a_call_or_depth() {
    let lab = Lab::new();
    lab.write("a.vcf", sample().text());
    let header = VcfBuilder::grch38("N").text();
    let records = "chr2\t25234373\t.\tC\tT\t.\tPASS\t.\tGT:DP\t0/0:70\n\
                   chr4\t105275794\t.\tA\tG\t.\tPASS\t.\tGT\t0/1\n\
                   chr9\t5073770\t.\tG\tT\t.\tPASS\t.\tGT:AD\t0/0:80,0\n\
                   chr20\t32434638\t.\tA\tAG\t.\tPASS\t.\tGT\t./.\n";
    lab.write("n.vcf", header + records);
    let result = lab.result("A", &["a.vcf", "--normal", "n.vcf"]);
    let of = |position: u64, code: &str| detail(call_at(&result, position), code);
    assert_eq!(
        of(25_234_373, "absent_in_normal").unwrap(),
        "not called, depth 70"
    );
    assert_eq!(of(105_275_794, "in_normal").unwrap(), "called, no read counts");
    assert_eq!(of(5_073_770, "absent_in_normal").unwrap(), "0/80");
    assert!(of(32_434_638, "normal_not_assessed").is_some());
}

#[test]
fn an_mnv_and_its_substitutions_are_one_to_the_normal() {
    let lab = Lab::new();
    let as_one = VcfBuilder::grch38("A").call("chr9", 5_073_770, "GT", "TA", (960, 40));
    let apart = |name: &str| {
        VcfBuilder::grch38(name)
            .call("chr9", 5_073_770, "G", "T", (40, 20))
            .call("chr9", 5_073_771, "T", "A", (41, 19))
    };
    lab.write("a.vcf", as_one.text());
    lab.write("n.vcf", apart("N").text());
    let result = lab.result("A", &["a.vcf", "--normal", "n.vcf"]);
    assert_eq!(detail(call_at(&result, 5_073_770), "in_normal").unwrap(), "19/60");
    lab.write("b.vcf", apart("B").text());
    lab.write(
        "n.vcf",
        VcfBuilder::grch38("N")
            .call("chr9", 5_073_770, "GT", "TA", (31, 29))
            .text(),
    );
    let result = lab.result("B", &["b.vcf", "--normal", "n.vcf"]);
    assert_eq!(detail(call_at(&result, 5_073_771), "in_normal").unwrap(), "29/60");
    // Another deletion over the place may be the same event written otherwise: no absence is claimed.
    lab.write(
        "n.vcf",
        VcfBuilder::grch38("N")
            .call("chr9", 5_073_769, "TGTC", "T", (31, 29))
            .text(),
    );
    let result = lab.result("B", &["b.vcf", "--normal", "n.vcf"]);
    assert!(detail(call_at(&result, 5_073_771), "normal_not_assessed").is_some());
}

#[test]
fn the_sheet_names_each_samples_normal() {
    let lab = Lab::new();
    for name in ["A", "B"] {
        let calls = VcfBuilder::grch38(name).call("chr4", 105_275_794, "A", "G", (700, 300));
        lab.write(&format!("{name}.vcf"), calls.text());
    }
    lab.write(
        "n.vcf",
        VcfBuilder::grch38("N")
            .call("chr4", 105_275_794, "A", "G", (31, 29))
            .text(),
    );
    lab.write("s.csv", "sample,vcf,normal\nA,A.vcf,n.vcf\nB,B.vcf,\n");
    let of = |sample: &str| {
        let result = lab.result(sample, &["-s", "s.csv"]);
        detail(call_at(&result, 105_275_794), "in_normal")
    };
    assert_eq!(of("A").as_deref(), Some("29/60"));
    assert_eq!(of("B"), None);
    let said = lab.refusal(2, &["A.vcf", "B.vcf", "--normal", "n.vcf"]);
    assert!(said.contains("column normal"), "{said}");
}

#[test]
fn a_normal_that_cannot_be_told_is_an_error() {
    let lab = Lab::new();
    lab.write("a.vcf", sample().text());
    lab.write("37.vcf", VcfBuilder::grch37("N").text());
    let said = lab.refusal(3, &["a.vcf", "--normal", "37.vcf"]);
    assert!(said.contains("on GRCh37") && said.contains("on GRCh38"), "{said}");
    let two = VcfBuilder::grch38("N\tM").text();
    lab.write(
        "two.vcf",
        two + "chr4\t105275794\t.\tA\tG\t.\t.\t.\tGT:AD\t0/1:30,30\t0/0:60,0\n",
    );
    let said = lab.refusal(3, &["a.vcf", "--normal", "two.vcf"]);
    assert!(
        said.contains("N, M") && said.contains("--normal-column"),
        "{said}"
    );
    let result = lab.result("A", &["a.vcf", "--normal", "two.vcf", "--normal-column", "M"]);
    assert_eq!(
        detail(call_at(&result, 105_275_794), "absent_in_normal").unwrap(),
        "0/60"
    );
    lab.write("n.bam", b"BAM\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    let said = lab.refusal(3, &["a.vcf", "--normal", "n.bam"]);
    assert!(said.contains("BAM"), "{said}");
}

const LIST: &str = "chrom\tpos\tref\talt\tsamples_with\tsamples\tmean_vaf\n";

#[test]
fn an_allele_of_many_samples_is_a_suspected_artifact_and_a_hotspot_is_not() {
    let lab = Lab::new();
    let calls = sample().call("chr4", 105_235_001, "T", "C", (900, 100));
    lab.write("a.vcf", calls.text());
    let rows = "4\t105235001\tT\tC\t40\t200\t0.05\nchr2\t25234373\tC\tT\t60\t200\t0.04\n\
                chr20\t32434645\tG\tGG\t13\t200\t\nchr9\t5073770\tG\tT\t12\t200\t\n";
    lab.write("list.tsv", format!("{LIST}{rows}"));
    let result = lab.result("A", &["a.vcf", "--recurrent", "list.tsv"]);
    let suspected = call_at(&result, 105_235_001);
    assert_eq!(suspected["status"], "artifact_suspected");
    assert_eq!(
        detail(suspected, "recurrent").unwrap(),
        "40 of 200 samples, mean VAF 0.0500"
    );
    let hotspot = call_at(&result, 25_234_373);
    assert_eq!(hotspot["status"], "driver");
    assert_eq!(
        detail(hotspot, "recurrent_rescued").unwrap(),
        "60 of 200 samples, mean VAF 0.0400"
    );
    assert!(
        detail(call_at(&result, 32_434_638), "recurrent_rescued").is_some(),
        "in normal form"
    );
    assert!(
        reasons(call_at(&result, 5_073_770))
            .iter()
            .all(|r| !r.starts_with("recurrent")),
        "12 is not more than 6 % of 200"
    );
    assert_eq!(result["settings"]["recurrent"], "list.tsv");
}

#[test]
fn a_list_of_another_build_or_with_a_mistake_is_an_error() {
    let lab = Lab::new();
    lab.write("a.vcf", sample().text());
    for (row, words) in [
        (
            "2\t25457242\tC\tG\t3\t9\t\n2\t25234373\tG\tT\t60\t200\t\n",
            "line 3, column ref",
        ),
        ("2\t25234373\tC\tT\t60\t20\t\n", "line 2, column samples_with"),
    ] {
        lab.write("list.tsv", format!("{LIST}{row}"));
        let said = lab.refusal(3, &["a.vcf", "--recurrent", "list.tsv"]);
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn an_index_hides_no_contig_of_an_unknown_name() {
    let lab = Lab::new();
    let known = VcfBuilder::grch38("A").call("chr2", 25_234_373, "C", "T", (80, 20));
    lab.write_indexed("some.vcf.gz", &known.call("chr02", 7, "C", "T", (80, 20)).text());
    let result = lab.result("A", &["some.vcf.gz"]);
    let warnings = result["warnings"].to_string();
    assert!(
        warnings.contains("chr02") && warnings.contains("not looked at"),
        "{warnings}"
    );
    let unknown = VcfBuilder::grch38("A").call("chr02", 25_234_373, "C", "T", (80, 20));
    lab.write_indexed("none.vcf.gz", &unknown.text());
    let said = lab.refusal(3, &["none.vcf.gz"]);
    assert!(
        said.contains("no record lies on a chromosome of GRCh38"),
        "{said}"
    );
    let behind = VcfBuilder::grch38("A").call("chr2", 252_343_730, "C", "T", (80, 20));
    lab.write_indexed("behind.vcf.gz", &behind.text());
    let said = lab.refusal(3, &["behind.vcf.gz"]);
    assert!(said.contains("242193529"), "{said}");
}

#[test]
fn an_index_that_knows_no_svlen_hides_no_deletion() {
    let lab = Lab::new();
    let text = VcfBuilder::grch38("A")
        .meta("##INFO=<ID=SVLEN,Number=A,Type=Integer,Description=\"l\">")
        .record("chr17", 7_600_000, "A", "<DEL>", "PASS", "SVLEN=200000", (80, 20))
        .record("chr17", 8_900_000, "A", "C", "PASS", ".", (80, 20))
        .text();
    lab.write_indexed("in.vcf.gz", &text);
    let result = lab.result("A", &["in.vcf.gz"]);
    assert_eq!(result["calls"][0]["consequence"]["gene"], "TP53");
}
