//! A call with params and results as JSON.

use std::time::Duration;

use pagesmith_model::schema;
use pagesmith_model::words::list_of;
use serde_json::{Map, Value as Json};

use super::value::{Content, DynamicRecord, Schemas};
use super::{Method, Pages, Rows, json, tables};
use crate::ByteStream;
use crate::auth::presigned::Presigned;
use crate::client::{Client, Encoded};
use crate::client::{Request, RequestOptions};
use crate::error::{Error, ErrorKind};
use crate::listing::SentMarkers;
use crate::schema::{Budget, DecodeError, Operation, Response, Streamed, sensitive_texts};

/// A request of a [`Method`]; see [`Method::call`].
#[derive(Clone)]
#[must_use = "a call does nothing until it is sent"]
pub struct Call {
    pub(super) method: Method,
    pub(super) client: Client,
    pub(super) options: RequestOptions,
    params: Map<String, Json>,
    /// The param that is sent in chunks, and its value.
    stream: Option<(String, ByteStream)>,
    redacted: bool,
}

impl Call {
    pub(super) fn new(method: Method, client: Client) -> Self {
        Self {
            method,
            client,
            options: RequestOptions::default(),
            params: Map::new(),
            stream: None,
            redacted: false,
        }
    }

    /// Sets the param `name`, and replaces an earlier value. Numbers and booleans may be strings.
    pub fn param(mut self, name: impl Into<String>, value: impl Into<Json>) -> Self {
        self.params.insert(name.into(), value.into());
        self
    }

    /// Sets each of `params`, as by [`param`](Self::param).
    pub fn params(mut self, params: Map<String, Json>) -> Self {
        self.params.extend(params);
        self
    }

    /// Sets the param `name`, which must be the one that is the body and is sent in chunks. As JSON, its value is base64.
    pub fn stream(mut self, name: impl Into<String>, value: impl Into<ByteStream>) -> Self {
        self.stream = Some((name.into(), value.into()));
        self
    }

    /// Uses `region` instead of the client's.
    pub fn region(self, region: impl Into<String>) -> Self {
        Request::region(self, region)
    }

    /// Replaces each sensitive value by `"[redacted]"`, in a response and in a [`request`](Self::request) that is not
    /// sent.
    pub fn redacted(mut self) -> Self {
        self.redacted = true;
        self
    }

    /// The body of the request, without sending it.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] if a param is missing, unknown, or has another type.
    pub fn body(&self) -> Result<Vec<u8>, Error> {
        let input = self.input(&Markers::default())?;
        self.with_tables(|operation| self.client.encode(operation, &input)).map(Encoded::into_body)
    }

    /// Sends the request, for one page of a listing. If the operation returns nothing, the result is an empty object. If it returns a
    /// stream of bytes or of events, the result has all of it, up to the [`response_limit`](crate::ClientBuilder::response_limit);
    /// see [`send_streaming`](Self::send_streaming) and [`events`](Self::events).
    ///
    /// # Errors
    /// [`ErrorKind::Input`], as of [`body`](Self::body), before anything is sent; otherwise the errors of every request.
    pub async fn send(&self) -> Result<Json, Error> {
        if self.returns_events() {
            return self.collect_events().await;
        }
        self.send_object(false).await.map(|(object, _)| Json::Object(object))
    }

    /// The members of the output, and the body if it is read after the call: always for events, and for bytes with `streaming`.
    pub(super) async fn send_object(
        &self,
        streaming: bool,
    ) -> Result<(Map<String, Json>, Option<Streamed>), Error> {
        let redacted = self.redacted;
        let read =
            move |_: Schemas<'_>,
                  _: &schema::Method,
                  record: DynamicRecord<'_>,
                  budget: &mut Budget| json::object(record, redacted, budget);
        self.exchange_streaming(&Markers::default(), streaming, read).await
    }

    /// Signs the request without sending it. The result is a URL that is valid for `expires_in`, in whole seconds and at most 7 days.
    ///
    /// # Errors
    /// [`ErrorKind::Input`], as of [`body`](Self::body), and if a request of the method needs a body that is signed, or is not signed at
    /// all; otherwise the errors of missing credentials and endpoints.
    pub async fn presign(&self, expires_in: Duration) -> Result<Presigned, Error> {
        let Method { service, schema, .. } = &self.method;
        if !service.can_be_presigned(schema) {
            let message = "a request of this operation cannot be presigned, because its body must be signed or it has no \
                signature; send it instead";
            return Err(Error::new(ErrorKind::Input, message).of_operation(&schema.operation));
        }
        let input = self.input(&Markers::default())?;
        let encoded = self.with_tables(|operation| self.client.encode(operation, &input))?;
        let service = tables::service(service);
        let operation = tables::without_tables(schema, &service);
        let secrets = || self.with_tables(|operation| sensitive_texts(operation.input, &input));
        self.client.presign(&operation, &self.options, encoded, &secrets, expires_in).await
    }

    /// Every page of the listing, each fetched on demand. A method that is not a listing has one page: its response.
    ///
    /// # Errors
    /// [`ErrorKind::Input`], as of [`body`](Self::body).
    pub fn pages(self) -> Result<Pages, Error> {
        let seen = self.own_markers()?;
        Ok(Pages::new(self, seen))
    }

    /// Every row, fetched page by page: the elements of a listing, the row of a method that returns one, and the whole
    /// response of any other method.
    ///
    /// # Errors
    /// [`ErrorKind::Input`], as of [`body`](Self::body).
    pub fn rows(self) -> Result<Rows, Error> {
        let seen = self.own_markers()?;
        Ok(Rows::new(self, seen))
    }

    /// The markers among the params, after checking that the request can be sent.
    fn own_markers(&self) -> Result<SentMarkers, Error> {
        let input = self.input(&Markers::default())?;
        self.with_tables(|operation| {
            self.client.encode(operation, &input)?;
            let mut seen = SentMarkers::default();
            seen.insert_input(operation, &input);
            Ok(seen)
        })
    }

    pub(super) fn is_redacted(&self) -> bool {
        self.redacted
    }

    /// Sends the request with `markers`, and converts the response by `read`, which returns `None` if it needs more memory
    /// than the budget allows.
    pub(super) async fn exchange<T: Send + 'static>(
        &self,
        markers: &Markers,
        read: impl FnOnce(Schemas<'_>, &schema::Method, DynamicRecord<'_>, &mut Budget) -> Option<T>
        + Send
        + 'static,
    ) -> Result<T, Error> {
        // Listings have no streams.
        self.exchange_streaming(markers, false, read).await.map(|(read, _)| read)
    }

    /// The same, with the body of the response if it is read after the call.
    async fn exchange_streaming<T: Send + 'static>(
        &self,
        markers: &Markers,
        streaming: bool,
        read: impl FnOnce(Schemas<'_>, &schema::Method, DynamicRecord<'_>, &mut Budget) -> Option<T>
        + Send
        + 'static,
    ) -> Result<(T, Option<Streamed>), Error> {
        let input = self.input(markers)?;
        let encoded = self.with_tables(|operation| self.client.encode(operation, &input))?;
        let encoded = if streaming { encoded.streaming() } else { encoded };
        let service = tables::service(&self.method.service);
        let retryable = tables::retryable(&self.method.schema);
        let operation = tables::without_tables(&self.method.schema, &service).retryable(&retryable);
        let secrets = || self.with_tables(|operation| sensitive_texts(operation.input, &input));
        let method = self.method.clone();
        let read =
            move |response: &Response<'_>, budget: &mut Budget| method.read(response, budget, read);
        self.client.execute(&operation, &self.options, encoded, &secrets, read).await
    }

    /// The params and `markers` as the input of the operation.
    pub(super) fn input(&self, markers: &Markers) -> Result<DynamicRecord<'_>, Error> {
        let method = &self.method.schema;
        let wrong = |problem| Error::new(ErrorKind::Input, problem).of_operation(&method.operation);
        let mut input = DynamicRecord::new(self.method.schemas(), &method.input);
        json::fill(&mut input, &self.params, "").map_err(wrong)?;
        if let Some((name, stream)) = &self.stream {
            let is_named =
                |it: &schema::Member| it.name == *name && it.target == schema::Target::Stream;
            let index = method.input.iter().position(is_named);
            let value = index.and_then(|index| input.value(index));
            let value = value.ok_or_else(|| {
                wrong(format!("`{name}` is not a param that is sent in chunks; set it by param(…)"))
            })?;
            value.content = Content::Stream(stream.clone());
        }
        let missing = method.input.iter().filter(|member| {
            let is_stream = self.stream.as_ref().is_some_and(|(name, _)| *name == member.name);
            let is_param = self.params.get(&member.name).is_some_and(|value| !value.is_null());
            member.required && !is_stream && !is_param
        });
        let missing: Vec<&str> = missing.map(|member| member.name.as_str()).collect();
        if !missing.is_empty() {
            let names = list_of(missing.iter().copied());
            return Err(wrong(format!("the page requires {names} of `{}`", self.method.name())));
        }
        json::fill(&mut input, &markers.0, "").map_err(wrong)?;
        Ok(input)
    }

    /// Runs `run` with the operation and its tables.
    pub(super) fn with_tables<T>(&self, run: impl FnOnce(&Operation<'_>) -> T) -> T {
        tables::with(self.method.schemas(), &self.method.schema, run)
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
    /// Decodes `response`, and converts it by `read`, which returns `None` if it needs more memory than the budget
    /// allows.
    pub(super) fn read<T>(
        &self,
        response: &Response<'_>,
        budget: &mut Budget,
        read: impl FnOnce(Schemas<'_>, &schema::Method, DynamicRecord<'_>, &mut Budget) -> Option<T>,
    ) -> Result<T, DecodeError> {
        let (schemas, method) = (self.schemas(), &*self.schema);
        let mut record = DynamicRecord::new(schemas, schemas.resource.output_members(method));
        tables::with(schemas, method, |operation| {
            operation.service.protocol.0.decode(operation, response, &mut record, budget)
        })?;
        let read = read(schemas, method, record, budget);
        read.ok_or_else(|| DecodeError::over_budget(String::new(), budget))
    }
}
