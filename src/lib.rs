//! Typed, signed calls to AWS resources, generated from their documentation pages.
//!
//! Each resource is a function and a module of one name. The function gives a handle with a method
//! for each of the page's; a method gives a request builder, which the compiler lets be sent once
//! every required parameter is there:
//!
//! ```
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
//! - [`aws`]: the resources. The parameters, rows and errors of each are on its page.
//! - [`Client`] and [`ClientBuilder`]: region, credentials, endpoint, time limits, retries.
//! - [`Request`]: what a single request can set differently from its client. [`Sending`]: a request that is being sent.
//! - [`Error`]: what went wrong, whether to try again, and whether it may have been done.
//! - [`Rows`] and [`Pages`]: listings, which are streams. [`wait_until`]: waiting for what they show.
//!
//! # Your own pages
//!
//! The resources that this crate has are those of the pages that it ships: its build script parses them and generates
//! the code. An SDK of your own pages stands on two crates: `pagesmith-codegen` generates it in your build script, and
//! `pagesmith-runtime` makes the calls. The guide is the README of the folder `sample` of the repository.
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
//! - `rustls` (default): TLS by rustls over ring, with the platform's certificates.
//! - `aws-lc-rs`: TLS by rustls over aws-lc-rs.
//! - `native-tls`: TLS by the platform; needs `default-features = false`, since rustls wins.
//! - `serde`: serde's traits for rows, outputs and the structures in arguments, under wire names. Secrets are serialized as
//!   they are, so that a value can be read back; `Redacted` serializes a value without them, for logs.
//! - `blocking`: `send_blocking()` and `rows_blocking()`.
//! - `dynamic`: pages and service models read at run time, called with JSON; see `pagesmith::dynamic`.
//! - `aws-config`: `ClientBuilder::from_sdk_config`, for the credential chain of AWS's own SDK.

// Generated code names the runtime by the path that `seeds/sdk.json` sets.
extern crate self as pagesmith;

pub use pagesmith_runtime::*;

pagesmith_runtime::include_pages!();

/// Runs the README's examples as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// Runs the examples of the reference page.
#[cfg(doctest)]
#[doc = include_str!("../generated/aws/iam_api/mfa_devices.rust.md")]
struct ReferencePage;
