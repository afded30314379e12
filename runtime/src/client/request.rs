//! What a single request sets differently from its client.

use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use http::header::{
    AUTHORIZATION, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, EXPECT, HOST, TE, TRAILER,
    TRANSFER_ENCODING, UPGRADE, USER_AGENT,
};
use http::{HeaderName, HeaderValue};

use crate::client::retry::Retry;
use crate::credentials::CredentialsCache;
use crate::error::{Error, ErrorKind};

/// A request that has not been sent yet. Every request builder implements this, and has these methods
/// without the trait in scope too; the trait is for functions that take any of them.
///
/// ```
/// use std::time::Duration;
/// use pagesmith::{Client, Request, Retry, aws::iam_api::mfa_devices};
///
/// fn impatient<R: Request>(request: R, team: &str) -> R {
///     request.timeout(Duration::from_secs(2)).retry(Retry::never()).header("x-team", team)
/// }
///
/// # fn example(client: &Client) {
/// let request = impatient(mfa_devices(client).list().user_name("alice"), "storage");
/// # drop(request);
/// # }
/// ```
pub trait Request: Sized {
    /// Where the settings are kept.
    #[doc(hidden)]
    fn options_mut(&mut self) -> &mut RequestOptions;

    /// Another region than the client's, such as `eu-west-1`. A region that does not exist is an error
    /// when the request is sent.
    #[must_use]
    fn region(mut self, region: impl Into<String>) -> Self {
        self.options_mut().region = Some(region.into());
        self
    }

    /// How long the request may take, all attempts and the pauses between them included, instead of
    /// [`call_timeout`](crate::ClientBuilder::call_timeout) of the client; `None` for no limit. For
    /// a listing, this applies to the request for each page. The client's limit for one attempt
    /// stays.
    #[must_use]
    fn timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.options_mut().timeout = match limit.into() {
            Some(limit) => Timeout::After(limit),
            None => Timeout::Never,
        };
        self
    }

    /// When the request is tried again, instead of what the client says.
    #[must_use]
    fn retry(mut self, retry: Retry) -> Self {
        self.options_mut().retry = Some(retry);
        self
    }

    /// Other keys than the client's: access key id, secret access key and, for temporary ones, session
    /// token.
    #[must_use]
    fn credentials(
        self,
        access_key_id: impl Into<String>,
        secret_access_key: impl Into<String>,
        session_token: Option<String>,
    ) -> Self {
        let keys = Credentials::new(access_key_id, secret_access_key, session_token, None, "given");
        with_credentials(self, CredentialsCache::given(keys))
    }

    /// Another provider of credentials than the client's. Clones of the request share what it gives.
    #[must_use]
    fn credentials_provider(self, provider: impl ProvideCredentials + 'static) -> Self {
        let provider = SharedCredentialsProvider::new(provider);
        with_credentials(self, CredentialsCache::provided(provider))
    }

    /// A further header, which is part of what is signed. One of the same name that was given before is
    /// replaced. As in the AWS SDKs, `X-Amzn-Trace-Id` is sent without being signed, since what
    /// is on the way may change it.
    ///
    /// Sending fails with [`ErrorKind::Input`] where `name` or `value` cannot be those of an HTTP header,
    /// and for names that belong to the signature or to the transport: `authorization`, `host`, `x-amz-…`,
    /// `content-type`, `user-agent` (see [`app_id`](crate::ClientBuilder::app_id)) and the like.
    #[must_use]
    fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.options_mut().set_header(name.as_ref(), value.as_ref());
        self
    }
}

fn with_credentials<R: Request>(mut request: R, credentials: CredentialsCache) -> R {
    request.options_mut().credentials = Some(credentials);
    request
}

/// The settings of a [`Request`].
#[derive(Clone, Default)]
pub struct RequestOptions {
    pub(crate) region: Option<String>,
    pub(crate) timeout: Timeout,
    pub(crate) retry: Option<Retry>,
    pub(crate) credentials: Option<CredentialsCache>,
    /// Sorted by name, each name once.
    headers: Vec<(HeaderName, HeaderValue)>,
    /// Why a header was refused.
    problem: Option<String>,
}

impl std::fmt::Debug for RequestOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RequestOptions").field("region", &self.region).finish_non_exhaustive()
    }
}

/// The limit of a whole call.
#[derive(Clone, Copy, Default)]
pub(crate) enum Timeout {
    #[default]
    OfClient,
    Never,
    After(Duration),
}

/// Set by the client, by its HTTP library, or changed on the way, so that a signature over them
/// would not hold.
const RESERVED: [HeaderName; 11] = [
    AUTHORIZATION,
    HOST,
    CONTENT_TYPE,
    CONTENT_LENGTH,
    USER_AGENT,
    TRANSFER_ENCODING,
    CONNECTION,
    EXPECT,
    TE,
    TRAILER,
    UPGRADE,
];

impl RequestOptions {
    /// The further headers, sorted by name.
    ///
    /// # Errors
    /// Where one was refused.
    pub(crate) fn headers(&self) -> Result<&[(HeaderName, HeaderValue)], Error> {
        match &self.problem {
            None => Ok(&self.headers),
            Some(problem) => Err(Error::new(ErrorKind::Input, problem.clone())),
        }
    }

    fn set_header(&mut self, name: &str, value: &str) {
        let (name, value) = match checked(name, value) {
            Ok(header) => header,
            Err(problem) => {
                self.problem.get_or_insert(problem);
                return;
            }
        };
        match self.headers.binary_search_by(|(known, _)| known.as_str().cmp(name.as_str())) {
            Ok(at) => {
                if let Some((_, known)) = self.headers.get_mut(at) {
                    *known = value;
                }
            }
            Err(at) => self.headers.insert(at, (name, value)),
        }
    }
}

/// `name` and `value` as a header that a request may have.
fn checked(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let parsed = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| format!("{name:?} cannot be the name of an HTTP header"))?;
    if RESERVED.contains(&parsed) || parsed.as_str().starts_with("x-amz-") {
        return Err(format!(
            "the header {parsed} cannot be set: it belongs to the client or to the signature"
        ));
    }
    // What is signed is text. The value may be a secret, so that no message shows it.
    let made = HeaderValue::from_str(value).ok().filter(|value| value.to_str().is_ok());
    let mut value = made.ok_or_else(|| {
        format!("the value of the header {parsed} has a character that HTTP headers cannot hold")
    })?;
    value.set_sensitive(true);
    Ok((parsed, value))
}
