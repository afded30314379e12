//! The markers by which a listing continues.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::error::{Error, ErrorKind};
use crate::schema::{Data, Record, Value};
use crate::schema::{Operation, Pagination};

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
    pub(crate) fn insert_own(&mut self, operation: &Operation<'_>, input: &dyn Record) {
        if let Some(pagination) = &operation.pagination {
            let taken = pagination.markers.iter().map(|(taken, _)| text(input, *taken));
            self.0.insert(hash(taken));
        }
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
    matches!(output.member(index).map(Value::data), Some(Data::Boolean(true)))
}

fn text(record: &dyn Record, index: usize) -> String {
    match record.member(index).map(Value::data) {
        Some(Data::Text(text)) => text.to_owned(),
        _ => String::new(),
    }
}
