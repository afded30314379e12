//! Credentials that must be fetched again while many callers need them. Time is the runtime's paused clock, which
//! jumps to the next timer; the client reads it too.
//!
//! A program of its own, since another test of the client measures the memory of its process.

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

/// The client's time when a test begins: 2026-11-24T00:00:00Z.
const BEGINNING: u64 = 1_795_478_400;

/// What a provider does when it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Answers,
    AnswersAfter(Duration),
    Fails,
    Hangs,
    Panics,
    GivesExpired,
}

/// Gives credentials whose access key id says when they expire, and counts.
#[derive(Clone)]
struct Provider(Arc<Inner>);

struct Inner {
    start: Instant,
    life: Duration,
    /// By the time since the beginning.
    behaviour: Box<dyn Fn(Duration) -> Asked + Send + Sync>,
    asked: AtomicUsize,
    running: Running,
    /// How far this test has moved the clock, in minutes.
    moved: AtomicU64,
}

/// How many fetches are under way, and how many were at most.
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
    fn new(life: Duration, behaviour: impl Fn(Duration) -> Asked + Send + Sync + 'static) -> Self {
        Self(Arc::new(Inner {
            start: Instant::now(),
            life,
            behaviour: Box::new(behaviour),
            asked: AtomicUsize::new(0),
            running: Running::default(),
            moved: AtomicU64::new(0),
        }))
    }

    fn time(&self) -> SystemTime {
        let moved = Duration::from_mins(self.0.moved.load(Ordering::SeqCst));
        SystemTime::UNIX_EPOCH + Duration::from_secs(BEGINNING) + self.0.start.elapsed() + moved
    }

    fn asked(&self) -> usize {
        self.0.asked.load(Ordering::SeqCst)
    }

    /// A client of `endpoint` that asks this provider and keeps this provider's time.
    fn client(&self, endpoint: &Endpoint) -> ClientBuilder {
        let clock = self.clone();
        Client::builder("us-east-1")
            .credentials_provider(self.clone())
            .endpoint_url(&endpoint.url)
            .clock(move || clock.time())
            .retry(Retry::never())
            // Paused time jumps while bytes travel.
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
            self.0.asked.fetch_add(1, Ordering::SeqCst);
            let _running = Run::begin(&self.0.running);
            let mut life = self.0.life;
            match (self.0.behaviour)(self.0.start.elapsed()) {
                Asked::Answers => {}
                Asked::AnswersAfter(time) => sleep(time).await,
                Asked::Fails => return Err(CredentialsError::provider_error("out of order")),
                Asked::Hangs => std::future::pending().await,
                Asked::Panics => panic!("the provider panics, as this test wants it"),
                Asked::GivesExpired => life = Duration::ZERO,
            }
            // In whole seconds, as the date of a signature is.
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

/// Answers every request with an empty listing, and keeps when each was signed and when its credentials expire,
/// in seconds since 1970.
struct Endpoint {
    url: String,
    signed: Arc<Mutex<Vec<(i64, i64)>>>,
}

impl Endpoint {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let signed: Arc<Mutex<Vec<_>>> = Arc::default();
        let kept = signed.clone();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let kept = kept.clone();
                tokio::spawn(async move {
                    // A client that leaves is not the server's concern.
                    let _ = serve(stream, &kept).await;
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

/// Of a date such as `20261124T000003Z`.
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

/// Credentials of three seconds, and from then on a provider that fails: they are not used after they have
/// expired, and the provider is asked again.
#[tokio::test(start_paused = true)]
async fn expired_credentials_are_not_used_after_a_refresh_that_failed() {
    let endpoint = Endpoint::start().await;
    let provider = Provider::new(Duration::from_secs(3), |since| match since.as_secs() {
        1..=19 => Asked::Fails,
        _ => Asked::Answers,
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

/// For a minute, each of many callers calls again and again, while the provider is out of order from the fifth
/// second to the 35th.
async fn a_minute(callers: u64, trouble: Asked) {
    let endpoint = Endpoint::start().await;
    let provider = Provider::new(Duration::from_secs(10), move |since| match since.as_secs() {
        5..35 => trouble,
        _ => Asked::Answers,
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
    assert_eq!(provider.0.running.most.load(Ordering::SeqCst), 1, "one fetch at a time");
    if matches!(trouble, Asked::AnswersAfter(_)) {
        assert_eq!(failures, 0, "a provider that is slow is waited for");
        assert!(provider.asked() < 10, "asked {} times", provider.asked());
    } else {
        assert!(failures > 0, "the provider was out of order for longer than credentials live");
    }
    if trouble == Asked::Hangs {
        assert!(provider.asked() < 20, "asked {} times", provider.asked());
    }
}

#[tokio::test(start_paused = true)]
async fn sixty_four_callers_while_refreshes_fail() {
    a_minute(64, Asked::Fails).await;
}

#[tokio::test(start_paused = true)]
async fn sixty_four_callers_while_refreshes_hang() {
    a_minute(64, Asked::Hangs).await;
}

#[tokio::test(start_paused = true)]
async fn sixty_four_callers_while_refreshes_are_slow() {
    a_minute(64, Asked::AnswersAfter(Duration::from_secs(3))).await;
}

#[tokio::test(start_paused = true)]
async fn five_hundred_and_twelve_callers_while_refreshes_fail() {
    a_minute(512, Asked::Fails).await;
}

#[tokio::test(start_paused = true)]
async fn five_hundred_and_twelve_callers_while_refreshes_hang() {
    a_minute(512, Asked::Hangs).await;
}

#[tokio::test(start_paused = true)]
async fn five_hundred_and_twelve_callers_while_refreshes_are_slow() {
    a_minute(512, Asked::AnswersAfter(Duration::from_secs(3))).await;
}

#[tokio::test(start_paused = true)]
async fn many_callers_of_a_provider_that_hangs_wait_for_one_fetch() {
    let endpoint = Endpoint::start().await;
    let provider = Provider::new(Duration::from_hours(1), |_| Asked::Hangs);
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
    assert_eq!(provider.asked(), 1);
    assert!(
        provider.0.start.elapsed() < Duration::from_secs(6),
        "{:?}",
        provider.0.start.elapsed()
    );
}

/// The fetch goes on when the call that began it has given up.
#[tokio::test(start_paused = true)]
async fn a_fetch_outlives_the_calls_that_wait_for_it() {
    let endpoint = Endpoint::start().await;
    let slow = Asked::AnswersAfter(Duration::from_secs(3));
    let provider = Provider::new(Duration::from_hours(1), move |_| slow);
    let client = provider.client(&endpoint).call_timeout(Duration::from_secs(1)).build().unwrap();
    for _ in 0..2 {
        let error = call(&client).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
        assert!(!error.may_have_been_sent() && !error.may_have_been_carried_out(), "{error}");
    }
    sleep(Duration::from_secs(2)).await;
    call(&client).await.unwrap();
    assert_eq!(provider.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn credentials_are_fetched_in_the_background_while_the_last_are_good() {
    let endpoint = Endpoint::start().await;
    let provider = Provider::new(Duration::from_hours(1), |since| match since.as_secs() {
        0 => Asked::Answers,
        _ => Asked::AnswersAfter(Duration::from_secs(4)),
    });
    let client = provider.client(&endpoint).build().unwrap();
    call(&client).await.unwrap();
    sleep(Duration::from_mins(56)).await;
    let begun = Instant::now();
    call(&client).await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    assert_eq!(provider.asked(), 2);
    sleep(Duration::from_secs(5)).await;
    call(&client).await.unwrap();
    let signed = endpoint.signed.lock().unwrap();
    assert!(signed[1].1 == signed[0].1 && signed[2].1 > signed[1].1, "{signed:?}");
}

#[tokio::test(start_paused = true)]
async fn credentials_that_have_expired_when_they_come_are_an_error() {
    let endpoint = Endpoint::start().await;
    let provider = Provider::new(Duration::from_hours(1), |_| Asked::GivesExpired);
    let client = provider.client(&endpoint).build().unwrap();
    let error = call(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials, "{error}");
    assert!(error.to_string().contains("have expired"), "{error}");
    assert_eq!(endpoint.requests(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_panics_is_an_error_to_all_that_wait() {
    let endpoint = Endpoint::start().await;
    let provider = Provider::new(Duration::from_hours(1), |since| match since.as_secs() {
        0 => Asked::Panics,
        _ => Asked::Answers,
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

/// A provider's own error can be told from others, by every caller that waited for it.
#[tokio::test(start_paused = true)]
async fn all_that_wait_get_the_providers_own_error() {
    let endpoint = Endpoint::start().await;
    let provider = Provider::new(Duration::from_hours(1), |_| Asked::Fails);
    let client = provider.client(&endpoint).build().unwrap();
    let (first, second) = tokio::join!(call(&client), call(&client));
    assert_eq!(provider.asked(), 1);
    for error in [first.unwrap_err(), second.unwrap_err()] {
        let source = std::error::Error::source(&error).unwrap();
        assert!(source.downcast_ref::<CredentialsError>().is_some(), "{source:?}");
    }
}

/// A call on one runtime begins a fetch that hangs, and another on a second one waits for it. Then `end` is done to
/// the first runtime.
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
            0 => Asked::Hangs,
            _ => Asked::Answers,
        }
    });
    let client = provider.client(&endpoint).build().unwrap();
    let beginning = client.clone();
    let beginning = first.spawn(async move { call(&beginning).await });
    first.block_on(async {
        while provider.asked() == 0 {
            tokio::task::yield_now().await;
        }
    });
    let waiter = second.spawn(async move { call(&client).await });
    second.block_on(tokio::task::yield_now());
    end(first);
    second.block_on(waiter).unwrap().unwrap();
    assert_eq!(provider.asked(), 2);
    drop(beginning);
}

#[test]
fn a_fetch_whose_runtime_has_ended_is_begun_again() {
    two_runtimes(drop);
}

#[test]
fn a_fetch_whose_runtime_is_not_driven_is_begun_again() {
    let mut idle = None;
    two_runtimes(|runtime| idle = Some(runtime));
}

/// A fetch in the background ends with the runtime of the call that began it. It counts as one that failed, and
/// credentials that have expired are waited for.
#[test]
fn each_call_may_have_a_runtime_of_its_own() {
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
            1 => Asked::Hangs,
            _ => Asked::Answers,
        }
    });
    let client = provider.client(&endpoint).build().unwrap();
    let call = || runtime().block_on(call(&client)).unwrap();
    for (minutes, asked) in [(0, 1), (1, 1), (56, 2), (56, 2), (61, 3), (62, 3)] {
        provider.0.moved.store(minutes, Ordering::SeqCst);
        call();
        assert_eq!(provider.asked(), asked, "after {minutes} minutes");
    }
    assert_eq!(endpoint.signed_by_expired_credentials(), 0);
}

/// Nothing hangs, and nothing panics, where the runtime of the call has ended.
#[test]
fn a_call_in_a_runtime_that_has_ended_is_an_error() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let endpoint = runtime().block_on(Endpoint::start());
    let provider = Provider::new(Duration::from_hours(1), |_| Asked::Answers);
    let client = provider.client(&endpoint).build().unwrap();
    let ended = runtime().handle().clone();
    let _entered = ended.enter();
    let mut call = std::pin::pin!(call(&client));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = call.as_mut().poll(&mut context) else {
        panic!("the call goes on");
    };
    assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
    assert!(!error.may_have_been_sent() && error.to_string().contains("runtime"), "{error}");
}
