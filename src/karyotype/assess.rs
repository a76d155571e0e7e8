use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::alternatives::{choices, written};
use super::clones::{Change, ImpliedLoss, Resolved, View, families, implied_loss, resolve};
use super::cytogenetic_risk::CytogeneticRisk;
use super::flags::{KaryotypeFlags, flags, notes_on_losses};
use super::fusions;
use super::model::{AbnormalityBody, Karyotype, SegmentKind, Sign};
use super::note::KaryotypeNote;
use super::readings::guesses;
use super::repeated::with_breakpoints;
use super::risk::{self, COMPLEX};
use crate::genome::Sex;

/// What a karyotype says for the scores and classifications.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct KaryotypeAssessment {
    /// Cytogenetic group of IPSS-R; `None` where it cannot be told, see `row` and `open`.
    pub risk: Option<CytogeneticRisk>,
    /// Which row of the published table gave the group, or why there is none.
    pub row: String,
    /// Changes of the clone with the most; at least so many where something is open.
    pub changes: u32,
    /// There are clones that share no change.
    pub independent_clones: bool,
    /// The clones.
    pub clones: Vec<CloneAssessment>,
    /// Findings that scores and classifications ask for, those that are sure.
    pub flags: KaryotypeFlags,
    /// What is not sure; `None` where the karyotype can be taken in one way only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<OpenKaryotype>,
    /// Rearrangements that define diseases, as the breakpoints show them: `PML::RARA`, `KMT2A::MLLT3`, `MECOM-r`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fusions: Vec<String>,
    /// What was repaired, left out or doubtful.
    pub notes: Vec<String>,
    /// The same by code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes_coded: Vec<KaryotypeNote>,
}

/// What a karyotype leaves open: parts that cannot be read, changes whose extent is not written, `45,X` without the sex.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OpenKaryotype {
    /// The best group that is possible.
    pub best: CytogeneticRisk,
    /// The worst group that is possible.
    pub worst: CytogeneticRisk,
    /// Findings that are sure or possible.
    pub possible: KaryotypeFlags,
}

/// One clone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CloneAssessment {
    /// Cells, where given.
    pub cells: Option<u32>,
    /// Changes with those inherited; `-7`, `del(5)(q13q33)`.
    pub abnormalities: Vec<String>,
    /// How many changes that counts.
    pub changes: u32,
}

impl KaryotypeAssessment {
    /// Returns whether something is found, by a test on the findings that more findings can only make true; `None` where it
    /// is open.
    pub fn known(&self, test: impl Fn(&KaryotypeFlags) -> bool) -> Option<bool> {
        let possible = self.open.as_ref().map_or(&self.flags, |o| &o.possible);
        match (test(&self.flags), test(possible)) {
            (true, _) => Some(true),
            (false, false) => Some(false),
            (false, true) => None,
        }
    }

    /// Returns the best and the worst group that are possible; `None` where there is no karyotype of the patient.
    pub fn risk_range(&self) -> Option<[CytogeneticRisk; 2]> {
        match (&self.open, self.risk) {
            (_, Some(risk)) => Some([risk; 2]),
            (Some(open), None) => Some([open.best, open.worst]),
            (None, None) => None,
        }
    }

    /// Returns the names of the published columns that are open.
    pub fn open_columns(&self) -> Vec<&'static str> {
        let mut names = Vec::new();
        if self.risk.is_none() && self.open.is_some() {
            names.push("CYTO_IPSSR");
        }
        let columns: [(&str, Test); 4] = [
            ("del5q", |f| f.del5q),
            ("del7_7q", |f| f.del7_7q),
            ("del17_17p", |f| f.del17_17p),
            ("complex", |f| f.complex),
        ];
        names.extend(
            columns
                .into_iter()
                .filter(|(_, test)| self.known(test).is_none())
                .map(|(name, _)| name),
        );
        names
    }
}

/// A question on the findings.
type Test = fn(&KaryotypeFlags) -> bool;

/// What a karyotype says when taken in one way.
struct Reading {
    risk: Option<CytogeneticRisk>,
    row: &'static str,
    changes: u32,
    independent_clones: bool,
    sure: KaryotypeFlags,
    possible: KaryotypeFlags,
}

/// Assesses a karyotype; the sex decides what `45,X` lost.
pub fn assess(karyotype: &Karyotype, sex: Option<Sex>) -> KaryotypeAssessment {
    let mut notes = karyotype.notes.clone();
    let choices: Vec<Choice> = choices(karyotype)
        .iter()
        .map(|chosen| Choice::of(chosen, sex, &mut notes))
        .collect();
    // What one choice alone shows is no note on the karyotype.
    notes.extend(shared(&choices, |c| &c.notes));
    if choices.len() > 1 {
        notes.extend(may_be_fused(karyotype, &choices));
    }
    say_what_is_doubtful(karyotype, choices.first().map(|c| &c.resolved[..]), &mut notes);
    let mut seen = Vec::new();
    notes.retain(|note| {
        let new = !seen.contains(note);
        seen.push(note.clone());
        new
    });
    combine(karyotype, &choices, notes)
}

/// A karyotype with one of each of its alternatives, taken in every way.
struct Choice {
    /// What it was taken for.
    karyotype: Karyotype,
    readings: Vec<Reading>,
    /// Its clones, taken in the first way.
    resolved: Vec<Resolved>,
    /// Rearrangements that it shows.
    fusions: Vec<String>,
    /// What it lost, and what may be rearranged.
    notes: Vec<KaryotypeNote>,
}

impl Choice {
    fn of(karyotype: &Karyotype, sex: Option<Sex>, notes: &mut Vec<KaryotypeNote>) -> Self {
        let karyotype = with_breakpoints(karyotype, notes);
        let views = views(&karyotype, sex);
        if karyotype.mosaic {
            notes.push(if views.iter().all(|v| v.mosaic) {
                KaryotypeNote::Mosaic
            } else {
                KaryotypeNote::MosaicOpen
            });
        }
        let mut first = None;
        let mut readings = Vec::new();
        for view in &views {
            let resolved = resolve(&karyotype, *view, notes);
            readings.push(reading(&karyotype, &resolved));
            for guess in guesses(&karyotype, &resolved) {
                let guessed = guess.apply(&resolved, !karyotype.unreadable.is_empty());
                readings.push(reading(&karyotype, &guessed));
            }
            first.get_or_insert(resolved);
        }
        let resolved = first.unwrap_or_default();
        let mut of_changes = Vec::new();
        notes_on_losses(&resolved, &mut of_changes);
        let fusions = fusions::of_clones(&resolved, &mut of_changes);
        Self {
            karyotype,
            readings,
            resolved,
            fusions,
            notes: of_changes,
        }
    }
}

/// Returns what every choice has, in the order of the first.
fn shared<T: Clone + PartialEq>(choices: &[Choice], of: impl Fn(&Choice) -> &Vec<T>) -> Vec<T> {
    let Some((first, others)) = choices.split_first() else {
        return Vec::new();
    };
    let in_all = |item: &&T| others.iter().all(|other| of(other).contains(item));
    of(first).iter().filter(in_all).cloned().collect()
}

/// Returns that a rearrangement which only some choices show may be there.
fn may_be_fused(karyotype: &Karyotype, choices: &[Choice]) -> Vec<KaryotypeNote> {
    let sure = shared(choices, |c| &c.fusions);
    let texts: Vec<String> = written(karyotype).into_iter().map(|(_, all)| all).collect();
    choices
        .iter()
        .flat_map(|c| &c.fusions)
        .filter(|fusion| !sure.contains(fusion))
        .map(|fusion| KaryotypeNote::MayBeRearranged {
            change: texts.join(", "),
            gene: fusion.clone(),
        })
        .collect()
}

/// Returns the ways in which a karyotype can be taken: by the sex that is not given, by whether a mosaic is one from birth.
fn views(karyotype: &Karyotype, sex: Option<Sex>) -> Vec<View> {
    let mosaics: &[bool] = if !karyotype.mosaic {
        &[false]
    } else if is_plain_mosaic(karyotype) {
        &[true]
    } else {
        &[true, false]
    };
    let needs_sex = (0..karyotype.clones.len())
        .any(|index| implied_loss(karyotype, index, sex) == ImpliedLoss::SexNeeded);
    let sexes: &[Option<Sex>] = if needs_sex {
        &[Some(Sex::Male), Some(Sex::Female)]
    } else {
        &[sex]
    };
    let mut views = Vec::new();
    for mosaic in mosaics {
        views.extend(sexes.iter().map(|sex| View {
            sex: *sex,
            mosaic: *mosaic,
        }));
    }
    views
}

/// Chromosomes of which people are born with three in part of their cells and live: of the others a mosaic is not believed.
const TRISOMIES_OF_LIFE: [&str; 9] = ["X", "Y", "8", "9", "13", "14", "18", "21", "22"];

/// Whether a mosaic has only what people are born with: changes of the sex chromosomes, markers, trisomies that can be lived
/// with.
fn is_plain_mosaic(karyotype: &Karyotype) -> bool {
    karyotype.clones.iter().flat_map(|c| &c.abnormalities).all(|a| {
        let sex = |c: &str| c == "X" || c == "Y";
        let plain = match &a.body {
            AbnormalityBody::Chromosome(c) => {
                sex(c) || (a.sign == Some(Sign::Gain) && TRISOMIES_OF_LIFE.contains(&c.as_str()))
            }
            AbnormalityBody::Heteromorphism(_) => true,
            AbnormalityBody::Structure { segments, .. } => segments.iter().all(|s| {
                s.kind == SegmentKind::Marker
                    || (!s.chromosomes.is_empty() && s.chromosomes.iter().all(|c| sex(c)))
            }),
        };
        a.constitutional || plain
    })
}

fn reading(karyotype: &Karyotype, resolved: &[Resolved]) -> Reading {
    let changes = resolved.iter().map(risk::count).max().unwrap_or(0);
    let mut of_families: Vec<usize> = families(resolved).into_iter().flatten().collect();
    of_families.sort_unstable();
    of_families.dedup();
    let independent_clones = of_families.len() > 1;
    let (risk, row) = group(karyotype, resolved, independent_clones);
    let (sure, possible) = flags(resolved, changes);
    Reading {
        risk,
        row,
        changes,
        independent_clones,
        sure,
        possible,
    }
}

fn combine(karyotype: &Karyotype, choices: &[Choice], notes: Vec<KaryotypeNote>) -> KaryotypeAssessment {
    let readings: Vec<&Reading> = choices.iter().flat_map(|c| &c.readings).collect();
    let fusions = shared(choices, |c| &c.fusions);
    let fusions_differ = choices.iter().any(|c| c.fusions.len() > fusions.len());
    let written = written(karyotype);
    let risks: Vec<CytogeneticRisk> = readings.iter().filter_map(|r| r.risk).collect();
    let best = risks.iter().min().copied();
    let worst = risks.iter().max().copied();
    let risk = best.filter(|_| best == worst);
    let sure = readings
        .iter()
        .map(|r| r.sure)
        .reduce(|a, b| a.join(b, |x, y| x && y));
    let possible = readings
        .iter()
        .map(|r| r.possible)
        .reduce(|a, b| a.join(b, |x, y| x || y));
    let (sure, possible) = (sure.unwrap_or_default(), possible.unwrap_or_default());
    let open = match (best, worst) {
        (Some(best), Some(worst)) if best != worst || sure != possible || fusions_differ => {
            Some(OpenKaryotype {
                best,
                worst,
                possible,
            })
        }
        _ => None,
    };
    let first = readings.first();
    let row = match (risk, first) {
        (None, _) if open.is_some() => why_open(karyotype, choices).to_owned(),
        (_, Some(first)) => first.row.to_owned(),
        (_, None) => String::new(),
    };
    KaryotypeAssessment {
        risk,
        row,
        changes: readings.iter().map(|r| r.changes).min().unwrap_or(0),
        independent_clones: first.is_some_and(|r| r.independent_clones),
        clones: choices
            .first()
            .map(|c| c.resolved.iter().map(|clone| of_clone(clone, &written)).collect())
            .unwrap_or_default(),
        flags: sure,
        open,
        fusions,
        notes: notes.iter().map(ToString::to_string).collect(),
        notes_coded: notes,
    }
}

fn why_open(karyotype: &Karyotype, choices: &[Choice]) -> &'static str {
    if choices.iter().any(|c| !c.karyotype.is_read_in_full()) {
        "open: a part of the karyotype cannot be read"
    } else if karyotype.clones.iter().any(|c| c.incomplete) {
        "open: the changes of an incomplete karyotype (inc) are not described"
    } else if choices.len() > 1 {
        "open: one of several changes is there"
    } else if karyotype.mosaic {
        "open: whether the changes of a mosaic are acquired"
    } else {
        "45,X without the sex: -X and -Y cannot be told apart"
    }
}

/// `written`: how the change of a key is written where it is one of several.
fn of_clone(clone: &Resolved, written: &[(String, String)]) -> CloneAssessment {
    let name = |change: &Change| {
        let of_several = written.iter().find(|(key, _)| *key == change.key);
        let name = of_several.map_or(&change.key, |(_, all)| all);
        if change.copies > 1 {
            format!("{name}×{}", change.copies)
        } else {
            name.clone()
        }
    };
    CloneAssessment {
        cells: clone.cells,
        abnormalities: clone.changes.iter().map(name).collect(),
        changes: risk::count(clone),
    }
}

fn group(
    karyotype: &Karyotype,
    resolved: &[Resolved],
    independent_clones: bool,
) -> (Option<CytogeneticRisk>, &'static str) {
    if karyotype.clones.is_empty() {
        return (None, "donor cells only");
    }
    let Some(largest) = resolved.iter().rev().max_by_key(|c| risk::count(c)) else {
        return (None, "no clone");
    };
    let (risk, row) = risk::of_clone(largest);
    if independent_clones && risk::count(largest) < COMPLEX {
        return (Some(CytogeneticRisk::Intermediate), "independent clones");
    }
    (Some(risk), row)
}

fn say_what_is_doubtful(
    karyotype: &Karyotype,
    resolved: Option<&[Resolved]>,
    notes: &mut Vec<KaryotypeNote>,
) {
    if karyotype.clones.iter().any(|c| c.incomplete) {
        notes.push(KaryotypeNote::Incomplete);
    }
    if karyotype
        .clones
        .iter()
        .flat_map(|c| &c.abnormalities)
        .any(|a| a.uncertain)
    {
        notes.push(KaryotypeNote::UncertainCounted);
    }
    let single_3q = resolved
        .unwrap_or_default()
        .iter()
        .filter(|r| risk::count(r) == 1)
        .any(|r| r.changes[0].is_3q() && !r.changes[0].is_3q26());
    if single_3q {
        notes.push(KaryotypeNote::WithoutMecomBand);
    }
}
