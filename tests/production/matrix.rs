//! Each fault with each of the six methods: the result, the number of requests, and whether the call was carried out.

use std::time::Duration;

use local_iam::Fault;
use pagesmith::ErrorKind;

use crate::world::{Method, World};

/// The outcome of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Success,
    /// The kind, the service's code and the status.
    Error(ErrorKind, Option<&'static str>, Option<u16>),
}

use Outcome::{Error, Success};

/// The expected result of a fault: the outcome, the number of requests, and whether the call was carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Expected {
    outcome: Outcome,
    requests: usize,
    done: bool,
}

/// A fault with its name, and its results for `SELECT` and for the other methods.
type Row = (&'static str, Fault, Expected, Expected);

fn recovered(requests: usize) -> Expected {
    Expected { outcome: Success, requests, done: true }
}

fn not_done(outcome: Outcome, requests: usize) -> Expected {
    Expected { outcome, requests, done: false }
}

fn done(outcome: Outcome) -> Expected {
    Expected { outcome, requests: 1, done: true }
}

fn service(code: Option<&'static str>, status: u16) -> Outcome {
    Error(ErrorKind::Service, code, Some(status))
}

fn lost(status: Option<u16>) -> Outcome {
    Error(ErrorKind::Transport, None, status)
}

fn faults() -> Vec<Row> {
    [rejected(), possibly_done(), permanent_errors(), harmless()].concat()
}

/// The service did not execute the call, so every method is retried.
fn rejected() -> Vec<Row> {
    let throttled = not_done(service(Some("Throttling"), 400), 3);
    vec![
        ("throttled once", Fault::throttle(), recovered(2), recovered(2)),
        ("throttled twice", Fault::throttle().times(2), recovered(3), recovered(3)),
        ("always throttled", Fault::throttle().times(99), throttled, throttled),
        // The service's clock differs by an hour: the call is signed again once.
        ("an hour ahead", Fault::wrong_date(3600).times(99), recovered(2), recovered(2)),
        ("an hour behind", Fault::wrong_date(-3600).times(99), recovered(2), recovered(2)),
    ]
}

/// The call may have been carried out: only `SELECT` is retried.
fn possibly_done() -> Vec<Row> {
    let once = |outcome| not_done(outcome, 1);
    let timeout = Error(ErrorKind::Timeout, None, None);
    let faults = [
        ("500", Fault::internal_failure(), once(service(Some("InternalFailure"), 500))),
        ("503", Fault::service_unavailable(), once(service(Some("ServiceUnavailable"), 503))),
        ("500 in HTML", Fault::internal_failure().html(), once(service(None, 500))),
        ("503 in HTML", Fault::service_unavailable().html(), once(service(None, 503))),
        (
            "503 without a body",
            Fault::service_unavailable().without_body(),
            once(service(None, 503)),
        ),
        ("stalled", Fault::stall(), once(timeout)),
        (RESET_BEFORE_READ, Fault::reset_before_read(), once(lost(None))),
        ("reset before it was carried out", Fault::reset_before_processing(), once(lost(None))),
        ("reset after it was carried out", Fault::reset_after_processing(), done(lost(None))),
        ("truncated", Fault::truncated_body(), done(lost(Some(200)))),
    ];
    faults.into_iter().map(|(name, fault, others)| (name, fault, recovered(2), others)).collect()
}

const RESET_BEFORE_READ: &str = "reset before it was read";

/// A retry would not help.
fn permanent_errors() -> Vec<Row> {
    let unreadable = || done(Error(ErrorKind::Response, None, Some(200)));
    let faults = [
        (
            "access denied",
            Fault::error(403, "AccessDenied", "no"),
            not_done(service(Some("AccessDenied"), 403), 1),
        ),
        (
            "a quota",
            Fault::error(409, "LimitExceeded", "no more"),
            not_done(service(Some("LimitExceeded"), 409), 1),
        ),
        ("redirected", Fault::redirect("http://127.0.0.1:9/"), not_done(service(None, 307), 1)),
        (
            "endless",
            Fault::endless_body(),
            done(Error(ErrorKind::ResponseTooLarge, None, Some(200))),
        ),
        ("malformed", Fault::malformed_xml(), unreadable()),
        // Every operation responds with a document.
        ("empty", Fault::empty_body(), unreadable()),
        ("truncated by its own length", Fault::wrong_content_length(), unreadable()),
    ];
    faults.into_iter().map(|(name, fault, any)| (name, fault, any, any)).collect()
}

/// Faults without an effect on the result.
fn harmless() -> Vec<Row> {
    let faults = [
        ("late", Fault::delay(Duration::from_millis(5))),
        ("without a request id", Fault::missing_request_id()),
        ("with unknown members", Fault::extra_members()),
    ];
    faults.into_iter().map(|(name, fault)| (name, fault, recovered(1), recovered(1))).collect()
}

#[tokio::test]
async fn each_fault_has_the_expected_result_for_each_method() {
    for (name, fault, for_select, for_others) in faults() {
        for method in Method::ALL {
            let world = World::ready_for(method).await;
            world.iam.inject(fault.clone());
            let client = world.client().build().unwrap();
            let result = world.call(&client, method).await;
            let outcome = match &result {
                Ok(_) => Success,
                Err(error) => {
                    let known = [
                        "Throttling",
                        "InternalFailure",
                        "ServiceUnavailable",
                        "AccessDenied",
                        "LimitExceeded",
                    ];
                    let code =
                        error.code().map(|code| *known.iter().find(|own| **own == code).unwrap());
                    Error(error.kind(), code, error.status())
                }
            };
            let expected = if method == Method::List { for_select } else { for_others };
            let found = Expected {
                outcome,
                // A request is not recorded if its connection is reset before it is read.
                requests: match result.as_ref().err() {
                    Some(error) => usize::try_from(error.attempts()).unwrap(),
                    None if name == RESET_BEFORE_READ => world.iam.requests().len() + 1,
                    None => world.iam.requests().len(),
                },
                done: if method == Method::List { expected.done } else { world.is_done(method) },
            };
            assert_eq!(found, expected, "{name}, {method:?}: {result:?}");
            if matches!(method, Method::Enable | Method::Resync) {
                assert!(world.executions(method) <= 1, "{name}, {method:?}");
            }
        }
    }
}

/// With `replay_lost_responses`, a call whose response was lost is sent again.
#[tokio::test]
async fn lost_responses_are_replayed_if_the_user_allows_it() {
    use pagesmith::Retry;

    let world = World::ready_for(Method::Tag).await;
    world.iam.inject(Fault::reset_after_processing());
    let retry = Retry::standard().first_pause(Duration::ZERO).replay_lost_responses(true);
    let client = world.client().retry(retry).build().unwrap();
    world.call(&client, Method::Tag).await.unwrap();
    assert_eq!(world.executions(Method::Tag), 2);
}
