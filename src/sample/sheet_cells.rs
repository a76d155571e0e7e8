//! A sample sheet as cells: to write some of its rows as a sheet that says the same of them.

use std::io::Read;

use csv::StringRecord;

use super::sheet::{OwnColumns, SheetError};
use super::sheet_files::files_of_cell;
use crate::tables::{Records, Unreadable};

/// The cells of a sheet, a row for each of [`SampleSheet::rows`](super::SampleSheet::rows) and in their order.
#[derive(Clone, Debug)]
pub struct SheetCells {
    header: Vec<String>,
    rows: Vec<StringRecord>,
    own: OwnColumns,
}

impl SheetCells {
    /// Reads the cells of a sheet that [`SampleSheet`](super::SampleSheet) could read; `path` is only for messages.
    ///
    /// # Errors
    ///
    /// Those of [`SampleSheet::of_worksheet`](super::SampleSheet::of_worksheet).
    pub fn read(reader: impl Read, path: &str, worksheet: Option<&str>) -> Result<Self, SheetError> {
        let unreadable = |e: Unreadable| SheetError::Csv {
            path: path.into(),
            message: e.to_string(),
        };
        let mut records = Records::new(reader, worksheet).map_err(unreadable)?;
        let own = OwnColumns::new(&records.header, path)?;
        let (mut rows, mut record) = (Vec::new(), StringRecord::new());
        while records.next(&mut record).map_err(unreadable)?.is_some() {
            record.trim();
            rows.push(record.clone());
        }
        Ok(Self {
            header: records.header,
            rows,
            own,
        })
    }

    /// Writes rows, numbered from 0, as a sheet; `file` gives what is to stand for each file that a cell names (row, column, as written).
    ///
    /// The cells are parted by tabs whatever parted them before: in a part of a sheet with semicolons, the other rows would be missing
    /// that tell what the dot of its numbers means.
    pub fn part(&self, rows: &[usize], file: impl Fn(usize, &str, &str) -> String) -> String {
        let mut text = line(self.header.iter().map(String::as_str));
        for row in rows {
            let Some(record) = self.rows.get(*row) else {
                continue;
            };
            let cells: Vec<String> = (0..self.header.len())
                .map(|place| {
                    let cell = record.get(place).unwrap_or("");
                    match self.own.file_column(place) {
                        Some(column) if !cell.is_empty() => {
                            let files = files_of_cell(column, cell).into_iter();
                            let files: Vec<String> = files.map(|name| file(*row, column, name)).collect();
                            files.join("|")
                        }
                        _ => cell.to_owned(),
                    }
                })
                .collect();
            text += &line(cells.iter().map(String::as_str));
        }
        text
    }
}

/// Returns cells as a line of a table with tabs; quoted only where a cell needs it.
fn line<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let quoted = |cell: &str| {
        if cell.contains(['\t', '"', '\n', '\r']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.to_owned()
        }
    };
    cells.map(quoted).collect::<Vec<_>>().join("\t") + "\n"
}

#[cfg(test)]
mod tests {
    use super::super::SampleSheet;
    use super::*;

    /// What the rows of a sheet say, without their lines.
    fn said(sheet: &str) -> Vec<(String, Option<String>, String)> {
        let sheet = SampleSheet::read(sheet.as_bytes(), "s").unwrap();
        let rows = sheet.rows.into_iter();
        rows.map(|row| {
            let patient = row.patient.map_err(|e| e.to_string());
            (row.sample, row.vcf, format!("{patient:?}"))
        })
        .collect()
    }

    #[test]
    fn a_part_says_what_the_whole_says() {
        for whole in [
            "sample,vcf,sex,hb,karyotype,note\nA,a.vcf,F,9.6,\"46,XX,del(5)(q13q33)\",\"a \"\"b\"\"\"\nB,b.vcf,M,12.1,,\n",
            "Sample;VCF;Sex;HB;PLT\nA;a.vcf;F;9,6;150\nB;b.vcf;M;12,1;80\n",
            "sep=;\nsample;vcf;hb;wbc\nA;a.vcf;9.6;4.5\nB;b.vcf;9.125;1.250\n",
            "\n\nID|vcf|age\nA|a.vcf|71,5\n\nB|b.vcf|60\n",
            "sample\tvcf\tpatient_id\tlaboratory\nA\ta.vcf\t=1+1\tここ\nB\tb.vcf\t007\t\"two\nlines\"\n",
        ] {
            let cells = SheetCells::read(whole.as_bytes(), "s", None).unwrap();
            let expected = said(whole);
            for (row, expected) in expected.iter().enumerate() {
                let part = cells.part(&[row], |_, _, cell| cell.to_owned());
                assert_eq!(said(&part), std::slice::from_ref(expected), "{whole:?}: {part:?}");
            }
            let all = cells.part(&[1, 0], |_, _, cell| cell.to_owned());
            assert_eq!(said(&all), [expected[1].clone(), expected[0].clone()]);
        }
    }

    #[test]
    fn only_cells_that_name_files_are_replaced() {
        let whole =
            "sample,vcf,bam,normal,clinical,previous,age\na.vcf,a|b.vcf,,n.vcf,c.json,x.json | y.json;,60\n";
        let cells = SheetCells::read(whole.as_bytes(), "s", None).unwrap();
        let part = cells.part(&[0], |row, column, cell| format!("{row}/{column}/{cell}"));
        assert_eq!(
            part,
            "sample\tvcf\tbam\tnormal\tclinical\tprevious\tage\na.vcf\t0/vcf/a|b.vcf\t\t0/normal/n.vcf\t0/clinical/c.json\t0/previous/x.json|0/previous/y.json\t60\n"
        );
    }
}
