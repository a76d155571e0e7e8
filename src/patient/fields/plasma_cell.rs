//! The plasma-cell road: blood, urine, marrow, bone and FISH of one visit. Hemoglobin stands with the counts.

use super::super::date::Date;
use super::super::entry::Entry;
use super::super::plasma_answers::{crab, fish, heavy_chain, light_chain, plasmacytoma};
use super::super::units::{
    CALCIUM, CLEARANCE, CREATININE, ENZYME, INVOLVED_RATIO, LIGHT_CHAINS, MASS, MICROGLOBULIN, PER_DAY,
    PERCENT, PROTEIN, Quantity, RATIO, Unit,
};
use super::{Field, Kind, Reader, field, or_refused, text};

/// Who reads these columns.
const VISIT: &[Reader] = &[Reader::Analyze, Reader::PlasmaCell];

/// Largest count of lesions that is believed.
const MOST_LESIONS: u32 = 999;

/// Classes of immunoglobulins beside the involved one.
const MOST_ISOTYPES: u32 = 4;

const fn visit(names: &'static [&'static str], en: &'static str, ja: &'static str, kind: Kind) -> Field {
    field(names, en, ja, kind).for_readers(VISIT)
}

/// A quantity whose unit must be stated. The ranges hold what has been seen in patients with a wide margin; beyond them a unit is
/// mixed up.
const fn measured(units: &'static [Unit], range: (f64, f64), set: fn(&mut Entry, f64)) -> Kind {
    Kind::Quantity(Quantity::stated(units, range), set)
}

/// A quantity that has one unit.
const fn plain(units: &'static [Unit], range: (f64, f64), set: fn(&mut Entry, f64)) -> Kind {
    Kind::Quantity(Quantity::new(units, range), set)
}

const fn percentage(set: fn(&mut Entry, f64)) -> Kind {
    Kind::Quantity(
        Quantity {
            may_be_fraction: true,
            ..Quantity::new(PERCENT, (0.0, 100.0))
        },
        set,
    )
}

pub(super) const FIELDS: &[Field] = &[
    visit(
        &["date", "検査日", "採血日"],
        "date of the values",
        "検査日",
        text("a date, YYYY-MM-DD", false, |e, t| {
            e.visit.date = Some(or_refused(Date::parse(&crate::tables::plain(t)))?);
            Ok(())
        }),
    )
    .with_note("needed where a person has several visits"),
    visit(
        &["m_protein", "M蛋白", "血清M蛋白"],
        "serum M protein",
        "血清M蛋白",
        measured(PROTEIN, (0.0, 15.0), |e, v| e.visit.m_protein = Some(v)),
    ),
    visit(
        &["urine_m_protein", "尿中M蛋白", "尿M蛋白"],
        "urine M protein",
        "尿中M蛋白",
        measured(PER_DAY, (0.0, 50_000.0), |e, v| e.visit.urine_m_protein = Some(v)),
    ),
    visit(
        &["kappa_flc", "遊離κ軽鎖"],
        "free κ light chain",
        "遊離κ軽鎖",
        measured(LIGHT_CHAINS, (0.1, 100_000.0), |e, v| e.visit.kappa_flc = Some(v)),
    ),
    visit(
        &["lambda_flc", "遊離λ軽鎖"],
        "free λ light chain",
        "遊離λ軽鎖",
        measured(LIGHT_CHAINS, (0.1, 100_000.0), |e, v| e.visit.lambda_flc = Some(v)),
    ),
    visit(
        &["involved_flc"],
        "involved free light chain",
        "腫瘍側遊離軽鎖",
        measured(LIGHT_CHAINS, (0.1, 100_000.0), |e, v| e.visit.involved_flc = Some(v)),
    ),
    visit(
        &["flc_ratio", "kappa_lambda_ratio", "κλ比"],
        "ratio of free light chains",
        "遊離軽鎖比",
        plain(RATIO, (1e-6, 1e6), |e, v| e.visit.flc_ratio = Some(v)),
    ),
    visit(
        &["involved_flc_ratio"],
        "involved/uninvolved light chains",
        "腫瘍側／非腫瘍側遊離軽鎖比",
        plain(INVOLVED_RATIO, (1.0, 1e6), |e, v| e.visit.involved_flc_ratio = Some(v)),
    ),
    visit(
        &["involved_flc_raised"],
        "involved free light chain above its upper limit",
        "腫瘍側遊離軽鎖の上昇",
        Kind::YesNo(|e, v| e.visit.involved_flc_raised = Some(v)),
    ),
    visit(
        &["heavy_chain", "重鎖"],
        "heavy chain",
        "重鎖",
        text("IgG, IgA, IgM, IgD, IgE or none", true, |e, t| {
            e.visit.heavy_chain = Some(or_refused(heavy_chain(t))?);
            Ok(())
        }),
    )
    .with_note("by immunofixation"),
    visit(
        &["light_chain", "軽鎖"],
        "light chain",
        "軽鎖",
        text("kappa or lambda", false, |e, t| {
            e.visit.light_chain = Some(or_refused(light_chain(t))?);
            Ok(())
        }),
    )
    .with_note("by immunofixation"),
    visit(
        &["plasma_cells", "形質細胞", "骨髄形質細胞"],
        "clonal plasma cells",
        "クローン性形質細胞",
        percentage(|e, v| e.visit.plasma_cells = Some(v)),
    )
    .with_note("of the marrow"),
    visit(
        &["lymphoplasmacytic_cells"],
        "lymphoplasmacytic infiltration",
        "リンパ形質細胞浸潤",
        percentage(|e, v| e.visit.lymphoplasmacytic_cells = Some(v)),
    )
    .with_note("of the marrow, of IgM disease"),
    visit(
        &["aberrant_plasma_cells"],
        "abnormal plasma cells by flow",
        "異常形質細胞（フローサイトメトリー）",
        percentage(|e, v| e.visit.aberrant_plasma_cells = Some(v)),
    )
    .with_note("among all plasma cells of the marrow"),
    visit(
        &["plasmacytoma", "形質細胞腫"],
        "biopsy-proven plasmacytoma",
        "生検で確認された形質細胞腫",
        text("none, bone or soft_tissue (biopsy-proven)", true, |e, t| {
            e.visit.plasmacytoma = Some(or_refused(plasmacytoma(t))?);
            Ok(())
        }),
    ),
    visit(
        &["calcium", "カルシウム"],
        "calcium",
        "カルシウム",
        measured(CALCIUM, (1.0, 6.0), |e, v| e.visit.calcium = Some(v)),
    )
    .with_note("as measured"),
    visit(
        &["calcium_uln", "カルシウム上限"],
        "upper limit of calcium",
        "カルシウムの基準値上限",
        measured(CALCIUM, (2.2, 2.9), |e, v| e.visit.calcium_uln = Some(v)),
    ),
    visit(
        &["albumin", "アルブミン"],
        "albumin",
        "アルブミン",
        measured(MASS, (0.5, 7.0), |e, v| e.visit.albumin = Some(v)),
    ),
    visit(
        &["creatinine", "クレアチニン"],
        "creatinine",
        "クレアチニン",
        measured(CREATININE, (8.0, 3_000.0), |e, v| e.visit.creatinine = Some(v)),
    ),
    visit(
        &["egfr", "crcl", "クレアチニンクリアランス"],
        "creatinine clearance",
        "クレアチニンクリアランス",
        plain(CLEARANCE, (0.0, 250.0), |e, v| e.visit.egfr = Some(v)),
    )
    .with_note("measured or estimated"),
    visit(
        &["hb_lln", "ヘモグロビン下限"],
        "lower limit of hemoglobin",
        "ヘモグロビンの基準値下限",
        measured(MASS, (9.0, 16.0), |e, v| e.visit.hb_lln = Some(v)),
    ),
    visit(
        &[
            "beta2_microglobulin",
            "b2m",
            "b2_microglobulin",
            "β2ミクログロブリン",
        ],
        "β2-microglobulin",
        "β2ミクログロブリン",
        measured(MICROGLOBULIN, (0.3, 150.0), |e, v| {
            e.visit.beta2_microglobulin = Some(v);
        }),
    ),
    visit(
        &["ldh"],
        "LDH",
        "LDH",
        measured(ENZYME, (20.0, 50_000.0), |e, v| e.visit.ldh = Some(v)),
    ),
    visit(
        &["ldh_uln"],
        "upper limit of LDH",
        "LDHの基準値上限",
        measured(ENZYME, (100.0, 700.0), |e, v| e.visit.ldh_uln = Some(v)),
    ),
    visit(
        &["bone_lesions", "溶骨性病変"],
        "lytic bone lesions",
        "溶骨性病変",
        Kind::Whole(MOST_LESIONS, |e, v| e.visit.bone_lesions = Some(v)),
    )
    .with_note("their number, 2 for several"),
    visit(
        &["mri_lesions"],
        "focal lesions on MRI",
        "MRI局在病変",
        Kind::Whole(MOST_LESIONS, |e, v| e.visit.mri_lesions = Some(v)),
    )
    .with_note("the number of those of at least 5 mm, 2 for several"),
    visit(
        &["immunoparesis"],
        "immunoparesis",
        "非腫瘍性免疫グロブリンの低下",
        Kind::YesNo(|e, v| e.visit.immunoparesis = Some(v)),
    )
    .with_note("uninvolved immunoglobulins below normal"),
    visit(
        &["reduced_isotypes"],
        "reduced classes of immunoglobulins",
        "低下した免疫グロブリンのクラス数",
        Kind::Whole(MOST_ISOTYPES, |e, v| e.visit.reduced_isotypes = Some(v)),
    )
    .with_note("the number of uninvolved classes below normal"),
    visit(
        &["fish", "FISH検査"],
        "FISH",
        "FISH検査",
        text(
            "normal, or a list of t(4;14), t(14;16), t(14;20), t(11;14), +1q, del(13q), del(17p), hyperdiploidy",
            true,
            |e, t| {
                e.visit.fish = Some(or_refused(fish(t))?);
                Ok(())
            },
        ),
    )
    .with_note("of plasma cells: normal, or a list of t(4;14), t(14;16), t(14;20), t(11;14), +1q, del(13q), del(17p), hyperdiploidy"),
    visit(
        &["amyloidosis"],
        "signs of AL amyloidosis",
        "ALアミロイドーシスの徴候",
        Kind::YesNo(|e, v| e.visit.amyloidosis = Some(v)),
    ),
    visit(
        &["igm_signs"],
        "symptoms or signs of the IgM disease",
        "IgM疾患による症状・所見",
        Kind::YesNo(|e, v| e.visit.igm_signs = Some(v)),
    ),
    visit(
        &["other_cause"],
        "features with another cause",
        "他の原因による所見",
        text("none, or a list of the letters C, R, A, B", true, |e, t| {
            e.visit.other_cause = or_refused(crab(t))?;
            Ok(())
        }),
    )
    .with_note("none, or those of C, R, A and B that the physician puts down to another cause"),
];
