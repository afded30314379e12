//! Attempts: how they are counted, how they influence the next attempt, and how an error describes them.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::mpsc;
use std::time::{Duration, SystemTime};

use local_iam::Fault;
use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::credential_types::Credentials;
use pagesmith::credential_types::provider::{ProvideCredentials, future};
use pagesmith::{Client, ClientBuilder, Error, ErrorKind, Retry};

use crate::support::canned::{Canned, listing, ok, response};
use crate::world::{Method, World};

/// 2026-11-24T09:30:00Z, the time of all clients in this file.
const NOW: Duration = Duration::from_mins(29_925_210);
const WITHOUT_PAUSE: Retry = Retry::standard().first_pause(Duration::ZERO);

fn client_at(url: &str) -> ClientBuilder {
    Client::builder("us-east-1")
        .credentials("AKIDEXAMPLE", "the secret of this test", None)
        .endpoint_url(url)
        .clock(|| SystemTime::UNIX_EPOCH + NOW)
        .retry(WITHOUT_PAUSE)
}

async fn enable(client: &Client) -> Result<(), Error> {
    let call = mfa_devices(client).enable().user_name("alice").serial_number("GAHT12345678");
    call.authentication_code1("073519").authentication_code2("864207").send().await
}

async fn list(client: &Client) -> Result<usize, Error> {
    Ok(mfa_devices(client).list().user_name("alice").send().await?.mfa_devices.len())
}

fn error_document(code: &str) -> String {
    format!("<ErrorResponse><Error><Code>{code}</Code><Message>m</Message></Error></ErrorResponse>")
}

fn dated(status: u16, code: &str, date: &str) -> Vec<u8> {
    response(status, &[("Date", date)], &error_document(code))
}

/// The `X-Amz-Date` of each request that `server` received.
fn signed_for(server: &Canned) -> Vec<String> {
    let requests = server.requests();
    let date = |head: &str| {
        let mut lines = head.lines().filter_map(|line| line.split_once(": "));
        let found = lines.find(|(name, _)| name.eq_ignore_ascii_case("x-amz-date"));
        found.expect("a signed request").1.to_owned()
    };
    requests.iter().map(|request| date(&request.head)).collect()
}

const AN_HOUR_AHEAD: &str = "Tue, 24 Nov 2026 10:30:00 GMT";

#[tokio::test]
async fn a_failure_of_the_service_does_not_correct_the_clock() {
    for status in [500, 503, 200] {
        let server = Canned::always(dated(status, "SignatureDoesNotMatch", AN_HOUR_AHEAD));
        let client = client_at(&server.url()).build().unwrap();
        let result = enable(&client).await;
        assert_eq!(server.requests().len(), 1, "{status}: {result:?}");
        let _ = enable(&client).await;
        assert_eq!(signed_for(&server), ["20261124T093000Z"; 2], "{status}");
    }
}

#[tokio::test]
async fn a_request_that_is_signed_again_counts_as_an_attempt() {
    let server = Canned::always(dated(403, "RequestTimeTooSkewed", AN_HOUR_AHEAD));
    let client = client_at(&server.url()).retry(Retry::never()).build().unwrap();
    let error = list(&client).await.unwrap_err();
    assert_eq!((server.requests().len(), error.attempts()), (1, 1), "{error}");
    // The correction of the clock is used for the next call.
    let _ = list(&client).await;
    assert_eq!(signed_for(&server), ["20261124T093000Z", "20261124T103000Z"]);

    let responses = [
        dated(400, "Throttling", AN_HOUR_AHEAD),
        dated(403, "RequestExpired", AN_HOUR_AHEAD),
        ok(&listing("<MFADevices/>")),
    ];
    let server = Canned::each(move |number| responses[number].clone());
    list(&client_at(&server.url()).build().unwrap()).await.unwrap();
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn an_implausible_date_is_ignored() {
    for date in ["Fri, 01 Jan 2100 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"] {
        let server = Canned::always(dated(403, "RequestTimeTooSkewed", date));
        let client = client_at(&server.url()).build().unwrap();
        for _ in 0..2 {
            let error = list(&client.clone()).await.unwrap_err();
            assert_eq!(error.attempts(), 1, "{error}");
        }
        assert_eq!(signed_for(&server), ["20261124T093000Z"; 2], "{date}");
    }
}

#[tokio::test]
async fn a_correction_of_the_clock_that_does_not_help_is_reset() {
    let server = Canned::always(dated(403, "SignatureDoesNotMatch", AN_HOUR_AHEAD));
    let client = client_at(&server.url()).build().unwrap();
    let error = enable(&client).await.unwrap_err();
    assert_eq!(error.attempts(), 2, "{error}");
    assert!(!error.may_have_been_carried_out());
    enable(&client).await.unwrap_err();
    let own_and_corrected = ["20261124T093000Z", "20261124T103000Z"];
    assert_eq!(signed_for(&server), [own_and_corrected, own_and_corrected].concat());
}

#[tokio::test]
async fn a_rejected_attempt_does_not_hide_that_an_earlier_one_may_have_taken_effect() {
    let world = World::ready_for(Method::Enable).await;
    world.iam.inject(Fault::reset_after_processing());
    let client = world.client().retry(WITHOUT_PAUSE.replay_lost_responses(true)).build().unwrap();
    let error = world.call(&client, Method::Enable).await.unwrap_err();
    assert_eq!((error.code(), error.attempts()), (Some("EntityAlreadyExists"), 2), "{error}");
    assert!(error.may_have_been_carried_out(), "{error:?}");
    assert_eq!(world.executions(Method::Enable), 1);
    // If all attempts were rejected, the call had no effect.
    world.iam.inject(Fault::throttle());
    let error = world.call(&client, Method::Enable).await.unwrap_err();
    assert_eq!(error.attempts(), 2);
    assert!(!error.may_have_been_carried_out(), "{error:?}");
}

/// A server that responds to one request of each connection, and closes the connection on a signal.
fn server_that_closes_connections() -> (String, mpsc::Sender<()>, mpsc::Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (close, when) = mpsc::channel();
    let (report, closed) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut request = Vec::new();
            while !request.ends_with(b"AuthenticationCode2=864207") {
                let mut part = [0; 1024];
                match stream.read(&mut part) {
                    Ok(count) if count > 0 => request.extend_from_slice(&part[..count]),
                    _ => break,
                }
            }
            let body = "<EnableMFADeviceResponse/>";
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
            let _ = stream.write_all(format!("{head}{body}").as_bytes());
            if when.recv().is_err() {
                return;
            }
            drop(stream);
            if report.send(()).is_err() {
                return;
            }
        }
    });
    (url, close, closed)
}

/// The runtime does not run between two calls, so it detects the closed connection only during the next call.
#[test]
fn a_connection_closed_between_two_calls_is_not_reused() {
    let (url, close, closed) = server_that_closes_connections();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let client = client_at(&url).retry(Retry::never()).build().unwrap();
    let mut results = Vec::new();
    for _ in 0..8 {
        let result = runtime.block_on(enable(&client));
        if result.is_ok() {
            close.send(()).unwrap();
            closed.recv().unwrap();
        }
        results.push(result);
    }
    assert!(results.iter().all(Result::is_ok), "{results:#?}");
}

/// A provider that never completes.
#[derive(Debug)]
struct Never;

impl ProvideCredentials for Never {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(std::future::pending())
    }
}

impl pagesmith::reqwest::dns::Resolve for Never {
    fn resolve(&self, _: pagesmith::reqwest::dns::Name) -> pagesmith::reqwest::dns::Resolving {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn a_timeout_before_anything_was_sent_is_not_reported_as_sent() {
    let limit = Duration::from_millis(30);
    let builder = client_at("http://127.0.0.1:9").credentials_provider(Never);
    let no_credentials = builder.call_timeout(limit).build().unwrap();
    let unresolved = || {
        let builder = client_at("http://iam.example").connect_timeout(Duration::from_mins(1));
        builder
            .configure_http_client(|http| http.no_proxy().dns_resolver(std::sync::Arc::new(Never)))
    };
    let no_address = unresolved().call_timeout(limit).build().unwrap();
    for client in [no_credentials, no_address] {
        for error in [list(&client).await.unwrap_err(), enable(&client).await.unwrap_err()] {
            assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
            assert_eq!(error.attempts(), 1, "{error:?}");
            assert!(!error.may_have_been_sent(), "{error:?}");
            assert!(!error.may_have_been_carried_out(), "{error:?}");
        }
    }
    // An attempt that did not reach the service is repeated for every method.
    let client = unresolved().attempt_timeout(limit).build().unwrap();
    let error = enable(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 3), "{error}");
    assert!(!error.may_have_been_sent(), "{error:?}");
}

#[tokio::test]
async fn a_timeout_of_a_call_has_the_attempts_and_the_last_error() {
    // The pause that the service asks for is longer than the call's limit.
    let busy = response(503, &[("Retry-After", "86400")], &error_document("ServiceUnavailable"));
    let server = Canned::always(busy);
    let retry = Retry::standard().max_pause(Duration::from_hours(24));
    let limit = Duration::from_millis(500);
    let client = client_at(&server.url()).retry(retry).call_timeout(limit).build().unwrap();
    let error = list(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1), "{error:?}");
    assert!(error.may_have_been_sent() && error.may_have_been_carried_out());
    let cause = std::error::Error::source(&error).expect("the error of the last attempt");
    let cause: &Error = cause.downcast_ref().unwrap();
    assert_eq!((cause.code(), cause.status()), (Some("ServiceUnavailable"), Some(503)));

    // A service that rejects a call has not carried it out.
    let throttled = response(400, &[("Retry-After", "86400")], &error_document("Throttling"));
    let server = Canned::always(throttled);
    let client = client_at(&server.url()).retry(retry).call_timeout(limit).build().unwrap();
    let error = enable(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1), "{error:?}");
    assert!(error.may_have_been_sent() && !error.may_have_been_carried_out(), "{error:?}");
}

/// The date is compared with the service's time, or with the client's time if the response has no date.
#[tokio::test]
async fn retry_after_may_be_a_date() {
    let soon = "Tue, 24 Nov 2026 09:30:01 GMT";
    let hour_later = "Tue, 24 Nov 2026 10:30:01 GMT";
    let cases: [(&[(&str, &str)], u64); 5] = [
        (&[("Retry-After", soon)], 1),
        (&[("Retry-After", hour_later), ("Date", AN_HOUR_AHEAD)], 1),
        (&[("Retry-After", soon), ("Date", AN_HOUR_AHEAD)], 0),
        (&[("Retry-After", "Tue, 24 Nov 0000 09:30:01 GMT")], 0),
        (&[("Retry-After", "soon")], 0),
    ];
    for (headers, seconds) in cases {
        let busy = response(400, headers, &error_document("Throttling"));
        let server = Canned::each(move |number| match number {
            0 => busy.clone(),
            _ => ok(&listing("<MFADevices/>")),
        });
        let client = client_at(&server.url()).build().unwrap();
        let started = std::time::Instant::now();
        list(&client).await.unwrap();
        let taken = started.elapsed();
        assert!(taken >= Duration::from_secs(seconds), "{headers:?}: {taken:?}");
        // A pause of an hour would be limited to the longest pause, which is 20 seconds.
        assert!(taken < Duration::from_secs(15), "{headers:?}: {taken:?}");
    }
}

#[tokio::test]
async fn a_very_long_wait_does_not_panic() {
    let server = Canned::always(ok(&listing("<MFADevices/>")));
    let client = client_at(&server.url()).build().unwrap();
    // The last instant of the clock is found by bisection.
    let (mut possible, mut beyond) = (Duration::ZERO, Duration::MAX);
    let apart = |beyond: Duration, possible| beyond.saturating_sub(possible);
    while apart(beyond, possible) > Duration::from_millis(1) {
        let between = possible + apart(beyond, possible) / 2;
        match tokio::time::Instant::now().checked_add(between) {
            Some(_) => possible = between,
            None => beyond = between,
        }
    }
    let shortly_before = possible.saturating_sub(Duration::from_millis(500));
    for limit in [shortly_before, possible, beyond, Duration::MAX] {
        let wait = pagesmith::Wait::for_up_to(limit).first_pause(Duration::MAX).max_pause(limit);
        let call = || mfa_devices(&client).list().rows().collect();
        pagesmith::wait_until(wait, call, Vec::is_empty).await.unwrap();
    }
}

/// The longest duration from now that the paused clock can represent.
fn to_the_end_of_the_clock() -> Duration {
    let (mut longest, mut step) = (Duration::ZERO, Duration::MAX);
    while !step.is_zero() {
        let longer = longest.checked_add(step);
        match longer.filter(|longer| tokio::time::Instant::now().checked_add(*longer).is_some()) {
            Some(longer) => longest = longer,
            None => step /= 2,
        }
    }
    longest
}

/// The time between a limit and the end of the clock. Timers have a resolution of a millisecond, so a limit in the
/// last millisecond would be rounded up beyond the end.
const BEFORE_THE_END: [Duration; 6] = [
    Duration::ZERO,
    Duration::from_nanos(1),
    Duration::from_micros(500),
    Duration::from_millis(1),
    Duration::from_secs(1),
    Duration::from_secs(2),
];

#[tokio::test(start_paused = true)]
async fn a_wait_until_the_end_of_the_clock_does_not_panic() {
    let longest = to_the_end_of_the_clock();
    for before in BEFORE_THE_END {
        // The last call may take one second longer.
        let limit = longest.checked_sub(before).unwrap();
        for limit in [limit, limit.checked_sub(Duration::from_secs(1)).unwrap()] {
            let call = || async {
                tokio::task::yield_now().await;
                Ok(before)
            };
            let wait = pagesmith::Wait::for_up_to(limit);
            pagesmith::wait_until(wait, call, |_| true).await.unwrap();
        }
    }
}

#[tokio::test(start_paused = true)]
async fn limits_at_the_end_of_the_clock_do_not_panic() {
    // While a task is ready, the paused clock does not advance.
    let busy = tokio::spawn(async {
        loop {
            tokio::task::yield_now().await;
        }
    });
    let server = Canned::always(ok(&listing("<MFADevices/>")));
    let longest = to_the_end_of_the_clock();
    for before in BEFORE_THE_END {
        let limit = longest.checked_sub(before).unwrap();
        let keys = Credentials::new("AKIDEXAMPLE", "the secret of this test", None, None, "test");
        let client = || client_at(&server.url()).credentials_provider(keys.clone());
        for limited in [
            client().call_timeout(limit).attempt_timeout(None),
            client().call_timeout(None).attempt_timeout(limit),
            client().connect_timeout(limit),
            client().credentials_timeout(limit),
        ] {
            list(&limited.build().unwrap()).await.unwrap();
        }
    }
    busy.abort();
}

/// An HTTP client that the user builds follows redirects by default.
#[cfg(feature = "rustls")]
#[tokio::test]
async fn an_http_client_that_follows_redirects_is_an_error() {
    let _ = pagesmith::rustls::crypto::ring::default_provider().install_default();
    for status in [301, 302, 303, 307, 308] {
        let other_server = Canned::always(ok(&listing("<MFADevices/>")));
        let url = other_server.url();
        let server = Canned::always(response(status, &[("Location", &url)], ""));
        let http = pagesmith::reqwest::Client::builder().no_proxy().build().unwrap();
        let builder = client_at(&server.url()).http_client(http);
        let client = builder.credentials("AKIDEXAMPLE", "secret", Some("token-of-mine".to_owned()));
        let client = client.build().unwrap();
        let errors = [list(&client).await.unwrap_err(), enable(&client).await.unwrap_err()];
        for error in &errors {
            if status < 307 {
                assert!(
                    error.to_string().contains("redirect::Policy::none()"),
                    "{status}: {error}"
                );
            }
            assert!(error.may_have_been_carried_out() && !error.is_retryable(), "{error:?}");
            assert_eq!(error.attempts(), 1, "{status}: {error}");
        }
        assert_eq!(server.requests().len(), 2, "{status}");
        for request in other_server.requests() {
            assert!(
                !request.body.contains("073519"),
                "{status}: the codes were sent to another server"
            );
        }
    }
}
