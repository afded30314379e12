//! The client: what all calls share.

mod attempt;
mod builder;
mod decode;
mod resolve;

use std::sync::{Arc, RwLock};
use std::time::{Duration, SystemTime};

use http::HeaderValue;
use tracing::Instrument as _;
use zeroize::Zeroizing;

use crate::credentials::CredentialsCache;
use crate::endpoint::Variant;
use crate::error::{Error, ErrorKind};
use crate::operation::Operation;
use crate::query;
use crate::retry::{Retry, RetryTokens};
use crate::shape::{Budget, Record};
use crate::sign::Signer;
use crate::skew::Skew;
use crate::timestamp;

use attempt::Answer;
pub use builder::ClientBuilder;
use resolve::{Resolved, host_prefix};

/// Everything that calls share: region, credentials, connections. Cheap to clone; clones share all of it.
///
#[cfg_attr(feature = "pages", doc = "```no_run")]
#[cfg_attr(not(feature = "pages"), doc = "```ignore")]
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
    http: reqwest::Client,
    region: String,
    credentials: CredentialsCache,
    endpoint_url: EndpointUrl,
    variant: Variant,
    clock: Clock,
    user_agent: HeaderValue,
    limits: Limits,
    idempotency_tokens: IdempotencyTokens,
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
    encoded: Encoded,
    secrets: Secrets<'a>,
}

/// Tells what no message may show of a call. It is asked only where a message is in question, so that no
/// call copies its secrets for nothing.
pub(crate) type Secrets<'a> = &'a (dyn Fn() -> Vec<Zeroizing<String>> + Sync);

/// What a call says, as it travels.
pub(crate) struct Encoded {
    body: String,
    /// What goes in front of the endpoint's host.
    host_prefix: String,
}

impl Encoded {
    #[cfg(feature = "dynamic")]
    pub(crate) fn into_body(self) -> String {
        self.body
    }
}

impl Client {
    /// A client as its surroundings describe it, in the way of AWS's own tools:
    ///
    /// - the region: `AWS_REGION`, `AWS_DEFAULT_REGION`, or the profile's;
    /// - credentials: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`, or the
    ///   profile's keys. No metadata service is asked;
    /// - the endpoint: `AWS_ENDPOINT_URL_IAM`, `AWS_ENDPOINT_URL`, or the profile's, unless
    ///   `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` is `true`;
    /// - `AWS_MAX_ATTEMPTS`, `AWS_RETRY_MODE`, `AWS_USE_FIPS_ENDPOINT`,
    ///   `AWS_USE_DUALSTACK_ENDPOINT`, `AWS_SDK_UA_APP_ID`, or the profile's settings of that kind.
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
        region: Option<&str>,
        encoded: Encoded,
        secrets: Secrets<'_>,
        decode: impl FnOnce(&[u8], &mut Budget) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let span = tracing::debug_span!(
            "call",
            service = operation.service.id,
            operation = operation.name,
            region = region.unwrap_or(&self.0.region),
        );
        let region = region.unwrap_or(&self.0.region);
        let outgoing = Outgoing { operation, region, encoded, secrets };
        let call = async { self.decode(self.attempts(&outgoing).await?, decode).await };
        let done = self.within_limit(call).instrument(span).await;
        done.map_err(|error| error.of_operation(operation.name))
    }

    async fn within_limit<T>(
        &self,
        call: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let Some(limit) = self.0.limits.call else {
            return call.await;
        };
        match tokio::time::timeout(limit, call).await {
            Ok(result) => result,
            Err(_) => {
                let message = format!("the call was not done within its limit of {limit:?}");
                Err(Error::new(ErrorKind::Timeout, message).sent())
            }
        }
    }

    async fn attempts(&self, outgoing: &Outgoing<'_>) -> Result<Answer, Error> {
        let service = outgoing.operation.service;
        let mut resolved = self.resolve(service, outgoing.region)?;
        if !outgoing.encoded.host_prefix.is_empty() {
            resolved = Arc::new(resolved.with_prefix(&outgoing.encoded.host_prefix)?);
        }
        let mut number = 1;
        let mut taken = None;
        let mut skew_corrected = false;
        // What one attempt may have done is not undone by another that never left this machine.
        let mut perhaps_done = false;
        loop {
            let failed = match self.attempt(outgoing, &resolved, number).await {
                Ok(answer) => {
                    self.0.retry_tokens.refund(taken);
                    return Ok(Answer { attempts: number, ..answer });
                }
                Err(failed) => failed,
            };
            let error = failed.error.after_attempts(number);
            perhaps_done |= error.may_have_been_carried_out();
            let error = if perhaps_done { error.sent() } else { error };
            let now = self.now();
            if !skew_corrected && self.0.skew.learn(&error, failed.date, failed.signed, now) {
                // The service looked at nothing but the signature: this is no further attempt.
                skew_corrected = true;
                continue;
            }
            if !self.0.retry.allows(&error, number, outgoing.operation.read_only) {
                return Err(error);
            }
            taken = self.0.retry_tokens.take(&error);
            if taken.is_none() {
                return Err(error);
            }
            tokio::time::sleep(self.0.retry.pause(number, failed.retry_after)).await;
            number += 1;
        }
    }

    /// By the client's clock.
    fn now(&self) -> SystemTime {
        timestamp::within_bounds((self.0.clock)())
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("region", &self.0.region).finish_non_exhaustive()
    }
}
