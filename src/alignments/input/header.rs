//! What the header of an alignment file says: contigs and samples.

use rust_htslib::bam::HeaderView;

/// A contig of the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contig {
    /// Name.
    pub name: String,
    /// Length in bases.
    pub length: u32,
    /// Assembly, `AS` of the header line.
    pub assembly: Option<String>,
}

fn value<'l>(line: &'l str, key: &str) -> Option<&'l str> {
    line.split('\t')
        .find_map(|f| f.strip_prefix(key)?.strip_prefix(':'))
}

fn lines_of<'t>(text: &'t str, kind: &'static str) -> impl Iterator<Item = &'t str> {
    text.lines()
        .filter(move |line| line.split('\t').next() == Some(kind))
}

fn samples_of_text(text: &str) -> Vec<String> {
    let mut samples: Vec<String> = Vec::new();
    for sample in lines_of(text, "@RG").filter_map(|line| value(line, "SM")) {
        if !sample.is_empty() && !samples.iter().any(|s| s == sample) {
            samples.push(sample.to_owned());
        }
    }
    samples
}

/// Reads contigs and samples from the text of a header.
pub(crate) fn contigs_of_text(text: &str) -> (Vec<Contig>, Vec<String>) {
    let contig = |line: &str| Contig {
        name: value(line, "SN").unwrap_or_default().to_owned(),
        length: value(line, "LN").map_or(0, |n| n.parse().unwrap_or(u32::MAX)),
        assembly: value(line, "AS").map(str::to_owned),
    };
    (lines_of(text, "@SQ").map(contig).collect(), samples_of_text(text))
}

pub(crate) fn read_header(header: &HeaderView) -> (Vec<Contig>, Vec<String>) {
    let text = String::from_utf8_lossy(header.as_bytes());
    let assemblies: Vec<Option<&str>> = lines_of(&text, "@SQ").map(|line| value(line, "AS")).collect();
    let contig = |tid: u32| Contig {
        name: String::from_utf8_lossy(header.tid2name(tid)).into_owned(),
        length: u32::try_from(header.target_len(tid).unwrap_or(0)).unwrap_or(u32::MAX),
        assembly: assemblies.get(tid as usize).copied().flatten().map(str::to_owned),
    };
    let contigs = (0..header.target_count()).map(contig).collect();
    (contigs, samples_of_text(&text))
}
