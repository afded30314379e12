//! One call: params in, JSON out.

use pagesmith_model::schema;
use pagesmith_model::words::list_of;
use serde_json::{Map, Value as Json};
use zeroize::Zeroizing;

use super::value::{DynamicRecord, Schemas};
use super::{Method, Pages, Rows, json, tables};
use crate::client::{Client, Encoded};
use crate::client::{Request, RequestOptions};
use crate::codec::DecodeError;
use crate::error::{Error, ErrorKind};
use crate::listing::SentMarkers;
use crate::protocol::query;
use crate::schema::Operation;
use crate::schema::{Budget, sensitive_texts};

/// A call in the making; see [`Method::call`].
#[derive(Clone)]
#[must_use = "a call does nothing until it is sent"]
pub struct Call {
    pub(super) method: Method,
    pub(super) client: Client,
    pub(super) options: RequestOptions,
    params: Map<String, Json>,
    redacted: bool,
}

impl Call {
    pub(super) fn new(method: Method, client: Client) -> Self {
        Self {
            method,
            client,
            options: RequestOptions::default(),
            params: Map::new(),
            redacted: false,
        }
    }

    /// The param `name` with `value`, in the place of one given before. Numbers and booleans may be
    /// texts.
    pub fn param(mut self, name: impl Into<String>, value: impl Into<Json>) -> Self {
        self.params.insert(name.into(), value.into());
        self
    }

    /// Each of `params`, as by [`param`](Self::param).
    pub fn params(mut self, params: Map<String, Json>) -> Self {
        self.params.extend(params);
        self
    }

    /// Another region than the client's.
    pub fn region(self, region: impl Into<String>) -> Self {
        Request::region(self, region)
    }

    /// Shows `"[redacted]"` in the place of each sensitive value of a response, and of a
    /// [`request`](Self::request) that is not sent.
    pub fn redacted(mut self) -> Self {
        self.redacted = true;
        self
    }

    /// The form that would be sent. Nothing is.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] where a param is missing, unknown, or of another type.
    pub fn body(&self) -> Result<String, Error> {
        self.encoded(&Markers::default()).map(Encoded::into_body)
    }

    /// Sends the call, for one page of a listing. An operation that answers nothing but success
    /// gives an empty object.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] before anything is sent; those of every call.
    pub async fn send(&self) -> Result<Json, Error> {
        let redacted = self.redacted;
        self.exchange(&Markers::default(), move |_, _, record, budget| {
            json::object(record, redacted, budget).map(Json::Object)
        })
        .await
    }

    /// Every page of the listing, fetched as it is asked for; of what is no listing, the one answer.
    ///
    /// # Errors
    /// [`ErrorKind::Input`], as of [`body`](Self::body).
    pub fn pages(self) -> Result<Pages, Error> {
        let seen = self.own_markers()?;
        Ok(Pages::new(self, seen))
    }

    /// Every row, fetched page by page: of a listing its elements, of another method that gives a row
    /// the row, and of any other the answer as a whole.
    ///
    /// # Errors
    /// [`ErrorKind::Input`], as of [`body`](Self::body).
    pub fn rows(self) -> Result<Rows, Error> {
        let seen = self.own_markers()?;
        Ok(Rows::new(self, seen))
    }

    /// The markers among the params, once it is known that the call can be sent.
    fn own_markers(&self) -> Result<SentMarkers, Error> {
        self.with_input(&Markers::default(), |operation, input| {
            self.client.encode(operation, input)?;
            let mut seen = SentMarkers::default();
            seen.insert_input(operation, input);
            Ok(seen)
        })
    }

    pub(super) fn is_redacted(&self) -> bool {
        self.redacted
    }

    /// Sends the call with `markers`, and gives what `read` makes of the response: `None` where that takes more memory
    /// than the budget allows.
    pub(super) async fn exchange<T: Send + 'static>(
        &self,
        markers: &Markers,
        read: impl FnOnce(Schemas<'_>, &schema::Method, DynamicRecord<'_>, &mut Budget) -> Option<T>
        + Send
        + 'static,
    ) -> Result<T, Error> {
        let encoded = self.encoded(markers)?;
        let (schemas, method) = self.method.found()?;
        let service = tables::service(schemas.service);
        let facts = tables::without_tables(method, &service);
        let own = self.method.clone();
        let secrets = || self.secrets(markers);
        let read = move |body: &[u8], budget: &mut Budget| own.read(body, budget, read);
        self.client.execute(&facts, &self.options, encoded, &secrets, read).await
    }

    fn encoded(&self, markers: &Markers) -> Result<Encoded, Error> {
        self.with_input(markers, |operation, input| self.client.encode(operation, input))
    }

    /// What no message may show of a call that could be encoded.
    fn secrets(&self, markers: &Markers) -> Vec<Zeroizing<String>> {
        let found = self
            .with_input(markers, |operation, input| Ok(sensitive_texts(operation.input, input)));
        found.unwrap_or_default()
    }

    pub(super) fn with_input<T>(
        &self,
        markers: &Markers,
        with: impl FnOnce(&Operation<'_>, &mut DynamicRecord<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let (schemas, method) = self.method.found()?;
        let wrong = |problem| Error::new(ErrorKind::Input, problem).of_operation(&method.operation);
        let mut input = DynamicRecord::new(schemas, &method.input);
        json::fill(&mut input, &self.params, "").map_err(wrong)?;
        let missing = method.input.iter().filter(|member| {
            member.required && self.params.get(&member.name).is_none_or(Json::is_null)
        });
        let missing: Vec<&str> = missing.map(|member| member.name.as_str()).collect();
        if !missing.is_empty() {
            let names = list_of(missing.iter().copied());
            return Err(wrong(format!("the page requires {names} of `{}`", self.method.name())));
        }
        json::fill(&mut input, &markers.0, "").map_err(wrong)?;
        tables::with(schemas, method, |operation| with(operation, &mut input))
    }
}

impl Request for Call {
    fn options_mut(&mut self) -> &mut RequestOptions {
        &mut self.options
    }
}

/// Params that continue a listing.
#[derive(Clone, Default)]
pub(super) struct Markers(pub(super) Map<String, Json>);

impl std::fmt::Debug for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Values may be secrets.
        let names: Vec<&String> = self.params.keys().collect();
        f.debug_struct("Call")
            .field("method", &self.method)
            .field("params", &names)
            .finish_non_exhaustive()
    }
}

impl Method {
    /// What `read` makes of the response `body`: `None` where that takes more memory than the budget allows.
    pub(super) fn read<T>(
        &self,
        body: &[u8],
        budget: &mut Budget,
        read: impl FnOnce(Schemas<'_>, &schema::Method, DynamicRecord<'_>, &mut Budget) -> Option<T>,
    ) -> Result<T, DecodeError> {
        let (schemas, method) = self.found().map_err(|error| DecodeError::new(error.message()))?;
        let mut record = DynamicRecord::new(schemas, schemas.resource.output_members(method));
        tables::with(schemas, method, |operation| {
            query::decode(operation, body, &mut record, budget).map(|_| ())
        })?;
        let read = read(schemas, method, record, budget);
        read.ok_or_else(|| DecodeError::over_budget(String::new(), budget))
    }
}
