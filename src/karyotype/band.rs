//! Places on a chromosome: bands as written, as numbers that can be compared.

use super::model::Segment;

/// The end of an arm.
pub(super) const END: i32 = 100_000;

/// Breaks up to here, 11, can mean the arm where a derivative names two chromosomes: whole-arm exchanges were written so
/// before ISCN had `p10` and `q10`. What else they can mean is open.
pub(super) const NEAR_CENTROMERE: i32 = 1199;

/// An arm of a chromosome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arm {
    /// The short arm.
    P,
    /// The long arm.
    Q,
}

/// A band or part of one: its distance from the centromere, in hundredths of a band.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Band {
    /// Its arm.
    pub arm: Arm,
    /// Where it begins, seen from the centromere.
    pub near: i32,
    /// Where it ends.
    pub far: i32,
}

impl Arm {
    /// Reads `p` or `q`.
    pub(super) fn of(letter: char) -> Option<Self> {
        match letter {
            'p' => Some(Self::P),
            'q' => Some(Self::Q),
            _ => None,
        }
    }

    /// Returns the place at a distance from the centromere; places on the short arm are negative.
    pub(super) fn at(self, distance: i32) -> i32 {
        match self {
            Self::P => -distance,
            Self::Q => distance,
        }
    }
}

impl Band {
    /// Whether it is the centromere, or the arm is named whole: `q10`.
    pub(super) fn is_whole_arm(self) -> bool {
        self.far == 0
    }

    /// Whether it touches whole bands of an arm, both ends included.
    pub(super) fn lies_in(self, arm: Arm, from: i32, to: i32) -> bool {
        self.arm == arm && self.near < (to + 1) * 100 && self.far >= from * 100
    }
}

/// Returns the bands in which a chromosome of a structure broke, in the order written.
pub(super) fn breaks(segment: &Segment, index: usize) -> Vec<Band> {
    segment.bands(index).map_or_else(Vec::new, |text| bands(&text))
}

/// Reads `q13q33`, `q13.1~15`, `p1?`; what has no arm is left out.
fn bands(text: &str) -> Vec<Band> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(['p', 'q']) {
        let arm = rest[start..].chars().next().and_then(Arm::of);
        let tail = &rest[start + 1..];
        let end = tail.find(['p', 'q']).unwrap_or(tail.len());
        found.extend(arm.and_then(|arm| band(arm, &tail[..end])));
        rest = &tail[end..];
    }
    found
}

/// Reads what stands behind the arm: `13`, `13.1`, `13~15`, `1?`, nothing.
fn band(arm: Arm, text: &str) -> Option<Band> {
    if text.starts_with("ter") {
        return None;
    }
    let mut numbers = text.split(['~', '?', '-']).filter(|n| !n.is_empty());
    let Some((near, far)) = numbers.next().and_then(distance) else {
        // The arm alone: anywhere on it.
        return Some(Band {
            arm,
            near: 0,
            far: END,
        });
    };
    let far = numbers.next().and_then(distance).map_or(far, |(_, far)| far);
    Some(Band {
        arm,
        near,
        far: far.max(near),
    })
}

/// Returns where a band begins and ends: `13` is 1300 to 1399, `13.3` 1330 to 1339, the region `1` 1000 to 1999, `10` the
/// centromere.
fn distance(text: &str) -> Option<(i32, i32)> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let number: i32 = whole.get(..whole.len().min(2))?.parse().ok()?;
    if number == 10 {
        return Some((0, 0));
    }
    if whole.len() == 1 {
        return Some((number * 1000, number * 1000 + 999));
    }
    let near = number * 100;
    let digit = |index: usize| part.chars().nth(index).and_then(|c| c.to_digit(10));
    Some(match (digit(0), digit(1)) {
        (Some(tens), Some(ones)) => {
            let place = near + i32::try_from(tens * 10 + ones).unwrap_or(0);
            (place, place)
        }
        (Some(tens), None) => {
            let place = near + i32::try_from(tens * 10).unwrap_or(0);
            (place, place + 9)
        }
        _ => (near, near + 99),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_lie_where_they_are_written() {
        let places = |text: &str| -> Vec<(i32, i32)> {
            bands(text)
                .iter()
                .map(|b| (b.arm.at(b.near), b.arm.at(b.far)))
                .collect()
        };
        for (text, expected) in [
            ("q13q33", vec![(1300, 1399), (3300, 3399)]),
            ("p11.2", vec![(-1120, -1129)]),
            ("q22.31", vec![(2231, 2231)]),
            ("q13~15", vec![(1300, 1599)]),
            ("?q13", vec![(1300, 1399)]),
            ("q1?", vec![(1000, 1999)]),
            ("q?", vec![(0, END)]),
            ("q", vec![(0, END)]),
            ("q10", vec![(0, 0)]),
            ("p10", vec![(0, 0)]),
            ("q2q?", vec![(2000, 2999), (0, END)]),
            ("pter", vec![]),
            ("?", vec![]),
        ] {
            assert_eq!(places(text), expected, "{text}");
        }
    }
}
