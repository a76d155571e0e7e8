//! What the counts of an allele come to: quality, reasons, and the numbers that are printed.

use super::called_variant::CalledVariant;
use super::options::CallOptions;
use super::realign::RealignedSite;
use super::tandem::TandemCounts;
use super::verdict::{self, CallFilter, Neighbor};
use crate::alignments::counts::indel::Indel;
use crate::alignments::counts::observation::{GROUPS, SIGHTS, is_f1r2};
use crate::alignments::counts::substitution::{AlleleReads, Exposure, SiteAllele, share, total};
use crate::alignments::errors::error_model::ErrorModel;
use crate::alignments::errors::prior::{INDEL_ODDS, prior_odds, quality};
use crate::alignments::errors::repeats::class_in;
use crate::alignments::errors::slippage::{Expected, RunAllele, SlippageModel};
use crate::alignments::errors::slippage_counts::Run;
use crate::alignments::errors::tail::chance_of_as_convincing;
use crate::alignments::input::reference::{Reference, letter as letter_of};

/// Makes calls of counts.
pub(crate) struct Judge<'a> {
    /// Substitutions asked for, sorted: a panel has thousands of hotspots.
    pub forced: &'a [(u32, u32, u8)],
    /// Indels with their extents.
    pub neighbors: &'a [Neighbor],
    /// The ends of long duplications, each with the fragments at its junction.
    pub copies: &'a [Neighbor],
    /// Substitution errors.
    pub model: &'a ErrorModel,
    /// Slippage.
    pub slippage: &'a SlippageModel,
    /// The reference.
    pub reference: &'a Reference,
    /// What is called.
    pub options: &'a CallOptions,
}

impl Judge<'_> {
    /// Returns what the counts of a substitution come to.
    pub(crate) fn substitution(&self, allele: &SiteAllele) -> CalledVariant {
        let (means, rates) =
            self.model
                .expected(allele.context, allele.alternate, &allele.exposure, &allele.cycles);
        let (means, rates) = self.options.background.applied(
            (allele.contig, allele.column, allele.alternate),
            (means, rates),
            total(&allele.exposure),
        );
        let by_sight = |e: &Exposure| -> [u32; SIGHTS] {
            std::array::from_fn(|sight| (0..GROUPS).map(|g| e[g][sight]).sum())
        };
        let seen = by_sight(&allele.seen);
        let count = allele.count();
        let vaf = allele.vaf();
        let chance = chance_of_as_convincing(
            seen,
            means,
            rates,
            vaf.max(self.options.min_vaf),
            self.model.dispersion,
        );
        let quality = quality(chance, prior_odds(allele.context.base, allele.alternate));
        let mut filters = self.thresholds(quality, count, vaf);
        filters.extend(verdict::of_substitution(
            allele,
            self.model,
            self.options.filter.is_of_amplicons(),
        ));
        if verdict::is_beside_indel(allele, self.neighbors) || verdict::is_beside_indel(allele, self.copies) {
            filters.push(CallFilter::NearIndel);
        }
        CalledVariant {
            quality,
            filters,
            both_mates: Some(seen[2]),
            expected_errors: means.iter().sum(),
            ..self.counted(allele)
        }
    }

    /// Returns what the reads show of a substitution, not judged yet.
    fn counted(&self, allele: &SiteAllele) -> CalledVariant {
        let count = allele.count();
        let letter = |code| char::from(letter_of(code)).to_string();
        let groups = |e: &Exposure, wanted: fn(usize) -> bool| -> u32 {
            (0..GROUPS)
                .filter(|g| wanted(*g))
                .map(|g| e[g].iter().sum::<u32>())
                .sum()
        };
        let forward: fn(usize) -> bool = |g| g % 2 == 0;
        let reverse: fn(usize) -> bool = |g| g % 2 == 1;
        let f2r1: fn(usize) -> bool = |g| !is_f1r2(g);
        let AlleleReads {
            quality: base_quality,
            mapping_quality,
            ..
        } = allele.reads;
        let mean = |sum: u64| (count > 0).then(|| sum as f64 / f64::from(count));
        CalledVariant {
            contig: allele.contig,
            column: allele.column,
            reference: letter(allele.context.base),
            alternate: letter(allele.alternate),
            quality: 0.0,
            filters: Vec::new(),
            depth: allele.depth,
            ref_count: total(&allele.reference),
            alt_count: count,
            strands: [
                groups(&allele.reference, forward),
                groups(&allele.reference, reverse),
                groups(&allele.seen, forward),
                groups(&allele.seen, reverse),
            ],
            orientations: Some([
                groups(&allele.reference, is_f1r2),
                groups(&allele.reference, f2r1),
                groups(&allele.seen, is_f1r2),
                groups(&allele.seen, f2r1),
            ]),
            both_mates: None,
            base_quality: mean(base_quality),
            mapping_quality: mean(mapping_quality),
            expected_errors: 0.0,
            forced: self.is_forced(allele),
            fragments: allele.reads.fragments.clone(),
            chunk: allele.chunk,
            copies: self.options.copied.has(allele.contig, allele.column),
        }
    }

    fn is_forced(&self, allele: &SiteAllele) -> bool {
        let wanted = (allele.contig, allele.column, allele.alternate);
        self.forced.binary_search(&wanted).is_ok()
    }

    fn thresholds(&self, quality: f64, count: u32, vaf: f64) -> Vec<CallFilter> {
        [
            (CallFilter::LowQuality, quality < self.options.min_quality),
            (CallFilter::FewFragments, count < self.options.min_count),
            (CallFilter::LowFraction, vaf < self.options.min_vaf),
        ]
        .into_iter()
        .filter_map(|(filter, holds)| holds.then_some(filter))
        .collect()
    }

    /// Returns what the counts of a realigned site come to, of the indels that are wanted.
    pub(crate) fn indels(
        &self,
        site: &RealignedSite,
        forced: &[Indel],
        wanted: &dyn Fn(&Indel) -> bool,
    ) -> Vec<CalledVariant> {
        site.indels
            .iter()
            .enumerate()
            .filter(|(_, indel)| wanted(indel))
            .map(|(index, indel)| self.indel(site, index + 1, indel, forced.contains(indel)))
            .collect()
    }

    fn indel(&self, site: &RealignedSite, haplotype: usize, indel: &Indel, forced: bool) -> CalledVariant {
        let counts = &site.counts;
        let junction = counts.junction();
        let depth: u32 = junction.iter().sum();
        let (ref_count, alt_count) = (junction[0], junction[haplotype]);
        let vaf = share(alt_count, depth);
        let all: u32 = counts.either.iter().sum();
        let seen = counts.either[haplotype];
        let expected = self.expected_of_indel(site, indel, all);
        let expected = self.options.background.applied_to_indel(indel, expected, all);
        let quality = quality(expected.chance(seen), INDEL_ODDS);
        let mut filters = self.thresholds(quality, seen, vaf);
        let strands = [0, haplotype].map(|h| {
            let forward = counts.forward[h];
            [forward, counts.either[h] - forward]
        });
        if !self.options.filter.is_of_amplicons() && verdict::is_one_sided(strands[1], strands[0]) {
            filters.push(CallFilter::StrandBias);
        }
        let [of_reference, of_indel] = [0, haplotype].map(|h| {
            let near = counts.near_end[h];
            [near, counts.either[h] - near]
        });
        // Elsewhere a long insertion that fills its reads would look alike.
        if self.options.filter.is_of_amplicons() && verdict::is_near_ends(of_indel, of_reference) {
            filters.push(CallFilter::ReadPosition);
        }
        if verdict::is_beside_copy(indel, counts.near_end[haplotype], seen, self.copies) {
            filters.push(CallFilter::NearIndel);
        }
        let mapping_quality = (seen > 0).then(|| counts.mapping_quality[haplotype] as f64 / f64::from(seen));
        let (column, reference, alternate) = indel.letters(self.reference);
        CalledVariant {
            contig: indel.contig,
            column,
            reference,
            alternate,
            quality,
            filters,
            depth,
            ref_count,
            alt_count,
            strands: [strands[0][0], strands[0][1], strands[1][0], strands[1][1]],
            orientations: None,
            both_mates: None,
            base_quality: None,
            mapping_quality,
            expected_errors: expected.mean,
            forced,
            fragments: Vec::new(),
            chunk: indel.after,
            copies: self.options.copied.has(indel.contig, indel.after),
        }
    }

    /// Returns what errors make of an indel: slippage of its run, from every allele that the site has of it, or else an error of
    /// any place.
    fn expected_of_indel(&self, site: &RealignedSite, indel: &Indel, depth: u32) -> Expected {
        let class = class_in(self.reference, indel);
        if class.unit == 0 {
            return self.slippage.outside(class.units, depth);
        }
        let mut alleles = vec![RunAllele {
            units: 0,
            count: site.counts.either[0],
        }];
        for (other, count) in site.indels.iter().zip(site.counts.either.iter().skip(1)) {
            let of_other = class_in(self.reference, other);
            if other.after == indel.after && (of_other.unit, of_other.copies) == (class.unit, class.copies) {
                alleles.push(RunAllele {
                    units: of_other.units,
                    count: *count,
                });
            }
        }
        let run = Run {
            contig: indel.contig,
            start: indel.after + 1,
            unit: class.unit,
            copies: class.copies,
        };
        self.slippage.of_run(&run, class.units, &alleles)
    }

    /// Returns what the counts of a long duplication come to.
    pub(crate) fn tandem(&self, indel: &Indel, counts: &TandemCounts, forced: bool) -> CalledVariant {
        let (count, depth) = (counts.alternate(), counts.depth());
        let seen = counts.shown;
        let expected = self.slippage.outside(1, depth);
        let quality = quality(expected.chance(seen), INDEL_ODDS);
        let vaf = share(count, depth);
        let (column, reference, alternate) = indel.letters(self.reference);
        CalledVariant {
            contig: indel.contig,
            column,
            reference,
            alternate,
            quality,
            filters: self.thresholds(quality, seen, vaf),
            depth,
            ref_count: depth - count,
            alt_count: count,
            strands: [0, 0, counts.junction[0], counts.junction[1]],
            orientations: None,
            both_mates: None,
            base_quality: None,
            mapping_quality: (seen > 0).then(|| counts.mapping_quality as f64 / f64::from(seen)),
            expected_errors: expected.mean,
            forced,
            fragments: Vec::new(),
            chunk: 0,
            copies: false,
        }
    }
}
