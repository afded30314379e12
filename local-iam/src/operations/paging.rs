//! Pagination of listings: reads `Marker` and `MaxItems`, writes `IsTruncated` and `Marker`.

use super::parameters::MARKER;
use crate::error::Refusal;
use crate::form::Input;
use crate::state::State;
use crate::xml::Node;

const MAX_ITEMS: usize = 1000;
const DEFAULT_ITEMS: usize = 100;

/// The page of a listing that is requested.
pub(super) struct Page<'a> {
    marker: Option<&'a str>,
    max_items: usize,
}

impl<'a> Page<'a> {
    pub(super) fn of(input: &mut Input<'a>) -> Self {
        Self {
            marker: input.optional(&MARKER),
            max_items: input.positive("MaxItems", "maxItems", MAX_ITEMS, DEFAULT_ITEMS),
        }
    }

    /// Returns the members of this page of `items`, which must be sorted by their keys.
    ///
    /// `listing` identifies the listing and its parameters. A marker is valid only for one listing.
    pub(super) fn cut(
        &self,
        list: &'static str,
        listing: &str,
        items: Vec<(String, Vec<Node>)>,
        state: &mut State,
    ) -> Result<Vec<Node>, Refusal> {
        let after = self.marker.map(|marker| state.position(listing, marker)).transpose()?;
        let mut rest =
            items.into_iter().filter(|(key, _)| after.as_ref().is_none_or(|after| key > after));
        let page: Vec<(String, Vec<Node>)> = rest.by_ref().take(self.max_items).collect();
        let is_truncated = rest.next().is_some();
        let marker = page.last().map(|(key, _)| key).filter(|_| is_truncated);
        let marker = marker.map(|last| Node::text("Marker", state.marker(listing, last)));

        let items = page.into_iter().map(|(_, item)| item).collect();
        let mut members = vec![
            Node::List(list, items),
            Node::text("IsTruncated", if is_truncated { "true" } else { "false" }),
        ];
        members.extend(marker);
        Ok(members)
    }
}
