//! Numbers as people type them, which one cell alone does not always tell: `1.250` is one and a quarter, or twelve hundred and
//! fifty where commas part decimals.

use std::borrow::Cow;

use super::cells::plain;

/// Signs that part thousands somewhere: those of CLDR (dot, comma, apostrophes, blanks) and that of programming languages.
const SEPARATORS: [char; 10] = [
    '.', ',', ' ', '\'', '\u{2019}', '_', '\u{2007}', '\u{2009}', '\u{202f}', '\u{66c}',
];

/// Why a cell is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotANumber {
    /// No spelling of a number.
    Text,
    /// A limit that the value lies below or above: `<10`.
    Bound,
    /// A number with its unit: `9.5 g/dL`.
    Unit,
    /// A comma that may part thousands or decimals: `9,600`.
    Comma,
    /// A dot that may part thousands or decimals, because other decimals of the table have a comma: `1.250`.
    Dot,
    /// Thousands that are parted: `1 250`, `1'250`, `1.250,5`.
    Grouped,
}

impl NotANumber {
    /// Returns what to say the cell must be where it is nearly a number.
    pub(crate) const fn remedy(self) -> Option<&'static str> {
        match self {
            Self::Text => None,
            Self::Bound => Some(
                "a number: enter one on the side of the limit that it says (4.9 for <5), or NA, and keep in mind that the value is only bounded",
            ),
            Self::Unit => Some(
                "a number alone: leave its unit out of the cell; where a column may have several units, its name tells which (hb_g_l)",
            ),
            Self::Comma => Some(
                "clear, for its comma may part decimals or thousands: write a decimal point and no thousands separator",
            ),
            Self::Dot => Some(
                "clear, for its dot may part thousands in a table with decimal commas or semicolons: write 1250 for twelve hundred \
                 and fifty, 1.25 or 1,25 for one and a quarter (not three digits behind the sign)",
            ),
            Self::Grouped => {
                Some("a number without signs between its thousands: write 1250, not 1 250 or 1'250")
            }
        }
    }

    /// Returns what to say the cell must be, `wanted` being what its column holds.
    pub(crate) fn wanted(self, wanted: &str) -> Cow<'_, str> {
        // What follows is a remedy for numbers of another unit.
        let of_numbers = || wanted.split("; ").next().unwrap_or(wanted);
        match self.remedy() {
            Some(remedy) => Cow::Borrowed(remedy),
            None if wanted.starts_with("a number") => Cow::Borrowed(wanted),
            None => Cow::Owned(format!("a number; give {}", of_numbers())),
        }
    }
}

/// What the dot of a number means in a file, as far as its cells tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Dot {
    /// It parts decimals.
    #[default]
    Decimals,
    /// It may part thousands: somewhere a comma parts decimals.
    MayPartThousands,
}

impl Dot {
    /// Tells it from the cells of a file; `doubtful` where the form of the file makes decimal commas as likely as points, which
    /// only a cell with a point that cannot part thousands can then rule out.
    pub(crate) fn of(cells: impl IntoIterator<Item = impl AsRef<str>>, doubtful: bool) -> Self {
        let mut has_point = false;
        for cell in cells {
            match decimal_sign(cell.as_ref()) {
                Some(',') => return Self::MayPartThousands,
                Some(_) => has_point = true,
                None => {}
            }
        }
        if doubtful && !has_point {
            Self::MayPartThousands
        } else {
            Self::Decimals
        }
    }

    /// Reads a number with a decimal point, or with a decimal comma, where neither can part thousands: `9.6`, `9,6`, `0,125`, not
    /// `9,600`.
    pub(crate) fn number(self, text: &str) -> Result<f64, NotANumber> {
        // Nearly every number of a table begins and ends so.
        if let Ok(value) = text.parse() {
            return self.clear(text, value);
        }
        let text = plain(text);
        if let Ok(value) = text.parse() {
            return self.clear(&text, value);
        }
        let unsigned = text.trim_start_matches(['-', '+']);
        if let Some((whole, fraction)) = unsigned.split_once(',')
            && digits(whole)
            && digits(fraction)
        {
            return if is_group(whole, fraction) {
                Err(NotANumber::Comma)
            } else {
                text.replace(',', ".").parse().map_err(|_| NotANumber::Text)
            };
        }
        Err(grouped(unsigned))
    }

    fn clear(self, text: &str, value: f64) -> Result<f64, NotANumber> {
        if self == Self::MayPartThousands && is_doubtful(text) {
            return Err(NotANumber::Dot);
        }
        Ok(value)
    }

    /// Returns a number that a program wrote as a cell that is read as this very number.
    pub(crate) fn typed(self, number: String) -> String {
        if self == Self::MayPartThousands && is_doubtful(&number) {
            return number + "0";
        }
        number
    }
}

fn digits(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())
}

/// Whether the digits behind a sign may be a group of thousands.
fn is_group(whole: &str, behind: &str) -> bool {
    behind.len() == 3 && !whole.bytes().all(|b| b == b'0')
}

/// Whether a number with a point may be one with thousands. More than three digits in front are none: `1250.000`.
fn is_doubtful(text: &str) -> bool {
    let unsigned = text.trim_start_matches(['-', '+']);
    unsigned.split_once('.').is_some_and(|(whole, behind)| {
        digits(whole) && digits(behind) && whole.len() <= 3 && is_group(whole, behind)
    })
}

/// Returns the sign that parts decimals in a cell, where it can part nothing else.
fn decimal_sign(cell: &str) -> Option<char> {
    let cell = cell.trim();
    // Few cells of a table are decimals.
    if !cell.contains(['.', ',', '\u{ff0e}', '\u{ff0c}']) {
        return None;
    }
    let cell = plain(cell);
    let unsigned = cell
        .trim_start_matches(['-', '+', '<', '>', '≤', '≥'])
        .trim_end_matches('%')
        .trim();
    let at = unsigned.find(['.', ','])?;
    let (whole, behind) = (&unsigned[..at], &unsigned[at + 1..]);
    let sign = if unsigned.as_bytes()[at] == b',' { ',' } else { '.' };
    if digits(whole) && digits(behind) {
        return (!is_group(whole, behind)).then_some(sign);
    }
    // `1.250,5` and `1,250.5`: the last sign parts decimals.
    let last = unsigned.rfind(['.', ','])?;
    let (groups, decimals) = (&unsigned[..last], &unsigned[last + 1..]);
    let other = if unsigned.as_bytes()[last] == b',' {
        ','
    } else {
        '.'
    };
    let is_number = other != sign
        && digits(decimals)
        && groups.split(sign).all(digits)
        && groups.split(sign).skip(1).all(|g| g.len() == 3);
    is_number.then_some(other)
}

/// Tells a number with thousands parted from other text.
fn grouped(unsigned: &str) -> NotANumber {
    let decimals = unsigned.rfind(['.', ',']).unwrap_or(unsigned.len());
    let whole = |text: &str| {
        let mut groups = text.split(SEPARATORS);
        let first = groups.next().unwrap_or_default();
        let mut rest = groups.peekable();
        digits(first)
            && first.len() <= 3
            && rest.peek().is_some()
            && rest.all(|group| group.len() == 3 && digits(group))
    };
    let with_decimals = || {
        let behind = unsigned.get(decimals + 1..).unwrap_or_default();
        digits(behind) && whole(&unsigned[..decimals])
    };
    if whole(unsigned) || with_decimals() {
        return if unsigned.contains(',')
            && !unsigned.contains(|c| c != '.' && c != ',' && SEPARATORS.contains(&c))
        {
            NotANumber::Comma
        } else {
            NotANumber::Grouped
        };
    }
    near_number(unsigned)
}

/// Tells what is written around a number from other text.
fn near_number(unsigned: &str) -> NotANumber {
    const SIGNS: [char; 4] = ['<', '>', '≤', '≥'];
    /// Below, above, up to, from: behind a number in Japanese.
    const BOUNDS: [&str; 4] = ["未満", "超", "以下", "以上"];
    let has_digit = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    if unsigned.starts_with(SIGNS) && has_digit(unsigned) {
        return NotANumber::Bound;
    }
    let behind = unsigned.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let number = unsigned[..unsigned.len() - behind.len()].replace(',', ".");
    let unit = behind.trim_start();
    let is_unit = unit.starts_with(|c: char| c.is_alphabetic() || matches!(c, '%' | '/' | '×' | '*'));
    if number.ends_with('.') || number.parse::<f64>().is_err() {
        return NotANumber::Text;
    }
    if BOUNDS.iter().any(|bound| unit.ends_with(bound)) {
        NotANumber::Bound
    } else if is_unit {
        NotANumber::Unit
    } else {
        NotANumber::Text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_as_people_type_them() {
        for (text, expected) in [
            ("9.6", Ok(9.6)),
            ("9,6", Ok(9.6)),
            ("-0,35", Ok(-0.35)),
            ("0,125", Ok(0.125)),
            ("12,3456", Ok(12.3456)),
            ("1.250", Ok(1.25)),
            ("９．６", Ok(9.6)),
            ("９，６", Ok(9.6)),
            ("\u{3000}88 ", Ok(88.0)),
            ("1e3", Ok(1000.0)),
            ("9,600", Err(NotANumber::Comma)),
            ("150,000", Err(NotANumber::Comma)),
            ("１，２５０", Err(NotANumber::Comma)),
            ("1,234,567", Err(NotANumber::Comma)),
            ("1,234.5", Err(NotANumber::Comma)),
            ("1.234,5", Err(NotANumber::Comma)),
            ("1.234.567", Err(NotANumber::Grouped)),
            ("1 250", Err(NotANumber::Grouped)),
            ("１　２５０", Err(NotANumber::Grouped)),
            ("1\u{a0}250", Err(NotANumber::Grouped)),
            ("1\u{202f}250,5", Err(NotANumber::Grouped)),
            ("1'250", Err(NotANumber::Grouped)),
            ("1\u{2019}250.5", Err(NotANumber::Grouped)),
            ("1_000", Err(NotANumber::Grouped)),
            ("-12 345 678", Err(NotANumber::Grouped)),
            ("1 25", Err(NotANumber::Text)),
            ("1250 000", Err(NotANumber::Text)),
            (",5", Err(NotANumber::Text)),
            ("9,x", Err(NotANumber::Text)),
            ("abc", Err(NotANumber::Text)),
            ("10-12", Err(NotANumber::Text)),
            ("9.5.1 g", Err(NotANumber::Text)),
            ("<", Err(NotANumber::Text)),
            ("<10", Err(NotANumber::Bound)),
            (">= 3,5", Err(NotANumber::Bound)),
            ("≤0.1", Err(NotANumber::Bound)),
            ("＜１０", Err(NotANumber::Bound)),
            ("10未満", Err(NotANumber::Bound)),
            ("9.5 g/dL", Err(NotANumber::Unit)),
            ("9,5g/dL", Err(NotANumber::Unit)),
            ("120 ×10^9/L", Err(NotANumber::Unit)),
            ("70歳", Err(NotANumber::Unit)),
            ("-3 %", Err(NotANumber::Unit)),
            ("٣", Err(NotANumber::Text)),
            ("", Err(NotANumber::Text)),
        ] {
            assert_eq!(Dot::Decimals.number(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_remedy_fits_what_the_cell_holds() {
        let hb = "a hemoglobin of 1.5 to 25 g/dL; if the unit is g/L, call the column hb_g_l";
        assert_eq!(
            NotANumber::Text.wanted(hb),
            "a number; give a hemoglobin of 1.5 to 25 g/dL"
        );
        assert_eq!(NotANumber::Text.wanted("a number"), "a number");
        assert!(NotANumber::Bound.wanted(hb).contains("on the side of the limit"));
        assert!(NotANumber::Unit.wanted(hb).contains("leave its unit out"));
    }

    /// A platelet count of 1250 was read as one and a quarter.
    #[test]
    fn a_dot_before_three_digits_is_no_decimal_point_beside_decimal_commas() {
        for (text, expected) in [
            ("1.250", Err(NotANumber::Dot)),
            ("-250.000", Err(NotANumber::Dot)),
            ("１．２５０", Err(NotANumber::Dot)),
            (" 1.250", Err(NotANumber::Dot)),
            ("0.125", Ok(0.125)),
            ("1250.000", Ok(1250.0)),
            ("9.6", Ok(9.6)),
            ("1.2500", Ok(1.25)),
            ("9,6", Ok(9.6)),
            ("1250", Ok(1250.0)),
            ("1.250e2", Ok(125.0)),
        ] {
            assert_eq!(Dot::MayPartThousands.number(text), expected, "{text:?}");
        }
        for value in [1.125, 250.625, 0.125, 9.6, 1250.0] {
            let cell = Dot::MayPartThousands.typed(value.to_string());
            assert_eq!(Dot::MayPartThousands.number(&cell), Ok(value), "{cell}");
        }
    }

    #[test]
    fn the_cells_of_a_file_tell_what_its_dots_mean() {
        let of = |cells: &[&str], doubtful| Dot::of(cells, doubtful);
        for cells in [
            &["a", "9,6", "1.250"][..],
            &["9.6", "９，６"],
            &["0,125"],
            &["<12,5"],
            &["12,5 %"],
            &["1.250,5"],
        ] {
            assert_eq!(of(cells, false), Dot::MayPartThousands, "{cells:?}");
        }
        for cells in [
            &["1.250"][..],
            &["1,250", "9.6"],
            &["1,250.5"],
            &["46,XX", "TET2,ASXL1", "1,2,3"],
            &["NM_015338.6,NM_000546.6"],
        ] {
            assert_eq!(of(cells, false), Dot::Decimals, "{cells:?}");
        }
        assert_eq!(of(&["1.250", "12"], true), Dot::MayPartThousands);
        assert_eq!(of(&["1.250", "9.6"], true), Dot::Decimals);
    }
}
