//! The ELN risks on the page.

use super::super::context::Context;
use super::ch_scores::without_mutation;
use super::score_view::{Contribution, ScoreView};
use crate::myeloid::assessment::{ElnSection, RiskIfNotMutated};
use crate::myeloid::eln::{ElnResult, ElnRisk};
use crate::report::words::{Bilingual, Label, clinical_phrases as phrases};

/// Both classifications.
pub(super) fn views(context: &Context<'_>, section: &ElnSection) -> [ScoreView; 2] {
    let languages = context.languages;
    let outcome = match (section.eln_2022.risk, section.median_survival_months) {
        (Some(_), Some(months)) => {
            Some(languages.fill(phrases::median_survival_months, &[("n", &months.to_string())]))
        }
        (Some(ElnRisk::Favorable), None) => Some(languages.say(phrases::median_survival_not_reached)),
        _ => None,
    };
    let genes = (!section.open_genes.is_empty())
        .then(|| languages.fill(phrases::open_genes, &[("list", &section.open_genes.join(", "))]));
    let intensive = ScoreView {
        id: "eln-2022",
        name: "ELN 2022",
        full: languages.text(
            "Genetic risk of acute myeloid leukemia (intensive chemotherapy)",
            "急性骨髄性白血病の遺伝学的リスク（強力化学療法）",
        ),
        outcome: outcome.into_iter().collect(),
        cites: context
            .sources
            .texts(&format!("{}; {}", section.source_2022, section.source_survival)),
        ..view(
            context,
            section,
            (&section.eln_2022, section.eln_2022_if_not_mutated.as_ref()),
            genes.clone(),
        )
    };
    let less_intensive = ScoreView {
        id: "eln-2024",
        name: "ELN 2024",
        full: languages.text(
            "Genetic risk of acute myeloid leukemia with less-intensive therapy; not after a hypomethylating agent",
            "急性骨髄性白血病の遺伝学的リスク（低強度治療。脱メチル化薬の既治療例には適用されない）",
        ),
        cites: context.sources.texts(&section.source_2024),
        ..view(
            context,
            section,
            (&section.eln_2024, section.eln_2024_if_not_mutated.as_ref()),
            genes,
        )
    };
    [intensive, less_intensive]
}

fn view(
    context: &Context<'_>,
    section: &ElnSection,
    (result, without): (&ElnResult, Option<&RiskIfNotMutated>),
    genes: Option<Bilingual>,
) -> ScoreView {
    let languages = context.languages;
    let possible = || {
        let [best, worst] = result.possible.map(|risk| Label::label(&risk));
        languages.text(
            &format!("{}: {} – {}", phrases::range_of.en(), best.en(), worst.en()),
            &format!("{}：{} – {}", phrases::range_of.ja(), best.ja(), worst.ja()),
        )
    };
    let found = result.found.iter().map(|finding| Contribution {
        variable: context.label(finding),
        value: languages.text("", ""),
        adds: String::new(),
        bar: None,
        known: true,
    });
    ScoreView {
        id: "",
        name: "",
        full: languages.text("", ""),
        category: match (result.risk, without) {
            (Some(risk), _) => context.label(&risk),
            (None, Some(held)) => {
                let label = Label::label(&held.risk);
                without_mutation(context, label.en(), label.ja(), &held.genes)
            }
            (None, None) => languages.say(phrases::not_computed),
        },
        known: result.risk.is_some() || without.is_some(),
        score: result
            .risk
            .is_none()
            .then(possible)
            .into_iter()
            .chain(genes.filter(|_| result.risk.is_none()))
            .collect(),
        condition: (!section.stage_is_certain).then(|| languages.say(phrases::only_if_aml)),
        scenarios: Vec::new(),
        outcome: Vec::new(),
        contributions: found.collect(),
        unit: languages.text("", ""),
        missing: result
            .open
            .iter()
            .map(|finding| (context.label(finding), String::new()))
            .collect(),
        columns: Vec::new(),
        cites: Vec::new(),
    }
}
