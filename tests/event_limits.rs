//! How small an internal tandem duplication of FLT3 would have been seen, through the command: chromosome 13 at its true length, the
//! program's own bases of FLT3 at their places, invented ones beside them.

#![cfg(feature = "alignments")]
#![allow(clippy::unwrap_used, reason = "a test may stop at what cannot be")]

use std::fs;

use assert_cmd::Command;
use hemoclone::genome::Build;
use hemoclone::report::read::read_json;
use hemoclone::sample::{HotspotState, SampleResult};
use tempfile::TempDir;

#[path = "support/reads.rs"]
mod reads;

use reads::{Random, ReadSet, SamLine, fill, human_chromosome, write_bed};

const LENGTH: usize = 100;
/// 0-based columns: exon 15, exon 14, and around both what reads cover.
const EXON_15: (usize, usize) = (28_033_886, 28_033_991);
const EXON_14: (usize, usize) = (28_034_081, 28_034_214);
const AROUND: (usize, usize) = (28_033_500, 28_034_600);

struct Lab {
    folder: TempDir,
    reads: ReadSet,
    random: Random,
}

impl Lab {
    fn new() -> Self {
        let mut bases = human_chromosome(Build::Grch38, "13");
        let mut random = Random::new(5);
        fill(&mut bases[AROUND.0 - 500..AROUND.1 + 500], &mut random);
        let reads = ReadSet {
            contigs: vec![("chr13".to_owned(), bases)],
            lines: Vec::new(),
            header_lines: vec!["@RG\tID:r\tSM:person".to_owned()],
        };
        Self {
            folder: tempfile::tempdir().unwrap(),
            reads,
            random,
        }
    }

    /// Single reads, evenly over a molecule that starts where the reads do, clipped at the columns given of reference and molecule.
    fn sequence(&mut self, prefix: &str, number: usize, stretch: Option<(usize, usize)>) {
        let window = self.reads.contigs[0].1[AROUND.0..AROUND.1].to_vec();
        let (molecule, junction, gained) = match stretch {
            Some((first, behind)) => {
                let (a, b) = (first - AROUND.0, behind - AROUND.0);
                ([&window[..b], &window[a..]].concat(), b, b - a)
            }
            None => (window.clone(), usize::MAX, 0),
        };
        for i in 0..number {
            let first = self.random.below(molecule.len() - LENGTH);
            let before = junction.saturating_sub(first).min(LENGTH);
            let behind = LENGTH - before;
            let at = AROUND.0 + first + 1;
            let (cigar, position) = if before == LENGTH {
                (format!("{LENGTH}M"), at)
            } else if before == 0 {
                (format!("{LENGTH}M"), at - gained)
            } else if before >= behind {
                (format!("{before}M{behind}S"), at)
            } else {
                (format!("{before}S{behind}M"), AROUND.0 + junction - gained + 1)
            };
            let bases = molecule[first..first + LENGTH].to_vec();
            let line = SamLine::single(format!("{prefix}{i}"), position, cigar, bases, &mut self.random);
            self.reads.lines.push(line);
        }
    }

    fn result(&self, targets: &[(&str, usize, usize)]) -> SampleResult {
        self.reads.write_fasta(self.folder.path());
        self.reads.write_bam(&self.folder.path().join("person.bam"));
        write_bed(&self.folder.path().join("targets.bed"), targets);
        let mut command = Command::cargo_bin("hemoclone").unwrap();
        command.current_dir(self.folder.path());
        command.args([
            "-q",
            "analyze",
            "person.bam",
            "-f",
            "reference.fa",
            "-L",
            "targets.bed",
            "-o",
            "out",
            "--force",
        ]);
        command.assert().success();
        read_json(
            &fs::read(self.folder.path().join("out/person.json")).unwrap(),
            "person",
        )
        .unwrap()
    }

    fn table(&self) -> Vec<Vec<String>> {
        let text = fs::read_to_string(self.folder.path().join("out/person.hotspots.tsv")).unwrap();
        text.lines()
            .map(|l| l.split('\t').map(str::to_owned).collect())
            .collect()
    }
}

const TARGETS: [(&str, usize, usize); 2] = [
    ("chr13", EXON_15.0 - 10, EXON_15.1 + 10),
    ("chr13", EXON_14.0 - 10, EXON_14.1 + 10),
];

/// About 1,500 reads over each base: what would have been seen, in the JSON, the table and on the page.
#[test]
fn a_negative_has_a_limit_by_length() {
    let mut lab = Lab::new();
    lab.sequence("r", 16_500, None);
    let result = lab.result(&TARGETS);
    let classes: Vec<(u32, u32)> = result
        .event_limits
        .iter()
        .map(|l| (l.shortest, l.longest))
        .collect();
    assert_eq!(classes, [(6, 30), (36, 54), (60, 120), (126, 198), (204, 300)]);
    for limit in &result.event_limits {
        let vaf = limit.detection_limit.unwrap();
        assert!((0.002..0.02).contains(&vaf), "{limit:?}");
        assert_eq!(limit.state, HotspotState::NotDetected, "{limit:?}");
    }
    let table = lab.table();
    let column = |name: &str| table[0].iter().position(|c| c == name).unwrap();
    let rows: Vec<&Vec<String>> = table
        .iter()
        .filter(|r| r[column("event")] == "flt3_itd")
        .collect();
    assert_eq!(rows.len(), 5);
    assert_eq!(
        (
            rows[2][column("event_shortest")].as_str(),
            rows[2][column("alt")].as_str()
        ),
        ("60", "<DUP:TANDEM>")
    );
    let page = fs::read_to_string(lab.folder.path().join("out/person.html")).unwrap();
    for text in ["FLT3-ITD 60–120 bp", "smallest VAF called", "検出できる最小のVAF"] {
        assert!(page.contains(text), "{text}");
    }
    assert!(!page.contains("only as far as the caller reports"));
}

/// A duplication of 66 bases at 10 % is called in its class, and the limits of the others do not hang on it.
#[test]
fn a_duplication_that_is_there_is_called_in_its_class() {
    let mut lab = Lab::new();
    lab.sequence("r", 14_850, None);
    lab.sequence("m", 1_750, Some((EXON_14.0 + 30, EXON_14.0 + 96)));
    let result = lab.result(&TARGETS);
    let states: Vec<HotspotState> = result.event_limits.iter().map(|l| l.state).collect();
    assert_eq!(states[2], HotspotState::Called, "{:?}", result.event_limits);
    assert!(
        states
            .iter()
            .enumerate()
            .all(|(i, s)| i == 2 || *s == HotspotState::NotDetected),
        "{states:?}"
    );
    for limit in &result.event_limits {
        assert!(limit.detection_limit.is_some_and(|l| l < 0.02), "{limit:?}");
    }
}

/// Ends of reads that nothing explains, few reads, half of the exons: not assessed, and no number that was not computed.
#[test]
fn what_is_not_assessed_has_no_number() {
    let mut lab = Lab::new();
    lab.sequence("r", 14_850, None);
    // A rearrangement: bases of another place behind the middle of exon 14.
    lab.sequence("x", 700, None);
    let other: String = (0..LENGTH)
        .map(|_| ["A", "C", "G", "T"][lab.random.below(4)])
        .collect();
    for line in lab.reads.lines.iter_mut().filter(|l| l.name.starts_with('x')) {
        let place = EXON_14.0 + 60;
        let before = place.saturating_sub(line.position - 1);
        if (40..80).contains(&before) {
            line.bases.replace_range(before.., &other[..LENGTH - before]);
            line.cigar = format!("{before}M{}S", LENGTH - before);
        }
    }
    let hidden = lab.result(&TARGETS);
    assert!(
        hidden.warnings.iter().any(|w| w.contains("clipped")),
        "{:?}",
        hidden.warnings
    );
    let mut few = Lab::new();
    few.sequence("r", 300, None);
    let few = few.result(&TARGETS);
    let mut half = Lab::new();
    half.sequence("r", 16_500, None);
    let half = half.result(&TARGETS[1..]);
    for (result, some) in vec![(hidden, false), (few, true), (half, false)].into_boxed_slice() {
        assert_eq!(result.event_limits.len(), 5);
        for limit in &result.event_limits {
            assert_eq!(limit.state, HotspotState::NotAssessed, "{limit:?}");
            assert!(
                limit.detection_limit.is_none_or(|l| some && l > 0.02),
                "{limit:?}"
            );
        }
    }
}
