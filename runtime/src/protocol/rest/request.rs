//! Requests: labels of the path, params of the query string, headers and payloads.

use std::borrow::Cow;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Method};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use zeroize::Zeroizing;

use super::{Document, Documents};
use crate::codec::text::{self, InvalidYear};
use crate::protocol::invalid_year;
use crate::schema::{
    Binding, Data, EncodedRequest, Member, Operation, Record, RequestBody, Target, Value,
};

/// All characters except the unreserved characters of RFC 3986.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The same in a label that may contain slashes.
const ESCAPED_IN_GREEDY_LABEL: &AsciiSet = &ESCAPED.remove(b'/');

/// Encodes a call of `operation` with `input`, and a body of `documents`.
///
/// # Errors
/// As of [`Protocol::encode`](crate::schema::Protocol::encode).
pub(crate) fn encode(
    documents: &dyn Documents,
    operation: &Operation<'_>,
    input: &dyn Record,
    token: &dyn Fn() -> String,
) -> Result<EncodedRequest, String> {
    let mut encoder =
        Encoder { operation, input, token, query: String::new(), headers: Vec::new() };
    let (path, literal) = operation.http.uri.split_once('?').unwrap_or((operation.http.uri, ""));
    encoder.query.push_str(literal);
    let path = encoder.path(path)?;
    for (index, member) in operation.input.members.iter().enumerate() {
        if let Some(value) = input.member(index) {
            encoder.member(member, value)?;
        }
    }
    let body = encoder.body(documents)?;
    let method = Method::from_bytes(operation.http.method.as_bytes())
        .map_err(|_| format!("{} is not an HTTP method", operation.http.method))?;
    let Encoder { query, headers, .. } = encoder;
    Ok(EncodedRequest { method, path: Cow::Owned(path), query, headers, body })
}

struct Encoder<'a> {
    operation: &'a Operation<'a>,
    input: &'a dyn Record,
    token: &'a dyn Fn() -> String,
    query: String,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Encoder<'_> {
    /// Fills the labels of the path `template`.
    fn path(&self, template: &str) -> Result<String, String> {
        let mut path = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let (label, after) = after.split_once('}').unwrap_or((after, ""));
            path.push_str(before);
            let (name, escaped) = match label.strip_suffix('+') {
                Some(name) => (name, ESCAPED_IN_GREEDY_LABEL),
                None => (label, ESCAPED),
            };
            let length = path.len();
            let mut members = self.operation.input.members.iter().enumerate();
            let found = members
                .find(|(_, member)| member.binding == Binding::Label && member.wire == name)
                .and_then(|(index, member)| Some((member, self.input.member(index)?)));
            if let Some((member, value)) = found {
                scalar(member, value.data(), &mut |text| {
                    path.extend(utf8_percent_encode(text, escaped));
                })?;
            }
            if path.len() == length {
                return Err(format!(
                    "the parameter {name} is a part of the request's path, so it must not be empty"
                ));
            }
            rest = after;
        }
        path.push_str(rest);
        Ok(path)
    }

    /// Adds what a member outside of path and body is.
    fn member(&mut self, member: &Member<'_>, value: &dyn Value) -> Result<(), String> {
        let token = matches!(value.data(), Data::Absent).then_some(member.idempotency_token);
        match (member.binding, token) {
            (Binding::Query, Some(true)) => self.param(member.wire, &(self.token)()),
            (Binding::Header, Some(true)) => {
                let token = (self.token)();
                self.header(member, member.wire, token.into_bytes())?;
            }
            (Binding::Query, None) => self.params(member, value)?,
            (Binding::Header, None) => {
                if let Some(text) = header_value(member, value)? {
                    self.header(member, member.wire, text.into_bytes())?;
                }
            }
            (Binding::PrefixHeaders, None) => self.prefix_headers(member, value)?,
            // The value is absent, or in the path or the body.
            _ => {}
        }
        Ok(())
    }

    /// Adds the params of a scalar, a list, or a map.
    fn params(&mut self, member: &Member<'_>, value: &dyn Value) -> Result<(), String> {
        let Data::Map(map) = value.data() else {
            return self.params_named(member.wire, member, value.data());
        };
        let mut result = Ok(());
        map.each(&mut |name, value| {
            // A member with the name of its own wins.
            let is_set = self.query.split('&').any(|param| {
                param.split('=').next() == Some(&*utf8_percent_encode(name, ESCAPED).to_string())
            });
            if !is_set {
                result = self.params_named(name, member, value.data());
            }
            result.is_ok()
        });
        result
    }

    fn params_named(
        &mut self,
        name: &str,
        member: &Member<'_>,
        data: Data<'_>,
    ) -> Result<(), String> {
        let Data::List(list) = data else {
            return scalar(member, data, &mut |text| self.param(name, text));
        };
        for value in (0..).map_while(|index| list.at(index)) {
            scalar(member, value.data(), &mut |text| self.param(name, text))?;
        }
        Ok(())
    }

    fn param(&mut self, name: &str, value: &str) {
        if !self.query.is_empty() {
            self.query.push('&');
        }
        self.query.extend(utf8_percent_encode(name, ESCAPED));
        self.query.push('=');
        self.query.extend(utf8_percent_encode(value, ESCAPED));
    }

    fn prefix_headers(&mut self, member: &Member<'_>, value: &dyn Value) -> Result<(), String> {
        let Data::Map(map) = value.data() else { return Ok(()) };
        let mut result = Ok(());
        map.each(&mut |name, value| {
            if let Data::Text(text) = value.data() {
                result = self.header(member, &[member.wire, name].concat(), text.into());
            }
            result.is_ok()
        });
        result
    }

    fn header(&mut self, member: &Member<'_>, name: &str, value: Vec<u8>) -> Result<(), String> {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
            format!("the parameter {} has a key that is not valid in a header's name", member.wire)
        })?;
        // The value may be a secret, so no message shows it.
        let mut value =
            HeaderValue::from_maybe_shared(bytes::Bytes::from(value)).map_err(|_| {
                format!(
                    "the parameter {} contains a character that is not allowed in HTTP headers",
                    member.wire
                )
            })?;
        value.set_sensitive(member.sensitive);
        self.headers.push((name, value));
        Ok(())
    }

    /// The body, and its media type unless a member is that header.
    fn body(&mut self, documents: &dyn Documents) -> Result<RequestBody, String> {
        let Self { operation, input, token, .. } = *self;
        let shape = operation.input;
        let members = || shape.members.iter().enumerate();
        let document = |document| documents.encode(operation, &document, token);
        let body = match members().find(|(_, member)| member.binding == Binding::Payload) {
            Some((index, payload)) => match input.member(index).map(Value::data) {
                Some(Data::Text(text)) => {
                    self.content_type(HeaderValue::from_static("text/plain"));
                    return Ok(encoded(text.as_bytes()));
                }
                Some(Data::Blob(bytes)) => {
                    self.content_type(HeaderValue::from_static("application/octet-stream"));
                    return Ok(encoded(bytes));
                }
                Some(Data::Stream(body)) => {
                    self.content_type(HeaderValue::from_static("application/octet-stream"));
                    return Ok(RequestBody::Stream(body.clone()));
                }
                #[cfg(feature = "json")]
                Some(Data::Document(value)) => {
                    self.content_type(documents.media_type());
                    return Ok(RequestBody::Encoded(Zeroizing::new(value.to_string().into())));
                }
                Some(Data::Record(record)) => match payload.target.structure() {
                    Some(shape) => {
                        document(Document { shape, record: Some(record), payload: Some(payload) })
                    }
                    None => return Ok(encoded(&[])),
                },
                _ if payload.target.structure().is_some() => {
                    document(Document { shape, record: None, payload: Some(payload) })
                }
                _ => return Ok(encoded(&[])),
            },
            None if members().any(|(_, member)| member.binding.is_in_document()) => {
                document(Document { shape, record: Some(input), payload: None })
            }
            None => return Ok(encoded(&[])),
        };
        let body = body?;
        if !body.is_empty() {
            self.content_type(documents.media_type());
        }
        Ok(body.into())
    }

    fn content_type(&mut self, media_type: HeaderValue) {
        if self.headers.iter().all(|(name, _)| name != CONTENT_TYPE) {
            self.headers.push((CONTENT_TYPE, media_type));
        }
    }
}

/// A body of `bytes`.
fn encoded(bytes: &[u8]) -> RequestBody {
    RequestBody::Encoded(Zeroizing::new(bytes.to_vec()))
}

/// Passes the text of a scalar to `write`, if it is present.
fn scalar(member: &Member<'_>, data: Data<'_>, write: &mut dyn FnMut(&str)) -> Result<(), String> {
    let target = element_of(&member.target);
    text::write(data, target, write).map(drop).map_err(|InvalidYear| invalid_year(member.wire))
}

/// The target of the elements of a list or of a map of lists, or else the target itself.
fn element_of<'t>(target: &'t Target<'t>) -> &'t Target<'t> {
    match target {
        Target::List { element, .. } | Target::Map { element, .. } => element_of(element),
        target => target,
    }
}

/// The value of a header, or `None` for an empty list.
fn header_value(member: &Member<'_>, value: &dyn Value) -> Result<Option<String>, String> {
    let mut out = String::new();
    let Data::List(list) = value.data() else {
        let is_json = matches!(member.target, Target::JsonValue);
        scalar(member, value.data(), &mut |text| {
            if is_json {
                BASE64_STANDARD.encode_string(text, &mut out);
            } else {
                out.push_str(text);
            }
        })?;
        return Ok(Some(out));
    };
    let mut separator = "";
    for value in (0..).map_while(|index| list.at(index)) {
        let is_text = matches!(value.data(), Data::Text(_));
        scalar(member, value.data(), &mut |text| {
            out.push_str(separator);
            separator = ",";
            if is_text && text.contains([',', '"']) {
                out.extend(["\"", &text.replace('"', "\\\""), "\""]);
            } else {
                out.push_str(text);
            }
        })?;
    }
    Ok((!out.is_empty()).then_some(out))
}
