use super::{ChrsInput, ChrsResult, HIGH_RISK_GENES, score};
use crate::myeloid::findings::CLONE_VAF;
use crate::myeloid::mutations::{MutationColumns, Stated, StatedMutation};
use crate::myeloid::table::TableModel;
use crate::patient::{
    Cell, CellError, ClinicalColumns, Column, Header, Reader, Row, StatedUnits, TableError,
};

/// CHRS of a table.
#[derive(Clone, Debug)]
pub struct ChrsTable {
    id: Column,
    mutations: MutationColumns,
    columns: ClinicalColumns,
}

/// What a row says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChrsRow {
    /// What the score is computed from; `None` where the person has no clonal hematopoiesis.
    pub input: Option<ChrsInput>,
    /// Mutations of too small a clone, which do not count.
    pub too_small: usize,
}

impl ChrsTable {
    /// Finds the columns. `genes` or `mutations` lists the mutations; without them `single_dnmt3a`, `high_risk_mutation` and
    /// `n_mutations` say what they would.
    pub fn new(header: &Header) -> Result<Self, TableError> {
        let id = header.id()?;
        let columns = ClinicalColumns::new(header, Reader::Chrs, StatedUnits::default())?;
        Ok(Self {
            id,
            mutations: MutationColumns::of(&columns),
            columns,
        })
    }

    /// Reads one row.
    pub fn input(&self, row: &Row<'_>) -> Result<ChrsRow, CellError> {
        let stated = self.mutations.read(row)?;
        let (counted, too_small) = match &stated.list {
            Some(list) => {
                let counted: Vec<&StatedMutation> = list.iter().filter(|m| makes_clone(m)).collect();
                let too_small = list.len() - counted.len();
                (Some(counted), too_small)
            }
            None => (None, 0),
        };
        let entry = self.columns.read(row)?;
        let largest_vaf = self.largest_vaf(row, entry.clone.largest_vaf, stated.list.as_deref())?;
        let input = ChrsInput {
            single_dnmt3a: agreed(
                entry.clone.single_dnmt3a,
                self.columns.cell("single_dnmt3a", row),
                single_dnmt3a(&stated, counted.as_deref()),
            )?,
            high_risk_mutation: agreed(
                entry.clone.high_risk,
                self.columns.cell("high_risk_mutation", row),
                counted
                    .as_deref()
                    .map(|list| list.iter().any(|m| HIGH_RISK_GENES.contains(&m.gene))),
            )?,
            mutations: counted
                .as_ref()
                .map_or(stated.number, |c| u32::try_from(c.len()).ok()),
            largest_vaf,
            rdw: entry.clinical.rdw,
            mcv: entry.clinical.mcv,
            cytopenia: entry.clone.cytopenia,
            age: entry.age,
        };
        let no_clone = counted.is_some_and(|c| c.is_empty()) || largest_vaf.is_some_and(|v| v < CLONE_VAF);
        Ok(ChrsRow {
            input: (!no_clone).then_some(input),
            too_small,
        })
    }

    /// Returns the largest VAF: the stated one, else the largest of a list that gives each, or one that no other can change.
    fn largest_vaf(
        &self,
        row: &Row<'_>,
        stated: Option<f64>,
        list: Option<&[StatedMutation]>,
    ) -> Result<Option<f64>, CellError> {
        let list = list.unwrap_or_default();
        let listed = list.iter().filter_map(|m| m.vaf).max_by(f64::total_cmp);
        let Some(stated) = stated else {
            let all = !list.is_empty() && list.iter().all(|m| m.vaf.is_some());
            return Ok(listed.filter(|v| all || *v >= super::LARGE_VAF));
        };
        match (listed, self.columns.cell("max_vaf", row)) {
            (Some(listed), Some(cell)) if listed > stated => Err(cell.error(&format!(
                "the largest VAF, for a mutation with {listed} is listed; correct one of them"
            ))),
            _ => Ok(Some(stated)),
        }
    }
}

fn single_dnmt3a(stated: &Stated, counted: Option<&[&StatedMutation]>) -> Option<bool> {
    match counted {
        Some(list) => Some(matches!(list, [only] if only.gene == "DNMT3A")),
        // Two mutations are not one.
        None => stated.number.is_some_and(|n| n >= 2).then_some(false),
    }
}

/// Whether a mutation is one of clonal hematopoiesis; one without its VAF is: whoever reported it saw it.
pub(in crate::myeloid) fn makes_clone(mutation: &StatedMutation) -> bool {
    mutation.vaf.is_none_or(|v| v >= CLONE_VAF)
}

/// Returns what a column of yes or no or the mutations say; an error where they say different things.
pub(in crate::myeloid) fn agreed(
    stated: Option<bool>,
    cell: Option<Cell<'_>>,
    derived: Option<bool>,
) -> Result<Option<bool>, CellError> {
    match (stated, derived, cell) {
        (Some(stated), Some(derived), Some(cell)) if stated != derived => {
            let said = u8::from(derived);
            Err(cell.error(&format!(
                "what the mutations say, which is {said}; correct one of them"
            )))
        }
        _ => Ok(derived.or(stated)),
    }
}

/// Returns what to say of mutations that do not count.
pub(in crate::myeloid) fn too_small(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 mutation with a VAF below {CLONE_VAF} does not count")),
        more => Some(format!(
            "{more} mutations with a VAF below {CLONE_VAF} do not count"
        )),
    }
}

impl TableModel for ChrsTable {
    fn output_columns(&self) -> Vec<String> {
        [
            "ID",
            "CHRS",
            "CHRS_group",
            "ten_year_myeloid_neoplasm_percent",
            "CHRS_lowest",
            "CHRS_highest",
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
            notes.push("no mutation of a clone: CHRS is for people with clonal hematopoiesis".into());
        }
        fields.push(notes.join("; "));
        Ok(())
    }
}

fn push_result(result: &ChrsResult, fields: &mut Vec<String>) {
    fields.push(result.score.map_or_else(|| "NA".into(), |s| format!("{s:.1}")));
    fields.push(result.group.map_or("NA", |g| g.label()).into());
    fields.push(result.group.map_or_else(
        || "NA".into(),
        |g| g.outcome().ten_year_myeloid_neoplasm_percent.to_string(),
    ));
    fields.extend(result.possible.map(|s| format!("{s:.1}")));
    let missing: Vec<String> = result
        .points
        .iter()
        .filter(|p| !p.known)
        .map(|p| format!("{} {:.1}", p.feature.column(), p.highest - p.lowest))
        .collect();
    fields.push(missing.join("; "));
}
