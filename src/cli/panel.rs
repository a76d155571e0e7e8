//! `hemoclone panel`: what panels hold, whether a file is right, and where a panel looks.

use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::{Args, Subcommand, ValueEnum};

use super::panel_build::{self, BuildArgs};
use hemoclone::bundle::Bundle;
use hemoclone::genome::Build;
use hemoclone::panel::{
    Filters, IpssmRole, PANEL_NAMES, Panel, PanelError, PanelGene, TranscriptFacts, rules_markdown,
};
use hemoclone::run::{PanelFile, UsageError, spellings};
use hemoclone::text;

/// List, show and check panels, or write a panel's regions as BED.
#[derive(Args, Clone, Debug)]
pub(crate) struct PanelArgs {
    #[command(subcommand)]
    command: PanelCommand,
}

#[derive(Clone, Debug, Subcommand)]
enum PanelCommand {
    /// List the bundled panels: name, version, genes, rules, title.
    List,
    /// Show a panel's genes, and with --rules what makes a driver.
    Show(ShowArgs),
    /// Check a panel file or bundle and name every mistake with line and remedy.
    Check(CheckArgs),
    /// Write the coding regions of a panel as BED (0-based, end exclusive).
    Bed(BedArgs),
    /// Write a bundle: a panel with its transcripts and the bases of their exons, so that no FASTA is needed.
    Build(BuildArgs),
}

#[derive(Args, Clone, Debug)]
struct ShowArgs {
    /// Name of a bundled panel, or a TOML file.
    #[arg(value_name = "NAME|FILE")]
    panel: String,
    /// Show these genes only.
    #[arg(long, value_name = "GENE", value_delimiter = ',')]
    gene: Vec<String>,
    /// Show the driver rules of every set; the Markdown form is the table of docs/rules.md.
    #[arg(long)]
    rules: bool,
    /// Form of the output; JSON always holds everything.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// Aligned lines for reading.
    #[default]
    Text,
    /// The whole panel as JSON.
    Json,
    /// A Markdown table.
    Markdown,
}

#[derive(Args, Clone, Debug)]
struct CheckArgs {
    /// The panel file.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

#[derive(Args, Clone, Debug)]
struct BedArgs {
    /// Name of a bundled panel, or a TOML file.
    #[arg(value_name = "NAME|FILE")]
    panel: String,
    /// Genome build of the positions.
    #[arg(long, value_name = "BUILD", value_parser = spellings::build())]
    build: String,
    /// Bases added on each side of every coding exon.
    #[arg(long, default_value_t = 10, value_name = "BASES")]
    padding: u32,
    /// Write chr17 (the default on both builds).
    #[arg(long, overrides_with = "no_chr")]
    chr_prefix: bool,
    /// Write 17 instead of chr17.
    #[arg(long)]
    no_chr: bool,
}

/// Runs the command; an error means an invalid panel or unreadable file (exit code 3).
pub(crate) fn run(args: &PanelArgs, facts: &dyn TranscriptFacts, out: &mut dyn Write) -> Result<()> {
    let text = match &args.command {
        PanelCommand::List => list()?,
        PanelCommand::Show(show) => shown(show, facts)?,
        PanelCommand::Check(check) => checked(check, facts)?,
        PanelCommand::Bed(bed) => bed_lines(bed, facts)?,
        PanelCommand::Build(build) => panel_build::run(build)?,
    };
    // Titles, notes and names are those of whoever wrote the panel; of JSON the readers are programs.
    let is_json = matches!(&args.command, PanelCommand::Show(show) if matches!(show.format, Format::Json));
    let text = if is_json { text.into() } else { text::page(&text) };
    out.write_all(text.as_bytes())?;
    Ok(())
}

/// Opens a bundled panel by name, a panel file or a bundle.
fn opened(name: &str, facts: &dyn TranscriptFacts) -> Result<(Panel, Option<Bundle>)> {
    let file = PanelFile::read(name)?;
    match file.bundle()? {
        Some(bundle) => Ok((bundle.panel.clone(), Some(bundle))),
        None => Ok((file.panel(Some(facts))?, None)),
    }
}

fn list() -> Result<String> {
    let mut text = String::from("name\tversion\tgenes\trules\ttitle\n");
    for name in PANEL_NAMES {
        let panel = Panel::bundled(name)?;
        writeln!(
            text,
            "{name}\t{}\t{}\t{}\t{}",
            panel.version,
            panel.genes.len(),
            rule_count(&panel),
            panel.title.en
        )?;
    }
    Ok(text)
}

fn rule_count(panel: &Panel) -> usize {
    panel.genes.iter().map(|g| g.rules.len()).sum()
}

fn shown(args: &ShowArgs, facts: &dyn TranscriptFacts) -> Result<String> {
    let (mut panel, _) = opened(&args.panel, facts)?;
    for gene in &args.gene {
        if panel.gene(gene).is_none() {
            let known: Vec<&str> = panel.genes.iter().map(|g| g.symbol.as_str()).collect();
            let message = format!(
                "panel {} has no gene {gene:?}; its genes: {}",
                panel.name,
                known.join(", ")
            );
            return Err(UsageError(message).into());
        }
    }
    if !args.gene.is_empty() {
        panel.genes.retain(|g| args.gene.contains(&g.symbol));
    }
    match args.format {
        Format::Json => as_json(&panel),
        Format::Markdown if args.rules => Ok(rules_markdown(&panel)),
        Format::Markdown => Ok(genes_markdown(&panel)?),
        Format::Text => Ok(as_text(&panel, args.rules)?),
    }
}

/// Returns a panel as `show --format json` prints it.
pub(super) fn as_json(panel: &Panel) -> Result<String> {
    Ok(serde_json::to_string_pretty(panel)? + "\n")
}

fn flags(gene: &PanelGene) -> String {
    let mut flags = Vec::new();
    match gene.ipssm {
        IpssmRole::Main => flags.push("IPSS-M main"),
        IpssmRole::Residual => flags.push("IPSS-M residual"),
        IpssmRole::None => {}
    }
    for (is, name) in [
        (gene.x_linked, "X-linked"),
        (gene.chrs_high_risk, "CHRS high-risk"),
        (gene.germline_predisposition, "germline predisposition"),
    ] {
        if is {
            flags.push(name);
        }
    }
    flags.join(", ")
}

fn genes_markdown(panel: &Panel) -> Result<String, std::fmt::Error> {
    let mut text = String::from("| gene | transcript | class | flags |\n|---|---|---|---|\n");
    for gene in &panel.genes {
        let class = gene.class.name();
        writeln!(
            text,
            "| {} | {} | {class} | {} |",
            gene.symbol,
            gene.transcript,
            flags(gene)
        )?;
    }
    Ok(text)
}

fn as_text(panel: &Panel, rules: bool) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    let t = &panel.thresholds;
    writeln!(text, "{} {}: {}", panel.name, panel.version, panel.title.en)?;
    writeln!(
        text,
        "VAF >= {}, X-linked genes in males >= {}; depth >= {}, alternative fragments >= {}; checksum {}",
        t.min_vaf,
        t.min_vaf_x_linked_male,
        t.min_depth,
        t.min_alt,
        panel.checksum()
    )?;
    let defaults = Filters::default().pairs();
    let set: Vec<String> = panel
        .filters
        .pairs()
        .into_iter()
        .filter(|pair| !defaults.contains(pair))
        .map(|(name, value)| format!("{name} = {value}"))
        .collect();
    if !set.is_empty() {
        writeln!(text, "filters set away from their defaults: {}", set.join(", "))?;
    }
    if !panel.platforms().is_empty() {
        writeln!(
            text,
            "platforms with artifacts of their own: {}",
            panel.platforms().join(", ")
        )?;
    }
    for gene in &panel.genes {
        let line = format!(
            "{:<9} {:<15} {:<16} {}",
            gene.symbol,
            gene.transcript,
            gene.class.name(),
            flags(gene)
        );
        writeln!(text, "{}", line.trim_end())?;
        if rules {
            gene_rules(gene, &mut text)?;
        }
    }
    Ok(text)
}

fn gene_rules(gene: &PanelGene, text: &mut String) -> std::fmt::Result {
    for rule in &gene.rules {
        let sets: Vec<&str> = rule.sets.iter().map(|s| s.name()).collect();
        let what = match (rule.exclude, rule.platforms.is_empty()) {
            (true, false) => "mark ",
            (true, true) => "not ",
            _ => "",
        };
        writeln!(text, "  {} [{}]", rule.id, sets.join(", "))?;
        writeln!(text, "    {what}{}", rule.describe(true))?;
        for remark in [&rule.numbering, &rule.note].into_iter().flatten() {
            writeln!(text, "    ({remark})")?;
        }
        writeln!(text, "    sources: {}", rule.sources.join(", "))?;
    }
    for rule in &gene.oncogenic {
        let what = if rule.exclude { "not " } else { "" };
        writeln!(text, "  {} [IPSS-M counts]", rule.id)?;
        writeln!(text, "    {what}{}", rule.describe(true))?;
        if let Some(note) = &rule.note {
            writeln!(text, "    ({note})")?;
        }
        writeln!(text, "    sources: {}", rule.sources.join(", "))?;
    }
    if let Some(note) = &gene.consensus_note {
        writeln!(text, "  consensus: {note}")?;
    }
    for limit in &gene.consensus {
        writeln!(text, "  consensus limit: {}", limit.note)?;
    }
    Ok(())
}

fn checked(args: &CheckArgs, facts: &dyn TranscriptFacts) -> Result<String> {
    // A file here, even where a panel of the program has its name.
    let bytes = fs::read(&args.file).map_err(|source| PanelError::Read {
        file: args.file.display().to_string(),
        source,
    })?;
    let file = PanelFile::of(&args.file, bytes);
    if let Some(bundle) = file.bundle()? {
        let file = args.file.display();
        return Ok(format!("{file}: {}\n", panel_build::describe(&bundle)));
    }
    let panel = file.panel(Some(facts))?;
    Ok(format!(
        "{}: panel {} {}: {} genes, {} rules, no mistakes; checksum {}\n",
        args.file.display(),
        panel.name,
        panel.version,
        panel.genes.len(),
        rule_count(&panel),
        panel.checksum()
    ))
}

fn bed_lines(args: &BedArgs, facts: &dyn TranscriptFacts) -> Result<String> {
    let (panel, bundle) = opened(&args.panel, facts)?;
    let facts = bundle.as_ref().map_or(facts, |b| b as &dyn TranscriptFacts);
    let regions = panel
        .target_regions(facts, args.build.parse::<Build>()?, args.padding)
        .with_context(|| format!("panel {}", panel.name))?;
    let mut text = String::new();
    for region in regions {
        let name = if args.no_chr && !args.chr_prefix {
            region.chromosome.ensembl_name()
        } else {
            region.chromosome.name()
        };
        writeln!(
            text,
            "{name}\t{}\t{}\t{}",
            region.start,
            region.end,
            text::tsv(&region.genes.join(","))
        )?;
    }
    Ok(text)
}
