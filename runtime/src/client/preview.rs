//! Requests that are shown instead of sent.

use super::Client;
use super::outgoing::Encoded;
use super::request::RequestOptions;
use crate::error::{Error, ErrorKind};
use crate::schema::Operation;

impl Client {
    /// The request that [`execute`](Self::execute) would send, without its signature.
    pub(crate) fn unsigned_request(
        &self,
        operation: &Operation<'_>,
        options: &RequestOptions,
        encoded: Encoded,
    ) -> Result<http::Request<Vec<u8>>, Error> {
        let body = encoded.request.body.as_bytes().unwrap_or_default().to_vec();
        let outgoing = self.outgoing(operation, options, encoded, &Vec::new);
        let resolved = self.destination(&outgoing)?;
        let request = self.request(&outgoing, &resolved, None)?;
        let mut shown = http::Request::new(body);
        *shown.method_mut() = request.method().clone();
        *shown.uri_mut() = request.url().as_str().parse().map_err(|error| {
            Error::new(
                ErrorKind::Configuration,
                "the endpoint's URL is not a valid HTTP URI; check the endpoint URL of the client",
            )
            .with_source(error)
        })?;
        *shown.headers_mut() = request.headers().clone();
        Ok(shown)
    }
}
