//! The JSON Schema and the page of the clinical columns, from the columns that are read.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::myeloid::clinical::{FIELDS, FURTHER_GENES, Kind};
use crate::myeloid::ipss_m::IpssmGene;
use crate::plasma_cell::visit_columns;
use crate::sample::report_identity::COLUMNS;

/// Returns the schema.
pub fn clinical_schema() -> Value {
    let visit = visit_properties();
    let mut properties = Map::new();
    properties.insert(
        "sample".into(),
        json!({"type": "string", "description": "Name of the sample, as in its file or sheet; may be left out in a run of one sample."}),
    );
    properties.insert(
        "sex".into(),
        json!({"enum": ["female", "male", "F", "M", null], "description": "Sex; decides the threshold of X-linked genes."}),
    );
    properties.insert(
        "age".into(),
        json!({"type": ["number", "null"], "minimum": 0, "maximum": 122, "description": "Age in years."}),
    );
    properties.extend(identity_properties());
    for field in FIELDS {
        for name in field.names {
            properties.insert((*name).to_owned(), described(&field.kind, field.about));
        }
        if let Kind::Measured(quantity, _) = &field.kind {
            for (suffix, unit) in quantity.suffixes() {
                properties.insert(
                    format!("{}{suffix}", field.names[0]),
                    json!({"type": ["number", "null"], "description": format!("the same in {unit}")}),
                );
            }
        }
    }
    for gene in gene_columns() {
        properties.insert(
            gene.to_owned(),
            json!({"enum": [0, 1, true, false, null], "description": "Stated mutated (1) or not (0); overrides the calls."}),
        );
    }
    properties.extend(visit.clone());
    properties.insert(
        "visits".into(),
        json!({
            "type": "array",
            "description": "Several visits of the plasma-cell road, each with a date.",
            "items": {"type": "object", "properties": visit},
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

/// Returns the columns that say whether a gene is mutated.
fn gene_columns() -> impl Iterator<Item = &'static str> {
    IpssmGene::ALL
        .into_iter()
        .map(IpssmGene::column)
        .chain(FURTHER_GENES)
}

/// Returns the page docs/clinical-columns.md.
pub fn clinical_markdown() -> String {
    let mut page = INTRO.to_owned();
    for field in FIELDS {
        let names: Vec<_> = field.names.iter().map(|n| format!("`{n}`")).collect();
        let values = match &field.kind {
            Kind::Measured(quantity, _) => {
                let range = quantity.plausible();
                format!("{} to {}", range.start(), range.end())
            }
            Kind::Number(..) | Kind::Whole(..) => "number".to_owned(),
            Kind::YesNo(_) => "0, 1".to_owned(),
            Kind::Text(_) => "text".to_owned(),
        };
        let _ = writeln!(page, "| {} | {values} | {} |", names.join(", "), field.about);
    }
    let genes: Vec<_> = gene_columns().map(|g| format!("`{g}`")).collect();
    let _ = write!(page, "\n{GENES}\n\n{}\n\n{VISITS}", genes.join(", "));
    for (name, about, _) in visit_columns() {
        let _ = writeln!(page, "| `{name}` | {about} |");
    }
    page
}

const INTRO: &str = "\
# Clinical columns

`cargo test --test report_docs` keeps this page equal to the columns that are read. They may stand in the sample sheet, in a table of
`hemoclone score stage`, and as keys of a clinical file (`analyze --clinical`, column `clinical` of the sheet; `hemoclone schema clinical`). Upper and lower
case are the same. Empty, `NA`, `N/A`, `.`, `unknown`, `not done`, `not performed`, `not tested`, `not available`, `不明`, `未検査`, `未施行` and `未実施` mean \"not known\", which is never taken for no, none or normal. A value that cannot be right is an error that
names its cell. In `analyze` its sample gets no report, in `hemoclone score stage` its row is left out; the others are done, and the exit code is 3.

## Myeloid road

| column | values | meaning |
| --- | --- | --- |
";

const GENES: &str = "\
Statements on genes, 0 (not mutated) or 1: they override what the calls and their coverage say, and the report names every disagreement. `MLL_PTD` (or
`KMT2A_PTD`) is the partial tandem duplication, which variant calls do not show. In a table of `score stage` they stand beside or in place of `mutations`.";

const VISITS: &str = "\
## Plasma-cell road

The unit stands in the name or in a column of its own (`calcium` with `calcium_unit`); it is never guessed. Hemoglobin is the column of the myeloid
road. Several visits of a person stand in a clinical file, key `visits`, each with its `date`. See [plasma-cell](scores/plasma-cell.md).

`calcium` is judged as measured. With `analyze --correct-calcium` (`correct-calcium = true` in the profile) it is corrected for `albumin` where that is given: 0.8 mg/dL
(0.2 mmol/L) more for each g/dL of albumin below 4 (Payne 1973). The report records it.

| column | meaning |
| --- | --- |
";

fn described(kind: &Kind, about: &str) -> Value {
    match kind {
        Kind::Measured(quantity, _) => {
            let range = quantity.plausible();
            json!({"type": ["number", "null"], "minimum": range.start(), "maximum": range.end(), "description": about})
        }
        Kind::Number(range, _) => {
            json!({"type": ["number", "null"], "minimum": range.start(), "maximum": range.end(), "description": about})
        }
        Kind::Whole(most, _) => {
            json!({"type": ["integer", "null"], "minimum": 0, "maximum": most, "description": about})
        }
        Kind::YesNo(_) => json!({"enum": [0, 1, true, false, null], "description": about}),
        Kind::Text(_) => json!({"type": ["string", "number", "array", "null"], "description": about}),
    }
}

fn visit_properties() -> Map<String, Value> {
    visit_columns()
        .into_iter()
        .map(|(name, about, number)| {
            let kind = if number {
                json!(["number", "null"])
            } else {
                json!(["string", "number", "boolean", "array", "null"])
            };
            (name, json!({"type": kind, "description": about}))
        })
        .collect()
}
