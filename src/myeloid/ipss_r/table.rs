use super::{IpssrInput, IpssrResult, score};
use crate::myeloid::table::TableModel;
use crate::patient::{CellError, ClinicalColumns, Column, Header, Reader, Row, StatedUnits, TableError};

/// IPSS-R of a table with the columns of the published web calculator.
#[derive(Clone, Debug)]
pub struct IpssrTable {
    id: Column,
    columns: ClinicalColumns,
}

impl IpssrTable {
    /// Finds the columns.
    ///
    /// # Errors
    ///
    /// Where one that the score cannot do without is missing, two give the same, or the unit in a name is not known.
    pub fn new(header: &Header, units: StatedUnits) -> Result<Self, TableError> {
        let id = header.id()?;
        let columns = ClinicalColumns::new(header, Reader::IpssR, units)?;
        for name in ["hb", "plt", "anc", "bm_blast", "CYTO_IPSSR"] {
            columns.require(header, name)?;
        }
        Ok(Self { id, columns })
    }

    /// Whether the table has ages, without which there is no age-adjusted score.
    pub fn has_age(&self) -> bool {
        self.columns.has("age")
    }

    /// Reads one row.
    ///
    /// # Errors
    ///
    /// For a cell that cannot be used.
    pub fn input(&self, row: &Row<'_>) -> Result<IpssrInput, CellError> {
        let entry = self.columns.read(row)?;
        let given = entry.clinical;
        Ok(IpssrInput {
            hemoglobin: given.hemoglobin,
            platelets: given.platelets,
            neutrophils: given.neutrophils,
            marrow_blasts: given.marrow_blasts,
            cytogenetics: given.cytogenetics,
            age: entry.age,
            cytogenetics_range: None,
        })
    }
}

impl TableModel for IpssrTable {
    fn output_columns(&self) -> Vec<String> {
        [
            "ID",
            "IPSSRscore",
            "IPSSRcat",
            "IPSSRAscore",
            "IPSSRAcat",
            "IPSSRscore_best",
            "IPSSRcat_best",
            "IPSSRscore_worst",
            "IPSSRcat_worst",
            "points_CYTO_IPSSR",
            "points_BM_BLAST",
            "points_HB",
            "points_PLT",
            "points_ANC",
            "missing",
        ]
        .map(String::from)
        .to_vec()
    }

    fn score(&self, row: &Row<'_>, fields: &mut Vec<String>) -> Result<(), CellError> {
        let id = row.id(self.id)?;
        let result = score(&self.input(row)?);
        fields.push(id.to_owned());
        for score in [result.score, result.age_adjusted] {
            // As many decimals as there are: halves, and four at most after the adjustment.
            fields.push(score.map_or_else(|| "NA".into(), |s| s.score.to_string()));
            fields.push(score.map_or("NA", |s| s.category.label()).into());
        }
        for score in result.possible {
            fields.push(score.score.to_string());
            fields.push(score.category.label().into());
        }
        for points in result.points {
            fields.push(points.points.map_or_else(|| "NA".into(), |p| p.to_string()));
        }
        fields.push(missing(&result));
        Ok(())
    }
}

/// Lists what is missing with the points that it could add: `ANC 0.5; HB 1.5`.
fn missing(result: &IpssrResult) -> String {
    let missing: Vec<String> = result
        .points
        .iter()
        .filter(|p| p.points.is_none())
        .map(|p| format!("{} {}", p.variable.column(), p.most))
        .collect();
    missing.join("; ")
}
