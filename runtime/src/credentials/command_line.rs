//! The words of a command line, split as AWS's tools split those in the shared files.

/// A quote that is not closed, or an escape with nothing behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unfinished;

/// The words of `text`, by the rules of this platform.
///
/// # Errors
/// Where a quote is not closed.
pub(crate) fn split(text: &str) -> Result<Vec<String>, Unfinished> {
    if cfg!(windows) { split_windows(text) } else { split_posix(text) }
}

/// As a POSIX shell splits, without expansions: `'…'` is literal, and within `"…"` a backslash escapes a quote or
/// another.
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

/// As the C runtime of Windows splits: only `"` quotes, and a backslash is literal unless it stands in a row that
/// leads up to a quote.
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
mod tests {
    use super::{Unfinished, split_posix, split_windows};

    /// What Python's `shlex.split` gives, which the AWS CLI uses.
    #[test]
    fn posix() {
        let cases: [(&str, &[&str]); 10] = [
            ("", &[]),
            (" a  b\t\nc ", &["a", "b", "c"]),
            ("a 'b c' d", &["a", "b c", "d"]),
            (r#"a"b c"d"#, &["ab cd"]),
            (r#"'' "" x"#, &["", "", "x"]),
            (r#"'a\b"c'"#, &[r#"a\b"c"#]),
            (r#""a\"b\\c\d\$e""#, &[r#"a"b\c\d\$e"#]),
            (r"a\ b \'c\\", &["a b", r"'c\"]),
            ("a#b # c", &["a#b", "#", "c"]),
            ("é 'ü ö'", &["é", "ü ö"]),
        ];
        for (text, words) in cases {
            assert_eq!(split_posix(text).unwrap(), words, "{text}");
        }
        for text in ["'a", "\"a", "a\\", "\"a\\"] {
            assert_eq!(split_posix(text), Err(Unfinished), "{text}");
        }
    }

    /// What botocore's `_windows_shell_split` gives.
    #[test]
    fn windows() {
        let cases: [(&str, &[&str]); 8] = [
            ("", &[]),
            (r"C:\tools\get.exe  --a", &[r"C:\tools\get.exe", "--a"]),
            (r#""C:\my tools\get.exe" x"#, &[r"C:\my tools\get.exe", "x"]),
            (r#"a "" b"#, &["a", "", "b"]),
            (r#"a\"b c\\"d e""#, &[r#"a"b"#, r"c\d e"]),
            (r"a\\b\", &[r"a\\b\"]),
            (r"\ a", &[r"\", "a"]),
            ("'a b'", &["'a", "b'"]),
        ];
        for (text, words) in cases {
            assert_eq!(split_windows(text).unwrap(), words, "{text}");
        }
        assert_eq!(split_windows(r#"a "b"#), Err(Unfinished));
    }
}
