//! Errors of the HTTP client.

use crate::error::{Error, ErrorKind};

/// The error of a request without a complete response.
pub(super) fn no_response(error: reqwest::Error) -> Error {
    let error = error.without_url();
    if error.is_redirect() {
        return redirected().sent().with_source(error);
    }
    let (kind, message) = if error.is_builder() {
        (
            ErrorKind::Configuration,
            "the HTTP client cannot send the request; check its configuration",
        )
    } else if error.is_connect() && is_about_a_certificate(&error) {
        let message = "the endpoint's certificate is not trusted; check the endpoint's URL, and this machine's \
                       root certificates and clock";
        return Error::new(ErrorKind::Connection, message).permanent().with_source(error);
    } else if error.is_connect() {
        (
            ErrorKind::Connection,
            "could not connect to the endpoint; check its URL, the network and the proxy settings",
        )
    } else if error.is_timeout() {
        (
            ErrorKind::Timeout,
            "the time limit of the HTTP client passed before the response was complete; raise the limit where you build or configure the HTTP client",
        )
    } else {
        (
            ErrorKind::Transport,
            "the connection closed before the response was complete; check whether the call took effect before you repeat it",
        )
    };
    Error::new(kind, message).with_source(error)
}

/// Each TLS backend has its own error types, and the caller's own HTTP client may use any of them. Their messages all contain
/// this word.
fn is_about_a_certificate(error: &reqwest::Error) -> bool {
    let first: &(dyn std::error::Error + 'static) = error;
    std::iter::successors(Some(first), |error| error.source())
        .any(|error| error.to_string().to_lowercase().contains("certificate"))
}

/// The error of a request that the HTTP client redirected. What happened at the other host is unknown.
pub(super) fn redirected() -> Error {
    Error::new(
        ErrorKind::Configuration,
        "the HTTP client followed a redirect with a signed request; build the client that is passed to \
         http_client(…) with redirect(reqwest::redirect::Policy::none())",
    )
}
