//! A client that signs requests, and endpoints with a fixed clock.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use local_iam::LocalIam;

pub(crate) const VERSION: &str = "2010-05-08";
pub(crate) const MEDIA_TYPE: &str = "application/x-www-form-urlencoded; charset=utf-8";

/// 2015-08-30T12:36:00Z, the time of all endpoints in these tests.
pub(crate) const NOW: u64 = 1_440_938_160;

pub(crate) fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(NOW)
}

/// An endpoint whose clock is at [`NOW`], and a client with its credentials.
pub(crate) async fn start() -> (LocalIam, Client) {
    let iam = LocalIam::builder().clock(now).start().await.unwrap();
    let client = Client::of(&iam);
    (iam, client)
}

pub(crate) struct Client {
    pub(crate) url: String,
    pub(crate) access_key_id: String,
    pub(crate) secret_access_key: String,
    pub(crate) session_token: Option<String>,
    pub(crate) region: String,
    pub(crate) service: &'static str,
    pub(crate) time: SystemTime,
    pub(crate) http: reqwest::Client,
}

/// A complete response.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: String,
}

/// A TLS configuration without certificates. In a build with pagesmith, reqwest uses rustls, and
/// would load the certificates of the platform for each client.
fn no_tls() -> rustls::ClientConfig {
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth()
}

impl Client {
    pub(crate) fn of(iam: &LocalIam) -> Self {
        let http = reqwest::Client::builder().no_proxy().tls_backend_preconfigured(no_tls());
        Self {
            url: format!("{}/", iam.endpoint_url()),
            access_key_id: iam.access_key_id().into(),
            secret_access_key: iam.secret_access_key().into(),
            session_token: iam.session_token().map(Into::into),
            region: iam.region().into(),
            service: "iam",
            time: now(),
            http: http.redirect(reqwest::redirect::Policy::none()).build().unwrap(),
        }
    }

    /// Calls an operation, and returns the response, whatever its status.
    pub(crate) async fn call(&self, action: &str, parameters: &[(&str, &str)]) -> Response {
        self.try_call(action, parameters).await.unwrap()
    }

    pub(crate) async fn try_call(
        &self,
        action: &str,
        parameters: &[(&str, &str)],
    ) -> Result<Response, reqwest::Error> {
        read(self.http.execute(self.request(action, parameters)).await?).await
    }

    /// Calls an operation that must succeed.
    pub(crate) async fn ok(&self, action: &str, parameters: &[(&str, &str)]) -> Response {
        let response = self.call(action, parameters).await;
        assert_eq!(response.status, 200, "{}", response.body);
        let result = action.to_owned() + "Response";
        assert!(response.body.starts_with(&format!("<{result} xmlns=")), "{}", response.body);
        response
    }

    /// Calls an operation that must fail, and returns the message.
    pub(crate) async fn refused(
        &self,
        action: &str,
        parameters: &[(&str, &str)],
        status: u16,
        code: &str,
    ) -> String {
        self.call(action, parameters).await.refusal(status, code)
    }

    pub(crate) fn request(&self, action: &str, parameters: &[(&str, &str)]) -> reqwest::Request {
        let form = [("Action", action), ("Version", VERSION)]
            .into_iter()
            .chain(parameters.iter().copied());
        self.signed("POST", &self.url, &[("content-type", MEDIA_TYPE)], &encode(form))
    }

    /// A signed request with any method, URL, headers and body.
    pub(crate) fn signed(
        &self,
        method: &str,
        url: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> reqwest::Request {
        let token = self.session_token.clone();
        let identity = Credentials::new(
            self.access_key_id.clone(),
            self.secret_access_key.clone(),
            token,
            None,
            "tests",
        )
        .into();
        let parameters = SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name(self.service)
            .time(self.time)
            .settings(SigningSettings::default())
            .build()
            .unwrap()
            .into();
        let signable = SignableRequest::new(
            method,
            url,
            headers.iter().copied(),
            SignableBody::Bytes(body.as_bytes()),
        );
        let (instructions, _) = sign(signable.unwrap(), &parameters).unwrap().into_parts();
        let mut request = self.http.request(method.parse().unwrap(), url).body(body.to_owned());
        for (name, value) in headers.iter().copied().chain(instructions.headers()) {
            request = request.header(name, value);
        }
        request.build().unwrap()
    }

    pub(crate) async fn send(&self, request: reqwest::Request) -> Response {
        read(self.http.execute(request).await.unwrap()).await.unwrap()
    }
}

impl Response {
    /// The texts of all elements with this name.
    pub(crate) fn texts(&self, name: &str) -> Vec<&str> {
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        self.body.split(&open).skip(1).map(|rest| rest.split(&close).next().unwrap()).collect()
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.texts(name).first().copied()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// Checks the document of an error response, and returns its message.
    pub(crate) fn refusal(&self, status: u16, code: &str) -> String {
        assert_eq!((self.status, self.text("Code")), (status, Some(code)), "{}", self.body);
        assert!(
            self.body.starts_with(
                "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error><Type>"
            ),
            "{}",
            self.body
        );
        assert_eq!(self.header("content-type"), Some("text/xml"));
        assert_eq!(self.header("x-amzn-requestid"), self.text("RequestId"));
        let message = quick_xml::escape::unescape(self.text("Message").unwrap()).unwrap();
        message.into_owned()
    }
}

pub(crate) fn encode<'a>(form: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish()
}

async fn read(response: reqwest::Response) -> Result<Response, reqwest::Error> {
    Ok(Response {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        body: response.text().await?,
    })
}
