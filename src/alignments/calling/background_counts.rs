//! Errors of single sites in normals: counted, and written as the table that a call reads.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use super::survey::{Survey, SurveyPlan, SurveyedChunk};
use crate::alignments::counts::substitution::{Interest, total};
use crate::alignments::errors::background::COLUMNS;
use crate::alignments::errors::normal_depths::DepthCounts;
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
    /// By contig, position, reference and alternative allele as in a VCF record.
    alleles: BTreeMap<(String, u32, String, String), Seen>,
    depths: HashMap<(String, u32), u64>,
    samples: u32,
    by_target: DepthCounts,
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
            min_aligned: 1,
            junctions: None,
        };
        self.samples += 1;
        let mut by_target = vec![0; targets.len()];
        visit::<Survey<'_>, AlignmentError>(
            file,
            chunks(targets),
            &|chunk| Ok(Survey::new(chunk, reference, &plan)),
            &mut |chunk| {
                self.add_chunk(file, reference, &chunk);
                add_depths(&mut by_target, targets, &chunk);
                Ok(())
            },
        )?;
        let mean = |(target, all): (&TargetRegion, u64)| {
            let place = (name_of(file, target.contig), target.start, target.end);
            (place, all as f64 / f64::from(target.end - target.start))
        };
        let depths: Vec<_> = targets.iter().zip(by_target).map(mean).collect();
        self.by_target.add(&depths);
        reference.check()
    }

    fn add_chunk(&mut self, file: &AlignmentFile, reference: &Reference, chunk: &SurveyedChunk) {
        let name = |contig: u32| name_of(file, contig);
        let mut depths = HashMap::new();
        for depth in &chunk.depths {
            depths.insert((depth.contig, depth.column), depth.depth());
            let all = self
                .depths
                .entry((name(depth.contig), depth.column + 1))
                .or_default();
            *all += u64::from(depth.depth());
        }
        let text = |code| char::from(letter(code)).to_string();
        for allele in &chunk.substitutions {
            let key = (
                name(allele.contig),
                allele.column + 1,
                text(allele.context.base),
                text(allele.alternate),
            );
            let seen = (u64::from(total(&allele.exposure)), u64::from(allele.count()));
            self.add_allele(key, seen, allele.vaf());
        }
        for (indel, count) in &chunk.indels {
            // The chunk beside sees an indel at the border too: it is counted where the base before it lies.
            let Some(depth) = depths.get(&(indel.contig, indel.after)).filter(|d| **d > 0) else {
                continue;
            };
            if *count == 0 || indel.is_replacement() {
                continue;
            }
            let (column, of_reference, alternate) = indel.letters(reference);
            let seen = (u64::from(*depth), *count as u64);
            let fraction = *count as f64 / f64::from(*depth);
            self.add_allele(
                (name(indel.contig), column + 1, of_reference, alternate),
                seen,
                fraction,
            );
        }
    }

    /// Adds what one normal shows of an allele: fragments looked at, those that show it, and their share.
    fn add_allele(
        &mut self,
        key: (String, u32, String, String),
        (exposure, errors): (u64, u64),
        fraction: f64,
    ) {
        let seen = self.alleles.entry(key).or_default();
        if fraction >= VARIANT {
            // This person says nothing of the site's errors: its exposure is taken out at the end.
            seen.exposure += exposure;
            return;
        }
        seen.errors += errors;
        seen.samples += 1;
        if errors > seen.largest.1 {
            seen.largest = (exposure, errors);
        }
    }

    /// Writes the alleles that more than one normal shows, and behind them how deep the targets of the normals are covered.
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
                "{contig}\t{position}\t{base}\t{alternate}\t{exposure}\t{errors}\t{}",
                seen.samples
            )?;
        }
        self.by_target.write(out)
    }
}

fn name_of(file: &AlignmentFile, contig: u32) -> String {
    let contig = file.contigs.get(contig as usize);
    contig.map_or("", |c| c.name.as_str()).to_owned()
}

/// Adds the depths of a chunk's columns to those of the targets, which ascend.
fn add_depths(by_target: &mut [u64], targets: &[TargetRegion], chunk: &SurveyedChunk) {
    for depth in &chunk.depths {
        let at = targets.partition_point(|t| (t.contig, t.end) <= (depth.contig, depth.column));
        if let Some(all) = by_target.get_mut(at) {
            *all += u64::from(depth.depth());
        }
    }
}
