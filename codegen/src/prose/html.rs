//! HTML-like text to tokens. What does not read as a tag is text.

use std::borrow::Cow;

/// A longer tag is no tag. It bounds what an unclosed `<` costs.
const MAX_TAG_BYTES: usize = 4096;

/// A piece of the text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text, entities decoded.
    Text(Cow<'a, str>),
    /// `<name …>`
    Open(Tag<'a>),
    /// `</name>`
    Close(Tag<'a>),
}

/// A tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    /// What stands between the name and `>`.
    attributes: &'a str,
    /// The whole tag as it stands.
    pub(super) raw: &'a str,
}

impl Tag<'_> {
    /// The value of the attribute `name`, entities decoded.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.attributes.trim_start();
        while !rest.is_empty() {
            let key_end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
            let (key, after) = rest.split_at_checked(key_end)?;
            let after = after.trim_start();
            let Some(value) = after.strip_prefix('=') else {
                // No value. Every step consumes something, or the walk would not end.
                rest = if key.is_empty() { after.get(1..).unwrap_or_default() } else { after };
                continue;
            };
            let (value, after) = attribute_value(value.trim_start());
            if key.eq_ignore_ascii_case(name) {
                return Some(decode(value).into_owned());
            }
            rest = after.trim_start();
        }
        None
    }
}

fn attribute_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// The tokens of `text`, in order.
pub(super) fn tokens(text: &str) -> Tokens<'_> {
    Tokens { rest: text }
}

/// See [`tokens`].
pub(super) struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if let Some(rest) = after_comment(self.rest) {
                self.rest = rest;
                continue;
            }
            if let Some((token, rest)) = tag(self.rest) {
                self.rest = rest;
                return Some(token);
            }
            // At least one character is text, `<` or not.
            let first = self.rest.chars().next().map_or(1, char::len_utf8);
            let more = self.rest.get(first..).unwrap_or_default();
            let end = first + more.find('<').unwrap_or(more.len());
            let (text, rest) = self.rest.split_at_checked(end)?;
            self.rest = rest;
            return Some(Token::Text(decode(text)));
        }
    }
}

/// What follows the comment that `text` starts with.
fn after_comment(text: &str) -> Option<&str> {
    let comment = text.strip_prefix("<!--")?;
    let window = comment.get(..comment.floor_char_boundary(MAX_TAG_BYTES))?;
    comment.get(window.find("-->")? + 3..)
}

/// The tag that `text` starts with, and what follows it.
fn tag(text: &str) -> Option<(Token<'_>, &str)> {
    let after = text.strip_prefix('<')?;
    let (closing, after) = after.strip_prefix('/').map_or((false, after), |after| (true, after));
    let name_end =
        after.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(after.len());
    let (name, after) = after.split_at_checked(name_end)?;
    if !name.starts_with(|c: char| c.is_ascii_alphabetic())
        || !after.starts_with(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>')
    {
        return None;
    }
    let length = attributes_length(after)?;
    let (attributes, rest) = after.split_at_checked(length)?;
    let rest = rest.strip_prefix('>')?;
    let raw = text.get(..text.len() - rest.len())?;
    let tag = Tag { name, attributes: attributes.trim_end_matches('/'), raw };
    Some((if closing { Token::Close(tag) } else { Token::Open(tag) }, rest))
}

/// How many bytes stand before the `>` that ends a tag.
fn attributes_length(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate().take(MAX_TAG_BYTES) {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return Some(at),
            (None, b'<') => return None,
            _ => {}
        }
    }
    None
}

/// `text` with its character references resolved; those that mean nothing stay as they are.
fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        decoded.push_str(before);
        if let Some((character, after)) = reference(after) {
            decoded.push(character);
            rest = after;
        } else {
            decoded.push('&');
            rest = after;
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// The character that the reference after `&` stands for, and what follows it.
fn reference(text: &str) -> Option<(char, &str)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let (name, rest) = text.split_at_checked(end)?;
    let code = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => number.parse().ok(),
    });
    let character = match code {
        Some(code) => char::from_u32(code)?,
        None => named(name)?,
    };
    Some((character, rest.strip_prefix(';')?))
}

fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "mdash" => '—',
        "ndash" => '–',
        "hellip" => '…',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "bull" => '•',
        "middot" => '·',
        "times" => '×',
        "larr" => '←',
        "rarr" => '→',
        "le" => '≤',
        "ge" => '≥',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> Vec<String> {
        tokens(text)
            .map(|token| match token {
                Token::Text(text) => text.into_owned(),
                Token::Open(tag) => {
                    format!("<{}|{}", tag.name, tag.attribute("href").unwrap_or_default())
                }
                Token::Close(tag) => format!("/{}", tag.name),
            })
            .collect()
    }

    #[test]
    fn tags_with_either_quotes() {
        assert_eq!(show("<a href=\"x>y\">t</a>"), ["<a|x>y", "t", "/a"]);
        assert_eq!(show("<A x HREF='a&amp;b' />"), ["<A|a&b"]);
        assert_eq!(show("<a target=_blank href=x>"), ["<a|x"]);
    }

    #[test]
    fn what_is_no_tag_is_text() {
        assert_eq!(show("a < b <c"), ["a ", "< b ", "<c"]);
        assert_eq!(show("<https://x> <1> <é>"), ["<https://x> ", "<1> ", "<é>"]);
        assert_eq!(show("<a href=\"x"), ["<a href=\"x"]);
        assert_eq!(show("<!-- gone -->x<!-- open"), ["x", "<!-- open"]);
    }

    #[test]
    fn references() {
        assert_eq!(
            show("&lt;p&gt; &#65;&#x42; &zzz; &#xD800; & &amp"),
            ["<p> AB &zzz; &#xD800; & &amp"]
        );
    }
}
