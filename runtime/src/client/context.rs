//! The parameters of an endpoint rule set that an operation and its input determine.

use crate::endpoint::rules::ParameterValue;
use crate::schema::{ContextSource, Data, Operation, Record, Shape, Target, Value};

/// A value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ContextValue {
    Boolean(bool),
    Text(String),
    Texts(Vec<String>),
}

/// The values of the parameters of a call, by their names.
pub(super) type Context = Vec<(String, ContextValue)>;

/// The values of the parameters for a call of `operation` with `input`.
pub(super) fn context(operation: &Operation<'_>, input: &dyn Record) -> Context {
    let values = operation.context.iter().filter_map(|parameter| {
        let value = match parameter.source {
            ContextSource::Boolean(value) => ContextValue::Boolean(value),
            ContextSource::Text(text) => ContextValue::Text(text.to_owned()),
            ContextSource::Texts(texts) => {
                ContextValue::Texts(texts.iter().map(|text| (*text).to_owned()).collect())
            }
            ContextSource::Member(index) => match input.member(index)?.data() {
                Data::Text(text) => ContextValue::Text(text.to_owned()),
                Data::Boolean(value) => ContextValue::Boolean(value),
                Data::List(_) => ContextValue::Texts(vec![first(input.member(index)?)?]),
                _ => return None,
            },
            ContextSource::Path(path) => {
                let mut found = Vec::new();
                in_record(path, operation.input, input, &mut found);
                if is_list(path) {
                    ContextValue::Texts(found)
                } else {
                    ContextValue::Text(found.pop()?)
                }
            }
        };
        Some((parameter.name.to_owned(), value))
    });
    values.collect()
}

/// The value of the parameter `name`. `texts` keeps a list.
pub(super) fn value_of<'a>(
    context: &'a Context,
    texts: &'a [(&'a str, Vec<&'a str>)],
    name: &str,
) -> Option<ParameterValue<'a>> {
    let (_, value) = context.iter().find(|(known, _)| known == name)?;
    Some(match value {
        ContextValue::Boolean(value) => ParameterValue::Boolean(*value),
        ContextValue::Text(text) => ParameterValue::Text(text),
        ContextValue::Texts(_) => {
            ParameterValue::Texts(&texts.iter().find(|(known, _)| *known == name)?.1)
        }
    })
}

/// The lists in `context`, by parameter.
pub(super) fn lists(context: &Context) -> Vec<(&str, Vec<&str>)> {
    let lists = context.iter().filter_map(|(name, value)| match value {
        ContextValue::Texts(texts) => {
            Some((name.as_str(), texts.iter().map(String::as_str).collect()))
        }
        _ => None,
    });
    lists.collect()
}

/// The first text of a list.
fn first(value: &dyn Value) -> Option<String> {
    match value.data() {
        Data::List(list) => match list.at(0)?.data() {
            Data::Text(text) => Some(text.to_owned()),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a path leads to a list of texts.
fn is_list(path: &str) -> bool {
    path.contains('[') || path.starts_with(KEYS)
}

const KEYS: &str = "keys(";

/// Collects the texts at `path`, a `JMESPath` expression of those that models have: `A.B`, `A[*].B`, `keys(A)`, and
/// `A[*].[B.C, D.C][]`. Nothing is found at another.
///
/// Rule sets refer to the first element of a list only, so that lists end at the first text.
fn in_record(path: &str, shape: &Shape<'_>, record: &dyn Record, found: &mut Vec<String>) {
    if let Some(inner) = path.strip_prefix('[').and_then(|rest| rest.strip_suffix("][]")) {
        inner.split(',').for_each(|path| in_record(path.trim(), shape, record, found));
        return;
    }
    let keys = path.strip_prefix(KEYS).and_then(|rest| rest.strip_suffix(')'));
    let steps = keys.unwrap_or(path);
    let (name, rest) = steps.split_at(steps.find(['.', '[']).unwrap_or(steps.len()));
    let index = shape.members.iter().position(|member| member.wire == name);
    let Some((index, member)) = index.and_then(|at| Some((at, shape.members.get(at)?))) else {
        return;
    };
    let Some(value) = record.member(index) else { return };
    match value.data() {
        Data::Map(map) if keys.is_some() => map.each(&mut |key, _| {
            found.push(key.to_owned());
            false
        }),
        Data::List(list) if rest.starts_with("[*].") => {
            let Target::List { element, .. } = member.target else { return };
            let rest = rest.trim_start_matches("[*].");
            let elements = (0..).map_while(|index| list.at(index));
            for element_value in elements {
                if !found.is_empty() {
                    return;
                }
                in_target(rest, element, element_value, found);
            }
        }
        _ => in_target(rest.trim_start_matches('.'), &member.target, value, found),
    }
}

fn in_target(path: &str, target: &Target<'_>, value: &dyn Value, found: &mut Vec<String>) {
    match (value.data(), target.structure()) {
        (Data::Text(text), _) if path.is_empty() => found.push(text.to_owned()),
        (Data::Record(record), Some(shape)) if !path.is_empty() => {
            in_record(path, shape, record, found);
        }
        _ => {}
    }
}
