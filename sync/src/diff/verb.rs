//! The verb in the name of a method.

#[cfg(test)]
mod tests;

use pagesmith_model::words::singular;

/// The name of a method without the resource, in the plural or the singular, at its start or its end.
pub(super) fn verb<'a>(method: &'a str, resource: &str) -> &'a str {
    let one = singular(resource);
    [resource, one.as_str()]
        .into_iter()
        .find_map(|word| {
            let before = method.strip_suffix(word).and_then(|verb| verb.strip_suffix('_'));
            before.or_else(|| method.strip_prefix(word)?.strip_prefix('_'))
        })
        .filter(|verb| !verb.is_empty())
        .unwrap_or(method)
}
