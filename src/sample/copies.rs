//! Copies of the panel's genes: asked of the depth, and held against what is stated.

use super::{Analyzer, ReadsInput};
use crate::copies::{self, CopyInput, CopyNumber, CopyRegion, duplication_allele};
use crate::evidence::SampleAllele;
use crate::genome::Sex;
use crate::karyotype::{KaryotypeAssessment, KaryotypeFlags};
use crate::patient::Clinical;
use crate::transcript::EventName;

impl Analyzer<'_> {
    /// Tells the copies of a sample by its reads.
    pub(super) fn copies(&self, reads: &ReadsInput, sex: Option<Sex>) -> CopyNumber {
        copies::assess(&CopyInput {
            exons: &reads.exons,
            junctions: &reads.junctions,
            amplicons: reads.amplicons,
            kmt2a: self.site.targets.kmt2a().map(|(transcript, _)| transcript),
            build: self.site.targets.build,
            sex,
        })
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
            CopyRegion::Loss20q | CopyRegion::LossX | CopyRegion::Gain8 => None,
        };
    }
}
