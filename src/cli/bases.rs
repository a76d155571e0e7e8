//! Where the reference bases come from: the user's FASTA, checked before it is trusted, or what travels in the program.

use std::path::Path;

use anyhow::{Context, anyhow};

use crate::genome::{Build, ReferenceFasta, chromosome_length};
use crate::panel::Panel;
use crate::transcript::{Annotator, ReferenceCheck, Transcript, check_reference, transcript};

/// Makes the annotator of one build for a panel.
///
/// A FASTA is compared with the coding bases inside the program over the panel's genes: a difference is an error. It may hold
/// some chromosomes or pieces only; for genes that it has nothing of, the sequences inside the program stand in.
pub fn annotator(panel: &Panel, build: Build, reference: Option<&Path>) -> anyhow::Result<Annotator> {
    let Some(path) = reference else {
        return Ok(Annotator::new(build, None));
    };
    let fasta = ReferenceFasta::open(path)?;
    let context = || format!("reference {}", path.display());
    let transcripts: Vec<&Transcript> = panel
        .genes
        .iter()
        .filter_map(|gene| transcript(&gene.transcript, build))
        .collect();
    let check = check_reference(build, &fasta, transcripts.iter().copied()).with_context(context)?;
    if let Some(problem) = unproven_length(&fasta, build, &transcripts, &check) {
        return Err(anyhow!("{problem}")).with_context(context);
    }
    if check.absent.len() == transcripts.len() && !transcripts.is_empty() {
        return Err(anyhow!(
            "has no bases of any gene of panel {}; give the FASTA that the calls were made on",
            panel.name
        ))
        .with_context(context);
    }
    if !check.absent.is_empty() {
        tracing::warn!(
            "reference {}: no bases of {}; for these, the sequences inside the program are used where there are any",
            path.display(),
            check.absent.join(", ")
        );
    }
    Ok(Annotator::with_reference(build, fasta, check.absent))
}

/// Looks for a chromosome of the panel whose length is not the build's, while none of its bases could be compared.
///
/// Where bases were compared and agree, the length may be another: a FASTA of pieces.
fn unproven_length(
    fasta: &ReferenceFasta,
    build: Build,
    transcripts: &[&Transcript],
    check: &ReferenceCheck,
) -> Option<String> {
    transcripts
        .iter()
        .map(|t| t.chromosome())
        .filter(|chromosome| !check.compared.contains(chromosome))
        .find_map(|chromosome| {
            let (length, wanted) = (fasta.length(chromosome)?, chromosome_length(build, chromosome));
            (length != wanted).then(|| {
                format!(
                    "{chromosome} has {length} bases, {build} has {wanted}; give the FASTA that the calls were made on"
                )
            })
        })
}
