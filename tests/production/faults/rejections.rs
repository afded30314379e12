//! Error responses of the service: throttling with every code, errors that repeat secrets, and unusual values of `Date` and
//! `Retry-After`.

use super::server::Step;
use super::server::Step::{Execute, ReadRequest, Write};
use super::{Fault, Outcome, gateway, service};
use crate::echoes::{CODES, SECRET_KEY, TOKEN, encodings};
use crate::support::canned::response;

fn error(code: &str, message: &str, id: &str) -> String {
    format!(
        "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message>\
         </Error><RequestId>{id}</RequestId></ErrorResponse>"
    )
}

fn reject(status: u16, headers: &[(&str, &str)], body: &str) -> Vec<Step> {
    vec![ReadRequest, Write(response(status, headers, body))]
}

pub(super) fn faults() -> Vec<Fault> {
    [throttled(), waits(), dates(), skewed(), failures(), echoes(), forms()]
        .into_iter()
        .flatten()
        .collect()
}

/// The codes that the standard retry mode of the AWS SDKs treats as throttling.
fn throttled() -> Vec<Fault> {
    [
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
    ]
    .into_iter()
    .map(|code| Fault::rejected(code, reject(400, &[], &error(code, "Rate exceeded", "id"))))
    .chain([
        Fault::rejected("429 of the service", reject(429, &[], &error("Busy", "m", "id"))),
        Fault::lost(
            "SlowDown with 503",
            reject(503, &[], &error("SlowDown", "m", "id")),
            service("SlowDown", 503),
        ),
    ])
    .collect()
}

/// Values of `Retry-After`. They do not delay a test, because the client's longest pause is zero.
fn waits() -> Vec<Fault> {
    let body = error("Throttling", "Rate exceeded", "id");
    [
        "0",
        "120",
        "18446744073709551615",
        "99999999999999999999999",
        "-1",
        "1.5",
        "soon",
        "",
        "Tue, 24 Nov 2026 10:30:00 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Tue, 99 Nov 2026 99:99:99 GMT",
    ]
    .into_iter()
    .map(|wait| {
        let steps = reject(400, &[("Retry-After", wait)], &body);
        Fault::rejected(format!("Retry-After: {wait:?}"), steps)
    })
    .collect()
}

/// Dates of an error response that is not about time.
fn dates() -> Vec<Fault> {
    let body = error("AccessDenied", "not allowed", "id");
    [
        "yesterday",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Sun, 00 Xxx 0000 99:99:99 GMT",
        "Tuesday, 24-Nov-26 10:30:00 GMT",
        CODES[0],
    ]
    .into_iter()
    .map(|date| {
        let steps = reject(403, &[("Date", date)], &body);
        Fault::last(format!("Date: {date:?}"), steps, service("AccessDenied", 403))
    })
    .collect()
}

/// Errors about the time of a request, with valid and invalid dates of the service.
fn skewed() -> Vec<Fault> {
    let body = error("RequestTimeTooSkewed", "too late", "id");
    let rejected = || service("RequestTimeTooSkewed", 403);
    let dated = |date| reject(403, &[("Date", date)], &body);
    vec![
        Fault::last("skewed without a date", reject(403, &[], &body), rejected()),
        Fault::last("skewed with an invalid date", dated("yesterday"), rejected()),
        Fault::last("skewed in 1970", dated("Thu, 01 Jan 1970 00:00:00 GMT"), rejected()),
        Fault::last("skewed in 9999", dated("Fri, 31 Dec 9999 23:59:59 GMT"), rejected()),
        Fault::last("skewed in 2020", dated("Wed, 01 Jan 2020 00:00:00 GMT"), rejected()),
        Fault::last("skewed by one second", dated("Tue, 24 Nov 2026 09:30:01 GMT"), rejected()),
        Fault::rejected("skewed by an hour", dated("Tue, 24 Nov 2026 10:30:00 GMT")),
    ]
}

/// Failures of the service, which may have carried the call out.
fn failures() -> Vec<Fault> {
    [
        (500, "InternalFailure"),
        (500, "ServiceFailure"),
        (503, "ServiceUnavailable"),
        (400, "InternalError"),
        (400, "RequestTimeout"),
        (400, "RequestTimeoutException"),
    ]
    .into_iter()
    .map(|(status, code)| {
        let response = response(status, &[], &error(code, "m", "id"));
        let steps = [ReadRequest, Execute, Write(response)];
        Fault::lost(format!("{code} with {status}"), steps, service(code, status))
    })
    .collect()
}

/// Secrets in each field and in each encoding.
fn echoes() -> Vec<Fault> {
    let mut all = Vec::new();
    // A listing has no codes, so it cannot redact them.
    for (number, secret) in [SECRET_KEY, TOKEN].into_iter().enumerate() {
        let mut seen = Vec::new();
        for (encoding, echo) in encodings(secret) {
            if seen.contains(&echo) {
                continue;
            }
            // The unescaped token is not valid XML.
            let is_text = !echo.contains('<');
            let document = if is_text { service("Code", 400) } else { gateway(400) };
            let beside = || error("Code", "m", "id");
            for (field, steps, outcome) in [
                (
                    "the message",
                    reject(400, &[], &error("Code", &format!("a{echo} b"), "id")),
                    document.clone(),
                ),
                ("the request id", reject(400, &[], &error("Code", "m", &echo)), document),
                (
                    "a header",
                    reject(400, &[("x-amzn-RequestId", &echo)], &error("Code", "m", "")),
                    service("Code", 400),
                ),
                ("the date", reject(400, &[("Date", &echo)], &beside()), service("Code", 400)),
                (
                    "Retry-After",
                    reject(400, &[("Retry-After", &echo)], &beside()),
                    service("Code", 400),
                ),
            ] {
                let name = format!("secret {number} in {field}, {encoding}");
                all.push(Fault::last(name, steps, outcome));
            }
            seen.push(echo);
        }
    }
    all
}

/// Error documents that are incomplete or in another format.
fn forms() -> Vec<Fault> {
    let unnamed = Outcome::Error(pagesmith::ErrorKind::Service, None, Some(400));
    let fault =
        |name: &str, body: &str, outcome| Fault::last(name, reject(400, &[], body), outcome);
    vec![
        fault(
            "an error without a code",
            "<ErrorResponse><Error/></ErrorResponse>",
            unnamed.clone(),
        ),
        fault(
            "an error without a message",
            "<ErrorResponse><Error><Code>A</Code></Error></ErrorResponse>",
            service("A", 400),
        ),
        fault("an error without a body", "", unnamed.clone()),
        fault("an error in JSON", "{\"__type\": \"Throttling\"}", unnamed),
        fault(
            "control characters",
            &error("A&#10;B", "a&#27;[31m", "i&#7;d"),
            service(r"A\nB", 400),
        ),
        fault("a long message", &error("A", &"word ".repeat(10_000), "id"), service("A", 400)),
    ]
}
