//! Human chromosomes in an alignment file: its build, and where a panel lies in it.

use std::path::PathBuf;

use super::file::AlignmentFile;
use super::reference::Reference;
use super::region::{TargetRegion, contig_by_any_name, merged};
use crate::genome::{Build, BuildError, Chromosome, ContigLine, RecognizedBuild, Regions, recognize};

/// Why a panel cannot be found in an alignment file.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// The build cannot be told, or is not the one given.
    #[error("{}", path.display())]
    Build {
        /// The file.
        path: PathBuf,
        /// Cause.
        source: BuildError,
    },
    /// A chromosome of the panel is not there.
    #[error(
        "{}: has no contig for {chromosome}, on which the panel has genes; give the regions that the file does have \
         with --targets (BED), or a panel of their genes with --panel",
        path.display()
    )]
    NoContig {
        /// The file.
        path: PathBuf,
        /// The chromosome.
        chromosome: Chromosome,
    },
    /// No chromosome of the panel is both in the file and in the reference.
    #[error(
        "{}: file and reference share no chromosome of the panel; give the FASTA that the reads were aligned to",
        path.display()
    )]
    NothingShared {
        /// The file.
        path: PathBuf,
    },
}

/// Tells the build of an alignment file from the contigs of its header, and how it was recognized.
pub fn recognized(file: &AlignmentFile, given: Option<Build>) -> Result<RecognizedBuild, PlaceError> {
    let lines: Vec<ContigLine> = file
        .contigs
        .iter()
        .map(|c| ContigLine {
            name: c.name.clone(),
            length: Some(u64::from(c.length)),
            assembly: c.assembly.clone(),
        })
        .collect();
    recognize(&lines, &[], given).map_err(|source| PlaceError::Build {
        path: file.path.clone(),
        source,
    })
}

/// Finds regions of human chromosomes in an alignment file.
pub fn panel_regions(file: &AlignmentFile, regions: &Regions) -> Result<Vec<TargetRegion>, PlaceError> {
    let mut targets = Vec::new();
    for chromosome in regions.chromosomes() {
        let contig = contig_by_any_name(file, chromosome.name()).ok_or_else(|| PlaceError::NoContig {
            path: file.path.clone(),
            chromosome,
        })?;
        targets.extend(regions.of(chromosome).iter().map(|(first, last)| TargetRegion {
            contig,
            start: first - 1,
            end: *last,
        }));
    }
    Ok(merged(targets))
}

/// Finds regions of human chromosomes that file and reference both have, and the chromosomes of which one has nothing.
pub fn present_regions(
    file: &AlignmentFile,
    reference: &Reference,
    regions: &Regions,
) -> Result<(Vec<TargetRegion>, Vec<Chromosome>), PlaceError> {
    let (there, missing): (Vec<Chromosome>, Vec<Chromosome>) = regions
        .chromosomes()
        .partition(|c| contig_by_any_name(file, c.name()).is_some_and(|contig| reference.has(contig)));
    let only = regions
        .chromosomes()
        .filter(|c| there.contains(c))
        .flat_map(|c| regions.of(c).iter().map(move |(first, last)| (c, *first..=*last)));
    let targets = panel_regions(file, &Regions::new(only))?;
    if targets.is_empty() {
        return Err(PlaceError::NothingShared {
            path: file.path.clone(),
        });
    }
    Ok((targets, missing))
}
