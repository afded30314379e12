//! The pagination markers of a listing.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::error::{Error, ErrorKind};
use crate::schema::{Data, Operation, Pagination, Record, Value};

/// Hashes of the markers that were sent. Markers are not stored, because a listing may have very many pages.
#[derive(Default)]
pub(crate) struct SentMarkers(HashSet<u64>);

impl SentMarkers {
    /// The markers for the page after `output`, each with the index of the input's member that takes it; `None` if that was the
    /// last page.
    ///
    /// # Errors
    /// If there is a further page, but no marker or a repeated one.
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
        let markers = pagination.markers.iter();
        let markers = markers.map(|(input, source)| (*input, text(output, *source)));
        let markers: Vec<(usize, String)> = markers.collect();
        let problem = if markers.iter().all(|(_, marker)| marker.is_empty()) {
            // Without a member that says whether there is more, the absence of a marker ends the listing.
            if pagination.more_results.is_none() {
                return Ok(None);
            }
            "the service says that there are more pages, but it returned no marker for the next page; use the pages before this one"
        } else if !self.0.insert(hash(markers.iter().map(|(_, marker)| marker))) {
            "the service returned the same marker twice, so the listing would never end; use the pages before this one"
        } else {
            return Ok(Some(markers));
        };
        Err(Error::new(ErrorKind::Pagination, problem).of_operation(operation.name).sent())
    }

    /// Records the markers that the caller set in `input`.
    pub(crate) fn insert_input(&mut self, operation: &Operation<'_>, input: &dyn Record) {
        if let Some(pagination) = &operation.pagination {
            let markers = pagination.markers.iter().map(|(member, _)| text(input, *member));
            self.0.insert(hash(markers));
        }
    }
}

/// The hash is deterministic within a process, which is sufficient here.
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
    matches!(output.member(index).map(Value::data), Some(Data::Boolean(true)))
}

fn text(record: &dyn Record, index: usize) -> String {
    match record.member(index).map(Value::data) {
        Some(Data::Text(text)) => text.to_owned(),
        _ => String::new(),
    }
}
