//! Resources and their methods.

use std::collections::BTreeMap;

use super::naming::{self, MethodNames, ResourceNames, ServiceNames};
use super::types::ModuleContext;
use super::{Field, Structure, TypeName};
use crate::names::{RustName, Scope, WireName};
use pagesmith_model::invariant;
use pagesmith_model::page::ResourceId;
use pagesmith_model::schema::{self, OutputShape, Target};

/// The module of a resource.
#[derive(Clone, Debug)]
pub struct Resource {
    /// `aws.iam_api.mfa_devices`
    pub id: ResourceId,
    /// The module, and the function that returns the handle: `mfa_devices`.
    pub module: RustName,
    /// `MfaDevices`
    pub handle: RustName,
    /// The Cargo feature that the resource requires.
    pub feature: Option<String>,
    /// `MfaDevice`
    pub row: Option<Structure>,
    /// In the page's order.
    pub methods: Vec<Method>,
    /// The types that it exports from `types`.
    pub reexports: Vec<RustName>,
    /// The traits of its module `required`, sorted by the param's name on the wire.
    pub required: Vec<RequiredTrait>,
}

/// The trait that `send` requires for a param.
#[derive(Clone, Debug)]
pub struct RequiredTrait {
    /// `UserNameIsGiven`
    pub name: RustName,
    /// `UserName`
    pub param: String,
    /// `user_name`
    pub setter: RustName,
}

/// A method and its request.
#[derive(Clone, Debug)]
pub struct Method {
    /// The method that was lowered.
    pub bound: schema::Method,
    /// The method of the handle: `list`.
    pub name: RustName,
    /// The request.
    pub request: RustName,
    /// The input.
    pub input: RustName,
    /// In the order of the method's input.
    pub params: Vec<Param>,
    /// The output.
    pub output: Output,
    /// The codes of the errors and their variants of `ErrorCode`, in the model's order.
    pub errors: Vec<(String, RustName)>,
    /// For a listing: the type of a row, and the field of the output that has the rows.
    pub rows: Option<(String, Field)>,
}

/// What `send` returns.
#[derive(Clone, Debug)]
pub enum Output {
    /// `()`
    Nothing,
    /// A row of the resource: its name.
    Row(TypeName),
    /// A structure of the method's own.
    Structure(Structure),
}

/// A param of a method.
#[derive(Clone, Debug)]
pub struct Param {
    /// The field of the input.
    pub field: Field,
    /// The setter of the request.
    pub setter: RustName,
    /// The setter that takes an `Option`.
    pub option_setter: RustName,
    /// The state of a required param.
    pub given: Option<Given>,
}

/// The state of a required param in the type of a request.
#[derive(Clone, Debug)]
pub struct Given {
    /// The type parameter of the request: `U`.
    pub parameter: RustName,
    /// The trait that `send` requires of it.
    pub required: RustName,
}

impl Resource {
    pub(super) fn new(
        resource: &schema::Resource,
        own: &ResourceNames,
        names: &ServiceNames,
        errors: &BTreeMap<&str, &RustName>,
    ) -> Self {
        let row_members = resource.row_members();
        let context = ModuleContext { names, row: own.row.as_ref(), row_members, is_types: false };
        let setters: Vec<Vec<RustName>> =
            resource.methods.iter().map(|method| naming::setters(&method.input)).collect();
        let required = required(resource, &own.types, &setters);
        let reexports = own
            .shapes
            .iter()
            .map(|shape| invariant!(names.shapes.get(shape), "every shape was named").name.clone());
        let methods = resource.methods.iter().zip(&own.methods).zip(&setters);
        Self {
            id: resource.id.clone(),
            module: own.module.clone(),
            handle: own.handle.clone(),
            feature: None,
            row: own.row.as_ref().map(|row| Structure::new(row, row_members, context)),
            methods: methods
                .map(|((method, names), setters)| {
                    let params = params(method, setters, own, &required, context);
                    Method::new(method, names, params, context, errors)
                })
                .collect(),
            reexports: reexports.collect(),
            required: required.into_values().collect(),
        }
    }
}

impl Resource {
    /// The row and the outputs of the methods.
    pub fn structures(&self) -> impl Iterator<Item = &Structure> {
        let outputs = self.methods.iter().filter_map(|method| match &method.output {
            Output::Structure(structure) => Some(structure),
            Output::Nothing | Output::Row(_) => None,
        });
        self.row.iter().chain(outputs)
    }
}

impl Method {
    fn new(
        method: &schema::Method,
        names: &MethodNames,
        params: Vec<Param>,
        context: ModuleContext<'_>,
        errors: &BTreeMap<&str, &RustName>,
    ) -> Self {
        let output = match method.output.as_ref().map(|output| &output.shape) {
            None => Output::Nothing,
            Some(OutputShape::Row) => {
                Output::Row(invariant!(context.row, "only a page with fields has rows").clone())
            }
            Some(OutputShape::Members(members)) => {
                Output::Structure(Structure::new(&names.output, members, context))
            }
        };
        let rows = rows(method, &output, context);
        let errors = method.error_codes.iter().map(|code| {
            let variant = invariant!(errors.get(code.as_str()), "the service has every code");
            (code.clone(), (*variant).clone())
        });
        Self {
            bound: method.clone(),
            name: names.method.clone(),
            request: names.request.clone(),
            input: names.input.clone(),
            params,
            errors: errors.collect(),
            output,
            rows,
        }
    }

    /// The required params, in the order of the request's type parameters.
    pub fn given(&self) -> impl Iterator<Item = &Given> {
        self.params.iter().filter_map(|param| param.given.as_ref())
    }

    /// The required params, in the page's order.
    pub fn required(&self) -> impl Iterator<Item = &Param> {
        let named = |name: &String| self.params.iter().find(|p| p.field.member.name == *name);
        self.bound.required_params.iter().filter_map(named)
    }

    /// The optional params, in the model's order.
    pub fn optional(&self) -> impl Iterator<Item = &Param> {
        self.params.iter().filter(|param| param.given.is_none())
    }
}

impl Output {
    /// The type, as code writes it.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Nothing => "()".to_owned(),
            Self::Row(row) => row.name.to_string(),
            Self::Structure(structure) => structure.name.name.to_string(),
        }
    }
}

/// The traits of the required params of `resource`, by the name on the wire. `setters` are those of each
/// method.
fn required(
    resource: &schema::Resource,
    types: &Scope,
    setters: &[Vec<RustName>],
) -> BTreeMap<String, RequiredTrait> {
    let mut scope = types.clone();
    let mut traits = BTreeMap::new();
    for (method, setters) in resource.methods.iter().zip(setters) {
        for (member, setter) in method.input.iter().zip(setters) {
            if member.required && !traits.contains_key(&member.name) {
                // The compiler shows the path of a trait that has the name of another type.
                let name = scope.take(WireName(&member.name).to_camel());
                let name = WireName(&format!("{} is given", name.plain())).to_camel();
                let (param, setter) = (member.name.clone(), setter.clone());
                traits.insert(member.name.clone(), RequiredTrait { name, param, setter });
            }
        }
    }
    traits
}

fn params(
    method: &schema::Method,
    setters: &[RustName],
    own: &ResourceNames,
    required: &BTreeMap<String, RequiredTrait>,
    context: ModuleContext<'_>,
) -> Vec<Param> {
    let option_setters = naming::option_setters(setters);
    let fields = Field::all(&method.input, context);
    let mut parameters = Scope::default();
    let params = fields.into_iter().zip(setters).zip(option_setters);
    params
        .map(|((field, setter), option_setter)| {
            let given = field.member.required.then(|| Given {
                parameter: parameter(&field.member.name, &mut parameters, &own.types),
                required: invariant!(
                    required.get(&field.member.name),
                    "every required param has a trait"
                )
                .name
                .clone(),
            });
            Param { field, setter: setter.clone(), option_setter, given }
        })
        .collect()
}

/// A short name of a type parameter for the param `name`, which hides none of `types`: `C1` for `code1`.
fn parameter(name: &str, taken: &mut Scope, types: &Scope) -> RustName {
    let letter = name.chars().find(char::is_ascii_alphabetic).unwrap_or('P');
    let digits = name.trim_start_matches(|c: char| !c.is_ascii_digit());
    let digits = if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits } else { "" };
    let wanted = WireName(&format!("{}{digits}", letter.to_ascii_uppercase())).to_camel();
    loop {
        let found = taken.take(wanted.clone());
        if types.is_free(&found) {
            return found;
        }
    }
}

fn rows(
    method: &schema::Method,
    output: &Output,
    context: ModuleContext<'_>,
) -> Option<(String, Field)> {
    let rows = method.listing.as_ref()?.rows?;
    let Output::Structure(structure) = output else { return None };
    let field = invariant!(structure.fields.get(rows), "the index is one of this output");
    let Target::List { element, sparse, .. } = &field.member.target else { return None };
    Some((context.element(element, *sparse, field.member.sensitive), field.clone()))
}
