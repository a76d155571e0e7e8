//! What is lost and gained: the stretches of each chromosome that a clone has less or more of.
//!
//! A structure without a sign stands in place of the chromosomes whose centromeres it has; with a plus it is there beside
//! them, and nothing is lost (ISCN 2020, chapter on structural changes). What a chromosome lost can lie on another one: the
//! sum over the clone decides.

use super::band::{Arm, Band, END, NEAR_CENTROMERE, breaks};
use super::clones::{Change, Resolved};
use super::model::{AbnormalityBody, Segment, SegmentKind, Sign};

/// A stretch of a chromosome of which a clone has more or less.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stretch {
    chromosome: String,
    from: i32,
    to: i32,
    copies: i32,
}

/// What a change does to the amount of each chromosome.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Effect {
    stretches: Vec<Stretch>,
    /// Chromosomes that may have lost something that is not written.
    unsure: Open,
}

/// Chromosomes, or an arm of them, that may have lost something that is not written.
type Open = Vec<(String, Option<Arm>)>;

/// Pieces of chromosomes that a derivative is made of.
#[derive(Clone, Debug, Default)]
struct Pieces(Vec<(String, i32, i32)>);

/// What a clone lost.
#[derive(Clone, Debug, Default)]
pub(super) struct Losses {
    effect: Effect,
}

impl Losses {
    /// Sums what the changes of a clone do.
    pub(super) fn of(clone: &Resolved) -> Self {
        let mut effect = Effect::default();
        for change in &clone.changes {
            effect.add(effect_of(change));
        }
        Self { effect }
    }

    /// Sums what one change does by itself.
    pub(super) fn of_change(change: &Change) -> Self {
        Self {
            effect: effect_of(change),
        }
    }

    /// Whether any part of an arm is lost.
    pub(super) fn loses(&self, chromosome: &str, arm: Arm) -> bool {
        let on: Vec<&Stretch> = self
            .effect
            .stretches
            .iter()
            .filter(|s| s.chromosome == chromosome)
            .collect();
        let mut edges: Vec<i32> = on.iter().flat_map(|s| [s.from, s.to]).chain([0]).collect();
        edges.sort_unstable();
        edges.dedup();
        edges.windows(2).any(|pair| {
            let on_arm = match arm {
                Arm::P => pair[1] <= 0,
                Arm::Q => pair[0] >= 0,
            };
            let copies: i32 = on
                .iter()
                .filter(|s| s.from <= pair[0] && s.to >= pair[1])
                .map(|s| s.copies)
                .sum();
            on_arm && copies < 0
        })
    }

    /// Whether a part of an arm may be lost, by a change whose extent is not written.
    pub(super) fn may_lose(&self, chromosome: &str, arm: Arm) -> bool {
        self.loses(chromosome, arm)
            || self
                .effect
                .unsure
                .iter()
                .any(|(c, a)| c == chromosome && a.is_none_or(|a| a == arm))
    }
}

impl Effect {
    fn add(&mut self, other: Self) {
        self.stretches.extend(other.stretches);
        self.unsure.extend(other.unsure);
    }

    fn push(&mut self, chromosome: &str, from: i32, to: i32, copies: i32) {
        self.stretches.push(Stretch {
            chromosome: chromosome.to_owned(),
            from,
            to,
            copies,
        });
    }
}

impl Pieces {
    fn whole(chromosome: &str) -> Self {
        Self(vec![(chromosome.to_owned(), -END, END)])
    }

    fn has(&self, chromosome: &str) -> bool {
        self.0.iter().any(|(c, _, _)| c == chromosome)
    }

    fn add(&mut self, chromosome: &str, from: i32, to: i32) {
        self.0.push((chromosome.to_owned(), from, to));
    }

    /// Takes a stretch out of every piece of a chromosome.
    fn remove(&mut self, chromosome: &str, from: i32, to: i32) {
        let mut left = Vec::new();
        for (c, start, end) in self.0.drain(..) {
            if c != chromosome {
                left.push((c, start, end));
                continue;
            }
            if start < from.min(end) {
                left.push((c.clone(), start, from.min(end)));
            }
            if end > to.max(start) {
                left.push((c, to.max(start), end));
            }
        }
        self.0 = left;
    }

    /// Cuts off everything from a band to the end of its arm.
    fn cut(&mut self, chromosome: &str, band: Band) {
        match band.arm {
            Arm::P => self.remove(chromosome, -END, -band.near),
            Arm::Q => self.remove(chromosome, band.near, END),
        }
    }

    /// Keeps one arm of a chromosome.
    fn keep_arm(&mut self, chromosome: &str, arm: Arm) {
        match arm {
            Arm::P => self.remove(chromosome, 0, END),
            Arm::Q => self.remove(chromosome, -END, 0),
        }
    }

    /// Adds what lies from a band to the end of its arm.
    fn add_from(&mut self, chromosome: &str, band: Band) {
        match band.arm {
            Arm::P => self.add(chromosome, -END, -band.near),
            Arm::Q => self.add(chromosome, band.near, END),
        }
    }
}

fn effect_of(change: &Change) -> Effect {
    let mut effect = Effect::default();
    let Some(abnormality) = &change.abnormality else {
        return effect;
    };
    let copies = i32::try_from(change.copies).unwrap_or(1);
    match (&abnormality.body, abnormality.sign) {
        (AbnormalityBody::Chromosome(chromosome), Some(sign)) => {
            let sign = if sign == Sign::Gain { 1 } else { -1 };
            effect.push(chromosome, -END, END, sign * copies);
        }
        (AbnormalityBody::Structure { segments, .. }, sign @ (None | Some(Sign::Gain))) => {
            let Some((replaced, pieces, unsure)) = derivative(segments) else {
                return effect;
            };
            for (chromosome, from, to) in pieces.0 {
                effect.push(&chromosome, from, to, copies);
            }
            if sign.is_none() {
                for chromosome in replaced {
                    effect.push(&chromosome, -END, END, -copies);
                }
                effect.unsure = unsure;
            }
        }
        _ => {}
    }
    effect
}

/// The chromosomes that a derivative stands for, what it is made of, and where its extent is not written.
type Derivative = (Vec<String>, Pieces, Open);

/// Returns `None` for what neither loses nor gains: balanced changes, markers.
fn derivative(segments: &[Segment]) -> Option<Derivative> {
    use SegmentKind as K;
    let [first, rest @ ..] = segments else {
        return None;
    };
    let chromosome = first.chromosomes.first()?;
    let bands = breaks(first, 0);
    if let Some(plain) = chromosome.strip_prefix('?') {
        return Some(unsure(&[plain.to_owned()], None));
    }
    let mut pieces = Pieces::whole(chromosome);
    let mut open = Open::new();
    match first.kind {
        K::Deletion | K::Add if bands.is_empty() => return Some(unsure(&first.chromosomes, None)),
        K::Deletion => delete(&mut pieces, chromosome, &bands),
        K::Add => pieces.cut(chromosome, bands[0]),
        K::Isochromosome | K::Isodicentric | K::Isoderivative => {
            let [band, ..] = bands[..] else {
                return Some(unsure(&first.chromosomes, None));
            };
            let (band, unsure) = centromere(first.kind, chromosome, band);
            open.extend(unsure);
            open.extend(mirror(&mut pieces, chromosome, band, rest));
        }
        K::Pseudodicentric if first.chromosomes.len() == 1 => {
            open.extend(mirror(&mut pieces, chromosome, *bands.first()?, rest));
        }
        K::Ring => open.extend(close(&mut pieces, chromosome, &bands)),
        K::Derivative if first.chromosomes.len() == 1 => {
            // `der(17)` and `der(5)(q?)` do not say what they are made of.
            if rest.is_empty() {
                return Some(unsure(&first.chromosomes, bands.first().map(|b| b.arm)));
            }
            for segment in rest {
                open.extend(chain(&mut pieces, std::slice::from_ref(chromosome), segment));
            }
        }
        K::Derivative | K::Robertsonian | K::Dicentric | K::Pseudodicentric | K::Tricentric => {
            return Some(joined(first, rest));
        }
        _ => return None,
    }
    Some((vec![chromosome.clone()], pieces, open))
}

fn unsure(chromosomes: &[String], arm: Option<Arm>) -> Derivative {
    // What replaces the chromosomes is taken as whole, and said to be open.
    let mut pieces = Pieces::default();
    for chromosome in chromosomes {
        pieces.add(chromosome, -END, END);
    }
    let open = chromosomes.iter().map(|c| (c.clone(), arm)).collect();
    (chromosomes.to_vec(), pieces, open)
}

/// Takes out what a deletion names: from one band to the end of the arm, or between two.
fn delete(pieces: &mut Pieces, chromosome: &str, bands: &[Band]) {
    match bands {
        [a, b, ..] if b.far < END => {
            let edges = [a, b].map(|x| [x.arm.at(x.near), x.arm.at(x.far)]).concat();
            let from = edges.iter().min().copied().unwrap_or(0);
            let to = edges.iter().max().copied().unwrap_or(0);
            pieces.remove(chromosome, from, to.max(from + 1));
        }
        [a, ..] => pieces.cut(chromosome, *a),
        [] => {}
    }
}

/// Returns where an isochromosome parts. With a break in band 11 whole arms were written before ISCN had `q10`: `i(17)(q11)` is the long
/// arm twice, for what has two centromeres is an `idic`; of `i(17)(p11)`, which is also written for `idic(17)(p11.2)`, the other arm is
/// open.
fn centromere(kind: SegmentKind, chromosome: &str, band: Band) -> (Band, Open) {
    if kind != SegmentKind::Isochromosome || band.near == 0 || band.near > NEAR_CENTROMERE {
        return (band, Open::new());
    }
    match band.arm {
        Arm::Q => (
            Band {
                near: 0,
                far: 0,
                ..band
            },
            Open::new(),
        ),
        Arm::P => (band, vec![(chromosome.to_owned(), Some(Arm::Q))]),
    }
}

/// Makes both halves of an isochromosome: `i(17)(q10)` twice the long arm, `idic(X)(q13)` twice everything up to q13.
fn mirror(pieces: &mut Pieces, chromosome: &str, band: Band, rest: &[Segment]) -> Open {
    let mut open = Open::new();
    if band.near == 0 {
        pieces.keep_arm(chromosome, band.arm);
    } else {
        pieces.cut(chromosome, band);
    }
    for segment in rest {
        open.extend(chain(pieces, &[chromosome.to_owned()], segment));
    }
    pieces.0.extend(pieces.0.clone());
    open
}

/// Closes a ring: both arms end at their breaks, but for what a break in the last band leaves open. Returns what is open.
fn close(pieces: &mut Pieces, chromosome: &str, bands: &[Band]) -> Open {
    let [a, b] = bands else {
        return vec![(chromosome.to_owned(), None)];
    };
    let mut open = Open::new();
    for band in [a, b] {
        if is_last_band(chromosome, *band) {
            open.push((chromosome.to_owned(), Some(band.arm)));
        } else {
            pieces.cut(chromosome, *band);
        }
    }
    open
}

/// Applies one more structure of a derivative chromosome with these centromeres. Returns what it leaves open.
fn chain(pieces: &mut Pieces, own: &[String], segment: &Segment) -> Open {
    use SegmentKind as K;
    let Some(first) = segment.chromosomes.first() else {
        return Open::new();
    };
    let bands = breaks(segment, 0);
    match segment.kind {
        K::Deletion => delete(pieces, first, &bands),
        K::Add => {
            if let [band, ..] = bands[..] {
                pieces.cut(first, band);
            }
        }
        K::Ring => return close(pieces, first, &bands),
        K::Translocation | K::Dicentric | K::TelomericAssociation => exchange(pieces, own, segment),
        K::Insertion if segment.chromosomes.len() > 1 => {
            let donor = &segment.chromosomes[1];
            let bands = breaks(segment, 1);
            let [a, b, ..] = bands[..] else {
                // The stretch is not written; the chromosome that gave it lacks it.
                let open = (!pieces.has(first)).then(|| (donor.clone(), bands.first().map(|b| b.arm)));
                return open.into_iter().collect();
            };
            let (from, to) = (
                a.arm.at(a.near).min(b.arm.at(b.near)),
                a.arm.at(a.far).max(b.arm.at(b.far)),
            );
            if pieces.has(first) {
                pieces.add(donor, from, to);
            } else {
                pieces.remove(donor, from, to);
            }
        }
        _ => {}
    }
    Open::new()
}

/// Applies a translocation to a derivative chromosome: it keeps its side of the break, and takes what the chromosome before
/// it in the list lost (ISCN: `t(a;b;c)` brings a to b, b to c, c to a).
fn exchange(pieces: &mut Pieces, own: &[String], segment: &Segment) {
    let list = &segment.chromosomes;
    let mine: Vec<usize> = (0..list.len()).filter(|i| own.contains(&list[*i])).collect();
    let mine = if mine.is_empty() {
        (0..list.len())
            .find(|i| pieces.has(&list[*i]))
            .into_iter()
            .collect()
    } else {
        mine
    };
    for index in &mine {
        let [band, ..] = breaks(segment, *index)[..] else {
            continue;
        };
        let partner = (index + list.len() - 1) % list.len();
        let partner_band = breaks(segment, partner).first().copied();
        if band.is_whole_arm() {
            pieces.keep_arm(&list[*index], band.arm);
        } else {
            pieces.cut(&list[*index], band);
        }
        if let Some(partner_band) = partner_band.filter(|_| mine.len() == 1 && partner != *index) {
            pieces.add_from(&list[partner], partner_band);
        }
    }
}

/// Joins two centromeres or more: `der(1;7)(q10;p10)` has the arms that are named, `dic(5;17)(q11;p11)` everything up to the
/// breaks.
fn joined(first: &Segment, rest: &[Segment]) -> Derivative {
    let mut pieces = Pieces::default();
    for chromosome in &first.chromosomes {
        pieces.add(chromosome, -END, END);
    }
    let mut open = Open::new();
    if !rest.is_empty() {
        for segment in rest {
            open.extend(chain(&mut pieces, &first.chromosomes, segment));
        }
        return (first.chromosomes.clone(), pieces, open);
    }
    let by_arm = !matches!(
        first.kind,
        SegmentKind::Dicentric | SegmentKind::Pseudodicentric | SegmentKind::Tricentric
    );
    for (index, chromosome) in first.chromosomes.iter().enumerate() {
        match breaks(first, index)[..] {
            [] => open.push((chromosome.clone(), None)),
            [band, ..] if by_arm && band.near <= NEAR_CENTROMERE => {
                pieces.keep_arm(chromosome, band.arm);
                if !band.is_whole_arm() {
                    open.push((chromosome.clone(), None));
                }
            }
            // The one in the middle of three ends on both sides: `trc(5;7;17)(q11;p11q11;p11)`.
            [band, ref more @ ..] => {
                pieces.cut(chromosome, band);
                for band in more {
                    pieces.cut(chromosome, *band);
                }
            }
        }
    }
    (first.chromosomes.clone(), pieces, open)
}

/// The last bands of the arms that are asked for (ISCN ideogram): a ring that breaks there may have lost nothing but the end.
const LAST_BANDS: [(&str, Arm, i32); 4] = [
    ("5", Arm::Q, 35),
    ("7", Arm::Q, 36),
    ("12", Arm::P, 13),
    ("17", Arm::P, 13),
];

fn is_last_band(chromosome: &str, band: Band) -> bool {
    LAST_BANDS
        .iter()
        .any(|(c, arm, last)| *c == chromosome && *arm == band.arm && band.near >= last * 100)
}

#[cfg(test)]
mod tests;
