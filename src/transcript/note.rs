//! How the consequence of a variant was told.

use crate::genome::{Build, WrittenEvent};
use crate::text::sayings;

sayings! {
    /// What must be known of a consequence.
    pub enum ConsequenceNote {
        SpliceSpared = "the most 3' place touches a splice site, an equal one leaves it whole: consequence by the latter";
        StartSpared = "the most 3' place touches the start codon, an equal one leaves it whole: consequence by the latter";
        NotMoved = "HGVS c. not moved past bases that are not known: give --reference";
        StartOpen = "whether the start codon is kept hangs on bases before it that are not known: give --reference";
        OtherBase = "GRCh37 has another base here than the transcript and GRCh38: described against GRCh37";
        OverExonBorder = "runs over an exon border: protein change not determined";
        ReferenceNeeded = "protein change not determined: give --reference";
        BasesUnknown = "protein change not determined: bases unknown in the reference";
        AtExonBorder = "insertion at an exon border: read as part of the exon";
        FromFile { source: String, transcript: String } = "from {source} on {transcript}";
        Event { event: WrittenEvent } = "{event}";
        ReferenceMismatch { gene: String, place: String, found: char, build: Build, expected: char } =
            "{gene}: REF does not match at {place}: the file has {found}, {build} has {expected}; most likely the file is on another \
             genome build (--build) or the reference is another one";
        Elsewhere { problem: String } = "{problem}";
    }
}
