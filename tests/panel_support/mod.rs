//! Transcript facts for the panel tests, read from the shared tables beside the repository where they exist.

#![allow(dead_code, reason = "each test file uses a part")]

#[path = "../support/outside.rs"]
mod outside;

use std::collections::BTreeMap;
use std::fs;

use hemoclone::genome::{Build, Chromosome, Variant};
use hemoclone::panel::{TranscriptFact, TranscriptFacts, translate_for_facts};
use hemoclone::transcript::{Consequence, ProteinChange, ProteinChangeKind, Region, SequenceSource, SoTerm};

pub struct Model {
    pub gene: String,
    pub accession: String,
    pub build: Build,
    pub chromosome: Chromosome,
    pub reverse: bool,
    pub mane: bool,
    /// Exon bounds, 0-based half-open, genomic order.
    pub exons: Vec<(u32, u32)>,
    pub cds: (u32, u32),
    pub cds_length: u32,
}

pub struct SharedFacts {
    pub models: Vec<Model>,
    pub sequences: BTreeMap<(String, String), String>,
}

pub fn facts_file(name: &str) -> Option<String> {
    let path = outside::shared(&format!("facts/{name}"))?;
    Some(fs::read_to_string(path).expect("a readable file"))
}

impl SharedFacts {
    pub fn load() -> Option<Self> {
        let models = facts_file("transcripts.tsv")?
            .lines()
            .filter_map(read_model)
            .collect();
        let sequences = facts_file("cds.fa")?
            .split('>')
            .skip(1)
            .filter_map(|record| {
                let (header, bases) = record.split_once('\n')?;
                let (gene, accession) = header.split(' ').next()?.split_once('|')?;
                let bases: String = bases.split_whitespace().collect();
                Some(((gene.to_owned(), accession.to_owned()), bases))
            })
            .collect();
        Some(Self { models, sequences })
    }

    pub fn model(&self, gene: &str, accession: &str, build: Build) -> Option<&Model> {
        self.models
            .iter()
            .find(|m| m.gene == gene && m.accession == accession && m.build == build)
    }
}

fn read_model(line: &str) -> Option<Model> {
    if line.starts_with('#') {
        return None;
    }
    let f: Vec<&str> = line.split('\t').collect();
    let list = |text: &str| -> Vec<u32> { text.split(',').filter_map(|n| n.parse().ok()).collect() };
    Some(Model {
        gene: f[0].into(),
        accession: f[5].into(),
        build: if f[2] == "GRCh38" {
            Build::Grch38
        } else {
            Build::Grch37
        },
        chromosome: Chromosome::parse(f[3])?,
        reverse: f[4] == "-",
        mane: f[8] == "yes",
        exons: list(f[14]).into_iter().zip(list(f[15])).collect(),
        cds: (f[11].parse().ok()?, f[12].parse().ok()?),
        cds_length: f[16].parse().ok()?,
    })
}

impl TranscriptFacts for SharedFacts {
    fn accessions(&self, gene: &str) -> Vec<String> {
        let mut models: Vec<&Model> = self
            .models
            .iter()
            .filter(|m| m.gene == gene && m.build == Build::Grch38)
            .collect();
        models.sort_by_key(|m| !m.mane);
        models.into_iter().map(|m| m.accession.clone()).collect()
    }

    fn transcript(&self, gene: &str, accession: &str) -> Option<TranscriptFact> {
        let model = self.model(gene, accession, Build::Grch38)?;
        Some(TranscriptFact {
            cds_length: model.cds_length,
            exons: u32::try_from(model.exons.len()).ok()?,
            protein: self
                .sequences
                .get(&(gene.to_owned(), accession.to_owned()))
                .map(|cds| translate_for_facts(cds))
                .unwrap_or_default(),
        })
    }

    fn coding_regions(
        &self,
        gene: &str,
        accession: &str,
        build: Build,
    ) -> Option<(Chromosome, Vec<(u32, u32)>)> {
        let model = self.model(gene, accession, build)?;
        let regions = model
            .exons
            .iter()
            .map(|e| (e.0.max(model.cds.0), e.1.min(model.cds.1)))
            .filter(|e| e.0 < e.1)
            .map(|e| (e.0 + 1, e.1))
            .collect();
        Some((model.chromosome, regions))
    }
}

/// A single-base change of a coding sequence with what it does to the protein, worked out here without the crate's own
/// annotation.
pub struct CodingSnv {
    pub residue: u32,
    pub reference: char,
    pub new: char,
    pub consequence: Consequence,
    pub variant: Variant,
}

/// Returns every single-base change of the fully read codons of a transcript.
pub fn coding_snvs(facts: &SharedFacts, gene: &str, accession: &str) -> Vec<CodingSnv> {
    let Some(cds) = facts.sequences.get(&(gene.to_owned(), accession.to_owned())) else {
        return Vec::new();
    };
    let exon_of = exon_numbers(facts, gene, accession);
    let mut snvs = Vec::new();
    for start in (0..cds.len() - 2).step_by(3) {
        let codon = cds[start..start + 3].to_uppercase();
        if (start > 0 && cds[start..start + 3] != codon) || codon.contains('N') {
            continue;
        }
        for (offset, base) in (0..3).flat_map(|o| "ACGT".chars().map(move |b| (o, b))) {
            let old = codon.as_bytes()[offset];
            if char::from(old) == base {
                continue;
            }
            let mut changed = codon.clone().into_bytes();
            changed[offset] = base as u8;
            let (reference, new) = (residue_of(codon.as_bytes()), residue_of(&changed));
            let place = start + offset;
            snvs.push(snv(
                gene,
                accession,
                place,
                (old, base),
                reference,
                new,
                exon_of[place],
            ));
        }
    }
    snvs
}

fn snv(
    gene: &str,
    accession: &str,
    place: usize,
    (old, base): (u8, char),
    reference: char,
    new: char,
    exon: (u32, u32),
) -> CodingSnv {
    let position = u32::try_from(place).expect("short") + 1;
    let residue = position.div_ceil(3);
    let change = |kind| ProteinChange {
        start: residue,
        end: residue,
        reference_start: reference,
        reference_end: reference,
        kind,
    };
    let (term, kind) = if residue == 1 {
        (SoTerm::StartLost, ProteinChangeKind::StartLost)
    } else if reference == new {
        (SoTerm::Synonymous, ProteinChangeKind::Synonymous)
    } else if new == '*' {
        (SoTerm::StopGained, ProteinChangeKind::Nonsense)
    } else if reference == '*' {
        (
            SoTerm::StopLost,
            ProteinChangeKind::Extension {
                to: new,
                stop_after: None,
            },
        )
    } else {
        (SoTerm::Missense, ProteinChangeKind::Substitution { to: new })
    };
    let consequence = Consequence {
        terms: vec![term],
        hgvs_c: Some(format!("c.{position}{}>{base}", char::from(old))),
        protein_change: Some(change(kind)),
        exon: Some(format!("{}/{}", exon.0, exon.1)),
        cds_range: Some((position, position)),
        ..blank(gene, accession)
    };
    let variant = Variant::new(
        Build::Grch38,
        Chromosome::X,
        position,
        &char::from(old).to_string(),
        &base.to_string(),
    )
    .expect("a variant");
    CodingSnv {
        residue,
        reference,
        new,
        consequence,
        variant,
    }
}

/// A coding consequence without anything known.
pub fn blank(gene: &str, accession: &str) -> Consequence {
    Consequence {
        gene: gene.into(),
        transcript: accession.into(),
        region: Region::Coding,
        exon: None,
        intron: None,
        terms: Vec::new(),
        hgvs_c: None,
        hgvs_p: None,
        hgvs_p_short: None,
        protein_change: None,
        cds_range: None,
        nmd_escape: None,
        source: SequenceSource::Embedded,
        note: None,
        note_coded: Vec::new(),
        event: None,
    }
}

fn residue_of(codon: &[u8]) -> char {
    let text = String::from_utf8_lossy(codon);
    // The first codon of a translation reads M and a stop ends it: a codon in front keeps both away.
    let protein = translate_for_facts(&format!("ATG{text}"));
    protein.chars().nth(1).unwrap_or('*')
}

/// Exon number and count of each coding base, in transcript order.
pub fn exon_numbers(facts: &SharedFacts, gene: &str, accession: &str) -> Vec<(u32, u32)> {
    let model = facts.model(gene, accession, Build::Grch38).expect("a model");
    let count = u32::try_from(model.exons.len()).expect("few");
    let mut exons = model.exons.clone();
    if model.reverse {
        exons.reverse();
    }
    let mut numbers = Vec::new();
    for (number, exon) in (1..).zip(&exons) {
        let coding = exon.1.min(model.cds.1).saturating_sub(exon.0.max(model.cds.0));
        numbers.extend((0..coding).map(|_| (number, count)));
    }
    numbers
}
