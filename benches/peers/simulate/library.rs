//! From the person to records: which molecules are caught, how they are read, and where the reads end up.

use std::io::Write;

use crate::Failure;
use crate::genome::{Copy, Genome, Target};
use crate::molecule::{Damage, Molecule, Origin};
use crate::reads::{Pair, Read, count};
use crate::rng::Rng;
use crate::sam::Record;
use crate::sequencer::{Artefacts, Sequencer};
use crate::umi::{Family, Umi};
use crate::variants::Variants;

/// Settings of the library and the sequencing run. Rates and fractions are between 0 and 1.
pub struct Settings {
    /// Mean fragments over a target base, duplicates left out.
    pub depth: f64,
    /// Standard deviation of the logarithm of the depth among targets.
    pub unevenness: f64,
    pub read_length: usize,
    pub insert_mean: f64,
    pub insert_sd: f64,
    pub duplicates: f64,
    pub off_target: f64,
    /// Fraction of the targets with reads of a similar sequence, and of the reads there.
    pub paralog_targets: f64,
    pub paralog_reads: f64,
    pub contamination: f64,
    pub male: bool,
    pub damage: Damage,
    pub damage_rate: f64,
    /// Multiple of the usual slippage in repeats.
    pub slippage: f64,
    pub umi: Umi,
    pub family_size: f64,
    pub copies: Vec<Copy>,
}

/// Writes the pairs.
pub struct Library<'a, W: Write> {
    pub settings: &'a Settings,
    pub genome: &'a Genome,
    pub sequencer: &'a Sequencer,
    pub artefacts: &'a Artefacts,
    pub variants: &'a mut Variants,
    pub sample: &'a str,
    pub out: W,
    pub serial: u64,
    pub rng: Rng,
}

impl<W: Write> Library<'_, W> {
    /// All reads of the targets, then those off target.
    pub fn run(&mut self, targets: &[Target]) -> Result<(), Failure> {
        let mut on_target = 0;
        for target in targets {
            let efficiency = (self.settings.unevenness * self.rng.normal()).exp();
            let pairs = (self.pairs_over(target) * efficiency * self.copies_of(target.contig)) as usize;
            let paralog = if self.rng.chance(self.settings.paralog_targets) {
                self.settings.paralog_reads
            } else {
                0.0
            };
            on_target += pairs;
            let margin = self.settings.insert_mean as usize / 2;
            let (start, end) = (target.start.saturating_sub(margin), target.end + margin);
            for _ in 0..pairs {
                self.fragment(target.contig, start, end, paralog)?;
            }
        }
        let total: usize = self.genome.contigs.iter().map(|contig| contig.bases.len()).sum();
        for _ in 0..(on_target as f64 * self.settings.off_target) as usize {
            let mut place = self.rng.below(total);
            for contig in 0..self.genome.contigs.len() {
                let length = self.genome.contigs[contig].bases.len();
                if place < length {
                    self.fragment(contig, place, place + 1, 0.1)?;
                    break;
                }
                place -= length;
            }
        }
        Ok(self.out.flush()?)
    }

    /// Pairs that give the wanted depth: the margin on both sides is sequenced too.
    fn pairs_over(&self, target: &Target) -> f64 {
        let settings = self.settings;
        let covered = settings.insert_mean.min(2.0 * settings.read_length as f64);
        (target.end - target.start) as f64 * settings.depth / covered + settings.depth
    }

    /// Copies of a contig in the person, of two.
    fn copies_of(&self, contig: usize) -> f64 {
        match (
            self.settings.male,
            self.genome.contigs[contig].name.trim_start_matches("chr"),
        ) {
            (true, "X" | "Y") => 0.5,
            (false, "Y") => 0.0,
            _ => 1.0,
        }
    }

    /// One molecule with its middle in the range, and its duplicates.
    fn fragment(&mut self, contig: usize, start: usize, end: usize, paralog: f64) -> Result<(), Failure> {
        let settings = self.settings;
        let drawn = settings.insert_mean + settings.insert_sd * self.rng.normal();
        let length = drawn.clamp(60.0, 4.0 * settings.insert_mean) as usize;
        let middle = start + self.rng.below((end - start).max(1));
        let name = self.genome.contigs[contig].name.trim_start_matches("chr");
        let origin = Origin {
            contig,
            start: middle.saturating_sub(length / 2).max(1),
            length,
            person: usize::from(self.rng.chance(settings.contamination)),
            haplotype: u8::from(self.rng.chance(0.5)),
            order: self.rng.unit(),
            haploid: settings.male && matches!(name, "X" | "Y"),
            paralog: self.rng.chance(paralog),
            first_forward: self.rng.chance(0.5),
        };
        let Some(mut molecule) = Molecule::build(&origin, self.genome, self.variants, &mut self.rng) else {
            return Ok(());
        };
        if settings.slippage > 0.0 {
            molecule.slip(settings.slippage, &mut self.rng);
        }
        let family = Family::draw(settings.umi, settings.family_size, &mut self.rng);
        if family.as_ref().is_none_or(|family| !family.is_duplex()) {
            molecule.damage(
                settings.damage,
                settings.damage_rate,
                origin.first_forward,
                &mut self.rng,
            );
        }
        if molecule.sites.len() < 50 {
            return Ok(());
        }
        let quality = self.mapping_quality(origin.paralog);
        let again = if self.rng.chance(settings.duplicates) {
            1 + self.rng.geometric(0.8)
        } else {
            0
        };
        for duplicate in 0..=again {
            let left = self.read(&molecule, &origin, true, family.as_ref());
            let right = self.read(&molecule, &origin, false, family.as_ref());
            let pair = Pair {
                left,
                right,
                quality,
                duplicate: duplicate > 0,
            };
            self.pair(&pair, &molecule, &origin, family.as_ref())?;
        }
        Ok(())
    }

    fn read(&mut self, molecule: &Molecule, origin: &Origin, left: bool, family: Option<&Family>) -> Read {
        let setup = crate::reads::Setup {
            genome: self.genome,
            sequencer: self.sequencer,
            artefacts: &self.artefacts[origin.contig],
            length: self.settings.read_length,
            consensus: family.map(Family::quality),
        };
        setup.read(molecule, origin, left, &mut self.rng)
    }

    fn pair(
        &mut self,
        pair: &Pair,
        molecule: &Molecule,
        origin: &Origin,
        family: Option<&Family>,
    ) -> Result<(), Failure> {
        let moved = self.moved(pair, origin.contig);
        let pair_quality = if moved.is_some() { 0 } else { pair.quality };
        if pair.left.alignment.is_none() && pair.right.alignment.is_none() {
            return Ok(());
        }
        if !pair.duplicate && !origin.paralog {
            count(&mut self.variants[origin.contig], pair, molecule, pair_quality);
        }
        self.serial += 1;
        let (contig, shift) = moved.flatten().unwrap_or((origin.contig, 0));
        let record = Record {
            serial: self.serial,
            contig: &self.genome.contigs[contig].name,
            shift,
            quality: pair_quality,
            sample: self.sample,
            first_forward: origin.first_forward,
            family,
        };
        Ok(record.write(pair, &mut self.out)?)
    }

    /// None: the place is unique. Otherwise where an aligner, which cannot know, puts the pair: here, or at the
    /// other copy (contig, and by how much places shift).
    #[allow(
        clippy::option_option,
        reason = "three answers: unique, here by chance, there by chance"
    )]
    fn moved(&mut self, pair: &Pair, contig: usize) -> Option<Option<(usize, i64)>> {
        let inside = |read: &Read, copy: &Copy| {
            read.alignment
                .as_ref()
                .is_none_or(|a| a.place >= copy.start && a.end() <= copy.end)
        };
        let copy =
            self.settings.copies.iter().find(|copy| {
                copy.contig == contig && inside(&pair.left, copy) && inside(&pair.right, copy)
            })?;
        let there = (copy.other_contig, copy.other_start as i64 - copy.start as i64);
        Some(self.rng.chance(0.5).then_some(there))
    }

    fn mapping_quality(&mut self, paralog: bool) -> u8 {
        let rng = &mut self.rng;
        let drawn = match (paralog, rng.below(100)) {
            (true, 0..=79) => rng.below(16),
            (true, _) => 20 + rng.below(25),
            (false, 0..=95) => 60,
            (false, 96..=98) => 25 + rng.below(35),
            (false, _) => rng.below(20),
        };
        drawn as u8
    }
}
