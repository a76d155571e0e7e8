//! Phased substitutions of one codon, compared with what `bcftools csq` makes of the same haplotypes.
#![allow(clippy::unwrap_used, reason = "tests stop at any fault")]

#[path = "support/outside.rs"]
mod outside;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use hemoclone::genome::{BaseSource as _, Build, chromosome_length};
use hemoclone::transcript::{CdsPosition, EmbeddedBases, Strand, Transcript, transcript};

/// Genes whose coding sequence is wholly inside the program, on both strands.
const GENES: [&str; 3] = ["NM_004380.3", "NM_000546.6", "NM_001987.5"];

fn position(transcript: &Transcript, base: u32) -> u32 {
    transcript
        .genomic_position(CdsPosition {
            base: i32::try_from(base).unwrap(),
            behind_stop: false,
            offset: 0,
        })
        .unwrap()
}

/// The coding bases in their place, N elsewhere.
fn fasta(transcripts: &[&Transcript]) -> String {
    let mut text = String::new();
    for t in transcripts {
        let mut bases = vec![b'N'; *t.span().end() as usize + 100];
        for region in t.coding_regions(0) {
            let known = EmbeddedBases::of(Build::Grch38).bases_or_n(t.chromosome(), region.clone());
            bases[*region.start() as usize - 1..*region.end() as usize].copy_from_slice(&known);
        }
        writeln!(
            text,
            ">{}\n{}",
            t.chromosome().name(),
            String::from_utf8(bases).unwrap()
        )
        .unwrap();
    }
    text
}

fn gff(transcripts: &[&Transcript]) -> String {
    let mut text = "##gff-version 3\n".to_owned();
    for t in transcripts {
        let (contig, gene, id) = (t.chromosome().name(), t.gene(), t.accession());
        let strand = if t.strand() == Strand::Plus { "+" } else { "-" };
        let (first, last) = t.span().into_inner();
        let mut line = |what: &str, start: u32, end: u32, phase: &str, attributes: String| {
            writeln!(
                text,
                "{contig}\tx\t{what}\t{start}\t{end}\t.\t{strand}\t{phase}\t{attributes}"
            )
            .unwrap();
        };
        let coding = "biotype=protein_coding";
        line(
            "gene",
            first,
            last,
            ".",
            format!("ID=gene:{gene};Name={gene};{coding}"),
        );
        line(
            "mRNA",
            first,
            last,
            ".",
            format!("ID=transcript:{id};Parent=gene:{gene};{coding}"),
        );
        for exon in t.exons() {
            line(
                "exon",
                exon.start,
                exon.end,
                ".",
                format!("Parent=transcript:{id}"),
            );
        }
        let mut regions = t.coding_regions(0);
        if t.strand() == Strand::Minus {
            regions.reverse();
        }
        let mut before = 0;
        for region in regions {
            let (start, end) = region.into_inner();
            let phase = ((3 - before % 3) % 3).to_string();
            line("CDS", start, end, &phase, format!("Parent=transcript:{id}"));
            before += end - start + 1;
        }
    }
    text
}

/// Two or three changes in every third codon, all on one copy.
fn vcf(transcripts: &[&Transcript]) -> String {
    let mut text = "##fileformat=VCFv4.2
##FORMAT=<ID=GT,Number=1,Type=String,Description=\"x\">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"x\">
##FORMAT=<ID=PS,Number=1,Type=Integer,Description=\"x\">
"
    .to_owned();
    let mut records = BTreeMap::new();
    // A fixed walk through the possibilities.
    let mut state: u32 = 17;
    let mut next = |n: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % n
    };
    for t in transcripts {
        let length = chromosome_length(Build::Grch38, t.chromosome());
        writeln!(text, "##contig=<ID={},length={length}>", t.chromosome().name()).unwrap();
        for codon in (2..t.residues() - 2).step_by(3) {
            let skipped = next(4);
            let mut places: Vec<u32> = (0..3)
                .filter(|i| *i != skipped)
                .map(|i| position(t, 3 * codon + 1 + i))
                .collect();
            places.sort_unstable();
            if places.last().unwrap() - places[0] > 2 {
                // Split by an intron.
                continue;
            }
            for at in &places {
                let base = EmbeddedBases::of(Build::Grch38)
                    .base(t.chromosome(), *at)
                    .unwrap();
                let others: Vec<u8> = b"ACGT".iter().copied().filter(|b| *b != base).collect();
                let other = others[next(3) as usize];
                records.insert((t.chromosome(), *at), (base, other, places[0]));
            }
        }
    }
    text += "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS\n";
    for ((chromosome, at), (base, other, set)) in records {
        let (contig, base, other) = (chromosome.name(), char::from(base), char::from(other));
        writeln!(
            text,
            "{contig}\t{at}\t.\t{base}\t{other}\t.\tPASS\t.\tGT:AD:PS\t0|1:900,100:{set}"
        )
        .unwrap();
    }
    text
}

/// Short HGVS by gene and residue, as csq writes it: `182L>182*`.
fn of_csq(text: &str) -> BTreeMap<(String, u32), String> {
    let mut found = BTreeMap::new();
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        let Some((_, value)) = line.split_once("BCSQ=") else {
            continue;
        };
        let value = value.split(['\t', ';']).next().unwrap();
        for entry in value.split(',').filter(|e| !e.starts_with('@')) {
            let fields: Vec<&str> = entry.split('|').collect();
            let Some(change) = fields.get(5) else { continue };
            let (old, new) = change.split_once('>').unwrap_or((change, change));
            let split = |text: &str| {
                let digits = text.bytes().take_while(u8::is_ascii_digit).count();
                (text[..digits].parse::<u32>().unwrap(), text[digits..].to_owned())
            };
            let ((number, from), (_, to)) = (split(old), split(new));
            let to = if from == to { "=".to_owned() } else { to };
            found.insert((fields[1].to_owned(), number), format!("p.{from}{number}{to}"));
        }
    }
    found
}

fn of_ours(path: &Path) -> BTreeMap<(String, u32), String> {
    let text = std::fs::read_to_string(path).unwrap();
    let names: Vec<&str> = text.lines().next().unwrap().split('\t').collect();
    let column = |name: &str| names.iter().position(|n| *n == name).unwrap();
    let (gene, change) = (column("gene"), column("hgvs_p_short"));
    text.lines()
        .skip(1)
        .map(|line| {
            let values: Vec<&str> = line.split('\t').collect();
            let number: String = values[change].chars().filter(char::is_ascii_digit).collect();
            (
                (values[gene].to_owned(), number.parse().unwrap()),
                values[change].to_owned(),
            )
        })
        .collect()
}

#[test]
fn merged_codons_are_what_bcftools_csq_makes_of_the_haplotype() {
    if !outside::programs(&["bcftools"]) {
        return;
    }
    let transcripts: Vec<&Transcript> = GENES
        .iter()
        .map(|a| transcript(a, Build::Grch38).unwrap())
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("ref.fa"), fasta(&transcripts)).unwrap();
    std::fs::write(path("x.gff3"), gff(&transcripts)).unwrap();
    std::fs::write(path("s.vcf"), vcf(&transcripts)).unwrap();
    let panel = "name = \"csq\"\nversion = \"1\"\ngenes = [\"CREBBP\", \"ETV6\", \"TP53\"]\n";
    std::fs::write(path("panel.toml"), panel).unwrap();
    let csq = Command::new("bcftools")
        .args(["csq", "-p", "a", "-f", "ref.fa", "-g", "x.gff3", "s.vcf"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(csq.status.success(), "{}", String::from_utf8_lossy(&csq.stderr));
    let ours = Command::new(env!("CARGO_BIN_EXE_hemoclone"))
        .args(["-q", "analyze", "s.vcf", "-p", "panel.toml", "-o", "out"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(ours.status.success(), "{}", String::from_utf8_lossy(&ours.stderr));
    let expected = of_csq(&String::from_utf8(csq.stdout).unwrap());
    let actual = of_ours(&path("out/S.calls.tsv"));
    assert!(expected.len() > 900, "{}", expected.len());
    assert_eq!(actual, expected);
}
