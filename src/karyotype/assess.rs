use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::CytogeneticRisk;
use super::clones::{Change, ImpliedLoss, Resolved, families, implied_loss, resolve};
use super::model::{Karyotype, SegmentKind, Sign};
use super::risk;
use crate::genome::Sex;

/// Changes in one clone from which on a karyotype is complex (Schanz 2012; WHO 2022).
const COMPLEX: u32 = 3;

/// What a karyotype says for the scores and classifications.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct KaryotypeAssessment {
    /// Cytogenetic group of IPSS-R; `None` where it cannot be told, see `row`.
    pub risk: Option<CytogeneticRisk>,
    /// Which row of the published table gave the group, or why there is none.
    pub row: String,
    /// Changes of the clone with the most.
    pub changes: u32,
    /// There are clones that share no change.
    pub independent_clones: bool,
    /// The clones.
    pub clones: Vec<CloneAssessment>,
    /// Findings that scores and classifications ask for.
    pub flags: KaryotypeFlags,
    /// What was repaired, left out or doubtful.
    pub notes: Vec<String>,
}

/// One clone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CloneAssessment {
    /// Cells, where given.
    pub cells: Option<u32>,
    /// Changes with those inherited; `-7`, `del(5)(q13q33)`.
    pub abnormalities: Vec<String>,
    /// How many changes that counts.
    pub changes: u32,
}

/// Findings of any clone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(clippy::struct_excessive_bools)] // Yes-or-no findings, each of its own.
pub struct KaryotypeFlags {
    /// del(5)(q..).
    pub del5q: bool,
    /// -7 or del(7)(q..), or loss of 7q by der(1;7) or der(7)t(1;7).
    pub del7_7q: bool,
    /// -17 or del(17)(p..).
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
}

/// Assesses a karyotype; the sex decides what `45,X` lost.
pub fn assess(karyotype: &Karyotype, sex: Option<Sex>) -> KaryotypeAssessment {
    let mut notes = karyotype.notes.clone();
    let resolved = resolve(karyotype, sex, &mut notes);
    let changes = resolved.iter().map(risk::count).max().unwrap_or(0);
    let mut of_families: Vec<usize> = families(&resolved).into_iter().flatten().collect();
    of_families.sort_unstable();
    of_families.dedup();
    let independent_clones = of_families.len() > 1;
    let (risk, row) = group(karyotype, sex, &resolved, independent_clones);
    say_what_is_doubtful(karyotype, &resolved, &mut notes);
    KaryotypeAssessment {
        risk,
        row: row.to_owned(),
        changes,
        independent_clones,
        clones: resolved.iter().map(of_clone).collect(),
        flags: flags(&resolved, changes),
        notes,
    }
}

fn of_clone(clone: &Resolved) -> CloneAssessment {
    CloneAssessment {
        cells: clone.cells,
        abnormalities: clone
            .changes
            .iter()
            .map(|c| {
                if c.copies > 1 {
                    format!("{}×{}", c.key, c.copies)
                } else {
                    c.key.clone()
                }
            })
            .collect(),
        changes: risk::count(clone),
    }
}

fn group(
    karyotype: &Karyotype,
    sex: Option<Sex>,
    resolved: &[Resolved],
    independent_clones: bool,
) -> (Option<CytogeneticRisk>, &'static str) {
    if karyotype.clones.is_empty() {
        return (None, "donor cells only");
    }
    let sex_needed = (0..karyotype.clones.len())
        .any(|index| implied_loss(karyotype, index, sex) == ImpliedLoss::SexNeeded);
    if sex_needed {
        return (None, "45,X without the sex: -X and -Y cannot be told apart");
    }
    let Some(largest) = resolved.iter().rev().max_by_key(|c| risk::count(c)) else {
        return (None, "no clone");
    };
    let (risk, row) = risk::of_clone(largest);
    if independent_clones && risk::count(largest) < COMPLEX {
        return (Some(CytogeneticRisk::Intermediate), "independent clones");
    }
    (Some(risk), row)
}

/// Kinds by which an arm loses material.
const LOSS_KINDS: [SegmentKind; 3] = [
    SegmentKind::Deletion,
    SegmentKind::Translocation,
    SegmentKind::Add,
];

fn flags(resolved: &[Resolved], changes: u32) -> KaryotypeFlags {
    let any = |test: &dyn Fn(&Change) -> bool| resolved.iter().any(|r| r.changes.iter().any(test));
    let del5q = any(&|c| c.is_deletion("5", 'q'));
    let del7_7q = any(&Change::is_loss_of_7q);
    KaryotypeFlags {
        del5q,
        del7_7q,
        del17_17p: any(&|c| c.is_whole(Sign::Loss, "17") || c.is_deletion("17", 'p')),
        complex: changes >= COMPLEX,
        isolated_del5q: del5q && !del7_7q && changes < COMPLEX,
        abnormal_3q26: any(&Change::is_3q26),
        monosomy5: any(&|c| c.is_whole(Sign::Loss, "5")),
        monosomy7: any(&|c| c.is_whole(Sign::Loss, "7")),
        myelodysplasia_related_who: any(&is_related_who),
        myelodysplasia_related_icc: any(&is_related_icc),
    }
}

/// Changes that define AML, myelodysplasia-related (Khoury, Leukemia 2022;36:1703, table of AML-MR).
fn is_related_who(change: &Change) -> bool {
    change.is_whole(Sign::Loss, "5")
        || change.involves(&LOSS_KINDS, "5", 'q')
        || change.is_loss_of_7q()
        || change.is_deletion("11", 'q')
        || change.is_deletion("12", 'p')
        || change.is_whole(Sign::Loss, "13")
        || change.is_deletion("13", 'q')
        || change.is_whole(Sign::Loss, "17")
        || change.is_deletion("17", 'p')
        || change.is_structure(SegmentKind::Isochromosome, "17", 'q')
        || change.is_structure(SegmentKind::Isodicentric, "X", 'q')
}

/// Changes that define AML with myelodysplasia-related cytogenetic abnormalities (Arber, Blood 2022;140:1200, Table 25).
fn is_related_icc(change: &Change) -> bool {
    change.involves(&LOSS_KINDS, "5", 'q')
        || change.is_loss_of_7q()
        || change.is_whole(Sign::Gain, "8")
        || change.involves(&LOSS_KINDS, "12", 'p')
        || change.is_structure(SegmentKind::Isochromosome, "17", 'q')
        || change.is_whole(Sign::Loss, "17")
        || change.involves(&[SegmentKind::Add, SegmentKind::Deletion], "17", 'p')
        || change.is_deletion("20", 'q')
        || change.is_structure(SegmentKind::Isodicentric, "X", 'q')
}

fn say_what_is_doubtful(karyotype: &Karyotype, resolved: &[Resolved], notes: &mut Vec<String>) {
    if karyotype.clones.iter().any(|c| c.incomplete) {
        notes.push("incomplete karyotype (inc): there is more that is not described".into());
    }
    if karyotype
        .clones
        .iter()
        .flat_map(|c| &c.abnormalities)
        .any(|a| a.uncertain)
    {
        notes.push("uncertain changes (?) are counted".into());
    }
    let single_3q = resolved
        .iter()
        .filter(|r| risk::count(r) == 1)
        .any(|r| r.changes[0].is_3q() && !r.changes[0].is_3q26());
    if single_3q {
        notes.push("3q without 3q26: Poor by the written rule; some laboratories say Intermediate".into());
    }
}
