//! A page with all that its side knows of it.

use std::collections::HashMap;

use super::change::Subject;
use super::matching::{Pairs, Weighing};
use super::similarity::folded;
use super::snapshot::{Snapshot, verb};
use pagesmith_model::model::{Operation, ServiceModel, Structure};
use pagesmith_model::page::{Dialect, Method, Page};
use pagesmith_model::schema::{Resource, Service};
use pagesmith_model::words::singular;

/// A page with all that its side knows of it.
#[derive(Clone, Debug)]
pub(super) struct View<'a> {
    pub(super) page: &'a Page,
    pub(super) model: Option<&'a ServiceModel>,
    pub(super) service: Option<&'a Service>,
    /// What the page is bound to.
    pub(super) resource: Option<&'a Resource>,
    /// The operation of each method, in the page's order, where there is a model that has it.
    operations: Vec<Option<&'a Operation>>,
}

/// Every page of `snapshot`, in its order.
pub(super) fn views(snapshot: &Snapshot) -> Vec<View<'_>> {
    let mut views = Vec::new();
    for folder in &snapshot.folders {
        let model = folder.model.as_ref();
        let by_name: HashMap<String, &Operation> = model
            .iter()
            .flat_map(|model| model.operations.values())
            .map(|operation| (folded(&operation.name), operation))
            .collect();
        let service = folder.bound.as_ref();
        let resources: HashMap<String, &Resource> = service
            .iter()
            .flat_map(|service| &service.resources)
            .map(|resource| (resource.id.to_string(), resource))
            .collect();
        for page in &folder.pages {
            let resource = resources.get(&page.overview.id.to_string()).copied();
            let operation = |method: &Method| {
                let bound = resource.and_then(|resource| resource.method(&method.full_name));
                match bound {
                    Some(bound) => model?.operation(&bound.operation),
                    None => keys(page, method).iter().find_map(|key| by_name.get(key).copied()),
                }
            };
            let operations = page.methods.iter().map(operation).collect();
            views.push(View { page, model, service, resource, operations });
        }
    }
    views
}

impl<'a> View<'a> {
    /// The operation of the method at `index`.
    pub(super) fn operation(&self, index: usize) -> Option<&'a Operation> {
        self.operations.get(index).copied().flatten()
    }

    /// What the method at `index` takes, where that is known.
    pub(super) fn input(&self, index: usize) -> Option<&'a Structure> {
        self.model?.input_of(self.operation(index)?)
    }

    /// Whether the dialect of the page has a place for optional params, and for a table of params.
    pub(super) fn lists_params(&self) -> bool {
        self.page.dialect == Dialect::Tabs2026
    }

    /// Names under which the operation of a method can be known, whatever the dialect.
    pub(super) fn keys(&self, index: usize) -> Vec<String> {
        let method = self.page.methods.get(index);
        let mut keys: Vec<String> =
            method.map(|method| keys(self.page, method)).unwrap_or_default();
        keys.extend(self.operation(index).map(|operation| folded(&operation.name)));
        keys.dedup();
        keys
    }
}

/// The operation's name, folded, as the rule of binding makes it of a method's: verb and resource, in
/// the plural or the singular.
fn keys(page: &Page, method: &Method) -> Vec<String> {
    let resource = &page.overview.id.resource;
    let verb = verb(&method.name, resource);
    if verb == method.name && method.name == method.full_name.value {
        // The resource is not in the name: it is an operation's as it stands.
        return vec![folded(verb)];
    }
    [singular(resource), resource.clone()]
        .iter()
        .map(|noun| folded(&format!("{verb}{noun}")))
        .collect()
}

/// Two pages that describe the same resource.
#[derive(Debug)]
pub(super) struct Pair<'a> {
    pub(super) old: &'a View<'a>,
    pub(super) new: &'a View<'a>,
    /// Which methods are the same.
    pub(super) methods: Pairs,
    /// The page, by its old name.
    pub(super) subject: Subject,
    /// What may still be weighed to find what was renamed.
    pub(super) weighing: Weighing,
}

impl<'a> Pair<'a> {
    pub(super) fn new(old: &'a View<'a>, new: &'a View<'a>) -> Self {
        let subject = Subject::page(&old.page.overview.id);
        let weighing = Weighing::default();
        let methods = super::methods::pairs(old, new, &weighing);
        Self { old, new, methods, subject, weighing }
    }

    /// What both pages are bound to, where both are.
    pub(super) fn bound(&self) -> Option<(&'a Resource, &'a Resource)> {
        self.old.resource.zip(self.new.resource)
    }

    /// The two methods of each pair, with their places in their pages.
    pub(super) fn shared_methods(
        &self,
    ) -> impl Iterator<Item = (usize, usize, &'a Method, &'a Method)> {
        self.methods.both.iter().filter_map(|(old, new)| {
            Some((*old, *new, self.old.page.methods.get(*old)?, self.new.page.methods.get(*new)?))
        })
    }

    /// The old page's method as the subject of a change.
    pub(super) fn method(&self, method: &Method) -> Subject {
        self.subject.method(&method.name)
    }
}
