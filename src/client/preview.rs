//! A request that is shown rather than sent.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::{Client, Encoded, Outgoing};
use crate::error::{Error, ErrorKind};
use crate::operation::Operation;

impl Client {
    /// What [`execute`](Self::execute) would send, without its signature.
    pub(crate) fn unsigned_request(
        &self,
        operation: &Operation<'_>,
        region: Option<&str>,
        encoded: Encoded,
    ) -> Result<http::Request<String>, Error> {
        let region = region.unwrap_or(&self.0.region);
        let mut resolved = self.resolve(operation.service, region)?;
        if !encoded.host_prefix.is_empty() {
            resolved = Arc::new(resolved.with_prefix(&encoded.host_prefix)?);
        }
        let sent = AtomicBool::new(false);
        let outgoing = Outgoing { operation, region, encoded, secrets: &Vec::new, sent };
        let request = self.request(&outgoing, &resolved, None, self.now())?;
        let mut shown = http::Request::new(outgoing.encoded.body);
        *shown.method_mut() = request.method().clone();
        *shown.uri_mut() = request.url().as_str().parse().map_err(|error| {
            Error::new(ErrorKind::Configuration, "the endpoint's URL is not one that HTTP can send")
                .with_source(error)
        })?;
        *shown.headers_mut() = request.headers().clone();
        Ok(shown)
    }
}
