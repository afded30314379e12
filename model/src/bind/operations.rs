//! The rule that finds the operation of a method: verb and resource, in the plural or the singular, or the method's name
//! alone. Case and underscores do not matter.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Operation, ServiceModel};
use crate::words::singular;

/// The most operations that a message names.
pub(super) const MOST_NAMED: usize = 5;

/// The operations of a model, indexed by name.
pub(super) struct Operations<'m> {
    /// The model.
    pub(super) model: &'m ServiceModel,
    /// By folded name, each with its position in the model.
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
        let lists = names.iter().filter_map(|name| self.folded.get(name));
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
    parts
        .iter()
        .flat_map(|part| part.chars())
        .filter(char::is_ascii_alphanumeric)
        .map(|character| character.to_ascii_lowercase())
        .collect()
}
