//! What the cells of one visit say of a mutation.

use super::columns::{FractionColumn, TimeColumn, VisitColumns};
use super::error::MutationTableError;
use super::observation::{Observation, Time, Told};
use crate::patient::{Cell, CellError, Column, Date, Row, RowError};
use crate::tables::plain;

/// Difference of a VAF from its counts, as a share of it and beside that, from which they contradict each other: papers round.
const ROUNDED: (f64, f64) = (0.1, 0.006);

/// Largest number of years that a table may give, an age included.
const MOST_YEARS: f64 = 130.0;

/// Largest number of fragments.
const MOST_DEPTH: f64 = 1e8;

/// Words for "looked for, and not there".
const UNDETECTED: [&str; 12] = [
    "not detected",
    "undetected",
    "undetectable",
    "below detection",
    "below lod",
    "below limit",
    "bdl",
    "none detected",
    "検出されず",
    "検出せず",
    "未検出",
    "検出限界未満",
];

/// Why a visit cannot be read: its cell is wrong, or the whole table is not what it seems.
pub(super) enum Unread {
    Row(RowError),
    Table(Box<MutationTableError>),
}

impl From<CellError> for Unread {
    fn from(error: CellError) -> Self {
        Self::Row(error.into())
    }
}

/// Reads when a visit was.
fn time(row: &Row<'_>, column: TimeColumn) -> Result<Option<Time>, CellError> {
    let years = |column: Column| {
        let Some(cell) = row.cell(column) else {
            return Ok(None);
        };
        let years = number(row, &cell, "a number of years")?;
        if !(0.0..=MOST_YEARS).contains(&years) {
            return Err(cell.wrong("is no number of years from 0 to 130"));
        }
        Ok(Some(Time::Years(years)))
    };
    match column {
        TimeColumn::Start => Ok(Some(Time::Years(0.0))),
        TimeColumn::Years(column) | TimeColumn::Age(column) => years(column),
        TimeColumn::Collected(column) => {
            let Some(cell) = row.cell(column) else {
                return Ok(None);
            };
            let date = Date::parse(cell.text).ok_or_else(|| cell.error("a date YYYY-MM-DD"))?;
            Ok(Some(Time::Date(date)))
        }
    }
}

/// Reads what one visit says; `None` where it says nothing.
pub(super) fn observation(
    row: &Row<'_>,
    columns: &VisitColumns,
    path: &str,
) -> Result<Option<Observation>, Unread> {
    let vaf_cell = columns.vaf.and_then(|vaf| Some((vaf, row.cell(vaf.column)?)));
    let vaf = vaf_cell
        .map(|(column, cell)| told(row, column, &cell, path))
        .transpose()?;
    let alt_count = counted(row, columns.alt_count, 0.0)?;
    let Some(time) = time(row, columns.time)? else {
        if vaf.is_none() && alt_count.is_none() {
            return Ok(None);
        }
        let named = vaf_cell
            .map(|(_, cell)| cell)
            .or_else(|| row.cell(columns.alt_count));
        let wrong = "has no time beside it: nothing tells when the visit was; fill the column of its date, years or age";
        return match named {
            Some(cell) => Err(cell.wrong(wrong).into()),
            None => Ok(None),
        };
    };
    let depth = counted(row, columns.depth, 1.0)?;
    let limit = columns
        .limit
        .and_then(|limit| Some((limit, row.cell(limit.column)?)));
    let limit = limit
        .map(|(column, cell)| fraction(row, column, &cell, cell.text, path))
        .transpose()?;
    if let Some((cell, wrong)) = contradiction(row, columns, (vaf, alt_count, depth)) {
        return Err(cell.wrong(&wrong).into());
    }
    Ok(Some(Observation {
        line: row.line(),
        time,
        told: vaf,
        alt_count,
        depth,
        limit,
    }))
}

/// Returns the cell that contradicts another, and how.
fn contradiction<'r>(
    row: &Row<'r>,
    columns: &VisitColumns,
    (vaf, alt_count, depth): (Option<Told>, Option<u32>, Option<u32>),
) -> Option<(Cell<'r>, String)> {
    let (alt_count, depth) = (alt_count?, depth?);
    let cell = row.cell(columns.alt_count)?;
    if alt_count > depth {
        return Some((cell, format!("is more than the depth, {depth}")));
    }
    let counts = f64::from(alt_count) / f64::from(depth);
    let (share, beside) = ROUNDED;
    let vaf = match vaf? {
        Told::Seen(vaf) => vaf,
        // Fewer than a call needs may have been counted.
        Told::Below(_) => return None,
    };
    let differ = (counts - vaf).abs() > share * vaf.max(counts) + beside;
    differ.then(|| (cell, format!("of {depth} is a VAF of {counts:.4}, and the VAF beside it is {vaf:.4}; leave the wrong one out")))
}

/// Reads a number.
fn number(row: &Row<'_>, cell: &Cell<'_>, wanted: &str) -> Result<f64, CellError> {
    let read = row.dot().number(cell.text);
    let number = read.map_err(|e| cell.error(&e.wanted(wanted)))?;
    if number.is_finite() {
        Ok(number)
    } else {
        Err(cell.error(wanted))
    }
}

/// Reads a number of fragments; one with decimals (of halved or weighted counts) is rounded.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number that was held against its bounds"
)]
fn counted(row: &Row<'_>, column: Option<Column>, least: f64) -> Result<Option<u32>, CellError> {
    let Some(cell) = row.cell(column) else {
        return Ok(None);
    };
    let wanted = "a number of fragments";
    let value = number(row, &cell, wanted)?;
    if !(least..=MOST_DEPTH).contains(&value) {
        return Err(cell.error(wanted));
    }
    Ok(Some(value.round() as u32))
}

/// Reads a fraction, or that it is below detection.
fn told(row: &Row<'_>, column: FractionColumn, cell: &Cell<'_>, path: &str) -> Result<Told, Unread> {
    let text = plain(cell.text).to_lowercase();
    if UNDETECTED.contains(&text.trim_end_matches(['.', '。'])) {
        return Ok(Told::Below(None));
    }
    let Some(limit) = text.strip_prefix(['<', '≤']) else {
        let vaf = fraction(row, column, cell, &text, path)?;
        return Ok(if vaf > 0.0 {
            Told::Seen(vaf)
        } else {
            Told::Below(None)
        });
    };
    let limit = limit.trim();
    if !limit.contains(|c: char| c.is_ascii_digit()) {
        return Ok(Told::Below(None));
    }
    let limit = fraction(row, column, cell, limit, path)?;
    if limit <= 0.0 {
        return Err(cell
            .wrong("is below nothing; write 0 with the depth, or the detection limit")
            .into());
    }
    Ok(Told::Below(Some(limit)))
}

fn fraction(
    row: &Row<'_>,
    column: FractionColumn,
    cell: &Cell<'_>,
    text: &str,
    path: &str,
) -> Result<f64, Unread> {
    let text = plain(text);
    let (digits, has_sign) = match text.strip_suffix('%') {
        Some(digits) => (digits.trim(), true),
        None => (&*text, false),
    };
    let wanted = if column.is_percent {
        "a percentage from 0 to 100"
    } else {
        "a fraction from 0 to 1"
    };
    let value = row
        .dot()
        .number(digits)
        .map_err(|e| cell.error(&e.wanted(wanted)))?;
    let is_percent = column.is_percent || has_sign;
    let vaf = if is_percent { value / 100.0 } else { value };
    if (0.0..=1.0).contains(&vaf) {
        return Ok(vaf);
    }
    let error = cell.error(wanted);
    if !is_percent && (0.0..=100.0).contains(&value) {
        let file = path.to_owned();
        let error = MutationTableError::Percent { file, cell: error };
        return Err(Unread::Table(Box::new(error)));
    }
    Err(error.into())
}
