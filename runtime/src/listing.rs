//! Listings: pages and rows that are fetched on demand.

mod markers;
mod sequence;

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use futures_core::Stream;

use crate::client::{Client, RequestOptions, send_borrowed, take_output};
use crate::error::Error;
use crate::schema::{Operation, Record};

pub(crate) use markers::SentMarkers;
#[cfg(feature = "dynamic")]
pub(crate) use sequence::Fetch;
pub(crate) use sequence::{NextPage, RowSequence, Sequence};

/// An output that is one page of a listing.
pub trait Listing: Record + Unpin + 'static {
    /// The type of a row.
    type Row: Send + Unpin + 'static;

    /// The rows of this page.
    fn into_rows(self) -> Vec<Self::Row>;
}

/// The pages of a listing: a `Stream` that fetches each page on demand. It ends after an error.
///
/// It is cancel safe: if a caller stops waiting for a page, as in `select!`, the next poll continues the same request.
#[must_use = "a listing fetches nothing before it is polled"]
pub struct Pages<Output>(Sequence<Output>);

/// The request for the next page.
struct Next {
    client: Client,
    operation: &'static Operation<'static>,
    options: RequestOptions,
    input: Box<dyn Record>,
    sent: SentMarkers,
}

impl<Output: Record + 'static> Pages<Output> {
    pub(crate) fn new(
        client: Client,
        operation: &'static Operation<'static>,
        options: RequestOptions,
        input: Box<dyn Record>,
    ) -> Self {
        let mut next = Next { client, operation, options, input, sent: SentMarkers::default() };
        next.sent.insert_input(operation, &*next.input);
        Self(Sequence::new(next))
    }

    /// Limits the listing to `pages` pages.
    pub fn limit(self, pages: usize) -> Self {
        Self(self.0.limit(pages))
    }

    /// Fetches the next page; `None` after the last.
    ///
    /// # Errors
    /// The error of the call. The listing then ends; earlier pages remain valid.
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
            let Self { operation, input, sent, .. } = &mut *self;
            let next: Result<Option<Box<dyn NextPage<Output>>>, Error> =
                match sent.advance(operation, &output, &mut **input) {
                    Ok(true) => Ok(Some(self)),
                    Ok(false) => Ok(None),
                    Err(error) => Err(error),
                };
            Ok((output, next))
        })
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

/// The rows of a listing: a `Stream` over all its pages. It ends after an error.
///
/// It is cancel safe: if a caller stops waiting for a row, as in `select!`, the next poll continues the same request.
#[must_use = "a listing fetches nothing before it is polled"]
pub struct Rows<Output: Listing>(RowSequence<Output, Output::Row>);

impl<Output: Listing> Rows<Output> {
    /// Creates a listing of the rows of `pages`.
    pub fn new(pages: Pages<Output>) -> Self {
        Self(RowSequence::new(pages.0, Output::into_rows))
    }

    /// Limits the listing to the rows of `pages` pages.
    pub fn limit_pages(self, pages: usize) -> Self {
        Self(self.0.limit_pages(pages))
    }

    /// Returns the next row, and fetches the next page if necessary; `None` after the last row.
    ///
    /// # Errors
    /// The error of the call for a page. The listing then ends; earlier rows remain valid.
    pub async fn try_next(&mut self) -> Result<Option<Output::Row>, Error> {
        self.0.try_next().await
    }

    /// Fetches all remaining rows.
    ///
    /// # Errors
    /// The error of the call for a page. To keep the rows before the error, use [`try_next`](Self::try_next).
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
        (self.0.buffered(), None)
    }
}

impl<Output: Listing> std::fmt::Debug for Rows<Output> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rows(Pages({}), {} rows buffered)", self.0.state(), self.0.buffered())
    }
}
