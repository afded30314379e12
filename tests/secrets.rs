//! Nothing secret is in anything that a program might print: not the secret access key, not the
//! session token, not a one-time code; not in plain text and not encoded.

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
use support::AT_ONCE;
use support::canned::{Canned, listing, ok, response};
use support::leaks::{assert_hidden, shown};

const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCY EXAMPLEKEY";
const TOKEN: &str = "FwoGZXIvYXdzEJr//////+wEaDExample==";
const SECRETS: [&str; 2] = [SECRET_KEY, TOKEN];
/// Codes with a leading zero, and such as no other number here looks like.
const CODES: [&str; 2] = ["073519", "864207"];
const SERIAL: &str = "arn:aws:iam::123456789012:mfa/alice";

fn builder(url: &str) -> ClientBuilder {
    Client::builder("us-east-1")
        .credentials("AKIDEXAMPLE", SECRET_KEY, Some(TOKEN.to_owned()))
        .endpoint_url(url)
        .retry(AT_ONCE)
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

fn assert_nothing_in(what: &str, text: &str) {
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

/// Everything that an error shows, without the request's id: its digits are random, and might be a
/// code's by chance.
fn shown_error(error: &Error) -> String {
    let text = support::leaks::shown_error(error);
    error.request_id().map_or(text.clone(), |id| text.replace(id, "the request's id"))
}

/// The search itself finds what it is to find, however it is written.
#[test]
fn the_search_finds_secrets_in_every_form() {
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
    assert_hidden("the text", "nothing of the kind", &SECRETS);
}

#[tokio::test]
async fn clients_and_builders_show_no_credentials() {
    let iam = iam().await;
    let builder = builder(iam.endpoint_url());
    assert_nothing_in("the builder", &shown(&builder));
    let client = builder.build().unwrap();
    assert_nothing_in("the client", &shown(&client));
    let devices = mfa_devices(&client);
    devices.list().user_name("alice").send().await.unwrap();
    // By now there is a signing key, too.
    assert_nothing_in("the client after a call", &shown(&client));
    assert_nothing_in("the methods", &shown(&devices));
    assert_nothing_in("no credentials", &shown(&Client::builder("us-east-1")));
}

#[test]
fn calls_show_no_codes() {
    let devices = devices_at("http://127.0.0.1:9");
    let [first, second] = CODES;
    let half = devices.enable().authentication_code1(first);
    assert_nothing_in("half an Enable", &shown(&half));
    let enable = half.authentication_code2(second).user_name("alice").serial_number(SERIAL);
    let text = shown(&enable);
    assert_nothing_in("Enable", &text);
    // What is no secret is shown, so that the text is of use.
    assert!(
        text.contains("alice") && text.contains(SERIAL) && text.contains("[redacted]"),
        "{text}"
    );

    let resync = devices.resync().authentication_code1(first).authentication_code2(second);
    assert_nothing_in("Resync", &shown(&resync));
    assert_nothing_in("Sensitive", &shown(&Sensitive::from(first)));
    assert_nothing_in("many", &shown(&vec![Some(Sensitive::from(first)), None]));

    assert_nothing_in("List", &shown(&devices.list().user_name("alice").marker("m").max_items(3)));
    assert_nothing_in("rows", &shown(&devices.list().rows()));
    assert_nothing_in("pages", &shown(&devices.list().pages()));
    assert_nothing_in("Deactivate", &shown(&devices.deactivate().serial_number(SERIAL)));
    assert_nothing_in("Tag", &shown(&devices.tag().tags([Tag::new("a", "b")])));
    assert_nothing_in("Untag", &shown(&devices.untag().tag_keys(["a"])));
}

/// IAM repeats a malformed value in its message. The code may still be good for somebody.
#[tokio::test]
async fn a_malformed_code_that_the_service_repeats_is_redacted() {
    let iam = iam().await;
    let devices = devices_at(iam.endpoint_url());
    // Too long, with other characters than digits, and with such as are escaped in XML.
    for codes in [["0735190", "8642070"], ["073519<&>", "86\"42'07"], ["073 519", "864-207"]] {
        for error in [enable(&devices, codes).await, resync(&devices, codes).await] {
            assert_eq!(error.code(), Some("ValidationError"), "{error}");
            assert!(
                error.message().contains("Value '[redacted]' at 'authenticationCode1'"),
                "{error}"
            );
            assert_hidden("the error", &shown_error(&error), &codes);
            assert_hidden("the message", error.message(), &codes);
            assert_nothing_in("the error", &shown_error(&error));
        }
    }
}

/// When one code is the beginning of the other, no part of the longer one must be left.
#[tokio::test]
async fn a_code_within_the_other_leaves_nothing_behind() {
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
async fn errors_of_every_kind_show_nothing() {
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
            assert_nothing_in(&format!("{fault:?}"), &text);
            assert_hidden("the message", error.message(), &CODES);
        }
    }
    let nobody = devices_at("http://127.0.0.1:9");
    assert_nothing_in("no connection", &shown_error(&enable(&nobody, CODES).await));
    let region = devices.enable().region("no region").user_name("alice").serial_number(SERIAL);
    let call = region.authentication_code1(CODES[0]).authentication_code2(CODES[1]);
    assert_nothing_in("no region", &shown_error(&call.send().await.unwrap_err()));
}

/// A service or a proxy that sends everything back.
#[tokio::test]
async fn an_echo_of_the_request_shows_nothing() {
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
        // An answer to Enable is a success whatever stands in a document that is well-formed.
        let call = devices.enable().user_name("alice").serial_number(SERIAL);
        let sent = call.authentication_code1(first).authentication_code2(second).send().await;
        if let Err(error) = sent {
            assert_nothing_in(body, &shown_error(&error));
            assert_nothing_in(body, &shown(&ErrorCode::of(&error)));
        }
        assert!(server.last_body().contains(first), "the code was sent");
    }
}

#[tokio::test]
async fn rows_and_listings_in_progress_show_nothing() {
    let more = "<IsTruncated>true</IsTruncated><Marker>m</Marker><MFADevices><member>\
                <UserName>alice</UserName><SerialNumber>GAHT12345678</SerialNumber>\
                <EnableDate>2026-11-24T09:30:00Z</EnableDate></member></MFADevices>";
    let server = Canned::always(ok(&listing(more)));
    let devices = devices_at(&server.url());
    let mut rows = devices.list().rows();
    let row = rows.try_next().await.unwrap();
    assert_nothing_in("the row", &shown(&row));
    assert_nothing_in("the rows", &shown(&rows));
    // The page that repeats the marker is still good.
    assert!(rows.try_next().await.unwrap().is_some());
    let error = rows.try_next().await.unwrap_err();
    assert_nothing_in("the end", &shown_error(&error));
    assert_nothing_in("the rows after an error", &shown(&rows));
    let mut pages = devices.list().pages();
    assert_nothing_in("the page", &shown(&pages.try_next().await.unwrap()));
    assert_nothing_in("the pages", &shown(&pages));
}

/// A provider that fails, or that gives what cannot be sent.
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
async fn credentials_that_cannot_be_used_are_not_shown() {
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
        assert_nothing_in("the builder", &shown(&builder));
        let devices = mfa_devices(&builder.build().unwrap());
        assert_nothing_in("the error", &shown_error(&enable(&devices, CODES).await));
    }
}

/// What stands before the @ of a URL is somebody's password.
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
    //! `Debug` and serde of a structure as it is generated.

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
    // Without it, a value is written so that it can be read back.
    let text = serde_json::to_string(&many).unwrap();
    assert!(values::SECRETS.iter().all(|secret| text.contains(secret)), "{text}");
}
