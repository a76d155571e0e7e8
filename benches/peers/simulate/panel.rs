//! An invented genome with a panel on it: 23 chromosomes in human proportions, genes of several exons, and one gene that stands
//! in the reference twice, as U2AF1 does on GRCh38.

use std::io::Write;
use std::path::Path;

use crate::genome::{Contig, Genome, Target, invent};
use crate::rng::Rng;
use crate::{Failure, create};

/// Lengths of the human chromosomes in megabases (GRCh38), X last.
const MEGABASES: [usize; 23] = [
    249, 242, 198, 190, 182, 171, 159, 145, 138, 134, 135, 133, 114, 107, 102, 90, 83, 80, 59, 64, 47, 51,
    156,
];
/// Bases around the duplicated gene that are copied with it.
const COPIED_MARGIN: usize = 1500;

pub struct Invention {
    pub seed: u64,
    pub bases: usize,
    pub genes: usize,
    pub exons: usize,
}

impl Invention {
    /// Writes ref.fa, panel.bed and copies.tsv.
    pub fn write(&self, folder: &Path) -> Result<(), Failure> {
        let mut rng = Rng::new(self.seed, "genome");
        let total: usize = MEGABASES.iter().sum();
        let contig = |(index, megabases): (usize, &usize)| {
            let name = if index == 22 {
                "chrX".to_owned()
            } else {
                format!("chr{}", index + 1)
            };
            Contig {
                name,
                bases: invent(self.bases * megabases / total, &mut rng),
            }
        };
        let mut genome = Genome {
            contigs: MEGABASES.iter().enumerate().map(contig).collect(),
        };
        let targets = self.exons(&genome)?;
        let copy = duplicate(&mut genome, &targets)?;
        genome.write(&folder.join("ref.fa"))?;
        let mut bed = create(&folder.join("panel.bed"))?;
        for target in &targets {
            let contig = &genome.contigs[target.contig].name;
            writeln!(bed, "{contig}\t{}\t{}\t{}", target.start, target.end, target.name)?;
        }
        let mut copies = create(&folder.join("copies.tsv"))?;
        writeln!(copies, "#contig\tstart\tend\tother_contig\tother_start")?;
        Ok(writeln!(copies, "{copy}")?)
    }

    /// Exons of a gene lie some kilobases apart; lengths are log-normal around 150 bases.
    fn exons(&self, genome: &Genome) -> Result<Vec<Target>, Failure> {
        let mut rng = Rng::new(self.seed, "exons");
        let mut targets: Vec<Target> = Vec::new();
        for gene in 0..self.genes {
            let contig = gene * 7 % genome.contigs.len();
            let length = genome.contigs[contig].bases.len();
            let mut at = 5000 + rng.below(length / 2);
            let count = (self.exons / self.genes + gene % 3).max(1);
            for exon in 0..count {
                let size = (5.0 + 0.6 * rng.normal()).exp().clamp(60.0, 3000.0) as usize;
                let clash = |start: usize| {
                    let mut here = targets.iter().filter(|target| target.contig == contig);
                    here.any(|target| start < target.end + 600 && start + size + 600 > target.start)
                };
                while clash(at) {
                    at += 1000;
                }
                if at + size + 6000 > length {
                    return Err(Failure(format!(
                        "--bases {}: no room for {} genes",
                        self.bases, self.genes
                    )));
                }
                let name = format!("GENE{:02}_{}", gene + 1, exon + 1);
                targets.push(Target {
                    contig,
                    start: at,
                    end: at + size,
                    name,
                });
                at += size + 500 + rng.below(3000);
            }
        }
        targets.sort_by_key(|target| (target.contig, target.start));
        Ok(targets)
    }
}

/// Copies the last gene of chr21, margins included, to the free start of that chromosome. Returns the line of the table.
fn duplicate(genome: &mut Genome, targets: &[Target]) -> Result<String, Failure> {
    const CHR21: usize = 20;
    let last = targets.iter().rfind(|target| target.contig == CHR21);
    let last = last.ok_or_else(|| Failure("no gene lies on chr21: more --genes".to_owned()))?;
    let gene = last.name.split('_').next().unwrap_or_default();
    let own = |target: &&Target| target.contig == CHR21 && target.name.split('_').next() == Some(gene);
    let first = targets.iter().find(own).unwrap_or(last);
    let (start, end) = (first.start - COPIED_MARGIN, last.end + COPIED_MARGIN);
    // The far end of the chromosome has no targets: exons start in its first half.
    let other = genome.contigs[CHR21].bases.len() - (end - start) - 1000;
    if other < end {
        return Err(Failure(
            "chr21 has no room for a second copy: more --bases".to_owned(),
        ));
    }
    genome.contigs[CHR21].bases.copy_within(start..end, other);
    Ok(format!("chr21\t{start}\t{end}\tchr21\t{other}"))
}
