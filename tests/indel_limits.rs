//! How small an indel that is asked for by name would have been seen, through the command: clones of CALR type 1 and type 2 at their stated
//! limit, on reads of 100 bases, of which none shows the deletion of 52 but as a clip. `benches/peers/event_limit.py` does it with the others and
//! reads that an aligner placed.

#![cfg(feature = "alignments")]
#![allow(clippy::unwrap_used, reason = "a test may stop at what cannot be")]

use std::fs;

use assert_cmd::Command;
use hemoclone::genome::Build;
use hemoclone::report::read::read_json;
use hemoclone::sample::{HotspotResult, HotspotState};
use tempfile::TempDir;

#[path = "support/reads.rs"]
mod reads;

use reads::{Random, ReadSet, SamLine, fill, human_chromosome_of, write_bed};

const LENGTH: usize = 100;
/// 0-based columns: exon 9 of CALR as far as it codes, and around it what reads cover.
const EXON: (usize, usize) = (12_943_712, 12_943_913);
const AROUND: (usize, usize) = (12_943_400, 12_944_200);
/// Reads of a sample without a variant, and clones of each kind.
const READS: usize = 3_200;
const CLONES: usize = 24;
const TYPE_1: &str = "c.1099_1150del";
const TYPE_2: &str = "c.1154_1155insTTGTC";

struct Lab {
    folder: TempDir,
    plain: ReadSet,
    random: Random,
    samples: Vec<String>,
}

impl Lab {
    fn new() -> Self {
        let mut bases = human_chromosome_of("ch", Build::Grch38, "19");
        let mut random = Random::new(11);
        fill(&mut bases[AROUND.0 - 500..AROUND.1 + 500], &mut random);
        let plain = ReadSet {
            contigs: vec![("chr19".to_owned(), bases)],
            lines: Vec::new(),
            header_lines: Vec::new(),
        };
        let mut lab = Self {
            folder: tempfile::tempdir().unwrap(),
            plain,
            random,
            samples: Vec::new(),
        };
        lab.plain.write_fasta(lab.folder.path());
        write_bed(
            &lab.folder.path().join("targets.bed"),
            &[("chr19", EXON.0, EXON.1)],
        );
        for number in 0..READS {
            let first = lab.random.below(AROUND.1 - AROUND.0 - LENGTH);
            let bases = lab.plain.contigs[0].1[AROUND.0 + first..][..LENGTH].to_vec();
            let line = lab.line(
                format!("r{number}"),
                AROUND.0 + first + 1,
                format!("{LENGTH}M"),
                bases,
            );
            lab.plain.lines.push(line);
        }
        lab
    }

    fn line(&mut self, name: String, position: usize, cigar: String, bases: Vec<u8>) -> SamLine {
        SamLine::single(name, position, cigar, bases, &mut self.random)
    }

    /// Adds a sample, with a clone of a fraction where one is given: each read clipped on its shorter side, or, where that is longer than
    /// what a gap of so many bases costs, with the indel written.
    fn add(&mut self, clone: Option<(&HotspotResult, f64)>) {
        let name = format!("person{}", self.samples.len());
        let mut set = self.plain.clone();
        set.header_lines = vec![format!("@RG\tID:r\tSM:{name}")];
        if let Some((hotspot, fraction)) = clone {
            let (lost, gained) = (
                hotspot.variant.reference().len() - 1,
                hotspot.variant.alternate().as_bytes()[1..].to_vec(),
            );
            let at = usize::try_from(hotspot.variant.position()).unwrap() - AROUND.0;
            let window = &set.contigs[0].1[AROUND.0..AROUND.1];
            let molecule = [&window[..at], &gained, &window[at + lost..]].concat();
            for number in 0..READS {
                if self.random.fraction() >= fraction / (1.0 - fraction) {
                    continue;
                }
                let first = self.random.below(molecule.len() - LENGTH);
                let bases = molecule[first..first + LENGTH].to_vec();
                let (position, cigar) = placed(first, (at, lost, gained.len()));
                set.lines
                    .push(self.line(format!("m{number}"), AROUND.0 + position + 1, cigar, bases));
            }
        }
        set.write_bam(&self.folder.path().join(format!("{name}.bam")));
        self.samples.push(name);
    }

    /// What is known of a hotspot in each sample that was added.
    fn hotspots(&mut self, change: &str) -> Vec<HotspotResult> {
        let mut command = Command::cargo_bin("hemoclone").unwrap();
        command.current_dir(self.folder.path());
        command.args([
            "-q",
            "analyze",
            "-f",
            "reference.fa",
            "-L",
            "targets.bed",
            "-p",
            "ch",
        ]);
        command.args(["-o", "out", "--force", "--formats", "json"]);
        command.args(self.samples.iter().map(|name| format!("{name}.bam")));
        command.assert().success();
        let of_sample = |name: String| {
            let json = fs::read(self.folder.path().join(format!("out/{name}.json"))).unwrap();
            let result = read_json(&json, &name).unwrap();
            let mut hotspots = result.hotspots.into_iter();
            hotspots.find(|h| h.hgvs_c.as_deref() == Some(change)).unwrap()
        };
        self.samples.drain(..).map(of_sample).collect()
    }

    /// Returns the state of a hotspot in clones of a fraction of its limit, and the largest change of the limit itself.
    fn called(&mut self, plain: &HotspotResult, times: f64) -> (usize, f64) {
        let limit = plain.detection_limit.unwrap();
        for _ in 0..CLONES {
            self.add(Some((plain, limit * times)));
        }
        let found = self.hotspots(plain.hgvs_c.as_deref().unwrap());
        let called = found.iter().filter(|h| h.state == HotspotState::Called).count();
        let moved = found
            .iter()
            .map(|h| (h.detection_limit.unwrap() / limit - 1.0).abs());
        (called, moved.fold(0.0, f64::max))
    }
}

/// Place in the window and CIGAR of a read of the changed molecule.
fn placed(first: usize, (at, lost, gained): (usize, usize, usize)) -> (usize, String) {
    let cost = if lost > 0 { 1 + lost } else { 1 + 2 * gained };
    let end = first + LENGTH;
    if end <= at {
        return (first, format!("{LENGTH}M"));
    }
    if first >= at + gained {
        return (first - gained + lost, format!("{LENGTH}M"));
    }
    let before = at.saturating_sub(first);
    let behind = end.saturating_sub(at + gained);
    let new = LENGTH - before - behind;
    if before.min(behind) > cost {
        let gap = if lost > 0 {
            format!("{lost}D")
        } else {
            format!("{new}I")
        };
        (first, format!("{before}M{gap}{behind}M"))
    } else if before >= behind {
        (first, format!("{before}M{}S", new + behind))
    } else {
        (at + lost, format!("{}S{behind}M", before + new))
    }
}

/// Of 24 clones at the limit 23 are called in the mean, of 24 at a third of it hardly any sample; the limit does not hang on the clone.
#[test]
fn calr_is_called_at_its_limit_and_not_far_below() {
    let mut lab = Lab::new();
    for change in [TYPE_1, TYPE_2] {
        lab.add(None);
        let plain = lab.hotspots(change).remove(0);
        assert!(
            plain.detection_limit.is_some_and(|l| (0.005..0.05).contains(&l)),
            "{plain:?}"
        );
        let (called, moved) = lab.called(&plain, 1.0);
        assert!(called >= 21, "{change}: {called} of {CLONES}");
        assert!(moved < 0.1, "{change}: the limit moves by {moved}");
        let (called, _) = lab.called(&plain, 1.0 / 3.0);
        assert!(
            called <= 12,
            "{change}: {called} of {CLONES} at a third of the limit"
        );
    }
}
