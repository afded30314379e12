//! Tables of Markdown.

use crate::prose;
use pagesmith_model::diagnostic::is_direction_control;

/// A table of rows of [`cell`]s.
pub(super) fn table<const N: usize>(
    header: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> String {
    let line = |cells: &[&str]| format!("| {} |\n", cells.join(" | "));
    let rows = rows.map(|row| line(&row.each_ref().map(String::as_str)));
    format!("{}|{}\n{}", line(&header), "---|".repeat(N), rows.collect::<String>())
}

/// The names as code, with commas between them.
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

/// A description as one line: all of it if it is one paragraph, or its first sentence.
pub(super) fn cell(html: &str) -> String {
    let markdown = prose::to_markdown(html);
    let is_paragraph = !markdown.contains("\n\n")
        && !markdown.contains("\\\n")
        && !markdown.starts_with(['>', '-', '#', '`', '1']);
    if !is_paragraph {
        return prose::summary(html);
    }
    let mut escaped = false;
    let escape = |character: char| {
        let bar = (character == '|' && !escaped).then_some('\\');
        escaped = character == '\\' && !escaped;
        bar.into_iter().chain([character])
    };
    markdown.replace('\n', " ").chars().flat_map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn code_stays_in_its_cell() {
        assert_eq!(code("a`b|c\r\n\u{202E}"), "`a'b\\|c\u{FFFD}\u{FFFD}\u{FFFD}`");
    }
}
