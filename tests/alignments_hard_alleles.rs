//! `call` on alleles that are easily taken for errors: of a run's own length, of many changes on one molecule.

#![cfg(feature = "alignments")]
#![allow(clippy::unwrap_used, reason = "a test ends where its data cannot be made")]

#[path = "support/bench.rs"]
mod bench;
#[path = "support/reads.rs"]
mod reads;

use std::fmt::Write as _;
use std::fs;

use bench::{Bench, LENGTH, duplicated, fraction, misread, sequence, value};
use reads::{Random, SamLine};

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

/// Four bases gained in place of none, as of NPM1.
fn gained(bench: &Bench, bases: &[u8]) -> Vec<u8> {
    let mut changed = bench.set.contigs[0].1.clone();
    changed.splice(800..800, bases.iter().copied());
    changed
}

/// Inserted bases that the sequencer did not read, with a high quality as some files have it: `GCNTA` is no sequence.
#[test]
fn an_inserted_n_is_part_of_no_allele() {
    let mut bench = Bench::new(90);
    bench.set.contigs[0].1[799..801].copy_from_slice(b"AC");
    let changed = gained(&bench, b"GTTG");
    sequence(&mut bench.set, 91, 5000, 0.1, &changed, 800, 4);
    let mut hidden = 0;
    for line in &mut bench.set.lines {
        let Some((before, _)) = line.cigar.split_once("M4I") else {
            continue;
        };
        let at: usize = before.parse().unwrap();
        // Every second read of the insertion.
        if line.name.ends_with(['0', '2', '4', '6', '8']) {
            line.bases.replace_range(at + 1..at + 2, "N");
            hidden += 1;
        }
    }
    assert!(hidden > 50);
    bench.write();
    let calls = bench.call(&[]);
    assert!(calls.iter().all(|c| !c[4].contains('N')), "{calls:#?}");
    let passing: Vec<_> = calls.iter().filter(|c| c[6] == "PASS").collect();
    assert_eq!(passing.len(), 1, "{passing:#?}");
    // Three of four bases are enough to tell whose the read is.
    let depth: f64 = value(passing[0], "DP").parse().unwrap();
    assert!(
        (fraction(passing[0]) - 0.1).abs() < 3.0 * (0.09 / depth).sqrt(),
        "{passing:?}"
    );
}

/// QUAL `*`: the bases count as of quality 30, and the user is told.
#[test]
fn reads_without_qualities_count_as_of_quality_30_and_that_is_said() {
    let mut bench = Bench::new(95);
    let changed = substituted(&bench.set.contigs[0].1, &[800]);
    sequence(&mut bench.set, 96, 3000, 0.05, &changed, 0, 0);
    for line in &mut bench.set.lines {
        line.qualities = vec![30; line.bases.len()];
    }
    bench.write();
    let expected = bench.call(&[]);
    assert!(!String::from_utf8_lossy(&bench.command(&[]).stderr).contains("no base qualities"));
    for line in &mut bench.set.lines {
        line.qualities.clear();
    }
    bench.write();
    let output = bench.command(&[]);
    let actual = bench.call(&[]);
    assert_eq!(actual, expected);
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(
        log.contains("reads have no base qualities (QUAL is *)") && log.contains("quality 30"),
        "{log}"
    );
}

/// An allele of NPM1 was counted 19 of 770 by `call`, and 18 of 769 where the other types of the hotspot were asked for too.
#[test]
fn what_was_asked_for_and_is_not_there_changes_no_count() {
    let mut bench = Bench::new(97);
    bench.set.contigs[0].1[796..804].copy_from_slice(b"TCTGGCAG");
    let changed = gained(&bench, b"TCTG");
    sequence(&mut bench.set, 98, 4000, 0.03, &changed, 800, 4);
    bench.write();
    let alone = bench.call(&[]);
    let found = |calls: &[Vec<String>]| {
        let passing: Vec<_> = calls.iter().filter(|c| c[6] == "PASS").cloned().collect();
        assert_eq!(passing.len(), 1, "{calls:#?}");
        passing[0].clone()
    };
    let mut asked = "##fileformat=VCFv4.3\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n".to_owned();
    let types = [
        "CATG", "CCTG", "CCGG", "CTTG", "TATG", "TTTG", "CGTG", "CAGG", "TCAG",
    ];
    for bases in types {
        writeln!(asked, "chr1\t800\t.\tG\tG{bases}\t.\t.\t.").unwrap();
    }
    fs::write(bench.path("asked.vcf"), asked).unwrap();
    let path = bench.path("asked.vcf");
    let with = bench.call(&["--force-call", path.to_str().unwrap()]);
    assert_eq!(found(&with), found(&alone));
    // Each is counted, be they more than a site is held against at once.
    let counted = with
        .iter()
        .filter(|c| c[7].starts_with("FORCED") && value(c, "AD").ends_with(",0"));
    assert_eq!(counted.count(), types.len(), "{with:#?}");
}

/// Bases between the copies: the clipped ends began with what lies nowhere in the reference, and nothing was found.
#[test]
fn a_duplication_with_bases_between_its_copies_is_found() {
    for (seed, share, copy, filler) in [
        (1, 0.05, 50, &b"GACT"[..]),
        (2, 0.05, 60, b"TTAGGCATCCAG"),
        (3, 0.20, 111, b"CTTAGGATC"),
        (4, 0.03, 130, b"TACGGATTCAGGACCTATTG"),
        (5, 0.20, 66, b"A"),
    ] {
        let mut bench = Bench::new(210 + seed);
        let molecule = duplicated(&mut bench, 300 + seed, share, (740, 740 + copy), filler);
        bench.write();
        let calls = bench.call(&[]);
        let log = bench.command(&[]).stderr;
        assert!(
            !String::from_utf8_lossy(&log).contains("clipped"),
            "it is explained"
        );
        let call = only_call_of(&bench, &calls, &molecule);
        let depth: f64 = value(call, "DP").parse().unwrap();
        // Junction and boundaries may be counted apart, so that their errors add up.
        let limit = 3.5 * (share * (1.0 - share) / depth + share * share / depth).sqrt();
        assert!((fraction(call) - share).abs() < limit, "{calls:#?}");
    }
}

/// Returns the only call that passed, which makes of the reference the molecule.
fn only_call_of<'c>(bench: &Bench, calls: &'c [Vec<String>], molecule: &[u8]) -> &'c Vec<String> {
    let found: Vec<_> = calls.iter().filter(|c| c[6] == "PASS").collect();
    assert_eq!(found.len(), 1, "{calls:#?}");
    let call = found[0];
    let original = &bench.set.contigs[0].1;
    let at = call[1].parse::<usize>().unwrap() - 1;
    let behind = &original[at + call[3].len()..];
    let called = [&original[..at], call[4].as_bytes(), behind].concat();
    assert!(called == molecule, "{call:?}");
    call
}

/// Sequences molecules with a stretch twice, other bases between, of which reads write the second copy before the first: there is no other way to
/// write it. Returns the only call.
fn called_before_its_stretch(
    (of_reference, of_reads): (u64, u64),
    seed: u64,
    share: f64,
    (start, end): (usize, usize),
    filler: &[u8],
) -> Vec<String> {
    let mut bench = Bench::new(of_reference + seed);
    let original = bench.set.contigs[0].1.clone();
    let gained = [&original[start..end], filler].concat();
    let molecule = [&original[..start], &gained, &original[start..]].concat();
    let growth = isize::try_from(gained.len()).unwrap();
    sequence(
        &mut bench.set,
        of_reads + seed,
        6000,
        share,
        &molecule,
        start,
        growth,
    );
    bench.write();
    only_call_of(&bench, &bench.call(&[]), &molecule).clone()
}

/// A duplication from an intron into an exon: as an aligner writes it, or leftmost, it stands before the target (columns 600 to 1,000), and it
/// was not called at all.
#[test]
fn a_duplication_that_begins_before_the_target_is_found() {
    for (seed, share, stretch) in [
        (1, 0.05, (560, 640)),
        (2, 0.20, (575, 665)),
        (3, 0.20, (960, 1040)),
    ] {
        let mut bench = Bench::new(250 + seed);
        let molecule = duplicated(&mut bench, 350 + seed, share, stretch, b"");
        bench.write();
        let calls = bench.call(&[]);
        only_call_of(&bench, &calls, &molecule);
    }
}

/// Short ones from an intron into an exon, written leftmost before the target: 6 to 9 bases of which a part is the exon's were no long insertion,
/// and what reads wrote more than a column before the target was not looked at.
#[test]
fn a_short_duplication_that_begins_before_the_target_is_found() {
    for (seed, share, stretch, filler) in [
        (1, 0.20, (597, 604), &b""[..]),
        (2, 0.10, (596, 602), b""),
        (3, 0.05, (594, 606), b""),
        (4, 0.05, (593, 606), b"G"),
    ] {
        let call = called_before_its_stretch((270, 370), seed, share, stretch, filler);
        let depth: f64 = value(&call, "DP").parse().unwrap();
        let limit = 3.5 * (share * (1.0 - share) / depth).sqrt();
        assert!((fraction(&call) - share).abs() < limit, "{call:#?}");
    }
}

/// Reads over the target that are clipped before it or behind it: where both ends of a copy lie there, and no read holds the whole, clips within
/// the target alone told nothing.
#[test]
fn a_duplication_whose_reads_are_clipped_outside_of_the_target_is_found() {
    for (seed, share, stretch, filler) in [
        (1, 0.05, (596, 690), &b""[..]),
        (2, 0.05, (590, 675), b"AATTATAGTATCGG"),
        (3, 0.10, (570, 665), b"C"),
    ] {
        let call = called_before_its_stretch((310, 410), seed, share, stretch, filler);
        let depth: f64 = value(&call, "DP").parse().unwrap();
        let limit = 3.5 * (share * (1.0 - share) / depth + share * share / depth).sqrt();
        assert!((fraction(&call) - share).abs() < limit, "{call:#?}");
    }
}

/// Mates of one molecule that are aligned apart, each on its own copy, counted twice; and reads that begin between the copies counted, though none
/// such can at a boundary: fractions were up to a third too large.
#[test]
fn the_fraction_of_a_duplication_is_that_of_its_molecules_whatever_lies_between() {
    for (seed, stretch, filler) in [
        (1, (680, 940), &b""[..]),
        (2, (680, 940), b"TACGGATTCAGGACCTATTG"),
        (3, (700, 800), b"TACGGATTCAGGACCTATTG"),
    ] {
        let (share, mut sum) = (0.25, 0.0);
        let (runs, mut variance) = (3_u32, 0.0);
        for run in 0..runs {
            let mut bench = Bench::new(300 + 10 * seed + u64::from(run));
            duplicated(
                &mut bench,
                400 + 10 * seed + u64::from(run),
                share,
                stretch,
                filler,
            );
            bench.write();
            let calls = bench.call(&[]);
            let found: Vec<_> = calls.iter().filter(|c| c[6] == "PASS").collect();
            assert_eq!(found.len(), 1, "{calls:#?}");
            let depth: f64 = value(found[0], "DP").parse().unwrap();
            sum += fraction(found[0]);
            variance += (share * (1.0 - share) + share * share) / depth;
        }
        let mean = sum / f64::from(runs);
        let limit = 3.5 * variance.sqrt() / f64::from(runs);
        assert!(
            (mean - share).abs() < limit,
            "{stretch:?}: {mean} beside {share} ± {limit}"
        );
    }
}

/// Reads that end a few bases within the second copy are aligned with mismatches, or with a gap, instead of clips: neither is an allele.
#[test]
fn the_ends_of_reads_within_a_copy_are_no_alleles() {
    let mut bench = Bench::new(290);
    let (start, end) = (740, 870);
    // Behind the copies the reference goes on with ACAG, and copies begin with AACAG: one base gained, for a read that ends there.
    bench.set.contigs[0].1[868..875].copy_from_slice(b"GTACAGC");
    bench.set.contigs[0].1[738..745].copy_from_slice(b"CTAACAG");
    let molecule = duplicated(&mut bench, 291, 0.3, (start, end), b"");
    let unclipped = |line: &mut SamLine| {
        let Some((before, clip)) = line.cigar.trim_end_matches('S').split_once('M') else {
            return;
        };
        let Ok(clipped) = clip.parse::<usize>() else {
            return;
        };
        let before: usize = before.parse().unwrap();
        match clipped {
            1..=4 => line.cigar = format!("{LENGTH}M"),
            5 => line.cigar = format!("{before}M1I4M"),
            _ => {}
        }
    };
    bench.set.lines.iter_mut().for_each(unclipped);
    bench.write();
    let calls = bench.call(&[]);
    let found: Vec<_> = calls.iter().filter(|c| c[6] == "PASS").collect();
    assert_eq!(found.len(), 1, "{calls:#?}");
    assert_eq!(
        found[0][4].len() - found[0][3].len(),
        molecule.len() - bench.set.contigs[0].1.len()
    );
    assert!(calls.iter().any(|c| c[6].contains("near_indel")), "{calls:#?}");
}

/// Reads that go on with a sequence from elsewhere, as over a rearrangement: nothing can be called, but it is said.
#[test]
fn clipped_reads_that_nothing_explains_are_a_finding() {
    let mut bench = Bench::new(230);
    let original = bench.set.contigs[0].1.clone();
    let molecule = [&original[..820], &bench.set.contigs[1].1[300..1500]].concat();
    sequence(&mut bench.set, 231, 5000, 0.0, &original, 0, 0);
    let mut random = Random::new(232);
    for i in 0..120 {
        let first = 820 - 25 - random.below(50);
        let bases = molecule[first..first + LENGTH].to_vec();
        let mut line = SamLine {
            name: format!("x{i}"),
            flags: if i % 2 == 0 { 0 } else { 0x10 },
            contig: 0,
            position: first + 1,
            mapping_quality: 60,
            cigar: format!("{}M{}S", 820 - first, LENGTH + first - 820),
            mate: 0,
            bases: String::from_utf8(bases).unwrap(),
            qualities: vec![37; LENGTH],
            tags: String::new(),
        };
        misread(&mut line, &mut random);
        bench.set.lines.push(line);
    }
    bench.write();
    let output = bench.command(&[]);
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(log.contains("chr1:820: 120 of "), "{log}");
    assert_eq!(log.matches("are clipped").count(), 1, "{log}");
}

/// As in an amplicon: one read of each pair ends seven bases behind an insertion of thirteen, within its second copy, and is aligned
/// without it. Its mate's insertion was taken for a disagreement.
#[test]
fn an_insertion_of_which_one_mate_ends_within_the_copy_is_found() {
    let mut bench = Bench::new(240);
    let original = bench.set.contigs[0].1.clone();
    let copy = original[800..813].to_vec();
    let changed = gained(&bench, &copy);
    let mut random = Random::new(241);
    for i in 0..1000 {
        let carries = i < 200;
        let molecule = if carries { &changed } else { &original };
        for (first, flags, mate) in [(707, 0x63, 768), (767, 0x93, 708)] {
            let opened = carries && first == 767;
            let mut line = SamLine {
                name: format!("a{i}"),
                flags,
                contig: 0,
                position: first + 1,
                mapping_quality: 60,
                cigar: if opened {
                    "33M13I54M".into()
                } else {
                    format!("{LENGTH}M")
                },
                mate,
                bases: String::from_utf8(molecule[first..first + LENGTH].to_vec()).unwrap(),
                qualities: vec![37; LENGTH],
                tags: String::new(),
            };
            misread(&mut line, &mut random);
            bench.set.lines.push(line);
        }
    }
    bench.write();
    let calls = bench.call(&[]);
    let found = calls.iter().find(|c| c[4].len() == c[3].len() + 13);
    let found = found.unwrap_or_else(|| panic!("{calls:#?}"));
    assert_eq!(found[6], "PASS", "{found:?}");
    assert!((fraction(found) - 0.2).abs() < 0.03, "{found:?}");
}
