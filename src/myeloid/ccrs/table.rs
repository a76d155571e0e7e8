use super::{CcrsInput, SPLICING_GENES, score};
use crate::myeloid::chrs::{Mutations, genes, mutations};
use crate::myeloid::table::{CellError, Column, Header, MeasuredColumn, Row, TableError, TableModel};
use crate::myeloid::units::{Quantity, StatedUnits};

/// CCRS of a table.
#[derive(Clone, Copy, Debug)]
pub struct CcrsTable {
    id: Column,
    genes: Option<Column>,
    splicing: Option<Column>,
    mutations: Option<Column>,
    platelets: Option<MeasuredColumn>,
}

impl CcrsTable {
    /// Finds the columns. `genes` lists the gene of each mutation; without it `splicing_mutation` and `mutations` say what
    /// it would.
    pub fn new(header: &Header, units: StatedUnits) -> Result<Self, TableError> {
        Ok(Self {
            id: header.id()?,
            genes: header.find(&["genes"])?,
            splicing: header.find(&["splicing_mutation"])?,
            mutations: header.find(&["mutations", "n_mutations"])?,
            platelets: header.measured(Quantity::Platelets, units)?,
        })
    }

    /// Reads one row.
    pub fn input(&self, row: &Row<'_>) -> Result<CcrsInput, CellError> {
        let stated = mutations(row, self.mutations)?;
        let mut input = CcrsInput {
            splicing_mutation: row.zero_or_one(self.splicing)?,
            platelets: row.measured(self.platelets)?,
            mutations: stated.as_ref().map(Mutations::number),
        };
        let listed = stated.as_ref().and_then(Mutations::genes);
        if let Some(genes) = genes(row, self.genes).or(listed) {
            input.splicing_mutation = Some(genes.iter().any(|g| SPLICING_GENES.contains(&g.as_str())));
            input.mutations = u32::try_from(genes.len()).ok();
        }
        Ok(input)
    }
}

impl TableModel for CcrsTable {
    fn output_columns(&self) -> Vec<String> {
        [
            "ID",
            "CCRS",
            "CCRS_group",
            "two_year_myeloid_neoplasm_percent",
            "CCRS_lowest",
            "CCRS_highest",
            "missing",
        ]
        .map(String::from)
        .to_vec()
    }

    fn score(&self, row: &Row<'_>, fields: &mut Vec<String>) -> Result<(), CellError> {
        let id = row.id(self.id)?;
        let result = score(&self.input(row)?);
        fields.push(id.to_owned());
        fields.push(result.score.map_or_else(|| "NA".into(), |s| format!("{s:.1}")));
        fields.push(result.group.map_or("NA", |g| g.label()).into());
        fields.push(result.group.map_or_else(
            || "NA".into(),
            |g| g.two_year_myeloid_neoplasm_percent().to_string(),
        ));
        fields.extend(result.possible.map(|s| format!("{s:.1}")));
        let missing: Vec<String> = result
            .points
            .iter()
            .filter(|p| p.points.is_none())
            .map(|p| format!("{} {:.1}", p.feature.column(), p.most))
            .collect();
        fields.push(missing.join("; "));
        Ok(())
    }
}
