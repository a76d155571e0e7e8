//! Loss of heterozygosity and other allelic imbalance of arms, by the heterozygous sites of the panel's genes on them.

use std::collections::BTreeSet;

use super::arms::lies_in;
use super::model::{CopyNumber, CopyRegion, CopyState, DepthRatio, RegionCopies, rounded};
use super::shift::{Counts, NODES, Odds, STEP, Told, Usual, log_sum, quantile, shift_of, supposed};
use super::shift_model::{AlleleShift, CellsOfKind, ShiftGap, ShiftKind, UsualSites, Within95};
use super::sites::HeterozygousSite;
use crate::evidence::Z_975;
use crate::genome::{Build, Chromosome, Sex, as_count};

/// Bayes factor from which a shift is suspected: of samples without one, at most so few reach it (1 in 1,000), whatever their sites.
const CONVINCING: f64 = 1000.0;
/// Smallest shift that is suspected: a tenth of the cells where it is copy-neutral.
const LEAST_SHIFT: f64 = 0.05;
/// Sites that must show it; of amplicons one more, for what amplifies one allele less is at every site of an amplicon.
const FEWEST: usize = 2;
const FEWEST_OF_AMPLICONS: usize = 3;
/// Sites on other chromosomes, and chromosomes that they lie on, without which it is not known what is usual.
const FEWEST_ELSEWHERE: usize = 5;
const FEWEST_CHROMOSOMES: usize = 2;
/// Standard errors that stand for a power of 95 %: 1.645, and what the sites differ by among each other beside (by simulation).
const POWER: f64 = 3.0;
/// Probability from which depth tells what a shift comes from.
const TOLD: f64 = 0.95;
/// Standard errors by which the depth may miss what it is taken for.
const FITS: f64 = 3.5;

/// What the two alleles are told by.
#[derive(Clone, Copy, Debug)]
pub struct SiteInput<'a> {
    /// The sites, along the genome.
    pub sites: &'a [HeterozygousSite],
    /// Genome build.
    pub build: Build,
    /// Sex as given.
    pub sex: Option<Sex>,
    /// Whether the library is of amplicons.
    pub amplicons: bool,
    /// Whether another person's DNA is in the sample.
    pub mixed: bool,
}

impl CopyNumber {
    /// Adds to every region what the heterozygous sites say of its alleles.
    pub fn add_sites(&mut self, input: &SiteInput<'_>) {
        let counts: Vec<Counts> = autosomal(input).map(Counts::from).collect();
        let usual = (counts.len() >= FEWEST_ELSEWHERE).then(|| Usual::learned(&counts));
        self.heterozygous = Some(UsualSites {
            sites: as_count(input.sites.len()),
            mean: usual.as_ref().map(|u| rounded(u.mean())),
            dispersion: usual.as_ref().map(|u| (u.dispersion() * 1e4).round() / 1e4),
        });
        for at in 0..self.regions.len() {
            let shift = shift_in(input, &self.regions[at], |genes| self.ratio_of(genes, at));
            self.regions[at].shift = Some(shift);
        }
    }

    /// Returns the depth of a region, or that of one gene of it where the shift is in that gene alone.
    fn ratio_of(&self, gene: Option<&str>, region: usize) -> Option<DepthRatio> {
        match gene {
            None => self.regions.get(region)?.ratio,
            Some(gene) => Some(self.genes.iter().find(|g| g.gene == gene)?.ratio),
        }
    }
}

/// The sites of chromosomes that are usually there twice.
fn autosomal<'a>(input: &SiteInput<'a>) -> impl Iterator<Item = &'a HeterozygousSite> + use<'a> {
    let two_x = input.sex == Some(Sex::Female);
    let sites = input.sites.iter();
    sites.filter(move |s| s.chromosome != Chromosome::X || two_x)
}

/// Says what the sites of a region show; `ratio` gives the depth of the region or of a gene.
fn shift_in(
    input: &SiteInput<'_>,
    region: &RegionCopies,
    ratio: impl Fn(Option<&str>) -> Option<DepthRatio>,
) -> AlleleShift {
    let own: Vec<&HeterozygousSite> = input
        .sites
        .iter()
        .filter(|s| lies_in(region.region, s.chromosome, s.position, input.build))
        .collect();
    let mut result = match looked_at(input, region.region, &own) {
        Err(gap) => AlleleShift::not_assessed(gap),
        Ok(usual) => Group::new(input, &own, &usual).told(ratio),
    };
    result.sites = as_count(own.len());
    if result.genes.is_empty() {
        result.genes = genes_of(&own);
    }
    result
}

/// Returns what is usual on the other chromosomes, or why nothing can be said.
fn looked_at(
    input: &SiteInput<'_>,
    region: CopyRegion,
    own: &[&HeterozygousSite],
) -> Result<Usual, ShiftGap> {
    if input.mixed {
        return Err(ShiftGap::MixedDna);
    }
    if region == CopyRegion::LossX {
        match input.sex {
            None => return Err(ShiftGap::SexUnknown),
            Some(Sex::Male) => return Err(ShiftGap::OneCopy),
            Some(Sex::Female) => {}
        }
    }
    if autosomal(input).count() < FEWEST_ELSEWHERE {
        return Err(ShiftGap::NoGermlineSites);
    }
    if own.len() < fewest(input) {
        return Err(ShiftGap::FewSites);
    }
    let here = own.first().map(|s| s.chromosome);
    let elsewhere: Vec<&HeterozygousSite> = autosomal(input).filter(|s| Some(s.chromosome) != here).collect();
    let chromosomes: BTreeSet<Chromosome> = elsewhere.iter().map(|s| s.chromosome).collect();
    if elsewhere.len() < FEWEST_ELSEWHERE || chromosomes.len() < FEWEST_CHROMOSOMES {
        return Err(ShiftGap::FewReferenceSites);
    }
    let counts: Vec<Counts> = elsewhere.into_iter().map(Counts::from).collect();
    Ok(Usual::learned(&counts))
}

const fn fewest(input: &SiteInput<'_>) -> usize {
    if input.amplicons {
        FEWEST_OF_AMPLICONS
    } else {
        FEWEST
    }
}

fn genes_of(sites: &[&HeterozygousSite]) -> Vec<String> {
    let mut genes: Vec<String> = Vec::new();
    for site in sites {
        if !genes.contains(&site.gene) {
            genes.push(site.gene.clone());
        }
    }
    genes
}

/// The sites of a region with what they are compared by.
struct Group<'a> {
    sites: &'a [&'a HeterozygousSite],
    genes: Vec<String>,
    usual: &'a Usual,
    fewest: usize,
}

impl<'a> Group<'a> {
    fn new(input: &SiteInput<'_>, sites: &'a [&'a HeterozygousSite], usual: &'a Usual) -> Self {
        Self {
            genes: genes_of(sites),
            sites,
            usual,
            fewest: fewest(input),
        }
    }

    fn told(&self, ratio: impl Fn(Option<&str>) -> Option<DepthRatio>) -> AlleleShift {
        let counts: Vec<Counts> = self.sites.iter().map(|s| Counts::from(*s)).collect();
        let (factor, gene, odds) = self.compared(&counts);
        let shift = |part| shift_of(quantile(&odds.shifts, part));
        let limit = self.limit(&counts);
        let mut result = AlleleShift {
            state: CopyState::NotDetected,
            gap: None,
            odds: Some((factor / std::f64::consts::LN_10 * 100.0).round() / 100.0),
            limit: limit.map(rounded),
            ..AlleleShift::not_assessed(ShiftGap::Inconclusive)
        };
        if self.is_convincing(factor, &odds) {
            result.state = CopyState::Suspected;
            result.shifted = as_count(odds.showing);
            result.only_in = gene.map(str::to_owned);
            result.genes = gene.map_or_else(|| self.genes.clone(), |gene| vec![gene.to_owned()]);
            result.shift = Some(Within95 {
                value: rounded(shift(0.5)),
                low: rounded(shift(0.025)),
                high: rounded(shift(0.975)),
            });
            (result.kind, result.cells) = kinds(&odds, ratio(gene));
            return result;
        }
        let gap = if factor > 0.0 {
            ShiftGap::Inconclusive
        } else if limit.is_none() {
            ShiftGap::Noise
        } else {
            return result;
        };
        result.state = CopyState::NotAssessed;
        result.gap = Some(gap);
        result
    }

    /// Compares a shift of the whole region, or of one gene of it, with none; returns the factor, the gene, and the likelier of them.
    fn compared(&self, counts: &[Counts]) -> (f64, Option<&str>, Odds) {
        let told: Vec<Told> = counts.iter().map(|c| Told::of(c, self.usual)).collect();
        let all = Odds::new(&told, |_| true, self.usual);
        if self.genes.len() < 2 {
            return (all.factor, None, all);
        }
        let of = |gene: &str| Odds::new(&told, |at| self.sites[at].gene == gene, self.usual);
        let single: Vec<(&str, Odds)> = self.genes.iter().map(|g| (g.as_str(), of(g))).collect();
        // The whole region as likely before as all single genes together.
        let each = -(single.len() as f64).ln();
        let factors = single.iter().map(|(_, odds)| odds.factor + each);
        let factor = log_sum(std::iter::once(all.factor).chain(factors)) - std::f64::consts::LN_2;
        let best = single
            .into_iter()
            .max_by(|a, b| a.1.factor.total_cmp(&b.1.factor));
        match best {
            Some((gene, odds)) if odds.factor > all.factor => (factor, Some(gene), odds),
            _ => (factor, None, all),
        }
    }

    fn is_convincing(&self, factor: f64, odds: &Odds) -> bool {
        factor >= CONVINCING.ln()
            && odds.showing >= self.fewest
            && shift_of(quantile(&odds.shifts, 0.5)) >= LEAST_SHIFT
    }

    /// Returns the smallest share of cells with a loss that would have been seen with 95 % power.
    fn limit(&self, counts: &[Counts]) -> Option<f64> {
        /// Up to this shift, 0.33, both fractions of a site are looked at.
        const IN_SIGHT: usize = 21;
        let dispersion = self.usual.dispersion();
        let precision: f64 = counts.iter().map(|c| 4.0 / (1.0 / c.depth + dispersion)).sum();
        let error = precision.sqrt().recip();
        let is_seen = |node: usize| {
            let shift = shift_of(node) - POWER * error;
            if shift <= 0.0 {
                return false;
            }
            let up = |(at, c): (usize, &Counts)| supposed(c, shift, at % 2 == 0, self.usual.mean());
            let supposed: Vec<Counts> = counts.iter().enumerate().map(up).collect();
            let (factor, _, odds) = self.compared(&supposed);
            self.is_convincing(factor, &odds)
        };
        let (mut low, mut high) = (0, IN_SIGHT);
        if !is_seen(high) {
            return None;
        }
        while low < high {
            let middle = usize::midpoint(low, high);
            if is_seen(middle) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Some(cells(ShiftKind::Loss, shift_of(high)))
    }
}

/// Returns the share of cells with a change by the shift that it makes; above 1 where it cannot.
fn cells(kind: ShiftKind, shift: f64) -> f64 {
    match kind {
        // One of two copies is lost: 1 / (2 - c) of the rest are of the other allele.
        ShiftKind::Loss => 4.0 * shift / (1.0 + 2.0 * shift),
        // (1 + c) / (2 + c)
        ShiftKind::Gain => 4.0 * shift / (1.0 - 2.0 * shift),
        // (1 + c) / 2
        ShiftKind::CopyNeutral | ShiftKind::Imbalance => 2.0 * shift,
    }
}

/// Depth over the usual with a change in this share of the cells.
fn ratio_with(kind: ShiftKind, cells: f64) -> f64 {
    match kind {
        ShiftKind::Loss => 1.0 - cells / 2.0,
        ShiftKind::Gain => 1.0 + cells / 2.0,
        ShiftKind::CopyNeutral | ShiftKind::Imbalance => 1.0,
    }
}

/// Returns what a shift comes from, and the share of cells by each change that may explain it.
fn kinds(odds: &Odds, ratio: Option<DepthRatio>) -> (Option<ShiftKind>, Vec<CellsOfKind>) {
    let measured = ratio.filter(|r| r.low > 0.0).map(|r| {
        let error = (r.high.ln() - r.low.ln()) / (2.0 * Z_975);
        (r.value.ln(), error.max(1e-3))
    });
    let likelihood = |kind: ShiftKind, node: usize| {
        let cells = cells(kind, shift_of(node));
        if cells > 1.0 + STEP {
            return 0.0;
        }
        measured.map_or(1.0, |(value, error)| {
            let off = (value - ratio_with(kind, cells.min(1.0)).ln()) / error;
            (-off * off / 2.0).exp()
        })
    };
    let tried = [ShiftKind::Loss, ShiftKind::CopyNeutral, ShiftKind::Gain];
    let weights = tried.map(|kind| {
        let of = |(node, p): (usize, &f64)| p * likelihood(kind, node);
        odds.shifts.iter().enumerate().map(of).sum::<f64>()
    });
    let all: f64 = weights.iter().sum();
    // A depth that none of them explains tells nothing.
    let fits = weights.iter().any(|w| *w >= (-FITS * FITS / 2.0).exp());
    if !fits {
        return (Some(ShiftKind::Imbalance), Vec::new());
    }
    let mut found = Vec::new();
    let mut kind = ShiftKind::Imbalance;
    for (tried, weight) in tried.into_iter().zip(weights) {
        let probability = weight / all;
        if measured.is_some() && probability >= TOLD {
            kind = tried;
        }
        if probability >= 1.0 - TOLD {
            let mut shifts: [f64; NODES] = std::array::from_fn(|n| odds.shifts[n] * likelihood(tried, n));
            for p in &mut shifts {
                *p /= weight;
            }
            let share = |part| rounded(cells(tried, shift_of(quantile(&shifts, part))).min(1.0));
            found.push(CellsOfKind {
                kind: tried,
                probability: rounded(probability),
                cells: Within95 {
                    value: share(0.5),
                    low: share(0.025),
                    high: share(0.975),
                },
            });
        }
    }
    (Some(kind), found)
}
