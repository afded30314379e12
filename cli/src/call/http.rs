//! The default credential chain of AWS, with the HTTP client that the calls use. The crate aws-config would add
//! another client with its own TLS.

use aws_config::Region;
use aws_config::default_provider::credentials::DefaultCredentialsChain;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use pagesmith_runtime::credential_types::provider::SharedCredentialsProvider;
use pagesmith_runtime::reqwest;

/// The maximum size of a response with credentials, in bytes.
const MAX_BYTES: usize = 1 << 20;

/// Credentials from variables, profiles, web identity, ECS and EC2, in this order; only from `profile` if there is
/// one.
pub(super) async fn credentials(
    region: String,
    profile: Option<&str>,
) -> SharedCredentialsProvider {
    // Fails if a provider is installed already, which is fine.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let region = Region::new(region);
    let config = ProviderConfig::without_region().with_http_client(Clients);
    match profile {
        Some(name) => {
            let config = config.with_region(Some(region));
            let builder = ProfileFileCredentialsProvider::builder().configure(&config);
            SharedCredentialsProvider::new(builder.profile_name(name).build())
        }
        None => {
            let chain = DefaultCredentialsChain::builder().configure(config).region(region);
            SharedCredentialsProvider::new(chain.build().await)
        }
    }
}

/// Creates a client for each set of timeouts.
#[derive(Debug)]
struct Clients;

impl HttpClient for Clients {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let mut builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        if let Some(limit) = settings.connect_timeout() {
            builder = builder.connect_timeout(limit);
        }
        if let Some(limit) = settings.read_timeout() {
            builder = builder.read_timeout(limit);
        }
        let client = builder.build().map_err(|error| causes(&error));
        SharedHttpConnector::new(Connector(client))
    }
}

/// A client, or the error of creating it.
#[derive(Debug)]
struct Connector(Result<reqwest::Client, String>);

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let client = self.0.clone();
        HttpConnectorFuture::new(async move {
            let client = client.map_err(|problem| ConnectorError::user(problem.into()))?;
            exchange(&client, request).await
        })
    }
}

async fn exchange(
    client: &reqwest::Client,
    request: HttpRequest,
) -> Result<HttpResponse, ConnectorError> {
    let wrong = |problem: &str| ConnectorError::user(problem.into());
    let method = reqwest::Method::from_bytes(request.method().as_bytes())
        .map_err(|error| ConnectorError::user(error.into()))?;
    let body = request.body().bytes().ok_or_else(|| wrong("the request is a stream"))?.to_vec();
    let mut sent = client.request(method, request.uri()).body(body);
    for (name, value) in request.headers() {
        sent = sent.header(name, value);
    }
    let mut response = sent.send().await.map_err(failed)?;
    let status = response.status().as_u16().try_into();
    let headers = response.headers().clone();
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        if bytes.len().saturating_add(chunk.len()) > MAX_BYTES {
            return Err(ConnectorError::other("the response is too large".into(), None));
        }
        bytes.extend_from_slice(&chunk);
    }
    let status = status.map_err(|_| wrong("the response has an invalid HTTP status"))?;
    let mut received = HttpResponse::new(status, bytes.into());
    for (name, value) in &headers {
        if let Ok(value) = value.to_str() {
            let _ = received.headers_mut().try_append(name.as_str().to_owned(), value.to_owned());
        }
    }
    Ok(received)
}

fn failed(error: reqwest::Error) -> ConnectorError {
    // A URL may contain a token.
    let error = error.without_url();
    let is_late = error.is_timeout();
    let problem = causes(&error).into();
    if is_late { ConnectorError::timeout(problem) } else { ConnectorError::io(problem) }
}

/// The error with its causes.
fn causes(error: &reqwest::Error) -> String {
    let causes = super::problem::causes(error);
    std::iter::once(error.to_string()).chain(causes).collect::<Vec<_>>().join(": ")
}
