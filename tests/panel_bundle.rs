//! A panel bundle from a FASTA and an annotation to calls: built, checked, and used in place of both.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::PathBuf;
use std::process::{Command, Output};

use hemoclone::genome::{BaseSource as _, Build};
use hemoclone::transcript::{EmbeddedBases, transcript};

/// Coding sequence of a gene on the minus strand: M, KRGFPD five times, stop.
fn coding() -> String {
    format!("ATG{}TAA", "AAACGCGGGTTTCCCGAT".repeat(5))
}

/// chr21 with exons 301-400 and 101-200; c.1 is base 350, c.50 base 301, c.51 base 200, c.96 base 155.
fn mini_fasta(coding: &str) -> String {
    let mut bases = vec![b'T'; 500];
    for (offset, base) in coding.bytes().enumerate() {
        let at = if offset < 50 { 350 - offset } else { 250 - offset };
        bases[at - 1] = match base {
            b'A' => b'T',
            b'C' => b'G',
            b'G' => b'C',
            _ => b'A',
        };
    }
    format!(">chr21\n{}\n", String::from_utf8(bases).unwrap())
}

const GFF: &str = "##gff-version 3
chr21\tx\tgene\t101\t400\t.\t-\t.\tID=gene-MINI;gene=MINI
chr21\tx\tmRNA\t101\t400\t.\t-\t.\tID=rna-NM_1.2;Parent=gene-MINI;transcript_id=NM_1.2
chr21\tx\texon\t301\t400\t.\t-\t.\tParent=rna-NM_1.2
chr21\tx\texon\t101\t200\t.\t-\t.\tParent=rna-NM_1.2
chr21\tx\tCDS\t301\t350\t.\t-\t0\tParent=rna-NM_1.2
chr21\tx\tCDS\t155\t200\t.\t-\t1\tParent=rna-NM_1.2
";

const PANEL: &str = "name = \"mini\"
version = \"3\"
[[gene]]
symbol = \"MINI\"
transcript = \"NM_1.2\"
[[gene.rule]]
id = \"MINI-R3\"
sets = [\"local\"]
sources = [\"ours\"]
kind = \"any_substitution_at\"
residues = [\"R3\"]
[sources.ours]
citation = \"Ours\"
";

// c.8G>A, R3H.
const RECORDS: &str = "##fileformat=VCFv4.2
##FORMAT=<ID=GT,Number=1,Type=String,Description=\"x\">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"x\">
##contig=<ID=chr21,length=46709983>
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS
chr21\t343\t.\tC\tT\t.\tPASS\t.\tGT:AD\t0/1:900,100
";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_hemoclone"))
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .unwrap()
    }

    fn done(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).unwrap()
    }

    fn fails(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert!(!run.status.success());
        String::from_utf8(run.stderr).unwrap()
    }
}

fn mini() -> Folder {
    Folder::new(&[
        ("ref.fa", &mini_fasta(&coding())),
        ("mini.gff3", GFF),
        ("mini.toml", PANEL),
        ("s.vcf", RECORDS),
    ])
}

const BUILD: [&str; 12] = [
    "panel",
    "build",
    "-f",
    "ref.fa",
    "--gff",
    "mini.gff3",
    "-p",
    "mini.toml",
    "--build",
    "grch38",
    "-o",
    "mini.json",
];

#[test]
fn a_bundle_stands_in_for_fasta_and_annotation() {
    let folder = mini();
    let said = folder.done(&BUILD);
    assert!(
        said.contains(
            "panel bundle mini 3, GRCh38: 1 genes, 1 rules, transcripts of mini.gff3, bases of ref.fa"
        ),
        "{said}"
    );
    // What it was made from is not needed any more.
    for name in ["ref.fa", "mini.gff3", "mini.toml"] {
        std::fs::remove_file(folder.path(name)).unwrap();
    }
    assert_eq!(folder.done(&["panel", "check", "mini.json"]), said);
    assert!(
        folder
            .done(&["panel", "show", "mini.json", "--rules"])
            .contains("MINI-R3")
    );
    let bed = folder.done(&["panel", "bed", "mini.json", "--build", "grch38", "--padding", "0"]);
    assert_eq!(bed, "chr21\t154\t200\tMINI\nchr21\t300\t350\tMINI\n");
    folder.done(&["-q", "analyze", "s.vcf", "-p", "mini.json", "-o", "out"]);
    let result: serde_json::Value = serde_json::from_str(&folder.text("out/S.json")).unwrap();
    let call = &result["calls"][0];
    assert_eq!(call["consequence"]["hgvs_c"], "c.8G>A");
    assert_eq!(call["consequence"]["hgvs_p_short"], "p.R3H");
    assert_eq!(call["consequence"]["source"], "bundle");
    assert_eq!(call["status"], "driver");
    let recorded = result["settings"]["overrides"]["panel bundle"].as_str().unwrap();
    assert!(
        said.trim_end()
            .ends_with(recorded.strip_prefix("mini.json ").unwrap()),
        "{recorded}"
    );
    let annotated = folder.done(&["annotate", "s.vcf", "-p", "mini.json"]);
    assert!(
        annotated.contains("p.(Arg3His)") || annotated.contains("R3H"),
        "{annotated}"
    );
}

#[test]
fn a_changed_or_foreign_bundle_is_refused() {
    let folder = mini();
    folder.done(&BUILD);
    assert!(folder.fails(&BUILD).contains("--force"));
    let text = folder.text("mini.json");
    std::fs::write(folder.path("changed.json"), text.replacen("\"R3\"", "\"R9\"", 1)).unwrap();
    let said = folder.fails(&["panel", "check", "changed.json"]);
    assert!(
        said.contains("checksum") && said.contains("panel build"),
        "{said}"
    );
    std::fs::write(folder.path("none.json"), "{}").unwrap();
    assert!(
        folder
            .fails(&["panel", "check", "none.json"])
            .contains("no panel bundle")
    );
    // A file of the other build.
    let other = RECORDS.replace("46709983", "48129895");
    std::fs::write(folder.path("other.vcf"), other).unwrap();
    for arguments in [
        ["analyze", "other.vcf", "-p", "mini.json", "-o", "o"],
        ["annotate", "other.vcf", "-p", "mini.json", "-o", "o.vcf"],
    ] {
        let said = folder.fails(&arguments);
        assert!(
            said.contains("mini is a bundle of GRCh38, the file is on GRCh37"),
            "{said}"
        );
    }
    // A FASTA given beside it is compared with its bases: c.8 is base 343.
    let wrong = coding().replacen("AAACGC", "AAACTC", 1);
    std::fs::write(folder.path("ref.fa"), mini_fasta(&wrong)).unwrap();
    let said = folder.fails(&["analyze", "s.vcf", "-p", "mini.json", "-o", "p", "-f", "ref.fa"]);
    assert!(said.contains("MINI at chr21:343 has A, GRCh38 has C"), "{said}");
}

#[test]
fn what_does_not_fit_is_named() {
    let folder = mini();
    let build = |changes: &[(&str, &str)]| {
        let folder = mini();
        for (name, content) in changes {
            std::fs::write(folder.path(name), content).unwrap();
        }
        folder.fails(&BUILD)
    };
    let masked = mini_fasta(&coding()).replacen("CAT", "NAT", 1);
    let said = build(&[("ref.fa", &masked)]);
    assert!(said.contains("masked: MINI at chr21:348 is N"), "{said}");
    let stop = mini_fasta(&coding().replacen("CGC", "TGA", 1));
    assert!(build(&[("ref.fa", &stop)]).contains("a stop at codon 3 of 32"));
    let said = build(&[("mini.gff3", &GFF.replace("NM_1.2", "NM_1.3"))]);
    assert!(
        said.contains("NM_1.2 is asked for, the annotation has NM_1.3"),
        "{said}"
    );
    let said = build(&[("mini.gff3", &GFF.replace("\t350\t", "\tx\t"))]);
    assert!(
        said.contains("mini.gff3") && said.contains("line 6: not a position"),
        "{said}"
    );
    let said = build(&[("mini.toml", &PANEL.replace("R3\"]", "K3\"]"))]);
    assert!(said.contains("K3"), "{said}");
    // Lengths do not tell the build of pieces.
    let said = folder.fails(&[
        "panel",
        "build",
        "-f",
        "ref.fa",
        "--gff",
        "mini.gff3",
        "MINI",
        "-o",
        "b.json",
    ]);
    assert!(said.contains("give --build"), "{said}");
}

#[test]
fn genes_by_name_need_no_panel_file() {
    let folder = mini();
    let said = folder.done(&[
        "panel",
        "build",
        "-f",
        "ref.fa",
        "--gff",
        "mini.gff3",
        "--build",
        "grch38",
        "MINI",
        "-o",
        "own.json",
    ]);
    assert!(
        said.contains("panel bundle own 1, GRCh38: 1 genes, 0 rules"),
        "{said}"
    );
    // A gene of the program comes with its rules and the transcript they are stated on.
    let model = transcript("NM_004380.3", Build::Grch38).unwrap();
    let (_, end) = model.span().into_inner();
    let mut bases = vec![b'N'; end as usize + 100];
    for region in model.coding_regions(0) {
        let known = EmbeddedBases::of(Build::Grch38).bases_or_n(model.chromosome(), region.clone());
        bases[*region.start() as usize - 1..*region.end() as usize].copy_from_slice(&known);
    }
    let fasta = format!(">16\n{}\n", String::from_utf8(bases).unwrap());
    std::fs::write(folder.path("chr16.fa"), fasta).unwrap();
    let said = folder.done(&[
        "panel",
        "build",
        "-f",
        "chr16.fa",
        "--build",
        "grch38",
        "CREBBP",
        "-o",
        "crebbp.json",
    ]);
    assert!(said.contains("transcripts of built-in table"), "{said}");
    let said = folder.fails(&[
        "panel",
        "build",
        "-f",
        "chr16.fa",
        "--build",
        "grch38",
        "CREBBP=NM_9.9",
        "-o",
        "c.json",
    ]);
    assert!(said.contains("the rules are stated on NM_004380.3"), "{said}");
    let said = folder.fails(&[
        "panel", "build", "-f", "chr16.fa", "--build", "grch38", "NOGENE", "-o", "c.json",
    ]);
    assert!(said.contains("gene NOGENE") && said.contains("--gff"), "{said}");
}
