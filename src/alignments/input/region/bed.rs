//! Target regions by a BED file, and contigs by any of their names.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use super::stretch::{TargetRegion, merged};
use crate::alignments::input::error::TargetError;
use crate::alignments::input::file::AlignmentFile;
use crate::genome::Chromosome;

/// Reads a BED file (0-based half-open) of the genome of an alignment file. `chr17` and `17` are the same contig.
pub fn read_bed(path: &Path, file: &AlignmentFile) -> Result<Vec<TargetRegion>, TargetError> {
    let mut regions = Vec::new();
    read_lines(path, file, &mut |region, _, _| {
        regions.push(region);
        Ok(())
    })?;
    Ok(merged(regions))
}

/// A primer of an amplicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PrimerRegion {
    /// Its place.
    pub region: TargetRegion,
    /// Whether it stands at the right end of its molecules, on the reverse strand; `None` where the file has no strand.
    pub reverse: Option<bool>,
}

/// Column of a BED file with the strand, from 0.
const STRAND: usize = 5;

/// Reads primers from a BED file, as `samtools ampliconclip` takes them: the sixth column may name the strand.
pub(crate) fn read_primers(path: &Path, file: &AlignmentFile) -> Result<Vec<PrimerRegion>, TargetError> {
    let mut primers = Vec::new();
    read_lines(path, file, &mut |region, line, text| {
        let reverse = match text.split('\t').nth(STRAND).map(str::trim) {
            None | Some("." | "") => None,
            Some("+") => Some(false),
            Some("-") => Some(true),
            Some(other) => {
                return Err(TargetError::Strand {
                    path: path.to_path_buf(),
                    line,
                    value: other.chars().take(80).collect(),
                });
            }
        };
        primers.push(PrimerRegion { region, reverse });
        Ok(())
    })?;
    Ok(primers)
}

/// Calls `each` with every region, its 1-based line and the text of the line; refuses a file without any.
fn read_lines(
    path: &Path,
    file: &AlignmentFile,
    each: &mut dyn FnMut(TargetRegion, usize, &str) -> Result<(), TargetError>,
) -> Result<(), TargetError> {
    let io = |source| TargetError::Io {
        path: path.to_path_buf(),
        source,
    };
    let reader = BufReader::new(File::open(path).map_err(io)?);
    let mut is_empty = true;
    for (index, text) in reader.lines().enumerate() {
        let text = text.map_err(io)?;
        let text = text.trim_end();
        if text.is_empty()
            || text.starts_with('#')
            || text.starts_with("track")
            || text.starts_with("browser")
        {
            continue;
        }
        let region = region_of(path, file, index + 1, text)?;
        each(region, index + 1, text)?;
        is_empty = false;
    }
    if is_empty {
        return Err(TargetError::Empty {
            path: path.to_path_buf(),
        });
    }
    Ok(())
}

fn region_of(
    path: &Path,
    file: &AlignmentFile,
    line: usize,
    text: &str,
) -> Result<TargetRegion, TargetError> {
    let owned = || path.to_path_buf();
    let (name, start, end) = columns(text).ok_or_else(|| TargetError::Line {
        path: owned(),
        line,
        text: text.chars().take(80).collect(),
    })?;
    let contig = contig_by_any_name(file, name).ok_or_else(|| TargetError::Contig {
        path: owned(),
        line,
        contig: name.to_owned(),
        alignments: file.path.display().to_string(),
    })?;
    let length = file.contigs.get(contig as usize).map_or(0, |c| c.length);
    if end > length {
        return Err(TargetError::Beyond {
            path: owned(),
            line,
            contig: name.to_owned(),
            start,
            end,
            length,
        });
    }
    Ok(TargetRegion { contig, start, end })
}

fn columns(text: &str) -> Option<(&str, u32, u32)> {
    let mut fields = text.split('\t');
    let name = fields.next()?;
    let start = fields.next()?.parse().ok()?;
    let end = fields.next()?.trim().parse().ok()?;
    (start < end).then_some((name, start, end))
}

/// Finds a contig by its name, or by another name of the same human chromosome.
pub fn contig_by_any_name(file: &AlignmentFile, name: &str) -> Option<u32> {
    file.contig(name).or_else(|| {
        let wanted = Chromosome::parse(name)?;
        let place = file
            .contigs
            .iter()
            .position(|c| Chromosome::parse(&c.name) == Some(wanted))?;
        u32::try_from(place).ok()
    })
}
