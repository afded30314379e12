//! Calls of methods by name, with params and results as JSON, from pages and service models that are read at run time.
//!
//! The compiler checks calls of generated code. This module is for programs that know only at run time which method to
//! call, such as a command line or an SQL interface. It uses the same client, encoder, decoder and schemas.
//!
//! ```no_run
//! # async fn example() -> Result<(), pagesmith::Error> {
//! use pagesmith::{Client, dynamic::Resources};
//! use serde_json::json;
//!
//! let resources = Resources::load("seeds")?;
//! let list = resources.method("aws.iam_api.mfa_devices.List")?;
//! let client = Client::from_env()?;
//! let mut rows = list.call(&client).param("UserName", json!("alice")).rows()?;
//! while let Some(device) = rows.try_next().await? {
//!     println!("{}", device["SerialNumber"]);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Params and members have the names of the page and the model (`UserName`). In JSON a timestamp is a string as in
//! RFC 3339, or the number of seconds since 1970 if its year is not one of 0 to 9999, a blob is base64, and
//! numbers that JSON cannot represent are `"NaN"`, `"Infinity"` and `"-Infinity"`.

mod call;
mod json;
mod listing;
mod request;
mod stream;
mod tables;
mod value;

use std::path::Path;
use std::sync::Arc;

use http::HeaderMap;
use pagesmith_model::bind;
use pagesmith_model::diagnostic::{Outcome, Style};
use pagesmith_model::layout;
use pagesmith_model::model::ServiceModel;
use pagesmith_model::schema::{self, Resource, Service};
use pagesmith_model::source::Source;
use pagesmith_model::words::{did_you_mean, list_of};

pub use self::call::Call;
pub use self::listing::{Pages, Rows};
pub use self::stream::Events;
use self::value::{DynamicRecord, Schemas};
use crate::error::{Error, ErrorKind};
use crate::redact::Sanitizer;
use crate::schema::{Budget, Response};

/// The resources of a folder of pages, bound to the service models beside them. A clone is cheap.
#[derive(Clone)]
pub struct Resources(Arc<[Method]>);

impl Resources {
    /// Reads the pages and service models below `folder`, with the same layout as for the generator:
    /// `PROVIDER/SERVICE/RESOURCE.md`, and `service-2.json` beside the pages. Settings in `sdk.json` are not read.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`], with every problem in the files, each with its line and column.
    pub fn load(folder: impl AsRef<Path>) -> Result<Self, Error> {
        let folder = folder.as_ref();
        let read = layout::read(folder, &folder.to_string_lossy(), &layout::Options::default());
        let mut diagnostics = read.diagnostics;
        let value = read.value.and_then(|layout| {
            let bound = layout::bind(&layout.folders, |_| true);
            diagnostics.append(bound.diagnostics);
            bound.value
        });
        let services = Outcome { value, diagnostics };
        Self::bound(services, "the pages cannot be used")
    }

    /// The operations of a service model alone, without a page: `service` is the text of AWS's
    /// `service-2.json`, `paginators` that of `paginators-1.json`. The operation `ListUsers` is the method
    /// `model.service.operations.ListUsers`; the name `ListUsers` alone finds it too. Operations whose requests are event
    /// streams are left out.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`], with every problem in the model.
    pub fn from_model(service: &str, paginators: Option<&str>) -> Result<Self, Error> {
        let paginators = paginators.map(|text| Source::new("paginators-1.json", text));
        let read = ServiceModel::read(&Source::new("service-2.json", service), paginators.as_ref());
        let bound = match read.value {
            Some(model) => bind::bind_model(&model),
            None => Outcome { value: None, diagnostics: read.diagnostics },
        };
        let services =
            Outcome { value: bound.value.map(|one| vec![one]), diagnostics: bound.diagnostics };
        Self::bound(services, "the service model cannot be used")
    }

    /// The resources of `services`, which are already bound.
    #[must_use]
    pub fn of_services(services: Vec<Service>) -> Self {
        let mut all = Vec::new();
        for mut service in services {
            let resources = std::mem::take(&mut service.resources);
            let service = Arc::new(service);
            for mut resource in resources {
                let methods = std::mem::take(&mut resource.methods);
                let resource = Arc::new(resource);
                all.extend(methods.into_iter().map(|schema| Method {
                    service: service.clone(),
                    resource: resource.clone(),
                    schema: Arc::new(schema),
                }));
            }
        }
        Self(all.into())
    }

    fn bound(outcome: Outcome<Vec<Service>>, problem: &str) -> Result<Self, Error> {
        outcome.value.map(Self::of_services).ok_or_else(|| {
            let found = outcome.diagnostics.render_all(Style::Plain);
            Error::new(ErrorKind::Configuration, format!("{problem}:\n{found}"))
        })
    }

    /// All methods, in the order of services, resources and pages.
    pub fn methods(&self) -> impl Iterator<Item = Method> {
        self.0.iter().cloned()
    }

    /// The method `PROVIDER.SERVICE.RESOURCE.METHOD`. The first parts can be omitted if only one method has the rest as the
    /// end of its name: `mfa_devices.List`.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] if no method has that name, or more than one has.
    pub fn method(&self, name: &str) -> Result<Method, Error> {
        let matches = |method: &Method| {
            let full = method.name();
            full == name || full.ends_with(&format!(".{name}"))
        };
        let mut found: Vec<Method> = self.methods().filter(matches).collect();
        if let Some(exact) = found.iter().position(|method| method.name() == name) {
            return Ok(found.swap_remove(exact));
        }
        match (found.pop(), found.is_empty()) {
            (Some(only), true) => Ok(only),
            (None, _) => {
                let names: Vec<String> = self.methods().map(|method| method.name()).collect();
                // Suggestions have as many parts as `name`.
                let parts = name.split('.').count();
                let tails = names.iter().map(|full| {
                    let cut = full.rmatch_indices('.').nth(parts.saturating_sub(1));
                    cut.and_then(|(dot, _)| full.get(dot + 1..)).unwrap_or(full)
                });
                let message = format!("there is no method `{name}`{}", did_you_mean(name, tails));
                Err(Error::new(ErrorKind::Configuration, message))
            }
            (Some(last), false) => {
                let names: Vec<String> = found.iter().chain([&last]).map(Method::name).collect();
                let names = list_of(names.iter().map(String::as_str));
                let message = format!(
                    "the name `{name}` fits the methods {names}; write the whole name of one of them"
                );
                Err(Error::new(ErrorKind::Configuration, message))
            }
        }
    }
}

impl std::fmt::Debug for Resources {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.methods().map(|method| method.name())).finish()
    }
}

/// A method of a resource.
#[derive(Clone)]
pub struct Method {
    /// The service, without its resources.
    service: Arc<Service>,
    /// The resource, without its methods.
    resource: Arc<Resource>,
    schema: Arc<schema::Method>,
}

/// A param of a method.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Param {
    /// `UserName`
    pub name: String,
    /// Whether the page requires it.
    pub required: bool,
    /// Whether its value is a secret.
    pub sensitive: bool,
    /// Whether its value is a list, a map or a structure, instead of a string, a number or a boolean.
    pub structured: bool,
}

impl Method {
    /// The structures that the targets of the method refer to.
    fn schemas(&self) -> Schemas<'_> {
        Schemas { service: &self.service, resource: &self.resource }
    }

    /// The full name, such as `aws.iam_api.mfa_devices.List`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}.{}", self.resource.id, self.schema.name)
    }

    /// The operation, such as `ListMFADevices`.
    #[must_use]
    pub fn operation(&self) -> &str {
        &self.schema.operation
    }

    /// The SQL verb of the method, such as `SELECT`.
    #[must_use]
    pub fn access(&self) -> String {
        self.schema.access.to_string()
    }

    /// The params except `region`, in the model's order.
    #[must_use]
    pub fn params(&self) -> Vec<Param> {
        let param = |member: &schema::Member| Param {
            name: member.name.clone(),
            required: member.required,
            sensitive: member.sensitive,
            structured: !member.target.is_scalar(),
        };
        self.schema.input.iter().map(param).collect()
    }

    /// The names of a row's fields, in the page's order; empty if the page has none.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        let row = self.resource.row.iter();
        row.flat_map(|row| &row.members).map(|member| member.name.clone()).collect()
    }

    /// Whether [`Call::rows`] returns rows of the page, and not the whole response.
    #[must_use]
    pub fn gives_rows(&self) -> bool {
        self.schema.rows.is_some()
    }

    /// The paths of the sensitive members of the response, at any depth, such as `AccessKey.SecretAccessKey`. If the method
    /// creates such a value, its response may be the only one that contains the value.
    #[must_use]
    pub fn sensitive_outputs(&self) -> Vec<String> {
        request::sensitive_outputs(self.schemas(), &self.schema)
    }

    /// Starts a request through `client`, without params.
    pub fn call(&self, client: &crate::Client) -> Call {
        Call::new(self.clone(), client.clone())
    }

    /// Decodes `body`, that of a successful response to a request of this method. A protocol that has members in headers reads
    /// them with [`decode_response`](Self::decode_response).
    ///
    /// # Errors
    /// Those of [`decode_response`](Self::decode_response).
    pub fn decode(&self, body: &[u8]) -> Result<serde_json::Value, Error> {
        self.decode_parts(&Response { status: 200, headers: &HeaderMap::new(), body })
    }

    /// Decodes a successful `response` to a request of this method, with its status code and headers.
    ///
    /// # Errors
    /// [`ErrorKind::Response`] if it is not valid; [`ErrorKind::ResponseTooLarge`] if its values need more memory than the larger of 16 MiB and 16 times its size.
    pub fn decode_response(
        &self,
        response: &http::Response<impl AsRef<[u8]>>,
    ) -> Result<serde_json::Value, Error> {
        self.decode_parts(&Response {
            status: response.status().as_u16(),
            headers: response.headers(),
            body: response.body().as_ref(),
        })
    }

    fn decode_parts(&self, response: &Response<'_>) -> Result<serde_json::Value, Error> {
        let mut budget = Budget::for_response_of(response.body.len());
        let read =
            |_: Schemas<'_>, _: &schema::Method, record: DynamicRecord<'_>, budget: &mut Budget| {
                json::object(record, false, budget).map(Into::into)
            };
        self.read(response, &mut budget, read)
            .map_err(|problem| problem.into_error(&self.schema.operation, &Sanitizer::default()))
    }

    /// The members of `error` besides code and message, if the model defines such members.
    #[must_use]
    pub fn error_details(&self, error: &Error) -> Option<serde_json::Value> {
        let schemas = self.schemas();
        let name = schemas.service.error_structures.get(error.code()?)?;
        let members = schemas.service.structure(name)?;
        let mut record = DynamicRecord::new(schemas, members);
        let read = tables::with_structure(schemas, name, members, |shape| {
            error.read_details(shape, &mut record)
        });
        let object = read.then(|| json::object(record, false, &mut Budget::unlimited()));
        object.flatten().map(Into::into)
    }
}

impl std::fmt::Debug for Method {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Method({})", self.name())
    }
}
