//! The events of a body.
//!
//! The messages are those of the content type `application/vnd.amazon.eventstream`, as Smithy's [event stream specification] defines
//! them: `frames` reads them, `event` decodes them by the schema of the union of all events.
//!
//! [event stream specification]: https://smithy.io/2.0/aws/amazon-eventstream.html

mod event;
mod frames;

use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;

use crate::body::Body;
use crate::error::Error;
use crate::schema::{EventContext, Record, Shape, Streamed};
use event::Kind;
use frames::Frames;

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
