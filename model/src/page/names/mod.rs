//! Which names a page may contain.

#[cfg(test)]
mod tests;

/// Characters that pages write around and between names.
const DELIMITERS: &str = "\"'`<>{}|\\,&;";

/// Whether `name` can be the name of a field, a method or a param: visible ASCII characters, at least one of them a
/// letter, a digit or `_`. Names are those on the wire: `X-Amz-Target`, `filter[name]`, `+1`, `@odata.type`.
pub(crate) fn is_name(name: &str) -> bool {
    name.bytes().any(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && name.chars().all(|other| other.is_ascii_graphic() && !DELIMITERS.contains(other))
}

/// Whether `name` is a letter, `_`, `$` or `@`, followed by letters, digits and `_ . : - $ @`.
pub(crate) fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(|first| first.is_ascii_alphabetic() || "_$@".contains(first))
        && characters.all(|other| other.is_ascii_alphanumeric() || "_.:-$@".contains(other))
}

/// Whether `name` can be a part of a resource's id. Such a name also becomes the name of a folder and a module, so
/// that fewer characters are allowed than in [`is_identifier`].
pub(crate) fn is_resource(name: &str) -> bool {
    is_identifier(name)
        && !name.contains(['$', ':', '@'])
        && !name.contains("..")
        && !name.ends_with('.')
}
