//! The user's reference genome: a FASTA file by human chromosome.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::path::Path;

use super::reference_error::ReferenceFastaError;
use super::{BaseSource, Chromosome, ContigFasta};

/// A reference genome as an indexed FASTA file, plain or bgzipped.
#[derive(Debug)]
pub struct ReferenceFasta {
    fasta: ContigFasta,
    /// Place in the file by chromosome.
    places: HashMap<Chromosome, usize>,
}

impl ReferenceFasta {
    /// Opens a FASTA file; a plain one without `.fai` is indexed in memory, which reads it once.
    pub fn open(path: &Path) -> Result<Self, ReferenceFastaError> {
        let fasta = ContigFasta::open(path)?;
        let mut places = HashMap::new();
        for (place, (name, _)) in fasta.contigs().iter().enumerate() {
            if let Some(chromosome) = Chromosome::parse(name) {
                places.entry(chromosome).or_insert(place);
            }
        }
        if places.is_empty() {
            return Err(ReferenceFastaError::NoChromosome {
                path: path.to_path_buf(),
            });
        }
        Ok(Self { fasta, places })
    }

    /// Returns the file.
    pub fn path(&self) -> &Path {
        self.fasta.path()
    }

    /// Returns the length of a chromosome, by which the build can be told; `None` where the file has it not.
    pub fn length(&self, chromosome: Chromosome) -> Option<u32> {
        let place = *self.places.get(&chromosome)?;
        self.fasta.contigs().get(place).map(|(_, length)| *length)
    }
}

impl BaseSource for ReferenceFasta {
    fn bases(&self, chromosome: Chromosome, range: RangeInclusive<u32>) -> Option<Vec<u8>> {
        self.fasta.bases(*self.places.get(&chromosome)?, range)
    }

    fn bases_or_n(&self, chromosome: Chromosome, range: RangeInclusive<u32>) -> Vec<u8> {
        let (start, end) = range.into_inner();
        let length = (end + 1).saturating_sub(start) as usize;
        let known_end = self.length(chromosome).map_or(0, |l| l.min(end));
        let mut bases = if known_end >= start {
            self.bases(chromosome, start..=known_end)
        } else {
            None
        }
        .unwrap_or_default();
        bases.resize(length, b'N');
        bases
    }

    fn failure(&self) -> Option<String> {
        self.fasta.failure().map(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::path::PathBuf;
    use std::process::Command;

    use super::super::fasta::standard;
    use super::*;

    fn sequence() -> Vec<u8> {
        (0..40_000_usize)
            .map(|i| b"ACGTacgtNRA"[(i * i + i / 7) % 11])
            .collect()
    }

    fn fasta(folder: &Path) -> PathBuf {
        let mut text = String::from(">GL000207.1 scaffold\nACGT\n>17 some text\n");
        for line in sequence().chunks(70) {
            writeln!(text, "{}", String::from_utf8_lossy(line)).unwrap();
        }
        let path = folder.join("ref.fa");
        std::fs::write(&path, text).unwrap();
        path
    }

    fn check(path: &Path) {
        let reference = ReferenceFasta::open(path).unwrap();
        let chromosome = Chromosome::parse("chr17").unwrap();
        assert_eq!(reference.length(chromosome), Some(40_000));
        assert_eq!(reference.length(Chromosome::X), None);
        let expected: Vec<u8> = sequence().iter().map(|b| standard(*b)).collect();
        // Within a chunk, over a border of chunks, the whole, the last base.
        for (start, end) in [(1, 10), (16_380, 16_390), (1, 40_000), (40_000, 40_000)] {
            let actual = reference.bases(chromosome, start..=end).unwrap();
            assert_eq!(
                actual,
                expected[start as usize - 1..end as usize],
                "{start}-{end}"
            );
        }
        assert_eq!(reference.bases(chromosome, 39_999..=40_001), None);
        assert_eq!(reference.bases(Chromosome::X, 1..=1), None);
        let actual = reference.bases_or_n(chromosome, 39_999..=40_002);
        assert_eq!(actual, [expected[39_998], expected[39_999], b'N', b'N']);
    }

    #[test]
    fn reads_plain_and_bgzipped_with_and_without_index() {
        let folder = tempfile::tempdir().unwrap();
        let path = fasta(folder.path());
        check(&path);
        let run = |program: &str, arguments: &[&str]| {
            Command::new(program)
                .args(arguments)
                .current_dir(folder.path())
                .status()
                .is_ok_and(|s| s.success())
        };
        if !run("samtools", &["faidx", "ref.fa"]) || !run("bgzip", &["-k", "ref.fa"]) {
            crate::outside::skip_part("samtools or bgzip is not installed");
            return;
        }
        check(&path);
        let bgzipped = folder.path().join("ref.fa.gz");
        let error = ReferenceFasta::open(&bgzipped).unwrap_err();
        assert!(error.to_string().contains("run `samtools faidx"), "{error}");
        assert!(run("samtools", &["faidx", "ref.fa.gz"]));
        check(&bgzipped);
    }

    /// Packs text into blocks of so many bytes, and makes the `.gzi`.
    fn packed(text: &[u8], size: usize) -> (Vec<u8>, Vec<u8>) {
        let (mut file, mut index, mut blocks) = (Vec::new(), Vec::new(), 0_u64);
        for (number, piece) in text.chunks(size).enumerate() {
            if number > 0 {
                blocks += 1;
                index.extend((file.len() as u64).to_le_bytes());
                index.extend(((number * size) as u64).to_le_bytes());
            }
            let mut writer = noodles::bgzf::io::Writer::new(Vec::new());
            std::io::Write::write_all(&mut writer, piece).unwrap();
            let block = writer.finish().unwrap();
            file.extend(&block[..block.len() - 28]);
        }
        file.extend(&noodles::bgzf::io::Writer::new(Vec::new()).finish().unwrap());
        (file, [blocks.to_le_bytes().to_vec(), index].concat())
    }

    /// Names and letters of the contigs that a file has, or why it cannot be read.
    fn letters(path: &Path) -> Result<Vec<(String, Vec<u8>)>, ReferenceFastaError> {
        let fasta = ContigFasta::open(path)?;
        let of = |(place, (name, length)): (usize, &(String, u32))| {
            let found = fasta.letters(place, 1..=*length);
            assert_eq!(found.is_err(), fasta.failure().is_some());
            Ok((name.clone(), found?))
        };
        fasta.contigs().iter().enumerate().map(of).collect()
    }

    /// One bit of FASTA, `.fai` or `.gzi`: bases of another place, or none, were taken for those of the genome.
    #[test]
    fn no_damaged_bit_of_file_or_index_goes_unseen() {
        let folder = tempfile::tempdir().unwrap();
        let plain = fasta(folder.path());
        let mut text = std::fs::read(&plain).unwrap();
        text.extend(b">one_line\nACGTACGTACGTACGT\n");
        std::fs::write(&plain, &text).unwrap();
        let expected = letters(&plain).unwrap();
        let (file, gzi) = packed(&text, 1500);
        let offset = |name: &str| {
            text.windows(name.len())
                .position(|w| w == name.as_bytes())
                .unwrap()
                + name.len()
        };
        let fai = format!(
            "GL000207.1\t4\t{}\t4\t5\n17\t40000\t{}\t70\t71\none_line\t16\t{}\t16\t17\n",
            offset("scaffold\n"),
            offset("some text\n"),
            offset("one_line\n")
        );
        let path = folder.path().join("packed.fa.gz");
        let names = ["packed.fa.gz", "packed.fa.gz.fai", "packed.fa.gz.gzi"].map(|n| folder.path().join(n));
        let whole = [file, fai.into_bytes(), gzi];
        for (name, content) in names.iter().zip(&whole) {
            std::fs::write(name, content).unwrap();
        }
        assert_eq!(letters(&path).unwrap(), expected);
        for (name, content) in names.iter().zip(&whole) {
            let step = (content.len() / 100).max(1);
            for at in (0..content.len()).step_by(step) {
                for bit in 0..8 {
                    let mut damaged = content.clone();
                    damaged[at] ^= 1 << bit;
                    std::fs::write(name, &damaged).unwrap();
                    // Bits without a meaning there are: the time of a gzip header.
                    let Ok(actual) = letters(&path) else { continue };
                    assert_eq!(actual, expected, "{} {at} {bit}", name.display());
                }
            }
            for length in (0..content.len()).step_by(step) {
                std::fs::write(name, &content[..length]).unwrap();
                let Ok(actual) = letters(&path) else { continue };
                // Without the block that ends it a file has all its bases.
                assert_eq!(actual, expected, "{} {length}", name.display());
            }
            std::fs::write(name, content).unwrap();
        }
    }

    #[test]
    fn says_what_is_wrong_with_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("none.fa");
        assert!(matches!(
            ReferenceFasta::open(&path),
            Err(ReferenceFastaError::Open { .. })
        ));
        std::fs::write(&path, ">scaffold_1\nACGT\n").unwrap();
        assert!(matches!(
            ReferenceFasta::open(&path),
            Err(ReferenceFastaError::NoChromosome { .. })
        ));
        std::fs::write(&path, ">chr1\nACGT\nAC\nACGT\n").unwrap();
        assert!(matches!(
            ReferenceFasta::open(&path),
            Err(ReferenceFastaError::NoFasta { .. })
        ));
        assert!(matches!(
            ReferenceFasta::open(folder.path()),
            Err(ReferenceFastaError::NoFile { .. })
        ));
        std::fs::write(&path, ">chr1\nACGT\n").unwrap();
        for (fai, words) in [
            ("", "none.fa.fai: names no contig"),
            (
                "chr1\tx\t6\t4\t5\n",
                "none.fa.fai, line 1: LENGTH \"x\" is not a whole number",
            ),
            (
                "chr1\t4\t6\t4\t5\nchr2\t1",
                "none.fa.fai, line 2: 2 columns where 5 are needed",
            ),
            ("chr1\t4\t6\t0\t1\n", "line 1: LINEBASES is 0"),
            ("\t4\t6\t4\t5\n", "line 1: NAME is empty"),
            ("chr1\t9\t6\t4\t5\n", "contig \"chr1\""),
        ] {
            std::fs::write(folder.path().join("none.fa.fai"), fai).unwrap();
            let message = ReferenceFasta::open(&path).unwrap_err().to_string();
            assert!(
                message.contains(words) && message.contains("samtools faidx"),
                "{message}"
            );
        }
    }
}
