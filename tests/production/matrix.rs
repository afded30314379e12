//! Each fault by each of the six methods: the result, the number of requests, and what was done.

use std::time::Duration;

use local_iam::Fault;
use pagesmith::ErrorKind;

use crate::world::{Method, World};

/// What a call is to come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Success,
    /// The kind, the service's code and the status.
    Error(ErrorKind, Option<&'static str>, Option<u16>),
}

use Outcome::{Error, Success};

/// What is to come of a fault: the outcome, after how many requests, and whether it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Expected {
    outcome: Outcome,
    requests: usize,
    done: bool,
}

fn expected(outcome: Outcome, requests: usize, done: bool) -> Expected {
    Expected { outcome, requests, done }
}

/// A fault, what comes of it for `SELECT`, and for the other methods.
fn faults() -> Vec<(&'static str, Fault, Expected, Expected)> {
    let recovered = |requests| expected(Success, requests, true);
    let service = |code, status| Error(ErrorKind::Service, code, Some(status));
    let lost = |status| Error(ErrorKind::Transport, None, status);
    let refused = |outcome, requests| expected(outcome, requests, false);
    let processed = |outcome| expected(outcome, 1, true);
    vec![
        // The service says that it did nothing: both are tried again.
        ("throttled once", Fault::throttle(), recovered(2), recovered(2)),
        ("throttled twice", Fault::throttle().times(2), recovered(3), recovered(3)),
        (
            "throttled for ever",
            Fault::throttle().times(99),
            refused(service(Some("Throttling"), 400), 3),
            refused(service(Some("Throttling"), 400), 3),
        ),
        ("503", Fault::service_unavailable(), recovered(2), recovered(2)),
        // It may have been carried out: only SELECT is tried again.
        (
            "500",
            Fault::internal_failure(),
            recovered(2),
            refused(service(Some("InternalFailure"), 500), 1),
        ),
        (
            "500 in HTML",
            Fault::internal_failure().html(),
            recovered(2),
            refused(service(None, 500), 1),
        ),
        (
            "503 in HTML",
            Fault::service_unavailable().html(),
            recovered(2),
            refused(service(None, 503), 1),
        ),
        (
            "503 without a body",
            Fault::service_unavailable().without_body(),
            recovered(2),
            refused(service(None, 503), 1),
        ),
        (
            "stalled",
            Fault::stall(),
            recovered(2),
            refused(Error(ErrorKind::Timeout, None, None), 1),
        ),
        (
            "reset before it was read",
            Fault::reset_before_read(),
            recovered(2),
            refused(lost(None), 1),
        ),
        (
            "reset before it was done",
            Fault::reset_before_processing(),
            recovered(2),
            refused(lost(None), 1),
        ),
        (
            "reset after it was done",
            Fault::reset_after_processing(),
            recovered(2),
            processed(lost(None)),
        ),
        ("truncated", Fault::truncated_body(), recovered(2), processed(lost(Some(200)))),
        // No repetition would help.
        (
            "refused",
            Fault::error(403, "AccessDenied", "no"),
            refused(service(Some("AccessDenied"), 403), 1),
            refused(service(Some("AccessDenied"), 403), 1),
        ),
        (
            "a quota",
            Fault::error(409, "LimitExceeded", "no more"),
            refused(service(Some("LimitExceeded"), 409), 1),
            refused(service(Some("LimitExceeded"), 409), 1),
        ),
        (
            "redirected",
            Fault::redirect("http://127.0.0.1:9/"),
            refused(service(None, 307), 1),
            refused(service(None, 307), 1),
        ),
        (
            "endless",
            Fault::endless_body(),
            processed(Error(ErrorKind::AnswerTooLarge, None, Some(200))),
            processed(Error(ErrorKind::AnswerTooLarge, None, Some(200))),
        ),
        (
            "malformed",
            Fault::malformed_xml(),
            processed(Error(ErrorKind::Answer, None, Some(200))),
            processed(Error(ErrorKind::Answer, None, Some(200))),
        ),
        (
            "cut by its own length",
            Fault::wrong_content_length(),
            processed(Error(ErrorKind::Answer, None, Some(200))),
            processed(Error(ErrorKind::Answer, None, Some(200))),
        ),
        (
            "empty",
            Fault::empty_body(),
            processed(Error(ErrorKind::Answer, None, Some(200))),
            processed(Error(ErrorKind::Answer, None, Some(200))),
        ),
        // Nothing to see.
        ("late", Fault::delay(Duration::from_millis(5)), recovered(1), recovered(1)),
        ("without a request id", Fault::missing_request_id(), recovered(1), recovered(1)),
        ("with members of tomorrow", Fault::extra_members(), recovered(1), recovered(1)),
        // The service's clock is an hour off: signed again for its time, once.
        ("an hour ahead", Fault::wrong_date(3600).times(99), recovered(2), recovered(2)),
        ("an hour behind", Fault::wrong_date(-3600).times(99), recovered(2), recovered(2)),
    ]
}

#[tokio::test]
async fn each_fault_by_each_method() {
    for (name, fault, for_select, for_others) in faults() {
        for method in Method::ALL {
            let world = World::ready_for(method).await;
            world.iam.inject(fault.clone());
            let client = world.client().build().unwrap();
            let result = world.call(&client, method).await;
            let outcome = match &result {
                Ok(_) => Success,
                Err(error) => {
                    let known = ["Throttling", "InternalFailure", "AccessDenied", "LimitExceeded"];
                    let code =
                        error.code().map(|code| *known.iter().find(|own| **own == code).unwrap());
                    Error(error.kind(), code, error.status())
                }
            };
            let expected = if method == Method::List { for_select } else { for_others };
            let found = Expected {
                outcome,
                // A connection that is reset at once leaves no request behind.
                requests: match result.as_ref().err() {
                    Some(error) => usize::try_from(error.attempts()).unwrap(),
                    None if name == "reset before it was read" => world.iam.requests().len() + 1,
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

/// The same faults with a client that may repeat: what was lost is then sent again.
#[tokio::test]
async fn replay_is_the_users_to_allow() {
    use pagesmith::Retry;

    let world = World::ready_for(Method::Tag).await;
    world.iam.inject(Fault::reset_after_processing());
    let retry = Retry::standard().first_pause(Duration::ZERO).replay_lost_answers(true);
    let client = world.client().retry(retry).build().unwrap();
    world.call(&client, Method::Tag).await.unwrap();
    assert_eq!(world.executions(Method::Tag), 2);
}
