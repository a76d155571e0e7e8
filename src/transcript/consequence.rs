use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::note::ConsequenceNote;
use super::{NamedEvent, ProteinChange};

/// What a variant does to one transcript.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Consequence {
    /// HGNC gene symbol.
    pub gene: String,
    /// RefSeq transcript with version.
    pub transcript: String,
    /// Where in the transcript the variant lies.
    pub region: Region,
    /// Exon number and count in transcript direction, `13/13`; for a change that spans exons the first, `5-6/11`.
    pub exon: Option<String>,
    /// Intron number and count in transcript direction, `4/10`.
    pub intron: Option<String>,
    /// Sequence Ontology terms, most severe first, as VEP spells them.
    pub terms: Vec<SoTerm>,
    /// HGVS at the transcript level without the accession, `c.2645G>A`.
    pub hgvs_c: Option<String>,
    /// HGVS of the predicted protein, long form, `p.(Arg882His)`.
    pub hgvs_p: Option<String>,
    /// HGVS of the predicted protein, short form, `p.R882H`.
    pub hgvs_p_short: Option<String>,
    /// The protein change as data; `None` where there is none or it could not be determined.
    pub protein_change: Option<ProteinChange>,
    /// First and last coding base (1-based c. numbers without sign or offset) touched, where the variant is coding.
    pub cds_range: Option<(u32, u32)>,
    /// A premature stop that escapes nonsense-mediated decay by the last-exon and 50-nucleotide rule; `None` where the
    /// variant makes no premature stop or its place is unknown. Never used to drop a call.
    pub nmd_escape: Option<bool>,
    /// Where consequence and protein change came from.
    pub source: SequenceSource,
    /// What could not be determined, and what to do about it.
    pub note: Option<String>,
    /// The same by code, one entry a sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub note_coded: Vec<ConsequenceNote>,
    /// The kind of change that clinicians and scores have a name for, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<NamedEvent>,
}

impl Consequence {
    /// Adds a note behind those that are there.
    pub(crate) fn add_note(&mut self, note: ConsequenceNote) {
        let text = match self.note.take() {
            Some(before) => format!("{before}; {note}"),
            None => note.to_string(),
        };
        self.note = Some(text);
        self.note_coded.push(note);
    }

    /// Puts a note in the place of those that are there.
    pub(crate) fn set_note(&mut self, note: ConsequenceNote) {
        self.note = None;
        self.note_coded.clear();
        self.add_note(note);
    }

    /// Returns the change by its shortest name: of the protein (`p.R882H`), else of the coding sequence.
    pub fn change(&self) -> Option<&str> {
        self.hgvs_p_short.as_deref().or(self.hgvs_c.as_deref())
    }

    /// Returns the most severe term.
    pub fn term(&self) -> Option<SoTerm> {
        self.terms.first().copied()
    }

    /// Returns the severest impact among the terms.
    pub fn impact(&self) -> Impact {
        self.terms
            .iter()
            .map(|t| t.impact())
            .max()
            .unwrap_or(Impact::Modifier)
    }
}

#[cfg(test)]
impl Consequence {
    /// Returns a coding consequence of which nothing else is known, for tests to fill in.
    pub(crate) fn of_nothing_known(source: SequenceSource) -> Self {
        Self {
            gene: "GENE".to_owned(),
            transcript: "NM_000000.1".to_owned(),
            region: Region::Coding,
            exon: None,
            intron: None,
            terms: Vec::new(),
            hgvs_c: None,
            hgvs_p: None,
            hgvs_p_short: None,
            protein_change: None,
            cds_range: None,
            nmd_escape: None,
            source,
            note: None,
            note_coded: Vec::new(),
            event: None,
        }
    }

    /// Returns the consequence that a protein change in short HGVS tells of, without terms.
    pub(crate) fn of_change(change: &str) -> Self {
        Self {
            protein_change: ProteinChange::parse(change),
            ..Self::of_nothing_known(SequenceSource::Embedded)
        }
    }
}

/// Where in a transcript a variant lies; by its most central part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Region {
    /// Coding sequence.
    Coding,
    /// The two bases of an intron next to an exon.
    SpliceSite,
    /// Bases 3 to 8 of an intron.
    SpliceRegion,
    /// Deeper in an intron.
    Intron,
    /// Before the start codon, in an exon.
    FivePrimeUtr,
    /// After the stop codon, in an exon.
    ThreePrimeUtr,
    /// Outside the transcript.
    Outside,
}

/// Which sequence a consequence rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SequenceSource {
    /// The coding sequence inside the program.
    Embedded,
    /// The FASTA given with `--reference`.
    Reference,
    /// A panel bundle's own sequence.
    Bundle,
    /// The annotation that the input file carries (CSQ, ANN, BCSQ, FUNCOTATION, ANNOVAR).
    File,
    /// Coordinates alone: no sequence was needed.
    Coordinates,
    /// No sequence: consequence or protein change not determined.
    None,
}

/// VEP's four classes of impact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Impact {
    /// No or unknown effect.
    Modifier,
    /// Unlikely to change the protein.
    Low,
    /// May change how well the protein works.
    Moderate,
    /// Truncates or removes the protein.
    High,
}

macro_rules! so_terms {
    ($($variant:ident = $name:literal, $impact:ident, $doc:literal;)*) => {
        /// Sequence Ontology terms in VEP's order of severity, most severe first.
        ///
        /// Order and impact: Ensembl VEP, "Calculated variant consequences".
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum SoTerm {
            $(#[doc = $doc] #[serde(rename = $name)] $variant,)*
        }

        impl SoTerm {
            /// Every term, most severe first.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the term as VEP writes it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Returns VEP's impact of the term.
            pub const fn impact(self) -> Impact {
                match self { $(Self::$variant => Impact::$impact,)* }
            }

            /// Reads a term as VEP, SnpEff or bcftools csq write it.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|t| t.name() == name)
            }
        }
    };
}

so_terms! {
    TranscriptAblation = "transcript_ablation", High, "The whole transcript is deleted.";
    SpliceAcceptor = "splice_acceptor_variant", High, "The last two bases of an intron.";
    SpliceDonor = "splice_donor_variant", High, "The first two bases of an intron.";
    StopGained = "stop_gained", High, "A premature stop codon.";
    Frameshift = "frameshift_variant", High, "A coding indel whose length is no multiple of three.";
    StopLost = "stop_lost", High, "The stop codon becomes a residue.";
    StartLost = "start_lost", High, "The start codon is changed.";
    FeatureElongation = "feature_elongation", High, "A stretch of the transcript is there twice, or bases are put in that are not known.";
    FeatureTruncation = "feature_truncation", High, "A stretch of the transcript is lost.";
    InframeInsertion = "inframe_insertion", Moderate, "Residues added in frame.";
    InframeDeletion = "inframe_deletion", Moderate, "Residues removed in frame.";
    Missense = "missense_variant", Moderate, "Another residue, same length.";
    ProteinAltering = "protein_altering_variant", Moderate, "A change of the protein that is none of the others.";
    SpliceDonorFifthBase = "splice_donor_5th_base_variant", Low, "The fifth base of an intron.";
    SpliceRegion = "splice_region_variant", Low, "One to three bases of the exon or three to eight of the intron.";
    SpliceDonorRegion = "splice_donor_region_variant", Low, "Bases three to six of an intron.";
    SplicePolypyrimidine = "splice_polypyrimidine_tract_variant", Low, "Bases -3 to -17 before an exon.";
    IncompleteTerminalCodon = "incomplete_terminal_codon_variant", Low, "The last, incomplete codon of a partial transcript.";
    StartRetained = "start_retained_variant", Low, "The start codon is changed but still one.";
    StopRetained = "stop_retained_variant", Low, "The stop codon is changed but still one.";
    Synonymous = "synonymous_variant", Low, "No change of the protein.";
    CodingSequence = "coding_sequence_variant", Modifier, "Coding, effect not determined.";
    FivePrimeUtr = "5_prime_UTR_variant", Modifier, "Before the start codon.";
    ThreePrimeUtr = "3_prime_UTR_variant", Modifier, "After the stop codon.";
    NonCodingExon = "non_coding_transcript_exon_variant", Modifier, "An exon of a non-coding transcript.";
    Intron = "intron_variant", Modifier, "In an intron.";
    Upstream = "upstream_gene_variant", Modifier, "Before the transcript.";
    Downstream = "downstream_gene_variant", Modifier, "Behind the transcript.";
    Intergenic = "intergenic_variant", Modifier, "Between genes.";
}
