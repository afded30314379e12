//! Logs: spans at the level debug, nothing at info, and no secrets.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use local_iam::{Fault, LocalIam};
use pagesmith::aws::iam_api::mfa_devices;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::set_default;
use tracing::{Event, Level, Metadata, Subscriber};

use crate::world::client;

/// A subscriber that records all lines, from all crates, at all levels.
#[derive(Clone, Default)]
pub(crate) struct RecordedLogs(pub(crate) Arc<Mutex<Vec<(Level, String)>>>);

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl RecordedLogs {
    /// Removes and returns the recorded lines, without request ids, because random ids may contain the six digits of a code.
    pub(crate) fn drain(&self) -> impl Iterator<Item = String> {
        let lines = std::mem::take(&mut *self.0.lock().unwrap());
        lines.into_iter().map(|(_, line)| match line.split_once("request_id=") {
            Some((before, after)) => {
                let rest = after.split_once(' ').map_or("", |(_, rest)| rest);
                format!("{before}{rest}")
            }
            None => line,
        })
    }

    fn keep(&self, metadata: &Metadata<'_>, line: &Line) {
        let line = format!("{} {}{}", metadata.target(), metadata.name(), line.0);
        self.0.lock().unwrap().push((*metadata.level(), line));
    }
}

impl Subscriber for RecordedLogs {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut line = Line(String::new());
        span.record(&mut line);
        self.keep(span.metadata(), &line);
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut line = Line(String::new());
        values.record(&mut line);
        self.0.lock().unwrap().push((Level::DEBUG, line.0));
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        let mut line = Line(String::new());
        event.record(&mut line);
        self.keep(event.metadata(), &line);
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test(flavor = "current_thread")]
async fn calls_are_logged_at_debug_without_secrets() {
    let logs = RecordedLogs::default();
    let _guard = set_default(logs.clone());
    let iam = LocalIam::builder().session_token("session-token-of-mine").start().await.unwrap();
    iam.create_user("alice").unwrap();
    let device = iam.create_virtual_mfa_device("phone").unwrap();
    let client = client(&iam)
        .credentials(
            iam.access_key_id(),
            iam.secret_access_key(),
            iam.session_token().map(str::to_owned),
        )
        .build()
        .unwrap();
    let [first, second] = device.codes();
    let enable = || {
        let call = mfa_devices(&client).enable().user_name("alice");
        call.serial_number(device.serial_number())
            .authentication_code1(&first)
            .authentication_code2(&second)
    };
    iam.inject(Fault::throttle());
    enable().send().await.unwrap();
    enable().send().await.unwrap_err();
    mfa_devices(&client).list().user_name("nobody").send().await.unwrap_err();

    let lines = logs.0.lock().unwrap();
    let own: Vec<_> = lines.iter().filter(|(_, line)| line.starts_with("pagesmith")).collect();
    let span =
        own.iter().find(|(_, line)| line.contains("call") && line.contains("EnableMFADevice"));
    assert!(span.is_some(), "{own:#?}");
    let has_attempt = |attempt: &str, status: &str| {
        own.iter().any(|(_, line)| {
            line.contains(attempt) && line.contains(status) && line.contains(" ms=")
        })
    };
    assert!(
        has_attempt("attempt=1", "status=400") && has_attempt("attempt=2", "status=200"),
        "{own:#?}"
    );
    assert!(own.iter().any(|(_, line)| line.contains("request_id=")), "{own:#?}");
    for (level, line) in &own {
        assert!(*level >= Level::DEBUG, "{level} {line}");
    }
    let secrets =
        [iam.secret_access_key(), "session-token-of-mine", &first, &second, device.seed()];
    for (_, line) in lines.iter() {
        for secret in secrets {
            assert!(!line.contains(secret), "a secret is in: {line}");
        }
    }
}
