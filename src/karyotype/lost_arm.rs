//! Changes in the words of older reports, which stand in a karyotype or alone.

use super::model::{Abnormality, AbnormalityBody, SegmentKind, Sign};
use super::scanner::Scanner;

/// Reads an arm that older reports write as lost, `5q-`, between the changes of a karyotype; returns it as written, too.
pub(super) fn lost_arm(scanner: &mut Scanner) -> Option<(String, Abnormality)> {
    let mark = scanner.mark();
    let read = chromosome(scanner).zip(scanner.next().filter(|arm| matches!(arm, 'p' | 'q')));
    let lost = scanner.take('-') && matches!(scanner.peek(), None | Some(',' | '[' | '/'));
    let Some((chromosome, arm)) = read.filter(|_| lost) else {
        scanner.reset(mark);
        return None;
    };
    let written = format!("{chromosome}{arm}-");
    Some((written, structure(SegmentKind::Deletion, chromosome, Some(arm))))
}

pub(super) fn chromosome(scanner: &mut Scanner) -> Option<String> {
    match scanner.peek()? {
        c @ ('x' | 'y') => {
            scanner.next();
            Some(c.to_ascii_uppercase().to_string())
        }
        _ => scanner
            .number()
            .filter(|n| (1..=22).contains(n))
            .map(|n| n.to_string()),
    }
}

pub(super) fn whole(sign: Sign, chromosome: String) -> Abnormality {
    Abnormality::plain(Some(sign), AbnormalityBody::Chromosome(chromosome))
}

pub(super) fn structure(kind: SegmentKind, chromosome: String, arm: Option<char>) -> Abnormality {
    let breakpoint = arm.map(|arm| match kind {
        SegmentKind::Isochromosome => format!("{arm}10"),
        _ => arm.to_string(),
    });
    Abnormality::of_one(kind, chromosome, breakpoint.into_iter().collect())
}
