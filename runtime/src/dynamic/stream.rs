//! Calls whose response is a stream of bytes or of events.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use pagesmith_model::schema::{Member, Target};
use serde_json::Value as Json;

use super::call::Call;
use super::value::DynamicRecord;
use super::{Method, json, tables};
use crate::ByteStream;
use crate::error::{Error, ErrorKind};
use crate::event_reader::EventReader;
use crate::schema::{Budget, StreamSlot as _};

impl Call {
    /// Sends the request, and returns the members of the output in the response's head, and its body, which is read after the call.
    ///
    /// # Errors
    /// As of [`send`](Self::send), and [`ErrorKind::Input`] if the output has no stream of bytes.
    pub async fn send_streaming(&self) -> Result<(Json, ByteStream), Error> {
        let body = self.streamed_output(|target| *target == Target::Stream);
        let body = body.ok_or_else(|| self.has_no("bytes"))?;
        let (mut head, stream) = self.send_object(true).await?;
        head.remove(&body.name);
        let mut bytes = ByteStream::default();
        if let Some(stream) = stream {
            bytes.set(stream);
        }
        Ok((Json::Object(head), bytes))
    }

    /// Sends the request, and returns the members of the output, and its events as they arrive.
    ///
    /// # Errors
    /// As of [`send`](Self::send), and [`ErrorKind::Input`] if the output has no events.
    pub async fn events(&self) -> Result<(Json, Events), Error> {
        let Some(Member { target: Target::EventStream(union), .. }) = self.event_member() else {
            return Err(self.has_no("events"));
        };
        let (head, stream) = self.send_object(true).await?;
        let (method, union) = (self.method.clone(), union.clone());
        let redacted = self.is_redacted();
        let (reader, limit) = match &stream {
            Some(stream) => (Some(EventReader::new(stream)), stream.limit),
            None => (None, 0),
        };
        Ok((Json::Object(head), Events { reader, method, union, redacted, limit }))
    }

    /// The members of the output with all events.
    pub(super) async fn collect_events(&self) -> Result<Json, Error> {
        let name = self.event_member().map(|member| member.name.clone());
        let (mut output, mut events) = self.events().await?;
        let (mut all, mut size) = (Vec::new(), 0_usize);
        while let Some(event) = events.recv().await? {
            size = size.saturating_add(event.to_string().len());
            if size > events.limit {
                let message = format!(
                    "the events are larger than the limit of {} bytes; read them one by one with events(…), or raise the limit with \
                     response_limit(…)",
                    events.limit
                );
                let error = Error::new(ErrorKind::ResponseTooLarge, message);
                return Err(error.sent().of_operation(&self.method.schema.operation));
            }
            all.push(event);
        }
        if let (Some(output), Some(name)) = (output.as_object_mut(), name) {
            output.insert(name, Json::Array(all));
        }
        Ok(output)
    }

    /// Whether the output has events.
    pub(super) fn returns_events(&self) -> bool {
        self.event_member().is_some()
    }

    fn event_member(&self) -> Option<&Member> {
        self.streamed_output(|target| matches!(target, Target::EventStream(_)))
    }

    fn streamed_output(&self, is_wanted: impl Fn(&Target) -> bool) -> Option<&Member> {
        let Method { schema, .. } = &self.method;
        let members = self.method.schemas().resource.output_members(schema);
        members.iter().find(|member| is_wanted(&member.target))
    }

    fn has_no(&self, what: &str) -> Error {
        let message =
            format!("the output of `{}` has no stream of {what}; use send()", self.method.name());
        Error::new(ErrorKind::Input, message).of_operation(&self.method.schema.operation)
    }
}

/// The events of a response as JSON: an object with one member, which is the name of the event. It has none if the service model does
/// not have the event. They end after an error.
#[must_use = "events are read as they are polled"]
pub struct Events {
    reader: Option<EventReader>,
    method: Method,
    union: String,
    redacted: bool,
    /// The largest size of all events together, if they are collected.
    limit: usize,
}

impl Events {
    /// Waits for the next event; `None` at the end.
    ///
    /// # Errors
    /// As of [`EventStream::recv`](crate::EventStream::recv).
    pub async fn recv(&mut self) -> Result<Option<Json>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }
}

impl Stream for Events {
    type Item = Result<Json, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let schemas = this.method.schemas();
        let members = schemas.service.structure(&this.union).unwrap_or_default();
        let mut event = DynamicRecord::new(schemas, members);
        let Some(reader) = &mut this.reader else { return Poll::Ready(None) };
        let next = tables::with_structure(schemas, &this.union, members, |union| {
            reader.poll_next(union, &mut event, context)
        });
        Poll::Ready(ready!(next).map(|next| {
            next.and_then(|()| {
                // The event was decoded within its own limit.
                let object = json::object(event, this.redacted, &mut Budget::unlimited());
                object.map(Json::Object).ok_or_else(|| {
                    Error::new(ErrorKind::ResponseTooLarge, "an event is too large for JSON")
                })
            })
        }))
    }
}

impl std::fmt::Debug for Events {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Events").field("method", &self.method).finish_non_exhaustive()
    }
}
