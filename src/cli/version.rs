//! `hemoclone version`: what this program is made of, for a laboratory's records.

use std::io::Write;

use clap::Args;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::panel::as_json;
use hemoclone::panel::{PANEL_NAMES, Panel};
use hemoclone::sample::SCHEMA_VERSION;

/// Prints the version.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct VersionArgs {
    /// Everything that decides on results, as JSON: panels with checksums, features, htslib, the system built for
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Serialize)]
struct Record {
    program: &'static str,
    version: &'static str,
    /// Version of the layout of all outputs.
    schema_version: &'static str,
    /// The system that it was built for.
    system: System,
    features: Vec<&'static str>,
    /// Version of the built-in htslib; `null` without alignments.
    htslib: Option<String>,
    panels: Vec<PanelVersion>,
}

#[derive(Debug, Serialize)]
struct System {
    os: &'static str,
    architecture: &'static str,
    /// Whether the C library is part of the program, so that it needs none of the system.
    is_static: bool,
}

#[derive(Debug, Serialize)]
struct PanelVersion {
    name: &'static str,
    version: String,
    /// CRC-32 of the panel as loaded, as reports show it.
    checksum: String,
    /// SHA-256 of what `hemoclone panel show NAME --format json` prints.
    sha256: String,
}

/// Runs the subcommand.
pub(crate) fn run(args: VersionArgs, mut out: impl Write) -> anyhow::Result<()> {
    if !args.json {
        writeln!(out, "hemoclone {}", env!("CARGO_PKG_VERSION"))?;
        return Ok(());
    }
    let mut text = serde_json::to_string_pretty(&record()?)?;
    text.push('\n');
    out.write_all(text.as_bytes())?;
    Ok(())
}

fn record() -> anyhow::Result<Record> {
    let features = [
        ("alignments", cfg!(feature = "alignments")),
        ("cli", cfg!(feature = "cli")),
        ("cohort", cfg!(feature = "cohort")),
        ("libdeflate", cfg!(feature = "libdeflate")),
        ("remote", cfg!(feature = "remote")),
    ];
    let panels = PANEL_NAMES.into_iter().map(|name| {
        let panel = Panel::bundled(name)?;
        Ok(PanelVersion {
            name,
            checksum: panel.checksum(),
            sha256: sha256(as_json(&panel)?.as_bytes()),
            version: panel.version,
        })
    });
    #[cfg(feature = "alignments")]
    let htslib = Some(hemoclone::alignments::htslib_version());
    #[cfg(not(feature = "alignments"))]
    let htslib = None;
    Ok(Record {
        program: "hemoclone",
        version: env!("CARGO_PKG_VERSION"),
        schema_version: SCHEMA_VERSION,
        system: System {
            os: std::env::consts::OS,
            architecture: std::env::consts::ARCH,
            is_static: cfg!(target_feature = "crt-static"),
        },
        features: features
            .into_iter()
            .filter(|(_, on)| *on)
            .map(|(name, _)| name)
            .collect(),
        htslib,
        panels: panels.collect::<anyhow::Result<_>>()?,
    })
}

fn sha256(bytes: &[u8]) -> String {
    let digits = |byte: &u8| [byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16));
    Sha256::digest(bytes).iter().flat_map(digits).flatten().collect()
}
