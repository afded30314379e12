//! Events, from the messages of an event stream.

use aws_smithy_types::event_stream::{HeaderValue, Message};
use http::{HeaderMap, HeaderName};
use time::OffsetDateTime;

use super::frames::{header, malformed, text};
use crate::error::{Error, ErrorKind};
use crate::redact::{MAX_MESSAGE, MAX_NAME};
use crate::schema::{
    Binding, Budget, DecodeError, EventContext, Member, Operation, Output, Record, Response,
    Service, Shape, Slot, Value,
};

/// The header from which protocols read the code of an error.
const X_AMZN_ERRORTYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");

/// What a message is.
pub(super) enum Kind {
    /// The members of the output.
    InitialResponse,
    /// One of the events of the union.
    Event,
}

/// The kind of `message`.
///
/// # Errors
/// That of the service, if `message` is an exception or an error.
pub(super) fn kind(message: &Message, context: &EventContext) -> Result<Kind, Error> {
    match text(message, ":message-type") {
        Some("event") => Ok(match text(message, ":event-type") {
            Some("initial-response") => Kind::InitialResponse,
            _ => Kind::Event,
        }),
        Some("exception") => Err(exception(message, context)),
        Some("error") => {
            let code = text(message, ":error-code");
            Err(service_error(code, text(message, ":error-message"), context))
        }
        _ => Err(malformed("a message has an unknown type")),
    }
}

/// The error in `message`, which is modeled.
fn exception(message: &Message, context: &EventContext) -> Error {
    let code = text(message, ":exception-type").or_else(|| text(message, ":event-type"));
    let mut headers = HeaderMap::new();
    if let Some(value) = code.and_then(|code| http::HeaderValue::from_str(code).ok()) {
        headers.insert(X_AMZN_ERRORTYPE, value);
    }
    let payload = message.payload();
    let response = Response { status: 400, headers: &headers, body: payload };
    let document = context.protocol.0.error(&response).unwrap_or_default();
    let code = code.or(document.code.as_deref());
    let error = service_error(code, document.message.as_deref(), context);
    match std::str::from_utf8(payload) {
        Ok(text) => {
            let document = context.sanitizer.redact(text).into_owned().into_bytes();
            error.with_document(context.protocol, document)
        }
        Err(_) => error,
    }
}

fn service_error(code: Option<&str>, message: Option<&str>, context: &EventContext) -> Error {
    let show = |text, limit| context.sanitizer.show(text, limit);
    let message = match message {
        Some(message) => show(message, MAX_MESSAGE).into(),
        None => "the service sent no message".to_owned(),
    };
    let error = Error::new(ErrorKind::Service, message);
    match code {
        Some(code) => error.with_code(show(code, MAX_NAME)),
        None => error,
    }
}

/// Fills the member of the union `output`, which has the schema `union`, that is the event in `message`. An event that the union does not
/// have leaves it unchanged.
///
/// # Errors
/// If the event cannot be decoded.
pub(super) fn decode(
    message: &Message,
    union: &Shape<'_>,
    output: &mut dyn Record,
    context: &EventContext,
) -> Result<(), Error> {
    let event = text(message, ":event-type").unwrap_or_default();
    let found = union.members.iter().enumerate().find(|(_, member)| member.wire == event);
    let Some((index, member)) = found else { return Ok(()) };
    let slot = output.member_mut(index).map(Value::slot);
    let (Some(Slot::Record(record)), Some(shape)) = (slot, member.target.structure()) else {
        return Ok(());
    };
    let mut budget = match context.decode_limit {
        Some(limit) => Budget::new(limit),
        None => Budget::for_response_of(message.payload().len()),
    };
    members(message, shape, record, context, &mut budget)
        .map_err(|error| error.into_error(&context.operation, &context.sanitizer))
}

/// Fills `record`, which has the schema `shape`, from the headers and the payload of `message`.
fn members(
    message: &Message,
    shape: &Shape<'_>,
    record: &mut dyn Record,
    context: &EventContext,
    budget: &mut Budget,
) -> Result<(), DecodeError> {
    let mut has_document = false;
    for (index, member) in shape.members.iter().enumerate() {
        let Some(value) = record.member_mut(index) else { continue };
        match member.binding {
            Binding::EventHeader => match header(message, member.wire) {
                Some(header) => put_header(member, header, value.slot(), budget)?,
                None if member.required => {
                    return Err(problem(member, "the header of the event is missing"));
                }
                None => {}
            },
            Binding::EventPayload => put_payload(member, message, value, context, budget)?,
            binding => has_document |= binding.is_in_document(),
        }
    }
    if has_document { document(message, shape, record, context, budget) } else { Ok(()) }
}

fn put_payload(
    member: &Member<'_>,
    message: &Message,
    value: &mut dyn Value,
    context: &EventContext,
    budget: &mut Budget,
) -> Result<(), DecodeError> {
    let payload = message.payload();
    let mut take = || {
        let taken = budget.take_text(payload.len());
        taken.ok_or_else(|| DecodeError::over_budget(member.wire.to_owned(), budget))
    };
    match (value.slot(), member.target.structure()) {
        (Slot::Record(record), Some(shape)) => document(message, shape, record, context, budget),
        (Slot::Blob(place), _) => {
            take()?;
            *place = payload.to_vec();
            Ok(())
        }
        (Slot::Text(place), _) => {
            take()?;
            let text = std::str::from_utf8(payload);
            place.set(text.map_err(|_| problem(member, "the payload is not UTF-8"))?);
            Ok(())
        }
        _ => Err(problem(member, "the payload of an event cannot have this type")),
    }
}

/// Fills `record` from the document in the payload, as the protocol encodes it.
fn document(
    message: &Message,
    shape: &Shape<'_>,
    record: &mut dyn Record,
    context: &EventContext,
    budget: &mut Budget,
) -> Result<(), DecodeError> {
    let service = Service::new("", context.protocol);
    let mut operation = Operation::new(&context.operation, &service, shape);
    operation.output = Some(Output { wrapper: "", shape });
    let response = Response { status: 200, headers: &HeaderMap::new(), body: message.payload() };
    context.protocol.0.decode(&operation, &response, record, budget)
}

fn put_header(
    member: &Member<'_>,
    header: &HeaderValue,
    slot: Slot<'_>,
    budget: &mut Budget,
) -> Result<(), DecodeError> {
    let integer = match header {
        HeaderValue::Byte(value) => Some(i64::from(*value)),
        HeaderValue::Int16(value) => Some(i64::from(*value)),
        HeaderValue::Int32(value) => Some(i64::from(*value)),
        HeaderValue::Int64(value) => Some(*value),
        _ => None,
    };
    let length = match header {
        HeaderValue::ByteArray(bytes) => bytes.len(),
        HeaderValue::String(text) => text.as_str().len(),
        _ => 0,
    };
    let taken = budget.take_text(length);
    taken.ok_or_else(|| DecodeError::over_budget(member.wire.to_owned(), budget))?;
    let put = match (slot, header) {
        (Slot::Boolean(place), HeaderValue::Bool(value)) => set(place, Some(*value)),
        (Slot::Integer(place), _) => set(place, integer.and_then(|it| i32::try_from(it).ok())),
        (Slot::Long(place), _) => set(place, integer),
        (Slot::Blob(place), HeaderValue::ByteArray(bytes)) => set(place, Some(bytes.to_vec())),
        (Slot::Timestamp(place), HeaderValue::Timestamp(time)) => {
            set(place, OffsetDateTime::from_unix_timestamp_nanos(time.as_nanos()).ok())
        }
        (Slot::Text(place), HeaderValue::String(text)) => {
            place.set(text.as_str());
            Some(())
        }
        _ => None,
    };
    put.ok_or_else(|| problem(member, "the header of the event does not have the member's type"))
}

fn set<T>(place: &mut T, value: Option<T>) -> Option<()> {
    *place = value?;
    Some(())
}

fn problem(member: &Member<'_>, problem: &str) -> DecodeError {
    DecodeError::at(member.wire.to_owned(), problem)
}
