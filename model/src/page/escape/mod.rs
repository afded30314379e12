//! Descriptions, escaped for a page and unescaped from it.

#[cfg(test)]
mod tests;

use crate::html;

/// Decodes the entities of `text`, and `\|` as `|` if `in_pipe_table`.
pub(crate) fn unescape(text: &str, in_pipe_table: bool) -> String {
    if in_pipe_table && text.contains("\\|") {
        return html::decode(&text.replace("\\|", "|")).into_owned();
    }
    html::decode(text).into_owned()
}

/// Escapes `text` as the generators of pages do: `<` and `>`, and what [`unescape`] would otherwise change.
pub(crate) fn escape(text: &str, in_pipe_table: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        let after = characters.as_str();
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' if html::entity(after).is_some() => escaped.push_str("&amp;"),
            '|' if in_pipe_table => escaped.push_str("\\|"),
            '\n' if in_pipe_table => escaped.push_str("&#10;"),
            '\r' if in_pipe_table => escaped.push_str("&#13;"),
            // Before a pipe, a backslash would escape it.
            '\\' if in_pipe_table && after.starts_with('|') => escaped.push_str("&#92;"),
            other => escaped.push(other),
        }
    }
    escaped
}
