//! An IAM endpoint in your own process, for tests and examples that must not reach AWS.
//!
//! [`LocalIam`] listens on the loopback interface and answers the AWS Query protocol (version
//! 2010-05-08) as IAM does: it recomputes every SigV4 signature, checks one-time codes against the
//! seed of the device and spends them, pages its listings, keeps the quotas, and refuses with the
//! codes, statuses and messages of IAM. Nothing is written to disk, and no request leaves the
//! machine.
//!
//! Implemented operations: `CreateUser`, `GetUser`, `CreateVirtualMFADevice`,
//! `DeleteVirtualMFADevice`, `ListVirtualMFADevices`, `EnableMFADevice`, `ResyncMFADevice`,
//! `DeactivateMFADevice`, `ListMFADevices`, `TagMFADevice`, `UntagMFADevice`, `ListMFADeviceTags`.
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
//! // Point any client at `iam.endpoint_url()`, sign with `iam.access_key_id()` and
//! // `iam.secret_access_key()`, and enable the device with two codes that the endpoint accepts:
//! let [first, second] = phone.codes();
//! assert_eq!((first.len(), second.len()), (6, 6));
//! assert!(iam.devices_of("alice")?.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! # Faults
//!
//! A production client must survive what a network does. [`LocalIam::inject`] queues a [`Fault`]
//! for the next request that it matches: refusals, broken documents, wrong lengths, connections
//! that are reset before or after the request took effect, answers that never come or never end.
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
//! # What was asked, and how often
//!
//! [`LocalIam::requests`] returns every request that was read, and [`LocalIam::executions`] how
//! often an operation ran for one device and one pair of codes, which proves that a client's
//! retries do not repeat what must happen once.

mod answer;
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

pub use builder::Builder;
pub use endpoint::LocalIam;
pub use error::{Error, Refusal};
pub use fault::Fault;
pub use record::{Execution, RecordedRequest};
pub use state::{MfaDevice, Tag, User, VirtualMfaDevice};
