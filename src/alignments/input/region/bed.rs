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
    let owned = || path.to_path_buf();
    let io = |source| TargetError::Io {
        path: owned(),
        source,
    };
    let reader = BufReader::new(File::open(path).map_err(io)?);
    let mut regions = Vec::new();
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
        let line = index + 1;
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
        regions.push(TargetRegion { contig, start, end });
    }
    if regions.is_empty() {
        return Err(TargetError::Empty { path: owned() });
    }
    Ok(merged(regions))
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
