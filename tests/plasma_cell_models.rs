//! The risk of MGUS by its type, the older models of smoldering myeloma, the stages of myeloma.
//!
//! Expected values: Kyle, N Engl J Med 2018;378:241 (abstract); ASH Education 2010;295 for Mayo 2008 and PETHEMA; Palumbo, J Clin Oncol
//! 2015;33:2863.

#![allow(clippy::expect_used, clippy::unwrap_used)] // Helpers of tests, outside the functions that clippy exempts.

use hemoclone::patient::read_table;
use hemoclone::plasma_cell::{COLUMNS, Group, PlasmaResult, RiskModel, Settings, assess, row};

fn judge(cells: &str) -> PlasmaResult {
    let pairs: Vec<(&str, &str)> = cells
        .split_whitespace()
        .map(|pair| pair.split_once('=').expect("column=value"))
        .collect();
    let names: Vec<&str> = pairs.iter().map(|p| p.0).collect();
    let values: Vec<&str> = pairs.iter().map(|p| p.1).collect();
    let text = format!("sample\t{}\nA\t{}\n", names.join("\t"), values.join("\t"));
    let table = read_table(text.as_bytes(), "case").expect("a table");
    assert_eq!(table.errors, [], "{cells}");
    assert_eq!(table.unknown_columns, Vec::<String>::new(), "{cells}");
    let visits = table.patients.into_iter().next().expect("a patient");
    assess(&visits, Settings::default()).expect("a result")
}

fn model(result: &PlasmaResult, id: &str) -> Option<RiskModel> {
    result.risk.iter().find(|m| m.id == id).cloned()
}

fn cell(result: &PlasmaResult, column: &str) -> String {
    let place = COLUMNS.iter().position(|c| c.name == column).expect("a column");
    row(result)[place].clone()
}

#[test]
fn the_20_years_of_mgus_by_its_type() {
    for (cells, factors, percent) in [
        ("heavy_chain=IgG m_protein_g_dl=1.4 flc_ratio=1.0", "0", "7"),
        ("heavy_chain=IgA m_protein_g_dl=1.5 flc_ratio=1.0", "1", "20"),
        ("heavy_chain=IgG m_protein_g_dl=1.4 flc_ratio=0.2", "1", "20"),
        ("heavy_chain=IgG m_protein_g_dl=2.9 flc_ratio=1.7", "2", "30"),
        ("heavy_chain=IgM m_protein_g_dl=1.4 flc_ratio=1.0", "0", "19"),
        ("heavy_chain=IgM m_protein_g_dl=1.5 flc_ratio=1.0", "1", "41"),
        ("heavy_chain=IgM m_protein_g_dl=1.5 flc_ratio=9", "2", "55"),
        ("heavy_chain=IgG m_protein_g_dl=1.5", "1-2", "20-30"),
        // The type decides, and is not given.
        ("m_protein_g_dl=1.5 flc_ratio=1.0", "", ""),
    ] {
        let result = judge(&format!(
            "{cells} plasma_cells=5 lymphoplasmacytic_cells=5 hb_g_dl=14"
        ));
        let actual = (
            cell(&result, "kyle_2018_factors"),
            cell(&result, "kyle_2018_20y_percent"),
        );
        assert_eq!(actual, (factors.to_owned(), percent.to_owned()), "{cells}");
    }
    let open = judge("m_protein_g_dl=1.5 flc_ratio=1.0 plasma_cells=5 hb_g_dl=14");
    for id in ["kyle_2018_non_igm", "kyle_2018_igm"] {
        assert!(!model(&open, id).expect("both types").stage_is_certain, "{id}");
    }
    let light = judge(
        "heavy_chain=none flc_ratio=3 involved_flc_raised=yes plasma_cells=4 urine_m_protein_mg_24h=100",
    );
    assert_eq!(model(&light, "kyle_2018_non_igm"), None);
}

#[test]
fn the_5_years_of_smoldering_myeloma() {
    for (cells, factors, percent) in [
        ("m_protein_g_dl=1 plasma_cells=10 flc_ratio=8", "1", "25"),
        ("m_protein_g_dl=1 plasma_cells=10 flc_ratio=0.125", "1", "25"),
        ("m_protein_g_dl=1 plasma_cells=10 flc_ratio=0.124", "2", "51"),
        ("m_protein_g_dl=3 plasma_cells=9 flc_ratio=8.1", "2", "51"),
        ("m_protein_g_dl=3 plasma_cells=10 flc_ratio=8.1", "3", "76"),
        ("m_protein_g_dl=3 plasma_cells=10", "2-3", "51-76"),
    ] {
        let result = judge(&format!("heavy_chain=IgG {cells}"));
        let actual = (
            cell(&result, "mayo_2008_factors"),
            cell(&result, "mayo_2008_5y_percent"),
        );
        assert_eq!(actual, (factors.to_owned(), percent.to_owned()), "{cells}");
    }
    for (cells, percent) in [
        ("aberrant_plasma_cells=94.9 immunoparesis=no", "4"),
        ("aberrant_plasma_cells=95 immunoparesis=no", "46"),
        ("aberrant_plasma_cells=50 immunoparesis=yes", "46"),
        ("aberrant_plasma_cells=95 reduced_isotypes=1", "72"),
        ("immunoparesis=yes", "46-72"),
    ] {
        let result = judge(&format!(
            "heavy_chain=IgG m_protein_g_dl=2 plasma_cells=20 {cells}"
        ));
        assert_eq!(cell(&result, "pethema_2007_5y_percent"), percent, "{cells}");
    }
}

#[test]
fn the_stages_of_myeloma_from_a_table() {
    for (cells, iss, r_iss, survival, r2_iss) in [
        (
            "b2m_mg_l=3.4 albumin_g_l=35 fish=normal ldh_u_l=250 ldh_uln_u_l=250",
            "stage_i",
            "stage_i",
            "82",
            "stage_i",
        ),
        (
            "β2-microglobulin_mg_l=6 albumin_g_dl=4 fish=normal ldh_u_l=251 ldh_uln_u_l=250",
            "stage_iii",
            "stage_iii",
            "40",
            "stage_iii",
        ),
        (
            "beta2_microglobulin_mg_l=6 albumin_g_dl=4 fish=+1q ldh_u_l=200 ldh_uln_u_l=250",
            "stage_iii",
            "stage_ii",
            "62",
            "stage_iii",
        ),
        (
            "beta2_microglobulin_mg_dl=0.3 albumin_g_dl=4 fish=del(17p) ldh_u_l=200 ldh_uln_u_l=250",
            "stage_i",
            "stage_ii",
            "62",
            "stage_ii",
        ),
        (
            "b2m_mg_l=6 fish=normal ldh_u_l=300",
            "stage_iii",
            "stage_ii;stage_iii",
            "40-62",
            "stage_iii",
        ),
        (
            "ldh_u_l=300",
            "stage_i;stage_ii;stage_iii",
            "stage_i;stage_ii;stage_iii",
            "40-82",
            "stage_i;stage_ii;stage_iii;stage_iv",
        ),
    ] {
        let result = judge(&format!("plasma_cells=60 {cells}"));
        let actual = [
            "iss_stage",
            "r_iss_stage",
            "r_iss_5y_survival_percent",
            "r2_iss_stage",
        ]
        .map(|c| cell(&result, c));
        assert_eq!(actual, [iss, r_iss, survival, r2_iss], "{cells}");
    }
    let smoldering = judge("plasma_cells=20 heavy_chain=IgG m_protein_g_dl=2 b2m_mg_l=6");
    assert_eq!(model(&smoldering, "r_iss_2015"), None);
    let factors = model(&judge("plasma_cells=60 b2m_mg_l=6 albumin_g_dl=4"), "iss_2005").expect("a stage");
    assert_eq!(factors.group, Some(Group::StageIii));
    assert!(
        factors
            .factors
            .iter()
            .all(|f| f.points.is_none() && f.points_possible.is_empty())
    );
}
