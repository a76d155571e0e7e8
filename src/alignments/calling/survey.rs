//! The first pass over a chunk: what errors look like, and which alleles are worth a test.

use std::collections::BTreeMap;

use rust_htslib::bam::Record;

use super::clips::{UnexplainedClips, hidden_indels, unexplained_clips};
use super::complex::complex_indels;
use crate::alignments::counts::column_depth::ColumnDepth;
use crate::alignments::counts::indel::{Indel, aligned_indels, written_indels};
use crate::alignments::counts::observation::Clip;
use crate::alignments::counts::pileup::{CountedChunk, Pileup};
use crate::alignments::counts::substitution::{Columns, FLANK, Interest, SiteAllele, total};
use crate::alignments::errors::error_model::ErrorCounts;
use crate::alignments::errors::repeats::{class_of, repeat_at};
use crate::alignments::errors::slippage_counts::{Run, SlippageCounts};
use crate::alignments::input::base_codes::UNKNOWN;
use crate::alignments::input::error::AlignmentError;
use crate::alignments::input::file::AlignmentFile;
use crate::alignments::input::reference::Reference;
use crate::alignments::input::region::{Chunk, TargetRegion, beside, chunks};
use crate::alignments::reads::filter::ReadFilter;
use crate::alignments::reads::junctions::{JoinedFragment, JunctionRegion, joined};
use crate::alignments::reads::visit::{ChunkVisitor, visit};
use crate::genome::as_count;

/// What the first pass keeps of a chunk.
#[derive(Debug, Default)]
pub(crate) struct SurveyedChunk {
    /// Substitution errors.
    pub errors: ErrorCounts,
    /// Slippage.
    pub slippage: SlippageCounts,
    /// Substitutions to test.
    pub substitutions: Vec<SiteAllele>,
    /// Indels to realign, with the fragments that showed them.
    pub indels: Vec<(Indel, usize)>,
    /// Places of many clipped reads that nothing explains.
    pub unexplained: Vec<UnexplainedClips>,
    /// Depth by column of the targets, where it was asked for.
    pub depths: Vec<ColumnDepth>,
    /// Fragments that join two places as the copies of a tandem duplication are joined.
    pub joined: Vec<JoinedFragment>,
    /// Reads that passed the filter.
    pub reads: u64,
    /// Those of them that have no base qualities.
    pub without_qualities: u64,
    /// Those of them that begin or end with a primer.
    pub at_primers: u64,
}

impl SurveyedChunk {
    /// Adds what another chunk holds.
    fn add(&mut self, other: Self) {
        self.errors.merge(&other.errors);
        self.slippage.merge(&other.slippage);
        self.substitutions.extend(other.substitutions);
        self.indels.extend(other.indels);
        self.unexplained.extend(other.unexplained);
        self.depths.extend(other.depths);
        self.joined.extend(other.joined);
        self.reads += other.reads;
        self.without_qualities += other.without_qualities;
        self.at_primers += other.at_primers;
    }

    /// Takes the indels of a chunk, those that its clips hide too, and what remains unexplained.
    fn add_indels(
        &mut self,
        counted: &CountedChunk,
        depth_by_column: &[u32],
        min_aligned: usize,
        reference: &Reference,
    ) {
        let region = counted.chunk.region;
        let written = written_indels(region.contig, &counted.tally.indels);
        let aligned = aligned_indels(&written, reference);
        add_slippage(
            &mut self.slippage,
            counted,
            &aligned_counts(&aligned),
            depth_by_column,
            reference,
        );
        let mut indels: BTreeMap<Indel, usize> = aligned
            .into_iter()
            .map(|(indel, fragments)| (indel, fragments.len()))
            .filter(|(_, count)| *count >= min_aligned)
            .collect();
        for indel in hidden_indels(region.contig, &counted.tally.clips, reference) {
            indels.entry(indel).or_insert(0);
        }
        for (indel, count) in complex_indels(&written, &counted.tally, reference) {
            let slot = indels.entry(indel).or_insert(0);
            *slot = count.max(*slot);
        }
        // Beside the region not every read is seen, which a share of them would need.
        let within = |clip: &&Clip| region.start <= clip.column && clip.column < region.end;
        self.unexplained = unexplained_clips(
            region.contig,
            counted.tally.clips.iter().filter(within),
            &|column| counted.tally.reads_at((column - region.start) as usize)[0],
            &indels,
            reference,
        );
        self.indels = indels.into_iter().collect();
    }
}

/// Surveys targets, chunk by chunk, and returns all of them in one.
pub(crate) fn survey(
    file: &AlignmentFile,
    reference: &Reference,
    targets: &[TargetRegion],
    plan: &SurveyPlan,
) -> Result<SurveyedChunk, AlignmentError> {
    let mut all = SurveyedChunk::default();
    let mut chunks = chunks(targets);
    if let Some(wanted) = &plan.junctions {
        chunks.extend(beside(targets, BESIDE, &wanted.region));
        chunks.sort_by_key(|chunk| chunk.region);
    }
    visit::<Survey<'_>, AlignmentError>(
        file,
        chunks,
        &|chunk| Ok(Survey::new(chunk, reference, plan)),
        &mut |chunk| {
            all.add(chunk);
            Ok(())
        },
    )?;
    Ok(all)
}

/// What the first pass looks for.
#[derive(Clone, Debug)]
pub(crate) struct SurveyPlan {
    /// Reads and bases that count.
    pub filter: ReadFilter,
    /// Alleles that are kept.
    pub interest: Interest,
    /// Substitutions that are kept whatever their count: contig, column, code; sorted.
    pub forced: Vec<(u32, u32, u8)>,
    /// Whether depths are kept.
    pub depths: bool,
    /// Fragments that must show an indel in their alignment before it is kept.
    pub min_aligned: usize,
    /// Where junctions of long tandem duplications are looked for.
    pub junctions: Option<JunctionRegion>,
}

impl SurveyPlan {
    /// Returns the codes that are kept at a column whatever their count.
    fn forced_at(&self, contig: u32, column: u32) -> impl Iterator<Item = u8> {
        let begin = self
            .forced
            .partition_point(|(c, at, _)| (*c, *at) < (contig, column));
        self.forced[begin..]
            .iter()
            .take_while(move |(c, at, _)| (*c, *at) == (contig, column))
            .map(|(_, _, code)| *code)
    }
}

/// Columns beside a target in which reads may show the junction of a duplication: capture reaches about as far as a fragment is long.
const BESIDE: u32 = 500;

/// Reference columns behind a chunk in which its last repeat may go on.
const REPEAT_REACH: u32 = 200;

/// The first pass over one chunk.
pub(crate) struct Survey<'r> {
    /// None beside the targets, where nothing but junctions is looked for.
    pileup: Option<Pileup>,
    joined: Vec<JoinedFragment>,
    reference: &'r Reference,
    plan: &'r SurveyPlan,
}

impl<'r> Survey<'r> {
    /// Makes the visitor of a chunk.
    pub(crate) fn new(chunk: &Chunk, reference: &'r Reference, plan: &'r SurveyPlan) -> Self {
        let region = chunk.region;
        let pileup = || {
            let codes = reference.codes(region.contig, region.start, region.end);
            Pileup::new(chunk, codes, &plan.filter, true)
        };
        Self {
            pileup: (!chunk.targets.is_empty()).then(pileup),
            joined: Vec::new(),
            reference,
            plan,
        }
    }
}

impl ChunkVisitor for Survey<'_> {
    type Output = SurveyedChunk;

    fn take(&mut self, record: &Record) {
        if let Some(wanted) = &self.plan.junctions {
            self.joined.extend(joined(record, wanted, &self.plan.filter));
        }
        if let Some(pileup) = &mut self.pileup {
            pileup.take(record);
        }
    }

    fn finish(self) -> SurveyedChunk {
        let Self {
            pileup,
            joined,
            reference,
            plan,
        } = self;
        let Some(pileup) = pileup else {
            return SurveyedChunk {
                joined,
                ..SurveyedChunk::default()
            };
        };
        let counted = pileup.finish();
        let region = counted.chunk.region;
        let flanked = flanked(reference, region);
        let mut found = SurveyedChunk {
            reads: counted.reads,
            without_qualities: counted.without_qualities,
            at_primers: counted.at_primers,
            joined,
            ..SurveyedChunk::default()
        };
        if let Some(cycles) = &counted.tally.cycles {
            found.errors.cycles.add_bases(cycles);
        }
        let columns = Columns::new(&counted, &flanked);
        let mut depth_by_column = vec![0; counted.tally.reference.len()];
        columns.for_each(&mut |column| {
            found.errors.add(&column);
            let index = (column.column - region.start) as usize;
            depth_by_column[index] = total(&column.exposure);
            found.substitutions.extend(column.candidates(plan.interest));
            for code in plan.forced_at(region.contig, column.column) {
                let known = found
                    .substitutions
                    .iter()
                    .rev()
                    .take_while(|a| a.column == column.column)
                    .any(|a| a.alternate == code);
                if !known {
                    found.substitutions.push(column.allele(code));
                }
            }
            if plan.depths {
                found.depths.push(ColumnDepth {
                    contig: region.contig,
                    column: column.column,
                    base: column.context.base,
                    exposure: column.exposure,
                    cycles: column.cycles,
                    before: column.context.before,
                    behind: column.context.behind,
                });
            }
        });
        found.add_indels(&counted, &depth_by_column, plan.min_aligned, reference);
        found
    }
}

fn aligned_counts(aligned: &BTreeMap<Indel, std::collections::BTreeSet<u32>>) -> BTreeMap<&Indel, u32> {
    aligned
        .iter()
        .map(|(indel, fragments)| (indel, as_count(fragments.len())))
        .collect()
}

/// Returns the reference codes of a region with [`FLANK`] columns on each side; before the first column they are unknown.
fn flanked(reference: &Reference, region: TargetRegion) -> Vec<u8> {
    let start = region.start.saturating_sub(FLANK);
    let missing = (FLANK - (region.start - start)) as usize;
    let mut codes = vec![UNKNOWN; missing];
    codes.extend(reference.codes(region.contig, start, region.end + FLANK));
    codes
}

/// Adds runs and the columns outside of them. Exposure of a run is the lower depth of the columns beside it.
fn add_slippage(
    slippage: &mut SlippageCounts,
    counted: &CountedChunk,
    indels: &BTreeMap<&Indel, u32>,
    depths: &[u32],
    reference: &Reference,
) {
    let region = counted.chunk.region;
    let bases = reference.codes(region.contig, region.start, region.end + REPEAT_REACH);
    let depth_at = |column: u32| {
        let index = column.checked_sub(region.start).map(|i| i as usize);
        index.and_then(|i| depths.get(i)).copied().unwrap_or(0)
    };
    let mut by_run: BTreeMap<u32, BTreeMap<i64, u32>> = BTreeMap::new();
    let mut outside: [Vec<(u32, u32)>; 2] = [Vec::new(), Vec::new()];
    for (indel, count) in indels {
        let Some(start) = (indel.after + 1).checked_sub(region.start) else {
            continue;
        };
        let class = class_of(indel, bases.get(start as usize..).unwrap_or_default());
        let depth = depth_at(indel.after);
        if class.unit > 0 {
            *by_run.entry(start).or_default().entry(class.units).or_default() += count;
        } else if depth > 0 {
            outside[usize::from(class.units < 0)].push((*count, depth));
        }
    }
    let mut exposed: u64 = 0;
    for target in &counted.chunk.targets {
        let mut column = target.start;
        while column < target.end {
            let at = (column - region.start) as usize;
            let Some((unit, copies)) = repeat_at(&bases, at) else {
                exposed += u64::from(depth_at(column));
                column += 1;
                continue;
            };
            let length = u32::try_from(unit).unwrap_or(1) * copies;
            let spanning = depth_at(column).min(depth_at(column + length - 1));
            let start = column - region.start;
            if spanning > 0 {
                let none = BTreeMap::new();
                let changes = by_run.get(&start).unwrap_or(&none);
                let run = Run {
                    contig: region.contig,
                    start: column,
                    unit: u8::try_from(unit).unwrap_or(0),
                    copies,
                };
                slippage.add_run(run, spanning, changes);
            }
            column += length;
        }
    }
    slippage.add_outside(1, exposed, &outside[0]);
    slippage.add_outside(-1, exposed, &outside[1]);
}
