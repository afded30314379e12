//! Typed, signed calls to AWS resources, generated from their documentation pages.

// Generated code speaks of this crate by its name, here as in anybody's crate.
extern crate self as pagesmith;

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
mod sensitive;
mod settings;
mod shape;
mod sign;
mod skew;
mod timestamp;
mod tls;
mod xml;

pub use aws_credential_types as credential_types;
pub use client::{Client, ClientBuilder};
pub use error::{Error, ErrorKind};
pub use pagination::{Listing, Pages, Rows};
pub use retry::Retry;
pub use sensitive::Sensitive;
pub use time;

include!(concat!(env!("OUT_DIR"), "/pages/mod.rs"));

/// What generated code stands on. Of no use to a caller.
pub mod runtime {
    pub use crate::call::{Call, Given, Missing};
    pub use crate::operation::{Operation, Output, Pagination, Service};
    pub use crate::shape::{
        Data, List, Map, Member, Record, Shape, Slot, Target, Text, TimestampFormat, Value, debug,
    };
}
