//! The calls written by hand with hyper, with the signing key of the day cached: the floor.

mod request;
mod response;
mod sign;

use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use http_body_util::{BodyExt as _, Full};
use hyper_rustls::{ConfigBuilderExt as _, HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use job::{Method, Problem, Sdk, Seen};

use sign::Signer;

const FORM: &str = "application/x-www-form-urlencoded";

#[derive(Clone)]
struct ByHand {
    http: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    endpoint: http::Uri,
    host: Arc<str>,
    signer: Arc<Signer>,
}

impl Sdk for ByHand {
    async fn connect(endpoint: &str) -> Result<Self, Problem> {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        connector.enforce_http(false);
        let tls = rustls::ClientConfig::builder_with_provider(Arc::new(
            rustls::crypto::ring::default_provider(),
        ))
        .with_safe_default_protocol_versions()?
        .try_with_platform_verifier()?
        .with_no_client_auth();
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_http1()
            .wrap_connector(connector);
        let endpoint: http::Uri = format!("{endpoint}/").parse()?;
        let host = endpoint.authority().ok_or("the endpoint has no host")?.as_str().into();
        Ok(Self {
            http: Client::builder(TokioExecutor::new()).build(connector),
            endpoint,
            host,
            signer: Arc::default(),
        })
    }

    async fn call(&self, method: Method, user_name: &'static str) -> Result<Seen, Problem> {
        let body = request::body(method, user_name);
        let signature = self.signer.sign(&self.host, FORM, body.as_bytes());
        let request = Request::post(self.endpoint.clone())
            .header(HOST, &*self.host)
            .header(CONTENT_TYPE, FORM)
            .header("x-amz-date", signature.date)
            .header(AUTHORIZATION, signature.authorization)
            .body(Full::from(body))?;
        let response = self.http.request(request).await?;
        let status = response.status();
        let body = response.into_body().collect().await?.to_bytes();
        if !status.is_success() {
            return Err(format!("{status}: {}", String::from_utf8_lossy(&body)).into());
        }
        if method == Method::List { response::rows(&body) } else { Ok(Seen::default()) }
    }
}

fn main() -> std::process::ExitCode {
    job::main::<ByHand>()
}
