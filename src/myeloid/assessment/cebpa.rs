//! Two mutations of CEBPA: on both copies of the gene, or on one.

use super::genes::calls_of;
use crate::drivers::Call;
use crate::panel::Text;

/// Where the mutations of CEBPA lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CebpaCopies {
    /// Two of them on different copies.
    Both,
    /// All of them on one.
    One,
    /// Not told.
    NotTold,
}

/// Returns where the mutations lie; `None` for fewer than two, those to review among them.
pub(super) fn copies(calls: &[Call]) -> Option<CebpaCopies> {
    let mutations: Vec<&Call> = calls_of(calls, "CEBPA")
        .filter(|c| c.status.is_driver_or_review())
        .collect();
    let others = |at: usize| mutations.iter().skip(at + 1);
    let pairs = mutations
        .iter()
        .enumerate()
        .flat_map(|(at, a)| others(at).map(move |b| (a, b)));
    let shared: Vec<Option<bool>> = pairs
        .map(|(a, b)| a.phase.as_ref()?.is_shared_with(b.phase.as_ref()?))
        .collect();
    if shared.is_empty() {
        None
    } else if shared.contains(&Some(false)) {
        Some(CebpaCopies::Both)
    } else if shared.contains(&None) {
        Some(CebpaCopies::NotTold)
    } else {
        Some(CebpaCopies::One)
    }
}

impl CebpaCopies {
    /// Returns what a reader must know.
    pub(super) fn note(self) -> Text {
        match self {
            Self::Both => Text::new(
                "The mutations of CEBPA lie on different copies of the gene, by their phase: biallelic",
                "CEBPA変異はフェーズ情報により別々のアレルに存在：両アレル性",
            ),
            Self::One => Text::new(
                "The mutations of CEBPA lie on one copy of the gene, by their phase: not biallelic by them",
                "CEBPA変異はフェーズ情報により同一アレルに存在：これらによる両アレル性ではない",
            ),
            Self::NotTold => Text::new(
                "Two mutations of CEBPA: whether on both copies of the gene or on one cannot be told from the data. Where both are certain \
                 they count as biallelic, as in most published series; long reads or cloning of the amplicon would tell",
                "CEBPA変異が2個検出されたが、両アレルか同一アレルかはデータから判別できない。いずれも確実な場合は、多くの報告と同様に両アレル性として扱う。ロングリードやアンプリコンのクローニングで確認できる",
            ),
        }
    }
}
