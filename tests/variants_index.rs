//! Every bit of the index of a VCF or BCF file, flipped one at a time: the same alleles are found, or the file is refused.

#![allow(clippy::unwrap_used, reason = "a test ends where its data cannot be made")]

#[path = "support/outside.rs"]
mod outside;

use std::fmt::Write as _;
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use hemoclone::genome::{Chromosome, Regions};
use hemoclone::variants::{Input, ScanOptions, scan};
use noodles::bgzf;
use rayon::prelude::*;

/// Records in several bins of two chromosomes, and a deletion that reaches from one into another.
fn text() -> String {
    let mut text =
        "##fileformat=VCFv4.2\n##FILTER=<ID=PASS,Description=\"All\">\n##contig=<ID=chr2,length=242193529>\n\
        ##contig=<ID=chr17,length=83257441>\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n\
        ##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"a\">\n\
        #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\n"
            .to_owned();
    for (contig, from) in [("chr2", 30_000), ("chr17", 60_000)] {
        for i in 0..24 {
            let position = from + i * 1_900;
            let reference = if i == 7 {
                format!("C{}", "A".repeat(9_000))
            } else {
                "C".to_owned()
            };
            writeln!(
                text,
                "{contig}\t{position}\t.\t{reference}\tT\t.\tPASS\t.\tGT:AD\t0/1:90,10"
            )
            .unwrap();
        }
    }
    text
}

fn regions() -> Regions {
    let [two, seventeen] = ["chr2", "chr17"].map(|name| Chromosome::parse(name).unwrap());
    Regions::new([
        (two, 30_000..=31_000),
        (two, 50_000..=52_000),
        (two, 70_000..=80_000),
        (seventeen, 74_000..=90_000),
    ])
}

/// Returns the places found, and whether by the index; `None` for an error.
fn found(path: &Path) -> Option<(Vec<(String, u32)>, bool)> {
    let scan = scan(
        &Input::from_argument(path),
        &|_| regions(),
        &ScanOptions::default(),
    )
    .ok()?;
    let alleles = scan.samples[0].alleles.iter();
    let places = alleles.map(|a| (a.file_allele.contig.clone(), a.file_allele.position));
    Some((places.collect(), scan.indexed))
}

fn flip_every_bit(file: &Path, index: &Path) {
    let (expected, indexed) = found(file).unwrap();
    assert!(indexed && expected.len() > 10, "{}: {expected:?}", file.display());
    let mut content = Vec::new();
    let mut reader = bgzf::io::Reader::new(fs::File::open(index).unwrap());
    reader.read_to_end(&mut content).unwrap();
    let by_index: usize = (0..content.len())
        .into_par_iter()
        .map(|at| {
            let folder = tempfile::tempdir().unwrap();
            let own = folder.path().join(file.file_name().unwrap());
            fs::copy(file, &own).unwrap();
            let beside = folder.path().join(index.file_name().unwrap());
            let flipped = (0..8).filter(|bit| {
                let mut damaged = content.clone();
                damaged[at] ^= 1 << bit;
                let mut writer = bgzf::io::Writer::new(Vec::new());
                writer.write_all(&damaged).unwrap();
                fs::write(&beside, writer.finish().unwrap()).unwrap();
                found(&own).is_some_and(|(places, by_index)| {
                    assert_eq!(places, expected, "{}: byte {at}, bit {bit}", index.display());
                    by_index
                })
            });
            flipped.count()
        })
        .sum();
    // The windows of a .tbi are not used, nor are counts of contigs.
    assert!(
        by_index < 6 * content.len(),
        "{by_index} of {}",
        8 * content.len()
    );
}

#[test]
fn no_flipped_bit_of_a_tbi_loses_an_allele() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.vcf.gz");
    let mut writer = bgzf::io::Writer::new(fs::File::create(&path).unwrap());
    for line in text().split_inclusive('\n') {
        writer.write_all(line.as_bytes()).unwrap();
        writer.flush().unwrap();
    }
    writer.finish().unwrap();
    let noodles::vcf::Index::Tabix(made) = noodles::vcf::fs::index(&path).unwrap() else {
        panic!("no chromosome of ours needs a CSI");
    };
    let index = folder.path().join("a.vcf.gz.tbi");
    noodles::tabix::fs::write(&index, &made).unwrap();
    flip_every_bit(&path, &index);
}

#[test]
fn no_flipped_bit_of_a_csi_of_vcf_or_bcf_loses_an_allele() {
    if !outside::programs(&["bcftools"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let vcf = folder.path().join("a.vcf");
    fs::write(&vcf, text()).unwrap();
    for (kind, name) in [("-Oz", "a.vcf.gz"), ("-Ob", "a.bcf")] {
        let path = folder.path().join(name);
        let run = |arguments: &[&Path]| {
            let output = Command::new("bcftools").args(arguments).output().unwrap();
            assert!(
                output.status.success(),
                "{}",
                String::from_utf8_lossy(&output.stderr)
            );
        };
        run(&[Path::new("view"), Path::new(kind), Path::new("-o"), &path, &vcf]);
        run(&[Path::new("index"), Path::new("-c"), &path]);
        let index = PathBuf::from(format!("{}.csi", path.display()));
        flip_every_bit(&path, &index);
    }
}
