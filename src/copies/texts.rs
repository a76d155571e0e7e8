//! What the assessment of a patient must say of copies: that they are suggested and not counted, and what contradicts them.

use super::model::{CopyNumber, CopyRegion, CopyState, RegionCopies};
use crate::panel::Text;
use crate::patient::Clinical;

impl CopyNumber {
    /// Returns the changes of arms and chromosomes that depth suggests.
    pub fn suspected(&self) -> impl Iterator<Item = &RegionCopies> {
        self.regions.iter().filter(|r| r.state == CopyState::Suspected)
    }

    /// Returns what was suggested and is not counted; `tp53_is_mutated` asks for what is to be said beside a mutation of TP53.
    pub fn notes(&self, tp53_is_mutated: bool, clinical: &Clinical) -> Vec<Text> {
        let note = |region: &RegionCopies| {
            let (en, ja) = name(region.region);
            let cells = percent(region.cells);
            let mut text = Text::new(
                format!(
                    "Depth suggests {en} in about {cells} of the cells (genes: {}); it is to be confirmed by cytogenetics and counts in no score",
                    region.genes.join(", ")
                ),
                format!(
                    "リード深度から{ja}が疑われる（細胞の約{cells}、根拠の遺伝子：{}）。細胞遺伝学的検査での確認が必要であり、いずれのスコアにも算入していない",
                    region.genes.join("、")
                ),
            );
            if region.region == CopyRegion::Loss17p {
                text.en
                    .push_str("; TP53loh stays as stated. Give TP53loh or the karyotype");
                text.ja
                    .push_str("。TP53lohは入力値のままとした。TP53lohまたは核型の入力が必要");
            }
            text
        };
        let open = self.suspected().filter(|r| r.stated != Some(true));
        let by_depth = open.map(note);
        by_depth
            .chain(self.shift_notes(tp53_is_mutated, clinical))
            .collect()
    }

    /// Returns what depth and what was stated do not agree on.
    pub fn contradictions(&self, clinical: &Clinical) -> Vec<Text> {
        let mut found: Vec<Text> = self.regions.iter().filter_map(of_region).collect();
        let loss = self.suspected().find(|r| r.region == CopyRegion::Loss17p);
        if let Some(loss) = loss.filter(|r| r.stated.is_none() && clinical.tp53_loh == Some(false)) {
            let cells = percent(loss.cells);
            found.push(Text::new(
                format!("TP53loh is given as 0, but depth suggests a loss on 17p in about {cells} of the cells; the given value was used"),
                format!("TP53lohは0と入力されたが、リード深度から17p欠失が疑われる（細胞の約{cells}）。入力値を使用した"),
            ));
        }
        if clinical.genes.get("MLL_PTD") == Some(&false)
            && matches!(self.ptd.state, CopyState::Detected | CopyState::Suspected)
        {
            found.push(Text::new(
                "MLL_PTD is given as 0, but the reads suggest KMT2A-PTD; the given value was used",
                "MLL_PTDは0と入力されたが、リードからKMT2A-PTDが疑われる。入力値を使用した",
            ));
        }
        found.extend(self.shift_contradictions(clinical));
        found
    }
}

fn of_region(region: &RegionCopies) -> Option<Text> {
    let (en, ja) = name(region.region);
    match (region.stated?, region.state) {
        (false, CopyState::Suspected) => {
            let cells = percent(region.cells);
            Some(Text::new(
                format!(
                    "depth suggests {en} in about {cells} of the cells, which the stated cytogenetics do not have; what is stated was used"
                ),
                format!(
                    "リード深度から{ja}が疑われる（細胞の約{cells}）が、入力された核型にはない。入力された核型を使用した"
                ),
            ))
        }
        (true, CopyState::NotDetected) => {
            let limit = percent(region.limit);
            Some(Text::new(
                format!(
                    "{en} is stated, but the depth of {} does not show it (limit: {limit} of the cells); these genes may lie outside of it",
                    region.genes.join(", ")
                ),
                format!(
                    "{ja}と入力されたが、{}の深度には認められない（検出限界：細胞の{limit}）。これらの遺伝子が欠失・増加の範囲外にある可能性がある",
                    region.genes.join("、")
                ),
            ))
        }
        _ => None,
    }
}

pub(super) fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "?".to_owned(), |s| format!("{:.0} %", s * 100.0))
}

const fn name(region: CopyRegion) -> (&'static str, &'static str) {
    match region {
        CopyRegion::Loss5q => ("a loss on 5q", "5q欠失"),
        CopyRegion::Loss7q => ("a loss on 7q", "7q欠失"),
        CopyRegion::Loss17p => ("a loss on 17p", "17p欠失"),
        CopyRegion::Loss20q => ("a loss on 20q", "20q欠失"),
        CopyRegion::LossX => ("the loss of an X", "X染色体の欠失"),
        CopyRegion::Gain8 => ("a gain of chromosome 8", "8番染色体の増加"),
    }
}
