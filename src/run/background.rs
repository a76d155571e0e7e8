//! The background of position errors as an option.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use crate::alignments::{AlignmentFile, Background};

/// Errors of single sites.
#[derive(Clone, Debug, Args)]
pub struct BackgroundOption {
    /// Errors of single sites in normals, a table made by `hemoclone background`
    #[arg(long, value_name = "FILE", help_heading = "Reads and bases")]
    pub background: Option<PathBuf>,
}

impl BackgroundOption {
    /// Reads the table for the contigs of a file; empty where none was given.
    pub fn read(&self, file: &AlignmentFile) -> anyhow::Result<Background> {
        let Some(path) = &self.background else {
            return Ok(Background::default());
        };
        let name = path.display().to_string();
        let table = File::open(path).with_context(|| format!("cannot read the background {name}"))?;
        Ok(Background::read(BufReader::new(table), &name, file)?)
    }
}
