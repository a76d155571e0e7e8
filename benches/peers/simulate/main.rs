//! Makes sequencing reads with a known truth, for tests and benchmarks of callers.
//!
//! `cargo run --release --example simulate -- help` says how; docs/benchmarks.md what it models and what not.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "places and counts of a simulation are far below the limits of any integer type"
)]

mod align;
mod genome;
mod library;
mod molecule;
mod options;
mod panel;
mod reads;
mod rng;
mod sam;
mod sequencer;
mod settings;
#[cfg(test)]
mod tests;
mod umi;
mod variants;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use crate::library::Library;
use crate::options::Options;
use crate::panel::Invention;
use crate::rng::Rng;
use crate::sequencer::Artefacts;
use crate::variants::Variants;

/// What went wrong, as a sentence for the person who typed the command.
#[derive(Debug)]
pub struct Failure(String);

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        // Whoever closed the pipe has seen enough: no reason to complain.
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self(String::new());
        }
        Self(format!("writing: {error}"))
    }
}

/// Creates a file; the error names it.
pub fn create(path: &Path) -> Result<File, Failure> {
    File::create(path).map_err(|error| Failure(format!("{}: {error}", path.display())))
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(message)) if message.is_empty() => ExitCode::SUCCESS,
        Err(Failure(message)) => {
            eprintln!("simulate: {message}");
            ExitCode::from(2)
        }
    }
}

fn run(words: &[String]) -> Result<(), Failure> {
    let (command, rest) = words
        .split_first()
        .map_or(("help", words), |(first, rest)| (first.as_str(), rest));
    match command {
        "reference" => reference(Options::read(rest)?),
        "reads" => reads(Options::read(rest)?),
        "help" | "--help" | "-h" => Ok(io::stdout().write_all(settings::HELP.as_bytes())?),
        other => Err(Failure(format!(
            "`{other}` is no command: reference, reads or help"
        ))),
    }
}

fn reference(mut options: Options) -> Result<(), Failure> {
    let folder = options.required("out")?;
    let invention = Invention {
        seed: options.value("seed", 1)?,
        bases: options.value("bases", 36_000_000)?,
        genes: options.value("genes", 33)?,
        exons: options.value("exons", 330)?,
    };
    options.finish()?;
    fs::create_dir_all(&folder).map_err(|error| Failure(format!("{folder}: {error}")))?;
    invention.write(Path::new(&folder))
}

fn reads(options: Options) -> Result<(), Failure> {
    let mut job = settings::Job::read(options)?;
    let artefacts = job.artefacts();
    if let Some(path) = job
        .truth
        .as_ref()
        .filter(|_| artefacts.iter().any(|here| !here.is_empty()))
    {
        write_artefacts(Path::new(&format!("{path}.artefacts.tsv")), &job, &artefacts)?;
    }
    let out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let variants = produce(&mut job, &artefacts, out)?;
    match &job.truth {
        Some(path) => variants::write(
            Path::new(path),
            &job.genome,
            &variants,
            job.settings.contamination,
        ),
        None => Ok(()),
    }
}

/// Writes header and reads; returns the variants with what was seen of them.
fn produce(job: &mut settings::Job, artefacts: &Artefacts, mut out: impl Write) -> Result<Variants, Failure> {
    let mut variants = job.variants()?;
    sam::header(&job.genome, &job.sample, &mut out)?;
    let targets = std::mem::take(&mut job.targets);
    let mut library = Library {
        settings: &job.settings,
        genome: &job.genome,
        sequencer: &job.sequencer,
        artefacts,
        variants: &mut variants,
        sample: &job.sample,
        out,
        serial: 0,
        rng: Rng::new(job.seed, "library"),
    };
    library.run(&targets)?;
    Ok(variants)
}

fn write_artefacts(path: &Path, job: &settings::Job, artefacts: &Artefacts) -> Result<(), Failure> {
    let mut out = BufWriter::new(create(path)?);
    writeln!(out, "contig\tplace\twrong\trate\treason")?;
    for (contig, here) in job.genome.contigs.iter().zip(artefacts) {
        for (place, artefact) in here {
            let (wrong, reason) = (artefact.wrong as char, artefact.reason.name());
            writeln!(
                out,
                "{}\t{place}\t{wrong}\t{:.4}\t{reason}",
                contig.name, artefact.rate
            )?;
        }
    }
    Ok(out.flush()?)
}
