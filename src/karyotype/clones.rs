use super::heteromorphism::is_variant;
use super::model::{Abnormality, AbnormalityBody, CellClone, Karyotype, Lineage, Range, SegmentKind, Sign};
use super::note::KaryotypeNote;
use super::number::{Misfit, misfit};
use crate::genome::Sex;

/// Cells that must show a loss of a whole chromosome for it to be clonal (ISCN, as the glossary of WiCell's
/// cytogenetics reports states it; the book was not seen).
const CELLS_FOR_LOSS: u32 = 3;
/// Cells that must show a gain or a structural change for it to be clonal (the same).
const CELLS_FOR_OTHER: u32 = 2;
/// Fewest chromosomes of a near-triploid cell (ISCN: 58 to 80); from here on the ploidy itself is a change.
const NEAR_TRIPLOID: u32 = 58;

/// A change of a clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// The same change has the same key in every clone.
    pub key: String,
    /// What it is; `None` for a change of ploidy.
    pub abnormality: Option<Abnormality>,
    /// How often it is there.
    pub copies: u32,
    /// Cells that show it, where they are counted for this change.
    pub cells: Option<u32>,
}

/// A clone with everything that it has, its own and inherited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Resolved {
    pub changes: Vec<Change>,
    /// Cells; `None` where the karyotype does not say.
    pub cells: Option<u32>,
    /// The clone that it derives from.
    pub parent: Option<usize>,
    /// Its number of chromosomes.
    pub number: Range,
    /// Parts that cannot be read, its own and inherited.
    pub unreadable: Vec<String>,
}

/// How a karyotype is taken where it can be taken in more than one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct View {
    /// Sex, which decides what `45,X` lost.
    pub sex: Option<Sex>,
    /// What a `mos` karyotype has was there at birth.
    pub mosaic: bool,
}

/// Sex chromosomes lost that the karyotype shows only by what is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ImpliedLoss {
    None,
    Chromosome(char),
    /// `45,X` where the sex is not known.
    SexNeeded,
}

impl Change {
    /// Changes that are not known, so many.
    pub(super) fn unknown(copies: u32) -> Self {
        Self {
            key: "unknown".into(),
            abnormality: None,
            copies,
            cells: None,
        }
    }

    /// A whole chromosome gained or lost.
    pub(super) fn whole(sign: Sign, chromosome: &str) -> Self {
        let body = AbnormalityBody::Chromosome(chromosome.to_owned());
        Self::of(&Abnormality::plain(Some(sign), body))
    }

    /// The change that an abnormality is.
    pub(super) fn of(abnormality: &Abnormality) -> Self {
        let mut plain = abnormality.clone();
        plain.uncertain = false;
        plain.times = None;
        plain.cells = None;
        let mut copies = abnormality.times.map_or(1, |r| r.high);
        if let AbnormalityBody::Structure { count, .. } = &mut plain.body {
            copies = copies.saturating_mul(count.take().map_or(1, |r| r.high));
        }
        // Dozens of double minutes are one change.
        if plain.kind() == Some(SegmentKind::DoubleMinutes) {
            copies = 1;
        }
        Self {
            key: plain.to_string().replace('?', ""),
            abnormality: Some(plain),
            copies,
            cells: abnormality.cells,
        }
    }

    fn is_loss_of_chromosome(&self) -> bool {
        self.abnormality
            .as_ref()
            .is_some_and(|a| a.sign == Some(Sign::Loss) && matches!(a.body, AbnormalityBody::Chromosome(_)))
    }
}

impl Abnormality {
    /// Returns the kind of the first structure; `None` for a whole chromosome.
    pub fn kind(&self) -> Option<SegmentKind> {
        match &self.body {
            AbnormalityBody::Chromosome(_) | AbnormalityBody::Heteromorphism(_) => None,
            AbnormalityBody::Structure { segments, .. } => segments.first().map(|s| s.kind),
        }
    }
}

/// Returns each clone with everything it has, and drops changes that too few cells show.
pub(super) fn resolve(karyotype: &Karyotype, view: View, notes: &mut Vec<KaryotypeNote>) -> Vec<Resolved> {
    let mut resolved: Vec<Resolved> = Vec::new();
    // A clone that inherits from itself was written before the clone that it derives from.
    let mut order: Vec<usize> = (0..karyotype.clones.len()).collect();
    if let Some(first_own) = karyotype.clones.iter().position(|c| c.inherits.is_none())
        && first_own > 0
    {
        notes.push(KaryotypeNote::FirstCloneRefers);
        order.remove(first_own);
        order.insert(0, first_own);
    }
    for index in order {
        let clone = &karyotype.clones[index];
        let parent = clone.inherits.and_then(|i| parent(i.from, &resolved));
        let mut unreadable = clone.unreadable.clone();
        // `46,XX,inc`: there are changes, and none is described.
        if clone.incomplete && clone.abnormalities.is_empty() && clone.inherits.is_none() {
            unreadable.push("inc".to_owned());
        }
        let mut changes = Vec::new();
        if let Some(parent) = parent {
            changes.clone_from(&resolved[parent].changes);
            unreadable.extend(resolved[parent].unreadable.iter().cloned());
        }
        if !view.mosaic {
            changes = own_changes(clone, changes, implied_loss(karyotype, index, view.sex), notes);
            let of_parent = parent.map(|p| resolved[p].number);
            changes.extend(unexplained(clone, of_parent, notes));
        }
        resolved.push(Resolved {
            changes,
            cells: clone.cells.and_then(|c| c.count),
            parent,
            number: clone.modal.range,
            unreadable,
        });
    }
    drop_unconfirmed(&mut resolved, notes);
    for clone in &mut resolved {
        // What a single cell shows makes no clone, whatever it is.
        if clone.cells.is_some_and(|c| c < CELLS_FOR_OTHER) {
            clone.unreadable.clear();
        }
    }
    resolved
}

/// Returns the clone that a reference means: the first abnormal one, or a side line by its number.
fn parent(from: Lineage, resolved: &[Resolved]) -> Option<usize> {
    let stem = resolved
        .iter()
        .position(|r| !r.changes.is_empty())
        .or((!resolved.is_empty()).then_some(0))?;
    match from {
        Lineage::Idem | Lineage::Stemline => Some(stem),
        Lineage::Sideline(0) => resolved.len().checked_sub(1),
        Lineage::Sideline(number) => Some((stem + number as usize).min(resolved.len() - 1)),
    }
}

fn own_changes(
    clone: &CellClone,
    inherited: Vec<Change>,
    implied: ImpliedLoss,
    notes: &mut Vec<KaryotypeNote>,
) -> Vec<Change> {
    let mut changes = inherited;
    let own_from = changes.len();
    let mut cancelled = 0;
    if let ImpliedLoss::Chromosome(chromosome) = implied {
        add(&mut changes, Change::whole(Sign::Loss, &chromosome.to_string()));
    }
    for abnormality in &clone.abnormalities {
        if is_variant(abnormality) {
            let note = KaryotypeNote::OfHealthyPeople {
                change: abnormality.to_string(),
            };
            if !notes.contains(&note) {
                notes.push(note);
            }
            continue;
        }
        if abnormality.constitutional {
            continue;
        }
        let change = Change::of(abnormality);
        if let Some(index) = cancelled_by(&changes[..own_from - cancelled], abnormality) {
            changes.remove(index);
            cancelled += 1;
        } else if own_from > 0 && abnormality.sign == Some(Sign::Loss) && abnormality.kind().is_some() {
            notes.push(KaryotypeNote::NothingToLose {
                change: abnormality.to_string(),
            });
        } else {
            add(&mut changes, change);
        }
    }
    if clone.modal.range.low >= NEAR_TRIPLOID || clone.inherits.is_some_and(|i| i.times > 1) {
        add(
            &mut changes,
            Change {
                key: "ploidy".into(),
                abnormality: None,
                copies: 1,
                cells: None,
            },
        );
    }
    changes
}

/// Returns the changes that the number of chromosomes shows and nobody described: `47,XY[11]`. Where a change that alters the
/// number is written and the sum is another, a slip is likelier, and is noted.
fn unexplained(clone: &CellClone, parent: Option<Range>, notes: &mut Vec<KaryotypeNote>) -> Option<Change> {
    let Misfit {
        chromosomes,
        numbered,
    } = misfit(clone, parent)?;
    if numbered {
        notes.push(KaryotypeNote::NumberMisfit {
            clone: clone.to_string(),
        });
        return None;
    }
    notes.push(KaryotypeNote::NumberUnexplained {
        clone: clone.to_string(),
    });
    Some(Change::unknown(chromosomes))
}

/// Adds a change; the Y, of which there is one to lose, counts once.
fn add(changes: &mut Vec<Change>, change: Change) {
    match changes.iter_mut().find(|c| c.key == change.key) {
        Some(there) if there.key == "-Y" || there.key == "ploidy" => {}
        Some(there) if change.abnormality.as_ref().is_some_and(|a| a.sign.is_some()) => {
            there.copies = there.copies.saturating_add(change.copies);
        }
        Some(there) => there.copies = there.copies.max(change.copies),
        None => changes.push(change),
    }
}

/// Returns the inherited change that an abnormality takes back: a gain of a lost chromosome, the loss of a gained one, the
/// loss of a marker or derivative.
fn cancelled_by(inherited: &[Change], abnormality: &Abnormality) -> Option<usize> {
    inherited.iter().position(|change| {
        let Some(there) = &change.abnormality else {
            return false;
        };
        match (&there.body, &abnormality.body) {
            (AbnormalityBody::Chromosome(a), AbnormalityBody::Chromosome(b)) => {
                a == b && there.sign != abnormality.sign
            }
            (
                AbnormalityBody::Structure { segments: a, .. },
                AbnormalityBody::Structure { segments: b, .. },
            ) => {
                abnormality.sign == Some(Sign::Loss)
                    && a.first().zip(b.first()).is_some_and(|(a, b)| {
                        a.kind == b.kind
                            && a.chromosomes == b.chromosomes
                            && (b.breakpoints.is_empty() || a.breakpoints == b.breakpoints)
                    })
            }
            _ => false,
        }
    })
}

/// Returns whether a clone lost a sex chromosome without saying `-X` or `-Y`: `45,X`.
pub(super) fn implied_loss(karyotype: &Karyotype, index: usize, sex: Option<Sex>) -> ImpliedLoss {
    let clone = &karyotype.clones[index];
    let says_sex = clone.abnormalities.iter().any(involves_sex);
    if clone.sex != "X"
        || clone.sex_constitutional
        || says_sex
        || clone.inherits.is_some()
        || clone.modal.range.low > 45
    {
        return ImpliedLoss::None;
    }
    let seen = |text: &str| {
        karyotype.clones.iter().any(|c| {
            c.sex.contains(text)
                || c.abnormalities
                    .iter()
                    .any(|a| a.to_string() == format!("-{text}"))
        })
    };
    match sex {
        Some(Sex::Male) => ImpliedLoss::Chromosome('Y'),
        Some(Sex::Female) => ImpliedLoss::Chromosome('X'),
        None if seen("Y") => ImpliedLoss::Chromosome('Y'),
        None if seen("XX") => ImpliedLoss::Chromosome('X'),
        None => ImpliedLoss::SexNeeded,
    }
}

fn involves_sex(abnormality: &Abnormality) -> bool {
    let is_sex = |c: &String| c == "X" || c == "Y";
    match &abnormality.body {
        AbnormalityBody::Chromosome(chromosome) => is_sex(chromosome),
        AbnormalityBody::Heteromorphism(_) => false,
        AbnormalityBody::Structure { segments, .. } => {
            segments.iter().any(|s| s.chromosomes.iter().any(is_sex))
        }
    }
}

/// Drops changes that fewer cells show than make a clone, counting all clones that have the change.
fn drop_unconfirmed(resolved: &mut [Resolved], notes: &mut Vec<KaryotypeNote>) {
    let cells_with = |resolved: &[Resolved], key: &str| {
        resolved
            .iter()
            .filter_map(|r| {
                let change = r.changes.iter().find(|c| c.key == key)?;
                Some(change.cells.or(r.cells))
            })
            .try_fold(0u32, |sum, cells| cells.map(|cells| sum.saturating_add(cells)))
    };
    let mut dropped: Vec<String> = Vec::new();
    let before = resolved.to_vec();
    for clone in resolved.iter_mut() {
        clone.changes.retain(|change| {
            let needed = if change.is_loss_of_chromosome() {
                CELLS_FOR_LOSS
            } else {
                CELLS_FOR_OTHER
            };
            let keep = cells_with(&before, &change.key).is_none_or(|cells| cells >= needed);
            if !keep && !dropped.contains(&change.key) {
                dropped.push(change.key.clone());
                notes.push(KaryotypeNote::TooFewCells {
                    change: change.key.clone(),
                    cells: needed,
                });
            }
            keep
        });
    }
}

/// Returns for each clone the number of its family: clones that share a change or derive from each other. Clones without
/// changes belong to none.
pub(super) fn families(resolved: &[Resolved]) -> Vec<Option<usize>> {
    let mut family: Vec<Option<usize>> = vec![None; resolved.len()];
    for index in 0..resolved.len() {
        if resolved[index].changes.is_empty() {
            continue;
        }
        family[index] = Some(index);
        for earlier in 0..index {
            let Some(of_earlier) = family[earlier] else {
                continue;
            };
            let related = resolved[index].parent == Some(earlier)
                || resolved[index]
                    .changes
                    .iter()
                    .any(|c| resolved[earlier].changes.iter().any(|e| e.key == c.key));
            if related && let Some(own) = family[index] {
                for member in family.iter_mut().filter(|f| **f == Some(own)) {
                    *member = Some(of_earlier);
                }
            }
        }
    }
    family
}
