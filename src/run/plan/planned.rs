//! The plan of a run: its files and their samples, and what it is made from.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::Deserialize;

use super::content::Content;
#[cfg(feature = "alignments")]
use super::content::holds_alignments;
use crate::genome::Sex;
use crate::sample::{Patient, SampleSheet};
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
    /// Returns the first alignment file that is to be read; none where the file cannot be used anyway.
    #[cfg(feature = "alignments")]
    pub fn alignments(&self) -> Option<&Path> {
        match self.content {
            Content::Alignments => self.samples.is_ok().then_some(&*self.path),
            Content::Variants => self.samples.iter().flatten().find_map(|s| {
                let normal = s.normal.as_ref().map(|n| n.path.as_path());
                s.reads
                    .as_deref()
                    .or_else(|| normal.filter(|path| holds_alignments(path)))
            }),
        }
    }
}

/// What the plan is made from.
#[derive(Debug)]
pub struct Request<'a> {
    /// INPUT arguments.
    pub inputs: &'a [PathBuf],
    /// The sample sheet with its path.
    pub sheet: Option<(&'a Path, &'a SampleSheet)>,
    /// Reference FASTA, for CRAM.
    #[cfg(feature = "alignments")]
    pub reference: Option<&'a Path>,
    /// What reads CRAM.
    #[cfg(feature = "alignments")]
    pub cram_decoder: crate::alignments::CramDecoder,
    /// Sex of every sample that the sheet says nothing about.
    pub sex: Option<Sex>,
    /// Tumor and normal column given on the command line.
    pub columns: NamedColumns,
    /// Matched normal given on the command line: of the one sample of the run.
    pub normal: Option<NormalPlan>,
    /// What names samples that no sheet names.
    pub name_by: Option<NameBy>,
}

/// What names a sample that no sheet names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum NameBy {
    /// Its column, or the read group of its alignments.
    Sample,
    /// Its file: the name without its ending, with the folders that tell files of one name apart.
    File,
}
