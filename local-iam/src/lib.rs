//! An IAM endpoint in your process, for tests and examples without AWS.
//!
//! [`LocalIam`] listens on the loopback interface and implements the AWS Query protocol (version 2010-05-08) as IAM does. It verifies
//! Signature Version 4, checks one-time codes against the seed of a device and accepts each code once, paginates listings,
//! enforces quotas, and returns the codes, statuses and messages of IAM. It writes nothing to disk, and sends no request to another host.
//!
//! Operations: `CreateUser`, `GetUser`, `CreateVirtualMFADevice`, `DeleteVirtualMFADevice`, `ListVirtualMFADevices`, `EnableMFADevice`,
//! `ResyncMFADevice`, `DeactivateMFADevice`, `ListMFADevices`, `TagMFADevice`, `UntagMFADevice`, `ListMFADeviceTags`.
//!
//! This crate is independent of the other crates of Pagesmith, so that it tests any client.
//!
//! # Example
//!
//! ```
//! use local_iam::LocalIam;
//!
//! # fn main() -> Result<(), local_iam::Error> {
//! let iam = LocalIam::start_blocking()?;
//! iam.create_user("alice")?;
//! let phone = iam.create_virtual_mfa_device("alice-phone")?;
//!
//! // Send requests to `iam.endpoint_url()`, signed with `iam.access_key_id()` and
//! // `iam.secret_access_key()`. Enable the device with two codes:
//! let [first, second] = phone.codes();
//! assert_eq!((first.len(), second.len()), (6, 6));
//! assert!(iam.devices_of("alice")?.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! # Faults
//!
//! [`LocalIam::inject`] queues a [`Fault`] for the next matching request: an error response, a malformed document, a wrong length, a
//! connection that is reset before or after the request took effect, a response that never arrives or never ends.
//!
//! ```
//! use local_iam::{Fault, LocalIam};
//!
//! # fn main() -> Result<(), local_iam::Error> {
//! let iam = LocalIam::start_blocking()?;
//! iam.inject(Fault::throttle().times(2).on("EnableMFADevice"));
//! iam.inject(Fault::reset_after_processing());
//! # Ok(())
//! # }
//! ```
//!
//! # Recorded requests
//!
//! [`LocalIam::requests`] returns every request that was read. [`LocalIam::executions`] returns how often an operation was carried out for a
//! device and a pair of codes. Tests use it to prove that a client does not repeat such a request.

mod builder;
mod clock;
mod connection;
mod endpoint;
mod error;
mod fault;
mod form;
mod http;
mod operations;
mod random;
mod record;
mod response;
mod server;
mod signature;
mod state;
mod totp;
mod xml;

pub use builder::Builder;
pub use endpoint::LocalIam;
pub use error::{Error, Refusal};
pub use fault::Fault;
pub use record::{Execution, RecordedRequest};
pub use state::{MfaDevice, Tag, User, VirtualMfaDevice};
