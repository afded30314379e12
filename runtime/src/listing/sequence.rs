//! The state of a listing, for typed and for dynamic calls.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use crate::error::Error;

/// The request for one page of a listing.
pub(crate) trait NextPage<Page>: Send {
    /// Sends the request.
    fn fetch(self: Box<Self>) -> Fetch<Page>;
}

/// A page that is being fetched.
pub(crate) type Fetch<Page> = Pin<Box<dyn Future<Output = Result<Fetched<Page>, Error>> + Send>>;

/// A page, and the request for the next page. The page is valid even if the next request is an error.
pub(crate) type Fetched<Page> = (Page, Result<Option<Box<dyn NextPage<Page>>>, Error>);

/// The pages of a listing, each fetched on demand. It ends after an error.
///
/// A pending fetch is kept here, so that nothing is lost if the caller stops waiting: the next poll continues it.
pub(crate) struct Sequence<Page> {
    state: State<Page>,
    /// The number of pages that may still be fetched.
    left: usize,
}

enum State<Page> {
    Ready(Box<dyn NextPage<Page>>),
    Fetching(Fetch<Page>),
    /// There is another page, but it cannot be requested.
    Failed(Error),
    Done,
}

impl<Page> Sequence<Page> {
    pub(crate) fn new(first: impl NextPage<Page> + 'static) -> Self {
        Self { state: State::Ready(Box::new(first)), left: usize::MAX }
    }

    /// Limits the sequence to `pages` pages.
    pub(crate) fn limit(mut self, pages: usize) -> Self {
        self.left = pages;
        self
    }

    pub(crate) async fn try_next(&mut self) -> Result<Option<Page>, Error> {
        std::future::poll_fn(|context| self.poll(context)).await.transpose()
    }

    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Page, Error>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Ready(_) | State::Failed(_) if self.left == 0 => return Poll::Ready(None),
                State::Failed(error) => return Poll::Ready(Some(Err(error))),
                State::Ready(next) => self.state = State::Fetching(next.fetch()),
                State::Fetching(mut fetch) => {
                    let Poll::Ready(fetched) = fetch.as_mut().poll(context) else {
                        self.state = State::Fetching(fetch);
                        return Poll::Pending;
                    };
                    self.left = self.left.saturating_sub(1);
                    return Poll::Ready(Some(fetched.map(|(page, next)| {
                        self.state = match next {
                            Ok(next) => next.map_or(State::Done, State::Ready),
                            // This page is valid; the error is returned instead of the next page.
                            Err(error) => State::Failed(error),
                        };
                        page
                    })));
                }
            }
        }
    }

    /// The state in one word, for `Debug`.
    pub(crate) fn state(&self) -> &'static str {
        match self.state {
            State::Ready(_) => "ready",
            State::Fetching(_) => "fetching",
            State::Failed(_) => "failed",
            State::Done => "done",
        }
    }
}

/// The rows of the pages of a listing.
pub(crate) struct RowSequence<Page, Row> {
    pages: Sequence<Page>,
    rows_of: fn(Page) -> Vec<Row>,
    buffered: std::vec::IntoIter<Row>,
    fetched: usize,
}

impl<Page, Row> RowSequence<Page, Row> {
    /// The rows that `rows_of` extracts from each of `pages`.
    pub(crate) fn new(pages: Sequence<Page>, rows_of: fn(Page) -> Vec<Row>) -> Self {
        Self { pages, rows_of, buffered: Vec::new().into_iter(), fetched: 0 }
    }

    /// Limits the sequence to the rows of `pages` pages.
    pub(crate) fn limit_pages(self, pages: usize) -> Self {
        Self { pages: self.pages.limit(pages), ..self }
    }

    pub(crate) async fn try_next(&mut self) -> Result<Option<Row>, Error> {
        std::future::poll_fn(|context| self.poll(context)).await.transpose()
    }

    pub(crate) async fn collect(mut self) -> Result<Vec<Row>, Error> {
        let mut all = Vec::new();
        while let Some(row) = self.try_next().await? {
            all.push(row);
        }
        Ok(all)
    }

    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Row, Error>>> {
        loop {
            if let Some(row) = self.buffered.next() {
                return Poll::Ready(Some(Ok(row)));
            }
            match ready!(self.pages.poll(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => {
                    self.fetched += 1;
                    self.buffered = (self.rows_of)(page).into_iter();
                }
            }
        }
    }

    /// The number of rows that are available without another fetch.
    pub(crate) fn buffered(&self) -> usize {
        self.buffered.len()
    }

    /// The number of pages that have been fetched.
    #[cfg(feature = "dynamic")]
    pub(crate) fn pages_fetched(&self) -> usize {
        self.fetched
    }

    pub(crate) fn state(&self) -> &'static str {
        self.pages.state()
    }
}
