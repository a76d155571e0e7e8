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

const fn visit(names: &'static [&'static str], kind: Kind) -> Field {
    field(names, kind).for_readers(VISIT)
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
        text("a date, YYYY-MM-DD", false, |e, t| {
            e.visit.date = Some(or_refused(Date::parse(&crate::tables::plain(t)))?);
            Ok(())
        }),
    )
    .with_note("needed where a person has several visits"),
    visit(
        &["m_protein", "M蛋白", "血清M蛋白"],
        measured(PROTEIN, (0.0, 15.0), |e, v| e.visit.m_protein = Some(v)),
    ),
    visit(
        &["urine_m_protein", "尿中M蛋白", "尿M蛋白"],
        measured(PER_DAY, (0.0, 50_000.0), |e, v| e.visit.urine_m_protein = Some(v)),
    ),
    visit(
        &["kappa_flc", "遊離κ軽鎖"],
        measured(LIGHT_CHAINS, (0.1, 100_000.0), |e, v| e.visit.kappa_flc = Some(v)),
    ),
    visit(
        &["lambda_flc", "遊離λ軽鎖"],
        measured(LIGHT_CHAINS, (0.1, 100_000.0), |e, v| e.visit.lambda_flc = Some(v)),
    ),
    visit(
        &["involved_flc"],
        measured(LIGHT_CHAINS, (0.1, 100_000.0), |e, v| e.visit.involved_flc = Some(v)),
    ),
    visit(
        &["flc_ratio", "kappa_lambda_ratio", "κλ比"],
        plain(RATIO, (1e-6, 1e6), |e, v| e.visit.flc_ratio = Some(v)),
    ),
    visit(
        &["involved_flc_ratio"],
        plain(INVOLVED_RATIO, (1.0, 1e6), |e, v| e.visit.involved_flc_ratio = Some(v)),
    ),
    visit(
        &["involved_flc_raised"],
        Kind::YesNo(|e, v| e.visit.involved_flc_raised = Some(v)),
    ),
    visit(
        &["heavy_chain", "重鎖"],
        text("IgG, IgA, IgM, IgD, IgE or none", true, |e, t| {
            e.visit.heavy_chain = Some(or_refused(heavy_chain(t))?);
            Ok(())
        }),
    )
    .with_note("by immunofixation"),
    visit(
        &["light_chain", "軽鎖"],
        text("kappa or lambda", false, |e, t| {
            e.visit.light_chain = Some(or_refused(light_chain(t))?);
            Ok(())
        }),
    )
    .with_note("by immunofixation"),
    visit(
        &["plasma_cells", "形質細胞", "骨髄形質細胞"],
        percentage(|e, v| e.visit.plasma_cells = Some(v)),
    )
    .with_note("of the marrow"),
    visit(
        &["lymphoplasmacytic_cells"],
        percentage(|e, v| e.visit.lymphoplasmacytic_cells = Some(v)),
    )
    .with_note("of the marrow, of IgM disease"),
    visit(
        &["aberrant_plasma_cells"],
        percentage(|e, v| e.visit.aberrant_plasma_cells = Some(v)),
    )
    .with_note("among all plasma cells of the marrow"),
    visit(
        &["plasmacytoma", "形質細胞腫"],
        text("none, bone or soft_tissue (biopsy-proven)", true, |e, t| {
            e.visit.plasmacytoma = Some(or_refused(plasmacytoma(t))?);
            Ok(())
        }),
    ),
    visit(
        &["calcium", "カルシウム"],
        measured(CALCIUM, (1.0, 6.0), |e, v| e.visit.calcium = Some(v)),
    )
    .with_note("as measured"),
    visit(
        &["calcium_uln", "カルシウム上限"],
        measured(CALCIUM, (2.2, 2.9), |e, v| e.visit.calcium_uln = Some(v)),
    ),
    visit(
        &["albumin", "アルブミン"],
        measured(MASS, (0.5, 7.0), |e, v| e.visit.albumin = Some(v)),
    ),
    visit(
        &["creatinine", "クレアチニン"],
        measured(CREATININE, (8.0, 3_000.0), |e, v| e.visit.creatinine = Some(v)),
    ),
    visit(
        &["egfr", "crcl", "クレアチニンクリアランス"],
        plain(CLEARANCE, (0.0, 250.0), |e, v| e.visit.egfr = Some(v)),
    )
    .with_note("measured or estimated"),
    visit(
        &["hb_lln", "ヘモグロビン下限"],
        measured(MASS, (9.0, 16.0), |e, v| e.visit.hb_lln = Some(v)),
    ),
    visit(
        &[
            "beta2_microglobulin",
            "b2m",
            "b2_microglobulin",
            "β2ミクログロブリン",
        ],
        measured(MICROGLOBULIN, (0.3, 150.0), |e, v| {
            e.visit.beta2_microglobulin = Some(v);
        }),
    ),
    visit(
        &["ldh"],
        measured(ENZYME, (20.0, 50_000.0), |e, v| e.visit.ldh = Some(v)),
    ),
    visit(
        &["ldh_uln"],
        measured(ENZYME, (100.0, 700.0), |e, v| e.visit.ldh_uln = Some(v)),
    ),
    visit(
        &["bone_lesions", "溶骨性病変"],
        Kind::Whole(MOST_LESIONS, |e, v| e.visit.bone_lesions = Some(v)),
    )
    .with_note("their number, 2 for several"),
    visit(
        &["mri_lesions"],
        Kind::Whole(MOST_LESIONS, |e, v| e.visit.mri_lesions = Some(v)),
    )
    .with_note("the number of those of at least 5 mm, 2 for several"),
    visit(
        &["immunoparesis"],
        Kind::YesNo(|e, v| e.visit.immunoparesis = Some(v)),
    )
    .with_note("uninvolved immunoglobulins below normal"),
    visit(
        &["reduced_isotypes"],
        Kind::Whole(MOST_ISOTYPES, |e, v| e.visit.reduced_isotypes = Some(v)),
    )
    .with_note("the number of uninvolved classes below normal"),
    visit(
        &["fish", "FISH検査"],
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
        Kind::YesNo(|e, v| e.visit.amyloidosis = Some(v)),
    ),
    visit(
        &["igm_signs"],
        Kind::YesNo(|e, v| e.visit.igm_signs = Some(v)),
    ),
    visit(
        &["other_cause"],
        text("none, or a list of the letters C, R, A, B", true, |e, t| {
            e.visit.other_cause = or_refused(crab(t))?;
            Ok(())
        }),
    )
    .with_note("none, or those of C, R, A and B that the physician puts down to another cause"),
];
