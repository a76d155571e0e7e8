//! `<sample>.html`: one self-contained page for people, in English and Japanese.
//!
//! The page asks nothing of the network, runs no script and works from a mail attachment; the languages are switched by
//! radio buttons and style rules. What is shown is prepared here as plain views; `templates/report.html` lays it out.

mod call;
mod context;
mod format;
mod gene;
mod myeloid;
mod plasma;
mod plasma_page;
mod quality;
mod road;
mod scale;

use std::io::Write;

use askama::Template;

use self::call::{CallGroup, CallView, UnresolvedView};
use self::context::{Cite, Context, Pair};
use self::format::percent;
use self::gene::{GeneView, RiskView};
use self::myeloid::{MyeloidView, SourcedView};
use self::plasma::PlasmaView;
use self::quality::QualityView;
use self::scale::Scale;
use super::ReportError;
use super::words::{Bilingual, ClinicalWords, Label, Language, Languages, Words, page_phrases as phrases};
use crate::drivers::CallStatus;
use crate::sample::{ChState, SampleResult};
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

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    result: &'a SampleResult,
    w: Words,
    c: ClinicalWords,
    myeloid: Option<MyeloidView>,
    plasma: Option<PlasmaView>,
    /// What is taught about the genes and the stage.
    background: Vec<SourcedView>,
    languages: &'a [Language],
    first_language: &'static str,
    facts: Vec<Pair>,
    answer: Answer,
    scale: Option<Scale>,
    drivers: Vec<CallView>,
    others: Vec<CallGroup>,
    unresolved: Vec<UnresolvedView>,
    warnings: Vec<Bilingual>,
    /// How the build of each input was told.
    builds: Vec<Bilingual>,
    risks: Vec<RiskView>,
    genes: Vec<GeneView>,
    identity: Vec<Bilingual>,
    quality: Option<QualityView>,
    methods: Vec<Bilingual>,
    settings: Vec<Pair>,
    sources: Vec<SourceView>,
}

/// The first thing a reader sees.
struct Answer {
    /// Name of the style class.
    class: &'static str,
    headline: Bilingual,
    lines: Vec<Bilingual>,
    largest: Option<Largest>,
    flags: Vec<Flag>,
}

struct Largest {
    gene: String,
    vaf: String,
    size: Bilingual,
    /// Whether a person must look at it.
    to_review: bool,
}

struct Flag {
    text: Bilingual,
    detail: Bilingual,
    cites: Vec<Cite>,
}

struct SourceView {
    number: usize,
    citation: String,
    doi: String,
}

impl<'a> Page<'a> {
    fn new(result: &'a SampleResult, languages: &'a Languages) -> Self {
        let context = Context { result, languages };
        let is_driver = |status| matches!(status, CallStatus::Driver | CallStatus::DriverReview);
        Self {
            result,
            w: Words::new(languages),
            c: ClinicalWords::new(languages),
            myeloid: result.myeloid.as_ref().map(|m| MyeloidView::new(&context, m)),
            plasma: result
                .plasma_cell
                .as_ref()
                .map(|p| PlasmaView::new("plasma", p, languages)),
            background: result
                .background
                .iter()
                .map(|b| SourcedView::background(&context, b))
                .collect(),
            languages: languages.list(),
            first_language: languages.first().code(),
            facts: facts(&context),
            answer: answer(&context),
            scale: Scale::new(result),
            drivers: result
                .calls
                .iter()
                .filter(|c| is_driver(c.status))
                .map(|c| CallView::new(&context, c))
                .collect(),
            others: CallStatus::ALL
                .into_iter()
                .filter(|status| !is_driver(*status))
                .filter_map(|status| CallGroup::new(&context, status))
                .collect(),
            unresolved: result
                .unresolved
                .iter()
                .map(|u| UnresolvedView::new(&context, u))
                .collect(),
            warnings: result.warnings.iter().map(|w| languages.detail(w)).collect(),
            builds: result
                .inputs
                .iter()
                .map(|i| languages.detail(&i.build_from))
                .collect(),
            risks: gene::risks(&context),
            genes: result.genes.iter().map(|g| GeneView::new(&context, g)).collect(),
            identity: quality::identity(&context),
            quality: QualityView::new(&context),
            methods: methods(&context),
            settings: settings(&context),
            sources: sources(result),
        }
    }
}

fn facts(context: &Context<'_>) -> Vec<Pair> {
    let (result, languages) = (context.result, context.languages);
    let say = |phrase| languages.say(phrase);
    let pair = |name, value| Pair {
        name: say(name),
        value,
    };
    let not_given = || say(phrases::not_given);
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
        pair(
            phrases::sex,
            result.sex.map_or_else(not_given, |sex| context.label(&sex)),
        ),
        pair(
            phrases::age,
            result.age.map_or_else(not_given, |age| {
                languages.text(
                    &format!("{age} {}", phrases::years.en),
                    &format!("{age}{}", phrases::years.ja),
                )
            }),
        ),
        pair(phrases::rules, context.label(&result.rules)),
        pair(
            phrases::version,
            context.same(&format!("{} {}", result.program.name, result.program.version)),
        ),
    ]
}

fn answer(context: &Context<'_>) -> Answer {
    let (result, languages) = (context.result, context.languages);
    let ch = &result.ch;
    let review = ch.drivers_to_review.to_string();
    let (class, first) = match ch.state {
        ChState::Present => (
            "present",
            languages.fill(
                phrases::answer_present,
                &[("n", &ch.drivers.to_string()), ("genes", &ch.genes.join(", "))],
            ),
        ),
        ChState::Review => (
            "review",
            languages.fill(phrases::answer_review, &[("n", &review)]),
        ),
        ChState::NotDetected | ChState::NoneCalled => ("none", languages.say(phrases::answer_none)),
    };
    let mut lines = vec![first];
    if ch.state == ChState::Present && ch.drivers_to_review > 0 {
        lines.push(languages.fill(phrases::answer_also_review, &[("n", &review)]));
    }
    if !result.unresolved.is_empty() {
        let count = result.unresolved.len().to_string();
        lines.push(languages.fill(phrases::answer_unresolved, &[("n", &count)]));
    }
    let partly = result.genes_partly_assessed();
    lines.push(languages.fill(
        phrases::assessed_line,
        &[
            ("total", &result.panel.genes.to_string()),
            ("full", &ch.genes_assessed.to_string()),
            ("part", &partly.to_string()),
            ("none", &ch.genes_not_assessed.to_string()),
        ],
    ));
    let largest = ch.largest_vaf.zip(ch.clone_size).map(|(vaf, size)| Largest {
        gene: ch.largest_gene.clone().unwrap_or_default(),
        vaf: percent(vaf),
        size: context.label(&size),
        to_review: ch.largest_to_review == Some(true),
    });
    Answer {
        class,
        headline: context.label(&ch.state),
        lines,
        largest,
        flags: flags(context),
    }
}

fn flags(context: &Context<'_>) -> Vec<Flag> {
    let flag = |flag: &crate::sample::HighRiskFlag| Flag {
        text: match flag.code.as_str() {
            "chrs_high_risk_gene" => context.languages.say(phrases::high_risk_gene),
            "two_or_more_drivers" => context.languages.say(phrases::high_risk_count),
            "vaf_at_least_20_percent" => context.languages.say(phrases::high_risk_vaf),
            other => context.same(other),
        },
        detail: context.languages.detail(&flag.detail),
        cites: vec![context.cite(&flag.source)],
    };
    context.result.ch.high_risk.iter().map(flag).collect()
}

fn methods(context: &Context<'_>) -> Vec<Bilingual> {
    let (languages, thresholds) = (context.languages, &context.result.settings.thresholds);
    let rules = context.result.rules.label();
    let fill_rules = |text: &str, value: &str| text.replace("{rules}", value);
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
        languages.text(
            &fill_rules(phrases::method_rules.en, rules.en),
            &fill_rules(phrases::method_rules.ja, rules.ja),
        ),
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

fn sources(result: &SampleResult) -> Vec<SourceView> {
    let view = |(index, source): (usize, &crate::sample::SourceRecord)| SourceView {
        number: index + 1,
        citation: source.citation.clone(),
        doi: source.doi.clone().unwrap_or_default(),
    };
    result.sources.values().enumerate().map(view).collect()
}
