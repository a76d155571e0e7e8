//! Are of those alleles that are said to be errors with 90 % about 90 % errors? A simulated cohort, the same each time.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "depths at random, small and not negative"
)]

use super::artifact::Evidence;
use crate::evidence::random::Random;

/// What is drawn of an allele.
struct Kind {
    is_error: bool,
    is_listed: bool,
    /// Chance that a true change has no further carrier.
    rarity: f64,
}

const SAMPLES: u32 = 60;

/// Returns the odds of an allele, where two samples or more hold it.
///
/// An error has a rate from 0.5 to 8 %, which differs between samples by a correlation from 0.001 to 0.008, in 3 to 100 % of the samples, strands of its own in
/// half, and is doubted by filters in 30 to 95 %. A clone has a size of its own, and is doubted in 2 to 25 %. Called is what three fragments and 2 % show.
fn odds(random: &mut Random, kind: &Kind) -> Option<f64> {
    let (mut evidence, mut carriers, mut doubted) = (Evidence::default(), 0, 0);
    let doubt = if kind.is_error {
        random.between(0.3, 0.95)
    } else {
        random.between(0.02, 0.25)
    };
    let own_strands = (kind.is_error && random.share() < 0.5).then(|| random.share());
    let rate = random.scaled(0.005, 0.08);
    let correlation = random.between(0.001, 0.008);
    let held_by = random.scaled(0.03, 1.0);
    let mut clones = 1;
    while !kind.is_error && clones < SAMPLES && random.share() > kind.rarity {
        clones += 1;
    }
    for sample in 0..SAMPLES {
        let holds = if kind.is_error {
            random.share() <= held_by
        } else {
            sample < clones
        };
        if !holds {
            continue;
        }
        let depth = random.scaled(300.0, 2000.0) as u32;
        let fraction = if kind.is_error {
            let spread = (rate * (1.0 - rate) * correlation).sqrt();
            (rate + spread * random.normal()).clamp(1e-4, 0.5)
        } else {
            0.5 * random.scaled(0.01, 1.0)
        };
        let alternative = random.count(depth, fraction);
        if alternative < 3 || f64::from(alternative) < 0.02 * f64::from(depth) {
            continue;
        }
        let forward = random.count(alternative, own_strands.unwrap_or(0.5));
        let reference = depth - alternative;
        let strands = [
            reference / 2,
            reference - reference / 2,
            forward,
            alternative - forward,
        ];
        evidence.add(alternative, depth, Some(strands));
        carriers += 1;
        doubted += u32::from(random.share() < doubt);
    }
    (carriers >= 2).then(|| evidence.odds(carriers, doubted, kind.is_listed).odds)
}

/// Draws alleles until so many recur: a share of errors, two in a hundred of them where a rule lists a change, and of the others two thirds listed changes.
fn alleles(share_of_errors: f64, number: usize) -> Vec<(f64, bool)> {
    let mut random = Random(7);
    let mut drawn = Vec::new();
    while drawn.len() < number {
        let x = random.share();
        let is_error = x < share_of_errors + 0.02;
        let is_listed =
            (share_of_errors..share_of_errors + 0.02 + (0.98 - share_of_errors) * 0.67).contains(&x);
        let kind = Kind {
            is_error,
            is_listed,
            rarity: if is_listed { 0.25 } else { 0.6 },
        };
        let odds = std::iter::repeat_with(|| odds(&mut random, &kind)).find_map(|odds| odds);
        drawn.extend(odds.map(|odds| (odds / (1.0 + odds), is_error)));
    }
    drawn
}

/// Returns how many errors there are of those that are said to be errors with such a chance.
fn errors(drawn: &[(f64, bool)], said: std::ops::Range<f64>) -> f64 {
    let of: Vec<bool> = drawn
        .iter()
        .filter(|(chance, _)| said.contains(chance))
        .map(|(_, is)| *is)
        .collect();
    assert!(of.len() >= 20, "{said:?}: {}", of.len());
    of.iter().filter(|is| **is).count() as f64 / of.len() as f64
}

#[test]
fn of_those_said_to_be_errors_with_ninety_per_cent_about_ninety_are() {
    for share_of_errors in [0.2, 0.35, 0.5] {
        let drawn = alleles(share_of_errors, 2000);
        let likely = errors(&drawn, 0.8..0.95);
        assert!((0.75..=1.0).contains(&likely), "{share_of_errors}: {likely}");
        assert!(errors(&drawn, 0.95..1.1) > 0.98, "{share_of_errors}");
        assert!(errors(&drawn, 0.0..0.1) < 0.06, "{share_of_errors}");
    }
    let likely = errors(&alleles(0.35, 4000), 0.8..0.95);
    assert!((likely - 0.89).abs() < 0.08, "{likely}");
}
