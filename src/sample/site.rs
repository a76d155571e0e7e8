//! What a variant is on the panel, whoever carries it: consequence on each gene's transcript, and what the rules say.

use std::sync::Arc;

use super::file_annotation;
use super::targets::{GeneTarget, Targets};
use crate::drivers::oncogenic::{OncogenicVerdict, Strength, look_up};
use crate::drivers::{
    InheritanceKind, Verdict, consensus, is_known_somatic, match_rules, name_event, slack, undetermined_rules,
};
use crate::evidence::Evidence;
use crate::evidence::{FileAnnotation, SampleAllele};
use crate::genome::{Allele, Event, Variant};
use crate::panel::{PanelGene, RuleSetChoice};
use crate::transcript::ConsequenceNote;
use crate::transcript::{
    AnnotateError, Annotator, Consequence, EventName, NamedEvent, SequenceSource, SoTerm, Transcript,
    place_event,
};

/// Annotates variants on a panel and asks its rules.
#[derive(Debug)]
pub struct SiteAnnotator<'a> {
    /// Where the panel looks.
    pub targets: Targets<'a>,
    /// Transcripts and sequence.
    pub annotator: Arc<Annotator>,
    /// The rule set that decides.
    pub rules: RuleSetChoice,
    /// The sequencing platform, where it is one that rules of the panel are specific to.
    pub platform: Option<String>,
}

/// A variant on one gene of the panel.
#[derive(Debug)]
pub struct SiteOnGene<'s, 'a> {
    /// The gene with its transcript.
    pub target: &'s GeneTarget<'a>,
    /// The variant, left-aligned where bases are known, or the event.
    pub variant: Allele,
    /// What it does.
    pub consequence: Consequence,
}

/// What the rules say of a variant.
#[derive(Debug)]
pub struct Ruling {
    /// The verdict of the chosen set.
    pub verdict: Verdict,
    /// Whether it is a known somatic change.
    pub known_somatic: bool,
    /// Whether a rule that matches spares it from the germline test.
    pub germline_exempt: bool,
    /// What the rules for IPSS-M say.
    pub oncogenic: OncogenicVerdict,
    /// What kind of variant it is, which tells how often such a one is inherited.
    pub inheritance_kind: InheritanceKind,
    /// Alternative fragments that the deciding rule is content with, where it says so.
    pub min_alt: Option<u32>,
}

impl<'a> SiteAnnotator<'a> {
    /// Annotates a variant on every panel gene whose searched region it touches (there is nearly always one).
    pub fn annotate(
        &self,
        variant: &Variant,
        annotations: &[FileAnnotation],
    ) -> Result<Vec<SiteOnGene<'_, 'a>>, AnnotateError> {
        let variant = variant.clone().left_aligned(self.annotator.bases());
        let range = variant.position()..=variant.end() + slack(&variant, self.annotator.bases());
        self.targets
            .overlapping(variant.chromosome(), &range)
            .map(|target| {
                let mut consequence = self.consequence(&variant, target, annotations)?;
                let allele = Allele::from(variant.clone());
                consequence.event =
                    name_event(&allele, &consequence, target.transcript, self.annotator.bases());
                if holds_intron(&consequence, target.transcript) {
                    forget_protein(&mut consequence);
                }
                Ok(SiteOnGene {
                    target,
                    variant: allele,
                    consequence,
                })
            })
            .collect()
    }

    /// Places an event on every panel gene for which its kind has a name; the bases of one that can be written out are not looked at.
    pub fn place(&self, event: &Event) -> Vec<SiteOnGene<'_, 'a>> {
        let allele = Allele::from(event.clone());
        let (first, last) = event.stretch.unwrap_or((event.position, event.end));
        let range = first..=last;
        let mut sites = Vec::new();
        for target in self.targets.reached(event.chromosome, &range) {
            let mut consequence = place_event(event, target.transcript);
            consequence.event = name_event(&allele, &consequence, target.transcript, self.annotator.bases());
            if consequence.event.is_some() {
                sites.push(SiteOnGene {
                    target,
                    variant: allele.clone(),
                    consequence,
                });
            }
        }
        sites
    }

    /// Writes out in bases those events that are told to the base, so that they are read as any other change.
    pub fn write_out(&self, alleles: &mut [SampleAllele]) {
        for allele in alleles {
            let written = allele.event().and_then(|e| e.to_sequence(self.annotator.bases()));
            if let Some(variant) = written {
                allele.allele = variant.into();
            }
        }
    }

    /// Annotates from sequence; where there is none, takes over what the file says on the panel's transcript.
    fn consequence(
        &self,
        variant: &Variant,
        target: &GeneTarget<'_>,
        annotations: &[FileAnnotation],
    ) -> Result<Consequence, AnnotateError> {
        let own = self.annotator.annotate(variant, target.transcript)?;
        if own.source != SequenceSource::None {
            return Ok(own);
        }
        Ok(file_annotation::take_over(&own, annotations, target.transcript).unwrap_or(own))
    }

    /// Asks the rules of the gene; `evidence` matters where a rule asks for a VAF.
    pub fn rule(&self, gene: &PanelGene, site: &SiteOnGene<'_, '_>, evidence: &Evidence) -> Ruling {
        let (consequence, variant) = (&site.consequence, &site.variant);
        let platform = self.platform.as_deref();
        let matches = match_rules(gene, consequence, variant, evidence, platform);
        let known_somatic = is_known_somatic(gene, consequence, &matches);
        let oncogenic = look_up(gene, consequence, variant, evidence, platform, &matches);
        let undetermined = undetermined_rules(gene, consequence, variant);
        let verdict = consensus::decide(self.rules, gene, consequence, matches, &undetermined);
        let deciding = gene.rules.iter().find(|r| Some(&r.id) == verdict.rule.as_ref());
        let exempts = |id: &String| gene.rules.iter().any(|r| r.id == *id && r.germline_exempt);
        Ruling {
            inheritance_kind: inheritance_kind(gene, known_somatic, &oncogenic),
            oncogenic,
            known_somatic,
            germline_exempt: verdict.rules.iter().any(|m| exempts(&m.id)),
            min_alt: deciding.and_then(|r| r.min_alt),
            verdict,
        }
    }
}

/// Whether a named duplication holds bases of an intron.
fn holds_intron(consequence: &Consequence, transcript: &Transcript) -> bool {
    let is_twice = |event: &&NamedEvent| event.name != EventName::ExonDeletion;
    let event = consequence.event.as_ref().filter(is_twice);
    let stretch = event.and_then(|event| event.stretch);
    let within = |(first, last): (u32, u32)| {
        let mut exons = transcript.exons().iter();
        exons.any(|exon| exon.start <= first && last <= exon.end)
    };
    stretch.is_some_and(|stretch| !within(stretch))
}

/// Takes back a protein change that was read off the bases as if none were spliced out.
fn forget_protein(consequence: &mut Consequence) {
    consequence.terms = vec![SoTerm::CodingSequence];
    consequence.hgvs_p = None;
    consequence.hgvs_p_short = None;
    consequence.protein_change = None;
    consequence.nmd_escape = None;
    consequence.set_note(ConsequenceNote::OverExonBorder);
}

/// Returns what kind of variant it is; hotspots of a predisposition gene are those of its syndrome too (TP53).
fn inheritance_kind(gene: &PanelGene, known_somatic: bool, oncogenic: &OncogenicVerdict) -> InheritanceKind {
    let strength = oncogenic.matched.as_ref().map(|m| m.strength);
    if strength.is_none() && !known_somatic {
        InheritanceKind::Unlisted
    } else if gene.germline_predisposition || gene.inherited_share.is_some() {
        InheritanceKind::Predisposition
    } else if known_somatic || strength == Some(Strength::Named) {
        InheritanceKind::Hotspot
    } else if strength == Some(Strength::Truncation) {
        InheritanceKind::Truncation
    } else {
        InheritanceKind::Domain
    }
}
