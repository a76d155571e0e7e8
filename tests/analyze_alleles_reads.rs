//! Lost heterozygosity from reads, through the command itself: a BAM whose inherited variants on 17p are off balance beside a mutation of TP53, one
//! in which they are balanced, and one that holds none.

#![cfg(feature = "alignments")]
#![allow(clippy::unwrap_used, reason = "a test may stop at what cannot be")]

use hemoclone::genome::Build;
use hemoclone::panel::Panel;
use hemoclone::transcript::transcript;
use serde_json::Value;
use tempfile::TempDir;

#[path = "support/mds_patient.rs"]
mod mds_patient;
#[path = "support/reads.rs"]
mod reads;

use reads::{Random, ReadSet, human_chromosome};

/// Fragments over each site.
const DEPTH: u32 = 500;
/// Bases of a read.
const LENGTH: usize = 80;

/// The contigs, shortest of those that have genes of the panel; 17 is the first.
const CONTIGS: [&str; 3] = ["17", "20", "21"];

/// A substitution: number of the contig, position, and share of the fragments.
type Site = (usize, usize, f64);

/// Places in introns seven bases behind coding exons of a gene: changes there are inherited, as a rule.
fn behind_exons(contig: usize, gene: &str, shares: &[f64]) -> Vec<Site> {
    let panel = Panel::bundled("myeloid33").unwrap();
    let transcript = transcript(&panel.gene(gene).unwrap().transcript, Build::Grch38).unwrap();
    let exons = transcript.coding_regions(0);
    let mut last = 0;
    let mut places = exons[..exons.len() - 1].iter().filter_map(|exon| {
        let at = *exon.end() + 7;
        let is_apart = at > last + 400;
        if is_apart {
            last = at;
        }
        is_apart.then_some(at as usize)
    });
    shares
        .iter()
        .map(|share| (contig, places.next().unwrap(), *share))
        .collect()
}

fn on_17p(shift: f64) -> Vec<Site> {
    let shares = [1.0, -1.0, -1.0, 1.0, -1.0].map(|sign| 0.49 + sign * shift);
    [
        behind_exons(0, "TP53", &shares[..2]),
        behind_exons(0, "PRPF8", &shares[2..]),
    ]
    .concat()
}

fn elsewhere() -> Vec<Site> {
    [
        behind_exons(1, "ASXL1", &[0.487, 0.502, 0.473]),
        behind_exons(2, "RUNX1", &[0.495, 0.51, 0.481]),
    ]
    .concat()
}

/// R175H of TP53 (C>T on the forward strand).
const R175H: Site = (0, 7_675_088, 0.38);

/// Writes reads over the sites and returns the report and its page.
fn report(sites: &[Site]) -> (Value, String) {
    let folder: TempDir = tempfile::tempdir().unwrap();
    let path = folder.path();
    let mut random = Random::new(17);
    let mut contigs: Vec<(String, Vec<u8>)> = CONTIGS
        .iter()
        .map(|name| (format!("chr{name}"), human_chromosome(Build::Grch38, name)))
        .collect();
    for (contig, at, _) in sites {
        reads::fill(&mut contigs[*contig].1[at - 300..at + 300], &mut random);
    }
    let mut set = ReadSet {
        contigs,
        lines: Vec::new(),
        header_lines: vec!["@RG\tID:r\tSM:person".to_owned()],
    };
    for (contig, at, share) in sites {
        let other = match set.contigs[*contig].1[at - 1] {
            b'C' => b'T',
            b'T' => b'C',
            b'A' => b'G',
            _ => b'A',
        };
        let changed = (f64::from(DEPTH) * share).round();
        for fragment in 0..DEPTH {
            let first = at - random.below(LENGTH);
            let second = first + 30 + random.below(40);
            let before = set.lines.len();
            set.add_pair(&format!("{at}:{fragment}"), *contig, first, second, LENGTH);
            if f64::from(fragment) < changed {
                for line in &mut set.lines[before..] {
                    if let Some(index) = at.checked_sub(line.position).filter(|i| *i < LENGTH) {
                        line.bases
                            .replace_range(index..=index, std::str::from_utf8(&[other]).unwrap());
                    }
                }
            }
        }
    }
    set.write_fasta(path);
    set.write_bam(&path.join("person.bam"));
    mds_patient::report(path, "bam")
}

/// Returns what the sites of 17p say.
fn shift_of_17p(json: &Value) -> Value {
    let regions = json["copies"]["regions"].as_array().unwrap();
    let found = regions.iter().find(|r| r["region"] == "loss_17p").unwrap();
    found["shift"].clone()
}

fn has_r175h(json: &Value) -> bool {
    let calls = json["calls"].as_array().unwrap();
    calls
        .iter()
        .any(|c| c["variant"]["position"] == R175H.1 && c["status"] == "driver")
}

#[test]
fn reads_off_balance_on_17p_leave_the_second_hit_open_and_say_so() {
    let (json, page) = report(&[elsewhere(), on_17p(0.2), vec![R175H]].concat());
    assert!(has_r175h(&json), "{:#}", json["calls"]);
    let found = shift_of_17p(&json);
    assert_eq!(found["state"], "suspected", "{found:#}");
    assert_eq!((&found["sites"], &found["shifted"]), (&5.into(), &5.into()));
    let value = found["shift"]["value"].as_f64().unwrap();
    assert!((value - 0.2).abs() < 0.03, "{found:#}");
    let answers = &json["myeloid"]["if_tp53_loh"];
    // The other genes are not covered: at worst they are mutated either way.
    let best = |answer: &str| answers[answer]["ipss_m"]["possible"][0].as_f64().unwrap();
    assert!(best("confirmed") > best("excluded"), "{answers:#}");
    let contributions = json["myeloid"]["ipss_m"]["result"]["contributions"]
        .as_array()
        .unwrap();
    let multi = contributions
        .iter()
        .find(|c| c["variable"] == "TP53multi")
        .unwrap();
    assert_eq!(multi["value"], Value::Null, "a suggestion counts in no score");
    for said in [
        "confirm by another method",
        "17pのヘテロ接合部位から欠失または増加（区別不能）が疑われる",
    ] {
        assert!(page.contains(said), "{said}");
    }
}

#[test]
fn balanced_reads_show_no_loss_down_to_a_limit() {
    let (json, _) = report(&[elsewhere(), on_17p(0.0), vec![R175H]].concat());
    assert!(has_r175h(&json), "{:#}", json["calls"]);
    let found = shift_of_17p(&json);
    assert_eq!(found["state"], "not_detected", "{found:#}");
    let limit = found["limit"].as_f64().unwrap();
    assert!((0.1..0.6).contains(&limit), "{found:#}");
    assert_eq!(json["myeloid"]["if_tp53_loh"], Value::Null);
}

#[test]
fn without_inherited_variants_nothing_is_told() {
    let (json, _) = report(&[R175H]);
    assert!(has_r175h(&json), "{:#}", json["calls"]);
    let found = shift_of_17p(&json);
    assert_eq!(
        (&found["state"], &found["gap"]),
        (&"not_assessed".into(), &"no_germline_sites".into()),
        "{found:#}"
    );
}
