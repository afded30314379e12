//! Splitting a command line into words, as AWS's tools do for the shared files.

/// A quote is not closed, or an escape is at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unfinished;

/// Splits `text` into words by the rules of this platform.
///
/// # Errors
/// If a quote is not closed.
pub(crate) fn split(text: &str) -> Result<Vec<String>, Unfinished> {
    if cfg!(windows) { split_windows(text) } else { split_posix(text) }
}

/// Splits as a POSIX shell does, without expansions: `'…'` is literal, and within `"…"` a backslash escapes a quote or a
/// backslash.
fn split_posix(text: &str) -> Result<Vec<String>, Unfinished> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        match character {
            ' ' | '\t' | '\r' | '\n' => words.extend(word.take()),
            '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match rest.next().ok_or(Unfinished)? {
                        '\'' => break,
                        other => word.push(other),
                    }
                }
            }
            '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match rest.next().ok_or(Unfinished)? {
                        '"' => break,
                        '\\' => match rest.next().ok_or(Unfinished)? {
                            escaped @ ('"' | '\\') => word.push(escaped),
                            other => word.extend(['\\', other]),
                        },
                        other => word.push(other),
                    }
                }
            }
            '\\' => word.get_or_insert_default().push(rest.next().ok_or(Unfinished)?),
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    Ok(words)
}

/// Splits as the C runtime of Windows does: only `"` quotes, and a backslash is literal unless only backslashes are between
/// it and a quote.
fn split_windows(text: &str) -> Result<Vec<String>, Unfinished> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let (mut is_quoted, mut backslashes) = (false, 0);
    for character in text.chars() {
        match character {
            '\\' => {
                backslashes += 1;
                continue;
            }
            '"' => {
                let word = word.get_or_insert_default();
                word.extend(std::iter::repeat_n('\\', backslashes / 2));
                if backslashes % 2 == 1 {
                    word.push('"');
                } else {
                    is_quoted = !is_quoted;
                }
            }
            other => {
                if backslashes > 0 {
                    word.get_or_insert_default().extend(std::iter::repeat_n('\\', backslashes));
                }
                if matches!(other, ' ' | '\t') && !is_quoted {
                    words.extend(word.take());
                } else {
                    word.get_or_insert_default().push(other);
                }
            }
        }
        backslashes = 0;
    }
    if backslashes > 0 {
        word.get_or_insert_default().extend(std::iter::repeat_n('\\', backslashes));
    }
    if is_quoted {
        return Err(Unfinished);
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests;
