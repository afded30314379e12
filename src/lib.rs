//! Typed, signed calls to AWS resources, generated from their documentation pages.

// Generated code speaks of this crate by its name, here as in anybody's crate.
extern crate self as pagesmith;

#[cfg(feature = "blocking")]
mod blocking;
mod call;
mod client;
mod credentials;
mod endpoint;
mod error;
mod operation;
mod pagination;
mod profile;
mod query;
mod retry;
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
mod xml;

pub use aws_credential_types as credential_types;
#[cfg(feature = "blocking")]
pub use blocking::BlockingRows;
pub use client::{Client, ClientBuilder};
pub use error::{Error, ErrorKind};
pub use pagination::{Listing, Pages, Rows};
pub use retry::Retry;
pub use sensitive::Sensitive;
pub use serial_number::{SerialNumber, SerialNumberKind};
pub use time;
pub use wait::{Wait, wait_until};

include!(concat!(env!("OUT_DIR"), "/pages/mod.rs"));

/// What generated code stands on. Of no use to a caller.
pub mod runtime {
    #[cfg(feature = "blocking")]
    pub use crate::blocking::block_on;
    pub use crate::call::{Call, Given, Missing};
    pub use crate::operation::{Operation, Output, Pagination, Service};
    #[cfg(feature = "serde")]
    pub use crate::serde_impls::{deserialize, serialize};
    pub use crate::shape::{
        Data, List, Map, Member, Record, Shape, Slot, Target, Text, TimestampFormat, Value, debug,
    };
    #[cfg(feature = "serde")]
    pub use serde;
}
