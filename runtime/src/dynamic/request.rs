//! Requests that are not sent, and the sensitive members of responses.

use pagesmith_model::schema::{self, Member, Target};

use super::call::{Call, Markers};
use super::value::{Content, DynamicRecord, DynamicValue, Schemas};
use crate::error::Error;
use crate::redact::REDACTED;

impl Call {
    /// The HTTP request, without sending it: method, URL, headers and body, without the signature and its headers. It
    /// needs no credentials. If the call is [`redacted`](Self::redacted), it has `[redacted]` instead of each secret.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) if a param is missing, unknown, or has another type;
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if the region has no endpoint, or
    /// the configured endpoint is not a URL.
    ///
    /// # Example
    /// ```
    /// use pagesmith::{Client, dynamic::Resources};
    ///
    /// # fn main() -> Result<(), pagesmith::Error> {
    /// # let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../seeds");
    /// let client = Client::builder("us-east-1").without_credentials().build()?;
    /// let list = Resources::load(folder)?.method("mfa_devices.List")?;
    /// let request = list.call(&client).param("UserName", "alice").request()?;
    /// assert_eq!(request.uri(), "https://iam.amazonaws.com/");
    /// assert_eq!(request.body(), b"Action=ListMFADevices&Version=2010-05-08&UserName=alice");
    /// # Ok(())
    /// # }
    /// ```
    pub fn request(&self) -> Result<http::Request<Vec<u8>>, Error> {
        let mut input = self.input(&Markers::default())?;
        if self.is_redacted() {
            redact(&mut input);
        }
        self.with_tables(|operation| {
            let encoded = self.client.encode(operation, &input)?;
            self.client.unsigned_request(operation, &self.options, encoded)
        })
    }
}

/// Replaces each sensitive value by [`REDACTED`].
fn redact(record: &mut DynamicRecord<'_>) {
    for (member, value) in record.values_mut() {
        redact_value(value, member.sensitive);
    }
}

fn redact_value(value: &mut DynamicValue<'_>, sensitive: bool) {
    match &mut value.content {
        Content::Absent(_) => {}
        Content::List(list) => list.items.iter_mut().for_each(|item| redact_value(item, sensitive)),
        Content::Map(map) => {
            map.entries.values_mut().for_each(|value| redact_value(value, sensitive));
        }
        Content::Record(record) if !sensitive => redact(record),
        Content::Record(record) => {
            record.values_mut().for_each(|(_, value)| redact_value(value, true));
        }
        content if sensitive => *content = Content::Text(REDACTED.to_owned()),
        _ => {}
    }
}

/// The paths of the sensitive members of the output of `method`.
pub(super) fn sensitive_outputs(schemas: Schemas<'_>, method: &schema::Method) -> Vec<String> {
    let mut walk = Walk { schemas, open: Vec::new(), found: Vec::new() };
    walk.members(schemas.resource.output_members(method), "");
    walk.found
}

struct Walk<'t> {
    schemas: Schemas<'t>,
    /// The structures that contain the current one, so that a recursive structure is not visited again.
    open: Vec<&'t Target>,
    found: Vec<String>,
}

impl<'t> Walk<'t> {
    fn members(&mut self, members: &'t [Member], path: &str) {
        for member in members {
            let path = if path.is_empty() {
                member.name.clone()
            } else {
                format!("{path}.{}", member.name)
            };
            if member.sensitive {
                self.found.push(path);
            } else {
                self.within(&member.target, &path);
            }
        }
    }

    fn within(&mut self, ty: &'t Target, path: &str) {
        match ty {
            Target::List { element, .. } => self.within(element, path),
            Target::Map { value, .. } => self.within(value, path),
            ty => {
                if let Some(members) = self.schemas.members(ty)
                    && !self.open.contains(&ty)
                {
                    self.open.push(ty);
                    self.members(members, path);
                    self.open.pop();
                }
            }
        }
    }
}
