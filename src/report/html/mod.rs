//! `<sample>.html`: one self-contained page for people, in English and Japanese.
//!
//! The page asks nothing of the network, runs no script and works from a mail attachment; the languages are switched by
//! radio buttons and style rules. The first page is the answer, what follows it is folded. What is shown is prepared here as plain
//! views; `templates/report.html` lays it out.

mod call;
mod context;
mod copies;
mod event;
mod first;
pub(super) mod format;
mod gene;
mod myeloid;
pub(crate) mod over_time;
mod pileup;
mod plasma;
mod plasma_page;
mod protein;
mod quality;
mod road;
mod sources;

use std::io::Write;

use askama::Template;

use self::call::{CallGroup, CallView, UnresolvedView};
use self::context::{Context, Pair};
use self::copies::CopiesView;
use self::first::FirstPage;
use self::format::css_string;
use self::format::percent;
use self::gene::{GeneView, RiskView};
use self::myeloid::{MyeloidView, SourcedView};
use self::over_time::{OverTime, OverTimeView};
use self::plasma::PlasmaView;
use self::quality::QualityView;
use self::sources::{Cite, Registry, SourceView};
use super::ReportError;
use super::words::{
    Bilingual, ClinicalWords, FirstWords, Label, Language, Languages, SerialWords, Words,
    page_phrases as phrases,
};
use crate::drivers::{CallStatus, GeneState};
use crate::sample::{SampleResult, SourceRecord};
use crate::text;

pub use self::plasma_page::write_plasma_html;

/// Writes the page of one sample.
pub fn write_html(
    mut writer: impl Write,
    result: &SampleResult,
    languages: &Languages,
) -> Result<(), ReportError> {
    let page = Page::new(result, languages).render()?;
    writer
        .write_all(text::page(&page).as_bytes())
        .and_then(|()| writer.flush())
        .map_err(ReportError::Write)
}

/// Characters of a sample's name at the top of each printed page.
const NAME_IN_PRINT: usize = 60;

/// Returns the answer of the first page, a sentence a road.
pub(super) fn answer(result: &SampleResult, languages: &Languages) -> Vec<Bilingual> {
    let sources = Registry::default();
    let context = Context {
        result,
        languages,
        sources: &sources,
    };
    FirstPage::new(&context).answer.sentences
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    result: &'a SampleResult,
    w: Words,
    c: ClinicalWords,
    f: FirstWords,
    s: SerialWords,
    first: FirstPage,
    /// Name of the sample at the top of each printed page, as a string of the style sheet.
    running: String,
    /// The person over several visits, and where its method is from.
    history: Option<OverTimeView>,
    history_cites: Vec<Cite>,
    myeloid: Option<MyeloidView>,
    plasma: Option<PlasmaView>,
    /// What is taught about the genes and the stage.
    background: Vec<SourcedView>,
    languages: &'a [Language],
    first_language: &'static str,
    facts: Vec<Pair>,
    flags: Vec<Flag>,
    drivers: Vec<CallView>,
    others: Vec<CallGroup>,
    unresolved: Vec<UnresolvedView>,
    warnings: Vec<Bilingual>,
    /// How many there are.
    warnings_count: Bilingual,
    /// How the build of each input was told.
    builds: Vec<Bilingual>,
    risks: Vec<RiskView>,
    genes: Vec<GeneView>,
    /// Whether every gene without a driver is told the same of, so that the table says little.
    genes_are_alike: bool,
    identity: Vec<Bilingual>,
    quality: Option<QualityView>,
    copies: Option<CopiesView>,
    methods: Vec<Bilingual>,
    settings: Vec<Pair>,
    sources: Vec<SourceView>,
}

/// A mark of higher risk.
struct Flag {
    text: Bilingual,
    detail: Bilingual,
    cites: Vec<Cite>,
}

impl<'a> Page<'a> {
    fn new(result: &'a SampleResult, languages: &'a Languages) -> Self {
        let registry = Registry::default();
        let context = Context {
            result,
            languages,
            sources: &registry,
        };
        let other_groups = CallStatus::ALL
            .into_iter()
            .filter(|status| !status.is_driver_or_review());
        let warnings = result.warnings.len().to_string();
        let plasma = result.plasma_cell.as_ref();
        Self {
            result,
            w: Words::new(languages),
            c: ClinicalWords::new(languages),
            f: FirstWords::new(languages),
            s: SerialWords::new(languages),
            // Sources are numbered as they are cited, from here on down the page.
            first: FirstPage::new(&context),
            running: css_string(&text::beginning(&result.sample, NAME_IN_PRINT)),
            drivers: driver_calls(&context),
            history_cites: history_cites(&context),
            history: history(&context),
            myeloid: result.myeloid.as_ref().map(|m| MyeloidView::new(&context, m)),
            plasma: plasma.map(|p| PlasmaView::new("plasma", p, languages, &registry)),
            risks: gene::risks(&context),
            background: result
                .background
                .iter()
                .map(|b| SourcedView::background(&context, b))
                .collect(),
            flags: flags(&context),
            others: other_groups
                .filter_map(|status| CallGroup::new(&context, status))
                .collect(),
            languages: languages.list(),
            first_language: languages.first().code(),
            facts: facts(&context),
            unresolved: result
                .unresolved
                .iter()
                .map(|u| UnresolvedView::new(&context, u))
                .collect(),
            warnings: languages.sayings(&result.warnings, &result.warnings_coded),
            warnings_count: languages.fill(super::words::first_phrases::warnings_count, &[("n", &warnings)]),
            builds: builds(&context),
            genes: result.genes.iter().map(|g| GeneView::new(&context, g)).collect(),
            genes_are_alike: genes_are_alike(result),
            identity: quality::identity(&context),
            quality: QualityView::new(&context),
            copies: CopiesView::new(&context),
            methods: methods(&context),
            settings: settings(&context),
            sources: registry.list(languages),
        }
    }
}

/// Returns what told the genome build of each file.
fn builds(context: &Context<'_>) -> Vec<Bilingual> {
    let inputs = context.result.inputs.iter();
    inputs
        .map(|i| match &i.build_from_coded {
            Some(source) => context.languages.saying(source),
            None => context.languages.as_written(&i.build_from),
        })
        .collect()
}

/// The drivers and the calls to review, in the order of the tables.
fn driver_calls(context: &Context<'_>) -> Vec<CallView> {
    context
        .result
        .calls
        .iter()
        .filter(|c| c.status.is_driver_or_review())
        .map(|c| CallView::new(context, c))
        .collect()
}

fn history(context: &Context<'_>) -> Option<OverTimeView> {
    let history = context.result.history.as_deref()?;
    Some(OverTimeView::new(&OverTime::from(history), context.languages))
}

/// Cites the model of growth, where growth is told.
fn history_cites(context: &Context<'_>) -> Vec<Cite> {
    let [(citation, doi), ..] = over_time::SOURCES;
    let source = SourceRecord {
        citation: citation.to_owned(),
        doi: doi.map(str::to_owned),
    };
    let told = context.result.history.iter();
    told.map(|_| context.sources.record(&source)).collect()
}

/// Whether all genes that are not mutated have the same state, and none a depth or limit of its own.
fn genes_are_alike(result: &SampleResult) -> bool {
    let mut others = result.genes.iter().filter(|g| g.state != GeneState::Mutated);
    let Some(first) = others.next() else { return true };
    others.all(|g| g.state == first.state && g.min_depth.is_none() && g.detection_limit.is_none())
}

fn facts(context: &Context<'_>) -> Vec<Pair> {
    let (result, languages) = (context.result, context.languages);
    let pair = |name, value| Pair {
        name: languages.say(name),
        value,
    };
    let panel = &result.panel;
    let title =
        |text: &str, open: &str, close: &str| format!("{text}{open}{} {}{close}", panel.name, panel.version);
    vec![
        pair(
            phrases::panel,
            languages.panel_text(&crate::panel::Text {
                en: title(&panel.title.en, " (", ")"),
                ja: title(&panel.title.ja, "（", "）"),
            }),
        ),
        pair(phrases::build, context.same(result.build.name())),
        pair(phrases::rules, context.label(&result.rules)),
        pair(
            phrases::version,
            context.same(&format!("{} {}", result.program.name, result.program.version)),
        ),
    ]
}

fn flags(context: &Context<'_>) -> Vec<Flag> {
    let flag = |flag: &crate::sample::HighRiskFlag| Flag {
        text: match flag.code.as_str() {
            "chrs_high_risk_gene" => context.languages.say(phrases::high_risk_gene),
            "two_or_more_drivers" => context.languages.say(phrases::high_risk_count),
            "vaf_at_least_20_percent" => context.languages.say(phrases::high_risk_vaf),
            other => context.same(other),
        },
        detail: match flag.detail.parse::<f64>() {
            // A VAF as the rest of the page writes it; a count stays.
            Ok(vaf) if flag.detail.contains('.') => context.same(&percent(vaf)),
            _ => context.languages.as_written(&flag.detail),
        },
        cites: vec![context.cite(&flag.source)],
    };
    context.result.ch.high_risk.iter().map(flag).collect()
}

fn methods(context: &Context<'_>) -> Vec<Bilingual> {
    let (languages, thresholds) = (context.languages, &context.result.settings.thresholds);
    let rules = context.result.rules.label();
    let fill_rules = |language| phrases::method_rules.fill(language, &[("rules", rules.say(language))]);
    vec![
        languages.say(phrases::method_vaf),
        languages.say(phrases::method_interval),
        languages.fill(
            phrases::method_threshold,
            &[
                ("vaf_x", &percent(thresholds.min_vaf_x_linked_male)),
                ("vaf", &percent(thresholds.min_vaf)),
            ],
        ),
        languages.fill(
            phrases::method_depth,
            &[
                ("depth", &thresholds.min_depth.to_string()),
                ("alt", &thresholds.min_alt.to_string()),
            ],
        ),
        languages.text(&fill_rules(Language::English), &fill_rules(Language::Japanese)),
        languages.say(phrases::method_limit),
    ]
}

fn settings(context: &Context<'_>) -> Vec<Pair> {
    let (result, languages) = (context.result, context.languages);
    let none = || languages.say(phrases::none);
    let file = |name: &Option<String>| name.as_deref().map_or_else(none, |name| context.same(name));
    let overrides: Vec<_> = result
        .settings
        .overrides
        .iter()
        .map(|(name, value)| format!("{name} = {value}"))
        .collect();
    let pair = |name, value| Pair {
        name: languages.say(name),
        value,
    };
    vec![
        pair(phrases::reference, file(&result.settings.reference)),
        pair(phrases::targets, file(&result.settings.targets)),
        pair(
            phrases::overrides,
            if overrides.is_empty() {
                none()
            } else {
                context.same(&overrides.join("; "))
            },
        ),
        pair(phrases::panel_checksum, context.same(&result.panel.checksum)),
    ]
}
