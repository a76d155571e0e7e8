//! Called variants as a VCF file of any genome.

use std::io::{self, Write};

use super::call::CalledSample;
use super::called_variant::CalledVariant;
use super::phasing::{Phased, phases};
use super::verdict::CallFilter;
use crate::alignments::input::file::AlignmentFile;

/// Columns up to the next substitution of a phase set: farther away too few fragments show both.
const PHASE_REACH: u32 = 60;

/// Writes a VCF 4.3 header and one record for each variant.
pub fn write_calls(
    out: &mut dyn Write,
    file: &AlignmentFile,
    sample: &str,
    called: &CalledSample,
) -> io::Result<()> {
    let variants = &called.variants;
    writeln!(out, "##fileformat=VCFv4.3")?;
    writeln!(out, "##source=hemoclone {} call", env!("CARGO_PKG_VERSION"))?;
    if let Some(told) = called.primers.told() {
        writeln!(out, "##primers={told}")?;
    }
    writeln!(out, "##FILTER=<ID=PASS,Description=\"All filters passed\">")?;
    for filter in CallFilter::ALL {
        writeln!(
            out,
            "##FILTER=<ID={},Description=\"{}\">",
            filter.name(),
            filter.meaning()
        )?;
    }
    for line in META {
        writeln!(out, "{line}")?;
    }
    for contig in &file.contigs {
        writeln!(out, "##contig=<ID={},length={}>", contig.name, contig.length)?;
    }
    let sample: String = sample
        .chars()
        .map(|c| if c.is_control() { '_' } else { c })
        .collect();
    writeln!(
        out,
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t{sample}"
    )?;
    let passing: Vec<&CalledVariant> = variants.iter().filter(|v| v.filters.is_empty()).collect();
    let mut phases = phases(&passing, PHASE_REACH).into_iter();
    variants.iter().try_for_each(|v| {
        let phase = v.filters.is_empty().then(|| phases.next()).flatten().flatten();
        write_record(out, file, v, phase)
    })
}

const META: [&str; 13] = [
    "##INFO=<ID=FORCED,Number=0,Type=Flag,Description=\"Counted because it was asked for\">",
    "##INFO=<ID=EXPECTED,Number=1,Type=Float,Description=\"Fragments with the allele that errors alone make\">",
    "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"0/1 where the record passes, else ./.; a place holder, no genotype; phased where molecules show several of the substitutions\">",
    "##FORMAT=<ID=PS,Number=1,Type=Integer,Description=\"First position of the substitutions that molecules show together, or show apart\">",
    "##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"Fragments with the reference and the alternative allele\">",
    "##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"Fragments counted, of any allele\">",
    "##FORMAT=<ID=AF,Number=A,Type=Float,Description=\"Alternative fragments divided by DP\">",
    "##FORMAT=<ID=SB,Number=4,Type=Integer,Description=\"Reference forward, reverse, alternative forward, reverse\">",
    "##FORMAT=<ID=F1R2,Number=R,Type=Integer,Description=\"Fragments with the first read forward\">",
    "##FORMAT=<ID=F2R1,Number=R,Type=Integer,Description=\"Fragments with the second read forward\">",
    "##FORMAT=<ID=BM,Number=A,Type=Integer,Description=\"Alternative fragments of which both mates show the allele\">",
    "##FORMAT=<ID=MBQ,Number=A,Type=Float,Description=\"Mean base quality of the alternative allele\">",
    "##FORMAT=<ID=MMQ,Number=A,Type=Float,Description=\"Mean mapping quality of the alternative allele\">",
];

fn write_record(
    out: &mut dyn Write,
    file: &AlignmentFile,
    v: &CalledVariant,
    phase: Option<Phased>,
) -> io::Result<()> {
    let contig = file
        .contigs
        .get(v.contig as usize)
        .map_or("", |c| c.name.as_str());
    let filter = if v.filters.is_empty() {
        "PASS".to_owned()
    } else {
        v.filters.iter().map(|f| f.name()).collect::<Vec<_>>().join(";")
    };
    let forced = if v.forced { "FORCED;" } else { "" };
    let genotype = match phase {
        Some(phase) => phase.genotype(),
        None if v.filters.is_empty() => "0/1".to_owned(),
        None => "./.".to_owned(),
    };
    let (phase_key, phase_set) = phase.map_or((String::new(), String::new()), |p| {
        (":PS".to_owned(), format!(":{}", p.first + 1))
    });
    let vaf = if v.depth == 0 {
        ".".to_owned()
    } else {
        format!("{:.6}", f64::from(v.alt_count) / f64::from(v.depth))
    };
    write!(
        out,
        "{contig}\t{}\t.\t{}\t{}\t{:.1}\t{filter}\t{forced}EXPECTED={:.4}\t",
        v.column + 1,
        v.reference,
        v.alternate,
        v.quality,
        v.expected_errors
    )?;
    let [rf, rr, af, ar] = v.strands;
    let number = |value: Option<f64>| value.map_or(".".to_owned(), |x| format!("{x:.1}"));
    let (f1r2, f2r1) = v
        .orientations
        .map_or((".".to_owned(), ".".to_owned()), |[r1, r2, a1, a2]| {
            (format!("{r1},{a1}"), format!("{r2},{a2}"))
        });
    writeln!(
        out,
        "GT:AD:DP:AF:SB:F1R2:F2R1:BM:MBQ:MMQ{phase_key}\t{genotype}:{},{}:{}:{vaf}:{rf},{rr},{af},{ar}:{f1r2}:{f2r1}:{}:{}:{}{phase_set}",
        v.ref_count,
        v.alt_count,
        v.depth,
        v.both_mates.map_or(".".to_owned(), |n| n.to_string()),
        number(v.base_quality),
        number(v.mapping_quality)
    )
}
