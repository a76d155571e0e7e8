//! What the analysis of a sample rests on.

use super::{Settings, SiteAnnotator};
use crate::panel::Panel;
use crate::plasma_cell;
use crate::variants::RecurrentAlleles;

/// What is the same for all samples of one build.
#[derive(Debug)]
pub struct Analyzer<'a> {
    /// The panel.
    pub panel: &'a Panel,
    /// Checksum of the panel.
    pub checksum: String,
    /// Where it looks, transcripts, sequence and the rules that decide.
    pub site: &'a SiteAnnotator<'a>,
    /// Cut-offs and options, recorded in each result.
    pub settings: Settings,
    /// How often other samples hold an allele.
    pub recurrent: Option<&'a RecurrentAlleles>,
    /// What was asked of the plasma-cell road; recorded in its section.
    pub plasma_cell: plasma_cell::Settings,
}
