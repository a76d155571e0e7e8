//! `cohort.json`: what a cohort is made of, so that a batch can be added without a look at the reports of those before.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::report::read::Basis;
use crate::text;

/// Version of the files of a cohort.
const LAYOUT: u32 = 2;

/// What a cohort is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the layout of a cohort's folder.
    pub cohort_layout: u32,
    /// The program that wrote it, with its version.
    pub program: String,
    /// What every report has in common.
    pub basis: IndexMap<String, String>,
    /// Genes of the panel, in its order.
    pub genes: Vec<String>,
    /// Number of samples.
    pub samples: u64,
    /// Rows of the growing tables.
    pub rows: IndexMap<String, u64>,
    /// Bytes of the text files that grow.
    pub bytes: IndexMap<String, u64>,
    /// Forms in which they are written.
    pub forms: Vec<String>,
}

/// Why a folder's cohort cannot be added to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    /// It is none that can be read.
    #[error("{0}; make the cohort anew from all reports (--force)")]
    Unreadable(String),
    /// Another version wrote it.
    #[error(
        "field \"cohort_layout\" is {0}, and this version reads {LAYOUT}; make the cohort anew from all reports (--force)"
    )]
    Layout(u32),
}

impl Manifest {
    /// Starts the manifest of an empty cohort.
    pub fn new(basis: &Basis, genes: Vec<String>, forms: Vec<String>) -> Self {
        let fields = basis
            .fields()
            .map(|(field, value)| (field.to_owned(), value.to_owned()));
        Self {
            cohort_layout: LAYOUT,
            program: concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")).to_owned(),
            basis: fields.collect(),
            genes,
            samples: 0,
            rows: IndexMap::new(),
            bytes: IndexMap::new(),
            forms,
        }
    }

    /// Reads one.
    ///
    /// # Errors
    ///
    /// Where it is no manifest, or of another version.
    pub fn read(text: &str) -> Result<(Self, Basis), ManifestError> {
        let unreadable = |problem: String| ManifestError::Unreadable(problem);
        let manifest: Self = serde_json::from_str(text).map_err(|e| unreadable(e.to_string()))?;
        if manifest.cohort_layout != LAYOUT {
            return Err(ManifestError::Layout(manifest.cohort_layout));
        }
        let basis = Basis::of_fields(|field| manifest.basis.get(field).cloned());
        let basis = basis.ok_or_else(|| unreadable("field \"basis\" lacks an entry".to_owned()))?;
        Ok((manifest, basis))
    }

    /// Returns the rows of a table.
    pub fn rows_of(&self, table: &str) -> u64 {
        self.rows.get(table).copied().unwrap_or_default()
    }

    /// Returns its text.
    pub fn text(&self) -> String {
        // Strings and numbers: nothing that JSON could not hold.
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        format!("{}\n", text::json(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_and_refuses_another_layout() {
        let basis = Basis::of_fields(|field| Some(format!("<{field}>"))).unwrap();
        let manifest = Manifest::new(&basis, vec!["TET2".to_owned()], vec!["tsv".to_owned()]);
        assert_eq!(Manifest::read(&manifest.text()), Ok((manifest.clone(), basis)));
        let later = manifest
            .text()
            .replace("\"cohort_layout\": 2", "\"cohort_layout\": 3");
        assert_eq!(Manifest::read(&later), Err(ManifestError::Layout(3)));
        assert!(Manifest::read("{}").unwrap_err().to_string().contains("--force"));
    }
}
