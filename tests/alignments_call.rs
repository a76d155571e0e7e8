//! `call`: what is found, at which fraction, what is filtered, and what broken input comes to.

#![cfg(feature = "alignments")]
#![allow(clippy::unwrap_used, reason = "a test ends where its data cannot be made")]

#[path = "support/bench.rs"]
mod bench;
#[path = "support/reads.rs"]
mod reads;

use std::fs;
use std::path::Path;

use bench::{Bench, duplicated, fraction, sequence, value};
use reads::{Random, ReadSet, SamLine, write_bed};

fn substituted(contig: &[u8], column: usize) -> (Vec<u8>, char) {
    let mut changed = contig.to_vec();
    let base = if contig[column] == b'A' { b'G' } else { b'A' };
    changed[column] = base;
    (changed, char::from(base))
}

#[test]
fn finds_a_substitution_of_two_percent_and_nothing_else() {
    let mut bench = Bench::new(1);
    let (changed, base) = substituted(&bench.set.contigs[0].1, 800);
    sequence(&mut bench.set, 2, 5000, 0.02, &changed, 800, 0);
    bench.write();
    let calls = bench.call(&[]);
    let passing: Vec<_> = calls.iter().filter(|c| c[6] == "PASS").collect();
    assert_eq!(passing.len(), 1, "{passing:?}");
    let call = passing[0];
    assert_eq!(
        (call[1].as_str(), call[4].as_str()),
        ("801", base.to_string().as_str())
    );
    // Binomial: three standard deviations of 2 % at this depth.
    let depth: f64 = value(call, "DP").parse().unwrap();
    assert!(
        (fraction(call) - 0.02).abs() < 3.0 * (0.02 * 0.98 / depth).sqrt(),
        "{call:?}"
    );
    let counts: Vec<u32> = value(call, "AD").split(',').map(|n| n.parse().unwrap()).collect();
    let strands: Vec<u32> = value(call, "SB").split(',').map(|n| n.parse().unwrap()).collect();
    assert_eq!(counts[0], strands[0] + strands[1]);
    assert_eq!(counts[1], strands[2] + strands[3]);
}

#[test]
fn errors_alone_make_no_call() {
    let mut bench = Bench::new(11);
    let original = bench.set.contigs[0].1.clone();
    sequence(&mut bench.set, 12, 6000, 0.0, &original, 800, 0);
    bench.write();
    let passing: Vec<_> = bench.call(&[]).into_iter().filter(|c| c[6] == "PASS").collect();
    assert!(passing.is_empty(), "{passing:?}");
}

/// Two bases replaced by three: aligners write an insertion and substitutions. It is one change with one fraction.
#[test]
fn an_indel_with_substitutions_beside_it_is_one_change() {
    let mut bench = Bench::new(31);
    let original = bench.set.contigs[0].1.clone();
    let other = |base: u8| if base == b'A' { b'C' } else { b'A' };
    // First and last new base differ from those lost.
    let gained = [other(original[800]), b'G', other(original[801])];
    let mut changed = original.clone();
    changed.splice(800..802, gained);
    sequence(&mut bench.set, 32, 5000, 0.05, &changed, 800, 1);
    bench.write();
    let calls = bench.call(&[]);
    let passing: Vec<_> = calls.iter().filter(|c| c[6] == "PASS").collect();
    assert_eq!(passing.len(), 1, "{passing:#?}");
    let text = |bases: &[u8]| String::from_utf8(bases.to_vec()).unwrap();
    let alternate = text(&[&original[799..800], &gained[..]].concat());
    assert_eq!(
        (
            passing[0][1].as_str(),
            passing[0][3].as_str(),
            passing[0][4].as_str()
        ),
        ("800", text(&original[799..802]).as_str(), alternate.as_str())
    );
    let depth: f64 = value(passing[0], "DP").parse().unwrap();
    let error = (fraction(passing[0]) - 0.05).abs();
    assert!(error < 3.0 * (0.05 * 0.95 / depth).sqrt(), "{:?}", passing[0]);
}

/// An inherited variant beside a clone's indel stays a variant of its own.
#[test]
fn an_inherited_substitution_beside_an_indel_is_not_joined_to_it() {
    let mut bench = Bench::new(33);
    let original = bench.set.contigs[0].1.clone();
    let base = if original[802] == b'A' { b'G' } else { b'A' };
    // Everybody has the substitution; one molecule in twenty has lost the base before it too.
    bench.set.contigs[0].1[802] = base;
    let mut changed = bench.set.contigs[0].1.clone();
    changed.remove(800);
    sequence(&mut bench.set, 34, 5000, 0.05, &changed, 800, -1);
    bench.set.contigs[0].1 = original;
    bench.write();
    let calls = bench.call(&[]);
    let passing: Vec<_> = calls.iter().filter(|c| c[6] == "PASS").collect();
    let substitution = passing.iter().find(|c| c[1] == "803").unwrap();
    assert!(fraction(substitution) > 0.98, "{substitution:?}");
    let indels = passing.iter().filter(|c| c[3].len() > c[4].len()).count();
    assert_eq!((indels, passing.len()), (1, 2), "{passing:#?}");
}

/// Amplicons: every column is read at one cycle. Late cycles with more errors than their qualities admit make what was seen in
/// them less convincing, and leave early cycles alone.
#[test]
fn an_allele_seen_in_late_cycles_only_is_less_convincing() {
    const READ: usize = 160;
    let mut bench = Bench::new(21);
    // The same bases in both places: columns 726 and 846, 1-based.
    for column in [725, 845] {
        bench.set.contigs[0].1[column - 1..=column + 1].copy_from_slice(b"ACG");
    }
    let mut random = Random::new(22);
    // Forward reads from 590 and 830, reverse ones from 700 and 940: columns 718 to 731 are read late by both strands, 830 to 859
    // early by both.
    for (tile, (start, reverse)) in [(590, false), (700, true), (830, false), (940, true)]
        .into_iter()
        .enumerate()
    {
        for i in 0..1000 {
            let mut bases = bench.set.contigs[0].1[start..start + READ].to_vec();
            for (index, base) in bases.iter_mut().enumerate() {
                let cycle = if reverse { READ - 1 - index } else { index };
                let error = if cycle >= 128 { 0.003 } else { 0.0002 };
                if random.fraction() < error {
                    *base = b"ACGT"[random.below(4)];
                }
            }
            for column in [725_usize, 845] {
                let carries = i < 6;
                if let Some(base) = column.checked_sub(start).and_then(|at| bases.get_mut(at)) {
                    *base = if carries { b'T' } else { b'C' };
                }
            }
            bench.set.lines.push(SamLine {
                name: format!("r{tile}.{i}"),
                flags: if reverse { 0x10 } else { 0 },
                contig: 0,
                position: start + 1,
                mapping_quality: 60,
                cigar: format!("{READ}M"),
                mate: 0,
                bases: String::from_utf8(bases).unwrap(),
                qualities: vec![37; READ],
                tags: String::new(),
            });
        }
    }
    bench.write();
    // Reads that all begin alike would be taken for amplicons, and the columns for primers.
    let calls = bench.call(&["--primers", "none"]);
    let quality = |position: &str| -> f64 {
        let call = calls.iter().find(|c| c[1] == position && c[4] == "T").unwrap();
        assert_eq!(value(call, "AD"), "1988,12", "{call:?}");
        call[5].parse().unwrap()
    };
    let (late, early) = (quality("726"), quality("846"));
    assert!(early > 2.0 * late, "late {late}, early {early}");
}

/// Lengths from one base to sixty, as insertion and as deletion: the fraction is that of the molecules.
#[test]
fn the_fraction_of_an_indel_does_not_depend_on_its_length() {
    for (seed, growth) in [
        (1, 1),
        (2, -1),
        (3, 4),
        (4, -12),
        (5, 20),
        (6, 45),
        (7, -52),
        (8, 60),
    ] {
        let mut bench = Bench::new(100 + seed);
        let original = bench.set.contigs[0].1.clone();
        let mut changed = original.clone();
        let at = 800;
        if growth > 0 {
            let mut random = Random::new(seed);
            let gained: Vec<u8> = (0..growth).map(|_| b"ACGT"[random.below(4)]).collect();
            changed.splice(at..at, gained);
        } else {
            changed.drain(at..at + usize::try_from(-growth).unwrap());
        }
        sequence(&mut bench.set, seed, 6000, 0.2, &changed, at, growth);
        bench.write();
        let calls = bench.call(&[]);
        let found = calls
            .iter()
            .filter(|c| c[6] == "PASS")
            .find(|c| {
                let length = |i: usize| isize::try_from(c[i].len()).unwrap();
                length(4) - length(3) == growth
            })
            .unwrap_or_else(|| panic!("{growth}: {calls:?}"));
        let depth: f64 = value(found, "DP").parse().unwrap();
        let limit = 3.5 * (0.2 * 0.8 / depth).sqrt();
        assert!((fraction(found) - 0.2).abs() < limit, "{growth}: {found:?}");
    }
}

/// A fault of the forward reads at one place.
#[test]
fn what_one_strand_shows_is_filtered() {
    let mut bench = Bench::new(21);
    let original = bench.set.contigs[0].1.clone();
    sequence(&mut bench.set, 22, 5000, 0.0, &original, 800, 0);
    let base = if original[800] == b'C' { b'T' } else { b'C' };
    let mut random = Random::new(23);
    let chosen: Vec<String> = bench
        .set
        .lines
        .iter()
        .filter(|_| random.below(25) == 0)
        .map(|l| l.name.clone())
        .collect();
    bench
        .set
        .substitute(0, 801, base, |l| l.flags & 0x10 == 0 && chosen.contains(&l.name));
    bench.write();
    let calls = bench.call(&[]);
    let call = calls
        .iter()
        .find(|c| c[1] == "801" && c[4].as_bytes()[0] == base)
        .unwrap();
    assert!(call[6].contains("strand_bias"), "{call:?}");
    assert!(call[6].contains("mate_disagreement"), "{call:?}");
    let quality: f64 = call[5].parse().unwrap();
    assert!(quality > 60.0, "errors at random do not explain it: {call:?}");
}

#[test]
fn an_allele_that_was_asked_for_is_listed_without_a_read() {
    let mut bench = Bench::new(31);
    let original = bench.set.contigs[0].1.clone();
    sequence(&mut bench.set, 32, 1500, 0.0, &original, 800, 0);
    bench.write();
    let letter = |column: usize| char::from(original[column]);
    let other = |column: usize| if letter(column) == 'A' { 'C' } else { 'A' };
    let forced = format!(
        "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\nchr1\t701\t.\t{}\t{}\t.\t.\t.\n\
         chr1\t751\t.\t{}\t{}TTCA\t.\t.\t.\n1\t901\t.\t{}{}\t{}\t.\t.\t.\n",
        letter(700),
        other(700),
        letter(750),
        letter(750),
        letter(900),
        letter(901),
        letter(900)
    );
    fs::write(bench.path("forced.vcf"), forced).unwrap();
    let calls = bench.call(&["--force-call", bench.path("forced.vcf").to_str().unwrap()]);
    let listed: Vec<_> = calls.iter().filter(|c| c[7].starts_with("FORCED")).collect();
    assert_eq!(listed.len(), 3, "{listed:?}");
    for call in listed {
        assert_ne!(call[6], "PASS");
        let depth: u32 = value(call, "DP").parse().unwrap();
        assert!(depth > 200, "{call:?}");
        assert!(
            value(call, "AD")
                .split(',')
                .nth(1)
                .unwrap()
                .parse::<u32>()
                .unwrap()
                <= 2
        );
    }
}

#[test]
fn threads_formats_and_a_missing_index_give_the_same_bytes() {
    let mut bench = Bench::new(41);
    let (changed, _) = substituted(&bench.set.contigs[0].1, 750);
    sequence(&mut bench.set, 42, 3000, 0.05, &changed, 750, 0);
    bench.write();
    let expected = bench.command(&["-t", "1"]).stdout;
    assert_eq!(bench.command(&["-t", "4"]).stdout, expected);
    bench
        .set
        .write_cram(&bench.path("b.cram"), &bench.path("reference.fa"));
    bench.set.write_sam(&bench.path("c.sam"));
    bench.set.write_bam_without_index(&bench.path("d.bam"));
    for name in ["b.cram", "c.sam", "d.bam"] {
        fs::rename(bench.path("a.bam"), bench.path("kept.bam")).unwrap();
        fs::rename(bench.path("a.bam.bai"), bench.path("kept.bam.bai")).unwrap();
        fs::copy(bench.path(name), bench.path("a.bam")).unwrap();
        assert_eq!(bench.command(&[]).stdout, expected, "{name}");
        fs::rename(bench.path("kept.bam"), bench.path("a.bam")).unwrap();
        fs::rename(bench.path("kept.bam.bai"), bench.path("a.bam.bai")).unwrap();
    }
}

#[test]
fn an_output_is_whole_or_not_there_and_is_not_overwritten() {
    let mut bench = Bench::new(51);
    let original = bench.set.contigs[0].1.clone();
    sequence(&mut bench.set, 52, 300, 0.0, &original, 800, 0);
    bench.write();
    let out = bench.path("out.vcf");
    let out = out.to_str().unwrap();
    assert!(bench.command(&["-o", out]).status.success());
    let second = bench.command(&["-o", out]);
    assert_eq!(second.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&second.stderr).contains("--force"));
    fs::remove_file(out).unwrap();
    cut(&bench.path("a.bam"));
    assert_eq!(bench.command(&["-o", out]).status.code(), Some(3));
    let left: Vec<_> = fs::read_dir(bench.folder.path())
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .filter(|n| n.contains("out"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

fn cut(path: &Path) {
    let bytes = fs::read(path).unwrap();
    fs::write(path, &bytes[..bytes.len() * 2 / 3]).unwrap();
}

/// Each kind of broken input, and what its message must name.
#[test]
fn broken_input_is_named() {
    let mut bench = Bench::new(61);
    let original = bench.set.contigs[0].1.clone();
    sequence(&mut bench.set, 62, 200, 0.0, &original, 800, 0);
    let fails = |bench: &Bench, code: i32, wanted: &[&str]| {
        let output = bench.command(&[]);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{message}");
        assert!(output.stdout.is_empty());
        for part in wanted {
            assert!(message.contains(part), "{part:?} is not in {message}");
        }
    };
    bench.write();
    write_bed(&bench.path("a.bed"), &[("chr7", 1, 2)]);
    fails(&bench, 3, &["line 1", "chr7", "a.bam"]);
    write_bed(&bench.path("a.bed"), &[("chr1", 1999, 2001)]);
    fails(&bench, 3, &["line 1", "2000", "another build"]);
    fs::write(bench.path("a.bed"), "chr1\t5\n").unwrap();
    fails(&bench, 3, &["line 1", "chr1\\t5", "tabs"]);
    fs::write(bench.path("a.bed"), "# nothing\n").unwrap();
    fails(&bench, 3, &["no region"]);

    bench.write();
    cut(&bench.path("a.bam"));
    fails(&bench, 3, &["a.bam", "cut off"]);

    bench.write();
    fs::write(bench.path("a.bam"), "no reads at all\n").unwrap();
    fails(&bench, 3, &["a.bam"]);

    bench.write();
    let other = ReadSet::random(99, &[1500, 2000]);
    other.write_fasta(bench.folder.path());
    fails(&bench, 3, &["chr1", "2000", "1500", "aligned to"]);

    bench.write();
    fs::remove_file(bench.path("reference.fa")).unwrap();
    fails(&bench, 3, &["reference.fa"]);
}

/// A file without index whose reads are out of order, whatever its header says.
#[test]
fn an_unsorted_file_without_index_is_an_error() {
    let mut bench = Bench::new(71);
    let original = bench.set.contigs[0].1.clone();
    sequence(&mut bench.set, 72, 100, 0.0, &original, 800, 0);
    bench.write();
    bench.set.write_sam(&bench.path("sorted.sam"));
    let text = fs::read_to_string(bench.path("sorted.sam")).unwrap();
    let (header, mut lines): (Vec<&str>, Vec<&str>) = text.lines().partition(|l| l.starts_with('@'));
    lines.reverse();
    fs::write(bench.path("a.bam"), [header, lines].concat().join("\n") + "\n").unwrap();
    let output = bench.command(&[]);
    assert_eq!(output.status.code(), Some(3));
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(
        message.contains("not sorted") && message.contains("samtools sort"),
        "{message}"
    );
}

#[test]
fn an_index_older_than_the_file_is_not_trusted() {
    let mut bench = Bench::new(81);
    let (changed, _) = substituted(&bench.set.contigs[0].1, 800);
    sequence(&mut bench.set, 82, 2000, 0.1, &changed, 800, 0);
    bench.write();
    let expected = bench.command(&[]).stdout;
    let old = std::time::SystemTime::now() - std::time::Duration::from_hours(1);
    fs::File::options()
        .append(true)
        .open(bench.path("a.bam.bai"))
        .unwrap()
        .set_modified(old)
        .unwrap();
    let output = bench.command(&[]);
    assert_eq!(output.stdout, expected);
    assert!(String::from_utf8_lossy(&output.stderr).contains("older than the file"));
}

#[test]
fn a_file_without_reads_on_the_targets_says_that_nothing_could_be_seen() {
    let bench = Bench::new(91);
    bench.write();
    let output = bench.command(&[]);
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("nothing could be seen"));
    assert!(bench.call(&[]).is_empty());
}

/// Longer than a read: only the junction of the copies shows it, where an aligner clips the shorter part.
#[test]
fn a_duplication_longer_than_a_read_has_the_fraction_of_its_molecules() {
    let mut bench = Bench::new(201);
    let (start, end) = (740, 870);
    duplicated(&mut bench, 202, 0.2, (start, end), &[]);
    bench.write();
    let calls = bench.call(&[]);
    let found: Vec<_> = calls.iter().filter(|c| c[6] == "PASS").collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0][4].len() - found[0][3].len(), end - start);
    let depth: f64 = value(found[0], "DP").parse().unwrap();
    // Junction and boundaries are counted apart, so that their errors add up.
    let limit = 3.5 * (0.2 * 0.8 / depth + 0.2 * 0.2 / depth).sqrt();
    assert!((fraction(found[0]) - 0.2).abs() < limit, "{found:?}");
}
