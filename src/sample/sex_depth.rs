//! Which sex does the depth of the X chromosome speak for, and does it fit the one that was given? A hint only: a lost X, a captured
//! set that favors one chromosome or a large deletion shifts it too, so it is said and decides nothing.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Targets;
use super::genes::{covered, reached_by};
use crate::evidence::Coverage;
use crate::genome::Chromosome;
use crate::genome::Sex;

/// Bases of known depth without which nothing is said: a few exons of one gene vary too much.
const FEWEST_X: u32 = 1_000;
const FEWEST_AUTOSOMAL: u32 = 5_000;
/// Median autosomal depth without which nothing is said.
const LOWEST_DEPTH: f64 = 50.0;
/// One X gives a ratio near 0.5, two near 1; between these nothing is said.
const ONE_X_BELOW: f64 = 0.65;
const TWO_X_FROM: f64 = 0.85;

/// Depth of the X chromosome over that of the autosomes, with the sex that it speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SexByDepth {
    /// Median depth over the X chromosome divided by that over the autosomes.
    pub ratio: f64,
    /// Male below 0.65, female from 0.85 on; between, nothing is said.
    pub sex: Option<Sex>,
}

impl SexByDepth {
    /// Looks at the depths of a panel; `None` where they are too few or too low.
    pub(super) fn of(targets: &Targets<'_>, coverage: &Coverage) -> Option<Self> {
        let ratio = ratio(targets, coverage)?;
        let sex = if ratio < ONE_X_BELOW {
            Some(Sex::Male)
        } else if ratio >= TWO_X_FROM {
            Some(Sex::Female)
        } else {
            None
        };
        Some(Self {
            // Two digits: the rest is chance.
            ratio: (ratio * 100.0).round() / 100.0,
            sex,
        })
    }

    /// Whether another sex was given.
    pub(super) fn contradicts(self, given: Option<Sex>) -> bool {
        given.is_some() && self.sex.is_some() && self.sex != given
    }
}

fn ratio(targets: &Targets<'_>, coverage: &Coverage) -> Option<f64> {
    let (mut on_x, mut autosomal) = (Vec::new(), Vec::new());
    for target in &targets.genes {
        let chromosome = target.transcript.chromosome();
        let depths = match chromosome {
            Chromosome::X => &mut on_x,
            Chromosome::Y | Chromosome::M => continue,
            _ => &mut autosomal,
        };
        for range in target
            .target
            .iter()
            .flat_map(|r| covered(coverage, chromosome, r))
        {
            depths.push((f64::from(range.depth), range.last - range.first + 1));
        }
    }
    let bases = |depths: &[(f64, u32)]| depths.iter().map(|(_, bases)| bases).sum::<u32>();
    if bases(&on_x) < FEWEST_X || bases(&autosomal) < FEWEST_AUTOSOMAL {
        return None;
    }
    let autosomes = reached_by(&mut autosomal, 0.5).filter(|depth| *depth >= LOWEST_DEPTH)?;
    Some(reached_by(&mut on_x, 0.5)? / autosomes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{CoverageBuilder, DepthRange};
    use crate::genome::Build;
    use crate::panel::Panel;

    fn by_depth(depth_of_x: u32, depth_elsewhere: u32) -> Option<SexByDepth> {
        let panel = Panel::bundled("myeloid33").unwrap();
        let targets = Targets::new(&panel, Build::Grch38, None).unwrap();
        let mut coverage = CoverageBuilder::default();
        for gene in &targets.genes {
            let chromosome = gene.transcript.chromosome();
            for range in &gene.target {
                let depth = if chromosome == Chromosome::X {
                    depth_of_x
                } else {
                    depth_elsewhere
                };
                let piece = DepthRange {
                    first: *range.start(),
                    last: *range.end(),
                    depth,
                    limit: None,
                };
                coverage.add_block(chromosome, &[(*range.start(), *range.end())], piece);
            }
        }
        SexByDepth::of(&targets, &coverage.finish())
    }

    #[test]
    fn half_the_depth_is_one_x() {
        let said = |x, elsewhere| by_depth(x, elsewhere).map(|s| (s.ratio, s.sex));
        assert_eq!(said(500, 1000), Some((0.5, Some(Sex::Male))));
        assert_eq!(said(649, 1000), Some((0.65, Some(Sex::Male))));
        assert_eq!(said(650, 1000), Some((0.65, None)));
        assert_eq!(said(849, 1000), Some((0.85, None)));
        assert_eq!(said(850, 1000), Some((0.85, Some(Sex::Female))));
        assert_eq!(said(1000, 1000), Some((1.0, Some(Sex::Female))));
        assert_eq!(said(20, 40), None, "too little depth");
    }

    #[test]
    fn only_another_sex_contradicts() {
        let [one, between, two] = [500, 750, 1000].map(|x| by_depth(x, 1000).unwrap());
        for (found, given, contradicts) in [
            (one, Some(Sex::Female), true),
            (one, Some(Sex::Male), false),
            (two, Some(Sex::Male), true),
            (two, Some(Sex::Female), false),
            (between, Some(Sex::Male), false),
            (between, Some(Sex::Female), false),
            (one, None, false),
        ] {
            assert_eq!(found.contradicts(given), contradicts, "{found:?} {given:?}");
        }
    }
}
