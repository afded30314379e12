//! Tables of Markdown.

use std::fmt::Write as _;

use crate::prose;
use pagesmith_model::diagnostic::is_direction_control;

/// A table; what stands in its cells must be [`cell`]s.
pub(super) fn table<const N: usize>(header: [&str; N], rows: &[[String; N]]) -> String {
    let mut text = format!("| {} |\n|{}\n", header.join(" | "), "---|".repeat(N));
    for row in rows {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "| {} |", row.join(" | "));
    }
    text
}

/// `name`s as code, with commas between them.
pub(super) fn codes<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(code).collect();
    names.join(", ")
}

/// `` `name` ``. A bar in it would end the cell, a backquote the code, and a line end the line.
pub(super) fn code(name: &str) -> String {
    if name.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'`' | b'|')) {
        return format!("`{name}`");
    }
    let hidden = |character: char| character.is_control() || is_direction_control(character);
    let name = name.replace(hidden, "\u{FFFD}");
    format!("`{}`", name.replace('`', "'").replace('|', "\\|"))
}

/// A page's prose as one line: all of it, where it is one paragraph; else its first sentence.
pub(super) fn cell(html: &str) -> String {
    let markdown = prose::to_markdown(html);
    let is_paragraph = !markdown.contains("\n\n")
        && !markdown.contains("\\\n")
        && !markdown.starts_with(['>', '-', '#', '`', '1']);
    if !is_paragraph {
        return prose::summary(html);
    }
    let line = markdown.replace('\n', " ");
    let mut text = String::with_capacity(line.len());
    let mut escaped = false;
    for character in line.chars() {
        if character == '|' && !escaped {
            text.push('\\');
        }
        escaped = character == '\\' && !escaped;
        text.push(character);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn code_stays_in_its_cell() {
        assert_eq!(code("a`b|c\r\n\u{202E}"), "`a'b\\|c\u{FFFD}\u{FFFD}\u{FFFD}`");
    }
}
