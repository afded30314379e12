//! Which operation a method is: `Verb + resource`, in the plural or the singular, or the method's
//! name by itself; whatever the case and the underscores.

use std::collections::{BTreeMap, BTreeSet};

use super::{Overrides, rules};
use crate::diagnostic::Diagnostics;
use crate::names::{list_of, nearest, singular};
use crate::page::{Method, Page};
use crate::wire::{Operation, ServiceModel};

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

    /// The operations that the rule gives for `method` of `resource`; one if all is well. Where the
    /// resource's name leads to none, the method may be named as its operation is (`list_mfa_devices`).
    pub(super) fn by_rule(&self, resource: &str, method: &str) -> Vec<&'m Operation> {
        let with_resource =
            self.named([folded(&[method, resource]), folded(&[method, &singular(resource)])]);
        if with_resource.is_empty() { self.named([folded(&[method])]) } else { with_resource }
    }

    /// Those of one of `names`, in the model's order.
    fn named<const N: usize>(&self, names: [String; N]) -> Vec<&'m Operation> {
        let names = BTreeSet::from(names);
        let mut found: Vec<_> =
            names.iter().filter_map(|name| self.folded.get(name)).flatten().copied().collect();
        found.sort_unstable_by_key(|(at, _)| *at);
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
    page.methods
        .iter()
        .filter_map(|method| {
            Some((method, find(page, method, operations, overrides, diagnostics)?))
        })
        .collect()
}

fn find<'m>(
    page: &Page,
    method: &Method,
    operations: &Operations<'m>,
    overrides: &Overrides,
    diagnostics: &mut Diagnostics,
) -> Option<&'m Operation> {
    let resource = &page.overview.id.resource;
    if let Some(name) = overrides.operation(resource, &method.name) {
        // One that names no operation has been reported as stale.
        return operations.model.operation(name);
    }
    match *operations.by_rule(resource, &method.name) {
        [operation] => Some(operation),
        [] => {
            diagnostics.push(no_operation(resource, method, operations.model));
            None
        }
        ref several => {
            let names = list_of(several.iter().map(|operation| operation.name.as_str()));
            diagnostics.push(rules::AMBIGUOUS_OPERATION.error(
                format!("the method `{}` could be {names}", method.full_name.value),
                method.full_name.span.clone(),
            ));
            None
        }
    }
}

fn no_operation(
    resource: &str,
    method: &Method,
    model: &ServiceModel,
) -> crate::diagnostic::Diagnostic {
    let names = || model.operations.keys().map(String::as_str);
    let wanted = format!("{}{}", method.name, singular(resource).replace('_', ""));
    let found = rules::NO_OPERATION.error(
        format!("no operation was found for the method `{}`", method.full_name.value),
        method.full_name.span.clone(),
    );
    match nearest(&wanted, names()) {
        Some(near) => found.help(format!(
            "did you mean `{near}`? Name it in overrides.json, or import the operation into {}",
            model.source.name()
        )),
        None => found,
    }
}

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
