//! Listings as streams of pages and rows.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use pagesmith_model::schema;
use serde_json::Value as Json;

use super::call::{Call, Markers};
use super::value::{Content, DynamicRecord};
use super::{json, tables};
use crate::error::Error;
use crate::listing::{Fetch, NextPage, RowSequence, SentMarkers, Sequence};
use crate::schema::Budget;

/// The pages of a listing, as a `Stream`; see [`Call::pages`]. It ends after an error.
///
/// It is cancel safe: if a caller stops waiting for a page, as in `select!`, the next poll continues the same
/// request.
#[must_use = "a listing fetches nothing before it is polled"]
pub struct Pages {
    pages: Sequence<Json>,
    call: Call,
}

/// The rows of a listing, as a `Stream`; see [`Call::rows`]. It ends after an error.
///
/// It is cancel safe: if a caller stops waiting for a row, as in `select!`, the next poll continues the same request.
#[must_use = "a listing fetches nothing before it is polled"]
pub struct Rows {
    rows: RowSequence<Vec<Json>, Json>,
    call: Call,
}

/// Converts a page.
type Read<T> = fn(&schema::Method, DynamicRecord<'_>, bool, &mut Budget) -> Option<T>;

/// The request for the next page.
struct Next<T> {
    call: Call,
    markers: Markers,
    seen: SentMarkers,
    read: Read<T>,
}

impl Pages {
    /// The listing of `call`, whose params have the markers in `seen`.
    pub(super) fn new(call: Call, seen: SentMarkers) -> Self {
        let read: Read<Json> =
            |_, record, redacted, budget| json::object(record, redacted, budget).map(Json::Object);
        Self { pages: pages(&call, seen, read), call }
    }

    /// The next page; `None` after the last.
    ///
    /// # Errors
    /// The error of the request. The listing then ends.
    pub async fn try_next(&mut self) -> Result<Option<Json>, Error> {
        self.pages.try_next().await
    }
}

impl Rows {
    /// The rows of the listing of `call`, whose params have the markers in `seen`.
    pub(super) fn new(call: Call, seen: SentMarkers) -> Self {
        let pages = pages(&call, seen, rows);
        Self { rows: RowSequence::new(pages, |rows| rows), call }
    }

    /// The next row; `None` after the last.
    ///
    /// # Errors
    /// The error of the request for a page. The listing then ends.
    pub async fn try_next(&mut self) -> Result<Option<Json>, Error> {
        self.rows.try_next().await
    }

    /// All remaining rows.
    ///
    /// # Errors
    /// The error of the request for a page. To keep the rows before it, use [`try_next`](Self::try_next).
    pub async fn collect(self) -> Result<Vec<Json>, Error> {
        self.rows.collect().await
    }

    /// The number of pages that have been fetched so far.
    #[must_use]
    pub fn pages_fetched(&self) -> usize {
        self.rows.pages_fetched()
    }
}

fn pages<T: Send + 'static>(call: &Call, seen: SentMarkers, read: Read<T>) -> Sequence<T> {
    Sequence::new(Next { call: call.clone(), markers: Markers::default(), seen, read })
}

impl<T: Send + 'static> NextPage<T> for Next<T> {
    fn fetch(self: Box<Self>) -> Fetch<T> {
        Box::pin(async move {
            let Self { call, markers, mut seen, read } = *self;
            let redacted = call.is_redacted();
            let (page, markers, seen) = call
                .exchange(&markers, move |schemas, method, record, budget| {
                    let mut input = DynamicRecord::new(schemas, &method.input);
                    let more = tables::with(schemas, method, |operation| {
                        seen.advance(operation, &record, &mut input)
                    });
                    let markers = json::object(input, false, &mut Budget::unlimited());
                    let page = read(method, record, redacted, budget)?;
                    Some((page, more.map(|more| markers.filter(|_| more)), seen))
                })
                .await?;
            let next = markers.map(|markers| {
                let markers = Markers(Some(markers?));
                Some(Box::new(Self { call, markers, seen, read }) as Box<dyn NextPage<T>>)
            });
            Ok((page, next))
        })
    }
}

/// The rows in the response `record` of `method`.
pub(super) fn rows(
    method: &schema::Method,
    mut record: DynamicRecord<'_>,
    redacted: bool,
    budget: &mut Budget,
) -> Option<Vec<Json>> {
    let content = match &method.rows {
        Some(schema::Rows::Member(path)) => at(&mut record, path),
        Some(schema::Rows::Output) | None => None,
    };
    let one = |record, budget| Some(vec![Json::Object(json::object(record, redacted, budget)?)]);
    match content {
        Some(content @ (Content::List(_) | Content::Record(_) | Content::Absent(_))) => {
            match std::mem::replace(content, Content::Absent(None)) {
                Content::List(list) => json::items(list, redacted, budget),
                Content::Record(row) => one(row, budget),
                _ => Some(Vec::new()),
            }
        }
        _ => one(record, budget),
    }
}

/// The content of the member of `record` to which the indices `path` lead; that of a structure on the way if that is absent.
fn at<'r, 't>(record: &'r mut DynamicRecord<'t>, path: &[usize]) -> Option<&'r mut Content<'t>> {
    let (first, rest) = path.split_first()?;
    let content = record.value(*first).map(|value| &mut value.content)?;
    if rest.is_empty() || !matches!(content, Content::Record(_)) {
        return Some(content);
    }
    let Content::Record(inner) = content else { return None };
    at(inner, rest)
}

impl Stream for Pages {
    type Item = Result<Json, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.pages.poll(context)
    }
}

impl Stream for Rows {
    type Item = Result<Json, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.rows.poll(context)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.rows.buffered(), None)
    }
}

impl std::fmt::Debug for Pages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pages")
            .field("call", &self.call)
            .field("state", &format_args!("{}", self.pages.state()))
            .finish()
    }
}

impl std::fmt::Debug for Rows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rows")
            .field("call", &self.call)
            .field("state", &format_args!("{}", self.rows.state()))
            .field("buffered", &self.rows.buffered())
            .finish()
    }
}
