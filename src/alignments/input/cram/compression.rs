//! The compression header: how the values of a container's records are written (CRAM specification 3.1, sections 8.4 and 12).

use std::collections::HashMap;

use super::CramError;
use super::bytes::Bytes;

/// Encodings nested in one another at the most: a list within a list is the deepest there is.
const DEEPEST: usize = 4;
/// Longest code of a Huffman tree that is read.
const LONGEST_CODE: i32 = 31;

/// How values are written. Streams are named by their place in [`CompressionHeader::streams`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Nothing is written.
    Null,
    /// In a stream of their own.
    External(usize),
    /// In the core bits, by a Huffman tree.
    Huffman(Huffman),
    /// Lists: their length, then their elements.
    LengthThenValues(Box<Encoding>, Box<Encoding>),
    /// Lists in a stream, each up to a stop byte.
    UpToStop(u8, usize),
    /// In so many core bits, after an offset.
    Beta(i32, u32),
    /// Sub-exponential: offset and k.
    Subexponential(i32, u32),
    /// Elias gamma after an offset.
    Gamma(i32),
}

/// A canonical Huffman tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Huffman {
    /// Symbols in the order of their codes.
    pub symbols: Vec<i32>,
    /// By length of code: the first code, how many there are, and the place of the first one's symbol.
    pub lengths: Vec<(u32, u32, usize)>,
}

/// What a container says of its records.
#[derive(Clone, Debug, Default)]
pub(super) struct CompressionHeader {
    /// Whether records have names.
    pub names: bool,
    /// Whether positions are written as differences.
    pub deltas: bool,
    /// Whether the reference is needed.
    pub needs_reference: bool,
    /// For each reference base A, C, G, T, N: the base read, by the code of the substitution.
    pub substitutions: [[u8; 4]; 5],
    /// Tags by number of their list: name and type of each.
    pub tag_lists: Vec<Vec<[u8; 3]>>,
    /// Encodings by their two letters.
    pub series: HashMap<[u8; 2], Encoding>,
    /// Encodings of tags.
    pub tags: HashMap<[u8; 3], Encoding>,
    /// Numbers of the streams that encodings name.
    pub streams: Vec<i32>,
}

impl CompressionHeader {
    /// Reads an unpacked header.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, CramError> {
        let mut header = Self {
            names: true,
            deltas: true,
            needs_reference: true,
            ..Self::default()
        };
        let mut bytes = Bytes::new(bytes);
        header.parse_preservation(Bytes::new(bytes.stretch()?))?;
        let mut series = Bytes::new(bytes.stretch()?);
        for _ in 0..series.size()? {
            let key = series.take(2)?;
            let encoding = header.encoding(&mut series, 0)?;
            header.series.insert([key[0], key[1]], encoding);
        }
        let mut tags = Bytes::new(bytes.stretch()?);
        for _ in 0..tags.size()? {
            let [_, name @ ..] = tags.itf8()?.to_be_bytes();
            let encoding = header.encoding(&mut tags, 0)?;
            header.tags.insert(name, encoding);
        }
        Ok(header)
    }

    fn parse_preservation(&mut self, mut map: Bytes<'_>) -> Result<(), CramError> {
        for _ in 0..map.size()? {
            match map.take(2)? {
                b"RN" => self.names = map.byte()? != 0,
                b"AP" => self.deltas = map.byte()? != 0,
                b"RR" => self.needs_reference = map.byte()? != 0,
                b"SM" => self.substitutions = substitutions(map.take(5)?),
                b"TD" => self.tag_lists = tag_lists(map.stretch()?)?,
                _ => return Err(CramError::new("a compression header has an unknown entry")),
            }
        }
        Ok(())
    }

    /// Returns the encoding of a data series.
    pub(super) fn of(&self, key: [u8; 2]) -> Result<&Encoding, CramError> {
        self.series.get(&key).ok_or_else(|| {
            CramError::new(format!(
                "records need the data series {}, which has no encoding",
                String::from_utf8_lossy(&key)
            ))
        })
    }

    fn stream(&mut self, id: i32) -> usize {
        let place = self.streams.iter().position(|s| *s == id);
        place.unwrap_or_else(|| {
            self.streams.push(id);
            self.streams.len() - 1
        })
    }

    fn encoding(&mut self, bytes: &mut Bytes<'_>, depth: usize) -> Result<Encoding, CramError> {
        if depth >= DEEPEST {
            return Err(CramError::new("an encoding is nested too deep"));
        }
        let codec = bytes.itf8()?;
        let mut parameters = Bytes::new(bytes.stretch()?);
        let p = &mut parameters;
        Ok(match codec {
            0 => Encoding::Null,
            1 => {
                let id = p.itf8()?;
                Encoding::External(self.stream(id))
            }
            3 => Encoding::Huffman(Huffman::new(&p.list()?, &p.list()?)?),
            4 => {
                let length = self.encoding(p, depth + 1)?;
                let values = self.encoding(p, depth + 1)?;
                Encoding::LengthThenValues(Box::new(length), Box::new(values))
            }
            5 => {
                let (stop, id) = (p.byte()?, p.itf8()?);
                Encoding::UpToStop(stop, self.stream(id))
            }
            6 => Encoding::Beta(p.itf8()?, bits(p.itf8()?)?),
            7 => Encoding::Subexponential(p.itf8()?, bits(p.itf8()?)?),
            9 => Encoding::Gamma(p.itf8()?),
            _ => {
                return Err(CramError::new(format!(
                    "values are written by codec {codec}, which is not supported"
                )));
            }
        })
    }
}

fn bits(count: i32) -> Result<u32, CramError> {
    let count = u32::try_from(count).ok().filter(|n| *n <= 32);
    count.ok_or_else(|| CramError::new("a value has more than 32 bits"))
}

/// Section 8.4.1, SM: for each reference base two bits for each of the other bases in the order A, C, G, T, N.
fn substitutions(codes: &[u8]) -> [[u8; 4]; 5] {
    const BASES: [u8; 5] = *b"ACGTN";
    let mut table = [[b'N'; 4]; 5];
    for (reference, byte) in codes.iter().enumerate().take(5) {
        let others = BASES.iter().enumerate().filter(|(i, _)| *i != reference);
        for (place, (_, base)) in others.enumerate() {
            let code = byte >> (6 - 2 * place) & 3;
            table[reference][usize::from(code)] = *base;
        }
    }
    table
}

fn tag_lists(bytes: &[u8]) -> Result<Vec<Vec<[u8; 3]>>, CramError> {
    let mut lists = Vec::new();
    for list in bytes.split_inclusive(|b| *b == 0) {
        let names = list.strip_suffix(&[0]).unwrap_or(list).chunks_exact(3);
        if !names.remainder().is_empty() {
            return Err(CramError::new("a list of tags is cut"));
        }
        lists.push(names.map(|n| [n[0], n[1], n[2]]).collect());
    }
    Ok(lists)
}

impl Huffman {
    fn new(alphabet: &[i32], lengths: &[i32]) -> Result<Self, CramError> {
        let wrong = || CramError::new("a Huffman tree is none");
        if alphabet.is_empty() || alphabet.len() != lengths.len() {
            return Err(wrong());
        }
        let mut sorted: Vec<(i32, i32)> = lengths.iter().copied().zip(alphabet.iter().copied()).collect();
        sorted.sort_unstable();
        let (shortest, longest) = (sorted[0].0, sorted[sorted.len() - 1].0);
        if shortest < 0 || longest > LONGEST_CODE || (shortest == 0 && sorted.len() > 1) {
            return Err(wrong());
        }
        let mut tree = Self {
            symbols: sorted.iter().map(|(_, symbol)| *symbol).collect(),
            lengths: Vec::new(),
        };
        let (mut code, mut place) = (0_u64, 0);
        for length in 0..=longest {
            let count = sorted.iter().filter(|(l, _)| *l == length).count();
            let behind = code + count as u64;
            if behind > 1 << length {
                return Err(wrong());
            }
            let number = |n: u64| u32::try_from(n).map_err(|_| wrong());
            tree.lengths.push((number(code)?, number(count as u64)?, place));
            place += count;
            code = behind << 1;
        }
        Ok(tree)
    }

    /// Returns the symbol of a code of a length.
    pub(super) fn symbol(&self, length: usize, code: u32) -> Option<i32> {
        let (first, count, place) = *self.lengths.get(length)?;
        let index = code.checked_sub(first).filter(|i| *i < count)?;
        self.symbols.get(place + index as usize).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_huffman_tree_is_canonical() {
        // By hand: A (1) 0, B (3) 100, C (3) 101, D (3) 110.
        let tree = Huffman::new(&[65, 68, 66, 67], &[1, 3, 3, 3]).unwrap();
        let actual = [(1, 0), (3, 4), (3, 5), (3, 6), (3, 7), (2, 0)].map(|(l, c)| tree.symbol(l, c));
        assert_eq!(actual, [Some(65), Some(66), Some(67), Some(68), None, None]);
        assert!(Huffman::new(&[1, 2, 3], &[1, 1, 1]).is_err());
        assert!(Huffman::new(&[1, 2], &[0, 1]).is_err());
    }

    /// The example of the specification: all in the order of the bases.
    #[test]
    fn substitutions_by_code() {
        let table = substitutions(&[0x1b; 5]);
        assert_eq!(table[0], *b"CGTN");
        assert_eq!(table[3], *b"ACGN");
        assert_eq!(table[4], *b"ACGT");
    }
}
