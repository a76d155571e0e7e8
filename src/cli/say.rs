//! What the program says on standard error: one line a message, harmless on any terminal, and never a reason to fail.
//!
//! Messages name files and samples, which anybody may have named: whatever is said goes through here, and comes out as one line
//! without control characters. A reader that went away (`2> >(true)`) must not change what the program does or how it ends.

use std::env;
use std::fmt::{self, Write as _};
use std::io::{self, IsTerminal as _, Write};

use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields, MakeWriter};
use tracing_subscriber::registry::LookupSpan;

use super::Verbosity;
use hemoclone::panel::PanelError;
use hemoclone::run::explained;
use hemoclone::text;

/// Starts logging to standard error: warnings by default, errors with `-q`, more with `-v`.
pub(crate) fn start_log(verbosity: Verbosity) {
    let level = match (verbosity.quiet, verbosity.verbose) {
        (true, _) => LevelFilter::ERROR,
        (_, 0) => LevelFilter::WARN,
        (_, 1) => LevelFilter::INFO,
        _ => LevelFilter::DEBUG,
    };
    let colors = wants_colors(io::stderr().is_terminal(), |name| env::var(name).ok());
    tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(StandardError)
        .with_ansi(colors)
        .log_internal_errors(false)
        .event_format(OneLine)
        .init();
}

/// Whether to color (no-color.org, bixense.com/clicolors): as a terminal can, unless somebody said otherwise.
fn wants_colors(is_terminal: bool, variable: impl Fn(&str) -> Option<String>) -> bool {
    let says = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    if says("NO_COLOR") {
        return false;
    }
    if variable("CLICOLOR_FORCE").is_some_and(|value| !value.is_empty() && value != "0") {
        return true;
    }
    let refused = variable("CLICOLOR").as_deref() == Some("0") || variable("TERM").as_deref() == Some("dumb");
    is_terminal && !refused
}

/// Standard error that may be gone.
struct StandardError;

impl Write for StandardError {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // Nobody is left to be told.
        let _ = io::stderr().write_all(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for StandardError {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        Self
    }
}

/// A message as one line: level and text.
struct OneLine;

impl<S, N> FormatEvent<S, N> for OneLine
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        _: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let level = *event.metadata().level();
        if writer.has_ansi_escapes() {
            let color = match level {
                Level::ERROR => 31,
                Level::WARN => 33,
                Level::INFO => 32,
                _ => 34,
            };
            write!(writer, "\u{1b}[{color}m{level:>5}\u{1b}[0m ")?;
        } else {
            write!(writer, "{level:>5} ")?;
        }
        let mut text = Message::default();
        event.record(&mut text);
        writeln!(writer, "{}", text::terminal(&text.0))
    }
}

/// The text of a message, its fields behind it.
#[derive(Default)]
struct Message(String);

impl Visit for Message {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        // Writing to a String cannot fail.
        let _ = if field.name() == "message" {
            write!(self.0, "{value:?}")
        } else {
            write!(self.0, " {}={value:?}", field.name())
        };
    }
}

/// Says a line that is no warning, unless it was asked to be quiet.
pub(super) fn line(text: &str, quiet: bool) {
    if !quiet {
        let _ = writeln!(StandardError, "{}", text::terminal(text));
    }
}

/// Says why the program ends.
pub(crate) fn last_error(error: &anyhow::Error) {
    for problem in problems(error).unwrap_or_else(|| vec![explained(error)]) {
        line(&format!("error: {problem}"), false);
    }
}

/// Returns the messages of an error that lists several: a line each.
fn problems(error: &anyhow::Error) -> Option<Vec<String>> {
    error.chain().find_map(|cause| {
        let Some(PanelError::Invalid(problems)) = cause.downcast_ref() else {
            return None;
        };
        Some(problems.iter().map(ToString::to_string).collect())
    })
}

/// Errors of many inputs: the first are told, the others counted. With `-v` all are told.
#[derive(Debug)]
pub(super) struct Errors {
    /// What the others are called, where they are one and where several.
    others: [&'static str; 2],
    found: usize,
    /// Those that were told: the same again says nothing.
    told: Vec<String>,
}

impl Errors {
    /// As many as one reads.
    const TOLD: usize = 10;

    /// Starts; the names are for what is counted.
    pub(super) const fn new(one: &'static str, several: &'static str) -> Self {
        Self {
            others: [one, several],
            found: 0,
            told: Vec::new(),
        }
    }

    /// Tells an error, if there were not many before it.
    pub(super) fn tell(&mut self, message: &str) {
        if self.told.iter().any(|told| told == message) {
            return;
        }
        self.found += 1;
        if self.found <= Self::TOLD {
            self.told.push(message.to_owned());
        }
        if self.found <= Self::TOLD || tracing::enabled!(Level::INFO) {
            tracing::error!("{message}");
        }
    }

    /// Tells how many errors were not told.
    pub(super) fn finish(self) {
        if let Some(message) = self.rest() {
            tracing::error!("{message}");
        }
    }

    fn rest(&self) -> Option<String> {
        let more = self.found.saturating_sub(Self::TOLD);
        let [one, several] = self.others;
        match more {
            _ if tracing::enabled!(Level::INFO) => None,
            0 => None,
            1 => Some(format!("1 more {one}; -v names it")),
            more => Some(format!("{more} more {several}; -v names them")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_only_where_they_are_wanted() {
        let wants = |terminal, set: &[(&str, &str)]| {
            wants_colors(terminal, |name| {
                set.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned())
            })
        };
        assert!(
            wants(true, &[]) && wants(true, &[("NO_COLOR", "")]) && wants(false, &[("CLICOLOR_FORCE", "1")])
        );
        assert!(
            !wants(false, &[]) && !wants(true, &[("NO_COLOR", "1")]) && !wants(true, &[("CLICOLOR", "0")])
        );
        assert!(!wants(true, &[("TERM", "dumb")]) && !wants(false, &[("CLICOLOR_FORCE", "0")]));
    }
}
