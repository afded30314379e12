//! Finds places in a JSON text. The values that serde gives have none.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::Entries;
use crate::source::{Source, Span};

/// Finds the places of values in a JSON text.
///
/// The text is read when a place is asked for. The children of an object or array are kept, so that each is read once.
///
/// # Example
/// ```
/// use pagesmith_model::json::Places;
/// use pagesmith_model::source::Source;
///
/// let places = Places::new(&Source::new("a.json", r#"{ "names": ["x", "y"] }"#));
/// assert_eq!(places.span(&["names", "1"]).text(), "\"y\"");
/// ```
#[derive(Clone, Debug)]
pub struct Places {
    source: Source,
    /// The children of objects and arrays, by the offset at which these start.
    containers: Arc<Mutex<HashMap<usize, Arc<Children>>>>,
}

/// The values in an object or array, by key or index.
type Children = IndexMap<String, Child>;

#[derive(Clone, Debug)]
pub(super) struct Child {
    /// The key; for an item of an array, its first byte.
    pub(super) key: Range<usize>,
    pub(super) value: Range<usize>,
}

impl Places {
    /// The places in `source`.
    #[must_use]
    pub fn new(source: &Source) -> Self {
        Self { source: source.clone(), containers: Arc::default() }
    }

    /// The text.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The span of the value at `path`, which is a list of keys and decimal indices: the value itself if it is a string,
    /// number, boolean or null; else its key. If the path leads to nothing, the span of the innermost value that exists,
    /// or the start of the text.
    pub fn span(&self, path: &[impl AsRef<str>]) -> Span {
        let shown = |child: Child| {
            let is_container = self.text(&child.value).starts_with(['{', '[']);
            if is_container { child.key } else { child.value }
        };
        self.source.span(self.find(path).map_or(0..0, shown))
    }

    /// The span of the key at `path`.
    pub(super) fn key(&self, path: &[impl AsRef<str>]) -> Span {
        self.source.span(self.find(path).map_or(0..0, |child| child.key))
    }

    /// The keys that lead from the value `part` of the text to the innermost value around `offset`; between two values, to
    /// the second.
    pub(super) fn path_at(&self, part: Range<usize>, offset: usize) -> Vec<String> {
        let (mut path, mut value) = (Vec::new(), part);
        while value.contains(&offset) && offset != value.start {
            let children = self.children(&value);
            let after = children.iter().filter(|(_, child)| offset < child.value.end);
            let Some((name, child)) = after.min_by_key(|(_, child)| child.value.end) else { break };
            path.push(name.clone());
            value = child.value.clone();
        }
        path
    }

    /// Where `part`, which is a part of the text, is in it.
    pub(super) fn range(&self, part: &str) -> Range<usize> {
        let start = part.as_ptr().addr() - self.source.text().as_ptr().addr();
        start..start + part.len()
    }

    fn find(&self, path: &[impl AsRef<str>]) -> Option<Child> {
        let mut found: Option<Child> = None;
        let mut value = self.range(self.source.text().trim_ascii());
        for step in path {
            let Some(child) = self.children(&value).get(step.as_ref()).cloned() else { break };
            value = child.value.clone();
            found = Some(child);
        }
        found
    }

    fn text(&self, range: &Range<usize>) -> &str {
        crate::invariant!(
            self.source.text().get(range.clone()),
            "ranges are those of keys and values that serde_json found in the text"
        )
    }

    fn children(&self, value: &Range<usize>) -> Arc<Children> {
        let mut containers = self.containers.lock().unwrap_or_else(PoisonError::into_inner);
        let children = containers.entry(value.start).or_insert_with(|| {
            let text = self.text(value);
            Arc::new(if text.starts_with('{') { self.members(text) } else { self.items(text) })
        });
        children.clone()
    }

    fn members(&self, text: &str) -> Children {
        let members = parse::<Entries<&RawValue, &RawValue>>(text).map(|members| members.0);
        let members = members.into_iter().flatten().filter_map(|(key, value)| {
            let child = Child { key: self.range(key.get()), value: self.range(value.get()) };
            Some((parse(key.get())?, child))
        });
        members.collect()
    }

    fn items(&self, text: &str) -> Children {
        let items = parse::<Vec<&RawValue>>(text).into_iter().flatten();
        let items = items.map(|item| self.range(item.get())).enumerate();
        let child = |value: Range<usize>| Child { key: value.start..value.start + 1, value };
        items.map(|(index, value)| (index.to_string(), child(value))).collect()
    }
}

/// `None` if the text is not valid JSON, which has a diagnostic already, or not a `T`: strings have no children.
fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Option<T> {
    #[cfg(test)]
    crate::work::step();
    serde_json::from_str(text).ok()
}
