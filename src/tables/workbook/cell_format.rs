//! What the number of a cell means by its format: a plain number, a percentage, a date.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::Unreadable;
use super::xml::Xml;

/// What the number of a cell means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Number,
    Percent,
    Date,
}

/// Returns the format of each style that cells refer to by number.
pub(super) fn formats(text: &str) -> Result<Vec<Format>, Unreadable> {
    let mut xml = Xml::new("styles.xml", text);
    let mut own: HashMap<String, Format> = HashMap::new();
    let (mut found, mut in_cell_styles) = (Vec::new(), false);
    while let Some(event) = xml.next()? {
        match &event {
            Event::Start(e) => match e.local_name().as_ref() {
                "numFmt" => {
                    let code = xml.attribute(e, "formatCode")?.unwrap_or_default();
                    own.insert(xml.attribute(e, "numFmtId")?.unwrap_or_default(), of_code(&code));
                }
                "cellXfs" => in_cell_styles = true,
                "xf" if in_cell_styles => {
                    let id = xml.attribute(e, "numFmtId")?.unwrap_or_default();
                    found.push(own.get(&id).copied().unwrap_or_else(|| built_in(&id)));
                }
                _ => {}
            },
            Event::End(e) if e.local_name().as_ref() == "cellXfs" => in_cell_styles = false,
            _ => {}
        }
    }
    Ok(found)
}

/// Formats that a workbook need not define (ECMA-376, part 1, 18.8.30), those of East Asian editions among them.
fn built_in(id: &str) -> Format {
    match id.parse::<u32>() {
        Ok(9 | 10) => Format::Percent,
        Ok(14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58) => Format::Date,
        _ => Format::Number,
    }
}

/// Reads a code such as `yyyy/mm/dd`, `[$-411]ge.m.d` or `0.0%`: what stands in quotation marks, brackets or behind a backslash is
/// no part of it.
fn of_code(code: &str) -> Format {
    let mut bare = String::new();
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => _ = chars.by_ref().find(|c| *c == '"'),
            '[' => _ = chars.by_ref().find(|c| *c == ']'),
            '\\' | '_' | '*' => _ = chars.next(),
            ';' => break,
            c => bare.extend(c.to_lowercase()),
        }
    }
    if bare.contains(['y', 'd']) && bare != "standard" {
        Format::Date
    } else if bare.contains('%') {
        Format::Percent
    } else {
        Format::Number
    }
}

/// Returns a fraction as the spreadsheet shows it: 0.07 is 7%.
pub(super) fn percent(fraction: f64) -> String {
    // Twelve digits: 0.07 times 100 is 7.000000000000001.
    let value = format!("{:.10}", fraction * 100.0);
    let value = value.trim_end_matches('0').trim_end_matches('.');
    format!("{value}%")
}

/// Returns the date of a day number, YYYY-MM-DD; the time of day is left out.
pub(super) fn date(serial: f64, is_1904: bool) -> Option<String> {
    /// Days from 1899-12-30 to 1904-01-01.
    const EPOCH_1904: i64 = 1462;
    // The last day that spreadsheets know is 9999-12-31.
    let day = (0.0..2_958_466.0).contains(&serial).then(|| serial.floor())?;
    #[allow(clippy::cast_possible_truncation, reason = "within the range above")]
    let mut day = day as i64;
    if is_1904 {
        day += EPOCH_1904;
    } else if day < 60 {
        // Day 60 is 1900-02-29, which never was; before it the count is one ahead.
        day += 1;
    }
    let (mut year, mut rest) = (1899, day + 363);
    loop {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = if leap { 366 } else { 365 };
        if rest < days {
            let february = if leap { 29 } else { 28 };
            let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
            let mut month = 0;
            while rest >= months[month] {
                rest -= months[month];
                month += 1;
            }
            return Some(format!("{year:04}-{:02}-{:02}", month + 1, rest + 1));
        }
        rest -= days;
        year += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1900_or_1904() {
        for (serial, is_1904, expected) in [
            (1.0, false, "1900-01-01"),
            (61.0, false, "1900-03-01"),
            (45_353.0, false, "2024-03-02"),
            (0.0, true, "1904-01-01"),
            (43_891.0, true, "2024-03-02"),
            (2_958_465.0, false, "9999-12-31"),
        ] {
            assert_eq!(date(serial, is_1904).as_deref(), Some(expected), "{serial}");
        }
        assert_eq!(date(-1.0, false), None);
        assert_eq!(date(1e300, false), None);
    }

    #[test]
    fn knows_dates_and_percentages_by_their_code() {
        for (code, expected) in [
            ("yyyy/mm/dd", Format::Date),
            ("[$-411]ggge\"年\"m\"月\"d\"日\"", Format::Date),
            ("General", Format::Number),
            ("0.00E+00", Format::Number),
            ("0.0\" mg/dl\"", Format::Number),
            ("[Red]0.0", Format::Number),
            ("0.0%", Format::Percent),
            ("h:mm", Format::Number),
        ] {
            assert_eq!(of_code(code), expected, "{code}");
        }
        assert_eq!(
            (percent(0.07), percent(1.0), percent(0.125)),
            ("7%".into(), "100%".into(), "12.5%".into())
        );
    }
}
