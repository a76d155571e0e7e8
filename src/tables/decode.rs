//! Text of a table from bytes: UTF-8, or what spreadsheets write instead of it.

use std::borrow::Cow;

use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Unreadable;

/// Bytes that are looked at to tell UTF-16 without a mark.
const START: usize = 4096;

/// A text, and what had to be assumed to read it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    /// Line feeds only.
    pub text: String,
    /// Said where nothing in the file tells the encoding.
    pub assumed: Option<String>,
}

/// Reads bytes as text with line feeds as line ends.
pub(super) fn decode(bytes: Vec<u8>) -> Result<Decoded, Unreadable> {
    let (text, assumed) = characters(bytes)?;
    Ok(Decoded {
        text: with_line_feeds(text),
        assumed,
    })
}

fn characters(mut bytes: Vec<u8>) -> Result<(String, Option<String>), Unreadable> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return match encoding {
            e if e == UTF_16LE || e == UTF_16BE => Ok((utf_16(&bytes[mark..], e)?, None)),
            _ => {
                bytes.drain(..mark);
                utf_8(bytes)
            }
        };
    }
    match utf_16_without_mark(&bytes) {
        Some(encoding) => {
            let text = utf_16(&bytes, encoding)?;
            Ok((text, Some(said(encoding.name()))))
        }
        None => utf_8(bytes),
    }
}

fn said(name: &str) -> String {
    format!("the text is not UTF-8 and was read as {name}; check the names, or save it as CSV in UTF-8")
}

fn utf_16(bytes: &[u8], encoding: &'static Encoding) -> Result<String, Unreadable> {
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(Cow::into_owned)
        .ok_or_else(|| {
            Unreadable(format!(
                "the text begins as {} and does not go on so: the file is damaged or cut; save it as CSV in UTF-8",
                encoding.name()
            ))
        })
}

/// Text of a table in UTF-16 holds a zero byte beside nearly every letter, digit and separator.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(START) & !1];
    let zeros = |offset: usize| start.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = start.len() / 2 * 2 / 5;
    match () {
        () if start.len() < 8 => None,
        () if odd > most && even * 8 < odd => Some(UTF_16LE),
        () if even > most && odd * 8 < even => Some(UTF_16BE),
        () => None,
    }
}

fn utf_8(bytes: Vec<u8>) -> Result<(String, Option<String>), Unreadable> {
    let error = match String::from_utf8(bytes) {
        Ok(text) if has_japanese_escapes(&text) => return seven_bits(&text),
        Ok(text) => return Ok((text, None)),
        Err(error) => error,
    };
    let at = error.utf8_error().valid_up_to();
    let bytes = error.into_bytes();
    let line = memchr::memchr_iter(b'\n', &bytes[..at]).count() + 1;
    // Three bytes that fit UTF-8 by chance are rare in other encodings: the file is UTF-8 with a wrong byte.
    let read = if holds_utf_8(&bytes) {
        None
    } else if is_western(&bytes) {
        strict(&bytes, WINDOWS_1252)
    } else {
        japanese(&bytes, line)?
    };
    read.map(|(text, name)| (text, Some(said(name)))).ok_or_else(|| {
        Unreadable(format!(
            "line {line} is not text in UTF-8: the file is damaged or in another encoding; save it as CSV or TSV in UTF-8"
        ))
    })
}

/// Reads bytes in an encoding, with its name; `None` where they do not fit it.
fn strict(bytes: &[u8], encoding: &'static Encoding) -> Option<(String, &'static str)> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    // Characters that a user or a maker of printers defined are nobody's text.
    let is_private = text.contains(|c| ('\u{e000}'..='\u{f8ff}').contains(&c));
    (!is_private).then(|| (text.into_owned(), encoding.name()))
}

/// Reads Japanese text in one of the two encodings of eight bits, of which bytes above 0xA0 alone are text in both: half-width
/// kana in Shift_JIS, where EUC-JP has a character of two bytes. `line` is the first of them.
fn japanese(bytes: &[u8], line: usize) -> Result<Option<(String, &'static str)>, Unreadable> {
    match (strict(bytes, SHIFT_JIS), strict(bytes, EUC_JP)) {
        (Some(_), Some(euc)) if has_kana(&euc.0) => Ok(Some(euc)),
        (Some(shift_jis), Some(euc)) => {
            let first = |text: &str| -> String {
                let runs = text.split(|c: char| c.is_ascii());
                runs.filter(|run| !run.is_empty())
                    .take(1)
                    .map(super::short)
                    .collect()
            };
            Err(Unreadable(format!(
                "line {line} is not text in UTF-8, and may be Shift_JIS ({}) as well as EUC-JP ({}): save it as CSV or TSV in UTF-8",
                first(&shift_jis.0),
                first(&euc.0)
            )))
        }
        (Some(only), None) | (None, Some(only)) => Ok(Some(only)),
        (None, None) => Ok(None),
    }
}

/// Whether two full-width kana stand side by side, which as half-width ones would be a comma or a dot each time.
fn has_kana(text: &str) -> bool {
    let is_kana = |c: char| ('\u{3041}'..='\u{30ff}').contains(&c);
    text.chars()
        .zip(text.chars().skip(1))
        .any(|(a, b)| is_kana(a) && is_kana(b))
}

/// Whether a text switches to Japanese as mail does (ISO-2022-JP): it is ASCII to the eye of a program.
fn has_japanese_escapes(text: &str) -> bool {
    ["\u{1b}$B", "\u{1b}$@", "\u{1b}(J"]
        .iter()
        .any(|escape| text.contains(escape))
}

fn seven_bits(text: &str) -> Result<(String, Option<String>), Unreadable> {
    let (text, name) = strict(text.as_bytes(), ISO_2022_JP).ok_or_else(|| {
        Unreadable(
            "the text begins as ISO-2022-JP and does not go on so: save it as CSV or TSV in UTF-8".to_owned(),
        )
    })?;
    Ok((text, Some(said(name))))
}

/// Whether a character of three bytes or more in UTF-8 stands somewhere.
fn holds_utf_8(bytes: &[u8]) -> bool {
    let mut chunks = bytes.utf8_chunks();
    chunks.any(|chunk| chunk.valid().chars().any(|c| c.len_utf8() > 2))
}

/// Whether the text looks like that of a western code page: accents and signs stand alone among letters, while Japanese in
/// Shift_JIS has lead bytes below 0xA0 or rows of bytes above 0x7F.
fn is_western(bytes: &[u8]) -> bool {
    let high = |b: u8| b >= 0x80;
    let in_row = bytes.windows(2).any(|w| high(w[0]) && high(w[1]));
    !in_row && bytes.iter().all(|b| !high(*b) || *b >= 0xa0)
}

/// Old Mac programs end lines with a carriage return alone, Windows with both.
fn with_line_feeds(text: String) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "ID,sex,名前\np1,女性,山田\n";

    fn text_of(bytes: &[u8]) -> (String, bool) {
        let decoded = decode(bytes.to_vec()).unwrap();
        (decoded.text, decoded.assumed.is_some())
    }

    fn utf_16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() })
            .collect()
    }

    #[test]
    fn reads_each_encoding_of_spreadsheets() {
        let marked = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
        let same = (TEXT.to_owned(), false);
        assert_eq!(text_of(TEXT.as_bytes()), same);
        assert_eq!(text_of(&marked(b"\xef\xbb\xbf", TEXT.as_bytes())), same);
        assert_eq!(text_of(&marked(b"\xff\xfe", &utf_16(TEXT, false))), same);
        assert_eq!(text_of(&marked(b"\xfe\xff", &utf_16(TEXT, true))), same);
        assert_eq!(text_of(&utf_16(TEXT, false)), (TEXT.to_owned(), true));
        assert_eq!(text_of(&utf_16(TEXT, true)), (TEXT.to_owned(), true));
        assert_eq!(text_of(&SHIFT_JIS.encode(TEXT).0), (TEXT.to_owned(), true));
        let western = "ID;Größe (µL)\nMüller;5\n";
        assert_eq!(
            text_of(&WINDOWS_1252.encode(&western.replace("öß", "o\u{df}")).0),
            (western.replace("öß", "o\u{df}"), true)
        );
        let one = "ID,sex\nA,男\n";
        assert_eq!(text_of(&SHIFT_JIS.encode(one).0), (one.to_owned(), true));
    }

    /// A table in EUC-JP was read as Shift_JIS: 男 became two half-width kana.
    #[test]
    fn japanese_encodings_are_told_apart_or_refused() {
        let kana = "ID,氏名\np1,すずき\n";
        for (text, encoding) in [
            (kana, EUC_JP),
            (TEXT, EUC_JP),
            (TEXT, ISO_2022_JP),
            (kana, ISO_2022_JP),
            (kana, SHIFT_JIS),
            ("ID,カナ\np1,ﾔﾏﾀﾞ･ﾀﾛｳ ﾐ\n", SHIFT_JIS),
        ] {
            let bytes = if encoding == ISO_2022_JP {
                iso_2022_jp(text)
            } else {
                encoding.encode(text).0.into_owned()
            };
            let decoded = decode(bytes).unwrap();
            assert_eq!(decoded.text, text, "{}", encoding.name());
            let said = decoded.assumed.unwrap();
            assert!(said.contains(encoding.name()), "{said}");
        }
        for (text, encoding) in [("ID,sex\nA,男\n", EUC_JP), ("ID,x\nA,ﾔﾏﾀﾞ\n", SHIFT_JIS)] {
            let error = decode(encoding.encode(text).0.into_owned())
                .unwrap_err()
                .to_string();
            assert!(
                error.starts_with("line 2 is not text in UTF-8, and may be Shift_JIS (")
                    && error.contains("EUC-JP ("),
                "{error}"
            );
        }
        // Defined by no standard: another encoding, or none.
        assert!(decode(b"ID,x\nA,\x92\x6a\xf0\x40\n".to_vec()).is_err());
    }

    fn iso_2022_jp(text: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut in_japanese = false;
        for c in text.chars() {
            if c.is_ascii() == in_japanese {
                bytes.extend(if in_japanese { b"\x1b(B" } else { b"\x1b$B" });
                in_japanese = !in_japanese;
            }
            let encoded = EUC_JP.encode(&c.to_string()).0.into_owned();
            bytes.extend(encoded.iter().map(|b| b & 0x7f));
        }
        bytes
    }

    #[test]
    fn a_damaged_text_is_no_other_encoding() {
        let mut bytes = TEXT.as_bytes().to_vec();
        let last = bytes.len() - 3;
        bytes[last] = 0xff;
        let error = decode(bytes).unwrap_err().to_string();
        assert!(error.starts_with("line 2 is not text in UTF-8"), "{error}");
        assert!(decode(b"\xff\xfea\0b".to_vec()).is_err());
    }

    #[test]
    fn every_line_end_becomes_a_line_feed() {
        for end in ["\n", "\r\n", "\r"] {
            assert_eq!(
                text_of(format!("a{end}b{end}{end}").as_bytes()).0,
                "a\nb\n\n",
                "{end:?}"
            );
        }
    }
}
