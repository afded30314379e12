//! The lookup of operations, and the constraints of parameters.

use crate::client::{MEDIA_TYPE, encode, start};

#[tokio::test]
async fn unknown_operations_and_versions_are_errors() {
    let (_iam, client) = start().await;
    let message = client.refused("ListStars", &[], 400, "InvalidAction").await;
    assert_eq!(message, "Could not find operation ListStars for version 2010-05-08");

    for (form, code, message) in [
        (vec![("Version", "2010-05-08")], "MissingAction", "missing an action"),
        (vec![("Action", ""), ("Version", "2010-05-08")], "MissingAction", "missing an action"),
        (vec![("Action", "GetUser")], "InvalidAction", "GetUser for version NO_VERSION_SPECIFIED"),
        (
            vec![("Action", "GetUser"), ("Version", "2011-06-15")],
            "InvalidAction",
            "GetUser for version 2011-06-15",
        ),
    ] {
        let headers = [("content-type", MEDIA_TYPE)];
        let request = client.signed("POST", &client.url, &headers, &encode(form.into_iter()));
        let received = client.send(request).await.refusal(400, code);
        assert!(received.contains(message), "{received}");
    }
}

#[tokio::test]
async fn a_body_with_another_content_type_has_no_parameters() {
    let (_iam, client) = start().await;
    let body = "Action=GetUser&Version=2010-05-08";
    let request = client.signed("POST", &client.url, &[("content-type", "text/plain")], body);
    client.send(request).await.refusal(400, "MissingAction");
}

#[tokio::test]
async fn other_paths_and_methods_are_errors() {
    let (_iam, client) = start().await;
    let request = client.signed("POST", &format!("{}users", client.url), &[], "");
    client.send(request).await.refusal(404, "UnknownOperationException");
    let request = client.signed("DELETE", &client.url, &[], "");
    client.send(request).await.refusal(405, "UnsupportedMethod");
}

#[tokio::test]
async fn all_violations_are_reported_together() {
    let (_iam, client) = start().await;
    let message = client.refused("DeactivateMFADevice", &[], 400, "ValidationError").await;
    assert_eq!(
        message,
        "1 validation error detected: Value null at 'serialNumber' failed to satisfy constraint: \
         Member must not be null"
    );
    let message = client.refused("EnableMFADevice", &[], 400, "ValidationError").await;
    assert!(message.starts_with("4 validation errors detected: Value null at 'userName'"));
    for member in ["userName", "serialNumber", "authenticationCode1", "authenticationCode2"] {
        assert!(message.contains(&format!("Value null at '{member}' failed")), "{message}");
    }
    assert_eq!(message.matches("; ").count(), 3);
}

#[tokio::test]
async fn a_violated_constraint_is_named() {
    let (_iam, client) = start().await;
    let long = "x".repeat(257);
    for (serial_number, constraint) in [
        ("short", "Member must have length greater than or equal to 9"),
        (long.as_str(), "Member must have length less than or equal to 256"),
        ("arn <&> 'x'", r"Member must satisfy regular expression pattern: [\w+=/:,.@-]+"),
    ] {
        let parameters = [("SerialNumber", serial_number)];
        let message =
            client.refused("DeactivateMFADevice", &parameters, 400, "ValidationError").await;
        assert_eq!(
            message,
            format!(
                "1 validation error detected: Value '{serial_number}' at 'serialNumber' failed to \
                 satisfy constraint: {constraint}"
            )
        );
    }
}
