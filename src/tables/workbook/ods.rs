//! Worksheets of OpenDocument (ISO/IEC 26300, chapter 9).

use quick_xml::events::{BytesStart, Event};

use super::cell_format::percent;
use super::xml::Xml;
use super::{Archive, Content, Grid, Unreadable, Worksheet, choose, damaged};

const CONTENT: &str = "content.xml";

/// Reads a worksheet as CSV text.
pub(super) fn read(archive: &mut Archive, worksheet: Option<&str>) -> Result<Worksheet, Unreadable> {
    let text = archive
        .part(CONTENT)?
        .ok_or_else(|| damaged("no part content.xml"))?;
    let (chosen, note) = choose(&names(&text)?, worksheet)?;
    grid(&text, chosen)?.into_csv(note)
}

fn names(text: &str) -> Result<Vec<String>, Unreadable> {
    let mut xml = Xml::new(CONTENT, text);
    let mut found = Vec::new();
    while let Some(event) = xml.next()? {
        if let Event::Start(e) = &event
            && e.local_name().as_ref() == "table"
        {
            found.push(xml.attribute(e, "name")?.unwrap_or_default());
        }
    }
    Ok(found)
}

/// A cell while it is read.
struct Open {
    repeated: u32,
    /// What an attribute says; else the paragraphs do.
    value: Option<Content>,
    text: String,
    paragraphs: u32,
    /// Within a comment, whose text is not the cell's.
    in_annotation: bool,
}

fn grid(text: &str, chosen: usize) -> Result<Grid, Unreadable> {
    let mut xml = Xml::new(CONTENT, text);
    let mut grid = Grid::default();
    let (mut table, mut row, mut column) = (None::<usize>, 0_u32, 0_u32);
    let mut repeated_row = 1;
    let mut cells: Vec<(u32, u32, Content)> = Vec::new();
    let mut cell: Option<Open> = None;
    while let Some(event) = xml.next()? {
        match (&event, &mut cell) {
            (Event::Start(e), None) => match e.local_name().as_ref() {
                "table" => table = Some(table.map_or(0, |t| t + 1)),
                _ if table != Some(chosen) => {}
                "table-row" => {
                    repeated_row = repeats(&xml, e, "number-rows-repeated")?;
                    column = 0;
                }
                "table-cell" | "covered-table-cell" => cell = Some(opened(&xml, e)?),
                _ => {}
            },
            (Event::End(e), None) if table == Some(chosen) && e.local_name().as_ref() == "table-row" => {
                put(&mut grid, row, repeated_row, &cells)?;
                cells.clear();
                row = row.saturating_add(repeated_row);
            }
            (Event::Start(e), Some(open)) => match e.local_name().as_ref() {
                "annotation" => open.in_annotation = true,
                "p" if !open.in_annotation => {
                    open.paragraphs += 1;
                    if open.paragraphs > 1 {
                        open.text.push(' ');
                    }
                }
                "s" | "tab" | "line-break" => open.text.push(' '),
                _ => {}
            },
            (Event::End(e), Some(open)) => match e.local_name().as_ref() {
                "annotation" => open.in_annotation = false,
                "table-cell" | "covered-table-cell" => {
                    let content = match open.value.take() {
                        Some(value) => value,
                        None => Content::Text(std::mem::take(&mut open.text)),
                    };
                    if !content.as_str().trim().is_empty() {
                        cells.push((column, open.repeated, content));
                    }
                    column = column.saturating_add(open.repeated);
                    cell = None;
                }
                _ => {}
            },
            (other, Some(open)) if !open.in_annotation && open.paragraphs > 0 => {
                xml.push_text(other, &mut open.text)?;
            }
            _ => {}
        }
    }
    Ok(grid)
}

/// Puts the cells of a row in their places, as often as row and cell are repeated: a grid takes so many and not more.
fn put(grid: &mut Grid, row: u32, rows: u32, cells: &[(u32, u32, Content)]) -> Result<(), Unreadable> {
    if cells.is_empty() {
        return Ok(());
    }
    for row in row..row.saturating_add(rows) {
        for (column, columns, content) in cells {
            for column in *column..column.saturating_add(*columns) {
                grid.put(row, column, content.clone())?;
            }
        }
    }
    Ok(())
}

fn repeats(xml: &Xml<'_>, element: &BytesStart<'_>, name: &str) -> Result<u32, Unreadable> {
    match xml.attribute(element, name)? {
        Some(count) => count.parse().map_err(|_| xml.damaged("an odd number of repeats")),
        None => Ok(1),
    }
}

fn opened(xml: &Xml<'_>, element: &BytesStart<'_>) -> Result<Open, Unreadable> {
    let attribute = |name| xml.attribute(element, name);
    let value = match attribute("value-type")?.as_deref() {
        Some("percentage") => attribute("value")?.and_then(|v| v.parse().ok()).map(percent),
        Some("float" | "currency") => attribute("value")?,
        Some("date") => attribute("date-value")?.map(|d| d.split('T').next().unwrap_or_default().to_owned()),
        Some("boolean") => {
            attribute("boolean-value")?.map(|b| if b == "true" { "1" } else { "0" }.to_owned())
        }
        _ => None,
    };
    let value = match value {
        Some(value) => Some(Content::Typed(value)),
        None => attribute("string-value")?.map(Content::Text),
    };
    Ok(Open {
        repeated: repeats(xml, element, "number-columns-repeated")?,
        value,
        text: String::new(),
        paragraphs: 0,
        in_annotation: false,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{packed, rows};

    fn book(table: &str) -> Vec<u8> {
        let content = format!(
            "<office:document-content><table:table table:name=\"S\">{table}</table:table><table:table table:name=\"T\"/></office:document-content>"
        );
        packed(&[("mimetype", "x"), ("content.xml", &content)])
    }

    #[test]
    fn reads_each_kind_of_cell() {
        let table = r#"<table:table-row><table:table-cell office:value-type="string"><text:p>ID</text:p></table:table-cell><table:table-cell office:value-type="string"><office:annotation><text:p>said</text:p></office:annotation><text:p>HB</text:p></table:table-cell><table:table-cell/><table:table-cell office:value-type="string"><text:p>date</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16000"/></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><text:p>a &amp; b</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="9.6"><text:p>9,6</text:p></table:table-cell><table:table-cell office:value-type="percentage" office:value="0.07"><text:p>7 %</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2024-03-02T00:00:00"/></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
        let actual = rows(&book(table), None).unwrap();
        let row = ["a & b", "9.6", "7%", "2024-03-02"];
        assert_eq!(actual[0], ["ID", "HB", "", "date"]);
        assert_eq!(actual[1..], [row, row]);
    }

    #[test]
    fn repeats_without_end_are_refused() {
        for (rows_repeated, columns) in [
            ("4000000000", "1"),
            ("1", "4000000000"),
            ("1000000", "16000"),
            ("x", "1"),
        ] {
            let table = format!(
                "<table:table-row table:number-rows-repeated=\"{rows_repeated}\"><table:table-cell table:number-columns-repeated=\"{columns}\" office:value-type=\"float\" office:value=\"1\"/></table:table-row>"
            );
            assert!(rows(&book(&table), None).is_err(), "{rows_repeated} {columns}");
        }
        assert!(rows(&book("<table:table-row>"), None).is_err());
    }
}
