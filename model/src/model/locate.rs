//! Places in a JSON text. Values have none, so a walk over the text finds them, without recursion. One walk
//! notes where the entries of the text begin: in a service model its operations and shapes. The places
//! within an entry are noted by a second walk, over that entry alone, when the first of them is asked for.
//! So any number of places is found in time linear in the text.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::OnceLock;

use crate::source::{Source, Span};

/// The keys (and indices, in decimal) that lead to a value.
pub(super) type Path = Vec<String>;

/// Where the values of a JSON text are.
#[derive(Clone, Debug)]
pub struct Places {
    source: Source,
    sections: OnceLock<Sections>,
}

/// What the root of a text holds, by key or index.
type Sections = HashMap<String, Section>;

#[derive(Clone, Debug)]
struct Section {
    place: Range<usize>,
    /// What it holds, by key or index.
    entries: HashMap<String, Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    place: Range<usize>,
    /// Where its value begins.
    value: usize,
    within: OnceLock<Index>,
}

/// The place of everything in an entry. Node 0 is the entry's value.
#[derive(Clone, Debug, Default)]
struct Index(Vec<Node>);

#[derive(Clone, Debug)]
struct Node {
    place: Range<usize>,
    children: HashMap<String, usize>,
}

impl Places {
    /// The places in `source`. Nothing is read until one of them is asked for.
    #[must_use]
    pub fn new(source: &Source) -> Self {
        Self { source: source.clone(), sections: OnceLock::new() }
    }

    /// The places in `source`, and those of the keys that their object has already: of two keys with one name
    /// a reader would see only the last.
    #[must_use]
    pub fn survey(source: &Source) -> (Self, Vec<Span>) {
        let found = Walk::new(source.text(), 0, Notes::Sections(Sections::new())).run();
        let repeated = found.repeated.into_iter().map(|range| source.span(range)).collect();
        let places = Self::new(source);
        if let Notes::Sections(sections) = found.notes {
            // Nothing else has it yet.
            let _ = places.sections.set(sections);
        }
        (places, repeated)
    }

    /// The text.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The place of `path`: of a string or number as a whole, of anything larger its key. What is not there
    /// has the place of the nearest thing around it, at worst the start of the text.
    pub fn span(&self, path: &[impl AsRef<str>]) -> Span {
        self.source.span(self.find(path).unwrap_or(0..0))
    }

    fn find(&self, path: &[impl AsRef<str>]) -> Option<Range<usize>> {
        let [section, rest @ ..] = path else { return None };
        let section = self.sections().get(section.as_ref())?;
        let [entry, within @ ..] = rest else { return Some(section.place.clone()) };
        let Some(entry) = section.entries.get(entry.as_ref()) else {
            return Some(section.place.clone());
        };
        let mut place = &entry.place;
        if within.is_empty() {
            return Some(place.clone());
        }
        let index = entry.within.get_or_init(|| Index::of(self.source.text(), entry.value));
        let mut node = index.0.first();
        for step in within {
            let child = node.and_then(|node| index.0.get(*node.children.get(step.as_ref())?));
            let Some(child) = child else { break };
            place = &child.place;
            node = Some(child);
        }
        Some(place.clone())
    }

    fn sections(&self) -> &Sections {
        self.sections.get_or_init(|| {
            match Walk::new(self.source.text(), 0, Notes::Sections(Sections::new())).run().notes {
                Notes::Sections(sections) => sections,
                Notes::Index(_) => Sections::new(),
            }
        })
    }
}

impl Index {
    /// The places in the value that begins `at` that place of `text`.
    fn of(text: &str, at: usize) -> Self {
        match Walk::new(text, at, Notes::Index(Self::default())).run().notes {
            Notes::Index(index) => index,
            Notes::Sections(_) => Self::default(),
        }
    }
}

/// What a walk notes of the values that it comes by.
enum Notes {
    /// What the root holds, and what that holds.
    Sections(Sections),
    /// Everything.
    Index(Index),
}

enum Frame<'a> {
    Object {
        /// The node that it is in an index.
        node: usize,
        /// The keys that it had so far.
        seen: BTreeSet<Cow<'a, str>>,
        /// The last of them.
        key: Cow<'a, str>,
    },
    Array {
        node: usize,
        /// Of the item that comes next.
        index: usize,
    },
}

impl Frame<'_> {
    fn node(&self) -> usize {
        match self {
            Self::Object { node, .. } | Self::Array { node, .. } => *node,
        }
    }

    /// The key or index of what comes next.
    fn step(&self) -> String {
        match self {
            Self::Object { key, .. } => key.clone().into_owned(),
            Self::Array { index, .. } => index.to_string(),
        }
    }
}

struct Walk<'a> {
    text: &'a str,
    at: usize,
    frames: Vec<Frame<'a>>,
    /// Whether the next string is a key of the innermost object.
    is_key: bool,
    /// Where the key of the next value stands.
    key: Option<Range<usize>>,
    notes: Notes,
    repeated: Vec<Range<usize>>,
}

/// What a walk found.
struct Found {
    repeated: Vec<Range<usize>>,
    notes: Notes,
}

impl<'a> Walk<'a> {
    /// A walk over the value that begins `at` that place of `text`.
    fn new(text: &'a str, at: usize, notes: Notes) -> Self {
        let (frames, repeated) = (Vec::new(), Vec::new());
        Self { text, at, frames, is_key: false, key: None, notes, repeated }
    }

    fn run(mut self) -> Found {
        while let Some(byte) = self.text.as_bytes().get(self.at).copied() {
            #[cfg(test)]
            crate::work::step();
            let start = self.at;
            self.at += 1;
            match byte {
                b'{' => {
                    let node = self.open(start);
                    let (seen, key) = (BTreeSet::new(), Cow::Borrowed(""));
                    self.frames.push(Frame::Object { node, seen, key });
                    self.is_key = true;
                }
                b'[' => {
                    let node = self.open(start);
                    self.frames.push(Frame::Array { node, index: 0 });
                    self.is_key = false;
                }
                b'}' | b']' => {
                    self.frames.pop();
                }
                b',' => self.comma(),
                b'"' => self.string(start),
                b':' | b' ' | b'\t' | b'\n' | b'\r' => continue,
                _ => self.scalar(start),
            }
            if self.frames.is_empty() {
                break;
            }
        }
        Found { repeated: self.repeated, notes: self.notes }
    }

    /// Notes the container which starts here.
    fn open(&mut self, start: usize) -> usize {
        let key = self.key.take();
        self.value(key.unwrap_or(start..start + 1), start)
    }

    fn comma(&mut self) {
        self.key = None;
        self.is_key = match self.frames.last_mut() {
            Some(Frame::Array { index, .. }) => {
                *index += 1;
                false
            }
            _ => true,
        };
    }

    fn string(&mut self, start: usize) {
        let mut escaped = false;
        while let Some(byte) = self.text.as_bytes().get(self.at) {
            self.at += 1;
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => break,
                _ => {}
            }
        }
        let range = start..self.at;
        if !self.is_key {
            self.value(range, start);
            return;
        }
        if let Some(Frame::Object { seen, key, .. }) = self.frames.last_mut() {
            let name = unescape(self.text.get(range.clone()).unwrap_or_default());
            key.clone_from(&name);
            if !seen.insert(name) {
                self.repeated.push(range.clone());
            }
        }
        self.is_key = false;
        self.key = Some(range);
    }

    fn scalar(&mut self, start: usize) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let more = rest.iter().take_while(|byte| !b",]}: \t\n\r\"[{".contains(byte)).count();
        self.at += more;
        self.value(start..self.at, start);
    }

    /// Notes the place of the value that begins at `start`; returns its node in an index.
    fn value(&mut self, place: Range<usize>, start: usize) -> usize {
        match &mut self.notes {
            Notes::Sections(sections) => {
                match &*self.frames {
                    [root] => {
                        let section = Section { place, entries: HashMap::new() };
                        sections.insert(root.step(), section);
                    }
                    [root, section] => {
                        let entry = Entry { place, value: start, within: OnceLock::new() };
                        if let Some(parent) = sections.get_mut(&root.step()) {
                            parent.entries.insert(section.step(), entry);
                        }
                    }
                    _ => {}
                }
                0
            }
            Notes::Index(Index(nodes)) => {
                let new = nodes.len();
                if let Some(frame) = self.frames.last()
                    && let Some(parent) = nodes.get_mut(frame.node())
                {
                    parent.children.insert(frame.step(), new);
                }
                nodes.push(Node { place, children: HashMap::new() });
                new
            }
        }
    }
}

/// The text of a quoted key.
fn unescape(quoted: &str) -> Cow<'_, str> {
    if quoted.contains('\\') {
        Cow::Owned(serde_json::from_str(quoted).unwrap_or_default())
    } else {
        let inner = quoted.strip_prefix('"').unwrap_or(quoted);
        Cow::Borrowed(inner.strip_suffix('"').unwrap_or(inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, path: &[&str]) -> String {
        let source = Source::new("t.json", text);
        let span = Places::new(&source).span(path);
        // The same from a survey.
        assert_eq!(Places::survey(&source).0.span(path), span);
        format!("{}..{} {}", span.range().start, span.range().end, span.text())
    }

    #[test]
    fn finds_scalars_keys_and_items() {
        let text = r#"{"a": {"b\"c": [1, "two", {"d": null}]}, "e": -1.5}"#;
        assert_eq!(at(text, &["a"]), r#"1..4 "a""#);
        assert_eq!(at(text, &["a", "b\"c"]), r#"7..13 "b\"c""#);
        assert_eq!(at(text, &["a", "b\"c", "1"]), r#"19..24 "two""#);
        assert_eq!(at(text, &["a", "b\"c", "2"]), "26..27 {");
        assert_eq!(at(text, &["a", "b\"c", "2", "d"]), "32..36 null");
        assert_eq!(at(text, &["e"]), "46..50 -1.5");
    }

    #[test]
    fn what_is_missing_has_the_place_around_it() {
        assert_eq!(at(r#"{"a": {"b": 1}}"#, &["a", "x", "y"]), r#"1..4 "a""#);
        assert_eq!(at(r#"{"a": {"b": [7]}}"#, &["a", "b", "0", "y"]), "13..14 7");
        assert_eq!(at("{}", &["a"]), "0..0 ");
        assert_eq!(at("", &["a"]), "0..0 ");
        assert_eq!(at("}]\"", &["a"]), "0..0 ");
    }

    #[test]
    fn deep_nesting_does_not_overflow() {
        let text = "[".repeat(1_000_000);
        assert_eq!(at(&text, &["0", "0"]), "2..3 [");
        assert_eq!(at(&text, &["0", "0", "0", "1"]), "3..4 [");
    }
}
