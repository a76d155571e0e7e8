//! `hemoclone schema`: the JSON Schemas of what the program writes and reads, from the types themselves.

use std::io::Write;

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use schemars::{JsonSchema, generate::SchemaSettings};

use hemoclone::panel::Panel;
use hemoclone::patient::clinical_schema;
use hemoclone::sample::SampleResult;

/// Prints the JSON Schema of a file that this program writes or reads.
#[derive(Args, Clone, Debug)]
pub struct SchemaArgs {
    /// Which file: the result of a sample (`<sample>.json`), a panel as loaded, or the clinical file that `analyze` reads.
    #[arg(value_enum, default_value_t = SchemaName::Sample)]
    pub name: SchemaName,
}

/// The schemas there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaName {
    /// `<sample>.json`, the result of a sample.
    Sample,
    /// A panel with genes, rules, facts and sources.
    Panel,
    /// The clinical file that `analyze --clinical` reads.
    Clinical,
}

impl SchemaName {
    /// Returns the file under `schemas/` that holds this schema.
    #[allow(dead_code, reason = "says where the printed schema is kept")]
    pub const fn file(self) -> &'static str {
        match self {
            Self::Sample => "sample-result.schema.json",
            Self::Panel => "panel.schema.json",
            Self::Clinical => "clinical.schema.json",
        }
    }

    /// Returns the schema, indented, with a line feed at its end.
    pub fn schema(self) -> anyhow::Result<String> {
        match self {
            Self::Sample => print::<SampleResult>(),
            Self::Panel => print::<Panel>(),
            Self::Clinical => text(&clinical_schema()),
        }
    }
}

fn print<T: JsonSchema>() -> anyhow::Result<String> {
    // As written, not as read: every field that the program always writes is required.
    let schema = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<T>();
    text(&schema)
}

fn text(schema: &impl serde::Serialize) -> anyhow::Result<String> {
    let mut text = serde_json::to_string_pretty(schema).context("could not print the schema")?;
    text.push('\n');
    Ok(text)
}

/// Runs `hemoclone schema`.
pub fn run(args: &SchemaArgs, mut out: impl Write) -> anyhow::Result<()> {
    out.write_all(args.name.schema()?.as_bytes())?;
    Ok(())
}
