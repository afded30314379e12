//! Calls that must compile: setters in any order, a parameter that is set twice, another region,
//! and futures and streams that are sent between threads. `compile_fail.rs` tests calls that must
//! not compile.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::string_slice, missing_docs)]

mod support;

use futures_util::TryStreamExt as _;
use pagesmith::aws::iam_api::mfa_devices::{
    DeactivateMfaDevice, ListMfaDevices, ListMfaDevicesOutput, MfaDevice, MfaDevices, Tag,
};
use pagesmith::aws::iam_api::{ErrorCode, mfa_devices};
use pagesmith::{
    Client, Error, ErrorKind, Given, Missing, Pages, Request, Rows, Sending, Sensitive,
    SerialNumber, SerialNumberKind,
};
use support::canned::{Canned, listing, ok};
use support::client_at;

const SERIAL: &str = "arn:aws:iam::123456789012:mfa/alice";

fn is_send<T: Send>(_: &T) {}
fn is_send_sync<T: Send + Sync>() {}
fn is_error<E: std::error::Error + Send + Sync + 'static>() {}
fn is_static<T: 'static>(_: &T) {}

/// The order in which parameters are set does not change the body.
#[tokio::test]
async fn setters_can_have_any_order() {
    let server = Canned::always(ok("<EnableMFADeviceResponse/>"));
    let devices = mfa_devices(&client_at(&server.url()));
    let calls = [
        devices
            .enable()
            .user_name("alice")
            .serial_number(SERIAL)
            .authentication_code1("123456")
            .authentication_code2("654321"),
        devices
            .enable()
            .authentication_code2("654321")
            .authentication_code1("123456")
            .serial_number(SERIAL)
            .user_name("alice"),
        devices
            .enable()
            .serial_number(SERIAL)
            .authentication_code2("654321")
            .user_name("alice")
            .authentication_code1("123456"),
    ];
    for call in calls {
        call.send().await.unwrap();
    }
    let bodies: Vec<String> = server.requests().into_iter().map(|request| request.body).collect();
    assert_eq!(bodies.len(), 3);
    assert!(bodies.iter().all(|body| *body == bodies[0] && body.contains("123456")), "{bodies:?}");
}

#[tokio::test]
async fn the_last_value_of_a_parameter_is_sent() {
    let server = Canned::always(ok("<TagMFADeviceResponse/>"));
    let devices = mfa_devices(&client_at(&server.url()));
    devices
        .tag()
        .serial_number("a mistake")
        .tags([Tag::new("wrong", "wrong"), Tag::new("more", "wrong")])
        .serial_number(String::from(SERIAL))
        .tags(vec![Tag::new("Team", "Security")])
        .send()
        .await
        .unwrap();
    let body = server.last_body();
    assert!(body.ends_with("mfa%2Falice&Tags.member.1.Key=Team&Tags.member.1.Value=Security"));
    assert!(!body.contains("wrong") && !body.contains("mistake"), "{body}");
}

/// Setters accept common types of arguments.
#[tokio::test]
async fn setters_accept_common_types() {
    let server = Canned::always(ok("<UntagMFADeviceResponse/>"));
    let devices = mfa_devices(&client_at(&server.url()));
    let owned = String::from(SERIAL);
    let code = String::from("012345");
    drop(devices.deactivate().serial_number(&owned).user_name('a'));
    drop(devices.resync().authentication_code1(&code).authentication_code2(code.clone()));
    drop(devices.enable().authentication_code1(Sensitive::new(code)));
    drop(devices.untag().tag_keys(["a", "b"]));
    drop(devices.untag().tag_keys(Vec::<String>::new()));
    drop(devices.untag().tag_keys(vec!["a".to_owned()]));
    let tags = [("a", "1"), ("b", "2")].map(|(key, value)| Tag::new(key, value));
    drop(devices.tag().tags(tags.clone()));
    drop(devices.tag().tags(tags.iter().cloned()));
    let keys = tags.iter().map(|tag| &tag.key);
    devices.untag().tag_keys(keys).serial_number(owned).send().await.unwrap();
    assert!(server.last_body().ends_with("&TagKeys.member.1=a&TagKeys.member.2=b"));
}

#[tokio::test]
async fn calls_can_be_spawned() {
    let server = Canned::always(ok(&listing("<MFADevices/>")));
    let devices = mfa_devices(&client_at(&server.url()));
    let call = devices.list().user_name("alice").region("us-west-2").send();
    is_send(&call);
    is_static(&call);
    let output = tokio::spawn(call).await.unwrap().unwrap();
    assert_eq!(output.mfa_devices, []);

    let rows = devices.list().rows();
    is_send(&rows);
    is_static(&rows);
    let rows = tokio::spawn(rows.try_collect::<Vec<MfaDevice>>()).await.unwrap();
    assert_eq!(rows.unwrap(), []);

    let collected = devices.list().rows().collect();
    is_send(&collected);
    tokio::spawn(collected).await.unwrap().unwrap();

    let mut pages = devices.list().pages();
    let next = tokio::spawn(async move { pages.try_next().await });
    assert!(next.await.unwrap().unwrap().is_some());

    // These are not polled, so nothing is sent.
    is_send(
        &devices
            .enable()
            .serial_number(SERIAL)
            .user_name("a")
            .authentication_code1("1")
            .authentication_code2("2")
            .send(),
    );
    is_send(&devices.deactivate().serial_number(SERIAL).user_name("a").send());
    is_send(&devices.tag().serial_number(SERIAL).tags([Tag::new("a", "b")]).send());
    assert_eq!(server.requests().len(), 4);
}

/// Callers can name all types.
#[test]
fn types_can_be_named_and_shared() {
    is_send_sync::<Client>();
    is_send_sync::<Error>();
    is_send_sync::<ErrorCode>();
    is_send_sync::<ErrorKind>();
    is_send_sync::<MfaDevice>();
    is_send_sync::<MfaDevices>();
    is_send_sync::<ListMfaDevices>();
    is_send_sync::<ListMfaDevicesOutput>();

    is_send(&Client::builder("us-east-1"));

    let client = client_at("http://127.0.0.1:9");
    let pages: Pages<ListMfaDevicesOutput> = mfa_devices(&client).list().pages();
    let rows: Rows<ListMfaDevicesOutput> = Rows::new(pages);
    is_send(&rows);

    is_error::<Error>();
    // An error is passed through all layers of a program, so it is a pointer, also in a `Result`.
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    assert_eq!(size_of::<Result<(), Error>>(), size_of::<usize>());
    assert_eq!(size_of::<Client>(), size_of::<usize>(), "a clone is one reference count");
}

/// Values can be keys of maps, in sets, sorted, and parsed from text.
#[test]
fn values_implement_common_traits() {
    fn is_key<T: Eq + std::hash::Hash + Ord + Clone>() {}
    fn is_copied_key<T: Eq + std::hash::Hash + Copy>() {}
    is_key::<SerialNumber>();
    is_key::<SerialNumberKind>();
    is_key::<ErrorKind>();
    is_copied_key::<SerialNumberKind>();
    is_copied_key::<ErrorKind>();
    is_copied_key::<pagesmith::Retry>();
    is_copied_key::<pagesmith::Wait>();
    let parsed: SerialNumber = SERIAL.parse().unwrap();
    let owned = SERIAL.to_owned();
    assert!(*SERIAL == parsed && SERIAL == parsed && owned == parsed);
    assert!(std::collections::HashSet::from([parsed]).contains(SERIAL));
    let secret: Sensitive<String> = "012345".parse().unwrap();
    assert_eq!(secret.expose(), "012345");
}

/// The calls of `compile_fail.rs` must compile when they are complete; otherwise those tests prove nothing.
#[test]
fn complete_calls_compile() {
    let devices = mfa_devices(&client_at("http://127.0.0.1:9"));
    drop(devices.deactivate().serial_number("GAHT12345678").user_name("alice").send());
    drop(
        devices
            .resync()
            .authentication_code1("123456")
            .authentication_code2("654321")
            .serial_number("GAHT12345678")
            .user_name("alice")
            .send(),
    );
    drop(devices.untag().serial_number("GAHT12345678").tag_keys(["Team"]).send());
}

fn patient<R: Request>(request: R) -> R {
    request.region("cn-north-1").header("X-Team", "storage  and  more ").timeout(None)
}

/// Settings of a request, from a function that is generic over builders.
#[tokio::test]
async fn a_generic_function_can_set_options_of_any_request() {
    let server = Canned::each(|at| ok(if at == 0 { "<TagMFADeviceResponse/>" } else { LISTED }));
    let devices = mfa_devices(&client_at(&server.url()));
    patient(devices.tag().serial_number(SERIAL)).tags([("team", "storage")]).send().await.unwrap();
    patient(devices.list()).rows().collect().await.unwrap();
    for request in server.requests() {
        let head = request.head.to_ascii_lowercase();
        assert!(head.contains("/cn-north-1/iam/aws4_request"), "{head}");
        assert!(head.contains("\r\nx-team: storage  and  more"), "{head}");
        assert!(head.contains("signedheaders=content-type;host;x-amz-date;x-team,"), "{head}");
    }
}

const LISTED: &str = "<ListMFADevicesResponse><ListMFADevicesResult><MFADevices/>\
    </ListMFADevicesResult></ListMFADevicesResponse>";

/// A clone of a request is independent of the request.
#[tokio::test]
async fn a_clone_of_a_request_is_independent() {
    let server = Canned::always(ok("<DeactivateMFADeviceResponse/>"));
    let request = mfa_devices(&client_at(&server.url())).deactivate().user_name("alice");
    let sent: [Sending<()>; 2] =
        ["GAHT1", "GAHT2"].map(|serial| request.clone().serial_number(serial).send());
    is_send(&sent);
    is_static(&sent);
    assert!(server.requests().is_empty(), "nothing is sent before it is polled");
    for sending in sent {
        assert_eq!(format!("{sending:?}"), "Sending(DeactivateMFADevice)");
        sending.await.unwrap();
    }
    let bodies: Vec<String> = server.requests().into_iter().map(|request| request.body).collect();
    assert!(bodies[0].contains("SerialNumber=GAHT1") && bodies[1].contains("SerialNumber=GAHT2"));
}

/// The types that programs name are at the root of the crate.
#[tokio::test]
async fn a_function_can_take_a_complete_request() {
    async fn send(request: DeactivateMfaDevice<Given, Given>) -> Result<(), Error> {
        request.send().await
    }
    fn begin(devices: &MfaDevices) -> DeactivateMfaDevice<Missing, Given> {
        devices.deactivate().serial_number("GAHT12345678")
    }
    let server = Canned::always(ok("<DeactivateMFADeviceResponse/>"));
    let devices = mfa_devices(&client_at(&server.url()));
    send(begin(&devices).user_name("alice")).await.unwrap();
    assert!(server.last_body().contains("UserName=alice"));
}

/// An optional parameter can be set from an `Option`.
#[tokio::test]
async fn an_optional_parameter_takes_an_option() {
    let server = Canned::always(ok(LISTED));
    let devices = mfa_devices(&client_at(&server.url()));
    let request = devices.list().set_marker(Some("m".to_owned())).set_max_items(Some(7));
    request.clone().send().await.unwrap();
    assert!(server.last_body().ends_with("&Marker=m&MaxItems=7"), "{}", server.last_body());
    request.set_marker(None).set_max_items(None).send().await.unwrap();
    let body = server.last_body();
    assert!(!body.contains("Marker") && !body.contains("MaxItems"), "{body}");
}
