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
    for method in &mut *methods {
        let short = resource.and_then(|name| without_resource(&method.full_name, name, problems));
        method.name = short.unwrap_or_else(|| method.full_name.value.clone());
    }
    // Methods that would have the same short name keep their names on the page.
    let mut taken: HashMap<String, HashSet<&str>> = HashMap::new();
    for method in &*methods {
        taken.entry(folded(&method.name)).or_default().insert(&method.full_name);
    }
    let is_shared =
        |method: &Method| taken.get(&folded(&method.name)).is_some_and(|names| names.len() > 1);
    let shared: Vec<bool> = methods.iter().map(is_shared).collect();
    for (method, _) in methods.iter_mut().zip(shared).filter(|(_, is_shared)| *is_shared) {
        method.name.clone_from(&method.full_name.value);
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
    let rest = full_name.strip_prefix(resource.as_str()).and_then(|rest| rest.strip_prefix('_'));
    if let Some(rest) = rest.filter(|rest| !rest.is_empty()) {
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
        let quoted = words::quoted(full_name);
        let message = format!("{quoted} does not look like a method of `{}`", **resource);
        let found = rules::METHOD_PREFIX
            .warning(message, full_name.span.clone())
            .related(resource.span.clone(), "the resource")
            .help(format!("if it is one, rename it to `{}_{verb}`", **resource));
        problems.push(found);
    }
    None
}

fn folded(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

fn is_plural(one: &str, many: &str) -> bool {
    let is_one = |(ending, instead)| {
        let stem = many.strip_suffix(ending);
        stem.is_some_and(|stem| one.strip_suffix(instead) == Some(stem))
    };
    [("s", ""), ("es", ""), ("ies", "y")].into_iter().any(is_one)
}
