use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::filters::Filters;
use super::rule_set::RuleSet;
use super::text::Text;
use crate::transcript::EventName;

/// A loaded panel: what is looked at, and by which rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Panel {
    /// Short name, `myeloid33`.
    pub name: String,
    /// Version of the panel's content, changed whenever a gene, rule or threshold changes.
    pub version: String,
    /// What the panel is for.
    pub title: Text,
    /// Cut-offs, each recorded in every report.
    pub thresholds: Thresholds,
    /// Filters of read evidence, inheritance and artifacts, each recorded in every report.
    #[serde(default)]
    pub filters: Filters,
    /// Genes in alphabetical order of symbol.
    pub genes: Vec<PanelGene>,
    /// Where the rules and facts come from, by key.
    pub sources: IndexMap<String, Source>,
}

impl Panel {
    /// Returns the entry of a gene symbol.
    pub fn gene(&self, symbol: &str) -> Option<&PanelGene> {
        self.genes.iter().find(|g| g.symbol == symbol)
    }

    /// Returns the platforms that rules of the panel are specific to, in alphabetical order.
    pub fn platforms(&self) -> Vec<&str> {
        let rules = self.genes.iter().flat_map(|g| g.rules.iter().chain(&g.oncogenic));
        let mut names: Vec<&str> = rules.flat_map(|r| &r.platforms).map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// Where a rule, threshold or fact comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Citation as printed in a report: first author, journal, year, volume and page.
    pub citation: String,
    /// DOI or PubMed id, where there is one.
    #[serde(default)]
    pub doi: Option<String>,
    /// How the content was seen: the paper, its abstract, another project's encoding, or memory.
    #[serde(default)]
    pub seen: Option<String>,
}

/// The cut-offs of a panel.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// Smallest VAF of CHIP: 0.02 (WHO 5th edition 2022; ICC 2022).
    pub min_vaf: f64,
    /// Smallest VAF in a male for a gene on X: 0.04 (WHO 5th edition 2022), since one X carries twice the fraction.
    pub min_vaf_x_linked_male: f64,
    /// Smallest depth for a decision: 20 (Vlasschaert 2023).
    pub min_depth: u32,
    /// Smallest number of alternative fragments: 3 (Vlasschaert 2023, first pass).
    pub min_alt: u32,
}

/// One gene of a panel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PanelGene {
    /// HGNC symbol.
    pub symbol: String,
    /// RefSeq transcript with version that all rules of this gene are stated on (MANE Select unless a comment says why not).
    pub transcript: String,
    /// Whether the X-linked threshold applies in males.
    pub x_linked: bool,
    /// What the gene does.
    pub class: GeneClass,
    /// What IPSS-M makes of the gene.
    pub ipssm: IpssmRole,
    /// Whether germline variants of the gene predispose to myeloid neoplasms, so that a call needs confirmation.
    pub germline_predisposition: bool,
    /// Whether the Clonal Hematopoiesis Risk Score counts the gene as high-risk (Weeks 2023).
    pub chrs_high_risk: bool,
    /// Other numberings in use, for the common name of a change.
    pub aliases: Vec<NumberingAlias>,
    /// Driver rules of all sets.
    pub rules: Vec<Rule>,
    /// What IPSS-M counts as an oncogenic mutation of the gene, a question of its own beside the sets for clonal hematopoiesis.
    #[serde(default)]
    pub oncogenic: Vec<Rule>,
    /// What IPSS-M makes of a change of the protein that no rule of `oncogenic` matches.
    #[serde(default)]
    pub oncogenic_other: OtherChanges,
    /// Share of people with a mutation of the gene who inherited it, 0 to 1; for genes of inherited predisposition.
    #[serde(default)]
    pub inherited_share: Option<f64>,
    /// Where the consensus departs from counting the sets.
    pub consensus: Vec<ConsensusLimit>,
    /// What the consensus comes to for this gene and why, for people.
    pub consensus_note: Option<String>,
    /// Cited facts on risk.
    pub facts: Vec<RiskFact>,
}

#[cfg(test)]
impl PanelGene {
    /// Returns a gene without rules or facts, for tests to fill in.
    pub(crate) fn of_no_rules(symbol: &str) -> Self {
        Self {
            symbol: symbol.to_owned(),
            transcript: "NM_000000.1".to_owned(),
            x_linked: false,
            class: GeneClass::Other,
            ipssm: IpssmRole::None,
            germline_predisposition: false,
            chrs_high_risk: false,
            aliases: Vec::new(),
            rules: Vec::new(),
            oncogenic: Vec::new(),
            oncogenic_other: OtherChanges::default(),
            inherited_share: None,
            consensus: Vec::new(),
            consensus_note: None,
            facts: Vec::new(),
        }
    }
}

/// An older or other numbering of a gene's residues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberingAlias {
    /// The transcript or the habit that numbers so, `NM_080425`.
    pub name: String,
    /// Added to the panel transcript's residue number to get this numbering's.
    pub offset: i32,
    /// First residue (panel numbering) that the offset holds for.
    pub first: u32,
    /// Last residue (panel numbering) that the offset holds for.
    pub last: u32,
    /// Whether clinicians know changes by this numbering, so that it is the common name (JAK2 needs none; GNAS R201 does).
    #[serde(default)]
    pub common: bool,
}

/// What a gene does, as the report groups it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GeneClass {
    /// DNA methylation.
    DnaMethylation,
    /// Chromatin and histones.
    Chromatin,
    /// RNA splicing.
    Splicing,
    /// Signalling.
    Signalling,
    /// DNA damage response.
    DnaDamage,
    /// Transcription factors.
    Transcription,
    /// Cohesin and chromosome structure.
    Cohesin,
    /// Everything else.
    Other,
}

impl GeneClass {
    /// Returns the name used in panel files and outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DnaMethylation => "dna_methylation",
            Self::Chromatin => "chromatin",
            Self::Splicing => "splicing",
            Self::Signalling => "signalling",
            Self::DnaDamage => "dna_damage",
            Self::Transcription => "transcription",
            Self::Cohesin => "cohesin",
            Self::Other => "other",
        }
    }
}

/// What IPSS-M makes of a gene (Bernard 2022).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum IpssmRole {
    /// Has a coefficient of its own.
    Main,
    /// Counts as one of the residual genes.
    Residual,
    /// Not part of IPSS-M.
    #[default]
    None,
}

/// What IPSS-M makes of a change of the protein that no rule for oncogenic mutations matches.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum OtherChanges {
    /// It may be one: the gene is in doubt, neither mutated nor unmutated.
    #[default]
    InDoubt,
    /// It is none: in this gene only what the rules name is oncogenic.
    NotCounted,
}

/// One driver rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rule {
    /// Unique within the panel, `DNMT3A-missense-bick`.
    pub id: String,
    /// The sets that state this rule.
    pub sets: Vec<RuleSet>,
    /// Keys of [`Panel::sources`].
    pub sources: Vec<String>,
    /// What matches.
    pub kind: RuleKind,
    /// Smallest VAF for an including rule, above the panel's.
    pub min_vaf: Option<f64>,
    /// VAF below which an excluding rule holds (ASXL1 G646Wfs*12: 0.10, Vlasschaert 2023); without it, it always holds.
    pub below_vaf: Option<f64>,
    /// Fewer alternative fragments suffice for this rule (a hotspot known beforehand).
    pub min_alt: Option<u32>,
    /// Whether a VAF near one half is no doubt about what the rule matches: the source spares it from its germline test.
    #[serde(default)]
    pub germline_exempt: bool,
    /// Turns the rule round: a match is excluded from the sets, with `note` as the reason.
    pub exclude: bool,
    /// What the excluded change is taken for, where the source says so.
    #[serde(default)]
    pub excluded_as: Option<ExcludedAs>,
    /// Platforms that the exclusion was seen on, `ukb-exome`: on one of them it holds, on any other it only marks the call.
    /// Empty for an exclusion that holds everywhere.
    #[serde(default)]
    pub platforms: Vec<String>,
    /// How the published residue numbers were brought to the panel's transcript, where they stood on another.
    pub numbering: Option<String>,
    /// Remark for people.
    pub note: Option<String>,
}

#[cfg(test)]
impl Rule {
    /// Returns an including rule without conditions, for tests to fill in.
    pub(crate) fn of_kind(id: &str, sets: &[RuleSet], kind: RuleKind) -> Self {
        Self {
            id: id.to_owned(),
            sets: sets.to_vec(),
            sources: Vec::new(),
            kind,
            min_vaf: None,
            below_vaf: None,
            min_alt: None,
            germline_exempt: false,
            exclude: false,
            excluded_as: None,
            platforms: Vec::new(),
            numbering: None,
            note: None,
        }
    }
}

/// What an excluding rule takes its changes for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExcludedAs {
    /// Inherited variants.
    Inherited,
    /// Errors of sequencing or alignment.
    Artifact,
}

/// Where the consensus departs from counting the sets, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsensusLimit {
    /// The most that the consensus makes of the changes.
    pub at_most: ConsensusState,
    /// Short HGVS changes it is limited to; empty for the whole gene.
    #[serde(default)]
    pub changes: Vec<String>,
    /// Why.
    pub note: String,
}

/// What a consensus limit allows at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsensusState {
    /// A person must look.
    Review,
    /// Never a driver.
    NotDriver,
}

/// Classes of variants that a range or list rule speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VariantClass {
    /// Frameshift.
    Frameshift,
    /// Premature stop.
    StopGained,
    /// The two intron bases next to an exon.
    SpliceSite,
    /// The fifth base of an intron, or an insertion or deletion among bases three to six.
    SpliceDonorRegion,
    /// The start codon is lost.
    StartLost,
    /// The stop codon is lost.
    StopLost,
    /// One residue for another.
    Missense,
    /// In-frame insertion, deletion, duplication or delins.
    Inframe,
}

impl VariantClass {
    /// Returns the name used in panel files and outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Frameshift => "frameshift",
            Self::StopGained => "stop_gained",
            Self::SpliceSite => "splice_site",
            Self::SpliceDonorRegion => "splice_donor_region",
            Self::StartLost => "start_lost",
            Self::StopLost => "stop_lost",
            Self::Missense => "missense",
            Self::Inframe => "inframe",
        }
    }
}

/// What a rule matches. Residues and coding bases are 1-based on the panel's own transcript, ranges inclusive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RuleKind {
    /// Any variant of the classes, anywhere in the coding sequence.
    Anywhere {
        /// Classes that match.
        classes: Vec<VariantClass>,
    },
    /// Any variant of the classes whose first changed residue lies in one of the ranges.
    Residues {
        /// Classes that match.
        classes: Vec<VariantClass>,
        /// Residue ranges.
        ranges: Vec<(u32, u32)>,
    },
    /// Any variant of the classes in one of the exons (numbers of the panel's own transcript, UTR exons counted).
    Exons {
        /// Classes that match.
        classes: Vec<VariantClass>,
        /// Exon numbers.
        exons: Vec<u32>,
    },
    /// Listed substitutions, `R882H`.
    Substitutions {
        /// Reference residue, position, new residue.
        changes: Vec<String>,
    },
    /// Any substitution at listed residues, `R882`.
    AnySubstitutionAt {
        /// Reference residue and position.
        residues: Vec<String>,
    },
    /// Listed in-frame changes in short HGVS, `F732del`, `H538_K539delinsL`.
    InframeList {
        /// Short HGVS without `p.`.
        changes: Vec<String>,
    },
    /// Any in-frame change of the classes wholly or partly in a range of residues.
    InframeIn {
        /// First and last residue.
        range: (u32, u32),
        /// Whether insertions and duplications count.
        insertions: bool,
        /// Whether deletions count.
        deletions: bool,
    },
    /// An insertion or duplication placed between two coding bases, `c.860_861ins`.
    CdsInsertions {
        /// The coding base before the insertion.
        after: Vec<u32>,
        /// Whether only frameshifts count.
        frameshift: bool,
    },
    /// A frameshift whose first changed residue is listed, `W288fs`; a stop number limits it to one new frame.
    FrameshiftAt {
        /// `W288fs`, `G646Wfs*12`.
        changes: Vec<String>,
    },
    /// Listed changes of the coding DNA by their HGVS name, `c.1934dup`, `c.855+1G>A`: whatever has no protein name too.
    CodingChanges {
        /// HGVS c. names on the panel's transcript.
        changes: Vec<String>,
    },
    /// Changes that have a name of their own, in frame or not known to be out of it.
    Events {
        /// The names.
        events: Vec<EventName>,
    },
    /// A stop at listed residues, `R603*`.
    StopAt {
        /// Reference residue and position with `*`.
        changes: Vec<String>,
    },
}

/// A cited fact on what a mutation of the gene means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RiskFact {
    /// What it is about.
    pub kind: RiskKind,
    /// The fact in both languages.
    pub text: Text,
    /// Key of [`Panel::sources`].
    pub source: String,
    /// Residue range that the fact is limited to (JAK2 V617), or the whole gene.
    pub residues: Option<(u32, u32)>,
}

/// What a risk fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RiskKind {
    /// Progression to a myeloid neoplasm.
    Progression,
    /// Heart and vessels.
    Cardiovascular,
    /// How fast the clone grows.
    Growth,
    /// Outcome once there is a neoplasm.
    Prognosis,
    /// Treatment: what selects the clone, what acts on it.
    Therapy,
    /// Inherited predisposition.
    Germline,
    /// Anything else.
    Other,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_json() {
        use GeneClass::{
            Chromatin, Cohesin, DnaDamage, DnaMethylation, Other, Signalling, Splicing, Transcription,
        };
        for class in [
            DnaMethylation,
            Chromatin,
            Splicing,
            Signalling,
            DnaDamage,
            Transcription,
            Cohesin,
            Other,
        ] {
            assert_eq!(serde_json::to_value(class).unwrap(), class.name());
        }
    }
}
