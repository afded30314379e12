//! The operation of each method of a page, by an override or by the rule of [`Operations`].

use super::operations::{MOST_NAMED, Operations};
use super::overrides::{Overrides, key};
use super::rules;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Operation;
use crate::page::{Method, Page};
use crate::words::{list_of, singular};

/// Each method of `page` with its operation. A method without one is reported and left out.
pub(super) fn find_operations<'p, 'm>(
    page: &'p Page,
    operations: &Operations<'m>,
    overrides: &Overrides,
    diagnostics: &mut Diagnostics,
) -> Vec<(&'p Method, &'m Operation)> {
    let finder = Finder { page, operations, overrides };
    let methods = page.methods.iter();
    methods.filter_map(|method| Some((method, finder.find(method, diagnostics)?))).collect()
}

/// Finds the operations of the methods of one page.
struct Finder<'a, 'p, 'm> {
    page: &'p Page,
    operations: &'a Operations<'m>,
    overrides: &'a Overrides,
}

impl<'m> Finder<'_, '_, 'm> {
    fn find(&self, method: &Method, diagnostics: &mut Diagnostics) -> Option<&'m Operation> {
        let resource = &self.page.overview.id.resource;
        if let Some(name) = self.overrides.operation(resource, method) {
            // An override that names no operation was reported as stale.
            return self.operations.model.operation(name);
        }
        match *self.operations.by_rule(resource, &method.name) {
            [operation] => Some(operation),
            [] => {
                let problem = self.no_operation(method, diagnostics);
                diagnostics.push(problem);
                None
            }
            ref several => {
                let key = key(resource, method);
                let message = format!(
                    "the method `{}` could be {}",
                    method.full_name.value,
                    several_of(several)
                );
                diagnostics.push(
                    rules::AMBIGUOUS_OPERATION
                        .error(message, method.full_name.span.clone())
                        .help(format!("name one of them under \"{key}\" in {OVERRIDES}")),
                );
                None
            }
        }
    }

    fn no_operation(&self, method: &Method, diagnostics: &mut Diagnostics) -> Diagnostic {
        let model = self.operations.model;
        let resource = &self.page.overview.id.resource;
        let key = key(resource, method);
        let wanted = format!("{}{}", method.name, singular(resource).replace('_', ""));
        let found = rules::NO_OPERATION.error(
            format!("no operation was found for the method `{}`", method.full_name.value),
            method.full_name.span.clone(),
        );
        let near = diagnostics.nearest(&wanted, model.operations.keys().map(String::as_str));
        let todo = format!(
            "the operation under \"{key}\" in {OVERRIDES}, or import it into {}",
            model.source.name()
        );
        found.help(match near {
            Some(near) => format!("did you mean `{near}`? Name {todo}"),
            None => format!("name {todo}"),
        })
    }
}

/// The names of at most [`MOST_NAMED`] operations.
fn several_of(operations: &[&Operation]) -> String {
    let names = operations.iter().take(MOST_NAMED).map(|operation| operation.name.as_str());
    if operations.len() > MOST_NAMED {
        let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
        return format!("{} or others", names.join(", "));
    }
    list_of(names)
}

/// Where an override names an operation.
const OVERRIDES: &str = "\"operations\" of overrides.json";
