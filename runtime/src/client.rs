//! The client, which all calls share, and the execution of a call.
//!
//! - [`builder`]: the settings of a client, and where they come from ([`settings`], `sdk_config`);
//! - [`outgoing`]: a call that is ready to be sent; [`execute`]: its way to a decoded response, with the loop over its attempts;
//! - [`retry`]: whether a call is tried again, and when; [`rate_limit`]: when it may be sent; [`skew`]: whether it is signed
//!   again for the service's clock;
//! - [`attempt`]: one HTTP request with its [`authentication`], and its [`response`]; [`presign`]: a URL with a signature.

mod attempt;
mod authentication;
mod builder;
mod decode;
mod execute;
mod outgoing;
mod payload;
mod presign;
#[cfg(feature = "dynamic")]
mod preview;
mod rate_limit;
mod request;
mod resolve;
mod response;
mod response_body;
mod retry;
mod send;
mod settings;
mod skew;
mod tls;
mod transport_error;
mod upload;

use std::sync::{Arc, RwLock};
use std::time::{Duration, SystemTime};

use http::HeaderValue;

use crate::auth::sigv4::Signer;
use crate::credentials::CredentialsCache;
use crate::endpoint::Variant;
use crate::error::Error;
use crate::timestamp;

pub use builder::ClientBuilder;
use builder::Http;
#[cfg(feature = "dynamic")]
pub(crate) use outgoing::Encoded;
use rate_limit::RateLimiter;
pub use request::{Request, RequestOptions};
use resolve::Resolved;
pub use retry::Retry;
use retry::RetryTokens;
pub(crate) use send::{Pending, presign, send, send_borrowed, take_output};
use settings::BearerTokens;
use skew::Skew;

/// A client for one region and one source of credentials, shared by all calls. Cloning it is cheap; clones share everything,
/// including connections.
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
    bearer_tokens: BearerTokens,
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
    rate_limiter: RateLimiter,
    skew: Skew,
    signer: Signer,
    resolved: RwLock<Vec<Arc<Resolved>>>,
}

/// The limits of a call.
#[derive(Clone, Copy, Debug)]
struct Limits {
    /// The time limit of each attempt, from sending the request to the end of the response.
    attempt: Option<Duration>,
    /// How long nothing of a body that is sent or received in chunks may pass.
    stall: Option<Duration>,
    /// The time limit of the whole call, including pauses between attempts.
    call: Option<Duration>,
    /// The time limit of one request to the credentials provider.
    credentials: Duration,
    /// The maximum size of a response, in bytes.
    response: usize,
    /// The maximum memory that decoding a response takes, in bytes; `None` for a limit that depends on the response's size.
    decode: Option<usize>,
}

/// Returns the current time.
type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// Returns a new idempotency token.
type IdempotencyTokens = Arc<dyn Fn() -> String + Send + Sync>;

/// Returns the URL that is configured for the service with the given id, after the name of the setting.
type EndpointUrl = Arc<dyn Fn(&str) -> Option<(String, String)> + Send + Sync>;

impl Client {
    /// Creates a client from the environment, as AWS's own tools do:
    ///
    /// - region: `AWS_REGION`, `AWS_DEFAULT_REGION`, or the profile's region;
    /// - credentials: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`, or the profile's keys or
    ///   `credential_process`. The process is run when credentials are needed, without a shell, for at most
    ///   [`credentials_timeout`](ClientBuilder::credentials_timeout). A profile that gets its credentials from a role, SSO or
    ///   a web identity is an error, and no metadata service is called: use the feature `aws-config` for those;
    /// - bearer tokens for services that take them: `AWS_BEARER_TOKEN_BEDROCK`, which is preferred over credentials, and others
    ///   that are named after the service in signatures;
    /// - endpoint: `AWS_ENDPOINT_URL_IAM`, `AWS_ENDPOINT_URL`, or the profile's, unless
    ///   `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` is `true`;
    /// - `AWS_MAX_ATTEMPTS`, `AWS_RETRY_MODE`, `AWS_USE_FIPS_ENDPOINT`, `AWS_USE_DUALSTACK_ENDPOINT`,
    ///   `AWS_SDK_UA_APP_ID`, or the corresponding settings of the profile;
    /// - `AWS_CA_BUNDLE` or the profile's `ca_bundle`: a PEM file of root certificates, used instead of the platform's.
    ///
    /// The profile is the one that `AWS_PROFILE` names, or `default`, in `~/.aws/config` and `~/.aws/credentials`
    /// (`AWS_CONFIG_FILE`, `AWS_SHARED_CREDENTIALS_FILE`).
    ///
    /// # Errors
    /// If the region or the credentials are missing, or a setting has an invalid value; the message names it.
    pub fn from_env() -> Result<Self, Error> {
        ClientBuilder::from_env()?.build()
    }

    /// Returns a builder for a client in `region`, such as `us-east-1`.
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

    /// Returns a builder with the settings of this client, to create a client that differs in some of them. The new client
    /// shares this client's credentials and connections unless those settings are changed. It shares neither the retry
    /// quota nor the rate limit of [`Retry::adaptive`].
    ///
    /// A change of `connect_timeout` or another `configure_http_client` needs a new HTTP client. The new one does not have
    /// what [`configure_http_client`](ClientBuilder::configure_http_client) changed before.
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
        ClientBuilder::from_client(self)
    }

    /// Returns the region of calls that do not set another.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.0.region
    }

    /// The time of the client's clock.
    fn now(&self) -> SystemTime {
        timestamp::within_bounds((self.0.clock)())
    }

    /// The time of the service's clock, if its difference to the client's clock is known; otherwise the time of the client's
    /// clock.
    fn service_now(&self) -> SystemTime {
        timestamp::within_bounds(self.0.skew.correct(self.now()))
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("region", &self.0.region).finish_non_exhaustive()
    }
}
