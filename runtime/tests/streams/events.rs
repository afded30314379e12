//! Streams of events.

use std::collections::BTreeSet;

use aws_smithy_eventstream::frame::write_message_to;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use pagesmith_runtime::codegen::{
    AWS_JSON_1_1, Binding, Http, REST_JSON_1, REST_XML, Service, start,
};
use pagesmith_runtime::{Client, ErrorKind, EventStream, Sending};

use crate::server::{Server, Step, head};
use crate::{builder, client};

pagesmith_runtime::codegen::structure! {
    /// An event whose members are in the document.
    #[derive(Clone, PartialEq)]
    pub struct Line: LineBuilder {
        pub text: Option<String> = value("text", String),
        pub number: Option<i32> = copied("number", i32),
    }
}

pagesmith_runtime::codegen::structure! {
    /// An event with headers and a payload.
    #[derive(Clone, PartialEq)]
    pub struct Chunk: ChunkBuilder {
        pub offset: Option<i64> = copied("offset", i64).binding(Binding::EventHeader),
        pub name: Option<String> = value("name", String).binding(Binding::EventHeader),
        pub is_last: Option<bool> = copied("last", bool).binding(Binding::EventHeader),
        pub data: Option<Vec<u8>> = value("data", Vec<u8>).binding(Binding::EventPayload),
    }
}

pagesmith_runtime::codegen::structure! {
    /// An event whose payload is a structure.
    #[derive(Clone, PartialEq)]
    pub struct Stats: StatsBuilder {
        pub details: Option<Line> = value("Details", Line).binding(Binding::EventPayload),
    }
}

pagesmith_runtime::codegen::structure! {
    /// An event without members.
    #[derive(Clone, PartialEq)]
    pub struct End: EndBuilder {}
}

pagesmith_runtime::codegen::union! {
    /// The events.
    #[derive(Clone, PartialEq)]
    pub enum Event: Unknown {
        Line(Line) = "line",
        Chunk(Chunk) = "chunk",
        Stats(Stats) = "Stats",
        End(End) = "end",
    }
}

/// Defines the module of a service with one operation.
macro_rules! service {
    ($module:ident, $protocol:expr, $session:expr) => {
        #[allow(dead_code)] // Not each test needs each method.
        mod $module {
            use super::*;

            static SERVICE: Service<'static> =
                Service::new("Events", $protocol).signing_name("events");

            pub(super) mod events {
                use super::*;

                pagesmith_runtime::codegen::request! {
                    /// Listens.
                    pub struct Listen: ListenInput = "Listen".http(Http::new("POST", "/"))
                        .read_only() -> ListenOutput
                    {
                        secret: Option<pagesmith_runtime::Sensitive<String>> = "secret"
                            .sensitive().binding(Binding::Header),
                    }
                }

                impl Listen {
                    pub fn secret(mut self, value: &str) -> Self {
                        self.call.input.secret =
                            Some(pagesmith_runtime::Sensitive::new(value.to_owned()));
                        self
                    }

                    pub fn send(self) -> Sending<ListenOutput> {
                        self.call.output()
                    }
                }

                pagesmith_runtime::codegen::request_methods!(Listen, ListenInput);

                pagesmith_runtime::codegen::structure! {
                    /// The output of [`Listen`].
                    #[derive(Clone)]
                    pub struct ListenOutput: ListenOutputBuilder {
                        pub session: Option<String> = value("session", String).binding($session),
                        pub events: EventStream<Event> = value("events", EventStream<Event>),
                    }
                }
            }

            pub(crate) fn listen(client: &Client) -> events::Listen {
                start::<events::Listen>(client)
            }
        }
    };
}

service!(json_binding, REST_JSON_1, Binding::Header);
service!(xml_binding, REST_XML, Binding::Header);
service!(rpc_binding, AWS_JSON_1_1, Binding::Body);

fn frame(headers: &[(&str, HeaderValue)], payload: &[u8]) -> Vec<u8> {
    let mut message = Message::new(payload.to_vec());
    for (name, value) in headers {
        message = message.add_header(Header::new((*name).to_owned(), value.clone()));
    }
    let mut bytes = Vec::new();
    write_message_to(&message, &mut bytes).unwrap();
    bytes
}

fn text(value: &str) -> HeaderValue {
    HeaderValue::String(value.to_owned().into())
}

pub(crate) fn event(kind: &str, headers: &[(&str, HeaderValue)], payload: &[u8]) -> Vec<u8> {
    let mut all = vec![(":message-type", text("event")), (":event-type", text(kind))];
    all.extend_from_slice(headers);
    frame(&all, payload)
}

pub(crate) fn line(document: &str) -> Vec<u8> {
    event("line", &[(":content-type", text("application/json"))], document.as_bytes())
}

fn exception(code: &str, document: &str) -> Vec<u8> {
    let headers = [(":message-type", text("exception")), (":exception-type", text(code))];
    frame(&headers, document.as_bytes())
}

/// A server that sends `body` in pieces of `size` bytes, each in a chunk of HTTP.
pub(crate) async fn server(body: Vec<u8>, size: usize) -> Server {
    Server::start(move |_| {
        let mut bytes =
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nsession: the-session\r\n\
                          x-amzn-requestid: the-id\r\n\r\n"
                .to_vec();
        for piece in body.chunks(size) {
            bytes.extend(format!("{:x}\r\n", piece.len()).into_bytes());
            bytes.extend_from_slice(piece);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(b"0\r\n\r\n");
        vec![Step::Write(bytes)]
    })
    .await
}

fn all_events() -> Vec<u8> {
    [
        line(r#"{"text": "hello", "number": 1}"#),
        event(
            "chunk",
            &[
                ("offset", HeaderValue::Int64(7)),
                ("name", text("part")),
                ("last", HeaderValue::Bool(true)),
            ],
            b"\x00\xff",
        ),
        event("Stats", &[], br#"{"number": 5}"#),
        event("later", &[], b"unknown"),
        event("end", &[], b""),
    ]
    .concat()
}

/// All events, and the error that ends them.
async fn drain(mut events: EventStream<Event>) -> (Vec<Event>, Option<pagesmith_runtime::Error>) {
    let mut all = Vec::new();
    loop {
        match events.recv().await {
            Ok(Some(event)) => all.push(event),
            Ok(None) => return (all, None),
            Err(error) => {
                assert!(events.recv().await.unwrap().is_none());
                return (all, Some(error));
            }
        }
    }
}

#[tokio::test]
async fn events_are_decoded_wherever_the_chunks_end() {
    let mut seen = BTreeSet::new();
    for size in [1, 2, 3, 7, 11, 13, 64, 1 << 20] {
        let server = server(all_events(), size).await;
        let output = json_binding::listen(&client(&server.url)).send().await.unwrap();
        assert_eq!(output.session.as_deref(), Some("the-session"));
        let (events, error) = drain(output.events).await;
        assert!(error.is_none(), "{error:?}");
        let line = Line::builder().text("hello").number(1).build().unwrap();
        let chunk = Chunk::builder().offset(7).name("part").is_last(true);
        let chunk = chunk.data(vec![0, 255]).build().unwrap();
        let details = Line::builder().number(5).build().unwrap();
        let stats = Stats::builder().details(details).build().unwrap();
        let expected = [
            Event::Line(line),
            Event::Chunk(chunk),
            Event::Stats(stats),
            Event::Unknown,
            Event::End(End::builder().build().unwrap()),
        ];
        assert_eq!(events, expected);
        seen.insert(format!("{events:?}"));
        assert_eq!(server.connections(), 1);
    }
    assert_eq!(seen.len(), 1);
}

#[tokio::test]
async fn rest_xml_has_xml_in_payloads() {
    let body = [event("Stats", &[], b"<Stats><number>5</number></Stats>"), event("end", &[], b"")];
    let server = server(body.concat(), 5).await;
    let output = xml_binding::listen(&client(&server.url)).send().await.unwrap();
    let (events, error) = drain(output.events).await;
    assert!(error.is_none(), "{error:?}");
    let Event::Stats(Stats { details: Some(details), .. }) = &events[0] else { panic!() };
    assert_eq!(details.number, Some(5));
    assert_eq!(events.len(), 2);
}

#[tokio::test]
async fn the_first_message_of_an_rpc_protocol_has_the_members_of_the_output() {
    let initial = event("initial-response", &[], br#"{"session": "from the message"}"#);
    let with = server([initial, line(r#"{"number": 1}"#)].concat(), 10).await;
    let output = rpc_binding::listen(&client(&with.url)).send().await.unwrap();
    assert_eq!(output.session.as_deref(), Some("from the message"));
    assert_eq!(drain(output.events).await.0.len(), 1);

    let without = server(line(r#"{"number": 1}"#), 10).await;
    let output = rpc_binding::listen(&client(&without.url)).send().await.unwrap();
    assert_eq!(output.session, None);
    assert_eq!(drain(output.events).await.0.len(), 1);

    let failed = exception("Denied", r#"{"message": "no"}"#);
    let failing = server(failed, 10).await;
    let error = rpc_binding::listen(&client(&failing.url)).send().await.unwrap_err();
    assert_eq!((error.code(), error.message()), (Some("Denied"), "no"));

    let empty = server(Vec::new(), 10).await;
    let output = rpc_binding::listen(&client(&empty.url)).send().await.unwrap();
    assert!(drain(output.events).await.0.is_empty());
}

#[tokio::test]
async fn errors_in_the_stream_are_those_of_the_service() {
    let secret = "the-one-time-code";
    let document = format!(r#"{{"message": "{secret} is wrong"}}"#);
    let last = exception("InternalStreamFailure", &document);
    let server = server([line("{}"), last, line("{}")].concat(), 100).await;
    let call = json_binding::listen(&client(&server.url)).secret(secret);
    let (events, error) = drain(call.send().await.unwrap().events).await;
    let error = error.unwrap();
    assert_eq!(events.len(), 1);
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.code(), Some("InternalStreamFailure"));
    assert_eq!(error.message(), "[redacted] is wrong");
    assert_eq!(error.operation(), Some("Listen"));
    assert_eq!(error.request_id(), Some("the-id"));

    let headers = [
        (":message-type", text("error")),
        (":error-code", text("Overloaded")),
        (":error-message", text("try later")),
    ];
    let server = self::server(frame(&headers, b""), 100).await;
    let output = json_binding::listen(&client(&server.url)).send().await.unwrap();
    let error = drain(output.events).await.1.unwrap();
    assert_eq!((error.code(), error.message()), (Some("Overloaded"), "try later"));
}

#[tokio::test]
async fn damaged_long_and_cut_messages_are_errors() {
    let whole = line(r#"{"text": "hello"}"#);
    let mut damaged = whole.clone();
    let at = damaged.len() - 6;
    damaged[at] ^= 1;
    let mut huge = whole.clone();
    huge[..4].copy_from_slice(&u32::MAX.to_be_bytes());
    let mut short = whole.clone();
    short[..4].copy_from_slice(&3_u32.to_be_bytes());
    let cut = whole[..whole.len() - 1].to_vec();
    let wrong = line(r#"{"number": "not a number"}"#);
    let untyped = frame(&[(":event-type", text("line"))], b"{}");
    for (body, kind, message) in [
        (damaged, ErrorKind::Response, "an event is damaged"),
        (huge, ErrorKind::ResponseTooLarge, "an event of 4294967295 bytes is larger"),
        (short, ErrorKind::Response, "an event is damaged"),
        (cut, ErrorKind::Response, "the stream ends within an event"),
        (wrong, ErrorKind::Response, "the response could not be decoded"),
        (untyped, ErrorKind::Response, "a message has an unknown type"),
    ] {
        let server = server([whole.clone(), body].concat(), 1 << 20).await;
        let output = json_binding::listen(&client(&server.url)).send().await.unwrap();
        let (events, error) = drain(output.events).await;
        let error = error.unwrap();
        assert_eq!(events.len(), 1);
        assert_eq!(error.kind(), kind, "{error:?}");
        assert!(error.message().starts_with(message), "{error}");
    }
}

#[tokio::test]
async fn events_that_stall_are_an_error_and_clones_share_the_events() {
    let server = Server::start(|_| {
        vec![Step::Write(head(200, &[], 1000)), Step::Write(line("{}")), Step::Stall]
    })
    .await;
    let client =
        builder(&server.url).stall_timeout(std::time::Duration::from_millis(100)).build().unwrap();
    let output = json_binding::listen(&client).send().await.unwrap();
    let clone = output.clone();
    let (events, error) = drain(output.events).await;
    assert_eq!((events.len(), error.unwrap().kind()), (1, ErrorKind::Timeout));
    assert_eq!(drain(clone.events).await.1.unwrap().kind(), ErrorKind::Input);
}

/// No byte of a message can make the decoder panic.
#[tokio::test]
async fn every_changed_byte_is_noticed() {
    let whole = event("chunk", &[("offset", HeaderValue::Int64(7)), ("name", text("n"))], b"data");
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 0x41;
        let server = server(changed, 1 << 20).await;
        let output = json_binding::listen(&client(&server.url)).send().await.unwrap();
        let (events, error) = drain(output.events).await;
        assert!(events.is_empty() && error.is_some(), "byte {at}");
    }
}
