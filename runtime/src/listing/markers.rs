//! The pagination markers of a listing.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hasher as _};

use crate::error::{Error, ErrorKind};
use crate::schema::{Data, Found, Operation, Pagination, Record, copy, hash};

/// Hashes of the markers that were sent. Markers are not stored, because a listing may have very many pages.
#[derive(Default)]
pub(crate) struct SentMarkers(HashSet<u64>);

impl SentMarkers {
    /// Sets the markers for the page after `output` in `input`, the input of `operation`; `false` if that was the last page.
    ///
    /// # Errors
    /// If there is a further page, but no marker or a repeated one.
    pub(crate) fn advance(
        &mut self,
        operation: &Operation<'_>,
        output: &dyn Record,
        input: &mut dyn Record,
    ) -> Result<bool, Error> {
        let Some(pagination) = &operation.pagination else {
            return Ok(false);
        };
        let more_results = pagination.more_results().map(|source| source.of(output).is_truthy());
        if more_results == Some(false) {
            return Ok(false);
        }
        let markers = pagination.markers().into_iter();
        let markers = markers.map(|(member, source)| (member, source.of(output)));
        let markers: Vec<(usize, Found<'_>)> = markers.collect();
        let problem = if markers.iter().all(|(_, marker)| is_empty(marker)) {
            // Without a member that says whether there is more, the absence of a marker ends the listing.
            if more_results.is_none() {
                return Ok(false);
            }
            "the service says that there are more pages, but it returned no marker for the next page; use the pages before this one"
        } else if set(operation, &markers, input).is_none() {
            "the service returned a marker for the next page that cannot be sent; use the pages before this one"
        } else if !self.0.insert(hash_of(operation, input)) {
            "the service returned the same marker twice, so the listing would never end; use the pages before this one"
        } else {
            return Ok(true);
        };
        Err(Error::new(ErrorKind::Pagination, problem).of_operation(operation.name).sent())
    }

    /// Records the markers that the caller set in `input`.
    pub(crate) fn insert_input(&mut self, operation: &Operation<'_>, input: &dyn Record) {
        if operation.pagination.is_some() {
            self.0.insert(hash_of(operation, input));
        }
    }
}

/// Whether there is no marker. The number 0 and an empty value are none.
fn is_empty(marker: &Found<'_>) -> bool {
    !marker.is_truthy() || matches!(marker, Found::Data(Data::Integer(0)))
}

/// Sets each of `markers` in `input`, and removes those that are absent. `None` if one does not have the type of its member.
fn set(
    operation: &Operation<'_>,
    markers: &[(usize, Found<'_>)],
    input: &mut dyn Record,
) -> Option<()> {
    for (index, marker) in markers {
        let value = input.member_mut(*index)?;
        if !matches!(value.data(), Data::Absent) {
            value.reset();
        }
        if !is_empty(marker) {
            let Found::Data(data) = marker else { return None };
            copy(*data, value.slot(), &operation.input.members.get(*index)?.target)?;
        }
    }
    Some(())
}

/// A hash of the markers in `input`. It is deterministic within a process, which is sufficient here.
fn hash_of(operation: &Operation<'_>, input: &dyn Record) -> u64 {
    let mut hasher = DefaultHasher::new();
    let markers = operation.pagination.iter().flat_map(Pagination::markers);
    for (index, _) in markers {
        if let (Some(value), Some(member)) =
            (input.member(index), operation.input.members.get(index))
        {
            hash(value.data(), &member.target, &mut hasher);
        }
    }
    hasher.finish()
}
