//! Some of the reads over each of a few variants, for a picture of them.

use rust_htslib::bam::Record;

use super::filter::ReadFilter;
use super::read::{AlignedRead, DELETED};
use super::visit::{ChunkVisitor, visit};
use crate::alignments::input::error::AlignmentError;
use crate::alignments::input::file::AlignmentFile;
use crate::alignments::input::reference::Reference;
use crate::alignments::input::region::{Chunk, TargetRegion, contig_by_any_name, merged};
use crate::evidence::{Pileup, PileupRow};
use crate::genome::{Variant, as_count};

/// Columns on each side of a variant.
const FLANK: u32 = 20;
/// Columns of a long REF that are shown.
const LONGEST: u32 = 30;
/// Rows with the variant and without it.
const ROWS: [usize; 2] = [12, 8];
/// A base below this quality (phred) is written small.
const LOW_QUALITY: u8 = 20;
/// Columns that an insertion or deletion may stand from where the variant has it: aligners place them differently within repeats.
const SHIFT: u32 = 10;

/// Where a variant is in the file.
struct Place<'v> {
    variant: &'v Variant,
    region: TargetRegion,
    /// Reference over the region.
    codes: Vec<u8>,
    /// First column of REF, 0-based, and the one behind its last.
    start: u32,
    end: u32,
    reference: Vec<u8>,
    alternate: Vec<u8>,
}

/// Returns the reads over each variant, in the order of the variants; those on contigs that file or reference lack are left out.
///
/// # Errors
///
/// Where the file or its reference cannot be read.
pub fn pileups(
    file: &AlignmentFile,
    reference: &Reference,
    filter: &ReadFilter,
    variants: &[Variant],
) -> Result<Vec<Pileup>, AlignmentError> {
    let places: Vec<Place<'_>> = variants
        .iter()
        .filter_map(|v| place(file, reference, v))
        .collect();
    reference.check()?;
    let regions = merged(places.iter().map(|p| p.region).collect());
    let chunks = regions.into_iter().map(|region| Chunk {
        region,
        targets: vec![region],
    });
    let make = |chunk: &Chunk| {
        let within = |p: &&Place<'_>| {
            let (region, own) = (chunk.region, p.region);
            own.contig == region.contig && region.start <= own.start && own.end <= region.end
        };
        Ok::<_, AlignmentError>(Drawing {
            places: places.iter().filter(within).map(|p| (p, Vec::new())).collect(),
            read: AlignedRead::default(),
            filter: filter.clone(),
        })
    };
    let mut drawn: Vec<Pileup> = Vec::new();
    visit(file, chunks.collect(), &make, &mut |some| {
        drawn.extend(some);
        Ok(())
    })?;
    drawn.sort_by_key(|p| variants.iter().position(|v| v.key() == p.variant_key));
    Ok(drawn)
}

fn place<'v>(file: &AlignmentFile, reference: &Reference, variant: &'v Variant) -> Option<Place<'v>> {
    let contig = contig_by_any_name(file, variant.chromosome().name()).filter(|c| reference.has(*c))?;
    let start = variant.position() - 1;
    let length = u32::try_from(variant.reference().len()).ok()?;
    let region = TargetRegion {
        contig,
        start: start.saturating_sub(FLANK),
        end: start + length.min(LONGEST) + FLANK,
    };
    Some(Place {
        variant,
        region,
        codes: reference.codes(contig, region.start, region.end),
        start,
        end: start + length,
        reference: codes_of(variant.reference()),
        alternate: codes_of(variant.alternate()),
    })
}

/// Reads over the places of a chunk.
struct Drawing<'p> {
    places: Vec<(&'p Place<'p>, Vec<PileupRow>)>,
    read: AlignedRead,
    filter: ReadFilter,
}

impl ChunkVisitor for Drawing<'_> {
    type Output = Vec<Pileup>;

    fn take(&mut self, record: &Record) {
        if !self.read.fill(record, &self.filter) {
            return;
        }
        for (place, rows) in &mut self.places {
            if self.read.first <= place.start && place.end <= self.read.end() {
                rows.push(row(&self.read, place));
            }
        }
    }

    fn finish(self) -> Vec<Pileup> {
        self.places
            .into_iter()
            .map(|(place, rows)| pileup(place, rows))
            .collect()
    }
}

fn pileup(place: &Place<'_>, rows: Vec<PileupRow>) -> Pileup {
    let (with, without): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.has_variant);
    let count = |rows: &[PileupRow]| as_count(rows.len());
    Pileup {
        variant_key: place.variant.key(),
        first: place.region.start + 1,
        reference: place.codes.iter().map(|code| letter(*code)).collect(),
        position: place.start + 1,
        length: place.end - place.start,
        reads_with: count(&with),
        reads_without: count(&without),
        rows: [some_of(with, ROWS[0]), some_of(without, ROWS[1])].concat(),
    }
}

/// Takes so many of a list, spread over all of it: the first alone would be reads that end at the place.
fn some_of(rows: Vec<PileupRow>, most: usize) -> Vec<PileupRow> {
    let all = rows.len();
    if all <= most {
        return rows;
    }
    let wanted: Vec<usize> = (0..most).map(|n| n * all / most).collect();
    let numbered = rows.into_iter().enumerate();
    numbered
        .filter(|(n, _)| wanted.contains(n))
        .map(|(_, row)| row)
        .collect()
}

fn row(read: &AlignedRead, place: &Place<'_>) -> PileupRow {
    let region = place.region;
    let bases = (region.start..region.end)
        .zip(&place.codes)
        .map(|(column, reference)| {
            let Some(index) = column.checked_sub(read.first).map(|i| i as usize) else {
                return ' ';
            };
            match read.codes.get(index) {
                None => ' ',
                Some(code) if code == reference => '.',
                Some(code) if read.qualities.get(index).is_some_and(|q| *q < LOW_QUALITY) => {
                    letter(*code).to_ascii_lowercase()
                }
                Some(code) => letter(*code),
            }
        });
    let shown = |after: u32| (region.start..region.end).contains(&after);
    PileupRow {
        has_variant: shows(read, place),
        reverse: read.reverse,
        second: read.second,
        mapping_quality: read.mapping_quality,
        bases: bases.collect(),
        insertions: read
            .insertions
            .iter()
            .filter(|i| shown(i.after))
            .map(|i| (i.after + 1, as_count(i.bases.len())))
            .collect(),
    }
}

/// Whether a read shows the variant: bases for bases, or an insertion or deletion of the same bases where it stands or near it.
fn shows(read: &AlignedRead, place: &Place<'_>) -> bool {
    let (reference, alternate) = (&place.reference, &place.alternate);
    if let Some(inserted) = alternate
        .strip_prefix(&reference[..])
        .filter(|_| reference.len() == 1)
    {
        let is_it = |i: &super::read::Insertion| {
            i.after.abs_diff(place.start) <= SHIFT && sorted(&i.bases) == sorted(inserted)
        };
        return read.insertions.iter().any(is_it);
    }
    if let Some(deleted) = reference
        .strip_prefix(&alternate[..])
        .filter(|_| alternate.len() == 1)
    {
        let is_it = |d: &super::read::Deletion| {
            d.after.abs_diff(place.start) <= SHIFT && d.length as usize == deleted.len()
        };
        return read.deletions.iter().any(is_it);
    }
    spelled(read, place.start, place.end) == *alternate
}

/// Returns what a read has between two columns, insertions with it.
fn spelled(read: &AlignedRead, start: u32, end: u32) -> Vec<u8> {
    let mut bases = Vec::new();
    for column in start..end {
        let index = (column - read.first) as usize;
        bases.extend(read.codes.get(index).filter(|code| **code != DELETED));
        let behind = read
            .insertions
            .iter()
            .filter(|i| i.after == column && column + 1 < end);
        bases.extend(behind.flat_map(|i| &i.bases));
    }
    bases
}

fn sorted(codes: &[u8]) -> Vec<u8> {
    let mut codes = codes.to_vec();
    codes.sort_unstable();
    codes
}

fn codes_of(bases: &str) -> Vec<u8> {
    let code = |base| match base {
        b'A' => 1,
        b'C' => 2,
        b'G' => 4,
        b'T' => 8,
        _ => 15,
    };
    bases.bytes().map(code).collect()
}

const fn letter(code: u8) -> char {
    match code {
        1 => 'A',
        2 => 'C',
        4 => 'G',
        8 => 'T',
        DELETED => '-',
        // Skipped by the alignment, as an intron is.
        16 => ' ',
        _ => 'N',
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alignments::reads::read::{Deletion, Insertion};
    use crate::genome::{Build, Chromosome};

    /// A read from column 0 on.
    fn read(bases: &str) -> AlignedRead {
        AlignedRead {
            codes: bases
                .bytes()
                .map(|b| {
                    if b == b'-' {
                        DELETED
                    } else {
                        codes_of(&(b as char).to_string())[0]
                    }
                })
                .collect(),
            qualities: vec![30; bases.len()],
            ..AlignedRead::default()
        }
    }

    fn shown(read: &AlignedRead, position: u32, reference: &str, alternate: &str) -> (bool, String) {
        let chromosome = Chromosome::parse("chr4").unwrap();
        let variant = Variant::new(Build::Grch38, chromosome, position, reference, alternate).unwrap();
        let start = position - 1;
        let place = Place {
            variant: &variant,
            region: TargetRegion {
                contig: 0,
                start: 0,
                end: 12,
            },
            codes: codes_of("ACGTACGTACGT"),
            start,
            end: start + u32::try_from(reference.len()).unwrap(),
            reference: codes_of(reference),
            alternate: codes_of(alternate),
        };
        let row = row(read, &place);
        (row.has_variant, row.bases)
    }

    #[test]
    fn tells_reads_with_the_variant_from_those_without() {
        let mut low = read("ACGTCCGTAC");
        low.qualities[4] = 10;
        assert_eq!(shown(&low, 5, "A", "C"), (true, "....c.....  ".to_owned()));
        assert_eq!(
            shown(&read("ACGTGCGTACGT"), 5, "A", "C"),
            (false, "....G.......".to_owned())
        );
        assert_eq!(
            shown(&read("ACGTTGGTACGT"), 5, "AC", "TG"),
            (true, "....TG......".to_owned())
        );
    }

    #[test]
    fn insertions_and_deletions_are_found_where_aligners_place_them() {
        let mut deleted = read("AC--ACGTACGT");
        deleted.deletions = vec![Deletion {
            after: 1,
            length: 2,
            quality: 30,
        }];
        assert_eq!(shown(&deleted, 2, "CGT", "C"), (true, "..--........".to_owned()));
        assert!(!shown(&deleted, 2, "CG", "C").0);
        let mut inserted = read("ACGTACGTACGT");
        inserted.insertions = vec![Insertion {
            after: 5,
            bases: codes_of("GT"),
            quality: 30,
        }];
        assert!(
            shown(&inserted, 4, "T", "TTG").0,
            "the same bases, placed two columns on"
        );
        assert!(!shown(&inserted, 4, "T", "TTT").0);
    }

    #[test]
    fn rows_are_spread_over_all_reads() {
        let rows: Vec<PileupRow> = (0..100)
            .map(|n| PileupRow {
                has_variant: true,
                reverse: false,
                second: false,
                mapping_quality: n,
                bases: String::new(),
                insertions: Vec::new(),
            })
            .collect();
        let some: Vec<u8> = some_of(rows, 4).iter().map(|r| r.mapping_quality).collect();
        assert_eq!(some, [0, 25, 50, 75]);
    }
}
