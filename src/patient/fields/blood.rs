//! The person, the counts of the blood, and the history.

use super::super::answers::yes_or_no;
use super::super::units::{CELLS, FRACTION, MASS, MONTHS, PERCENT, Quantity, Unstated, VOLUME, YEARS};
use super::{Field, Kind, Reader, Refusal, field, or_refused, text};
use crate::genome::Sex;

use Reader::{Analyze, Ccrs, Chrs, Eln, IpssM, IpssR, Karyotype, PlasmaCell, Stage};

/// Oldest age that is believed, years; the oldest documented person reached 122.
const OLDEST: f64 = 122.0;

/// A hundred years.
const LONGEST_MONTHS: f64 = 1200.0;

/// Largest platelet count that is believed, 10^9/L. Below 1 above 0 it was given in 10^9/L where the column says /µL.
const PLATELETS: Quantity = Quantity::count(CELLS, 3000.0, 1.0);

pub(super) const FIELDS: &[Field] = &[
    field(
        &["sex", "gender", "性別"],
        text("female, male, F or M, or NA", false, |e, t| {
            e.sex = Some(or_refused(Sex::read(t))?);
            Ok(())
        }),
    )
    .for_readers(&[Analyze, Stage, Eln, Karyotype])
    .with_note("decides the threshold of X-linked genes and the limits of hemoglobin"),
    field(
        &["age", "年齢"],
        Kind::Quantity(Quantity::new(YEARS, (0.0, OLDEST)), |e, v| e.age = Some(v)),
    )
    .for_readers(&[Analyze, Stage, IpssR, Chrs]),
    field(
        &["age_at_diagnosis"],
        Kind::Quantity(Quantity::new(YEARS, (0.0, OLDEST)), |e, v| {
            e.age.get_or_insert(v);
        }),
    )
    .for_readers(&[Chrs])
    .with_note("where no column age says more"),
    field(
        &[
            "hb",
            "hgb",
            "hemoglobin",
            "haemoglobin",
            "血色素",
            "血色素量",
            "ヘモグロビン",
            "ヘモグロビン濃度",
        ],
        // In g/L read as g/dL it is above 25; in g/dL read as g/L it is below 1.5 for any value under 15.
        Kind::Quantity(
            Quantity {
                unstated: Unstated::Hemoglobin,
                ..Quantity::new(MASS, (1.5, 25.0))
            },
            |e, v| {
                e.clinical.hemoglobin = Some(v);
                e.visit.hb = Some(v);
            },
        ),
    )
    .for_readers(&[Analyze, Stage, Eln, IpssM, IpssR, PlasmaCell]),
    field(
        &[
            "plt",
            "platelets",
            "platelet",
            "platelet_count",
            "血小板",
            "血小板数",
        ],
        Kind::Quantity(PLATELETS, |e, v| e.clinical.platelets = Some(v)),
    )
    .for_readers(&[Analyze, Stage, Eln, IpssM, IpssR, Ccrs]),
    field(
        &[
            "anc",
            "neutrophils",
            "neutrophil",
            "absolute_neutrophil_count",
            "neutrophil_count",
            "neut",
            "好中球",
            "好中球数",
        ],
        Kind::Quantity(Quantity::count(CELLS, 500.0, 0.005), |e, v| {
            e.clinical.neutrophils = Some(v);
        }),
    )
    .for_readers(&[Analyze, Stage, Eln, IpssR]),
    field(
        &[
            "wbc",
            "leukocytes",
            "leucocytes",
            "white_cells",
            "白血球",
            "白血球数",
        ],
        Kind::Quantity(Quantity::count(CELLS, 1000.0, 0.005), |e, v| {
            e.clinical.white_cells = Some(v);
        }),
    ),
    field(
        &["amc", "monocytes", "monocyte", "mono", "単球", "単球数"],
        Kind::Quantity(Quantity::count(CELLS, 500.0, 0.005), |e, v| {
            e.clinical.monocytes = Some(v);
        }),
    )
    .with_note("of the blood"),
    field(
        &["mcv", "mean_corpuscular_volume", "平均赤血球容積"],
        Kind::Quantity(Quantity::new(VOLUME, (40.0, 160.0)), |e, v| {
            e.clinical.mcv = Some(v);
        }),
    )
    .for_readers(&[Analyze, Stage, Eln, Chrs])
    .with_note("mean corpuscular volume"),
    field(
        &["rdw", "rdw_cv", "red_cell_distribution_width", "赤血球分布幅"],
        // From 36 on it is the standard deviation in fL (RDW-SD, 36 to 47 fL in health: clinlabnavigator.com), which is another quantity.
        Kind::Quantity(Quantity::new(PERCENT, (5.0, 35.0)), |e, v| {
            e.clinical.rdw = Some(v);
        }),
    )
    .for_readers(&[Analyze, Stage, Eln, Chrs])
    .with_note("red cell distribution width, as a coefficient of variation"),
    field(
        &["cytopenia_months", "血球減少期間"],
        Kind::Quantity(Quantity::new(MONTHS, (0.0, LONGEST_MONTHS)), |e, v| {
            e.clinical.cytopenia_months = Some(v);
        }),
    )
    .with_note("how long the cytopenia has lasted"),
    field(
        &["monocytosis_months", "単球増加期間"],
        Kind::Quantity(Quantity::new(MONTHS, (0.0, LONGEST_MONTHS)), |e, v| {
            e.clinical.monocytosis_months = Some(v);
        }),
    )
    .with_note("how long the monocytosis has lasted"),
    field(
        &[
            "excluded_causes",
            "causes_excluded",
            "other_causes_excluded",
            "他原因除外",
        ],
        Kind::YesNo(|e, v| e.clinical.causes_excluded = Some(v)),
    ),
    field(
        &["therapy_history", "prior_therapy", "治療歴"],
        Kind::YesNo(|e, v| e.clinical.prior_therapy = Some(v)),
    )
    .with_note("cytotoxic therapy or radiation for another disease"),
    field(
        &["prior_mds", "MDS既往"],
        Kind::YesNo(|e, v| e.clinical.prior_mds = Some(v)),
    ),
    field(
        &["cytopenia", "ccus", "chip_or_ccus", "chip_ccus", "chip_vs_ccus"],
        text(CYTOPENIA, true, |e, t| {
            e.clone.cytopenia = Some(cytopenia(t)?);
            Ok(())
        }),
    )
    .for_readers(&[Chrs])
    .with_note("CCUS instead of CHIP"),
    field(
        &[
            "max_vaf",
            "largest_vaf",
            "maximum_vaf",
            "vaf_max",
            "highest_vaf",
            "vaf",
            "variant_allele_fraction",
            "variant_allele_frequency",
        ],
        Kind::Quantity(Quantity::new(FRACTION, (0.0, 1.0)), |e, v| {
            e.clone.largest_vaf = Some(v);
        }),
    )
    .for_readers(&[Chrs]),
    field(
        &["single_dnmt3a", "single_dnmt3a_mutation", "dnmt3a_single"],
        Kind::YesNo(|e, v| e.clone.single_dnmt3a = Some(v)),
    )
    .for_readers(&[Chrs])
    .with_note("in place of a list of mutations"),
    field(
        &[
            "high_risk_mutation",
            "high_risk_mutations",
            "high_risk_gene",
            "high_risk",
        ],
        Kind::YesNo(|e, v| e.clone.high_risk = Some(v)),
    )
    .for_readers(&[Chrs])
    .with_note("in place of a list of mutations"),
    field(
        &[
            "splicing_mutation",
            "splicing_mutations",
            "splicing",
            "splicing_factor_mutation",
        ],
        Kind::YesNo(|e, v| e.clone.splicing = Some(v)),
    )
    .for_readers(&[Ccrs])
    .with_note("in place of a list of mutations"),
];

const CYTOPENIA: &str = "0 or CHIP, 1 or CCUS, or NA (not known)";

fn cytopenia(text: &str) -> Result<bool, Refusal> {
    match text.to_ascii_lowercase().as_str() {
        "chip" => Ok(false),
        "ccus" => Ok(true),
        text => or_refused(yes_or_no(text)),
    }
}
