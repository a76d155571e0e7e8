//! What the readers of people's tables share: which separator a table has, and on which line a record begins.

/// Returns the separator of a table from its first line: the tab where there is one, else comma or semicolon, whichever is
/// more frequent.
pub(crate) fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or("");
    let count = |c: char| first.matches(c).count();
    if first.contains('\t') {
        b'\t'
    } else if count(';') > count(',') {
        b';'
    } else {
        b','
    }
}

/// Returns the 1-based line on which a record begins: the position that the csv crate keeps lies before the empty lines that
/// it skipped, and before the line feed of a CRLF.
pub(crate) fn line_of(text: &str, position: &csv::Position) -> u64 {
    let begin = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let skipped = text
        .bytes()
        .skip(begin)
        .take_while(|b| matches!(b, b'\r' | b'\n'))
        .filter(|b| *b == b'\n');
    position.line() + skipped.map(|_| 1).sum::<u64>()
}
