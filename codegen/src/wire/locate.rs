//! Places in a JSON text. Values carry none, so a walk over the text finds those that diagnostics need,
//! without recursion, in time linear in the text. The first walk notes where the large parts of a model
//! begin, so that a place in one of them is found in time linear in that part.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use crate::source::{Source, Span};

/// The keys (and indices, in decimal) that lead to a value.
pub(super) type Path = Vec<String>;

/// The place of each of `paths`: of a string or number as a whole, of anything larger its key. What is not
/// there has the place of the nearest thing around it, at worst the start of the text.
pub(super) fn locate(source: &Source, paths: &[Path]) -> Vec<Span> {
    let mut wanted = Wanted::default();
    let ends: Vec<Vec<usize>> = paths.iter().map(|path| wanted.insert(path)).collect();
    Walk::new(source.text(), 0, &mut wanted).run();
    ends.iter().map(|nodes| source.span(wanted.innermost(nodes).unwrap_or(0..0))).collect()
}

/// What one walk over a whole text finds out about it.
pub(super) struct Survey {
    /// The places of keys that their object has already. Of two, a reader would see only one.
    pub(super) repeated_keys: Vec<Span>,
    pub(super) entries: Entries,
}

/// Walks over all of `source`.
pub(super) fn survey(source: &Source) -> Survey {
    let mut wanted = Wanted::default();
    let mut walk = Walk::new(source.text(), 0, &mut wanted);
    walk.entries = Some(Entries::default());
    let Found { repeated, entries } = walk.run();
    let repeated_keys = repeated.into_iter().map(|range| source.span(range)).collect();
    Survey { repeated_keys, entries: entries.unwrap_or_default() }
}

/// Where the entries of a text's sections are, by section and name: of a model, its operations and shapes.
#[derive(Clone, Debug, Default)]
pub(super) struct Entries(BTreeMap<String, BTreeMap<String, Entry>>);

#[derive(Clone, Debug)]
struct Entry {
    place: Range<usize>,
    /// Where its value begins.
    value: usize,
}

impl Entries {
    /// The place of `path` in the text of `source`, which these are the entries of; as [`locate`] has it.
    pub(super) fn locate(&self, source: &Source, path: &[&str]) -> Span {
        let [section, name, within @ ..] = path else {
            return locate_one(source, path);
        };
        let Some(entry) = self.0.get(*section).and_then(|section| section.get(*name)) else {
            return locate_one(source, path);
        };
        let mut wanted = Wanted::default();
        let nodes = wanted.insert(within);
        if !nodes.is_empty() {
            Walk::new(source.text(), entry.value, &mut wanted).run();
        }
        source.span(wanted.innermost(&nodes).unwrap_or_else(|| entry.place.clone()))
    }
}

/// As [`locate`], of one path.
pub(super) fn locate_one(source: &Source, path: &[&str]) -> Span {
    let path = path.iter().map(|step| (*step).to_owned()).collect();
    locate(source, &[path]).pop().unwrap_or_else(|| source.span(0..0))
}

/// The wanted paths as a tree; node 0 is the value that a walk begins at.
struct Wanted {
    nodes: Vec<Node>,
}

#[derive(Default)]
struct Node {
    children: HashMap<String, usize>,
    found: Option<Range<usize>>,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { nodes: vec![Node::default()] }
    }
}

impl Wanted {
    /// Adds a path; returns the nodes below the root along it.
    fn insert(&mut self, path: &[impl AsRef<str>]) -> Vec<usize> {
        let mut at = 0;
        path.iter()
            .map(|step| {
                let step = step.as_ref();
                at = self.child(at, step).unwrap_or_else(|| {
                    let new = self.nodes.len();
                    self.nodes.push(Node::default());
                    if let Some(parent) = self.nodes.get_mut(at) {
                        parent.children.insert(step.to_owned(), new);
                    }
                    new
                });
                at
            })
            .collect()
    }

    fn child(&self, parent: usize, step: &str) -> Option<usize> {
        self.nodes.get(parent)?.children.get(step).copied()
    }

    /// Where the last of `nodes` is that was found.
    fn innermost(&self, nodes: &[usize]) -> Option<Range<usize>> {
        nodes.iter().rev().find_map(|node| self.nodes.get(*node)?.found.clone())
    }
}

enum Frame<'a> {
    Object {
        node: Option<usize>,
        /// The keys that it had so far.
        seen: BTreeSet<Cow<'a, str>>,
        /// The last of them.
        key: Cow<'a, str>,
    },
    Array {
        node: Option<usize>,
        index: usize,
    },
}

/// What the next token is: a key of the innermost object, or a value.
struct Next {
    is_key: bool,
    /// The wanted node that the value is.
    node: Option<usize>,
    /// Where its key stands.
    key: Option<Range<usize>>,
}

impl Next {
    fn key() -> Self {
        Self { is_key: true, node: None, key: None }
    }

    fn value(node: Option<usize>) -> Self {
        Self { is_key: false, node, key: None }
    }
}

struct Walk<'a> {
    text: &'a str,
    at: usize,
    frames: Vec<Frame<'a>>,
    next: Next,
    wanted: &'a mut Wanted,
    repeated: Vec<Range<usize>>,
    /// Where they are to be noted.
    entries: Option<Entries>,
}

/// What a walk found beside what was wanted.
struct Found {
    repeated: Vec<Range<usize>>,
    entries: Option<Entries>,
}

impl<'a> Walk<'a> {
    /// A walk over the value that begins `at` that place of `text`.
    fn new(text: &'a str, at: usize, wanted: &'a mut Wanted) -> Self {
        let next = Next::value(Some(0));
        Self { text, at, frames: Vec::new(), next, wanted, repeated: Vec::new(), entries: None }
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
                    self.next = Next::key();
                }
                b'[' => {
                    let node = self.open(start);
                    self.frames.push(Frame::Array { node, index: 0 });
                    self.next = Next::value(self.item(node, 0));
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
        Found { repeated: self.repeated, entries: self.entries }
    }

    /// The node that the container which starts here is, if wanted.
    fn open(&mut self, start: usize) -> Option<usize> {
        let node = self.next.node;
        let key = self.next.key.take();
        self.found(node, key.unwrap_or(start..start + 1), start);
        node
    }

    fn comma(&mut self) {
        self.next = match self.frames.last_mut() {
            Some(Frame::Array { node, index }) => {
                *index += 1;
                let (node, index) = (*node, *index);
                Next::value(self.item(node, index))
            }
            _ => Next::key(),
        };
    }

    fn item(&self, array: Option<usize>, index: usize) -> Option<usize> {
        let array = array?;
        // Only a wanted array pays for writing its indices.
        if self.wanted.nodes.get(array)?.children.is_empty() {
            return None;
        }
        self.wanted.child(array, &index.to_string())
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
        if !self.next.is_key {
            let node = self.next.node;
            self.found(node, range, start);
            return;
        }
        let node = match self.frames.last_mut() {
            Some(Frame::Object { node, seen, key }) => {
                let name = unescape(self.text.get(range.clone()).unwrap_or_default());
                let node = node.and_then(|object| self.wanted.child(object, &name));
                key.clone_from(&name);
                if !seen.insert(name) {
                    self.repeated.push(range.clone());
                }
                node
            }
            _ => None,
        };
        self.next = Next { is_key: false, node, key: Some(range) };
    }

    fn scalar(&mut self, start: usize) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let more = rest.iter().take_while(|byte| !b",]}: \t\n\r\"[{".contains(byte)).count();
        self.at += more;
        let node = self.next.node;
        self.found(node, start..self.at, start);
    }

    /// Notes the place of the value that begins at `start`.
    fn found(&mut self, node: Option<usize>, place: Range<usize>, start: usize) {
        if let Some(entries) = &mut self.entries
            && let [Frame::Object { key: section, .. }, Frame::Object { key: name, .. }] =
                &*self.frames
        {
            let entry = Entry { place: place.clone(), value: start };
            let section = entries.0.entry(section.clone().into_owned()).or_default();
            section.insert(name.clone().into_owned(), entry);
        }
        if let Some(node) = node.and_then(|node| self.wanted.nodes.get_mut(node)) {
            node.found = Some(place);
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
        let span = locate_one(&source, path);
        // The same from where the entries are as from the start.
        assert_eq!(survey(&source).entries.locate(&source, path), span);
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
        assert_eq!(at("{}", &["a"]), "0..0 ");
        assert_eq!(at("", &["a"]), "0..0 ");
        assert_eq!(at("}]\"", &["a"]), "0..0 ");
    }

    #[test]
    fn deep_nesting_does_not_overflow() {
        let text = "[".repeat(1_000_000);
        assert_eq!(at(&text, &["0", "0"]), "2..3 [");
    }
}
