//! The record of requests, and the count of executions.

use local_iam::Fault;

use crate::client::start;

#[tokio::test]
async fn requests_are_recorded_and_redacted() {
    let (iam, client) = start().await;
    let parameters = [
        ("UserName", "alice"),
        ("SerialNumber", "arn:of:nothing"),
        ("AuthenticationCode1", "814263"),
        ("AuthenticationCode2", "927150"),
    ];
    client.call("EnableMFADevice", &parameters).await;
    client.ok("GetUser", &[]).await;
    let requests = iam.requests();
    assert_eq!(requests.len(), 2);
    let request = &requests[0];
    assert_eq!(request.action(), Some("EnableMFADevice"));
    assert_eq!(request.parameter("AuthenticationCode1"), Some("814263"));
    assert_eq!(request.parameters().len(), 6);
    assert_eq!((request.status(), request.error_code()), (Some(404), Some("NoSuchEntity")));
    let authorization = request.header("Authorization").unwrap();
    assert!(request.headers().len() > 3);
    assert_eq!((requests[1].status(), requests[1].error_code()), (Some(200), None));

    let shown = format!("{requests:?}");
    assert!(shown.contains("EnableMFADevice") && shown.contains("alice"), "{shown}");
    for secret in ["814263", "927150", authorization] {
        assert!(!shown.contains(secret), "{shown}");
    }
    iam.clear_requests();
    assert!(iam.requests().is_empty());
}

#[tokio::test]
async fn executions_are_counted_per_device_and_codes() {
    let (iam, client) = start().await;
    iam.create_user("alice").unwrap();
    let phone = iam.create_virtual_mfa_device("phone").unwrap();
    let codes = phone.codes();
    let enable = [
        ("UserName", "alice"),
        ("SerialNumber", phone.serial_number()),
        ("AuthenticationCode1", &codes[0]),
        ("AuthenticationCode2", &codes[1]),
    ];
    // A throttled request is not executed.
    iam.inject(Fault::throttle());
    client.refused("EnableMFADevice", &enable, 400, "Throttling").await;
    assert!(iam.executions("EnableMFADevice").is_empty());

    client.ok("EnableMFADevice", &enable).await;
    client.refused("EnableMFADevice", &enable, 409, "EntityAlreadyExists").await;
    let executions = iam.executions("EnableMFADevice");
    assert_eq!(executions.len(), 1);
    assert_eq!(executions[0].subject(), phone.serial_number());
    assert_eq!((executions[0].times(), executions[0].succeeded()), (2, 1));
    let shown = format!("{executions:?}");
    assert!(!shown.contains(&codes[0]) && !shown.contains(&codes[1]), "{shown}");

    let other = phone.codes();
    let again = [enable[0], enable[1], (enable[2].0, &other[0]), (enable[3].0, &other[1])];
    client.refused("EnableMFADevice", &again, 409, "EntityAlreadyExists").await;
    assert_eq!(iam.executions("EnableMFADevice").len(), 2);
    assert!(iam.executions("ResyncMFADevice").is_empty());
}
