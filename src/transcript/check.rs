//! Compares a reference FASTA with the bases inside the program, to catch a wrong build or a masked file.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::embedded::EmbeddedBases;
use super::model::Transcript;
use crate::genome::{BaseSource, Build, Chromosome};

/// Why a reference does not fit the build.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceCheckError {
    /// A base differs from the one inside the program.
    #[error(
        "the reference is not {build}: {gene} at {chromosome}:{position} has {found}, {build} has {expected}; \
         give the FASTA of the build that the variants are on"
    )]
    Differs {
        /// Build that was expected.
        build: Build,
        /// Gene of the first differing base.
        gene: String,
        /// Its chromosome.
        chromosome: Chromosome,
        /// Its position, 1-based.
        position: u32,
        /// Base inside the program.
        expected: char,
        /// Base of the reference.
        found: char,
    },
    /// A coding base is N in the reference.
    #[error(
        "the reference is masked: {gene} at {chromosome}:{position} is N; give an unmasked or soft-masked FASTA"
    )]
    Masked {
        /// Gene of the first masked base.
        gene: String,
        /// Its chromosome.
        chromosome: Chromosome,
        /// Its position, 1-based.
        position: u32,
    },
    /// The reference has no bases there.
    #[error(
        "the reference has no {chromosome}:{position} ({gene}); give a FASTA of the whole genome of {build}"
    )]
    Missing {
        /// Build that was expected.
        build: Build,
        /// Gene that lies there.
        gene: String,
        /// The chromosome.
        chromosome: Chromosome,
        /// First position missing, 1-based.
        position: u32,
    },
}

/// What a reference that does not contradict the build holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReferenceCheck {
    /// Genes of which it has no coding base at all: their chromosome or piece is not in the file, or N throughout.
    pub absent: Vec<String>,
    /// Chromosomes with a coding base that was compared and agrees.
    pub compared: BTreeSet<Chromosome>,
}

/// Compares a reference with the coding bases inside the program over the transcripts given, in their order.
///
/// The places known to differ between the builds are held per build, so any difference means another genome or file.
/// Transcripts without a sequence inside the program are only looked up for masked or missing bases. A gene that the
/// reference has nothing of is no error, since a FASTA may hold some chromosomes or pieces; a gene that it has in part is.
pub fn check_reference<'a>(
    build: Build,
    reference: &dyn BaseSource,
    transcripts: impl IntoIterator<Item = &'a Transcript>,
) -> Result<ReferenceCheck, ReferenceCheckError> {
    let mut check = ReferenceCheck::default();
    for transcript in transcripts {
        let regions = transcript.coding_regions(0);
        let is_known = |region: &RangeInclusive<u32>| {
            let bases = reference.bases_or_n(transcript.chromosome(), region.clone());
            bases.iter().any(|b| *b != b'N')
        };
        if !regions.iter().any(is_known) {
            check.absent.push(transcript.gene().to_owned());
            continue;
        }
        for region in regions {
            if compare(build, reference, transcript, region)? {
                check.compared.insert(transcript.chromosome());
            }
        }
    }
    Ok(check)
}

/// Compares one coding region; returns whether there was a base to compare with.
fn compare(
    build: Build,
    reference: &dyn BaseSource,
    transcript: &Transcript,
    region: RangeInclusive<u32>,
) -> Result<bool, ReferenceCheckError> {
    let (chromosome, gene) = (transcript.chromosome(), transcript.gene().to_owned());
    let start = *region.start();
    let Some(found) = reference.bases(chromosome, region.clone()) else {
        return Err(ReferenceCheckError::Missing {
            build,
            gene,
            chromosome,
            position: start,
        });
    };
    let expected = EmbeddedBases::of(build).bases_or_n(chromosome, region);
    let mut compared = false;
    for (position, (expected, found)) in (start..).zip(expected.into_iter().zip(found)) {
        if found == b'N' {
            return Err(ReferenceCheckError::Masked {
                gene,
                chromosome,
                position,
            });
        }
        if expected != b'N' && expected != found {
            let (expected, found) = (char::from(expected), char::from(found));
            return Err(ReferenceCheckError::Differs {
                build,
                gene,
                chromosome,
                position,
                expected,
                found,
            });
        }
        compared |= expected != b'N';
    }
    Ok(compared)
}

#[cfg(test)]
mod tests {
    use std::ops::RangeInclusive;

    use super::super::transcripts_of;
    use super::*;

    /// The embedded bases of one build with one base changed.
    struct Changed(Build, u32, u8);

    impl BaseSource for Changed {
        fn bases(&self, chromosome: Chromosome, range: RangeInclusive<u32>) -> Option<Vec<u8>> {
            let mut bases = EmbeddedBases::of(self.0).bases_or_n(chromosome, range.clone());
            bases.iter_mut().filter(|b| **b == b'N').for_each(|b| *b = b'A');
            if range.contains(&self.1) {
                bases[(self.1 - range.start()) as usize] = self.2;
            }
            Some(bases)
        }
    }

    #[test]
    fn names_the_first_differing_base() {
        let check = |reference: &dyn BaseSource| {
            check_reference(Build::Grch38, reference, transcripts_of("DNMT3A", Build::Grch38))
        };
        let good = check(&Changed(Build::Grch38, 0, b'A')).unwrap();
        assert!(good.absent.is_empty() && good.compared.len() == 1);
        let wrong = check(&Changed(Build::Grch38, 25_234_373, b'T')).unwrap_err();
        assert_eq!(
            wrong.to_string(),
            "the reference is not GRCh38: DNMT3A at chr2:25234373 has T, GRCh38 has C; give the FASTA of the build \
             that the variants are on"
        );
        assert!(matches!(
            check(&Changed(Build::Grch38, 25_234_373, b'N')),
            Err(ReferenceCheckError::Masked {
                position: 25_234_373,
                ..
            })
        ));
        let nothing = check(&crate::genome::NoBases).unwrap();
        assert_eq!(
            (nothing.absent[0].as_str(), nothing.compared.len()),
            ("DNMT3A", 0)
        );
    }
}
