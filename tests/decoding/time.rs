//! Time limits apply while a large response is decoded, and other tasks continue.

use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::Duration;

use pagesmith::codegen::Call;
use pagesmith::{ClientBuilder, ErrorKind};

use crate::document;
use crate::model::builder;
use crate::support::canned::{Canned, ok};
use crate::typed::{DO_WATCHED, Input, Watched};

const HOUR: Duration = Duration::from_hours(1);

/// The progress of decoding. The decoder waits at each member until the test allows it.
#[derive(Default)]
struct Progress {
    /// The number of members that the decoder has requested.
    read: usize,
    /// The number of members that are allowed.
    allowed: usize,
    /// Whether the output was dropped.
    dropped: bool,
}

static PROGRESS: Mutex<Progress> = Mutex::new(Progress { read: 0, allowed: 0, dropped: false });
static CHANGED: Condvar = Condvar::new();

/// The tests run one after the other.
static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

fn progress() -> MutexGuard<'static, Progress> {
    PROGRESS.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Waits until the member is allowed. If the decoder blocks the test itself, the wait ends after a timeout.
pub(crate) fn member_is_read() {
    let mut now = progress();
    now.read += 1;
    let number = now.read;
    let timeout = Duration::from_secs(5);
    let waited = CHANGED.wait_timeout_while(now, timeout, |now| now.allowed < number);
    drop(waited.unwrap_or_else(std::sync::PoisonError::into_inner));
}

pub(crate) fn output_is_dropped() {
    progress().dropped = true;
}

fn allow(members: usize) {
    progress().allowed = members;
    CHANGED.notify_all();
}

async fn until(condition: impl Fn(&Progress) -> bool) {
    while !condition(&progress()) {
        tokio::task::yield_now().await;
    }
}

/// A response with two members, of more than a megabyte.
fn server() -> Canned {
    let members = format!("<!--{}--><Value>a</Value><Value>b</Value>", " ".repeat(1 << 20));
    Canned::always(ok(&document(&members)))
}

/// Starts a call of a client with `limits`, and returns it when it decodes its response.
async fn decoding(
    server: &Canned,
    limits: impl Fn(ClientBuilder) -> ClientBuilder,
) -> tokio::task::JoinHandle<Result<Watched, pagesmith::Error>> {
    *progress() = Progress::default();
    let client = limits(builder(&server.url())).build().unwrap();
    let call = tokio::spawn(Call::<Input>::new(&client, &DO_WATCHED).output::<Watched>());
    until(|now| now.read >= 1).await;
    call
}

#[tokio::test]
async fn time_limits_apply_while_a_response_is_decoded() {
    let _turn = TURN.lock().await;
    let server = server();
    let of_call: fn(ClientBuilder) -> ClientBuilder =
        |builder| builder.attempt_timeout(None).call_timeout(HOUR);
    let of_attempt: fn(ClientBuilder) -> ClientBuilder =
        |builder| builder.attempt_timeout(HOUR).call_timeout(None);
    for (limits, setting) in [(of_call, "call"), (of_attempt, "attempt")] {
        let call = decoding(&server, limits).await;
        tokio::time::pause();
        tokio::time::advance(2 * HOUR).await;
        let result = call.await.unwrap();
        tokio::time::resume();
        let error =
            result.err().unwrap_or_else(|| panic!("{setting}: the limit must end the call"));
        assert_eq!(progress().read, 1, "the decoder is still at its first member");
        allow(2);
        until(|now| now.dropped).await;
        assert_eq!(error.kind(), ErrorKind::Timeout, "{setting}: {error}");
        assert!(error.may_have_been_sent());
        assert_eq!(progress().read, 1, "{setting}: the rest is not decoded");
    }
    assert_eq!(server.requests().len(), 2, "a complete response is not requested again");
}

#[tokio::test]
async fn decoding_stops_when_the_call_is_cancelled() {
    let _turn = TURN.lock().await;
    let server = server();
    let call = decoding(&server, |builder| builder).await;
    call.abort();
    assert!(call.await.err().unwrap().is_cancelled());
    allow(2);
    until(|now| now.dropped).await;
    assert_eq!(progress().read, 1, "the rest is not decoded");
}

#[tokio::test]
async fn other_tasks_run_while_a_response_is_decoded() {
    let _turn = TURN.lock().await;
    let server = server();
    let call = decoding(&server, |builder| builder).await;
    // This task is the other task.
    assert_eq!(progress().read, 1);
    allow(2);
    assert!(call.await.unwrap().is_ok());
    assert_eq!(progress().read, 2);
}
