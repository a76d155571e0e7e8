use super::{ChrsInput, ChrsResult, HIGH_RISK_GENES, score};
use crate::myeloid::findings::CLONE_VAF;
use crate::myeloid::ipss_r::AGES;
use crate::myeloid::mutations::{MutationColumns, Stated, StatedMutation};
use crate::myeloid::table::TableModel;
use crate::patient::{CellError, Column, Header, Row, TableError};
use crate::tables::yes_or_no;

/// CHRS of a table.
#[derive(Clone, Copy, Debug)]
pub struct ChrsTable {
    id: Column,
    mutations: MutationColumns,
    single_dnmt3a: Option<Column>,
    high_risk: Option<Column>,
    vaf: Option<Column>,
    vaf_per_cent: Option<Column>,
    rdw: Option<Column>,
    mcv: Option<Column>,
    cytopenia: Option<Column>,
    age: Option<Column>,
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
        Ok(Self {
            id: header.id()?,
            mutations: MutationColumns::with_number(header)?,
            single_dnmt3a: header.find(&["single_dnmt3a", "single_dnmt3a_mutation", "dnmt3a_single"])?,
            high_risk: header.find(&[
                "high_risk_mutation",
                "high_risk_mutations",
                "high_risk_gene",
                "high_risk",
            ])?,
            vaf: header.find(&[
                "max_vaf",
                "largest_vaf",
                "maximum_vaf",
                "vaf_max",
                "highest_vaf",
                "vaf",
                "variant_allele_fraction",
                "variant_allele_frequency",
            ])?,
            vaf_per_cent: header.find(&["max_vaf_percent", "largest_vaf_percent", "vaf_percent"])?,
            rdw: header.find(&[
                "rdw",
                "rdw_percent",
                "rdw_cv",
                "rdw_cv_percent",
                "red_cell_distribution_width",
            ])?,
            mcv: header.find(&["mcv", "mcv_fl", "mean_corpuscular_volume"])?,
            cytopenia: header.find(&["cytopenia", "ccus", "chip_or_ccus", "chip_ccus", "chip_vs_ccus"])?,
            age: header.find(&["age", "age_years", "age_at_diagnosis"])?,
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
        let largest_vaf = self.largest_vaf(row, stated.list.as_deref())?;
        let input = ChrsInput {
            single_dnmt3a: self.single_dnmt3a(row, &stated, counted.as_deref())?,
            high_risk_mutation: self.high_risk(row, counted.as_deref())?,
            mutations: counted
                .as_ref()
                .map_or(stated.number, |c| u32::try_from(c.len()).ok()),
            largest_vaf,
            rdw: row.number(
                self.rdw,
                5.0..=60.0,
                "a red cell distribution width of 5 to 60 %, or NA",
            )?,
            mcv: row.number(
                self.mcv,
                40.0..=160.0,
                "a mean corpuscular volume of 40 to 160 fL, or NA",
            )?,
            cytopenia: row.parsed(
                self.cytopenia,
                "0 or CHIP, 1 or CCUS, or NA (not known)",
                cytopenia,
            )?,
            age: row.number(self.age, AGES, "an age in years from 0 to 122, or NA")?,
        };
        let no_clone = counted.is_some_and(|c| c.is_empty()) || largest_vaf.is_some_and(|v| v < CLONE_VAF);
        Ok(ChrsRow {
            input: (!no_clone).then_some(input),
            too_small,
        })
    }

    /// Returns the largest VAF: the stated one, else the largest of a list that gives each, or one that no other can change.
    fn largest_vaf(&self, row: &Row<'_>, list: Option<&[StatedMutation]>) -> Result<Option<f64>, CellError> {
        let stated = row.number(
            self.vaf,
            0.0..=1.0,
            "a VAF as a fraction from 0 to 1, or NA; divide per cent by 100",
        )?;
        let per_cent = row.number(
            self.vaf_per_cent,
            0.0..=100.0,
            "a VAF in per cent, 0 to 100, or NA",
        )?;
        let stated = stated.or(per_cent.map(|v| v / 100.0));
        let list = list.unwrap_or_default();
        let listed = list.iter().filter_map(|m| m.vaf).max_by(f64::total_cmp);
        let Some(stated) = stated else {
            let all = !list.is_empty() && list.iter().all(|m| m.vaf.is_some());
            return Ok(listed.filter(|v| all || *v >= super::LARGE_VAF));
        };
        match (listed, row.cell(self.vaf).or_else(|| row.cell(self.vaf_per_cent))) {
            (Some(listed), Some(cell)) if listed > stated => Err(cell.error(&format!(
                "the largest VAF, for a mutation with {listed} is listed; correct one of them"
            ))),
            _ => Ok(Some(stated)),
        }
    }

    fn single_dnmt3a(
        &self,
        row: &Row<'_>,
        stated: &Stated,
        counted: Option<&[&StatedMutation]>,
    ) -> Result<Option<bool>, CellError> {
        let derived = match counted {
            Some(list) => Some(matches!(list, [only] if only.gene == "DNMT3A")),
            // Two mutations are not one.
            None => stated.number.is_some_and(|n| n >= 2).then_some(false),
        };
        agreed(row, self.single_dnmt3a, derived)
    }

    fn high_risk(
        &self,
        row: &Row<'_>,
        counted: Option<&[&StatedMutation]>,
    ) -> Result<Option<bool>, CellError> {
        let derived = counted.map(|list| list.iter().any(|m| HIGH_RISK_GENES.contains(&m.gene)));
        agreed(row, self.high_risk, derived)
    }
}

/// Whether a mutation is one of clonal hematopoiesis; one without its VAF is: whoever reported it saw it.
pub(in crate::myeloid) fn makes_clone(mutation: &StatedMutation) -> bool {
    mutation.vaf.is_none_or(|v| v >= CLONE_VAF)
}

/// Returns what a column of 0 and 1 or the mutations say; an error where they say different things.
pub(in crate::myeloid) fn agreed(
    row: &Row<'_>,
    column: Option<Column>,
    derived: Option<bool>,
) -> Result<Option<bool>, CellError> {
    let stated = row.zero_or_one(column)?;
    match (stated, derived, row.cell(column)) {
        (Some(stated), Some(derived), Some(cell)) if stated != derived => {
            let said = u8::from(derived);
            Err(cell.error(&format!(
                "what the mutations say, which is {said}; correct one of them"
            )))
        }
        _ => Ok(derived.or(stated)),
    }
}

fn cytopenia(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "chip" => Some(false),
        "ccus" => Some(true),
        text => yes_or_no(text),
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
