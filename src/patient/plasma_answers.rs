//! Answers of the plasma-cell road that are words, letters or lists: what people write, and what it means. `None` where it means
//! nothing known.

use super::answers::is_none;
use super::visit::{Crab, Fish, HeavyChain, LightChain, Plasmacytoma};
use crate::tables::plain;

pub(super) fn heavy_chain(text: &str) -> Option<HeavyChain> {
    match plain(text).to_lowercase().trim_start_matches("ig") {
        "g" => Some(HeavyChain::IgG),
        "a" => Some(HeavyChain::IgA),
        "m" => Some(HeavyChain::IgM),
        "d" => Some(HeavyChain::IgD),
        "e" => Some(HeavyChain::IgE),
        _ => is_none(text).then_some(HeavyChain::None),
    }
}

pub(super) fn light_chain(text: &str) -> Option<LightChain> {
    match plain(text).to_lowercase().as_str() {
        "kappa" | "k" | "κ" => Some(LightChain::Kappa),
        "lambda" | "l" | "λ" => Some(LightChain::Lambda),
        _ => None,
    }
}

pub(super) fn plasmacytoma(text: &str) -> Option<Plasmacytoma> {
    let words = plain(text).to_lowercase().replace(['_', '-'], " ");
    match words.as_str() {
        "bone" | "骨" => Some(Plasmacytoma::Bone),
        "soft tissue" | "extramedullary" | "髄外" => Some(Plasmacytoma::SoftTissue),
        _ => is_none(text).then_some(Plasmacytoma::None),
    }
}

/// Splits at commas, semicolons and bars outside brackets, since t(4;14) holds a semicolon.
fn list(text: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let mut parts = vec![String::new()];
    for c in plain(text).chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | ';' | '|' | '、' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = parts.last_mut() {
            last.extend(c.to_lowercase().filter(|c| !c.is_whitespace()));
        }
    }
    parts.retain(|p| !p.is_empty());
    parts
}

/// Reads a list of findings, each once and in their order; "none" is an empty one, and a cell of separators alone is no answer.
fn findings<T: Ord>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    if is_none(text) {
        return Some(Vec::new());
    }
    let parts = list(text);
    let mut found = parts.iter().map(|part| read(part)).collect::<Option<Vec<T>>>()?;
    found.sort();
    found.dedup();
    (!found.is_empty()).then_some(found)
}

pub(super) fn fish(text: &str) -> Option<Vec<Fish>> {
    findings(text, |part| {
        Some(match part {
            "t(4;14)" => Fish::T4_14,
            "t(14;16)" => Fish::T14_16,
            "t(14;20)" => Fish::T14_20,
            "t(11;14)" => Fish::T11_14,
            "+1q" | "1q+" | "1qgain" | "gain1q" | "gain(1q)" | "gain(1q21)" | "amp1q" | "amp(1q)"
            | "amp(1q21)" | "+1q21" | "1q21+" | "dup(1q)" => Fish::Gain1q,
            "del13q" | "del(13q)" | "del13" | "del(13)" | "-13" | "monosomy13" | "13q-" | "del(13q14)" => {
                Fish::Del13q
            }
            "del17p" | "del(17p)" | "-17" | "monosomy17" | "17p-" | "del(17p13)" => Fish::Del17p,
            "hyperdiploidy" | "hyperdiploid" => Fish::Hyperdiploidy,
            _ => return None,
        })
    })
}

pub(super) fn crab(text: &str) -> Option<Vec<Crab>> {
    findings(text, |part| {
        Some(match part {
            "c" => Crab::C,
            "r" => Crab::R,
            "a" => Crab::A,
            "b" => Crab::B,
            _ => return None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_alone_are_no_answer() {
        for text in [";", " ; ;", "、"] {
            assert_eq!(crab(text), None, "{text:?}");
            assert_eq!(fish(text), None, "{text:?}");
        }
        assert_eq!(crab("none"), Some(Vec::new()));
        assert_eq!(crab("B; c;C"), Some(vec![Crab::C, Crab::B]));
    }

    #[test]
    fn fish_lists_keep_semicolons_in_brackets() {
        assert_eq!(fish("t(4;14); +1q"), Some(vec![Fish::T4_14, Fish::Gain1q]));
        assert_eq!(
            fish("T(14;16)|del(13q),del 17p"),
            Some(vec![Fish::T14_16, Fish::Del13q, Fish::Del17p])
        );
        assert_eq!(
            fish("-13, hyperdiploidy"),
            Some(vec![Fish::Del13q, Fish::Hyperdiploidy])
        );
        assert_eq!(fish("t(11;14)、t(14;20)"), Some(vec![Fish::T11_14, Fish::T14_20]));
        assert_eq!(fish("normal"), Some(vec![]));
        assert_eq!(fish("normal, +1q"), None);
        assert_eq!(fish("abnormal"), None);
        assert_eq!(fish(";"), None);
        assert_eq!(fish("+1q, gain(1q21)"), Some(vec![Fish::Gain1q]));
    }

    #[test]
    fn chains_letters_and_answers() {
        for (text, expected) in [
            ("IgG", HeavyChain::IgG),
            ("a", HeavyChain::IgA),
            ("igm", HeavyChain::IgM),
            ("IGD", HeavyChain::IgD),
            ("E", HeavyChain::IgE),
            ("none", HeavyChain::None),
        ] {
            assert_eq!(heavy_chain(text), Some(expected));
        }
        assert_eq!(heavy_chain("IgX"), None);
        assert_eq!(light_chain("κ"), Some(LightChain::Kappa));
        assert_eq!(light_chain("L"), Some(LightChain::Lambda));
        assert_eq!(light_chain("mu"), None);
        assert_eq!(crab("R, a"), Some(vec![Crab::R, Crab::A]));
        assert_eq!(crab("C;B"), Some(vec![Crab::C, Crab::B]));
        assert_eq!(crab("none"), Some(vec![]));
        assert_eq!(crab("X"), None);
    }

    #[test]
    fn plasmacytoma_by_place() {
        assert_eq!(plasmacytoma("Soft tissue"), Some(Plasmacytoma::SoftTissue));
        assert_eq!(plasmacytoma("bone"), Some(Plasmacytoma::Bone));
        assert_eq!(plasmacytoma("none"), Some(Plasmacytoma::None));
        assert_eq!(plasmacytoma("yes"), None);
    }
}
