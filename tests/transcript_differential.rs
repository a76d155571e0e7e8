//! Consequences and protein changes against bcftools csq, an implementation that shares nothing with ours.

#![allow(clippy::unwrap_used, reason = "helpers of a test: a panic is the failure")]

#[path = "support/outside.rs"]
mod outside;
mod transcript_support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use hemoclone::genome::{Build, ReferenceFasta, Variant, VariantKind};
use hemoclone::transcript::residue::{reverse_complement, translate_codon};
use hemoclone::transcript::{Annotator, Consequence, Region, SoTerm, Strand, Transcript};
use transcript_support::{MiniGenome, leads_to};

/// Variants compared.
const COUNT: usize = 30_000;

#[test]
fn agrees_with_bcftools_csq() {
    if !outside::programs(&["bcftools"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let genome = MiniGenome::new(1);
    genome.write_fasta(&path("mini.fa"));
    std::fs::write(path("mini.gff3"), gff(&genome)).unwrap();
    let variants = genome.variants(COUNT, 11);
    std::fs::write(path("in.vcf"), vcf(&genome, &variants)).unwrap();
    let theirs = csq(folder.path());
    // The FASTA on disk, so that its reader is tested with it.
    let annotator = Annotator::new(
        Build::Grch38,
        Some(ReferenceFasta::open(&path("mini.fa")).unwrap()),
    );
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut unexplained = Vec::new();
    let mut proteins: BTreeMap<&str, String> = BTreeMap::new();
    for (index, (variant, transcript)) in variants.iter().enumerate() {
        let ours = annotator.annotate(variant, transcript).unwrap();
        let entry = theirs.get(&index).map_or("", String::as_str);
        let reference = proteins
            .entry(transcript.accession())
            .or_insert_with(|| translate(&genome, transcript, None).unwrap());
        let case = Case {
            genome: &genome,
            variant,
            transcript,
            ours: &ours,
            entry,
            reference,
        };
        let outcome = case.compare();
        if outcome.starts_with("DIFFERENT") {
            unexplained.push(format!(
                "{outcome}: {} {variant} csq {} ours {:?} {:?} {:?}",
                transcript.gene(),
                entry.chars().take(120).collect::<String>(),
                ours.terms.iter().map(|t| t.name()).collect::<Vec<_>>(),
                ours.hgvs_c,
                ours.hgvs_p_short,
            ));
        }
        *counts.entry(outcome).or_default() += 1;
    }
    println!("{counts:#?}");
    for line in unexplained.iter().take(20) {
        println!("{line}");
    }
    assert!(
        unexplained.is_empty(),
        "{} unexplained differences",
        unexplained.len()
    );
}

struct Case<'a> {
    genome: &'a MiniGenome,
    variant: &'a Variant,
    transcript: &'a Transcript,
    ours: &'a Consequence,
    entry: &'a str,
    /// The reference protein up to and with the stop.
    reference: &'a str,
}

impl Case<'_> {
    fn compare(&self) -> &'static str {
        let Some(mutated) = self.mutated() else {
            return self.compare_places();
        };
        let reference = self.reference.to_owned();
        let moved = "moved out of the exon or start codon by the 3' rule; csq takes the place given";
        if self.ours.terms.contains(&SoTerm::SpliceDonor) || self.ours.region != Region::Coding {
            return moved;
        }
        if !self.describes(&reference, &mutated) {
            return "DIFFERENT protein by own reading";
        }
        let terms: Vec<&str> = self
            .entry
            .split(',')
            .flat_map(|e| e.split('|').next().unwrap_or("").split('&'))
            .collect();
        if let Some(theirs) = self.csq_protein(&reference)
            && theirs != mutated
        {
            let complex = matches!(self.variant.kind(), VariantKind::Delins | VariantKind::Mnv);
            return if !theirs.ends_with('*') && mutated.starts_with(&theirs) {
                "csq does not read on behind the coding sequence"
            } else if theirs == reference && self.entry.contains("stop_retained") {
                "csq takes a changed stop codon for retained; it does not read on"
            } else if complex {
                "csq applies a complex change wrongly; the protein by own reading agrees with ours"
            } else {
                "DIFFERENT protein"
            };
        }
        self.compare_terms(&terms)
    }

    /// Terms of changes inside an exon; those near borders and at start and stop are compared by class only.
    fn compare_terms(&self, theirs: &[&str]) -> &'static str {
        use SoTerm as T;
        let ours = |term: T| self.ours.terms.contains(&term);
        let longer = self.variant.alternate().len() > self.variant.reference().len();
        let class = [
            ("frameshift", ours(T::Frameshift)),
            ("missense", ours(T::Missense)),
            ("synonymous", ours(T::Synonymous)),
            (
                "inframe_insertion",
                ours(T::InframeInsertion) || ours(T::ProteinAltering) && longer,
            ),
            (
                "inframe_deletion",
                ours(T::InframeDeletion) || ours(T::ProteinAltering) && !longer,
            ),
            ("stop_gained", ours(T::StopGained)),
            ("stop_lost", ours(T::StopLost)),
            ("start_lost", ours(T::StartLost)),
        ];
        let same = class.iter().all(|(name, is)| theirs.contains(name) == *is);
        let stop_at_once = ours(T::Frameshift) && ours(T::StopGained) && theirs.contains(&"frameshift");
        let start = ours(T::StartLost) && theirs.contains(&"start_lost");
        if same {
            "equal"
        } else if stop_at_once {
            "frameshift to a stop at once: csq does not name the stop"
        } else if theirs.contains(&"missense") && ours(T::StopGained) {
            "complex change to a residue and a stop: csq names the residue only"
        } else if ours(T::StopRetained)
            && (theirs.contains(&"stop_retained")
                || self.csq_protein(self.reference).as_deref() == Some(self.reference))
        {
            "stop retained: csq names the change of length too"
        } else if theirs.contains(&"start_lost") && self.ours.cds_range.is_some_and(|(first, _)| first >= 3) {
            "moved behind the start codon by the 3' rule; csq takes the place given"
        } else if start {
            "start lost by an indel: csq does not name the frameshift"
        } else {
            "DIFFERENT terms"
        }
    }

    /// Changes at exon borders and outside: substitutions must agree in every splice class, the others are placed by
    /// another rule (see the docs).
    fn compare_places(&self) -> &'static str {
        use SoTerm as T;
        if self.variant.kind() != VariantKind::Snv {
            return "not compared: indel or complex change at an exon border or outside";
        }
        let ours = |terms: &[T]| terms.iter().any(|t| self.ours.terms.contains(t));
        let region = [T::SpliceRegion, T::SpliceDonorFifthBase, T::SpliceDonorRegion];
        let theirs: Vec<&str> = self
            .entry
            .split(',')
            .flat_map(|e| e.split('|').next().unwrap_or("").split('&'))
            .collect();
        let classes = [
            ("splice_donor", ours(&[T::SpliceDonor])),
            ("splice_acceptor", ours(&[T::SpliceAcceptor])),
            ("splice_region", ours(&region)),
            ("5_prime_utr", ours(&[T::FivePrimeUtr])),
            ("3_prime_utr", ours(&[T::ThreePrimeUtr])),
        ];
        // csq names the intron only where nothing nearer holds.
        let same = classes.iter().all(|(name, is)| theirs.contains(name) == *is);
        if same { "equal" } else { "DIFFERENT place" }
    }

    /// The protein of the edited transcript, where the edit lies inside one exon and leaves the start codon alone.
    fn mutated(&self) -> Option<String> {
        let (first, last) = (self.variant.position(), self.variant.end());
        let inside = self
            .transcript
            .coding_regions(0)
            .iter()
            .any(|r| first >= *r.start() && last < *r.end());
        inside
            .then(|| translate(self.genome, self.transcript, Some(self.variant)))
            .flatten()
    }

    /// Whether our p. describes the way from one protein to the other.
    fn describes(&self, reference: &str, mutated: &str) -> bool {
        match &self.ours.protein_change {
            Some(change) => leads_to(change, reference, mutated),
            None => self.ours.region != Region::Coding,
        }
    }

    /// The protein that csq's amino acid change makes of the reference.
    fn csq_protein(&self, reference: &str) -> Option<String> {
        let entry = self.entry.split(',').find(|e| e.split('|').count() > 5)?;
        let text = entry.split('|').nth(5)?;
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let start: usize = text[..digits].parse().ok()?;
        let (old, new) = match text[digits..].split_once('>') {
            Some((old, new)) => (old, new.trim_start_matches(|c: char| c.is_ascii_digit())),
            None => (&text[digits..], &text[digits..]),
        };
        let rest = reference.get(start - 1 + old.len()..).unwrap_or("");
        let text = format!("{}{new}{rest}", &reference[..start - 1]);
        text.split_inclusive('*').next().map(str::to_owned)
    }
}

/// Splices and translates in the plainest way, from the start codon to the first stop.
fn translate(genome: &MiniGenome, transcript: &Transcript, variant: Option<&Variant>) -> Option<String> {
    let contig = &genome.contigs[&transcript.chromosome()];
    let mut exons: Vec<_> = transcript.exons().iter().map(|e| (e.start, e.end)).collect();
    exons.sort_unstable();
    let mut spliced = Vec::new();
    let mut start_codon = None;
    let regions = transcript.coding_regions(0);
    let (low, high) = (*regions[0].start(), *regions[regions.len() - 1].end());
    let at_start = if transcript.strand() == Strand::Plus {
        low
    } else {
        high
    };
    for (start, end) in exons {
        let mut position = start;
        while position <= end {
            if position == at_start {
                start_codon = Some(spliced.len());
            }
            if let Some(v) = variant.filter(|v| v.position() == position) {
                spliced.extend(v.alternate().bytes());
                position = v.end() + 1;
                continue;
            }
            spliced.push(contig[position as usize - 1]);
            position += 1;
        }
    }
    let mut from = start_codon?;
    if transcript.strand() == Strand::Minus {
        spliced = reverse_complement(&spliced);
        from = spliced.len() - 1 - from;
    }
    let mut protein: String = String::new();
    for codon in spliced[from..].chunks_exact(3) {
        let residue = translate_codon([codon[0], codon[1], codon[2]]);
        protein.push(if protein.is_empty() {
            'M'
        } else {
            char::from(residue)
        });
        if residue == b'*' {
            break;
        }
    }
    Some(protein)
}

fn csq(folder: &Path) -> BTreeMap<usize, String> {
    let output = Command::new("bcftools")
        .args([
            "csq",
            "--local-csq",
            "--force",
            "-f",
            "mini.fa",
            "-g",
            "mini.gff3",
            "in.vcf",
        ])
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).unwrap();
    let mut found = BTreeMap::new();
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        if let Some(entry) = fields[7].strip_prefix("BCSQ=") {
            found.insert(fields[2].parse().unwrap(), entry.to_owned());
        }
    }
    found
}

fn vcf(genome: &MiniGenome, variants: &[(Variant, &Transcript)]) -> String {
    let mut text = String::from("##fileformat=VCFv4.2\n");
    for (chromosome, bases) in &genome.contigs {
        writeln!(text, "##contig=<ID={chromosome},length={}>", bases.len()).unwrap();
    }
    text.push_str("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n");
    let mut order: Vec<usize> = (0..variants.len()).collect();
    order.sort_by_key(|i| (variants[*i].0.chromosome(), variants[*i].0.position()));
    for index in order {
        let v = &variants[index].0;
        let (chromosome, position) = (v.chromosome(), v.position());
        writeln!(
            text,
            "{chromosome}\t{position}\t{index}\t{}\t{}\t.\t.\t.",
            v.reference(),
            v.alternate()
        )
        .unwrap();
    }
    text
}

fn gff(genome: &MiniGenome) -> String {
    let mut text = String::from("##gff-version 3\n");
    for t in &genome.transcripts {
        let (low, high) = t.span().into_inner();
        let (chromosome, gene, id) = (t.chromosome(), t.gene(), t.accession());
        let strand = if t.strand() == Strand::Plus { '+' } else { '-' };
        let mut row = |kind: &str, start: u32, end: u32, phase: &str, rest: &str| {
            writeln!(
                text,
                "{chromosome}\t.\t{kind}\t{start}\t{end}\t.\t{strand}\t{phase}\t{rest}"
            )
            .unwrap();
        };
        row(
            "gene",
            low,
            high,
            ".",
            &format!("ID=gene:{gene};Name={gene};biotype=protein_coding"),
        );
        row(
            "mRNA",
            low,
            high,
            ".",
            &format!("ID=transcript:{id};Parent=gene:{gene};biotype=protein_coding"),
        );
        let parent = format!("Parent=transcript:{id}");
        let coding = t.coding_regions(0);
        let (first, last) = (*coding[0].start(), *coding[coding.len() - 1].end());
        for exon in t.exons() {
            row("exon", exon.start, exon.end, ".", &parent);
            let (before, behind) = if t.strand() == Strand::Plus {
                ("five_prime_UTR", "three_prime_UTR")
            } else {
                ("three_prime_UTR", "five_prime_UTR")
            };
            if exon.start < first {
                row(before, exon.start, exon.end.min(first - 1), ".", &parent);
            }
            if exon.end > last {
                row(behind, exon.start.max(last + 1), exon.end, ".", &parent);
            }
        }
        let mut regions: Vec<(u32, u32)> = coding
            .into_iter()
            .map(std::ops::RangeInclusive::into_inner)
            .collect();
        if t.strand() == Strand::Minus {
            regions.reverse();
        }
        let mut done = 0;
        for (start, end) in regions {
            row("CDS", start, end, &((3 - done % 3) % 3).to_string(), &parent);
            done += end - start + 1;
        }
    }
    text
}

/// Writes what `tests/peers/hgvs_differential.py` reads and runs it, where `HGVS_PYTHON` names a Python that has the
/// `hgvs` package.
#[test]
fn agrees_with_biocommons_hgvs() {
    let Some(python) = std::env::var_os("HGVS_PYTHON") else {
        outside::skip("HGVS_PYTHON names no Python with the hgvs package");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let genome = MiniGenome::new(1);
    genome.write_fasta(&folder.path().join("mini.fa"));
    let annotator = Annotator::new(
        Build::Grch38,
        Some(ReferenceFasta::open(&folder.path().join("mini.fa")).unwrap()),
    );
    let mut models = String::new();
    for t in &genome.transcripts {
        let exons: Vec<String> = t
            .exons()
            .iter()
            .map(|e| format!("{}-{}", e.start, e.end))
            .collect();
        let strand = if t.strand() == Strand::Plus { '+' } else { '-' };
        let regions = t.coding_regions(0);
        let first = if strand == '+' {
            *regions[0].start()
        } else {
            *regions[regions.len() - 1].end()
        };
        let start = t
            .exons()
            .iter()
            .find(|e| (e.start..=e.end).contains(&first))
            .map(|e| {
                e.offset
                    + if strand == '+' {
                        first - e.start
                    } else {
                        e.end - first
                    }
            })
            .unwrap();
        let end = start + t.cds_length();
        writeln!(
            models,
            "{}\t{}\t{strand}\t{start}\t{end}\t{}",
            t.accession(),
            t.chromosome(),
            exons.join(",")
        )
        .unwrap();
    }
    std::fs::write(folder.path().join("models.tsv"), models).unwrap();
    let mut rows = String::new();
    for (variant, transcript) in genome.variants(COUNT, 23) {
        let ours = annotator.annotate(&variant, transcript).unwrap();
        let (position, reference, alternate) = (variant.position(), variant.reference(), variant.alternate());
        let (c, p) = (ours.hgvs_c.unwrap(), ours.hgvs_p.unwrap_or_else(|| ".".into()));
        writeln!(
            rows,
            "{}\t{position}\t{reference}\t{alternate}\t{c}\t{p}",
            transcript.accession()
        )
        .unwrap();
    }
    std::fs::write(folder.path().join("variants.tsv"), rows).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/hgvs_differential.py");
    let output = Command::new(python)
        .arg(script)
        .arg(folder.path())
        .output()
        .unwrap();
    println!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(output.status.success());
}
