//! Tags of devices.

use local_iam::{LocalIam, VirtualMfaDevice};

use crate::client::{Client, Response, start};

async fn start_with_phone() -> (LocalIam, Client, VirtualMfaDevice) {
    let (iam, client) = start().await;
    let phone = iam.create_virtual_mfa_device("phone").unwrap();
    (iam, client, phone)
}

async fn tag(client: &Client, serial_number: &str, tags: &[(&str, &str)]) -> Response {
    let mut parameters = vec![("SerialNumber".to_owned(), serial_number)];
    for (index, (key, value)) in tags.iter().enumerate() {
        parameters.push((format!("Tags.member.{}.Key", index + 1), key));
        parameters.push((format!("Tags.member.{}.Value", index + 1), value));
    }
    let parameters: Vec<_> =
        parameters.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    client.call("TagMFADevice", &parameters).await
}

fn tags_of(iam: &LocalIam, device: &VirtualMfaDevice) -> Vec<(String, String)> {
    let tags = iam.tags_of(device.serial_number()).unwrap();
    tags.into_iter().map(|tag| (tag.key, tag.value)).collect()
}

#[tokio::test]
async fn tags_can_be_set_overwritten_listed_and_removed() {
    let (iam, client, phone) = start_with_phone().await;
    let serial_number = phone.serial_number();
    assert_eq!(tag(&client, serial_number, &[("b", "2"), ("A", "Ü : /")]).await.status, 200);
    assert_eq!(tag(&client, serial_number, &[("a", ""), ("c", "3")]).await.status, 200);
    let expected = [("a", ""), ("b", "2"), ("c", "3")];
    assert_eq!(tags_of(&iam, &phone), expected.map(|(k, v)| (k.to_owned(), v.to_owned())));

    let listed = client.ok("ListMFADeviceTags", &[("SerialNumber", serial_number)]).await;
    assert_eq!(listed.texts("Key"), ["a", "b", "c"]);
    assert_eq!(listed.texts("Value"), ["", "2", "3"]);
    let parameters = [("SerialNumber", serial_number), ("MaxItems", "2")];
    let listed = client.ok("ListMFADeviceTags", &parameters).await;
    let marker = listed.text("Marker").unwrap();
    let parameters = [("SerialNumber", serial_number), ("Marker", marker)];
    assert_eq!(client.ok("ListMFADeviceTags", &parameters).await.texts("Key"), ["c"]);

    let parameters = [
        ("SerialNumber", serial_number),
        ("TagKeys.member.1", "B"),
        ("TagKeys.member.2", "missing"),
        ("TagKeys.member.7", "c"),
    ];
    client.ok("UntagMFADevice", &parameters).await;
    assert_eq!(tags_of(&iam, &phone), [("a".to_owned(), String::new())]);
}

#[tokio::test]
async fn a_list_can_be_empty_but_not_missing() {
    let (_iam, client, phone) = start_with_phone().await;
    let serial_number = ("SerialNumber", phone.serial_number());
    for (action, list, member) in
        [("TagMFADevice", "Tags", "tags"), ("UntagMFADevice", "TagKeys", "tagKeys")]
    {
        client.ok(action, &[serial_number, (list, "")]).await;
        let message = client.refused(action, &[serial_number], 400, "ValidationError").await;
        assert!(message.contains(&format!("Value null at '{member}' failed")), "{message}");
        let unknown = [("SerialNumber", "arn:of:nothing"), (list, "")];
        client.refused(action, &unknown, 404, "NoSuchEntity").await;
    }
    let unknown = [("SerialNumber", "arn:of:nothing")];
    client.refused("ListMFADeviceTags", &unknown, 404, "NoSuchEntity").await;
}

#[tokio::test]
async fn duplicate_keys_in_a_request_are_an_error() {
    let (iam, client, phone) = start_with_phone().await;
    let response = tag(&client, phone.serial_number(), &[("key", "1"), ("KEY", "2")]).await;
    assert_eq!(
        response.refusal(400, "InvalidInput"),
        "Duplicate tag keys found. Please note that Tag keys are case insensitive."
    );
    assert!(tags_of(&iam, &phone).is_empty());
    let parameters = [
        ("SerialNumber", phone.serial_number()),
        ("TagKeys.member.1", "key"),
        ("TagKeys.member.2", "KEY"),
    ];
    client.refused("UntagMFADevice", &parameters, 400, "InvalidInput").await;
}

#[tokio::test]
async fn keys_with_the_prefix_aws_are_an_error() {
    let (iam, client, phone) = start_with_phone().await;
    for key in ["aws:kind", "AWS:kind"] {
        let tags = [("fine", ""), (key, "")];
        tag(&client, phone.serial_number(), &tags).await.refusal(400, "InvalidInput");
    }
    assert!(tags_of(&iam, &phone).is_empty());
}

#[tokio::test]
async fn keys_and_values_have_constraints() {
    let (_iam, client, phone) = start_with_phone().await;
    let serial_number = phone.serial_number();
    let (key, value) = ("k".repeat(128), "v".repeat(256));
    assert_eq!(tag(&client, serial_number, &[(&key, &value)]).await.status, 200);
    for (key, value, member) in [
        ("", "v", "tags.1.member.key"),
        ("a*b", "v", "tags.1.member.key"),
        ("a\u{1}b", "v", "tags.1.member.key"),
        (&"k".repeat(129), "v", "tags.1.member.key"),
        ("k", &"v".repeat(257), "tags.1.member.value"),
        ("k", "<v>", "tags.1.member.value"),
    ] {
        let message =
            tag(&client, serial_number, &[(key, value)]).await.refusal(400, "ValidationError");
        assert!(message.contains(&format!("at '{member}' failed")), "{message}");
    }
    let parameters = [("SerialNumber", serial_number), ("Tags.member.1.Key", "k")];
    let message = client.refused("TagMFADevice", &parameters, 400, "ValidationError").await;
    assert!(message.contains("Value null at 'tags.1.member.value' failed"), "{message}");
}

#[tokio::test]
async fn a_device_has_at_most_fifty_tags() {
    let (iam, client, phone) = start_with_phone().await;
    let keys: Vec<String> = (0..51).map(|number| format!("key-{number}")).collect();
    let tags: Vec<(&str, &str)> = keys.iter().map(|key| (key.as_str(), "")).collect();
    let response = tag(&client, phone.serial_number(), &tags).await;
    let message = response.refusal(400, "ValidationError");
    assert!(message.ends_with("at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50"), "{message}");
    assert_eq!(tag(&client, phone.serial_number(), &tags[..50]).await.status, 200);
    // Overwriting is still allowed.
    assert_eq!(tag(&client, phone.serial_number(), &[("KEY-1", "new")]).await.status, 200);
    tag(&client, phone.serial_number(), &tags[50..]).await.refusal(409, "LimitExceeded");
    assert_eq!(tags_of(&iam, &phone).len(), 50);
}
