use super::{ElnAnswers, ElnResult, answers, eln_2022, eln_2024, is_acute_promyelocytic};
use crate::myeloid::assessment::between_given;
use crate::myeloid::findings::Findings;
use crate::myeloid::mutations::{MutationColumns, MutationKind, Stated, StatedMutation};
use crate::myeloid::table::TableModel;
use crate::patient::{
    CellError, Clinical, ClinicalColumns, Column, Header, Reader, Row, StatedUnits, TableError,
};

/// ELN risks of a table of patients with acute myeloid leukemia.
#[derive(Clone, Debug)]
pub struct ElnTable {
    id: Column,
    mutations: MutationColumns,
    columns: ClinicalColumns,
}

/// What a row says.
#[derive(Clone, Debug, PartialEq)]
pub struct ElnRow {
    /// The answers; `None` for acute promyelocytic leukemia, of which the risk says nothing.
    pub answers: Option<ElnAnswers>,
    /// What had to be assumed or is not understood.
    pub notes: Vec<String>,
}

impl ElnTable {
    /// Finds the columns; all but the name may be absent, and are then not known for any row.
    pub fn new(header: &Header, units: StatedUnits) -> Result<Self, TableError> {
        let id = header.id()?;
        let columns = ClinicalColumns::new(header, Reader::Eln, units)?;
        Ok(Self {
            id,
            mutations: MutationColumns::of(&columns),
            columns,
        })
    }

    /// Reads one row.
    pub fn read(&self, row: &Row<'_>) -> Result<ElnRow, CellError> {
        let entry = self.columns.read(row)?;
        let (sex, clinical) = (entry.sex, entry.clinical);
        let list = self.mutations.list(row)?;
        let stated = clinical.flt3_itd;
        // A mutation of FLT3 that the column alone states may be a duplication.
        let is_unnamed = stated.is_none()
            && clinical.genes.get("FLT3") == Some(&true)
            && list.iter().flatten().all(|m| m.gene != "FLT3");
        let listed = list.as_deref().filter(|_| !is_unnamed).and_then(flt3_itd);
        if let (Some(said), Some(listed), Some(cell)) = (stated, listed, self.columns.cell("FLT3_ITD", row))
            && said != listed
        {
            return Err(cell.error("what the list of mutations says; correct one of them"));
        }
        let mut notes: Vec<String> = Vec::new();
        let mut findings = Findings {
            drivers: list.as_ref().map(|list| Stated::drivers(list)),
            ..clinical.findings(sex, None)
        };
        let mut disagree = clinical.add_stated_genes(&mut findings);
        disagree.extend(between_given(&clinical, &findings));
        notes.extend(disagree.into_iter().map(|text| text.en));
        leave_kinds_open(&mut findings, &clinical, list.as_deref());
        let unknown = findings.unknown_fusions.iter();
        notes.extend(unknown.map(|name| format!("fusion {name} is not understood and was not used")));
        notes.extend(findings.karyotype.iter().flat_map(|k| k.notes.clone()));
        if is_acute_promyelocytic(&findings) {
            notes.push("acute promyelocytic leukemia: ELN's genetic risk does not apply".into());
            return Ok(ElnRow { answers: None, notes });
        }
        Ok(ElnRow {
            answers: Some(answers(&findings, stated.or(listed))),
            notes,
        })
    }
}

/// What kind a mutation is that a column states and no list names, the column does not say: it may be the one that is asked for.
fn leave_kinds_open(findings: &mut Findings, clinical: &Clinical, list: Option<&[StatedMutation]>) {
    for (gene, mutated) in &clinical.genes {
        let listed = list.is_some_and(|list| list.iter().any(|m| m.gene == gene));
        if *mutated && !listed {
            findings.open_genes.push(gene.to_string());
        }
    }
}

/// Whether a list names an internal tandem duplication; `None` where it names FLT3 without saying which kind of mutation.
fn flt3_itd(list: &[StatedMutation]) -> Option<bool> {
    let of_flt3: Vec<&StatedMutation> = list.iter().filter(|m| m.gene == "FLT3").collect();
    if of_flt3.iter().any(|m| m.kind == Some(MutationKind::Itd)) {
        Some(true)
    } else if of_flt3
        .iter()
        .all(|m| m.kind == Some(MutationKind::Tkd) || adds_nothing(&m.change))
    {
        Some(false)
    } else {
        None
    }
}

/// Whether a change adds nothing, so that it is no duplication: another residue, `D835Y`, or a residue less, `D835del`.
fn adds_nothing(change: &str) -> bool {
    let change = change.trim_start_matches("p.").trim_matches(['(', ')']);
    let lower = change.to_lowercase();
    let has_digits = change.contains(|c: char| c.is_ascii_digit());
    // In letters of three a duplication has as many as a substitution: `Tyr591dup`.
    let adds = lower.ends_with("dup") || lower.ends_with("ins");
    let letters = change.chars().filter(char::is_ascii_alphabetic).count();
    let plain = change.chars().all(|c| c.is_ascii_alphanumeric());
    has_digits && (lower.ends_with("del") || (!adds && plain && (letters == 2 || letters == 6)))
}

impl TableModel for ElnTable {
    fn output_columns(&self) -> Vec<String> {
        let mut columns = vec!["ID".to_owned()];
        for year in ["ELN2022", "ELN2024"] {
            columns.extend(["", "_best", "_worst", "_found", "_open"].map(|part| format!("{year}{part}")));
        }
        columns.push("notes".into());
        columns
    }

    fn score(&self, row: &Row<'_>, fields: &mut Vec<String>) -> Result<(), CellError> {
        let id = row.id(self.id)?;
        let read = self.read(row)?;
        fields.push(id.to_owned());
        for classification in [eln_2022, eln_2024] {
            match &read.answers {
                Some(answers) => push_result(&classification(answers), fields),
                None => fields.extend(["NA", "NA", "NA", "", ""].map(String::from)),
            }
        }
        fields.push(read.notes.join("; "));
        Ok(())
    }
}

fn push_result(result: &ElnResult, fields: &mut Vec<String>) {
    fields.push(result.risk.map_or("NA", |r| r.label()).into());
    fields.extend(result.possible.map(|r| r.label().to_owned()));
    for findings in [&result.found, &result.open] {
        let names: Vec<&str> = findings.iter().map(|f| f.label()).collect();
        fields.push(names.join("; "));
    }
}
