//! Copies of the panel's genes: asked of the depth, and held against what is stated.

use super::{Analyzer, IdentityCode, IdentityHint, ReadsInput};
use crate::copies::{
    self, CopyInput, CopyNumber, CopyRegion, GenePlace, SiteInput, duplication_allele, heterozygous_sites,
    tp53_fraction,
};
use crate::drivers::Call;
use crate::evidence::SampleAllele;
use crate::genome::Sex;
use crate::karyotype::{KaryotypeAssessment, KaryotypeFlags};
use crate::patient::Clinical;
use crate::transcript::EventName;

impl Analyzer<'_> {
    /// Tells the copies of a sample by its reads.
    pub(super) fn copies(&self, reads: Option<&ReadsInput>, sex: Option<Sex>) -> CopyNumber {
        let places = self.places();
        let Some(reads) = reads else {
            return copies::without_depth(&places, self.site.targets.build, sex);
        };
        copies::assess(&CopyInput {
            places: &places,
            exons: &reads.exons,
            junctions: &reads.junctions,
            amplicons: reads.amplicons,
            kmt2a: self.site.targets.kmt2a().map(|(transcript, _)| transcript),
            build: self.site.targets.build,
            sex,
        })
    }

    fn places(&self) -> Vec<GenePlace> {
        let place = |target: &super::GeneTarget<'_>| {
            Some(GenePlace {
                gene: target.gene.symbol.clone(),
                chromosome: target.transcript.chromosome(),
                position: *target.searched.first()?.start(),
            })
        };
        self.site.targets.genes.iter().filter_map(place).collect()
    }

    /// Adds what the fractions of heterozygous sites and of TP53 mutations say.
    pub(super) fn add_fractions(
        &self,
        copies: &mut CopyNumber,
        calls: &[Call],
        identity: &[IdentityHint],
        (reads, sex): (Option<&ReadsInput>, Option<Sex>),
    ) {
        let unreliable = reads.map(|r| r.not_unique.as_slice()).unwrap_or_default();
        copies.add_sites(&SiteInput {
            sites: &heterozygous_sites(calls, unreliable),
            build: self.site.targets.build,
            sex,
            amplicons: reads.is_some_and(|r| r.amplicons),
            mixed: identity.iter().any(|h| h.code == IdentityCode::OtherPersonsDna),
        });
        copies.tp53 = tp53_fraction(calls);
    }

    /// Returns the duplication as an allele, unless a file of variants tells it already.
    pub(super) fn duplication(
        &self,
        copies: &CopyNumber,
        reads: &ReadsInput,
        alleles: &[SampleAllele],
    ) -> Option<SampleAllele> {
        let (transcript, _) = self.site.targets.kmt2a()?;
        let is_told = |allele: &SampleAllele| {
            let sites = allele
                .event()
                .map(|event| self.site.place(event))
                .unwrap_or_default();
            let names = sites.iter().filter_map(|site| site.consequence.event.as_ref());
            names.into_iter().any(|event| event.name == EventName::Kmt2aPtd)
        };
        if alleles.iter().any(is_told) {
            return None;
        }
        duplication_allele(
            &copies.ptd,
            &reads.exons,
            transcript,
            transcript.chromosome().name(),
        )
    }
}

/// Notes of each region whether the laboratory or the karyotype states it.
pub(super) fn hold_against(
    copies: &mut CopyNumber,
    clinical: &Clinical,
    karyotype: Option<&KaryotypeAssessment>,
) {
    let of_karyotype = |test: fn(&KaryotypeFlags) -> bool| karyotype.and_then(|k| k.known(test));
    for region in &mut copies.regions {
        region.stated = match region.region {
            CopyRegion::Loss5q => clinical.del5q.or(of_karyotype(|f| f.del5q || f.monosomy5)),
            CopyRegion::Loss7q => clinical.del7_7q.or(of_karyotype(|f| f.del7_7q)),
            CopyRegion::Loss17p => clinical.del17_17p.or(of_karyotype(|f| f.del17_17p)),
            CopyRegion::Loss20q => of_karyotype(|f| f.del20q),
            CopyRegion::LossX => of_karyotype(|f| f.lost_x),
            CopyRegion::Gain8 => of_karyotype(|f| f.trisomy8),
        };
    }
}
