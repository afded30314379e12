//! The rows of a page: their fields in the page, and what its service model says about them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet, VecDeque};

use super::view::{MethodView, PageView};
use pagesmith_model::model::ShapeKind;
use pagesmith_model::page::Field;
use pagesmith_model::schema::{Member, Resource};

/// How deep in an output a row can be: a list, its structure, and one more level.
const MAX_DEPTH: usize = 3;

/// Fields by name.
type Fields<'a> = HashMap<&'a str, &'a Field>;

fn by_name(fields: &[Field]) -> Fields<'_> {
    fields.iter().map(|field| (field.name.as_str(), field)).collect()
}

/// The rows of a page.
pub(super) struct RowView<'a> {
    pub(super) view: &'a PageView<'a>,
    /// How many methods have a table of their own.
    tables: usize,
    /// The table of all `SELECT` methods, if methods do not have tables of their own.
    pub(super) single: Option<Fields<'a>>,
    /// The methods whose own tables have a field.
    methods: HashMap<&'a str, Vec<&'a MethodView<'a>>>,
    /// The members that the operations return.
    returned: Option<HashSet<&'a str>>,
    /// The members of the row that the page is bound to.
    members: HashMap<&'a str, &'a Member>,
}

impl<'a> RowView<'a> {
    pub(super) fn new(view: &'a PageView<'a>) -> Self {
        let mut methods: HashMap<&str, Vec<&MethodView<'_>>> = HashMap::new();
        for method in &view.methods {
            for field in method.own_fields() {
                methods.entry(&field.name).or_default().push(method);
            }
        }
        let tables = view.methods.iter().filter(|method| method.table.is_some()).count();
        let members = view.resource.into_iter().flat_map(Resource::row_members);
        Self {
            view,
            tables,
            single: (tables == 0).then(|| by_name(&view.page.fields)),
            methods,
            returned: returned(view),
            members: members.map(|member| (member.name.as_str(), member)).collect(),
        }
    }

    /// The fields in the table of `method`.
    pub(super) fn of_method(&self, method: &MethodView<'a>) -> Cow<'_, Fields<'a>> {
        match &self.single {
            Some(fields) if method.is_select() => Cow::Borrowed(fields),
            _ => Cow::Owned(by_name(method.own_fields())),
        }
    }

    /// The only one of several methods with tables that returns the field.
    pub(super) fn only_method(&self, name: &str) -> Option<&'a MethodView<'a>> {
        match self.methods.get(name).map(Vec::as_slice) {
            Some([only]) if self.tables > 1 => Some(only),
            _ => None,
        }
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
    let selects = view.methods.iter().filter(|method| method.is_select());
    let mut operations = selects.filter_map(|view| view.operation).peekable();
    operations.peek()?;
    let outputs = operations.filter_map(|operation| operation.output.as_ref());
    let mut waiting: VecDeque<(&str, usize)> =
        outputs.map(|output| (output.shape.as_str(), 0)).collect();
    let (mut names, mut seen) = (HashSet::new(), HashSet::new());
    while let Some((shape, depth)) = waiting.pop_front() {
        if depth > MAX_DEPTH || !seen.insert(shape) {
            continue;
        }
        match model.shape(shape).map(|shape| &shape.kind) {
            Some(ShapeKind::Structure(structure)) => {
                names.extend(structure.members.keys().map(String::as_str));
                let shapes = structure.members.values();
                waiting.extend(shapes.map(|member| (member.shape.as_str(), depth + 1)));
            }
            Some(ShapeKind::List { member, .. }) => waiting.push_back((&member.shape, depth + 1)),
            _ => {}
        }
    }
    Some(names)
}
