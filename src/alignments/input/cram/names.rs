//! Names of reads written by the name tokenizer (CRAM codecs 3.1, section 5). noodles has it too, but takes four kilobytes for each name
//! and as many bytes as the names repeat, whatever the block says.

use std::rc::Rc;

use super::CramError;
use super::bytes::Bytes;
use super::declared::{Coder, size_of};
use super::packed;

/// Tokens of a name, and kinds of stream of each.
const MOST_POSITIONS: usize = 128;
const KINDS: usize = 13;
/// Tokens of all names of a block, 24 bytes each; of ten thousand names of fifty letters there are some hundred thousand.
const MOST_TOKENS: usize = 1 << 25;
/// Bytes of all streams for each byte of the names: a digit between two letters takes eleven.
const MOST_PER_BYTE: usize = 32;

const TYPE: u8 = 0;
const STRING: u8 = 1;
const CHAR: u8 = 2;
const PADDED: u8 = 3;
const PADDED_LENGTH: u8 = 4;
const SAME: u8 = 5;
const DIFFERENT: u8 = 6;
const DIGITS: u8 = 7;
const DELTA: u8 = 8;
const PADDED_DELTA: u8 = 9;
const MATCH: u8 = 10;
const NOTHING: u8 = 11;
const END: u8 = 12;

/// A part of a name.
#[derive(Clone, Copy, Debug)]
enum Token {
    Nothing,
    Char(u8),
    /// Where it stands among the names, and its length.
    Text(usize, usize),
    Digits(u32),
    /// A number and how many digits it has, with zeros before it.
    Padded(u32, u8),
}

#[derive(Clone, Debug, Default)]
struct Stream {
    bytes: Rc<[u8]>,
    at: usize,
}

impl Stream {
    fn take(&mut self, count: usize) -> Result<&[u8], CramError> {
        let taken = self
            .at
            .checked_add(count)
            .and_then(|end| self.bytes.get(self.at..end));
        self.at += count;
        taken.ok_or_else(CramError::end)
    }

    fn byte(&mut self) -> Result<u8, CramError> {
        self.take(1).map(|b| b[0])
    }

    fn word(&mut self) -> Result<u32, CramError> {
        self.take(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
    }
}

/// The streams of one place of all names.
#[derive(Debug, Default)]
struct Position {
    streams: [Stream; KINDS],
    /// The type of the first name's token where all others match: no stream is written.
    first: Option<u8>,
    names: usize,
}

impl Position {
    fn stream(&mut self, kind: u8) -> &mut Stream {
        &mut self.streams[usize::from(kind)]
    }

    fn next_type(&mut self) -> Result<u8, CramError> {
        self.names += 1;
        match self.first {
            Some(first) if self.names == 1 => Ok(first),
            Some(_) => Ok(MATCH),
            None => self.stream(TYPE).byte(),
        }
    }
}

/// Unpacks names that are `size` bytes, each with a zero behind it.
pub(super) fn unpack(data: &[u8], size: usize) -> Result<Vec<u8>, CramError> {
    let mut bytes = Bytes::new(data);
    let (stated, count) = (bytes.word()? as usize, bytes.word()? as usize);
    let coder = match bytes.byte()? {
        0 => Coder::Rans,
        _ => Coder::Arithmetic,
    };
    if stated != size || count > size {
        return Err(damaged());
    }
    let mut names = Names {
        positions: streams(bytes, coder, size)?,
        size,
        text: Vec::new(),
        tokens: Vec::new(),
        read: Vec::new(),
    };
    for _ in 0..count {
        names.next()?;
    }
    Ok(names.text)
}

fn damaged() -> CramError {
    CramError::new("a block of names cannot be unpacked")
}

fn streams(mut bytes: Bytes<'_>, coder: Coder, size: usize) -> Result<Vec<Position>, CramError> {
    let mut allowance = size.saturating_mul(MOST_PER_BYTE).saturating_add(1 << 16);
    let mut positions: Vec<Position> = Vec::new();
    while bytes.len() > 0 {
        let head = bytes.byte()?;
        let kind = head & 0x3f;
        if usize::from(kind) >= KINDS {
            return Err(damaged());
        }
        if head & 0x80 != 0 {
            if positions.len() == MOST_POSITIONS {
                return Err(damaged());
            }
            positions.push(Position {
                first: (kind != TYPE).then_some(kind),
                ..Position::default()
            });
        }
        let stream = if head & 0x40 != 0 {
            let (place, of) = (usize::from(bytes.byte()?), usize::from(bytes.byte()?));
            positions
                .get(place)
                .and_then(|p| p.streams.get(of))
                .cloned()
                .ok_or_else(damaged)?
        } else {
            let length = bytes.uint7()?;
            let data = bytes.take(length)?;
            let unpacked = size_of(coder, data, allowance)?;
            allowance -= unpacked;
            Stream {
                bytes: packed::unpack_stream(coder, data, unpacked)?.into(),
                at: 0,
            }
        };
        *positions.last_mut().ok_or_else(damaged)?.stream(kind) = stream;
    }
    Ok(positions)
}

/// A name that was read: its bytes and its tokens.
#[derive(Clone, Debug)]
struct Name {
    text: std::ops::Range<usize>,
    tokens: std::ops::Range<usize>,
}

struct Names {
    positions: Vec<Position>,
    size: usize,
    text: Vec<u8>,
    tokens: Vec<Token>,
    read: Vec<Name>,
}

impl Names {
    fn next(&mut self) -> Result<(), CramError> {
        let first = self.positions.first_mut().ok_or_else(damaged)?;
        let kind = first.next_type()?;
        if kind != SAME && kind != DIFFERENT {
            return Err(damaged());
        }
        let back = first.stream(kind).word()? as usize;
        let before = match back {
            0 => None,
            back => Some(self.read.len().checked_sub(back).ok_or_else(damaged)?),
        };
        let before = before.map(|place| self.read[place].clone());
        let start = self.text.len();
        let tokens = if kind == SAME {
            let before = before.ok_or_else(damaged)?;
            self.allow(before.text.len())?;
            self.text.extend_from_within(before.text);
            before.tokens
        } else {
            let first = self.tokens.len();
            self.read_tokens(before.map_or(0..0, |name| name.tokens))?;
            first..self.tokens.len()
        };
        let text = start..self.text.len();
        self.allow(1)?;
        self.text.push(0);
        self.read.push(Name { text, tokens });
        Ok(())
    }

    /// No more is unpacked than the block says.
    fn allow(&self, more: usize) -> Result<(), CramError> {
        if more > self.size - self.text.len() || self.tokens.len() > MOST_TOKENS {
            return Err(damaged());
        }
        Ok(())
    }

    fn read_tokens(&mut self, before: std::ops::Range<usize>) -> Result<(), CramError> {
        for place in 1.. {
            let before = before.clone().nth(place - 1).map(|at| self.tokens[at]);
            let Some(token) = self.token(place, before)? else {
                break;
            };
            self.tokens.push(token);
        }
        Ok(())
    }

    /// Reads the token at a place of the name, and writes it out; `None` behind the last.
    fn token(&mut self, place: usize, before: Option<Token>) -> Result<Option<Token>, CramError> {
        let position = self.positions.get_mut(place).ok_or_else(damaged)?;
        let token = match position.next_type()? {
            CHAR => Token::Char(position.stream(CHAR).byte()?),
            STRING => {
                let stream = position.stream(STRING);
                let rest = stream.bytes.get(stream.at..).unwrap_or_default();
                let length = memchr::memchr(0, rest).ok_or_else(damaged)?;
                let text = stream.take(length + 1)?[..length].to_vec();
                self.allow(length)?;
                let start = self.text.len();
                self.text.extend(text);
                return Ok(Some(Token::Text(start, length)));
            }
            DIGITS => Token::Digits(position.stream(DIGITS).word()?),
            PADDED => Token::Padded(
                position.stream(PADDED).word()?,
                position.stream(PADDED_LENGTH).byte()?,
            ),
            DELTA => match before {
                Some(Token::Digits(n)) => {
                    let more = u32::from(position.stream(DELTA).byte()?);
                    Token::Digits(n.checked_add(more).ok_or_else(damaged)?)
                }
                _ => return Err(damaged()),
            },
            PADDED_DELTA => match before {
                Some(Token::Padded(n, length)) => {
                    let more = u32::from(position.stream(PADDED_DELTA).byte()?);
                    Token::Padded(n.checked_add(more).ok_or_else(damaged)?, length)
                }
                _ => return Err(damaged()),
            },
            MATCH => before.ok_or_else(damaged)?,
            END => return Ok(None),
            NOTHING => Token::Nothing,
            _ => return Err(damaged()),
        };
        self.write(token)?;
        Ok(Some(token))
    }

    fn write(&mut self, token: Token) -> Result<(), CramError> {
        let digits = match token {
            Token::Nothing => return self.allow(0),
            Token::Char(letter) => {
                self.allow(1)?;
                self.text.push(letter);
                return Ok(());
            }
            Token::Text(start, length) => {
                self.allow(length)?;
                self.text.extend_from_within(start..start + length);
                return Ok(());
            }
            Token::Digits(n) => n.to_string(),
            Token::Padded(n, length) => format!("{n:0width$}", width = usize::from(length)),
        };
        self.allow(digits.len())?;
        self.text.extend_from_slice(digits.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORED: u8 = 0x20;

    /// A stream that is stored as it is.
    fn stream(head: u8, bytes: &[u8]) -> Vec<u8> {
        let length = u8::try_from(bytes.len()).unwrap();
        [&[head, length + 2, STORED, length], bytes].concat()
    }

    fn block(size: u32, count: u32, streams: &[Vec<u8>]) -> Vec<u8> {
        [
            &size.to_le_bytes()[..],
            &count.to_le_bytes(),
            &[0],
            &streams.concat(),
        ]
        .concat()
    }

    /// By hand from the specification: r01, then the same with a greater number, then that one again.
    fn three() -> Vec<Vec<u8>> {
        vec![
            stream(0x80, &[DIFFERENT, DIFFERENT, SAME]),
            stream(SAME, &[1, 0, 0, 0]),
            stream(DIFFERENT, &[0, 0, 0, 0, 1, 0, 0, 0]),
            stream(0x80 | CHAR, b"r"),
            stream(0x80, &[PADDED, PADDED_DELTA]),
            stream(PADDED, &[1, 0, 0, 0]),
            stream(PADDED_LENGTH, &[2]),
            stream(PADDED_DELTA, &[9]),
            stream(0x80, &[END, END]),
        ]
    }

    #[test]
    fn names_are_read_by_the_ones_before() {
        assert_eq!(unpack(&block(12, 3, &three()), 12).unwrap(), b"r01\0r10\0r10\0");
    }

    #[test]
    fn names_that_would_be_more_than_the_block_says_are_refused() {
        assert!(unpack(&block(11, 3, &three()), 11).is_err());
        assert!(unpack(&block(12, u32::MAX, &three()), 12).is_err());
        assert!(unpack(&block(u32::MAX, 3, &three()), 12).is_err());
        // A name that is said to be there again and again.
        let again = vec![
            stream(0x80, &[&[DIFFERENT][..], &[SAME; 20]].concat()),
            stream(SAME, &[1, 0, 0, 0].repeat(20)),
            stream(DIFFERENT, &[0; 4]),
            stream(0x80 | STRING, b"name\0"),
            stream(0x80 | END, &[]),
        ];
        assert_eq!(
            unpack(&block(105, 21, &again), 105).unwrap(),
            b"name\0".repeat(21)
        );
        assert!(unpack(&block(30, 21, &again), 30).is_err());
        // Tokens of nothing cost nothing in the file.
        let mut nothing = vec![stream(0x80 | DIFFERENT, &[0; 4])];
        nothing.extend((0..127).map(|_| stream(0x80 | NOTHING, &[])));
        assert!(unpack(&block(100, 100, &nothing), 100).is_err());
    }
}
