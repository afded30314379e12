//! The TLS of the default HTTP client.

use crate::error::Error;

/// Adds the TLS backend that the crate's features choose.
///
/// With `rustls` or `aws-lc-rs` it is rustls with the platform's certificates, configured here so
/// that no process-wide default has to be installed. A process that has installed one is left its choice.
///
/// # Errors
/// Where the platform's certificates cannot be loaded.
#[cfg(any(feature = "rustls", feature = "aws-lc-rs"))]
pub(crate) fn configure(builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, Error> {
    Ok(builder.tls_backend_preconfigured(rustls_config()?))
}

/// The configuration of all clients of the process: reading the platform's certificates is by far the
/// slowest part of making a client.
#[cfg(any(feature = "rustls", feature = "aws-lc-rs"))]
fn rustls_config() -> Result<rustls::ClientConfig, Error> {
    use std::sync::{Arc, OnceLock};

    use rustls::crypto::CryptoProvider;
    use rustls_platform_verifier::BuilderVerifierExt;

    // Both may be on, since features add up; the one that was asked for beyond the default wins.
    #[cfg(feature = "aws-lc-rs")]
    use rustls::crypto::aws_lc_rs::default_provider;
    #[cfg(not(feature = "aws-lc-rs"))]
    use rustls::crypto::ring::default_provider;

    static SHARED: OnceLock<rustls::ClientConfig> = OnceLock::new();
    if let Some(config) = SHARED.get() {
        return Ok(config.clone());
    }
    let provider =
        CryptoProvider::get_default().cloned().unwrap_or_else(|| Arc::new(default_provider()));
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)
        .map_err(|error| {
            Error::new(
                crate::error::ErrorKind::Configuration,
                "TLS could not be set up; check that the system's certificates are installed",
            )
            .with_source(error)
        })?
        .with_no_client_auth();
    Ok(SHARED.get_or_init(|| config).clone())
}

/// With `native-tls` reqwest sets up the platform's own; without any TLS feature only `http`
/// endpoints can be called.
#[cfg(not(any(feature = "rustls", feature = "aws-lc-rs")))]
#[allow(clippy::unnecessary_wraps)] // As the other one.
pub(crate) fn configure(builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, Error> {
    Ok(builder)
}
