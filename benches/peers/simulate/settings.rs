//! The command line of `reads`, resolved.

use std::collections::BTreeMap;

use crate::Failure;
use crate::genome::{Genome, Target};
use crate::library::Settings;
use crate::molecule::Damage;
use crate::options::Options;
use crate::sequencer::{Artefacts, Errors, Qualities, Sequencer, draw_artefacts};
use crate::umi::Umi;
use crate::variants::{self, Counts, Plan, Variants};

pub const HELP: &str = "Makes sequencing reads with a known truth. Same options, same bytes.

simulate reference --out FOLDER [--seed 1] [--bases 36000000] [--genes 33] [--exons 330]
    invents ref.fa, panel.bed and copies.tsv (a gene that stands in the reference twice)

simulate reads --reference FASTA --targets BED|--whole-genome [options] > reads.sam
    writes pairs to standard output, unsorted: pipe into `samtools sort`
  files
    --sample NAME [sample]   --seed N [1]   --truth VCF   (beside it VCF.artefacts.tsv)
    --variants VCF           spikes of your own: INFO/TAF, GERMLINE, HAP=0|1; instead of drawn ones
    --copies TSV             identical places: contig start end contig start; MAPQ 0 on both
  variants that are drawn
    --ladder FRACTIONS [0.005,0.01,0.02,0.03,0.05,0.1,0.2,0.4]   --somatic S,I,D,T,M [22,3,4,1,2]
    --heterozygous S,I,D,T,M [45,3,3,0,2]   --homozygous S,I,D,T,M [25,2,2,0,1]
    (per fraction: SNVs, insertions and deletions of 1-60 bases, tandem duplications of 20-200, MNVs)
    --contamination FRACTION [0]   --male
  library
    --depth FRAGMENTS [1000]   --unevenness SD [0.25; 0 if whole]   --read-length N [150]
    --insert-mean N [220]   --insert-sd N [60]   --duplicates FRACTION [0.15]   --off-target FRACTION [0.05]
    --paralog-targets FRACTION [0.04]   --paralog-reads FRACTION [0.04]
    --umi none|simplex|duplex [none]   --family-size MEAN [4]
  errors
    --qualities binned|full [binned]   --errors uniform|context [context]   --calibration MULTIPLE [1]
    --damage none|fresh|oxidation|deamination [fresh]   --damage-rate PER-BASE [0.00005; 0.001 if damaged]
    --slippage MULTIPLE [1]   --artefacts SITES [40]   --artefact-seed N [1]
";

/// Everything that `reads` needs.
pub struct Job {
    pub genome: Genome,
    pub targets: Vec<Target>,
    pub sample: String,
    pub truth: Option<String>,
    pub seed: u64,
    pub settings: Settings,
    pub sequencer: Sequencer,
    spikes: Option<String>,
    ladder: Vec<f64>,
    counts: [Counts; 3],
    artefacts: (usize, u64),
}

impl Job {
    pub fn read(mut options: Options) -> Result<Self, Failure> {
        let o = &mut options;
        let genome = Genome::read(&o.required("reference")?)?;
        let whole = o.switch("whole-genome");
        let targets = match (whole, o.text("targets")) {
            (true, None) => genome.whole(),
            (false, Some(path)) => genome.targets(&path)?,
            _ => {
                return Err(Failure(
                    "one of --targets and --whole-genome is needed".to_owned(),
                ));
            }
        };
        let qualities = [("binned", Qualities::Binned), ("full", Qualities::Full)];
        let errors = [("uniform", Errors::Uniform), ("context", Errors::Context)];
        let sequencer = Sequencer::new(
            o.choice("qualities", &qualities, Qualities::Binned)?,
            o.choice("errors", &errors, Errors::Context)?,
            o.value("calibration", 1.0)?,
        );
        let settings = settings(o, &genome, whole)?;
        let job = Self {
            targets,
            sample: o.text("sample").unwrap_or_else(|| "sample".to_owned()),
            truth: o.text("truth"),
            seed: o.value("seed", 1)?,
            settings,
            sequencer,
            spikes: o.text("variants"),
            ladder: numbers(o.text("ladder"), "0.005,0.01,0.02,0.03,0.05,0.1,0.2,0.4")?,
            counts: [
                counts(o.text("somatic"), "22,3,4,1,2")?,
                counts(o.text("heterozygous"), "45,3,3,0,2")?,
                counts(o.text("homozygous"), "25,2,2,0,1")?,
            ],
            artefacts: (o.value("artefacts", 40)?, o.value("artefact-seed", 1)?),
            genome,
        };
        options.finish()?;
        Ok(job)
    }

    /// The spikes of the file, or drawn ones.
    pub fn variants(&self) -> Result<Variants, Failure> {
        let mut variants: Variants = self.genome.contigs.iter().map(|_| BTreeMap::new()).collect();
        if let Some(path) = &self.spikes {
            variants::read(path, &self.genome, &mut variants)?;
            return Ok(variants);
        }
        let [somatic, heterozygous, homozygous] = self.counts;
        let plan = Plan {
            genome: &self.genome,
            targets: &self.targets,
            ladder: self.ladder.clone(),
            somatic,
            heterozygous,
            homozygous,
            contamination: self.settings.contamination,
        };
        plan.draw(&mut variants, self.seed)?;
        Ok(variants)
    }

    pub fn artefacts(&self) -> Artefacts {
        draw_artefacts(&self.genome, &self.targets, self.artefacts.0, self.artefacts.1)
    }
}

fn settings(o: &mut Options, genome: &Genome, whole: bool) -> Result<Settings, Failure> {
    let damages = [
        ("none", Damage::None),
        ("fresh", Damage::Fresh),
        ("oxidation", Damage::Oxidation),
        ("deamination", Damage::Deamination),
    ];
    let damage = o.choice("damage", &damages, Damage::Fresh)?;
    let usual = if damage == Damage::Fresh { 5e-5 } else { 1e-3 };
    let umis = [
        ("none", Umi::None),
        ("simplex", Umi::Simplex),
        ("duplex", Umi::Duplex),
    ];
    let umi = o.choice("umi", &umis, Umi::None)?;
    let copies = o
        .text("copies")
        .map_or(Ok(Vec::new()), |path| genome.copies(&path))?;
    Ok(Settings {
        depth: o.value("depth", 1000.0)?,
        unevenness: o.value("unevenness", if whole { 0.0 } else { 0.25 })?,
        read_length: o.value::<usize>("read-length", 150)?.clamp(30, 1000),
        insert_mean: o.value::<f64>("insert-mean", 220.0)?.max(80.0),
        insert_sd: o.value("insert-sd", 60.0)?,
        // Consensus calling leaves no duplicates.
        duplicates: o.fraction("duplicates", if umi == Umi::None { 0.15 } else { 0.0 })?,
        off_target: o.fraction("off-target", 0.05)?,
        paralog_targets: o.fraction("paralog-targets", 0.04)?,
        paralog_reads: o.fraction("paralog-reads", 0.04)?,
        contamination: o.fraction("contamination", 0.0)?,
        male: o.switch("male"),
        damage,
        damage_rate: o.fraction("damage-rate", usual)?,
        slippage: o.value("slippage", 1.0)?,
        umi,
        family_size: o.value("family-size", 4.0)?,
        copies,
    })
}

fn numbers<T: std::str::FromStr>(text: Option<String>, default: &str) -> Result<Vec<T>, Failure> {
    let text = text.unwrap_or_else(|| default.to_owned());
    let number = |word: &str| {
        word.trim()
            .parse()
            .map_err(|_| Failure(format!("`{word}` is not a number")))
    };
    text.split(',').map(number).collect()
}

fn counts(text: Option<String>, default: &str) -> Result<Counts, Failure> {
    match numbers(text, default)?[..] {
        [snvs, insertions, deletions, duplications, mnvs] => Ok(Counts {
            snvs,
            insertions,
            deletions,
            duplications,
            mnvs,
        }),
        _ => Err(Failure(
            "five counts are wanted: SNVs, insertions, deletions, duplications, MNVs".to_owned(),
        )),
    }
}
