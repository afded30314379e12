//! Bearer tokens.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use pagesmith::credential_types::Token;
use pagesmith::credential_types::provider::error::TokenError;
use pagesmith::credential_types::provider::{future, token::ProvideToken};
use pagesmith::dynamic::Resources;
use pagesmith::{Client, ErrorKind, Request as _};
use serde_json::json;

use super::support::canned::{Canned, response};
use super::support::leaks::{assert_hidden, shown, shown_error};
use super::{builder, call, header, line, server, service};

const TOKEN: &str = "the/bearer+token~of.this-test==";

/// A service that takes tokens and signatures.
fn either() -> Resources {
    let auth = json!(["aws.auth#sigv4", "smithy.api#httpBearerAuth"]);
    service(&[("auth", auth), ("signingName", json!("test-ed"))])
}

/// A service that takes only tokens.
fn only_tokens() -> Resources {
    service(&[("signatureVersion", json!("bearer")), ("signingName", json!("test-ed"))])
}

#[tokio::test]
async fn a_token_is_preferred_over_credentials() {
    let canned = server();
    let client = builder(&canned).bearer_token(TOKEN).build().unwrap();
    let resources = either();
    let get = call(&resources, &client, "Get", "a");
    get.send().await.unwrap();
    assert_eq!(header(&canned, "authorization"), Some(format!("Bearer {TOKEN}")));
    assert_eq!(header(&canned, "x-amz-date"), None);
    // A request with credentials of its own is signed.
    get.credentials("AKIDOTHER", "another secret", None).send().await.unwrap();
    assert!(header(&canned, "authorization").unwrap().contains("Credential=AKIDOTHER/"));
    // A client of the same settings has the token too.
    let client = client.to_builder().build().unwrap();
    call(&resources, &client, "Get", "a").send().await.unwrap();
    assert_eq!(header(&canned, "authorization"), Some(format!("Bearer {TOKEN}")));
}

#[tokio::test]
async fn without_a_token_or_for_another_service_requests_are_signed() {
    let canned = server();
    let signed = |canned| header(canned, "authorization").unwrap().starts_with("AWS4-HMAC-SHA256 ");
    let client = builder(&canned).build().unwrap();
    call(&either(), &client, "Get", "a").send().await.unwrap();
    assert!(signed(&canned));
    let client = builder(&canned).bearer_token(TOKEN).build().unwrap();
    call(&service(&[]), &client, "Get", "a").send().await.unwrap();
    assert!(signed(&canned));
}

#[tokio::test]
async fn a_client_with_only_a_token_needs_no_credentials() {
    let canned = server();
    let client = Client::builder("us-east-1").endpoint_url(canned.url()).bearer_token(TOKEN);
    let client = client.build().unwrap();
    call(&only_tokens(), &client, "Get", "a").send().await.unwrap();
    assert_eq!(header(&canned, "authorization"), Some(format!("Bearer {TOKEN}")));
    let error = call(&service(&[]), &client, "Get", "a").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert_eq!(canned.requests().len(), 1);
}

#[tokio::test]
async fn a_missing_token_is_an_error_that_says_how_to_set_it() {
    let canned = server();
    let client = builder(&canned).build().unwrap();
    let error = call(&only_tokens(), &client, "Get", "a").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(error.message().contains("set AWS_BEARER_TOKEN_TEST_ED and"), "{error}");
    assert!(error.message().contains("bearer_token(…)"), "{error}");
    assert_eq!(canned.requests().len(), 0);
}

#[tokio::test]
async fn a_token_is_not_sent_without_tls() {
    for url in
        ["http://example.invalid:80", "http://10.0.0.1:4566", "http://localhost.example.invalid"]
    {
        let client = Client::builder("us-east-1").endpoint_url(url).bearer_token(TOKEN);
        let client = client.build().unwrap();
        let error = call(&only_tokens(), &client, "Get", "a").send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.message().contains("is sent only over https"), "{error}");
        assert!(!error.may_have_been_sent());
        assert_hidden("the error", &shown_error(&error), &[TOKEN]);
    }
}

#[tokio::test]
async fn no_text_shows_a_token() {
    let body = format!(r#"{{"message": "the header Bearer {TOKEN} is not valid"}}"#);
    let headers = [("x-amzn-errortype", "AccessDenied"), ("x-amzn-requestid", TOKEN)];
    let canned = Canned::always(response(403, &headers, &body));
    let client = builder(&canned).bearer_token(TOKEN);
    assert_hidden("the builder", &shown(&client), &[TOKEN]);
    let client = client.build().unwrap();
    assert_hidden("the client", &shown(&client), &[TOKEN]);
    let get = call(&only_tokens(), &client, "Get", "a");
    assert_hidden("the call", &shown(&get), &[TOKEN]);
    let error = get.send().await.unwrap_err();
    assert_eq!(error.code(), Some("AccessDenied"), "{error}");
    assert_hidden("the error", &shown_error(&error), &[TOKEN]);
}

#[tokio::test]
async fn a_token_that_is_empty_or_not_a_header_is_an_error() {
    let canned = server();
    for (token, message) in
        [("", "an empty token"), ("line\nbreak", "not allowed in an HTTP header")]
    {
        let client = builder(&canned).bearer_token(token).build().unwrap();
        let error = call(&only_tokens(), &client, "Get", "a").send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credentials);
        assert!(error.message().contains(message), "{error}");
    }
    assert_eq!(canned.requests().len(), 0);
}

/// Returns `token-1`, `token-2` and so on, each valid for `lifetime` from `now`.
#[derive(Debug)]
struct Numbered {
    now: SystemTime,
    lifetime: Duration,
    number: Arc<AtomicUsize>,
}

impl ProvideToken for Numbered {
    fn provide_token<'a>(&'a self) -> future::ProvideToken<'a>
    where
        Self: 'a,
    {
        let number = self.number.fetch_add(1, Ordering::SeqCst) + 1;
        let expiry = self.now + self.lifetime * u32::try_from(number).unwrap();
        future::ProvideToken::ready(Ok(Token::new(format!("token-{number}"), Some(expiry))))
    }
}

/// A token is kept until shortly before it expires, and then replaced by another.
#[tokio::test]
async fn a_token_is_renewed_before_it_expires() {
    let canned = server();
    let number = Arc::new(AtomicUsize::new(0));
    let (now, lifetime) =
        (SystemTime::UNIX_EPOCH + Duration::from_hours(400_260), Duration::from_hours(1));
    let provider = Numbered { now, lifetime, number: number.clone() };
    let hours = Arc::new(AtomicUsize::new(0));
    let clock = hours.clone();
    let client = builder(&canned)
        .clock(move || now + lifetime * u32::try_from(clock.load(Ordering::SeqCst)).unwrap())
        .bearer_token_provider(provider)
        .build()
        .unwrap();
    let resources = only_tokens();
    for (hour, expected) in [(0, "token-1"), (0, "token-1"), (1, "token-2"), (1, "token-2")] {
        hours.store(hour, Ordering::SeqCst);
        call(&resources, &client, "Get", "a").send().await.unwrap();
        assert_eq!(header(&canned, "authorization"), Some(format!("Bearer {expected}")));
    }
    assert_eq!(number.load(Ordering::SeqCst), 2);
    hours.store(9, Ordering::SeqCst);
    let error = call(&resources, &client, "Get", "a").send().await.unwrap_err();
    let message = "the bearer token provider returned a token that has expired; ";
    assert!(error.message().starts_with(message), "{error}");
}

#[derive(Debug)]
struct Failing;

impl ProvideToken for Failing {
    fn provide_token<'a>(&'a self) -> future::ProvideToken<'a>
    where
        Self: 'a,
    {
        future::ProvideToken::ready(Err(TokenError::provider_error("the file is empty")))
    }
}

#[tokio::test]
async fn the_error_of_a_provider_is_the_source() {
    let canned = server();
    let client = builder(&canned).bearer_token_provider(Failing).build().unwrap();
    let error = call(&only_tokens(), &client, "Get", "a").send().await.unwrap_err();
    assert_eq!(error.message(), "the bearer token provider failed; check its configuration");
    assert!(shown_error(&error).contains("the file is empty"), "{error:?}");
}

#[tokio::test]
async fn an_unsigned_operation_has_no_token() {
    let canned = server();
    let client = builder(&canned).bearer_token(TOKEN).build().unwrap();
    let free = only_tokens();
    let free = free.method("Free").unwrap();
    free.call(&client).send().await.unwrap();
    assert_eq!(line(&canned), "GET /free");
    assert_eq!(header(&canned, "authorization"), None);
}
