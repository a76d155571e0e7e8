use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::change::{Change, Window};
use super::coding::describe;
use super::consequence::{Consequence, Region, SequenceSource, SoTerm};
use super::effect::{Edit, Effect, Spliced, effect};
use super::embedded::EmbeddedBases;
use super::model::{Place, Transcript};
use super::splice::splice_terms;
use crate::genome::{BaseSource, Build, Chromosome, ReferenceFasta, Variant};

/// How far outside a transcript a variant still belongs to the gene: 5,000 bases, as in VEP.
const NEIGHBORHOOD: u32 = 5_000;

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
    Given(Box<dyn BaseSource + Send>, SequenceSource),
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
        self.check_ref(variant, transcript)?;
        let mut window = Window::new(transcript, self.bases(), Some(variant));
        let change = Change::new(variant, transcript, &mut window);
        let described = describe(transcript, &change, &mut window);
        let extent = Extent::of(transcript, &change);
        let mut consequence = extent.consequence(transcript, &change);
        consequence.hgvs_c = described.as_ref().map(|(c, _)| c.to_string());
        let doubtful = described.is_some_and(|(_, doubtful)| doubtful);
        if extent.edit.is_some() || extent.crosses_border {
            self.add_effect(&mut consequence, transcript, &change, &extent);
        }
        if doubtful || change.stopped_at_unknown {
            note(
                &mut consequence,
                "HGVS c. not moved past bases that are not known: give --reference",
            );
        }
        consequence.terms.sort_unstable();
        consequence.terms.dedup();
        Ok(consequence)
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
            position: variant.position() + u32::try_from(at).unwrap_or(0),
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
            note(
                consequence,
                "runs over an exon border: protein change not determined",
            );
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
        consequence.hgvs_p = protein.as_ref().map(super::ProteinChange::long);
        consequence.hgvs_p_short = protein.as_ref().map(super::ProteinChange::short);
        consequence.protein_change = protein;
        consequence.nmd_escape = nmd_escape;
        consequence.source = match &self.source {
            _ if !determined => SequenceSource::None,
            Source::Embedded(_) => SequenceSource::Embedded,
            Source::Given(_, kind) => *kind,
        };
        if !determined {
            note(
                consequence,
                match self.source {
                    Source::Embedded(_) => "protein change not determined: give --reference",
                    Source::Given(..) => "protein change not determined: bases unknown in the reference",
                },
            );
        }
        if extent.insertion_at_border {
            note(
                consequence,
                "insertion at an exon border: read as part of the exon",
            );
        }
    }
}

fn note(consequence: &mut Consequence, text: &str) {
    match &mut consequence.note {
        Some(note) => {
            note.push_str("; ");
            note.push_str(text);
        }
        None => consequence.note = Some(text.to_owned()),
    }
}

/// What a change touches.
struct Extent {
    first: Place,
    last: Place,
    /// Spliced offsets of an edit inside one exon that touches the coding sequence.
    edit: Option<(usize, usize)>,
    /// Whether coding bases and intron bases are both deleted.
    crosses_border: bool,
    insertion_at_border: bool,
}

impl Extent {
    fn of(transcript: &Transcript, change: &Change) -> Self {
        // An insertion lies between two bases, a deletion runs from its first to its last.
        let (first, last) = if change.is_insertion() {
            (transcript.place(change.start - 1), transcript.place(change.start))
        } else {
            (transcript.place(change.start), transcript.place(change.end - 1))
        };
        let edit = match (first, last) {
            (
                Place::Exon {
                    index: a,
                    offset: from,
                },
                Place::Exon { index: b, offset: to },
            ) if a == b => Some(if change.is_insertion() {
                (to, to)
            } else {
                (from, to + 1)
            }),
            (Place::Exon { offset, .. }, Place::Intron { .. }) if change.is_insertion() => {
                Some((offset + 1, offset + 1))
            }
            (Place::Intron { .. }, Place::Exon { offset, .. }) if change.is_insertion() => {
                Some((offset, offset))
            }
            // Two exons touch where the model has an intron of no length: cannot be, see Transcript::new.
            _ => None,
        };
        let (start, end) = transcript.coding;
        let coding = |&(from, to): &(u32, u32)| {
            if from == to {
                from > start && from < end
            } else {
                to > start && from < end
            }
        };
        let whole = edit;
        let edit = edit.filter(coding);
        let insertion_at_border = change.is_insertion()
            && edit.is_some()
            && !matches!((first, last), (Place::Exon { .. }, Place::Exon { .. }));
        let crosses_border = whole.is_none() && !change.is_insertion() && {
            let (low, high) = (
                exon_edge(transcript, first, true),
                exon_edge(transcript, last, false),
            );
            low < high && low.max(start) < high.min(end)
        };
        Self {
            first,
            last,
            edit: edit.map(|(from, to)| (from as usize, to as usize)),
            crosses_border,
            insertion_at_border,
        }
    }

    fn consequence(&self, transcript: &Transcript, change: &Change) -> Consequence {
        let mut terms = splice_terms(transcript, change);
        self.utr_terms(transcript, &mut terms);
        let coding = self.edit.is_some() || self.crosses_border;
        let outside = matches!(self.first, Place::Downstream(_)) || matches!(self.last, Place::Upstream(_));
        let region = if coding {
            Region::Coding
        } else if terms
            .iter()
            .any(|t| matches!(t, SoTerm::SpliceDonor | SoTerm::SpliceAcceptor))
        {
            Region::SpliceSite
        } else if terms.contains(&SoTerm::FivePrimeUtr) {
            Region::FivePrimeUtr
        } else if terms.contains(&SoTerm::ThreePrimeUtr) {
            Region::ThreePrimeUtr
        } else if outside {
            Region::Outside
        } else if near_exon(self.first) || near_exon(self.last) {
            Region::SpliceRegion
        } else {
            Region::Intron
        };
        Consequence {
            gene: transcript.gene().to_owned(),
            transcript: transcript.accession().to_owned(),
            region,
            exon: self.exons(transcript),
            intron: self.introns(transcript),
            terms,
            hgvs_c: None,
            hgvs_p: None,
            hgvs_p_short: None,
            protein_change: None,
            cds_range: self.cds_range(transcript),
            nmd_escape: None,
            source: SequenceSource::Coordinates,
            note: None,
        }
    }

    fn utr_terms(&self, transcript: &Transcript, terms: &mut Vec<SoTerm>) {
        let (start, end) = transcript.coding;
        let length = transcript.spliced_length();
        if let (Place::Upstream(_), Place::Downstream(_)) = (self.first, self.last) {
            terms.push(SoTerm::TranscriptAblation);
            return;
        }
        match (self.first, self.last) {
            (_, Place::Upstream(d)) => {
                terms.push(if d <= NEIGHBORHOOD {
                    SoTerm::Upstream
                } else {
                    SoTerm::Intergenic
                });
                return;
            }
            (Place::Downstream(d), _) => {
                terms.push(if d <= NEIGHBORHOOD {
                    SoTerm::Downstream
                } else {
                    SoTerm::Intergenic
                });
                return;
            }
            _ => {}
        }
        let (low, high) = (
            exon_edge(transcript, self.first, true),
            exon_edge(transcript, self.last, false),
        );
        // An insertion has both neighbors: it is in a UTR unless it is coding.
        let (low, high) = match (self.first, self.last) {
            (Place::Exon { offset: a, .. }, Place::Exon { offset: b, .. })
                if b == a + 1 && self.edit.is_none() =>
            {
                (a, b + 1)
            }
            _ => (low, high),
        };
        if low < high.min(start) {
            terms.push(SoTerm::FivePrimeUtr);
        }
        if low.max(end) < high.min(length) {
            terms.push(SoTerm::ThreePrimeUtr);
        }
    }

    fn cds_range(&self, transcript: &Transcript) -> Option<(u32, u32)> {
        let (start, end) = transcript.coding;
        let (low, high) = match self.edit {
            Some((from, to)) if from == to => {
                let at = u32::try_from(from).ok()?;
                (at - 1, at + 1)
            }
            Some((from, to)) => (u32::try_from(from).ok()?, u32::try_from(to).ok()?),
            None if self.crosses_border => (
                exon_edge(transcript, self.first, true),
                exon_edge(transcript, self.last, false),
            ),
            None => return None,
        };
        Some((low.max(start) - start + 1, high.min(end) - start))
    }

    fn exons(&self, transcript: &Transcript) -> Option<String> {
        let count = transcript.exon_count();
        let index = |place, behind: bool| match place {
            Place::Exon { index, .. } => Some(index),
            // A deletion from intron to intron holds the exons between them.
            Place::Intron { index, .. } if behind => Some(index + 1),
            Place::Intron { index, .. } => Some(index),
            Place::Upstream(_) if behind => Some(0),
            Place::Downstream(_) if !behind => Some(count - 1),
            _ => None,
        };
        let (first, last) = (index(self.first, true)?, index(self.last, false)?);
        numbered(first, last, count)
    }

    fn introns(&self, transcript: &Transcript) -> Option<String> {
        let count = transcript.exon_count().checked_sub(1).filter(|n| *n > 0)?;
        let first = match self.first {
            Place::Intron { index, .. } | Place::Exon { index, .. } => index,
            Place::Upstream(_) => 0,
            Place::Downstream(_) => return None,
        };
        let last = match self.last {
            Place::Intron { index, .. } => index,
            Place::Exon { index, .. } => index.checked_sub(1)?,
            Place::Downstream(_) => count - 1,
            Place::Upstream(_) => return None,
        };
        numbered(first, last, count)
    }
}

/// Returns the spliced offset of the first exon base at or behind a place, or of the base behind the last at or before it.
fn exon_edge(transcript: &Transcript, place: Place, first: bool) -> u32 {
    match place {
        Place::Exon { offset, .. } => offset + u32::from(!first),
        Place::Intron { index, .. } => transcript.exons()[index + 1].offset,
        Place::Upstream(_) => 0,
        Place::Downstream(_) => transcript.spliced_length(),
    }
}

fn numbered(first: usize, last: usize, count: usize) -> Option<String> {
    match first.cmp(&last) {
        std::cmp::Ordering::Less => Some(format!("{}-{}/{count}", first + 1, last + 1)),
        std::cmp::Ordering::Equal => Some(format!("{}/{count}", first + 1)),
        std::cmp::Ordering::Greater => None,
    }
}

/// Returns whether a place is within the first or last eight bases of an intron.
fn near_exon(place: Place) -> bool {
    matches!(place, Place::Intron { from_donor, from_acceptor, .. } if from_donor.min(from_acceptor) <= 8)
}
