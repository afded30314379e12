//! The tables of fields of one page, and what its service model knows of them.

use std::collections::{HashMap, HashSet, VecDeque};

use super::view::View;
use pagesmith_model::model::ShapeKind;
use pagesmith_model::page::{Access, Field, FieldTab};
use pagesmith_model::schema::Member;

/// How deep in an output a row can be: a list, its structure, and one more.
const DEEPEST: usize = 3;

/// The fields of one side.
pub(super) struct Fields<'a> {
    pub(super) view: &'a View<'a>,
    /// Each once, in the page's order.
    pub(super) all: &'a [Field],
    by_name: HashMap<&'a str, &'a Field>,
    /// By the method's place in the page; empty for a page that has one table for all.
    pub(super) tabs: HashMap<usize, (&'a FieldTab, HashMap<&'a str, &'a Field>)>,
    /// The methods whose table has the field, where each method has one.
    givers: HashMap<&'a str, Vec<usize>>,
    /// What the model gives, where that is known.
    given: Option<HashSet<&'a str>>,
    /// The members of the row that the page is bound to.
    members: HashMap<&'a str, &'a Member>,
}

fn by_name(fields: &[Field]) -> HashMap<&str, &Field> {
    fields.iter().map(|field| (field.name.value.as_str(), field)).collect()
}

impl<'a> Fields<'a> {
    pub(super) fn of(view: &'a View<'a>) -> Self {
        // The first row of a method that has several is that of `SELECT`.
        let methods = view.page.methods.iter().enumerate().rev();
        let places: HashMap<&str, usize> =
            methods.map(|(index, method)| (method.full_name.value.as_str(), index)).collect();
        let mut tabs = HashMap::new();
        let mut givers: HashMap<&str, Vec<usize>> = HashMap::new();
        for tab in &view.page.field_tabs {
            let Some(index) = places.get(tab.method.value.as_str()) else { continue };
            tabs.insert(*index, (tab, by_name(&tab.fields)));
            for field in &tab.fields {
                givers.entry(&field.name.value).or_default().push(*index);
            }
        }
        let row = view.resource.and_then(|resource| resource.row.as_ref());
        let members = row.iter().flat_map(|row| &row.members);
        Self {
            view,
            all: &view.page.fields,
            by_name: by_name(&view.page.fields),
            tabs,
            givers,
            given: given(view),
            members: members.map(|member| (member.name.as_str(), member)).collect(),
        }
    }

    /// The methods whose table has the field, where each method has one.
    pub(super) fn givers(&self, name: &str) -> &[usize] {
        self.givers.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// What the method at `index` says of the field. One table for all is that of every `SELECT` method.
    pub(super) fn given_by(&self, index: usize, name: &str) -> Option<&'a Field> {
        if self.tabs.is_empty() {
            let method = self.view.page.methods.get(index)?;
            (*method.access == Access::Select).then(|| self.by_name.get(name).copied())?
        } else {
            self.tabs.get(&index)?.1.get(name).copied()
        }
    }

    /// Whether the operations of the `SELECT` methods give a member of that name; `None` where that is
    /// not known.
    pub(super) fn model_gives(&self, name: &str) -> Option<bool> {
        self.given.as_ref().map(|given| given.contains(name))
    }

    /// The member of the row that the field is bound to.
    pub(super) fn member(&self, name: &str) -> Option<&'a Member> {
        self.members.get(name).copied()
    }
}

/// The names of the members that the operations of the `SELECT` methods give, in outputs and in what those
/// hold or have lists of.
fn given<'a>(view: &View<'a>) -> Option<HashSet<&'a str>> {
    let model = view.model?;
    let methods = view.page.methods.iter().enumerate();
    let selects = methods.filter(|(_, method)| *method.access == Access::Select);
    let known: Vec<_> = selects.filter_map(|(index, _)| view.operation(index)).collect();
    if known.is_empty() {
        return None;
    }
    let mut names = HashSet::new();
    let mut seen = HashSet::new();
    let outputs = known.iter().filter_map(|operation| operation.output.as_deref());
    let mut waiting: VecDeque<(&str, usize)> = outputs.map(|output| (output, 0)).collect();
    while let Some((shape, depth)) = waiting.pop_front() {
        if depth > DEEPEST || !seen.insert(shape) {
            continue;
        }
        match model.shape(shape).map(|shape| &shape.kind) {
            Some(ShapeKind::Structure(structure)) => {
                names.extend(structure.members.keys().map(String::as_str));
                let held = structure.members.values().map(|member| member.shape.as_str());
                waiting.extend(held.map(|shape| (shape, depth + 1)));
            }
            Some(ShapeKind::List { member, .. }) => waiting.push_back((&member.shape, depth + 1)),
            _ => {}
        }
    }
    Some(names)
}
