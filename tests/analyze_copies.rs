//! KMT2A-PTD from reads, through the command itself: what joins its copies, how it is scored, and what the page says.

#![cfg(feature = "alignments")]
#![allow(clippy::unwrap_used, reason = "a test may stop at what cannot be")]

use std::fs;

use hemoclone::genome::Build;
use hemoclone::transcript::transcript;
use serde_json::Value;
use tempfile::TempDir;

#[path = "support/mds_patient.rs"]
mod mds_patient;
#[path = "support/reads.rs"]
mod reads;

use reads::{Random, ReadSet, SamLine, human_chromosome};

/// chr11 of GRCh38 with KMT2A, the introns around exons 3 and 9 filled in, and reads over both exons.
struct Lab {
    folder: TempDir,
    reads: ReadSet,
    /// First and last base that is there twice: beside exon 3 and exon 9.
    first: usize,
    last: usize,
}

impl Lab {
    fn new() -> Self {
        let mut bases = human_chromosome(Build::Grch38, "11");
        let exons = transcript("NM_001197104.2", Build::Grch38).unwrap().exons();
        let (third, ninth) = (exons[2], exons[8]);
        let mut random = Random::new(3);
        for exon in [third, ninth] {
            for base in &mut bases[exon.start as usize - 300..exon.end as usize + 300] {
                if *base == b'N' {
                    *base = b"ACGT"[random.below(4)];
                }
            }
        }
        let mut reads = ReadSet {
            contigs: vec![("chr11".to_owned(), bases)],
            lines: Vec::new(),
            header_lines: vec!["@RG\tID:r\tSM:person".to_owned()],
        };
        for i in 0..300 {
            for (name, at) in [("a", third.start as usize - 40), ("b", ninth.end as usize - 90)] {
                let first = at + random.below(40);
                reads.add_pair(&format!("{name}{i}"), 0, first, first + 20, 60);
            }
        }
        Self {
            folder: tempfile::tempdir().unwrap(),
            reads,
            first: third.start as usize - 40,
            last: ninth.end as usize + 30,
        }
    }

    /// Adds reads of 100 bases that are split at the junction, aligned now with their one end, now with the other.
    fn split(&mut self, count: usize) {
        for i in 0..count {
            let before = 45 + i % 11;
            let behind = 100 - before;
            let bases = self.reads.reference(0, self.last - before + 1, self.last)
                + &self.reads.reference(0, self.first, self.first + behind - 1);
            let start = self.last - before + 1;
            let (flags, strand) = if i % 2 == 0 { (0, '+') } else { (16, '-') };
            let (position, cigar, tags) = if i % 3 == 0 {
                let other = format!("SA:Z:chr11,{start},{strand},{before}M{behind}S,60,0;");
                (self.first, format!("{before}S{behind}M"), other)
            } else {
                let other = format!("SA:Z:chr11,{},{strand},{before}S{behind}M,60,0;", self.first);
                (start, format!("{before}M{behind}S"), other)
            };
            self.reads.lines.push(SamLine {
                name: format!("s{i}"),
                flags,
                contig: 0,
                position,
                mapping_quality: 60,
                cigar,
                mate: 0,
                qualities: vec![37; bases.len()],
                bases,
                tags,
            });
        }
    }

    /// Adds pairs whose mates face away from each other over the stretch.
    fn pairs(&mut self, count: usize) {
        for i in 0..count {
            let (behind, before) = (self.last - 130 + 2 * i, self.first + 30 + i);
            for (flags, position, mate) in [(0x61, behind, before), (0x91, before, behind)] {
                let bases = self.reads.reference(0, position, position + 59);
                self.reads.lines.push(SamLine {
                    name: format!("p{i}"),
                    flags,
                    contig: 0,
                    position,
                    mapping_quality: 60,
                    cigar: "60M".to_owned(),
                    mate,
                    qualities: vec![37; bases.len()],
                    bases,
                    tags: String::new(),
                });
            }
        }
    }

    fn report(&self) -> (Value, String) {
        self.report_of("bam")
    }

    /// The same of a file whose name ends so.
    fn report_of(&self, ending: &str) -> (Value, String) {
        let path = self.folder.path();
        let fasta = self.reads.write_fasta(path);
        if ending == "cram" {
            self.reads.write_cram(&path.join("person.cram"), &fasta);
        } else {
            self.reads.write_bam(&path.join("person.bam"));
        }
        mds_patient::report(path, ending)
    }
}

/// Returns the column of IPSS-M.
fn column(json: &Value) -> Value {
    let columns = json["myeloid"]["ipss_m"]["columns"].as_array().unwrap();
    columns.iter().find(|c| c["column"] == "MLL_PTD").unwrap().clone()
}

fn duplications(json: &Value) -> Vec<Value> {
    let calls = json["calls"].as_array().unwrap().iter();
    calls
        .filter(|c| c["consequence"]["event"]["name"] == "kmt2a_ptd")
        .cloned()
        .collect()
}

#[test]
fn split_reads_make_a_duplication_that_ipss_m_counts() {
    let mut lab = Lab::new();
    lab.split(24);
    lab.pairs(4);
    let (json, _) = lab.report();
    let ptd = &json["copies"]["ptd"];
    assert_eq!(ptd["state"], "detected", "{ptd}");
    assert_eq!((&ptd["split"], &ptd["pairs"]), (&24.into(), &4.into()), "{ptd}");
    assert_eq!(ptd["exons"], serde_json::json!([3, 9]));
    assert_eq!(ptd["stretch"], serde_json::json!([lab.first, lab.last]));
    let calls = duplications(&json);
    assert_eq!(calls.len(), 1, "{calls:#?}");
    assert_eq!(calls[0]["evidence"]["alt_count"], 28);
    assert_eq!(calls[0]["ipssm"]["decision"], "counted", "{:#?}", calls[0]);
    assert_eq!(column(&json)["value"], "1", "{}", column(&json));
    let table = fs::read_to_string(lab.folder.path().join("out/person.copies.tsv")).unwrap();
    assert!(table.contains("KMT2A-PTD\tdetected"), "{table}");
}

/// The reader of CRAM passed over the tag that tells where the other part of a read lies: nothing was split.
#[test]
fn cram_tells_what_bam_tells() {
    let mut lab = Lab::new();
    lab.split(24);
    lab.pairs(4);
    let (bam, cram) = (lab.report().0, lab.report_of("cram").0);
    assert_eq!(bam["copies"]["ptd"]["split"], 24);
    assert_eq!(bam["copies"]["ptd"], cram["copies"]["ptd"]);
    assert_eq!(duplications(&bam), duplications(&cram));
}

/// Capture reaches some hundred bases beyond an exon: of a junction farther from both than a read reaches no read lies over an exon, and none was
/// looked at.
#[test]
fn split_reads_beside_the_exons_are_looked_at() {
    let mut lab = Lab::new();
    (lab.first, lab.last) = (lab.first - 110, lab.last + 120);
    lab.split(24);
    let (json, _) = lab.report();
    let ptd = &json["copies"]["ptd"];
    assert_eq!(
        (&ptd["state"], &ptd["split"]),
        (&"detected".into(), &24.into()),
        "{ptd}"
    );
    assert_eq!(ptd["exons"], serde_json::json!([3, 9]));
    assert_eq!(ptd["stretch"], serde_json::json!([lab.first, lab.last]));
    assert_eq!(column(&json)["value"], "1", "{}", column(&json));
}

#[test]
fn pairs_alone_leave_the_column_in_doubt_and_ask_for_confirmation() {
    let mut lab = Lab::new();
    lab.pairs(12);
    let (json, page) = lab.report();
    let ptd = &json["copies"]["ptd"];
    assert_eq!(
        (&ptd["state"], &ptd["pairs"]),
        (&"suspected".into(), &12.into()),
        "{ptd}"
    );
    let calls = duplications(&json);
    assert_eq!(calls.len(), 1, "{calls:#?}");
    assert_eq!(calls[0]["status"], "driver_review");
    assert_eq!(calls[0]["ipssm"]["decision"], "in_doubt");
    assert_eq!(
        (&column(&json)["value"], &column(&json)["basis"]),
        (&Value::Null, &"in_doubt".into())
    );
    for said in [
        "KMT2A-PTD suggested by sequencing",
        "シーケンスによりKMT2A-PTDが疑われる",
    ] {
        assert!(page.contains(said), "{said}");
    }
}

#[test]
fn without_either_the_column_stays_open() {
    let mut lab = Lab::new();
    lab.split(2);
    lab.pairs(2);
    let (json, page) = lab.report();
    let ptd = &json["copies"]["ptd"];
    assert_eq!(
        (&ptd["state"], &ptd["gap"]),
        (&"not_assessed".into(), &"low_depth".into()),
        "{ptd}"
    );
    assert!(duplications(&json).is_empty());
    assert_eq!(
        (&column(&json)["value"], &column(&json)["basis"]),
        (&Value::Null, &"not_looked_for".into())
    );
    assert!(!page.contains("KMT2A-PTD suggested"));
    assert!(!lab.folder.path().join("out/person.copies.tsv").exists());
}
