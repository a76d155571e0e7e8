//! The one list of clinical columns, on every road: the sample sheet, the clinical JSON and the tables of `score` read each column by
//! the same names, words, units and limits.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use hemoclone::patient::{
    Clinical, ClinicalColumns, ClinicalFile, Entry, Field, Kind, Patient, PlasmaInput, Reader, StatedUnits,
    TableReader, Unstated, fields, named, read_json, read_table,
};
use hemoclone::sample::SampleSheet;
use serde_json::{Map, Value};

/// What a cell came to: sex, age, clinical values and the visit, where the road reads them, or what is wrong with the cell.
type Outcome<T> = Result<T, String>;

/// What stands beside the column, so that there is a visit whatever it says.
const BESIDE: (&str, &str) = ("amyloidosis", "no");

/// Cuts a message to what it says of the cell.
fn cell_of(message: &str) -> String {
    message
        .find("column ")
        .map_or(message, |at| &message[at..])
        .to_owned()
}

fn beside(name: &str) -> (&'static str, &'static str) {
    if name.to_lowercase().starts_with(BESIDE.0) {
        ("igm_signs", "no")
    } else {
        BESIDE
    }
}

fn without_place(mut visit: PlasmaInput) -> PlasmaInput {
    visit.sample.clear();
    visit.line = 0;
    visit
}

type Said = (String, Clinical, PlasmaInput);

fn of_patient(patient: Patient) -> Said {
    let visit = patient.visits.into_iter().next().unwrap_or_default();
    let person = format!("{:?} {:?}", patient.sex, patient.age);
    (person, patient.clinical, without_place(visit))
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

fn sheet(cells: &[(&str, &str)]) -> Outcome<Said> {
    let names: Vec<String> = cells.iter().map(|(name, _)| quoted(name)).collect();
    let values: Vec<String> = cells.iter().map(|(_, value)| quoted(value)).collect();
    let text = format!("sample,{}\nA,{}\n", names.join(","), values.join(","));
    let sheet = SampleSheet::read(text.as_bytes(), "s.csv").map_err(|e| cell_of(&e.to_string()))?;
    let patient = sheet.rows[0]
        .patient
        .clone()
        .map_err(|e| cell_of(&e.to_string()))?;
    Ok(of_patient(patient))
}

fn object(cells: &[(&str, &str)]) -> String {
    let fields: Map<String, Value> = cells
        .iter()
        .map(|(name, value)| ((*name).to_owned(), Value::from(*value)))
        .collect();
    Value::Object(fields).to_string()
}

fn json(cells: &[(&str, &str)]) -> Outcome<Said> {
    let file = ClinicalFile::read(object(cells).as_bytes(), "c.json").map_err(|e| cell_of(&e.to_string()))?;
    let patient = file.records[0]
        .patient
        .clone()
        .map_err(|e| cell_of(&e.to_string()))?;
    Ok(of_patient(patient))
}

fn table(reader: Reader, cells: &[(&str, &str)]) -> Outcome<Entry> {
    let names: Vec<String> = cells.iter().map(|(name, _)| quoted(name)).collect();
    let values: Vec<String> = cells.iter().map(|(_, value)| quoted(value)).collect();
    let text = format!("ID,{}\nA,{}\n", names.join(","), values.join(","));
    let mut rows = TableReader::new(text.as_bytes(), "t.csv").unwrap();
    let columns = ClinicalColumns::new(rows.header(), reader, StatedUnits::default())
        .map_err(|e| cell_of(&e.to_string()))?;
    let (row, unfit) = rows.next_row().unwrap().unwrap();
    assert_eq!(unfit, None);
    columns.read(&row).map_err(|e| cell_of(&e.to_string()))
}

fn visits(cells: &[(&str, &str)]) -> [Outcome<PlasmaInput>; 2] {
    let names: Vec<String> = cells.iter().map(|(name, _)| quoted(name)).collect();
    let values: Vec<String> = cells.iter().map(|(_, value)| quoted(value)).collect();
    let text = format!("sample,{}\nA,{}\n", names.join(","), values.join(","));
    let object_cells: Vec<(&str, &str)> = [("sample", "A")]
        .into_iter()
        .chain(cells.iter().copied())
        .collect();
    [
        read_table(text.as_bytes(), "t.csv"),
        read_json(object(&object_cells).as_bytes(), "t.json"),
    ]
    .map(|read| {
        let read = read.map_err(|e| cell_of(&e.to_string()))?;
        match read.errors.first() {
            Some(error) => Err(cell_of(&error.to_string())),
            None => Ok(without_place(read.patients[0][0].clone())),
        }
    })
}

/// Reads a cell on every road of its column, demands the same of each, and returns it.
fn on_every_road(field: &Field, name: &str, value: &str) -> Outcome<Said> {
    let beside = beside(name);
    let at = format!("{name} = {value:?}");
    let mut said: Option<Outcome<Said>> = None;
    if field.is_for(Reader::Analyze) {
        let of_sheet = sheet(&[(name, value), beside]);
        assert_eq!(of_sheet, json(&[(name, value), beside]), "sheet and JSON: {at}");
        said = Some(of_sheet);
    }
    for reader in field.readers {
        match reader {
            Reader::Analyze => {}
            Reader::PlasmaCell => {
                let [of_table, of_json] = visits(&[(name, value), beside]);
                assert_eq!(of_table, of_json, "table and JSON of visits: {at}");
                let expected = said.clone().unwrap().map(|(_, _, visit)| visit);
                assert_eq!(of_table, expected, "visits and sheet: {at}");
            }
            reader => {
                let of_table = table(*reader, &[(name, value)]).map(|entry| {
                    let person = format!(
                        "{:?} {:?} {:?} {:?}",
                        entry.sex, entry.age, entry.clone, entry.clinical
                    );
                    (person, entry)
                });
                match &said {
                    Some(expected) if field.is_for(Reader::Analyze) => {
                        let actual = of_table
                            .clone()
                            .map(|(_, e)| (format!("{:?} {:?}", e.sex, e.age), e.clinical));
                        let expected = expected.clone().map(|(person, clinical, _)| (person, clinical));
                        assert_eq!(actual, expected, "{reader:?} and sheet: {at}");
                    }
                    Some(expected) => {
                        let actual = of_table.map(|(person, e)| (person, e.clinical, PlasmaInput::default()));
                        assert_eq!(&actual, expected, "{reader:?}: {at}");
                    }
                    None => {
                        said = Some(of_table.map(|(person, e)| (person, e.clinical, PlasmaInput::default())));
                    }
                }
            }
        }
    }
    said.unwrap()
}

/// Returns a name that needs no other column to say its unit.
fn plain_name(field: &Field) -> String {
    match field.quantity() {
        Some(q) if q.unstated == Unstated::Error => field.name_in(&q.units[0]),
        _ => field.name().to_owned(),
    }
}

/// Columns that are read as others are: lists of mutations have a grammar of their own.
fn common() -> impl Iterator<Item = &'static Field> {
    fields().filter(|field| !matches!(field.kind, Kind::Mutations))
}

const MISSING: [&str; 19] = [
    "",
    " ",
    "NA",
    "na",
    "N/A",
    "n.a.",
    "nd",
    "ND",
    "NaN",
    ".",
    "null",
    "unknown",
    "Not done",
    "not tested",
    "pending",
    "不明",
    "未検査",
    "未実施",
    "ＮＡ",
];

#[test]
fn not_known_is_said_in_the_same_words_everywhere() {
    for field in common() {
        let name = plain_name(field);
        let expected = on_every_road(field, &name, "").unwrap();
        for word in MISSING {
            assert_eq!(
                on_every_road(field, &name, word),
                Ok(expected.clone()),
                "{name} = {word:?}"
            );
        }
    }
}

#[test]
fn yes_and_no_are_said_in_the_same_words_everywhere() {
    let yes_or_no = common().filter(|field| matches!(field.kind, Kind::YesNo(_) | Kind::Gene));
    let mut count = 0;
    for field in yes_or_no {
        count += 1;
        let name = field.name();
        let [missing, no, yes] = ["", "0", "1"].map(|cell| on_every_road(field, name, cell).unwrap());
        // That FLT3 has no mutation of the kinase domain says nothing of the gene alone.
        assert!(
            no != yes && yes != missing && (missing != no || name == "FLT3_TKD"),
            "{name}"
        );
        for word in [
            "yes", "YES", "y", "true", "1.0", "+", "(+)", "positive", "あり", "有", "陽性", "１", "mutated",
        ] {
            assert_eq!(
                on_every_road(field, name, word),
                Ok(yes.clone()),
                "{name} = {word}"
            );
        }
        for word in [
            "no",
            "No",
            "n",
            "false",
            "0.0",
            "(-)",
            "（－）",
            "negative",
            "なし",
            "無",
            "陰性",
            "０",
            "wild type",
        ] {
            assert_eq!(
                on_every_road(field, name, word),
                Ok(no.clone()),
                "{name} = {word}"
            );
        }
        for word in ["maybe", "2", "yes?", "0.5"] {
            let error = on_every_road(field, name, word).unwrap_err();
            let expected = format!("column {name}: {word:?} is not 0 (no), 1 (yes) or NA (not known)");
            assert_eq!(error, expected);
        }
    }
    assert!(count > 50, "{count}");
}

/// `-` is no to some and an empty cell to others; "not known" is never "no".
#[test]
fn a_hyphen_is_not_known_or_an_error_and_never_no() {
    for field in common() {
        let name = plain_name(field);
        let missing = on_every_road(field, &name, "").unwrap();
        let can_say_no = match &field.kind {
            Kind::YesNo(_) | Kind::Gene => true,
            Kind::Text(text) => text.can_say_no,
            _ => false,
        };
        for hyphen in ["-", "－", "—", "--"] {
            match on_every_road(field, &name, hyphen) {
                Ok(said) => assert!(!can_say_no && said == missing, "{name} = {hyphen}"),
                Err(error) => assert!(can_say_no && error.contains("write no (none) or NA"), "{error}"),
            }
        }
    }
}

#[test]
fn every_unit_has_the_same_limits_everywhere() {
    for field in common() {
        let Some(quantity) = field.quantity() else {
            continue;
        };
        for unit in quantity.units {
            let name = field.name_in(unit);
            let limit = |value: f64| unit.limit(value);
            for value in [quantity.range.0, quantity.range.1] {
                // A limit that is no round number in this unit is rounded for messages: a hair within it.
                let middle = f64::midpoint(quantity.range.0, quantity.range.1);
                let value = limit(value + (middle - value) * 0.001);
                assert!(
                    on_every_road(field, &name, &value.to_string()).is_ok(),
                    "{name} = {value}"
                );
            }
            for value in [
                limit(quantity.range.0 - 0.01 * quantity.range.1),
                limit(quantity.range.1 * 1.02),
            ] {
                let error = on_every_road(field, &name, &value.to_string()).unwrap_err();
                let (low, high) = (limit(quantity.range.0), limit(quantity.range.1));
                assert!(
                    error.contains(&format!(
                        "column {name}: \"{value}\" is not plausible for {}: ",
                        field.label.en()
                    )) && error.contains(&format!("{high} {}", unit.shown))
                        && (quantity.above_zero > 0.0 || error.contains(&low.to_string())),
                    "{error}"
                );
            }
        }
        let first = &quantity.units[0];
        let value = f64::midpoint(quantity.range.0, quantity.range.1);
        let expected = on_every_road(field, &field.name_in(first), &value.to_string()).unwrap();
        for other in &quantity.units[1..] {
            let same = other.limit(value);
            if (other.canonical(same) - value).abs() < 1e-9 {
                let actual = on_every_road(field, &field.name_in(other), &same.to_string()).unwrap();
                assert_eq!(actual, expected, "{} in {}", field.name(), other.shown);
            }
        }
        let bare = on_every_road(field, field.name(), &value.to_string());
        if quantity.unstated == Unstated::Error {
            let error = bare.unwrap_err();
            assert!(
                error.contains("has no unit") && error.contains(&field.name_in(first)),
                "{error}"
            );
        } else {
            assert_eq!(bare, Ok(expected), "{}", field.name());
        }
    }
}

#[test]
fn every_name_of_a_column_reads_the_same_everywhere() {
    for field in common() {
        let (ending, value) = match &field.kind {
            Kind::Quantity(quantity, _) => {
                let middle = f64::midpoint(quantity.range.0, quantity.range.1);
                (format!("_{}", quantity.units[0].ending), middle.to_string())
            }
            Kind::Whole(..) | Kind::YesNo(_) | Kind::Gene => (String::new(), "1".to_owned()),
            Kind::Text(_) => (String::new(), good_text(field.name()).to_owned()),
            Kind::Mutations => continue,
        };
        let expected = on_every_road(field, &format!("{}{ending}", field.name()), &value).unwrap();
        let missing = on_every_road(field, &plain_name(field), "").unwrap();
        assert_ne!(expected, missing, "{}", field.name());
        for name in field.names {
            for spelling in [
                (*name).to_owned(),
                name.to_uppercase(),
                name.replace('_', " "),
                name.replace('_', "-"),
            ] {
                let name = format!("{spelling}{ending}");
                assert_eq!(
                    on_every_road(field, &name, &value),
                    Ok(expected.clone()),
                    "{name}"
                );
            }
        }
    }
}

fn good_text(name: &str) -> &'static str {
    match name {
        "sex" => "女性",
        "cytopenia" => "CCUS",
        "karyotype" => "46,XX,del(5)(q13q33)[18]/46,XX[2]",
        "fusions" => "PML::RARA",
        "CYTO_IPSSR" => "Very Poor",
        "TP53mut" => "2 or more",
        "covered_genes" => "TP53;SF3B1",
        "date" => "2025-02-28",
        "heavy_chain" => "IgA",
        "light_chain" => "κ",
        "plasmacytoma" => "soft tissue",
        "fish" => "t(4;14), +1q",
        "other_cause" => "C, A",
        other => panic!("give a text for {other}"),
    }
}

#[test]
fn two_columns_of_one_quantity_are_an_error_everywhere() {
    for field in common().filter(|field| field.names.len() > 1) {
        let ending = match field.quantity() {
            Some(quantity) => format!("_{}", quantity.units[0].ending),
            None => String::new(),
        };
        let [first, second] = [0, 1].map(|i| format!("{}{ending}", field.names[i]));
        let cells = [(first.as_str(), ""), (second.as_str(), "")];
        let expected = format!("{first:?} and {second:?} both give {}; remove one", field.name());
        let mut errors = Vec::new();
        for reader in field.readers {
            match reader {
                Reader::Analyze => errors.extend([sheet(&cells).unwrap_err(), json(&cells).unwrap_err()]),
                Reader::PlasmaCell => errors.extend(visits(&cells).map(Result::unwrap_err)),
                reader => errors.push(table(*reader, &cells).unwrap_err()),
            }
        }
        for error in errors {
            assert!(error.contains(&expected), "{error}");
        }
    }
}

/// It failed at "column hb_g_dl … outside 2 to 25", a column that the sheet did not have; the limit of the other road is 1.5.
#[test]
fn a_hemoglobin_of_1_8_is_read_on_every_road() {
    let hb = named("hb").unwrap();
    let (_, clinical, visit) = on_every_road(hb, "hb", "1.8").unwrap();
    assert_eq!((clinical.hemoglobin, visit.hb), (Some(1.8), Some(1.8)));
    let alone = sheet(&[("hb", "1.8")]).unwrap();
    assert_eq!((alone.1.hemoglobin, alone.2), (Some(1.8), PlasmaInput::default()));
    for (name, value) in [("hb", "1.4"), ("Hb (g/L)", "14")] {
        let error = on_every_road(hb, name, value).unwrap_err();
        assert!(
            error.starts_with(&format!(
                "column {name}: {value:?} is not plausible for hemoglobin: 1"
            )),
            "{error}"
        );
    }
}

/// In one sheet `immunoparesis=yes` was read and `auer_rods=no` an error.
#[test]
fn yes_and_no_are_read_beside_each_other() {
    for road in [sheet, json] {
        let (_, clinical, visit) = road(&[
            ("immunoparesis", "yes"),
            ("auer_rods", "no"),
            ("FLT3_ITD", "あり"),
        ])
        .unwrap();
        assert_eq!(
            (visit.immunoparesis, clinical.auer_rods, clinical.flt3_itd),
            (Some(true), Some(false), Some(true))
        );
    }
}

/// `nd` was "not known" on the plasma-cell road and an error on the other.
#[test]
fn nd_is_not_known_on_both_roads() {
    for road in [sheet, json] {
        let (_, clinical, visit) = road(&[
            ("plt", "nd"),
            ("auer_rods", "ND"),
            ("calcium_mg_dl", "nd"),
            ("immunoparesis", "n.d."),
        ])
        .unwrap();
        assert_eq!((clinical, visit), (Clinical::default(), PlasmaInput::default()));
    }
}

#[test]
fn the_unit_may_stand_in_a_column_of_its_own_everywhere() {
    for (cells, expected) in [
        ([("hb", "96"), ("hb_unit", "g/L")], Ok(Some(9.6))),
        (
            [("Hemoglobin", "9.6"), ("hemoglobin unit", "g/dL")],
            Ok(Some(9.6)),
        ),
        ([("hb", "9.6"), ("hb_unit", "NA")], Ok(Some(9.6))),
        ([("hb_g_l", "96"), ("hb_unit", "g/L")], Ok(Some(9.6))),
        (
            [("hb_g_l", "96"), ("hb_unit", "g/dL")],
            Err("column hb_unit: \"g/dL\" is not g/L, the unit in the name"),
        ),
        (
            [("hb", "6"), ("hb_unit", "mmol/L")],
            Err("column hb_unit: \"mmol/L\" is not a unit of hemoglobin: g/dL or g/L"),
        ),
    ] {
        let roads = [sheet(&cells), json(&cells)].map(|said| said.map(|s| s.1.hemoglobin));
        let tables = [Reader::Stage, Reader::IpssM].map(|r| table(r, &cells).map(|e| e.clinical.hemoglobin));
        let of_visits = visits(&cells).map(|said| said.map(|v| v.hb));
        for said in roads.into_iter().chain(tables).chain(of_visits) {
            match (said, expected) {
                (Err(error), Err(part)) => assert!(error.contains(part), "{error}"),
                (said, expected) => assert_eq!(said, expected.map_err(str::to_owned), "{cells:?}"),
            }
        }
    }
}

/// FLT3 of IPSS-M is a tandem duplication or a mutation of the kinase domain: of one alone its absence is half the answer.
#[test]
fn a_tandem_duplication_is_a_mutation_of_flt3_and_its_absence_is_half_the_answer() {
    for (cells, expected) in [
        (&[("FLT3", "0")][..], Ok(Some(false))),
        (&[("FLT3-ITD", "1")], Ok(Some(true))),
        (&[("FLT3-ITD", "0")], Ok(None)),
        (&[("FLT3_ITD", "0"), ("FLT3 TKD", "0")], Ok(Some(false))),
        (&[("FLT3_ITD", "0"), ("FLT3 TKD", "+")], Ok(Some(true))),
        (&[("FLT3_ITD", "0"), ("FLT3_TKD", "NA")], Ok(None)),
        (&[("FLT3 (ITD or TKD)", "yes")], Ok(Some(true))),
        (
            &[("FLT3", "0"), ("FLT3-ITD", "1")],
            Err("column FLT3: \"0\" is not what the columns"),
        ),
    ] {
        let roads = [sheet(cells), json(cells)].map(|said| said.map(|s| s.1));
        let tables = [Reader::IpssM, Reader::Eln].map(|r| table(r, cells).map(|e| e.clinical));
        for said in roads.into_iter().chain(tables) {
            match (said.map(|c| c.genes.get("FLT3").copied()), expected) {
                (Err(error), Err(part)) => assert!(error.contains(part), "{error}"),
                (said, expected) => assert_eq!(said, expected.map_err(str::to_owned), "{cells:?}"),
            }
        }
    }
}

/// What the sheet and the clinical file say of one visit is one visit, and its hemoglobin is that of the counts.
#[test]
fn sheet_and_clinical_file_complete_a_visit() {
    let patient = |text: &str| {
        let file = ClinicalFile::read(text.as_bytes(), "c.json").unwrap();
        file.records[0].patient.clone().unwrap()
    };
    let first = patient(r#"{"hb": 9.5, "m_protein_g_dl": 2, "fusions": []}"#);
    let second = patient(r#"{"calcium_mmol_l": 2.3}"#);
    let both = first.clone().completed_by(second, "A").unwrap();
    let [visit] = both.visits.as_slice() else {
        panic!("{both:?}")
    };
    assert_eq!(
        (visit.m_protein, visit.calcium, visit.hb),
        (Some(2.0), Some(2.3), Some(9.5))
    );
    let counts = patient(r#"{"hb": 9.5}"#)
        .completed_by(patient(r#"{"calcium_mmol_l": 2.3}"#), "A")
        .unwrap();
    assert_eq!(counts.visits[0].hb, Some(9.5));
    for other in [
        r#"{"m_protein_g_dl": 3}"#,
        r#"{"fusions": ["PML::RARA"]}"#,
        r#"{"date": "2025-01-01", "m_protein_g_dl": 2}"#,
    ] {
        assert!(
            first.clone().completed_by(patient(other), "A").is_err(),
            "{other}"
        );
    }
}
