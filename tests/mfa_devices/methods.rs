//! The effect of each method on the account.

use pagesmith::aws::iam_api::mfa_devices::Tag;

use crate::support::{actions, devices_of, enabled_device, iam_with_alice};

#[tokio::test]
async fn enable_assigns_the_device_to_the_user() {
    let iam = iam_with_alice().await;
    let phone = enabled_device(&iam, "alice-phone").await;
    let known = iam.devices_of("alice").unwrap();
    assert_eq!(known.len(), 1);
    assert_eq!(known[0].serial_number, phone.serial_number());
    assert_eq!(known[0].user_name, "alice");
}

#[tokio::test]
async fn list_returns_the_devices_of_the_account() {
    let iam = iam_with_alice().await;
    let phone = enabled_device(&iam, "alice-phone").await;
    let page = devices_of(&iam).list().user_name("alice").send().await.unwrap();
    let [device] = &page.mfa_devices[..] else { panic!("{page:?}") };
    assert_eq!(device.serial_number, phone.serial_number());
    assert_eq!(device.user_name, "alice");
    let known = &iam.devices_of("alice").unwrap()[0];
    let enabled = pagesmith::time::OffsetDateTime::from(known.enable_date);
    assert_eq!(device.enable_date, enabled.replace_nanosecond(0).unwrap());
    assert_eq!((page.is_truncated, page.marker), (Some(false), None));
}

#[tokio::test]
async fn list_without_a_user_lists_the_devices_of_the_caller() {
    let iam = iam_with_alice().await;
    enabled_device(&iam, "alice-phone").await;
    let page = devices_of(&iam).list().send().await.unwrap();
    assert_eq!(page.mfa_devices, []);
    let requests = iam.requests();
    assert_eq!(requests.last().unwrap().parameter("UserName"), None);
}

#[tokio::test]
async fn resync_uses_two_codes_once() {
    let iam = iam_with_alice().await;
    let phone = enabled_device(&iam, "alice-phone").await;
    let [first, second] = phone.codes();
    let resync = || {
        let call = devices_of(&iam).resync().user_name("alice");
        let call = call.serial_number(phone.serial_number());
        call.authentication_code1(first.clone()).authentication_code2(second.clone())
    };
    resync().send().await.unwrap();
    let error = resync().send().await.unwrap_err();
    assert_eq!(error.code(), Some("InvalidAuthenticationCode"));
}

#[tokio::test]
async fn tag_adds_and_replaces_and_untag_removes() {
    let iam = iam_with_alice().await;
    let phone = enabled_device(&iam, "alice-phone").await;
    let serial_number = phone.serial_number();
    let devices = devices_of(&iam);
    let pairs = || {
        let tags = iam.tags_of(serial_number).unwrap();
        tags.into_iter().map(|tag| format!("{}={}", tag.key, tag.value)).collect::<Vec<_>>()
    };
    let tags = [Tag::new("Team", "Security"), Tag::new("Größe", "1 + 1"), Tag::new("Empty", "")];
    devices.tag().serial_number(serial_number).tags(tags).send().await.unwrap();
    assert_eq!(pairs(), ["Empty=", "Größe=1 + 1", "Team=Security"]);

    let tags = [Tag::new("Team", "Red")];
    devices.tag().serial_number(serial_number).tags(tags).send().await.unwrap();
    assert_eq!(pairs(), ["Empty=", "Größe=1 + 1", "Team=Red"]);

    let keys = ["Größe", "Empty", "never there"];
    devices.untag().serial_number(serial_number).tag_keys(keys).send().await.unwrap();
    assert_eq!(pairs(), ["Team=Red"]);
}

#[tokio::test]
async fn deactivate_removes_the_device_from_the_user() {
    let iam = iam_with_alice().await;
    let phone = enabled_device(&iam, "alice-phone").await;
    let deactivate = devices_of(&iam).deactivate().user_name("alice");
    deactivate.serial_number(phone.serial_number()).send().await.unwrap();
    assert!(iam.devices_of("alice").unwrap().is_empty());
    assert_eq!(devices_of(&iam).list().user_name("alice").rows().collect().await.unwrap(), []);
}

#[tokio::test]
async fn a_call_is_one_request_in_the_query_protocol() {
    let iam = iam_with_alice().await;
    devices_of(&iam).list().user_name("alice").max_items(7).send().await.unwrap();
    assert_eq!(actions(&iam), ["ListMFADevices"]);
    let request = &iam.requests()[0];
    let parameters = [
        ("Action", "ListMFADevices"),
        ("Version", "2010-05-08"),
        ("UserName", "alice"),
        ("MaxItems", "7"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(request.parameters(), parameters);
    assert_eq!(
        request.header("content-type"),
        Some("application/x-www-form-urlencoded; charset=utf-8")
    );
    let agent = request.header("user-agent").unwrap();
    assert_eq!(agent, concat!("pagesmith/", env!("CARGO_PKG_VERSION")));
}

/// A call has no effect before it is sent.
#[tokio::test]
async fn nothing_is_sent_before_the_future_is_polled() {
    let iam = iam_with_alice().await;
    drop(devices_of(&iam).list().user_name("alice").send());
    drop(devices_of(&iam).deactivate().user_name("alice").serial_number("GAHT12345678").send());
    assert_eq!(actions(&iam), <[String; 0]>::default());
}
