use super::columns::{
    COMPLEX, CYTOGENETICS, DEL5Q, DEL7, DEL17P, GeneColumns, MARROW_BLASTS, TP53_LOSS, TP53_NUMBER, TP53_VAF,
};
use super::{HemoglobinLimits, IpssmGene, IpssmInput, IpssmResult, IpssmVariable, Tp53Mutations, score};
use crate::myeloid::table::TableModel;
use crate::patient::{CellError, Column, Header, MeasuredColumn, Row, TableError};
use crate::patient::{Quantity, StatedUnits};

/// Hemoglobin beyond which the published package warns, g/dL.
const UNUSUAL_HEMOGLOBIN: std::ops::RangeInclusive<f64> = 4.0..=20.0;

/// How a table is scored.
#[derive(Clone, Copy, Debug, Default)]
pub struct IpssmTableOptions {
    /// Units that the user stated.
    pub units: StatedUnits,
    /// Whether hemoglobin is held within limits.
    pub hemoglobin_limits: HemoglobinLimits,
    /// Whether the contribution of each variable is written too.
    pub contributions: bool,
}

/// IPSS-M of a table with the columns of the published R package and web calculator.
#[derive(Clone, Debug)]
pub struct IpssmTable {
    options: IpssmTableOptions,
    id: Column,
    hemoglobin: MeasuredColumn,
    platelets: MeasuredColumn,
    blasts: Column,
    cytogenetics: Option<Column>,
    del5q: Option<Column>,
    del7_7q: Option<Column>,
    del17_17p: Option<Column>,
    complex: Option<Column>,
    tp53_mutations: Option<Column>,
    tp53_max_vaf: Option<Column>,
    tp53_loh: Option<Column>,
    genes: [GeneColumns; IpssmGene::ALL.len()],
}

impl IpssmTable {
    /// Finds the columns. Hemoglobin, platelets and blasts must be there, or the table is of another kind; a gene or
    /// chromosome without a column is not known for every row.
    pub fn new(header: &Header, options: IpssmTableOptions) -> Result<Self, TableError> {
        let mut genes = [GeneColumns::default(); IpssmGene::ALL.len()];
        for gene in IpssmGene::ALL {
            genes[gene as usize] = GeneColumns::find(header, gene)?;
        }
        Ok(Self {
            options,
            id: header.id()?,
            hemoglobin: header.require_measured(Quantity::Hemoglobin, options.units)?,
            platelets: header.require_measured(Quantity::Platelets, options.units)?,
            blasts: header.require(MARROW_BLASTS)?,
            cytogenetics: header.find(CYTOGENETICS)?,
            del5q: header.find(DEL5Q)?,
            del7_7q: header.find(DEL7)?,
            del17_17p: header.find(DEL17P)?,
            complex: header.find(COMPLEX)?,
            tp53_mutations: header.find(TP53_NUMBER)?,
            tp53_max_vaf: header.find(TP53_VAF)?,
            tp53_loh: header.find(TP53_LOSS)?,
            genes,
        })
    }

    /// Returns the columns that the table does not have; their values are not known for any row.
    pub fn absent_columns(&self) -> Vec<&'static str> {
        let others = [
            ("CYTO_IPSSR", self.cytogenetics),
            ("del5q", self.del5q),
            ("del7_7q", self.del7_7q),
            ("del17_17p", self.del17_17p),
            ("complex", self.complex),
            ("TP53mut", self.tp53_mutations),
            ("TP53maxvaf", self.tp53_max_vaf),
            ("TP53loh", self.tp53_loh),
        ];
        let others = others.into_iter().filter(|(_, column)| column.is_none());
        let genes = IpssmGene::ALL
            .into_iter()
            .filter(|g| self.genes[*g as usize].is_absent());
        others
            .map(|(name, _)| name)
            .chain(genes.map(IpssmGene::column))
            .collect()
    }

    /// Reads one row.
    pub fn input(&self, row: &Row<'_>) -> Result<IpssmInput, CellError> {
        let mut input = IpssmInput {
            hemoglobin: row.measured(Some(self.hemoglobin))?,
            platelets: row.measured(Some(self.platelets))?,
            marrow_blasts: row.number(
                self.blasts,
                0.0..=100.0,
                "marrow blasts in per cent, 0 to 100, or NA",
            )?,
            cytogenetics: row.parsed(
                self.cytogenetics,
                "Very Good, Good, Intermediate, Poor, Very Poor or NA",
                |t| t.parse().ok(),
            )?,
            del5q: row.zero_or_one(self.del5q)?,
            del7_7q: row.zero_or_one(self.del7_7q)?,
            del17_17p: row.zero_or_one(self.del17_17p)?,
            complex: row.zero_or_one(self.complex)?,
            tp53_mutations: row.parsed(
                self.tp53_mutations,
                "the number of TP53 mutations: 0, 1, 2 or more, or NA",
                Tp53Mutations::from_text,
            )?,
            tp53_max_vaf: row.number(
                self.tp53_max_vaf,
                0.0..=1.0,
                "a VAF as a fraction from 0 to 1, or NA; divide per cent by 100",
            )?,
            tp53_loh: row.zero_or_one(self.tp53_loh)?,
            ..IpssmInput::default()
        };
        for gene in IpssmGene::ALL {
            input.genes[gene] = self.genes[gene as usize].read(row)?;
        }
        Ok(input)
    }
}

impl TableModel for IpssmTable {
    fn output_columns(&self) -> Vec<String> {
        let mut columns: Vec<String> = [
            "ID",
            "IPSSMscore",
            "IPSSMcat",
            "Comment",
            "IPSSMscore_mean",
            "IPSSMcat_mean",
            "IPSSMscore_best",
            "IPSSMcat_best",
            "IPSSMscore_worst",
            "IPSSMcat_worst",
            "missing",
            "notes",
        ]
        .map(String::from)
        .to_vec();
        if self.options.contributions {
            columns.extend(
                IpssmVariable::specs()
                    .iter()
                    .map(|s| format!("contribution_{}", s.variable.label())),
            );
        }
        columns
    }

    fn score(&self, row: &Row<'_>, fields: &mut Vec<String>) -> Result<(), CellError> {
        let id = row.id(self.id)?;
        let input = self.input(row)?;
        let result = score(&input, self.options.hemoglobin_limits);
        let report = result.report;
        fields.push(id.to_owned());
        fields.push(report.score.map_or_else(|| "NA".into(), |s| format!("{s:.2}")));
        fields.push(report.category.map_or("NA", |c| c.label()).into());
        fields.push(report.comment.text().into());
        for scenario in [result.mean, result.best, result.worst] {
            fields.push(format!("{:.2}", scenario.score));
            fields.push(scenario.category.label().into());
        }
        fields.push(missing(&result));
        fields.push(self.notes(&input));
        if self.options.contributions {
            fields.extend(result.contributions.iter().map(|c| format!("{:.4}", c.mean)));
        }
        Ok(())
    }
}

impl IpssmTable {
    fn notes(&self, input: &IpssmInput) -> String {
        match input.hemoglobin {
            Some(hb) if !UNUSUAL_HEMOGLOBIN.contains(&hb) => match self.options.hemoglobin_limits {
                HemoglobinLimits::Published => {
                    format!("Hb {hb} g/dL lies outside 4-20 and counts as the nearer limit")
                }
                HemoglobinLimits::None => format!("Hb {hb} g/dL lies outside 4-20"),
            },
            _ => String::new(),
        }
    }
}

/// Lists what is missing with the units of score that it could change: `TP53multi 1.70; nRes2 0.33`.
fn missing(result: &IpssmResult) -> String {
    let missing: Vec<String> = result
        .missing()
        .iter()
        .map(|m| format!("{} {:.2}", m.variable.label(), m.range))
        .collect();
    missing.join("; ")
}
