//! Commercial reference standards by name: their certified variants are facts that travel with the program.

use super::change::{Change, LengthChange, LengthChangeKind};
use super::places::WrongReference;
use super::truth::{Truth, TruthRow, TruthVariant};
use crate::genome::{BaseSource, Build, Chromosome, Variant};

/// The table; its header says where each fact was seen.
const TABLE: &str = include_str!("../../panels/reference-standards.tsv");

/// Columns of the table, in order.
#[derive(Clone, Copy, Debug)]
struct Certified<'t> {
    standard: &'t str,
    gene: &'t str,
    name: &'t str,
    #[cfg_attr(
        not(test),
        allow(dead_code, reason = "a test holds it against the transcripts")
    )]
    other_name: &'t str,
    chrom: &'t str,
    positions: [&'t str; 2],
    reference: &'t str,
    alternate: &'t str,
    length: &'t str,
    vaf: &'t str,
}

fn certified() -> impl Iterator<Item = Certified<'static>> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.filter_map(|line| {
        let mut cells = line.split('\t');
        let mut next = || cells.next();
        let (standard, gene, name, other_name) = (next()?, next()?, next()?, next()?);
        let (_type, chrom, positions) = (next()?, next()?, [next()?, next()?]);
        Some(Certified {
            standard,
            gene,
            name,
            other_name,
            chrom,
            positions,
            reference: next()?,
            alternate: next()?,
            length: next()?,
            vaf: next()?,
        })
    })
}

impl Certified<'_> {
    fn change(&self, build: Build) -> Option<Change> {
        let chromosome = Chromosome::parse(self.chrom)?;
        let position = match build {
            Build::Grch37 => self.positions[0],
            Build::Grch38 => self.positions[1],
        };
        let position = position.parse().ok()?;
        if self.reference.is_empty() {
            return Some(Change::Event(LengthChange {
                build,
                chromosome,
                position,
                kind: LengthChangeKind::Gain,
                length: self.length.parse().ok(),
            }));
        }
        Variant::new(build, chromosome, position, self.reference, self.alternate)
            .map(Change::Sequence)
            .ok()
    }
}

/// Returns the names of the standards.
pub fn standards() -> Vec<&'static str> {
    let mut names: Vec<&str> = certified().map(|row| row.standard).collect();
    names.dedup();
    names
}

impl Truth {
    /// Returns the certified variants of a standard, upper and lower case being the same; `None` of a name that is none. What is not
    /// certified may be in the cells all the same, so nothing observed beside it is false.
    pub fn of_standard(
        name: &str,
        build: Build,
        bases: &dyn BaseSource,
    ) -> Option<Result<Self, WrongReference>> {
        let of_name = certified().filter(|row| row.standard.eq_ignore_ascii_case(name));
        let rows: Vec<TruthRow> = of_name
            .filter_map(|row| {
                Some(TruthRow {
                    place: format!("{} {} {}", row.standard, row.gene, row.name),
                    sample: None,
                    variant: TruthVariant {
                        change: row.change(build)?,
                        gene: Some(row.gene.to_owned()),
                        name: Some(row.name.to_owned()),
                        vaf: row.vaf.parse().ok(),
                        phase: None,
                    },
                })
            })
            .collect();
        if rows.is_empty() {
            return None;
        }
        let truth = Self::of_rows(name.to_uppercase(), build, rows, bases);
        Some(truth.map(|truth| Self {
            is_complete: false,
            ..truth
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::{Annotator, EmbeddedBases, transcripts_of};

    #[test]
    fn every_row_can_be_used_on_both_builds() {
        assert_eq!(standards(), ["HD829"]);
        for build in Build::ALL {
            let bases = EmbeddedBases::of(build);
            let truth = Truth::of_standard("hd829", build, bases).unwrap().unwrap();
            assert_eq!(truth.samples.len(), 1);
            assert_eq!(truth.samples[0].variants.len(), 22, "{build}");
            assert!(truth.samples[0].variants.iter().all(|v| v.vaf.is_some()));
            assert!(!truth.is_complete && truth.warnings.is_empty());
        }
        assert!(Truth::of_standard("HD830", Build::Grch38, &crate::genome::NoBases).is_none());
    }

    /// Position and alleles, of two sources and in part derived, make the printed change of the protein on a transcript of the gene.
    #[test]
    fn alleles_make_the_printed_changes() {
        let mut checked = 0;
        for build in Build::ALL {
            let annotator = Annotator::new(build, None);
            for row in certified() {
                let Some(Change::Sequence(variant)) = row.change(build) else {
                    continue;
                };
                let variant = variant.left_aligned(annotator.bases());
                let names: Vec<String> = transcripts_of(row.gene, build)
                    .into_iter()
                    .filter_map(|t| annotator.annotate(&variant, t).unwrap().hgvs_p_short)
                    .collect();
                if names.is_empty() {
                    continue;
                }
                // BCOR is printed on an isoform without 34 residues of the panel's.
                let wanted = if row.gene == "BCOR" {
                    "p.Q1208fs*8"
                } else {
                    row.name
                };
                let is = |wanted: &str| {
                    names.iter().any(|n| {
                        // `p.G646Wfs*12` is printed as `p.G646fs*12`.
                        n == wanted
                            || wanted
                                .split_once("fs")
                                .is_some_and(|(a, b)| n.starts_with(a) && n.ends_with(&format!("fs{b}")))
                    })
                };
                assert!(is(wanted) || is(row.other_name), "{build} {row:?}: {names:?}");
                checked += 1;
            }
        }
        assert!(checked >= 36, "{checked}");
    }
}
