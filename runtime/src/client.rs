//! The client: what all calls share.

mod attempt;
mod builder;
mod decode;
mod payload;
#[cfg(feature = "dynamic")]
mod preview;
mod request;
mod resolve;
mod retry;
mod send;
mod settings;
mod skew;
mod tls;

use std::sync::{Arc, RwLock};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::HeaderValue;
use tracing::Instrument as _;
use zeroize::Zeroizing;

use crate::auth::sigv4::Signer;
use crate::codec::DecodeError;
use crate::credentials::CredentialsCache;
use crate::endpoint::Variant;
use crate::error::{Error, ErrorKind};
use crate::protocol::query;
use crate::schema::Operation;
use crate::schema::{Budget, Record};
use crate::timer::bounded;
use crate::timestamp;

use attempt::{Failed, HttpResponse};
pub use builder::ClientBuilder;
use builder::Http;
use payload::Handover;
use request::Timeout;
pub use request::{Request, RequestOptions};
use resolve::{Resolved, host_prefix};
pub use retry::Retry;
use retry::RetryTokens;
pub(crate) use send::{Pending, send, send_borrowed, take_output};
use skew::{Refusal, Skew};

/// Everything that calls share: region, credentials, connections. Cheap to clone; clones share all of it.
///
/// ```no_run
/// # async fn example() -> Result<(), pagesmith::Error> {
/// use pagesmith::{Client, aws::iam_api::mfa_devices};
///
/// let client = Client::from_env()?;
/// let page = mfa_devices(&client).list().user_name("alice").send().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client(Arc<Shared>);

struct Shared {
    http: Http,
    region: String,
    credentials: CredentialsCache,
    endpoint_url: Option<EndpointUrl>,
    variant: Variant,
    clock: Clock,
    user_agent: HeaderValue,
    app_id: Option<String>,
    limits: Limits,
    idempotency_tokens: IdempotencyTokens,
    connect_timeout: Duration,
    retry: Retry,
    retry_tokens: RetryTokens,
    skew: Skew,
    signer: Signer,
    resolved: RwLock<Vec<Arc<Resolved>>>,
}

/// What bounds a call.
#[derive(Clone, Copy, Debug)]
struct Limits {
    /// From sending to the end of the answer, for each attempt.
    attempt: Option<Duration>,
    /// From the call to its result, pauses included.
    call: Option<Duration>,
    /// Of one request to the provider of credentials.
    credentials: Duration,
    /// Of an answer, in bytes.
    answer: usize,
    /// Of what decoding an answer takes in memory, in bytes; `None` for one by its size.
    decode: Option<usize>,
}

/// Tells the time.
type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// Gives the values that tell a call from its repetition.
type IdempotencyTokens = Arc<dyn Fn() -> String + Send + Sync>;

/// Tells the URL that is configured for a service, by the service's id; with the name of the setting.
type EndpointUrl = Arc<dyn Fn(&str) -> Option<(String, String)> + Send + Sync>;

/// A call, ready to be sent as often as it takes.
struct Outgoing<'a> {
    operation: &'a Operation<'a>,
    region: &'a str,
    options: &'a RequestOptions,
    limits: Limits,
    retry: Retry,
    host_prefix: String,
    body: Bytes,
    secrets: Secrets<'a>,
}

/// What has become of a call so far.
#[derive(Default)]
struct Progress {
    /// The attempts that were begun.
    attempts: u32,
    /// Whether the body of the present one has been taken to be sent; `None` between two.
    handover: Option<Handover>,
    /// Whether any may have reached the service.
    sent: bool,
    /// Whether any may have been carried out.
    perhaps_done: bool,
    /// Why the last one failed.
    failure: Option<Error>,
}

impl Progress {
    fn begin(&mut self) -> Handover {
        self.attempts = self.attempts.saturating_add(1);
        self.handover.insert(Handover::default()).clone()
    }

    /// `error`, with which an attempt ended, with what holds for the attempts before it.
    fn end(&mut self, error: Error) -> Error {
        self.handover = None;
        self.sent |= error.may_have_been_sent();
        self.perhaps_done |= error.may_have_been_carried_out();
        error.of_attempts(self.attempts, self.sent, self.perhaps_done)
    }

    /// The error of a call that did not come to its end within `limit`.
    fn out_of_time(mut self, limit: Duration) -> Error {
        let message = format!("the call was not done within its limit of {limit:?}");
        let mut error = Error::new(ErrorKind::Timeout, message);
        if self.handover.as_ref().is_some_and(|handover| !handover.withdraw()) {
            error = error.sent();
        }
        let error = self.end(error);
        match self.failure {
            Some(failure) => error.with_source(failure),
            None => error,
        }
    }
}

/// Tells what no message may show of a call. It is asked only where a message is in question, so that no
/// call copies its secrets for nothing.
pub(crate) type Secrets<'a> = &'a (dyn Fn() -> Vec<Zeroizing<String>> + Sync);

/// What a call says, as it travels. The body is overwritten when it is dropped, since it may hold secrets.
pub(crate) struct Encoded {
    body: Zeroizing<String>,
    /// What goes in front of the endpoint's host.
    host_prefix: String,
}

impl Encoded {
    #[cfg(feature = "dynamic")]
    pub(crate) fn into_body(mut self) -> String {
        std::mem::take(&mut *self.body)
    }
}

impl Client {
    /// A client as its surroundings describe it, in the way of AWS's own tools:
    ///
    /// - the region: `AWS_REGION`, `AWS_DEFAULT_REGION`, or the profile's;
    /// - credentials: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`, or the
    ///   profile's keys or `credential_process`. The process is run when credentials are needed, without a shell, and may
    ///   take [`credentials_timeout`](ClientBuilder::credentials_timeout). A profile that gets its credentials by a role,
    ///   SSO or a web identity is an error, and no metadata service is asked: for those, use the feature `aws-config`;
    /// - the endpoint: `AWS_ENDPOINT_URL_IAM`, `AWS_ENDPOINT_URL`, or the profile's, unless
    ///   `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` is `true`;
    /// - `AWS_MAX_ATTEMPTS`, `AWS_RETRY_MODE`, `AWS_USE_FIPS_ENDPOINT`,
    ///   `AWS_USE_DUALSTACK_ENDPOINT`, `AWS_SDK_UA_APP_ID`, or the profile's settings of that kind;
    /// - `AWS_CA_BUNDLE` or the profile's `ca_bundle`: a PEM file of the certificates that servers are checked by, in
    ///   place of the platform's.
    ///
    /// The profile is the one that `AWS_PROFILE` names, or `default`, from `~/.aws/config` and
    /// `~/.aws/credentials` (`AWS_CONFIG_FILE`, `AWS_SHARED_CREDENTIALS_FILE`).
    ///
    /// # Errors
    /// Where the region or the credentials are missing, or a setting is none; the message names it.
    pub fn from_env() -> Result<Self, Error> {
        ClientBuilder::from_env()?.build()
    }

    /// A client for `region` (`us-east-1`), to be told more before it is built.
    ///
    /// ```
    /// # fn main() -> Result<(), pagesmith::Error> {
    /// let client = pagesmith::Client::builder("us-east-1")
    ///     .credentials("AKIDEXAMPLE", "secret", None)
    ///     .endpoint_url("http://127.0.0.1:4566")
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder(region: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(region.into())
    }

    /// A builder with the settings of this client, for a client that differs in some of them. The new client shares
    /// this one's credentials and connections, unless those settings are changed; not the count of retries.
    ///
    /// What [`configure_http_client`](ClientBuilder::configure_http_client) did is lost where a new HTTP client is
    /// needed: after a change of `connect_timeout` or another `configure_http_client`.
    ///
    /// ```
    /// # fn main() -> Result<(), pagesmith::Error> {
    /// # let client = pagesmith::Client::builder("us-east-1").credentials("AKIDEXAMPLE", "secret", None).build()?;
    /// let patient = client.to_builder().retry(pagesmith::Retry::standard().max_attempts(10)).build()?;
    /// assert_eq!(patient.region(), client.region());
    /// # Ok(())
    /// # }
    /// ```
    pub fn to_builder(&self) -> ClientBuilder {
        ClientBuilder::of(self)
    }

    /// The region of calls that do not name another.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.0.region
    }

    /// What a call of `operation` with `input` says.
    pub(crate) fn encode(
        &self,
        operation: &Operation<'_>,
        input: &dyn Record,
    ) -> Result<Encoded, Error> {
        let Operation { name, service, input: shape, .. } = operation;
        let token = &*self.0.idempotency_tokens;
        let body =
            query::encode(name, service.api_version, shape, input, token).map_err(|member| {
                let message = format!(
                    "the parameter {member} cannot be sent: its time is in no year of four digits"
                );
                Error::new(ErrorKind::Input, message).of_operation(name)
            })?;
        let host_prefix = match operation.host_prefix {
            Some(prefix) => host_prefix(prefix, shape, input)
                .map_err(|problem| Error::new(ErrorKind::Input, problem).of_operation(name))?,
            None => String::new(),
        };
        Ok(Encoded { body, host_prefix })
    }

    /// Sends what is `encoded` to `operation`, of which only the facts matter and no table, and gives
    /// what `decode` makes of the body of a success.
    pub(crate) async fn execute<T: Send + 'static>(
        &self,
        operation: &Operation<'_>,
        options: &RequestOptions,
        encoded: Encoded,
        secrets: Secrets<'_>,
        decode: impl FnOnce(&[u8], &mut Budget) -> Result<T, DecodeError> + Send + 'static,
    ) -> Result<T, Error> {
        let outgoing = self.outgoing(operation, options, encoded, secrets);
        let span = tracing::debug_span!(
            "call",
            service = operation.service.id,
            operation = operation.name,
            region = outgoing.region,
        );
        let sent = self.within_limit(&outgoing, decode).instrument(span).await;
        sent.map_err(|error| error.of_operation(operation.name))
    }

    /// The call of `operation` that says what is `encoded`, with what `options` set for it.
    fn outgoing<'a>(
        &'a self,
        operation: &'a Operation<'a>,
        options: &'a RequestOptions,
        encoded: Encoded,
        secrets: Secrets<'a>,
    ) -> Outgoing<'a> {
        let Encoded { body, host_prefix } = encoded;
        let mut limits = self.0.limits;
        match options.timeout {
            Timeout::OfClient => {}
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
            body: Bytes::from_owner(body),
            secrets,
        }
    }

    async fn within_limit<T: Send + 'static>(
        &self,
        outgoing: &Outgoing<'_>,
        decode: impl FnOnce(&[u8], &mut Budget) -> Result<T, DecodeError> + Send + 'static,
    ) -> Result<T, Error> {
        let mut progress = Progress::default();
        let done = async {
            let answer = self.attempts(outgoing, &mut progress).await?;
            outgoing.decode(answer, decode).await
        };
        let Some(limit) = outgoing.limits.call else {
            return done.await;
        };
        let result = tokio::time::timeout(bounded(limit), done).await;
        result.unwrap_or_else(|_| Err(progress.out_of_time(limit)))
    }

    /// Where `outgoing` goes, with what its operation puts in front of the host.
    fn destination(&self, outgoing: &Outgoing<'_>) -> Result<Arc<Resolved>, Error> {
        let resolved = self.resolve(outgoing.operation.service, outgoing.region)?;
        if outgoing.host_prefix.is_empty() {
            return Ok(resolved);
        }
        Ok(Arc::new(resolved.with_prefix(&outgoing.host_prefix)?))
    }

    async fn attempts(
        &self,
        outgoing: &Outgoing<'_>,
        progress: &mut Progress,
    ) -> Result<HttpResponse, Error> {
        let resolved = self.destination(outgoing)?;
        let mut taken = None;
        let mut signed_again = false;
        loop {
            let handover = progress.begin();
            let number = progress.attempts;
            let failed = match self.attempt(outgoing, &resolved, number, handover).await {
                Ok(answer) => {
                    self.0.retry_tokens.refund(taken);
                    return Ok(answer);
                }
                Err(failed) => failed,
            };
            let Failed { error, signed, date, retry_after } = failed;
            let now = self.now();
            let sign_anew =
                self.0.skew.learn(&Refusal { error: &error, date, signed, now, signed_again });
            let error = progress.end(error);
            if sign_anew && outgoing.retry.has_attempt_after(number) {
                signed_again = true;
                progress.failure = Some(error);
                continue;
            }
            if !outgoing.retry.allows(&error, number, outgoing.operation.read_only) {
                return Err(error);
            }
            taken = self.0.retry_tokens.take(&error);
            if taken.is_none() {
                return Err(error);
            }
            progress.failure = Some(error);
            tokio::time::sleep(outgoing.retry.pause(number, retry_after)).await;
        }
    }

    /// By the client's clock.
    fn now(&self) -> SystemTime {
        timestamp::within_bounds((self.0.clock)())
    }

    /// By the services' clocks, as far as the difference is known.
    fn services_now(&self) -> SystemTime {
        timestamp::within_bounds(self.0.skew.correct(self.now()))
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("region", &self.0.region).finish_non_exhaustive()
    }
}
