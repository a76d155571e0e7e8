//! The depth of every exon as a ratio to what is usual in the sample: corrected for GC, or held against normals.

use std::collections::BTreeMap;

use super::model::{CopyGap, DepthBasis};
use super::robust::{Center, at, center, parabola, spread};
use crate::evidence::statistics::median;
use crate::evidence::{ExonDepth, NormalDepth};
use crate::genome::Chromosome;

/// Median depth below which nothing is told, in fragments. KMT2A-PTD by depth was validated above 100 (Cancers 2024;16:1693).
pub(super) const LOWEST_DEPTH: f64 = 100.0;
/// Autosomal exons and genes without which the usual depth of a sample is not known.
const FEWEST_EXONS: usize = 60;
const FEWEST_GENES: usize = 8;
/// Shortest stretch of an exon that is taken.
const SHORTEST: u32 = 20;
/// Share of the median depth below which an exon is badly captured, and tells nothing.
const CAPTURED: f64 = 0.2;
/// Normals without which a target's own depth is not known, and share of the exons that must have them.
const FEWEST_NORMALS: u32 = 3;
const HAVE_NORMALS: f64 = 0.8;
/// Weight of the usual spread of all exons beside that of one exon in normals, in normals.
const PRIOR_NORMALS: f64 = 4.0;
/// Smallest spread that is believed, of one exon: chance of fragments and what no model holds.
const LEAST_SPREAD: f64 = 0.02;

/// One exon.
#[derive(Clone, Debug)]
pub(super) struct Unit<'d> {
    pub exon: &'d ExonDepth,
    /// Natural logarithm of its ratio to what is usual.
    pub value: f64,
    pub variance: f64,
}

/// The exons of a sample.
#[derive(Clone, Debug)]
pub(super) struct Profile<'d> {
    pub units: Vec<Unit<'d>>,
    pub basis: DepthBasis,
    /// Normals behind it, the fewest of any exon.
    pub normals: Option<u32>,
    /// Spread of an exon, the median.
    pub spread: f64,
    /// Variance between genes that the spread of exons does not explain.
    pub between: f64,
}

impl<'d> Profile<'d> {
    /// Makes it.
    pub(super) fn new(exons: &'d [ExonDepth], amplicons: bool) -> Result<Self, CopyGap> {
        let usable = usable(exons)?;
        let with_normals: Vec<&ExonDepth> = usable.iter().copied().filter(|e| known(e).is_some()).collect();
        let has_normals = with_normals.len() as f64 >= HAVE_NORMALS * usable.len() as f64;
        // What an amplicon yields is its own: only others of it tell what is usual.
        if amplicons && !has_normals {
            return Err(CopyGap::Amplicons);
        }
        let (chosen, basis) = if has_normals {
            (with_normals, DepthBasis::Normals)
        } else {
            (usable, DepthBasis::Sample)
        };
        enough(&chosen)?;
        let mut units = ratios(&chosen, basis);
        set_variances(&mut units, basis);
        let between = between_genes(&units);
        let normals = chosen.iter().filter_map(|e| known(e)).map(|n| n.normals).min();
        Ok(Self {
            spread: median(units.iter().map(|u| u.variance.sqrt())).unwrap_or(LEAST_SPREAD),
            normals: normals.filter(|_| basis == DepthBasis::Normals),
            units,
            basis,
            between,
        })
    }

    /// Returns the center of those exons that are wanted.
    pub(super) fn center(&self, wanted: impl Fn(&ExonDepth) -> bool) -> Option<(Center, usize)> {
        let values: Vec<(f64, f64)> = self
            .units
            .iter()
            .filter(|u| wanted(u.exon))
            .map(|u| (u.value, u.variance))
            .collect();
        Some((center(&values)?, values.len()))
    }
}

/// Whether copies are usually two.
pub(super) fn is_autosomal(chromosome: Chromosome) -> bool {
    ![Chromosome::X, Chromosome::Y, Chromosome::M].contains(&chromosome)
}

fn known(exon: &ExonDepth) -> Option<NormalDepth> {
    exon.normal.filter(|n| n.normals >= FEWEST_NORMALS)
}

/// Returns the exons that were captured.
fn usable(exons: &[ExonDepth]) -> Result<Vec<&ExonDepth>, CopyGap> {
    let long = || exons.iter().filter(|e| e.last + 1 >= e.first + SHORTEST);
    let usual = median(
        long()
            .filter(|e| is_autosomal(e.chromosome) && e.depth > 0.0)
            .map(|e| e.depth),
    );
    let usual = usual.ok_or(CopyGap::FewExons)?;
    if usual < LOWEST_DEPTH {
        return Err(CopyGap::LowDepth);
    }
    Ok(long().filter(|e| e.depth >= CAPTURED * usual).collect())
}

fn enough(exons: &[&ExonDepth]) -> Result<(), CopyGap> {
    let autosomal = || exons.iter().filter(|e| is_autosomal(e.chromosome));
    let genes: std::collections::BTreeSet<&str> = autosomal().map(|e| e.gene.as_str()).collect();
    if autosomal().count() < FEWEST_EXONS || genes.len() < FEWEST_GENES {
        return Err(CopyGap::FewExons);
    }
    Ok(())
}

/// Returns the logarithms of the ratios, what depends on GC taken out, the median of the autosomes at 0.
fn ratios<'d>(exons: &[&'d ExonDepth], basis: DepthBasis) -> Vec<Unit<'d>> {
    let raw = |exon: &ExonDepth| {
        let usual = known(exon).filter(|_| basis == DepthBasis::Normals);
        exon.depth.ln() - usual.map_or(0.0, |n| n.mean)
    };
    let mut units: Vec<Unit<'d>> = exons
        .iter()
        .map(|exon| Unit {
            exon,
            value: raw(exon),
            variance: 1.0,
        })
        .collect();
    let points: Vec<(f64, f64)> = units
        .iter()
        .filter(|u| is_autosomal(u.exon.chromosome))
        .map(|u| (u.exon.gc - 0.5, u.value))
        .collect();
    if let Some(curve) = parabola(&points) {
        for unit in &mut units {
            unit.value -= at(&curve, unit.exon.gc - 0.5);
        }
    }
    let autosomal = units.iter().filter(|u| is_autosomal(u.exon.chromosome));
    let middle = median(autosomal.map(|u| u.value)).unwrap_or(0.0);
    for unit in &mut units {
        unit.value -= middle;
    }
    units
}

/// Sets how far each exon may be off by chance: as in normals, or as the exons of this sample's own genes are.
fn set_variances(units: &mut [Unit<'_>], basis: DepthBasis) {
    if basis == DepthBasis::Normals {
        let spreads = units
            .iter()
            .filter_map(|u| known(u.exon))
            .map(|n| n.spread.powi(2));
        let usual = median(spreads).unwrap_or(0.0).max(LEAST_SPREAD.powi(2));
        for unit in units.iter_mut() {
            let Some(normal) = known(unit.exon) else { continue };
            let n = f64::from(normal.normals);
            let own = ((n - 1.0) * normal.spread.powi(2) + PRIOR_NORMALS * usual) / (n - 1.0 + PRIOR_NORMALS);
            // The mean of the normals is itself known only so far.
            unit.variance = own.max(LEAST_SPREAD.powi(2)) * (1.0 + 1.0 / n);
        }
    } else {
        for unit in units.iter_mut() {
            unit.variance = LEAST_SPREAD.powi(2);
        }
    }
    // A sample noisier than its normals, and one without any, is measured by itself.
    let within = within_genes(units);
    let factor = within.powi(2).max(1.0);
    for unit in units {
        unit.variance *= factor;
    }
}

/// Returns the spread of exons around the median of their gene, in units of what each is supposed to have.
fn within_genes(units: &[Unit<'_>]) -> f64 {
    let mut by_gene: BTreeMap<&str, Vec<&Unit<'_>>> = BTreeMap::new();
    for unit in units.iter().filter(|u| is_autosomal(u.exon.chromosome)) {
        by_gene.entry(&unit.exon.gene).or_default().push(unit);
    }
    let mut off = Vec::new();
    for own in by_gene.values().filter(|own| own.len() >= 3) {
        let middle = median(own.iter().map(|u| u.value)).unwrap_or(0.0);
        // The median of a few lies nearer to them than the truth does.
        let freedom = (own.len() as f64 / (own.len() as f64 - 1.0)).sqrt();
        off.extend(
            own.iter()
                .map(|u| (u.value - middle) / u.variance.sqrt() * freedom),
        );
    }
    spread(off).unwrap_or(1.0)
}

/// Returns the variance between the autosomal genes beyond that which their exons explain.
fn between_genes(units: &[Unit<'_>]) -> f64 {
    let mut by_gene: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
    for unit in units.iter().filter(|u| is_autosomal(u.exon.chromosome)) {
        let own = by_gene.entry(&unit.exon.gene).or_default();
        own.push((unit.value, unit.variance));
    }
    let centers: Vec<Center> = by_gene
        .values()
        .filter(|own| own.len() >= 3)
        .filter_map(|own| center(own))
        .collect();
    let middle = median(centers.iter().map(|c| c.value)).unwrap_or(0.0);
    let seen = spread(centers.iter().map(|c| c.value - middle)).unwrap_or(0.0);
    let explained = median(centers.iter().map(|c| c.variance)).unwrap_or(0.0);
    (seen.powi(2) - explained).max(0.0)
}
