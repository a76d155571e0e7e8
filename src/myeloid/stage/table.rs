use std::cell::Cell;

use super::{Stage, StageResult, stage};
use crate::myeloid::classify::Classification;
use crate::myeloid::findings::{Driver, Findings};
use crate::myeloid::ipss_r::AGES;
use crate::myeloid::karyotype::{Karyotype, assess, sex};
use crate::myeloid::next_steps::{DISCLAIMER, risks, steps_for};
use crate::myeloid::table::{CellError, Column, Header, MeasuredColumn, Row, TableError, TableModel};
use crate::myeloid::units::{Quantity, StatedUnits};

/// Stages of a table of patients.
#[derive(Clone, Debug)]
pub struct StageTable {
    id: Column,
    sex: Option<Column>,
    age: Option<Column>,
    hemoglobin: Option<MeasuredColumn>,
    platelets: Option<MeasuredColumn>,
    neutrophils: Option<MeasuredColumn>,
    mutations: Option<Column>,
    fusions: Option<Column>,
    marrow_blasts: Option<Column>,
    blood_blasts: Option<Column>,
    dysplastic_lineages: Option<Column>,
    ring_sideroblasts: Option<Column>,
    cellularity: Option<Column>,
    fibrosis: Option<Column>,
    auer_rods: Option<Column>,
    karyotype: Option<Column>,
    tp53_loh: Option<Column>,
    cytopenia_months: Option<Column>,
    excluded_causes: Option<Column>,
    prior_therapy: Option<Column>,
    prior_mds: Option<Column>,
    undecided: Cell<u64>,
}

const PERCENT: std::ops::RangeInclusive<f64> = 0.0..=100.0;
const PERCENT_WANTED: &str = "per cent, 0 to 100, or NA";
const MUTATIONS_WANTED: &str =
    "mutations with their VAF as a fraction, as in TET2:0.12;TP53:0.30, or none, or NA (not sequenced)";

impl StageTable {
    /// Finds the columns; all but the name may be absent, and are then not known for any row.
    pub fn new(header: &Header, units: StatedUnits) -> Result<Self, TableError> {
        Ok(Self {
            id: header.id()?,
            sex: header.find(&["sex"])?,
            age: header.find(&["age"])?,
            hemoglobin: header.measured(Quantity::Hemoglobin, units)?,
            platelets: header.measured(Quantity::Platelets, units)?,
            neutrophils: header.measured(Quantity::Neutrophils, units)?,
            mutations: header.find(&["mutations"])?,
            fusions: header.find(&["fusions"])?,
            marrow_blasts: header.find(&["bm_blast"])?,
            blood_blasts: header.find(&["pb_blast"])?,
            dysplastic_lineages: header.find(&["dysplasia_lineages"])?,
            ring_sideroblasts: header.find(&["ring_sideroblasts"])?,
            cellularity: header.find(&["cellularity"])?,
            fibrosis: header.find(&["fibrosis"])?,
            auer_rods: header.find(&["auer_rods"])?,
            karyotype: header.find(&["karyotype"])?,
            tp53_loh: header.find(&["tp53loh", "tp53_loh"])?,
            cytopenia_months: header.find(&["cytopenia_months"])?,
            excluded_causes: header.find(&["excluded_causes"])?,
            prior_therapy: header.find(&["therapy_history", "prior_therapy"])?,
            prior_mds: header.find(&["prior_mds"])?,
            undecided: Cell::new(0),
        })
    }

    /// Returns how many rows have more than one possible stage so far.
    pub fn undecided(&self) -> u64 {
        self.undecided.get()
    }

    /// Reads one row.
    pub fn findings(&self, row: &Row<'_>) -> Result<Findings, CellError> {
        let percent = |column| row.number(column, PERCENT, PERCENT_WANTED);
        let whole = |column, most: u8, wanted: &str| {
            row.parsed(column, wanted, |t| t.parse::<u8>().ok().filter(|n| *n <= most))
        };
        let sex = row.parsed(self.sex, "female, male, F, M or NA", sex)?;
        let karyotype = match row.cell(self.karyotype) {
            None => None,
            Some(cell) => match Karyotype::parse(cell.text) {
                Ok(karyotype) => Some(assess(&karyotype, sex)),
                Err(error) => return Err(cell.error(&format!("a karyotype in ISCN notation ({error})"))),
            },
        };
        Ok(Findings {
            sex,
            age: row.number(self.age, AGES, "an age in years from 0 to 122, or NA")?,
            hemoglobin: row.measured(self.hemoglobin)?,
            platelets: row.measured(self.platelets)?,
            neutrophils: row.measured(self.neutrophils)?,
            drivers: row.parsed(self.mutations, MUTATIONS_WANTED, drivers)?,
            fusions: row
                .text(self.fusions)
                .filter(|t| !t.eq_ignore_ascii_case("none"))
                .map(|t| t.split([';', ',']).map(|f| f.trim().to_owned()).collect())
                .unwrap_or_default(),
            marrow_blasts: percent(self.marrow_blasts)?,
            blood_blasts: percent(self.blood_blasts)?,
            dysplastic_lineages: whole(
                self.dysplastic_lineages,
                3,
                "the number of lineages with 10 % dysplasia or more, 0 to 3, or NA",
            )?,
            ring_sideroblasts: percent(self.ring_sideroblasts)?,
            cellularity: percent(self.cellularity)?,
            fibrosis: whole(self.fibrosis, 3, "a grade from 0 to 3, or NA")?,
            auer_rods: row.zero_or_one(self.auer_rods)?,
            karyotype,
            tp53_loh: row.zero_or_one(self.tp53_loh)?,
            cytopenia_months: row.number(self.cytopenia_months, 0.0..=1200.0, "months, 0 or more, or NA")?,
            causes_excluded: row.zero_or_one(self.excluded_causes)?,
            prior_therapy: row.zero_or_one(self.prior_therapy)?,
            prior_mds: row.zero_or_one(self.prior_mds)?,
        })
    }
}

/// Reads `TET2:0.12;CEBPA(bZIP):0.40`, or `none`.
fn drivers(text: &str) -> Option<Vec<Driver>> {
    if text.eq_ignore_ascii_case("none") {
        return Some(Vec::new());
    }
    text.split([';', ','])
        .map(str::trim)
        .filter(|t| !t.is_empty())
        .map(|item| {
            let (name, vaf) = match item.split_once(':') {
                Some((name, vaf)) => {
                    let vaf = vaf
                        .trim()
                        .parse::<f64>()
                        .ok()
                        .filter(|v| (0.0..=1.0).contains(v))?;
                    (name.trim(), Some(vaf))
                }
                None => (item, None),
            };
            let upper = name.to_ascii_uppercase();
            let gene = upper.trim_end_matches("(BZIP)").trim().to_owned();
            let plain = !gene.is_empty() && gene.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            plain.then(|| Driver {
                bzip: upper.ends_with("(BZIP)"),
                gene,
                vaf,
            })
        })
        .collect()
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
        let result = stage(&self.findings(row)?);
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
        fields.push(result.reasons.join("; "));
        fields.push(result.needed.join("; "));
        for classification in [&result.who5, &result.icc] {
            fields.push(name(classification));
            fields.push(why(classification));
        }
        let mut notes = result.who5.notes.clone();
        notes.extend(
            result
                .icc
                .notes
                .iter()
                .filter(|n| !result.who5.notes.contains(n))
                .cloned(),
        );
        fields.push(notes.join("; "));
        push_words(&result, fields);
        Ok(())
    }
}

fn push_words(result: &StageResult, fields: &mut Vec<String>) {
    let risks = result.stage.map_or(&[][..], risks);
    let steps: Vec<_> = steps_for(result).iter().chain([&DISCLAIMER]).collect();
    fields.push(
        risks
            .iter()
            .map(|s| format!("{} [{}]", s.en, s.source))
            .collect::<Vec<_>>()
            .join(" "),
    );
    fields.push(
        risks
            .iter()
            .map(|s| format!("{}[{}]", s.ja, s.source))
            .collect::<Vec<_>>()
            .join(" "),
    );
    fields.push(
        steps
            .iter()
            .map(|s| format!("{} [{}]", s.en, s.source))
            .collect::<Vec<_>>()
            .join(" "),
    );
    fields.push(
        steps
            .iter()
            .map(|s| format!("{}[{}]", s.ja, s.source))
            .collect::<Vec<_>>()
            .join(" "),
    );
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
    deciding.map_or_else(String::new, |r| r.why.clone())
}
