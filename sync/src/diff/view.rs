//! A page with what the service model of its side says about it.

use std::collections::{BTreeMap, HashMap};

use super::similarity::folded;
use super::snapshot::{Folder, Snapshot};
use super::verb::verb;
use pagesmith_model::model::{Operation, ServiceModel, Structure};
use pagesmith_model::page::{Access, Dialect, Field, FieldTab, Method, Page, ResourceId};
use pagesmith_model::schema::{self, Resource, Service};
use pagesmith_model::source::Spanned;
use pagesmith_model::words::singular;

/// A page with what the service model of its side says about it.
#[derive(Debug)]
pub(super) struct PageView<'a> {
    pub(super) page: &'a Page,
    pub(super) model: Option<&'a ServiceModel>,
    pub(super) service: Option<&'a Service>,
    /// What the page is bound to.
    pub(super) resource: Option<&'a Resource>,
    /// In the order of the page.
    pub(super) methods: Vec<MethodView<'a>>,
}

/// A method with what the service model of its side says about it.
#[derive(Debug)]
pub(super) struct MethodView<'a> {
    pub(super) method: &'a Method,
    /// Its own table of fields.
    pub(super) table: Option<&'a FieldTab>,
    pub(super) operation: Option<&'a Operation>,
    /// The input of the operation.
    pub(super) input: Option<&'a Structure>,
    pub(super) bound: Option<&'a schema::Method>,
    /// The possible names of its operation, folded; methods of both sides that share one are the same.
    pub(super) keys: Vec<String>,
}

/// The pages of `snapshot`, in its order.
pub(super) fn views(snapshot: &Snapshot) -> Vec<PageView<'_>> {
    snapshot.folders.iter().flat_map(folder_views).collect()
}

fn folder_views<'a>(folder: &'a Folder) -> Vec<PageView<'a>> {
    let (model, service) = (folder.model.as_ref(), folder.bound.as_ref());
    let operations = model.iter().flat_map(|model| model.operations.values());
    let operations: HashMap<String, &Operation> =
        operations.map(|operation| (folded(&operation.name), operation)).collect();
    let resources = service.iter().flat_map(|service| &service.resources);
    let resources: BTreeMap<&ResourceId, &Resource> =
        resources.map(|resource| (&resource.id, resource)).collect();
    let view = |page: &'a Page| {
        let resource = resources.get(&page.overview.id.value).copied();
        let tables = page.field_tabs.iter().map(|tab| (tab.method.value.as_str(), tab));
        let mut tables: HashMap<&str, &FieldTab> = tables.collect();
        let methods = page.methods.iter().map(|method| {
            let bound = resource.and_then(|resource| resource.method(&method.full_name));
            let mut keys = keys(page, method);
            let operation = match bound {
                Some(bound) => model.and_then(|model| model.operation(&bound.operation)),
                None => keys.iter().find_map(|key| operations.get(key).copied()),
            };
            keys.extend(operation.map(|operation| folded(&operation.name)));
            let input = model.zip(operation).and_then(|(model, used)| model.input_of(used));
            // If a method has several rows, the first is the `SELECT` method.
            let table = tables.remove(method.full_name.as_str());
            MethodView { method, table, operation, input, bound, keys }
        });
        PageView { page, model, service, resource, methods: methods.collect() }
    };
    folder.pages.iter().map(view).collect()
}

/// The names that the operation of a method can have by the rules of binding: the verb with the resource, in the
/// plural or the singular. A name without the resource is the name of the operation.
fn keys(page: &Page, method: &Method) -> Vec<String> {
    let resource = &page.overview.id.resource;
    let verb = verb(&method.name, resource);
    if verb == method.full_name.value {
        return vec![folded(verb)];
    }
    [&singular(resource), resource].map(|noun| folded(&format!("{verb}{noun}"))).to_vec()
}

impl<'a> PageView<'a> {
    pub(super) fn id(&self) -> &'a Spanned<ResourceId> {
        &self.page.overview.id
    }

    /// The service of the page: `aws.iam`.
    pub(super) fn service_name(&self) -> String {
        format!("{}.{}", self.id().provider, self.id().service)
    }

    /// Whether the dialect of the page lists optional params and has a table of params.
    pub(super) fn lists_params(&self) -> bool {
        self.page.dialect == Dialect::Tabs2026
    }
}

impl<'a> MethodView<'a> {
    /// The name in the page, with the resource where the page writes that.
    pub(super) fn full_name(&self) -> &str {
        &self.method.full_name
    }

    /// The fields in its own table.
    pub(super) fn own_fields(&self) -> &'a [Field] {
        self.table.map_or(&[], |table| &table.fields)
    }

    pub(super) fn is_select(&self) -> bool {
        *self.method.access == Access::Select
    }
}
