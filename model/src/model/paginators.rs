//! Reads `paginators-1.json`.

use indexmap::IndexMap;
use serde_json::Value;

use super::json::{Object, Problems, Report, Step};
use super::read::parse;
use super::rules::{PAGINATOR_UNKNOWN_MEMBER, PAGINATOR_UNUSED};
use super::vocabulary::{PAGINATOR, PAGINATORS};
use super::{Pagination, ServiceModel, ShapeKind};
use crate::diagnostic::{Diagnostics, Severity};
use crate::source::Source;

/// The paginators of `model`'s operations. One of an operation that the model does not have is a warning.
pub(super) fn read(
    source: &Source,
    model: &ServiceModel,
    diagnostics: &mut Diagnostics,
) -> IndexMap<String, Pagination> {
    let mut paginations = IndexMap::new();
    let Some((value, places)) = parse(source, diagnostics) else {
        return paginations;
    };
    let problems = Problems::new(&places);
    read_all(&value, model, &problems, &mut paginations);
    diagnostics.append(problems.into_diagnostics());
    paginations
}

fn read_all(
    value: &Value,
    model: &ServiceModel,
    problems: &Problems<'_>,
    paginations: &mut IndexMap<String, Pagination>,
) -> Option<()> {
    let root = Object::known(value, &Step::ROOT, problems, &PAGINATORS)?;
    let step = Step::ROOT.to("pagination");
    let all = Object::open(root.require("pagination")?, &step, problems)?;
    for (name, value) in all.map {
        let step = step.to(name);
        let Some(object) = Object::known(value, &step, problems, &PAGINATOR) else {
            continue;
        };
        let pagination = Pagination {
            input_token: object.text_or_texts("input_token"),
            output_token: object.text_or_texts("output_token"),
            more_results: object.text("more_results"),
            limit_key: object.text("limit_key"),
            result_key: object.text_or_texts("result_key"),
        };
        if model.operations.contains_key(name) {
            check(name, &pagination, model, &step, problems);
            paginations.insert(name.clone(), pagination);
        } else {
            let message = format!(
                "the paginator `{name}` is for an operation that the service model does not have"
            );
            problems.push(Severity::Warning, step.path(), Report::new(&PAGINATOR_UNUSED, message));
        }
    }
    Some(())
}

/// Reports what the paginator names and the operation's messages do not have.
fn check(
    name: &str,
    pagination: &Pagination,
    model: &ServiceModel,
    step: &Step<'_>,
    problems: &Problems<'_>,
) {
    let Some(operation) = model.operation(name) else {
        return;
    };
    let (input, output) = (operation.input.as_deref(), operation.output.as_deref());
    let one = |name: &Option<String>| name.iter().cloned().collect::<Vec<_>>();
    for (key, paths, root, side) in [
        ("input_token", &pagination.input_token, input, "input"),
        ("limit_key", &one(&pagination.limit_key), input, "input"),
        ("output_token", &pagination.output_token, output, "output"),
        ("more_results", &one(&pagination.more_results), output, "output"),
        ("result_key", &pagination.result_key, output, "output"),
    ] {
        for path in paths {
            if path.split("||").all(|path| leads_somewhere(path, root, model)) {
                continue;
            }
            let message = format!(
                "the paginator of `{name}` names `{path}`, which is not in the operation's {side}"
            );
            problems.error(&step.to(key), Report::new(&PAGINATOR_UNKNOWN_MEMBER, message));
        }
    }
}

/// Whether `path` (`Jobs[-1].JobId`) leads from the structure `root` to a member.
fn leads_somewhere(path: &str, root: Option<&str>, model: &ServiceModel) -> bool {
    let mut at = root;
    for part in path.trim().split('.') {
        let (member, indexed) =
            part.split_once('[').map_or((part, false), |(name, _)| (name, true));
        let structure = at.and_then(|shape| model.structure(shape));
        let Some(member) = structure.and_then(|structure| structure.members.get(member)) else {
            return false;
        };
        at = Some(&member.shape);
        if indexed {
            let Some(ShapeKind::List { member, .. }) =
                model.shape(&member.shape).map(|it| &it.kind)
            else {
                return false;
            };
            at = Some(&member.shape);
        }
    }
    true
}
