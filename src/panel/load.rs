//! From panel files to the typed panel: bundled genes taken over, a laboratory's own genes and rules added, all checked.

use std::fs;
use std::path::Path;

use indexmap::IndexMap;
use toml::Spanned;

use super::bundled;
use super::error::{PanelError, PanelProblem, Problems};
use super::filters::Filters;
use super::model::{
    ConsensusLimit, GeneClass, IpssmRole, OtherChanges, Panel, PanelGene, RiskFact, Source, Thresholds,
};
use super::raw::{RawFact, RawGene, RawGeneFile, RawPanel, RawThresholds};
use super::rule::read_rule;
use super::rule_check::{self, Context};
use super::text::Text;
use super::transcript_facts::{TranscriptFact, TranscriptFacts};

impl Panel {
    /// Loads a panel that travels in the binary: `myeloid33`, `ipssm31`, `myeloid_mpn` or `ch`.
    pub fn bundled(name: &str) -> Result<Self, PanelError> {
        let file = bundled::panel(name).ok_or_else(|| unknown(name))?;
        Self::from_toml(file.path, file.text, None)
    }

    /// Loads a panel file; `facts` lets its transcripts and residues be checked.
    pub fn load(path: &Path, facts: Option<&dyn TranscriptFacts>) -> Result<Self, PanelError> {
        let file = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|source| PanelError::Read {
            file: file.clone(),
            source,
        })?;
        Self::from_toml(&file, &text, facts)
    }

    /// Loads a bundled panel by name, or else a file by path.
    pub fn by_name_or_path(
        name_or_path: &str,
        facts: Option<&dyn TranscriptFacts>,
    ) -> Result<Self, PanelError> {
        if bundled::panel(name_or_path).is_some() {
            return Self::bundled(name_or_path);
        }
        let path = Path::new(name_or_path);
        if path.is_file() {
            Self::load(path, facts)
        } else {
            Err(unknown(name_or_path))
        }
    }

    /// Reads a panel from its text; `file` is the name that errors carry.
    pub fn from_toml(
        file: &str,
        text: &str,
        facts: Option<&dyn TranscriptFacts>,
    ) -> Result<Self, PanelError> {
        let mut problems = Problems::new(file, text);
        let raw: RawPanel = match toml::from_str(text) {
            Ok(raw) => raw,
            Err(error) => {
                problems.add_toml(&error);
                return Err(PanelError::Invalid(problems.list));
            }
        };
        let mut sources = bundled_sources()?;
        sources.extend(raw.sources.iter().map(|(k, v)| (k.clone(), v.clone())));
        let mut context = Context {
            facts,
            sources: &sources,
            problems,
        };
        let genes = read_genes(&raw, &mut context)?;
        let panel = assemble(raw, genes, &mut context);
        let list = context.problems.list;
        if list.is_empty() {
            Ok(panel)
        } else {
            Err(PanelError::Invalid(sorted(list)))
        }
    }
}

/// Returns the symbols of the genes that a panel file may name.
pub fn bundled_genes() -> Vec<&'static str> {
    bundled::gene_symbols().collect()
}

fn sorted(mut list: Vec<PanelProblem>) -> Vec<PanelProblem> {
    list.sort_by_key(|p| (p.line, p.column));
    list
}

fn unknown(name: &str) -> PanelError {
    PanelError::Unknown {
        name: name.to_owned(),
        bundled: bundled::PANEL_NAMES.join(", "),
    }
}

/// Sources of the bundled rules and facts; a broken bundled file is an error like any other.
fn bundled_sources() -> Result<IndexMap<String, Source>, PanelError> {
    toml::from_str(bundled::SOURCES.text).map_err(|error| {
        let mut problems = Problems::new(bundled::SOURCES.path, bundled::SOURCES.text);
        problems.add_toml(&error);
        PanelError::Invalid(problems.list)
    })
}

/// Reads one bundled gene, checked by the same rules as anybody's.
fn bundled_gene(
    symbol: &str,
    sources: &IndexMap<String, Source>,
    facts: Option<&dyn TranscriptFacts>,
) -> Result<Option<PanelGene>, PanelError> {
    let Some(file) = bundled::gene(symbol) else {
        return Ok(None);
    };
    let mut problems = Problems::new(file.path, file.text);
    let raw: RawGeneFile = match toml::from_str(file.text) {
        Ok(raw) => raw,
        Err(error) => {
            problems.add_toml(&error);
            return Err(PanelError::Invalid(problems.list));
        }
    };
    let mut context = Context {
        facts,
        sources,
        problems,
    };
    let gene = raw
        .gene
        .into_iter()
        .next()
        .and_then(|g| read_gene(g, None, &mut context));
    if context.problems.list.is_empty() {
        Ok(gene)
    } else {
        Err(PanelError::Invalid(context.problems.list))
    }
}

fn read_genes(raw: &RawPanel, context: &mut Context<'_>) -> Result<Vec<PanelGene>, PanelError> {
    let mut genes: Vec<PanelGene> = Vec::new();
    for symbol in &raw.genes {
        let name = symbol.get_ref();
        if genes.iter().any(|g| g.symbol == *name) {
            context.problems.add(
                symbol.span(),
                "genes".into(),
                name,
                "named twice: remove one".into(),
            );
            continue;
        }
        if let Some(gene) = bundled_gene(name, context.sources, context.facts)? {
            genes.push(gene);
        } else {
            let message = format!(
                "no bundled gene of this symbol; known: {}; any other gene needs a [[gene]] entry of its own",
                bundled_genes().join(", ")
            );
            context.problems.add(symbol.span(), "genes".into(), name, message);
        }
    }
    Ok(genes)
}

fn assemble(raw: RawPanel, mut genes: Vec<PanelGene>, context: &mut Context<'_>) -> Panel {
    let mut seen: Vec<String> = Vec::new();
    for entry in raw.gene {
        let symbol = entry.symbol.get_ref().clone();
        if seen.contains(&symbol) {
            context.problems.add(
                entry.symbol.span(),
                "gene.symbol".into(),
                &symbol,
                "a second [[gene]] entry of this symbol: join the two".into(),
            );
            continue;
        }
        seen.push(symbol.clone());
        let base = genes
            .iter()
            .position(|g| g.symbol == symbol)
            .map(|i| genes.remove(i));
        if let Some(gene) = read_gene(entry, base, context) {
            genes.push(gene);
        }
    }
    if genes.is_empty() && context.problems.list.is_empty() {
        let message = "the panel is empty: name bundled genes in `genes` or add [[gene]] entries".into();
        context.problems.add(0..0, "genes".into(), "", message);
    }
    genes.sort_by(|a, b| a.symbol.cmp(&b.symbol));
    check_ids(&genes, context);
    let thresholds = read_thresholds(raw.thresholds.as_ref(), context);
    let filters = read_filters(&raw.filters, context);
    let sources = used_sources(&genes, &raw.threshold_sources, context);
    let name = required(raw.name, "name", "myeloid33", context);
    let version = required(raw.version, "version", "1.0.0", context);
    Panel {
        title: raw.title.unwrap_or_else(|| Text {
            en: name.clone(),
            ja: name.clone(),
        }),
        name,
        version,
        thresholds,
        filters,
        genes,
        sources,
    }
}

fn required(value: Option<Spanned<String>>, field: &str, example: &str, context: &mut Context<'_>) -> String {
    match value {
        Some(value) if !value.get_ref().trim().is_empty() => value.into_inner(),
        other => {
            let span = other.map_or(0..0, |v| v.span());
            let message =
                format!("missing: reports record it; write {field} = {example:?} at the top of the file");
            context.problems.add(span, field.into(), "", message);
            String::new()
        }
    }
}

/// The thresholds of the default panel; see `panels/myeloid33.toml` for their sources.
const DEFAULT_THRESHOLDS: Thresholds = Thresholds {
    min_vaf: 0.02,
    min_vaf_x_linked_male: 0.04,
    min_depth: 20,
    min_alt: 3,
};

fn read_thresholds(raw: Option<&RawThresholds>, context: &mut Context<'_>) -> Thresholds {
    let mut thresholds = DEFAULT_THRESHOLDS;
    let Some(raw) = raw else { return thresholds };
    for (field, value, target) in [
        ("thresholds.min_vaf", &raw.min_vaf, &mut thresholds.min_vaf),
        (
            "thresholds.min_vaf_x_linked_male",
            &raw.min_vaf_x_linked_male,
            &mut thresholds.min_vaf_x_linked_male,
        ),
    ] {
        if let Some(value) = value {
            rule_check::check_fraction(value, field, context);
            *target = *value.get_ref();
        }
    }
    thresholds.min_depth = raw.min_depth.unwrap_or(thresholds.min_depth);
    thresholds.min_alt = raw.min_alt.unwrap_or(thresholds.min_alt);
    thresholds
}

/// Puts the panel's filters over the defaults.
fn read_filters(raw: &IndexMap<String, Spanned<toml::Value>>, context: &mut Context<'_>) -> Filters {
    let mut filters = Filters::default();
    for (name, value) in raw {
        if let Err(error) = filters.set_toml(name, value.get_ref()) {
            let field = format!("filters.{name}");
            context
                .problems
                .add(value.span(), field, value.get_ref(), error.to_string());
        }
    }
    filters
}

/// Keeps the sources that something of the panel cites, in the order of their first use.
fn used_sources(
    genes: &[PanelGene],
    thresholds: &[Spanned<String>],
    context: &mut Context<'_>,
) -> IndexMap<String, Source> {
    let mut used = IndexMap::new();
    let mut keep = |key: &str| {
        if let Some(source) = context.sources.get(key) {
            used.insert(key.to_owned(), source.clone());
            return true;
        }
        false
    };
    let mut missing = Vec::new();
    for key in thresholds {
        if !keep(key.get_ref()) {
            missing.push(key);
        }
    }
    for gene in genes {
        for key in gene.rules.iter().chain(&gene.oncogenic).flat_map(|r| &r.sources) {
            keep(key);
        }
        for fact in &gene.facts {
            keep(&fact.source);
        }
    }
    for key in missing {
        rule_check::missing_source(key, "threshold_sources", context);
    }
    used
}

fn check_ids(genes: &[PanelGene], context: &mut Context<'_>) {
    let mut seen: IndexMap<&str, &str> = IndexMap::new();
    for gene in genes {
        for rule in gene.rules.iter().chain(&gene.oncogenic) {
            if let Some(first) = seen.insert(&rule.id, &gene.symbol) {
                let message =
                    format!("the id is already used by a rule of {first}: ids are unique in a panel");
                let span = context.problems.find(&rule.id);
                context
                    .problems
                    .add(span, format!("{} rule.id", gene.symbol), &rule.id, message);
            }
        }
    }
}

/// Reads one gene entry; `base` is the bundled gene that it adds to.
fn read_gene(raw: RawGene, base: Option<PanelGene>, context: &mut Context<'_>) -> Option<PanelGene> {
    let symbol = raw.symbol.get_ref().clone();
    let transcript = rule_check::transcript(&raw, base.as_ref(), context)?;
    let fact = context
        .facts
        .and_then(|facts| facts.transcript(&symbol, &transcript));
    let mut gene = base.unwrap_or_else(|| blank_gene(&symbol, &transcript));
    gene.class = raw.class.unwrap_or(gene.class);
    gene.ipssm = raw.ipssm.unwrap_or(gene.ipssm);
    gene.x_linked = raw.x_linked.unwrap_or(gene.x_linked);
    gene.germline_predisposition = raw
        .germline_predisposition
        .unwrap_or(gene.germline_predisposition);
    gene.chrs_high_risk = raw.chrs_high_risk.unwrap_or(gene.chrs_high_risk);
    gene.oncogenic_other = raw.oncogenic_other.unwrap_or(gene.oncogenic_other);
    if let Some(share) = raw.inherited_share {
        rule_check::check_fraction(&share, &format!("{symbol} inherited_share"), context);
        gene.inherited_share = Some(share.into_inner());
    }
    gene.consensus_note = raw.consensus_note.or(gene.consensus_note);
    for alias in raw.alias {
        rule_check::check_alias(&alias, &symbol, context);
        gene.aliases.push(alias.into_inner());
    }
    for rule in raw.rule {
        if let Some(rule) = read_rule(rule, false, fact.as_ref(), context) {
            gene.rules.push(rule);
        }
    }
    for rule in raw.oncogenic {
        if let Some(rule) = read_rule(rule, true, fact.as_ref(), context) {
            gene.oncogenic.push(rule);
        }
    }
    for limit in raw.consensus {
        rule_check::check_changes(
            &limit.changes,
            &format!("{symbol} consensus.changes"),
            fact.as_ref(),
            context,
        );
        gene.consensus.push(ConsensusLimit {
            at_most: limit.at_most,
            changes: limit.changes.into_iter().map(Spanned::into_inner).collect(),
            note: limit.note,
        });
    }
    for entry in raw.fact {
        gene.facts.push(read_fact(entry, &symbol, fact.as_ref(), context));
    }
    Some(gene)
}

fn blank_gene(symbol: &str, transcript: &str) -> PanelGene {
    PanelGene {
        symbol: symbol.to_owned(),
        transcript: transcript.to_owned(),
        x_linked: false,
        class: GeneClass::Other,
        ipssm: IpssmRole::None,
        germline_predisposition: false,
        chrs_high_risk: false,
        aliases: Vec::new(),
        rules: Vec::new(),
        oncogenic: Vec::new(),
        oncogenic_other: OtherChanges::default(),
        inherited_share: None,
        consensus: Vec::new(),
        consensus_note: None,
        facts: Vec::new(),
    }
}

fn read_fact(
    raw: RawFact,
    symbol: &str,
    transcript: Option<&TranscriptFact>,
    context: &mut Context<'_>,
) -> RiskFact {
    if let Some(range) = &raw.residues {
        let field = format!("{symbol} fact.residues");
        rule_check::check_range(range.span(), *range.get_ref(), &field, transcript, context);
    }
    if !context.sources.contains_key(raw.source.get_ref()) {
        rule_check::missing_source(&raw.source, &format!("{symbol} fact.source"), context);
    }
    RiskFact {
        kind: raw.kind,
        text: Text {
            en: raw.en,
            ja: raw.ja,
        },
        source: raw.source.into_inner(),
        residues: raw.residues.map(Spanned::into_inner),
    }
}
