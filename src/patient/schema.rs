//! The JSON Schema and the page of the clinical columns, from the list of columns.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::fields::{Field, Kind, Reader, fields};
use super::report_identity::COLUMNS;
use super::units::{Quantity, Unstated};

/// Returns the schema.
pub fn clinical_schema() -> Value {
    let mut properties = Map::new();
    properties.insert(
        "sample".into(),
        json!({"type": "string", "description": "Name of the sample, as in its file or sheet; may be left out in a run of one sample."}),
    );
    properties.extend(properties_of(Reader::Analyze));
    properties.extend(identity_properties());
    properties.insert(
        "visits".into(),
        json!({
            "type": "array",
            "description": "Several visits of the plasma-cell road, each with a date.",
            "items": {"type": "object", "properties": properties_of(Reader::PlasmaCell)},
        }),
    );
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Clinical file",
        "description": "What is known of a person beyond the calls: an object, an array of objects, or an object of objects by sample name. Units stand in the names; a value that is not known is left out or null, never 0.",
        "anyOf": [
            {"$ref": "#/$defs/record"},
            {"type": "array", "items": {"$ref": "#/$defs/record"}},
            {"type": "object", "additionalProperties": {"$ref": "#/$defs/record"}},
        ],
        "$defs": {"record": {"type": "object", "properties": properties}},
    })
}

/// Returns what the report names of person, sample and laboratory.
fn identity_properties() -> impl Iterator<Item = (String, Value)> {
    COLUMNS.iter().map(|column| {
        let described = json!({"type": ["string", "number", "null"], "description": column.about});
        (column.names[0].to_owned(), described)
    })
}

/// Returns what a reader of the clinical file takes, by every name.
fn properties_of(reader: Reader) -> Map<String, Value> {
    let mut properties = Map::new();
    for field in fields().filter(|field| field.is_for(reader)) {
        let about = about(field);
        if field.quantity().is_none_or(|q| q.unstated != Unstated::Error) {
            for name in field.names {
                properties.insert((*name).to_owned(), schema_of(&field.kind, &about));
            }
        }
        let Some(quantity) = field.quantity() else {
            continue;
        };
        for unit in quantity.units {
            let mut with_unit = numbers(unit.limit(quantity.range.0), unit.limit(quantity.range.1));
            with_unit["description"] = format!("{about}, {}", unit.shown).into();
            properties.insert(field.name_in(unit), with_unit);
        }
    }
    properties
}

fn numbers(low: f64, high: f64) -> Value {
    // A number in quotation marks is read as the cell of a table is.
    json!({"type": ["number", "string", "null"], "minimum": low, "maximum": high})
}

fn schema_of(kind: &Kind, about: &str) -> Value {
    let mut schema = match kind {
        Kind::Quantity(quantity, _) => numbers(quantity.range.0, quantity.range.1),
        Kind::Whole(most, _) => json!({"type": ["integer", "string", "null"], "minimum": 0, "maximum": most}),
        Kind::YesNo(_) | Kind::Gene => {
            json!({"type": ["boolean", "integer", "string", "null"], "minimum": 0, "maximum": 1})
        }
        Kind::Text(_) | Kind::Mutations => json!({"type": ["string", "number", "boolean", "array", "null"]}),
    };
    schema["description"] = about.into();
    schema
}

/// Says what a column holds.
fn about(field: &Field) -> String {
    let unit = match field.quantity() {
        Some(quantity) if quantity.unstated != Unstated::Error => quantity
            .units
            .first()
            .map_or_else(String::new, |unit| format!(", {}", unit.shown)),
        _ => String::new(),
    };
    let what = match &field.kind {
        Kind::Gene => format!("{} {}", field.name(), field.label.en()),
        _ => field.label.en().to_owned(),
    };
    if field.note.is_empty() {
        format!("{what}{unit}")
    } else {
        format!("{what}{unit}: {}", field.note)
    }
}

/// Returns what the help of a command says of the columns that it reads.
pub fn columns_help(reader: Reader) -> String {
    let said: Vec<String> = fields()
        .filter(|field| field.is_for(reader))
        .map(|field| match &field.kind {
            Kind::Quantity(quantity, _) => {
                let units: Vec<&str> = quantity.units.iter().map(|unit| unit.shown).collect();
                let sign = if quantity.unstated == Unstated::Error {
                    "!"
                } else {
                    ""
                };
                format!("{}{sign} [{}]", field.name(), units.join(", "))
            }
            Kind::Whole(most, _) => format!("{} [0 to {most}]", field.name()),
            _ => field.name().to_owned(),
        })
        .collect();
    let must_state = said.iter().any(|column| column.contains("! ["));
    let unstated = if must_state {
        " With a ! the unit must be stated, in the name (calcium_mg_dl) or in a column of its own (calcium_unit): without one a value is \
         an error. Any other"
    } else {
        " A value"
    };
    format!(
        "Columns that are read: {}.\n\n{} is in the first unit where its name (hb_g_l) and a column such as hb_unit say no other. Yes \
         and no, \"not known\", other names and limits: docs/clinical-columns.md.",
        said.join(", "),
        unstated.trim_start(),
    )
}

/// Returns the page docs/clinical-columns.md.
pub fn clinical_markdown() -> String {
    let mut page = INTRO.to_owned();
    let (visits, others): (Vec<&Field>, Vec<&Field>) = fields().partition(|field| {
        field.is_for(Reader::PlasmaCell)
            && field
                .readers
                .iter()
                .all(|r| matches!(r, Reader::Analyze | Reader::PlasmaCell))
    });
    let is_gene = |field: &&Field| matches!(field.kind, Kind::Gene);
    let (genes, others): (Vec<&Field>, Vec<&Field>) = others.into_iter().partition(is_gene);
    for field in others {
        let _ = writeln!(page, "{}", line_of(field));
    }
    let genes: Vec<_> = genes.iter().map(|g| format!("`{}`", g.name())).collect();
    let _ = write!(page, "\n{GENES}\n\n{}\n\n{VISITS}", genes.join(", "));
    for field in visits {
        let _ = writeln!(page, "{}", line_of(field));
    }
    page
}

fn line_of(field: &Field) -> String {
    let names: Vec<_> = field.names.iter().map(|n| format!("`{n}`")).collect();
    let note = if field.note.is_empty() {
        String::new()
    } else {
        format!(": {}", field.note)
    };
    let readers: Vec<&str> = field.readers.iter().map(|r| r.name()).collect();
    format!(
        "| {} | {} | {}{note} | {} | {} |",
        names.join(", "),
        values(&field.kind),
        field.label.en(),
        field.label.ja(),
        readers.join(", ")
    )
}

/// Says what a column may hold.
fn values(kind: &Kind) -> String {
    match kind {
        Kind::Quantity(quantity, _) => units(quantity),
        Kind::Whole(most, _) => format!("0 to {most}"),
        Kind::YesNo(_) | Kind::Gene => "yes, no".to_owned(),
        Kind::Text(text) => text
            .wanted
            .trim_end_matches(", or NA")
            .trim_end_matches(" or NA")
            .to_owned(),
        Kind::Mutations => "a list, or a number".to_owned(),
    }
}

/// Says in which units a quantity may be given, each with its limits and the ending of the name that states it.
fn units(quantity: &Quantity) -> String {
    let mut said: Vec<String> = quantity
        .units
        .iter()
        .map(|unit| {
            let (low, high) = (unit.limit(quantity.range.0), unit.limit(quantity.range.1));
            format!("{low} to {high} {} (`_{}`)", unit.shown, unit.ending)
        })
        .collect();
    if quantity.unstated == Unstated::Error {
        said.push("the unit must be stated".to_owned());
    }
    said.join("; ")
}

const INTRO: &str = "\
# Clinical columns

`cargo test --test report_docs` keeps this page equal to the columns that are read. They may stand in the sample sheet, in the tables of `hemoclone score` that the last
column names, and as keys of a clinical file (`analyze --clinical`, column `clinical` of the sheet; `hemoclone schema clinical`). Upper and lower case, full-width letters
and the signs between words are the same. A value that cannot be right is an error that names its cell. In `analyze` its sample gets no report, in `hemoclone score` its row
is left out; the others are done, and the exit code is 3.

**Answers.** The words are the same in every column. Yes is `1`, `yes`, `true`, `+`, `positive`, `present`, `detected`, `あり`, `有`, `陽性` and the like, no is `0`, `no`, `false`, `(-)`,
`negative`, `absent`, `not detected`, `none`, `なし`, `無`, `陰性`. \"Not known\" is an empty cell, `NA`, `N/A`, `ND`, `.`, `?`, `unknown`, `not done`, `not performed`, `not tested`, `not available`,
`pending`, `不明`, `未検査`, `未施行`, `未実施` and the like, which is never taken for no, none or normal. A lone hyphen is \"not known\" where a number, a name or a date stands, and an
error in a column that could also say no: some write it for no and some for an empty cell.

**Units.** The unit stands in the name (`hb_g_l`, `Platelets (/µL)`, `calcium_mg_dl`), or in a column of its own (`calcium` with `calcium_unit`); it is never guessed. Without one a value is
in the first unit of its column, or, where the page says that it must be stated, an error. What lies outside the limits is an error too: they are wider than any disease.

## The person and the myeloid road

| column | values | meaning | 日本語 | read by |
| --- | --- | --- | --- | --- |
";

const GENES: &str = "\
Statements on genes, yes (mutated) or no: they override what the calls and their coverage say, and the report names every disagreement. `MLL_PTD` (or
`KMT2A_PTD`) is the partial tandem duplication, which variant calls show only where a caller of structural variants reports it. In a table of `score stage` they stand beside or in place of `mutations`.";

const VISITS: &str = "\
## Plasma-cell road

Hemoglobin is the column above. Several visits of a person stand in a clinical file, key `visits`, or in several rows of a table, each with its `date`. See [plasma-cell](scores/plasma-cell.md).

`calcium` is judged as measured. With `analyze --correct-calcium` (`correct-calcium = true` in the profile) it is corrected for `albumin` where that is given: 0.8 mg/dL
(0.2 mmol/L) more for each g/dL of albumin below 4 (Payne 1973). The report records it.

| column | values | meaning | 日本語 | read by |
| --- | --- | --- | --- | --- |
";

#[cfg(test)]
mod tests {
    use super::*;

    /// The help of `score plasma-cell` said that a value without a unit is in the first one, where it is an error.
    #[test]
    fn the_help_says_which_columns_must_state_their_unit() {
        let help = columns_help(Reader::PlasmaCell);
        assert!(help.contains(" calcium! [mmol/L, mg/dL]"), "{help}");
        assert!(help.contains("hb [g/dL,"), "{help}");
        assert!(help.contains("With a ! the unit must be stated"), "{help}");
        let help = columns_help(Reader::IpssM);
        assert!(
            !help.contains('!') && help.contains("A value is in the first unit"),
            "{help}"
        );
    }
}
