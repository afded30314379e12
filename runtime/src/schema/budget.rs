//! How much memory decoding may take.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The memory that decoding one response may still take, and whether its caller still waits for it.
///
/// Each value is counted with its size, and each text, blob and key with its bytes. The room that a growing list
/// holds in reserve counts too. It is an estimate, which leaves out what the allocator adds for itself.
#[derive(Debug)]
pub struct Budget {
    limit: usize,
    left: usize,
    stopped: Option<Arc<AtomicBool>>,
}

/// The least that a response may take unless its client says otherwise.
const LEAST: usize = 16 << 20;

/// How many times its own size a response may take unless its client says otherwise.
const TIMES: usize = 16;

/// What each allocation counts beyond its content.
const ALLOCATION: usize = 16;

impl Budget {
    /// Up to `limit` bytes.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self { limit, left: limit, stopped: None }
    }

    /// As much as decoding a response of `bytes` may take unless its client says otherwise.
    pub(crate) fn for_response_of(bytes: usize) -> Self {
        Self::new(bytes.saturating_mul(TIMES).max(LEAST))
    }

    /// No limit, for values that the program has already.
    #[must_use]
    pub fn unlimited() -> Self {
        Self::new(usize::MAX)
    }

    /// The same, which ends once `stopped` is set.
    pub(crate) fn until(mut self, stopped: Arc<AtomicBool>) -> Self {
        self.stopped = Some(stopped);
        self
    }

    /// The limit in bytes.
    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    /// Whether the caller waits no longer.
    #[inline]
    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.as_ref().is_some_and(|stopped| stopped.load(Ordering::Relaxed))
    }

    /// Takes `bytes`; `None` where there are not as many left.
    #[inline]
    #[must_use = "`None` says that nothing may be allocated"]
    pub fn take(&mut self, bytes: usize) -> Option<()> {
        self.left = self.left.checked_sub(bytes)?;
        Some(())
    }

    /// Takes what an allocation for a text of `bytes` comes to.
    #[inline]
    #[must_use = "`None` says that nothing may be allocated"]
    pub fn take_text(&mut self, bytes: usize) -> Option<()> {
        self.take(bytes.saturating_add(ALLOCATION))
    }

    /// Takes what a list grows by that is full with `capacity` elements of `size` bytes.
    #[inline]
    #[must_use = "`None` says that nothing may be allocated"]
    pub fn take_growth(&mut self, capacity: usize, size: usize) -> Option<()> {
        self.take(capacity.max(4).saturating_mul(size).saturating_add(ALLOCATION))
    }

    /// Gives `bytes` back that were taken and are free again.
    #[cfg(feature = "dynamic")]
    pub(crate) fn give_back(&mut self, bytes: usize) {
        self.left = self.left.saturating_add(bytes).min(self.limit);
    }
}
