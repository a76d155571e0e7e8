//! What depth and heterozygous sites tell of copies, on simulated samples: how often nothing is taken for something, and how large a clone
//! must be to be seen.
//!
//! `cargo bench --bench copies` prints the tables of docs/copy-number.md; `-- 100` takes so many samples of each kind, `-- alleles 100` prints
//! those of the heterozygous sites alone, and `-- limits 100` of these the ones without a change and the limits.
//!
//! The exons are those of the default panel. Each assay has its own yield of every exon (log-normal, 5 to 20 %) and of every gene (2 %), each sample a
//! curve over GC, a residue of every exon (3 %) and fragments that are drawn at random. With normals there are eight of the same assay.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints its figures and may stop at any fault"
)]

#[path = "copies/alleles.rs"]
mod alleles;

use std::collections::BTreeMap;

use hemoclone::copies::{CopyInput, CopyNumber, CopyRegion, CopyState, GenePlace, assess};
use hemoclone::evidence::{ExonDepth, NormalDepth};
use hemoclone::genome::{Build, Chromosome, Sex};
use hemoclone::panel::Panel;
use hemoclone::sample::Targets;
use hemoclone::transcript::{Transcript, transcript};

/// Yields of exons that are tried, and median depths.
const YIELDS: [f64; 4] = [0.05, 0.10, 0.15, 0.20];
const DEPTHS: [f64; 4] = [200.0, 500.0, 1000.0, 2000.0];
const NORMALS: usize = 8;
/// Spread of genes of an assay, and of exons of a sample.
const OF_GENES: f64 = 0.02;
const OF_SAMPLE: f64 = 0.03;
/// Bases of a fragment.
const FRAGMENT: f64 = 180.0;

/// SplitMix64 (Steele, Lea, Flood: OOPSLA 2014).
struct Chance(u64);

impl Chance {
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A seed for another generator.
    fn next(&mut self) -> u64 {
        self.share().to_bits()
    }

    /// Of the standard normal distribution (Box and Muller).
    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.share()).ln()).sqrt();
        radius * (2.0 * std::f64::consts::PI * self.share()).cos()
    }

    /// Of the Poisson distribution, by its normal approximation: the means are above 100.
    fn poisson(&mut self, mean: f64) -> f64 {
        (mean + mean.sqrt() * self.normal()).round().max(0.0)
    }
}

/// One exon of the panel.
struct Exon {
    gene: String,
    number: u32,
    chromosome: Chromosome,
    first: u32,
    last: u32,
    gc: f64,
}

fn panel_exons(panel: &Panel) -> Vec<Exon> {
    let targets = Targets::new(panel, Build::Grch38, None).unwrap();
    let mut chance = Chance(1);
    let mut exons = Vec::new();
    for target in &targets.genes {
        for range in &target.searched {
            let inside = |e: &hemoclone::transcript::Exon| e.start <= *range.end() && *range.start() <= e.end;
            let at = target.transcript.exons().iter().position(inside).unwrap();
            exons.push(Exon {
                gene: target.gene.symbol.clone(),
                number: u32::try_from(at + 1).unwrap(),
                chromosome: target.transcript.chromosome(),
                first: *range.start(),
                last: *range.end(),
                gc: (0.48 + 0.09 * chance.normal()).clamp(0.25, 0.8),
            });
        }
    }
    exons
}

/// A change of copies in a share of the cells.
#[derive(Clone, Copy, PartialEq)]
enum Change {
    None,
    /// Exons 3 to this one of KMT2A once more.
    Ptd(u32),
    Loss(CopyRegion),
}

impl Change {
    /// Copies of an exon in a cell that has the change, where there are two.
    fn copies(self, exon: &Exon) -> f64 {
        let on = |name: &str| Chromosome::parse(name) == Some(exon.chromosome);
        let is_lost = match self {
            Self::None => false,
            Self::Ptd(last) => {
                return if exon.gene == "KMT2A" && (3..=last).contains(&exon.number) {
                    3.0
                } else {
                    2.0
                };
            }
            Self::Loss(CopyRegion::Loss5q) => on("5"),
            Self::Loss(CopyRegion::Loss7q) => on("7"),
            // The panel's gene on 17q lies behind 30 Mb.
            Self::Loss(CopyRegion::Loss17p) => on("17") && exon.first < 20_000_000,
            Self::Loss(CopyRegion::Loss20q) => on("20"),
            Self::Loss(_) => on("X"),
        };
        if is_lost { 1.0 } else { 2.0 }
    }
}

/// An assay: what it yields of each exon.
struct Assay {
    yields: Vec<f64>,
}

impl Assay {
    fn new(exons: &[Exon], spread: f64, chance: &mut Chance) -> Self {
        let mut of_gene: BTreeMap<&str, f64> = BTreeMap::new();
        let yields = exons
            .iter()
            .map(|exon| {
                let gene = *of_gene
                    .entry(&exon.gene)
                    .or_insert_with(|| OF_GENES * chance.normal());
                (gene + spread * chance.normal()).exp()
            })
            .collect();
        Self { yields }
    }

    /// Draws the depths of a sample.
    fn sample(
        &self,
        exons: &[Exon],
        (depth, sex): (f64, Sex),
        (change, cells): (Change, f64),
        dice: &mut Chance,
    ) -> Vec<f64> {
        let (slope, bend) = (0.8 * dice.normal(), 3.0 * dice.normal());
        let of = |(exon, yields): (&Exon, &f64)| {
            let usual = if exon.chromosome == Chromosome::X && sex == Sex::Male {
                0.5
            } else {
                1.0
            };
            let copies = usual * (1.0 - cells + cells * change.copies(exon) / 2.0);
            let off = exon.gc - 0.5;
            let curve = (slope * off + bend * off * off + OF_SAMPLE * dice.normal()).exp();
            let length = f64::from(exon.last - exon.first + 1);
            // Fragments that overlap the exon, and what each covers of it.
            let fragments = depth * yields * copies * curve * (length + FRAGMENT) / FRAGMENT;
            dice.poisson(fragments) * FRAGMENT / (length + FRAGMENT)
        };
        exons.iter().zip(&self.yields).map(of).collect()
    }

    /// Learns normals as `background` does.
    fn normals(&self, exons: &[Exon], depth: f64, dice: &mut Chance) -> Vec<NormalDepth> {
        let mut logs = vec![Vec::new(); exons.len()];
        for n in 0..NORMALS {
            let sex = if n % 2 == 0 { Sex::Female } else { Sex::Male };
            let depths = self.sample(exons, (depth, sex), (Change::None, 0.0), dice);
            let mut autosomal: Vec<f64> = exons
                .iter()
                .zip(&depths)
                .filter(|(e, _)| e.chromosome != Chromosome::X)
                .map(|(_, d)| *d)
                .collect();
            autosomal.sort_by(f64::total_cmp);
            let usual = autosomal[autosomal.len() / 2];
            for ((exon, depth), own) in exons.iter().zip(&depths).zip(&mut logs) {
                let copies = if exon.chromosome == Chromosome::X && sex == Sex::Male {
                    2.0
                } else {
                    1.0
                };
                own.push((copies * depth / usual).ln());
            }
        }
        let known = |own: Vec<f64>| {
            let n = own.len() as f64;
            let mean = own.iter().sum::<f64>() / n;
            NormalDepth {
                mean,
                spread: (own.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt(),
                normals: u32::try_from(own.len()).unwrap(),
            }
        };
        logs.into_iter().map(known).collect()
    }
}

struct Bench {
    exons: Vec<Exon>,
    places: Vec<GenePlace>,
    kmt2a: &'static Transcript,
}

impl Bench {
    fn told(&self, depths: &[f64], normals: Option<&[NormalDepth]>, sex: Sex) -> CopyNumber {
        let exons: Vec<ExonDepth> = self
            .exons
            .iter()
            .zip(depths)
            .enumerate()
            .map(|(i, (exon, depth))| ExonDepth {
                gene: exon.gene.clone(),
                exon: exon.number,
                chromosome: exon.chromosome,
                first: exon.first,
                last: exon.last,
                depth: *depth,
                gc: exon.gc,
                normal: normals.map(|n| n[i]),
            })
            .collect();
        assess(&CopyInput {
            places: &self.places,
            exons: &exons,
            junctions: &[],
            amplicons: false,
            kmt2a: Some(self.kmt2a),
            build: Build::Grch38,
            sex: Some(sex),
        })
    }

    /// Runs samples, and returns what was told of each.
    fn run(
        &self,
        (spread, depth, with_normals): (f64, f64, bool),
        (change, cells): (Change, f64),
        samples: u64,
        seed: u64,
    ) -> Vec<CopyNumber> {
        let mut dice = Chance(seed);
        (0..samples)
            .map(|number| {
                let assay = Assay::new(&self.exons, spread, &mut dice);
                let normals = with_normals.then(|| assay.normals(&self.exons, depth, &mut dice));
                let sex = if number % 2 == 0 || change == Change::Loss(CopyRegion::LossX) {
                    Sex::Female
                } else {
                    Sex::Male
                };
                let depths = assay.sample(&self.exons, (depth, sex), (change, cells), &mut dice);
                self.told(&depths, normals.as_deref(), sex)
            })
            .collect()
    }
}

fn is_suspected(told: &CopyNumber, region: CopyRegion) -> bool {
    told.suspected().any(|r| r.region == region)
}

fn negatives(bench: &Bench, samples: u64) {
    println!("Samples without a change: suspected, of how many, and limits (median, where assessed)\n");
    println!(
        "| normals | spread of exons | samples | KMT2A-PTD | any region | PTD limit | 17p limit | PTD assessed | 17p assessed |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    let mut seed = 1000;
    for with_normals in [false, true] {
        for spread in YIELDS {
            let mut all = Vec::new();
            for depth in DEPTHS {
                seed += 1;
                all.extend(bench.run((spread, depth, with_normals), (Change::None, 0.0), samples, seed));
            }
            assert!(all.iter().all(|t| t.ptd.state != CopyState::Detected));
            let ptd = all.iter().filter(|t| t.ptd.state == CopyState::Suspected).count();
            let regions = all.iter().filter(|t| t.suspected().next().is_some()).count();
            let of_17p = |t: &CopyNumber| {
                t.regions
                    .iter()
                    .find(|r| r.region == CopyRegion::Loss17p)
                    .unwrap()
                    .limit
            };
            println!(
                "| {} | {:.0} % | {} | {ptd} | {regions} | {} | {} | {} | {} |",
                if with_normals { NORMALS } else { 0 },
                spread * 100.0,
                all.len(),
                median(all.iter().filter_map(|t| t.ptd.limit)),
                median(all.iter().filter_map(of_17p)),
                all.iter()
                    .filter(|t| t.ptd.state != CopyState::NotAssessed)
                    .count(),
                all.iter().filter(|t| of_17p(t).is_some()).count(),
            );
        }
    }
}

fn median(values: impl Iterator<Item = f64>) -> String {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let middle = values.get(values.len() / 2);
    middle.map_or_else(|| "–".to_owned(), |v| format!("{:.0} %", v * 100.0))
}

fn power(bench: &Bench, samples: u64) {
    println!("\nShare of samples in which the change is suspected, by share of cells; depth 500\n");
    let shares = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8];
    let heads: Vec<String> = shares.iter().map(|s| format!("{:.0} %", s * 100.0)).collect();
    println!("| change | normals | spread | {} |", heads.join(" | "));
    println!("| --- | --- | --- |{}", " --- |".repeat(shares.len()));
    let changes = [
        ("KMT2A-PTD e3-e8", Change::Ptd(8)),
        ("KMT2A-PTD e3-e10", Change::Ptd(10)),
        ("loss 5q", Change::Loss(CopyRegion::Loss5q)),
        ("loss 7q", Change::Loss(CopyRegion::Loss7q)),
        ("loss 17p", Change::Loss(CopyRegion::Loss17p)),
        ("loss 20q", Change::Loss(CopyRegion::Loss20q)),
        ("loss X", Change::Loss(CopyRegion::LossX)),
    ];
    let mut number = 500_000;
    for (name, change) in changes {
        for (with_normals, spread) in [
            (false, 0.05),
            (false, 0.1),
            (false, 0.2),
            (true, 0.1),
            (true, 0.2),
        ] {
            let mut cells = Vec::new();
            for share in shares {
                number += 1;
                let all = bench.run((spread, 500.0, with_normals), (change, share), samples, number);
                let seen = all.iter().filter(|told| match change {
                    Change::Loss(region) => is_suspected(told, region),
                    _ => told.ptd.state == CopyState::Suspected,
                });
                cells.push(format!("{:.0}", 100.0 * seen.count() as f64 / samples as f64));
            }
            let normals = if with_normals { NORMALS } else { 0 };
            println!(
                "| {name} | {normals} | {:.0} % | {} |",
                spread * 100.0,
                cells.join(" | ")
            );
        }
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let samples = arguments.iter().find_map(|a| a.parse().ok()).unwrap_or(100);
    let panel = Panel::bundled("myeloid33").unwrap();
    let kmt2a = transcript(&panel.gene("KMT2A").unwrap().transcript, Build::Grch38).unwrap();
    let exons = panel_exons(&panel);
    let bench = Bench {
        places: alleles::places(&exons),
        exons,
        kmt2a,
    };
    let asked = |name: &str| arguments.iter().any(|a| a == name);
    if !asked("alleles") && !asked("limits") {
        negatives(&bench, samples);
        power(&bench, samples);
    }
    alleles::negatives(&bench, samples);
    if !asked("limits") {
        alleles::power(&bench, samples);
    }
    alleles::limits(&bench, samples);
}
