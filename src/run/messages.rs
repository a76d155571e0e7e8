//! How messages are put: errors with their causes, numbers with their nouns, names of many.

use std::fmt;
use std::path::Path;

/// Returns an error with its causes. A cause that the message before it has told already is not told again.
pub fn explained(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain() {
        let cause = cause.to_string();
        let last = text.rsplit(": ").next().unwrap_or_default();
        if text.is_empty() || cause.starts_with(&text) {
            text = cause;
        } else if !last.is_empty() && cause.starts_with(&format!("{last}: ")) {
            text.truncate(text.len() - last.len());
            text.push_str(&cause);
        } else if !text.contains(&cause) {
            text.push_str(": ");
            text.push_str(&cause);
        }
    }
    text
}

/// Returns a number with its noun.
pub fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// Joins names; of many, only the first.
pub(super) fn first_of(names: &[String], separator: &str) -> String {
    /// As many as one reads.
    const SHOWN: usize = 3;
    if names.len() <= SHOWN + 1 {
        return names.join(separator);
    }
    format!("{} and {} more", names[..SHOWN].join(", "), names.len() - SHOWN)
}

/// Says what a reader must know about an input file.
pub fn warn_of(path: &Path, warnings: impl IntoIterator<Item = impl fmt::Display>) {
    for warning in warnings {
        tracing::warn!("{}: {warning}", path.display());
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use anyhow::{Context as _, anyhow};

    use super::*;

    #[test]
    fn a_cause_is_told_once() {
        let missing = || io::Error::from_raw_os_error(2);
        let bare = anyhow::Error::from(missing());
        assert_eq!(
            explained(&bare.context("a.vcf")),
            "a.vcf: No such file or directory (os error 2)"
        );
        let told = anyhow!("a.vcf: No such file or directory (os error 2); check the path");
        assert_eq!(
            explained(&anyhow::Error::from(missing()).context(told.to_string())),
            "a.vcf: No such file or directory (os error 2); check the path"
        );
        let twice = Err::<(), _>(anyhow!("a.vcf: line 3: no number"))
            .context("a.vcf")
            .context("sheet s.csv, line 2");
        let twice = twice.map_err(|e| explained(&e)).unwrap_err();
        assert_eq!(twice, "sheet s.csv, line 2: a.vcf: line 3: no number");
        let named = anyhow!("a.vcf: line 3: no number").context("sheet: a.vcf");
        assert_eq!(explained(&named), "sheet: a.vcf: line 3: no number");
    }

    #[test]
    fn counts_and_cuts() {
        assert_eq!(
            [counted(0, "sample"), counted(1, "sample")],
            ["0 samples", "1 sample"]
        );
        let names = |n: usize| (0..n).map(|i| i.to_string()).collect::<Vec<_>>();
        assert_eq!(first_of(&names(2), " and "), "0 and 1");
        assert_eq!(first_of(&names(300), " and "), "0, 1, 2 and 297 more");
    }
}
