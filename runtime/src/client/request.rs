//! The settings of a single request.

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

/// A request that has not been sent. Every request builder implements this trait, and also has its methods as inherent methods,
/// so the trait is needed only for functions that are generic over requests.
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
    /// The settings of the request.
    #[doc(hidden)]
    fn options_mut(&mut self) -> &mut RequestOptions;

    /// Sets the region, such as `eu-west-1`, instead of the client's. Sending fails if the region is invalid.
    #[must_use]
    fn region(mut self, region: impl Into<String>) -> Self {
        self.options_mut().region = Some(region.into());
        self
    }

    /// Sets how long the request may take, including all attempts and the pauses between them, instead of the client's
    /// [`call_timeout`](crate::ClientBuilder::call_timeout); `None` for no limit. For a listing, the limit applies to the request
    /// for each page. The client's limit for one attempt still applies.
    #[must_use]
    fn timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.options_mut().timeout = match limit.into() {
            Some(limit) => Timeout::After(limit),
            None => Timeout::Never,
        };
        self
    }

    /// Sets whether and when the request is retried, instead of the client's setting.
    #[must_use]
    fn retry(mut self, retry: Retry) -> Self {
        self.options_mut().retry = Some(retry);
        self
    }

    /// Sets the credentials instead of the client's: access key id, secret access key and, for temporary credentials, the
    /// session token.
    #[must_use]
    fn credentials(
        self,
        access_key_id: impl Into<String>,
        secret_access_key: impl Into<String>,
        session_token: Option<String>,
    ) -> Self {
        let keys = Credentials::new(access_key_id, secret_access_key, session_token, None, "given");
        with_credentials(self, CredentialsCache::from_keys(keys))
    }

    /// Sets the credentials provider instead of the client's. Clones of the request share its cached credentials.
    #[must_use]
    fn credentials_provider(self, provider: impl ProvideCredentials + 'static) -> Self {
        let provider = SharedCredentialsProvider::new(provider);
        with_credentials(self, CredentialsCache::from_provider(provider))
    }

    /// Sets an additional header, which is signed. It replaces an earlier header with the same name. As in the AWS SDKs,
    /// `X-Amzn-Trace-Id` is not signed, because a proxy may change it.
    ///
    /// Sending fails with [`ErrorKind::Input`] if `name` or `value` is invalid in HTTP, or if the header is reserved for the
    /// signature or the transport: `authorization`, `host`, `x-amz-…`, `content-type`, `user-agent` (see
    /// [`app_id`](crate::ClientBuilder::app_id)) and others.
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
    /// Sorted by name, without duplicates.
    headers: Vec<(HeaderName, HeaderValue)>,
    /// The message about a rejected header.
    problem: Option<String>,
}

impl std::fmt::Debug for RequestOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RequestOptions").field("region", &self.region).finish_non_exhaustive()
    }
}

/// The time limit of a call.
#[derive(Clone, Copy, Default)]
pub(crate) enum Timeout {
    #[default]
    /// The limit of the client.
    Inherit,
    Never,
    After(Duration),
}

/// Headers that the client or its HTTP library sets, or that a proxy may change, which would invalidate the signature.
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
    /// The additional headers, sorted by name.
    ///
    /// # Errors
    /// If one was rejected.
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

/// Checks that a request may have the header `name` with `value`.
fn checked(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let parsed = HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
        format!("{name:?} is not a valid name of an HTTP header; use letters, digits and hyphens")
    })?;
    if RESERVED.contains(&parsed) || parsed.as_str().starts_with("x-amz-") {
        return Err(format!(
            "the header {parsed} cannot be set, because the client or the signature uses it; remove it"
        ));
    }
    // Only text can be signed. The value may be a secret, so no message shows it.
    let parsed_value = HeaderValue::from_str(value).ok().filter(|value| value.to_str().is_ok());
    let mut value = parsed_value.ok_or_else(|| {
        format!("the value of the header {parsed} contains a character that is not allowed in HTTP headers; \
             use visible ASCII characters and spaces")
    })?;
    value.set_sensitive(true);
    Ok((parsed, value))
}
