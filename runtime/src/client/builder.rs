//! The builder of a client.

mod build;
mod config;
mod http;
#[cfg(feature = "aws-config")]
mod sdk_config;
mod sources;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_credential_types::provider::token::{ProvideToken, SharedTokenProvider};
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_credential_types::{Credentials, Token};

use super::retry::Retry;
use super::settings::BearerTokens;
use super::{Clock, IdempotencyTokens, Limits};
use crate::credentials::CredentialsCache;
use build::idempotency_token;
use config::Config;
use http::DefaultHttp;
pub(super) use http::Http;

/// The time limit of connecting, as in the AWS SDKs.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(3100);

/// The time limit of one attempt.
const ATTEMPT_TIMEOUT: Duration = Duration::from_mins(1);

/// How long nothing of a streaming body may pass, as in the AWS SDKs.
const STALL_TIMEOUT: Duration = Duration::from_secs(20);

/// The time limit of a credentials provider, as in the AWS SDKs.
const CREDENTIALS_TIMEOUT: Duration = Duration::from_secs(5);

/// The maximum size of a response, in bytes. Responses of AWS Query services are much smaller.
const RESPONSE_LIMIT: usize = 32 * 1024 * 1024;

/// A builder of a [`Client`](crate::Client).
#[must_use = "a builder does nothing until it is built"]
pub struct ClientBuilder {
    /// The settings of the caller.
    explicit: Config,
    /// The settings of the environment, a profile, an SDK configuration or another client. They are used where `explicit` has
    /// none.
    inherited: Config,
    /// The profile whose settings replace `inherited`.
    profile: Option<String>,
    clock: Clock,
    limits: Limits,
    idempotency_tokens: IdempotencyTokens,
    connect_timeout: Duration,
    configure_http: Option<Box<Configure>>,
    http: Option<reqwest::Client>,
    /// The HTTP client of the client that this builder comes from. It is shared unless a setting of it is changed.
    shared_http: Option<DefaultHttp>,
}

type Configure = dyn FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send;

impl ClientBuilder {
    pub(crate) fn new(region: impl Into<Option<String>>) -> Self {
        Self {
            explicit: Config { region: region.into(), ..Config::default() },
            inherited: Config::default(),
            profile: None,
            clock: Arc::new(SystemTime::now),
            limits: Limits {
                attempt: Some(ATTEMPT_TIMEOUT),
                stall: Some(STALL_TIMEOUT),
                call: None,
                credentials: CREDENTIALS_TIMEOUT,
                response: RESPONSE_LIMIT,
                decode: None,
            },
            idempotency_tokens: Arc::new(idempotency_token),
            connect_timeout: CONNECT_TIMEOUT,
            configure_http: None,
            http: None,
            shared_http: None,
        }
    }

    /// Sets the function that creates idempotency tokens, for calls whose operation takes a token that the caller does not
    /// set. By default, each token is a random UUID.
    pub fn idempotency_tokens(
        mut self,
        tokens: impl Fn() -> String + Send + Sync + 'static,
    ) -> Self {
        self.idempotency_tokens = Arc::new(tokens);
        self
    }

    /// Builds a client without credentials, for operations that are not signed, such as the operation that exchanges a web
    /// identity for credentials. Other calls fail.
    pub fn without_credentials(mut self) -> Self {
        self.explicit.credentials = Some(Ok(CredentialsCache::none()));
        self
    }

    /// Sets the credentials: access key id, secret access key and, for temporary credentials, the session token.
    pub fn credentials(
        mut self,
        access_key_id: impl Into<String>,
        secret_access_key: impl Into<String>,
        session_token: Option<String>,
    ) -> Self {
        let credentials =
            Credentials::new(access_key_id, secret_access_key, session_token, None, "given");
        self.explicit.credentials = Some(Ok(CredentialsCache::from_keys(credentials)));
        self
    }

    /// Sets the credentials provider, such as one from `aws-config`.
    ///
    /// Credentials are cached until shortly before they expire. They are then fetched again, once for all calls: in a task on
    /// the Tokio runtime of the first call that needs them, and in the background as long as the cached credentials are valid.
    /// See [`credentials_timeout`](Self::credentials_timeout).
    pub fn credentials_provider(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        let provider = SharedCredentialsProvider::new(provider);
        self.explicit.credentials = Some(Ok(CredentialsCache::from_provider(provider)));
        self
    }

    /// Sets the bearer token for services that take one, such as Amazon Bedrock. It is preferred over credentials, and is sent only over
    /// https or to this machine. A client that calls only such services needs no credentials.
    pub fn bearer_token(self, token: impl Into<String>) -> Self {
        self.bearer_token_provider(Token::new(token, None))
    }

    /// Sets the provider of bearer tokens for services that take one. Tokens are cached and fetched again as credentials are; see
    /// [`credentials_provider`](Self::credentials_provider).
    ///
    /// ```
    /// use pagesmith::Client;
    /// use pagesmith::credential_types::Token;
    /// use pagesmith::credential_types::provider::{future, token::ProvideToken};
    ///
    /// #[derive(Debug)]
    /// struct FromFile;
    ///
    /// impl ProvideToken for FromFile {
    ///     fn provide_token<'a>(&'a self) -> future::ProvideToken<'a>
    ///     where
    ///         Self: 'a,
    ///     {
    ///         let token = std::fs::read_to_string("token").unwrap_or_default();
    ///         future::ProvideToken::ready(Ok(Token::new(token, None)))
    ///     }
    /// }
    ///
    /// # fn main() -> Result<(), pagesmith::Error> {
    /// let client = Client::builder("us-east-1").bearer_token_provider(FromFile).build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn bearer_token_provider(mut self, provider: impl ProvideToken + 'static) -> Self {
        let provider = SharedTokenProvider::new(provider);
        let source = CredentialsCache::from_token_provider(provider);
        self.explicit.bearer_tokens = Some(BearerTokens::of_all(source));
        self
    }

    /// Sends the calls of all services to `url` instead of AWS: a local endpoint, a proxy, a VPC endpoint.
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        let url = url.into();
        self.explicit.endpoint_url =
            Some(Arc::new(move |_| Some(("endpoint_url".to_owned(), url.clone()))));
        self
    }

    #[cfg(feature = "aws-config")]
    pub(crate) fn endpoint_urls(
        mut self,
        of: impl Fn(&str) -> Option<(String, String)> + Send + Sync + 'static,
    ) -> Self {
        self.explicit.endpoint_url = Some(Arc::new(of));
        self
    }

    /// Sets whether to use AWS's FIPS endpoints. The default is `false`.
    pub fn use_fips(mut self, fips: bool) -> Self {
        self.explicit.fips = Some(fips);
        self
    }

    /// Sets whether to use AWS's dual-stack (IPv4 and IPv6) endpoints. The default is `false`. Neither this nor FIPS can be
    /// combined with a custom endpoint.
    pub fn use_dual_stack(mut self, dual_stack: bool) -> Self {
        self.explicit.dual_stack = Some(dual_stack);
        self
    }

    /// Sets the clock for the dates of signatures and the expiry of credentials. The default is the system clock.
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Sets the name of the application, which is added to the `User-Agent` header: at most 50 characters, each of which is
    /// allowed in an HTTP token.
    pub fn app_id(mut self, app_id: impl Into<String>) -> Self {
        self.explicit.app_id = Some(app_id.into());
        self
    }

    /// Sets the largest size of a response, in bytes. A larger response is an error of kind
    /// [`ErrorKind::ResponseTooLarge`](crate::ErrorKind::ResponseTooLarge). The default is 32 MiB.
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.limits.response = bytes;
        self
    }

    /// Sets how much memory, in bytes, the values of one response may take. A response that needs more is an error of kind
    /// [`ErrorKind::ResponseTooLarge`](crate::ErrorKind::ResponseTooLarge). The default is 16 MiB or 16 times the size of the
    /// response, whichever is larger, so that a short response cannot fill the memory.
    ///
    /// The limit counts the size of each value and the bytes of each text, without the allocator's overhead. The response itself,
    /// which [`response_limit`](Self::response_limit) bounds, does not count.
    ///
    /// ```
    /// # fn main() -> Result<(), pagesmith::Error> {
    /// let client = pagesmith::Client::builder("us-east-1")
    ///     .credentials("AKIDEXAMPLE", "secret", None)
    ///     .response_limit(64 << 20)
    ///     .decode_limit(512 << 20)
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn decode_limit(mut self, bytes: usize) -> Self {
        self.limits.decode = Some(bytes);
        self
    }

    /// Sets how long connecting may take. The default is 3.1 seconds, as in the AWS SDKs. This has no effect on a custom
    /// [`http_client`](Self::http_client).
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit;
        self.shared_http = None;
        self
    }

    /// Sets how long one attempt may take, from sending the request to the end of decoding the response; `None` for no limit.
    /// The default is 60 seconds.
    pub fn attempt_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.limits.attempt = limit.into();
        self
    }

    /// Sets how long nothing of a [`ByteStream`](crate::ByteStream) or of a stream of events may pass while it is sent or received;
    /// `None` for no limit. The default is 20 seconds.
    ///
    /// While a request's body is sent in chunks, this limit holds instead of that of an attempt, which begins again after the body.
    /// Once the head of a response has arrived whose body is read in chunks, this limit holds instead of those of the
    /// attempt and of the call. It counts only while the program waits for the next chunk.
    pub fn stall_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.limits.stall = limit.into();
        self
    }

    /// Sets how long a call may take, including all attempts, pauses and decoding; `None` for no limit. The default is `None`.
    pub fn call_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.limits.call = limit.into();
        self
    }

    /// Sets how long the credentials provider may take. A call that waits for it longer fails. The default is 5 seconds, as in
    /// the AWS SDKs. If the call's own limit passes first, the call fails, and the provider's result is cached for the next call.
    pub fn credentials_timeout(mut self, limit: Duration) -> Self {
        self.limits.credentials = limit;
        self
    }

    /// Sets whether and when a failed call is retried, and whether the client limits its rate. The default is
    /// [`Retry::standard`].
    pub fn retry(mut self, retry: Retry) -> Self {
        self.explicit.retry = Some(retry);
        self
    }

    /// Configures the default HTTP client, for example its proxies or its connection pool. TLS is already configured; to change
    /// it, pass a rustls configuration to `tls_backend_preconfigured`.
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

    /// Sets a custom HTTP client instead of the default one.
    ///
    /// It must not follow redirects, which reqwest does by default. A redirected request sends the session token to another host
    /// and, for the statuses 307 and 308, the body with its one-time codes too. A `reqwest::Client` does not reveal whether it
    /// follows redirects, so turn them off where you build it. With the feature `rustls`, reqwest uses the process's default
    /// `CryptoProvider` for a client that you build, so install one first.
    ///
    #[cfg_attr(feature = "rustls", doc = "```")]
    #[cfg_attr(not(feature = "rustls"), doc = "```ignore")]
    /// use pagesmith::{reqwest, rustls};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// // Fails if the process already has one.
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
}

impl std::fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let region = self.region().unwrap_or("");
        f.debug_struct("ClientBuilder").field("region", &region).finish_non_exhaustive()
    }
}
