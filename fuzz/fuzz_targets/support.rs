//! What several targets share.
#![allow(dead_code, reason = "each target uses its part")]

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use hemoclone::alignments::{AlignmentFile, CramDecoder, ReadFilter, Reference, TargetRegion, write_count_rows};
use hemoclone::genome::{Chromosome, Regions};
use hemoclone::variants::{Input, OutputFormat, ScanOptions, VcfWriter, scan, write_vaf_rows};

/// The regions that are asked for.
fn wanted() -> Regions {
    let whole = |name| Chromosome::parse(name).map(|c| (c, 1..=250_000_000));
    Regions::new(["2", "4", "17", "X"].into_iter().filter_map(whole))
}

/// Reads bytes as `vaf` and as `analyze` do.
pub fn read_variants(data: &[u8]) {
    let input = Input::from_bytes("fuzz", data.to_vec());
    _ = write_vaf_rows(&input, 1, &mut std::io::sink());
    _ = scan(&input, &|_| wanted(), &ScanOptions::default());
}

/// Compresses bytes by BGZF.
pub fn bgzf(data: &[u8]) -> Vec<u8> {
    let mut file: File = tempfile::tempfile().expect("a temporary file");
    let copy = file.try_clone().expect("a second handle");
    let mut out = VcfWriter::new(copy, OutputFormat::VcfGz, 1).expect("a writer");
    out.write_all(data).expect("written");
    out.finish().expect("finished");
    file.rewind().expect("rewound");
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).expect("read");
    bytes
}

/// A folder that lasts as long as the process.
fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder").keep();
        let line = "ACGTTGCAAC".repeat(30);
        fs::write(folder.join("r.fa"), format!(">c\n{line}\n")).expect("written");
        fs::write(folder.join("r.fa.fai"), "c\t300\t3\t300\t301\n").expect("written");
        let calls = "##fileformat=VCFv4.2\n##contig=<ID=chr2,length=242193529>\n\
            #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS\n\
            chr2\t25234373\t.\tC\tT\t.\tPASS\t.\tGT:AD\t0/1:90,10\n\
            chr2\t25240313\t.\tC\tT\t.\tPASS\t.\tGT:AD\t0/1:90,10\n";
        fs::write(folder.join("v.vcf.gz"), bgzf(calls.as_bytes())).expect("written");
        folder
    })
}

/// Reads a small indexed VCF through an index of these bytes.
pub fn read_by_index(suffix: &str, index: &[u8]) {
    let (file, beside) = (folder().join("v.vcf.gz"), folder().join(format!("v.vcf.gz.{suffix}")));
    fs::write(&beside, index).expect("written");
    let input = Input::from_argument(&file);
    let found = scan(&input, &|_| wanted(), &ScanOptions::default());
    let alleles: usize = found
        .expect("the file itself is intact")
        .samples
        .iter()
        .map(|s| s.alleles.len())
        .sum();
    assert_eq!(alleles, 2, "an index hid a call");
    fs::remove_file(beside).expect("removed");
}

/// Counts the bases of a file of reads.
pub fn count_reads(name: &str, bytes: &[u8]) {
    let path = folder().join(name);
    fs::write(&path, bytes).expect("written");
    count(&path);
}

/// Counts the bases of an empty BAM through an index of these bytes.
pub fn count_by_index(index: &[u8]) {
    let path = folder().join("i.bam");
    let header = b"@SQ\tSN:c\tLN:300\n";
    let mut file = b"BAM\x01".to_vec();
    file.extend_from_slice(&(header.len() as u32).to_le_bytes());
    file.extend_from_slice(header);
    file.extend_from_slice(b"\x01\0\0\0\x02\0\0\0c\0\x2c\x01\0\0");
    fs::write(&path, bgzf(&file)).expect("written");
    fs::write(folder().join("i.bam.bai"), index).expect("written");
    count(&path);
}

fn count(path: &Path) {
    let fasta = folder().join("r.fa");
    let Ok(file) = AlignmentFile::open(path, Some(&fasta), CramDecoder::Safe) else { return };
    let Ok(reference) = Reference::open(&fasta, &file) else { return };
    let targets = [TargetRegion { contig: 0, start: 0, end: 300 }];
    let filter = ReadFilter::default();
    _ = write_count_rows(&file, &reference, &targets, &filter, "s", &mut std::io::sink());
}
