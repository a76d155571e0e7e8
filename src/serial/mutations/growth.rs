//! The growth of the mutations of a table. Their counts are of one assay: what they vary by is estimated over all of them.

use rayon::prelude::*;

use super::super::assess::{bounded_fold, growth, noise};
use super::super::clones::{Place, assumption_at, ceiling, place, pseudoautosomal_end};
use super::super::growth::{Fit, Noise};
use super::super::likelihood::{Sight, Sights};
use super::observation::MutationSight;
use super::table::{Mutation, MutationName, Mutations};
use crate::genome::{Build, Chromosome, as_count};
use crate::sample::over_time::{Assumption, Bounded, GrowthRecord, NoiseRecord, SightState};
use crate::transcript::transcripts_of;

/// Why a mutation has no growth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoGrowth {
    /// Fewer than two visits say anything of its size.
    OneVisit,
    /// No visit saw it.
    NeverSeen,
    /// Fractions have no depth, so that nothing tells what they are worth.
    NoDepth,
}

impl NoGrowth {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::OneVisit => "one_visit",
            Self::NeverSeen => "never_seen",
            Self::NoDepth => "no_depth",
        }
    }
}

/// A mutation with what was found of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Grown {
    pub mutation: Mutation,
    /// How its size follows from its VAF.
    pub assumption: Assumption,
    /// Whether the place was told, by the table or by the gene; else it is taken for an autosome.
    pub is_place_known: bool,
    pub growth: Result<GrowthRecord, NoGrowth>,
    /// Last VAF over the first.
    pub fold: Option<Bounded>,
}

/// The mutations of a table with their growth.
#[derive(Clone, Debug, PartialEq)]
pub struct GrowthTable {
    pub(super) all: Vec<Grown>,
    pub(super) noise: NoiseRecord,
}

impl GrowthTable {
    /// Finds the growth of each mutation; `concentration` is what the user gives of the spread.
    pub fn new(mutations: &Mutations, concentration: Option<f64>) -> Self {
        let clones: Vec<Followed<'_>> = mutations.all.iter().map(Followed::of).collect();
        let sights: Vec<Sights> = clones.iter().map(|clone| clone.sights.clone()).collect();
        let (noise, record) = noise(&sights, concentration);
        Self {
            all: clones.into_par_iter().map(|clone| clone.grown(noise)).collect(),
            noise: record,
        }
    }

    /// Returns the number of mutations with a growth.
    pub fn grown(&self) -> usize {
        self.all.iter().filter(|grown| grown.growth.is_ok()).count()
    }

    /// Returns the number of mutations.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// A mutation with what the fit needs of it.
struct Followed<'m> {
    mutation: &'m Mutation,
    assumption: Assumption,
    is_place_known: bool,
    sights: Sights,
}

impl<'m> Followed<'m> {
    fn of(mutation: &'m Mutation) -> Self {
        let place = place_of(&mutation.name);
        let intervals = mutation.sights.iter().filter_map(|sight| sight.interval);
        let assumption = assumption_at(place.unwrap_or(Place::Autosome), mutation.sex, intervals);
        let used = mutation.sights.iter();
        let used = used.filter_map(|sight| Some((sight.years, sight.sight?)));
        Self {
            mutation,
            assumption,
            is_place_known: place.is_some(),
            sights: Sights {
                of: used.collect(),
                ceiling: ceiling(assumption),
            },
        }
    }

    fn grown(&self, noise: Noise) -> Grown {
        let fit = Fit::new(&self.sights, noise);
        let fold = match self.sights.of.as_slice() {
            [first, .., last] => bounded_fold(first.1, last.1, noise),
            _ => None,
        };
        Grown {
            mutation: self.mutation.clone(),
            assumption: self.assumption,
            is_place_known: self.is_place_known,
            growth: fit
                .map(|fit| growth(&self.sights, &fit))
                .ok_or_else(|| self.why_none()),
            fold,
        }
    }

    fn why_none(&self) -> NoGrowth {
        let unused = |sight: &MutationSight| sight.state == SightState::Seen && sight.sight.is_none();
        let is_counted = |sight: &Sight| matches!(sight, Sight::Counted { .. });
        if self.mutation.sights.iter().any(unused) {
            NoGrowth::NoDepth
        } else if !self.sights.of.is_empty() && !self.sights.of.iter().any(|(_, sight)| is_counted(sight)) {
            NoGrowth::NeverSeen
        } else {
            NoGrowth::OneVisit
        }
    }
}

/// Returns what copies there are of the place of a mutation, by its chromosome, else by that of its gene; `None` where neither is known.
fn place_of(name: &MutationName) -> Option<Place> {
    let position = name.pos.as_deref().and_then(|pos| pos.parse().ok());
    let written = name.chrom.as_deref().and_then(Chromosome::parse);
    let transcript = || {
        let transcripts = transcripts_of(name.gene.as_deref()?, Build::Grch38);
        transcripts.first().map(|transcript| transcript.chromosome())
    };
    let chromosome = written.or_else(transcript)?;
    // A table does not say its build; the two differ by 82,000 bases here, in which no gene of a panel lies.
    Some(place(
        chromosome,
        position.unwrap_or(u32::MAX),
        pseudoautosomal_end(Build::Grch37),
    ))
}

impl Grown {
    /// Returns how many visits counted it, and how many bound it.
    pub(super) fn visits(&self) -> (u32, u32) {
        let sights = || self.mutation.sights.iter().filter_map(|sight| sight.sight);
        let counted = sights()
            .filter(|sight| matches!(sight, Sight::Counted { .. }))
            .count();
        (as_count(counted), as_count(sights().count() - counted))
    }

    /// Whether a depth that was given for all visits is used.
    pub(super) fn is_depth_given(&self) -> bool {
        let mut sights = self.mutation.sights.iter();
        sights.any(|sight| sight.is_depth_given && sight.sight.is_some())
    }
}
