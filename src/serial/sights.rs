//! What each visit says of a variant: seen with counts, below a detection limit, or nothing.

use super::likelihood::Sight;
use super::visits::Visit;
use crate::drivers::{Call, CallStatus, GeneResult, GeneState};
use crate::genome::Allele;
use crate::patient::Date;
use crate::sample::over_time::{LimitSource, NotAssessed, SightRecord, SightState};
use crate::sample::{SampleResult, detection_limit};

/// Depth beyond which no limit is looked for.
const MOST_DEPTH: u32 = 10_000_000;

/// What a visit says, for the reader and for the fit.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub record: SightRecord,
    pub sight: Option<Sight>,
}

/// Looks for a variant in a report.
pub(super) struct Look<'a> {
    pub variant: &'a Allele,
    pub gene: &'a str,
    /// VAF threshold that held for it where it was called.
    pub threshold: f64,
    /// Limit for reports that show no depth.
    pub given_limit: Option<f64>,
}

impl Look<'_> {
    /// Returns what a visit says.
    pub(super) fn at(&self, visit: &Visit, years: f64) -> Seen {
        let result = &visit.result;
        let blank = blank(visit.date, years);
        let own = |call: &&Call| call.variant == *self.variant && call.consequence.gene == self.gene;
        match result.calls.iter().find(own) {
            Some(call) if call.status == CallStatus::ReferenceMismatch => {
                not_assessed(blank, NotAssessed::ReferenceMismatch)
            }
            Some(call) => called(blank, call, result.settings.thresholds.min_alt),
            None => match self.limit(result) {
                Ok((limit, from)) => below(blank, limit, from, result.settings.thresholds.min_alt),
                Err(why) => not_assessed(blank, why),
            },
        }
    }

    /// Returns the detection limit at the place of the variant.
    fn limit(&self, result: &SampleResult) -> Result<(f64, LimitSource), NotAssessed> {
        let Some(gene) = result.genes.iter().find(|g| g.gene == self.gene) else {
            return Err(NotAssessed::OffPanel);
        };
        if self.is_overlapped(result) {
            return Err(NotAssessed::Overlapping);
        }
        let hotspot = result
            .hotspots
            .iter()
            .find(|h| self.variant.sequence() == Some(&h.variant));
        if let Some((hotspot, evidence)) = hotspot.and_then(|h| Some((h, h.evidence.as_ref()?))) {
            return match hotspot.detection_limit.filter(|limit| *limit < 1.0) {
                Some(limit) => Ok((limit, LimitSource::Place)),
                None if evidence.depth.is_some_and(|depth| depth > 0) => Err(NotAssessed::TooThin),
                None => Err(NotAssessed::CoverageUnknown),
            };
        }
        self.limit_of_gene(gene)
    }

    fn limit_of_gene(&self, gene: &GeneResult) -> Result<(f64, LimitSource), NotAssessed> {
        // Where --targets leave out some of the gene, they may leave out the place.
        let is_whole = gene.targeted_bases.is_none();
        if let Some(limit) = gene.detection_limit.filter(|limit| is_whole && *limit < 1.0) {
            return Ok((limit, LimitSource::Gene));
        }
        if gene.coverage_stated && gene.state != GeneState::Undecided {
            return Ok((self.threshold, LimitSource::Stated));
        }
        // A file of variants shows the depth at its records only. Where it shows that of most of the gene, its own word counts.
        let shows_no_depth = gene.detection_limit.is_none() && gene.assessed_bases < gene.target_bases / 2;
        match self.given_limit.filter(|_| is_whole && shows_no_depth) {
            Some(limit) => Ok((limit, LimitSource::Given)),
            None => Err(NotAssessed::CoverageUnknown),
        }
    }

    /// Whether another allele that is no plain substitution covers the place.
    fn is_overlapped(&self, result: &SampleResult) -> bool {
        let reach = |variant: &Allele| {
            let first = u64::from(variant.position());
            first..u64::from(variant.end()) + 1
        };
        let is_plain = |variant: &Allele| variant.reference().len() == 1 && variant.alternate().len() == 1;
        let own = reach(self.variant);
        let calls = result
            .calls
            .iter()
            .map(|call| &call.variant)
            .filter(|other| *other != self.variant);
        let by_call = calls.into_iter().any(|other| {
            let there = reach(other);
            let meets = there.start < own.end && own.start < there.end;
            other.chromosome() == self.variant.chromosome()
                && meets
                && !(is_plain(other) && is_plain(self.variant))
        });
        let by_unresolved = result.unresolved.iter().any(|allele| {
            allele.genes.iter().any(|gene| gene == self.gene)
                && own.contains(&u64::from(allele.file_allele.position))
        });
        by_call || by_unresolved
    }
}

fn blank(date: Date, years: f64) -> SightRecord {
    SightRecord {
        date,
        years,
        state: SightState::NotAssessed,
        status: None,
        alt_count: None,
        depth: None,
        vaf: None,
        interval: None,
        detection_limit: None,
        limit_from: None,
        not_assessed: None,
        is_used: false,
    }
}

fn not_assessed(blank: SightRecord, why: NotAssessed) -> Seen {
    Seen {
        record: SightRecord {
            not_assessed: Some(why),
            ..blank
        },
        sight: None,
    }
}

fn below(blank: SightRecord, limit: f64, from: LimitSource, least: u32) -> Seen {
    let sight = depth_of_limit(limit, least).map(|depth| Sight::Fewer { least, depth });
    Seen {
        record: SightRecord {
            state: SightState::BelowDetection,
            detection_limit: Some(limit),
            limit_from: Some(from),
            is_used: sight.is_some(),
            ..blank
        },
        sight,
    }
}

/// A call: its counts, or, where the file lists an allele with fewer fragments than a call needs, a bound.
fn called(blank: SightRecord, call: &Call, least: u32) -> Seen {
    let evidence = &call.evidence;
    let counts = evidence.alt_count.zip(evidence.depth.filter(|depth| *depth > 0));
    // A record without a fragment of the allele, as forced calls have, is no sight of it.
    let is_nothing = evidence.alt_count == Some(0) || evidence.vaf == Some(0.0);
    let is_few = call.status == CallStatus::BelowThreshold && counts.is_some_and(|(alt, _)| alt < least);
    let record = SightRecord {
        status: Some(call.status),
        alt_count: evidence.alt_count,
        depth: evidence.depth,
        ..blank
    };
    if let (true, Some((_, depth))) = (is_few || is_nothing, counts) {
        let Some(limit) = detection_limit(depth, least).filter(|limit| *limit < 1.0) else {
            return not_assessed(record, NotAssessed::TooThin);
        };
        return Seen {
            record: SightRecord {
                state: SightState::BelowDetection,
                detection_limit: Some(limit),
                limit_from: Some(LimitSource::Place),
                is_used: true,
                ..record
            },
            sight: Some(Sight::Fewer { least, depth }),
        };
    }
    if is_nothing {
        return not_assessed(record, NotAssessed::CoverageUnknown);
    }
    // A fraction that came without counts is shown, but says nothing of its own uncertainty.
    let sight = counts
        .filter(|_| evidence.vaf.is_some())
        .map(|(alt, depth)| Sight::Counted { alt, depth });
    Seen {
        record: SightRecord {
            state: SightState::Seen,
            vaf: evidence.vaf,
            interval: evidence.interval,
            is_used: sight.is_some(),
            ..record
        },
        sight,
    }
}

/// Returns the depth at which a limit is the detection limit for so many fragments: what a report's limit is worth in reads.
pub(super) fn depth_of_limit(limit: f64, least: u32) -> Option<u32> {
    let is_enough = |depth: u32| detection_limit(depth, least).is_some_and(|l| l <= limit);
    if !(0.0..1.0).contains(&limit) || least == 0 || !is_enough(MOST_DEPTH) {
        return None;
    }
    let (mut few, mut enough) = (least.saturating_sub(1), MOST_DEPTH);
    while enough - few > 1 {
        let middle = few.midpoint(enough);
        if is_enough(middle) {
            enough = middle;
        } else {
            few = middle;
        }
    }
    Some(enough)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The depths of the tests of `detection_limit`: 313 fragments are the first that show 2 % in three.
    #[test]
    fn a_limit_is_worth_the_depth_that_gives_it() {
        assert_eq!(depth_of_limit(0.02, 3), Some(313));
        for depth in [40, 313, 812, 5000] {
            let limit = detection_limit(depth, 3).unwrap();
            // Limits are rounded up to six decimals.
            let worth = depth_of_limit(limit, 3).unwrap();
            assert!(
                worth <= depth && worth + depth / 1000 >= depth,
                "{limit}: {worth}"
            );
        }
        assert_eq!(depth_of_limit(1.0, 3), None);
        assert_eq!(depth_of_limit(0.0, 3), None);
    }
}
