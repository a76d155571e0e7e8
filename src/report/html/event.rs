//! What the page tells of a named event beside its name: length, place, frame, allelic ratio.

use super::context::{Context, Pair};
use crate::drivers::{AllelicRatio, Call, ELN_2017_RATIO};
use crate::report::words::{Bilingual, Label as _, page_phrases as phrases};
use crate::transcript::{EventName, NamedEvent};

/// Returns what there is to tell of a call's event; nothing of a call without one, or of one that its name says all of.
pub(super) fn rows(context: &Context<'_>, call: &Call) -> Vec<Pair> {
    let Some(event) = &call.consequence.event else {
        return Vec::new();
    };
    let pair = |name, value| Pair {
        name: context.languages.say(name),
        value,
    };
    let mut rows = Vec::new();
    if event.name == EventName::Flt3Itd {
        rows.push(pair(phrases::event_itd, duplication(context, event)));
    } else if let Some((first, last)) = event.stretch {
        rows.push(pair(
            phrases::event_stretch,
            context.same(&stretch(call, first, last)),
        ));
    }
    if let Some(ratio) = call.allelic_ratio {
        rows.push(pair(phrases::allelic_ratio, ratio_text(context, ratio)));
    }
    rows
}

fn stretch(call: &Call, first: u32, last: u32) -> String {
    format!("{}:{first}-{last}", call.variant.chromosome())
}

/// Tells a duplication in parts, each only where it is known.
fn duplication(context: &Context<'_>, event: &NamedEvent) -> Bilingual {
    let mut parts: Vec<(String, String)> = Vec::new();
    let mut add = |en: String, ja: String| parts.push((en, ja));
    match event.length {
        Some(n) => add(format!("{n} bp longer"), format!("{n} bp延長")),
        None => add(
            "length not in the file".to_owned(),
            "長さはファイルに記載なし".to_owned(),
        ),
    }
    match event.in_frame {
        Some(true) => add("in frame".to_owned(), "インフレーム".to_owned()),
        Some(false) => add("not in frame".to_owned(), "アウトオブフレーム".to_owned()),
        None => add("frame not known".to_owned(), "読み枠は不明".to_owned()),
    }
    if let Some((first, last)) = event.stretch {
        let copied = last - first + 1;
        add(
            format!("{copied} bases there twice (chr13:{first}-{last})"),
            format!("{copied}塩基の重複（chr13:{first}-{last}）"),
        );
    }
    match event.inserted.as_deref() {
        Some("") => {}
        Some(bases) if event.stretch.is_some() => add(
            format!("{bases} between the copies"),
            format!("コピー間に{bases}の挿入"),
        ),
        Some(bases) => add(
            format!("inserted {bases}, no copy beside it"),
            format!("{bases}の挿入（隣接配列の重複ではない）"),
        ),
        None => add(
            "inserted bases not in the file".to_owned(),
            "挿入塩基はファイルに記載なし".to_owned(),
        ),
    }
    if let Some(residue) = event.residue {
        match event.domain.map(|d| d.label()) {
            Some(domain) => add(
                format!("inserted at residue {residue}, {}", domain.en()),
                format!("挿入位置：残基{residue}（{}）", domain.ja()),
            ),
            None => add(
                format!("inserted at residue {residue}"),
                format!("挿入位置：残基{residue}"),
            ),
        }
    }
    let joined = |pick: fn(&(String, String)) -> &str, separator: &str| {
        parts.iter().map(pick).collect::<Vec<_>>().join(separator)
    };
    context
        .languages
        .text(&joined(|p| &p.0, "; "), &joined(|p| &p.1, "、"))
}

fn ratio_text(context: &Context<'_>, ratio: AllelicRatio) -> Bilingual {
    let number = |n: f64| format!("{n:.2}");
    let interval = match (ratio.low, ratio.high) {
        (Some(low), Some(high)) => format!("{}–{}", number(low), number(high)),
        (Some(low), None) => format!("≥ {}", number(low)),
        _ => "–".to_owned(),
    };
    let phrase = if ratio.is_high {
        phrases::allelic_ratio_high
    } else {
        phrases::allelic_ratio_low
    };
    context.languages.fill(
        phrase,
        &[
            ("ratio", &number(ratio.ratio)),
            ("interval", &interval),
            ("limit", &ELN_2017_RATIO.to_string()),
        ],
    )
}
