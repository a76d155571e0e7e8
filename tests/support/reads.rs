//! Reads and their reference, made in code and written as SAM, BAM or CRAM.

#![allow(dead_code, missing_docs, reason = "each test takes what it needs")]
#![allow(clippy::unwrap_used, reason = "a test ends where its data cannot be made")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use hemoclone::genome::{BaseSource as _, Build, Chromosome, chromosome_length};
use hemoclone::panel::Panel;
use hemoclone::transcript::{EmbeddedBases, transcript};
use rust_htslib::bam::{self, Header, HeaderView, Read as _, Record};

/// A small generator of random numbers (xorshift64*), so that data is the same everywhere.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next()).unwrap() % n
    }

    pub fn fraction(&mut self) -> f64 {
        (self.next() & 0xffff_ffff) as f64 / f64::from(u32::MAX)
    }
}

/// Contigs and reads on them.
#[derive(Clone)]
pub struct ReadSet {
    pub contigs: Vec<(String, Vec<u8>)>,
    pub lines: Vec<SamLine>,
    pub header_lines: Vec<String>,
}

/// One line of a SAM file.
#[derive(Clone, Debug)]
pub struct SamLine {
    pub name: String,
    pub flags: u16,
    pub contig: usize,
    /// 1-based.
    pub position: usize,
    pub mapping_quality: u8,
    pub cigar: String,
    /// 1-based, same contig; 0: none.
    pub mate: usize,
    pub bases: String,
    pub qualities: Vec<u8>,
    pub tags: String,
}

impl SamLine {
    /// A single read on the first contig, of either strand.
    pub fn single(name: String, position: usize, cigar: String, bases: Vec<u8>, random: &mut Random) -> Self {
        Self {
            name,
            flags: if random.below(2) == 0 { 0 } else { 16 },
            contig: 0,
            position,
            mapping_quality: 60,
            cigar,
            mate: 0,
            qualities: vec![37; bases.len()],
            bases: String::from_utf8(bases).unwrap(),
            tags: String::new(),
        }
    }
}

impl ReadSet {
    /// Random contigs `chr1`, `chr2`, … of the given lengths.
    pub fn random(seed: u64, lengths: &[usize]) -> Self {
        let mut random = Random::new(seed);
        let contigs = lengths
            .iter()
            .enumerate()
            .map(|(i, length)| {
                let bases = (0..*length).map(|_| b"ACGT"[random.below(4)]).collect();
                (format!("chr{}", i + 1), bases)
            })
            .collect();
        Self {
            contigs,
            lines: Vec::new(),
            header_lines: vec!["@RG\tID:r\tSM:person".to_owned()],
        }
    }

    /// Returns reference bases, 1-based inclusive.
    pub fn reference(&self, contig: usize, first: usize, last: usize) -> String {
        String::from_utf8(self.contigs[contig].1[first - 1..last].to_vec()).unwrap()
    }

    /// Adds a pair of reads of `length` reference bases each, first read forward, with quality 37.
    pub fn add_pair(&mut self, name: &str, contig: usize, first: usize, second: usize, length: usize) {
        for (flags, position, mate) in [(0x63, first, second), (0x93, second, first)] {
            let bases = self.reference(contig, position, position + length - 1);
            self.lines.push(SamLine {
                name: name.to_owned(),
                flags,
                contig,
                position,
                mapping_quality: 60,
                cigar: format!("{length}M"),
                mate,
                qualities: vec![37; bases.len()],
                bases,
                tags: String::new(),
            });
        }
    }

    /// Changes the base of every read (of those that `wanted` takes) at a reference position; only for reads of one match.
    pub fn substitute(
        &mut self,
        contig: usize,
        position: usize,
        base: u8,
        wanted: impl Fn(&SamLine) -> bool,
    ) {
        for line in &mut self.lines {
            let index = position.checked_sub(line.position);
            if line.contig == contig
                && wanted(line)
                && let Some(index) = index.filter(|i| *i < line.bases.len())
            {
                line.bases
                    .replace_range(index..=index, std::str::from_utf8(&[base]).unwrap());
            }
        }
    }

    fn header(&self) -> String {
        let mut text = "@HD\tVN:1.6\tSO:coordinate\n".to_owned();
        for (name, bases) in &self.contigs {
            writeln!(text, "@SQ\tSN:{name}\tLN:{}", bases.len()).unwrap();
        }
        for line in &self.header_lines {
            writeln!(text, "{line}").unwrap();
        }
        text
    }

    fn text(&self, line: &SamLine) -> String {
        let mut qualities: String = line.qualities.iter().map(|q| char::from(q + 33)).collect();
        if qualities.is_empty() {
            "*".clone_into(&mut qualities);
        }
        let mate = if line.mate == 0 { "*" } else { "=" };
        let tags = if line.tags.is_empty() {
            String::new()
        } else {
            format!("\t{}", line.tags)
        };
        format!(
            "{}\t{}\t{}\t{}\t{}\t{}\t{mate}\t{}\t0\t{}\t{qualities}\tRG:Z:r{tags}",
            line.name,
            line.flags,
            self.contigs[line.contig].0,
            line.position,
            line.mapping_quality,
            line.cigar,
            line.mate,
            line.bases
        )
    }

    fn sorted(&self) -> Vec<&SamLine> {
        let mut lines: Vec<&SamLine> = self.lines.iter().collect();
        lines.sort_by_key(|l| (l.contig, l.position));
        lines
    }

    /// Writes `reference.fa` and its index.
    pub fn write_fasta(&self, folder: &Path) -> PathBuf {
        let (mut fasta, mut index) = (String::new(), String::new());
        for (name, bases) in &self.contigs {
            writeln!(fasta, ">{name}").unwrap();
            let offset = fasta.len();
            writeln!(
                index,
                "{name}\t{}\t{offset}\t{}\t{}",
                bases.len(),
                bases.len(),
                bases.len() + 1
            )
            .unwrap();
            writeln!(fasta, "{}", std::str::from_utf8(bases).unwrap()).unwrap();
        }
        let path = folder.join("reference.fa");
        fs::write(&path, fasta).unwrap();
        fs::write(folder.join("reference.fa.fai"), index).unwrap();
        path
    }

    /// Writes SAM text, sorted.
    pub fn write_sam(&self, path: &Path) {
        let mut text = self.header();
        for line in self.sorted() {
            writeln!(text, "{}", self.text(line)).unwrap();
        }
        fs::write(path, text).unwrap();
    }

    /// Writes a sorted BAM file and its index.
    pub fn write_bam(&self, path: &Path) {
        self.write_bam_without_index(path);
        bam::index::build(path, None::<&Path>, bam::index::Type::Bai, 1).unwrap();
    }

    /// Writes a sorted BAM file.
    pub fn write_bam_without_index(&self, path: &Path) {
        self.write(path, bam::Format::Bam, None);
    }

    /// Writes a sorted CRAM file and its index.
    pub fn write_cram(&self, path: &Path, fasta: &Path) {
        self.write(path, bam::Format::Cram, Some(fasta));
        let mut index = path.as_os_str().to_owned();
        index.push(".crai");
        bam::index::build(path, Some(&PathBuf::from(index)), bam::index::Type::Csi(14), 1).unwrap();
    }

    fn write(&self, path: &Path, format: bam::Format, fasta: Option<&Path>) {
        let view = HeaderView::from_bytes(self.header().as_bytes());
        let header = Header::from_template(&view);
        let mut writer = bam::Writer::from_path(path, &header, format).unwrap();
        if let Some(fasta) = fasta {
            writer.set_reference(fasta).unwrap();
        }
        for line in self.sorted() {
            let record = Record::from_sam(&view, self.text(line).as_bytes()).unwrap();
            writer.write(&record).unwrap();
        }
    }
}

/// Returns a chromosome at its true length: the program's own bases of the default panel's genes at their places, N elsewhere.
pub fn human_chromosome(build: Build, name: &str) -> Vec<u8> {
    human_chromosome_of("myeloid33", build, name)
}

/// The same with the genes of a panel.
pub fn human_chromosome_of(panel: &str, build: Build, name: &str) -> Vec<u8> {
    let chromosome = Chromosome::parse(name).unwrap();
    let mut bases = vec![b'N'; usize::try_from(chromosome_length(build, chromosome)).unwrap()];
    let panel = Panel::bundled(panel).unwrap();
    for gene in &panel.genes {
        let transcript = transcript(&gene.transcript, build).unwrap();
        if transcript.chromosome() != chromosome {
            continue;
        }
        for range in transcript.coding_regions(8) {
            let (first, last) = (*range.start() as usize, *range.end() as usize);
            bases[first - 1..last].copy_from_slice(&EmbeddedBases::of(build).bases_or_n(chromosome, range));
        }
        // The program does not know the last base of some stop codons; a reference with an N there counts as masked.
        for position in transcript.coding_regions(0).into_iter().flatten() {
            let base = &mut bases[position as usize - 1];
            if *base == b'N' {
                *base = b'A';
            }
        }
    }
    bases
}

/// Puts any bases where none is known.
pub fn fill(bases: &mut [u8], random: &mut Random) {
    for base in bases.iter_mut().filter(|b| **b == b'N') {
        *base = b"ACGT"[random.below(4)];
    }
}

/// Returns the number of records of a file.
pub fn count_records(path: &Path) -> usize {
    bam::Reader::from_path(path).unwrap().records().count()
}

/// Writes a BED file of 0-based half-open regions.
pub fn write_bed(path: &Path, regions: &[(&str, usize, usize)]) {
    let mut text = String::new();
    for (contig, start, end) in regions {
        writeln!(text, "{contig}\t{start}\t{end}").unwrap();
    }
    fs::write(path, text).unwrap();
}

/// Pairs with errors, indels, clips, low qualities, poor mapping, filtered flags and lone mates.
pub fn random_set(seed: u64, pairs: usize) -> ReadSet {
    let mut set = ReadSet::random(seed, &[3000, 5200]);
    let mut random = Random::new(seed + 1);
    for i in 0..pairs {
        let contig = random.below(2);
        let length = 30 + random.below(60);
        let room = set.contigs[contig].1.len() - 400;
        let first = 50 + random.below(room);
        let second = first + random.below(140);
        set.add_pair(&format!("pair{i}"), contig, first, second, length);
        let reverse_first = random.below(2) == 0;
        let n = set.lines.len();
        for line in &mut set.lines[n - 2..] {
            if reverse_first {
                line.flags ^= 0xc0;
            }
            if random.below(25) == 0 {
                line.flags |= [0x100, 0x200, 0x400, 0x800][random.below(4)];
            }
            if random.below(20) == 0 {
                line.mapping_quality = u8::try_from(random.below(60)).unwrap();
            }
            spoil(line, &mut random);
        }
        if random.below(15) == 0 {
            set.lines.pop();
        }
    }
    set
}

fn spoil(line: &mut SamLine, random: &mut Random) {
    let length = line.bases.len();
    for quality in &mut line.qualities {
        *quality = [37, 37, 37, 25, 11, 2][random.below(6)];
    }
    for i in 0..length {
        if random.below(30) == 0 {
            let base = ["A", "C", "G", "T", "N"][random.below(5)];
            line.bases.replace_range(i..=i, base);
        }
    }
    let at = 5 + random.below(length - 12);
    match random.below(8) {
        0 => line.cigar = format!("{at}M{}D{}M", 1 + random.below(9), length - at),
        1 => {
            let gained = 1 + random.below(5);
            line.cigar = format!("{at}M{gained}I{}M", length - at - gained);
        }
        2 => line.cigar = format!("4S{}M3S", length - 7),
        _ => {}
    }
}
