//! Responses that are streams of events.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::codegen::{Structure, Typed};
use crate::error::Error;
use crate::event_reader::EventReader;
use crate::schema::{Data, Record, Slot, StreamSlot, Streamed, Target, Value};

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
