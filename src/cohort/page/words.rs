//! Every phrase of the page, in English and Japanese. A phrase may hold places to fill, written `{name}`.

use indexmap::IndexMap;

/// Phrases by the name under which the page asks for them: English, Japanese.
#[rustfmt::skip]
const WORDS: &[(&str, &str, &str)] = &[
    ("title", "Cohort: clonal hematopoiesis", "コホート：クローン性造血"),
    ("samples", "Samples", "検体"),
    ("with_driver", "With a driver", "ドライバー変異あり"),
    ("failed", "Failed", "品質不良"),
    ("genes", "Genes", "遺伝子"),
    ("panel", "Panel", "パネル"),
    ("build", "Genome build", "ゲノムビルド"),
    ("rules", "Rules", "判定規則"),
    ("threshold", "VAF threshold", "VAFの閾値"),
    ("versions", "Written by version", "作成したバージョン"),
    ("callers", "Callers", "バリアントコーラー"),
    ("several_versions", "The reports were written by several versions of the program: a difference between samples may be one between versions.", "レポートは複数のバージョンで作成されています。検体間の差はバージョン間の差かもしれません。"),
    ("not_all_shown", "This page shows {shown} of {total} samples: those that failed, those with a driver, then the others by name. Prevalence, co-occurrence, fractions and recurrent alleles are of all samples; the tables beside this page have every one.", "このページには全{total}検体のうち{shown}検体を表示しています（品質不良、ドライバー変異あり、その他の名前順）。有病率、共存、VAF、反復アレルは全検体の集計です。全検体は同じフォルダーの表にあります。"),
    ("filter", "Filter", "絞り込み"),
    ("name_holds", "Name contains", "名前に含む"),
    ("sex", "Sex", "性別"),
    ("age_from", "Age from", "年齢（以上）"),
    ("age_to", "to", "年齢（以下）"),
    ("batch", "Batch", "バッチ"),
    ("mutated_in", "Driver in", "ドライバー変異のある遺伝子"),
    ("quality", "Quality", "品質"),
    ("any", "any", "すべて"),
    ("female", "female", "女性"),
    ("male", "male", "男性"),
    ("unknown", "not known", "不明"),
    ("reset", "Reset", "解除"),
    ("chosen", "{n} of {of} samples", "{of}検体中{n}検体"),
    ("save", "Save as SVG", "SVGとして保存"),
    ("oncoprint", "Genes and samples", "遺伝子と検体"),
    ("oncoprint_about", "A column is a sample. Filled: a driver; hatched: a driver to review. The ground says what is known where there is none: assessed (or stated by the laboratory), assessed in part, or not assessed, which is no negative. The share on the right is of the samples of the figure in which a driver was found, assessed or not.", "1列が1検体です。塗りつぶしはドライバー変異、斜線は要確認。変異のない部分の地色は、評価済み（または検査室の申告）、一部のみ評価、未評価を示します。未評価は陰性ではありません。右の割合は、評価の有無を問わず、図の検体のうちドライバー変異を認めた割合です。"),
    ("only_mutated", "Only samples with a driver or one to review", "ドライバー変異または要確認の検体のみ"),
    ("mutated", "driver", "ドライバー変異"),
    ("review", "to review", "要確認"),
    ("assessed", "assessed, none found", "評価済み（検出なし）"),
    ("stated", "stated as covered, none found", "検査室の申告により評価済み（検出なし）"),
    ("partly", "assessed in part", "一部のみ評価"),
    ("not_assessed", "not assessed", "未評価"),
    ("undecided", "contradicts the reference", "リファレンスと矛盾"),
    ("down_to", "down to VAF {x}", "VAF {x}まで"),
    ("no_samples", "No sample fits the filter.", "条件に合う検体はありません。"),
    ("together", "Mutated together or apart", "変異の共存と排他"),
    ("together_about", "Pairs of genes of which each is mutated somewhere; counted are samples in which both were assessed over their whole target. Fisher's exact test, two-sided; q is held against the number of pairs (Benjamini and Hochberg).", "いずれの遺伝子にも変異のある検体が存在する組です。両遺伝子が全領域で評価された検体のみを数えます。Fisherの正確確率検定（両側）。qは検定数で補正した値です（Benjamini–Hochberg法）。"),
    ("prevalence", "Prevalence", "有病率"),
    ("prevalence_about", "Samples with a driver among those in which the gene was assessed over its whole target, with 95 % Wilson intervals. A hollow mark is the share of all samples in which one was found, where none was assessed: no prevalence, for what was not assessed may hide more.", "遺伝子の全領域が評価された検体のうち、ドライバー変異のある検体の割合（95%Wilson信頼区間）。評価済みの検体がない場合の白抜きの印は、全検体のうち変異を認めた割合です。未評価部分に変異が隠れている可能性があるため、有病率ではありません。"),
    ("any_gene", "any gene", "いずれかの遺伝子"),
    ("gene", "Gene", "遺伝子"),
    ("by_age", "By age", "年齢別"),
    ("age_band", "Age", "年齢"),
    ("all", "all", "全体"),
    ("published", "Published figures", "既報の値"),
    ("published_about", "Figures that were seen at their source. Persons, assay and detection limit differ: a difference is no error by itself.", "出典で確認した値のみ。対象者、検査法、検出限界が異なるため、差があること自体は誤りではありません。"),
    ("none_assessed", "In no sample was this assessed over its whole target, so that there is no prevalence. Depths come from a gVCF, BAM or CRAM; or the laboratory states the genes that it covered (covered_genes).", "全領域が評価された検体がないため、有病率は算出できません。深度はgVCF、BAM、CRAMから得られます。または検査室が対象遺伝子を申告します（covered_genes）。"),
    ("fractions", "Sizes of clones", "クローンの大きさ"),
    ("fractions_about", "VAF of drivers and drivers to review by gene, on a logarithmic scale.", "ドライバー変異（要確認を含む）のVAF分布。遺伝子別、対数目盛。"),
    ("vaf", "VAF", "VAF"),
    ("sample_table", "Samples one by one", "検体一覧"),
    ("sample", "Sample", "検体"),
    ("age", "Age", "年齢"),
    ("ch", "CH", "CH"),
    ("drivers", "Drivers", "ドライバー変異"),
    ("calls", "Calls", "コール数"),
    ("depth", "Median depth", "深度中央値"),
    ("of_calls", "of the calls", "コール位置"),
    ("frac_assessed", "Assessed", "評価済みの割合"),
    ("doubts", "Doubts", "疑義"),
    ("outliers", "Far from the others", "外れ値"),
    ("more_rows", "Show all {n} rows", "全{n}行を表示"),
    ("failed_samples", "Failed samples", "品質不良の検体"),
    ("none_failed", "No sample failed; of samples without alignments nobody says.", "品質不良の検体はありません。アラインメントのない検体は判定されません。"),
    ("relatives", "One person twice, or relatives", "同一人物・血縁の可能性"),
    ("relatives_about", "Hints from shared inherited variants, to be confirmed. That nothing is named proves nothing.", "共有する生殖細胞系列バリアントに基づく示唆であり、確認が必要です。表示がないことは否定を意味しません。"),
    ("none_found", "None found.", "該当なし。"),
    ("outliers_about", "Measures more than 3.5 robust standard deviations from the median.", "中央値から頑健標準偏差の3.5倍を超えて離れた値。"),
    ("batches", "Batches", "バッチ"),
    ("batches_about", "A batch that differs may differ by its assay or by its persons.", "差は検査法によることも、対象者によることもあります。"),
    ("no_batches", "No batch was given (--batch, --batches).", "バッチは指定されていません（--batch、--batches）。"),
    ("recurrent", "Recurrent alleles", "反復して認めるアレル"),
    ("recurrent_about", "Alleles of several samples that are not inherited, {n} at most; variants.tsv has every allele. Odds of an artifact from 10 on and up to 0.1 were held against simulated alleles, between them they are a guide for the eye; their factors stand in the table.", "複数検体に認め、生殖細胞系列でないアレル（最大{n}件）。全アレルはvariants.tsvにあります。アーチファクトのオッズは、10以上と0.1以下の範囲をシミュレーションで検証しています。その間の値は目安です。各因子は表にあります。"),
    ("allele", "Allele", "アレル"),
    ("name", "Name", "名称"),
    ("samples_with", "Samples with it", "認めた検体数"),
    ("mean_vaf", "Mean VAF", "平均VAF"),
    ("sd_vaf", "SD", "標準偏差"),
    ("kind", "Kind", "種別"),
    ("artifact_odds", "Odds of an artifact", "アーチファクトのオッズ"),
    ("first_gene", "First gene", "遺伝子1"),
    ("second_gene", "Second gene", "遺伝子2"),
    ("both", "Both", "両方"),
    ("only_first", "First only", "1のみ"),
    ("only_second", "Second only", "2のみ"),
    ("neither", "Neither", "なし"),
    ("odds_ratio", "Odds ratio", "オッズ比"),
    ("p", "p", "p"),
    ("q", "q", "q"),
    ("tendency", "Tendency", "傾向"),
    ("study", "Study", "研究"),
    ("published_share", "Published", "既報"),
    ("cohort_share", "This cohort", "本コホート"),
    ("counts", "Counts", "人数"),
    ("note", "Note", "注記"),
    ("source", "Source", "出典"),
    ("relation", "Relation", "関係"),
    ("shared", "Shared", "共有"),
    ("only_one", "Not shared", "非共有"),
    ("log10_lr", "log10 likelihood ratio", "尤度比（log10）"),
    ("sex_differs", "Sex differs", "性別の不一致"),
    ("measure", "Measure", "指標"),
    ("value", "Value", "値"),
    ("median", "Median", "中央値"),
    ("deviations", "Deviations", "偏差"),
    ("share_found", "Share with a driver", "ドライバー変異の割合"),
    ("artifacts_a_sample", "Artifacts a sample", "検体あたりアーチファクト"),
    ("calls_a_sample", "Calls a sample", "検体あたりコール数"),
    ("yes", "yes", "あり"),
    ("no", "no", "なし"),
    ("code.about Jaiswal 2014", "whole exomes, 160 genes, people not chosen for a blood disease; a deep panel sees more of the small clones", "全エクソーム、160遺伝子、血液疾患で選択されていない集団。深いパネルではより小さなクローンも検出される"),
    ("code.about Genovese 2014", "whole exomes, any somatic mutation by its fraction, with or without a known driver; a rounded share", "全エクソーム、既知のドライバーの有無を問わず割合により体細胞変異と判定。丸めた値"),
    ("code.present", "present", "あり"),
    ("code.none_called", "none called", "検出なし（未評価あり）"),
    ("code.not_detected", "not detected", "検出なし"),
    ("code.pass", "pass", "良好"),
    ("code.limited", "limited", "制限あり"),
    ("code.fail", "fail", "不良"),
    ("code.together", "together", "共存"),
    ("code.apart", "apart", "排他"),
    ("code.unclear", "unclear", "不明確"),
    ("code.likely_artifact", "likely artifact", "アーチファクトの疑い"),
    ("code.likely_true", "likely true", "真の変異の可能性"),
    ("code.same_person", "one person, twins or a swap", "同一人物・一卵性双生児・取り違え"),
    ("code.relative", "relatives", "血縁"),
    ("code.log2_depth_of_target", "depth of the target (log2)", "対象領域の深度（log2）"),
    ("code.log2_depth_of_calls", "depth of the calls (log2)", "コール位置の深度（log2）"),
    ("code.frac_assessed", "share assessed", "評価済みの割合"),
    ("code.calls", "number of calls", "コール数"),
    ("code.artifact_suspected", "suspected artifacts", "アーチファクト疑い"),
    ("code.no_reads", "no reads", "リードなし"),
    ("code.partly_assessed", "assessed in part", "一部のみ評価"),
    ("code.oxidation", "oxidized DNA", "DNA酸化"),
    ("code.deamination", "deaminated DNA", "DNA脱アミノ化"),
    ("code.error_excess", "excess of errors", "エラー過多"),
    ("code.not_unique", "reads fit elsewhere too", "リードが一意でない"),
    ("code.sex_contradicts", "depth of X contradicts the sex given", "X染色体の深度と性別が矛盾"),
    ("code.another_person", "another person's DNA", "他人のDNA"),
    ("code.other_persons_dna", "another person's DNA", "他人のDNA"),
    ("code.reads_disagree", "reads of another person", "他人のリード"),
    ("code.normal_disagrees", "normal of another person", "他人の正常検体"),
    ("code.review", "to review", "要確認"),
];

/// Returns the phrases as JSON: each name with its texts by language.
pub(super) fn json() -> Result<String, serde_json::Error> {
    let words = WORDS.iter().map(|(name, en, ja)| {
        (
            *name,
            [("en", *en), ("ja", *ja)].into_iter().collect::<IndexMap<_, _>>(),
        )
    });
    serde_json::to_string(&words.collect::<IndexMap<_, _>>())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const SCRIPT: &str = include_str!("../../../templates/cohort.js");

    #[test]
    fn each_phrase_is_said_once_and_used() {
        let names: BTreeSet<&str> = WORDS.iter().map(|word| word.0).collect();
        assert_eq!(names.len(), WORDS.len());
        for name in names.iter().filter(|name| !name.starts_with("code.")) {
            let quoted = [format!("\"{name}\""), format!("'{name}'")];
            assert!(
                quoted.iter().any(|q| SCRIPT.contains(q.as_str())),
                "{name} is not used"
            );
        }
    }

    #[test]
    fn each_phrase_that_the_page_asks_for_is_there() {
        let names: BTreeSet<&str> = WORDS.iter().map(|word| word.0).collect();
        for (place, call) in SCRIPT.match_indices("t(\"") {
            let is_call = !SCRIPT[..place].ends_with(|c: char| c.is_alphanumeric() || c == '.');
            let asked = SCRIPT[place + call.len()..].split('"').next().unwrap_or_default();
            assert!(!is_call || names.contains(asked), "{asked} has no phrase");
        }
    }

    /// Both languages have the same places to fill, and Japanese has its own punctuation.
    #[test]
    fn languages_agree() {
        let places = |text: &str| -> BTreeSet<String> {
            text.split('{')
                .skip(1)
                .filter_map(|rest| rest.split('}').next())
                .map(str::to_owned)
                .collect()
        };
        for (name, en, ja) in WORDS {
            assert_eq!(places(en), places(ja), "{name}");
            let is_japanese = ja.chars().any(|c| c > '\u{3000}');
            assert!(!is_japanese || !ja.contains(['(', ')', ',', ':']), "{name}: {ja}");
        }
    }

    /// Every code that a doubt, a state or a quality may have is said in words.
    #[test]
    fn codes_have_words() {
        use crate::sample::{IdentityCode, QualityCode};

        let names: BTreeSet<&str> = WORDS.iter().map(|word| word.0).collect();
        let quality = QualityCode::ALL.iter().map(|code| code.name());
        let identity = [
            IdentityCode::OtherPersonsDna,
            IdentityCode::ReadsDisagree,
            IdentityCode::NormalDisagrees,
        ];
        let states = [
            "present",
            "review",
            "not_detected",
            "none_called",
            "pass",
            "limited",
            "fail",
        ];
        for study in crate::cohort::published::STUDIES {
            let note = format!("code.about {}", study.name);
            assert!(WORDS.iter().any(|w| w.0 == note && w.1 == study.note), "{note}");
        }
        let all = quality
            .chain(identity.iter().map(|code| code.name()))
            .chain(states);
        for code in all {
            assert!(names.contains(format!("code.{code}").as_str()), "{code}");
        }
    }
}
