//! Reasons that repeat: a file may hold a record thousands of times, and nobody reads as many notes.

use std::collections::HashMap;
use std::mem::discriminant;

use super::Reason;

/// How many different details of one reason are told.
const MOST: usize = 10;

/// Tells equal reasons once, with their number; of one reason with many different details the first, and how many more there are.
/// The order is that of the first of each.
pub fn told_once(reasons: Vec<Reason>) -> Vec<Reason> {
    let mut places: HashMap<(_, String), usize> = HashMap::new();
    let mut told: Vec<(Reason, u64)> = Vec::new();
    for reason in reasons {
        let place = places.entry((discriminant(&reason.code), reason.detail.clone()));
        let place = *place.or_insert(told.len());
        match told.get_mut(place) {
            Some((_, times)) => *times += 1,
            None => told.push((reason, 1)),
        }
    }
    // By code: how many are kept, the place of the last, and how many are not.
    let mut by_code: HashMap<_, (usize, usize, u64)> = HashMap::new();
    let mut kept: Vec<Reason> = Vec::new();
    for (reason, times) in told {
        let (number, last, more) = by_code.entry(discriminant(&reason.code)).or_default();
        if *number == MOST {
            *more += 1;
            continue;
        }
        *number += 1;
        *last = kept.len();
        kept.push(reason.counted(times, 0));
    }
    for (_, last, more) in by_code.into_values().filter(|(_, _, more)| *more > 0) {
        if let Some(reason) = kept.get_mut(last) {
            *reason = reason.clone().counted(reason.times, more);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drivers::ReasonCode;

    fn reason(code: ReasonCode, text: &str) -> Reason {
        Reason::new(code, text)
    }

    #[test]
    fn equal_reasons_are_told_once_with_their_number() {
        use ReasonCode::{DuplicateRecord, RuleMatched, UnphasedCodon};

        let mut all = vec![reason(RuleMatched, "r"), reason(DuplicateRecord, "5 A>T AD")];
        all.extend((0..19_998).map(|_| reason(DuplicateRecord, "5 A>T AD")));
        all.push(reason(DuplicateRecord, "4 CA>CT AD"));
        all.extend((0..12).map(|i| reason(UnphasedCodon, &format!("{i} A>T"))));
        let actual = told_once(all);
        assert_eq!(actual[0], reason(RuleMatched, "r"));
        assert_eq!(actual[1], reason(DuplicateRecord, "5 A>T AD").counted(19_999, 0));
        assert_eq!(actual[2], reason(DuplicateRecord, "4 CA>CT AD"));
        assert_eq!(actual.len(), 3 + MOST);
        assert_eq!(actual[2 + MOST], reason(UnphasedCodon, "9 A>T").counted(1, 2));
    }

    #[test]
    fn a_reason_without_detail_is_told_by_its_number() {
        let none = || reason(ReasonCode::NoRuleMatched, "");
        assert_eq!(told_once(vec![none()]), [none()]);
        assert_eq!(told_once(vec![none(), none(), none()]), [none().counted(3, 0)]);
    }
}
