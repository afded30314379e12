//! The HTTP client, and its `User-Agent`.

use std::time::Duration;

use http::HeaderValue;

use super::Configure;
use crate::client::tls;
use crate::client::tls::CaBundle;
use crate::error::{Error, ErrorKind};
use crate::timer::bounded;

/// How long an idle connection is kept open.
const IDLE_TIMEOUT: Duration = Duration::from_secs(20);

/// The HTTP client.
pub(in crate::client) enum Http {
    /// Passed by the caller.
    Custom(reqwest::Client),
    /// Built by [`http_client`].
    Default(DefaultHttp),
}

impl Http {
    pub(in crate::client) fn client(&self) -> &reqwest::Client {
        match self {
            Self::Custom(http) => http,
            Self::Default(default) => &default.http,
        }
    }

    /// Whether `https` may work. For a client that the caller built or configured, this cannot be determined, and the result is
    /// `true`.
    pub(in crate::client) fn may_have_tls(&self) -> bool {
        match self {
            Self::Custom(_) => true,
            Self::Default(default) => tls::IS_AVAILABLE || default.is_configured,
        }
    }
}

/// The default HTTP client, with the settings that it was built with.
#[derive(Clone)]
pub(in crate::client) struct DefaultHttp {
    pub(super) http: reqwest::Client,
    pub(super) ca_bundle: Option<CaBundle>,
    /// Whether the caller configured it, and may have set up TLS.
    pub(super) is_configured: bool,
}

pub(super) fn http_client(
    connect_timeout: Duration,
    ca_bundle: Option<&CaBundle>,
    configure: Option<Box<Configure>>,
) -> Result<reqwest::Client, Error> {
    let builder = reqwest::Client::builder()
        .connect_timeout(bounded(connect_timeout))
        // Shorter than the idle timeout of load balancers: a request on a connection that was closed while idle is lost.
        .pool_idle_timeout(IDLE_TIMEOUT)
        .tcp_nodelay(true);
    let builder = tls::configure(builder, ca_bundle)?;
    let builder = match configure {
        Some(configure) => configure(builder),
        None => builder,
    };
    // A redirect would send the session token and the body to another host. This comes last, so that the caller's
    // configuration cannot turn redirects on.
    let builder = builder.redirect(reqwest::redirect::Policy::none());
    builder.build().map_err(|error| {
        Error::new(
            ErrorKind::Configuration,
            "could not build the HTTP client; check what configure_http_client(…) sets",
        )
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
        Error::new(
            ErrorKind::Configuration,
            "the User-Agent contains a character that is not allowed in an HTTP header; check app_id(…)",
        )
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
        format!(
            "{app_id:?} is not a valid app id: expected 1 to 50 letters, digits or !#$%&'*+-.^_`|~"
        ),
    ))
}
