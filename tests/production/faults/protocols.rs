//! The faults of connections, heads, framing and gateways in each protocol, hostile documents, and errors.

use pagesmith::{Client, Error, ErrorKind};
use serde_json::{Value, json};
use tracing::subscriber::set_default;

use super::server::{Server, Step};
use super::wires::{Wire, wires};
use super::{Fault, LIMIT, Outcome, client, connections, framing, gateways, heads};
use crate::echoes::{CODES, SECRET_KEY, TOKEN, assert_redacted};
use crate::logs::RecordedLogs;
use crate::support::leaks::{shown, shown_error};

/// The faults whose outcome does not depend on the documents of a protocol.
fn faults() -> Vec<Fault> {
    let mut all = connections::faults();
    all.extend(heads::faults());
    all.extend(framing::chunks());
    all.extend(framing::early());
    all.extend(gateways::faults());
    all
}

/// Calls the operation `action`, and lets time pass when the server stalls.
async fn call(
    client: &Client,
    server: &mut Server,
    wire: &Wire,
    action: &str,
) -> Result<Value, Error> {
    let mut call = wire.method(action).call(client).param("UserName", "alice");
    if action == "EnableMFADevice" {
        call = call.param("AuthenticationCode1", CODES[0]).param("AuthenticationCode2", CODES[1]);
    }
    let mut call = std::pin::pin!(call.send());
    loop {
        tokio::select! {
            biased;
            result = &mut call => return result,
            () = server.stalled() => {
                tokio::time::pause();
                tokio::time::advance(LIMIT).await;
                tokio::time::resume();
            }
        }
    }
}

fn assert_error_redacted(what: &str, error: &Error) {
    for text in [shown_error(error), shown(&error.code()), shown(&error.request_id())] {
        assert_redacted(what, &text);
    }
    assert_redacted(what, &shown(&error.message()));
}

#[tokio::test(flavor = "current_thread")]
async fn each_fault_has_the_same_outcome_in_each_protocol() {
    let logs = RecordedLogs::default();
    let _guard = set_default(logs.clone());
    let base = client();
    let mut problems = Vec::new();
    for wire in wires() {
        for fault in faults() {
            for (action, expected) in
                [("ListMFADevices", &fault.list), ("EnableMFADevice", &fault.enable)]
            {
                let what = format!("{}, {}, {action}", wire.name, fault.name);
                let good = wire.document(action).to_vec();
                let mut server = Server::responding(fault.steps.clone(), action, good).await;
                let client = base.to_builder().endpoint_url(server.url()).build().unwrap();
                let result = call(&client, &mut server, &wire, action).await;
                let outcome = match &result {
                    Ok(_) => Outcome::Success(server.seen().requests),
                    Err(error) => {
                        assert_error_redacted(&what, error);
                        Outcome::Error(
                            error.kind(),
                            error.code().map(str::to_owned),
                            error.status(),
                        )
                    }
                };
                if outcome != *expected {
                    problems
                        .push(format!("{what}: {expected:?} expected: {outcome:?}: {result:?}"));
                }
                for (_, line) in logs.0.lock().unwrap().drain(..) {
                    assert_redacted(&what, &line);
                }
            }
        }
    }
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

/// A response with `status`, `headers` and `body`.
fn response(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} Whatever\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    [head.as_bytes(), b"Connection: close\r\n\r\n", body].concat()
}

/// What `ListMFADevices` returns for a response.
async fn list(wire: &Wire, base: &Client, response: Vec<u8>) -> Result<Value, Error> {
    let steps = vec![Step::ReadRequest, Step::Write(response)];
    let mut server = Server::responding(steps, "ListMFADevices", wire.listing.clone()).await;
    let client = base.to_builder().endpoint_url(server.url()).build().unwrap();
    call(&client, &mut server, wire, "ListMFADevices").await
}

/// Documents that no service sends, each with what is accepted of them; `None` if they must be an error.
#[allow(clippy::too_many_lines)] // A table.
fn hostile(wire: &Wire) -> Vec<(&'static str, Vec<u8>, Option<Value>)> {
    let deep = 100_000;
    let digits = "9".repeat(1_000_000);
    match wire.media_type {
        "text/xml" | "application/xml" => {
            let (open, close) = match wire.name {
                "query" => (
                    "<ListMFADevicesResponse><ListMFADevicesResult>",
                    "</ListMFADevicesResult></ListMFADevicesResponse>",
                ),
                _ => ("<ListMFADevicesResponse>", "</ListMFADevicesResponse>"),
            };
            let with = |content: &str| format!("{open}{content}{close}").into_bytes();
            let trees = format!("{}{}", "<Tree>".repeat(deep), "</Tree>".repeat(deep));
            let unknown = format!("{}{}", "<a>".repeat(deep), "</a>".repeat(deep));
            vec![
                ("a deep structure", with(&trees), None),
                ("a deep unknown element", with(&unknown), None),
                ("deep, not closed", format!("{open}{}", "<Tree>".repeat(deep)).into_bytes(), None),
                ("a number of a million digits", with(&format!("<Number>{digits}</Number>")), None),
                ("a time of a million digits", with(&format!("<Time>{digits}</Time>")), None),
                ("a number that is text", with(&format!("<Number>{SECRET_KEY}</Number>")), None),
                // The last one counts, as in botocore.
                (
                    "a member twice",
                    with("<Number>1</Number><Number>2</Number>"),
                    Some(json!({ "Number": 2 })),
                ),
                (
                    "invalid UTF-8",
                    [open.as_bytes(), b"<Map>\xff\xfe</Map>", close.as_bytes()].concat(),
                    None,
                ),
                ("truncated", open.as_bytes().to_vec(), None),
                (
                    "entities that grow",
                    format!(
                        "<!DOCTYPE a [<!ENTITY a \"{}\">]>{open}<Number>&a;</Number>{close}",
                        "b".repeat(1000)
                    )
                    .into_bytes(),
                    None,
                ),
            ]
        }
        "application/cbor" => {
            let with = |key: &str, value: &[u8]| {
                let length = u8::try_from(0x60 + key.len()).unwrap();
                [&[0xa1, length], key.as_bytes(), value].concat()
            };
            let trees = [b"\xa1\x64Tree".repeat(deep), vec![0xa0]].concat();
            vec![
                ("a deep structure", trees, None),
                ("a deep unknown array", with("a", &[vec![0x81; deep], vec![0xf6]].concat()), None),
                ("deep indefinite arrays", with("a", &vec![0x9f; deep]), None),
                (
                    "a million tags",
                    with("Number", &[vec![0xc1; 1_000_000], vec![1]].concat()),
                    Some(json!({ "Number": 1 })),
                ),
                (
                    "a huge declared array",
                    with("MFADevices", b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff"),
                    None,
                ),
                ("a huge declared map", with("Map", b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff"), None),
                (
                    "a huge declared text",
                    with("Number", b"\x7b\xff\xff\xff\xff\xff\xff\xff\xffabc"),
                    None,
                ),
                (
                    "huge declared bytes",
                    with("Bytes", b"\x5b\xff\xff\xff\xff\xff\xff\xff\xffabc"),
                    None,
                ),
                ("a huge declared root", b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(), None),
                (
                    "a number of a megabyte",
                    with(
                        "Number",
                        &[&b"\xc2\x5a\x00\x10\x00\x00"[..], &vec![0xff; 1 << 20]].concat(),
                    ),
                    None,
                ),
                ("a member twice", b"\xa2\x66Number\x01\x66Number\x02".to_vec(), None),
                ("invalid UTF-8", with("MFADevices", b"\x81\xa1\x68UserName\x62\xff\xfe"), None),
                ("a break without a start", with("Number", b"\xff"), None),
                ("a reserved length", with("Number", b"\x1c"), None),
                ("an odd indefinite map", with("Map", b"\xbf\x61a\xff"), None),
                ("bytes after the end", b"\xa0\xa0".to_vec(), None),
                ("truncated", wire.listing[..wire.listing.len() - 3].to_vec(), None),
                ("text", SECRET_KEY.as_bytes().to_vec(), None),
            ]
        }
        _ => {
            let text = |document: String| document.into_bytes();
            let trees = format!("{}null{}", "{\"Tree\":".repeat(deep), "}".repeat(deep));
            let unknown = format!("{{\"a\": {}{}}}", "[".repeat(deep), "]".repeat(deep));
            vec![
                ("a deep structure", text(trees), None),
                ("a deep unknown array, closed", text(unknown), Some(json!({}))),
                ("deep, not closed", text(format!("{{\"a\": {}", "[".repeat(deep))), None),
                ("a number of a million digits", text(format!("{{\"Number\": {digits}}}")), None),
                ("a real of a million digits", text(format!("{{\"Real\": {digits}}}")), None),
                ("a time of a million digits", text(format!("{{\"Time\": {digits}}}")), None),
                (
                    "an unknown number of a million digits",
                    text(format!("{{\"a\": {digits}}}")),
                    Some(json!({})),
                ),
                ("a huge exponent", text("{\"Number\": 1e999999999}".to_owned()), None),
                ("a member twice", text("{\"Number\": 1, \"Number\": 2}".to_owned()), None),
                ("a number that is text", text(format!("{{\"Number\": \"{SECRET_KEY}\"}}")), None),
                (
                    "invalid UTF-8",
                    b"{\"MFADevices\": [{\"UserName\": \"\xff\xfe\"}]}".to_vec(),
                    None,
                ),
                (
                    "a lone surrogate",
                    text("{\"MFADevices\": [{\"UserName\": \"\\ud800\"}]}".to_owned()),
                    None,
                ),
                ("text after the end", text("{} {}".to_owned()), None),
                ("an array", text("[]".to_owned()), None),
                ("truncated", wire.listing[..wire.listing.len() - 3].to_vec(), None),
                ("text", SECRET_KEY.as_bytes().to_vec(), None),
            ]
        }
    }
}

#[tokio::test(flavor = "current_thread")]
async fn hostile_documents_are_errors_within_the_budget() {
    let base = client().to_builder().response_limit(8 << 20).decode_limit(1 << 20).build().unwrap();
    let mut problems = Vec::new();
    for wire in wires() {
        for (name, document, accepted) in hostile(&wire) {
            let what = format!("{}, {name}", wire.name);
            let headers = [("Content-Type", wire.media_type)];
            let result = list(&wire, &base, response(200, &headers, &document)).await;
            match (&result, &accepted) {
                (Ok(value), Some(accepted)) if value == accepted => {}
                (Err(error), None)
                    if matches!(
                        error.kind(),
                        ErrorKind::Response | ErrorKind::ResponseTooLarge
                    ) =>
                {
                    assert_error_redacted(&what, error);
                    let length = error.to_string().len();
                    assert!(length < 2_000, "{what}: {length} bytes");
                }
                _ => problems.push(format!("{what}: {result:.300?}")),
            }
            // As an error, the same document has no code, and is not shown.
            let result = list(&wire, &base, response(400, &headers, &document)).await;
            match &result {
                Err(error) if error.kind() == ErrorKind::Service && error.code().is_none() => {
                    assert_error_redacted(&what, error);
                }
                _ => problems.push(format!("{what}, as an error: {result:.300?}")),
            }
        }
    }
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[tokio::test(flavor = "current_thread")]
async fn errors_have_code_message_members_and_ids_in_each_protocol() {
    let base = client();
    for wire in wires() {
        let what = wire.name;
        let headers = [
            ("Content-Type", wire.media_type),
            ("x-amz-request-id", "the-id"),
            ("x-amz-id-2", "the/second+id="),
        ];
        let body = wire.error("Busy", "too much");
        let error = list(&wire, &base, response(400, &headers, &body)).await.unwrap_err();
        assert_eq!((error.code(), error.message()), (Some("Busy"), "too much"), "{what}");
        assert_eq!(error.request_id(), Some("the-id"), "{what}");
        assert_eq!(error.extended_request_id(), Some("the/second+id="), "{what}");
        let details = wire.method("ListMFADevices").error_details(&error);
        assert_eq!(details.unwrap()["Reason"], "r", "{what}");
        // Every other name of the id, and secrets in all texts.
        let echo = format!("{SECRET_KEY} {TOKEN}");
        let echo = echo.replace('&', "&amp;").replace('<', "&lt;");
        let headers = [("x-amzn-RequestId", SECRET_KEY), ("x-amz-id-2", TOKEN)];
        let body = wire.error("Busy", &echo);
        let error = list(&wire, &base, response(400, &headers, &body)).await.unwrap_err();
        assert_eq!(error.code(), Some("Busy"), "{what}");
        assert_error_redacted(what, &error);
        assert_redacted(what, &shown(&error.extended_request_id()));
        assert_redacted(what, &shown(&wire.method("ListMFADevices").error_details(&error)));
    }
}

#[tokio::test(flavor = "current_thread")]
async fn codes_are_found_where_each_protocol_has_them() {
    type Case = (
        &'static [&'static str],
        &'static [(&'static str, &'static str)],
        &'static str,
        Option<&'static str>,
    );
    const JSON: &[&str] = &["json 1.0", "json 1.1", "rest-json"];
    const XML: &[&str] = &["query", "ec2", "rest-xml"];
    const CASES: &[Case] = &[
        (JSON, &[], r#"{"__type": "Busy"}"#, Some("Busy")),
        (JSON, &[], r#"{"__type": "com.example#Busy", "message": null}"#, Some("Busy")),
        (JSON, &[], r#"{"__type": "Busy:http://internal.example.com/"}"#, Some("Busy")),
        (JSON, &[], r#"{"code": "Busy"}"#, Some("Busy")),
        (JSON, &[], r#"{"code": 404, "__type": "Busy"}"#, Some("Busy")),
        (JSON, &[("x-amzn-errortype", "Busy")], "", Some("Busy")),
        (JSON, &[("x-amzn-errortype", "Busy:http://example.com/")], "{}", Some("Busy")),
        (JSON, &[("x-amzn-errortype", "com.example#Busy")], r#"{"__type": "Other"}"#, Some("Busy")),
        (
            JSON,
            &[("x-amzn-query-error", "Old.Code;Sender")],
            r#"{"__type": "Busy"}"#,
            Some("Old.Code"),
        ),
        (JSON, &[], "{}", None),
        (JSON, &[], r#"{"message": "no"}"#, None),
        (JSON, &[], r#""Busy""#, None),
        (XML, &[], "<ErrorResponse><Error><Code>Busy</Code></Error></ErrorResponse>", Some("Busy")),
        (
            XML,
            &[],
            "<Response><Errors><Error><Code>Busy</Code></Error></Errors></Response>",
            Some("Busy"),
        ),
        (&["rest-xml"], &[], "<Error><Code>Busy</Code><HostId>x</HostId></Error>", Some("Busy")),
        (XML, &[], "<ErrorResponse><Error/></ErrorResponse>", None),
        (&["cbor"], &[], "\u{60}", None),
        // A response to HEAD has no body.
        (&["rest-xml"], &[], "", Some("403")),
        (&["query", "ec2", "json 1.1", "cbor"], &[], "", None),
    ];
    let base = client();
    for wire in wires() {
        for (_, headers, body, code) in
            CASES.iter().filter(|(names, ..)| names.contains(&wire.name))
        {
            let error =
                list(&wire, &base, response(403, headers, body.as_bytes())).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Service, "{}: {body}", wire.name);
            assert_eq!(error.code(), *code, "{}: {headers:?} {body}", wire.name);
        }
    }
}
