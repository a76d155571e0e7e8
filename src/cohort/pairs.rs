//! Which genes are mutated together, and which apart.

use serde::{Deserialize, Serialize};

use super::Probability;
use super::member::{Gene, Member, State};
use super::multiple::benjamini_hochberg;
use crate::evidence::statistics::fisher_exact_two_sided;
use crate::report::table::table;
use crate::report::value::Number;

/// Share of false findings among those named that is accepted.
const FALSE_FINDINGS: f64 = 0.05;

/// Samples of two genes: both, only the first, only the second, neither.
type Table = [u32; 4];

/// Counts of every two genes of the panel.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Pairs {
    genes: usize,
    tables: Vec<Table>,
}

impl Pairs {
    /// Counts a sample: of the genes that were assessed throughout, each two. A gene with drivers to review alone is neither mutated nor not.
    pub(super) fn add(&mut self, member: &Member) {
        if self.tables.is_empty() {
            self.genes = member.genes.len();
            self.tables = vec![Table::default(); self.genes * self.genes];
        }
        let decided: Vec<(usize, bool)> = member
            .genes
            .iter()
            .enumerate()
            .filter_map(|(place, gene)| Some((place, is_mutated(*gene)?)))
            .collect();
        for (i, (first, one)) in decided.iter().enumerate() {
            for (second, other) in &decided[i + 1..] {
                let cell = usize::from(!one) * 2 + usize::from(!other);
                self.tables[first * self.genes + second][cell] += 1;
            }
        }
    }

    /// Returns the pairs of genes that are mutated in at least one sample each, the least likely by chance first.
    pub(super) fn rows(&self, genes: &[String]) -> Vec<PairRow> {
        let mut pairs = Vec::new();
        for (place, table) in self.tables.iter().enumerate() {
            let [both, first, second, neither] = *table;
            if both + first > 0 && both + second > 0 {
                let p = fisher_exact_two_sided([[both, first], [second, neither]]);
                pairs.push((place / self.genes, place % self.genes, *table, p));
            }
        }
        let q = benjamini_hochberg(&pairs.iter().map(|pair| pair.3).collect::<Vec<_>>());
        let name = |place: usize| genes.get(place).map_or("", String::as_str);
        let mut rows: Vec<PairRow> = pairs
            .iter()
            .zip(q)
            .map(|((first, second, table, p), q)| PairRow::new([name(*first), name(*second)], *table, *p, q))
            .collect();
        rows.sort_by(|a, b| {
            a.p.0
                .total_cmp(&b.p.0)
                .then_with(|| (&a.gene_a, &a.gene_b).cmp(&(&b.gene_a, &b.gene_b)))
        });
        rows
    }
}

/// Whether a gene is mutated; `None` where that is not known.
fn is_mutated(gene: Gene) -> Option<bool> {
    match gene.0 {
        State::Review | State::Undecided => None,
        state => gene.is_known().then_some(state == State::Driver),
    }
}

/// Returns the odds ratio with one half added to every count (Haldane, Ann Hum Genet 1956;20:309; Anscombe, Biometrika 1956;43:461), so
/// that it is there where a count is zero.
fn odds_ratio(table: Table) -> f64 {
    let [both, first, second, neither] = table.map(|n| f64::from(n) + 0.5);
    both * neither / (first * second)
}

fn tendency(odds_ratio: f64, q: f64) -> &'static str {
    match (q < FALSE_FINDINGS, odds_ratio > 1.0) {
        (false, _) => "unclear",
        (true, true) => "together",
        (true, false) => "apart",
    }
}

table! {
    /// Two genes.
    PairRow(genes: [&str; 2], table: Table, p: f64, q: f64) {
        /// The first gene, in the order of the panel.
        gene_a: String, "SRSF2" => genes[0].to_owned();
        /// The second gene.
        gene_b: String, "TET2" => genes[1].to_owned();
        /// Samples in which both were assessed over their whole target, and neither has drivers to review alone.
        samples: u32, "812" => table.iter().sum();
        /// Samples with a driver in both.
        both: u32, "31" => table[0];
        /// Samples with a driver in the first alone.
        only_a: u32, "18" => table[1];
        /// Samples with a driver in the second alone.
        only_b: u32, "92" => table[2];
        /// Samples with a driver in neither.
        neither: u32, "671" => table[3];
        /// Odds ratio, one half added to each count: above 1 together, below 1 apart.
        odds_ratio: Number, "12.25" => Number((odds_ratio(table) * 100.0).round() / 100.0);
        /// Two-sided p-value of Fisher's exact test.
        p: Probability, "1.3e-6" => Probability(p);
        /// The same held against the number of pairs tested (Benjamini and Hochberg 1995): the share of false ones among all pairs with
        /// at most this value.
        q: Probability, "0.000031" => Probability(q);
        /// `together` or `apart` where `q` is below 0.05, else `unclear`.
        tendency: &'static str, "together" => tendency(odds_ratio(table), q);
    }
}

#[cfg(test)]
mod tests {
    use super::super::member::Known;
    use super::super::tests_support::{gene, member};
    use super::*;

    #[test]
    fn counts_only_what_is_known_of_both() {
        let mut pairs = Pairs::default();
        let known = |state| gene(state, Known::Shown);
        let samples = [
            [known(State::Driver), known(State::Driver)],
            [known(State::Driver), known(State::NotDetected)],
            [known(State::NoDriver), known(State::Driver)],
            [known(State::NotDetected), known(State::NoDriver)],
            // To review, not assessed, seen without being assessed: in no table.
            [known(State::Review), known(State::Driver)],
            [known(State::Driver), gene(State::NotAssessed, Known::No)],
            [known(State::Driver), gene(State::Driver, Known::No)],
        ];
        for genes in samples {
            pairs.add(&member("S", genes.to_vec()));
        }
        let rows = pairs.rows(&["A".to_owned(), "B".to_owned()]);
        assert_eq!(rows.len(), 1);
        let row = &rows[0];
        assert_eq!(
            [row.both, row.only_a, row.only_b, row.neither, row.samples],
            [1, 1, 1, 1, 4]
        );
        assert_eq!((row.p.0, row.tendency), (1.0, "unclear"));
    }

    #[test]
    fn together_and_apart() {
        assert_eq!(tendency(odds_ratio([31, 18, 92, 671]), 1e-6), "together");
        assert_eq!(tendency(odds_ratio([0, 60, 70, 300]), 1e-3), "apart");
        assert_eq!(tendency(12.0, 0.2), "unclear");
    }
}
