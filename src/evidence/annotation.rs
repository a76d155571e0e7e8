//! What a variant file already says of an allele on a transcript, as written.

/// The program that annotated, by the field it writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnnotationSource {
    /// Ensembl VEP.
    Csq,
    /// SnpEff.
    Ann,
    /// bcftools csq.
    Bcsq,
    /// GATK Funcotator.
    Funcotation,
    /// ANNOVAR.
    Annovar,
    /// SnpEff before version 4.1.
    Eff,
}

impl AnnotationSource {
    /// Returns the name used in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csq => "CSQ",
            Self::Ann => "ANN",
            Self::Bcsq => "BCSQ",
            Self::Funcotation => "FUNCOTATION",
            Self::Annovar => "ANNOVAR",
            Self::Eff => "EFF",
        }
    }
}

/// What a file says of one allele on one transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileAnnotation {
    /// Which field it stood in.
    pub source: AnnotationSource,
    /// Gene symbol.
    pub gene: Option<String>,
    /// Transcript, with its version where the file gives it.
    pub transcript: Option<String>,
    /// Consequence terms as written.
    pub terms: Vec<String>,
    /// HGVS c. (or n.) part, without the transcript before it.
    pub hgvs_c: Option<String>,
    /// HGVS p. part, without the protein before it; may be in one-letter code.
    pub hgvs_p: Option<String>,
    /// Exon as written, `5`, `5/11` or `exon5`.
    pub exon: Option<String>,
    /// Intron as written.
    pub intron: Option<String>,
}

impl FileAnnotation {
    /// Makes an annotation that says nothing yet.
    pub(crate) fn new(source: AnnotationSource) -> Self {
        Self {
            source,
            gene: None,
            transcript: None,
            terms: Vec::new(),
            hgvs_c: None,
            hgvs_p: None,
            exon: None,
            intron: None,
        }
    }
}
