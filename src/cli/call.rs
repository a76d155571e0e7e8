//! `hemoclone call`: variants at low fractions over any targets of any genome.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use clap::Args;

use super::output::{stdout, write_whole_file};
use super::reads::{
    BackgroundOption, OpenedReads, PlaceArgs, ReadArgs, ThreadArgs, copy_warnings, recognized,
};
use super::{Outcome, UsageError};
use crate::alignments::{
    CallOptions, CalledSample, CopiedColumns, DEFAULT_QUALITY, ForcedAllele, call, contig_by_any_name,
    write_calls,
};
use crate::variants::{Input, VcfWriter, alleles_of_file};

/// Options of `hemoclone call`.
#[derive(Debug, Args)]
pub struct CallArgs {
    /// BAM, CRAM or SAM file, sorted by coordinate; with an index only the targets are read
    #[arg(value_name = "BAM")]
    input: PathBuf,
    /// VCF to write; compressed (BGZF) where the name ends in .gz or .bgz; `-` is standard output
    #[arg(short, long, value_name = "VCF", default_value = "-")]
    output: PathBuf,
    #[command(flatten)]
    place: PlaceArgs,
    /// Alleles (VCF or BCF) that are counted and listed whether or not a read shows them
    #[arg(long, value_name = "VCF")]
    force_call: Option<PathBuf>,
    /// Smallest QUAL that passes: phred of the chance that errors alone look as convincing, over the odds that it is a clone
    #[arg(long, value_name = "PHRED", default_value_t = DEFAULT_QUALITY)]
    min_quality: f64,
    /// Fewest fragments that pass
    #[arg(long, value_name = "N", default_value_t = 3)]
    min_alt: u32,
    /// Smallest allele fraction that passes
    #[arg(long, value_name = "FRACTION", default_value_t = 0.002, value_parser = parse_fraction)]
    min_vaf: f64,
    #[command(flatten)]
    reads: ReadArgs,
    #[command(flatten)]
    background: BackgroundOption,
    #[command(flatten)]
    threads: ThreadArgs,
    /// Overwrite the output
    #[arg(long)]
    force: bool,
}

fn parse_fraction(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(fraction) if (0.0..=1.0).contains(&fraction) => Ok(fraction),
        _ => Err(format!("{text:?} is no fraction from 0 to 1")),
    }
}

/// Runs the subcommand.
pub fn run(args: &CallArgs) -> anyhow::Result<Outcome> {
    let to_stdout = args.output == Path::new("-");
    if !to_stdout && args.output.exists() && !args.force {
        return Err(UsageError(format!(
            "{} is there already; give --force to overwrite",
            args.output.display()
        ))
        .into());
    }
    let (opened, called) = args.threads.run(|| called(args))??;
    if to_stdout {
        let mut out = stdout();
        write_calls(&mut out, &opened.file, &opened.sample, &called.variants)?;
        out.flush()?;
    } else {
        write_whole_file(&args.output, |file| write_named(args, file, &opened, &called))?;
    }
    Ok(Outcome::Done)
}

fn called(args: &CallArgs) -> anyhow::Result<(OpenedReads, CalledSample)> {
    let opened = args.place.open(&args.input, &args.reads)?;
    let forced = match &args.force_call {
        Some(path) => forced_alleles(path, &opened)?,
        None => Vec::new(),
    };
    let copied = copied_columns(&opened);
    let options = CallOptions {
        filter: args.reads.filter(&opened.file),
        min_quality: args.min_quality,
        min_count: args.min_alt,
        min_vaf: args.min_vaf,
        forced,
        copied,
        background: args.background.read(&opened.file)?,
        ..CallOptions::default()
    };
    let called = call(&opened.file, &opened.reference, &opened.targets, &options)?;
    if called.reads == 0 {
        tracing::warn!(
            "{}: no read passes the filters over the targets: nothing could be seen",
            args.input.display()
        );
    }
    Ok((opened, called))
}

/// Finds the columns of the targets that a human reference holds twice by mistake; of another genome there are none.
fn copied_columns(opened: &OpenedReads) -> CopiedColumns {
    let Ok(recognized) = recognized(&opened.file, None) else {
        return CopiedColumns::default();
    };
    let copied = CopiedColumns::find(&opened.file, &opened.reference, recognized.build, &opened.targets);
    for warning in copy_warnings(&copied, recognized.build) {
        tracing::warn!("{}: {warning}", opened.file.path.display());
    }
    copied
}

fn forced_alleles(path: &Path, opened: &OpenedReads) -> anyhow::Result<Vec<ForcedAllele>> {
    let alleles = alleles_of_file(&Input::from_argument(path))?;
    alleles
        .into_iter()
        .map(|allele| {
            let contig = contig_by_any_name(&opened.file, &allele.contig).ok_or_else(|| {
                anyhow!(
                    "{}: {}:{}: contig {:?} is not in the header of {}",
                    path.display(),
                    allele.contig,
                    allele.position,
                    allele.contig,
                    opened.file.path.display()
                )
            })?;
            Ok(ForcedAllele {
                contig,
                column: allele.position.saturating_sub(1),
                reference: allele.reference.to_ascii_uppercase(),
                alternate: allele.alternate.to_ascii_uppercase(),
            })
        })
        .collect()
}

fn write_named(
    args: &CallArgs,
    file: File,
    opened: &OpenedReads,
    called: &CalledSample,
) -> anyhow::Result<()> {
    let compressed = args.output.extension().is_some_and(|e| e == "gz" || e == "bgz");
    let mut out = VcfWriter::new(file, compressed, 1);
    write_calls(&mut out, &opened.file, &opened.sample, &called.variants)
        .with_context(|| format!("cannot write {}", args.output.display()))?;
    out.finish().map_err(anyhow::Error::from)
}
