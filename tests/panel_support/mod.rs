//! Transcript facts for the panel tests, read from the shared tables beside the repository where they exist.

#![allow(dead_code, reason = "each test file uses a part")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use hemoclone::genome::{Build, Chromosome};
use hemoclone::panel::{TranscriptFact, TranscriptFacts, translate_for_facts};

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
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/facts")
        .join(name);
    let text = fs::read_to_string(&path).ok();
    if text.is_none() {
        println!("skipped: ../shared/facts/{name} is absent");
    }
    text
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
