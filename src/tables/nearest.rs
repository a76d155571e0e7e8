//! The known name that an unknown one is nearest to.

use super::cells::{key, shown};

/// Names that a warning lists before the rest is only counted.
const LISTED: usize = 20;

/// Returns the known name that is nearest to a misspelled one: the same but for case and signs, a third of the letters changed,
/// swapped, lost or added at most, or one the beginning of the other.
pub(crate) fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    // A long name is no misspelled one, and comparing takes its length times that of the known.
    let wanted = key(&name.chars().take(64).collect::<String>());
    let letters = |text: &str| text.chars().count();
    let length = letters(&wanted);
    if length < 2 {
        return None;
    }
    let distance = |other: &str| -> usize {
        let other = key(other);
        let (short, long) = if other.len() < wanted.len() {
            (&other, &wanted)
        } else {
            (&wanted, &other)
        };
        // FLT3 of `FLT3-ITD`, `bm_blast` of `bm_blasts_percent`.
        if short.len() >= 3 && long.starts_with(short.as_str()) {
            return 1;
        }
        strsim::osa_distance(&wanted, &other)
    };
    known
        .into_iter()
        .map(|other| (distance(other), other))
        .filter(|(d, other)| *d <= length.max(letters(other)).div_ceil(3).min(3) && *d < length)
        .min_by_key(|(d, _)| *d)
        .map(|(_, other)| other)
}

/// Returns what a warning says of columns that nothing reads, each with the known one that is nearest; `None` where there are none.
pub(crate) fn unread(unknown: &[String], known: &[&str]) -> Option<String> {
    let (first, word) = match unknown {
        [] => return None,
        [_] => ("unknown column", "is not used"),
        _ => ("unknown columns", "are not used"),
    };
    let mut said: Vec<String> = unknown
        .iter()
        .take(LISTED)
        .map(|name| match nearest(name, known.iter().copied()) {
            Some(near) => format!("{} (did you mean {near}?)", shown(name)),
            None => shown(name),
        })
        .collect();
    if unknown.len() > LISTED {
        said.push(format!("and {} more", unknown.len() - LISTED));
    }
    Some(format!("{first} {} {word}", said.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_name_that_was_meant() {
        let known = [
            "sample",
            "vcf",
            "sex",
            "age",
            "hb",
            "bm_blast",
            "FLT3",
            "MLL_PTD",
            "karyotype",
            "id",
        ];
        for (name, expected) in [
            ("smaple", Some("sample")),
            ("FLT3-ITD", Some("FLT3")),
            ("BM_BLASTS", Some("bm_blast")),
            ("Karyotyp", Some("karyotype")),
            ("MLLPTD", Some("MLL_PTD")),
            ("mood", None),
            ("名前", None),
            ("年齢", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(nearest(name, known), expected, "{name}");
        }
    }

    #[test]
    fn a_warning_says_what_is_not_used() {
        let names = |names: &[&str]| names.iter().map(|&n| n.to_owned()).collect::<Vec<_>>();
        assert_eq!(unread(&[], &["hb"]), None);
        assert_eq!(
            unread(&names(&["mood"]), &["hb"]).unwrap(),
            "unknown column mood is not used"
        );
        assert_eq!(
            unread(&names(&["mood", "karyotyp"]), &["karyotype"]).unwrap(),
            "unknown columns mood, karyotyp (did you mean karyotype?) are not used"
        );
    }
}
