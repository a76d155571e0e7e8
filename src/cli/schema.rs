//! `hemoclone schema`: the JSON Schemas of what the program writes and reads, from the types themselves.

use std::io::Write;

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, generate::SchemaSettings};
use serde_json::Value;

use hemoclone::compare::{COMPARISON_VERSION, changes_schema, comparison_schema};
use hemoclone::panel::Panel;
use hemoclone::patient::clinical_schema;
use hemoclone::sample::{SCHEMA_VERSION, SampleResult};
use hemoclone::serial::{SERIAL_VERSION, SerialResult};

/// Prints the JSON Schema of a file that this program writes or reads.
#[derive(Args, Clone, Debug)]
pub(crate) struct SchemaArgs {
    /// Which file: the result of a sample (`<sample>.json`), a panel as loaded, the clinical file that `analyze` reads, a person over time, a comparison with a truth, or what changed between two folders.
    #[arg(value_enum, default_value_t = SchemaName::Sample)]
    pub name: SchemaName,
}

/// The schemas there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaName {
    /// `<sample>.json`, the result of a sample.
    Sample,
    /// A panel with genes, rules, facts and sources.
    Panel,
    /// The clinical file that `analyze --clinical` reads.
    Clinical,
    /// `<person>.serial.json`, a person over time.
    Serial,
    /// `comparison.json` of `compare`, a truth against what was observed.
    Comparison,
    /// `changes.json` of `compare`, what changed between two folders of reports.
    Changes,
}

impl SchemaName {
    /// Returns the file under `schemas/` that holds this schema.
    pub(crate) const fn file(self) -> &'static str {
        match self {
            Self::Sample => "sample-result.schema.json",
            Self::Panel => "panel.schema.json",
            Self::Clinical => "clinical.schema.json",
            Self::Serial => "serial-result.schema.json",
            Self::Comparison => "comparison.schema.json",
            Self::Changes => "changes.schema.json",
        }
    }

    /// Returns the schema, indented, with a line feed at its end.
    pub(crate) fn schema(self) -> anyhow::Result<String> {
        let schema = match self {
            Self::Sample => serde_json::to_value(written::<SampleResult>())?,
            Self::Panel => serde_json::to_value(written::<Panel>())?,
            Self::Clinical => clinical_schema(),
            Self::Serial => serde_json::to_value(written::<SerialResult>())?,
            Self::Comparison => comparison_schema(),
            Self::Changes => changes_schema(),
        };
        text(&self.named(schema))
    }

    /// Puts the address of the schema in front. It is a name (URN) and leads nowhere: the schema travels with the program.
    fn named(self, schema: Value) -> Value {
        let Value::Object(keywords) = schema else {
            return schema;
        };
        let file = self.file().trim_end_matches(".schema.json");
        let id = match self {
            Self::Sample => format!("urn:hemoclone:schema:{file}:{SCHEMA_VERSION}"),
            Self::Serial => format!("urn:hemoclone:schema:{file}:{SERIAL_VERSION}"),
            Self::Comparison | Self::Changes => {
                format!("urn:hemoclone:schema:{file}:{COMPARISON_VERSION}")
            }
            Self::Panel | Self::Clinical => format!("urn:hemoclone:schema:{file}"),
        };
        let named = std::iter::once(("$id".to_owned(), id.into()));
        named.chain(keywords).collect()
    }
}

/// Returns the schema of a type as written, not as read: every field that the program always writes is required, and there are no
/// others.
fn written<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12()
        .for_serialize()
        .with_transform(RecursiveTransform(close))
        .into_generator()
        .into_root_schema_for::<T>()
}

/// Says of an object whose properties are listed that it has no others. Where some stand beside the list (a flattened type, the tag
/// of an enumeration), only the keyword that sees them too may say so.
fn close(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    if !object.contains_key("properties") || object.contains_key("additionalProperties") {
        return;
    }
    let beside = ["$ref", "allOf", "anyOf", "oneOf"];
    let keyword = if beside.iter().any(|key| object.contains_key(*key)) {
        "unevaluatedProperties"
    } else {
        "additionalProperties"
    };
    object.insert(keyword.to_owned(), false.into());
}

fn text(schema: &impl serde::Serialize) -> anyhow::Result<String> {
    let mut text = serde_json::to_string_pretty(schema).context("could not print the schema")?;
    text.push('\n');
    Ok(text)
}

/// Runs `hemoclone schema`.
pub(crate) fn run(args: &SchemaArgs, mut out: impl Write) -> anyhow::Result<()> {
    out.write_all(args.name.schema()?.as_bytes())?;
    Ok(())
}
