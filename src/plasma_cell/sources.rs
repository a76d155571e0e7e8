//! The papers and pages behind every number, and whether the number was seen there.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// Key used by rules, models and statements.
    pub key: String,
    /// Citation.
    pub citation: String,
    /// DOI, if it has one.
    pub doi: Option<String>,
    /// How its figures came here: `paper`, `abstract`, `reprint` (a table or page that reprints it), `memory`.
    pub seen: String,
}

/// (key, citation, DOI, seen)
const SOURCES: &[(&str, &str, Option<&str>, &str)] = &[
    (
        "rajkumar_2014",
        "Rajkumar SV, et al. International Myeloma Working Group updated criteria for the diagnosis of multiple myeloma. Lancet Oncol 2014;15:e538-e548",
        Some("10.1016/S1470-2045(14)70442-5"),
        "reprint",
    ),
    (
        "rajkumar_2005",
        "Rajkumar SV, et al. Serum free light chain ratio is an independent risk factor for progression in MGUS. Blood 2005;106:812-817",
        Some("10.1182/blood-2005-03-1038"),
        "reprint",
    ),
    (
        "kyle_rajkumar_reprint",
        "Risk table of Kyle and Rajkumar, reprinted in Postgraduate Medical Journal (Table 3)",
        None,
        "reprint",
    ),
    (
        "kyle_2018",
        "Kyle RA, et al. Long-term follow-up of monoclonal gammopathy of undetermined significance. N Engl J Med 2018;378:241-249",
        Some("10.1056/NEJMoa1709974"),
        "abstract",
    ),
    (
        "dispenzieri_2008",
        "Dispenzieri A, et al. Immunoglobulin free light chain ratio is an independent risk factor for progression of smoldering (asymptomatic) multiple myeloma. Blood 2008;111:785-789",
        None,
        "as ASH Education 2010;295 states it",
    ),
    (
        "perez_persona_2007",
        "Pérez-Persona E, et al. New criteria to identify risk of progression in MGUS and smoldering multiple myeloma based on multiparameter flow cytometry. Blood 2007;110:2586-2592",
        None,
        "as ASH Education 2010;295 states it",
    ),
    (
        "greipp_2005",
        "Greipp PR, et al. International Staging System for multiple myeloma. J Clin Oncol 2005;23:3412-3420",
        None,
        "abstract",
    ),
    (
        "palumbo_2015",
        "Palumbo A, et al. Revised International Staging System for multiple myeloma. J Clin Oncol 2015;33:2863-2869",
        None,
        "abstract",
    ),
    (
        "dagostino_2022",
        "D'Agostino M, et al. Second revision of the International Staging System (R2-ISS) for overall survival in multiple myeloma. J Clin Oncol 2022;40:3406-3418",
        None,
        "factors in a press report, points as a public calculator states them",
    ),
    (
        "katzmann_2002",
        "Katzmann JA, et al. Serum reference intervals and diagnostic ranges for free kappa and free lambda immunoglobulin light chains. Clin Chem 2002;48:1437-1444",
        None,
        "abstract",
    ),
    (
        "hutchison_2008",
        "Hutchison CA, et al. Quantitative assessment of serum and urinary polyclonal free light chains in patients with chronic kidney disease. Clin J Am Soc Nephrol 2008;3:1684-1690",
        None,
        "as a later abstract states it (Ann Clin Biochem 2016;53:399)",
    ),
    (
        "payne_1973",
        "Payne RB, et al. Interpretation of serum calcium in patients with abnormal serum proteins. Br Med J 1973;4:643-646",
        None,
        "as calculators that cite it state it",
    ),
    (
        "ckd_epi_2021",
        "Inker LA, et al. New creatinine- and cystatin C-based equations to estimate GFR without race. N Engl J Med 2021;385:1737-1749",
        None,
        "as kidney.org states it",
    ),
    (
        "lakshman_2018",
        "Lakshman A, et al. Risk stratification of smoldering multiple myeloma incorporating revised IMWG diagnostic criteria. Blood Cancer J 2018;8:59",
        Some("10.1038/s41408-018-0077-4"),
        "abstract",
    ),
    (
        "mateos_2020",
        "Mateos MV, et al. International Myeloma Working Group risk stratification model for smoldering multiple myeloma. Blood Cancer J 2020;10:102",
        Some("10.1038/s41408-020-00366-3"),
        "abstract",
    ),
    (
        "qxmd_847",
        "IMWG risk model for smoldering multiple myeloma, QxMD calculator 847",
        None,
        "reprint",
    ),
    (
        "kyle_2010",
        "Kyle RA, et al. MGUS and smoldering multiple myeloma: IMWG consensus perspectives, risk factors for progression and guidelines for monitoring and management. Leukemia 2010;24:1121-1127",
        Some("10.1038/leu.2010.60"),
        "abstract",
    ),
    (
        "blood_table_7583955",
        "Table of progression rates by type of MGUS, Blood (table view 7583955)",
        None,
        "reprint",
    ),
    (
        "bmj_best_practice_1173",
        "BMJ Best Practice 1173, criteria for MGUS and myeloma",
        None,
        "paper",
    ),
    (
        "ravi_2016",
        "Ravi P, et al. Evolving changes in disease biomarkers and risk of early progression in smoldering multiple myeloma. Blood Cancer J 2016;6:e454",
        None,
        "abstract",
    ),
    (
        "dimopoulos_2024",
        "Dimopoulos MA, et al. Daratumumab or active monitoring for high-risk smoldering multiple myeloma (AQUILA). N Engl J Med 2025;392:1777-1788, online 9 December 2024",
        Some("10.1056/NEJMoa2409029"),
        "reprint",
    ),
    (
        "aquila_post_hoc_2025",
        "Daratumumab monotherapy versus active monitoring in smoldering multiple myeloma, post hoc analyses of AQUILA. Blood 2025;146(Suppl 1):372",
        None,
        "abstract",
    ),
    (
        "fda_2025",
        "FDA approval of subcutaneous daratumumab for high-risk smoldering multiple myeloma, 6 November 2025 (The ASCO Post, November 2025)",
        None,
        "reprint",
    ),
    (
        "ec_2025",
        "European Commission approval of subcutaneous daratumumab for high-risk smoldering multiple myeloma, 23 July 2025 (Multiple Myeloma Hub, July 2025)",
        None,
        "reprint",
    ),
    (
        "leung_2019",
        "Leung N, et al. The evaluation of monoclonal gammopathy of renal significance: a consensus report of the International Kidney and Monoclonal Gammopathy Research Group. Nat Rev Nephrol 2019;15:45-59",
        Some("10.1038/s41581-018-0077-4"),
        "abstract",
    ),
    (
        "kdigo_ckd",
        "KDIGO 2012 and 2024, definition of chronic kidney disease: estimated filtration below 60 mL/min/1.73 m²",
        None,
        "reprint",
    ),
    (
        "plasmacytoma_flow_2014",
        "Solitary bone plasmacytomas need to flow (on Paiva and on Hill in the same issue). Blood 2014;124:1209",
        None,
        "abstract",
    ),
    (
        "light_chain_smm_2014",
        "Clinical course of light-chain smouldering multiple myeloma (idiopathic Bence Jones proteinuria): a retrospective cohort study. Lancet Haematol 2014;1:e28-e36",
        Some("10.1016/S2352-3026(14)70001-8"),
        "abstract",
    ),
    (
        "yoshida_lecture",
        "Yoshida S. 血液前がん病変の病態生理と最新知見 (lecture)",
        None,
        "paper",
    ),
];

/// Returns the sources with these keys, in the order of the table.
pub(crate) fn sources<'a>(keys: impl IntoIterator<Item = &'a str>) -> Vec<Source> {
    let keys: std::collections::BTreeSet<&str> = keys.into_iter().collect();
    SOURCES
        .iter()
        .filter(|(key, ..)| keys.contains(key))
        .map(|(key, citation, doi, seen)| Source {
            key: (*key).to_owned(),
            citation: (*citation).to_owned(),
            doi: doi.map(str::to_owned),
            seen: (*seen).to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stand_once() {
        let keys: std::collections::BTreeSet<_> = SOURCES.iter().map(|s| s.0).collect();
        assert_eq!(keys.len(), SOURCES.len());
        assert_eq!(sources(["mateos_2020", "unknown"]).len(), 1);
    }
}
