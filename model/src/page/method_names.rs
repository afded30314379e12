//! Short names of methods: the names on the page without the resource at the start.
//!
//! A short name depends only on the text and the resource of the page, so that it is the same in every dialect.

use std::collections::{HashMap, HashSet};

use crate::page::model::Method;
use crate::page::problems::Problems;
use crate::page::rules;
use crate::source::Spanned;
use crate::words;

/// Sets the short name of each of `methods`, all methods of a page about `resource`. Warns about methods that look
/// like methods of another resource.
pub(crate) fn assign(
    methods: &mut [Method],
    resource: Option<&Spanned<String>>,
    problems: &Problems,
) {
    let short: Vec<Option<String>> = methods
        .iter()
        .map(|method| without_resource(&method.full_name, resource?, problems))
        .collect();
    // Methods that would have the same short name keep their names on the page.
    let mut taken: HashMap<String, HashSet<&str>> = HashMap::new();
    for (method, short) in methods.iter().zip(&short) {
        let full_name = method.full_name.as_str();
        taken.entry(folded(short.as_deref().unwrap_or(full_name))).or_default().insert(full_name);
    }
    let is_free = |name: &String| taken.get(&folded(name)).is_none_or(|names| names.len() == 1);
    let names: Vec<Option<String>> = short.into_iter().map(|name| name.filter(is_free)).collect();
    for (method, name) in methods.iter_mut().zip(names) {
        method.name = name.unwrap_or_else(|| method.full_name.value.clone());
    }
}

/// Returns `List` for `mfa_devices_List` of the resource `mfa_devices`, or `None` if the name does not start with the
/// resource.
///
/// Some services write the resource in front, in the plural, in the singular (`traffic_mirror_filter_Create`) or in
/// another case (`DataExports_Get` of `data_exports`), and then a verb with a capital letter. Other services do not
/// write the resource in front: `describe_backups`.
fn without_resource(
    full_name: &Spanned<String>,
    resource: &Spanned<String>,
    problems: &Problems,
) -> Option<String> {
    if let Some(rest) =
        full_name.strip_prefix(resource.as_str()).and_then(|rest| rest.strip_prefix('_'))
        && !rest.is_empty()
    {
        return Some(rest.to_owned());
    }
    let (stem, verb) = full_name.rsplit_once('_')?;
    if stem.is_empty() || !verb.starts_with(|first: char| first.is_ascii_uppercase()) {
        return None;
    }
    let (one, other) = (folded(stem), folded(resource));
    if one == other || is_plural(&one, &other) || is_plural(&other, &one) {
        return Some(verb.to_owned());
    }
    // Resources are written in lower case.
    if !stem.bytes().any(|byte| byte.is_ascii_uppercase()) {
        let message =
            format!("{} does not look like a method of `{}`", words::quoted(full_name), **resource);
        problems.push(
            rules::METHOD_PREFIX
                .warning(message, full_name.span.clone())
                .related(resource.span.clone(), "the resource")
                .help(format!("if it is one, rename it to `{}_{verb}`", **resource)),
        );
    }
    None
}

fn folded(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

fn is_plural(one: &str, many: &str) -> bool {
    many.strip_suffix('s') == Some(one)
        || many.strip_suffix("es") == Some(one)
        || many.strip_suffix("ies").is_some_and(|stem| one.strip_suffix('y') == Some(stem))
}
