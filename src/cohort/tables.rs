//! The tables of a cohort: which there are, what their columns mean, and the rows that a report gives to them.

use std::io::Write;

use super::batches::BatchRow;
use super::kinship::KinshipRow;
use super::member::{Beside, Member};
use super::outliers::OutlierRow;
use super::pairs::PairRow;
use super::prevalence::{PrevalenceRow, PublishedRow};
use super::summary::Summary;
use super::variants::VariantRow;
use crate::report::table::{Column, Row, header_line, table, write_table};
use crate::report::value::{Kind, Value};
use crate::report::{CallRow, GeneRow, ReportError, SummaryRow};
use crate::sample::SampleResult;

/// A table of a cohort.
#[derive(Clone, Debug)]
pub struct CohortTable {
    /// Its name, and that of its files without the ending.
    pub name: &'static str,
    /// What a row is.
    pub about: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Whether it is written as Parquet too.
    pub parquet: bool,
}

/// Column of the summary that holds for one run: who is alike stands in a table of its own.
const OF_A_RUN: &str = "same_genotype_as";

const BATCH: Column = Column {
    name: "batch",
    kind: Kind::Text,
    optional: true,
    example: "run17",
    description: " Batch or run, where one was given.",
};

/// Place of the column that is left out of the summary's.
fn left_out() -> Option<usize> {
    SummaryRow::COLUMNS
        .iter()
        .position(|column| column.name == OF_A_RUN)
}

/// Returns the columns of the table of samples: those of the summary, and the batch before the version of the layout.
fn sample_columns() -> Vec<Column> {
    let mut columns: Vec<Column> = SummaryRow::COLUMNS
        .iter()
        .filter(|c| c.name != OF_A_RUN)
        .copied()
        .collect();
    columns.insert(columns.len().saturating_sub(1), BATCH);
    columns
}

fn of<R: Row>(name: &'static str, about: &'static str, parquet: bool) -> CohortTable {
    CohortTable {
        name,
        about,
        columns: R::COLUMNS.to_vec(),
        parquet,
    }
}

/// The tables with a row for each sample, call or gene of a sample, in the order of [`Rows`]; then those over all samples.
pub fn tables() -> Vec<CohortTable> {
    vec![
        CohortTable {
            name: "samples",
            about: "One row per sample: the columns of a run's summary, and the batch.",
            columns: sample_columns(),
            parquet: true,
        },
        of::<CallRow>("calls", "One row per call of each sample.", true),
        of::<GeneRow>(
            "genes",
            "One row per panel gene of each sample, whether or not anything was found in it.",
            true,
        ),
        of::<VariantRow>(
            "variants",
            "One row per allele: how often it was seen, and what it looks like.",
            true,
        ),
        of::<PrevalenceRow>(
            "prevalence",
            "Samples with a driver, by gene, age and sex.",
            false,
        ),
        of::<PublishedRow>(
            "published",
            "Published prevalence beside that of the cohort.",
            false,
        ),
        of::<PairRow>(
            "cooccurrence",
            "Two genes that are both mutated somewhere, the least likely by chance first.",
            false,
        ),
        of::<KinshipRow>(
            "relatives",
            "Two samples that seem to be of one person, or of relatives.",
            false,
        ),
        of::<OutlierRow>(
            "outliers",
            "A measure of a sample that is far from the other samples.",
            false,
        ),
        of::<BatchRow>("batches", "One row per batch or run.", false),
    ]
}

/// Number of tables that grow row by row with each sample.
pub const GROWING: usize = 3;

/// What one report gives to the cohort.
#[derive(Clone, Debug)]
pub struct Rows {
    /// What is counted over samples.
    pub member: Member,
    /// Rows of the growing tables, in the order of [`tables`].
    pub tables: [Vec<Vec<Value>>; GROWING],
}

impl Rows {
    /// Takes everything from a report; `json` are its bytes.
    pub fn new(result: &SampleResult, json: &[u8], beside: Beside) -> Self {
        let member = Member::new(result, json, beside);
        let mut sample = SummaryRow::new(result).values();
        if let Some(place) = left_out() {
            sample.remove(place);
        }
        let batch = member.batch.clone().map_or(Value::Missing, Value::Text);
        sample.insert(sample.len().saturating_sub(1), batch);
        let calls = result
            .calls
            .iter()
            .map(|call| CallRow::new(result, call).values());
        let genes = result
            .genes
            .iter()
            .map(|gene| GeneRow::new(result, gene).values());
        Self {
            tables: [vec![sample], calls.collect(), genes.collect()],
            member,
        }
    }

    /// Returns the sample's line of the matrix of samples and genes, without line feed.
    pub fn matrix_line(&self) -> String {
        let mut cells = vec![Value::Text(self.member.sample.clone()).cell()];
        cells.extend(self.member.genes.iter().map(|gene| gene.cell()));
        cells.join("\t")
    }
}

/// Returns the header of the matrix.
pub fn matrix_header(genes: &[String]) -> String {
    let genes = genes.iter().map(|gene| Value::Text(gene.clone()).cell());
    let cells: Vec<String> = std::iter::once("sample".to_owned()).chain(genes).collect();
    cells.join("\t")
}

/// Returns the header of a table, without line feed.
pub fn header(table: &CohortTable) -> String {
    header_line(&table.columns)
}

/// Returns a row as a line of a text table, without line feed.
pub fn text_line(row: &[Value]) -> String {
    let cells: Vec<String> = row.iter().map(Value::cell).collect();
    cells.join("\t")
}

impl Summary {
    /// Writes a table over all samples as text; one of another name has no rows, as that of the alleles ([`super::Totals::summary`]).
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn write(&self, table: &str, writer: impl Write) -> Result<(), ReportError> {
        match table {
            "prevalence" => write_table(writer, self.prevalence.iter().cloned()),
            "published" => write_table(writer, self.published.iter().cloned()),
            "cooccurrence" => write_table(writer, self.pairs.iter().cloned()),
            "relatives" => write_table(writer, self.kinship.iter().cloned()),
            "outliers" => write_table(writer, self.outliers.iter().cloned()),
            "batches" => write_table(writer, self.batches.iter().cloned()),
            _ => Ok(()),
        }
    }
}

table! {
    /// One column of one table.
    ColumnRow(table: &CohortTable, column: &Column) {
        /// Name of the table.
        table: String, "calls" => table.name.to_owned();
        /// Name of the column.
        column: String, "vaf" => column.name.to_owned();
        /// `text`, `list`, `integer`, `fraction` (0 to 1), `number` or `boolean`. In Parquet: string, list of strings, 64-bit integer,
        /// double, double, boolean.
        kind as "type": String, "fraction" => column.kind.name().to_owned();
        /// Whether it may be empty (null), which means missing: never zero, and never a negative finding.
        may_be_empty: bool, "true" => column.optional;
        /// A value as it may stand in the text table.
        example: String, "0.119458" => column.example.to_owned();
        /// What it means.
        meaning: String, "Variant allele fraction." => column.description.trim().to_owned();
    }
}

/// Writes the data dictionary of every table.
///
/// # Errors
///
/// Where it cannot be written.
pub fn write_dictionary(writer: impl Write) -> Result<(), ReportError> {
    let tables = tables();
    let columns = tables
        .iter()
        .flat_map(|table| table.columns.iter().map(move |column| (table, column)));
    write_table(
        writer,
        columns.map(|(table, column)| ColumnRow::new(table, column)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::read::read_json;

    const DEMO: &[u8] = include_bytes!("../../testdata/demo/expected/demo02-chip.json");

    /// The text of the growing tables is that of the sample's own.
    #[test]
    fn rows_are_those_of_the_samples_own_tables() {
        let result = read_json(DEMO, "S.json").unwrap();
        let beside = Beside {
            batch: Some("run1".to_owned()),
            page: None,
        };
        let rows = Rows::new(&result, DEMO, beside);
        let tables = tables();
        let text = |place: usize| {
            let lines = rows.tables[place].iter().map(|row| text_line(row));
            let all: Vec<String> = std::iter::once(header(&tables[place])).chain(lines).collect();
            format!("{}\n", all.join("\n"))
        };
        assert_eq!(
            text(1),
            include_str!("../../testdata/demo/expected/demo02-chip.calls.tsv")
        );
        assert_eq!(
            text(2),
            include_str!("../../testdata/demo/expected/demo02-chip.genes.tsv")
        );
        for (table, rows) in tables.iter().zip(&rows.tables) {
            assert!(
                rows.iter().all(|row| row.len() == table.columns.len()),
                "{}",
                table.name
            );
        }
        let batch = tables[0]
            .columns
            .iter()
            .position(|column| column.name == "batch")
            .unwrap();
        assert_eq!(rows.tables[0][0][batch], Value::Text("run1".to_owned()));
    }

    /// Each example is a cell as the table writes it, and every column has a meaning that ends.
    #[test]
    fn the_dictionary_is_whole() {
        for (table, column) in tables()
            .iter()
            .flat_map(|t| t.columns.iter().map(move |c| (t.name, c)))
        {
            let value = Value::read(column.kind, column.example);
            let written = value.map(|value| value.cell());
            assert_eq!(
                written.as_deref(),
                Some(column.example),
                "{table} {}",
                column.name
            );
            assert!(
                column.description.trim().ends_with('.'),
                "{table} {}",
                column.name
            );
        }
        let mut text = Vec::new();
        write_dictionary(&mut text).unwrap();
        assert!(String::from_utf8(text).unwrap().lines().count() > 150);
    }
}
