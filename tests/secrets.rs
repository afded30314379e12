//! No text that a program may print contains a secret: the secret access key, the session token, or
//! a one-time code, plain or encoded.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::string_slice, missing_docs)]

mod support;

use std::time::SystemTime;

use local_iam::{Fault, LocalIam};
use pagesmith::aws::iam_api::mfa_devices::{MfaDevices, Tag};
use pagesmith::aws::iam_api::{ErrorCode, mfa_devices};
use pagesmith::credential_types::Credentials;
use pagesmith::credential_types::provider::error::CredentialsError;
use pagesmith::credential_types::provider::{ProvideCredentials, future};
use pagesmith::{Client, ClientBuilder, Error, Sensitive};
use support::WITHOUT_PAUSE;
use support::canned::{Canned, listing, ok, response};
use support::leaks::{assert_hidden, shown};

const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCY EXAMPLEKEY";
const TOKEN: &str = "FwoGZXIvYXdzEJr//////+wEaDExample==";
const SECRETS: [&str; 2] = [SECRET_KEY, TOKEN];
/// Codes that do not occur in another number. One has a leading zero.
const CODES: [&str; 2] = ["073519", "864207"];
const SERIAL: &str = "arn:aws:iam::123456789012:mfa/alice";

fn builder(url: &str) -> ClientBuilder {
    Client::builder("us-east-1")
        .credentials("AKIDEXAMPLE", SECRET_KEY, Some(TOKEN.to_owned()))
        .endpoint_url(url)
        .retry(WITHOUT_PAUSE)
}

fn devices_at(url: &str) -> MfaDevices {
    mfa_devices(&builder(url).build().unwrap())
}

async fn iam() -> LocalIam {
    let iam = LocalIam::builder().credentials("AKIDEXAMPLE", SECRET_KEY).session_token(TOKEN);
    let iam = iam.start().await.unwrap();
    iam.create_user("alice").unwrap();
    iam
}

fn assert_no_secrets_in(what: &str, text: &str) {
    assert_hidden(what, text, &SECRETS);
    assert_hidden(what, text, &CODES);
}

async fn enable(devices: &MfaDevices, codes: [&str; 2]) -> Error {
    let call = devices.enable().user_name("alice").serial_number(SERIAL);
    let call = call.authentication_code1(codes[0]).authentication_code2(codes[1]);
    call.send().await.unwrap_err()
}

async fn resync(devices: &MfaDevices, codes: [&str; 2]) -> Error {
    let call = devices.resync().user_name("alice").serial_number(SERIAL);
    let call = call.authentication_code1(codes[0]).authentication_code2(codes[1]);
    call.send().await.unwrap_err()
}

/// All texts of an error, without the request id, because the digits of a random id may be those of
/// a code.
fn shown_error(error: &Error) -> String {
    let text = support::leaks::shown_error(error);
    error.request_id().map_or(text.clone(), |id| text.replace(id, "the request's id"))
}

/// The search finds secrets in all encodings.
#[test]
fn the_search_finds_secrets_in_every_encoding() {
    use base64::Engine as _;
    let encoded = |text: &str| base64::prelude::BASE64_STANDARD.encode(text);
    let percent: String = form_urlencoded::byte_serialize(SECRET_KEY.as_bytes()).collect();
    let texts = [
        format!("key {SECRET_KEY}."),
        format!("key {percent}."),
        format!("key {}", percent.replace('+', "%20").to_lowercase()),
        encoded(SECRET_KEY),
        encoded(&format!("a{SECRET_KEY}b")),
        encoded(&format!("ab{SECRET_KEY}")),
        format!("{:?}", SECRET_KEY.as_bytes()),
    ];
    for text in texts {
        let found = std::panic::catch_unwind(|| assert_hidden("the text", &text, &SECRETS));
        assert!(found.is_err(), "{text}");
    }
    assert_hidden("the text", "no secret", &SECRETS);
}

#[tokio::test]
async fn debug_of_clients_and_builders_does_not_show_credentials() {
    let iam = iam().await;
    let builder = builder(iam.endpoint_url());
    assert_no_secrets_in("the builder", &shown(&builder));
    let client = builder.build().unwrap();
    assert_no_secrets_in("the client", &shown(&client));
    let devices = mfa_devices(&client);
    devices.list().user_name("alice").send().await.unwrap();
    // After a call, the client has a signing key.
    assert_no_secrets_in("the client after a call", &shown(&client));
    assert_no_secrets_in("the methods", &shown(&devices));
    assert_no_secrets_in("no credentials", &shown(&Client::builder("us-east-1")));
}

#[test]
fn debug_of_calls_does_not_show_codes() {
    let devices = devices_at("http://127.0.0.1:9");
    let [first, second] = CODES;
    let half = devices.enable().authentication_code1(first);
    assert_no_secrets_in("half an Enable", &shown(&half));
    let enable = half.authentication_code2(second).user_name("alice").serial_number(SERIAL);
    let text = shown(&enable);
    assert_no_secrets_in("Enable", &text);
    // Values that are not secret are shown.
    assert!(
        text.contains("alice") && text.contains(SERIAL) && text.contains("[redacted]"),
        "{text}"
    );

    let resync = devices.resync().authentication_code1(first).authentication_code2(second);
    assert_no_secrets_in("Resync", &shown(&resync));
    assert_no_secrets_in("Sensitive", &shown(&Sensitive::from(first)));
    assert_no_secrets_in("many", &shown(&vec![Some(Sensitive::from(first)), None]));

    assert_no_secrets_in(
        "List",
        &shown(&devices.list().user_name("alice").marker("m").max_items(3)),
    );
    assert_no_secrets_in("rows", &shown(&devices.list().rows()));
    assert_no_secrets_in("pages", &shown(&devices.list().pages()));
    assert_no_secrets_in("Deactivate", &shown(&devices.deactivate().serial_number(SERIAL)));
    assert_no_secrets_in("Tag", &shown(&devices.tag().tags([Tag::new("a", "b")])));
    assert_no_secrets_in("Untag", &shown(&devices.untag().tag_keys(["a"])));
}

/// IAM repeats a malformed value in its message. The valid part of the code may still be usable.
#[tokio::test]
async fn a_malformed_code_that_the_service_repeats_is_redacted() {
    let iam = iam().await;
    let devices = devices_at(iam.endpoint_url());
    // The codes are too long, have characters that are not digits, and characters that are escaped in XML.
    for codes in [["0735190", "8642070"], ["073519<&>", "86\"42'07"], ["073 519", "864-207"]] {
        for error in [enable(&devices, codes).await, resync(&devices, codes).await] {
            assert_eq!(error.code(), Some("ValidationError"), "{error}");
            assert!(
                error.message().contains("Value '[redacted]' at 'authenticationCode1'"),
                "{error}"
            );
            assert_hidden("the error", &shown_error(&error), &codes);
            assert_hidden("the message", error.message(), &codes);
            assert_no_secrets_in("the error", &shown_error(&error));
        }
    }
}

/// If one code contains the other, no part of the longer one may remain.
#[tokio::test]
async fn a_code_that_contains_the_other_is_redacted_completely() {
    let iam = iam().await;
    let devices = devices_at(iam.endpoint_url());
    for codes in [["0735", "07351964"], ["07351964", "0735"], ["1964", "07351964"]] {
        for error in [enable(&devices, codes).await, resync(&devices, codes).await] {
            let text = shown_error(&error);
            for part in ["0735", "1964", "07351964"] {
                assert!(!text.contains(part), "{part} of {codes:?}: {text}");
            }
        }
    }
}

#[tokio::test]
async fn errors_of_every_kind_show_no_secrets() {
    let iam = iam().await;
    let devices = devices_at(iam.endpoint_url());
    let faults = [
        Fault::throttle(),
        Fault::service_unavailable().html(),
        Fault::internal_failure().without_body(),
        Fault::error(400, CODES[0], format!("code {} and {}", CODES[0], CODES[1])),
        Fault::redirect("http://127.0.0.1:9/"),
        Fault::reset_before_processing(),
        Fault::truncated_body(),
        Fault::malformed_xml(),
    ];
    for fault in faults {
        iam.inject(fault.clone().times(10));
        let errors = [enable(&devices, CODES).await, resync(&devices, CODES).await];
        iam.clear_faults();
        for error in errors {
            let text = shown_error(&error);
            assert_no_secrets_in(&format!("{fault:?}"), &text);
            assert_hidden("the message", error.message(), &CODES);
        }
    }
    let unreachable = devices_at("http://127.0.0.1:9");
    assert_no_secrets_in("no connection", &shown_error(&enable(&unreachable, CODES).await));
    let region = devices.enable().region("no region").user_name("alice").serial_number(SERIAL);
    let call = region.authentication_code1(CODES[0]).authentication_code2(CODES[1]);
    assert_no_secrets_in("no region", &shown_error(&call.send().await.unwrap_err()));
}

/// A service or a proxy that repeats the request.
#[tokio::test]
async fn an_echo_of_the_request_shows_no_secrets() {
    let [first, second] = CODES;
    let echo = format!(
        "Action=EnableMFADevice&amp;AuthenticationCode1={first}&amp;AuthenticationCode2={second}"
    );
    let bodies = [
        format!(
            "<ErrorResponse><Error><Code>A</Code><Message>{echo}</Message></Error></ErrorResponse>"
        ),
        format!("<html>{echo}</html>"),
        format!("<ErrorResponse><Error><Code>A</Code><Message>{echo}"),
    ];
    for (body, status) in bodies.iter().flat_map(|body| [(body, 400), (body, 200)]) {
        let server = Canned::always(response(status, &[], body));
        let devices = devices_at(&server.url());
        // A response to Enable can be a success.
        let call = devices.enable().user_name("alice").serial_number(SERIAL);
        let sent = call.authentication_code1(first).authentication_code2(second).send().await;
        if let Err(error) = sent {
            assert_no_secrets_in(body, &shown_error(&error));
            assert_no_secrets_in(body, &shown(&ErrorCode::of(&error)));
        }
        assert!(server.last_body().contains(first), "the code is sent");
    }
}

#[tokio::test]
async fn rows_and_listings_show_no_secrets() {
    let more = "<IsTruncated>true</IsTruncated><Marker>m</Marker><MFADevices><member>\
                <UserName>alice</UserName><SerialNumber>GAHT12345678</SerialNumber>\
                <EnableDate>2026-11-24T09:30:00Z</EnableDate></member></MFADevices>";
    let server = Canned::always(ok(&listing(more)));
    let devices = devices_at(&server.url());
    let mut rows = devices.list().rows();
    let row = rows.try_next().await.unwrap();
    assert_no_secrets_in("the row", &shown(&row));
    assert_no_secrets_in("the rows", &shown(&rows));
    // The page with the repeated marker is valid.
    assert!(rows.try_next().await.unwrap().is_some());
    let error = rows.try_next().await.unwrap_err();
    assert_no_secrets_in("the end", &shown_error(&error));
    assert_no_secrets_in("the rows after an error", &shown(&rows));
    let mut pages = devices.list().pages();
    assert_no_secrets_in("the page", &shown(&pages.try_next().await.unwrap()));
    assert_no_secrets_in("the pages", &shown(&pages));
}

/// A provider that returns unusable credentials.
#[derive(Debug)]
struct Provider(fn() -> Result<Credentials, CredentialsError>);

impl ProvideCredentials for Provider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready((self.0)())
    }
}

#[tokio::test]
async fn unusable_credentials_are_not_shown() {
    let unsendable: fn() -> _ = || {
        let token = format!("{TOKEN}\n{SECRET_KEY}");
        Ok(Credentials::new("AKIDEXAMPLE\n", SECRET_KEY, Some(token), None, "test"))
    };
    let expired: fn() -> _ = || {
        let token = Some(TOKEN.to_owned());
        let past = Some(SystemTime::UNIX_EPOCH);
        Ok(Credentials::new("AKIDEXAMPLE", SECRET_KEY, token, past, "test"))
    };
    let iam = iam().await;
    for provide in [unsendable, expired] {
        let builder = Client::builder("us-east-1").credentials_provider(Provider(provide));
        let builder = builder.endpoint_url(iam.endpoint_url());
        assert_no_secrets_in("the builder", &shown(&builder));
        let devices = mfa_devices(&builder.build().unwrap());
        assert_no_secrets_in("the error", &shown_error(&enable(&devices, CODES).await));
    }
}

/// The part of a URL before `@` may contain a password.
#[test]
fn a_password_in_an_endpoint_is_not_shown() {
    for url in [
        format!("http://alice:{TOKEN}@127.0.0.1/"),
        "http://alice:hunter2hunter2@127.0.0.1/".to_owned(),
        "http://hunter2hunter2@[bad/".to_owned(),
    ] {
        let builder = builder(&url);
        assert_hidden("the builder", &shown(&builder), &["hunter2hunter2", TOKEN]);
        let error = builder.build().unwrap_err();
        assert_hidden("the error", &shown_error(&error), &["hunter2hunter2", TOKEN]);
    }
}

mod values {
    //! `Debug` and serde of a structure as in generated code.

    use std::collections::BTreeMap;

    use pagesmith::Sensitive;
    use pagesmith::codegen::{Member, Shape, Target, record};

    pub(super) struct Key {
        id: String,
        note: Option<String>,
        secret: Option<Sensitive<String>>,
        codes: Option<Vec<Sensitive<String>>>,
        inner: Option<Vec<Key>>,
        by_name: Option<BTreeMap<String, Key>>,
    }

    static KEY: Shape<'static> = Shape::new(
        "Key",
        &[
            Member::scalar("id", "Id").required(),
            Member::scalar("note", "Note"),
            Member::scalar("secret", "Secret").sensitive(),
            Member::list("codes", "Codes", &Target::Scalar).sensitive(),
            Member::list("inner", "Inner", &Target::Structure(&KEY)),
            Member::new(
                "by_name",
                "ByName",
                Target::Map {
                    key: "key",
                    value: "value",
                    flattened: false,
                    element: &Target::Structure(&KEY),
                },
            ),
        ],
    );
    record!(Key, KEY, id, note, secret, codes, inner, by_name);
    #[cfg(feature = "serde")]
    pagesmith::codegen::serde_by_table!(Key, KEY);

    pub(super) const SECRETS: [&str; 2] = ["correct horse battery", "0123456789"];

    fn leaf() -> Key {
        Key {
            id: "leaf".into(),
            note: None,
            secret: Some(SECRETS[0].into()),
            codes: Some(vec![SECRETS[1].into()]),
            inner: None,
            by_name: None,
        }
    }

    pub(super) fn key() -> Key {
        Key {
            id: "root".into(),
            inner: Some(vec![leaf()]),
            by_name: Some(BTreeMap::from([("a".to_owned(), leaf())])),
            secret: None,
            ..leaf()
        }
    }
}

#[test]
fn debug_shows_absent_members_as_none() {
    let shown = format!("{:?}", values::key());
    let leaf = "Key { id: \"leaf\", note: None, secret: [redacted], codes: [redacted], inner: None, by_name: None }";
    let expected = format!(
        "Key {{ id: \"root\", note: None, secret: None, codes: [redacted], inner: [{leaf}], by_name: {{\"a\": {leaf}}} }}"
    );
    assert_eq!(shown, expected);
    assert_hidden("Debug", &shown, &values::SECRETS);
}

#[cfg(feature = "serde")]
#[test]
fn redacted_values_serialize_without_secrets() {
    use pagesmith::Redacted;
    use serde_json::json;

    let key = values::key();
    let leaf = json!({ "Id": "leaf", "Secret": "[redacted]", "Codes": "[redacted]" });
    let root =
        json!({ "Id": "root", "Codes": "[redacted]", "Inner": [leaf], "ByName": { "a": leaf } });
    assert_eq!(serde_json::to_value(Redacted(&key)).unwrap(), root);
    let many = vec![key];
    assert_eq!(serde_json::to_value(Redacted(&many)).unwrap(), json!([root]));
    assert_eq!(serde_json::to_value(Redacted(&many[..])).unwrap(), json!([root]));
    assert_eq!(serde_json::to_value(Redacted(&many.first())).unwrap(), root);
    let text = serde_json::to_string(&Redacted(&many)).unwrap();
    assert_hidden("Redacted", &text, &values::SECRETS);
    assert_hidden("Debug of Redacted", &shown(&Redacted(&many)), &values::SECRETS);
    // Without `Redacted`, a value is serialized with its secrets, so that it can be deserialized.
    let text = serde_json::to_string(&many).unwrap();
    assert!(values::SECRETS.iter().all(|secret| text.contains(secret)), "{text}");
}
