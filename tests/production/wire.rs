//! Faults on the wire, by `List` and by `Enable`: what a server may do to a connection and to a response. `wire.txt` says
//! what comes of each, and how often the server carried the call out; `PAGESMITH_GOLDEN=update` writes it anew.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::{Client, Error, Retry};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tracing::subscriber::set_default;

use crate::logs::Kept;
use crate::support::canned::listing;
use crate::support::leaks::{assert_hidden, shown_error};

const SECRETS: [&str; 4] = ["wJalrXUtnFEMI/K7MDENG", "FwoGZXIvYXdzEJr//wEaD==", "073519", "864207"];

/// How much of a request is read before the response.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Read {
    Nothing,
    Head,
    Half,
    All,
}

/// What happens after the response.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    Close,
    Reset,
    Stall,
}

struct Fault {
    name: String,
    read: Read,
    response: Vec<u8>,
    then: Then,
    /// Whether a server that responds like this has carried the call out, if it has read it.
    carries_out: bool,
}

fn fault(name: impl Into<String>, response: impl Into<Vec<u8>>, carries_out: bool) -> Fault {
    let (name, response) = (name.into(), response.into());
    Fault { name, read: Read::All, response, then: Then::Close, carries_out }
}

fn message(status: u16, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status} Status\r\nContent-Length: {}\r\n{headers}\r\n{body}", body.len())
}

fn error_document(code: &str, message: &str, id: &str) -> String {
    format!(
        "<ErrorResponse><Error><Code>{code}</Code><Message>{message}</Message></Error>\
         <RequestId>{id}</RequestId></ErrorResponse>"
    )
}

fn good() -> String {
    message(200, "", &listing("<MFADevices/>"))
}

/// The connection ends, or nothing more comes, at each stage.
fn stages() -> Vec<Fault> {
    let whole = good();
    let body = whole.find("\r\n\r\n").unwrap() + 4;
    let after = [
        ("nothing", 0),
        ("half a status line", 9),
        ("a status line", 21),
        ("half a head", body / 2),
        ("a head", body),
        ("half a body", usize::midpoint(body, whole.len())),
        ("all but a byte", whole.len() - 1),
    ];
    let ends = [("closed", Then::Close), ("reset", Then::Reset), ("stalled", Then::Stall)];
    let mut all = Vec::new();
    for (end, then) in ends {
        for (stage, length) in after {
            let name = format!("{end} after {stage} was sent");
            all.push(Fault { then, ..fault(name, &whole.as_bytes()[..length], true) });
        }
        let reads = [("nothing", Read::Nothing), ("a head", Read::Head), ("half", Read::Half)];
        for (stage, read) in reads {
            let name = format!("{end} after {stage} was read");
            all.push(Fault { read, then, ..fault(name, "", true) });
        }
    }
    all
}

/// Pages of gateways, and redirects.
fn gateways() -> Vec<Fault> {
    let page = "<html><body><h1>No<br></body></html>";
    let statuses = [
        300, 301, 302, 303, 304, 305, 307, 308, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409,
        410, 411, 412, 413, 414, 415, 417, 421, 422, 423, 425, 426, 428, 429, 431, 451, 500, 501,
        502, 503, 504, 505, 507, 508, 511, 520, 522, 525, 530, 599, 600, 999,
    ];
    let location = "Location: http://127.0.0.1:9/\r\n";
    statuses
        .into_iter()
        .map(|status| {
            fault(format!("a page with status {status}"), message(status, location, page), true)
        })
        .collect()
}

/// Errors of the service.
fn errors() -> Vec<Fault> {
    let refusals = [
        "Throttling",
        "ThrottlingException",
        "ThrottledException",
        "RequestThrottledException",
        "TooManyRequestsException",
        "ProvisionedThroughputExceededException",
        "TransactionInProgressException",
        "RequestLimitExceeded",
        "BandwidthLimitExceeded",
        "LimitExceededException",
        "RequestThrottled",
        "SlowDown",
        "PriorRequestNotComplete",
        "EC2ThrottledException",
        "RequestTimeout",
        "LimitExceeded",
        "AccessDenied",
        "ExpiredToken",
    ];
    let mut all: Vec<Fault> = refusals
        .into_iter()
        .map(|code| {
            let body = error_document(code, "m", "id");
            fault(format!("refused as {code}"), message(400, "", &body), false)
        })
        .collect();
    for status in [200, 500, 503] {
        for code in ["Throttling", "SignatureDoesNotMatch", "InternalFailure"] {
            let body = error_document(code, "m", "id");
            let date = "Date: Tue, 24 Nov 2026 11:00:00 GMT\r\n";
            all.push(fault(format!("{status} with {code}"), message(status, date, &body), true));
        }
    }
    let spelled =
        ["073519", "073%35%31%39", "&#48;73519", "a 864207 b", "FwoGZXIvYXdzEJr%2F%2FwEaD%3D%3D"];
    for echo in spelled {
        let bodies = [
            error_document(echo, "m", "id"),
            error_document("Code", echo, "id"),
            error_document("Code", "m", echo),
        ];
        for (place, body) in ["code", "message", "request id"].into_iter().zip(bodies) {
            all.push(fault(format!("{echo:?} in the {place}"), message(400, "", &body), false));
        }
    }
    let odd =
        ["-1", "1.5", "99999999999999999999999", "never", "", "Thu, 01 Jan 1970 00:00:00 GMT"];
    for value in odd {
        let headers = format!("Retry-After: {value}\r\nDate: {value}\r\n");
        let body = error_document("Throttling", "m", "id");
        all.push(fault(
            format!("Retry-After and Date {value:?}"),
            message(400, &headers, &body),
            false,
        ));
    }
    all
}

/// Documents under the status of a success.
fn documents() -> Vec<Fault> {
    let bodies = [
        ("nothing", String::new()),
        ("a page", "<html><body>Welcome<br></body></html>".to_owned()),
        ("JSON", "{\"a\": 1}".to_owned()),
        ("another root", "<a/>".to_owned()),
        ("half a document", "<AResponse><a>".to_owned()),
        ("two documents", "<AResponse/><AResponse/>".to_owned()),
        ("something after the end", "<AResponse/>x".to_owned()),
        ("a document type", "<!DOCTYPE a [<!ENTITY b \"c\">]><AResponse/>".to_owned()),
        ("an undefined entity", "<AResponse><RequestId>&b;</RequestId></AResponse>".to_owned()),
        ("control characters", "<AResponse>\u{1b}[31m</AResponse>".to_owned()),
        ("a byte order mark", "\u{feff}<a/>".to_owned()),
        ("zeros", "\0\0\0".to_owned()),
        ("deep nesting", "<AResponse>".to_owned() + &"<a>".repeat(10_000)),
        ("elements that cross", "<AResponse><a><b></a></b></AResponse>".to_owned()),
        ("a code as a name", "<AResponse><a073519></b></AResponse>".to_owned()),
    ];
    let mut all: Vec<Fault> = bodies
        .into_iter()
        .map(|(name, body)| fault(format!("200 with {name}"), message(200, "", &body), true))
        .collect();
    let gzip = message(200, "Content-Encoding: gzip\r\n", &listing("<MFADevices/>"));
    all.push(fault("a claim of gzip", gzip, true));
    let mut bytes = message(200, "", "<AResponse>????</AResponse>").into_bytes();
    for byte in bytes.iter_mut().filter(|byte| **byte == b'?') {
        *byte = 0xff;
    }
    all.push(fault("200 with invalid UTF-8", bytes, true));
    all
}

/// HTTP that is odd, or wrong.
fn framing() -> Vec<Fault> {
    let body = listing("<MFADevices/>");
    let chunk = format!("{:x}\r\n{body}\r\n", body.len());
    let chunked =
        |rest: &str| format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{rest}");
    let headed = |headers: &str| format!("HTTP/1.1 200 OK\r\n{headers}\r\n{body}");
    let length = format!("Content-Length: {}\r\n", body.len());
    let cases = [
        ("HTTP/1.0 until the end", format!("HTTP/1.0 200 OK\r\n\r\n{body}")),
        ("HTTP/1.1 until the end", headed("")),
        ("chunks", chunked(&format!("{chunk}0\r\n\r\n"))),
        ("chunks with trailers", chunked(&format!("{chunk}0\r\na: b\r\n\r\n"))),
        ("chunks without an end", chunked(&chunk)),
        ("a chunk of a wrong length", chunked("5\r\nabcdefgh\r\n0\r\n\r\n")),
        ("a chunk of no length", chunked("x\r\nabc\r\n")),
        ("a chunk too long for a number", chunked("fffffffffffffffffff\r\nabc")),
        ("half a chunk", chunked("ff\r\nabc")),
        ("a length and chunks", headed(&format!("{length}Transfer-Encoding: chunked\r\n"))),
        ("two lengths", headed(&format!("{length}Content-Length: 3\r\n"))),
        ("a negative length", headed("Content-Length: -1\r\n")),
        ("a length that is none", headed("Content-Length: many\r\n")),
        ("a length too long for a number", headed("Content-Length: 99999999999999999999999\r\n")),
        ("a length of an exabyte", headed("Content-Length: 1152921504606846976\r\n")),
        ("a length that is short", headed("Content-Length: 20\r\n")),
        ("a header of a megabyte", headed(&format!("a: {}\r\n", "x".repeat(1 << 20)))),
        ("a thousand headers", headed(&format!("{length}{}", "a: b\r\n".repeat(1000)))),
        ("a header without a colon", headed("nonsense\r\n")),
        ("a header with a zero", headed("a: \0\r\n")),
        ("lines that end in LF", headed(&length).replace("\r\n", "\n")),
        ("an interim 100", format!("HTTP/1.1 100 Continue\r\n\r\n{}", good())),
        ("an interim 103", format!("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n{}", good())),
        ("many interim responses", "HTTP/1.1 102 Wait\r\n\r\n".repeat(50) + &good()),
        (
            "another protocol",
            "HTTP/1.1 101 Switch\r\nUpgrade: a\r\nConnection: upgrade\r\n\r\n".into(),
        ),
        ("no content", "HTTP/1.1 204 No Content\r\n\r\n".into()),
        ("part of the content", good().replacen("200", "206", 1)),
        ("HTTP/2", good().replacen("1.1", "2.0", 1)),
        ("HTTP/0.9", body.clone()),
        ("SSH", "SSH-2.0-OpenSSH_9.9\r\n".into()),
        ("a status of six digits", good().replacen("200", "200200", 1)),
        ("a status that is none", good().replacen("200", "abc", 1)),
        ("no reason", good().replacen(" Status", "", 1)),
        ("bytes after the response", good() + "and more"),
        ("two responses", good() + &good()),
    ];
    let mut all: Vec<Fault> =
        cases.into_iter().map(|(name, response)| fault(name, response, true)).collect();
    all.push(fault("an alert of TLS", &b"\x15\x03\x03\x00\x02\x02\x28"[..], true));
    let refusal = message(400, "Connection: close\r\n", &error_document("AccessDenied", "m", "id"));
    all.push(Fault { read: Read::Head, ..fault("a refusal before the body", refusal, false) });
    all
}

/// Serves `fault` to each connection, and counts the calls that were carried out.
async fn serve(listener: TcpListener, fault: Arc<Fault>, count: Arc<AtomicUsize>) {
    while let Ok((stream, _)) = listener.accept().await {
        let (fault, count) = (fault.clone(), count.clone());
        tokio::spawn(async move {
            // A client that leaves early is no trouble of the server's.
            let _ = exchange(stream, &fault, &count).await;
        });
    }
}

async fn exchange(
    mut stream: TcpStream,
    fault: &Fault,
    count: &AtomicUsize,
) -> std::io::Result<()> {
    let mut request = Vec::new();
    let mut wanted = if fault.read == Read::Nothing { 0 } else { usize::MAX };
    while request.len() < wanted {
        let mut byte = [0];
        if stream.read(&mut byte).await? == 0 {
            return Ok(());
        }
        request.push(byte[0]);
        if wanted == usize::MAX && request.ends_with(b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&request).to_lowercase();
            let (_, rest) = head.split_once("content-length: ").unwrap();
            let length: usize = rest.split("\r\n").next().unwrap().parse().unwrap();
            wanted = request.len()
                + match fault.read {
                    Read::Half => length / 2,
                    Read::All => length,
                    _ => 0,
                };
        }
    }
    if fault.read == Read::All && fault.carries_out {
        count.fetch_add(1, Ordering::SeqCst);
    }
    stream.write_all(&fault.response).await?;
    match fault.then {
        Then::Reset => stream.set_zero_linger()?,
        Then::Stall => while stream.read(&mut [0; 1024]).await? > 0 {},
        // What came is read, since a close that leaves bytes unread is a reset.
        Then::Close => {
            stream.shutdown().await?;
            while stream.read(&mut [0; 1024]).await? > 0 {}
        }
    }
    Ok(())
}

async fn call(client: &Client, lists: bool) -> Result<(), Error> {
    if lists {
        return mfa_devices(client).list().user_name("alice").send().await.map(drop);
    }
    let call = mfa_devices(client).enable().user_name("alice").serial_number("GAHT12345678");
    call.authentication_code1(SECRETS[2]).authentication_code2(SECRETS[3]).send().await
}

/// What became of it, as `wire.txt` has it.
fn outcome(fault: &Fault, result: &Result<(), Error>, executed: usize) -> String {
    let times = format!("carried out {executed}");
    let Err(error) = result else { return format!("success, {times}") };
    // The client may learn that the connection ends before it sends, or after.
    if fault.read == Read::Nothing && fault.then != Then::Stall {
        return format!("broken, {times}");
    }
    // How far an attempt came within its limit is the machine's affair.
    if fault.then == Then::Stall {
        return format!("{:?}", error.kind());
    }
    let mut text = format!("{:?}", error.kind());
    if let Some(status) = error.status() {
        write!(text, " {status}").unwrap();
    }
    if let Some(code) = error.code() {
        write!(text, " {code}").unwrap();
    }
    let perhaps = if error.may_have_been_carried_out() { "perhaps" } else { "not" };
    format!("{text}, {} attempts, {perhaps} carried out, {times}", error.attempts())
}

#[tokio::test(flavor = "current_thread")]
async fn each_fault_on_the_wire_by_list_and_enable() {
    let kept = Kept::default();
    let _guard = set_default(kept.clone());
    let faults = [stages(), gateways(), errors(), documents(), framing()];
    let faults: Vec<Fault> = faults.into_iter().flatten().collect();
    assert!(faults.len() >= 94, "{}", faults.len());
    let mut table = String::new();
    for fault in faults {
        let fault = Arc::new(fault);
        writeln!(table, "{}", fault.name).unwrap();
        for (method, lists) in [("List", true), ("Enable", false)] {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let url = format!("http://{}", listener.local_addr().unwrap());
            let executed = Arc::new(AtomicUsize::new(0));
            let server = tokio::spawn(serve(listener, fault.clone(), executed.clone()));
            // Nothing comes after a stall, however long the limit.
            let stalls = fault.then == Then::Stall;
            let limit = Duration::from_millis(if stalls { 100 } else { 60_000 });
            let client = Client::builder("us-east-1")
                .credentials("AKIDEXAMPLE", SECRETS[0], Some(SECRETS[1].to_owned()))
                .endpoint_url(url)
                .attempt_timeout(limit)
                .retry(Retry::standard().first_pause(Duration::ZERO).max_pause(Duration::ZERO))
                .build()
                .unwrap();
            let result = call(&client, lists).await;
            server.abort();
            let executed = executed.load(Ordering::SeqCst);
            assert!(
                lists || executed <= 1,
                "{}: Enable was carried out {executed} times",
                fault.name
            );
            let secrets = if lists { &SECRETS[..2] } else { &SECRETS[..] };
            if let Err(error) = &result {
                assert_hidden(&fault.name, &shown_error(error), secrets);
            }
            for (_, line) in kept.0.lock().unwrap().drain(..) {
                assert_hidden(&fault.name, &format!("line: {line}"), secrets);
            }
            let said = outcome(&fault, &result, executed);
            // A code of `List`'s is no secret to it.
            let said = SECRETS[2..].iter().fold(said, |said, code| said.replace(code, "CODE"));
            writeln!(table, "    {method}: {said}").unwrap();
        }
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/production/wire.txt");
    if std::env::var_os("PAGESMITH_GOLDEN").is_some_and(|value| value == "update") {
        std::fs::write(path, &table).unwrap();
    }
    let expected = std::fs::read_to_string(path).unwrap();
    for (line, (found, expected)) in table.lines().zip(expected.lines()).enumerate() {
        let above: Vec<_> =
            table.lines().take(line).filter(|line| !line.starts_with(' ')).collect();
        assert_eq!(found, expected, "line {} of wire.txt, of {:?}", line + 1, above.last());
    }
    assert_eq!(table.lines().count(), expected.lines().count());
}
