//! How far long work has come, on a terminal only.

use std::time::{Duration, Instant};

use super::Output;

/// Work that is done sooner says nothing.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the line is written anew.
const PACE: Duration = Duration::from_millis(100);

/// A line that is written over itself.
pub(super) struct Progress {
    next: Option<Instant>,
    is_shown: bool,
}

impl Progress {
    /// Of work that begins now.
    pub(super) fn new(output: &Output) -> Self {
        let next = output.notes_are_seen().then(|| Instant::now() + PATIENCE);
        Self { next, is_shown: false }
    }

    /// Says how far it has come, where it is time to.
    pub(super) fn say(&mut self, output: &mut Output, line: impl FnOnce() -> String) {
        if self.next.is_some_and(|next| next <= Instant::now()) {
            self.next = Some(Instant::now() + PACE);
            self.is_shown = true;
            output.status(&line());
        }
    }

    /// Makes room for a line of another kind.
    pub(super) fn clear(&mut self, output: &mut Output) {
        if self.is_shown {
            self.is_shown = false;
            output.status("");
        }
    }
}
