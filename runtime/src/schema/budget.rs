//! The memory limit of decoding.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The memory that decoding one response may still take, and whether the caller still waits for it.
///
/// Each value counts with its size, and each text, blob and key with its bytes. The spare capacity of a growing list counts too. It is
/// an estimate without the allocator's overhead.
#[derive(Debug)]
pub struct Budget {
    limit: usize,
    left: usize,
    stopped: Option<Arc<AtomicBool>>,
}

/// The smallest default limit, in bytes.
const MIN_DEFAULT: usize = 16 << 20;

/// The default limit as a multiple of the size of the response.
const FACTOR: usize = 16;

/// The number of bytes that each allocation counts in addition to its content.
const ALLOCATION: usize = 16;

impl Budget {
    /// A budget of `limit` bytes.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self { limit, left: limit, stopped: None }
    }

    /// The default budget for a response of `bytes` bytes.
    pub(crate) fn for_response_of(bytes: usize) -> Self {
        Self::new(bytes.saturating_mul(FACTOR).max(MIN_DEFAULT))
    }

    /// A budget without limit, for values that the program already has in memory.
    #[must_use]
    pub fn unlimited() -> Self {
        Self::new(usize::MAX)
    }

    /// Stops decoding once `stopped` is set.
    pub(crate) fn until(mut self, stopped: Arc<AtomicBool>) -> Self {
        self.stopped = Some(stopped);
        self
    }

    /// The limit in bytes.
    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    /// Whether the caller no longer waits.
    #[inline]
    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.as_ref().is_some_and(|stopped| stopped.load(Ordering::Relaxed))
    }

    /// Takes `bytes`; `None` if the budget has fewer left.
    #[inline]
    #[must_use = "`None` means that nothing may be allocated"]
    pub fn take(&mut self, bytes: usize) -> Option<()> {
        self.left = self.left.checked_sub(bytes)?;
        Some(())
    }

    /// Takes the memory of an allocation for a text of `bytes` bytes.
    #[inline]
    #[must_use = "`None` means that nothing may be allocated"]
    pub fn take_text(&mut self, bytes: usize) -> Option<()> {
        self.take(bytes.saturating_add(ALLOCATION))
    }

    /// Takes the memory by which a list grows that is full with `capacity` elements of `size` bytes.
    #[inline]
    #[must_use = "`None` means that nothing may be allocated"]
    pub fn take_growth(&mut self, capacity: usize, size: usize) -> Option<()> {
        self.take(capacity.max(4).saturating_mul(size).saturating_add(ALLOCATION))
    }

    /// Returns `bytes` that were taken and have been freed.
    #[cfg(feature = "dynamic")]
    pub(crate) fn give_back(&mut self, bytes: usize) {
        self.left = self.left.saturating_add(bytes).min(self.limit);
    }
}
