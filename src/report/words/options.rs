//! Names of options, which messages for whoever runs the program hold, taken out of what a reader of a report sees.

/// How a message is said without the option; both languages, whole phrases first.
const SAID: [(&str, &str); 9] = [
    ("taken on the word of --build", "taken as stated"),
    (" (--build)", ""),
    ("but --build ", "but build "),
    ("give --reference", "a reference sequence would tell"),
    ("（--build）", ""),
    ("--buildの指定に従った", "入力された指定に従った"),
    ("ただし--build ", "ただしビルド"),
    ("--referenceで指定可", "参照配列があれば確定できる"),
    ("--build", "genome build as stated"),
];

/// Returns a text without names of options.
pub(super) fn without_options(text: &str) -> String {
    if !text.contains("--") {
        return text.to_owned();
    }
    let said = SAID.iter().fold(text.to_owned(), |text, (option, words)| {
        text.replace(option, words)
    });
    // Any other by its name alone.
    let mut out = String::with_capacity(said.len());
    let mut rest = said.as_str();
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
            ("--build", "genome build as stated"),
            (
                "chr1 is of GRCh38, but --build grch37 was given",
                "chr1 is of GRCh38, but build grch37 was given",
            ),
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
