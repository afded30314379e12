//! The progress of long work, on a terminal.

use std::time::{Duration, Instant};

use super::output::Output;

/// Shorter work shows no progress.
const DELAY: Duration = Duration::from_millis(500);
/// The time between two updates.
const INTERVAL: Duration = Duration::from_millis(100);

/// A line on the terminal that is updated in place.
pub(super) struct Progress {
    next: Option<Instant>,
    is_shown: bool,
}

impl Progress {
    /// The progress of work that starts now.
    pub(super) fn new(output: &Output) -> Self {
        let next = output.notes_are_seen().then(|| Instant::now() + DELAY);
        Self { next, is_shown: false }
    }

    /// Shows `line` if it is time for an update.
    pub(super) fn update(&mut self, output: &mut Output, line: impl FnOnce() -> String) {
        if self.next.is_some_and(|next| next <= Instant::now()) {
            self.next = Some(Instant::now() + INTERVAL);
            self.is_shown = true;
            output.status(&line());
        }
    }

    /// Removes the line before other output.
    pub(super) fn clear(&mut self, output: &mut Output) {
        if self.is_shown {
            self.is_shown = false;
            output.status("");
        }
    }
}
