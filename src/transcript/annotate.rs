//! The annotator: puts place, sequence and effect of a variant together.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::{Arc, PoisonError, RwLock};

use super::change::{Change, Window};
use super::coding::describe;
use super::consequence::{Consequence, SequenceSource, SoTerm};
use super::effect::{Effect, effect};
use super::embedded::{EmbeddedBases, differs_from_transcript};
use super::extent::Extent;
use super::model::Transcript;
use super::note::ConsequenceNote;
use super::protein::{ProteinChange, ProteinChangeKind};
use super::splice::splice_terms;
use super::spliced::{Edit, Spliced};
use crate::genome::{BaseSource, Build, Chromosome, ReferenceFasta, Variant, as_count};

/// Share of residues that must be known for a sequence to count as there.
///
/// All but the stop codon and a base or two in doubt; the partly read GNAS NM_000516.7 (88 %) does not count.
const KNOWN_RESIDUES: f64 = 0.99;

/// Works out what variants do to transcripts of one build.
///
/// Reference bases come from the user's FASTA where one is given, else from the sequences inside the program; where
/// neither knows them, only what the coordinates prove is said. Can be shared between threads.
pub struct Annotator {
    build: Build,
    source: Source,
    /// Spliced sequences by accession, read at the first variant of a transcript.
    spliced: RwLock<HashMap<String, Arc<Spliced>>>,
}

enum Source {
    Embedded(&'static EmbeddedBases),
    /// A reference, and the genes that it has nothing of.
    Pieces(Box<Pieces>, Vec<String>, SequenceSource),
    Given(Box<dyn BaseSource + Send>, SequenceSource),
}

/// A reference of pieces; what it does not know, another source may.
struct Pieces {
    reference: ReferenceFasta,
    stand_in: EmbeddedBases,
}

impl BaseSource for Pieces {
    fn bases(&self, chromosome: Chromosome, range: RangeInclusive<u32>) -> Option<Vec<u8>> {
        let bases = self.bases_or_n(chromosome, range);
        (!bases.contains(&b'N')).then_some(bases)
    }

    fn bases_or_n(&self, chromosome: Chromosome, range: RangeInclusive<u32>) -> Vec<u8> {
        let mut bases = self.reference.bases_or_n(chromosome, range.clone());
        if bases.contains(&b'N') {
            let stand_in = self.stand_in.bases_or_n(chromosome, range);
            for (base, known) in bases.iter_mut().zip(stand_in) {
                if *base == b'N' {
                    *base = known;
                }
            }
        }
        bases
    }

    fn failure(&self) -> Option<String> {
        self.reference.failure()
    }
}

/// Why a variant cannot be annotated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnnotateError {
    /// REF is not what the reference has: nearly always the wrong build, or a shifted position.
    #[error(
        "{gene}: REF does not match at {chromosome}:{position}: the file has {found}, {build} has {expected}; \
         most likely the file is on another genome build (--build) or the reference is another one"
    )]
    ReferenceMismatch {
        /// Gene symbol.
        gene: String,
        /// Build that the position was taken to be on.
        build: Build,
        /// Chromosome.
        chromosome: Chromosome,
        /// First differing position, 1-based.
        position: u32,
        /// Base of the reference, plus strand.
        expected: char,
        /// Base of the file's REF, plus strand.
        found: char,
    },
    /// Variant, transcript and annotator are not on one build and chromosome.
    #[error("{variant} ({build}) cannot be annotated on {transcript}: another build or chromosome")]
    Elsewhere {
        /// The variant.
        variant: String,
        /// Its build.
        build: Build,
        /// The transcript.
        transcript: String,
    },
}

impl std::fmt::Debug for Annotator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Annotator")
            .field("build", &self.build)
            .finish_non_exhaustive()
    }
}

impl Annotator {
    /// Makes an annotator from the user's reference, or from the sequences inside the program.
    pub fn new(build: Build, reference: Option<ReferenceFasta>) -> Self {
        match reference {
            Some(reference) => Self::with_source(build, Box::new(reference), SequenceSource::Reference),
            None => Self {
                build,
                source: Source::Embedded(EmbeddedBases::of(build)),
                spliced: RwLock::default(),
            },
        }
    }

    /// Makes an annotator from a reference that lacks the genes of the symbols given: for them, bases of another kind stand in.
    pub fn with_reference(
        build: Build,
        reference: ReferenceFasta,
        absent: Vec<String>,
        stand_in: EmbeddedBases,
        kind: SequenceSource,
    ) -> Self {
        if absent.is_empty() {
            return Self::new(build, Some(reference));
        }
        let pieces = Pieces { reference, stand_in };
        Self {
            build,
            source: Source::Pieces(Box::new(pieces), absent, kind),
            spliced: RwLock::default(),
        }
    }

    /// Makes an annotator from any source of bases, for example a panel bundle.
    pub fn with_source(build: Build, bases: Box<dyn BaseSource + Send>, kind: SequenceSource) -> Self {
        Self {
            build,
            source: Source::Given(bases, kind),
            spliced: RwLock::default(),
        }
    }

    /// Returns the build.
    pub const fn build(&self) -> Build {
        self.build
    }

    /// Returns the source of bases, for left alignment.
    pub fn bases(&self) -> &dyn BaseSource {
        match &self.source {
            Source::Embedded(bases) => *bases,
            Source::Pieces(bases, ..) => bases.as_ref(),
            Source::Given(bases, _) => bases.as_ref(),
        }
    }

    /// Returns whether the protein of a transcript is known, so that protein changes can be told.
    pub fn has_sequence(&self, transcript: &Transcript) -> bool {
        let spliced = self.spliced(transcript);
        spliced.known_residues() as f64 >= KNOWN_RESIDUES * spliced.residues() as f64
    }

    /// Works out what a variant does to a transcript.
    pub fn annotate(&self, variant: &Variant, transcript: &Transcript) -> Result<Consequence, AnnotateError> {
        self.check_place(variant, transcript)?;
        self.check_ref(variant, transcript)?;
        let mut window = Window::new(transcript, self.bases(), Some(variant));
        let change = Change::new(variant, transcript, &mut window);
        let described = describe(transcript, &change, &mut window);
        let placed = splice_sparing(transcript, &change, &mut window);
        let spared = placed.is_some();
        let start = start_sparing(transcript, placed.as_ref().unwrap_or(&change), &mut window);
        let placed = match &start {
            StartCodon::Spared(change) => change.clone(),
            _ => placed.unwrap_or_else(|| change.clone()),
        };
        let extent = Extent::of(transcript, &placed);
        let mut consequence = extent.consequence(transcript, &placed);
        consequence.hgvs_c = described.as_ref().map(|(c, _)| c.to_string());
        let doubtful = described.is_some_and(|(_, doubtful)| doubtful);
        match start {
            StartCodon::Spared(_) => self.keep_start(&mut consequence, transcript),
            StartCodon::Unknown => {
                self.add_effect(&mut consequence, transcript, &placed, &extent);
                leave_open(&mut consequence);
            }
            StartCodon::Touched | StartCodon::Apart => {
                if extent.edit.is_some() || extent.crosses_border {
                    self.add_effect(&mut consequence, transcript, &placed, &extent);
                }
            }
        }
        if spared {
            consequence.add_note(ConsequenceNote::SpliceSpared);
        }
        if doubtful || change.stopped_at_unknown {
            consequence.add_note(ConsequenceNote::NotMoved);
        }
        self.note_other_base(&mut consequence, variant);
        consequence.terms.sort_unstable();
        consequence.terms.dedup();
        Ok(consequence)
    }

    /// Returns what coordinates alone say of a record whose REF cannot be right: its place, and no effect.
    pub fn place(&self, variant: &Variant, transcript: &Transcript) -> Consequence {
        let mut window = Window::new(transcript, self.bases(), Some(variant));
        let change = Change::new(variant, transcript, &mut window);
        let mut consequence = Extent::of(transcript, &change).consequence(transcript, &change);
        consequence.terms.clear();
        consequence.source = SequenceSource::None;
        consequence
    }

    /// Whether any base of a variant's REF can be compared with a known one.
    pub fn can_check(&self, variant: &Variant) -> bool {
        let known = self
            .bases()
            .bases_or_n(variant.chromosome(), variant.position()..=variant.end());
        known
            .iter()
            .zip(variant.reference().bytes())
            .any(|(known, found)| *known != b'N' && found != b'N')
    }

    fn note_other_base(&self, consequence: &mut Consequence, variant: &Variant) {
        let other_base = (variant.position()..=variant.end())
            .any(|position| differs_from_transcript(self.build, variant.chromosome(), position));
        if other_base {
            consequence.add_note(ConsequenceNote::OtherBase);
        }
    }

    fn check_place(&self, variant: &Variant, transcript: &Transcript) -> Result<(), AnnotateError> {
        let elsewhere = variant.build() != self.build
            || transcript.build() != self.build
            || variant.chromosome() != transcript.chromosome();
        if elsewhere {
            return Err(AnnotateError::Elsewhere {
                variant: variant.to_string(),
                build: variant.build(),
                transcript: transcript.accession().to_owned(),
            });
        }
        Ok(())
    }

    fn check_ref(&self, variant: &Variant, transcript: &Transcript) -> Result<(), AnnotateError> {
        let known = self
            .bases()
            .bases_or_n(variant.chromosome(), variant.position()..=variant.end());
        let differing = known
            .iter()
            .zip(variant.reference().bytes())
            .position(|(known, found)| *known != b'N' && found != b'N' && *known != found);
        let Some(at) = differing else {
            return Ok(());
        };
        Err(AnnotateError::ReferenceMismatch {
            gene: transcript.gene().to_owned(),
            build: self.build,
            chromosome: variant.chromosome(),
            position: variant.position() + as_count(at),
            expected: char::from(known[at]),
            found: char::from(variant.reference().as_bytes()[at]),
        })
    }

    fn spliced(&self, transcript: &Transcript) -> Arc<Spliced> {
        let held = self
            .spliced
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(transcript.accession())
            .cloned();
        held.unwrap_or_else(|| {
            let spliced = Arc::new(Spliced::new(transcript, self.bases()));
            let mut map = self.spliced.write().unwrap_or_else(PoisonError::into_inner);
            map.entry(transcript.accession().to_owned())
                .or_insert(spliced)
                .clone()
        })
    }

    /// Returns which sequence the bases of a transcript come from.
    fn kind(&self, transcript: &Transcript) -> SequenceSource {
        match &self.source {
            Source::Embedded(_) => SequenceSource::Embedded,
            Source::Pieces(_, absent, kind) if absent.iter().any(|g| g == transcript.gene()) => *kind,
            Source::Pieces(..) => SequenceSource::Reference,
            Source::Given(_, kind) => *kind,
        }
    }

    /// Says that the change lies before a start codon that is whole: the protein is made as before.
    fn keep_start(&self, consequence: &mut Consequence, transcript: &Transcript) {
        let protein = ProteinChange {
            start: 1,
            end: 1,
            reference_start: 'M',
            reference_end: 'M',
            kind: ProteinChangeKind::Synonymous,
        };
        consequence.terms.push(SoTerm::StartRetained);
        consequence.hgvs_p = Some(protein.long());
        consequence.hgvs_p_short = Some(protein.short());
        consequence.protein_change = Some(protein);
        consequence.source = self.kind(transcript);
        consequence.add_note(ConsequenceNote::StartSpared);
    }

    fn add_effect(
        &self,
        consequence: &mut Consequence,
        transcript: &Transcript,
        change: &Change,
        extent: &Extent,
    ) {
        let Some((from, to)) = extent.edit else {
            // The change runs over an exon border: which sequence splicing leaves is not known.
            consequence.terms.push(SoTerm::CodingSequence);
            consequence.add_note(ConsequenceNote::OverExonBorder);
            return;
        };
        let edit = Edit {
            from,
            to,
            inserted: &change.inserted,
            deleted: &change.deleted,
        };
        let Effect {
            terms,
            change: protein,
            nmd_escape,
            determined,
        } = effect(&self.spliced(transcript), &edit);
        consequence.terms.extend(terms);
        consequence.hgvs_p = protein.as_ref().map(ProteinChange::long);
        consequence.hgvs_p_short = protein.as_ref().map(ProteinChange::short);
        consequence.protein_change = protein;
        consequence.nmd_escape = nmd_escape;
        let kind = self.kind(transcript);
        consequence.source = if determined { kind } else { SequenceSource::None };
        if !determined {
            consequence.add_note(match kind {
                SequenceSource::Embedded => ConsequenceNote::ReferenceNeeded,
                _ => ConsequenceNote::BasesUnknown,
            });
        }
        if extent.insertion_at_border {
            consequence.add_note(ConsequenceNote::AtExonBorder);
        }
    }
}

/// Finds an equal description that leaves splice sites whole, where the most 3' one touches one.
///
/// Equal descriptions give the same sequence, so a site that one of them leaves alone is still there.
fn splice_sparing(transcript: &Transcript, change: &Change, bases: &mut Window<'_>) -> Option<Change> {
    let touches = |change: &Change| {
        Extent::of(transcript, change).crosses_border
            || splice_terms(transcript, change)
                .iter()
                .any(|term| matches!(term, SoTerm::SpliceDonor | SoTerm::SpliceAcceptor))
    };
    if !touches(change) {
        return None;
    }
    let mut placed = change.moved_left(bases)?;
    while touches(&placed) {
        placed = placed.moved_left(bases)?;
    }
    Some(placed)
}

/// What becomes of the start codon.
enum StartCodon {
    /// The change does not touch it.
    Apart,
    /// The change touches it wherever it is placed.
    Touched,
    /// An equal description leaves it whole.
    Spared(Change),
    /// Whether there is such a description hangs on bases that are not known.
    Unknown,
}

/// Finds an equal description before the start codon, where the most 3' one touches it: of `A|ATGC` and `AATGC` with an A less,
/// or one more, the sequence from the start codon on is the same (bcftools issue 1025, ensembl-variation issue 1062).
///
/// Only a pure insertion or deletion can leave the start codon whole and yet touch it: a trimmed replacement ends on a base
/// that differs.
fn start_sparing(transcript: &Transcript, change: &Change, bases: &mut Window<'_>) -> StartCodon {
    let start = transcript.coding.0 as usize;
    let touches = |change: &Change| {
        let edit = Extent::of(transcript, change).edit;
        edit.is_some_and(|(from, to)| from < start + 3 && to.max(from) > start)
    };
    if !touches(change) {
        return StartCodon::Apart;
    }
    let mut placed = change.clone();
    while touches(&placed) {
        let before = placed.start - 1;
        match placed.moved_left(bases) {
            Some(moved) => placed = moved,
            None if placed.is_pure() && bases.base(before) == b'N' => return StartCodon::Unknown,
            None => return StartCodon::Touched,
        }
    }
    StartCodon::Spared(placed)
}

/// Says that the start codon is lost unless bases before it that are not known make a new one in its place.
fn leave_open(consequence: &mut Consequence) {
    if !consequence.terms.contains(&SoTerm::StartLost) {
        consequence.terms.insert(0, SoTerm::StartLost);
    }
    consequence.source = SequenceSource::None;
    consequence.add_note(ConsequenceNote::StartOpen);
}
