//! Where panel, transcripts and bases come from: the program, a panel bundle, and the user's FASTA, checked before it is trusted.

use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Context, anyhow};

use super::UsageError;
use crate::bundle::{Bundle, BundleReadError};
use crate::genome::{BaseSource, Build, ReferenceFasta, Regions, chromosome_length};
use crate::panel::{BuiltInTranscripts, Panel, PanelError, TranscriptFacts};
use crate::sample::{NoTranscript, Targets};
use crate::transcript::{
    Annotator, EmbeddedBases, ReferenceCheck, SequenceSource, Transcript, check_bases, transcript,
};

/// A panel as the user named it. Its file is read once, for it may be a pipe.
#[derive(Clone, Debug)]
pub struct PanelFile {
    name: String,
    /// The bytes of the file; none of a panel of the program.
    bytes: Option<Vec<u8>>,
}

impl PanelFile {
    /// Reads the file, where the name is that of one.
    pub fn read(name_or_path: &str) -> Result<Self, PanelError> {
        let path = Path::new(name_or_path);
        let is_ours = Panel::bundled(name_or_path).is_ok();
        let bytes = if is_ours || path.is_dir() || !path.exists() {
            None
        } else {
            let read = fs::read(path).map_err(|source| PanelError::Read {
                file: name_or_path.to_owned(),
                source,
            });
            Some(read?)
        };
        Ok(Self {
            name: name_or_path.to_owned(),
            bytes,
        })
    }

    /// Takes a file that was read.
    pub fn of(path: &Path, bytes: Vec<u8>) -> Self {
        Self {
            name: path.display().to_string(),
            bytes: Some(bytes),
        }
    }

    /// Returns the bundle that the file is; `None` of a panel.
    pub fn bundle(&self) -> Result<Option<Bundle>, BundleReadError> {
        let bytes = self.bytes.as_deref().filter(|bytes| Bundle::is_bundle(bytes));
        bytes
            .map(|bytes| Bundle::from_bytes(bytes, self.name.clone()))
            .transpose()
    }

    /// Returns the panel; `facts` let its transcripts and residues be checked.
    pub fn panel(&self, facts: Option<&dyn TranscriptFacts>) -> Result<Panel, PanelError> {
        let Some(bytes) = &self.bytes else {
            return Panel::by_name_or_path(&self.name, facts);
        };
        let text = std::str::from_utf8(bytes).map_err(|e| PanelError::Read {
            file: self.name.clone(),
            source: io::Error::new(io::ErrorKind::InvalidData, format!("not UTF-8 text: {e}")),
        })?;
        Panel::from_toml(&self.name, text, facts)
    }
}

/// A panel with its transcripts: of the program, or of a bundle.
#[derive(Clone, Debug)]
pub struct PanelSource {
    /// The panel.
    pub panel: Panel,
    /// The bundle that it came in.
    pub bundle: Option<Bundle>,
}

impl PanelSource {
    /// Opens a bundled panel by name, a panel file or a bundle.
    pub fn open(name_or_path: &str) -> anyhow::Result<Self> {
        Self::of(&PanelFile::read(name_or_path)?)
    }

    /// Reads a panel file or a bundle.
    pub fn of(file: &PanelFile) -> anyhow::Result<Self> {
        let Some(bundle) = file.bundle()? else {
            return Ok(Self {
                panel: file.panel(Some(&BuiltInTranscripts))?,
                bundle: None,
            });
        };
        Ok(Self {
            panel: bundle.panel.clone(),
            bundle: Some(bundle),
        })
    }

    /// Returns a transcript of the panel.
    pub fn transcript(&self, accession: &str, build: Build) -> Option<&Transcript> {
        match &self.bundle {
            Some(bundle) => bundle.transcript(accession, build),
            None => transcript(accession, build),
        }
    }

    /// Checks that a rule of the panel is specific to the platform: a name that nothing answers to would change nothing, unseen.
    pub fn platform(&self, name: &str) -> Result<String, UsageError> {
        let known = self.panel.platforms();
        if known.contains(&name) {
            return Ok(name.to_owned());
        }
        Err(UsageError(format!(
            "--platform {name}: no rule of panel {} is specific to it; known: {}",
            self.panel.name,
            if known.is_empty() {
                "none".to_owned()
            } else {
                known.join(", ")
            }
        )))
    }

    /// Returns where the panel looks on a build.
    pub fn targets(&self, build: Build, within: Option<&Regions>) -> Result<Targets<'_>, NoTranscript> {
        Targets::with_transcripts(&self.panel, build, within, &|accession, build| {
            self.transcript(accession, build)
        })
    }

    /// Makes the annotator of one build.
    ///
    /// A FASTA is compared with the coding bases of the program or the bundle over the panel's genes: a difference is an error.
    /// It may hold some chromosomes or pieces only; for genes that it has nothing of, those bases stand in.
    pub fn annotator(&self, build: Build, reference: Option<&Path>) -> anyhow::Result<Annotator> {
        if let Some(bundle) = self.bundle.as_ref().filter(|b| b.build != build) {
            return Err(anyhow!(
                "panel {} is a bundle of {}, the file is on {build}; build one for {build} with `hemoclone panel build`",
                self.panel.name,
                bundle.build
            ));
        }
        match (reference, &self.bundle) {
            (None, None) => Ok(Annotator::new(build, None)),
            (None, Some(bundle)) => {
                let bases = Box::new(bundle.bases().clone());
                Ok(Annotator::with_source(build, bases, SequenceSource::Bundle))
            }
            (Some(path), _) => self.checked(build, path),
        }
    }

    fn checked(&self, build: Build, path: &Path) -> anyhow::Result<Annotator> {
        let fasta = ReferenceFasta::open(path)?;
        let context = || format!("reference {}", path.display());
        let transcripts: Vec<&Transcript> = self
            .panel
            .genes
            .iter()
            .filter_map(|gene| self.transcript(&gene.transcript, build))
            .collect();
        let (known, kind): (&dyn BaseSource, _) = match &self.bundle {
            Some(bundle) => (bundle.bases(), SequenceSource::Bundle),
            None => (EmbeddedBases::of(build), SequenceSource::Embedded),
        };
        read_genes(&fasta, &transcripts)?;
        let check = check_bases(build, known, &fasta, transcripts.iter().copied()).with_context(context)?;
        if let Some(problem) = unproven_length(&fasta, build, &transcripts, &check) {
            return Err(anyhow!("{problem}")).with_context(context);
        }
        if check.absent.len() == transcripts.len() && !transcripts.is_empty() {
            return Err(anyhow!(
                "has no bases of any gene of panel {}; give the FASTA that the calls were made on",
                self.panel.name
            ))
            .with_context(context);
        }
        if !check.absent.is_empty() {
            tracing::warn!(
                "reference {}: no bases of {}; for these, the sequences of the {} are used where there are any",
                path.display(),
                check.absent.join(", "),
                if self.bundle.is_some() {
                    "bundle"
                } else {
                    "program"
                }
            );
        }
        let stand_in = match &self.bundle {
            Some(bundle) => bundle.bases().clone(),
            None => EmbeddedBases::of(build).clone(),
        };
        Ok(Annotator::with_reference(
            build,
            fasta,
            check.absent,
            stand_in,
            kind,
        ))
    }
}

/// Bases on each side of a gene that are read before anything is decided: what variants near its ends look at.
const AROUND: u32 = 2_000;

/// Reads the panel's genes once: a damaged FASTA fails the run before a base of it is taken for unknown.
pub fn read_genes(fasta: &ReferenceFasta, transcripts: &[&Transcript]) -> anyhow::Result<()> {
    for transcript in transcripts {
        let exons = transcript.exons();
        let start = exons.iter().map(|e| e.start).min().unwrap_or(1);
        let end = exons.iter().map(|e| e.end).max().unwrap_or(1);
        let around = start.saturating_sub(AROUND).max(1)..=end.saturating_add(AROUND);
        fasta.bases_or_n(transcript.chromosome(), around);
        check_source(fasta)?;
    }
    Ok(())
}

/// Returns an error where bases of a source could not be read.
pub fn check_source(bases: &dyn BaseSource) -> anyhow::Result<()> {
    match bases.failure() {
        Some(problem) => Err(anyhow!("reference {problem}")),
        None => Ok(()),
    }
}

/// Looks for a chromosome of the panel whose length is not the build's, while none of its bases could be compared.
///
/// Where bases were compared and agree, the length may be another: a FASTA of pieces.
fn unproven_length(
    fasta: &ReferenceFasta,
    build: Build,
    transcripts: &[&Transcript],
    check: &ReferenceCheck,
) -> Option<String> {
    transcripts
        .iter()
        .map(|t| t.chromosome())
        .filter(|chromosome| !check.compared.contains(chromosome))
        .find_map(|chromosome| {
            let (length, wanted) = (fasta.length(chromosome)?, chromosome_length(build, chromosome));
            (length != wanted).then(|| {
                format!(
                    "{chromosome} has {length} bases, {build} has {wanted}; give the FASTA that the calls were made on"
                )
            })
        })
}
