//! The runtime of SDKs that `pagesmith-codegen` generates: a signed HTTP client for AWS.
//!
//! A crate with an SDK for other pages depends on this crate, and includes the generated code with [`include_pages!`]. The crate
//! `pagesmith` does the same, and re-exports this crate.
//!
//! - [`Client`] and [`ClientBuilder`]: region, credentials, endpoint, time limits, retries.
//! - [`Request`]: settings of a single request. [`Sending`]: the future of a request.
//! - [`Error`]: what failed, whether to retry, and whether the service may have carried out the request.
//! - [`ByteStream`]: bodies that are sent and received in chunks.
//! - [`Rows`] and [`Pages`]: listings as streams. [`wait_until`]: waits for a condition.
//!
//! This crate encodes and decodes by the tables in generated code. It must not know any resource, and must not depend on
//! `pagesmith-codegen`. Only the feature `dynamic` reads pages and service models, through `pagesmith-model`.
//!
//! # Features
//!
//! - `rustls` (default): TLS by rustls with ring and the platform's certificates.
//! - `aws-lc-rs`: TLS by rustls with aws-lc-rs.
//! - `native-tls`: TLS by the platform. Requires `default-features = false`, because rustls takes precedence.
//! - `serde`: serde's traits for rows, outputs and the structures in arguments, with the member names of the service model.
//! - `blocking`: `send_blocking()` and `rows_blocking()`.
//! - `json`: the protocols of services that use JSON: AWS JSON and REST JSON.
//! - `cbor`: the protocol of services that use CBOR: Smithy RPC v2 CBOR.
//! - `dynamic`: reads pages and service models at run time, and calls them with JSON.
//! - `event-stream`: responses that are streams of events.
//! - `aws-config`: `ClientBuilder::from_sdk_config`, for the credential chain of the AWS SDK.

// Generated code, its macros and the tests of this crate refer to this crate by name.
extern crate self as pagesmith_runtime;

mod auth;
#[cfg(feature = "blocking")]
mod blocking;
mod body;
mod builder;
mod byte_stream;
mod call;
mod client;
mod codec;
pub mod codegen;
mod credentials;
#[cfg(feature = "dynamic")]
pub mod dynamic;
mod endpoint;
mod error;
#[cfg(feature = "event-stream")]
mod event_reader;
#[cfg(feature = "event-stream")]
mod event_stream;
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

pub use auth::presigned::Presigned;
pub use aws_credential_types as credential_types;
/// The crate whose `SdkConfig` [`ClientBuilder::from_sdk_config`] takes.
#[cfg(feature = "aws-config")]
pub use aws_types;
#[cfg(feature = "blocking")]
pub use blocking::BlockingRows;
pub use byte_stream::{ByteStream, ByteStreamReader};
pub use call::{Given, Missing, Presigning, Sending};
pub use client::{Client, ClientBuilder, Request, Retry};
pub use error::{Error, ErrorKind};
#[cfg(feature = "event-stream")]
pub use event_stream::EventStream;
#[cfg(feature = "dynamic")]
pub use http;
pub use listing::{Listing, Pages, Rows};
pub use protocol::ErrorDetails;
pub use redact::Sensitive;
pub use reqwest;
/// The version of rustls that this crate uses, to install a `CryptoProvider`, or to pass a `ClientConfig` to
/// `reqwest::ClientBuilder::tls_backend_preconfigured` in [`ClientBuilder::configure_http_client`].
#[cfg(any(feature = "rustls", feature = "aws-lc-rs"))]
pub use rustls;
#[cfg(feature = "serde")]
pub use serde_impls::{Redacted, SerializeRedacted};
/// The crate whose `Value` is a member that is a document: JSON of any type.
#[cfg(feature = "json")]
pub use serde_json;
pub use serial_number::{SerialNumber, SerialNumberKind};
pub use time;
pub use wait::{Wait, wait_until};

/// Includes the SDK that the crate's build script generated from its pages.
///
/// The macro expands to one module per provider. With the page `aws.iam_api.users` and the macro in `src/lib.rs`, the resource is
/// `crate::aws::iam_api::users`. If the macro is in another module, pass the path of that module to `Build::module_path`.
///
/// # Errors
/// The build script must run `pagesmith_codegen::Build`, without `out_dir`. Otherwise the compiler reports that the file `pages/mod.rs`
/// in `OUT_DIR` does not exist, or, without a build script, that one is needed.
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
