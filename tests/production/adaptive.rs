//! The retry mode `adaptive`: the rate at which a client sends once the service has throttled it.
//!
//! The clock of the runtime is paused. It moves only while a call waits, and stands still while bytes travel.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::{Client, ClientBuilder, Error, ErrorKind, Retry};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::{Instant, advance};

use crate::environment::{CHILD, child_at_home, home, text_of};
use crate::support::canned::{listing, response};

/// The modes, with one attempt for each call.
const STANDARD: Retry = Retry::never();
const ADAPTIVE: Retry = Retry::adaptive().max_attempts(1);

const MILLISECOND: Duration = Duration::from_millis(1);

/// How long a request waits after a first one that was throttled at once: nothing was measured, so the rate is the lowest.
const FIRST_WAIT: Duration = Duration::from_secs(2);

/// A request that the service received: when, and whether it was throttled.
#[derive(Clone, Copy)]
struct Received {
    at: Duration,
    throttled: bool,
}

/// A service that throttles some requests.
struct Service {
    url: String,
    start: Instant,
    received: Arc<Mutex<Vec<Received>>>,
    /// Whether a client has signed a request since this was reset.
    signed: Arc<AtomicBool>,
    tasks: [JoinHandle<()>; 2],
}

impl Service {
    /// `throttles` decides by the earlier requests and the time since the start.
    async fn start(
        throttles: impl Fn(&[Received], Duration) -> bool + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let start = Instant::now();
        let received: Arc<Mutex<Vec<Received>>> = Arc::default();
        let (kept, throttles) = (received.clone(), Arc::new(throttles));
        let server = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (kept, throttles) = (kept.clone(), throttles.clone());
                tokio::spawn(async move {
                    let decide = || {
                        let mut received = kept.lock().unwrap();
                        let at = start.elapsed();
                        let request = Received { at, throttled: throttles(&received, at) };
                        received.push(request);
                        request.throttled
                    };
                    // A client that leaves is not the server's concern.
                    let _ = serve(stream, decide).await;
                });
            }
        });
        // While a task is ready, the paused clock stands still.
        let busy = tokio::spawn(async {
            loop {
                tokio::task::yield_now().await;
            }
        });
        Self { url, start, received, signed: Arc::default(), tasks: [server, busy] }
    }

    /// Throttles the first request only.
    async fn that_throttles_once() -> Self {
        Self::start(|earlier, _| earlier.is_empty()).await
    }

    fn client(&self, retry: Retry) -> Client {
        self.configure(Client::builder("us-east-1").retry(retry)).build().unwrap()
    }

    fn configure(&self, builder: ClientBuilder) -> ClientBuilder {
        let signed = self.signed.clone();
        builder
            .credentials("AKIDEXAMPLE", "the secret of this test", None)
            .endpoint_url(&self.url)
            // The client reads its clock to sign a request, when it no longer waits for its turn.
            .clock(move || {
                signed.store(true, Ordering::SeqCst);
                SystemTime::UNIX_EPOCH + Duration::from_mins(29_925_210)
            })
    }

    /// Completes a call of one attempt, and moves the clock while it waits for its turn.
    async fn run<T>(&self, call: impl Future<Output = T>) -> T {
        self.signed.store(false, Ordering::SeqCst);
        let mut call = std::pin::pin!(call);
        loop {
            tokio::select! {
                biased;
                result = &mut call => return result,
                () = tokio::task::yield_now() => {}
            }
            if !self.signed.load(Ordering::SeqCst) {
                advance(MILLISECOND).await;
            }
        }
    }

    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    fn requests(&self) -> usize {
        self.received.lock().unwrap().len()
    }

    /// How many requests came from the second `from` to the second `to`, and how many of them were throttled.
    fn between(&self, from: u64, to: u64) -> (usize, usize) {
        let time = Duration::from_secs(from)..Duration::from_secs(to);
        let received = self.received();
        let among = || received.iter().filter(|request| time.contains(&request.at));
        (among().count(), among().filter(|request| request.throttled).count())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

/// Answers the requests of a connection.
async fn serve(stream: TcpStream, throttles: impl Fn() -> bool) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            stream.read_exact(&mut vec![0; length]).await?;
            let error = "<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>";
            let answer = if throttles() {
                response(400, &[], error)
            } else {
                response(200, &[], &listing("<MFADevices/>"))
            };
            stream.write_all(&answer).await?;
            return stream.shutdown().await;
        }
    }
}

fn request(client: &Client) -> mfa_devices::ListMfaDevices {
    mfa_devices(client).list()
}

async fn list(client: &Client) -> Result<(), Error> {
    request(client).send().await.map(|_| ())
}

#[track_caller]
fn assert_waited(waited: Duration, expected: Duration) {
    // The clock moves by milliseconds.
    let tolerated = expected..expected + 3 * MILLISECOND;
    assert!(tolerated.contains(&waited), "{waited:?} instead of {expected:?}");
}

/// Calls up to twenty times a second for so many seconds. The service takes any number of requests at first, four in a second from
/// the fifth second on, and any number again from the 20th on.
async fn calls_for(seconds: u64, retry: Retry) -> Service {
    let service = Service::start(|earlier, now| {
        let limited = (Duration::from_secs(5)..Duration::from_secs(20)).contains(&now);
        let last_second =
            |taken: &&Received| !taken.throttled && taken.at + Duration::from_secs(1) > now;
        limited && earlier.iter().filter(last_second).count() >= 4
    })
    .await;
    let client = service.client(retry);
    while service.now() < Duration::from_secs(seconds) {
        let result = service.run(list(&client)).await;
        assert!(result.as_ref().err().is_none_or(Error::is_throttling), "{result:?}");
        advance(Duration::from_millis(50)).await;
    }
    service
}

#[tokio::test(start_paused = true)]
async fn a_throttled_client_slows_down_and_recovers() {
    let service = calls_for(35, ADAPTIVE).await;
    let (requests, throttled) = service.between(0, 5);
    assert!(requests >= 95 && throttled == 0, "nothing is delayed before: {requests}");
    let (requests, throttled) = service.between(8, 20);
    assert!((36..=72).contains(&requests), "near four in a second: {requests} in 12 seconds");
    assert!(throttled * 3 <= requests, "{throttled} of {requests} are throttled");
    let (requests, throttled) = service.between(30, 35);
    assert!(requests >= 95 && throttled == 0, "as many as before: {requests}");
}

#[tokio::test(start_paused = true)]
async fn the_standard_mode_delays_nothing() {
    let service = calls_for(20, STANDARD).await;
    let (requests, throttled) = service.between(8, 20);
    assert!(requests >= 235 && throttled >= 185, "{throttled} of {requests} are throttled");

    let service = Service::start(|_, _| true).await;
    for retry in [STANDARD, Retry::standard().first_pause(Duration::ZERO)] {
        let client = service.client(retry);
        for _ in 0..10 {
            let error = list(&client).await.unwrap_err();
            assert!(error.is_throttling(), "{error}");
        }
    }
    assert_eq!((service.now(), service.requests()), (Duration::ZERO, 10 + 30));
}

#[tokio::test(start_paused = true)]
async fn a_client_shares_its_rate_with_its_clones_only() {
    let service = Service::that_throttles_once().await;
    let client = service.client(ADAPTIVE);
    assert!(list(&client).await.unwrap_err().is_throttling());
    service.run(list(&client.to_builder().build().unwrap())).await.unwrap();
    assert_eq!(service.now(), Duration::ZERO);
    service.run(list(&client.clone())).await.unwrap();
    assert_waited(service.now(), FIRST_WAIT);
}

#[tokio::test(start_paused = true)]
async fn each_attempt_of_a_call_waits_for_its_turn() {
    let service = Service::start(|earlier, _| earlier.len() < 2).await;
    let builder = service.client(ADAPTIVE).to_builder().attempt_timeout(None);
    let client = builder.connect_timeout(Duration::from_hours(24)).build().unwrap();
    assert!(list(&client).await.unwrap_err().is_throttling());
    let retry = Retry::adaptive().first_pause(Duration::ZERO);
    let mut call = std::pin::pin!(request(&client).retry(retry).send());
    loop {
        // The clock moves while bytes travel too, so that only the least waits are known.
        tokio::select! {
            biased;
            result = &mut call => break drop(result.unwrap()),
            () = advance(MILLISECOND) => {}
        }
    }
    let at: Vec<_> = service.received().iter().map(|request| request.at).collect();
    assert_eq!(at.len(), 3);
    assert!(at[1] >= FIRST_WAIT, "{at:?}");
    // At most 0.7 times the measured rate, which is at most 0.8 in a second.
    assert!(at[2] >= at[1] + Duration::from_millis(1700), "{at:?}");
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_wait_takes_no_token() {
    let service = Service::that_throttles_once().await;
    let client = service.client(ADAPTIVE);
    assert!(list(&client).await.unwrap_err().is_throttling());
    let cancelled = tokio::time::timeout(Duration::from_secs(1), list(&client));
    assert!(service.run(cancelled).await.is_err());
    assert_eq!(service.requests(), 1);
    // The first in the queue is dropped while another is behind it.
    let mut first = Box::pin(list(&client));
    let mut second = Box::pin(list(&client));
    for call in [&mut first, &mut second] {
        let soon = tokio::time::timeout(Duration::from_millis(500), call);
        assert!(service.run(soon).await.is_err());
    }
    drop(first);
    service.run(second).await.unwrap();
    assert_waited(service.now(), FIRST_WAIT);
}

#[tokio::test(start_paused = true)]
async fn a_wait_ends_with_the_limit_of_its_call() {
    let service = Service::that_throttles_once().await;
    let limit = Duration::from_millis(500);
    let builder = service.client(ADAPTIVE).to_builder().attempt_timeout(limit);
    let client = builder.call_timeout(limit).build().unwrap();
    assert!(list(&client).await.unwrap_err().is_throttling());
    let error = service.run(list(&client)).await.unwrap_err();
    assert_waited(service.now(), limit);
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 0), "{error:?}");
    assert!(!error.may_have_been_sent() && !error.may_have_been_carried_out(), "{error:?}");
    assert!(error.message().contains("was not sent") && error.is_retryable(), "{error}");
    assert_eq!(service.requests(), 1);
    // The limit of an attempt does not include the wait.
    service.run(request(&client).timeout(None).send()).await.unwrap();
    assert_waited(service.now(), FIRST_WAIT);
}

#[tokio::test(start_paused = true)]
async fn a_request_can_choose_another_mode_than_its_client() {
    let service = Service::that_throttles_once().await;
    let client = service.client(ADAPTIVE);
    assert!(list(&client).await.unwrap_err().is_throttling());
    service.run(request(&client).retry(STANDARD).send()).await.unwrap();
    assert_eq!(service.now(), Duration::ZERO);

    let service = Service::that_throttles_once().await;
    let client = service.client(STANDARD);
    assert!(request(&client).retry(ADAPTIVE).send().await.unwrap_err().is_throttling());
    service.run(list(&client)).await.unwrap();
    assert_eq!(service.now(), Duration::ZERO);
    service.run(request(&client).retry(ADAPTIVE).send()).await.unwrap();
    assert_waited(service.now(), FIRST_WAIT);
}

/// In a child, says how long a second call waits.
fn report_wait() {
    let builder =
        tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build();
    builder.unwrap().block_on(async {
        let service = Service::that_throttles_once().await;
        let client = match ClientBuilder::from_env() {
            Ok(builder) => service.configure(builder).build().unwrap(),
            Err(error) => return println!("text_of: {error}"),
        };
        assert!(list(&client).await.unwrap_err().is_throttling());
        service.run(list(&client)).await.unwrap();
        println!("text_of: waited {} s", service.now().as_secs());
    });
}

/// Lines of the profile, variables, and what the child says.
type Case = (&'static str, &'static [(&'static str, &'static str)], &'static str);

#[test]
fn the_mode_comes_from_the_variable_or_the_profile() {
    if std::env::var_os(CHILD).is_some() {
        return report_wait();
    }
    let name = "adaptive::the_mode_comes_from_the_variable_or_the_profile";
    let config = "[default]\nregion = us-east-1\nmax_attempts = 1\n";
    let cases: [Case; 6] = [
        ("", &[], "text_of: waited 0 s"),
        ("", &[("AWS_RETRY_MODE", "adaptive")], "text_of: waited 2 s"),
        ("retry_mode = adaptive\n", &[], "text_of: waited 2 s"),
        ("retry_mode = adaptive\n", &[("AWS_RETRY_MODE", "standard")], "text_of: waited 0 s"),
        (
            "",
            &[("AWS_RETRY_MODE", "adaptative")],
            "text_of: AWS_RETRY_MODE is \"adaptative\"; expected standard, legacy or adaptive",
        ),
        ("retry_mode = fast\n", &[], "text_of: retry_mode of the profile \"default\" ("),
    ];
    for (setting, variables, expected) in cases {
        let config = format!("{config}{setting}");
        let home = home(name, &[("config", config.as_bytes())]);
        let output = text_of(&child_at_home(name, Path::new(&home), variables));
        assert!(output.contains(expected), "{setting}{variables:?}: {output}");
    }
}

#[cfg(feature = "aws-config")]
#[tokio::test(start_paused = true)]
async fn the_mode_comes_from_the_configuration_of_the_sdk() {
    use pagesmith::aws_types::SdkConfig;
    use pagesmith::aws_types::region::Region;
    use pagesmith::aws_types::sdk_config::{RetryConfig, SharedCredentialsProvider};
    use pagesmith::credential_types::Credentials;

    for (retry, wait) in
        [(RetryConfig::standard(), Duration::ZERO), (RetryConfig::adaptive(), FIRST_WAIT)]
    {
        let keys = Credentials::new("AKIDEXAMPLE", "secret", None, None, "test");
        let config = SdkConfig::builder()
            .region(Region::new("us-east-1"))
            .credentials_provider(SharedCredentialsProvider::new(keys))
            .retry_config(retry.with_max_attempts(1))
            .build();
        let service = Service::that_throttles_once().await;
        let builder = ClientBuilder::from_sdk_config(&config).unwrap();
        let client = service.configure(builder).build().unwrap();
        assert!(list(&client).await.unwrap_err().is_throttling());
        service.run(list(&client)).await.unwrap();
        assert_waited(service.now(), wait);
    }
}
