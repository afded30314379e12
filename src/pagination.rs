//! Listings: page after page, row after row, fetched as they are asked for.

use std::collections::HashSet;
use std::future::Future;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::call;
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::operation::{Operation, Pagination};
use crate::request::RequestOptions;
use crate::shape::{Data, Record, Slot};

/// An output that is a page of rows.
pub trait Listing: Record + Unpin + 'static {
    /// What it lists.
    type Row: Send + Unpin + 'static;

    /// The rows of this page.
    fn into_rows(self) -> Vec<Self::Row>;
}

/// The pages of a listing, a `Stream` that fetches one when it is asked for. After an error it ends.
#[must_use = "a listing fetches nothing until it is asked for a page"]
pub struct Pages<Output> {
    state: State<Output>,
    /// How many more may be fetched.
    left: usize,
}

enum State<Output> {
    Ready(Box<Next>),
    Fetching(Fetch<Output>),
    /// There should be a further page, and it cannot be asked for.
    Failed(Error),
    Done,
}

type Fetch<Output> = Pin<Box<dyn Future<Output = Result<Fetched<Output>, Error>> + Send>>;

/// A page, and the request for the one after it, where there is one or could be.
type Fetched<Output> = (Output, Result<Option<Box<Next>>, Error>);

/// The request for the next page.
struct Next {
    client: Client,
    operation: &'static Operation<'static>,
    options: RequestOptions,
    input: Box<dyn Record>,
    seen: Seen,
}

/// The markers that were sent, as hashes: a listing may have very many pages.
#[derive(Default)]
pub(crate) struct Seen(HashSet<u64>);

impl Seen {
    /// The markers that ask for the page after `output`, each with the index of the input's member that
    /// takes it; `None` where there is no such page.
    ///
    /// # Errors
    /// Where there should be such a page, and it cannot be asked for.
    pub(crate) fn after(
        &mut self,
        operation: &Operation<'_>,
        output: &dyn Record,
    ) -> Result<Option<Vec<(usize, String)>>, Error> {
        let Some(pagination) = &operation.pagination else {
            return Ok(None);
        };
        if !is_truncated(pagination, output) {
            return Ok(None);
        }
        let given = pagination.markers.iter().map(|(taken, given)| (*taken, text(output, *given)));
        let markers: Vec<(usize, String)> = given.collect();
        let problem = if markers.iter().all(|(_, marker)| marker.is_empty()) {
            // A listing that only a marker continues ends without one.
            if pagination.more_results.is_none() {
                return Ok(None);
            }
            "the service says that there is more, and gives no marker to ask for it with"
        } else if !self.0.insert(hash(markers.iter().map(|(_, marker)| marker))) {
            "the service gives a marker that it gave before, so that the listing would never end"
        } else {
            return Ok(Some(markers));
        };
        Err(Error::new(ErrorKind::Pagination, problem).of_operation(operation.name).sent())
    }

    /// Notes the markers that a caller gave to begin with.
    fn insert_own(&mut self, operation: &Operation<'_>, input: &dyn Record) {
        if let Some(pagination) = &operation.pagination {
            let taken = pagination.markers.iter().map(|(taken, _)| text(input, *taken));
            self.0.insert(hash(taken));
        }
    }
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
        Self { state: State::Ready(Box::new(next)), left: usize::MAX }
    }

    /// At most `pages` of them.
    pub fn limit(mut self, pages: usize) -> Self {
        self.left = pages;
        self
    }

    /// The next page; `None` after the last.
    ///
    /// # Errors
    /// Those of the call. The pages before stay what they are; the listing then ends.
    pub async fn try_next(&mut self) -> Result<Option<Output>, Error> {
        std::future::poll_fn(|context| self.poll(context)).await.transpose()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Output, Error>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Ready(_) | State::Failed(_) if self.left == 0 => return Poll::Ready(None),
                State::Failed(error) => return Poll::Ready(Some(Err(error))),
                State::Ready(next) => self.state = State::Fetching(Box::pin(fetch(next))),
                State::Fetching(mut fetch) => {
                    let Poll::Ready(fetched) = fetch.as_mut().poll(context) else {
                        self.state = State::Fetching(fetch);
                        return Poll::Pending;
                    };
                    self.left = self.left.saturating_sub(1);
                    return Poll::Ready(Some(fetched.map(|(output, next)| {
                        self.state = match next {
                            Ok(next) => next.map_or(State::Done, State::Ready),
                            // The page is good; the error comes where its successor would.
                            Err(error) => State::Failed(error),
                        };
                        output
                    })));
                }
            }
        }
    }
}

async fn fetch<Output: Record>(mut next: Box<Next>) -> Result<Fetched<Output>, Error> {
    let Next { client, operation, options, input, .. } = &*next;
    let mut output = Output::empty();
    call::receive(client, operation, options, &**input, &mut output).await?;
    let goes_on = next.advance(&output);
    Ok((output, goes_on.map(|goes_on| goes_on.then_some(next))))
}

impl Next {
    /// Turns this into the request for the page after `output`; `false` where there is none.
    fn advance(&mut self, output: &dyn Record) -> Result<bool, Error> {
        let Some(markers) = self.seen.after(self.operation, output)? else {
            return Ok(false);
        };
        for (taken, marker) in markers {
            if let Some(Slot::Text(place)) =
                self.input.member_mut(taken).map(crate::shape::Value::slot)
            {
                place.set(&marker);
            }
        }
        Ok(true)
    }
}

/// Always the same for the same markers, in one process and version of Rust, which is enough here.
fn hash(markers: impl IntoIterator<Item = impl AsRef<str>>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for marker in markers {
        marker.as_ref().hash(&mut hasher);
    }
    hasher.finish()
}

fn is_truncated(pagination: &Pagination<'_>, output: &dyn Record) -> bool {
    let Some(index) = pagination.more_results else {
        return true;
    };
    matches!(output.member(index).map(crate::shape::Value::data), Some(Data::Boolean(true)))
}

fn text(record: &dyn Record, index: usize) -> String {
    match record.member(index).map(crate::shape::Value::data) {
        Some(Data::Text(text)) => text.to_owned(),
        _ => String::new(),
    }
}

impl<Output: Record + Unpin + 'static> Stream for Pages<Output> {
    type Item = Result<Output, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<Output> std::fmt::Debug for Pages<Output> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let state = match self.state {
            State::Ready(_) => "ready",
            State::Fetching(_) => "fetching",
            State::Failed(_) => "failed",
            State::Done => "done",
        };
        write!(f, "Pages({state})")
    }
}

/// The rows of a listing, a `Stream` over all its pages.
#[must_use = "a listing fetches nothing until it is asked for a row"]
pub struct Rows<Output: Listing> {
    pages: Pages<Output>,
    rows: std::vec::IntoIter<Output::Row>,
}

impl<Output: Listing> Rows<Output> {
    /// The rows of `pages`.
    pub fn new(pages: Pages<Output>) -> Self {
        Self { pages, rows: Vec::new().into_iter() }
    }

    /// Those of at most `pages` pages.
    pub fn limit_pages(self, pages: usize) -> Self {
        Self { pages: self.pages.limit(pages), ..self }
    }

    /// The next row; `None` after the last.
    ///
    /// # Errors
    /// Those of the call for a page. The rows before stay what they are; the listing then ends.
    pub async fn try_next(&mut self) -> Result<Option<Output::Row>, Error> {
        std::future::poll_fn(|context| self.poll(context)).await.transpose()
    }

    /// All rows that are left.
    ///
    /// # Errors
    /// Those of the call for a page; to keep the rows before it, use [`try_next`](Self::try_next).
    pub async fn collect(mut self) -> Result<Vec<Output::Row>, Error> {
        let mut all = Vec::new();
        while let Some(row) = self.try_next().await? {
            all.push(row);
        }
        Ok(all)
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Output::Row, Error>>> {
        loop {
            if let Some(row) = self.rows.next() {
                return Poll::Ready(Some(Ok(row)));
            }
            match ready!(self.pages.poll(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => self.rows = page.into_rows().into_iter(),
            }
        }
    }
}

impl<Output: Listing> Stream for Rows<Output> {
    type Item = Result<Output::Row, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.rows.len(), None)
    }
}

impl<Output: Listing> std::fmt::Debug for Rows<Output> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rows({:?}, {} rows at hand)", self.pages, self.rows.len())
    }
}
