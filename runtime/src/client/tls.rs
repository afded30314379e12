//! The TLS of the default HTTP client.

use std::path::PathBuf;

use crate::error::{Error, ErrorKind};

/// A file of the certificates that servers are verified against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CaBundle {
    pub(crate) path: PathBuf,
    /// The setting that names the file.
    pub(crate) name: String,
}

/// Whether a feature provides TLS.
pub(crate) const IS_AVAILABLE: bool =
    cfg!(any(feature = "rustls", feature = "aws-lc-rs", feature = "native-tls"));

/// The error of a client or a call that needs TLS if no feature provides it.
pub(crate) fn unavailable() -> Error {
    Error::new(
        ErrorKind::Configuration,
        "https needs TLS, but pagesmith is built without it; turn on the feature `rustls`, `aws-lc-rs` or \
         `native-tls`, or pass an HTTP client with TLS to http_client(…)",
    )
}

/// Adds the TLS backend that the crate's features select. Servers are verified against the certificates in `ca_bundle`, or else
/// against the platform's.
///
/// With `rustls` or `aws-lc-rs`, TLS is configured here, so that the process needs no default `CryptoProvider`. If it has one,
/// that one is used.
///
/// # Errors
/// If the certificates cannot be loaded.
#[cfg(any(feature = "rustls", feature = "aws-lc-rs"))]
pub(crate) fn configure(
    builder: reqwest::ClientBuilder,
    ca_bundle: Option<&CaBundle>,
) -> Result<reqwest::ClientBuilder, Error> {
    let config = match ca_bundle {
        Some(bundle) => with_bundle(bundle)?,
        None => with_platform()?,
    };
    Ok(builder.tls_backend_preconfigured(config))
}

/// The configuration with the platform's certificates. All clients of the process share it, because reading the certificates is
/// the slowest part of building a client.
#[cfg(any(feature = "rustls", feature = "aws-lc-rs"))]
fn with_platform() -> Result<rustls::ClientConfig, Error> {
    use std::sync::OnceLock;

    use rustls_platform_verifier::BuilderVerifierExt as _;

    static SHARED: OnceLock<rustls::ClientConfig> = OnceLock::new();
    if let Some(config) = SHARED.get() {
        return Ok(config.clone());
    }
    let config = rustls_builder()?.with_platform_verifier().map_err(|error| {
        Error::new(
            ErrorKind::Configuration,
            "could not set up TLS; check that the system's root certificates are installed",
        )
        .with_source(error)
    })?;
    Ok(SHARED.get_or_init(|| config.with_no_client_auth()).clone())
}

#[cfg(any(feature = "rustls", feature = "aws-lc-rs"))]
fn with_bundle(bundle: &CaBundle) -> Result<rustls::ClientConfig, Error> {
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject as _;

    let text = read(bundle)?;
    let mut roots = rustls::RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(&text) {
        let certificate = certificate.map_err(|error| malformed(bundle).with_source(error))?;
        roots.add(certificate).map_err(|error| malformed(bundle).with_source(error))?;
    }
    if roots.is_empty() {
        return Err(malformed(bundle));
    }
    Ok(rustls_builder()?.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(any(feature = "rustls", feature = "aws-lc-rs"))]
fn rustls_builder()
-> Result<rustls::ConfigBuilder<rustls::ClientConfig, rustls::WantsVerifier>, Error> {
    use std::sync::Arc;

    use rustls::crypto::CryptoProvider;
    // Both features may be enabled. The one that is not a default feature takes precedence.
    #[cfg(feature = "aws-lc-rs")]
    use rustls::crypto::aws_lc_rs::default_provider;
    #[cfg(not(feature = "aws-lc-rs"))]
    use rustls::crypto::ring::default_provider;

    let provider =
        CryptoProvider::get_default().cloned().unwrap_or_else(|| Arc::new(default_provider()));
    rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| {
            Error::new(
                ErrorKind::Configuration,
                "could not set up TLS with the process's CryptoProvider; check that it supports TLS 1.2 or 1.3",
            )
            .with_source(error)
        })
}

/// With `native-tls`, reqwest sets up the platform's TLS.
#[cfg(all(feature = "native-tls", not(any(feature = "rustls", feature = "aws-lc-rs"))))]
pub(crate) fn configure(
    builder: reqwest::ClientBuilder,
    ca_bundle: Option<&CaBundle>,
) -> Result<reqwest::ClientBuilder, Error> {
    let Some(bundle) = ca_bundle else { return Ok(builder) };
    let certificates = reqwest::Certificate::from_pem_bundle(&read(bundle)?)
        .map_err(|error| malformed(bundle).with_source(error))?;
    if certificates.is_empty() {
        return Err(malformed(bundle));
    }
    Ok(builder.tls_certs_only(certificates))
}

/// Without a TLS feature, only `http` endpoints can be called, which need no certificates.
#[cfg(not(any(feature = "rustls", feature = "aws-lc-rs", feature = "native-tls")))]
#[allow(clippy::unnecessary_wraps)] // The functions for other features have the same signature.
pub(crate) fn configure(
    builder: reqwest::ClientBuilder,
    _: Option<&CaBundle>,
) -> Result<reqwest::ClientBuilder, Error> {
    Ok(builder)
}

#[cfg(any(feature = "rustls", feature = "aws-lc-rs", feature = "native-tls"))]
fn read(bundle: &CaBundle) -> Result<Vec<u8>, Error> {
    std::fs::read(&bundle.path).map_err(|error| {
        let CaBundle { path, name } = bundle;
        let message = format!(
            "the certificates in {} ({name}) cannot be read; give this process access to the file, or remove \
             the setting",
            path.display()
        );
        Error::new(ErrorKind::Configuration, message).with_source(error)
    })
}

#[cfg(any(feature = "rustls", feature = "aws-lc-rs", feature = "native-tls"))]
fn malformed(bundle: &CaBundle) -> Error {
    let CaBundle { path, name } = bundle;
    let message = format!(
        "{} ({name}) does not contain certificates; expected PEM, each certificate from \
         -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----",
        path.display()
    );
    Error::new(ErrorKind::Configuration, message)
}
