//! Places in a JSON text. Values carry none, so a second walk over the text finds those that diagnostics
//! need: all of them in one pass, without recursion, in time linear in the text.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::source::{Source, Span};

/// The keys (and indices, in decimal) that lead to a value.
pub(super) type Path = Vec<String>;

/// The place of each of `paths`: of a string or number as a whole, of anything larger its key. What is not
/// there has the place of the nearest thing around it, at worst the start of the text.
pub(super) fn locate(source: &Source, paths: &[Path]) -> Vec<Span> {
    let mut wanted = Wanted { nodes: vec![Node::default()] };
    let ends: Vec<Vec<usize>> = paths.iter().map(|path| wanted.insert(path)).collect();
    Walk::new(source.text(), &mut wanted).run();
    ends.iter()
        .map(|nodes| {
            let found = nodes.iter().rev().find_map(|node| wanted.nodes.get(*node)?.found.clone());
            source.span(found.unwrap_or(0..0))
        })
        .collect()
}

/// The places of keys that their object has already. Of two, a reader would see only one.
pub(super) fn repeated_keys(source: &Source) -> Vec<Span> {
    let mut wanted = Wanted { nodes: Vec::new() };
    let repeated = Walk::new(source.text(), &mut wanted).run();
    repeated.into_iter().map(|range| source.span(range)).collect()
}

/// The wanted paths as a tree; node 0 is the whole text.
struct Wanted {
    nodes: Vec<Node>,
}

#[derive(Default)]
struct Node {
    children: HashMap<String, usize>,
    found: Option<Range<usize>>,
}

impl Wanted {
    /// Adds a path; returns the nodes below the root along it.
    fn insert(&mut self, path: &[String]) -> Vec<usize> {
        let mut at = 0;
        path.iter()
            .map(|step| {
                at = self.child(at, step).unwrap_or_else(|| {
                    let new = self.nodes.len();
                    self.nodes.push(Node::default());
                    if let Some(parent) = self.nodes.get_mut(at) {
                        parent.children.insert(step.clone(), new);
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
}

enum Frame<'a> {
    Object(Option<usize>, HashSet<Cow<'a, str>>),
    Array(Option<usize>, usize),
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
}

impl<'a> Walk<'a> {
    fn new(text: &'a str, wanted: &'a mut Wanted) -> Self {
        let next = Next::value(Some(0));
        Self { text, at: 0, frames: Vec::new(), next, wanted, repeated: Vec::new() }
    }

    /// Finds what is wanted; returns the keys that are repeated.
    fn run(mut self) -> Vec<Range<usize>> {
        while let Some(byte) = self.text.as_bytes().get(self.at).copied() {
            let start = self.at;
            self.at += 1;
            match byte {
                b'{' => {
                    let node = self.open(start);
                    self.frames.push(Frame::Object(node, HashSet::new()));
                    self.next = Next::key();
                }
                b'[' => {
                    let node = self.open(start);
                    self.frames.push(Frame::Array(node, 0));
                    self.next = Next::value(self.item(node, 0));
                }
                b'}' | b']' => {
                    self.frames.pop();
                }
                b',' => self.comma(),
                b'"' => self.string(start),
                b':' | b' ' | b'\t' | b'\n' | b'\r' => {}
                _ => self.scalar(start),
            }
        }
        self.repeated
    }

    /// The node that the container which starts here is, if wanted.
    fn open(&mut self, start: usize) -> Option<usize> {
        let node = self.next.node;
        let key = self.next.key.take();
        self.found(node, key.unwrap_or(start..start + 1));
        node
    }

    fn comma(&mut self) {
        self.next = match self.frames.last_mut() {
            Some(Frame::Array(node, index)) => {
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
            self.found(node, range);
            return;
        }
        let node = match self.frames.last_mut() {
            Some(Frame::Object(object, seen)) => {
                let name = unescape(self.text.get(range.clone()).unwrap_or_default());
                let node = object.and_then(|object| self.wanted.child(object, &name));
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
        self.found(node, start..self.at);
    }

    fn found(&mut self, node: Option<usize>, range: Range<usize>) {
        if let Some(node) = node.and_then(|node| self.wanted.nodes.get_mut(node)) {
            node.found = Some(range);
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
        let path = path.iter().map(|step| (*step).to_owned()).collect();
        let span = locate(&source, &[path]).remove(0);
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
