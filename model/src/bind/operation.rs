//! Which operation a method is: `Verb + resource`, in the plural or the singular, or the method's
//! name by itself; whatever the case and the underscores.

use std::collections::{BTreeMap, BTreeSet};

use super::overrides::key;
use super::{Overrides, rules};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Operation, ServiceModel};
use crate::page::{Method, Page};
use crate::words::{list_of, singular};

/// The operations of a model, for finding those of many methods.
pub(super) struct Operations<'m> {
    model: &'m ServiceModel,
    /// By their names as the rule compares them, each with its place in the model's order.
    folded: BTreeMap<String, Vec<(usize, &'m Operation)>>,
}

impl<'m> Operations<'m> {
    pub(super) fn of(model: &'m ServiceModel) -> Self {
        let mut by_name: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for (at, operation) in model.operations.values().enumerate() {
            by_name.entry(folded(&[&operation.name])).or_default().push((at, operation));
        }
        Self { model, folded: by_name }
    }

    /// The first operations that the rule gives for `method` of `resource`; one if all is well. Where the
    /// resource's name leads to none, the method may be named as its operation is (`list_mfa_devices`).
    pub(super) fn by_rule(&self, resource: &str, method: &str) -> Vec<&'m Operation> {
        let with_resource =
            self.named([folded(&[method, resource]), folded(&[method, &singular(resource)])]);
        if with_resource.is_empty() { self.named([folded(&[method])]) } else { with_resource }
    }

    /// The first of those of one of `names`, in the model's order.
    fn named<const N: usize>(&self, names: [String; N]) -> Vec<&'m Operation> {
        let names = BTreeSet::from(names);
        let lists = names.iter().filter_map(|name| self.folded.get(name));
        // One more than is named tells that there are more.
        let mut found: Vec<_> =
            lists.flat_map(|list| list.iter().take(MOST_NAMED + 1)).copied().collect();
        found.sort_unstable_by_key(|(at, _)| *at);
        found.truncate(MOST_NAMED + 1);
        found.into_iter().map(|(_, operation)| operation).collect()
    }
}

/// Each method of `page` with its operation; a method without one is reported and left out.
pub(super) fn find_all<'p, 'm>(
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
            // One that names no operation has been reported as stale.
            return self.operations.model.operation(name);
        }
        match *self.operations.by_rule(resource, &method.name) {
            [operation] => Some(operation),
            [] => {
                let found = self.no_operation(method, diagnostics);
                diagnostics.push(found);
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

/// The most operations that a message names.
const MOST_NAMED: usize = 5;

/// The names of the first of `operations`.
fn several_of(operations: &[&Operation]) -> String {
    let names = operations.iter().take(MOST_NAMED).map(|operation| operation.name.as_str());
    if operations.len() > MOST_NAMED {
        let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
        return format!("{} or others", names.join(", "));
    }
    list_of(names)
}

/// Where an operation is named by hand.
const OVERRIDES: &str = "\"operations\" of overrides.json";

fn folded(parts: &[&str]) -> String {
    #[cfg(test)]
    crate::work::step();
    parts
        .iter()
        .flat_map(|part| part.chars())
        .filter(char::is_ascii_alphanumeric)
        .map(|character| character.to_ascii_lowercase())
        .collect()
}
