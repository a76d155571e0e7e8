//! The section on the myeloid road: stage, classification, karyotype, scores, what to do next.

mod ch_scores;
mod classification;
mod eln;
mod score_view;
mod scores;

use super::context::{Context, Pair};
use super::road::{Part, RoadView};
use super::sources::Cite;
use crate::myeloid::assessment::MyeloidResult;
use crate::myeloid::next_steps::{Advice, BackgroundStatement, EvidenceLevel};
use crate::myeloid::stage::{Stage, high_counts};
use crate::panel::Text;
use crate::patient::{ALL_GENES, Clinical};
use crate::report::words::{Bilingual, Label, Language, Phrase, clinical_phrases as phrases, first_phrases};

pub(super) use ch_scores::said_without_mutation as without_mutation;
pub(super) use classification::SystemView;
pub(super) use score_view::ScoreView;

/// The section.
pub(super) struct MyeloidView {
    pub headline: Bilingual,
    pub road: RoadView,
    pub contradictions: Vec<Bilingual>,
    pub reasons: Vec<Bilingual>,
    pub needed: Vec<Bilingual>,
    pub given: Vec<Pair>,
    /// Empty where no type applies.
    pub systems: Vec<SystemView>,
    pub karyotype: Option<KaryotypeView>,
    pub scores: Vec<ScoreView>,
    pub remarks: Vec<Bilingual>,
    pub risks: Vec<SourcedView>,
    pub next_steps: Vec<SourcedView>,
    /// Whether a figure or a step has a level of evidence, so that the scale must be explained.
    pub has_levels: bool,
}

/// How the karyotype was read.
pub(super) struct KaryotypeView {
    pub text: String,
    pub group: Bilingual,
    pub row: Bilingual,
    pub changes: u32,
    pub clones: Vec<(String, Option<u32>)>,
    /// Rearrangements that the breakpoints show.
    pub fusions: String,
    pub notes: Vec<Bilingual>,
    pub cites: Vec<Cite>,
}

/// A sentence with its source.
pub(super) struct SourcedView {
    pub text: Bilingual,
    pub cites: Vec<Cite>,
    /// Level of evidence, where there is one.
    pub level: Option<Bilingual>,
}

impl SourcedView {
    fn advice<C>(context: &Context<'_>, advice: &Advice<C>) -> Self {
        Self {
            text: context.languages.panel_text(&advice.text),
            cites: context.sources.texts(&advice.source),
            level: advice.level.map(|l| level(context, l)),
        }
    }

    pub(super) fn background(context: &Context<'_>, statement: &BackgroundStatement) -> Self {
        let words = statement.code.words();
        Self {
            text: context.languages.say(words),
            cites: context.sources.texts(&statement.sources.join("; ")),
            level: statement.level.map(|l| level(context, l)),
        }
    }
}

fn level(context: &Context<'_>, level: EvidenceLevel) -> Bilingual {
    let word = phrases::level;
    match level.name() {
        Some(name) => context
            .languages
            .text(&format!("{} {name}", word.en()), &format!("{} {name}", word.ja())),
        None => context.languages.say(phrases::level_proposal),
    }
}

impl MyeloidView {
    pub(super) fn new(context: &Context<'_>, result: &MyeloidResult) -> Self {
        let texts = |list: &[Text]| list.iter().map(|t| context.languages.panel_text(t)).collect();
        let stage = &result.stage;
        // A type there (CMUS) is shown; of "none" and what follows from it nothing is said.
        let idle = matches!(stage.stage, Some(Stage::NoCh | Stage::Chip))
            && stage.who5.name.is_none()
            && stage.icc.name.is_none();
        Self {
            headline: headline(context, result),
            road: road(context, result),
            contradictions: texts(&result.contradictions),
            reasons: texts(&stage.reasons),
            needed: texts(&stage.needed),
            given: given(context, &result.given, result),
            systems: if idle {
                Vec::new()
            } else {
                vec![
                    classification::system(
                        context,
                        "WHO 2022",
                        "Khoury JD, et al. Leukemia 2022;36:1703-1719",
                        &stage.who5,
                    ),
                    classification::system(
                        context,
                        "ICC 2022",
                        "Arber DA, et al. Blood 2022;140:1200-1228",
                        &stage.icc,
                    ),
                ]
            },
            karyotype: karyotype(context, result),
            scores: scores::scores(context, result),
            remarks: texts(&result.notes),
            risks: result
                .risks
                .iter()
                .map(|s| SourcedView::advice(context, s))
                .collect(),
            next_steps: result
                .next_steps
                .iter()
                .map(|s| SourcedView::advice(context, s))
                .collect(),
            has_levels: result.risks.iter().any(|r| r.level.is_some())
                || result.next_steps.iter().any(|s| s.level.is_some()),
        }
    }
}

fn stage_name(context: &Context<'_>, stage: Stage) -> Bilingual {
    context.languages.say(stage.words())
}

fn headline(context: &Context<'_>, result: &MyeloidResult) -> Bilingual {
    if let Some(stage) = result.stage.stage {
        return stage_name(context, stage);
    }
    let stages = &result.stage.possible;
    let names =
        |name: fn(&Stage) -> &'static str, gap: &str| stages.iter().map(name).collect::<Vec<_>>().join(gap);
    let phrase = phrases::not_certain;
    context.languages.text(
        &phrase.fill(Language::English, &[("list", &names(|s| s.label(), " / "))]),
        &phrase.fill(Language::Japanese, &[("list", &names(|s| s.words().ja(), "／"))]),
    )
}

fn road(context: &Context<'_>, result: &MyeloidResult) -> RoadView {
    let parts = result.road.segments.iter().map(|s| Part {
        from: s.from,
        to: s.to,
        here: s.here,
        possible: s.possible,
        label: match s.stage {
            Stage::NoCh => context.languages.text("no CH", "なし"),
            other => context.same(other.label()),
        },
    });
    // One stage fits, and a disease beside the road must be excluded first.
    let open = if result.stage.possible.len() == 1 {
        first_phrases::here_if_excluded
    } else {
        first_phrases::somewhere_here
    };
    let beside = result.road.beside.iter();
    RoadView::new(
        context.languages.say(first_phrases::myeloid_road),
        parts.collect(),
        result.road.position,
        context.languages.say(open),
    )
    .beside(beside.map(|s| stage_name(context, *s)).collect())
}

/// A value as given: English and Japanese name, value with unit in English and Japanese, whether it is low or high.
type Given = (
    &'static str,
    &'static str,
    Option<(String, String)>,
    Option<Phrase>,
);

/// Lists the values that were given, low and high counts marked.
fn given(context: &Context<'_>, given: &Clinical, result: &MyeloidResult) -> Vec<Pair> {
    let pair = |(en, ja, value, mark): Given| {
        let (value_en, value_ja) = value?;
        Some(Pair {
            name: context.languages.text(en, ja),
            value: if let Some(mark) = mark {
                context.languages.text(
                    &format!("{value_en} ({})", mark.en()),
                    &format!("{value_ja}（{}）", mark.ja()),
                )
            } else {
                context.languages.values(&value_en, &value_ja)
            },
        })
    };
    counts(context, given, result)
        .into_iter()
        .chain(marrow(given))
        .chain(history(given))
        .filter_map(pair)
        .collect()
}

fn with_unit(value: Option<impl ToString>, unit: &str) -> Option<(String, String)> {
    let text = value.map(|v| format!("{} {unit}", v.to_string()).trim_end().to_owned())?;
    Some((text.clone(), text))
}

fn said(en: &str, ja: &str) -> (String, String) {
    (en.to_owned(), ja.to_owned())
}

fn yes_no(value: Option<bool>) -> Option<(String, String)> {
    value.map(|v| {
        if v {
            said("yes", "あり")
        } else {
            said("no", "なし")
        }
    })
}

fn counts(context: &Context<'_>, given: &Clinical, result: &MyeloidResult) -> Vec<Given> {
    let cytopenia = result.stage.cytopenia;
    let high = high_counts(
        context.result.sex,
        given.hemoglobin,
        given.platelets,
        given.white_cells,
    );
    let mark = |low: Option<bool>, high: bool| match (low, high) {
        (Some(true), _) => Some(phrases::cytopenia_mark),
        (_, true) => Some(phrases::high_mark),
        _ => None,
    };
    let count = |value| with_unit(value, "×10⁹/L");
    vec![
        (
            "Hemoglobin",
            "ヘモグロビン",
            with_unit(given.hemoglobin, "g/dL"),
            mark(cytopenia.anemia, high[0]),
        ),
        (
            "Platelets",
            "血小板",
            count(given.platelets),
            mark(cytopenia.thrombocytopenia, high[1]),
        ),
        (
            "Neutrophils",
            "好中球",
            count(given.neutrophils),
            mark(cytopenia.neutropenia, false),
        ),
        (
            "White cells",
            "白血球",
            count(given.white_cells),
            mark(None, high[2]),
        ),
        ("Monocytes", "単球", count(given.monocytes), None),
        ("MCV", "MCV", with_unit(given.mcv, "fL"), None),
        ("RDW", "RDW", with_unit(given.rdw, "%"), None),
    ]
}

fn marrow(given: &Clinical) -> Vec<Given> {
    let percent = |value| with_unit(value, "%");
    let fusions = given
        .fusions
        .as_ref()
        .map(|f| some(f).unwrap_or_else(|| said("none", "なし")));
    vec![
        ("Marrow blasts", "骨髄芽球", percent(given.marrow_blasts), None),
        ("Blood blasts", "末梢血芽球", percent(given.blood_blasts), None),
        (
            "Dysplastic lineages",
            "異形成系統数",
            with_unit(given.dysplastic_lineages, ""),
            None,
        ),
        (
            "Ring sideroblasts",
            "環状鉄芽球",
            percent(given.ring_sideroblasts),
            None,
        ),
        ("Cellularity", "細胞密度", percent(given.cellularity), None),
        (
            "Fibrosis, grade",
            "線維化グレード",
            with_unit(given.fibrosis, ""),
            None,
        ),
        ("Auer rods", "Auer小体", yes_no(given.auer_rods), None),
        ("Fusions", "融合遺伝子", fusions, None),
    ]
}

fn history(given: &Clinical) -> Vec<Given> {
    vec![
        (
            "Cytopenia, months",
            "血球減少（月）",
            with_unit(given.cytopenia_months, ""),
            None,
        ),
        (
            "Monocytosis, months",
            "単球増加（月）",
            with_unit(given.monocytosis_months, ""),
            None,
        ),
        (
            "Other causes excluded",
            "他の原因の除外",
            yes_no(given.causes_excluded),
            None,
        ),
        (
            "Cytotoxic therapy before",
            "細胞傷害性治療歴",
            yes_no(given.prior_therapy),
            None,
        ),
        (
            "Myelodysplastic disease before",
            "骨髄異形成性疾患の既往",
            yes_no(given.prior_mds),
            None,
        ),
        (
            "TP53 loss of heterozygosity",
            "TP53ヘテロ接合性消失",
            yes_no(given.tp53_loh),
            None,
        ),
        ("Genes as stated", "遺伝子（申告）", stated_genes(given), None),
        ("Coverage as stated", "カバレッジ（申告）", covered(given), None),
    ]
}

fn stated_genes(given: &Clinical) -> Option<(String, String)> {
    let one = |gene: &str, mutated: bool| {
        if mutated {
            (format!("{gene} mutated"), format!("{gene} 変異あり"))
        } else {
            (format!("{gene} not mutated"), format!("{gene} 変異なし"))
        }
    };
    let genes = given.genes.iter().map(|(gene, mutated)| one(gene, *mutated));
    let (en, ja): (Vec<_>, Vec<_>) = genes.unzip();
    (!en.is_empty()).then(|| (en.join(", "), ja.join("、")))
}

fn covered(given: &Clinical) -> Option<(String, String)> {
    match given.covered_genes.as_slice() {
        [only] if only == ALL_GENES => Some(said(ALL_GENES, "すべて")),
        genes => some(genes),
    }
}

fn some(list: &[String]) -> Option<(String, String)> {
    let text = list.join(", ");
    (!list.is_empty()).then(|| (text.clone(), text))
}

fn karyotype(context: &Context<'_>, result: &MyeloidResult) -> Option<KaryotypeView> {
    let read = result.karyotype.as_ref()?;
    Some(KaryotypeView {
        text: result
            .given
            .karyotype
            .as_ref()
            .map_or_else(String::new, |k| k.text().to_owned()),
        group: match (read.risk, read.risk_range()) {
            (Some(risk), _) => context.label(&risk),
            (None, Some([best, worst])) => {
                let (best, worst) = (Label::label(&best), Label::label(&worst));
                context.languages.text(
                    &format!("{} – {}", best.en(), worst.en()),
                    &format!("{}〜{}", best.ja(), worst.ja()),
                )
            }
            (None, None) => context.languages.say(phrases::not_computed),
        },
        row: context.languages.text(&read.row, row_in_japanese(&read.row)),
        changes: read.changes,
        fusions: read.fusions.join(", "),
        clones: read
            .clones
            .iter()
            .map(|c| (c.abnormalities.join(", "), c.cells))
            .collect(),
        notes: context.languages.sayings(&read.notes, &read.notes_coded),
        cites: context
            .sources
            .texts("Schanz J, et al. J Clin Oncol 2012;30:820-829"),
    })
}

/// The rows that are words; the others are changes in ISCN, the same in both languages.
fn row_in_japanese(row: &str) -> &str {
    match row {
        "normal" => "正常核型",
        "double including -7/del(7q)" => "2個の異常（-7/del(7q)を含む）",
        "double including del(5q)" => "2個の異常（del(5q)を含む）",
        "any other double" => "その他の2個の異常",
        "complex, exactly 3" => "複雑核型（3個）",
        "complex, more than 3" => "複雑核型（4個以上）",
        "any other single" => "その他の単独異常",
        "independent clones" => "独立クローン",
        "donor cells only" => "ドナー細胞のみ",
        "no clone" => "クローンなし",
        "open: a part of the karyotype cannot be read" => "未確定：核型の一部が解釈できない",
        "open: the changes of an incomplete karyotype (inc) are not described" => {
            "未確定：不完全核型（inc）の異常が記載されていない"
        }
        "open: one of several changes is there" => "未確定：複数の候補のうちいずれの異常か不明",
        "open: whether the changes of a mosaic are acquired" => "未確定：モザイクの異常が後天性かどうか",
        "45,X without the sex: -X and -Y cannot be told apart" => "45,Xで性別不明：-Xと-Yを区別できない",
        other => other,
    }
}
