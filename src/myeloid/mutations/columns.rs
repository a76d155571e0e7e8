//! The columns of a table that say which genes are mutated, the same for every model.

use super::{MutationError, StatedMutation, read};
use crate::genome::as_count;
use crate::myeloid::findings::Driver;
use crate::patient::{Cell, CellError, ClinicalColumns, Column, Row};
use crate::tables::plain;

/// Most mutations that are believed.
const MOST: u32 = 1000;

/// The columns found.
#[derive(Clone, Copy, Debug)]
pub(in crate::myeloid) struct MutationColumns {
    genes: Option<Column>,
    mutations: Option<Column>,
    number: Option<Column>,
}

/// What a row says of mutations.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::myeloid) struct Stated {
    /// Each mutation; `None` where they are not listed.
    pub list: Option<Vec<StatedMutation>>,
    /// How many there are; `None` where neither a list nor a number says.
    pub number: Option<u32>,
}

impl MutationColumns {
    /// Takes the columns: `mutations` and `genes` are lists in the same grammar, `n_mutations` is a number, which only a model that it
    /// says something to reads.
    pub(crate) fn of(columns: &ClinicalColumns) -> Self {
        Self {
            genes: columns.column("genes"),
            mutations: columns.column("mutations"),
            number: columns.column("n_mutations"),
        }
    }

    /// Reads the list of a row, where nothing is asked beside it.
    pub(crate) fn list(self, row: &Row<'_>) -> Result<Option<Vec<StatedMutation>>, CellError> {
        let genes = list(row.cell(self.genes))?;
        let mutations = list(row.cell(self.mutations))?;
        both(row, self.genes, genes, mutations)
    }

    /// Reads a row. A number in the column `mutations` counts them, as in earlier versions of these tables: no gene is a number.
    pub(crate) fn read(self, row: &Row<'_>) -> Result<Stated, CellError> {
        let mut number = count(row.cell(self.number))?;
        let genes = list(row.cell(self.genes))?;
        let mutations = match row.cell(self.mutations) {
            Some(cell) if is_number(cell.text) => {
                let counted = count(Some(cell))?;
                if number.is_some() && number != counted {
                    return Err(
                        cell.error("what the column with the number of mutations says; correct one of them")
                    );
                }
                number = counted;
                None
            }
            cell => list(cell)?,
        };
        let list = both(row, self.genes, genes, mutations)?;
        let listed = list.as_ref().map(|l| as_count(l.len()));
        if let (Some(listed), Some(counted)) = (listed, number)
            && listed != counted
        {
            let cell = row.cell(self.number).or_else(|| row.cell(self.mutations));
            let wanted = format!(
                "the number of mutations that the list names, which is {listed}; correct one of them"
            );
            return cell.map_or_else(|| Ok(Stated::default()), |cell| Err(cell.error(&wanted)));
        }
        Ok(Stated {
            number: listed.or(number),
            list,
        })
    }
}

impl Stated {
    /// Returns the mutations as findings take them.
    pub(crate) fn drivers(list: &[StatedMutation]) -> Vec<Driver> {
        list.iter().map(Driver::from).collect()
    }
}

fn is_number(text: &str) -> bool {
    plain(text).parse::<f64>().is_ok()
}

fn count(cell: Option<Cell<'_>>) -> Result<Option<u32>, CellError> {
    let Some(cell) = cell else {
        return Ok(None);
    };
    let number = plain(cell.text)
        .parse::<u32>()
        .ok()
        .filter(|n| (1..=MOST).contains(n));
    number.map(Some).ok_or_else(|| {
        cell.error("a number of driver mutations from 1 to 1000, or NA; mutations with their genes, or none, belong into the column mutations")
    })
}

fn list(cell: Option<Cell<'_>>) -> Result<Option<Vec<StatedMutation>>, CellError> {
    let Some(cell) = cell else {
        return Ok(None);
    };
    let wrong = |error: MutationError| {
        let hint = if is_number(cell.text) {
            "; their number belongs into the column n_mutations of the models that take it"
        } else {
            ""
        };
        cell.error(&format!(
            "mutations with their VAF as a fraction, as in TET2:0.12;JAK2 V617F, or none, or NA ({error}{hint})"
        ))
    };
    read(cell.text).map_err(wrong)
}

/// Returns what both columns of lists say; an error where they say different things.
fn both(
    row: &Row<'_>,
    column: Option<Column>,
    genes: Option<Vec<StatedMutation>>,
    mutations: Option<Vec<StatedMutation>>,
) -> Result<Option<Vec<StatedMutation>>, CellError> {
    let (genes, mutations) = match (genes, mutations) {
        (Some(genes), Some(mutations)) => (genes, mutations),
        (genes, mutations) => return Ok(mutations.or(genes)),
    };
    let sorted = |list: &[StatedMutation]| {
        let mut names: Vec<&str> = list.iter().map(|m| m.gene).collect();
        names.sort_unstable();
        names
    };
    match row.cell(column) {
        // The column mutations says more: VAFs.
        Some(cell) if sorted(&genes) != sorted(&mutations) => {
            Err(cell.error("what the column mutations says; correct one of them"))
        }
        _ => Ok(Some(mutations)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patient::{Reader, StatedUnits, TableReader};

    fn stated(table: &str) -> Result<(String, Option<u32>), String> {
        let mut reader = TableReader::new(table.as_bytes(), "t").unwrap();
        let columns = ClinicalColumns::new(reader.header(), Reader::Chrs, StatedUnits::default()).unwrap();
        let columns = MutationColumns::of(&columns);
        let (row, _) = reader.next_row().unwrap().unwrap();
        let stated = columns.read(&row).map_err(|e| e.to_string())?;
        let list = stated.list.map_or("?".into(), |l| {
            l.iter().map(|m| m.gene).collect::<Vec<_>>().join(";")
        });
        Ok((list, stated.number))
    }

    #[test]
    fn every_column_says_its_part() {
        for (table, expected) in [
            (
                "ID,genes\na,TET2/JAK2 V617F\n",
                Ok(("TET2;JAK2".to_owned(), Some(2))),
            ),
            ("ID,mutations\na,TET2:0.12\n", Ok(("TET2".to_owned(), Some(1)))),
            ("ID,mutations\na,none\n", Ok((String::new(), Some(0)))),
            ("ID,mutations\na,3\n", Ok(("?".to_owned(), Some(3)))),
            ("ID,n_mutations\na,3\n", Ok(("?".to_owned(), Some(3)))),
            (
                "ID,Number of Mutations,genes\na,1,TET2\n",
                Ok(("TET2".to_owned(), Some(1))),
            ),
            (
                "ID,genes,mutations\na,TET2,TET2:0.1\n",
                Ok(("TET2".to_owned(), Some(1))),
            ),
            ("ID,genes,mutations\na,NA,NA\n", Ok(("?".to_owned(), None))),
            ("ID,genes,mutations\na,TET2,2\n", Err("column mutations: \"2\"")),
            (
                "ID,genes,n_mutations\na,TET2,2\n",
                Err("column n_mutations: \"2\""),
            ),
            (
                "ID,genes,mutations\na,TET2,JAK2:0.1\n",
                Err("column genes: \"TET2\""),
            ),
            (
                "ID,n_mutations\na,TET2\n",
                Err("belong into the column mutations"),
            ),
            ("ID,mutations\na,1.5\n", Err("column mutations: \"1.5\"")),
            ("ID,genes\na,2\n", Err("column n_mutations")),
            (
                "ID,genes\na,DMNT3A\n",
                Err("line 2, column genes: \"DMNT3A\" is not mutations with their VAF"),
            ),
        ] {
            match (stated(table), expected) {
                (Err(actual), Err(part)) => assert!(actual.contains(part), "{table}: {actual}"),
                (actual, expected) => assert_eq!(actual, expected.map_err(str::to_owned), "{table}"),
            }
        }
    }
}
