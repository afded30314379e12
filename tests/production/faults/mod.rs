//! Faults of connections and responses, each with the methods List and Enable: the outcome, the number
//! of requests, and how many of them were carried out. No text may show a secret.

mod connections;
mod documents;
mod framing;
mod gateways;
mod heads;
#[cfg(feature = "dynamic")]
mod protocols;
mod rejections;
mod server;
#[cfg(feature = "dynamic")]
mod wires;

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::{Client, Error, ErrorKind, Retry};
use tracing::subscriber::set_default;

use crate::echoes::{CODES, SECRET_KEY, TOKEN, assert_redacted};
use crate::logs::RecordedLogs;
use crate::support::leaks::{shown, shown_error};
use server::{Server, Step};

/// A fault of the first request. The server responds correctly to later requests.
struct Fault {
    name: String,
    steps: Vec<Step>,
    list: Outcome,
    enable: Outcome,
}

/// The outcome of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Outcome {
    /// A success after this number of requests.
    Success(usize),
    /// The kind, the code and the status of an error after one request.
    Error(ErrorKind, Option<String>, Option<u16>),
}

impl Fault {
    /// The call succeeds despite the fault.
    fn harmless(name: impl Into<String>, steps: impl Into<Vec<Step>>) -> Self {
        Self::new(name, steps, Outcome::Success(1), Outcome::Success(1))
    }

    /// Every method is retried, because the service did not execute the call.
    fn rejected(name: impl Into<String>, steps: impl Into<Vec<Step>>) -> Self {
        Self::new(name, steps, Outcome::Success(2), Outcome::Success(2))
    }

    /// Only List is retried.
    fn lost(name: impl Into<String>, steps: impl Into<Vec<Step>>, enable: Outcome) -> Self {
        Self::new(name, steps, Outcome::Success(2), enable)
    }

    /// No method is retried.
    fn last(name: impl Into<String>, steps: impl Into<Vec<Step>>, outcome: Outcome) -> Self {
        Self::new(name, steps, outcome.clone(), outcome)
    }

    fn new(
        name: impl Into<String>,
        steps: impl Into<Vec<Step>>,
        list: Outcome,
        enable: Outcome,
    ) -> Self {
        Self { name: name.into(), steps: steps.into(), list, enable }
    }
}

fn service(code: &str, status: u16) -> Outcome {
    Outcome::Error(ErrorKind::Service, Some(code.to_owned()), Some(status))
}

/// The outcome of an error response from a gateway.
fn gateway(status: u16) -> Outcome {
    Outcome::Error(ErrorKind::Service, None, Some(status))
}

fn transport(status: impl Into<Option<u16>>) -> Outcome {
    Outcome::Error(ErrorKind::Transport, None, status.into())
}

fn unreadable() -> Outcome {
    Outcome::Error(ErrorKind::Response, None, Some(200))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    List,
    Enable,
}

impl Method {
    fn action(self) -> &'static str {
        match self {
            Self::List => "ListMFADevices",
            Self::Enable => "EnableMFADevice",
        }
    }

    /// Calls the method. Returns the number of rows for a listing.
    async fn call(self, client: &Client) -> Result<usize, Error> {
        let devices = mfa_devices(client);
        match self {
            Self::List => Ok(devices.list().user_name("alice").send().await?.mfa_devices.len()),
            Self::Enable => {
                let enable = devices.enable().user_name("alice").serial_number("GAHT12345678");
                let enable = enable.authentication_code1(CODES[0]).authentication_code2(CODES[1]);
                enable.send().await.map(|()| 1)
            }
        }
    }
}

const LIMIT: Duration = Duration::from_mins(10);

/// 2026-11-24T09:30:00Z, the client's time.
const NOW: Duration = Duration::from_mins(29_925_210);

fn client() -> Client {
    Client::builder("us-east-1")
        .clock(|| SystemTime::UNIX_EPOCH + NOW)
        .credentials("AKIDEXAMPLE", SECRET_KEY, Some(TOKEN.to_owned()))
        .endpoint_url("http://127.0.0.1:9")
        .response_limit(64 * 1024)
        .attempt_timeout(LIMIT)
        // The tests do not wait, whatever `Retry-After` says.
        .retry(Retry::standard().first_pause(Duration::ZERO).max_pause(Duration::ZERO))
        .build()
        .unwrap()
}

/// Calls `method`. When the server reports that it stalls, the clock is advanced past the limit of the attempt.
async fn call(client: &Client, server: &mut Server, method: Method) -> Result<usize, Error> {
    let mut call = std::pin::pin!(method.call(client));
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

fn faults() -> Vec<Fault> {
    let mut all = connections::faults();
    all.extend(heads::faults());
    all.extend(framing::faults());
    all.extend(gateways::faults());
    all.extend(documents::faults());
    all.extend(rejections::faults());
    all
}

#[test]
fn there_are_at_least_94_different_faults() {
    let faults = faults();
    let names: BTreeSet<&str> = faults.iter().map(|fault| fault.name.as_str()).collect();
    assert_eq!(names.len(), faults.len(), "two faults have the same name");
    let steps: BTreeSet<String> = faults.iter().map(|fault| format!("{:?}", fault.steps)).collect();
    assert_eq!(steps.len(), faults.len(), "two faults have the same steps");
    assert!(faults.len() >= 94, "{}", faults.len());
}

#[tokio::test(flavor = "current_thread")]
async fn each_fault_has_the_expected_outcome_for_list_and_enable() {
    let logs = RecordedLogs::default();
    let _guard = set_default(logs.clone());
    let base = client();
    let mut problems = Vec::new();
    for fault in faults() {
        for method in [Method::List, Method::Enable] {
            let what = format!("{}, {method:?}", fault.name);
            let mut server = Server::start(fault.steps.clone(), method.action()).await;
            let client = base.to_builder().endpoint_url(server.url()).build().unwrap();
            let result = call(&client, &mut server, method).await;
            let seen = server.seen();
            let outcome = match &result {
                Ok(_) => Outcome::Success(seen.requests),
                Err(error) => {
                    Outcome::Error(error.kind(), error.code().map(str::to_owned), error.status())
                }
            };
            let expected = if method == Method::List { &fault.list } else { &fault.enable };
            if outcome != *expected {
                problems.push(format!("{what}: {expected:?} expected: {outcome:?}: {result:?}"));
                continue;
            }
            if let Ok(rows) = result {
                assert_eq!(rows, 1, "{what}");
            }
            // The execution of the fault's request, and that of the retry.
            let by_fault = usize::from(fault.steps.contains(&Step::Execute));
            let executed = match expected {
                Outcome::Success(requests) => by_fault + (requests - 1),
                Outcome::Error(..) => by_fault,
            };
            assert_eq!(seen.executions, executed, "{what}: {result:?}");
            if let Err(error) = &result {
                assert_eq!(seen.requests, 1, "{what}: {error}");
                assert_eq!(error.attempts(), 1, "{what}: {error}");
                assert!(error.may_have_been_sent(), "{what}: {error:?}");
                let done = seen.executions > 0;
                assert!(error.may_have_been_carried_out() || !done, "{what}: {error:?}");
                for text in [shown_error(error), shown(&error.code()), shown(&error.request_id())] {
                    assert_redacted(&what, &text);
                }
                assert_redacted(&what, error.message());
            }
            if method == Method::Enable {
                assert!(seen.executions <= 1, "{what}: carried out {} times", seen.executions);
            }
            // The fault does not affect a later call on the same connections.
            assert_eq!(call(&client, &mut server, Method::List).await.unwrap(), 1, "{what}");
            for (_, line) in logs.0.lock().unwrap().drain(..) {
                assert_redacted(&what, &line);
            }
        }
    }
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}
