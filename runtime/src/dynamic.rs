//! Pages and service models that are read at run time: any method is called by its name, with JSON.
//!
//! What a page generates is checked by the compiler. This is for those who know only at run time what to
//! call: a command line, a layer of SQL. It stands on the same encoder and decoder, the same client and
//! the same binding of page and model.
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
//! Params and members go by the page's and the model's names (`UserName`). In JSON a timestamp is a text
//! as RFC 3339 has it, a blob base64, a number that is none `"NaN"`, `"Infinity"` or `"-Infinity"`.

mod call;
mod json;
mod listing;
mod request;
mod tables;
mod value;

use std::path::Path;
use std::sync::Arc;

use pagesmith_model::bind;
use pagesmith_model::diagnostic::{Outcome, Style};
use pagesmith_model::layout;
use pagesmith_model::model::ServiceModel;
use pagesmith_model::schema::{self, Service};
use pagesmith_model::source::Source;
use pagesmith_model::words::{did_you_mean, list_of};

pub use self::call::Call;
pub use self::listing::{Pages, Rows};
use self::value::{DynamicRecord, Schemas};
use crate::error::{Error, ErrorKind};
use crate::redact::Sanitizer;
use crate::schema::Budget;

/// The resources of a folder of pages, bound to the service models beside them. Cheap to clone.
#[derive(Clone)]
pub struct Resources(Arc<[Service]>);

impl Resources {
    /// Reads the pages and service models below `folder`, which is laid out as the generator's:
    /// `PROVIDER/SERVICE/RESOURCE.md`, and `service-2.json` beside the pages. Settings in `sdk.json` are not read.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`], with all that is wrong in the files by line and column.
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
    /// `model.service.operations.ListUsers`, and may be asked for by its own name too.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`], with all that is wrong in the model.
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

    /// The resources of `services`, which pages and models were bound to.
    #[must_use]
    pub fn of_services(services: Vec<Service>) -> Self {
        Self(services.into())
    }

    fn bound(outcome: Outcome<Vec<Service>>, problem: &str) -> Result<Self, Error> {
        outcome.value.map(|services| Self(services.into())).ok_or_else(|| {
            let found = outcome.diagnostics.render_all(Style::Plain);
            Error::new(ErrorKind::Configuration, format!("{problem}:\n{found}"))
        })
    }

    /// Every method, in the order of services, resources and pages.
    pub fn methods(&self) -> impl Iterator<Item = Method> {
        let count = |service: &Service| -> Vec<(usize, usize)> {
            let resources = service.resources.iter().enumerate();
            resources
                .flat_map(|(at, resource)| {
                    (0..resource.methods.len()).map(move |method| (at, method))
                })
                .collect()
        };
        let all: Vec<_> = self.0.iter().map(count).enumerate().collect();
        let services = self.0.clone();
        all.into_iter().flat_map(move |(service, methods)| {
            let services = services.clone();
            methods.into_iter().map(move |(resource, method)| Method {
                services: services.clone(),
                at: [service, resource, method],
            })
        })
    }

    /// The method `PROVIDER.SERVICE.RESOURCE.METHOD`. Whatever of it stands in front may be left out
    /// where no other method is meant by the rest: `mfa_devices.List`.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] where no method, or more than one, is of that name.
    pub fn method(&self, name: &str) -> Result<Method, Error> {
        let is_meant = |method: &Method| {
            let full = method.name();
            full == name || full.ends_with(&format!(".{name}"))
        };
        let mut found: Vec<Method> = self.methods().filter(is_meant).collect();
        if let Some(exact) = found.iter().position(|method| method.name() == name) {
            return Ok(found.swap_remove(exact));
        }
        match (found.pop(), found.is_empty()) {
            (Some(only), true) => Ok(only),
            (None, _) => {
                let names: Vec<String> = self.methods().map(|method| method.name()).collect();
                // With as much in front as was given.
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
                let message = format!("`{name}` could be {names}");
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
    services: Arc<[Service]>,
    /// The indices of service, resource and method.
    at: [usize; 3],
}

/// What is said of a param.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Param {
    /// `UserName`
    pub name: String,
    /// The page requires it.
    pub required: bool,
    /// Its value is a secret.
    pub sensitive: bool,
    /// Its value is a list, a map or a structure, and not a text, a number or a boolean.
    pub structured: bool,
}

impl Method {
    /// The parts of the bound model that this is: `None` never, since the indices are the model's own.
    fn parts(&self) -> Option<(Schemas<'_>, &schema::Method)> {
        let [service, resource, method] = self.at;
        let service = self.services.get(service)?;
        let resource = service.resources.get(resource)?;
        Some((Schemas { service, resource }, resource.methods.get(method)?))
    }

    /// The same, or the error that never is.
    fn found(&self) -> Result<(Schemas<'_>, &schema::Method), Error> {
        self.parts()
            .ok_or_else(|| Error::new(ErrorKind::Configuration, "the method is of other pages"))
    }

    /// `aws.iam_api.mfa_devices.List`
    #[must_use]
    pub fn name(&self) -> String {
        self.parts().map_or_else(String::new, |(schemas, method)| {
            format!("{}.{}", schemas.resource.id, method.name)
        })
    }

    /// `ListMFADevices`
    #[must_use]
    pub fn operation(&self) -> &str {
        self.parts().map_or("", |(_, method)| &method.operation)
    }

    /// The SQL verb that reaches it, `SELECT`.
    #[must_use]
    pub fn access(&self) -> String {
        self.parts().map_or_else(String::new, |(_, method)| method.access.to_string())
    }

    /// What it takes beside `region`, in the model's order.
    #[must_use]
    pub fn params(&self) -> Vec<Param> {
        let input = self.parts().map(|(_, method)| &*method.input).unwrap_or_default();
        let param = |member: &schema::Member| Param {
            name: member.name.clone(),
            required: member.required,
            sensitive: member.sensitive,
            structured: !member.target.is_scalar(),
        };
        input.iter().map(param).collect()
    }

    /// The names of a row's fields, in the page's order; empty where the page has none.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        let row = self.parts().and_then(|(schemas, _)| schemas.resource.row.as_ref());
        row.into_iter().flat_map(|row| &row.members).map(|member| member.name.clone()).collect()
    }

    /// Whether [`Call::rows`] gives rows of the page, or else the response as a whole.
    #[must_use]
    pub fn gives_rows(&self) -> bool {
        self.parts().is_some_and(|(_, method)| method.rows.is_some())
    }

    /// The members of the response whose values are sensitive, `AccessKey.SecretAccessKey`, at any
    /// depth. A response of a method that creates one of these may be the only one that has it.
    #[must_use]
    pub fn sensitive_outputs(&self) -> Vec<String> {
        self.parts()
            .map(|(schemas, method)| request::sensitive_outputs(schemas, method))
            .unwrap_or_default()
    }

    /// A call through `client`, with no param given yet.
    pub fn call(&self, client: &crate::Client) -> Call {
        Call::new(self.clone(), client.clone())
    }

    /// What the service's answer `body` to a call of this says.
    ///
    /// # Errors
    /// [`ErrorKind::Response`] where it cannot be understood; [`ErrorKind::ResponseTooLarge`] where its values take more
    /// memory than the larger of 16 MiB and 16 times its size.
    pub fn decode(&self, body: &[u8]) -> Result<serde_json::Value, Error> {
        let mut budget = Budget::for_response_of(body.len());
        let read =
            |_: Schemas<'_>, _: &schema::Method, record: DynamicRecord<'_>, budget: &mut Budget| {
                json::object(record, false, budget).map(Into::into)
            };
        let (_, method) = self.found()?;
        self.read(body, &mut budget, read)
            .map_err(|problem| problem.into_error(&method.operation, &Sanitizer::default()))
    }

    /// What `error` says beside code and message, where the model gives that error members of its own.
    #[must_use]
    pub fn error_details(&self, error: &Error) -> Option<serde_json::Value> {
        let (schemas, _) = self.parts()?;
        let name = schemas.service.error_structures.get(error.code()?)?;
        let mut record = DynamicRecord::new(schemas, schemas.service.structure(name)?);
        let read =
            tables::with_structure(schemas, name, |shape| error.read_details(shape, &mut record));
        let object = read.then(|| json::object(record, false, &mut Budget::unlimited()));
        object.flatten().map(Into::into)
    }
}

impl std::fmt::Debug for Method {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Method({})", self.name())
    }
}
