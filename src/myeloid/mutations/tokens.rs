//! A cell with mutations in pieces: words, numbers, and the signs between them.

use crate::tables::plain;

/// A piece of a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A name, a change, any word.
    Word(String),
    /// A number, as a fraction where a sign of per cent stands behind it.
    Number {
        /// Its value; of `12%` 0.12.
        value: f64,
        /// As written.
        text: String,
    },
    /// A sign between two mutations.
    Separator(char),
    /// A sign between a gene and what belongs to it.
    Colon,
    /// Two colons: a fusion.
    Fusion,
    /// A bracket opens.
    Open,
    /// A bracket closes.
    Close,
    /// Any other sign.
    Other(char),
}

/// Parts a cell.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let plain = plain(text).replace(['\n', '\r', '\t', '、', '・', '•', '｡'], ";");
    let text: Vec<char> = plain
        .replace(['–', '—', '‑', '‐', '−'], "-")
        .replace('×', "x")
        .replace("C/EBP", "CEBP")
        .replace(['α', 'Α'], "A")
        .chars()
        .collect();
    let mut scanner = Scanner { text: &text, at: 0 };
    let mut tokens = Vec::new();
    while let Some(token) = scanner.next() {
        tokens.push(token);
    }
    tokens
}

struct Scanner<'t> {
    text: &'t [char],
    at: usize,
}

impl Scanner<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.text.get(self.at + ahead).copied()
    }

    fn next(&mut self) -> Option<Token> {
        while self.peek(0).is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        let first = self.peek(0)?;
        if first.is_ascii_digit() || (first == '.' && self.peek(1).is_some_and(|c| c.is_ascii_digit())) {
            return Some(self.number().unwrap_or_else(|| self.word()));
        }
        if is_of_word(first) && first != '.' && first != '>' {
            return Some(self.word());
        }
        self.at += 1;
        Some(match first {
            ':' if self.peek(0) == Some(':') => {
                self.at += 1;
                Token::Fusion
            }
            ':' | '=' | '@' => Token::Colon,
            ';' | ',' | '|' | '/' | '+' | '&' => Token::Separator(first),
            '(' | '[' | '{' => Token::Open,
            ')' | ']' | '}' => Token::Close,
            other => Token::Other(other),
        })
    }

    /// Reads a number; `None` where letters follow it, `52bp`. A comma between digits is a decimal comma.
    fn number(&mut self) -> Option<Token> {
        let digits = |from: usize| {
            let rest = self.text.get(from..).unwrap_or_default();
            rest.iter().take_while(|c| c.is_ascii_digit()).count()
        };
        let mut end = self.at + digits(self.at);
        if self.text.get(end).is_some_and(|c| matches!(c, '.' | ',')) && digits(end + 1) > 0 {
            end += 1 + digits(end + 1);
        }
        let next = self.text.get(end);
        if next.is_some_and(|c| is_of_word(*c) && !matches!(c, '-' | '.')) {
            return None;
        }
        // `52-bp`.
        if next == Some(&'-') && self.text.get(end + 1).is_some_and(char::is_ascii_alphabetic) {
            return None;
        }
        let written: String = self.text[self.at..end].iter().collect();
        let value: f64 = written.replace(',', ".").parse().ok()?;
        let blanks = self.text[end..].iter().take_while(|c| **c == ' ').count();
        let per_cent = self.text.get(end + blanks) == Some(&'%');
        self.at = if per_cent { end + blanks + 1 } else { end };
        Some(Token::Number {
            value: if per_cent { value / 100.0 } else { value },
            text: if per_cent { format!("{written}%") } else { written },
        })
    }

    fn word(&mut self) -> Token {
        let start = self.at;
        let prefix =
            matches!(self.peek(0), Some('p' | 'c' | 'g' | 'n' | 'r' | 'm')) && self.peek(1) == Some('.');
        if prefix {
            self.change();
        } else {
            // Japanese needs no blank: `TET2変異` are two words.
            let ascii = self.peek(0).is_some_and(|c| c.is_ascii());
            while self
                .peek(0)
                .is_some_and(|c| is_of_word(c) && c.is_ascii() == ascii)
            {
                self.at += 1;
            }
        }
        // A sign that began no word.
        self.at = self.at.max(start + 1);
        let word: String = self.text[start..self.at].iter().collect();
        Token::Word(word.trim_end_matches('.').to_owned())
    }

    /// Goes to the end of a change with its prefix, in which brackets and signs belong to it: `c.1849+1G>A`, `p.(Arg882His)`.
    fn change(&mut self) {
        let coding = self.peek(0) != Some('p');
        let mut depth = 0_usize;
        while let Some(c) = self.peek(0) {
            let goes_on = match c {
                '(' | '[' => {
                    depth += 1;
                    true
                }
                ')' | ']' => {
                    let inside = depth > 0;
                    depth = depth.saturating_sub(1);
                    inside
                }
                '+' => coding && self.peek(1).is_some_and(|c| c.is_ascii_digit()),
                '=' | '?' => true,
                c => is_of_word(c),
            };
            if !goes_on {
                return;
            }
            self.at += 1;
        }
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '*' | '.' | '>')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let shown: Vec<String> = tokens(text)
            .into_iter()
            .map(|t| match t {
                Token::Word(word) => word,
                Token::Number { value, .. } => format!("#{value}"),
                Token::Separator(_) => ";".into(),
                Token::Colon => ":".into(),
                Token::Fusion => "::".into(),
                Token::Open => "(".into(),
                Token::Close => ")".into(),
                Token::Other(c) => format!("?{c}"),
            })
            .collect();
        shown.join(" ")
    }

    #[test]
    fn parts_words_numbers_and_signs() {
        for (text, expected) in [
            ("TET2:0,01", "TET2 : #0.01"),
            ("TET2:0.12,DNMT3A:0,05", "TET2 : #0.12 ; DNMT3A : #0.05"),
            ("ＴＥＴ２　１２％、ＪＡＫ２", "TET2 #0.12 ; JAK2"),
            ("TET2 12 %", "TET2 #0.12"),
            ("DNMT3A(R882H)", "DNMT3A ( R882H )"),
            ("DNMT3A p.(Arg882His)/TET2", "DNMT3A p.(Arg882His) ; TET2"),
            ("JAK2 c.1849+1G>A+TET2", "JAK2 c.1849+1G>A ; TET2"),
            ("CALR 52bp del", "CALR 52bp del"),
            ("CALR 52-bp deletion", "CALR 52-bp deletion"),
            ("SRSF2-P95H", "SRSF2-P95H"),
            ("FLT3-ITD(-)", "FLT3-ITD ( - )"),
            ("PML::RARA", "PML :: RARA"),
            ("TET2 <5%", "TET2 ?< #0.05"),
            ("C/EBPα", "CEBPA"),
            ("TET2.", "TET2"),
            ("FLT3-ITD陰性", "FLT3-ITD 陰性"),
            ("TET2 0.1-0.2", "TET2 #0.1 -0.2"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
