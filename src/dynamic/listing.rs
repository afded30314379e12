//! Listings: page after page, row after row.

use std::collections::VecDeque;

use pagesmith_model::bind::{self, Content, Type};
use serde_json::Value as Json;

use super::call::{Call, Markers, decode};
use super::value::{DynamicRecord, Held};
use super::{json, tables};
use crate::error::Error;
use crate::pagination::Seen;

/// The pages of a listing; see [`Call::pages`]. After an error it ends.
#[must_use = "a listing fetches nothing until it is asked for a page"]
pub struct Pages {
    call: Call,
    /// `None` after the last page.
    next: Option<Markers>,
    seen: Seen,
}

impl Pages {
    pub(super) fn new(call: Call) -> Self {
        Self { call, next: Some(Markers::default()), seen: Seen::default() }
    }

    /// The next page; `None` after the last.
    ///
    /// # Errors
    /// Those of the call. The pages before stay what they are; the listing then ends.
    pub async fn try_next(&mut self) -> Result<Option<Json>, Error> {
        self.fetch(|_, record, redacted| json::object(record, redacted).into()).await
    }

    /// What `read` makes of the next page.
    async fn fetch<T>(
        &mut self,
        read: impl FnOnce(&bind::Method, &DynamicRecord<'_>, bool) -> T,
    ) -> Result<Option<T>, Error> {
        let Some(markers) = self.next.take() else {
            return Ok(None);
        };
        let body = self.call.answer(&markers).await?;
        let (scope, method) = self.call.method.found()?;
        let record = decode(scope, method, &body)?;
        let markers = tables::with(scope, method, |operation| self.seen.after(operation, &record))?;
        self.next = markers.map(|markers| {
            let named = markers.into_iter().filter_map(|(index, marker)| {
                Some((method.input.get(index)?.name.clone(), Json::String(marker)))
            });
            Markers(named.collect())
        });
        Ok(Some(read(method, &record, self.call.is_redacted())))
    }
}

/// The rows in the answer `record` of `method`.
fn rows(method: &bind::Method, record: &DynamicRecord<'_>, redacted: bool) -> VecDeque<Json> {
    let whole = || VecDeque::from([json::object(record, redacted).into()]);
    let held = rows_member(method).and_then(|index| record.values.get(index));
    match held.map(|value| &value.held) {
        Some(Held::List(list)) => {
            list.items.iter().map(|item| json::value(item, redacted)).collect()
        }
        Some(Held::Record(row)) => VecDeque::from([json::object(row, redacted).into()]),
        Some(Held::Absent) => VecDeque::new(),
        _ => whole(),
    }
}

/// The index of the output member that holds the rows of `method`.
fn rows_member(method: &bind::Method) -> Option<usize> {
    let Content::Members(members) = &method.output.as_ref()?.content else { return None };
    let listed = method.listing.as_ref().and_then(|listing| listing.rows.as_ref());
    let is_rows = |member: &bind::Member| match listed {
        Some(name) => member.name == *name,
        None => match &member.holds {
            Type::List { element, .. } => **element == Type::Row,
            holds => *holds == Type::Row,
        },
    };
    members.iter().position(is_rows)
}

/// Whether [`rows`] are rows of the page, or else the answer as a whole.
pub(super) fn gives_rows(method: &bind::Method) -> bool {
    let is_row = |output: &bind::Output| output.content == Content::Row;
    method.output.as_ref().is_some_and(is_row) || rows_member(method).is_some()
}

/// The rows of a listing; see [`Call::rows`]. After an error it ends.
#[must_use = "a listing fetches nothing until it is asked for a row"]
pub struct Rows {
    pages: Pages,
    at_hand: VecDeque<Json>,
    fetched: usize,
}

impl Rows {
    pub(super) fn new(pages: Pages) -> Self {
        Self { pages, at_hand: VecDeque::new(), fetched: 0 }
    }

    /// The next row; `None` after the last.
    ///
    /// # Errors
    /// Those of the call for a page. The rows before stay what they are; the listing then ends.
    pub async fn try_next(&mut self) -> Result<Option<Json>, Error> {
        loop {
            if let Some(row) = self.at_hand.pop_front() {
                return Ok(Some(row));
            }
            match self.pages.fetch(rows).await? {
                Some(rows) => {
                    self.at_hand = rows;
                    self.fetched += 1;
                }
                None => return Ok(None),
            }
        }
    }

    /// All rows that are left.
    ///
    /// # Errors
    /// Those of the call for a page; to keep the rows before it, use [`try_next`](Self::try_next).
    pub async fn collect(mut self) -> Result<Vec<Json>, Error> {
        let mut all = Vec::new();
        while let Some(row) = self.try_next().await? {
            all.push(row);
        }
        Ok(all)
    }

    /// How many pages have been fetched so far.
    #[must_use]
    pub fn pages_fetched(&self) -> usize {
        self.fetched
    }
}

impl std::fmt::Debug for Pages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pages").field("call", &self.call).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Rows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rows({:?}, {} rows at hand)", self.pages, self.at_hand.len())
    }
}
