use super::{CcrsInput, CcrsResult, SPLICING_GENES, score};
use crate::myeloid::chrs::{agreed, makes_clone, too_small};
use crate::myeloid::mutations::{MutationColumns, StatedMutation};
use crate::myeloid::table::TableModel;
use crate::patient::{CellError, ClinicalColumns, Column, Header, Reader, Row, StatedUnits, TableError};

/// CCRS of a table.
#[derive(Clone, Debug)]
pub struct CcrsTable {
    id: Column,
    mutations: MutationColumns,
    columns: ClinicalColumns,
}

/// What a row says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CcrsRow {
    /// What the score is computed from; `None` where the person has no clone.
    pub input: Option<CcrsInput>,
    /// Mutations of too small a clone, which do not count.
    pub too_small: usize,
}

impl CcrsTable {
    /// Finds the columns. `genes` or `mutations` lists the mutations; without them `splicing_mutation` and `n_mutations` say
    /// what they would.
    pub fn new(header: &Header, units: StatedUnits) -> Result<Self, TableError> {
        let id = header.id()?;
        let columns = ClinicalColumns::new(header, Reader::Ccrs, units)?;
        Ok(Self {
            id,
            mutations: MutationColumns::of(&columns),
            columns,
        })
    }

    /// Reads one row.
    pub fn input(&self, row: &Row<'_>) -> Result<CcrsRow, CellError> {
        let stated = self.mutations.read(row)?;
        let counted: Option<Vec<&StatedMutation>> = stated
            .list
            .as_ref()
            .map(|list| list.iter().filter(|m| makes_clone(m)).collect());
        let splicing = counted
            .as_ref()
            .map(|c| c.iter().any(|m| SPLICING_GENES.contains(&m.gene)));
        let entry = self.columns.read(row)?;
        let input = CcrsInput {
            splicing_mutation: agreed(
                entry.clone.splicing,
                self.columns.cell("splicing_mutation", row),
                splicing,
            )?,
            platelets: entry.clinical.platelets,
            mutations: counted
                .as_ref()
                .map_or(stated.number, |c| u32::try_from(c.len()).ok()),
        };
        let listed = stated.list.as_ref().map_or(0, Vec::len);
        let counted = counted.map(|c| c.len());
        Ok(CcrsRow {
            input: (counted != Some(0)).then_some(input),
            too_small: counted.map_or(0, |c| listed - c),
        })
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
            "notes",
        ]
        .map(String::from)
        .to_vec()
    }

    fn score(&self, row: &Row<'_>, fields: &mut Vec<String>) -> Result<(), CellError> {
        let id = row.id(self.id)?;
        let read = self.input(row)?;
        fields.push(id.to_owned());
        let mut notes: Vec<String> = too_small(read.too_small).into_iter().collect();
        if let Some(input) = read.input {
            push_result(&score(&input), fields);
        } else {
            fields.extend(["NA", "NA", "NA", "NA", "NA", ""].map(String::from));
            notes.push("no mutation of a clone: CCRS is for clonal cytopenia".into());
        }
        fields.push(notes.join("; "));
        Ok(())
    }
}

fn push_result(result: &CcrsResult, fields: &mut Vec<String>) {
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
}
