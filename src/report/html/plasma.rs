//! The section on the plasma-cell road, and the page of `score plasma-cell` with one such section a patient.

mod models;

pub(super) use models::first_figure;

use super::context::Pair;
use super::road::{Part, RoadView};
use super::sources::{Cite, Registry, sorted};
use crate::patient::{HeavyChain, LightChain};
use crate::plasma_cell::{
    Carried, EventState, Finding, FindingValues, Missing, PlasmaResult, Severity, Statement,
};
use crate::report::words::{Bilingual, Language, Languages, clinical_phrases as phrases, first_phrases};

/// The section of one person.
pub(super) struct PlasmaView {
    pub id: String,
    pub sample: String,
    pub headline: Bilingual,
    pub class: &'static str,
    pub definition: Bilingual,
    pub certainty: Bilingual,
    pub facts: Vec<Pair>,
    pub road: RoadView,
    pub rules: Vec<Cited>,
    pub findings: Vec<(bool, Bilingual, Bilingual)>,
    /// Whether one of them is a contradiction.
    pub contradictory: bool,
    pub missing: Vec<Bilingual>,
    pub events: Vec<EventView>,
    pub models: Vec<ModelView>,
    /// Headed lists of sentences.
    pub lists: Vec<(Bilingual, Vec<Cited>)>,
    /// What is taught about the stage.
    pub background: Vec<Cited>,
}

/// A sentence with the numbers of its sources.
pub(super) struct Cited {
    pub text: Bilingual,
    /// Level of evidence; empty where the source states none.
    pub level: String,
    pub cites: Vec<Cite>,
}

pub(super) struct EventView {
    pub code: String,
    pub name: Bilingual,
    pub class: &'static str,
    pub state: Bilingual,
    pub rule: Bilingual,
    pub values: Bilingual,
    pub needs: Bilingual,
    pub cites: Vec<Cite>,
}

pub(super) struct ModelView {
    pub name: Bilingual,
    pub total: String,
    pub groups: Vec<Bilingual>,
    pub certain: bool,
    pub progression: Vec<Bilingual>,
    pub remarks: Vec<Bilingual>,
    pub factors: Vec<FactorView>,
    pub cites: Vec<Cite>,
}

pub(super) struct FactorView {
    pub name: Bilingual,
    pub rule: String,
    pub value: String,
    pub state: Bilingual,
    pub points: String,
}

/// Words and source numbers of one result.
struct Book<'a> {
    result: &'a PlasmaResult,
    languages: &'a Languages,
    sources: &'a Registry,
}

impl Book<'_> {
    fn word(&self, key: &str) -> Bilingual {
        let (en, ja) = self.words(key, key);
        self.languages.text(&en, &ja)
    }

    /// Returns the words of a key in both languages; `name` where there are none.
    fn words(&self, key: &str, name: &str) -> (String, String) {
        let kept = self.result.words.get(key).cloned();
        // Background is carried by key alone.
        kept.or_else(|| crate::plasma_cell::words(key))
            .map_or_else(|| (name.to_owned(), name.to_owned()), |w| (w.en, w.ja))
    }

    fn input(&self, name: &str) -> (String, String) {
        self.words(&format!("input.{name}"), name)
    }

    fn list(&self, items: impl Iterator<Item = (String, String)>) -> Bilingual {
        let (en, ja): (Vec<_>, Vec<_>) = items.unzip();
        self.languages.text(&en.join(", "), &ja.join("、"))
    }

    fn cites(&self, keys: &[String]) -> Vec<Cite> {
        let of = |key: &String| self.result.sources.iter().find(|s| s.key == *key);
        sorted(
            keys.iter()
                .filter_map(of)
                .map(|s| self.sources.plasma(s))
                .collect(),
        )
    }

    fn sentence(&self, statement: &Statement) -> Cited {
        Cited {
            text: self.word(&statement.key),
            level: statement.level.clone().unwrap_or_default(),
            cites: self.cites(&statement.sources),
        }
    }

    fn stages(&self, stages: &[crate::plasma_cell::Stage]) -> (String, String) {
        let names = stages
            .iter()
            .map(|s| self.words(&format!("stage.{}", s.key()), s.key()));
        let (en, ja): (Vec<_>, Vec<_>) = names.unzip();
        (en.join(" / "), ja.join("／"))
    }
}

impl PlasmaView {
    pub(super) fn new(id: &str, result: &PlasmaResult, languages: &Languages, registry: &Registry) -> Self {
        let book = Book {
            result,
            languages,
            sources: registry,
        };
        let stage = result.stage.key();
        let sentences = |list: &[Statement]| list.iter().map(|s| book.sentence(s)).collect::<Vec<_>>();
        let lists = [
            (phrases::stage_progression, sentences(&result.progression)),
            (phrases::serial, serial(&book)),
            (phrases::follow_up, sentences(&result.follow_up)),
            (phrases::tests, sentences(&result.tests)),
            (phrases::evidence, sentences(&result.evidence)),
        ];
        Self {
            id: id.to_owned(),
            sample: result.sample.clone(),
            headline: book.word(&format!("stage.{stage}")),
            class: match stage {
                "no_monoclonal_protein" => "none",
                "undetermined" | "review" => "review",
                _ => "present",
            },
            definition: book.word(&format!("definition.{stage}")),
            certainty: book.word(&format!("certainty.{}", result.certainty.key())),
            facts: facts(&book),
            road: road(&book),
            rules: result
                .rules
                .iter()
                .map(|r| Cited {
                    text: book.word(&format!("rule.{}", r.rule)),
                    level: String::new(),
                    cites: book.cites(&r.sources),
                })
                .collect(),
            contradictory: result
                .findings
                .iter()
                .any(|f| f.severity == Severity::Contradiction),
            findings: result.findings.iter().map(|f| finding(&book, f)).collect(),
            missing: missing(result, languages),
            events: result.events.iter().map(|e| event(&book, e)).collect(),
            models: result.risk.iter().map(|m| models::model(&book, m)).collect(),
            lists: lists
                .into_iter()
                .filter(|(_, list)| !list.is_empty())
                .map(|(name, list)| (languages.say(name), list))
                .collect(),
            background: sentences(&result.background),
        }
    }
}

fn facts(book: &Book<'_>) -> Vec<Pair> {
    let (result, languages) = (book.result, book.languages);
    let values = &result.values;
    let flc = result.free_light_chains;
    let mut pairs = Vec::new();
    let mut add = |en: &str, ja: &str, value: Option<String>, field: &str| {
        let Some(value) = value else { return };
        let carried = result.carried_forward.iter().find(|c| c.input == field);
        let shown = carried.map_or_else(
            || languages.text(&value, &value),
            |c| {
                let date = c.date.to_string();
                let from = |language| phrases::carried_from.fill(language, &[("date", &date)]);
                languages.text(
                    &format!("{value} ({})", from(Language::English)),
                    &format!("{value}（{}）", from(Language::Japanese)),
                )
            },
        );
        pairs.push(Pair {
            name: languages.text(en, ja),
            value: shown,
        });
    };
    let unit = |value: Option<f64>, unit: &str| value.map(|v| readable(&format!("{v} {unit}")));
    add("Date", "日付", result.date.map(|d| d.to_string()), "");
    add("M protein", "M蛋白", unit(values.m_protein, "g/dL"), "");
    add(
        "Heavy chain",
        "重鎖",
        values.heavy_chain.map(heavy),
        "heavy_chain",
    );
    add(
        "Light chain",
        "軽鎖",
        values.light_chain.map(light),
        "light_chain",
    );
    add(
        "Urine M protein",
        "尿中M蛋白",
        unit(values.urine_m_protein, "mg/24 h"),
        "",
    );
    add("Free κ", "遊離κ", unit(values.kappa_flc, "mg/L"), "");
    add("Free λ", "遊離λ", unit(values.lambda_flc, "mg/L"), "");
    add("κ/λ ratio", "κ/λ比", flc.kappa_lambda.map(rounded), "");
    add(
        "Involved/uninvolved",
        "腫瘍側／非腫瘍側比",
        flc.involved_ratio.map(rounded),
        "",
    );
    add(
        "Clonal plasma cells",
        "クローン性形質細胞",
        unit(values.plasma_cells, "%"),
        "plasma_cells",
    );
    add("Hemoglobin", "ヘモグロビン", unit(values.hb, "g/dL"), "");
    add("Albumin", "アルブミン", unit(values.albumin, "g/dL"), "");
    add(
        "β2-microglobulin",
        "β2ミクログロブリン",
        unit(values.beta2_microglobulin, "mg/L"),
        "",
    );
    add("LDH", "LDH", unit(values.ldh, "U/L"), "");
    add(
        "Upper limit of LDH",
        "LDHの基準値上限",
        unit(values.ldh_uln, "U/L"),
        "ldh_uln",
    );
    add(
        "Calcium judged",
        "カルシウム（判定値）",
        unit(result.calcium_judged, "mmol/L"),
        "",
    );
    add(
        "Creatinine",
        "クレアチニン",
        unit(values.creatinine, "µmol/L"),
        "",
    );
    add("Clearance", "クリアランス", unit(values.egfr, "mL/min"), "");
    add(
        "Lytic lesions",
        "溶骨性病変",
        values.bone_lesions.map(|n| n.to_string()),
        "bone_lesions",
    );
    add(
        "MRI focal lesions",
        "MRI局在病変",
        values.mri_lesions.map(|n| n.to_string()),
        "mri_lesions",
    );
    pairs
}

fn heavy(chain: HeavyChain) -> String {
    chain.class().unwrap_or("–").to_owned()
}

fn light(chain: LightChain) -> String {
    match chain {
        LightChain::Kappa => "κ",
        LightChain::Lambda => "λ",
    }
    .to_owned()
}

/// Two decimals, as laboratories print ratios.
fn rounded(value: f64) -> String {
    format!("{value:.2}")
}

fn road(book: &Book<'_>) -> RoadView {
    let result = book.result;
    let parts = result.road.segments.iter().map(|s| Part {
        from: s.from,
        to: s.to,
        here: s.here,
        possible: s.possible,
        // The first stretch is too short for its words.
        label: match s.key.as_str() {
            "none" => book.languages.text("none", "なし"),
            key => book.word(&format!("road.{key}")),
        },
    });
    let branch = result.road.branch.iter();
    RoadView::new(
        book.languages.say(first_phrases::plasma_road),
        parts.collect(),
        result.road.position,
        book.languages.say(first_phrases::somewhere_here),
    )
    .beside(branch.map(|b| book.word(&format!("road.{b}"))).collect())
}

fn finding(book: &Book<'_>, finding: &Finding) -> (bool, Bilingual, Bilingual) {
    let detail = match &finding.values {
        _ if finding.code == "carried_forward" => {
            let of = |c: &Carried| {
                let (en, ja) = book.input(&c.input);
                (format!("{en} of {}", c.date), format!("{ja}：{}", c.date))
            };
            book.list(book.result.carried_forward.iter().map(of))
        }
        FindingValues::Models { verdicts } => {
            let verdict = |(model, high): &(String, bool)| {
                let (en, ja) = book.words(&format!("model.{model}"), model);
                let says = if *high {
                    phrases::model_says_high
                } else {
                    phrases::model_says_not_high
                };
                (format!("{en}: {}", says.en()), format!("{ja}：{}", says.ja()))
            };
            book.list(verdicts.iter().map(verdict))
        }
        values => book.languages.finding(values),
    };
    (
        finding.severity == Severity::Contradiction,
        book.word(&format!("finding.{}", finding.code)),
        detail,
    )
}

/// Returns what is missing, and what it could change.
pub(super) fn missing(result: &PlasmaResult, languages: &Languages) -> Vec<Bilingual> {
    let book = Book {
        result,
        languages,
        sources: &Registry::default(),
    };
    let of = |m: &Missing| {
        let (en, ja) = book.stages(&m.could_become);
        let (input_en, input_ja): (Vec<_>, Vec<_>) = m.input.split('+').map(|i| book.input(i)).unzip();
        let fill = |language: Language, inputs: &[String], list: &str| {
            phrases::could_become.fill(language, &[("input", &inputs.join(" + ")), ("list", list)])
        };
        let en = fill(Language::English, &input_en, &en);
        let mut letters = en.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        languages.text(
            &format!("{first}{}", letters.as_str()),
            &fill(Language::Japanese, &input_ja, &ja),
        )
    };
    result.missing.iter().map(of).collect()
}

/// Returns a value as it is listed, with its input in words.
fn value(book: &Book<'_>, value: &str) -> (String, String) {
    let (input, number) = value.split_once(' ').unwrap_or((value, ""));
    let (en, ja) = book.input(input);
    let number = readable(number);
    (format!("{en} {number}"), format!("{ja} {number}"))
}

/// Returns a text with every number of more than two decimals rounded to two: nine were kept to compare, not to be read.
fn readable(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let long = word
            .split_once('.')
            .is_some_and(|(_, decimals)| decimals.len() > 2);
        match word.parse::<f64>() {
            Ok(number) if long => {
                let short = format!("{number:.2}");
                short.trim_end_matches('0').trim_end_matches('.').to_owned()
            }
            _ => word.to_owned(),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

fn event(book: &Book<'_>, event: &crate::plasma_cell::Event) -> EventView {
    let (class, state) = match event.state {
        EventState::Met => ("mutated", "state.met"),
        EventState::NotMet => ("not_detected", "state.not_met"),
        EventState::PartlyAssessed => ("partly_assessed", "state.partly_assessed"),
        EventState::NotAssessed => ("not_assessed", "state.not_assessed"),
        EventState::OtherCause => ("review", "state.other_cause"),
    };
    EventView {
        code: event.code.letters().to_owned(),
        name: book.word(&format!("event.{}", event.code.letters())),
        class,
        state: book.word(state),
        rule: book.word(&format!("eventrule.{}", event.rule)),
        values: book.list(event.values.iter().map(|v| value(book, v))),
        needs: book.list(event.needs.iter().map(|n| book.input(n))),
        cites: book.cites(&event.sources),
    }
}

fn serial(book: &Book<'_>) -> Vec<Cited> {
    let Some(serial) = &book.result.serial else {
        return Vec::new();
    };
    let key = |name: &str, value: crate::plasma_cell::Evolving| {
        let value = match value {
            crate::plasma_cell::Evolving::Yes => "yes",
            crate::plasma_cell::Evolving::No => "no",
            crate::plasma_cell::Evolving::NotAssessed => "not_assessed",
        };
        format!("serial.{name}.{value}")
    };
    let cites = book.cites(&serial.sources);
    [
        key("m_protein", serial.m_protein),
        key("hb", serial.hb),
        "serial.baseline".to_owned(),
    ]
    .iter()
    .map(|key| Cited {
        text: book.word(key),
        level: String::new(),
        cites: cites.clone(),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn numbers_are_rounded_to_what_a_reader_needs() {
        for (text, expected) in [
            ("46.666666667", "46.67"),
            ("46.666666667 mg/L", "46.67 mg/L"),
            ("2.35 mmol/L", "2.35 mmol/L"),
            ("22 %", "22 %"),
            ("0.120000001", "0.12"),
            ("2026-11-29", "2026-11-29"),
            ("", ""),
        ] {
            assert_eq!(readable(text), expected, "{text}");
        }
    }
}
