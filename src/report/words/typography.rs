//! Japanese punctuation: full width beside Japanese, half width within Latin names, ISCN and HGVS.
//!
//! Texts of other rooms, names and values filled in come with the punctuation of where they were written; here they meet. What stands
//! in backticks or in 「」 is a literal and stays.

/// Returns whether a character is Japanese writing, punctuation not counted.
pub(super) fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '々' | '\u{3400}'..='\u{9fff}') && c != '・'
}

/// Operators of ISCN, and `p` and `c` of HGVS: what stands in parentheses behind them belongs to them.
const OPERATORS: [&str; 20] = [
    "add", "c", "del", "der", "dic", "dup", "g", "i", "idem", "idic", "ins", "inv", "ish", "n", "p", "r",
    "rec", "t", "tas", "trp",
];

/// Returns a text with full-width punctuation beside Japanese.
pub(super) fn japanese(text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let literal = literals(&chars);
    widen_parentheses(&mut chars, &literal);
    widen_quotes(&mut chars, &literal);
    let mut out = String::with_capacity(text.len());
    let mut index = 0;
    while let Some(&c) = chars.get(index) {
        let wide = if literal[index] { None } else { wide(&chars, index) };
        let Some(wide) = wide else {
            out.push(c);
            index += 1;
            continue;
        };
        // A wide mark brings its own space.
        if wide == '／' || wide == '、' {
            out.truncate(out.trim_end_matches(' ').len());
        }
        out.push(wide);
        index += 1;
        while chars.get(index) == Some(&' ') {
            index += 1;
        }
    }
    out
}

/// Marks what stands in backticks or in 「」.
fn literals(chars: &[char]) -> Vec<bool> {
    let (mut ticks, mut quotes) = (false, 0_u32);
    chars
        .iter()
        .map(|c| {
            match c {
                '`' => ticks = !ticks,
                '「' => quotes += 1,
                '」' => quotes = quotes.saturating_sub(1),
                _ => {}
            }
            ticks || quotes > 0 || matches!(c, '`' | '」')
        })
        .collect()
}

fn widen_parentheses(chars: &mut [char], literal: &[bool]) {
    let mut open = Vec::new();
    for index in 0..chars.len() {
        match chars[index] {
            _ if literal[index] => {}
            '(' => open.push(index),
            ')' => {
                if let Some(begin) = open.pop()
                    && belongs_to_japanese(chars, begin, index)
                {
                    chars[begin] = '（';
                    chars[index] = '）';
                }
            }
            _ => {}
        }
    }
}

fn belongs_to_japanese(chars: &[char], begin: usize, end: usize) -> bool {
    let before = begin.checked_sub(1).map(|i| chars[i]);
    let inside = chars[begin + 1..end].iter().any(|c| is_japanese(*c));
    let after = chars.get(end + 1).is_some_and(|c| is_japanese(*c));
    let beside = before.is_some_and(is_japanese);
    inside || beside || (after && before.is_some() && !follows_operator(&chars[..begin]))
}

/// Whether a parenthesis here belongs to a name of ISCN or HGVS.
fn follows_operator(before: &[char]) -> bool {
    if matches!(before.last(), Some(')' | '.')) {
        return true;
    }
    let letters: Vec<char> = before
        .iter()
        .rev()
        .take_while(|c| c.is_ascii_lowercase())
        .copied()
        .collect();
    let word: String = letters.into_iter().rev().collect();
    OPERATORS.contains(&word.as_str())
}

/// Turns a quotation that begins behind Japanese into 「」.
fn widen_quotes(chars: &mut [char], literal: &[bool]) {
    let mut index = 0;
    while index < chars.len() {
        let begins = chars[index] == '"'
            && !literal[index]
            && index
                .checked_sub(1)
                .is_some_and(|i| is_japanese(chars[i]) || chars[i] == '：');
        let end = begins
            .then(|| (index + 1..chars.len()).find(|i| chars[*i] == '"'))
            .flatten();
        if let Some(end) = end {
            chars[index] = '「';
            chars[end] = '」';
            index = end;
        }
        index += 1;
    }
}

/// Returns the wide form of a mark that stands beside Japanese.
fn wide(chars: &[char], index: usize) -> Option<char> {
    let c = chars[index];
    let before = index.checked_sub(1).map(|i| chars[i]);
    let after = chars.get(index + 1).copied();
    let is_wide =
        |c: Option<char>| c.is_some_and(|c| is_japanese(c) || matches!(c, '）' | '（' | '」' | '「' | '。'));
    let behind = chars[index + 1..].iter().find(|c| **c != ' ').copied();
    let ahead = chars[..index].iter().rfind(|c| **c != ' ').copied();
    let beside = is_wide(before) || is_wide(after);
    match c {
        ':' if beside || is_wide(behind) => {
            let double = before == Some(':') || after == Some(':');
            (!double).then_some('：')
        }
        ';' if beside || is_wide(behind) => Some('；'),
        ',' if is_wide(before) || is_wide(behind) => Some('、'),
        '/' if is_unit(before, after) => None,
        '/' if beside => Some('／'),
        // Alternatives, written apart.
        '/' if before == Some(' ') && after == Some(' ') && (is_wide(ahead) || is_wide(behind)) => Some('／'),
        '~' if beside => Some('〜'),
        '?' if before.is_some_and(is_japanese) => Some('？'),
        '!' if before.is_some_and(is_japanese) => Some('！'),
        '\'' if after.is_some_and(is_japanese) && before.is_some_and(|c| c.is_ascii_digit()) => Some('′'),
        _ => None,
    }
}

/// Whether a slash stands in a unit, `mL/分`.
fn is_unit(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(|c| c.is_ascii_alphabetic()) && matches!(after, Some('分' | '日' | '週' | '月' | '年'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widens_beside_japanese_and_leaves_names_alone() {
        for (text, expected) in [
            ("クローン性造血(CHIP)", "クローン性造血（CHIP）"),
            ("ヘモグロビン(g/dL)", "ヘモグロビン（g/dL）"),
            ("2.75 mmol/L(11 mg/dL)超", "2.75 mmol/L（11 mg/dL）超"),
            ("del(5q)を伴う", "del(5q)を伴う"),
            ("45,XX,inv(3)(q21q26)の異常", "45,XX,inv(3)(q21q26)の異常"),
            ("p.(Arg882His)の変化", "p.(Arg882His)の変化"),
            ("SF3B1とdel(5q)", "SF3B1とdel(5q)"),
            ("del(13q)/13モノソミー", "del(13q)/13モノソミー"),
            ("t(4;14)、t(14;16)のいずれか", "t(4;14)、t(14;16)のいずれか"),
            ("SMM:最初の5年", "SMM：最初の5年"),
            ("標準: JAK2", "標準：JAK2"),
            ("PML::RARAを伴う", "PML::RARAを伴う"),
            ("腫瘍側/非腫瘍側比", "腫瘍側／非腫瘍側比"),
            ("CHIP（造血） / MDS（腫瘍）", "CHIP（造血）／MDS（腫瘍）"),
            ("MDS/AMLへの進展", "MDS/AMLへの進展"),
            ("骨髄, 血液", "骨髄、血液"),
            ("JAK2, TET2", "JAK2, TET2"),
            ("「,」として解釈", "「,」として解釈"),
            ("`samples, sheet`を読む", "`samples, sheet`を読む"),
            ("5'非翻訳領域", "5′非翻訳領域"),
            ("（2回、最初は\"chr1\"）", "（2回、最初は「chr1」）"),
            ("不確実な異常(?)も", "不確実な異常（?）も"),
            ("10^9/L", "10^9/L"),
            ("60 mL/分未満", "60 mL/分未満"),
        ] {
            assert_eq!(japanese(text), expected, "{text}");
            assert_eq!(japanese(expected), expected, "{expected}");
        }
    }
}
