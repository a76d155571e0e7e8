//! Which columns of a table of mutations say what: a row is one visit, or holds several whose columns are numbered.

use super::error::MutationTableError;
use crate::patient::{Column, Header, TableError};

/// Names of the columns, the documented one first.
const PERSON: &[&str] = &[
    "person",
    "patient",
    "patient_id",
    "participant",
    "participant_id",
    "individual",
    "subject",
    "subject_id",
    "donor",
    "case",
    "患者ID",
    "患者番号",
];
/// Where none of these is there.
const ID: &[&str] = &["id"];
const SEX: &[&str] = &["sex", "gender", "性別"];
const GENE: &[&str] = &["gene", "gene_symbol", "symbol", "hugo_symbol", "遺伝子"];
const CHANGE: &[&str] = &[
    "change",
    "mutation",
    "hgvs_p",
    "protein_change",
    "aa_change",
    "amino_acid_change",
    "変異",
];
const CODING: &[&str] = &["hgvs_c", "coding_change", "cdna_change"];
const CHROM: &[&str] = &["chrom", "chr", "chromosome", "染色体"];
const POS: &[&str] = &["pos", "position", "start"];
const REF: &[&str] = &["ref", "reference"];
const ALT: &[&str] = &["alt", "alternate"];

/// Those of a visit; with a number behind them (`vaf_1`, `age_2`) they are of that visit.
const COLLECTED: &[&str] = &["collected", "collection_date", "date", "採取日"];
const YEARS: &[&str] = &["years", "time_years"];
const AGE: &[&str] = &["age", "age_years", "年齢"];
const VAF: &[&str] = &["vaf", "af"];
const VAF_PERCENT: &[&str] = &["vaf_percent", "vaf_pct", "af_percent"];
const ALT_COUNT: &[&str] = &[
    "alt_count",
    "alt_reads",
    "mut_count",
    "mutant_reads",
    "variant_reads",
    "ao",
];
const DEPTH: &[&str] = &["depth", "dp", "total_count", "total_reads", "coverage"];
const LIMIT: &[&str] = &["detection_limit", "lod"];
const LIMIT_PERCENT: &[&str] = &["detection_limit_percent", "lod_percent"];

/// Visits that a row may hold.
const MOST_VISITS: usize = 30;

/// A column of fractions.
#[derive(Clone, Copy, Debug)]
pub(super) struct FractionColumn {
    pub column: Column,
    /// Whether its name says per cent.
    pub is_percent: bool,
}

/// When a visit was.
#[derive(Clone, Copy, Debug)]
pub(super) enum TimeColumn {
    Collected(Column),
    Years(Column),
    Age(Column),
    /// The first visit of a row whose others have years since it.
    Start,
}

/// Columns of one visit.
#[derive(Clone, Copy, Debug)]
pub(super) struct VisitColumns {
    pub time: TimeColumn,
    pub vaf: Option<FractionColumn>,
    pub alt_count: Option<Column>,
    pub depth: Option<Column>,
    pub limit: Option<FractionColumn>,
}

/// Columns of a table.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    pub person: Option<Column>,
    pub sex: Option<Column>,
    pub gene: Option<Column>,
    pub change: Option<Column>,
    pub coding: Option<Column>,
    pub chrom: Option<Column>,
    pub pos: Option<Column>,
    pub reference: Option<Column>,
    pub alternate: Option<Column>,
    pub visits: Vec<VisitColumns>,
}

impl Columns {
    /// Finds them.
    pub(super) fn of(header: &Header) -> Result<Self, MutationTableError> {
        let find = |names: &[&str]| header.find(names);
        let person = find(PERSON)?;
        let columns = Self {
            person: if person.is_some() { person } else { find(ID)? },
            sex: find(SEX)?,
            gene: find(GENE)?,
            change: find(CHANGE)?,
            coding: find(CODING)?,
            chrom: find(CHROM)?,
            pos: find(POS)?,
            reference: find(REF)?,
            alternate: find(ALT)?,
            visits: visits(header)?,
        };
        let names = [columns.gene, columns.change, columns.coding, columns.pos];
        if names.iter().all(Option::is_none) {
            return Err(lacks(
                header,
                "gene, change or pos",
                "nothing tells which mutation a row is of",
            ));
        }
        Ok(columns)
    }
}

fn lacks(header: &Header, columns: &'static str, why: &'static str) -> MutationTableError {
    MutationTableError::Columns {
        file: header.path().to_owned(),
        columns,
        why,
    }
}

fn visits(header: &Header) -> Result<Vec<VisitColumns>, MutationTableError> {
    let measured = |number: Option<usize>| {
        Ok::<_, TableError>((
            fraction(header, (VAF, VAF_PERCENT), number)?,
            find(header, ALT_COUNT, number)?,
        ))
    };
    let plain = measured(None)?;
    if plain.0.is_some() || plain.1.is_some() {
        let time = time(header, None)?;
        let time = time.ok_or_else(|| {
            lacks(
                header,
                "collected, years or age",
                "nothing tells when a visit was",
            )
        })?;
        return Ok(vec![visit(header, None, time, plain)?]);
    }
    let mut visits = Vec::new();
    for number in 1..=MOST_VISITS {
        let own = measured(Some(number))?;
        if own.0.is_none() && own.1.is_none() {
            continue;
        }
        let start = (number == 1).then_some(TimeColumn::Start);
        let time = time(header, Some(number))?.or(start);
        let time = time.ok_or_else(|| {
            lacks(
                header,
                "collected, years or age, with the number of each visit",
                "nothing tells when a visit was",
            )
        })?;
        visits.push(visit(header, Some(number), time, own)?);
    }
    let is_mixed = |visit: &VisitColumns| !matches!(visit.time, TimeColumn::Start | TimeColumn::Years(_));
    if matches!(
        visits.first(),
        Some(VisitColumns {
            time: TimeColumn::Start,
            ..
        })
    ) && visits.iter().any(is_mixed)
    {
        return Err(lacks(
            header,
            "collected_1 or age_1",
            "nothing tells when the first visit was",
        ));
    }
    if visits.is_empty() {
        return Err(lacks(
            header,
            "vaf, vaf_percent or alt_count",
            "nothing tells how large a clone is",
        ));
    }
    Ok(visits)
}

fn visit(
    header: &Header,
    number: Option<usize>,
    time: TimeColumn,
    (vaf, alt_count): (Option<FractionColumn>, Option<Column>),
) -> Result<VisitColumns, TableError> {
    let depth = |number| find(header, DEPTH, number);
    let limit = |number| fraction(header, (LIMIT, LIMIT_PERCENT), number);
    Ok(VisitColumns {
        time,
        vaf,
        alt_count,
        // What holds for all visits of a row need not be written for each.
        depth: depth(number)?.map_or_else(|| depth(None), |own| Ok(Some(own)))?,
        limit: limit(number)?.map_or_else(|| limit(None), |own| Ok(Some(own)))?,
    })
}

fn time(header: &Header, number: Option<usize>) -> Result<Option<TimeColumn>, TableError> {
    if let Some(column) = find(header, COLLECTED, number)? {
        return Ok(Some(TimeColumn::Collected(column)));
    }
    if let Some(column) = find(header, YEARS, number)? {
        return Ok(Some(TimeColumn::Years(column)));
    }
    Ok(find(header, AGE, number)?.map(TimeColumn::Age))
}

/// Finds a column, of a visit with its number behind the name; per cent stands before it or behind (`vaf_1_percent`, `vaf_percent_1`).
fn find(header: &Header, names: &[&str], number: Option<usize>) -> Result<Option<Column>, TableError> {
    let Some(number) = number else {
        return header.find(names);
    };
    let numbered = names.iter().flat_map(|name| {
        let before = name
            .strip_suffix("_percent")
            .map(|name| format!("{name}_{number}_percent"));
        std::iter::once(format!("{name}_{number}")).chain(before)
    });
    let numbered: Vec<String> = numbered.collect();
    header.find(&numbered.iter().map(String::as_str).collect::<Vec<_>>())
}

fn fraction(
    header: &Header,
    (plain, percent): (&[&str], &[&str]),
    number: Option<usize>,
) -> Result<Option<FractionColumn>, TableError> {
    if let Some(column) = find(header, plain, number)? {
        return Ok(Some(FractionColumn {
            column,
            is_percent: false,
        }));
    }
    let column = find(header, percent, number)?;
    Ok(column.map(|column| FractionColumn {
        column,
        is_percent: true,
    }))
}
