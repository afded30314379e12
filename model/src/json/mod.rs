//! JSON files, read with serde's derives. What does not fit becomes a diagnostic with its place.

mod places;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

use indexmap::IndexMap;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::error::Category;
use serde_json::value::RawValue;

pub use self::places::Places;
use crate::diagnostic::{Diagnostics, Rule};
use crate::source::Span;
use crate::words::did_you_mean;

/// What is wrong with a JSON text, for the reader's user to choose a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is not valid JSON.
    Syntax,
    /// An object lacks a key.
    MissingKey,
    /// An object has a key twice.
    RepeatedKey,
    /// An object has a key that its type does not have.
    UnknownKey,
    /// A string is none of those that its type has.
    UnknownValue,
    /// A value has another type.
    WrongType,
    /// A `Deserialize` implementation of this project refuses a value.
    Refused,
}

/// Reads the objects of one JSON file, and reports everything that does not fit.
#[derive(Debug)]
pub struct Reader<'a> {
    /// What was reported.
    pub diagnostics: Diagnostics,
    places: &'a Places,
    rule: fn(Fault) -> &'static Rule,
}

/// An object's keys and values, in the order of the text. Keys may repeat.
#[derive(Clone, Debug)]
pub struct Entries<K, V>(pub Vec<(K, V)>);

/// The entries of an object that are yet to be read, each by itself, so that each has its own diagnostic.
pub type Unread<'a> = Entries<String, &'a RawValue>;

impl<'a> Reader<'a> {
    /// A reader of the text of `places`, that reports a fault under its `rule`.
    #[must_use]
    pub fn new(places: &'a Places, rule: fn(Fault) -> &'static Rule) -> Self {
        Self { diagnostics: Diagnostics::default(), places, rule }
    }

    /// Reads the whole text, which must be an object.
    pub fn file<T: Deserialize<'a>>(&mut self) -> Option<T> {
        self.part(self.places.source().text(), &[])
    }

    /// Reads the object at `path`.
    pub fn value<T: Deserialize<'a>>(&mut self, value: &'a RawValue, path: &[&str]) -> Option<T> {
        self.part(value.get(), path)
    }

    /// Reads each of the entries of the object at `path`, which must be objects.
    pub fn entries<T: Deserialize<'a>>(
        &mut self,
        entries: &Unread<'a>,
        path: &[&str],
    ) -> IndexMap<String, T> {
        self.check_repeated(entries.keys(), path);
        let read = entries.0.iter().filter_map(|(key, value)| {
            Some((key.clone(), self.value(value, &[path, &[key]].concat())?))
        });
        read.collect()
    }

    /// Reports each of the `keys` of the object at `path` that is there twice.
    pub fn check_repeated<'k>(&mut self, keys: impl Iterator<Item = &'k str>, path: &[&str]) {
        let mut seen = HashSet::new();
        for key in keys.filter(|key| !seen.insert(*key)) {
            let span = self.places.key(&[path, &[key]].concat());
            let rule = (self.rule)(Fault::RepeatedKey);
            self.diagnostics.push(rule.error(repeated(key), span));
        }
    }

    /// Reports an error under `rule` at `path`.
    pub fn error(&mut self, rule: &'static Rule, path: &[&str], message: impl Into<String>) {
        self.diagnostics.push(rule.error(message, self.places.span(path)));
    }

    /// Reports a warning under `rule` at `path`.
    pub fn warning(&mut self, rule: &'static Rule, path: &[&str], message: impl Into<String>) {
        self.diagnostics.push(rule.warning(message, self.places.span(path)));
    }

    /// The place of the value at `path`.
    #[must_use]
    pub fn span(&self, path: &[&str]) -> Span {
        self.places.span(path)
    }

    /// Reports that the object at `path` lacks the key `key`.
    pub fn missing_key(&mut self, path: &[&str], key: &str) {
        let message = format!("{} has no `{key}`", display(path));
        let found = (self.rule)(Fault::MissingKey).error(message, self.places.span(path));
        self.diagnostics.push(found.expected(format!("expected a key `{key}` in here")));
    }

    fn part<T: Deserialize<'a>>(&mut self, part: &'a str, path: &[&str]) -> Option<T> {
        // A derived `Deserialize` accepts an array too.
        let is_object = part.trim_ascii_start().starts_with('{');
        let error = match serde_json::from_str(part) {
            Ok(read) if is_object => return Some(read),
            read => read.err().filter(|_| is_object),
        };
        // In a text that is not valid JSON, a value of the wrong type is often a consequence.
        match serde_json::from_str::<IgnoredAny>(part).err().or(error) {
            Some(error) => self.report(part, path, &error),
            None => {
                let found = (self.rule)(Fault::WrongType)
                    .error(wrong_type(path), self.places.span(path))
                    .expected("expected an object");
                self.diagnostics.push(found);
            }
        }
        None
    }

    fn report(&mut self, part: &str, path: &[&str], error: &serde_json::Error) {
        let text = error.to_string();
        let text = text.rsplit_once(" at line ").map_or(&*text, |(before, _)| before);
        // Lines and columns count from 1; the column is that of the last byte read.
        let lines = part.split_inclusive('\n').take(error.line().saturating_sub(1));
        let within = lines.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
        let part = self.places.range(part);
        let offset = part.start + within;
        let fault = fault_of(error, text);
        let rule = (self.rule)(fault);
        if fault == Fault::Syntax {
            let span = self.places.source().span(offset..offset + 1);
            let found = rule.error("the file is not valid JSON", span).expected(text);
            return self.diagnostics.push(found);
        }
        let steps = self.places.path_at(part, offset);
        let path: Vec<&str> =
            path.iter().copied().chain(steps.iter().map(String::as_str)).collect();
        let is_key = matches!(fault, Fault::RepeatedKey | Fault::UnknownKey);
        let span = if is_key { self.places.key(&path) } else { self.places.span(&path) };
        let mut quoted = text.split('`').skip(1).step_by(2);
        let name = quoted.next().unwrap_or(text);
        let message = match fault {
            Fault::MissingKey => return self.missing_key(&path, name),
            Fault::RepeatedKey => repeated(name),
            Fault::UnknownKey => format!("unknown key `{name}`{}", did_you_mean(name, quoted)),
            Fault::UnknownValue => format!("unknown value `{name}`"),
            Fault::WrongType => wrong_type(&path),
            Fault::Syntax | Fault::Refused => text.to_owned(),
        };
        let found = rule.error(message, span);
        self.diagnostics.push(match text.rsplit_once(", expected ") {
            Some((_, expected)) if fault != Fault::Refused => {
                found.expected(format!("expected {expected}"))
            }
            _ => found,
        });
    }
}

fn fault_of(error: &serde_json::Error, text: &str) -> Fault {
    let starts: [(&str, Fault); 5] = [
        ("missing field", Fault::MissingKey),
        ("duplicate field", Fault::RepeatedKey),
        ("unknown field", Fault::UnknownKey),
        ("unknown variant", Fault::UnknownValue),
        ("invalid ", Fault::WrongType),
    ];
    if error.classify() != Category::Data {
        return Fault::Syntax;
    }
    let known = starts.into_iter().find(|(start, _)| text.starts_with(start));
    known.map_or(Fault::Refused, |(_, fault)| fault)
}

fn repeated(key: &str) -> String {
    format!("the key `{key}` appears twice in one object")
}

fn wrong_type(path: &[&str]) -> String {
    format!("{} has the wrong type", display(path))
}

/// `path` for a message: `shapes.Tag.members`.
#[must_use]
pub fn display(path: &[&str]) -> String {
    if path.is_empty() { "the file".to_owned() } else { format!("`{}`", path.join(".")) }
}

/// The keys of an object that its type has no field for: for `#[serde(flatten, deserialize_with = "…")]`.
///
/// # Errors
/// Those of the deserializer.
pub fn other_keys<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let entries = Entries::<String, IgnoredAny>::deserialize(deserializer)?;
    Ok(entries.0.into_iter().map(|(key, _)| key).collect())
}

impl<V> Entries<String, V> {
    /// The keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(key, _)| key.as_str())
    }
}

impl<K, V> Default for Entries<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Deserialize<'de> for Entries<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

struct EntriesVisitor<K, V>(PhantomData<(K, V)>);

impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Visitor<'de> for EntriesVisitor<K, V> {
    type Value = Entries<K, V>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Entries(entries))
    }
}
