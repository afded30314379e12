//! Page after page and row after row: the state of a listing, for typed and for dynamic calls.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use crate::error::Error;

/// The request for one page of a listing.
pub(crate) trait NextPage<Page>: Send {
    /// Sends it.
    fn fetch(self: Box<Self>) -> Fetch<Page>;
}

/// A page on its way.
pub(crate) type Fetch<Page> = Pin<Box<dyn Future<Output = Result<Fetched<Page>, Error>> + Send>>;

/// A page, and the request for the one after it. The page is good where the request is an error.
pub(crate) type Fetched<Page> = (Page, Result<Option<Box<dyn NextPage<Page>>>, Error>);

/// The pages of a listing, each fetched when it is asked for. After an error it ends.
///
/// A fetch is kept here until it is done, so that a caller that stops waiting loses nothing: the next poll goes
/// on with the same request.
pub(crate) struct Sequence<Page> {
    state: State<Page>,
    /// How many more may be fetched.
    left: usize,
}

enum State<Page> {
    Ready(Box<dyn NextPage<Page>>),
    Fetching(Fetch<Page>),
    /// There should be a further page, and it cannot be asked for.
    Failed(Error),
    Done,
}

impl<Page> Sequence<Page> {
    pub(crate) fn new(first: impl NextPage<Page> + 'static) -> Self {
        Self { state: State::Ready(Box::new(first)), left: usize::MAX }
    }

    /// At most `pages` of them.
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
                            // The page is good; the error comes where its successor would.
                            Err(error) => State::Failed(error),
                        };
                        page
                    })));
                }
            }
        }
    }

    /// What it is doing, in a word.
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
    at_hand: std::vec::IntoIter<Row>,
    fetched: usize,
}

impl<Page, Row> RowSequence<Page, Row> {
    /// The rows that `rows_of` finds in each of `pages`.
    pub(crate) fn new(pages: Sequence<Page>, rows_of: fn(Page) -> Vec<Row>) -> Self {
        Self { pages, rows_of, at_hand: Vec::new().into_iter(), fetched: 0 }
    }

    /// Those of at most `pages` pages.
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
            if let Some(row) = self.at_hand.next() {
                return Poll::Ready(Some(Ok(row)));
            }
            match ready!(self.pages.poll(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => {
                    self.fetched += 1;
                    self.at_hand = (self.rows_of)(page).into_iter();
                }
            }
        }
    }

    /// How many rows are there without a further fetch.
    pub(crate) fn at_hand(&self) -> usize {
        self.at_hand.len()
    }

    /// How many pages have been fetched.
    #[cfg(feature = "dynamic")]
    pub(crate) fn pages_fetched(&self) -> usize {
        self.fetched
    }

    pub(crate) fn state(&self) -> &'static str {
        self.pages.state()
    }
}
