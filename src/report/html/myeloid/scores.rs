use super::super::context::Context;
use super::super::format::percent;
use super::score_view::{Contribution, NOTHING, ScoreView, condition, from_zero, label_or_none};
use crate::myeloid::assessment::{IpssmColumnCall, IpssmSection, IpssrSection, MyeloidResult};
use crate::myeloid::ipss_m::IpssmCategory;
use crate::myeloid::ipss_r::IpssrVariable;
use crate::patient::Tp53Count;
use crate::report::words::{Bilingual, Label, clinical_phrases as phrases};

pub(super) fn scores(context: &Context<'_>, result: &MyeloidResult) -> Vec<ScoreView> {
    let mut views = Vec::new();
    views.extend(result.ipss_m.as_ref().map(|s| ipss_m(context, s)));
    views.extend(result.ipss_r.as_ref().map(|s| ipss_r(context, s)));
    views.extend(result.chrs.as_ref().map(|s| super::ch_scores::chrs(context, s)));
    views.extend(result.ccrs.as_ref().map(|s| super::ch_scores::ccrs(context, s)));
    views.extend(result.eln.iter().flat_map(|s| super::eln::views(context, s)));
    views
}

fn ipss_m(context: &Context<'_>, section: &IpssmSection) -> ScoreView {
    let languages = context.languages;
    let report = section.result.report;
    ScoreView {
        id: "ipss-m",
        name: "IPSS-M",
        full: languages.text(
            "Molecular International Prognostic Scoring System",
            "分子情報付き国際予後スコア",
        ),
        category: report.category.map_or_else(
            || languages.say(phrases::not_computed),
            |c| ipss_m_category(context, c),
        ),
        known: report.category.is_some(),
        score: report
            .score
            .map(|s| context.same(&format!("{s:.2}")))
            .into_iter()
            .chain([context.label(&report.comment)])
            .collect(),
        condition: match &section.beside {
            Some(text) => Some(languages.text(&text.en, &text.ja)),
            None => condition(context, section.stage_is_certain, phrases::only_if_mds),
        },
        scenarios: ipss_m_scenarios(context, section),
        outcome: ipss_m_outcome(context, section),
        contributions: ipss_m_contributions(context, section),
        unit: languages.text("Adds (log2 of the hazard)", "寄与（ハザードのlog2）"),
        missing: section
            .missing
            .iter()
            .map(|m| (context.label(&m.variable), format!("{:.2}", m.range)))
            .collect(),
        columns: section
            .columns
            .iter()
            .map(|c| {
                let value = column_value(context, c.value.as_deref());
                (
                    c.column.clone(),
                    value,
                    c.value.is_some(),
                    context.label(&c.basis),
                    c.calls.iter().map(|call| column_call(context, call)).collect(),
                )
            })
            .collect(),
        cites: context.sources.texts(&section.source),
    }
}

/// Writes the value of a published column; the only one in words is the largest number of TP53 mutations.
fn column_value(context: &Context<'_>, value: Option<&str>) -> Bilingual {
    let many = Tp53Count::TwoOrMore.text();
    match value {
        Some(value) if value == many => context.languages.text(many, "2以上"),
        other => context.languages.as_written(other.unwrap_or("NA")),
    }
}

fn ipss_m_category(context: &Context<'_>, category: IpssmCategory) -> Bilingual {
    context.languages.say(category.words())
}

fn ipss_m_scenarios(context: &Context<'_>, section: &IpssmSection) -> Vec<(Bilingual, String, Bilingual)> {
    [
        (phrases::best, section.result.best),
        (phrases::mean, section.result.mean),
        (phrases::worst, section.result.worst),
    ]
    .map(|(name, s)| {
        (
            context.languages.say(name),
            format!("{:.2}", s.score),
            ipss_m_category(context, s.category),
        )
    })
    .into()
}

/// Says what the model makes of a call: "mutated because", "in doubt because", "not counted because".
fn column_call(context: &Context<'_>, call: &IpssmColumnCall) -> Bilingual {
    let opinion = &call.opinion;
    let (decision, because) = (opinion.decision.label(), opinion.because.label());
    let rule = opinion
        .rule
        .as_ref()
        .map_or_else(String::new, |r| format!(" [{r}]"));
    let vaf = |open: &str, close: &str| {
        let text = call.vaf.map(percent);
        text.map_or_else(String::new, |v| format!("{open}VAF {v}{close}"))
    };
    let inherited = |gap: &str, words: &str| {
        call.inherited_probability
            .filter(|p| *p >= 0.01)
            .map_or_else(String::new, |p| format!("{gap}{words} {p:.2}"))
    };
    let tissue = |gap: &str, words: &str| {
        if call.test_other_tissue {
            format!("{gap}{words}")
        } else {
            String::new()
        }
    };
    context.languages.text(
        &format!(
            "{}{}: {}, {}{rule}{}{}",
            call.change,
            vaf(" (", ")"),
            decision.en(),
            because.en(),
            inherited("; ", "P(inherited)"),
            tissue("; ", "could be inherited: test other tissue")
        ),
        &format!(
            "{}{}：{}、{}{rule}{}{}",
            call.change,
            vaf("（", "）"),
            decision.ja(),
            because.ja(),
            inherited("；", "生殖細胞系列である確率"),
            tissue("；", "生殖細胞系列の可能性：他組織で確認")
        ),
    )
}

fn ipss_m_outcome(context: &Context<'_>, section: &IpssmSection) -> Vec<Bilingual> {
    let languages = context.languages;
    let Some(outcome) = section.outcome else {
        return Vec::new();
    };
    let quartiles = |phrase, years: [f64; 3]| {
        let [a, n, b] = years.map(|y| y.to_string());
        languages.fill(phrase, &[("n", &n), ("a", &a), ("b", &b)])
    };
    let [a, b, c] = outcome.leukemia_percent_at_1_2_4_years.map(|v| v.to_string());
    vec![
        quartiles(phrases::median_survival_range, outcome.overall_survival_years),
        quartiles(phrases::leukemia_free, outcome.leukemia_free_survival_years),
        languages.fill(phrases::leukemia_at, &[("a", &a), ("b", &b), ("c", &c)]),
        languages.fill(phrases::share, &[("n", &outcome.share_percent.to_string())]),
    ]
}

fn ipss_m_contributions(context: &Context<'_>, section: &IpssmSection) -> Vec<Contribution> {
    let contributions = &section.result.contributions;
    // A tornado: what weighs most, or could, stands first; equal ones keep the order of the model.
    let reach = |c: &crate::myeloid::ipss_m::Contribution| c.best.abs().max(c.worst.abs()).max(c.mean.abs());
    let mut contributions: Vec<_> = contributions.iter().collect();
    contributions.sort_by(|a, b| reach(b).total_cmp(&reach(a)));
    let largest = contributions.iter().map(|c| reach(c)).fold(0.1, f64::max);
    let value = |v: f64| {
        let three = format!("{v:.3}");
        three.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    contributions
        .iter()
        .map(|c| Contribution {
            variable: context.label(&c.variable),
            value: context.same(&c.value.map_or_else(|| NOTHING.to_owned(), value)),
            adds: if c.value.is_some() {
                format!("{:+.2}", c.mean)
            } else {
                format!("{:+.2} … {:+.2}", c.best, c.worst)
            },
            bar: Some(if c.value.is_some() {
                bar(0.0, c.mean, largest)
            } else {
                bar(c.best, c.worst, largest)
            }),
            known: c.value.is_some(),
        })
        .collect()
}

/// Returns begin and width of a bar from one value to another, per cent; better is left of the middle, worse right of it.
fn bar(from: f64, to: f64, largest: f64) -> (String, String) {
    let place = |value: f64| 50.0 + 50.0 * value / largest;
    let (begin, end) = (place(from.min(to)), place(from.max(to)));
    // What adds nothing shows a hairline at the middle.
    (format!("{begin:.1}"), format!("{:.1}", (end - begin).max(0.5)))
}

fn ipss_r(context: &Context<'_>, section: &IpssrSection) -> ScoreView {
    let languages = context.languages;
    let result = &section.result;
    let mut score: Vec<Bilingual> = Vec::new();
    score.extend(result.score.map(|s| context.same(&s.score.to_string())));
    score.extend(result.age_adjusted.map(|s| {
        let (adjusted, category) = (phrases::age_adjusted, s.category.label());
        let ja = Label::label(&s.category).ja();
        languages.text(
            &format!("{}: {:.2} {category}", adjusted.en(), s.score),
            &format!("{}：{:.2} {ja}", adjusted.ja(), s.score),
        )
    }));
    let variables = result
        .points
        .iter()
        .map(|p| (&p.variable, given_of(context, p.variable), p.points, p.most));
    let (contributions, missing) = from_zero(context, variables);
    ScoreView {
        id: "ipss-r",
        name: "IPSS-R",
        full: languages.text(
            "Revised International Prognostic Scoring System",
            "改訂国際予後スコア",
        ),
        category: label_or_none(context, result.score.map(|s| s.category).as_ref()),
        known: result.score.is_some(),
        score,
        condition: ipss_r_condition(context, section),
        scenarios: ipss_r_scenarios(context, section),
        outcome: ipss_r_outcome(context, section),
        contributions,
        unit: languages.say(phrases::points),
        missing,
        columns: Vec::new(),
        cites: context.sources.texts(&section.source),
    }
}

/// The best and the worst that missing values leave possible.
fn ipss_r_scenarios(context: &Context<'_>, section: &IpssrSection) -> Vec<(Bilingual, String, Bilingual)> {
    let result = &section.result;
    if result.score.is_some() {
        return Vec::new();
    }
    [
        (phrases::best, result.possible[0]),
        (phrases::worst, result.possible[1]),
    ]
    .map(|(name, s)| {
        (
            context.languages.say(name),
            s.score.to_string(),
            context.label(&s.category),
        )
    })
    .into()
}

fn ipss_r_outcome(context: &Context<'_>, section: &IpssrSection) -> Vec<Bilingual> {
    let languages = context.languages;
    let Some(outcome) = section.outcome else {
        return Vec::new();
    };
    let filled = |phrase, n: f64| languages.fill(phrase, &[("n", &n.to_string())]);
    vec![
        filled(phrases::median_survival, outcome.median_survival_years),
        match outcome.years_to_25_percent_leukemia {
            Some(years) => filled(phrases::quarter_leukemia, years),
            None => languages.say(phrases::quarter_not_reached),
        },
        filled(phrases::share, outcome.share_percent),
    ]
}

/// Where the stage is not MDS for certain: whether it could be.
fn ipss_r_condition(context: &Context<'_>, section: &IpssrSection) -> Option<Bilingual> {
    let stage = context.result.myeloid.as_ref().and_then(|m| m.stage.stage);
    let phrase = if stage.is_some() {
        phrases::not_mds
    } else {
        phrases::only_if_mds
    };
    condition(context, section.stage_is_certain, phrase)
}

/// Returns what went into a variable of IPSS-R.
fn given_of(context: &Context<'_>, variable: IpssrVariable) -> Bilingual {
    let myeloid = context.result.myeloid.as_ref();
    let given = myeloid.map(|m| &m.given);
    let count = |value: Option<f64>, unit: &str| {
        let text = value.map_or_else(|| NOTHING.to_owned(), |v| format!("{v} {unit}"));
        context.same(&text)
    };
    match variable {
        IpssrVariable::Cytogenetics => {
            let stated = given.and_then(|g| g.cytogenetics);
            let read = || myeloid.and_then(|m| m.karyotype.as_ref()?.risk);
            stated
                .or_else(read)
                .map_or_else(|| context.same(NOTHING), |risk| context.label(&risk))
        }
        IpssrVariable::MarrowBlasts => count(given.and_then(|g| g.marrow_blasts), "%"),
        IpssrVariable::Hemoglobin => count(given.and_then(|g| g.hemoglobin), "g/dL"),
        IpssrVariable::Platelets => count(given.and_then(|g| g.platelets), "×10⁹/L"),
        IpssrVariable::Neutrophils => count(given.and_then(|g| g.neutrophils), "×10⁹/L"),
    }
}
