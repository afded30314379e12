//! The runtime of SDKs that `pagesmith-codegen` generates: a thin signed HTTP client for AWS.
//!
//! A crate with an SDK of its own pages depends on this crate and brings in the generated code by [`include_pages!`];
//! the crate `pagesmith` is such a crate, and re-exports this one.
//!
//! This crate makes requests by tables that generated code has. It must not know pages, nor any resource; only the feature
//! `dynamic` reads pages and service models, through `pagesmith-model`. It never depends on `pagesmith-codegen`.
//!
//! # Features
//!
//! - `rustls` (default): TLS by rustls over ring, with the platform's certificates.
//! - `aws-lc-rs`: TLS by rustls over aws-lc-rs.
//! - `native-tls`: TLS by the platform; needs `default-features = false`, since rustls wins.
//! - `serde`: serde's traits for rows, outputs and the structures in arguments, under wire names.
//! - `blocking`: `send_blocking()` and `rows_blocking()`.
//! - `dynamic`: pages and service models read at run time, called with JSON; see `dynamic`.
//! - `aws-config`: `ClientBuilder::from_sdk_config`, for the credential chain of AWS's own SDK.

// Generated code, and the macros that it uses, name this crate; the tests of this crate do the same.
extern crate self as pagesmith_runtime;

mod auth;
#[cfg(feature = "blocking")]
mod blocking;
mod call;
mod client;
mod codec;
pub mod codegen;
mod credentials;
#[cfg(feature = "dynamic")]
pub mod dynamic;
mod endpoint;
mod error;
mod listing;
mod protocol;
mod redact;
mod schema;
#[cfg(feature = "serde")]
mod serde_impls;
mod serial_number;
mod timer;
mod timestamp;
mod wait;

pub use aws_credential_types as credential_types;
/// The crate whose `SdkConfig` [`ClientBuilder::from_sdk_config`] takes.
#[cfg(feature = "aws-config")]
pub use aws_types;
#[cfg(feature = "blocking")]
pub use blocking::BlockingRows;
pub use call::{Given, Missing, Sending};
pub use client::{Client, ClientBuilder, Request, Retry};
pub use error::{Error, ErrorKind};
#[cfg(feature = "dynamic")]
pub use http;
pub use listing::{Listing, Pages, Rows};
pub use protocol::ErrorDetails;
pub use redact::Sensitive;
pub use reqwest;
/// The version that TLS is set up with, for a `CryptoProvider` to install, or a `ClientConfig` to hand to
/// `reqwest::ClientBuilder::tls_backend_preconfigured` in [`ClientBuilder::configure_http_client`].
#[cfg(any(feature = "rustls", feature = "aws-lc-rs"))]
pub use rustls;
#[cfg(feature = "serde")]
pub use serde_impls::{Redacted, SerializeRedacted};
pub use serial_number::{SerialNumber, SerialNumberKind};
pub use time;
pub use wait::{Wait, wait_until};

/// Brings in the SDK that the crate's build script generated from its pages.
///
/// The modules come to where this stands, one for each provider: with the page `aws.iam_api.users` and this in
/// `src/lib.rs`, the resource is `crate::aws::iam_api::users`. In a module of its own, it is below that; say so
/// by `Build::module_path`.
///
/// # Errors
/// The build script must have run `pagesmith_codegen::Build`, without `out_dir`. Where it has not, the compiler
/// finds no file `pages/mod.rs` in `OUT_DIR`; where there is no build script at all, it says what is needed.
///
/// # Example
/// ```ignore
/// // build.rs
/// fn main() -> std::process::ExitCode {
///     pagesmith_codegen::Build::new("pages").emit()
/// }
///
/// // src/lib.rs
/// pagesmith_runtime::include_pages!();
/// ```
#[macro_export]
macro_rules! include_pages {
    () => {
        ::core::include!(::core::concat!(
            ::core::env!(
                "OUT_DIR",
                "`include_pages!` needs a build script that runs `pagesmith_codegen::Build`"
            ),
            "/pages/mod.rs"
        ));
    };
}
