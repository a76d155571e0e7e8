//! `hemoclone panel build`: a panel, its transcripts and their bases in one file.

use std::collections::HashSet;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use clap::Args;

use super::output::{Inputs, refuse_existing, write_whole};
use hemoclone::bundle::{Bundle, BundleSource};
use hemoclone::genome::{Build, Chromosome, ReferenceFasta, chromosome_length};
use hemoclone::panel::{
    BuiltInTranscripts, Panel, PanelGene, TranscriptFact, TranscriptFacts, bundled_genes,
};
use hemoclone::run::{PanelFile, UsageError, check_source, read_genes, spellings};
use hemoclone::transcript::{
    GeneModelFormat, GeneModels, Transcript, check_reference, transcript, transcripts_of,
};

/// Options of `hemoclone panel build`.
#[derive(Args, Clone, Debug)]
pub(super) struct BuildArgs {
    /// Genes: SYMBOL, or SYMBOL=TRANSCRIPT to choose the transcript of a gene that no panel of the program has
    #[arg(
        value_name = "GENE",
        required_unless_present = "panel",
        conflicts_with = "panel"
    )]
    genes: Vec<String>,
    /// Take genes, rules and thresholds of this panel instead: a bundled name or a TOML file
    #[arg(short, long, value_name = "NAME|FILE")]
    panel: Option<String>,
    /// Reference FASTA with its index (.fai)
    #[arg(short = 'f', long, value_name = "FASTA")]
    reference: PathBuf,
    /// Transcripts from this GFF3 or GTF file, unpacked [default: the table inside the program]
    #[arg(long, value_name = "FILE", conflicts_with = "genepred")]
    gff: Option<PathBuf>,
    /// Transcripts from this genePred or refFlat file, unpacked
    #[arg(long, value_name = "FILE")]
    genepred: Option<PathBuf>,
    /// Genome build, when the lengths of the FASTA's chromosomes do not tell it
    #[arg(long, value_name = "BUILD", value_parser = spellings::build())]
    build: Option<String>,
    /// Name of the panel [default: the output's name up to the first dot]
    #[arg(long, value_name = "NAME", conflicts_with = "panel")]
    name: Option<String>,
    /// Version of the panel, recorded in every report
    #[arg(long, value_name = "TEXT", default_value = "1", conflicts_with = "panel")]
    panel_version: String,
    /// Bundle to write
    #[arg(short, long, value_name = "BUNDLE")]
    output: PathBuf,
    /// Overwrite the output
    #[arg(long)]
    force: bool,
}

/// Runs the command and returns what to say.
pub(super) fn run(args: &BuildArgs) -> Result<String> {
    let named = [Some(&args.reference), args.gff.as_ref(), args.genepred.as_ref()];
    let panel = args.panel.as_deref().map(Path::new);
    Inputs::default()
        .with(named.into_iter().flatten().map(PathBuf::as_path).chain(panel))
        .refuse(&args.output)?;
    refuse_existing(&args.output, args.force)?;
    let fasta = ReferenceFasta::open(&args.reference)?;
    let build = build_of(args, &fasta)?;
    let panel_file = args.panel.as_deref().map(PanelFile::read).transpose()?;
    let wanted = wanted(args, panel_file.as_ref())?;
    let symbols: HashSet<&str> = wanted.iter().map(|(symbol, _)| symbol.as_str()).collect();
    let models = gene_models(args, &symbols)?;
    let finder = Finder {
        build,
        models: models.as_ref(),
    };
    let transcripts: Vec<Transcript> = wanted
        .iter()
        .map(|(symbol, accession)| finder.find(symbol, accession.as_deref()))
        .collect::<Result<_>>()?;
    let panel = match &panel_file {
        Some(file) => file.panel(None)?,
        None => panel_of(args, &transcripts)?,
    };
    let context = || format!("reference {}", args.reference.display());
    read_genes(&fasta, &transcripts.iter().collect::<Vec<_>>())?;
    check_reference(build, &fasta, &transcripts).with_context(context)?;
    let source = BundleSource {
        program: format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")),
        reference: file_name(&args.reference),
        transcripts: args
            .gff
            .as_deref()
            .or(args.genepred.as_deref())
            .map_or_else(|| "built-in table".to_owned(), file_name),
    };
    let bundle = Bundle::build(panel, transcripts, build, &fasta, source).with_context(context)?;
    check_source(&fasta)?;
    if let Some(file) = &panel_file {
        // Now that the proteins are known, its rules are checked against them.
        file.panel(Some(&Facts(&bundle)))?;
    }
    write_whole(&args.output, |out| Ok(bundle.write(out)?))?;
    Ok(format!("{}: {}\n", args.output.display(), describe(&bundle)))
}

/// Says in a line what a bundle holds.
pub(super) fn describe(bundle: &Bundle) -> String {
    format!(
        "panel bundle {} {}, {}: {} genes, {} rules, transcripts of {}, bases of {}; checksum {}",
        bundle.panel.name,
        bundle.panel.version,
        bundle.build,
        bundle.panel.genes.len(),
        bundle.panel.genes.iter().map(|g| g.rules.len()).sum::<usize>(),
        bundle.source.transcripts,
        bundle.source.reference,
        bundle.checksum
    )
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map_or_else(String::new, |n| n.to_string_lossy().into_owned())
}

/// Tells the build: as given, else by the chromosomes that have the length of one build only.
fn build_of(args: &BuildArgs, fasta: &ReferenceFasta) -> Result<Build> {
    if let Some(name) = &args.build {
        return Ok(name.parse()?);
    }
    let fits = |build: &Build| {
        let mut lengths = Chromosome::all().filter_map(|c| Some((c, fasta.length(c)?)));
        // The mitochondrion has one length on both.
        lengths.all(|(c, length)| c == Chromosome::M || length == chromosome_length(*build, c))
    };
    let builds: Vec<Build> = Build::ALL.into_iter().filter(fits).collect();
    match builds.as_slice() {
        [build] => Ok(*build),
        _ => Err(UsageError(format!(
            "the chromosome lengths of {} do not tell the build: give --build grch37 or grch38",
            args.reference.display()
        ))
        .into()),
    }
}

/// Returns gene symbols, each with the transcript asked for.
fn wanted(args: &BuildArgs, panel: Option<&PanelFile>) -> Result<Vec<(String, Option<String>)>> {
    if let Some(file) = panel {
        // Rules are checked when the transcripts are known.
        let genes = file.panel(None)?.genes.into_iter();
        return Ok(genes.map(|g| (g.symbol, Some(g.transcript))).collect());
    }
    let mut wanted: Vec<(String, Option<String>)> = Vec::new();
    for text in &args.genes {
        let (symbol, accession) = match text.split_once('=') {
            Some((symbol, accession)) => (symbol, Some(accession.to_owned())),
            None => (text.as_str(), None),
        };
        if wanted.iter().any(|(known, _)| known == symbol) {
            return Err(UsageError(format!("gene {symbol} is named twice: remove one")).into());
        }
        let ruled = bundled_gene(symbol)?.map(|g| g.transcript);
        if let (Some(ruled), Some(given)) = (&ruled, &accession)
            && ruled != given
        {
            return Err(UsageError(format!(
                "{symbol}: the rules are stated on {ruled}, not on {given}; leave out ={given}, or write a panel file \
                 with rules of your own and give --panel"
            ))
            .into());
        }
        wanted.push((symbol.to_owned(), ruled.or(accession)));
    }
    Ok(wanted)
}

/// Returns the program's entry of a gene.
fn bundled_gene(symbol: &str) -> Result<Option<PanelGene>> {
    if !bundled_genes().contains(&symbol) {
        return Ok(None);
    }
    let text = format!("name = \"x\"\nversion = \"x\"\ngenes = [{symbol:?}]\n");
    Ok(Panel::from_toml("GENE", &text, None)?.genes.into_iter().next())
}

/// Writes the panel of the genes named: those of the program with their rules, others without.
fn panel_of(args: &BuildArgs, transcripts: &[Transcript]) -> Result<Panel> {
    let stem = file_name(&args.output);
    let stem = stem.split('.').next().unwrap_or_default();
    let name = args.name.as_deref().unwrap_or(stem);
    let known = bundled_genes();
    let (bundled, own): (Vec<&Transcript>, Vec<&Transcript>) =
        transcripts.iter().partition(|t| known.contains(&t.gene()));
    let bundled: Vec<&str> = bundled.iter().map(|t| t.gene()).collect();
    let mut text = format!(
        "name = {name:?}\nversion = {:?}\ngenes = {bundled:?}\n",
        args.panel_version
    );
    for gene in own {
        text += "[[gene]]\n";
        text += &["symbol = ", &format!("{:?}\n", gene.gene())].concat();
        text += &["transcript = ", &format!("{:?}\n", gene.accession())].concat();
    }
    Ok(Panel::from_toml("the genes named", &text, None)?)
}

fn gene_models(args: &BuildArgs, symbols: &HashSet<&str>) -> Result<Option<GeneModels>> {
    let (path, format) = match (&args.gff, &args.genepred) {
        (Some(path), _) => (path, GeneModelFormat::Gff),
        (None, Some(path)) => (path, GeneModelFormat::GenePred),
        (None, None) => return Ok(None),
    };
    let context = || format!("{}", path.display());
    let file = File::open(path).with_context(context)?;
    let models = GeneModels::read(BufReader::new(file), format, symbols).with_context(context)?;
    Ok(Some(models))
}

/// What panel files are checked by: the program's own transcripts, and those of the bundle that it does not know.
struct Facts<'b>(&'b Bundle);

impl TranscriptFacts for Facts<'_> {
    fn accessions(&self, gene: &str) -> Vec<String> {
        let mut known = BuiltInTranscripts.accessions(gene);
        known.extend(self.0.accessions(gene));
        known
    }

    fn transcript(&self, gene: &str, accession: &str) -> Option<TranscriptFact> {
        BuiltInTranscripts
            .transcript(gene, accession)
            .or_else(|| TranscriptFacts::transcript(self.0, gene, accession))
    }

    fn coding_regions(
        &self,
        gene: &str,
        accession: &str,
        build: Build,
    ) -> Option<(Chromosome, Vec<(u32, u32)>)> {
        self.0.coding_regions(gene, accession, build)
    }
}

/// Finds the transcripts of genes.
struct Finder<'m> {
    build: Build,
    models: Option<&'m GeneModels>,
}

impl Finder<'_> {
    fn find(&self, symbol: &str, accession: Option<&str>) -> Result<Transcript> {
        match self.models {
            Some(models) => self.in_file(models, symbol, accession),
            None => self.in_table(symbol, accession),
        }
    }

    fn in_table(&self, symbol: &str, accession: Option<&str>) -> Result<Transcript> {
        let known = transcripts_of(symbol, self.build);
        let found = match accession {
            Some(accession) => known.iter().find(|t| t.accession() == accession),
            None => known.first(),
        };
        found.map(|t| (*t).clone()).ok_or_else(|| {
            let names: Vec<&str> = known.iter().map(|t| t.accession()).collect();
            let has = if names.is_empty() {
                "no transcript of this gene".to_owned()
            } else {
                names.join(", ")
            };
            anyhow!("gene {symbol}: the table inside the program has {has}; give --gff or --genepred")
        })
    }

    fn in_file(&self, models: &GeneModels, symbol: &str, accession: Option<&str>) -> Result<Transcript> {
        let has = models.accessions(symbol);
        let names = || {
            if has.is_empty() {
                "no coding transcript of this gene on a chromosome".to_owned()
            } else {
                has.join(", ")
            }
        };
        let built_in = accession.and_then(|a| transcript(a, self.build));
        let partner = built_in.and_then(Transcript::ensembl);
        let (found, name) = match accession {
            Some(wanted) => {
                let found = has.iter().find(|a| **a == wanted || Some(**a) == partner);
                (found.copied(), wanted)
            }
            None => match has.as_slice() {
                [only] => (Some(*only), *only),
                _ => (None, ""),
            },
        };
        let Some(found) = found else {
            match accession {
                Some(wanted) => bail!(
                    "gene {symbol}: {wanted} is asked for, the annotation has {}; give an annotation with this version",
                    names()
                ),
                None => bail!(
                    "gene {symbol}: the annotation has {}; choose with {symbol}=TRANSCRIPT",
                    names()
                ),
            }
        };
        let model = models
            .transcript(found, name, self.build)?
            .ok_or_else(|| anyhow!("gene {symbol}: {found} codes for nothing"))?;
        // The rules are stated on what the program knows by this name.
        if built_in.is_some_and(|b| b.coding_regions(0) != model.coding_regions(0)) {
            bail!(
                "gene {symbol}: the coding exons of {found} are not those of {name} on {}; the annotation is of another \
                 build or version",
                self.build
            );
        }
        Ok(model)
    }
}
