//! Lowering: every Rust name and type of an SDK is decided here. [`emit`](crate::emit) and
//! [`reference`](crate::reference) print a lowered [`Sdk`] and decide nothing.

mod features;
mod naming;
mod resource;
mod structure;
mod types;

pub use self::resource::{Given, Method, Output, Param, RequiredTrait, Resource};
pub use self::structure::{Field, Structure};
pub use self::types::{Conversion, Types};

use std::collections::BTreeMap;

use self::naming::ServiceNames;
pub(crate) use self::naming::outer_module;
use self::types::ModuleContext;
use crate::names::RustName;
use crate::settings::SdkSettings;
use pagesmith_model::schema::{self, Schema};
use pagesmith_model::{invariant, threads};

/// An SDK with the Rust names and types of everything in it.
#[derive(Clone, Debug)]
pub struct Sdk {
    /// In the order of the bound services.
    pub services: Vec<Service>,
}

/// A service of an SDK.
#[derive(Clone, Debug)]
pub struct Service {
    /// The service that was lowered.
    pub bound: schema::Service,
    /// The module of the provider: `aws`.
    pub provider: RustName,
    /// The module of the service: `iam_api`.
    pub module: RustName,
    /// The variants of `ErrorCode`, in the service's order.
    pub error_codes: Vec<Variant>,
    /// The structures and enums of the module `types`, by the model's name.
    pub types: BTreeMap<String, TypeItem>,
    /// In the service's order.
    pub resources: Vec<Resource>,
}

/// An item of the module `types`.
#[derive(Clone, Debug)]
pub enum TypeItem {
    /// A structure or a union.
    Structure(Structure),
    /// An open enum.
    Enum {
        /// The name of the enum.
        name: RustName,
        /// The values that the model names.
        variants: Vec<Variant>,
        /// The variant for any other value.
        other: RustName,
    },
}

/// A variant of an open enum.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The name of the variant.
    pub name: RustName,
    /// The value on the wire.
    pub value: String,
}

/// The name of a type and of its builder.
#[derive(Clone, Debug)]
pub struct TypeName {
    /// `Tag`
    pub name: RustName,
    /// `TagBuilder`, where the type has a builder.
    pub builder: Option<RustName>,
}

/// Lowers `services`.
#[must_use]
pub fn lower(services: &[schema::Service], settings: &SdkSettings) -> Sdk {
    let mut services = threads::map(services, |service| Service::new(service, settings));
    if settings.feature_per_resource {
        features::assign(&mut services, settings);
    }
    Sdk { services }
}

impl Sdk {
    /// The features that the resources require, sorted.
    #[must_use]
    pub fn features(&self) -> Vec<String> {
        let resources = self.services.iter().flat_map(|service| &service.resources);
        let mut features: Vec<String> =
            resources.filter_map(|resource| resource.feature.clone()).collect();
        features.sort();
        features
    }
}

impl Service {
    fn new(service: &schema::Service, settings: &SdkSettings) -> Self {
        let names = ServiceNames::assign(service, settings);
        let variants = |values: &[String]| -> (Vec<Variant>, RustName) {
            let (names, other) = naming::variants(values, "Other");
            let variants = values.iter().zip(names);
            let variants = variants.map(|(value, name)| Variant { name, value: value.clone() });
            (variants.collect(), other)
        };
        let errors: BTreeMap<&String, &String> = service
            .error_structures
            .iter()
            .rev()
            .map(|(code, structure)| (structure, code))
            .collect();
        let schemas = &service.schemas;
        let context =
            ModuleContext { names: &names, row: None, row_members: &[], schemas, is_types: true };
        let types = service.schemas.iter().map(|(shape, content)| {
            let name = invariant!(names.shapes.get(shape), "every shape was named");
            let item = match content {
                Schema::Union(members) => {
                    TypeItem::Structure(Structure::union(name, members, context))
                }
                Schema::Structure(members) => {
                    let mut structure = Structure::new(name, members, context);
                    structure.error_code = errors.get(shape).map(|code| (*code).clone());
                    structure.is_input = structure.error_code.is_none();
                    TypeItem::Structure(structure)
                }
                Schema::Enum(values) => {
                    let (variants, other) = variants(values);
                    TypeItem::Enum { name: name.name.clone(), variants, other }
                }
            };
            (shape.clone(), item)
        });
        let resources = service.resources.iter().zip(&names.resources);
        let error_codes = variants(&service.error_codes).0;
        let by_code: BTreeMap<&str, &RustName> =
            error_codes.iter().map(|error| (error.value.as_str(), &error.name)).collect();
        Self {
            bound: service.clone(),
            provider: outer_module(&service.provider),
            module: outer_module(&service.name),
            types: types.collect(),
            resources: resources
                .map(|(resource, own)| Resource::new(resource, own, &names, schemas, &by_code))
                .collect(),
            error_codes,
        }
    }

    /// The path of the service's module below the root of the SDK: `aws::iam_api`.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}::{}", self.provider, self.module)
    }
}

impl TypeItem {
    /// The name of the type.
    #[must_use]
    pub fn name(&self) -> &RustName {
        match self {
            Self::Structure(structure) => &structure.name.name,
            Self::Enum { name, .. } => name,
        }
    }
}
