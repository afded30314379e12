//! The client: what all calls share.

mod attempt;
mod builder;

use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use http::HeaderValue;

use crate::credentials::CredentialsCache;
use crate::endpoint::{self, Variant};
use crate::error::{Error, ErrorKind};
use crate::operation::{Operation, Service};
use crate::query;
use crate::shape::{Record, sensitive_texts};
use crate::sign::Signer;

pub(crate) use attempt::Answer;
pub use builder::ClientBuilder;

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
    http: reqwest::Client,
    region: String,
    credentials: CredentialsCache,
    endpoint_url: EndpointUrl,
    variant: Variant,
    clock: Clock,
    user_agent: HeaderValue,
    answer_limit: usize,
    signer: Signer,
    resolved: RwLock<Vec<Arc<Resolved>>>,
}

/// Tells the time.
type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// Tells the URL that is configured for a service, by the service's id; with the name of the setting.
type EndpointUrl = Arc<dyn Fn(&str) -> Option<(String, String)> + Send + Sync>;

/// Where one service is reached for one region.
struct Resolved {
    endpoint_prefix: String,
    region: String,
    url: reqwest::Url,
    host: String,
    signing_region: String,
}

impl Client {
    /// A client as the environment describes it: region (`AWS_REGION`, `AWS_DEFAULT_REGION`),
    /// credentials (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`) and endpoint
    /// (`AWS_ENDPOINT_URL_IAM`, `AWS_ENDPOINT_URL`).
    ///
    /// # Errors
    /// Where the region or the credentials are missing, named in the message.
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

    /// Sends `input` to `operation` and gives the answer of a success.
    pub(crate) async fn execute(
        &self,
        operation: &Operation<'_>,
        region: Option<&str>,
        input: &dyn Record,
    ) -> Result<Answer, Error> {
        // Encoded before the first await: the future then holds bytes and not the input.
        let body = query::encode(operation.name, operation.service.api_version, operation.input, input);
        let secrets = sensitive_texts(operation.input, input);
        self.send(operation, region, body, &secrets)
            .await
            .map_err(|error| error.of_operation(operation.name))
    }

    async fn send(
        &self,
        operation: &Operation<'_>,
        region: Option<&str>,
        body: String,
        secrets: &[zeroize::Zeroizing<String>],
    ) -> Result<Answer, Error> {
        let resolved = self.resolve(operation.service, region.unwrap_or(&self.0.region))?;
        let now = (self.0.clock)();
        let credentials = self.0.credentials.get(now).await?;
        let request = self.signed(operation.service, &resolved, &credentials, now, body)?;
        let answer = self.exchange(request).await?;
        answer.success(secrets)
    }

    fn resolve(&self, service: &Service<'_>, region: &str) -> Result<Arc<Resolved>, Error> {
        let known = |resolved: &&Arc<Resolved>| {
            resolved.endpoint_prefix == service.endpoint_prefix && resolved.region == region
        };
        let lock = &self.0.resolved;
        if let Some(found) = lock.read().unwrap_or_else(PoisonError::into_inner).iter().find(known) {
            return Ok(found.clone());
        }
        let resolved = Arc::new(self.resolve_anew(service, region)?);
        let mut all = lock.write().unwrap_or_else(PoisonError::into_inner);
        // One entry a service and region in use; the bound is for a caller that makes up regions.
        if all.len() >= 256 {
            all.clear();
        }
        all.push(resolved.clone());
        Ok(resolved)
    }

    fn resolve_anew(&self, service: &Service<'_>, region: &str) -> Result<Resolved, Error> {
        let (text, setting, signing_region) = match (self.0.endpoint_url)(service.id) {
            Some((setting, url)) => (url, setting, endpoint::signing_region(service, region)?),
            None => {
                let endpoint = endpoint::resolve(service, region, self.0.variant)?;
                (format!("https://{}", endpoint.host), "region".to_owned(), endpoint.signing_region)
            }
        };
        let url = parse_endpoint(&text, &setting)?;
        let host = match (url.host_str(), url.port()) {
            (Some(host), Some(port)) => format!("{host}:{port}"),
            (Some(host), None) => host.to_owned(),
            (None, _) => return Err(not_an_endpoint(&text, &setting)),
        };
        Ok(Resolved {
            endpoint_prefix: service.endpoint_prefix.to_owned(),
            region: region.to_owned(),
            url,
            host,
            signing_region,
        })
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("region", &self.0.region).finish_non_exhaustive()
    }
}

fn parse_endpoint(text: &str, setting: &str) -> Result<reqwest::Url, Error> {
    let url = reqwest::Url::parse(text)
        .map_err(|error| not_an_endpoint(text, setting).with_source(error))?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    if plain { Ok(url) } else { Err(not_an_endpoint(text, setting)) }
}

fn not_an_endpoint(text: &str, setting: &str) -> Error {
    // What stands before an @ may be a password.
    let shown = text.rsplit('@').next().unwrap_or_default();
    Error::new(
        ErrorKind::Configuration,
        format!(
            "{shown:?} ({setting}) is no endpoint: expected http:// or https:// with a host and \
             perhaps a port and a path, such as http://127.0.0.1:4566"
        ),
    )
}
