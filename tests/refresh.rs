//! Refreshing credentials while many calls need them. The tests use the runtime's paused clock, which jumps to
//! the next timer. The client uses it too.
//!
//! This is a separate test program, because another test measures the memory of its process.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::credential_types::Credentials;
use pagesmith::credential_types::provider::error::CredentialsError;
use pagesmith::credential_types::provider::{ProvideCredentials, future};
use pagesmith::{Client, ClientBuilder, Error, ErrorKind, Retry};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep};

/// The client's time at the start of a test: 2026-11-24T00:00:00Z.
const START: u64 = 1_795_478_400;

/// The behavior of a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Behavior {
    Returns,
    ReturnsAfter(Duration),
    Fails,
    Hangs,
    Panics,
    ReturnsExpired,
}

/// A provider of credentials whose access key id contains their expiry. It counts its calls.
#[derive(Clone)]
struct Provider(Arc<Inner>);

struct Inner {
    start: Instant,
    life: Duration,
    /// The behavior by the time since the start.
    behavior: Box<dyn Fn(Duration) -> Behavior + Send + Sync>,
    calls: AtomicUsize,
    running: Running,
    /// The time by which this test has advanced the clock, in minutes.
    advanced: AtomicU64,
}

/// The number of running fetches, and its maximum.
#[derive(Default)]
struct Running {
    now: AtomicUsize,
    most: AtomicUsize,
}

struct Run<'a>(&'a Running);

impl<'a> Run<'a> {
    fn begin(running: &'a Running) -> Self {
        let now = running.now.fetch_add(1, Ordering::SeqCst) + 1;
        running.most.fetch_max(now, Ordering::SeqCst);
        Self(running)
    }
}

impl Drop for Run<'_> {
    fn drop(&mut self) {
        self.0.now.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Provider {
    fn new(
        life: Duration,
        behavior: impl Fn(Duration) -> Behavior + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(Inner {
            start: Instant::now(),
            life,
            behavior: Box::new(behavior),
            calls: AtomicUsize::new(0),
            running: Running::default(),
            advanced: AtomicU64::new(0),
        }))
    }

    fn time(&self) -> SystemTime {
        let advanced = Duration::from_mins(self.0.advanced.load(Ordering::SeqCst));
        SystemTime::UNIX_EPOCH + Duration::from_secs(START) + self.0.start.elapsed() + advanced
    }

    fn calls(&self) -> usize {
        self.0.calls.load(Ordering::SeqCst)
    }

    /// A builder of a client of `endpoint` that uses this provider and its clock.
    fn client(&self, endpoint: &Endpoint) -> ClientBuilder {
        let clock = self.clone();
        Client::builder("us-east-1")
            .credentials_provider(self.clone())
            .endpoint_url(&endpoint.url)
            .clock(move || clock.time())
            .retry(Retry::never())
            // The paused clock jumps while bytes are transferred.
            .connect_timeout(Duration::from_hours(24))
            .attempt_timeout(None)
    }
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Provider")
    }
}

impl ProvideCredentials for Provider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async move {
            self.0.calls.fetch_add(1, Ordering::SeqCst);
            let _running = Run::begin(&self.0.running);
            let mut life = self.0.life;
            match (self.0.behavior)(self.0.start.elapsed()) {
                Behavior::Returns => {}
                Behavior::ReturnsAfter(time) => sleep(time).await,
                Behavior::Fails => return Err(CredentialsError::provider_error("out of order")),
                Behavior::Hangs => std::future::pending().await,
                Behavior::Panics => panic!("the provider panics for this test"),
                Behavior::ReturnsExpired => life = Duration::ZERO,
            }
            // The expiry has whole seconds, as the date of a signature.
            let since = self.time().duration_since(SystemTime::UNIX_EPOCH).unwrap() + life;
            let expiry = SystemTime::UNIX_EPOCH + Duration::from_secs(since.as_secs());
            Ok(Credentials::new(
                format!("EXPIRES{}", since.as_secs()),
                "secret",
                None,
                Some(expiry),
                "test",
            ))
        })
    }
}

/// A server that responds to every request with an empty listing, and records the date of each signature and
/// the expiry of its credentials, in seconds since 1970.
struct Endpoint {
    url: String,
    signed: Arc<Mutex<Vec<(i64, i64)>>>,
}

impl Endpoint {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let signed: Arc<Mutex<Vec<_>>> = Arc::default();
        let recorded = signed.clone();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let recorded = recorded.clone();
                tokio::spawn(async move {
                    // A client may close the connection.
                    let _ = serve(stream, &recorded).await;
                });
            }
        });
        Self { url, signed }
    }

    fn requests(&self) -> usize {
        self.signed.lock().unwrap().len()
    }

    fn signed_by_expired_credentials(&self) -> usize {
        let signed = self.signed.lock().unwrap();
        signed.iter().filter(|(date, expiry)| date >= expiry).count()
    }
}

async fn serve(stream: TcpStream, signed: &Mutex<Vec<(i64, i64)>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let (mut date, mut expiry, mut length) = (None, None, 0);
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            let Some((name, value)) = line.split_once(": ") else { continue };
            match &*name.to_ascii_lowercase() {
                "content-length" => length = value.parse().unwrap(),
                "x-amz-date" => date = Some(seconds_of(value)),
                "authorization" => {
                    let id = value.split("Credential=EXPIRES").nth(1).unwrap();
                    expiry = Some(id.split('/').next().unwrap().parse().unwrap());
                }
                _ => {}
            }
        }
        stream.read_exact(&mut vec![0; length]).await?;
        signed.lock().unwrap().push((date.unwrap(), expiry.unwrap()));
        let body = "<ListMFADevicesResponse><ListMFADevicesResult><IsTruncated>false</IsTruncated>\
                    <MFADevices/></ListMFADevicesResult></ListMFADevicesResponse>";
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
        stream.write_all(format!("{head}{body}").as_bytes()).await?;
    }
}

/// The seconds since 1970 of a date such as `20261124T000003Z`.
fn seconds_of(date: &str) -> i64 {
    let number = |range: std::ops::Range<usize>| date[range].parse::<u8>().unwrap();
    let day = pagesmith::time::Date::from_calendar_date(
        date[..4].parse().unwrap(),
        number(4..6).try_into().unwrap(),
        number(6..8),
    );
    let day = day.unwrap().with_hms(number(9..11), number(11..13), number(13..15));
    day.unwrap().assume_utc().unix_timestamp()
}

async fn call(client: &Client) -> Result<(), Error> {
    mfa_devices(client).list().user_name("alice").send().await.map(|_| ())
}

/// The credentials are valid for three seconds, and then the provider fails: they are not used after they
/// have expired, and the provider is called again.
#[tokio::test(start_paused = true)]
async fn expired_credentials_are_not_used_after_a_failed_refresh() {
    let endpoint = Endpoint::start().await;
    let provider = Provider::new(Duration::from_secs(3), |since| match since.as_secs() {
        1..=19 => Behavior::Fails,
        _ => Behavior::Returns,
    });
    let client = provider.client(&endpoint).build().unwrap();
    while provider.0.start.elapsed() < Duration::from_secs(30) {
        match call(&client).await {
            Ok(()) => {}
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Credentials, "{error}");
                assert!(!error.may_have_been_sent(), "{error}");
                assert!(provider.0.start.elapsed() < Duration::from_secs(21), "{error}");
            }
        }
        sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(endpoint.signed_by_expired_credentials(), 0, "of {}", endpoint.requests());
    assert!(endpoint.requests() > 100, "{}", endpoint.requests());
}

/// Each of many callers makes calls for a minute. The provider has a fault from the 5th to the 35th second.
async fn call_for_a_minute(callers: u64, fault: Behavior) {
    let endpoint = Endpoint::start().await;
    let provider = Provider::new(Duration::from_secs(10), move |since| match since.as_secs() {
        5..35 => fault,
        _ => Behavior::Returns,
    });
    let client = provider.client(&endpoint).build().unwrap();
    let start = provider.0.start;
    let tasks: Vec<_> = (0..callers)
        .map(|number| {
            let client = client.clone();
            tokio::spawn(async move {
                sleep(Duration::from_millis(number * 2000 / callers)).await;
                let mut failures = 0;
                while start.elapsed() < Duration::from_mins(1) {
                    let (begun, called) = (start.elapsed(), Instant::now());
                    let result = call(&client).await;
                    let took = called.elapsed();
                    // A fetch may take five seconds.
                    assert!(took < Duration::from_secs(6), "{took:?} after {begun:?}: {result:?}");
                    if let Err(error) = result {
                        assert_eq!(error.kind(), ErrorKind::Credentials, "{error}");
                        assert!(!error.may_have_been_sent(), "{error}");
                        let within = Duration::from_secs(9)..Duration::from_secs(40);
                        assert!(within.contains(&begun), "after {begun:?}: {error}");
                        failures += 1;
                    }
                    sleep(Duration::from_secs(2)).await;
                }
                failures
            })
        })
        .collect();
    let mut failures = 0;
    for task in tasks {
        failures += task.await.unwrap();
    }
    assert_eq!(endpoint.signed_by_expired_credentials(), 0, "of {}", endpoint.requests());
    assert!(endpoint.requests() as u64 > callers * 10, "{}", endpoint.requests());
    assert_eq!(provider.0.running.most.load(Ordering::SeqCst), 1, "there is one fetch at a time");
    if matches!(fault, Behavior::ReturnsAfter(_)) {
        assert_eq!(failures, 0, "calls wait for a slow provider");
        assert!(provider.calls() < 10, "called {} times", provider.calls());
    } else {
        assert!(failures > 0, "the fault lasts longer than the credentials are valid");
    }
    if fault == Behavior::Hangs {
        assert!(provider.calls() < 20, "called {} times", provider.calls());
    }
}

#[tokio::test(start_paused = true)]
async fn credentials_stay_valid_with_64_callers_while_refreshes_fail() {
    call_for_a_minute(64, Behavior::Fails).await;
}

#[tokio::test(start_paused = true)]
async fn credentials_stay_valid_with_64_callers_while_refreshes_hang() {
    call_for_a_minute(64, Behavior::Hangs).await;
}

#[tokio::test(start_paused = true)]
async fn credentials_stay_valid_with_64_callers_while_refreshes_are_slow() {
    call_for_a_minute(64, Behavior::ReturnsAfter(Duration::from_secs(3))).await;
}

#[tokio::test(start_paused = true)]
async fn credentials_stay_valid_with_512_callers_while_refreshes_fail() {
    call_for_a_minute(512, Behavior::Fails).await;
}

#[tokio::test(start_paused = true)]
async fn credentials_stay_valid_with_512_callers_while_refreshes_hang() {
    call_for_a_minute(512, Behavior::Hangs).await;
}

#[tokio::test(start_paused = true)]
async fn credentials_stay_valid_with_512_callers_while_refreshes_are_slow() {
    call_for_a_minute(512, Behavior::ReturnsAfter(Duration::from_secs(3))).await;
}

#[tokio::test(start_paused = true)]
async fn many_calls_wait_for_one_fetch_of_a_provider_that_hangs() {
    let endpoint = Endpoint::start().await;
    let provider = Provider::new(Duration::from_hours(1), |_| Behavior::Hangs);
    let client = provider.client(&endpoint).build().unwrap();
    let calls = (0..24).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { call(&client).await.unwrap_err() })
    });
    for task in calls.collect::<Vec<_>>() {
        let error = task.await.unwrap();
        assert_eq!(error.kind(), ErrorKind::Credentials, "{error}");
        assert!(!error.may_have_been_sent(), "{error}");
    }
    assert_eq!(provider.calls(), 1);
    assert!(
        provider.0.start.elapsed() < Duration::from_secs(6),
        "{:?}",
        provider.0.start.elapsed()
    );
}

/// The fetch continues after the call that started it has timed out.
#[tokio::test(start_paused = true)]
async fn a_fetch_outlives_the_calls_that_wait_for_it() {
    let endpoint = Endpoint::start().await;
    let slow = Behavior::ReturnsAfter(Duration::from_secs(3));
    let provider = Provider::new(Duration::from_hours(1), move |_| slow);
    let client = provider.client(&endpoint).call_timeout(Duration::from_secs(1)).build().unwrap();
    for _ in 0..2 {
        let error = call(&client).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
        assert!(!error.may_have_been_sent() && !error.may_have_been_carried_out(), "{error}");
    }
    sleep(Duration::from_secs(2)).await;
    call(&client).await.unwrap();
    assert_eq!(provider.calls(), 1);
}

#[tokio::test(start_paused = true)]
async fn credentials_are_fetched_in_the_background_while_the_cached_ones_are_valid() {
    let endpoint = Endpoint::start().await;
    let provider = Provider::new(Duration::from_hours(1), |since| match since.as_secs() {
        0 => Behavior::Returns,
        _ => Behavior::ReturnsAfter(Duration::from_secs(4)),
    });
    let client = provider.client(&endpoint).build().unwrap();
    call(&client).await.unwrap();
    sleep(Duration::from_mins(56)).await;
    let begun = Instant::now();
    call(&client).await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    assert_eq!(provider.calls(), 2);
    sleep(Duration::from_secs(5)).await;
    call(&client).await.unwrap();
    let signed = endpoint.signed.lock().unwrap();
    assert!(signed[1].1 == signed[0].1 && signed[2].1 > signed[1].1, "{signed:?}");
}

#[tokio::test(start_paused = true)]
async fn expired_credentials_from_a_provider_are_an_error() {
    let endpoint = Endpoint::start().await;
    let provider = Provider::new(Duration::from_hours(1), |_| Behavior::ReturnsExpired);
    let client = provider.client(&endpoint).build().unwrap();
    let error = call(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials, "{error}");
    assert!(error.to_string().contains("have expired"), "{error}");
    assert_eq!(endpoint.requests(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_panic_of_a_provider_is_an_error_of_all_waiting_calls() {
    let endpoint = Endpoint::start().await;
    let provider = Provider::new(Duration::from_hours(1), |since| match since.as_secs() {
        0 => Behavior::Panics,
        _ => Behavior::Returns,
    });
    let client = provider.client(&endpoint).build().unwrap();
    let calls = (0..4).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { call(&client).await.unwrap_err() })
    });
    for task in calls.collect::<Vec<_>>() {
        let error = task.await.unwrap();
        assert_eq!(error.kind(), ErrorKind::Credentials, "{error}");
        assert!(error.to_string().contains("panicked"), "{error}");
    }
    sleep(Duration::from_secs(1)).await;
    call(&client).await.unwrap();
}

/// Every waiting call returns the error of the provider as the source of its error.
#[tokio::test(start_paused = true)]
async fn the_error_of_a_provider_is_the_source_for_all_waiting_calls() {
    let endpoint = Endpoint::start().await;
    let provider = Provider::new(Duration::from_hours(1), |_| Behavior::Fails);
    let client = provider.client(&endpoint).build().unwrap();
    let (first, second) = tokio::join!(call(&client), call(&client));
    assert_eq!(provider.calls(), 1);
    for error in [first.unwrap_err(), second.unwrap_err()] {
        let source = std::error::Error::source(&error).unwrap();
        assert!(source.downcast_ref::<CredentialsError>().is_some(), "{source:?}");
    }
}

/// A call on one runtime starts a fetch that hangs, and a call on a second runtime waits for it. Then `end` is
/// called with the first runtime.
fn two_runtimes(end: impl FnOnce(tokio::runtime::Runtime)) {
    let runtime = || {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_all().start_paused(true).build().unwrap()
    };
    let (first, second) = (runtime(), runtime());
    let endpoint = second.block_on(Endpoint::start());
    let fetches = AtomicUsize::new(0);
    let provider = Provider::new(Duration::from_hours(1), move |_| {
        match fetches.fetch_add(1, Ordering::SeqCst) {
            0 => Behavior::Hangs,
            _ => Behavior::Returns,
        }
    });
    let client = provider.client(&endpoint).build().unwrap();
    let first_client = client.clone();
    let first_call = first.spawn(async move { call(&first_client).await });
    first.block_on(async {
        while provider.calls() == 0 {
            tokio::task::yield_now().await;
        }
    });
    let waiter = second.spawn(async move { call(&client).await });
    second.block_on(tokio::task::yield_now());
    end(first);
    second.block_on(waiter).unwrap().unwrap();
    assert_eq!(provider.calls(), 2);
    drop(first_call);
}

#[test]
fn a_fetch_is_restarted_if_its_runtime_has_ended() {
    two_runtimes(drop);
}

#[test]
fn a_fetch_is_restarted_if_its_runtime_is_not_running() {
    let mut idle = None;
    two_runtimes(|runtime| idle = Some(runtime));
}

/// A fetch in the background ends with the runtime of the call that started it, and counts as failed. If the
/// cached credentials have expired, the next call waits for a new fetch.
#[test]
fn each_call_can_have_its_own_runtime() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        runtime().block_on(async {
            send.send(Endpoint::start().await).unwrap();
            std::future::pending::<()>().await;
        });
    });
    let endpoint = receive.recv().unwrap();
    let fetches = AtomicUsize::new(0);
    let provider = Provider::new(Duration::from_hours(1), move |_| {
        match fetches.fetch_add(1, Ordering::SeqCst) {
            1 => Behavior::Hangs,
            _ => Behavior::Returns,
        }
    });
    let client = provider.client(&endpoint).build().unwrap();
    let call = || runtime().block_on(call(&client)).unwrap();
    for (minutes, calls) in [(0, 1), (1, 1), (56, 2), (56, 2), (61, 3), (62, 3)] {
        provider.0.advanced.store(minutes, Ordering::SeqCst);
        call();
        assert_eq!(provider.calls(), calls, "after {minutes} minutes");
    }
    assert_eq!(endpoint.signed_by_expired_credentials(), 0);
}

/// If the runtime of the call has ended, the call neither hangs nor panics.
#[test]
fn a_call_in_a_runtime_that_has_ended_is_an_error() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let endpoint = runtime().block_on(Endpoint::start());
    let provider = Provider::new(Duration::from_hours(1), |_| Behavior::Returns);
    let client = provider.client(&endpoint).build().unwrap();
    let ended = runtime().handle().clone();
    let _entered = ended.enter();
    let mut call = std::pin::pin!(call(&client));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = call.as_mut().poll(&mut context) else {
        panic!("the call must fail immediately");
    };
    assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
    assert!(!error.may_have_been_sent() && error.to_string().contains("runtime"), "{error}");
}
