//! Values that are the body of a response, which is read after the call.

#[cfg(feature = "event-stream")]
use std::sync::Arc;

#[cfg(feature = "event-stream")]
use super::ProtocolRef;
use super::{Record, Shape, Slot};
use crate::body::Body;
#[cfg(feature = "event-stream")]
use crate::redact::Sanitizer;

/// A value that is the body of a response.
pub trait StreamSlot: Send + Sync {
    /// Sets the body.
    fn set(&mut self, stream: Streamed);
}

/// The body of a response, and what is needed to read it.
#[derive(Clone)]
pub struct Streamed {
    pub(crate) body: Body,
    /// The largest number of bytes that are collected in memory.
    pub(crate) limit: usize,
    #[cfg(feature = "event-stream")]
    pub(crate) events: Arc<EventContext>,
}

/// What is needed to decode the events of a response.
#[cfg(feature = "event-stream")]
pub(crate) struct EventContext {
    pub(crate) protocol: ProtocolRef,
    /// The name of the operation.
    pub(crate) operation: String,
    pub(crate) request_id: Option<String>,
    pub(crate) sanitizer: Sanitizer,
    /// The maximum memory of the values of one event, in bytes; `None` for a limit that depends on its size.
    pub(crate) decode_limit: Option<usize>,
}

impl std::fmt::Debug for Streamed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Streamed").field("body", &self.body).finish_non_exhaustive()
    }
}

/// Sets the member of `output` that is `stream`.
pub(crate) fn put_stream(shape: &Shape<'_>, output: &mut dyn Record, stream: Streamed) {
    let found = shape.members.iter().position(|member| member.target.is_streamed());
    let slot = found.and_then(|index| output.member_mut(index)).map(super::Value::slot);
    if let Some(Slot::Stream(place)) = slot {
        place.set(stream);
    }
}
