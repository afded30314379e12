//! What the protocols of services that once used AWS Query add, so that the codes of their errors stay those of that time.

use http::{HeaderName, HeaderValue};

use crate::schema::{Response, Service};

const X_AMZN_QUERY_MODE: HeaderName = HeaderName::from_static("x-amzn-query-mode");
const X_AMZN_QUERY_ERROR: HeaderName = HeaderName::from_static("x-amzn-query-error");

/// The header by which a request asks for these codes, if `service` has them.
pub(super) fn mode(service: &Service<'_>) -> Option<(HeaderName, HeaderValue)> {
    let header = (X_AMZN_QUERY_MODE, HeaderValue::from_static("true"));
    service.query_compatible.then_some(header)
}

/// The code in `Code;Fault`, a header of the error `response`.
pub(super) fn code<'a>(response: &Response<'a>) -> Option<&'a str> {
    response.headers.get(X_AMZN_QUERY_ERROR)?.to_str().ok()?.split(';').next()
}
