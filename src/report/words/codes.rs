use super::Phrase;
use crate::drivers::GeneState;
use crate::drivers::{CallStatus, CloneBackground, InheritanceKind, IpssmDecision, IpssmReason, ReasonCode};
use crate::genome::Sex;
use crate::myeloid::CytogeneticRisk;
use crate::myeloid::assessment::GeneBasis;
use crate::myeloid::ccrs::{CcrsFeature, CcrsGroup};
use crate::myeloid::chrs::{ChrsFeature, ChrsGroup};
use crate::myeloid::eln::{ElnFinding, ElnRisk};
use crate::myeloid::ipss_m::{IpssmComment, IpssmVariable};
use crate::myeloid::ipss_r::{IpssrCategory, IpssrVariable};
use crate::panel::{GeneClass, IpssmRole, RiskKind, RuleSet, RuleSetChoice};
use crate::sample::{ChState, CloneSize, HotspotState, QualityCode, QualityVerdict};
use crate::transcript::{Flt3Domain, Region, SequenceSource, SoTerm};

/// A value that a report can name in words.
pub trait Label {
    /// Returns the words.
    fn label(&self) -> Phrase;
}

/// Every label of a type, for the tests that walk them.
#[cfg(test)]
pub(super) trait AllLabels {
    /// The labels.
    const ALL_LABELS: &'static [Phrase];
}

/// Names the values of a type that are in the table of its name in `languages/`.
macro_rules! labels {
    ($type:ident { $($variant:ident),* }) => {
        impl Label for $type {
            fn label(&self) -> Phrase {
                match self { $(Self::$variant => Phrase::new(stringify!($type), stringify!($variant)),)* }
            }
        }

        #[cfg(test)]
        impl $crate::report::words::codes::AllLabels for $type {
            const ALL_LABELS: &'static [Phrase] = &[$(Phrase::new(stringify!($type), stringify!($variant)),)*];
        }
    };
}

pub(super) use labels;

labels! { CallStatus {
    Driver, DriverReview, Uncertain, GermlineSuspected, ArtifactSuspected, BelowThreshold, ReferenceMismatch
} }

labels! { IpssmDecision {
    Counted, InDoubt, NotCounted
} }

labels! { InheritanceKind {
    Hotspot, Truncation, Predisposition, Domain, Unlisted
} }

labels! { CloneBackground {
    UnknownOrHealthy, Disease
} }

labels! { IpssmReason {
    OncogenicRule, DriverList, InheritedPredisposition, NoRuleMatched, OnlyRulesCount, ProteinUnchanged,
    ProteinChangeUnknown, Excluded, BelowVaf, FewReads, VafUnknown, Population, InNormal, LikelyInherited,
    Artifact, PhaseUnknown, OutOfFrame, ReferenceMismatch
} }

labels! { GeneBasis {
    Given, Call, Covered, StatedCovered, InDoubt, PartlyCovered, NotCovered, NotOnPanel, NotLookedFor,
    NotSeenByDepth, NotShownByReads
} }

labels! { CytogeneticRisk {
    VeryGood, Good, Intermediate, Poor, VeryPoor
} }

labels! { IpssrCategory {
    VeryLow, Low, Intermediate, High, VeryHigh
} }

labels! { IpssrVariable {
    Cytogenetics, MarrowBlasts, Hemoglobin, Platelets, Neutrophils
} }

labels! { IpssmComment {
    NoUncertainty, BelowLimit, StableCategory, AboveLimit
} }

labels! { ChrsGroup {
    Low, Intermediate, High
} }

labels! { ElnRisk {
    Favorable, Intermediate, Adverse
} }

labels! { ElnFinding {
    CoreBinding, Kmt2aMllt3, Kmt2aPartnerOpen, AdverseFusion, AdverseKaryotype, Npm1, Flt3Itd, CebpaBzip,
    Tp53, AnyTp53, MyelodysplasiaGene, Ras, Idh1, Ddx41
} }

labels! { CcrsGroup {
    Low, Intermediate, High
} }

labels! { ChrsFeature {
    SingleDnmt3a, HighRiskMutation, Mutations, MaxVaf, Rdw, Mcv, Cytopenia, Age
} }

labels! { CcrsFeature {
    SplicingMutation, Platelets, Mutations
} }

impl Label for IpssmVariable {
    fn label(&self) -> Phrase {
        match self {
            Self::Hemoglobin => Phrase::new("IpssmVariable", "Hemoglobin"),
            Self::Platelets => Phrase::new("IpssmVariable", "Platelets"),
            Self::Blasts => Phrase::new("IpssmVariable", "Blasts"),
            Self::Cytogenetics => Phrase::new("IpssmVariable", "Cytogenetics"),
            Self::Tp53Multi => Phrase::new("IpssmVariable", "Tp53Multi"),
            Self::Sf3b1Del5q => Phrase::new("IpssmVariable", "Sf3b1Del5q"),
            Self::Sf3b1Alpha => Phrase::new("IpssmVariable", "Sf3b1Alpha"),
            Self::Residual => Phrase::new("IpssmVariable", "Residual"),
            Self::Gene(gene) => Phrase::name(gene.column()),
        }
    }
}

labels! { GeneState {
    Mutated, Undecided, NoDriver, NotDetected, PartlyAssessed, NotAssessed
} }

labels! { GeneClass {
    DnaMethylation, Chromatin, Splicing, Signalling, DnaDamage, Transcription, Cohesin, Other
} }

labels! { IpssmRole {
    Main, Residual, None
} }

labels! { ChState {
    Present, Review, NotDetected, NoneCalled
} }

labels! { CloneSize {
    Below2Percent, From2To10Percent, From10Percent
} }

labels! { QualityVerdict {
    Pass, Limited, Fail
} }

labels! { QualityCode {
    NoReads, PartlyAssessed, Oxidation, Deamination, ErrorExcess, NotUnique, SexContradicts, AnotherPerson
} }

labels! { HotspotState {
    Called, BelowLimit, NotDetected, NotAssessed
} }

labels! { Sex {
    Female, Male
} }

labels! { Region {
    Coding, SpliceSite, SpliceRegion, Intron, FivePrimeUtr, ThreePrimeUtr, Outside
} }

labels! { SequenceSource {
    Embedded, Reference, Bundle, File, Coordinates, None
} }

labels! { RuleSet {
    Bick, Vlasschaert, Niroula, Who, Ipssm, Local
} }

labels! { RuleSetChoice {
    Consensus, Bick, Vlasschaert, Niroula, Who, Local
} }

labels! { RiskKind {
    Progression, Cardiovascular, Growth, Prognosis, Therapy, Germline, Other
} }

labels! { Flt3Domain {
    Juxtamembrane, JuxtamembraneHinge, Tkd1Beta1, Tkd1NucleotideLoop, Tkd1Beta2, Tkd1Behind
} }

labels! { SoTerm {
    TranscriptAblation, SpliceAcceptor, SpliceDonor, StopGained, Frameshift, StopLost, StartLost,
    FeatureElongation, FeatureTruncation, InframeInsertion, InframeDeletion, Missense, ProteinAltering,
    SpliceDonorFifthBase, SpliceRegion, SpliceDonorRegion, SplicePolypyrimidine, IncompleteTerminalCodon,
    StartRetained, StopRetained, Synonymous, CodingSequence, FivePrimeUtr, ThreePrimeUtr, NonCodingExon,
    Intron, Upstream, Downstream, Intergenic
} }

labels! { ReasonCode {
    RuleMatched, ConsensusOfSets, OneSetOnly, ConsensusLimit, IpssmOnly, NoRuleMatched, RuleExcluded,
    RuleVafTooLow, PlatformArtifact, ProteinChangeUnknown, VafBelowThreshold, VafUnknown, DepthBelowMinimum,
    AltBelowMinimum, XLinkedThreshold, SexUnknown, CallerFilter, CallerFilterGermline, CallerFilterArtifact,
    GermlineVaf, PopulationFrequency, PopulationRescued, InNormal, AbsentInNormal, NormalNotAssessed,
    GermlineWindow, GermlineGene, StrandBias, BothStrands, OrientationBias, BothOrientations, Homopolymer,
    LowComplexity, LongIndel, Multiallelic, Clustered, Recurrent, RecurrentRescued, HighVaf, ManyDrivers,
    LowBaseQuality, LowMappingQuality, NoReadCounts, NumberingConverted, DepthOnly, EventImprecise,
    OutsideJuxtamembrane, ReachesIntron, OutOfFrame, LongInsertion, DuplicateRecord, MergedMnv, PartOfMnv,
    ReadsDisagree, ReferenceMismatch, UnphasedCodon
} }

/// The labels of every type.
#[cfg(test)]
pub(super) fn all_labels() -> impl Iterator<Item = Phrase> {
    use IpssmVariable::{
        Blasts, Cytogenetics, Hemoglobin, Platelets, Residual, Sf3b1Alpha, Sf3b1Del5q, Tp53Multi,
    };

    let variables = [
        Hemoglobin,
        Platelets,
        Blasts,
        Cytogenetics,
        Tp53Multi,
        Sf3b1Del5q,
        Sf3b1Alpha,
        Residual,
    ];
    [
        CallStatus::ALL_LABELS,
        IpssmDecision::ALL_LABELS,
        InheritanceKind::ALL_LABELS,
        CloneBackground::ALL_LABELS,
        IpssmReason::ALL_LABELS,
        GeneBasis::ALL_LABELS,
        CytogeneticRisk::ALL_LABELS,
        IpssrCategory::ALL_LABELS,
        IpssrVariable::ALL_LABELS,
        IpssmComment::ALL_LABELS,
        ChrsGroup::ALL_LABELS,
        ElnRisk::ALL_LABELS,
        ElnFinding::ALL_LABELS,
        CcrsGroup::ALL_LABELS,
        ChrsFeature::ALL_LABELS,
        CcrsFeature::ALL_LABELS,
        GeneState::ALL_LABELS,
        GeneClass::ALL_LABELS,
        IpssmRole::ALL_LABELS,
        ChState::ALL_LABELS,
        CloneSize::ALL_LABELS,
        QualityVerdict::ALL_LABELS,
        QualityCode::ALL_LABELS,
        HotspotState::ALL_LABELS,
        Sex::ALL_LABELS,
        Region::ALL_LABELS,
        SequenceSource::ALL_LABELS,
        RuleSet::ALL_LABELS,
        RuleSetChoice::ALL_LABELS,
        RiskKind::ALL_LABELS,
        Flt3Domain::ALL_LABELS,
        SoTerm::ALL_LABELS,
        ReasonCode::ALL_LABELS,
    ]
    .into_iter()
    .flatten()
    .copied()
    .chain(variables.map(|variable| Label::label(&variable)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_translated(phrase: Phrase) -> bool {
        !phrase.en().is_empty() && phrase.en().is_ascii() && !phrase.ja().is_ascii()
    }

    #[test]
    fn has_a_sentence_for_every_reason_status_and_term() {
        for code in ReasonCode::ALL {
            assert!(is_translated(code.label()), "{code:?}");
        }
        for status in CallStatus::ALL {
            assert!(is_translated(status.label()), "{status:?}");
        }
        for term in SoTerm::ALL {
            assert!(is_translated(term.label()), "{term:?}");
        }
    }

    #[test]
    fn says_each_reason_differently() {
        let mut japanese: Vec<_> = ReasonCode::ALL.iter().map(|code| code.label().ja()).collect();
        let total = japanese.len();
        japanese.sort_unstable();
        japanese.dedup();
        assert_eq!(japanese.len(), total);
    }
}
