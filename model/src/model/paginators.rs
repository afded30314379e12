//! Reads `paginators-1.json`.

use indexmap::IndexMap;

use super::expressions::ModelTypes;
use super::published;
use super::rules::{PAGINATOR_UNKNOWN_MEMBER, PAGINATOR_UNUSED, UNSUPPORTED_EXPRESSION};
use super::vocabulary::{PAGINATOR, PAGINATORS};
use super::{Operation, Pagination, ServiceModel};
use crate::jmespath::{self, Problem};
use crate::json::Reader;

/// The paginators of `model`'s operations. A paginator of another operation is a warning.
pub(super) fn read(reader: &mut Reader<'_>, model: &ServiceModel) -> IndexMap<String, Pagination> {
    let Some(mut file) = reader.file::<published::Paginators<'_>>() else {
        return IndexMap::new();
    };
    PAGINATORS.check(&mut file.other, &[], reader);
    let mut paginations: IndexMap<String, Pagination> =
        reader.entries(&file.pagination, &["pagination"]);
    paginations.retain(|name, pagination| {
        let path = ["pagination", name];
        PAGINATOR.check(&mut pagination.other, &path, reader);
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
        let unknown = |path: &str| {
            format!(
                "the paginator of `{name}` names `{path}`, which is not in the operation's {message}"
            )
        };
        for path in paths {
            let Some(root) = root else {
                reader.error(&PAGINATOR_UNKNOWN_MEMBER, &["pagination", name, key], unknown(path));
                continue;
            };
            match jmespath::parse(path, &*root.shape, &ModelTypes(model)) {
                Ok(_) => {}
                Err(Problem::Type(_)) => {
                    reader.error(
                        &PAGINATOR_UNKNOWN_MEMBER,
                        &["pagination", name, key],
                        unknown(path),
                    );
                }
                Err(Problem::Form(problem)) => {
                    let problem =
                        format!("the paginator of `{name}` has the expression `{path}`: {problem}");
                    reader.error(&UNSUPPORTED_EXPRESSION, &["pagination", name, key], problem);
                }
            }
        }
    }
}
