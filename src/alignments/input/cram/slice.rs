//! The records of a slice (CRAM specification 3.1, sections 8.5 and 10).

use super::CramError;
use super::block_kinds::{EXTERNAL, SLICE_HEADER};
use super::bytes::Bytes;
use super::compression::{CompressionHeader, Encoding};
use super::container::{Block, SEVERAL};
use super::streams::Streams;
use super::tags::{TagList, TagValue, read_tags, tag_lists};

/// Records of a slice at the most; writers put ten thousand into one.
const MOST_RECORDS: usize = 1 << 24;
/// What a record takes of memory, about.
const RECORD_SIZE: usize = 128;

const UNMAPPED: u16 = 0x4;
const MATE_UNMAPPED: u16 = 0x8;
const REVERSE: u16 = 0x10;
const MATE_REVERSE: u16 = 0x20;

/// Flags of CRAM's own.
const QUALITIES_STORED: i32 = 1;
const DETACHED: i32 = 2;
const MATE_DOWNSTREAM: i32 = 4;
const NO_BASES: i32 = 8;

/// What the header of a slice says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SliceHeader {
    /// Reference number, or one of those of containers.
    pub reference: i32,
    /// First position, 1-based.
    pub start: i32,
    /// Positions that its reads span.
    pub span: i32,
    /// Records.
    pub records: usize,
    /// Number of its first record in the file.
    pub counter: i64,
    /// Stream that holds the reference of the slice.
    pub embedded: Option<i32>,
    /// Checksum of the reference over the span; zeros where there is none.
    pub md5: [u8; 16],
}

impl SliceHeader {
    /// Reads the header that a block holds.
    pub(super) fn of_block(block: &Block, body: &[u8]) -> Result<Self, CramError> {
        if block.kind != SLICE_HEADER {
            return Err(CramError::new("a slice has no header"));
        }
        Self::parse(&block.unpack(body)?)
    }

    fn parse(bytes: &[u8]) -> Result<Self, CramError> {
        let mut bytes = Bytes::new(bytes);
        let (reference, start, span) = (bytes.itf8()?, bytes.itf8()?, bytes.itf8()?);
        let records = bytes.size()?;
        let counter = bytes.ltf8()?;
        bytes.itf8()?;
        bytes.list()?;
        let embedded = Some(bytes.itf8()?).filter(|id| *id != -1);
        let mut md5 = [0; 16];
        md5.copy_from_slice(bytes.take(16)?);
        if records > MOST_RECORDS {
            return Err(CramError::new(
                "a slice has more records than any writer puts into one",
            ));
        }
        Ok(Self {
            reference,
            start,
            span,
            records,
            counter,
            embedded,
            md5,
        })
    }
}

/// A difference from the reference, or a clip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Feature {
    /// Kind, a letter of the specification's table.
    pub code: u8,
    /// Place in the read, from 1.
    pub place: usize,
    /// A base, a code or a quality; for lists where they begin among the slice's bytes.
    pub value: usize,
    /// A length.
    pub length: usize,
}

/// A record as it is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct CramRecord {
    /// SAM flags.
    pub flags: u16,
    /// Flags of CRAM.
    cram_flags: i32,
    /// Reference number, -1 for none.
    pub reference: i32,
    /// First position, 1-based.
    pub start: i32,
    /// Bases of the read.
    pub length: usize,
    /// Name, among the slice's bytes.
    pub name: std::ops::Range<usize>,
    /// Reference number of the mate.
    pub mate_reference: i32,
    /// Position of the mate, 1-based.
    pub mate_start: i32,
    mate: Option<usize>,
    /// Mapping quality.
    pub mapping_quality: u8,
    /// Differences, among the slice's.
    pub features: std::ops::Range<usize>,
    /// Bases of an unmapped read.
    pub bases: std::ops::Range<usize>,
    /// Qualities, where they are stored as they are.
    pub qualities: Option<std::ops::Range<usize>>,
    /// Tags that are needed.
    pub tags: Vec<([u8; 2], TagValue)>,
}

impl CramRecord {
    /// Whether the record has no place in the reference.
    pub(super) const fn unmapped(&self) -> bool {
        self.flags & UNMAPPED != 0
    }

    /// Whether the record is without bases (`*`).
    pub(super) const fn without_bases(&self) -> bool {
        self.cram_flags & NO_BASES != 0
    }

    /// Returns the positions that the record spans.
    pub(super) fn span(&self, slice: &DecodedSlice) -> usize {
        let features = slice.features.get(self.features.clone()).unwrap_or_default();
        let (mut gained, mut lost) = (0_usize, 0_usize);
        for feature in features {
            match feature.code {
                b'I' | b'S' => lost = lost.saturating_add(feature.length),
                b'i' => lost += 1,
                b'D' | b'N' => gained = gained.saturating_add(feature.length),
                _ => {}
            }
        }
        self.length.saturating_add(gained).saturating_sub(lost)
    }
}

/// The records of a slice with what they share.
#[derive(Debug)]
pub(super) struct DecodedSlice {
    /// Header.
    pub header: SliceHeader,
    /// Records in order.
    pub records: Vec<CramRecord>,
    /// Differences of all records.
    pub features: Vec<Feature>,
    /// Names, bases and qualities of all records.
    pub bytes: Vec<u8>,
    /// The reference over the span, where the slice brings its own.
    pub reference: Option<Vec<u8>>,
    /// Whether the reference is needed.
    pub needs_reference: bool,
    /// Whether differences are those from the genome, so that mismatches can be counted: a slice may bring the consensus of its own
    /// reads instead.
    pub of_genome: bool,
    /// See [`CompressionHeader::substitutions`].
    pub substitutions: [[u8; 4]; 5],
}

/// Data series that every record needs, looked up once.
struct Series<'h> {
    header: &'h CompressionHeader,
    tag_lists: Vec<TagList<'h>>,
}

impl DecodedSlice {
    /// Reads the slice whose blocks are given, its header first.
    pub(super) fn read(header: &CompressionHeader, body: &[u8], blocks: &[Block]) -> Result<Self, CramError> {
        let first = blocks
            .first()
            .ok_or_else(|| CramError::new("a slice has no header"))?;
        let slice_header = SliceHeader::of_block(first, body)?;
        let reference = match slice_header.embedded {
            Some(id) => {
                let block = blocks.iter().find(|b| b.kind == EXTERNAL && b.id == id);
                let block = block.ok_or_else(|| CramError::new("a slice has lost its own reference"))?;
                Some(block.unpack(body)?)
            }
            None => None,
        };
        let mut slice = Self {
            header: slice_header,
            records: Vec::new(),
            features: Vec::new(),
            bytes: Vec::new(),
            of_genome: header.needs_reference && reference.is_none(),
            reference,
            needs_reference: header.needs_reference,
            substitutions: header.substitutions,
        };
        let mut streams = Streams::new(header, body, blocks)?;
        let series = Series {
            header,
            tag_lists: tag_lists(header)?,
        };
        let mut last = slice.header.start;
        for _ in 0..slice.header.records {
            streams.allow(RECORD_SIZE)?;
            slice.read_record(&series, &mut streams, &mut last)?;
        }
        slice.join_mates()?;
        Ok(slice)
    }

    fn read_record(
        &mut self,
        series: &Series<'_>,
        streams: &mut Streams<'_>,
        last: &mut i32,
    ) -> Result<(), CramError> {
        let header = series.header;
        let mut record = CramRecord {
            reference: self.header.reference,
            mate_reference: -1,
            ..CramRecord::default()
        };
        record.flags = number(streams, header, *b"BF", "a record has flags that SAM has not")?;
        record.cram_flags = streams.number(header.of(*b"CF")?)?;
        if self.header.reference == SEVERAL {
            record.reference = streams.number(header.of(*b"RI")?)?;
        }
        record.length = streams.size(header.of(*b"RL")?)?;
        let start = streams.number(header.of(*b"AP")?)?;
        record.start = if header.deltas {
            last.wrapping_add(start)
        } else {
            start
        };
        *last = record.start;
        streams.number(header.of(*b"RG")?)?;
        if header.names {
            record.name = self.read_list(streams, header.of(*b"RN")?)?;
        }
        self.read_mate(header, streams, &mut record)?;
        record.tags = read_tags(header, &series.tag_lists, streams)?;
        if record.unmapped() {
            if !record.without_bases() {
                record.bases = self.read_bytes(streams, header.of(*b"BA")?, record.length)?;
            }
        } else {
            self.read_features(header, streams, &mut record)?;
            record.mapping_quality = number(
                streams,
                header,
                *b"MQ",
                "a record has a mapping quality above 255",
            )?;
        }
        if record.cram_flags & QUALITIES_STORED != 0 {
            record.qualities = Some(self.read_bytes(streams, header.of(*b"QS")?, record.length)?);
        }
        self.records.push(record);
        Ok(())
    }

    fn read_mate(
        &mut self,
        header: &CompressionHeader,
        streams: &mut Streams<'_>,
        record: &mut CramRecord,
    ) -> Result<(), CramError> {
        if record.cram_flags & DETACHED != 0 {
            let flags = streams.number(header.of(*b"MF")?)?;
            record.flags |= if flags & 1 != 0 { MATE_REVERSE } else { 0 };
            record.flags |= if flags & 2 != 0 { MATE_UNMAPPED } else { 0 };
            if !header.names {
                record.name = self.read_list(streams, header.of(*b"RN")?)?;
            }
            record.mate_reference = streams.number(header.of(*b"NS")?)?;
            record.mate_start = streams.number(header.of(*b"NP")?)?;
            streams.number(header.of(*b"TS")?)?;
        } else if record.cram_flags & MATE_DOWNSTREAM != 0 {
            let between = streams.size(header.of(*b"NF")?)?;
            record.mate = Some(self.records.len().saturating_add(between).saturating_add(1));
        }
        Ok(())
    }

    fn read_features(
        &mut self,
        header: &CompressionHeader,
        streams: &mut Streams<'_>,
        record: &mut CramRecord,
    ) -> Result<(), CramError> {
        let count = streams.size(header.of(*b"FN")?)?;
        streams.allow(count.saturating_mul(size_of::<Feature>()))?;
        let first = self.features.len();
        let mut place = 0_usize;
        for _ in 0..count {
            let code = streams.byte(header.of(*b"FC")?)?;
            place = place.saturating_add(streams.size(header.of(*b"FP")?)?);
            let feature = self.read_feature(header, streams, code, place)?;
            self.features.push(feature);
        }
        record.features = first..self.features.len();
        Ok(())
    }

    fn read_feature(
        &mut self,
        header: &CompressionHeader,
        streams: &mut Streams<'_>,
        code: u8,
        place: usize,
    ) -> Result<Feature, CramError> {
        let (mut value, mut length) = (0, 0);
        match code {
            b'X' => value = usize::from(streams.byte(header.of(*b"BS")?)?),
            b'B' => {
                value = usize::from(streams.byte(header.of(*b"BA")?)?);
                length = usize::from(streams.byte(header.of(*b"QS")?)?);
            }
            b'i' => value = usize::from(streams.byte(header.of(*b"BA")?)?),
            b'Q' => value = usize::from(streams.byte(header.of(*b"QS")?)?),
            b'I' | b'S' | b'b' | b'q' => {
                let series = match code {
                    b'I' => *b"IN",
                    b'S' => *b"SC",
                    b'b' => *b"BB",
                    _ => *b"QQ",
                };
                let list = self.read_list(streams, header.of(series)?)?;
                (value, length) = (list.start, list.len());
            }
            b'D' => length = streams.size(header.of(*b"DL")?)?,
            b'N' => length = streams.size(header.of(*b"RS")?)?,
            b'P' => length = streams.size(header.of(*b"PD")?)?,
            b'H' => length = streams.size(header.of(*b"HC")?)?,
            _ => {
                return Err(CramError::new(format!(
                    "a record has a difference of the unknown kind {:?}",
                    char::from(code)
                )));
            }
        }
        Ok(Feature {
            code,
            place,
            value,
            length,
        })
    }

    fn read_list(
        &mut self,
        streams: &mut Streams<'_>,
        encoding: &Encoding,
    ) -> Result<std::ops::Range<usize>, CramError> {
        let start = self.bytes.len();
        streams.list(encoding, &mut self.bytes)?;
        Ok(start..self.bytes.len())
    }

    fn read_bytes(
        &mut self,
        streams: &mut Streams<'_>,
        encoding: &Encoding,
        count: usize,
    ) -> Result<std::ops::Range<usize>, CramError> {
        let start = self.bytes.len();
        streams.bytes(encoding, count, &mut self.bytes)?;
        Ok(start..self.bytes.len())
    }

    /// Gives each record of a template what it is told of the next one: the last one of the first.
    fn join_mates(&mut self) -> Result<(), CramError> {
        let mut done = vec![false; self.records.len()];
        for first in 0..self.records.len() {
            if done[first] || self.records[first].mate.is_none() {
                continue;
            }
            if self.records[first].name.is_empty() {
                self.records[first].name = self.new_name(first);
            }
            let mut at = first;
            loop {
                done[at] = true;
                let next = self.records[at].mate.unwrap_or(first);
                if next >= self.records.len() || (next != first && done[next]) {
                    return Err(CramError::new("a record has its mate outside of the slice"));
                }
                let mate = &self.records[next];
                let (flags, reference, start) = (mate.flags, mate.reference, mate.start);
                let name = self.records[first].name.clone();
                let record = &mut self.records[at];
                record.flags |= if flags & REVERSE != 0 { MATE_REVERSE } else { 0 };
                record.flags |= if flags & UNMAPPED != 0 { MATE_UNMAPPED } else { 0 };
                (record.mate_reference, record.mate_start) = (reference, start);
                if record.name.is_empty() {
                    record.name = name;
                }
                if next == first {
                    break;
                }
                at = next;
            }
        }
        for index in 0..self.records.len() {
            if self.records[index].name.is_empty() {
                self.records[index].name = self.new_name(index);
            }
        }
        Ok(())
    }

    /// Names a record by its number in the file.
    fn new_name(&mut self, index: usize) -> std::ops::Range<usize> {
        let start = self.bytes.len();
        let number = self
            .header
            .counter
            .wrapping_add(i64::try_from(index).unwrap_or(0));
        self.bytes.extend(number.to_string().bytes());
        start..self.bytes.len()
    }
}

fn number<T: TryFrom<i32>>(
    streams: &mut Streams<'_>,
    header: &CompressionHeader,
    key: [u8; 2],
    problem: &str,
) -> Result<T, CramError> {
    T::try_from(streams.number(header.of(key)?)?).map_err(|_| CramError::new(problem))
}
