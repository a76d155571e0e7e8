//! What a table may hold, what is refused and how the refusal reads; contradictions; visits over time.

#![allow(clippy::expect_used, clippy::unwrap_used)] // Helpers of tests, outside the functions that clippy exempts.

use hemoclone::patient::{Table, read_json, read_table};
use hemoclone::plasma_cell::{Certainty, Evolving, PlasmaResult, Settings, Severity, Stage, assess};

fn read(text: &str) -> Table {
    read_table(text.as_bytes(), "t.csv").expect("a table")
}

fn refused(text: &str) -> String {
    match read_table(text.as_bytes(), "t.csv") {
        Err(error) => error.to_string(),
        Ok(table) => table.errors.first().expect("an error").to_string(),
    }
}

fn judge(text: &str) -> PlasmaResult {
    judge_with(text, Settings::default())
}

fn judge_with(text: &str, settings: Settings) -> PlasmaResult {
    let table = read(text);
    assert_eq!(table.errors, [], "{text}");
    assess(&table.patients[0], settings).expect("a result")
}

fn codes(result: &PlasmaResult, severity: Severity) -> Vec<&str> {
    result
        .findings
        .iter()
        .filter(|f| f.severity == severity)
        .map(|f| f.code.as_str())
        .collect()
}

#[test]
fn refusals_name_file_line_column_value_and_remedy() {
    for (text, expected) in [
        (
            "sample,calcium\nA,10\n",
            "t.csv, line 2, column calcium: \"10\" has no unit; name the column one of: calcium_mmol_l, calcium_mg_dl, or add a column calcium_unit",
        ),
        (
            "sample,calcium_mmol_l\nA,2.3\nB,10.2\n",
            "t.csv, line 3, column calcium_mmol_l: \"10.2\" is not plausible for calcium: 1 to 6 mmol/L; for another unit name the column calcium_mg_dl (mg/dL)",
        ),
        (
            "sample,calcium_mgl\nA,10\n",
            "t.csv: the unit in column name \"calcium_mgl\" is not known; use calcium_mmol_l or calcium_mg_dl",
        ),
        (
            "sample,calcium,calcium_unit\nA,10,mg/L\n",
            "t.csv, line 2, column calcium_unit: \"mg/L\" is not a unit of calcium: mmol/L or mg/dL",
        ),
        (
            "sample,calcium_mg_dl,calcium_unit\nA,10,mmol/L\n",
            "t.csv, line 2, column calcium_unit: \"mmol/L\" is not mg/dL, the unit in the name of column calcium_mg_dl",
        ),
        (
            "sample,hb_g_dl\nA,120\n",
            "t.csv, line 2, column hb_g_dl: \"120\" is not plausible for hemoglobin: 1.5 to 25 g/dL; for another unit name the column hb_g_l (g/L)",
        ),
        (
            "sample,m_protein_g_dl\nA,24\n",
            "t.csv, line 2, column m_protein_g_dl: \"24\" is not plausible for serum M protein: 0 to 15 g/dL; for another unit name the column m_protein_g_l (g/L) or m_protein_mg_dl (mg/dL)",
        ),
        (
            "sample,plasma_cells\nA,0.12\n",
            "t.csv, line 2, column plasma_cells: \"0.12\" is not clearly a percentage: write 12 for 12 %, or end the column name in _percent or _fraction",
        ),
        (
            "sample,kappa_flc_mg_l\nA,<1.3\n",
            "t.csv, line 2, column kappa_flc_mg_l: \"<1.3\" is not a number: enter one on the side of the limit that it says (4.9 for <5), or NA, and keep in mind that the value is only bounded",
        ),
        (
            "sample;hb_g_dl\nA;12,500\n",
            "t.csv, line 2, column hb_g_dl: \"12,500\" is not clear, for its comma may part decimals or thousands: write a decimal point and no thousands separator",
        ),
        (
            "sample,hb_g_dl,egfr\nA,12,5,60\n",
            "t.csv, line 2: 4 cells where the header has 3 cells; a decimal comma, or another within a cell, needs quotation marks or semicolons between the cells",
        ),
        (
            "sample,hb_g_dl\nA,NaNa\n",
            "t.csv, line 2, column hb_g_dl: \"NaNa\" is not a number; give hemoglobin from 1.5 to 25 g/dL",
        ),
        (
            "sample,hb_g_dl\nA,inf\n",
            "t.csv, line 2, column hb_g_dl: \"inf\" is not plausible for hemoglobin: 1.5 to 25 g/dL; for another unit name the column hb_g_l (g/L)",
        ),
        (
            "sample,heavy_chain\nA,IgX\n",
            "t.csv, line 2, column heavy_chain: \"IgX\" is not IgG, IgA, IgM, IgD, IgE or none",
        ),
        (
            "sample,date\nA,2025-02-30\n",
            "t.csv, line 2, column date: \"2025-02-30\" is not a date, YYYY-MM-DD",
        ),
        (
            "sample,bone_lesions\nA,multiple\n",
            "t.csv, line 2, column bone_lesions: \"multiple\" is not a number; give lytic bone lesions: a whole number from 0 to 999, or NA",
        ),
        (
            "name,hb_g_dl\nA,12\n",
            "t.csv: no column sample or id; the first line must name the columns (found: name, hb_g_dl)",
        ),
        (
            "sample,hb_g_dl,hb_g_l\nA,12,120\n",
            "t.csv: columns \"hb_g_dl\" and \"hb_g_l\" both give hb; remove one",
        ),
        (
            "sample,note,note\nA,x,y\n",
            "t.csv: columns \"note\" and \"note\" both give the same (they are columns 2 and 3); remove one",
        ),
        ("sample,hb_g_dl\n", "t.csv: no row below the header"),
        (
            "sample,hb_g_dl\n,12\n",
            "t.csv, line 2, column sample: \"\" is not a name for the patient or sample",
        ),
        (
            "sample,date\nA,2025-01-01\nA,\n",
            "t.csv, line 3, column date: sample \"A\" has several rows, so each needs a date of its own",
        ),
        (
            "sample,date\nA,2025-01-01\nB,\nA,2025-01-01\n",
            "t.csv, line 4, column date: sample \"A\" has several rows, so each needs a date of its own",
        ),
    ] {
        assert_eq!(refused(text), expected);
    }
}

#[test]
fn ranges_hold_at_both_ends() {
    for (column, low, high) in [
        ("m_protein_g_dl", "0", "15"),
        ("urine_m_protein_mg_24h", "0", "50000"),
        ("kappa_flc_mg_l", "0.1", "100000"),
        ("lambda_flc_mg_l", "0.1", "100000"),
        ("involved_flc_ratio", "1", "1000000"),
        ("plasma_cells_percent", "0", "100"),
        ("calcium_mmol_l", "1", "6"),
        ("calcium_uln_mmol_l", "2.2", "2.9"),
        ("albumin_g_dl", "0.5", "7"),
        ("creatinine_umol_l", "8", "3000"),
        ("egfr", "0", "250"),
        ("hb_g_dl", "1.5", "25"),
        ("hb_lln_g_dl", "9", "16"),
    ] {
        let table = |value: f64| read(&format!("sample,{column}\nA,{value}\n"));
        let (low, high): (f64, f64) = (low.parse().unwrap(), high.parse().unwrap());
        assert_eq!(table(low).errors, [], "{column}");
        assert_eq!(table(high).errors, [], "{column}");
        assert_eq!(table(low - 0.01).errors.len(), 1, "{column}");
        assert_eq!(table(high + 0.01).errors.len(), 1, "{column}");
    }
}

#[test]
fn a_bad_row_leaves_out_its_sample_whole_and_keeps_the_others() {
    let table = read("sample,date,hb_g_dl\nA,2025-01-01,13\nB,2025-01-01,12\nA,2025-02-01,130\nC,,11\n");
    let names: Vec<&str> = table.patients.iter().map(|p| p[0].sample.as_str()).collect();
    assert_eq!(names, ["B", "C"]);
    assert_eq!(table.errors.len(), 1);
}

#[test]
fn separators_missing_words_and_foreign_headers() {
    for separator in [",", "\t", ";"] {
        let text = [
            "Sample",
            "κ FLC [mg/L]",
            "Lambda FLC (mg/dL)",
            "mood\nA",
            "20",
            "NA",
            "不明\n",
        ]
        .join(separator);
        let table = read(&text);
        assert_eq!(table.errors, []);
        let visit = &table.patients[0][0];
        assert_eq!((visit.kappa_flc, visit.lambda_flc), (Some(20.0), None));
        assert_eq!(table.unknown_columns, ["mood"]);
    }
    let bom = read("\u{feff}sample,hb_g_dl\nA,12\n\nB,\n");
    assert_eq!((bom.patients.len(), bom.patients[1][0].line), (2, 4));
}

#[test]
fn json_and_table_agree() {
    let table =
        read("sample,m_protein_g_l,heavy_chain,plasma_cells,fish,hb_g_dl\nA,25,IgG,12,\"t(4;14), +1q\",\n");
    let json = r#"[{"sample": "A", "m_protein_g_l": 25, "heavy_chain": "IgG", "plasma_cells": 12,
                    "fish": ["t(4;14)", "+1q"], "hb_g_dl": null}]"#;
    let mut from_json = read_json(json.as_bytes(), "t.json").unwrap();
    assert_eq!(from_json.patients[0][0].line, 1);
    from_json.patients[0][0].line = 2;
    assert_eq!(from_json.patients, table.patients);
    let bad = "[{\"sample\": \"A\"},\n {\"sample\": \"B\", \"calcium\": 10}]";
    let table = read_json(bad.as_bytes(), "t.json").unwrap();
    assert_eq!(table.patients.len(), 1);
    assert!(
        table.errors[0]
            .to_string()
            .starts_with("t.json, line 2, column calcium: \"10\" has no unit")
    );
}

#[test]
fn contradictions_are_said() {
    for (cells, code) in [
        ("hb_g_dl,plasma_cells\nA,9,0", "event_no_plasma_cells"),
        ("hb_g_dl,plasma_cells\nA,9,5", "event_marrow_below_10"),
        (
            "m_protein_g_dl,plasma_cells\nA,3,0",
            "large_m_protein_no_plasma_cells",
        ),
        (
            "kappa_flc_mg_l,lambda_flc_mg_l,flc_ratio\nA,40,20,3",
            "flc_ratio_mismatch",
        ),
        (
            "kappa_flc_mg_l,lambda_flc_mg_l,flc_ratio\nA,40,20,2.11",
            "flc_ratio_mismatch",
        ),
        ("flc_ratio,involved_flc_ratio\nA,0.05,30", "flc_ratio_mismatch"),
        (
            "kappa_flc_mg_l,lambda_flc_mg_l,involved_flc_mg_l\nA,40,20,60",
            "involved_flc_mismatch",
        ),
        ("light_chain,flc_ratio\nA,lambda,9", "light_chain_mismatch"),
        (
            "heavy_chain,m_protein_g_dl\nA,none,3",
            "large_m_protein_without_heavy_chain",
        ),
        (
            "plasmacytoma,bone_lesions\nA,bone,0",
            "bone_plasmacytoma_no_lesion",
        ),
        ("immunoparesis,reduced_isotypes\nA,no,1", "immunoparesis_mismatch"),
        (
            "immunoparesis,reduced_isotypes\nA,yes,0",
            "immunoparesis_mismatch",
        ),
    ] {
        let actual = judge(&format!("sample,{cells}\n"));
        assert_eq!(codes(&actual, Severity::Contradiction), [code], "{cells}");
        assert!(actual.words.contains_key(&format!("finding.{code}")), "{code}");
    }
    for cells in [
        "hb_g_dl,plasma_cells\nA,9,10",
        "hb_g_dl,plasma_cells,plasmacytoma\nA,9,0,soft_tissue",
        "m_protein_g_dl,plasma_cells\nA,2.9,0",
        "kappa_flc_mg_l,lambda_flc_mg_l,flc_ratio\nA,40,20,2.1",
        "kappa_flc_mg_l,lambda_flc_mg_l,involved_flc_mg_l\nA,40,20,42",
        "light_chain,flc_ratio\nA,lambda,1.5",
        "light_chain,flc_ratio\nA,kappa,9",
        "heavy_chain,m_protein_g_dl\nA,IgG,3",
        "plasmacytoma,bone_lesions\nA,bone,1",
        "plasmacytoma,bone_lesions\nA,soft_tissue,0",
        "immunoparesis,reduced_isotypes\nA,yes,1",
        "immunoparesis,reduced_isotypes\nA,no,0",
    ] {
        let actual = judge(&format!("sample,{cells}\n"));
        assert_eq!(
            codes(&actual, Severity::Contradiction),
            Vec::<&str>::new(),
            "{cells}"
        );
    }
}

#[test]
fn cautions_are_said() {
    for (cells, code) in [
        ("other_cause,hb_g_dl\nA,A,13", "other_cause_without_event"),
        (
            "other_cause,calcium_mmol_l,hb_g_dl\nA,\"A,C\",2.3,9",
            "other_cause_without_event",
        ),
        ("flc_ratio,egfr\nA,3.1,59", "flc_ratio_in_renal_range"),
        ("flc_ratio,egfr\nA,1.66,59", "flc_ratio_in_renal_range"),
        (
            "heavy_chain,m_protein_g_dl\nA,none,0.1",
            "m_protein_without_heavy_chain",
        ),
        ("heavy_chain,plasma_cells\nA,IgM,60", "igm_myeloma_is_rare"),
        (
            "heavy_chain,flc_ratio,plasma_cells\nA,none,1,5",
            "clonal_cells_without_protein",
        ),
        ("amyloidosis,plasma_cells\nA,yes,60", "amyloidosis_with_myeloma"),
        ("mri_lesions,plasma_cells\nA,1,12", "single_mri_lesion"),
        (
            "other_cause,creatinine_umol_l,plasma_cells\nA,R,200,12",
            "event_put_down_to_other_cause",
        ),
    ] {
        let actual = judge(&format!("sample,{cells}\n"));
        assert!(codes(&actual, Severity::Caution).contains(&code), "{cells}");
        assert!(actual.words.contains_key(&format!("finding.{code}")), "{code}");
    }
    for (cells, code) in [
        ("flc_ratio,egfr\nA,3.11,59", "flc_ratio_in_renal_range"),
        ("flc_ratio,egfr\nA,1.65,59", "flc_ratio_in_renal_range"),
        ("flc_ratio,egfr\nA,2,60", "flc_ratio_in_renal_range"),
        (
            "heavy_chain,m_protein_g_dl\nA,none,0",
            "m_protein_without_heavy_chain",
        ),
        (
            "heavy_chain,m_protein_g_dl\nA,none,3",
            "m_protein_without_heavy_chain",
        ),
        ("heavy_chain,plasma_cells\nA,IgM,12", "igm_myeloma_is_rare"),
        ("heavy_chain,plasma_cells\nA,IgG,60", "igm_myeloma_is_rare"),
        (
            "heavy_chain,flc_ratio,plasma_cells\nA,none,1,0",
            "clonal_cells_without_protein",
        ),
        ("amyloidosis,plasma_cells\nA,yes,12", "amyloidosis_with_myeloma"),
        ("mri_lesions,plasma_cells\nA,1,60", "single_mri_lesion"),
        ("mri_lesions,plasma_cells\nA,0,12", "single_mri_lesion"),
        (
            "other_cause,creatinine_umol_l\nA,R,200",
            "other_cause_without_event",
        ),
    ] {
        let actual = judge(&format!("sample,{cells}\n"));
        assert!(!codes(&actual, Severity::Caution).contains(&code), "{cells}");
    }
}

#[test]
fn another_cause_takes_crab_out_of_the_count_and_says_so() {
    let cells = "m_protein_g_dl,heavy_chain,plasma_cells,creatinine_umol_l,other_cause\nA,2,IgG,12,250,";
    assert_eq!(judge(&format!("sample,{cells}\n")).stage, Stage::Mm);
    let actual = judge(&format!("sample,{cells}R\n"));
    assert_eq!(actual.stage, Stage::Smm);
    assert!(codes(&actual, Severity::Caution).contains(&"event_put_down_to_other_cause"));
}

#[test]
fn calcium_is_corrected_only_when_asked() {
    let text = "sample,plasma_cells,calcium_mg_dl,albumin_g_dl\nA,12,10.5,3.0\n";
    assert_eq!(judge(text).stage, Stage::Smm);
    let asked = Settings {
        correct_calcium: true,
    };
    let actual = judge_with(text, asked);
    assert_eq!((actual.stage, actual.calcium_judged), (Stage::Mm, Some(2.825)));
    let without = judge_with("sample,plasma_cells,calcium_mg_dl\nA,12,10.5\n", asked);
    assert_eq!(without.stage, Stage::Smm);
    assert!(codes(&without, Severity::Caution).contains(&"calcium_not_corrected"));
}

#[test]
fn visits_are_compared_and_the_marrow_is_carried_with_its_date() {
    let actual = judge(
        "sample,date,m_protein_g_dl,heavy_chain,plasma_cells,hb_g_dl\n\
         A,2025-07-01,3.6,,,12.4\n\
         A,2025-01-01,3.0,IgG,22,13.0\n",
    );
    assert_eq!(actual.stage, Stage::Smm);
    assert_eq!(
        (actual.visits, actual.date.unwrap().to_string().as_str()),
        (2, "2025-07-01")
    );
    let serial = actual.serial.as_ref().unwrap();
    assert_eq!((serial.m_protein, serial.hb), (Evolving::Yes, Evolving::Yes));
    assert_eq!(serial.m_protein_changes[0].percent, Some(20.0));
    let carried: Vec<String> = actual
        .carried_forward
        .iter()
        .map(|c| format!("{} {}", c.input, c.date))
        .collect();
    assert_eq!(carried, ["heavy_chain 2025-01-01", "plasma_cells 2025-01-01"]);
    assert!(codes(&actual, Severity::Caution).contains(&"carried_forward"));
    let ravi = actual.risk.iter().find(|m| m.id == "ravi_2016").unwrap();
    assert_eq!((ravi.total, ravi.progression_percent), (Some(3), Some(90.5)));
    assert_eq!(actual.values.m_protein, Some(3.6));
}

#[test]
fn blood_values_are_never_carried() {
    let actual = judge(
        "sample,date,m_protein_g_dl,calcium_mmol_l,hb_g_dl,kappa_flc_mg_l,lambda_flc_mg_l,creatinine_umol_l,plasma_cells\n\
         A,2025-01-01,2.0,2.3,13,10,10,80,12\n\
         A,2025-07-01,,,,,,,\n",
    );
    let v = &actual.values;
    assert_eq!((v.m_protein, v.calcium, v.hb), (None, None, None));
    assert_eq!((v.kappa_flc, v.lambda_flc, v.creatinine), (None, None, None));
    assert_eq!(v.plasma_cells, Some(12.0));
    assert_eq!(actual.certainty, Certainty::Provisional);
}

#[test]
fn myeloma_once_is_myeloma_later() {
    let actual = judge("sample,date,plasma_cells,hb_g_dl\nA,2024-01-01,30,8.9\nA,2025-01-01,2,13.0\n");
    assert_eq!(actual.stage, Stage::Mm);
    assert_eq!(actual.rules[0].rule, "mm.earlier_visit");
    assert!(actual.words.contains_key("rule.mm.earlier_visit"));
    assert!(codes(&actual, Severity::Caution).contains(&"earlier_visit_mm"));
    assert_eq!(actual.certainty, Certainty::Complete);
    // A finding of the latest visit keeps its own rule.
    let again = judge("sample,date,plasma_cells\nA,2024-01-01,60\nA,2025-01-01,70\n");
    assert_eq!(again.rules[0].rule, "mm.sixty_percent");
}

#[test]
fn lines_have_a_field_per_column() {
    use hemoclone::plasma_cell::{COLUMNS, row};
    let actual = judge("sample,m_protein_g_dl,heavy_chain,plasma_cells,flc_ratio\nA,2.0,IgG,20,20\n");
    let line = row(&actual);
    let get = |name: &str| {
        let index = COLUMNS.iter().position(|c| c.name == name).expect("a column");
        line[index].as_str()
    };
    assert_eq!(line.len(), COLUMNS.len());
    for (name, expected) in [
        ("sample", "A"),
        ("visits", "1"),
        ("stage", "smm"),
        ("stage_en", "Smoldering multiple myeloma (SMM)"),
        ("stage_ja", "無症候性（くすぶり型）多発性骨髄腫（SMM）"),
        ("certainty", "provisional"),
        ("rules", "smm.marrow"),
        ("events_met", ""),
        ("events_not_met", "S;Li"),
        ("events_not_assessed", "C;R;A;B;M"),
        ("heavy_chain", "igg"),
        ("mayo_mgus_factors", ""),
        ("mayo_2018_factors", "0"),
        ("mayo_2018_group", "low"),
        ("imwg_2020_2y_percent", "6"),
        ("imwg_2020_cytogenetics_factors", "0-1"),
        ("imwg_2020_cytogenetics_group", "low;low_intermediate"),
        ("imwg_2020_cytogenetics_2y_percent", "6-23"),
        ("imwg_2020_points", "7-9"),
        ("lecture_factors", "3-5"),
        ("lecture_group", "high"),
        ("aquila_entry_group", "high"),
        ("evolving_hb", ""),
        (
            "follow_up",
            "follow_up.smm.imwg;follow_up.smm.lecture;follow_up.smm.daratumumab",
        ),
        ("road_position", "0.43"),
        ("cautions", "models_differ"),
        ("contradictions", ""),
        ("missing", "heavy"),
    ] {
        if name == "missing" {
            assert!(
                get(name).starts_with("kappa_flc+lambda_flc>") || get(name).starts_with("calcium>"),
                "{}",
                get(name)
            );
        } else {
            assert_eq!(get(name), expected, "{name}");
        }
    }
}

#[test]
fn documentation_names_every_column_with_its_meaning() {
    let page = include_str!("../docs/scores/plasma-cell.md");
    for column in hemoclone::plasma_cell::COLUMNS {
        let line = format!("| `{}` | {} |", column.name, column.meaning);
        assert!(page.contains(&line), "{line}");
    }
}

#[test]
fn a_unit_may_stand_in_the_name_and_beside_it_if_both_agree() {
    let first = |text: &str| read(text).patients[0][0].clone();
    assert_eq!(
        first("sample,calcium_mg_dl,calcium_unit\nA,10,mg/dL\n").calcium,
        Some(2.5)
    );
    assert_eq!(
        first("sample,calcium_mg_dl,calcium_unit\nA,10,\n").calcium,
        Some(2.5)
    );
}

/// 0.5 is half a per cent, or a fraction: only a name that says which makes it a value.
#[test]
fn a_percentage_below_one_needs_a_name_that_says_per_cent() {
    let cells = |text: &str| read(text).patients[0][0].plasma_cells;
    for header in [
        "plasma_cells_percent",
        "plasma cells %",
        "plasma_cells%",
        "Plasma cells [percent]",
    ] {
        assert_eq!(cells(&format!("sample,{header}\nA,0.5\n")), Some(0.5), "{header}");
    }
    assert_eq!(cells("sample,plasma_cells_fraction\nA,0.5\n"), Some(50.0));
    for value in ["0", "1", "1.5"] {
        assert_eq!(
            cells(&format!("sample,plasma_cells\nA,{value}\n")),
            value.parse().ok()
        );
    }
    for value in ["0.5", "0.001", "0.99"] {
        let said = refused(&format!("sample,plasma_cells\nA,{value}\n"));
        assert!(said.contains("is not clearly a percentage"), "{value}: {said}");
    }
}

#[test]
fn greek_letters_in_headers_are_chains() {
    let visit = read("sample,κ FLC mg/L,λ FLC mg/L\nA,30,11\n").patients[0][0].clone();
    assert_eq!((visit.kappa_flc, visit.lambda_flc), (Some(30.0), Some(11.0)));
    let table = read("sample,kappa_flc_mg_l,mood\nA,30,good\n");
    assert_eq!(table.unknown_columns, ["mood"]);
}

/// Five per cent are what rounding explains; 19 of 20 are five per cent apart.
#[test]
fn values_five_per_cent_apart_are_one_value() {
    for (ratio, contradicts) in [("20", false), ("20.1", true), ("18.1", false), ("18.0", true)] {
        let actual = judge(&format!(
            "sample,kappa_flc_mg_l,lambda_flc_mg_l,flc_ratio\nA,19,1,{ratio}\n"
        ));
        let said = codes(&actual, Severity::Contradiction).contains(&"flc_ratio_mismatch");
        assert_eq!(said, contradicts, "{ratio}");
    }
}

#[test]
fn calcium_that_was_not_corrected_is_said_only_where_it_was_asked_for() {
    let said = |cells: &str, correct_calcium| {
        let actual = judge_with(&format!("sample,{cells}\n"), Settings { correct_calcium });
        codes(&actual, Severity::Caution).contains(&"calcium_not_corrected")
    };
    for (cells, expected) in [
        ("plasma_cells,calcium_mmol_l\nA,12,2.3", true),
        ("plasma_cells,calcium_mmol_l,albumin_g_dl\nA,12,2.3,4.2", false),
        ("plasma_cells,albumin_g_dl\nA,12,4.2", false),
        ("plasma_cells\nA,12", false),
    ] {
        assert_eq!(said(cells, true), expected, "{cells}");
        assert!(!said(cells, false), "{cells}");
    }
}

#[test]
fn json_names_unknown_columns_once_and_says_what_it_wants() {
    let table = read_json(
        "[{\"sample\": \"A\", \"mood\": 1}, {\"sample\": \"B\", \"mood\": 2, \"hat\": 1}]".as_bytes(),
        "t.json",
    )
    .expect("a table");
    assert_eq!(table.unknown_columns, ["mood", "hat"]);
    let error = read_json("[1]".as_bytes(), "t.json")
        .expect_err("no object")
        .to_string();
    assert!(
        error.contains("expected an object of column names and values") && error.contains("t.json"),
        "{error}"
    );
}

#[test]
fn dates_are_written_as_they_are_read() {
    let result = judge("sample,date,plasma_cells\nA,2025-03-09,12\n");
    let json = serde_json::to_value(&result).expect("json");
    assert_eq!(json["date"], "2025-03-09");
    assert_eq!(json["values"]["date"], "2025-03-09");
    let again: PlasmaResult = serde_json::from_value(json).expect("the same");
    assert_eq!(again, result);
}
