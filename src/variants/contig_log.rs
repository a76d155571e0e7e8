//! On which contigs the records of a file lie. A file whose contigs have names that nobody knows would give a report without
//! a single finding, and nothing would tell it from a healthy person's.

use std::collections::BTreeMap;

use super::error::shown;
use super::odd_span::OddSpan;
use crate::evidence::Warning;
use crate::genome::{Build, Chromosome, build_of_accession, chromosome_length, is_other_contig};

/// How many contigs are named.
const MOST_NAMED: usize = 10;

/// What the current contig is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Contig {
    /// A chromosome, and its last position.
    Chromosome(u32),
    /// Part of the reference, of no interest.
    Other,
    /// The place of its entry in the list; `None` where the list is full.
    Unknown(Option<usize>),
}

/// Records on one contig that could not be looked at.
#[derive(Clone, Debug)]
struct Lost {
    contig: String,
    /// The end of the chromosome that they lie behind; `None` for a name that nobody knows.
    end: Option<u32>,
    records: u64,
    first: u32,
}

/// Counts the records of a file by what their contig is.
#[derive(Clone, Debug)]
pub(super) struct ContigLog {
    build: Build,
    current: Contig,
    name: String,
    on_chromosomes: u64,
    /// Whether anything is looked for on the current contig.
    wanted: bool,
    /// All records, the place of the first, and how many lie on contigs where something is looked for.
    records: (u64, String),
    on_wanted: u64,
    lost: Vec<Lost>,
    /// Records on further contigs of that kind.
    unnamed: u64,
    /// Records at telomeres, where no base is, and the contig of the first.
    telomeres: (u64, String),
    /// Records whose span cannot be, and the place of the first.
    odd_spans: BTreeMap<OddSpan, (u64, String)>,
    contradiction: Option<(String, Build)>,
}

impl ContigLog {
    pub(super) fn new(build: Build) -> Self {
        Self {
            build,
            current: Contig::Other,
            name: String::new(),
            on_chromosomes: 0,
            wanted: false,
            records: (0, String::new()),
            on_wanted: 0,
            lost: Vec::new(),
            unnamed: 0,
            telomeres: (0, String::new()),
            odd_spans: BTreeMap::new(),
            contradiction: None,
        }
    }

    /// Takes the name of a contig, and whether anything is looked for on it; the records that follow are on it.
    pub(super) fn enter(&mut self, contig: &[u8], wanted: bool) {
        self.wanted = wanted;
        let name = String::from_utf8_lossy(contig);
        self.current = match Chromosome::parse(&name) {
            // Its length differs between references (hg19), and no panel has a gene there.
            Some(Chromosome::M) => Contig::Other,
            Some(chromosome) => {
                if let Some(found) = build_of_accession(&name).filter(|b| *b != self.build) {
                    self.contradiction.get_or_insert_with(|| (shown(&name), found));
                }
                Contig::Chromosome(chromosome_length(self.build, chromosome))
            }
            None if is_other_contig(&name) => Contig::Other,
            None => Contig::Unknown(self.entry(&name, None)),
        };
        self.name = name.into_owned();
    }

    /// Counts a record; `odd_span` finds what is wrong with its span on a contig that ends where it is told.
    pub(super) fn record(&mut self, position: u32, odd_span: impl FnOnce(u32) -> Option<OddSpan>) {
        if self.records.0 == 0 {
            self.records.1 = format!("{}:{position}", shown(&self.name));
        }
        self.records.0 += 1;
        self.on_wanted += u64::from(self.wanted);
        let entry = match self.current {
            Contig::Other => return,
            // VCF writes a telomere as position 0 or the one behind the last base.
            Contig::Chromosome(end) if position == 0 || position == end.saturating_add(1) => {
                if self.telomeres.0 == 0 {
                    self.telomeres.1 = format!("{}:{position}", shown(&self.name));
                }
                self.telomeres.0 += 1;
                return;
            }
            Contig::Chromosome(end) if position <= end => {
                let odd = odd_span(end);
                // The others are looked at, at least at their first base.
                if odd != Some(OddSpan::BehindContig) {
                    self.on_chromosomes += 1;
                }
                if let Some(odd) = odd {
                    self.add_odd_span(odd, position);
                }
                return;
            }
            Contig::Chromosome(end) => {
                let name = std::mem::take(&mut self.name);
                let entry = self.entry(&name, Some(end));
                self.name = name;
                entry
            }
            Contig::Unknown(entry) => entry,
        };
        let Some(lost) = entry.and_then(|i| self.lost.get_mut(i)) else {
            self.unnamed += 1;
            return;
        };
        if lost.records == 0 {
            lost.first = position;
        }
        lost.records += 1;
    }

    fn add_odd_span(&mut self, odd: OddSpan, position: u32) {
        let name = &self.name;
        let first = || (0, format!("{}:{position}", shown(name)));
        self.odd_spans.entry(odd).or_insert_with(first).0 += 1;
    }

    fn entry(&mut self, contig: &str, end: Option<u32>) -> Option<usize> {
        let is_it = |l: &Lost| l.contig == shown(contig) && l.end == end;
        self.lost.iter().position(is_it).or_else(|| {
            (self.lost.len() < MOST_NAMED).then(|| {
                self.lost.push(Lost {
                    contig: shown(contig),
                    end,
                    records: 0,
                    first: 0,
                });
                self.lost.len() - 1
            })
        })
    }

    /// Returns an accession of another build than the one the file is read as.
    pub(super) fn contradiction(&self) -> Option<&(String, Build)> {
        self.contradiction.as_ref()
    }

    /// Whether there are records, and every one of interest lies where nobody can look, or reaches behind the end of its contig, as
    /// on a wrong build.
    pub(super) fn lost_all(&self) -> bool {
        let is_lost = self.unnamed > 0
            || self.telomeres.0 > 0
            || self.odd_spans.contains_key(&OddSpan::BehindContig)
            || self.lost.iter().any(|l| l.records > 0);
        self.on_chromosomes == 0 && is_lost
    }

    /// Returns a warning where there are records, and none lies on a chromosome where something is looked for.
    pub(super) fn off_panel(&self) -> Option<Warning> {
        let (all, first) = &self.records;
        (*all > 0 && self.on_wanted == 0).then(|| Warning::OffPanel {
            records: *all,
            first: first.clone(),
        })
    }

    /// Returns a warning for each way in which spans cannot be.
    pub(super) fn odd_spans(&self) -> Vec<Warning> {
        let odd = self.odd_spans.iter();
        odd.map(|(oddity, (records, first))| Warning::OddSpans {
            oddity: *oddity,
            records: *records,
            first: first.clone(),
        })
        .collect()
    }

    /// Returns a warning a contig, and what is to be said of telomeres and spans.
    pub(super) fn lost(&self) -> Vec<Warning> {
        let build = self.build;
        let of_contig = |l: &Lost| {
            let (contig, records, first) = (l.contig.clone(), l.records, l.first);
            match l.end {
                None => Warning::UnknownContig {
                    contig,
                    build,
                    records,
                    first,
                },
                Some(end) => Warning::BehindContigEnd {
                    contig,
                    end,
                    build,
                    records,
                    first,
                },
            }
        };
        let mut warnings: Vec<Warning> = self
            .lost
            .iter()
            .filter(|l| l.records > 0)
            .map(of_contig)
            .collect();
        if self.unnamed > 0 {
            warnings.push(Warning::FurtherContigs {
                build,
                records: self.unnamed,
            });
        }
        let (telomeres, first) = &self.telomeres;
        if *telomeres > 0 {
            warnings.push(Warning::Telomeres {
                records: *telomeres,
                first: first.clone(),
            });
        }
        warnings.extend(self.odd_spans());
        warnings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl ContigLog {
        fn lines(&self) -> Vec<String> {
            self.lost().iter().map(ToString::to_string).collect()
        }
    }

    fn log(records: &[(&str, u32)]) -> ContigLog {
        let mut log = ContigLog::new(Build::Grch38);
        for (contig, position) in records {
            log.enter(contig.as_bytes(), *contig == "chr2");
            log.record(*position, |_| None);
        }
        log
    }

    #[test]
    fn a_file_of_unknown_contigs_is_lost() {
        for contig in [
            "chr02",
            "02",
            "\"chr2\"",
            "chromosome2",
            "2.0",
            "NC_000002.13",
            "CM000664.3",
            "chr 2",
        ] {
            let log = log(&[(contig, 25_234_373)]);
            assert!(log.lost_all(), "{contig}");
            assert_eq!(log.lines().len(), 1);
        }
        assert!(log(&[("chr2", 242_193_532)]).lost_all());
        for telomere in [0, 242_193_530] {
            let log = log(&[("chr2", telomere)]);
            assert!(
                log.lost_all() && log.lines()[0].contains("telomere"),
                "{:?}",
                log.lines()
            );
        }
        assert!(log(&[("chr2_alt", 5)]).lost_all());
        assert!(log(&[("GL000191.1", 5), ("chr02", 5), ("chrM", 5)]).lost_all());
    }

    #[test]
    fn known_contigs_pass_without_a_word() {
        let log = log(&[
            ("chr2", 242_193_529),
            ("GL000191.1", 5),
            ("HLA-A*01:01", 9),
            ("MT", 16_571),
            ("CM000664.2", 7),
        ]);
        assert!(!log.lost_all() && log.lines().is_empty() && log.contradiction().is_none());
        assert!(!self::log(&[]).lost_all());
        assert!(!self::log(&[("GL000191.1", 5)]).lost_all());
    }

    #[test]
    fn a_file_without_a_record_on_a_wanted_chromosome_is_told() {
        assert_eq!(log(&[("chrUn_KI270302v1", 5), ("chr2", 7)]).off_panel(), None);
        assert_eq!(log(&[]).off_panel(), None);
        let said = log(&[("chrUn_KI270302v1", 5), ("chr21", 9_000_000)])
            .off_panel()
            .unwrap()
            .to_string();
        assert!(
            said.contains("2 records elsewhere (first chrUn_KI270302v1:5)"),
            "{said}"
        );
    }

    #[test]
    fn records_that_reach_nobody_knows_how_far_are_told_by_kind() {
        let odd = |records: &[(u32, Option<OddSpan>)]| {
            let mut log = ContigLog::new(Build::Grch38);
            log.enter(b"chr2", true);
            for (position, odd) in records {
                log.record(*position, |_| *odd);
            }
            log
        };
        // Their first base is looked at.
        let only = odd(&[(7, Some(OddSpan::NotStated)), (9, Some(OddSpan::NotStated))]);
        assert!(!only.lost_all());
        assert!(odd(&[(7, Some(OddSpan::BehindContig))]).lost_all());
        let lines = only.lines();
        assert!(
            lines.len() == 1 && lines[0].ends_with("2 records (first chr2:7)"),
            "{lines:?}"
        );
        let some = odd(&[
            (7, Some(OddSpan::NotStated)),
            (8, Some(OddSpan::Backwards)),
            (9, None),
        ]);
        assert!(!some.lost_all() && some.lines().len() == 2);
    }

    #[test]
    fn counts_by_contig_and_names_a_bounded_number() {
        let log = log(&[("chr2", 5), ("chr02", 7), ("chr03", 8), ("chr02", 9)]);
        assert!(!log.lost_all());
        let lines = log.lines();
        assert_eq!(lines.len(), 2);
        assert!(
            lines[0].contains("\"chr02\"") && lines[0].contains("2 records (first at 7)"),
            "{lines:?}"
        );
        let many: Vec<String> = (0..1000).map(|i| format!("scaffold{i}")).collect();
        let many: Vec<(&str, u32)> = many.iter().map(|n| (n.as_str(), 1)).collect();
        assert_eq!(self::log(&many).lines().len(), MOST_NAMED + 1);
    }

    #[test]
    fn an_accession_of_the_other_build_is_a_contradiction() {
        let found = log(&[("NC_000002.11", 5)]).contradiction().cloned();
        assert_eq!(found, Some(("NC_000002.11".to_owned(), Build::Grch37)));
        assert!(log(&[("NC_000002.12", 5)]).contradiction().is_none());
    }
}
