//! Schemas of services and operations, and the interface of the protocol that a service names. [`protocol`](crate::protocol) has the protocols.

use std::borrow::Cow;
use std::fmt::Debug;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use zeroize::Zeroizing;

use super::auth_scheme::AuthScheme;
use super::checksum::Checksum;
use super::{Budget, DecodeError, Namespace, Pagination, Record, Shape, Step};
use crate::body::Body;
use crate::endpoint::{Endpoints, rules::EndpointRules};

/// A service.
#[derive(Clone, Copy, Debug)]
pub struct Service<'a> {
    /// The service id, `IAM`. In capitals and with underscores, it is part of the name of `AWS_ENDPOINT_URL_IAM`.
    pub id: &'a str,
    /// The first part of its host names, `iam`.
    pub endpoint_prefix: &'a str,
    /// The name in the credential scope, `iam`.
    pub signing_name: &'a str,
    /// Where its requests are sent. Without a rule set, host names have the prefix, the region and a suffix.
    pub endpoints: Option<Endpoints<'a>>,
    /// How its requests can be authenticated, the preferred scheme first.
    pub auth: &'a [AuthScheme],
    /// The version of the API, `2010-05-08`.
    pub api_version: &'a str,
    /// How its requests and responses are encoded.
    pub protocol: ProtocolRef,
    /// `DynamoDB_20120810`: with the operation's name, the target of a request of the AWS JSON protocols.
    pub target_prefix: Option<&'a str>,
    /// Whether its errors also have the codes of AWS Query, which it once used.
    pub query_compatible: bool,
}

impl<'a> Service<'a> {
    /// Creates the service `id`, whose other names are empty. Its requests are signed.
    #[must_use]
    pub const fn new(id: &'a str, protocol: ProtocolRef) -> Self {
        Self {
            id,
            endpoint_prefix: "",
            signing_name: "",
            endpoints: None,
            auth: &[AuthScheme::SigV4],
            api_version: "",
            protocol,
            target_prefix: None,
            query_compatible: false,
        }
    }

    /// Sets the version of the API.
    #[must_use]
    pub const fn api_version(mut self, version: &'a str) -> Self {
        self.api_version = version;
        self
    }

    /// Sets the first part of the host names.
    #[must_use]
    pub const fn endpoint_prefix(mut self, prefix: &'a str) -> Self {
        self.endpoint_prefix = prefix;
        self
    }

    /// Sets the name in the credential scope.
    #[must_use]
    pub const fn signing_name(mut self, name: &'a str) -> Self {
        self.signing_name = name;
        self
    }

    /// Sets the endpoint rule set.
    #[must_use]
    pub const fn endpoints(mut self, rules: &'a EndpointRules<'a>) -> Self {
        self.endpoints = Some(Endpoints::Tables(rules));
        self
    }

    /// Sets how requests can be authenticated, the preferred scheme first.
    #[must_use]
    pub const fn auth(mut self, schemes: &'a [AuthScheme]) -> Self {
        self.auth = schemes;
        self
    }

    /// Sets the prefix of the targets of requests.
    #[must_use]
    pub const fn target_prefix(mut self, prefix: &'a str) -> Self {
        self.target_prefix = Some(prefix);
        self
    }

    /// Marks that errors also have the codes of AWS Query.
    #[must_use]
    pub const fn query_compatible(mut self) -> Self {
        self.query_compatible = true;
        self
    }
}

/// One operation of a service.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools)] // The flags are independent of each other.
pub struct Operation<'a> {
    /// The name of the operation, `ListMFADevices`.
    pub name: &'a str,
    /// The service.
    pub service: &'a Service<'a>,
    /// Whether it changes nothing and may be repeated: its method is a `SELECT`.
    pub read_only: bool,
    /// Method and path of its requests.
    pub http: Http<'a>,
    /// The prefix of the endpoint's host (`data.`). Names of input members in braces are replaced by their values.
    pub host_prefix: Option<&'a str>,
    /// Parameters of the endpoint rule set that the operation or its input determines.
    pub context: &'a [ContextParam<'a>],
    /// How it is authenticated, if it differs from its service.
    pub auth: Option<AuthScheme>,
    /// Whether its signature does not cover the body.
    pub unsigned_payload: bool,
    /// The checksums of its requests and responses, if it has any.
    pub checksum: Option<Checksum<'a>>,
    /// Whether the body of a request may be compressed with gzip.
    pub allows_gzip: bool,
    /// Errors after which a call may be repeated, beside those of all services.
    pub retryable: &'a [Retryable<'a>],
    /// The input.
    pub input: &'a Shape<'a>,
    /// Whether the model has a structure for the input, even one without members. Only Smithy RPC v2 CBOR sends nothing otherwise.
    pub has_input: bool,
    /// The output, if there is one.
    pub output: Option<Output<'a>>,
    /// How to request further pages, if it is a listing.
    pub pagination: Option<Pagination<'a>>,
}

impl<'a> Operation<'a> {
    /// Creates the operation `name` of `service` with `input`. It has no output and is not read-only.
    #[must_use]
    pub const fn new(name: &'a str, service: &'a Service<'a>, input: &'a Shape<'a>) -> Self {
        Self {
            name,
            service,
            read_only: false,
            http: Http::new("POST", "/"),
            host_prefix: None,
            context: &[],
            auth: None,
            unsigned_payload: false,
            checksum: None,
            allows_gzip: false,
            retryable: &[],
            input,
            has_input: true,
            output: None,
            pagination: None,
        }
    }

    /// The schema of the output, which has no members if there is no output.
    pub(crate) fn output_shape(&self) -> &'a Shape<'a> {
        self.output.as_ref().map_or(NO_OUTPUT, |output| output.shape)
    }

    /// Whether a member of the output is read after the call, from the body of the response.
    pub(crate) fn streams_output(&self) -> bool {
        self.output_shape().members.iter().any(|member| member.target.is_streamed())
    }

    /// Marks the operation as read-only.
    #[must_use]
    pub const fn read_only(mut self) -> Self {
        self.read_only = true;
        self
    }

    /// Marks that the model has no structure for the input.
    #[must_use]
    pub const fn without_input(mut self) -> Self {
        self.has_input = false;
        self
    }

    /// Sets the output: `shape` in the element `wrapper`.
    #[must_use]
    pub const fn output(mut self, wrapper: &'a str, shape: &'a Shape<'a>) -> Self {
        self.output = Some(Output { wrapper, shape });
        self
    }

    /// Makes the operation a listing with the members `markers` and `more_results`; see [`Pagination`].
    #[must_use]
    pub const fn pages(
        mut self,
        markers: &'a [(usize, usize)],
        more_results: Option<usize>,
    ) -> Self {
        self.pagination = Some(Pagination::Members { markers, more_results });
        self
    }

    /// Makes the operation a listing with the expressions `markers` and `more_results`; see [`Pagination`].
    #[must_use]
    pub const fn pages_by(
        mut self,
        markers: &'a [(usize, &'a [Step<'a>])],
        more_results: Option<&'a [Step<'a>]>,
    ) -> Self {
        self.pagination = Some(Pagination::Expressions { markers, more_results });
        self
    }

    /// Sets method, path and query string of a request; see [`Http`].
    #[must_use]
    pub const fn http(mut self, method: &'a str, uri: &'a str) -> Self {
        self.http.method = method;
        self.http.uri = uri;
        self
    }

    /// Sets the name of the root element of the XML document in a request.
    #[must_use]
    pub const fn root(mut self, name: &'a str) -> Self {
        self.http.root = Some(name);
        self
    }

    /// Sets the XML namespace of that element.
    #[must_use]
    pub const fn namespace(mut self, namespace: Namespace<'a>) -> Self {
        self.http.namespace = Some(namespace);
        self
    }

    /// Sets the prefix of the endpoint's host.
    #[must_use]
    pub const fn host_prefix(mut self, prefix: &'a str) -> Self {
        self.host_prefix = Some(prefix);
        self
    }

    /// Sets the parameters of the endpoint rule set.
    #[must_use]
    pub const fn context(mut self, context: &'a [ContextParam<'a>]) -> Self {
        self.context = context;
        self
    }

    /// Sets the errors after which a call may be repeated.
    #[must_use]
    pub const fn retryable(mut self, retryable: &'a [Retryable<'a>]) -> Self {
        self.retryable = retryable;
        self
    }

    /// Sets how the operation is authenticated.
    #[must_use]
    pub const fn auth(mut self, scheme: AuthScheme) -> Self {
        self.auth = Some(scheme);
        self
    }

    /// Makes the operation unsigned: it needs no credentials.
    #[must_use]
    pub const fn unsigned(self) -> Self {
        self.auth(AuthScheme::NoAuth)
    }

    /// Sets the checksums of requests and responses.
    #[cfg(feature = "checksums")]
    #[must_use]
    pub const fn checksum(mut self, checksum: Checksum<'a>) -> Self {
        self.checksum = Some(checksum);
        self
    }

    /// Marks that the body of a request may be compressed with gzip.
    #[cfg(feature = "compression")]
    #[must_use]
    pub const fn allows_gzip(mut self) -> Self {
        self.allows_gzip = true;
        self
    }

    /// Marks that the signature does not cover the body.
    #[must_use]
    pub const fn unsigned_payload(mut self) -> Self {
        self.unsigned_payload = true;
        self
    }
}

/// A parameter of the endpoint rule set that an operation determines.
#[derive(Clone, Copy, Debug)]
pub struct ContextParam<'a> {
    /// Its name in the rule set, `Bucket`.
    pub name: &'a str,
    /// Where its value is from.
    pub source: ContextSource<'a>,
}

/// Where the value of a parameter is from.
#[derive(Clone, Copy, Debug)]
pub enum ContextSource<'a> {
    /// It is the same in all calls.
    Boolean(bool),
    /// It is the same in all calls.
    Text(&'a str),
    /// It is the same in all calls.
    Texts(&'a [&'a str]),
    /// The member of the input with that index.
    Member(usize),
    /// The `JMESPath` expression leads to it in the input, `TableCreationParameters.TableName`.
    Path(&'a str),
}

/// The HTTP method and the path of an operation's requests.
#[derive(Clone, Copy, Debug)]
pub struct Http<'a> {
    /// `GET`
    pub method: &'a str,
    /// `/{Bucket}/{Key+}?x-id=GetObject`: path and query string with the names of input members in braces.
    pub uri: &'a str,
    /// The root element of the XML document in a request, if the model names it.
    pub root: Option<&'a str>,
    /// The XML namespace of that element.
    pub namespace: Option<Namespace<'a>>,
}

impl<'a> Http<'a> {
    /// Creates the request with that method, path and query string.
    #[must_use]
    pub const fn new(method: &'a str, uri: &'a str) -> Self {
        Self { method, uri, root: None, namespace: None }
    }
}

/// An error after which a call may be repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retryable<'a> {
    /// Its code.
    pub code: &'a str,
    /// Whether the service limits the rate of requests.
    pub throttling: bool,
}

impl<'a> Retryable<'a> {
    /// Creates the error `code`, after which the same call can succeed.
    #[must_use]
    pub const fn transient(code: &'a str) -> Self {
        Self { code, throttling: false }
    }

    /// Creates the error `code`, by which the service limits the rate of requests.
    #[must_use]
    pub const fn throttling(code: &'a str) -> Self {
        Self { code, throttling: true }
    }
}

/// The output of an operation.
#[derive(Clone, Copy, Debug)]
pub struct Output<'a> {
    /// The name of the element around it.
    pub wrapper: &'a str,
    /// Its schema.
    pub shape: &'a Shape<'a>,
}

/// The schema of the output of an operation without output, which is `()`.
pub(crate) const NO_OUTPUT: &Shape<'static> = &Shape::new("NoOutput", &[]);

/// A protocol that services use.
pub(crate) trait Protocol: Debug + Sync {
    /// Encodes a call of `operation` with `input`. An absent idempotency token gets the value that `token` returns.
    ///
    /// # Errors
    /// A message that names the parameter whose value cannot be sent.
    fn encode(
        &self,
        operation: &Operation<'_>,
        input: &dyn Record,
        token: &dyn Fn() -> String,
    ) -> Result<EncodedRequest, String>;

    /// Fills `output` from a successful `response` of `operation`.
    ///
    /// # Errors
    /// If the response is not well-formed, lacks a required member, contains a value that does not have its member's type, or takes more
    /// memory than `budget` allows.
    fn decode(
        &self,
        operation: &Operation<'_>,
        response: &Response<'_>,
        output: &mut dyn Record,
        budget: &mut Budget,
    ) -> Result<(), DecodeError>;

    /// Whether the first message of an event stream has the members of the output, which are otherwise in the response's head.
    #[cfg(feature = "event-stream")]
    fn has_initial_response(&self) -> bool {
        false
    }

    /// Reads code, message and request id of an error. `None` if the response is not an error of a service, for example because a proxy or
    /// a load balancer sent it.
    fn error(&self, response: &Response<'_>) -> Option<ErrorDocument>;

    /// Fills `details`, which has the schema `shape`, from an error.
    ///
    /// # Errors
    /// If the response is not a well-formed error that matches `shape`, or takes more memory than `budget` allows.
    fn error_details(
        &self,
        response: &Response<'_>,
        shape: &Shape<'_>,
        details: &mut dyn Record,
        budget: &mut Budget,
    ) -> Result<(), DecodeError>;
}

/// A protocol, as generated code names it.
#[derive(Clone, Copy, Debug)]
pub struct ProtocolRef(pub(crate) &'static dyn Protocol);

/// An HTTP request without its endpoint and its signature.
#[derive(Debug)]
pub(crate) struct EncodedRequest {
    pub(crate) method: Method,
    /// The path below that of the endpoint, percent-encoded. It starts with a slash.
    pub(crate) path: Cow<'static, str>,
    /// The query string, percent-encoded.
    pub(crate) query: String,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) body: RequestBody,
}

/// The body of a request.
#[derive(Debug)]
pub(crate) enum RequestBody {
    /// Encoded params. They are overwritten when they are dropped, since they may contain secrets.
    Encoded(Zeroizing<Vec<u8>>),
    /// A param that is the payload.
    Stream(Body),
}

impl RequestBody {
    /// The bytes, if they are in memory.
    pub(crate) fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Encoded(bytes) => Some(bytes),
            Self::Stream(body) => body.bytes().map(|bytes| &**bytes),
        }
    }

    /// Whether the body is known to be empty.
    pub(crate) fn is_empty(&self) -> bool {
        self.as_bytes().is_some_and(<[u8]>::is_empty)
    }
}

impl From<Zeroizing<Vec<u8>>> for RequestBody {
    fn from(bytes: Zeroizing<Vec<u8>>) -> Self {
        Self::Encoded(bytes)
    }
}

impl From<RequestBody> for Body {
    fn from(body: RequestBody) -> Self {
        match body {
            RequestBody::Encoded(bytes) => Self::from_bytes(Bytes::from_owner(bytes)),
            RequestBody::Stream(body) => body,
        }
    }
}

/// An HTTP response whose body has been read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Response<'a> {
    pub(crate) status: u16,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

/// The content of an error document.
#[derive(Debug, Default)]
pub(crate) struct ErrorDocument {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) request_id: Option<String>,
}
