//! Broken, odd and large inputs: what must be an error, what must be read, and that the way of reading changes nothing.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests stop at any fault")]

#[path = "support/outside.rs"]
mod outside;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use hemoclone::genome::Regions;
use hemoclone::genome::{Build, Chromosome};
use hemoclone::variants::{Input, NamedColumns, Scan, ScanError, ScanOptions, scan, write_vaf_rows};

const HEADER: &str = "##fileformat=VCFv4.2\n##contig=<ID=chr17,length=83257441>\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"a\">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\n";

fn file(records: &[&str]) -> String {
    let mut text = HEADER.to_owned();
    for record in records {
        _ = writeln!(text, "{record}");
    }
    text
}

fn vaf(bytes: impl Into<Vec<u8>>) -> Result<Vec<String>, String> {
    let bytes: Vec<u8> = bytes.into();
    let mut out = Vec::new();
    write_vaf_rows(&Input::from_bytes("in", bytes), 1, &mut out).map_err(|e| e.to_string())?;
    Ok(String::from_utf8(out)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect())
}

fn error(bytes: impl Into<Vec<u8>>) -> String {
    vaf(bytes).unwrap_err()
}

const GOOD: &str = "chr17\t7675088\t.\tC\tT\t.\tPASS\t.\tGT:AD\t0/1:90,10";

#[test]
fn tabs_behind_the_last_column_are_no_columns() {
    let text = "##fileformat=VCFv4.2\n##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"a\">\n\
                #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS\n\
                chr17\t5\t.\tC\tT\t.\t.\t.\tAD\t90,10\t\t\n";
    let regions = |_| Regions::new([(Chromosome::parse("chr17").unwrap(), 1..=u32::MAX)]);
    let options = ScanOptions {
        build: Some(Build::Grch38),
        ..ScanOptions::default()
    };
    let scan = scan(&Input::from_bytes("in", text.as_bytes()), &regions, &options).unwrap();
    assert_eq!(scan.samples[0].alleles[0].evidence.alt_count, Some(10));
}

#[test]
fn names_place_field_value_and_remedy() {
    for (record, words) in [
        (
            "chr17\tx\t.\tC\tT\t.\t.\t.\tGT\t0/1",
            &["record 2", "line 7", "POS", "\"x\""][..],
        ),
        (
            "chr17\t5\t.\tC\tT\t.\t.\t.\tGT",
            &["record 2", "9 columns where the header has 10"],
        ),
        (
            "chr17\t5\t.\tC\tT\t.\t.\t.\tGT\t0/1\t0/1",
            &["11 columns where the header has 10"],
        ),
        ("chr17 5 . C T . . . GT 0/1", &["not separated by tabs"]),
        ("chr17\t5\t.\t\tT\t.\t.\t.\tGT\t0/1", &["REF", "chr17:5"]),
        (
            "chr17\t5\t.\tC\tT,\t.\t.\t.\tGT\t0/1",
            &["ALT", "\"T,\"", "chr17:5"],
        ),
    ] {
        let actual = error(file(&[GOOD, record]));
        for word in words {
            assert!(actual.contains(word), "{record:?}: {actual}");
        }
    }
    let mut bytes = file(&[GOOD]).into_bytes();
    bytes.extend_from_slice(b"chr17\t5\t.\tC\tT\t.\tP\xffSS\t.\tGT\t0/1\n");
    let actual = error(bytes);
    assert!(actual.contains("FILTER") && actual.contains("UTF-8"), "{actual}");
}

#[test]
fn says_what_a_wrong_file_is() {
    for (bytes, words) in [
        (&b""[..], "empty (0 bytes)"),
        (b"hello world\n", "no VCF or BCF"),
        (b"BAM\x01\x00\x00\x00\x00", "BAM file"),
        (b"CRAM\x03\x00\x00\x00\x00", "CRAM file"),
        (b"PK\x03\x04aaaa", "zip"),
        (b">chr1\nACGT\n", "FASTA"),
        (b"<!DOCTYPE html>", "HTML"),
        (b"##fileformat=VCFv4.2\n", "before the #CHROM line"),
        (
            b"##fileformat=VCFv4.2\nchr1\t5\t.\tA\tC\n",
            "before the #CHROM line",
        ),
        (b"#CHROM\tPOS\n", "2 tab-separated columns"),
    ] {
        let actual = error(bytes);
        assert!(actual.contains(words), "{actual}");
    }
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(b"no vcf in here, just words").unwrap();
    assert!(error(gz.finish().unwrap()).contains("compressed text"));
    for (bytes, words) in [
        (&b"BAM\x01\x00"[..], "but a BAM file;"),
        (b">chr1\nACGT\n", "but a compressed FASTA file;"),
    ] {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(bytes).unwrap();
        let actual = error(gz.finish().unwrap());
        assert!(actual.contains(words), "{actual}");
    }
    let missing = write_vaf_rows(
        &Input::from_argument(Path::new("no/such.vcf")),
        1,
        &mut Vec::new(),
    );
    assert!(missing.unwrap_err().to_string().contains("cannot be opened"));
}

#[test]
fn reads_what_the_tools_of_the_field_read() {
    let odd = "##fileformat=VCFv4.2\n##INFO=<broken\n\n##no equals sign\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\n\nchrZ\t7\t.\tC\tT\t.\tq10\tXX=1\tGT:AD:ZZ\t0/1:90,10\r\n   \nchrZ\t8\t.\tC\tT\t.\t.\t.\tGT\t.";
    let actual = vaf(odd).unwrap();
    assert_eq!(actual.len(), 2);
    assert!(
        actual[0].starts_with("in\tS1\tchrZ\t7\tC\tT\t100\t10\t0.100000\t"),
        "{}",
        actual[0]
    );
    assert!(actual[1].contains("\tT\t\t\t\t\t\t\t."), "{}", actual[1]);
    // INFO in another encoding.
    let mut bytes = HEADER.as_bytes().to_vec();
    bytes.extend_from_slice(b"chr17\t5\t.\tC\tT\t.\tPASS\tNOTE=caf\xe9\tGT:AD\t0/1:9,1\n");
    assert_eq!(vaf(bytes).unwrap().len(), 1);
    assert!(vaf(HEADER).unwrap().is_empty());
}

#[test]
fn neutralizes_names_for_spreadsheets_and_terminals() {
    let text = file(&[GOOD])
        .replace("\tS1\n", "\t=cmd()\n")
        .replace("PASS", "\x1b[31m");
    let actual = vaf(text).unwrap();
    assert!(actual[0].starts_with("in\t'=cmd()\tchr17"), "{}", actual[0]);
    assert!(actual[0].ends_with("\\u{1b}[31m"), "{}", actual[0]);
}

fn many(count: u32) -> String {
    let mut text = HEADER.to_owned();
    for i in 0..count {
        _ = writeln!(
            text,
            "chr17\t{}\t.\tC\tT\t.\tPASS\tX={}\tGT:AD\t0/1:{},{}",
            7_000_000 + i * 97,
            i * 7919,
            i % 500,
            i % 37
        );
    }
    text
}

fn gzip(text: &str) -> Vec<u8> {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(text.as_bytes()).unwrap();
    gz.finish().unwrap()
}

fn bgzip(text: &str) -> Vec<u8> {
    let mut writer = noodles::bgzf::io::Writer::new(Vec::new());
    writer.write_all(text.as_bytes()).unwrap();
    writer.finish().unwrap()
}

#[test]
fn every_compression_gives_the_same_rows_and_every_cut_is_noticed() {
    let text = many(3000);
    let expected = vaf(text.clone()).unwrap();
    assert_eq!(expected.len(), 3000);
    for bytes in [gzip(&text), bgzip(&text)] {
        assert_eq!(vaf(bytes.clone()).unwrap(), expected);
        for cut in [1, 10, 27, 28, 29, 500, bytes.len() / 2] {
            let actual = error(&bytes[..bytes.len() - cut]);
            assert!(actual.contains("cut short or damaged"), "{cut}: {actual}");
        }
        let mut flipped = bytes.clone();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 0xff;
        assert!(vaf(flipped).is_err());
    }
}

fn tool(name: &str, args: &[&str]) -> bool {
    let Ok(output) = Command::new(name).args(args).output() else {
        outside::skip(format_args!("{name} is not installed"));
        return false;
    };
    assert!(
        output.status.success(),
        "{name}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    true
}

fn regions(ranges: &[(u32, u32)]) -> Regions {
    let chromosome = Chromosome::parse("chr17").unwrap();
    Regions::new(ranges.iter().map(|&(a, b)| (chromosome, a..=b)))
}

fn scan_file(path: &Path, ranges: &[(u32, u32)]) -> Result<Scan, ScanError> {
    scan(
        &Input::from_argument(path),
        &|_| regions(ranges),
        &ScanOptions::default(),
    )
}

fn positions(scan: &Scan) -> Vec<u32> {
    scan.samples[0]
        .alleles
        .iter()
        .map(|a| a.file_allele.position)
        .collect()
}

fn text_of(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Writes a sorted file as `.vcf.gz` and `.bcf`, indexed.
fn indexed(folder: &Path, text: &str) -> Option<[PathBuf; 3]> {
    let [vcf, tbi, csi, bcf] = ["a.vcf", "t.vcf.gz", "c.vcf.gz", "b.bcf"].map(|n| folder.join(n));
    std::fs::write(&vcf, text).unwrap();
    let made = tool("bcftools", &["view", "-Oz", "-o", &text_of(&tbi), &text_of(&vcf)])
        && tool("bcftools", &["view", "-Oz", "-o", &text_of(&csi), &text_of(&vcf)])
        && tool("bcftools", &["view", "-Ob", "-o", &text_of(&bcf), &text_of(&vcf)])
        && tool("bcftools", &["index", "-t", &text_of(&tbi)])
        && tool("bcftools", &["index", "-c", &text_of(&csi)])
        && tool("bcftools", &["index", "-c", &text_of(&bcf)]);
    made.then_some([tbi, csi, bcf])
}

fn with_long_deletion() -> String {
    // A deletion that starts before the region and reaches into it.
    let deletion = format!(
        "chr17\t7000001\t.\tC{}\tC\t.\tPASS\tX=1\tGT:AD\t0/1:50,50\n",
        "A".repeat(400)
    );
    let declared = "##INFO=<ID=X,Number=1,Type=Integer,Description=\"x\">\n##contig";
    let text = many(20_000).replacen("##contig", declared, 1);
    text.replacen("chr17\t7000097", &format!("{deletion}chr17\t7000097"), 1)
}

#[test]
fn indexed_and_whole_reading_give_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let Some(files) = indexed(folder.path(), &with_long_deletion()) else {
        return;
    };
    let ranges = [
        (7_000_300, 7_000_500),
        (7_500_000, 7_600_000),
        (8_900_000, 9_000_000),
    ];
    let expected = scan_file(&folder.path().join("a.vcf"), &ranges).unwrap();
    assert!(!expected.indexed);
    assert!(positions(&expected).contains(&7_000_001));
    assert!(positions(&expected).len() > 1000);
    for file in files {
        let actual = scan_file(&file, &ranges).unwrap();
        assert!(actual.indexed, "{}: {:?}", file.display(), actual.warnings);
        assert_eq!(positions(&actual), positions(&expected), "{}", file.display());
    }
}

#[test]
fn an_index_of_another_file_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let Some([tbi, _, _]) = indexed(folder.path(), &with_long_deletion()) else {
        return;
    };
    let ranges = [(7_000_300, 7_100_000)];
    let expected = positions(&scan_file(&tbi, &ranges).unwrap());
    let index = PathBuf::from(format!("{}.tbi", tbi.display()));
    let old = std::fs::read(&index).unwrap();
    // The file grows, the old index is put back with a newer time.
    let longer = folder.path().join("longer.vcf");
    std::fs::write(
        &longer,
        with_long_deletion() + "chr17\t83000000\t.\tC\tT\t.\tPASS\tX=1\tGT:AD\t0/1:5,5\n",
    )
    .unwrap();
    assert!(tool(
        "bcftools",
        &["view", "-Oz", "-o", &text_of(&tbi), &text_of(&longer)]
    ));
    std::fs::write(&index, &old).unwrap();
    for (bytes, word) in [
        (old.clone(), "index"),
        (b"garbage".to_vec(), "index could not be used"),
    ] {
        std::fs::write(&index, bytes).unwrap();
        let actual = scan_file(&tbi, &ranges).unwrap();
        assert!(!actual.indexed);
        assert_eq!(positions(&actual), expected);
        assert!(
            actual.warnings.iter().any(|w| w.to_string().contains(word)),
            "{:?}",
            actual.warnings
        );
        let actual = scan_file(&tbi, &[(82_999_999, 83_000_001)]).unwrap();
        assert_eq!(positions(&actual), [83_000_000]);
    }
}

/// BGZF blocks of so many lines each, not compressed: texts of one length make files of one length.
fn stored(text: &str, lines: usize) -> Vec<u8> {
    let all: Vec<&str> = text.split_inclusive('\n').collect();
    let mut bytes = Vec::new();
    for block in all.chunks(lines).map(<[&str]>::concat).chain([String::new()]) {
        let mut crc = flate2::Crc::new();
        crc.update(block.as_bytes());
        let length = u16::try_from(block.len()).unwrap();
        let size = length + 18 + 5 + 8 - 1;
        bytes.extend([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff, 6, 0, b'B', b'C', 2, 0]);
        bytes.extend(size.to_le_bytes());
        if block.is_empty() {
            // The closing block as the specification has it, byte by byte.
            let end = bytes.len() - 2;
            bytes.splice(end.., [0x1b, 0, 3, 0]);
        } else {
            bytes.push(1);
            bytes.extend(length.to_le_bytes());
            bytes.extend((!length).to_le_bytes());
            bytes.extend(block.as_bytes());
        }
        bytes.extend(crc.sum().to_le_bytes());
        bytes.extend(crc.amount().to_le_bytes());
    }
    bytes
}

/// Writes a file, and an index that was made for another one and is younger.
fn with_index_of(folder: &Path, file: &[u8], of: &[u8]) -> PathBuf {
    let path = folder.join("a.vcf.gz");
    let index = folder.join("a.vcf.gz.tbi");
    std::fs::write(&path, of).unwrap();
    let noodles::vcf::Index::Tabix(made) = noodles::vcf::fs::index(&path).unwrap() else {
        panic!("no chromosome of ours needs a CSI");
    };
    std::fs::write(&path, file).unwrap();
    _ = std::fs::remove_file(&index);
    noodles::tabix::fs::write(&index, &made).unwrap();
    path
}

/// Records at such positions, all lines of one length.
fn records_at(positions: impl Iterator<Item = u32>) -> String {
    let record = |p| format!("chr17\t{p:08}\t.\tC\tT\t.\tPASS\t.\tGT:AD\t0/1:90,10\n");
    HEADER.to_owned() + &positions.map(record).collect::<String>()
}

#[test]
fn an_index_of_any_other_file_is_told_and_the_file_is_read_whole() {
    let folder = tempfile::tempdir().unwrap();
    let ours: Vec<u32> = (0..400).map(|i| 10_000_000 + i * 50_000).collect();
    let text = records_at(ours.iter().copied());
    let shifted = records_at(ours.iter().map(|p| p + 30_000_000));
    let inside = records_at(ours.iter().map(|&p| {
        if p > 15_000_000 && p < 25_000_000 {
            p + 40_000
        } else {
            p
        }
    }));
    let fewer = records_at(ours[..390].iter().copied());
    let more = records_at(ours.iter().copied().chain([83_000_000, 83_000_001]));
    let renamed = text
        .replace("##contig=<ID=chr17", "##contig=<ID=chr18")
        .replace("\nchr17", "\nchr18");
    let longer_header = text.replacen("S1", "Sample_of_another_name", 1);
    for (name, other) in [
        ("shifted", &shifted),
        ("moved inside", &inside),
        ("shorter", &fewer),
        ("longer", &more),
        ("of another contig", &renamed),
        ("of another header", &longer_header),
    ] {
        for lines in [1, 7, 300] {
            let path = with_index_of(folder.path(), &stored(&text, lines), &stored(other, lines));
            let found = scan_file(&path, &[(15_000_000, 20_040_000)]).unwrap();
            assert!(!found.indexed, "{name}, {lines} lines a block");
            let warned = found
                .warnings
                .iter()
                .any(|w| w.to_string().contains("index could not be used"));
            assert!(warned, "{name}: {:?}", found.warnings);
            let expected: Vec<u32> = ours
                .iter()
                .copied()
                .filter(|p| (15_000_000..=20_040_000).contains(p))
                .collect();
            assert_eq!(positions(&found), expected, "{name}");
        }
    }
    for lines in [1, 7, 300] {
        let path = with_index_of(folder.path(), &stored(&text, lines), &stored(&text, lines));
        let found = scan_file(&path, &[(15_000_000, 20_040_000)]).unwrap();
        assert!(found.indexed, "{:?}", found.warnings);
        assert_eq!(positions(&found).len(), 101);
    }
}

#[test]
fn a_large_file_is_compared_with_its_index_where_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let place = |i: u32| 10_000_000 + i * 500;
    // Both ends are equal, and every offset is; the middle is another.
    let moved = |i: u32| {
        if (20_000..80_000).contains(&i) {
            place(i) - 400_000 + (i / 1000) * 5_000
        } else {
            place(i)
        }
    };
    let mut moved: Vec<u32> = (0..100_000).map(moved).collect();
    moved.sort_unstable();
    let ours = stored(&records_at((0..100_000).map(place)), 800);
    let other = stored(&records_at(moved.into_iter()), 800);
    assert_eq!(ours.len(), other.len());
    assert!(
        ours.len() > 4 << 20,
        "larger than what is compared record by record"
    );
    // Regions with and without records, in the middle and beyond both ends.
    let ranges = [
        (1, 9_999_999),
        (10_000_000, 10_000_001),
        (33_000_000, 33_001_000),
        (33_001_002, 33_001_300),
        (59_999_500, 83_000_000),
    ];
    let path = with_index_of(folder.path(), &ours, &ours);
    let found = scan_file(&path, &ranges).unwrap();
    assert!(found.indexed, "{:?}", found.warnings);
    assert_eq!(
        positions(&found),
        [10_000_000, 33_000_000, 33_000_500, 33_001_000, 59_999_500]
    );
    let path = with_index_of(folder.path(), &ours, &other);
    let found = scan_file(&path, &ranges).unwrap();
    assert!(!found.indexed);
    assert_eq!(positions(&found).len(), 5);
}

#[test]
fn a_cut_indexed_file_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let Some([tbi, _, _]) = indexed(folder.path(), &with_long_deletion()) else {
        return;
    };
    let bytes = std::fs::read(&tbi).unwrap();
    for cut in [28, 5000] {
        std::fs::write(&tbi, &bytes[..bytes.len() - cut]).unwrap();
        let actual = scan_file(&tbi, &[(7_000_300, 7_000_500)])
            .unwrap_err()
            .to_string();
        assert!(actual.contains("cut short or damaged"), "{actual}");
    }
}

#[test]
fn order_does_not_matter() {
    let text = many(500);
    let (header, records) = text.split_at(HEADER.len());
    let mut lines: Vec<&str> = records.lines().collect();
    lines.reverse();
    let reversed = format!("{header}{}\n", lines.join("\n"));
    let run = |text: String| {
        let input = Input::from_bytes("in", text.into_bytes());
        let mut found = positions(
            &scan(
                &input,
                &|_| regions(&[(7_010_000, 7_020_000)]),
                &ScanOptions::default(),
            )
            .unwrap(),
        );
        found.sort_unstable();
        found
    };
    assert_eq!(run(text), run(reversed));
}

#[test]
fn threads_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x");
    std::fs::write(&path, bgzip(&many(20_000))).unwrap();
    let table = |threads| {
        let mut out = Vec::new();
        write_vaf_rows(&Input::from_argument(&path), threads, &mut out).unwrap();
        out
    };
    assert_eq!(table(1), table(4));
}

#[test]
fn other_peoples_variants_are_left_out() {
    let text = file(&[
        "chr17\t10\t.\tC\tT\t.\tPASS\t.\tGT:AD\t0/1:9,1\t0/0:9,0",
        "chr17\t11\t.\tC\tT\t.\tPASS\t.\tGT:AD\t0/0:9,0\t0/0:9,2",
        "chr17\t12\t.\tC\tT,G\t.\tPASS\t.\tGT:AD\t./.\t1/2:0,4,5",
    ])
    .replace("\tS1\n", "\tS1\tS2\n");
    let input = Input::from_bytes("in", text.into_bytes());
    let actual = scan(&input, &|_| regions(&[(1, 100)]), &ScanOptions::default()).unwrap();
    let found = |i: usize| {
        let alleles = actual.samples[i].alleles.iter();
        alleles
            .map(|a| format!("{}{}", a.file_allele.position, a.file_allele.alternate))
            .collect::<Vec<_>>()
    };
    assert_eq!(found(0), ["10T"]);
    assert_eq!(found(1), ["11T", "12T", "12G"]);
    assert_eq!(actual.samples[0].panel_records, 3);
    let columns = NamedColumns {
        tumor: Some("S2".into()),
        normal: Some("S1".into()),
    };
    let options = ScanOptions {
        columns: vec![columns],
        build: Some(Build::Grch38),
        ..ScanOptions::default()
    };
    let actual = scan(&input, &|_| regions(&[(1, 100)]), &options).unwrap();
    assert_eq!(actual.samples.len(), 1);
    assert_eq!(actual.samples[0].alleles.len(), 4);
    assert_eq!(
        actual.samples[0].alleles[0].normal.evidence().unwrap().alt_count,
        Some(1)
    );
}

#[test]
fn alleles_that_are_no_sequence_are_kept_and_said() {
    let text = file(&[
        "chr17\t10\t.\tC\t<DUP>\t.\tPASS\tSVTYPE=DUP;SVLEN=21;END=31\tGT:AD\t0/1:9,1",
        "chr17\t11\t.\tC\t*,T\t.\tPASS\t.\tGT:AD\t1/2:0,4,5",
        "chr17\t12\t.\tC\tC[chr2:5[\t.\tPASS\t.\tGT:AD\t0/1:9,1",
    ]);
    let input = Input::from_bytes("in", text.into_bytes());
    let actual = scan(&input, &|_| regions(&[(1, 100)]), &ScanOptions::default()).unwrap();
    let said: Vec<Option<&str>> = actual.samples[0]
        .alleles
        .iter()
        .map(|a| a.event().map(|event| event.written.as_str()))
        .collect();
    let expected = [
        Some("symbolic allele <DUP>, SVTYPE DUP, SVLEN 21, END 31"),
        Some("* (deleted by another allele)"),
        None,
        Some("breakend C[chr2:5["),
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_record_of_ten_megabytes_is_read() {
    let long = format!(
        "chr17\t7675088\t.\tC\tT\t.\tPASS\tX={}\tGT:AD\t0/1:90,10",
        "A".repeat(10_000_000)
    );
    assert_eq!(vaf(file(&[&long, GOOD])).unwrap().len(), 2);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(40))]

    /// Blocks that end anywhere, in the middle of a line or of a number, change nothing.
    #[test]
    fn any_split_into_blocks_gives_the_same_rows(cuts in proptest::collection::vec(1usize..4000, 0..40)) {
        let text = many(60);
        let mut bgzf = noodles::bgzf::io::Writer::new(Vec::new());
        let mut members = Vec::new();
        let mut rest = text.as_str();
        for cut in cuts {
            let (head, tail) = rest.split_at(cut.min(rest.len()));
            bgzf.write_all(head.as_bytes()).unwrap();
            bgzf.flush().unwrap();
            members.extend(gzip(head));
            rest = tail;
        }
        bgzf.write_all(rest.as_bytes()).unwrap();
        members.extend(gzip(rest));
        let expected = vaf(text.clone()).unwrap();
        proptest::prop_assert_eq!(&vaf(bgzf.finish().unwrap()).unwrap(), &expected);
        // A first member without content is an empty file to every reader of the field; the header is long enough.
        proptest::prop_assert_eq!(&vaf(members).unwrap(), &expected);
    }

    /// No input makes the reader panic.
    #[test]
    fn damage_never_panics(at in 0usize..6000, byte in proptest::prelude::any::<u8>(), bgzf in proptest::prelude::any::<bool>()) {
        let text = many(60);
        let mut bytes = if bgzf { bgzip(&text) } else { text.into_bytes() };
        let at = at % bytes.len();
        bytes[at] = byte;
        let input = Input::from_bytes("in", bytes);
        _ = write_vaf_rows(&input, 1, &mut Vec::new());
        _ = scan(&input, &|_| regions(&[(1, 90_000_000)]), &ScanOptions::default());
    }
}

fn scanned(text: &str, build: Option<Build>) -> Result<Scan, ScanError> {
    let regions = |_| Regions::new([(Chromosome::parse("chr2").unwrap(), 25_000_000..=26_000_000)]);
    let options = ScanOptions {
        build,
        ..ScanOptions::default()
    };
    scan(&Input::from_bytes("in", text.as_bytes()), &regions, &options)
}

fn bare(contig: &str, position: u32) -> String {
    format!(
        "##fileformat=VCFv4.2\n##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"a\">\n\
         #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\n\
         {contig}\t{position}\t.\tC\tT\t.\tPASS\t.\tAD\t80,20\n"
    )
}

#[test]
fn a_file_without_a_record_on_a_chromosome_is_an_error() {
    for contig in [
        "chr02",
        "02",
        "\"chr2\"",
        "chromosome2",
        "2.0",
        "NC_000002.13",
        "CM000664.9",
        "chr2 ",
    ] {
        let error = scanned(&bare(contig, 25_234_373), Some(Build::Grch38))
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("no record lies on a chromosome of GRCh38"),
            "{contig}: {error}"
        );
        assert!(error.contains("25234373"), "{contig}: {error}");
    }
    let error = scanned(&bare("chr2", 252_343_730), Some(Build::Grch38))
        .unwrap_err()
        .to_string();
    assert!(error.contains("ends at 242193529"), "{error}");
    // Nothing to find is no fault, nor are the other contigs of a reference.
    for text in [&bare("chr2", 5), &bare("GL000191.1", 5), &bare("chrM", 5)] {
        let found = scanned(text, Some(Build::Grch38)).unwrap();
        assert!(
            !found
                .warnings
                .iter()
                .any(|w| w.to_string().contains("not looked at")),
            "{:?}",
            found.warnings
        );
    }
    let text = bare("chr2", 5);
    let empty = text.split("chr2\t").next().unwrap();
    assert!(scanned(empty, Some(Build::Grch38)).is_ok());
}

#[test]
fn an_unknown_contig_among_known_ones_is_a_warning() {
    let text = format!(
        "{}chr02\t7\t.\tC\tT\t.\t.\t.\tAD\t80,20\nchr02\t9\t.\tC\tT\t.\t.\t.\tAD\t80,20\nGL000191.1\t9\t.\tC\tT\t.\t.\t.\tAD\t80,20\n",
        bare("chr2", 25_234_373)
    );
    let found = scanned(&text, Some(Build::Grch38)).unwrap();
    assert_eq!(found.samples[0].alleles.len(), 1);
    let lines: Vec<String> = found
        .warnings
        .iter()
        .map(ToString::to_string)
        .filter(|w| w.contains("not looked at"))
        .collect();
    assert_eq!(lines.len(), 1, "{:?}", found.warnings);
    assert!(
        lines[0].contains("\"chr02\"") && lines[0].contains("2 records"),
        "{}",
        lines[0]
    );
}

#[test]
fn an_accession_tells_the_build_and_contradicts_another() {
    for (contig, build) in [
        ("NC_000002.11", Build::Grch37),
        ("NC_000002.12", Build::Grch38),
        ("CM000664.1", Build::Grch37),
        ("CM000664.2", Build::Grch38),
    ] {
        let other = if build == Build::Grch37 {
            Build::Grch38
        } else {
            Build::Grch37
        };
        let text = bare(contig, 25_234_373);
        assert_eq!(scanned(&text, None).unwrap().build, build, "{contig}");
        assert_eq!(
            scanned(&text, None).unwrap().samples[0].alleles.len(),
            1,
            "{contig}"
        );
        assert_eq!(scanned(&text, Some(build)).unwrap().build, build, "{contig}");
        let error = scanned(&text, Some(other)).unwrap_err().to_string();
        assert!(error.contains("--build") && error.contains(contig), "{error}");
    }
    let error = scanned(&bare("NC_000002.10", 5), None).unwrap_err().to_string();
    assert!(error.contains("NCBI36"), "{error}");
    // A later record of the other build, without a contig line.
    let text = bare("chr2", 5) + "NC_000002.11\t7\t.\tC\tT\t.\t.\t.\tAD\t80,20\n";
    let error = scanned(&text, Some(Build::Grch38)).unwrap_err().to_string();
    assert!(error.contains("NC_000002.11 is of GRCh37"), "{error}");
}

#[test]
fn tabs_spaces_and_carriage_returns_behind_the_header_make_no_sample() {
    for (header, record) in [
        ("\t", "\t"),
        ("\t\t \t", ""),
        ("", "\t \t"),
        (" ", " "),
        ("\t\r", "\t\r"),
        ("", "\r"),
        ("\t", ""),
    ] {
        let text = bare("chr2", 25_234_373)
            .replace("\tS1\n", &format!("\tS1{header}\n"))
            .replace("80,20\n", &format!("80,20{record}\n"));
        let found = scanned(&text, Some(Build::Grch38)).unwrap();
        assert_eq!(found.samples.len(), 1, "{header:?} {record:?}");
        assert_eq!(found.samples[0].column.as_deref(), Some("S1"));
        assert_eq!(
            found.samples[0].alleles[0].evidence.alt_count,
            Some(20),
            "{header:?} {record:?}"
        );
    }
    let text = bare("chr2", 5)
        .replace("\tS1\n", "\tS1\t\tS3\n")
        .replace("80,20\n", "80,20\t.\t.\n");
    let error = scanned(&text, Some(Build::Grch38)).unwrap_err().to_string();
    assert!(error.contains("sample column 2 has no name"), "{error}");
}

#[test]
fn blocks_of_vcf_4_5_reach_as_far_as_each_sample_says() {
    let text = "##fileformat=VCFv4.5\n##FORMAT=<ID=LEN,Number=1,Type=Integer,Description=\"l\">\n\
                #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA\tB\n\
                chr2\t24999000\t.\tC\t<*>\t.\t.\t.\tGT:DP:LEN\t0/0:30:2000\t0/0:40:10\n";
    let found = scanned(text, Some(Build::Grch38)).unwrap();
    let at = |i: usize, p: u32| {
        found.samples[i]
            .coverage
            .depth_at(Chromosome::parse("chr2").unwrap(), p)
    };
    assert_eq!(
        [at(0, 25_000_000), at(0, 25_000_999), at(0, 25_001_000)],
        [Some(30), Some(30), None]
    );
    assert_eq!(at(1, 25_000_000), None);
}

#[test]
fn a_symbolic_deletion_reaches_by_its_length() {
    for info in [
        "SVTYPE=DEL;SVLEN=-200000",
        "SVTYPE=DEL;SVLEN=200000",
        "END=25100000",
    ] {
        let text = bare("chr2", 24_900_000)
            .replace("\tC\tT\t", "\tC\t<DEL>\t")
            .replace("PASS\t.", &format!("PASS\t{info}"));
        let found = scanned(&text, Some(Build::Grch38)).unwrap();
        assert_eq!(found.samples[0].alleles.len(), 1, "{info}");
        let instead = found.samples[0].alleles[0].event().unwrap();
        assert_eq!(instead.end, 25_100_000, "{info}");
    }
}

/// A file of one chromosome, of scaffolds, or of another species gave a report like a healthy person's.
#[test]
fn a_file_with_no_record_on_a_wanted_chromosome_says_so() {
    let said = |text: &str| {
        let found = scanned(text, Some(Build::Grch38)).unwrap();
        let mut lines = found.warnings.iter().map(ToString::to_string);
        lines.find(|w| w.contains("no record lies on a chromosome that is looked at"))
    };
    for contig in [
        "chrUn_KI270302v1",
        "GL000191.1",
        "chrM",
        "chr21",
        "HLA-A*01:01:01:01",
    ] {
        let line = said(&bare(contig, 5)).unwrap();
        assert!(line.contains(&format!("(first {contig}:5)")), "{line}");
    }
    let text = bare("chr2", 5);
    assert_eq!(said(&text), None);
    assert_eq!(said(text.split("chr2\t").next().unwrap()), None);
}

/// A part of a read was rounded, an allele named twice was taken once, and a QUAL of letters passed.
#[test]
fn a_value_that_cannot_be_is_named() {
    let evidence = |format: &str, cell: &str| {
        let record = format!("chr17\t7675088\t.\tC\tT,G\txx\tPASS\t.\t{format}\t{cell}");
        let input = Input::from_bytes("in", file(&[&record]).into_bytes());
        let wanted = |_: Build| regions(&[(7_675_000, 7_676_000)]);
        let mut found = scan(&input, &wanted, &ScanOptions::default()).unwrap();
        let said = found
            .warnings
            .iter()
            .map(ToString::to_string)
            .any(|w| w.contains("QUAL") && w.contains("chr17:7675088 xx"));
        assert!(said, "{:?}", found.warnings);
        found.samples.remove(0).alleles.remove(0).evidence
    };
    for (format, cell, counts_from) in [
        ("GT:AD:DP", "0/1:80.5,20,0:101", "AD (\"80.5\" is no count)"),
        ("GT:AD:DP", "0/1:80,x,0:101", "AD (\"x\" is no count)"),
        ("GT:AD", "0/1:80,-20,0", "AD (\"-20\" is no count)"),
        ("GT:LAA:LAD", "0/1:2,2:80,20,1", "LAD (LAA names allele 2 twice)"),
        ("GT:LAA:LAD", "0/1:1:80.5,20", "LAD (\"80.5\" is no count)"),
    ] {
        let found = evidence(format, cell);
        assert_eq!(found.counts_from, counts_from, "{cell}");
        assert_eq!((found.vaf, found.alt_count), (None, None), "{cell}");
    }
    for cell in ["0/1:80.0,20.0,0", "0/1:80,20,0"] {
        let found = evidence("GT:AD", cell);
        assert_eq!((found.ref_count, found.alt_count), (Some(80), Some(20)), "{cell}");
    }
}
