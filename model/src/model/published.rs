//! What has another structure in `service-2.json` and `paginators-1.json` than in the model. All else is read into the
//! types of the model.
//!
//! `other` holds the keys that have no field here. [`vocabulary`](super::vocabulary) says which of them may be there.

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::{ErrorFacts, MemberRef, Retryable, TimestampFormat, XmlNamespace};
use crate::json::{Entries, Unread, other_keys};

#[derive(Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct Service<'a> {
    /// Of the format; an import keeps it.
    #[serde(rename = "version")]
    _version: Option<IgnoredAny>,
    #[serde(borrow)]
    pub(super) metadata: &'a RawValue,
    #[serde(borrow)]
    pub(super) operations: Unread<'a>,
    #[serde(borrow)]
    pub(super) shapes: Unread<'a>,
    #[serde(flatten, deserialize_with = "other_keys")]
    pub(super) other: Vec<String>,
}

/// `error` of a shape, or of an operation's reference to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(super) struct ErrorTrait {
    pub(super) code: Option<String>,
    pub(super) http_status_code: Option<u16>,
    #[serde(default)]
    pub(super) sender_fault: bool,
    #[serde(flatten, deserialize_with = "other_keys")]
    pub(super) other: Vec<String>,
}

impl ErrorTrait {
    /// The facts that it states of the error structure `shape`.
    pub(super) fn facts(&self, shape: &str, retryable: Option<Retryable>) -> ErrorFacts {
        ErrorFacts {
            retryable,
            code: self.code.clone().unwrap_or_else(|| shape.to_owned()),
            status: self.http_status_code,
            sender_fault: self.sender_fault,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
#[allow(clippy::struct_excessive_bools)] // Each is a flag of the published format.
pub(super) struct Shape {
    pub(super) r#type: String,
    pub(super) members: Option<Entries<String, MemberRef>>,
    #[serde(default)]
    pub(super) required: Vec<String>,
    pub(super) member: Option<MemberRef>,
    pub(super) key: Option<MemberRef>,
    pub(super) value: Option<MemberRef>,
    #[serde(default)]
    pub(super) r#enum: Vec<String>,
    #[serde(default)]
    pub(super) flattened: bool,
    pub(super) location_name: Option<String>,
    pub(super) timestamp_format: Option<TimestampFormat>,
    #[serde(default)]
    pub(super) sensitive: bool,
    pub(super) error: Option<ErrorTrait>,
    #[serde(default)]
    pub(super) exception: bool,
    #[serde(default)]
    pub(super) union: bool,
    pub(super) retryable: Option<Retryable>,
    pub(super) payload: Option<String>,
    #[serde(default)]
    pub(super) document: bool,
    #[serde(default)]
    pub(super) sparse: bool,
    #[serde(default)]
    pub(super) streaming: bool,
    #[serde(default)]
    pub(super) jsonvalue: bool,
    #[serde(default)]
    pub(super) event: bool,
    #[serde(default)]
    pub(super) eventstream: bool,
    pub(super) xml_namespace: Option<XmlNamespace>,
    pub(super) documentation: Option<String>,
    #[serde(flatten, deserialize_with = "other_keys")]
    pub(super) other: Vec<String>,
}

#[derive(Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct Paginators<'a> {
    #[serde(borrow)]
    pub(super) pagination: Unread<'a>,
    #[serde(flatten, deserialize_with = "other_keys")]
    pub(super) other: Vec<String>,
}

#[derive(Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct Waiters<'a> {
    #[serde(borrow)]
    pub(super) waiters: Unread<'a>,
    #[serde(flatten, deserialize_with = "other_keys")]
    pub(super) other: Vec<String>,
}

/// A list of strings, or one string for a list of one.
pub(super) fn one_or_many<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(
        untagged,
        expecting = "a token or key of a paginator must be a string or a list of strings"
    )]
    enum OneOrMany {
        One(String),
        Many(Vec<String>),
    }
    Ok(match OneOrMany::deserialize(from)? {
        OneOrMany::One(name) => vec![name],
        OneOrMany::Many(names) => names,
    })
}
