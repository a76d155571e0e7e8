//! Which of the two columns has room for the chips of the genes.
//!
//! Lines are counted as the page wraps at 1280 pixels, roughly: fonts differ from machine to machine, and a page that reaches the edge of the screen on one of them does
//! not have to when the shorter column takes what is left.

use super::drivers::DriversView;
use super::risk::RisksView;
use super::steps::StepsView;
use crate::report::words::Bilingual;

/// Half-width letters on a line of the left column, of the right column and of a driver's name.
const LEFT: usize = 84;
const RIGHT: usize = 58;
const NAME: usize = 15;

/// Returns whether the left column (drivers, next steps) is no longer than the right one (risk, what would decide it).
pub(super) fn chips_left(drivers: &DriversView, risk: &RisksView, steps: &StepsView) -> bool {
    let names = drivers.rows.iter().map(|d| {
        let parts = [&d.gene, &d.change, &d.common_name];
        parts.map(|part| lines(part, NAME)).into_iter().sum::<usize>()
    });
    let done = steps.steps.iter().map(|(step, _)| longest(step, LEFT));
    let left = names.sum::<usize>() + done.sum::<usize>() + steps.more.len();

    let scores = risk.rows.iter().map(|row| {
        let outcome = row.outcome.as_ref().map_or(0, |text| longest(text, RIGHT));
        1 + longest(&row.category, RIGHT) + outcome
    });
    let heart = risk.heart.as_ref().map_or(0, |(text, _)| longest(text, RIGHT));
    let open = steps.open.iter().map(|text| longest(text, RIGHT));
    let right = scores.sum::<usize>() + heart + open.sum::<usize>();
    left <= right
}

/// Lines of the language that takes the most.
fn longest(text: &Bilingual, width: usize) -> usize {
    text.parts()
        .map(|(_, part)| lines(part, width))
        .max()
        .unwrap_or(0)
}

/// Lines of `width` half-width letters; Japanese ones are twice as wide.
fn lines(text: &str, width: usize) -> usize {
    let wide = |c: char| if c >= '\u{2e80}' { 2 } else { 1 };
    text.chars().map(wide).sum::<usize>().div_ceil(width)
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn japanese_letters_are_twice_as_wide() {
        assert_eq!(lines("", 4), 0);
        assert_eq!(lines("TET2", 4), 1);
        assert_eq!(lines("TET2x", 4), 2);
        assert_eq!(lines("貧血", 4), 1);
        assert_eq!(lines("貧血x", 4), 2);
    }
}
