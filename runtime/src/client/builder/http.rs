//! The HTTP client of a client, and what it says of itself.

use std::time::Duration;

use http::HeaderValue;

use super::Configure;
use crate::client::tls;
use crate::client::tls::CaBundle;
use crate::error::{Error, ErrorKind};
use crate::timer::bounded;

/// How long an idle connection is kept.
const IDLE_TIMEOUT: Duration = Duration::from_secs(20);

/// The HTTP client of a client.
pub(in crate::client) enum Http {
    /// Given by the caller.
    Own(reqwest::Client),
    /// Made for the client.
    Made(MadeHttp),
}

impl Http {
    pub(in crate::client) fn client(&self) -> &reqwest::Client {
        match self {
            Self::Own(http) => http,
            Self::Made(made) => &made.http,
        }
    }

    /// Whether `https` may work. Of what the caller set up, nothing is known.
    pub(in crate::client) fn may_have_tls(&self) -> bool {
        match self {
            Self::Own(_) => true,
            Self::Made(made) => tls::IS_AVAILABLE || made.is_configured,
        }
    }
}

/// An HTTP client that was made for a client, with what it was made for.
#[derive(Clone)]
pub(in crate::client) struct MadeHttp {
    pub(super) http: reqwest::Client,
    pub(super) ca_bundle: Option<CaBundle>,
    /// Whether TLS may have been set up for it by others.
    pub(super) is_configured: bool,
}

pub(super) fn http_client(
    connect_timeout: Duration,
    ca_bundle: Option<&CaBundle>,
    configure: Option<Box<Configure>>,
) -> Result<reqwest::Client, Error> {
    let builder = reqwest::Client::builder()
        .connect_timeout(bounded(connect_timeout))
        // Shorter than what load balancers allow: a connection that was dropped while idle would
        // lose the request that is sent on it next.
        .pool_idle_timeout(IDLE_TIMEOUT)
        .tcp_nodelay(true);
    let builder = tls::configure(builder, ca_bundle)?;
    let builder = match configure {
        Some(configure) => configure(builder),
        None => builder,
    };
    // A signature is for one host, and a redirect that is followed takes session token and body to another. Last,
    // so that no configuration turns redirects on.
    let builder = builder.redirect(reqwest::redirect::Policy::none());
    builder.build().map_err(|error| {
        Error::new(ErrorKind::Configuration, "the HTTP client could not be set up")
            .with_source(error)
    })
}

pub(super) fn user_agent(app_id: Option<&str>) -> Result<HeaderValue, Error> {
    let mut text = concat!("pagesmith/", env!("CARGO_PKG_VERSION")).to_owned();
    if let Some(app_id) = app_id {
        check_app_id(app_id)?;
        text.push_str(" app/");
        text.push_str(app_id);
    }
    HeaderValue::try_from(text).map_err(|error| {
        Error::new(ErrorKind::Configuration, "the User-Agent is not a header value")
            .with_source(error)
    })
}

pub(super) fn check_app_id(app_id: &str) -> Result<(), Error> {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if (1..=50).contains(&app_id.len()) && app_id.bytes().all(token) {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Configuration,
        format!("{app_id:?} is no app id: expected 1 to 50 letters, digits or !#$%&'*+-.^_`|~"),
    ))
}
