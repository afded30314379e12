//! The messages of an event stream, from the chunks of a body.

use std::task::{Context, Poll, ready};

use aws_smithy_eventstream::frame::read_message_from;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use bytes::{Bytes, BytesMut};

use crate::body::{Body, Reader};
use crate::byte_stream::into_error;
use crate::error::{Error, ErrorKind};

/// The length of a message's first fields, the first of which is the length of the message.
const PRELUDE: usize = 12;

/// Reads messages. They end after an error.
pub(super) struct Frames {
    reader: Reader,
    buffer: BytesMut,
    /// The maximum length of a message.
    limit: usize,
    has_ended: bool,
}

impl Frames {
    pub(super) fn new(body: Body, limit: usize) -> Self {
        Self { reader: Reader::new(body), buffer: BytesMut::new(), limit, has_ended: false }
    }

    /// The bytes of the next message.
    pub(super) fn poll_next(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Error>>> {
        let next = ready!(self.poll(context));
        self.has_ended |= !matches!(next, Some(Ok(_)));
        Poll::Ready(next)
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        if self.has_ended {
            return Poll::Ready(None);
        }
        loop {
            if let Some(length) = self.message_length() {
                if length > self.limit {
                    let message = format!(
                        "an event of {length} bytes is larger than the limit of {} bytes; raise it with response_limit(…)",
                        self.limit
                    );
                    let error = Error::new(ErrorKind::ResponseTooLarge, message);
                    return Poll::Ready(Some(Err(error)));
                }
                if self.buffer.len() >= length {
                    return Poll::Ready(Some(Ok(self.buffer.split_to(length).freeze())));
                }
            }
            match ready!(self.reader.poll_next(context)) {
                Some(Ok(chunk)) => self.buffer.extend_from_slice(&chunk),
                Some(Err(error)) => return Poll::Ready(Some(Err(into_error(error)))),
                None if self.buffer.is_empty() => return Poll::Ready(None),
                None => {
                    return Poll::Ready(Some(Err(malformed("the stream ends within an event"))));
                }
            }
        }
    }

    /// The length of the next message, once it has arrived. A message is never shorter than its first fields.
    fn message_length(&self) -> Option<usize> {
        let length = self.buffer.get(..PRELUDE)?.first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        Some(length.max(PRELUDE))
    }

    /// The rest of the body, with `first` before it.
    pub(super) fn into_body(self, first: Bytes) -> Body {
        let mut buffered = BytesMut::from(first);
        buffered.unsplit(self.buffer);
        Body::from_chunks(Box::pin(Rest { buffered: buffered.freeze(), reader: self.reader }), None)
    }
}

/// Bytes, and the rest of a body.
struct Rest {
    buffered: Bytes,
    reader: Reader,
}

impl futures_core::Stream for Rest {
    type Item = Result<Bytes, crate::body::BoxError>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        if self.buffered.is_empty() {
            return self.reader.poll_next(context);
        }
        Poll::Ready(Some(Ok(std::mem::take(&mut self.buffered))))
    }
}

/// Reads a message, after checking its checksums.
pub(super) fn message(mut frame: Bytes) -> Result<Message, Error> {
    read_message_from(&mut frame)
        .map_err(|error| malformed("an event is damaged").with_source(error))
}

/// The header `name` of `message`, if it is a string.
pub(super) fn text<'a>(message: &'a Message, name: &str) -> Option<&'a str> {
    match header(message, name)? {
        HeaderValue::String(text) => Some(text.as_str()),
        _ => None,
    }
}

/// The header `name` of `message`.
pub(super) fn header<'a>(message: &'a Message, name: &str) -> Option<&'a HeaderValue> {
    let mut headers = message.headers().iter();
    headers.find(|header| header.name().as_str() == name).map(Header::value)
}

/// The error of events that are not as they should be, because of `what`.
pub(super) fn malformed(what: &str) -> Error {
    let message = format!(
        "{what}; check that the endpoint is the service's, or a proxy in between, and call again for the rest of the events"
    );
    Error::new(ErrorKind::Response, message)
}
