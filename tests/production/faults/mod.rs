//! Each fault of a connection or a response, by List and by Enable: the outcome, how many requests were
//! made, and how many of them were carried out. No text may show a secret.

mod connections;
mod documents;
mod framing;
mod gateways;
mod heads;
mod refusals;
mod server;

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::{Client, Error, ErrorKind, Retry};
use tracing::subscriber::set_default;

use crate::echoes::{CODES, SECRET_KEY, TOKEN, assert_hidden};
use crate::logs::Kept;
use crate::support::leaks::{shown, shown_error};
use server::{Server, Step};

/// What the first request meets. The server answers those after it as a service should.
struct Fault {
    name: String,
    steps: Vec<Step>,
    list: Outcome,
    enable: Outcome,
}

/// What a call comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Outcome {
    /// A success after so many requests.
    Success(usize),
    /// The kind, the code and the status of an error after one request.
    Error(ErrorKind, Option<String>, Option<u16>),
}

impl Fault {
    /// The call is a success all the same.
    fn harmless(name: impl Into<String>, steps: impl Into<Vec<Step>>) -> Self {
        Self::new(name, steps, Outcome::Success(1), Outcome::Success(1))
    }

    /// Any method is tried again, since the service did nothing.
    fn refused(name: impl Into<String>, steps: impl Into<Vec<Step>>) -> Self {
        Self::new(name, steps, Outcome::Success(2), Outcome::Success(2))
    }

    /// Only List is tried again.
    fn lost(name: impl Into<String>, steps: impl Into<Vec<Step>>, enable: Outcome) -> Self {
        Self::new(name, steps, Outcome::Success(2), enable)
    }

    /// No method is tried again.
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

/// Of something on the way to the service.
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

    /// The number of rows, of a listing.
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
        // However long the server asks to wait, no test does.
        .retry(Retry::standard().first_pause(Duration::ZERO).max_pause(Duration::ZERO))
        .build()
        .unwrap()
}

/// Calls `method`. When the server says that it stalls, the attempt's limit passes at once.
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
    all.extend(refusals::faults());
    all
}

#[test]
fn there_are_at_least_94_different_faults() {
    let faults = faults();
    let names: BTreeSet<&str> = faults.iter().map(|fault| fault.name.as_str()).collect();
    assert_eq!(names.len(), faults.len(), "two faults have one name");
    let steps: BTreeSet<String> = faults.iter().map(|fault| format!("{:?}", fault.steps)).collect();
    assert_eq!(steps.len(), faults.len(), "two faults are one");
    assert!(faults.len() >= 94, "{}", faults.len());
}

#[tokio::test(flavor = "current_thread")]
async fn each_fault_by_list_and_enable() {
    let kept = Kept::default();
    let _guard = set_default(kept.clone());
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
            // The fault's own execution, and that of the good response after it.
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
                    assert_hidden(&what, &text);
                }
                assert_hidden(&what, error.message());
            }
            if method == Method::Enable {
                assert!(seen.executions <= 1, "{what}: carried out {} times", seen.executions);
            }
            // Nothing of the fault is left in a connection that is used again.
            assert_eq!(call(&client, &mut server, Method::List).await.unwrap(), 1, "{what}");
            for (_, line) in kept.0.lock().unwrap().drain(..) {
                assert_hidden(&what, &line);
            }
        }
    }
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}
