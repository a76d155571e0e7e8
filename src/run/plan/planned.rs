//! The plan of a run: its files and their samples.

#[cfg(feature = "alignments")]
use std::path::Path;
use std::path::PathBuf;

use super::content::Content;
#[cfg(feature = "alignments")]
use super::content::holds_alignments;
use crate::patient::Patient;
#[cfg(feature = "alignments")]
use crate::run::files::Files;
use crate::variants::{Input, NamedColumns};

/// One sample to report on.
#[derive(Debug)]
pub struct SamplePlan {
    /// Name of the reports.
    pub name: String,
    /// Its column and that of its normal; no names for a file without columns.
    pub columns: NamedColumns,
    /// The matched normal, where it has a file of its own.
    pub normal: Option<NormalPlan>,
    /// What is known of the person, or the bad value that keeps the sample out.
    pub patient: anyhow::Result<Patient>,
    /// The clinical file that the sheet names for it.
    pub clinical: Option<PathBuf>,
    /// Earlier reports of the person.
    pub previous: Vec<PathBuf>,
    /// The same sample's alignments, beside a variant file.
    #[cfg_attr(
        not(feature = "alignments"),
        allow(dead_code, reason = "only alignments are read from it")
    )]
    pub reads: Option<PathBuf>,
}

/// A matched normal in a file of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct NormalPlan {
    /// The file.
    pub path: PathBuf,
    /// Its column there; the only one where it is not named.
    pub column: Option<String>,
}

/// One file with its samples, or why it cannot be used.
#[derive(Debug)]
pub struct FilePlan {
    /// The file as given.
    pub path: PathBuf,
    /// The file.
    pub input: Input,
    /// What it holds.
    pub content: Content,
    /// Whether a sample sheet names its samples.
    pub is_named: bool,
    /// Its samples, or the error that keeps the whole file out.
    pub samples: anyhow::Result<Vec<SamplePlan>>,
}

impl FilePlan {
    /// Returns how many samples are to be analyzed; a file that cannot be used counts as one.
    pub fn weight(&self) -> usize {
        self.samples.as_ref().map_or(1, Vec::len)
    }

    /// Returns the first alignment file that is to be read; none where the file cannot be used anyway.
    #[cfg(feature = "alignments")]
    pub(in crate::run) fn alignments(&self, files: &Files) -> Option<&Path> {
        match self.content {
            Content::Alignments => self.samples.is_ok().then_some(&*self.path),
            Content::Variants => self.samples.iter().flatten().find_map(|s| {
                let normal = s.normal.as_ref().map(|n| n.path.as_path());
                s.reads
                    .as_deref()
                    .or_else(|| normal.filter(|path| holds_alignments(path, files)))
            }),
        }
    }
}
