//! The JSON of `service-2.json` and `paginators-1.json`, as AWS publishes them.
//!
//! `other` holds the keys that have no field here. [`vocabulary`](super::vocabulary) says which of them may be there.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use super::{MemberRef, TimestampFormat};
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

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(super) struct Metadata {
    pub(super) api_version: String,
    pub(super) endpoint_prefix: String,
    pub(super) global_endpoint: Option<String>,
    pub(super) protocol: String,
    #[serde(default)]
    pub(super) protocols: Vec<String>,
    pub(super) signature_version: Option<String>,
    pub(super) service_id: String,
    pub(super) service_full_name: String,
    pub(super) signing_name: Option<String>,
    pub(super) xml_namespace: Option<String>,
    #[serde(flatten, deserialize_with = "other_keys")]
    pub(super) other: Vec<String>,
}

#[derive(Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct Operation {
    pub(super) name: String,
    pub(super) http: Http,
    pub(super) input: Option<Message>,
    pub(super) output: Option<Message>,
    #[serde(default)]
    pub(super) errors: Vec<ErrorRef>,
    pub(super) authtype: Option<String>,
    #[serde(default)]
    pub(super) auth: Vec<String>,
    pub(super) endpoint: Option<Endpoint>,
    pub(super) documentation: Option<String>,
    #[serde(flatten, deserialize_with = "other_keys")]
    pub(super) other: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(super) struct Http {
    pub(super) method: String,
    pub(super) request_uri: String,
    #[serde(flatten, deserialize_with = "other_keys")]
    pub(super) other: Vec<String>,
}

/// `input` or `output` of an operation.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(super) struct Message {
    pub(super) shape: String,
    pub(super) result_wrapper: Option<String>,
    #[serde(flatten, deserialize_with = "other_keys")]
    pub(super) other: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(super) struct Endpoint {
    pub(super) host_prefix: Option<String>,
    #[serde(flatten, deserialize_with = "other_keys")]
    pub(super) other: Vec<String>,
}

/// An item of an operation's `errors`.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct ErrorRef {
    pub(super) shape: String,
    pub(super) error: Option<ErrorTrait>,
    #[serde(flatten, deserialize_with = "other_keys")]
    pub(super) other: Vec<String>,
}

/// `error` of a shape, or of an operation's reference to it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(super) struct ErrorTrait {
    pub(super) code: Option<String>,
    pub(super) http_status_code: Option<u16>,
    #[serde(default)]
    pub(super) sender_fault: bool,
    #[serde(flatten, deserialize_with = "other_keys")]
    pub(super) other: Vec<String>,
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
pub(super) struct Paginator {
    #[serde(default)]
    pub(super) input_token: OneOrMany,
    #[serde(default)]
    pub(super) output_token: OneOrMany,
    pub(super) more_results: Option<String>,
    pub(super) limit_key: Option<String>,
    #[serde(default)]
    pub(super) result_key: OneOrMany,
    #[serde(flatten, deserialize_with = "other_keys")]
    pub(super) other: Vec<String>,
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "a token or key of a paginator must be a string or a list of strings"
)]
pub(super) enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl Default for OneOrMany {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl From<OneOrMany> for Vec<String> {
    fn from(names: OneOrMany) -> Self {
        match names {
            OneOrMany::One(name) => vec![name],
            OneOrMany::Many(names) => names,
        }
    }
}
