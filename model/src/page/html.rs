//! Tags: the little HTML and JSX that pages are written in.

use std::ops::Range;

/// No tag of a page is longer. A bound keeps a text full of `<` from being searched over and over.
const LONGEST_TAG: usize = 4096;

/// A tag, as far as tables need to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TagText<'a> {
    /// `table`, or `/table` for the one that closes it.
    pub(crate) name: &'a str,
    /// The names and values of its attributes, and where in the text each value is.
    pub(crate) attributes: Vec<(&'a str, &'a str, Range<usize>)>,
    pub(crate) self_closing: bool,
    /// Of all of it, from `<` to `>`.
    pub(crate) length: usize,
}

/// The tag that `text` begins with, if it begins with one.
pub(crate) fn tag(text: &str) -> Option<TagText<'_>> {
    let mut cursor = Tokens { text, at: 1 };
    text.strip_prefix('<')?;
    let closing = usize::from(text.starts_with("</"));
    cursor.at += closing;
    let name_end = cursor.word_end(u8::is_ascii_alphanumeric);
    if name_end == 1 + closing {
        return None;
    }
    let name = text.get(1..name_end)?;
    cursor.at = name_end;
    let mut found = TagText { name, attributes: Vec::new(), self_closing: false, length: 0 };
    loop {
        cursor.skip_blanks();
        if cursor.at > LONGEST_TAG {
            return None;
        }
        match text.as_bytes().get(cursor.at)? {
            b'>' => {
                found.length = cursor.at + 1;
                return Some(found);
            }
            b'/' => {
                found.self_closing = true;
                cursor.at += 1;
            }
            _ => found.attributes.push(cursor.attribute()?),
        }
    }
}

struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn word_end(&self, is_part: impl Fn(&u8) -> bool) -> usize {
        self.at + self.rest().bytes().take(LONGEST_TAG).take_while(is_part).count()
    }

    fn skip_blanks(&mut self) {
        self.at = self.word_end(u8::is_ascii_whitespace);
    }

    /// `name="value"`
    fn attribute(&mut self) -> Option<(&'a str, &'a str, Range<usize>)> {
        let end = self.word_end(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
        let name = self.text.get(self.at..end).filter(|name| !name.is_empty())?;
        self.at = end;
        let quote =
            self.rest().strip_prefix('=')?.chars().next().filter(|quote| "\"'".contains(*quote))?;
        let start = end + 2;
        let value = self.text.get(start..)?;
        let length = value.bytes().take(LONGEST_TAG).position(|byte| char::from(byte) == quote)?;
        self.at = start + length + 1;
        Some((name, value.get(..length)?, start..start + length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_tags() {
        let found = tag("<CopyableCode code=\"a.b\" /> rest").unwrap();
        assert_eq!((found.name, found.self_closing, found.length), ("CopyableCode", true, 27));
        assert_eq!(found.attributes, [("code", "a.b", 20..23)]);
        assert_eq!(tag("</td>").unwrap().name, "/td");
        for text in
            ["", "<", "< a>", "<a", "<a b>", "<a b=>", "<a b=c>", "<a b=\"c>", "a", "<>", "<a {b}>"]
        {
            assert_eq!(tag(text), None, "{text}");
        }
    }
}
