//! The calls written by hand for these six methods, with the crates that Pagesmith uses: reqwest, aws-sigv4's signer of whole
//! requests, and quick-xml.

#[path = "../../job-by-hand/src/request.rs"]
mod request;
#[path = "../../job-by-hand/src/response.rs"]
mod response;

use std::sync::Arc;
use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use http::header::CONTENT_TYPE;
use job::{Method, Problem, Sdk, Seen};
use rustls::ClientConfig;
use rustls_platform_verifier::BuilderVerifierExt as _;

const FORM: &str = "application/x-www-form-urlencoded";

#[derive(Clone)]
struct ByHand {
    http: reqwest::Client,
    endpoint: Arc<str>,
    credentials: Credentials,
}

impl Sdk for ByHand {
    async fn connect(endpoint: &str) -> Result<Self, Problem> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_platform_verifier()?
            .with_no_client_auth();
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .tcp_nodelay(true)
            .tls_backend_preconfigured(tls)
            .build()?;
        let credentials = Credentials::from_keys(job::ACCESS_KEY_ID, job::SECRET_ACCESS_KEY, None);
        Ok(Self { http, endpoint: format!("{endpoint}/").into(), credentials })
    }

    async fn call(&self, method: Method, user_name: &'static str) -> Result<Seen, Problem> {
        let body = request::body(method, user_name);
        let request = self.signed(body)?;
        let response = self.http.execute(request.try_into()?).await?;
        let status = response.status();
        let body = response.bytes().await?;
        if !status.is_success() {
            return Err(format!("{status}: {}", String::from_utf8_lossy(&body)).into());
        }
        if method == Method::List { response::rows(&body) } else { Ok(Seen::default()) }
    }
}

impl ByHand {
    #[inline(never)]
    fn signed(&self, body: String) -> Result<http::Request<String>, Problem> {
        let identity = self.credentials.clone().into();
        let params = SigningParams::builder()
            .identity(&identity)
            .region(job::REGION)
            .name("iam")
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()?
            .into();
        let headers = std::iter::once((CONTENT_TYPE.as_str(), FORM));
        let bytes = SignableBody::Bytes(body.as_bytes());
        let signable = SignableRequest::new("POST", &*self.endpoint, headers, bytes)?;
        let (instructions, _) = sign(signable, &params)?.into_parts();
        let mut request =
            http::Request::post(&*self.endpoint).header(CONTENT_TYPE, FORM).body(body)?;
        instructions.apply_to_request_http1x(&mut request);
        Ok(request)
    }
}

fn main() -> std::process::ExitCode {
    job::main::<ByHand>()
}
