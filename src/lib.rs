//! Typed, signed calls to AWS resources, generated from their documentation pages.
//!
//! Each resource has a function and a module of the same name. The function returns a handle with a method for each method of the page. A
//! method returns a request builder. The compiler accepts `send` once all required parameters are set.
//!
//! ```no_run
//! use pagesmith::{Client, aws::iam_api::mfa_devices};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), pagesmith::Error> {
//! let client = Client::from_env()?; // region, credentials and endpoint from the environment
//! let mut rows = mfa_devices(&client).list().user_name("alice").rows(); // requests pages as needed
//! while let Some(device) = rows.try_next().await? {
//!     println!("{} since {}", device.serial_number, device.enable_date);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Overview
//!
//! - [`aws`]: the resources. The module of a resource documents its parameters, rows and errors.
//! - [`Client`] and [`ClientBuilder`]: region, credentials, endpoint, time limits, retries.
//! - [`Request`]: settings of a single request. [`Sending`]: the future of a request.
//! - [`Error`]: what failed, whether to retry, and whether the service may have carried out the request.
//! - [`Rows`] and [`Pages`]: listings as streams. [`wait_until`]: waits for a condition.
//!
//! # Your own pages
//!
//! The build script of this crate parses the pages that the crate ships, and generates its resources. To generate an SDK from your own pages, use
//! `pagesmith-codegen` in your build script and `pagesmith-runtime` for the calls. The README of the folder `sample` in the repository is a guide.
//!
//! # Tests
//!
//! Rows and outputs have a `builder()`, and [`Error::service`] creates an error of the service, for tests without a server.
//! The crate `local-iam` is an IAM endpoint in your process that verifies signatures and one-time codes:
//!
//! ```
//! use local_iam::LocalIam;
//! use pagesmith::{Client, aws::iam_api::mfa_devices};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let iam = LocalIam::start().await?;
//! iam.create_user("alice")?;
//! let client = Client::builder("us-east-1")
//!     .credentials(iam.access_key_id(), iam.secret_access_key(), None)
//!     .endpoint_url(iam.endpoint_url())
//!     .build()?;
//! let devices = mfa_devices(&client).list().user_name("alice").rows().collect().await?;
//! assert!(devices.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! # Runtime
//!
//! Calls need a Tokio runtime with IO and time enabled. The feature `blocking` brings its own.
//!
//! # Logging
//!
//! Each call is a [`tracing`](https://docs.rs/tracing) span at debug level, with an event for each attempt: its number, status, request id
//! and duration in milliseconds. There are no events at info level or above, and no secrets at any level.
//!
//! # Features
//!
//! - `rustls` (default): TLS by rustls with ring and the platform's certificates.
//! - `aws-lc-rs`: TLS by rustls with aws-lc-rs.
//! - `native-tls`: TLS by the platform. Requires `default-features = false`, because rustls takes precedence.
//! - `serde`: serde's traits for rows, outputs and the structures in arguments, with the names on the wire. Secrets are serialized, so that a
//!   value can be read back. `Redacted` omits them, for logs.
//! - `blocking`: `send_blocking()` and `rows_blocking()`.
//! - `dynamic`: reads pages and service models at run time, and calls them with JSON; see `pagesmith::dynamic`.
//! - `aws-config`: `ClientBuilder::from_sdk_config`, for the credential chain of the AWS SDK.
//!
//! This crate contains no code of its own beyond the generated resources: it re-exports `pagesmith-runtime`.

// Generated code names the runtime by the path that `seeds/sdk.json` sets.
extern crate self as pagesmith;

pub use pagesmith_runtime::*;

pagesmith_runtime::include_pages!();

/// Compiles and runs the examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// Compiles and runs the examples of the generated reference page.
#[cfg(doctest)]
#[doc = include_str!("../generated/aws/iam_api/mfa_devices.rust.md")]
struct ReferencePage;
