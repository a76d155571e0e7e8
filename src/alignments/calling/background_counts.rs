//! Errors of single sites in normals: counted, and written as the table that a call reads.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use super::survey::{Survey, SurveyPlan};
use crate::alignments::counts::substitution::{Interest, total};
use crate::alignments::errors::background::COLUMNS;
use crate::alignments::input::error::AlignmentError;
use crate::alignments::input::file::AlignmentFile;
use crate::alignments::input::reference::{Reference, letter};
use crate::alignments::input::region::{TargetRegion, chunks};
use crate::alignments::reads::filter::ReadFilter;
use crate::alignments::reads::visit::visit;

/// Fraction from which an allele of a normal is a variant of that person, and no error.
const VARIANT: f64 = 0.2;

/// What one sample, or several, show of an allele.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Seen {
    exposure: u64,
    errors: u64,
    samples: u32,
    /// Exposure and errors of the sample with most errors.
    largest: (u64, u64),
}

/// A background in the making.
#[derive(Debug, Default)]
pub struct BackgroundCounts {
    alleles: BTreeMap<(String, u32, u8, u8), Seen>,
    depths: HashMap<(String, u32), u64>,
    samples: u32,
}

impl BackgroundCounts {
    /// Adds a normal.
    pub fn add(
        &mut self,
        file: &AlignmentFile,
        reference: &Reference,
        targets: &[TargetRegion],
        filter: &ReadFilter,
    ) -> Result<(), AlignmentError> {
        let plan = SurveyPlan {
            filter: filter.clone(),
            interest: Interest {
                min_count: 1,
                min_vaf: 0.0,
            },
            forced: Vec::new(),
            depths: true,
        };
        self.samples += 1;
        visit::<Survey<'_>, AlignmentError>(
            file,
            chunks(targets),
            &|chunk| Ok(Survey::new(chunk, reference, &plan)),
            &mut |chunk| {
                let name = |contig: u32| {
                    file.contigs
                        .get(contig as usize)
                        .map_or("", |c| c.name.as_str())
                        .to_owned()
                };
                for depth in &chunk.depths {
                    *self
                        .depths
                        .entry((name(depth.contig), depth.column + 1))
                        .or_default() += u64::from(depth.depth());
                }
                for allele in &chunk.substitutions {
                    let (exposure, errors) = (u64::from(total(&allele.exposure)), u64::from(allele.count()));
                    let key = (
                        name(allele.contig),
                        allele.column + 1,
                        allele.context.base,
                        allele.alternate,
                    );
                    let seen = self.alleles.entry(key).or_default();
                    if allele.vaf() >= VARIANT {
                        // This person says nothing of the site's errors: its exposure is taken out at the end.
                        seen.exposure += exposure;
                        continue;
                    }
                    seen.errors += errors;
                    seen.samples += 1;
                    if errors > seen.largest.1 {
                        seen.largest = (exposure, errors);
                    }
                }
                Ok(())
            },
        )?;
        reference.check()
    }

    /// Writes the alleles that more than one normal shows.
    ///
    /// The normal that shows an allele most is left out: the clone of one person must not hide that of another.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", COLUMNS.join("\t"))?;
        for ((contig, position, base, alternate), seen) in &self.alleles {
            let errors = seen.errors - seen.largest.1;
            let all = self
                .depths
                .get(&(contig.clone(), *position))
                .copied()
                .unwrap_or(0);
            let exposure = all.saturating_sub(seen.exposure + seen.largest.0);
            if errors == 0 || exposure == 0 {
                continue;
            }
            writeln!(
                out,
                "{contig}\t{position}\t{}\t{}\t{exposure}\t{errors}\t{}",
                char::from(letter(*base)),
                char::from(letter(*alternate)),
                seen.samples
            )?;
        }
        Ok(())
    }
}
