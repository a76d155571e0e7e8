use super::{HemoglobinLimits, IpssmGene, IpssmInput, IpssmResult, IpssmVariable, score};
use crate::myeloid::table::TableModel;
use crate::patient::{CellError, ClinicalColumns, Column, Header, Reader, Row, StatedUnits, TableError};

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
    columns: ClinicalColumns,
}

/// The columns that a table may leave out, those of the genes aside; their values are then not known for any row.
const OPTIONAL: [&str; 8] = [
    "CYTO_IPSSR",
    "del5q",
    "del7_7q",
    "del17_17p",
    "complex",
    "TP53mut",
    "TP53maxvaf",
    "TP53loh",
];

impl IpssmTable {
    /// Finds the columns. Hemoglobin, platelets and blasts must be there, or the table is of another kind; a gene or
    /// chromosome without a column is not known for every row.
    ///
    /// # Errors
    ///
    /// Where one of these is missing, two columns give the same, or the unit in a name is not known.
    pub fn new(header: &Header, options: IpssmTableOptions) -> Result<Self, TableError> {
        let id = header.id()?;
        let columns = ClinicalColumns::new(header, Reader::IpssM, options.units)?;
        for name in ["hb", "plt", "bm_blast"] {
            columns.require(header, name)?;
        }
        Ok(Self { options, id, columns })
    }

    /// Returns the columns that the table does not have; their values are not known for any row.
    pub fn absent_columns(&self) -> Vec<&'static str> {
        let is_there = |name: &str| {
            self.columns.has(name)
                // FLT3 is also told by the columns of its kinds of mutation.
                || name == "FLT3" && (self.columns.has("FLT3_ITD") || self.columns.has("FLT3_TKD"))
        };
        let genes = IpssmGene::ALL.into_iter().map(IpssmGene::column);
        OPTIONAL
            .into_iter()
            .chain(genes)
            .filter(|name| !is_there(name))
            .collect()
    }

    /// Reads one row.
    ///
    /// # Errors
    ///
    /// For a cell that cannot be used.
    pub fn input(&self, row: &Row<'_>) -> Result<IpssmInput, CellError> {
        let given = self.columns.read(row)?.clinical;
        let mut input = IpssmInput {
            hemoglobin: given.hemoglobin,
            platelets: given.platelets,
            marrow_blasts: given.marrow_blasts,
            cytogenetics: given.cytogenetics,
            del5q: given.del5q,
            del7_7q: given.del7_7q,
            del17_17p: given.del17_17p,
            complex: given.complex,
            tp53_mutations: given.tp53_mutations,
            tp53_max_vaf: given.tp53_max_vaf,
            tp53_loh: given.tp53_loh,
            ..IpssmInput::default()
        };
        for gene in IpssmGene::ALL {
            input.genes[gene] = given.genes.get(gene.column()).copied();
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
