/// Why a karyotype cannot be read. Positions count characters from 1 in the text as given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("karyotype, character {position}: {message}")]
pub struct KaryotypeError {
    /// 1-based character at which reading stopped.
    pub position: usize,
    /// What is wrong and what would be right.
    pub message: String,
}

/// Walks over the characters of a karyotype: lower case, without blanks, one kind of dash and multiplication sign.
#[derive(Clone, Debug)]
pub(super) struct Scanner {
    characters: Vec<(usize, char)>,
    at: usize,
    end: usize,
    first_wide: Option<usize>,
}

/// Distance of the full-width forms U+FF01 to U+FF5E from their ASCII characters (Unicode, Halfwidth and Fullwidth Forms).
const FULL_WIDTH: u32 = 0xFEE0;

/// Returns what a key of a Japanese keyboard stands for; `None` for every other character.
fn plain(c: char) -> Option<char> {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - FULL_WIDTH),
        '、' | '､' => Some(','),
        '。' | '｡' => Some('.'),
        '〔' | '【' | '「' => Some('['),
        '〕' | '】' | '」' => Some(']'),
        'ー' | 'ｰ' => Some('-'),
        '〜' => Some('~'),
        _ => None,
    }
}

impl Scanner {
    pub(super) fn new(text: &str) -> Self {
        let mut end = 0;
        let mut first_wide = None;
        let characters = text
            .chars()
            .enumerate()
            .inspect(|(index, _)| end = index + 1)
            .filter(|(_, c)| !c.is_whitespace() && !matches!(c, '_' | '\u{feff}' | '\u{200b}'))
            .map(|(index, c)| {
                let narrow = plain(c);
                if narrow.is_some() && first_wide.is_none() {
                    first_wide = Some(index + 1);
                }
                let plain = match narrow.unwrap_or(c) {
                    '–' | '—' | '−' | '‐' | '‑' => '-',
                    '×' | '*' => '×',
                    '∼' => '~',
                    c => c.to_ascii_lowercase(),
                };
                (index + 1, plain)
            })
            .collect();
        Self {
            characters,
            at: 0,
            end: end + 1,
            first_wide,
        }
    }

    /// Returns the 1-based position of the first full-width character that was read as its plain one.
    pub(super) fn first_wide(&self) -> Option<usize> {
        self.first_wide
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.peek_at(0)
    }

    pub(super) fn peek_at(&self, offset: usize) -> Option<char> {
        self.characters.get(self.at + offset).map(|(_, c)| *c)
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    /// Steps over a character if it is the next.
    pub(super) fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += 1;
        }
        found
    }

    /// Whether the text goes on like this.
    pub(super) fn sees(&self, text: &str) -> bool {
        text.chars()
            .enumerate()
            .all(|(offset, c)| self.peek_at(offset) == Some(c))
    }

    /// Steps over a text if it is next.
    pub(super) fn take_text(&mut self, text: &str) -> bool {
        let found = self.sees(text);
        if found {
            self.at += text.chars().count();
        }
        found
    }

    /// Returns the number that begins here, of at most five digits.
    pub(super) fn number(&mut self) -> Option<u32> {
        let digits: String = self.characters[self.at..]
            .iter()
            .map(|(_, c)| *c)
            .take_while(char::is_ascii_digit)
            .take(6)
            .collect();
        let number = digits.parse().ok().filter(|n| *n <= 99_999)?;
        self.at += digits.len();
        Some(number)
    }

    /// Steps over everything before the next of these characters; returns it, without what a terminal could take for a
    /// command.
    pub(super) fn skip_to(&mut self, ends: &[char]) -> String {
        let mut skipped = String::new();
        while let Some(c) = self.peek().filter(|c| !ends.contains(c)) {
            skipped.push(if c.is_control() { '?' } else { c });
            self.at += 1;
        }
        skipped
    }

    /// Returns the place to come back to.
    pub(super) fn mark(&self) -> usize {
        self.at
    }

    /// Goes back to a place.
    pub(super) fn reset(&mut self, mark: usize) {
        self.at = mark;
    }

    /// Returns the 1-based position of the next character in the text as given.
    pub(super) fn position(&self) -> usize {
        self.characters
            .get(self.at)
            .map_or(self.end, |(position, _)| *position)
    }

    /// Returns an error at the next character.
    pub(super) fn error(&self, message: impl Into<String>) -> KaryotypeError {
        KaryotypeError {
            position: self.position(),
            message: message.into(),
        }
    }

    /// Cuts everything from the first of these texts on; returns its 1-based position in the text as given.
    pub(super) fn cut_at(&mut self, texts: &[&str]) -> Option<usize> {
        let mut probe = self.clone();
        while probe.peek().is_some() {
            if texts.iter().any(|t| probe.sees(t)) {
                self.characters.truncate(probe.at);
                return Some(probe.position());
            }
            probe.at += 1;
        }
        None
    }
}
