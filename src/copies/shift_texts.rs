//! What the assessment of a patient must say of heterozygous sites: what they suggest, down to what they show nothing, and what contradicts
//! them.

use super::model::{CopyNumber, CopyRegion, CopyState, RegionCopies};
use super::shift_model::{AlleleShift, ShiftKind};
use super::texts::percent;
use crate::panel::Text;
use crate::patient::Clinical;

impl RegionCopies {
    /// Whether depth suggests the change.
    pub fn is_suspected(&self) -> bool {
        self.state == CopyState::Suspected
    }

    /// Returns what the heterozygous sites suggest, where they do.
    pub fn suspected_shift(&self) -> Option<&AlleleShift> {
        self.shift.as_ref().filter(|s| s.state == CopyState::Suspected)
    }

    fn unseen_shift(&self) -> Option<(&AlleleShift, f64)> {
        let shift = self
            .shift
            .as_ref()
            .filter(|s| s.state == CopyState::NotDetected)?;
        Some((shift, shift.limit?))
    }
}

impl CopyNumber {
    /// Returns the regions whose heterozygous sites are off balance.
    pub fn shifted(&self) -> impl Iterator<Item = (&RegionCopies, &AlleleShift)> {
        let shift = |region| Some((region, RegionCopies::suspected_shift(region)?));
        self.regions.iter().filter_map(shift)
    }

    fn of_17p(&self) -> Option<&RegionCopies> {
        let regions = self.regions.iter();
        regions.into_iter().find(|r| r.region == CopyRegion::Loss17p)
    }

    /// Whether depth or heterozygous sites suggest that a copy of TP53 is lost in some cells.
    pub fn suggests_tp53_loss(&self) -> bool {
        self.of_17p().is_some_and(|region| {
            let shift = region.suspected_shift();
            let by_sites = shift.is_some_and(AlleleShift::may_be_loss_of_tp53);
            region.genes.iter().any(|gene| gene == "TP53") && (region.is_suspected() || by_sites)
        })
    }

    /// Returns what heterozygous sites suggest and is not counted, and, beside a TP53 mutation, down to what they show nothing.
    pub(super) fn shift_notes(&self, tp53_is_mutated: bool, clinical: &Clinical) -> Vec<Text> {
        let open = self.shifted().filter(|(region, _)| region.stated != Some(true));
        let mut notes: Vec<Text> = open
            .map(|(region, shift)| suspected(region.region, shift))
            .collect();
        if !tp53_is_mutated {
            return notes;
        }
        let unseen = self.of_17p().and_then(RegionCopies::unseen_shift);
        if let Some((shift, limit)) = unseen.filter(|_| clinical.tp53_loh.is_none()) {
            let (genes, limit) = (shift.genes.join(", "), percent(Some(limit)));
            notes.push(Text::new(
                format!(
                    "The heterozygous sites of {genes} show no loss of an allele on 17p down to {limit} of the cells, which is no negative below that: TP53loh stays open. Give TP53loh (0 or 1)"
                ),
                format!(
                    "{genes}のヘテロ接合部位では17pのアレル消失を認めない（検出限界：細胞の{limit}）が、それ未満の陰性は意味しない。TP53lohは未定のままとした。TP53loh（0または1）の入力が必要"
                ),
            ));
        }
        if let Some(found) = &self.tp53 {
            let (change, share) = (&found.change, percent(Some(found.cells_at_least)));
            let vaf = format!(
                "{:.2} ({:.2}–{:.2})",
                found.vaf.value, found.vaf.low, found.vaf.high
            );
            notes.push(Text::new(
                format!(
                    "TP53 {change} has VAF {vaf}, more than one of two copies can give: the other allele is lost in at least {share} of the cells, or the mutation is inherited. WHO, ICC and IPSS-M have limits of the VAF of their own, and it counts by these alone"
                ),
                format!(
                    "TP53 {change}のVAFは{vaf}であり、2コピー中1コピーでは説明できない：細胞の少なくとも{share}でもう一方のアレルが消失しているか、生殖細胞系列変異である。WHO・ICC・IPSS-Mの各VAF基準によってのみ判定に反映される"
                ),
            ));
        }
        notes
    }

    /// Returns what heterozygous sites and what was stated do not agree on.
    pub(super) fn shift_contradictions(&self, clinical: &Clinical) -> Vec<Text> {
        let mut found: Vec<Text> = self.regions.iter().filter_map(with_cytogenetics).collect();
        if let Some(region) = self.of_17p() {
            found.extend(with_tp53_loh(region, clinical.tp53_loh));
        }
        if let Some(tp53) = self.tp53.as_ref().filter(|_| clinical.tp53_loh == Some(false)) {
            let (change, vaf) = (&tp53.change, tp53.vaf.value);
            found.push(Text::new(
                format!(
                    "TP53loh is given as 0, but TP53 {change} has VAF {vaf:.2}, which speaks for a lost allele unless it is inherited"
                ),
                format!(
                    "TP53lohは0と入力されたが、TP53 {change}のVAFは{vaf:.2}であり、生殖細胞系列変異でなければアレル消失を示唆する"
                ),
            ));
        }
        found
    }
}

/// Says what is suspected.
fn suspected(region: CopyRegion, shift: &AlleleShift) -> Text {
    let (en, ja) = region.place();
    let genes = shift.genes.join(", ");
    let sites = format!("{}/{}", shift.shifted, shift.sites);
    let (kind_en, kind_ja) = kind(shift.kind.unwrap_or(ShiftKind::Imbalance));
    let (cells_en, cells_ja) = cells(shift);
    let mut text = Text::new(
        format!(
            "Heterozygous sites on {en} are off balance ({sites} sites; genes: {genes}), suggested by sequencing: {kind_en}{cells_en}. It is to be confirmed by another method (SNP array) and counts in no score"
        ),
        format!(
            "シーケンスにより{ja}のヘテロ接合部位にアレル不均衡が疑われる（{sites}部位、遺伝子：{genes}）：{kind_ja}{cells_ja}。他の方法（SNPアレイ）での確認が必要であり、いずれのスコアにも算入していない"
        ),
    );
    if region == CopyRegion::Loss17p {
        text.en
            .push_str("; TP53loh stays as stated. Give TP53loh (0 or 1)");
        text.ja
            .push_str("。TP53lohは入力値のままとした。TP53loh（0または1）の入力が必要");
    }
    text
}

/// Lists the share of cells by each change.
fn cells(shift: &AlleleShift) -> (String, String) {
    let list = |name: fn(ShiftKind) -> &'static str, join: &str| {
        let each = shift.cells.iter().map(|c| {
            let [value, low, high] = [c.cells.value, c.cells.low, c.cells.high].map(|s| s * 100.0);
            format!("{} {value:.0} % ({low:.0}–{high:.0} %)", name(c.kind))
        });
        each.collect::<Vec<_>>().join(join)
    };
    if shift.cells.is_empty() {
        return Default::default();
    }
    (
        format!(
            "; share of cells, if two copies are usual and the clone is one: {}",
            list(|k| kind(k).0, ", ")
        ),
        format!(
            "。細胞の割合（他は2コピー、クローンは1種類と仮定）：{}",
            list(|k| kind(k).1, "、")
        ),
    )
}

fn with_cytogenetics(region: &RegionCopies) -> Option<Text> {
    let (en, ja) = region.region.place();
    if region.stated? {
        let (shift, limit) = region.unseen_shift()?;
        let (genes, limit) = (shift.genes.join(", "), percent(Some(limit)));
        Some(Text::new(
            format!(
                "a loss on {en} is stated, but the heterozygous sites of {genes} are balanced (limit: {limit} of the cells); these genes may lie outside of it"
            ),
            format!(
                "{ja}の欠失と入力されたが、{genes}のヘテロ接合部位は均衡している（検出限界：細胞の{limit}）。これらの遺伝子が欠失の範囲外にある可能性がある"
            ),
        ))
    } else {
        let shift = region.suspected_shift()?;
        // What depth says already is not said twice.
        let is_loss = shift.kind == Some(ShiftKind::Loss) && !region.is_suspected();
        is_loss.then(|| {
                let share = percent(shift.cells.first().map(|c| c.cells.value));
                Text::new(
                    format!(
                        "heterozygous sites and depth suggest a loss on {en} in about {share} of the cells, which the stated cytogenetics do not have; what is stated was used"
                    ),
                    format!(
                        "ヘテロ接合部位と深度から{ja}の欠失が疑われる（細胞の約{share}）が、入力された核型にはない。入力された核型を使用した"
                    ),
                )
            })
    }
}

fn with_tp53_loh(region: &RegionCopies, stated: Option<bool>) -> Option<Text> {
    if stated? {
        // What cytogenetics state is held against the sites by itself.
        let (shift, limit) = region.unseen_shift().filter(|_| region.stated != Some(true))?;
        let (genes, limit) = (shift.genes.join(", "), percent(Some(limit)));
        return Some(Text::new(
            format!(
                "TP53loh is given as 1, but the heterozygous sites of {genes} are balanced (limit: {limit} of the cells); the given value was used"
            ),
            format!(
                "TP53lohは1と入力されたが、{genes}のヘテロ接合部位は均衡している（検出限界：細胞の{limit}）。入力値を使用した"
            ),
        ));
    }
    let shift = region.suspected_shift().filter(|s| s.may_be_loss_of_tp53())?;
    let genes = shift.genes.join(", ");
    Some(Text::new(
        format!(
            "TP53loh is given as 0, but the heterozygous sites of {genes} suggest the loss of an allele on 17p; the given value was used"
        ),
        format!(
            "TP53lohは0と入力されたが、{genes}のヘテロ接合部位から17pのアレル消失が疑われる。入力値を使用した"
        ),
    ))
}

impl CopyRegion {
    /// Returns where the sites of a region lie, in English and Japanese.
    pub(crate) const fn place(self) -> (&'static str, &'static str) {
        match self {
            Self::Loss5q => ("5q", "5q"),
            Self::Loss7q => ("7q", "7q"),
            Self::Loss17p => ("17p", "17p"),
            Self::Loss20q => ("20q", "20q"),
            Self::LossX => ("the X", "X染色体"),
            Self::Gain8 => ("chromosome 8", "8番染色体"),
        }
    }
}

const fn kind(kind: ShiftKind) -> (&'static str, &'static str) {
    match kind {
        ShiftKind::Loss => ("loss of a copy", "1コピーの欠失"),
        ShiftKind::CopyNeutral => (
            "copy-neutral loss of heterozygosity",
            "コピー数変化のないヘテロ接合性消失（CN-LOH）",
        ),
        ShiftKind::Gain => ("gain of a copy", "1コピーの増加"),
        ShiftKind::Imbalance => (
            "loss or gain, which depth does not tell apart",
            "欠失・CN-LOH・増加のいずれか（深度では区別できない）",
        ),
    }
}
