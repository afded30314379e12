//! Calls by name: invalid params, redaction, and listings.

use std::sync::mpsc;

use futures_util::TryStreamExt as _;
use pagesmith::ErrorKind;
use pagesmith::dynamic::{Method, Resources};
use serde_json::{Value, json};

use crate::model::{add_plain_shapes, builder, list, metadata, object, offline_client, structure};
use crate::support::cancelled_at_request;
use crate::support::canned::{Canned, ok};
use crate::support::leaks::{assert_hidden, shown, shown_error};

const SECRET: &str = "correct horse battery";

/// `CreateUser`, which requires three params and has a secret, and `ListUsers`, which has pages.
fn resources() -> Resources {
    let mut create = structure(json!({
        "UserName": "String", "Path": "String", "Age": "Integer", "Active": "Boolean",
        "Password": { "shape": "String", "sensitive": true },
        "Since": "Timestamp", "Picture": "Blob", "Weight": "Double",
        "Tags": "Tags", "Home": "Home", "Long": "Long",
        "Texts": "Texts",
    }));
    create["required"] = json!(["UserName", "Path", "Home"]);
    let mut shapes = json!({
        "Create": create,
        "Created": structure(json!({ "Password": { "shape": "String", "sensitive": true },
                                     "UserName": "String" })),
        "Tags": list("Home", None),
        "Texts": { "type": "map", "key": { "shape": "String" }, "value": { "shape": "String" } },
        "Home": structure(json!({ "Street": "String", "Number": "Integer" })),
        "Users": list("String", None),
        "ListIn": structure(json!({ "Marker": "String", "MaxItems": "Integer" })),
        "ListOut": structure(json!({ "Users": "Users", "Marker": "String" })),
    });
    add_plain_shapes(&mut shapes);
    let http = json!({ "method": "POST", "requestUri": "/" });
    let model = json!({
        "version": "2.0",
        "metadata": metadata(),
        "operations": {
            "CreateUser": { "name": "CreateUser", "http": http,
                "input": { "shape": "Create" }, "output": { "shape": "Created" } },
            "ListUsers": { "name": "ListUsers", "http": http,
                "input": { "shape": "ListIn" }, "output": { "shape": "ListOut" } },
        },
        "shapes": shapes,
    });
    let paginators = json!({ "pagination": { "ListUsers": {
        "input_token": "Marker", "output_token": "Marker", "limit_key": "MaxItems",
        "result_key": "Users",
    } } });
    Resources::from_model(&model.to_string(), Some(&paginators.to_string())).unwrap()
}

fn method(name: &str) -> Method {
    resources().method(name).unwrap()
}

/// The error message for `params`.
fn params_error(params: &Value) -> String {
    let call = method("CreateUser").call(&offline_client()).params(object(params));
    let error = call.body().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input, "{error}");
    assert!(!error.may_have_been_sent());
    assert_eq!(error.operation(), Some("CreateUser"));
    assert_hidden("the error", &shown_error(&error), &[SECRET]);
    error.message().to_owned()
}

#[test]
fn all_missing_params_are_named() {
    let message = params_error(&json!({ "Path": null }));
    for name in ["UserName", "Path", "Home"] {
        assert!(message.contains(&format!("`{name}`")), "{message}");
    }
    let message = params_error(&json!({ "UserName": "alice", "Home": {} }));
    assert!(message.contains("`Path`") && !message.contains("`UserName`"), "{message}");
}

#[test]
fn an_unknown_param_is_an_error_with_a_similar_name() {
    let message = params_error(&json!({ "Pasword": SECRET }));
    assert!(message.contains("`Pasword`") && message.contains("`Password`"), "{message}");
    let message = params_error(&json!({ "Home": { "Stret": SECRET } }));
    assert!(message.contains("`Home.Stret`") && message.contains("`Street`"), "{message}");
    let message = params_error(&json!({ "Tags": [{}, { "Nonsense": SECRET }] }));
    assert!(message.contains("`Tags[1].Nonsense`"), "{message}");
}

#[test]
fn a_value_of_another_type_is_an_error_that_does_not_show_it() {
    for (params, expected) in [
        (json!({ "UserName": [SECRET] }), "`UserName` is not a string"),
        (json!({ "UserName": { "a": SECRET } }), "`UserName` is not a string"),
        (json!({ "Age": SECRET }), "`Age` is not an integer of 32 bits"),
        (json!({ "Age": 2_147_483_648_i64 }), "`Age` is not an integer of 32 bits"),
        (json!({ "Age": 1.5 }), "`Age` is not an integer of 32 bits"),
        (json!({ "Long": SECRET }), "`Long` is not an integer of 64 bits"),
        (json!({ "Active": SECRET }), "`Active` is not true or false"),
        (json!({ "Since": SECRET }), "`Since` is not a timestamp"),
        (json!({ "Picture": SECRET }), "`Picture` is not base64"),
        (json!({ "Weight": SECRET }), "`Weight` is not a number"),
        (json!({ "Tags": SECRET }), "`Tags` is not a list"),
        (json!({ "Tags": [SECRET] }), "`Tags[0]` is not an object"),
        (json!({ "Home": SECRET }), "`Home` is not an object"),
        (json!({ "Home": { "Number": SECRET } }), "`Home.Number` is not an integer"),
        (json!({ "Texts": [SECRET] }), "`Texts` is not an object"),
        (json!({ "Texts": { "a": [SECRET] } }), "`Texts.a` is not a string"),
        (json!({ "Password": [SECRET] }), "`Password` is not a string"),
    ] {
        let message = params_error(&params);
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn numbers_and_booleans_can_be_strings() {
    let params = json!({
        "UserName": 7, "Path": true, "Home": {}, "Age": "42", "Active": "true", "Weight": "1.5",
    });
    let body = method("CreateUser")
        .call(&offline_client())
        .params(object(&params))
        .body()
        .map(String::from_utf8)
        .unwrap()
        .unwrap();
    assert_eq!(
        body,
        "Action=CreateUser&Version=2020-01-08&UserName=7&Path=true&Age=42&Active=true&Weight=1.5"
    );
}

#[tokio::test]
async fn secrets_are_redacted_in_debug() {
    let document = format!(
        "<CreateUserResponse><CreateUserResult><Password>{SECRET}</Password>\
         <UserName>alice</UserName></CreateUserResult></CreateUserResponse>"
    );
    let server = Canned::always(ok(&document));
    let client = builder(&server.url()).build().unwrap();
    let create = method("CreateUser");
    let params = json!({ "UserName": SECRET, "Path": "/", "Home": {}, "Password": SECRET });
    let call = create.call(&client).params(object(&params));
    assert_hidden("the call", &shown(&call), &[SECRET]);
    assert_hidden("the method", &shown(&create), &[SECRET]);
    let output = call.send().await.unwrap();
    assert_eq!(output, json!({ "Password": SECRET, "UserName": "alice" }));
    let redacted = call.clone().redacted().send().await.unwrap();
    assert_eq!(redacted, json!({ "Password": "[redacted]", "UserName": "alice" }));
    let rows = call.clone().rows().unwrap();
    assert_hidden("the rows", &shown(&rows), &[SECRET]);
    assert_hidden("the pages", &shown(&call.pages().unwrap()), &[SECRET]);
    // The service repeats the secret in its error message.
    let error_document = format!(
        "<ErrorResponse><Error><Code>No</Code><Message>not {SECRET}</Message></Error></ErrorResponse>"
    );
    let server = Canned::always(crate::support::canned::response(400, &[], &error_document));
    let client = builder(&server.url()).build().unwrap();
    let params = json!({ "UserName": "alice", "Path": "/", "Home": {}, "Password": SECRET });
    let error = create.call(&client).params(object(&params)).send().await.unwrap_err();
    assert_hidden("the error", &shown_error(&error), &[SECRET]);
}

fn page(users: &[&str], marker: Option<&str>) -> Vec<u8> {
    let users: Vec<String> = users.iter().map(|user| format!("<member>{user}</member>")).collect();
    let users = users.concat();
    let marker = marker.map(|marker| format!("<Marker>{marker}</Marker>")).unwrap_or_default();
    ok(&format!(
        "<ListUsersResponse><ListUsersResult><Users>{users}</Users>{marker}</ListUsersResult>\
         </ListUsersResponse>"
    ))
}

#[tokio::test]
async fn a_listing_returns_the_rows_of_all_pages() {
    let server = Canned::each(|number| match number {
        0 => page(&["a", "b"], Some("m&amp;1")),
        1 => page(&[], Some("m2")),
        _ => page(&["c"], None),
    });
    let client = builder(&server.url()).build().unwrap();
    let rows = method("ListUsers").call(&client).param("MaxItems", 2).rows().unwrap();
    assert_eq!(rows.collect().await.unwrap(), [json!("a"), json!("b"), json!("c")]);
    let bodies: Vec<String> = server.requests().into_iter().map(|request| request.body).collect();
    let head = "Action=ListUsers&Version=2020-01-08";
    assert_eq!(
        bodies,
        [
            format!("{head}&MaxItems=2"),
            format!("{head}&Marker=m%261&MaxItems=2"),
            format!("{head}&Marker=m2&MaxItems=2"),
        ]
    );
}

/// Four pages of one row each.
fn four_pages(number: usize) -> Vec<u8> {
    match number {
        0 => page(&["a"], Some("m1")),
        1 => page(&["b"], Some("m2")),
        2 => page(&["c"], Some("m3")),
        _ => page(&["d"], None),
    }
}

/// A server of the same four pages. It sends each page after a message in the channel.
fn delayed_pages() -> (mpsc::Sender<()>, Canned) {
    let (release, released) = mpsc::channel();
    let server = Canned::each(move |number| {
        let _ = released.recv();
        four_pages(number)
    });
    (release, server)
}

/// The markers in the requests of `server`, in order.
fn markers(server: &Canned) -> Vec<Option<String>> {
    let marker = |body: String| {
        let pairs = crate::model::pairs(&body).into_iter();
        pairs.into_iter().find(|(name, _)| name == "Marker").map(|(_, value)| value)
    };
    server.requests().into_iter().map(|request| marker(request.body)).collect()
}

#[tokio::test]
async fn a_listing_continues_after_a_cancelled_fetch() {
    let once_each = [None, Some("m1".to_owned()), Some("m2".to_owned()), Some("m3".to_owned())];

    let (release, server) = delayed_pages();
    let client = builder(&server.url()).build().unwrap();
    let mut rows = method("ListUsers").call(&client).rows().unwrap();
    let mut seen = Vec::new();
    for number in 1..=4 {
        cancelled_at_request(&server, number, rows.try_next()).await;
        release.send(()).unwrap();
        seen.extend(rows.try_next().await.unwrap());
    }
    assert_eq!(rows.try_next().await.unwrap(), None);
    assert_eq!(seen, [json!("a"), json!("b"), json!("c"), json!("d")]);
    assert_eq!(markers(&server), once_each);
    assert_eq!(rows.pages_fetched(), 4);

    let (release, server) = delayed_pages();
    let client = builder(&server.url()).build().unwrap();
    let mut pages = method("ListUsers").call(&client).pages().unwrap();
    let mut seen = 0;
    for number in 1..=4 {
        cancelled_at_request(&server, number, pages.try_next()).await;
        release.send(()).unwrap();
        seen += usize::from(pages.try_next().await.unwrap().is_some());
    }
    assert_eq!(pages.try_next().await.unwrap(), None);
    assert_eq!(seen, 4);
    assert_eq!(markers(&server), once_each);
}

#[tokio::test]
async fn rows_and_pages_are_streams() {
    let server = Canned::each(four_pages);
    let client = builder(&server.url()).build().unwrap();
    let rows = method("ListUsers").call(&client).rows().unwrap();
    let rows: Vec<Value> = rows.try_collect().await.unwrap();
    assert_eq!(rows, [json!("a"), json!("b"), json!("c"), json!("d")]);
    let server = Canned::each(four_pages);
    let client = builder(&server.url()).build().unwrap();
    let pages = method("ListUsers").call(&client).pages().unwrap();
    let pages: Vec<Value> = pages.try_collect().await.unwrap();
    assert_eq!(pages.len(), 4);
    assert_eq!(pages[1], json!({ "Users": ["b"], "Marker": "m2" }));
}

#[tokio::test]
async fn a_repeated_marker_ends_the_listing_with_an_error() {
    let server =
        Canned::each(|number| page(&["a"], Some(if number % 2 == 0 { "one" } else { "two" })));
    let client = builder(&server.url()).build().unwrap();
    let mut rows = method("ListUsers").call(&client).rows().unwrap();
    let mut seen = 0;
    let error = loop {
        match rows.try_next().await {
            Ok(row) => assert_eq!(row, Some(json!("a"))),
            Err(error) => break error,
        }
        seen += 1;
        assert!(seen < 10, "the listing must end");
    };
    assert_eq!(error.kind(), ErrorKind::Pagination, "{error}");
    assert_eq!(rows.try_next().await.unwrap(), None, "the listing ends after an error");
    assert_eq!((server.requests().len(), seen), (3, 3), "the earlier rows are returned");
}

#[test]
fn an_unknown_method_is_an_error_with_a_similar_name() {
    let error = resources().method("ListUser").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.message().contains("ListUsers"), "{error}");
}
