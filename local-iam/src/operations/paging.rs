//! Pages of a listing: `Marker` and `MaxItems` in, `IsTruncated` and `Marker` out.

use super::parameters::MARKER;
use crate::answer::Node;
use crate::error::Refusal;
use crate::form::Input;
use crate::state::State;

const MAX_ITEMS: usize = 1000;
const DEFAULT_ITEMS: usize = 100;

/// Which page of a listing is asked for.
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

    /// Cuts the page out of `items`, which are sorted by their keys.
    ///
    /// `listing` names what is listed and for whom, since a marker is good for nothing else.
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

        let members = page.into_iter().map(|(_, item)| item).collect();
        let mut answer = vec![
            Node::List(list, members),
            Node::text("IsTruncated", if is_truncated { "true" } else { "false" }),
        ];
        answer.extend(marker);
        Ok(answer)
    }
}
