//! Names of codes in tables, and their words on the page.

use super::{Label, Phrase};
use crate::sample::over_time::{
    Assumption, Course, Direction, LikelihoodKind, LimitSource, NoiseSource, NotAssessed, Relation, Response,
    SightState, Since, WarningCode,
};

macro_rules! codes {
    ($($type:ident { $($variant:ident = $name:literal, $en:literal, $ja:literal;)* })*) => {
        $(
            impl $type {
                /// Returns the name used in tables, the same as in the JSON.
                pub const fn name(self) -> &'static str {
                    match self { $(Self::$variant => $name,)* }
                }
            }

            impl Label for $type {
                fn label(&self) -> Phrase {
                    match self { $(Self::$variant => Phrase { en: $en, ja: $ja },)* }
                }
            }
        )*

        #[cfg(test)]
        mod tests {
            use super::*;

            #[test]
            fn names_are_those_of_the_json_and_both_languages_have_words() {
                $($({
                    let value = $type::$variant;
                    assert_eq!(serde_json::to_value(value).unwrap(), $name);
                    assert_eq!(value.name(), $name);
                    let phrase = value.label();
                    assert!(phrase.en.is_ascii() && !phrase.ja.is_ascii(), "{phrase:?}");
                })*)*
            }
        }
    };
}

codes! {
    SightState {
        Seen = "seen", "seen", "検出";
        BelowDetection = "below_detection", "below detection", "検出限界未満";
        NotAssessed = "not_assessed", "not assessed", "未評価";
    }
    LimitSource {
        Place = "place", "reads at the place", "その位置のリード";
        Gene = "gene", "lowest depth of the gene", "遺伝子の最低深度";
        Stated = "stated", "coverage as the laboratory states; the VAF threshold was taken as limit", "施設の申告（VAF閾値を限界とした）";
        Given = "given", "given by the user", "利用者の指定";
    }
    NotAssessed {
        OffPanel = "off_panel", "gene not on the panel", "パネル外の遺伝子";
        CoverageUnknown = "coverage_unknown", "coverage not shown", "カバレッジ不明";
        TooThin = "too_thin", "covered too thinly", "深度不足";
        Overlapping = "overlapping", "another allele overlaps it", "重なる別のアレルあり";
        ReferenceMismatch = "reference_mismatch", "contradicts the reference", "参照配列と不一致";
    }
    Assumption {
        Heterozygous = "heterozygous", "one of two copies: cells = 2 x VAF", "2コピー中1コピー（細胞割合＝VAF×2）";
        OneCopy = "one_copy", "one copy: cells = VAF", "1コピー（細胞割合＝VAF）";
        SexUnknown = "sex_unknown", "on X, sex not given: taken as one of two copies", "X染色体上で性別不明（2コピー中1コピーと仮定）";
        MoreThanHalf = "more_than_half", "VAF above one half: loss of heterozygosity, or a copy lost; cells between VAF and 2 x VAF", "VAFが1/2を超える（LOHまたはコピー消失、細胞割合はVAF～VAF×2）";
        ManyCopies = "many_copies", "mitochondrial: share of copies, not of cells", "ミトコンドリア（コピーの割合であり細胞割合ではない）";
    }
    Course {
        OneVisit = "one_visit", "assessed at one visit only", "評価は1時点のみ";
        Persistent = "persistent", "seen at every visit that assessed it", "評価したすべての時点で検出";
        New = "new", "new: below detection before", "新規（以前は検出限界未満）";
        Lost = "lost", "no longer seen: below detection", "検出されなくなった（検出限界未満）";
        Intermittent = "intermittent", "now seen, now below detection", "検出と検出限界未満を反復";
    }
    Direction {
        Growing = "growing", "growing", "増大";
        Shrinking = "shrinking", "shrinking", "縮小";
        NotShown = "not_shown", "neither growth nor shrinking shown", "増大も縮小も示されず";
    }
    Since {
        First = "first", "since the first visit", "初回から";
        Peak = "peak", "since the largest", "最大時から";
        Nadir = "nadir", "since the smallest after that", "その後の最小時から";
    }
    Response {
        NotAssessed = "not_assessed", "not assessed", "未評価";
        NoChange = "no_change", "no change shown", "変化は示されず";
        Rise = "rise", "larger", "増大";
        Fall = "fall", "smaller than at its largest", "最大時より縮小";
        Cleared = "cleared", "fallen, now below detection", "縮小し検出限界未満";
        Relapse = "relapse", "fallen and risen again", "縮小後に再増大";
    }
    Relation {
        SecondInFirst = "second_in_first", "the second lies within the first, which came first", "2番目は1番目の内部にあり、1番目が先に生じた";
        FirstInSecond = "first_in_second", "the first lies within the second, which came first", "1番目は2番目の内部にあり、2番目が先に生じた";
        ShareCells = "share_cells", "some cells carry both; which came first cannot be told", "両方をもつ細胞があるが、先後は判定できない";
        Separate = "separate", "neither lies within the other", "互いに内部に含まれない";
        Contradictory = "contradictory", "the sizes contradict the assumptions: a copy lost or gained, or a variant that arose twice", "大きさが仮定と矛盾（コピー数の変化、または同じ変異の重複発生）";
        CannotBeTold = "cannot_be_told", "cannot be told", "判定できない";
    }
    LikelihoodKind {
        Binomial = "binomial", "binomial", "二項分布";
        BetaBinomial = "beta_binomial", "beta-binomial", "ベータ二項分布";
    }
    NoiseSource {
        Assumed = "assumed", "assumed", "仮定";
        Data = "data", "from the data", "データから推定";
        Given = "given", "given", "指定値";
    }
    WarningCode {
        VisitLeftOut = "visit_left_out", "Visits left out, for their reports cannot be used", "報告が使用できないため除外した時点";
        PanelsDiffer = "panels_differ", "Panels differ: a gene that one lacks was not assessed there", "パネルが異なります。一方にない遺伝子は未評価です";
        SettingsDiffer = "settings_differ", "Rules or thresholds differ", "規則または閾値が異なります";
        SpecimensDiffer = "specimens_differ", "Specimens differ: the VAF of marrow and blood need not be the same", "検体種別が異なります。骨髄と末梢血のVAFは一致するとは限りません";
        PersonNotNamed = "person_not_named", "Reports without a number of the person, taken for this person's", "対象者番号のない報告（同一人物のものとみなした）";
        GenotypesDiffer = "genotypes_differ", "Inherited variants differ: perhaps another person's sample", "生殖細胞系列変異が異なります。別人の検体の可能性があります";
        VersionsDiffer = "versions_differ", "Versions of the program differ", "プログラムのバージョンが異なります";
        CallersDiffer = "callers_differ", "Callers differ, which count reads each in their way", "変異コーラーが異なり、リードの数え方が異なります";
    }
}
