//! The output of the command: results on standard output, everything else on standard error.
//!
//! Results that cannot be written are an error, unless the reader of a pipe closed it.

use std::ffi::OsStr;
use std::io::{self, IsTerminal as _, Write};

use pagesmith_model::diagnostic::{Diagnostics, Style};
use pagesmith_model::words::counted;

/// The exit code of a command that could not do its work.
pub(crate) const FAILED: u8 = 2;

/// The two output streams.
pub(crate) struct Output {
    results: Box<dyn Write>,
    notes: Box<dyn Write>,
    /// The first error of writing results. No more results are written after it.
    lost: Option<io::Error>,
    results_style: Style,
    notes_style: Style,
    notes_are_seen: bool,
}

impl Output {
    /// The streams of this process, with colours on a terminal unless `NO_COLOR` is set.
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

    /// The style of results.
    pub(crate) fn result_style(&self) -> Style {
        self.results_style
    }

    /// Whether results have colours.
    pub(crate) fn is_coloured(&self) -> bool {
        self.results_style == Style::Coloured
    }

    /// Whether standard error is a terminal.
    pub(crate) fn notes_are_seen(&self) -> bool {
        self.notes_are_seen
    }

    /// Replaces the previous status line on the terminal with `line`.
    pub(crate) fn status(&mut self, line: &str) {
        let _ = write!(self.notes, "\r\u{1b}[2K{line}");
        let _ = self.notes.flush();
    }

    /// Writes a line of the result.
    pub(crate) fn result(&mut self, line: &str) {
        self.write(|results| writeln!(results, "{line}"));
    }

    /// Writes a part of the result without a line end.
    pub(crate) fn raw_result(&mut self, text: &str) {
        self.write(|results| results.write_all(text.as_bytes()));
    }

    fn write(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        if self.lost.is_none() {
            self.lost = write(&mut *self.results).err();
        }
    }

    /// Whether a result so far could not be written, including because the reader of a pipe closed it.
    #[cfg(feature = "call")]
    pub(crate) fn is_lost(&mut self) -> bool {
        self.write(|results| results.flush());
        self.lost.is_some()
    }

    /// Flushes the results.
    ///
    /// # Errors
    /// A result could not be written.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        self.write(|results| results.flush());
        match self.lost.take() {
            Some(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
            _ => Ok(()),
        }
    }

    /// Writes a line to standard error.
    pub(crate) fn note(&mut self, line: &str) {
        let _ = writeln!(self.notes, "{line}");
    }

    /// Notes the number of ignored `index.md` files, which list the resources of a service.
    pub(crate) fn ignored_lists(&mut self, lists: usize) {
        if lists > 0 {
            let files = counted(lists, "file");
            self.note(&format!("ignored {files} index.md: each lists the resources of a service"));
        }
    }

    /// Writes diagnostics to standard error.
    pub(crate) fn diagnostics(&mut self, found: &Diagnostics) {
        if !found.is_empty() {
            let _ = write!(self.notes, "{}", found.render_all(self.notes_style));
        }
    }
}

/// See <https://no-color.org>: an empty `NO_COLOR` is ignored.
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
