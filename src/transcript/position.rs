//! A position in HGVS c. numbering.

use std::fmt;

/// A position in HGVS c. numbering: `12`, `-12`, `*5`, `123+4`, `124-2`, `-12+3`, `*5-1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CdsPosition {
    /// Coding base from 1; negative before the start codon; counted from 1 behind the stop codon where `behind_stop`.
    pub base: i32,
    /// Whether the position lies behind the stop codon (`*`).
    pub behind_stop: bool,
    /// Distance into the intron: positive behind `base`, negative before it, 0 in the exon.
    pub offset: i32,
}

impl CdsPosition {
    /// Returns whether it is a coding base itself.
    pub const fn is_coding(self) -> bool {
        self.base > 0 && !self.behind_stop && self.offset == 0
    }

    /// Reads a position from the front of a text and returns the rest.
    pub(super) fn read(text: &str) -> Option<(Self, &str)> {
        let (behind_stop, rest) = text.strip_prefix('*').map_or((false, text), |rest| (true, rest));
        let (negative, rest) = match rest.strip_prefix('-') {
            Some(rest) if !behind_stop => (true, rest),
            _ => (false, rest),
        };
        let (number, rest) = read_number(rest)?;
        let base = if negative { -number } else { number };
        let signed = rest
            .strip_prefix('+')
            .map(|r| (1, r))
            .or_else(|| rest.strip_prefix('-').map(|r| (-1, r)));
        let (offset, rest) = match signed {
            Some((sign, digits)) => {
                let (number, rest) = read_number(digits)?;
                (sign * number, rest)
            }
            None => (0, rest),
        };
        Some((
            Self {
                base,
                behind_stop,
                offset,
            },
            rest,
        ))
    }
}

fn read_number(text: &str) -> Option<(i32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = text[..digits].parse().ok().filter(|n| *n > 0)?;
    Some((number, &text[digits..]))
}

impl fmt::Display for CdsPosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.behind_stop {
            f.write_str("*")?;
        }
        write!(f, "{}", self.base)?;
        if self.offset != 0 {
            write!(f, "{:+}", self.offset)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for text in [
            "12", "-12", "*5", "123+4", "124-2", "-12+3", "-11-3", "*5-1", "*5+10",
        ] {
            let (position, rest) = CdsPosition::read(text).unwrap();
            assert_eq!((position.to_string().as_str(), rest), (text, ""));
        }
        for text in ["", "0", "+4", "*-5", "12+", "x"] {
            assert_eq!(CdsPosition::read(text), None, "{text}");
        }
    }
}
