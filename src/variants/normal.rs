//! A matched normal in a file of its own: what it shows of each allele of the sample.

use std::collections::HashMap;

use super::columns::report_columns;
use super::error::ScanError;
use super::input::Input;
use super::samples::NamedColumns;
use super::scan::{ScanOptions, scan};
use crate::evidence::{Coverage, MatchedNormal, SampleAllele, Warning};
use crate::genome::{BaseSource, Build, Regions, Variant, VariantKind};

/// Why a matched normal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum NormalError {
    /// The file cannot be read.
    // No source: the message holds its own already.
    #[error("matched normal: {0}")]
    Scan(ScanError),
    /// The file has several sample columns, or none.
    #[error(
        "matched normal {file} has the sample columns {columns}; name that of the normal (--normal-column, or normal_sample in the sample sheet)"
    )]
    Columns {
        /// The file.
        file: String,
        /// Its columns.
        columns: String,
    },
    /// The file is on another build.
    #[error("matched normal {file} is on {found}, the calls are on {wanted}; give calls on {wanted}")]
    Build {
        /// The file.
        file: String,
        /// Its build.
        found: Build,
        /// That of the calls.
        wanted: Build,
    },
}

impl From<ScanError> for NormalError {
    fn from(error: ScanError) -> Self {
        Self::Scan(error)
    }
}

/// The normal of one sample over the panel.
#[derive(Debug)]
pub struct NormalFile {
    /// Sample column that was read; `None` for a file without.
    pub column: Option<String>,
    /// What was odd but could be read.
    pub warnings: Vec<Warning>,
    shown: HashMap<Variant, MatchedNormal>,
    /// Changes that the normal holds and that can be written in several ways.
    complex: Vec<Variant>,
    coverage: Coverage,
}

impl NormalFile {
    /// Reads the normal's calls and depths over the regions.
    pub fn read(
        input: &Input,
        column: Option<&str>,
        build: Build,
        given: Option<Build>,
        regions: &Regions,
        bases: &dyn BaseSource,
    ) -> Result<Self, NormalError> {
        let options = ScanOptions {
            build: given,
            columns: vec![NamedColumns {
                tumor: only_column(input, column)?,
                normal: None,
            }],
            annotations_on: Some(Vec::new()),
            keep_absent: true,
            threads: 1,
            ..ScanOptions::default()
        };
        let found = scan(input, &|_| regions.clone(), &options)?;
        if found.build != build {
            return Err(NormalError::Build {
                file: input.file_name(),
                found: found.build,
                wanted: build,
            });
        }
        let (alleles, coverage, column) = found.samples.into_iter().next().map_or_else(
            || (Vec::new(), Coverage::default(), None),
            |s| (s.alleles, s.coverage, s.column),
        );
        let mut normal = Self {
            column,
            warnings: found.warnings,
            shown: HashMap::new(),
            complex: Vec::new(),
            coverage,
        };
        for allele in alleles {
            normal.add(allele, bases);
        }
        Ok(normal)
    }

    fn add(&mut self, allele: SampleAllele, bases: &dyn BaseSource) {
        let Some(variant) = allele.sequence().cloned() else {
            return;
        };
        let variant = variant.left_aligned(bases);
        let holds = match &allele.normal {
            MatchedNormal::Counted(e) => e.alt_count.is_some_and(|n| n > 0) || e.vaf.is_some_and(|v| v > 0.0),
            MatchedNormal::Called => true,
            _ => false,
        };
        // Another caller may write an MNV base by base.
        for part in variant.substitutions() {
            self.shown.entry(part).or_insert_with(|| allele.normal.clone());
        }
        if holds && variant.kind() != VariantKind::Snv {
            self.complex.push(variant.clone());
        }
        self.shown.insert(variant, allele.normal);
    }

    /// Returns what the normal shows of a left-aligned variant. Absence is said only where every reference base of the
    /// variant has a depth, and nothing that the normal holds there could be the variant written otherwise.
    pub fn of(&self, variant: &Variant) -> MatchedNormal {
        if let Some(shown) = self.shown.get(variant) {
            return shown.clone();
        }
        let parts: Vec<&MatchedNormal> = variant
            .substitutions()
            .iter()
            .filter_map(|part| self.shown.get(part))
            .collect();
        if !parts.is_empty() && parts.len() == variant.substitutions().len() {
            return MatchedNormal::of_all(parts);
        }
        let overlaps = |other: &Variant| {
            other.chromosome() == variant.chromosome()
                && other.position() <= variant.end()
                && variant.position() <= other.end()
        };
        if self.complex.iter().any(overlaps) {
            return MatchedNormal::Silent;
        }
        self.coverage
            .least_depth(variant.chromosome(), variant.position()..=variant.end())
            // No read is no look.
            .filter(|depth| *depth > 0)
            .map_or(MatchedNormal::Silent, MatchedNormal::NotCalled)
    }
}

/// Returns the column of the normal: the one named, or the only one.
fn only_column(input: &Input, wanted: Option<&str>) -> Result<Option<String>, NormalError> {
    if let Some(name) = wanted {
        return Ok(Some(name.to_owned()));
    }
    let columns = report_columns(input, &NamedColumns::default())?;
    match columns.as_slice() {
        [only] if only.normal.is_none() => Ok(only.column.clone()),
        several => {
            let names = several.iter().flat_map(|c| [&c.column, &c.normal]).flatten();
            let mut names: Vec<&str> = names.map(String::as_str).collect();
            names.dedup();
            Err(NormalError::Columns {
                file: input.file_name(),
                columns: names.join(", "),
            })
        }
    }
}
