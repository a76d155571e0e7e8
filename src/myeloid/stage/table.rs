use std::cell::{Cell, RefCell};

use super::{Stage, stage};
use crate::myeloid::assessment::{between_given, situation_of_row};
use crate::myeloid::classify::Classification;
use crate::myeloid::findings::Findings;
use crate::myeloid::mutations::{MutationColumns, Stated};
use crate::myeloid::next_steps::{Advice, DISCLAIMER, DISCLAIMER_SOURCE, Situation, risks, steps};
use crate::myeloid::table::TableModel;
use crate::panel::Text;
use crate::patient::{
    CellError, Clinical, ClinicalColumns, Column, Header, Reader, Row, StatedUnits, TableError,
};

/// Stages of a table of patients.
#[derive(Clone, Debug)]
pub struct StageTable {
    id: Column,
    mutations: MutationColumns,
    columns: ClinicalColumns,
    undecided: Cell<u64>,
    unknown_fusions: RefCell<Vec<String>>,
}

impl StageTable {
    /// Finds the columns; all but the name may be absent, and are then not known for any row.
    pub fn new(header: &Header, units: StatedUnits) -> Result<Self, TableError> {
        let id = header.id()?;
        let columns = ClinicalColumns::new(header, Reader::Stage, units)?;
        Ok(Self {
            id,
            mutations: MutationColumns::of(&columns),
            columns,
            undecided: Cell::new(0),
            unknown_fusions: RefCell::new(Vec::new()),
        })
    }

    /// Returns how many rows have more than one possible stage so far.
    pub fn undecided(&self) -> u64 {
        self.undecided.get()
    }

    /// Returns the names of fusions that no rule knows so far, each with its row.
    pub fn unknown_fusions(&self) -> Vec<String> {
        self.unknown_fusions.borrow().clone()
    }

    /// Reads one row.
    pub fn findings(&self, row: &Row<'_>) -> Result<Findings, CellError> {
        Ok(self.read(row)?.0)
    }

    fn read(&self, row: &Row<'_>) -> Result<(Findings, Clinical, Vec<Text>), CellError> {
        let entry = self.columns.read(row)?;
        let clinical = entry.clinical;
        let mut findings = Findings {
            drivers: self.mutations.list(row)?.map(|list| Stated::drivers(&list)),
            ..clinical.findings(entry.sex, entry.age)
        };
        let mut disagree = clinical.add_stated_genes(&mut findings);
        disagree.extend(between_given(&clinical, &findings));
        Ok((findings, clinical, disagree))
    }
}

impl TableModel for StageTable {
    fn output_columns(&self) -> Vec<String> {
        [
            "ID",
            "stage",
            "possible_stages",
            "reasons",
            "needed",
            "who5",
            "who5_why",
            "icc",
            "icc_why",
            "notes",
            "risk_en",
            "risk_ja",
            "next_steps_en",
            "next_steps_ja",
        ]
        .map(String::from)
        .to_vec()
    }

    fn score(&self, row: &Row<'_>, fields: &mut Vec<String>) -> Result<(), CellError> {
        let id = row.id(self.id)?;
        let (findings, clinical, disagree) = self.read(row)?;
        let unknown = findings
            .unknown_fusions
            .iter()
            .map(|name| format!("{id}: {name}"));
        self.unknown_fusions.borrow_mut().extend(unknown);
        let result = stage(&findings);
        if result.stage.is_none() {
            self.undecided.set(self.undecided.get() + 1);
        }
        fields.push(id.to_owned());
        fields.push(result.stage.map_or("NA", Stage::label).into());
        fields.push(
            result
                .possible
                .iter()
                .map(|s| s.label())
                .collect::<Vec<_>>()
                .join("; "),
        );
        fields.push(english(&result.reasons));
        fields.push(english(&result.needed));
        for classification in [&result.who5, &result.icc] {
            fields.push(name(classification));
            fields.push(why(classification));
        }
        let mut notes = disagree;
        notes.extend(result.who5.notes.iter().cloned());
        notes.extend(
            result
                .icc
                .notes
                .iter()
                .filter(|n| !result.who5.notes.contains(n))
                .cloned(),
        );
        let of_karyotype = findings.karyotype.iter().flat_map(|k| k.notes.clone());
        let notes: Vec<String> = notes.into_iter().map(|n| n.en).chain(of_karyotype).collect();
        fields.push(notes.join("; "));
        push_words(&situation_of_row(&result, &findings, &clinical), fields);
        Ok(())
    }
}

fn push_words(situation: &Situation, fields: &mut Vec<String>) {
    let risks = risks(situation);
    let steps = steps(situation);
    fields.push(sentences(&risks, english_of, " "));
    fields.push(sentences(&risks, japanese_of, ""));
    for (language, gap) in [(english_of as fn(&Text) -> &String, " "), (japanese_of, "")] {
        let disclaimer = Text::from(DISCLAIMER);
        let last = format!("{}{gap}[{DISCLAIMER_SOURCE}]", language(&disclaimer));
        let text = sentences(&steps, language, gap);
        fields.push(format!("{text} {last}").trim_start().to_owned());
    }
}

fn english_of(text: &Text) -> &String {
    &text.en
}

fn japanese_of(text: &Text) -> &String {
    &text.ja
}

/// Returns sentences one after the other, each with its source.
fn sentences<C>(list: &[Advice<C>], language: impl Fn(&Text) -> &String, gap: &str) -> String {
    let sentence = |a: &Advice<C>| format!("{}{gap}[{}]", language(&a.text), a.source);
    list.iter().map(sentence).collect::<Vec<_>>().join(" ")
}

fn english(texts: &[Text]) -> String {
    texts.iter().map(|t| t.en.as_str()).collect::<Vec<_>>().join("; ")
}

fn name(classification: &Classification) -> String {
    match &classification.name {
        Some(name) => name.clone(),
        None if classification.possible.is_empty() => "none".into(),
        None => format!("not certain: {}", classification.possible.join(" or ")),
    }
}

/// Returns why the deciding rule matched.
fn why(classification: &Classification) -> String {
    let deciding = classification
        .rules
        .iter()
        .rev()
        .find(|r| r.matched == Some(true));
    deciding.map_or_else(String::new, |r| r.why.en.clone())
}
