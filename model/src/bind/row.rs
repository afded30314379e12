//! The structure that is a page's row, in the outputs of its `SELECT` methods.
//!
//! A page lists the fields of a row, and does not say which member of an output has rows. It is the one whose structure
//! has all of the fields: an element of a list, a structure, or the output itself.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

use indexmap::IndexMap;

use super::shapes::Role;
use super::{Binder, rules};
use crate::invariant;
use crate::model::{Operation, ShapeKind, Structure};
use crate::page::{Access, Field, Method, Page};
use crate::schema::{Binding, Member, Output, OutputShape, Row, Target};
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

    pub(super) fn members(&self) -> &[Member] {
        &self.row.members
    }

    fn is(&self, structure: &str) -> bool {
        self.structures.contains(structure)
    }

    /// Adds another structure with the same fields, if they have the same encoding.
    fn merge(&mut self, name: &str, members: &[Member]) {
        fn encoding(member: &Member) -> (&str, &Target, Binding, bool) {
            (&member.wire, &member.target, member.binding, member.sensitive)
        }
        if self.row.members.iter().map(encoding).eq(members.iter().map(encoding)) {
            for (ours, theirs) in self.row.members.iter_mut().zip(members) {
                ours.required &= theirs.required;
            }
            self.structures.insert(name.to_owned());
        }
    }

    /// Puts the row where `target` is one of its structures, or a list of them.
    fn put_into(&self, target: &mut Target) {
        match target {
            Target::Structure(name) if self.is(name) => *target = Target::Row,
            Target::List { element, .. } => self.put_into(element),
            _ => {}
        }
    }
}

impl<'m> Binder<'m> {
    /// The row of `page`; `None` if it has no fields. Reports fields that no output has.
    pub(super) fn row(
        &mut self,
        page: &Page,
        operations: &[(&Method, &'m Operation)],
    ) -> Option<BoundRow> {
        if page.fields.is_empty() {
            return None;
        }
        let selects: Vec<&'m Operation> = operations
            .iter()
            .filter(|(method, _)| is_select(method))
            .map(|(_, operation)| *operation)
            .collect();
        let candidates = self.candidates(&selects);
        let has_all = |structure: &Structure| {
            page.fields.iter().all(|field| structure.members.contains_key(&field.name.value))
        };
        let outputs = || selects.iter().filter_map(|operation| operation.output.as_ref());
        let is_output = |name: &str| outputs().any(|output| output.shape == name);
        let mut found: Option<BoundRow> = None;
        for (name, structure) in candidates.iter().filter(|(_, structure)| has_all(structure)) {
            let role = if is_output(name) { Role::Output } else { Role::Nested };
            let members = self.fields_of(structure, role, &page.fields);
            match &mut found {
                Some(found) => found.merge(name, &members),
                None => {
                    let row = Row { name: singular(&page.overview.id.resource), members };
                    let structures = BTreeSet::from([(*name).to_owned()]);
                    found = Some(BoundRow { row, structures });
                }
            }
        }
        match &found {
            Some(found) => self.shapes.use_all(&found.row.members),
            // A method without an operation was reported; its output is not known.
            None if page.methods.iter().filter(|method| is_select(method)).count()
                > selects.len() => {}
            None => self.report_fields(&page.fields, &candidates),
        }
        found
    }

    /// The output of `operation`. Where it has the row's structure, it refers to the row.
    pub(super) fn output(
        &mut self,
        operation: &Operation,
        row: Option<&BoundRow>,
    ) -> Option<Output> {
        let output = operation.output.as_ref()?;
        let structure = self.model.output_of(operation)?;
        let shape = match row {
            Some(row) if row.is(&output.shape) => OutputShape::Row,
            row => {
                let mut members = self.shapes.members(structure, Role::Output);
                if let Some(row) = row {
                    for member in &mut members {
                        row.put_into(&mut member.target);
                    }
                }
                self.shapes.use_all(&members);
                OutputShape::Members(members)
            }
        };
        let default = || format!("{}Result", operation.name);
        Some(Output { wrapper: output.result_wrapper.clone().unwrap_or_else(default), shape })
    }

    /// The structures that can be rows: elements of lists first, then structures, then outputs.
    fn candidates(&self, selects: &[&'m Operation]) -> IndexMap<&'m str, &'m Structure> {
        let outputs = selects.iter().filter_map(|operation| operation.output.as_ref());
        let outputs: Vec<&'m str> = outputs.map(|output| output.shape.as_str()).collect();
        let structures = outputs.iter().filter_map(|name| self.model.structure(name));
        let members: Vec<&'m str> = structures
            .flat_map(|structure| structure.members.values())
            .map(|member| member.shape.as_str())
            .collect();
        let elements = members.iter().filter_map(|name| match &self.model.shape(name)?.kind {
            ShapeKind::List { member, .. } => Some(&*member.shape),
            _ => None,
        });
        let names = elements.chain(members.iter().copied()).chain(outputs);
        names.filter_map(|name| Some((name, self.model.structure(name)?))).collect()
    }

    /// The members of `structure` that are `fields`. What the page says of a field comes first.
    fn fields_of(&self, structure: &Structure, role: Role, fields: &[Field]) -> Vec<Member> {
        let members = self.shapes.members(structure, role);
        let mut members: HashMap<String, Member> =
            members.into_iter().map(|member| (member.name.clone(), member)).collect();
        let with_prose = |field: &Field| {
            let member = members.remove(&field.name.value);
            let member =
                invariant!(member, "a page has each field once, and a row has all of them");
            let of_page = Some(&field.description.value).filter(|it| !it.trim().is_empty());
            let documentation = of_page.cloned().or(member.documentation);
            Member { documentation, ..member }
        };
        fields.iter().map(with_prose).collect()
    }

    /// Reports the fields that are missing in the candidate that has most of them.
    fn report_fields(&mut self, fields: &[Field], candidates: &IndexMap<&str, &'m Structure>) {
        let names: HashSet<&String> = fields.iter().map(|field| &field.name.value).collect();
        let has = |structure: &Structure| {
            structure.members.keys().filter(|member| names.contains(member)).count()
        };
        // Of several that have as many of the fields, the first.
        let likeliest = candidates.values().min_by_key(|structure| Reverse(has(structure)));
        let members = likeliest.map(|structure| &structure.members);
        let is_known = |name: &str| members.is_some_and(|members| members.contains_key(name));
        for field in fields.iter().filter(|field| !is_known(&field.name.value)) {
            let name = &field.name.value;
            let message = format!("no `SELECT` method of this page returns the field `{name}`");
            let found = rules::UNKNOWN_FIELD.error(message, field.name.span.clone());
            self.report_near(found, name, members.into_iter().flat_map(IndexMap::keys));
        }
    }
}

fn is_select(method: &Method) -> bool {
    method.access.value == Access::Select
}
