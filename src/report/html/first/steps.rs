//! What to do next, at most four steps, and what would decide what is open.

use super::super::context::Context;
use super::super::sources::Cite;
use super::coverage;
use super::said::Said;
use super::urgent::Urgent;
use crate::myeloid::assessment::MyeloidResult;
use crate::myeloid::next_steps::StepCode;
use crate::plasma_cell::{PlasmaResult, Statement};
use crate::report::words::{Bilingual, Label, Language, Phrase, first_phrases as phrases};
use crate::sample::ChState;

/// Steps, and open questions, on the first page.
const SHOWN: usize = 4;

/// Where the page's own steps for a sample without counts come from: the definitions of CHIP and CCUS.
const DEFINITIONS: &str = "Khoury, Leukemia 2022;36:1703; Arber, Blood 2022;140:1200";

/// Published figures behind a step; they are told under the stage and its prognosis.
const FIGURES: [StepCode; 3] = [
    StepCode::CardiovascularFigures,
    StepCode::LuspaterceptFigures,
    StepCode::ScoresDiffer,
];

/// The blocks.
pub(crate) struct StepsView {
    pub steps: Vec<(Bilingual, Vec<Cite>)>,
    /// How many more steps a section has, with its place on the page.
    pub more: Vec<(Bilingual, &'static str)>,
    pub open: Vec<Bilingual>,
}

impl StepsView {
    pub(super) fn new(context: &Context<'_>, urgent: &[Urgent]) -> Self {
        let mut all = steps(context, urgent);
        let hidden = all.split_off(SHOWN.min(all.len()));
        let mut open = open(context);
        open.truncate(SHOWN);
        Self {
            steps: all.into_iter().map(|step| step.on(context)).collect(),
            more: more(context, &hidden),
            open,
        }
    }
}

/// Says how many steps are left out, by the section that has them.
fn more(context: &Context<'_>, hidden: &[Step<'_>]) -> Vec<(Bilingual, &'static str)> {
    let is_plasma = |step: &&Step<'_>| matches!(step.from, From::Plasma(..));
    let of_plasma = hidden.iter().filter(is_plasma).count();
    [
        (hidden.len() - of_plasma, phrases::more_steps, "stage"),
        (of_plasma, phrases::more_plasma_steps, "plasma"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, phrase, place)| {
        (
            context.languages.fill(phrase, &[("n", &count.to_string())]),
            place,
        )
    })
    .collect()
}

/// A step before it is put on the page; sources are numbered only when they are.
struct Step<'r> {
    said: Said,
    from: From<'r>,
}

enum From<'r> {
    Texts(&'r str),
    Plasma(&'r PlasmaResult, &'r Statement),
}

impl Step<'_> {
    fn on(&self, context: &Context<'_>) -> (Bilingual, Vec<Cite>) {
        let cites = match self.from {
            From::Texts(texts) => context.sources.texts(texts),
            From::Plasma(result, statement) => {
                let of = |key: &String| result.sources.iter().find(|s| s.key == *key);
                let cites = statement.sources.iter().filter_map(of);
                super::super::sources::sorted(cites.map(|s| context.sources.plasma(s)).collect())
            }
        };
        (self.said.on(context), cites)
    }
}

/// Returns the steps of both roads, the first of each road before the second of the other.
fn steps<'r>(context: &Context<'r>, urgent: &[Urgent]) -> Vec<Step<'r>> {
    let result = context.result;
    // Only what goes first is said in full; where it is the only step, it is what to do.
    let said_above = urgent.first().and_then(|u| u.step).filter(|said| {
        let steps = result.myeloid.iter().flat_map(|m| &m.next_steps);
        steps
            .filter(|s| !FIGURES.contains(&s.code))
            .any(|s| s.code != *said)
    });
    let mut of_myeloid: Vec<Step<'r>> = match &result.myeloid {
        Some(myeloid) => myeloid
            .next_steps
            .iter()
            .filter(|s| !FIGURES.contains(&s.code) && Some(s.code) != said_above)
            .map(|s| Step {
                said: Said::new(s.text.en.clone(), s.text.ja.clone()),
                from: From::Texts(&s.source),
            })
            .collect(),
        None => without_counts(context),
    };
    // An inherited variant that goes first where it is pressing stands last in the table.
    if let Some(at) = result.myeloid.as_ref().and_then(|m| {
        m.next_steps
            .iter()
            .filter(|s| !FIGURES.contains(&s.code) && Some(s.code) != said_above)
            .position(|s| s.code == StepCode::TestOtherTissue)
    }) && at >= SHOWN
    {
        let step = of_myeloid.remove(at);
        of_myeloid.insert(1, step);
    }
    let of_plasma = result.plasma_cell.iter().flat_map(|plasma| {
        // A guideline before the lecture; both stand among the details.
        let guided = plasma.follow_up.iter().any(|s| !is_of_lecture(s));
        let statements = plasma
            .follow_up
            .iter()
            .filter(move |s| !(guided && is_of_lecture(s)));
        statements.filter_map(move |s| {
            let words = plasma
                .words
                .get(&s.key)
                .cloned()
                .or_else(|| crate::plasma_cell::words(&s.key))?;
            Some(Step {
                said: Said::filled(phrases::plasma_step, &[("text", &Said::new(words.en, words.ja))]),
                from: From::Plasma(plasma, s),
            })
        })
    });
    let mut of_plasma: Vec<Step<'r>> = of_plasma.collect();
    if result.myeloid.is_none() {
        // The page's own steps stand nowhere else: none of them is left out.
        let behind = of_plasma.split_off(1.min(of_plasma.len()));
        return in_turn(of_myeloid, of_plasma).into_iter().chain(behind).collect();
    }
    in_turn(of_myeloid, of_plasma)
}

fn is_of_lecture(statement: &Statement) -> bool {
    statement.sources.iter().all(|key| key == "yoshida_lecture")
}

fn in_turn<T>(first: Vec<T>, second: Vec<T>) -> Vec<T> {
    let (mut first, mut second) = (first.into_iter(), second.into_iter());
    let mut list = Vec::new();
    loop {
        match (first.next(), second.next()) {
            (None, None) => return list,
            (a, b) => list.extend(a.into_iter().chain(b)),
        }
    }
}

/// The steps where nothing clinical is known.
fn without_counts<'r>(context: &Context<'_>) -> Vec<Step<'r>> {
    let result = context.result;
    let step = |phrase: Phrase, from: &'static str| Step {
        said: Said::phrase(phrase),
        from: From::Texts(from),
    };
    let mut steps = Vec::new();
    if result.ch.drivers_to_review > 0 {
        steps.push(step(phrases::decide_calls, "hemoclone"));
    }
    if !matches!(result.ch.state, ChState::NotDetected | ChState::NoneCalled) {
        steps.push(step(phrases::count_blood, DEFINITIONS));
    }
    if coverage::is_unknown(result) {
        steps.push(step(phrases::ask_coverage, "hemoclone"));
    }
    if coverage::is_shallow(result) {
        steps.push(step(phrases::sequence_deeper, "hemoclone"));
    }
    if steps.is_empty() {
        steps.push(step(phrases::nothing_to_do, ""));
    }
    steps
}

/// What would decide what is open, of both roads.
fn open(context: &Context<'_>) -> Vec<Bilingual> {
    let result = context.result;
    let languages = context.languages;
    let of_myeloid = result.myeloid.as_ref().map_or_else(
        || without_counts_open(context),
        |myeloid| {
            let needed = myeloid.stage.needed.iter();
            needed
                .map(|t| Said::new(t.en.clone(), t.ja.clone()).capitalized().on(context))
                .chain(of_eln(context, myeloid))
                .collect()
        },
    );
    let of_plasma = result
        .plasma_cell
        .as_ref()
        .map(|p| super::super::plasma::missing(p, languages))
        .unwrap_or_default();
    let mut all = super::super::copies::to_confirm(context);
    all.extend(in_turn(of_myeloid, of_plasma));
    all
}

/// What leaves the risk of an acute myeloid leukemia open, which no stage waits for.
fn of_eln(context: &Context<'_>, myeloid: &MyeloidResult) -> Option<Bilingual> {
    let eln = &myeloid.eln.as_ref()?.eln_2022;
    let open: Vec<Phrase> = eln.open.iter().map(Label::label).collect();
    let list = |gap: &str, word: fn(&Phrase) -> &'static str| -> String {
        open.iter().map(word).collect::<Vec<_>>().join(gap)
    };
    let phrase = phrases::decide_eln;
    (eln.risk.is_none() && !open.is_empty()).then(|| {
        context.languages.text(
            &phrase.fill(Language::English, &[("list", &list("; ", |p| p.en()))]),
            &phrase.fill(Language::Japanese, &[("list", &list("、", |p| p.ja()))]),
        )
    })
}

/// What is open where nothing clinical is known.
fn without_counts_open(context: &Context<'_>) -> Vec<Bilingual> {
    let (result, languages) = (context.result, context.languages);
    let mut list = vec![languages.say(phrases::decide_counts)];
    if result.ch.drivers_to_review > 0 {
        list.push(languages.say(phrases::decide_review));
    }
    if coverage::open_genes(result) > 0 {
        list.push(languages.say(phrases::decide_coverage));
    }
    list
}
