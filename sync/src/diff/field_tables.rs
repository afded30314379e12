//! The tables of fields of a page, and what its service model says about them.

use std::collections::{HashMap, HashSet, VecDeque};

use super::view::PageView;
use pagesmith_model::model::ShapeKind;
use pagesmith_model::page::{Access, Field, FieldTab};
use pagesmith_model::schema::Member;

/// How deep in an output a row can be: a list, its structure, and one more level.
const MAX_DEPTH: usize = 3;

/// The table of fields of one method.
pub(super) struct MethodTable<'a> {
    pub(super) tab: &'a FieldTab,
    pub(super) fields: HashMap<&'a str, &'a Field>,
}

/// The fields of one page.
pub(super) struct FieldTables<'a> {
    pub(super) view: &'a PageView<'a>,
    /// Every field once, in the order of the page.
    pub(super) all: &'a [Field],
    by_name: HashMap<&'a str, &'a Field>,
    /// By the position of the method in the page; empty if the page has one table for all methods.
    pub(super) by_method: HashMap<usize, MethodTable<'a>>,
    /// The positions of the methods that return a field, if every method has a table.
    methods: HashMap<&'a str, Vec<usize>>,
    /// The members that the operations return.
    returned: Option<HashSet<&'a str>>,
    /// The members of the row that the page is bound to.
    members: HashMap<&'a str, &'a Member>,
}

fn by_name(fields: &[Field]) -> HashMap<&str, &Field> {
    fields.iter().map(|field| (field.name.value.as_str(), field)).collect()
}

impl<'a> FieldTables<'a> {
    pub(super) fn new(view: &'a PageView<'a>) -> Self {
        // If a method has several rows, the first is the `SELECT` method.
        let positions: HashMap<&str, usize> =
            view.methods.iter().rev().map(|view| (view.full_name(), view.index)).collect();
        let mut by_method = HashMap::new();
        let mut methods: HashMap<&str, Vec<usize>> = HashMap::new();
        for tab in &view.page.field_tabs {
            let Some(index) = positions.get(tab.method.value.as_str()) else { continue };
            by_method.insert(*index, MethodTable { tab, fields: by_name(&tab.fields) });
            for field in &tab.fields {
                methods.entry(&field.name.value).or_default().push(*index);
            }
        }
        let row = view.resource.and_then(|resource| resource.row.as_ref());
        let members = row.iter().flat_map(|row| &row.members);
        Self {
            view,
            all: &view.page.fields,
            by_name: by_name(&view.page.fields),
            by_method,
            methods,
            returned: returned(view),
            members: members.map(|member| (member.name.as_str(), member)).collect(),
        }
    }

    /// The positions of the methods that return the field, if every method has a table.
    pub(super) fn methods(&self, name: &str) -> &[usize] {
        self.methods.get(name).map_or(&[], Vec::as_slice)
    }

    /// The field in the table of the method at `index`. A single table is the one of every `SELECT` method.
    pub(super) fn of_method(&self, index: usize, name: &str) -> Option<&'a Field> {
        if self.by_method.is_empty() {
            let is_select = *self.view.methods.get(index)?.method.access == Access::Select;
            return self.by_name.get(name).copied().filter(|_| is_select);
        }
        self.by_method.get(&index)?.fields.get(name).copied()
    }

    /// Whether the operations of the `SELECT` methods return a member of that name; `None` if that is not known.
    pub(super) fn is_returned(&self, name: &str) -> Option<bool> {
        self.returned.as_ref().map(|returned| returned.contains(name))
    }

    /// The member of the row that the field is bound to.
    pub(super) fn member(&self, name: &str) -> Option<&'a Member> {
        self.members.get(name).copied()
    }
}

/// The names of all members in the outputs of the `SELECT` methods, down to [`MAX_DEPTH`].
fn returned<'a>(view: &PageView<'a>) -> Option<HashSet<&'a str>> {
    let model = view.model?;
    let selects = view.methods.iter().filter(|view| *view.method.access == Access::Select);
    let mut operations = selects.filter_map(|view| view.operation).peekable();
    operations.peek()?;
    let outputs = operations.filter_map(|operation| operation.output.as_ref());
    let mut waiting: VecDeque<(&str, usize)> =
        outputs.map(|output| (output.shape.as_str(), 0)).collect();
    let mut names = HashSet::new();
    let mut seen = HashSet::new();
    while let Some((shape, depth)) = waiting.pop_front() {
        if depth > MAX_DEPTH || !seen.insert(shape) {
            continue;
        }
        match model.shape(shape).map(|shape| &shape.kind) {
            Some(ShapeKind::Structure(structure)) => {
                names.extend(structure.members.keys().map(String::as_str));
                let shapes = structure.members.values().map(|member| member.shape.as_str());
                waiting.extend(shapes.map(|shape| (shape, depth + 1)));
            }
            Some(ShapeKind::List { member, .. }) => waiting.push_back((&member.shape, depth + 1)),
            _ => {}
        }
    }
    Some(names)
}
