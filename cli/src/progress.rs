//! How far long work has come, on a terminal only.

use std::time::{Duration, Instant};

use super::Output;

/// Work that is done sooner says nothing.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the line is written anew.
const PACE: Duration = Duration::from_millis(100);

/// A line that counts, written over itself.
pub(super) struct Progress {
    verb: &'static str,
    done: usize,
    all: usize,
    next: Option<Instant>,
    is_shown: bool,
}

impl Progress {
    /// Work on `all` things, of which it will say `verb`: `checked 12 of 62`.
    pub(super) fn new(verb: &'static str, all: usize, output: &Output) -> Self {
        let next = output.notes_are_seen().then(|| Instant::now() + PATIENCE);
        Self { verb, done: 0, all, next, is_shown: false }
    }

    /// One more is done.
    pub(super) fn step(&mut self, output: &mut Output) {
        self.done += 1;
        let now = Instant::now();
        if self.next.is_some_and(|next| next <= now) {
            self.next = Some(now + PACE);
            self.is_shown = true;
            output.status(&format!("{} {} of {}", self.verb, self.done, self.all));
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
