//! Losses and gains of arms and chromosomes, by the depth of the panel's genes on them.

use super::GenePlace;
use super::model::{CopyGap, CopyRegion, CopyState, DepthRatio, POWER, RegionCopies, rounded};
use super::profile::{Profile, is_autosomal};
use crate::evidence::ExonDepth;
use crate::genome::{Build, Chromosome, Sex, as_count};

/// Exons on an arm without which nothing is said.
const FEWEST: usize = 5;
/// Standard errors that a change needs, and the share of cells that it needs beside. Six regions are looked at.
const CONVINCING: f64 = 4.0;
const LEAST_CELLS: f64 = 0.16;

/// What is asked of a region.
struct Question {
    region: CopyRegion,
    chromosome: &'static str,
    /// The arm; `None` for the whole chromosome.
    long_arm: Option<bool>,
    gain: bool,
}

const fn question(
    region: CopyRegion,
    chromosome: &'static str,
    long_arm: Option<bool>,
    gain: bool,
) -> Question {
    Question {
        region,
        chromosome,
        long_arm,
        gain,
    }
}

const QUESTIONS: [Question; 6] = [
    question(CopyRegion::Loss5q, "5", Some(true), false),
    question(CopyRegion::Loss7q, "7", Some(true), false),
    question(CopyRegion::Gain8, "8", None, true),
    question(CopyRegion::Loss17p, "17", Some(false), false),
    question(CopyRegion::Loss20q, "20", Some(true), false),
    question(CopyRegion::LossX, "X", None, false),
];

/// Border of the arms: chromosome, and where p11 meets q11 on GRCh37 and GRCh38 (UCSC, table cytoBand of hg19 and hg38).
const CENTROMERES: [(&str, u32, u32); 4] = [
    ("5", 48_400_000, 48_800_000),
    ("7", 59_900_000, 60_100_000),
    ("17", 24_000_000, 25_100_000),
    ("20", 27_500_000, 28_100_000),
];

impl Question {
    fn holds(&self, exon: &ExonDepth, build: Build) -> bool {
        self.holds_place(exon.chromosome, exon.first, build)
    }

    fn holds_place(&self, chromosome: Chromosome, position: u32, build: Build) -> bool {
        if Chromosome::parse(self.chromosome) != Some(chromosome) {
            return false;
        }
        let Some(long) = self.long_arm else { return true };
        let border = CENTROMERES.iter().find(|(name, ..)| *name == self.chromosome);
        border.is_some_and(|(_, on_37, on_38)| {
            let border = if build == Build::Grch37 { on_37 } else { on_38 };
            (position > *border) == long
        })
    }

    fn answer(
        &self,
        profile: Result<&Profile<'_>, CopyGap>,
        places: &[GenePlace],
        build: Build,
        sex: Option<Sex>,
    ) -> RegionCopies {
        let own = places
            .iter()
            .filter(|p| self.holds_place(p.chromosome, p.position, build));
        let genes: Vec<String> = own.map(|p| p.gene.clone()).collect();
        let mut result = RegionCopies {
            region: self.region,
            state: CopyState::NotAssessed,
            gap: None,
            exons: 0,
            ratio: None,
            cells: None,
            limit: None,
            stated: None,
            shift: None,
            genes,
        };
        match self.measured(profile, build, sex, &mut result) {
            Ok(state) => result.state = state,
            Err(gap) => result.gap = Some(gap),
        }
        result
    }

    /// Measures the depth, and returns what it says.
    fn measured(
        &self,
        profile: Result<&Profile<'_>, CopyGap>,
        build: Build,
        sex: Option<Sex>,
        result: &mut RegionCopies,
    ) -> Result<CopyState, CopyGap> {
        if result.genes.is_empty() {
            return Err(CopyGap::FewOfGene);
        }
        let profile = profile?;
        if self.chromosome == "X" {
            match sex {
                None => return Err(CopyGap::SexUnknown),
                Some(Sex::Male) => return Err(CopyGap::OneCopy),
                Some(Sex::Female) => {}
            }
        }
        let (own, count) = profile
            .center(|e| self.holds(e, build))
            .ok_or(CopyGap::FewOfGene)?;
        result.exons = as_count(count);
        if count < FEWEST {
            return Err(CopyGap::FewOfGene);
        }
        let (others, _) = profile
            .center(|e| is_autosomal(e.chromosome) && !self.holds(e, build))
            .ok_or(CopyGap::FewExons)?;
        let between = profile.between / result.genes.len() as f64;
        let error = (own.variance + others.variance + between).sqrt();
        let value = own.value - others.value;
        result.ratio = Some(DepthRatio::of(value, error));
        let cells = self.cells(value);
        // A change that is as large as one is that must be seen, and one more for what chance takes away.
        let least = self.logarithm(LEAST_CELLS).abs().max(CONVINCING * error) + POWER * error;
        let limit = self.cells(if self.gain { least } else { -least });
        result.limit = (limit <= 1.0).then_some(rounded(limit));
        let found = if self.gain { value } else { -value } / error;
        if found >= CONVINCING && cells >= LEAST_CELLS {
            result.cells = Some(rounded(cells.min(1.0)));
            return Ok(CopyState::Suspected);
        }
        if limit > 1.0 {
            return Err(CopyGap::Noise);
        }
        Ok(CopyState::NotDetected)
    }

    /// Returns the share of cells in which one copy of two is lost, or a third one gained.
    fn cells(&self, logarithm: f64) -> f64 {
        let change = logarithm.exp() - 1.0;
        2.0 * if self.gain { change } else { -change }
    }

    fn logarithm(&self, cells: f64) -> f64 {
        let change = if self.gain { cells } else { -cells };
        (1.0 + change / 2.0).ln()
    }
}

/// Answers every question.
pub(super) fn assess(
    profile: Result<&Profile<'_>, CopyGap>,
    places: &[GenePlace],
    build: Build,
    sex: Option<Sex>,
) -> Vec<RegionCopies> {
    let answer = |question: &Question| question.answer(profile, places, build, sex);
    QUESTIONS.iter().map(answer).collect()
}

/// Whether a place lies in a region.
pub(super) fn lies_in(region: CopyRegion, chromosome: Chromosome, position: u32, build: Build) -> bool {
    let question = QUESTIONS.iter().find(|q| q.region == region);
    question.is_some_and(|q| q.holds_place(chromosome, position, build))
}
