//! A karyotype that can be taken in more than one way: every way is assessed, and what they agree on is known.

use super::clones::{Change, Resolved};
use super::model::{Abnormality, Karyotype, SegmentKind, Sign};

/// What an unreadable part could be.
#[derive(Clone, Debug)]
pub(super) struct Guess {
    changes: Vec<Change>,
    /// It is a clone of its own.
    apart: bool,
}

/// Most changes that matter: from four on a karyotype is in the last group whatever follows.
const MOST_UNKNOWN: u32 = 4;

/// Returns what the parts that cannot be read could be: nothing, changes of no weight of their own, and each change that a
/// score or classification asks for, where the part names its chromosome or none that there is.
pub(super) fn guesses(karyotype: &Karyotype, resolved: &[Resolved]) -> Vec<Guess> {
    let parts: Vec<&str> = resolved
        .iter()
        .flat_map(|r| &r.unreadable)
        .chain(&karyotype.unreadable)
        .map(String::as_str)
        .collect();
    if parts.is_empty() {
        return Vec::new();
    }
    let named = |chromosome: &str| parts.iter().any(|p| may_name(p, chromosome));
    let mut found = vec![Vec::new()];
    found.extend((1..=MOST_UNKNOWN).map(|n| vec![Change::unknown(n)]));
    for chromosome in ["5", "7", "13", "17", "X", "Y"] {
        if named(chromosome) {
            found.push(vec![Change::whole(Sign::Loss, chromosome)]);
        }
    }
    if named("8") {
        found.push(vec![Change::whole(Sign::Gain, "8")]);
    }
    for (kind, chromosome, band) in [
        (SegmentKind::Deletion, "3", "q26"),
        (SegmentKind::Deletion, "5", "q13q33"),
        (SegmentKind::Deletion, "7", "q22"),
        (SegmentKind::Deletion, "11", "q23"),
        (SegmentKind::Deletion, "12", "p13"),
        (SegmentKind::Deletion, "17", "p13"),
        (SegmentKind::Deletion, "20", "q12"),
        (SegmentKind::Isodicentric, "X", "q13"),
    ] {
        if named(chromosome) {
            found.push(vec![structure(kind, chromosome, band)]);
        }
    }
    let mut guesses: Vec<Guess> = found
        .into_iter()
        .map(|changes| Guess {
            changes,
            apart: false,
        })
        .collect();
    if !karyotype.unreadable.is_empty() {
        guesses.extend(guesses.clone().into_iter().map(|g| Guess { apart: true, ..g }));
    }
    guesses
}

impl Guess {
    /// Puts what an unreadable part could be into the clones that have one.
    pub(super) fn apply(&self, resolved: &[Resolved], whole_clone_unread: bool) -> Vec<Resolved> {
        let mut clones = resolved.to_vec();
        let Some(last) = resolved.last() else {
            return clones;
        };
        if self.apart && !self.changes.is_empty() {
            clones.push(Resolved {
                changes: self.changes.clone(),
                parent: None,
                ..last.clone()
            });
            return clones;
        }
        let last_index = clones.len() - 1;
        for (index, clone) in clones.iter_mut().enumerate() {
            if !clone.unreadable.is_empty() || (whole_clone_unread && index == last_index) {
                clone.changes.extend(self.changes.iter().cloned());
            }
        }
        clones
    }
}

fn structure(kind: SegmentKind, chromosome: &str, band: &str) -> Change {
    let structure = Abnormality::of_one(kind, chromosome.to_owned(), vec![band.to_owned()]);
    let mut change = Change::of(&structure);
    // Not the same change as one that was read.
    change.key = format!("unread {}", change.key);
    change
}

/// Whether a part names a chromosome, or nothing that is a chromosome.
fn may_name(part: &str, chromosome: &str) -> bool {
    // Bands have numbers too: `foo(12)(p13)`.
    let mut numbers = Vec::new();
    let mut before = ' ';
    let mut digits = String::new();
    // Numbers of cells name nothing: `foo(12)(p13)[3]`.
    let part = part.split('[').next().unwrap_or(part);
    for c in part.chars().chain([' ']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            numbers.push((std::mem::take(&mut digits), before));
        }
        before = c;
    }
    let not_bands = || {
        numbers
            .iter()
            .filter(|(_, before)| !matches!(before, 'p' | 'q' | '.'))
    };
    let letters = |c: char| part.contains(c);
    let is_chromosome = |n: &str| n.parse::<u32>().is_ok_and(|n| (1..=22).contains(&n));
    match chromosome {
        "X" => letters('x') || not_bands().next().is_none(),
        "Y" => letters('y') || not_bands().next().is_none(),
        _ => not_bands().any(|(n, _)| n == chromosome || !is_chromosome(n)) || not_bands().next().is_none(),
    }
}
