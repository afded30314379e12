//! What a client is told before it is built.

mod chosen;
mod http;
mod origin;
#[cfg(feature = "aws-config")]
mod sdk_config;

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::{Arc, RwLock};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};

use super::resolve::{check_variant, parse_endpoint};
use super::{Client, Clock, IdempotencyTokens, Limits, Shared};
use crate::auth::sigv4::Signer;
use crate::client::retry::{Retry, RetryTokens};
use crate::client::skew::Skew;
use crate::client::tls;
use crate::credentials::CredentialsCache;
use crate::error::Error;
use chosen::{Chosen, no_credentials, no_region};
pub(super) use http::Http;
use http::{MadeHttp, check_app_id, http_client, user_agent};

/// How long to wait for a connection, as in the AWS SDKs.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(3100);

/// How long one attempt may take.
const ATTEMPT_TIMEOUT: Duration = Duration::from_mins(1);

/// How long a provider of credentials may take, as in the AWS SDKs.
const CREDENTIALS_TIMEOUT: Duration = Duration::from_secs(5);

/// No answer of an AWS Query service comes near this; one that does is none.
const ANSWER_LIMIT: usize = 32 * 1024 * 1024;

/// What a [`Client`] is told before it is built.
#[must_use = "a builder does nothing until it is built"]
pub struct ClientBuilder {
    /// What it was told.
    told: Chosen,
    /// What was found elsewhere, which counts where it was told nothing.
    found: Chosen,
    /// The profile to take settings from in place of what was found.
    profile: Option<String>,
    clock: Clock,
    limits: Limits,
    idempotency_tokens: IdempotencyTokens,
    connect_timeout: Duration,
    configure_http: Option<Box<Configure>>,
    http: Option<reqwest::Client>,
    /// That of the client that this was made from, to be shared unless something about it is changed.
    shared_http: Option<MadeHttp>,
}

type Configure = dyn FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send;

impl ClientBuilder {
    pub(crate) fn new(region: impl Into<Option<String>>) -> Self {
        Self {
            told: Chosen { region: region.into(), ..Chosen::default() },
            found: Chosen::default(),
            profile: None,
            clock: Arc::new(SystemTime::now),
            limits: Limits {
                attempt: Some(ATTEMPT_TIMEOUT),
                call: None,
                credentials: CREDENTIALS_TIMEOUT,
                answer: ANSWER_LIMIT,
                decode: None,
            },
            idempotency_tokens: Arc::new(idempotency_token),
            connect_timeout: CONNECT_TIMEOUT,
            configure_http: None,
            http: None,
            shared_http: None,
        }
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
        self.told.credentials = Some(Ok(CredentialsCache::absent()));
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
        self.told.credentials = Some(Ok(CredentialsCache::given(credentials)));
        self
    }

    /// Any provider of credentials, such as those of `aws-config`. What it gives is kept until
    /// shortly before it expires, and is then fetched again, once for all calls that need it: as a task of its own
    /// on the Tokio runtime of the call that began it, in the background while the last credentials are valid. See
    /// [`credentials_timeout`](Self::credentials_timeout).
    pub fn credentials_provider(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        let provider = SharedCredentialsProvider::new(provider);
        self.told.credentials = Some(Ok(CredentialsCache::provided(provider)));
        self
    }

    /// Calls go to `url` instead of AWS, for every service: a local endpoint, a proxy, a VPC endpoint.
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        let url = url.into();
        self.told.endpoint_url =
            Some(Arc::new(move |_| Some(("endpoint_url".to_owned(), url.clone()))));
        self
    }

    #[cfg(feature = "aws-config")]
    pub(crate) fn endpoint_urls(
        mut self,
        of: impl Fn(&str) -> Option<(String, String)> + Send + Sync + 'static,
    ) -> Self {
        self.told.endpoint_url = Some(Arc::new(of));
        self
    }

    /// Whether to use AWS's FIPS endpoints. Off unless said.
    pub fn use_fips(mut self, fips: bool) -> Self {
        self.told.fips = Some(fips);
        self
    }

    /// Whether to use AWS's dual-stack (IPv4 and IPv6) endpoints. Off unless said. As with FIPS, a
    /// custom endpoint beside it is an error.
    pub fn use_dual_stack(mut self, dual_stack: bool) -> Self {
        self.told.dual_stack = Some(dual_stack);
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
        self.told.app_id = Some(app_id.into());
        self
    }

    /// The largest answer that is read, in bytes; a larger one is an error. 32 MiB unless said.
    pub fn answer_limit(mut self, bytes: usize) -> Self {
        self.limits.answer = bytes;
        self
    }

    /// The most memory, in bytes, that the values decoded from one response may take; a response that needs more is
    /// an error of kind [`ErrorKind::ResponseTooLarge`](crate::ErrorKind::ResponseTooLarge). Unless set, it is the larger of 16 MiB and 16 times the size of the
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
        self.shared_http = None;
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

    /// How long a provider of credentials may take to give them; a call that waits for them fails after that. 5
    /// seconds by default, as in the AWS SDKs. A call's own limit counts as well: the call fails after it, and the
    /// provider's result is kept for the next.
    pub fn credentials_timeout(mut self, limit: Duration) -> Self {
        self.limits.credentials = limit;
        self
    }

    /// When a call is tried again. [`Retry::standard`] unless said.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.told.retry = Some(retry);
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
        self.shared_http = None;
        self
    }

    /// The HTTP client to use instead of one made for this.
    ///
    /// It must not follow redirects, which reqwest does by default: a request that is redirected takes the session
    /// token to another host, and for the statuses 307 and 308 its body as well, with one-time codes in it. A
    /// `reqwest::Client` does not tell whether it does, so turn them off where you build it. With the feature
    /// `rustls`, reqwest takes the process's `CryptoProvider` for a client that it sets up by itself, so one must be
    /// installed.
    ///
    #[cfg_attr(feature = "rustls", doc = "```")]
    #[cfg_attr(not(feature = "rustls"), doc = "```ignore")]
    /// use pagesmith::{reqwest, rustls};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// // An error where the process has one already.
    /// let _ = rustls::crypto::ring::default_provider().install_default();
    /// let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    /// let client = pagesmith::Client::builder("us-east-1")
    ///     .credentials("AKIDEXAMPLE", "secret", None)
    ///     .http_client(http)
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http = Some(http);
        self
    }

    /// Builds the client. Nothing is sent yet.
    ///
    /// # Errors
    /// Where no credentials were given or a key is empty; the region or the app id cannot be one; FIPS or dual stack
    /// is asked for beside a custom endpoint; there is no such profile, or a file that a setting names cannot be read;
    /// calls go over https and no feature brings TLS, or it cannot be set up.
    pub fn build(mut self) -> Result<Client, Error> {
        if let Some(profile) = &self.profile {
            let region = self.found.region.take();
            self.found = Self::read(Some(profile))?;
            self.found.region = self.found.region.or(region);
        }
        let chosen = self.told.or(self.found);
        let variant = chosen.variant();
        let region = chosen.region.ok_or_else(no_region)?;
        crate::endpoint::check_region(&region)?;
        let credentials = chosen.credentials.unwrap_or_else(|| Err(no_credentials()))?;
        credentials.check()?;
        let user_agent = user_agent(chosen.app_id.as_deref())?;
        let http = match (self.http, self.shared_http) {
            (Some(own), _) => Http::Own(own),
            (None, Some(shared)) if shared.ca_bundle == chosen.ca_bundle => Http::Made(shared),
            (None, _) => {
                let is_configured = self.configure_http.is_some();
                let ca_bundle = chosen.ca_bundle;
                let http =
                    http_client(self.connect_timeout, ca_bundle.as_ref(), self.configure_http)?;
                Http::Made(MadeHttp { http, ca_bundle, is_configured })
            }
        };
        // That of all services is known now; that of a single one when it is called.
        let may_be_plain = match &chosen.endpoint_url {
            None => false,
            Some(of) => match of("") {
                None => true,
                Some((setting, url)) => {
                    let url = parse_endpoint(&url, &setting)?;
                    check_variant(variant, &setting)?;
                    url.scheme() != "https"
                }
            },
        };
        if !may_be_plain && !http.may_have_tls() {
            return Err(tls::unavailable());
        }
        Ok(Client(Arc::new(Shared {
            http,
            region,
            credentials,
            endpoint_url: chosen.endpoint_url,
            variant,
            clock: self.clock,
            user_agent,
            app_id: chosen.app_id,
            limits: self.limits,
            idempotency_tokens: self.idempotency_tokens,
            connect_timeout: self.connect_timeout,
            retry: chosen.retry.unwrap_or_else(Retry::standard),
            retry_tokens: RetryTokens::default(),
            skew: Skew::default(),
            signer: Signer::default(),
            resolved: RwLock::default(),
        })))
    }
}

impl std::fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let region = self.region().unwrap_or("");
        f.debug_struct("ClientBuilder").field("region", &region).finish_non_exhaustive()
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
