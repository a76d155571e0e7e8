//! How deep targets are covered in normals: learned from each, written behind the table of errors, and read again.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::alignments::input::file::AlignmentFile;
use crate::alignments::input::region::TargetRegion;
use crate::alignments::input::region::contig_by_any_name;
use crate::evidence::NormalDepth;
use crate::evidence::statistics::median;
use crate::genome::Chromosome;

/// Begins the lines on depths; what follows is the version of their layout.
pub(crate) const MARK: &str = "##depths ";
const VERSION: &str = "1";
/// Columns of the lines behind it, each begun with `#`.
const COLUMNS: [&str; 6] = ["chrom", "start", "end", "log_ratio", "spread", "normals"];
/// Ratio of the depths of X and the autosomes below which there is one X: what it shows is doubled.
const ONE_X_BELOW: f64 = 0.65;
/// Share of a target and of what normals were looked at there that the two must share to be one.
const SHARED: f64 = 0.8;

/// Depths of normals in the making: logarithms of the ratio to each normal's own median, by contig, start and end (0-based half-open).
#[derive(Debug, Default)]
pub(crate) struct DepthCounts(BTreeMap<(String, u32, u32), Vec<f64>>);

impl DepthCounts {
    /// Adds the mean depths of a normal's targets.
    pub(crate) fn add(&mut self, depths: &[((String, u32, u32), f64)]) {
        let chromosome = |place: &(String, u32, u32)| Chromosome::parse(&place.0);
        let middle = |wanted: &dyn Fn(Option<Chromosome>) -> bool| {
            let of = depths
                .iter()
                .filter(|(place, depth)| *depth > 0.0 && wanted(chromosome(place)));
            median(of.map(|(_, depth)| *depth))
        };
        let on_x = |c: Option<Chromosome>| c == Some(Chromosome::X);
        let Some(usual) = middle(&|c| !on_x(c) && c != Some(Chromosome::Y)) else {
            return;
        };
        let has_one_x = middle(&on_x).is_some_and(|x| x / usual < ONE_X_BELOW);
        for (place, depth) in depths.iter().filter(|(_, depth)| *depth > 0.0) {
            let copies = if has_one_x && on_x(chromosome(place)) {
                2.0
            } else {
                1.0
            };
            let value = (copies * depth / usual).ln();
            self.0.entry(place.clone()).or_default().push(value);
        }
    }

    /// Writes what two normals or more show.
    pub(crate) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let known: Vec<_> = self.0.iter().filter(|(_, values)| values.len() >= 2).collect();
        if known.is_empty() {
            return Ok(());
        }
        writeln!(out, "{MARK}{VERSION}\t{}", COLUMNS.join("\t"))?;
        for ((contig, start, end), values) in known {
            let n = values.len() as f64;
            let mean = values.iter().sum::<f64>() / n;
            let spread = (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
            writeln!(
                out,
                "#{contig}\t{}\t{end}\t{mean:.4}\t{spread:.4}\t{}",
                start + 1,
                values.len()
            )?;
        }
        Ok(())
    }
}

/// Depths of targets in normals, by place in an alignment file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct NormalDepths(BTreeMap<TargetRegion, NormalDepth>);

impl NormalDepths {
    /// Takes a line that begins with `#`; `None` for one that is none of these.
    pub(crate) fn take(&mut self, line: &str, file: &AlignmentFile) -> Option<()> {
        if let Some(mark) = line.strip_prefix(MARK) {
            return (mark.split('\t').next() == Some(VERSION)).then_some(());
        }
        let (contig, start, end, depth) = row(line.strip_prefix('#')?)?;
        if let Some(contig) = contig_by_any_name(file, contig) {
            self.0.insert(TargetRegion { contig, start, end }, depth);
        }
        Some(())
    }

    /// Returns what normals show of a target: of the same stretch, or nearly.
    pub(crate) fn of(&self, region: &TargetRegion) -> Option<NormalDepth> {
        let length = |r: &TargetRegion| f64::from(r.end - r.start);
        let before = TargetRegion {
            contig: region.contig,
            start: region.end,
            end: 0,
        };
        let shared = |other: &TargetRegion| {
            let both = region
                .end
                .min(other.end)
                .saturating_sub(region.start.max(other.start));
            f64::from(both)
        };
        let near = self.0.range(..before).rev();
        // Targets do not overlap: behind one that ends before this begins there is none.
        near.take_while(|(other, _)| other.contig == region.contig && other.end > region.start)
            .find(|(other, _)| shared(other) >= SHARED * length(region).max(length(other)))
            .map(|(_, depth)| *depth)
    }
}

fn row(text: &str) -> Option<(&str, u32, u32, NormalDepth)> {
    let fields: Vec<&str> = text.trim_end().split('\t').collect();
    let [contig, start, end, mean, spread, normals] = fields.as_slice() else {
        return None;
    };
    let (start, end): (u32, u32) = (start.parse::<u32>().ok()?.checked_sub(1)?, end.parse().ok()?);
    let depth = NormalDepth {
        mean: mean.parse().ok()?,
        spread: spread.parse().ok()?,
        normals: normals.parse().ok()?,
    };
    let is_sound = depth.mean.is_finite() && depth.spread.is_finite() && depth.spread >= 0.0 && start < end;
    is_sound.then_some((contig, start, end, depth))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normals_are_written_with_one_x_doubled() {
        let mut counts = DepthCounts::default();
        let place = |contig: &str, start: u32| (contig.to_owned(), start, start + 100);
        for (a, x) in [(100.0, 50.0), (200.0, 200.0), (400.0, 200.0)] {
            counts.add(&[
                (place("chr1", 0), a),
                (place("chr2", 0), a),
                (place("chr2", 500), 2.0 * a),
                (place("chrX", 0), x),
            ]);
        }
        let mut text = Vec::new();
        counts.write(&mut text).unwrap();
        let expected = "##depths 1\tchrom\tstart\tend\tlog_ratio\tspread\tnormals\n\
                        #chr1\t1\t100\t0.0000\t0.0000\t3\n\
                        #chr2\t1\t100\t0.0000\t0.0000\t3\n\
                        #chr2\t501\t600\t0.6931\t0.0000\t3\n\
                        #chrX\t1\t100\t0.0000\t0.0000\t3\n";
        assert_eq!(String::from_utf8(text).unwrap(), expected);
    }

    #[test]
    fn a_target_takes_the_normals_of_nearly_the_same() {
        let region = |start, end| TargetRegion {
            contig: 0,
            start,
            end,
        };
        let depth = NormalDepth {
            mean: 0.1,
            spread: 0.2,
            normals: 5,
        };
        let known = NormalDepths(BTreeMap::from([(region(100, 200), depth)]));
        for (asked, expected) in [
            (region(100, 200), Some(depth)),
            (region(105, 195), Some(depth)),
            (region(100, 260), None),
            (region(100, 150), None),
            (region(200, 300), None),
        ] {
            assert_eq!(known.of(&asked), expected, "{asked:?}");
        }
    }

    #[test]
    fn a_row_needs_all_its_columns() {
        let depth = NormalDepth {
            mean: -0.5,
            spread: 0.1,
            normals: 7,
        };
        assert_eq!(row("chr1\t11\t20\t-0.5\t0.1\t7"), Some(("chr1", 10, 20, depth)));
        for wrong in [
            "chr1\t11\t20\t-0.5\t0.1",
            "chr1\t0\t20\t-0.5\t0.1\t7",
            "chr1\t21\t20\t-0.5\t0.1\t7",
            "chr1\t11\t20\tNaN\t0.1\t7",
            "chr1\t11\t20\t0\t-0.1\t7",
        ] {
            assert_eq!(row(wrong), None, "{wrong}");
        }
    }
}
