//! Risk: the scores that apply to the stage, each with its category on a bar from the best to the worst.

use super::super::context::Context;
use super::super::format::years;
use super::super::myeloid::without_mutation;
use super::super::sources::Cite;
use super::said::Said;
use crate::myeloid::assessment::{ElnSection, IfNotMutated, MyeloidResult};
use crate::myeloid::ccrs::CcrsGroup;
use crate::myeloid::chrs::ChrsGroup;
use crate::myeloid::eln::ElnRisk;
use crate::myeloid::ipss_m::IpssmCategory;
use crate::myeloid::ipss_r::IpssrCategory;
use crate::myeloid::next_steps::StepCode;
use crate::myeloid::stage::Stage;
use crate::plasma_cell::{Group, PlasmaResult, RiskModel};
use crate::report::words::{Bilingual, Label, Phrase, clinical_phrases, first_phrases as phrases};

/// Scores on the first page.
const SHOWN: usize = 4;
/// Of them, of the plasma-cell road.
const SHOWN_OF_PLASMA: usize = 2;

/// The block.
pub(crate) struct RisksView {
    pub rows: Vec<RiskRow>,
    /// What is said where there is none.
    pub none: Option<Bilingual>,
    /// A risk beside that of a neoplasm.
    pub heart: Option<(Bilingual, Vec<Cite>)>,
}

/// One score.
pub(crate) struct RiskRow {
    pub name: &'static str,
    pub condition: Option<Bilingual>,
    pub category: Bilingual,
    pub known: bool,
    /// A cell a category, from the best to the worst: `here`, `possible` or nothing.
    pub cells: Vec<&'static str>,
    pub outcome: Option<Bilingual>,
    pub cites: Vec<Cite>,
}

impl RisksView {
    pub(super) fn new(context: &Context<'_>) -> Self {
        let result = context.result;
        let of_plasma = result.plasma_cell.as_ref();
        let mut of_plasma: Vec<RiskRow> = of_plasma.map(|p| plasma(context, p)).unwrap_or_default();
        of_plasma.truncate(SHOWN_OF_PLASMA);
        let mut rows = result
            .myeloid
            .as_ref()
            .map(|m| myeloid(context, m))
            .unwrap_or_default();
        rows.truncate(SHOWN - of_plasma.len());
        rows.extend(of_plasma);
        let none = match (&result.myeloid, &result.plasma_cell) {
            _ if !rows.is_empty() => None,
            (None, None) => Some(phrases::not_scored),
            _ => Some(phrases::no_score),
        };
        Self {
            rows,
            none: none.map(|phrase| context.languages.say(phrase)),
            heart: heart(context),
        }
    }
}

/// The risk of heart and vessels, where the steps of the stage cite it.
fn heart(context: &Context<'_>) -> Option<(Bilingual, Vec<Cite>)> {
    let steps = &context.result.myeloid.as_ref()?.next_steps;
    let figures = steps.iter().find(|s| s.code == StepCode::CardiovascularFigures)?;
    Some((
        context.languages.say(phrases::cardiovascular),
        context.sources.texts(&figures.source),
    ))
}

/// How far a score is for this patient.
#[derive(Clone, Copy)]
enum Applies {
    /// The stage is that of the score.
    Yes,
    /// The stage is open: under this condition.
    If(Phrase),
}

impl Applies {
    /// Whether a score is for one of these stages; `None` where it is for none that is possible.
    fn to(result: &MyeloidResult, wanted: &[Stage], condition: Phrase) -> Option<Self> {
        let stage = &result.stage;
        match stage.stage {
            Some(known) => wanted.contains(&known).then_some(Self::Yes),
            None => wanted
                .iter()
                .any(|s| stage.could_be(*s))
                .then_some(Self::If(condition)),
        }
    }

    fn condition(self) -> Option<Phrase> {
        match self {
            Self::Yes => None,
            Self::If(phrase) => Some(phrase),
        }
    }
}

fn myeloid(context: &Context<'_>, result: &MyeloidResult) -> Vec<RiskRow> {
    let mut rows = Vec::new();
    if let Some(applies) = Applies::to(result, &[Stage::Aml], phrases::if_aml) {
        rows.extend(
            result
                .eln
                .iter()
                .flat_map(|s| eln(context, s, applies.condition())),
        );
    }
    if let Some(applies) = Applies::to(result, &[Stage::Mds], phrases::if_mds) {
        rows.extend(ipss_m(context, result, applies.condition()));
        rows.extend(ipss_r(context, result, applies.condition()));
    }
    if let Some(applies) = Applies::to(result, &[Stage::Ccus], phrases::if_ccus) {
        rows.extend(ccrs(context, result, applies.condition()));
    }
    if let Some(applies) = Applies::to(result, &[Stage::Chip, Stage::Ccus], phrases::if_ch) {
        rows.extend(chrs(context, result, applies.condition()));
    }
    rows
}

/// Returns the cells of a bar: the category where it is known, else those that are possible.
fn cells<C: Copy + PartialOrd>(all: &[C], known: Option<C>, possible: [C; 2]) -> Vec<&'static str> {
    all.iter()
        .map(|c| match known {
            Some(k) if k == *c => "here",
            None if possible[0] <= *c && *c <= possible[1] => "possible",
            _ => "",
        })
        .collect()
}

fn open(best: &Said, worst: &Said) -> Said {
    Said::filled(phrases::open_category, &[("best", best), ("worst", worst)])
}

fn said(label: &impl Label) -> Said {
    Said::phrase(label.label())
}

/// A row before it is put on the page.
struct Row {
    name: &'static str,
    condition: Option<Phrase>,
    category: Said,
    known: bool,
    cells: Vec<&'static str>,
    outcome: Option<Said>,
}

impl Row {
    fn on(self, context: &Context<'_>, cites: Vec<Cite>) -> RiskRow {
        RiskRow {
            name: self.name,
            condition: self.condition.map(|phrase| context.languages.say(phrase)),
            category: self.category.on(context),
            known: self.known,
            cells: self.cells,
            outcome: self.outcome.map(|o| o.on(context)),
            cites,
        }
    }
}

fn number(value: f64) -> Said {
    Said::same(&value.to_string())
}

fn survival(value: f64) -> Said {
    let years = Said::new(years(value), format!("{value}年"));
    Said::filled(phrases::median_survival, &[("n", &years)])
}

fn ipss_m(context: &Context<'_>, result: &MyeloidResult, condition: Option<Phrase>) -> Option<RiskRow> {
    let section = result.ipss_m.as_ref()?;
    let category = section.result.report.category;
    let said = |c: IpssmCategory| Said::phrase(c.words());
    let possible = [section.result.best.category, section.result.worst.category];
    let score = section.result.report.score;
    let row = Row {
        name: "IPSS-M",
        condition,
        category: match category {
            Some(c) => {
                let score = score.map_or_else(String::new, |s| format!("{s:+.2}"));
                let c = said(c);
                Said::new(
                    format!("{} {score}", c.en).trim_end(),
                    format!("{} {score}", c.ja).trim_end(),
                )
            }
            None => open(&said(possible[0]), &said(possible[1])),
        },
        known: category.is_some(),
        cells: cells(&IpssmCategory::ALL, category, possible),
        outcome: section.outcome.map(|o| survival(o.overall_survival_years[1])),
    };
    Some(row.on(context, context.sources.texts(&section.source)))
}

fn ipss_r(context: &Context<'_>, result: &MyeloidResult, condition: Option<Phrase>) -> Option<RiskRow> {
    let section = result.ipss_r.as_ref()?;
    let score = section.result.score;
    let possible = section.result.possible.map(|s| s.category);
    let row = Row {
        name: "IPSS-R",
        condition,
        category: match score {
            Some(s) => {
                let c = said(&s.category);
                Said::new(format!("{} {}", c.en, s.score), format!("{} {}", c.ja, s.score))
            }
            None => open(&said(&possible[0]), &said(&possible[1])),
        },
        known: score.is_some(),
        cells: cells(&IpssrCategory::ALL, score.map(|s| s.category), possible),
        outcome: section.outcome.map(|o| survival(o.median_survival_years)),
    };
    Some(row.on(context, context.sources.texts(&section.source)))
}

/// The row of CHRS or CCRS: the group that is certain, else the one that holds without a mutation of genes off the panel, else those that
/// are possible.
fn grouped<G: Copy + PartialOrd + Label>(
    (name, condition): (&'static str, Option<Phrase>),
    group: Option<G>,
    held: Option<&IfNotMutated<G>>,
    (all, possible): (&[G], [G; 2]),
    figure: impl Fn(G) -> Said,
) -> Row {
    let conditional = held.and_then(|h| Some((h.group?, &h.genes)));
    let (category, known, outcome) = match (group, conditional) {
        (Some(g), _) => (said(&g), true, Some(figure(g))),
        (None, Some((g, genes))) => {
            let without = |value: &Said| {
                let (en, ja) = without_mutation(&value.en, &value.ja, genes);
                Said::new(en, ja)
            };
            (without(&said(&g)), true, Some(without(&figure(g))))
        }
        (None, None) => (open(&said(&possible[0]), &said(&possible[1])), false, None),
    };
    Row {
        name,
        condition,
        category,
        known,
        // The bar shows what is possible with a mutation off the panel too.
        cells: cells(all, group, possible),
        outcome,
    }
}

fn chrs(context: &Context<'_>, result: &MyeloidResult, condition: Option<Phrase>) -> Option<RiskRow> {
    let section = result.chrs.as_ref()?;
    let row = grouped(
        ("CHRS", condition),
        section.result.group,
        section.if_not_mutated.as_ref(),
        (&ChrsGroup::ALL, section.result.possible.map(ChrsGroup::of)),
        |g| {
            let n = number(g.outcome().ten_year_myeloid_neoplasm_percent);
            Said::filled(phrases::myeloid_ten_years, &[("n", &n)])
        },
    );
    Some(row.on(context, context.sources.texts(&section.source)))
}

fn ccrs(context: &Context<'_>, result: &MyeloidResult, condition: Option<Phrase>) -> Option<RiskRow> {
    let section = result.ccrs.as_ref()?;
    let row = grouped(
        ("CCRS", condition),
        section.result.group,
        section.if_not_mutated.as_ref(),
        (&CcrsGroup::ALL, section.result.possible.map(CcrsGroup::of)),
        |g| {
            let n = number(g.two_year_myeloid_neoplasm_percent());
            Said::filled(phrases::myeloid_two_years, &[("n", &n)])
        },
    );
    Some(row.on(context, context.sources.texts(&section.source)))
}

fn eln(context: &Context<'_>, section: &ElnSection, condition: Option<Phrase>) -> [RiskRow; 2] {
    let months = section.median_survival_months.map(|months| {
        let n = Said::same(&months.to_string());
        Said::filled(clinical_phrases::median_survival_months, &[("n", &n)])
    });
    let versions = [
        (
            "ELN 2022",
            &section.eln_2022,
            &section.eln_2022_if_not_mutated,
            &section.source_2022,
            months,
        ),
        (
            "ELN 2024",
            &section.eln_2024,
            &section.eln_2024_if_not_mutated,
            &section.source_2024,
            None,
        ),
    ];
    versions.map(|(name, result, held, source, outcome)| {
        let label = |risk: ElnRisk| said(&risk);
        let (category, known) = match (result.risk, held) {
            (Some(risk), _) => (label(risk), true),
            (None, Some(held)) => {
                let risk = label(held.risk);
                let (en, ja) = without_mutation(&risk.en, &risk.ja, &held.genes);
                (Said::new(en, ja), true)
            }
            (None, None) => {
                let [best, worst] = result.possible.map(label);
                (open(&best, &worst), false)
            }
        };
        let row = Row {
            name,
            condition,
            category,
            known,
            cells: cells(&ElnRisk::ALL, result.risk, result.possible),
            outcome,
        };
        row.on(context, context.sources.texts(source))
    })
}

/// The models of the plasma-cell road that the first page shows, the preferred before the others, with a short name.
const MODELS: [(&str, &str); 6] = [
    ("mayo_mgus_2005", "Mayo 2005"),
    ("kyle_2018_non_igm", "Kyle 2018"),
    ("kyle_2018_igm", "Kyle 2018 (IgM)"),
    ("imwg_2020_20_2_20", "IMWG 2020"),
    ("r_iss_2015", "R-ISS"),
    ("r2_iss_2022", "R2-ISS"),
];

fn plasma(context: &Context<'_>, result: &PlasmaResult) -> Vec<RiskRow> {
    let models = MODELS.iter().filter_map(|(id, name)| {
        let model = result.risk.iter().find(|m| m.id == *id)?;
        Some(plasma_row(context, result, model, name))
    });
    models.collect()
}

fn plasma_row(
    context: &Context<'_>,
    result: &PlasmaResult,
    model: &RiskModel,
    name: &'static str,
) -> RiskRow {
    let word = |group: &Group| {
        let words = crate::plasma_cell::words(&format!("group.{}", group.key()));
        words.map_or_else(|| Said::same(group.key()), |w| Said::new(w.en, w.ja))
    };
    let groups: Vec<Said> = model.groups_possible.iter().map(word).collect();
    let category = match (&groups[..], groups.last()) {
        ([only], _) => only.clone(),
        ([best, ..], Some(worst)) => open(best, worst),
        _ => Said::phrase(clinical_phrases::not_computed),
    };
    let all = groups_of(model);
    let cells = all.iter().map(|g| match model.group {
        Some(group) if group == *g => "here",
        None if model.groups_possible.contains(g) => "possible",
        _ => "",
    });
    let row = Row {
        name,
        condition: (!model.stage_is_certain).then_some(phrases::if_stage),
        category,
        known: model.group.is_some(),
        cells: cells.collect(),
        outcome: None,
    };
    let of = |key: &String| result.sources.iter().find(|s| s.key == *key);
    let cites = model
        .sources
        .iter()
        .filter_map(of)
        .map(|s| context.sources.plasma(s));
    let cites = super::super::sources::sorted(cites.collect());
    let mut row = row.on(context, cites);
    row.outcome = super::super::plasma::first_figure(context.languages, model);
    row
}

/// Returns the groups of a model from the best to the worst.
fn groups_of(model: &RiskModel) -> Vec<Group> {
    match model.id.as_str() {
        "mayo_mgus_2005" => vec![
            Group::Low,
            Group::LowIntermediate,
            Group::HighIntermediate,
            Group::High,
        ],
        "r_iss_2015" => vec![Group::StageI, Group::StageIi, Group::StageIii],
        "r2_iss_2022" => vec![Group::StageI, Group::StageIi, Group::StageIii, Group::StageIv],
        _ => vec![Group::Low, Group::Intermediate, Group::High],
    }
}
