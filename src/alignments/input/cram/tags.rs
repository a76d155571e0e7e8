//! Tags: the few that counts need are read, streams of the others are not even unpacked.

use super::CramError;
use super::compression::{CompressionHeader, Encoding};
use super::streams::Streams;

/// Integers that the counts need, and where the other parts of a split read lie, by which junctions are told; all others are passed over.
const INTEGERS: [[u8; 2]; 5] = [*b"NM", *b"SM", *b"cD", *b"aD", *b"bD"];
const TEXTS: [[u8; 2]; 1] = [*b"SA"];

/// The value of a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TagValue {
    /// A whole number of any width.
    Integer(i64),
    /// Text.
    Text(String),
}

/// Tags of a record in their order; those without an encoding are passed over.
pub(super) type TagList<'h> = Vec<([u8; 3], Option<&'h Encoding>)>;

/// Looks up the encodings of the tags, but for those that can be passed over: nobody else reads their streams.
pub(super) fn tag_lists(header: &CompressionHeader) -> Result<Vec<TagList<'_>>, CramError> {
    let wanted = |tag: &[u8; 3]| INTEGERS.iter().chain(&TEXTS).any(|w| tag.starts_with(w));
    let mut shared = vec![false; header.streams.len()];
    header.series.values().for_each(|e| mark(e, &mut shared));
    // What is read of an unwanted tag may be shared with another one.
    loop {
        let before = shared.clone();
        for (tag, encoding) in &header.tags {
            if wanted(tag) || !is_apart(encoding, &before) {
                mark(encoding, &mut shared);
            }
        }
        if shared == before {
            break;
        }
    }
    let passed = |tag: &[u8; 3], encoding: &Encoding| !wanted(tag) && is_apart(encoding, &shared);
    let lists = header.tag_lists.iter().map(|list| {
        let known = list.iter().map(|tag| {
            let encoding = header.tags.get(tag);
            let encoding = encoding.ok_or_else(|| CramError::new("a tag has no encoding"))?;
            Ok((*tag, (!passed(tag, encoding)).then_some(encoding)))
        });
        known.collect()
    });
    lists.collect()
}

fn mark(encoding: &Encoding, streams: &mut [bool]) {
    match encoding {
        Encoding::External(place) | Encoding::UpToStop(_, place) => streams[*place] = true,
        Encoding::LengthThenValues(length, values) => {
            mark(length, streams);
            mark(values, streams);
        }
        _ => {}
    }
}

/// Whether an encoding reads streams alone that nobody needs, and no core bits.
fn is_apart(encoding: &Encoding, needed: &[bool]) -> bool {
    match encoding {
        Encoding::Null => true,
        Encoding::External(place) | Encoding::UpToStop(_, place) => !needed[*place],
        Encoding::LengthThenValues(length, values) => is_apart(length, needed) && is_apart(values, needed),
        // A tree of one symbol takes no bit.
        Encoding::Huffman(tree) => tree.symbols.len() == 1,
        _ => false,
    }
}

/// Reads the tags of a record and returns those wanted.
pub(super) fn read_tags(
    header: &CompressionHeader,
    lists: &[TagList<'_>],
    streams: &mut Streams<'_>,
) -> Result<Vec<([u8; 2], TagValue)>, CramError> {
    let list = streams.size(header.of(*b"TL")?)?;
    let list = lists.get(list);
    let list = list.ok_or_else(|| CramError::new("a record has a list of tags that is not there"))?;
    let (mut tags, mut value) = (Vec::new(), Vec::new());
    for (tag, encoding) in list {
        let Some(encoding) = encoding else { continue };
        value.clear();
        streams.list(encoding, &mut value)?;
        let [first, second, kind] = *tag;
        let name = [first, second];
        let found = if INTEGERS.contains(&name) {
            integer(kind, &value).map(TagValue::Integer)
        } else if TEXTS.contains(&name) {
            text(kind, &value).map(TagValue::Text)
        } else {
            None
        };
        tags.extend(found.map(|value| (name, value)));
    }
    Ok(tags)
}

/// Reads the value of a text, which ends with a zero.
fn text(kind: u8, value: &[u8]) -> Option<String> {
    let text = value.strip_suffix(&[0]).filter(|_| kind == b'Z')?;
    let is_text = text.iter().all(|c| matches!(c, b' '..=b'~'));
    String::from_utf8(text.to_vec()).ok().filter(|_| is_text)
}

/// Reads the value of an integer tag.
fn integer(kind: u8, value: &[u8]) -> Option<i64> {
    Some(match (kind, value) {
        (b'c', [a]) => i64::from(a.cast_signed()),
        (b'C', [a]) => i64::from(*a),
        (b's', [a, b]) => i64::from(i16::from_le_bytes([*a, *b])),
        (b'S', [a, b]) => i64::from(u16::from_le_bytes([*a, *b])),
        (b'i', [a, b, c, d]) => i64::from(i32::from_le_bytes([*a, *b, *c, *d])),
        (b'I', [a, b, c, d]) => i64::from(u32::from_le_bytes([*a, *b, *c, *d])),
        _ => return None,
    })
}
