//! Changes of one codon in one sample, from a VCF to the calls: read as one, each alone, or up for review.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// A record with one sample: contig, position, alleles, phase fields and what stands in them, reads of both alleles.
struct Line(
    &'static str,
    u32,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    (u32, u32),
);

const HEADER: &str = "##fileformat=VCFv4.2
##source=Mutect2
##FILTER=<ID=clustered_events,Description=\"x\">
##FORMAT=<ID=GT,Number=1,Type=String,Description=\"x\">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"x\">
##FORMAT=<ID=PGT,Number=1,Type=String,Description=\"x\">
##FORMAT=<ID=PID,Number=1,Type=String,Description=\"x\">
##FORMAT=<ID=PS,Number=1,Type=Integer,Description=\"x\">
##contig=<ID=chr2,length=242193529>
##contig=<ID=chr4,length=190214555>
##contig=<ID=chr9,length=138394717>
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS
";

type Row = BTreeMap<String, String>;

fn analyzed(lines: &[Line]) -> Vec<Row> {
    let folder = tempfile::tempdir().unwrap();
    let mut text = HEADER.to_owned();
    for Line(contig, position, reference, alternate, keys, values, (other, own)) in lines {
        writeln!(
            text,
            "{contig}\t{position}\t.\t{reference}\t{alternate}\t.\tPASS\t.\tAD:{keys}\t{other},{own}:{values}"
        )
        .unwrap();
    }
    let input = folder.path().join("s.vcf");
    std::fs::write(&input, text).unwrap();
    let out = folder.path().join("out");
    let run = Command::new(env!("CARGO_BIN_EXE_hemoclone"))
        .args(["-q", "analyze"])
        .arg(&input)
        .arg("-o")
        .arg(&out)
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    rows(&out.join("S.calls.tsv"))
}

fn rows(path: &Path) -> Vec<Row> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap().split('\t').collect();
    lines
        .map(|line| {
            let values = line.split('\t').map(str::to_owned);
            names.iter().map(|n| (*n).to_owned()).zip(values).collect()
        })
        .collect()
}

/// Short HGVS, status and alternative count of each call.
fn told(rows: &[Row]) -> Vec<(&str, &str, &str)> {
    rows.iter()
        .map(|r| {
            (
                r["hgvs_p_short"].as_str(),
                r["status"].as_str(),
                r["alt_count"].as_str(),
            )
        })
        .collect()
}

// TET2 c.544C>T is silent (CTG to TTG) and c.545T>A is L182Q (CAG); both make the stop TAG.
const SILENT: (&str, u32, &str, &str) = ("chr4", 105_234_486, "C", "T");
const MISSENSE: (&str, u32, &str, &str) = ("chr4", 105_234_487, "T", "A");

fn line(
    site: (&'static str, u32, &'static str, &'static str),
    keys: &'static str,
    values: &'static str,
    counts: (u32, u32),
) -> Line {
    Line(site.0, site.1, site.2, site.3, keys, values, counts)
}

#[test]
fn two_changes_of_one_molecule_make_a_stop() {
    for (keys, values) in [
        ("GT:PGT:PID", "0/1:0|1:105234486_C_T"),
        ("GT:PS", "0|1:7"),
        ("GT:PS", "1|1:7"),
    ] {
        let actual = analyzed(&[
            line(SILENT, keys, values, (900, 100)),
            line(MISSENSE, keys, values, (920, 90)),
        ]);
        assert_eq!(told(&actual), [("p.L182*", "driver", "90")], "{keys} {values}");
        let row = &actual[0];
        assert_eq!(
            (
                row["pos"].as_str(),
                row["ref"].as_str(),
                row["alt"].as_str(),
                row["depth"].as_str()
            ),
            ("105234486", "CT", "TA", "1010")
        );
        assert_eq!(row["hgvs_c"], "c.544_545delinsTA");
        assert!(row["reasons"].contains("merged_mnv"), "{}", row["reasons"]);
    }
}

#[test]
fn changes_of_two_copies_stand_alone() {
    let actual = analyzed(&[
        line(SILENT, "GT:PS", "1|0:7", (900, 100)),
        line(MISSENSE, "GT:PS", "0|1:7", (920, 90)),
    ]);
    assert_eq!(
        told(&actual),
        [("p.L182=", "uncertain", "100"), ("p.L182Q", "uncertain", "90")]
    );
    assert!(actual.iter().all(|r| !r["reasons"].contains("codon")));
}

#[test]
fn without_phase_a_person_must_look() {
    // No phase, and two phase sets.
    for (first, second) in [
        (("GT", "0/1"), ("GT", "0/1")),
        (("GT:PS", "0|1:7"), ("GT:PS", "0|1:8")),
    ] {
        let actual = analyzed(&[
            line(SILENT, first.0, first.1, (900, 100)),
            line(MISSENSE, second.0, second.1, (920, 90)),
        ]);
        assert_eq!(
            told(&actual),
            [
                ("p.L182=", "driver_review", "100"),
                ("p.L182Q", "driver_review", "90")
            ]
        );
        assert!(actual[0]["reasons"].contains("unphased_codon"));
    }
}

#[test]
fn a_driver_that_must_exist_alone_stays_a_driver() {
    // JAK2 V617F at 40 % and another change of the codon at 3 %: most molecules carry V617F alone.
    let common = ("chr9", 5_073_770, "G", "T");
    let beside = ("chr9", 5_073_771, "T", "A");
    let actual = analyzed(&[
        line(common, "GT", "0/1", (600, 400)),
        line(beside, "GT", "0/1", (970, 30)),
    ]);
    assert_eq!(told(&actual)[0], ("p.V617F", "driver", "400"));
    assert!(actual[0]["reasons"].contains("unphased_codon"));
    // On one molecule by the caller's word: the small clone has both, the large one V617F alone.
    let phase = ("GT:PS", "0|1:5073770");
    let actual = analyzed(&[
        line(common, phase.0, phase.1, (600, 400)),
        line(beside, phase.0, phase.1, (970, 30)),
    ]);
    let both: Vec<_> = told(&actual).into_iter().map(|(p, _, n)| (p, n)).collect();
    assert_eq!(both, [("p.V617F", "400"), ("p.V617Y", "30")]);
    assert!(actual[0]["reasons"].contains("part_of_mnv"));
    // As frequent as the other: whether it is V617F or V617Y is open.
    let actual = analyzed(&[
        line(common, "GT", "0/1", (600, 400)),
        line(beside, "GT", "0/1", (610, 390)),
    ]);
    assert_eq!(told(&actual)[0], ("p.V617F", "driver_review", "400"));
}

#[test]
fn neighbors_of_two_codons_keep_their_driver() {
    // JAK2 c.1849G>T, c.1851C>T and c.1852T>C on one molecule: TTT CGT, V617F and C618R.
    let phase = ("GT:PGT:PID", "0|1:0|1:5073770_G_T");
    let actual = analyzed(&[
        line(("chr9", 5_073_770, "G", "T"), phase.0, phase.1, (600, 400)),
        line(("chr9", 5_073_772, "C", "T"), phase.0, phase.1, (600, 400)),
        line(("chr9", 5_073_773, "T", "C"), phase.0, phase.1, (600, 400)),
    ]);
    assert_eq!(told(&actual), [("p.V617_C618delinsFR", "driver", "400")]);
}

#[test]
fn the_minus_strand_reads_the_same() {
    // DNMT3A c.2644C>T (R882C) and c.2645G>A (R882H) on one molecule: TAC, R882Y.
    let phase = ("GT:PGT:PID", "0|1:0|1:25234373_C_T");
    let actual = analyzed(&[
        line(("chr2", 25_234_373, "C", "T"), phase.0, phase.1, (900, 100)),
        line(("chr2", 25_234_374, "G", "A"), phase.0, phase.1, (900, 101)),
    ]);
    assert_eq!(told(&actual), [("p.R882Y", "driver", "100")]);
    assert_eq!(actual[0]["hgvs_c"], "c.2644_2645delinsTA");
}
