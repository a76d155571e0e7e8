//! What is known to be in a sample: the truth that something observed is compared with.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use super::change::Change;
use super::places::{Places, WrongReference};
use crate::evidence::Phase;
use crate::genome::{BaseSource, Build};
use crate::tables::list;
use crate::variants::Scan;

/// One change that is known to be there.
#[derive(Clone, Debug, PartialEq)]
pub struct TruthVariant {
    /// What it is; a sequence is left-aligned.
    pub change: Change,
    /// HGNC gene symbol, where the truth names it.
    pub gene: Option<String>,
    /// What people call it (`p.V617F`), where the truth says so.
    pub name: Option<String>,
    /// Fraction of the molecules, 0 to 1; `None` where the truth does not tell.
    pub vaf: Option<f64>,
    /// Its phase.
    pub phase: Option<Phase>,
}

/// What is known of one sample.
#[derive(Clone, Debug, PartialEq)]
pub struct TruthSample {
    /// Its name; `None` where the truth holds for every sample that is observed.
    pub name: Option<String>,
    /// Its changes, each once.
    pub variants: Vec<TruthVariant>,
}

/// A truth: samples on one build.
#[derive(Clone, Debug, PartialEq)]
pub struct Truth {
    /// File or standard that it came from.
    pub source: String,
    /// Build of every place.
    pub build: Build,
    /// Whether it lists all that is there. Of one that does not, nothing observed is false.
    pub is_complete: bool,
    /// The samples.
    pub samples: Vec<TruthSample>,
    /// What a reader must know about it.
    pub warnings: Vec<String>,
}

/// A row of a truth before its places were looked up.
#[derive(Clone, Debug)]
pub(super) struct TruthRow {
    /// Where it stands, for messages.
    pub place: String,
    pub sample: Option<String>,
    pub variant: TruthVariant,
}

/// A change that was listed: its place among those of its sample, and the first fraction that was said.
#[derive(Clone, Copy)]
struct Listed {
    index: usize,
    first: Option<f64>,
}

impl Truth {
    /// Makes a truth of rows: alleles are left-aligned, what stands there twice is kept once. With two fractions its own is not known.
    pub(super) fn of_rows(
        source: String,
        build: Build,
        rows: Vec<TruthRow>,
        bases: &dyn BaseSource,
    ) -> Result<Self, WrongReference> {
        let places = Places { bases };
        let mut samples: BTreeMap<Option<String>, Vec<TruthVariant>> = BTreeMap::new();
        let (mut repeated, mut disputed, mut known) = (Vec::new(), Vec::new(), HashMap::new());
        for mut row in rows {
            row.variant.change = places.aligned(row.variant.change, &row.place)?;
            let key = row.variant.change.key();
            let variants = samples.entry(row.sample.clone()).or_default();
            match known.entry((row.sample, key)) {
                Entry::Vacant(first) => {
                    first.insert(Listed {
                        index: variants.len(),
                        first: row.variant.vaf,
                    });
                    variants.push(row.variant);
                }
                Entry::Occupied(first) => {
                    let Listed { index, first: vaf } = *first.get();
                    let key = first.key().1.clone();
                    match (vaf, row.variant.vaf) {
                        (Some(a), Some(b)) if a.to_bits() != b.to_bits() => {
                            variants[index].vaf = None;
                            disputed.push(format!("{key} with {a} and {b} ({})", row.place));
                        }
                        (None, Some(vaf)) => {
                            variants[index].vaf = Some(vaf);
                            first.into_mut().first = Some(vaf);
                            repeated.push(key);
                        }
                        _ => repeated.push(key),
                    }
                }
            }
        }
        let mut warnings = Vec::new();
        if !repeated.is_empty() {
            warnings.push(format!("kept once, though listed again: {}", list(&repeated)));
        }
        if !disputed.is_empty() {
            warnings.push(format!(
                "listed again with another fraction, which therefore counts as not known; say the right one: {}",
                list(&disputed)
            ));
        }
        Ok(Self {
            source,
            build,
            is_complete: true,
            samples: samples
                .into_iter()
                .map(|(name, variants)| TruthSample { name, variants })
                .collect(),
            warnings,
        })
    }

    /// Makes a truth of the alleles of a VCF or BCF; `any_filter` also takes those whose FILTER is neither PASS nor `.`.
    pub fn of_scan(
        source: String,
        scan: &Scan,
        any_filter: bool,
        bases: &dyn BaseSource,
    ) -> Result<Self, WrongReference> {
        let mut rows = Vec::new();
        let (mut filtered, mut without_sequence) = (0, 0);
        for sample in &scan.samples {
            for allele in &sample.alleles {
                let passes = allele.caller_filter.as_deref().is_none_or(|f| f == "PASS");
                if !passes && !any_filter {
                    filtered += 1;
                    continue;
                }
                let Some(change) = Change::of_allele(&allele.allele) else {
                    without_sequence += 1;
                    continue;
                };
                let file = &allele.file_allele;
                rows.push(TruthRow {
                    place: format!("{source}: {}:{}", file.contig, file.position),
                    sample: sample.column.clone(),
                    variant: TruthVariant {
                        change,
                        gene: None,
                        name: None,
                        vaf: allele.evidence.vaf,
                        phase: allele.phase.clone(),
                    },
                });
            }
        }
        // A sample without a variant is one of which nothing must be observed.
        let names: Vec<Option<String>> = scan.samples.iter().map(|s| s.column.clone()).collect();
        let mut truth = Self::of_rows(source, scan.build, rows, bases)?;
        for name in names {
            if !truth.samples.iter().any(|s| s.name == name) {
                truth.samples.push(TruthSample {
                    name,
                    variants: Vec::new(),
                });
            }
        }
        truth.samples.sort_by(|a, b| a.name.cmp(&b.name));
        truth
            .warnings
            .extend(scan.warnings.iter().map(ToString::to_string));
        if filtered > 0 {
            truth.warnings.push(format!(
                "alleles of the truth left out by their FILTER: {filtered}; --any-filter takes them"
            ));
        }
        if without_sequence > 0 {
            truth.warnings.push(format!(
                "alleles of the truth that are neither sequence nor gain or loss (breakends, *, inversions), left out: {without_sequence}"
            ));
        }
        Ok(truth)
    }
}
