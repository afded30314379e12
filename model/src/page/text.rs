//! Prose: from what a page spells to what it says, and back.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser};

/// How many bytes an entity may have, `&` and `;` included. The longest of HTML's names is
/// `&CounterClockwiseContourIntegral;`.
const LONGEST_ENTITY: usize = 34;

/// `spelled` with its entities decoded, and `\|` (a pipe inside a table's cell) as `|` where
/// `in_pipe_table`. What only looks like an entity stays as it is.
pub(crate) fn decode(spelled: &str, in_pipe_table: bool) -> String {
    let mut text = String::with_capacity(spelled.len());
    let mut rest = spelled;
    while let Some(at) = rest.as_bytes().iter().position(|byte| matches!(byte, b'&' | b'\\')) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        text.push_str(before);
        if in_pipe_table && from.starts_with("\\|") {
            text.push('|');
            rest = from.get(2..).unwrap_or_default();
        } else if let Some((decoded, length)) = entity(from) {
            text.push_str(&decoded);
            rest = from.get(length..).unwrap_or_default();
        } else {
            let mut characters = from.chars();
            text.extend(characters.next());
            rest = characters.as_str();
        }
    }
    text + rest
}

/// How the pages' generators spell `text`: `<` and `>` as entities and nothing else, unless that
/// would read back as something else.
pub(crate) fn encode(text: &str, in_pipe_table: bool) -> String {
    let mut spelled = String::with_capacity(text.len());
    let mut rest = text;
    let is_special = |byte: &u8| matches!(byte, b'<' | b'>' | b'&' | b'|' | b'\n' | b'\r' | b'\\');
    while let Some(at) = rest.as_bytes().iter().position(is_special) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let (special, after) = from.split_at_checked(1).unwrap_or((from, ""));
        spelled.push_str(before);
        spelled.push_str(match special {
            "<" => "&lt;",
            ">" => "&gt;",
            "&" if entity(from).is_some() => "&amp;",
            "|" if in_pipe_table => "\\|",
            "\n" if in_pipe_table => "&#10;",
            "\r" if in_pipe_table => "&#13;",
            // Where a pipe follows, this one would read as its escape.
            "\\" if in_pipe_table && after.starts_with('|') => "&#92;",
            other => other,
        });
        rest = after;
    }
    spelled + rest
}

/// The entity at the start of `text`, decoded, and its length.
fn entity(text: &str) -> Option<(Cow<'static, str>, usize)> {
    let body = text.strip_prefix('&')?;
    let end = body.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';')?;
    let name = body.get(..end)?;
    let length = end + 2;
    let known = match name {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u{A0}",
        _ => return markdown_entity(text.get(..length)?, name).map(|text| (text.into(), length)),
    };
    Some((known.into(), length))
}

/// Lets the Markdown parser decode one entity: it knows HTML's 2,125 names, and `CommonMark`'s rules
/// for numbers.
fn markdown_entity(entity: &str, name: &str) -> Option<String> {
    let digits = name.strip_prefix('#').unwrap_or(name);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let mut decoded = String::new();
    for event in Parser::new(entity) {
        if let Event::Text(text) = event {
            decoded.push_str(&text);
        }
    }
    (!decoded.is_empty() && decoded != entity).then_some(decoded)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn decodes_entities_once() {
        assert_eq!(decode("&lt;p&gt;a &amp;lt; b&lt;/p&gt;", true), "<p>a &lt; b</p>");
        assert_eq!(decode("&#91;&#x5d;&nbsp;&hellip;&copy;", true), "[]\u{A0}…©");
    }

    #[test]
    fn leaves_alone_what_is_no_entity() {
        for text in [
            "a & b",
            "&;",
            "&#;",
            "&nosuch;",
            "R&D; yes",
            "&#xZZ;",
            "a=1&b=2",
            "&",
            "\\",
            "*a* _b_ `c`",
        ] {
            assert_eq!(decode(text, true), text);
        }
    }

    #[test]
    fn reads_an_escaped_pipe() {
        assert_eq!(decode("a \\| b", true), "a | b");
        assert_eq!(decode("a \\| b", false), "a \\| b");
    }

    proptest! {
        #[test]
        fn reads_back_what_it_spelled(text in "([a-z<>&;#|\\\\\n]|&lt;|&amp;|&#10;|\\\\\\|){0,40}", pipes: bool) {
            prop_assert_eq!(decode(&encode(&text, pipes), pipes), text);
        }
    }
}
