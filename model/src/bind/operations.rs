//! The operation of each method of a page: the one that an override names, or that the rule finds. By the rule, its name
//! is the method's and the resource's, in the plural or the singular, or the method's alone. Case and underscores do not
//! matter.

use std::collections::{BTreeMap, BTreeSet};

use super::{Binder, rules};
use crate::model::{Operation, ServiceModel};
use crate::page::{Method, Page};
use crate::words::{list_of, singular};

/// The most operations that a message names.
const MOST_NAMED: usize = 5;

/// Where an override names an operation.
const OVERRIDES: &str = "\"operations\" in overrides.json";

/// The key of `method` of `resource` in an override file.
pub(super) fn key(resource: &str, method: &Method) -> String {
    format!("{resource}.{}", method.name)
}

impl<'m> Binder<'m> {
    /// Each method of `page` with its operation. A method without one is reported and left out.
    pub(super) fn operations_of<'p>(&mut self, page: &'p Page) -> Vec<(&'p Method, &'m Operation)> {
        let resource = &page.overview.id.resource;
        let methods = page.methods.iter();
        methods.filter_map(|method| Some((method, self.operation(resource, method)?))).collect()
    }

    fn operation(&mut self, resource: &str, method: &Method) -> Option<&'m Operation> {
        if let Some(name) = self.overrides.operation(resource, method) {
            // An override that names no operation was reported as stale.
            return self.model.operation(name);
        }
        match *self.operations.by_rule(resource, &method.name) {
            [operation] => return Some(operation),
            [] => self.report_none(resource, method),
            ref several => {
                let message = format!(
                    "the method `{}` matches several operations: {}",
                    method.full_name.value,
                    several_of(several)
                );
                let key = key(resource, method);
                self.diagnostics.push(
                    rules::AMBIGUOUS_OPERATION
                        .error(message, method.full_name.span.clone())
                        .help(format!("add \"{key}\" with the name of one of them to {OVERRIDES}")),
                );
            }
        }
        None
    }

    fn report_none(&mut self, resource: &str, method: &Method) {
        let message = format!("no operation was found for the method `{}`", method.full_name.value);
        let wanted = format!("{}{}", method.name, singular(resource).replace('_', ""));
        let known = self.model.operations.keys().map(String::as_str);
        let todo = format!(
            "add \"{}\" with the name of an operation to {OVERRIDES}, or import the operation into {}",
            key(resource, method),
            self.model.source.name()
        );
        let help = match self.diagnostics.nearest(&wanted, known) {
            Some(near) => {
                format!("did you mean the operation `{near}`? Correct the method's name, {todo}")
            }
            None => todo,
        };
        let found = rules::NO_OPERATION.error(message, method.full_name.span.clone());
        self.diagnostics.push(found.help(help));
    }
}

/// The names of at most [`MOST_NAMED`] operations.
fn several_of(operations: &[&Operation]) -> String {
    let names = operations.iter().take(MOST_NAMED).map(|operation| operation.name.as_str());
    if operations.len() > MOST_NAMED {
        let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
        return format!("{} and others", names.join(", "));
    }
    list_of(names)
}

/// The operations of a model by folded name, each with its position in the model.
pub(super) struct Operations<'m>(BTreeMap<String, Vec<(usize, &'m Operation)>>);

impl<'m> Operations<'m> {
    pub(super) fn of(model: &'m ServiceModel) -> Self {
        let mut by_name: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for (at, operation) in model.operations.values().enumerate() {
            by_name.entry(folded(&[&operation.name])).or_default().push((at, operation));
        }
        Self(by_name)
    }

    /// The operations that the rule finds for `method` of `resource`, at most one more than [`MOST_NAMED`]. If none has
    /// the resource in its name, the method's name alone decides (`list_mfa_devices`).
    pub(super) fn by_rule(&self, resource: &str, method: &str) -> Vec<&'m Operation> {
        let with_resource =
            self.named([folded(&[method, resource]), folded(&[method, &singular(resource)])]);
        if with_resource.is_empty() { self.named([folded(&[method])]) } else { with_resource }
    }

    /// The first operations with one of `names`, in the model's order.
    fn named<const N: usize>(&self, names: [String; N]) -> Vec<&'m Operation> {
        let names = BTreeSet::from(names);
        let lists = names.iter().filter_map(|name| self.0.get(name));
        // One more than a message names, so that it can say that there are others.
        let mut found: Vec<_> =
            lists.flat_map(|list| list.iter().take(MOST_NAMED + 1)).copied().collect();
        found.sort_unstable_by_key(|(at, _)| *at);
        found.truncate(MOST_NAMED + 1);
        found.into_iter().map(|(_, operation)| operation).collect()
    }
}

/// The letters and digits of `parts` in lower case.
fn folded(parts: &[&str]) -> String {
    #[cfg(test)]
    crate::work::step();
    let letters = parts.iter().flat_map(|part| part.chars());
    letters.filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}
