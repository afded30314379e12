//! What the code of a resource is called and takes, as text: for documents about it.

use std::collections::BTreeMap;

use quote::ToTokens;

use super::format;
use super::naming::{self, MethodNames, ResourceNames, ServiceNames};
use super::types::ModuleContext;
use crate::SdkSettings;
use crate::names::RustName;
use pagesmith_model::bind::{Member, Method, OutputShape, Resource, Service};

/// What the code of a resource is called, as text. Names are as code writes them (`r#type`), types
/// as they are written in the module of the resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// `aws::iam_api`: the module of the service, below the SDK's root.
    pub service: String,
    /// `mfa_devices`: the module, and the function that gives the handle.
    pub module: String,
    /// `MfaDevices`
    pub handle: String,
    /// `MfaDevice`
    pub row: Option<String>,
    /// The fields of the row, in its order.
    pub fields: Vec<OutlineMember>,
    /// In the resource's order.
    pub methods: Vec<OutlineMethod>,
    /// The structures and enums of the service in the module `types`, by the model's name.
    pub shapes: BTreeMap<String, String>,
    /// The path by which examples reach the SDK's root, where others can.
    pub examples_path: Option<String>,
}

/// A method and its request builder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineMethod {
    /// `list`
    pub name: String,
    /// `ListMfaDevices`
    pub builder: String,
    /// The builder's setters, in the order of the method's input.
    pub setters: Vec<OutlineMember>,
    /// What sending gives: `ListMfaDevicesOutput`, `()`.
    pub output: String,
    /// The codes of errors and their variants of `ErrorCode`, in the method's order.
    pub errors: Vec<(String, String)>,
}

/// A field of a structure, or a setter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineMember {
    /// `user_name`
    pub name: String,
    /// Its type: `Option<String>`; of a setter, what it takes: `impl Into<String>`.
    pub takes: String,
    /// The type of the value in it, if there is one: `String`.
    pub ty: String,
}

/// The outlines of the resources of `service`, in its order.
#[must_use]
pub fn outlines(service: &Service, settings: &SdkSettings) -> Vec<Outline> {
    let names = ServiceNames::assign(service);
    let resources = service.resources.iter().zip(&names.resources);
    let of = |(resource, own): (&Resource, &ResourceNames)| {
        let setters: Vec<Vec<RustName>> =
            resource.methods.iter().map(|method| naming::setters(&method.input)).collect();
        let fields = naming::fields(row_members(resource));
        outline(service, settings, resource, &names, own, &fields, &setters)
    };
    resources.map(of).collect()
}

/// The fields of the row, if there is one.
pub(super) fn row_members(resource: &Resource) -> &[Member] {
    resource.row.as_ref().map_or(&[], |row| row.members.as_slice())
}

/// The outline of `resource`; `fields` are those of its row, and `setters` those of each method.
pub(super) fn outline(
    service: &Service,
    settings: &SdkSettings,
    resource: &Resource,
    names: &ServiceNames,
    own: &ResourceNames,
    fields: &[RustName],
    setters: &[Vec<RustName>],
) -> Outline {
    let place = ModuleContext {
        names,
        settings,
        row: own.row.as_ref(),
        row_members: row_members(resource),
        in_types: false,
    };
    let fields = row_members(resource).iter().zip(fields).map(|(member, name)| OutlineMember {
        name: name.to_string(),
        takes: shown(&place.field(member)),
        ty: shown(&place.rust_type(&member.ty, member.sensitive)),
    });
    let methods = resource.methods.iter().zip(&own.methods).zip(setters);
    let methods = methods
        .map(|((method, names), setters)| method_outline(method, names, own, place, setters));
    let shapes = names.shapes.iter().map(|(shape, name)| (shape.clone(), name.name.to_string()));
    Outline {
        service: format!(
            "{}::{}",
            naming::outer_module(&service.provider),
            naming::outer_module(&service.name)
        ),
        module: own.module.to_string(),
        handle: own.handle.to_string(),
        row: own.row.as_ref().map(|row| row.name.to_string()),
        fields: fields.collect(),
        methods: methods.collect(),
        shapes: shapes.collect(),
        examples_path: settings.path_of_examples().map(str::to_owned),
    }
}

fn method_outline(
    method: &Method,
    names: &MethodNames,
    own: &ResourceNames,
    place: ModuleContext<'_>,
    setters: &[RustName],
) -> OutlineMethod {
    let setters = method.input.iter().zip(setters).map(|(member, name)| OutlineMember {
        name: name.to_string(),
        takes: shown(&place.takes(member)),
        ty: shown(&place.rust_type(&member.ty, member.sensitive)),
    });
    let output = match method.output.as_ref().map(|output| &output.content) {
        None => "()".to_owned(),
        Some(OutputShape::Members(_)) => names.output.name.to_string(),
        Some(OutputShape::Row) => {
            own.row.as_ref().map(|row| row.name.to_string()).unwrap_or_default()
        }
    };
    let errors = method.error_codes.iter().filter_map(|code| {
        let variant = place.names.error_codes.get(code)?;
        Some((code.clone(), variant.to_string()))
    });
    OutlineMethod {
        name: names.method.to_string(),
        builder: names.builder.name.to_string(),
        setters: setters.collect(),
        output,
        errors: errors.collect(),
    }
}

/// A type as text.
fn shown(of_type: &impl ToTokens) -> String {
    format::of_type(&of_type.to_token_stream())
}
