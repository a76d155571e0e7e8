//! The JSON Schemas of a comparison and of what changed, from the columns of their tables.

use serde_json::{Map, Value, json};

use super::changes::FieldChangeRow;
use super::rows::{ChangeRow, MetricRow, RequirementRow};
use crate::report::table::{Column, Row};
use crate::report::value::Kind;

/// Returns the schema of `comparison.json`.
pub fn comparison_schema() -> Value {
    let properties = [
        ("truth", text("The truth, as given.")),
        ("samples", texts("Samples compared, by name.")),
        (
            "samples_not_observed",
            texts("Samples of the truth that were not observed."),
        ),
        (
            "truth_lists_all",
            json!({"type": "boolean", "description": "Whether the truth lists all there is, so that precision can be told."}),
        ),
        (
            "outside",
            json!({"type": "integer", "minimum": 0, "description": "Changes outside of the regions, of truth and observed."}),
        ),
        ("requirements", rows::<RequirementRow>("One entry a requirement.")),
        (
            "metrics",
            rows::<MetricRow>("Figures of all changes and of parts of them."),
        ),
        ("warnings", texts("What a reader must know.")),
        (
            "changes",
            rows::<ChangeRow>("One entry a change of the truth, or an allele beyond it."),
        ),
    ];
    document("A truth against what was observed", properties)
}

/// Returns the schema of `changes.json`.
pub fn changes_schema() -> Value {
    let properties = [
        ("samples", texts("Samples of both folders, by name.")),
        (
            "changed",
            json!({"type": "boolean", "description": "Whether anything changed that counts."}),
        ),
        (
            "changes",
            rows::<FieldChangeRow>("One entry a field that differs."),
        ),
    ];
    document("What changed between two folders of reports", properties)
}

fn text(description: &str) -> Value {
    json!({"type": "string", "description": description})
}

fn texts(description: &str) -> Value {
    json!({"type": "array", "items": {"type": "string"}, "description": description})
}

fn document(title: &str, properties: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let strings = ["name", "version"].map(|name| (name.to_owned(), json!({"type": "string"})));
    let program = closed(&strings.into_iter().collect());
    let mut all: Map<String, Value> = Map::new();
    all.insert("schema_version".into(), text("Version of this layout."));
    all.insert("program".into(), program);
    all.extend(
        properties
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value)),
    );
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
    });
    if let (Some(schema), Value::Object(object)) = (schema.as_object_mut(), closed(&all)) {
        schema.extend(object);
    }
    schema
}

/// Returns an object that has these properties and no others.
fn closed(properties: &Map<String, Value>) -> Value {
    let required: Vec<&String> = properties.keys().collect();
    json!({"type": "object", "required": required, "properties": properties, "additionalProperties": false})
}

/// Returns an array of the rows of a table.
fn rows<R: Row>(description: &str) -> Value {
    let properties = R::COLUMNS.iter().map(|c| (c.name.to_owned(), column(c)));
    json!({"type": "array", "items": closed(&properties.collect()), "description": description})
}

fn column(column: &Column) -> Value {
    let name = match column.kind {
        Kind::Text => "string",
        Kind::List => "array",
        Kind::Integer => "integer",
        Kind::Fraction | Kind::Number => "number",
        Kind::Boolean => "boolean",
    };
    let mut schema = if column.optional {
        json!({"type": [name, "null"]})
    } else {
        json!({"type": name})
    };
    if column.kind == Kind::List {
        schema["items"] = json!({"type": "string"});
    }
    if column.kind == Kind::Integer {
        schema["minimum"] = json!(0);
    }
    schema["description"] = column.description.trim().into();
    schema
}
