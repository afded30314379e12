//! Typed, signed calls to AWS resources, generated from their documentation pages.
//!
//! Each resource is a function and a module of one name. The function gives a handle with a method
//! for each of the page's; a method gives a request builder, which the compiler lets be sent once
//! every required parameter is there:
//!
#![cfg_attr(feature = "pages", doc = "```")]
#![cfg_attr(not(feature = "pages"), doc = "```ignore")]
//! use pagesmith::{Client, aws::iam_api::mfa_devices};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let iam = local_iam::LocalIam::start().await?;
//! # iam.create_user("alice")?;
//! let client = Client::builder("us-east-1")
//!     .credentials(iam.access_key_id(), iam.secret_access_key(), None)
//!     .endpoint_url(iam.endpoint_url()) // leave this out to call AWS
//!     .build()?;
//!
//! let mut rows = mfa_devices(&client).list().user_name("alice").rows();
//! while let Some(device) = rows.try_next().await? {
//!     println!("{} since {}", device.serial_number, device.enable_date);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Where to look
//!
#![cfg_attr(
    feature = "pages",
    doc = "- [`aws`]: the resources. The parameters, rows and errors of each are on its page."
)]
//! - [`Client`] and [`ClientBuilder`]: region, credentials, endpoint, time limits, retries.
//! - [`Request`]: what a single request can set differently from its client. [`Sending`]: a request that is being sent.
//! - [`Error`]: what went wrong, whether to try again, and whether it may have been done.
//! - [`Rows`] and [`Pages`]: listings, which are streams. [`wait_until`]: waiting for what they show.
//!
//! # Your own pages
//!
//! The resources that this crate has are those of the pages that it ships. Of pages of your own, a build
//! script generates an SDK, which [`include_pages!`] brings into your crate; the guide is the README of the
//! folder `sample` of the repository. Such a crate needs of this one the runtime only:
//! `default-features = false, features = ["rustls"]`.
//!
//! # Tests of your own
//!
//! Rows and outputs have a `builder()`, and [`Error::service`] makes an error of the service, for tests without a server.
//! The crate `local-iam` is an IAM endpoint in your process that checks signatures and one-time
//! codes; the example above runs against it.
//!
//! # Runtime
//!
//! Calls are made in a Tokio runtime with IO and time enabled, as reqwest's are; feature `blocking`
//! brings its own.
//!
//! # Logging
//!
//! Each call is a [`tracing`](https://docs.rs/tracing) span at debug level, with an event for each
//! attempt: attempt, status, request id, milliseconds. At info and above there is nothing, and no secret at any level.
//!
//! # Features
//!
//! - `pages` (default): the resources of the pages that this crate ships, without work for a build script.
//! - `generate`: the same, generated anew when the crate is built.
//! - `rustls` (default): TLS by rustls over ring, with the platform's certificates.
//! - `aws-lc-rs`: TLS by rustls over aws-lc-rs.
//! - `native-tls`: TLS by the platform; needs `default-features = false`, since rustls wins.
//! - `serde`: serde's traits for rows, outputs and the structures in arguments, under wire names. Secrets are serialized as
//!   they are, so that a value can be read back; `Redacted` serializes a value without them, for logs.
//! - `blocking`: `send_blocking()` and `rows_blocking()`.
//! - `dynamic`: pages and service models read at run time, called with JSON; see `dynamic`.
//! - `aws-config`: `ClientBuilder::from_sdk_config`, for the credential chain of AWS's own SDK.

// Generated code speaks of this crate by its name, here as in anybody's crate.
extern crate self as pagesmith;

#[cfg(feature = "blocking")]
mod blocking;
mod call;
mod client;
mod credentials;
#[cfg(feature = "dynamic")]
pub mod dynamic;
mod endpoint;
mod error;
mod operation;
mod pagination;
mod profile;
mod query;
mod request;
mod retry;
mod sanitize;
#[cfg(feature = "aws-config")]
mod sdk_config;
mod sensitive;
#[cfg(feature = "serde")]
mod serde_impls;
mod serial_number;
mod settings;
mod shape;
mod sign;
mod skew;
mod timestamp;
mod tls;
mod wait;
mod words;
mod xml;

pub use aws_credential_types as credential_types;
#[cfg(feature = "blocking")]
pub use blocking::BlockingRows;
pub use call::{Given, Missing, Sending};
pub use client::{Client, ClientBuilder};
pub use error::{Error, ErrorDetails, ErrorKind};
#[cfg(feature = "dynamic")]
pub use http;
pub use pagination::{Listing, Pages, Rows};
pub use request::Request;
pub use reqwest;
pub use retry::Retry;
/// The version that TLS is set up with, for a `CryptoProvider` to install, or a `ClientConfig` to hand to
/// `reqwest::ClientBuilder::tls_backend_preconfigured` in [`ClientBuilder::configure_http_client`].
#[cfg(any(feature = "rustls", feature = "aws-lc-rs"))]
pub use rustls;
pub use sensitive::Sensitive;
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
/// pagesmith::include_pages!();
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

#[cfg(feature = "generate")]
include_pages!();
#[cfg(all(feature = "pages", not(feature = "generate")))]
include!("../generated/mod.rs");

/// What generated code stands on. Of no use to a caller, and outside what versions promise: code is
/// generated by the `pagesmith-codegen` of the same version.
pub mod runtime {
    pub use crate::__builder as builder;
    pub use crate::__open_enum as open_enum;
    pub use crate::__record as record;
    pub use crate::__request as request;
    #[cfg(feature = "serde")]
    pub use crate::__serde as serde_by_table;
    #[cfg(feature = "blocking")]
    pub use crate::blocking::block_on;
    pub use crate::call::Call;
    pub use crate::operation::{Operation, Output, Pagination, Service};
    pub use crate::request::RequestOptions;
    #[cfg(feature = "serde")]
    pub use crate::serde_impls::{SerializeRedacted, deserialize, serialize, serialize_redacted};
    pub use crate::shape::{
        Budget, Data, GivenMembers, List, Map, Member, Place, Record, Shape, Slot, Target, Text,
        TimestampFormat, Value, debug,
    };
    #[cfg(feature = "serde")]
    pub use serde;
}

/// Runs the README's examples as tests.
#[cfg(all(doctest, feature = "pages"))]
#[doc = include_str!("../README.md")]
struct Readme;

/// Runs the examples of the reference page.
#[cfg(all(doctest, feature = "pages"))]
#[doc = include_str!("../generated/aws/iam_api/mfa_devices.rust.md")]
struct ReferencePage;
