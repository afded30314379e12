//! A connection: reads requests, applies faults and sends responses.

use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::clock::shifted;
use crate::error::Refusal;
use crate::fault::{Body, Fault, Kind, OnArrival};
use crate::form::Form;
use crate::http::{Incoming, Request, read_request};
use crate::operations::{self, Outcome};
use crate::record::RecordedRequest;
use crate::response::Response;
use crate::server::Shared;
use crate::signature;
use crate::state::lock;

/// The bytes that an endless body repeats.
const ENDLESS: [u8; 4096] = [b' '; 4096];

/// What happens to a connection after a response.
#[derive(PartialEq, Eq)]
enum Then {
    Continue,
    Close,
}

/// Serves a connection until the client or the endpoint closes it.
pub(crate) async fn serve(stream: TcpStream, shared: Arc<Shared>) {
    let mut stream = BufReader::new(stream);
    while request_arrives(&stream).await {
        let drawn = match lock(&shared.faults).on_arrival() {
            OnArrival::Reset => {
                reset(&stream);
                return;
            }
            OnArrival::Read(drawn) => drawn,
        };
        let request = match read_request(&mut stream).await {
            Incoming::Request(request) => request,
            Incoming::Closed => return,
            Incoming::Unreadable(status) => {
                let response = Response::bare(status, shared.clock.now());
                // The client may have disconnected. There is nothing else to send.
                let _ = stream.write_all(&response.bytes()).await;
                return;
            }
        };
        let form = Form::of(&request);
        let action = form.get("Action").unwrap_or_default().to_owned();
        let fault = lock(&shared.faults).next(&action).or(drawn);
        let closing = request.closes_connection();
        let then = exchange(&mut stream, &shared, request, form, fault).await;
        if closing || then == Then::Close {
            return;
        }
    }
}

/// Waits for the first byte of a request. Returns false if the client has disconnected.
async fn request_arrives(stream: &BufReader<TcpStream>) -> bool {
    if !stream.buffer().is_empty() {
        return true;
    }
    let mut first = [0];
    matches!(stream.get_ref().peek(&mut first).await, Ok(count) if count > 0)
}

/// Makes the following close send a TCP RST.
fn reset(stream: &BufReader<TcpStream>) {
    // If the platform does not support it, the connection closes normally. The request of the
    // client fails in that case too.
    let _ = stream.get_ref().set_zero_linger();
}

/// Processes one request and sends the response.
async fn exchange(
    stream: &mut BufReader<TcpStream>,
    shared: &Shared,
    request: Request,
    form: Form,
    fault: Option<Fault>,
) -> Then {
    let Some(fault) = fault else {
        let (outcome, response) = processed(shared, &request, &form, 0, false);
        record(shared, request, form, Some(response.status), &outcome);
        return send(stream, &response.bytes(), Then::Continue).await;
    };
    match &fault.kind {
        Kind::Stall => {
            record(shared, request, form, None, &Ok(None));
            wait_until_closed(stream).await;
            Then::Close
        }
        Kind::ResetBeforeRead | Kind::ResetBeforeProcessing => {
            record(shared, request, form, None, &Ok(None));
            reset(stream);
            Then::Close
        }
        Kind::ResetAfterProcessing => {
            let (outcome, _) = processed(shared, &request, &form, 0, false);
            record(shared, request, form, None, &outcome);
            reset(stream);
            Then::Close
        }
        _ => {
            let (outcome, mut response) = faulty_response(shared, &request, &form, &fault);
            if let Some(seconds) = fault.retry_after {
                response.headers.push(("Retry-After", seconds.to_string()));
            }
            record(shared, request, form, Some(response.status), &outcome);
            send_with_fault(stream, response, &fault.kind).await
        }
    }
}

/// The response to a request with a fault, before it is sent.
fn faulty_response(
    shared: &Shared,
    request: &Request,
    form: &Form,
    fault: &Fault,
) -> (Outcome, Response) {
    let now = shared.clock.now();
    match &fault.kind {
        Kind::Refuse(refusal) => {
            let request_id = lock(&shared.state).random.request_id();
            let response = refused(refusal, fault.body, &request_id, now);
            (Err(refusal.clone()), response)
        }
        Kind::Redirect(url) => {
            let mut response = Response::bare(307, now);
            response.headers.push(("Location", url.clone()));
            (Ok(None), response)
        }
        Kind::WrongDate(seconds) => processed(shared, request, form, *seconds, false),
        Kind::ExtraMembers => processed(shared, request, form, 0, true),
        _ => processed(shared, request, form, 0, false),
    }
}

fn refused(
    refusal: &Refusal,
    body: Body,
    request_id: &str,
    now: std::time::SystemTime,
) -> Response {
    let status = refusal.status();
    match body {
        Body::Xml => Response::refusal(refusal, request_id, now),
        Body::Html => {
            let page = format!(
                "<html><body><h1>{status}</h1><p>The service is not available<br></body></html>"
            );
            Response::document(status, "text/html", page, request_id, now)
        }
        Body::Empty => Response::bare(status, now),
    }
}

/// Checks the signature, runs the operation, and returns the response.
///
/// `clock_error` is the error of the clock in seconds.
fn processed(
    shared: &Shared,
    request: &Request,
    form: &Form,
    clock_error: i64,
    unknown_members: bool,
) -> (Outcome, Response) {
    let now = shifted(shared.clock.now(), clock_error);
    let mut state = lock(&shared.state);
    let outcome = admissible(request)
        .and_then(|()| signature::verify(request, &shared.credentials, now))
        .and_then(|()| {
            let outcome = operations::run(form, &mut state, &shared.clock);
            lock(&shared.journal).executed(form, outcome.is_ok());
            outcome
        });
    let request_id = state.random.request_id();
    let action = form.get("Action").unwrap_or_default();
    let response = Response::of(action, &outcome, &request_id, now, unknown_members);
    (outcome, response)
}

/// Refuses paths and methods that the AWS Query protocol does not use.
fn admissible(request: &Request) -> Result<(), Refusal> {
    if request.path != "/" {
        let message = format!("There is no resource at the path {}.", request.path);
        return Err(Refusal::new(404, "UnknownOperationException", message));
    }
    if request.method != "POST" && request.method != "GET" {
        let message = format!("The method {} is not allowed.", request.method);
        return Err(Refusal::new(405, "UnsupportedMethod", message));
    }
    Ok(())
}

fn record(shared: &Shared, request: Request, form: Form, status: Option<u16>, outcome: &Outcome) {
    let error_code = outcome.as_ref().err().map(|refusal| refusal.code().to_owned());
    lock(&shared.journal).record(RecordedRequest {
        parameters: form.into_pairs(),
        headers: request.headers,
        status,
        error_code,
    });
}

/// Sends a response with the given fault.
async fn send_with_fault(
    stream: &mut BufReader<TcpStream>,
    mut response: Response,
    fault: &Kind,
) -> Then {
    match fault {
        Kind::Delay(by) => tokio::time::sleep(*by).await,
        Kind::TruncatedBody => {
            let length = response.body.len();
            response.body.truncate(length / 2);
            return send(stream, &response.bytes_of_length(length), Then::Close).await;
        }
        Kind::WrongContentLength => {
            let length = response.body.len() / 2;
            return send(stream, &response.bytes_of_length(length), Then::Close).await;
        }
        Kind::EndlessBody => return send_endlessly(stream, &response).await,
        Kind::MalformedXml => {
            response.body.truncate(response.body.len() * 2 / 3);
            response.body.extend_from_slice(b"<&");
        }
        Kind::EmptyBody => response.body.clear(),
        Kind::MissingRequestId => response.headers.retain(|(name, _)| *name != "x-amzn-RequestId"),
        _ => {}
    }
    send(stream, &response.bytes(), Then::Continue).await
}

async fn send(stream: &mut BufReader<TcpStream>, bytes: &[u8], then: Then) -> Then {
    match stream.write_all(bytes).await {
        Ok(()) => then,
        Err(_) => Then::Close,
    }
}

/// Sends the response without its end, and then spaces until the client disconnects.
async fn send_endlessly(stream: &mut BufReader<TcpStream>, response: &Response) -> Then {
    let mut start = response.head("Transfer-Encoding: chunked");
    let body = response.body.strip_suffix(b">").unwrap_or(&response.body);
    start.extend_from_slice(format!("{:x}\r\n", body.len()).as_bytes());
    start.extend_from_slice(body);
    start.extend_from_slice(b"\r\n");
    let mut chunk = format!("{:x}\r\n", ENDLESS.len()).into_bytes();
    chunk.extend_from_slice(&ENDLESS);
    chunk.extend_from_slice(b"\r\n");

    let mut sent = stream.write_all(&start).await;
    while sent.is_ok() {
        sent = stream.write_all(&chunk).await;
    }
    Then::Close
}

async fn wait_until_closed(stream: &mut BufReader<TcpStream>) {
    let mut ignored = [0; 1024];
    while matches!(stream.read(&mut ignored).await, Ok(count) if count > 0) {}
}
