use super::CytogeneticRisk;
use super::band::{Arm, NEAR_CENTROMERE, breaks};
use super::clones::{Change, Resolved};
use super::model::{Abnormality, AbnormalityBody, Segment, SegmentKind, Sign};

/// What der(1;7) without the gain of chromosome 1 counts: gain of 1q and loss of 7q (Haase 2019 counts unbalanced
/// translocations twice; the expert labels of the published IPSS-M cohort do so here and not for other derivatives).
const DERIVATIVE_1_7_CHANGES: u32 = 2;

impl Change {
    fn is(&self, test: impl Fn(&Abnormality) -> bool) -> bool {
        self.abnormality.as_ref().is_some_and(test)
    }

    /// Whether a whole chromosome is gained or lost.
    pub(super) fn is_whole(&self, sign: Sign, chromosome: &str) -> bool {
        self.is(|a| {
            a.sign == Some(sign) && matches!(&a.body, AbnormalityBody::Chromosome(c) if c == chromosome)
        })
    }

    /// Whether it stands in place of a chromosome: one with a plus is there beside both.
    fn replaces(&self) -> bool {
        self.is(|a| a.sign != Some(Sign::Gain))
    }

    /// Whether an arm of a chromosome has a deletion: `del(5)(q13q33)`; `+del(5)(q13q33)` is a gain.
    pub(super) fn is_deletion(&self, chromosome: &str, arm: char) -> bool {
        self.replaces() && self.is_structure(SegmentKind::Deletion, chromosome, arm)
    }

    /// Whether the first structure is of a kind, of one chromosome, and begins on an arm.
    pub(super) fn is_structure(&self, kind: SegmentKind, chromosome: &str, arm: char) -> bool {
        self.first_segment()
            .is_some_and(|s| s.kind == kind && s.chromosomes == [chromosome] && s.arm(0) == Some(arm))
    }

    /// Whether it has the short arm of 7 without the long one, on 1q: `der(1;7)(q10;p10)`, `der(7)t(1;7)(q10;p10)`.
    pub(super) fn is_derivative_without_7q(&self) -> bool {
        let Some([first, rest @ ..]) = self.segments().filter(|_| self.replaces()) else {
            return false;
        };
        if first.kind != SegmentKind::Derivative {
            return false;
        }
        let exchange = if first.chromosomes == ["1", "7"] && rest.is_empty() {
            Some(first)
        } else if first.chromosomes == ["7"] {
            rest.iter()
                .find(|s| s.kind == SegmentKind::Translocation && s.chromosomes == ["1", "7"])
                .filter(|s| s.breakpoints.is_empty() || breaks(s, 1).iter().all(|b| b.is_whole_arm()))
        } else {
            None
        };
        // Without breakpoints it is the one that recurs.
        exchange.is_some_and(|s| match (breaks(s, 0).first(), breaks(s, 1).first()) {
            (None, None) => true,
            (Some(one), Some(seven)) => {
                one.arm == Arm::Q && seven.arm == Arm::P && seven.near <= NEAR_CENTROMERE
            }
            _ => false,
        })
    }

    /// Whether it is -7 or del(7q), or loses 7q as a derivative.
    pub(super) fn is_loss_of_7q(&self) -> bool {
        self.is_whole(Sign::Loss, "7") || self.is_deletion("7", 'q') || self.is_derivative_without_7q()
    }

    /// Whether it is i(17q).
    pub(super) fn is_i17q(&self) -> bool {
        self.replaces() && self.is_structure(SegmentKind::Isochromosome, "17", 'q')
    }

    /// Whether it is inv(3), t(3q) or del(3q).
    pub(super) fn is_3q(&self) -> bool {
        self.first_segment()
            .filter(|_| self.replaces())
            .is_some_and(|s| match s.kind {
                SegmentKind::Deletion => s.chromosomes == ["3"] && s.arm(0) == Some('q'),
                _ if s.recurs_in_3q() => true,
                SegmentKind::Inversion => {
                    s.chromosomes == ["3"]
                        && s.arm(0) == Some('q')
                        && s.bands(0).is_some_and(|b| !b.contains('p'))
                }
                SegmentKind::Translocation | SegmentKind::Insertion => (0..s.chromosomes.len())
                    .any(|index| s.chromosomes[index] == "3" && s.arm(index) == Some('q')),
                _ => false,
            })
    }

    /// Whether 3q26.2, where MECOM lies, is a breakpoint.
    pub(super) fn is_3q26(&self) -> bool {
        self.segments().is_some_and(|segments| {
            segments.iter().any(|s| {
                let named = |(index, c): (usize, &String)| {
                    c == "3" && s.bands(index).is_some_and(|b| b.contains("q26"))
                };
                s.recurs_in_3q() || s.chromosomes.iter().enumerate().any(named)
            })
        })
    }

    /// Whether a structure of a kind involves a chromosome on an arm, alone or in a translocation.
    pub(super) fn involves(&self, kinds: &[SegmentKind], chromosome: &str, arm: char) -> bool {
        self.segments()
            .filter(|_| self.replaces())
            .is_some_and(|segments| {
                segments.iter().any(|s| {
                    kinds.contains(&s.kind)
                        && (0..s.chromosomes.len())
                            .any(|index| s.chromosomes[index] == chromosome && s.arm(index) == Some(arm))
                })
            })
    }

    pub(super) fn first_segment(&self) -> Option<&Segment> {
        self.segments().and_then(<[Segment]>::first)
    }

    pub(super) fn segments(&self) -> Option<&[Segment]> {
        match &self.abnormality.as_ref()?.body {
            AbnormalityBody::Structure { segments, .. } => Some(segments),
            AbnormalityBody::Chromosome(_) | AbnormalityBody::Heteromorphism(_) => None,
        }
    }

    /// Returns how many changes it counts within its clone.
    fn weight(&self, clone: &[Self]) -> u32 {
        // `+1,der(1;7)(q10;p10)`: the gain of 1 is the gain of 1q, and counts by itself.
        let unexplained =
            self.is_derivative_without_7q() && !clone.iter().any(|o| o.is_whole(Sign::Gain, "1"));
        if unexplained {
            self.copies.saturating_mul(DERIVATIVE_1_7_CHANGES)
        } else {
            self.copies
        }
    }
}

impl Segment {
    /// Whether it is `inv(3)` or `t(3;3)` without breakpoints, which is taken for the one that recurs, as for the fusions.
    fn recurs_in_3q(&self) -> bool {
        let kind = match self.kind {
            SegmentKind::Inversion => &["3"][..],
            SegmentKind::Translocation => &["3", "3"][..],
            _ => return false,
        };
        self.breakpoints.is_empty() && self.chromosomes == kind
    }

    /// Returns the arm on which the breakpoints of a chromosome begin.
    pub fn arm(&self, index: usize) -> Option<char> {
        self.bands(index)?
            .chars()
            .find(|c| !matches!(c, '?' | '~'))
            .filter(|c| matches!(c, 'p' | 'q'))
    }

    /// Returns the bands in which a chromosome broke, one after the other.
    ///
    /// The detailed form of ISCN, `del(5)(pter→q13::q33→qter)`, names the ends too, which are where the chromosome begins and
    /// stops; in a translocation, `3pter→3q26::21q22→21qter`, also the bands of the partner.
    pub fn bands(&self, index: usize) -> Option<String> {
        let text = self.breakpoints.get(index)?;
        let chromosome = self.chromosomes.get(index)?.to_ascii_lowercase();
        let own = |piece: &str| {
            let at = piece.find(['p', 'q', 'c', '?'])?;
            let (of, band) = piece.split_at(at);
            let is_own = of.is_empty() || of == chromosome;
            (is_own && !matches!(band, "pter" | "qter")).then(|| band.to_owned())
        };
        Some(text.split(['→', '>', ':']).filter_map(own).collect())
    }
}

/// Changes in one clone from which on a karyotype is complex (Schanz 2012; WHO 2022).
pub(super) const COMPLEX: u32 = 3;

/// Returns how many changes a clone has.
pub(super) fn count(clone: &Resolved) -> u32 {
    clone
        .changes
        .iter()
        .fold(0, |sum, c| sum.saturating_add(c.weight(&clone.changes)))
}

/// Returns the cytogenetic group of the changes of one clone and the row of the table that gave it (Schanz 2012;
/// Greenberg 2012, Table 2).
pub(super) fn of_clone(clone: &Resolved) -> (CytogeneticRisk, &'static str) {
    let any = |test: fn(&Change) -> bool| clone.changes.iter().any(test);
    match count(clone) {
        0 => (CytogeneticRisk::Good, "normal"),
        1 => clone
            .changes
            .first()
            .map_or((CytogeneticRisk::Good, "normal"), of_single),
        2 if any(Change::is_loss_of_7q) => (CytogeneticRisk::Poor, "double including -7/del(7q)"),
        2 if any(|c| c.is_deletion("5", 'q')) => (CytogeneticRisk::Good, "double including del(5q)"),
        2 => (CytogeneticRisk::Intermediate, "any other double"),
        3 => (CytogeneticRisk::Poor, "complex, exactly 3"),
        _ => (CytogeneticRisk::VeryPoor, "complex, more than 3"),
    }
}

/// A row of the table of single changes: test, group, name.
type SingleRow = (fn(&Change) -> bool, CytogeneticRisk, &'static str);

/// Single changes in the order of the table; the first that matches decides.
const SINGLE: [SingleRow; 11] = [
    (|c| c.is_whole(Sign::Loss, "Y"), CytogeneticRisk::VeryGood, "-Y"),
    (
        |c| c.is_deletion("11", 'q'),
        CytogeneticRisk::VeryGood,
        "del(11q)",
    ),
    (|c| c.is_deletion("5", 'q'), CytogeneticRisk::Good, "del(5q)"),
    (|c| c.is_deletion("12", 'p'), CytogeneticRisk::Good, "del(12p)"),
    (|c| c.is_deletion("20", 'q'), CytogeneticRisk::Good, "del(20q)"),
    (|c| c.is_whole(Sign::Loss, "7"), CytogeneticRisk::Poor, "-7"),
    (Change::is_3q, CytogeneticRisk::Poor, "inv(3)/t(3q)/del(3q)"),
    (
        |c| c.is_deletion("7", 'q'),
        CytogeneticRisk::Intermediate,
        "del(7q)",
    ),
    (
        |c| c.is_whole(Sign::Gain, "8"),
        CytogeneticRisk::Intermediate,
        "+8",
    ),
    (
        |c| c.is_whole(Sign::Gain, "19"),
        CytogeneticRisk::Intermediate,
        "+19",
    ),
    (|c| c.is_i17q(), CytogeneticRisk::Intermediate, "i(17q)"),
];

fn of_single(change: &Change) -> (CytogeneticRisk, &'static str) {
    SINGLE.iter().find(|(test, _, _)| test(change)).map_or(
        (CytogeneticRisk::Intermediate, "any other single"),
        |(_, risk, row)| (*risk, *row),
    )
}
