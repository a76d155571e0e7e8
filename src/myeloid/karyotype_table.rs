use std::cell::Cell;

use crate::karyotype::{CytogeneticRisk, Karyotype, KaryotypeAssessment, KaryotypeFlags, assess};
use crate::myeloid::table::TableModel;
use crate::patient::{
    CellError, ClinicalColumns, Column, Header, Reader, Row, StatedUnits, TableError, is_dash,
};

/// Cytogenetic groups of a table of karyotypes.
#[derive(Clone, Debug)]
pub struct KaryotypeTable {
    id: Column,
    karyotype: Option<Column>,
    others: ClinicalColumns,
    unreadable: Cell<u64>,
}

impl KaryotypeTable {
    /// Finds the columns. A karyotype that cannot be read leaves its row empty with the reason, so that the others are
    /// still done.
    ///
    /// # Errors
    ///
    /// Where there is no column with a karyotype, or two columns give the same.
    pub fn new(header: &Header) -> Result<Self, TableError> {
        let id = header.id()?;
        let mut columns = ClinicalColumns::new(header, Reader::Karyotype, StatedUnits::default())?;
        columns.require(header, "karyotype")?;
        Ok(Self {
            id,
            karyotype: columns.set_aside("karyotype"),
            others: columns,
            unreadable: Cell::new(0),
        })
    }

    /// Returns how many karyotypes could not be read so far.
    pub fn unreadable(&self) -> u64 {
        self.unreadable.get()
    }

    fn assessment(&self, row: &Row<'_>) -> Result<Result<Option<KaryotypeAssessment>, String>, CellError> {
        let sex = self.others.read(row)?.sex;
        let Some(cell) = row.cell(self.karyotype) else {
            return Ok(Ok(None));
        };
        if is_dash(cell.text) || Karyotype::is_without_result(cell.text) {
            return Ok(Ok(None));
        }
        match Karyotype::parse(cell.text) {
            Ok(karyotype) => {
                let mut assessment = assess(&karyotype, sex);
                if sex.is_some_and(|sex| karyotype.contradicts(sex)) {
                    assessment
                        .notes
                        .push("the sex chromosomes contradict the sex that is given".into());
                }
                Ok(Ok(Some(assessment)))
            }
            Err(error) => Ok(Err(error.to_string())),
        }
    }
}

/// The columns behind the notes of a row without a karyotype.
fn not_known() -> [String; 4] {
    ["NA", "NA", "", "NA"].map(str::to_owned)
}

impl TableModel for KaryotypeTable {
    fn output_columns(&self) -> Vec<String> {
        [
            "ID",
            "CYTO_IPSSR",
            "del5q",
            "del7_7q",
            "del17_17p",
            "complex",
            "changes",
            "independent_clones",
            "row",
            "notes",
            "CYTO_IPSSR_best",
            "CYTO_IPSSR_worst",
            "open",
            "fusions",
        ]
        .map(String::from)
        .to_vec()
    }

    fn score(&self, row: &Row<'_>, fields: &mut Vec<String>) -> Result<(), CellError> {
        fields.push(row.id(self.id)?.to_owned());
        let assessment = match self.assessment(row)? {
            Ok(Some(assessment)) => assessment,
            Ok(None) => {
                fields.extend(std::iter::repeat_n("NA".to_owned(), 7));
                fields.extend(["no karyotype".to_owned(), String::new()]);
                fields.extend(not_known());
                return Ok(());
            }
            Err(reason) => {
                self.unreadable.set(self.unreadable.get() + 1);
                fields.extend(std::iter::repeat_n("NA".to_owned(), 7));
                fields.extend(["not readable".to_owned(), reason]);
                fields.extend(not_known());
                return Ok(());
            }
        };
        let flag = |value: bool| if value { "1" } else { "0" }.to_owned();
        let known =
            |test: fn(&KaryotypeFlags) -> bool| assessment.known(test).map_or_else(|| "NA".to_owned(), flag);
        fields.push(assessment.risk.map_or("NA", |r| r.label()).to_owned());
        let columns: [fn(&KaryotypeFlags) -> bool; 4] =
            [|f| f.del5q, |f| f.del7_7q, |f| f.del17_17p, |f| f.complex];
        fields.extend(columns.map(known));
        fields.push(assessment.changes.to_string());
        fields.push(flag(assessment.independent_clones));
        let [best, worst] = assessment
            .risk_range()
            .map_or(["NA"; 2], |range| range.map(CytogeneticRisk::label));
        let open = assessment.open_columns().join("; ");
        fields.push(assessment.row);
        fields.push(assessment.notes.join("; "));
        fields.extend([best, worst].map(str::to_owned));
        fields.push(open);
        fields.push(assessment.fusions.join("; "));
        Ok(())
    }
}
