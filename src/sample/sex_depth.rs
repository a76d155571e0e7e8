//! Does the depth of the X chromosome fit the sex that was given? A hint only: a lost X, a captured set that favors one
//! chromosome or a large deletion shifts it too, so it is said and decides nothing.

use super::genes::{covered, reached_by};
use super::{Sex, Targets};
use crate::evidence::Coverage;
use crate::genome::Chromosome;

/// Bases of known depth without which nothing is said: a few exons of one gene vary too much.
const FEWEST_X: u32 = 1_000;
const FEWEST_AUTOSOMAL: u32 = 5_000;
/// Median autosomal depth without which nothing is said.
const LOWEST_DEPTH: f64 = 50.0;
/// One X gives a ratio near 0.5, two near 1; between these nothing is said.
const ONE_X_BELOW: f64 = 0.65;
const TWO_X_FROM: f64 = 0.85;

/// Returns the ratio of median depths, as text, where it contradicts the sex.
pub(super) fn contradiction(targets: &Targets<'_>, coverage: &Coverage, sex: Option<Sex>) -> Option<String> {
    let ratio = ratio(targets, coverage)?;
    let contradicts = match sex? {
        Sex::Female => ratio < ONE_X_BELOW,
        Sex::Male => ratio >= TWO_X_FROM,
    };
    contradicts.then(|| format!("X / autosomes {ratio:.2}"))
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

    fn said(depth_of_x: u32, depth_elsewhere: u32, sex: Option<Sex>) -> Option<String> {
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
        contradiction(&targets, &coverage.finish(), sex)
    }

    #[test]
    fn half_the_depth_is_one_x() {
        assert_eq!(said(500, 1000, Some(Sex::Male)), None);
        assert_eq!(said(1000, 1000, Some(Sex::Female)), None);
        assert_eq!(said(500, 1000, Some(Sex::Female)).unwrap(), "X / autosomes 0.50");
        assert_eq!(said(1000, 1000, Some(Sex::Male)).unwrap(), "X / autosomes 1.00");
    }

    #[test]
    fn nothing_is_said_without_a_sex_without_depth_or_in_between() {
        assert_eq!(said(500, 1000, None), None);
        assert_eq!(said(20, 40, Some(Sex::Female)), None);
        for sex in [Sex::Female, Sex::Male] {
            assert_eq!(said(750, 1000, Some(sex)), None);
        }
    }
}
