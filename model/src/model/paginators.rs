//! Reads `paginators-1.json`.

use indexmap::IndexMap;

use super::published;
use super::rules::{PAGINATOR_UNKNOWN_MEMBER, PAGINATOR_UNUSED};
use super::vocabulary::{PAGINATOR, PAGINATORS};
use super::{Operation, Pagination, ServiceModel, ShapeKind};
use crate::json::Reader;

/// The paginators of `model`'s operations. A paginator of another operation is a warning.
pub(super) fn read(reader: &mut Reader<'_>, model: &ServiceModel) -> IndexMap<String, Pagination> {
    let Some(file) = reader.file::<published::Paginators<'_>>() else {
        return IndexMap::new();
    };
    PAGINATORS.check(&file.other, &[], reader);
    let mut paginations: IndexMap<String, Pagination> =
        reader.entries(&file.pagination, &["pagination"]);
    paginations.retain(|name, pagination| {
        let path = ["pagination", name];
        PAGINATOR.filter(&mut pagination.other, &path, reader);
        let operation = model.operation(name);
        match operation {
            Some(operation) => check(name, pagination, operation, model, reader),
            None => {
                let message = format!(
                    "the paginator `{name}` is for an operation that the service model does not have"
                );
                reader.warning(&PAGINATOR_UNUSED, &path, message);
            }
        }
        operation.is_some()
    });
    paginations
}

/// Reports names in the paginator that the operation's input and output do not have.
fn check(
    name: &str,
    pagination: &Pagination,
    operation: &Operation,
    model: &ServiceModel,
    reader: &mut Reader<'_>,
) {
    let (input, output) = (("input", &operation.input), ("output", &operation.output));
    for (key, paths, (message, root)) in [
        ("input_token", pagination.input_token.as_slice(), input),
        ("limit_key", pagination.limit_key.as_slice(), input),
        ("output_token", &pagination.output_token, output),
        ("more_results", pagination.more_results.as_slice(), output),
        ("result_key", &pagination.result_key, output),
    ] {
        let root = root.as_ref().map(|root| root.shape.as_str());
        for path in paths {
            if !path.split("||").all(|path| is_member(path, root, model)) {
                let problem = format!(
                    "the paginator of `{name}` names `{path}`, which is not in the operation's {message}"
                );
                reader.error(&PAGINATOR_UNKNOWN_MEMBER, &["pagination", name, key], problem);
            }
        }
    }
}

/// Whether `path` (`Jobs[-1].JobId`) leads from the structure `root` to a member.
fn is_member(path: &str, root: Option<&str>, model: &ServiceModel) -> bool {
    let mut shape = root;
    for part in path.trim().split('.') {
        let (name, indexed) = part.split_once('[').map_or((part, false), |(name, _)| (name, true));
        let structure = shape.and_then(|shape| model.structure(shape));
        let Some(mut member) = structure.and_then(|structure| structure.members.get(name)) else {
            return false;
        };
        if indexed {
            let target = model.shape(&member.shape).map(|shape| &shape.kind);
            let Some(ShapeKind::List { member: item, .. }) = target else { return false };
            member = item;
        }
        shape = Some(&member.shape);
    }
    true
}
