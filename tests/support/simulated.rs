//! Reports of simulated people: the same for the same seed, with prevalence by age, an artifact of the assay, one of a run, inherited
//! variants, failed samples, and some people twice.

#![allow(dead_code, missing_docs, reason = "tests and a bench take what they need")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use hemoclone::drivers::{Call, CallStatus, GeneState, Reason, ReasonCode, ReasonValues};
use hemoclone::evidence::{Evidence, StrandCounts};
use hemoclone::genome::{Build, Chromosome, Sex, Variant};
use hemoclone::panel::RuleSet;
use hemoclone::report::read::read_json;
use hemoclone::sample::{ChState, QualityVerdict, SampleQuality, SampleResult};

/// A report with the 33 genes of the panel, and one with drivers: what is not simulated stays as it is there.
const HEALTHY: &[u8] = include_bytes!("../../testdata/demo/expected/demo01-healthy.json");
const CHIP: &[u8] = include_bytes!("../../testdata/demo/expected/demo02-chip.json");

/// Genes of drivers with their weights; any will do that has frequent and rare ones.
const DRIVERS: [(&str, &str, f64); 7] = [
    ("DNMT3A", "chr2", 0.45),
    ("TET2", "chr4", 0.25),
    ("ASXL1", "chr20", 0.1),
    ("JAK2", "chr9", 0.05),
    ("SF3B1", "chr2", 0.05),
    ("SRSF2", "chr17", 0.05),
    ("TP53", "chr17", 0.05),
];

/// SplitMix64 (Steele, Lea, Flood: OOPSLA 2014).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Between 0 and 1.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// Of so many fragments those that show a fraction.
    fn binomial(&mut self, depth: u32, fraction: f64) -> u32 {
        (0..depth).map(|_| u32::from(self.share() < fraction)).sum()
    }
}

/// Makes reports, one a number.
pub struct People {
    healthy: SampleResult,
    driver: Call,
    inherited: Call,
}

impl Default for People {
    fn default() -> Self {
        let healthy = read_json(HEALTHY, "demo01").unwrap();
        let driver = read_json(CHIP, "demo02").unwrap().calls.remove(0);
        let inherited = healthy.calls[0].clone();
        Self {
            healthy,
            driver,
            inherited,
        }
    }
}

impl People {
    /// Returns the report of a person; every 500th is the one before once more, under another name.
    pub fn report(&self, number: u64) -> SampleResult {
        let person = if number % 500 == 499 { number - 1 } else { number };
        let mut chance = Chance::new(person.wrapping_mul(0x2545_f491_4f6c_dd1d) + 7);
        let mut result = self.healthy.clone();
        result.sample = format!("P{number:06}");
        let age = 30.0 + (chance.share() * 65.0).floor();
        result.age = Some(age);
        result.sex = Some(if chance.below(2) == 0 {
            Sex::Female
        } else {
            Sex::Male
        });
        result.calls = self.inherited(&mut chance, person);
        let mut chance = Chance::new(number.wrapping_mul(0x5851_f42d_4c95_7f2d) + 11);
        let depth = 700 + u32::try_from(chance.below(600)).unwrap();
        self.add_drivers(&mut result, &mut chance, age, depth);
        self.add_artifacts(&mut result, &mut chance, number, depth);
        settle(&mut result, &mut chance, depth);
        result
    }

    /// Returns the same as the JSON of a report, on one line.
    pub fn json(&self, number: u64) -> Vec<u8> {
        serde_json::to_vec(&self.report(number)).unwrap()
    }

    fn call(
        like: &Call,
        gene: &str,
        at: (&str, u32, &str, &str),
        counts: (u32, u32),
        status: CallStatus,
    ) -> Call {
        let mut call = like.clone();
        let (chromosome, position, reference, alternate) = at;
        let chromosome = Chromosome::parse(chromosome).unwrap();
        call.variant = Variant::new(Build::Grch38, chromosome, position, reference, alternate)
            .unwrap()
            .into();
        gene.clone_into(&mut call.consequence.gene);
        call.consequence.hgvs_c = Some(format!("c.{position}{reference}>{alternate}"));
        call.consequence.hgvs_p_short = Some(format!("p.X{}Z", position % 1000));
        let (alternative, depth) = counts;
        call.evidence = Evidence::from_counts(alternative, depth, "AD");
        call.evidence.ref_count = Some(depth - alternative);
        call.evidence.strands = Some(StrandCounts {
            ref_forward: (depth - alternative) / 2,
            ref_reverse: (depth - alternative).div_ceil(2),
            alt_forward: alternative / 2,
            alt_reverse: alternative.div_ceil(2),
        });
        call.status = status;
        call
    }

    /// Two common variants and a rare one in each of 30 genes, and now and then one of nobody else.
    fn inherited(&self, chance: &mut Chance, person: u64) -> Vec<Call> {
        let mut calls = Vec::new();
        for (place, gene) in (0_u32..).zip(self.healthy.genes.iter().take(30)) {
            for (kind, share) in [(0, 0.25), (1, 0.1), (2, 0.01)] {
                if chance.share() < share {
                    let at = ("chr1", 1000 + place * 10 + kind, "A", "G");
                    let counts = (chance.binomial(200, 0.5), 200);
                    calls.push(Self::call(
                        &self.inherited,
                        &gene.gene,
                        at,
                        counts,
                        CallStatus::GermlineSuspected,
                    ));
                }
            }
        }
        if chance.share() < 0.5 {
            let gene = &self.healthy.genes[usize::try_from(chance.below(30)).unwrap()].gene;
            let at = ("chr3", 1000 + u32::try_from(person).unwrap(), "A", "G");
            let counts = (chance.binomial(200, 0.5), 200);
            calls.push(Self::call(
                &self.inherited,
                gene,
                at,
                counts,
                CallStatus::GermlineSuspected,
            ));
        }
        calls
    }

    /// One driver in 100 at 40, one in five at 80; further ones are as likely again.
    fn add_drivers(&self, result: &mut SampleResult, chance: &mut Chance, age: f64, depth: u32) {
        let likely = 0.01 * ((age - 40.0).max(0.0) * 0.075).exp();
        while chance.share() < likely.min(0.5) {
            let mut point = chance.share();
            let pick = DRIVERS.iter().find(|(_, _, weight)| {
                point -= weight;
                point < 0.0
            });
            let (gene, chromosome, _) = pick.unwrap_or(&DRIVERS[0]);
            let place = u32::try_from(chance.below(40)).unwrap();
            let fraction = 0.02 * (chance.share() * 3.0).exp();
            let alternative = chance.binomial(depth, fraction);
            if f64::from(alternative) < 0.02 * f64::from(depth) {
                continue;
            }
            let call = Self::call(
                &self.driver,
                gene,
                (chromosome, 100_000 + place, "C", "T"),
                (alternative, depth),
                CallStatus::Driver,
            );
            let is_new = result.calls.iter().all(|known| known.variant != call.variant);
            if is_new {
                result.calls.push(call);
            }
        }
    }

    /// One error of the assay in 8 % of samples at 3 %, and one that only the third run has.
    fn add_artifacts(&self, result: &mut SampleResult, chance: &mut Chance, number: u64, depth: u32) {
        let mut add = |chance: &mut Chance, gene: &str, at, rate: f64| {
            let alternative = chance.binomial(depth, rate);
            let mut call = Self::call(
                &self.driver,
                gene,
                at,
                (alternative, depth),
                CallStatus::ArtifactSuspected,
            );
            call.rule = None;
            call.reasons = vec![Reason::new(ReasonCode::Homopolymer, ReasonValues::default())];
            call.rules.clear();
            call.rule_sets.clear();
            call.rule_sets_against = vec![RuleSet::Who];
            result.calls.push(call);
        };
        if chance.share() < 0.08 {
            add(chance, "ASXL1", ("chr20", 32_434_638, "A", "AG"), 0.03);
        }
        if batch(number) == "run3" && chance.share() < 0.6 {
            add(chance, "RUNX1", ("chr21", 5_000, "G", "T"), 0.025);
        }
    }
}

/// Returns the run of a number: five in turn.
pub fn batch(number: u64) -> &'static str {
    ["run1", "run2", "run3", "run4", "run5"][usize::try_from(number % 5).unwrap()]
}

/// Brings genes, answer and quality into line with the calls.
fn settle(result: &mut SampleResult, chance: &mut Chance, depth: u32) {
    let fails = chance.share() < 0.01;
    let in_part = chance.share() < 0.1;
    for (place, gene) in result.genes.iter_mut().enumerate() {
        let own = |status| {
            let calls = result.calls.iter();
            calls
                .filter(|c| c.consequence.gene == gene.gene && c.status == status)
                .count()
        };
        let (drivers, others) = (
            own(CallStatus::Driver),
            own(CallStatus::ArtifactSuspected) + own(CallStatus::GermlineSuspected),
        );
        let is_assessed = !(fails || in_part && place % 3 == 0);
        gene.drivers = drivers;
        gene.drivers_to_review = 0;
        gene.other_calls = others;
        gene.assessed_bases = if is_assessed {
            gene.target_bases
        } else {
            gene.target_bases / 3
        };
        gene.min_depth = Some(depth / 2);
        gene.detection_limit = is_assessed.then_some(0.015);
        gene.state = match (drivers, others, is_assessed) {
            (1.., _, _) => GeneState::Mutated,
            (0, 1.., _) => GeneState::NoDriver,
            (0, 0, true) => GeneState::NotDetected,
            (0, 0, false) => GeneState::PartlyAssessed,
        };
        let calls = result.calls.iter();
        let own = calls.filter(|c| c.consequence.gene == gene.gene && c.status == CallStatus::Driver);
        gene.largest_vaf = own
            .filter_map(|c| c.evidence.vaf)
            .fold(None, |most: Option<f64>, v| Some(most.map_or(v, |m| m.max(v))));
    }
    let drivers: Vec<&Call> = result
        .calls
        .iter()
        .filter(|c| c.status == CallStatus::Driver)
        .collect();
    result.ch.drivers = drivers.len();
    result.ch.state = if drivers.is_empty() {
        ChState::NoneCalled
    } else {
        ChState::Present
    };
    let mut genes: Vec<String> = drivers.iter().map(|c| c.consequence.gene.clone()).collect();
    genes.sort();
    genes.dedup();
    result.ch.genes = genes;
    let assessed: u32 = result.genes.iter().map(|gene| gene.assessed_bases).sum();
    let target: u32 = result.genes.iter().map(|gene| gene.target_bases).sum();
    result.ch.genes_assessed = result.genes.iter().filter(|gene| gene.is_assessed()).count();
    result.ch.genes_not_assessed = 0;
    result.quality = Some(SampleQuality {
        verdict: match (fails, in_part) {
            (true, _) => QualityVerdict::Fail,
            (false, true) => QualityVerdict::Limited,
            (false, false) => QualityVerdict::Pass,
        },
        reasons: Vec::new(),
        reads: 1_000_000,
        target_bases: target,
        assessed_bases: assessed,
        assessed_share: Some(f64::from(assessed) / f64::from(target)),
        median_depth: Some(if fails { 15 } else { depth }),
        detection_limit_median: Some(0.012),
        detection_limit_95: Some(0.015),
        error_signs: Vec::new(),
        sex_by_depth: None,
    });
}
