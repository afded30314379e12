//! Listings: page after page, row after row, fetched as they are asked for.

mod markers;
mod sequence;

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use futures_core::Stream;

use crate::client::{Client, RequestOptions, send_borrowed, take_output};
use crate::error::Error;
use crate::schema::Operation;
use crate::schema::{Record, Slot, Value};

pub(crate) use markers::Seen;
#[cfg(feature = "dynamic")]
pub(crate) use sequence::Fetch;
pub(crate) use sequence::{NextPage, RowSequence, Sequence};

/// An output that is a page of rows.
pub trait Listing: Record + Unpin + 'static {
    /// What it lists.
    type Row: Send + Unpin + 'static;

    /// The rows of this page.
    fn into_rows(self) -> Vec<Self::Row>;
}

/// The pages of a listing, a `Stream` that fetches one when it is asked for. After an error it ends.
///
/// A caller that stops waiting for a page, as in a `select!`, loses nothing: the next time it asks, the same request
/// goes on.
#[must_use = "a listing fetches nothing until it is asked for a page"]
pub struct Pages<Output>(Sequence<Output>);

/// The request for the next page.
struct Next {
    client: Client,
    operation: &'static Operation<'static>,
    options: RequestOptions,
    input: Box<dyn Record>,
    seen: Seen,
}

impl<Output: Record + 'static> Pages<Output> {
    pub(crate) fn new(
        client: Client,
        operation: &'static Operation<'static>,
        options: RequestOptions,
        input: Box<dyn Record>,
    ) -> Self {
        let mut next = Next { client, operation, options, input, seen: Seen::default() };
        next.seen.insert_own(operation, &*next.input);
        Self(Sequence::new(next))
    }

    /// At most `pages` of them.
    pub fn limit(self, pages: usize) -> Self {
        Self(self.0.limit(pages))
    }

    /// The next page; `None` after the last.
    ///
    /// # Errors
    /// Those of the call. The pages before stay what they are; the listing then ends.
    pub async fn try_next(&mut self) -> Result<Option<Output>, Error> {
        self.0.try_next().await
    }
}

impl<Output: Record + 'static> NextPage<Output> for Next {
    fn fetch(mut self: Box<Self>) -> sequence::Fetch<Output> {
        Box::pin(async move {
            let Self { client, operation, options, input, .. } = &*self;
            let output = Arc::new(Mutex::new(Output::empty()));
            send_borrowed(client, operation, options, &**input, output.clone()).await?;
            let output = take_output(&output);
            let next: Result<Option<Box<dyn NextPage<Output>>>, Error> = match self.advance(&output)
            {
                Ok(true) => Ok(Some(self)),
                Ok(false) => Ok(None),
                Err(error) => Err(error),
            };
            Ok((output, next))
        })
    }
}

impl Next {
    /// Turns this into the request for the page after `output`; `false` where there is none.
    fn advance(&mut self, output: &dyn Record) -> Result<bool, Error> {
        let Some(markers) = self.seen.after(self.operation, output)? else {
            return Ok(false);
        };
        for (taken, marker) in markers {
            if let Some(Slot::Text(place)) = self.input.member_mut(taken).map(Value::slot) {
                place.set(&marker);
            }
        }
        Ok(true)
    }
}

impl<Output: Record + Unpin + 'static> Stream for Pages<Output> {
    type Item = Result<Output, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll(context)
    }
}

impl<Output> std::fmt::Debug for Pages<Output> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pages({})", self.0.state())
    }
}

/// The rows of a listing, a `Stream` over all its pages.
///
/// A caller that stops waiting for a row, as in a `select!`, loses none: the next time it asks, the same request goes
/// on.
#[must_use = "a listing fetches nothing until it is asked for a row"]
pub struct Rows<Output: Listing>(RowSequence<Output, Output::Row>);

impl<Output: Listing> Rows<Output> {
    /// The rows of `pages`.
    pub fn new(pages: Pages<Output>) -> Self {
        Self(RowSequence::new(pages.0, Output::into_rows))
    }

    /// Those of at most `pages` pages.
    pub fn limit_pages(self, pages: usize) -> Self {
        Self(self.0.limit_pages(pages))
    }

    /// The next row; `None` after the last.
    ///
    /// # Errors
    /// Those of the call for a page. The rows before stay what they are; the listing then ends.
    pub async fn try_next(&mut self) -> Result<Option<Output::Row>, Error> {
        self.0.try_next().await
    }

    /// All rows that are left.
    ///
    /// # Errors
    /// Those of the call for a page; to keep the rows before it, use [`try_next`](Self::try_next).
    pub async fn collect(self) -> Result<Vec<Output::Row>, Error> {
        self.0.collect().await
    }
}

impl<Output: Listing> Stream for Rows<Output> {
    type Item = Result<Output::Row, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll(context)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.0.at_hand(), None)
    }
}

impl<Output: Listing> std::fmt::Debug for Rows<Output> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rows(Pages({}), {} rows at hand)", self.0.state(), self.0.at_hand())
    }
}
