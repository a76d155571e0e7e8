use super::{ElnAnswers, ElnResult, answers, asked_genes, eln_2022, eln_2024, is_acute_promyelocytic};
use crate::myeloid::findings::{Driver, Findings};
use crate::myeloid::mutations::{MutationColumns, MutationKind, Stated, StatedMutation};
use crate::myeloid::table::TableModel;
use crate::patient::{
    CellError, ClinicalColumns, Column, Header, Reader, Row, StatedUnits, TableError, Tp53Mutations,
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
        let listed = list.as_deref().and_then(flt3_itd);
        let stated = clinical.flt3_itd;
        if let (Some(said), Some(listed), Some(cell)) = (stated, listed, self.columns.cell("FLT3_ITD", row))
            && said != listed
        {
            return Err(cell.error("what the list of mutations says; correct one of them"));
        }
        let mut notes = Vec::new();
        let mut findings = Findings {
            drivers: list.as_ref().map(|list| Stated::drivers(list)),
            ..clinical.findings(sex, None)
        };
        for (gene, mutated) in &clinical.genes {
            if list
                .as_ref()
                .is_some_and(|l| l.iter().any(|m| m.gene == gene) != *mutated)
                && gene != "MLL_PTD"
            {
                notes.push(format!(
                    "{gene}: its column and the list of mutations disagree; taken as mutated"
                ));
            }
            state(&mut findings, gene, *mutated);
        }
        if let Some(count) = clinical.tp53_mutations.filter(|_| list.is_none()) {
            state(&mut findings, "TP53", count != Tp53Mutations::None);
            let vaf = clinical.tp53_max_vaf;
            let drivers = findings.drivers.iter_mut().flatten();
            drivers.filter(|d| d.gene == "TP53").for_each(|d| d.vaf = vaf);
        }
        let unknown = findings.unknown_fusions.iter();
        notes.extend(unknown.map(|name| format!("fusion {name} is not understood and was not used")));
        notes.extend(findings.karyotype.iter().flat_map(|k| k.notes.clone()));
        if is_acute_promyelocytic(&findings) {
            notes.push("acute promyelocytic leukemia: ELN's genetic risk does not apply".into());
            return Ok(ElnRow { answers: None, notes });
        }
        Ok(ElnRow {
            answers: Some(answers(&findings, &clinical, stated.or(listed))),
            notes,
        })
    }
}

/// Takes in a column of a gene with 0 or 1. Without a list of mutations the genes that have no column stay open; what kind a mutation is,
/// the column does not say.
fn state(findings: &mut Findings, gene: &str, mutated: bool) {
    if gene == "MLL_PTD" {
        return;
    }
    if findings.drivers.is_none() {
        findings.drivers = Some(Vec::new());
        findings.open_genes = asked_genes().map(str::to_owned).collect();
    }
    let drivers = findings.drivers.get_or_insert_default();
    if !mutated {
        findings.open_genes.retain(|g| g != gene);
    } else if !drivers.iter().any(|d| d.gene == gene) {
        drivers.push(Driver {
            gene: gene.to_owned(),
            vaf: None,
            bzip: false,
        });
        findings.open_genes.push(gene.to_owned());
    }
}

/// Whether a list names an internal tandem duplication; `None` where it names FLT3 without saying which kind of mutation.
fn flt3_itd(list: &[StatedMutation]) -> Option<bool> {
    let of_flt3: Vec<&StatedMutation> = list.iter().filter(|m| m.gene == "FLT3").collect();
    if of_flt3.iter().any(|m| m.kind == Some(MutationKind::Itd)) {
        Some(true)
    } else if of_flt3
        .iter()
        .all(|m| m.kind == Some(MutationKind::Tkd) || is_substitution(&m.change))
    {
        Some(false)
    } else {
        None
    }
}

/// Whether a change is one of a residue, `D835Y`: no duplication.
fn is_substitution(change: &str) -> bool {
    let change = change.trim_start_matches("p.").trim_matches(['(', ')']);
    let digits: String = change.chars().filter(char::is_ascii_digit).collect();
    let letters = change.chars().filter(char::is_ascii_alphabetic).count();
    !digits.is_empty() && (letters == 2 || letters == 6) && change.chars().all(|c| c.is_ascii_alphanumeric())
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
