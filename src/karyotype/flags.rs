//! Findings that scores and classifications ask for, with what else they could be where something is open.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::adverse;
use super::band::Arm;
use super::clones::{Change, Resolved};
use super::material::Losses;
use super::model::{SegmentKind, Sign};
use super::note::KaryotypeNote;
use super::risk::COMPLEX;

/// Findings of any clone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(clippy::struct_excessive_bools)] // Yes-or-no findings, each of its own.
pub struct KaryotypeFlags {
    /// del(5)(q..).
    pub del5q: bool,
    /// -7 or del(7)(q..), or a loss of 7q by another structure, as der(1;7)(q10;p10).
    pub del7_7q: bool,
    /// -17 or del(17)(p..), or a loss of 17p by another structure, as i(17)(q10).
    pub del17_17p: bool,
    /// Three changes or more in one clone.
    pub complex: bool,
    /// del(5q) alone or with one more change that is not -7/del(7q) (WHO 2022, MDS-5q).
    pub isolated_del5q: bool,
    /// A breakpoint in 3q26 (MECOM).
    pub abnormal_3q26: bool,
    /// -5, which is not del(5q) for IPSS-M.
    pub monosomy5: bool,
    /// -7.
    pub monosomy7: bool,
    /// A change that makes acute leukemia myelodysplasia-related by WHO 2022 (but for complexity).
    pub myelodysplasia_related_who: bool,
    /// A change that makes it myelodysplasia-related by ICC 2022 (but for complexity).
    pub myelodysplasia_related_icc: bool,
    /// Loss or any break of 17p.
    #[serde(default)]
    pub abnormal_17p: bool,
    /// One monosomy of an autosome with another one or a structural change in one clone.
    #[serde(default)]
    pub monosomal: bool,
    /// Three changes or more in one clone that are not all gains of whole chromosomes.
    #[serde(default)]
    pub complex_not_hyperdiploid: bool,
    /// -20 or del(20)(q..), or a loss of 20q by another structure.
    #[serde(default)]
    pub del20q: bool,
    /// -X.
    #[serde(default)]
    pub lost_x: bool,
    /// +8.
    #[serde(default)]
    pub trisomy8: bool,
}

impl KaryotypeFlags {
    /// Joins two sets of findings, finding by finding.
    pub(super) fn join(self, other: Self, how: fn(bool, bool) -> bool) -> Self {
        Self {
            del5q: how(self.del5q, other.del5q),
            del7_7q: how(self.del7_7q, other.del7_7q),
            del17_17p: how(self.del17_17p, other.del17_17p),
            complex: how(self.complex, other.complex),
            isolated_del5q: how(self.isolated_del5q, other.isolated_del5q),
            abnormal_3q26: how(self.abnormal_3q26, other.abnormal_3q26),
            monosomy5: how(self.monosomy5, other.monosomy5),
            monosomy7: how(self.monosomy7, other.monosomy7),
            myelodysplasia_related_who: how(
                self.myelodysplasia_related_who,
                other.myelodysplasia_related_who,
            ),
            myelodysplasia_related_icc: how(
                self.myelodysplasia_related_icc,
                other.myelodysplasia_related_icc,
            ),
            abnormal_17p: how(self.abnormal_17p, other.abnormal_17p),
            monosomal: how(self.monosomal, other.monosomal),
            complex_not_hyperdiploid: how(self.complex_not_hyperdiploid, other.complex_not_hyperdiploid),
            del20q: how(self.del20q, other.del20q),
            lost_x: how(self.lost_x, other.lost_x),
            trisomy8: how(self.trisomy8, other.trisomy8),
        }
    }
}

/// Kinds by which an arm loses material or breaks.
const BREAK_KINDS: [SegmentKind; 3] = [
    SegmentKind::Deletion,
    SegmentKind::Translocation,
    SegmentKind::Add,
];

/// Returns the findings that are sure and those that are possible: they differ where the extent of a change is not written.
pub(super) fn flags(resolved: &[Resolved], changes: u32) -> (KaryotypeFlags, KaryotypeFlags) {
    let losses: Vec<Losses> = resolved.iter().map(Losses::of).collect();
    let sure = |chromosome: &str, arm| losses.iter().any(|l| l.loses(chromosome, arm));
    let may = |chromosome: &str, arm| losses.iter().any(|l| l.may_lose(chromosome, arm));
    let least = of_losses(resolved, changes, &sure, false);
    let most = of_losses(resolved, changes, &may, true);
    // del(5q) that may be there, or -7/del(7q) that may, leave open whether del(5q) is isolated.
    let isolated = least.del5q && !most.del7_7q && changes < COMPLEX;
    let may_be_isolated = most.del5q && !least.del7_7q && changes < COMPLEX;
    (
        KaryotypeFlags {
            isolated_del5q: isolated,
            ..least
        },
        KaryotypeFlags {
            isolated_del5q: may_be_isolated,
            ..most
        },
    )
}

fn of_losses(
    resolved: &[Resolved],
    changes: u32,
    loses: &dyn Fn(&str, Arm) -> bool,
    possible: bool,
) -> KaryotypeFlags {
    let any = |test: &dyn Fn(&Change) -> bool| resolved.iter().any(|r| r.changes.iter().any(test));
    let lost_whole = |c: &str| resolved.iter().any(|r| is_lost_whole(r, c));
    // A deletion that is written is one, also beside a gain: `+7,del(7)(q22)`. With a plus it is one where the chromosome that it stands for
    // is lost beside it: `-5,+del(5)(q13q33)`.
    let del5q = any(&|c| !c.is_gained() && c.has_deletion_of_5q(possible))
        || (loses("5", Arm::Q) && any(&|c| c.is_gained() && c.has_deletion_of_5q(possible)));
    let (of_7q, of_17p) = (
        lost_whole("7")
            || loses("7", Arm::Q)
            || any(&|c| c.is_deletion("7", 'q') || c.is_derivative_without_7q()),
        lost_whole("17") || loses("17", Arm::P) || any(&|c| c.is_deletion("17", 'p')),
    );
    let idic_x = any(&|c| c.is_structure(SegmentKind::Isodicentric, "X", 'q'));
    let unbalanced_5q = lost_whole("5") || loses("5", Arm::Q);
    KaryotypeFlags {
        del5q,
        del7_7q: of_7q,
        del17_17p: of_17p,
        complex: changes >= COMPLEX,
        isolated_del5q: false,
        abnormal_3q26: any(&Change::is_3q26),
        monosomy5: any(&|c| c.is_whole(Sign::Loss, "5")),
        monosomy7: any(&|c| c.is_whole(Sign::Loss, "7")),
        // Khoury, Leukemia 2022;36:1703, table of AML-MR: losses by deletion or unbalanced translocation.
        myelodysplasia_related_who: unbalanced_5q
            || of_7q
            || of_17p
            || loses_by_structure(resolved, loses, "12", Arm::P)
            || any(&|c| c.is_deletion("11", 'q') || c.is_whole(Sign::Loss, "13") || c.is_deletion("13", 'q'))
            || idic_x,
        // Arber, Blood 2022;140:1200, Table 25.
        myelodysplasia_related_icc: of_7q
            || of_17p
            || loses_by_structure(resolved, loses, "5", Arm::Q)
            || loses_by_structure(resolved, loses, "12", Arm::P)
            || any(&|c| {
                c.involves(&BREAK_KINDS, "5", 'q')
                    || c.is_whole(Sign::Gain, "8")
                    || c.involves(&BREAK_KINDS, "12", 'p')
                    || c.is_deletion("20", 'q')
            })
            || idic_x,
        abnormal_17p: of_17p || any(&adverse::breaks_17p),
        monosomal: resolved.iter().any(|r| adverse::is_monosomal(r, possible)),
        complex_not_hyperdiploid: resolved.iter().any(adverse::is_complex),
        del20q: lost_whole("20") || loses("20", Arm::Q) || any(&|c| c.is_deletion("20", 'q')),
        lost_x: any(&|c| c.is_whole(Sign::Loss, "X")),
        trisomy8: any(&|c| c.is_whole(Sign::Gain, "8")),
    }
}

/// Whether a chromosome is written as lost and no derivative of it stands in its place: `-7`, not `-7,+der(7)t(1;7)`.
fn is_lost_whole(clone: &Resolved, chromosome: &str) -> bool {
    let replaced = clone.changes.iter().any(|c| {
        c.is_gained()
            && c.first_segment()
                .is_some_and(|s| s.chromosomes.first().is_some_and(|first| first == chromosome))
    });
    !replaced && clone.changes.iter().any(|c| c.is_whole(Sign::Loss, chromosome))
}

/// Whether an arm is lost, and not only with its whole chromosome.
fn loses_by_structure(
    resolved: &[Resolved],
    loses: &dyn Fn(&str, Arm) -> bool,
    chromosome: &str,
    arm: Arm,
) -> bool {
    let written = resolved.iter().any(|r| {
        r.changes
            .iter()
            .any(|c| c.first_segment().is_some() && Losses::of_change(c).may_lose(chromosome, arm))
    });
    written && loses(chromosome, arm)
}

/// Arms whose loss is asked for, with what a note says of it.
const NOTED: [(&str, Arm, &str); 3] = [("5", Arm::Q, "5q"), ("7", Arm::Q, "7q"), ("17", Arm::P, "17p")];

/// Says which structures lose an arm that is asked for, where it is not plain to see.
pub(super) fn notes_on_losses(resolved: &[Resolved], notes: &mut Vec<KaryotypeNote>) {
    for clone in resolved {
        let all = Losses::of(clone);
        for (chromosome, arm, name) in NOTED {
            if !all.may_lose(chromosome, arm) {
                continue;
            }
            for change in clone.changes.iter().filter(|c| c.first_segment().is_some()) {
                let own = Losses::of_change(change);
                let (key, arm_name) = (change.key.clone(), name.to_owned());
                let note = if change.is_deletion(chromosome, if arm == Arm::P { 'p' } else { 'q' }) {
                    continue;
                } else if all.loses(chromosome, arm) && own.loses(chromosome, arm) {
                    if name == "5q" && !change.has_deletion_of_5q(false) {
                        KaryotypeNote::LostOtherwise { change: key }
                    } else {
                        KaryotypeNote::Lost {
                            change: key,
                            arm: arm_name,
                        }
                    }
                } else if own.may_lose(chromosome, arm) && !all.loses(chromosome, arm) {
                    KaryotypeNote::MayBeLost {
                        change: key,
                        arm: arm_name,
                    }
                } else {
                    continue;
                };
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
        }
    }
}

impl Change {
    /// Whether it is there beside the chromosomes of a normal cell.
    fn is_gained(&self) -> bool {
        self.abnormality
            .as_ref()
            .is_some_and(|a| a.sign == Some(Sign::Gain))
    }

    /// Whether it has a deletion of 5q, gained or not, alone or within a derivative 5; `del(5)` without bands where that is possible only.
    fn has_deletion_of_5q(&self, possible: bool) -> bool {
        let Some(segments) = self.segments() else {
            return false;
        };
        let on_5 = segments.first().is_some_and(|s| s.chromosomes == ["5"]);
        on_5 && segments.iter().any(|s| {
            s.kind == SegmentKind::Deletion
                && s.chromosomes == ["5"]
                && (s.arm(0) == Some('q') || (possible && s.arm(0).is_none()))
        })
    }
}
