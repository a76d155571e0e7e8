//! `hemoclone call`: variants at low fractions over any targets of any genome.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::anyhow;
use clap::Args;

use super::output::{Inputs, OutputFile, refuse_existing, stdout, write_whole_file};
use super::reads::{OpenedReads, PlaceArgs, ThreadArgs};
use super::{Outcome, say};
use hemoclone::alignments::{
    CallOptions, CalledSample, CopiedColumns, DEFAULT_QUALITY, ForcedAllele, PrimerChoice, call,
    contig_by_any_name, copy_warnings, recognized, write_calls,
};
use hemoclone::run::{Files, ReadOptions, UsageError, counted, pipes, read_background, spellings, warn_of};
use hemoclone::variants::{Input, OutputFormat, VcfWriter, alleles_of_file};

/// Fewest fragments that pass where no option says otherwise.
const DEFAULT_ALT: u32 = 3;

/// Smallest allele fraction that passes where no option says otherwise.
const DEFAULT_VAF: f64 = 0.002;

/// Options of `hemoclone call`.
#[derive(Clone, Debug, Args)]
pub(crate) struct CallArgs {
    /// BAM, CRAM or SAM file, sorted by coordinate; with an index only the targets are read; `-` is standard input
    #[arg(value_name = "BAM")]
    input: PathBuf,
    /// VCF to write: BCF where the name ends in .bcf, compressed (BGZF) where in .gz or .bgz; `-` is standard output
    #[arg(short, long, value_name = "VCF", default_value = "-")]
    output: PathBuf,
    #[command(flatten)]
    place: PlaceArgs,
    /// Alleles (VCF or BCF) that are counted and listed whether or not a read shows them
    #[arg(long, value_name = "VCF")]
    force_call: Option<PathBuf>,
    /// Smallest QUAL that passes: phred of the chance that errors alone look as convincing, over the odds that it is a clone
    /// [default: 55]
    #[arg(long, value_name = "PHRED", allow_negative_numbers = true, value_parser = spellings::number)]
    min_quality: Option<f64>,
    /// Fewest fragments that pass [default: 3]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = spellings::whole::<u32>)]
    min_alt: Option<u32>,
    /// Smallest allele fraction that passes [default: 0.002]
    #[arg(long, value_name = "FRACTION", allow_negative_numbers = true, value_parser = spellings::fraction)]
    min_vaf: Option<f64>,
    #[command(flatten)]
    reads: ReadOptions,
    /// Errors of single sites in normals, a table made by `hemoclone background`
    #[arg(long, value_name = "FILE", help_heading = "Reads and bases")]
    background: Option<PathBuf>,
    #[command(flatten)]
    threads: ThreadArgs,
    /// Overwrite the output
    #[arg(long)]
    force: bool,
}

/// Runs the subcommand.
pub(super) fn run(args: &CallArgs, quiet: bool) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let args = &args.over_profile()?;
    let to_stdout = args.output == Path::new("-");
    let named = [
        Some(&args.input),
        args.force_call.as_ref(),
        args.background.as_ref(),
    ];
    let inputs = named.into_iter().flatten().map(PathBuf::as_path);
    Inputs::default()
        .with(inputs.chain(args.place.files()))
        .refuse(&args.output)?;
    pipes::refuse_twice(named.into_iter().flatten().map(PathBuf::as_path))?;
    refuse_existing(&args.output, args.force)?;
    let out = to_stdout.then(stdout).transpose()?;
    let (opened, called) = args.threads.run(|| called(args))??;
    if let Some(mut out) = out {
        write_calls(&mut out, &opened.file, &opened.sample, &called)?;
        out.flush()?;
    } else {
        write_whole_file(&args.output, |file| write_named(args, file, &opened, &called))?;
        let found = counted(called.variants.len(), "variant");
        say::line(
            &format!(
                "{found} of sample {:?} in {}",
                opened.sample,
                args.output.display()
            ),
            quiet,
        );
    }
    tracing::info!(
        "{}, sample {:?}: {} of {}, {}, {:.1} s",
        opened.file.path.display(),
        opened.sample,
        counted(usize::try_from(called.reads).unwrap_or(usize::MAX), "read"),
        counted(opened.targets.len(), "target"),
        opened.how_read(),
        started.elapsed().as_secs_f64()
    );
    Ok(Outcome::Done)
}

impl CallArgs {
    /// Puts what the profile says under what the command line says.
    fn over_profile(&self) -> anyhow::Result<Self> {
        let (place, profile) = self.place.over_profile()?;
        if let (None, Some(path)) = (&self.background, place.config()) {
            profile.check_files(path, &Files::default(), |key| key == "background")?;
        }
        let mut args = self.clone();
        args.place = place;
        args.min_quality = args.min_quality.or(profile.call.min_quality);
        args.min_alt = args.min_alt.or(profile.call.min_alt);
        args.min_vaf = args.min_vaf.or(profile.call.min_vaf);
        if let Some(vaf) = args.min_vaf {
            spellings::fraction(&vaf.to_string()).map_err(|e| UsageError(format!("min-vaf {vaf}: {e}")))?;
        }
        args.background = args.background.or_else(|| profile.background.clone());
        args.reads = args.reads.over(&profile.reads);
        args.threads = args.threads.over(&profile);
        Ok(args)
    }
}

fn called(args: &CallArgs) -> anyhow::Result<(OpenedReads, CalledSample)> {
    let opened = args.place.open(&args.input, &args.reads)?;
    let forced = match &args.force_call {
        Some(path) => forced_alleles(path, &opened)?,
        None => Vec::new(),
    };
    let copied = copied_columns(&opened);
    let options = CallOptions {
        filter: opened.filter(&args.reads, &PrimerChoice::Learn)?,
        min_quality: args.min_quality.unwrap_or(DEFAULT_QUALITY),
        min_count: args.min_alt.unwrap_or(DEFAULT_ALT),
        min_vaf: args.min_vaf.unwrap_or(DEFAULT_VAF),
        forced,
        copied,
        background: read_background(args.background.as_deref(), &opened.file)?,
        ..CallOptions::default()
    };
    let called = call(&opened.file, &opened.reference, &opened.targets, &options)?;
    if called.reads == 0 {
        tracing::warn!(
            "{}: no read passes the filters over the targets: nothing could be seen",
            opened.file.path.display()
        );
    }
    warn_of(&opened.file.path, called.clip_warnings(&opened.file));
    warn_of(&opened.file.path, called.quality_warning());
    warn_of(&opened.file.path, called.primer_warning());
    Ok((opened, called))
}

/// Finds the columns of the targets that a human reference holds twice by mistake; of another genome there are none.
fn copied_columns(opened: &OpenedReads) -> CopiedColumns {
    let Ok(recognized) = recognized(&opened.file, None) else {
        return CopiedColumns::default();
    };
    let copied = CopiedColumns::find(&opened.file, &opened.reference, recognized.build, &opened.targets);
    warn_of(&opened.file.path, copy_warnings(&copied, recognized.build));
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
    file: OutputFile,
    opened: &OpenedReads,
    called: &CalledSample,
) -> anyhow::Result<()> {
    let mut out = VcfWriter::new(file, OutputFormat::of_path(&args.output), 1)?;
    write_calls(&mut out, &opened.file, &opened.sample, called)?;
    out.finish().map_err(anyhow::Error::from)
}
