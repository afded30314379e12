//! How requests are authenticated: signatures and presigned URLs.

pub(crate) mod payload;
pub(crate) mod presigned;
pub(crate) mod sigv4;

use crate::schema::{AuthScheme, Service};

/// How requests to an endpoint are authenticated, where the endpoint decides about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signing {
    /// Instead of the service's preferred scheme.
    pub(crate) scheme: Option<AuthScheme>,
    /// The name in the credential scope, instead of the service's.
    pub(crate) name: Option<String>,
    /// The region in the credential scope.
    pub(crate) region: String,
}

impl Signing {
    /// The signing of `region`, as the service has it.
    pub(crate) fn in_region(region: String) -> Self {
        Self { scheme: None, name: None, region }
    }

    /// The scheme of requests to `service`.
    pub(crate) fn scheme(&self, service: &Service<'_>) -> AuthScheme {
        let preferred = || service.auth.first().copied().unwrap_or(AuthScheme::SigV4);
        self.scheme.unwrap_or_else(preferred)
    }

    /// The name in the credential scope of requests to `service`.
    pub(crate) fn name<'a>(&'a self, service: &Service<'a>) -> &'a str {
        self.name.as_deref().unwrap_or(service.signing_name)
    }
}
