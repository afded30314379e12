//! HTML tags and entities, as documentation pages and the descriptions in service models use them.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::iter;
use std::ops::Range;

use pulldown_cmark::{Event, Parser};

use crate::invariant;

/// The most bytes that the attributes of a tag, or a comment, may have. Without a limit, a text of many `<` that no
/// `>` closes would take quadratic time.
const MAX_TAG_BYTES: usize = 4096;

/// The most bytes of an entity's name. The longest of HTML is `CounterClockwiseContourIntegral`.
const MAX_ENTITY_BYTES: usize = 33;

/// A start tag, an end tag or a self-closing tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// The name as it is written, without the slash of an end tag.
    pub name: &'a str,
    /// Whether it is an end tag, `</name>`.
    pub is_end: bool,
    /// Whether it is a self-closing tag, `<name />`.
    pub is_self_closing: bool,
    /// The whole tag, from `<` to `>`.
    pub text: &'a str,
    /// The text between the name and the end of the tag.
    attributes: &'a str,
}

/// An attribute of a [`Tag`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// The name as it is written.
    pub name: &'a str,
    /// The value as it is written, without quotes; empty if the attribute has no value.
    pub value: &'a str,
    /// Whether the value is in quotes.
    pub is_quoted: bool,
    /// The bytes of the value in [`Tag::text`].
    pub range: Range<usize>,
}

impl<'a> Tag<'a> {
    /// Returns the tag at the start of `text`, if there is one.
    ///
    /// # Example
    /// ```
    /// use pagesmith_model::html::Tag;
    ///
    /// let tag = Tag::read("<a href=\"/users\">Users</a>").unwrap();
    /// assert_eq!(tag.name, "a");
    /// assert_eq!(tag.attributes().next().unwrap().value, "/users");
    /// assert!(Tag::read("a < b").is_none());
    /// ```
    #[must_use]
    pub fn read(text: &'a str) -> Option<Self> {
        let inside = text.strip_prefix('<')?;
        let is_end = inside.starts_with('/');
        let inside = inside.strip_prefix('/').unwrap_or(inside);
        let name_length = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '-')?;
        let (name, rest) = split(inside, name_length);
        if !name.starts_with(|c: char| c.is_ascii_alphabetic())
            || !rest.starts_with(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>')
        {
            return None;
        }
        let (attributes, rest) = split(rest, attributes_length(rest)?);
        let (text, _) = split(text, text.len() - rest.len() + 1);
        let is_self_closing = attributes.ends_with('/');
        let attributes = attributes.trim_end_matches('/');
        Some(Self { name, is_end, is_self_closing, text, attributes })
    }

    /// Returns the attributes, in order.
    pub fn attributes(self) -> impl Iterator<Item = Attribute<'a>> {
        let start = 1 + usize::from(self.is_end) + self.name.len();
        let mut rest = self.attributes.trim_start();
        iter::from_fn(move || {
            let is_name_end = |c: char| c == '=' || c.is_whitespace();
            let (name, after) = split(rest, rest.find(is_name_end).unwrap_or(rest.len()));
            if rest.is_empty() {
                return None;
            }
            let (value, is_quoted, after) = match after.trim_start().strip_prefix('=') {
                Some(after) => attribute_value(after.trim_start()),
                None => ("", false, after),
            };
            let value_end = self.attributes.len() - after.len() - usize::from(is_quoted);
            let range = start + value_end - value.len()..start + value_end;
            rest = after.trim_start();
            Some(Attribute { name, value, is_quoted, range })
        })
    }

    /// Returns the attribute `name`, if it is in quotes and the tag has no other attributes.
    pub(crate) fn only_attribute(self, name: &str) -> Option<Attribute<'a>> {
        let mut attributes = self.attributes();
        let found = attributes.next().filter(|found| found.name == name && found.is_quoted);
        found.filter(|_| attributes.next().is_none())
    }
}

/// Returns the value at the start of `text`, whether it is in quotes, and the text after it.
fn attribute_value(text: &str) -> (&str, bool, &str) {
    let quoted = ['"', '\''].into_iter().find_map(|quote| {
        let (value, after) = text.strip_prefix(quote)?.split_once(quote)?;
        Some((value, true, after))
    });
    quoted.unwrap_or_else(|| {
        let (value, after) = split(text, text.find(char::is_whitespace).unwrap_or(text.len()));
        (value, false, after)
    })
}

/// Returns the number of bytes before the `>` that ends the tag.
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

/// Returns the text after the comment at the start of `text`, if there is one.
///
/// # Example
/// ```
/// assert_eq!(pagesmith_model::html::after_comment("<!-- internal -->Lists users."), Some("Lists users."));
/// ```
#[must_use]
pub fn after_comment(text: &str) -> Option<&str> {
    let comment = text.strip_prefix("<!--")?;
    let (start, _) = split(comment, comment.floor_char_boundary(MAX_TAG_BYTES));
    let (_, after) = split(comment, start.find("-->")? + 3);
    Some(after)
}

/// Decodes the entities of `text`, named and numeric. Text that is not an entity of HTML stays as it is; the number of
/// no character becomes the replacement character, as in HTML.
///
/// # Example
/// ```
/// assert_eq!(pagesmith_model::html::decode("R&D &lt;b&gt; &#65;&hellip;"), "R&D <b> A…");
/// ```
#[must_use]
pub fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        decoded.push_str(before);
        let (character, after) = entity(after).unwrap_or(("&".into(), after));
        decoded.push_str(&character);
        rest = after;
    }
    decoded.push_str(rest);
    decoded.into()
}

/// Decodes the entity whose `&` is before `text`; returns its characters and the text after its `;`.
#[must_use]
pub fn entity(text: &str) -> Option<(Cow<'static, str>, &str)> {
    let length = text.bytes().take(MAX_ENTITY_BYTES).position(|byte| byte == b';')?;
    let (name, after) = split(text, length);
    let (_, after) = split(after, 1);
    let character = match name {
        "lt" => "<".into(),
        "gt" => ">".into(),
        "amp" => "&".into(),
        "quot" => "\"".into(),
        "nbsp" => "\u{A0}".into(),
        _ => commonmark_entity(name)?.into(),
    };
    Some((character, after))
}

/// Decodes an entity with the Markdown parser, which has HTML's table of 2,125 names and the rules for numbers.
fn commonmark_entity(name: &str) -> Option<String> {
    let digits = name.strip_prefix('#').unwrap_or(name);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let entity = format!("&{name};");
    let mut decoded = String::new();
    for event in Parser::new(&entity) {
        if let Event::Text(text) = event {
            decoded.push_str(&text);
        }
    }
    (decoded != entity).then_some(decoded)
}

/// Splits `text` at an offset that a search in it returned.
fn split(text: &str, at: usize) -> (&str, &str) {
    invariant!(text.split_at_checked(at), "a search returns offsets between characters")
}
