//! Changes named without a karyotype around them: `trisomy 8`, `5q-`, `del20q`, `-Y`, `t(8;21)(q22;q22)`.

use super::abnormality::{Item, item};
use super::lost_arm::{chromosome, structure, whole};
use super::model::{Abnormality, SegmentKind, Sign};
use super::note::KaryotypeNote;
use super::scanner::Scanner;

/// Words for a chromosome too many or too few; the longer before what could hide it.
const WORDS: [(&str, Sign); 10] = [
    ("trisomie", Sign::Gain),
    ("trisomia", Sign::Gain),
    ("trisomy", Sign::Gain),
    ("tris", Sign::Gain),
    ("monosomie", Sign::Loss),
    ("monosomia", Sign::Loss),
    ("monosomy", Sign::Loss),
    ("mono", Sign::Loss),
    ("lossof", Sign::Loss),
    ("gainof", Sign::Gain),
];

/// Reads a list of changes to its end; `None` where anything in it is not one.
pub(super) fn changes(scanner: &Scanner, notes: &mut Vec<KaryotypeNote>) -> Option<Vec<Abnormality>> {
    let mut scanner = scanner.clone();
    let mut found = Vec::new();
    loop {
        let start = scanner.mark();
        if let Some(change) = in_words(&mut scanner).filter(|_| ends(&scanner)) {
            found.push(change);
        } else {
            scanner.reset(start);
            match item(&mut scanner, notes).ok()? {
                Item::Abnormality(change) if ends(&scanner) => found.push(change),
                _ => return None,
            }
        }
        if scanner.peek().is_none() {
            return Some(found);
        }
        scanner.next();
    }
}

fn ends(scanner: &Scanner) -> bool {
    matches!(scanner.peek(), None | Some(',' | ';'))
}

fn in_words(scanner: &mut Scanner) -> Option<Abnormality> {
    for (word, sign) in WORDS {
        if scanner.take_text(word) {
            return chromosome(scanner).map(|c| whole(sign, c));
        }
    }
    let kind = if scanner.take_text("del") {
        Some(SegmentKind::Deletion)
    } else if scanner.take_text("iso") || scanner.take_text("i") {
        Some(SegmentKind::Isochromosome)
    } else {
        None
    };
    let chromosome = chromosome(scanner)?;
    let arm = match scanner.peek() {
        Some(arm @ ('p' | 'q')) => {
            scanner.next();
            Some(arm)
        }
        _ => None,
    };
    match (kind, arm) {
        // A deleted Y is a lost one.
        (Some(SegmentKind::Deletion), None) if chromosome == "Y" => Some(whole(Sign::Loss, chromosome)),
        (Some(SegmentKind::Deletion), arm) => Some(structure(SegmentKind::Deletion, chromosome, arm)),
        (Some(kind), Some(arm)) => Some(structure(kind, chromosome, Some(arm))),
        // `5q-`
        (None, Some(arm)) if scanner.take('-') => {
            Some(structure(SegmentKind::Deletion, chromosome, Some(arm)))
        }
        _ => None,
    }
}
