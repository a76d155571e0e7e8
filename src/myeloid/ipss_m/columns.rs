use super::IpssmGene;
use crate::patient::{CellError, Column, Header, Row, TableError};

/// Names of the column with the blasts of the marrow, the published one first.
pub(in crate::myeloid) const MARROW_BLASTS: &[&str] = &[
    "bm_blast",
    "bm_blasts",
    "bm_blast_percent",
    "bm_blasts_percent",
    "bone_marrow_blast",
    "bone_marrow_blasts",
    "bone_marrow_blasts_percent",
    "marrow_blasts",
];

/// Names of the column with the cytogenetic group of IPSS-R.
pub(in crate::myeloid) const CYTOGENETICS: &[&str] = &[
    "CYTO_IPSSR",
    "cytogenetics_ipssr",
    "ipssr_cytogenetics",
    "ipssr_cyto",
    "cytogenetics_category",
    "cytogenetic_category",
    "cytogenetic_risk",
];
/// Names of the column with del(5q).
pub(in crate::myeloid) const DEL5Q: &[&str] = &["del5q"];
/// Names of the column with -7 or del(7q).
pub(in crate::myeloid) const DEL7: &[&str] = &[
    "del7_7q",
    "minus7_del7q",
    "7_del7q",
    "monosomy7_del7q",
    "del7_del7q",
];
/// Names of the column with -17 or del(17p).
pub(in crate::myeloid) const DEL17P: &[&str] = &[
    "del17_17p",
    "del17p",
    "minus17_del17p",
    "17_del17p",
    "monosomy17_del17p",
    "del17_del17p",
];
/// Names of the column with a complex karyotype.
pub(in crate::myeloid) const COMPLEX: &[&str] = &["complex", "complex_karyotype"];
/// Names of the column with the number of TP53 mutations.
pub(in crate::myeloid) const TP53_NUMBER: &[&str] = &[
    "TP53mut",
    "TP53_mutations",
    "number_of_TP53_mutations",
    "TP53_number",
    "n_TP53",
];
/// Names of the column with the largest VAF of TP53.
pub(in crate::myeloid) const TP53_VAF: &[&str] =
    &["TP53maxvaf", "TP53_vaf", "maximum_TP53_vaf", "max_TP53_vaf"];
/// Names of the column with the loss of the other allele of TP53.
pub(in crate::myeloid) const TP53_LOSS: &[&str] = &[
    "TP53loh",
    "tp53_loh",
    "loss_of_heterozygosity_at_TP53",
    "loh_at_TP53",
];

/// Names of the column with an internal tandem duplication of FLT3.
pub(in crate::myeloid) const FLT3_ITD: &[&str] = &["FLT3_ITD", "FLT3_internal_tandem_duplication"];

/// The columns that say whether a gene of IPSS-M is mutated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GeneColumns {
    whole: Option<Column>,
    /// Of a gene that counts for either of two kinds of mutation: the columns of each.
    parts: [Option<Column>; 2],
}

impl GeneColumns {
    /// Finds the columns.
    ///
    /// FLT3 of IPSS-M is an internal tandem duplication or a mutation of the kinase domain (Bernard 2022): a table that has one of
    /// them alone cannot say that the gene is not mutated.
    pub fn find(header: &Header, gene: IpssmGene) -> Result<Self, TableError> {
        let whole = |names: &[&str]| header.find(names);
        Ok(match gene {
            IpssmGene::MllPtd => Self {
                whole: whole(&["MLL_PTD", "KMT2A_PTD", "KMT2A_MLL_PTD", "MLL_KMT2A_PTD"])?,
                ..Self::default()
            },
            IpssmGene::Flt3 => Self {
                whole: whole(&[
                    "FLT3",
                    "FLT3_ITD_TKD",
                    "FLT3_TKD_ITD",
                    "FLT3_ITD_or_TKD",
                    "FLT3all",
                ])?,
                parts: [header.find(FLT3_ITD)?, header.find(&["FLT3_TKD", "FLT3_D835"])?],
            },
            _ => Self {
                whole: whole(&[gene.column()])?,
                ..Self::default()
            },
        })
    }

    /// Whether the table has none of them.
    pub fn is_absent(self) -> bool {
        self.columns().next().is_none()
    }

    /// Returns the columns found.
    pub fn columns(self) -> impl Iterator<Item = Column> {
        let [first, second] = self.parts;
        [self.whole, first, second].into_iter().flatten()
    }

    /// Reads whether the gene is mutated.
    pub fn read(self, row: &Row<'_>) -> Result<Option<bool>, CellError> {
        let whole = row.zero_or_one(self.whole)?;
        let parts = match (row.zero_or_one(self.parts[0])?, row.zero_or_one(self.parts[1])?) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        };
        match (whole, parts) {
            (Some(said), Some(other)) if said != other => match row.cell(self.whole) {
                Some(cell) => {
                    Err(cell.error("what the columns of its kinds of mutation say; correct one of them"))
                }
                None => Ok(None),
            },
            (said, other) => Ok(said.or(other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patient::TableReader;

    fn flt3(text: &str) -> Result<Option<bool>, String> {
        let mut reader = TableReader::new(text.as_bytes(), "t").unwrap();
        let columns = GeneColumns::find(reader.header(), IpssmGene::Flt3).unwrap();
        let (row, _) = reader.next_row().unwrap().unwrap();
        columns.read(&row).map_err(|e| e.to_string())
    }

    #[test]
    fn a_tandem_duplication_is_a_mutation_of_flt3_and_its_absence_is_half_the_answer() {
        for (text, expected) in [
            ("ID,FLT3\na,0\n", Some(false)),
            ("ID,FLT3-ITD\na,1\n", Some(true)),
            ("ID,FLT3-ITD\na,0\n", None),
            ("ID,FLT3_ITD,FLT3 TKD\na,0,0\n", Some(false)),
            ("ID,FLT3_ITD,FLT3 TKD\na,0,1\n", Some(true)),
            ("ID,FLT3_ITD,FLT3_TKD\na,0,NA\n", None),
            ("ID,FLT3,FLT3-ITD\na,1,0\n", Some(true)),
            ("ID,FLT3 (ITD or TKD)\na,1\n", Some(true)),
            ("ID,FLT3 ITD/TKD\na,0\n", Some(false)),
            ("ID,FLT3all\na,0\n", Some(false)),
        ] {
            assert_eq!(flt3(text), Ok(expected), "{text}");
        }
        let error = flt3("ID,FLT3,FLT3-ITD\na,0,1\n").unwrap_err();
        assert!(
            error.starts_with("line 2, column FLT3: \"0\" is not what"),
            "{error}"
        );
    }

    /// Spellings of the web calculator, its batch tables and of people who type them.
    #[test]
    fn every_usual_spelling_of_a_header_is_one_column() {
        for (names, spellings) in [
            (
                MARROW_BLASTS,
                &["BM_BLAST", "bm blasts (%)", "Bone Marrow Blasts", "BM-Blasts"][..],
            ),
            (
                CYTOGENETICS,
                &[
                    "CYTO_IPSSR",
                    "IPSS-R Cytogenetics",
                    "Cytogenetics Category",
                    "cyto ipssr",
                ],
            ),
            (DEL5Q, &["del5q", "del(5q)", "DEL 5q"]),
            (
                DEL7,
                &["del7_7q", "-7/del(7q)", "del(7)/7q", "Monosomy 7 / del(7q)"],
            ),
            (DEL17P, &["del17_17p", "del(17p)", "-17/del(17p)", "del(17)/17p"]),
            (COMPLEX, &["complex", "Complex Karyotype"]),
            (
                TP53_NUMBER,
                &["TP53mut", "TP53 mutations", "Number of TP53 mutations"],
            ),
            (
                TP53_VAF,
                &["TP53maxvaf", "TP53 max VAF", "TP53 VAF", "Maximum TP53 VAF"],
            ),
            (
                TP53_LOSS,
                &["TP53loh", "TP53 LOH", "Loss of heterozygosity at TP53"],
            ),
        ] {
            for spelling in spellings {
                let header = Header::new("t", vec![(*spelling).to_owned()]).unwrap();
                assert!(header.find(names).unwrap().is_some(), "{spelling}");
            }
        }
    }

    #[test]
    fn the_duplication_of_kmt2a_has_two_names() {
        for name in ["MLL_PTD", "KMT2A-PTD", "kmt2a ptd", "KMT2A/MLL-PTD"] {
            let header = Header::new("t", vec![name.to_owned()]).unwrap();
            assert!(
                !GeneColumns::find(&header, IpssmGene::MllPtd).unwrap().is_absent(),
                "{name}"
            );
        }
    }
}
