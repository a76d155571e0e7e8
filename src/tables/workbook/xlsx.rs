//! Worksheets of Office Open XML (ECMA-376, part 1, chapter 18).

use quick_xml::events::Event;

use super::cell_format::{Format, date, formats, percent};
use super::xml::Xml;
use super::{Archive, Content, Grid, MAX_CELLS, Unreadable, Worksheet, choose, damaged};

/// Folder of the parts, as every spreadsheet program names it.
const WORKBOOK: &str = "xl/workbook.xml";

/// Reads a worksheet as CSV text.
pub(super) fn read(archive: &mut Archive, worksheet: Option<&str>) -> Result<Worksheet, Unreadable> {
    let name = workbook_name(archive)?;
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", &name));
    let Some(text) = archive.part(&name)? else {
        return Err(damaged("no part xl/workbook.xml"));
    };
    let relations = relations(archive, &format!("{folder}/_rels/{file}.rels"))?;
    let path_of = |target: &str| match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None if folder.is_empty() => target.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let (sheets, is_1904) = sheets(&text, &relations)?;
    let names: Vec<String> = sheets.iter().map(|(name, _)| name.clone()).collect();
    let (chosen, note) = choose(&names, worksheet)?;
    let mut part_of = |kind: &str, usual: &str| {
        let target = relations.iter().find(|r| r.kind.ends_with(kind));
        let path = target.map_or_else(|| usual.to_owned(), |r| path_of(&r.target));
        archive.part(&path)
    };
    let strings = match part_of("/sharedStrings", "xl/sharedStrings.xml")? {
        Some(text) => shared_strings(&text)?,
        None => Vec::new(),
    };
    let formats = match part_of("/styles", "xl/styles.xml")? {
        Some(text) => formats(&text)?,
        None => Vec::new(),
    };
    let path = path_of(&sheets[chosen].1);
    let text = archive
        .part(&path)?
        .ok_or_else(|| damaged(&format!("no part {path}")))?;
    let book = Book {
        strings,
        formats,
        is_1904,
    };
    book.grid(&path, &text)?.into_csv(note)
}

/// A relation of a part to another.
struct Relation {
    id: String,
    kind: String,
    target: String,
}

fn relations(archive: &mut Archive, name: &str) -> Result<Vec<Relation>, Unreadable> {
    let name = name.trim_start_matches('/');
    let Some(text) = archive.part(name)? else {
        return Ok(Vec::new());
    };
    let mut xml = Xml::new(name, &text);
    let mut found = Vec::new();
    while let Some(event) = xml.next()? {
        if let Event::Start(e) = &event
            && e.local_name().as_ref() == "Relationship"
        {
            let attribute = |name| Ok(xml.attribute(e, name)?.unwrap_or_default());
            found.push(Relation {
                id: attribute("Id")?,
                kind: attribute("Type")?,
                target: attribute("Target")?,
            });
        }
    }
    Ok(found)
}

fn workbook_name(archive: &mut Archive) -> Result<String, Unreadable> {
    let relations = relations(archive, "_rels/.rels")?;
    let document = relations.iter().find(|r| r.kind.ends_with("/officeDocument"));
    Ok(document.map_or_else(
        || WORKBOOK.to_owned(),
        |r| r.target.trim_start_matches('/').to_owned(),
    ))
}

/// Returns the worksheets, name and part, and whether days are counted from 1904.
fn sheets(text: &str, relations: &[Relation]) -> Result<(Vec<(String, String)>, bool), Unreadable> {
    let mut xml = Xml::new(WORKBOOK, text);
    let (mut found, mut is_1904) = (Vec::new(), false);
    while let Some(event) = xml.next()? {
        let Event::Start(e) = &event else { continue };
        match e.local_name().as_ref() {
            "workbookPr" => {
                is_1904 = matches!(xml.attribute(e, "date1904")?.as_deref(), Some("1" | "true"));
            }
            "sheet" => {
                let (name, id) = (xml.attribute(e, "name")?, xml.attribute(e, "id")?);
                // Chart sheets and the like hold no cells.
                let relation = relations
                    .iter()
                    .find(|r| Some(&r.id) == id.as_ref() && r.kind.ends_with("/worksheet"));
                if let Some(relation) = relation {
                    found.push((name.unwrap_or_default(), relation.target.clone()));
                }
            }
            _ => {}
        }
    }
    Ok((found, is_1904))
}

/// Reads the texts that cells refer to by number. Readings of Japanese words (`rPh`) are no part of them.
fn shared_strings(text: &str) -> Result<Vec<String>, Unreadable> {
    let mut xml = Xml::new("sharedStrings.xml", text);
    let mut found = Vec::new();
    let (mut current, mut in_text, mut phonetic) = (String::new(), false, false);
    while let Some(event) = xml.next()? {
        match &event {
            Event::Start(e) => match e.local_name().as_ref() {
                "si" => current.clear(),
                "t" => in_text = !phonetic,
                "rPh" => phonetic = true,
                _ => {}
            },
            Event::End(e) => match e.local_name().as_ref() {
                "si" => found.push(std::mem::take(&mut current)),
                "t" => in_text = false,
                "rPh" => phonetic = false,
                _ => {}
            },
            other if in_text => xml.push_text(other, &mut current)?,
            _ => {}
        }
        if found.len() > MAX_CELLS {
            return Err(xml.damaged("more texts than a table of patients has cells"));
        }
    }
    Ok(found)
}

struct Book {
    strings: Vec<String>,
    formats: Vec<Format>,
    is_1904: bool,
}

/// A cell while it is read.
#[derive(Default)]
struct Open {
    row: u32,
    column: u32,
    kind: String,
    style: usize,
    value: String,
    /// Within `v` or `t`, whose text is the value.
    in_value: bool,
    phonetic: bool,
}

impl Book {
    fn grid(&self, name: &str, text: &str) -> Result<Grid, Unreadable> {
        let mut xml = Xml::new(name, text);
        let mut grid = Grid::default();
        let (mut row, mut column) = (0_u32, 0_u32);
        let mut cell: Option<Open> = None;
        let mut is_worksheet = false;
        while let Some(event) = xml.next()? {
            match (&event, &mut cell) {
                (Event::Start(e), None) => match e.local_name().as_ref() {
                    "worksheet" => is_worksheet = true,
                    "row" => {
                        if let Some(number) = xml.attribute(e, "r")? {
                            row = row_number(&number).ok_or_else(|| xml.damaged("a row without a number"))?;
                        }
                        column = 0;
                    }
                    "c" => {
                        if let Some(place) = xml.attribute(e, "r")? {
                            (row, column) =
                                place_of(&place).ok_or_else(|| xml.damaged("a cell with an odd place"))?;
                        }
                        cell = Some(Open {
                            row,
                            column,
                            kind: xml.attribute(e, "t")?.unwrap_or_default(),
                            style: xml.attribute(e, "s")?.and_then(|s| s.parse().ok()).unwrap_or(0),
                            ..Open::default()
                        });
                    }
                    _ => {}
                },
                (Event::End(e), None) if e.local_name().as_ref() == "row" => row = row.saturating_add(1),
                (Event::Start(e), Some(open)) => match e.local_name().as_ref() {
                    "v" => open.in_value = open.kind != "inlineStr",
                    "t" => open.in_value = !open.phonetic,
                    "rPh" => open.phonetic = true,
                    _ => {}
                },
                (Event::End(e), Some(open)) => match e.local_name().as_ref() {
                    "v" | "t" => open.in_value = false,
                    "rPh" => open.phonetic = false,
                    "c" => {
                        let content = self.content(open, &xml)?;
                        grid.put(open.row, open.column, content)?;
                        column = open.column.saturating_add(1);
                        cell = None;
                    }
                    _ => {}
                },
                (other, Some(open)) if open.in_value => xml.push_text(other, &mut open.value)?,
                _ => {}
            }
        }
        if is_worksheet {
            Ok(grid)
        } else {
            Err(xml.damaged("no worksheet in it"))
        }
    }

    /// Returns a cell as CSV has it; one with an error such as `#N/A` is not known.
    fn content(&self, cell: &mut Open, xml: &Xml<'_>) -> Result<Content, Unreadable> {
        let value = std::mem::take(&mut cell.value);
        match cell.kind.as_str() {
            "s" => {
                let index = value.trim().parse::<usize>().ok();
                let text = index.and_then(|i| self.strings.get(i)).cloned();
                let text = text.ok_or_else(|| xml.damaged("a cell refers to a text that is not there"))?;
                Ok(Content::Text(text))
            }
            "e" => Ok(Content::Typed("NA".to_owned())),
            "b" => Ok(Content::Typed(match value.trim() {
                "true" => "1".to_owned(),
                "false" => "0".to_owned(),
                other => other.to_owned(),
            })),
            // A date of its own kind is written as ISO 8601 has it; the time of day is nobody's.
            "d" => Ok(Content::Typed(
                value.split('T').next().unwrap_or_default().to_owned(),
            )),
            "inlineStr" | "str" => Ok(Content::Text(value)),
            _ => Ok(Content::Typed(self.number(&value, cell.style))),
        }
    }

    fn number(&self, text: &str, style: usize) -> String {
        let format = self.formats.get(style).copied().unwrap_or(Format::Number);
        match text.trim().parse::<f64>() {
            Ok(value) if value.is_finite() => match format {
                Format::Number => value.to_string(),
                Format::Percent => percent(value),
                Format::Date => date(value, self.is_1904).unwrap_or_else(|| value.to_string()),
            },
            _ => text.to_owned(),
        }
    }
}

fn row_number(text: &str) -> Option<u32> {
    text.parse::<u32>().ok()?.checked_sub(1)
}

/// Reads `B7` as row 6 and column 1.
fn place_of(text: &str) -> Option<(u32, u32)> {
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = text.split_at(digits);
    if letters.is_empty() || letters.len() > 6 {
        return None;
    }
    let mut column = 0_u32;
    for letter in letters.bytes() {
        let value = letter
            .to_ascii_uppercase()
            .checked_sub(b'A')
            .filter(|v| *v < 26)?;
        column = column.checked_mul(26)?.checked_add(u32::from(value) + 1)?;
    }
    Some((row_number(number)?, column - 1))
}

#[cfg(test)]
mod tests {
    use super::super::super::{Dot, Records};
    use super::super::tests::{packed, rows};

    const RELATIONS: &str = r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/worksheet" Target="/xl/worksheets/sheet2.xml"/></Relationships>"#;
    const BOOK: &str =
        r#"<workbook><sheets><sheet name="S" r:id="r1"/><sheet name="日付" r:id="r2"/></sheets></workbook>"#;
    const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-411]ge.m.d;@"/><numFmt numFmtId="165" formatCode="0.0%"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>"#;
    const STRINGS: &str = r#"<sst uniqueCount="99999999999"><si><t>ID</t></si><si><r><t>山</t></r><r><t>田</t></r><rPh><t>ヤマダ</t></rPh></si><si><t>a&amp;b, "c"</t></si></sst>"#;

    fn book(sheet: &str) -> Vec<u8> {
        let sheet = format!(
            "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>{sheet}</sheetData></worksheet>"
        );
        packed(&[
            ("xl/workbook.xml", BOOK),
            ("xl/_rels/workbook.xml.rels", RELATIONS),
            ("xl/styles.xml", STYLES),
            ("xl/sharedStrings.xml", STRINGS),
            ("xl/worksheets/sheet1.xml", &sheet),
            ("xl/worksheets/sheet2.xml", "<worksheet><sheetData/></worksheet>"),
        ])
    }

    #[test]
    fn reads_each_kind_of_cell() {
        let sheet = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>HB</t></is></c><c r="C1" t="str"><f>1</f><v>date</v></c><c t="inlineStr"><is><t>x</t></is></c></row>
<row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3"><v>9.5999999999999996</v></c><c r="C3" s="1"><v>45353.75</v></c><c r="D3" s="3"><v>0.07</v></c></row>
<row><c t="s"><v>2</v></c><c t="b"><v>1</v></c><c s="2"><v>59</v></c><c t="e"><v>#N/A</v></c></row>
<row r="1048576"><c r="A1048576" s="1"/></row>"#;
        let actual = rows(&book(sheet), None).unwrap();
        let expected = [
            ["ID", "HB", "date", "x"],
            ["山田", "9.6", "2024-03-02", "7%"],
            ["a&b, \"c\"", "1", "1900-02-28", "NA"],
        ];
        assert_eq!(actual, expected);
    }

    /// A number typed as text beside a decimal comma was read as a small one; a number of the spreadsheet's own has no such doubt.
    #[test]
    fn texts_that_look_like_numbers_are_read_with_care() {
        let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
        let dot = |texts: &[&str]| {
            let cells: String = texts.iter().map(|t| cell(t)).collect();
            let sheet = format!(
                "<worksheet><sheetData><row r=\"1\">{}</row><row r=\"2\">{cells}<c><v>1.125</v></c></row></sheetData></worksheet>",
                cell("ID")
            );
            let mut records = Records::new(book(&sheet).as_slice(), None).unwrap();
            let mut record = csv::StringRecord::new();
            records.next(&mut record).unwrap();
            let last = record.iter().next_back().unwrap();
            (records.dot, records.dot.number(last))
        };
        assert_eq!(dot(&["9,6", "1.250"]), (Dot::MayPartThousands, Ok(1.125)));
        assert_eq!(dot(&["9.6", "1.250"]), (Dot::Decimals, Ok(1.125)));
    }

    /// The last row or column of a worksheet once took 2.2 TB.
    #[test]
    fn a_far_cell_takes_no_room() {
        let header = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>"#;
        let far = format!("{header}<row r=\"1048576\"><c r=\"B1048576\"><v>1</v></c></row>");
        assert_eq!(rows(&book(&far), None).unwrap()[1], ["", "1"]);
        let wide = r#"<row r="1"><c r="XFD1"><v>1</v></c></row>"#;
        assert_eq!(rows(&book(wide), None).unwrap()[0].len(), 16_384);
        for place in [
            "ZZZZ1",
            "A1048577",
            "A99999999999",
            "A0",
            "AA",
            "1",
            "ZZZZZZZ1",
            "A-1",
        ] {
            let sheet = format!("{header}<row><c r=\"{place}\"><v>1</v></c></row>");
            assert!(rows(&book(&sheet), None).is_err(), "{place}");
        }
    }

    #[test]
    fn a_damaged_part_is_an_error_and_a_bomb_is_refused() {
        for sheet in [
            "<row><c><v>1</v></c>",
            r#"<row r="x"/>"#,
            r#"<row r="1"><c t="s"><v>7</v></c></row>"#,
            r#"<row r="1"><c><v>&unknown;</v></c></row>"#,
            r#"<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>"#,
            r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="B1"><v>2</v></c></row>"#,
        ] {
            assert!(rows(&book(sheet), None).is_err(), "{sheet}");
        }
        assert!(rows(&book(""), Some("日付")).is_err());
        assert!(rows(&book(""), Some("x")).unwrap_err().contains("no sheet \"x\""));
        let whole = book("<row><c><v>1</v></c></row>");
        for length in (0..whole.len()).step_by(37) {
            assert!(rows(&whole[..length], None).is_err(), "{length}");
        }
    }
}
