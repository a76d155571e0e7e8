//! From the rows of a table to mutations, each with its visits in order of time.

use std::collections::BTreeMap;
use std::io::Read;

use super::cells::{Unread, observation};
use super::columns::Columns;
use super::error::{MutationProblem, MutationTableError};
use super::observation::{MutationSettings, MutationSight, Observation};
use crate::genome::Sex;
use crate::patient::{CellError, Column, Row, TableReader};
use crate::text;

/// What tells a mutation from others, as the table writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct MutationName {
    /// The person.
    pub person: String,
    /// Gene symbol.
    pub gene: Option<String>,
    /// What the table calls the change.
    pub change: Option<String>,
    /// HGVS of the coding change.
    pub coding: Option<String>,
    /// Chromosome.
    pub chrom: Option<String>,
    /// Position.
    pub pos: Option<String>,
    /// Reference allele.
    pub reference: Option<String>,
    /// Alternative allele.
    pub alternate: Option<String>,
}

impl MutationName {
    /// Returns what a message calls it.
    fn shown(&self) -> String {
        let parts = [&self.gene, &self.change, &self.coding, &self.chrom, &self.pos];
        let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        text::beginning(&parts.join(" "), 60).into_owned()
    }
}

/// A mutation of a person, with its visits in order of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Mutation {
    /// What tells it from others.
    pub name: MutationName,
    /// Sex of the person, where the table has it.
    pub sex: Option<Sex>,
    /// Its visits.
    pub sights: Vec<MutationSight>,
}

/// The mutations of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mutations {
    /// Each of them, by person, gene and change.
    pub all: Vec<Mutation>,
    /// What was left out.
    pub problems: Vec<MutationProblem>,
    /// What had to be assumed to read the table, and columns that nothing reads.
    pub notes: Vec<String>,
}

impl Mutations {
    /// Reads a table (CSV, TSV or a worksheet); `path` is for messages, and `person` is whose the rows are where no column says it.
    ///
    /// # Errors
    ///
    /// Where the table cannot be used at all. What is wrong with a row leaves that row out.
    pub fn read(
        reader: impl Read,
        path: &str,
        worksheet: Option<&str>,
        person: &str,
        settings: &MutationSettings,
    ) -> Result<Self, MutationTableError> {
        let mut table = TableReader::of_worksheet(reader, path, worksheet)?;
        let columns = Columns::of(table.header())?;
        let notes = table
            .notes()
            .iter()
            .cloned()
            .chain(table.header().unread_warning());
        let mut read = Self {
            notes: notes.collect(),
            ..Self::default()
        };
        let mut rows = Rows {
            path,
            person,
            columns,
            gathered: BTreeMap::new(),
            sexes: BTreeMap::new(),
        };
        let mut has_rows = false;
        while let Some((row, unfit)) = table.next_row()? {
            has_rows = true;
            let error = match unfit.map_or_else(|| rows.add(&row), |unfit| Err(Unread::Row(unfit))) {
                Ok(()) => continue,
                Err(Unread::Table(error)) => return Err(*error),
                Err(Unread::Row(error)) => error,
            };
            let file = path.to_owned();
            read.problems.push(MutationProblem::Row { file, error });
        }
        if !has_rows {
            let file = path.to_owned();
            return Err(MutationTableError::Empty { file });
        }
        rows.finish(settings, &mut read);
        Ok(read)
    }
}

/// The mutations while rows come in.
struct Rows<'a> {
    path: &'a str,
    person: &'a str,
    columns: Columns,
    gathered: BTreeMap<MutationName, Vec<Observation>>,
    /// Sex of each person, and the line that said it first.
    sexes: BTreeMap<String, (Sex, u64)>,
}

impl Rows<'_> {
    fn add(&mut self, row: &Row<'_>) -> Result<(), Unread> {
        let name = self.name(row)?;
        self.take_sex(row, &name.person)?;
        let visits = self.columns.visits.iter();
        let read: Result<Vec<_>, Unread> = visits.map(|visit| observation(row, visit, self.path)).collect();
        let read = read?;
        self.gathered
            .entry(name)
            .or_default()
            .extend(read.into_iter().flatten());
        Ok(())
    }

    fn name(&self, row: &Row<'_>) -> Result<MutationName, CellError> {
        let columns = &self.columns;
        let owned = |column: Option<Column>| row.text(column).map(str::to_owned);
        let person = match columns.person {
            Some(column) => row.id(column)?.to_owned(),
            None => self.person.to_owned(),
        };
        Ok(MutationName {
            person,
            gene: owned(columns.gene),
            change: owned(columns.change),
            coding: owned(columns.coding),
            chrom: owned(columns.chrom),
            pos: owned(columns.pos),
            reference: owned(columns.reference),
            alternate: owned(columns.alternate),
        })
    }

    fn take_sex(&mut self, row: &Row<'_>, person: &str) -> Result<(), CellError> {
        let Some(cell) = row.cell(self.columns.sex) else {
            return Ok(());
        };
        let sex = Sex::read(cell.text).ok_or_else(|| cell.error("female, male or NA"))?;
        let (known, line) = *self.sexes.entry(person.to_owned()).or_insert((sex, row.line()));
        if known == sex {
            Ok(())
        } else {
            Err(cell.wrong(&format!(
                "contradicts line {line}, which gives the other sex for the same person"
            )))
        }
    }

    /// Puts the visits of each mutation in order.
    fn finish(self, settings: &MutationSettings, read: &mut Mutations) {
        let path = self.path;
        for (name, mut observations) in self.gathered {
            let Some(start) = observations.first().map(|first| first.time) else {
                continue;
            };
            let years = |observation: &Observation| observation.time.years_since(start);
            observations.sort_by(|a, b| years(a).total_cmp(&years(b)).then(a.line.cmp(&b.line)));
            let twice = observations
                .windows(2)
                .find(|pair| years(&pair[0]).total_cmp(&years(&pair[1])).is_eq());
            if let Some([first, second]) = twice {
                read.problems.push(MutationProblem::Twice {
                    file: path.to_owned(),
                    first: first.line,
                    second: second.line,
                    mutation: name.shown(),
                    person: text::beginning(&name.person, 60).into_owned(),
                });
                continue;
            }
            let first = observations.first().map_or(start, |first| first.time);
            read.all.push(Mutation {
                sex: self.sexes.get(&name.person).map(|(sex, _)| *sex),
                name,
                sights: observations.iter().map(|o| o.sight(first, settings)).collect(),
            });
        }
    }
}
