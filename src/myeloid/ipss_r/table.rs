use super::{IpssrInput, IpssrResult, score};
use crate::myeloid::ipss_m::{CYTOGENETICS, MARROW_BLASTS};
use crate::myeloid::table::TableModel;
use crate::patient::{CellError, Column, Header, MeasuredColumn, Row, TableError};
use crate::patient::{Quantity, StatedUnits};

/// Oldest age that is believed, years; the oldest documented person reached 122.
pub(in crate::myeloid) const AGES: std::ops::RangeInclusive<f64> = 0.0..=122.0;

/// IPSS-R of a table with the columns of the published web calculator.
#[derive(Clone, Copy, Debug)]
pub struct IpssrTable {
    id: Column,
    hemoglobin: MeasuredColumn,
    platelets: MeasuredColumn,
    neutrophils: MeasuredColumn,
    blasts: Column,
    cytogenetics: Column,
    age: Option<Column>,
}

impl IpssrTable {
    /// Finds the columns.
    pub fn new(header: &Header, units: StatedUnits) -> Result<Self, TableError> {
        Ok(Self {
            id: header.id()?,
            hemoglobin: header.require_measured(Quantity::Hemoglobin, units)?,
            platelets: header.require_measured(Quantity::Platelets, units)?,
            neutrophils: header.require_measured(Quantity::Neutrophils, units)?,
            blasts: header.require(MARROW_BLASTS)?,
            cytogenetics: header.require(CYTOGENETICS)?,
            age: header.find(&["AGE"])?,
        })
    }

    /// Whether the table has ages, without which there is no age-adjusted score.
    pub fn has_age(&self) -> bool {
        self.age.is_some()
    }

    /// Reads one row.
    pub fn input(&self, row: &Row<'_>) -> Result<IpssrInput, CellError> {
        Ok(IpssrInput {
            hemoglobin: row.measured(Some(self.hemoglobin))?,
            platelets: row.measured(Some(self.platelets))?,
            neutrophils: row.measured(Some(self.neutrophils))?,
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
            age: row.number(self.age, AGES, "an age in years from 0 to 122, or NA")?,
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
