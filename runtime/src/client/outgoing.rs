//! A call that is ready to be sent.

use bytes::Bytes;
use zeroize::Zeroizing;

use super::request::{RequestOptions, Timeout};
use super::resolve::host_prefix;
use super::retry::Retry;
use super::{Client, Limits};
use crate::error::{Error, ErrorKind};
use crate::protocol::query;
use crate::schema::{Operation, Record};

/// A call that can be sent any number of times.
pub(super) struct Outgoing<'a> {
    pub(super) operation: &'a Operation<'a>,
    pub(super) region: &'a str,
    pub(super) options: &'a RequestOptions,
    pub(super) limits: Limits,
    pub(super) retry: Retry,
    pub(super) host_prefix: String,
    pub(super) body: Bytes,
    pub(super) secrets: Secrets<'a>,
}

/// Returns the secrets of a call, which messages must not show. It is called only when there is a message, because most
/// calls do not need a copy of their secrets.
pub(crate) type Secrets<'a> = &'a (dyn Fn() -> Vec<Zeroizing<String>> + Sync);

/// An encoded request. The body is overwritten when it is dropped, because it may contain secrets.
pub(crate) struct Encoded {
    pub(super) body: Zeroizing<String>,
    /// The prefix of the endpoint's host.
    host_prefix: String,
}

impl Encoded {
    #[cfg(feature = "dynamic")]
    pub(crate) fn into_body(mut self) -> String {
        std::mem::take(&mut *self.body)
    }
}

impl Client {
    /// Encodes a call of `operation` with `input`.
    pub(crate) fn encode(
        &self,
        operation: &Operation<'_>,
        input: &dyn Record,
    ) -> Result<Encoded, Error> {
        let Operation { name, service, input: shape, .. } = operation;
        let token = &*self.0.idempotency_tokens;
        let body =
            query::encode(name, service.api_version, shape, input, token).map_err(|member| {
                let message = format!(
                    "the time in the parameter {member} cannot be sent: its year must be between 0 and 9999"
                );
                Error::new(ErrorKind::Input, message).of_operation(name)
            })?;
        let host_prefix = match operation.host_prefix {
            Some(prefix) => host_prefix(prefix, shape, input)
                .map_err(|problem| Error::new(ErrorKind::Input, problem).of_operation(name))?,
            None => String::new(),
        };
        Ok(Encoded { body, host_prefix })
    }

    /// Prepares the call of `operation` with the request `encoded`, and with the settings in `options`.
    pub(super) fn outgoing<'a>(
        &'a self,
        operation: &'a Operation<'a>,
        options: &'a RequestOptions,
        encoded: Encoded,
        secrets: Secrets<'a>,
    ) -> Outgoing<'a> {
        let Encoded { body, host_prefix } = encoded;
        let mut limits = self.0.limits;
        match options.timeout {
            Timeout::Inherit => {}
            Timeout::Never => limits.call = None,
            Timeout::After(limit) => limits.call = Some(limit),
        }
        Outgoing {
            operation,
            region: options.region.as_deref().unwrap_or(&self.0.region),
            options,
            limits,
            retry: options.retry.unwrap_or(self.0.retry),
            host_prefix,
            body: Bytes::from_owner(body),
            secrets,
        }
    }
}
