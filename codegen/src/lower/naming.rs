//! The Rust names of everything in a service. Collisions are resolved here and nowhere else.

use std::collections::{BTreeMap, BTreeSet};

use super::TypeName;
use crate::SdkSettings;
use crate::names::{RustName, Scope, WireName};
use pagesmith_model::schema::{Member, Method, Resource, Service, Target};
use pagesmith_model::threads;

/// Types that generated code names without a path.
const PRELUDE: [&str; 18] = [
    "String",
    "Vec",
    "Box",
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "Self",
    "Into",
    "From",
    "IntoIterator",
    "Iterator",
    "Given",
    "Missing",
    // Type parameters.
    "K",
    "V",
];

/// Names that the module of a resource cannot have.
const OTHER_MODULES: [&str; 3] = ["types", "error_code", "mod"];

/// The module of the provider or the service `name`, which cannot be `mod` because its code is in `mod.rs`.
pub(crate) fn outer_module(name: &str) -> RustName {
    Scope::with(["mod"]).take(WireName(name).to_snake())
}

/// The methods of every request.
const BUILDER_METHODS: [&str; 12] = [
    "send",
    "send_blocking",
    "rows",
    "rows_blocking",
    "pages",
    "region",
    "timeout",
    "retry",
    "credentials",
    "credentials_provider",
    "header",
    "clone",
];

/// The names of a service.
pub(super) struct ServiceNames {
    /// Of structures and enums in `types`, by the model's name.
    pub(super) shapes: BTreeMap<String, TypeName>,
    /// In the service's order.
    pub(super) resources: Vec<ResourceNames>,
    /// The structures that contain a float, at any depth.
    with_floats: BTreeSet<String>,
}

/// The names of a resource's module.
pub(super) struct ResourceNames {
    /// Of the module and the function.
    pub(super) module: RustName,
    pub(super) handle: RustName,
    pub(super) row: Option<TypeName>,
    /// In the resource's order.
    pub(super) methods: Vec<MethodNames>,
    /// The types that it exports from `types`, by the model's name.
    pub(super) shapes: Vec<String>,
    /// Every type that its code names without a path.
    pub(super) types: Scope,
}

/// The names of a method.
pub(super) struct MethodNames {
    /// Of the method of the handle.
    pub(super) method: RustName,
    pub(super) request: RustName,
    pub(super) input: RustName,
    pub(super) output: TypeName,
}

impl ServiceNames {
    pub(super) fn assign(service: &Service, settings: &SdkSettings) -> Self {
        let mut modules = Scope::with(OTHER_MODULES);
        // The path of the runtime must not mean a module of a resource.
        let runtime = settings.runtime.split("::").next();
        modules.take(WireName(runtime.unwrap_or(&settings.runtime)).to_snake());
        let mut names = Scope::with(PRELUDE);
        let mut shapes: BTreeMap<_, _> = service
            .schemas
            .keys()
            .map(|shape| (shape.clone(), TypeName::take(&mut names, WireName(shape).to_camel())))
            .collect();
        for shape in service.error_structures.values() {
            if let Some(name) = shapes.get_mut(shape).filter(|name| name.builder.is_none()) {
                name.take_builder(&mut names);
            }
        }
        let mut resources =
            threads::map(&service.resources, |resource| ResourceNames::assign(resource, &shapes));
        // A resource whose name is valid without a change keeps it.
        let (exact, inexact): (Vec<_>, Vec<_>) = service
            .resources
            .iter()
            .zip(&mut resources)
            .partition(|(resource, own)| resource.id.resource == own.module.plain());
        for (_, own) in exact.into_iter().chain(inexact) {
            own.module = modules.take(own.module.clone());
        }
        Self { shapes, resources, with_floats: with_floats(service) }
    }

    /// Whether the values of all `members` have `Eq`, which no float has. `row` has the members of the row.
    pub(super) fn have_eq(&self, members: &[Member], row: &[Member]) -> bool {
        let has_float = |member: &Member| has_float(&member.target, &self.with_floats);
        let holds_row = members.iter().any(|member| member.target.is_row());
        let row = if holds_row { row } else { &[] };
        !members.iter().chain(row).any(has_float)
    }
}

/// The structures of `service` that contain a float, at any depth.
fn with_floats(service: &Service) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    loop {
        let more = service.schemas.iter().filter_map(|(name, shape)| {
            let members = shape.members()?;
            let holds_one = || members.iter().any(|member| has_float(&member.target, &found));
            (!found.contains(name) && holds_one()).then(|| name.clone())
        });
        let more: Vec<String> = more.collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

fn has_float(ty: &Target, with_floats: &BTreeSet<String>) -> bool {
    match ty {
        Target::Float | Target::Double => true,
        Target::Structure(shape) => with_floats.contains(shape),
        Target::List { element: inner, .. } | Target::Map { value: inner, .. } => {
            has_float(inner, with_floats)
        }
        _ => false,
    }
}

impl ResourceNames {
    /// The names of `resource`, whose module can have the name of another.
    fn assign(resource: &Resource, shapes: &BTreeMap<String, TypeName>) -> Self {
        let mut types = Scope::with(PRELUDE);
        let plural = WireName(&resource.id.resource).to_camel();
        let row = resource.row.as_ref();
        let mut row = row.map(|row| TypeName::take(&mut types, WireName(&row.name).to_camel()));
        let handle = match &row {
            Some(row) if row.name == plural => types.take(plural.with_suffix("Resource")),
            _ => types.take(plural),
        };
        let mut on_handle = Scope::default();
        let mut methods: Vec<MethodNames> = resource
            .methods
            .iter()
            .map(|method| MethodNames::assign(method, &mut on_handle, &mut types))
            .collect();
        // Last, so that the names of what the page describes do not depend on them.
        for name in row.iter_mut().chain(methods.iter_mut().map(|names| &mut names.output)) {
            name.take_builder(&mut types);
        }
        let shapes = shapes_used(resource)
            .into_iter()
            .filter(|shape| shapes.get(shape).is_some_and(|name| types.is_free(&name.name)))
            .collect();
        let module = WireName(&resource.id.resource).to_snake();
        Self { module, handle, row, methods, shapes, types }
    }
}

impl MethodNames {
    fn assign(method: &Method, on_handle: &mut Scope, types: &mut Scope) -> Self {
        let request = WireName(&method.operation).to_camel();
        Self {
            method: on_handle.take(WireName(&method.name).to_snake()),
            input: types.take(request.with_suffix("Input")),
            output: TypeName::take(types, request.with_suffix("Output")),
            request: types.take(request),
        }
    }
}

/// The names of the fields for `members`.
pub(super) fn fields(members: &[Member]) -> Vec<RustName> {
    let mut scope = Scope::default();
    members.iter().map(|member| scope.take(WireName(&member.name).to_snake())).collect()
}

/// The names of a request's setters for `members`.
pub(super) fn setters(members: &[Member]) -> Vec<RustName> {
    let mut scope = Scope::with(BUILDER_METHODS);
    members.iter().map(|member| scope.take(WireName(&member.name).to_snake())).collect()
}

/// The names of the methods for the waiters of `method`. No setter begins like them unless a param does.
pub(super) fn waiters(method: &Method) -> Vec<RustName> {
    let setters = setters(&method.input);
    let mut scope = Scope::with(BUILDER_METHODS);
    for setter in option_setters(&setters).into_iter().chain(setters) {
        scope.take(setter);
    }
    let names = method.waiters.iter().map(|waiter| format!("wait until {}", waiter.name));
    names.map(|name| scope.take(WireName(&name).to_snake())).collect()
}

/// The names of the setters that take an `Option`, for those of `setters`.
pub(super) fn option_setters(setters: &[RustName]) -> Vec<RustName> {
    let mut scope = Scope::with(BUILDER_METHODS);
    for setter in setters {
        scope.take(setter.clone());
    }
    let set = |setter: &RustName| WireName(&format!("set_{}", setter.plain())).to_snake();
    setters.iter().map(|setter| scope.take(set(setter))).collect()
}

/// The names of the setters of a structure's builder for its `fields`.
pub(super) fn builder_setters(fields: &[RustName]) -> Vec<RustName> {
    let mut scope = Scope::with(["build", "clone"]);
    fields.iter().map(|field| scope.take(field.clone())).collect()
}

/// The names of the variants for `values` on the wire, and the name of the variant for any other value, which is
/// called `other`. A value that is a Rust name keeps it.
pub(super) fn variants(values: &[String], other: &str) -> (Vec<RustName>, RustName) {
    let mut scope = Scope::default();
    let other = scope.take(WireName(other).to_camel());
    let mut names = BTreeMap::new();
    let (exact, inexact): (Vec<_>, Vec<_>) =
        values.iter().partition(|value| WireName(value).to_camel().plain() == **value);
    for value in exact.into_iter().chain(inexact) {
        names.insert(value, scope.take(WireName(value).to_camel()));
    }
    (values.iter().filter_map(|value| names.get(value).cloned()).collect(), other)
}

impl TypeName {
    fn take(scope: &mut Scope, wanted: RustName) -> Self {
        Self { name: scope.take(wanted), builder: None }
    }

    /// Adds the name of the builder.
    fn take_builder(&mut self, scope: &mut Scope) {
        self.builder = Some(scope.take(self.name.with_suffix("Builder")));
    }
}

/// The named types that a resource's methods take and return, sorted.
fn shapes_used(resource: &Resource) -> Vec<String> {
    let outputs = resource.methods.iter().filter_map(Method::own_output);
    let rows = [resource.row_members()];
    let inputs = resource.methods.iter().map(|method| &*method.input);
    let mut used: Vec<String> = inputs
        .chain(outputs)
        .chain(rows)
        .flatten()
        .filter_map(|member| member.target.schema().map(str::to_owned))
        .collect();
    used.sort();
    used.dedup();
    used
}
