//! The tokens of an expression.

use super::Comparison;

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Name(String),
    /// `'text'`
    Text(String),
    /// A JSON value in backticks.
    Literal(String),
    Number(i32),
    Comparison(Comparison),
    /// A mark of one or two characters: `.`, `[?`, `&&`.
    Mark(&'static str),
    End,
}

/// All marks, those of two characters first.
const MARKS: [&str; 17] =
    ["||", "&&", "[?", "[]", "|", "!", ".", "[", "]", "(", ")", "{", "}", "*", ",", ":", "@"];

const COMPARISONS: [(&str, Comparison); 6] = [
    ("==", Comparison::Equal),
    ("!=", Comparison::NotEqual),
    ("<=", Comparison::LessOrEqual),
    (">=", Comparison::GreaterOrEqual),
    ("<", Comparison::Less),
    (">", Comparison::Greater),
];

/// The tokens of `text`, each with its position in bytes; the last is [`Token::End`].
///
/// # Errors
/// A message if there is something that is not a token.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut rest = text.trim_start();
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let (token, after) = match first {
            '"' => quoted(rest, '"').map(|(name, after)| (Token::Name(name), after)),
            '\'' => quoted(rest, '\'').map(|(text, after)| (Token::Text(text), after)),
            '`' => quoted(rest, '`').map(|(json, after)| (Token::Literal(json), after)),
            first if first.is_ascii_alphabetic() || first == '_' => {
                let (name, after) = split(rest, |c| c.is_ascii_alphanumeric() || c == '_');
                Some((Token::Name(name.to_owned()), after))
            }
            first if first.is_ascii_digit() || first == '-' => {
                let (digits, after) = split(rest, |c| c.is_ascii_digit() || c == '-');
                digits.parse().ok().map(|number| (Token::Number(number), after))
            }
            _ => mark(rest),
        }
        .ok_or_else(|| format!("`{rest}` does not start with a token of JMESPath"))?;
        tokens.push(token);
        rest = after.trim_start();
    }
    tokens.push(Token::End);
    Ok(tokens)
}

/// `text` up to the first character that `is_part` does not accept, and the rest.
fn split(text: &str, is_part: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !is_part(c)).unwrap_or(text.len()))
}

/// The text between two of `quote`, and the rest. No expression of a service escapes anything in it.
fn quoted(text: &str, quote: char) -> Option<(String, &str)> {
    let (inner, rest) = text.strip_prefix(quote)?.split_once(quote)?;
    (!inner.contains('\\')).then(|| (inner.to_owned(), rest))
}

fn mark(text: &str) -> Option<(Token, &str)> {
    let comparison = COMPARISONS.iter().find_map(|(mark, comparison)| {
        Some((Token::Comparison(*comparison), text.strip_prefix(mark)?))
    });
    comparison.or_else(|| {
        MARKS.iter().find_map(|mark| Some((Token::Mark(mark), text.strip_prefix(mark)?)))
    })
}
