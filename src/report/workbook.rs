//! `hemoclone.xlsx`: the tables of a run in one workbook, with its methods and what the columns mean.

use std::collections::BTreeSet;
use std::io::Write;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook as Xlsx, Worksheet, XlsxError};

use super::output::{Output, Place, RunWriter, Selection, Writer};
use super::table::{Column, Row as _};
use super::value::{Kind, Value};
use super::{CallRow, GeneRow, ReportError, SummaryRow};
use crate::sample::{SCHEMA_VERSION, SampleResult};
use crate::text;

/// The tables of the run as a workbook.
pub(super) const WORKBOOK: Output = Output {
    name: "xlsx",
    place: Place::Run("hemoclone.xlsx"),
    holds: "a workbook of the run: summary, calls and genes of every sample, methods and the meaning of the columns",
    about: "The tables of the run in one workbook.",
    columns: &[],
    selection: Selection::OnRequest,
    applies: |_| true,
    writer: Writer::Run(|| Box::new(Workbook::default())),
};

/// Most characters of a cell (Microsoft, "Excel specifications and limits": 32,767), with room for the mark that it goes on.
const LONGEST_TEXT: usize = 32_000;

/// Rows gathered over the samples.
#[derive(Debug, Default)]
struct Workbook {
    calls: Vec<Vec<Value>>,
    genes: Vec<Vec<Value>>,
    /// What was in force, each setting once however many samples had it: topic, value.
    settings: BTreeSet<(&'static str, String)>,
}

impl RunWriter for Workbook {
    fn add(&mut self, result: &SampleResult) {
        let calls = result.calls.iter();
        self.calls
            .extend(calls.map(|call| CallRow::new(result, call).values()));
        let genes = result.genes.iter();
        self.genes
            .extend(genes.map(|gene| GeneRow::new(result, gene).values()));
        let (panel, thresholds) = (&result.panel, &result.settings.thresholds);
        self.settings.extend([
            (
                "program",
                format!("{} {}", result.program.name, result.program.version),
            ),
            (
                "panel",
                format!(
                    "{} {} ({}), {} genes",
                    panel.name, panel.version, panel.checksum, panel.genes
                ),
            ),
            ("rules", result.rules.name().to_owned()),
            ("smallest VAF", thresholds.min_vaf.to_string()),
            (
                "smallest VAF on X in a male",
                thresholds.min_vaf_x_linked_male.to_string(),
            ),
            ("smallest depth", thresholds.min_depth.to_string()),
            ("fewest alternative fragments", thresholds.min_alt.to_string()),
        ]);
        let options = result.settings.overrides.iter();
        self.settings
            .extend(options.map(|(option, value)| ("option", format!("{option} {value}"))));
    }

    fn write(&mut self, summary: &[Vec<Value>], writer: &mut dyn Write) -> Result<(), ReportError> {
        let bytes = self.bytes(summary)?;
        writer.write_all(&bytes).map_err(ReportError::Write)
    }
}

impl Workbook {
    fn bytes(&self, summary: &[Vec<Value>]) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Xlsx::new();
        // The same input gives the same bytes: no date of today.
        let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
        table(workbook.add_worksheet(), "summary", SummaryRow::COLUMNS, summary)?;
        table(workbook.add_worksheet(), "calls", CallRow::COLUMNS, &self.calls)?;
        table(workbook.add_worksheet(), "genes", GeneRow::COLUMNS, &self.genes)?;
        table(workbook.add_worksheet(), "methods", METHODS, &self.methods())?;
        workbook.save_to_buffer()
    }

    fn methods(&self) -> Vec<Vec<Value>> {
        let row = |cells: [&str; 3]| cells.map(|cell| Value::Text(cell.to_owned())).to_vec();
        let settings = self.settings.iter();
        let settings = settings.map(|(topic, value)| row(["in force", topic, value]));
        let layout = row(["in force", "layout of the tables", SCHEMA_VERSION]);
        let notes = NOTES.map(|(topic, text)| row(["to know", topic, text]));
        let tables = [
            ("summary", SummaryRow::COLUMNS),
            ("calls", CallRow::COLUMNS),
            ("genes", GeneRow::COLUMNS),
        ];
        let meanings = tables.into_iter().flat_map(|(table, columns)| {
            columns
                .iter()
                .map(move |c| row([table, c.name, c.description.trim()]))
        });
        let rows = settings.chain([layout]).chain(notes);
        rows.chain(meanings).collect()
    }
}

/// Columns of the sheet on methods.
const METHODS: &[Column] = &[
    column("about", "Which sheet it is about, or what it is."),
    column("item", "Setting or column."),
    column("meaning", "Its value or meaning."),
];

const fn column(name: &'static str, description: &'static str) -> Column {
    Column {
        name,
        kind: Kind::Text,
        optional: false,
        example: "",
        description,
    }
}

const NOTES: [(&str, &str); 4] = [
    (
        "empty cells",
        "There is no value: not known, not assessed, or not applicable. Never zero and never a negative finding. A list known to have \
         no entry is none.",
    ),
    (
        "VAF",
        "Alternative fragments divided by all fragments counted, with the 95 % Wilson interval.",
    ),
    (
        "positions",
        "1-based, plus strand; indels keep the base before them and are left-aligned.",
    ),
    (
        "texts",
        "A text that a spreadsheet would run as a formula has an apostrophe in front.",
    ),
];

/// Writes a table to a sheet: header in bold, first row and column in view, a filter on each column.
fn table(
    sheet: &mut Worksheet,
    name: &str,
    columns: &[Column],
    rows: &[Vec<Value>],
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let share = Format::new().set_num_format("0.0000");
    sheet.set_name(name)?.set_freeze_panes(1, 1)?;
    for (place, column) in (0..).zip(columns) {
        sheet.write_string_with_format(0, place, column.name, &bold)?;
    }
    for (line, row) in (1..).zip(rows) {
        for ((place, column), value) in (0..).zip(columns).zip(row) {
            match value {
                Value::Missing => {}
                // Counts and positions are far below 2^53, which a workbook's numbers hold exactly.
                Value::Integer(number) => _ = sheet.write_number(line, place, *number as f64)?,
                Value::Number { value, .. } if column.kind == Kind::Fraction => {
                    sheet.write_number_with_format(line, place, *value, &share)?;
                }
                Value::Number { value, .. } => _ = sheet.write_number(line, place, *value)?,
                Value::Boolean(yes) => _ = sheet.write_boolean(line, place, *yes)?,
                Value::Text(text) => _ = sheet.write_string(line, place, safe(text))?,
                Value::List(_) => _ = sheet.write_string(line, place, safe(&value.cell()))?,
            }
        }
    }
    let (last_row, last_column) = (u32::try_from(rows.len()), u16::try_from(columns.len()));
    if let (Ok(last_row), Ok(last_column)) = (last_row, last_column) {
        sheet.autofilter(0, 0, last_row, last_column.saturating_sub(1))?;
    }
    sheet.set_column_range_width(0, 0, 24)?;
    Ok(())
}

/// Returns a text that is no formula, wherever the sheet is copied to, and fits into a cell.
fn safe(text: &str) -> String {
    text::beginning(&text::tsv(text), LONGEST_TEXT).into_owned()
}
