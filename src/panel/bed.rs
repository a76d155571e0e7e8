use super::model::Panel;
use super::transcript_facts::TranscriptFacts;
use crate::genome::{Build, Chromosome};

/// A merged stretch of a panel's targets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetRegion {
    /// Chromosome.
    pub chromosome: Chromosome,
    /// First base, 0-based as in BED.
    pub start: u32,
    /// End, exclusive as in BED.
    pub end: u32,
    /// Genes that reach into the stretch.
    pub genes: Vec<String>,
}

/// A gene without coordinates on a build.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "gene {gene}: transcript {transcript} has no coordinates on {build}: leave the gene out or take another transcript"
)]
pub struct TargetError {
    /// The gene.
    pub gene: String,
    /// Its transcript.
    pub transcript: String,
    /// The build asked for.
    pub build: Build,
}

impl Panel {
    /// Returns the coding regions of all genes with `padding` bases on each side, merged, in karyotype order.
    pub fn target_regions(
        &self,
        facts: &dyn TranscriptFacts,
        build: Build,
        padding: u32,
    ) -> Result<Vec<TargetRegion>, TargetError> {
        let mut regions = Vec::new();
        for gene in &self.genes {
            let (chromosome, coding) = facts
                .coding_regions(&gene.symbol, &gene.transcript, build)
                .ok_or_else(|| TargetError {
                    gene: gene.symbol.clone(),
                    transcript: gene.transcript.clone(),
                    build,
                })?;
            regions.extend(coding.into_iter().map(|(first, last)| TargetRegion {
                chromosome,
                start: (first - 1).saturating_sub(padding),
                end: last.saturating_add(padding),
                genes: vec![gene.symbol.clone()],
            }));
        }
        regions.sort_by_key(|r| (r.chromosome, r.start, r.end));
        Ok(merged(regions))
    }
}

fn merged(regions: Vec<TargetRegion>) -> Vec<TargetRegion> {
    let mut out: Vec<TargetRegion> = Vec::new();
    for region in regions {
        match out.last_mut() {
            Some(last) if last.chromosome == region.chromosome && region.start <= last.end => {
                last.end = last.end.max(region.end);
                for gene in region.genes {
                    if !last.genes.contains(&gene) {
                        last.genes.push(gene);
                    }
                }
            }
            _ => out.push(region),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(start: u32, end: u32, gene: &str) -> TargetRegion {
        TargetRegion {
            chromosome: Chromosome::X,
            start,
            end,
            genes: vec![gene.to_owned()],
        }
    }

    #[test]
    fn merges_what_overlaps_or_abuts() {
        let actual = merged(vec![
            region(10, 20, "A"),
            region(20, 30, "B"),
            region(31, 40, "B"),
        ]);
        let mut joined = region(10, 30, "A");
        joined.genes.push("B".to_owned());
        assert_eq!(actual, [joined, region(31, 40, "B")]);
    }
}
