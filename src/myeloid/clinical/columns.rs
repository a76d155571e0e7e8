use std::ops::RangeInclusive;

use super::{ALL_GENES, Clinical};
use crate::karyotype::{FusionName, Karyotype};
use crate::myeloid::ipss_m::{
    COMPLEX, CYTOGENETICS, DEL5Q, DEL7, DEL17P, FLT3_ITD, GeneColumns, IpssmGene, MARROW_BLASTS, TP53_LOSS,
    TP53_NUMBER, TP53_VAF, Tp53Mutations,
};
use crate::myeloid::mutations::gene_symbol;
use crate::patient::{CellError, Column, Header, MeasuredColumn, Row, TableError};
use crate::patient::{Quantity, StatedUnits};
use crate::tables::plain;

/// A column of clinical values.
#[derive(Debug)]
pub struct Field {
    /// Its names, the documented one first.
    pub names: &'static [&'static str],
    /// What it holds, with the unit.
    pub about: &'static str,
    /// How it is read.
    pub kind: Kind,
}

/// How a column is read, and where its value goes.
#[derive(Debug)]
pub enum Kind {
    /// A quantity whose unit may stand in the name of the column.
    Measured(Quantity, fn(&mut Clinical, f64)),
    /// A number within limits.
    Number(RangeInclusive<f64>, fn(&mut Clinical, f64)),
    /// A whole number from 0 on.
    Whole(u8, fn(&mut Clinical, u8)),
    /// 0 or 1.
    YesNo(fn(&mut Clinical, bool)),
    /// A text; the function takes it in where it can be read.
    Text(fn(&mut Clinical, &str) -> Option<()>),
}

const PERCENT: RangeInclusive<f64> = 0.0..=100.0;
const MONTHS: RangeInclusive<f64> = 0.0..=1200.0;

const fn field(names: &'static [&'static str], about: &'static str, kind: Kind) -> Field {
    Field { names, about, kind }
}

const fn measured(quantity: Quantity, about: &'static str, set: fn(&mut Clinical, f64)) -> Field {
    field(quantity.names(), about, Kind::Measured(quantity, set))
}

/// Every column but those of the genes of IPSS-M ([`IpssmGene::column`]) and [`FURTHER_GENES`], which hold 0 or 1.
pub const FIELDS: &[Field] = &[
    measured(
        Quantity::Hemoglobin,
        "hemoglobin, g/dL; name it hb_g_l for g/L",
        |c, v| {
            c.hemoglobin = Some(v);
        },
    ),
    measured(
        Quantity::Platelets,
        "platelets, 10^9/L; name it plt_per_ul for /µL",
        |c, v| {
            c.platelets = Some(v);
        },
    ),
    measured(
        Quantity::Neutrophils,
        "neutrophils, 10^9/L; name it anc_per_ul for /µL",
        |c, v| {
            c.neutrophils = Some(v);
        },
    ),
    measured(
        Quantity::WhiteCells,
        "white cells, 10^9/L; name it wbc_per_ul for /µL",
        |c, v| {
            c.white_cells = Some(v);
        },
    ),
    measured(
        Quantity::Monocytes,
        "monocytes of the blood, 10^9/L; name it amc_per_ul for /µL",
        |c, v| {
            c.monocytes = Some(v);
        },
    ),
    field(
        &["mcv"],
        "mean corpuscular volume, 40 to 160 fL",
        Kind::Number(40.0..=160.0, |c, v| c.mcv = Some(v)),
    ),
    field(
        &["rdw"],
        "red cell distribution width, 5 to 60 %",
        Kind::Number(5.0..=60.0, |c, v| c.rdw = Some(v)),
    ),
    field(
        MARROW_BLASTS,
        "marrow blasts, per cent, 0 to 100",
        Kind::Number(PERCENT, |c, v| c.marrow_blasts = Some(v)),
    ),
    field(
        &["pb_blast", "pb_blasts", "pb_blast_percent", "pb_blasts_percent"],
        "blood blasts, per cent, 0 to 100",
        Kind::Number(PERCENT, |c, v| c.blood_blasts = Some(v)),
    ),
    field(
        &["dysplasia_lineages"],
        "the number of lineages with 10 % dysplasia or more, 0 to 3",
        Kind::Whole(3, |c, v| c.dysplastic_lineages = Some(v)),
    ),
    field(
        &["ring_sideroblasts"],
        "ring sideroblasts, per cent of erythroid precursors, 0 to 100",
        Kind::Number(PERCENT, |c, v| c.ring_sideroblasts = Some(v)),
    ),
    field(
        &["cellularity"],
        "marrow cellularity, per cent, 0 to 100",
        Kind::Number(PERCENT, |c, v| c.cellularity = Some(v)),
    ),
    field(
        &["fibrosis"],
        "marrow fibrosis, a grade from 0 to 3",
        Kind::Whole(3, |c, v| c.fibrosis = Some(v)),
    ),
    field(
        &["auer_rods"],
        "Auer rods seen",
        Kind::YesNo(|c, v| c.auer_rods = Some(v)),
    ),
    field(
        &["karyotype"],
        "a karyotype in ISCN notation",
        Kind::Text(karyotype),
    ),
    field(
        &["fusions"],
        "fusions and rearrangements found, in any spelling, as in PML::RARA;KMT2A-r or t(8;21)(q22;q22), or none",
        Kind::Text(|c, t| {
            c.fusions = Some(if FusionName::is_none(t) {
                Vec::new()
            } else {
                FusionName::list(t)
            });
            Some(())
        }),
    ),
    field(
        &["cytopenia_months"],
        "months that the cytopenia has lasted, 0 or more",
        Kind::Number(MONTHS, |c, v| c.cytopenia_months = Some(v)),
    ),
    field(
        &["monocytosis_months"],
        "months that the monocytosis has lasted, 0 or more",
        Kind::Number(MONTHS, |c, v| c.monocytosis_months = Some(v)),
    ),
    field(
        &["excluded_causes"],
        "other causes of the cytopenia were excluded",
        Kind::YesNo(|c, v| c.causes_excluded = Some(v)),
    ),
    field(
        &["therapy_history", "prior_therapy"],
        "cytotoxic therapy or radiation for another disease before",
        Kind::YesNo(|c, v| c.prior_therapy = Some(v)),
    ),
    field(
        &["prior_mds"],
        "a myelodysplastic disease before",
        Kind::YesNo(|c, v| c.prior_mds = Some(v)),
    ),
    field(
        CYTOGENETICS,
        "Very Good, Good, Intermediate, Poor or Very Poor; overrides what the karyotype gives",
        Kind::Text(|c, t| {
            c.cytogenetics = Some(t.parse().ok()?);
            Some(())
        }),
    ),
    field(
        DEL5Q,
        "del(5q); overrides the karyotype",
        Kind::YesNo(|c, v| c.del5q = Some(v)),
    ),
    field(
        DEL7,
        "-7 or del(7q); overrides the karyotype",
        Kind::YesNo(|c, v| c.del7_7q = Some(v)),
    ),
    field(
        DEL17P,
        "-17 or del(17p); overrides the karyotype",
        Kind::YesNo(|c, v| c.del17_17p = Some(v)),
    ),
    field(
        COMPLEX,
        "complex karyotype; overrides the karyotype",
        Kind::YesNo(|c, v| c.complex = Some(v)),
    ),
    field(
        TP53_NUMBER,
        "the number of TP53 mutations: 0, 1, or 2 or more; overrides the calls",
        Kind::Text(|c, t| {
            c.tp53_mutations = Some(Tp53Mutations::from_text(t)?);
            Some(())
        }),
    ),
    field(
        TP53_VAF,
        "the largest VAF of TP53 as a fraction from 0 to 1; overrides the calls",
        Kind::Number(0.0..=1.0, |c, v| c.tp53_max_vaf = Some(v)),
    ),
    field(
        TP53_LOSS,
        "loss of heterozygosity at TP53, by copy loss or copy-neutral",
        Kind::YesNo(|c, v| c.tp53_loh = Some(v)),
    ),
    field(
        FLT3_ITD,
        "an internal tandem duplication of FLT3, by fragment analysis or sequencing; 1 counts as a mutation of FLT3, 0 does not exclude others",
        Kind::YesNo(|c, v| c.flt3_itd = Some(v)),
    ),
    field(
        &["covered_genes"],
        "genes that the laboratory states were sequenced in full and deep enough, as in TP53;SF3B1, or all",
        Kind::Text(|c, t| {
            c.covered_genes = genes(t);
            c.covered_genes
                .iter()
                .all(|g| g.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
                .then_some(())
        }),
    ),
];

/// Genes beside those of IPSS-M that stages, scores and risks ask for, each a column with 0 or 1: some are on few panels.
pub const FURTHER_GENES: [&str; 6] = ["TET2", "JAK2", "ZRSR2", "CALR", "MPL", "DDX41"];

/// Takes in a karyotype; that a culture gave none is not known, which is never normal.
fn karyotype(clinical: &mut Clinical, text: &str) -> Option<()> {
    if Karyotype::is_without_result(text) {
        return Some(());
    }
    clinical.karyotype = Some(text.to_owned());
    Karyotype::parse(text).ok().map(|_| ())
}

/// Returns a list of genes by their symbols of today, in any case and by older names too; a name that is not known stays as it is.
fn genes(text: &str) -> Vec<String> {
    text.split([';', ',', ' ', '/', '+', '|', '、', '・', '；', '，', '　'])
        .filter(|item| !item.is_empty())
        .map(|item| match gene_symbol(item) {
            Some(symbol) => symbol.to_owned(),
            None if EVERY_GENE.iter().any(|all| all.eq_ignore_ascii_case(item)) => ALL_GENES.to_owned(),
            None => item.to_owned(),
        })
        .collect()
}

/// Words for every gene of the panel.
const EVERY_GENE: [&str; 6] = ["all", "every", "complete", "全て", "すべて", "全遺伝子"];

/// The clinical columns of a table.
#[derive(Clone, Debug)]
pub struct ClinicalColumns {
    fields: Vec<(&'static Field, Found)>,
    genes: Vec<(IpssmGene, GeneColumns)>,
    further_genes: Vec<(&'static str, Column)>,
}

#[derive(Clone, Copy, Debug)]
enum Found {
    Measured(MeasuredColumn),
    Plain(Column),
}

impl ClinicalColumns {
    /// Finds the columns; any may be absent, and is then not known for any row.
    pub fn new(header: &Header, units: StatedUnits) -> Result<Self, TableError> {
        let mut fields = Vec::new();
        for field in FIELDS {
            let found = match &field.kind {
                Kind::Measured(quantity, _) => header.measured(*quantity, units)?.map(Found::Measured),
                _ => header.find(field.names)?.map(Found::Plain),
            };
            fields.extend(found.map(|found| (field, found)));
        }
        let mut genes = Vec::new();
        for gene in IpssmGene::ALL {
            let columns = GeneColumns::find(header, gene)?;
            if !columns.is_absent() {
                genes.push((gene, columns));
            }
        }
        let mut further_genes = Vec::new();
        for gene in FURTHER_GENES {
            further_genes.extend(header.find(&[gene])?.map(|column| (gene, column)));
        }
        Ok(Self {
            fields,
            genes,
            further_genes,
        })
    }

    /// Returns the places of the columns found, 0-based.
    pub fn places(&self) -> impl Iterator<Item = usize> {
        let fields = self.fields.iter().map(|(_, found)| match found {
            Found::Measured(measured) => measured.column.place(),
            Found::Plain(column) => column.place(),
        });
        let genes = self.genes.iter().flat_map(|(_, columns)| columns.columns());
        let further = self.further_genes.iter().map(|(_, column)| *column);
        fields.chain(genes.chain(further).map(Column::place))
    }

    /// Reads one row.
    pub fn read(&self, row: &Row<'_>) -> Result<Clinical, CellError> {
        let mut clinical = Clinical::default();
        for (field, found) in &self.fields {
            take(field, *found, row, &mut clinical)?;
        }
        for (gene, columns) in &self.genes {
            if let Some(mutated) = columns.read(row)? {
                clinical.genes.insert(gene.column().to_owned(), mutated);
            }
        }
        for (gene, column) in &self.further_genes {
            if let Some(mutated) = row.zero_or_one(*column)? {
                clinical.genes.insert((*gene).to_owned(), mutated);
            }
        }
        Ok(clinical)
    }
}

fn take(field: &Field, found: Found, row: &Row<'_>, clinical: &mut Clinical) -> Result<(), CellError> {
    let wanted = || format!("{}, or NA", field.about);
    match (&field.kind, found) {
        (Kind::Measured(_, set), Found::Measured(column)) => {
            if let Some(value) = row.measured(Some(column))? {
                set(clinical, value);
            }
        }
        (Kind::Number(range, set), Found::Plain(column)) => {
            if let Some(value) = row.number(column, range.clone(), &wanted())? {
                set(clinical, value);
            }
        }
        (Kind::Whole(most, set), Found::Plain(column)) => {
            let read = |t: &str| plain(t).parse::<u8>().ok().filter(|n| n <= most);
            if let Some(value) = row.parsed(column, &wanted(), read)? {
                set(clinical, value);
            }
        }
        (Kind::YesNo(set), Found::Plain(column)) => {
            if let Some(value) = row.zero_or_one(column)? {
                set(clinical, value);
            }
        }
        (Kind::Text(set), Found::Plain(column)) => {
            let Some(cell) = row.cell(column) else {
                return Ok(());
            };
            if set(clinical, cell.text).is_none() {
                // A karyotype says where it breaks.
                let at = Karyotype::parse(cell.text)
                    .err()
                    .filter(|_| field.names.contains(&"karyotype"));
                let wanted = at.map_or_else(wanted, |e| format!("{} ({e})", field.about));
                return Err(cell.error(&wanted));
            }
        }
        _ => {}
    }
    Ok(())
}
