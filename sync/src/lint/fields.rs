//! Checks of fields.

use std::collections::{HashMap, HashSet};

use super::{datatypes, rules};
use pagesmith_model::diagnostic::Diagnostics;
use pagesmith_model::model::{ServiceModel, ShapeKind, Structure};
use pagesmith_model::page::{Access, Page};
use pagesmith_model::schema::{Member, OutputShape, Resource, Target};
use pagesmith_model::words::list_of;

/// Checks the fields of a page.
pub(super) fn check(
    page: &Page,
    resource: &Resource,
    model: &ServiceModel,
    diagnostics: &mut Diagnostics,
) {
    let row = resource.row_members().iter().map(|member| (member.name.as_str(), member));
    let row: HashMap<&str, &Member> = row.collect();
    for field in &page.fields {
        let Some(member) = row.get(field.name.as_str()) else { continue };
        if let Some(found) = datatypes::disagrees("field", field, &[*member]) {
            let expected = datatypes::kinds(&member.target);
            let expected = list_of(expected.iter().map(|kind| kind.name()));
            diagnostics.push(found.expected(format!("the service model has {expected}")));
        }
    }
    missing(page, resource, model, diagnostics);
}

/// Reports members of the structure of the rows that are not fields of the page.
fn missing(page: &Page, resource: &Resource, model: &ServiceModel, diagnostics: &mut Diagnostics) {
    let mut reported: HashSet<&str> = HashSet::new();
    let fields: HashSet<&str> = page.fields.iter().map(|field| field.name.as_str()).collect();
    let mut seen: HashSet<Option<&str>> = HashSet::new();
    for method in resource.methods.iter().filter(|method| method.access == Access::Select) {
        let output = method.output.as_ref().map(|output| &output.shape);
        let operation = model.operation(&method.operation);
        let structure = output.zip(operation).and_then(|(content, operation)| {
            row_structure(model.output_of(operation)?, content, model)
        });
        let Some((name, structure)) = structure else { continue };
        // Many methods can return the same structure, which is checked once.
        if name.is_some() && !seen.insert(name) {
            continue;
        }
        for member in structure.members.keys() {
            if fields.contains(member.as_str()) || !reported.insert(member) {
                continue;
            }
            let message =
                format!("the service returns the field `{member}`, which the page does not list");
            let place = page.fields.last().map_or(&page.overview.id.span, |last| &last.name.span);
            let mut found = rules::UNDOCUMENTED_FIELD.warning(message, place.clone());
            if let Some(shape) = name {
                let span = model.span(&["shapes", shape, "members", member]);
                found = found.related(span, "the service model defines it here");
            }
            diagnostics.push(found);
        }
    }
}

/// The structure of the rows with its name, or the output as a whole.
fn row_structure<'m>(
    output: &'m Structure,
    content: &OutputShape,
    model: &'m ServiceModel,
) -> Option<(Option<&'m str>, &'m Structure)> {
    let members = match content {
        OutputShape::Row => return Some((None, output)),
        OutputShape::Members(members) => members,
    };
    let row = members.iter().find(|member| match &member.target {
        Target::Row => true,
        Target::List { element, .. } => **element == Target::Row,
        _ => false,
    })?;
    let shape = &output.members.get(&row.name)?.shape;
    let name = match &model.shape(shape)?.kind {
        ShapeKind::List { member, .. } => &member.shape,
        _ => shape,
    };
    Some((Some(name), model.structure(name)?))
}
