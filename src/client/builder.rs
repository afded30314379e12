//! What a client is told before it is built.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::{Arc, RwLock};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::future::ProvideCredentials as ProvideFuture;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use http::HeaderValue;

use super::resolve::parse_endpoint;
use super::{Client, Clock, EndpointUrl, IdempotencyTokens, Limits, Shared};
use crate::credentials::CredentialsCache;
use crate::endpoint::Variant;
use crate::error::{Error, ErrorKind};
use crate::retry::{Retry, RetryTokens};
use crate::settings::{Process, Settings, Surroundings};
use crate::sign::Signer;
use crate::skew::Skew;
use crate::tls;

/// How long to wait for a connection, as in the AWS SDKs.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(3100);

/// How long an idle connection is kept.
const IDLE_TIMEOUT: Duration = Duration::from_secs(20);

/// How long one attempt may take.
const ATTEMPT_TIMEOUT: Duration = Duration::from_mins(1);

/// No answer of an AWS Query service comes near this; one that does is none.
const ANSWER_LIMIT: usize = 32 * 1024 * 1024;

/// What a [`Client`] is told before it is built.
#[must_use = "a builder does nothing until it is built"]
pub struct ClientBuilder {
    region: String,
    /// Or why there are none, should none be given.
    credentials: Result<CredentialsCache, Error>,
    endpoint_url: EndpointUrl,
    variant: Variant,
    clock: Clock,
    app_id: Option<String>,
    limits: Limits,
    idempotency_tokens: IdempotencyTokens,
    connect_timeout: Duration,
    retry: Retry,
    configure_http: Option<Box<Configure>>,
    http: Option<reqwest::Client>,
}

type Configure = dyn FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send;

impl ClientBuilder {
    pub(crate) fn new(region: String) -> Self {
        Self {
            region,
            credentials: Err(Error::new(
                ErrorKind::Credentials,
                "no credentials: call .credentials(…) or .credentials_provider(…) on the builder",
            )),
            endpoint_url: Arc::new(|_| None),
            variant: Variant::default(),
            clock: Arc::new(SystemTime::now),
            app_id: None,
            limits: Limits {
                attempt: Some(ATTEMPT_TIMEOUT),
                call: None,
                answer: ANSWER_LIMIT,
                decode: None,
            },
            idempotency_tokens: Arc::new(idempotency_token),
            connect_timeout: CONNECT_TIMEOUT,
            retry: Retry::standard(),
            configure_http: None,
            http: None,
        }
    }

    /// A builder that starts from what the environment says; see [`Client::from_env`].
    ///
    /// # Errors
    /// Where the region or the credentials are missing, named in the message.
    pub fn from_env() -> Result<Self, Error> {
        Self::from_surroundings(&Process, None)
    }

    /// The same, for `region` whatever the environment says of it.
    ///
    /// # Errors
    /// Where the credentials are missing, named in the message.
    pub fn from_env_with_region(region: impl Into<String>) -> Result<Self, Error> {
        Self::from_surroundings(&Process, Some(region.into()))
    }

    pub(crate) fn from_surroundings(
        surroundings: &dyn Surroundings,
        region: Option<String>,
    ) -> Result<Self, Error> {
        let settings = Settings::read(surroundings)?;
        let region = region.or_else(|| settings.region()).ok_or_else(|| {
            Error::new(
                ErrorKind::Configuration,
                "no region: set AWS_REGION (such as us-east-1) or the profile's region, or use \
                 Client::builder(region)",
            )
        })?;
        let endpoint_urls = settings.endpoint_urls()?;
        let mut builder = Self::new(region);
        builder.credentials = settings.credentials().map(CredentialsCache::given);
        builder.endpoint_url = Arc::new(move |service| endpoint_urls.of(service));
        builder.retry = settings.retry()?;
        builder.variant = settings.variant()?;
        builder.app_id = settings.app_id();
        Ok(builder)
    }

    /// Where the values come from that tell a call from its repetition, for operations that want one
    /// and calls that give none. Unless said, each is a random UUID.
    pub fn idempotency_tokens(
        mut self,
        tokens: impl Fn() -> String + Send + Sync + 'static,
    ) -> Self {
        self.idempotency_tokens = Arc::new(tokens);
        self
    }

    /// No credentials: for operations that are sent without a signature, such as that by which a
    /// web identity gets its first ones. Any other call is an error.
    pub fn without_credentials(mut self) -> Self {
        self.credentials =
            Ok(CredentialsCache::provided(SharedCredentialsProvider::new(NoCredentials)));
        self
    }

    /// Keys as they are: access key id, secret access key and, for temporary ones, session token.
    pub fn credentials(
        mut self,
        access_key_id: impl Into<String>,
        secret_access_key: impl Into<String>,
        session_token: Option<String>,
    ) -> Self {
        let credentials =
            Credentials::new(access_key_id, secret_access_key, session_token, None, "given");
        self.credentials = Ok(CredentialsCache::given(credentials));
        self
    }

    /// Any provider of credentials, such as those of `aws-config`. What it gives is kept until
    /// shortly before it expires, and many calls that need it anew wait for one fetch.
    pub fn credentials_provider(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        let provider = SharedCredentialsProvider::new(provider);
        self.credentials = Ok(CredentialsCache::provided(provider));
        self
    }

    /// Calls go to `url` instead of AWS, for every service: a local endpoint, a proxy, a VPC endpoint.
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        let url = url.into();
        self.endpoint_url = Arc::new(move |_| Some(("endpoint_url".to_owned(), url.clone())));
        self
    }

    #[cfg(feature = "aws-config")]
    pub(crate) fn endpoint_urls(
        mut self,
        of: impl Fn(&str) -> Option<(String, String)> + Send + Sync + 'static,
    ) -> Self {
        self.endpoint_url = Arc::new(of);
        self
    }

    /// Whether to use AWS's FIPS endpoints. Off unless said.
    pub fn use_fips(mut self, fips: bool) -> Self {
        self.variant.fips = fips;
        self
    }

    /// Whether to use AWS's dual-stack (IPv4 and IPv6) endpoints. Off unless said. As with FIPS, a
    /// custom endpoint beside it is an error.
    pub fn use_dual_stack(mut self, dual_stack: bool) -> Self {
        self.variant.dual_stack = dual_stack;
        self
    }

    /// The clock that dates signatures and ages credentials. The system's unless said.
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// A name for the application, added to the header `User-Agent`: at most 50 characters that
    /// may stand in an HTTP token.
    pub fn app_id(mut self, app_id: impl Into<String>) -> Self {
        self.app_id = Some(app_id.into());
        self
    }

    /// The largest answer that is read, in bytes; a larger one is an error. 32 MiB unless said.
    pub fn answer_limit(mut self, bytes: usize) -> Self {
        self.limits.answer = bytes;
        self
    }

    /// The most memory, in bytes, that the values decoded from one response may take; a response that needs more is
    /// an error of kind [`ErrorKind::AnswerTooLarge`]. Unless set, it is the larger of 16 MiB and 16 times the size of the
    /// response, so that a short response cannot fill the memory.
    ///
    /// It counts the size of each value and the bytes of each text, and leaves out what the allocator adds. The response itself,
    /// which [`answer_limit`](Self::answer_limit) bounds, is not part of it.
    ///
    /// ```
    /// # fn main() -> Result<(), pagesmith::Error> {
    /// let client = pagesmith::Client::builder("us-east-1")
    ///     .credentials("AKIDEXAMPLE", "secret", None)
    ///     .answer_limit(64 << 20)
    ///     .decode_limit(512 << 20)
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn decode_limit(mut self, bytes: usize) -> Self {
        self.limits.decode = Some(bytes);
        self
    }

    /// How long to wait for a connection. 3.1 seconds unless said, as in the AWS SDKs. Has no
    /// effect on an [`http_client`](Self::http_client) of your own.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit;
        self
    }

    /// How long one attempt may take, from sending to the end of the answer and of decoding it; `None` for no limit.
    /// 60 seconds unless said.
    pub fn attempt_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.limits.attempt = limit.into();
        self
    }

    /// How long a call may take, all attempts, pauses and decoding included; `None`, as unless said, for no limit.
    pub fn call_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.limits.call = limit.into();
        self
    }

    /// When a call is tried again. [`Retry::standard`] unless said.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Changes the HTTP client that is made for this: its proxies, its pool. Its TLS is set up already;
    /// for other certificates, give it a rustls configuration of your own with `tls_backend_preconfigured`.
    ///
    /// ```
    /// # fn main() -> Result<(), pagesmith::Error> {
    /// let client = pagesmith::Client::builder("us-east-1")
    ///     .credentials("AKIDEXAMPLE", "secret", None)
    ///     .configure_http_client(|http| http.pool_max_idle_per_host(4))
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn configure_http_client(
        mut self,
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + 'static,
    ) -> Self {
        self.configure_http = Some(Box::new(configure));
        self
    }

    /// The HTTP client to use instead of one made for this. Its redirect policy should be `none`,
    /// since a signature is for one host. With the feature `rustls`, reqwest takes the process's
    /// `CryptoProvider` for a client that it sets up by itself, so one must be installed.
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http = Some(http);
        self
    }

    /// Builds the client. Nothing is sent yet.
    ///
    /// # Errors
    /// Where no credentials were given, the region or the app id cannot be one, or TLS cannot be set up.
    pub fn build(self) -> Result<Client, Error> {
        let credentials = self.credentials?;
        crate::endpoint::check_region(&self.region)?;
        // The one for all services is known now; that of a single one when it is called.
        if let Some((setting, url)) = (self.endpoint_url)("") {
            parse_endpoint(&url, &setting)?;
        }
        let user_agent = user_agent(self.app_id.as_deref())?;
        let http = match self.http {
            Some(http) => http,
            None => http_client(self.connect_timeout, self.configure_http)?,
        };
        Ok(Client(Arc::new(Shared {
            http,
            region: self.region,
            credentials,
            endpoint_url: self.endpoint_url,
            variant: self.variant,
            clock: self.clock,
            user_agent,
            limits: self.limits,
            idempotency_tokens: self.idempotency_tokens,
            retry: self.retry,
            retry_tokens: RetryTokens::default(),
            skew: Skew::default(),
            signer: Signer::default(),
            resolved: RwLock::default(),
        })))
    }
}

impl std::fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ClientBuilder").field("region", &self.region).finish_non_exhaustive()
    }
}

/// Of a client that was built without any.
#[derive(Debug)]
struct NoCredentials;

impl ProvideCredentials for NoCredentials {
    fn provide_credentials<'a>(&'a self) -> ProvideFuture<'a>
    where
        Self: 'a,
    {
        ProvideFuture::ready(Err(CredentialsError::not_loaded(
            "the client was built without credentials, and this operation must be signed",
        )))
    }
}

/// A random UUID (RFC 9562, version 4), from the standard library's randomly keyed hasher: it must be
/// like no other, and need not be hard to guess.
fn idempotency_token() -> String {
    let random = || u128::from(RandomState::new().build_hasher().finish());
    let bits = random() << 64 | random();
    let versioned = bits & !(0xf << 76) & !(0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    let hex = format!("{versioned:032x}");
    let mut token = String::with_capacity(36);
    for (index, digit) in hex.chars().enumerate() {
        if matches!(index, 8 | 12 | 16 | 20) {
            token.push('-');
        }
        token.push(digit);
    }
    token
}

fn http_client(
    connect_timeout: Duration,
    configure: Option<Box<Configure>>,
) -> Result<reqwest::Client, Error> {
    let builder = reqwest::Client::builder()
        .connect_timeout(connect_timeout)
        // A signature is for one host: it must not follow a redirect to another.
        .redirect(reqwest::redirect::Policy::none())
        // Shorter than what load balancers allow: a connection that was dropped while idle would
        // lose the request that is sent on it next.
        .pool_idle_timeout(IDLE_TIMEOUT)
        .tcp_nodelay(true);
    let builder = tls::configure(builder)?;
    let builder = match configure {
        Some(configure) => configure(builder),
        None => builder,
    };
    builder.build().map_err(|error| {
        Error::new(ErrorKind::Configuration, "the HTTP client could not be set up")
            .with_source(error)
    })
}

fn user_agent(app_id: Option<&str>) -> Result<HeaderValue, Error> {
    let mut text = concat!("pagesmith/", env!("CARGO_PKG_VERSION")).to_owned();
    if let Some(app_id) = app_id {
        let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if app_id.is_empty() || app_id.len() > 50 || !app_id.bytes().all(token) {
            return Err(Error::new(
                ErrorKind::Configuration,
                format!(
                    "{app_id:?} is no app id: expected 1 to 50 letters, digits or !#$%&'*+-.^_`|~"
                ),
            ));
        }
        text.push_str(" app/");
        text.push_str(app_id);
    }
    HeaderValue::try_from(text).map_err(|error| {
        Error::new(ErrorKind::Configuration, "the User-Agent is no header value").with_source(error)
    })
}
