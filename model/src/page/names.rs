//! What may be a name on a page.

/// What no name has: blanks and control characters aside, what pages write around names and between them.
const AROUND_NAMES: &str = "\"'`<>{}|\\,&;";

/// Whether `name` can name a field, a method or a param: visible characters of ASCII, a letter, a digit or `_` among them.
/// Pages name what is on the wire: `X-Amz-Target`, `filter[name]`, `+1`, `@odata.type`.
pub(crate) fn is_name(name: &str) -> bool {
    name.bytes().any(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && name.chars().all(|other| other.is_ascii_graphic() && !AROUND_NAMES.contains(other))
}

/// Whether `name` is a letter, `_`, `$` or `@`, and then letters, digits and `_ . : - $ @`.
pub(crate) fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(|first| first.is_ascii_alphabetic() || "_$@".contains(first))
        && characters.all(|other| other.is_ascii_alphanumeric() || "_.:-$@".contains(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_names() {
        for name in
            ["EnableDate", "X-Amz-Target", "data__Id", "_links", "$filter", "@type", "a.b:c"]
        {
            assert!(is_identifier(name), "{name}");
        }
        for name in ["", "a b", "1st", "-a", "a\"b", "a/b", "é", "a\n"] {
            assert!(!is_identifier(name), "{name}");
        }
        for name in ["filter[a][b]", "+1", "-1", "2fa", "a/b", "page(size)", "X-Amz-Target"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "+", "a b", "a\"b", "a'", "`a", "a|b", "a,b", "a<b", "{a}", "é", "a\n"] {
            assert!(!is_name(name), "{name}");
        }
    }
}
