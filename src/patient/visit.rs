//! What is known of a person at one visit of the plasma-cell road, in canonical units.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Date;

/// Heavy chain of the M protein by immunofixation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum HeavyChain {
    /// IgG.
    IgG,
    /// IgA.
    IgA,
    /// IgM.
    IgM,
    /// IgD.
    IgD,
    /// IgE.
    IgE,
    /// Immunofixation was done and shows no heavy chain.
    None,
}

impl HeavyChain {
    /// Returns the class as it is written, where there is one.
    pub const fn class(self) -> Option<&'static str> {
        match self {
            Self::IgG => Some("IgG"),
            Self::IgA => Some("IgA"),
            Self::IgM => Some("IgM"),
            Self::IgD => Some("IgD"),
            Self::IgE => Some("IgE"),
            Self::None => None,
        }
    }
}

/// Light chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LightChain {
    /// κ.
    Kappa,
    /// λ.
    Lambda,
}

impl LightChain {
    /// Returns the name in Latin letters.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kappa => "kappa",
            Self::Lambda => "lambda",
        }
    }
}

/// A biopsy-proven plasmacytoma.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Plasmacytoma {
    /// Looked for, none.
    None,
    /// In bone.
    Bone,
    /// Outside bone.
    SoftTissue,
}

/// An abnormality found by FISH in plasma cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fish {
    /// t(4;14).
    T4_14,
    /// t(14;16).
    T14_16,
    /// Gain or amplification of 1q.
    Gain1q,
    /// del(13q) or monosomy 13.
    Del13q,
    /// del(17p) or monosomy 17.
    Del17p,
    /// t(11;14).
    T11_14,
    /// t(14;20).
    T14_20,
    /// Hyperdiploidy.
    Hyperdiploidy,
}

/// One of the CRAB features, which must be due to the plasma cells to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Crab {
    /// Hypercalcemia.
    C,
    /// Renal insufficiency.
    R,
    /// Anemia.
    A,
    /// Bone lesions.
    B,
}

impl Crab {
    /// Returns the letter as doctors write it.
    pub const fn letter(self) -> &'static str {
        match self {
            Self::C => "C",
            Self::R => "R",
            Self::A => "A",
            Self::B => "B",
        }
    }
}

/// One visit. `None` means not given, which is never taken for normal.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlasmaInput {
    /// Name of the sample or patient.
    pub sample: String,
    /// 1-based line of the input where it begins; 0 if it was not read from a file.
    pub line: u64,
    /// Date of the values.
    pub date: Option<Date>,
    /// Serum M protein, g/dL.
    pub m_protein: Option<f64>,
    /// Heavy chain by immunofixation.
    pub heavy_chain: Option<HeavyChain>,
    /// Light chain by immunofixation.
    pub light_chain: Option<LightChain>,
    /// Urine M protein, mg/24 h.
    pub urine_m_protein: Option<f64>,
    /// Serum free κ, mg/L.
    pub kappa_flc: Option<f64>,
    /// Serum free λ, mg/L.
    pub lambda_flc: Option<f64>,
    /// κ/λ ratio as reported.
    pub flc_ratio: Option<f64>,
    /// Involved/uninvolved ratio as reported, at least 1.
    pub involved_flc_ratio: Option<f64>,
    /// Involved free light chain as reported, mg/L.
    pub involved_flc: Option<f64>,
    /// Whether the involved free light chain lies above its laboratory's upper limit.
    pub involved_flc_raised: Option<bool>,
    /// Clonal plasma cells of the marrow, %.
    pub plasma_cells: Option<f64>,
    /// Lymphoplasmacytic infiltration of the marrow, % (IgM).
    pub lymphoplasmacytic_cells: Option<f64>,
    /// Biopsy-proven plasmacytoma.
    pub plasmacytoma: Option<Plasmacytoma>,
    /// Calcium, mmol/L, as measured.
    pub calcium: Option<f64>,
    /// Upper limit of normal of calcium, mmol/L.
    pub calcium_uln: Option<f64>,
    /// Albumin, g/dL.
    pub albumin: Option<f64>,
    /// Creatinine, µmol/L.
    pub creatinine: Option<f64>,
    /// Creatinine clearance, measured or estimated, mL/min.
    pub egfr: Option<f64>,
    /// Hemoglobin, g/dL.
    pub hb: Option<f64>,
    /// Lower limit of normal of hemoglobin, g/dL.
    pub hb_lln: Option<f64>,
    /// β2-microglobulin, mg/L.
    #[serde(default)]
    pub beta2_microglobulin: Option<f64>,
    /// Lactate dehydrogenase, U/L.
    #[serde(default)]
    pub ldh: Option<f64>,
    /// Upper limit of normal of lactate dehydrogenase, U/L.
    #[serde(default)]
    pub ldh_uln: Option<f64>,
    /// Osteolytic lesions on X-ray, CT or PET-CT, a plasmacytoma of bone included.
    pub bone_lesions: Option<u32>,
    /// Focal lesions of at least 5 mm on MRI.
    pub mri_lesions: Option<u32>,
    /// Abnormal among all marrow plasma cells by flow cytometry, %.
    pub aberrant_plasma_cells: Option<f64>,
    /// Uninvolved immunoglobulins below normal.
    pub immunoparesis: Option<bool>,
    /// Number of uninvolved immunoglobulin classes below normal.
    pub reduced_isotypes: Option<u32>,
    /// Abnormalities by FISH; an empty list means tested and none.
    pub fish: Option<Vec<Fish>>,
    /// Signs of AL amyloidosis.
    pub amyloidosis: Option<bool>,
    /// IgM only: constitutional symptoms, hyperviscosity, enlarged nodes, liver or spleen from the disease.
    pub igm_signs: Option<bool>,
    /// CRAB features that the physician puts down to another cause.
    pub other_cause: Vec<Crab>,
}
