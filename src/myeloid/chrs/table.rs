use super::{ChrsInput, HIGH_RISK_GENES, score};
use crate::myeloid::ipss_r::AGES;
use crate::myeloid::table::{CellError, Column, Header, Row, TableError, TableModel};

/// CHRS of a table.
#[derive(Clone, Copy, Debug)]
pub struct ChrsTable {
    id: Column,
    genes: Option<Column>,
    single_dnmt3a: Option<Column>,
    high_risk: Option<Column>,
    mutations: Option<Column>,
    vaf: Option<Column>,
    rdw: Option<Column>,
    mcv: Option<Column>,
    cytopenia: Option<Column>,
    age: Option<Column>,
}

impl ChrsTable {
    /// Finds the columns. `genes` lists the gene of each mutation, `DNMT3A;TET2`, a gene as often as it is mutated; without
    /// it `single_dnmt3a`, `high_risk_mutation` and `mutations` say what it would.
    pub fn new(header: &Header) -> Result<Self, TableError> {
        Ok(Self {
            id: header.id()?,
            genes: header.find(&["genes"])?,
            single_dnmt3a: header.find(&["single_dnmt3a"])?,
            high_risk: header.find(&["high_risk_mutation"])?,
            mutations: header.find(&["mutations", "n_mutations"])?,
            vaf: header.find(&["max_vaf", "largest_vaf"])?,
            rdw: header.find(&["rdw"])?,
            mcv: header.find(&["mcv"])?,
            cytopenia: header.find(&["cytopenia"])?,
            age: header.find(&["age"])?,
        })
    }

    /// Reads one row.
    pub fn input(&self, row: &Row<'_>) -> Result<ChrsInput, CellError> {
        let mut input = ChrsInput {
            single_dnmt3a: row.zero_or_one(self.single_dnmt3a)?,
            high_risk_mutation: row.zero_or_one(self.high_risk)?,
            mutations: mutations(row, self.mutations)?,
            largest_vaf: row.number(
                self.vaf,
                0.0..=1.0,
                "a VAF as a fraction from 0 to 1, or NA; divide per cent by 100",
            )?,
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
            cytopenia: row.zero_or_one(self.cytopenia)?,
            age: row.number(self.age, AGES, "an age in years from 0 to 122, or NA")?,
        };
        if let Some(genes) = genes(row, self.genes) {
            input.single_dnmt3a = Some(genes == ["DNMT3A"]);
            input.high_risk_mutation = Some(genes.iter().any(|g| HIGH_RISK_GENES.contains(&g.as_str())));
            input.mutations = u32::try_from(genes.len()).ok();
        }
        Ok(input)
    }
}

/// Reads the number of mutations.
pub(in crate::myeloid) fn mutations(row: &Row<'_>, column: Option<Column>) -> Result<Option<u32>, CellError> {
    row.parsed(column, "the number of driver mutations, 1 or more, or NA", |t| {
        t.parse().ok().filter(|n| (1..=1000).contains(n))
    })
}

/// Reads a list of genes, one for each mutation, separated by semicolon, comma, plus or blank.
pub(in crate::myeloid) fn genes(row: &Row<'_>, column: Option<Column>) -> Option<Vec<String>> {
    let text = row.text(column)?;
    let list: Vec<String> = text
        .split([';', ',', '+', ' ', '|'])
        .filter(|g| !g.is_empty())
        .map(str::to_ascii_uppercase)
        .collect();
    (!list.is_empty()).then_some(list)
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
        ]
        .map(String::from)
        .to_vec()
    }

    fn score(&self, row: &Row<'_>, fields: &mut Vec<String>) -> Result<(), CellError> {
        let id = row.id(self.id)?;
        let result = score(&self.input(row)?);
        fields.push(id.to_owned());
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
        Ok(())
    }
}
