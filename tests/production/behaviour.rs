//! Time limits, pauses, waiting, page limits, cancellation, clocks.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};

use local_iam::{Fault, LocalIam};
use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::{Client, ErrorKind, Retry, Wait, wait_until};

use crate::world::{Method, World, client};

#[tokio::test]
async fn a_call_ends_at_its_time_limit() {
    let world = World::ready_for(Method::List).await;
    world.iam.inject(Fault::stall().times(99));
    let builder = world.client().attempt_timeout(None).call_timeout(Duration::from_millis(50));
    let error = world.call(&builder.build().unwrap(), Method::List).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.may_have_been_sent());
    assert_eq!(
        error.to_string(),
        "the call did not finish within its limit of 50ms; raise it with timeout(…) or call_timeout(…) \
         [ListMFADevices]"
    );
}

#[tokio::test]
async fn an_attempt_ends_at_its_time_limit() {
    let world = World::ready_for(Method::Enable).await;
    world.iam.inject(Fault::stall());
    let client = world.client().attempt_timeout(Duration::from_millis(30)).build().unwrap();
    let error = world.call(&client, Method::Enable).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the endpoint did not respond within 30ms; raise the limit with attempt_timeout(…) \
         [EnableMFADevice]"
    );
    assert!(error.is_retryable() && error.may_have_been_sent());
}

#[tokio::test]
async fn a_retry_waits_for_retry_after() {
    let world = World::ready_for(Method::List).await;
    world.iam.inject(Fault::throttle().retry_after(1));
    let client = world.client().build().unwrap();
    let started = Instant::now();
    world.call(&client, Method::List).await.unwrap();
    assert!(started.elapsed() >= Duration::from_secs(1), "{:?}", started.elapsed());
}

#[tokio::test]
async fn retry_after_is_limited_to_the_longest_pause() {
    let world = World::ready_for(Method::List).await;
    world.iam.inject(Fault::throttle().retry_after(3600));
    let retry = Retry::standard().first_pause(Duration::ZERO).max_pause(Duration::from_millis(1));
    let client = world.client().retry(retry).build().unwrap();
    world.call(&client, Method::List).await.unwrap();
}

/// There are 500 tokens, and a retry costs 5. After 50 calls with two retries each, there are none left.
#[tokio::test]
async fn retries_stop_when_the_retry_tokens_are_used_up() {
    let world = World::ready_for(Method::List).await;
    world.iam.inject(Fault::throttle().times(10_000));
    let client = world.client().build().unwrap();
    let clone = client.clone();
    for _ in 0..25 {
        assert_eq!(world.call(&client, Method::List).await.unwrap_err().attempts(), 3);
        assert_eq!(world.call(&clone, Method::List).await.unwrap_err().attempts(), 3);
    }
    assert_eq!(world.call(&client, Method::List).await.unwrap_err().attempts(), 1);
    assert_eq!(world.call(&clone, Method::List).await.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn the_number_of_attempts_can_be_set() {
    let world = World::ready_for(Method::List).await;
    world.iam.inject(Fault::throttle().times(100));
    for attempts in [1, 2, 5] {
        let retry = Retry::standard().first_pause(Duration::ZERO).max_attempts(attempts);
        let client = world.client().retry(retry).build().unwrap();
        let error = world.call(&client, Method::List).await.unwrap_err();
        assert_eq!(error.attempts(), attempts);
    }
}

#[tokio::test]
async fn a_wrong_clock_of_this_machine_is_corrected() {
    for wrong_by in [-7200_i64, 7200] {
        let world = World::ready_for(Method::Enable).await;
        let offset = Duration::from_secs(wrong_by.unsigned_abs());
        let wrong = move || match wrong_by {
            ..0 => SystemTime::now() - offset,
            _ => SystemTime::now() + offset,
        };
        let client = world.client().clock(wrong).build().unwrap();
        world.call(&client, Method::Enable).await.unwrap();
        assert_eq!(world.iam.requests().len(), 2, "the call is signed again once");
        world.call(&client, Method::List).await.unwrap();
        assert_eq!(world.iam.requests().len(), 3, "the correction is kept");
    }
}

#[tokio::test]
async fn a_wrong_secret_key_is_not_treated_as_a_wrong_clock() {
    let world = World::ready_for(Method::List).await;
    let client =
        world.client().credentials(world.iam.access_key_id(), "wrong", None).build().unwrap();
    let error = world.call(&client, Method::List).await.unwrap_err();
    assert_eq!(error.code(), Some("SignatureDoesNotMatch"));
    assert_eq!(world.iam.requests().len(), 1);
}

#[tokio::test]
async fn dropping_a_call_cancels_it() {
    let world = World::ready_for(Method::List).await;
    world.iam.inject(Fault::stall());
    let client = world.client().attempt_timeout(None).build().unwrap();
    let call = world.call(&client, Method::List);
    assert!(tokio::time::timeout(Duration::from_millis(20), call).await.is_err());
    // The next call is not blocked.
    world.call(&client, Method::List).await.unwrap();
}

#[tokio::test]
async fn an_idle_connection_is_reused() {
    let world = World::ready_for(Method::List).await;
    let client = world.client().build().unwrap();
    for _ in 0..5 {
        world.call(&client, Method::List).await.unwrap();
    }
    let ports: std::collections::BTreeSet<_> = world
        .iam
        .requests()
        .iter()
        .map(|request| request.header("host").unwrap().to_owned())
        .collect();
    assert_eq!((ports.len(), world.iam.requests().len()), (1, 5));
}

#[tokio::test]
async fn a_listing_stops_at_its_page_limit() {
    let iam = LocalIam::start().await.unwrap();
    iam.create_user("alice").unwrap();
    let client = client(&iam).build().unwrap();
    let api = mfa_devices(&client);
    for number in 0..5 {
        let device = iam.create_virtual_mfa_device(&format!("device-{number}")).unwrap();
        let [first, second] = device.codes();
        let call = api.enable().user_name("alice").serial_number(device.serial_number());
        call.authentication_code1(first).authentication_code2(second).send().await.unwrap();
    }
    iam.clear_requests();
    let call = || api.list().user_name("alice").max_items(2);
    let rows = call().rows().limit_pages(2).collect().await.unwrap();
    assert_eq!((rows.len(), iam.requests().len()), (4, 2));
    assert_eq!(call().rows().collect().await.unwrap().len(), 5);
    assert_eq!(call().rows().limit_pages(0).collect().await.unwrap().len(), 0);
    let mut pages = call().pages().limit(1);
    assert_eq!(pages.try_next().await.unwrap().unwrap().mfa_devices.len(), 2);
    assert!(pages.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn an_error_ends_a_listing_after_the_earlier_rows() {
    let iam = LocalIam::start().await.unwrap();
    iam.create_user("alice").unwrap();
    let client = client(&iam).retry(Retry::never()).build().unwrap();
    let api = mfa_devices(&client);
    for number in 0..3 {
        let device = iam.create_virtual_mfa_device(&format!("device-{number}")).unwrap();
        let [first, second] = device.codes();
        let call = api.enable().user_name("alice").serial_number(device.serial_number());
        call.authentication_code1(first).authentication_code2(second).send().await.unwrap();
    }
    let mut rows = api.list().user_name("alice").max_items(1).rows();
    assert!(rows.try_next().await.unwrap().is_some());
    iam.inject(Fault::internal_failure());
    assert_eq!(rows.try_next().await.unwrap_err().code(), Some("InternalFailure"));
    assert!(rows.try_next().await.unwrap().is_none(), "the listing ends after an error");
}

#[tokio::test]
async fn wait_until_waits_for_a_device_to_appear_and_to_disappear() {
    let world = World::ready_for(Method::Enable).await;
    let client = world.client().build().unwrap();
    let api = mfa_devices(&client);
    let wait = Wait::for_up_to(Duration::from_secs(30)).first_pause(Duration::from_millis(1));
    let calls = AtomicUsize::new(0);
    let call = || {
        // The device is enabled during the wait.
        let number = calls.fetch_add(1, Ordering::Relaxed);
        let (world, client) = (&world, &client);
        let listing = api.list().user_name("alice").rows();
        async move {
            if number == 2 {
                world.call(client, Method::Enable).await?;
            }
            listing.collect().await
        }
    };
    let rows = wait_until(wait, call, |rows| !rows.is_empty()).await.unwrap();
    assert_eq!((rows.len(), calls.load(Ordering::Relaxed)), (1, 3));

    world.call(&client, Method::Deactivate).await.unwrap();
    let call = || api.list().user_name("alice").rows().collect();
    assert!(wait_until(wait, call, Vec::is_empty).await.unwrap().is_empty());
}

#[tokio::test]
async fn wait_until_ends_at_its_limit() {
    let world = World::ready_for(Method::Enable).await;
    let client = world.client().build().unwrap();
    let api = mfa_devices(&client);
    let wait = Wait::for_up_to(Duration::from_millis(20)).first_pause(Duration::from_millis(5));
    let call = || api.list().user_name("alice").rows().collect();
    let error = wait_until(wait, call, |rows| !rows.is_empty()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(
        error.to_string().starts_with("the condition was not met within 20ms, after"),
        "{error}"
    );
    // An error of a call ends the wait immediately.
    let call = || api.list().user_name("nobody").rows().collect();
    let error = wait_until(Wait::default(), call, |rows| !rows.is_empty()).await.unwrap_err();
    assert!(error.is_not_found());
}

#[tokio::test]
async fn errors_are_classified() {
    let world = World::ready_for(Method::List).await;
    let client = world.client().retry(Retry::never()).build().unwrap();
    let error = |fault| {
        world.iam.inject(fault);
        let (world, client) = (&world, &client);
        async move { world.call(client, Method::List).await.unwrap_err() }
    };
    assert!(error(Fault::throttle()).await.is_throttling());
    assert!(error(Fault::error(403, "AccessDenied", "no")).await.is_access_denied());
    assert!(error(Fault::error(404, "NoSuchEntity", "no")).await.is_not_found());
    let quota = error(Fault::error(409, "LimitExceeded", "no")).await;
    assert!(!quota.is_throttling() && !quota.is_retryable());
    let html = error(Fault::service_unavailable().html()).await;
    assert_eq!((html.status(), html.code()), (Some(503), None));
    assert!(html.request_id().is_some() && html.is_retryable());
    assert!(std::mem::size_of_val(&html) <= 16);
}

#[tokio::test]
async fn the_user_agent_names_crate_version_and_application() {
    let world = World::ready_for(Method::List).await;
    let client = world.client().app_id("inventory").build().unwrap();
    world.call(&client, Method::List).await.unwrap();
    let requests = world.iam.requests();
    let expected = format!("pagesmith/{} app/inventory", env!("CARGO_PKG_VERSION"));
    assert_eq!(requests[0].header("user-agent"), Some(&*expected));
    for app_id in ["", "two words", "line\nbreak", &"x".repeat(51)] {
        let error = world.client().app_id(app_id).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{app_id:?}");
    }
}

#[tokio::test]
async fn the_http_client_may_be_configured() {
    let world = World::ready_for(Method::List).await;
    // The call goes to a proxy that does not exist, so the configuration has an effect.
    let proxy = pagesmith::reqwest::Proxy::all("http://127.0.0.1:9").unwrap();
    let client = world.client().configure_http_client(|http| http.proxy(proxy));
    let client = client.retry(Retry::never()).build().unwrap();
    let error = world.call(&client, Method::List).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(!error.may_have_been_sent());
    assert_eq!(world.iam.requests().len(), 0);
}

#[cfg(feature = "rustls")]
#[tokio::test]
async fn a_custom_http_client_is_used() {
    let world = World::ready_for(Method::List).await;
    // reqwest needs the process's default provider. Another test may have installed it already.
    let _ = pagesmith::rustls::crypto::ring::default_provider().install_default();
    let http = pagesmith::reqwest::Client::builder().no_proxy().user_agent("mine").build().unwrap();
    let client = world.client().http_client(http).build().unwrap();
    world.call(&client, Method::List).await.unwrap();
}

#[test]
fn a_client_can_be_shared_between_threads() {
    fn assert_shareable<T: Send + Sync + Clone + 'static>() {}
    assert_shareable::<Client>();
    assert_shareable::<Arc<pagesmith::Error>>();
}

/// The endpoint does not support TLS, so no connection is established, and nothing is sent.
#[cfg(feature = "rustls")]
#[tokio::test]
async fn an_endpoint_without_tls_is_a_connection_error() {
    let world = World::ready_for(Method::List).await;
    let url = world.iam.endpoint_url().replace("http://", "https://");
    let builder = world.client().endpoint_url(url).connect_timeout(Duration::from_millis(50));
    let client = builder.retry(Retry::never()).build().unwrap();
    let error = world.call(&client, Method::List).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(!error.may_have_been_sent() && error.is_retryable());
    assert_eq!(world.iam.requests().len(), 0);
}

/// A clock that is wrong by years is not corrected, because the service's date may be the wrong one.
#[tokio::test]
async fn a_clock_outside_all_years_is_an_error_without_a_panic() {
    let world = World::ready_for(Method::List).await;
    for absurd in [Duration::from_secs(1 << 62), Duration::from_secs(1 << 38)] {
        let client = world.client().clock(move || SystemTime::UNIX_EPOCH + absurd).build().unwrap();
        let error = world.call(&client, Method::List).await.unwrap_err();
        assert_eq!((error.status(), error.attempts()), (Some(403), 1), "{error}");
    }
}

#[tokio::test]
async fn the_error_of_a_redirect_says_why_it_is_not_followed() {
    let world = World::ready_for(Method::List).await;
    world.iam.inject(Fault::redirect("http://127.0.0.1:9/"));
    let error = world.call(&world.client().build().unwrap(), Method::List).await.unwrap_err();
    assert!(error.to_string().contains("the endpoint redirects"), "{error}");
}

/// A short secret must not be redacted inside of words.
#[tokio::test]
async fn a_short_secret_is_redacted_only_as_a_whole_word() {
    let world = World::ready_for(Method::Enable).await;
    let client = world.client().build().unwrap();
    let call = || mfa_devices(&client).enable().user_name("alice").serial_number("GAHT1");
    world.iam.inject(Fault::error(400, "ValidationError", "Value '1' is not 11 of 1."));
    let error =
        call().authentication_code1("1").authentication_code2("22").send().await.unwrap_err();
    assert_eq!(error.message(), "Value '[redacted]' is not 11 of [redacted].");
}

/// If a signature is wrong, AWS repeats the whole canonical request, including the session token.
#[tokio::test]
async fn credentials_in_an_error_message_are_redacted() {
    let iam = LocalIam::builder().session_token("session-token-of-mine").start().await.unwrap();
    let token = iam.session_token().map(str::to_owned);
    let client = client(&iam).credentials(iam.access_key_id(), iam.secret_access_key(), token);
    let client = client.retry(Retry::never()).build().unwrap();
    let repeated =
        format!("x-amz-security-token:session-token-of-mine {}", iam.secret_access_key());
    iam.inject(Fault::error(403, "SignatureDoesNotMatch", repeated));
    let error = mfa_devices(&client).list().send().await.unwrap_err();
    assert_eq!(error.message(), "x-amz-security-token:[redacted] [redacted]");
}

#[tokio::test]
async fn fips_with_a_custom_endpoint_is_an_error() {
    let world = World::ready_for(Method::List).await;
    let error = world.client().use_fips(true).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().starts_with("FIPS or dual stack cannot be combined"), "{error}");
    let error = world.client().endpoint_url("nonsense").build().unwrap_err();
    assert!(error.to_string().contains("is not a valid endpoint"), "{error}");
}

#[tokio::test]
async fn an_error_says_whether_the_call_may_have_been_carried_out() {
    let world = World::ready_for(Method::Tag).await;
    let client = world.client().retry(Retry::never()).build().unwrap();
    for (fault, expected) in [
        (Fault::throttle(), false),
        (Fault::error(403, "AccessDenied", "no"), false),
        (Fault::internal_failure(), true),
        (Fault::service_unavailable().html(), true),
        (Fault::reset_after_processing(), true),
    ] {
        world.iam.inject(fault);
        let error = world.call(&client, Method::Tag).await.unwrap_err();
        assert_eq!(error.may_have_been_carried_out(), expected, "{error}");
    }
}
