//! What the command says, and to whom. A pipe that was closed ends it quietly.

use std::io::{self, IsTerminal as _, Write};

use pagesmith_codegen::diagnostic::{Diagnostics, Style};

/// Results go to standard output, everything else to standard error.
pub(crate) struct Output {
    results: Box<dyn Write>,
    notes: Box<dyn Write>,
    results_style: Style,
    notes_style: Style,
}

impl Output {
    /// The process's own streams, in colour where they are terminals and `NO_COLOR` is not set.
    pub(crate) fn of_process() -> Self {
        let colour = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let style = |terminal: bool| {
            if colour && terminal { Style::Coloured } else { Style::Plain }
        };
        Self {
            results_style: style(io::stdout().is_terminal()),
            notes_style: style(io::stderr().is_terminal()),
            results: Box::new(io::stdout()),
            notes: Box::new(io::stderr()),
        }
    }

    /// Whether results are shown in colour.
    pub(crate) fn is_coloured(&self) -> bool {
        self.results_style == Style::Coloured
    }

    /// A line of the result.
    pub(crate) fn result(&mut self, line: &str) {
        // Nobody is left to tell where the stream is closed.
        let _ = writeln!(self.results, "{line}");
    }

    /// A line that is no part of the result.
    pub(crate) fn note(&mut self, line: &str) {
        let _ = writeln!(self.notes, "{line}");
    }

    /// Everything that was found.
    pub(crate) fn diagnostics(&mut self, found: &Diagnostics) {
        if !found.is_empty() {
            let _ = write!(self.notes, "{}", found.render_all(self.notes_style));
        }
    }
}
