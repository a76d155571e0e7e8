use super::{ChrsInput, HIGH_RISK_GENES, score};
use crate::myeloid::findings::Driver;
use crate::myeloid::ipss_r::AGES;
use crate::myeloid::stage::drivers;
use crate::myeloid::table::{CellError, Column, Header, Row, TableError, TableModel};
use crate::tables::plain;

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
        let stated = mutations(row, self.mutations)?;
        let mut input = ChrsInput {
            single_dnmt3a: row.zero_or_one(self.single_dnmt3a)?,
            high_risk_mutation: row.zero_or_one(self.high_risk)?,
            mutations: stated.as_ref().map(Mutations::number),
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
        let listed = stated.as_ref().and_then(Mutations::genes);
        if let (None, Some(vaf)) = (
            input.largest_vaf,
            stated.as_ref().and_then(Mutations::largest_vaf),
        ) {
            input.largest_vaf = Some(vaf);
        }
        if let Some(genes) = genes(row, self.genes).or(listed) {
            input.single_dnmt3a = Some(genes == ["DNMT3A"]);
            input.high_risk_mutation = Some(genes.iter().any(|g| HIGH_RISK_GENES.contains(&g.as_str())));
            input.mutations = u32::try_from(genes.len()).ok();
        }
        Ok(input)
    }
}

/// What the column `mutations` says: as in `score stage` the mutations, or their number alone.
pub(in crate::myeloid) enum Mutations {
    /// So many, of genes not named.
    Number(u32),
    /// These.
    List(Vec<Driver>),
}

impl Mutations {
    /// Returns how many there are.
    pub(in crate::myeloid) fn number(&self) -> u32 {
        match self {
            Self::Number(number) => *number,
            Self::List(list) => u32::try_from(list.len()).unwrap_or(u32::MAX),
        }
    }

    /// Returns the gene of each.
    pub(in crate::myeloid) fn genes(&self) -> Option<Vec<String>> {
        match self {
            Self::Number(_) => None,
            Self::List(list) => Some(list.iter().map(|driver| driver.gene.clone()).collect()),
        }
    }

    /// Returns the largest VAF, where every one is given.
    fn largest_vaf(&self) -> Option<f64> {
        match self {
            Self::Number(_) => None,
            Self::List(list) => {
                let fractions: Option<Vec<f64>> = list.iter().map(|driver| driver.vaf).collect();
                fractions?.into_iter().reduce(f64::max)
            }
        }
    }
}

/// Reads the mutations, or how many there are.
pub(in crate::myeloid) fn mutations(
    row: &Row<'_>,
    column: Option<Column>,
) -> Result<Option<Mutations>, CellError> {
    const WANTED: &str =
        "the number of driver mutations, 1 or more, or the mutations as in DNMT3A:0.12;TET2:0.05, or NA";
    row.parsed(column, WANTED, |text| match plain(text).parse::<u32>() {
        Ok(number) => (1..=1000).contains(&number).then_some(Mutations::Number(number)),
        Err(_) => drivers(text).filter(|list| !list.is_empty()).map(Mutations::List),
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
