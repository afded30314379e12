//! The structure that is a page's row, in the outputs of its `SELECT` methods.
//!
//! A page lists the fields of a row, and does not say which member of an output has rows. It is the one whose structure
//! has all of the fields: an element of a list, a structure, or the output itself.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::rules;
use super::shapes::Shapes;
use crate::diagnostic::Diagnostics;
use crate::model::{Operation, ServiceModel, ShapeKind, Structure};
use crate::page::{Access, Field, Method, Page};
use crate::schema::{Member, Output, OutputShape, Row, Target};
use crate::words::singular;

/// A page's row, and the names of the structures that have its fields.
pub(super) struct BoundRow {
    row: Row,
    structures: BTreeSet<String>,
}

impl BoundRow {
    pub(super) fn into_row(self) -> Row {
        self.row
    }

    fn is(&self, structure: &str) -> bool {
        self.structures.contains(structure)
    }
}

/// The row of `page`; `None` if it has no fields. Reports fields that no output has.
pub(super) fn find(
    page: &Page,
    operations: &[(&Method, &Operation)],
    model: &ServiceModel,
    shapes: &mut Shapes<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<BoundRow> {
    if page.fields.is_empty() {
        return None;
    }
    let mut seen = HashSet::new();
    let mut candidates = candidates(operations, model);
    candidates.retain(|name| seen.insert(*name));
    let has_all = |name: &&str| {
        let Some(structure) = model.structure(name) else {
            return false;
        };
        page.fields.iter().all(|field| structure.members.contains_key(&field.name.value))
    };
    let mut found: Option<BoundRow> = None;
    for name in candidates.iter().copied().filter(has_all) {
        let Some(structure) = model.structure(name) else {
            continue;
        };
        let members = fields_of(structure, &page.fields, shapes);
        match &mut found {
            None => {
                let row = Row { name: singular(&page.overview.id.resource), members };
                found = Some(BoundRow { row, structures: BTreeSet::from([name.to_owned()]) });
            }
            Some(found) => found.merge(name, &members),
        }
    }
    match &found {
        Some(found) => shapes.use_all(&found.row.members),
        // A method without an operation was reported; its output is not known.
        None if selects(page)
            > operations.iter().filter(|(method, _)| is_select(method)).count() => {}
        None => report_missing(page, &candidates, model, diagnostics),
    }
    found
}

/// The output of `operation`. Where it has the row's structure, it refers to the row.
pub(super) fn output(
    operation: &Operation,
    row: Option<&BoundRow>,
    model: &ServiceModel,
    shapes: &mut Shapes<'_>,
) -> Option<Output> {
    let name = operation.output.as_deref()?;
    let structure = model.structure(name)?;
    let shape = if row.is_some_and(|row| row.is(name)) {
        OutputShape::Row
    } else {
        let mut members = shapes.members(structure);
        for member in &mut members {
            put_row(&mut member.target, row);
        }
        shapes.use_all(&members);
        OutputShape::Members(members)
    };
    let wrapper =
        operation.result_wrapper.clone().unwrap_or_else(|| format!("{}Result", operation.name));
    Some(Output { wrapper, shape })
}

fn put_row(ty: &mut Target, row: Option<&BoundRow>) {
    match ty {
        Target::Structure(name) if row.is_some_and(|row| row.is(name)) => *ty = Target::Row,
        Target::List { element, .. } => put_row(element, row),
        _ => {}
    }
}

impl BoundRow {
    /// Adds another structure with the same fields, if they have the same encoding.
    fn merge(&mut self, name: &str, members: &[Member]) {
        let alike = self.row.members.iter().zip(members).all(|(ours, theirs)| {
            (&ours.wire, &ours.target, ours.sensitive)
                == (&theirs.wire, &theirs.target, theirs.sensitive)
        });
        if alike && !self.is(name) {
            for (ours, theirs) in self.row.members.iter_mut().zip(members) {
                ours.required &= theirs.required;
            }
            self.structures.insert(name.to_owned());
        }
    }
}

fn is_select(method: &Method) -> bool {
    method.access.value == Access::Select
}

fn selects(page: &Page) -> usize {
    page.methods.iter().filter(|method| is_select(method)).count()
}

/// The structures that can be rows: elements of lists first, then structures, then outputs.
fn candidates<'m>(
    operations: &[(&Method, &'m Operation)],
    model: &'m ServiceModel,
) -> Vec<&'m str> {
    let mut by_rank: [Vec<&str>; 3] = Default::default();
    let [elements, structures, outputs] = &mut by_rank;
    let selects = operations.iter().filter(|(method, _)| is_select(method));
    for (_, operation) in selects {
        let Some(output) = model.output_of(operation) else {
            continue;
        };
        outputs.extend(operation.output.as_deref());
        for member in output.members.values() {
            if model.structure(&member.shape).is_some() {
                structures.push(&member.shape);
            } else if let Some(element) = list_element(model, &member.shape) {
                elements.extend(model.structure(element).map(|_| element));
            }
        }
    }
    by_rank.concat()
}

/// The shape of the elements of the list `shape`.
fn list_element<'m>(model: &'m ServiceModel, shape: &str) -> Option<&'m str> {
    match &model.shape(shape)?.kind {
        ShapeKind::List { member, .. } => Some(&member.shape),
        _ => None,
    }
}

fn fields_of(structure: &Structure, fields: &[Field], shapes: &Shapes<'_>) -> Vec<Member> {
    let members = shapes.members(structure);
    let mut members: HashMap<String, Member> =
        members.into_iter().map(|member| (member.name.clone(), member)).collect();
    let with_prose = |field: &Field| {
        // No page has two fields of one name.
        let member = members.remove(&field.name.value)?;
        let description = Some(field.description.value.clone()).filter(|it| !it.trim().is_empty());
        Some(Member { documentation: description.or(member.documentation), ..member })
    };
    fields.iter().filter_map(with_prose).collect()
}

/// Reports the fields that are missing in the structure that has most of them.
fn report_missing(
    page: &Page,
    candidates: &[&str],
    model: &ServiceModel,
    diagnostics: &mut Diagnostics,
) {
    let nothing = Structure::default();
    let lacks =
        |structure: &Structure, field: &&Field| !structure.members.contains_key(&field.name.value);
    let fields: HashSet<&String> = page.fields.iter().map(|field| &field.name.value).collect();
    let has = |structure: &Structure| {
        structure.members.keys().filter(|member| fields.contains(member)).count()
    };
    // Of several that have as many of the fields, the first.
    let likeliest = candidates
        .iter()
        .filter_map(|name| model.structure(name))
        .min_by_key(|structure| Reverse(has(structure)))
        .unwrap_or(&nothing);
    for field in page.fields.iter().filter(|field| lacks(likeliest, field)) {
        let name = &field.name.value;
        let found = rules::UNKNOWN_FIELD.error(
            format!("no `SELECT` method of this page returns the field `{name}`"),
            field.name.span.clone(),
        );
        let near = diagnostics.nearest(name, likeliest.members.keys().map(String::as_str));
        diagnostics.push(match near {
            Some(near) => found.help(format!("did you mean `{near}`?")),
            None => found,
        });
    }
}
