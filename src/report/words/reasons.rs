//! Japanese of the values behind a reason. English is how the values write themselves; another language is one more file like this.

use super::said::Said as _;
use super::{Label, Phrase};
use crate::drivers::{Reason, ReasonValues as Values};
use crate::evidence::CountsNote;
use crate::panel::{RuleSet, RuleSetChoice};
use crate::transcript::ConsequenceNote;

/// Says what a reason rests on, in English and Japanese.
pub(super) fn said(reason: &Reason) -> (String, String) {
    let (mut en, mut ja) = match &reason.values {
        Values::Sets { sets } => names_of_sets(sets),
        Values::Choice { rules } => names_of_choice(*rules),
        Values::ReferenceBases {
            gene,
            place,
            found,
            build,
            expected,
        } => {
            let note = ConsequenceNote::ReferenceMismatch {
                gene: gene.clone(),
                place: place.clone(),
                found: *found,
                build: *build,
                expected: *expected,
            };
            note.said().into()
        }
        // Written by a version that kept no values.
        Values::Nothing if reason.times == 1 && reason.more == 0 => {
            (reason.detail.clone(), reason.detail.clone())
        }
        values => {
            let en = values.to_string();
            let ja = in_japanese(values).unwrap_or_else(|| en.clone());
            (en, ja)
        }
    };
    if reason.times > 1 && en.is_empty() {
        (en, ja) = (format!("{} times", reason.times), format!("{}回", reason.times));
    } else if reason.times > 1 {
        (en, ja) = (
            format!("{en} ({} times)", reason.times),
            format!("{ja}（{}回）", reason.times),
        );
    }
    if reason.more > 0 {
        (en, ja) = (
            format!("{en} (and {} more)", reason.more),
            format!("{ja}（ほか{}件）", reason.more),
        );
    }
    (en, ja)
}

fn names_of_sets(sets: &[RuleSet]) -> (String, String) {
    let list = |word: fn(Phrase) -> &'static str, gap: &str| {
        let names: Vec<_> = sets.iter().map(|set| word(set.label())).collect();
        names.join(gap)
    };
    (list(Phrase::en, ", "), list(Phrase::ja, "、"))
}

fn names_of_choice(rules: RuleSetChoice) -> (String, String) {
    match rules.set() {
        Some(set) => names_of_sets(&[set]),
        None => ("consensus".to_owned(), "コンセンサス".to_owned()),
    }
}

/// Returns the Japanese of the values; `None` where it is the same as the English.
fn in_japanese(values: &Values) -> Option<String> {
    let text = match values {
        Values::StartCodon => "開始コドン".to_owned(),
        Values::Crowded { calls, bases } => format!("{bases}塩基以内に{calls}個"),
        Values::Run { base, length } => format!("{base}×{length}"),
        Values::CompletedRun { base, length } => format!("{base}×{length}の連続配列を完成させる変化"),
        Values::NotCalledInNormal { depth } => format!("コールなし、深度 {depth}"),
        Values::CalledInNormal => "コールあり、リード数の記載なし".to_owned(),
        Values::CountsFrom { note, .. } => return note.as_deref().map(in_words),
        Values::Record {
            position,
            reference,
            alternate,
            note,
            ..
        } => {
            let from = note.as_deref().map(in_words)?;
            format!("{position} {reference}>{alternate} {from}")
        }
        _ => return numbers(values),
    };
    Some(text)
}

fn numbers(values: &Values) -> Option<String> {
    let text = match values {
        Values::VafBelowInMale { vaf, threshold } => format!("{vaf:.4} < {threshold}（男性の場合）"),
        Values::VafWithin { vaf, from, to } => format!("VAF {vaf:.4}、設定範囲 {from}〜{to}"),
        Values::Recounted {
            vaf,
            recounted,
            alt,
            depth,
        } => format!("{vaf:.4}、再計数では{recounted:.4}（{depth}中{alt}）"),
        Values::Recurrence {
            samples_with,
            samples,
            mean_vaf,
        } => {
            let mean = mean_vaf.map_or_else(String::new, |vaf| format!("、平均VAF {vaf:.4}"));
            format!("{samples}検体中{samples_with}検体{mean}")
        }
        Values::Heterozygous { vaf, p, inherited } => {
            let probability = probability(inherited.as_deref());
            format!("VAF {vaf:.4}は0.5に矛盾しない、p = {p:.3}{probability}")
        }
        Values::Homozygous { vaf, from, inherited } => {
            format!("VAF {vaf:.4} ≧ {from}{}", probability(inherited.as_deref()))
        }
        _ => return fragments(values),
    };
    Some(text)
}

fn in_words(note: &CountsNote) -> String {
    let [_, ja] = note.said();
    ja
}

fn probability(shown: Option<&str>) -> String {
    shown.map_or_else(String::new, |shown| {
        let equals = if shown.starts_with(['<', '>']) { "" } else { "= " };
        format!("；生殖細胞系列である確率 {equals}{shown}")
    })
}

fn fragments(values: &Values) -> Option<String> {
    let orientations = |alt: &[u32; 2], reference: &[u32; 2]| {
        format!(
            "変異 F1R2 {} F2R1 {}、参照 F1R2 {} F2R1 {}",
            alt[0], alt[1], reference[0], reference[1]
        )
    };
    Some(match values {
        Values::Strands {
            alt,
            reference,
            p,
            sor,
        } => format!(
            "変異 {}+/{}−、参照 {}+/{}−、p = {p:.1e}、SOR {sor:.2}",
            alt[0], alt[1], reference[0], reference[1]
        ),
        Values::StrandSupport { alt, least } => {
            format!("変異 {}+/{}−、各鎖に{least}リード以上が必要", alt[0], alt[1])
        }
        Values::Orientations { alt, reference, p } => {
            format!("{}、p = {p:.1e}", orientations(alt, reference))
        }
        Values::OrientationSupport {
            alt,
            reference,
            least,
        } => format!(
            "{}、各方向に{least}リード以上が必要",
            orientations(alt, reference)
        ),
        // Numbers, signs and names: the same in both languages.
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drivers::ReasonCode;
    use crate::evidence::Evidence;
    use crate::genome::Build;

    fn word(text: &str) -> String {
        text.to_owned()
    }

    fn without_counts() -> Evidence {
        let note = CountsNote::NoCounts { field: word("AF") };
        Evidence::from_fraction(0.1, None, note)
    }

    /// One of each kind that reads differently in the languages, with its English and its Japanese.
    #[rustfmt::skip]
    fn examples() -> Vec<(Values, &'static str, &'static str)> {
        vec![
            (Values::StartCodon, "start codon", "開始コドン"),
            (Values::Choice { rules: RuleSetChoice::Consensus }, "consensus", "コンセンサス"),
            (Values::Sets { sets: vec![RuleSet::Bick, RuleSet::Who] }, "Bick 2020, WHO 2022", "Bick 2020、WHO 2022"),
            (Values::Crowded { calls: 4, bases: 54 }, "4 within 54 bases", "54塩基以内に4個"),
            (Values::Run { base: 'G', length: 8 }, "G x 8", "G×8"),
            (Values::CompletedRun { base: 'G', length: 4 }, "completes G x 4", "G×4の連続配列を完成させる変化"),
            (Values::NotCalledInNormal { depth: 300 }, "not called, depth 300", "コールなし、深度 300"),
            (Values::CalledInNormal, "called, no read counts", "コールあり、リード数の記載なし"),
            (Values::counts_of(&without_counts()), "AF (no counts)", "AF（リード数なし）"),
            (Values::CountsFrom { field: word("AF"), note: None }, "AF", "AF"),
            (Values::VafBelow { vaf: 0.012_34, threshold: 0.02 }, "0.0123 < 0.02", "0.0123 < 0.02"),
            (Values::VafBelowInMale { vaf: 0.03, threshold: 0.04 }, "0.0300 < 0.04 in a male", "0.0300 < 0.04（男性の場合）"),
            (Values::VafWithin { vaf: 0.5, from: 0.4, to: 0.6 }, "VAF 0.5000 in 0.4 to 0.6", "VAF 0.5000、設定範囲 0.4〜0.6"),
            (Values::Recounted { vaf: 0.1, recounted: 0.01, alt: 10, depth: 1000 }, "0.1000, recounted 0.0100 (10 of 1000)", "0.1000、再計数では0.0100（1000中10）"),
            (Values::Recurrence { samples_with: 12, samples: 100, mean_vaf: None }, "12 of 100 samples", "100検体中12検体"),
            (Values::Recurrence { samples_with: 12, samples: 100, mean_vaf: Some(0.0312) }, "12 of 100 samples, mean VAF 0.0312", "100検体中12検体、平均VAF 0.0312"),
            (Values::Heterozygous { vaf: 0.4917, p: 0.968, inherited: None }, "VAF 0.4917 fits 0.5, p = 0.968", "VAF 0.4917は0.5に矛盾しない、p = 0.968"),
            (Values::Heterozygous { vaf: 0.4917, p: 0.968, inherited: Some(word("0.97")) }, "VAF 0.4917 fits 0.5, p = 0.968; P(inherited) = 0.97", "VAF 0.4917は0.5に矛盾しない、p = 0.968；生殖細胞系列である確率 = 0.97"),
            (Values::Homozygous { vaf: 0.98, from: 0.9, inherited: Some(word("< 0.01")) }, "VAF 0.9800 >= 0.9; P(inherited) < 0.01", "VAF 0.9800 ≧ 0.9；生殖細胞系列である確率 < 0.01"),
            (Values::Strands { alt: [19, 1], reference: [240, 239], p: 1.5e-5, sor: 4.0 }, "alt 19+/1-, ref 240+/239-, p = 1.5e-5, SOR 4.00", "変異 19+/1−、参照 240+/239−、p = 1.5e-5、SOR 4.00"),
            (Values::StrandSupport { alt: [3, 0], least: 1 }, "alt 3+/0-, 1 wanted on each", "変異 3+/0−、各鎖に1リード以上が必要"),
            (Values::Orientations { alt: [0, 20], reference: [239, 240], p: 1e-6 }, "alt F1R2 0 F2R1 20, ref F1R2 239 F2R1 240, p = 1.0e-6", "変異 F1R2 0 F2R1 20、参照 F1R2 239 F2R1 240、p = 1.0e-6"),
            (Values::OrientationSupport { alt: [0, 3], reference: [1, 2], least: 1 }, "alt F1R2 0 F2R1 3, ref F1R2 1 F2R1 2, 1 wanted in each", "変異 F1R2 0 F2R1 3、参照 F1R2 1 F2R1 2、各方向に1リード以上が必要"),
            (Values::Record { position: 5, reference: word("A"), alternate: word("T"), counts_from: word("AF (no counts)"), note: without_counts().counts_note }, "5 A>T AF (no counts)", "5 A>T AF（リード数なし）"),
            (Values::Rule { id: word("DNMT3A-list-bick") }, "DNMT3A-list-bick", "DNMT3A-list-bick"),
            (word("germline").into(), "germline", "germline"),
            (Values::ReferenceBases { gene: word("TET2"), place: word("chr4:5"), found: 'A', build: Build::Grch38, expected: 'C' }, "TET2: REF does not match at chr4:5: the file has A, GRCh38 has C; most likely the file is on another genome build or the reference is another one", "TET2：chr4:5でREFが一致しない（ファイル A、GRCh38 C）。ゲノムビルドまたは参照配列が異なる可能性がある"),
        ]
    }

    #[test]
    fn says_values_in_both_languages() {
        for (values, en, ja) in examples() {
            let reason = Reason::new(ReasonCode::StrandBias, values);
            assert_eq!(said(&reason), (en.to_owned(), ja.to_owned()));
        }
    }

    #[test]
    fn says_how_often_and_how_many_more() {
        let mut reason = Reason::new(ReasonCode::DuplicateRecord, "5 A>T AD");
        (reason.times, reason.more) = (3, 2);
        let expected = ("5 A>T AD (3 times) (and 2 more)", "5 A>T AD（3回）（ほか2件）");
        assert_eq!(said(&reason), (expected.0.to_owned(), expected.1.to_owned()));
        let mut reason = Reason::new(ReasonCode::NoRuleMatched, "");
        reason.times = 3;
        assert_eq!(said(&reason), ("3 times".to_owned(), "3回".to_owned()));
    }
}
