//! Breaks a line of Markdown into lines, and keeps each from being read as the start of a block.

use super::inline::GLUE;

/// The lines of `text`, none longer than `width` characters where a word allows it.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut parts = text.split('\n').peekable();
    while let Some(part) = parts.next() {
        let mut part = wrap_part(part, width);
        // A line break that the prose asks for.
        if let (Some(last), Some(_)) = (part.last_mut(), parts.peek()) {
            last.push('\\');
        }
        lines.append(&mut part);
    }
    lines
}

/// `text` as one line.
pub(super) fn one_line(text: &str) -> String {
    wrap(&text.replace('\n', " "), usize::MAX).pop().unwrap_or_default()
}

fn wrap_part(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let word_length = word.chars().count();
        if line.is_empty() {
            line = guard(word);
            length = word_length;
        } else if length + 1 + word_length > width && !starts_block(word) {
            lines.push(finish(&line));
            word.clone_into(&mut line);
            length = word_length;
        } else {
            line.push(' ');
            line.push_str(word);
            length += 1 + word_length;
        }
    }
    if !line.is_empty() {
        lines.push(finish(&line));
    }
    lines
}

fn finish(line: &str) -> String {
    if line.contains(GLUE) { line.replace(GLUE, " ") } else { line.to_owned() }
}

/// Whether a line that starts with `word` is, or could be, more than text: a list item, a heading, a quote,
/// the underline of a heading or of a table's head.
fn starts_block(word: &str) -> bool {
    if word.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return false;
    }
    let only = |set: &[char]| word.chars().all(|c| set.contains(&c));
    word.starts_with('>')
        || word == "+"
        || only(&['#'])
        || only(&['-', '=', ':', '|', '\\'])
        || marker_end(word).is_some_and(|end| end == word.len())
}

/// The end of the `1.` or `1)` that `word` starts with.
fn marker_end(word: &str) -> Option<usize> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let marked = digits > 0 && word.get(digits..)?.starts_with(['.', ')']);
    marked.then_some(digits + 1)
}

/// `word` so that it can stand at the start of a block.
fn guard(word: &str) -> String {
    if !starts_block(word) {
        return word.to_owned();
    }
    let at = marker_end(word).map_or(0, |end| end - 1);
    let (number, rest) = word.split_at_checked(at).unwrap_or(("", word));
    let escape = if rest.starts_with('\\') { "" } else { "\\" };
    format!("{number}{escape}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_starts_a_block() {
        assert_eq!(wrap("aaa - bbb 1. ccc # d", 4), ["aaa -", "bbb 1.", "ccc #", "d"]);
        assert_eq!(wrap("1. x", 9), ["1\\. x"]);
        assert_eq!(wrap("- x", 9), ["\\- x"]);
        assert_eq!(wrap("#hash", 9), ["#hash"]);
    }

    #[test]
    fn code_is_not_broken() {
        assert_eq!(wrap("see `a\0-\0b` c", 5), ["see", "`a - b`", "c"]);
    }

    #[test]
    fn breaks_are_kept() {
        assert_eq!(wrap("a\n- b", 9), ["a\\", "\\- b"]);
    }
}
