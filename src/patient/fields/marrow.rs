//! The marrow.

use super::super::units::{PERCENT, Quantity};
use super::Reader::{Analyze, Eln, IpssM, IpssR, Stage};
use super::{Field, Kind, field};

const fn percent() -> Quantity {
    Quantity::new(PERCENT, (0.0, 100.0))
}

pub(super) const FIELDS: &[Field] = &[
    field(
        &[
            "bm_blast",
            "bm_blasts",
            "bone_marrow_blast",
            "bone_marrow_blasts",
            "marrow_blasts",
            "骨髄芽球",
            "骨髄芽球割合",
            "骨髄芽球比率",
        ],
        Kind::Quantity(percent(), |e, v| e.clinical.marrow_blasts = Some(v)),
    )
    .for_readers(&[Analyze, Stage, Eln, IpssM, IpssR]),
    field(
        &[
            "pb_blast",
            "pb_blasts",
            "blood_blasts",
            "peripheral_blood_blasts",
            "末梢血芽球",
            "末梢血芽球割合",
        ],
        Kind::Quantity(percent(), |e, v| e.clinical.blood_blasts = Some(v)),
    ),
    field(
        &["dysplasia_lineages", "異形成系統数"],
        Kind::Whole(3, |e, v| e.clinical.dysplastic_lineages = u8::try_from(v).ok()),
    )
    .with_note("with 10 % dysplasia or more"),
    field(
        &["ring_sideroblasts", "環状鉄芽球"],
        Kind::Quantity(percent(), |e, v| e.clinical.ring_sideroblasts = Some(v)),
    )
    .with_note("of erythroid precursors"),
    field(
        &["cellularity", "細胞密度"],
        Kind::Quantity(percent(), |e, v| e.clinical.cellularity = Some(v)),
    ),
    field(
        &["fibrosis", "線維化"],
        Kind::Whole(3, |e, v| e.clinical.fibrosis = u8::try_from(v).ok()),
    ),
    field(
        &["auer_rods", "auer_rod", "アウエル小体", "Auer小体"],
        Kind::YesNo(|e, v| e.clinical.auer_rods = Some(v)),
    ),
];
