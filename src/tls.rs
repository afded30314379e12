//! The TLS of the default HTTP client.

use crate::error::{Error, ErrorKind};

/// Adds the TLS backend that the crate's features choose.
///
/// With `rustls` it is rustls over ring and the platform's certificates, configured here so that no
/// process-wide default has to be installed. A process that has installed one is left its choice.
///
/// # Errors
/// Where the platform's certificates cannot be loaded.
#[cfg(feature = "rustls")]
pub(crate) fn configure(builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, Error> {
    use std::sync::Arc;

    use rustls::crypto::{CryptoProvider, ring};
    use rustls_platform_verifier::BuilderVerifierExt;

    let provider = CryptoProvider::get_default()
        .cloned()
        .unwrap_or_else(|| Arc::new(ring::default_provider()));
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)
        .map_err(|error| {
            Error::new(
                ErrorKind::Configuration,
                "TLS could not be set up; check that the system's certificates are installed",
            )
            .with_source(error)
        })?
        .with_no_client_auth();
    Ok(builder.tls_backend_preconfigured(config))
}

/// Without a TLS feature, only `http` endpoints can be called.
#[cfg(not(feature = "rustls"))]
pub(crate) fn configure(builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, Error> {
    Ok(builder)
}
