//! The error of a response that could not be decoded.

use super::{Error, ErrorKind};
use crate::redact::{MAX_MESSAGE, Sanitizer};
use crate::schema::DecodeError;

impl DecodeError {
    /// The error of a call of `operation`. Text from the response passes through `sanitizer`.
    pub(crate) fn into_error(self, operation: &str, sanitizer: &Sanitizer) -> Error {
        let shown = self.shown(|text| sanitizer.show(text, MAX_MESSAGE).into());
        let error = match shown.limit() {
            Some(limit) => {
                let message = format!(
                    "the values in the response take more memory than the limit of {limit} bytes; raise it with \
                     decode_limit(…)"
                );
                Error::new(ErrorKind::ResponseTooLarge, message)
            }
            None => Error::new(
                ErrorKind::Response,
                "the response could not be decoded; check that the endpoint is the service's, or a proxy in between",
            ),
        };
        error.of_operation(operation).sent().with_source(shown)
    }
}
