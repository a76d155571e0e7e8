//! Panel bundles: a panel with its transcripts and the bases of their exons in one small file, instead of a whole genome.
//!
//! A bundle is written by `hemoclone panel build` and read wherever a panel is; it holds one genome build.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::genome::{BaseSource, Build, Chromosome, as_count};
use crate::panel::{Panel, TranscriptFact, TranscriptFacts, translate_for_facts};
use crate::text::sha256;
use crate::transcript::{
    EmbeddedBases, Transcript, TranscriptError, TranscriptParts, coding_sequence, residue,
};

/// Marks the file.
const FORMAT: &str = "hemoclone-panel-bundle";
/// Version of the layout.
const FORMAT_VERSION: u32 = 1;
/// Bases kept on each side of an exon: the splice sites, and room to move an indel.
pub const FLANK: u32 = 50;

/// A panel with its transcripts and their sequence on one build.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// The build.
    pub build: Build,
    /// The panel.
    pub panel: Panel,
    /// What it was made from.
    pub source: BundleSource,
    /// Checksum of the whole content, SHA-256 in 64 hexadecimal digits.
    pub checksum: String,
    transcripts: Vec<Transcript>,
    pieces: Vec<Piece>,
    bases: EmbeddedBases,
}

/// What a bundle was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundleSource {
    /// Name and version of the program.
    pub program: String,
    /// File name of the reference FASTA.
    pub reference: String,
    /// File name of the annotation, or `built-in table`.
    pub transcripts: String,
}

/// Bases of an exon with its flanks, plus strand, `N` where the reference has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Piece {
    chromosome: Chromosome,
    /// First base, 1-based.
    start: u32,
    bases: String,
}

/// The file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BundleFile {
    format: String,
    format_version: u32,
    checksum: String,
    build: Build,
    source: BundleSource,
    panel: Panel,
    transcripts: Vec<TranscriptParts>,
    sequences: Vec<Piece>,
}

impl BundleFile {
    fn computed_checksum(&self) -> String {
        let unsigned = Self {
            checksum: String::new(),
            ..self.clone()
        };
        // Strings, numbers and lists always have a JSON form; the maps' keys are strings.
        sha256(&serde_json::to_vec(&unsigned).unwrap_or_default())
    }
}

/// Why a bundle cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// A coding base is not known.
    #[error(
        "{gene}: the reference has no base at {chromosome}:{position}; give an unmasked FASTA of the build that holds the gene"
    )]
    Base {
        /// Gene symbol.
        gene: String,
        /// Chromosome.
        chromosome: Chromosome,
        /// First position that is not known, 1-based.
        position: u32,
    },
    /// The coding sequence is none.
    #[error(
        "{gene}: {accession} does not read as a protein ({what}); reference and annotation are of different builds, or the transcript is no complete one"
    )]
    Protein {
        /// Gene symbol.
        gene: String,
        /// The transcript.
        accession: String,
        /// What is wrong.
        what: String,
    },
    /// A gene of the panel has no transcript.
    #[error("{gene}: no transcript {accession} was given")]
    Transcript {
        /// Gene symbol.
        gene: String,
        /// The accession that the panel asks for.
        accession: String,
    },
}

/// Why a bundle cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BundleReadError {
    /// The file cannot be read.
    #[error("{file}: cannot be read")]
    Read {
        /// The file.
        file: String,
        /// Cause.
        source: io::Error,
    },
    /// Not a bundle, or one of another version.
    #[error("{file}: no panel bundle of layout {FORMAT_VERSION}; make it anew with `hemoclone panel build`")]
    Format {
        /// The file.
        file: String,
        /// Cause.
        source: Option<serde_json::Error>,
    },
    /// The content was changed after it was written.
    #[error(
        "{file}: checksum {found} is written, the content has {expected}: the file was changed or is damaged; make it anew with `hemoclone panel build`"
    )]
    Checksum {
        /// The file.
        file: String,
        /// Written in the file.
        found: String,
        /// Of the content.
        expected: String,
    },
    /// A transcript that is none.
    #[error("{file}: transcript {source}; make the bundle anew with `hemoclone panel build`")]
    Model {
        /// The file.
        file: String,
        /// What is wrong.
        source: TranscriptError,
    },
    /// The parts do not fit.
    #[error("{file}: {source}")]
    Content {
        /// The file.
        file: String,
        /// What is wrong.
        source: BundleError,
    },
}

impl Bundle {
    /// Makes a bundle: cuts the exons with [`FLANK`] bases out of the reference, and checks that each transcript is a protein.
    pub fn build(
        panel: Panel,
        transcripts: Vec<Transcript>,
        build: Build,
        reference: &dyn BaseSource,
        source: BundleSource,
    ) -> Result<Self, BundleError> {
        let regions: BTreeSet<(Chromosome, u32, u32)> = transcripts
            .iter()
            .flat_map(|t| {
                let widened = |e: &crate::transcript::Exon| {
                    (
                        t.chromosome(),
                        e.start.saturating_sub(FLANK).max(1),
                        e.end + FLANK,
                    )
                };
                t.exons().iter().map(widened).collect::<Vec<_>>()
            })
            .collect();
        let pieces: Vec<Piece> = regions
            .into_iter()
            .map(|(chromosome, start, end)| Piece {
                chromosome,
                start,
                bases: reference
                    .bases_or_n(chromosome, start..=end)
                    .into_iter()
                    .map(char::from)
                    .collect(),
            })
            .collect();
        let mut bundle = Self {
            build,
            panel,
            source,
            checksum: String::new(),
            transcripts,
            bases: bases_of(&pieces),
            pieces,
        };
        bundle.check()?;
        bundle.checksum = bundle.file().computed_checksum();
        Ok(bundle)
    }

    /// Returns whether the bytes of a file look like a bundle rather than a panel in TOML.
    pub fn is_bundle(bytes: &[u8]) -> bool {
        bytes.trim_ascii_start().starts_with(b"{")
    }

    /// Reads a bundle and checks that it is whole.
    pub fn read(path: &Path) -> Result<Self, BundleReadError> {
        let file = path.display().to_string();
        let bytes = fs::read(path).map_err(|source| BundleReadError::Read {
            file: file.clone(),
            source,
        })?;
        Self::from_bytes(&bytes, file)
    }

    /// Reads a bundle from its bytes; `file` is the name that errors carry.
    pub fn from_bytes(bytes: &[u8], file: String) -> Result<Self, BundleReadError> {
        let content: BundleFile = match serde_json::from_slice(bytes) {
            Ok(content) => content,
            Err(source) => {
                let source = Some(source);
                return Err(BundleReadError::Format { file, source });
            }
        };
        if content.format != FORMAT || content.format_version != FORMAT_VERSION {
            return Err(BundleReadError::Format { file, source: None });
        }
        let expected = content.computed_checksum();
        if content.checksum != expected {
            return Err(BundleReadError::Checksum {
                file,
                found: content.checksum,
                expected,
            });
        }
        let transcripts = content
            .transcripts
            .into_iter()
            .map(Transcript::new)
            .collect::<Result<_, _>>()
            .map_err(|source| BundleReadError::Model {
                file: file.clone(),
                source,
            })?;
        let bundle = Self {
            build: content.build,
            panel: content.panel,
            source: content.source,
            checksum: content.checksum,
            transcripts,
            bases: bases_of(&content.sequences),
            pieces: content.sequences,
        };
        bundle
            .check()
            .map_err(|source| BundleReadError::Content { file, source })?;
        Ok(bundle)
    }

    /// Writes the bundle as JSON.
    pub fn write(&self, out: &mut dyn io::Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, &self.file())?;
        out.write_all(b"\n")
    }

    fn file(&self) -> BundleFile {
        BundleFile {
            format: FORMAT.to_owned(),
            format_version: FORMAT_VERSION,
            checksum: self.checksum.clone(),
            build: self.build,
            source: self.source.clone(),
            panel: self.panel.clone(),
            transcripts: self.transcripts.iter().map(Transcript::parts).collect(),
            sequences: self.pieces.clone(),
        }
    }

    /// Checks that every gene has its transcript, and every transcript a protein.
    fn check(&self) -> Result<(), BundleError> {
        for gene in &self.panel.genes {
            let transcript = self
                .transcript(&gene.transcript, self.build)
                .filter(|t| t.gene() == gene.symbol)
                .ok_or_else(|| BundleError::Transcript {
                    gene: gene.symbol.clone(),
                    accession: gene.transcript.clone(),
                })?;
            self.check_protein(transcript)?;
        }
        Ok(())
    }

    fn check_protein(&self, transcript: &Transcript) -> Result<(), BundleError> {
        let (gene, chromosome) = (transcript.gene().to_owned(), transcript.chromosome());
        for region in transcript.coding_regions(0) {
            let bases = self.bases.bases_or_n(chromosome, region.clone());
            if let Some((position, _)) = region.zip(bases).find(|(_, base)| *base == b'N') {
                return Err(BundleError::Base {
                    gene,
                    chromosome,
                    position,
                });
            }
        }
        let coding = coding_sequence(transcript, &self.bases);
        let residues: Vec<u8> = coding
            .chunks_exact(3)
            .map(|codon| residue::translate_codon([codon[0], codon[1], codon[2]]))
            .collect();
        let stop = residues.iter().position(|r| *r == b'*').map(|at| at + 1);
        if stop == Some(residues.len()) {
            return Ok(());
        }
        Err(BundleError::Protein {
            gene,
            accession: transcript.accession().to_owned(),
            what: stop.map_or_else(
                || "no stop codon at its end".to_owned(),
                |at| format!("a stop at codon {at} of {}", residues.len()),
            ),
        })
    }

    /// Returns a transcript by accession; `None` on another build than the bundle's.
    pub fn transcript(&self, accession: &str, build: Build) -> Option<&Transcript> {
        self.transcripts
            .iter()
            .find(|t| build == self.build && t.accession() == accession)
    }

    /// Returns the transcripts.
    pub fn transcripts(&self) -> &[Transcript] {
        &self.transcripts
    }

    /// Returns the bases.
    pub const fn bases(&self) -> &EmbeddedBases {
        &self.bases
    }
}

fn bases_of(pieces: &[Piece]) -> EmbeddedBases {
    EmbeddedBases::from_pieces(
        pieces
            .iter()
            .map(|p| (p.chromosome, p.start, p.bases.as_bytes().to_vec())),
    )
}

impl TranscriptFacts for Bundle {
    fn accessions(&self, gene: &str) -> Vec<String> {
        self.transcripts
            .iter()
            .filter(|t| t.gene() == gene)
            .map(|t| t.accession().to_owned())
            .collect()
    }

    fn transcript(&self, gene: &str, accession: &str) -> Option<TranscriptFact> {
        let transcript = Self::transcript(self, accession, self.build).filter(|t| t.gene() == gene)?;
        let coding = coding_sequence(transcript, &self.bases);
        Some(TranscriptFact {
            cds_length: transcript.cds_length(),
            exons: as_count(transcript.exon_count()),
            protein: translate_for_facts(&String::from_utf8_lossy(&coding)),
        })
    }

    fn coding_regions(
        &self,
        gene: &str,
        accession: &str,
        build: Build,
    ) -> Option<(Chromosome, Vec<(u32, u32)>)> {
        let transcript = Self::transcript(self, accession, build).filter(|t| t.gene() == gene)?;
        let regions = transcript.coding_regions(0).into_iter();
        let regions = regions.map(std::ops::RangeInclusive::into_inner).collect();
        Some((transcript.chromosome(), regions))
    }
}
