use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A change of the protein in a form that rules can be matched against.
///
/// Residues are one-letter codes, `*` for a stop; positions are 1-based residues of the transcript's own protein.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProteinChange {
    /// First residue changed (for an insertion the residue before it).
    pub start: u32,
    /// Last residue changed (for an insertion the residue after it); equals `start` for one residue.
    pub end: u32,
    /// The reference residue at `start`.
    pub reference_start: char,
    /// The reference residue at `end`.
    pub reference_end: char,
    /// What happens to them.
    pub kind: ProteinChangeKind,
}

/// What happens to the residues of a [`ProteinChange`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProteinChangeKind {
    /// No change of the protein, `p.(Leu100=)`.
    Synonymous,
    /// One residue for another; `to` is its one-letter code.
    Substitution {
        /// The new residue.
        to: char,
    },
    /// A stop codon at `start`, by substitution or in frame.
    Nonsense,
    /// A shifted frame; `new` is the first changed residue, `stop_after` residues until and with the new stop
    /// (`None`: no stop before the end of the known sequence).
    Frameshift {
        /// The first new residue.
        new: char,
        /// Distance to the new stop, HGVS `Ter` number.
        stop_after: Option<u32>,
    },
    /// Residues removed in frame.
    Deletion,
    /// Residues repeated in frame.
    Duplication,
    /// Residues put between `start` and `end`.
    Insertion {
        /// The new residues.
        residues: String,
    },
    /// Residues replaced by others in frame.
    Delins {
        /// The new residues.
        residues: String,
    },
    /// The start codon is lost.
    StartLost,
    /// The stop codon becomes a residue.
    Extension {
        /// The residue in place of the stop.
        to: char,
        /// Distance to the next stop; `None` where the sequence behind is not known or has none.
        stop_after: Option<u32>,
    },
}
