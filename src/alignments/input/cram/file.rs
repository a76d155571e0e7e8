//! A CRAM file: its definition, its header and what its readers share.

use std::collections::HashSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::block_kinds::FILE_HEADER;
use super::bytes::Bytes;
use super::container::{Block, ContainerHeader};
use super::error::CramError;
use crate::alignments::input::index::SliceIndex;
use crate::genome::ContigFasta;
use crate::genome::DataFile;

/// Bytes before the first container: magic, version, name.
const DEFINITION: u64 = 26;

/// A CRAM file that was looked at and can be opened by any number of threads.
#[derive(Debug)]
pub struct CramFile {
    pub(super) path: PathBuf,
    pub(super) size: u64,
    /// Header text.
    pub text: String,
    /// Where the first container with records begins.
    pub first: u64,
    /// Where its slices are, as far as an index tells.
    pub index: Option<Arc<SliceIndex>>,
    pub(super) fasta: Option<Arc<ContigFasta>>,
    pub(super) places: Arc<[Option<usize>]>,
    /// Slices whose reference was compared with their checksum.
    pub(super) compared: Mutex<HashSet<(u64, usize)>>,
}

impl CramFile {
    /// Reads definition and header.
    pub fn open(path: &Path) -> Result<Self, CramError> {
        let mut file = DataFile::open(path)?;
        let size = file.metadata()?.len();
        let mut definition = Vec::new();
        file.by_ref().take(DEFINITION).read_to_end(&mut definition)?;
        match definition.get(4..6) {
            Some([3, 0 | 1]) if definition.len() as u64 == DEFINITION => {}
            Some([major, minor]) => {
                return Err(CramError::new(format!(
                    "CRAM {major}.{minor} is not read, only 3.0 and 3.1: `samtools view -O cram,version=3.0` converts it, or give --cram-decoder htslib where you trust the file"
                )));
            }
            _ => return Err(CramError::end()),
        }
        let header = ContainerHeader::read(&mut file, DEFINITION, size)?;
        let body = header.read_body(&mut file)?;
        // Behind the header there may be room left, which need not be blocks.
        let text = header_text(&body)?;
        Ok(Self {
            path: path.to_path_buf(),
            size,
            text,
            first: header.next(),
            index: None,
            fasta: None,
            places: Arc::default(),
            compared: Mutex::default(),
        })
    }

    /// Gives the file its reference; `contigs` are the names of the header in their order.
    pub fn set_reference<'n>(&mut self, fasta: ContigFasta, contigs: impl Iterator<Item = &'n str>) {
        self.places = contigs.map(|name| fasta.place(name)).collect();
        self.fasta = Some(Arc::new(fasta));
    }
}

fn header_text(body: &[u8]) -> Result<String, CramError> {
    let block = Block::first(body)?;
    if block.kind != FILE_HEADER {
        return Err(CramError::new("the file has no header"));
    }
    let unpacked = block.unpack(body)?;
    let mut bytes = Bytes::new(&unpacked);
    let length = bytes.word()? as usize;
    let text = bytes.take(length)?;
    let text = text.split(|b| *b == 0).next().unwrap_or_default();
    Ok(String::from_utf8_lossy(text).into_owned())
}
