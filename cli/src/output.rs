//! What the command says, and to whom.
//!
//! A result that is lost is an error, except where the reader of a pipe has closed it: it has read what it
//! wanted.

use std::ffi::OsStr;
use std::io::{self, IsTerminal as _, Write};

use pagesmith_model::diagnostic::{Diagnostics, Style};
use pagesmith_model::words::counted;

/// Results go to standard output, everything else to standard error.
pub(crate) struct Output {
    results: Box<dyn Write>,
    notes: Box<dyn Write>,
    /// The first error of writing results, after which no more of them are written.
    lost: Option<io::Error>,
    results_style: Style,
    notes_style: Style,
    notes_are_seen: bool,
}

impl Output {
    /// The process's own streams, in colour where they are terminals and `NO_COLOR` is not set.
    pub(crate) fn of_process() -> Self {
        let no_color = std::env::var_os("NO_COLOR");
        let style = |terminal| style(terminal, no_color.as_deref());
        Self {
            results_style: style(io::stdout().is_terminal()),
            notes_style: style(io::stderr().is_terminal()),
            notes_are_seen: io::stderr().is_terminal(),
            results: Box::new(io::stdout()),
            notes: Box::new(io::stderr()),
            lost: None,
        }
    }

    /// How results are styled.
    pub(crate) fn result_style(&self) -> Style {
        self.results_style
    }

    /// Whether results are shown in colour.
    pub(crate) fn is_coloured(&self) -> bool {
        self.results_style == Style::Coloured
    }

    /// Whether somebody sees notes as they are written.
    pub(crate) fn notes_are_seen(&self) -> bool {
        self.notes_are_seen
    }

    /// Writes `line` over the one that was written so before.
    pub(crate) fn status(&mut self, line: &str) {
        let _ = write!(self.notes, "\r\u{1b}[2K{line}");
        let _ = self.notes.flush();
    }

    /// A line of the result.
    pub(crate) fn result(&mut self, line: &str) {
        self.write(|results| writeln!(results, "{line}"));
    }

    /// A part of the result as it is, without a line end of its own.
    pub(crate) fn raw_result(&mut self, text: &str) {
        self.write(|results| results.write_all(text.as_bytes()));
    }

    fn write(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        if self.lost.is_none() {
            self.lost = write(&mut *self.results).err();
        }
    }

    /// Whether any of the results so far could not be written, even because the reader of a pipe has
    /// closed it.
    #[cfg(feature = "call")]
    pub(crate) fn is_lost(&mut self) -> bool {
        self.write(|results| results.flush());
        self.lost.is_some()
    }

    /// Writes out what is left of the results.
    ///
    /// # Errors
    /// Where any of them could not be written.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        self.write(|results| results.flush());
        match self.lost.take() {
            Some(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
            _ => Ok(()),
        }
    }

    /// A line that is no part of the result.
    pub(crate) fn note(&mut self, line: &str) {
        let _ = writeln!(self.notes, "{line}");
    }

    /// How many files `index.md` in folders of pages were passed over, each the list of a service's resources.
    pub(crate) fn passed_over(&mut self, lists: usize) {
        if lists > 0 {
            let verb = if lists == 1 { "is" } else { "are" };
            let lists = counted(lists, "list");
            self.note(&format!("{lists} of a service's resources (index.md) {verb} passed over"));
        }
    }

    /// Everything that was found.
    pub(crate) fn diagnostics(&mut self, found: &Diagnostics) {
        if !found.is_empty() {
            let _ = write!(self.notes, "{}", found.render_all(self.notes_style));
        }
    }
}

/// See <https://no-color.org>: an empty `NO_COLOR` says nothing.
fn style(terminal: bool, no_color: Option<&OsStr>) -> Style {
    if terminal && no_color.is_none_or(OsStr::is_empty) { Style::Coloured } else { Style::Plain }
}

#[cfg(test)]
mod tests {
    use super::{OsStr, Style, style};

    #[test]
    fn colour_is_for_terminals_that_may_have_it() {
        assert_eq!(style(true, None), Style::Coloured);
        assert_eq!(style(true, Some(OsStr::new(""))), Style::Coloured);
        assert_eq!(style(true, Some(OsStr::new("1"))), Style::Plain);
        assert_eq!(style(false, None), Style::Plain);
    }
}
