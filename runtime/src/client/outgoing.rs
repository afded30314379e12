//! A call that is ready to be sent.

use std::borrow::Cow;
use std::sync::OnceLock;

use http::{HeaderName, HeaderValue, Method};
use zeroize::Zeroizing;

use super::context::{Context, context};
use super::request::{RequestOptions, Timeout};
use super::resolve::host_prefix;
use super::retry::Retry;
use super::{Client, Limits};
use crate::auth::payload::PayloadHash;
use crate::body::Body;
use crate::error::{Error, ErrorKind};
use crate::schema::{EncodedRequest, Operation, Record};

/// A call that can be sent any number of times.
pub(super) struct Outgoing<'a> {
    pub(super) operation: &'a Operation<'a>,
    pub(super) region: &'a str,
    pub(super) options: &'a RequestOptions,
    pub(super) limits: Limits,
    pub(super) retry: Retry,
    pub(super) host_prefix: String,
    pub(super) context: Context,
    pub(super) method: Method,
    /// The path below that of the endpoint.
    pub(super) path: Cow<'static, str>,
    pub(super) query: String,
    /// Those of the protocol.
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) body: Body,
    /// The SHA-256 of a body that is not in memory and is signed.
    pub(super) body_hash: OnceLock<[u8; 64]>,
    /// Whether the body of a successful response is read after the call.
    pub(super) streams_output: bool,
    pub(super) secrets: Secrets<'a>,
}

/// Returns the secrets of a call, which messages must not show. It is called only when there is a message, because most
/// calls do not need a copy of their secrets.
pub(crate) type Secrets<'a> = &'a (dyn Fn() -> Vec<Zeroizing<String>> + Sync);

/// An encoded request.
pub(crate) struct Encoded {
    pub(super) request: EncodedRequest,
    /// What is prepended to the endpoint's host.
    host_prefix: String,
    streams_output: bool,
    context: Context,
}

impl Encoded {
    /// Makes the body of a successful response one that is read after the call.
    #[cfg(feature = "dynamic")]
    pub(crate) fn streaming(mut self) -> Self {
        self.streams_output = true;
        self
    }

    #[cfg(feature = "dynamic")]
    pub(crate) fn into_body(self) -> Vec<u8> {
        self.request.body.as_bytes().unwrap_or_default().to_vec()
    }
}

impl Outgoing<'_> {
    /// What the signature says about the body.
    pub(super) fn payload_hash(&self) -> PayloadHash<'_> {
        match (self.body.bytes(), self.body_hash.get()) {
            _ if self.operation.unsigned_payload => PayloadHash::Unsigned,
            (Some(bytes), _) => PayloadHash::Bytes(bytes),
            (None, Some(hash)) => PayloadHash::Sha256Hex(hash),
            (None, None) => PayloadHash::Unsigned,
        }
    }
}

impl Client {
    /// Encodes a call of `operation` with `input`.
    pub(crate) fn encode(
        &self,
        operation: &Operation<'_>,
        input: &dyn Record,
    ) -> Result<Encoded, Error> {
        let invalid = |problem| Error::new(ErrorKind::Input, problem).of_operation(operation.name);
        let protocol = operation.service.protocol.0;
        let request =
            protocol.encode(operation, input, &*self.0.idempotency_tokens).map_err(invalid)?;
        let host_prefix = match operation.host_prefix {
            Some(prefix) => host_prefix(prefix, operation.input, input).map_err(invalid)?,
            None => String::new(),
        };
        let context = context(operation, input);
        let streams_output = operation.streams_output();
        Ok(Encoded { request, host_prefix, streams_output, context })
    }

    /// Compresses the body of `encoded` and adds checksums, as `operation` and the settings say. A presigned request has neither.
    #[cfg_attr(
        not(any(feature = "checksums", feature = "compression")),
        allow(unused_variables, unused_mut, clippy::unused_self, clippy::unnecessary_wraps)
    )]
    #[cfg_attr(not(feature = "checksums"), allow(clippy::unnecessary_wraps))]
    pub(super) fn with_body_settings(
        &self,
        operation: &Operation<'_>,
        mut encoded: Encoded,
    ) -> Result<Encoded, Error> {
        #[cfg(feature = "compression")]
        self.0.compression.apply(operation, &mut encoded.request);
        // The checksum is that of the compressed body.
        #[cfg(feature = "checksums")]
        self.0.checksums.apply(operation, &mut encoded.request).map_err(|problem| {
            Error::new(ErrorKind::Input, problem).of_operation(operation.name)
        })?;
        Ok(encoded)
    }

    /// Prepares the call of `operation` with the request `encoded`, and with the settings in `options`.
    pub(super) fn outgoing<'a>(
        &'a self,
        operation: &'a Operation<'a>,
        options: &'a RequestOptions,
        encoded: Encoded,
        secrets: Secrets<'a>,
    ) -> Outgoing<'a> {
        let Encoded { request, host_prefix, context, streams_output } = encoded;
        let mut limits = self.0.limits;
        match options.timeout {
            Timeout::Inherit => {}
            Timeout::Never => limits.call = None,
            Timeout::After(limit) => limits.call = Some(limit),
        }
        Outgoing {
            operation,
            region: options.region.as_deref().unwrap_or(&self.0.region),
            options,
            limits,
            retry: options.retry.unwrap_or(self.0.retry),
            host_prefix,
            context,
            method: request.method,
            path: request.path,
            query: request.query,
            headers: request.headers,
            body: request.body.into(),
            body_hash: OnceLock::new(),
            streams_output,
            secrets,
        }
    }
}
