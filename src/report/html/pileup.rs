//! Reads over a driver as a small picture: a bar a read, letters where it differs from the reference.

use super::context::Context;
use crate::evidence::{Pileup, PileupRow};
use crate::genome::as_count;
use crate::report::words::{Bilingual, page_phrases as phrases};

/// Pixels of a column and of a row.
const COLUMN: u32 = 10;
const ROW: u32 = 12;
/// Pixels above the rows: the reference.
const HEAD: u32 = 30;
/// Mapping quality below which a read is pale.
const LOW_MAPPING: u8 = 20;

/// The picture.
pub(super) struct PileupView {
    pub width: u32,
    pub height: u32,
    /// Left end and width of the columns of REF.
    pub mark: (u32, u32),
    /// Position of the first base of REF, and where it is written.
    pub position: (u32, u32),
    /// Reference bases with their places.
    pub reference: Vec<(u32, char)>,
    pub bars: Vec<Bar>,
    /// Where the reads with the variant end.
    pub divide: u32,
    pub says: Bilingual,
}

/// One read.
pub(super) struct Bar {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub reverse: bool,
    pub second: bool,
    pub pale: bool,
    pub letters: Vec<Letter>,
    /// Left end and width of each deletion.
    pub gaps: Vec<(u32, u32)>,
    /// Where bases are inserted.
    pub insertions: Vec<u32>,
}

/// A base that differs.
pub(super) struct Letter {
    pub x: u32,
    pub base: char,
    /// Name of the style class.
    pub class: &'static str,
    pub pale: bool,
}

impl PileupView {
    pub(super) fn new(context: &Context<'_>, pileup: &Pileup) -> Self {
        let columns = as_count(pileup.reference.len());
        let rows = as_count(pileup.rows.len());
        let with = pileup.rows.iter().filter(|row| row.has_variant).count();
        let begin = (pileup.position - pileup.first) * COLUMN;
        let bars = (0..)
            .zip(&pileup.rows)
            .map(|(n, row)| bar(row, pileup.first, HEAD + n * ROW));
        Self {
            width: columns * COLUMN,
            height: HEAD + rows * ROW + 4,
            mark: (begin, (pileup.length * COLUMN).min(columns * COLUMN - begin)),
            position: (pileup.position, begin + COLUMN / 2),
            reference: (0..)
                .zip(pileup.reference.chars())
                .map(|(n, base)| (middle(n), base))
                .collect(),
            bars: bars.collect(),
            divide: HEAD + as_count(with) * ROW - 1,
            says: context.languages.fill(
                phrases::pileup_says,
                &[
                    ("with", &with.to_string()),
                    ("all_with", &pileup.reads_with.to_string()),
                    ("without", &(pileup.rows.len() - with).to_string()),
                    ("all_without", &pileup.reads_without.to_string()),
                ],
            ),
        }
    }
}

const fn middle(column: u32) -> u32 {
    column * COLUMN + COLUMN / 2
}

fn bar(row: &PileupRow, first: u32, y: u32) -> Bar {
    let is_there = |base: &char| *base != ' ';
    let before = row.bases.chars().take_while(|b| !is_there(b)).count();
    let behind = row.bases.chars().rev().take_while(|b| !is_there(b)).count();
    let pixels = |columns: usize| as_count(columns) * COLUMN;
    let covered = row.bases.chars().count().saturating_sub(before + behind);
    let letters = (0..)
        .zip(row.bases.chars())
        .filter(|(_, base)| base.is_ascii_alphabetic());
    Bar {
        x: pixels(before),
        y,
        width: pixels(covered),
        reverse: row.reverse,
        second: row.second,
        pale: row.mapping_quality < LOW_MAPPING,
        letters: letters
            .map(|(column, base)| Letter {
                x: middle(column),
                base: base.to_ascii_uppercase(),
                class: match base.to_ascii_uppercase() {
                    'A' => "base-a",
                    'C' => "base-c",
                    'G' => "base-g",
                    'T' => "base-t",
                    _ => "base-n",
                },
                pale: base.is_ascii_lowercase(),
            })
            .collect(),
        gaps: gaps(&row.bases),
        insertions: row
            .insertions
            .iter()
            .map(|(after, _)| (after + 1).saturating_sub(first) * COLUMN)
            .collect(),
    }
}

/// Returns where bases are deleted, neighbors together.
fn gaps(bases: &str) -> Vec<(u32, u32)> {
    let mut gaps: Vec<(u32, u32)> = Vec::new();
    for (column, _) in (0..).zip(bases.chars()).filter(|(_, base)| *base == '-') {
        match gaps.last_mut() {
            Some((begin, width)) if *begin + *width == column * COLUMN => *width += COLUMN,
            _ => gaps.push((column * COLUMN, COLUMN)),
        }
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_becomes_a_bar_with_what_differs() {
        let row = PileupRow {
            has_variant: true,
            reverse: true,
            second: false,
            mapping_quality: 60,
            bases: "  ..T.--a. ".to_owned(),
            insertions: vec![(103, 2)],
        };
        let bar = bar(&row, 101, 30);
        assert_eq!((bar.x, bar.width), (20, 80));
        let letters: Vec<_> = bar
            .letters
            .iter()
            .map(|l| (l.x, l.base, l.class, l.pale))
            .collect();
        assert_eq!(letters, [(45, 'T', "base-t", false), (85, 'A', "base-a", true)]);
        assert_eq!(bar.gaps, [(60, 20)]);
        // Behind the third column.
        assert_eq!(bar.insertions, [30]);
    }
}
