//! Damaged, hostile and changing files of reads: nothing is believed unseen, nothing crashes, and nothing else is opened.

#![cfg(feature = "alignments")]
#![allow(clippy::unwrap_used, reason = "a test ends where its data cannot be made")]

#[path = "support/reads.rs"]
mod reads;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use assert_cmd::cargo::CommandCargoExt as _;
use hemoclone::alignments::{Access, AlignmentFile, CallOptions, CramDecoder, Reference, TargetRegion, call};
use md5::Digest as _;
use noodles::bgzf;
use rust_htslib::bam;

use reads::{ReadSet, random_set, write_bed};

struct Bench {
    folder: tempfile::TempDir,
    fasta: PathBuf,
    bed: PathBuf,
    set: ReadSet,
}

impl Bench {
    fn new(seed: u64, pairs: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let set = random_set(seed, pairs);
        let fasta = set.write_fasta(folder.path());
        let bed = folder.path().join("t.bed");
        write_bed(&bed, &[("chr1", 0, 3000), ("chr2", 0, 5200)]);
        Self {
            folder,
            fasta,
            bed,
            set,
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn count(&self, file: &Path, more: &[&str]) -> Output {
        let mut command = Command::cargo_bin("hemoclone").unwrap();
        command.arg("count").arg(file).arg("-f").arg(&self.fasta);
        command.arg("-L").arg(&self.bed).args(more).output().unwrap()
    }

    fn rows(&self, file: &Path, more: &[&str]) -> String {
        let output = self.count(file, more);
        assert!(output.status.success(), "{}", said(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    fn access(&self, file: &Path) -> Access {
        open(file, Some(&self.fasta)).access()
    }
}

fn open(file: &Path, fasta: Option<&Path>) -> AlignmentFile {
    AlignmentFile::open(file, fasta, CramDecoder::Safe).unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn bgzipped(content: &[u8]) -> Vec<u8> {
    let mut writer = bgzf::io::Writer::new(Vec::new());
    writer.write_all(content).unwrap();
    writer.finish().unwrap()
}

fn unpacked(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut reader = bgzf::io::Reader::new(fs::File::open(path).unwrap());
    std::io::copy(&mut reader, &mut bytes).unwrap();
    bytes
}

fn is_wrong(access: &Access) -> bool {
    matches!(access, Access::WrongIndex(_))
}

/// A BAI cut anywhere, of 17 bytes too, crashed htslib or made genes "not assessed".
#[test]
fn an_index_cut_anywhere_is_told_and_the_whole_file_is_read() {
    let bench = Bench::new(11, 120);
    let (bam, bai) = (bench.path("a.bam"), bench.path("a.bam.bai"));
    bench.set.write_bam(&bam);
    let whole = fs::read(&bai).unwrap();
    assert_eq!(bench.access(&bam), Access::Index);
    let expected = bench.rows(&bam, &[]);
    for length in 0..whole.len() {
        fs::write(&bai, &whole[..length]).unwrap();
        // The number of reads without a place, at the end, may be left out.
        assert_eq!(
            is_wrong(&bench.access(&bam)),
            length + 8 != whole.len(),
            "{length}"
        );
    }
    for length in [0, 4, 17, whole.len() * 6 / 10, whole.len() - 1] {
        fs::write(&bai, &whole[..length]).unwrap();
        let output = bench.count(&bam, &[]);
        assert!(
            output.status.success() && said(&output).contains("a.bam.bai"),
            "{}",
            said(&output)
        );
        assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
    }
}

#[test]
fn words_of_an_index_that_cannot_be_take_no_memory() {
    let bench = Bench::new(12, 60);
    let (bam, bai, csi) = (
        bench.path("a.bam"),
        bench.path("a.bam.bai"),
        bench.path("a.bam.csi"),
    );
    bench.set.write_bam(&bam);
    let whole = fs::read(&bai).unwrap();
    for at in (4..whole.len() - 8).step_by(4) {
        for word in [0x7fff_ffff_u32, 0xffff_ffff] {
            let mut damaged = whole.clone();
            damaged[at..at + 4].copy_from_slice(&word.to_le_bytes());
            fs::write(&bai, &damaged).unwrap();
            // A count of reads, or the low half of an offset, may have any value; what it says is looked at elsewhere.
            let access = bench.access(&bam);
            assert!(access == Access::Index || is_wrong(&access), "{at} {access:?}");
        }
    }
    fs::remove_file(&bai).unwrap();
    bam::index::build(&bam, None::<&PathBuf>, bam::index::Type::Csi(14), 1).unwrap();
    assert_eq!(bench.access(&bam), Access::Index);
    let content = unpacked(&csi);
    let mut wrong = 0;
    for at in (4..content.len() - 8).step_by(4) {
        let mut damaged = content.clone();
        damaged[at..at + 4].copy_from_slice(&0x7fff_ffff_u32.to_le_bytes());
        fs::write(&csi, bgzipped(&damaged)).unwrap();
        wrong += usize::from(is_wrong(&bench.access(&bam)));
    }
    assert!(wrong > 10, "{wrong}");
    for length in 0..content.len() - 8 {
        fs::write(&csi, bgzipped(&content[..length])).unwrap();
        assert!(is_wrong(&bench.access(&bam)), "{length}");
    }
}

/// The index of a file that ends earlier, or later, or has other contigs.
#[test]
fn an_index_of_another_file_is_told() {
    let bench = Bench::new(13, 150);
    let bam = bench.path("a.bam");
    bench.set.write_bam(&bam);
    let expected = bench.rows(&bam, &[]);
    let last = bench
        .set
        .lines
        .iter()
        .filter(|l| l.contig == 1)
        .map(|l| l.position)
        .max()
        .unwrap();
    let mut shorter = bench.set.clone();
    shorter.lines.retain(|l| l.contig == 0 || l.position < last - 200);
    let mut first_only = bench.set.clone();
    first_only.lines.retain(|l| l.contig == 0);
    let mut second_only = bench.set.clone();
    second_only.lines.retain(|l| l.contig == 1);
    let mut longer = bench.set.clone();
    longer.lines.extend(random_set(14, 80).lines);
    let mut other_contigs = random_set(15, 100);
    other_contigs
        .contigs
        .push(("chr3".to_owned(), b"ACGT".repeat(50)));
    for (name, other) in [
        ("shorter", shorter),
        ("first", first_only),
        ("second", second_only),
        ("longer", longer),
        ("contigs", other_contigs),
        ("other", random_set(16, 150)),
    ] {
        let path = bench.path("other.bam");
        other.write_bam(&path);
        fs::copy(bench.path("other.bam.bai"), bench.path("a.bam.bai")).unwrap();
        assert!(is_wrong(&bench.access(&bam)), "{name}");
        assert_eq!(bench.rows(&bam, &[]), expected, "{name}");
    }
}

#[test]
fn an_index_of_cram_that_leaves_slices_out_is_told() {
    let bench = Bench::new(17, 200);
    let (cram, index) = (bench.path("a.cram"), bench.path("a.cram.crai"));
    bench.set.write_cram(&cram, &bench.fasta);
    assert_eq!(bench.access(&cram), Access::Index);
    let expected = bench.rows(&cram, &[]);
    let mut text = String::new();
    let mut reader = flate2::read::MultiGzDecoder::new(fs::File::open(&index).unwrap());
    std::io::Read::read_to_string(&mut reader, &mut text).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let moved = |line: &str| {
        let mut fields: Vec<u64> = line.split('\t').map(|n| n.parse().unwrap()).collect();
        fields[3] += 1;
        fields.iter().map(u64::to_string).collect::<Vec<_>>().join("\t") + "\n"
    };
    for damaged in [
        String::new(),
        text[..text.len() - 1].to_owned(),
        "0\t1\t10\n".to_owned(),
        text.replace('\t', " "),
        lines.iter().map(|l| moved(l)).collect(),
        text.clone() + "9\t1\t10\t20\t30\t40\n",
        text.clone() + "0\t1\t10\t99999999\t30\t40\n",
    ] {
        fs::write(&index, bgzipped(damaged.as_bytes())).unwrap();
        assert!(is_wrong(&bench.access(&cram)), "{damaged:?}");
    }
    assert_eq!(bench.rows(&cram, &[]), expected);
    fs::write(&index, text).unwrap();
    assert_eq!(bench.access(&cram), Access::Index, "a plain one is one");
}

/// Writes a CRAM whose header has the checksums of its contigs, without which htslib's writer makes a reference of its own.
fn write_cram_of_genome(bench: &Bench, path: &Path) {
    let sam = bench.path("text.sam");
    bench.set.write_sam(&sam);
    let text = fs::read_to_string(&sam).unwrap();
    let (mut header, mut contigs) = (String::new(), bench.set.contigs.iter());
    for line in text.lines().filter(|l| l.starts_with('@')) {
        header += line;
        if line.starts_with("@SQ") {
            let sum = md5::Md5::digest(&contigs.next().unwrap().1);
            header += "\tM5:";
            sum.iter().for_each(|byte| write!(header, "{byte:02x}").unwrap());
        }
        header.push('\n');
    }
    let view = bam::HeaderView::from_bytes(header.as_bytes());
    let template = bam::Header::from_template(&view);
    let mut writer = bam::Writer::from_path(path, &template, bam::Format::Cram).unwrap();
    writer.set_reference(&bench.fasta).unwrap();
    for line in text.lines().filter(|l| !l.starts_with('@')) {
        writer
            .write(&bam::Record::from_sam(&view, line.as_bytes()).unwrap())
            .unwrap();
    }
    drop(writer);
    let mut index = path.as_os_str().to_owned();
    index.push(".crai");
    bam::index::build(path, Some(&PathBuf::from(index)), bam::index::Type::Csi(14), 1).unwrap();
}

/// Two readers of CRAM that share nothing: every column, mismatches and the averages of whole reads.
#[test]
fn our_reader_of_cram_equals_htslib() {
    let same = |bench: &Bench, file: &Path, more: &[&str], what: &str| {
        let htslib = bench.rows(file, &[more, &["--cram-decoder", "htslib"]].concat());
        assert!(bench.rows(file, more) == htslib, "{what} {more:?}");
        assert!(
            bench.rows(file, &[more, &["-t", "1"]].concat()) == htslib,
            "{what} {more:?}"
        );
    };
    for seed in 20..25 {
        let bench = Bench::new(seed, 250);
        let (own, genome) = (bench.path("own.cram"), bench.path("genome.cram"));
        bench.set.write_cram(&own, &bench.fasta);
        write_cram_of_genome(&bench, &genome);
        same(&bench, &own, &[], "with a reference of its own");
        for more in [&[][..], &["--max-mismatches", "1"], &["--format", "readcount"]] {
            same(&bench, &genome, more, "of the genome");
        }
        let with_index = bench.rows(&genome, &[]);
        fs::remove_file(bench.path("genome.cram.crai")).unwrap();
        assert!(bench.rows(&genome, &[]) == with_index, "{seed}");
    }
}

/// htslib looks for a contig that the FASTA lacks at `UR` of the header and at `REF_PATH`, which may be an outside address.
#[test]
fn a_contig_that_the_fasta_has_not_is_looked_for_nowhere() {
    let bench = Bench::new(30, 100);
    let cram = bench.path("a.cram");
    bench.set.write_cram(&cram, &bench.fasta);
    let expected = bench.rows(&cram, &[]);
    let half = bench.path("half");
    fs::create_dir(&half).unwrap();
    let mut second = bench.set.clone();
    second.contigs.remove(0);
    let fasta = second.write_fasta(&half);
    let bed = bench.path("second.bed");
    write_bed(&bed, &[("chr2", 0, 5200)]);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = format!("http://{}/%s", listener.local_addr().unwrap());
    for (more, understood) in [(&[][..], true), (&["--cram-decoder", "htslib"], false)] {
        for index in [true, false] {
            let file = if index { cram.clone() } else { bench.path("b.cram") };
            fs::copy(&cram, bench.path("b.cram")).unwrap();
            let mut command = Command::cargo_bin("hemoclone").unwrap();
            command
                .env("REF_PATH", &address)
                .env("REF_CACHE", bench.path("cache/%s"));
            command
                .arg("count")
                .arg(&file)
                .arg("-f")
                .arg(&fasta)
                .arg("-L")
                .arg(&bed)
                .args(more);
            let output = command.output().unwrap();
            assert_eq!(output.status.success(), understood, "{}", said(&output));
            if understood {
                let of_second = |text: &str| -> Vec<String> {
                    let rows = text.lines().filter(|l| l.contains("\tchr2\t"));
                    rows.map(|l| l.split_once('\t').unwrap().1.to_owned()).collect()
                };
                let actual = of_second(&String::from_utf8_lossy(&output.stdout));
                assert_eq!(actual, of_second(&expected));
            } else {
                assert!(said(&output).contains("chr1 is not in"), "{}", said(&output));
            }
        }
    }
    assert!(listener.accept().is_err(), "somebody asked for a reference");
    assert!(!bench.path("cache").exists());
}

#[test]
fn a_reference_with_other_bases_than_the_cram_was_written_with_is_an_error() {
    let mut bench = Bench::new(31, 100);
    // One contig, so that slices have a checksum of their reference.
    bench.set.contigs.truncate(1);
    bench.set.lines.retain(|l| l.contig == 0);
    write_bed(&bench.bed, &[("chr1", 0, 3000)]);
    let fasta = bench.set.write_fasta(bench.folder.path());
    let cram = bench.path("a.cram");
    assert_eq!(fasta, bench.fasta);
    write_cram_of_genome(&bench, &cram);
    assert!(bench.count(&cram, &[]).status.success());
    let middle = &mut bench.set.contigs[0].1[1500];
    *middle = if *middle == b'A' { b'C' } else { b'A' };
    bench.set.write_fasta(bench.folder.path());
    let output = bench.count(&cram, &[]);
    assert_eq!(output.status.code(), Some(3));
    assert!(
        said(&output).contains("MD5") && said(&output).contains("a.cram"),
        "{}",
        said(&output)
    );
}

#[test]
fn a_damaged_cram_is_an_error_or_says_the_same() {
    let bench = Bench::new(32, 80);
    let cram = bench.path("a.cram");
    bench.set.write_cram(&cram, &bench.fasta);
    let whole = fs::read(&cram).unwrap();
    let targets = [
        TargetRegion {
            contig: 0,
            start: 0,
            end: 3000,
        },
        TargetRegion {
            contig: 1,
            start: 0,
            end: 5200,
        },
    ];
    let called = |path: &Path| -> Result<String, String> {
        let file =
            AlignmentFile::open(path, Some(&bench.fasta), CramDecoder::Safe).map_err(|e| e.to_string())?;
        let reference = Reference::open(&bench.fasta, &file).map_err(|e| e.to_string())?;
        let called = call(&file, &reference, &targets, &CallOptions::default()).map_err(|e| e.to_string())?;
        Ok(format!("{} {:?}", called.reads, called.variants))
    };
    let expected = called(&cram).unwrap();
    let damaged = bench.path("b.cram");
    for at in (0..whole.len()).step_by(41) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        fs::write(&damaged, bytes).unwrap();
        // The name of the file in its definition, and blocks of tags that nothing asks for, change no count.
        if let Ok(actual) = called(&damaged) {
            assert_eq!(actual, expected, "{at}");
        }
    }
    for length in (0..whole.len()).step_by(97) {
        fs::write(&damaged, &whole[..length]).unwrap();
        assert!(called(&damaged).is_err(), "{length}");
    }
}

#[test]
fn a_file_that_shrinks_or_grows_while_it_is_read_is_an_error() {
    let bench = Bench::new(33, 80);
    for name in ["a.sam", "a.bam"] {
        let path = bench.path(name);
        bench.set.write_sam(&bench.path("a.sam"));
        bench.set.write_bam_without_index(&bench.path("a.bam"));
        let file = open(&path, Some(&bench.fasta));
        let reference = Reference::open(&bench.fasta, &file).unwrap();
        let targets = [TargetRegion {
            contig: 0,
            start: 0,
            end: 3000,
        }];
        call(&file, &reference, &targets, &CallOptions::default()).unwrap();
        let whole = fs::read(&path).unwrap();
        if name == "a.sam" {
            // Cut at the end of a line: nothing else tells.
            let end = whole.iter().rposition(|b| *b == b'\n').unwrap();
            let end = whole[..end].iter().rposition(|b| *b == b'\n').unwrap() + 1;
            fs::write(&path, &whole[..end]).unwrap();
        } else {
            let mut more = whole.clone();
            more.extend(&whole[whole.len() - 28..]);
            fs::write(&path, more).unwrap();
        }
        let error = call(&file, &reference, &targets, &CallOptions::default())
            .unwrap_err()
            .to_string();
        assert!(
            error.contains(name) && error.contains("changed while it was read"),
            "{error}"
        );
    }
}

/// htslib follows a local file of this kind to the addresses in it.
#[test]
fn a_list_of_addresses_is_no_alignment_file() {
    let bench = Bench::new(34, 5);
    let path = bench.path("a.bam");
    fs::write(
        &path,
        "{\"htsget\":{\"format\":\"BAM\",\"urls\":[{\"url\":\"file:///etc/hostname\"}]}}",
    )
    .unwrap();
    let output = bench.count(&path, &[]);
    assert_eq!(output.status.code(), Some(3));
    assert!(
        said(&output).contains("a.bam") && said(&output).contains("does not begin as one"),
        "{}",
        said(&output)
    );
}

#[test]
fn a_header_of_impossible_numbers_is_an_error() {
    let bench = Bench::new(35, 20);
    let path = bench.path("a.bam");
    bench.set.write_bam_without_index(&path);
    let content = unpacked(&path);
    let text = u32::from_le_bytes(content[4..8].try_into().unwrap()) as usize;
    for at in [4, 8 + text, 12 + text] {
        for word in [0x7fff_ffff_u32, 0xffff_ffff, 0] {
            let mut damaged = content.clone();
            damaged[at..at + 4].copy_from_slice(&word.to_le_bytes());
            fs::write(&path, bgzipped(&damaged)).unwrap();
            let output = bench.count(&path, &[]);
            assert_eq!(output.status.code(), Some(3), "{at} {word:x}: {}", said(&output));
            assert!(said(&output).contains("a.bam"), "{}", said(&output));
        }
    }
}

#[test]
fn a_damaged_reference_fails_every_command_and_names_it() {
    let bench = Bench::new(36, 80);
    let bam = bench.path("a.bam");
    bench.set.write_bam(&bam);
    let fasta = fs::read(&bench.fasta).unwrap();
    let mut damaged = fasta.clone();
    damaged[1000] = b'!';
    fs::write(&bench.fasta, damaged).unwrap();
    for command in ["count", "call"] {
        let mut process = Command::cargo_bin("hemoclone").unwrap();
        process
            .arg(command)
            .arg(&bam)
            .arg("-f")
            .arg(&bench.fasta)
            .arg("-L")
            .arg(&bench.bed);
        let output = process.output().unwrap();
        assert!(!output.status.success(), "{command}");
        assert!(
            said(&output).contains("reference.fa: cannot be read at chr1:"),
            "{}",
            said(&output)
        );
    }
    let readcount = bench.count(&bam, &["--format", "readcount"]);
    assert_eq!(readcount.status.code(), Some(3));
    let mut process = Command::cargo_bin("hemoclone").unwrap();
    process
        .arg("background")
        .arg(&bam)
        .arg(&bam)
        .arg("-f")
        .arg(&bench.fasta)
        .arg("-L")
        .arg(&bench.bed);
    let output = process.arg("-o").arg(bench.path("b.tsv")).output().unwrap();
    assert!(!output.status.success() && !bench.path("b.tsv").exists());
}

/// htslib prints lines of a header that it does not like as they are.
#[test]
fn control_characters_of_a_header_reach_no_terminal() {
    let mut bench = Bench::new(37, 20);
    bench.set.header_lines.push("@CO\t\u{1b}]0;title\u{7}".to_owned());
    let sam = bench.path("a.sam");
    bench.set.write_sam(&sam);
    let mut bam = b"BAM\x01".to_vec();
    let text = b"@HD\tVN:1.6\n@SQ\tSN:chr1\tLN:5\n@SQ\t\x1b[31m\n";
    bam.extend(u32::try_from(text.len()).unwrap().to_le_bytes());
    bam.extend(text);
    bam.extend([1, 0, 0, 0, 5, 0, 0, 0]);
    bam.extend(b"chr1\0\x05\0\0\0");
    fs::write(bench.path("b.bam"), bgzipped(&bam)).unwrap();
    for name in ["a.sam", "b.bam"] {
        let output = bench.count(&bench.path(name), &[]);
        assert_eq!(output.status.code(), Some(3));
        assert!(
            said(&output).contains("holds control characters"),
            "{}",
            said(&output)
        );
        assert!(!said(&output).contains('\u{1b}'), "{}", said(&output));
    }
}

/// Where the records of an unpacked BAM begin.
fn record_starts(content: &[u8]) -> Vec<usize> {
    let word = |at: usize| u32::from_le_bytes(content[at..at + 4].try_into().unwrap()) as usize;
    let mut at = 12 + word(4);
    for _ in 0..word(at - 4) {
        at += 8 + word(at);
    }
    let mut starts = Vec::new();
    while at < content.len() {
        starts.push(at);
        at += 4 + word(at);
    }
    starts
}

/// htslib asks for as many bytes as a record states before it sees that the file has them not: for no more than address space, and
/// where that is limited it is an error as well.
#[test]
fn a_record_that_states_an_impossible_length_is_an_error_with_little_memory_too() {
    let bench = Bench::new(36, 20);
    let path = bench.path("a.bam");
    bench.set.write_bam_without_index(&path);
    let content = unpacked(&path);
    let starts = record_starts(&content);
    assert!(starts.len() > 20, "{}", starts.len());
    for start in [starts[0], starts[starts.len() / 2], *starts.last().unwrap()] {
        for length in [0x7fff_ffff_u32, 0x7fff_ff00, 0x4000_0000, 0xffff_ffff, 31, 0] {
            let mut damaged = content.clone();
            damaged[start..start + 4].copy_from_slice(&length.to_le_bytes());
            fs::write(&path, bgzipped(&damaged)).unwrap();
            for kilobytes in ["unlimited", "1000000"] {
                let output = Command::new("sh")
                    .args(["-c", "ulimit -v \"$1\" && shift && exec \"$@\"", "sh", kilobytes])
                    .arg(env!("CARGO_BIN_EXE_hemoclone"))
                    .args(["count", "-t", "1", "-f"])
                    .args([&bench.fasta, &PathBuf::from("-L"), &bench.bed, &path])
                    .output()
                    .unwrap();
                let said = said(&output);
                assert_eq!(
                    output.status.code(),
                    Some(3),
                    "{start} {length:x} {kilobytes}: {said}"
                );
                assert!(said.contains("a.bam"), "{said}");
            }
        }
    }
}

/// Operations that BAM does not have were passed over, or ended the program where a base is written as `=`; so did a name without its
/// end, which htslib makes one character longer than names can be.
#[test]
fn a_record_that_bam_cannot_hold_is_an_error() {
    let bench = Bench::new(37, 20);
    let path = bench.path("a.bam");
    bench.set.write_bam_without_index(&path);
    let content = unpacked(&path);
    let starts = record_starts(&content);
    let start = starts[starts.len() / 2];
    let (names, operations) = (content[start + 12] as usize, content[start + 16] as usize);
    assert!(operations > 0);
    let cigar = start + 36 + names;
    let bases = cigar + 4 * operations;
    let length = u32::from_le_bytes(content[start..start + 4].try_into().unwrap());
    let mut tried = Vec::new();
    for same in [false, true] {
        for code in 9..=15_u8 {
            // One operation more: of another length of those that are there htslib says that they do not fit the bases.
            let mut damaged = content.clone();
            damaged[start..start + 4].copy_from_slice(&(length + 4).to_le_bytes());
            damaged[start + 16] += 1;
            damaged.splice(bases..bases, [7 << 4 | code, 0, 0, 0]);
            if same {
                damaged[bases + 4] = 0;
            }
            tried.push((damaged, format!("code {code}")));
        }
        // The name grows to 255 characters with none that ends it.
        let mut damaged = content[..start].to_vec();
        let more = u32::try_from(255 - names).unwrap();
        damaged.extend((length + more).to_le_bytes());
        damaged.extend(&content[start + 4..start + 36]);
        damaged[start + 12] = 255;
        damaged.extend([b'r'; 255]);
        damaged.extend(&content[cigar..]);
        if same {
            damaged[bases + 255 - names] = 0;
        }
        tried.push((damaged, "a name of 255".to_owned()));
    }
    for (damaged, reason) in tried {
        fs::write(&path, bgzipped(&damaged)).unwrap();
        let output = bench.count(&path, &[]);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(3), "{reason}: {said}");
        assert!(
            said.contains("a.bam") && said.contains(&reason) && !said.contains("panicked"),
            "{said}"
        );
    }
}
