//! `call` on alleles that are easily taken for errors: of a run's own length, of many changes on one molecule.

#![cfg(feature = "alignments")]
#![allow(clippy::unwrap_used, reason = "a test ends where its data cannot be made")]

#[path = "support/bench.rs"]
mod bench;
#[path = "support/reads.rs"]
mod reads;

use bench::{Bench, fraction, sequence, value};
use reads::Random;

/// A base gained in a run of eight, the only one of its length: ASXL1 c.1934dup at fractions at which it was taken for slippage.
#[test]
fn a_base_gained_in_the_only_run_of_its_length_is_called() {
    for (seed, share) in [(1, 0.03), (2, 0.06), (3, 0.10)] {
        let mut bench = Bench::new(40 + seed);
        bench.set.contigs[0].1[799..809].copy_from_slice(b"AGGGGGGGGC");
        let mut changed = bench.set.contigs[0].1.clone();
        changed.insert(800, b'G');
        sequence(&mut bench.set, seed, 4000, share, &changed, 800, 1);
        bench.write();
        let calls = bench.call(&[]);
        let passing: Vec<_> = calls.iter().filter(|c| c[6] == "PASS").collect();
        assert_eq!(passing.len(), 1, "{share}: {calls:#?}");
        let call = passing[0];
        assert_eq!(
            (call[1].as_str(), call[3].as_str(), call[4].as_str()),
            ("800", "A", "AG")
        );
        let depth: f64 = value(call, "DP").parse().unwrap();
        let error = (fraction(call) - share).abs();
        assert!(error < 3.0 * (share * (1.0 - share) / depth).sqrt(), "{call:?}");
    }
}

/// Substitutes the bases of some columns.
fn substituted(contig: &[u8], columns: &[usize]) -> Vec<u8> {
    let mut changed = contig.to_vec();
    for column in columns {
        changed[*column] = if contig[*column] == b'A' { b'C' } else { b'A' };
    }
    changed
}

/// Changes of four and more neighboring bases, and haplotypes of four and five within 60: each was evidence against the others.
#[test]
fn substitutions_of_one_haplotype_are_no_evidence_against_each_other() {
    let neighbors = |n: usize| (800..800 + n).collect::<Vec<_>>();
    let spaced = |n: usize| (0..n).map(|i| 780 + 14 * i).collect::<Vec<_>>();
    for (seed, share, columns) in [
        (1, 0.05, neighbors(4)),
        (2, 0.49, neighbors(5)),
        (3, 0.20, neighbors(6)),
        (4, 0.05, spaced(4)),
        (5, 0.49, spaced(5)),
        (6, 0.02, spaced(5)),
    ] {
        let mut bench = Bench::new(60 + seed);
        let changed = substituted(&bench.set.contigs[0].1, &columns);
        sequence(&mut bench.set, seed, 5000, share, &changed, 0, 0);
        bench.write();
        let calls = bench.call(&[]);
        let passing: Vec<_> = calls.iter().filter(|c| c[6] == "PASS").collect();
        let found: Vec<usize> = passing
            .iter()
            .map(|c| c[1].parse::<usize>().unwrap() - 1)
            .collect();
        assert_eq!(found, columns, "{share}: {calls:#?}");
        // All lie on one molecule: one phase set.
        for call in &passing {
            assert_eq!(value(call, "PS"), (columns[0] + 1).to_string(), "{call:?}");
            assert_eq!(value(call, "GT"), "1|0", "{call:?}");
        }
    }
}

/// Another copy of the sequence, which the reference lacks: one base in fifteen differs, wherever its reads lie.
#[test]
fn reads_of_another_copy_still_have_many_mismatches() {
    let mut bench = Bench::new(70);
    let columns: Vec<usize> = (0..100).map(|i| 300 + 15 * i).filter(|c| *c < 1600).collect();
    let changed = substituted(&bench.set.contigs[0].1, &columns);
    sequence(&mut bench.set, 71, 5000, 0.05, &changed, 0, 0);
    bench.write();
    let calls = bench.call(&[]);
    // At the edge of the target half of what differs lies outside of it.
    let inside = |c: &&Vec<String>| (640..960).contains(&c[1].parse::<usize>().unwrap());
    let passing: Vec<_> = calls.iter().filter(inside).filter(|c| c[6] == "PASS").collect();
    assert_eq!(passing.len(), 0, "{passing:#?}");
    assert!(calls.iter().filter(|c| c[6].contains("many_mismatches")).count() > 20);
}

/// An inherited substitution on the same molecules as a clone's says nothing against the clone's.
#[test]
fn a_clone_on_an_inherited_haplotype_is_called() {
    let mut bench = Bench::new(80);
    let original = bench.set.contigs[0].1.clone();
    let inherited = substituted(&original, &[770, 784, 798, 826]);
    let clone = substituted(&inherited, &[812]);
    let mut random = Random::new(81);
    // Half of the molecules carry what is inherited, one in five of these the clone's too.
    for (name, share, molecule) in [("r", 0.5, &original), ("i", 0.4, &inherited), ("c", 0.1, &clone)] {
        let begin = bench.set.lines.len();
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a number of fragments"
        )]
        let fragments = (5000.0 * share) as usize;
        sequence(&mut bench.set, random.next(), fragments, 1.0, molecule, 0, 0);
        for line in &mut bench.set.lines[begin..] {
            line.name = format!("{name}{}", line.name);
        }
    }
    bench.write();
    let calls = bench.call(&[]);
    let call = calls.iter().find(|c| c[1] == "813").unwrap();
    assert_eq!(call[6], "PASS", "{calls:#?}");
}
