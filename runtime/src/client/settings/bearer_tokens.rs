//! The bearer tokens of a client.

use super::variable_suffix;
use crate::credentials::{CredentialsCache, bearer_token};
use crate::error::{Error, ErrorKind};
use crate::schema::Service;

/// Sources of bearer tokens.
#[derive(Clone, Default)]
pub(crate) struct BearerTokens {
    /// For services by the end of the variable's name: `BEDROCK` of `AWS_BEARER_TOKEN_BEDROCK`.
    of_services: Vec<(String, CredentialsCache)>,
    /// For all services that take one.
    of_all: Option<CredentialsCache>,
}

impl BearerTokens {
    pub(crate) fn of_all(source: CredentialsCache) -> Self {
        Self { of_services: Vec::new(), of_all: Some(source) }
    }

    /// Adds the token for services whose signing name is `suffix` in capitals.
    pub(super) fn insert(&mut self, suffix: &str, token: &str) {
        let source = CredentialsCache::from_keys(bearer_token(token, None));
        self.of_services.push((suffix.to_owned(), source));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.of_services.is_empty() && self.of_all.is_none()
    }

    /// The source for services with `signing_name`.
    pub(crate) fn get(&self, signing_name: &str) -> Option<&CredentialsCache> {
        if self.of_services.is_empty() {
            return self.of_all.as_ref();
        }
        let suffix = variable_suffix(signing_name);
        let of_service = self.of_services.iter().find(|(name, _)| *name == suffix);
        of_service.map(|(_, source)| source).or(self.of_all.as_ref())
    }

    /// The error of a call of `service` without a token.
    pub(crate) fn missing(service: &Service<'_>) -> Error {
        let message = format!(
            "{} takes a bearer token, and the client has none; set AWS_BEARER_TOKEN_{} and use Client::from_env(), or build the client \
             with bearer_token(…) or bearer_token_provider(…)",
            service.id,
            variable_suffix(service.signing_name)
        );
        Error::new(ErrorKind::Credentials, message)
    }
}
