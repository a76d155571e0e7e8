//! Base qualities and the errors that follow from them.

use std::collections::BTreeMap;

use crate::genome::{Genome, Target};
use crate::molecule::complement;
use crate::rng::Rng;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Qualities {
    /// Four values, in runs: NovaSeq.
    Binned,
    /// 2 to 41, falling along the read: HiSeq.
    Full,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errors {
    /// As often as the quality says, each other base alike.
    Uniform,
    /// The same on average, but depending on the neighbors in reading direction and on the place.
    Context,
}

pub struct Sequencer {
    pub qualities: Qualities,
    pub errors: Errors,
    /// True error rate as a multiple of what the quality says.
    pub calibration: f64,
    /// Multiples of the error rate by base and both neighbors, and the favored wrong base.
    contexts: Vec<(f64, u8)>,
    sites: Vec<f64>,
    normals: Vec<f64>,
}

/// How a read is sequenced. Bases are in reading direction.
pub struct Cycle<'a> {
    pub second: bool,
    pub forward: bool,
    /// Reference place of a base, for errors that depend on it.
    pub places: &'a [usize],
    /// Quality at least this: consensus of a family of reads.
    pub consensus: Option<u8>,
}

impl Sequencer {
    pub fn new(qualities: Qualities, errors: Errors, calibration: f64) -> Self {
        // The chemistry is the same for every sample: its stream does not depend on the seed.
        let mut rng = Rng::new(1, "chemistry");
        let spread = |sd: f64, rng: &mut Rng| (sd * rng.normal() - sd * sd / 2.0).exp();
        let contexts = (0..64).map(|context| {
            let rate = spread(0.7, &mut rng);
            (rate, rng.other_base(b"ACGT"[context / 4 % 4]))
        });
        let contexts = contexts.collect();
        let sites = (0..1024).map(|_| spread(0.5, &mut rng)).collect();
        let normals = (0..4096).map(|_| rng.normal()).collect();
        Self {
            qualities,
            errors,
            calibration,
            contexts,
            sites,
            normals,
        }
    }

    /// Draws qualities and makes the errors. Returns the qualities (phred).
    pub fn read(&self, bases: &mut [u8], cycle: &Cycle<'_>, rng: &mut Rng) -> Vec<u8> {
        let qualities = match cycle.consensus {
            Some(quality) => self.consensus_qualities(bases.len(), quality, rng),
            None if self.qualities == Qualities::Binned => binned(bases.len(), cycle.second, rng),
            None => self.full(bases.len(), cycle.second, rng),
        };
        let truth = bases.to_vec();
        for (index, quality) in qualities.iter().enumerate() {
            let expected = ERROR_RATES[usize::from(*quality)] * self.calibration;
            let (multiple, favored) = match self.errors {
                Errors::Uniform => (1.0, None),
                Errors::Context => self.context(&truth, index, cycle),
            };
            if rng.chance((expected * multiple).min(0.75)) {
                bases[index] = match favored {
                    Some(base) if base != truth[index] && rng.chance(0.6) => base,
                    _ => rng.other_base(truth[index]),
                };
            }
        }
        qualities
    }

    fn context(&self, truth: &[u8], index: usize, cycle: &Cycle<'_>) -> (f64, Option<u8>) {
        let code = |base: Option<&u8>| match base {
            Some(b'C') => 1,
            Some(b'G') => 2,
            Some(b'T') => 3,
            _ => 0,
        };
        let before = index.checked_sub(1).and_then(|i| truth.get(i));
        let context = 16 * code(before) + 4 * code(truth.get(index)) + code(truth.get(index + 1));
        let (rate, favored) = self.contexts[context];
        let place = cycle.places.get(index).copied().unwrap_or(0) as u64;
        let hash = (2 * place + u64::from(cycle.forward)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54;
        (rate * self.sites[hash as usize], Some(favored))
    }

    fn full(&self, length: usize, second: bool, rng: &mut Rng) -> Vec<u8> {
        let poor = (0.4 + 0.5 * self.normal(rng).abs()) * if second { 1.5 } else { 1.0 };
        let quality = |cycle: usize| {
            let along = cycle as f64 / 150.0;
            let start = if cycle < 5 { 4.0 } else { 0.0 };
            let dip = if rng.chance(0.015 * poor) { 20.0 } else { 0.0 };
            let mean = 39.0 - start - 9.0 * poor * along * along;
            (mean + 1.8 * self.normal(rng) - dip).clamp(2.0, 41.0) as u8
        };
        (0..length).map(quality).collect()
    }

    fn consensus_qualities(&self, length: usize, quality: u8, rng: &mut Rng) -> Vec<u8> {
        let drawn = |_| match rng.below(1000) {
            0 => 2,
            1..=15 => quality.saturating_sub(15).max(15),
            _ => quality.saturating_add_signed(self.normal(rng) as i8).min(90),
        };
        (0..length).map(drawn).collect()
    }

    fn normal(&self, rng: &mut Rng) -> f64 {
        self.normals[rng.below(self.normals.len())]
    }
}

/// 37 mostly; 25, 11 and 2 in runs that grow toward the end of the read and in poor clusters.
fn binned(length: usize, second: bool, rng: &mut Rng) -> Vec<u8> {
    let poor = (0.3 + rng.geometric(0.6) as f64) * if second { 1.4 } else { 1.0 };
    let mut now = 37;
    let draw = |cycle: usize| {
        let along = cycle as f64 / 150.0;
        let stays = now != 37 && rng.chance(0.5);
        let drops = rng.chance(poor * (0.010 + 0.045 * along * along));
        now = match (stays, drops) {
            (true, _) => now,
            (false, false) => 37,
            (false, true) => [25, 25, 25, 11, 11][rng.below(5)],
        };
        if now == 11 && rng.chance(0.03) { 2 } else { now }
    };
    (0..length).map(draw).collect()
}

/// Probability of an error by phred quality.
static ERROR_RATES: std::sync::LazyLock<[f64; 94]> = std::sync::LazyLock::new(|| {
    std::array::from_fn(|quality| 10_f64.powf(-(quality as f64) / 10.0).min(0.75))
});

/// A place where a wrong base appears again and again, for a reason that a caller can see.
#[derive(Clone, Copy, Debug)]
pub struct Artefact {
    pub wrong: u8,
    /// Fraction of the reads concerned that show it.
    pub rate: f64,
    pub reason: Reason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Reads of one strand only, more toward their ends.
    Forward,
    Reverse,
    /// The first 12 bases of reads.
    ReadStart,
    /// Bases of low quality.
    LowQuality,
}

impl Reason {
    pub fn name(self) -> &'static str {
        match self {
            Self::Forward => "forward",
            Self::Reverse => "reverse",
            Self::ReadStart => "read_start",
            Self::LowQuality => "low_quality",
        }
    }
}

pub type Artefacts = Vec<BTreeMap<usize, Artefact>>;

/// Draws artefact sites over the targets. They belong to the panel, not to the sample: give samples of one panel
/// the same seed.
pub fn draw_artefacts(genome: &Genome, targets: &[Target], count: usize, seed: u64) -> Artefacts {
    let mut artefacts: Artefacts = genome.contigs.iter().map(|_| BTreeMap::new()).collect();
    let mut rng = Rng::new(seed, "artefacts");
    for _ in 0..count {
        let target = &targets[rng.below(targets.len())];
        let place = target.start + rng.below(target.end - target.start);
        let reason = match rng.below(10) {
            0..=2 => Reason::Forward,
            3..=5 => Reason::Reverse,
            6..=7 => Reason::ReadStart,
            _ => Reason::LowQuality,
        };
        let wrong = rng.other_base(genome.base(target.contig, place));
        let rate = 0.01 + 0.07 * rng.unit() * rng.unit();
        artefacts[target.contig].insert(place, Artefact { wrong, rate, reason });
    }
    artefacts
}

/// Applies artefacts to a read in reading direction; qualities change where that is the reason.
pub fn spoil(
    bases: &mut [u8],
    qualities: &mut [u8],
    cycle: &Cycle<'_>,
    here: &BTreeMap<usize, Artefact>,
    rng: &mut Rng,
) {
    let (Some(first), Some(last)) = (cycle.places.iter().min(), cycle.places.iter().max()) else {
        return;
    };
    for (place, artefact) in here.range(*first..=*last) {
        let Some(index) = cycle.places.iter().position(|p| p == place) else {
            continue;
        };
        let along = 2.0 * index as f64 / bases.len() as f64;
        let rate = match artefact.reason {
            Reason::Forward if cycle.forward => artefact.rate * along,
            Reason::Reverse if !cycle.forward => artefact.rate * along,
            Reason::ReadStart if index < 12 => 3.0 * artefact.rate,
            Reason::LowQuality => artefact.rate,
            _ => 0.0,
        };
        if rng.chance(rate) {
            let wrong = artefact.wrong;
            bases[index] = if cycle.forward { wrong } else { complement(wrong) };
            if artefact.reason == Reason::LowQuality {
                qualities[index] = qualities[index].min(15);
            }
        }
    }
}
