//! The files with a row for each allele, which is written and forgotten: a cohort has as many as samples.

use std::io::{BufWriter, Write as _};

use crate::cli::output::{OutputFolder, OutputSet, SetFile};
use hemoclone::cohort::tables::text_line;
use hemoclone::cohort::{ParquetTable, VariantRow};
use hemoclone::report::table::{Row as _, header_line};

/// Name of the list for `analyze --recurrent`.
pub(super) const RECURRENT: &str = "recurrent.tsv";

/// The table of alleles in its forms, and the list of those that recur and are in doubt.
pub(super) struct AlleleFiles {
    text: Option<BufWriter<SetFile>>,
    parquet: Option<ParquetTable<SetFile>>,
    recurrent: BufWriter<SetFile>,
}

impl AlleleFiles {
    pub(super) fn start(
        set: &mut OutputSet,
        folder: &OutputFolder,
        forms: &[String],
    ) -> anyhow::Result<Self> {
        let has = |form: &str| forms.iter().any(|f| f == form);
        let text = |set: &mut OutputSet, name: &str| {
            let mut file = BufWriter::new(set.open(&folder.join(name))?);
            writeln!(file, "{}", header_line(VariantRow::COLUMNS))?;
            anyhow::Ok(file)
        };
        let parquet = has("parquet").then(|| {
            let file = set.open(&folder.join("variants.parquet"))?;
            anyhow::Ok(ParquetTable::new(file, "variants", VariantRow::COLUMNS)?)
        });
        Ok(Self {
            parquet: parquet.transpose()?,
            text: has("tsv").then(|| text(set, "variants.tsv")).transpose()?,
            recurrent: text(set, RECURRENT)?,
        })
    }

    /// Writes an allele: to the list where it is of several samples and neither inherited nor likely true.
    pub(super) fn add(&mut self, row: &VariantRow) -> anyhow::Result<()> {
        let values = row.values();
        if self.text.is_some() || row.is_recurrent_doubt() {
            let line = text_line(&values);
            if let Some(text) = &mut self.text {
                writeln!(text, "{line}")?;
            }
            if row.is_recurrent_doubt() {
                writeln!(self.recurrent, "{line}")?;
            }
        }
        if let Some(parquet) = &mut self.parquet {
            parquet.add(values)?;
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> anyhow::Result<()> {
        if let Some(parquet) = self.parquet {
            parquet.finish()?.flush()?;
        }
        if let Some(mut text) = self.text {
            text.flush()?;
        }
        Ok(self.recurrent.flush()?)
    }
}
