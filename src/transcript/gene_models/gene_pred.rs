//! Lines of genePred, as UCSC's tables have them.

use std::collections::HashSet;

use super::line::{Draft, GeneModelError, problem, strand};
use crate::genome::Chromosome;

/// Reads a line of genePred: 0-based starts, the coding range includes the stop codon.
pub(super) fn gene_pred(
    line: usize,
    text: &str,
    wanted: &HashSet<&str>,
) -> Result<Option<(String, Draft)>, GeneModelError> {
    let all: Vec<&str> = text.split('\t').collect();
    let is_strand = |i: usize| all.get(i).is_some_and(|s| matches!(*s, "+" | "-"));
    // name, chrom, strand …; with a number (bin) or the symbol (refFlat) before it.
    let first = usize::from(!is_strand(2) && is_strand(3));
    let columns = all.get(first..).unwrap_or_default();
    if columns.len() < 10 || !is_strand(first + 2) {
        return Err(problem(
            line,
            "not the columns of genePred",
            text,
            "give name, chrom, strand, txStart, txEnd, cdsStart, cdsEnd, exonCount, exonStarts, exonEnds",
        ));
    }
    // What stands before the name is a bin, or the symbol.
    let before = (first == 1).then(|| all[0]);
    let before = before.filter(|text| !text.bytes().all(|b| b.is_ascii_digit()));
    let symbol = columns.get(11).copied().or(before).ok_or_else(|| {
        problem(
            line,
            "no gene symbol",
            text,
            "give extended genePred (name2) or refFlat",
        )
    })?;
    let Some(chromosome) = Chromosome::parse(columns[1]).filter(|_| wanted.contains(symbol)) else {
        return Ok(None);
    };
    let number = |text: &str| {
        text.parse::<u32>()
            .map_err(|_| problem(line, "not a position", text, "positions are whole numbers"))
    };
    let list = |text: &str| -> Result<Vec<u32>, GeneModelError> {
        text.trim_end_matches(',').split(',').map(number).collect()
    };
    let (starts, ends) = (list(columns[8])?, list(columns[9])?);
    if starts.len() != ends.len() {
        return Err(problem(
            line,
            "as many exonStarts as exonEnds are needed",
            columns[9],
            "correct the line",
        ));
    }
    let (coding_start, coding_end) = (number(columns[5])?, number(columns[6])?);
    let draft = Draft {
        line,
        gene: symbol.to_owned(),
        chromosome,
        strand: strand(line, columns[2])?,
        exons: starts.into_iter().map(|s| s + 1).zip(ends).collect(),
        coding: (coding_start < coding_end).then_some((coding_start + 1, coding_end)),
    };
    Ok(Some((columns[0].to_owned(), draft)))
}
