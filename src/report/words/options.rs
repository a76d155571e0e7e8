//! Names of options, which messages for whoever runs the program hold, taken out of what a reader of a report sees.

/// Returns a text without names of options.
pub(super) fn without_options(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("--") {
        let (before, after) = rest.split_at(at);
        let named = after[2..].starts_with(|c: char| c.is_ascii_lowercase());
        let begins = before.is_empty() || before.ends_with(|c: char| !c.is_ascii_alphanumeric());
        out.push_str(before);
        out.push_str(if named && begins { "" } else { "--" });
        rest = &after[2..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::without_options;

    #[test]
    fn a_reader_of_a_report_sees_no_option() {
        for (text, expected) in [
            (
                "another column: give --tumor-column",
                "another column: give tumor-column",
            ),
            ("a--b", "a--b"),
            ("1--2", "1--2"),
        ] {
            assert_eq!(without_options(text), expected);
        }
    }
}
