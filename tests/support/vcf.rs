//! VCF text built in code, in the layout of Mutect2.

#![allow(dead_code, reason = "each test uses its part")]

use std::fmt::Write as _;

/// Lengths of the chromosomes that tests use, GRCh38 and GRCh37 (Genome Reference Consortium).
const LENGTHS: [(&str, u32, u32); 6] = [
    ("2", 242_193_529, 243_199_373),
    ("4", 190_214_555, 191_154_276),
    ("9", 138_394_717, 141_213_431),
    ("17", 83_257_441, 81_195_210),
    ("20", 64_444_167, 63_025_520),
    ("X", 156_040_895, 155_270_560),
];

/// A VCF being put together.
pub struct VcfBuilder {
    header: String,
    samples: Vec<String>,
    records: Vec<String>,
}

impl VcfBuilder {
    /// Starts a GRCh38 file with the contigs tests use and one sample column.
    pub fn grch38(sample: &str) -> Self {
        Self::new(sample, "chr", |l| l.1)
    }

    /// Starts a GRCh37 file with bare contig names.
    pub fn grch37(sample: &str) -> Self {
        Self::new(sample, "", |l| l.2)
    }

    fn new(sample: &str, prefix: &str, length: impl Fn(&(&str, u32, u32)) -> u32) -> Self {
        let mut header = String::from("##fileformat=VCFv4.2\n##source=Mutect2\n##MutectVersion=2.2\n");
        for contig in &LENGTHS {
            // Writing to a String cannot fail.
            let _ = writeln!(
                header,
                "##contig=<ID={prefix}{},length={}>",
                contig.0,
                length(contig)
            );
        }
        header.push_str(
            "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n\
             ##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"Depth per allele\">\n\
             ##FORMAT=<ID=AF,Number=A,Type=Float,Description=\"Fraction\">\n\
             ##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"Depth\">\n",
        );
        Self {
            header,
            samples: vec![sample.to_owned()],
            records: Vec::new(),
        }
    }

    /// Adds a header line.
    pub fn meta(mut self, line: &str) -> Self {
        self.header.push_str(line);
        self.header.push('\n');
        self
    }

    /// Adds a record with the reference and alternative count of the first sample.
    pub fn call(self, chrom: &str, pos: u32, reference: &str, alternate: &str, counts: (u32, u32)) -> Self {
        self.record(chrom, pos, reference, alternate, "PASS", ".", counts)
    }

    /// Adds a record with FILTER and INFO.
    #[allow(clippy::too_many_arguments)]
    pub fn record(
        mut self,
        chrom: &str,
        pos: u32,
        reference: &str,
        alternate: &str,
        filter: &str,
        info: &str,
        counts: (u32, u32),
    ) -> Self {
        let (r, a) = counts;
        let depth = r + a;
        let fraction = f64::from(a) / f64::from(depth.max(1));
        self.records.push(format!(
            "{chrom}\t{pos}\t.\t{reference}\t{alternate}\t.\t{filter}\t{info}\tGT:AD:AF:DP\t0/1:{r},{a}:{fraction:.3}:{depth}"
        ));
        self
    }

    /// Returns the text.
    pub fn text(&self) -> String {
        let mut text = self.header.clone();
        text.push_str("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t");
        text.push_str(&self.samples.join("\t"));
        text.push('\n');
        for record in &self.records {
            text.push_str(record);
            text.push('\n');
        }
        text
    }
}
