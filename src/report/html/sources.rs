//! The one list of sources of a page: numbered in the order in which the page cites them, each once.
//!
//! Rooms name their sources in their own way, by a key of the panel or by a short text; here they meet under one citation with its DOI.

use std::cell::RefCell;
use std::fmt::Write as _;

use crate::plasma_cell::Source;
use crate::report::words::{Bilingual, Languages};
use crate::sample::SourceRecord;

/// A reference to the list of sources, from 1 on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cite {
    pub(super) number: usize,
}

/// Sources as they are cited, in order.
#[derive(Debug, Default)]
pub(super) struct Registry(RefCell<Vec<Entry>>);

#[derive(Clone, Debug)]
struct Entry {
    citation: String,
    /// The same for Japanese readers, where the source is Japanese.
    japanese: Option<&'static str>,
    doi: Option<String>,
}

/// A source as the page lists it.
pub(super) struct SourceView {
    pub number: usize,
    pub citation: Bilingual,
    /// Empty where none is known.
    pub doi: String,
    /// Where the DOI leads.
    pub link: String,
}

impl Registry {
    /// Cites a source of the panel.
    pub(super) fn record(&self, source: &SourceRecord) -> Cite {
        match known(&source.citation) {
            Some(known) => self.known(known),
            None => self.entry(&source.citation, None, source.doi.as_deref()),
        }
    }

    /// Cites a source of the plasma-cell road.
    pub(super) fn plasma(&self, source: &Source) -> Cite {
        match known(&source.citation) {
            Some(known) => self.known(known),
            None => self.entry(&source.citation, None, source.doi.as_deref()),
        }
    }

    /// Cites sources by the texts that rooms use, parted by semicolons.
    pub(super) fn texts(&self, texts: &str) -> Vec<Cite> {
        let parts = texts.split("; ").filter(|text| !text.is_empty());
        let cite = |text: &str| match known(text) {
            Some(known) => self.known(known),
            None => self.entry(text, None, None),
        };
        sorted(parts.map(cite).collect())
    }

    fn known(&self, known: &Known) -> Cite {
        self.entry(known.citation, known.japanese, known.doi)
    }

    fn entry(&self, citation: &str, japanese: Option<&'static str>, doi: Option<&str>) -> Cite {
        // One style: "Bick AG et al.", as most rooms write it.
        let citation = citation.replace(", et al.", " et al.");
        let mut list = self.0.borrow_mut();
        let is_it = |e: &Entry| {
            e.citation == citation || (doi.is_some() && e.doi.as_deref() == doi && !is_part(&citation))
        };
        let place = list.iter().position(is_it).unwrap_or_else(|| {
            list.push(Entry {
                citation,
                japanese,
                doi: doi.map(str::to_owned),
            });
            list.len() - 1
        });
        Cite { number: place + 1 }
    }

    /// Returns the list.
    pub(super) fn list(&self, languages: &Languages) -> Vec<SourceView> {
        let view = |(place, entry): (usize, &Entry)| SourceView {
            number: place + 1,
            citation: languages.text(&entry.citation, entry.japanese.unwrap_or(&entry.citation)),
            doi: entry.doi.clone().unwrap_or_default(),
            link: entry.doi.as_deref().map(link).unwrap_or_default(),
        };
        self.0.borrow().iter().enumerate().map(view).collect()
    }
}

/// Returns the address of a DOI; what an address does not hold is written by its number.
fn link(doi: &str) -> String {
    let mut address = "https://doi.org/".to_owned();
    for byte in doi.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._/()".contains(&byte) {
            address.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address
}

/// A part of a paper that is cited apart: a sheet, a table, a part of its cohort.
fn is_part(citation: &str) -> bool {
    citation.contains(" sheets") || citation.contains("variants counted as")
}

/// Returns citations in the order of their numbers, each once.
pub(super) fn sorted(mut cites: Vec<Cite>) -> Vec<Cite> {
    cites.sort_by_key(|cite| cite.number);
    cites.dedup_by_key(|cite| cite.number);
    cites
}

/// A source that rooms name by a short text.
struct Known {
    /// How rooms write it; the whole text, or its beginning.
    as_written: &'static [&'static str],
    citation: &'static str,
    japanese: Option<&'static str>,
    doi: Option<&'static str>,
}

const fn paper(
    as_written: &'static [&'static str],
    citation: &'static str,
    doi: Option<&'static str>,
) -> Known {
    Known {
        as_written,
        citation,
        japanese: None,
        doi,
    }
}

fn known(text: &str) -> Option<&'static Known> {
    KNOWN
        .iter()
        .find(|known| known.as_written.iter().any(|start| text.starts_with(start)))
}

/// The sources of steps, scores, classifications and the lecture. DOIs are those of the panel's table of sources, and what a citation
/// itself says (NEJM Evidence numbers its papers by them); where none was seen there is none.
#[rustfmt::skip]
const KNOWN: &[Known] = &[
    paper(&["Khoury JD", "Khoury, Leukemia"], "Khoury JD et al. The 5th edition of the World Health Organization Classification of Haematolymphoid Tumours: Myeloid and Histiocytic/Dendritic Neoplasms. Leukemia 2022;36:1703-1719", Some("10.1038/s41375-022-01613-1")),
    paper(&["Arber DA, et al. Blood 2022", "Arber DA et al. International", "Arber, Blood 2022"], "Arber DA et al. International Consensus Classification of Myeloid Neoplasms and Acute Leukemias. Blood 2022;140:1200-1228", Some("10.1182/blood.2022015850")),
    paper(&["Bernard E, et al. NEJM Evid", "Bernard, NEJM Evid", "Bernard E et al. Molecular"], "Bernard E et al. Molecular International Prognostic Scoring System for Myelodysplastic Syndromes. NEJM Evid 2022;1(7):EVIDoa2200008", Some("10.1056/EVIDoa2200008")),
    paper(&["Weeks LD", "Weeks, NEJM Evid"], "Weeks LD et al. Prediction of risk for myeloid malignancy in clonal hematopoiesis. NEJM Evid 2023;2(5):EVIDoa2200310", Some("10.1056/EVIDoa2200310")),
    paper(&["Xie Z", "Xie, Blood"], "Xie Z et al. Clonal Cytopenia Risk Score. Blood 2024;144(19):2033-2044 (abstract)", None),
    paper(&["Greenberg PL", "Greenberg, Blood"], "Greenberg PL et al. Blood 2012;120:2454-2465", None),
    paper(&["Schanz J"], "Schanz J et al. J Clin Oncol 2012;30:820-829", None),
    paper(&["ELN 2022: Döhner", "Döhner H, et al. Blood 2022"], "Döhner H et al. (ELN 2022). Blood 2022;140:1345-1377", None),
    paper(&["Döhner H, et al. Blood 2024"], "Döhner H et al. (ELN 2024). Blood 2024;144:2169-2173", None),
    paper(&["Lachowiez"], "Lachowiez CA et al. Blood Adv 2023;7:1899-1909 (abstract)", None),
    paper(&["Systematic review and meta-analysis, Blood Adv 2024", "Meta-analysis of the outcomes of clonal hematopoiesis"], "Meta-analysis of the outcomes of clonal hematopoiesis (88 studies). Blood Adv 2024;8:3771", None),
    paper(&["AHA Scientific Statement"], "American Heart Association. Scientific Statement: Clonal Hematopoiesis and Its Cardiovascular Implications, 10 February 2026", None),
    paper(&["Cazzola"], "Cazzola M. N Engl J Med 2020;383:1358", None),
    paper(&["COMMANDS"], "Platzbecker U et al. (COMMANDS). Lancet 2023;402:373", None),
    paper(&["AZA-001"], "Fenaux P et al. (AZA-001). Lancet Oncol 2009;10:223", None),
    paper(&["MDS-004"], "MDS-004 trial, subset with isolated del(5q). Eur J Haematol (repub.eur.nl/pub/62313)", None),
    paper(&["How we treat higher-risk MDS"], "How we treat higher-risk myelodysplastic syndromes. Blood 2014;123:829", None),
    paper(&["International panel on transplantation in MDS, Blood 2025"], "International panel on transplantation in MDS. Blood 2025;145:1987", None),
    paper(&["International panel on transplantation in MDS and CMML"], "International panel on transplantation in MDS and CMML. Blood 2017;129:1753", None),
    paper(&["EHA and ELN: Itzykson"], "Itzykson R et al. (EHA and ELN). HemaSphere 2018;2:e150", None),
    paper(&["EBMT: Onida"], "Onida F et al. (EBMT). Blood 2024;143:2227", None),
    paper(&["How I treat acute promyelocytic"], "How I treat acute promyelocytic leukemia. Blood 2009;114:5126", None),
    paper(&["RATIFY"], "RATIFY trial. N Engl J Med 2017", None),
    paper(&["QuANTUM-First"], "QuANTUM-First trial. Lancet 2023", None),
    paper(&["VIALE-A"], "DiNardo CD et al. (VIALE-A). N Engl J Med 2020", None),
    paper(&["CANTOS"], "Svensson EC et al. (CANTOS). JAMA Cardiol 2022;7:521", None),
    paper(&["Table of myeloid neoplasms with germline predisposition"], "Table of myeloid neoplasms with germline predisposition (CEBPA, DDX41, TP53, RUNX1, ANKRD26, ETV6, GATA2). American Society of Hematology publications", None),
    paper(&["NCBI RefSeq, domain features"], "NCBI RefSeq, domain features (Pfam, SMART, CDD), as gathered in maftools: Mayakonda A et al. Genome Res 2018", Some("10.1101/gr.239244.118")),
    Known {
        as_written: &["Yoshida S."],
        citation: "Yoshida S. Pathophysiology and latest knowledge of pre-malignant conditions of blood (lecture, in Japanese)",
        japanese: Some("Yoshida S. 血液前がん病変の病態生理と最新知見（講義）"),
        doi: None,
    },
    Known {
        as_written: &["hemoclone", "Statement of the hemoclone project"],
        citation: "hemoclone: proposal of this program; nothing published was found",
        japanese: Some("hemoclone：本プログラムの提案（該当する公表文献なし）"),
        doi: None,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_paper_has_one_number_however_rooms_name_it() {
        let registry = Registry::default();
        let first = registry.texts("Weeks, NEJM Evid 2023;2(5):EVIDoa2200310; hemoclone");
        let panel = registry.record(&SourceRecord {
            citation: "Weeks LD et al. Prediction of risk for myeloid malignancy".to_owned(),
            doi: None,
        });
        assert_eq!(first.iter().map(|c| c.number).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(panel.number, 1);
        let other = registry.texts("Greenberg PL, et al. Blood 2012;120:2454-2465");
        assert_eq!(other[0].number, 3);
        let list = registry.list(&Languages::default());
        assert_eq!(list.len(), 3);
        assert_eq!(list[0].doi, "10.1056/EVIDoa2200310");
        assert!(list[1].citation.to_string().contains("本プログラムの提案"));
    }
}
