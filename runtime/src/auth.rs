//! How requests are authenticated: signatures and presigned URLs.

pub(crate) mod payload;
pub(crate) mod presigned;
pub(crate) mod sigv4;

use crate::schema::{AuthScheme, Service};

/// How requests to an endpoint are authenticated. An endpoint rule set can override each part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signing {
    pub(crate) scheme: AuthScheme,
    /// The name of the service in the credential scope.
    pub(crate) name: String,
    /// The region in the credential scope.
    pub(crate) region: String,
}

impl Signing {
    /// How requests to `service` are authenticated in `region`, unless they have a bearer token that is not required.
    pub(crate) fn of(service: &Service<'_>, region: String) -> Self {
        let scheme = service.auth.first().copied().unwrap_or(AuthScheme::SigV4);
        Self { scheme, name: service.signing_name.to_owned(), region }
    }
}
