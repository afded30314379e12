//! Counts steps, for tests of how work grows with its input. No time is measured, so that they do not depend on the
//! machine.

use std::cell::Cell;

thread_local! {
    static STEPS: Cell<usize> = const { Cell::new(0) };
}

/// Counts one step.
pub(crate) fn step() {
    STEPS.set(STEPS.get() + 1);
}

/// How many steps `work` takes on this thread.
pub(crate) fn steps<T>(work: impl FnOnce() -> T) -> usize {
    let before = STEPS.get();
    work();
    STEPS.get() - before
}
