//! Chronic myelomonocytic leukemia. WHO 2022: Khoury, Leukemia 2022;36:1703, Table 6. ICC 2022: Arber, Blood
//! 2022;140:1200, table of CMML. Both tables were read.

use super::{Answer, all, any, not, seen_blasts_reach};
use crate::myeloid::findings::Findings;
use crate::myeloid::limits::{AML_BLASTS, EXCESS_BLASTS, LEUKOCYTOSIS, MANY_BLASTS};
use crate::panel::Text;
use crate::patient::tidy;
use crate::words::Phrase;

/// Monocytes from which there is a monocytosis, 10^9/L (WHO 2022; ICC 2022).
const MONOCYTES: f64 = 0.5;
/// Their least share of the white cells (WHO 2022; ICC 2022).
const SHARE: f64 = 0.10;
/// Monocytes from which less is asked of the rest, 10^9/L (WHO 2022; ICC 2022).
const MANY_MONOCYTES: f64 = 1.0;
/// Months that a monocytosis must last to be persistent (WHO 2016; WHO 2022 says "persistent" without a number).
const PERSISTENT_MONTHS: f64 = 3.0;
/// Smallest VAF that proves a clone for CMML (ICC 2022).
const ICC_VAF: f64 = 0.10;

/// Rearrangements that make it another disease (WHO 2022, prerequisites 3 and 4; ICC 2022).
pub(in crate::myeloid) const OTHER_DISEASE: [&str; 7] = [
    "BCR::ABL1",
    "PDGFRA-r",
    "PDGFRB-r",
    "FGFR1-r",
    "JAK2-r",
    "FLT3-r",
    "ETV6::ABL1",
];

/// Returns whether monocytes are many, absolutely and as a share of the white cells; `None` where white cells are missing.
fn monocytosis(findings: &Findings) -> Option<bool> {
    let monocytes = findings.monocytes?;
    if monocytes < MONOCYTES {
        return Some(false);
    }
    findings.white_cells.map(|w| monocytes >= tidy(SHARE * w))
}

fn persistent(findings: &Findings) -> Option<bool> {
    findings.monocytosis_months.map(|m| m >= PERSISTENT_MONTHS)
}

fn abnormal_karyotype(findings: &Findings) -> Option<bool> {
    let Some(karyotype) = &findings.karyotype else {
        return findings.stated_changes.any().then_some(true);
    };
    // What cannot be read may be nothing.
    (karyotype.changes > 0 || karyotype.open.is_none()).then_some(karyotype.changes > 0)
}

fn dysplasia(findings: &Findings) -> Option<bool> {
    findings.dysplastic_lineages.map(|n| n >= 1)
}

/// What every form asks for beside the monocytes.
fn prerequisites(findings: &Findings) -> Option<bool> {
    all(&[
        monocytosis(findings),
        not(seen_blasts_reach(findings, AML_BLASTS, AML_BLASTS)),
        Some(findings.first_fusion(&OTHER_DISEASE).is_none()),
    ])
}

/// Returns `CMML-2` from 10 % marrow or 5 % blood blasts on, else `CMML-1`.
fn by_blasts(findings: &Findings) -> &'static str {
    if seen_blasts_reach(findings, MANY_BLASTS.0, MANY_BLASTS.1) == Some(true) {
        "CMML-2"
    } else {
        "CMML-1"
    }
}

/// CMML of WHO 2022.
pub(super) fn who(findings: &Findings) -> Answer {
    let subtype = match findings.white_cells {
        Some(w) if w >= LEUKOCYTOSIS => ", myeloproliferative",
        Some(_) => ", myelodysplastic",
        None => "",
    };
    let name = format!("{}{subtype}", by_blasts(findings));
    if findings.monocytes.is_none() {
        return not_given(name);
    }
    let clonal = any(&[findings.has_clone(), abnormal_karyotype(findings)]);
    let many = findings.monocytes.is_some_and(|m| m >= MANY_MONOCYTES);
    let (support, why) = if many {
        (
            any(&[dysplasia(findings), clonal]),
            Text::from(Phrase::new("cmml", "monocytes_1")),
        )
    } else {
        (
            all(&[dysplasia(findings), clonal]),
            Text::from(Phrase::new("cmml", "monocytes_05")),
        )
    };
    Answer::of(
        all(&[prerequisites(findings), persistent(findings), support]),
        name,
        why,
    )
}

/// CMML of ICC 2022.
pub(super) fn icc(findings: &Findings) -> Answer {
    let name = by_blasts(findings);
    if findings.monocytes.is_none() {
        return not_given(name);
    }
    let clonal = any(&[clone_of_ten_percent(findings), abnormal_karyotype(findings)]);
    let many = findings.monocytes.is_some_and(|m| m >= MANY_MONOCYTES);
    // Without a proven clone more monocytes and a change of the marrow are asked for.
    let instead = all(&[
        Some(many),
        any(&[
            seen_blasts_reach(findings, EXCESS_BLASTS.0, EXCESS_BLASTS.1),
            dysplasia(findings),
        ]),
    ]);
    Answer::of(
        all(&[
            prerequisites(findings),
            findings.cytopenia().any(),
            any(&[clonal, instead]),
        ]),
        name,
        Text::from(Phrase::new("cmml", "cmml_icc")),
    )
}

/// Clonal monocytosis without cytopenia.
pub(super) fn clonal_monocytosis(findings: &Findings) -> Answer {
    undetermined(findings, not(findings.cytopenia().any()), "CMUS")
}

/// Clonal monocytosis with cytopenia, after every type of MDS.
pub(super) fn clonal_cytopenia_and_monocytosis(findings: &Findings) -> Answer {
    undetermined(findings, findings.cytopenia().any(), "CCMUS")
}

/// Clonal monocytosis of undetermined significance (Arber, Blood 2022;140:1200, table of CMUS; read): persistent, a mutation with
/// a VAF of 0.02 or more, no dysplasia, no increased blasts. The same with a cytopenia is called CCMUS there.
fn undetermined(findings: &Findings, counts: Option<bool>, name: &str) -> Answer {
    if findings.monocytes.is_none() {
        return not_given(name);
    }
    let mutated = findings.clone_drivers().map(|d| !d.is_empty());
    let mutated = match mutated {
        Some(false) if findings.has_clone().is_none() => None,
        other => other,
    };
    Answer::of(
        all(&[
            counts,
            monocytosis(findings),
            persistent(findings),
            mutated,
            not(seen_blasts_reach(findings, EXCESS_BLASTS.0, EXCESS_BLASTS.1)),
            not(dysplasia(findings)),
        ]),
        name,
        Text::from(Phrase::new("cmml", "clonal_monocytosis")),
    )
}

fn clone_of_ten_percent(findings: &Findings) -> Option<bool> {
    let drivers = findings.drivers.as_ref()?;
    let found = drivers.iter().any(|d| d.vaf.is_none_or(|v| v >= ICC_VAF));
    if !found && !findings.open_genes.is_empty() {
        return None;
    }
    Some(found)
}

fn not_given(name: impl Into<String>) -> Answer {
    Answer::no(name, Text::from(Phrase::new("cmml", "monocytes_not_given"))).if_given(false)
}

#[cfg(test)]
mod tests {
    use super::super::{icc as classify_icc, who5};
    use super::*;
    use crate::genome::Sex;
    use crate::karyotype::{Karyotype, assess};
    use crate::myeloid::findings::Driver;

    /// Monocytes 1.2 of 8, a TET2 clone, anemia, dysplasia, marrow seen.
    fn case() -> Findings {
        Findings {
            sex: Some(Sex::Female),
            hemoglobin: Some(10.0),
            platelets: Some(200.0),
            neutrophils: Some(3.0),
            white_cells: Some(8.0),
            monocytes: Some(1.2),
            monocytosis_months: Some(3.0),
            drivers: Some(vec![Driver {
                gene: "TET2".into(),
                vaf: Some(0.3),
                bzip: false,
            }]),
            marrow_blasts: Some(2.0),
            blood_blasts: Some(0.0),
            dysplastic_lineages: Some(1),
            auer_rods: Some(false),
            karyotype: Some(assess(&Karyotype::parse("46,XX[20]").unwrap(), Some(Sex::Female))),
            ..Findings::default()
        }
    }

    type Set = fn(&mut Findings);

    fn check(rows: &[(Set, &str, &str)]) {
        let said = |c: super::super::Classification| match (c.name, c.possible.is_empty()) {
            (Some(name), _) => name,
            (None, true) => "none".to_owned(),
            (None, false) => "?".to_owned(),
        };
        for (index, (set, who, icc)) in rows.iter().enumerate() {
            let mut findings = case();
            set(&mut findings);
            let actual = (said(who5(&findings)), said(classify_icc(&findings)));
            assert_eq!(actual, ((*who).to_owned(), (*icc).to_owned()), "row {index}");
        }
    }

    /// Each row: a change of the case, WHO, ICC. `?` is not decided.
    #[test]
    fn every_criterion_of_both_tables() {
        let rows: [(Set, &str, &str); 20] = [
            (|_| (), "CMML-1, myelodysplastic", "CMML-1"),
            (|f| f.monocytes = Some(0.49), "MDS-LB", "MDS, NOS-SLD"),
            (|f| f.monocytes = Some(0.79), "MDS-LB", "MDS, NOS-SLD"),
            (|f| f.monocytes = Some(0.8), "CMML-1, myelodysplastic", "CMML-1"),
            (|f| f.white_cells = Some(12.9), "MDS-LB", "MDS, NOS-SLD"),
            (
                |f| {
                    f.white_cells = Some(13.0);
                    f.monocytes = Some(1.3);
                },
                "CMML-1, myeloproliferative",
                "CMML-1",
            ),
            (|f| f.white_cells = None, "?", "?"),
            (|f| f.monocytosis_months = None, "?", "CMML-1"),
            (|f| f.monocytosis_months = Some(2.9), "MDS-LB", "CMML-1"),
            (
                |f| f.marrow_blasts = Some(10.0),
                "CMML-2, myelodysplastic",
                "CMML-2",
            ),
            (
                |f| f.marrow_blasts = Some(9.9),
                "CMML-1, myelodysplastic",
                "CMML-1",
            ),
            (
                |f| f.blood_blasts = Some(5.0),
                "CMML-2, myelodysplastic",
                "CMML-2",
            ),
            (
                |f| f.marrow_blasts = Some(20.0),
                "AML, defined by differentiation",
                "AML, NOS",
            ),
            (|f| f.fusions = vec!["BCR::ABL1".into()], "MDS-LB", "MDS, NOS-SLD"),
            // One supporting criterion is enough from 1 x 10^9/L on; below it both are needed.
            (
                |f| f.dysplastic_lineages = Some(0),
                "CMML-1, myelodysplastic",
                "CMML-1",
            ),
            (|f| f.drivers = Some(vec![]), "CMML-1, myelodysplastic", "CMML-1"),
            (
                |f| {
                    f.drivers = Some(vec![]);
                    f.dysplastic_lineages = Some(0);
                },
                "none",
                "none",
            ),
            (
                |f| {
                    f.monocytes = Some(0.9);
                    f.drivers = Some(vec![]);
                },
                "MDS-LB",
                "MDS, NOS-SLD",
            ),
            (
                |f| {
                    f.monocytes = Some(0.9);
                    f.drivers.as_mut().unwrap()[0].vaf = Some(0.09);
                },
                "CMML-1, myelodysplastic",
                "MDS, NOS-SLD",
            ),
            // ICC asks for a cytopenia, WHO does not.
            (|f| f.hemoglobin = Some(13.0), "CMML-1, myelodysplastic", "none"),
        ];
        check(&rows);
    }

    /// Where the absolute limit, the karyotype or a gene that was not covered decides.
    #[test]
    fn the_limits_of_monocytes_and_what_proves_a_clone() {
        let rows: [(Set, &str, &str); 6] = [
            // The absolute limit decides where the share would do: few white cells.
            (
                |f| {
                    f.white_cells = Some(4.0);
                    f.monocytes = Some(0.5);
                },
                "CMML-1, myelodysplastic",
                "CMML-1",
            ),
            (
                |f| {
                    f.white_cells = Some(4.0);
                    f.monocytes = Some(0.49);
                },
                "MDS-LB",
                "MDS, NOS-SLD",
            ),
            // A change of the karyotype proves a clone as a mutation does.
            (
                |f| {
                    f.monocytes = Some(0.9);
                    f.drivers = Some(vec![]);
                    f.karyotype = Some(assess(&Karyotype::parse("47,XX,+8[20]").unwrap(), f.sex));
                },
                "CMML-1, myelodysplastic",
                "CMML-1",
            ),
            // A gene that was not covered may hold the clone; one below 10 % is none for ICC where all were.
            (
                |f| {
                    f.monocytes = Some(0.9);
                    f.drivers = Some(vec![]);
                    f.open_genes = vec!["TET2".into()];
                },
                "?",
                "?",
            ),
            (
                |f| {
                    f.monocytes = Some(0.9);
                    f.drivers.as_mut().unwrap()[0].vaf = Some(0.09);
                    f.open_genes = vec!["SRSF2".into()];
                },
                "CMML-1, myelodysplastic",
                "?",
            ),
            (
                |f| {
                    f.monocytes = Some(0.9);
                    f.open_genes = vec!["SRSF2".into()];
                },
                "CMML-1, myelodysplastic",
                "CMML-1",
            ),
        ];
        check(&rows);
    }

    #[test]
    fn a_clone_of_ten_percent_begins_there() {
        for (vaf, open, expected) in [
            (Some(0.10), false, Some(true)),
            (Some(0.0999), false, Some(false)),
            (Some(0.0999), true, None),
            (Some(0.10), true, Some(true)),
            (None, false, Some(true)),
        ] {
            let findings = Findings {
                drivers: Some(vec![Driver {
                    gene: "TET2".into(),
                    vaf,
                    bzip: false,
                }]),
                open_genes: if open { vec!["SRSF2".into()] } else { Vec::new() },
                ..Findings::default()
            };
            assert_eq!(clone_of_ten_percent(&findings), expected, "{vaf:?} {open}");
        }
        assert_eq!(clone_of_ten_percent(&Findings::default()), None);
    }
}
