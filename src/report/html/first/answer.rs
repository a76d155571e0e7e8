//! The answer in a sentence, as a colleague would say it, and what goes first.

use super::super::context::Context;
use super::clones;
use super::said::Said;
use super::tone::{Tone, gravest};
use super::urgent::Urgent;
use crate::myeloid::assessment::MyeloidResult;
use crate::myeloid::classify::explained;
use crate::myeloid::stage::Stage;
use crate::plasma_cell::{Certainty, PlasmaResult, Stage as PlasmaStage};
use crate::report::words::{Bilingual, first_phrases as phrases};
use crate::sample::ChState;

/// Stages that are named one by one where the stage is open.
const NAMED: usize = 2;

/// The answer.
pub(crate) struct AnswerView {
    /// Name of the style class.
    pub class: &'static str,
    pub title: Bilingual,
    /// One sentence a road.
    pub sentences: Vec<Bilingual>,
    /// What goes first, and what goes with it.
    pub first: Option<(Bilingual, Bilingual)>,
}

impl AnswerView {
    pub(super) fn new(context: &Context<'_>, urgent: Vec<Urgent>) -> Self {
        let (tone, titles) = gravest(context);
        let titles: Vec<Said> = titles.into_iter().map(Said::phrase).collect();
        let mut sentences = vec![myeloid(context)];
        sentences.extend(context.result.plasma_cell.as_ref().map(plasma));
        // The graver road speaks first.
        if tone >= Tone::Disease && myeloid_tone_is_less(context, tone) {
            sentences.reverse();
        }
        let mut urgent = urgent.into_iter();
        let first = urgent.next().map(|first| {
            let others: Vec<Said> = urgent.map(|u| u.short).collect();
            (
                first.said.on(context),
                Said::joined(&others, ", ", "、").on(context),
            )
        });
        Self {
            class: tone.class(),
            title: Said::joined(&titles, " + ", "＋").on(context),
            sentences: sentences.iter().map(|s| s.on(context)).collect(),
            first,
        }
    }
}

fn myeloid_tone_is_less(context: &Context<'_>, gravest: Tone) -> bool {
    super::tone::of_myeloid(context) < gravest
}

/// The sentence of the myeloid road: stage, clones, and what of the panel was not looked at.
fn myeloid(context: &Context<'_>) -> Said {
    let result = context.result;
    let mut stage = match &result.myeloid {
        Some(myeloid) => staged(context, myeloid),
        None => Said::phrase(match result.ch.state {
            ChState::Present => phrases::unstaged_present,
            ChState::Review => phrases::unstaged_review,
            ChState::NotDetected | ChState::NoneCalled => phrases::unstaged_none,
        }),
    };
    let nothing_found = clones::drivers(context).is_empty();
    // The sentence on the stage has said it.
    let said_so = nothing_found
        && (result.myeloid.is_none()
            || result
                .myeloid
                .as_ref()
                .is_some_and(|m| m.stage.stage == Some(Stage::NoCh)));
    if !said_so {
        let clones = clones::said(context);
        stage = Said::new(
            format!("{}: {}", stage.en, clones.en),
            format!("{}：{}", stage.ja, clones.ja),
        );
    }
    let open = super::coverage::open_genes(result);
    if open == 0 || !nothing_found {
        return stage;
    }
    let number = |n: usize| Said::same(&n.to_string());
    let genes = Said::filled(
        phrases::genes_open,
        &[("n", &number(open)), ("of", &number(result.genes.len()))],
    );
    let proof = phrases::no_proof;
    Said::new(
        format!("{}; {}, {}", stage.en, genes.en, proof.en()),
        format!("{}。{}（{}）", stage.ja, genes.ja, proof.ja()),
    )
}

fn name(stage: Stage) -> Said {
    match stage {
        Stage::NoCh => Said::phrase(phrases::no_ch),
        other => Said::phrase(other.words()),
    }
}

fn staged(context: &Context<'_>, myeloid: &MyeloidResult) -> Said {
    let stage = &myeloid.stage;
    match (stage.stage, &stage.possible[..]) {
        // Low counts that another cause explains leave the stage standing.
        (Some(Stage::NoCh), _) => Said::filled(
            if stage.cytopenia.any() == Some(true) {
                phrases::no_ch_explained
            } else {
                phrases::no_ch_certain
            },
            &[("n", &Said::same(&context.result.genes.len().to_string()))],
        ),
        (Some(only), _) => with_types(name(only), myeloid),
        (None, [only]) => Said::filled(phrases::only_after_exclusion, &[("stage", &name(*only))]),
        (None, possible) => {
            let names: Vec<Said> = possible.iter().map(|s| name(*s)).collect();
            let list = listed(&names);
            let phrase = if possible.len() <= NAMED {
                phrases::two_open
            } else {
                phrases::many_open
            };
            Said::filled(phrase, &[("list", &list)]).capitalized()
        }
    }
}

fn listed(names: &[Said]) -> Said {
    match names.split_last() {
        Some((last, before)) if !before.is_empty() => Said::joined(
            &[Said::joined(before, ", ", "、"), last.clone()],
            phrases::or.en(),
            phrases::or.ja(),
        ),
        _ => names.first().cloned().unwrap_or_default(),
    }
}

/// Adds the types of WHO 2022 and ICC 2022 where a neoplasm has them.
fn with_types(stage: Said, myeloid: &MyeloidResult) -> Said {
    let neoplasm = matches!(myeloid.stage.stage, Some(Stage::Mds | Stage::Cmml | Stage::Aml));
    let of = |name: &Option<String>| {
        let text = name.as_deref().map(explained);
        text.map(|t| Said::new(t.en, t.ja))
    };
    let (who, icc) = (of(&myeloid.stage.who5.name), of(&myeloid.stage.icc.name));
    match (who, icc) {
        (Some(who), Some(icc)) if neoplasm => {
            let types = Said::filled(phrases::types, &[("who", &who), ("icc", &icc)]);
            Said::new(
                format!("{} ({})", stage.en, types.en),
                format!("{}（{}）", stage.ja, types.ja),
            )
        }
        _ => stage,
    }
}

/// The sentence of the plasma-cell road.
fn plasma(result: &PlasmaResult) -> Said {
    let word = |key: &str| {
        let words = result.words.get(key).cloned();
        let words = words.or_else(|| crate::plasma_cell::words(key));
        words.map_or_else(|| Said::same(key), |w| Said::new(w.en, w.ja))
    };
    let mut stage = word(&format!("stage.{}", result.stage.key()));
    if result.stage == PlasmaStage::Undetermined && !result.candidates.is_empty() {
        let names: Vec<Said> = result
            .candidates
            .iter()
            .map(|s| word(&format!("stage.{}", s.key())))
            .collect();
        stage = Said::filled(phrases::plasma_open, &[("list", &listed(&names))]).capitalized();
    }
    let mut values = Vec::new();
    values.extend(
        result
            .values
            .m_protein
            .map(|m| Said::new(format!("M protein {m} g/dL"), format!("M蛋白 {m} g/dL"))),
    );
    values.extend(
        result
            .values
            .plasma_cells
            .map(|p| Said::new(format!("plasma cells {p} %"), format!("形質細胞 {p} %"))),
    );
    if result.certainty == Certainty::Provisional {
        values.push(Said::phrase(phrases::provisional));
    }
    if values.is_empty() {
        return stage;
    }
    let values = Said::joined(&values, ", ", "、");
    Said::new(
        format!("{}: {}", stage.en, values.en),
        format!("{}：{}", stage.ja, values.ja),
    )
}
