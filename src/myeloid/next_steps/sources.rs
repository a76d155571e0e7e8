//! The papers and pages behind steps, figures and background. Each was read, in full or as its abstract or a page quotes it.

/// This program's own proposal.
pub(super) const OWN: &str = "hemoclone";
/// The lecture that the project began with.
pub(super) const LECTURE: &str = "Yoshida S. 血液前がん病変の病態生理と最新知見 (lecture)";
/// Statement of the American Heart Association ("Top things to know", professional.heart.org).
pub(super) const AHA_2026: &str =
    "AHA Scientific Statement: Clonal Hematopoiesis and Its Cardiovascular Implications, 10 February 2026";
/// Meta-analysis of 88 studies (abstract).
pub(super) const CHIP_META_2024: &str = "Systematic review and meta-analysis, Blood Adv 2024;8:3771";
/// Yearly risk of CHIP.
pub(super) const DANA_FARBER_2024: &str = "Dana-Farber newsletter 2024";
/// CHRS.
pub(super) const WEEKS_2023: &str = "Weeks, NEJM Evid 2023;2(5):EVIDoa2200310";
/// CCRS (abstract).
pub(super) const XIE_2024: &str = "Xie, Blood 2024;144:2033";
/// A series of CCUS.
pub(super) const HAEMATOLOGY_ETC: &str = "HaematologyEtc (haematologyetc.co.uk)";
/// WHO 2022 (of MDS as an equivalent of AML: as extracted in the public repository `ngs_evidence_layer`).
pub(super) const WHO_2022: &str = "Khoury, Leukemia 2022;36:1703";
/// ICC 2022.
pub(super) const ICC_2022: &str = "Arber, Blood 2022;140:1200";
/// Inherited predisposition (the table as published on the web).
pub(super) const GERMLINE_TABLE: &str =
    "Table of myeloid neoplasms with germline predisposition, American Society of Hematology publications";
/// UBA1 Met41 and VEXAS syndrome (abstract).
pub(super) const VEXAS_2022: &str = "VEXAS syndrome and UBA1, Blood 2022;140:1496";
/// Signs of VEXAS syndrome (abstract).
pub(super) const VEXAS_LETTER: &str = "Three UBA1 clones for a unique VEXAS syndrome (letter, hal-04482584)";
/// UBA1 Met41Leu in people who have no signs (abstract).
pub(super) const VEXAS_2024: &str = "Corty, Arthritis Rheumatol 2024, doi:10.1002/art.42802";
/// Mutant calreticulin (abstract and introduction).
pub(super) const CALR_REVIEW: &str =
    "Mutant calreticulin in myeloproliferative neoplasms (review), PMC7000472";
/// IPSS-R.
pub(super) const GREENBERG_2012: &str = "Greenberg, Blood 2012;120:2454";
/// IPSS-M.
pub(super) const BERNARD_2022: &str = "Bernard, NEJM Evid 2022;1(7):EVIDoa2200008";
/// Lower and higher risk at an IPSS-R of 3.5, as pages that cite it state it (Blood Cancer J 2021;11:30 the same).
pub(super) const CAZZOLA_2020: &str = "Cazzola, N Engl J Med 2020;383:1358";
/// Luspatercept against epoetin alfa, interim analysis; The Hematologist 2023 on its criteria of entry.
pub(super) const COMMANDS: &str = "COMMANDS: Platzbecker, Lancet 2023;402:373";
/// Lenalidomide in isolated del(5q) (abstract).
pub(super) const MDS_004: &str =
    "MDS-004, subset with isolated del(5q), Eur J Haematol (repub.eur.nl/pub/62313)";
/// Azacitidine (abstract).
pub(super) const AZA_001: &str = "AZA-001: Fenaux, Lancet Oncol 2009;10:223";
/// Treatment of higher-risk MDS (abstract).
pub(super) const HIGHER_RISK_2014: &str = "How we treat higher-risk MDS, Blood 2014;123:829";
/// Transplantation in MDS (abstracts).
pub(super) const TRANSPLANT_MDS_2025: &str =
    "International panel on transplantation in MDS, Blood 2025;145:1987";
/// Transplantation in MDS and CMML (abstract).
pub(super) const TRANSPLANT_MDS_2017: &str =
    "International panel on transplantation in MDS and CMML, Blood 2017;129:1753";
/// Guideline of CMML (abstract).
pub(super) const ITZYKSON_2018: &str = "EHA and ELN: Itzykson, HemaSphere 2018;2:e150";
/// Transplantation in CMML (abstract).
pub(super) const ONIDA_2024: &str = "EBMT: Onida, Blood 2024;143:2227";
/// AML (abstract).
pub(super) const ELN_2022: &str = "ELN 2022: Döhner, Blood 2022;140:1345";
/// Less-intensive therapy of AML, and the trial of ivosidenib that it cites (as extracted in the public repository `ngs_evidence_layer`).
pub(super) const ELN_2024: &str = "ELN 2024: Döhner, Blood 2024;144:2169";
/// Acute promyelocytic leukemia (abstract).
pub(super) const APL_2009: &str = "How I treat acute promyelocytic leukemia, Blood 2009;114:5126";
/// Midostaurin, as a report on the paper quotes it.
pub(super) const RATIFY: &str = "RATIFY, N Engl J Med 2017";
/// Quizartinib, as reports on the paper quote it.
pub(super) const QUANTUM_FIRST: &str = "QuANTUM-First, Lancet 2023";
/// Testing for FLT3 and inhibitors (abstract).
pub(super) const FLT3_CONSENSUS: &str = "Consensus on FLT3-mutated AML (PMC12984530)";
/// Azacitidine with venetoclax (abstract of its final analysis).
pub(super) const VIALE_A: &str = "VIALE-A: DiNardo, N Engl J Med 2020";
/// Canakinumab by clonal hematopoiesis.
pub(super) const CANTOS: &str = "CANTOS: Svensson, JAMA Cardiol 2022;7:521";
