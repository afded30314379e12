//! Records to XML.

use zeroize::Zeroizing;

use crate::codec::SecretBuffer;
use crate::codec::text::{self, InvalidYear};
use crate::schema::{Binding, Data, List, Map, Member, Namespace, Record, Shape, Target, Value};

/// The name of an element, and the namespace that its tag declares.
#[derive(Clone, Copy)]
pub(crate) struct Tag<'a> {
    pub(crate) name: &'a str,
    pub(crate) namespace: Option<Namespace<'a>>,
}

impl<'a> Tag<'a> {
    fn plain(name: &'a str) -> Self {
        Self { name, namespace: None }
    }
}

/// Why a value cannot be encoded, with the dotted name of its member.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unencodable {
    /// The year of a timestamp is not between 0 and 9999.
    Year(String),
    /// A text contains a character that XML 1.0 cannot represent, not even as a reference: most control characters, U+FFFE and U+FFFF.
    /// A service would reject such a document as a whole, without the name of the member.
    Character(String),
}

/// Encodes the members of `record` that belong to the body as the element `root`. An absent idempotency token gets the value that
/// `token` returns.
///
/// # Errors
/// The first value that cannot be encoded.
pub(crate) fn encode(
    root: Tag<'_>,
    shape: &Shape<'_>,
    record: &dyn Record,
    token: &dyn Fn() -> String,
) -> Result<Zeroizing<Vec<u8>>, Unencodable> {
    let mut encoder = Encoder { out: SecretBuffer::new(), path: Vec::new(), problem: None, token };
    encoder.structure(root, shape, record);
    match encoder.problem {
        None => Ok(encoder.out.finish()),
        Some(problem) => Err(problem),
    }
}

/// A document under construction, and the names of the members around the current value.
struct Encoder<'t> {
    out: SecretBuffer,
    path: Vec<String>,
    /// The first value that cannot be encoded.
    problem: Option<Unencodable>,
    token: &'t dyn Fn() -> String,
}

impl Encoder<'_> {
    fn structure(&mut self, tag: Tag<'_>, shape: &Shape<'_>, record: &dyn Record) {
        let members = |binding: Binding| {
            let members = shape.members.iter().enumerate();
            let members = members.filter(move |(_, member)| member.binding == binding);
            members.filter_map(|(index, member)| Some((member, record.member(index)?)))
        };
        self.open(tag);
        for (member, value) in members(Binding::Attribute) {
            self.within(member.wire, |encoder| encoder.attribute(member, value));
        }
        self.out.push(b'>');
        for (member, value) in members(Binding::Body) {
            self.within(member.wire, |encoder| encoder.member(member, value));
        }
        self.close(tag);
    }

    /// Writes a member that is an attribute of the current tag.
    fn attribute(&mut self, member: &Member<'_>, value: &dyn Value) {
        let mut write = |encoder: &mut Self, text: &str| {
            encoder.out.push(b' ');
            encoder.out.extend(member.wire.as_bytes());
            encoder.quoted(text);
        };
        match value.data() {
            Data::Absent if member.idempotency_token => write(self, &(self.token)()),
            data => self.scalar(data, &member.target, &mut write),
        }
    }

    fn member(&mut self, member: &Member<'_>, value: &dyn Value) {
        let tag = Tag { name: member.wire, namespace: member.namespace.copied() };
        match value.data() {
            Data::Absent if member.idempotency_token => self.leaf(tag, &(self.token)()),
            _ => self.value(tag, &member.target, value),
        }
    }

    /// Writes `value` as the element `tag`, as several if it is flattened, or not at all if it is absent.
    fn value(&mut self, tag: Tag<'_>, target: &Target<'_>, value: &dyn Value) {
        match (value.data(), target) {
            (Data::List(list), Target::List { flattened: true, element, .. }) => {
                self.list(tag, list, element);
            }
            (Data::List(list), Target::List { name, element, .. }) => {
                self.around(tag, |encoder| encoder.list(Tag::plain(name), list, element));
            }
            (Data::Map(map), Target::Map { key, value, flattened: true, element }) => {
                self.map(tag, map, (key, value), element);
            }
            (Data::Map(map), Target::Map { key, value, element, .. }) => {
                self.around(tag, |encoder| {
                    encoder.map(Tag::plain("entry"), map, (key, value), element);
                });
            }
            (Data::Record(record), target) => {
                // Without a schema, the table does not match the value. The generator writes both from one source.
                if let Some(shape) = target.structure() {
                    self.structure(tag, shape, record);
                }
            }
            (data, target) => {
                self.scalar(data, target, &mut |encoder, text| encoder.leaf(tag, text));
            }
        }
    }

    /// Writes each element of `list` as `tag`.
    fn list(&mut self, tag: Tag<'_>, list: &dyn List, element: &Target<'_>) {
        for (index, value) in (0..).map_while(|index| list.at(index)).enumerate() {
            self.within(&index.to_string(), |encoder| encoder.value(tag, element, value));
        }
    }

    /// Writes each entry of `map` as `tag`. An entry whose value is absent is left out.
    fn map(&mut self, tag: Tag<'_>, map: &dyn Map, names: (&str, &str), element: &Target<'_>) {
        map.each(&mut |key, value| {
            if !matches!(value.data(), Data::Absent) {
                self.within(key, |encoder| {
                    encoder.around(tag, |encoder| {
                        encoder.leaf(Tag::plain(names.0), key);
                        encoder.value(Tag::plain(names.1), element, value);
                    });
                });
            }
            true
        });
    }

    /// Passes the text of `data` to `write`, unless it is absent.
    fn scalar(
        &mut self,
        data: Data<'_>,
        target: &Target<'_>,
        write: &mut dyn FnMut(&mut Self, &str),
    ) {
        let written = text::write(data, target, &mut |text| write(self, text));
        if matches!(written, Err(InvalidYear)) {
            self.fail(Unencodable::Year);
        }
    }

    fn leaf(&mut self, tag: Tag<'_>, text: &str) {
        self.around(tag, |encoder| encoder.text(text));
    }

    fn around(&mut self, tag: Tag<'_>, write: impl FnOnce(&mut Self)) {
        self.open(tag);
        self.out.push(b'>');
        write(self);
        self.close(tag);
    }

    /// Begins the start tag, to which attributes can be added.
    fn open(&mut self, tag: Tag<'_>) {
        self.out.push(b'<');
        self.out.extend(tag.name.as_bytes());
        if let Some(Namespace { prefix, uri }) = tag.namespace {
            self.out.extend(b" xmlns");
            if let Some(prefix) = prefix {
                self.out.push(b':');
                self.out.extend(prefix.as_bytes());
            }
            self.quoted(uri);
        }
    }

    fn close(&mut self, tag: Tag<'_>) {
        self.out.extend(b"</");
        self.out.extend(tag.name.as_bytes());
        self.out.push(b'>');
    }

    /// Writes the value of an attribute.
    fn quoted(&mut self, text: &str) {
        self.out.extend(b"=\"");
        self.text(text);
        self.out.push(b'"');
    }

    /// Writes `text` so that a parser returns it unchanged: references stand for markup, and for white space that parsers normalize in
    /// text, in attributes or in XML 1.1.
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some((at, character)) = rest.char_indices().find(|(_, c)| reference(*c).is_some())
        {
            let (before, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
            self.out.extend(before.as_bytes());
            match reference(character) {
                Some("") => self.fail(Unencodable::Character),
                reference => self.out.extend(reference.unwrap_or_default().as_bytes()),
            }
            rest = after.strip_prefix(character).unwrap_or_default();
        }
        self.out.extend(rest.as_bytes());
    }

    fn fail(&mut self, problem: fn(String) -> Unencodable) {
        self.problem.get_or_insert_with(|| problem(self.path.join(".")));
    }

    fn within(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        self.path.push(name.to_owned());
        write(self);
        self.path.pop();
    }
}

/// What is written for `character`, or `None` for itself. It is empty for a character that XML cannot represent.
fn reference(character: char) -> Option<&'static str> {
    Some(match character {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\t' => "&#x9;",
        '\n' => "&#xA;",
        '\r' => "&#xD;",
        '\u{85}' => "&#x85;",
        '\u{2028}' => "&#x2028;",
        '\0'..' ' | '\u{fffe}' | '\u{ffff}' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
