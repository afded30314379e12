//! Responses that are streams of events.
//!
//! The messages are those of the content type `application/vnd.amazon.eventstream`, as Smithy's [event stream specification] defines
//! them: `frames` reads them, `event` decodes them by the schema of the union of all events.
//!
//! [event stream specification]: https://smithy.io/2.0/aws/amazon-eventstream.html

mod event;
mod frames;

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use crate::body::Body;
use crate::codegen::{Structure, Typed};
use crate::error::Error;
use crate::schema::{Data, EventContext, Record, Shape, Slot, StreamSlot, Streamed, Target, Value};
use event::Kind;
use frames::Frames;

/// The events of a response, as they arrive. `T` is the union of all events.
///
/// It ends when the service ends it, and after an error. It fails if nothing arrives for
/// [`stall_timeout`](crate::ClientBuilder::stall_timeout); no other time limit holds. If it is dropped before its end, the connection
/// is closed. An event that `T` does not have is its variant for unknown members.
///
/// Clones share the events: the first that is read takes them, and the others fail.
///
/// ```
/// use pagesmith_runtime::{Error, EventStream};
///
/// # trait Event: pagesmith_runtime::codegen::Record + pagesmith_runtime::codegen::Structure + std::fmt::Debug {}
/// async fn print<T: Event>(mut events: EventStream<T>) -> Result<(), Error> {
///     while let Some(event) = events.recv().await? {
///         println!("{event:?}");
///     }
///     Ok(())
/// }
/// ```
pub struct EventStream<T> {
    /// `None` unless it comes from a response.
    stream: Option<Streamed>,
    /// Set once it is read.
    reader: Option<EventReader>,
    events: PhantomData<fn() -> T>,
}

impl<T: Structure + Record> EventStream<T> {
    fn of(stream: Option<Streamed>) -> Self {
        Self { stream, reader: None, events: PhantomData }
    }

    /// Waits for the next event; `None` at the end.
    ///
    /// # Errors
    /// - [`ErrorKind::Service`](crate::ErrorKind::Service) if the service sends an error instead of an event;
    /// - [`ErrorKind::Timeout`](crate::ErrorKind::Timeout) and [`ErrorKind::Transport`](crate::ErrorKind::Transport) if the rest of the events did not arrive;
    /// - [`ErrorKind::Response`](crate::ErrorKind::Response) and [`ErrorKind::ResponseTooLarge`](crate::ErrorKind::ResponseTooLarge) if an event cannot be decoded;
    /// - [`ErrorKind::Input`](crate::ErrorKind::Input) if a clone has read the events.
    pub async fn recv(&mut self) -> Result<Option<T>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }
}

impl<T: Structure + Record> Stream for EventStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let Some(stream) = &this.stream else { return Poll::Ready(None) };
        let reader = this.reader.get_or_insert_with(|| EventReader::new(stream));
        let mut event = <T as Record>::empty();
        let next = ready!(reader.poll_next(T::SHAPE, &mut event, context));
        Poll::Ready(next.map(|next| next.map(|()| event)))
    }
}

/// Reads the events of a body. They end after an error.
pub(crate) struct EventReader {
    /// `None` at the end. This closes the connection.
    frames: Option<Frames>,
    events: Arc<EventContext>,
}

impl EventReader {
    pub(crate) fn new(stream: &Streamed) -> Self {
        let frames = Some(Frames::new(stream.body.clone(), stream.limit));
        Self { frames, events: stream.events.clone() }
    }

    /// Fills `output`, which has the schema `union`, from the next event.
    pub(crate) fn poll_next(
        &mut self,
        union: &Shape<'_>,
        output: &mut dyn Record,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<(), Error>>> {
        let events = &self.events;
        loop {
            let Some(frames) = &mut self.frames else { return Poll::Ready(None) };
            let Some(frame) = ready!(frames.poll_next(context)) else {
                self.frames = None;
                return Poll::Ready(None);
            };
            let decoded = frame.and_then(frames::message).and_then(|message| {
                match event::kind(&message, events)? {
                    Kind::Event => event::decode(&message, union, output, events).map(|()| true),
                    Kind::InitialResponse => Ok(false),
                }
            });
            match decoded {
                Ok(true) => return Poll::Ready(Some(Ok(()))),
                Ok(false) => {}
                Err(error) => {
                    self.frames = None;
                    return Poll::Ready(Some(Err(identify(error, events))));
                }
            }
        }
    }
}

/// Adds to `error` which call failed.
fn identify(error: Error, events: &EventContext) -> Error {
    let error = error.sent().of_operation(&events.operation);
    match &events.request_id {
        Some(id) => error.with_request_id(id),
        None => error,
    }
}

/// Reads the members of the output from the first message of `body`. Returns their document, which is empty if the first message is an
/// event, and the rest of the body.
pub(crate) async fn initial_response(
    body: Body,
    limit: usize,
    events: &EventContext,
) -> Result<(Vec<u8>, Body), Error> {
    let mut frames = Frames::new(body, limit);
    let first = async {
        let Some(frame) = poll_fn(|context| frames.poll_next(context)).await else {
            return Ok((Vec::new(), Bytes::new()));
        };
        let frame = frame?;
        let message = frames::message(frame.clone())?;
        Ok(match event::kind(&message, events)? {
            Kind::InitialResponse => (message.payload().to_vec(), Bytes::new()),
            Kind::Event => (Vec::new(), frame),
        })
    };
    let (members, unread) = first.await.map_err(|error| identify(error, events))?;
    Ok((members, frames.into_body(unread)))
}

impl<T: Structure + Record> Clone for EventStream<T> {
    fn clone(&self) -> Self {
        Self::of(self.stream.clone())
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventStream")
    }
}

impl<T: Structure + Record> Typed for EventStream<T> {
    const TARGET: Target<'static> = Target::Events;
}

impl<T: Structure + Record> Value for EventStream<T> {
    fn data(&self) -> Data<'_> {
        match &self.stream {
            Some(stream) => Data::Stream(&stream.body),
            None => Data::Absent,
        }
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Stream(self)
    }
    fn empty() -> Self {
        Self::of(None)
    }
}

impl<T: Structure + Record> StreamSlot for EventStream<T> {
    fn set(&mut self, stream: Streamed) {
        *self = Self::of(Some(stream));
    }
}
