//! `hemoclone docs`: the data dictionary of the output tables, from the comments of their columns.

use std::io::Write;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use hemoclone::report::dictionary;

/// Prints the data dictionary: every output table, its columns and what they mean.
#[derive(Args, Clone, Debug)]
pub(crate) struct DocsArgs {
    /// Only this table; without it, all of them. Markdown is always the whole page.
    #[arg(value_parser = PossibleValuesParser::new(dictionary::tables().map(|table| table.name)))]
    pub table: Option<String>,

    /// How to print it: plain text for a terminal, or the Markdown page `docs/output-files.md`.
    #[arg(long, value_enum, default_value_t = DocsFormat::Text)]
    pub format: DocsFormat,
}

/// Forms of the dictionary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DocsFormat {
    /// For a terminal.
    Text,
    /// For the book.
    Markdown,
}

/// Runs `hemoclone docs`.
pub(crate) fn run(args: &DocsArgs, mut out: impl Write) -> anyhow::Result<()> {
    if args.format == DocsFormat::Markdown {
        out.write_all(dictionary::markdown().as_bytes())?;
        return Ok(());
    }
    let wanted = |name: &str| args.table.as_deref().is_none_or(|table| table == name);
    let pages: Vec<_> = dictionary::tables()
        .filter(|table| wanted(table.name))
        .map(dictionary::text)
        .collect();
    out.write_all(pages.join("\n").as_bytes())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_one_table_or_all() {
        let print = |table: Option<&str>| {
            let mut out = Vec::new();
            run(
                &DocsArgs {
                    table: table.map(str::to_owned),
                    format: DocsFormat::Text,
                },
                &mut out,
            )
            .unwrap();
            String::from_utf8(out).unwrap()
        };
        assert!(print(Some("genes")).starts_with("<sample>.genes.tsv\n"));
        assert!(!print(Some("genes")).contains("summary.tsv"));
        assert!(print(None).contains("\nsummary.tsv\n"));
    }
}
