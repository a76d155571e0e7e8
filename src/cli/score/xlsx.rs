//! Workbooks as tables: a sheet becomes the CSV text that the score reader takes, a row a line.

use std::path::Path;

use anyhow::{Context, bail};
use calamine::{Data, Range, Reader, open_workbook_auto};

/// Whether a file name is that of a workbook.
pub fn is_workbook(path: &Path) -> bool {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("");
    ["xlsx", "xlsm", "xls", "ods"]
        .iter()
        .any(|e| e.eq_ignore_ascii_case(extension))
}

/// Reads a sheet, named or by its number from 1 on, as CSV text.
pub fn read(path: &Path, sheet: &str) -> anyhow::Result<Vec<u8>> {
    let name = path.display();
    let mut workbook = open_workbook_auto(path).with_context(|| format!("cannot read {name}"))?;
    let sheets = workbook.sheet_names();
    let by_number = sheet
        .parse::<usize>()
        .ok()
        .and_then(|n| sheets.get(n.checked_sub(1)?));
    let Some(found) = sheets.iter().find(|s| *s == sheet).or(by_number) else {
        bail!("{name}: no sheet {sheet:?}; it has {}", sheets.join(", "));
    };
    let found = found.clone();
    let range = workbook
        .worksheet_range(&found)
        .with_context(|| format!("{name}: cannot read sheet {found:?}"))?;
    as_csv(&range).with_context(|| format!("{name}: cannot read sheet {found:?}"))
}

fn as_csv(range: &Range<Data>) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in range.rows() {
        writer.write_record(row.iter().map(text))?;
    }
    writer.into_inner().context("cannot hold the sheet in memory")
}

/// Returns a cell as CSV has it; a cell with an error such as `#N/A` is not known.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::Error(_) => "NA".into(),
        Data::Bool(value) => u8::from(*value).to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_each_kind_of_cell() {
        let mut range = Range::new((0, 0), (1, 3));
        for (column, name) in ["ID", "HB", "del5q", "WT1"].into_iter().enumerate() {
            range.set_value((0, u32::try_from(column).unwrap()), Data::String(name.into()));
        }
        range.set_value((1, 0), Data::String("a,b".into()));
        range.set_value((1, 1), Data::Float(9.6));
        range.set_value((1, 2), Data::Bool(true));
        range.set_value((1, 3), Data::Error(calamine::CellErrorType::NA));
        let actual = String::from_utf8(as_csv(&range).unwrap()).unwrap();
        assert_eq!(actual, "ID,HB,del5q,WT1\n\"a,b\",9.6,1,NA\n");
    }

    #[test]
    fn knows_workbooks_by_their_name() {
        assert!(is_workbook(Path::new("a.XLSX")));
        assert!(!is_workbook(Path::new("a.csv")));
    }
}
