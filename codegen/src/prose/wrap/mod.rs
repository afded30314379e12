//! Wraps a line of Markdown, so that no line starts a block by accident.

#[cfg(test)]
mod tests;

use super::inline::GLUE;

/// Returns the lines of `text`. None is longer than `width` characters, unless a word is.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (index, part) in text.split('\n').enumerate() {
        // The part before was ended by a line break of the description.
        if let Some(last) = lines.last_mut().filter(|_| index > 0) {
            last.push('\\');
        }
        wrap_part(part, width, &mut lines);
    }
    for line in &mut lines {
        *line = line.replace(GLUE, " ");
    }
    lines
}

/// Returns `text` as one line.
pub(super) fn one_line(text: &str) -> String {
    wrap(&text.replace('\n', " "), usize::MAX).concat()
}

fn wrap_part(text: &str, width: usize, lines: &mut Vec<String>) {
    let mut length = None;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let word_length = word.chars().count();
        length = match (length, lines.last_mut()) {
            (Some(length), Some(line))
                if length + 1 + word_length <= width || starts_block(word) =>
            {
                line.push(' ');
                line.push_str(word);
                Some(length + 1 + word_length)
            }
            (length, _) => {
                lines.push(if length.is_none() { escaped(word) } else { word.to_owned() });
                Some(word_length)
            }
        };
    }
}

/// Whether `word` at the start of a line could start a block: a list item, a heading, a quote, or the line below a
/// heading or the header of a table.
fn starts_block(word: &str) -> bool {
    if word.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return false;
    }
    let is_only = |set: &[char]| word.chars().all(|c| set.contains(&c));
    word.starts_with('>')
        || word == "+"
        || is_only(&['#'])
        || is_only(&['-', '=', ':', '|', '\\'])
        || item_number(word).is_some()
}

/// Returns the number of the marker of an ordered list, `1.` or `1)`.
fn item_number(word: &str) -> Option<&str> {
    let number = word.strip_suffix(['.', ')'])?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(number)
}

/// Escapes `word` for the start of a block.
fn escaped(word: &str) -> String {
    if !starts_block(word) || word.starts_with('\\') {
        return word.to_owned();
    }
    match item_number(word) {
        Some(number) => word.replacen(number, &format!("{number}\\"), 1),
        None => format!("\\{word}"),
    }
}
