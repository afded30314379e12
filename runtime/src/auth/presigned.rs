//! A presigned request.

use std::fmt;

use http::{HeaderMap, Method};
use zeroize::Zeroizing;

/// A request whose URL contains its signature: whoever has it can send the request, without credentials, until it expires.
///
/// `presign` of a request creates it, with the time for which it is valid. It expires earlier if the credentials that signed it do.
///
/// The URL may contain a session token and the values of params, so it is a secret. `Debug` shows it without them, and without the
/// signature.
///
/// ```
/// use std::time::Duration;
/// use pagesmith::{Client, aws::iam_api::mfa_devices};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), pagesmith::Error> {
/// let client = Client::builder("us-east-1").credentials("AKIDEXAMPLE", "secret", None).build()?;
/// let devices = mfa_devices(&client);
/// let request = devices.list().user_name("alice").presign(Duration::from_secs(60)).await?;
/// assert_eq!(request.method(), "POST");
/// assert!(request.url().starts_with("https://iam.amazonaws.com/?Action=ListMFADevices&"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Presigned {
    pub(crate) method: Method,
    pub(crate) url: Zeroizing<String>,
    pub(crate) headers: HeaderMap,
    /// The URL without secrets.
    pub(crate) shown: String,
}

impl Presigned {
    /// The HTTP method to send it with.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The URL to send it to.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The headers to send it with, which are signed. `host` is not among them, because it follows from the URL.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }
}

impl fmt::Debug for Presigned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values of headers may be secrets.
        let names: Vec<_> = self.headers.keys().collect();
        f.debug_struct("Presigned")
            .field("method", &self.method)
            .field("url", &self.shown)
            .field("headers", &names)
            .finish()
    }
}
