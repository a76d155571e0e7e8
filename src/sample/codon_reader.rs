//! What the rules make of changes of one codon: whether they may be read as one, and what an unknown phase leaves open.

use super::codons::{Codons, Reading, Unphased};
use super::{GeneTarget, SiteAnnotator, SiteOnGene};
use crate::drivers::{Reason, ReasonCode, ReasonValues, Verdict, VerdictState};
use crate::evidence::Evidence;
use crate::evidence::SampleAllele;
use crate::genome::Variant;

/// Asks sequence and rules of one gene about combined changes.
pub(super) struct CodonReader<'a> {
    /// Transcripts, sequence and rules.
    pub site: &'a SiteAnnotator<'a>,
    /// The gene.
    pub target: &'a GeneTarget<'a>,
}

impl<'a> CodonReader<'a> {
    /// Annotates a combined variant on the gene; the file's own annotations do not know it.
    pub(super) fn site_of(&self, variant: &Variant) -> Option<SiteOnGene<'a, 'a>> {
        let sites = self.site.annotate(variant, &[]).ok()?;
        sites
            .into_iter()
            .find(|s| s.target.gene.symbol == self.target.gene.symbol)
    }

    /// Returns the verdict on a combined variant; `None` where its protein change is not known.
    fn verdict(&self, variant: &Variant, evidence: &Evidence) -> Option<(Verdict, String)> {
        let site = self.site_of(variant)?;
        site.consequence.protein_change.as_ref()?;
        let verdict = self.site.rule(self.target.gene, &site, evidence).verdict;
        Some((verdict, site.consequence.hgvs_p_short.unwrap_or_default()))
    }

    /// Whether changes of one molecule may become one call.
    ///
    /// Within a codon the whole is the truth whatever the parts say. Changes of different codons stay true each alone: they
    /// become one only where no rule that speaks for a part falls silent on the whole.
    pub(super) fn may_merge(&self, merged: &SampleAllele, members: &[&SampleAllele]) -> bool {
        let Some((whole, _)) = merged.sequence().and_then(|v| self.verdict(v, &merged.evidence)) else {
            return false;
        };
        let codons = Codons {
            transcript: self.target.transcript,
            bases: self.site.annotator.bases(),
        };
        let codons_of = |a: &SampleAllele| a.sequence().and_then(|v| codons.of(v));
        if codons_of(merged).is_some_and(|c| c.start() == c.end()) {
            return true;
        }
        let part = |a: &&SampleAllele| self.verdict(a.sequence()?, &merged.evidence);
        members
            .iter()
            .filter_map(part)
            .all(|(part, _)| rank(part.state) <= rank(whole.state))
    }

    /// Adds what reading together, or not being able to, means for a verdict.
    pub(super) fn weigh(&self, verdict: &mut Verdict, reading: &Reading<'_>) {
        if !reading.members.is_empty() {
            let members: Vec<String> = reading.members.iter().map(Variant::to_string).collect();
            add(
                verdict,
                ReasonCode::MergedMnv,
                ReasonValues::Members { changes: members },
            );
        }
        for whole in &reading.part_of {
            let changes = vec![whole.to_string()];
            add(verdict, ReasonCode::PartOfMnv, ReasonValues::Members { changes });
        }
        for unphased in &reading.unphased {
            self.weigh_unphased(verdict, unphased, &reading.allele.evidence);
        }
    }

    fn weigh_unphased(&self, verdict: &mut Verdict, unphased: &Unphased, evidence: &Evidence) {
        let together = unphased
            .together
            .as_ref()
            .and_then(|variant| self.verdict(variant, evidence));
        let protein = together.as_ref().map_or("p.?", |(_, protein)| protein.as_str());
        let values = ReasonValues::Together {
            change: unphased.with.to_string(),
            protein: protein.to_owned(),
        };
        add(verdict, ReasonCode::UnphasedCodon, values);
        if unphased.surely_alone {
            return;
        }
        let whole = together.map(|(whole, _)| whole);
        let whole_state = whole.as_ref().map(|v| v.state);
        match verdict.state {
            VerdictState::Driver if whole_state != Some(VerdictState::Driver) => {
                verdict.state = VerdictState::Review;
            }
            VerdictState::NotDriver | VerdictState::Unknown
                if whole_state.is_some_and(|s| rank(s) >= rank(VerdictState::Review)) =>
            {
                verdict.state = VerdictState::Review;
                verdict.rule = whole.and_then(|v| v.rule);
            }
            _ => {}
        }
    }
}

fn add(verdict: &mut Verdict, code: ReasonCode, values: ReasonValues) {
    verdict.reasons.push(Reason::new(code, values));
}

/// How strongly a verdict speaks for a driver.
const fn rank(state: VerdictState) -> u8 {
    match state {
        VerdictState::NotDriver => 0,
        VerdictState::Unknown => 1,
        VerdictState::Review => 2,
        VerdictState::Driver => 3,
    }
}
