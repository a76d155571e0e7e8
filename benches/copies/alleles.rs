//! Heterozygous sites on simulated samples: how often balance is taken for a shift, and how large a clone must be to be seen.
//!
//! Sites lie in the panel's genes, 0.3 a kilobase of what is looked at (TP53 and PRPF8 together 0 to 6); 40 % change the protein; the counts are
//! beta-binomial. In every sample one site in fifty has any fraction (a duplicated place, a badly aligned one), and one sample in twenty has a
//! clone's own mutation that no rule knows.

use hemoclone::copies::{
    CopyRegion, CopyState, GenePlace, HeterozygousSite, ShiftKind, SiteInput, SiteOrigin, without_depth,
};
use hemoclone::genome::{Build, Chromosome, Sex};

use super::{Bench, Chance, Change, DEPTHS, Exon, median};

/// Heterozygous sites a base.
const DENSITY: f64 = 0.3e-3;
/// Share of the sites that change the protein, that mislead, and of samples with an unknown mutation of a clone.
const CHANGED: f64 = 0.4;
const MISLEADING: f64 = 0.02;
const UNKNOWN_MUTATION: f64 = 0.05;
/// Dispersions and means that are tried.
const DISPERSIONS: [f64; 4] = [0.0, 0.002, 0.005, 0.01];
const MEANS: [f64; 3] = [0.48, 0.49, 0.5];

/// What is done to an arm in a share of the cells.
#[derive(Clone, Copy, PartialEq)]
enum Arm {
    None,
    Loss(f64),
    CopyNeutral(f64),
    Gain(f64),
}

impl Arm {
    /// Share of the copies that the one allele has.
    fn share(self) -> f64 {
        match self {
            Self::None => 0.5,
            Self::Loss(c) => 1.0 / (2.0 - c),
            Self::CopyNeutral(c) => f64::midpoint(1.0, c),
            Self::Gain(c) => (1.0 + c) / (2.0 + c),
        }
    }

    fn change(self) -> (Change, f64) {
        match self {
            Self::Loss(c) => (Change::Loss(CopyRegion::Loss17p), c),
            // A third copy where a loss would leave one.
            Self::Gain(c) => (Change::Loss(CopyRegion::Loss17p), -c),
            _ => (Change::None, 0.0),
        }
    }
}

/// How the sites of a sample are counted.
#[derive(Clone, Copy)]
struct Assay {
    depth: f64,
    mean: f64,
    dispersion: f64,
}

/// Cuts off the digits behind the point.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "lengths of exons and depths"
)]
const fn whole(number: f64) -> u32 {
    number as u32
}

/// One of several.
fn any_of<'e, T>(things: &'e [T], dice: &mut Chance) -> &'e T {
    let at = whole(dice.share() * things.len() as f64);
    &things[usize::try_from(at).unwrap()]
}

fn is_17p(exon: &Exon) -> bool {
    exon.chromosome.name() == "chr17" && exon.first < 20_000_000
}

/// Of the gamma distribution (Marsaglia and Tsang 2000); shapes above 1.
fn gamma(shape: f64, dice: &mut Chance) -> f64 {
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let x = dice.normal();
        let v = (1.0 + c * x).powi(3);
        if v > 0.0 && (1.0 - dice.share()).ln() < 0.5 * x * x + d - d * v + d * v.ln() {
            return d * v;
        }
    }
}

fn counts(depth: f64, mean: f64, dispersion: f64, dice: &mut Chance) -> (u32, u32) {
    let p = if dispersion > 0.0 {
        let strength = 1.0 / dispersion - 1.0;
        let (a, b) = (gamma(mean * strength, dice), gamma((1.0 - mean) * strength, dice));
        a / (a + b)
    } else {
        mean
    };
    let depth = whole(depth * (0.15 * dice.normal()).exp()).max(40);
    let alternate: u32 = (0..depth).map(|_| u32::from(dice.share() < p)).sum();
    (depth - alternate, alternate)
}

/// Where a person is heterozygous.
struct Place<'e> {
    exon: &'e Exon,
    position: u32,
    /// Whether the alternative allele is the one that a clone has more of.
    up: bool,
    /// Its fraction, where that is any.
    misleading: Option<f64>,
    origin: SiteOrigin,
}

/// Draws the places of a person.
fn person<'e>(exons: &'e [Exon], on_17p: Option<usize>, dice: &mut Chance) -> Vec<Place<'e>> {
    let on_arm: Vec<&Exon> = exons.iter().filter(|e| is_17p(e)).collect();
    let mut at: Vec<(&Exon, u32)> = Vec::new();
    for exon in exons.iter().filter(|e| on_17p.is_none() || !is_17p(e)) {
        let length = f64::from(exon.last - exon.first + 1);
        // A second site of an exon shares its fragments and is left out.
        if dice.share() < 1.0 - (-DENSITY * length).exp() {
            at.push((exon, exon.first + whole(length * dice.share())));
        }
    }
    for _ in 0..on_17p.unwrap_or(0) {
        let exon = *any_of(&on_arm, dice);
        at.push((
            exon,
            exon.first + whole(f64::from(exon.last - exon.first) * dice.share()),
        ));
    }
    let mut places: Vec<Place<'_>> = Vec::new();
    for (exon, position) in at {
        places.push(Place {
            exon,
            position,
            up: dice.share() < 0.5,
            misleading: (dice.share() < MISLEADING).then(|| 0.2 + 0.6 * dice.share()),
            origin: if dice.share() < CHANGED {
                SiteOrigin::Changed
            } else {
                SiteOrigin::Silent
            },
        });
    }
    if dice.share() < UNKNOWN_MUTATION {
        let exon = any_of(exons, dice);
        places.push(Place {
            exon,
            position: exon.first,
            up: true,
            misleading: Some(0.05 + 0.45 * dice.share()),
            origin: SiteOrigin::Changed,
        });
    }
    places
}

/// Draws the counts of a sample.
fn sites(person: &[Place<'_>], assay: Assay, arm: Arm, dice: &mut Chance) -> Vec<HeterozygousSite> {
    let mut found = Vec::new();
    for place in person {
        let share = if is_17p(place.exon) { arm.share() } else { 0.5 };
        let share = if place.up { share } else { 1.0 - share };
        let usual = share * assay.mean / (share * assay.mean + (1.0 - share) * (1.0 - assay.mean));
        let mean = place.misleading.unwrap_or(usual);
        let (reference, alternate) = counts(assay.depth, mean, assay.dispersion, dice);
        let fraction = f64::from(alternate) / f64::from(reference + alternate);
        // The fractions of such sites that are looked at.
        if (0.15..=0.9).contains(&fraction) {
            found.push(HeterozygousSite {
                gene: place.exon.gene.clone(),
                chromosome: place.exon.chromosome,
                position: place.position,
                reference,
                alternate,
                origin: place.origin,
            });
        }
    }
    found.sort_by_key(|s| (s.chromosome, s.position));
    found
}

pub(super) fn places(exons: &[Exon]) -> Vec<GenePlace> {
    let mut places: Vec<GenePlace> = Vec::new();
    for exon in exons {
        if places.iter().all(|p| p.gene != exon.gene) {
            places.push(GenePlace {
                gene: exon.gene.clone(),
                chromosome: exon.chromosome,
                position: exon.first,
            });
        }
    }
    places
}

/// An arm of a share of cells.
type ArmOf = fn(f64) -> Arm;

fn input(sites: &[HeterozygousSite], sex: Sex) -> SiteInput<'_> {
    SiteInput {
        sites,
        build: Build::Grch38,
        sex: Some(sex),
        amplicons: false,
        mixed: false,
    }
}

pub(super) fn negatives(bench: &Bench, samples: u64) {
    println!("\nHeterozygous sites, samples without a change: regions suspected, and 17p\n");
    println!(
        "| depth | dispersion | samples | regions with two sites | suspected | suspected, 17p | 17p not detected | 17p limit |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    let places = &bench.places;
    let mut dice = Chance(77);
    for depth in DEPTHS {
        for dispersion in DISPERSIONS {
            let (mut regions, mut suspected, mut of_17p, mut clear) = (0, 0, 0, 0);
            let mut limits = Vec::new();
            for number in 0..samples {
                let sex = if number % 2 == 0 { Sex::Female } else { Sex::Male };
                let assay = Assay {
                    depth,
                    mean: *any_of(&MEANS, &mut dice),
                    dispersion,
                };
                let person = person(&bench.exons, None, &mut dice);
                let mut drawn = sites(&person, assay, Arm::None, &mut dice);
                drawn.retain(|s| s.chromosome != Chromosome::X || sex == Sex::Female);
                let mut told = without_depth(places, Build::Grch38, Some(sex));
                told.add_sites(&input(&drawn, sex));
                for region in &told.regions {
                    let shift = region.shift.as_ref().unwrap();
                    regions += usize::from(shift.sites >= 2);
                    let is_suspected = shift.state == CopyState::Suspected;
                    suspected += usize::from(is_suspected);
                    if region.region == CopyRegion::Loss17p {
                        of_17p += usize::from(is_suspected);
                        clear += usize::from(shift.state == CopyState::NotDetected);
                        limits.extend(shift.limit.filter(|_| shift.state == CopyState::NotDetected));
                    }
                }
            }
            println!(
                "| {depth:.0} | {dispersion} | {samples} | {regions} | {suspected} | {of_17p} | {:.0} % | {} |",
                100.0 * clear as f64 / samples as f64,
                median(limits.into_iter()),
            );
        }
    }
}

pub(super) fn power(bench: &Bench, samples: u64) {
    println!(
        "\nShare of samples (%) in which a shift of 17p is suspected / and the right change named, by share of cells; spread of exons 10 %, dispersion 0.002, mean 0.49\n"
    );
    let shares = [0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8];
    let heads: Vec<String> = shares.iter().map(|s| format!("{:.0} %", s * 100.0)).collect();
    println!("| change | sites | depth | normals | {} |", heads.join(" | "));
    println!("| --- | --- | --- | --- |{}", " --- |".repeat(shares.len()));
    let kinds: [(&str, ShiftKind, ArmOf); 3] = [
        ("loss", ShiftKind::Loss, Arm::Loss),
        ("copy-neutral", ShiftKind::CopyNeutral, Arm::CopyNeutral),
        ("gain", ShiftKind::Gain, Arm::Gain),
    ];
    let mut dice = Chance(78);
    for (name, kind, arm) in kinds {
        for (on_17p, depth, with_normals) in [
            (2, 500.0, false),
            (2, 500.0, true),
            (2, 2000.0, true),
            (4, 200.0, true),
            (4, 500.0, true),
            (4, 1000.0, true),
        ] {
            let cells = shares.map(|share| {
                let (mut seen, mut named) = (0, 0);
                let arm = arm(share);
                let all = bench.run((0.1, depth, with_normals), arm.change(), samples, dice.next());
                for mut told in all {
                    let assay = Assay {
                        depth,
                        mean: 0.49,
                        dispersion: 0.002,
                    };
                    let person = person(&bench.exons, Some(on_17p), &mut dice);
                    let drawn = sites(&person, assay, arm, &mut dice);
                    told.add_sites(&input(&drawn, Sex::Female));
                    let shift = told.shifted().find(|(r, _)| r.region == CopyRegion::Loss17p);
                    seen += usize::from(shift.is_some());
                    named += usize::from(shift.is_some_and(|(_, s)| s.kind == Some(kind)));
                }
                let share = |n: usize| 100.0 * n as f64 / samples as f64;
                format!("{:.0} / {:.0}", share(seen), share(named))
            });
            let normals = if with_normals { super::NORMALS } else { 0 };
            println!(
                "| {name} | {on_17p} | {depth:.0} | {normals} | {} |",
                cells.join(" | ")
            );
        }
    }
}

/// How often a loss in as many cells as the limit says would have been seen.
pub(super) fn limits(bench: &Bench, samples: u64) {
    println!(
        "\nLosses in as many cells as the limit that the same person's sites gave without it: share in which the shift is suspected (%)\n"
    );
    println!("| sites | depth | dispersion | limit (median) | suspected |");
    println!("| --- | --- | --- | --- | --- |");
    let places = &bench.places;
    let mut dice = Chance(79);
    for (on_17p, depth, dispersion) in [
        (2, 500.0, 0.002),
        (3, 500.0, 0.002),
        (4, 200.0, 0.005),
        (4, 1000.0, 0.0),
        (6, 500.0, 0.01),
    ] {
        let assay = Assay {
            depth,
            mean: 0.49,
            dispersion,
        };
        let told = |person: &[Place<'_>], arm: Arm, dice: &mut Chance| {
            let drawn = sites(person, assay, arm, dice);
            let mut told = without_depth(places, Build::Grch38, Some(Sex::Female));
            told.add_sites(&input(&drawn, Sex::Female));
            let region = told.regions.into_iter().find(|r| r.region == CopyRegion::Loss17p);
            region.and_then(|r| r.shift).unwrap()
        };
        let (mut seen, mut all, mut found) = (0, 0, Vec::new());
        for _ in 0..samples {
            let person = person(&bench.exons, Some(on_17p), &mut dice);
            let before = told(&person, Arm::None, &mut dice);
            let Some(limit) = before.limit.filter(|_| before.state == CopyState::NotDetected) else {
                continue;
            };
            found.push(limit);
            all += 1;
            seen += usize::from(told(&person, Arm::Loss(limit), &mut dice).state == CopyState::Suspected);
        }
        println!(
            "| {on_17p} | {depth:.0} | {dispersion} | {} | {:.0} of {all} |",
            median(found.into_iter()),
            100.0 * seen as f64 / f64::from(all.max(1)),
        );
    }
}
