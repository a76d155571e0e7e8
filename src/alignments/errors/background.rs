//! Errors of single sites, learned from normal samples: what a context does not explain, such as a neighbor of a repeat, and
//! insertions and deletions that come again and again at one place.

use std::collections::HashMap;
use std::io::{self, BufRead};

use super::normal_depths::NormalDepths;
use super::slippage::Expected;
use crate::alignments::counts::indel::Indel;
use crate::alignments::counts::observation::{IndelChange, SIGHTS};
use crate::alignments::input::file::AlignmentFile;
use crate::alignments::input::reference::code;
use crate::alignments::input::region::{TargetRegion, contig_by_any_name};
use crate::evidence::NormalDepth;
use crate::genome::as_count;

/// Columns of the table.
pub(crate) const COLUMNS: [&str; 7] = ["chrom", "pos", "ref", "alt", "exposure", "errors", "samples"];
/// Weight of the context's rate, in errors.
const PRIOR_ERRORS: f64 = 4.0;
/// The 95 % point of the standard normal distribution.
const Z_95: f64 = 1.644_853_626_951_472_2;

/// Why a background cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BackgroundError {
    /// The file cannot be read.
    #[error("background {path}: cannot be read: {source}")]
    Io {
        /// The file.
        path: String,
        /// Cause.
        source: io::Error,
    },
    /// The first line does not name the columns.
    #[error("background {path}: the first line must be {}; make the file with `hemoclone background`", COLUMNS.join(", "))]
    Header {
        /// The file.
        path: String,
    },
    /// A line cannot be read.
    #[error(
        "background {path}, line {line}: {text:?} is no row of {}, and no line on depths that this version knows; make the file anew \
         with `hemoclone background`",
        COLUMNS.join(", ")
    )]
    Line {
        /// The file.
        path: String,
        /// 1-based line.
        line: usize,
        /// The line.
        text: String,
    },
}

/// Errors of single sites, by place in an alignment file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Background {
    sites: HashMap<(u32, u32, u8), (f64, f64)>,
    indels: HashMap<Indel, (f64, f64)>,
    depths: NormalDepths,
}

impl Background {
    /// Reads a table for the contigs of a file; rows on other contigs are left out.
    pub fn read(reader: impl BufRead, path: &str, file: &AlignmentFile) -> Result<Self, BackgroundError> {
        let mut known = Self::default();
        let mut lines = reader.lines();
        let io = |source| BackgroundError::Io {
            path: path.to_owned(),
            source,
        };
        let header = lines.next().transpose().map_err(io)?.unwrap_or_default();
        if header.trim_end() != COLUMNS.join("\t") {
            return Err(BackgroundError::Header {
                path: path.to_owned(),
            });
        }
        for (index, text) in lines.enumerate() {
            let text = text.map_err(io)?;
            let wrong = || BackgroundError::Line {
                path: path.to_owned(),
                line: index + 2,
                text: text.chars().take(80).collect(),
            };
            if text.starts_with('#') {
                known.depths.take(&text, file).ok_or_else(wrong)?;
                continue;
            }
            let row = row(&text).ok_or_else(wrong)?;
            if let Some(contig) = contig_by_any_name(file, row.contig) {
                known.add(contig, &row);
            }
        }
        Ok(known)
    }

    fn add(&mut self, contig: u32, row: &Row<'_>) {
        let (column, seen) = (row.column, row.seen);
        match (row.reference.as_bytes(), row.alternate.as_bytes()) {
            ([_], [alternate]) => {
                self.sites.insert((contig, column, code(*alternate)), seen);
            }
            (reference, alternate) => {
                let change = match (reference, alternate) {
                    ([_], [_, gained @ ..]) => {
                        IndelChange::Insertion(gained.iter().copied().map(code).collect())
                    }
                    ([_, lost @ ..], [_]) => IndelChange::Deletion(as_count(lost.len())),
                    _ => return,
                };
                let indel = Indel {
                    contig,
                    after: column,
                    change,
                };
                self.indels.insert(indel, seen);
            }
        }
    }

    /// Returns the depth of a target in normals, where they were looked at there.
    pub fn normal_depth(&self, target: &TargetRegion) -> Option<NormalDepth> {
        self.depths.of(target)
    }

    /// Raises rates and errors expected at a site where normals show more than the context does; never lowers them.
    ///
    /// The site's rate is that of the normals, shrunk towards the context's with the weight of four errors; but not below what
    /// the normals alone prove, the lower 95 % bound of their rate: a site with an artifact lies far outside of what its context
    /// lets expect. All sights are raised by the same factor.
    pub fn applied(
        &self,
        place: (u32, u32, u8),
        (mut means, mut rates): ([f64; SIGHTS], [f64; SIGHTS]),
        exposed: u32,
    ) -> ([f64; SIGHTS], [f64; SIGHTS]) {
        let usual = if exposed > 0 {
            means.iter().sum::<f64>() / f64::from(exposed)
        } else {
            0.0
        };
        let factor = self.sites.get(&place).map_or(1.0, |seen| factor(*seen, usual));
        for value in means.iter_mut().chain(&mut rates) {
            *value *= factor;
        }
        (means, rates)
    }

    /// Raises what errors are expected to make of an indel, in its leftmost form, in the same way; of so many fragments.
    pub(crate) fn applied_to_indel(&self, indel: &Indel, expected: Expected, depth: u32) -> Expected {
        let Some(seen) = self.indels.get(indel).filter(|_| depth > 0) else {
            return expected;
        };
        Expected {
            mean: expected.mean * factor(*seen, expected.mean / f64::from(depth)),
            ..expected
        }
    }
}

/// Returns how many times more errors normals show at a site, with so many fragments and errors, than is usual; at least 1.
fn factor((exposure, errors): (f64, f64), usual: f64) -> f64 {
    if usual <= 0.0 {
        return 1.0;
    }
    let shrunk = (errors + PRIOR_ERRORS) / (exposure + PRIOR_ERRORS / usual);
    let rate = shrunk.max(at_least(errors) / exposure);
    (rate / usual).max(1.0)
}

/// Returns the lower 95 % bound of the mean of a Poisson count, by the cube root of Wilson and Hilferty (Proc Natl Acad Sci 1931).
fn at_least(count: f64) -> f64 {
    let root = 1.0 - 1.0 / (9.0 * count) - Z_95 / (3.0 * count.sqrt());
    count * root.max(0.0).powi(3)
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Row<'t> {
    contig: &'t str,
    /// 0-based; of an indel that of the base before.
    column: u32,
    reference: &'t str,
    alternate: &'t str,
    /// Exposure and errors.
    seen: (f64, f64),
}

fn row(text: &str) -> Option<Row<'_>> {
    let fields: Vec<&str> = text.trim_end().split('\t').collect();
    let [contig, position, reference, alternate, exposure, errors, _] = fields.as_slice() else {
        return None;
    };
    let column = position.parse::<u32>().ok()?.checked_sub(1)?;
    if [reference, alternate].iter().any(|allele| !is_of_letters(allele)) {
        return None;
    }
    let exposure = f64::from(
        exposure
            .parse::<u32>()
            .ok()
            .or_else(|| exposure.parse::<u64>().ok().map(|_| u32::MAX))?,
    );
    let errors = f64::from(errors.parse::<u32>().ok()?);
    (exposure > 0.0).then_some(Row {
        contig,
        column,
        reference,
        alternate,
        seen: (exposure, errors),
    })
}

fn is_of_letters(allele: &str) -> bool {
    !allele.is_empty()
        && allele
            .bytes()
            .all(|b| matches!(b, b'A' | b'C' | b'G' | b'T' | b'N'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_raised_to_its_normals_and_never_lowered() {
        let background = Background {
            sites: HashMap::from([((0, 5, 2), (10_000.0, 100.0)), ((0, 6, 2), (1e7, 1.0))]),
            ..Background::default()
        };
        let usual = ([0.05, 0.05, 0.0], [1e-4, 1e-4, 1e-5]);
        let (means, rates) = background.applied((0, 5, 2), usual, 1000);
        // R: `qchisq(0.05, 200) / 2` is 84.14; of 10,000 fragments that is 84.1 times the context's 1e-4.
        assert!((means[0] / 0.05 - 84.14).abs() < 0.05 && (rates[2] / 1e-5 - 84.14).abs() < 0.05);
        assert_eq!(background.applied((0, 6, 2), usual, 1000), usual);
        assert_eq!(background.applied((0, 7, 2), usual, 1000), usual);
    }

    #[test]
    fn an_indel_is_raised_to_its_normals() {
        let mut background = Background::default();
        for (text, contig) in [
            ("chr1\t10\tA\tAC\t20000\t100\t9", 0),
            ("chr1\t10\tAGG\tA\t20000\t1\t2", 0),
        ] {
            background.add(contig, &row(text).unwrap());
        }
        let indel = |change| Indel {
            contig: 0,
            after: 9,
            change,
        };
        let usual = Expected {
            mean: 0.003,
            dispersion: 0.3,
        };
        let insertion = indel(IndelChange::Insertion(vec![2]));
        // R: `qchisq(0.05, 200) / 2` is 84.14: 0.42 % of 1,000 fragments.
        let raised = background.applied_to_indel(&insertion, usual, 1000);
        assert!((raised.mean - 4.207).abs() < 0.01, "{raised:?}");
        for other in [IndelChange::Insertion(vec![4]), IndelChange::Deletion(1)] {
            assert_eq!(background.applied_to_indel(&indel(other), usual, 1000), usual);
        }
        let deletion = background.applied_to_indel(&indel(IndelChange::Deletion(2)), usual, 1000);
        assert!(deletion.mean < 0.02, "{deletion:?}");
        assert_eq!(background.applied_to_indel(&insertion, usual, 0), usual);
    }

    /// R: `qchisq(0.05, 2 * k) / 2` for k = 2, 5 and 20 is 0.355, 1.970 and 13.255.
    #[test]
    fn the_bound_of_a_count_is_that_of_the_gamma_distribution() {
        for (count, expected) in [(2.0, 0.355), (5.0, 1.970), (20.0, 13.255)] {
            assert!((at_least(count) - expected).abs() < 0.02, "{count}");
        }
        assert!(at_least(0.1) < 1e-9);
    }

    #[test]
    fn a_row_needs_all_its_columns() {
        let expected = Row {
            contig: "chr1",
            column: 9,
            reference: "A",
            alternate: "C",
            seen: (500.0, 3.0),
        };
        assert_eq!(row("chr1\t10\tA\tC\t500\t3\t2"), Some(expected));
        assert_eq!(row("chr1\t10\tA\t<DEL>\t500\t3\t2"), None);
        assert_eq!(row("chr1\t10\tA\tC\t500\t3"), None);
        assert_eq!(row("chr1\t0\tA\tC\t500\t3\t2"), None);
        assert_eq!(row("chr1\t10\tA\tC\t-1\t3\t2"), None);
    }
}
