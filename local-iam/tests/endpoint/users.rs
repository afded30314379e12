//! Users.

use crate::client::start;

#[tokio::test]
async fn a_user_can_be_created_and_read() {
    let (iam, client) = start().await;
    let tags = [("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "a / b")];
    let parameters = [&[("UserName", "Alice"), ("Path", "/staff/")][..], &tags].concat();
    let created = client.ok("CreateUser", &parameters).await;
    assert!(created.body.contains("<CreateUserResult><User><Path>/staff/</Path>"));
    assert_eq!(created.text("Arn"), Some("arn:aws:iam::123456789012:user/staff/Alice"));
    assert_eq!(created.text("CreateDate"), Some("2015-08-30T12:36:00Z"));
    assert_eq!(created.text("Value"), Some("a / b"));
    assert!(created.text("UserId").unwrap().starts_with("AIDA"));

    let found = client.ok("GetUser", &[("UserName", "aLICE")]).await;
    assert_eq!(found.text("UserName"), Some("Alice"));
    assert_eq!(found.text("UserId"), created.text("UserId"));

    let user = iam.create_user("bob").unwrap();
    assert_eq!((user.user_name.as_str(), user.path.as_str()), ("bob", "/"));
    assert_eq!(client.ok("GetUser", &[("UserName", "bob")]).await.text("Arn"), Some(&*user.arn));
}

#[tokio::test]
async fn names_are_unique_ignoring_case() {
    let (iam, client) = start().await;
    iam.create_user("alice").unwrap();
    let parameters = [("UserName", "ALICE")];
    let message = client.refused("CreateUser", &parameters, 409, "EntityAlreadyExists").await;
    assert_eq!(message, "User with name ALICE already exists.");
    let local_iam::Error::Refused(refusal) = iam.create_user("Alice").unwrap_err() else {
        panic!("the error must be `Refused`")
    };
    assert_eq!((refusal.status(), refusal.code()), (409, "EntityAlreadyExists"));
    assert!(refusal.to_string().contains(refusal.message()));
}

#[tokio::test]
async fn unknown_and_invalid_names_are_errors() {
    let (iam, client) = start().await;
    let parameters = [("UserName", "bob")];
    let message = client.refused("GetUser", &parameters, 404, "NoSuchEntity").await;
    assert_eq!(message, "The user with name bob cannot be found.");
    assert!(iam.devices_of("bob").is_err());

    let long = "x".repeat(65);
    for name in ["", "a b", "ünal", &long] {
        client.refused("CreateUser", &[("UserName", name)], 400, "ValidationError").await;
        assert!(iam.create_user(name).is_err());
    }
    for path in ["staff/", "/staff", "//", "/st aff/"] {
        let parameters = [("UserName", "bob"), ("Path", path)];
        client.refused("CreateUser", &parameters, 400, "ValidationError").await;
    }
    client.refused("CreateUser", &[], 400, "ValidationError").await;
}
